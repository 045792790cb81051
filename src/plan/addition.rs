//! Targets as they read beside their indicator: what is to be added to a level is an addition, and nothing new.

use super::{Change, Goal, Indicator};

impl Indicator {
    /// A target of the indicator with its unit: what is to be added to a level is an addition, and nothing new.
    pub fn goal_in_unit(&self, goal: &Goal) -> String {
        self.addition(goal).unwrap_or_else(|| goal.in_unit(&self.unit))
    }

    /// The same where the unit stands beside it.
    pub fn goal_beside(&self, goal: &Goal) -> String {
        self.addition(goal).unwrap_or_else(|| goal.beside_unit(&self.unit))
    }

    /// `增加1岁`, of what is to be added to a level that is no share.
    fn addition(&self, goal: &Goal) -> Option<String> {
        let Goal::Increment(operator, value, _) = goal else { return None };
        let is_added = self.change(goal) == Some(Change::Increment) && !self.unit.is_share();
        is_added.then(|| format!("增加{}", operator.with(&format!("{}{}", value.text, self.unit.text()))))
    }
}
