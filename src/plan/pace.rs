//! 序时进度 of a part of a year, as a round sets it: how much is due by then, and from which shortfall on a light is yellow or red.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::fault::FileFault;
use super::sections::{At, Sections, day};
use super::words::{word, written};
use super::{Goal, Indicator, Measure, Plan, PreviousOutput};
use crate::ident::{CityId, IndicatorNo};
use crate::period::{Period, Reach};

/// How what is due of a year's target by the end of a part of it is worked out (`pace` of the catalogue).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaceMethod {
    /// 累计数: a share of the target.
    Sum,
    /// 时点数: a share of the way from the value of the year before to the target.
    Path,
    /// 比率: the target itself.
    Level,
    /// 有/无: the word, once its day has come.
    Word,
    /// 年度数: known once a year; nothing is said of it before.
    YearEnd,
}

impl PaceMethod {
    /// The words of catalogue and round.
    pub(crate) const WORDS: [(&'static str, Self); 5] = [
        ("sum", Self::Sum),
        ("path", Self::Path),
        ("level", Self::Level),
        ("word", Self::Word),
        ("year_end", Self::YearEnd),
    ];

    /// The word in files.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }

    /// The word for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Sum => "累计数",
            Self::Path => "时点数",
            Self::Level => "比率",
            Self::Word => "有无",
            Self::YearEnd => "年度数",
        }
    }

    /// The usual one of a kind of quantity.
    pub(super) fn of(measure: Measure) -> Self {
        match measure {
            Measure::Flow => Self::Sum,
            Measure::Stock => Self::Path,
            Measure::Ratio | Measure::Intensity | Measure::Growth | Measure::Rank => Self::Level,
            Measure::Boolean | Measure::Milestone => Self::Word,
        }
    }
}

impl Indicator {
    /// How what is due of it is worked out, unless a round says otherwise: by the catalogue, else by what kind of quantity it is.
    pub fn pace_method(&self) -> PaceMethod {
        let adds = self.targets.iter().any(|target| matches!(target.goal, Goal::Increment(..)));
        match self.pace {
            Some(stated) => stated,
            None if self.is_qualitative() => PaceMethod::Word,
            None if adds => PaceMethod::Sum,
            None => PaceMethod::of(self.measure),
        }
    }
}

/// What a round of an earlier part of the year has published of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningTotal {
    /// Of what part of the year.
    pub period: Period,
    /// The value, in the unit of the row.
    pub value: Decimal,
}

impl Plan {
    /// What earlier rounds of the same year have published of its rows, the latest part last.
    pub fn with_parts(mut self, outputs: &[PreviousOutput], period: Period) -> Self {
        let of_year = |one: &&PreviousOutput| one.period.year() == period.year() && one.period < period;
        let city = self.city.clone();
        for output in outputs.iter().filter(of_year) {
            for held in output.rows(&city) {
                let Some((no, value, _)) = self.value_of_row(&held.row) else { continue };
                if let (Some(value), Some(row)) = (value.value, self.indicators.find_mut(&no)) {
                    row.running.push(RunningTotal { period: output.period, value });
                    row.running.sort_by_key(|one| one.period);
                }
            }
        }
        self
    }
}

/// What a shortfall is counted in percent of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaceBasis {
    /// Of what was due.
    Due,
    /// Of the target of the year: percentage points.
    Target,
}

impl PaceBasis {
    const WORDS: [(&'static str, Self); 2] = [("percent", Self::Due), ("points", Self::Target)];

    /// The word of round files.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }
}

/// `[pace]` of a round, with the rows of which it says something else (`[[pace_of]]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pacing {
    /// From this shortfall on a light is yellow.
    pub slow: Decimal,
    /// Above this one it is red.
    pub far: Decimal,
    /// What a shortfall is counted in percent of.
    pub basis: PaceBasis,
    /// How many percent of a year's work are due by the end of a part of it.
    pub shares: BTreeMap<Reach, Decimal>,
    /// What holds of single rows instead.
    pub rows: Vec<PaceOf>,
}

impl Default for Pacing {
    fn default() -> Self {
        let shares = [(Reach::FirstQuarter, 25), (Reach::FirstHalf, 50), (Reach::ThreeQuarters, 75)];
        Self {
            slow: Decimal::TEN,
            far: Decimal::from(30),
            basis: PaceBasis::Due,
            shares: shares.into_iter().map(|(reach, share)| (reach, Decimal::from(share))).collect(),
            rows: Vec::new(),
        }
    }
}

/// What a round decides of the pace of one row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaceOf {
    /// City.
    pub city: CityId,
    /// Number of the indicator.
    pub indicator: IndicatorNo,
    /// How what is due is worked out; `None` as usual.
    #[serde(default, deserialize_with = "method")]
    pub method: Option<PaceMethod>,
    /// How many percent are due; `None` as usual.
    #[serde(default, deserialize_with = "share")]
    pub share: Option<Decimal>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
    /// The document that it rests on; empty where none is named.
    #[serde(default)]
    pub basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPacing {
    slow: Option<String>,
    far: Option<String>,
    basis: Option<String>,
    #[serde(default)]
    share: BTreeMap<String, String>,
}

impl Pacing {
    /// Reads `[pace]` and `[[pace_of]]`; what is left out has its usual value. Both are of parts of a year only.
    pub(super) fn read(sections: &mut Sections<'_>, is_part: bool) -> Self {
        let raw = sections.optional::<RawPacing>("pace");
        let rows = sections.many::<PaceOf>("pace_of");
        let first = raw.as_ref().map(|at| at.line).or(rows.first().map(|at| at.line));
        if let Some(line) = first.filter(|_| !is_part) {
            sections.fault(line, FileFault::PaceOfAYear);
        }
        let mut pacing = Self::default();
        if let Some(At { line, entry }) = raw
            && let Err(faults) = pacing.take(&entry)
        {
            faults.into_iter().for_each(|fault| sections.fault(line, fault));
        }
        for At { line, entry } in rows {
            if entry.method.is_none() && entry.share.is_none() {
                sections.fault(line, FileFault::EmptyPace);
            }
            if entry.share.is_some_and(|share| !is_share(share)) {
                sections.fault(line, FileFault::OddPace);
            }
            if pacing.rows.iter().any(|one| one.city == entry.city && one.indicator == entry.indicator) {
                sections.fault(line, FileFault::PaceTwice(entry.city.clone(), entry.indicator.clone()));
            }
            pacing.rows.push(entry);
        }
        pacing
    }

