//! 三、数据质量与核实: returns, rules, cells, open queries, boundary cases. What people decided and who signed stands behind it in sections of its own.

use std::collections::BTreeMap;
use std::ops::AddAssign as _;

use serde::Serialize;

use super::context::Context;
use super::findings;
use super::numbers::Key;
use super::phrases::full_date;
use super::section::Draft;
use super::table::Table;
use crate::collect::CellCounts;
use crate::evaluation::CityEvaluation;
use crate::finding::{Finding, Severity};
use crate::words::change_words;

/// 三、数据质量与核实.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Quality {
    part: String,
    place_head: &'static str,
    text: String,
    returns: Table<ReturnRow>,
    rules: Table<RuleRow>,
    cells_text: String,
    cells: Table<CellsRow>,
    open: Table<findings::Finding>,
    boundary_text: String,
}

/// A city's returns.
#[derive(Debug, Clone, Serialize)]
struct ReturnRow {
    city: String,
    expected: String,
    on_time: String,
    late: String,
    missing: String,
    workbooks: String,
    errors: String,
    warnings: String,
    notes: String,
}

/// Findings of a rule.
#[derive(Debug, Clone, Serialize)]
struct RuleRow {
    code: String,
    rule: String,
    errors: String,
    warnings: String,
    notes: String,
    waiting: String,
}

