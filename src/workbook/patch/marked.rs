//! Marks on the cells of a sheet: conditional formats that are always true, so that no cell changes, and blank cells can be marked too.

use std::collections::BTreeMap;

use super::archive::Patched;
use super::notes::{self, NotedSheet};
use super::outline::{Edits, Outline, escaped, text_in};
use super::{CellMark, PatchRefusal};
use crate::ident::CellRef;

/// What stands before the conditional formats of a sheet, in the order of the schema.
const BEFORE_FORMATS: [&str; 16] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    CELLS,
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
];
/// What stands between these and the shapes of notes.
const BEFORE_SHAPES: [&str; 15] = [
    FORMATS,
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
];
/// The element with the cells of a sheet, within which nothing is looked at and nothing altered.
const CELLS: &str = "sheetData";
const FORMATS: &str = "conditionalFormatting";

/// How the marks of a workbook are made and known again.
pub(super) struct MarkStyle<'a> {
    /// A formula that is true in every cell and that only our marks have.
    pub(super) formula: &'a str,
    /// What our notes begin with.
    pub(super) author: &'a str,
    /// The look of grave marks, and of the others.
    pub(super) looks: (usize, usize),
}

/// Marks the cells of a sheet, in the place of those that were marked before, and leaves the sheet unselected. Gives the cells that have no note of ours.
///
/// # Errors
/// Fails when a part of the sheet is damaged.
pub(super) fn mark(
    to: &mut Patched<'_>,
    part: &str,
    style: &MarkStyle<'_>,
    marks: &[&CellMark],
) -> Result<Vec<CellRef>, PatchRefusal> {
    let (bytes, outline) = to.outline(part, CELLS)?.ok_or(PatchRefusal::Damaged)?;
    let mut edits = Edits::default();
    // Two selected tabs are a group, and what is typed into one goes into both.
    for view in outline.named("sheetView") {
        if let Some(selected) = view.attribute("tabSelected") {
            edits.replace(selected.whole.clone(), "");
        }
    }
    if outline.child(CELLS).is_none() {
        // A sheet of another kind, such as a chart.
        if marks.is_empty() {
            to.edit(part, &bytes, edits)?;
            return Ok(Vec::new());
        }
        return Err(PatchRefusal::Damaged);
    }
    take_away(&bytes, &outline, style.formula, &mut edits);
    if !marks.is_empty() {
        let behind =
            behind(&outline, &[&BEFORE_FORMATS[..], &[FORMATS]].concat()).ok_or(PatchRefusal::Damaged)?;
        edits.insert(behind, formats(&outline, style, marks));
    }
    let noted = NotedSheet { part, outline: &outline, author: style.author };
    let made = notes::put(to, &noted, marks)?;
    if let Some(shapes) = made.shapes {
        let at =
            behind(&outline, &[&BEFORE_FORMATS[..], &BEFORE_SHAPES].concat()).ok_or(PatchRefusal::Damaged)?;
        edits.insert(at, shapes);
    }
    to.edit(part, &bytes, edits)?;
    Ok(made.without)
}

/// The end of the last element of a sheet that has one of these names.
fn behind(outline: &Outline, names: &[&str]) -> Option<usize> {
    let above = outline.elements.iter().filter(|one| one.depth == 1 && names.contains(&one.name.as_str()));
    above.map(|one| one.close.end).max()
}

/// Takes the marks of an earlier query away.
fn take_away(bytes: &[u8], outline: &Outline, formula: &str, edits: &mut Edits) {
    for formats in outline.named(FORMATS).filter(|one| one.depth == 1) {
        let rules: Vec<_> = outline.children(formats).filter(|one| one.name == "cfRule").collect();
        let is_own = |rule: &&&super::outline::Element| {
            let mut formulas = outline.children(rule).filter(|one| one.name == "formula");
            formulas.any(|one| text_in(bytes, one.open.end..one.close.start).trim() == formula)
        };
        let own: Vec<_> = rules.iter().filter(is_own).collect();
        if !own.is_empty() && own.len() == rules.len() {
            edits.replace(formats.whole(), "");
        } else {
            own.iter().for_each(|rule| edits.replace(rule.whole(), ""));
        }
    }
}

fn formats(outline: &Outline, style: &MarkStyle<'_>, marks: &[&CellMark]) -> String {
    let p = &outline.prefix;
    let priorities = outline.named("cfRule").filter_map(|rule| rule.value("priority").parse::<u32>().ok());
    let first = priorities.max().unwrap_or(0).saturating_add(1);
    let mut cells: BTreeMap<bool, Vec<String>> = BTreeMap::new();
    marks.iter().for_each(|mark| cells.entry(!mark.is_grave).or_default().push(mark.at.to_string()));
    let (formula, mut made) = (escaped(style.formula), String::new());
    for (place, (is_light, cells)) in (0_u32..).zip(cells) {
        let look = if is_light { style.looks.1 } else { style.looks.0 };
        let (cells, priority) = (cells.join(" "), first.saturating_add(place));
        made += &format!(
            "<{p}{FORMATS} sqref=\"{cells}\"><{p}cfRule type=\"expression\" dxfId=\"{look}\" priority=\"{priority}\"><{p}formula>{formula}</{p}formula></{p}cfRule></{p}{FORMATS}>"
        );
    }
    made
}
