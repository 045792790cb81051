//! 摘要: what leaders read first, always one page.

use serde::Serialize;

use super::context::Context;
use super::drawing::{Range, range};
use super::indicators::fell;
use super::numbers::Key;
use super::phrases::month_day;
use super::ranking::{self, rank_cell, rate_cell};
use super::relation;
use super::section::Draft;
use super::table::Table;
use super::values::rate_words;
use super::verdict::{Counts, KeyFigure, noun, verdict};
use crate::assess::{Assessment, State};
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::finding::Severity;
use crate::ident::UnitName;
use crate::plan::{Indicator, Origin};
use crate::rounding::{percent, plain};

/// 摘要, always one page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Summary {
    verdict: String,
    key: Vec<KeyFigure>,
    cities: Table<SummaryRow>,
    findings: Table<KeyFinding>,
    note: String,
}

/// A city in the summary.
#[derive(Debug, Clone, Serialize)]
struct SummaryRow {
    rank: String,
    city: String,
    total: String,
    met: String,
    nearly: String,
    missed: String,
    open: String,
    rate: String,
    range: Range,
    rule_before: bool,
}

/// One of the main findings: what was missed, what is open, what was too easy.
#[derive(Debug, Clone, Serialize)]
struct KeyFinding {
    no: String,
    head: String,
    text: String,
    who: Vec<String>,
    action: String,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Summary> {
    let context = draft.round()?;
    let counts = all_counts(context);
    let cities = context.cities();
    let subject = match cities {
        [only] => format!("{}年，{}", context.evaluation.round.year(), only.plan.name),
        _ => format!("{}年，纳入评估的{}个城市", context.evaluation.round.year(), cities.len()),
    };
    let limit = plain(context.evaluation.round.method.nearly);
    let verdict = verdict(&subject, round_noun(context), counts, &[], false, &limit);
    let cities = cities_table(context).numbered(&mut draft.numbers, Key::table("cities"));
    let found: Vec<KeyFinding> =
        [shortfalls(context), gaps(context, counts)].into_iter().chain(soft(context)).collect();
    let title = if found.len() == 3 { "三项主要发现与建议" } else { "两项主要发现与建议" };
    let findings = Table::new(title).rows(found).numbered(&mut draft.numbers, Key::table("findings"));
    let ranking = draft.numbers.of(&ranking::key());
    Some(Summary {
        verdict: format!("{verdict}{}", without_soft(context, counts)),
        key: key(context, counts),
        cities,
        findings,
        note: note(context, &ranking),
    })
}

fn all_counts(context: &Context<'_>) -> Counts {
    let mut sum = Counts::default();
    context.cities().iter().for_each(|city| sum.add(Counts::of(&city.score)));
    sum
}

/// Met and assessable targets of a city, those below last year's value left out; `None` when it has none of these.
fn firm(context: &Context<'_>, city: &CityEvaluation) -> Option<Fraction> {
    let counted = context.counted(city);
    let firm: Vec<&Assessment> =
        counted.iter().map(|(one, _)| *one).filter(|one| !one.target_is_worse).collect();
    let met = firm.iter().filter(|one| one.state.met() == Some(true)).count();
    let whole = firm.iter().filter(|one| one.state.is_assessable()).count();
    (firm.len() < counted.len()).then_some(Fraction { part: met, whole })
}

/// The rate of all cities without the targets that lie below last year's value: to reach those is no progress.
fn without_soft(context: &Context<'_>, counts: Counts) -> String {
    let soft = items(context).iter().filter(|(_, one, _)| one.target_is_worse).count();
    let firm = context.cities().iter().map(|city| firm(context, city).unwrap_or_else(|| city.score.rate()));
    let (part, whole) = firm.fold((0, 0), |(part, whole), one| (part + one.part, whole + one.whole));
    if soft == 0 || counts.assessable == 0 || whole == 0 {
        return String::new();
    }
    let rate = rate_words(Fraction { part, whole });
    format!("目标劣于上年实绩的{soft}项不计在内，完成率为{rate}%（{part}/{whole}）。")
}

/// 指标 when all cities have tables, 正文目标 when none has, 项 for both together.
fn round_noun(context: &Context<'_>) -> &'static str {
    let prose = context.cities().iter().filter(|city| city.score.basis == Origin::Prose).count();
    match prose {
        0 => noun(Origin::Table),
        some if some == context.cities().len() => noun(Origin::Prose),
        _ => "指标和正文目标",
    }
}

fn figure(value: impl Into<String>, unit: &str, label: &str) -> KeyFigure {
    KeyFigure { value: value.into(), unit: unit.to_owned(), label: label.to_owned() }
}

fn key(context: &Context<'_>, counts: Counts) -> Vec<KeyFigure> {
    let units: usize = context.cities().iter().map(|city| city.units.len()).sum();
    let on_time = context
        .cities()
        .iter()
        .flat_map(|city| &city.units)
        .filter(|unit| unit.on_time == Some(true))
        .count();
    let errors = context.told.iter().filter(|finding| finding.severity() == Severity::Error).count();
    let rate = rate_words(Fraction { part: counts.met, whole: counts.assessable });
    let coverage = rate_words(Fraction { part: counts.assessable, whole: counts.total });
    vec![
        figure(rate, "%", "完成率"),
        figure(counts.met.to_string(), &format!("/{}", counts.assessable), "完成项/可评项"),
        figure(coverage, "%", "覆盖率"),
        figure(on_time.to_string(), &format!("/{units}"), "按时报送单位"),
        figure(errors.to_string(), "件", "待答复的错误"),
    ]
}

fn cities_table(context: &Context<'_>) -> Table<SummaryRow> {
    let row = |city: &CityEvaluation, rule_before: bool| SummaryRow {
        rank: rank_cell(city),
        city: city.plan.short.clone(),
        total: city.score.total.to_string(),
        met: city.score.met.to_string(),
        nearly: city.score.count(State::Nearly).to_string(),
        missed: city.score.count(State::Missed).to_string(),
        open: city.score.open().to_string(),
        rate: rate_cell(city),
        range: range(city),
        rule_before,
    };
    let ranked: Vec<&CityEvaluation> = context.ranked().collect();
    if ranked.len() <= 7 {
        let rows = ranked.into_iter().map(|city| row(city, false)).collect();
        return Table::new("各城市年度目标完成情况").unit("项、%").rows(rows);
    }
    let placed: Vec<&CityEvaluation> = ranked.into_iter().filter(|city| city.score.rank.is_some()).collect();
    let last = placed.iter().skip(3.max(placed.len().saturating_sub(3)));
    let mut rows: Vec<SummaryRow> = placed.iter().take(3).map(|city| row(city, false)).collect();
    rows.extend(last.enumerate().map(|(at, city)| row(city, at == 0)));
    Table::new("完成率前3位和后3位城市").unit("项、%").empty("没有城市达到排名要求的覆盖率。").rows(rows)
}

type Item<'a> = (&'a CityEvaluation, &'a Assessment, &'a Indicator);

fn items<'a>(context: &Context<'a>) -> Vec<Item<'a>> {
    let of = |city: &'a CityEvaluation| {
        context.counted(city).into_iter().map(move |(one, row)| (city, one, row)).collect::<Vec<_>>()
    };
    context.cities().iter().flat_map(of).collect()
}

