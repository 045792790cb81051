//! What plans, the catalogue and rounds call things in English. Where none is declared a thing keeps its Chinese name: none is invented.

use std::collections::BTreeMap;

use super::fault::FileFault;
use crate::ident::{IndicatorNo, TaskNo, UnitName};

/// The English names of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnglishNames {
    /// Of the city.
    pub place: Option<String>,
    /// Of rows and of targets in prose: the plan's own, else the catalogue's.
    pub rows: BTreeMap<IndicatorNo, String>,
    /// Of the units that report, lead or share.
    pub units: BTreeMap<UnitName, String>,
    /// Of tasks.
    pub tasks: BTreeMap<TaskNo, String>,
}

/// An English name that is one.
pub(super) fn checked(name: Option<String>) -> Result<Option<String>, FileFault> {
    match name {
        Some(name) if name.trim().is_empty() => Err(FileFault::EmptyEnglish),
        name => Ok(name),
    }
}
