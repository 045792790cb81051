//! The second page of a city: its best and worst, what became worse or the way to the last year, and who has to do what.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::brief::shared::{gap_words, printed_length};
use super::super::context::Context;
use super::super::drawing::{Position, Verdict};
use super::super::indicators::{base_years, tiers};
use super::super::numbers::{Key, Numbers};
use super::super::phrases::change;
use super::super::section::Draft;
use super::super::table::Table;
use super::super::tasks::say_tasks;
use super::super::totals::{Totals, base_text, state_of, target_text};
use super::super::values::actual_text;
use super::super::verdict::{Counts, noun};
use super::super::ways::{LaterTargets, Yearly, say_change, ways};
use super::duties::{Duties, duties};
use super::paths::{Paths, paths};
use super::transitions::{self, SinceRow, transitions};
use crate::advise::{Move, moved};
use crate::assess::{Assessment, Pace, TaskState};
use crate::evaluation::CityEvaluation;
use crate::plan::{Direction, Indicator, Origin};
use crate::quantity::Value;

/// The second page of a city.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainCourse {
    best_head: String,
    best: Vec<FarTarget>,
    worst_head: String,
    worst: Vec<FarTarget>,
    paths: Option<Paths>,
    declines: Option<Declines>,
    /// What became of the targets since the last earlier report.
    since: Table<SinceRow>,
    faster: Table<FasterRow>,
    /// Heads of the targets of the last year, and of the plan's own growth.
    last_head: &'static str,
    planned_head: String,
    duties: Duties,
    text: String,
}

/// A target that is far on, or far off.
#[derive(Debug, Clone, Serialize)]
struct FarTarget {
    #[serde(flatten)]
    verdict: Verdict,
    name: String,
    text: String,
}

/// What became worse.
#[derive(Debug, Clone, Serialize)]
struct Declines {
    title: String,
    heads: [String; 4],
    rows: Vec<Decline>,
    note: String,
    alt: String,
}

/// An indicator that became worse.
#[derive(Debug, Clone, Serialize)]
struct Decline {
    name: String,
    marks: &'static str,
    text: String,
    /// Where the base stands, and the value, on an axis from nothing.
    base_at: Position,
    at: Position,
    change: String,
}

/// An indicator that has to grow faster than the plan has it.
#[derive(Debug, Clone, Serialize)]
struct FasterRow {
    name: String,
    actual: String,
    target: String,
    need: String,
    planned: String,
}

const MOST_BEST: usize = 4;
const MOST_WORST: usize = 5;
/// More of what became better are counted and not named.
const MOST_BETTER: usize = 18;
/// Rows of what became worse, and of what has to speed up.
const MOST_LISTED: usize = 10;

pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<MainCourse> {
    let context = draft.context;
    let rows = context.counted(city);
    let has_soft = rows.iter().any(|(one, _)| one.target_is_worse);
    let base = base_years(context, city).short();
    let paths = paths(draft, city);
    let declines = if paths.is_some() { None } else { declines(context, city, &mut draft.numbers) };
    let since = transitions(context, city).numbered(&mut draft.numbers, Key::table_of(&city.plan, "since"));
    let faster = faster(context, city).numbered(&mut draft.numbers, Key::table_of(&city.plan, "faster"));
    let (best, worst) = (extremes(context, city, true), extremes(context, city, false));
    let (noun, text) = (noun(city.score.basis), closing(context, city));
    let room = PageRoom {
        sides: best.len().max(worst.len()),
        panels: paths.as_ref().map_or(0, Paths::count),
        declines: declines.as_ref().map(|it| (it.rows.len(), printed_length(&it.note))),
        since: since.iter().map(transitions::lines_of).collect(),
        faster: faster.count(),
        closing: printed_length(&text),
    };
    Some(MainCourse {
        best_head: match has_soft {
            true => format!("做得最好的{noun}（目标不如{base}的不算）"),
            false => format!("做得最好的{noun}"),
        },
        best,
        worst_head: format!("离目标最远的{noun}"),
        worst,
        paths,
        declines,
        since,
        faster,
        last_head: match super::super::ways::last_year(city, context.evaluation.round.year()) {
            Some(last) if super::super::ways::has_two_tiers(city, last) => "末年考核值",
            _ => "末年目标",
        },
        planned_head: format!("{}年均", city.plan.called.document),
        duties: duties(draft, city, room.left()),
        text,
    })
}

/// What stands on the page above the duties of units.
struct PageRoom {
    /// Rows of the best and the worst.
    sides: usize,
    /// Small multiples.
    panels: usize,
    /// What became worse: rows, and characters of the note.
    declines: Option<(usize, usize)>,
    /// What became of targets since the last earlier report: lines of each row.
    since: Vec<usize>,
    /// Rows of what has to speed up.
    faster: usize,
    /// Characters of the closing sentences.
    closing: usize,
}

impl PageRoom {
    /// Height of the page within its margins, without heads and notes, in points.
    const PAGE: usize = 650;

