//! The draft of a plan as the text of a plan file, with what is to be confirmed beside every entry, and the entries that the catalogue lacks.

use super::draft_text::{Text, one_line, quoted};
use crate::draft::{Draft, DraftRow, DraftTarget, DraftTask, OpenField, OpenFields, OpenReason};
use crate::plan::{OpenGrade, short_of};

/// What a draft does not know of itself.
#[derive(Debug, Clone)]
pub struct DraftPlace {
    /// Id of the plan.
    pub id: String,
    /// City; `None` when the folder names none.
    pub city: Option<String>,
    /// The source text below `input/`.
    pub source: String,
    /// The domains of the catalogue, id and name.
    pub dimensions: Vec<(String, String)>,
}

/// The plan file.
pub fn plan_file(draft: &Draft, place: &DraftPlace) -> String {
    let mut file = Text::default();
    file.line("# 由 duibiao plan draft 起草。逐处核实后删去 confirm（缺：原文没有或没有读出；选：按规则选取；承：承上文）。");
    file.line("# confirm 未删尽的方案只能是 draft，不能评估；duibiao plan draft --left 本文件 逐处列出。");
    head(&mut file, draft, place);
    for deadline in &draft.deadlines {
        let (year, month, day) = deadline.due;
        file.entry("deadline");
        file.text("period", &deadline.period);
        file.line(&format!("due = {year:04}-{month:02}-{day:02}"));
        if !deadline.who.is_empty() {
            file.text("who", &deadline.who);
        }
        file.text("line", &deadline.line.to_string());
        file.text("quote", &deadline.quote);
        file.confirm(&deadline.open);
    }
    for group in &draft.groups {
        file.entry("group");
        file.text("name", &group.name);
        if !group.name.is_empty() {
            file.text("line", &lines(group.lines));
        }
    }
    for (at, row) in draft.rows.iter().enumerate() {
        self::row(&mut file, row, place, at);
    }
    for (line, note) in &draft.notes {
        file.line(&format!("\n# 表注  第{line}行  {}", one_line(note)));
    }
    for group in &draft.task_groups {
        file.entry("task_group");
        file.text("no", &group.no);
        file.text("name", &group.name);
        file.text("line", &lines(group.lines));
    }
    draft.tasks.iter().for_each(|task| self::task(&mut file, task));
    draft.targets.iter().for_each(|target| self::target(&mut file, target));
    left(&mut file, draft);
    file.0
}

/// What no rule took, a line each: at the end of the file, so that it is neither lost nor read.
fn left(file: &mut Text, draft: &Draft) {
    let mut lines: Vec<String> = Vec::new();
    let mut parts: Vec<&str> = Vec::new();
    for part in draft.rows.iter().flat_map(|row| &row.parts).filter(|part| part.interim.is_none()) {
        if !parts.contains(&part.label.as_str()) {
            parts.push(&part.label);
        }
    }
    let of_parts = draft.rows.iter().find(|row| row.parts.iter().any(|part| part.interim.is_none()));
    lines.extend(of_parts.map(|row| {
        let line = row.lines.0;
        format!("# 第{line}行起  “{}”栏不是年度目标，方案文件不收，写在各行的注释里", parts.join("、"))
    }));
    for number in &draft.left {
        let row = number.row.as_ref().map(|row| format!("{row}：")).unwrap_or_default();
        lines.push(format!("# 第{}行  {}{}", number.line, one_line(&row), one_line(&number.text)));
    }
    if !lines.is_empty() {
        file.line(&format!(
            "\n# {LEFT}和没有数的提法（{}处）：是目标的补写在上面，不是的删去该行",
            lines.len()
        ));
        lines.iter().for_each(|line| file.line(line));
    }
}

/// The words that head the list of what no rule took.
pub const LEFT: &str = "未归类的数字";

