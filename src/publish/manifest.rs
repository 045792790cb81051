//! `manifest.json`: digests of everything that went in and came out, versions and parameters.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use crate::digest::{Digests, figures_of, fingerprint, fingerprint_of_files};
use crate::error::RunError;
use crate::evaluation::{Evaluation, InputFile};
use crate::plan::Round;
use crate::rounding::plain;
use crate::shown;

/// A file that came out, or that took part in typesetting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputFile {
    /// Path below the output folder, or the name of a template, font or program.
    pub path: String,
    /// Length in bytes.
    pub bytes: usize,
    /// SHA-256 and SM3.
    #[serde(flatten)]
    pub digests: Digests,
}

impl OutputFile {
    /// Describes a file.
    pub fn of(path: impl Into<String>, bytes: &[u8]) -> Self {
        Self { path: path.into(), bytes: bytes.len(), digests: Digests::of(bytes) }
    }
}

const SCHEMA: &str = "duibiao-manifest/1";

/// The files that a manifest of ours lists as its outputs, by their path below it, itself among them; none when it is no such
/// manifest.
pub(super) fn listed(json: &[u8]) -> BTreeSet<PathBuf> {
    let Ok(manifest) = serde_json::from_slice::<serde_json::Value>(json) else { return BTreeSet::new() };
    let is_ours = manifest.get("schema").and_then(|schema| schema.as_str()).is_some_and(|schema| {
        schema.split_once('/').map(|(name, _)| name) == SCHEMA.split_once('/').map(|(name, _)| name)
    });
    let outputs = manifest.get("outputs").and_then(|outputs| outputs.as_array()).filter(|_| is_ours);
    let paths = outputs.into_iter().flatten().filter_map(|output| output.get("path")?.as_str());
    let own = outputs.map(|_| "manifest.json");
    paths.chain(own).map(PathBuf::from).collect()
}

/// The outputs that a manifest lists, each with its SHA-256; `None` when it is none.
pub(super) fn sha256_of_outputs(json: &[u8]) -> Option<Vec<(String, String)>> {
    let manifest: serde_json::Value = serde_json::from_slice(json).ok()?;
    let of = |file: &serde_json::Value| {
        Some((file.get("path")?.as_str()?.to_owned(), file.get("sha256")?.as_str()?.to_owned()))
    };
    manifest.get("outputs")?.as_array()?.iter().map(of).collect()
}

/// The manifest.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    schema: &'static str,
    program: &'static str,
    version: &'static str,
    typst: String,
    /// In the manifest attached to a city's own report: the city. Its inputs and outputs are those of that city.
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    round: i32,
    /// The part of the year, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    edition: &'static str,
    report_date: String,
    /// Whether its figures are invented.
    illustrative: bool,
    parameters: Vec<(String, String)>,
    /// SM3 over the SM3 digests of all inputs in order; printed on the cover as 输入指纹.
    pub fingerprint: String,
    /// SM3 over the names and digests of the tables; printed on the cover as 数字指纹.
    pub figures: String,
    inputs: Vec<Input>,
    absent: Vec<String>,
    /// Templates.
    pub templates: Vec<OutputFile>,
    /// Fonts.
    pub fonts: Vec<OutputFile>,
    /// The typesetting program.
    pub tools: Vec<OutputFile>,
    /// Outputs, all but the manifest itself.
    pub outputs: Vec<OutputFile>,
}

#[derive(Debug, Clone, Serialize)]
struct Input {
    role: &'static str,
    path: String,
    /// Where it lay, from the input root, when that is not its path.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(flatten)]
    digests: Digests,
}

impl Input {
    fn of(file: &InputFile) -> Self {
        Self {
            role: file.role.chinese(),
            path: file.path.clone(),
            at: file.at.clone(),
            digests: file.digests.clone(),
        }
    }
}

