//! 一、城市间比较 （二）: the indicators that all plans share, side by side.

use serde::Serialize;

use super::context::{Context, FEW, common_ids};
use super::table::Table;
use super::values::{actual_text, is_published};
use crate::assess::Assessment;

/// Indicators common to all cities.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Common {
    pub(super) cities: Vec<String>,
    pub(super) table: Table<CommonRow>,
}

/// A common indicator.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CommonRow {
    pub(super) name: String,
    pub(super) cells: Vec<CommonCell>,
}

/// A city's value of a common indicator.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CommonCell {
    pub(super) actual: String,
    pub(super) published: bool,
    pub(super) target: String,
    pub(super) completion: String,
    pub(super) state: String,
}

pub(super) fn common(context: &Context<'_>) -> Option<Common> {
    let ids = common_ids(context.evaluation);
    if ids.is_empty() || context.cities().len() > FEW {
        return None;
    }
    let mut rows = Vec::new();
    for id in &ids {
        let mut name = String::new();
        let mut cells = Vec::new();
        for city in context.cities() {
            let found = context.counted(city).into_iter().find(|(one, _)| one.id == *id);
            let Some((one, row)) = found else { continue };
            name = match row.unit.text() {
                "" => row.short.clone(),
                unit => format!("{}（{unit}）", row.short),
            };
            cells.push(CommonCell {
                actual: actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
                published: is_published(city, one),
                target: one.target.goal.to_string(),
                completion: completion_cell(one),
                state: one.state.key().to_owned(),
            });
        }
        rows.push(CommonRow { name, cells });
    }
    Some(Common {
        cities: context.cities().iter().map(|city| city.plan.short.clone()).collect(),
        table: Table::new(context.table("common"), "共同指标对比").rows(rows),
    })
}

fn completion_cell(one: &Assessment) -> String {
    let judged = one.completion_text(1).filter(|_| one.state.is_assessable());
    judged.unwrap_or_else(|| "—".to_owned())
}
