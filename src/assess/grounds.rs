//! What a target without a verdict rests on, as steps: so that the reason, too, can be done again from what came from outside.

use super::scribe::Scribe;
use super::{Reason, RowReason};
use crate::ident::IndicatorNo;
use crate::ledger::{self, Exact, OpenCause, Operation, StepId, StepValue, Traced};
use crate::plan::{Goal, Indicator, Origin, PUBLISHED};
use crate::reconcile::{Basis, Fact};

/// Steps by what they are to the verdict that is left open.
type Grounds = Vec<(&'static str, Traced)>;

impl Scribe<'_> {
    /// Writes down that there is no verdict, and what that rests on; `doubt_of_row` is the finding that withholds the row that the target is held
    /// against.
    pub(super) fn open(&mut self, fact: &Fact, reason: &Reason, row: Option<&Fact>) -> Traced {
        let mut args: Grounds = self.fact(fact).map(|fact| ("fact", fact)).into_iter().collect();
        let numbers = self.numbers();
        if numbers.is_empty() {
            args.push(("quote", self.words()));
        }
        args.extend(numbers.into_iter().map(|number| ("target", number)));
        args.extend(self.grounds(fact, reason));
        if let Reason::Row(no, why) = reason {
            args.extend(self.of_row(no, *why, row));
        }
        self.does("state", Operation::Open { cause: cause(reason) }, &args)
    }

    fn grounds(&mut self, fact: &Fact, reason: &Reason) -> Grounds {
        match reason {
            Reason::InDoubt(doubt) => vec![("finding", self.ledger.finding(&doubt.finding))],
            Reason::NoValue(_) | Reason::Row(..) => Vec::new(),
            Reason::Lagged { .. } => vec![("fact_year", self.data_year(fact)), ("year", self.year())],
            Reason::Undefined(words) => vec![("undefined", self.entry("undefined", words))],
            Reason::Undated { .. } => vec![("undated", self.entry("undated", "true"))],
            Reason::NoBaseYear => self.no_base_year(),
            Reason::NoBase { year } => self.no_base(*year),
            Reason::NoChange { .. } => {
                self.told("change").map(|change| ("change", change)).into_iter().collect()
            }
            Reason::LaterYear(_) => self.later_year(),
            Reason::NoBeginning { .. } => self.no_beginning(),
            Reason::NotDue(due) => vec![("due", self.entry("due", &due.to_string())), ("year", self.year())],
            Reason::NoBenchmark(_) => {
                let name = format!("{}.{}", self.plan.city, self.indicator.no);
                vec![("benchmark", self.lacks_in_round("benchmark", &name))]
            }
            Reason::NoConversion(words) => {
                vec![("unit", self.unit_of(self.indicator)), ("magnitude", self.entry("value", words))]
            }
            Reason::OtherKind => vec![("kind", self.kind())],
        }
    }

    fn of_row(&mut self, no: &IndicatorNo, why: RowReason, row: Option<&Fact>) -> Grounds {
        let mut args = vec![("against", self.entry("against", no.as_str()))];
        let told = self.ledger.told(&ledger::of_indicator(&self.plan.city, no).of("fact"));
        match why {
            RowReason::NoTarget => {
                let name = format!("{no}.{}.target", self.round.year());
                args.push(("row", self.lacks_in_plan(&name, "target")));
                return args;
            }
            RowReason::InDoubt => {
                let doubt = row.and_then(|row| row.doubt.as_ref());
                args.extend(doubt.map(|doubt| ("row_finding", self.ledger.finding(&doubt.finding))));
            }
            RowReason::NotReported => {}
            RowReason::Lagged(_) => {
                args.extend(row.map(|row| ("row_year", self.data_year(row))));
                args.push(("year", self.year()));
            }
            RowReason::OtherUnit => {
                args.extend(self.plan.indicator(no).map(|row| ("row_unit", self.unit_of(row))));
                args.push(("unit", self.unit_of(self.indicator)));
            }
        }
        args.extend(told.map(|row| ("row", row)));
        args
    }

    /// The year of the data that the value of a row is of.
    fn data_year(&mut self, fact: &Fact) -> Traced {
        let of = ledger::of_indicator(&fact.city, &fact.no);
        let value: Vec<(&'static str, Traced)> =
            self.ledger.told(&of.of("fact")).map(|told| ("of", told)).into_iter().collect();
        self.ledger.does(of.of("fact.year"), Operation::DataYear { year: fact.year }, &value, "")
    }

    fn year(&mut self) -> Traced {
        self.ledger.year(self.round)
    }

    fn target_year(&mut self) -> Traced {
        let value = StepValue::Number(Exact::whole(self.target.year));
        self.field("year", value)
    }

    /// A field of the entry of the target.
    fn entry(&mut self, field: &str, says: &str) -> Traced {
        self.field(field, StepValue::Text(says.to_owned()))
    }

    fn field(&mut self, field: &str, value: StepValue) -> Traced {
        let tier = self.target.tier.key();
        let field = format!("{}.{}.{tier}.{field}", self.indicator.no, self.target.year);
        self.ledger.of_plan((self.round, self.plan), &field, self.target.entry_line, value)
    }

    fn unit_of(&mut self, row: &Indicator) -> Traced {
        let value = StepValue::Text(row.unit.text().to_owned());
        self.ledger.of_plan((self.round, self.plan), &format!("{}.unit", row.no), None, value)
    }

    /// Of which kind the target is, as the file says it or leaves it to be known.
    fn kind(&mut self) -> Traced {
        let field = format!("{}.{}.{}.kind", self.indicator.no, self.target.year, self.target.tier.key());
        let value = StepValue::Text(self.target.goal.key().to_owned());
        self.ledger.of_plan((self.round, self.plan), &field, None, value)
    }

    /// A step of the target, if it was done.
    pub(super) fn told(&self, part: &str) -> Option<Traced> {
        let of = ledger::of_target(&self.plan.city, &self.indicator.no, self.target.tier);
        self.ledger.told(&of.of(part))
    }

    /// What the plan file does not say.
    fn lacks_in_plan(&mut self, field: &str, what: &str) -> Traced {
        let file = self.round.path(&format!("{}/plan.toml", self.plan.city));
        self.ledger.absent(&format!("{file}#{field}"), what)
    }

    fn lacks_in_round(&mut self, list: &str, of: &str) -> Traced {
        let file = self.round.path("round.toml");
        self.ledger.absent(&format!("{file}#{list}.{of}"), list)
    }

    fn no_base_year(&mut self) -> Grounds {
        let own = format!("{}.{}", self.plan.city, self.indicator.no);
        let mut lacks = vec![self.lacks_in_round("base_year", &own)];
        if matches!(self.target.goal, Goal::AverageGrowth(..)) {
            let (no, year, tier) = (&self.indicator.no, self.target.year, self.target.tier.key());
            let field = format!("{no}.{year}.{tier}.base_year");
            lacks.push(self.lacks_in_plan(&field, "base_year"));
        }
        lacks.extend(self.no_year_of_the_plan());
        lacks.into_iter().map(|one| ("counted_from", one)).collect()
    }

    /// That neither the row nor the plan counts from a year. The plan's year is none of a text beside a table.
    fn no_year_of_the_plan(&mut self) -> Vec<Traced> {
        let field = format!("{}.baseline_year", self.indicator.no);
        let mut lacks = vec![self.lacks_in_plan(&field, "baseline_year")];
        if self.plan.baseline_year.is_none() {
            lacks.push(self.lacks_in_plan("plan.baseline_year", "baseline_year"));
        }
        lacks
    }

    /// The values of a base year: what the plan prints, what was published, what is reported beside the value. None of them is one.
    fn values_of(&mut self, year: i32) -> Vec<Traced> {
        let of = (self.round, self.plan);
        let row = self.indicator;
        let name = format!("{}.{year}", row.no);
        let printed = match row.past_of(year) {
            Some(past) => self.ledger.printed(of, row, past),
            None => self.lacks_in_plan(&name, "value"),
        };
        let published = match row.published_of(year) {
            Some(one) => self.ledger.published(of, row, one),
            None => {
                let file = self.round.path(&format!("{}/{PUBLISHED}", self.plan.city));
                self.ledger.absent(&format!("{file}#{name}"), "value")
            }
        };
        vec![printed, published]
    }

    fn no_base(&mut self, year: i32) -> Grounds {
        let mut values = self.values_of(year);
        if year == self.round.year_before() && self.indicator.published_of(year).is_none() {
            let name = format!("{}/{}/reported.{year}", self.plan.city, self.indicator.no);
            values.push(self.ledger.absent(&name, "value"));
        }
        values.into_iter().map(|one| ("base", one)).collect()
    }

    fn later_year(&mut self) -> Grounds {
        let mut args =
            vec![("year", self.year()), ("target_year", self.target_year()), ("kind", self.kind())];
        let reached = StepId::new("at_the_end/met");
        args.extend(self.told(reached.as_str()).map(|reached| ("at_the_end", reached)));
        match self.target.goal {
            // Its work is that of a year, as its name says.
            Goal::Level(..) => args.push(("name", self.name())),
            Goal::Increment(..) => args.push(("cumulative", self.lacks_of_target("cumulative"))),
            Goal::Multiple(..) => args.push(("counted_from", self.lacks_of_target("base_year"))),
            _ => {}
        }
        args
    }

    fn lacks_of_target(&mut self, field: &str) -> Traced {
        let (no, year, tier) = (&self.indicator.no, self.target.year, self.target.tier.key());
        let name = format!("{no}.{year}.{tier}.{field}");
        self.lacks_in_plan(&name, field)
    }

    fn name(&mut self) -> Traced {
        let value = StepValue::Text(self.indicator.name.clone());
        self.ledger.of_plan((self.round, self.plan), &format!("{}.name", self.indicator.no), None, value)
    }

    fn no_beginning(&mut self) -> Grounds {
        let mut args = vec![("year", self.year()), ("target_year", self.target_year())];
        let name = format!("{}.earlier", self.indicator.no);
        args.push(("base", self.lacks_in_plan(&name, "target")));
        match self.plan.base_year_of(self.indicator) {
            // A base that is not before the year is no beginning.
            Some(base) if base >= self.round.year() => {
                let field = if self.indicator.baseline_year.is_some() {
                    format!("{}.baseline_year", self.indicator.no)
                } else {
                    "plan.baseline_year".to_owned()
                };
                let value = StepValue::Number(Exact::whole(base));
                let told = self.ledger.of_plan((self.round, self.plan), &field, None, value);
                args.push(("counted_from", told));
            }
            Some(base) => args.extend(self.values_of(base).into_iter().map(|one| ("base", one))),
            None if self.indicator.origin == Origin::Table || self.plan.baseline_year.is_none() => {
                args.extend(self.no_year_of_the_plan().into_iter().map(|one| ("base", one)));
            }
            None => {}
        }
        args
    }
}

/// Of which kind a reason is.
fn cause(reason: &Reason) -> OpenCause {
    match reason {
        Reason::InDoubt(_) => OpenCause::Doubt,
        Reason::NoValue(Basis::Disagree { .. }) => OpenCause::Conflict,
        Reason::NoValue(_) => OpenCause::Missing,
        Reason::Lagged { .. } => OpenCause::Lagged,
        Reason::Undefined(_) => OpenCause::Undefined,
        Reason::Undated { .. } => OpenCause::Undated,
        Reason::NoBaseYear => OpenCause::NoBaseYear,
        Reason::NoBase { .. } => OpenCause::NoBase,
        Reason::NoChange { .. } => OpenCause::NoChange,
        Reason::LaterYear(_) => OpenCause::LaterYear,
        Reason::NoBeginning { .. } => OpenCause::NoBeginning,
        Reason::NotDue(_) => OpenCause::NotDue,
        Reason::NoBenchmark(_) => OpenCause::NoBenchmark,
        Reason::NoConversion(_) => OpenCause::NoConversion,
        Reason::OtherKind => OpenCause::OtherKind,
        Reason::Row(_, RowReason::NoTarget) => OpenCause::RowNotAsked,
        Reason::Row(_, RowReason::InDoubt) => OpenCause::RowDoubt,
        Reason::Row(_, RowReason::NotReported) => OpenCause::RowMissing,
        Reason::Row(_, RowReason::Lagged(_)) => OpenCause::RowLagged,
        Reason::Row(_, RowReason::OtherUnit) => OpenCause::RowUnit,
    }
}
