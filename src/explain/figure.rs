//! What a figure is called by people, and the steps that it is.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::LedgerFolder;
use crate::assess::UnitRole;
use crate::error::RunError;
use crate::finding::Language;
use crate::ledger::{Ledger, Operation, Step, StepId, is_printed};
use crate::words::{WayLine, WayTeller};

/// A figure that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What it is of, in words.
    pub head: String,
    /// Its steps.
    pub roots: Vec<StepId>,
    /// Whether it is a cell, of which the question is what it reaches.
    pub is_cell: bool,
}

/// Parts of a target that are told, in their order.
const PARTS: [(&str, &str, &str); 6] = [
    ("state", "判定", "verdict"),
    ("completion.shown", "刊出 完成率", "printed completion"),
    ("progress.shown", "刊出 进度", "printed progress"),
    ("points.shown", "刊出 得分", "printed points"),
    ("weight", "权重", "weight"),
    ("worse", "与上年比", "against the base"),
];

/// Totals of a city or of the round, by what people call them.
const TOTALS: [(&str, &str); 18] = [
    ("应评", "total"),
    ("可评", "assessable"),
    ("完成", "met"),
    ("暂不能判定", "open"),
    ("完成率", "rate"),
    ("不计目标劣于上年的完成率", "rate_without_soft"),
    ("覆盖率", "coverage"),
    ("得分", "score"),
    ("缺报计零得分", "score_missing_as_zero"),
    ("等次", "grade"),
    ("位次", "rank"),
    ("扣分", "deducted"),
    ("位次最好", "rank.best"),
    ("位次最差", "rank.worst"),
    ("应报", "expected"),
    ("已报", "reported"),
    ("任务", "tasks"),
    ("完成的任务", "tasks_done"),
];

/// Words of people for the round, a unit, a task.
const ROUND: [&str; 3] = ["全部", "全轮", "round"];
const UNIT: [&str; 2] = ["单位", "unit"];
const TASK: [&str; 2] = ["任务", "task"];

/// What targets are counted by, beside cities and units.
const KINDS: [(&str, &str); 4] =
    [("group", "类别"), ("domain", "领域"), ("kind", "目标类型"), ("prose", "正文目标")];

/// The label of a step that was asked for.
pub(super) fn label(id: &StepId, language: Language) -> String {
    let of = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    for (part, chinese, english) in PARTS {
        if id.as_str().ends_with(&format!("/{part}")) {
            return of(chinese, english);
        }
    }
    let total = id.as_str().rsplit_once("/#").map(|(_, name)| name.trim_end_matches(".shown"));
    let role = id.as_str().rsplit_once("/#").and_then(|(of, _)| of.rsplit('/').next());
    let role =
        [UnitRole::Data, UnitRole::Lead, UnitRole::Shared].into_iter().find(|one| role == Some(one.key()));
    let role = role
        .map_or_else(String::new, |role| of(&format!("{} ", role.chinese()), &format!("{} ", role.key())));
    let named = total.and_then(|total| TOTALS.iter().find(|(_, name)| *name == total));
    match (named, total) {
        (Some((chinese, english)), _) => role + &of(chinese, &english.replace('_', " ")),
        (None, Some(total)) => role + &total.replace('_', " "),
        (None, None) => String::new(),
    }
}

/// Finds the figure that a text means: `湘潭/22`, `湘潭/完成率`, `潜江/单位/市经信局`, a slug in the place of the city, the name of a step, or the address of a
/// cell.
///
/// # Errors
/// Fails when there is none, and says what there is.
pub(super) fn find(output: &LedgerFolder, text: &str) -> Result<Asked, RunError> {
    let ledger = &output.ledger;
    let exact = StepId::new(text);
    if let Some(step) = ledger.step(&exact) {
        let is_cell = matches!(step.operation, Operation::Cell { .. } | Operation::File { .. });
        return Ok(Asked { head: text.to_owned(), roots: vec![exact], is_cell });
    }
    let cells = by_address(ledger, text);
    let no_figure = |known: String| RunError::NoFigure { figure: text.to_owned(), known };
    if let [_] = cells[..] {
        return Ok(Asked { head: text.to_owned(), roots: cells, is_cell: true });
    } else if !cells.is_empty() {
        return Err(no_figure(cells.iter().map(StepId::as_str).collect::<Vec<_>>().join("、")));
    }
    let cities = cities(ledger);
    // The report's index writes 湘潭-22.
    let shorts = || cities.values().map(|city| city.short.clone()).collect::<Vec<_>>().join("、");
    let named = |place: &str| {
        let is_it = |(slug, city): &(&String, &CityNames)| {
            *slug == place || city.short == place || city.name == place
        };
        cities.iter().find(is_it)
    };
    // A city alone is no figure: what there is of it.
    if let Some((slug, city)) = named(text) {
        return of_city(ledger, slug, city, "").map_err(no_figure);
    }
    let Some((place, rest)) = text.split_once('/').or_else(|| text.split_once('-')) else {
        return Err(no_figure(shorts()));
    };
    if ROUND.contains(&place) {
        return total(ledger, "round", rest).ok_or_else(|| no_figure(totals())).map(|roots| Asked {
            head: rest.to_owned(),
            roots,
            is_cell: false,
        });
    }
    let Some((slug, city)) = named(place) else {
        return Err(no_figure(shorts()));
    };
    of_city(ledger, slug, city, rest).map_err(no_figure)
}

