//! 附件8: how each kind of target is judged, how points are given, with which parameters, weights and limits. All of it
//! is generated from the method and the targets of the round.

use rust_decimal::Decimal;
use serde::Serialize;

use super::brief;
use super::conditions;
use super::context::Context;
use super::numbers::{Annex, Key};
use super::occurring::Occurring;
use super::phrases::full_date;
use super::prose::shown_later;
use super::remarks;
use super::row_notes::without_ratio;
use super::section::Draft;
use super::table::Table;
use super::totals::Tally;
use crate::assess::{Assessment, State};
use crate::decimal::sum;
use crate::ident::{CityId, IndicatorNo};
use crate::plan::{Change, Direction, Goal, Indicator, Method, Operator, Scoring as ScoringMethod};
use crate::rounding::plain;
use crate::words::{KINDS, Told, kind};

/// 附件8: rules of judgement and scoring.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Scoring {
    kinds: Table<KindRow>,
    text: String,
    formula: ScoringMethod,
    formula_words: String,
    weighted_text: String,
    weighted_alt: String,
    score_text: String,
    /// Head of the column of units.
    place_head: &'static str,
    parameters: Table<ParameterRow>,
    weights: Table<WeightRow>,
    limits: Table<LimitRow>,
    declared: Table<DeclaredRow>,
}

/// A kind of target.
#[derive(Debug, Clone, Serialize)]
struct KindRow {
    kind: String,
    rule: String,
    completion: String,
    total: String,
    able: String,
}

/// A parameter of the method.
#[derive(Debug, Clone, Serialize)]
struct ParameterRow {
    name: String,
    value: String,
    meaning: String,
}

/// A weight.
#[derive(Debug, Clone, Serialize)]
struct WeightRow {
    city: String,
    indicator: IndicatorNo,
    weight: String,
}

/// A limit on the grade.
#[derive(Debug, Clone, Serialize)]
struct LimitRow {
    city: String,
    object: String,
    grade: &'static str,
    reason: String,
    who: String,
    holds: String,
}

/// A base year or benchmark that the round declares.
#[derive(Debug, Clone, Serialize)]
struct DeclaredRow {
    city: String,
    target: IndicatorNo,
    what: String,
    value: String,
    source: String,
}

/// The annex.
pub(super) const ANNEX: Annex = Annex::RULES;

/// The heading of the annex.
pub(super) fn heading() -> String {
    ANNEX.heading("判定规则、参数和合计数的算法")
}

/// Stands in the round's report only. All of it is made from the method and the targets of the round.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Scoring> {
    let context = draft.round()?;
    let method = &context.evaluation.round.method;
    let numbers = &mut draft.numbers;
    let notes = numbers.of(&remarks::notes_key());
    Some(Scoring {
        kinds: kinds(context, &notes).numbered(numbers, Key::in_annex(ANNEX, "kinds")),
        text: format!("单项得分采用{}（{}）：", method.scoring.chinese(), method.scoring.source()),
        formula: method.scoring,
        formula_words: formula_words(context, method),
        weighted_text: format!(
            "{}得分S为单项得分的加权平均减去扣分（式中w为权重，D为扣分；未列权重的为1）：",
            context.terms.whole
        ),
        weighted_alt: format!(
            "{}得分S等于权重w与单项得分p的乘积之和除以权重之和，再减去扣分D",
            context.terms.whole
        ),
        score_text: score_text(context),
        place_head: context.terms.places.head,
        parameters: parameters(context).numbered(numbers, Key::in_annex(ANNEX, "parameters")),
        weights: weights(context).numbered(numbers, Key::in_annex(ANNEX, "weights")),
        limits: limits(context).numbered(numbers, Key::in_annex(ANNEX, "limits")),
        declared: declared(context).numbered(numbers, Key::in_annex(ANNEX, "declared")),
    })
}