fn head(file: &mut Text, draft: &Draft, place: &DraftPlace) {
    let head = &draft.head;
    let mut open = head.open.0.clone();
    let mut add = |grade, field, reason| open.push(OpenField { grade, field, reason });
    file.line("\n[plan]");
    file.text("id", &place.id);
    add(OpenGrade::Chosen, "id", OpenReason::FromPlace);
    match &place.city {
        Some(city) => {
            file.text("city", city);
            add(OpenGrade::Chosen, "city", OpenReason::FromPlace);
        }
        None => add(OpenGrade::Missing, "city", OpenReason::NotSaid),
    }
    for (key, value) in [("name", &head.name), ("short", &head.short)] {
        match value {
            Some(value) => file.text(key, value),
            None if key == "short" => add(OpenGrade::Missing, "short", OpenReason::NotSaid),
            None => {}
        }
    }
    if let Some(level) = head.level {
        file.text("level", level);
    }
    if let Some(title) = &head.title {
        file.text("title", title);
    }
    match &head.document_no {
        Some(number) => file.text("document_no", number),
        None => add(OpenGrade::Missing, "document_no", OpenReason::NotSaid),
    }
    if let Some(issuer) = &head.issuer {
        file.text("issuer", issuer);
    }
    if let Some((year, month, day)) = head.issued_on {
        file.line(&format!("issued_on = {year:04}-{month:02}-{day:02}"));
    }
    file.text("scope", &scope(draft));
    add(OpenGrade::Chosen, "scope", OpenReason::Counted);
    file.text("status", "draft");
    let years = head.years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !head.years.is_empty() {
        file.line(&format!("years = [{years}]"));
    }
    if let Some(year) = head.baseline_year {
        file.line(&format!("baseline_year = {year}"));
    }
    if head.rows_name_reporters {
        file.text("row_units", "data");
    }
    if let Some(office) = &head.office {
        file.text("office", office);
    }
    file.text("source", &place.source);
    file.confirm(&OpenFields(open));
}

/// What the plan contains, in a clause.
fn scope(draft: &Draft) -> String {
    let mut parts = Vec::new();
    let table = draft.head.table_word.as_deref().unwrap_or("指标表");
    if !draft.rows.is_empty() {
        parts.push(format!("{table}列{}项指标", draft.rows.len()));
    }
    let own = draft.targets.iter().filter(|target| target.same_as.is_none()).count();
    if own > 0 {
        parts.push(format!("正文列{own}项目标"));
    }
    if !draft.tasks.is_empty() {
        parts.push(format!("{}类{}项任务", draft.task_groups.len(), draft.tasks.len()));
    }
    parts.join("，")
}

/// The id of a row that the catalogue lacks.
fn drafted_id(place: &DraftPlace, at: usize) -> String {
    format!("{}-{:02}", place.id, at + 1)
}

fn row(file: &mut Text, row: &DraftRow, place: &DraftPlace, at: usize) {
    file.entry("indicator");
    file.text("no", &row.no);
    file.text("id", &row.id.clone().unwrap_or_else(|| drafted_id(place, at)));
    file.text("name", &row.name);
    file.text("unit", row.unit.as_deref().unwrap_or_default());
    file.text("group", &row.group);
    if let Some(nature) = row.nature {
        file.text("nature", nature);
    }
    if let Some(parent) = &row.parent {
        file.text("parent", parent);
    }
    if let Some(year) = row.baseline_year {
        file.line(&format!("baseline_year = {year}"));
    }
    file.list("data_units", &row.units);
    if !row.responsible.is_empty() {
        file.list("responsible", &row.responsible);
    }
    file.text("line", &lines(row.lines));
    if let Some(words) = &row.definition {
        file.text("definition", words);
    }
    if !row.note.is_empty() {
        file.text("note", &one_line(&row.note));
    }
    file.confirm(&row.open);
    if !row.candidates.is_empty() {
        file.line(&format!("# 目录中字面相近的（未采用）：{}", row.candidates.join("、")));
    }
    let others = row.parts.iter().filter(|part| part.interim.is_none());
    let others: Vec<String> = others.map(|part| format!("{} {}", part.label, one_line(&part.text))).collect();
    if !others.is_empty() {
        file.line(&format!("# 表中另有（方案文件不收）：{}", others.join("，")));
    }
    file.numbers("value", &row.values);
    file.numbers("target", &row.targets);
    interims(file, row);
    if !row.quotas.is_empty() {
        file.line("quota = [");
        for quota in &row.quotas {
            file.line(&format!(
                "  {{ area = {}, year = {}, value = {}, line = \"{}\" }},",
                quoted(&quota.area),
                quota.year,
                quoted(&quota.value),
                quota.line
            ));
        }
        file.line("]");
    }
}

/// Targets of parts of the year.
fn interims(file: &mut Text, row: &DraftRow) {
    let taken: Vec<_> = row.parts.iter().filter_map(|part| Some((part, part.interim.as_ref()?))).collect();
    if taken.is_empty() {
        return;
    }
    file.line("interim = [");
    for (part, (period, value)) in taken {
        let (words, line) = (quoted(&one_line(&part.text)), part.line);
        let quote = if part.text == *value { String::new() } else { format!(", quote = {words}") };
        let value = quoted(value);
        file.line(&format!("  {{ period = \"{period}\", value = {value}, line = \"{line}\"{quote} }},"));
    }
    file.line("]");
}

