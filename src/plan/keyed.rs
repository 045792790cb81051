//! By what the entries of a plan are found.

use super::{Indicator, Plan, Task};
use crate::ident::{CityId, IndicatorNo, TaskNo};
use crate::indexed::Keyed;

impl Keyed for Indicator {
    type Key = IndicatorNo;

    fn key(&self) -> &IndicatorNo {
        &self.no
    }
}

impl Keyed for Plan {
    type Key = CityId;

    fn key(&self) -> &CityId {
        &self.city
    }
}

impl Keyed for Task {
    type Key = TaskNo;

    fn key(&self) -> &TaskNo {
        &self.no
    }
}
