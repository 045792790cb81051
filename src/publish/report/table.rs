//! A table of the report with its captions.

use std::borrow::Cow;

use serde::Serialize;

use super::numbers::{Key, Numbers};
use super::say::say;
use crate::finding::Language;

/// The most rows that are printed of a table, or of a figure that lists rows. typst holds a whole document in memory: a row takes
/// it about a fifth of a mebibyte, a row of figures and bars twice that.
pub(super) const MOST_ROWS: usize = 1_000;
/// Where all rows stand, unless a table says otherwise.
const RESULTS: &str = "所附results.xlsx";

/// A table with its captions.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table<R> {
    number: String,
    title: String,
    again: String,
    unit: Option<String>,
    note: Option<String>,
    empty: Option<String>,
    #[serde(skip)]
    language: Language,
    #[serde(skip)]
    whole: Cow<'static, str>,
    rows: Vec<R>,
    total: Option<R>,
}

impl<R> Table<R> {
    /// An empty table with its name.
    pub(super) fn new(name: &str) -> Self {
        Self {
            language: Language::Chinese,
            number: String::new(),
            title: name.to_owned(),
            again: String::new(),
            unit: None,
            note: None,
            empty: None,
            whole: RESULTS.into(),
            rows: Vec::new(),
            total: None,
        }
    }

    /// Sets the language in which it is told what is left out.
    pub(super) fn told_in(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Gives the table its number, unless it has no rows and so is not printed. No more than [`MOST_ROWS`] are printed.
    pub(super) fn numbered(mut self, numbers: &mut Numbers, key: Key) -> Self {
        let all = self.rows.len();
        self.rows.truncate(MOST_ROWS);
        let printed = self.rows.len();
        self = self.cut(printed, all);
        if !self.rows.is_empty() {
            self.number = numbers.take(key);
            self.title = numbers.titled(&self.number, &self.title);
            self.again = numbers.again_of(&self.number);
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

    /// Sets the note below, where there is anything to say.
    pub(super) fn some_note(self, note: Option<String>) -> Self {
        Self { note, ..self }
    }

    /// Says where all rows stand when there are too many to print them.
    pub(super) fn whole_in(mut self, place: impl Into<Cow<'static, str>>) -> Self {
        self.whole = place.into();
        self
    }

    /// Says in the note how many of all rows are printed, and where all stand; nothing when all are printed.
    pub(super) fn cut(mut self, printed: usize, all: usize) -> Self {
        if let Some(words) = cut_words(self.language, printed, all, &self.whole) {
            self.note = Some(noted(self.language, self.note.as_deref(), &words));
        }
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

    /// The rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = &R> {
        self.rows.iter()
    }

    /// Leaves the last row only.
    pub(super) fn only_total(mut self) -> Self {
        self.rows = self.total.take().into_iter().collect();
        self
    }

    /// Sets the last row.
    pub(super) fn total(mut self, row: R) -> Self {
        self.total = Some(row);
        self
    }
}

/// `共5000行，此处只印前1000行，全部见所附results.xlsx“指标”表。`
pub(super) fn cut_words(language: Language, printed: usize, all: usize, whole: &str) -> Option<String> {
    let words = || {
        say!(
            language,
            "共{all}行，此处只印前{printed}行，全部见{whole}。",
            "Only the first {printed} of {all} rows are printed here; all are in {whole}."
        )
    };
    (printed < all).then(words)
}

/// A note with these words before it: a long one loses its end.
pub(super) fn noted(language: Language, note: Option<&str>, words: &str) -> String {
    match note {
        None => say!(language, "注：{words}", "Note: {words}"),
        Some(note) => say!(language, "{words}{note}", "{words} {note}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::report::numbers::Annex;

    #[test]
    fn a_table_with_too_many_rows_is_cut_and_says_so() {
        let key = || Key::only_of(Annex(1), "a");
        for (count, note, printed, expected) in [
            (MOST_ROWS, None, MOST_ROWS, None),
            (MOST_ROWS, Some("注：甲。"), MOST_ROWS, Some("注：甲。")),
            (1_001, None, 1_000, Some("注：共1001行，此处只印前1000行，全部见表乙。")),
            (5_000, Some("注：甲。"), 1_000, Some("共5000行，此处只印前1000行，全部见表乙。注：甲。")),
        ] {
            let rows: Vec<usize> = (0..count).collect();
            let table = Table::new("表").whole_in("表乙").rows(rows);
            let table = match note {
                Some(note) => table.note(note),
                None => table,
            };
            let table = table.numbered(&mut Numbers::default(), key());
            assert_eq!((table.rows.len(), table.note.as_deref()), (printed, expected));
        }
    }
}
