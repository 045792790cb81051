//! 通报: one page of a part of a year. Where every target stands by its light, which ones have to speed up and what their units say of it, who has reported.
//! It says nothing of the year: no rate, no score, no place. The template keeps to one page; what has no room there stands in its annex.

mod foot;

use serde::Serialize;

use super::context::Context;
use super::marks::numeral;
use super::phrases::{full_date, month_day};
use super::section::Draft;
use crate::assess::{NotDueReason, PaceAssessment, PaceLight, PaceState};
use crate::evaluation::CityEvaluation;
use crate::ident::UnitName;
use crate::ledger::{StepId, of_indicator, of_target};
use crate::plan::{Indicator, Origin};
use crate::quantity::Value;
use crate::rounding::plain;

/// Rows that the rule at the foot names one by one.
const MOST_NAMED: usize = 12;
/// Characters of a unit's own words in the list of what has to speed up; longer ones stand in the annex whole.
const LONGEST_REASON: usize = 60;

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Bulletin {
    title: Vec<String>,
    issuer: String,
    date: String,
    as_of: String,
    lead: String,
    counts: Vec<LightCount>,
    heads: BulletinHeads,
    slow: Vec<SlowTarget>,
    rows: Vec<LightTarget>,
    key: &'static str,
    report: Vec<ReportLine>,
    requests: Vec<String>,
    units: Vec<LightUnit>,
    rule: String,
    annex: BulletinAnnex,
}

/// Headings of its parts and tables.
#[derive(Debug, Serialize)]
struct BulletinHeads {
    slow: &'static str,
    slow_columns: [&'static str; 8],
    rows: &'static str,
    report: &'static str,
    requests: &'static str,
    units: &'static str,
    unit_columns: [&'static str; 6],
    none_slow: &'static str,
}

/// What the annex is called, and what stands on the first page in place of what is there.
#[derive(Debug, Serialize)]
struct BulletinAnnex {
    title: String,
    slow: &'static str,
    rows: &'static str,
    units: &'static str,
    reasons: Vec<LongReason>,
    reasons_title: &'static str,
}

/// A unit's words that are too long for the table.
#[derive(Debug, Serialize)]
struct LongReason {
    name: String,
    words: String,
}

#[derive(Debug, Serialize)]
struct LightCount {
    light: &'static str,
    number: String,
    words: String,
}

/// A target that has to speed up.
#[derive(Debug, Serialize)]
struct SlowTarget {
    light: &'static str,
    state: &'static str,
    no: String,
    name: String,
    units: String,
    target: String,
    due: String,
    actual: String,
    shortfall: String,
    why: String,
}

/// A target with its light.
#[derive(Debug, Serialize)]
struct LightTarget {
    light: &'static str,
    hollow: bool,
    state: &'static str,
    no: String,
    name: String,
    told: String,
}

#[derive(Debug, Serialize)]
struct ReportLine {
    label: &'static str,
    words: String,
}

/// What a unit reports.
#[derive(Debug, Serialize)]
struct LightUnit {
    unit: String,
    green: String,
    yellow: String,
    red: String,
    dark: String,
    sent: String,
}

/// The section; none of a round without a city.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Bulletin> {
    let context = draft.context;
    let city = context.cities().first()?;
    let (round, page) = (&context.evaluation.round, Page { context, city });
    Some(Bulletin {
        title: round.title.clone(),
        issuer: round.issuer.clone(),
        date: full_date(round.report_date),
        as_of: format!("数据截至{}，报送情况截至{}", page.end(), month_day(round.cut_off)),
        lead: page.lead(),
        counts: page.counts(),
        heads: heads(),
        slow: page.slow(),
        rows: page.all().filter_map(|one| page.row(one)).collect(),
        key: "右侧为本期实际／本期应达；空心绿灯为略慢于序时进度，“—”为本期不评，“未”为未报，“核”为待核实，“滞”为数据滞后",
        report: page.report(),
        requests: page.requests(),
        units: page.units(),
        rule: page.rule(),
        annex: BulletinAnnex {
            title: format!("附页　{}", round.title.concat()),
            slow: "其余各项见附页",
            rows: "各项指标亮灯情况见附页",
            units: "分填报单位情况见附页",
            reasons: page.long_reasons(),
            reasons_title: "单位说明全文",
        },
    })
}

fn heads() -> BulletinHeads {
    BulletinHeads {
        slow: "一、需要加快的指标",
        slow_columns: [
            "灯",
            "指标",
            "填报单位",
            "年度目标",
            "本期应达",
            "本期实际",
            "差距",
            "单位说明的原因",
        ],
        rows: "二、各项指标亮灯情况",
        report: "三、报送情况",
        requests: "四、下一步要求",
        units: "五、分填报单位（指标数；几个单位同报的各计一次）",
        unit_columns: ["填报单位", "绿", "黄", "红", "无灯", "报送"],
        none_slow: "没有亮黄灯、红灯的指标。",
    }
}

/// The character in a light, which tells it without colour.
fn lamp(state: PaceState) -> &'static str {
    match state {
        PaceState::Reached | PaceState::OnPace | PaceState::SlightlyBehind => "绿",
        PaceState::Behind => "黄",
        PaceState::FarBehind => "红",
        PaceState::NotDue => "—",
        PaceState::NotReported => "未",
        PaceState::InDoubt => "核",
        PaceState::Lagged => "滞",
    }
}

