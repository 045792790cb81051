//! What people decide in a round: sources, base years, benchmarks, weights, limits on grades, exceptions. All of it is
//! printed in the report and listed in `tables/decisions`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use super::fault::FileFault;
use super::method::Grade;
use super::sections::{day, some_day};
use super::target::Nature;
use super::words::{NATURES, word, written};
use crate::finding::{Finding, Object, Place, UnitAnswer};
use crate::ident::{CityId, IndicatorNo, UnitName};

/// A recorded choice of the unit whose value counts when units disagree.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// City.
    pub city: CityId,
    /// Number of the indicator.
    pub indicator: IndicatorNo,
    /// The unit.
    pub unit: UnitName,
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

/// A human decision that the report prints.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// City, or 各市.
    pub city: String,
    /// What it concerns.
    pub object: String,
    /// Kind of matter.
    pub matter: String,
    /// The decision.
    pub decision: String,
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

/// An answer (答复) to a query that was accepted (采纳): a waiver of the finding that was asked about, as long as the text stands that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedAnswer {
    /// What was confirmed, and who accepted it.
    pub said: UnitAnswer,
    /// Where the text that was confirmed stands now.
    pub stands: ConfirmedText,
    /// The line of its acceptance in the register of queries.
    pub line: Option<usize>,
}

/// Where a text that a unit confirmed stands in its workbook that counts now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConfirmedText {
    /// The workbook, by its path below the folder of the round.
    pub file: String,
    /// Its places that hold the text; the sheet or the file as a whole where no cell was asked about.
    pub places: BTreeSet<Place>,
}

impl ConfirmedText {
    /// The same of a workbook that lies below a folder more.
    pub fn below(self, folder: &str) -> Self {
        let file = format!("{folder}/{}", self.file);
        let moved = |place: Place| Place { file: file.clone(), ..place };
        Self { places: self.places.into_iter().map(moved).collect(), file: file.clone() }
    }

    /// Whether a finding is about the text.
    pub fn holds_for(&self, finding: &Finding) -> bool {
        finding.place_in(&self.file).is_some_and(|place| self.places.contains(place))
    }
}

/// An accepted exception (豁免): findings it covers are reported as notes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Code of the finding.
    pub code: String,
    /// City.
    pub city: CityId,
    /// Unit; `None` for all.
    #[serde(default, deserialize_with = "unit_or_all")]
    pub unit: Option<UnitName>,
    /// Indicator or task (`任务3.4`); `None` for all.
    #[serde(default, rename = "indicator", deserialize_with = "object_or_all")]
    pub object: Option<Object>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Valid until; an accepted answer has no last day, which is the greatest one here.
    #[serde(deserialize_with = "day")]
    pub until: NaiveDate,
    /// When it was granted, where that is told.
    #[serde(default, deserialize_with = "some_day")]
    pub on: Option<NaiveDate>,
    /// The document that it rests on; empty where none is named.
    #[serde(default)]
    pub basis: String,
    /// The answer to a query that it accepts; `None` for an entry of `waivers.toml`.
    #[serde(skip)]
    pub answer: Option<AcceptedAnswer>,
}

/// The base year of an average growth that the plan leaves out (人工声明的基年).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseYear {
    /// City.
    pub city: CityId,
    /// Number of the target.
    pub target: IndicatorNo,
    /// The year from which the growth is counted.
    pub year: i32,
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

/// A value from outside that a relative target is held against (对照值).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// City.
    pub city: CityId,
    /// Number of the target.
    pub target: IndicatorNo,
    /// What it is, such as 全国平均水平.
    pub name: String,
    /// Its value, in the unit of the target.
    #[serde(deserialize_with = "decimal")]
    pub value: Decimal,
    /// Where it was published.
    pub source: String,
    /// Why; empty where that is not told.
    #[serde(default)]
    pub reason: String,
    /// Who decided; empty where that is not told.
    #[serde(default)]
    pub by: String,
    /// When, where that is told.
    #[serde(default, deserialize_with = "some_day")]
    pub on: Option<NaiveDate>,
}