    /// Points that are left for the rows of duties, reckoned by the sizes of `main_course.typ`.
    fn left(&self) -> usize {
        let table = |rows: usize| if rows == 0 { 0 } else { 38 + rows * 16 };
        let panels = if self.panels == 0 { 0 } else { 48 + self.panels.div_ceil(5) * 47 };
        let declines = self.declines.map_or(0, |(rows, note)| table(rows) + 24 + note.div_ceil(48) * 12);
        let since = match self.since.is_empty() {
            true => 0,
            false => 64 + self.since.iter().map(|lines| 5 + lines * 12).sum::<usize>(),
        };
        let spent = table(self.sides)
            + panels
            + declines
            + since
            + table(self.faster)
            + self.closing.div_ceil(41) * 17;
        Self::PAGE.saturating_sub(spent)
    }
}

/// The best without targets on the worse side of their base, or the worst.
fn extremes(context: &Context<'_>, city: &CityEvaluation, is_best: bool) -> Vec<FarTarget> {
    let mut found: Vec<(&Assessment, &Indicator)> = context.counted(city);
    found.retain(|(one, _)| one.completion.is_some() && one.state.met() == Some(is_best));
    found.retain(|(one, _)| !is_best || !one.target_is_worse);
    found.sort_by_key(|(one, _)| one.completion);
    if is_best {
        found.reverse();
    }
    let text = |one: &Assessment, row: &Indicator| {
        let value = actual_text(city, one).unwrap_or_default();
        let target = target_text(one, row.goal_beside(&one.target.goal));
        match is_best {
            true => format!("{value}{}，目标{target}", row.unit.text()),
            // A distance in 万元/人 has no room.
            false if row.unit.text().contains('/') => format!("{value}，目标{target}"),
            false => format!("{}（{value}／{target}）", gap_words(context, one, row)),
        }
    };
    let most = if is_best { MOST_BEST } else { MOST_WORST };
    found
        .iter()
        .take(most)
        .map(|(one, row)| FarTarget {
            verdict: one.state.into(),
            name: row.short.clone(),
            text: text(one, row),
        })
        .collect()
}

/// An indicator with the value of its base and that of the year.
type Moved<'a> = (&'a Assessment, &'a Indicator, [Decimal; 2]);

/// What has moved to a side since its base.
fn moved_to<'a>(context: &Context<'a>, city: &'a CityEvaluation, side: Move) -> Vec<Moved<'a>> {
    let found = context.counted(city).into_iter().filter(|(one, row)| moved(one, row) == Some(side));
    found
        .filter_map(|(one, row)| match (one.actual, one.baseline.as_ref()?.value) {
            (Some(Value::Number(actual)), Some(base)) => Some((one, row, [base, actual])),
            _ => None,
        })
        .collect()
}

/// All that became worse as bars, and what became better in a sentence; nothing where nothing did.
fn declines(context: &Context<'_>, city: &CityEvaluation, numbers: &mut Numbers) -> Option<Declines> {
    let (worse, better) = (moved_to(context, city, Move::Worse), moved_to(context, city, Move::Better));
    if worse.is_empty() && better.is_empty() {
        return None;
    }
    let bases = base_years(context, city);
    let base = bases.short();
    let rows: Vec<Decline> = worse.iter().take(MOST_LISTED).map(|one| decline(context, city, one)).collect();
    let cut = if worse.len() > rows.len() { "变差的没有列全，其余见技术卷。" } else { "" };
    let soft = match rows.iter().any(|row| !row.marks.is_empty()) {
        true => format!("＊目标不如{}。", bases.words()),
        false => String::new(),
    };
    let bars = if rows.is_empty() { String::new() } else { format!("空框：{base}；实条：本年。") };
    let number = numbers.take(Key::figure_of(&city.plan, "declines"));
    let what = if rows.is_empty() { "变好的" } else { "变差的" };
    Some(Declines {
        alt: rows.iter().map(|row| format!("{}{}", row.name, row.change)).collect::<Vec<_>>().join("，"),
        title: format!("{number}　与{base}比{what}"),
        heads: ["指标".to_owned(), format!("{base}→本年"), "幅度".to_owned(), "变化".to_owned()],
        note: format!("{bars}{soft}{cut}{}", better_words(context, &better)),
        rows,
    })
}

/// What has become of a value since its base, in words.
fn moved_words(context: &Context<'_>, (one, row, [base, actual]): &Moved<'_>) -> String {
    let is_place = row.direction == Direction::Rank;
    say_change(context, one, "actual", &change(*actual, *base, row.unit.text(), is_place))
}

fn decline(context: &Context<'_>, city: &CityEvaluation, moved: &Moved<'_>) -> Decline {
    let (one, row, [base, actual]) = moved;
    let most = *base.max(actual);
    let at = |value: &Decimal| value.checked_div(most).map_or(Position::START, Position::of);
    let (from, to) = (base_text(one).unwrap_or_default(), actual_text(city, one).unwrap_or_default());
    Decline {
        name: row.short.clone(),
        marks: if one.target_is_worse { "＊" } else { "" },
        text: format!("{from}→{to}"),
        base_at: at(base),
        at: at(actual),
        change: moved_words(context, moved),
    }
}

