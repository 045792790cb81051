//! What is said of the grades of two cities beside their rates.

use super::super::context::Context;
use super::super::say::say;
use super::super::totals::Totals;
use crate::evaluation::CityEvaluation;
use crate::plan::Grade;
use crate::rounding::fixed;

/// The grades, and why they stand in another order than the rates where they do.
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn grade_words(context: &Context<'_>, first: &CityEvaluation, second: &CityEvaluation) -> String {
    let (Some(high), Some(low)) = (first.score.grade, second.score.grade) else { return String::new() };
    let language = context.language;
    let named = |city: &CityEvaluation, grade: Grade| {
        let (name, grade) = (context.short(&city.plan), grade.words(language));
        say!(language, "{name}{grade}", "{name} {grade}")
    };
    if high == low {
        let grade = high.words(language);
        return say!(language, "等次均为{grade}。", "Both have the grade {grade}.");
    }
    // `first` has the higher rate.
    if high > low || first.score.rate().order(second.score.rate()).is_eq() {
        let (one, other) = (named(first, high), named(second, low));
        return say!(language, "等次{one}、{other}。", "Grades: {one}, {other}.");
    }
    let (one, other) = (named(second, low), named(first, high));
    let order = say!(
        language,
        "等次{one}、{other}，次序相反，",
        "The grades ({one}, {other}) stand in the opposite order, "
    );
    let name = context.short(&first.plan);
    if let Some(limit) = first.score.limits.first() {
        let grade = limit.grade.words(language);
        return say!(
            language,
            "{order}是因为{name}的等次按决定不高于{grade}。",
            "{order}because by decision the grade of {name} is no higher than {grade}."
        );
    }
    let points = [first, second].map(|city| {
        let whose = Totals::of_city(&context.book, city);
        let points = city.score.score.map_or_else(|| "—".to_owned(), |score| fixed(score, 1));
        let (name, points) = (context.short(&city.plan), whose.say("score.shown", points));
        say!(language, "{name}{points}", "{name} {points}")
    });
    let points = language.list(&points);
    if first.score.open() == 0 {
        return say!(
            language,
            "{order}是因为{name}未完成的各项离目标更远（得分{points}）。",
            "{order}because what {name} missed lies further from its targets (scores: {points})."
        );
    }
    let because = language.of(
        "是因为定等次时未能判定的项按零分计",
        "because targets that cannot be judged yet count as zero in the grade",
    );
    let grades = context.evaluation.round.method.grades;
    let band = |city: &CityEvaluation| {
        city.score.score.map(|score| grades.iter().filter(|limit| score < **limit).count())
    };
    if band(first).is_some() && band(first) == band(second) {
        return say!(
            language,
            "{order}{because}，不是因为已评的项做得差（已评项得分{points}）。",
            "{order}{because}, not because those judged did worse (scores on judged targets: {points})."
        );
    }
    say!(
        language,
        "{order}{because}（只算已评项得分{points}）。",
        "{order}{because} (scores on judged targets only: {points})."
    )
}
