//! The issued plan as data: indicators, targets of every kind, tasks, units, deadlines, amendments.
//!
//! Plans are curated files with the source line beside every figure; `docs/plan-format.md` describes them.
//! No invalid plan can be built: [`load()`] lists every fault with its line instead.

mod addition;
mod asked;
mod base;
mod called;
mod catalogue;
mod chained;
mod charged;
mod choices;
mod composite;
mod confirm;
mod control;
mod declarations;
mod english;
#[cfg(test)]
mod example;
mod fault;
mod file_name;
mod form_head;
mod found;
mod gate;
mod goal;
mod held;
mod interim;
mod issued;
mod keyed;
mod kinds;
mod languages;
mod level;
mod limit_words;
mod lint;
mod load;
mod measure;
mod method;
mod mixed;
mod operator;
mod pace;
mod previous;
mod prose;
mod published;
mod queries;
mod query_event;
mod query_number;
mod quote;
mod raw;
mod rest;
mod room;
mod round;
mod rows;
mod sections;
mod short;
mod signoff;
mod statement;
mod target;
mod unfinished;
mod void;
mod warrant;
mod withholding;
mod wording;
mod words;

pub use asked::{DecisionAsked, MOST_QUESTIONS, QuestionKind};
pub use called::Called;
pub use catalogue::{Catalogue, Dimension};
pub use choices::{
    AcceptedAnswer, BaseYear, Benchmark, ConfirmedText, Decision, Preference, Veto, Waiver, Weight,
};
pub use composite::{
    Aggregation, Averaging, BestCaseSpec, ChainSpec, Factor, Goalposts, INDEX, Imputation, IndexDimension,
    IndexFault, IndexIndicator, IndexSpec, NoPrincipal, Normalisation, PeerGroup, Robustness, ScoreClass,
    Screening, Treatment, WeightSet, Weighting, read as read_index,
};
pub use confirm::{OpenGrade, Unsettled};
pub use control::Apart;
pub use declarations::{check_declarations, check_waivers};
pub use english::EnglishNames;
pub use fault::FileFault;
pub use file_name::name_for_files;
pub use form_head::FormHead;
pub use gate::Gate;
pub use goal::{ABOUT, Change, Goal};
pub use held::{ASSESSMENTS, FACT_COLUMNS, FACTS, HeldRow, HeldVerdict, NAME_COLUMNS, held_true};
pub use interim::InterimTarget;
pub use issued::{ISSUED, ISSUED_FOLDER, IssuedForms, IssuedRow, read_issued};
pub use kinds::{Direction, Level, PlanStatus};
pub use level::{LevelArea, LevelElsewhere};
pub use limit_words::limit_order;
pub use lint::{Quote, Quoted, Remark, RemarkSubject};
pub use load::{load, unsettled};
pub use measure::Measure;
pub(crate) use measure::{is_change, is_quotient, is_spread};
pub use method::{Grade, Method, Scoring};
pub use mixed::{LinkCause, MixedRound};
pub use operator::{Operator, Written};
pub use pace::{PaceBasis, PaceMethod, PaceOf, Pacing, RunningTotal};
pub use previous::{OutputEntry, Previous, PreviousFile, PreviousOutput, read_previous};
pub use published::{PUBLISHED, PUBLISHED_HEADS, Published, PublishedRow, read_published};
pub use queries::{QUERIES, Query, QueryRegister, QueryState, read_queries};
pub use query_event::{QueryEvent, QueryEventKind, QueryKey};
pub use query_number::QueryNumber;
pub use round::{Edition, EnglishHead, Round};
pub use short::short_of;
pub use signoff::{SIGNOFF, SignOff, SignRole};
pub use target::{Amendment, Nature, Origin, Quota, Strength, Target, Tier, Tolerance};
pub use unfinished::TO_FILL;
pub use void::Decided;
pub use warrant::Warrant;
pub use withholding::Withholding;
pub(crate) use words::magnitude;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::finding::Object;
use crate::ident::{CityId, IndicatorId, IndicatorNo, TaskNo, UnitName};
use crate::indexed::Indexed;
use crate::quantity::Unit;

/// A value that the plan itself prints for an earlier year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastValue {
    /// The year.
    pub year: i32,
    /// The value, or 有/无.
    pub text: String,
    /// The number, unless it is 有/无.
    pub value: Option<Decimal>,
    /// Line of the source text.
    pub line: String,
}

impl PastValue {
    /// Whether it is 有; `None` for a number.
    pub fn presence(&self) -> Option<bool> {
        self.value.is_none().then(|| self.text == "有")
    }

    /// The number as written, unless it is 有/无.
    pub fn written(&self) -> Option<Written> {
        Some(Written { text: self.text.clone(), value: self.value? })
    }
}

