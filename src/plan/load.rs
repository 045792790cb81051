//! Plan files → [`Plan`], with every fault of a file listed at once.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use toml::Spanned;

use super::called::{Called, only_reporters};
use super::catalogue::Catalogue;
use super::english;
use super::fault::FileFault;
use super::quote::{contradiction, stands_alone};
use super::raw;
use super::sections::{At, Sections};
use super::unfinished::unfilled;
use super::wording;
use super::words::{self, word, written};
use super::{
    Amendment, Deadline, EnglishNames, Goal, Indicator, Plan, PlanStatus, Task, UnitAlias, Unsettled,
};
use crate::error::{PlanRefusal, RunError};
use crate::ident::{CityId, UnitName};
use crate::inputs::Inputs;
use crate::quantity::Unit;

/// Reads a plan and checks it as a whole against the catalogue and against the text it was taken from, which lies at
/// `input` joined with the plan's `source`.
///
/// # Errors
/// Fails when a file cannot be read, or with the list of all faults of the plan, each with its line.
pub fn load(inputs: &Inputs, path: &Path, catalogue: &Catalogue, input: &Path) -> Result<Plan, RunError> {
    let text = wording::complete(inputs, path, unfilled)?;
    let mut sections = Sections::parse(&text);
    let unsettled = sections.unsettled();
    let head = sections.single::<raw::Head>("plan");
    let named = head.as_ref().filter(|head| {
        let is_below = is_below(&head.entry.source);
        if !is_below {
            sections.fault(head.line, FileFault::OddSource(head.entry.source.clone()));
        }
        is_below
    });
    let source = named.map(|head| input.join(&head.entry.source));
    let source_text = source.map(|source| wording::read(inputs, &source)).transpose()?;
    let source = source_text.map(|text| text.lines().map(str::to_owned).collect());
    let mut loader = Loader { sections, catalogue, english: EnglishNames::default(), source };
    let plan = loader.plan(head);
    if let (Some(first), Some(plan)) = (unsettled.first(), &plan)
        && plan.status != PlanStatus::Draft
    {
        loader.sections.fault(first.line, FileFault::Unconfirmed(unsettled.len()));
    }
    let faults = loader.sections.finish();
    match plan {
        Some(plan) if faults.is_empty() => Ok(Plan { unsettled, ..plan }),
        None if faults.is_empty() => {
            let why = PlanRefusal::Unsettled(unsettled.len());
            Err(RunError::Plan { path: path.to_owned(), why })
        }
        _ => Err(RunError::Faults { path: path.to_owned(), faults }),
    }
}

/// What a plan file leaves to be confirmed, whatever else is wrong with it.
///
/// # Errors
/// Fails when the file cannot be read.
pub fn unsettled(inputs: &Inputs, path: &Path) -> Result<Vec<Unsettled>, RunError> {
    let text = wording::read(inputs, path)?;
    Ok(Sections::parse(&text).unsettled())
}

/// A plan file that is being read.
pub(super) struct Loader<'a> {
    pub(super) sections: Sections<'a>,
    pub(super) catalogue: &'a Catalogue,
    /// English names so far.
    pub(super) english: EnglishNames,
    /// The lines of the source text; `None` when the plan's head, which names it, has faults.
    source: Option<Vec<String>>,
}