/// First finding: what was missed.
fn shortfalls(context: &Context<'_>) -> KeyFinding {
    let limit = plain(context.evaluation.round.method.nearly);
    let mut missed: Vec<Item<'_>> =
        items(context).into_iter().filter(|(_, one, _)| one.state == State::Missed).collect();
    if missed.is_empty() {
        return key_finding(
            "1",
            "差距较大",
            format!("没有完成程度不足{limit}%的{}。", round_noun(context)),
            vec!["—".to_owned()],
            "—",
        );
    }
    let (units, leaderless) = answerable(context, &missed);
    let told = |(_, one, row): &Item<'_>| {
        let exact = one.completion_text(1).map(|text| format!("（{text}%）"));
        format!("{}{}", row.short, exact.unwrap_or_default())
    };
    let text = if missed.len() <= 4 {
        let mut parts = Vec::new();
        for city in context.cities() {
            let own: Vec<String> =
                missed.iter().filter(|(of, ..)| of.plan.city == city.plan.city).map(told).collect();
            if !own.is_empty() {
                parts.push(format!("{}{}", city.plan.name, own.join("、")));
            }
        }
        format!("{}项完成程度不足{limit}%：{}。", missed.len(), parts.join("；"))
    } else {
        let cities = context
            .cities()
            .iter()
            .filter(|city| missed.iter().any(|(of, ..)| of.plan.city == city.plan.city))
            .count();
        missed.sort_by_key(|(_, one, _)| one.completion);
        let worst: Vec<String> =
            missed.iter().take(3).map(|item| format!("{}{}", item.0.plan.short, told(item))).collect();
        format!(
            "{}项完成程度不足{limit}%，涉及{cities}个城市；差距最大的是{}。",
            missed.len(),
            worst.join("、")
        )
    };
    let by = month_day(context.evaluation.round.measures_by);
    let action = match leaderless {
        0 => format!("{by}前提交整改措施。"),
        all if all == missed.len() => format!("方案未写责任单位，{by}前由办公室明确。"),
        some => {
            format!("责任单位{by}前提交整改措施；方案未写责任单位的{some}项，办公室同期明确。")
        }
    };
    key_finding("1", "差距较大", text, who(units), &action)
}