/// Something that is reported and judged: a row of the plan's table, or a target of its prose that no row repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Number as printed (`1`, `特2`), or `P1` … for targets in prose.
    pub no: IndicatorNo,
    /// Table or prose.
    pub origin: Origin,
    /// What it is in the catalogue; `None` for targets in prose.
    pub id: Option<IndicatorId>,
    /// Name as printed, without the unit.
    pub name: String,
    /// Short name for tight tables.
    pub short: String,
    /// Other names seen in workbooks.
    pub aliases: Vec<String>,
    /// Unit as the plan counts it.
    pub unit: Unit,
    /// Whether whole things are counted, so that a fraction cannot be right. The unit alone does not tell: patents per
    /// ten thousand people are printed as 件.
    pub is_counted: bool,
    /// What kind of quantity it is.
    pub measure: Measure,
    /// Which way is better.
    pub direction: Direction,
    /// Domain of the cross-city comparison; may be empty.
    pub dimension: String,
    /// The row that is the numerator of this share, if the plan has one.
    pub numerator: Option<IndicatorNo>,
    /// First-level indicator of the plan; empty for prose.
    pub group: String,
    /// Units that report it (数据采集单位; the lead units for prose; the office where the plan names none).
    pub reporters: Vec<UnitName>,
    /// Whether the plan names no unit for it, so that the office reports it.
    pub is_left_to_office: bool,
    /// 牵头单位 that a row of the table names beside who reports it; the lead units of prose report it.
    pub leads: Vec<UnitName>,
    /// 责任单位: of a row of the table beside who reports it; of prose its own, else those of its task. Collective names left whole.
    pub responsible: Vec<UnitName>,
    /// Task it stands in.
    pub task: Option<TaskNo>,
    /// What exactly it counts (口径), as the plan says, else the catalogue; may be empty.
    pub definition: String,
    /// Line of the source text where the plan itself says what it counts; empty where it does not.
    pub definition_line: String,
    /// Change on the year before, in percent, above which a reason is asked for.
    pub yoy_limit: Option<Decimal>,
    /// How what is due of it within a year is worked out, where the catalogue says so ([`Indicator::pace_method`]).
    pub pace: Option<PaceMethod>,
    /// Whether a round of a part of a year does not ask for it: it is known once a year.
    pub sits_out: bool,
    /// What rounds of earlier parts of the year that is judged have published of it.
    pub running: Vec<RunningTotal>,
    /// Year that the row counts from, where it is another one than the plan's.
    pub baseline_year: Option<i32>,
    /// 约束性 or 预期性, where the table says so.
    pub nature: Option<Nature>,
    /// The row that it is a part of (其中).
    pub parent: Option<IndicatorNo>,
    /// What counties, parks or units have to contribute.
    pub quotas: Vec<Quota>,
    /// What is to be reached within a year, by period; no annual round judges it.
    pub interims: Vec<InterimTarget>,
    /// Whether the way to the target of a later year is judged in a year without one: of rows, and of prose where no
    /// table states targets of other years.
    pub is_scheduled: bool,
    /// Values of earlier years, as the plan prints them.
    pub past: Vec<PastValue>,
    /// What was published of earlier years.
    pub published: Vec<Published>,
    /// Targets of all years.
    pub targets: Vec<Target>,
    /// Lines of the source text.
    pub line: String,
}

impl Indicator {
    /// A row without targets, for tests.
    #[cfg(test)]
    pub(crate) fn example(unit: &str, measure: Measure, direction: Direction) -> Self {
        let unit = Unit::parse(unit);
        Self {
            no: "1".into(),
            origin: Origin::Table,
            id: Some("one".into()),
            name: "A".to_owned(),
            short: "A".to_owned(),
            aliases: Vec::new(),
            is_counted: unit.is_count(),
            measure,
            unit,
            direction,
            dimension: String::new(),
            numerator: None,
            group: String::new(),
            reporters: Vec::new(),
            leads: Vec::new(),
            responsible: Vec::new(),
            definition_line: String::new(),
            is_left_to_office: false,
            task: None,
            definition: String::new(),
            yoy_limit: None,
            pace: None,
            sits_out: false,
            running: Vec::new(),
            baseline_year: None,
            nature: None,
            parent: None,
            quotas: Vec::new(),
            interims: Vec::new(),
            is_scheduled: true,
            past: Vec::new(),
            published: Vec::new(),
            targets: Vec::new(),
            line: "1".to_owned(),
        }
    }

