//! 摘要: what leaders read first, always one page.

use serde::Serialize;

use super::answering::{Item, answerable, items, named_items, offices, reporters_of_open, who};
use super::beside::beside;
use super::context::Context;
use super::drawing::{Range, range};
use super::gaps;
use super::indicators::fell;
use super::numbers::Key;
use super::open_steps::{OpenStep, step};
use super::phrases::{self, month_day};
use super::ranking::{self, WITHHELD, rank_cell, rate_cell};
use super::section::Draft;
use super::soft::{advice, both_rates, say_fell, say_met, without_soft};
use super::table::Table;
use super::terms::Terms;
use super::totals::total_step;
use super::totals::{Totals, completion, state_of};
use super::units;
use super::values::rate_words;
use super::verdict::{Counts, KeyFigure, Noun, far_words, grade_sentence, is_unmeasured, noun, verdict};
use crate::assess::Reason;
use crate::assess::State;
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::finding::{Language, Severity, Withheld};
use crate::plan::Origin;
use crate::rounding::percent;

/// 摘要, always one page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Summary {
    verdict: String,
    key: Vec<KeyFigure>,
    /// Whether there are several units, whose ranks the table has.
    is_ranked: bool,
    /// Whether targets of later years are judged by schedules, which the table counts apart.
    has_schedules: bool,
    /// Head of the column of the rate.
    rate_head: &'static str,
    /// Head of the column of its marks, and of how far it may go.
    range_head: String,
    /// Head of the column of units.
    place_head: &'static str,
    cities: Table<SummaryRow>,
    findings: Option<Table<KeyFinding>>,
    note: String,
}

/// A city in the summary; one whose chapter is withheld has no figures.
#[derive(Debug, Clone, Default, Serialize)]
struct SummaryRow {
    rank: String,
    city: String,
    total: String,
    met: String,
    nearly: String,
    missed: String,
    on_schedule: String,
    behind: String,
    open: String,
    rate: String,
    range: Option<Range>,
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
    let (counts, cities) = (all_counts(context), context.cities());
    let subject = match cities {
        [only] => format!("{}年，{}", context.evaluation.round.year(), only.plan.name),
        _ => {
            let all = context.terms.counted(context.say_cities());
            format!("{}年，纳入评估的{all}", context.evaluation.round.year())
        }
    };
    let limit = context.limit("nearly", context.evaluation.round.method.nearly);
    let verdict =
        verdict(Language::Chinese, &subject, Noun::of_all(round_noun(context)), counts, &[], false, &limit);
    let cities = cities_table(context).numbered(&mut draft.numbers, Key::table("cities"));
    let findings = findings(context, counts);
    let findings = findings.map(|all| all.numbered(&mut draft.numbers, Key::table("findings")));
    let ranking = if context.is_alone() { String::new() } else { draft.numbers.of(&ranking::key()) };
    Some(Summary {
        verdict: format!(
            "{verdict}{}{}{}",
            without_soft(context, draft.cities().map(|(_, city)| city)),
            grade_sentence(Language::Chinese, context.cities()),
            beside(context, true)
        ),
        key: key(context, counts),
        is_ranked: !context.is_alone(),
        has_schedules: counts.scheduled() > 0,
        rate_head: context.terms.rate,
        range_head: ranking::range_head(context),
        place_head: context.terms.places.head,
        cities,
        findings,
        note: note(context, &ranking),
    })
}

/// The main findings, as far as there is something to say; `None` when there is nothing.
fn findings(context: &Context<'_>, counts: Counts<'_>) -> Option<Table<KeyFinding>> {
    let found = [shortfalls(context), open(context, counts), soft(context)];
    let mut rows: Vec<KeyFinding> = found.into_iter().flatten().collect();
    for (row, number) in rows.iter_mut().zip(1..) {
        row.no = number.to_string();
    }
    let title = match rows.len() {
        3 => "三项主要发现与建议",
        2 => "两项主要发现与建议",
        _ => "主要发现与建议",
    };
    (!rows.is_empty()).then(|| Table::new(title).rows(rows))
}

