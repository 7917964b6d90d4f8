use factum::{statement, syntax, vocabulary};
#[test]
fn probe() {
    let (v, problems) = vocabulary::standard_with_cast();
    for p in &problems {
        let at = p.document.position(p.span.start);
        println!("{}:{}:{} {} {:?}", p.document.name(), at.line, at.column, p.message, p.help);
    }
    println!(
        "kinds {} names {} relations {} phrasings {} examples {}",
        v.kinds().len(),
        v.names().len(),
        v.relations().len(),
        v.phrasings().len(),
        v.examples().len()
    );
    let context = statement::Context { document: factum::time::Day::from_ymd(2024, 12, 8), previous: None };
    let mut bad = 0;
    let mut n = 0;
    for e in v.examples() {
        n += 1;
        let read = syntax::statement(&e.statement).and_then(|ast| statement::resolve(&ast, &e.statement, &v, &context));
        let at = e.place.document.position(e.place.span.start);
        let rel = &v.relation(e.relation).name;
        match (&e.fillers, &read) {
            (Some(_), Err(p)) => {
                bad += 1;
                println!(
                    "{}:{} [{}] YES not understood: {:?} -> {} {:?}",
                    e.place.document.name(),
                    at.line,
                    rel,
                    e.statement,
                    p.message,
                    p.span.of(&e.statement)
                );
            }
            (Some(want), Ok(s)) => {
                let ok = s.clauses().iter().any(|c| {
                    c.relation == e.relation
                        && c.roles.len() >= want.len()
                        && c.roles.iter().zip(want).all(|(f, w)| match f {
                            statement::Filler::Open => w == "_",
                            statement::Filler::Name(id, _) => v.name_index().exact(w).contains(&id.0),
                            _ => w != "_",
                        })
                });
                if !ok {
                    bad += 1;
                    println!(
                        "{}:{} [{}] YES read otherwise: {:?} -> {}",
                        e.place.document.name(),
                        at.line,
                        rel,
                        e.statement,
                        statement::in_words(s, &v)
                    );
                }
            }
            (None, Ok(s)) => {
                if s.unknown_name().is_none() && s.clauses().first().is_some_and(|c| c.relation == e.relation) {
                    bad += 1;
                    println!("{}:{} [{}] NO understood: {:?}", e.place.document.name(), at.line, rel, e.statement);
                }
            }
            _ => {}
        }
    }
    println!("{bad} of {n} bad");
}
