//! `queries.csv` beside a plan: the register of what units were asked about their workbooks, what they answered and what was decided. The `query`
//! commands alone write it, and only add to it; how a query stands is folded out of its events and written nowhere.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::chained::{self, ChainedLine};
use super::fault::{FileFault, told};
use super::query_event::{QUERY_HEADS, QueryEvent, QueryEventKind, QueryKey};
use crate::error::RunError;
use crate::ident::UnitName;
use crate::inputs::Inputs;
use crate::period::Period;

/// The name of the register.
pub const QUERIES: &str = "queries.csv";

/// How a query stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryState {
    /// 待答复: asked, and not answered.
    Waiting,
    /// 待复核: the unit corrected its value, which is not yet looked at.
    Corrected,
    /// 待采纳: the unit stands by its value, and the office has not decided.
    Confirmed,
    /// 不采纳: the office did not accept that; it is to be asked once more.
    Rejected,
    /// 再查询: it was asked once more.
    AskedAgain,
    /// 关闭（仍缺报）: the unit has no value.
    Missing,
    /// 关闭（已更正）: what was asked about is gone.
    Settled,
    /// 关闭（已说明）: the unit explained a warning.
    Explained,
    /// 采纳: the office accepted what the unit confirmed.
    Accepted,
    /// 撤回: the office took it back.
    Withdrawn,
}

impl QueryState {
    /// The word for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Waiting => "待答复",
            Self::Corrected => "待复核",
            Self::Confirmed => "待采纳",
            Self::Rejected => "不采纳",
            Self::AskedAgain => "再查询",
            Self::Missing => "关闭（仍缺报）",
            Self::Settled => "关闭（已更正）",
            Self::Explained => "关闭（已说明）",
            Self::Accepted => "采纳",
            Self::Withdrawn => "撤回",
        }
    }

    /// The word in English, also in tables.
    pub fn english(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Corrected => "corrected",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::AskedAgain => "asked again",
            Self::Missing => "missing",
            Self::Settled => "settled",
            Self::Explained => "explained",
            Self::Accepted => "accepted",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Corrected | Self::Confirmed | Self::Rejected)
    }

    /// Whether the same question, about the very same text, is not asked once more.
    pub fn rests(self) -> bool {
        !matches!(self, Self::Rejected | Self::AskedAgain | Self::Settled)
    }
}

/// A query with all that became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The question: where, what, in which file.
    pub asked: QueryEvent,
    /// How it stands.
    pub state: QueryState,
    /// The last answer of the unit.
    pub answer: Option<QueryEvent>,
    /// The last event that closed, accepted, rejected or withdrew it.
    pub decision: Option<QueryEvent>,
}

impl Query {
    /// The unit that was asked.
    pub fn unit(&self) -> &UnitName {
        &self.asked.key.number.unit
    }

    /// Whether it is about the same: unit, code, object and the text of the cell.
    pub fn is_about(&self, unit: &UnitName, code: &str, object: &str, was: &str) -> bool {
        let QueryEvent { code: own_code, object: own_object, was: own_was, .. } = &self.asked;
        self.unit() == unit && own_code == code && own_object == object && own_was == was.trim()
    }

    /// 逾期未答: whether no answer has come although the day is over. The day itself is in time.
    pub fn is_overdue(&self, answer_by: NaiveDate, as_of: NaiveDate) -> bool {
        self.state == QueryState::Waiting && as_of > answer_by
    }

    fn took(&mut self, event: QueryEvent) {
        use QueryEventKind as Kind;
        let answered = self.answer.as_ref().map(|answer| answer.kind);
        self.state = match event.kind {
            Kind::Corrected => QueryState::Corrected,
            Kind::Confirmed => QueryState::Confirmed,
            Kind::CannotProvide => QueryState::Missing,
            Kind::Closed if answered == Some(Kind::Confirmed) => QueryState::Explained,
            Kind::Closed if answered == Some(Kind::CannotProvide) => QueryState::Missing,
            Kind::Closed => QueryState::Settled,
            Kind::Accepted => QueryState::Accepted,
            Kind::Rejected => QueryState::Rejected,
            Kind::Withdrawn => QueryState::Withdrawn,
            Kind::Sent | Kind::AskedAgain | Kind::ChangedElsewhere | Kind::Correction => self.state,
        };
        match event.kind {
            Kind::Corrected | Kind::Confirmed | Kind::CannotProvide => self.answer = Some(event),
            Kind::Closed | Kind::Accepted | Kind::Rejected | Kind::Withdrawn => self.decision = Some(event),
            Kind::Sent | Kind::AskedAgain | Kind::ChangedElsewhere | Kind::Correction => {}
        }
    }
}

