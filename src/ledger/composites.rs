//! What the operations of composite indices mean: statistics over cities, scores, their means, indices over years, places over draws.

use super::{Exact, Operands, StepValue, irrational};

/// 定距 of standard scores: (x − mean)/s·10 + 100.
const POINTS_OF_DEVIATION: i64 = 10;

pub(super) fn log(args: &Operands<'_>) -> Option<Exact> {
    irrational::logarithm(args.number("x")?)
}

pub(super) fn quotient(args: &Operands<'_>) -> Option<Exact> {
    let below = args.number("per").filter(|below| below.is_positive())?;
    args.number("x")?.over(below)
}

/// ln(x − least + (greatest − least) ÷ 100).
pub(super) fn shifted_log(args: &Operands<'_>) -> Option<Exact> {
    let (x, least, greatest) = (args.number("x")?, args.number("least")?, args.number("greatest")?);
    let hundredth = greatest.minus(least).over(&Exact::hundred())?;
    irrational::logarithm(&x.minus(least).plus(&hundredth))
}

fn total<'a>(all: impl IntoIterator<Item = &'a Exact>) -> Exact {
    all.into_iter().fold(Exact::zero(), |sum, one| sum.plus(one))
}

pub(super) fn mean(all: &[&Exact]) -> Option<Exact> {
    total(all.iter().copied()).over(&Exact::from(all.len()))
}

pub(super) fn next(args: &Operands<'_>, greatest: bool) -> Option<Exact> {
    let mut all = args.numbers("x");
    all.sort();
    all.dedup();
    if greatest {
        all.reverse();
    }
    all.get(1).map(|found| (*found).clone())
}

pub(super) fn median(args: &Operands<'_>) -> Option<Exact> {
    let mut all = args.numbers("x");
    all.sort();
    let half = all.len() / 2;
    let upper = all.get(half)?;
    if all.len() % 2 == 1 {
        return Some((*upper).clone());
    }
    let lower = all.get(half.checked_sub(1)?)?;
    lower.plus(upper).over(&Exact::whole(2))
}

/// Σ (x − mean)^power.
fn moment(all: &[&Exact], power: u32) -> Option<Exact> {
    let mean = mean(all)?;
    let of = |one: &&Exact| {
        let off = one.minus(&mean);
        (1..power).fold(off.clone(), |product, _| product.times(&off))
    };
    Some(total(&all.iter().map(of).collect::<Vec<_>>()))
}

fn variance(all: &[&Exact], sample: bool) -> Option<Exact> {
    let count = if sample { all.len().checked_sub(1)? } else { all.len() };
    moment(all, 2)?.over(&Exact::from(count))
}

pub(super) fn deviation(all: &[&Exact], sample: bool) -> Option<Exact> {
    irrational::square_root(&variance(all, sample)?)
}

/// G₁ = m₃/m₂^1.5 · √(n(n−1))/(n−2), with one root.
pub(super) fn skewness(args: &Operands<'_>) -> Option<Exact> {
    let all = args.numbers("x");
    let n = Exact::from(all.len());
    let fewer = |less: i64| n.minus(&Exact::whole(less));
    let (two, three) = (moment(&all, 2)?.over(&n)?, moment(&all, 3)?.over(&n)?);
    let (cube, rest) = (two.times(&two).times(&two), fewer(2));
    if !rest.is_positive() {
        return None;
    }
    let square = three.times(&three).times(&n).times(&fewer(1)).over(&cube.times(&rest).times(&rest))?;
    let size = irrational::square_root(&square)?;
    Some(if three < Exact::zero() { Exact::zero().minus(&size) } else { size })
}

/// G₂ = ((n+1)·g₂ + 6)·(n−1)/((n−2)(n−3)), with g₂ = m₄/m₂² − 3.
pub(super) fn kurtosis(args: &Operands<'_>) -> Option<Exact> {
    let all = args.numbers("x");
    let n = Exact::from(all.len());
    let more = |more: i64| n.plus(&Exact::whole(more));
    let (two, four) = (moment(&all, 2)?.over(&n)?, moment(&all, 4)?.over(&n)?);
    let excess = four.over(&two.times(&two))?.minus(&Exact::whole(3));
    let below = more(-2).times(&more(-3));
    if !more(-3).is_positive() {
        return None;
    }
    more(1).times(&excess).plus(&Exact::whole(6)).times(&more(-1)).over(&below)
}

