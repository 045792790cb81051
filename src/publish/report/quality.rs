//! How the returns were: who sent in what, what the review found, and what the cells hold.

use serde::Serialize;

use super::context::Context;
use super::inputs;
use super::phrases::full_date;
use super::quality_counts::say_returns;
use super::say::say;
use super::table::Table;
use crate::evaluation::CityEvaluation;
use crate::finding::{Finding, Severity};

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

fn waits(finding: &Finding) -> bool {
    finding.severity() == Severity::Error
}

/// How many findings there are, of a city or of all, by severity, and how many wait for an answer until when.
pub(super) fn findings_text(
    context: &Context<'_>,
    whose: Option<&CityEvaluation>,
    findings: &[&Finding],
) -> String {
    let of = whose.map_or("round", |city| city.plan.city.as_str());
    let say = |name: &str, is_one: &dyn Fn(&Finding) -> bool| {
        let own: Vec<&Finding> = findings.iter().copied().filter(|finding| is_one(finding)).collect();
        let number = own.len();
        (number, context.book.count_findings(&format!("{of}/#findings.{name}"), own, number))
    };
    let severity = |name: &str, wanted: Severity| say(name, &|one| one.problem.severity() == wanted).1;
    let (number, all) = say("all", &|_| true);
    if number == 0 {
        return String::new();
    }
    let (waiting, said) = say("waiting", &waits);
    let until = match waiting {
        0 => String::new(),
        _ => format!("，请于{}前答复", full_date(context.evaluation.round.answer_by)),
    };
    // Tasks at odds with their targets wait for their lead units, not for whoever answers findings.
    let is_at_odds = |city: &CityEvaluation| city.tasks.iter().any(|task| task.at_odds().is_some());
    let shown = whose.map_or_else(|| context.cities(), std::slice::from_ref);
    let tasks = match shown.iter().any(is_at_odds) {
        true => "（填报与目标不合的任务另行核对）",
        false => "",
    };
    format!(
        "审核共提出问题{all}件，其中错误{}件、警告{}件、提示{}件；截至{}，待答复{said}件{tasks}{until}。“文件”为{}的序号；处理建议见results.xlsx“核实清单”表。",
        severity("error", Severity::Error),
        severity("warning", Severity::Warning),
        severity("note", Severity::Note),
        full_date(context.evaluation.round.cut_off),
        inputs::ANNEX
    )
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
