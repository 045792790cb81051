//! 一、城市间比较 （一）: the ranking, who is first and last, and which places may still move.

use rust_decimal::Decimal;
use serde::Serialize;

use super::context::Context;
use super::drawing::{Range, range};
use super::numbers::Key;
use super::numerals::numeral;
use super::phrases::names;
use super::section::Draft;
use super::table::Table;
use super::terms;
use super::terms::Terms;
use super::totals::{Totals, count_cities};
use super::values::rate_words;
use super::withheld;
use crate::advise::{bounds_of, is_ahead};
use crate::evaluation::CityEvaluation;
use crate::finding::Withheld;
use crate::ledger::StepId;
use crate::plan::Grade;
use crate::plan::{Level, Origin};
use crate::rounding::fixed;
use crate::words::PlaceWords;

/// 一、城市间比较 （一）.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Ranking {
    text: String,
    /// Heading of the part, and head of the column of units.
    part: String,
    heading: String,
    place_head: &'static str,
    /// Heads of the columns of what is reached and of its rate.
    met_head: &'static str,
    rate_head: &'static str,
    /// Head of the column of its marks, and of how far it may go.
    range_head: String,
    table: Table<RankingRow>,
}

/// What stands behind the name of a city whose figures are not printed.
pub(super) const WITHHELD: &str = "暂不刊出";

/// A city in the ranking; one whose chapter is withheld has no figures.
#[derive(Debug, Clone, Default, Serialize)]
struct RankingRow {
    rank: String,
    city: String,
    tag: &'static str,
    total: String,
    able: String,
    met: String,
    rate: String,
    range: Option<Range>,
    rank_range: String,
    coverage: String,
    score: String,
    score_zero: String,
    grade: String,
}

/// Head of the marks of rates: with the range only where anything is open.
pub(super) fn range_head(context: &Context<'_>) -> String {
    let has_range = context.cities().iter().any(|city| city.score.open() > 0);
    format!("{}{}", context.terms.rate, if has_range { "与可能范围" } else { "图示" })
}

pub(super) fn ranking_words(context: &Context<'_>) -> String {
    let ranked: Vec<(String, String, usize)> = context
        .ranked()
        .filter_map(|city| Some((city.plan.name.clone(), rate(context, city), city.score.rank?)))
        .collect();
    if withheld::is_ranking_withheld(context) {
        return String::new();
    }
    let say = |which: Which, number: usize| {
        let lowest = ranked.last().map(|(.., rank)| *rank);
        let is_of = |city: &&CityEvaluation| match which {
            Which::First => city.score.rank == Some(1),
            Which::Last => city.score.rank == lowest,
            Which::Ranked => city.score.rank.is_some(),
        };
        count_cities(&context.book, which.key(), context.ranked().filter(is_of), number)
    };
    ranking_sentence(&ranked, context.terms.rate, &context.terms.places, &say)
}

/// Which cities the sentence of places counts.
#[derive(Clone, Copy)]
enum Which {
    /// Those in the first place.
    First,
    /// Those in the last place.
    Last,
    /// Those that have a place.
    Ranked,
}

impl Which {
    /// The word in names of steps.
    fn key(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Ranked => "ranked",
        }
    }
}

/// Whether the ranges of what is open keep apart those that have places: by them nobody is ahead whose range overlaps the next one's, whatever
/// the order of the rates. Empty where all are apart, or nothing is ranked.
pub(super) fn overlap_words(context: &Context<'_>) -> String {
    let ranked: Vec<&CityEvaluation> = context.ranked().filter(|city| city.score.rank.is_some()).collect();
    let bounds =
        |city: &CityEvaluation| bounds_of(&city.score, context.evaluation.round.method.minimum_coverage);
    let is_apart = |one: &CityEvaluation, other: &CityEvaluation| {
        let (own, others) = (bounds(one), bounds(other));
        is_ahead(&own, &others) || is_ahead(&others, &own) || one.score.rank == other.score.rank
    };
    let pairs = || {
        ranked
            .iter()
            .enumerate()
            .flat_map(|(at, one)| ranked.iter().skip(at + 1).map(move |other| (one, other)))
    };
    let (all, apart) = (pairs().count(), pairs().filter(|(one, other)| is_apart(one, other)).count());
    overlap(all, apart, &context.terms.places)
}

