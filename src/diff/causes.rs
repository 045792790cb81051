//! Why every printed figure that reads differently does: the first cause that applies, from the leaves at which both ledgers begin to differ.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::opened::Opened;
use super::renamed::{earlier, only_before};
use crate::error::RunError;
use crate::files;
use crate::finding::Language;
use crate::ident::IndicatorNo;
use crate::ledger::{Operation, StepId};
use crate::mixture::Which;
use crate::plan::INDEX;
use crate::replay::{
    Difference, FigureChange, FigureOrigin, LedgerChanges, OriginKind, PrintedLedger, changes,
};
use crate::run::TwoRounds;
use crate::table_text::lines_that_read;

/// Why a figure is another one, in the order in which causes are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureCause {
    /// 新报送: another file of a unit, or another time of receipt.
    Returned,
    /// 上年数修订: a value of an earlier year.
    Restated,
    /// 目标调整: the plan, or another year's target.
    Target,
    /// 权重.
    Weight,
    /// 评分方法或参数.
    Parameter,
    /// 人工决定和豁免.
    Decided,
    /// 目录.
    Catalogue,
    /// 程序版本.
    Program,
}

impl FigureCause {
    /// All, in the order of asking.
    pub const ALL: [Self; 8] = [
        Self::Returned,
        Self::Restated,
        Self::Target,
        Self::Weight,
        Self::Parameter,
        Self::Decided,
        Self::Catalogue,
        Self::Program,
    ];

    /// Its word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Restated => "restated",
            Self::Target => "target",
            Self::Weight => "weight",
            Self::Parameter => "parameter",
            Self::Decided => "decided",
            Self::Catalogue => "catalogue",
            Self::Program => "program",
        }
    }
}

/// Where a figure begins to differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginTold {
    /// Name of the leaf, or path of the file.
    pub id: String,
    /// What it was; nothing where it was not there.
    pub was: Option<String>,
    /// What it is.
    pub is: Option<String>,
    /// Of a workbook: the cells among those that the figure rests on that say something else.
    pub cells: Vec<Difference>,
}

/// A printed figure that reads differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFigure {
    /// Its name in the ledger of what came after.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whether it is a verdict or a grade, which is printed as a word.
    pub is_word: bool,
    /// What it was.
    pub was: Option<String>,
    /// What it is.
    pub is: Option<String>,
    /// Why; nothing where no leaf explains it, which is a fault.
    pub cause: Option<FigureCause>,
    /// The leaves by which it is explained.
    pub origins: Vec<OriginTold>,
}

/// All printed figures that read differently, but those of cities that one side does not have.
pub(super) fn figures(
    before: &Opened,
    after: &Opened,
    two: &TwoRounds,
    language: Language,
) -> Result<Vec<ChangedFigure>, RunError> {
    let (was, was_printed) = earlier(before, after, two)?;
    let printed = after.ledger.printed()?;
    let was = PrintedLedger { ledger: &was, printed: &was_printed };
    let is = PrintedLedger { ledger: &after.ledger.ledger, printed: &printed };
    let found = changes(was, is, language);
    let known = |id: &StepId| {
        two.after.plans.iter().any(|plan| id.as_str().split('/').next() == Some(plan.city.as_str()))
    };
    let was_known = |id: &StepId| {
        two.before.plans.iter().any(|plan| id.as_str().split('/').next() == Some(plan.city.as_str()))
    };
    let judge = Judge {
        found: &found,
        before,
        after,
        two,
        waived: [waived(&before.output)?, waived(&after.output)?],
        files: changed_files(before, after),
    };
    let of_both = |figure: &&FigureChange| known(&figure.id) == was_known(&figure.id);
    Ok(found.figures.iter().filter(of_both).map(|figure| judge.figure(figure)).collect())
}

/// The inputs that are not the same, in the names of what came after, with their digests.
fn changed_files(before: &Opened, after: &Opened) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let digests = |end: &Opened| -> BTreeMap<String, String> {
        let named = |path: &str| match path.strip_prefix(&end.folder).and_then(|rest| rest.strip_prefix('/'))
        {
            Some(rest) => format!("{}/{rest}", after.folder),
            None => path.to_owned(),
        };
        end.record.inputs.iter().map(|file| (named(&file.path), file.digests.sha256.clone())).collect()
    };
    let (was, is) = (digests(before), digests(after));
    let all: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let differ = all.into_iter().filter(|path| was.get(*path) != is.get(*path));
    differ.map(|path| (path.clone(), (was.get(path).cloned(), is.get(path).cloned()))).collect()
}

