//! Two looks at the findings of a round: what was resolved since the first (已消除), what is new (新增).
//!
//! A finding is the same one when it has the same code and is about the same unit and the same indicator or task, wherever it stands now: a workbook that is sent anew has another name.

mod compared;
mod output;

pub use compared::compared;
pub use output::{PublishedLook, read};

use serde::Deserialize;

use crate::finding::{Finding, Language, Severity};

/// A finding as it was seen at one look.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SeenFinding {
    /// Its code.
    pub code: String,
    /// What happens to the number, waived or not.
    pub severity: Severity,
    /// The folder of the city.
    pub city: String,
    /// The units, as tables print them.
    pub unit: String,
    /// The object: `9`, `任务3.4`, or nothing.
    pub indicator: String,
    /// Where it is: `file[sheet]!cell`.
    pub at: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// The waiver that covers it.
    pub waived: Option<String>,
    /// The finding that it follows from; it is then told with that one.
    pub cause: Option<String>,
}

impl SeenFinding {
    /// A finding as it is seen now.
    pub fn of(finding: &Finding) -> Self {
        Self {
            code: finding.problem.code().to_owned(),
            severity: finding.problem.severity(),
            city: finding.subject.city.to_string(),
            unit: finding.unit_words(),
            indicator: finding.subject.object.to_string(),
            at: finding.at.to_string(),
            message: finding.message(Language::Chinese),
            message_en: finding.message(Language::English),
            waived: finding.waived.as_ref().map(ToString::to_string),
            cause: finding.cause.as_ref().map(ToString::to_string),
        }
    }

    /// What is wrong, in a language.
    pub fn message(&self, language: Language) -> &str {
        language.of(&self.message, &self.message_en)
    }
}

/// What is otherwise at the second look. Findings that follow from others are told with these, and what is waived is not open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// Those that were open and are gone.
    pub resolved: Vec<&'a SeenFinding>,
    /// Those that were open and are waived now, as they are seen now.
    pub waived: Vec<&'a SeenFinding>,
    /// Those that are open now and were not.
    pub new: Vec<&'a SeenFinding>,
}

impl Changes<'_> {
    /// Whether nothing is otherwise.
    pub fn is_empty(&self) -> bool {
        self.resolved.is_empty() && self.waived.is_empty() && self.new.is_empty()
    }
}
