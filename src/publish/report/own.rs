//! A city's own report: the brief of that city alone, its profile of the main report, and its part of the technical volume, in one file.

use serde_json::Value;

use super::context::Context;
use super::main_report;
use super::numbers::Numbers;
use super::numerals;
use super::properties::properties;
use super::section::{Draft, Scope};
use super::{Document, Numerals, Report, SCHEMA, drafted};
use crate::finding::Withheld;

/// The own report of the only city of a context. Of one whose chapter is withheld only that it is.
///
/// It is about that city alone, down to the numbers of its files and the digests on its head: what other cities report does not change it.
pub(super) fn document(alone: &Context<'_>) -> serde_json::Result<Document> {
    let technical = drafted(alone, Scope::City(0));
    let properties = properties(&technical);
    let rows = technical.annex_rows.clone();
    let city = alone.cities().first();
    let short = city.map_or("", |city| city.plan.short.as_str());
    let volume = format!("分册/{short}/");
    let mut behind = technical.finish()?;
    let rows = rows.printed_in(&behind);
    let (mut sections, mut found) = (Vec::new(), Vec::new());
    if city.is_some_and(|city| !city.score.withholds(Withheld::Chapter)) {
        let mut front = drafted(alone, Scope::Brief).finish()?;
        front.extend(profile(alone)?);
        found = numerals::taken_out(&mut front, (&alone.book, rows.clone()), &volume);
        sections = front;
    }
    found.extend(numerals::taken_out(&mut behind, (&alone.book, rows), &volume));
    sections.append(&mut behind);
    let report = Report { schema: SCHEMA, kind: "city", properties, sections };
    let numerals = Numerals { printed: found, own_steps: alone.own_steps() };
    Ok(Document { model: serde_json::to_value(report)?, numerals })
}

/// The two pages of the only city of a context as the main report has them.
fn profile(alone: &Context<'_>) -> serde_json::Result<Vec<Value>> {
    let built = |numbers: Numbers| {
        let mut draft = Draft::new(alone, Scope::Main, numbers);
        main_report::add_profiles(&mut draft);
        draft
    };
    let draft = built(Numbers::default());
    match draft.numbers.again() {
        Some(numbers) => built(numbers).finish(),
        None => draft.finish(),
    }
}
