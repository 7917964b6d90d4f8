//! Figures of a sentence that must fit one another, and the many that need not.

use factum::prose::misfits;
use factum::vocabulary::standard;

/// Sentences, each with what does not fit behind `=>`: the words and, behind `:`, why.
#[track_caller]
fn check(table: &str) {
    let vocabulary = standard(false).0.finish().0;
    let mut seen = 0;
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (sentence, expected) = line.split_once("=>").unwrap_or_else(|| panic!("no `=>` in {line}"));
        let sentence = sentence.trim();
        let found: Vec<String> =
            misfits(sentence, &vocabulary).iter().map(|misfit| format!("{} | {}", misfit.span.of(sentence), misfit.message)).collect();
        assert_eq!(found.join("; "), expected.trim(), "{sentence}");
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn parts_and_their_whole() {
    check(
        "
        Officials counted 12 dead: 7 in Aleppo and 4 in Hama. => 12 dead: 7 in Aleppo and 4 in Hama | 7 and 4 make 11, not 12
        Officials counted 11 dead: 7 in Aleppo and 4 in Hama. =>
        Twelve people died: seven in Aleppo, three in Hama and one in Homs. => Twelve people died: seven in Aleppo, three in Hama and one in Homs | 7, 3 and 1 make 11, not 12
        Twelve people died: seven in Aleppo, four in Hama and one in Homs. =>
        The flood killed 9 people (5 in Orla and 3 in Telm) and cut the road. => 9 people (5 in Orla and 3 in Telm) | 5 and 3 make 8, not 9
        It sank 20 ships: 12 ships off Orla and 9 ships off Telm, the navy said. => 20 ships: 12 ships off Orla and 9 ships off Telm | 12 and 9 make 21, not 20
        It paid $15 million: $7 million in Orla and $4 million in Telm. => $15 million: $7 million in Orla and $4 million in Telm | 7,000,000 and 4,000,000 make 11,000,000, not 15,000,000
        It paid $12 million: $7 million in Orla and $4 million in Telm. =>
        It hit 12 towns \u{1f642}: 7 in Orla and 4 in Telm \u{1f642}. => 12 towns \u{1f642}: 7 in Orla and 4 in Telm | 7 and 4 make 11, not 12
        Among the dead were 12 people: 7 men, 4 women and a child. =>
        On 5 May 2024 they found 12 bodies: 7 in Orla and 4 in Telm. => 12 bodies: 7 in Orla and 4 in Telm | 7 and 4 make 11, not 12
        ",
    );
}

#[test]
fn parts_that_are_more_than_their_whole() {
    check(
        "
        They captured 48 soldiers, 30 of them from Homs and 20 from Hama. => 48 soldiers, 30 of them from Homs and 20 from Hama | 30 and 20 make 50, not 48
        They captured 48 soldiers, 30 of them from Homs and 10 from Hama. =>
        They captured 48 soldiers, 50 of them from Homs. => 48 soldiers, 50 of them | 50 is more than the 48 of which it is said to be a part
        They captured 48 soldiers, 30 of them officers and 20 of them wounded. =>
        A total of 12 people, including 15 children, were hurt. => 12 people, including 15 children | 15 is more than the 12 of which it is said to be a part
        It sold 12 planes to airlines, 15 of them in Asia. =>
        The rebels hold 15 of the 14 capitals. => 15 of the 14 | 15 is more than the 14 of which it is said to be a part
        ",
    );
}

#[test]
fn shares_and_rates() {
    check(
        "
        It holds 3 of the 14 capitals, or 25 %, today. => 3 of the 14 capitals, or 25 % | 3 of 14 is 21.4 %, not 25 %
        It holds 3 of the 14 capitals, or 21 percent, today. =>
        It holds 3 out of 14 capitals (22 percent). =>
        Some 25% (3 of the 14) are held. =>
        About half, 50% (3 of the 14), are held. => 50% (3 of the 14) | 3 of 14 is 21.4 %, not 50 %
        Prices are up from 40 to 60, a rise of 30 %. => 40 to 60, a rise of 30 % | from 40 to 60 is a change of 50 %, not of 30 %
        Prices are up from 40 to 60, a rise of 50 %. =>
        Prices fell 30 percent, from $80 to $60. => 30 percent, from $80 to $60 | from 80 to 60 is a change of 25 %, not of 30 %
        Sales rose by 33 percent from 300 to 400. =>
        Sales rose by 30 percent from 300 to 400. =>
        Sales rose from 1.2 million to 1.5 million, or 25 percent. =>
        ",
    );
}

/// What may be otherwise than it looks is left alone.
#[test]
fn what_need_not_fit() {
    check(
        "
        At least 12 people died: 7 in Orla and 4 in Telm. =>
        About 12 died: 7 in Orla and 4 in Telm. =>
        Dozens died: 7 in Orla and 4 in Telm. =>
        12 people died: 7 in Orla, 4 in Telm and others in Homs. =>
        12 people died: at least 7 in Orla and 4 in Telm. =>
        12 people died: 7 in Orla and several in Telm. =>
        The 12 dead: who were they? =>
        He gave 3 reasons for the loss of 5 seats: 2 in Orla and 2 in Telm. =>
        She named two problems: 10 troops and 5 tanks. =>
        They won 3-1 in Orla: 2 goals in 2010 and 1 in 2011. =>
        In 2016 there were 12 battles: 7 in Orla and 5 in Telm. =>
        The score was 40 to 60, a margin of 20. =>
        The rate rose from 40 percent to 60 percent, a rise of 20 points. =>
        It rose from 40 to 60, and 30 % of the shares were sold. =>
        It rose from 40 to 60, nearly 30 %. =>
        \u{201c}12 dead: 7 in Orla and 4 in Telm,\u{201d} he said. =>
        It flew 12 planes: 7 Boeing 787 and 4 Airbus A380. =>
        One of 3 and 4 of 20 came. =>
        2 of the 2016 battles were lost, 50 %. =>
        It has 3 of 14 million voters (21 percent), and more. =>
        It rose from 40 to 60 million, or 10 percent. =>
        It cost 12 million: 7 in Orla and 4 in Telm. =>
        999999999999 of the 999999999999999999 people (1 %) came. =>
        ",
    );
}