impl Loader<'_> {
    /// An English name of an entry on a line.
    pub(super) fn english(&mut self, line: usize, name: Option<String>) -> Option<String> {
        self.keep(line, english::checked(name)).flatten()
    }

    fn plan(&mut self, head: Option<At<raw::Head>>) -> Option<Plan> {
        let deadlines = self.deadlines();
        let (units, aliases) = self.aliases();
        let groups = self.groups();
        let tasks = self.tasks();
        let office = head.as_ref().map_or_else(|| UnitName::from(""), |head| head.entry.office.clone());
        let mut indicators = self.rows(&groups, &office);
        let years = head.as_ref().map_or_else(Vec::new, |head| head.entry.years.clone());
        let repeats = self.prose(&mut indicators, &tasks, &office, &years);
        self.units_of_aliases(&units, &indicators, &tasks, &office);
        let At { line, entry: head } = head?;
        self.english.place = self.english(line, head.en.clone());
        let city = self.keep(line, CityId::parse(&head.city).map_err(FileFault::Slug));
        let level = self.keep(line, word("level", &head.level, &words::LEVELS));
        let status = self.keep(line, word("status", &head.status, &words::STATUSES));
        let reporters = [("data", true), ("responsible", false)];
        let rows_name_reporters = match head.row_units.as_deref() {
            Some(stated) => self.keep(line, word("row_units", stated, &reporters))?,
            None => only_reporters(&indicators, self.source.as_deref().unwrap_or_default()),
        };
        let source = self.source.as_deref().unwrap_or_default();
        let called = Called::of(&head, source, &indicators, rows_name_reporters);
        Some(Plan {
            id: head.id,
            city: city?,
            name: head.name,
            short: head.short,
            english: std::mem::take(&mut self.english),
            level: level?,
            called,
            title: head.title,
            issuer: head.issuer,
            document_no: head.document_no,
            issued_on: head.issued_on.map(|day| day.0),
            issued_note: head.issued_note,
            scope: head.scope,
            status: status?,
            years: head.years,
            baseline_year: head.baseline_year,
            rows_name_reporters,
            office,
            source: head.source,
            note: head.note,
            deadlines,
            aliases,
            groups,
            indicators: indicators.into_iter().collect(),
            repeats,
            tasks: tasks.into_iter().collect(),
            unplaced: Vec::new(),
            unsettled: Vec::new(),
        })
    }

    /// The lines of the source text.
    pub(super) fn source(&self) -> Option<&[String]> {
        self.source.as_deref()
    }

    pub(super) fn keep<T>(&mut self, line: usize, result: Result<T, FileFault>) -> Option<T> {
        result.map_err(|fault| self.sections.fault(line, fault)).ok()
    }

    fn deadlines(&mut self) -> Vec<Deadline> {
        let mut found = Vec::new();
        for At { line, entry } in self.sections.many::<raw::DeadlineEntry>("deadline") {
            self.quoted(line, &entry.line, &entry.quote);
            if !entry.who.is_empty() {
                self.quoted(line, &entry.line, &entry.who);
            }
            let raw::DeadlineEntry { period, due, who, line, .. } = entry;
            found.push(Deadline { period, due: due.0, who, line });
        }
        found
    }

    fn groups(&mut self) -> Vec<String> {
        let groups = self.sections.many::<raw::GroupEntry>("group");
        groups.iter().for_each(|at| self.lines_if_given(at.line, &at.entry.line));
        groups.into_iter().map(|at| at.entry.name).collect()
    }

    /// Other names of units, and the units that have entries.
    fn aliases(&mut self) -> (Vec<At<UnitName>>, Vec<UnitAlias>) {
        let (mut units, mut aliases) = (Vec::new(), Vec::new());
        for At { line, entry } in self.sections.many::<raw::UnitEntry>("unit") {
            for alias in entry.aliases {
                self.lines_if_given(line, &alias.line);
                aliases.push(UnitAlias {
                    unit: entry.name.clone(),
                    name: alias.name,
                    from: alias.from.map(|day| day.0),
                    until: alias.until.map(|day| day.0),
                });
            }
            if let Some(name) = self.english(line, entry.en) {
                self.english.units.insert(entry.name.clone(), name);
            }
            units.push(At { line, entry: entry.name });
        }
        (units, aliases)
    }

    /// Units with other names are units of the plan; a member of a collective (各县市区) may be named by the source alone.
    fn units_of_aliases(
        &mut self,
        units: &[At<UnitName>],
        indicators: &[Indicator],
        tasks: &[Task],
        office: &UnitName,
    ) {
        let Some(source) = &self.source else { return };
        let source = bare(&source.concat());
        let of_tasks = tasks.iter().flat_map(|task| task.lead.iter().chain(&task.responsible));
        let named: BTreeSet<&UnitName> =
            indicators.iter().flat_map(Indicator::units).chain(of_tasks).chain([office]).collect();
        for At { line, entry: unit } in units {
            let name = bare(unit.as_str());
            if !named.contains(unit) && (name.is_empty() || !source.contains(&name)) {
                self.sections.fault(*line, FileFault::NoUnit(unit.clone()));
            }
        }
    }

    fn tasks(&mut self) -> Vec<Task> {
        let groups = self.sections.many::<raw::TaskGroupEntry>("task_group");
        groups.iter().for_each(|at| self.lines_if_given(at.line, &at.entry.line));
        let mut tasks: Vec<Task> = Vec::new();
        for At { line, entry } in self.sections.many::<raw::TaskEntry>("task") {
            self.lines(line, &entry.line);
            self.lines_if_given(line, &entry.lead_line);
            let group = groups.iter().find(|group| group.entry.no == entry.group);
            if group.is_none() {
                self.sections
                    .fault(line, FileFault::TaskGroup { no: entry.no.clone(), group: entry.group.clone() });
            }
            if tasks.iter().any(|task| task.no == entry.no) {
                self.sections.fault(line, FileFault::TaskTwice(entry.no.clone()));
            }
            if let Some(name) = self.english(line, entry.en) {
                self.english.tasks.insert(entry.no.clone(), name);
            }
            tasks.push(Task {
                no: entry.no,
                group: group.map_or_else(String::new, |group| group.entry.name.clone()),
                title: entry.title,
                text: entry.text,
                lead: entry.lead,
                responsible: entry.responsible,
                line: entry.line,
            });
        }
        tasks
    }

    /// Amendments change the number of a target; one without a single number cannot be amended so.
    pub(super) fn amendments(
        &mut self,
        line: usize,
        entries: Vec<Spanned<raw::AmendmentEntry>>,
        goal: Option<&Goal>,
    ) -> Vec<Amendment> {
        let mut found: Vec<Amendment> = entries
            .into_iter()
            .filter_map(|entry| {
                let entry_line = self.sections.line_of(entry.span().start);
                let entry = entry.into_inner();
                self.lines_if_given(line, &entry.line);
                let value = self.keep(line, written("amendment.value", &entry.value))?;
                let (on, authority, reason) = (entry.on.0, entry.authority, entry.reason);
                Some(Amendment { on, value, authority, reason, basis: entry.basis, entry_line })
            })
            .collect();
        found.sort_by_key(|amendment| amendment.on);
        if let (Some(goal), Some(first)) = (goal, found.first())
            && goal.with_value(first.value.clone()).is_none()
        {
            self.sections.fault(line, FileFault::NotAmendable);
        }
        found
    }

    /// Checks that the numbers of a target are those of its quote.
    pub(super) fn agrees(&mut self, line: usize, goal: &Goal, unit: &Unit, quote: &str) {
        if let Some(fault) = contradiction(goal, unit, quote) {
            self.sections.fault(line, fault);
        }
    }

    /// The first and the last of the lines that are named, which must be lines of the source; `None` with a fault.
    pub(super) fn lines(&mut self, line: usize, named: &str) -> Option<(usize, usize)> {
        // Of a source that is not known nothing can be told.
        let count = self.source.as_ref().map_or(usize::MAX, Vec::len);
        let range = line_range(named);
        let fault = match range {
            None => FileFault::OddLines(named.to_owned()),
            Some((_, last)) if last > count => FileFault::LinesOutside { lines: named.to_owned(), count },
            Some(_) => return range,
        };
        self.sections.fault(line, fault);
        None
    }

    /// The same of lines that may be left out.
    pub(super) fn lines_if_given(&mut self, line: usize, named: &str) {
        if !named.is_empty() {
            self.lines(line, named);
        }
    }

    /// Checks that the words stand on the lines that are named.
    pub(super) fn quoted(&mut self, line: usize, source_lines: &str, quote: &str) {
        let Some((first, last)) = self.lines(line, source_lines) else { return };
        let Some(source) = &self.source else { return };
        let lines = source.get(first - 1..last).unwrap_or_default();
        let (there, quote_bare) = (bare(&lines.concat()), bare(quote));
        // A number is not part of another one, unless the text itself breaks it over two lines.
        let is_number = quote_bare.chars().all(|c| c.is_ascii_digit() || c == '.');
        let within = is_number
            && lines.iter().any(|line| line.contains(&quote_bare))
            && !lines.iter().any(|line| stands_alone(line, &quote_bare));
        if quote.is_empty() || within || !there.contains(&quote_bare) {
            let fault = FileFault::NotInSource { lines: source_lines.to_owned(), quote: quote.to_owned() };
            self.sections.fault(line, fault);
        }
    }
}

