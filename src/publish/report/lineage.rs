//! 附件3: which cells and plan lines the printed values come from.

use serde::Serialize;

use super::context::{Context, INDEXED};
use super::inputs;
use super::numbers::{Annex, Key};
use super::section::Draft;
use super::table::Table;
use super::values::{actual_text, is_published, line_words, shortened};
use crate::assess::BaseSource;
use crate::collect::Observation;
use crate::evaluation::CityEvaluation;
use crate::ident::{IndicatorNo, TaskNo};
use crate::ledger::{self, StepId};
use crate::plan::Origin;
use crate::reconcile::Fact;
use crate::rounding::plain;

/// 附件3.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Lineage {
    heading: String,
    text: String,
    /// Head of the column of lines of the plan.
    line_head: String,
    /// Head of the column of names.
    name_head: &'static str,
    cities: Vec<Table<LineageRow>>,
}

/// A printed value with its cells.
#[derive(Debug, Clone, Serialize)]
struct LineageRow {
    id: String,
    name: String,
    value: String,
    sources: Vec<Source>,
    line: String,
    rule_before: bool,
}

/// A cell that a value came from.
#[derive(Debug, Clone, Serialize)]
struct Source {
    raw: String,
    operation: String,
    file_no: String,
    file: String,
    sheet: String,
    cell: String,
    /// Whether it is the value of an earlier year that a change is counted from.
    #[serde(skip)]
    is_base: bool,
}

/// The annex.
pub(super) const ANNEX: Annex = Annex(3);

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Lineage> {
    let context = draft.context;
    let is_own = draft.own_city().is_some();
    let is_printed = is_own || context.cities().len() <= INDEXED;
    let mut cities = Vec::new();
    for (at, (_, city)) in draft.printed_cities().enumerate().filter(|_| is_printed) {
        let key = Key::in_annex(ANNEX, "cities").at(at);
        for one in city.assessments.iter().filter(|one| one.is_primary()) {
            let step = ledger::of_indicator(&city.plan.city, &one.no);
            draft.annex_rows.add(step, &target_id(city, &one.no));
        }
        for task in &city.plan.tasks {
            let step = StepId::new(format!("{}/task/{}", city.plan.city, task.no));
            draft.annex_rows.add(step, &task_id(city, &task.no));
        }
        cities.push(table(context, city).numbered(&mut draft.numbers, key));
    }
    let document = draft.document();
    let text = match (is_own, is_printed) {
        (true, _) => {
            format!("下列各表逐项列出刊出数字的报表单元格和{document}行号。文件序号与技术卷一致。")
        }
        (false, true) => format!(
            "下列各表逐项列出刊出数字的报表单元格和{document}行号，文件以{}的序号表示。完整步骤见所附lineage.csv。",
            inputs::ANNEX
        ),
        (false, false) => format!(
            "{}较多，逐项索引不印出，见所附lineage.csv；下表列出计算数字的算法。",
            context.terms.places.noun
        ),
    };
    let line_head = format!("{document}行");
    Some(Lineage {
        heading: ANNEX.heading("数字溯源索引"),
        text,
        line_head,
        name_head: context.terms.row_head(),
        cities,
    })
}

/// What the row of a target is called.
fn target_id(city: &CityEvaluation, no: &IndicatorNo) -> String {
    format!("{}-{no}", city.plan.short)
}

/// What the row of a task is called.
fn task_id(city: &CityEvaluation, no: &TaskNo) -> String {
    format!("{}-任{no}", city.plan.short)
}

