//! The sheet of indicators.

use super::Form;
use super::checks;
use super::grid::{CellLook, EntrySide, FormArea, FormSheet, Holding, Mark, lines_of};
use super::rows::FIRST_ROW;
use super::rules;
use super::texts::{self, period_words};
use crate::plan::{Indicator, Origin};

/// Widths of the columns.
const WIDTHS: [u16; 12] = [6, 30, 34, 10, 10, 13, 13, 9, 8, 10, 26, 17];
/// The last column.
const LAST: u16 = 11;
/// The row of headings.
const HEADS: u32 = 3;
/// Heights of a line of text in its two sizes, and of other rows, in points.
const LINE: u16 = 14;
const SMALL_LINE: u16 = 12;
const LOW: u16 = 18;
/// Small print fits more characters into a width than its number says.
const SMALL: (u16, u16) = (4, 3);
/// Numbers of parts.
const PARTS: [&str; 2] = ["一", "二"];

/// The sheet; `None` for a unit that is asked for tasks alone.
pub(super) fn sheet(form: &Form<'_>, number: usize) -> Option<FormSheet> {
    if form.rows.is_empty() {
        return None;
    }
    let mut sheet = FormSheet::new(texts::INDICATORS, &WIDTHS);
    sheet.is_landscape = true;
    head(&mut sheet, form, number);
    let mut at = FIRST_ROW;
    let mut inputs: Vec<u32> = Vec::new();
    let parts = [Origin::Table, Origin::Prose].into_iter().filter(|part| form.part(*part).next().is_some());
    for (part, name) in parts.zip(PARTS) {
        sheet.wide((at, 0), LAST, format!("{name}、{}", form.part_head(part)), CellLook::Section);
        sheet.heights.push((at, LOW));
        at += 1;
        for one in form.part(part) {
            row(&mut sheet, form, one, at);
            inputs.push(at);
            at += 1;
        }
    }
    let (first, last) = (inputs.first().copied()?, inputs.last().copied()?);
    let column = |column: u16| FormArea { first: (first, column), last: (last, column) };
    sheet.entries.push(rules::vintages(column(7)));
    sheet.entries.push(rules::data_years(form, column(8)));
    let check = format!("L{}", first + 1);
    let (ready, explained) = (checks::READY, checks::EXPLAINED);
    let good = format!("=OR({check}=\"{ready}\",{check}=\"{explained}\")");
    let open = format!("=AND({check}<>\"\",{check}<>\"{ready}\",{check}<>\"{explained}\")");
    sheet.marks.push(Mark { area: column(LAST), when: good, is_good: true });
    sheet.marks.push(Mark { area: column(LAST), when: open, is_good: false });
    let document = &form.plan.called.document;
    let note =
        format!("注：计量单位以{document}为准；未报的请在说明栏写明原因。几个单位同报一项的，请先会商一致。");
    sheet.wide((at, 0), LAST, note, CellLook::Foot);
    sheet.heights.push((at, 20));
    sheet.filtered = Some(FormArea { first: (HEADS, 0), last: (last, LAST) });
    sheet.begin = (first, 6);
    sheet.last = (at, LAST);
    Some(sheet)
}

fn head(sheet: &mut FormSheet, form: &Form<'_>, number: usize) {
    let title = format!("表{number}　指标完成情况（{}）", period_words(form.round.period));
    sheet.wide((0, 0), LAST, title, CellLook::Title);
    sheet.heights.extend([(0, 28), (HEADS, 32)]);
    sheet.text((1, 0), format!("填报单位：{}", form.unit), CellLook::Quiet);
    let given = format!("灰色为{}所列数，供对照，不用填", form.plan.called.document);
    sheet.text((1, 5), given, CellLook::Quiet);
    let [before, target, value] = form.value_heads();
    let heads = ["序号", "指标名称", "口径和出处", "计量单位"].map(str::to_owned);
    let behind = ["数据性质", "数据年份", "佐证编号", "说明", "自查"].map(str::to_owned);
    sheet.headings(HEADS, heads.into_iter().chain([before, target, value]).chain(behind));
    sheet.first_moving = Some((FIRST_ROW, 2));
}

fn row(sheet: &mut FormSheet, form: &Form<'_>, row: &Indicator, at: u32) {
    let (about, target) = (form.about(row), form.target(row));
    let [_, name, about_width, unit_width, _, target_width, ..] = WIDTHS;
    let lines = [(row.name.as_str(), name), (texts::unit(row), unit_width), (target.as_str(), target_width)];
    let usual =
        lines.into_iter().map(|(text, width)| lines_of(text, width.saturating_sub(1))).max().unwrap_or(1);
    let small = lines_of(&about, about_width * SMALL.0 / SMALL.1);
    sheet.heights.push((at, (usual * LINE).max(small * SMALL_LINE).saturating_add(6).clamp(22, 400)));
    sheet.text((at, 0), row.no.as_str(), CellLook::Centred);
    sheet.text((at, 1), row.name.as_str(), CellLook::Body);
    sheet.text((at, 2), about, CellLook::Small);
    sheet.text((at, 3), texts::unit(row), CellLook::Centred);
    match form.base(row) {
        Some(past) => match past.written() {
            Some(number) => {
                let places = number.places();
                sheet.put((at, 4), Holding::Number(number.text), CellLook::GivenNumber(places));
            }
            None => sheet.text((at, 4), past.text.as_str(), CellLook::Given),
        },
        None if row.is_qualitative() => sheet.put((at, 4), Holding::Nothing, CellLook::Given),
        None => {
            sheet.input((at, 4), EntrySide::Right);
            sheet.entries.push(rules::base((at, 4)));
        }
    }
    sheet.text((at, 5), target, CellLook::Given);
    sheet.input((at, 6), if row.is_qualitative() { EntrySide::Middle } else { EntrySide::Right });
    sheet.entries.push(rules::value(form, row, (at, 6)));
    sheet.text((at, 7), "实际", CellLook::Input(EntrySide::Middle));
    sheet.put((at, 8), Holding::Number(form.round.year().to_string()), CellLook::Input(EntrySide::Middle));
    sheet.input((at, 9), EntrySide::Typed);
    sheet.input((at, 10), EntrySide::Left);
    let formula = checks::of(row, form, at + 1);
    sheet.put((at, LAST), Holding::Formula(formula, checks::TO_DO.to_owned()), CellLook::Check);
}
