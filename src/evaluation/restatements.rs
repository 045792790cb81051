//! 上年数修订: values of earlier years that are reported otherwise now than the plan prints them or than they were published; which of them
//! counts, and what the verdict would be with the other one.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::CityEvaluation;
use super::again::{Again, Alternative, VerdictOn};
use crate::collect::Observation;
use crate::finding::Place;
use crate::ident::{CityId, IndicatorNo, UnitName};
use crate::ledger::StepId;
use crate::plan::{Indicator, OutputEntry, PastValue, Plan, PreviousOutput, Published, Round};
use crate::quantity::Value;
use crate::rounding::plain;

/// Which value of an earlier year counts now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The one that the plan prints.
    Plan,
    /// The one that was published.
    Published,
    /// The one that is reported now.
    Reported,
}

impl Taken {
    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Published => "published",
            Self::Reported => "reported",
        }
    }
}

/// A value that was published of an earlier year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierValue {
    /// The value, in the unit of the row.
    pub text: String,
    /// As a number, unless it is 有 or 无.
    pub number: Option<Decimal>,
    /// The output, as `round.toml` names it, or what `published.csv` says of it.
    pub published_in: String,
    /// Its 数字指纹; empty where only `published.csv` tells of it.
    pub figures: String,
    /// Where that output has it; `None` where only `published.csv` tells of it.
    pub output: Option<OutputEntry>,
}

/// The steps of the numbers of a [`Restatement`], where it has these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RestatedSteps {
    /// What the plan prints.
    pub planned: Option<StepId>,
    /// What was published.
    pub published: Option<StepId>,
    /// What is reported now.
    pub reported: Option<StepId>,
    /// How far they are apart.
    pub difference: Option<StepId>,
    /// How many other verdicts there would be.
    pub others: Option<StepId>,
}

/// What a unit reports now of an earlier year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedNow {
    /// The unit; `None` where it is the value of this report.
    pub unit: Option<UnitName>,
    /// The value, in the unit of the row.
    pub value: Decimal,
    /// The cell.
    pub at: Place,
    /// When its workbook was received.
    pub received: Option<NaiveDateTime>,
    /// What the unit says of it.
    pub note: String,
}

/// A value of an earlier year of which there are two.
#[derive(Debug, Clone, PartialEq)]
pub struct Restatement {
    /// The city.
    pub city: CityId,
    /// Number in the plan.
    pub no: IndicatorNo,
    /// The year that the values are of.
    pub year: i32,
    /// What was published of it.
    pub published: Option<EarlierValue>,
    /// What the plan prints of it.
    pub planned: Option<PastValue>,
    /// What is reported of it now; `None` where only the plan and what was published differ.
    pub reported: Option<ReportedNow>,
    /// The number that is reported, else that was published, less the one that is held against it.
    pub difference: Option<Decimal>,
    /// Which of them counts; `None` where none does.
    pub taken: Option<Taken>,
    /// The verdict as it is, and with the value that does not count in the place of the one that does.
    pub restated: Alternative,
    /// Other verdicts of the city that would be others then.
    pub others: Vec<Alternative>,
    /// The steps of its numbers.
    pub steps: RestatedSteps,
}

/// All values of earlier years that are told in two ways, by city, in the order of the plan.
pub(super) fn restatements(
    round: &Round,
    cities: &[CityEvaluation],
    earlier: &[PreviousOutput],
    again: Again<'_>,
) -> Vec<Restatement> {
    let of_city = |city: &CityEvaluation| {
        let year_before = round.year_before();
        let published = published(&city.plan, earlier, round.year());
        let teller = RestatementTeller { round, city, published: &published, again };
        let mut found = Vec::new();
        for row in city.plan.indicators_of(round.year()) {
            let years = row.published.iter().map(|one| one.year).chain([year_before, round.year()]);
            let more = teller.own(row).map(|one| one.value.year);
            for year in years.chain(more).collect::<BTreeSet<_>>() {
                found.extend(teller.of(row, year));
            }
        }
        found
    };
    cities.par_iter().flat_map_iter(of_city).collect()
}

