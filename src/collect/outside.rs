//! What a sheet holds beside its tables: numbers among marks, damaged cells, and the meaning of marks.

use std::rc::Rc;

use super::memo::Memo;
use super::number::vintage_mark;
use super::table::Table;
use super::text::{clean, name_key};
use crate::finding::{Problem, ReadingProblem, TableProblem};
use crate::ident::CellRef;
use crate::workbook::{Content, Loss, Sheet};

/// Numbers in columns of marks.
pub(super) fn numbers_among_marks(sheet: &Sheet, column: u32, table: &Table<'_>) -> Vec<(CellRef, Problem)> {
    let odd = sheet.column(column, table.rows).filter(|(_, cell)| vintage_mark(cell.raw()).is_none());
    let number = odd.filter(|(_, cell)| matches!(cell.content, Content::Number(_)));
    number
        .map(|(row, cell)| {
            let at = CellRef::new(row, column);
            let raw = cell.raw().to_owned();
            (at, TableProblem::StrayNumber { raw, more: 0, areas: vec![(at, at)] }.into())
        })
        .collect()
}

/// Cells that no reader can make sense of, wherever they stand.
pub(super) fn broken_cells(sheet: &Sheet) -> Vec<(CellRef, Problem)> {
    let problem = |content: &Content| match content {
        Content::Damaged(reason) => Some(ReadingProblem::DamagedCell { reason: reason.clone() }.into()),
        Content::Picture => Some(ReadingProblem::PictureCell.into()),
        _ => None,
    };
    sheet.cells.iter().filter_map(|(at, cell)| Some((*at, problem(&cell.content)?))).collect()
}

/// What there is to say of a sheet of which nothing is sure.
pub(super) fn changed(sheet: &Sheet) -> Option<(CellRef, Problem)> {
    let trouble = sheet.troubles.iter().find(|one| one.what == Loss::Checksum)?;
    Some((trouble.at, ReadingProblem::SheetDamaged { what: trouble.what.clone() }.into()))
}

/// Marks that a note on the sheet explains as zero: `注：“-”表示零`.
pub(super) fn zero_marks(sheet: &Sheet) -> Vec<String> {
    thread_local!(static ZEROS: Memo<Option<Rc<[String]>>> = const { Memo::new() });
    let mut marks = Vec::new();
    for cell in sheet.cells.values() {
        let Content::Text(text) = &cell.content else { continue };
        let explained = ZEROS.with(|zeros| zeros.of(text, || zeros_in(text)));
        marks.extend(explained.iter().flat_map(|marks| marks.iter().cloned()));
    }
    marks
}

/// The marks that a text explains as zero, if there are any.
fn zeros_in(text: &str) -> Option<Rc<[String]>> {
    if !(text.contains('零') || text.contains("表示") || text.contains("为0")) {
        return None;
    }
    let marks: Vec<String> = clean(text).split(['\n', ';', ',', '。', '、']).filter_map(zero_mark).collect();
    (!marks.is_empty()).then(|| marks.into())
}

/// The mark that a clause explains as zero.
fn zero_mark(clause: &str) -> Option<String> {
    let quotes = ['“', '”', '"', '\'', '‘', '’', '「', '」', ' '];
    let clause = clause.trim();
    let clause =
        ["注:", "注", "说明:", "符号:"].iter().find_map(|word| clause.strip_prefix(word)).unwrap_or(clause);
    let clause = clause.trim_start_matches(quotes);
    let end = clause.find(|c: char| quotes.contains(&c) || "表为是代指:=".contains(c))?;
    let (mark, rest) = clause.split_at(end);
    let rest = rest.trim_start_matches(quotes);
    let meaning =
        ["表示", "代表", "指", "为", "是", ":", "="].iter().find_map(|word| rest.strip_prefix(word))?;
    let meaning = name_key(meaning);
    let is_zero =
        ["零", "0", "数值为零", "绝对数值为零", "数值为0", "为零", "零值"].contains(&meaning.as_str());
    let is_mark = !mark.is_empty() && mark.chars().count() <= 3 && !mark.chars().any(char::is_alphanumeric);
    (is_zero && is_mark).then(|| mark.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_says_which_mark_is_zero() {
        for (clause, mark) in [
            ("“-”表示零", Some("-")),
            ("注:\"—\"表示零", Some("—")),
            ("- 为零", Some("-")),
            ("“…”表示0", Some("…")),
            ("“-”表示数据不足", None),
            ("本表0行", None),
            ("A为零", None),
        ] {
            assert_eq!(zero_mark(&clean(clause)).as_deref(), mark, "{clause}");
        }
    }
}
