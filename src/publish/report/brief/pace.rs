//! What has to grow faster than planned, and by how much.

use super::super::context::Context;
use super::super::say::{say, with_unit};
use super::super::ways::{LaterTargets, ways};
use super::shared::printed_length;
use crate::advise::RowOnItsWay;
use crate::assess::Pace;
use crate::evaluation::CityEvaluation;

/// The indicator of a city that has to speed up the most.
pub(super) fn hardest<'c, 'a>(
    context: &'c Context<'a>,
    city: &CityEvaluation,
) -> Option<&'c RowOnItsWay<'a>> {
    let behind = ways(context, city).iter().filter(|(.., way)| way.pace == Pace::Behind);
    behind
        .filter_map(|found| {
            let gap = found.2.beyond_the_plan()?;
            Some((gap, found))
        })
        // Of equal ones the first.
        .reduce(|most, next| if next.0 > most.0 { next } else { most })
        .map(|(_, found)| found)
}

/// `年均须增33.5%` and `29.1%`: what is needed, and what the plan has; of a share 个百分点.
pub(in crate::publish::report) fn words(
    context: &Context<'_>,
    city: &CityEvaluation,
    (one, row, way): &RowOnItsWay<'_>,
) -> Option<(String, String)> {
    let later = LaterTargets { context, city, one, row };
    let language = context.language;
    let (need, planned) = (later.need(way, false)?, later.planned(way)?);
    let word = match need.is_less {
        true => language.of("年均须降", "must fall"),
        false => language.of("年均须增", "must grow"),
    };
    let [need, planned] = [need, planned].map(|one| with_unit(language, &one.text, one.unit));
    Some((say!(language, "{word}{need}", "{word} {need} a year"), planned))
}

/// So many that have to speed up are named, the hardest among them, while their names are no longer than so many characters.
const MOST_NAMED: usize = 6;
const LONGEST_NAMES: usize = 90;

/// The others that have to speed up, the furthest behind first, as many as there is room for: `；其余是甲、乙`.
pub(super) fn others(context: &Context<'_>, city: &CityEvaluation) -> String {
    let Some((hardest, ..)) = hardest(context, city) else { return String::new() };
    let behind = ways(context, city).iter().filter(|(.., way)| way.pace == Pace::Behind);
    let mut others: Vec<_> = behind.filter(|(one, ..)| one.no != hardest.no).collect();
    others.sort_by_key(|(.., way)| std::cmp::Reverse(way.beyond_the_plan()));
    let (language, mut left) = (context.language, LONGEST_NAMES);
    let names = others.iter().map(|(_, row, _)| context.row(&city.plan, row));
    let fits = |name: &&str| {
        let room = left.checked_sub(printed_length(name) + 1);
        left = room.unwrap_or_default();
        room.is_some()
    };
    let named: Vec<&str> = names.take(MOST_NAMED.saturating_sub(1)).take_while(fits).collect();
    let told = language.list(&named);
    match (named.is_empty(), named.len() == others.len()) {
        (true, _) => String::new(),
        (false, true) => say!(language, "；其余是{told}", "; the others: {told}"),
        (false, false) => say!(language, "；其次是{told}等", "; next: {told} and others"),
    }
}
