//! The counts of a few cities beside each other, and where their grades come from.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::base_years::base_years;
use super::super::brief::answer::{Answer, Part, base_word};
use super::super::brief::answers::pace_words;
use super::super::brief::moves::{Scale, moves, moves_words};
use super::super::brief::standing::bounds;
use super::super::context::Context;
use super::super::drawing::Position;
use super::super::numbers::Key;
use super::super::phrases::as_clause;
use super::super::say::say;
use super::super::section::Draft;
use super::super::totals::Totals;
use super::super::values::rate_words;
use super::super::verdict::Counts;
use crate::assess::State;
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
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
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn summary(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<BesideRow> {
    let row = |label: String, of: &dyn Fn(&CityEvaluation) -> String| BesideRow {
        label,
        answers: cities.iter().map(|city| of(city)).collect(),
    };
    let (language, reached, rate) = (context.language, context.terms.reached, context.terms.rate);
    let base = base_word(context, cities);
    let head = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    let slash = language.of("／", " / ");
    let own = |city: &CityEvaluation, name: &str, number: usize| {
        Totals::of_city(&context.book, city).say(name, number)
    };
    let scale = Scale::of(cities.iter().map(|city| moves(context, city)));
    let states = |city: &CityEvaluation, states: &[State]| {
        let told =
            states.iter().map(|state| own(city, &format!("state.{}", state.key()), city.score.count(*state)));
        told.collect::<Vec<_>>().join(slash)
    };
    let mut rows = vec![
        row(head("应评／可评", "To be judged / judged"), &|city| {
            let total = own(city, "total", city.score.total);
            let able = own(city, "assessable", city.score.assessable);
            format!("{total}{slash}{able}")
        }),
        row(capitalised(&say!(language, "{reached}（{rate}）", "{reached} ({rate})")), &|city| {
            counted(context, city)
        }),
        row(head("可能的范围", "Possible range"), &|city| match city.score.total {
            0 => NOTHING.to_owned(),
            _ => {
                let (low, high) = bounds(context, city);
                say!(language, "{low}%—{high}%", "{low}%–{high}%")
            }
        }),
        row(
            say!(
                language,
                "除去目标不如{base}的：{reached}／可评（{rate}）",
                "Without targets weaker than {base}: {reached} / judged ({rate})"
            ),
            &|city| firm(context, city, &base),
        ),
        row(head("未到：基本完成／未完成", "Missed: nearly met / not met"), &|city| {
            states(city, &[State::Nearly, State::Missed])
        }),
    ];
    if context.terms.has_schedules {
        let of = [State::OnSchedule, State::BehindSchedule];
        let label = head("以后年度目标：达到／慢于序时", "Targets of later years: on / behind schedule");
        rows.push(row(label, &|city| states(city, &of)));
    }
    rows.extend([
        row(head("判不了", "Cannot be judged yet"), &|city| open(context, city)),
        row(say!(language, "与{base}比", "Against {base}"), &|city| {
            as_clause(language, &moves_words(context, city, &scale).words).to_owned()
        }),
        row(head("到末年", "By the final year"), &|city| {
            to_the_last_year(language, &pace_words(context, city))
        }),
        row(
            head("得分：只算已评／判不了的按零分计", "Score: judged only / open as zero"),
            &|city| points(context, city),
        ),
        row(head("等次", "Grade"), &|city| {
            city.score.grade.map_or(NOTHING, |grade| grade.words(language)).to_owned()
        }),
    ]);
    rows
}

fn counted(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    let met = whose.say("met", city.score.met);
    match city.score.assessable {
        0 => NOTHING.to_owned(),
        _ => {
            let rate = whose.say("rate.shown", rate_words(city.score.rate()));
            say!(context.language, "{met}（{rate}%）", "{met} ({rate}%)")
        }
    }
}

fn firm(context: &Context<'_>, city: &CityEvaluation, base: &str) -> String {
    let (score, whose) = (&city.score, Totals::of_city(&context.book, city));
    if base_years(context, city).is_empty() {
        return say!(context.language, "没有{base}数", "No values for {base}");
    }
    if score.soft == 0 || score.firm.whole == 0 {
        return NOTHING.to_owned();
    }
    let (part, whole) =
        (whose.say("firm.met", score.firm.part), whose.say("firm.assessable", score.firm.whole));
    let rate = whose.say("rate_without_soft.shown", rate_words(score.firm));
    say!(context.language, "{part}／{whole}（{rate}%）", "{part} / {whole} ({rate}%)")
}

fn open(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    match city.score.open() {
        0 => context.language.of("没有", "None").to_owned(),
        count => {
            let language = context.language;
            let parts = language.list(&Counts::of(&city.score).told(whose).open_parts(language));
            let count = whose.say("open", count);
            say!(language, "{count}项：{parts}", "{count}: {parts}")
        }
    }
}

fn points(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    let shown = |name: &str, points: Option<Decimal>| match points {
        Some(points) => whose.say(&format!("{name}.shown"), fixed(points, 1)),
        None => NOTHING.to_owned(),
    };
    let (judged, all) =
        (shown("score", city.score.score), shown("score_missing_as_zero", city.score.score_missing_as_zero));
    say!(context.language, "{judged}／{all}", "{judged} / {all}")
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
    let (context, language) = (draft.context, draft.context.language);
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
            name: context.short(&city.plan).to_owned(),
            points: told,
            grade: city.score.grade.map_or(NOTHING, |grade| grade.words(language)),
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
    let limits = limits.map(|(points, (grade, at))| GradeLimit {
        at: share(at),
        words: grade.words(language),
        points,
    });
    let alt = rows.iter().map(|GradeBar { name, points, grade, .. }| {
        say!(language, "{name}{points}分，{grade}", "{name} {points} points, {grade}")
    });
    let number = draft.numbers.take(Key::figure("grades"));
    Some(GradeBars {
        title: draft.numbers.titled(&number, language.of("等次从哪里来", "Where the grades come from")),
        alt: language.clauses(&alt.collect::<Vec<_>>()),
        limits: limits.collect(),
        note: language
            .of(
                "实条：判不了的按零分计的得分；虚框：判不了的项最多还能得的分。竖线：各等次从多少分起。",
                "Solid bar: the score with open targets as zero; dashed box: the most that open targets can still earn. Lines: where each grade begins.",
            )
            .to_owned(),
        rows,
    })
}

/// Whether a city will be in time for the targets of its plan's last year: `已到2，照计划可到10，须加快6`.
pub(super) fn to_the_last_year(language: Language, said: &Answer) -> String {
    if said.parts.is_empty() {
        return as_clause(language, &said.words).to_owned();
    }
    let part = |Part { label, number, .. }: &Part| say!(language, "{label}{number}项", "{number} {label}");
    language.parts(&said.parts.iter().map(part).collect::<Vec<_>>())
}
