//! The draft of a plan for a year of which none was issued yet: units, groups and rows of the plan before, and what it will have to say.

use std::collections::BTreeSet;

use super::written::text;
use crate::ident::UnitName;
use crate::plan::{Indicator, Origin, Plan, TO_FILL};

/// The rows of a plan's table.
pub(super) fn rows(plan: &Plan) -> impl Iterator<Item = &Indicator> {
    plan.indicators.iter().filter(|row| row.origin == Origin::Table)
}

/// The draft. What the new document alone can say is to be filled in; targets, tasks and prose are to be entered from it.
pub(super) fn draft(plan: &Plan, year: i32) -> String {
    let level = plan.level.key();
    let row_units = if plan.rows_name_reporters { "data" } else { "responsible" };
    let open = text(TO_FILL);
    let mut draft = format!(
        "# {year}年方案草稿，由 duibiao new-round 从“{}”拟出。方案印发后填好各处“{TO_FILL}”，逐条补入目标、任务和正文目标，\n# 核对后删去 confirm，status 改为 \"in_force\"。\n",
        plan.id
    );
    draft.push_str(&format!(
        "[plan]\nid = {}\ncity = {}\nname = {}\nshort = {}\n{}level = {}\ntitle = {open}\ndocument_no = {open}    # 文号；公开文本没有的写 \"\"\nissued_note = {open}    # 印发日期的说明\nscope = {open}          # 一句话：几项指标、几项任务\nstatus = \"draft\"\nyears = [{year}]\nrow_units = {}\noffice = {}\nsource = {open}         # 原文，放入 sources/，如 \"sources/{}-{year}-plan.txt\"\nconfirm = [{}, {}, {}]\n",
        text(&format!("{}-{year}", plan.city)),
        text(plan.city.as_str()),
        text(&plan.name),
        text(&plan.short),
        plan.english.place.as_ref().map_or_else(String::new, |name| format!("en = {}\n", text(name))),
        text(level),
        text(row_units),
        text(plan.office.as_str()),
        plan.city,
        text("target:缺"),
        text("task:缺"),
        text("deadline:缺"),
    ));
    let mut last = None;
    for alias in &plan.aliases {
        if last != Some(&alias.unit) {
            draft.push_str(&of_unit(plan, &alias.unit));
            last = Some(&alias.unit);
        }
        draft.push_str(&format!("[[unit.alias]]\nname = {}\n", text(&alias.name)));
        for (key, day) in [("from", alias.from), ("until", alias.until)] {
            draft.extend(day.map(|day| format!("{key} = {day}\n")));
        }
    }
    let mut reporting: BTreeSet<&UnitName> = rows(plan).flat_map(|row| &row.reporters).collect();
    reporting.insert(&plan.office);
    let is_told = |unit: &UnitName| plan.aliases.iter().any(|alias| alias.unit == *unit);
    for unit in reporting.into_iter().filter(|unit| plan.english.units.contains_key(*unit) && !is_told(unit))
    {
        draft.push_str(&of_unit(plan, unit));
    }
    for group in &plan.groups {
        draft.push_str(&format!("\n[[group]]\nname = {}\nline = {open}\n", text(group)));
    }
    rows(plan).for_each(|row| draft.push_str(&of_row(plan, row)));
    draft
}

/// The entry of a unit, with its English name where it has one.
fn of_unit(plan: &Plan, unit: &UnitName) -> String {
    let english = plan.english.units.get(unit).map(|name| format!("en = {}\n", text(name)));
    format!("\n[[unit]]\nname = {}\n{}", text(unit.as_str()), english.unwrap_or_default())
}

fn of_row(plan: &Plan, row: &Indicator) -> String {
    let units: Vec<String> =
        row.reporters.iter().filter(|unit| **unit != plan.office).map(|unit| text(unit.as_str())).collect();
    let id = row.id.as_ref().map_or("", |id| id.as_str());
    format!(
        "\n[[indicator]]\nno = {}\nid = {}\nname = {}\nunit = {}\ngroup = {}\ndata_units = [{}]\nline = {}\nconfirm = [{}]\n",
        text(row.no.as_str()),
        text(id),
        text(&row.name),
        text(row.unit.text()),
        text(&row.group),
        units.join(", "),
        text(TO_FILL),
        text("target:缺"),
    )
}