/// The units that answer for indicators, and how many indicators the plan names none for; then the office does.
fn answerable(context: &Context<'_>, items: &[Item<'_>]) -> (Vec<String>, usize) {
    let mut units: Vec<String> = Vec::new();
    let mut leaderless = 0;
    for (city, _, row) in items {
        let mut own = city.plan.answerable(row);
        if own.is_empty() {
            leaderless += 1;
            own.push(city.plan.office.clone());
        }
        for unit in &own {
            let name = full_name(context, city, unit);
            if !units.contains(&name) {
                units.push(name);
            }
        }
    }
    (units, leaderless)
}

/// A unit as other cities' readers know it: 市科技局 of 湘潭 is 湘潭市科技局.
fn full_name(context: &Context<'_>, city: &CityEvaluation, unit: &UnitName) -> String {
    if context.cities().len() == 1 { unit.to_string() } else { city.plan.full_name_of(unit) }
}

/// The offices of cities.
fn offices(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<String> {
    who(cities.iter().map(|city| full_name(context, city, &city.plan.office)).collect())
}

/// At most three units by name.
fn who(units: Vec<String>) -> Vec<String> {
    let count = units.len();
    let mut shown: Vec<String> = units.into_iter().take(3).collect();
    if let Some(last) = shown.last_mut().filter(|_| count > 3) {
        last.push_str(&format!("等{count}个单位"));
    }
    shown
}

fn key_finding(no: &str, head: &str, text: String, who: Vec<String>, action: &str) -> KeyFinding {
    KeyFinding { no: no.to_owned(), head: head.to_owned(), text, who, action: action.to_owned() }
}

/// The units that report what cannot be judged.
fn reporters_of_open(context: &Context<'_>) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for (city, _, row) in items(context).iter().filter(|(_, one, _)| !one.state.is_assessable()) {
        for name in row.reporters.iter().map(|unit| full_name(context, city, unit)) {
            if !units.contains(&name) {
                units.push(name);
            }
        }
    }
    units
}

