//! Every kind of finding, by what it is about. The letter of the code names the stage: `P` plan, `R` reading, `L` layout,
//! `N` normalising, `V` review, `C` reconciliation, `S` assessment. Codes are never reused.

use super::completeness::CompletenessProblem;
use super::numbers::NumberProblem;
use super::plan::PlanProblem;
use super::plausibility::PlausibilityProblem;
use super::reading::ReadingProblem;
use super::returns::ReturnProblem;
use super::sources::SourceProblem;
use super::tables::TableProblem;
use super::verdicts::VerdictProblem;
use super::{Language, Severity};

/// Makes the enum of what findings are about, which asks the tables of kinds.
macro_rules! problems {
    ($($(#[$about:meta])* $matter:ident: $of:ident),* $(,)?) => {
        /// What was noticed.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Problem { $( $(#[$about])* $matter($of), )* }

        impl Problem {
            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$matter(problem) => problem.code(), )* }
            }

            /// What happens to the number.
            pub fn severity(&self) -> Severity {
                match self { $( Self::$matter(problem) => problem.severity(), )* }
            }

            /// Short name of the rule that was broken, in Chinese.
            pub fn rule(&self) -> &'static str {
                match self { $( Self::$matter(problem) => problem.rule(), )* }
            }

            /// What is wrong, the value quoted.
            pub fn message(&self, language: Language) -> String {
                match self { $( Self::$matter(problem) => problem.message(language), )* }
            }

            /// What to do about it.
            pub fn remedy(&self, language: Language) -> String {
                match self { $( Self::$matter(problem) => problem.remedy(language), )* }
            }
        }

        $(
            impl From<$of> for Problem {
                fn from(problem: $of) -> Self {
                    Self::$matter(problem)
                }
            }
        )*

        /// All codes, in the order of the stages.
        pub fn codes() -> Vec<&'static str> {
            let mut codes = [$( $of::CODES, )*].concat();
            codes.sort_by_key(|code| (code.get(..1).and_then(|stage| STAGES.find(stage)), *code));
            codes.dedup();
            codes
        }
    };
}

/// The letters of the stages, in their order.
const STAGES: &str = "PRLNVCS";

problems! {
    /// What a plan says against itself, and what it leaves open.
    Plan: PlanProblem,
    /// What keeps a file, a sheet or a cell from being read.
    Reading: ReadingProblem,
    /// What is wrong with a workbook as it was sent: who sent it, when, for which period, in which order.
    Return: ReturnProblem,
    /// What is not certain in a table: its rows, columns, headings, units and years.
    Table: TableProblem,
    /// What a cell holds in the place of a plain number.
    Number: NumberProblem,
    /// What is missing, late, or without evidence.
    Completeness: CompletenessProblem,
    /// What a value cannot or can hardly be.
    Plausibility: PlausibilityProblem,
    /// What several workbooks, units or figures say differently of one matter.
    Source: SourceProblem,
    /// What should be known beside a verdict.
    Verdict: VerdictProblem,
}
