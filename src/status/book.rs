//! `status.xlsx`: who has reported, and whom to remind. Text is written as text, never as a formula.

use chrono::Datelike as _;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::reminders::{period_words, sentence};
use super::{ReportState, ReportingStatus, StatusCounts, UnitStatus};
use crate::error::RunError;
use crate::finding::Language::Chinese;
use crate::table_text::coded;

const BLUE: u32 = 0x00D9_E2EC;
const AMBER: u32 = 0x00FF_EB9C;
const RED: u32 = 0x00FF_C7CE;
const GREEN: u32 = 0x00E3_F1E4;
const LINES: u32 = 0x00A6_A6A6;
/// A4.
const PAPER: u8 = 9;
/// Row of the headings, from zero.
const HEADS: u32 = 6;

/// Headings of the sheet of units, with their widths.
const COLUMNS: [(&str, f64); 14] = [
    ("城市", 10.0),
    ("单位", 40.0),
    ("状态", 16.0),
    ("收到时间", 16.0),
    ("是否按时", 13.0),
    ("指标应报", 9.0),
    ("指标已报", 9.0),
    ("任务应报", 9.0),
    ("任务已报", 9.0),
    ("错误", 7.0),
    ("警告", 7.0),
    ("查询未了结", 8.0),
    ("逾期未答", 8.0),
    ("还要做的", 56.0),
];

/// Writes the workbook; the same status gives the same bytes.
///
/// # Errors
/// Fails when the library refuses something.
pub(super) fn written(status: &ReportingStatus) -> Result<Vec<u8>, RunError> {
    write(status).map_err(|error| RunError::output("status.xlsx", error))
}

fn write(status: &ReportingStatus) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = status.as_of;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let created = ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))?;
    book.set_properties(&DocProperties::new().set_title("报送情况").set_creation_datetime(&created));
    units_sheet(book.add_worksheet().set_name("报送情况")?, status)?;
    reminders_sheet(book.add_worksheet().set_name("催报清单")?, status)?;
    book.save_to_buffer()
}

fn plain() -> Format {
    let lines = Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINES));
    lines.set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

fn middle() -> Format {
    plain().set_align(FormatAlign::Center)
}

fn filled(colour: u32) -> Format {
    middle().set_background_color(Color::RGB(colour))
}

fn head() -> Format {
    filled(BLUE).set_bold()
}

fn text(sheet: &mut Worksheet, at: (u32, u16), text: &str, look: &Format) -> Result<(), XlsxError> {
    sheet.write_string_with_format(at.0, at.1, coded(text), look).map(|_| ())
}

fn number(sheet: &mut Worksheet, at: (u32, u16), value: usize, look: &Format) -> Result<(), XlsxError> {
    let value = u32::try_from(value).unwrap_or(u32::MAX);
    sheet.write_number_with_format(at.0, at.1, f64::from(value), look).map(|_| ())
}

fn set_up(sheet: &mut Worksheet, title: &str, status: &ReportingStatus, heads: u32) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_screen_gridlines(false);
    sheet.set_repeat_rows(heads, heads)?;
    // Digits behind the size of the type would be taken for it.
    sheet.set_footer(format!("&L&8 {title}　截至{}&R&8第&P页 共&N页", status.as_of));
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(16))?;
    let mark = if status.illustrative { "　示例数据（虚构）" } else { "" };
    let told = format!("截至{}　报送期限{}（含当日）{mark}", status.as_of, status.deadline);
    sheet.write_string(1, 0, told)?;
    Ok(())
}