pub(super) fn is_extreme(args: &Operands<'_>) -> bool {
    let is_at = |of: &str, limit: &str| {
        args.number(of).zip(args.number(limit)).is_some_and(|(value, limit)| value.size() >= *limit)
    };
    let kurtosis = args.number("kurtosis").zip(args.number("limit.kurtosis"));
    is_at("skewness", "limit.skewness") && kurtosis.is_some_and(|(value, limit)| value >= limit)
}

pub(super) fn bounded(args: &Operands<'_>, most: bool) -> Option<Exact> {
    let (x, bound) = (args.number("x")?, args.number("bound")?);
    Some(if most { x.min(bound) } else { x.max(bound) }.clone())
}

/// The score of a value by a method: what it takes beside `x` stands in the arguments, see docs/operations.md.
pub(super) fn normalised(args: &Operands<'_>, higher: bool, method: &str) -> Option<Exact> {
    let x = args.number("x")?;
    let hundred = Exact::hundred();
    let floor = args.number("floor");
    let signed = |difference: Exact| if higher { difference } else { Exact::zero().minus(&difference) };
    let within = |low: &Exact, high: &Exact| {
        let way = if higher { x.minus(low) } else { high.minus(x) };
        way.over(&high.minus(low))
    };
    // Between the least score and a hundred.
    let ranged = |share: Exact| {
        let least = floor.cloned().unwrap_or_else(Exact::zero);
        hundred.minus(&least).times(&share).plus(&least)
    };
    let no_less = |score: Exact| match floor {
        Some(floor) => score.max(floor.clone()),
        None => score,
    };
    let capped = |score: Exact| score.min(hundred.clone());
    // What is divided by has to be positive, or the order would turn round.
    let of = |best: &Exact| {
        let (above, below) = if higher { (x, best) } else { (best, x) };
        above.over(below).filter(|_| below.is_positive())
    };
    let percent = |share: Exact| share.times(&hundred);
    match method {
        "minmax" => within(args.number("low")?, args.number("high")?).map(ranged),
        "goalposts" => {
            let share = within(args.number("low")?, args.number("high")?)?;
            Some(ranged(share.max(Exact::zero()).min(Exact::whole(1))))
        }
        "goalposts_uncapped" => within(args.number("low")?, args.number("high")?).map(ranged),
        "zscore" | "zscore_population" => {
            let off = signed(x.minus(args.number("mean")?)).over(args.number("deviation")?)?;
            let score = off.times(&Exact::whole(POINTS_OF_DEVIATION)).plus(&hundred);
            Some(no_less(score.rounded(irrational::PLACES)))
        }
        "distance_to_best" | "distance_to_worst" | "distance_to_mean" | "distance_to_reference" => {
            of(args.number("reference")?).map(percent).map(no_less)
        }
        "above_below_mean" => above_or_below(args, higher).map(no_less),
        "distance_to_target" => way_to_target(args, higher).map(percent).map(capped).map(no_less),
        "distance_to_target_uncapped" => way_to_target(args, higher).map(percent).map(no_less),
        "rank" | "percentile" | "borda" => placed(args, higher, method).map(no_less),
        "efficacy" => {
            let share = within(args.number("low")?, args.number("high")?)?;
            Some(no_less(share.times(&Exact::whole(40)).plus(&Exact::whole(60))))
        }
        _ => None,
    }
}

fn way_to_target(args: &Operands<'_>, higher: bool) -> Option<Exact> {
    let (x, from, target) = (args.number("x")?, args.number("from")?, args.number("target")?);
    let (way, whole) =
        if higher { (x.minus(from), target.minus(from)) } else { (from.minus(x), from.minus(target)) };
    way.over(&whole).filter(|_| whole.is_positive())
}

/// 1, 0 or −1 by whether a value is more than a fifth above or below the mean; the other way round where less is better.
fn above_or_below(args: &Operands<'_>, higher: bool) -> Option<Exact> {
    let (x, mean) = (args.number("x")?, args.number("mean").filter(|mean| mean.is_positive())?);
    let off = x.minus(mean).times(&Exact::whole(5));
    let off = if higher { off } else { Exact::zero().minus(&off) };
    let fifth = mean.size();
    let side = i64::from(off > fifth) - i64::from(Exact::zero().minus(&off) > fifth);
    Some(Exact::whole(side))
}

