//! 附件8: basis and rules in words, with the parameters as used.

use serde::Serialize;

use super::bases::without_progress;
use super::context::Context;
use super::index;
use super::occurring::{Limits, Occurring};
use super::past;
use super::phrases::{full_date, without_stop};
use super::remarks;
use super::reporting;
use super::scoring;
use super::section::Draft;
use super::terms::Terms;
use super::values::{LONGEST, shortened};
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::{Apart, Origin};

/// 附件8, the rules in words.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Method {
    heading: String,
    plans: Vec<PlanLine>,
    rules: Vec<Rule>,
}

/// A plan in a line.
#[derive(Debug, Clone, Serialize)]
struct PlanLine {
    /// What it is called.
    term: String,
    plan: String,
}

/// A rule by what it is about.
#[derive(Debug, Clone, Serialize)]
struct Rule {
    term: &'static str,
    meaning: String,
}

/// Stands in the round's report only.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Method> {
    let context = draft.round()?;
    let found = Occurring::in_cities(context.cities(), context.evaluation.round.year());
    let plans = draft
        .shown_cities()
        .iter()
        .map(|(_, city)| PlanLine { term: city.plan.called.document.clone(), plan: basis_of(city) })
        .collect();
    let rules = [
        ("依据", basis_text(context, &found)),
        ("报送", reporting::text(context, &found)),
        ("完成率", format!("{}{}", completion(&found).unwrap_or_default(), rate_text(context, &found))),
        ("计数", counting_text(context, &found)),
        ("判定", judging_text(context, &found)),
        ("缺数和推算", open_text(context, &found)),
        (if context.is_alone() { "修约" } else { "排名和修约" }, last_text(context)),
    ];
    let rules = rules.into_iter().map(|(term, meaning)| Rule { term, meaning }).collect();
    Some(Method { heading: scoring::heading(), plans, rules })
}

/// How the rate and the coverage are computed.
fn rate_text(context: &Context<'_>, found: &Occurring) -> String {
    let Terms { whole, rate, reached, .. } = &context.terms;
    let counted = if found.has_schedules() { "（完成目标或达到序时）" } else { "" };
    format!("{whole}{rate}为{reached}{counted}项数与可评项数之比，覆盖率为可评项数与应评项数之比。")
}

/// `《…》（文号，日期），附件1列26项指标。`
pub(super) fn basis_of(city: &CityEvaluation) -> String {
    let plan = &city.plan;
    let number =
        if plan.document_no.is_empty() { "原文没有列出文号" } else { plan.document_no.as_str() };
    let dated = match (plan.issued_note.as_str(), plan.issued_on) {
        ("", None) => "原文没有列出日期".to_owned(),
        ("", Some(day)) => full_date(day),
        (note, _) => without_stop(note).to_owned(),
    };
    let [title, issuer, number, dated, scope] =
        [&plan.title, &plan.issuer, number, &dated, without_stop(&plan.scope)]
            .map(|words| shortened(words, LONGEST));
    let issuer = if issuer.is_empty() { issuer } else { format!("{issuer}；") };
    format!("《{title}》（{issuer}{number}；{dated}）：{scope}。")
}

/// What is evaluated, and what holds where prose and table differ.
fn basis_text(context: &Context<'_>, found: &Occurring) -> String {
    let Terms { document, building, table: rows, .. } = &context.terms;
    let whose = match context.cities() {
        [only] => only.plan.name.clone(),
        _ => context.terms.counted(context.say_cities()),
    };
    let differ = match found.has_both {
        true => format!("{document}正文与{rows}不一致的，按{rows}判定；"),
        false => String::new(),
    };
    format!(
        "本报告评估{whose}{}年度{building}{document}目标的完成情况。{differ}{document}核对结果列入{}。",
        context.evaluation.round.year(),
        remarks::ANNEX
    )
}

/// How completion is computed, for the directions that occur; `None` where no target has one.
fn completion(found: &Occurring) -> Option<String> {
    let held = found.held.defined(Language::Chinese);
    Some(match (found.ratios.has_higher, found.ratios.has_lower) {
        (true, true) => {
            format!("单项完成率，越大越好的为实绩与{held}之比，越小越好的为{held}与实绩之比，以百分数表示。")
        }
        (true, false) => format!("单项完成率为实绩与{held}之比，以百分数表示。"),
        (false, true) => format!("各项均越小越好，单项完成率为{held}与实绩之比，以百分数表示。"),
        (false, false) => return None,
    })
}

