//! The report model as the templates read it; `docs/report-model.md` says what each field means.

mod back;
mod chapter;
mod compare;
mod front;

pub(crate) use back::*;
pub(crate) use chapter::*;
pub(crate) use compare::*;
pub(crate) use front::*;

use serde::Serialize;

/// A table with its captions.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Table<R> {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) again: String,
    pub(crate) unit: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) empty: Option<String>,
    pub(crate) rows: Vec<R>,
    pub(crate) total: Option<R>,
}

impl<R> Table<R> {
    /// An empty table with its number and name.
    pub(crate) fn new(number: &str, name: &str) -> Self {
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
    pub(crate) fn unnumbered(name: &str) -> Self {
        Self { title: name.to_owned(), ..Self::new("", name) }
    }

    /// Gives the table the next number behind `prefix`, unless it has no rows and so is not printed.
    pub(crate) fn take_number(&mut self, prefix: &str, last: &mut usize) {
        if !self.rows.is_empty() {
            *last += 1;
            self.number = format!("{prefix}{last}");
            self.title = format!("{}　{}", self.number, self.title);
            self.again = format!("续{}", self.number);
        }
    }

    /// Sets the unit at the right of the title.
    pub(crate) fn unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// Sets the note below.
    pub(crate) fn note(mut self, note: &str) -> Self {
        self.note = Some(note.to_owned());
        self
    }

    /// Sets the sentence printed when there are no rows.
    pub(crate) fn empty(mut self, sentence: &str) -> Self {
        self.empty = Some(sentence.to_owned());
        self
    }

    /// Sets the rows.
    pub(crate) fn rows(mut self, rows: Vec<R>) -> Self {
        self.rows = rows;
        self
    }

    /// Sets the last row.
    pub(crate) fn total(mut self, row: R) -> Self {
        self.total = Some(row);
        self
    }
}

/// An annex.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Annex<R> {
    pub(crate) heading: String,
    pub(crate) text: Option<String>,
    pub(crate) table: Table<R>,
}

/// The model of one PDF (the root).
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    pub(crate) schema: String,
    pub(crate) kind: String,
    pub(crate) year: i32,
    pub(crate) year_words: String,
    pub(crate) edition: String,
    pub(crate) title: String,
    pub(crate) title_lines: Vec<String>,
    pub(crate) subtitle: String,
    pub(crate) issuer: String,
    pub(crate) date: Day,
    pub(crate) date_words: String,
    pub(crate) illustrative: bool,
    pub(crate) illustrative_label: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) tool: String,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) cover_lines: Vec<CoverLine>,
    pub(crate) params: Params,
    pub(crate) states: Vec<StateLegend>,
    pub(crate) guide: Guide,
    pub(crate) summary: Option<Summary>,
    pub(crate) contents: Option<Contents>,
    pub(crate) method: Option<Method>,
    pub(crate) compare: Option<Compare>,
    pub(crate) cities: Vec<City>,
    pub(crate) quality: Option<Quality>,
    pub(crate) annexes: Annexes,
}

/// A date for the PDF's metadata.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Day {
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) day: u32,
}

/// A file attached to the PDF.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Attachment {
    pub(crate) path: String,
    pub(crate) mime: String,
    pub(crate) description: String,
}

/// A line of the block on the cover.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CoverLine {
    pub(crate) label: String,
    pub(crate) values: Vec<String>,
    pub(crate) mono: bool,
}

/// Parameters of the method, ready to print.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Params {
    pub(crate) nearly: String,
    pub(crate) exceeded: String,
    pub(crate) min_coverage: String,
    pub(crate) tolerance: String,
    pub(crate) bar_span: String,
    pub(crate) grades: String,
}

/// A state in the legend.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StateLegend {
    pub(crate) key: String,
    pub(crate) words: String,
    pub(crate) means: String,
    pub(crate) counts: String,
}

/// A figure of the key strip.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KeyFigure {
    pub(crate) value: String,
    pub(crate) unit: String,
    pub(crate) label: String,
}

/// The rate with the range that open indicators leave; positions in 0…1.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Range {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) at: Option<f64>,
}

/// A bar of deviation from the target.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bar {
    pub(crate) side: String,
    pub(crate) length: f64,
    pub(crate) open: bool,
}

/// Last year's value on the same scale.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Last {
    pub(crate) side: String,
    pub(crate) at: f64,
    pub(crate) outside: bool,
}

/// A bar of the way to the final target; positions in 0…1.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PathBar {
    pub(crate) length: f64,
    pub(crate) assessed: f64,
    pub(crate) target: f64,
    pub(crate) tone: String,
}

/// Where to look.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Place {
    pub(crate) file_no: Option<String>,
    pub(crate) sheet: Option<String>,
    pub(crate) cell: Option<String>,
    pub(crate) address: String,
}

/// A finding as printed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Finding {
    pub(crate) no: String,
    pub(crate) code: String,
    pub(crate) rule: String,
    pub(crate) severity: String,
    pub(crate) severity_words: String,
    pub(crate) city: String,
    pub(crate) unit: String,
    pub(crate) indicator: Option<String>,
    pub(crate) places: Vec<Place>,
    pub(crate) message: String,
    pub(crate) status: String,
    pub(crate) due: String,
}