/// 数字指纹: the SM3 of one text, in which every CSV table has a line, its path, a NUL and its SHA-256, in the order of the paths. Whoever holds the
/// paper can tell by it whether the figures of an output are those that were printed.
pub(super) fn figures(outputs: &[OutputFile]) -> String {
    figures_of(outputs.iter().map(|file| (file.path.as_str(), file.digests.sha256.as_str())))
}

/// The parameters of a part of a year.
fn of_pace(round: &Round) -> Vec<(String, String)> {
    let (pacing, reach) = (&round.pacing, round.period.reach());
    let named = [
        ("pace.slow".to_owned(), plain(pacing.slow)),
        ("pace.far".to_owned(), plain(pacing.far)),
        ("pace.basis".to_owned(), pacing.basis.key().to_owned()),
        (format!("pace.share.{}", reach.key()), plain(pacing.share(reach))),
        ("about_tolerance".to_owned(), plain(round.method.about_tolerance)),
    ];
    named.into()
}

impl Manifest {
    /// Describes an evaluation; the lists of templates, fonts, tools and outputs are still empty.
    pub fn new(evaluation: &Evaluation, typst: String) -> Self {
        let round = &evaluation.round;
        let method = &round.method;
        let parameters = [
            ("nearly", method.nearly),
            ("exceeded", method.exceeded),
            ("cap", method.cap),
            ("minimum_coverage", method.minimum_coverage),
            ("about_tolerance", method.about_tolerance),
            ("bar_span", method.bar_span),
            ("grade_excellent", method.grades[0]),
            ("grade_good", method.grades[1]),
            ("grade_fair", method.grades[2]),
            ("bonus", method.bonus),
            ("bonus_total", method.bonus_total),
            ("not_allowed", method.not_allowed),
            ("band", method.band),
            ("band_points", method.band_points),
            ("late", method.late),
            ("evidence", method.evidence),
            ("pace_tolerance", method.pace_tolerance),
            ("decide_gap", method.decide_gap),
            ("reference", method.reference),
        ];
        let scoring = ("scoring".to_owned(), method.scoring.key().to_owned());
        let gate = round.withholding.set().map(|(key, what)| (format!("gate.{key}"), what.key().to_owned()));
        let numbers = parameters.iter().map(|(name, value)| ((*name).to_owned(), plain(*value)));
        Self {
            schema: SCHEMA,
            program: "duibiao",
            version: env!("CARGO_PKG_VERSION"),
            typst,
            city: None,
            round: round.year(),
            period: (!round.period.is_annual()).then(|| round.period.to_string()),
            edition: round.edition.chinese(),
            report_date: round.report_date.to_string(),
            illustrative: round.illustrative,
            parameters: match round.period.is_annual() {
                true => numbers.chain([scoring]).chain(gate).collect(),
                false => of_pace(round),
            },
            fingerprint: fingerprint(evaluation.inputs.iter().map(|file| file.digests.sm3.as_str())),
            figures: String::new(),
            inputs: evaluation.inputs.iter().map(Input::of).collect(),
            absent: evaluation.absent.clone(),
            templates: Vec::new(),
            fonts: Vec::new(),
            tools: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// The manifest of what concerns one city, with the fingerprints that its own report prints: those of its inputs, and of the files that are
    /// attached to it.
    pub fn for_city(&self, slug: &str, own: &Evaluation, outputs: Vec<OutputFile>) -> Self {
        let (inputs, absent) = (own.inputs.iter().map(Input::of).collect(), own.absent.clone());
        let fingerprint = fingerprint(own.inputs.iter().map(|file| file.digests.sm3.as_str()));
        let figures = fingerprint_of_files(outputs.iter().map(|file| (&*file.path, &*file.digests.sha256)));
        Self { city: Some(slug.to_owned()), fingerprint, figures, inputs, absent, outputs, ..self.clone() }
    }

    /// Writes it as JSON.
    ///
    /// # Errors
    /// Fails when serialising fails, which would be a fault of the program.
    pub fn json(&self) -> Result<Vec<u8>, RunError> {
        let mut bytes = shown::json_file(self).map_err(|error| RunError::output("manifest.json", error))?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
