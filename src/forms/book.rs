//! The sheets of a form as a workbook; with `publish/results.rs` the only file that names `rust_xlsxwriter`.
//!
//! Sheets are locked without a password: a password stops work, not mischief, and what comes back is held against the very file that was issued.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule,
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

use super::grid::{Allowed, CellLook, EntryRule, EntrySide, FormArea, FormCell, FormSheet, Holding, Mark};
use crate::error::RunError;

/// What the file says of itself.
pub(super) struct BookHead {
    pub(super) title: String,
    pub(super) unit: String,
    /// The file's own date: the round's.
    pub(super) date: NaiveDate,
    /// The number of the form, and the same in the properties of the file.
    pub(super) number: String,
    pub(super) properties: Vec<(&'static str, String)>,
}

const YELLOW: u32 = 0x00FF_F9DB;
const GREY: u32 = 0x00F2_F2F2;
const BLUE: u32 = 0x00D9_E2EC;
const PALE: u32 = 0x00ED_F1F5;
const LINES: u32 = 0x008C_8C8C;
const QUIET: u32 = 0x0059_5959;
const AMBER: (u32, u32) = (0x00FF_EB9C, 0x007F_6000);
const GREEN: u32 = 0x002E_7D32;
/// A4.
const PAPER: u8 = 9;
/// Numbers that may be entered lie between these: whatever is true must go in.
const WIDEST: f64 = 1e15;

/// Writes the workbook; the same sheets give the same bytes.
///
/// # Errors
/// Fails when the library refuses something.
pub(super) fn written(head: &BookHead, sheets: &[FormSheet]) -> Result<Vec<u8>, RunError> {
    write(head, sheets).map_err(|error| RunError::output(&head.number, error))
}

fn write(head: &BookHead, sheets: &[FormSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let year = u16::try_from(head.date.year()).unwrap_or(1900);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(year, part(head.date.month()), part(head.date.day()))?;
    let mut properties =
        DocProperties::new().set_title(&head.title).set_subject(&head.unit).set_creation_datetime(&created);
    for (name, value) in &head.properties {
        properties = properties.set_custom_property(*name, value);
    }
    book.set_properties(&properties);
    for sheet in sheets {
        let to = book.add_worksheet().set_name(sheet.name)?;
        print_set_up(to, sheet, &head.number)?;
        let mut looks: BTreeMap<CellLook, Format> = BTreeMap::new();
        for cell in &sheet.cells {
            let format = looks.entry(cell.look).or_insert_with(|| format_of(cell.look));
            put(to, cell, format)?;
        }
        for entry in &sheet.entries {
            let FormArea { first, last } = entry.area;
            to.add_data_validation(first.0, first.1, last.0, last.1, &validation(entry)?)?;
        }
        for Mark { area: FormArea { first, last }, when, is_good } in &sheet.marks {
            let look = if *is_good {
                Format::new().set_font_color(Color::RGB(GREEN))
            } else {
                Format::new().set_background_color(Color::RGB(AMBER.0)).set_font_color(Color::RGB(AMBER.1))
            };
            let mark = ConditionalFormatFormula::new().set_rule(when.as_str()).set_format(look);
            to.add_conditional_format(first.0, first.1, last.0, last.1, &mark)?;
        }
    }
    book.save_to_buffer()
}

fn print_set_up(to: &mut Worksheet, sheet: &FormSheet, number: &str) -> Result<(), XlsxError> {
    for (column, width) in (0_u16..).zip(&sheet.widths) {
        to.set_column_width(column, *width)?;
    }
    for (row, height) in &sheet.heights {
        to.set_row_height(*row, *height)?;
    }
    if sheet.is_landscape {
        to.set_landscape();
    }
    to.set_paper_size(PAPER).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_print_fit_to_pages(1, 0);
    to.set_screen_gridlines(false);
    // In a footer & begins a command.
    let (number, name) = (number.replace('&', "&&"), sheet.name);
    to.set_footer(format!("&L&8模板编号 {number}&R&8{name}　第&P页 共&N页"));
    to.set_print_area(0, 0, sheet.last.0, sheet.last.1)?;
    if let Some(heads) = sheet.heads {
        to.set_repeat_rows(heads, heads)?;
    }
    if let Some((row, column)) = sheet.first_moving {
        to.set_freeze_panes(row, column)?;
    }
    if let Some(FormArea { first, last }) = sheet.filtered {
        to.autofilter(first.0, first.1, last.0, last.1)?;
    }
    to.set_selection(sheet.begin.0, sheet.begin.1, sheet.begin.0, sheet.begin.1)?;
    to.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

fn put(to: &mut Worksheet, cell: &FormCell, format: &Format) -> Result<(), XlsxError> {
    let (row, column) = cell.at;
    match &cell.holds {
        Holding::Text(text) if cell.to > column => {
            to.merge_range(row, column, row, cell.to, text, format)?;
        }
        Holding::Text(text) => {
            to.write_string_with_format(row, column, text, format)?;
        }
        Holding::Number(digits) => match digits.parse::<f64>() {
            Ok(number) => {
                to.write_number_with_format(row, column, number, format)?;
            }
            Err(_) => {
                to.write_string_with_format(row, column, digits, format)?;
            }
        },
        Holding::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result);
            to.write_formula_with_format(row, column, formula, format)?;
        }
        Holding::Nothing => {
            to.write_blank(row, column, format)?;
        }
    }
    Ok(())
}

fn validation(entry: &EntryRule) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    let rule = match &entry.allowed {
        Allowed::Number => rule.allow_decimal_number(DataValidationRule::Between(-WIDEST, WIDEST)),
        Allowed::Words(words) => rule.allow_list_strings(words)?,
        Allowed::Whole(from, to) => rule.allow_whole_number(DataValidationRule::Between(*from, *to)),
        Allowed::Likely(formula) => {
            rule.allow_custom(formula.as_str().into()).set_error_style(DataValidationErrorStyle::Warning)
        }
        Allowed::Length(most) => rule
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(*most))
            .set_error_style(DataValidationErrorStyle::Warning),
    };
    let rule = rule.set_error_title(entry.refusal.0)?.set_error_message(&entry.refusal.1)?;
    let (title, text) = &entry.prompt;
    if text.is_empty() { Ok(rule) } else { rule.set_input_title(title)?.set_input_message(text) }
}

