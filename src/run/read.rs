//! Everything that was read of a round; evidence and the forms that were issued are digested and not read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Settings, input_root};
use crate::collect::Collected;
use crate::error::RunError;
use crate::evaluation::{InputFile, InputRole};
use crate::files::{self, PassedOver};
use crate::finding::{Finding, Place, ReadingProblem, ReturnProblem};
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::plan::{self, INDEX, Plan, PreviousOutput, SIGNOFF};
use crate::progress::Progress;

/// What there is to say of files that are digested and not read.
#[derive(Default)]
pub(super) struct Unread {
    /// What of it cannot be read.
    pub(super) findings: Vec<Finding>,
    /// How many entries their folders have, by city.
    pub(super) entries: BTreeMap<CityId, usize>,
}

/// Everything that was read, in the order of the annex: parameters, plans with their sources, registers, evidence and forms that were issued,
/// workbooks. And findings about what of these cannot be read.
pub(super) fn input_files(
    settings: &Settings,
    inputs: &Inputs,
    cities: &[(&Plan, &Collected)],
    progress: &dyn Progress,
) -> Result<(Vec<InputFile>, Unread), RunError> {
    let (input, year) = (input_root(&settings.round), files::name(&settings.round));
    let plans: &[&Plan] = &cities.iter().map(|(plan, _)| *plan).collect::<Vec<_>>();
    let mut found = Vec::new();
    // Several plans may stand in one document, which is listed once.
    let mut paths: BTreeSet<String> = BTreeSet::new();
    let mut add =
        |found: &mut Vec<InputFile>, role: InputRole, path: String, at: &Path| -> Result<(), RunError> {
            if (role != InputRole::Source || !paths.contains(&path)) && inputs.is_there(at)? {
                paths.insert(path.clone());
                found.push(InputFile { role, path, at: None, digests: inputs.digests(at)? });
            }
            Ok(())
        };
    add(&mut found, InputRole::Parameters, "catalogue.toml".to_owned(), &input.join("catalogue.toml"))?;
    for name in ["round.toml", "waivers.toml", INDEX] {
        add(&mut found, InputRole::Parameters, format!("{year}/{name}"), &settings.round.join(name))?;
    }
    add(&mut found, InputRole::SignOff, format!("{year}/{SIGNOFF}"), &settings.round.join(SIGNOFF))?;
    for plan in plans {
        let folder = settings.round.join(plan.city.as_str());
        add(
            &mut found,
            InputRole::Plan,
            format!("{year}/{}/plan.toml", plan.city),
            &folder.join("plan.toml"),
        )?;
        add(&mut found, InputRole::Source, plan.source.clone(), &input.join(&plan.source))?;
    }
    for plan in plans {
        let folder = settings.round.join(plan.city.as_str());
        for (role, name) in [
            (InputRole::Register, "received.csv"),
            (InputRole::Published, plan::PUBLISHED),
            (InputRole::Issued, plan::ISSUED),
            (InputRole::Queries, plan::QUERIES),
        ] {
            add(&mut found, role, format!("{year}/{}/{name}", plan.city), &folder.join(name))?;
        }
    }
    let (files, unread) = digested(settings, inputs, plans, progress)?;
    found.extend(files);
    let submissions = cities.iter().flat_map(|(_, collected)| &collected.submissions);
    for submission in submissions.filter(|one| !one.digests.is_unknown()) {
        let path = format!("{year}/{}", submission.file);
        found.push(InputFile {
            role: InputRole::Workbook,
            path,
            at: None,
            digests: submission.digests.clone(),
        });
    }
    Ok((found, unread))
}

/// The parts of earlier outputs that were read.
pub(super) fn earlier_files(inputs: &Inputs, earlier: &[PreviousOutput]) -> Result<Vec<InputFile>, RunError> {
    let files = earlier.iter().flat_map(|output| &output.files);
    files
        .map(|file| {
            let (path, at, digests) = (file.path.clone(), Some(file.at.clone()), inputs.digests(&file.read)?);
            Ok(InputFile { role: InputRole::Earlier, path, at, digests })
        })
        .collect()
}

