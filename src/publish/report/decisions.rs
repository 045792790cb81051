//! （五）人工决定: what people decided, how many printed figures rest on it, and what the verdict would be without it.

use serde::Serialize;

use super::context::Context;
use super::findings;
use super::numbers::Key;
use super::phrases::{full_date, names};
use super::section::Draft;
use super::table::{MOST_ROWS, Table};
use crate::evaluation::{Alternative, DecidedOn, DecidedState, DecisionKind, HumanDecision, VerdictOn};
use crate::finding::{Object, Side};

/// （五）人工决定.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Decisions {
    heading: &'static str,
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

/// Where all decisions stand.
const WHOLE: &str = "所附results.xlsx“人工决定”表";

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Decisions> {
    let context = draft.round()?;
    let all = &context.evaluation.decisions;
    let rows = (1..).zip(all).map(|(no, one)| context.decision(no, one)).collect();
    let table = Table::new("人工决定记录")
        .note("注：“影响的数字”为溯源步骤中依据该项决定的刊出数字；“若无此项”为去掉该项后重新评估的判定。")
        .whole_in(WHOLE)
        .empty("没有人工决定。")
        .rows(rows)
        .numbered(&mut draft.numbers, Key::table("decisions"));
    let place_head = context.terms.places.head;
    Some(Decisions { heading: "（五）人工决定", text: text(all), place_head, table })
}

/// How many decisions there are, and how many of them matter.
fn text(all: &[HumanDecision]) -> String {
    const UNALTERED: &str = "报送值一律不改动";
    if all.is_empty() {
        return format!("{UNALTERED}。");
    }
    let count = |is: &dyn Fn(&HumanDecision) -> bool| all.iter().filter(|one| is(one)).count();
    let affecting = count(&|one| one.affects.is_some_and(|figures| figures > 0));
    let deciding = count(&|one| one.without.iter().any(Alternative::differs));
    let expired = count(&HumanDecision::is_expired);
    let expired = if expired > 0 { format!("，{expired}项豁免已过期") } else { String::new() };
    format!(
        "{UNALTERED}。人工决定{}项，其中{affecting}项影响刊出的数字，{deciding}项改变判定{expired}。",
        all.len()
    )
}

impl Context<'_> {
    fn decision(&self, no: usize, one: &HumanDecision) -> DecisionRow {
        let city = one.city.as_ref().and_then(|slug| self.evaluation.cities.find(slug));
        DecisionRow {
            no: no.to_string(),
            city: city.map_or_else(|| "全部".to_owned(), |city| city.plan.short.clone()),
            object: self.decided_on(one),
            matter: match &one.on_what {
                DecidedOn::Matter { matter, .. } => matter.clone(),
                _ => one.kind.chinese().to_owned(),
            },
            decision: self.decided(one),
            reason: reason(one),
            who: one.by.clone(),
            date: days(one),
            effect: self.effect(one),
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

    /// What was decided, with what stood there before.
    fn decided(&self, one: &HumanDecision) -> String {
        let unit = || match (&one.on_what, &one.city) {
            (DecidedOn::Indicator(no), Some(slug)) => {
                let city = self.evaluation.cities.find(slug);
                let row = city.and_then(|city| city.plan.indicator(no));
                row.map_or_else(String::new, |row| row.unit.text().to_owned())
            }
            _ => String::new(),
        };
        match (&one.before, &one.after) {
            (DecidedState::Sides(before), DecidedState::Sides(after)) => preferred(before, after),
            (DecidedState::Findings(count, severity), after) => {
                let printed = self.references(one);
                let severity = severity.chinese();
                let now = if *after == DecidedState::Waived { "，已豁免" } else { "，仍计" };
                format!("{count}件{severity}{printed}{now}")
            }
            (_, DecidedState::Grade(Some(grade))) => format!("等次不高于{}", grade.chinese()),
            (DecidedState::Written(before), DecidedState::Written(after))
                if one.kind == DecisionKind::Amendment =>
            {
                format!("{before}→{after}{}", unit())
            }
            (DecidedState::Written(before), DecidedState::Written(after)) => format!("{before}→{after}"),
            (DecidedState::Nothing, DecidedState::Written(after)) => match one.kind {
                DecisionKind::BaseYear => format!("以{after}年为基年"),
                DecisionKind::Benchmark => format!("{after}{}", unit()),
                _ => after.clone(),
            },
            _ => "没有这样的问题".to_owned(),
        }
    }

    /// `（附件1第3、12号）`: the findings that a waiver names.
    fn references(&self, one: &HumanDecision) -> String {
        let round = &self.evaluation.round;
        let told = (1..=MOST_ROWS).zip(&self.told).filter(|(_, finding)| one.names(finding, round));
        let numbers: Vec<String> = told.map(|(number, _)| number.to_string()).collect();
        match numbers.is_empty() {
            true => String::new(),
            false => format!("（{}第{}号）", findings::ANNEX, names(&numbers, "件")),
        }
    }

    /// How many figures rest on it, and what would be otherwise.
    fn effect(&self, one: &HumanDecision) -> String {
        if one.is_expired() {
            return "已过期，不起作用".to_owned();
        }
        if !one.is_in_force {
            return "尚未生效".to_owned();
        }
        match one.affects {
            None => "仅作记录".to_owned(),
            Some(0) => "不影响刊出的数字".to_owned(),
            Some(figures) => format!("影响{figures}个数字；若无此项，{}", self.without(one)),
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
                names(&several.iter().map(|one| self.alternative(one)).collect::<Vec<_>>(), "项不同")
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

/// `市科技局12.31%、市统计局12.04%，采用市统计局`.
fn preferred(before: &[Side], after: &[Side]) -> String {
    let said = |side: &Side| format!("{}{}{}", side.unit, side.value.text(), side.measure);
    let all: Vec<String> = before.iter().map(said).collect();
    let taken = after.first().map(|side| format!("采用{}", side.unit));
    match (all.is_empty(), taken) {
        (true, _) => "各单位均未填报".to_owned(),
        (false, None) => format!("{}；指定的单位未填报", all.join("、")),
        (false, Some(taken)) => format!("{}，{taken}", all.join("、")),
    }
}

fn reason(one: &HumanDecision) -> String {
    match (one.reason.is_empty(), one.basis.is_empty()) {
        (true, true) => "未写明".to_owned(),
        (true, false) => format!("依据：{}", one.basis),
        (false, true) => one.reason.clone(),
        (false, false) => format!("{}；依据：{}", one.reason, one.basis),
    }
}

fn days(one: &HumanDecision) -> String {
    let on = one.on.map(full_date);
    let until = one.until.map(|day| format!("有效期至{}", full_date(day)));
    let days: Vec<String> = [on, until].into_iter().flatten().collect();
    if days.is_empty() && one.by.is_empty() { "未写明".to_owned() } else { days.join("，") }
}
