//! One evaluation → report, results workbook, tables, validation report and manifest.

mod lineage;
mod manifest;
mod model;
mod phrases;
mod report;
mod results;
mod schema;
mod sentences;
mod table;
mod tables;
mod typst;
mod validation;

pub use lineage::{Step, lineage};
pub use manifest::{Manifest, OutputFile};
pub use table::{Cell, Kind, Table};
pub use tables::tables;
pub use typst::Typst;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::assess::{Assessment, TaskAssessment, UnitSummary};
use crate::collect::Collected;
use crate::compare::CityScore;
use crate::digest::Digests;
use crate::error::RunError;
use crate::files::{self, Staging};
use crate::finding::Finding;
use crate::plan::{Catalogue, Plan, Round};
use crate::progress::Progress;
use crate::reconcile::Fact;
use typst::{Document, Failure};

/// Everything that is known of a city.
#[derive(Debug, Clone, PartialEq)]
pub struct CityEvaluation {
    /// Its plan.
    pub plan: Plan,
    /// What was collected.
    pub collected: Collected,
    /// One fact per indicator.
    pub facts: Vec<Fact>,
    /// One assessment per target.
    pub assessments: Vec<Assessment>,
    /// One per task.
    pub tasks: Vec<TaskAssessment>,
    /// One per unit that reports.
    pub units: Vec<UnitSummary>,
    /// One per unit that only shares in tasks.
    pub sharers: Vec<UnitSummary>,
    /// Its score and place.
    pub score: CityScore,
}

impl CityEvaluation {
    /// What is known of the indicator with a number.
    pub fn fact(&self, no: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.no == no)
    }
}

/// A file that went in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// 参数, 方案, 报表, 登记 …
    pub role: &'static str,
    /// Path below the input root, with `/`.
    pub path: String,
    /// Its digests.
    pub digests: Digests,
}

/// The whole of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The round.
    pub round: Round,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The cities, in the round's order.
    pub cities: Vec<CityEvaluation>,
    /// All findings, in their order.
    pub findings: Vec<Finding>,
    /// All files that went in, in the order of the annex.
    pub inputs: Vec<InputFile>,
}

impl Evaluation {
    /// The first workbook of the first city, by its path below the round's folder.
    pub fn workbook(&self) -> Option<String> {
        let submission = self.cities.first()?.collected.submissions.first()?;
        Some(submission.file.clone())
    }
}

/// Where to publish and by what means.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Output folder.
    pub output: PathBuf,
    /// The typesetting program.
    pub typst: Typst,
    /// A folder of templates instead of those in the program.
    pub templates: Option<PathBuf>,
}

/// A file of the output folder: its path and its bytes.
type Output = (String, Vec<u8>);

/// Makes all outputs and puts them in place at once.
///
/// # Errors
/// Fails when an output cannot be made, or when the output folder holds other things than an earlier output. What was
/// there before is then untouched.
pub fn publish(
    evaluation: &Evaluation,
    publication: &Publication,
    progress: &dyn Progress,
) -> Result<(), RunError> {
    refuse_foreign_folder(&publication.output)?;
    let staging = Staging::beside(&publication.output)?;
    let typst = publication.typst.version()?;
    let tables = tables(evaluation);
    let mut outputs = table_files(&tables)?;
    let about = report::about(evaluation);
    outputs.push(("results.xlsx".to_owned(), results::workbook(&about, &tables)?));
    outputs.push(("validation-report.json".to_owned(), validation::report(evaluation)?));
    let templates = templates(publication.templates.as_deref())?;
    let mut manifest = Manifest::new(evaluation, typst.clone());
    manifest.templates = described(&templates);
    manifest.fonts = fonts(&publication.typst.fonts)?;
    manifest.tools = vec![OutputFile::of(typst.as_str(), &files::read(&publication.typst.program)?)];
    manifest.outputs = described(&outputs);
    let attached = manifest.json()?;
    let report = report::round(evaluation, &manifest, &typst);
    let material = Material { templates: &templates, outputs: &outputs, manifest: &attached };
    let pdfs = typeset(evaluation, publication, &report, &material, progress)?;
    manifest.outputs.extend(described(&pdfs));
    outputs.extend(pdfs);
    outputs.push(("manifest.json".to_owned(), manifest.json()?));
    for (path, bytes) in &outputs {
        files::write(&staging.path().join(path), bytes)?;
    }
    staging.publish()
}

/// The output folder is replaced as a whole, so it must be one of ours, empty or new.
fn refuse_foreign_folder(folder: &Path) -> Result<(), RunError> {
    let empty =
        !folder.exists() || std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    let ours = files::read_text(&folder.join("manifest.json"))
        .is_ok_and(|text| text.contains("\"duibiao-manifest/"));
    if empty || ours {
        return Ok(());
    }
    Err(RunError::Request(format!(
        "输出文件夹“{}”里有其他文件，不予覆盖；请另选 --output (holds other files, not replaced)",
        folder.display()
    )))
}

