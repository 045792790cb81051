//! What a plan calls the units that report the rows of its table, lead its tasks or share in them.

use crate::assess::UnitRole;
use crate::plan::Origin;
use crate::plan::Plan;

/// What units are called, at the end of a word.
const UNITS: [&str; 2] = ["单位", "部门"];

/// What those do who send figures: 报送 of 报送单位.
const SENDS: [&str; 3] = ["报送", "填报", "统计"];

/// 牵头 of 牵头单位.
pub fn without_unit(word: &str) -> &str {
    UNITS.iter().find_map(|unit| word.strip_suffix(unit)).unwrap_or(word)
}

/// Whether a plan names units for any target in prose or task.
pub fn names_leads(plan: &Plan) -> bool {
    let mut prose = plan.indicators.iter().filter(|row| row.origin == Origin::Prose);
    prose.any(|row| !row.is_left_to_office) || plan.tasks.iter().any(|task| !task.lead.is_empty())
}

/// Whether a plan names units for any row of its table.
pub fn names_row_units(plan: &Plan) -> bool {
    let mut rows = plan.indicators.iter().filter(|row| row.origin == Origin::Table);
    rows.any(|row| !row.is_left_to_office)
}

/// What the plan calls the units in a role: beside the rows of its table 数据采集 for those that collect the data, 责任单位 for those that
/// answer, 报送 where it names none; 牵头 for those that lead, 责任 for those that share in tasks.
pub fn role_word(plan: &Plan, role: UnitRole) -> &str {
    let word = plan.called.row_units.as_str();
    match role {
        UnitRole::Data if !names_row_units(plan) => "报送",
        UnitRole::Data if plan.rows_name_reporters => match without_unit(word) {
            // 数据 of 数据单位 would be the figures themselves.
            bare if bare.chars().count() > 2 || SENDS.contains(&bare) => bare,
            _ => word,
        },
        UnitRole::Data => word,
        UnitRole::Lead if names_leads(plan) => without_unit(&plan.called.leads),
        UnitRole::Lead => "正文目标",
        UnitRole::Shared => UnitRole::Shared.chinese(),
    }
}
