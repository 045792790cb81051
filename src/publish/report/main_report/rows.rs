//! The first page of a city: what is to be said of it, and all its targets with base, value and distance in one table.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::base_years::{BaseYears, base_years};
use super::super::bases::{dumbbell, edge};
use super::super::brief::answers::pace_words;
use super::super::brief::moves::{Scale, moves, moves_words};
use super::super::context::Context;
use super::super::drawing::{Dumbbell, Verdict};
use super::super::indicators::{in_words, shown_year, tiers, year_of_target};
use super::super::numbers::Key;
use super::super::occurring::Occurring;
use super::super::phrases::as_clause;
use super::super::profile;
use super::super::row_notes::{parts_with_targets, readings};
use super::super::say::{in_brackets, say, sentences};
use super::super::section::Draft;
use super::summary::to_the_last_year;
use crate::advise::{Move, moved};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::IndicatorNo;
use crate::plan::{Direction, Indicator, Origin, Tier};
use crate::rounding::plain;

/// The first page of a city.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainRows {
    section: String,
    slug: String,
    heading: String,
    text: String,
    title: String,
    /// How far the drawing goes on both sides of the target, in words.
    axis: [String; 3],
    axis_text: String,
    /// Whether targets have numbers that the plan prints.
    has_numbers: bool,
    /// Head of the column of names, with that of units.
    name_head: String,
    base_head: Option<String>,
    base_word: String,
    actual_head: String,
    target_head: String,
    rows: Vec<MainRow>,
    note: String,
}

/// A target.
#[derive(Debug, Clone, Serialize)]
struct MainRow {
    no: IndicatorNo,
    name: String,
    unit: String,
    marks: String,
    base: Option<String>,
    base_note: Option<String>,
    actual: Option<String>,
    actual_note: Option<String>,
    target: String,
    target_note: Option<String>,
    #[serde(flatten)]
    drawing: Dumbbell,
    #[serde(flatten)]
    verdict: Verdict,
}

/// So many of what became worse are named.
const MOST_NAMED: usize = 6;

/// So many targets are drawn; all stand in the technical volume.
const MOST_ROWS: usize = 200;

/// Nothing for a city without targets to be judged. `legend` says what the drawing means, where nothing before it does.
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn section(
    draft: &mut Draft<'_>,
    city: &CityEvaluation,
    heading: String,
    legend: &str,
) -> Option<MainRows> {
    let context = draft.context;
    let bases = base_years(context, city);
    let year = context.evaluation.round.year();
    let of_targets = shown_year(context, city);
    let span = edge(context);
    let all = context.counted(city);
    let rows: Vec<MainRow> = all
        .iter()
        .take(MOST_ROWS)
        .map(|(one, row)| main_row(context, city, (one, row), (&bases, of_targets)))
        .collect();
    let language = context.language;
    let noun = match city.score.basis {
        Origin::Table => language.of("全部指标", "All indicators"),
        Origin::Prose => language.of("全部正文目标", "All targets"),
    };
    let number = draft.numbers.take(Key::figure_of(&city.plan, "rows"));
    let base = bases.short_in(language);
    let title = match bases.is_empty() {
        true => say!(
            language,
            "{number}　{noun}：本年实绩和目标",
            "{number}. {noun}: this year’s value and target"
        ),
        false => say!(
            language,
            "{number}　{noun}：{base}、本年和目标",
            "{number}. {noun}: {base}, this year and target"
        ),
    };
    let axis = [
        Decimal::ONE_HUNDRED.checked_sub(span),
        Some(Decimal::ONE_HUNDRED),
        Decimal::ONE_HUNDRED.checked_add(span),
    ];
    Some(MainRows {
        section: heading.clone(),
        slug: city.plan.city.as_str().to_owned(),
        heading,
        text: text(context, city),
        title,
        axis: axis.map(|at| at.map_or_else(String::new, |at| plain(at.normalize()))),
        axis_text: {
            let held = Occurring::in_cities([city], year).held.word(language);
            say!(language, "图中横轴为{held}的%", "axis of the drawing: % of {held}")
        },
        has_numbers: city.score.basis == Origin::Table,
        name_head: match city.score.basis {
            Origin::Table => language.of("指标（单位）", "Indicator (unit)"),
            Origin::Prose => language.of("正文目标（单位）", "Target (unit)"),
        }
        .to_owned(),
        base_head: match (bases.is_empty(), bases.only()) {
            (true, _) => None,
            (_, Some(of)) => Some(say!(language, "{of}年", "{of}")),
            _ => Some(language.of("基期", "Base").to_owned()),
        },
        base_word: base,
        actual_head: language.of("实绩", "Value").to_owned(),
        // Targets of several years are told from each other row by row.
        target_head: match of_targets {
            Some(of) if of != year => say!(language, "{of}年目标", "{of} target"),
            _ => language.of("目标", "Target").to_owned(),
        },
        note: note((context, city), &bases, (rows.len(), all.len()), legend),
        rows,
    })
}

