//! `[[level]]`: what an indicator is elsewhere, published by others. It is shown beside the cities' own values and judges nothing.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use super::choices::city_or_all;
use super::fault::FileFault;
use super::words::{word, written};
use crate::finding::Language;
use crate::ident::{CityId, IndicatorId};

/// Where a level is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LevelArea {
    /// 同类城市中位数.
    PeerMedian,
    /// 全省.
    Province,
    /// 全国.
    Nation,
}

impl LevelArea {
    /// All of them, the nearest first.
    pub const ALL: [Self; 3] = [Self::PeerMedian, Self::Province, Self::Nation];

    /// The word in `round.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::PeerMedian => "peer_median",
            Self::Province => "province",
            Self::Nation => "nation",
        }
    }

    /// The word in the report.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::PeerMedian => "同类中位数",
            Self::Province => "全省",
            Self::Nation => "全国",
        }
    }

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::PeerMedian => "Median of peers",
            Self::Province => "Province",
            Self::Nation => "Nation",
        };
        language.of(self.chinese(), english)
    }
}

/// The level of an indicator somewhere else (对标值).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelElsewhere {
    /// What it is in the catalogue.
    pub indicator: IndicatorId,
    /// Where.
    #[serde(deserialize_with = "area")]
    pub area: LevelArea,
    /// The city beside whose value it stands, such as one of this province; `None` for all.
    #[serde(default, deserialize_with = "city_or_all")]
    pub city: Option<CityId>,
    /// The year that it is of.
    pub year: i32,
    /// Its value, in the unit of the catalogue, with its digits.
    pub value: String,
    /// Where it was published.
    pub source: String,
}

impl LevelElsewhere {
    /// The value as a number.
    pub fn number(&self) -> Option<Decimal> {
        written("value", &self.value).ok().map(|written| written.value)
    }

    /// What makes no sense in it.
    pub(super) fn fault(&self) -> Option<FileFault> {
        if self.source.trim().is_empty() {
            return Some(FileFault::Empty("source"));
        }
        if !(1900..=9999).contains(&self.year) {
            return Some(FileFault::NotAYear(self.year.to_string()));
        }
        written("value", &self.value).err()
    }
}

fn area<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LevelArea, D::Error> {
    let areas = LevelArea::ALL.map(|area| (area.key(), area));
    word("area", &String::deserialize(deserializer)?, &areas).map_err(serde::de::Error::custom)
}