/// Whether findings of an output are waived, by the names that they have in the ledger.
fn waived(output: &Path) -> Result<BTreeMap<String, bool>, RunError> {
    let bytes = files::read(&output.join("tables/findings.csv"))?;
    let mut found = BTreeMap::new();
    for row in lines_that_read(&bytes) {
        let of = |name: &str| row.get(name).map_or("", String::as_str);
        let sheet = if of("sheet").is_empty() { String::new() } else { format!("[{}]", of("sheet")) };
        let cell = if of("cell").is_empty() { String::new() } else { format!("!{}", of("cell")) };
        let id = format!("finding/{}/{}{sheet}{cell}", of("code"), of("file"));
        *found.entry(id).or_default() |= !of("waived").is_empty();
    }
    Ok(found)
}

/// What the causes of figures are told from.
struct Judge<'a> {
    found: &'a LedgerChanges,
    before: &'a Opened,
    after: &'a Opened,
    two: &'a TwoRounds,
    waived: [BTreeMap<String, bool>; 2],
    files: BTreeMap<String, (Option<String>, Option<String>)>,
}

impl Judge<'_> {
    fn figure(&self, figure: &FigureChange) -> ChangedFigure {
        let Difference { label, was, is } = &figure.own;
        let origins = figure.origins.iter().filter_map(|id| Some((id, self.found.origins.get(id)?)));
        let mut told: Vec<(FigureCause, OriginTold)> =
            origins.filter_map(|(id, origin)| self.origin(id, origin)).collect();
        for (_, origin) in &mut told {
            let inside = format!("{}[", origin.id);
            let of_file = figure.cells.iter().filter(|cell| cell.label.starts_with(&inside));
            origin.cells = of_file.cloned().collect();
        }
        // A row or a target that only one plan has comes with it, whatever is reported of it.
        if (figure.is_of_one || self.is_of_one_plan(&figure.id))
            && told.iter().any(|(cause, _)| *cause == FigureCause::Target)
        {
            told.retain(|(cause, _)| *cause == FigureCause::Target);
        }
        // From the same inputs no leaf makes a difference, whatever the ledgers of two programs name.
        if told.is_empty() || self.is_of_same_inputs() {
            told = self.outside(&figure.id);
        }
        told.sort_by_key(|(cause, _)| *cause);
        let cause = told.first().map(|(cause, _)| *cause);
        ChangedFigure {
            id: figure.id.to_string(),
            title: label.clone(),
            is_word: figure.is_word,
            was: was.clone(),
            is: is.clone(),
            cause,
            origins: told.into_iter().map(|(_, origin)| origin).collect(),
        }
    }

    /// Whether both outputs were made from the same files.
    fn is_of_same_inputs(&self) -> bool {
        self.files.is_empty() && self.before.record.round == self.after.record.round
    }

    /// What a leaf explains; nothing for a step, and for what is only looked up in one of the two.
    fn origin(&self, id: &StepId, origin: &FigureOrigin) -> Option<(FigureCause, OriginTold)> {
        if origin.kind == OriginKind::Step {
            return None;
        }
        let cause = match &origin.operation {
            Operation::File { .. } | Operation::Cell { .. } => FigureCause::Returned,
            Operation::Line { .. } => FigureCause::Target,
            Operation::Curated { file, .. } => of_entry(file, id),
            Operation::Parameter { .. } => FigureCause::Parameter,
            Operation::Decision { kind, .. } if kind == "weight" => FigureCause::Weight,
            Operation::Decision { kind, .. } if kind == "amendment" => FigureCause::Target,
            Operation::Decision { .. } => FigureCause::Decided,
            Operation::Finding => {
                let [was, is] = &self.waived;
                let of = |all: &BTreeMap<String, bool>| all.get(id.as_str()).copied();
                match (of(was), of(is)) {
                    (Some(was), Some(is)) if was != is => FigureCause::Decided,
                    _ => self.of_finding(id),
                }
            }
            _ => return None,
        };
        let Difference { was, is, .. } = origin.own.clone();
        Some((cause, OriginTold { id: id.to_string(), was, is, cells: Vec::new() }))
    }

    /// Why there is a finding on one side only: the unit sent something else, or else what it is held against is another one.
    fn of_finding(&self, id: &StepId) -> FigureCause {
        let city = id.as_str().split('/').nth(2).unwrap_or_default();
        let own = format!("{}/{city}/", self.after.folder);
        let concerns = |path: &str| path.starts_with(&own) || path.matches('/').count() < 2;
        let causes = self.files.keys().filter(|path| concerns(path)).map(|path| of_file(path));
        causes.min().unwrap_or(FigureCause::Returned)
    }

    /// Whether a figure is of a row that only one of the plans has.
    fn is_of_one_plan(&self, id: &StepId) -> bool {
        let mut parts = id.as_str().split('/');
        let (Some(city), Some(row)) = (parts.next(), parts.next()) else { return false };
        let row = row.split('@').next().unwrap_or(row);
        let city = self.two.after.plans.iter().find(|plan| plan.city.as_str() == city);
        let pairing = city.and_then(|plan| self.two.both(&plan.city)).map(|both| both.pairing);
        let pair = pairing.and_then(|pairing| pairing.row(Which::After, &IndicatorNo::from(row)));
        only_before(row).is_some() || pair.is_some_and(|pair| pair.before.is_none())
    }

    /// The programs, where they are not known to be one: an output does not say which of a version made it, a bag does.
    fn program(&self) -> Option<OriginTold> {
        let (was, is) = (self.before.program(), self.after.program());
        let told = |(version, digest): (&str, Option<&str>)| match digest {
            Some(digest) if was.0 == is.0 => {
                format!("{version} ({}…)", digest.chars().take(8).collect::<String>())
            }
            _ => version.to_owned(),
        };
        (was != is || was.1.is_none()).then(|| OriginTold {
            id: "duibiao".to_owned(),
            was: Some(told(was)),
            is: Some(told(is)),
            cells: Vec::new(),
        })
    }

    /// What explains a figure whose steps have no leaf of their own for it: the year that is judged, an input file, the program.
    fn outside(&self, id: &StepId) -> Vec<(FigureCause, OriginTold)> {
        let (was, is) = (self.before.record.round, self.after.record.round);
        if was != is {
            let id = format!("{}/round.toml#round.year", self.after.folder);
            let told =
                OriginTold { id, was: Some(was.to_string()), is: Some(is.to_string()), cells: Vec::new() };
            return vec![(FigureCause::Target, told)];
        }
        let city = id.as_str().split('/').next().unwrap_or_default();
        let own = format!("{}/{city}/", self.after.folder);
        let concerns = |path: &str| {
            path.starts_with(&own)
                || path.matches('/').count() < 2
                || city == "round"
                || path.starts_with("sources/")
        };
        let files = self.files.iter().filter(|(path, _)| concerns(path));
        let short = |digest: &Option<String>| digest.as_ref().map(|digest| digest.chars().take(16).collect());
        let told = |(path, (was, is)): (&String, &(Option<String>, Option<String>))| {
            (
                of_file(path),
                OriginTold { id: path.clone(), was: short(was), is: short(is), cells: Vec::new() },
            )
        };
        let mut found: Vec<(FigureCause, OriginTold)> = files.map(told).collect();
        found.extend(self.program().filter(|_| found.is_empty()).map(|told| (FigureCause::Program, told)));
        found
    }
}

