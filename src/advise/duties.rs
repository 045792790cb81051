//! What each unit is asked to do after a round: by rule, from what was missed, what has no verdict, and tasks that are at odds with their targets.

use chrono::NaiveDate;

use crate::assess::{Assessment, Reason, State, TaskAssessment, TaskState, UnitSummary, missed};
use crate::collect::Vintage;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{Finding, Object, Severity};
use crate::ident::{IndicatorNo, TaskNo, UnitName};
use crate::plan::Round;
use crate::reconcile::Basis;

/// A unit with what it is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDuties {
    /// The unit.
    pub unit: UnitName,
    /// What it is asked to do, what is due first first; empty where there is nothing.
    pub duties: Vec<Duty>,
}

/// Something that a unit is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Of which kind it is.
    pub kind: DutyKind,
    /// The targets that it is about, in the order of the plan.
    pub targets: Vec<IndicatorNo>,
    /// The tasks that it is about, likewise.
    pub tasks: Vec<TaskNo>,
    /// The findings that it is about, of a [`DutyKind::Query`].
    pub findings: Vec<Finding>,
}

/// Makes the enum of kinds of duties with their words in tables.
macro_rules! duty_kinds {
    ($($(#[$meaning:meta])* $kind:ident = $key:literal,)*) => {
        /// Kinds of what a unit is asked to do; those of one date in this order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum DutyKind { $($(#[$meaning])* $kind,)* }

        impl DutyKind {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The word in tables.
            pub fn key(self) -> &'static str {
                match self { $(Self::$kind => $key,)* }
            }
        }
    };
}

duty_kinds! {
    /// 报送: nothing came from it at all.
    Submit = "submit",
    /// 补报: targets and tasks for which it reported nothing.
    Report = "report",
    /// 会商: targets for which units reported different values.
    Confer = "confer",
    /// 核实: targets whose value a finding withholds.
    Clarify = "clarify",
    /// 重报: targets that were reported in another way than the plan asks for.
    Resend = "resend",
    /// 补基年数: targets whose value of the base year is not known.
    Base = "base",
    /// 提供下达的数: targets whose number others hand down (完成省下达任务) and nobody has told.
    HandedDown = "handed_down",
    /// 核实填报: tasks whose report a finding withholds.
    Substantiate = "substantiate",
    /// 核对: tasks that were reported done while their targets were missed.
    Reconsider = "reconsider",
    /// 核对: tasks that were reported as not begun while their targets were reached.
    Begun = "begun",
    /// 说明: tasks that are not done though the plan has ended.
    Overdue = "overdue",
    /// 答复: other findings that wait for an answer.
    Query = "query",
    /// 措施: missed targets that it answers for.
    Measures = "measures",
    /// 明确: missed targets for which the plan names nobody; the office does.
    Assign = "assign",
    /// 有数后补报: targets for which it said why there is no value yet.
    Later = "later",
    /// 公布后补报: targets whose value of the year is not there yet.
    Published = "published",
}

/// Until when something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// By a day.
    By(NaiveDate),
    /// When there is a value.
    WhenKnown,
    /// When the value of the year is published.
    WhenPublished,
}

impl DutyKind {
    /// Until when: what is asked is answered by one day, measures are proposed by another.
    pub fn due(self, round: &Round) -> Until {
        match self {
            Self::Measures | Self::Assign => Until::By(round.measures_by),
            Self::Later => Until::WhenKnown,
            Self::Published => Until::WhenPublished,
            _ => Until::By(round.answer_by),
        }
    }

    /// What a unit that reports a target is asked about it; `is_explained` is that it said why there is no value. `None` where nothing is asked of
    /// it: there is a verdict, or what the plan leaves open.
    pub fn of_target(state: State, reason: Option<&Reason>, is_explained: bool) -> Option<Self> {
        match (state, reason) {
            (State::NotReported, _) if is_explained => Some(Self::Later),
            (State::NotReported, _) => Some(Self::Report),
            // Where only what it is held against is of an earlier year, who reports that is asked for it.
            (State::Lagged, Some(Reason::Row(..))) => None,
            (State::Lagged, _) => Some(Self::Published),
            (_, Some(Reason::NoValue(Basis::Disagree { .. }))) => Some(Self::Confer),
            (State::InDoubt, _) => Some(Self::Clarify),
            (State::NotAssessable, Some(Reason::OtherKind)) => Some(Self::Resend),
            (State::NotAssessable, Some(Reason::NoBase { .. })) => Some(Self::Base),
            (State::NotAssessable, Some(Reason::Undefined(words))) if is_handed_down(words) => {
                Some(Self::HandedDown)
            }
            _ => None,
        }
    }