fn all_counts<'a>(context: &'a Context<'_>) -> Counts<'a> {
    let mut sum = Counts::default();
    context.cities().iter().for_each(|city| sum.add(Counts::of_city(&city.score, &context.counted(city))));
    sum.told(Totals::of_round(&context.book))
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

fn key(context: &Context<'_>, counts: Counts<'_>) -> Vec<KeyFigure> {
    let units: usize = context.cities().iter().map(|city| city.units.len()).sum();
    let on_time = context
        .cities()
        .iter()
        .flat_map(|city| &city.units)
        .filter(|unit| unit.on_time == Some(true))
        .count();
    let errors = context.told.iter().filter(|finding| finding.severity() == Severity::Error).count();
    let rate = rate_words(Fraction { part: counts.met, whole: counts.assessable });
    let rate = counts.say("rate.shown", rate);
    let coverage = rate_words(Fraction { part: counts.assessable, whole: counts.total });
    let coverage = counts.say("coverage.shown", coverage);
    let (met, assessable) = (counts.say("met", counts.met), counts.say("assessable", counts.assessable));
    let on_time = units::say_units(context, "on_time", |unit| unit.on_time == Some(true), on_time);
    let units = units::say_units(context, "all", |_| true, units);
    let wrong = context.told.iter().filter(|finding| finding.severity() == Severity::Error).copied();
    let errors = context.book.count_findings("round/#findings.error", wrong, errors);
    vec![
        figure(rate, "%", context.terms.rate),
        figure(met, &format!("/{assessable}"), &context.terms.share()),
        figure(coverage, "%", "覆盖率"),
        figure(on_time, &format!("/{units}"), "按时报送单位"),
        figure(errors, "件", "待答复的错误"),
    ]
}

fn cities_table(context: &Context<'_>) -> Table<SummaryRow> {
    let places = &context.terms.places;
    let say = |city: &CityEvaluation, name: &str, number: usize| {
        Totals::of_city(&context.book, city).say(name, number)
    };
    let state = |city: &CityEvaluation, state: State| {
        say(city, &format!("state.{}", state.key()), city.score.count(state))
    };
    let whole = |city: &CityEvaluation, rule_before: bool| SummaryRow {
        rank: if context.is_alone() { String::new() } else { rank_cell(city) },
        city: city.plan.short.clone(),
        total: say(city, "total", city.score.total),
        met: say(city, "annual.met", city.score.met - city.score.count(State::OnSchedule)),
        on_schedule: state(city, State::OnSchedule),
        behind: state(city, State::BehindSchedule),
        nearly: state(city, State::Nearly),
        missed: state(city, State::Missed),
        open: say(city, "open", city.score.open()),
        rate: rate_cell(context, city),
        range: Some(range(city)),
        rule_before,
    };
    let row = |city: &CityEvaluation, rule_before: bool| match city.score.withholds(Withheld::Chapter) {
        true => SummaryRow { city: format!("{}（{WITHHELD}）", city.plan.short), ..SummaryRow::default() },
        false => whole(city, rule_before),
    };
    let ranked: Vec<&CityEvaluation> = context.ranked().collect();
    if ranked.len() <= 7 {
        let rows = ranked.into_iter().map(|city| row(city, false)).collect();
        let each = if context.is_alone() { String::new() } else { format!("各{}", places.noun) };
        let of = if context.terms.has_schedules { "目标" } else { "年度目标" };
        return Table::new(&format!("{each}{of}完成情况")).unit("项、%").rows(rows);
    }
    let placed: Vec<&CityEvaluation> = ranked.into_iter().filter(|city| city.score.rank.is_some()).collect();
    let last = placed.iter().skip(3.max(placed.len().saturating_sub(3)));
    let mut rows: Vec<SummaryRow> = placed.iter().take(3).map(|city| row(city, false)).collect();
    rows.extend(last.enumerate().map(|(at, city)| row(city, at == 0)));
    let noun = places.noun;
    Table::new(&format!("{}前3位和后3位{noun}", context.terms.rate))
        .unit("项、%")
        .empty(&ranking::no_places(context))
        .rows(rows)
}

/// First finding: what was missed.
fn shortfalls(context: &Context<'_>) -> Option<KeyFinding> {
    let in_state = |state: State| -> Vec<Item<'_>> {
        items(context).into_iter().filter(|(_, one, _)| one.state == state).collect()
    };
    let (far, behind) = (in_state(State::Missed), in_state(State::BehindSchedule));
    let head = match (far.is_empty(), behind.is_empty()) {
        (true, true) => return None,
        (true, false) => "进度偏慢",
        (false, _) => "差距较大",
    };
    let mut text = String::new();
    if !far.is_empty() {
        text.push_str(&shortfalls_text(context, far.clone()));
    }
    if !behind.is_empty() {
        let names: Vec<String> =
            named_items(behind.clone()).iter().map(|(.., row)| row.short.clone()).collect();
        let say = |count: usize| {
            let key = format!("state.{}", State::BehindSchedule.key());
            Totals::of_round(&context.book).say(&key, count)
        };
        let count = say(behind.len());
        let names = match names.len() == behind.len() {
            true => format!("（{}）", phrases::names(&names, say, "项")),
            false => String::new(),
        };
        text.push_str(&format!("{count}项慢于序时进度{names}。"));
    }
    let missed: Vec<Item<'_>> = far.into_iter().chain(behind).collect();
    let missed = named_items(missed);
    let (units, leaderless) = answerable(context, &missed);
    let by = month_day(context.evaluation.round.measures_by);
    let (document, office) = (&context.terms.document, &context.terms.office);
    let action = match leaderless {
        0 => format!("{by}前提交整改措施。"),
        all if all == missed.len() => format!("{document}未写责任单位，{by}前由{office}明确。"),
        some => {
            let nobody = missed.iter().filter(|(city, _, row)| city.plan.answerable(row).is_empty());
            let nobody = nobody.map(|(_, one, _)| state_of(one));
            let some = context.book.count("round/#missed.leaderless", nobody, &[], some);
            format!("责任单位{by}前提交整改措施；{document}未写责任单位的{some}项，{office}同期明确。")
        }
    };
    Some(key_finding(head, text, who(context, "missed", units), &action))
}

