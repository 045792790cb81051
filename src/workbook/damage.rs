//! What can be wrong with a workbook, a sheet or a cell. Nouns: `finding` words them.

use serde::{Deserialize, Serialize};

use super::NoWorkbook;

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    /// A reference that stands for no character.
    UnknownReference(String),
    /// A shared text that does not exist, by its number as written.
    NoSuchText(String),
    /// A cell for numbers that holds something else.
    NotANumber(String),
    /// A type of cell that is not known.
    UnknownType {
        /// The type.
        kind: String,
        /// What the cell holds.
        text: String,
    },
    /// A text that is longer than a cell can hold.
    TooLong {
        /// How many characters a cell can hold.
        most: usize,
        /// How it begins.
        begin: String,
    },
    /// Elements that a cell cannot have: a value twice or with others in it, or a cell of a foreign namespace. The text is what stands
    /// there.
    Malformed(String),
    /// A formula in a form that is not known.
    UnknownFormula,
    /// Two contents at one address.
    TwoContents(String, String),
}

impl Damage {
    /// What stands in the cell, as far as it can be told.
    pub fn raw(&self) -> &str {
        match self {
            Self::UnknownReference(text)
            | Self::NoSuchText(text)
            | Self::NotANumber(text)
            | Self::Malformed(text)
            | Self::UnknownType { text, .. }
            | Self::TooLong { begin: text, .. }
            | Self::TwoContents(text, _) => text,
            Self::UnknownFormula => "",
        }
    }
}

/// Where a file, an archive or a document stops making sense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Breakage {
    /// It ends too early.
    Incomplete,
    /// Names in the archive are no text.
    Names,
    /// Its checksum is wrong, or it cannot be unpacked: nothing of it is sure.
    Checksum,
    /// As the reading library tells it.
    Told(String),
}

/// What could not be read of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    /// Anything at all, as the reading library tells it.
    Sheet(String),
    /// Its content is not in the file.
    NoContent,
    /// All of it: its checksum is wrong.
    Checksum,
    /// What stands behind a place.
    Rest(Breakage),
    /// Formats of cells.
    Styles,
    /// The end of its name, which is longer than so many characters.
    Name(usize),
    /// The number of a row, as written.
    RowNumber(String),
    /// A cell, whose address is as written.
    Cell(String),
}

/// A limit that a workbook exceeds, with its size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// Length of the file, in MiB.
    File(u64),
    /// Files in the archive.
    Parts(usize),
    /// What the archive unpacks to, in MiB.
    Unpacked(u64),
    /// Text of a document, in KiB.
    Text(usize),
    /// Texts that cells share.
    Texts {
        /// Their number.
        count: usize,
        /// Their length, in MiB.
        mib: usize,
    },
    /// Cells that hold something, in all sheets or up to one.
    Cells {
        /// The sheet in which the limit was reached, where that is known.
        sheet: Option<String>,
        /// The limit.
        most: usize,
    },
    /// Cells, empty ones among them.
    Visited {
        /// The sheet in which the limit was reached.
        sheet: String,
        /// The limit.
        most: usize,
    },
    /// Work for the conditional formats of a sheet: their cells.
    Rules {
        /// The sheet.
        sheet: String,
        /// The limit.
        most: usize,
    },
    /// Merged areas of a sheet.
    Merges {
        /// The sheet.
        sheet: String,
        /// The limit.
        most: usize,
    },
}

/// Why a file cannot be read as a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreadable {
    /// Damaged or incomplete.
    Broken(Breakage),
    /// Two files of one name in the archive.
    SameName(String),
    /// Two things of a name or number of which there can be one.
    Ambiguous(String),
    /// The reading library gives up.
    Panicked,
}

/// Why the reader refuses a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Not a workbook, or damaged.
    Unreadable(Unreadable),
    /// Encrypted.
    Encrypted,
    /// A limit is exceeded.
    Limit(Limit),
    /// Something else than a workbook.
    Other(NoWorkbook),
}

impl Fault {
    /// Damage, as the reading library tells it.
    pub(super) fn damaged(error: &dyn std::fmt::Display) -> Self {
        Self::broken(Breakage::Told(error.to_string()))
    }

    pub(super) fn broken(breakage: Breakage) -> Self {
        Self::Unreadable(Unreadable::Broken(breakage))
    }
}

/// How the reading process came to an end without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Death {
    /// The pipe to it broke; the system's reason.
    Broken(String),
    /// Its answer is not whole.
    HalfAnswer,
    /// It took longer than so many seconds.
    TooSlow(u64),
    /// It died; the memory it may use, in MiB.
    Killed(u64),
}

/// Why a workbook could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The reader says why.
    Told(Fault),
    /// The reader died or was stopped.
    Died(Death),
    /// The file cannot be read; the system's reason.
    Unread(String),
    /// It was not waited for, since others of its sender took all their time.
    PutOff {
        /// How many did.
        hung: usize,
        /// How long it was tried, in seconds; zero when it was not.
        seconds: u64,
    },
}