/// What an entry that people keep is: of the catalogue, of the plan, or a value of an earlier year.
fn of_entry(file: &str, id: &StepId) -> FigureCause {
    let field = id.as_str().rsplit_once('#').map_or("", |(_, field)| field);
    let last = field.rsplit('.').next().unwrap_or_default();
    let is_year = last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit());
    match file.rsplit('/').next() {
        Some("catalogue.toml") => FigureCause::Catalogue,
        Some("published.csv") => FigureCause::Restated,
        _ if is_year => FigureCause::Restated,
        _ => FigureCause::Target,
    }
}

/// What an input file can change.
fn of_file(path: &str) -> FigureCause {
    match path.rsplit('/').next() {
        Some("catalogue.toml") => FigureCause::Catalogue,
        Some("round.toml" | INDEX) => FigureCause::Parameter,
        Some("waivers.toml" | "queries.csv") => FigureCause::Decided,
        Some("published.csv") => FigureCause::Restated,
        Some("plan.toml") => FigureCause::Target,
        _ if path.starts_with("sources/") => FigureCause::Target,
        _ => FigureCause::Returned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_and_files_are_told_apart_by_what_they_say() {
        for (file, id, cause) in [
            ("catalogue.toml", "catalogue.toml#income.direction", FigureCause::Catalogue),
            ("2023/a/plan.toml", "2023/a/plan.toml#22.2023.annual.value", FigureCause::Target),
            ("2023/a/plan.toml", "2023/a/plan.toml#22.2022", FigureCause::Restated),
            ("2023/a/published.csv", "2023/a/published.csv#22.2022", FigureCause::Restated),
            ("2023/a/plan.toml", "2023/a/plan.toml#22.name", FigureCause::Target),
        ] {
            assert_eq!(of_entry(file, &StepId::new(id)), cause, "{id}");
        }
        for (path, cause) in [
            ("2023/a/submissions/局.xlsx", FigureCause::Returned),
            ("2023/a/received.csv", FigureCause::Returned),
            ("sources/plan.txt", FigureCause::Target),
            ("2023/waivers.toml", FigureCause::Decided),
            ("2023/a/queries.csv", FigureCause::Decided),
        ] {
            assert_eq!(of_file(path), cause, "{path}");
        }
    }
}
