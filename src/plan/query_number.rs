//! The number of a 查询单: `湘潭市-2023-annual-市科技局-1`. It stands on the sheet, and the unit that was asked is read out of it.

use std::fmt;

use super::file_name::name_for_files;
use crate::ident::UnitName;
use crate::period::Period;

/// What the name of a file that was sent begins with.
const SENT: &str = "查询单";

/// The number of a query workbook: whom it asked, for which period, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueryNumber {
    /// The city, as its plan calls it.
    pub city: String,
    /// The period.
    pub period: Period,
    /// The unit that was asked.
    pub unit: UnitName,
    /// Which one of those sent to the unit for the period, from 1.
    pub place: u32,
}

impl QueryNumber {
    /// Reads a number as it is written; names may hold hyphens themselves.
    pub fn parse(text: &str) -> Option<Self> {
        let (rest, place) = text.rsplit_once('-')?;
        let mut hyphens = rest.match_indices('-').map(|(at, _)| at);
        let parts = hyphens.find_map(|first| {
            let behind = rest.get(first + 1..)?;
            let mut cuts = behind.match_indices('-').map(|(at, _)| at);
            let _ = cuts.next()?;
            let end = cuts.next()?;
            let period = Period::parse(behind.get(..end)?)?;
            Some((rest.get(..first)?, period, behind.get(end + 1..)?))
        });
        let (city, period, unit) = parts?;
        let is_whole = !city.is_empty() && !unit.is_empty() && !place.starts_with('0');
        let place = place.parse().ok().filter(|_| is_whole && place.bytes().all(|b| b.is_ascii_digit()))?;
        Some(Self { city: city.to_owned(), period, unit: unit.into(), place })
    }

    /// The name of the file that was sent: `查询单_市科技局_湘潭市-2023-annual-1.xlsx`.
    pub fn file_name(&self, has_macros: bool) -> String {
        let Self { city, period, unit, place } = self;
        let (unit, city) = (name_for_files(unit.as_str()), name_for_files(city));
        let ending = if has_macros { "xlsm" } else { "xlsx" };
        format!("{SENT}_{unit}_{city}-{period}-{place}.{ending}")
    }
}

impl fmt::Display for QueryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}-{}", self.city, self.period, self.unit, self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written_also_with_hyphens_in_names() {
        for text in [
            "湘潭市-2023-annual-市科技局-1",
            "湘潭市-2023-H1-市科技局-12",
            "a-b-2023-Q3-市委-办-3",
            "a-2023-annual-2024-annual-5",
        ] {
            assert_eq!(QueryNumber::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(QueryNumber::parse("a-b-2023-Q3-市委-办-3").unwrap().unit, "市委-办");
        for text in [
            "",
            "湘潭市",
            "湘潭市-2023-annual-市科技局",
            "湘潭市-2023-annual--1",
            "湘潭市-2023-annual-市科技局-01",
            "湘潭市-2023-Q2-市科技局-1",
            "-2023-annual-甲-1",
            "a-2023-annual-甲-+1",
        ] {
            assert_eq!(QueryNumber::parse(text), None, "{text}");
        }
    }
}
