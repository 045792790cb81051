//! The brief, the report, the technical volume and each city's own report → PDF, each with the files that belong to it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde_json::Value;

use super::printed::{self, Glyphs};
use super::report::{Context, Document, Scope};
use super::typst::{Failure, Manuscript, Typst, Unshown};
use super::{Manifest, Output, Publication, described, docx, report, results, tables};
use crate::characters::{is_common, is_complex, is_invisible};
use crate::error::RunError;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{Language, Withheld};
use crate::progress::Progress;

/// A document is tried so often before only common characters are trusted.
const ATTEMPTS: usize = 4;
/// Documents with a model of more bytes than this are set one after the other: typst needs several hundred mebibytes for one.
const LARGE: usize = 256 << 10;
/// Time for asking which characters the fonts show.
const ASKING_LIMIT: Duration = Duration::from_secs(60);
/// The template that all documents are set with.
const MAIN: &str = "report.typ";
/// A document of characters, each by itself; typst names those that no font shows.
const PROBE: &str = "#set document(title: \"characters\")\n#set text(lang: \"zh\")\n#for c in json(\"data/report.json\") [#box(c) ]\n";

/// What every document is made from.
pub(super) struct Material<'a> {
    pub(super) context: &'a Context<'a>,
    /// The same for the documents in English, where the round asks for them.
    pub(super) english: Option<&'a Context<'a>>,
    pub(super) templates: &'a [Output],
    pub(super) outputs: &'a [Output],
    pub(super) manifest: &'a Manifest,
}

impl Material<'_> {
    /// The files attached to the technical volume: results, lineage, manifest.
    fn of_round(&self) -> Result<Vec<Output>, RunError> {
        let evaluation = self.context.evaluation;
        if evaluation.cities.iter().any(|city| city.score.withholds(Withheld::Chapter)) {
            return self.without_withheld(evaluation);
        }
        let of = |path: &str, name: &str| {
            let bytes = self.outputs.iter().find(|(known, _)| known == path)?.1.clone();
            Some((name.to_owned(), bytes))
        };
        let files = [of("results.xlsx", "results.xlsx"), of("tables/lineage.csv", "lineage.csv")];
        let mut files: Vec<Output> = files.into_iter().flatten().collect();
        files.push(("manifest.json".to_owned(), self.manifest.json()?));
        Ok(files)
    }

    /// The same without the cities whose chapters are withheld.
    fn without_withheld(&self, evaluation: &Evaluation) -> Result<Vec<Output>, RunError> {
        let published = evaluation.published();
        let tables = tables::without_numerals(&published);
        let about = report::about(&published);
        let mut files = vec![("results.xlsx".to_owned(), results::workbook(&about, &published, &tables)?)];
        for table in tables.iter().filter(|table| table.head.name == "lineage") {
            files.push(("lineage.csv".to_owned(), table.csv()?));
        }
        files.push(("manifest.json".to_owned(), self.manifest.json()?));
        Ok(files)
    }

    /// The same for one city: made from what concerns it, so that nothing of another city is in them.
    fn of_city(&self, slug: &str) -> Result<Vec<Output>, RunError> {
        let Context { evaluation, owners, .. } = self.context;
        let mut own = evaluation.only(slug, owners);
        if own.cities.iter().any(|city| city.score.withholds(Withheld::Chapter)) {
            own = own.published();
        }
        let tables = tables::of_city(&own);
        let about = report::about_city(evaluation, &own);
        let mut files = vec![("results.xlsx".to_owned(), results::workbook(&about, &own, &tables)?)];
        for table in tables.iter().filter(|table| table.head.name == "lineage") {
            files.push(("lineage.csv".to_owned(), table.csv()?));
        }
        let manifest = self.manifest.for_city(slug, &own, described(&files));
        files.push(("manifest.json".to_owned(), manifest.json()?));
        Ok(files)
    }

    fn attached(&self, which: DocumentOf<'_>) -> Result<Vec<Output>, RunError> {
        match which {
            DocumentOf::Technical => self.of_round(),
            // Their figures stand in the technical volume, with the files that belong to it.
            DocumentOf::Brief(_) | DocumentOf::Report(_) | DocumentOf::Units(_) => Ok(Vec::new()),
            DocumentOf::City(_, city) => self.of_city(city.plan.city.as_str()),
        }
    }
}

