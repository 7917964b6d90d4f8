//! The forms of English verbs and nouns, by rule and a table of the irregular ones.

use hashbrown::{HashMap, HashSet};

/// What a form of a verb is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// *capture*, also the plural present
    Base,
    /// *captures*
    Third,
    /// *captured*, finite
    Past,
    /// *captured*, after *have* and *be*
    Participle,
    /// *capturing*
    Gerund,
}

/// The verbs that phrasings use, by all their forms.
#[derive(Clone, Debug, Default)]
pub struct Verbs {
    irregular: HashMap<String, (Vec<String>, Vec<String>)>,
    doubling: HashSet<String>,
    forms: HashMap<String, Vec<(String, Form)>>,
}

impl Verbs {
    /// Declares an irregular verb: base, past, participle; several spellings of one form are parted by `/`.
    pub fn irregular(&mut self, forms: &[String]) {
        if let [base, past, rest @ ..] = forms {
            let split = |s: &String| s.split('/').map(str::to_owned).collect::<Vec<_>>();
            let participle = rest.first().unwrap_or(past);
            self.irregular.insert(base.clone(), (split(past), split(participle)));
        }
    }

    /// Declares a verb that doubles its last letter although its last syllable is not stressed.
    pub fn doubling(&mut self, base: &str) {
        self.doubling.insert(base.to_owned());
    }

    /// Takes a verb in with all its forms. Declare the irregular ones before.
    pub fn add(&mut self, base: &str) {
        let forms = self.inflect(base);
        for (form, kind) in forms {
            let entry = self.forms.entry(form).or_default();
            if !entry.iter().any(|(b, f)| b == base && *f == kind) {
                entry.push((base.to_owned(), kind));
            }
        }
    }

    /// The verbs that a word may be a form of.
    pub fn read(&self, word: &str) -> &[(String, Form)] {
        self.forms.get(word).map(Vec::as_slice).unwrap_or_default()
    }

    /// All known forms, for near misses, in no order.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.forms.keys().map(String::as_str)
    }

    /// The form of a verb as one would write it.
    pub fn write(&self, base: &str, form: Form) -> String {
        self.inflect(base).into_iter().find(|(_, kind)| *kind == form).map_or_else(|| base.to_owned(), |(word, _)| word)
    }

    fn inflect(&self, base: &str) -> Vec<(String, Form)> {
        if base == "be" {
            let forms = [
                ("be", Form::Base),
                ("am", Form::Third),
                ("is", Form::Third),
                ("are", Form::Third),
                ("was", Form::Past),
                ("were", Form::Past),
                ("been", Form::Participle),
                ("being", Form::Gerund),
            ];
            return forms.into_iter().map(|(word, form)| (word.to_owned(), form)).collect();
        }
        let mut forms = vec![(base.to_owned(), Form::Base)];
        let third = if base == "have" { "has".to_owned() } else { with_s(base) };
        forms.push((third, Form::Third));
        match self.irregular.get(base) {
            Some((past, participle)) => {
                forms.extend(past.iter().map(|word| (word.clone(), Form::Past)));
                forms.extend(participle.iter().map(|word| (word.clone(), Form::Participle)));
            }
            None => {
                let past = self.with_ed(base);
                forms.push((past.clone(), Form::Past));
                forms.push((past, Form::Participle));
            }
        }
        forms.push((self.with_ing(base), Form::Gerund));
        forms
    }

    fn doubles(&self, base: &str) -> bool {
        if self.doubling.contains(base) {
            return true;
        }
        // One syllable that ends in consonant, vowel, consonant: stop, hit, ban.
        let letters: Vec<char> = base.chars().collect();
        let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
        let [.., before, middle, last] = letters.as_slice() else { return false };
        let groups = letters.windows(2).filter(|w| matches!(w, [a, b] if vowel(*a) && !vowel(*b))).count();
        groups == 1 && !vowel(*before) && vowel(*middle) && !vowel(*last) && !matches!(last, 'w' | 'x' | 'y')
            || groups == 1 && letters.starts_with(&['q', 'u']) && letters.len() == 4 && !matches!(last, 'w' | 'x' | 'y')
    }

    fn with_ed(&self, base: &str) -> String {
        let doubled = if self.doubles(base) { base.chars().next_back() } else { None };
        match (base.strip_suffix('y'), doubled) {
            _ if base.ends_with('e') => format!("{base}d"),
            (Some(stem), _) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ied"),
            (_, Some(last)) => format!("{base}{last}ed"),
            _ if base.ends_with('c') => format!("{base}ked"),
            _ => format!("{base}ed"),
        }
    }

    fn with_ing(&self, base: &str) -> String {
        let doubled = if self.doubles(base) || self.irregular.contains_key(base) && doubles_irregular(base) {
            base.chars().next_back()
        } else {
            None
        };
        match (base.strip_suffix("ie"), base.strip_suffix('e'), doubled) {
            (Some(stem), _, _) => format!("{stem}ying"),
            (_, Some(stem), _) if !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
            (_, _, Some(last)) => format!("{base}{last}ing"),
            _ if base.ends_with('c') => format!("{base}king"),
            _ => format!("{base}ing"),
        }
    }
}

/// Irregular verbs of two syllables with the stress on the last, that double before -ing: begin, forget, forbid.
fn doubles_irregular(base: &str) -> bool {
    let letters: Vec<char> = base.chars().collect();
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    matches!(letters.as_slice(), [.., a, b, c] if !vowel(a) && vowel(b) && !vowel(c) && !matches!(c, 'w' | 'x' | 'y' | 'r' | 'n'))
        || base.ends_with("gin")
        || base.ends_with("run")
        || base.ends_with("win")
}

/// The plural of a noun phrase (its last word, or the word before "of"), and the third person of a verb.
pub(super) fn with_s(word: &str) -> String {
    if let Some((head, tail)) = word.split_once(" of ") {
        return format!("{} of {tail}", with_s(head));
    }
    let vowel_before_y = word.strip_suffix('y').is_some_and(|stem| stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(stem) = word.strip_suffix("man")
        && stem.len() > 1
    {
        return format!("{stem}men");
    }
    match word.strip_suffix('y') {
        Some(stem) if !vowel_before_y => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x', 'z'])
            || word.ends_with("ch")
            || word.ends_with("sh")
            || word.ends_with("go")
            || word.ends_with("do") =>
        {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    }
}

/// The plural of a noun by rule.
pub(super) fn plural(noun: &str) -> String {
    with_s(noun)
}