/// What became better, the first of very many.
fn better_words(context: &Context<'_>, better: &[Moved<'_>]) -> String {
    let told = better.iter().take(MOST_BETTER);
    let told: Vec<String> = told.map(|one| format!("{}{}", one.1.short, moved_words(context, one))).collect();
    match better.len() {
        0 => String::new(),
        all if all == told.len() => format!("变好的：{}。", told.join("、")),
        _ => format!("变好的有：{}等，其余见技术卷。", told.join("、")),
    }
}

/// What has to grow faster than the plan has it, by how much; the furthest first.
fn faster(context: &Context<'_>, city: &CityEvaluation) -> Table<FasterRow> {
    let mut behind: Vec<_> =
        ways(context, city).into_iter().filter(|(.., way)| way.pace == Pace::Behind).collect();
    behind.sort_by_key(|(.., way)| std::cmp::Reverse(way.beyond_the_plan()));
    let all = behind.len();
    let row = |(one, row, way): &(&Assessment, &Indicator, crate::assess::Way)| {
        let later = LaterTargets { context, city, one, row };
        let signed = |yearly: Option<Yearly>| yearly.map_or_else(|| "—".to_owned(), |one| one.signed());
        FasterRow {
            name: match row.unit.text() {
                "" => row.short.clone(),
                unit => format!("{}（{unit}）", row.short),
            },
            actual: actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
            target: later.say(&way.assessed, false, false),
            need: signed(later.need(way, false)),
            planned: signed(later.planned(way)),
        }
    };
    let rows: Vec<FasterRow> = behind.iter().take(MOST_LISTED).map(row).collect();
    let last = super::super::ways::last_year(city, context.evaluation.round.year());
    let title = last.map_or_else(String::new, |last| format!("到{last}年须快于计划的"));
    let table = Table::new(&title).whole_in("技术卷");
    let printed = rows.len();
    table.cut(printed, all).rows(rows)
}

/// Tasks and the targets in prose, in a sentence each; nothing where a plan has none.
fn closing(context: &Context<'_>, city: &CityEvaluation) -> String {
    let mut text = between_tiers(context, city);
    if !city.tasks.is_empty() {
        let told = TaskState::ALL.into_iter().filter_map(|state| {
            let count = city.tasks.iter().filter(|one| one.state == state).count();
            // What there is none of is not counted.
            let number = (count > 0).then(|| say_tasks(context, city, Some(state), count))?;
            Some(format!("{}{number}项", state.chinese()))
        });
        let told: Vec<String> = told.collect();
        let all = say_tasks(context, city, None, city.tasks.len());
        text.push_str(&format!("工作任务{all}项：{}。", told.join("、")));
    }
    if city.score.basis == Origin::Table {
        text.push_str(&prose(context, city));
    }
    text
}

/// Which targets of a plan's last year are reached by the first of their tiers and not by the second; empty where none are.
fn between_tiers(context: &Context<'_>, city: &CityEvaluation) -> String {
    let year = context.evaluation.round.year();
    let Some(tiers) = tiers(context, city).filter(|_| super::super::ways::last_year(city, year).is_none())
    else {
        return String::new();
    };
    let between: Vec<(&Assessment, &Indicator, &Assessment)> = context
        .counted(city)
        .into_iter()
        .filter(|(one, _)| one.state.met() == Some(true))
        .filter_map(|(one, row)| Some((one, row, city.row(&one.no)?.second()?)))
        .filter(|(.., second)| second.state.met() == Some(false))
        .collect();
    if between.is_empty() {
        return String::new();
    }
    let members = between.iter().map(|(.., second)| state_of(second));
    let count =
        context.book.count(&format!("{}/#between_tiers", city.plan.city), members, &[], between.len());
    let told = between.iter().map(|(one, row, second)| {
        let value = actual_text(city, one).unwrap_or_default();
        format!("{}{value}／{}", row.short, target_text(second, row.goal_beside(&second.target.goal)))
    });
    let told: Vec<String> = told.collect();
    format!("到{}而未到{}的{count}项：{}。", tiers.first, tiers.second, told.join("、"))
}

/// What became of the targets in prose beside those of the table.
fn prose(context: &Context<'_>, city: &CityEvaluation) -> String {
    let apart: Vec<&Assessment> =
        city.assessments.iter().filter(|one| one.origin == Origin::Prose && one.is_primary()).collect();
    let (all, able) = (apart.len(), apart.iter().filter(|one| one.state.is_assessable()).count());
    if all == 0 {
        return String::new();
    }
    let met = apart.iter().filter(|one| one.state.met() == Some(true)).count();
    let counts = Counts::default().told(Totals::of_prose(&context.book, city));
    let document = &city.plan.called.document;
    format!(
        "{document}正文另有目标{}项，可评{}项，{}{}项，不计入上面的{}；逐项见技术卷。",
        counts.say("total", all),
        counts.say("assessable", able),
        context.terms.reached,
        counts.say("met", met),
        context.terms.rate
    )
}