fn task(file: &mut Text, task: &DraftTask) {
    file.entry("task");
    for (key, value) in
        [("no", &task.no), ("group", &task.group), ("title", &task.title), ("text", &task.text)]
    {
        file.text(key, value);
    }
    file.list("lead", &task.lead);
    file.list("responsible", &task.responsible);
    file.text("line", &task.line.to_string());
    file.text("lead_line", &task.lead_line.to_string());
    file.confirm(&task.open);
}

fn target(file: &mut Text, target: &DraftTarget) {
    file.entry("target");
    file.text("id", &target.id);
    let tier = target.is_stretch.then(|| "stretch".to_owned());
    let name = Some(target.name.clone()).filter(|name| !name.is_empty());
    file.texts([("task", &target.task), ("same_as", &target.same_as), ("tier", &tier), ("name", &name)]);
    if let Some(year) = target.year {
        file.line(&format!("year = {year}"));
    }
    file.text("kind", target.kind);
    let op = target.op.filter(|_| !matches!(target.kind, "range" | "milestone" | "magnitude"));
    file.texts([
        ("op", &op.map(str::to_owned)),
        ("value", &target.value),
        ("reference", &target.reference),
        ("against", &target.against),
    ]);
    if let Some((low, high)) = &target.bounds {
        file.text("low", low);
        file.text("high", high);
    }
    file.texts([("undefined", &target.undefined)]);
    if let Some(year) = target.base_year.filter(|_| matches!(target.kind, "average_growth" | "multiple")) {
        file.line(&format!("base_year = {year}"));
    }
    file.texts([("unit", &target.unit)]);
    if target.is_lower && target.kind != "rank" {
        file.text("direction", "lower");
    }
    if target.strength != "expected" {
        file.text("strength", target.strength);
    }
    for (key, is_set) in
        [("recurring", target.recurring), ("cumulative", target.cumulative), ("undated", target.undated)]
    {
        if is_set {
            file.line(&format!("{key} = true"));
        }
    }
    for (key, units) in [("lead", &target.lead), ("responsible", &target.responsible)] {
        if !units.is_empty() {
            file.list(key, units);
        }
    }
    file.text("line", &target.line.to_string());
    file.text("quote", &target.quote);
    file.confirm(&target.open);
}

/// The entries that the catalogue lacks; `None` when it lacks none.
pub fn catalogue_file(draft: &Draft, place: &DraftPlace) -> Option<String> {
    let lacking: Vec<(usize, &DraftRow)> =
        draft.rows.iter().enumerate().filter(|(_, row)| row.id.is_none()).collect();
    if lacking.is_empty() {
        return None;
    }
    let mut file = Text::default();
    file.line("# 方案附表中有、指标目录中没有的指标。核实后删去 confirm，并入 catalogue.toml；已有的改用目录的 id。");
    let dimensions =
        place.dimensions.iter().map(|(id, name)| format!("{id} {name}")).collect::<Vec<_>>().join("、");
    file.line(&format!("# dimension 可选：{dimensions}"));
    for (at, row) in lacking {
        file.entry("indicator");
        file.text("id", &drafted_id(place, at));
        file.text("name", &row.name);
        file.text("unit", row.unit.as_deref().unwrap_or_default());
        let mut open = row.open.clone();
        open.0.retain(|one| matches!(one.field, "unit" | "name" | "id"));
        for (field, grade) in [
            ("dimension", OpenGrade::Missing),
            ("direction", OpenGrade::Chosen),
            ("measure", OpenGrade::Chosen),
            ("short", OpenGrade::Chosen),
        ] {
            let reason = if field == "direction" { OpenReason::WhichWay } else { OpenReason::NotSaid };
            open.0.push(OpenField { grade, field, reason });
        }
        file.line(&format!(
            "# 未写的按默认：short = {}；decimals = 2；measure 按名称和单位",
            quoted(&short_of(&row.name))
        ));
        let is_place = row.targets.iter().any(|target| matches!(target.kind, Some("rank" | "rank_change")));
        file.text(
            "direction",
            if is_place {
                "rank"
            } else if row.is_lower {
                "lower"
            } else {
                "higher"
            },
        );
        file.confirm(&open);
        if !row.candidates.is_empty() {
            file.line(&format!("# 目录中字面相近的（未采用）：{}", row.candidates.join("、")));
        }
    }
    Some(file.0)
}

fn lines((first, last): (usize, usize)) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}
