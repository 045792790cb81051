//! 序时进度 within a year: what is due of the year's target by the end of a part of it, and how far the value falls short of that.
//!
//! | method | due E | shortfall d |
//! |---|---|---|
//! | 累计数 `sum` | T·s | (E − A) ÷ E |
//! | 时点数 `path` | B + (T − B)·s | (E − A) ÷ (E − B); where T is no better than B, or B is not known, as 比率 |
//! | 比率 `level` | T | (T − A) ÷ T where more is better, (A − T) ÷ A where less is |
//!
//! s is the round's share of the part, or that of the year before: of what was reported for the same part of it in its whole. An interim target
//! that the plan itself states for the part (年内目标) is E, whatever the method. Of whole things the amount due is rounded down. Nothing here says 完成:
//! the year of the target has not ended.

use super::pace_state::{DueFrom, NotDueReason, PaceAssessment, PaceNumber, PaceState};
use super::scribe::Scribe;
use crate::indexed::Indexed;
use crate::ledger::{self, Exact, Ledger, OpenCause, Operation, StepId, StepValue, Traced};
use crate::plan::{
    Direction, Goal, InterimTarget, Operator, PaceBasis, PaceMethod, PastValue, Plan, Round, Written,
};
use crate::quantity::Value;
use crate::reconcile::{Fact, FactStatus};
use rust_decimal::Decimal;

/// Looks at the targets of a city, of those of two tiers at the one that is judged first. Every step goes into the ledger.
pub fn paces(
    plan: &Plan,
    round: &Round,
    facts: &Indexed<Fact>,
    ledger: &mut Ledger,
) -> Indexed<PaceAssessment> {
    let mut found = Indexed::default();
    for indicator in plan.indicators_of(round.year()) {
        let target = indicator.targets_of(round.year()).into_iter().find(|one| one.tier.is_judged_first());
        let (Some(fact), Some(target)) = (facts.find(&indicator.no), target) else { continue };
        let scribe =
            Scribe { ledger: &mut *ledger, plan, round, indicator, target, before: "pace/", base_year: None };
        found.push(Pacer { fact, scribe }.pace());
    }
    found
}

/// A target on its way through the year.
struct Pacer<'a> {
    fact: &'a Fact,
    scribe: Scribe<'a>,
}

/// What a value is held against.
struct HeldAgainst {
    /// The amount due.
    due: Traced,
    /// What a shortfall is a part of, counted from `base`.
    whole: Traced,
    base: Traced,
    share: Option<Traced>,
    from: DueFrom,
}

/// Digits behind the point beyond which nobody reads.
const MOST_PLACES: u32 = 6;