/// Scores that only the order decides: of how many are worse.
fn placed(args: &Operands<'_>, higher: bool, method: &str) -> Option<Exact> {
    let x = args.number("x")?;
    let order: Vec<Exact> = args.text("among")?.split(' ').filter_map(Exact::parse).collect();
    let worse = order.iter().filter(|other| if higher { *other < x } else { *other > x }).count();
    let worse = Exact::from(worse);
    match method {
        "borda" => Some(worse),
        "rank" => Some(worse.plus(&Exact::whole(1))),
        _ => worse.in_percent_of(&Exact::from(order.len().checked_sub(1)?)),
    }
}

/// `3 1 2`: 1 + how many of the others are greater.
pub(super) fn places(args: &Operands<'_>) -> StepValue {
    let all = args.numbers("x");
    let mut order = all.clone();
    order.sort_by(|one, other| other.cmp(one));
    let place = |one: &&Exact| order.partition_point(|other| other > one).saturating_add(1).to_string();
    StepValue::Text(all.iter().map(place).collect::<Vec<_>>().join(" "))
}

pub(super) fn place_at(args: &Operands<'_>, position: usize) -> Option<Exact> {
    let place: usize = args.text("places")?.split(' ').nth(position.checked_sub(1)?)?.parse().ok()?;
    Some(Exact::from(place))
}

/// Digits behind the point of what is summed up by weights of binary floating point: who is alike by these is alike.
const WEIGHTED: u32 = 6;

/// `x` and `weight` in turn; nothing where one has no number.
pub(super) fn weighted_sum(args: &Operands<'_>) -> Option<Exact> {
    let parts = args.all("x").zip(args.all("weight"));
    let parts: Option<Vec<Exact>> =
        parts.map(|(x, weight)| Some(x.number()?.times(weight.number()?))).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| total(&parts).rounded(WEIGHTED))
}

pub(super) fn weighted_share(args: &Operands<'_>) -> Option<Exact> {
    args.number("x")?.times(args.number("weight")?).in_percent_of(args.number("whole")?)
}

pub(super) fn weight_at(args: &Operands<'_>, position: usize) -> Option<Exact> {
    Exact::parse(args.text("weights")?.split(' ').nth(position.checked_sub(1)?)?)
}

pub(super) fn weight_within(args: &Operands<'_>) -> Option<Exact> {
    let whole = args.number("whole")?;
    args.number("own")?.times(whole).over(&total(args.numbers("among")))
}

/// `x` and `weight` in turn; what has no score is as if it were not there. But for the arithmetic mean to twenty digits behind the point: fractions
/// whose denominators have nothing in common cannot be summed up over hundreds of cities.
pub(super) fn aggregated(args: &Operands<'_>, method: &str) -> Option<Exact> {
    let weights = args.numbers("weight");
    let scores = args.all("x").map(StepValue::number).zip(weights);
    let parts: Vec<(&Exact, &Exact)> = scores.filter_map(|(score, weight)| Some((score?, weight))).collect();
    let whole = total(parts.iter().map(|(_, weight)| *weight));
    let summed = |of: fn(&Exact, &Exact) -> Option<Exact>| {
        let all: Option<Vec<Exact>> = parts.iter().map(|(score, weight)| of(score, weight)).collect();
        all.map(|all| total(&all))
    };
    match method {
        "arithmetic" => summed(|score, weight| Some(score.times(weight)))?.over(&whole),
        "geometric" => irrational::geometric_mean(parts.iter().copied()),
        "harmonic" if parts.iter().all(|(score, _)| score.is_positive()) => {
            Some(whole.over(&summed(|score, weight| weight.over(score))?)?.rounded(irrational::PLACES))
        }
        // M ∓ s·cv, and s·cv = s²/M.
        "mazziotta_pareto" | "mazziotta_pareto_plus" => {
            let scores: Vec<&Exact> = parts.iter().map(|(score, _)| *score).collect();
            let (mean, variance) = (mean(&scores).filter(Exact::is_positive)?, variance(&scores, false)?);
            let penalty = variance.over(&mean)?;
            let score = if method == "mazziotta_pareto" { mean.minus(&penalty) } else { mean.plus(&penalty) };
            Some(score.rounded(irrational::PLACES))
        }
        _ => None,
    }
}

