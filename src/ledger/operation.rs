//! The operations of the ledger: a closed set, each of which can be done again from the values that it names (`docs/operations.md`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::open_cause::OpenCause;
use crate::collect::CellForm;
use crate::plan::{Operator, Warrant};
use crate::quantity::Conversion;

/// An operation. What is in an operation itself are its parameters: words and whole numbers, never a value that came from elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", content = "params")]
pub enum Operation {
    /// A cell of a workbook: its text.
    #[serde(rename = "cell")]
    Cell {
        /// How the cell holds it; not known of cells that are only named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stored: Option<CellForm>,
    },
    /// A file: its SHA-256.
    #[serde(rename = "file")]
    File {
        /// When it was received, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received: Option<String>,
        /// Whether that stands in the register of receipts, and not only on the cover.
        #[serde(default)]
        registered: bool,
        /// Its version, as the cover has it.
        version: String,
    },
    /// A quote of a line of the source text.
    #[serde(rename = "line")]
    Line {
        /// Path below the input root.
        file: String,
        /// Line, or first and last line.
        line: String,
    },
    /// An entry of a file that people keep: its text.
    #[serde(rename = "curated")]
    Curated {
        /// Path below the input root.
        file: String,
        /// Its line, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
    },
    /// A parameter of the round.
    #[serde(rename = "parameter")]
    Parameter {
        /// Path below the input root.
        file: String,
        /// Its line; a parameter without one has the value that it has by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
    },
    /// A decision of people: its words.
    #[serde(rename = "decision")]
    Decision {
        /// Path below the input root.
        file: String,
        /// Its line, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
        /// What kind of decision.
        kind: String,
        /// Whose value counts, what holds instead: what the operations look at.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        what: String,
        /// Who decided, when and why. No operation looks at it.
        #[serde(flatten)]
        warrant: Warrant,
    },
    /// A finding that withholds a value: its code.
    #[serde(rename = "finding")]
    Finding,
    /// What was looked for and is not there.
    #[serde(rename = "absent")]
    Absent {
        /// What it would be.
        what: String,
    },

    /// The text of a cell as the value of an indicator.
    #[serde(rename = "read")]
    Read {
        /// Who reports it.
        by: String,
        /// Year of the data.
        year: i32,
    },
    /// The number that a text says.
    #[serde(rename = "parse.number")]
    ParseNumber {
        /// What was read of it, where that is more than the digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_number: Option<String>,
    },
    /// 有 or 无.
    #[serde(rename = "parse.word")]
    ParseWord {
        /// What was read of it, where that is not the text itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_word: Option<String>,
    },
    /// No value: a blank, a mark, words, or a number in a unit that does not convert.
    #[serde(rename = "parse.nothing")]
    ParseNothing,
    /// Converts to another unit.
    #[serde(rename = "scale")]
    Scale {
        /// By what it is divided.
        down: String,
        /// The unit it was in.
        from: String,
        /// By what it is multiplied before.
        up: String,
    },
    /// The workbook of a unit that counts.
    #[serde(rename = "pick.version")]
    PickVersion {
        /// Which of the candidates, counted from one.
        chosen: Option<usize>,
    },
    /// The value of the one unit that reports one.
    #[serde(rename = "pick.sole")]
    PickSole,
    /// The value that all units report.
    #[serde(rename = "pick.agreed")]
    PickAgreed,
    /// The value with the most digits of several that are equal when rounded.
    #[serde(rename = "pick.finest")]
    PickFinest {
        /// Which of the sides, counted from one.
        side: usize,
    },
    /// The value of the unit that a decision names.
    #[serde(rename = "pick.preferred")]
    PickPreferred {
        /// Which of the sides, counted from one.
        side: usize,
    },
    /// The year of the data that a value is of.
    #[serde(rename = "data.year")]
    DataYear {
        /// It.
        year: i32,
    },
    /// No value, since units disagree.
    #[serde(rename = "none.conflict")]
    NoneConflict,
    /// No value, since nobody reports one.
    #[serde(rename = "none.missing")]
    NoneMissing,

