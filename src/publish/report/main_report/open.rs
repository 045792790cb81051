//! 还判不了的、欠在谁那里: who owes what until when, and how the returns were.

use serde::Serialize;

use super::super::brief::owed::{OwedRow, lagged, rows};
use super::super::context::FEW;
use super::super::numbers::Key;
use super::super::quality::{ReturnRow, returns};
use super::super::section::Draft;
use super::super::table::Table;
use super::super::totals::Totals;
use super::Chapters;

/// 还判不了的、欠在谁那里.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainOpen {
    section: String,
    heading: String,
    text: String,
    place_head: &'static str,
    has_cities: bool,
    owed: Table<OwedRow>,
    returns: Table<ReturnRow>,
}

/// More of what is owed is in the technical volume.
const MOST_OWED: usize = 40;

pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainOpen> {
    let context = draft.context;
    let cities = context.cities();
    let open: usize = cities.iter().map(|city| city.score.open()).sum();
    let total: usize = cities.iter().map(|city| city.score.total).sum();
    let whose = match cities {
        [only] => Totals::of_city(&context.book, only),
        _ => Totals::of_round(&context.book),
    };
    let text = match open {
        0 => "应评的各项都可评。".to_owned(),
        _ => format!(
            "应评{}项中，{}项还判不了。{}",
            whose.say("total", total),
            whose.say("open", open),
            lagged(context)
        ),
    };
    let mut owed = rows(context);
    let all = owed.len();
    owed.truncate(MOST_OWED);
    let printed = owed.len();
    let heading = chapters.next("还判不了的、欠在谁那里");
    let table =
        Table::new("还判不了的各项").whole_in("技术卷").empty("没有单位欠数。").cut(printed, all).rows(owed);
    let returns = if cities.len() > FEW { returns(context).only_total() } else { returns(context) };
    Some(MainOpen {
        section: heading.clone(),
        heading,
        text,
        place_head: context.terms.places.head,
        has_cities: !context.is_alone(),
        owed: table.numbered(&mut draft.numbers, Key::table("owed")),
        returns: returns.numbered(&mut draft.numbers, Key::table("returns")),
    })
}
