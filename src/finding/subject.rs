//! Whom and what a finding concerns.

use crate::ident::{CityId, IndicatorNo, TaskNo, UnitName};

/// Whom and what a finding concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The city.
    pub city: CityId,
    /// The units (填报单位), in the plan's order; empty when none is concerned.
    pub units: Vec<UnitName>,
    /// What of the plan.
    pub object: Object,
}

/// What of a plan a finding or a waiver is about. Tasks are told from indicators, which may have the same number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// Nothing by itself: a workbook, a table, a unit as a whole.
    Whole,
    /// An indicator.
    Indicator(IndicatorNo),
    /// A task.
    Task(TaskNo),
}

/// What stands before the number of a task where it is printed or written.
const TASK: &str = "任务";

impl Object {
    /// Reads `3` or `任务3.4`, as [`Object`] is printed; an empty text is the whole.
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix(TASK) {
            Some(no) => Self::Task(no.into()),
            None if text.is_empty() => Self::Whole,
            None => Self::Indicator(text.into()),
        }
    }

    /// The number of the indicator, if it is one.
    pub fn indicator(&self) -> Option<&IndicatorNo> {
        match self {
            Self::Indicator(no) => Some(no),
            Self::Whole | Self::Task(_) => None,
        }
    }

    /// The number of the task, if it is one.
    pub fn task(&self) -> Option<&TaskNo> {
        match self {
            Self::Task(no) => Some(no),
            Self::Whole | Self::Indicator(_) => None,
        }
    }
}

impl std::fmt::Display for Object {
    /// Writes `3`, `任务3.4`, or nothing for the whole.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Indicator(no) => f.write_str(no.as_str()),
            Self::Task(no) => write!(f, "{TASK}{no}"),
        }
    }
}

impl From<&IndicatorNo> for Object {
    fn from(no: &IndicatorNo) -> Self {
        Self::Indicator(no.clone())
    }
}

impl From<&TaskNo> for Object {
    fn from(no: &TaskNo) -> Self {
        Self::Task(no.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_read_as_they_are_printed_and_tasks_are_no_indicators() {
        for (text, object) in [
            ("", Object::Whole),
            ("3", Object::Indicator("3".into())),
            ("特2", Object::Indicator("特2".into())),
            ("任务3", Object::Task("3".into())),
        ] {
            assert_eq!((Object::parse(text), object.to_string()), (object, text.to_owned()));
        }
    }
}
