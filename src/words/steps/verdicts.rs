//! Comparisons and verdicts in words.

use super::{WayLine, WayTeller};
use crate::ledger::{OpenCause, Operation, Step, StepValue};
use crate::plan::Operator;

impl WayTeller<'_> {
    /// Why a verdict is not the next better one.
    pub(super) fn limits(&self, step: &Step) -> Option<WayLine> {
        let completion = self.one(step, "completion")?.value.number()?;
        let is_met = self.one(step, "met")?.value == StepValue::Truth(true);
        let limit = self.one(step, if is_met { "exceeded" } else { "nearly" })?;
        let reached = completion >= limit.value.number()?;
        let (number, from) = (self.value(limit), self.of_leaves(limit));
        let text = match (is_met, reached) {
            (true, true) => self.say(
                format!("完成率不低于{number}%，计超额完成"),
                format!("completion from {number} % on: exceeded"),
            ),
            (true, false) => self.say(
                format!("完成率不到{number}%，不计超额完成"),
                format!("completion below {number} %: not exceeded"),
            ),
            (false, true) => self.say(
                format!("完成率不低于{number}%，计基本完成"),
                format!("completion from {number} % on: nearly"),
            ),
            (false, false) => self.say(
                format!("完成率不到{number}%，不计基本完成"),
                format!("completion below {number} %: not nearly"),
            ),
        };
        Some(WayLine { text, below: vec![WayLine::end(from)] })
    }

    #[expect(clippy::too_many_lines, reason = "an arm for each operation")]
    pub(super) fn of_verdicts(&self, step: &Step) -> Option<String> {
        let value = self.value(step);
        let of = |role: &str| self.value_of(step, role);
        let bare = |role: &str| self.bare(step, role);
        let reached = |met: bool| {
            if met { self.say("达到", "reached") } else { self.say("未达到", "not reached") }
        };
        let by = self.say("全数值比较法，GB/T 8170—2008", "by full value, GB/T 8170—2008");
        let met = step.value == StepValue::Truth(true);
        Some(match &step.operation {
            Operation::Reach { operator } => {
                let sign = if *operator == Operator::About { "≈" } else { sign(*operator, met) };
                format!("{} {sign} {}　{}（{by}）", of("actual"), of("target"), reached(met))
            }
            Operation::ReachRange | Operation::ReachInterval => {
                format!("{}　{}—{}　{}（{by}）", of("actual"), of("low"), of("high"), reached(met))
            }
            Operation::ReachAll { operator } => {
                let all: Vec<String> =
                    self.of(step, "target").into_iter().map(|one| self.value(one)).collect();
                format!(
                    "{} {} {}　{}（{by}）",
                    of("actual"),
                    sign(*operator, met),
                    all.join("、"),
                    reached(met)
                )
            }
            Operation::ReachWord => format!("“{}”　{}", of("actual"), reached(met)),
            Operation::Any => self.say(format!("任一达到：{value}"), format!("any of them: {value}")),
            Operation::CompletionHigher => format!("{value} ＝ {}÷{}×100", bare("actual"), bare("target")),
            Operation::CompletionLower => format!("{value} ＝ {}÷{}×100", bare("target"), bare("actual")),
            Operation::CompletionKept => self.say(
                format!("{value}　上限控制在内即完成，最高100"),
                format!("{value}  a ceiling is kept or not: 100 at most"),
            ),
            Operation::CompletionIndex => self.say(
                format!("{value}，按（100＋{}）与（100＋{}）之比", of("actual"), of("target")),
                format!("{value}, of 100 + {} and 100 + {}", of("actual"), of("target")),
            ),
            Operation::Progress => {
                let (a, b, t) = (bare("actual"), bare("base"), bare("target"));
                format!("{value} ＝ （{a}－{b}）÷（{t}－{b}）×100")
            }
            Operation::Worse => self.say(
                format!("目标{}是否劣于{}：{value}", of("target"), of("base")),
                format!("target {} worse than {}: {value}", of("target"), of("base")),
            ),
            Operation::Open { cause } => format!("{value}　{}", self.cause(*cause)),
            Operation::Classify
            | Operation::ClassifyRange
            | Operation::ClassifyKept
            | Operation::ClassifySchedule
            | Operation::ClassifyPace => value,
            Operation::PaceShare => {
                let (p, b, w) = (bare("part"), bare("base"), bare("whole"));
                format!("{value} ＝ （{p}－{b}）÷（{w}－{b}）×100")
            }
            Operation::PaceDue { .. } => {
                let (t, b, s) = (bare("target"), bare("base"), bare("share"));
                format!("{value} ＝ {b}＋（{t}－{b}）×{s}÷100")
            }
            Operation::PaceShortfall => self.say(
                format!("{value}　实际{}，应达{}", of("actual"), of("due")),
                format!("{value}, {} against {} due", of("actual"), of("due")),
            ),
            _ => return None,
        })
    }

    pub(super) fn cause(&self, cause: OpenCause) -> String {
        let (chinese, english) = match cause {
            OpenCause::Doubt => ("有问题待核实，不参与判定", "withheld until a finding is settled"),
            OpenCause::Conflict => ("各单位所报不一致", "sources differ"),
            OpenCause::Missing => ("没有数", "there is no value"),
            OpenCause::Lagged => ("只有以前年度的数", "the value is one of an earlier year"),
            OpenCause::Undefined => ("方案没有说定", "the plan leaves it open"),
            OpenCause::Undated => ("方案没有写明年份", "the plan names no year"),
            OpenCause::NoBaseYear => ("方案和轮次都没有写明基年", "no base year is stated"),
            OpenCause::NoBase => ("基年的数不知道", "the value of the base year is not known"),
            OpenCause::NoChange => ("基年的数不能作基数", "the value of the base year is no base"),
            OpenCause::LaterYear => {
                ("以后年度的目标，其间没有应达进度", "a later year's target, with nothing due before")
            }
            OpenCause::NoBeginning => (
                "以后年度的目标，没有起点可推算应达进度",
                "a later year's target, and no value where its way begins",
            ),
            OpenCause::NoBenchmark => ("轮次没有给出对照值", "the round gives nothing to hold it against"),
            OpenCause::NoConversion => ("计量单位不能换算为亿元", "its unit does not convert to 亿元"),
            OpenCause::OtherKind => {
                ("应报有无的报了数，或应报数的报了有无", "a number for a word, or a word for a number")
            }
            OpenCause::RowNotAsked => {
                ("对照的指标当年没有目标", "what it is held against has no target in the year")
            }
            OpenCause::RowDoubt => ("对照的指标待核实", "what it is held against is withheld"),
            OpenCause::RowMissing => ("对照的指标没有数", "what it is held against has no value"),
            OpenCause::RowLagged => {
                ("对照的指标只有以前年度的数", "what it is held against is of an earlier year")
            }
            OpenCause::RowUnit => {
                ("对照的指标计量单位不能换算", "the unit of what it is held against does not convert")
            }
            OpenCause::NotDue => ("期限未到", "not due yet"),
            OpenCause::NotInPeriod => ("本期不评", "not looked at in this part of the year"),
        };
        self.say(chinese, english)
    }
}

/// The sign between a value and a limit, as it came out.
fn sign(operator: Operator, met: bool) -> &'static str {
    match (operator, met) {
        (Operator::AtLeast | Operator::About, true) => "≥",
        (Operator::AtLeast | Operator::About, false) => "＜",
        (Operator::MoreThan | Operator::Surpass, true) => "＞",
        (Operator::MoreThan | Operator::Surpass, false) => "≤",
        (Operator::AtMost, true) => "≤",
        (Operator::AtMost, false) => "＞",
        (Operator::LessThan, true) => "＜",
        (Operator::LessThan, false) => "≥",
        (Operator::Equal, true) => "＝",
        (Operator::Equal, false) => "≠",
    }
}
