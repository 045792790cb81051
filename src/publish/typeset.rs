//! The documents → PDF, each with the files that belong to it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde_json::Value;

use super::cache::{Cache, Documents, SetWith};
use super::documents::{Built, DocumentOf};
use super::printed::{self, Glyphs};
use super::report::Context;
use super::typst::{Failure, Manuscript, Shelf, Typst, Unshown};
use super::{Manifest, Output, Publication, described, docx, explorer, report, results, tables};
use crate::characters::{is_common, is_complex, is_invisible};
use crate::error::RunError;
use crate::evaluation::Evaluation;
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
    pub(super) templates: &'a [Output],
    pub(super) outputs: &'a [Output],
    pub(super) manifest: &'a Manifest,
}

impl Material<'_> {
    /// The templates without those of the page of figures, which no document is set with.
    fn of_documents(&self) -> impl Iterator<Item = &Output> {
        self.templates.iter().filter(|(path, _)| !path.starts_with(explorer::TEMPLATE_FOLDER))
    }

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
        let tables = tables::without_ledgers(&published);
        let about = report::about(&published);
        let mut files = vec![("results.xlsx".to_owned(), results::workbook(&about, &published, &tables)?)];
        for table in tables.iter().filter(|table| table.head.name == "lineage") {
            files.push(("lineage.csv".to_owned(), table.csv()?));
        }
        files.push(("manifest.json".to_owned(), self.manifest.json()?));
        Ok(files)
    }

    /// The same for one city: made from what concerns it, so that nothing of another city is in them. With the digest of the figures in them.
    fn of_city(&self, slug: &str) -> Result<(Vec<Output>, String), RunError> {
        let Context { evaluation, owners, .. } = self.context;
        let mut own = evaluation.only(slug, owners);
        if own.cities.iter().any(|city| city.score.withholds(Withheld::Chapter)) {
            own = own.published();
        }
        let tables = tables::of_city(&own);
        let about = report::about_city(&own);
        let mut files = vec![("results.xlsx".to_owned(), results::workbook(&about, &own, &tables)?)];
        for table in tables.iter().filter(|table| table.head.name == "lineage") {
            files.push(("lineage.csv".to_owned(), table.csv()?));
        }
        let manifest = self.manifest.for_city(slug, &own, described(&files));
        files.push(("manifest.json".to_owned(), manifest.json()?));
        Ok((files, manifest.figures))
    }

    /// The model of a document with the digest of its figures, and the files attached to it.
    fn sealed(&self, built: &Built<'_>) -> Result<(Value, Vec<Output>), RunError> {
        let of_round = |files| (files, self.manifest.figures.clone());
        let (attached, figures) = match built.which {
            DocumentOf::Technical => of_round(self.of_round()?),
            // Their figures stand in the technical volume, with the files that belong to it.
            DocumentOf::Brief(_) | DocumentOf::Bulletin | DocumentOf::Report(_) | DocumentOf::Units(..) => {
                of_round(Vec::new())
            }
            DocumentOf::City(_, city) => self.of_city(city.plan.city.as_str())?,
        };
        Ok((self.model(built, &figures)?, attached))
    }

    fn model(&self, built: &Built<'_>, figures: &str) -> Result<Value, RunError> {
        built.sealed(figures, &self.context.evaluation.round.signed)
    }
}

