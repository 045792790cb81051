//! What the sheets of an xlsx workbook share: texts, and what cells look like.

use std::collections::{BTreeMap, BTreeSet};

use super::Look;
use super::format::NumberFormat;

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
    /// References in some of them that stand for nothing known, by their place.
    pub unknown: BTreeMap<usize, String>,
}

/// What cells look like.
#[derive(Default)]
pub(super) struct Styles {
    pub formats: Vec<NumberFormat>,
    /// Of each style its format, and whether text and numbers are struck out.
    pub cells: Vec<(usize, bool)>,
}

impl Styles {
    /// Whether a style is none of them.
    pub(super) fn lack(&self, style: usize) -> bool {
        style > 0 && style >= self.cells.len()
    }

    /// The format of a style, and whether it strikes out.
    pub(super) fn of(&self, style: usize) -> (Option<&NumberFormat>, bool) {
        let Some((format, is_struck)) = self.cells.get(style) else { return (None, false) };
        (self.formats.get(*format), *is_struck)
    }
}
