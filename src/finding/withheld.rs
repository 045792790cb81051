//! What is withheld from publication, and what for.

use super::Language;

/// What a round withholds while matters are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    /// The city's place.
    Place,
    /// Its chapter and its own report, and its place.
    Chapter,
    /// The places of all cities.
    Ranking,
    /// All of the report.
    Report,
}

impl Withheld {
    /// All, from the least.
    pub const ALL: [Self; 4] = [Self::Place, Self::Chapter, Self::Ranking, Self::Report];

    /// The word in `round.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Chapter => "chapter",
            Self::Ranking => "ranking",
            Self::Report => "report",
        }
    }

    /// In a language.
    pub fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Place, Language::Chinese) => "该地名次",
            (Self::Chapter, Language::Chinese) => "该地的章节、分册和名次",
            (Self::Ranking, Language::Chinese) => "本轮全部名次",
            (Self::Report, Language::Chinese) => "整份报告",
            (Self::Place, Language::English) => "its place",
            (Self::Chapter, Language::English) => "its chapter, its own report and its place",
            (Self::Ranking, Language::English) => "all places of the round",
            (Self::Report, Language::English) => "the whole report",
        }
    }
}

/// What is open of a city and withholds something: findings that are neither waived nor explained by their units, and rules of severity error that could not be decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenMatters {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Outcomes that could not be decided.
    pub undecided: usize,
}

impl OpenMatters {
    /// `错误3项、警告2项`.
    pub fn words(self, language: Language) -> String {
        let Self { errors, warnings, undecided } = self;
        let parts = match language {
            Language::Chinese => [
                (errors, format!("错误{errors}项")),
                (warnings, format!("警告{warnings}项")),
                (undecided, format!("不能判断的{undecided}项")),
            ],
            Language::English => [
                (errors, format!("{errors} errors")),
                (warnings, format!("{warnings} warnings")),
                (undecided, format!("{undecided} undecided outcomes")),
            ],
        };
        let parts: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        parts.join(if language == Language::Chinese { "、" } else { ", " })
    }
}