    /// Whether it is about missed targets: who is furthest from one comes first.
    pub fn is_of_missed(self) -> bool {
        matches!(self, Self::Measures | Self::Assign)
    }

    /// Whether it is what tasks are reported to be that is asked about.
    pub fn is_of_tasks(self) -> bool {
        matches!(self, Self::Substantiate | Self::Reconsider | Self::Begun | Self::Overdue)
    }

    /// Likewise about a task that it reports; `at_odds` is whether its targets contradict it, and how, `has_ended` whether the round is of the
    /// plan's last year.
    fn of_task(state: TaskState, at_odds: Option<bool>, has_ended: bool) -> Option<Self> {
        match (state, at_odds) {
            (TaskState::NotReported, _) => Some(Self::Report),
            (TaskState::InDoubt, _) => Some(Self::Substantiate),
            (_, Some(false)) => Some(Self::Reconsider),
            (_, Some(true)) => Some(Self::Begun),
            (TaskState::Ongoing | TaskState::NotStarted, None) if has_ended => Some(Self::Overdue),
            (TaskState::Done | TaskState::Ongoing | TaskState::NotStarted, None) => None,
        }
    }
}

/// Words of numbers that others hand down: 完成省下达任务. The plan need not state them, and its issuer cannot.
const HANDED_DOWN: [&str; 6] = ["下达", "核定", "省定", "国家定", "上级确定", "上级任务"];

/// Whether the words of a target leave its number to somebody above, so that who reports can tell it.
pub fn is_handed_down(words: &str) -> bool {
    HANDED_DOWN.iter().any(|word| words.contains(word))
}

/// Words of what a plan leaves to each year (各年度视情提出): its issuer need not say more.
const YEAR_BY_YEAR: [&str; 4] = ["各年度", "分年度", "逐年确定", "年度视情"];

/// Whether the words of a target leave its number to the plans of single years, so that whoever judges can take it from there.
pub fn is_set_year_by_year(words: &str) -> bool {
    YEAR_BY_YEAR.iter().any(|word| words.contains(word))
}

/// The reason that a unit gives beside what it reports, or where nothing is reported. The remark on a published value names its source.
pub fn said<'a>(city: &'a CityEvaluation, one: &Assessment) -> Option<&'a str> {
    let mut sides = city.fact(&one.no).into_iter().flat_map(|fact| &fact.sides);
    let said = sides.find(|seen| !seen.note.is_empty() && seen.vintage != Vintage::Published)?;
    Some(&said.note)
}

/// The targets that a unit reports, those that are judged first, in the order of the plan: rows of the table, then prose.
pub fn targets_of<'a>(city: &'a CityEvaluation, unit: &UnitName) -> Vec<&'a Assessment> {
    let reports = |one: &&Assessment| {
        one.is_primary() && city.plan.indicator(&one.no).is_some_and(|row| row.reporters.contains(unit))
    };
    city.assessments.iter().filter(reports).collect()
}

/// The tasks that a unit reports, in the order of the plan.
pub fn tasks_of<'a>(city: &'a CityEvaluation, unit: &UnitName) -> Vec<&'a TaskAssessment> {
    let reports = |one: &&TaskAssessment| {
        city.plan.task(&one.no).is_some_and(|task| city.plan.task_reporters(task).contains(unit))
    };
    city.tasks.iter().filter(reports).collect()
}

/// The findings about a unit that wait for its answer.
pub fn waiting<'a>(
    evaluation: &'a Evaluation,
    city: &'a CityEvaluation,
    unit: &'a UnitName,
) -> impl Iterator<Item = &'a Finding> {
    of_unit(evaluation, city, unit, Severity::Error)
}

fn of_unit<'a>(
    evaluation: &'a Evaluation,
    city: &'a CityEvaluation,
    unit: &'a UnitName,
    severity: Severity,
) -> impl Iterator<Item = &'a Finding> {
    let own = evaluation.told().filter(|finding| finding.subject.city == city.plan.city);
    own.filter(move |finding| finding.severity() == severity && finding.is_of(unit))
}

/// The findings about a unit of severity warning, which ask for no answer, but those about what it is asked about anyway.
pub fn noted<'a>(
    evaluation: &'a Evaluation,
    city: &'a CityEvaluation,
    own: &'a UnitDuties,
) -> impl Iterator<Item = &'a Finding> {
    let is_asked = |object: &Object| match object {
        Object::Whole => false,
        Object::Indicator(no) => own.duties.iter().any(|duty| duty.targets.contains(no)),
        Object::Task(no) => own.duties.iter().any(|duty| duty.tasks.contains(no)),
    };
    let all = of_unit(evaluation, city, &own.unit, Severity::Warning);
    all.filter(move |finding| !is_asked(&finding.subject.object))
}