/// Which targets were missed by far: each of a few, of many the worst.
fn shortfalls_text(context: &Context<'_>, missed: Vec<Item<'_>>) -> String {
    let limit = context.limit("nearly", context.evaluation.round.method.nearly);
    let count = missed.len();
    let unmeasured = missed.iter().filter(|(_, one, _)| is_unmeasured(one)).count();
    let below = match unmeasured == count {
        true => "未达目标".to_owned(),
        false => format!("完成程度{}", far_words(Language::Chinese, unmeasured, count, &limit)),
    };
    let told = |(_, one, row): &Item<'_>| {
        let exact = completion(one).map(|text| format!("（{text}%）"));
        format!("{}{}", row.short, exact.unwrap_or_default())
    };
    let all = Totals::of_round(&context.book).say("state.missed", count);
    let mut missed = named_items(missed);
    if missed.is_empty() {
        return format!("{all}项{below}。");
    }
    let rest = if missed.len() < count { "（暂不刊出的章不列名）" } else { "" };
    let of = |city: &CityEvaluation| -> Vec<String> {
        missed.iter().filter(|(of, ..)| of.plan.city == city.plan.city).map(told).collect()
    };
    let own: Vec<(&CityEvaluation, Vec<String>)> =
        context.cities().iter().map(|city| (city, of(city))).filter(|(_, own)| !own.is_empty()).collect();
    // A single unit need not be named.
    let named = |name: &str| if context.is_alone() { String::new() } else { name.to_owned() };
    if count <= 4 {
        let parts = own.iter().map(|(city, own)| format!("{}{}", named(&city.plan.name), own.join("、")));
        return format!("{all}项{below}{rest}：{}。", parts.collect::<Vec<_>>().join("；"));
    }
    let concerned = match context.is_alone() {
        true => String::new(),
        false => {
            let totals = own.iter().map(|(city, _)| total_step(city));
            let number = context.book.count("round/#cities.missed", totals, &[], own.len());
            format!("，涉及{}", context.terms.counted(number))
        }
    };
    missed.sort_by_key(|(_, one, _)| one.completion);
    let worst: Vec<String> =
        missed.iter().take(3).map(|item| format!("{}{}", named(&item.0.plan.short), told(item))).collect();
    format!("{all}项{below}{concerned}{rest}；差距最大的是{}。", worst.join("、"))
}

