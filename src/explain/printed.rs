//! What an output prints: its numerals, as `tables/figures` names them, and the words of its verdicts and grades.

use std::collections::BTreeMap;

use crate::finding::Language;
use crate::ledger::StepId;

/// The steps that an output prints, each with where it stands first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedFigures(BTreeMap<StepId, String>);

impl FromIterator<(StepId, String)> for PrintedFigures {
    fn from_iter<I: IntoIterator<Item = (StepId, String)>>(rows: I) -> Self {
        let mut first = BTreeMap::new();
        for (id, place) in rows {
            first.entry(id).or_insert(place);
        }
        Self(first)
    }
}

impl PrintedFigures {
    /// Whether a numeral prints a step.
    pub fn has(&self, id: &StepId) -> bool {
        self.0.contains_key(id)
    }

    /// Where the numeral of a step stands, the first of several.
    pub fn place(&self, id: &StepId) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// The same under other names.
    #[must_use]
    pub fn renamed(&self, name: impl Fn(&StepId) -> StepId) -> Self {
        self.0.iter().map(|(id, place)| (name(id), place.clone())).collect()
    }

    /// Whether a step is printed, as a numeral or as a word.
    pub fn prints(&self, id: &StepId) -> bool {
        self.has(id) || is_word(id)
    }
}

/// Whether a step is a verdict or a grade: these are printed as words, which `tables/figures` does not list.
pub fn is_word(id: &StepId) -> bool {
    id.as_str().ends_with("/state") || id.as_str().ends_with("/#grade")
}

/// How much of what is printed a cell reaches.
pub(super) fn reaches(count: usize, words: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!("影响{count}个刊出的数字、{words}处判定和等次"),
        Language::English => format!("reaches {count} printed figures, {words} verdicts and grades"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_what_the_table_names_and_the_words_of_verdicts() {
        let rows = [("a/1/fact", "附表1/1/实绩"), ("a/1/fact", "参阅/1"), ("a/#rate.shown", "参阅/2")];
        let printed: PrintedFigures =
            rows.into_iter().map(|(id, place)| (StepId::new(id), place.to_owned())).collect();
        for (id, is_numeral, is_printed) in [
            ("a/1/fact", true, true),
            ("a/#rate.shown", true, true),
            ("a/#rate", false, false),
            ("a/1/completion.shown", false, false),
            ("a/1/state", false, true),
            ("a/#grade", false, true),
        ] {
            let id = StepId::new(id);
            assert_eq!((printed.has(&id), printed.prints(&id)), (is_numeral, is_printed), "{id}");
        }
        assert_eq!(printed.place(&StepId::new("a/1/fact")), Some("附表1/1/实绩"));
        let other = printed.renamed(|id| StepId::new(id.as_str().replace("a/", "b/")));
        assert!(other.has(&StepId::new("b/1/fact")) && !other.has(&StepId::new("a/1/fact")));
    }
}
