//! One evaluation → report, results workbook, tables, validation report, page of figures and manifest.

mod cache;
mod corrected;
mod documents;
mod docx;
mod ess;
mod explorer;
mod figure;
mod lineage;
mod manifest;
mod partial;
mod pdf;
mod printed;
mod report;
mod results;
mod shares;
mod table;
mod tables;
mod typeset;
mod typst;
mod validation;

pub use cache::Cache;
pub use explorer::Disclosure;
pub use figure::{Doing, Figure, LineageStep, Total};
pub use lineage::lineage;
pub use manifest::{Manifest, OutputFile};
pub use printed::Glyphs;
pub use shares::{Share, ShareOrder, Shares, publish_share};
pub use table::{Cell, Head, Kind, Meaning, Table};
pub use tables::{of_index as index_tables, signoff, tables};
pub use typeset::ask;
pub use typst::Typst;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::error::RunError;
use crate::evaluation::Evaluation;
use crate::files::{self, Staging};
use crate::finding::Language;
use crate::inputs::Inputs;
use crate::ledger::Ledger;
use crate::progress::Progress;
use typeset::Material;

/// Where to publish and by what means.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Output folder.
    pub output: PathBuf,
    /// The typesetting program.
    pub typst: Typst,
    /// A folder of templates instead of those in the program.
    pub templates: Option<PathBuf>,
    /// How much of the inputs the page of figures shows.
    pub explorer: Disclosure,
    /// What earlier runs made and left to be used again; `None` to make everything anew.
    pub cache: Option<Cache>,
    /// Documents that other machines made of the same; `None` to make everything here.
    pub shares: Option<Shares>,
}

impl Publication {
    /// The cache, and what the output is made from.
    fn cached(
        &self,
        evaluation: &Evaluation,
        manifest: &Manifest,
    ) -> Result<Option<(&Cache, cache::MadeFrom)>, RunError> {
        let of = |cache| Ok((cache, Cache::output_from(cache, evaluation, manifest, self.explorer)?));
        self.cache.as_ref().map(of).transpose()
    }
}

/// A file of the output folder: its path and its bytes.
pub type Output = (String, Vec<u8>);

/// Makes all outputs and puts them in place at once, and returns their 数字指纹. `glyphs` is what is known already of the characters that fonts
/// show.
///
/// # Errors
/// Fails when an output cannot be made, or when the output folder holds other things than an earlier output. What was
/// there before is then untouched.
pub fn publish(
    evaluation: &Evaluation,
    inputs: &Inputs,
    publication: &Publication,
    glyphs: Glyphs,
    progress: &dyn Progress,
) -> Result<String, RunError> {
    refuse_foreign_folder(&publication.output)?;
    let staging = Staging::beside(&publication.output, is_ours)?;
    let typst = publication.typst.version()?;
    let (mut manifest, templates) = begun(evaluation, publication, &typst)?;
    if let Some(shares) = &publication.shares {
        shares.agree(evaluation, &manifest)?;
    }
    let cache = publication.cached(evaluation, &manifest)?;
    if let Some(figures) = cache.as_ref().and_then(|(cache, from)| cache.unchanged(&publication.output, from))
    {
        inputs.unchanged()?;
        return Ok(figures);
    }
    let placing = Placing { inputs, staging, output: &publication.output, cache };
    let fingerprint = manifest.fingerprint.clone();
    let context = report::Context::new(evaluation, &fingerprint, &typst);
    let english = evaluation.round.languages.contains(&Language::English);
    let english =
        english.then(|| report::Context::in_language(Language::English, evaluation, &fingerprint, &typst));
    let (documents, numerals) = documents::built(&context, english.as_ref())?;
    let mut tables = tables::with_numerals(evaluation, &numerals);
    let (own_steps, is_annual) = (&numerals.own_steps, evaluation.round.period.is_annual());
    // The page takes as long as the tables, and none of its rows from what is signed.
    let page = || explorer::page(evaluation, (&tables, own_steps), publication.explorer, &fingerprint);
    let (files, explorer) = rayon::join(|| table_files(&tables), || is_annual.then(page).transpose());
    let (mut outputs, mut listed) = files?;
    // Who signed, signed these tables: the one that lists them comes behind.
    let figures = manifest::figures(&listed);
    tables.push(tables::signoff(&evaluation.round.signed, &figures));
    let (signed, of_signed) = table_files(tables.get(tables.len().saturating_sub(1)..).unwrap_or_default())?;
    outputs.extend(signed);
    listed.extend(of_signed);
    let about = report::about(evaluation);
    if !is_annual {
        let made = partial::Made { tables: outputs, figures, documents, glyphs, templates };
        return partial::publish((evaluation, publication), &context, manifest, placing, made, progress);
    }
    let (results, (validation, ess)) = rayon::join(
        || results::workbook(&about, evaluation, &tables),
        || rayon::join(|| validation::report(evaluation), || ess::report(evaluation)),
    );
    outputs.push(("results.xlsx".to_owned(), results?));
    outputs.push(("validation-report.json".to_owned(), validation?));
    outputs.push((ess::NAME.to_owned(), ess?));
    listed.extend(described(outputs.get(listed.len()..).unwrap_or_default()));
    (manifest.outputs, manifest.figures) = (listed, figures);
    let material =
        Material { context: &context, templates: &templates, outputs: &outputs, manifest: &manifest };
    let (pdfs, used) = typeset::documents(publication, &material, documents, glyphs, progress)?;
    let page = explorer?.map(|page| (explorer::NAME.to_owned(), page));
    let unattached: Vec<Output> = pdfs.into_iter().chain(page).collect();
    manifest.outputs.extend(described(&unattached));
    outputs.extend(unattached);
    placing.put(outputs, manifest, used)
}