/// Cells read in a city.
#[derive(Debug, Clone, Serialize)]
struct CellsRow {
    city: String,
    read: String,
    number: String,
    word: String,
    blank: String,
    mark: String,
    unreadable: String,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Quality> {
    let context = draft.round()?;
    let numbers = &mut draft.numbers;
    let findings = context.findings();
    let open: Vec<findings::Finding> =
        findings.iter().filter(|(finding, _)| waits(finding)).map(|(_, printed)| printed.clone()).collect();
    let cells = sum_cells(context);
    Some(Quality {
        // Where nothing is compared a part less stands before it.
        part: format!("{}、数据质量与核实", if context.is_alone() { "二" } else { "三" }),
        place_head: context.terms.places.head,
        text: text(context, &findings, open.len()),
        returns: returns(context).numbered(numbers, Key::table("returns")),
        rules: rules(&findings).numbered(numbers, Key::table("rules")),
        cells_text: format!(
            "读取指标单元格{}个：数值{}个、文字{}个、空白{}个、缺报记号{}个、不能识别{}个，没有遗漏。",
            cells.read, cells.number, cells.word, cells.blank, cells.mark, cells.unreadable
        ),
        cells: cells_table(context, cells).numbered(numbers, Key::table("cells")),
        open: Table::new("待答复的查询")
            .whole_in(findings::WHOLE)
            .empty("没有待答复的查询。")
            .rows(open)
            .numbered(numbers, Key::table("open")),
        boundary_text: boundary(context),
    })
}

fn waits(finding: &Finding) -> bool {
    finding.severity() == Severity::Error
}

fn text(context: &Context<'_>, findings: &[(&Finding, findings::Finding)], open: usize) -> String {
    let count = |severity: Severity| {
        findings.iter().filter(|(finding, _)| finding.problem.severity() == severity).count()
    };
    let cut_off = full_date(context.evaluation.round.cut_off);
    data_quality(count(Severity::Error), count(Severity::Warning), count(Severity::Note), &cut_off, open)
}

fn returns(context: &Context<'_>) -> Table<ReturnRow> {
    let counts: Vec<(&CityEvaluation, [usize; 8])> =
        context.cities().iter().map(|city| (city, return_counts(context, city))).collect();
    let row = |name: &str, counts: [usize; 8]| {
        let [expected, on_time, late, missing, workbooks, errors, warnings, notes] =
            counts.map(|count| count.to_string());
        let city = name.to_owned();
        ReturnRow { city, expected, on_time, late, missing, workbooks, errors, warnings, notes }
    };
    let mut total = [0; 8];
    for (_, counts) in &counts {
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let rows: Vec<ReturnRow> = counts.iter().map(|(city, counts)| row(&city.plan.short, *counts)).collect();
    let each = if rows.len() > 1 { format!("各{}", context.terms.places.noun) } else { String::new() };
    let table = Table::new(&format!("{each}报送和审核情况")).unit("个、件");
    let table = if rows.len() > 1 { table.total(row("合计", total)) } else { table };
    table.rows(rows)
}

fn return_counts(context: &Context<'_>, city: &CityEvaluation) -> [usize; 8] {
    let units = |wanted: Option<bool>| city.units.iter().filter(|unit| unit.on_time == wanted).count();
    let of = |severity: Severity| {
        context.told_about(city).filter(|(_, finding)| finding.problem.severity() == severity).count()
    };
    [
        city.units.len(),
        units(Some(true)),
        units(Some(false)),
        units(None),
        city.collected.submissions.len(),
        of(Severity::Error),
        of(Severity::Warning),
        of(Severity::Note),
    ]
}

fn rules(findings: &[(&Finding, findings::Finding)]) -> Table<RuleRow> {
    let mut by_code: BTreeMap<&str, (&str, [usize; 4])> = BTreeMap::new();
    let mut total = [0; 4];
    for (finding, _) in findings {
        let (_, counts) = by_code.entry(finding.problem.code()).or_insert((finding.rule(), [0; 4]));
        let at = match finding.problem.severity() {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        for tally in [counts, &mut total] {
            tally[at] += 1;
            tally[3] += usize::from(waits(finding));
        }
    }
    let row = |code: &str, rule: &str, counts: [usize; 4]| {
        let [errors, warnings, notes, waiting] = counts.map(|count| count.to_string());
        RuleRow { code: code.to_owned(), rule: rule.to_owned(), errors, warnings, notes, waiting }
    };
    let rows = by_code.iter().map(|(code, (rule, counts))| row(code, rule, *counts)).collect();
    Table::new("审核问题分布").unit("件").empty("").total(row("合计", "", total)).rows(rows)
}

fn sum_cells(context: &Context<'_>) -> CellCounts {
    let mut sum = CellCounts::default();
    context.cities().iter().for_each(|city| sum.add_assign(city.collected.cells));
    sum
}

fn cells_table(context: &Context<'_>, sum: CellCounts) -> Table<CellsRow> {
    let row = |name: &str, cells: CellCounts| CellsRow {
        city: name.to_owned(),
        read: cells.read.to_string(),
        number: cells.number.to_string(),
        word: cells.word.to_string(),
        blank: cells.blank.to_string(),
        mark: cells.mark.to_string(),
        unreadable: cells.unreadable.to_string(),
    };
    let rows: Vec<CellsRow> =
        context.cities().iter().map(|city| row(&city.plan.short, city.collected.cells)).collect();
    let table = Table::new("指标单元格读取情况")
        .unit("个")
        .note("注：只计采用的工作簿；同一指标由几家单位报送的，各家单元格分别计数。");
    let table = if rows.len() > 1 { table.total(row("合计", sum)) } else { table };
    table.rows(rows)
}

fn boundary(context: &Context<'_>) -> String {
    let mut items = Vec::new();
    for city in context.cities() {
        for one in city.assessments.iter().filter(|one| one.boundary && one.is_primary()) {
            let Some(row) = city.plan.indicator(&one.no) else { continue };
            let unit = row.unit.text();
            let reported = one.actual.map_or_else(String::new, crate::quantity::Value::text);
            let changed = one
                .change
                .as_ref()
                .map(|one_change| format!("，{}", change_words(one_change, &one.target.goal, &row.unit)));
            let target = one.target.goal.in_unit(&row.unit);
            items.push(format!(
                "{}指标{}（{}）实绩{reported}{unit}{}，目标{target}",
                city.plan.name,
                one.no,
                row.short,
                changed.unwrap_or_default()
            ));
        }
    }
    boundary_sentence(&items)
}

/// What the review found.
fn data_quality(errors: usize, warnings: usize, notes: usize, cut_off: &str, open: usize) -> String {
    let all = errors + warnings + notes;
    if all == 0 {
        return "审核未提出问题。".to_owned();
    }
    format!(
        "审核共提出问题{all}件，其中错误{errors}件、警告{warnings}件、提示{notes}件；截至{cut_off}，待答复{open}件。"
    )
}

/// Verdicts that depend on the method of comparison.
fn boundary_sentence(items: &[String]) -> String {
    if items.is_empty() {
        return "没有因比较方法不同而结论不同的指标。".to_owned();
    }
    let shown = items.iter().take(6).map(String::as_str).collect::<Vec<_>>().join("；");
    let more = if items.len() > 6 { "等" } else { "" };
    format!(
        "{}项指标的结论取决于比较方法：{shown}{more}。以全数值比较为准，修约值比较的结论相反。",
        items.len()
    )
}
