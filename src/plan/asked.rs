//! `[[decision_asked]]`: what the bureau itself puts to its leaders in the brief, in its own words. The facts beside it stay those of the rule.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

use super::choices::indicator_or_none;
use super::fault::FileFault;
use super::sections::{day, some_day};
use super::words::word;
use crate::finding::Language;
use crate::ident::{CityId, IndicatorNo};

/// Kinds of questions, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuestionKind {
    /// 定口径.
    Measure,
    /// 定督办.
    Supervision,
    /// 定目标: keep a target or change it.
    Target,
    /// 定目标: no lower than before.
    Floors,
    /// 定认定.
    Acknowledgement,
}

impl QuestionKind {
    const ALL: [Self; 5] =
        [Self::Measure, Self::Supervision, Self::Target, Self::Floors, Self::Acknowledgement];

    /// The word in tables and in `round.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Supervision => "supervision",
            Self::Target => "target",
            Self::Floors => "floors",
            Self::Acknowledgement => "acknowledgement",
        }
    }

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::Measure => "which measure counts",
            Self::Supervision => "supervision",
            Self::Target => "keep or change a target",
            Self::Floors => "targets of the next year",
            Self::Acknowledgement => "tasks reported as done",
        };
        language.of(self.chinese(), english)
    }

    /// The word in the report.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Measure => "定口径",
            Self::Supervision => "定督办",
            Self::Target | Self::Floors => "定目标",
            Self::Acknowledgement => "定认定",
        }
    }

    /// Whether a question of it is about single targets, by which it is told from others of its kind.
    pub(super) fn is_of_a_target(self) -> bool {
        matches!(self, Self::Supervision | Self::Target)
    }
}

/// A question that the bureau chose, and what of it is told in its words instead of those of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionAsked {
    /// City.
    pub city: CityId,
    /// Of which kind.
    #[serde(deserialize_with = "kind")]
    pub kind: QuestionKind,
    /// A target that it is about; `None` for kinds of which a city has one question.
    #[serde(default, deserialize_with = "indicator_or_none")]
    pub target: Option<IndicatorNo>,
    /// The question; empty for that of the rule.
    #[serde(default)]
    pub question: String,
    /// The same in English; where it is left out the question is quoted as it is.
    #[serde(default)]
    pub question_en: String,
    /// Who answers for it; empty for whom the plan names.
    #[serde(default)]
    pub owner: String,
    /// The same in English.
    #[serde(default)]
    pub owner_en: String,
    /// By when; `None` for the day of the round.
    #[serde(default, deserialize_with = "some_day")]
    pub due: Option<NaiveDate>,
    /// What can be chosen; empty for the choices of the kind.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The same in English, one for each.
    #[serde(default)]
    pub choices_en: Vec<String>,
    /// Why it is asked.
    pub reason: String,
    /// Who decided to ask it.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
    /// The document that it rests on; empty where none is named.
    #[serde(default)]
    pub basis: String,
}

/// A brief has room for so many questions.
pub const MOST_QUESTIONS: usize = 3;
/// Characters of a question, of who answers for it and of a choice: what two pages have room for.
const LONGEST: [(&str, usize); 3] = [("question", 60), ("owner", 30), ("choices", 40)];
/// Letters of any of them in English.
const LONGEST_ENGLISH: usize = 120;
/// What can be chosen of: a question with one choice is none.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=4;

impl DecisionAsked {
    /// What makes no sense in it.
    pub(super) fn fault(&self) -> Option<FileFault> {
        if self.kind.is_of_a_target() && self.target.is_none() {
            return Some(FileFault::Empty("target"));
        }
        if !self.choices.is_empty() && !CHOICES.contains(&self.choices.len()) {
            return Some(FileFault::OddChoices(self.choices.len()));
        }
        if self.choices.iter().any(|choice| choice.trim().is_empty()) {
            return Some(FileFault::Empty("choices"));
        }
        if !self.choices_en.is_empty() && self.choices_en.len() != self.choices.len() {
            return Some(FileFault::OddChoices(self.choices_en.len()));
        }
        let english = self.choices_en.iter().chain([&self.question_en, &self.owner_en]);
        if english.clone().any(|text| text.chars().count() > LONGEST_ENGLISH) {
            return Some(FileFault::LongText(
                "question_en, owner_en, choices_en".to_owned(),
                LONGEST_ENGLISH,
            ));
        }
        let texts = [&self.question, &self.owner].into_iter();
        let longest = self.choices.iter().max_by_key(|choice| choice.chars().count());
        let long = LONGEST.into_iter().zip(texts.chain(longest));
        let long = long.filter(|((_, most), text)| text.chars().count() > *most);
        long.map(|((key, most), _)| FileFault::LongText(key.to_owned(), most)).next()
    }
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<QuestionKind, D::Error> {
    let kinds = QuestionKind::ALL.map(|kind| (kind.key(), kind));
    word("kind", &String::deserialize(deserializer)?, &kinds).map_err(serde::de::Error::custom)
}