/// What the units of a city are asked to do: each that reports, those that answer for a target that others report and that was missed, and the office
/// where it has to name who answers. Units that only share in tasks of others have nothing of their own.
pub fn duties(evaluation: &Evaluation, city: &CityEvaluation) -> Vec<UnitDuties> {
    let asking = Charging { evaluation, city };
    let answering = city.sharers.iter().filter(|unit| !unit.missed.is_empty());
    let mut found: Vec<UnitDuties> =
        city.units.iter().chain(answering).map(|unit| asking.unit(unit)).collect();
    let unnamed = asking.unnamed();
    let office = &city.plan.office;
    if !unnamed.is_empty() {
        let duty = Duty { targets: unnamed, ..Duty::of(DutyKind::Assign) };
        match found.iter_mut().find(|one| one.unit == *office) {
            Some(own) => own.duties.push(duty),
            None => found.push(UnitDuties { unit: office.clone(), duties: vec![duty] }),
        }
    }
    for one in &mut found {
        one.duties.sort_by_key(|duty| match duty.kind.due(&evaluation.round) {
            Until::By(day) => (day, duty.kind),
            Until::WhenKnown | Until::WhenPublished => (NaiveDate::MAX, duty.kind),
        });
    }
    found
}

impl Duty {
    fn of(kind: DutyKind) -> Self {
        Self { kind, targets: Vec::new(), tasks: Vec::new(), findings: Vec::new() }
    }
}

/// Adds to the duty of a kind in a list, which is begun where there is none.
fn add(duties: &mut Vec<Duty>, kind: DutyKind, to: impl FnOnce(&mut Duty)) {
    match duties.iter_mut().find(|duty| duty.kind == kind) {
        Some(own) => to(own),
        None => {
            let mut own = Duty::of(kind);
            to(&mut own);
            duties.push(own);
        }
    }
}

/// A city whose units are told what to do.
struct Charging<'a> {
    evaluation: &'a Evaluation,
    city: &'a CityEvaluation,
}

