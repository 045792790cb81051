//! 编制说明: basis, formulas and rules with the parameters as used.

use serde::Serialize;

use super::indicators::has_last_year;
use super::numbers::Key;
use super::past;
use super::phrases::{full_date, without_stop};
use super::remarks;
use super::scoring;
use super::section::Draft;
use super::table::Table;
use super::values::level_words;
use crate::evaluation::CityEvaluation;
use crate::plan;
use crate::rounding::plain;

/// More cities than this: their plans are not listed.
const FEW_PLANS: usize = 3;
/// The table of plans.
const BASIS: &str = "basis";

/// What stands in the place of a value of the year before that the plan does not print.
const PUBLISHED_BASE: &str = "方案未列上年数而当年已发布的，用发布数作上年数，比较、推算和计算进度相同，出处见附件3；方案已列的用方案数。";

/// 编制说明.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Method {
    params: Params,
    basis_text: String,
    basis: Option<Table<BasisRow>>,
    returns_text: String,
    progress_text: &'static str,
    score_text: String,
    rules_text: String,
}

/// A city's plan.
#[derive(Debug, Clone, Serialize)]
struct BasisRow {
    city: String,
    level: &'static str,
    plan: String,
    document: String,
}

/// Parameters of the method, ready to print.
#[derive(Debug, Clone, Serialize)]
struct Params {
    nearly: String,
    exceeded: String,
    min_coverage: String,
    tolerance: String,
    grades: String,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Method> {
    let context = draft.round()?;
    let round = &context.evaluation.round;
    let cities = context.cities();
    let basis = basis(draft, cities);
    let table = basis
        .as_ref()
        .map_or_else(String::new, |_| format!("（见{}）", draft.numbers.of(&Key::table(BASIS))));
    Some(Method {
        params: params(&round.method),
        basis_text: format!(
            "本报告评估{}个城市{}年度建设方案目标的完成情况{table}。方案正文与附表不一致的，按附表判定；方案核对结果列入{}。",
            cities.len(),
            round.year(),
            remarks::ANNEX
        ),
        basis,
        returns_text: format!(
            "附表指标由附表所列单位报送，正文目标和任务由牵头单位报送，未列这些单位的由办公室报送；{}后收到的计为逾期，{}后收到的本版不采用。同一单位多次报送的，采用最后一版。报送值一律不改动，单位换算和修约另行记录。",
            full_date(round.deadline),
            full_date(round.cut_off)
        ),
        progress_text: match has_last_year(context) {
            true => {
                "进度为实绩与上年之差占目标与上年之差的百分比，列于未达目标的指标旁；目标不优于上年或方案未列上年数的不计算。"
            }
            false => "",
        },
        score_text: scoring::in_one_line(&round.method),
        rules_text: format!(
            "各类目标的判定规则见{}；方案未写完成年限、基年或对照值，或者用语没有界定，本轮评估也未确定的，列为不可评，注明原因。{}",
            scoring::ANNEX,
            if past::is_any_published(context) { PUBLISHED_BASE } else { "" }
        ),
    })
}

/// The plans, when there are few.
fn basis(draft: &mut Draft<'_>, cities: &[CityEvaluation]) -> Option<Table<BasisRow>> {
    let rows = cities.iter().map(|city| {
        let plan = &city.plan;
        let number =
            if plan.document_no.is_empty() { "公开文本未见文号" } else { plan.document_no.as_str() };
        let dated =
            if plan.issued_note.is_empty() { "公开文本未见日期" } else { plan.issued_note.as_str() };
        BasisRow {
            city: plan.short.clone(),
            level: level_words(plan.level),
            plan: format!("《{}》。{}。", plan.title, without_stop(&plan.scope)),
            document: if plan.document_no.is_empty() && plan.issued_note.is_empty() {
                "公开文本未见文号和印发日期".to_owned()
            } else {
                format!("{number}；{}", without_stop(dated))
            },
        }
    });
    (cities.len() <= FEW_PLANS)
        .then(|| Table::new("评估依据").rows(rows.collect()).numbered(&mut draft.numbers, Key::table(BASIS)))
}

fn params(method: &plan::Method) -> Params {
    let [excellent, good, fair] = method.grades.map(plain);
    Params {
        nearly: plain(method.nearly),
        exceeded: plain(method.exceeded),
        min_coverage: plain(method.minimum_coverage),
        tolerance: plain(method.about_tolerance),
        grades: format!(
            "{excellent}分以上为优秀，{good}分以上为良好，{fair}分以上为合格，不足{fair}分为不合格"
        ),
    }
}
