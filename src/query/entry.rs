//! What somebody enters of a query by hand: who, why, of which query; what holds for a decision holds for an answer that came by telephone or letter.

use super::QueryEntry;
use crate::error::{QueryRefusal, RunError};
use crate::plan::{Query, QueryEvent, QueryRegister};

impl QueryEntry {
    /// Holds that somebody is named, and a reason.
    ///
    /// # Errors
    /// Fails when one of them is not.
    pub(super) fn is_vouched_for(&self) -> Result<(), RunError> {
        if self.by.trim().is_empty() {
            return Err(self.refused(QueryRefusal::Nobody));
        }
        if self.reason.trim().is_empty() {
            return Err(self.refused(QueryRefusal::NoReason));
        }
        Ok(())
    }

    pub(super) fn refused(&self, why: QueryRefusal) -> RunError {
        RunError::Queries { path: self.round.clone(), why }
    }

    /// That there is no such query.
    pub(super) fn unknown(&self) -> RunError {
        let (number, item) = (self.key.number.to_string(), self.key.item);
        self.refused(QueryRefusal::NoSuchQuery { number, item })
    }

    /// That a query is not at the point for it.
    pub(super) fn untimely(&self, query: &Query) -> RunError {
        let (state, wanted) = (query.state.chinese(), self.kind.chinese());
        self.refused(QueryRefusal::NotAtThatPoint { state, wanted })
    }

    /// The query in its register.
    ///
    /// # Errors
    /// Fails when there is no such query.
    pub(super) fn find(&self, register: &QueryRegister) -> Result<Query, RunError> {
        register.queries().into_iter().find(|query| query.asked.key == self.key).ok_or_else(|| self.unknown())
    }

    /// The event, of what an earlier one says of its query and its workbook.
    pub(super) fn event(&self, earlier: QueryEvent) -> QueryEvent {
        QueryEvent {
            on: self.on,
            kind: self.kind,
            by: self.by.trim().to_owned(),
            content: String::new(),
            reason: self.reason.trim().to_owned(),
            evidence: String::new(),
            ..earlier
        }
    }
}
