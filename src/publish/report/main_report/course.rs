//! The second page of a city: its best and worst, what became worse or the way to the last year, and who has to do what.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::base_years::base_years;
use super::super::brief::shared::{gap_words, most_lines, printed_length};
use super::super::context::Context;
use super::super::drawing::{Position, Verdict};
use super::super::numbers::{Key, Numbers};
use super::super::phrases::change;
use super::super::say::{say, sentences};
use super::super::section::{Draft, Scope};
use super::super::table::Table;
use super::super::verdict::Noun;
use super::super::ways::{LaterTargets, Yearly, say_change, ways};
use super::closing::closing;
use super::duties::{Duties, duties};
use super::paths::{Paths, paths};
use super::transitions::{self, SinceRow, transitions};
use crate::advise::{Move, RowOnItsWay, moved};
use crate::assess::{Assessment, Pace};
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::{Direction, Indicator};
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
    let language = context.language;
    let base = base_years(context, city).short_in(language);
    let paths = paths(draft, city);
    let declines = if paths.is_some() { None } else { declines(context, city, &mut draft.numbers) };
    let since = transitions(context, city).numbered(&mut draft.numbers, Key::table_of(&city.plan, "since"));
    let faster = faster(context, city).numbered(&mut draft.numbers, Key::table_of(&city.plan, "faster"));
    let (best, worst) = (extremes(context, city, true), extremes(context, city, false));
    let (noun, text) = (Noun::of(city.score.basis).words(language, best.len()), closing(context, city));
    let furthest = capitalised(Noun::of(city.score.basis).words(language, worst.len()));
    let side = |rows: &[FarTarget]| {
        height(language, rows.iter().map(|row| [(row.name.as_str(), 9), (row.text.as_str(), 13)]))
    };
    let worse = |rows: &[Decline]| {
        height(language, rows.iter().map(|row| [(row.name.as_str(), 14), (row.change.as_str(), 13)]))
    };
    let room = PageRoom {
        language,
        sides: side(&best).max(side(&worst)),
        panels: paths.as_ref().map_or(0, Paths::count),
        declines: declines.as_ref().map(|it| (worse(&it.rows), printed_length(&it.note))),
        since: since.iter().map(|row| transitions::lines_of(language, row)).collect(),
        faster: height(language, faster.iter().map(|row| [(row.name.as_str(), 20)])),
        closing: printed_length(&text),
    };
    let most = match language {
        Language::Chinese => usize::MAX,
        Language::English => rows_in_chinese(context, city),
    };
    Some(MainCourse {
        best_head: match has_soft {
            true => say!(
                language,
                "做得最好的{noun}（目标不如{base}的不算）",
                "Best {noun} (without targets weaker than {base})"
            ),
            false => say!(language, "做得最好的{noun}", "Best {noun}"),
        },
        best,
        worst_head: say!(language, "离目标最远的{furthest}", "{furthest} furthest from target"),
        worst,
        paths,
        declines,
        since,
        faster,
        last_head: match super::super::ways::last_year(city, context.evaluation.round.year()) {
            Some(last) if super::super::ways::has_two_tiers(city, last) => {
                language.of("末年考核值", "Final assessment value")
            }
            _ => language.of("末年目标", "Final target"),
        },
        planned_head: {
            let document = capitalised(context.document(&city.plan));
            say!(language, "{document}年均", "{document}, a year")
        },
        duties: duties(draft, city, room.left(), most),
        text,
    })
}

/// How many units have a row in Chinese: in English no more have one, since the numerals of `tables/figures` are the Chinese ones.
fn rows_in_chinese(context: &Context<'_>, city: &CityEvaluation) -> usize {
    let chinese = Context::new(context.evaluation, "", "");
    let mut draft = Draft::new(&chinese, Scope::Main, Numbers::default());
    section(&mut draft, city).map_or(0, |course| course.duties.count())
}