impl Charging<'_> {
    fn unit(&self, summary: &UnitSummary) -> UnitDuties {
        let city = self.city;
        let mut duties: Vec<Duty> = Vec::new();
        for one in targets_of(city, &summary.unit) {
            let is_explained = said(city, one).is_some();
            if let Some(kind) = DutyKind::of_target(one.state, one.reason.as_ref(), is_explained) {
                add(&mut duties, kind, |duty| duty.targets.push(one.no.clone()));
            }
        }
        let has_ended = city.plan.has_ended(self.evaluation.round.year());
        for one in tasks_of(city, &summary.unit) {
            let at_odds = one.at_odds().map(|(reached, _)| reached);
            if let Some(kind) = DutyKind::of_task(one.state, at_odds, has_ended) {
                add(&mut duties, kind, |duty| duty.tasks.push(one.no.clone()));
            }
        }
        if summary.received.is_none() {
            for duty in duties.iter_mut().filter(|duty| duty.kind == DutyKind::Report) {
                duty.kind = DutyKind::Submit;
            }
        }
        let others = self.other_findings(&summary.unit, &duties);
        if !others.is_empty() {
            add(&mut duties, DutyKind::Query, |duty| duty.findings = others);
        }
        if !summary.missed.is_empty() {
            add(&mut duties, DutyKind::Measures, |duty| duty.targets.clone_from(&summary.missed));
        }
        UnitDuties { unit: summary.unit.clone(), duties }
    }

    /// The findings that wait for an answer which is not asked for by a duty already.
    fn other_findings(&self, unit: &UnitName, duties: &[Duty]) -> Vec<Finding> {
        let is_asked = |finding: &&Finding| match &finding.subject.object {
            Object::Whole => duties.iter().any(|duty| duty.kind == DutyKind::Submit),
            Object::Indicator(no) => duties.iter().any(|duty| duty.targets.contains(no)),
            Object::Task(no) => duties.iter().any(|duty| duty.tasks.contains(no)),
        };
        waiting(self.evaluation, self.city, unit).filter(|finding| !is_asked(finding)).cloned().collect()
    }

    /// The missed targets for which the plan names nobody.
    fn unnamed(&self) -> Vec<IndicatorNo> {
        let plan = &self.city.plan;
        let missed = missed(plan, &self.city.assessments).filter(|row| plan.answerable(row).is_empty());
        missed.map(|row| row.no.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_about_a_target_goes_by_its_state_and_its_reason() {
        let row = crate::assess::RowReason::Lagged(2022);
        let disagree = Reason::NoValue(Basis::Disagree { sides: Vec::new() });
        for (state, reason, is_explained, expected) in [
            (State::NotReported, None, false, Some("report")),
            (State::NotReported, None, true, Some("later")),
            (State::Lagged, Some(Reason::Lagged { year: 2023, shown: 2022 }), true, Some("published")),
            (State::Lagged, Some(Reason::Row(IndicatorNo::from("1"), row)), false, None),
            (State::InDoubt, Some(disagree), false, Some("confer")),
            (State::InDoubt, None, false, Some("clarify")),
            (State::NotAssessable, Some(Reason::OtherKind), false, Some("resend")),
            (State::NotAssessable, Some(Reason::NoBase { year: 2020 }), false, Some("base")),
            (
                State::NotAssessable,
                Some(Reason::Undefined("完成省下达任务".into())),
                false,
                Some("handed_down"),
            ),
            // What the plan leaves open nobody owes who reports.
            (State::NotAssessable, Some(Reason::Undefined("进入前列".into())), false, None),
            (State::NotAssessable, Some(Reason::NoBaseYear), false, None),
            (State::Missed, None, true, None),
            (State::Met, None, false, None),
        ] {
            let kind = DutyKind::of_target(state, reason.as_ref(), is_explained);
            assert_eq!(kind.map(DutyKind::key), expected, "{state:?} {reason:?}");
        }
    }

    #[test]
    fn what_is_asked_about_a_task_goes_by_its_state_and_its_targets() {
        for (state, at_odds, has_ended, expected) in [
            (TaskState::NotReported, None, false, Some("report")),
            (TaskState::InDoubt, None, true, Some("substantiate")),
            (TaskState::Done, Some(false), true, Some("reconsider")),
            (TaskState::NotStarted, Some(true), true, Some("begun")),
            (TaskState::Done, None, true, None),
            (TaskState::Ongoing, None, false, None),
            (TaskState::Ongoing, None, true, Some("overdue")),
            (TaskState::NotStarted, None, false, None),
            (TaskState::NotStarted, None, true, Some("overdue")),
        ] {
            let kind = DutyKind::of_task(state, at_odds, has_ended);
            assert_eq!(kind.map(DutyKind::key), expected, "{state:?} {has_ended}");
        }
    }

    #[test]
    fn what_is_asked_is_due_by_the_days_of_the_round() {
        let round = Round::example(2023);
        for (kind, due) in [
            (DutyKind::Submit, Until::By(round.answer_by)),
            (DutyKind::Reconsider, Until::By(round.answer_by)),
            (DutyKind::Measures, Until::By(round.measures_by)),
            (DutyKind::Assign, Until::By(round.measures_by)),
            (DutyKind::Later, Until::WhenKnown),
            (DutyKind::Published, Until::WhenPublished),
        ] {
            assert_eq!(kind.due(&round), due, "{kind:?}");
        }
    }

    #[test]
    fn each_kind_is_explained_with_its_day() {
        let page =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/unit-pages.md")).unwrap();
        let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
        let days: Vec<(&str, &str)> = rows
            .map(|(key, rest)| {
                (key, rest.trim_end_matches('|').rsplit('|').next().unwrap_or_default().trim())
            })
            .collect();
        let mut round = Round::example(2023);
        round.measures_by = round.answer_by.succ_opt().unwrap();
        let due = |kind: &DutyKind| match kind.due(&round) {
            Until::By(day) if day == round.answer_by => "`answer_by`",
            Until::By(_) => "`measures_by`",
            Until::WhenKnown | Until::WhenPublished => "–",
        };
        let expected: Vec<(&str, &str)> = DutyKind::ALL.iter().map(|kind| (kind.key(), due(kind))).collect();
        assert_eq!(days, expected);
    }

    #[test]
    fn a_kind_is_asked_for_once() {
        let mut duties = Vec::new();
        for no in ["1", "2"] {
            add(&mut duties, DutyKind::Clarify, |duty| duty.targets.push(no.into()));
        }
        add(&mut duties, DutyKind::Measures, |duty| duty.tasks.push("1".into()));
        let all: Vec<_> =
            duties.iter().map(|duty| (duty.kind.key(), duty.targets.len(), duty.tasks.len())).collect();
        assert_eq!(all, [("clarify", 2, 0), ("measures", 0, 1)]);
    }

    #[test]
    fn a_number_that_others_hand_down_is_asked_of_who_reports_and_not_of_who_issued_the_plan() {
        for (words, expected) in [
            ("完成省下达任务", true),
            ("不超过省核定总量", true),
            ("保持在合理区间", false),
            ("进入前列", false),
        ] {
            assert_eq!(is_handed_down(words), expected, "{words}");
        }
    }
}
