//! A source file with all its mutants in it, each behind a switch.
//!
//! In: the text and its mutants with their numbers. Out: the text to compile, and where in it each mutant stands, so that
//! what the compiler refuses can be traced back to mutants. Never: two mutants in one alternative; what stands in an
//! alternative is the original text but for the one change, so that the file grows with depth, not with combinations.

use std::fmt::Write as _;
use std::ops::Range;

use crate::points::{Form, Mutant};

/// A file to compile.
#[derive(Debug)]
pub struct Schemata {
    /// The text.
    pub text: String,
    /// Where each alternative stands in the text, by the number of its mutant.
    alternatives: Vec<(Range<usize>, u32)>,
    /// Where each point stands, switches and all, with all its mutants.
    points: Vec<(Range<usize>, Vec<u32>)>,
}

impl Schemata {
    /// All mutants of one file; they come with their numbers.
    #[must_use]
    pub fn new(text: &str, mutants: &[(u32, &Mutant)]) -> Self {
        let mut groups: Vec<Point> = Vec::new();
        for &(number, mutant) in mutants {
            match groups.iter_mut().find(|group| group.range == mutant.range) {
                Some(group) => group.mutants.push((number, &mutant.form)),
                None => groups.push(Point { range: mutant.range.clone(), mutants: vec![(number, &mutant.form)] }),
            }
        }
        // Outer ones before inner ones; what is only inserted comes before what begins at the same byte.
        groups.sort_by_key(|group| (group.range.start, !group.range.is_empty(), std::cmp::Reverse(group.range.end)));
        let mut schemata = Self { text: String::new(), alternatives: Vec::new(), points: Vec::new() };
        schemata.write(text, 0..text.len(), &groups);
        schemata
    }

    fn write(&mut self, text: &str, range: Range<usize>, points: &[Point]) {
        let mut done = range.start;
        let mut rest = points;
        while let [point, after @ ..] = rest {
            self.text.push_str(&text[done..point.range.start]);
            let inside = after.iter().take_while(|inner| inner.range.start < point.range.end).count();
            let (inner, after) = after.split_at(inside);
            self.point(text, point, inner);
            done = point.range.end;
            rest = after;
        }
        self.text.push_str(&text[done..range.end]);
    }

    fn point(&mut self, text: &str, point: &Point, inner: &[Point]) {
        let start = self.text.len();
        let mut closing = "";
        for (nth, (number, form)) in point.mutants.iter().enumerate() {
            let from = self.text.len();
            let again = if nth == 0 { "" } else { "else " };
            let _ = match form {
                Form::Instead(other) => {
                    closing = " })";
                    let open = if nth == 0 { "(" } else { again };
                    write!(self.text, "{open}if crate::mutant::on({number}) {{ {other} }} ")
                }
                Form::Without => {
                    closing = " }";
                    write!(self.text, "{again}if crate::mutant::on({number}) {{}} ")
                }
                Form::Return(value) => write!(self.text, " if crate::mutant::on({number}) {{ return {value}; }} "),
            };
            self.alternatives.push((from..self.text.len(), *number));
        }
        if !closing.is_empty() {
            self.text.push_str("else { ");
        }
        self.write(text, point.range.clone(), inner);
        self.text.push_str(closing);
        self.points.push((start..self.text.len(), point.mutants.iter().map(|(number, _)| *number).collect()));
    }

    /// The mutants to blame for an error at these bytes: the one whose alternative is there, else those of all
    /// points inside, else those of the smallest point around it.
    #[must_use]
    pub fn blamed(&self, error: &Range<usize>) -> Vec<u32> {
        let around = |range: &Range<usize>| range.start <= error.start && error.end <= range.end;
        if let Some((_, number)) = self.alternatives.iter().filter(|(range, _)| around(range)).min_by_key(|(range, _)| range.len()) {
            return vec![*number];
        }
        let inside = |range: &Range<usize>| error.start <= range.start && range.end <= error.end;
        let within: Vec<u32> = self.points.iter().filter(|(range, _)| inside(range)).flat_map(|(_, numbers)| numbers.clone()).collect();
        if !within.is_empty() {
            return within;
        }
        let smallest = self.points.iter().filter(|(range, _)| around(range)).min_by_key(|(range, _)| range.len());
        smallest.map(|(_, numbers)| numbers.clone()).unwrap_or_default()
    }
}

struct Point<'m> {
    range: Range<usize>,
    mutants: Vec<(u32, &'m Form)>,
}