/// A figure of a city; else what figures of the kind there are.
fn of_city(ledger: &Ledger, slug: &str, city: &CityNames, rest: &str) -> Result<Asked, String> {
    let asked = |head: String, roots: Vec<StepId>| Asked {
        head: format!("{}　{head}", city.name),
        roots,
        is_cell: false,
    };
    if let Some(roots) = total(ledger, slug, rest) {
        return Ok(asked(rest.to_owned(), roots));
    }
    let (kind, name) = rest.split_once('/').unwrap_or(("", rest));
    if UNIT.contains(&kind) {
        let roots = of_unit(ledger, slug, name);
        return if roots.is_empty() { Err(units(ledger, slug)) } else { Ok(asked(name.to_owned(), roots)) };
    }
    if TASK.contains(&kind) {
        let id = StepId::new(format!("{slug}/task/{name}/state"));
        let title = city.names.get(&format!("task.{name}.title")).cloned().unwrap_or_default();
        return match ledger.step(&id) {
            Some(_) => Ok(asked(format!("{name}　{title}"), vec![id])),
            None => Err(city.numbers("task.", ".title")),
        };
    }
    let mut roots: Vec<StepId> = Vec::new();
    let tiers = ["", "@intended", "@stretch"];
    for tier in tiers {
        let of = |part: &str| StepId::new(format!("{slug}/{rest}{tier}/{part}"));
        roots.extend(PARTS.map(|(part, ..)| of(part)).into_iter().filter(|id| ledger.step(id).is_some()));
    }
    if roots.is_empty() {
        return Err(format!("{}、{}", city.numbers("", ".name"), totals()));
    }
    let name = city.names.get(&format!("{rest}.name")).cloned().unwrap_or_default();
    Ok(asked(format!("{rest}　{name}"), roots))
}

/// A total by its name or by what people call it, as printed where it is.
fn total(ledger: &Ledger, of: &str, name: &str) -> Option<Vec<StepId>> {
    let name = TOTALS.iter().find(|(word, _)| *word == name).map_or(name, |(_, name)| *name);
    let id = StepId::new(format!("{of}/#{name}"));
    ledger.step(&id)?;
    let shown = id.shown();
    let mut roots = vec![if ledger.step(&shown).is_some() { shown } else { id }];
    if name == "rank" {
        let ends = ["best", "worst"].map(|end| StepId::new(format!("{of}/#rank.{end}")));
        roots.extend(ends.into_iter().filter(|id| ledger.step(id).is_some()));
    }
    Some(roots)
}

/// The totals of a city and of the round; behind them come those of units only.
const OF_CITIES: usize = 14;

fn totals() -> String {
    TOTALS.iter().take(OF_CITIES).map(|(word, _)| *word).collect::<Vec<_>>().join("、")
}

/// The cells that an address means: with the path of the workbook, or with its name alone.
fn by_address(ledger: &Ledger, text: &str) -> Vec<StepId> {
    let end = format!("/{text}");
    let is_it = |step: &&Step| {
        matches!(step.operation, Operation::Cell { .. } | Operation::File { .. })
            && step.id.as_str().ends_with(&end)
    };
    ledger.steps().iter().filter(is_it).map(|step| step.id.clone()).collect()
}

/// The account of a unit in each of its roles.
fn of_unit(ledger: &Ledger, slug: &str, unit: &str) -> Vec<StepId> {
    let roles = [UnitRole::Data, UnitRole::Lead, UnitRole::Shared].map(UnitRole::key);
    let names = ["expected", "reported", "assessable", "met", "tasks", "tasks_done"];
    let all = roles
        .iter()
        .flat_map(|role| names.iter().map(move |name| format!("{slug}/unit/{unit}/{role}/#{name}")));
    all.map(StepId::new).filter(|id| ledger.step(id).is_some_and(|step| !step.args.is_empty())).collect()
}

fn units(ledger: &Ledger, slug: &str) -> String {
    let start = format!("{slug}/unit/");
    let names =
        ledger.steps().iter().filter_map(|step| step.id.as_str().strip_prefix(&start)?.split('/').next());
    names.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("、")
}

/// What a city's plan calls itself and its rows.
#[derive(Default)]
struct CityNames {
    name: String,
    short: String,
    names: BTreeMap<String, String>,
    /// Keys in the order of the plan.
    order: Vec<String>,
}