fn units_sheet(sheet: &mut Worksheet, status: &ReportingStatus) -> Result<(), XlsxError> {
    set_up(sheet, &format!("{}报送情况", period_words(status)), status, HEADS)?;
    let counts = StatusCounts::of(status.units().map(|(_, unit)| unit));
    for (column, (label, value)) in (0_u16..).zip(counts.told(Chinese)) {
        // The first two columns are wide: each box has one of its own all the same.
        text(sheet, (3, column), &value, &middle().set_bold().set_font_size(14))?;
        text(sheet, (4, column), label, &middle().set_font_size(9))?;
    }
    sheet.write_string(5, 0, "标黄为有缺口或逾期，标红为未报、未采用、逾期未答；点表头箭头可筛选")?;
    for (column, (heading, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        text(sheet, (HEADS, column), heading, &head())?;
    }
    let first = HEADS.saturating_add(1);
    let mut last = HEADS;
    for (row, (city, unit)) in (first..).zip(status.units()) {
        text(sheet, (row, 0), &city.name, &middle())?;
        unit_row(sheet, row, unit, status)?;
        last = row;
    }
    sheet.set_freeze_panes(first, 2)?;
    sheet.autofilter(HEADS, 0, last.max(first), 13)?;
    Ok(())
}

fn unit_row(
    sheet: &mut Worksheet,
    row: u32,
    unit: &UnitStatus,
    status: &ReportingStatus,
) -> Result<(), XlsxError> {
    let is_absent = matches!(unit.state, ReportState::NotReceived | ReportState::NotUsed);
    let state = match unit.state {
        ReportState::NotReceived | ReportState::NotUsed | ReportState::Overdue => filled(RED),
        ReportState::Incomplete | ReportState::Faulty | ReportState::Asked | ReportState::Answered => {
            filled(AMBER)
        }
        ReportState::PassedLate | ReportState::Passed => filled(GREEN),
    };
    let received = match (unit.file.is_some(), unit.received) {
        (true, Some(at)) => at.format("%Y-%m-%d %H:%M").to_string(),
        (true, None) => "不详".to_owned(),
        (false, _) => "—".to_owned(),
    };
    text(sheet, (row, 1), unit.unit.as_str(), &plain())?;
    text(sheet, (row, 2), unit.state.words(Chinese), &state)?;
    text(sheet, (row, 3), &received, &middle())?;
    let timely = match unit.on_time {
        _ if is_absent => filled(if status.days_late() > 0 { RED } else { AMBER }),
        Some(true) => middle(),
        _ => filled(AMBER),
    };
    text(sheet, (row, 4), &unit.punctuality(status, Chinese), &timely)?;
    let gap = |reported: usize, asked: usize| if reported < asked { filled(AMBER) } else { middle() };
    number(sheet, (row, 5), unit.targets, &middle())?;
    number(sheet, (row, 6), unit.targets_reported, &gap(unit.targets_reported, unit.targets))?;
    number(sheet, (row, 7), unit.tasks, &middle())?;
    number(sheet, (row, 8), unit.tasks_reported, &gap(unit.tasks_reported, unit.tasks))?;
    number(sheet, (row, 9), unit.errors, &if unit.errors > 0 { filled(AMBER) } else { middle() })?;
    number(sheet, (row, 10), unit.warnings, &middle())?;
    number(sheet, (row, 11), unit.queries, &if unit.queries > 0 { filled(AMBER) } else { middle() })?;
    number(sheet, (row, 12), unit.overdue, &if unit.overdue > 0 { filled(RED) } else { middle() })?;
    text(sheet, (row, 13), &unit.to_do(Chinese), &plain())
}

fn reminders_sheet(sheet: &mut Worksheet, status: &ReportingStatus) -> Result<(), XlsxError> {
    const HEADINGS: [(&str, f64); 3] = [("城市", 10.0), ("单位", 28.0), ("催报用语（可直接复制）", 110.0)];
    set_up(sheet, "催报清单", status, 3)?;
    for (column, (heading, width)) in (0_u16..).zip(HEADINGS) {
        sheet.set_column_width(column, width)?;
        text(sheet, (3, column), heading, &head())?;
    }
    let told = status.units().filter_map(|(city, unit)| Some((city, unit, sentence(status, city, unit)?)));
    for (row, (city, unit, words)) in (4_u32..).zip(told) {
        text(sheet, (row, 0), &city.name, &middle())?;
        text(sheet, (row, 1), unit.unit.as_str(), &plain())?;
        text(sheet, (row, 2), &words, &plain())?;
    }
    sheet.set_freeze_panes(4, 0)?;
    Ok(())
}
