//! The counts of a few cities beside each other, and where their grades come from.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::brief::answer::Answer;
use super::super::brief::answers::pace_words;
use super::super::brief::moves::{Scale, moves, moves_words};
use super::super::brief::standing::bounds;
use super::super::context::Context;
use super::super::drawing::Position;
use super::super::indicators::base_years;
use super::super::numbers::Key;
use super::super::phrases::without_stop;
use super::super::section::Draft;
use super::super::totals::Totals;
use super::super::values::rate_words;
use super::super::verdict::Counts;
use crate::assess::State;
use crate::evaluation::CityEvaluation;
use crate::plan::Grade;
use crate::rounding::fixed;

/// A question with what each city has to say to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BesideRow {
    label: String,
    answers: Vec<String>,
}

const NOTHING: &str = "—";

/// The rows: counts before rates.
pub(super) fn summary(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<BesideRow> {
    let row = |label: String, of: &dyn Fn(&CityEvaluation) -> String| BesideRow {
        label,
        answers: cities.iter().map(|city| of(city)).collect(),
    };
    let reached = context.terms.reached;
    let is_before = cities.iter().all(|city| base_years(context, city).is_before_only());
    let base = if is_before { "上年" } else { "基期" };
    let own = |city: &CityEvaluation, name: &str, number: usize| {
        Totals::of_city(&context.book, city).say(name, number)
    };
    let scale = Scale::of(cities.iter().map(|city| moves(context, city)));
    let states = |city: &CityEvaluation, states: &[State]| {
        let told =
            states.iter().map(|state| own(city, &format!("state.{}", state.key()), city.score.count(*state)));
        told.collect::<Vec<_>>().join("／")
    };
    let mut rows = vec![
        row("应评／可评".to_owned(), &|city| {
            format!(
                "{}／{}",
                own(city, "total", city.score.total),
                own(city, "assessable", city.score.assessable)
            )
        }),
        row(format!("{reached}（{}）", context.terms.rate), &|city| counted(context, city)),
        row("可能的范围".to_owned(), &|city| match city.score.total {
            0 => NOTHING.to_owned(),
            _ => {
                let (low, high) = bounds(context, city);
                format!("{low}%—{high}%")
            }
        }),
        row(
            format!("除去目标不如{base}的：{reached}／可评（{}）", context.terms.rate),
            &|city| firm(context, city, base),
        ),
        row("未到：基本完成／未完成".to_owned(), &|city| {
            states(city, &[State::Nearly, State::Missed])
        }),
    ];
    if context.terms.has_schedules {
        let of = [State::OnSchedule, State::BehindSchedule];
        rows.push(row("以后年度目标：达到／慢于序时".to_owned(), &|city| states(city, &of)));
    }
    rows.extend([
        row("判不了".to_owned(), &|city| open(context, city)),
        row(format!("与{base}比"), &|city| {
            without_stop(&moves_words(context, city, &scale).words).to_owned()
        }),
        row("到末年".to_owned(), &|city| to_the_last_year(&pace_words(context, city))),
        row("得分：只算已评／判不了的按零分计".to_owned(), &|city| points(context, city)),
        row("等次".to_owned(), &|city| city.score.grade.map_or(NOTHING, Grade::chinese).to_owned()),
    ]);
    rows
}

fn counted(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    let met = whose.say("met", city.score.met);
    match city.score.assessable {
        0 => NOTHING.to_owned(),
        _ => format!("{met}（{}%）", whose.say("rate.shown", rate_words(city.score.rate()))),
    }
}

fn firm(context: &Context<'_>, city: &CityEvaluation, base: &str) -> String {
    let (score, whose) = (&city.score, Totals::of_city(&context.book, city));
    if base_years(context, city).is_empty() {
        return format!("没有{base}数");
    }
    if score.soft == 0 || score.firm.whole == 0 {
        return NOTHING.to_owned();
    }
    let (part, whole) =
        (whose.say("firm.met", score.firm.part), whose.say("firm.assessable", score.firm.whole));
    let rate = whose.say("rate_without_soft.shown", rate_words(score.firm));
    format!("{part}／{whole}（{rate}%）")
}

fn open(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    match city.score.open() {
        0 => "没有".to_owned(),
        count => {
            let parts = Counts::of(&city.score).told(whose).open_parts();
            format!("{}项：{}", whose.say("open", count), parts.join("、"))
        }
    }
}

fn points(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    let shown = |name: &str, points: Option<Decimal>| match points {
        Some(points) => whose.say(&format!("{name}.shown"), fixed(points, 1)),
        None => NOTHING.to_owned(),
    };
    format!(
        "{}／{}",
        shown("score", city.score.score),
        shown("score_missing_as_zero", city.score.score_missing_as_zero)
    )
}

/// Points on one axis, with the limits of the grades.
#[derive(Debug, Clone, Serialize)]
pub(super) struct GradeBars {
    title: String,
    rows: Vec<GradeBar>,
    limits: Vec<GradeLimit>,
    note: String,
    alt: String,
}

/// The points of a city: what it has, and what those of open targets could still be.
#[derive(Debug, Clone, Serialize)]
struct GradeBar {
    name: String,
    points: String,
    grade: &'static str,
    length: Position,
    most: Position,
}

/// Where a grade begins.
#[derive(Debug, Clone, Serialize)]
struct GradeLimit {
    at: Position,
    words: &'static str,
    points: String,
}

/// Nothing where no city has a grade.
pub(super) fn grade_bars(draft: &mut Draft<'_>, cities: &[&CityEvaluation]) -> Option<GradeBars> {
    let context = draft.context;
    let share =
        |value: Decimal| value.checked_div(Decimal::ONE_HUNDRED).map_or(Position::START, Position::of);
    let bar = |city: &&CityEvaluation| {
        let points = city.score.score_missing_as_zero?;
        let rows = context.counted(city);
        let weigh = |of: &dyn Fn(State) -> bool| {
            let own = rows.iter().filter(|(one, _)| of(one.state)).map(|(one, _)| one.weight);
            own.fold(Decimal::ZERO, |sum, weight| sum.saturating_add(weight))
        };
        let (open, all) = (weigh(&|state| !state.is_assessable()), weigh(&|_| true));
        let lost = open.checked_div(all)?.checked_mul(Decimal::ONE_HUNDRED)?;
        let told = Totals::of_city(&context.book, city).say("score_missing_as_zero.shown", fixed(points, 1));
        Some(GradeBar {
            name: city.plan.short.clone(),
            points: told,
            grade: city.score.grade.map_or(NOTHING, Grade::chinese),
            length: share(points),
            most: share(points.saturating_add(lost).min(Decimal::ONE_HUNDRED)),
        })
    };
    let rows: Vec<GradeBar> = cities.iter().filter_map(bar).collect();
    if rows.is_empty() {
        return None;
    }
    let [excellent, good, fair] = context.evaluation.round.method.grades;
    let limits = context.grades().into_iter().zip([
        (Grade::Excellent, excellent),
        (Grade::Good, good),
        (Grade::Fair, fair),
    ]);
    let limits =
        limits.map(|(points, (grade, at))| GradeLimit { at: share(at), words: grade.chinese(), points });
    let alt = rows.iter().map(|row| format!("{}{}分，{}", row.name, row.points, row.grade));
    Some(GradeBars {
        title: format!("{}　等次从哪里来", draft.numbers.take(Key::figure("grades"))),
        alt: alt.collect::<Vec<_>>().join("；"),
        limits: limits.collect(),
        note: "实条：判不了的按零分计的得分；虚框：判不了的项最多还能得的分。竖线：各等次从多少分起。"
            .to_owned(),
        rows,
    })
}

/// Whether a city will be in time for the targets of its plan's last year: `已到2，照计划可到10，须加快6`.
pub(super) fn to_the_last_year(said: &Answer) -> String {
    match said.parts.is_empty() {
        true => without_stop(&said.words).to_owned(),
        false => said
            .parts
            .iter()
            .map(|part| format!("{}{}项", part.label, part.number))
            .collect::<Vec<_>>()
            .join("，"),
    }
}
