//! How much of a plan is held: a round holds thousands of them at once.

use super::{Indicator, Plan, Task};

impl Plan {
    /// The plan without room for more.
    #[must_use]
    pub fn without_room(mut self) -> Self {
        for row in self.indicators.iter_mut() {
            row.targets.shrink_to_fit();
            row.past.shrink_to_fit();
            row.published.shrink_to_fit();
            row.interims.shrink_to_fit();
            row.quotas.shrink_to_fit();
            row.reporters.shrink_to_fit();
        }
        self.indicators.shrink_to_fit();
        self.repeats.shrink_to_fit();
        self.tasks.shrink_to_fit();
        self.aliases.shrink_to_fit();
        self
    }

    /// The names of a plan that has done its part: of itself, its rows and its tasks, by which findings are told. What it asks for is gone.
    #[must_use]
    pub fn names_alone(mut self) -> Self {
        self.indicators.iter_mut().for_each(Indicator::keep_names);
        self.tasks.iter_mut().for_each(Task::keep_names);
        self.repeats = Vec::new();
        self.aliases = Vec::new();
        self.deadlines = Vec::new();
        self.groups = Vec::new();
        self
    }
}

impl Indicator {
    fn keep_names(&mut self) {
        self.targets = Vec::new();
        self.past = Vec::new();
        self.published = Vec::new();
        self.interims = Vec::new();
        self.quotas = Vec::new();
        self.running = Vec::new();
        self.aliases = Vec::new();
        self.reporters = Vec::new();
        self.leads = Vec::new();
        self.responsible = Vec::new();
        self.group = String::new();
        self.dimension = String::new();
        self.definition = String::new();
        self.definition_line = String::new();
        self.line = String::new();
    }
}

impl Task {
    fn keep_names(&mut self) {
        self.group = String::new();
        self.text = String::new();
        self.lead = Vec::new();
        self.responsible = Vec::new();
        self.line = String::new();
    }
}
