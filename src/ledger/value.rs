//! Values of steps.

use std::borrow::Cow;
use std::fmt;

use super::Exact;

/// 有: what a qualitative indicator is to be.
pub(super) const PRESENT: &str = "有";

/// What a step gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepValue {
    /// A number.
    Number(Exact),
    /// Yes or no.
    Truth(bool),
    /// A word of a closed set, such as `met` or `lower`: in English, the same in every language of the report.
    Word(Cow<'static, str>),
    /// Text as it stands somewhere, or as it is printed.
    Text(String),
    /// Nothing, which has its reasons as well.
    Nothing,
}

impl StepValue {
    /// A word of a closed set.
    pub const fn word(word: &'static str) -> Self {
        Self::Word(Cow::Borrowed(word))
    }

    /// The word of its type in the table.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Truth(_) => "truth",
            Self::Word(_) => "word",
            Self::Text(_) => "text",
            Self::Nothing => "none",
        }
    }

    /// Reads a value as the table writes it.
    pub fn read(kind: &str, text: &str) -> Option<Self> {
        Some(match kind {
            "number" => Self::Number(Exact::parse(text)?),
            "truth" => Self::Truth(text.parse().ok()?),
            "word" => Self::Word(Cow::Owned(text.to_owned())),
            "text" => Self::Text(text.to_owned()),
            "none" => Self::Nothing,
            _ => return None,
        })
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<&Exact> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The word or the text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether there is a value.
    pub fn is_something(&self) -> bool {
        *self != Self::Nothing
    }
}

impl From<Option<Exact>> for StepValue {
    fn from(number: Option<Exact>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

impl From<Exact> for StepValue {
    fn from(number: Exact) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for StepValue {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl fmt::Display for StepValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Truth(truth) => truth.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => f.write_str(text),
            Self::Nothing => Ok(()),
        }
    }
}
