//! A table of the report with its captions.

use serde::Serialize;

use super::numbers::{Key, Numbers};

/// A table with its captions.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table<R> {
    number: String,
    title: String,
    again: String,
    unit: Option<String>,
    note: Option<String>,
    empty: Option<String>,
    rows: Vec<R>,
    total: Option<R>,
}

impl<R> Table<R> {
    /// An empty table with its name.
    pub(super) fn new(name: &str) -> Self {
        Self {
            number: String::new(),
            title: name.to_owned(),
            again: String::new(),
            unit: None,
            note: None,
            empty: None,
            rows: Vec::new(),
            total: None,
        }
    }

    /// Gives the table its number, unless it has no rows and so is not printed.
    pub(super) fn numbered(mut self, numbers: &mut Numbers, key: Key) -> Self {
        if !self.rows.is_empty() {
            self.number = numbers.take(key);
            self.title = format!("{}　{}", self.number, self.title);
            self.again = format!("续{}", self.number);
        }
        self
    }

    /// Sets the unit at the right of the title.
    pub(super) fn unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// Sets the note below.
    pub(super) fn note(mut self, note: &str) -> Self {
        self.note = Some(note.to_owned());
        self
    }

    /// Sets the sentence printed when there are no rows.
    pub(super) fn empty(mut self, sentence: &str) -> Self {
        self.empty = Some(sentence.to_owned());
        self
    }

    /// Sets the rows.
    pub(super) fn rows(mut self, rows: Vec<R>) -> Self {
        self.rows = rows;
        self
    }

    /// Sets the last row.
    pub(super) fn total(mut self, row: R) -> Self {
        self.total = Some(row);
        self
    }
}
