//! Names that are parsed once and valid ever after.

use serde::{Deserialize, Serialize};

/// Names a city in paths and tables: lower-case letters, digits and hyphens, such as `xiangtan`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// Parses a slug.
    ///
    /// # Errors
    /// Fails with a sentence when the text is empty, longer than 40 characters or has other characters,
    /// so that a slug can never lead out of a folder.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() || text.len() > 40 || text.starts_with('-') || !text.chars().all(fits) {
            return Err(format!(
                "“{text}”不能作代号：只能用小写字母、数字和连字符 (a slug is lower-case letters, digits and hyphens)"
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
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
    fn a_slug_cannot_leave_its_folder() {
        assert!(Slug::parse("xiangtan").is_ok());
        for bad in ["", "..", "a/b", "湘潭", "A", "-x"] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
    }
}
