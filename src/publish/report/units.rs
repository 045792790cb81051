//! 附件4: the units that report, with what they report, lead and share in.

use serde::Serialize;

use super::context::Context;
use super::gaps;
use super::numbers::{Annex, Key};
use super::numerals::numeral;
use super::phrases::month_day;
use super::section::Draft;
use super::table::Table;
use super::terms::leads;
use crate::assess::{State, UnitRole, UnitSummary, missed, target_numbers};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::{IndicatorNo, UnitName};
use crate::ledger::StepId;
use crate::plan::Plan;
use crate::words::{names_leads, role_word, table_rows, without_unit};

/// 附件4.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Units {
    heading: String,
    text: String,
    cities: Vec<CityUnits>,
}

/// The units of a city that report.
#[derive(Debug, Clone, Serialize)]
struct CityUnits {
    table: Table<UnitRow>,
    /// Whether there are tasks and so columns of them.
    has_tasks: bool,
    /// Head of the columns of the table's rows: by what the plan calls the units beside them.
    rows_head: String,
    /// Head of the column of targets in prose, and of those of what is reached.
    prose_head: String,
    met_head: &'static str,
    /// Head of the tasks that a unit leads.
    lead_head: String,
    /// Of what was missed: 未达目标, or 未达标 where schedules count too.
    short_head: &'static str,
    /// Head of the column of what it has to answer for.
    open_head: &'static str,
}

/// A unit's account: what it reports, leads and shares in. The cells of `data` and `lead` are expected, reported,
/// assessable, met.
#[derive(Debug, Clone, Serialize)]
struct UnitRow {
    name: UnitName,
    received: String,
    late: bool,
    data: Vec<String>,
    lead: Vec<String>,
    tasks: String,
    shared: String,
    short: String,
    open: String,
}

/// Where all units stand.
const WHOLE: &str = "所附results.xlsx“单位”表";

/// The annex.
pub(super) const ANNEX: Annex = Annex(4);

/// The table of the units that report, of the city at a place among all.
pub(super) fn key(at: usize) -> Key {
    Key::in_annex(ANNEX, "units").at(at)
}

/// Not in the volume of many cities: there each has it in a report of its own.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Units> {
    let context = draft.context;
    let short = if context.terms.has_schedules { "未达标指标" } else { "未达目标" };
    let (mut cities, mut others) = (Vec::new(), Vec::new());
    let (mut of_tasks, mut of_targets) = (false, false);
    for (at, city) in draft.shown_cities() {
        cities.push(CityUnits {
            table: units(context, city, short).numbered(&mut draft.numbers, key(at)),
            has_tasks: !city.tasks.is_empty(),
            rows_head: role_word(&city.plan, UnitRole::Data).to_owned(),
            prose_head: prose_head(&city.plan),
            lead_head: without_unit(&city.plan.called.leads).to_owned(),
            met_head: context.terms.reached,
            short_head: short,
            open_head: if context.terms.table.is_empty() {
                "待报、待核实目标"
            } else {
                "待报、待核实指标"
            },
        });
        others.extend(sharers(context, city));
        for role in city.sharers.iter().map(|unit| unit.role(UnitRole::Shared)) {
            of_tasks |= role.tasks > 0;
            of_targets |= role.tasks == 0;
        }
    }
    let what = match (of_tasks, of_targets) {
        (true, true) => "任务或目标",
        (_, true) => "目标",
        (_, false) => "任务",
    };
    let others = match others.is_empty() {
        true => String::new(),
        false => format!("只参与{what}、不报送的单位（{}）见results.xlsx“单位”表。", others.join("，")),
    };
    let heading = match draft.shown_cities().iter().any(|(_, city)| names_leads(&city.plan)) {
        true => ANNEX.heading("报送和牵头单位"),
        false => ANNEX.heading("报送单位"),
    };
    (!cities.is_empty()).then_some(Units { heading, text: others, cities })
}

/// `湘潭12个`: how many units only share in tasks; `None` where none do.
fn sharers(context: &Context<'_>, city: &CityEvaluation) -> Option<String> {
    let number = city.sharers.len();
    let role = UnitRole::Shared.key();
    let id = |unit: &UnitName| StepId::new(format!("{}/unit/{unit}/{role}/#tasks", city.plan.city));
    let members = city.sharers.iter().map(|unit| id(&unit.unit));
    let said = context.book.count(&format!("{}/#units.sharing", city.plan.city), members, &[], number);
    let whose = if context.is_alone() { "" } else { city.plan.short.as_str() };
    (number > 0).then(|| format!("{whose}{said}个"))
}