/// How outputs come into their place.
struct Placing<'a> {
    inputs: &'a Inputs,
    staging: Staging,
    output: &'a Path,
    /// Where it is remembered what they were made from.
    cache: Option<(&'a Cache, cache::MadeFrom)>,
}

impl Placing<'_> {
    /// Puts them there with their manifest, all at once, and gives their 数字指纹.
    fn put(
        self,
        outputs: Vec<Output>,
        manifest: Manifest,
        used: cache::Documents,
    ) -> Result<String, RunError> {
        let json = manifest.json()?;
        outputs.par_iter().try_for_each(|(path, bytes)| self.staging.write(path, bytes))?;
        self.staging.write("manifest.json", &json)?;
        self.inputs.unchanged()?;
        self.staging.publish()?;
        if let Some((cache, from)) = self.cache {
            cache.remember(self.output, from, (&json, &manifest.figures), used);
        }
        Ok(manifest.figures)
    }
}

/// The manifest with what documents are set with, and the templates.
fn begun(
    evaluation: &Evaluation,
    publication: &Publication,
    typst: &str,
) -> Result<(Manifest, Vec<Output>), RunError> {
    let mut manifest = Manifest::new(evaluation, typst.to_owned());
    let templates = templates(publication.templates.as_deref())?;
    manifest.templates = described(&templates);
    manifest.fonts = fonts(&publication.typst.fonts)?;
    manifest.tools = vec![OutputFile::of(typst, &files::read(&publication.typst.program)?)];
    Ok((manifest, templates))
}

/// The page of figures without the steps that only documents ask for. For who measures what it takes.
///
/// # Errors
/// Fails when it cannot be built, which would be a fault of the program.
pub fn page_of_figures(
    evaluation: &Evaluation,
    tables: &[Table],
    disclosure: Disclosure,
) -> Result<Vec<u8>, RunError> {
    explorer::page(evaluation, (tables, &Ledger::default()), disclosure, "")
}

/// The output folder is replaced as a whole, so it must be one of ours, empty or new.
fn refuse_foreign_folder(folder: &Path) -> Result<(), RunError> {
    match foreign(folder) {
        Ok(files) if files.is_empty() => Ok(()),
        Ok(files) => Err(RunError::ForeignFolder { folder: folder.to_owned(), files }),
        // That is told where it is to be replaced.
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => Ok(()),
        Err(source) => Err(RunError::reading(folder, source)),
    }
}

/// Whether a folder may be replaced.
fn is_ours(folder: &Path) -> std::io::Result<bool> {
    foreign(folder).map(|files| files.is_empty())
}

/// The longest manifest of ours, in bytes; that of 2,800 counties has a tenth of it.
const LONGEST_MANIFEST: u64 = 256 << 20;
/// Where so many files are not ours, no more are looked for.
const MOST_FOREIGN: usize = 100;

/// What in a folder is no output of an earlier run: all but the manifest and what it lists, the folders of these, and what file
/// managers leave. What is mounted there is never ours.
fn foreign(folder: &Path) -> std::io::Result<Vec<String>> {
    let at = folder.join("manifest.json");
    let is_file = files::look_at_itself(&at)?.is_some_and(|found| found.is_file());
    let manifest = if is_file { files::read_up_to(&at, LONGEST_MANIFEST)? } else { Vec::new() };
    not_among(&manifest::listed(&manifest), folder)
}

