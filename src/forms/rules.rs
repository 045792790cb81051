//! What may be entered in the cells of a form, with what is said beside them.

use super::Form;
use super::grid::{Allowed, EntryRule, FormArea};
use super::texts;
use crate::plan::Indicator;

/// The longest text that is shown beside a cell or when an entry is refused, in units of UTF-16.
const LONGEST_PROMPT: usize = 254;
/// The longest title of one.
const LONGEST_TITLE: usize = 31;
/// So much of what a row counts is shown beside its cell.
const LONGEST_ABOUT: usize = 150;
/// Years of the data that may be entered, back from that of the round.
const YEARS_BACK: i32 = 5;
/// The longest report on a task, in characters.
const LONGEST_REPORT: u32 = 500;

/// How final a value is.
const VINTAGES: &[&str] = &["实际", "预计", "快报", "最终"];
/// What is answered with words.
const ANSWERS: &[&str] = &["有", "无"];
/// How far a task is.
const STATES: &[&str] = &["完成", "推进中", "未启动"];

/// The value of a row.
pub(super) fn value(form: &Form<'_>, row: &Indicator, at: (u32, u16)) -> EntryRule {
    let unit = Some(row.unit.text()).filter(|unit| !unit.is_empty() && !row.is_qualitative());
    let unit = unit.map_or_else(String::new, |unit| format!("单位：{unit}。"));
    let about = cut(&form.about(row), LONGEST_ABOUT);
    let text = format!("{about}\n{unit}目标：{}。没有数的留空，在“说明”栏写原因。", form.target(row));
    let (allowed, refusal) = if row.is_qualitative() {
        (Allowed::Words(ANSWERS), ("有/无", "请从下拉中选“有”或“无”；其他话写在“说明”栏。".to_owned()))
    } else {
        (Allowed::Number, only_numbers())
    };
    let title = cut(&format!("{} {}", row.no, row.name), LONGEST_TITLE);
    EntryRule {
        area: FormArea { first: at, last: at },
        allowed,
        prompt: (title, cut(&text, LONGEST_PROMPT)),
        refusal,
    }
}

/// What is said when something else than a number is entered.
fn only_numbers() -> (&'static str, String) {
    ("只填数字", "这里只能填数字。文字写在“说明”栏；没有数的留空。".to_owned())
}

/// A value of the year before that neither plan nor publication has.
pub(super) fn base(at: (u32, u16)) -> EntryRule {
    let prompt = ("上年实绩".to_owned(), "方案没有上年数。有数的填上，没有的留空。".to_owned());
    EntryRule {
        area: FormArea { first: at, last: at },
        allowed: Allowed::Number,
        prompt,
        refusal: only_numbers(),
    }
}

/// How final the values are, and of which year.
pub(super) fn vintages(area: FormArea) -> EntryRule {
    let prompt = ("数据性质".to_owned(), "年报填“实际”；数未最后核定的，从下拉中选。".to_owned());
    EntryRule {
        area,
        allowed: Allowed::Words(VINTAGES),
        prompt,
        refusal: ("数据性质", "请从下拉中选。".to_owned()),
    }
}

/// The year of the data.
pub(super) fn data_years(form: &Form<'_>, area: FormArea) -> EntryRule {
    let [before, year] = form.years();
    let prompt = ("数据年份".to_owned(), format!("当年数未出、暂用上年数的，填{before}。"));
    let refusal = ("数据年份", format!("填四位年份，不晚于{year}。"));
    EntryRule { area, allowed: Allowed::Whole(year.saturating_sub(YEARS_BACK), year), prompt, refusal }
}

/// How far tasks are.
pub(super) fn states(area: FormArea) -> EntryRule {
    let text = "完成：全部要求已做到，须有佐证\n推进中：已开展\n未启动：尚未开展，在进展情况写原因";
    let refusal = ("进展状态", "请从下拉中选：完成、推进中、未启动。".to_owned());
    EntryRule {
        area,
        allowed: Allowed::Words(STATES),
        prompt: ("进展状态".to_owned(), text.to_owned()),
        refusal,
    }
}

/// What was done.
pub(super) fn reports(area: FormArea) -> EntryRule {
    let refusal = ("过长", format!("请写在{LONGEST_REPORT}字以内。"));
    EntryRule {
        area,
        allowed: Allowed::Length(LONGEST_REPORT),
        prompt: (String::new(), String::new()),
        refusal,
    }
}

/// The day on which the form was filled in; `cell` is its address.
pub(super) fn day(form: &Form<'_>, at: (u32, u16), cell: &str) -> EntryRule {
    let example = form.round.deadline;
    let refusal = ("填报日期", format!("请按 {example} 的样子填写。"));
    let allowed = Allowed::Likely(format!("=ISNUMBER(DATEVALUE({cell}))"));
    EntryRule {
        area: FormArea { first: at, last: at },
        allowed,
        prompt: ("填报日期".to_owned(), format!("如 {example}")),
        refusal,
    }
}

/// Which return of the unit it is.
pub(super) fn version(at: (u32, u16)) -> EntryRule {
    let prompt = ("版本".to_owned(), "第一次报填1；重报时加1。".to_owned());
    let refusal = ("版本", "填1、2、3。".to_owned());
    EntryRule { area: FormArea { first: at, last: at }, allowed: Allowed::Whole(1, 999), prompt, refusal }
}

/// The states of tasks that a formula asks for.
pub(super) const DONE: &str = "完成";

/// A text of at most so many units of UTF-16, with a mark where something is left out.
fn cut(text: &str, longest: usize) -> String {
    if text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= longest
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{kept}…")
}

/// The sheet of indicators is asked for by name, so that a formula finds it.
pub(super) fn on_indicators(area: &str) -> String {
    format!("{}!{area}", texts::INDICATORS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_what_spreadsheets_show() {
        assert_eq!(cut("口径", 2), "口径");
        assert_eq!(cut("口径和出处", 3), "口径…");
        assert_eq!(cut(&"👍".repeat(200), LONGEST_PROMPT).encode_utf16().count(), 253);
    }
}
