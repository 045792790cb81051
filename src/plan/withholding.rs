//! `[gate]` of a round: what is not published while matters are open (刊出条件). Without it nothing is withheld.

use serde::Deserialize;

use super::fault::FileFault;
use super::sections::Sections;
use super::words::word;
use crate::finding::{OpenMatters, Withheld};

/// What each kind of open matter of a city withholds; `None` for nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Withholding {
    /// Errors that are not waived.
    pub error: Option<Withheld>,
    /// Warnings that are neither waived nor explained by their units.
    pub warning: Option<Withheld>,
    /// Rules of severity error that could not be decided.
    pub undecided: Option<Withheld>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct RawWithholding {
    error: Option<String>,
    warning: Option<String>,
    undecided: Option<String>,
}

/// The words of `[gate]`.
const WORDS: [(&str, Option<Withheld>); 5] = [
    ("nothing", None),
    ("place", Some(Withheld::Place)),
    ("chapter", Some(Withheld::Chapter)),
    ("ranking", Some(Withheld::Ranking)),
    ("report", Some(Withheld::Report)),
];

impl Withholding {
    /// Reads the section; a word that is none of those is a fault.
    pub(super) fn read(sections: &mut Sections<'_>) -> Self {
        let Some(raw) = sections.optional::<RawWithholding>("gate") else { return Self::default() };
        let mut faults: Vec<FileFault> = Vec::new();
        let mut of = |what: &str, text: &Option<String>| {
            let text = text.as_ref()?;
            word(what, text, &WORDS).map_err(|fault| faults.push(fault)).ok().flatten()
        };
        let entry = &raw.entry;
        let found = Self {
            error: of("error", &entry.error),
            warning: of("warning", &entry.warning),
            undecided: of("undecided", &entry.undecided),
        };
        faults.into_iter().for_each(|fault| sections.fault(raw.line, fault));
        found
    }

    /// The keys, with what each withholds.
    pub fn all(&self) -> [(&'static str, Option<Withheld>); 3] {
        [("error", self.error), ("warning", self.warning), ("undecided", self.undecided)]
    }

    /// The keys that withhold something, with what.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, Withheld)> {
        self.all().into_iter().filter_map(|(key, what)| Some((key, what?)))
    }

    /// What the open matters of a city withhold, each with those that do.
    pub fn of(&self, open: OpenMatters) -> Vec<(Withheld, OpenMatters)> {
        let of = |what: Withheld| {
            let count = |own: Option<Withheld>, count: usize| if own == Some(what) { count } else { 0 };
            let why = OpenMatters {
                errors: count(self.error, open.errors),
                warnings: count(self.warning, open.warnings),
                undecided: count(self.undecided, open.undecided),
            };
            (why != OpenMatters::default()).then_some((what, why))
        };
        Withheld::ALL.into_iter().filter_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_open_matter_withholds_what_the_round_says() {
        let gate =
            Withholding { error: Some(Withheld::Chapter), undecided: Some(Withheld::Place), warning: None };
        let open =
            |errors: usize, warnings: usize, undecided: usize| OpenMatters { errors, warnings, undecided };
        for (matters, expected) in [
            (open(0, 0, 0), vec![]),
            (open(0, 5, 0), vec![]),
            (open(2, 5, 0), vec![(Withheld::Chapter, open(2, 0, 0))]),
            (open(2, 5, 1), vec![(Withheld::Place, open(0, 0, 1)), (Withheld::Chapter, open(2, 0, 0))]),
        ] {
            assert_eq!(gate.of(matters), expected, "{matters:?}");
        }
        let both =
            Withholding { error: Some(Withheld::Place), warning: Some(Withheld::Place), undecided: None };
        assert_eq!(both.of(open(1, 2, 3)), [(Withheld::Place, open(1, 2, 0))]);
        assert_eq!(Withholding::default().of(open(1, 2, 3)), []);
    }
}
