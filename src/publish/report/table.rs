//! A table of the report with its captions.

use serde::Serialize;

/// A table with its captions.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table<R> {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) again: String,
    pub(super) unit: Option<String>,
    pub(super) note: Option<String>,
    pub(super) empty: Option<String>,
    pub(super) rows: Vec<R>,
    pub(super) total: Option<R>,
}

impl<R> Table<R> {
    /// An empty table with its number and name.
    pub(super) fn new(number: &str, name: &str) -> Self {
        Self {
            number: number.to_owned(),
            title: format!("{number}　{name}"),
            again: format!("续{number}"),
            unit: None,
            note: None,
            empty: None,
            rows: Vec::new(),
            total: None,
        }
    }

    /// A table of a chapter, which gets its number when it is known which tables come before it.
    pub(super) fn unnumbered(name: &str) -> Self {
        Self { title: name.to_owned(), ..Self::new("", name) }
    }

    /// Gives the table the next number behind `prefix`, unless it has no rows and so is not printed.
    pub(super) fn take_number(&mut self, prefix: &str, last: &mut usize) {
        if !self.rows.is_empty() {
            *last += 1;
            self.number = format!("{prefix}{last}");
            self.title = format!("{}　{}", self.number, self.title);
            self.again = format!("续{}", self.number);
        }
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

/// An annex.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Annex<R> {
    pub(super) heading: String,
    pub(super) text: Option<String>,
    pub(super) table: Table<R>,
}