/// The formula in words, for readers that hear it and for lines below it.
fn formula_words(context: &Context<'_>, method: &Method) -> String {
    let cap = context.limit("cap", method.cap);
    match method.scoring {
        ScoringMethod::Ratio => format!("单项得分p等于完成率c（去掉百分号），最高{cap}分。"),
        ScoringMethod::Proportional => format!(
            "达到目标的，单项得分p为100分加超出部分，最多加{}分；未达目标的，p等于完成率c（去掉百分号）。",
            context.limit("bonus", method.bonus)
        ),
        ScoringMethod::Efficacy => format!(
            "满意值为目标T，不允许值为目标的{}%（越小越好的为目标的{}%）；p最高{cap}分，最低0分。",
            context.limit("not_allowed", method.not_allowed),
            sum([rust_decimal::Decimal::from(200), -method.not_allowed]).map_or_else(String::new, plain)
        ),
        ScoringMethod::Fixed => "达到目标的，单项得分p为100分；未达目标的为0分。".to_owned(),
        ScoringMethod::Banded => format!(
            "完成率c每满{}%高于或低于100%，单项得分p加、减{}分，不满一档的不计；p最高{cap}分，最低0分。",
            context.limit("band", method.band),
            context.limit("band_points", method.band_points)
        ),
    }
}

fn score_text(context: &Context<'_>) -> String {
    let method = &context.evaluation.round.method;
    let [excellent, good, fair] = context.grades();
    let limit = sum([rust_decimal::Decimal::ONE_HUNDRED, method.bonus_total]).map_or_else(String::new, plain);
    let limit = if can_exceed(method) { format!("，最高{limit}分") } else { String::new() };
    let is_without_ratio = |one: &Assessment| one.completion.is_none() && one.state.is_assessable();
    let mut counted = context.cities().iter().flat_map(|city| context.counted(city));
    let without = match counted.any(|(one, _)| is_without_ratio(one)) {
        true => format!("没有完成率的目标{}，达到目标100分，未达0分。", without_ratio(context)),
        false => String::new(),
    };
    let best = if can_exceed(method) {
        "实绩好于目标而完成率无从计算的（越小越好的为零等），计最高分。"
    } else {
        ""
    };
    let whole = &context.terms.whole;
    format!(
        "{without}{best}{whole}得分按可评项加权折算，“缺报计零”得分把暂不能判定的项计零，两者与覆盖率并列刊出{limit}。等次按“缺报计零”得分：{excellent}分以上为优秀，{good}分以上为良好，{fair}分以上为合格，不足{fair}分为不合格。"
    )
}

/// Words with the tolerance that 左右 has.
fn parameters_in(context: &Context<'_>, words: &str) -> String {
    let tolerance = &context.evaluation.round.method.about_tolerance;
    let stated = format!("低{}%", plain(*tolerance));
    words.replace(&stated, &format!("低{}%", context.limit("about_tolerance", *tolerance)))
}

/// Whether a city's score can be above 100.
fn can_exceed(method: &Method) -> bool {
    match method.scoring {
        ScoringMethod::Proportional => method.bonus > rust_decimal::Decimal::ZERO,
        ScoringMethod::Fixed => false,
        ScoringMethod::Ratio | ScoringMethod::Efficacy | ScoringMethod::Banded => {
            method.cap > rust_decimal::Decimal::ONE_HUNDRED
        }
    }
}

