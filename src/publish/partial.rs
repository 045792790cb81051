//! What is published of a part of a year: 通报, a workbook of results, tables, manifest. Nothing in them is a verdict on the year.

use super::documents::Built;
use super::report::Context;
use super::typeset::Material;
use super::{Glyphs, Manifest, Output, Placing, Publication, described, results, typeset};
use crate::error::RunError;
use crate::evaluation::Evaluation;
use crate::progress::Progress;

/// What is made already.
pub(super) struct Made<'a> {
    pub(super) tables: Vec<Output>,
    pub(super) figures: String,
    pub(super) documents: Vec<Built<'a>>,
    pub(super) glyphs: Glyphs,
    pub(super) templates: Vec<Output>,
}

/// Makes the rest, and puts everything in place at once.
///
/// # Errors
/// Fails like [`super::publish`].
pub(super) fn publish<'a>(
    (evaluation, publication): (&Evaluation, &Publication),
    context: &Context<'a>,
    mut manifest: Manifest,
    placing: Placing<'_>,
    made: Made<'a>,
    progress: &dyn Progress,
) -> Result<String, RunError> {
    let mut outputs = made.tables;
    outputs.push(("results.xlsx".to_owned(), results::within_the_year(evaluation)?));
    let templates = made.templates;
    manifest.outputs = described(&outputs);
    manifest.figures = made.figures;
    let material = Material { context, templates: &templates, outputs: &outputs, manifest: &manifest };
    let (pdfs, used) = typeset::documents(publication, &material, made.documents, made.glyphs, progress)?;
    manifest.outputs.extend(described(&pdfs));
    outputs.extend(pdfs);
    placing.put(outputs, manifest, used)
}
