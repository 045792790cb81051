//! Who reports what, and by when.

use super::context::Context;
use super::occurring::Occurring;
use super::phrases::full_date;
use super::terms::Terms;
use super::values::line_words;

/// Who reports what, up to the deadlines, and how returns are taken.
pub(super) fn text(context: &Context<'_>, found: &Occurring) -> String {
    let round = &context.evaluation.round;
    format!(
        "{}{}后收到的计为逾期，{}后收到的本版不采用。{}同一单位多次报送的，采用最后一版。报送值一律不改动，单位换算和修约另行记录。",
        who(context, found),
        full_date(round.deadline),
        full_date(round.cut_off),
        own_deadlines(context)
    )
}

/// `方案所定报送时间为2023年12月25日（L22），是否逾期按上列日期计。` Empty where no plan has another day than the round's.
fn own_deadlines(context: &Context<'_>) -> String {
    let round = &context.evaluation.round;
    let own = context.cities().iter().filter_map(|city| {
        let is_other = |day: chrono::NaiveDate| day != round.deadline;
        let period = round.period.to_string();
        let asked = city.plan.deadlines.iter().find(|one| one.period == period && is_other(one.due))?;
        let whose = if context.is_alone() { "" } else { city.plan.short.as_str() };
        let (document, day) = (&city.plan.called.document, full_date(asked.due));
        let who = &asked.who;
        Some(format!("{whose}{document}所定{who}报送时间为{day}（{}）", line_words(&asked.line)))
    });
    let own: Vec<String> = own.collect();
    match own.is_empty() {
        true => String::new(),
        false => format!("{}，是否逾期按上列日期计。", own.join("，")),
    }
}

/// Who reports what.
fn who(context: &Context<'_>, found: &Occurring) -> String {
    let Terms { table, rows, office, leads, names_indicators, .. } = &context.terms;
    let reported = found.reported;
    let led = match (reported.has_prose, reported.has_tasks) {
        (true, true) => "正文目标和任务",
        (true, false) => "正文目标",
        (false, true) => "任务",
        (false, false) => "",
    };
    let within = if *names_indicators { "表中" } else { table };
    // What names no unit at all is reported by the office, and then nothing is left to it.
    let by_table = if reported.rows_name_units { format!("{within}所列单位") } else { office.clone() };
    let by_lead = if reported.prose_names_units { leads } else { office };
    let is_named =
        (found.has_table && reported.rows_name_units) || (!led.is_empty() && reported.prose_names_units);
    // Where the office reports all of it, it is named once.
    let (rows, led) = match (found.has_table, led) {
        (true, "") => (format!("{rows}由{by_table}报送"), String::new()),
        (true, led) if by_table == *by_lead => (format!("{rows}和{led}由{by_lead}报送"), String::new()),
        (true, led) => (format!("{rows}由{by_table}报送"), format!("{led}由{by_lead}报送")),
        (false, "") => (String::new(), String::new()),
        (false, led) => (String::new(), format!("{led}由{by_lead}报送")),
    };
    let rest = match reported.by_office && is_named {
        true => format!("未列这些单位的由{office}报送"),
        false => String::new(),
    };
    let parts: Vec<&str> = [rows.as_str(), &led, &rest].into_iter().filter(|part| !part.is_empty()).collect();
    let link = if parts.is_empty() { "" } else { "；" };
    format!("{}{link}", parts.join("，"))
}