impl Pacer<'_> {
    fn pace(mut self) -> PaceAssessment {
        let (indicator, target) = (self.scribe.indicator, self.scribe.target);
        let round = self.scribe.round;
        let decided = round.pacing.of(&self.scribe.plan.city, &indicator.no).and_then(|(_, one)| one.method);
        let method = decided.unwrap_or_else(|| indicator.pace_method());
        let mut assessment = PaceAssessment {
            city: self.scribe.plan.city.clone(),
            no: indicator.no.clone(),
            origin: indicator.origin,
            target: target.clone(),
            method,
            actual: self.fact.value,
            due: None,
            due_from: None,
            share: None,
            shortfall: None,
            state: PaceState::NotDue,
            reason: None,
            unit: indicator.unit.text().to_owned(),
        };
        match self.stands(method) {
            Stand::Open(state) => assessment.state = state,
            Stand::NotDue(reason) => assessment.reason = Some(self.not_due(reason)),
            Stand::Word(state) => assessment.state = state,
            Stand::Number(actual) => self.number(&mut assessment, method, &actual),
        }
        assessment
    }

    /// Whether there is anything to say, by what is known and what kind of target it is.
    fn stands(&mut self, method: PaceMethod) -> Stand {
        let (indicator, target, year) = (self.scribe.indicator, self.scribe.target, self.scribe.round.year());
        if method == PaceMethod::YearEnd {
            return Stand::NotDue(NotDueReason::YearEnd);
        }
        if target.year > year {
            return Stand::NotDue(NotDueReason::LaterYear);
        }
        let is_word = matches!(target.goal, Goal::Qualitative(_) | Goal::Milestone(..));
        // What counts from the start of the plan (累计) has no year of its own.
        let is_open = !target.undefined.is_empty() || target.undated || target.cumulative;
        if is_open || (!is_word && self.limit().is_none()) {
            return Stand::NotDue(NotDueReason::NoRule);
        }
        if let Some(state) = self.open() {
            return Stand::Open(state);
        }
        match (self.fact.value, self.scribe.fact(self.fact)) {
            (Some(Value::Presence(is_there)), Some(told)) if is_word => self.word(is_there, &told),
            (Some(Value::Number(_)), Some(told)) if !is_word && has_sides(indicator.direction) => {
                Stand::Number(told)
            }
            _ => Stand::NotDue(NotDueReason::NoRule),
        }
    }

    /// A word that is there is reached; one that is not is far behind once its day has come, and that is the end of the year where the plan names none.
    fn word(&mut self, is_there: bool, told: &Traced) -> Stand {
        let due = match self.scribe.target.goal {
            Goal::Milestone(_, due) => due,
            _ => None,
        };
        let end = last_day(self.scribe.round);
        if !is_there && due.is_none_or(|due| end.is_none_or(|end| due > end)) {
            return Stand::NotDue(NotDueReason::LaterDay);
        }
        let met = self.scribe.does("met", Operation::ReachWord, &[("actual", told)]);
        let state = self.classify(Some(&met), None);
        Stand::Word(PaceState::from_step(&state))
    }

    /// Why there is no value to look at.
    fn open(&mut self) -> Option<PaceState> {
        let fact = self.fact;
        let told = self.scribe.fact(fact);
        let (cause, args) = if let Some(doubt) = &fact.doubt {
            (OpenCause::Doubt, vec![("finding", self.scribe.ledger.finding(&doubt.finding))])
        } else if fact.status == FactStatus::Conflicting {
            (OpenCause::Conflict, told.map(|told| ("fact", told)).into_iter().collect())
        } else if fact.value.is_none() {
            (OpenCause::Missing, told.map(|told| ("fact", told)).into_iter().collect())
        } else if fact.year < self.scribe.round.year() {
            let year = |name: &str, year: i32, ledger: &mut Ledger| {
                let id = StepId::new(format!("constant/{name}.{year}"));
                ledger.leaf(id, Operation::Constant, StepValue::Number(Exact::whole(year)))
            };
            let own = year("year", fact.year, self.scribe.ledger);
            let judged = year("year", self.scribe.round.year(), self.scribe.ledger);
            (OpenCause::Lagged, vec![("fact_year", own), ("year", judged)])
        } else {
            return None;
        };
        let state = self.scribe.does("state", Operation::Open { cause }, &args);
        Some(PaceState::from_step(&state))
    }

    fn not_due(&mut self, reason: NotDueReason) -> NotDueReason {
        let id = StepId::new(format!("constant/pace.{}", reason.key()));
        let why = self.scribe.ledger.leaf(id, Operation::Constant, StepValue::word(reason.key()));
        self.scribe.does("state", Operation::Open { cause: OpenCause::NotInPeriod }, &[("why", &why)]);
        reason
    }

    /// The number of the target, how it is held, and the name of the part of the target that it is; `None` where the rule of the year has no
    /// counterpart within it.
    fn limit(&self) -> Option<(Operator, Written, &'static str)> {
        let (indicator, goal) = (self.scribe.indicator, &self.scribe.target.goal);
        let less = indicator.direction.less_is_better();
        let own = indicator.change(goal).is_none();
        match goal {
            Goal::Level(operator, value) | Goal::Coverage(operator, value) => {
                Some((*operator, value.clone(), "value"))
            }
            Goal::Growth(operator, value)
            | Goal::AverageGrowth(operator, value, _)
            | Goal::Rank(operator, value)
            | Goal::Increment(operator, value, _)
                if own =>
            {
                Some((*operator, value.clone(), "value"))
            }
            Goal::Range(_, high) if less => Some((Operator::AtMost, high.clone(), "high")),
            Goal::Range(low, _) => Some((Operator::AtLeast, low.clone(), "low")),
            _ => None,
        }
    }

    fn number(&mut self, into: &mut PaceAssessment, method: PaceMethod, actual: &Traced) {
        let Some((operator, written, part)) = self.limit() else { return };
        let target = self.scribe.limit(part, &written);
        let direction = self.scribe.direction();
        let slack = self.scribe.slack(&target, operator);
        let mut args = vec![("actual", actual), ("target", &target), ("direction", &direction)];
        args.extend(slack.as_ref().map(|slack| ("slack", slack)));
        // A sum that is to stay low is not at its end before the year is: what counts is how much of it was due.
        let is_running = method == PaceMethod::Sum && self.scribe.indicator.direction.less_is_better();
        let met = (!is_running).then(|| self.scribe.does("met", Operation::Reach { operator }, &args));
        let due = self.due(method, &target, actual);
        let args = [
            ("actual", actual),
            ("due", &due.due),
            ("base", &due.base),
            ("whole", &due.whole),
            ("direction", &direction),
        ];
        let shortfall = self.scribe.does("shortfall", Operation::PaceShortfall, &args);
        let state = self.classify(met.as_ref(), Some(&shortfall));
        into.state = PaceState::from_step(&state);
        into.due_from = Some(due.from);
        // The target itself has its own digits.
        let places = match due.from {
            DueFrom::Target => written.places(),
            _ => written.places().max(actual.number().map_or(0, digits)),
        };
        into.due = self.shown("due", &due.due, places, actual.number().into_iter().cloned().collect());
        into.share = due.share.and_then(|share| self.shown("share", &share, 1, Vec::new()));
        let pacing = &self.scribe.round.pacing;
        let limits = [Decimal::ZERO, pacing.slow, pacing.far].map(Exact::from).to_vec();
        into.shortfall = self.shown("shortfall", &shortfall, 1, limits);
    }

    fn classify(&mut self, met: Option<&Traced>, shortfall: Option<&Traced>) -> Traced {
        let (slow, far) = (self.scribe.round.pacing.slow, self.scribe.round.pacing.far);
        let (slow, far) = (self.parameter("slow", slow), self.parameter("far", far));
        let mut args = vec![("slow", &slow), ("far", &far)];
        args.extend(met.map(|met| ("met", met)));
        args.extend(shortfall.map(|shortfall| ("shortfall", shortfall)));
        self.scribe.does("state", Operation::ClassifyPace, &args)
    }

    fn parameter(&mut self, name: &str, value: Decimal) -> Traced {
        self.scribe.ledger.pace_parameter(self.scribe.round, name, value)
    }

    /// What is due, and what a shortfall is a part of.
    fn due(&mut self, method: PaceMethod, target: &Traced, actual: &Traced) -> HeldAgainst {
        let period = self.scribe.round.period;
        let interims = &self.scribe.indicator.interims;
        let interim = interims.iter().find(|one| one.period == period).cloned();
        let base = match method {
            PaceMethod::Sum => Some(self.scribe.ledger.constant(0)),
            PaceMethod::Path => self.year_before().filter(|base| self.is_ahead(target, base)),
            _ => None,
        };
        let Some(base) = base else { return self.level(target, actual, interim.as_ref()) };
        let (due, share, from) = match interim {
            Some(interim) => (self.interim(&interim), None, DueFrom::Interim),
            None => {
                let (share, from) = self.share(method);
                // A ceiling that is rounded down would be stricter than the plan.
                let is_ceiling =
                    method == PaceMethod::Sum && self.scribe.indicator.direction.less_is_better();
                let is_whole = |told: &Traced| told.number().is_some_and(|number| digits(number) == 0);
                let whole = self.scribe.indicator.is_counted && is_whole(target) && is_whole(&base);
                let operation = Operation::PaceDue { counted: whole && !is_ceiling };
                let args = [("target", target), ("base", &base), ("share", &share)];
                (self.scribe.measures("due", operation, &args), Some(share), from)
            }
        };
        let whole = match self.scribe.round.pacing.basis {
            PaceBasis::Due => due.clone(),
            PaceBasis::Target => target.clone(),
        };
        HeldAgainst { due, whole, base, share, from }
    }

    /// The target itself is due: a ratio, or a stock that is only to be kept.
    fn level(&mut self, target: &Traced, actual: &Traced, interim: Option<&InterimTarget>) -> HeldAgainst {
        let (due, from) = match interim {
            Some(interim) => (self.interim(interim), DueFrom::Interim),
            None => (target.clone(), DueFrom::Target),
        };
        // Of rates that are not positive the index numbers (100 + rate) are compared, as at the end of the year.
        let is_rate = due.number().is_some_and(|number| !number.is_positive());
        let base = self.scribe.ledger.constant(if is_rate { -100 } else { 0 });
        let less = self.scribe.indicator.direction.less_is_better();
        let whole = if less { actual.clone() } else { due.clone() };
        HeldAgainst { due, whole, base, share: None, from }
    }

    /// Whether the target lies on the better side of the value of the year before, so that there is a way to it.
    fn is_ahead(&self, target: &Traced, base: &Traced) -> bool {
        let both = target.number().zip(base.number());
        let less = self.scribe.indicator.direction.less_is_better();
        both.is_some_and(|(target, base)| if less { target < base } else { target > base })
    }

    fn interim(&mut self, interim: &InterimTarget) -> Traced {
        let (of, row) = ((self.scribe.round, self.scribe.plan), self.scribe.indicator);
        self.scribe.ledger.interim(of, row, interim)
    }

    /// How many percent of the year's way are due.
    fn share(&mut self, method: PaceMethod) -> (Traced, DueFrom) {
        let (round, plan, row) = (self.scribe.round, self.scribe.plan, self.scribe.indicator);
        if let Some((place, one)) = round.pacing.of(&plan.city, &row.no)
            && let Some(share) = one.share
        {
            let says = StepValue::Number(share.into());
            let told = self.scribe.ledger.decision(round, "pace_of", place, row.no.as_str(), says);
            return (told, DueFrom::Decided);
        }
        if let Some(told) = self.share_of_year_before(method) {
            return (told, DueFrom::YearBefore);
        }
        let reach = round.period.reach();
        let name = format!("share.{}", reach.key());
        (self.parameter(&name, round.pacing.share(reach)), DueFrom::Share)
    }

    /// What share the same part had of the year before; `None` where that is not known or says nothing.
    fn share_of_year_before(&mut self, method: PaceMethod) -> Option<Traced> {
        let row = self.scribe.indicator;
        let before = self.fact.before.clone().filter(|seen| seen.value.is_some())?;
        let whole = self.year_before()?;
        let id = ledger::of_indicator(&self.scribe.plan.city, &row.no).of("before");
        let part = crate::reconcile::observed(self.scribe.ledger, &id, &before, row);
        let start = match method {
            PaceMethod::Sum => self.scribe.ledger.constant(0),
            _ => self.value_of(self.scribe.round.year_before().checked_sub(1)?)?,
        };
        let args = [("part", &part), ("whole", &whole), ("base", &start)];
        let share = self.scribe.does("share", Operation::PaceShare, &args);
        share.value.is_something().then_some(share)
    }

    /// The value of the year before, as the plan prints it, else as it was published.
    fn year_before(&mut self) -> Option<Traced> {
        self.value_of(self.scribe.round.year_before())
    }

    fn value_of(&mut self, year: i32) -> Option<Traced> {
        let (of, row) = ((self.scribe.round, self.scribe.plan), self.scribe.indicator);
        let past: &PastValue = row.known_of(year).filter(|past| past.value.is_some())?;
        Some(match row.served_of(year) {
            Some(published) => self.scribe.ledger.published(of, row, published),
            None => self.scribe.ledger.printed(of, row, past),
        })
    }

    /// A number with so many digits, or with as many more as it takes that it does not read as one of `beside` that it is not.
    fn shown(&mut self, part: &str, told: &Traced, places: u32, beside: Vec<Exact>) -> Option<PaceNumber> {
        let exact = told.number()?.clone();
        let is_true = |places: &u32| {
            let printed = exact.rounded(*places);
            beside.iter().all(|one| printed.cmp(one) == exact.cmp(one))
        };
        let places = (places..=MOST_PLACES.max(places)).find(is_true).unwrap_or(MOST_PLACES.max(places));
        let name = format!("{part}.shown");
        let shown = self.scribe.does(&name, Operation::Round { places }, &[("x", told)]);
        Some(PaceNumber { shown: shown.value.text().unwrap_or_default().to_owned(), exact, id: shown.id })
    }
}

/// What there is to say of a target.
enum Stand {
    Open(PaceState),
    NotDue(NotDueReason),
    Word(PaceState),
    Number(Traced),
}

/// Whether one side is the better one.
fn has_sides(direction: Direction) -> bool {
    matches!(direction, Direction::Higher | Direction::Lower | Direction::Rank)
}

/// Digits behind the point, as far as people write them.
fn digits(number: &Exact) -> u32 {
    number.decimal().map_or(MOST_PLACES, |number| number.normalize().scale()).min(MOST_PLACES)
}

/// The last day of the part of the year.
fn last_day(round: &Round) -> Option<chrono::NaiveDate> {
    let (year, month) = (round.year(), round.period.reach().last_month());
    let next = match month {
        12 => chrono::NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1),
        month => chrono::NaiveDate::from_ymd_opt(year, month.checked_add(1)?, 1),
    };
    next?.pred_opt()
}

#[cfg(test)]
mod tests;
