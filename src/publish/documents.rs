//! The documents of a round, each built once: what they print is in `tables/figures`, whose digest they print in turn. So they are built before that is
//! known, and sealed with it when they are set.

use rayon::prelude::*;
use serde_json::Value;

use super::report::{self, Context, Document, Numerals, Scope};
use crate::error::RunError;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::SignOff;

/// Which document it is.
#[derive(Clone, Copy)]
pub(super) enum DocumentOf<'a> {
    /// The brief of the round, in a language.
    Brief(Language),
    /// 通报 of a part of a year.
    Bulletin,
    /// Its main report, in a language.
    Report(Language),
    /// Its technical volume.
    Technical,
    /// The pages of the units of the city at a place among all.
    Units(usize, &'a CityEvaluation),
    /// The own report of the city at a place among all.
    City(usize, &'a CityEvaluation),
}

impl DocumentOf<'_> {
    pub(super) fn language(self) -> Language {
        match self {
            Self::Brief(language) | Self::Report(language) => language,
            Self::Technical | Self::Bulletin | Self::City(..) | Self::Units(..) => Language::Chinese,
        }
    }

    fn scope(self) -> Scope {
        match self {
            Self::Brief(_) => Scope::Brief,
            Self::Bulletin => Scope::Bulletin,
            Self::Report(_) => Scope::Main,
            Self::Technical => Scope::Round,
            Self::Units(at, _) => Scope::Units(at),
            Self::City(at, _) => Scope::City(at),
        }
    }

    /// Its path in the output folder.
    pub(super) fn path(self) -> String {
        match self {
            Self::Brief(language) => language.of("brief.pdf", "brief-en.pdf").to_owned(),
            Self::Bulletin => "通报.pdf".to_owned(),
            Self::Report(language) => language.of("report.pdf", "report-en.pdf").to_owned(),
            Self::Technical => "technical.pdf".to_owned(),
            Self::Units(_, city) => format!("units/{}.pdf", city.plan.city),
            Self::City(_, city) => format!("cities/{}.pdf", city.plan.city),
        }
    }
}

/// A document that is built and not yet set.
pub(super) struct Built<'a> {
    pub(super) which: DocumentOf<'a>,
    /// Its model as JSON, which takes a tenth of the memory.
    model: String,
}

impl Built<'_> {
    /// Its model with the digest of figures, and who signed them.
    ///
    /// # Errors
    /// Fails when the model is none, which would be a fault of the program.
    pub(super) fn sealed(&self, figures: &str, signed: &[SignOff]) -> Result<Value, RunError> {
        let sealed = || {
            let mut model = serde_json::from_str(&self.model)?;
            report::seal(&mut model, figures, signed)?;
            Ok(model)
        };
        sealed().map_err(fault)
    }
}

/// Builds the documents of a round in parallel, and gathers the numerals of those in Chinese.
///
/// # Errors
/// Fails when a model cannot be built, which would be a fault of the program.
pub(super) fn built<'a>(
    context: &Context<'a>,
    english: Option<&Context<'a>>,
) -> Result<(Vec<Built<'a>>, Numerals), RunError> {
    if !context.evaluation.round.period.is_annual() {
        return bulletin(context);
    }
    let (chinese, volumes) = (Language::Chinese, [DocumentOf::Brief, DocumentOf::Report]);
    let mut all: Vec<DocumentOf<'a>> = volumes.map(|of| of(chinese)).into();
    all.push(DocumentOf::Technical);
    all.extend(english.iter().flat_map(|_| volumes.map(|of| of(Language::English))));
    all.extend(documents_of_cities(context));
    let parts: Vec<(Built<'a>, Numerals)> = all
        .into_par_iter()
        .map(|which| {
            let context = match which.language() {
                Language::Chinese => context,
                Language::English => english.unwrap_or(context),
            };
            build(context, which)
        })
        .collect::<Result<_, RunError>>()?;
    let mut numerals = Numerals::default();
    let mut built = Vec::new();
    for (one, own) in parts {
        if one.which.language() == chinese {
            numerals.join(own);
        }
        built.push(one);
    }
    Ok((built, numerals))
}

/// The documents of each city alone: the pages of its units, and its own report.
///
/// # Errors
/// As [`built`].
pub(super) fn of_cities<'a>(context: &Context<'a>) -> Result<Vec<Built<'a>>, RunError> {
    let built = |which| build(context, which).map(|(built, _)| built);
    documents_of_cities(context).into_par_iter().map(built).collect()
}

fn documents_of_cities<'a>(context: &Context<'a>) -> Vec<DocumentOf<'a>> {
    let cities = || context.evaluation.cities.iter().enumerate();
    let pages = report::places_of_unit_pages(context);
    let units = cities().filter(|(at, _)| pages.contains(at)).map(|(at, city)| DocumentOf::Units(at, city));
    units.chain(cities().map(|(at, city)| DocumentOf::City(at, city))).collect()
}

/// The one document of a part of a year.
fn bulletin<'a>(context: &Context<'a>) -> Result<(Vec<Built<'a>>, Numerals), RunError> {
    let (built, numerals) = build(context, DocumentOf::Bulletin)?;
    Ok((vec![built], numerals))
}

fn build<'a>(context: &Context<'a>, which: DocumentOf<'a>) -> Result<(Built<'a>, Numerals), RunError> {
    let Document { model, numerals } = report::document(context, which.scope()).map_err(fault)?;
    Ok((Built { which, model: model.to_string() }, numerals))
}

fn fault(error: serde_json::Error) -> RunError {
    RunError::output("report.json", error)
}
