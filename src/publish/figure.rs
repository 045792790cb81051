//! What is published, and by what steps it came about: data, of which the tables print the words.

use std::fmt;

use crate::assess::State;
use crate::ident::{CityId, IndicatorNo, TaskNo};
use crate::ledger::StepId;

/// A published figure: the end of a way of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// A target of an indicator: `xiangtan/22`, of the second tier `xiangtan/22/intended`.
    Target {
        /// The city.
        city: CityId,
        /// Number in the plan.
        no: IndicatorNo,
        /// The target is the second of two tiers (完成值).
        is_intended: bool,
    },
    /// A task: `xiangtan/task-1.1`.
    Task {
        /// The city.
        city: CityId,
        /// Number in the plan.
        no: TaskNo,
    },
    /// A total of a city: `xiangtan/rate`.
    City(CityId, Total),
    /// A total of the round: `round/rate`.
    Round(Total),
}

impl Figure {
    /// Whether it is of all cities together.
    pub fn is_of_round(&self) -> bool {
        matches!(self, Self::Round(_))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target { city, no, is_intended: false } => write!(f, "{city}/{no}"),
            Self::Target { city, no, is_intended: true } => write!(f, "{city}/{no}/intended"),
            Self::Task { city, no } => write!(f, "{city}/task-{no}"),
            Self::City(city, total) => write!(f, "{city}/{total}"),
            Self::Round(total) => write!(f, "round/{total}"),
        }
    }
}

/// What is said of a city or of the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Targets to be assessed (应评).
    All,
    /// Those in a state.
    State(State),
    /// Those with a verdict (可评).
    Assessable,
    /// Those reached (完成).
    Met,
    /// 完成率.
    Rate,
    /// 完成率 without the targets on the worse side of their base.
    RateWithoutSoft,
    /// 覆盖率.
    Coverage,
    /// 得分.
    Score,
    /// 缺报计零得分.
    ScoreMissingAsZero,
    /// 等次.
    Grade,
    /// 位次.
    Rank,
}

impl Total {
    /// The last part of the name of its step in the ledger, as it is printed.
    pub(super) fn step(self) -> String {
        let name = match self {
            Self::State(state) => return format!("#state.{}", state.key()),
            Self::All | Self::Assessable | Self::Met | Self::Grade | Self::Rank => "",
            Self::Rate | Self::RateWithoutSoft | Self::Coverage | Self::Score | Self::ScoreMissingAsZero => {
                ".shown"
            }
        };
        format!("#{self}{name}")
    }

    fn chinese(self) -> &'static str {
        match self {
            Self::All => "应评",
            Self::State(state) => state.chinese(),
            Self::Assessable => "可评",
            Self::Met => "完成",
            Self::Rate => "完成率",
            Self::RateWithoutSoft => "不计目标劣于上年的完成率",
            Self::Coverage => "覆盖率",
            Self::Score => "得分",
            Self::ScoreMissingAsZero => "缺报计零得分",
            Self::Grade => "等次",
            Self::Rank => "位次",
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "total",
            Self::State(state) => return write!(f, "state/{}", state.key()),
            Self::Assessable => "assessable",
            Self::Met => "met",
            Self::Rate => "rate",
            Self::RateWithoutSoft => "rate_without_soft",
            Self::Coverage => "coverage",
            Self::Score => "score",
            Self::ScoreMissingAsZero => "score_missing_as_zero",
            Self::Grade => "grade",
            Self::Rank => "rank",
        })
    }
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Quotes the line of the plan.
    Plan,
    /// Names the workbook.
    Receive,
    /// Quotes the cell.
    Read,
    /// Names the query by which the unit corrected the cell.
    Correct,
    /// From the text of the cell to the value.
    Normalise,
    /// From the value to the plan's unit.
    Convert,
    /// Puts the amended target in the place of the one issued.
    Amend,
    /// Names what was published of an earlier year, and where.
    Recall,
    /// From what units say to the value held true.
    Reconcile,
    /// From other values to this one.
    Derive,
    /// Names the value that a target is relative to.
    CompareWith,
    /// The exact completion.
    Compute,
    /// The verdict.
    Assess,
    /// As printed.
    Round,
    /// Points.
    Score,
    /// A share or a mean, as printed.
    ComputeAndRound,
    /// A count of targets.
    Count(Total),
    /// A sum of counts; of what, where it is not of the cities' counts of the same name.
    Sum(Option<Total>),
    /// 等次.
    Grade,
    /// 位次.
    Rank,
}

impl Doing {
    /// The word in Chinese and in English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Plan => ("方案", "plan"),
            Self::Receive => ("收到", "receive"),
            Self::Read => ("读取", "read"),
            Self::Correct => ("更正", "correct"),
            Self::Normalise => ("规范", "normalise"),
            Self::Convert => ("换算", "convert"),
            Self::Amend => ("调整", "amend"),
            Self::Recall => ("引用", "recall"),
            Self::Reconcile => ("核对", "reconcile"),
            Self::Derive => ("推算", "derive"),
            Self::CompareWith => ("对照", "compare with"),
            Self::Compute => ("计算", "compute"),
            Self::Assess => ("判定", "assess"),
            Self::Round => ("修约", "round"),
            Self::Score => ("计分", "score"),
            Self::ComputeAndRound => ("计算并修约", "compute, round"),
            Self::Count(_) => ("计数", "count"),
            Self::Sum(_) => ("相加", "sum"),
            Self::Grade => ("定等次", "grade"),
            Self::Rank => ("排名", "rank"),
        }
    }

    /// The word in Chinese.
    pub fn chinese(self) -> &'static str {
        self.words().0
    }
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (chinese, english) = self.words();
        write!(f, "{chinese} {english}")?;
        match self {
            Self::Count(of) | Self::Sum(Some(of)) => write!(f, " {}", of.chinese()),
            _ => Ok(()),
        }
    }
}

/// One step of a figure's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineageStep {
    /// The figure.
    pub figure: Figure,
    /// Number of the step, from 1.
    pub number: usize,
    /// What the step starts from: a plan line, a cell, or other figures.
    pub from: String,
    /// What it gives.
    pub to: String,
    /// What was done.
    pub operation: Doing,
    /// The step of the ledger that this one tells; nothing for what is quoted and no step rests on.
    pub told: Option<StepId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_operations_print_as_the_tables_have_them() {
        let city = || CityId::parse("xiangtan").unwrap();
        let no = || "22".into();
        let round = Figure::Round(Total::Rate);
        assert!(round.is_of_round());
        for (figure, printed) in [
            (Figure::Target { city: city(), no: no(), is_intended: false }, "xiangtan/22"),
            (Figure::Target { city: city(), no: no(), is_intended: true }, "xiangtan/22/intended"),
            (Figure::Task { city: city(), no: "1.10".into() }, "xiangtan/task-1.10"),
            (Figure::City(city(), Total::State(State::InDoubt)), "xiangtan/state/in_doubt"),
            (round, "round/rate"),
        ] {
            assert_eq!(figure.to_string(), printed);
        }
        for (operation, printed) in [
            (Doing::CompareWith, "对照 compare with"),
            (Doing::Count(Total::State(State::InDoubt)), "计数 count 待核实"),
            (Doing::Sum(Some(Total::Met)), "相加 sum 完成"),
            (Doing::Sum(None), "相加 sum"),
        ] {
            assert_eq!(operation.to_string(), printed);
        }
    }
}
