//! Targets that ask for no step ahead of an earlier year: ceilings (控制在3%以内), floors that are to be held (稳定在180万吨以上), and
//! what is done anew in every year (新建, 改造), of which less than in the year before is no worse state. And which targets are held
//! against an earlier value at all.

use super::measure::is_done_anew;
use super::{Direction, Goal, Indicator, Measure, Operator, PastValue, Plan, Target};
use crate::quantity::Unit;

/// Words of ceilings. 以下 is none: 37微克以下 is where a reduction is to lead.
const CEILINGS: [&str; 9] = ["控制", "以内", "不超过", "不高于", "不突破", "不大于", "≤", "<", "＜"];

/// Words of floors that are to be held.
const FLOORS: [&str; 3] = ["不低于", "稳定在", "保持"];

/// Why a target is not held against an earlier value of its indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Apart {
    /// A limit that is not to be passed: it may lie on either side of what there was.
    Ceiling,
    /// A level that is to be held.
    Floor,
    /// What is done anew within a year, whatever was done in the year before.
    Work,
    /// It states a growth, not where the growth leads.
    Growth,
    /// It states an addition.
    Addition,
    /// It states how many times as much.
    Multiple,
    /// A sum counted from the start of the plan.
    Sum,
    /// A place in an order.
    Place,
    /// It has two limits.
    Bounds,
    /// It is held against other values.
    Relative,
    /// No side of it is the better one.
    NoSide,
    /// It states no number.
    Words,
    /// 有 answers it.
    Presence,
    /// Nothing is known of the earlier year.
    NoBase,
}

/// Money, of which a year's sum is compared with that of the year before.
const MONEY: &str = "亿元";

impl Indicator {
    /// Whether a target is a limit that is not to be passed: nothing is gained by staying far below it, so that it is kept or not, and
    /// never exceeded.
    pub fn is_ceiling(&self, target: &Target) -> bool {
        let is_lower = self.direction == Direction::Lower;
        match &target.goal {
            Goal::Level(Operator::AtMost | Operator::LessThan, _) => {
                is_lower && says(&target.quote, &CEILINGS)
            }
            Goal::Level(Operator::About, _) => is_lower,
            _ => false,
        }
    }

    /// Whether its words do not say that it is such a limit, and only its direction does: 涨幅3%左右.
    pub fn is_read_as_ceiling(&self, target: &Target) -> bool {
        self.is_ceiling(target) && !says(&target.quote, &CEILINGS)
    }

    /// Whether it is what is done anew within a year. There is no way from one year's work to the next one's.
    pub fn is_work_of_a_year(&self) -> bool {
        let is_money = Unit::parse(MONEY).convert(rust_decimal::Decimal::ONE, &self.unit).is_some();
        self.measure == Measure::Flow && self.unit.is_amount() && !is_money && is_done_anew(&self.name)
    }
}

impl Plan {
    /// Whether a level on the worse side of an earlier value asks for less than there was: not a ceiling, not a floor that is to be
    /// held, not the work of a year.
    pub fn asks_for_a_step_ahead(&self, row: &Indicator, target: &Target) -> bool {
        self.step_ahead(row, target).is_ok()
    }

    fn step_ahead(&self, row: &Indicator, target: &Target) -> Result<(), Apart> {
        let mut quotes = vec![target.quote.as_str()];
        let repeats = self.repeats.iter().filter(|one| one.of == row.no && one.target.year == target.year);
        quotes.extend(repeats.map(|one| one.target.quote.as_str()));
        let is_floor = !row.direction.less_is_better() && quotes.iter().any(|quote| says(quote, &FLOORS));
        match (row.is_ceiling(target), row.is_work_of_a_year()) {
            (true, _) => Err(Apart::Ceiling),
            (false, true) => Err(Apart::Work),
            (false, false) if is_floor => Err(Apart::Floor),
            (false, false) => Ok(()),
        }
    }

