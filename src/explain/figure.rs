//! What a figure is called by people, and the steps that it is.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::LedgerFolder;
use super::names::{CityNames, cities};
use super::near::{WAYS_TO_ASK, near, some_places};
use super::printed::{PrintedFigures, is_word, reaches};
use super::{index_names, spelling, unused};
use crate::assess::{State, UnitRole};
use crate::error::RunError;
use crate::finding::Language;
use crate::ledger::{Arg, Ledger, Operation, Step, StepId};
use crate::words::{WayLine, WayTeller};

/// A figure that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What it is of, in words.
    pub head: String,
    /// Its steps; none of a cell that no step is of.
    pub roots: Vec<StepId>,
    /// Whether it is a cell, of which the question is what it reaches.
    pub is_cell: bool,
}

/// Parts of a target that are told, in their order.
const PARTS: [(&str, &str, &str); 9] = [
    ("pace/state", "序时进度", "pace"),
    ("pace/due.shown", "刊出 本期应达", "printed amount due"),
    ("pace/shortfall.shown", "刊出 差距（%）", "printed shortfall"),
    ("state", "判定", "verdict"),
    ("completion.shown", "刊出 完成率", "printed completion"),
    ("progress.shown", "刊出 进度", "printed progress"),
    ("points.shown", "刊出 得分", "printed points"),
    ("weight", "权重", "weight"),
    ("worse", "与上年比", "against the base"),
];

/// Totals of a city or of the round, by what people call them.
const TOTALS: [(&str, &str); 22] = [
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
    ("综合指数得分", "index.score"),
    ("综合指数位次", "index.rank"),
    ("综合指数档次", "index.class"),
    ("综合指数覆盖率", "index.coverage"),
];

/// Words of people for the round, a unit, a task.
const ROUND: [&str; 3] = ["全部", "全轮", "round"];
const UNIT: [&str; 2] = ["单位", "unit"];
const TASK: [&str; 2] = ["任务", "task"];
const ALL_TOTALS: [&str; 2] = ["合计", "totals"];
const ROW: [&str; 4] = ["指标", "目标", "indicator", "target"];
const TARGET: [&str; 2] = ["目标", "target"];

/// Further parts of a target that may be asked for by themselves.
const FURTHER_PARTS: [(&str, &str, &str); 1] = [("fact", "实绩", "actual")];

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
    if let Some(words) = total.and_then(|total| total.strip_prefix("index.")) {
        return index_names::label(words, language);
    }
    match (named, total) {
        (Some((chinese, english)), _) => role + &of(chinese, &english.replace('_', " ")),
        (None, Some(total)) => role + &further(total, language),
        (None, None) => String::new(),
    }
}

/// Totals that only sentences tell, of which people have no word but that of a state.
fn further(total: &str, language: Language) -> String {
    let state = total.strip_prefix("state.");
    let state = state.and_then(|key| State::ALL.into_iter().find(|state| state.key() == key));
    match (language, state, total) {
        (Language::Chinese, Some(state), _) => state.chinese().to_owned(),
        (Language::Chinese, None, "rate.best") => "最高完成率".to_owned(),
        (Language::Chinese, None, "rate.worst") => "最低完成率".to_owned(),
        _ => total.trim_start_matches("state.").replace('_', " "),
    }
}

/// Finds the figure that a text means: `湘潭/22`, `湘潭/22/完成率`, `湘潭/完成率`, `潜江/单位/市经信局`, a slug in the place of the city, the name of a step, the
/// address of a cell, or the place of a numeral as `tables/figures` has it. A place and what is asked of it may be joined in any way.
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
    } else if unused::is_address(text) {
        return Ok(Asked { head: text.to_owned(), roots: Vec::new(), is_cell: true });
    }
    let printed = output.printed_at(text)?;
    if let [one] = printed.as_slice()
        && one.place == text
    {
        let head = format!("{}　{}", one.place, one.text);
        return Ok(Asked { head, roots: vec![StepId::new(&one.id)], is_cell: false });
    }
    let text = spelling::plain(text);
    let cities = cities(ledger);
    if let Some(rest) = spelling::behind_any(&text, &ROUND) {
        let asked = |roots| Asked { head: rest.to_owned(), roots, is_cell: false };
        let found = total(ledger, "round", rest).or_else(|| all_totals(ledger, "round", rest));
        return found.map(asked).ok_or_else(|| no_figure(totals()));
    }
    // The longest name first: one may begin with another.
    let mut named: Vec<(&String, &CityNames, &str)> = Vec::new();
    for (slug, city) in &cities {
        let names = [slug, &city.short, &city.name].map(String::as_str);
        named.extend(names.map(|name| (slug, city, name)));
    }
    named.sort_by_key(|(.., name)| std::cmp::Reverse(name.len()));
    let mut known = cities.values().map(|city| city.short.clone()).collect::<Vec<_>>().join("、");
    for (slug, city, name) in named {
        let name = spelling::plain(name);
        let Some(rest) = spelling::behind(&text, &name) else { continue };
        match of_city(ledger, slug, city, rest) {
            Ok(asked) => return Ok(asked),
            Err(there) => {
                // A name that goes on without anything between may be that of another place.
                if text.len() != name.len().saturating_add(rest.len()) || rest.is_empty() {
                    known = there;
                }
                break;
            }
        }
    }
    // Who has a page in hand knows its words, and not how its place is written.
    let near = if printed.is_empty() { near(output, &text, &cities)? } else { printed };
    match near.as_slice() {
        [] => Err(no_figure(format!("{known}；{WAYS_TO_ASK}"))),
        [one] => Ok(Asked {
            head: format!("{}　{}", one.place, one.text),
            roots: vec![StepId::new(&one.id)],
            is_cell: false,
        }),
        _ => Err(no_figure(some_places(&near))),
    }
}