/// By how much weight one is ahead of another, and the other of it: parts in which they are alike count half for each, those that only one has for neither
/// (the outranking matrix of the OECD/JRC handbook on composite indicators, table 36).
pub fn outranking(own: &[Option<&Exact>], other: &[Option<&Exact>], weights: &[&Exact]) -> (Exact, Exact) {
    let (mut ahead, mut behind, mut alike) = (Exact::zero(), Exact::zero(), Exact::zero());
    for ((own, other), weight) in own.iter().zip(other).zip(weights) {
        let Some((own, other)) = own.zip(*other) else { continue };
        let of = match own.cmp(other) {
            std::cmp::Ordering::Greater => &mut ahead,
            std::cmp::Ordering::Less => &mut behind,
            std::cmp::Ordering::Equal => &mut alike,
        };
        *of = of.plus(weight);
    }
    let half = alike.over(&Exact::whole(2)).unwrap_or_else(Exact::zero);
    (ahead.plus(&half), behind.plus(&half))
}

/// `weight` of each part; `own` scores and those of each `other`, row by row, in the order of the weights.
pub(super) fn copeland(args: &Operands<'_>) -> Option<Exact> {
    let weights = args.numbers("weight");
    let own: Vec<Option<&Exact>> = args.all("own").map(StepValue::number).collect();
    let others: Vec<Option<&Exact>> = args.all("other").map(StepValue::number).collect();
    if weights.is_empty() || own.len() != weights.len() || own.iter().all(Option::is_none) {
        return None;
    }
    let mut score = Exact::zero();
    for other in others.chunks(weights.len()) {
        let (won, lost) = outranking(&own, other, &weights);
        score = match won.cmp(&lost) {
            std::cmp::Ordering::Greater => score.plus(&Exact::whole(1)),
            std::cmp::Ordering::Less => score.minus(&Exact::whole(1)),
            std::cmp::Ordering::Equal => score,
        };
    }
    Some(score)
}

/// The first class whose least score is reached; limits from the best on. Below all of them one more.
pub(super) fn class(args: &Operands<'_>) -> Option<Exact> {
    let score = args.number("score")?;
    let limits = args.numbers("from");
    let at = limits.iter().position(|from| score >= *from).unwrap_or(limits.len());
    Some(Exact::from(at).plus(&Exact::whole(1)))
}

pub(super) fn symmetric_growth(args: &Operands<'_>, higher: bool) -> Option<Exact> {
    let (now, before) = (args.number("now")?, args.number("before")?);
    let growth = now.minus(before).times(&Exact::whole(200)).over(&now.plus(before))?;
    Some(if higher { growth } else { Exact::zero().minus(&growth) })
}

pub(super) fn chained(args: &Operands<'_>) -> Option<Exact> {
    let (before, growth) = (args.number("before")?, args.number("growth")?);
    let two = Exact::whole(200);
    before.times(&two.plus(growth)).over(&two.minus(growth))
}

/// `x` and `y` in turn: Σ (x − x̄)((y − x) − mean of y − x) ÷ Σ (x − x̄)², to twenty digits.
pub(super) fn growth_slope(args: &Operands<'_>) -> Option<Exact> {
    let pairs: Vec<(&Exact, Exact)> = args
        .all("x")
        .zip(args.all("y"))
        .filter_map(|(x, y)| Some((x.number()?, y.number()?.minus(x.number()?))))
        .collect();
    let levels: Vec<&Exact> = pairs.iter().map(|(level, _)| *level).collect();
    let growths: Vec<&Exact> = pairs.iter().map(|(_, growth)| growth).collect();
    let (level, growth) = (mean(&levels)?, mean(&growths)?);
    let products = pairs.iter().map(|(x, y)| x.minus(&level).times(&y.minus(&growth)));
    let above = total(&products.collect::<Vec<_>>());
    Some(above.over(&moment(&levels, 2)?)?.rounded(irrational::PLACES))
}

/// `1:5310 2:4690`: places with how often they come.
fn places_of(text: &str) -> Vec<(usize, usize)> {
    let read = |part: &str| {
        let (place, times) = part.split_once(':')?;
        Some((place.parse().ok()?, times.parse().ok()?))
    };
    text.split(' ').filter_map(read).collect()
}

fn times(places: &[(usize, usize)]) -> usize {
    places.iter().map(|(_, times)| times).sum()
}

