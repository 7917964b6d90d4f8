//! Random fact bases and claims of the language of the definition. The same seed gives the same ones.

use fastrand::Rng;

use super::language::{
    Bound, Calendar, Claim, Clause, Day, Fact, Form, Joined, Kind, LAST_OF_FIRST, NAMED_PLACES, Named, Party, Place, Side, Verb, When,
    Window,
};

/// A fact base and what is asked of it.
#[derive(Clone, Debug)]
pub struct Case {
    pub calendar: Calendar,
    pub facts: Vec<Fact>,
    /// Whose word is taken, and whose is not, whatever is assumed.
    pub trust: Vec<(Party, bool)>,
    pub claims: Vec<(Claim, Day)>,
}

/// Days before the first that anything names: as many as "two days before the second time" reaches back.
const BEFORE: Day = 3;
/// Days after the last; one more where one month or year goes on after the record: time to lose and to win again.
const AFTER: Day = 2;
const AFTER_OF_NAMED: Day = 3;

struct Maker<'r> {
    rng: &'r mut Rng,
    calendar: Calendar,
    after: Day,
    parties: Vec<Party>,
    places: Vec<Place>,
    verbs: Vec<Verb>,
    /// Whether some windows are months, or years.
    named: Option<Named>,
    /// Claims are made up, no longer facts.
    claiming: bool,
    /// A fact already tells of somebody: of two in a row the definition knows only one who is not named.
    somebody: bool,
}

pub fn case(rng: &mut Rng, claims: usize) -> Case {
    let parties = match rng.u8(0..10) {
        0..4 => vec![Party::Rebels, Party::Army],
        4..7 => vec![Party::Hts, Party::Army],
        7..9 => vec![Party::Rebels, Party::Hts],
        _ => vec![Party::Rebels, Party::Hts, Party::Army],
    };
    let named = rng.choice([Some(Named::Month), Some(Named::Year), None, None, None, None, None, None]).flatten();
    let after = if named.is_some() { AFTER_OF_NAMED } else { AFTER };
    // The more there is to tell apart, the fewer days.
    let days = BEFORE + after + if parties.len() > 2 || named.is_some() { 3 } else { rng.i32(3..=4) };
    let calendar = Calendar { days, horizon: days - 1 - rng.i32(1..=after) };
    let places = if rng.bool() { vec![0] } else { NAMED_PLACES.to_vec() };
    let mut verbs = vec![Verb::Hold, Verb::Capture];
    for more in [Verb::Patrol, Verb::Attack, Verb::Raze, Verb::Abandon] {
        // One abandons what one held the day before: that reaches out of the first day that stands for many.
        if rng.u8(0..4) == 0 && (named.is_none() || more != Verb::Abandon) {
            verbs.push(more);
        }
    }
    let mut maker = Maker { rng, calendar, after, parties, places, verbs, named, claiming: false, somebody: false };
    let count = maker.rng.usize(1..=3);
    let facts = (0..count).map(|_| maker.fact()).collect();
    maker.claiming = true;
    let mut trust = Vec::new();
    while maker.rng.u8(0..6) == 0 && trust.len() < 2 {
        let who = maker.party();
        trust.retain(|(other, _)| *other != who);
        trust.push((who, maker.rng.bool()));
    }
    let claims = (0..claims)
        .map(|_| {
            let claim = maker.claim(0);
            // "According to X, A or B" may attribute A alone.
            let joined = matches!(claim, Claim::All(_) | Claim::Any(_));
            let claim = if !joined && maker.rng.u8(0..12) == 0 { Claim::According(maker.party(), Box::new(claim)) } else { claim };
            // What is said of days after the day that it speaks from is left open by the engine where it is attributed.
            let reference = if maker.rng.u8(0..4) == 0 && !matches!(claim, Claim::According(..)) { maker.day() } else { calendar.horizon };
            (claim, reference)
        })
        .collect();
    Case { calendar, facts, trust, claims }
}