/// Progress, and what the account counts.
fn counting_text(context: &Context<'_>, found: &Occurring) -> String {
    let Terms { document, whole, table, rows, names_indicators, rate, .. } = &context.terms;
    let progress = progress_text(found, document);
    // Some, or all, may be of later years.
    let year = context.evaluation.round.year();
    let is_later = |one: &Assessment| one.origin == Origin::Prose && one.target.year != year;
    let has_later = context.cities().iter().flat_map(|city| &city.assessments).any(is_later);
    let of_the_year = if has_later { "" } else { "本年度的" };
    let apart = match found.has_prose_apart {
        true => format!("，{of_the_year}正文目标逐项判定、单列，不计入{whole}{rate}和得分"),
        false => String::new(),
    };
    let account = match (found.has_table, found.has_prose_account) {
        (true, true) => {
            let named = if *names_indicators { table.clone() } else { format!("指标{table}") };
            format!("{document}列有{named}的，按{rows}计数{apart}；没有{table}的，按正文目标计数。")
        }
        (true, false) => format!("按{rows}计数{apart}。"),
        (false, _) => format!("{document}没有指标表，按正文目标计数。"),
    };
    format!("{progress}{account}")
}

/// What progress is, where any is printed.
fn progress_text(found: &Occurring, document: &str) -> String {
    let base = found.bases.word();
    let sums = match (found.sums.has_levels, found.sums.has_additions) {
        (true, true) => "几年累计的目标，进度为实绩（目标说的是增量的，为增量）占目标的百分比",
        (false, true) => "几年累计的增量，进度为增量占目标的百分比",
        (_, false) => "几年累计的目标，进度为实绩占目标的百分比",
    };
    match (found.bases.has_any(), found.sums.has_any()) {
        (false, false) => String::new(),
        (false, true) => format!("{sums}，列于results.xlsx“指标”表。"),
        (true, has_sums) => {
            let apart: Vec<Apart> =
                found.apart.iter().copied().filter(|apart| !has_sums || *apart != Apart::Sum).collect();
            let apart = without_progress(&apart, found.sums.has_additions);
            let apart = if apart.is_empty() { apart } else { format!("，{apart}的目标也不计算") };
            let sums = if has_sums { format!("；{sums}") } else { String::new() };
            format!(
                "进度为实绩与{base}之差占目标与{base}之差的百分比，列于results.xlsx“指标”表；目标不优于{base}或{document}未列{base}数的不计算{apart}{sums}。"
            )
        }
    }
}