    /// The targets of a year: the one that is judged first (年度 or 考核值), then the others. Where the way to the target of a later year is
    /// judged (时序进度), those of the next year that has any.
    pub fn targets_of(&self, year: i32) -> Vec<&Target> {
        let years = self.targets.iter().map(|target| target.year);
        let next = years.filter(|one| self.is_on_the_way(year, *one)).min();
        let mut found: Vec<&Target> =
            self.targets.iter().filter(|target| Some(target.year) == next).collect();
        found.sort_by_key(|target| target.tier);
        found
    }

    /// Whether it has a target in a year, or one on whose way the year lies.
    pub fn has_target_in(&self, year: i32) -> bool {
        self.targets.iter().any(|one| self.is_on_the_way(year, one.year))
    }

    /// Whether a target of a year is judged in another one: the same, or one on the way to it.
    fn is_on_the_way(&self, year: i32, of_target: i32) -> bool {
        of_target == year || (self.is_scheduled && of_target > year)
    }

    /// 监测指标: a row without any target, which is shown and not judged.
    pub fn is_monitored(&self) -> bool {
        self.targets.is_empty()
    }

    /// The value of a year as far as it is known: the one that the plan prints, else the one that was published.
    pub fn known_of(&self, year: i32) -> Option<&PastValue> {
        self.past_of(year).or_else(|| self.published_of(year)?.value.as_ref())
    }

    /// The value the plan prints for a year.
    pub fn past_of(&self, year: i32) -> Option<&PastValue> {
        self.past.iter().find(|past| past.year == year)
    }

    /// The value of the last of the years before for which one was published: that of the plan, where it prints one for that year.
    pub fn last_published(&self, year: i32) -> Option<&PastValue> {
        let values = self.published.iter().filter(|one| one.year < year).filter_map(|one| one.value.as_ref());
        self.known_of(values.max_by_key(|value| value.year)?.year)
    }

    /// What was published of a year, which may be that there was no value.
    pub fn published_of(&self, year: i32) -> Option<&Published> {
        self.published.iter().find(|one| one.year == year)
    }

    /// What was published of a year, where it serves as the value of that year since the plan prints none.
    pub fn served_of(&self, year: i32) -> Option<&Published> {
        self.published_of(year).filter(|one| one.value.is_some() && self.past_of(year).is_none())
    }

    /// What its values lie between when they are parts of a whole: 0 and 100 for percent. `None` for growth, for what may be
    /// above the whole, and where the plan itself goes beyond.
    pub fn bounds(&self) -> Option<(Decimal, Decimal)> {
        let (least, most) = self.measure.bounds(&self.name, &self.unit, self.direction)?;
        let limits =
            self.targets.iter().flat_map(|target| self.comparable(&target.goal)).map(|one| one.value);
        let mut printed = self.past.iter().filter_map(|past| past.value).chain(limits);
        printed.all(|value| (least..=most).contains(&value)).then_some((least, most))
    }

    /// Whether it is answered with 有 or 无.
    pub fn is_qualitative(&self) -> bool {
        self.unit.is_presence()
    }
}

/// A target in prose that repeats another one: kept to check the plan against itself, not judged apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// Its own number.
    pub no: IndicatorNo,
    /// The row or target that it repeats.
    pub of: IndicatorNo,
    /// Its name in the prose.
    pub name: String,
    /// Unit in the prose.
    pub unit: String,
    /// Task it stands in.
    pub task: Option<TaskNo>,
    /// What the prose says.
    pub target: Target,
}

/// 工作要点: a task with its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Number, such as `3.4`.
    pub no: TaskNo,
    /// Name of its group.
    pub group: String,
    /// First sentence or printed heading.
    pub title: String,
    /// Whole text.
    pub text: String,
    /// 牵头单位; empty when the plan names none.
    pub lead: Vec<UnitName>,
    /// 责任单位, collective names left whole.
    pub responsible: Vec<UnitName>,
    /// Line of the source text.
    pub line: String,
}

/// A reporting deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Period, such as `2023-annual`.
    pub period: String,
    /// Last day; the day itself is in time.
    pub due: NaiveDate,
    /// Who reports by it, as the plan says it (各县区); empty where it names nobody.
    pub who: String,
    /// Line of the source text.
    pub line: String,
}