    /// The number of a target: that of its entry, which stands in the quote.
    #[serde(rename = "plan.target")]
    PlanTarget,
    /// The least value of an order of magnitude (千亿级), in the unit of the row.
    #[serde(rename = "plan.magnitude")]
    PlanMagnitude {
        /// By what it is divided to be in the unit of the row.
        down: String,
        /// In 亿元.
        least: String,
        /// By what it is multiplied before.
        up: String,
    },
    /// A value that a plan prints for an earlier year.
    #[serde(rename = "plan.value")]
    PlanValue {
        /// The year.
        year: i32,
    },
    /// A value that was published for an earlier year.
    #[serde(rename = "published.value")]
    PublishedValue {
        /// The year.
        year: i32,
    },
    /// A value that the round gives for what a target is held against.
    #[serde(rename = "benchmark")]
    Benchmark {
        /// What it is.
        name: String,
    },
    /// A number that is the same for all: nothing or once, where a way begins.
    #[serde(rename = "constant")]
    Constant,
    /// The target in force, amended.
    #[serde(rename = "amend")]
    Amend,
    /// How much 左右 allows.
    #[serde(rename = "slack")]
    Slack {
        /// Whether the tolerance is an amount and not a share.
        absolute: bool,
        /// Whether single things are counted, of which at least one is allowed.
        counted: bool,
    },
    /// Whether a value reaches a limit, by full value (GB/T 8170 chapter 4).
    #[serde(rename = "reach")]
    Reach {
        /// How it is held against it.
        operator: Operator,
    },
    /// Whether a value reaches the easier bound of a range.
    #[serde(rename = "reach.range")]
    ReachRange,
    /// Whether a value lies within two bounds.
    #[serde(rename = "reach.interval")]
    ReachInterval,
    /// Whether a value reaches every one of several limits.
    #[serde(rename = "reach.all")]
    ReachAll {
        /// How it is held against them.
        operator: Operator,
    },
    /// Whether the word is 有.
    #[serde(rename = "reach.word")]
    ReachWord,
    /// Whether any of several holds.
    #[serde(rename = "any")]
    Any,
    /// Whether the value rounded to the digits of the limit would decide otherwise.
    #[serde(rename = "boundary")]
    Boundary {
        /// How it is held against it.
        operator: Operator,
        /// Digits of the limit.
        places: u32,
    },
    /// Likewise for two bounds.
    #[serde(rename = "boundary.interval")]
    BoundaryInterval {
        /// Digits of the bounds.
        places: u32,
    },
    /// 目标完成率, more is better: value ÷ target.
    #[serde(rename = "completion.higher")]
    CompletionHigher,
    /// 目标完成率, less is better: target ÷ value.
    #[serde(rename = "completion.lower")]
    CompletionLower,
    /// 目标完成率 of rates that are not positive or are to be low: of the index numbers (100 + rate).
    #[serde(rename = "completion.index")]
    CompletionIndex,
    /// A hundred, of a value that hits its target.
    #[serde(rename = "completion.hit")]
    CompletionHit,
    /// 目标完成率 of an interval.
    #[serde(rename = "completion.interval")]
    CompletionInterval,
    /// The least of several completions.
    #[serde(rename = "completion.hardest")]
    CompletionHardest,
    /// 目标完成率 of a ceiling, which is kept or not: a hundred at most.
    #[serde(rename = "completion.kept")]
    CompletionKept,
    /// Where a value lies that has no completion though the target has a ratio: beyond every ratio, or short of it.
    #[serde(rename = "beyond")]
    Beyond,
    /// 进度: the way made of the way to make.
    #[serde(rename = "progress")]
    Progress,
    /// Growth in percent.
    #[serde(rename = "growth")]
    Growth,
    /// Growth per year in percent, good to twenty digits.
    #[serde(rename = "growth.mean")]
    GrowthMean {
        /// Years in between.
        years: u32,
    },
    /// How much more.
    #[serde(rename = "net")]
    Net,
    /// How many times.
    #[serde(rename = "multiple")]
    Multiple,
    /// What is due by a year on a straight way.
    #[serde(rename = "due")]
    Due {
        /// Years of the whole way.
        all: i32,
        /// Years gone since the beginning.
        gone: i32,
    },
    /// The verdict.
    #[serde(rename = "classify")]
    Classify,
    /// The verdict on a range.
    #[serde(rename = "classify.range")]
    ClassifyRange,
    /// Whether a target lies on the worse side of its base.
    #[serde(rename = "worse")]
    Worse,
    /// The verdict on a ceiling, which is never exceeded.
    #[serde(rename = "classify.kept")]
    ClassifyKept,
    /// The verdict on the way to a later year's target.
    #[serde(rename = "classify.schedule")]
    ClassifySchedule,
    /// The share in percent that a part of a year had of its whole way, between none and all.
    #[serde(rename = "pace.share")]
    PaceShare,
    /// What is due of a target by the end of a part of the year.
    #[serde(rename = "pace.due")]
    PaceDue {
        /// Whether whole things are counted: what is due of the way is then rounded towards nothing.
        counted: bool,
    },
    /// How far a value falls short of what is due, in percent of a whole.
    #[serde(rename = "pace.shortfall")]
    PaceShortfall,
    /// Where a value stands within the year.
    #[serde(rename = "classify.pace")]
    ClassifyPace,
    /// No verdict.
    #[serde(rename = "open")]
    Open {
        /// Why.
        cause: OpenCause,
    },