    fn take(&mut self, raw: &RawPacing) -> Result<(), Vec<FileFault>> {
        let mut faults = Vec::new();
        let mut number = |what: &str, text: &str, into: &mut Decimal| match written(what, text) {
            Ok(read) => *into = read.value,
            Err(fault) => faults.push(fault),
        };
        raw.slow.iter().for_each(|text| number("slow", text, &mut self.slow));
        raw.far.iter().for_each(|text| number("far", text, &mut self.far));
        let known = Reach::PARTS.map(|reach| (reach.key(), reach));
        for (key, text) in &raw.share {
            match word("share", key, &known) {
                Ok(reach) => {
                    let mut share = Decimal::ZERO;
                    match written("share", text) {
                        Ok(read) => share = read.value,
                        Err(fault) => faults.push(fault),
                    }
                    self.shares.insert(reach, share);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if let Some(text) = &raw.basis {
            match word("basis", text, &PaceBasis::WORDS) {
                Ok(basis) => self.basis = basis,
                Err(fault) => faults.push(fault),
            }
        }
        let is_sound = self.slow >= Decimal::ZERO
            && self.slow <= self.far
            && self.far <= Decimal::ONE_THOUSAND
            && self.shares.values().all(|share| is_share(*share))
            && self.shares.values().is_sorted();
        if faults.is_empty() && !is_sound {
            faults.push(FileFault::OddPace);
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// What a round decides of a row, with its place in the list, from one.
    pub fn of(&self, city: &CityId, row: &IndicatorNo) -> Option<(usize, &PaceOf)> {
        (1..).zip(&self.rows).find(|(_, one)| one.city == *city && one.indicator == *row)
    }

    /// How many percent of a year's work are due by the end of a part of it.
    pub fn share(&self, reach: Reach) -> Decimal {
        self.shares.get(&reach).copied().unwrap_or(Decimal::ONE_HUNDRED)
    }
}

fn is_share(share: Decimal) -> bool {
    (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&share)
}

fn method<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<PaceMethod>, D::Error> {
    let text = String::deserialize(deserializer)?;
    word("method", &text, &PaceMethod::WORDS).map(Some).map_err(serde::de::Error::custom)
}

fn share<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text = String::deserialize(deserializer)?;
    written("share", &text).map(|read| Some(read.value)).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, is_part: bool) -> (Pacing, Vec<String>) {
        let mut sections = Sections::parse(text);
        let pacing = Pacing::read(&mut sections, is_part);
        (pacing, sections.finish())
    }

    #[test]
    fn what_a_round_leaves_out_of_its_pace_is_as_usual() {
        assert_eq!(read("", true), (Pacing::default(), Vec::new()));
        let (pacing, faults) = read("[pace]\nslow = \"0\"\nshare = { Q3 = \"80\" }\n", true);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!((pacing.slow, pacing.far), (Decimal::ZERO, Decimal::from(30)));
        assert_eq!(pacing.share(Reach::ThreeQuarters), Decimal::from(80));
        assert_eq!(pacing.share(Reach::FirstHalf), Decimal::from(50));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let row = "city = \"a\"\nindicator = \"1\"\nreason = \"r\"\nby = \"b\"\non = 2023-01-01\n";
        for (text, is_part, expected) in [
            ("[pace]\nslow = \"40\"\n".to_owned(), true, "slow"),
            ("[pace]\nshare = { Q2 = \"50\" }\n".to_owned(), true, "share"),
            ("[pace]\nshare = { Q1 = \"60\" }\n".to_owned(), true, "slow"),
            ("[pace]\nbasis = \"part\"\n".to_owned(), true, "basis"),
            ("[pace]\nslow = \"10\"\n".to_owned(), false, "[pace]"),
            (format!("[[pace_of]]\n{row}"), true, "method"),
            (format!("[[pace_of]]\n{row}method = \"half\"\n"), true, "method"),
            (format!("[[pace_of]]\n{row}share = \"101\"\n"), true, "slow"),
            (format!("[[pace_of]]\n{row}share = \"10\"\n[[pace_of]]\n{row}share = \"10\"\n"), true, "a 1"),
        ] {
            let (_, faults) = read(&text, is_part);
            assert!(faults.len() == 1 && faults[0].contains(expected), "{text} {faults:?}");
        }
    }
}
