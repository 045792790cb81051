//! Writes the steps of one target into the ledger of its city: what the verdict rests on, by the names that the ledger gives it.

use std::borrow::Borrow;

use rust_decimal::Decimal;

use super::{Base, BaseSource};
use crate::ledger::{self, Ledger, Operation, StepId, StepValue, Traced};
use crate::plan::{Direction, Goal, Indicator, Operator, Plan, Round, Target, Tolerance, Written};
use crate::reconcile::Fact;

/// The target that is judged, and the ledger of its city.
pub(super) struct Scribe<'a> {
    pub(super) ledger: &'a mut Ledger,
    pub(super) plan: &'a Plan,
    pub(super) round: &'a Round,
    pub(super) indicator: &'a Indicator,
    pub(super) target: &'a Target,
    /// What stands before the names of its steps: nothing, or that they are of the year of a later target.
    pub(super) before: &'static str,
    /// The base year that the round declares, where the target rests on it.
    pub(super) base_year: Option<Traced>,
}

/// Whether an operation holds a value against a target, or makes the value that is held: where a base year is declared, it rests on that.
fn rests_on_the_base_year(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::GrowthMean { .. }
            | Operation::Reach { .. }
            | Operation::Boundary { .. }
            | Operation::CompletionHigher
            | Operation::CompletionLower
            | Operation::CompletionIndex
    )
}

