//! A city's chapter: profile page, then indicators, the relation to last year or to the final year, tasks, units, queries.

use serde::Serialize;

use super::context::Context;
use super::findings::Finding;
use super::gaps::{GapRow, gaps};
use super::indicators::{Indicators, has_tiers, indicators};
use super::phrases::chinese_number;
use super::profile::{ExtremeRow, GroupRow, Squares, extremes, groups, groups_text, key, squares, verdict};
use super::queries::queries;
use super::relation::{Path, Soft, last_year, path, relation_text, soft};
use super::table::Table;
use super::tasks::{self, TaskGroup};
use super::units::{SharerRow, UnitRow, sharers, units};
use super::verdict::{KeyFigure, basis_words};
use crate::evaluation::CityEvaluation;
use crate::plan::Origin;

/// A city's chapter.
#[derive(Debug, Clone, Serialize)]
pub(super) struct City {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) heading: String,
    pub(super) section: String,
    pub(super) basis: String,
    pub(super) basis_words: String,
    pub(super) tiers: bool,
    pub(super) verdict: String,
    pub(super) key: Vec<KeyFigure>,
    pub(super) squares: Option<Squares>,
    pub(super) groups: Option<Table<GroupRow>>,
    pub(super) groups_text: Option<String>,
    pub(super) extremes: Option<Table<ExtremeRow>>,
    /// Heading of the best: those with soft targets may be left out.
    pub(super) best_head: String,
    pub(super) indicators_heading: Option<String>,
    pub(super) indicators: Option<Indicators>,
    pub(super) gaps: Option<Table<GapRow>>,
    pub(super) relation_heading: Option<String>,
    pub(super) relation_text: Option<String>,
    pub(super) soft: Option<Soft>,
    pub(super) path: Option<Path>,
    pub(super) tasks_heading: String,
    pub(super) tasks_text: String,
    pub(super) tasks: Table<TaskGroup>,
    pub(super) tasks_have_targets: bool,
    pub(super) units: Table<UnitRow>,
    pub(super) sharers: Table<SharerRow>,
    pub(super) queries: Table<Finding>,
}

/// The chapter of a city, which stands at a place among all.
pub(super) fn chapter(context: &Context<'_>, at: usize, city: &CityEvaluation) -> City {
    let plan = &city.plan;
    let table = city.score.basis == Origin::Table;
    let year = context.evaluation.round.year;
    let verdict = verdict(context, city);
    let last = last_year(city, year).filter(|_| table);
    let relation = match last {
        Some(last) => format!("2.到{last}年的进展"),
        None if has_tiers(context, city) => "2.两档目标".to_owned(),
        None => "2.目标与上年的关系".to_owned(),
    };
    let mut chapter = City {
        slug: plan.city.as_str().to_owned(),
        name: plan.name.clone(),
        short: plan.short.clone(),
        heading: format!("（{}）{}", chinese_number(at + 1), plan.name),
        section: format!("二、各城市评估　{}", plan.name),
        basis: if table { "table" } else { "prose" }.to_owned(),
        basis_words: basis_words(city.score.basis).to_owned(),
        tiers: table && has_tiers(context, city),
        key: key(context, city),
        squares: squares(context, city, &verdict),
        groups: table.then(|| groups(context, city)),
        groups_text: Some(groups_text(context, city, table)),
        extremes: extremes(context, city),
        best_head: match context.counted(city).iter().any(|(one, _)| one.target_is_worse) {
            true => "最高（不含目标劣于上年的指标）".to_owned(),
            false => "最高".to_owned(),
        },
        indicators_heading: table.then(|| "1.指标完成情况".to_owned()),
        indicators: table.then(|| indicators(context, city)),
        gaps: (!context.counted(city).is_empty()).then(|| gaps(context, city, table)),
        relation_heading: table.then_some(relation),
        relation_text: table.then(|| relation_text(context, city)),
        soft: if table && last.is_none() { soft(context, city) } else { None },
        path: if table { path(context, city) } else { None },
        tasks_heading: format!("{}任务、单位与核实", if table { "3." } else { "" }),
        tasks_text: tasks::text(context, city),
        tasks: tasks::tasks(city),
        tasks_have_targets: tasks::prose(city).next().is_some(),
        units: units(city),
        sharers: sharers(city),
        queries: queries(context, city),
        verdict,
    };
    number_tables(&mut chapter);
    chapter
}

/// Numbers the tables that are printed, in the order of the chapter.
fn number_tables(city: &mut City) {
    let short = format!("{}表", city.short);
    let (short, last) = (short.as_str(), &mut 0);
    if let Some(table) = &mut city.groups {
        table.take_number(short, last);
    }
    if let Some(table) = &mut city.extremes {
        table.take_number(short, last);
    }
    if let Some(indicators) = &mut city.indicators {
        indicators.table.take_number(short, last);
    }
    if let Some(table) = &mut city.gaps {
        table.take_number(short, last);
    }
    if let Some(soft) = &mut city.soft {
        soft.table.take_number(short, last);
    }
    if let Some(path) = &mut city.path {
        path.table.take_number(short, last);
    }
    city.tasks.take_number(short, last);
    city.units.take_number(short, last);
    city.sharers.take_number(short, last);
    city.queries.take_number(short, last);
}
