//! The numbers of a row: values of earlier years, targets, quotas, and what a plan file takes none of.

use super::cells::cell;
use super::notes::TableNotes;
use super::passage::{ending, holds, plain};
use super::tables::{TableColumn, cumulative_part};
use super::units;
use super::{DraftNumber, DraftPart, DraftQuota, DraftRow, OpenFields, OpenReason};
use crate::period::Period;

/// Sorts the cells of a row.
pub(super) fn numbers(row: &mut DraftRow, cells: Vec<(TableColumn, String, usize)>, notes: &TableNotes) {
    let last_year = cells.iter().filter_map(|(column, ..)| year_of(column)).max();
    let base_year = cells
        .iter()
        .filter_map(
            |(column, ..)| if let TableColumn::Year(year, None, _) = column { Some(*year) } else { None },
        )
        .max();
    for (column, text, line) in cells {
        match column {
            TableColumn::Year(year, None, said) => past(row, (year, said), &text, line, notes),
            TableColumn::Year(year, Some(tier), said) => {
                for one in cell(&text) {
                    let tier = one.tier.unwrap_or(tier);
                    let mut number = DraftNumber { year, tier: Some(tier), line, ..one };
                    settled(&mut number, row, base_year);
                    // 年均增长6%以上 in the first of several columns that have become one.
                    let is_mean = number.kind == Some("average_growth");
                    if is_mean && last_year.is_some_and(|last| last > year) {
                        number.open.chosen("year", OpenReason::WhichColumn);
                    }
                    if !said {
                        number.open.chosen("tier", OpenReason::WhichColumn);
                    }
                    row.targets.push(number);
                }
            }
            TableColumn::Mean => mean(row, &text, line, (last_year, base_year), notes),
            TableColumn::Area(area, year) => quota(row, (area, year), &text, line),
            TableColumn::Part(label) if !text.is_empty() && !units::is_dash(&plain(&text)) => {
                row.parts.push(DraftPart { label, text, interim: None, line });
            }
            _ => {}
        }
    }
    interims(row);
    if row.targets.is_empty() && !row.open.has("target") {
        row.open.missing("target", OpenReason::NotSaid);
    }
}

/// Which parts of the year are targets on the way to that of the year: those of a row whose targets are of one year.
fn interims(row: &mut DraftRow) {
    let Some(year) = row.targets.first().map(|target| target.year) else { return };
    if row.targets.iter().any(|target| target.year != year) {
        return;
    }
    for part in &mut row.parts {
        let period = cumulative_part(&part.label).map(|reach| Period::of(year, reach));
        let value = match cell(&part.text).as_slice() {
            [one] if one.bounds.is_none() && one.undefined.is_none() => one.value.clone(),
            _ => None,
        };
        part.interim = period.zip(value);
    }
}

fn year_of(column: &TableColumn) -> Option<i32> {
    if let TableColumn::Year(year, ..) = column { Some(*year) } else { None }
}

/// A value of an earlier year; a mark behind it leads to the note that says of which year it is.
fn past(row: &mut DraftRow, (year, said): (i32, bool), text: &str, line: usize, notes: &TableNotes) {
    let read = cell(text);
    let Some(first) = read.first() else { return };
    let Some(value) = first.value.clone() else {
        if first.undefined.is_some() {
            row.open.chosen("value", OpenReason::Words);
        }
        return;
    };
    let mut number =
        DraftNumber { year, value: Some(value.clone()), line, quote: value, ..DraftNumber::default() };
    let noted = first.mark.and_then(|mark| notes.year_of(mark));
    match noted.or(first.own_year) {
        Some(own) => {
            number.year = own;
            row.baseline_year = Some(own).filter(|own| *own != year);
        }
        None => number.open.0.extend(first.open.0.iter().filter(|one| one.field == "year").cloned()),
    }
    if !said && first.op.is_some() {
        number.open.chosen("year", OpenReason::WhichColumn);
    }
    if first.kind.is_some() {
        number.open.chosen("value", OpenReason::Words);
    }
    row.values.push(number);
}

/// What an area has to contribute.
fn quota(row: &mut DraftRow, (area, year): (String, i32), text: &str, line: usize) {
    let read = cell(text);
    let Some(first) = read.first() else { return };
    match &first.value {
        Some(value) => row.quotas.push(DraftQuota { area, year, value: value.clone(), line }),
        None => row.open.chosen("quota", OpenReason::Words),
    }
}

