//! What operations give: each is done on the values of its arguments and nothing else.

use super::operation::Operation;
use super::value::PRESENT;
use super::{Exact, StepValue, best_case, composites, paces, principal, totals, verdicts};
use crate::plan::Direction;

/// The values that an operation is done on, by role.
#[derive(Debug, Default)]
pub struct Operands<'a>(Vec<(&'a str, &'a StepValue)>);

impl<'a> Operands<'a> {
    /// Values by role, in order.
    pub fn new(args: impl IntoIterator<Item = (&'a str, &'a StepValue)>) -> Self {
        Self(args.into_iter().collect())
    }

    /// All values of a role.
    pub(super) fn all(&self, role: &str) -> impl Iterator<Item = &'a StepValue> {
        self.0.iter().filter(move |(own, _)| *own == role).map(|(_, value)| *value)
    }

    /// All values with their roles.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'a str, &'a StepValue)> {
        self.0.iter().copied()
    }

    /// The value of a role.
    pub(super) fn one(&self, role: &str) -> Option<&'a StepValue> {
        self.all(role).next()
    }

    /// The number of a role.
    pub(super) fn number(&self, role: &str) -> Option<&'a Exact> {
        self.one(role)?.number()
    }

    /// The numbers of a role.
    pub(super) fn numbers(&self, role: &str) -> Vec<&'a Exact> {
        self.all(role).filter_map(StepValue::number).collect()
    }

    /// Which way is better.
    pub(super) fn direction(&self) -> Direction {
        match self.text("direction") {
            Some("higher") => Direction::Higher,
            Some("lower") => Direction::Lower,
            Some("interval") => Direction::Interval,
            Some("rank") => Direction::Rank,
            _ => Direction::None,
        }
    }

    /// The text of a role.
    pub(super) fn text(&self, role: &str) -> Option<&'a str> {
        self.one(role)?.text()
    }
}

