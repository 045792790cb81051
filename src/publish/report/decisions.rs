//! 附件5, 人工决定: what people decided, how many printed figures rest on it, and what the verdict would be without it.

use serde::Serialize;

use super::context::Context;
use super::findings;
use super::numbers::Key;
use super::numerals::{numeral, numerals_in, target_id};
use super::phrases::{full_date, names};
use super::section::Draft;
use super::table::{MOST_ROWS, Table};
use crate::evaluation::{
    Alternative, CityEvaluation, DecidedOn, DecidedState, DecisionKind, HumanDecision, VerdictOn,
};
use crate::finding::{Finding, Object, Side};
use crate::ledger::{self, StepId};
use crate::plan::{Indicator, Warrant};
use crate::rounding::plain;

/// What people decided.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Decisions {
    text: String,
    /// Head of the column of cities.
    place_head: &'static str,
    table: Table<DecisionRow>,
}

/// A decision.
#[derive(Debug, Clone, Serialize)]
struct DecisionRow {
    no: String,
    city: String,
    object: String,
    matter: String,
    decision: String,
    reason: String,
    who: String,
    date: String,
    effect: String,
}

/// Where it stands what a decision about all cities does.
const OF_ALL: &str = "对全部城市的影响见技术卷附件5";
/// Where all decisions stand.
const WHOLE: &str = "所附results.xlsx“人工决定”表";

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Decisions> {
    let context = draft.context;
    let (own, is_of_many) = (draft.own_city(), draft.is_of_many());
    // Of many cities each has its own in its report; what was decided for all stands in every one.
    let is_told = |one: &HumanDecision| match (&one.city, own) {
        (None, _) => true,
        (Some(slug), Some(city)) => *slug == city.plan.city,
        (Some(_), None) => !is_of_many,
    };
    let all = (1..).zip(&context.evaluation.decisions).filter(|(_, one)| is_told(one));
    let all: Vec<(usize, &HumanDecision)> = all.collect();
    let rows = all.iter().map(|(no, one)| context.decision(*no, one, own.is_some())).collect();
    let table = Table::new("人工决定记录")
        .note("注：“影响”指溯源步骤中依据该项决定的刊出数字；“若无此项”为去掉该项后重新评估的判定。")
        .whole_in(WHOLE)
        .empty(match is_of_many && !context.evaluation.decisions.is_empty() {
            true => "此外没有别的决定。",
            false => "没有人工决定。",
        })
        .rows(rows)
        .numbered(&mut draft.numbers, Key::in_annex(findings::ANNEX, "decisions"));
    let place_head = context.terms.places.head;
    let text = match own {
        Some(_) => String::new(),
        None => text(&context.evaluation.decisions, is_of_many.then_some(context.terms.places.noun)),
    };
    Some(Decisions { text, place_head, table })
}

/// How many decisions there are, and how many of them matter; of many cities (by their word) where those of each stand.
fn text(all: &[HumanDecision], of_many: Option<&str>) -> String {
    const UNALTERED: &str = "报送值一律不改动";
    if all.is_empty() {
        return format!("{UNALTERED}。");
    }
    let count = |name: &str, is: fn(&HumanDecision) -> bool| {
        let number = all.iter().filter(|one| is(one)).count();
        numeral(&StepId::new(format!("round/#decisions{name}")), number)
    };
    let affecting = count(".affecting", HumanDecision::is_affecting);
    let deciding = count(".deciding", HumanDecision::is_deciding);
    let expired = match all.iter().any(HumanDecision::is_expired) {
        true => format!("，{}项豁免已过期", count(".expired", HumanDecision::is_expired)),
        false => String::new(),
    };
    let all = count("", |_| true);
    let elsewhere = of_many.map_or_else(String::new, |noun| format!("各{noun}的见其分册，"));
    format!(
        "{UNALTERED}。人工决定{all}项，其中{affecting}项影响刊出的数字，{deciding}项改变判定{expired}。{elsewhere}全部见results.xlsx“人工决定”表。"
    )
}

