//! Names that are parsed once and valid ever after.

use std::borrow::Borrow;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Makes types of names. A name is shared, not copied: a round of hundreds of cities holds each of them many times over.
///
/// None of them is a `&str` by itself (no `Deref`), so that a task's number cannot stand where an indicator's is meant; where the
/// text is wanted, `as_str` says so.
macro_rules! names {
    ($($(#[$meaning:meta])* $name:ident;)*) => { $(
        $(#[$meaning])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )* };
}

names! {
    /// Names a city in paths and tables: lower-case letters, digits and hyphens, such as `xiangtan`.
    CityId;
    /// Number of an indicator within its plan: of a row as printed (`1`, `特2`), of a target in prose `P1` ….
    IndicatorNo;
    /// An indicator of the catalogue, the same in all plans: `rd-intensity`.
    IndicatorId;
    /// Number of a task (工作要点) within its plan, such as `3.4`.
    TaskNo;
    /// A unit that reports or answers (填报单位, 牵头单位, 责任单位), by the name that the plan gives it.
    UnitName;
}

/// Names that are any text: what a plan prints is its name.
macro_rules! free {
    ($($name:ident)*) => { $(
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }

        impl $name {
            /// The name in a text; an empty text is none.
            pub fn some(text: impl Into<Self>) -> Option<Self> {
                Some(text.into()).filter(|name| !name.0.is_empty())
            }
        }
    )* };
}

free!(IndicatorNo IndicatorId TaskNo UnitName);

/// Names that no city may have: `round/rate` in the lineage is the rate of all cities together.
const RESERVED: [&str; 1] = ["round"];

impl CityId {
    /// Parses the name of a city.
    ///
    /// # Errors
    /// Fails with a sentence when the text is empty, longer than 40 characters or has other characters,
    /// so that it can never lead out of a folder, or when the name means something else.
    pub fn parse(text: &str) -> Result<Self, String> {
        if RESERVED.contains(&text) {
            return Err(format!(
                "“{text}”不能作代号：输出中表示各城市合计，请换一个，如“{text}-city” (a reserved slug: it stands for all cities together)"
            ));
        }
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() || text.len() > 40 || text.starts_with('-') || !text.chars().all(fits) {
            return Err(format!(
                "“{text}”不能作代号：只能用小写字母、数字和连字符 (a slug is lower-case letters, digits and hyphens)"
            ));
        }
        Ok(Self(text.into()))
    }
}

impl<'de> Deserialize<'de> for CityId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A cell of a sheet by absolute position, counted from zero; written `G18`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellRef {
    /// Row, from zero.
    pub row: u32,
    /// Column, from zero.
    pub column: u32,
}

impl CellRef {
    /// Makes a reference from a row and a column, both from zero.
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// The letters of the column.
    pub fn letters(&self) -> String {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.column) + 1;
        while rest > 0 {
            let digit = ((rest - 1) % 26) as u8;
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl std::fmt::Display for CellRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.letters(), u64::from(self.row) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_spreadsheets_write_them() {
        for (row, column, expected) in
            [(0, 0, "A1"), (17, 6, "G18"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(CellRef::new(row, column).to_string(), expected);
        }
    }

    #[test]
    fn the_name_of_a_city_cannot_leave_its_folder() {
        assert!(CityId::parse("xiangtan").is_ok());
        assert!(CityId::parse("round-city").is_ok());
        for bad in ["", "..", "a/b", "湘潭", "A", "-x", "round"] {
            assert!(CityId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_ordered_and_found_as_their_texts_are() {
        let numbers: std::collections::BTreeSet<IndicatorNo> =
            ["特1", "2", "10", "P1", "1"].into_iter().map(IndicatorNo::from).collect();
        assert_eq!(
            numbers.iter().map(IndicatorNo::as_str).collect::<Vec<_>>(),
            ["1", "10", "2", "P1", "特1"]
        );
        assert!(numbers.contains("P1"));
        assert_eq!(UnitName::some(""), None);
        assert_eq!(UnitName::some("市科技局"), Some("市科技局".into()));
    }
}