/// Which document it is.
#[derive(Clone, Copy)]
enum DocumentOf<'a> {
    /// The main report of the round, in a language.
    Report(Language),
    /// Its technical volume.
    Technical,
    /// Its brief, in a language.
    Brief(Language),
    /// The own report of the city at a place among all.
    City(usize, &'a CityEvaluation),
    /// The pages of the units of the city at a place among all.
    Units(usize),
}

/// A document in the making.
struct Job<'a> {
    name: String,
    which: DocumentOf<'a>,
}

/// Sets the brief, the report, the technical volume and each city's own report, in parallel. A model lives no longer than its document is being set.
pub(super) fn documents(
    publication: &Publication,
    material: &Material<'_>,
    mut glyphs: Glyphs,
    progress: &dyn Progress,
) -> Result<Vec<Output>, RunError> {
    let context = material.context;
    let (chinese, english) = (Language::Chinese, Language::English);
    let mut jobs = vec![
        Job { name: "brief.pdf".to_owned(), which: DocumentOf::Brief(chinese) },
        Job { name: "report.pdf".to_owned(), which: DocumentOf::Report(chinese) },
        Job { name: "technical.pdf".to_owned(), which: DocumentOf::Technical },
    ];
    if material.english.is_some() {
        jobs.push(Job { name: "brief-en.pdf".to_owned(), which: DocumentOf::Brief(english) });
        jobs.push(Job { name: "report-en.pdf".to_owned(), which: DocumentOf::Report(english) });
    }
    for (at, city) in context.evaluation.cities.iter().enumerate() {
        let name = format!("cities/{}.pdf", city.plan.city);
        jobs.push(Job { name, which: DocumentOf::City(at, city) });
    }
    for at in report::places_of_unit_pages(context) {
        let city = context.evaluation.cities.get(at).map_or("", |city| city.plan.city.as_str());
        jobs.push(Job { name: format!("units/{city}.pdf"), which: DocumentOf::Units(at) });
    }
    progress.begin("排版 typesetting", jobs.len());
    let Document { model: technical, .. } = document(context, Scope::Round)?;
    let mut unknown = BTreeSet::new();
    printed::unknown(&technical, &glyphs, &mut unknown);
    ask(&publication.typst, &mut glyphs, unknown)?;
    let turn = Mutex::new(());
    let told_in = |language: Language| match language {
        Language::Chinese => context,
        Language::English => material.english.unwrap_or(context),
    };
    jobs.into_par_iter()
        .map(|job| {
            let own = match job.which {
                DocumentOf::Technical => None,
                DocumentOf::Report(language) => Some(document(told_in(language), Scope::Main)?),
                DocumentOf::Brief(language) => Some(document(told_in(language), Scope::Brief)?),
                DocumentOf::City(at, _) => Some(document(context, Scope::City(at))?),
                DocumentOf::Units(at) => Some(document(context, Scope::Units(at))?),
            };
            let model = own.as_ref().map_or(&technical, |own| &own.model);
            let pdf = job.set(&publication.typst, material, model, glyphs.clone(), &turn)?;
            progress.step();
            let mut made = vec![(job.name, pdf)];
            if matches!(job.which, DocumentOf::Brief(Language::Chinese)) {
                made.push((docx::NAME.to_owned(), docx::document(model)?));
            }
            Ok(made)
        })
        .collect::<Result<Vec<_>, RunError>>()
        .map(|made| made.into_iter().flatten().collect())
}

impl Job<'_> {
    fn language(&self) -> Language {
        match self.which {
            DocumentOf::Brief(language) | DocumentOf::Report(language) => language,
            DocumentOf::Technical | DocumentOf::City(..) | DocumentOf::Units(_) => Language::Chinese,
        }
    }

    /// Sets one document. Characters that no font has (an emoji, a rare name) are printed as 〓, and the legend says so;
    /// the tables keep them.
    fn set(
        &self,
        typst: &Typst,
        material: &Material<'_>,
        model: &Value,
        glyphs: Glyphs,
        turn: &Mutex<()>,
    ) -> Result<Vec<u8>, RunError> {
        let attached = material.attached(self.which)?;
        shown(model, glyphs, |text| {
            let mut files: Vec<(String, &[u8])> =
                material.templates.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())).collect();
            files.extend(attached.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())));
            files.push(("data/report.json".to_owned(), text.as_bytes()));
            let date = material.context.evaluation.round.report_date;
            let language = self.language();
            let document = Manuscript { name: self.name.clone(), files, main: MAIN, language, date };
            let _one_by_one =
                (text.len() > LARGE).then(|| turn.lock().unwrap_or_else(PoisonError::into_inner));
            typst.compile(&document)
        })
    }
}