fn table(context: &Context<'_>, city: &CityEvaluation) -> Table<LineageRow> {
    let mut rows = Vec::new();
    let (mut has_prose, mut has_passed_over, mut has_base) = (false, false, false);
    for one in city.assessments.iter().filter(|one| one.is_primary()) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        let fact = city.fact(&one.no);
        let sides = fact.map_or(&[][..], |fact| fact.sides.as_slice());
        let (taken, others): (Vec<_>, Vec<_>) = sides.iter().partition(|seen| !is_passed_over(seen, fact));
        has_passed_over |= !others.is_empty();
        let mut sources: Vec<Source> =
            taken.into_iter().chain(others).map(|seen| source(context, seen, fact)).collect();
        // What a change is counted from, where it is reported beside the value.
        if let Some(BaseSource::Reported(seen)) = one.change.as_ref().map(|change| &change.base.source) {
            sources.push(base_source(context, seen));
            has_base = true;
        }
        let is_prose = one.origin == Origin::Prose;
        rows.push(LineageRow {
            id: target_id(city, &one.no),
            name: row.short.clone(),
            value: format!(
                "{}{}",
                actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
                if is_published(city, one) { "†" } else { "" }
            ),
            sources,
            line: line_words(&one.target.line),
            rule_before: is_prose && !has_prose,
        });
        has_prose |= is_prose;
    }
    for (at, (task, one)) in city.plan.tasks.iter().zip(&city.tasks).enumerate() {
        let sources = one.report.iter().map(|report| Source {
            raw: report.said().to_owned(),
            operation: "—".to_owned(),
            file_no: context.file_number(&report.at.file).unwrap_or_default(),
            file: file_name(&report.at.file),
            sheet: report.at.sheet.clone(),
            cell: report.at.address(),
            is_base: false,
        });
        rows.push(LineageRow {
            id: task_id(city, &task.no),
            name: shortened(&task.title, 8),
            value: one.state.chinese().to_owned(),
            sources: sources.collect(),
            line: line_words(&task.line),
            rule_before: at == 0,
        });
    }
    Table::new(&format!("{}刊出数字与单元格", city.plan.name))
        .note(&index_note(&rows, has_passed_over, has_base))
        .whole_in("所附lineage.csv")
        .empty("没有可列的数字。")
        .rows(rows)
}

/// Explains the signs that the rows use.
fn index_note(rows: &[LineageRow], has_passed_over: bool, has_base: bool) -> String {
    let passed_over = match has_passed_over {
        true => "，“未采用”表示按决定采用另一单位所报",
        false => "",
    };
    let base = match has_base {
        true => "“处理”写明年份的行是计算变化所用的该年报送值。",
        false => "",
    };
    let is_of_others = |one: &&Source| !one.is_base;
    let others = match rows.iter().any(|row| row.sources.iter().filter(is_of_others).count() > 1) {
        true => "编号为灰字的行是同一指标其他单位的报送值。",
        false => "",
    };
    format!(
        "注：文件前的数字为{}的序号。“处理”为从单元格到刊出值的换算，“—”表示原样采用{passed_over}。{others}{base}",
        inputs::ANNEX
    )
}

/// Whether another unit's value was taken.
fn is_passed_over(seen: &Observation, fact: Option<&Fact>) -> bool {
    let taken = fact.and_then(|fact| fact.source.as_ref());
    taken.is_some_and(|taken| taken.value != seen.value)
}

/// A cell that was seen; of several that differ, those that were not taken say so.
fn source(context: &Context<'_>, seen: &Observation, fact: Option<&Fact>) -> Source {
    let operation = match (&seen.conversion, seen.value) {
        _ if is_passed_over(seen, fact) => "未采用".to_owned(),
        (Some(conversion), Some(_)) => conversion.operation.clone(),
        (None, Some(value)) if plain(value) != seen.raw => format!("读作{}", plain(value)),
        (_, _) => "—".to_owned(),
    };
    Source {
        raw: if seen.raw.is_empty() { "（空白）".to_owned() } else { shortened(&seen.raw, 24) },
        operation,
        file_no: context.file_number(&seen.at.file).unwrap_or_default(),
        file: file_name(&seen.at.file),
        sheet: seen.at.sheet.clone(),
        cell: seen.at.address(),
        is_base: false,
    }
}

/// The cell of the earlier year's value.
fn base_source(context: &Context<'_>, seen: &Observation) -> Source {
    let plainly = source(context, seen, None);
    Source { operation: format!("{}年", seen.year), is_base: true, ..plainly }
}

fn file_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
