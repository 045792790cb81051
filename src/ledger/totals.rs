//! What operations over many targets mean: points, counts, means, grades, places.

use super::{Exact, Operands, StepValue};
use crate::plan::Direction;

fn met(args: &Operands<'_>) -> bool {
    args.one("met").and_then(StepValue::truth) == Some(true)
}

/// The completion that points rest on: what is reached and worse than every ratio counts as a completion of nothing.
fn completion(args: &Operands<'_>) -> Option<Exact> {
    let own = args.number("completion").cloned();
    own.or_else(|| (met(args) && args.text("beyond") == Some("worse")).then(Exact::zero))
}

/// Whether a value is reached beyond every ratio.
fn is_beyond(args: &Operands<'_>) -> bool {
    met(args) && args.text("beyond") == Some("better")
}

/// All or nothing.
pub(super) fn points_fixed(args: &Operands<'_>) -> Exact {
    if met(args) { Exact::hundred() } else { Exact::zero() }
}

/// 综合指数法: the completion up to the cap.
pub(super) fn points_ratio(args: &Operands<'_>) -> Option<Exact> {
    let cap = args.number("cap")?.clone();
    match completion(args) {
        Some(completion) => Some(completion.min(cap)),
        None if is_beyond(args) => Some(cap),
        None => Some(points_fixed(args)),
    }
}

/// 比例计分法: reached is at least full, with a limit on the bonus; what is short is in proportion.
pub(super) fn points_proportional(args: &Operands<'_>) -> Option<Exact> {
    let hundred = Exact::hundred();
    let most = hundred.plus(args.number("bonus")?);
    match completion(args) {
        Some(completion) if met(args) => Some(completion.max(hundred).min(most)),
        Some(completion) => Some(completion.min(hundred)),
        None if is_beyond(args) => Some(most),
        None => Some(points_fixed(args)),
    }
}

/// 功效系数法: (L − x_s)·40/(100 − x_s) + 60 within 0 and the cap, with L the value in percent of the target (where less is better,
/// 200 less that) and x_s the value that is not allowed.
pub(super) fn points_efficacy(args: &Operands<'_>) -> Option<Exact> {
    let direction = args.direction();
    let cap = args.number("cap")?.clone();
    let not_allowed = args.number("not_allowed")?;
    let of = |linear: &Exact| {
        let span = Exact::hundred().minus(not_allowed);
        let way = linear.minus(not_allowed).over(&span)?;
        Some(way.times(&Exact::whole(40)).plus(&Exact::whole(60)))
    };
    let two = Exact::whole(200);
    match completion(args) {
        Some(completion) => {
            let linear = match direction {
                Direction::Lower => Exact::whole(10_000).over(&completion).map(|own| two.minus(&own)),
                _ => Some(completion),
            };
            let points = linear.and_then(|linear| of(&linear)).unwrap_or_else(Exact::zero);
            Some(points.max(Exact::zero()).min(cap))
        }
        None if is_beyond(args) && direction == Direction::Lower => Some(of(&two)?.min(cap)),
        None if is_beyond(args) => Some(cap),
        None => Some(points_fixed(args)),
    }
}

/// 分档计分法: each whole band over or under the target adds or takes points, within 0 and the cap.
pub(super) fn points_banded(args: &Operands<'_>) -> Option<Exact> {
    let (cap, band, each) = (args.number("cap")?, args.number("band")?, args.number("band_points")?);
    match completion(args) {
        Some(completion) => {
            let bands = completion.minus(&Exact::hundred()).over(band)?.truncated();
            let points = bands.times(each).plus(&Exact::hundred());
            Some(points.max(Exact::zero()).min(cap.clone()))
        }
        None if is_beyond(args) && each.is_positive() => Some(cap.clone()),
        None => Some(points_fixed(args)),
    }
}

/// How many members are in one of the states; all of them without states.
pub(super) fn count(args: &Operands<'_>, of: &[String]) -> Exact {
    let counts = |member: &&StepValue| of.is_empty() || of.iter().any(|state| member.to_string() == *state);
    Exact::from(args.all("member").filter(counts).count())
}

/// What was and what is, as one word.
pub(super) fn pair(args: &Operands<'_>) -> StepValue {
    let words = ["before", "now"].map(|role| args.one(role).map(ToString::to_string));
    let [Some(before), Some(now)] = words else { return StepValue::Nothing };
    StepValue::Text(format!("{before}>{now}"))
}

pub(super) fn sum<'a>(all: impl IntoIterator<Item = &'a Exact>) -> Exact {
    all.into_iter().fold(Exact::zero(), |sum, one| sum.plus(one))
}

pub(super) fn difference(args: &Operands<'_>) -> Option<Exact> {
    Some(args.number("whole")?.minus(args.number("part")?))
}

pub(super) fn share(args: &Operands<'_>) -> Option<Exact> {
    args.number("part")?.in_percent_of(args.number("whole")?)
}

/// Σ points·weight ÷ Σ weight: points and weights in turn, what has no points counting nothing.
pub(super) fn mean_weighted(args: &Operands<'_>) -> Option<Exact> {
    let weights = args.numbers("weight");
    let points = args.all("points").map(|points| points.number().cloned().unwrap_or_else(Exact::zero));
    let all =
        points.zip(&weights).fold(Exact::zero(), |sum, (points, weight)| sum.plus(&points.times(weight)));
    all.over(&sum(weights.iter().copied()))
}

/// Each kind of what was found as often as it was: `count` and `each` in turn.
pub(super) fn deductions(args: &Operands<'_>) -> Exact {
    let (counts, each) = (args.numbers("count"), args.numbers("each"));
    counts.iter().zip(each).fold(Exact::zero(), |sum, (count, each)| sum.plus(&count.times(each)))
}