/// Second finding: what cannot be judged.
fn gaps(context: &Context<'_>, counts: Counts) -> KeyFinding {
    let open = counts.open();
    if open == 0 {
        let text = "全部应评项均已报送并可判定。".to_owned();
        return key_finding("2", "数据不齐", text, vec!["—".to_owned()], "—");
    }
    let rate = percent(open, counts.total).unwrap_or_default();
    let text = format!("{open}项暂不能判定，占应评项的{rate}%：{}。", counts.open_parts().join("，"));
    let mut actions = Vec::new();
    let asked = counts.in_doubt + counts.not_reported;
    if asked > 0 {
        let by = month_day(context.evaluation.round.answer_by);
        let kinds = match (counts.in_doubt, counts.not_reported) {
            (0, _) => "未报",
            (_, 0) => "待核实",
            _ => "待核实、未报",
        };
        actions.push(format!("{kinds}的{asked}项{by}前答复"));
    }
    if counts.lagged > 0 {
        actions.push("滞后数据公布后编发终版".to_owned());
    }
    let action = if actions.is_empty() { "—".to_owned() } else { format!("{}。", actions.join("；")) };
    key_finding("2", "数据不齐", text, who(reporters_of_open(context)), &action)
}

/// Third finding: what was too easy. Nothing where no value of the year before is known.
fn soft(context: &Context<'_>) -> Option<KeyFinding> {
    let all = items(context);
    let soft: Vec<&Item<'_>> = all.iter().filter(|(_, one, _)| one.target_is_worse).collect();
    if soft.is_empty() {
        let rows: Vec<_> = all.iter().map(|(_, one, row)| (*one, *row)).collect();
        let compared = relation::compared(context.evaluation.round.year_before(), &rows);
        let text = Some(compared.none_is_worse()).filter(|text| !text.is_empty())?;
        return Some(key_finding("3", "目标水平", text, vec!["—".to_owned()], "—"));
    }
    let met = soft.iter().filter(|(_, one, _)| one.state.met() == Some(true)).count();
    let fell = soft.iter().filter(|(_, one, row)| fell(one, row)).count();
    let mut cities: Vec<&CityEvaluation> = soft.iter().map(|(city, ..)| *city).collect();
    cities.dedup_by_key(|city| city.plan.city.clone());
    let subject = match cities.len() {
        1..=3 => cities.iter().map(|city| city.plan.name.clone()).collect::<Vec<_>>().join("、"),
        count => format!("{count}个城市"),
    };
    let met_words = if met == soft.len() { "全部完成".to_owned() } else { format!("完成{met}项") };
    let fell_words =
        if fell > 0 { format!("，其中{fell}项实绩比上年回落") } else { String::new() };
    let rates: Vec<String> = cities.iter().filter_map(|city| both_rates(context, city)).collect();
    // With many cities the sentence above has the rate of all together.
    let rates = match cities.len() {
        1..=3 if !rates.is_empty() => format!("不计这些目标，{}。", rates.join("，")),
        _ => String::new(),
    };
    let text = format!("{subject}{}项目标劣于上年实绩，{met_words}{fell_words}。{rates}", soft.len());
    let action = format!(
        "按方案规定提请调整；{}年目标原则上不劣于{}年实绩。",
        context.evaluation.round.year() + 1,
        context.evaluation.round.year()
    );
    Some(key_finding("3", "目标偏低", text, offices(context, &cities), &action))
}

/// `湘潭完成率由63.6%变为52.9%（9/17）`.
fn both_rates(context: &Context<'_>, city: &CityEvaluation) -> Option<String> {
    let (all, firm) = (city.score.rate(), firm(context, city)?);
    if all.whole == 0 {
        return None;
    }
    let Fraction { part, whole } = firm;
    let name = &city.plan.short;
    if whole == 0 {
        return Some(format!("{name}没有可评的目标"));
    }
    Some(format!("{name}完成率由{}%变为{}%（{part}/{whole}）", rate_words(all), rate_words(firm)))
}

fn note(context: &Context<'_>, ranking: &str) -> String {
    let few = context.cities().len() <= 7;
    let moving = if few { ranking::uncertainty_words(context, "") } else { String::new() };
    format!(
        "注：完成率为完成项与可评项之比；图中点为完成率，两短线之间为暂不能判定项补齐后的可能范围。{}{moving}各市目标不同，名次只反映完成本市目标的程度。完整排名和名次区间见{ranking}，各市情况见第二部分，判定标志见封二。",
        ranking::ranking_words(context)
    )
}
