//! Cells that the ledger does not name: nothing printed rests on them, if there are such cells.

use std::path::{Path, PathBuf};

use super::ExplainOrder;
use super::ledger::LedgerFolder;
use super::printed::reaches;
use crate::digest::Digests;
use crate::error::RunError;
use crate::files;
use crate::finding::Language;
use crate::ident::CellRef;
use crate::words::WayLine;
use crate::workbook::{Limits, Pool, cell_address};

/// What stands between a sheet and a cell in an address.
const BEHIND_SHEET: &str = "]!";
/// So many names are told of those that there are.
const MOST_NAMED: usize = 30;

/// A cell that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CellPlace<'t> {
    /// Path of the workbook, or its name alone.
    file: &'t str,
    sheet: &'t str,
    at: CellRef,
}

/// Whether a text is the address of a cell.
pub(super) fn is_address(text: &str) -> bool {
    text.contains(BEHIND_SHEET)
}

/// Reads `市科技局_年报.xlsx[指标]!E7`. No name of a sheet holds a bracket.
fn place(text: &str) -> Option<CellPlace<'_>> {
    let (book, cell) = text.rsplit_once(BEHIND_SHEET)?;
    let (file, sheet) = book.rsplit_once('[')?;
    Some(CellPlace { file, sheet, at: cell_address(cell)? })
}

/// What is said of a cell that no step is of: that nothing printed rests on it, and what it holds where its workbook is at hand.
///
/// # Errors
/// Fails when there is no such cell, and says what there is; when the workbook cannot be read.
pub(super) fn told(output: &LedgerFolder, order: &ExplainOrder<'_>) -> Result<Vec<WayLine>, RunError> {
    let no_cell = |known: Vec<&str>| {
        let known = known.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join("、");
        RunError::NoCell(order.figure.to_owned(), known)
    };
    let say = |chinese: &str, english: &str| {
        WayLine::end(match order.language {
            Language::Chinese => chinese,
            Language::English => english,
        })
    };
    let Some(place) = place(order.figure) else { return Err(no_cell(vec!["A1—XFD1048576"])) };
    let all: Vec<&str> = output.digests.keys().map(String::as_str).collect();
    let is_it = |path: &&str| *path == place.file || path.ends_with(&format!("/{}", place.file));
    let found: Vec<&str> = all.iter().copied().filter(is_it).collect();
    let path = match found.as_slice() {
        [path] => *path,
        [] => return Err(no_cell(all.into_iter().filter(|path| path.contains("/submissions/")).collect())),
        _ => return Err(no_cell(found)),
    };
    let mut lines = vec![
        WayLine::end(reaches(0, 0, order.language)),
        say("台账没有用到这一格", "the ledger does not use this cell"),
    ];
    let Some(root) = root(output, order.inputs, path)? else {
        lines.push(say(
            "没有原件，不能核对有没有这一格：用 --file 给出输入文件夹",
            "the workbook is not at hand, so that it is not known whether there is such a cell: give the inputs with --file",
        ));
        return Ok(lines);
    };
    let bytes = files::read(&root.join(path))?;
    if output.digests.get(path) != Some(&Digests::of(&bytes).sha256) {
        lines.push(say("原件已不是当时读取的文件", "the workbook is not the one that was read"));
    }
    let Ok(book) = Pool::new(order.program, Limits::default()).read(Some(&bytes))? else {
        lines.push(say("原件不能打开", "the workbook cannot be opened"));
        return Ok(lines);
    };
    let Some(sheet) = book.sheets.iter().find(|sheet| sheet.name == place.sheet) else {
        return Err(no_cell(book.sheets.iter().map(|sheet| sheet.name.as_str()).collect()));
    };
    let text = sheet.text(place.at.row, place.at.column);
    lines.push(match text.is_empty() {
        true => say("单元格空白", "the cell is blank"),
        false => say(&format!("单元格“{text}”"), &format!("the cell says “{text}”")),
    });
    Ok(lines)
}

/// The root of the inputs below which a file lies: that which is given, else beside the output or here.
fn root(output: &LedgerFolder, given: Option<&Path>, path: &str) -> Result<Option<PathBuf>, RunError> {
    let own = std::path::absolute(&output.folder).ok();
    let above = own.iter().flat_map(|own| own.ancestors().skip(1).take(2));
    let beside = above.map(|folder| folder.join("input")).chain([PathBuf::from("input")]);
    let places: Vec<PathBuf> = given.map_or_else(|| beside.collect(), |given| vec![given.to_owned()]);
    for root in places {
        if files::is_there(&root.join(path))? {
            return Ok(Some(root));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_its_workbook_and_sheet() {
        let cell = |file, sheet, row, column| CellPlace { file, sheet, at: CellRef::new(row, column) };
        for (text, expected) in [
            ("a/局.xlsx[指标]!E7", Some(cell("a/局.xlsx", "指标", 6, 4))),
            ("局[1].xlsx[指标 (2)]!aa10", Some(cell("局[1].xlsx", "指标 (2)", 9, 26))),
            ("局.xlsx[指标]!E0", None),
            ("局.xlsx[指标]!", None),
            ("局.xlsx!E7", None),
        ] {
            assert_eq!(place(text), expected, "{text}");
        }
    }
}