/// max(0, min(mean, 100 + bonus_total) − taken).
pub(super) fn deduct(args: &Operands<'_>) -> Option<Exact> {
    let most = Exact::hundred().plus(args.number("bonus_total")?);
    let mean = args.number("mean")?.clone().min(most);
    Some(mean.minus(args.number("taken")?).max(Exact::zero()))
}

/// Grades from the best to the worst.
const GRADES: [&str; 4] = ["excellent", "good", "fair", "poor"];

/// The first grade whose limit the score reaches; limits from the best on.
pub(super) fn grade(args: &Operands<'_>) -> StepValue {
    let Some(score) = args.number("score") else { return StepValue::Nothing };
    let limits = args.numbers("from");
    let at = limits.iter().position(|from| score >= *from).unwrap_or(limits.len());
    GRADES.get(at).map_or(StepValue::Nothing, |grade| StepValue::word(grade))
}

/// The worst of a grade and its limits.
pub(super) fn grade_limited(args: &Operands<'_>) -> StepValue {
    let place = |grade: &StepValue| GRADES.iter().position(|own| grade.text() == Some(own));
    let all = args.all("grade").chain(args.all("limit"));
    all.filter_map(place)
        .max()
        .and_then(|at| GRADES.get(at))
        .map_or(StepValue::Nothing, |grade| StepValue::word(grade))
}

/// Whether a share reaches a limit: a limit that is written with digits behind the point, such as 66.7, is a rounded share (of 2/3) and is
/// compared at its digits as well; one of whole percent is compared with the full value.
pub(super) fn covers(args: &Operands<'_>) -> bool {
    let (Some(share), Some(limit)) = (args.number("share"), args.number("limit")) else { return false };
    // Without any verdict there is no rate to be placed by, whatever coverage is enough.
    if share.is_zero() {
        return false;
    }
    let places = limit.places().unwrap_or(0);
    share >= limit || (places > 0 && share.rounded(places) >= *limit)
}

/// Numbers from the greatest to the least, with blanks between.
pub(super) fn order(args: &Operands<'_>) -> StepValue {
    let mut all = args.numbers("x");
    all.sort_by(|one, other| other.cmp(one));
    StepValue::Text(all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

/// 1 + how many of the others are greater; `self` is what stands among them for the one that is placed.
pub(super) fn rank(args: &Operands<'_>) -> Option<Exact> {
    let own = args.number("own")?;
    let is_greater = |text: &&str| Exact::parse(text).is_some_and(|other| other > *own);
    let above = args.text("among")?.split(' ').take_while(is_greater).count();
    let counts_itself = args.number("self").is_some_and(|itself| itself > own);
    Some(Exact::from(above.saturating_sub(usize::from(counts_itself))).plus(&Exact::whole(1)))
}

/// As printed; with as many more digits as it takes that it does not read as a limit it is short of.
pub(super) fn guarded(args: &Operands<'_>, places: u32) -> StepValue {
    let Some(x) = args.number("x") else { return StepValue::Nothing };
    let limits = args.numbers("limit");
    let reads_reached = |places: u32| limits.iter().any(|limit| x < *limit && x.rounded(places) >= **limit);
    let places = (places..28).find(|places| !reads_reached(*places)).unwrap_or(28);
    StepValue::Text(x.fixed(places))
}

/// The state of a task: what is reported, unless a finding withholds it or it is done without evidence.
pub(super) fn task_state(args: &Operands<'_>) -> StepValue {
    let is_withheld = args.all("finding").next().is_some();
    match args.text("progress") {
        _ if is_withheld => StepValue::word("in_doubt"),
        Some("done") => StepValue::word("met"),
        Some("ongoing") => StepValue::word("ongoing"),
        Some("not_started") => StepValue::word("not_started"),
        Some("unknown") => StepValue::word("in_doubt"),
        _ => StepValue::word("not_reported"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Operation;
    use super::*;

    fn number(text: &str) -> StepValue {
        Exact::parse(text).into()
    }

    #[test]
    fn a_coverage_that_is_written_rounded_is_compared_as_it_is_written() {
        for (share, limit, expected) in [
            ("200/3", "66.6", true),
            // 66.7 is how two thirds are written; 66.8 and 66.68 are not.
            ("200/3", "66.7", true),
            ("200/3", "66.67", true),
            ("200/3", "66.8", false),
            ("200/3", "66.68", false),
            // A limit of whole percent is no rounded share.
            ("59.9", "60", false),
            ("60", "60", true),
        ] {
            let (share, limit_of) = (number(share), number(limit));
            let args = Operands::new([("share", &share), ("limit", &limit_of)]);
            assert_eq!(Operation::Covers.apply(&args), StepValue::Truth(expected), "{share} {limit}");
        }
        let (nothing, none) = (StepValue::Nothing, number("0"));
        assert!(!covers(&Operands::new([("share", &nothing), ("limit", &none)])));
    }

    #[test]
    fn a_limit_lowers_a_grade_and_never_raises_it() {
        for (grade, limits, expected) in [
            ("excellent", &[][..], "excellent"),
            ("excellent", &["fair"], "fair"),
            ("poor", &["good"], "poor"),
            ("excellent", &["good", "poor"], "poor"),
        ] {
            let grade = StepValue::word(grade);
            let limits: Vec<StepValue> = limits.iter().map(|limit| StepValue::word(limit)).collect();
            let args = std::iter::once(("grade", &grade)).chain(limits.iter().map(|limit| ("limit", limit)));
            assert_eq!(grade_limited(&Operands::new(args)), StepValue::word(expected));
        }
    }
}