/// The words of limits, and the states of what is judged.
fn judging_text(context: &Context<'_>, found: &Occurring) -> String {
    let method = &context.evaluation.round.method;
    let limits = &found.limits;
    let tolerance = context.limit("about_tolerance", method.about_tolerance);
    let counted = match limits.has_own_tolerance {
        true => "（按个数计的至少1个，单项另定的除外）",
        false => "（按个数计的至少1个）",
    };
    let about = match limits.about {
        [true, true] => {
            format!("“左右”允许低于目标{tolerance}%{counted}，越小越好的允许高于目标{tolerance}%")
        }
        [false, true] => format!("“左右”允许高于目标{tolerance}%{counted}"),
        [_, false] => format!("“左右”允许低于目标{tolerance}%{counted}"),
    };
    let in_step = format!("“基本同步”允许低于对照值{tolerance}%");
    let quoted = |words: &[&str]| words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().concat();
    let inclusive = format!("{}含本数", quoted(&limits.inclusive));
    let strict = format!("{}不含本数", quoted(&limits.strict));
    let words: Vec<&str> = [
        (!limits.inclusive.is_empty()).then_some(inclusive.as_str()),
        (!limits.strict.is_empty()).then_some(strict.as_str()),
        limits.has_about.then_some(about.as_str()),
        limits.has_in_step.then_some(in_step.as_str()),
        limits.has_pace.then_some("“同步”为不低于对照值"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let stop = if words.is_empty() { "" } else { "。" };
    let ceiling = ceiling_text(limits);
    let boundary = match found.has_boundary {
        true => "与修约值比较结论不同的为边界项，标“＃”。",
        false => "",
    };
    let presence =
        if found.has_qualitative { "定性指标填“有”并附佐证的判为完成。" } else { "" };
    format!(
        "按GB/T 8170—2008全数值比较法，实绩不修约，直接与目标比较。{}{stop}{ceiling}{boundary}{presence}",
        words.join("，")
    )
}

/// How limits are judged that are not to be passed; nothing where there are none.
fn ceiling_text(limits: &Limits) -> String {
    let kept = match (limits.has_ceiling, limits.has_strict_ceiling) {
        (false, false) => return String::new(),
        (true, false) => "不超过即为完成",
        (false, true) => "低于该数即为完成",
        (true, true) => "不超过（不含本数的为低于）即为完成",
    };
    format!("控制目标（控制在某数以内的）{kept}，完成率计100%，不计超额完成。")
}

/// Targets below their base, values that are open, what is derived, tiers, and what is not assessable.
fn open_text(context: &Context<'_>, found: &Occurring) -> String {
    let Terms { document, .. } = &context.terms;
    let base = found.bases.word();
    let mut text = String::new();
    if found.has_soft {
        text.push_str(&format!("目标劣于{document}所列{base}实绩的标“＊”，分别与目标、与{base}比较。"));
    }
    let lagged = "报送的是以前年度数的照列，判为数据滞后";
    let doubt = "报送值有错误级问题（如量级异常、多单位不一致且未经决定取数、与其他报送值矛盾、定性指标缺佐证）而未核实的，判为待核实，各方数值均保留";
    match (found.has(State::Lagged), found.has(State::InDoubt)) {
        (true, true) => text.push_str(&format!("{lagged}；{doubt}。")),
        (true, false) => text.push_str(&format!("{lagged}。")),
        (false, true) => text.push_str(&format!("{doubt}。")),
        (false, false) => {}
    }
    if found.has_schedules() {
        let beyond = match found.has_beyond {
            true => "；没有序时应达数（没有基期数或不按年推进）而实绩已达目标的，也判为达到序时",
            false => "",
        };
        let mean = match found.has_mean_ahead {
            true => "；年均增长不按年推进，直接与目标比较，判定相同",
            false => "",
        };
        text.push_str(&format!(
            "{document}只列以后年度目标的，按序时进度评估：由上一个目标（没有的为基期数）到目标按年均匀推进，本年度应达到的水平与实绩比较，达到的判为达到序时，未达到的判为慢于序时，均不作为完成目标{mean}{beyond}。"
        ));
    }
    if !found.strengths.is_empty() {
        let words: String = found.strengths.iter().map(|word| format!("“{word}”")).collect();
        text.push_str(&format!("{words}表示力度，判定相同。"));
    }
    let growth = format!("增长率可由{document}所列上年数和报送的本年数推算，并注明");
    let growth = if found.derived.has_growth { format!("，只有{growth}") } else { String::new() };
    let change = match alternatives(&found.derived.changes) {
        words if words.is_empty() => words,
        words => format!("；目标说的是{words}而报送的是实绩本身的，变化由实绩和基期数推算"),
    };
    text.push_str(&format!("缺报不推算{growth}{change}。"));
    if found.second.has_intended {
        text.push_str("目标分考核值和完成值两档的，按考核值判定。");
    }
    if found.second.has_stretch {
        text.push_str("目标之外另列力争值的，按目标判定。");
    }
    let open = match found.has(State::NotAssessable) {
        true => format!(
            "；{document}未写完成年限、基年或对照值，或者用语没有界定，本轮评估也未确定的，列为不可评，注明原因"
        ),
        false => String::new(),
    };
    text.push_str(&format!("各类目标的判定规则见下表{open}。"));
    if past::is_any_published(context) {
        text.push_str(&format!(
            "{document}未列上年数而当年已发布的，用发布数作上年数，比较、推算和计算进度相同，出处见{}；{document}已列的用{document}数。",
            index::ANNEX
        ));
    }
    text
}

/// `增长、增量或倍数`.
fn alternatives(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [before @ .., last] => format!("{}或{last}", before.join("、")),
    }
}

/// Ranks, where there are any, and rounding.
fn last_text(context: &Context<'_>) -> String {
    let ranks = match context.is_alone() {
        true => String::new(),
        false => format!(
            "按未修约的{}排名，相同的并列，其后顺延；覆盖率低于{}%的不排名。“名次区间”是各{}暂不能判定的指标补齐后名次可能的范围。",
            context.terms.rate,
            context.limit("minimum_coverage", context.evaluation.round.method.minimum_coverage),
            context.terms.places.short
        ),
    };
    format!(
        "{ranks}显示值按GB/T 8170—2008修约一次，中间计算不修约。部分数据因修约存在分项与合计不等的情况，未作机械调整。"
    )
}