/// A value of an indicator that an earlier output published.
struct OfOutput<'a> {
    no: IndicatorNo,
    output: &'a PreviousOutput,
    value: PastValue,
    entry: OutputEntry,
}

/// What earlier outputs published of a city, in the units of its plan; the last one that is named comes last.
fn published<'a>(plan: &Plan, earlier: &'a [PreviousOutput], year: i32) -> Vec<OfOutput<'a>> {
    let mut found = Vec::new();
    for output in earlier.iter().filter(|output| output.year <= year) {
        for held in output.rows(&plan.city) {
            if let Some((no, value, conversion)) = plan.value_of_row(&held.row) {
                let entry = output.entry(held, conversion);
                found.push(OfOutput { no, output, value, entry });
            }
        }
    }
    found
}

struct RestatementTeller<'a> {
    round: &'a Round,
    city: &'a CityEvaluation,
    published: &'a [OfOutput<'a>],
    again: Again<'a>,
}

impl RestatementTeller<'_> {
    fn own(&self, row: &Indicator) -> impl Iterator<Item = &OfOutput<'_>> {
        self.published.iter().filter(|one| one.no == row.no)
    }

    /// What was published of a year: in an output that the round names, else by the file beside the plan.
    fn published_of(&self, row: &Indicator, year: i32) -> Option<EarlierValue> {
        if let Some(one) = self.own(row).filter(|one| one.value.year == year).last() {
            let (text, number) = (one.value.text.clone(), one.value.value);
            let (published_in, figures) = (one.output.output.clone(), one.output.figures.clone());
            let output = Some(one.entry.clone());
            return Some(EarlierValue { text, number, published_in, figures, output });
        }
        let of_file = |one: &Published| {
            let value = one.value.as_ref()?;
            let (text, number, published_in) = (value.text.clone(), value.value, one.source.clone());
            Some(EarlierValue { text, number, published_in, figures: String::new(), output: None })
        };
        row.published_of(year).and_then(of_file)
    }

    /// What is told of a year in two ways.
    fn of(&self, row: &Indicator, year: i32) -> Vec<Restatement> {
        let (published, planned) = (self.published_of(row, year), row.past_of(year).cloned());
        let kept = row.known_of(year).and_then(|past| past.value);
        let was = published.as_ref().and_then(|one| one.number);
        // What is held against the new value: the one that counts, else the one that was published.
        let held = kept.or(was);
        let differs = |value: Decimal| [kept, was].into_iter().flatten().any(|known| known != value);
        let mut found = Vec::new();
        for reported in self.reported(row, year).into_iter().filter(|one| differs(one.value)) {
            let value = reported.value;
            let (restated, others) = self.restated(row, year, kept, value);
            found.push(Restatement {
                difference: held.and_then(|held| value.checked_sub(held)),
                taken: self.taken(row, year, Some(value)),
                restated,
                others,
                reported: Some(reported),
                ..self.bare(row, year, &published, &planned)
            });
        }
        if let (true, Some(published), Some(planned)) = (found.is_empty(), &published, &planned)
            && is_another(published, planned)
        {
            let bare = self.bare(row, year, &Some(published.clone()), &Some(planned.clone()));
            let restated = published.number.map(|value| self.restated(row, year, kept, value));
            let (restated, others) = restated.unwrap_or_else(|| (bare.restated.clone(), Vec::new()));
            found.push(Restatement {
                difference: published.number.zip(kept).and_then(|(was, kept)| was.checked_sub(kept)),
                taken: self.taken(row, year, None),
                restated,
                others,
                ..bare
            });
        }
        found
    }

    fn bare(
        &self,
        row: &Indicator,
        year: i32,
        published: &Option<EarlierValue>,
        planned: &Option<PastValue>,
    ) -> Restatement {
        Restatement {
            city: self.city.plan.city.clone(),
            no: row.no.clone(),
            year,
            published: published.clone(),
            planned: planned.clone(),
            reported: None,
            difference: None,
            taken: None,
            restated: Alternative::of(VerdictOn::Target(row.no.clone()), self.city, self.city),
            others: Vec::new(),
            steps: RestatedSteps::default(),
        }
    }

    /// What is reported now of an earlier year; of the year that is judged, what this report holds true.
    fn reported(&self, row: &Indicator, year: i32) -> Vec<ReportedNow> {
        if year == self.round.year() {
            let fact = self.city.fact(&row.no).filter(|fact| fact.year == year && fact.doubt.is_none());
            let told = fact.and_then(|fact| match fact.value? {
                Value::Number(value) => Some(ReportedNow {
                    unit: None,
                    value,
                    at: fact.source.as_ref().map_or_else(Place::default, |source| source.at.clone()),
                    received: fact.source.as_ref().and_then(|source| self.received(source)),
                    note: fact.source.as_ref().map_or_else(String::new, |source| source.note.clone()),
                }),
                Value::Presence(_) => None,
            });
            return told.into_iter().collect();
        }
        let collected = &self.city.collected;
        let is_of_the_year = |seen: &&Observation| !seen.is_current && seen.year == year && seen.no == row.no;
        let told = |seen: &Observation| {
            Some(ReportedNow {
                unit: Some(seen.unit.clone()),
                value: seen.value?,
                at: seen.at.clone(),
                received: self.received(seen),
                note: seen.note.clone(),
            })
        };
        collected.observations.iter().filter(is_of_the_year).filter_map(told).collect()
    }

    fn received(&self, seen: &Observation) -> Option<NaiveDateTime> {
        let submissions = &self.city.collected.submissions;
        submissions.iter().find(|one| one.file == seen.at.file)?.received
    }

    /// Which value counts.
    fn taken(&self, row: &Indicator, year: i32, reported: Option<Decimal>) -> Option<Taken> {
        if year == self.round.year() {
            return reported.map(|_| Taken::Reported);
        }
        if row.past_of(year).is_some() {
            return Some(Taken::Plan);
        }
        if row.served_of(year).is_some() {
            return Some(Taken::Published);
        }
        let before = self.city.fact(&row.no).and_then(|fact| fact.before.as_ref());
        let counts = before.is_some_and(|seen| seen.year == year && seen.value == reported);
        counts.then_some(Taken::Reported)
    }

    /// The verdict with another value of a year in the place of the one that counts, and the others that would be others too.
    fn restated(
        &self,
        row: &Indicator,
        year: i32,
        kept: Option<Decimal>,
        value: Decimal,
    ) -> (Alternative, Vec<Alternative>) {
        let on = VerdictOn::Target(row.no.clone());
        if kept == Some(value) || year == self.round.year() {
            return (Alternative::of(on, self.city, self.city), Vec::new());
        }
        let mut plan = self.city.plan.clone();
        if let Some(own) = plan.indicators.find_mut(&row.no) {
            let line = own.past_of(year).map_or_else(String::new, |past| past.line.clone());
            own.past.retain(|past| past.year != year);
            own.past.push(PastValue { year, text: plain(value), value: Some(value), line });
        }
        let otherwise = (self.again)(plan, self.round, &self.city.collected);
        let others = Alternative::all(self.city, &otherwise);
        let others = others.into_iter().filter(|other| other.on != on).collect();
        (Alternative::of(on, self.city, &otherwise), others)
    }
}

/// Whether two values differ, as numbers or as words.
fn is_another(one: &EarlierValue, other: &PastValue) -> bool {
    match (one.number, other.value) {
        (Some(one), Some(other)) => one != other,
        _ => one.text != other.text,
    }
}