/// 牵头正文目标, where the plan names units that lead.
fn prose_head(plan: &Plan) -> String {
    let lead = if names_leads(plan) { without_unit(&plan.called.leads) } else { "" };
    format!("{lead}正文目标")
}

/// The units that report, their roles apart.
fn units(context: &Context<'_>, city: &CityEvaluation, short: &str) -> Table<UnitRow> {
    let list =
        |numbers: Vec<IndicatorNo>| if numbers.is_empty() { "—".to_owned() } else { numbers.join("、") };
    let cells = |unit: &UnitSummary, of: UnitRole| -> Vec<String> {
        let role = unit.role(of);
        let count = |name: &str, count: usize| match role.expected {
            0 => "—".to_owned(),
            _ => of_unit(city, unit, of, name, count),
        };
        let reported = count("reported", role.reported.unwrap_or(0));
        let able = count("assessable", role.assessable);
        vec![count("expected", role.expected), reported, able, count("met", role.met)]
    };
    let row = |unit: &UnitSummary| UnitRow {
        name: unit.unit.clone(),
        received: match unit.received {
            Some(time) => month_day(time.date()),
            None if reports(unit) => "未报".to_owned(),
            None => "—".to_owned(),
        },
        late: unit.on_time == Some(false),
        data: cells(unit, UnitRole::Data),
        lead: cells(unit, UnitRole::Lead),
        tasks: tasks_words(city, unit, UnitRole::Lead),
        shared: tasks_words(city, unit, UnitRole::Shared),
        short: list(unit.missed.clone()),
        open: list(unit.open().into_iter().filter(|no| !is_explained(city, no)).collect()),
    };
    // Who answers for what others report and was missed stands here too.
    let charged = city.sharers.iter().filter(|unit| !unit.missed.is_empty());
    let note = counted_words(city);
    let note = Some(format!("{note}{}", answering(city, short)));
    let note = note.filter(|note| !note.is_empty()).map(|note| format!("注：{note}"));
    let document = &city.plan.called.document;
    let whose = if context.is_alone() { "" } else { city.plan.name.as_str() };
    Table::new(&format!("{whose}各单位报送和完成情况"))
        .unit("项")
        .whole_in(WHOLE)
        .some_note(note)
        .empty(&format!("{document}没有明确填报单位。"))
        .rows(city.units.iter().chain(charged).map(row).collect())
}

/// Whether anything is asked of a unit to report.
fn reports(unit: &UnitSummary) -> bool {
    [UnitRole::Data, UnitRole::Lead].iter().any(|role| !unit.role(*role).is_empty())
}

/// What the columns of units count.
fn counted_words(city: &CityEvaluation) -> String {
    let rows = table_rows(&city.plan.called);
    let (data, prose) = (role_word(&city.plan, UnitRole::Data), prose_head(&city.plan));
    let takes_part = |role: UnitRole| city.units.iter().any(|unit| unit.role(role).expected > 0);
    let roles = match (takes_part(UnitRole::Data), takes_part(UnitRole::Lead)) {
        (true, true) => Some(format!("“{data}”计{rows}，“{prose}”计正文目标")),
        (true, false) => Some(format!("“{data}”计{rows}")),
        (false, true) if names_leads(&city.plan) => Some(format!("“{prose}”计正文目标")),
        (false, true) => None,
        (false, false) => None,
    };
    let tasks = match city.tasks.is_empty() {
        true => None,
        false => {
            let word = &city.plan.called.tasks;
            let what = if city.plan.called.is_task_only() { String::new() } else { format!("{word}的") };
            let shared = match city.plan.tasks.iter().any(|task| !task.responsible.is_empty()) {
                true => format!("，责任单位参与的任务由{}报送", leads(&city.plan)),
                false => String::new(),
            };
            Some(format!("任务为{what}完成数和总数{shared}"))
        }
    };
    let plan = &city.plan;
    let has_several = plan.indicators.iter().any(|row| row.reporters.len() > 1)
        || plan.tasks.iter().any(|task| task.lead.len() > 1);
    let shared = match has_several {
        true => "几家单位共同承担的，各单位均计1项，各单位数不宜相加。",
        false => "",
    };
    let counted: Vec<String> = roles.into_iter().chain(tasks).collect();
    let counted = if counted.is_empty() { String::new() } else { format!("{}。", counted.join("；")) };
    format!("{counted}{shared}")
}