/// The least place that so many percent of the draws are at or better.
pub(super) fn quantile(args: &Operands<'_>, percent: u32) -> Option<Exact> {
    let places = places_of(args.text("draws")?);
    let all = times(&places).checked_mul(usize::try_from(percent).ok()?)?;
    let mut reached = 0_usize;
    for (place, times) in &places {
        reached = reached.checked_add(times.checked_mul(100)?)?;
        if reached >= all {
            return Some(Exact::from(*place));
        }
    }
    None
}

/// How much of the draws has a place, or a class: what the role says.
pub(super) fn share_of_draws(args: &Operands<'_>, role: &str) -> Option<Exact> {
    let places = places_of(args.text("draws")?);
    let place = args.number(role)?.count()?;
    let there = places.iter().find(|(own, _)| *own == place).map_or(0, |(_, times)| *times);
    Exact::from(there).in_percent_of(&Exact::from(times(&places)))
}

pub(super) fn draws(args: &Operands<'_>) -> Option<Exact> {
    args.text("draws").map(|text| Exact::from(times(&places_of(text))))
}

/// `draws` and `place` in turn: the mean of |place in a draw − own place| over all draws of all cities.
pub(super) fn shift(args: &Operands<'_>) -> Option<Exact> {
    let own = args.numbers("place");
    let (mut moved, mut all) = (0_usize, 0_usize);
    for (text, own) in args.all("draws").zip(own) {
        let own = own.count()?;
        for (place, times) in places_of(text.text()?) {
            moved = moved.checked_add(place.abs_diff(own).checked_mul(times)?)?;
            all = all.checked_add(times)?;
        }
    }
    Exact::from(moved).over(&Exact::from(all))
}

/// By how many places a city moves on average, of `0:9 1:2`.
pub(super) fn mean_move(args: &Operands<'_>) -> Option<Exact> {
    let moves = places_of(args.text("moves")?);
    let moved =
        moves.iter().try_fold(0_usize, |sum, (by, times)| sum.checked_add(by.checked_mul(*times)?))?;
    Exact::from(moved).over(&Exact::from(times(&moves)))
}

pub(super) fn greatest_move(args: &Operands<'_>) -> Option<Exact> {
    places_of(args.text("moves")?).into_iter().map(|(by, _)| by).max().map(Exact::from)
}

#[cfg(test)]
mod tests {
    use super::super::Operation;
    use super::*;

    fn number(text: &str) -> StepValue {
        Exact::parse(text).into()
    }