fn main_row(
    context: &Context<'_>,
    city: &CityEvaluation,
    (one, row): (&Assessment, &Indicator),
    (bases, of_targets): (&BaseYears, Option<i32>),
) -> MainRow {
    let language = context.language;
    let mut marks = String::new();
    if one.target_is_worse {
        marks.push(language.of('＊', '*'));
    }
    MainRow {
        no: one.no.clone(),
        name: match row.parent {
            Some(_) => {
                let name = context.row(&city.plan, row);
                say!(language, "其中：{name}", "of which: {name}")
            }
            None => context.row(&city.plan, row).to_owned(),
        },
        unit: if row.is_qualitative() { String::new() } else { context.unit(row).to_owned() },
        marks,
        base: context.base(one),
        base_note: bases.note_in(language, one),
        actual: context.actual(city, one),
        actual_note: context.actual_note(city, one),
        target: in_words(one, row)
            .filter(|_| language == Language::Chinese)
            .map_or_else(|| context.target_beside(one, row), str::to_owned),
        target_note: of_targets.is_none().then(|| year_of_target(language, city, one)),
        drawing: dumbbell(context, one, row),
        verdict: Verdict::of(language, one.state),
    }
}

/// How it stands; what became better and worse, by name where few did; and whether it will be in time.
fn text(context: &Context<'_>, city: &CityEvaluation) -> String {
    let counts = moves(context, city);
    let bases = base_years(context, city);
    let language = context.language;
    let mut parts = vec![profile::verdict(context, city)];
    if counts.iter().sum::<usize>() > 0 {
        let said = moves_words(context, city, &Scale::of(std::iter::once(counts)), true);
        let worse: Vec<&str> = context
            .counted(city)
            .iter()
            .filter(|(one, row)| moved(one, row) == Some(Move::Worse))
            .map(|(_, row)| context.row(&city.plan, row))
            .collect();
        let named = match worse.len() {
            1..=MOST_NAMED => in_brackets(language, &language.list(&worse)),
            _ => String::new(),
        };
        let (base, words) = (bases.short_in(language), said.words);
        parts.push(say!(language, "与{base}比，{words}{named}。", "Against {base}, {words}{named}."));
    }
    let pace = pace_words(context, city);
    let words = to_the_last_year(language, &pace);
    parts.push(match (pace.parts.is_empty(), pace.more) {
        (true, _) => say!(language, "{words}。", "{words}."),
        (false, more) if more.is_empty() => {
            say!(language, "对照末年目标：{words}。", "Towards the final year: {words}.")
        }
        (false, more) => {
            say!(language, "对照末年目标：{words}；{more}。", "Towards the final year: {words}. {more}.")
        }
    });
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    sentences(language, &parts)
}