/// The city of the page.
struct Page<'a> {
    context: &'a Context<'a>,
    city: &'a CityEvaluation,
}

impl<'a> Page<'a> {
    /// The targets of the page: the rows of the plan's table, else those in prose, as in the account of a year.
    fn all(&self) -> impl Iterator<Item = &'a PaceAssessment> + use<'a> {
        let has_table = self.city.plan.has_table(self.context.evaluation.round.year());
        let wanted = if has_table { Origin::Table } else { Origin::Prose };
        self.city.paces.iter().filter(move |one| one.origin == wanted)
    }

    fn steps(&self) -> impl Iterator<Item = (&'a PaceAssessment, StepId)> + use<'a> {
        self.all().map(|one| (one, state_of(one)))
    }

    fn indicator(&self, one: &PaceAssessment) -> Option<&'a Indicator> {
        self.city.plan.indicator(&one.no)
    }

    /// How many targets are in one of some states.
    fn count(&self, name: &str, states: &[PaceState]) -> (usize, String) {
        let number = self.all().filter(|one| states.contains(&one.state)).count();
        let keys: Vec<&str> = states.iter().map(|state| state.key()).collect();
        let members = self.steps().map(|(_, id)| id);
        let id = format!("{}/#pace.{name}", self.city.plan.city);
        (number, self.context.book.count(&id, members, &keys, number))
    }

    /// `2023年9月30日`.
    fn end(&self) -> String {
        let period = self.context.evaluation.round.period;
        let day = match period.reach().last_month() {
            6 | 9 => 30,
            _ => 31,
        };
        format!("{}年{}月{day}日", period.year(), period.reach().last_month())
    }

    fn lead(&self) -> String {
        use PaceState::{
            Behind, FarBehind, InDoubt, Lagged, NotDue, NotReported, OnPace, Reached, SlightlyBehind,
        };
        let all = self.context.book.count(
            &format!("{}/#pace.all", self.city.plan.city),
            self.steps().map(|(_, id)| id),
            &[],
            self.all().count(),
        );
        let (_, judged) = self.count("judged", &[Reached, OnPace, SlightlyBehind, Behind, FarBehind]);
        let (_, green) = self.count("green", &[Reached, OnPace, SlightlyBehind]);
        let (_, reached) = self.count("reached", &[Reached]);
        let (_, on_pace) = self.count("on_pace", &[OnPace]);
        let (_, slightly) = self.count("slightly_behind", &[SlightlyBehind]);
        let (_, yellow) = self.count("behind", &[Behind]);
        let (_, red) = self.count("far_behind", &[FarBehind]);
        let rest = [
            ("not_due", NotDue, "本期不评"),
            ("not_reported", NotReported, "未报"),
            ("in_doubt", InDoubt, "待核实"),
            ("lagged", Lagged, "数据滞后"),
        ];
        let rest: Vec<String> = rest
            .into_iter()
            .filter_map(|(name, state, words)| {
                let (number, told) = self.count(name, &[state]);
                (number > 0).then(|| format!("{words}{told}项"))
            })
            .collect();
        let rest = if rest.is_empty() { String::new() } else { format!("；另有{}", rest.join("、")) };
        let called = &self.city.plan.called;
        let document = match self.all().next().map(|one| one.origin) {
            Some(Origin::Table) => format!("{}{}", called.document, called.table),
            _ => format!("{}正文", called.document),
        };
        format!(
            "{document}所列{all}项指标，本期可评{judged}项：绿灯{green}项（已达到年度目标值{reached}项、达到序时进度{on_pace}项、略慢{slightly}项），黄灯{yellow}项，红灯{red}项{rest}。"
        )
    }

    fn counts(&self) -> Vec<LightCount> {
        use PaceState::{
            Behind, FarBehind, InDoubt, Lagged, NotDue, NotReported, OnPace, Reached, SlightlyBehind,
        };
        let of = |light, name: &str, states: &[PaceState], words: &str| {
            let (_, number) = self.count(name, states);
            LightCount { light, number, words: words.to_owned() }
        };
        let open = [NotReported, InDoubt, Lagged];
        vec![
            of("绿", "green", &[Reached, OnPace, SlightlyBehind], "达到或略慢于序时进度"),
            of("黄", "behind", &[Behind], "慢于序时进度"),
            of("红", "far_behind", &[FarBehind], "明显慢于序时进度"),
            of("—", "not_due", &[NotDue], "本期不评"),
            of("未", "open", &open, "未报、待核实或滞后"),
        ]
    }