/// What in a folder is not among files by their path below it.
fn not_among(listed: &BTreeSet<PathBuf>, folder: &Path) -> std::io::Result<Vec<String>> {
    let holds_listed = |below: &Path| listed.iter().any(|path| path.starts_with(below));
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop().filter(|_| found.len() < MOST_FOREIGN) {
        let entries = match std::fs::read_dir(folder.join(&below)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && below.as_os_str().is_empty() => {
                break;
            }
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if files::is_mount_point(&entry.path())? {
                found.push(format!("{}（挂载点 mount point）", shown_below(&path)));
            } else if entry.file_type()?.is_dir() {
                if !holds_listed(&path) {
                    found.push(format!("{}/", shown_below(&path)));
                }
                folders.push(path);
            } else if !listed.contains(&path) && !files::is_of_programs(&path) {
                found.push(shown_below(&path));
            }
        }
    }
    // A folder is named only where there is nothing in it to name.
    found.sort();
    let is_filled =
        |at: usize, name: &String| found.get(at + 1).is_some_and(|next| next.starts_with(name.as_str()));
    let named = found.iter().enumerate().filter(|(at, name)| !(name.ends_with('/') && is_filled(*at, name)));
    Ok(named.map(|(_, name)| name.clone()).collect())
}

/// A path below a folder as people read it, with `/`.
fn shown_below(path: &Path) -> String {
    path.iter().map(|part| files::name(Path::new(part))).collect::<Vec<_>>().join("/")
}

/// Tables as files, and what is listed of these.
fn table_files(tables: &[Table]) -> Result<(Vec<Output>, Vec<OutputFile>), RunError> {
    let file = |path: String, bytes: Vec<u8>| {
        let listed = OutputFile::of(path.as_str(), &bytes);
        ((path, bytes), listed)
    };
    // One is digested while the other is still made: of a large table both take their time.
    let both = |table: &Table| {
        let name = table.head.name;
        let (csv, parquet) = rayon::join(
            || table.csv().map(|bytes| file(format!("tables/{name}.csv"), bytes)),
            || table.parquet().map(|bytes| file(format!("tables/{name}.parquet"), bytes)),
        );
        Ok([csv?, parquet?])
    };
    let files: Vec<_> = tables.par_iter().map(both).collect::<Result<_, RunError>>()?;
    Ok(files.into_iter().flatten().unzip())
}

fn described(outputs: &[Output]) -> Vec<OutputFile> {
    outputs.par_iter().map(|(path, bytes)| OutputFile::of(path.as_str(), bytes)).collect()
}

static TEMPLATES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What stands on every page where figures are invented.
pub fn illustrative_label(is_illustrative: bool) -> Option<&'static str> {
    is_illustrative.then_some(report::ILLUSTRATIVE)
}

/// The template of a comparison, which no report takes.
const OF_COMPARISONS: &str = "diff.typ";

/// Sets a comparison of two outputs, as a document of its own.
///
/// # Errors
/// Fails when the typesetting program cannot be started, or does not do it.
pub fn comparison(typst: &Typst, model: &serde_json::Value, date: NaiveDate) -> Result<Vec<u8>, RunError> {
    typeset::by_itself(typst, OF_COMPARISONS, &embedded(&TEMPLATES), model, date)
}

/// The templates of reports in the program, or those of a folder laid out in the same way.
///
/// # Errors
/// Fails when one of them cannot be read.
pub fn templates(folder: Option<&Path>) -> Result<Vec<Output>, RunError> {
    let mut embedded = embedded(&TEMPLATES);
    embedded.retain(|(path, _)| path != OF_COMPARISONS);
    let Some(folder) = folder else { return Ok(embedded) };
    embedded
        .into_iter()
        .map(|(path, _)| {
            let bytes = files::read(&folder.join(&path))?;
            Ok((path, bytes))
        })
        .collect()
}

fn embedded(folder: &include_dir::Dir<'_>) -> Vec<Output> {
    let own = folder.files().map(|file| (file.path().display().to_string(), file.contents().to_vec()));
    let mut found: Vec<Output> = own.filter(|(path, _)| path.ends_with(".typ")).collect();
    found.extend(folder.dirs().flat_map(embedded));
    found.sort();
    found
}

/// The fonts of the folders and of all folders in them, as typst looks for them; by their path below the folder given.
fn fonts(folders: &[PathBuf]) -> Result<Vec<OutputFile>, RunError> {
    let mut found = Vec::new();
    for folder in folders {
        for path in files::fonts(folder)? {
            let below = path.strip_prefix(folder).unwrap_or(&path);
            found.push((shown_below(below), path));
        }
    }
    found.par_iter().map(|(name, path)| Ok(OutputFile::of(name.as_str(), &files::read(path)?))).collect()
}
