//! What is known while a passage is read: of the document, of the line, of the sentence, of the piece of a clause.

use std::ops::Range;

use super::names::Known;
use super::passage::Passage;
use super::{DraftRow, DraftTarget};

/// What is known before a passage is read.
pub(super) struct ProseSetting<'a> {
    /// The catalogue's names.
    pub(super) known: &'a Known<'a>,
    /// The rows of the table.
    pub(super) rows: &'a [DraftRow],
    /// The first year that the plan sets targets for.
    pub(super) first_year: Option<i32>,
    /// The year that holds where none is named.
    pub(super) usual_year: Option<i32>,
    /// The year that growth per year counts from where none is named.
    pub(super) baseline: Option<i32>,
}

/// A line to be read.
pub(super) struct ProseLine<'a> {
    pub(super) number: usize,
    pub(super) text: &'a Passage,
    /// Where what is read of it ends.
    pub(super) end: usize,
    pub(super) task: Option<&'a str>,
}

/// What holds on to the end of a sentence.
#[derive(Default)]
pub(super) struct SentenceState {
    pub(super) hopes: bool,
    pub(super) is_yearly: bool,
    pub(super) subject: String,
    pub(super) scope: Option<String>,
    pub(super) adds: bool,
    /// Whether a year was named.
    pub(super) names_year: bool,
    /// The last target.
    pub(super) last: Option<LastTarget>,
    /// The first target of a clause that sets several numbers to several names.
    pub(super) respectively: Option<DraftTarget>,
}

/// What a clause without a name of its own is about.
pub(super) struct LastTarget {
    pub(super) kind: &'static str,
    pub(super) unit: String,
    pub(super) name: String,
}

/// A piece of a clause with what holds for it.
pub(super) struct ClausePiece<'a> {
    pub(super) text: &'a str,
    pub(super) at: Range<usize>,
    /// The quote: the piece without a number of the list before it.
    pub(super) quote: String,
    pub(super) year: Option<i32>,
    pub(super) names_year: bool,
    /// Whether the year is the only one of the plan, and no word speaks of another time.
    pub(super) is_year_of_plan: bool,
    pub(super) hopes: bool,
    pub(super) says_hope: bool,
    pub(super) is_yearly: bool,
    pub(super) says_yearly: bool,
    pub(super) line: usize,
}
