//! Who decided something, on which day, and why: of every list of decisions the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choices::Waiver;
use super::queries::QUERIES;
use super::round::Round;
use super::target::Amendment;

/// Who decided something, on which day, and why, as far as that is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warrant {
    /// Who decided, or answers for it; empty where that is not told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When; of an amendment the day from which it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Its last day, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Why; empty where that is not told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The document that it rests on; empty where none is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
}

/// The list of waivers.
const WAIVERS: &str = "waiver";

impl Warrant {
    fn new(by: &str, on: Option<NaiveDate>, reason: &str, basis: &str) -> Self {
        let [by, reason, basis] = [by, reason, basis].map(str::to_owned);
        Self { by, on, until: None, reason, basis }
    }
}

impl Amendment {
    /// Who amended the target, from which day on, and why.
    pub fn warrant(&self) -> Warrant {
        Warrant::new(&self.authority, Some(self.on), &self.reason, &self.basis)
    }
}

impl Round {
    /// The waiver at a place, from one: those of `waivers.toml`, then the answers that were accepted.
    pub fn waiver(&self, place: usize) -> Option<&Waiver> {
        self.waivers.get(place.checked_sub(1)?)
    }

    /// The file in which the entry of a list stands, below the input root, and its line there; of an answer that was accepted the register of
    /// queries.
    pub fn whereabouts(&self, list: &str, place: usize) -> (String, Option<usize>) {
        let accepted = self.waiver(place).filter(|_| list == WAIVERS);
        if let Some((city, answer)) = accepted.and_then(|one| Some((&one.city, one.answer.as_ref()?))) {
            return (self.path(&format!("{city}/{QUERIES}")), answer.line);
        }
        let file = if list == WAIVERS { "waivers.toml" } else { "round.toml" };
        (self.path(file), self.line_of(&format!("{list}.{place}")))
    }

    /// Who decided an entry of `round.toml` or `waivers.toml`, when and why, by the list that it stands in and its place there, from one;
    /// nothing is told of an entry that is not there.
    pub fn warrant(&self, list: &str, place: usize) -> Warrant {
        fn at<T>(list: &[T], place: usize) -> Option<&T> {
            list.get(place.checked_sub(1)?)
        }
        let of = Warrant::new;
        let told = match list {
            "preference" => {
                at(&self.preferences, place).map(|one| of(&one.by, Some(one.on), &one.reason, &one.basis))
            }
            "waiver" => at(&self.waivers, place).map(|one| Warrant {
                until: Some(one.until).filter(|_| one.answer.is_none()),
                ..of(&one.owner, one.on, &one.reason, &one.basis)
            }),
            "veto" => at(&self.vetoes, place).map(|one| of(&one.by, Some(one.on), &one.reason, &one.basis)),
            "base_year" => {
                at(&self.base_years, place).map(|one| of(&one.by, Some(one.on), &one.reason, &one.basis))
            }
            "benchmark" => {
                at(&self.benchmarks, place).map(|one| of(&one.by, one.on, &one.reason, &one.source))
            }
            "weight" => at(&self.weights, place).map(|one| of(&one.by, one.on, &one.reason, &one.basis)),
            "decision_asked" => {
                at(&self.asked, place).map(|one| of(&one.by, Some(one.on), &one.reason, &one.basis))
            }
            "pace_of" => {
                at(&self.pacing.rows, place).map(|one| of(&one.by, Some(one.on), &one.reason, &one.basis))
            }
            "decision" => {
                at(&self.decisions, place).map(|one| of(&one.by, Some(one.on), &one.reason, &one.basis))
            }
            _ => None,
        };
        told.unwrap_or_default()
    }
}
