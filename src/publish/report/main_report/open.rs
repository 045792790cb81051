//! 还判不了的、欠在谁那里: who owes what until when, and how the returns were.

use serde::Serialize;

use super::super::answering::full_name;
use super::super::brief::owed::{OwedRow, lagged, rows};
use super::super::brief::shared::in_print;
use super::super::context::{Context, FEW};
use super::super::numbers::Key;
use super::super::quality::{ReturnRow, returns};
use super::super::section::Draft;
use super::super::table::Table;
use super::super::totals::Totals;
use super::Chapters;
use crate::evaluation::CityEvaluation;

/// 还判不了的、欠在谁那里.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainOpen {
    section: String,
    heading: String,
    text: String,
    place_head: &'static str,
    has_cities: bool,
    owed: Table<OwedRow>,
    /// Values of the year that are not there yet; may be empty.
    lagged: String,
    returns: Table<ReturnRow>,
}

/// More of what is owed is in the technical volume.
const MOST_OWED: usize = 40;
/// So many units that were late or silent are named.
const MOST_NAMED: usize = 12;

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
        _ => format!("应评{}项中，{}项还判不了。", whose.say("total", total), whose.say("open", open)),
    };
    let mut owed = rows(context);
    let all = owed.len();
    let noun = context.terms.places.noun;
    // Of many cities each finds its own in its own report.
    let (most, empty) = match (cities.len() > FEW, in_print(context).count() < cities.len()) {
        (true, _) => (0, format!("各{noun}欠数的单位、要做的事和期限见各自的分册。")),
        (false, true) => (MOST_OWED, "刊出的各章没有单位欠数；暂不刊出的章所欠的不列。".to_owned()),
        (false, false) => (MOST_OWED, "没有单位欠数。".to_owned()),
    };
    owed.truncate(most);
    let printed = owed.len();
    let heading = chapters.next("还判不了的、欠在谁那里");
    let table = Table::new("待答复、待补报的各项").whole_in("技术卷").empty(&empty);
    let table = if printed > 0 { table.cut(printed, all) } else { table }.rows(owed);
    let returns = if cities.len() > FEW { returns(context).only_total() } else { returns(context) };
    let returns = returns.note(&format!(
        "注：错误、警告、提示是审核报表时发现的问题，一条不一定对应一项判不了的目标，逐条见技术卷。{}",
        late_and_silent(context)
    ));
    Some(MainOpen {
        section: heading.clone(),
        heading,
        text,
        place_head: context.terms.places.head,
        has_cities: !context.is_alone(),
        lagged: lagged(context),
        owed: table.numbered(&mut draft.numbers, Key::table("owed")),
        returns: returns.numbered(&mut draft.numbers, Key::table("returns")),
    })
}

/// Units that reported late or not at all, by name; of very many the technical volume tells.
fn late_and_silent(context: &Context<'_>) -> String {
    let named = |on_time: Option<bool>| {
        let of = |city: &CityEvaluation| {
            let late = city.units.iter().filter(|unit| unit.on_time == on_time);
            late.map(|unit| full_name(context, city, &unit.unit)).collect::<Vec<_>>()
        };
        in_print(context).flat_map(of).collect::<Vec<String>>()
    };
    let told = |word: &str, names: Vec<String>| match names.len() {
        0 => String::new(),
        1..=MOST_NAMED => format!("{word}：{}。", names.join("、")),
        _ => format!("{word}的单位见技术卷。"),
    };
    format!("{}{}", told("逾期", named(Some(false))), told("未报", named(None)))
}