/// What was looked for and was not there, by its path below the input root.
pub(super) fn absent(settings: &Settings, inputs: &Inputs) -> Vec<String> {
    let root = input_root(&settings.round);
    let below = |path: &PathBuf| path.strip_prefix(&root).ok().map(|path| path.display().to_string());
    inputs.absent().iter().filter_map(below).collect()
}

/// What lies in the folders of all cities and is digested, not read: evidence, and the forms that were issued. And findings about what of it
/// cannot be.
fn digested(
    settings: &Settings,
    inputs: &Inputs,
    plans: &[&Plan],
    progress: &dyn Progress,
) -> Result<(Vec<InputFile>, Unread), RunError> {
    let year = files::name(&settings.round);
    let Unread { findings: mut unread, mut entries } = Unread::default();
    let mut all: Vec<(&Plan, (&str, InputRole), PathBuf)> = Vec::new();
    let folders = plans.iter().flat_map(|plan| FOLDERS.map(|folder| (*plan, folder)));
    for (plan, (name, role)) in folders {
        let folder = settings.round.join(plan.city.as_str()).join(name);
        let at = format!("{}/{name}", plan.city);
        let found = entries.entry(plan.city.clone()).or_default();
        if is_of_the_round(&folder, settings, plans, name)? {
            let problem = ReturnProblem::NotRead { name: name.to_owned(), why: PassedOver::Link };
            unread.push(Finding::new(&plan.city, Place::file(&at), problem.into()));
            *found += 1;
            continue;
        }
        let listed = inputs.list(&folder).and_then(|paths| Ok((paths, files::passed_over(&folder)?)));
        match listed {
            Ok((paths, over)) => {
                *found += paths.len() + over.len();
                all.extend(paths.into_iter().map(|path| (plan, (name, role), path)));
                unread.extend(over.into_iter().map(|(name, why)| {
                    let place = Place::file(&format!("{at}/{name}"));
                    Finding::new(&plan.city, place, ReturnProblem::NotRead { name, why }.into())
                }));
            }
            Err(error) => {
                *found += 1;
                unread.push(unreadable(plan, at, error)?);
            }
        }
    }
    if !all.is_empty() {
        progress.begin("登记佐证材料和下发的报表 digesting evidence and issued forms", all.len());
    }
    let digested = all.into_par_iter().map(|(plan, (folder, role), path)| {
        let name = format!("{}/{folder}/{}", plan.city, files::name(&path));
        let digested = match inputs.digests(&path) {
            Ok(digests) => Ok(InputFile { role, path: format!("{year}/{name}"), at: None, digests }),
            Err(error) => Err(unreadable(plan, name, error)?),
        };
        progress.step();
        Ok(digested)
    });
    let digested: Vec<Result<InputFile, Finding>> = digested.collect::<Result<_, RunError>>()?;
    let mut found = Vec::new();
    for one in digested {
        match one {
            Ok(file) => found.push(file),
            Err(finding) => unread.push(finding),
        }
    }
    Ok((found, Unread { findings: unread, entries }))
}

/// Folders of a city whose files are digested and not read.
const FOLDERS: [(&str, InputRole); 2] =
    [("evidence", InputRole::Evidence), (plan::ISSUED_FOLDER, InputRole::Issued)];

/// Whether such a folder is a link to something else of the round, or to a folder that holds the round: what is read as plans and
/// workbooks is no evidence. The evidence of another city is.
fn is_of_the_round(
    folder: &Path,
    settings: &Settings,
    plans: &[&Plan],
    name: &str,
) -> Result<bool, RunError> {
    if !folder.is_symlink() {
        return Ok(false);
    }
    let (there, round) = (files::place_of(folder)?, files::place_of(&settings.round)?);
    let is_evidence = plans.iter().any(|plan| there == round.join(plan.city.as_str()).join(name));
    Ok(round.starts_with(&there) || (there.starts_with(&round) && !is_evidence))
}

/// What lies with a file of evidence, as a finding.
///
/// # Errors
/// Gives back what lies with the machine.
fn unreadable(plan: &Plan, name: String, error: RunError) -> Result<Finding, RunError> {
    let why = error.of_the_file().ok_or(error)?;
    Ok(Finding::new(&plan.city, Place::file(&name), ReadingProblem::Unreadable { why }.into()))
}