/// The register as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryRegister {
    /// Its events, the oldest first.
    events: Vec<QueryEvent>,
}

impl QueryRegister {
    /// The events, the oldest first.
    pub fn events(&self) -> &[QueryEvent] {
        &self.events
    }

    /// The register as it was at the end of a day.
    pub fn until(&self, day: NaiveDate) -> Self {
        Self { events: self.events.iter().filter(|event| event.on <= day).cloned().collect() }
    }

    /// Adds an event behind the others.
    pub fn add(&mut self, event: QueryEvent) {
        self.events.push(event);
    }

    /// Every query with its state, in the order in which they were asked.
    pub fn queries(&self) -> Vec<Query> {
        let mut queries: Vec<Query> = Vec::new();
        let mut places: BTreeMap<&QueryKey, usize> = BTreeMap::new();
        for event in &self.events {
            if event.kind.is_question() {
                let earlier = event.previous().and_then(|key| places.get(&key).copied());
                if let Some(earlier) = earlier.and_then(|at| queries.get_mut(at)) {
                    earlier.state = QueryState::AskedAgain;
                }
                places.insert(&event.key, queries.len());
                let asked = event.clone();
                queries.push(Query { asked, state: QueryState::Waiting, answer: None, decision: None });
            } else if let Some(query) = places.get(&event.key).and_then(|at| queries.get_mut(*at)) {
                query.took(event.clone());
            }
        }
        queries
    }

    /// The line of an event in the file as it is written; fields hold no line breaks.
    pub fn line_of(&self, event: &QueryEvent) -> Option<usize> {
        // Behind the headings, from one.
        self.events.iter().position(|one| one == event).and_then(|at| at.checked_add(2))
    }

    /// How many query workbooks were sent to a unit for a period.
    pub fn sent_to(&self, unit: &UnitName, period: Period) -> u32 {
        let numbers = self.events.iter().map(|event| &event.key.number);
        let own = numbers.filter(|number| number.unit == *unit && number.period == period);
        own.map(|number| number.place).max().unwrap_or(0)
    }

    /// The file that holds it.
    ///
    /// # Errors
    /// Fails when a line cannot be written, which would be a fault of the program.
    pub fn written(&self) -> Result<Vec<u8>, RunError> {
        chained::written(QUERIES, &QUERY_HEADS, self.events.iter().map(QueryEvent::fields))
    }
}

/// Reads the register; one that is not there is empty.
///
/// # Errors
/// Fails when it cannot be read, and with every line that was changed, does not follow the one before, or tells no event.
pub fn read_queries(inputs: &Inputs, path: &Path) -> Result<QueryRegister, RunError> {
    if !inputs.is_there(path)? {
        return Ok(QueryRegister::default());
    }
    let text = super::wording::read(inputs, path)?;
    parse(&text).map_err(|faults| RunError::Faults { path: path.to_owned(), faults: told(faults) })
}

fn parse(text: &str) -> Result<QueryRegister, Vec<(usize, FileFault)>> {
    let (mut register, mut faults) = (QueryRegister::default(), Vec::new());
    let mut asked: std::collections::BTreeSet<QueryKey> = std::collections::BTreeSet::new();
    for (line, event) in chained::parse(text, &QUERY_HEADS)?.into_iter().map(event) {
        match event.and_then(|event| fits(&mut asked, &event).map(|()| event)) {
            Ok(event) => register.add(event),
            Err(why) => faults.push((line, FileFault::OddEvent(why))),
        }
    }
    if faults.is_empty() { Ok(register) } else { Err(faults) }
}

fn event((line, fields): ChainedLine) -> (usize, Result<QueryEvent, &'static str>) {
    (line, QueryEvent::read(fields))
}