    /// 综合指数法.
    #[serde(rename = "points.ratio")]
    PointsRatio,
    /// 比例计分法.
    #[serde(rename = "points.proportional")]
    PointsProportional,
    /// 功效系数法.
    #[serde(rename = "points.efficacy")]
    PointsEfficacy,
    /// 定额计分法, and what has no ratio.
    #[serde(rename = "points.fixed")]
    PointsFixed,
    /// 分档计分法.
    #[serde(rename = "points.banded")]
    PointsBanded,

    /// How many members are in one of the states.
    #[serde(rename = "count")]
    Count {
        /// The states; all members count where there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<String>,
    },
    /// The verdict of an earlier report and the one of now: `missed>met`.
    #[serde(rename = "pair")]
    Pair,
    /// The sum.
    #[serde(rename = "sum")]
    Sum,
    /// What is left.
    #[serde(rename = "difference")]
    Difference,
    /// A part of a whole in percent.
    #[serde(rename = "share")]
    Share,
    /// The mean of points by weight, what is open counting nothing.
    #[serde(rename = "mean.weighted")]
    MeanWeighted,
    /// Points taken for each of what was found.
    #[serde(rename = "deductions")]
    Deductions,
    /// The score after bonus limit and deductions.
    #[serde(rename = "deduct")]
    Deduct,
    /// 等次 by a score.
    #[serde(rename = "grade")]
    Grade,
    /// 等次 no better than its limits.
    #[serde(rename = "grade.limited")]
    GradeLimited,
    /// Whether a coverage is enough for a place.
    #[serde(rename = "covers")]
    Covers,
    /// Numbers in their order, the greatest first.
    #[serde(rename = "order")]
    Order,
    /// 位次 of a number among others in their order.
    #[serde(rename = "rank")]
    Rank,
    /// As printed.
    #[serde(rename = "round")]
    Round {
        /// Digits behind the point.
        places: u32,
    },
    /// As printed, with as many more digits as it takes not to read as a limit that is not reached.
    #[serde(rename = "round.guarded")]
    RoundGuarded {
        /// Least digits behind the point.
        places: u32,
    },
    /// The state of a task.
    #[serde(rename = "task.state")]
    TaskState,
    /// A value over another one that is positive.
    #[serde(rename = "quotient")]
    Quotient,
    /// The natural logarithm, to twenty digits behind the point.
    #[serde(rename = "log")]
    Log,
    /// The natural logarithm from a hundredth of a range below its least, to twenty digits behind the point.
    #[serde(rename = "log.shifted")]
    LogShifted,
    /// The least of several.
    #[serde(rename = "least")]
    Least,
    /// The greatest of several.
    #[serde(rename = "greatest")]
    Greatest,
    /// The one next to the outermost, of all that differ.
    #[serde(rename = "next")]
    Next {
        /// Whether next to the greatest, and not to the least.
        greatest: bool,
    },
    /// The mean.
    #[serde(rename = "mean")]
    Mean,
    /// The median.
    #[serde(rename = "median")]
    Median,
    /// The standard deviation, to twenty digits behind the point.
    #[serde(rename = "deviation")]
    Deviation {
        /// Whether of a sample, over n − 1.
        sample: bool,
    },
    /// The skewness of a sample (G₁), to twenty digits behind the point.
    #[serde(rename = "skewness")]
    Skewness,
    /// The excess kurtosis of a sample (G₂).
    #[serde(rename = "kurtosis")]
    Kurtosis,
    /// Whether skewness, in size, and kurtosis are both at their limits or above.
    #[serde(rename = "is_extreme")]
    IsExtreme,
    /// A value no further out than a bound.
    #[serde(rename = "bounded")]
    Bounded {
        /// Whether the bound is the most, and not the least.
        most: bool,
    },
    /// A value made comparable with those of other indicators.
    #[serde(rename = "normalise")]
    Normalise {
        /// Whether more is better.
        higher: bool,
        /// How: the word of `index.toml`.
        method: String,
    },
    /// A weight in percent of the whole: own ÷ Σ among · whole.
    #[serde(rename = "weight.within")]
    WeightWithin,
    /// Weights out of the principal components of scores, as text with blanks between: computed in binary floating point, rounded to nine digits.
    #[serde(rename = "weights.principal")]
    WeightsPrincipal {
        /// How many scores each city has, in turn.
        parts: usize,
    },
    /// For each of several cities the weights that put it best, as text with blanks between: computed in binary floating point, rounded to twelve digits.
    #[serde(rename = "weights.best_case")]
    WeightsBestCase {
        /// How many scores each city has, in turn.
        parts: usize,
    },
    /// Scores times their weights, summed up to six digits behind the point.
    #[serde(rename = "sum.weighted")]
    SumWeighted,
    /// What a score times its weight is of such a sum, in percent.
    #[serde(rename = "share.weighted")]
    ShareWeighted,
    /// The number of a text that stands at a position.
    #[serde(rename = "weight.at")]
    WeightAt {
        /// Counted from one.
        position: usize,
    },
    /// The places of numbers in turn, the greatest first; alike share the better one.
    #[serde(rename = "places")]
    Places,
    /// The one of these that stands at a position.
    #[serde(rename = "place.at")]
    PlaceAt {
        /// Counted from one.
        position: usize,
    },
    /// Scores put together by weight.
    #[serde(rename = "aggregate")]
    Aggregate {
        /// How: the word of `index.toml`.
        method: String,
    },
    /// Pairs won less pairs lost, by weight.
    #[serde(rename = "copeland")]
    Copeland,
    /// The class of a score, counted from the best.
    #[serde(rename = "class")]
    Class,
    /// Symmetric growth in percent: 200·(now − before)/(now + before).
    #[serde(rename = "growth.symmetric")]
    GrowthSymmetric {
        /// Whether more is better; else it turns its sign.
        higher: bool,
    },
    /// An index carried on by a symmetric growth: before·(200 + growth)/(200 − growth).
    #[serde(rename = "chained")]
    Chained,
    /// The slope of growth on the first level: of y − x on x.
    #[serde(rename = "growth.slope")]
    GrowthSlope,
    /// How often a city has which place over the draws: of the table of draws.
    #[serde(rename = "draws")]
    Draws {
        /// The table.
        table: String,
        /// Whose places; empty of the number of draws that failed.
        of: String,
    },
    /// The place that so many percent of the draws are at or better.
    #[serde(rename = "draws.quantile")]
    DrawsQuantile {
        /// Percent.
        percent: u32,
    },
    /// The share of the draws that have a place, in percent.
    #[serde(rename = "draws.share")]
    DrawsShare,
    /// How often a city is in which class over the draws whose scores are on the scale of the index: of the table of draws.
    #[serde(rename = "draws.classes")]
    DrawsClasses {
        /// The table.
        table: String,
        /// Whose classes.
        of: String,
    },
    /// The share of these draws that have a class, in percent.
    #[serde(rename = "draws.class")]
    DrawsClass,
    /// How often the other cities move by so many places when one is left out: of the table of orders without a city.
    #[serde(rename = "moves")]
    Moves {
        /// The table.
        table: String,
        /// Which is left out.
        of: String,
    },
    /// How many places they move on average.
    #[serde(rename = "moves.mean")]
    MovesMean,
    /// The most places that one of them moves.
    #[serde(rename = "moves.greatest")]
    MovesGreatest,
    /// How many there are.
    #[serde(rename = "draws.count")]
    DrawsCount,
    /// How many places cities are away from their own on average.
    #[serde(rename = "draws.shift")]
    DrawsShift,
    /// A figure of the analysis of certainty that is computed in binary floating point, rounded.
    #[serde(rename = "estimate")]
    Estimate {
        /// Of what.
        what: String,
    },
    /// One that another version of the program did, and that this one cannot do again.
    #[serde(skip)]
    OfAnother {
        /// Its word in the table.
        op: String,
        /// Its parameters there.
        params: Value,
    },
}

impl Operation {
    /// The conversion to another unit.
    pub fn scale(Conversion { factor: (up, down), from, .. }: &Conversion) -> Self {
        Self::Scale { up: up.to_string(), down: down.to_string(), from: from.clone() }
    }

    /// Whether it only tells what came from outside.
    pub fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::Cell { .. }
                | Self::File { .. }
                | Self::Line { .. }
                | Self::Curated { .. }
                | Self::Parameter { .. }
                | Self::Decision { .. }
                | Self::Finding
                | Self::Constant
                | Self::Absent { .. }
                | Self::Draws { .. }
                | Self::DrawsClasses { .. }
                | Self::Moves { .. }
                | Self::Estimate { .. }
        )
    }
}
