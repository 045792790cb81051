//! Numbers of tables and figures, and what refers to them. Each has a key. What is printed takes the next number of its
//! series when it is built, which is in the order of printing; sentences ask for numbers by key.

use std::collections::BTreeMap;
use std::fmt;

use super::say::say;
use crate::finding::Language;
use crate::plan::Plan;

/// An annex, by the number that it has in every document: 附件5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Annex(pub(super) usize);

impl Annex {
    /// The rules, with the parameters of the round.
    pub(super) const RULES: Self = Self(8);
    /// The index of a round.
    pub(super) const INDEX: Self = Self(9);

    /// `附件5　判定规则和评分方法`.
    pub(super) fn heading(self, name: &str) -> String {
        format!("{self}　{name}")
    }
}

impl fmt::Display for Annex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "附件{}", self.0)
    }
}

/// A table or figure: its series, and what it is called in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// What the numbers begin with: 表, 图, 湘潭表, 附表5-.
    prefix: String,
    /// The same in English: Table, Figure, Xiangtan table. Annexes are told of in Chinese only.
    english: String,
    /// The city by its slug, as short names need not differ; empty outside the chapters.
    city: String,
    name: &'static str,
    /// Among several of one name.
    place: usize,
    /// Whether it is the only one of its series, which has no number of its own: 附表4.
    is_only: bool,
}

impl Key {
    fn new(prefix: String, name: &'static str) -> Self {
        let english = prefix.clone();
        Self { prefix, english, city: String::new(), name, place: 0, is_only: false }
    }

    /// The same, called so in English.
    fn in_english(self, word: &str) -> Self {
        Self { english: word.to_owned(), ..self }
    }

    /// One of a city's chapter.
    fn of(plan: &Plan, word: &str, english: &str, name: &'static str) -> Self {
        let place = plan.english.place.as_ref().unwrap_or(&plan.short);
        let key = Self::new(format!("{}{word}", plan.short), name).in_english(&format!("{place} {english} "));
        Self { city: plan.city.as_str().to_owned(), ..key }
    }

    /// A table of the parts about all cities: 表3.
    pub(super) fn table(name: &'static str) -> Self {
        Self::new("表".to_owned(), name).in_english("Table ")
    }

    /// A figure of these parts: 图2.
    pub(super) fn figure(name: &'static str) -> Self {
        Self::new("图".to_owned(), name).in_english("Figure ")
    }

    /// A table of a city's chapter: 湘潭表3.
    pub(super) fn table_of(plan: &Plan, name: &'static str) -> Self {
        Self::of(plan, "表", "table", name)
    }

    /// A figure of a city's chapter: 湘潭图1.
    pub(super) fn figure_of(plan: &Plan, name: &'static str) -> Self {
        Self::of(plan, "图", "figure", name)
    }

    /// One of the tables of an annex: 附表5-2.
    pub(super) fn in_annex(annex: Annex, name: &'static str) -> Self {
        Self::new(format!("附表{}-", annex.0), name)
    }

    /// The only table of an annex: 附表4.
    pub(super) fn only_of(annex: Annex, name: &'static str) -> Self {
        Self { is_only: true, ..Self::new(format!("附表{}", annex.0), name) }
    }

    /// One of several of this name.
    pub(super) fn at(self, place: usize) -> Self {
        Self { place, ..self }
    }
}

/// The numbers of a document.
#[derive(Debug, Clone, Default)]
pub(in crate::publish) struct Numbers {
    /// The language of the document.
    language: Language,
    taken: BTreeMap<Key, String>,
    /// The last number of each series.
    last: BTreeMap<(String, String), usize>,
    /// What the same document was numbered like when it was built before.
    known: BTreeMap<Key, String>,
    /// Whether a number was asked for that was neither taken nor known.
    is_ahead: bool,
}

impl Numbers {
    /// The same for a document in a language.
    pub(super) fn told_in(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The number of something that is printed.
    pub(super) fn take(&mut self, key: Key) -> String {
        let word = self.language.of(&key.prefix, &key.english);
        let number = if key.is_only {
            word.clone()
        } else {
            let last = self.last.entry((key.prefix.clone(), key.city.clone())).or_default();
            *last += 1;
            format!("{word}{last}")
        };
        self.taken.insert(key, number.clone());
        number
    }

    /// A name behind the number of what it names: `表1　名称`, `Table 1. Name`.
    pub(super) fn titled(&self, number: &str, name: &str) -> String {
        say!(self.language, "{number}　{name}", "{number}. {name}")
    }

    /// What stands above the later pages of what has a number.
    pub(super) fn again_of(&self, number: &str) -> String {
        say!(self.language, "续{number}", "{number}, continued")
    }

    /// The number of what is printed in this document, to refer to it.
    pub(super) fn of(&mut self, key: &Key) -> String {
        let number = self.taken.get(key).or_else(|| self.known.get(key)).cloned();
        self.is_ahead |= number.is_none();
        number.unwrap_or_default()
    }

    /// The numbers to build the document with once more, when it refers to what stands further on.
    pub(super) fn again(&self) -> Option<Self> {
        let (language, known) = (self.language, self.taken.clone());
        self.is_ahead.then(|| Self { language, known, ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_series_runs_on_by_itself_and_what_is_the_only_one_has_no_number() {
        let mut numbers = Numbers::default();
        for (key, expected) in [
            (Key::table("a"), "表1"),
            (Key::figure("a"), "图1"),
            (Key::in_annex(Annex(5), "a"), "附表5-1"),
            (Key::table("b"), "表2"),
            (Key::in_annex(Annex(5), "b").at(1), "附表5-2"),
            (Key::only_of(Annex(4), "a"), "附表4"),
        ] {
            assert_eq!(numbers.take(key), expected);
        }
        assert_eq!(Annex(5).heading("评分方法"), "附件5　评分方法");
    }

    #[test]
    fn a_reference_to_what_stands_further_on_is_known_the_second_time() {
        let build = |numbers: &mut Numbers| {
            let before = numbers.of(&Key::table("later"));
            numbers.take(Key::table("earlier"));
            numbers.take(Key::table("later"));
            before
        };
        let mut first = Numbers::default();
        assert_eq!(build(&mut first), "");
        let mut second = first.again().unwrap();
        assert_eq!(build(&mut second), "表2");
        assert!(second.again().is_none());
        let mut backward = Numbers::default();
        backward.take(Key::table("earlier"));
        assert_eq!(backward.of(&Key::table("earlier")), "表1");
        assert!(backward.again().is_none(), "what refers back is built once");
    }
}