impl Context<'_> {
    /// In a city's own report nothing is counted over others: what one decision does to all of them stands in the technical volume.
    fn decision(&self, no: usize, one: &HumanDecision, is_own: bool) -> DecisionRow {
        let city = one.city.as_ref().and_then(|slug| self.evaluation.cities.find(slug));
        DecisionRow {
            no: no.to_string(),
            city: city.map_or_else(|| "全部".to_owned(), |city| city.plan.short.clone()),
            object: self.decided_on(one),
            matter: match &one.on_what {
                DecidedOn::Matter { matter, .. } => matter.clone(),
                _ => one.kind.chinese().to_owned(),
            },
            decision: self.decided(one, is_own),
            reason: reason(&one.warrant),
            who: one.warrant.by.clone(),
            date: days(&one.warrant),
            effect: self.effect(one, is_own),
        }
    }

    fn decided_on(&self, one: &HumanDecision) -> String {
        match &one.on_what {
            DecidedOn::Indicator(no) => {
                let city = one.city.as_ref().and_then(|slug| self.evaluation.cities.find(slug));
                let row = city.and_then(|city| city.plan.indicator(no));
                row.map_or_else(|| format!("指标{no}"), |row| format!("{no} {}", row.short))
            }
            DecidedOn::Nature(nature) => format!("{}指标", nature.chinese()),
            DecidedOn::City if one.kind == DecisionKind::Asked => "领导参阅".to_owned(),
            DecidedOn::City => "等次".to_owned(),
            DecidedOn::Findings { code, unit, object } => {
                let object = object.as_ref().map(|object| match object {
                    Object::Indicator(no) => format!("指标{no}"),
                    other => other.to_string(),
                });
                let unit = unit.as_ref().map(ToString::to_string);
                [Some(code.clone()), unit, object].into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            DecidedOn::Matter { object, .. } => object.clone(),
        }
    }

    /// The row that a decision is about, if it is about one.
    fn decided_row(&self, one: &HumanDecision) -> Option<(&CityEvaluation, &Indicator)> {
        let (DecidedOn::Indicator(no), Some(slug)) = (&one.on_what, &one.city) else { return None };
        let city = self.evaluation.cities.find(slug)?;
        Some((city, city.plan.indicator(no)?))
    }

    /// What was decided, with what stood there before.
    fn decided(&self, one: &HumanDecision, is_own: bool) -> String {
        let unit = self.decided_row(one).map_or("", |(_, row)| row.unit.text());
        match (&one.before, &one.after) {
            (DecidedState::Sides(before), DecidedState::Sides(after)) => self.preferred(one, before, after),
            (DecidedState::Findings(..), after) if is_own && one.city.is_none() => {
                let now = if *after == DecidedState::Waived { "已豁免" } else { "仍计" };
                format!("{now}{}", self.references(one))
            }
            (DecidedState::Findings(count, severity), after) => {
                let (count, severity) = (numeral(&one.step.of("findings"), count), severity.chinese());
                let now = if *after == DecidedState::Waived { "，已豁免" } else { "，仍计" };
                format!("{count}件{severity}{}{now}", self.references(one))
            }
            (_, DecidedState::Grade(Some(grade))) => format!("等次不高于{}", grade.chinese()),
            (DecidedState::Written(before), DecidedState::Written(after)) => {
                let unit = if one.kind == DecisionKind::Amendment { unit } else { "" };
                let before = numerals_in(before, &self.before(one));
                format!("{before}→{}{unit}", numeral(&one.step, after))
            }
            (DecidedState::Nothing, DecidedState::Written(after)) => match one.kind {
                DecisionKind::BaseYear => format!("以{after}年为基年"),
                _ => after.clone(),
            },
            (_, DecidedState::Asked(kind, question)) => match question.is_empty() {
                true => format!("提请{}", kind.chinese()),
                false => format!("提请{}：{question}", kind.chinese()),
            },
            (_, DecidedState::Named(name, value)) => {
                format!("{name} {}{unit}", numeral(&one.step, plain(*value)))
            }
            _ => "没有这样的问题".to_owned(),
        }
    }

    /// The steps of the target that an amendment replaced, or of the weight that would hold.
    fn before(&self, one: &HumanDecision) -> Vec<StepId> {
        let round = &self.evaluation.round;
        if one.kind == DecisionKind::Weight {
            let places = (1..).zip(&round.weights);
            let of_all = places.filter(|(_, weight)| weight.city.is_none() && one.city.is_some());
            let of_all =
                of_all.filter(|(_, weight)| one.on_what == DecidedOn::Indicator(weight.indicator.clone()));
            let of_all = of_all.map(|(place, _)| ledger::decision_in(round, "weight", place));
            return of_all.chain([StepId::new("constant/1")]).collect();
        }
        let Some((city, row)) = self.decided_row(one) else { return Vec::new() };
        let mut before = Vec::new();
        for target in &row.targets {
            let mut issued = target_id(&city.plan.city, &row.no, target);
            for amendment in &target.amendments {
                let own = ledger::amendment_of(round, &city.plan, (&row.no, target.year), amendment);
                if own == one.step {
                    before.push(issued.clone());
                }
                issued = own;
            }
        }
        before
    }

    /// `（附件5第3、12号）`: the findings that a waiver names.
    fn references(&self, one: &HumanDecision) -> String {
        let round = &self.evaluation.round;
        let told = (1..=MOST_ROWS).zip(self.told.iter()).filter(|(_, finding)| one.names(finding, round));
        let (numbers, told): (Vec<String>, Vec<&Finding>) =
            told.map(|(number, finding)| (number.to_string(), *finding)).unzip();
        match numbers.len() {
            0 => String::new(),
            count => {
                let id = one.step.of("findings.told");
                let told = told.into_iter().map(|finding| self.book.finding(finding));
                let count = self.book.count_chosen(id.as_str(), told, [one.step.clone()], &[], count);
                format!("（{}第{}号）", findings::ANNEX, names(&numbers, |_| count, "件"))
            }
        }
    }

    /// `市科技局12.31%、市统计局12.04%，采用市统计局`.
    fn preferred(&self, one: &HumanDecision, before: &[Side], after: &[Side]) -> String {
        let said = |side: &Side| {
            let value = numerals_in(&side.value.text(), &self.seen_of(one, &side.unit));
            format!("{}{value}{}", side.unit, side.measure)
        };
        let all: Vec<String> = before.iter().map(said).collect();
        let taken = after.first().map(|side| format!("采用{}", side.unit));
        match (all.is_empty(), taken) {
            (true, _) => "各单位均未填报".to_owned(),
            (false, None) => format!("{}；指定的单位未填报", all.join("、")),
            (false, Some(taken)) => format!("{}，{taken}", all.join("、")),
        }
    }

    /// The steps of what a unit reports of the row that a decision is about.
    fn seen_of(&self, one: &HumanDecision, unit: &str) -> Vec<StepId> {
        let Some((city, row)) = self.decided_row(one) else { return Vec::new() };
        let place = row.reporters.iter().position(|own| own.as_str() == unit).unwrap_or_default();
        let seen =
            ledger::of_indicator(&city.plan.city, &row.no).of(format!("seen.{}", place.saturating_add(1)));
        ["value", "number"].map(|part| StepId::new(format!("{seen}.{part}"))).into()
    }

    /// How many figures rest on it, and what would be otherwise.
    fn effect(&self, one: &HumanDecision, is_own: bool) -> String {
        if one.is_expired() {
            return "已过期，不起作用".to_owned();
        }
        if !one.is_in_force {
            return "尚未生效".to_owned();
        }
        match one.affects {
            None => "仅作记录".to_owned(),
            Some(_) if is_own && one.city.is_none() => OF_ALL.to_owned(),
            Some(0) => "不影响刊出的数字".to_owned(),
            // Totals over all cities rest on it too.
            Some(_) if is_own => format!("影响刊出的数字；若无此项，{}", self.without(one)),
            Some(figures) => {
                let figures = numeral(&one.step.of("affects"), figures);
                format!("影响{figures}个数字；若无此项，{}", self.without(one))
            }
        }
    }

    fn without(&self, one: &HumanDecision) -> String {
        let differing: Vec<&Alternative> = one.without.iter().filter(|other| other.differs()).collect();
        match (one.on_verdict(), differing.as_slice()) {
            (Some(VerdictOn::City), []) => "等次不变".to_owned(),
            (_, []) => "判定不变".to_owned(),
            (Some(VerdictOn::City), [only]) => format!("等次为{}", or_none(only)),
            (Some(_), [only]) => format!("判定为{}", or_none(only)),
            (_, several) => {
                let words: Vec<String> = several.iter().map(|other| self.alternative(other)).collect();
                names(&words, |count| numeral(&one.step.of("otherwise"), count), "项不同")
            }
        }
    }

    /// `湘潭22为未完成`.
    pub(super) fn alternative(&self, one: &Alternative) -> String {
        let city = self.evaluation.cities.find(&one.city);
        let short = city.map_or(one.city.as_str(), |city| city.plan.short.as_str());
        let of = match &one.on {
            VerdictOn::Target(no) => format!("{short}{no}"),
            VerdictOn::Task(no) => format!("{short}任务{no}"),
            VerdictOn::City => format!("{short}等次"),
        };
        format!("{of}为{}", or_none(one))
    }
}

fn or_none(one: &Alternative) -> &'static str {
    let words = one.would_be.chinese();
    if words.is_empty() { "无判定" } else { words }
}

fn reason(one: &Warrant) -> String {
    match (one.reason.is_empty(), one.basis.is_empty()) {
        (true, true) => "未写明".to_owned(),
        (true, false) => format!("依据：{}", one.basis),
        (false, true) => one.reason.clone(),
        (false, false) => format!("{}；依据：{}", one.reason, one.basis),
    }
}

fn days(one: &Warrant) -> String {
    let on = one.on.map(full_date);
    let until = one.until.map(|day| format!("有效期至{}", full_date(day)));
    let days: Vec<String> = [on, until].into_iter().flatten().collect();
    if days.is_empty() && one.by.is_empty() { "未写明".to_owned() } else { days.join("，") }
}
