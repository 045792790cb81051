//! Entries of `waivers.toml` and `round.toml` that people make by command: an accepted exception (豁免), whose value counts (取数单位), any other
//! decision. An entry is written only when what it is about is there; what else the file holds stays byte for byte.

mod about;
mod put;
mod text;

pub use about::standing;
pub use put::{EntryAdded, add};
pub use text::text;

use chrono::NaiveDate;

use crate::plan::{Decision, Preference, Round, Waiver};

/// An entry of a list of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionEntry {
    /// `[[waiver]]` of `waivers.toml`.
    Waiver(Waiver),
    /// `[[preference]]` of `round.toml`.
    Preference(Preference),
    /// `[[decision]]` of `round.toml`.
    Decision(Decision),
}

impl DecisionEntry {
    /// The file that it stands in, in the folder of the round.
    pub fn file(&self) -> &'static str {
        match self {
            Self::Waiver(_) => "waivers.toml",
            Self::Preference(_) | Self::Decision(_) => "round.toml",
        }
    }

    /// The list of the file.
    pub fn list(&self) -> &'static str {
        match self {
            Self::Waiver(_) => "waiver",
            Self::Preference(_) => "preference",
            Self::Decision(_) => "decision",
        }
    }

    /// Whether it is the last of its list in a round.
    pub fn is_last_of(&self, round: &Round) -> bool {
        match self {
            Self::Waiver(one) => round.waivers.last() == Some(one),
            Self::Preference(one) => round.preferences.last() == Some(one),
            Self::Decision(one) => round.decisions.last() == Some(one),
        }
    }

    /// Who decides, why, and on which day, as far as that is told.
    fn warrant(&self) -> (&str, &str, Option<NaiveDate>) {
        match self {
            Self::Waiver(one) => (&one.owner, &one.reason, one.on),
            Self::Preference(one) => (&one.by, &one.reason, Some(one.on)),
            Self::Decision(one) => (&one.by, &one.reason, Some(one.on)),
        }
    }
}

/// How an entry stands to what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStanding {
    /// What it is about is there, and it is not written yet: of an exception with how many findings it covers.
    New(usize),
    /// An entry on this line of the file says the same, or covers all that it would.
    There(usize),
}