    fn of(operation: &Operation, args: &[(&'static str, &str)]) -> StepValue {
        let values: Vec<(&str, StepValue)> = args
            .iter()
            .map(|(role, text)| match *role {
                "among" | "draws" | "moves" => (*role, StepValue::Text((*text).to_owned())),
                _ if text.is_empty() => (*role, StepValue::Nothing),
                _ => (*role, number(text)),
            })
            .collect();
        operation.apply(&Operands::new(values.iter().map(|(role, value)| (*role, value))))
    }

    fn normalise(method: &str, higher: bool) -> Operation {
        Operation::Normalise { higher, method: method.to_owned() }
    }

    #[test]
    fn a_value_is_made_comparable_as_the_method_says_whichever_way_is_better() {
        let posts = [("low", "20"), ("high", "80")];
        for (method, higher, x, more, expected) in [
            ("minmax", true, "35", &posts[..], "25"),
            ("minmax", false, "35", &posts, "75"),
            ("goalposts", true, "95", &posts, "100"),
            ("goalposts", false, "95", &posts, "0"),
            ("goalposts_uncapped", true, "95", &posts, "125"),
            ("efficacy", true, "35", &posts, "70"),
            ("efficacy", true, "5", &posts, "50"),
            ("zscore", true, "13", &[("mean", "10"), ("deviation", "2")], "115"),
            ("zscore", false, "13", &[("mean", "10"), ("deviation", "2")], "85"),
            ("zscore", false, "13", &[("mean", "10"), ("deviation", "0.1"), ("floor", "1")], "1"),
            ("distance_to_best", true, "5", &[("reference", "20")], "25"),
            ("distance_to_best", false, "20", &[("reference", "5")], "25"),
            ("distance_to_target", true, "30", &[("from", "10"), ("target", "25")], "100"),
            ("distance_to_target_uncapped", true, "30", &[("from", "10"), ("target", "20")], "200"),
            ("distance_to_target", false, "30", &[("from", "40"), ("target", "20")], "50"),
            ("rank", true, "3", &[("among", "9 3 3 1")], "2"),
            ("borda", false, "3", &[("among", "9 3 3 1")], "1"),
            ("above_below_mean", true, "13", &[("mean", "10")], "1"),
            ("above_below_mean", false, "13", &[("mean", "10")], "-1"),
            ("above_below_mean", true, "12", &[("mean", "10")], "0"),
            ("percentile", true, "9", &[("among", "9 3 3 1")], "100"),
        ] {
            let args: Vec<_> = std::iter::once(("x", x)).chain(more.iter().copied()).collect();
            assert_eq!(of(&normalise(method, higher), &args), number(expected), "{method} {x}");
        }
        // Where all are alike nothing is said.
        let alike = [("x", "3"), ("low", "3"), ("high", "3")];
        assert_eq!(of(&normalise("minmax", true), &alike), StepValue::Nothing);
        let floored = [("x", "20"), ("low", "20"), ("high", "80"), ("floor", "1")];
        assert_eq!(of(&normalise("minmax", true), &floored), number("1"));
    }

    #[test]
    fn scores_are_put_together_as_the_method_says_without_those_that_are_not_there() {
        let parts = [("x", "20"), ("weight", "1"), ("x", ""), ("weight", "5"), ("x", "80"), ("weight", "3")];
        let aggregate = |method: &str| Operation::Aggregate { method: method.to_owned() };
        for (method, expected) in [
            ("arithmetic", "65"),
            ("harmonic", "45.71428571428571428571"),
            ("geometric", "56.56854249492380195207"),
            // Mean 50, variance 900.
            ("mazziotta_pareto", "32"),
            ("mazziotta_pareto_plus", "68"),
        ] {
            assert_eq!(of(&aggregate(method), &parts), number(expected), "{method}");
        }
        let nothing = [("x", "0"), ("weight", "1"), ("x", "5"), ("weight", "1")];
        for method in ["geometric", "harmonic"] {
            assert_eq!(of(&aggregate(method), &nothing), StepValue::Nothing, "{method}");
        }
        assert_eq!(of(&aggregate("arithmetic"), &[]), StepValue::Nothing);
    }

    #[test]
    fn pairs_are_won_by_weight_and_what_one_lacks_decides_nothing() {
        let args = [
            ("weight", "2"),
            ("weight", "1"),
            ("own", "5"),
            ("own", "1"),
            // Won by the heavier part; lost on the only one that both have; even.
            ("other", "4"),
            ("other", "9"),
            ("other", ""),
            ("other", "2"),
            ("other", "5"),
            ("other", "1"),
            ("other", "3"),
            ("other", "1"),
        ];
        assert_eq!(of(&Operation::Copeland, &args), number("1"));
    }

    #[test]
    fn growth_is_the_same_up_and_down_and_a_chain_comes_back() {
        let growth = Operation::GrowthSymmetric { higher: true };
        let up = of(&growth, &[("now", "150"), ("before", "50")]);
        assert_eq!(up, number("100"));
        assert_eq!(of(&growth, &[("now", "50"), ("before", "150")]), number("-100"));
        assert_eq!(of(&Operation::Chained, &[("before", "100"), ("growth", "100")]), number("300"));
        let slope = |pairs: &[(&str, &str)]| {
            let args: Vec<_> = pairs.iter().flat_map(|(x, y)| [("x", *x), ("y", *y)]).collect();
            of(&Operation::GrowthSlope, &args)
        };
        assert_eq!(slope(&[("1", "3"), ("2", "3"), ("3", "3")]), number("-1"));
        assert_eq!(slope(&[("1", "2"), ("2", "4"), ("4", "8")]), number("1"));
        assert_eq!(slope(&[("2", "3"), ("2", "4")]), StepValue::Nothing);
        assert_eq!(of(&Operation::Chained, &[("before", "300"), ("growth", "-100")]), number("100"));
    }

    #[test]
    fn places_over_draws_are_summed_up_by_how_often_they_come() {
        let text = "1:1 2:89 5:6 9:4";
        for (percent, expected) in [(1, "1"), (5, "2"), (50, "2"), (90, "2"), (95, "5"), (100, "9")] {
            let quantile = Operation::DrawsQuantile { percent };
            assert_eq!(of(&quantile, &[("draws", text)]), number(expected), "{percent}");
        }
        assert_eq!(of(&Operation::DrawsShare, &[("draws", text), ("place", "2")]), number("89"));
        assert_eq!(of(&Operation::DrawsShare, &[("draws", text), ("place", "3")]), number("0"));
        assert_eq!(of(&Operation::DrawsClass, &[("draws", text), ("class", "5")]), number("6"));
        assert_eq!(of(&Operation::MovesMean, &[("moves", "0:6 1:1 3:1")]), number("0.5"));
        assert_eq!(of(&Operation::MovesGreatest, &[("moves", "0:6 1:1 3:1")]), number("3"));
        assert_eq!(of(&Operation::DrawsClass, &[("draws", ""), ("class", "1")]), StepValue::Nothing);
        let both = [("draws", "1:3 2:1"), ("place", "1"), ("draws", "1:1 2:3"), ("place", "2")];
        assert_eq!(of(&Operation::DrawsShift, &both), number("0.25"));
    }

    #[test]
    fn each_city_has_the_weights_that_put_it_best_and_ties_are_not_broken_by_rounding() {
        let rows = [("x", "90"), ("x", "30"), ("x", "20"), ("x", "70"), ("x", "45"), ("x", "15")];
        let StepValue::Text(weights) = of(&Operation::WeightsBestCase { parts: 2 }, &rows) else { panic!() };
        let weights: Vec<&str> = weights.split(' ').collect();
        let scores = rows.chunks(2).zip(weights.chunks(2)).map(|(row, weights)| {
            let args = [
                ("x", number(row[0].1)),
                ("weight", number(weights[0])),
                ("x", number(row[1].1)),
                ("weight", number(weights[1])),
            ];
            Operation::SumWeighted
                .apply(&Operands::new(args.iter().map(|(role, value)| (*role, value))))
                .to_string()
        });
        assert_eq!(scores.collect::<Vec<_>>(), ["100", "100", "50"]);
        assert_eq!(
            of(&Operation::ShareWeighted, &[("x", "45"), ("weight", "1"), ("whole", "60")]),
            number("75")
        );
        let odd = [("x", "-1"), ("x", "30")];
        assert_eq!(of(&Operation::WeightsBestCase { parts: 2 }, &odd), StepValue::Text("- -".to_owned()));
        assert_eq!(
            of(&Operation::WeightsBestCase { parts: 2 }, &[("x", "1"), ("x", "")]),
            StepValue::Nothing
        );
    }

    #[test]
    fn what_is_not_positive_divides_nothing() {
        let over = |per: &'static str| of(&Operation::Quotient, &[("x", "6"), ("per", per)]);
        assert_eq!(
            [over("4"), over("0"), over("-2"), over("")].map(|one| one.to_string()),
            ["1.5", "", "", ""]
        );
    }

    #[test]
    fn a_logarithm_begins_a_hundredth_of_the_range_below_the_least() {
        let of_x =
            |x: &'static str| of(&Operation::LogShifted, &[("x", x), ("least", "5"), ("greatest", "105")]);
        // ln 1, ln 101; below the least by as much as that there is none.
        assert_eq!(of_x("5"), number("0"));
        assert_eq!(of_x("105"), number("4.61512051684125945088"));
        assert_eq!(of_x("4"), StepValue::Nothing);
    }

    #[test]
    fn extremes_are_told_by_both_moments() {
        let values = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "1000"];
        let args: Vec<_> = values.iter().map(|value| ("x", *value)).collect();
        let (skewness, kurtosis) = (of(&Operation::Skewness, &args), of(&Operation::Kurtosis, &args));
        let (two, more) = (number("2"), number("3.5"));
        let both = [("skewness", &skewness), ("kurtosis", &kurtosis), ("limit.skewness", &two)];
        let both = both.into_iter().chain([("limit.kurtosis", &more)]);
        assert_eq!(Operation::IsExtreme.apply(&Operands::new(both)), StepValue::Truth(true));
        let even: Vec<_> = values[..9].iter().map(|value| ("x", *value)).collect();
        assert_eq!(of(&Operation::Skewness, &even), number("0"));
        assert_eq!(of(&Operation::Kurtosis, &even), number("-1.2"));
    }
}