/// Sets the documents of a round in parallel. A model is taken apart no longer than its document is being set.
pub(super) fn documents(
    publication: &Publication,
    material: &Material<'_>,
    built: Vec<Built<'_>>,
    mut glyphs: Glyphs,
    progress: &dyn Progress,
) -> Result<(Vec<Output>, Documents), RunError> {
    progress.begin("排版 typesetting", built.len());
    let mut unknown = BTreeSet::new();
    // Where there is none of the round, own reports have all that is printed of their cities.
    let is_of_round = |one: &Built<'_>| matches!(one.which, DocumentOf::Technical | DocumentOf::Bulletin);
    let has_of_round = built.iter().any(is_of_round);
    let is_widest = |one: &&Built<'_>| is_of_round(one) || !has_of_round;
    for widest in built.iter().filter(is_widest) {
        printed::unknown(&material.model(widest, &material.manifest.figures)?, &glyphs, &mut unknown);
    }
    ask(&publication.typst, &mut glyphs, unknown)?;
    let (turn, used) = (Mutex::new(()), Mutex::new(Documents::new()));
    let shelf = Shelf::of(material.of_documents())?;
    let setting = SetBy { publication, material, shelf: &shelf, turn: &turn, used: &used };
    let made = built
        .into_par_iter()
        .map(|one| {
            let (model, attached) = material.sealed(&one)?;
            let pdf = set(&setting, (one.which, &model, &attached), glyphs.clone())?;
            progress.step();
            let mut made = vec![(one.which.path(), pdf)];
            if matches!(one.which, DocumentOf::Brief(Language::Chinese)) {
                made.push((docx::NAME.to_owned(), docx::document(&model)?));
            }
            Ok(made)
        })
        .collect::<Result<Vec<_>, RunError>>()?;
    let used = used.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((made.into_iter().flatten().collect(), used))
}

/// With what a document is set.
struct SetBy<'a> {
    publication: &'a Publication,
    material: &'a Material<'a>,
    /// Where the templates lie.
    shelf: &'a Shelf,
    /// Large documents are set one after the other.
    turn: &'a Mutex<()>,
    /// The documents that were taken or set.
    used: &'a Mutex<Documents>,
}

impl SetBy<'_> {
    /// The document as it was set before from the same, else as it is set now.
    fn compile(&self, document: &Manuscript<'_>, is_large: bool) -> Result<Vec<u8>, Failure> {
        let Self { publication: Publication { cache, shares, .. }, material, used, .. } = self;
        let from = Cache::made_from(&SetWith::of(material.manifest), document);
        let made_elsewhere = || shares.as_ref()?.document(&from);
        let made_before = || cache.as_ref()?.document(&from);
        let pdf = match made_elsewhere().or_else(made_before) {
            Some(pdf) => pdf,
            None => {
                let pdf = self.compile_anew(document, is_large)?;
                if let Some(cache) = cache {
                    cache.keep(&from, &pdf);
                }
                pdf
            }
        };
        used.lock().unwrap_or_else(PoisonError::into_inner).insert(from, document.name.clone());
        Ok(pdf)
    }

    fn compile_anew(&self, document: &Manuscript<'_>, is_large: bool) -> Result<Vec<u8>, Failure> {
        let turn = || self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let _one_by_one = is_large.then(turn);
        self.publication.typst.compile(document)
    }
}

/// Sets one document. Characters that no font has (an emoji, a rare name) are printed as 〓, and the legend says so; the tables keep them.
fn set(
    setting: &SetBy<'_>,
    (which, model, attached): (DocumentOf<'_>, &Value, &[Output]),
    glyphs: Glyphs,
) -> Result<Vec<u8>, RunError> {
    let material = setting.material;
    shown(model, glyphs, |text| {
        let mut files: Vec<(String, &[u8])> =
            material.of_documents().map(|(path, bytes)| (path.clone(), bytes.as_slice())).collect();
        files.extend(attached.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())));
        files.push(("data/report.json".to_owned(), text.as_bytes()));
        let date = material.context.evaluation.round.report_date;
        let (name, shelf, language) = (which.path(), Some(setting.shelf), which.language());
        let document = Manuscript { name, shelf, files, main: MAIN, language, date };
        setting.compile(&document, text.len() > LARGE)
    })
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
            Err(Failure::Text(unshown)) => {
                let Unshown { named, error, .. } = *unshown;
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
        let (name, shelf) = (main.to_owned(), None);
        typst.compile(&Manuscript { name, shelf, files, main, language, date })
    })
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
        let document = Manuscript { name, shelf: None, files, main: "probe.typ", language, date };
        let Unshown { named, has_more, .. } = match typst.compile(&document) {
            Ok(_) => {
                glyphs.learn(unknown, BTreeSet::new());
                return Ok(());
            }
            Err(Failure::Text(unshown)) => *unshown,
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
