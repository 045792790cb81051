//! 可能范围: of very many cities the range of each as a line, all on one page.

use serde::Serialize;

use super::super::brief::axis::{AxisRange, Tick, axis_from, axis_range, bounds, ticks};
use super::super::brief::many::side_of;
use super::super::brief::shared::in_print;
use super::super::brief::sides::{Side, left_out_words};
use super::super::brief::standing::NAMED;
use super::super::context::Context;
use super::super::drawing::Position;
use super::super::numbers::Key;
use super::super::say::{say, sentences};
use super::super::section::Draft;
use super::super::withheld;
use super::Chapters;
use crate::evaluation::CityEvaluation;

/// The ranges of all cities.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainRanges {
    section: String,
    heading: String,
    text: String,
    title: String,
    rows: Vec<RangeLine>,
    ticks: Vec<Tick>,
    /// The line of reference.
    reference: Position,
    note: String,
    alt: String,
}

/// A city as a line.
#[derive(Debug, Clone, Serialize)]
struct RangeLine {
    /// Empty where there is no room for it.
    name: String,
    side: Side,
    #[serde(flatten)]
    range: AxisRange,
}

/// So many names stand beside the lines of a page.
const NAMES: usize = 50;

/// Only of so many cities that each cannot have a row.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainRanges> {
    let context = draft.compared()?;
    let mut cities: Vec<&CityEvaluation> =
        in_print(context).filter(|city| city.score.assessable > 0).collect();
    if in_print(context).count() <= NAMED || cities.is_empty() || withheld::is_ranking_withheld(context) {
        return None;
    }
    cities.sort_by(|one, other| other.score.rate().order(one.score.rate()));
    let from = axis_from(context);
    let step = cities.len().div_ceil(NAMES);
    let row = |(at, city): (usize, &&CityEvaluation)| RangeLine {
        name: if at.checked_rem(step) == Some(0) {
            context.short(&city.plan).to_owned()
        } else {
            String::new()
        },
        side: side_of(context, city),
        range: axis_range(context, city, from),
    };
    let rows: Vec<RangeLine> = cities.iter().enumerate().map(row).collect();
    let limit = context.evaluation.round.method.reference;
    let terms = &context.terms;
    let (noun, rate) = (terms.places.noun, terms.rate);
    let number = draft.numbers.take(Key::figure("all_ranges"));
    let language = context.language;
    let (english, whole) = (terms.places.plural(), crate::characters::capitalised(rate));
    let heading = chapters.next(language.of("可能的范围", "Possible ranges"));
    let alt = cities.iter().map(|city| {
        let (low, high) = bounds(context, city);
        let name = context.short(&city.plan);
        say!(language, "{name}{low}至{high}", "{name} {low} to {high}")
    });
    let alt = language.list(&alt.collect::<Vec<_>>());
    let alt = say!(language, "{rate}可能范围（%）：{alt}", "{whole}, possible range (%): {alt}");
    Some(MainRanges {
        section: heading.clone(),
        heading,
        text: how_to_read(context),
        title: say!(
            language,
            "{number}　各{noun}{rate}的可能范围（%）",
            "{number}. {whole} of the {english}: possible range (%)"
        ),
        rows,
        ticks: ticks(from, 10),
        reference: Position::of_percent(limit, from),
        note: match step {
            1 => String::new(),
            _ => say!(
                language,
                "左侧每{step}个{noun}列一个名称，全部见“各{noun}索引”。",
                "On the left one name for every {step} {english}; all of them are in the index."
            ),
        },
        alt,
    })
}

/// What a line, its dot and the thick line mean.
fn how_to_read(context: &Context<'_>) -> String {
    let (language, terms) = (context.language, &context.terms);
    let (rate, reached) = (terms.rate, terms.reached);
    let (short, place) = (terms.places.short, terms.places.single());
    let said = context.limit("reference", context.evaluation.round.method.reference);
    let lines = say!(
        language,
        "每{short}一条横线：左端是判不了的项全不{reached}，右端是全{reached}，黑点是只算可评项。",
        "A line for each {place}, from none to all of the open targets {reached}; the dot counts judged targets only."
    );
    let reference = say!(
        language,
        "粗竖线是本轮声明的参照线{said}%：整条在线右边或左边的，才说到了或不到；跨线的说不准。线按{rate}排列只为看图方便，不是名次。",
        "The thick line is the declared line of reference, {said}%: only a line wholly on one side of it says above or below; one that crosses it is not certain. The lines are ordered by {rate} for reading only, which is not a ranking."
    );
    sentences(language, &[&lines, &left_out_words(context), &reference])
}
