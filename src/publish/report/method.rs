//! 编制说明: basis, formulas and rules with the parameters as used.

use serde::Serialize;

use super::context::Context;
use super::indicators::has_last_year;
use super::phrases::full_date;
use super::scoring;
use super::table::Table;
use super::values::level_words;
use crate::rounding::plain;

/// 编制说明.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Method {
    pub(super) basis_text: String,
    pub(super) basis: Option<Table<BasisRow>>,
    pub(super) returns_text: String,
    pub(super) progress_text: String,
    pub(super) score_text: String,
    pub(super) rules_text: String,
}

/// A city's plan.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BasisRow {
    pub(super) city: String,
    pub(super) level: String,
    pub(super) plan: String,
    pub(super) document: String,
}

/// Parameters of the method, ready to print.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Params {
    pub(super) nearly: String,
    pub(super) exceeded: String,
    pub(super) min_coverage: String,
    pub(super) tolerance: String,
    pub(super) bar_span: String,
    pub(super) grades: String,
}

pub(super) fn method(context: &Context<'_>) -> Method {
    let round = &context.evaluation.round;
    let cities = context.cities();
    let table =
        if cities.len() <= 3 { format!("（见{}）", context.table("basis")) } else { String::new() };
    let rows = cities.iter().map(|city| {
        let plan = &city.plan;
        let number =
            if plan.document_no.is_empty() { "公开文本未见文号" } else { plan.document_no.as_str() };
        let dated =
            if plan.issued_note.is_empty() { "公开文本未见日期" } else { plan.issued_note.as_str() };
        BasisRow {
            city: plan.short.clone(),
            level: level_words(plan.level).to_owned(),
            plan: format!("《{}》。{}。", plan.title, plan.scope.trim_end_matches('。')),
            document: if plan.document_no.is_empty() && plan.issued_note.is_empty() {
                "公开文本未见文号和印发日期".to_owned()
            } else {
                format!("{number}；{}", dated.trim_end_matches('。'))
            },
        }
    });
    Method {
        basis_text: format!(
            "本报告评估{}个城市{}年度建设方案目标的完成情况{table}。方案正文与附表不一致的，按附表判定；方案核对结果列入附件2。",
            cities.len(),
            round.year
        ),
        basis: (cities.len() <= 3)
            .then(|| Table::new(context.table("basis"), "评估依据").rows(rows.collect())),
        returns_text: format!(
            "附表指标由附表所列单位报送，正文目标和任务由牵头单位报送，未列这些单位的由办公室报送；{}后收到的计为逾期，{}后收到的本版不采用。同一单位多次报送的，采用最后一版。报送值一律不改动，单位换算和修约另行记录。",
            full_date(round.deadline),
            full_date(round.cut_off)
        ),
        progress_text: match has_last_year(context) {
            true => "进度为实绩与上年之差占目标与上年之差的百分比，列于未达目标的指标旁；目标不优于上年或方案未列上年数的不计算。",
            false => "方案均未列上年数，本报告不计算进度。",
        }
        .to_owned(),
        score_text: scoring::summary(&round.method),
        rules_text:
            "各类目标的判定规则见附件5；方案未写完成年限、基年或对照值，或者用语没有界定，本轮评估也未确定的，列为不可评，注明原因。"
                .to_owned(),
    }
}

pub(super) fn params(context: &Context<'_>) -> Params {
    let method = &context.evaluation.round.method;
    let [excellent, good, fair] = method.grades.map(plain);
    Params {
        nearly: plain(method.nearly),
        exceeded: plain(method.exceeded),
        min_coverage: plain(method.minimum_coverage),
        tolerance: plain(method.about_tolerance),
        bar_span: plain(method.bar_span),
        grades: format!(
            "{excellent}分以上为优秀，{good}分以上为良好，{fair}分以上为合格，不足{fair}分为不合格"
        ),
    }
}