/// Of so many pairs, so many of which are apart.
fn overlap(all: usize, apart: usize, places: &PlaceWords) -> String {
    let PlaceWords { two, noun, .. } = places;
    match (all, apart) {
        (all, apart) if all == apart => String::new(),
        (1, _) => format!("{two}的可能范围重叠，分不出先后。"),
        (_, 0) => format!("各{noun}的可能范围两两重叠，分不出先后。"),
        _ => format!("可能范围重叠的{noun}分不出先后。"),
    }
}

pub(super) fn uncertainty_words(context: &Context<'_>, where_to: &str) -> String {
    let ranked = context.ranked_count();
    let all_moving = || context.ranked().filter(|city| city.score.rank_low != city.score.rank_high);
    let moving: Vec<String> = all_moving().map(|city| city.plan.name.clone()).collect();
    let withheld = withheld::ranking_words(context);
    let is_unranked = |city: &&CityEvaluation| city.score.withheld.is_empty() && city.score.rank.is_none();
    let unranked = context.cities().iter().filter(is_unranked);
    let say_moving = |count| count_cities(&context.book, "moving", all_moving(), count);
    let say_unranked = |count| count_cities(&context.book, "unranked", unranked.clone(), count);
    let minimum = context.limit("minimum_coverage", context.evaluation.round.method.minimum_coverage);
    let places = &context.terms.places;
    let moving = uncertainty(ranked, &moving, where_to, places, say_moving);
    let overlap = overlap_words(context);
    format!(
        "{moving}{overlap}{}{withheld}",
        exclusion(unranked.clone().count(), &minimum, places, say_unranked)
    )
}

/// What stands in the place of a table of places without a row.
pub(super) fn no_places(context: &Context<'_>) -> String {
    match withheld::is_ranking_withheld(context) {
        true => "本期名次暂不刊出。".to_owned(),
        false => format!("没有{}达到排名要求的覆盖率。", context.terms.places.noun),
    }
}

/// What the note on page one says of places: of many cities only that ranges overlap and whose are withheld.
pub(super) fn noted_words(context: &Context<'_>, few: bool) -> String {
    match few {
        true => uncertainty_words(context, ""),
        false => format!("{}{}", overlap_words(context), withheld::ranking_words(context)),
    }
}

/// `一、城市间比较`.
pub(super) fn part(context: &Context<'_>) -> String {
    format!("一、{}间比较", context.terms.places.noun)
}

/// The table of ranks.
pub(super) fn key() -> Key {
    Key::table("ranking")
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Ranking> {
    let context = draft.compared()?;
    let where_to = "，范围见“名次区间”";
    Some(Ranking {
        part: part(context),
        heading: format!("（一）{}排名", context.terms.rate),
        place_head: context.terms.places.head,
        met_head: context.terms.reached,
        rate_head: context.terms.rate,
        range_head: range_head(context),
        text: format!("{}{}", ranking_words(context), uncertainty_words(context, where_to)),
        table: table(context).numbered(&mut draft.numbers, key()),
    })
}

fn table(context: &Context<'_>) -> Table<RankingRow> {
    let one = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), |value| fixed(value, 1));
    let row = |city: &CityEvaluation| {
        let score = &city.score;
        let own = Totals::of_city(&context.book, city);
        let places = match (score.rank_low, score.rank_high) {
            (Some(low), Some(high)) if low == high => place(city, "rank.best", low),
            (Some(low), Some(high)) => {
                format!("{}—{}", place(city, "rank.best", low), place(city, "rank.worst", high))
            }
            _ => "—".to_owned(),
        };
        if score.withholds(Withheld::Chapter) {
            return RankingRow { city: city.plan.short.clone(), tag: WITHHELD, ..RankingRow::default() };
        }
        RankingRow {
            rank: rank_cell(city),
            city: city.plan.short.clone(),
            tag: tag(context, city).map_or("", Tag::chinese),
            total: own.say("total", score.total),
            able: own.say("assessable", score.assessable),
            met: own.say("met", score.met),
            rate: rate_cell(context, city),
            range: Some(range(city)),
            rank_range: places,
            coverage: own.say("coverage.shown", rate_words(score.coverage())),
            score: own.say("score.shown", one(score.score)),
            score_zero: own.say("score_missing_as_zero.shown", one(score.score_missing_as_zero)),
            grade: score.grade.map_or("—", Grade::chinese).to_owned(),
        }
    };
    let mut note = String::from("注：");
    note.push_str(&tags_words(context));
    let Terms { rate, reached, places, .. } = &context.terms;
    note.push_str(&format!(
        "点为{rate}，两短线之间为暂不能判定的全部未{reached}至全部{reached}时的范围（以应评项数为分母），细线为刻度。"
    ));
    Table::new(&format!("各{}{rate}排名", places.noun))
        .unit("项、%、分")
        .note(&note)
        .rows(context.ranked().map(row).collect())
}