/// A figure of a city; else what figures of the kind there are.
fn of_city(ledger: &Ledger, slug: &str, city: &CityNames, rest: &str) -> Result<Asked, String> {
    let asked = |head: String, roots: Vec<StepId>| Asked {
        head: format!("{}　{head}", city.name),
        roots,
        is_cell: false,
    };
    if let Some(roots) = total(ledger, slug, rest).or_else(|| all_totals(ledger, slug, rest)) {
        return Ok(asked(rest.to_owned(), roots));
    }
    if let Some(name) = spelling::behind_any(rest, &UNIT) {
        let roots = of_unit(ledger, slug, name);
        return if roots.is_empty() { Err(units(ledger, slug)) } else { Ok(asked(name.to_owned(), roots)) };
    }
    if let Some(name) = spelling::behind_any(rest, &TASK) {
        let id = StepId::new(format!("{slug}/task/{name}/state"));
        let title = city.names.get(&format!("task.{name}.title")).cloned().unwrap_or_default();
        return match ledger.step(&id) {
            Some(_) => Ok(asked(format!("{name}　{title}"), vec![id])),
            None => Err(city.numbers("task.", ".title")),
        };
    }
    let row = spelling::behind_any(rest, &ROW).filter(|row| !row.is_empty()).unwrap_or(rest);
    if let Some(no) = city.row(row) {
        let name = city.names.get(&format!("{no}.name")).cloned().unwrap_or_default();
        let roots = of_row(ledger, slug, no);
        if !roots.is_empty() {
            return Ok(asked(format!("{no}　{name}"), roots));
        }
    }
    // One figure of a row: `22/完成率`.
    if let Some((row, part)) = row.rsplit_once('/')
        && let Some(no) = city.row(row)
    {
        let roots = part_of_row(ledger, slug, no, part);
        if !roots.is_empty() {
            return Ok(asked(format!("{no}　{part}"), roots));
        }
    }
    let roots = of_unit(ledger, slug, rest);
    if !roots.is_empty() {
        return Ok(asked(rest.to_owned(), roots));
    }
    Err(format!("{}、{}", city.numbers("", ".name"), totals()))
}

/// Tiers of targets, as the names of steps have them.
const TIERS: [&str; 3] = ["", "@intended", "@stretch"];

/// What is told of a row.
fn of_row(ledger: &Ledger, slug: &str, no: &str) -> Vec<StepId> {
    let of = |tier: &str, part: &str| StepId::new(format!("{slug}/{no}{tier}/{part}"));
    let all = TIERS.iter().flat_map(|tier| PARTS.map(|(part, ..)| of(tier, part)));
    all.filter(|id| ledger.step(id).is_some()).collect()
}

/// One figure of a row by its word, as the heads of tables and this program have it.
fn part_of_row(ledger: &Ledger, slug: &str, no: &str, word: &str) -> Vec<StepId> {
    fn bare(words: &str) -> &str {
        words.trim_start_matches("刊出 ").trim_start_matches("printed ")
    }
    let is_it = |(_, chinese, english): &&(&str, &str, &str)| {
        [*english, bare(english)].iter().any(|own| own.eq_ignore_ascii_case(word))
            || [*chinese, bare(chinese)].contains(&word)
    };
    let parts = PARTS.iter().chain(&FURTHER_PARTS).filter(is_it).map(|(part, ..)| *part);
    let of = |tier: &str, part: &str| StepId::new(format!("{slug}/{no}{tier}/{part}"));
    let mut found: Vec<StepId> = Vec::new();
    for part in parts {
        found.extend(TIERS.iter().map(|tier| of(tier, part)).filter(|id| ledger.step(id).is_some()));
    }
    if TARGET.contains(&word) {
        let met = TIERS.iter().filter_map(|tier| ledger.step(&of(tier, "met")));
        let is_target = |arg: &&Arg| ["target", "low", "high"].contains(&arg.role.as_ref());
        found.extend(met.flat_map(|step| step.args.iter().filter(is_target).map(|arg| arg.id.clone())));
    }
    found
}