impl CityNames {
    /// The numbers of its rows or tasks, in words.
    fn numbers(&self, start: &str, end: &str) -> String {
        let of = |key: &String| {
            key.strip_prefix(start)?
                .strip_suffix(end)
                .filter(|no| !no.contains('.') || !start.is_empty())
                .map(str::to_owned)
        };
        self.order.iter().filter_map(of).collect::<Vec<_>>().join("、")
    }
}

/// The cities of a ledger by slug: `2023/xiangtan/plan.toml#plan.name`.
fn cities(ledger: &Ledger) -> BTreeMap<String, CityNames> {
    let mut found: BTreeMap<String, CityNames> = BTreeMap::new();
    for step in ledger.steps() {
        let Some((file, field)) = step.id.as_str().split_once("/plan.toml#") else { continue };
        let Some(text) = step.value.text().filter(|_| matches!(step.operation, Operation::Curated { .. }))
        else {
            continue;
        };
        let city = found.entry(file.rsplit('/').next().unwrap_or_default().to_owned()).or_default();
        match field {
            "plan.name" => city.name = text.to_owned(),
            "plan.short" => city.short = text.to_owned(),
            _ => {
                city.order.push(field.to_owned());
                city.names.insert(field.to_owned(), text.to_owned());
            }
        }
    }
    found
}

/// What figures are of, as people call them.
pub struct FigureTitles {
    cities: BTreeMap<String, CityNames>,
}

impl FigureTitles {
    /// The names that a ledger has.
    pub fn of(ledger: &Ledger) -> Self {
        Self { cities: cities(ledger) }
    }

    /// The full name of a city; nothing where the ledger has none.
    pub fn city(&self, slug: &str) -> Option<&str> {
        self.cities.get(slug).map(|city| city.name.as_str())
    }

    /// What a step is of: `湘潭 22 完成率`; of what came from outside its own name.
    pub fn title(&self, ledger: &Ledger, id: &StepId, language: Language) -> String {
        let parts: Vec<&str> = id.as_str().split('/').collect();
        let is_outside = ledger.step(id).is_some_and(|step| step.operation.is_leaf());
        let [place, middle @ .., last] = parts.as_slice() else { return id.to_string() };
        if is_outside || middle.is_empty() && !last.starts_with('#') {
            return id.to_string();
        }
        let place = match (self.cities.get(*place), language) {
            (Some(city), _) => city.short.as_str(),
            (None, Language::Chinese) if *place == "round" => "全部",
            (None, _) => place,
        };
        let label = label(id, language);
        let label =
            ["刊出 ", "printed "].iter().fold(label.as_str(), |label, start| label.trim_start_matches(start));
        let label = if label.is_empty() { *last } else { label };
        // What a unit is to them is in the label.
        let is_told = |part: &str| ["unit", "task", "data", "lead", "shared"].contains(&part);
        let named = |part| match (KINDS.iter().find(|(key, _)| *key == part), language) {
            (Some((_, chinese)), Language::Chinese) => *chinese,
            _ => part,
        };
        let middle: Vec<&str> = middle.iter().copied().filter(|part| !is_told(part)).map(named).collect();
        [vec![place], middle, vec![label]].concat().join(" ")
    }
}

/// Whether people have a word for what is printed there: totals that others are made from, and what only a page asks for, have none.
pub fn has_word(id: &StepId) -> bool {
    match id.as_str().rsplit_once("/#") {
        Some((_, name)) => TOTALS.iter().any(|(_, own)| *own == name.trim_end_matches(".shown")),
        None => PARTS.iter().any(|(part, ..)| id.as_str().ends_with(&format!("/{part}"))),
    }
}

/// What a cell or a workbook reaches of what is printed.
pub(super) fn reached(
    ledger: &Ledger,
    roots: &[&Step],
    teller: &WayTeller<'_>,
    language: Language,
) -> Vec<WayLine> {
    let mut reached: BTreeSet<&StepId> = roots.iter().map(|step| &step.id).collect();
    let mut figures = Vec::new();
    for step in ledger.steps() {
        if !reached.contains(&step.id) && step.args.iter().any(|arg| reached.contains(&arg.id)) {
            reached.insert(&step.id);
            if is_printed(ledger, &step.id) {
                figures.push(step);
            }
        }
    }
    let count = figures.len();
    let head = match language {
        Language::Chinese => format!("影响{count}个刊出的数字"),
        Language::English => format!("reaches {count} printed figures"),
    };
    let titles = FigureTitles::of(ledger);
    let below = figures
        .into_iter()
        .map(|step| {
            WayLine::end(format!("{}　{}", titles.title(ledger, &step.id, language), teller.value(step)))
        })
        .collect();
    vec![WayLine { text: head, below }]
}
