//! Two rounds mixed: the plan of one with the workbooks of the other, the weights of one with the decisions of the other. What comes out is a plan, a
//! round and what was collected, as any city has them, so that the stages judge a mixture exactly as they judge a round.
//!
//! Each side's workbooks are read with that side's own plan and days. A mixture stands in the year of its plan: what was reported for the year of the other side is
//! held to be of this year, as in 用2025年的目标看2023年的实绩.

mod collected;
mod decisions;
mod pairing;

pub use pairing::{Pairing, RowPair};

use std::collections::BTreeSet;

use crate::collect::Collected;
use crate::plan::{LinkCause, Plan, Round};

/// One of the two that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// What was before.
    Before,
    /// What came after.
    After,
}

impl Which {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// A city as one of the two sides has it.
#[derive(Debug, Clone, Copy)]
pub struct MixedSide<'a> {
    /// The round.
    pub round: &'a Round,
    /// The plan, read with the catalogue of its own side.
    pub plan: &'a Plan,
    /// The plan, read with the catalogue of the other side.
    pub crossed: &'a Plan,
    /// What was collected.
    pub collected: &'a Collected,
    /// What its files are told apart by: it stands before their paths in a mixture.
    pub folder: &'a str,
}

/// Both sides of a city, with what of them is the same row.
#[derive(Debug, Clone, Copy)]
pub struct BothSides<'a> {
    /// What was before.
    pub before: MixedSide<'a>,
    /// What came after.
    pub after: MixedSide<'a>,
    /// Their rows.
    pub pairing: &'a Pairing,
}

/// What a city is judged by and on.
#[derive(Debug, Clone, PartialEq)]
pub struct MixedCity {
    /// The plan.
    pub plan: Plan,
    /// The round.
    pub round: Round,
    /// What was collected.
    pub collected: Collected,
}

/// From which side each thing is.
#[derive(Debug, Clone, Copy)]
struct Sources {
    plan: Which,
    coverage: Which,
    actuals: Which,
}

impl Sources {
    /// Whether the plan and all that was reported are of one side.
    fn are_one(self) -> bool {
        self.plan == self.coverage && self.plan == self.actuals
    }

    /// From which side what was reported of a row is. What only one side has comes with its plan.
    fn of(self, row: Option<&RowPair>) -> Which {
        match row {
            Some(RowPair { before: Some(_), after: Some(_), flips }) => {
                if *flips {
                    self.coverage
                } else {
                    self.actuals
                }
            }
            Some(_) => self.plan,
            None => self.actuals,
        }
    }
}

/// From which side a thing is when some are taken from what came after.
pub fn source(taken: &BTreeSet<LinkCause>, cause: LinkCause) -> Which {
    if taken.contains(&cause) { Which::After } else { Which::Before }
}

impl<'a> BothSides<'a> {
    /// One of the sides.
    pub fn side(&self, which: Which) -> MixedSide<'a> {
        match which {
            Which::Before => self.before,
            Which::After => self.after,
        }
    }

    /// The city with some things taken from what came after, and the others from what was before.
    pub fn mixed(&self, taken: &BTreeSet<LinkCause>) -> MixedCity {
        let of = |cause: LinkCause| source(taken, cause);
        let sources = Sources {
            plan: of(LinkCause::Targets),
            coverage: of(LinkCause::Coverage),
            actuals: of(LinkCause::Actuals),
        };
        let mut round = self.side(sources.plan).round.clone();
        let method = self.side(of(LinkCause::Method)).round;
        (round.method, round.edition) = (method.method.clone(), method.edition);
        decisions::weights(self, sources, of(LinkCause::Weights), &mut round);
        decisions::decided(self, sources, of(LinkCause::Decisions), &mut round);
        MixedCity {
            plan: self.plan(sources, of(LinkCause::Catalogue)),
            round,
            collected: collected::mixed(self, sources),
        }
    }

    /// The plan of one side. Who reports a row, and the tasks, go with the workbooks: units are named there as the plan of their side names them.
    fn plan(&self, sources: Sources, catalogue: Which) -> Plan {
        let own = self.side(sources.plan);
        let mut plan = if catalogue == sources.plan { own.plan.clone() } else { own.crossed.clone() };
        if sources.are_one() {
            return plan;
        }
        for row in plan.indicators.iter_mut() {
            let pair = self.pairing.row(sources.plan, &row.no);
            let from = sources.of(pair);
            let other = pair.and_then(|pair| pair.of(from)).filter(|_| from != sources.plan);
            if let Some(other) = other.and_then(|no| self.side(from).plan.indicator(no)) {
                row.reporters.clone_from(&other.reporters);
                row.is_left_to_office = other.is_left_to_office;
            }
        }
        let reported = self.side(sources.actuals).plan;
        plan.tasks.clone_from(&reported.tasks);
        plan.office.clone_from(&reported.office);
        plan.aliases.clone_from(&reported.aliases);
        plan
    }
}