/// A total by its name or by what people call it, as printed where it is.
fn total(ledger: &Ledger, of: &str, name: &str) -> Option<Vec<StepId>> {
    let is_it =
        |(word, key): &&(&str, &str)| *word == name || key.eq_ignore_ascii_case(&name.replace(' ', "_"));
    let name = TOTALS.iter().find(is_it).map_or(name, |(_, name)| *name);
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

/// All totals of a city or of the round: `合计`; one of them: `合计/完成率`.
fn all_totals(ledger: &Ledger, of: &str, asked: &str) -> Option<Vec<StepId>> {
    let rest = spelling::behind_any(asked, &ALL_TOTALS)?;
    if !rest.is_empty() {
        return total(ledger, of, rest);
    }
    let all = TOTALS.iter().take(OF_CITIES).filter_map(|(_, name)| total(ledger, of, name)).flatten();
    let mut seen = BTreeSet::new();
    let all: Vec<StepId> = all.filter(|id| seen.insert(id.clone())).collect();
    (!all.is_empty()).then_some(all)
}

/// The totals of a city and of the round; behind them come those of units only, and those of an index.
const OF_CITIES: usize = 14;

fn totals() -> String {
    let named = |(word, key): &(&str, &str)| format!("{word} {key}");
    TOTALS.iter().take(OF_CITIES).map(named).collect::<Vec<_>>().join("、")
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
fn of_unit(ledger: &Ledger, slug: &str, asked: &str) -> Vec<StepId> {
    let named = unit_names(ledger, slug);
    let Some(unit) = named.iter().find(|name| spelling::plain(name) == spelling::plain(asked)) else {
        return Vec::new();
    };
    let roles = [UnitRole::Data, UnitRole::Lead, UnitRole::Shared].map(UnitRole::key);
    let names = ["expected", "reported", "assessable", "met", "tasks", "tasks_done"];
    let all = roles
        .iter()
        .flat_map(|role| names.iter().map(move |name| format!("{slug}/unit/{unit}/{role}/#{name}")));
    all.map(StepId::new).filter(|id| ledger.step(id).is_some_and(|step| !step.args.is_empty())).collect()
}

fn units(ledger: &Ledger, slug: &str) -> String {
    unit_names(ledger, slug).into_iter().collect::<Vec<_>>().join("、")
}

/// The units of a city.
fn unit_names<'a>(ledger: &'a Ledger, slug: &str) -> BTreeSet<&'a str> {
    let start = format!("{slug}/unit/");
    let steps = ledger.steps().iter();
    steps.filter_map(|step| step.id.as_str().strip_prefix(&start)?.split('/').next()).collect()
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

    /// What a printed step is of: by its words, or where people have none for it by where it stands, in English by its name.
    pub fn printed(
        &self,
        ledger: &Ledger,
        printed: &PrintedFigures,
        id: &StepId,
        language: Language,
    ) -> String {
        // What came from outside has its own name.
        let is_outside = ledger.step(id).is_some_and(|step| step.operation.is_leaf());
        match (printed.place(id).filter(|_| !has_word(id) && !is_outside), language) {
            (Some(place), Language::Chinese) => place.to_owned(),
            (Some(_), Language::English) => id.to_string(),
            (None, _) => self.title(ledger, id, language),
        }
    }
}

/// Whether people have a word for what is printed there: totals that others are made from, and what only a page asks for, have none.
fn has_word(id: &StepId) -> bool {
    match id.as_str().rsplit_once("/#") {
        Some((_, name)) => TOTALS.iter().any(|(_, own)| *own == name.trim_end_matches(".shown")),
        None => PARTS.iter().any(|(part, ..)| id.as_str().ends_with(&format!("/{part}"))),
    }
}

/// What a cell or a workbook reaches of what is printed.
///
/// # Errors
/// Fails when the output does not tell what it prints.
pub(super) fn reached(
    output: &LedgerFolder,
    roots: &[&Step],
    teller: &WayTeller<'_>,
    language: Language,
) -> Result<Vec<WayLine>, RunError> {
    let (ledger, printed) = (&output.ledger, output.printed()?);
    let mut reached: BTreeSet<&StepId> = roots.iter().map(|step| &step.id).collect();
    let mut figures = Vec::new();
    for step in ledger.steps() {
        if !reached.contains(&step.id) && step.args.iter().any(|arg| reached.contains(&arg.id)) {
            reached.insert(&step.id);
            if printed.prints(&step.id) {
                figures.push(step);
            }
        }
    }
    let words = figures.iter().filter(|step| is_word(&step.id)).count();
    let head = reaches(figures.len().saturating_sub(words), words, language);
    let titles = FigureTitles::of(ledger);
    let below = figures
        .into_iter()
        .map(|step| {
            let title = titles.printed(ledger, &printed, &step.id, language);
            WayLine::end(format!("{title}　{}", teller.value(step)))
        })
        .collect();
    Ok(vec![WayLine { text: head, below }])
}