/// Another name of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitAlias {
    /// The unit's name in this plan.
    pub unit: UnitName,
    /// The other name.
    pub name: String,
    /// In use from.
    pub from: Option<NaiveDate>,
    /// In use until.
    pub until: Option<NaiveDate>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Identifier, such as `xiangtan-2023`.
    pub id: String,
    /// City.
    pub city: CityId,
    /// Full name, 湘潭市.
    pub name: String,
    /// Short name, 湘潭.
    pub short: String,
    /// What it and its parts are called in English.
    pub english: EnglishNames,
    /// Whose plan it is.
    pub level: Level,
    /// What it calls itself and its parts.
    pub called: Called,
    /// Title of the document.
    pub title: String,
    /// Who issued it; empty where that is not known.
    pub issuer: String,
    /// Its number, or empty.
    pub document_no: String,
    /// When it was issued, where that is known.
    pub issued_on: Option<NaiveDate>,
    /// What is known of its date, in words.
    pub issued_note: String,
    /// What it contains, in a clause.
    pub scope: String,
    /// Whether it is in force.
    pub status: PlanStatus,
    /// Years with targets.
    pub years: Vec<i32>,
    /// Year of the baseline, if the plan prints one.
    pub baseline_year: Option<i32>,
    /// Whether the table names units that only report (数据采集单位), not those that answer for the target.
    pub rows_name_reporters: bool,
    /// The office that receives the submissions and reports what names no unit.
    pub office: UnitName,
    /// Path of the source text below `input/`.
    pub source: String,
    /// A remark, such as an amendment clause.
    pub note: String,
    /// Reporting deadlines.
    pub deadlines: Vec<Deadline>,
    /// Other names of units.
    pub aliases: Vec<UnitAlias>,
    /// First-level indicators, in order.
    pub groups: Vec<String>,
    /// What is reported and judged: table rows first, then prose, each in the plan's order.
    pub indicators: Indexed<Indicator>,
    /// Targets in prose that repeat others.
    pub repeats: Vec<Repeat>,
    /// 工作要点, in order.
    pub tasks: Indexed<Task>,
    /// Numbers of what was published of earlier years and is of no row of this plan, or in a unit that does not convert.
    pub unplaced: Vec<IndicatorNo>,
    /// What is to be confirmed before it is in force; only drafts have any.
    pub unsettled: Vec<Unsettled>,
}

impl Plan {
    /// The plan as amended up to a day.
    pub fn in_force_on(mut self, day: NaiveDate) -> Self {
        for indicator in self.indicators.iter_mut() {
            indicator.targets.iter_mut().for_each(|target| target.put_into_force(day));
        }
        self
    }

    /// The indicator with a number.
    pub fn indicator(&self, no: &IndicatorNo) -> Option<&Indicator> {
        self.indicators.find(no)
    }

    /// The short name of the indicator, or the title of the task, that a finding concerns.
    pub fn name_of(&self, object: &Object) -> Option<&str> {
        match object {
            Object::Whole => None,
            Object::Indicator(no) => self.indicator(no).map(|row| row.short.as_str()),
            Object::Task(no) => self.task(no).map(|task| task.title.as_str()),
        }
    }

    /// The task with a number.
    pub fn task(&self, no: &TaskNo) -> Option<&Task> {
        self.tasks.find(no)
    }

    /// The plan as a round asks for it: what is known once a year sits out a part of a year.
    pub fn asked_in(mut self, round: &Round) -> Self {
        let city = self.city.clone();
        for row in self.indicators.iter_mut() {
            let decided = round.pacing.of(&city, &row.no).and_then(|(_, one)| one.method);
            let is_yearly = decided.unwrap_or_else(|| row.pace_method()) == PaceMethod::YearEnd;
            row.sits_out = is_yearly && !round.period.is_annual();
        }
        self
    }

    /// Indicators that are reported in a year: those with a target in it or on whose way it lies, and those that are only shown.
    pub fn indicators_of(&self, year: i32) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |row| row.has_target_in(year) || row.is_monitored())
    }

    /// Whether the plan has a table with targets for a year; rows that are only shown make none.
    pub fn has_table(&self, year: i32) -> bool {
        self.indicators.iter().any(|row| row.origin == Origin::Table && row.has_target_in(year))
    }

    /// A unit as readers of other cities know it: 市科技局 of 湘潭 is 湘潭市科技局, 县统计局 of 甲县 is 甲县统计局.
    pub fn full_name_of(&self, unit: &UnitName) -> String {
        let name = unit.as_str();
        let is_place = matches!(self.level, Level::Province | Level::City | Level::County);
        if name.starts_with(&self.short) {
            name.to_owned()
        } else if is_place && self.name.ends_with(|last| name.starts_with(last)) {
            format!("{}{unit}", self.short)
        } else if *unit == self.office {
            format!("{}{unit}", self.name)
        } else {
            name.to_owned()
        }
    }

    /// Numbers of the targets that stand in a task, rows and targets that its prose repeats among them.
    pub fn targets_in(&self, task: &TaskNo) -> impl Iterator<Item = &IndicatorNo> {
        let own =
            self.indicators.iter().filter(move |row| row.task.as_ref() == Some(task)).map(|row| &row.no);
        let repeated = self.repeats.iter().filter(move |repeat| repeat.task.as_ref() == Some(task));
        own.chain(repeated.map(|repeat| &repeat.of))
    }
}
