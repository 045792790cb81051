//! What the sheets of an xlsx workbook share: texts, and what cells look like.

use std::collections::{BTreeMap, BTreeSet};

use super::colour::{Backdrop, Colour};
use super::conditional::SeenChange;
use super::format::NumberFormat;
use super::{Damage, Look};

/// What the sheets of a workbook share.
pub(super) struct Shared {
    pub texts: Texts,
    pub styles: Styles,
    pub is_1904: bool,
    /// Names of places in other workbooks, in small letters.
    pub names: BTreeSet<String>,
    /// Whether errors with a rich value stand for pictures.
    pub has_pictures: bool,
}

/// Texts that cells share.
#[derive(Default)]
pub(super) struct Texts {
    pub texts: Vec<String>,
    /// What people see of some of them that the text does not say, by their place.
    pub looks: BTreeMap<usize, Box<Look>>,
    /// What is wrong with some of them, by their place.
    pub damaged: BTreeMap<usize, Damage>,
}

/// What cells look like.
#[derive(Default)]
pub(super) struct Styles {
    pub formats: Vec<NumberFormat>,
    /// The styles of cells.
    pub cells: Vec<CellStyle>,
    /// What conditional formats change, by the numbers that they name.
    pub changes: Vec<SeenChange>,
}

/// What a cell looks like.
pub(super) struct CellStyle {
    /// The place of its format.
    pub format: usize,
    /// Whether text and numbers are struck out.
    pub is_struck: bool,
    /// The colour of its text; `None` is the usual one.
    pub colour: Option<Colour>,
    /// What lies behind it.
    pub ground: Backdrop,
}

impl Styles {
    /// Whether a style is none of them.
    pub(super) fn lack(&self, style: usize) -> bool {
        style > 0 && style >= self.cells.len()
    }

    /// The format of a style.
    pub(super) fn format(&self, style: usize) -> Option<&NumberFormat> {
        self.formats.get(self.cells.get(style)?.format)
    }
}