impl Operation {
    /// Does it.
    #[expect(
        clippy::too_many_lines,
        reason = "an arm for each operation: the compiler holds that none is left out"
    )]
    pub fn apply(&self, args: &Operands<'_>) -> StepValue {
        use {composites as indices, totals as sums, verdicts as is};
        match self {
            Self::Cell { .. }
            | Self::File { .. }
            | Self::Line { .. }
            | Self::Curated { .. }
            | Self::Parameter { .. } => StepValue::Nothing,
            Self::Decision { .. }
            | Self::Constant
            | Self::Absent { .. }
            | Self::Finding
            | Self::OfAnother { .. } => StepValue::Nothing,
            Self::Read { .. } => StepValue::Text(args.text("cell").unwrap_or_default().to_owned()),
            Self::ParseNumber { as_number } => number(as_number.as_deref().or_else(|| args.text("text"))),
            Self::ParseWord { as_word } => {
                as_word.as_deref().or_else(|| args.text("text")).map_or(StepValue::Nothing, word)
            }
            Self::ParseNothing => StepValue::Nothing,
            Self::Scale { up, down, .. } => scale(args.number("x"), up, down),
            Self::PickVersion { chosen } => pick(args.all("candidate"), *chosen),
            Self::PickSole | Self::PickAgreed => {
                args.all("side").find(|side| side.is_something()).cloned().unwrap_or(StepValue::Nothing)
            }
            Self::PickFinest { side } | Self::PickPreferred { side } => pick(args.all("side"), Some(*side)),
            Self::NoneConflict | Self::NoneMissing => StepValue::Nothing,
            Self::DataYear { year } => StepValue::Number(Exact::whole(*year)),
            Self::PlanTarget => number(args.text("entry")),
            Self::PlanValue { .. } | Self::PublishedValue { .. } | Self::Benchmark { .. } => {
                number(args.text("entry"))
            }
            Self::PlanMagnitude { least, up, down } => scale(Exact::parse(least).as_ref(), up, down),
            Self::Amend => number(args.text("amendment")),
            Self::Slack { counted, absolute } => is::slack(args, *counted, *absolute).into(),
            Self::Reach { operator } => is::reaches(args, *operator).into(),
            Self::ReachRange => is::reaches_range(args).into(),
            Self::ReachInterval => is::is_inside(args, args.number("actual")).into(),
            Self::ReachAll { operator } => is::reaches_all(args, *operator).into(),
            Self::ReachWord => (args.text("actual") == Some(PRESENT)).into(),
            Self::Any => args.each().any(|(_, value)| *value == StepValue::Truth(true)).into(),
            Self::Boundary { operator, places } => is::is_boundary(args, *operator, *places).into(),
            Self::BoundaryInterval { places } => is::is_boundary_of_interval(args, *places).into(),
            Self::CompletionHigher => is::completion(args, Direction::Higher).into(),
            Self::CompletionLower => is::completion(args, Direction::Lower).into(),
            Self::CompletionIndex => is::completion_of_index(args).into(),
            Self::CompletionHit => {
                (args.one("met").and_then(StepValue::truth) == Some(true)).then(Exact::hundred).into()
            }
            Self::CompletionInterval => is::completion_of_interval(args).into(),
            Self::CompletionHardest => is::hardest(args).into(),
            Self::CompletionKept => is::kept(args).into(),
            Self::ClassifyKept => is::classify_kept(args),
            Self::Beyond => is::beyond(args),
            Self::Progress => is::progress(args).into(),
            Self::Growth => is::growth(args).into(),
            Self::GrowthMean { years } => is::growth_mean(args, *years).into(),
            Self::Net => is::net(args).into(),
            Self::Multiple => is::multiple(args).into(),
            Self::Due { gone, all } => is::due(args, *gone, *all).into(),
            Self::Classify => is::classify(args),
            Self::ClassifyRange => is::classify_range(args),
            Self::Worse => is::is_worse(args).into(),
            Self::ClassifySchedule => is::classify_schedule(args),
            Self::PaceShare => paces::share(args).into(),
            Self::PaceDue { counted } => paces::due(args, *counted).into(),
            Self::PaceShortfall => paces::shortfall(args).into(),
            Self::ClassifyPace => paces::classify(args),
            Self::Open { cause } => is::open(*cause, args),
            Self::PointsRatio => sums::points_ratio(args).into(),
            Self::PointsProportional => sums::points_proportional(args).into(),
            Self::PointsEfficacy => sums::points_efficacy(args).into(),
            Self::PointsFixed => sums::points_fixed(args).into(),
            Self::PointsBanded => sums::points_banded(args).into(),
            Self::Count { of } => sums::count(args, of).into(),
            Self::Pair => sums::pair(args),
            Self::Sum => sums::sum(args.numbers("x")).into(),
            Self::Difference => sums::difference(args).into(),
            Self::Share => sums::share(args).into(),
            Self::MeanWeighted => sums::mean_weighted(args).into(),
            Self::Deductions => sums::deductions(args).into(),
            Self::Deduct => sums::deduct(args).into(),
            Self::Grade => sums::grade(args),
            Self::GradeLimited => sums::grade_limited(args),
            Self::Covers => sums::covers(args).into(),
            Self::Order => sums::order(args),
            Self::Rank => sums::rank(args).into(),
            Self::Round { places } => {
                args.number("x").map_or(StepValue::Nothing, |x| StepValue::Text(x.fixed(*places)))
            }
            Self::RoundGuarded { places } => sums::guarded(args, *places),
            Self::TaskState => sums::task_state(args),
            Self::Quotient => indices::quotient(args).into(),
            Self::Log => indices::log(args).into(),
            Self::LogShifted => indices::shifted_log(args).into(),
            Self::Least => args.numbers("x").into_iter().min().cloned().into(),
            Self::Greatest => args.numbers("x").into_iter().max().cloned().into(),
            Self::Next { greatest } => indices::next(args, *greatest).into(),
            Self::Mean => indices::mean(&args.numbers("x")).into(),
            Self::Median => indices::median(args).into(),
            Self::Deviation { sample } => indices::deviation(&args.numbers("x"), *sample).into(),
            Self::Skewness => indices::skewness(args).into(),
            Self::Kurtosis => indices::kurtosis(args).into(),
            Self::IsExtreme => indices::is_extreme(args).into(),
            Self::Bounded { most } => indices::bounded(args, *most).into(),
            Self::Normalise { higher, method } => indices::normalised(args, *higher, method).into(),
            Self::WeightWithin => indices::weight_within(args).into(),
            Self::WeightsPrincipal { parts } => principal::told(args, *parts),
            Self::WeightsBestCase { parts } => best_case::told(args, *parts),
            Self::SumWeighted => indices::weighted_sum(args).into(),
            Self::ShareWeighted => indices::weighted_share(args).into(),
            Self::WeightAt { position } => indices::weight_at(args, *position).into(),
            Self::Places => indices::places(args),
            Self::PlaceAt { position } => indices::place_at(args, *position).into(),
            Self::Aggregate { method } => indices::aggregated(args, method).into(),
            Self::Copeland => indices::copeland(args).into(),
            Self::Class => indices::class(args).into(),
            Self::GrowthSymmetric { higher } => indices::symmetric_growth(args, *higher).into(),
            Self::Chained => indices::chained(args).into(),
            Self::GrowthSlope => indices::growth_slope(args).into(),
            Self::Draws { .. } | Self::DrawsClasses { .. } | Self::Moves { .. } | Self::Estimate { .. } => {
                StepValue::Nothing
            }
            Self::MovesMean => indices::mean_move(args).into(),
            Self::MovesGreatest => indices::greatest_move(args).into(),
            Self::DrawsQuantile { percent } => indices::quantile(args, *percent).into(),
            Self::DrawsShare => indices::share_of_draws(args, "place").into(),
            Self::DrawsClass => indices::share_of_draws(args, "class").into(),
            Self::DrawsCount => indices::draws(args).into(),
            Self::DrawsShift => indices::shift(args).into(),
        }
    }
}

fn number(text: Option<&str>) -> StepValue {
    text.and_then(Exact::parse).into()
}

/// 有 or 无, whatever else stands around it; the cell was read as such.
fn word(text: &str) -> StepValue {
    StepValue::Text(text.to_owned())
}

fn scale(x: Option<&Exact>, up: &str, down: &str) -> StepValue {
    let factor = Exact::parse(up).zip(Exact::parse(down)).and_then(|(up, down)| up.over(&down));
    x.zip(factor).map(|(x, factor)| x.times(&factor)).into()
}

fn pick<'a>(mut all: impl Iterator<Item = &'a StepValue>, chosen: Option<usize>) -> StepValue {
    chosen.and_then(|at| all.nth(at.checked_sub(1)?)).cloned().unwrap_or(StepValue::Nothing)
}
