//! An output with its ledger, and its inputs laid out as they were.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{DiffEnd, record_of, recorded};
use crate::archive::{OutputRecord, take_inputs};
use crate::digest::Digests;
use crate::error::{DiffRefusal, RunError};
use crate::evaluation::CityEvaluation;
use crate::explain::LedgerFolder;
use crate::files::{self, Temporary};
use crate::finding::Language;
use crate::indexed::Indexed;
use crate::ledger::StepId;
use crate::replay::{cities_of, unpack};
use crate::words::WayTeller;

/// Totals of a city that both ways of computing must agree on, to the last digit.
const TOTALS: [&str; 2] = ["score", "score_missing_as_zero"];

/// Tables of steps.
const OF_STEPS: [&str; 2] = ["derivation", "lineage"];

/// One of the two outputs.
pub(super) struct Opened {
    /// What was asked for.
    asked: PathBuf,
    /// The output.
    pub(super) output: PathBuf,
    pub(super) record: OutputRecord,
    pub(super) ledger: LedgerFolder,
    /// Name of the round's folder.
    pub(super) folder: String,
    /// The cities, where they are not all of the round.
    pub(super) cities: Vec<String>,
    /// SHA-256 of the program, where the bag tells it.
    program: Option<String>,
    language: Language,
    inputs: Temporary,
}

impl Opened {
    /// Opens an output or a bag, and lays its inputs out. An output that is no bag says which files they were; they are looked for below the
    /// root that is given, else in `input` beside the folder of outputs or here.
    pub(super) fn new(asked: &Path, given: Option<&Path>, language: Language) -> Result<Self, RunError> {
        let refuse = |path: &Path, why| RunError::Diff { path: path.to_owned(), why };
        let inputs = Temporary::new()?;
        let root = inputs.path().join("input");
        let inside = asked.join("data/output");
        let is_bag = files::is_there(&inside.join("manifest.json"))?;
        let output = if is_bag { inside } else { asked.to_owned() };
        let record = record_of(&output)?;
        // A digest by which one figure was changed is found before anything is said of it.
        tables_are_whole(&output, &record)?;
        let ledger = LedgerFolder::read_of_another(&output, language)?;
        if is_bag {
            let misfits = unpack(asked, &root)?;
            let counts = |path: &str| path.starts_with("data/input/") || path.starts_with("data/output/");
            if let Some(first) = misfits.into_iter().find(|misfit| counts(&misfit.path)) {
                return Err(refuse(asked, DiffRefusal::Misfit(first.path)));
            }
        } else {
            let from = given.map(Path::to_owned).or_else(|| guessed(asked, &record));
            let from = from.ok_or_else(|| refuse(asked, DiffRefusal::NoInputs))?;
            take_inputs(&record, &from, &root)?;
        }
        let folder = record.round_folder().map(str::to_owned);
        let folder = folder.ok_or_else(|| refuse(&output, DiffRefusal::NoOutput))?;
        let cities = cities_of(&record, &root.join(&folder))?;
        let program = if is_bag { program_of(asked)? } else { None };
        Ok(Self {
            asked: asked.to_owned(),
            output,
            record,
            ledger,
            folder,
            cities,
            program,
            language,
            inputs,
        })
    }

    /// The root of its inputs.
    pub(super) fn root(&self) -> PathBuf {
        self.inputs.path().join("input")
    }

    /// What is told of it.
    pub(super) fn end(&self) -> DiffEnd {
        let cities = self.ledger.ledger.steps().iter();
        let cities = cities.filter(|step| step.id.as_str().ends_with("/#total"));
        let is_city =
            |id: &StepId| id.as_str().matches('/').count() == 1 && !id.as_str().starts_with("round/");
        let cities = cities.filter(|step| is_city(&step.id));
        DiffEnd {
            name: files::plain_name(&self.asked),
            year: self.record.round,
            edition: self.record.edition.clone(),
            figures: self.record.figures(),
            version: self.record.version.clone(),
            cities: cities.count(),
        }
    }

    /// The program that made it, as far as it is known.
    pub(super) fn program(&self) -> (&str, Option<&str>) {
        (&self.record.version, self.program.as_deref())
    }