impl Maker<'_> {
    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(..of.len())].clone()
    }

    fn day(&mut self) -> Day {
        self.rng.i32(BEFORE..self.calendar.days - self.after)
    }

    fn window(&mut self) -> Window {
        if let Some(named) = self.named
            && self.rng.u8(0..3) == 0
        {
            // The second goes on past the end of the record, so that there must be days of it after that; more of them than
            // there are for a fact to choose from.
            let second = self.claiming && self.calendar.horizon == self.calendar.days - 1 - AFTER_OF_NAMED && self.rng.bool();
            return if second {
                Window { first: LAST_OF_FIRST + 1, last: self.calendar.days - 2, named }
            } else {
                Window { first: 1, last: LAST_OF_FIRST, named }
            };
        }
        let first = self.day();
        let last = if self.rng.bool() { first } else { (first + self.rng.i32(1..=2)).min(self.calendar.days - self.after - 1) };
        Window { first, last, named: Named::Days }
    }

    /// A window before which there are days enough for something to begin and end.
    fn later_window(&mut self) -> Window {
        let window = self.window();
        if window.first < BEFORE { Window::day(self.day()) } else { window }
    }

    fn two_windows(&mut self) -> (Window, Window) {
        let (a, b) = (self.window(), self.window());
        if a.last <= b.first {
            return (a, b);
        }
        // Only these days are named.
        let named = |day: Day| Window::day(day.clamp(BEFORE, self.calendar.days - self.after - 1));
        (named(a.first.min(b.first)), named(a.last.max(b.last)))
    }

    fn party(&mut self) -> Party {
        let parties = self.parties.clone();
        self.pick(&parties)
    }

    fn place(&mut self) -> Place {
        let places = self.places.clone();
        self.pick(&places)
    }

    fn verb(&mut self, wanted: impl Fn(Verb) -> bool) -> Option<Verb> {
        let fitting: Vec<Verb> = self.verbs.iter().copied().filter(|verb| wanted(*verb)).collect();
        if fitting.is_empty() { None } else { Some(self.pick(&fitting)) }
    }

    fn who(&mut self, verb: Verb) -> Option<Party> {
        // A part that leaves does not make the group leave; the definition leaves that out.
        let party = self.party();
        let party = if verb == Verb::Abandon { party.group() } else { party };
        let open = matches!(verb, Verb::Capture | Verb::Raze | Verb::Attack) && self.rng.u8(0..8) == 0;
        let open = open && (self.claiming || !std::mem::replace(&mut self.somebody, true));
        (!open).then_some(party)
    }

    fn fact(&mut self) -> Fact {
        match self.rng.u8(0..20) {
            0 => {
                let places = vec![self.place()];
                let verb = self.verb(Verb::is_state).unwrap_or(Verb::Hold);
                return Fact::Only { who: self.party(), verb, day: self.day(), places };
            }
            // What happened after something else needs days before: more than there are before the first month.
            1 | 2 if self.named.is_none() => {
                if let Some(clause) = self.tied() {
                    return Fact::Said(clause);
                }
            }
            _ => {}
        }
        let verb = self.verb(|_| true).unwrap_or(Verb::Hold);
        let clause = if verb.is_state() { self.state_fact(verb) } else { self.event_fact(verb) };
        if self.rng.u8(0..6) == 0 { Fact::Reported(self.party(), clause) } else { Fact::Said(clause) }
    }

    /// "captured Aleppo two days after the army attacked Hama"
    fn tied(&mut self) -> Option<Clause> {
        // To abandon one must hold before: that reaches out of the calendar.
        let near = |verb: Verb| !verb.is_state() && verb != Verb::Abandon;
        let (verb, other) = (self.verb(near)?, self.verb(near)?);
        let (who, there) = (self.who(verb), self.who(other));
        let (place, elsewhere) = (self.place(), self.place());
        if (verb, place) == (other, elsewhere) {
            return None;
        }
        let other = Box::new(Clause::plain(other, there, elsewhere, When::Undated));
        let side = if self.rng.bool() { Side::Before } else { Side::After };
        // Two days before what comes first there would be no day left.
        let longest = if side == Side::Before { 1 } else { 2 };
        let distance = self.rng.bool().then(|| (Bound::Bare, self.rng.i32(1..=longest)));
        Some(Clause::plain(verb, who, place, When::Order { side, distance, other }))
    }

    fn state_fact(&mut self, verb: Verb) -> Clause {
        let (who, place) = (Some(self.party()), self.place());
        let (first, last) = self.two_windows();
        let (form, when) = match self.rng.u8(0..12) {
            0..3 => (Form::Plain, When::On(self.window())),
            3 => (Form::Plain, When::Throughout(self.window())),
            4..6 => (Form::Plain, When::Since(self.window())),
            6..8 => (Form::Plain, When::FromTo(first, last)),
            8 => (Form::Plain, When::Until(self.later_window())),
            9 => (Form::Not, When::On(self.window())),
            10 => (Form::Plain, When::Undated),
            _ => (Form::Plain, When::Now),
        };
        Clause { verb, who, place, form, when }
    }

    fn event_fact(&mut self, verb: Verb) -> Clause {
        let (who, place) = (self.who(verb), self.place());
        // What somebody took before all that is named he may have taken and abandoned before: that reaches out of the calendar.
        let kinds =
            if self.verbs.contains(&Verb::Abandon) { [0, 8].into_iter().chain(9..12).collect::<Vec<_>>() } else { (0..12).collect() };
        let (form, when) = match self.pick(&kinds) {
            0..6 => (Form::Plain, When::On(self.window())),
            6 => (Form::Plain, When::By(self.window())),
            7 => (Form::Plain, When::Before(self.later_window())),
            8 => (Form::Plain, When::After(self.window())),
            9 => (Form::Plain, When::Undated),
            _ => (if who.is_some() { Form::Not } else { Form::Plain }, When::On(self.window())),
        };
        Clause { verb, who, place, form, when }
    }

    fn claim(&mut self, depth: usize) -> Claim {
        match self.rng.u8(0..20) {
            0 | 1 if depth == 0 => Claim::All(vec![self.claim(1), self.claim(1)]),
            2 | 3 if depth == 0 => Claim::Any(vec![self.claim(1), self.claim(1)]),
            4 => {
                let clause = self.many();
                // "A or B and C" is refused: it can be read in two ways.
                let how = if depth == 0 { self.pick(&[Joined::And, Joined::Or, Joined::Neither]) } else { Joined::And };
                Claim::Places { clause, how }
            }
            5 => {
                let places = vec![self.place()];
                Claim::Only { clause: self.many(), places }
            }
            6 => {
                // How many cities nobody named is one number in a world; two counts would need two.
                let kinds = if depth == 0 { [Kind::Capital, Kind::City] } else { [Kind::Capital; 2] };
                let (bound, kind) = (self.pick(&Bound::ALL), self.pick(&kinds));
                Claim::Count { clause: self.many(), bound, number: self.rng.i32(1..=3), kind }
            }
            7 => {
                let kind = if depth == 0 { self.pick(&[Kind::Capital, Kind::City]) } else { Kind::Capital };
                Claim::NoPlace { clause: self.many(), kind }
            }
            _ => Claim::One(self.clause()),
        }
    }

    /// A clause that is said of several places.
    fn many(&mut self) -> Clause {
        let verb = self.verb(|_| true).unwrap_or(Verb::Hold);
        let party = self.party();
        let who = Some(if verb == Verb::Abandon { party.group() } else { party });
        let when = match self.rng.u8(0..4) {
            0 if verb.is_state() => When::Now,
            0 | 1 => When::Undated,
            2 => When::By(self.window()),
            _ => When::On(self.window()),
        };
        Clause::plain(verb, who, 0, when)
    }

    fn clause(&mut self) -> Clause {
        let verb = self.verb(|_| true).unwrap_or(Verb::Hold);
        if verb.is_state() { self.state_claim(verb) } else { self.event_claim(verb) }
    }

    fn state_claim(&mut self, verb: Verb) -> Clause {
        let (who, place) = (Some(self.party()), self.place());
        let (first, last) = self.two_windows();
        let small = |maker: &mut Self| maker.pick(&[Form::Plain, Form::Plain, Form::Plain, Form::Not]);
        let (form, when) = match self.rng.u8(0..17) {
            0..3 => (small(self), When::On(self.window())),
            3 => (small(self), When::Undated),
            4 => (small(self), When::Now),
            5 => (small(self), When::Throughout(self.window())),
            6 => (Form::Plain, When::AsOf(self.window())),
            7 => (small(self), When::By(self.window())),
            8 => (small(self), When::Before(self.later_window())),
            9 => (small(self), When::After(self.window())),
            10 => (Form::Plain, When::Since(self.window())),
            11 => (Form::Plain, When::Until(self.later_window())),
            12 => (Form::Plain, When::FromTo(first, last)),
            13 => (Form::Plain, When::Between(first, last)),
            // A length is counted in what the record dates: days.
            14 if self.named.is_none() => {
                let bound = self.pick(&Bound::ALL[..4]);
                let longest = if bound == Bound::MoreThan { 1 } else { 2 };
                (Form::Plain, When::For(bound, self.rng.i32(1..=longest)))
            }
            14 | 15 => (self.pick(&[Form::Still, Form::NoLonger]), When::Now),
            _ => (self.pick(&[Form::Never, Form::Still, Form::NoLonger]), When::On(Window::day(self.day()))),
        };
        Clause { verb, who, place, form, when }
    }

    fn event_claim(&mut self, verb: Verb) -> Clause {
        let (who, place) = (self.who(verb), self.place());
        let (first, last) = self.two_windows();
        let small = |maker: &mut Self| maker.pick(&[Form::Plain, Form::Plain, Form::Plain, Form::Not]);
        let (form, when) = match self.rng.u8(0..16) {
            0..4 => (small(self), When::On(self.window())),
            4 => (small(self), When::Undated),
            5 => (small(self), When::By(self.window())),
            // To abandon before what is recorded one must hold again: that reaches out of the calendar.
            6 if verb == Verb::Abandon => (small(self), When::By(self.window())),
            6 => (small(self), When::Before(self.later_window())),
            7 => (small(self), When::After(self.window())),
            8 => (Form::Plain, When::Since(self.window())),
            9 => (Form::Plain, When::Between(first, last)),
            10 => (Form::Not, When::Until(self.later_window())),
            // To abandon again one must hold again: that reaches out of the calendar.
            // And what happens again, with a loss between, out of the day that stands for all before a month.
            11 if verb == Verb::Abandon || self.named.is_some() => (Form::Never, When::On(self.window())),
            11 => (self.pick(&[Form::Again, Form::First, Form::Never]), When::On(self.window())),
            _ => match self.ordered(verb) {
                Some(when) => (Form::Plain, when),
                None => (Form::Plain, When::On(self.window())),
            },
        };
        Clause { verb, who, place, form, when }
    }

    fn ordered(&mut self, verb: Verb) -> Option<When> {
        // To abandon one must hold before: that reaches out of the calendar.
        let far = |verb: Verb| verb.is_state() || verb == Verb::Abandon;
        let other = self.verb(|verb| !far(verb)).filter(|_| !far(verb))?;
        let who = self.who(other);
        let other = Box::new(Clause::plain(other, who, self.place(), When::Undated));
        let (side, distance) = match self.rng.u8(0..6) {
            0 | 1 => (Side::Before, None),
            2 => (Side::After, None),
            3 => (Side::Near, Some((Bound::Bare, self.rng.i32(1..=2)))),
            4 => (Side::Before, Some((self.pick(&Bound::ALL), self.rng.i32(1..=2)))),
            _ => (Side::After, Some((self.pick(&Bound::ALL), self.rng.i32(1..=2)))),
        };
        // Before a month, one day stands for many: nothing is counted there.
        let distance = distance.filter(|_| self.named.is_none());
        Some(When::Order { side: if distance.is_none() && side == Side::Near { Side::After } else { side }, distance, other })
    }
}