/// The weight of an indicator in the score; 1 where none is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// City; `None` for all.
    #[serde(default, deserialize_with = "city_or_all")]
    pub city: Option<CityId>,
    /// Number of the indicator.
    pub indicator: IndicatorNo,
    /// Its weight.
    #[serde(deserialize_with = "decimal")]
    pub weight: Decimal,
    /// Why; empty where that is not told.
    #[serde(default)]
    pub reason: String,
    /// Who decided; empty where that is not told.
    #[serde(default)]
    pub by: String,
    /// When, where that is told.
    #[serde(default, deserialize_with = "some_day")]
    pub on: Option<NaiveDate>,
    /// The document that it rests on; empty where none is named.
    #[serde(default)]
    pub basis: String,
}

/// A limit on the grade (一票否决): when a target is missed, or by decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// City; `None` for all.
    #[serde(default, deserialize_with = "city_or_all")]
    pub city: Option<CityId>,
    /// The indicator whose miss limits the grade; `None` when the decision alone does.
    #[serde(default, deserialize_with = "indicator_or_none")]
    pub indicator: Option<IndicatorNo>,
    /// All rows of this nature: a miss of any limits the grade.
    #[serde(default, deserialize_with = "nature_or_none")]
    pub nature: Option<Nature>,
    /// Best grade that is then given.
    #[serde(deserialize_with = "limiting_grade")]
    pub grade: Grade,
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

impl Waiver {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.until >= day
    }

    /// Whether a finding is one of those that it names; its days are not asked.
    pub fn names(&self, finding: &Finding) -> bool {
        self.code == finding.problem.code()
            && self.city == finding.subject.city
            && self.unit.as_ref().is_none_or(|unit| finding.is_of(unit))
            && self.object.as_ref().is_none_or(|object| *object == finding.subject.object)
            && self.answer.as_ref().is_none_or(|answer| answer.stands.holds_for(finding))
    }
}

impl Weight {
    /// What makes no sense in it.
    pub(super) fn fault(&self) -> Option<FileFault> {
        let sane = (Decimal::ZERO..=Decimal::ONE_THOUSAND).contains(&self.weight);
        (!sane).then_some(FileFault::OddWeight)
    }
}

impl Veto {
    /// What makes no sense in it.
    pub(super) fn fault(&self) -> Option<FileFault> {
        let named = self.city.is_some() || self.indicator.is_some() || self.nature.is_some();
        let both = self.indicator.is_some() && self.nature.is_some();
        (!named || both).then_some(FileFault::EmptyVeto)
    }
}

/// A grade below the best one.
fn limiting_grade<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Grade, D::Error> {
    let grades = [Grade::Good, Grade::Fair, Grade::Poor].map(|grade| (grade.chinese(), grade));
    word("grade", &String::deserialize(deserializer)?, &grades).map_err(serde::de::Error::custom)
}

/// An empty text is none.
pub(super) fn city_or_all<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<CityId>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let city = (!text.is_empty()).then(|| CityId::parse(&text));
    city.transpose().map_err(serde::de::Error::custom)
}

pub(super) fn indicator_or_none<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<IndicatorNo>, D::Error> {
    String::deserialize(deserializer).map(IndicatorNo::some)
}

fn nature_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Nature>, D::Error> {
    let text = String::deserialize(deserializer)?;
    word("nature", &text, &NATURES).map(Some).map_err(serde::de::Error::custom)
}

fn object_or_all<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Object>, D::Error> {
    let object = Object::parse(&String::deserialize(deserializer)?);
    Ok(Some(object).filter(|object| *object != Object::Whole))
}

fn unit_or_all<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<UnitName>, D::Error> {
    String::deserialize(deserializer).map(UnitName::some)
}

fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(deserializer)?;
    written("value", &text).map(|written| written.value).map_err(serde::de::Error::custom)
}
