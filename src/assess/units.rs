//! What each unit had to report, did report, and reached, in each of its roles.

use chrono::NaiveDateTime;

use super::{Assessment, PaceAssessment, PaceState, State, TaskAssessment, TaskState, primary};
use crate::collect::{Lookup, Reading};
use crate::ident::{IndicatorNo, UnitName};
use crate::indexed::Indexed;
use crate::ledger::{self, Ledger, StepId, Traced};
use crate::plan::{Indicator, Origin, Plan, Round};

/// What a unit is to an indicator or task. The plans keep the three apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitRole {
    /// 数据采集单位: reports a row of the table.
    Data,
    /// 牵头单位: leads a task and reports the targets in it.
    Lead,
    /// 责任单位: shares in a task that another unit leads, or in a target that another unit reports.
    Shared,
}

impl UnitRole {
    /// The word in the ledger.
    pub fn key(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Lead => "lead",
            Self::Shared => "shared",
        }
    }

    /// What it does, whatever a plan calls it.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Data => "报送",
            Self::Lead => "牵头",
            Self::Shared => "责任",
        }
    }
}

/// A unit's account in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSummary {
    /// The role.
    pub role: UnitRole,
    /// Targets of the role: rows that it reports, targets in prose that it leads, targets that it answers for or shares in and others report.
    pub expected: usize,
    /// Those for which it reported something; `None` for the role in which others report.
    pub reported: Option<usize>,
    /// Those with a verdict.
    pub assessable: usize,
    /// Those reached.
    pub met: usize,
    /// Tasks of the role.
    pub tasks: usize,
    /// Those done.
    pub tasks_done: usize,
    /// Numbers of those in doubt or not reported.
    pub open: Vec<IndicatorNo>,
}

impl RoleSummary {
    /// Whether the unit has anything to do in this role.
    pub fn is_empty(&self) -> bool {
        self.expected == 0 && self.tasks == 0
    }
}

/// A unit's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSummary {
    /// Its name in the plan; collective names (各县市区) stay whole.
    pub unit: UnitName,
    /// Time of receipt of the workbook that counts.
    pub received: Option<NaiveDateTime>,
    /// Whether that came by the deadline; `None` when nothing came.
    pub on_time: Option<bool>,
    /// The roles, in their order; empty ones too.
    pub roles: [RoleSummary; 3],
    /// Numbers of the missed targets that it answers for ([`Plan::answerable`]), whoever reports them.
    pub missed: Vec<IndicatorNo>,
}

impl UnitSummary {
    /// Its account in a role.
    pub fn role(&self, role: UnitRole) -> &RoleSummary {
        let [data, lead, shared] = &self.roles;
        match role {
            UnitRole::Data => data,
            UnitRole::Lead => lead,
            UnitRole::Shared => shared,
        }
    }

    /// Numbers of the targets that it reports and that are in doubt or not reported.
    pub fn open(&self) -> Vec<IndicatorNo> {
        [UnitRole::Data, UnitRole::Lead].iter().flat_map(|role| self.role(*role).open.clone()).collect()
    }
}

/// Sums up the units of a city: first those that report, in the order of the plan, then those that only share in tasks and targets.
pub fn units(
    plan: &Plan,
    round: &Round,
    collected: &Lookup<'_>,
    (assessments, paces): (&Indexed<Assessment>, &Indexed<PaceAssessment>),
    tasks: &Indexed<TaskAssessment>,
    ledger: &mut Ledger,
) -> (Vec<UnitSummary>, Vec<UnitSummary>) {
    let account = UnitAccounts { plan, round, collected, assessments, paces, tasks };
    let reporting = plan.reporting_units(round.year());
    let mut sharing: Vec<UnitName> = Vec::new();
    let of_targets = plan.indicators_of(round.year()).flat_map(Indicator::units);
    for unit in plan.tasks.iter().flat_map(|task| &task.responsible).chain(of_targets) {
        if !reporting.contains(unit) && !sharing.contains(unit) {
            sharing.push(unit.clone());
        }
    }
    let mut sum = |units: Vec<UnitName>| units.into_iter().map(|unit| account.unit(unit, ledger)).collect();
    (sum(reporting), sum(sharing))
}

/// The targets that were missed, in the order of the plan.
pub fn missed<'a>(plan: &'a Plan, assessments: &'a [Assessment]) -> impl Iterator<Item = &'a Indicator> {
    let missed = assessments.iter().filter(|one| one.is_primary() && one.state.met() == Some(false));
    missed.filter_map(|one| plan.indicator(&one.no))
}

/// What is known of a city, to be summed up by unit.
struct UnitAccounts<'a> {
    plan: &'a Plan,
    round: &'a Round,
    collected: &'a Lookup<'a>,
    assessments: &'a Indexed<Assessment>,
    /// In a part of a year instead of assessments.
    paces: &'a Indexed<PaceAssessment>,
    tasks: &'a Indexed<TaskAssessment>,
}