fn table_files(tables: &[Table]) -> Result<Vec<Output>, RunError> {
    let files: Vec<Vec<Output>> = tables
        .par_iter()
        .map(|table| {
            Ok(vec![
                (format!("tables/{}.csv", table.name), table.csv()?),
                (format!("tables/{}.parquet", table.name), table.parquet()?),
            ])
        })
        .collect::<Result<_, RunError>>()?;
    Ok(files.into_iter().flatten().collect())
}

fn described(outputs: &[Output]) -> Vec<OutputFile> {
    outputs.par_iter().map(|(path, bytes)| OutputFile::of(path.as_str(), bytes)).collect()
}

static TEMPLATES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The templates of the program, or those of a folder laid out in the same way.
fn templates(folder: Option<&Path>) -> Result<Vec<Output>, RunError> {
    let embedded = embedded(&TEMPLATES);
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

fn fonts(folders: &[PathBuf]) -> Result<Vec<OutputFile>, RunError> {
    let mut paths = Vec::new();
    for folder in folders {
        let fonts = files::list(folder)?;
        paths.extend(fonts.into_iter().filter(|path| {
            let name = files::name(path).to_lowercase();
            [".otf", ".ttf", ".ttc", ".otc"].iter().any(|ending| name.ends_with(ending))
        }));
    }
    paths.par_iter().map(|path| Ok(OutputFile::of(files::name(path), &files::read(path)?))).collect()
}

/// What every document is set from, besides its model.
struct Material<'a> {
    templates: &'a [Output],
    outputs: &'a [Output],
    manifest: &'a [u8],
}

impl Material<'_> {
    /// The files of the folder that typst sees.
    fn files<'a>(&'a self, model: &'a [u8]) -> Vec<(String, &'a [u8])> {
        let mut files: Vec<(String, &[u8])> =
            self.templates.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())).collect();
        files.push(("data/report.json".to_owned(), model));
        files.push(("data/manifest.json".to_owned(), self.manifest));
        for (path, at) in [("results.xlsx", "data/results.xlsx"), ("tables/lineage.csv", "data/lineage.csv")]
        {
            let bytes = self.outputs.iter().find(|(name, _)| name == path);
            files.extend(bytes.map(|(_, bytes)| (at.to_owned(), bytes.as_slice())));
        }
        files
    }
}

/// Sets the report and each city's own report, in parallel.
fn typeset(
    evaluation: &Evaluation,
    publication: &Publication,
    report: &model::Report,
    material: &Material<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Output>, RunError> {
    let mut documents = vec![("report.pdf".to_owned(), report.clone(), "report.typ", None)];
    for city in &evaluation.cities {
        let slug = city.plan.city.as_str();
        let own = report::city(report, evaluation, slug);
        documents.push((format!("cities/{slug}.pdf"), own, "city.typ", Some(slug.to_owned())));
    }
    progress.begin("排版 typesetting", documents.len());
    documents
        .into_par_iter()
        .map(|(name, model, main, city)| {
            let inputs = city.into_iter().map(|slug| ("city", slug)).collect();
            let date = evaluation.round.report_date;
            let document = Document { name, files: Vec::new(), main, inputs, date };
            let pdf = set(&publication.typst, document.clone(), model, material)?;
            progress.step();
            Ok((document.name, pdf))
        })
        .collect()
}

/// Sets one document. Characters that no font has (an emoji, a rare name) are printed as 〓, and the legend says so; the
/// tables keep them.
fn set(
    typst: &Typst,
    document: Document<'_>,
    mut model: model::Report,
    material: &Material<'_>,
) -> Result<Vec<u8>, RunError> {
    let mut missing: BTreeSet<String> = BTreeSet::new();
    loop {
        let mut text = model_json(&model)?;
        for glyph in &missing {
            text = text.replace(glyph, "〓");
        }
        let document = Document { files: material.files(text.as_bytes()), ..document.clone() };
        match typst.compile(&document) {
            Ok(pdf) => return Ok(pdf),
            Err(Failure::Glyphs(more)) if !more.is_subset(&missing) => {
                if missing.is_empty() {
                    model.guide.symbols.push(report::geta());
                }
                missing.extend(more);
            }
            Err(Failure::Glyphs(more)) => {
                let list = more.into_iter().collect::<Vec<_>>().join(" ");
                return Err(RunError::Typesetting(format!("{}：字体中没有所用的字：{list}", document.name)));
            }
            Err(Failure::Other(error)) => return Err(error),
        }
    }
}

fn model_json(model: &model::Report) -> Result<String, RunError> {
    serde_json::to_string(model).map_err(|error| RunError::output("report.json", error))
}
