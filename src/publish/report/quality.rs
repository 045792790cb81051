//! 三、数据质量与核实: returns, rules, cells, open queries, boundary cases. What people decided and who signed stands behind it in sections of its own.

use std::collections::BTreeMap;
use std::ops::AddAssign as _;

use serde::Serialize;

use super::context::Context;
use super::findings;
use super::numbers::Key;
use super::numerals::numeral;
use super::phrases::full_date;
use super::quality_counts::say_returns;
use super::say::say;
use super::section::Draft;
use super::table::Table;
use super::totals::{step_of, target_text};
use super::unused;
use super::values::fact_of;
use crate::collect::CellCounts;
use crate::collect::Reading;
use crate::evaluation::CityEvaluation;
use crate::finding::{Finding, Language, Severity};
use crate::ledger::StepId;
use crate::plan::Origin;
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
    /// Head of the column of targets.
    name_head: &'static str,
    cells: Table<CellsRow>,
    open: Table<findings::Finding>,
    boundary_text: String,
}

/// A city's returns.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReturnRow {
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
    let say = cells_row(context, "", None, cells);
    Some(Quality {
        // Where nothing is compared a part less stands before it.
        part: format!("{}、数据质量与核实", if context.is_alone() { "二" } else { "三" }),
        place_head: context.terms.places.head,
        text: text(context, &findings, open.len()),
        returns: returns(context).numbered(numbers, Key::table("returns")),
        rules: rules(context, &findings).numbered(numbers, Key::table("rules")),
        name_head: context.terms.row_head(),
        cells_text: format!(
            "读取{}单元格{}个：数值{}个、文字{}个、空白{}个、缺报记号{}个、不能识别{}个，没有遗漏。{}",
            context.terms.row_head(),
            say.read,
            say.number,
            say.word,
            say.blank,
            say.mark,
            say.unreadable,
            unused::parts_of_year(context)
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
    let say = |name: &str, number: usize| {
        let severity = match name {
            "error" | "waiting" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "note" => Some(Severity::Note),
            _ => None,
        };
        let own = findings.iter().map(|(finding, _)| *finding);
        let own = own.filter(|finding| severity.is_none_or(|one| finding.problem.severity() == one));
        match name {
            "waiting" => {
                let own = own.filter(|finding| waits(finding));
                context.book.count_findings("round/#findings.waiting", own, number)
            }
            _ => context.book.count_findings(&format!("round/#findings.{name}"), own, number),
        }
    };
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    data_quality(counts, &cut_off, open, &say)
}

/// The returns of each city, and how they were checked.
pub(super) fn returns(context: &Context<'_>) -> Table<ReturnRow> {
    let counts: Vec<(&CityEvaluation, [usize; 8])> =
        context.cities().iter().map(|city| (city, return_counts(context, city))).collect();
    let row = |name: &str, whose: Option<&CityEvaluation>, counts: [usize; 8]| {
        let [expected, on_time, late, missing, workbooks, errors, warnings, notes] =
            say_returns(context, whose, counts);
        let city = name.to_owned();
        ReturnRow { city, expected, on_time, late, missing, workbooks, errors, warnings, notes }
    };
    let mut total = [0; 8];
    for (_, counts) in &counts {
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let rows: Vec<ReturnRow> =
        counts.iter().map(|(city, counts)| row(context.short(&city.plan), Some(city), *counts)).collect();
    let (language, noun) = (context.language, context.terms.places.noun);
    let each = if rows.len() > 1 { format!("各{noun}") } else { String::new() };
    let title = say!(language, "{each}报送和审核情况", "Returns and how they were checked");
    let table = Table::new(&title).told_in(language);
    let table = table.unit(language.of("个、件", "number"));
    let table = match rows.len() > 1 {
        true => table.total(row(language.of("合计", "Total"), None, total)),
        false => table,
    };
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

fn rules(context: &Context<'_>, findings: &[(&Finding, findings::Finding)]) -> Table<RuleRow> {
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
        let say = |name: &str, severity: Option<Severity>, number: usize| {
            let own = findings.iter().map(|(finding, _)| *finding).filter(|finding| {
                (code.is_empty() || finding.problem.code() == code)
                    && severity.map_or_else(|| waits(finding), |one| finding.problem.severity() == one)
            });
            let of = if code.is_empty() { "#findings".to_owned() } else { format!("rule/{code}/#findings") };
            context.book.count_findings(&format!("round/{of}.{name}"), own, number)
        };
        let [errors, warnings, notes, waiting] = counts;
        let (errors, warnings) =
            (say("error", Some(Severity::Error), errors), say("warning", Some(Severity::Warning), warnings));
        let notes = say("note", Some(Severity::Note), notes);
        let waiting = say("waiting", None, waiting);
        let code = if code.is_empty() { "合计" } else { code };
        RuleRow { code: code.to_owned(), rule: rule.to_owned(), errors, warnings, notes, waiting }
    };
    let rows = by_code.iter().map(|(code, (rule, counts))| row(code, rule, *counts)).collect();
    Table::new("审核问题分布").unit("件").empty("").total(row("", "", total)).rows(rows)
}

fn sum_cells(context: &Context<'_>) -> CellCounts {
    let mut sum = CellCounts::default();
    context.cities().iter().for_each(|city| sum.add_assign(city.collected.cells));
    sum
}

fn cells_table(context: &Context<'_>, sum: CellCounts) -> Table<CellsRow> {
    let row = |city: &CityEvaluation| cells_row(context, &city.plan.short, Some(city), city.collected.cells);
    let rows: Vec<CellsRow> = context.cities().iter().map(row).collect();
    let table = Table::new(&format!("{}单元格读取情况", context.terms.row_head()))
        .unit("个")
        .note("注：只计采用的工作簿；同一指标由几家单位报送的，各家单元格分别计数。");
    let table = if rows.len() > 1 { table.total(cells_row(context, "合计", None, sum)) } else { table };
    table.rows(rows)
}

/// The cells of a city, or of all, by what they hold.
fn cells_row(
    context: &Context<'_>,
    name: &str,
    whose: Option<&CityEvaluation>,
    cells: CellCounts,
) -> CellsRow {
    let of = whose.map_or("round", |city| city.plan.city.as_str());
    let say = |name: &str, is_one: fn(&Reading) -> bool, number: usize| {
        let cities =
            context.cities().iter().filter(|city| whose.is_none_or(|own| own.plan.city == city.plan.city));
        let seen = cities
            .flat_map(|city| &city.collected.observations)
            .filter(|seen| seen.is_current && is_one(&seen.reading));
        let members = seen.map(|seen| StepId::new(seen.at.to_string()));
        context.book.count(&format!("{of}/#cells.{name}"), members, &[], number)
    };
    CellsRow {
        city: name.to_owned(),
        read: say("all", |_| true, cells.read),
        number: say("number", |reading| matches!(reading, Reading::Number(_)), cells.number),
        word: say("word", |reading| matches!(reading, Reading::Present | Reading::Absent), cells.word),
        blank: say("blank", |reading| *reading == Reading::Blank, cells.blank),
        mark: say("mark", |reading| *reading == Reading::Mark, cells.mark),
        unreadable: say("unreadable", |reading| *reading == Reading::Unreadable, cells.unreadable),
    }
}

fn boundary(context: &Context<'_>) -> String {
    let (mut items, mut steps, mut prose) = (Vec::new(), Vec::new(), Vec::new());
    for city in context.printed() {
        for one in city.assessments.iter().filter(|one| one.boundary && one.is_primary()) {
            let Some(row) = city.plan.indicator(&one.no) else { continue };
            let unit = row.unit.text();
            let reported = one.actual.map_or_else(String::new, |value| numeral(&fact_of(one), value.text()));
            let changed = one.change.as_ref().map(|one_change| {
                format!(
                    "，{}",
                    change_words(Language::Chinese, one_change, &one.target.goal, &row.unit, unit)
                )
            });
            let target = target_text(one, row.goal_in_unit(&one.target.goal));
            steps.push(step_of(one, "boundary"));
            let noun = if one.origin == Origin::Prose { "" } else { "指标" };
            prose.push(one.origin == Origin::Prose);
            items.push(format!(
                "{}{noun}{}（{}）实绩{reported}{unit}{}，目标{target}",
                city.plan.name,
                one.no,
                row.short,
                changed.unwrap_or_default()
            ));
        }
    }
    let all = context.book.count("round/#boundary", steps, &[], items.len());
    let noun = match (prose.contains(&false), prose.contains(&true)) {
        (true, true) => "指标和正文目标",
        (false, true) => "正文目标",
        (_, false) => "指标",
    };
    boundary_sentence(&items, &all, noun)
}

/// What the review found.
fn data_quality(
    [errors, warnings, notes]: [usize; 3],
    cut_off: &str,
    open: usize,
    say: &dyn Fn(&str, usize) -> String,
) -> String {
    let all = errors + warnings + notes;
    if all == 0 {
        return "审核未提出问题。".to_owned();
    }
    let (all, open) = (say("all", all), say("waiting", open));
    let (errors, warnings, notes) = (say("error", errors), say("warning", warnings), say("note", notes));
    format!(
        "审核共提出问题{all}件，其中错误{errors}件、警告{warnings}件、提示{notes}件；截至{cut_off}，待答复{open}件。"
    )
}

/// Verdicts that depend on the method of comparison.
fn boundary_sentence(items: &[String], all: &str, noun: &str) -> String {
    if items.is_empty() {
        return "没有因比较方法不同而结论不同的指标。".to_owned();
    }
    let shown = items.iter().take(6).map(String::as_str).collect::<Vec<_>>().join("；");
    let more = if items.len() > 6 { "等" } else { "" };
    format!("{all}项{noun}的结论取决于比较方法：{shown}{more}。以全数值比较为准，修约值比较的结论相反。")
}