    /// Whether a target can be said to lie on the better or the worse side of an earlier value.
    ///
    /// # Errors
    /// Fails with the reason when the two are no levels of one thing, or when the earlier one is unknown.
    pub fn is_held_against(
        &self,
        base: Option<&PastValue>,
        row: &Indicator,
        target: &Target,
    ) -> Result<(), Apart> {
        let is_level = match &target.goal {
            _ if !target.undefined.is_empty() => Err(Apart::Words),
            Goal::Level(..) if target.cumulative => Err(Apart::Sum),
            Goal::Level(..) | Goal::Coverage(..) => match row.direction {
                Direction::Interval | Direction::None => Err(Apart::NoSide),
                _ => self.step_ahead(row, target),
            },
            // What was there already is no easier to have; of one that was not, nothing is known to be worse.
            Goal::Qualitative(_) | Goal::Milestone(..) if base.is_none() => Err(Apart::Presence),
            Goal::Qualitative(_) | Goal::Milestone(..) => Ok(()),
            Goal::Growth(..) | Goal::AverageGrowth(..) => Err(Apart::Growth),
            Goal::Increment(..) => Err(Apart::Addition),
            Goal::Multiple(..) => Err(Apart::Multiple),
            Goal::Rank(..) | Goal::RankChange(..) => Err(Apart::Place),
            Goal::Range(..) | Goal::Interval(..) => Err(Apart::Bounds),
            Goal::Relative(..) => Err(Apart::Relative),
            Goal::Magnitude(_) | Goal::Undefined(_) => Err(Apart::Words),
        };
        is_level?;
        let is_number = !matches!(target.goal, Goal::Qualitative(_) | Goal::Milestone(..));
        let is_known = base.is_some_and(|past| past.value.is_some() || !is_number);
        if is_known { Ok(()) } else { Err(Apart::NoBase) }
    }
}

fn says(quote: &str, words: &[&str]) -> bool {
    words.iter().any(|word| quote.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Tier, Written};

    fn level(operator: Operator, quote: &str) -> Target {
        let value = Written { text: "3".to_owned(), value: rust_decimal::Decimal::from(3) };
        Target::plain(2023, Tier::Annual, Goal::Level(operator, value), "1".to_owned(), quote.to_owned())
    }

    #[test]
    fn ceilings_are_known_by_their_words() {
        use Direction::{Higher, Lower};
        for (operator, quote, direction, expected) in [
            (Operator::AtMost, "控制在3以内", Lower, true),
            (Operator::LessThan, "<5.5", Lower, true),
            (Operator::About, "3%左右", Lower, true),
            (Operator::AtMost, "37以下", Lower, false),
            (Operator::AtMost, "0.48", Lower, false),
            (Operator::AtLeast, "控制在3以上", Higher, false),
        ] {
            let row = Indicator::example("%", Measure::Ratio, direction);
            assert_eq!(row.is_ceiling(&level(operator, quote)), expected, "{quote}");
        }
    }

    #[test]
    fn the_work_of_a_year_is_known_by_its_name() {
        for (name, unit, measure, expected) in [
            ("新建高标准农田", "万亩", Measure::Flow, true),
            ("改造农村危房", "户", Measure::Flow, true),
            ("城镇新增就业", "万人", Measure::Flow, true),
            ("建设和美乡村示范村", "个", Measure::Flow, true),
            ("技术改造投资", "亿元", Measure::Flow, false),
            ("建设用地面积", "公顷", Measure::Flow, false),
            ("技术合同成交额", "亿元", Measure::Flow, false),
            ("新增专精特新企业", "家", Measure::Stock, false),
            ("老旧小区改造开工率", "%", Measure::Ratio, false),
        ] {
            let row =
                Indicator { name: name.to_owned(), ..Indicator::example(unit, measure, Direction::Higher) };
            assert_eq!(row.is_work_of_a_year(), expected, "{name}");
        }
    }
}
