//! 附件2: the plans against themselves.

use super::{Context, line_words, shortened};
use crate::finding::{Finding, Language, Place, Severity};
use crate::plan::{Quote, Remark};
use crate::publish::model::{PlanAnnex, RemarkRow, RemarkSum, Table};

/// Longest quote that is printed whole.
const LONGEST: usize = 60;

pub(super) fn annex(context: &Context<'_>) -> PlanAnnex {
    let tolerance = context.evaluation.round.method.about_tolerance;
    let all: Vec<(&str, Vec<Remark>)> = context
        .cities()
        .iter()
        .map(|city| (city.plan.short.as_str(), city.plan.remarks(tolerance)))
        .collect();
    let mut rows = Vec::new();
    let mut sums: Vec<RemarkSum> = Vec::new();
    for (city, remarks) in &all {
        for remark in remarks {
            if remark.problem.severity() == Severity::Note {
                sum_up(&mut sums, city, remark);
            } else {
                rows.push(row(rows.len() + 1, city, remark));
            }
        }
    }
    let contradictions = rows.len();
    let notes: usize = all.iter().map(|(_, remarks)| remarks.len()).sum::<usize>() - contradictions;
    PlanAnnex {
        heading: "附件2　方案核对清单".to_owned(),
        text: format!(
            "方案正文与附表、目标与基期逐项核对，不限于本年度：不衔接{contradictions}处，提示{notes}处。附表指标按附表判定，正文目标另行判定、单列；不衔接处建议提请印发机关明确。"
        ),
        table: Table::new("附表2-1", "方案中不衔接之处（括号内为方案行号）")
            .empty("没有不衔接之处。")
            .rows(rows),
        notes: Table::new("附表2-2", "方案中的提示事项").empty("没有提示事项。").rows(sums),
    }
}

fn row(number: usize, city: &str, remark: &Remark) -> RemarkRow {
    let name = if remark.no.chars().count() > 8 { String::new() } else { format!("{} ", remark.no) };
    RemarkRow {
        no: format!("M{number}"),
        city: city.to_owned(),
        indicator: format!("{name}{}", remark.name),
        rule: format!("{} {}", remark.problem.code(), rule(remark)),
        here: quoted(&remark.here),
        there: remark.there.as_ref().map_or_else(|| "—".to_owned(), quoted),
        message: format!("{}。", message(remark)),
    }
}

fn quoted(quote: &Quote) -> String {
    format!("{}（{}）", shortened(&quote.text, LONGEST), line_words(&quote.line))
}

/// A remark as a finding has the wording of its kind.
fn as_finding(remark: &Remark) -> Finding {
    Finding::new("", Place::default(), remark.problem.clone())
}

fn rule(remark: &Remark) -> &'static str {
    as_finding(remark).rule()
}

fn message(remark: &Remark) -> String {
    as_finding(remark).message(Language::Chinese)
}

/// Notes are many and alike: one line for each kind and city.
fn sum_up(sums: &mut Vec<RemarkSum>, city: &str, remark: &Remark) {
    let rule = format!("{} {}", remark.problem.code(), rule(remark));
    let no = if remark.no.is_empty() { message(remark) } else { remark.no.clone() };
    match sums.iter_mut().find(|sum| sum.city == city && sum.rule == rule) {
        Some(sum) => {
            let count: usize = sum.count.parse().unwrap_or(0);
            sum.count = (count + 1).to_string();
            if !sum.numbers.split('、').any(|known| known == no) {
                sum.numbers = format!("{}、{no}", sum.numbers);
            }
        }
        None => sums.push(RemarkSum { city: city.to_owned(), rule, count: "1".to_owned(), numbers: no }),
    }
}
