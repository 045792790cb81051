//! The list of evidence.

use super::grid::{CellLook, EntrySide, FormSheet};

/// Widths of the columns.
const WIDTHS: [u16; 4] = [10, 46, 40, 16];
/// The last column.
const LAST: u16 = 3;
/// The row of headings.
const HEADS: u32 = 2;
/// Lines of the list.
const LINES: u32 = 60;

/// The sheet.
pub(super) fn sheet(number: usize) -> FormSheet {
    let mut sheet = FormSheet::new("佐证", &WIDTHS);
    sheet.wide((0, 0), LAST, format!("表{number}　佐证材料清单"), CellLook::Title);
    sheet.heights.push((0, 28));
    let how = "一份材料一行；“佐证编号”栏填这里的编号，如 Z1、Z3。材料按编号命名后一并报送。";
    sheet.text((1, 0), how, CellLook::Quiet);
    sheet.headings(HEADS, ["佐证编号", "材料名称", "文号或文件名", "日期"].map(str::to_owned));
    for line in 1..=LINES {
        let at = HEADS + line;
        sheet.text((at, 0), format!("Z{line}"), CellLook::Input(EntrySide::Middle));
        sheet.input((at, 1), EntrySide::Left);
        sheet.input((at, 2), EntrySide::Left);
        sheet.input((at, 3), EntrySide::Typed);
    }
    sheet.first_moving = Some((HEADS + 1, 1));
    sheet.begin = (HEADS + 1, 1);
    sheet.last = (HEADS + LINES, LAST);
    sheet
}
