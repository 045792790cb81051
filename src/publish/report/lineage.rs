//! 附件3: which cells and plan lines the printed values come from.

use serde::Serialize;

use super::chapter::City;
use super::context::{Context, INDEXED};
use super::derived::{DerivedRow, derived_rows, derived_table};
use super::sample::{StepRow, sample};
use super::table::Table;
use super::values::{actual_text, is_published, line_words, shortened};
use crate::collect::Observation;
use crate::evaluation::CityEvaluation;
use crate::plan::Origin;
use crate::reconcile::Fact;
use crate::rounding::plain;

/// 附件3.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Lineage {
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) printed: bool,
    pub(super) cities: Vec<Table<LineageRow>>,
    pub(super) derived: Table<DerivedRow>,
    pub(super) sample_text: Option<String>,
    pub(super) sample: Option<Table<StepRow>>,
}

/// A printed value with its cells.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LineageRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) sources: Vec<Source>,
    pub(super) line: String,
    pub(super) rule_before: bool,
}

/// A cell that a value came from.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Source {
    pub(super) raw: String,
    pub(super) operation: String,
    pub(super) file_no: String,
    pub(super) file: String,
    pub(super) sheet: String,
    pub(super) cell: String,
}

pub(super) const INDEX_HEADING: &str = "附件3　数字溯源索引";

pub(super) fn index(context: &Context<'_>, chapters: &[City]) -> Lineage {
    let printed = context.cities().len() <= INDEXED;
    let mut cities = Vec::new();
    if printed {
        for (city, number) in context.cities().iter().zip(1..) {
            cities.push(city_index(context, city, &format!("附表3-{number}")));
        }
    }
    let next = cities.len() + 1;
    let derived = derived_table(&format!("附表3-{next}"), derived_rows(context, chapters));
    let sample = sample(context, chapters, &format!("附表3-{}", next + 1));
    let text = if printed {
        "下列各表逐项列出刊出数字的报表单元格和方案行号，文件以附件4的序号表示。完整步骤见所附lineage.csv。"
    } else {
        "城市较多，逐项索引不印出，见所附lineage.csv；下表列出计算数字的算法。"
    };
    Lineage {
        heading: INDEX_HEADING.to_owned(),
        text: text.to_owned(),
        printed,
        cities,
        derived,
        sample_text: sample.is_some().then(|| {
            "下表以一个数字为例，列出从方案和报表单元格到本报告的全部步骤，报表的路径从本年度文件夹写起。"
                .to_owned()
        }),
        sample,
    }
}

/// How the index says that another unit's value was taken.
const PASSED_OVER: &str = "未采用";

pub(super) fn city_index(context: &Context<'_>, city: &CityEvaluation, number: &str) -> Table<LineageRow> {
    let short = &city.plan.short;
    let mut rows = Vec::new();
    for one in city.assessments.iter().filter(|one| one.is_primary()) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        let fact = city.fact(&one.no);
        let sides = fact.map_or(&[][..], |fact| fact.sides.as_slice());
        let mut sources: Vec<Source> = sides.iter().map(|seen| source(context, seen, fact)).collect();
        sources.sort_by_key(|source| source.operation == PASSED_OVER);
        rows.push(LineageRow {
            id: format!("{short}-{}", one.no),
            name: row.short.clone(),
            value: format!(
                "{}{}",
                actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
                if is_published(city, one) { "†" } else { "" }
            ),
            sources,
            line: line_words(&one.target.line),
            rule_before: false,
        });
    }
    let prose = city.assessments.iter().position(|one| one.origin == Origin::Prose);
    if let Some(row) =
        prose.and_then(|_| rows.iter_mut().find(|row| row.id.starts_with(&format!("{short}-P"))))
    {
        row.rule_before = true;
    }
    for (at, (task, one)) in city.plan.tasks.iter().zip(&city.tasks).enumerate() {
        let sources = one.report.iter().map(|report| Source {
            raw: report.said().to_owned(),
            operation: "—".to_owned(),
            file_no: context.file_number(&report.at.file).unwrap_or_default(),
            file: file_name(&report.at.file),
            sheet: report.at.sheet.clone(),
            cell: report.at.address(),
        });
        rows.push(LineageRow {
            id: format!("{short}-任{}", task.no),
            name: shortened(&task.title, 8),
            value: one.state.chinese().to_owned(),
            sources: sources.collect(),
            line: line_words(&task.line),
            rule_before: at == 0,
        });
    }
    if let Some(first) = rows.first_mut() {
        first.rule_before = false;
    }
    Table::new(number, &format!("{}刊出数字与单元格", city.plan.name))
        .note(&index_note(&rows))
        .empty("没有可列的数字。")
        .rows(rows)
}

/// Explains the signs that the rows use.
fn index_note(rows: &[LineageRow]) -> String {
    let mut sources = rows.iter().flat_map(|row| &row.sources);
    let passed_over = match sources.any(|source| source.operation == PASSED_OVER) {
        true => "，“未采用”表示按决定采用另一单位所报",
        false => "",
    };
    let others = match rows.iter().any(|row| row.sources.len() > 1) {
        true => "编号为灰字的行是同一指标其他单位的报送值。",
        false => "",
    };
    format!(
        "注：文件前的数字为附件4的序号。“处理”为从单元格到刊出值的换算，“—”表示原样采用{passed_over}。{others}"
    )
}

/// A cell that was seen; of several that differ, those that were not taken say so.
fn source(context: &Context<'_>, seen: &Observation, fact: Option<&Fact>) -> Source {
    let taken = fact.and_then(|fact| fact.source.as_ref());
    let operation = match (&seen.conversion, seen.value) {
        _ if taken.is_some_and(|taken| taken.value != seen.value) => PASSED_OVER.to_owned(),
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
    }
}

fn file_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
