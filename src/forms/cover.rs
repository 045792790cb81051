//! The cover: who reports what to whom, how it is filled in, and whether it is ready. Nothing stands to the right of its fields: readers take the
//! next cell to the right of a label for its value.

use super::Form;
use super::checks::{EXPLAINED, READY, TO_DO};
use super::grid::{CellLook, EntrySide, FormArea, FormSheet, Holding, Mark};
use super::rows::{FIRST_ROW, FIRST_TASK};
use super::rules;
use super::texts::{self, period_words};

/// Widths of the columns.
const WIDTHS: [u16; 2] = [16, 62];
/// The first row of fields.
const FIELDS: u32 = 3;

/// The sheet.
pub(super) fn sheet(form: &Form<'_>) -> FormSheet {
    let mut sheet = FormSheet::new("封面", &WIDTHS);
    sheet.wide((0, 0), 1, form.title(), CellLook::Title);
    sheet.heights.push((0, 36));
    sheet.text((1, 0), "黄色的格由填报单位填写，其余已锁定（无密码）", CellLook::Quiet);
    for (row, line) in (1..).zip(texts::head_lines(form)) {
        sheet.text((row, 1), line, CellLook::QuietRight);
    }
    let at = fields(&mut sheet, form) + 1;
    let at = ready(&mut sheet, form, at) + 1;
    let at = how(&mut sheet, form, at) + 1;
    sheet.wide((at, 0), 1, "单位负责人（签字）：　　　　　　　　　　　　填报单位（盖章）：", CellLook::Plain);
    sheet.heights.push((at, 40));
    sheet.wide((at + 1, 0), 1, format!("模板编号　{}", form.number), CellLook::Foot);
    sheet.last = (at + 1, 1);
    sheet
}

/// The fields, with the row behind them.
fn fields(sheet: &mut FormSheet, form: &Form<'_>) -> u32 {
    let given = [
        (form.place_label(), form.plan.name.clone()),
        ("填报单位", form.unit.to_string()),
        ("报告期", period_words(form.round.period)),
        ("报送期限", form.due()),
        ("报送至", form.plan.office.to_string()),
    ];
    let mut at = FIELDS;
    for (label, value) in given {
        sheet.text((at, 0), label, CellLook::Head);
        sheet.text((at, 1), value, CellLook::Centred);
        at += 1;
    }
    sheet.begin = (at, 1);
    for label in ["填报人", "审核人", "单位负责人", "填报日期"] {
        sheet.text((at, 0), label, CellLook::Head);
        sheet.input((at, 1), EntrySide::Typed);
        at += 1;
    }
    sheet.entries.push(rules::day(form, (at - 1, 1), &format!("B{at}")));
    sheet.text((at, 0), "版本", CellLook::Head);
    sheet.put((at, 1), Holding::Number("1".to_owned()), CellLook::Input(EntrySide::Middle));
    sheet.entries.push(rules::version((at, 1)));
    sheet.heights.extend((FIELDS..=at).map(|row| (row, 23)));
    at + 1
}

/// What is still to be done, counted by formulas, with the row behind them.
fn ready(sheet: &mut FormSheet, form: &Form<'_>, at: u32) -> u32 {
    sheet.text((at, 0), "报送前自查", CellLook::Head);
    sheet.text((at, 1), "下面几个数都应是0", CellLook::Head);
    sheet.heights.push((at, 22));
    let mut counts: Vec<(&str, String, usize)> = Vec::new();
    if !form.rows.is_empty() {
        let area = rules::on_indicators(&format!("L{}:L{}", FIRST_ROW + 1, form.last_row()));
        let count = |word: &str| format!("COUNTIF({area},\"{word}\")");
        let open = count("?*");
        counts.push(("指标待填", format!("={}", count(TO_DO)), form.rows.len()));
        let asked = format!("={open}-{}-{}-{}", count(TO_DO), count(READY), count(EXPLAINED));
        counts.push(("指标有疑问", asked, 0));
    }
    if !form.tasks.is_empty() {
        let area = format!("{}!H{}:H{}", texts::TASKS, FIRST_TASK + 1, form.last_task());
        counts.push(("任务待填", format!("=COUNTIF({area},\"<>{READY}\")"), form.tasks.len()));
    }
    let first = at + 1;
    let mut row = first;
    for (label, formula, result) in counts {
        sheet.text((row, 0), label, CellLook::Centred);
        sheet.put((row, 1), Holding::Formula(formula, result.to_string()), CellLook::Given);
        sheet.heights.push((row, 20));
        row += 1;
    }
    let area = FormArea { first: (first, 1), last: (row.saturating_sub(1), 1) };
    sheet.marks.push(Mark { area, when: format!("=B{}>0", first + 1), is_good: false });
    row
}

/// How it is filled in, with the row behind.
fn how(sheet: &mut FormSheet, form: &Form<'_>, at: u32) -> u32 {
    let order = match (form.rows.is_empty(), form.tasks.is_empty()) {
        (false, false) => "先填“指标”，再填“任务”，最后在“佐证”列出材料。",
        (false, true) => "先填“指标”，再在“佐证”列出材料。",
        (true, _) => "先填“任务”，再在“佐证”列出材料。",
    };
    let [_, _, value] = form.value_heads();
    let mut steps = vec![format!("只填黄色的格。{order}")];
    if !form.rows.is_empty() {
        steps.push(format!("数填在“{value}”栏，只填数字，不写“约”“左右”，也不带单位；单位按“计量单位”栏。"));
        steps.push("没有数的，格子留空，在“说明”栏写明原因；不要填0、“-”或“无”。".to_owned());
    }
    steps.push("从别的表粘贴时用“选择性粘贴—数值”，否则会冲掉下拉和格式。".to_owned());
    let ready = if form.rows.is_empty() { "“√”" } else { "“√”或“已说明”" };
    steps.push(format!("“自查”栏全是{ready}，上面的数都是0，即可报送。"));
    let rest = if form.rows.is_empty() { "进展情况" } else { "说明" };
    steps.push(format!("不要增删行列、改表头或另建表；要补充的写在“{rest}”栏。"));
    sheet.wide((at, 0), 1, "怎样填", CellLook::Strong);
    let mut row = at + 1;
    for (number, step) in (1..).zip(steps) {
        sheet.wide((row, 0), 1, format!("{number}. {step}"), CellLook::Plain);
        row += 1;
    }
    sheet.heights.extend((at..row).map(|row| (row, 20)));
    row
}