/// Whether a path stays below the folder that it is joined to.
fn is_below(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Reads `34` or `29-34`; the first is at least 1 and not behind the last.
fn line_range(text: &str) -> Option<(usize, usize)> {
    let number = |text: &str| text.parse().ok().filter(|_| text.bytes().all(|c| c.is_ascii_digit()));
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (number(first)?, number(last)?);
    (first >= 1 && first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    use crate::files;

    const CATALOGUE: &str = r#"
        [[dimension]]
        id = "input"
        name = "创新投入"
        [[indicator]]
        id = "rd"
        name = "研发强度"
        short = "研发强度"
        unit = "%"
        direction = "higher"
        measure = "ratio"
        decimals = 2
        dimension = "input"
    "#;

    const PLAN: &str = r#"
[plan]
id = "a-2023"
city = "a"
name = "甲市"
short = "甲"
level = "city"
title = "方案"
scope = "1项"
status = "in_force"
years = [2023]
office = "办公室"
source = "source.txt"
[[group]]
name = "投入"
line = "1"
[[indicator]]
no = "1"
id = "rd"
name = "研发强度"
unit = "%"
group = "投入"
data_units = ["统计局"]
line = "1-2"
[[indicator.target]]
year = 2023
tier = "annual"
value = "3.0"
line = "2"
quote = "3.0"
"#;

    fn try_load(plan: &str) -> Result<Plan, RunError> {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| -> PathBuf { folder.path().join(name) };
        files::write(&path("catalogue.toml"), CATALOGUE.as_bytes()).unwrap();
        files::write(&path("source.txt"), "研发强度\n3.0\n".as_bytes()).unwrap();
        files::write(&path("plan.toml"), plan.as_bytes()).unwrap();
        let catalogue = Catalogue::load(&Inputs::default(), &path("catalogue.toml")).unwrap();
        load(&Inputs::default(), &path("plan.toml"), &catalogue, folder.path())
    }

    #[test]
    fn a_sound_plan_loads_with_its_written_digits() {
        let plan = try_load(PLAN).unwrap();
        let Goal::Level(crate::plan::Operator::AtLeast, value) = &plan.indicators[0].targets[0].goal else {
            panic!("a level target")
        };
        assert_eq!((value.text.as_str(), value.places()), ("3.0", 1));
    }

    #[test]
    fn all_faults_are_listed_at_once_with_their_lines() {
        let broken = PLAN
            .replace("status = \"in_force\"", "status = \"binding\"")
            .replace("id = \"rd\"", "id = \"r&d\"")
            .replace("name = \"投入\"\nline = \"1\"", "name = \"投入\"\nline = 1")
            + "[[weather]]\nx = 1\n";
        let RunError::Faults { faults, .. } = try_load(&broken).unwrap_err() else {
            panic!("a list of faults")
        };
        let all = faults.join("\n");
        for part in ["第2行", "binding", "r&d", "第16行", "weather", "不存在"] {
            assert!(all.contains(part), "{part} in\n{all}");
        }
    }

    #[test]
    fn a_quote_that_the_source_does_not_hold_is_a_fault() {
        let RunError::Faults { faults, .. } =
            try_load(&PLAN.replace("quote = \"3.0\"", "quote = \"3.1\"")).unwrap_err()
        else {
            panic!("a list of faults")
        };
        assert!(faults[0].contains("3.1"), "{faults:?}");
    }

    #[test]
    fn a_number_that_is_only_part_of_another_is_no_quote_and_one_that_differs_is_a_fault() {
        for (value, quote, part) in
            [("3.0", "3", "没有“3”"), ("3.0", "0", "没有“0”"), ("0.3", "3.0", "“0.3”与引文“3.0”不符")]
        {
            let plan = PLAN
                .replace("value = \"3.0\"", &format!("value = \"{value}\""))
                .replace("quote = \"3.0\"", &format!("quote = \"{quote}\""));
            let RunError::Faults { faults, .. } = try_load(&plan).unwrap_err() else {
                panic!("a list of faults")
            };
            assert!(faults.iter().any(|fault| fault.contains(part)), "{part} in {faults:?}");
        }
    }

    #[test]
    fn line_ranges_are_read_strictly() {
        assert_eq!(line_range("29-34"), Some((29, 34)));
        assert_eq!(line_range("34"), Some((34, 34)));
        for bad in ["", "0", "34-29", "a", "+3", "3-", "-3", "1-2-3", "99999999999999999999-1"] {
            assert_eq!(line_range(bad), None, "{bad}");
        }
    }
}
