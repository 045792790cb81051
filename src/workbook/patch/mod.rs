//! Gives a workbook back as it was sent, with cells marked, notes beside them and one sheet more. Nothing is read into a model and written again:
//! texts are put between the bytes of a few parts, and every other part is copied as it is compressed.
//!
//! What changes: marked sheets get conditional formats and a reference to the shapes of notes, and no sheet stays selected; the bytes of `sheetData` stay what
//! they were. Comments, shapes, styles, relations, types of parts and custom properties get more entries; the list of sheets gets one at its end.

mod archive;
mod listing;
mod marked;
mod new_sheet;
mod notes;
mod outline;
mod properties;
mod styles;

pub use new_sheet::{NewAllowed, NewCell, NewContent, NewRow, NewRule, NewSheet};

use std::collections::BTreeMap;

use self::archive::{Patched, RELATIONS, XML};
use self::marked::MarkStyle;
use self::styles::MAIN;
use super::Limits;
use crate::ident::CellRef;

/// Why a workbook is not patched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PatchRefusal {
    /// It is no xlsx workbook.
    OtherFormat,
    /// It has a digital signature, which any change would break.
    Signed,
    /// It is shared, and holds the record of its changes.
    Shared,
    /// It is of the strict form of the standard.
    Strict,
    /// It is encrypted.
    Encrypted,
    /// A part of it is not in UTF-8.
    OtherCode,
    /// A sheet that is to be marked is not found in it, or its name is that of two.
    NoSheet,
    /// It is damaged, or holds something in a place where nothing is expected.
    Damaged,
}

/// A cell that is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellMark {
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub at: CellRef,
    /// Whether the mark is the graver of two.
    pub is_grave: bool,
    /// The text of the note.
    pub note: String,
}

/// How a cell of a new sheet looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewStyle {
    /// Its letters.
    pub font: StyleFont,
    /// The colour behind them.
    pub fill: Option<u32>,
    /// Whether lines are around it.
    pub boxed: bool,
    /// Where its text stands.
    pub align: StyleAlign,
    /// Whether long texts go on in further lines.
    pub wraps: bool,
    /// Whether it may be filled in although the sheet is locked.
    pub unlocked: bool,
    /// Whether what is entered is kept as a text.
    pub typed: bool,
}

/// The letters of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StyleFont {
    /// The name of the font.
    pub name: &'static str,
    /// Their size in points.
    pub size: u32,
    /// Whether they are bold.
    pub bold: bool,
    /// Whether a line is below them.
    pub underlined: bool,
    /// Their colour; black unless given.
    pub colour: Option<u32>,
}

/// Where a text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StyleAlign {
    /// At the left.
    Left,
    /// In the middle.
    Middle,
}

/// A look that cells have while a formula holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highlight {
    /// The colour behind the letters.
    pub fill: u32,
    /// That of the letters; unchanged unless given.
    pub colour: Option<u32>,
    /// Whether they become bold.
    pub bold: bool,
}

/// What is done to a workbook.
#[derive(Debug, Clone)]
pub struct PatchOrder<'a> {
    /// The cells that are marked. Marks and notes of an earlier order with the same tag are taken away.
    pub marks: &'a [CellMark],
    /// What tells our marks and notes from others: it stands in the formula of a mark, and notes begin with it.
    pub tag: &'a str,
    /// The look of grave marks, and of the others.
    pub looks: [Highlight; 2],
    /// The sheet that is added, and opened first.
    pub sheet: &'a NewSheet,
    /// Custom properties that are set.
    pub properties: &'a [(String, String)],
}

/// A workbook that was patched or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchedBook {
    /// The file.
    pub bytes: Vec<u8>,
    /// The name of the sheet that was added.
    pub sheet: String,
    /// Whether it holds macros, which the name of its file has to tell.
    pub has_macros: bool,
    /// Marked cells that have no note of ours: they have one of their own, or their sheet has a kind of notes that is not known.
    pub without_note: Vec<(String, CellRef)>,
}

/// The tag of a query's marks and notes (查询): readers pass over what has it.
pub const MARK_TAG: &str = "对标查询";

/// The formula of the condition that a mark is: true of every cell, and it says whose mark it is.
pub(in crate::workbook) fn mark_formula(tag: &str) -> String {
    format!("N(\"{tag}\")=0")
}

/// What stands behind the tag where a note begins.
const BEHIND_TAG: char = '：';

/// Patches a workbook.
///
/// # Errors
/// Fails with why it is not patched; then the sheet can be sent alone ([`new_book`]).
pub fn patch(bytes: &[u8], order: &PatchOrder<'_>, limits: &Limits) -> Result<PatchedBook, PatchRefusal> {
    let mut book = Patched::open(bytes, limits)?;
    let listed = listing::sheets(&mut book)?;
    // Of two sheets with one name it is not known which is meant.
    let named = |name: &str| listed.iter().filter(|sheet| sheet.name == name).count();
    if order.marks.iter().any(|mark| named(&mark.sheet) != 1) {
        return Err(PatchRefusal::NoSheet);
    }
    let styles = order.sheet.styles();
    let highlights: Vec<Highlight> =
        order.looks.into_iter().chain(order.sheet.highlights.iter().map(|(_, _, look)| *look)).collect();
    let (cells, looks) = styles::add(&mut book, &styles, &highlights)?;
    let (own, others) = looks.split_at_checked(order.looks.len()).ok_or(PatchRefusal::Damaged)?;
    let [grave, light] = own else { return Err(PatchRefusal::Damaged) };
    let (formula, author) = (mark_formula(order.tag), format!("{}{BEHIND_TAG}", order.tag));
    let style = MarkStyle { formula: &formula, author: &author, looks: (*grave, *light) };
    let mut without_note = Vec::new();
    for sheet in &listed {
        let marks: Vec<&CellMark> = order.marks.iter().filter(|mark| mark.sheet == sheet.name).collect();
        let Some(part) = &sheet.part else {
            if marks.is_empty() {
                continue;
            }
            return Err(PatchRefusal::NoSheet);
        };
        let without = marked::mark(&mut book, part, &style, &marks)?;
        without_note.extend(without.into_iter().map(|at| (sheet.name.clone(), at)));
    }
    let (sheet, part) = listing::add(&mut book, &order.sheet.name, &listed)?;
    let styles: BTreeMap<NewStyle, usize> = styles.into_iter().zip(cells).collect();
    book.put(&part, order.sheet.xml(&styles, others).into_bytes());
    properties::put(&mut book, order.properties)?;
    let place = book.book.clone();
    let has_macros = book.type_of(&place)?.contains("macroEnabled");
    Ok(PatchedBook { bytes: book.finish()?, sheet, has_macros, without_note })
}

/// Makes a workbook with a sheet alone, by the same way.
///
/// # Errors
/// Fails only when the program is at fault.
pub fn new_book(order: &PatchOrder<'_>, limits: &Limits) -> Result<PatchedBook, PatchRefusal> {
    let package = "http://schemas.openxmlformats.org/package/2006";
    let book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "{XML}<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{book}\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{XML}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets></sheets></workbook>"),
        ),
    ];
    let empty = archive::packed(&parts)?;
    patch(&empty, &PatchOrder { marks: &[], ..order.clone() }, limits)
}