fn format_of(look: CellLook) -> Format {
    let base = Format::new().set_font_name("宋体").set_font_size(10).set_align(FormatAlign::VerticalCenter);
    let boxed = |format: Format| {
        format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINES)).set_text_wrap()
    };
    let filled = |format: Format, colour: u32| format.set_background_color(Color::RGB(colour));
    match look {
        CellLook::Title => {
            base.set_bold().set_font_size(16).set_font_name("黑体").set_align(FormatAlign::Center)
        }
        CellLook::Quiet => base.set_font_color(Color::RGB(QUIET)),
        CellLook::QuietRight => base.set_font_color(Color::RGB(QUIET)).set_align(FormatAlign::Right),
        CellLook::Head => filled(boxed(base), BLUE).set_bold().set_align(FormatAlign::Center),
        CellLook::Section => filled(boxed(base), PALE).set_bold(),
        CellLook::Body => boxed(base),
        CellLook::Centred => boxed(base).set_align(FormatAlign::Center),
        CellLook::Small => boxed(base).set_font_size(8).set_font_color(Color::RGB(0x0040_4040)),
        CellLook::Given => filled(boxed(base), GREY).set_align(FormatAlign::Center),
        CellLook::GivenNumber(places) => {
            let digits = usize::try_from(places).unwrap_or_default();
            let code = if digits == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(digits)) };
            filled(boxed(base), GREY).set_align(FormatAlign::Right).set_num_format(code)
        }
        CellLook::Check => boxed(base).set_font_size(9).set_font_color(Color::RGB(QUIET)),
        CellLook::Plain => base.set_text_wrap(),
        CellLook::Strong => base.set_bold(),
        CellLook::Foot => base.set_font_size(9).set_text_wrap().set_font_color(Color::RGB(QUIET)),
        CellLook::Input(side) => {
            let input = filled(boxed(base), YELLOW).set_unlocked();
            match side {
                EntrySide::Right => input.set_align(FormatAlign::Right),
                EntrySide::Middle => input.set_align(FormatAlign::Center),
                EntrySide::Typed => input.set_align(FormatAlign::Center).set_num_format("@"),
                EntrySide::Left => input,
            }
        }
    }
}
