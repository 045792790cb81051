//! 还判不了的、欠在谁那里: who owes what until when, and how the returns were.

use serde::Serialize;

use super::super::answering::full_name;
use super::super::brief::owed::{OwedRow, notes, rows};
use super::super::brief::shared::in_print;
use super::super::context::{Context, FEW};
use super::super::numbers::Key;
use super::super::quality::{ReturnRow, returns};
use super::super::say::{say, sentences};
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
    place_head: String,
    has_cities: bool,
    owed: Table<OwedRow>,
    /// Values of the year that are not there yet, and targets beside the counted that cannot be judged; may be empty.
    lagged: String,
    returns: Table<ReturnRow>,
}

/// More of what is owed is in the technical volume.
const MOST_OWED: usize = 40;
/// So many units that were late or silent are named.
const MOST_NAMED: usize = 12;

#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainOpen> {
    let (context, language) = (draft.context, draft.context.language);
    let cities = context.cities();
    let open: usize = cities.iter().map(|city| city.score.open()).sum();
    let total: usize = cities.iter().map(|city| city.score.total).sum();
    let whose = match cities {
        [only] => Totals::of_city(&context.book, only),
        _ => Totals::of_round(&context.book),
    };
    let text = match open {
        0 => language.of("应评的各项都可评。", "All targets can be judged.").to_owned(),
        _ => {
            let (total, open) = (whose.say("total", total), whose.say("open", open));
            say!(
                language,
                "应评{total}项中，{open}项还判不了。",
                "Of {total} targets to be judged {open} cannot be judged yet."
            )
        }
    };
    let mut owed = rows(context);
    let all = owed.len();
    let (noun, place) = (context.terms.places.noun, context.terms.places.single());
    // Of many cities each finds its own in its own report.
    let (most, empty) = match (cities.len() > FEW, in_print(context).count() < cities.len()) {
        (true, _) => (
            0,
            say!(
                language,
                "各{noun}欠数的单位、要做的事和期限见各自的分册。",
                "Who owes figures in a {place}, what is to be done and until when stands in its own report."
            ),
        ),
        (false, true) => (
            MOST_OWED,
            language
                .of(
                    "刊出的各章没有单位欠数；暂不刊出的章所欠的不列。",
                    "In the chapters that are published no department owes figures; what those owe that are not published is not listed.",
                )
                .to_owned(),
        ),
        (false, false) => (MOST_OWED, language.of("没有单位欠数。", "No department owes figures.").to_owned()),
    };
    owed.truncate(most);
    let printed = owed.len();
    let heading =
        chapters.next(language.of("还判不了的、欠在谁那里", "What cannot be judged yet, and who owes it"));
    let table = Table::new(language.of("各单位还欠的各项", "What is still owed"))
        .told_in(language)
        .whole_in(language.of("技术卷", "the technical volume"))
        .empty(&empty);
    let table = if printed > 0 { table.cut(printed, all) } else { table }.rows(owed);
    let returns = if cities.len() > FEW { returns(context).only_total() } else { returns(context) };
    let volume = context.volume_of_rows();
    let note = say!(
        language,
        "注：错误、警告、提示是审核报表时发现的问题，一条不一定对应一项判不了的目标，逐条见{volume}。",
        "Note: errors, warnings and notes are findings in the returns. A finding need not stand for a target that cannot be judged; all are listed in {volume}."
    );
    let returns = returns.note(&sentences(language, &[&note, &late_and_silent(context)]));
    Some(MainOpen {
        section: heading.clone(),
        heading,
        text,
        place_head: context.terms.places.head_in(language),
        has_cities: !context.is_alone(),
        lagged: notes(context),
        owed: table.numbered(&mut draft.numbers, Key::table("owed")),
        returns: returns.numbered(&mut draft.numbers, Key::table("returns")),
    })
}

/// Units that reported late or not at all, by name; of very many the volume with all rows tells.
fn late_and_silent(context: &Context<'_>) -> String {
    let language = context.language;
    let named = |on_time: Option<bool>| {
        let of = |city: &CityEvaluation| {
            let late = city.units.iter().filter(|unit| unit.on_time == on_time);
            late.map(|unit| full_name(context, city, &unit.unit)).collect::<Vec<_>>()
        };
        in_print(context).flat_map(of).collect::<Vec<String>>()
    };
    let volume = context.volume_of_rows();
    let told = |word: &str, names: Vec<String>| match names.len() {
        0 => String::new(),
        1..=MOST_NAMED => {
            let names = language.list(&names);
            say!(language, "{word}：{names}。", "{word}: {names}.")
        }
        _ => say!(language, "{word}的单位见{volume}。", "{word}: see {volume}."),
    };
    let late = told(language.of("逾期", "Late"), named(Some(false)));
    let silent = told(language.of("未报", "Not reported"), named(None));
    sentences(language, &[&late, &silent])
}