fn key_finding(head: &str, text: String, who: Vec<String>, action: &str) -> KeyFinding {
    KeyFinding { no: String::new(), head: head.to_owned(), text, who, action: action.to_owned() }
}

/// Second finding: what cannot be judged.
fn open(context: &Context<'_>, counts: Counts<'_>) -> Option<KeyFinding> {
    let count = counts.open();
    if count == 0 {
        return None;
    }
    let rate = counts.say("open.share.shown", percent(count, counts.total).unwrap_or_default());
    let count = counts.say("open", count);
    let text = format!(
        "{count}项暂不能判定，占应评项的{rate}%：{}。",
        counts.open_parts(Language::Chinese).join("，")
    );
    let mut actions = Vec::new();
    // Who has said why there is none yet is not asked again.
    let is_told =
        |(city, one, _): &&Item<'_>| one.state == State::NotReported && gaps::reason(city, one).is_some();
    let told = items(context).iter().filter(is_told).count();
    let (in_doubt, not_reported) = (counts.in_doubt, counts.not_reported.saturating_sub(told));
    let asked = in_doubt + not_reported;
    if asked > 0 {
        let by = month_day(context.evaluation.round.answer_by);
        let kinds = match (in_doubt, not_reported) {
            (0, _) => "未报",
            (_, 0) => "待核实",
            _ => "待核实、未报",
        };
        let asked_for = |(city, one, _): &&Item<'_>| {
            one.state == State::InDoubt
                || one.state == State::NotReported && gaps::reason(city, one).is_none()
        };
        let members: Vec<_> =
            items(context).iter().filter(asked_for).map(|(_, one, _)| state_of(one)).collect();
        let asked = context.book.count("round/#open.asked", members, &[], asked);
        actions.push(format!("{kinds}的{asked}项{by}前答复"));
    }
    if told > 0 {
        let members: Vec<_> =
            items(context).iter().filter(is_told).map(|(_, one, _)| state_of(one)).collect();
        let told = context.book.count("round/#open.told", members, &[], told);
        actions.push(format!("未报而已说明原因的{told}项有数后补报"));
    }
    if counts.lagged > 0 {
        actions.push("滞后数据公布后编发终版".to_owned());
    }
    let is_undefined = |(_, one, _): &&Item<'_>| matches!(one.reason, Some(Reason::Undefined(..)));
    let steps: Vec<OpenStep> =
        items(context).iter().filter(is_undefined).map(|(_, one, _)| step(one)).collect();
    if steps.contains(&OpenStep::Issuer) {
        actions.push("未界定的请印发机关明确".to_owned());
    }
    if steps.contains(&OpenStep::HandedDown) {
        actions.push("缺下达数的由报送单位提供".to_owned());
    }
    let action = if actions.is_empty() { "—".to_owned() } else { format!("{}。", actions.join("；")) };
    Some(key_finding("数据不齐", text, who(context, "open", reporters_of_open(context)), &action))
}