/// What a target of a cell is by the row that it stands in: a growth, a rank, 全覆盖.
fn settled(one: &mut DraftNumber, row: &mut DraftRow, base_year: Option<i32>) {
    let unit = row.unit.as_deref().unwrap_or_default();
    let is_share = matches!(unit, "%" | "‰");
    match one.unit.take().as_deref() {
        Some("%") if !is_share && one.kind.is_none() => {
            one.kind = Some("growth");
            one.open.chosen("kind", OpenReason::WhichKind);
        }
        Some(printed) if printed != unit && printed != "%" && printed != "百分点" => {
            one.open.chosen("unit", OpenReason::WhichUnit);
        }
        _ => {}
    }
    let is_rank = matches!(unit, "位" | "名") && holds(&row.name, &["排名", "位次", "名次", "排位"]);
    one.kind = match one.kind {
        None if one.undefined.is_some() => None,
        None if is_growth(&row.name, row.unit.as_deref()) => Some("growth"),
        None if is_rank => Some("rank"),
        None if is_share && one.value.as_deref() == Some("100") && !row.is_lower => Some("coverage"),
        kind => kind,
    };
    if matches!(one.kind, Some("multiple" | "average_growth")) && one.base_year.is_none() && !as_before(one) {
        one.base_year = base_year;
        if base_year.is_none() {
            one.open.missing("base_year", OpenReason::NotSaid);
        }
    }
    if unit.is_empty() && one.undefined.as_deref().is_some_and(|words| holds(words, DONE)) {
        one.kind = Some("qualitative");
        one.value = Some(PRESENT.to_owned());
        one.undefined = None;
        one.open = OpenFields::default();
        one.open.chosen("kind", OpenReason::IsDone);
        row.unit = Some(PRESENCE.to_owned());
        row.open.0.retain(|open| open.field != "unit");
        row.open.chosen("unit", OpenReason::IsDone);
    }
}

/// What is reported of what is done.
const PRESENT: &str = "有";
/// The unit of what is done or not.
const PRESENCE: &str = "有/无";

/// 不低于上年 has the year before as its base.
fn as_before(one: &DraftNumber) -> bool {
    one.kind == Some("multiple") && one.value.as_deref() == Some("1")
}

/// Words of what is done or not.
const DONE: &[&str] =
    &["建成", "完成", "通过", "获批", "投用", "投入使用", "建立", "印发", "出台", "挂牌", "创建成功"];

/// A cell of 年均/累计: a sum in brackets, growth per year, or what holds in every year.
fn mean(
    row: &mut DraftRow,
    text: &str,
    line: usize,
    (last, base): (Option<i32>, Option<i32>),
    notes: &TableNotes,
) {
    // A target of the last year goes before what it means per year.
    if row.targets.iter().any(|target| Some(target.year) == last)
        && !units::is_dash(&plain(text))
        && !text.is_empty()
    {
        row.parts.push(DraftPart { label: MEAN.to_owned(), text: text.to_owned(), interim: None, line });
        return;
    }
    for mut one in cell(text) {
        let Some(year) = last else {
            row.open.missing("target", OpenReason::NoYear);
            return;
        };
        let in_percent = one.unit.as_deref() == Some("%") && row.unit.as_deref() != Some("%");
        if in_percent && one.kind.is_none() && !one.cumulative {
            one.kind = Some("average_growth");
        }
        let is_growth = is_growth(&row.name, row.unit.as_deref());
        one.unit = None;
        if one.cumulative {
            if !notes.tells_sums {
                one.open.chosen("cumulative", OpenReason::Cumulative);
            }
            // What a stock gains over the years: 人均预期寿命〔1〕.
            if !row.values.is_empty() && !holds(&row.name, OF_CHANGE) {
                one.kind = Some("increment");
                one.open.chosen("kind", OpenReason::Cumulative);
            }
        } else if one.kind.is_none() && is_growth && one.undefined.is_none() {
            one.kind = Some("average_growth");
            one.base_year = base;
        } else if one.kind == Some("average_growth") {
            one.base_year = one.base_year.or(base);
        } else {
            one.recurring = true;
            one.open.chosen("recurring", OpenReason::EveryYear);
            if one.kind.is_none() && one.undefined.is_none() {
                one.open.chosen("kind", OpenReason::WhichKind);
            }
        }
        row.targets.push(DraftNumber { year, tier: Some(one.tier.unwrap_or("annual")), line, ..one });
    }
}

/// What a column of means is called beside a target.
const MEAN: &str = "年均/累计";

/// Words of names that say that a change or an addition is counted.
const OF_CHANGE: &[&str] =
    &["增长", "降低", "下降", "减少", "提高", "新增", "增加", "净增", "累计", "新建", "改造", "治理", "完成"];

/// Whether a name in percent says that it grows.
fn is_growth(name: &str, unit: Option<&str>) -> bool {
    unit == Some("%") && ending(name, &["增长", "增速", "增长率", "增幅"]).is_some()
}