/// The kinds that occur, with the numbers of their targets.
fn kinds(context: &Context<'_>, notes: &str) -> Table<KindRow> {
    let method = &context.evaluation.round.method;
    let told = told(context);
    let mut found: Vec<(&'static str, String, String, Vec<&Assessment>)> = Vec::new();
    for city in context.cities() {
        for one in city.assessments.iter().filter(|one| one.is_primary()) {
            let Some(row) = city.plan.indicator(&one.no) else { continue };
            let (name, rule, completion) = kind(&one.target, row, method, told);
            match found.iter_mut().find(|(known, ..)| *known == name) {
                Some((.., targets)) => targets.push(one),
                None => found.push((name, rule, completion, vec![one])),
            }
        }
    }
    let undated = context
        .cities()
        .iter()
        .flat_map(|city| &city.assessments)
        .any(|one| one.target.undated && one.state == State::NotAssessable);
    let undated = match undated {
        true => format!(
            "未写完成年限的目标（{notes}规则P114）只列实绩，不判是否完成{}；其余未另写年限的，视为{}年度的目标。",
            shown_later(context),
            context.terms.document
        ),
        false => String::new(),
    };
    // Targets in prose of cities with a table are judged apart; the summary counts the others.
    let apart: Vec<&Assessment> = context
        .cities()
        .iter()
        .flat_map(|city| {
            city.assessments.iter().filter(|one| one.is_primary() && one.origin != city.score.basis)
        })
        .collect();
    let able = apart.iter().filter(|one| one.state.is_assessable()).count();
    let tally = Tally::new(&context.book, "round/apart".to_owned(), apart.iter().copied());
    let apart = match apart.len() {
        0 => String::new(),
        all => format!(
            "含单列的正文目标{}项（可评{}项），这些不计入{}{}和得分。",
            tally.total(all),
            tally.able(able),
            context.terms.whole,
            context.terms.rate
        ),
    };
    found.sort_by_key(|(name, ..)| KINDS.iter().position(|(known, _)| known == name));
    let rows = found.into_iter().map(|(name, rule, completion, targets)| {
        let key = KINDS.iter().find(|(known, _)| *known == name).map_or(name, |(_, key)| key);
        let tally = Tally::new(&context.book, format!("round/kind/{key}"), targets.iter().copied());
        let able = targets.iter().filter(|one| one.state.is_assessable()).count();
        let (total, able) = (tally.total(targets.len()), tally.able(able));
        KindRow { kind: name.to_owned(), rule: parameters_in(context, &rule), completion, total, able }
    });
    Table::new("各类目标的判定规则")
        .unit("项")
        .note(&format!("注：一律全数值比较。{apart}{undated}"))
        .empty("没有目标。")
        .rows(rows.collect())
}

/// What the rules of the kinds have to speak of.
fn told<'a>(context: &'a Context<'_>) -> Told<'a> {
    let judged = || {
        context.cities().iter().flat_map(|city| {
            city.assessments.iter().filter_map(|one| Some((one, city.plan.indicator(&one.no)?)))
        })
    };
    // Of levels of which less is better another rule is told.
    let level = |wanted: fn(Operator) -> bool| {
        judged().any(|(one, row)| {
            let is_higher = row.direction != Direction::Lower;
            matches!(one.target.goal, Goal::Level(operator, _) if is_higher && wanted(operator))
        })
    };
    let any = |wanted: &dyn Fn(&Assessment, &Indicator) -> bool| judged().any(|(one, row)| wanted(one, row));
    let about = |goal: &Goal| goal.operator() == Some(Operator::About);
    let rises = |one: &Assessment, row: &Indicator| row.change(&one.target.goal) == Some(Change::Increment);
    let relative = |is_least: bool| {
        judged().any(|(one, _)| {
            matches!(one.target.goal, Goal::Relative(operator, _)
                if operator != Operator::About
                    && is_least == !matches!(operator, Operator::MoreThan | Operator::Surpass | Operator::LessThan))
        })
    };
    let found = Occurring::in_cities(context.cities(), context.evaluation.round.year());
    let limits = &found.limits;
    Told {
        document: &context.terms.document,
        has_derived_growth: found.derived.has_growth,
        has_strict: level(|operator| matches!(operator, Operator::MoreThan | Operator::Surpass)),
        has_about: level(|operator| operator == Operator::About),
        has_relative_least: relative(true),
        has_relative_more: relative(false),
        has_relative_about: any(&|one, _| {
            matches!(one.target.goal, Goal::Relative(..)) && about(&one.target.goal)
        }),
        has_growth_about: any(&|one, _| {
            matches!(one.target.goal, Goal::Growth(..)) && about(&one.target.goal)
        }),
        has_ceiling: limits.has_ceiling,
        has_ceiling_strict: limits.has_strict_ceiling,
        has_ceiling_about: any(&|one, row| row.is_ceiling(&one.target) && about(&one.target.goal)),
        has_growth_strict: any(&|one, _| {
            let is_growth = matches!(one.target.goal, Goal::Growth(..) | Goal::AverageGrowth(..));
            is_growth && matches!(one.target.goal.operator(), Some(Operator::MoreThan | Operator::Surpass))
        }),
        has_multiple_of_before: any(&|one, _| matches!(one.target.goal, Goal::Multiple(.., None))),
        has_multiple_of_base: any(&|one, _| matches!(one.target.goal, Goal::Multiple(.., Some(_)))),
        has_yearly_rise: any(&|one, row| rises(one, row) && !one.target.cumulative),
        has_rise_since_base: any(&|one, row| rises(one, row) && one.target.cumulative),
    }
}

/// What the brief asks by, and what withholds parts of the report.
fn beyond_the_method(context: &Context<'_>) -> impl Iterator<Item = ParameterRow> {
    let conditions = conditions::conditions(&context.evaluation.round.withholding);
    let all = brief::limits(context).into_iter().chain(conditions);
    all.map(|(name, value, meaning)| ParameterRow { name, value, meaning })
}

fn parameters(context: &Context<'_>) -> Table<ParameterRow> {
    let method = &context.evaluation.round.method;
    let terms = &context.terms;
    let found = Occurring::in_cities(context.cities(), context.evaluation.round.year());
    let settled = if found.limits.has_settled_tolerance { "、本轮评估也未另定" } else { "" };
    let about = format!("{}未规定{settled}时采用，按个数计的至少1个", terms.document);
    let ranked = format!("低于此数的{}不排名次", terms.places.noun);
    let above = format!("{}得分超过100分的部分", terms.whole);
    let late = format!("设定扣分的，每个单位从{}得分中扣除，已豁免的不扣", terms.whole);
    let evidence = format!("设定扣分的，每项数据或任务从{}得分中扣除，已豁免的不扣", terms.whole);
    let percent = |name: &str, value: Decimal| format!("{}%", context.limit(name, value));
    let points = |name: &str, value: Decimal| format!("{}分", context.limit(name, value));
    let mut rows = Vec::new();
    if found.has(State::Exceeded) {
        rows.push(("超额完成", percent("exceeded", method.exceeded), "达到目标且完成率不低于此数"));
    }
    // The comparison of units in the main report counts 基本完成, whether there are any or not.
    if found.has(State::Nearly) || !context.is_alone() {
        rows.push(("基本完成", percent("nearly", method.nearly), "未达目标但完成率不低于此数"));
    }
    if found.limits.has_about {
        rows.push(("“左右”允许偏差", percent("about_tolerance", method.about_tolerance), about.as_str()));
    }
    if !context.is_alone() {
        rows.push(("最低覆盖率", percent("minimum_coverage", method.minimum_coverage), ranked.as_str()));
    }
    match method.scoring {
        ScoringMethod::Ratio => {
            rows.push(("单项最高分", points("cap", method.cap), "完成率超过部分不再加分"))
        }
        ScoringMethod::Proportional => {
            rows.push(("单项最多加分", points("bonus", method.bonus), "超过目标的部分"))
        }
        ScoringMethod::Efficacy => {
            rows.push(("不允许值", percent("not_allowed", method.not_allowed), "占目标的比例，得60分"));
            rows.push(("单项最高分", points("cap", method.cap), "超过部分不再加分"));
        }
        ScoringMethod::Fixed => {}
        ScoringMethod::Banded => {
            rows.push(("每档幅度", percent("band", method.band), "完成率每满一档计分"));
            rows.push(("每档分值", points("band_points", method.band_points), "超过加分，不足减分"));
            rows.push(("单项最高分", points("cap", method.cap), "超过部分不再加分"));
        }
    }
    if can_exceed(method) {
        rows.push(("总分最多加分", points("bonus_total", method.bonus_total), above.as_str()));
    }
    let taken = |name: &str, value: Decimal| {
        if value.is_zero() { "不扣分".to_owned() } else { points(name, value) }
    };
    rows.push(("逾期报送", taken("late", method.late), late.as_str()));
    rows.push(("缺佐证材料", taken("evidence", method.evidence), evidence.as_str()));
    let row = |(name, value, meaning): (&str, String, &str)| ParameterRow {
        name: name.to_owned(),
        value,
        meaning: meaning.to_owned(),
    };
    let rows = rows.into_iter().map(row).chain(beyond_the_method(context));
    Table::new("参数").rows(rows.collect())
}

/// The city's short name, or 各市 for all.
fn city_name(context: &Context<'_>, city: Option<&CityId>) -> Option<String> {
    let only = context.cities().first().filter(|_| context.is_alone());
    let Some(id) = city.or_else(|| only.map(|city| &city.plan.city)) else {
        return Some(format!("各{}", context.terms.places.short));
    };
    let city = context.evaluation.cities.find(id)?;
    Some(city.plan.short.clone())
}

fn weights(context: &Context<'_>) -> Table<WeightRow> {
    let rows = context.evaluation.round.weights.iter().filter_map(|one| {
        let city = city_name(context, one.city.as_ref())?;
        Some(WeightRow { city, indicator: one.indicator.clone(), weight: plain(one.weight) })
    });
    Table::new("权重").whole_in("round.toml").note("注：未列的各项权重为1。").rows(rows.collect())
}

fn limits(context: &Context<'_>) -> Table<LimitRow> {
    let rows = context.evaluation.round.vetoes.iter().filter_map(|one| {
        let city = city_name(context, one.city.as_ref())?;
        let holds: Vec<&str> = context
            .cities()
            .iter()
            .filter(|city| one.city.as_ref().is_none_or(|id| city.plan.city == *id))
            .filter(|city| {
                city.score
                    .limits
                    .iter()
                    .any(|limit| limit.reason == one.reason && limit.indicator == one.indicator)
            })
            .map(|city| city.plan.short.as_str())
            .collect();
        let object = match (&one.indicator, one.nature) {
            (Some(no), _) => format!("指标{no}未达"),
            (None, Some(nature)) => format!("{}指标未达", nature.chinese()),
            (None, None) => "—".to_owned(),
        };
        let holds = if holds.is_empty() { "未触发".to_owned() } else { holds.join("、") };
        let who = format!("{}，{}", one.by, full_date(one.on));
        Some(LimitRow { city, object, grade: one.grade.chinese(), reason: one.reason.clone(), who, holds })
    });
    Table::new("等次限制（一票否决）").whole_in("round.toml").rows(rows.collect())
}

/// What the round declares because the plans leave it out.
fn declared(context: &Context<'_>) -> Table<DeclaredRow> {
    let round = &context.evaluation.round;
    let years = round.base_years.iter().filter_map(|one| {
        Some(DeclaredRow {
            city: city_name(context, Some(&one.city))?,
            target: one.target.clone(),
            what: "年均增长的基年".to_owned(),
            value: format!("{}年", one.year),
            source: format!("{}（{}，{}）", one.reason, one.by, full_date(one.on)),
        })
    });
    let values = round.benchmarks.iter().filter_map(|one| {
        Some(DeclaredRow {
            city: city_name(context, Some(&one.city))?,
            target: one.target.clone(),
            what: one.name.clone(),
            value: plain(one.value),
            source: one.source.clone(),
        })
    });
    Table::new("本轮评估确定的基年和对照值").whole_in("round.toml").rows(years.chain(values).collect())
}