    /// SHA-256 of the inputs by path.
    fn digests(&self) -> BTreeMap<&str, &str> {
        self.record.inputs.iter().map(|file| (file.path.as_str(), file.digests.sha256.as_str())).collect()
    }

    /// Whether both were made from the same.
    pub(super) fn has_same_inputs(&self, other: &Self) -> bool {
        self.digests() == other.digests()
    }

    /// The inputs that are not the same, that are there once only among them.
    pub(super) fn changed_inputs(&self, other: &Self) -> Vec<String> {
        let (was, is) = (self.digests(), other.digests());
        let all: std::collections::BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
        all.into_iter().filter(|path| was.get(path) != is.get(path)).map(str::to_owned).collect()
    }

    /// The tables that are not the same, but those of steps, which name lines of files.
    pub(super) fn changed_tables(&self, other: &Self) -> Vec<String> {
        let digests = |end: &Self| -> BTreeMap<String, String> {
            let name = |path: &str| path.trim_start_matches("tables/").trim_end_matches(".csv").to_owned();
            let tables = end.record.tables().map(|file| (name(&file.path), file.digests.sha256.clone()));
            tables.filter(|(name, _)| !OF_STEPS.contains(&name.as_str())).collect()
        };
        let (was, is) = (digests(self), digests(other));
        let all: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        all.into_iter().filter(|name| was.get(*name) != is.get(*name)).cloned().collect()
    }

    /// A figure as it is printed, if it is there.
    pub(super) fn printed(&self, id: &StepId) -> Option<String> {
        let ledger = &self.ledger.ledger;
        let step = ledger.step(&id.shown()).or_else(|| ledger.step(id))?;
        step.value.is_something().then(|| WayTeller::new(ledger, self.language).printed(step))
    }

    /// The cities whose scores are others than the output has: name, what it has, and what comes out.
    pub(super) fn differing(&self, cities: &Indexed<CityEvaluation>) -> Vec<(String, String, String)> {
        let mut wrong = Vec::new();
        for city in cities {
            for total in TOTALS {
                let id = StepId::new(format!("{}/#{total}", city.plan.city));
                let told = city.ledger.step(&id).and_then(|step| step.value.number().cloned());
                let was = recorded(self, &id);
                if was != told {
                    let text = |number: Option<crate::ledger::Exact>| {
                        number.map_or_else(|| "—".to_owned(), |number| number.fixed(4))
                    };
                    wrong.push((city.plan.name.clone(), text(was), text(told)));
                }
            }
        }
        wrong
    }
}

/// Refuses an output whose tables are not those that it was published with.
fn tables_are_whole(output: &Path, record: &OutputRecord) -> Result<(), RunError> {
    let wanted = record.tables().map(|file| (file.path.as_str(), &file.digests));
    for (path, was) in wanted {
        let at = output.join(path);
        let refuse = |why| Err(RunError::Diff { path: at.clone(), why });
        if !files::is_there(&at)? {
            return refuse(DiffRefusal::TableGone);
        }
        if Digests::of(&files::read(&at)?) != *was {
            return refuse(DiffRefusal::TableAltered);
        }
    }
    Ok(())
}

/// Where the inputs of an output are likely to be: beside the folder that it lies in, or here.
fn guessed(output: &Path, record: &OutputRecord) -> Option<PathBuf> {
    let first = &record.inputs.first()?.path;
    let beside = std::path::absolute(output).ok()?.parent()?.parent().map(|above| above.join("input"));
    let places = beside.into_iter().chain([PathBuf::from("input")]);
    let holds = |root: &PathBuf| files::is_there(&root.join(first)).unwrap_or(false);
    places.into_iter().find(holds)
}

/// The SHA-256 of the program that made a bag's output, as the bag tells it.
fn program_of(bag: &Path) -> Result<Option<String>, RunError> {
    let info = bag.join("bag-info.txt");
    if !files::is_there(&info)? {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&files::read(&info)?).into_owned();
    let own = text.lines().find_map(|line| line.strip_prefix(crate::archive::PROGRAM)?.strip_prefix(": "));
    Ok(own.map(str::to_owned))
}
