//! The annexes.

use serde::Serialize;

use super::chapter::City;
use super::context::Context;
use super::derived::{city_derived, derived_table};
use super::findings::Finding;
use super::inputs::{InputRow, inputs, inputs_of};
use super::lineage::{INDEX_HEADING, Lineage, city_index, index};
use super::remarks::{self, PlanAnnex};
use super::scoring::{self, Scoring};
use super::table::{Annex, Table};
use crate::evaluation::CityEvaluation;

/// The annexes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Annexes {
    pub(super) findings: Option<Annex<Finding>>,
    pub(super) plans: Option<PlanAnnex>,
    pub(super) lineage: Lineage,
    pub(super) inputs: Annex<InputRow>,
    pub(super) scoring: Option<Scoring>,
}

pub(super) fn annexes(context: &Context<'_>, chapters: &[City]) -> Annexes {
    let findings = context.findings().into_iter().map(|(_, finding)| finding).collect();
    Annexes {
        findings: Some(Annex {
            heading: "附件1　数据核实清单".to_owned(),
            text: None,
            table: Table::new("附表1", "数据核实清单")
                .note("注：“文件”为附件4的序号。")
                .empty("审核未提出问题。")
                .rows(findings),
        }),
        plans: Some(remarks::annex(context)),
        lineage: index(context, chapters),
        inputs: inputs(context),
        scoring: Some(scoring::annex(context)),
    }
}

/// The annexes of one city's own report: where its figures come from, and the files that are its own or everybody's.
pub(super) fn of_city(context: &Context<'_>, city: &CityEvaluation, chapter: &City) -> Annexes {
    let mut derived = city_derived(context, city, chapter);
    if let Some(first) = derived.first_mut() {
        first.rule_before = false;
    }
    let slug = city.plan.city.as_str();
    let mut inputs = inputs_of(context, |path| context.owners.concerns(path, slug));
    inputs.table.note = Some(
        "注：序号与全本报告一致。封面“输入指纹”按全本报告附件4的全部输入计算。模板、字体和程序的摘要值见manifest.json。"
            .to_owned(),
    );
    Annexes {
        findings: None,
        plans: None,
        lineage: Lineage {
            heading: INDEX_HEADING.to_owned(),
            text: "下列各表逐项列出刊出数字的报表单元格和方案行号。文件序号与全本报告一致。".to_owned(),
            printed: true,
            cities: vec![city_index(context, city, "附表3-1")],
            derived: derived_table("附表3-2", derived),
            sample_text: None,
            sample: None,
        },
        inputs,
        scoring: None,
    }
}