/// A target of a unit, with the step of its state.
struct UnitTarget {
    no: IndicatorNo,
    of: StepId,
    state: StepId,
    is_open: bool,
}

impl<'a> UnitAccounts<'a> {
    fn unit(&self, unit: UnitName, ledger: &mut Ledger) -> UnitSummary {
        let submission = self.collected.used_of(&unit);
        UnitSummary {
            received: submission.and_then(|submission| submission.received),
            on_time: submission.and_then(|submission| submission.on_time),
            roles: [UnitRole::Data, UnitRole::Lead, UnitRole::Shared]
                .map(|role| self.role(&unit, role, ledger)),
            missed: missed(self.plan, self.assessments)
                .filter(|row| self.plan.answerable(row).contains(&unit))
                .map(|row| row.no.clone())
                .collect(),
            unit,
        }
    }

    fn role(&self, unit: &UnitName, role: UnitRole, ledger: &mut Ledger) -> RoleSummary {
        let plan = self.plan;
        let takes_part = |task: &crate::plan::Task| match role {
            UnitRole::Data => false,
            UnitRole::Lead => plan.task_reporters(task).contains(unit),
            UnitRole::Shared => task.responsible.contains(unit) && !plan.task_reporters(task).contains(unit),
        };
        let tasks: Vec<&TaskAssessment> = plan
            .tasks
            .iter()
            .filter(|task| takes_part(task))
            .filter_map(|task| self.tasks.find(&task.no))
            .collect();
        let belongs = |row: &&Indicator| match role {
            UnitRole::Data => row.origin == Origin::Table && row.reporters.contains(unit),
            UnitRole::Lead => row.origin == Origin::Prose && row.reporters.contains(unit),
            UnitRole::Shared => !row.reporters.contains(unit) && row.units().any(|one| one == unit),
        };
        let asked = plan.indicators_of(self.round.year()).filter(|row| !row.sits_out).filter(belongs);
        let rows: Vec<UnitTarget> = asked.filter_map(|row| self.row(&row.no)).collect();
        let reported: Vec<&UnitTarget> = rows.iter().filter(|row| self.has_reported(unit, &row.no)).collect();
        let of = StepId::new(format!("{}/unit/{unit}/{}", plan.city, role.key()));
        let states: Vec<Traced> = rows.iter().filter_map(|row| ledger.told(&row.state)).collect();
        let facts: Vec<Traced> = reported.iter().filter_map(|row| ledger.told(&row.of.of("fact"))).collect();
        let done: Vec<Traced> = tasks
            .iter()
            .filter_map(|task| ledger.told(&super::tasks::of_task(plan, &task.no).of("state")))
            .collect();
        // What it reports of a row that others report as well its workbook says.
        let workbook = ledger.told(&StepId::new(format!("{}/workbook/{unit}", plan.city)));
        let workbook: Vec<Traced> = workbook.into_iter().collect();
        let mut count = |name: &str, members: &[Traced], states: Vec<String>| {
            let by = if name == "reported" { workbook.as_slice() } else { &[] };
            ledger.count_chosen(of.of(format!("#{name}")), members, by, states).count()
        };
        let keys = |of: fn(&State) -> bool| {
            State::ALL.iter().filter(|state| of(state)).map(|state| state.key().to_owned()).collect()
        };
        RoleSummary {
            role,
            expected: count("expected", &states, Vec::new()),
            reported: (role != UnitRole::Shared).then(|| count("reported", &facts, Vec::new())),
            assessable: count("assessable", &states, keys(|state| state.is_assessable())),
            met: count("met", &states, keys(|state| state.met() == Some(true))),
            tasks: count("tasks", &done, Vec::new()),
            tasks_done: count("tasks_done", &done, vec![TaskState::Done.key().to_owned()]),
            open: rows.iter().filter(|row| row.is_open).map(|row| row.no.clone()).collect(),
        }
    }

    /// A target with a verdict, or within a year with where it stands.
    fn row(&self, no: &IndicatorNo) -> Option<UnitTarget> {
        if let Some(judged) = primary(self.assessments, no) {
            let of = ledger::of_target(&judged.city, no, judged.target.tier);
            let is_open = matches!(judged.state, State::InDoubt | State::NotReported);
            return Some(UnitTarget { no: no.clone(), state: of.of("state"), of, is_open });
        }
        let stands = self.paces.find(no)?;
        let of = ledger::of_target(&stands.city, no, stands.target.tier);
        let is_open = matches!(stands.state, PaceState::InDoubt | PaceState::NotReported);
        Some(UnitTarget { no: no.clone(), state: of.of("pace/state"), of, is_open })
    }

    fn has_reported(&self, unit: &UnitName, no: &IndicatorNo) -> bool {
        let mut values = self.collected.current_of(no, unit);
        values.any(|seen| !matches!(seen.reading, Reading::Blank | Reading::Mark))
    }
}