impl Scribe<'_> {
    /// The name of a step of the target.
    fn id(&self, part: &str) -> StepId {
        let of = ledger::of_target(&self.plan.city, &self.indicator.no, self.target.tier);
        of.of(format!("{}{part}", self.before))
    }

    /// Does an operation whose result is no quantity, or a percentage.
    pub(super) fn does<T: Borrow<Traced>>(
        &mut self,
        part: &str,
        operation: Operation,
        args: &[(&'static str, T)],
    ) -> Traced {
        let id = self.id(part);
        let mut args: Vec<(&'static str, &Traced)> =
            args.iter().map(|(role, told)| (*role, told.borrow())).collect();
        args.extend(
            self.base_year
                .iter()
                .filter(|_| rests_on_the_base_year(&operation))
                .map(|one| ("base_year", one)),
        );
        self.ledger.does(id, operation, &args, "")
    }

    /// Does an operation whose result is in the unit of the row.
    pub(super) fn measures(
        &mut self,
        part: &str,
        operation: Operation,
        args: &[(&'static str, &Traced)],
    ) -> Traced {
        let id = self.id(part);
        self.ledger.does(id, operation, args, self.indicator.unit.text())
    }

    /// The value of an indicator, as it was settled.
    pub(super) fn fact(&self, fact: &Fact) -> Option<Traced> {
        self.ledger.told(&ledger::of_indicator(&fact.city, &fact.no).of("fact"))
    }

    /// The number of the target, or one of its numbers, as it is in force.
    pub(super) fn limit(&mut self, part: &str, written: &Written) -> Traced {
        let of = (self.round, self.plan);
        if part != "value" {
            return self.ledger.target(of, (self.indicator, self.target), part, &written.text);
        }
        let id =
            ledger::of_target(&self.plan.city, &self.indicator.no, self.target.tier).of("target.in_force");
        self.ledger.in_force(of, (self.indicator, self.target), &written.text, id)
    }

    /// The number of another target of the row, such as one of an earlier year.
    pub(super) fn limit_of(&mut self, target: &Target, written: &Written) -> Traced {
        let id = ledger::in_force_of(&self.plan.city, &self.indicator.no, target);
        self.ledger.in_force((self.round, self.plan), (self.indicator, target), &written.text, id)
    }

    /// The least value of an order of magnitude: in 亿元, and converted to the unit of the row.
    pub(super) fn magnitude(&mut self, words: &str, least: Decimal, (up, down): (u128, u128)) -> Traced {
        let field = format!("{}.{}.{}.value", self.indicator.no, self.target.year, self.target.tier.key());
        let entry = StepValue::Text(words.to_owned());
        let entry = self.ledger.of_plan((self.round, self.plan), &field, self.target.entry_line, entry);
        let quote = self.ledger.quote(self.plan, &self.target.line, &self.target.quote);
        let operation =
            Operation::PlanMagnitude { least: least.to_string(), up: up.to_string(), down: down.to_string() };
        self.measures("least", operation, &[("entry", &entry), ("quote", &quote)])
    }

    /// The words of the plan that the target is.
    pub(super) fn words(&mut self) -> Traced {
        self.ledger.quote(self.plan, &self.target.line, &self.target.quote)
    }

    /// A parameter of the round's method.
    pub(super) fn parameter(&mut self, name: &str, value: Decimal) -> Traced {
        self.ledger.parameter(self.round, name, value)
    }

    /// Which way is better: by the operator of what is held against others, else by the indicator.
    pub(super) fn direction(&mut self) -> Traced {
        let of = (self.round, self.plan);
        match &self.target.goal {
            Goal::Relative(operator, _) => {
                // 基本同步 is better on the side that is better for the indicator itself.
                let own = *operator == Operator::About && self.indicator.direction.less_is_better();
                let less = own || operator.asks_for_less() == Some(true);
                let direction = if less { Direction::Lower } else { Direction::Higher };
                let side = if less { "below" } else { "above" };
                let id = StepId::new(format!("constant/relative.{side}.direction"));
                self.ledger.leaf(id, Operation::Constant, ledger::direction(direction))
            }
            // Places gained, and the lower end of an order of magnitude.
            Goal::RankChange(..) => self.higher("rank_change"),
            Goal::Magnitude(_) => self.higher("magnitude"),
            _ => self.ledger.direction(of, self.indicator),
        }
    }

    /// More is better by the kind of the goal.
    fn higher(&mut self, kind: &str) -> Traced {
        let id = StepId::new(format!("constant/{kind}.direction"));
        self.ledger.leaf(id, Operation::Constant, ledger::direction(Direction::Higher))
    }

    /// What 左右 allows of a number; `None` where the operator allows nothing.
    pub(super) fn slack(&mut self, target: &Traced, operator: Operator) -> Option<Traced> {
        let allows_nothing = matches!(self.target.goal, Goal::RankChange(..));
        if operator != Operator::About || allows_nothing {
            return None;
        }
        let usual = Tolerance::Percent(self.round.method.about_tolerance);
        let stated = self.target.tolerance;
        let (value, absolute) = match stated.unwrap_or(usual) {
            Tolerance::Percent(value) => (value, false),
            Tolerance::Absolute(value) => (value, true),
        };
        let tolerance = match stated {
            None => self.parameter("about_tolerance", value),
            Some(_) => {
                let (no, year, tier) = (&self.indicator.no, self.target.year, self.target.tier.key());
                let field = format!("{no}.{year}.{tier}.tolerance");
                let of = (self.round, self.plan);
                self.ledger.of_plan(of, &field, self.target.entry_line, StepValue::Number(value.into()))
            }
        };
        // Of a growth no whole things are counted, though the row counts them.
        let counted = self.indicator.is_counted && self.target.goal.is_in_unit();
        let operation = Operation::Slack { counted, absolute };
        Some(self.measures("slack", operation, &[("target", target), ("tolerance", &tolerance)]))
    }

    /// The level of a base year.
    pub(super) fn base(&mut self, base: &Base) -> Traced {
        let of = (self.round, self.plan);
        match &base.source {
            BaseSource::Plan(past) => self.ledger.printed(of, self.indicator, past),
            BaseSource::Published(one) => self.ledger.published(of, self.indicator, one),
            BaseSource::Reported(seen) => {
                let id = ledger::of_indicator(&self.plan.city, &self.indicator.no).of("before");
                crate::reconcile::observed(self.ledger, &id, seen, self.indicator)
            }
            BaseSource::Nothing => self.ledger.constant(0),
            BaseSource::Once => self.ledger.constant(1),
        }
    }

    /// Whether the target is a ceiling, which is kept or not.
    pub(super) fn is_ceiling(&self) -> bool {
        self.indicator.is_ceiling(self.target)
    }

    /// A change of the level.
    pub(super) fn change(&mut self, operation: Operation, actual: &Traced, base: &Traced) -> Traced {
        self.does("change", operation, &[("actual", actual), ("base", base)])
    }

    /// What is due of a later year's target.
    pub(super) fn due(&mut self, target: &Traced, base: &Traced, (gone, all): (i32, i32)) -> Traced {
        self.measures("due", Operation::Due { gone, all }, &[("target", target), ("base", base)])
    }

    /// Writes down the numbers of the target, whatever becomes of it.
    pub(super) fn numbers(&mut self) -> Vec<Traced> {
        let goal = self.target.goal.clone();
        match &goal {
            Goal::Range(low, high) => vec![self.limit("low", low), self.limit("high", high)],
            Goal::Interval(low, high, outer) => {
                let mut all = vec![self.limit("low", low), self.limit("high", high)];
                if let Some((lowest, highest)) = outer {
                    all.extend([self.limit("lowest", lowest), self.limit("highest", highest)]);
                }
                all
            }
            Goal::Increment(_, number, _) => vec![self.limit("value", number)],
            goal => goal.number().map(|number| self.limit("value", number)).into_iter().collect(),
        }
    }
}