/// Third finding: what was too easy. Nothing where no target is.
fn soft(context: &Context<'_>) -> Option<KeyFinding> {
    let all = items(context);
    let soft: Vec<&Item<'_>> = all.iter().filter(|(_, one, _)| one.target_is_worse).collect();
    if soft.is_empty() {
        return None;
    }
    let year = context.evaluation.round.year();
    let met = soft.iter().filter(|(_, one, _)| one.state.met() == Some(true)).count();
    let mut cities: Vec<&CityEvaluation> = soft.iter().map(|(city, ..)| *city).collect();
    cities.dedup_by_key(|city| city.plan.city.clone());
    let subject = match cities.len() {
        _ if context.is_alone() => String::new(),
        1..=3 => cities.iter().map(|city| city.plan.name.clone()).collect::<Vec<_>>().join("、"),
        count => {
            let totals = cities.iter().map(|city| total_step(city));
            context.terms.counted(context.book.count("round/#cities.soft", totals, &[], count))
        }
    };
    let is_before =
        soft.iter().all(|(_, one, _)| one.baseline.as_ref().is_some_and(|past| past.year == year - 1));
    let base = if is_before { "上年" } else { "基期" };
    let met_words = match met == soft.len() {
        true => "全部完成".to_owned(),
        false => format!("完成{}项", say_met(context, "round", soft.iter().map(|(_, one, _)| *one), met)),
    };
    let members = || soft.iter().filter(|(_, one, row)| fell(one, row)).map(|(_, one, _)| *one);
    let fallen = members().count();
    let fell = say_fell(context, "round", members(), fallen);
    let fell_words =
        if fallen > 0 { format!("，其中{fell}项实绩比{base}回落") } else { String::new() };
    let printed = cities.iter().filter(|city| !city.score.withholds(Withheld::Chapter));
    let rates: Vec<String> = printed.filter_map(|city| both_rates(context, city)).collect();
    // With many cities, and with one alone, the sentence above has the rate of all together.
    let rates = match cities.len() {
        1..=3 if !rates.is_empty() && !context.is_alone() => format!("不计这些目标，{}。", rates.join("，")),
        _ => String::new(),
    };
    let all = Totals::of_round(&context.book).say("soft", soft.len());
    let text = format!("{subject}{all}项目标劣于{base}实绩，{met_words}{fell_words}。{rates}");
    // Advice to amend needs a plan that provides for it.
    let amend = match cities.iter().all(|city| city.plan.called.is_amendable) {
        true => format!("按{}规定提请调整；", context.terms.document),
        false => String::new(),
    };
    let action = format!("{amend}{}", advice(&cities, year));
    let action = if action.is_empty() { "—".to_owned() } else { action };
    Some(key_finding("目标偏低", text, offices(context, &cities), &action))
}

fn note(context: &Context<'_>, ranking: &str) -> String {
    let Terms { rate, reached, has_schedules, .. } = &context.terms;
    let together = if *has_schedules { "（完成目标或达到序时）" } else { "" };
    let open = match context.cities().iter().any(|city| city.score.open() > 0) {
        true => "，两短线之间为暂不能判定项补齐后的可能范围",
        false => "",
    };
    let drawn = format!("注：{rate}为{reached}{together}项与可评项之比；图中点为{rate}{open}。");
    if context.is_alone() {
        return format!("{drawn}各项情况见第一部分，判定标志见封二。");
    }
    let few = context.cities().len() <= 7;
    let moving = ranking::noted_words(context, few);
    let each = context.terms.places.short;
    format!(
        "{drawn}{}{moving}各{each}目标不同，名次只反映完成本{each}目标的程度。完整排名和名次区间见{ranking}，各{each}情况见第二部分，判定标志见封二。",
        ranking::ranking_words(context)
    )
}