/// Sets a model, and once more without the characters that no font turned out to have.
fn shown(
    model: &Value,
    mut glyphs: Glyphs,
    set: impl Fn(&str) -> Result<Vec<u8>, Failure>,
) -> Result<Vec<u8>, RunError> {
    let mut attempt = 1;
    loop {
        match set(&printable(model.clone(), &glyphs)) {
            Ok(pdf) => return Ok(pdf),
            Err(Failure::Text(Unshown { named, error, .. })) => {
                let learned = attempt < ATTEMPTS && glyphs.learn_missing(&named);
                if !learned && !glyphs.trust_only_the_common() {
                    return Err(error);
                }
                attempt += 1;
            }
            Err(Failure::Other(error)) => return Err(error),
        }
    }
}

/// Sets a document that belongs to no round's outputs. Characters that no font has are printed as 〓.
///
/// # Errors
/// Fails when the typesetting program cannot be started, or does not do it.
pub(super) fn by_itself(
    typst: &Typst,
    main: &'static str,
    templates: &[Output],
    model: &Value,
    date: NaiveDate,
) -> Result<Vec<u8>, RunError> {
    let mut glyphs = Glyphs::default();
    let mut unknown = BTreeSet::new();
    printed::unknown(model, &glyphs, &mut unknown);
    ask(typst, &mut glyphs, unknown)?;
    shown(model, glyphs, |text| {
        let mut files: Vec<(String, &[u8])> =
            templates.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())).collect();
        files.push(("data/report.json".to_owned(), text.as_bytes()));
        let language = Language::default();
        typst.compile(&Manuscript { name: main.to_owned(), files, main, language, date })
    })
}

pub(super) fn document(context: &Context<'_>, scope: Scope) -> Result<Document, RunError> {
    report::document(context, scope).map_err(|error| RunError::output("report.json", error))
}

/// The model as JSON with its texts made printable; the legend explains 〓 where it stands.
fn printable(mut model: Value, glyphs: &Glyphs) -> String {
    if printed::print(&mut model, glyphs) {
        report::explain_missing_glyphs(&mut model);
    }
    model.to_string()
}

/// Asks the typesetting program which of the characters no font shows. It alone knows: it looks through all fonts, those
/// within itself among them, and joins letters and marks. What cannot be told is left for the documents to find out.
///
/// # Errors
/// Fails when the program cannot be asked.
pub fn ask(typst: &Typst, glyphs: &mut Glyphs, mut unknown: BTreeSet<String>) -> Result<(), RunError> {
    let typst = Typst { limit: typst.limit.min(ASKING_LIMIT), ..typst.clone() };
    while !unknown.is_empty() {
        let text = Value::from_iter(unknown.iter().cloned()).to_string();
        let files = vec![
            ("probe.typ".to_owned(), PROBE.as_bytes()),
            ("data/report.json".to_owned(), text.as_bytes()),
        ];
        let name = "字体检查 characters".to_owned();
        let (language, date) = (Language::default(), NaiveDate::default());
        let document = Manuscript { name, files, main: "probe.typ", language, date };
        let Unshown { named, has_more, .. } = match typst.compile(&document) {
            Ok(_) => {
                glyphs.learn(unknown, BTreeSet::new());
                return Ok(());
            }
            Err(Failure::Text(unshown)) => unshown,
            Err(Failure::Other(error)) => return Err(error),
        };
        let is_named = |cluster: &str| {
            let part = |c: char| {
                !is_common(c) && !is_invisible(c) && named.contains(c.encode_utf8(&mut [0; 4]) as &str)
            };
            named.contains(cluster) || cluster.chars().any(part)
        };
        let (missing, rest): (BTreeSet<String>, BTreeSet<String>) =
            unknown.into_iter().partition(|one| is_named(one) || (has_more && is_complex(one)));
        let is_done = missing.is_empty() || !has_more;
        glyphs.learn(BTreeSet::new(), missing);
        if is_done {
            glyphs.learn(rest, BTreeSet::new());
            return Ok(());
        }
        unknown = rest;
    }
    Ok(())
}