/// What is told behind a city's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Level(Level),
    Prose,
}

impl Tag {
    fn chinese(self) -> &'static str {
        match self {
            Self::Level(level) => PlaceWords::of_level(level).tag,
            Self::Prose => "正文",
        }
    }
}

/// That the account counts prose, where others count tables; else the level, where it is below that of others.
fn tag(context: &Context<'_>, city: &CityEvaluation) -> Option<Tag> {
    let has_table = |city: &CityEvaluation| city.score.basis == Origin::Table;
    let highest = context.cities().iter().map(|city| city.plan.level).min();
    match city.plan.level {
        _ if !has_table(city) => context.cities().iter().any(has_table).then_some(Tag::Prose),
        level => (highest < Some(level)).then_some(Tag::Level(level)),
    }
}

/// What the tags mean.
fn tags_words(context: &Context<'_>) -> String {
    let mut words = String::new();
    let mut told: Vec<Tag> = Vec::new();
    for city in context.cities() {
        let Some(tag) = tag(context, city).filter(|tag| !told.contains(tag)) else { continue };
        told.push(tag);
        if let Tag::Level(_) = tag {
            let (noun, kind) = (context.terms.places.noun, terms::kind(&city.plan));
            words.push_str(&format!("{noun}名后标“{}”的为{kind}。", tag.chinese()));
        }
    }
    if told.contains(&Tag::Prose) {
        let (document, table) = (&context.terms.document, &context.terms.table);
        words.push_str(&format!("标“正文”的{document}没有{table}，按正文目标计。"));
    }
    words
}

/// The rate of a city.
pub(super) fn rate(context: &Context<'_>, city: &CityEvaluation) -> String {
    Totals::of_city(&context.book, city).say("rate.shown", rate_words(city.score.rate()))
}

/// The rate as tables print it: in brackets when the city is not ranked for want of coverage.
pub(super) fn rate_cell(context: &Context<'_>, city: &CityEvaluation) -> String {
    let rate = rate(context, city);
    let is_left_out = city.score.rank.is_none() && city.score.withheld.is_empty() && !context.is_alone();
    if is_left_out && city.score.assessable > 0 { format!("（{rate}）") } else { rate }
}

/// A place of a city: `rank`, or the best and the worst that it can still be.
pub(super) fn place(city: &CityEvaluation, name: &str, place: usize) -> String {
    numeral(&StepId::new(format!("{}/#{name}", city.plan.city)), place)
}

pub(super) fn rank_cell(city: &CityEvaluation) -> String {
    let Some(rank) = city.score.rank else { return "—".to_owned() };
    let rank = place(city, "rank", rank);
    if city.score.tied { format!("并列{rank}") } else { rank }
}

