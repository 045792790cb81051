//! What a report calls the units that it compares, and their plans: by the plans' own words.

use super::say::{plural, say};
use super::verdict::{Counts, noun};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::Level;
use crate::plan::Origin;
use crate::plan::Plan;
use crate::words::{PlaceWords, names_leads, table_rows};

/// Words for all units of a round and their plans together.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    /// The units.
    pub(super) places: PlaceWords,
    /// What rates and scores are of: 城市; of a single unit its name.
    pub(super) whole: String,
    /// The units that answer for a target where the plans name none: 办公室.
    pub(super) office: String,
    /// The units that answer for targets in prose: 牵头单位, or 牵头单位、责任部门 where plans call them by several words.
    pub(super) leads: String,
    /// 方案, or 方案、规划 for plans of several kinds.
    pub(super) document: String,
    /// 附表; empty where no plan has a table.
    pub(super) table: String,
    /// What it holds: 附表指标.
    pub(super) rows: String,
    /// Whether its name says that it holds indicators.
    pub(super) names_indicators: bool,
    /// Whether targets of later years are judged by schedules.
    pub(super) has_schedules: bool,
    /// 完成率, or 达标率 where targets of later years are judged by schedules: who is on schedule has completed nothing yet.
    pub(super) rate: &'static str,
    /// 完成, or 达标 for what is reached and what is on schedule together.
    pub(super) reached: &'static str,
    /// 未达目标, or 未达标.
    pub(super) short: &'static str,
    /// 建设 where all plans belong to a programme: 建设方案.
    pub(super) building: &'static str,
}

fn has_table(city: &CityEvaluation) -> bool {
    city.score.basis == Origin::Table
}

/// What offices of several names are called together.
const COLLECTORS: &str = "汇总单位";

impl Terms {
    /// In English the parts of plans have the words that are theirs everywhere, not those of each plan.
    pub(super) fn of(cities: &[CityEvaluation], language: Language) -> Self {
        let words = Self::in_chinese(cities);
        if language == Language::Chinese {
            return words;
        }
        Self {
            rate: if words.has_schedules { "share on target" } else { "share met" },
            reached: if words.has_schedules { "on target" } else { "met" },
            short: if words.has_schedules { "not on target" } else { "not met" },
            document: plural(cities.len(), "plan", "plans").to_owned(),
            table: if words.table.is_empty() { "" } else { "table" }.to_owned(),
            ..words
        }
    }

    fn in_chinese(cities: &[CityEvaluation]) -> Self {
        let plans = || cities.iter().map(|city| &city.plan);
        let joined = |word: fn(&CityEvaluation) -> Option<String>| {
            let mut words: Vec<String> = Vec::new();
            for word in cities.iter().filter_map(word) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            words.join("、")
        };
        let places = PlaceWords::of(plans().map(|plan| (plan.level, plan.name.as_str())));
        let whole = match cities {
            [only] => only.plan.name.clone(),
            _ => places.noun.to_owned(),
        };
        let has_schedules = cities.iter().any(|city| Counts::of(&city.score).scheduled() > 0);
        let mut offices = plans().map(|plan| plan.called.office.as_str());
        let first = offices.next().unwrap_or(COLLECTORS);
        let office = if offices.all(|office| office == first) { first } else { COLLECTORS }.to_owned();
        Self {
            places,
            whole,
            office,
            leads: joined(|city| names_leads(&city.plan).then(|| city.plan.called.leads.clone())),
            document: joined(|city| Some(city.plan.called.document.clone())),
            table: joined(|city| has_table(city).then(|| city.plan.called.table.clone())),
            rows: joined(|city| has_table(city).then(|| table_rows(&city.plan.called))),
            names_indicators: cities
                .iter()
                .filter(|city| has_table(city))
                .any(|city| city.plan.called.names_indicators()),
            has_schedules,
            rate: if has_schedules { "达标率" } else { "完成率" },
            reached: if has_schedules { "达标" } else { "完成" },
            short: if has_schedules { "未达标" } else { "未达目标" },
            building: if plans().all(|plan| plan.called.theme.is_some()) { "建设" } else { "" },
        }
    }

    /// What judged targets are called at the head of a column: 正文目标 where no plan has a table.
    pub(super) fn row_head(&self) -> &'static str {
        if self.table.is_empty() { "正文目标" } else { "指标" }
    }

    /// `2个城市`, `2 cities`, of a number that is printed as it is given.
    pub(super) fn counted_in(
        &self,
        language: Language,
        count: usize,
        said: impl std::fmt::Display,
    ) -> String {
        let (noun, english) = (self.places.noun, plural(count, self.places.single(), self.places.plural()));
        say!(language, "{said}个{noun}", "{said} {english}")
    }

    /// `2个城市`.
    pub(super) fn counted(&self, count: impl std::fmt::Display) -> String {
        format!("{count}个{}", self.places.noun)
    }

    /// What the rate is a share of: 完成项/可评项.
    pub(super) fn share(&self) -> String {
        format!("{}项/可评项", self.reached)
    }

    /// `个城市`, behind a number.
    pub(super) fn counter(&self) -> String {
        format!("个{}", self.places.noun)
    }
}

/// What the numbers of what an account counts are called.
pub(super) fn number_head(basis: Origin) -> &'static str {
    match basis {
        Origin::Table => "序号",
        Origin::Prose => "编号",
    }
}

/// Heads of the columns of numbers and names of what an account counts.
pub(super) fn row_heads(basis: Origin) -> [&'static str; 2] {
    [number_head(basis), noun(basis)]
}

/// Who answers for the targets in prose and the tasks of a plan: 牵头单位 by its word, or its office where it names nobody.
pub(super) fn leads(plan: &Plan) -> &str {
    if names_leads(plan) { &plan.called.leads } else { &plan.called.office }
}

/// What a plan calls who answers for its targets in prose, where it names any; else what such units are called.
pub(super) fn leads_or_any(plan: &Plan) -> &str {
    if names_leads(plan) { &plan.called.leads } else { "责任单位" }
}

/// Kinds of counties, by the end of their names.
const COUNTIES: [(char, &str); 4] = [('县', "县"), ('区', "区"), ('旗', "旗"), ('市', "县级市")];

/// What kind of plan a unit has: the programme that it belongs to, else the unit's level.
pub(super) fn kind(plan: &Plan) -> &str {
    let words = PlaceWords::of_level(plan.level);
    let level = match plan.level {
        Level::Nation => words.noun,
        Level::County => {
            COUNTIES.iter().find(|(end, _)| plan.name.ends_with(*end)).map_or(words.short, |(_, kind)| kind)
        }
        _ => words.short,
    };
    plan.called.theme.as_deref().unwrap_or(level)
}