/// A query is asked once, and nothing becomes of one that was not asked.
fn fits(asked: &mut std::collections::BTreeSet<QueryKey>, event: &QueryEvent) -> Result<(), &'static str> {
    let is_whole = event.key.item == 0;
    match event.kind {
        _ if is_whole
            && matches!(event.kind, QueryEventKind::ChangedElsewhere | QueryEventKind::Correction) =>
        {
            Ok(())
        }
        kind if kind.is_question() => {
            let is_new = !is_whole && asked.insert(event.key.clone());
            if is_new { Ok(()) } else { Err("这一条已经发出过") }
        }
        _ if asked.contains(&event.key) => Ok(()),
        _ => Err("这一条没有发出过"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::query_number::QueryNumber;

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 22).unwrap();

    fn event(item: u32, kind: QueryEventKind, was: &str) -> QueryEvent {
        QueryEvent {
            on: DAY,
            key: QueryKey {
                number: QueryNumber::parse("湘潭市-2023-annual-市科技局-1").unwrap(), item
            },
            kind,
            by: "甲".to_owned(),
            content: "单元格为空，未填报".to_owned(),
            reason: String::new(),
            evidence: String::new(),
            code: "V401".to_owned(),
            object: "9".to_owned(),
            sheet: "指标".to_owned(),
            cell: "E7".to_owned(),
            was: was.to_owned(),
            now: String::new(),
            file: "市科技局_年报_v2.xlsx".to_owned(),
            sm3: "0".repeat(64),
        }
    }

    fn states(kinds: &[QueryEventKind]) -> Vec<QueryState> {
        let mut register = QueryRegister::default();
        kinds.iter().for_each(|kind| register.add(event(1, *kind, "1.10")));
        let text = String::from_utf8(register.written().unwrap()).unwrap();
        assert_eq!(parse(&text).unwrap(), register);
        register.queries().iter().map(|query| query.state).collect()
    }

    #[test]
    fn states_follow_from_events() {
        use QueryEventKind::{
            Accepted, CannotProvide, Closed, Confirmed, Corrected, Correction, Rejected, Sent, Withdrawn,
        };
        for (kinds, state) in [
            (vec![Sent], QueryState::Waiting),
            (vec![Sent, Correction], QueryState::Waiting),
            (vec![Sent, Corrected], QueryState::Corrected),
            (vec![Sent, Corrected, Closed], QueryState::Settled),
            (vec![Sent, Closed], QueryState::Settled),
            (vec![Sent, Confirmed], QueryState::Confirmed),
            (vec![Sent, Confirmed, Closed], QueryState::Explained),
            (vec![Sent, Confirmed, Accepted], QueryState::Accepted),
            (vec![Sent, Confirmed, Rejected], QueryState::Rejected),
            (vec![Sent, CannotProvide], QueryState::Missing),
            (vec![Sent, CannotProvide, Closed], QueryState::Missing),
            (vec![Sent, Withdrawn], QueryState::Withdrawn),
        ] {
            assert_eq!(states(&kinds), [state], "{kinds:?}");
        }
    }

    #[test]
    fn what_is_asked_once_more_leads_back_to_the_first() {
        let mut register = QueryRegister::default();
        register.add(event(1, QueryEventKind::Sent, "7"));
        register.add(event(1, QueryEventKind::Confirmed, "7"));
        register.add(event(1, QueryEventKind::Rejected, "7"));
        let first = register.queries().remove(0);
        assert!(first.state.is_open() && !first.state.rests());
        let reason = first.asked.key.as_previous();
        register.add(QueryEvent { reason, ..event(2, QueryEventKind::AskedAgain, "7") });
        let states: Vec<QueryState> = register.queries().iter().map(|query| query.state).collect();
        assert_eq!(states, [QueryState::AskedAgain, QueryState::Waiting]);
    }

    #[test]
    fn the_last_day_for_an_answer_is_in_time() {
        let mut register = QueryRegister::default();
        register.add(event(1, QueryEventKind::Sent, "7"));
        let query = register.queries().remove(0);
        assert!(!query.is_overdue(DAY, DAY) && query.is_overdue(DAY, DAY.succ_opt().unwrap()));
        register.add(event(1, QueryEventKind::Corrected, "7"));
        assert!(!register.queries()[0].is_overdue(DAY, DAY.succ_opt().unwrap()));
    }

    #[test]
    fn what_becomes_of_nothing_is_told() {
        for events in [
            vec![event(1, QueryEventKind::Corrected, "")],
            vec![event(1, QueryEventKind::Sent, ""), event(1, QueryEventKind::Sent, "")],
            vec![event(0, QueryEventKind::Sent, "")],
            vec![event(0, QueryEventKind::ChangedElsewhere, ""), event(2, QueryEventKind::Closed, "")],
        ] {
            let mut register = QueryRegister::default();
            events.iter().for_each(|event| register.add(event.clone()));
            let text = String::from_utf8(register.written().unwrap()).unwrap();
            let told = parse(&text).unwrap_err();
            assert_eq!((told.len(), told[0].0), (1, events.len() + 1), "{told:?}");
        }
    }
}