/// Whether the unit has said why there is no value yet.
fn is_explained(city: &CityEvaluation, no: &IndicatorNo) -> bool {
    let one = city.assessments.find(no).filter(|one| one.state == State::NotReported);
    one.is_some_and(|one| gaps::reason(city, one).is_some())
}

/// What the column of missed targets goes by, where the plan's table names only who reports, and which targets have nobody.
fn answering(city: &CityEvaluation, short: &str) -> String {
    let missed: Vec<_> = missed(&city.plan, &city.assessments).collect();
    if missed.iter().all(|row| city.plan.answerable(row) == row.reporters) {
        return String::new();
    }
    let nobody: Vec<IndicatorNo> =
        missed.iter().filter(|row| city.plan.answerable(row).is_empty()).map(|row| row.no.clone()).collect();
    let nobody = match nobody.is_empty() {
        true => String::new(),
        false => format!(
            "；{}{}未写责任单位，未列入",
            target_numbers(&city.plan, &nobody).words(Language::Chinese),
            city.plan.called.document
        ),
    };
    format!("“负责的{short}”列在负责落实的单位，不一定是报数的单位{nobody}。")
}

/// A count of a unit in one of its roles.
fn of_unit(city: &CityEvaluation, unit: &UnitSummary, role: UnitRole, name: &str, number: usize) -> String {
    let id = format!("{}/unit/{}/{}/#{name}", city.plan.city, unit.unit, role.key());
    numeral(&StepId::new(id), number)
}

fn tasks_words(city: &CityEvaluation, unit: &UnitSummary, of: UnitRole) -> String {
    let role = unit.role(of);
    if role.tasks == 0 {
        return "—".to_owned();
    }
    let done = of_unit(city, unit, of, "tasks_done", role.tasks_done);
    format!("{done}/{}", of_unit(city, unit, of, "tasks", role.tasks))
}

/// How many units of all cities a predicate holds for.
pub(super) fn say_units(
    context: &Context<'_>,
    name: &str,
    of: impl Fn(&UnitSummary) -> bool,
    number: usize,
) -> String {
    let units = context.cities().iter().flat_map(|city| city.units.iter().map(move |unit| (city, unit)));
    let members = units.filter(|(_, unit)| of(unit)).map(|(city, unit)| workbook(city, &unit.unit));
    let by = receipts(context, context.cities(), name);
    context.book.count_chosen(&format!("round/#units.{name}"), members, by, &[], number)
}

/// How many units of a city a predicate holds for.
pub(super) fn say_units_of(
    context: &Context<'_>,
    city: &CityEvaluation,
    name: &str,
    of: impl Fn(&UnitSummary) -> bool,
    number: usize,
) -> String {
    let members = city.units.iter().filter(|unit| of(unit)).map(|unit| workbook(city, &unit.unit));
    let by = receipts(context, [city], name);
    context.book.count_chosen(&format!("{}/#units.{name}", city.plan.city), members, by, &[], number)
}

/// What tells whether units were in time, of the counts that ask it: the deadline, and the workbooks with their times of receipt.
fn receipts<'a>(
    context: &Context<'_>,
    cities: impl IntoIterator<Item = &'a CityEvaluation>,
    name: &str,
) -> Vec<StepId> {
    if !["on_time", "late"].contains(&name) {
        return Vec::new();
    }
    let round = &context.evaluation.round;
    let mut steps = vec![context.book.with_own(|own| own.deadline(round)).id];
    let files = cities.into_iter().flat_map(|city| &city.collected.submissions);
    steps.extend(files.filter(|one| one.is_used()).map(|one| StepId::new(&one.file)));
    steps
}

/// The step of which workbook of a unit counts.
pub(super) fn workbook(city: &CityEvaluation, unit: &UnitName) -> StepId {
    StepId::new(format!("{}/workbook/{unit}", city.plan.city))
}