    fn target(&self, one: &PaceAssessment) -> String {
        let Some(row) = self.indicator(one) else { return String::new() };
        let words = one.target.goal.amount();
        match self.context.book.target(&self.city.plan, row, &one.target) {
            Some(id) => super::marks::numerals_in(&words, &[id]),
            None => words,
        }
    }

    fn actual(&self, one: &PaceAssessment) -> String {
        match one.actual {
            Some(Value::Number(value)) => {
                numeral(&of_indicator(&self.city.plan.city, &one.no).of("fact"), plain(value))
            }
            Some(presence) => presence.text(),
            None => String::new(),
        }
    }

    fn slow(&self) -> Vec<SlowTarget> {
        let is_slow = |one: &&PaceAssessment| matches!(one.state.light(), PaceLight::Yellow | PaceLight::Red);
        let mut rows: Vec<&PaceAssessment> = self.all().filter(is_slow).collect();
        // Red before yellow, each in the order of the plan.
        rows.sort_by_key(|one| std::cmp::Reverse(one.state));
        rows.into_iter()
            .filter_map(|one| {
                let row = self.indicator(one)?;
                let units: Vec<&str> = row.reporters.iter().map(|unit| self.short(unit)).collect();
                let unit = row.unit.text();
                let unit = if unit.is_empty() { String::new() } else { format!("（{unit}）") };
                let shown = |number: &Option<crate::assess::PaceNumber>| {
                    number.as_ref().map_or_else(String::new, |one| numeral(&one.id, &one.shown))
                };
                let shortfall = shown(&one.shortfall);
                Some(SlowTarget {
                    light: lamp(one.state),
                    state: one.state.chinese(),
                    no: one.no.to_string(),
                    name: format!("{}{unit}", row.short),
                    units: units.join("、"),
                    target: self.target(one),
                    due: shown(&one.due),
                    actual: self.actual(one),
                    shortfall: if shortfall.is_empty() { shortfall } else { format!("{shortfall}%") },
                    why: self.why(one),
                })
            })
            .collect()
    }

    /// What units say of a row, each once.
    fn said(&self, one: &PaceAssessment) -> String {
        let mut found: Vec<&str> = Vec::new();
        let fact = self.city.fact(&one.no);
        for seen in fact.iter().flat_map(|fact| &fact.sides) {
            let words = seen.note.trim();
            if !words.is_empty() && !found.contains(&words) {
                found.push(words);
            }
        }
        found.join("；")
    }

    fn why(&self, one: &PaceAssessment) -> String {
        let said = self.said(one);
        match said.chars().count() {
            0 => "未说明".to_owned(),
            length if length > LONGEST_REASON => "见附页".to_owned(),
            _ => said,
        }
    }

    fn long_reasons(&self) -> Vec<LongReason> {
        let is_slow = |one: &&PaceAssessment| matches!(one.state.light(), PaceLight::Yellow | PaceLight::Red);
        let slow = self.all().filter(is_slow);
        slow.filter_map(|one| {
            let words = self.said(one);
            let row = self.indicator(one)?;
            (words.chars().count() > LONGEST_REASON)
                .then(|| LongReason { name: format!("{}　{}", one.no, row.short), words })
        })
        .collect()
    }

    fn row(&self, one: &PaceAssessment) -> Option<LightTarget> {
        let row = self.indicator(one)?;
        let due = one.due.as_ref().map(|due| numeral(&due.id, &due.shown));
        let actual = self.actual(one);
        let told = match (one.state, due) {
            (PaceState::NotDue, _) => self.not_due(one).to_owned(),
            (PaceState::NotReported | PaceState::InDoubt, _) => one.state.chinese().to_owned(),
            (PaceState::Lagged, _) => "数据滞后".to_owned(),
            (_, Some(due)) => format!("{actual}／{due}"),
            (_, None) => actual,
        };
        Some(LightTarget {
            light: lamp(one.state),
            hollow: one.state.light() == PaceLight::Hollow,
            state: one.state.chinese(),
            no: one.no.to_string(),
            name: row.short.clone(),
            told,
        })
    }

    fn not_due(&self, one: &PaceAssessment) -> &'static str {
        match one.reason {
            Some(NotDueReason::YearEnd) => "年度数",
            Some(NotDueReason::LaterDay) => "期限未到",
            Some(NotDueReason::LaterYear) => "以后年度",
            Some(NotDueReason::NoRule) | None => "无序时规则",
        }
    }

    /// A unit as the page calls it: the office in short, as its plan does.
    fn short<'u>(&'u self, unit: &'u UnitName) -> &'u str {
        if *unit == self.city.plan.office { &self.city.plan.called.office } else { unit.as_str() }
    }
}

/// The step of a state.
fn state_of(one: &PaceAssessment) -> StepId {
    of_target(&one.city, &one.no, one.target.tier).of("pace/state")
}