/// Height of the rows of a table in points: in Chinese each has a line, in English as many as its cells take in columns of so many characters.
fn height<'t, const N: usize>(
    language: Language,
    rows: impl Iterator<Item = [(&'t str, usize); N]>,
) -> usize {
    let row = |cells: [(&'t str, usize); N]| language.of(16, 5 + 10 * most_lines(language, cells));
    rows.map(row).sum()
}

/// What stands on the page above the duties of units, in points of height but for texts.
struct PageRoom {
    language: Language,
    /// Rows of the best and the worst.
    sides: usize,
    /// Small multiples, how many.
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
    /// Height of the page within its margins, without heads and notes, in points; in English, where rows are reckoned by what they hold, with
    /// what these take less.
    const PAGE: [usize; 2] = [650, 720];

    /// Points that are left for the rows of duties, reckoned by the sizes of `main_course.typ`.
    fn left(&self) -> usize {
        let heads = self.language.of(38, 28);
        let table = |rows: usize| if rows == 0 { 0 } else { heads + rows };
        let panel = self.language.of(47, 66);
        let panels = if self.panels == 0 { 0 } else { 48 + self.panels.div_ceil(5) * panel };
        let declines = self
            .declines
            .map_or(0, |(rows, note)| table(rows) + 24 + note.div_ceil(self.language.of(48, 54)) * 12);
        let (line, letters) = self.language.of((17, 41), (14, 42));
        let closing = self.closing.div_ceil(letters) * line;
        let since = match self.since.is_empty() {
            true => 0,
            false => 64 + self.since.iter().map(|lines| 5 + lines * 12).sum::<usize>(),
        };
        let spent = table(self.sides) + panels + declines + since + table(self.faster) + closing;
        let [chinese, english] = Self::PAGE;
        self.language.of(chinese, english).saturating_sub(spent)
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
        let language = context.language;
        let value = context.actual(city, one).unwrap_or_default();
        let target = context.target_beside(one, row);
        match is_best {
            true => {
                let value = context.measured(&value, row);
                say!(language, "{value}，目标{target}", "{value}, target {target}")
            }
            // A distance in 万元/人 has no room.
            false if row.unit.text().contains('/') => {
                say!(language, "{value}，目标{target}", "{value}, target {target}")
            }
            false => {
                let gap = gap_words(context, one, row);
                say!(language, "{gap}（{value}／{target}）", "{gap} ({value} / {target})")
            }
        }
    };
    let most = if is_best { MOST_BEST } else { MOST_WORST };
    found
        .iter()
        .take(most)
        .map(|(one, row)| FarTarget {
            verdict: Verdict::of(context.language, one.state),
            name: context.row(&city.plan, row).to_owned(),
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
    let (language, bases, volume) = (context.language, base_years(context, city), context.volume_of_rows());
    let base = bases.short_in(language);
    let rows: Vec<Decline> = worse.iter().take(MOST_LISTED).map(|one| decline(context, city, one)).collect();
    let cut = match worse.len() > rows.len() {
        true => say!(
            language,
            "变差的没有列全，其余见{volume}。",
            "Not all that became worse are listed; the others are in {volume}."
        ),
        false => String::new(),
    };
    let soft = match rows.iter().any(|row| !row.marks.is_empty()) {
        true => {
            let of = bases.words_in(language);
            say!(language, "＊目标不如{of}。", "* Target weaker than {of}.")
        }
        false => String::new(),
    };
    let bars = match rows.is_empty() {
        true => String::new(),
        false => say!(language, "空框：{base}；实条：本年。", "Empty box: {base}; solid bar: this year."),
    };
    let what = match rows.is_empty() {
        true => language.of("变好的", "Better"),
        false => language.of("变差的", "Worse"),
    };
    let told =
        rows.iter().map(|Decline { name, change, .. }| say!(language, "{name}{change}", "{name} {change}"));
    let whole = capitalised(&base);
    Some(Declines {
        alt: language.parts(&told.collect::<Vec<_>>()),
        // What is told in words alone is no figure.
        title: match rows.is_empty() {
            true => say!(language, "与{base}比{what}", "{what} than {base}"),
            false => {
                let number = numbers.take(Key::figure_of(&city.plan, "declines"));
                say!(language, "{number}　与{base}比{what}", "{number}. {what} than {base}")
            }
        },
        heads: [
            language.of("指标", "Indicator").to_owned(),
            say!(language, "{base}→本年", "{whole} → this year"),
            say!(language, "{base}与本年", "{whole} and this year"),
            language.of("变化", "Change").to_owned(),
        ],
        note: sentences(language, &[&bars, &soft, &cut, &better_words(context, city, &better)]),
        rows,
    })
}

/// What has become of a value since its base, in words.
fn moved_words(context: &Context<'_>, (one, row, [base, actual]): &Moved<'_>) -> String {
    let is_place = row.direction == Direction::Rank;
    let words = change(context.language, *actual, *base, row.unit.text(), is_place);
    say_change(context, one, "actual", &words)
}

fn decline(context: &Context<'_>, city: &CityEvaluation, moved: &Moved<'_>) -> Decline {
    let (one, row, [base, actual]) = moved;
    let most = *base.max(actual);
    let at = |value: &Decimal| value.checked_div(most).map_or(Position::START, Position::of);
    let (from, to) = (context.base(one).unwrap_or_default(), context.actual(city, one).unwrap_or_default());
    Decline {
        name: context.row(&city.plan, row).to_owned(),
        marks: if one.target_is_worse { context.language.of("＊", "*") } else { "" },
        text: format!("{from}→{to}"),
        base_at: at(base),
        at: at(actual),
        change: moved_words(context, moved),
    }
}

/// What became better, the first of very many.
fn better_words(context: &Context<'_>, city: &CityEvaluation, better: &[Moved<'_>]) -> String {
    let language = context.language;
    let told = better.iter().take(MOST_BETTER).map(|one| {
        let (name, change) = (context.row(&city.plan, one.1), moved_words(context, one));
        say!(language, "{name}{change}", "{name} {change}")
    });
    let told: Vec<String> = told.collect();
    let is_all = told.len() == better.len();
    let (told, volume) = (language.list(&told), context.volume_of_rows());
    match better.len() {
        0 => String::new(),
        _ if is_all => say!(language, "变好的：{told}。", "Better: {told}."),
        _ => say!(
            language,
            "变好的有：{told}等，其余见{volume}。",
            "Better are, among others: {told}. The rest is in {volume}."
        ),
    }
}

/// What has to grow faster than the plan has it, by how much; the furthest first.
fn faster(context: &Context<'_>, city: &CityEvaluation) -> Table<FasterRow> {
    let mut behind: Vec<_> =
        ways(context, city).iter().filter(|(.., way)| way.pace == Pace::Behind).collect();
    behind.sort_by_key(|(.., way)| std::cmp::Reverse(way.beyond_the_plan()));
    let all = behind.len();
    let row = |(one, row, way): &&RowOnItsWay<'_>| {
        let later = LaterTargets { context, city, one, row };
        let signed = |yearly: Option<Yearly>| yearly.map_or_else(|| "—".to_owned(), |one| one.signed());
        FasterRow {
            name: context.row_with_unit(&city.plan, row),
            actual: context.actual(city, one).unwrap_or_else(|| "—".to_owned()),
            target: later.say(&way.assessed, false, false),
            need: signed(later.need(way, false)),
            planned: signed(later.planned(way)),
        }
    };
    let rows: Vec<FasterRow> = behind.iter().take(MOST_LISTED).map(row).collect();
    let last = super::super::ways::last_year(city, context.evaluation.round.year());
    let language = context.language;
    let title = last.map_or_else(String::new, |last| {
        say!(language, "到{last}年须快于计划的", "What must grow faster than planned by {last}")
    });
    let table = Table::new(&title).told_in(language).whole_in(context.volume_of_rows());
    let printed = rows.len();
    table.cut(printed, all).rows(rows)
}