#[expect(clippy::too_many_lines, reason = "one note after the other, each where it occurs")]
fn note(
    (context, city): (&Context<'_>, &CityEvaluation),
    bases: &BaseYears,
    (printed, all): (usize, usize),
    legend: &str,
) -> String {
    let language = context.language;
    let said = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    let rows = context.counted(city);
    let (mut parts, volume): (Vec<String>, String) = (Vec::new(), context.volume_of_rows());
    if !legend.is_empty() {
        parts.push(as_clause(language, legend).to_owned());
    }
    if printed < all {
        parts.push(say!(
            language,
            "共{all}项，此处画前{printed}项，其余见{volume}",
            "The first {printed} of {all} are shown here, the others in {volume}"
        ));
    }
    if rows.iter().any(|(one, _)| one.target_is_worse) {
        let of = bases.words_in(language);
        parts.push(say!(language, "＊目标不如{of}", "* Target weaker than {of}"));
    }
    let is_turned = |(one, row): &(&Assessment, &Indicator)| {
        row.direction == Direction::Lower && one.completion.is_some() && one.state.is_assessable()
    };
    if rows.iter().any(is_turned) {
        parts.push(said(
            "越低越好的，图中已倒转，右边仍是好的一边",
            "Where lower is better the drawing is turned, so that right is better everywhere",
        ));
    }
    if rows.iter().any(|(one, _)| one.due.is_some() && one.completion.is_some()) {
        let direct = rows.iter().filter(|(one, _)| one.is_held_to_the_end() && one.completion.is_some());
        let direct: Vec<&str> = direct.map(|(_, row)| context.row(&city.plan, row)).collect();
        let named = match direct.len() {
            0 => String::new(),
            1..=MOST_NAMED => {
                let direct = language.list(&direct);
                say!(
                    language,
                    "；{direct}直接与目标比较，竖线是目标",
                    "; of {direct}, held against the target itself, it is the target"
                )
            }
            _ => language
                .of("；年均增长直接与目标比较，竖线是目标", "; of average growth it is the target itself")
                .to_owned(),
        };
        parts.push(say!(
            language,
            "以后年度的目标，图中竖线是本年度序时应达到的水平{named}",
            "For targets of later years the line is the level due by now{named}"
        ));
    }
    if let Some(tiers) = tiers(context, city) {
        let (first, second) = (tiers.first, tiers.second);
        // 目标 is what the column is called.
        let is_examined = rows.iter().any(|(one, _)| one.target.tier == Tier::Assessed);
        parts.push(match is_examined {
            false => say!(
                language,
                "目标列不含{second}；{second}见{volume}",
                "The column of targets is without the {second}, which is in {volume}"
            ),
            true => say!(
                language,
                "目标列为{first}；{second}见{volume}",
                "The column of targets has the {first}; the {second} is in {volume}"
            ),
        });
    }
    let read = readings((&city.plan, context.evaluation.round.year()), &rows, language, &|_, row| {
        context.row(&city.plan, row).to_owned()
    });
    if !read.is_empty() {
        parts.push(as_clause(language, read.trim_end()).to_owned());
    }
    let interim = parts_with_targets(city, context.evaluation.round.year());
    if !interim.is_empty() {
        let interim: Vec<String> =
            interim.into_iter().map(|part| language.of(part.chinese(), part.english()).to_owned()).collect();
        let interim = language.list(&interim);
        let document = &city.plan.called.document;
        parts.push(say!(
            language,
            "{document}另列{interim}的目标，年度评估只按全年目标判定",
            "Its targets for {interim} are not judged in a round of the year"
        ));
    }
    if rows.iter().any(|(one, row)| in_words(one, row).is_some()) {
        parts.push(said(
            "目标是一句话的，实绩“有”是已经做到",
            "Where a target is a phrase, “yes” is that it is so",
        ));
    }
    if rows.iter().any(|(one, _)| one.state.is_assessable() && one.completion.is_none()) {
        parts.push(said("没有完成程度的目标不画", "Targets without a completion are not drawn"));
    }
    if parts.is_empty() {
        return String::new();
    }
    let parts = parts.join(language.of("。", ". "));
    say!(language, "注：{parts}。", "Note: {parts}.")
}