/// Who is first and who last. Each entry: name, rate, place; in the order of places.
fn ranking_sentence(
    ranked: &[(String, String, usize)],
    rate: &str,
    places: &PlaceWords,
    say: &dyn Fn(Which, usize) -> String,
) -> String {
    let noun = places.noun;
    let first: Vec<String> =
        ranked.iter().filter(|(_, _, rank)| *rank == 1).map(|(name, ..)| name.clone()).collect();
    let (Some((name, top, _)), Some((last, bottom, lowest_rank))) = (ranked.first(), ranked.last()) else {
        return format!("本期没有{noun}参加排名。");
    };
    if ranked.len() == 1 {
        return format!("本期只有{name}参加排名，{rate}{top}%。");
    }
    if first.len() == ranked.len() {
        let all = say(Which::Ranked, ranked.len());
        return format!("{all}个{noun}{rate}相同，均为{top}%，并列第1位。");
    }
    let head = if first.len() == 1 {
        let most = if ranked.len() == 2 { "较高" } else { "最高" };
        format!("{name}{rate}{most}，为{top}%")
    } else {
        let say = |count| say(Which::First, count);
        format!("{}{rate}并列第1位，均为{top}%", names(&first, say, &format!("个{noun}")))
    };
    let lowest: Vec<String> =
        ranked.iter().filter(|(_, _, rank)| rank == lowest_rank).map(|(name, ..)| name.clone()).collect();
    match (ranked.len(), lowest.len()) {
        (2, _) => format!("{head}；{last}为{bottom}%。"),
        (_, 1) => format!("{head}；最低的是{last}，为{bottom}%。"),
        _ => {
            let say = |count| say(Which::Last, count);
            format!("{head}；最低的是{}，均为{bottom}%。", names(&lowest, say, &format!("个{noun}")))
        }
    }
}

/// Whether places may still move; `where_to` leads to the range.
fn uncertainty(
    ranked: usize,
    moving: &[String],
    where_to: &str,
    places: &PlaceWords,
    say: impl FnOnce(usize) -> String,
) -> String {
    if let ([only], 2..) = (moving, ranked) {
        return format!("{only}的名次可能因暂不能判定项补齐而变动{where_to}。");
    }
    let moving = moving.len();
    match (ranked, moving) {
        (0 | 1, _) => String::new(),
        (_, 0) => format!("各{}名次不受暂不能判定项影响。", places.noun),
        (2, 2) => format!("{}名次都可能因暂不能判定项补齐而变动{where_to}。", places.two),
        _ => format!("{}个{}的名次可能因暂不能判定项补齐而变动{where_to}。", say(moving), places.noun),
    }
}

/// Cities that are not ranked.
fn exclusion(
    unranked: usize,
    minimum: &str,
    places: &PlaceWords,
    say: impl FnOnce(usize) -> String,
) -> String {
    if unranked == 0 {
        return String::new();
    }
    let unranked = say(unranked);
    format!("{unranked}个{}覆盖率低于{minimum}%，只列数据，不排名次。", places.noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_which_the_ranges_overlap_are_said_to_be_no_order() {
        let places = PlaceWords::of_level(Level::City);
        for (all, apart, expected) in [
            (0, 0, ""),
            (1, 1, ""),
            (1, 0, "两市的可能范围重叠，分不出先后。"),
            (3, 0, "各城市的可能范围两两重叠，分不出先后。"),
            (3, 2, "可能范围重叠的城市分不出先后。"),
        ] {
            assert_eq!(overlap(all, apart, &places), expected);
        }
    }

    #[test]
    fn ranking_sentences_cover_ties_and_single_cities() {
        let of = |list: &[(&str, &str, usize)]| {
            let list: Vec<_> = list.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), *c)).collect();
            let say = |_: Which, number: usize| number.to_string();
            ranking_sentence(&list, "完成率", &PlaceWords::of_level(Level::City), &say)
        };
        for (list, expected) in [
            (&[("甲市", "68.8", 1), ("乙市", "61.9", 2)][..], "甲市完成率较高，为68.8%；乙市为61.9%。"),
            (&[("甲市", "60.0", 1), ("乙市", "60.0", 1)], "2个城市完成率相同，均为60.0%，并列第1位。"),
            (
                &[("甲市", "81.2", 1), ("乙市", "81.2", 1), ("丙市", "43.5", 3)],
                "甲市、乙市完成率并列第1位，均为81.2%；最低的是丙市，为43.5%。",
            ),
            (
                &[("甲市", "81.2", 1), ("乙市", "43.5", 2), ("丙市", "43.5", 2)],
                "甲市完成率最高，为81.2%；最低的是乙市、丙市，均为43.5%。",
            ),
            (&[("甲市", "81.2", 1)], "本期只有甲市参加排名，完成率81.2%。"),
            (&[], "本期没有城市参加排名。"),
        ] {
            assert_eq!(of(list), expected);
        }
    }
}
