//! Every numeral of the volumes and of the pages of units answers: it stands in `tables/figures` with the step that it prints, or is of a kind that
//! `docs/operations.md` lists.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use duibiao::publish::Cell;
use serde_json::Value;

use crate::own_reports::evaluated;
use crate::tools;
use crate::workspace::{Row, Workspace, copy_tree, csv_rows, pages, repository};

/// Keeps the models of the volumes of the round, of the pages of units and of own reports, and sets them.
const TYPESETTER: &str = r#"#!/bin/sh
before=
for argument in "$@"; do
  if [ "$before" = --root ]; then root=$argument; fi
  before=$argument
done
for kind in round brief main; do
  if [ -n "$root" ] && grep -q "\"kind\":\"$kind\"" "$root/data/report.json" && ! grep -q '"language":"en"' "$root/data/report.json"; then cp "$root/data/report.json" KEPT/$kind.json; fi
done
if [ -n "$root" ] && grep -q '"kind":"units"' "$root/data/report.json"; then cp "$root/data/report.json" "$(mktemp KEPT/units.XXXXXXXX)"; fi
for city in hengyang qianjiang xiangtan; do
  if [ -n "$root" ] && grep -q "\"kind\":\"city\".*\"slug\":\"$city\"" "$root/data/report.json"; then cp "$root/data/report.json" KEPT/$city.json; fi
done
exec TYPST "$@"
"#;

/// A round that was published.
struct Printed {
    workspace: Workspace,
    figures: Vec<Row>,
    documents: Vec<PrintedDocument>,
    /// Titles of tasks with digits.
    names: BTreeSet<String>,
}

/// A document of it, with its model and its rows of `figures`.
struct PrintedDocument {
    file: String,
    model: Value,
    figures: Vec<Row>,
}

/// What the places of the brief's numerals begin with.
const BRIEF: &str = "参阅/";
/// Likewise of the main report.
const MAIN: &str = "主报告/";
/// Likewise of the pages of units.
const UNITS: &str = "专页/";
/// Likewise of the cities' own reports.
const OWN: &str = "分册/";

fn printed(year: &str) -> Printed {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let given = tools::variable("DUIBIAO_TYPST").map(PathBuf::from);
    let typst = given.unwrap_or_else(|| tools::fetched("tools/bin/typst")).display().to_string();
    let kept = workspace.path("kept");
    std::fs::create_dir(&kept).unwrap();
    let program = workspace.path("typst");
    let script = TYPESETTER.replace("KEPT", kept.to_str().unwrap()).replace("TYPST", &typst);
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (round, program) = (format!("input/{year}"), program.display().to_string());
    let output = workspace.duibiao(&["run", &round, "--output", "output/2023", "--typst", &program]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let figures = csv_rows(&workspace.path("output/2023/tables/figures.csv"));
    let read = |path: &Path| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
    let document = |file: &str, path: &Path, is_of: &dyn Fn(&str) -> bool| PrintedDocument {
        file: file.to_owned(),
        model: read(path),
        figures: figures.iter().filter(|row| is_of(&row["place"])).cloned().collect(),
    };
    let of_technical =
        |place: &str| ![BRIEF, MAIN, UNITS, OWN].iter().any(|volume| place.starts_with(volume));
    let mut documents = vec![
        document("technical.pdf", &kept.join("round.json"), &of_technical),
        document("report.pdf", &kept.join("main.json"), &|place| place.starts_with(MAIN)),
        document("brief.pdf", &kept.join("brief.json"), &|place| place.starts_with(BRIEF)),
    ];
    for path in std::fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().path()) {
        if !path.file_name().unwrap().to_str().unwrap().starts_with("units.") {
            continue;
        }
        let first = read(&path)["sections"][0]["content"]["place"].as_str().unwrap().to_owned();
        let city = first.split('-').next().unwrap().to_owned();
        let own = format!("{UNITS}{city}-");
        documents.push(document(&format!("units/{city}.pdf"), &path, &|place| place.starts_with(&own)));
    }
    assert_eq!(documents.len(), 5, "the units of two cities have pages");
    let evaluation = evaluated(workspace.path(&round));
    for city in &evaluation.cities {
        let (slug, of_city) = (&city.plan.city, format!("{OWN}{}/", city.plan.short));
        let path = kept.join(format!("{slug}.json"));
        documents.push(document(&format!("cities/{slug}.pdf"), &path, &|place| place.starts_with(&of_city)));
    }
    let tasks = csv_rows(&workspace.path("output/2023/tables/tasks.csv"));
    let titles = tasks.iter().map(|row| row["title"].clone());
    let rows = evaluation.cities.iter().flat_map(|city| &city.plan.indicators);
    let rows = rows.flat_map(|row| [row.name.clone(), row.short.clone()]);
    // Where a name is quoted its own quotes are the inner ones.
    let quoted = |name: String| [name.replace('“', "‘").replace('”', "’"), name];
    let names =
        titles.chain(rows).flat_map(quoted).filter(|name| name.contains(|c: char| c.is_ascii_digit()));
    let names = names.collect();
    Printed { workspace, figures, documents, names }
}

/// A numeral with what stands before and behind it.
struct Numeral<'a> {
    before: &'a str,
    text: &'a str,
    behind: &'a str,
}

fn numerals(text: &str) -> Vec<Numeral<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let bytes = text.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = at;
        while is_digit(end) || (bytes.get(end) == Some(&b'.') && is_digit(end + 1)) {
            end += 1;
        }
        found.push(Numeral { before: &text[..at], text: &text[at..end], behind: &text[end..] });
        from = end;
    }
    found
}

/// What stands before the number of something that is called by it, dates and constants of rules among them.
const NAMED_BEFORE: [&str; 23] = [
    "表",
    "图",
    "附件",
    "附表",
    "GB/T ",
    "第",
    "指标",
    "目标",
    "任务",
    "特",
    "V",
    "C",
    "P",
    "M",
    "D",
    "L",
    "R",
    "SHA-",
    "SM",
    "保留",
    "从",
    "权重为",
    "权重的为",
];
/// What stands behind the numbers of dates, and behind constants of rules.
const NAMED_BEHIND: [&str; 7] = ["年", "月", "日", "⁴", "个）", "%或判定界限", "分，未达"];
/// Constants of rules by what stands on both sides.
const CONSTANTS: [(&str, &str); 6] =
    [("达到目标", "分"), ("未达", "分"), ("（", "＋"), ("均计", "项"), ("至少", "个"), ("目标差", "%")];

/// Whether a numeral is of a listed kind by what stands beside it; `is_list` is that the numeral before it was one.
fn is_named(one: &Numeral<'_>, is_list: bool) -> bool {
    let joined = ["、", "-", "—", "和"].iter().any(|sign| one.before.ends_with(sign));
    let is_count = ["项", "件", "个城市"].iter().any(|word| one.behind.starts_with(word));
    (NAMED_BEFORE.iter().any(|word| one.before.ends_with(word)) && !is_count)
        || NAMED_BEHIND.iter().any(|word| one.behind.starts_with(word))
        || CONSTANTS
            .iter()
            .any(|(before, behind)| one.before.ends_with(before) && one.behind.starts_with(behind))
        || (is_list && joined)
        || (one.text.len() == 4 && one.text.starts_with("20") && one.behind.starts_with('—'))
}

/// Keys of numbers that name something: rows, lines, cells, files, codes, tables, pages; of dates; and of digests.
const NAMES: [&str; 32] = [
    "no",
    "id",
    "number",
    "title",
    "again",
    "heading",
    "line",
    "cell",
    "address",
    "file_no",
    "file",
    "folder",
    "code",
    "range",
    "items",
    "columns",
    "indicator",
    "object",
    "numbers",
    "short",
    "open",
    "sha256",
    "sm3",
    "digest",
    "tool",
    "date_words",
    "subtitle",
    "date",
    "due",
    "received",
    "until",
    "basis",
];
/// Keys of quotes: words of plans, workbooks, decisions and findings, whose own row names where they stand.
const QUOTES: [&str; 15] = [
    "name",
    "message",
    "why",
    "here",
    "there",
    "plan",
    "document",
    "decision",
    "reason",
    "raw",
    "operation",
    "rule",
    "finding",
    "source",
    "remedy",
];
/// Sections that are quotes and digests from beginning to end.
const QUOTED_SECTIONS: [&str; 4] = ["cover", "remarks", "signoff", "volume_head"];
/// What a decision is on whose own words say it and are no quote.
const KINDS_OF_DECISIONS: [&str; 7] = ["取数单位", "豁免", "等次限制", "基年", "对照值", "权重", "目标调整"];

/// Numerals that have to answer, by the table that they stand in; those outside tables together.
type Bags = BTreeMap<String, BTreeMap<String, usize>>;

/// Adds the numerals of a part of a model.
fn collect(value: &Value, (table, key): (&str, &str), bags: &mut Bags) {
    match value {
        Value::Object(object) => {
            let number = object.get("number").and_then(Value::as_str).filter(|one| !one.is_empty());
            let table = number.filter(|_| object.contains_key("rows")).unwrap_or(table);
            // The ticks of an axis are constants.
            for (key, value) in
                object.iter().filter(|(key, _)| !["refs", "ticks", "axis"].contains(&key.as_str()))
            {
                // In the counts of cells this is a count.
                let is_count = key == "number" && object.contains_key("unreadable");
                // What stands on a line of the plan is its wording.
                if key == "text" && object.contains_key("line") {
                    continue;
                }
                let is_count = is_count || (key == "open" && object.contains_key("nearly"));
                // Words of the report, unless people decided in words of their own.
                let is_of_kind = |kind: &&str| object.get("matter") == Some(&Value::from(*kind));
                let is_count = is_count || (key == "decision" && KINDS_OF_DECISIONS.iter().any(is_of_kind));
                // Year and place of a value of an earlier year.
                if ["year", "place"].contains(&key.as_str()) && object.contains_key("taken") {
                    continue;
                }
                if is_count || !(NAMES.contains(&key.as_str()) || QUOTES.contains(&key.as_str())) {
                    collect(value, (table, key), bags);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, (table, key), bags)),
        Value::String(text) => {
            // A remark that names its source quotes it.
            let text = text.split("来源：").next().unwrap();
            let mut was_named = false;
            for one in numerals(text) {
                // 湘潭22为未完成
                let is_row = ["effect", "taken"].contains(&key) && one.behind.starts_with('为');
                was_named = is_named(&one, was_named) || (key == "symbol") || is_row;
                if !was_named {
                    let bag = bags.entry(table.to_owned()).or_default();
                    *bag.entry(one.text.to_owned()).or_default() += 1;
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn bags(model: &Value) -> Bags {
    let mut bags = Bags::new();
    for section in model["sections"].as_array().unwrap() {
        if !QUOTED_SECTIONS.contains(&section["template"].as_str().unwrap()) {
            collect(&section["content"], ("", ""), &mut bags);
        }
    }
    bags
}

#[test]
fn every_numeral_of_report_brief_and_unit_pages_is_in_the_table_of_figures_or_of_a_listed_kind() {
    for year in ["2023", "2025"] {
        let printed = printed(year);
        for document in &printed.documents {
            let of_names = without_names(&document.model, &printed.names);
            assert_eq!(
                silent(&of_names, &document.figures),
                Vec::<String>::new(),
                "{year} {}",
                document.file
            );
            nothing_but_the_model_is_printed(&printed, document);
        }
        figures_say_what_the_ledger_says(&printed);
    }
}

/// A model without the names of tasks and targets, which sentences quote: what stands in them is no figure.
fn without_names(model: &Value, names: &BTreeSet<String>) -> Value {
    let text = names.iter().fold(model.to_string(), |text, name| text.replace(name.as_str(), "名"));
    serde_json::from_str(&text).unwrap()
}

/// Numerals of a model that have no row in `figures`, or not as often as they are printed.
fn silent(model: &Value, figures: &[Row]) -> Vec<String> {
    let bags = bags(model);
    let mut told: Bags = Bags::new();
    for row in figures {
        let place = row["place"].strip_prefix(MAIN).unwrap_or(&row["place"]);
        let place = place.strip_prefix(OWN).and_then(|own| own.split_once('/')).map_or(place, |(_, own)| own);
        let table = place.split('/').next().unwrap();
        let table = if bags.contains_key(table) { table } else { "" };
        *told
            .entry(table.to_owned())
            .or_default()
            .entry(row["text"].trim_start_matches('−').to_owned())
            .or_default() += 1;
    }
    let mut silent = Vec::new();
    for (table, bag) in &bags {
        for (text, count) in bag {
            let answers = told.get(table).and_then(|bag| bag.get(text)).copied().unwrap_or_default();
            if answers < *count {
                silent.push(format!("{table} {text}: {count} printed, {answers} answer"));
            }
        }
    }
    silent
}

/// Numerals that templates set by themselves: the axis of shares, and formulas.
const OF_TEMPLATES: [&str; 7] = ["0", "25", "50", "75", "100", "40", "60"];

/// Every numeral of the PDF's text is one of the model, but for the numbers of pages.
fn nothing_but_the_model_is_printed(printed: &Printed, document: &PrintedDocument) {
    fn strings(value: &Value, found: &mut String) {
        match value {
            Value::Object(object) => object.values().for_each(|value| strings(value, found)),
            Value::Array(items) => items.iter().for_each(|value| strings(value, found)),
            Value::String(text) => {
                found.push('\n');
                found.extend(text.chars().filter(|c| !matches!(c, '\u{2063}' | '\u{2064}')));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut all = String::new();
    strings(&document.model, &mut all);
    let known: BTreeSet<&str> = numerals(&all).iter().map(|one| one.text).collect();
    let pages = pages(&printed.workspace.path("output/2023").join(&document.file));
    let text = pages.concat();
    let strange: Vec<&str> = numerals(&text)
        .iter()
        .filter(|one| !one.before.ends_with("SHA-"))
        .map(|one| one.text)
        // A long name or a digest is broken over lines: its pieces are in it.
        .filter(|text| !known.contains(text) && !all.contains(text) && !OF_TEMPLATES.contains(text))
        .filter(|text| text.parse::<usize>().map_or(true, |page| page > pages.len()))
        .collect();
    assert_eq!(strange, Vec::<&str>::new());
}

/// The step of every figure is in the ledger and says the same number; no two stand at one place.
fn figures_say_what_the_ledger_says(printed: &Printed) {
    let steps = csv_rows(&printed.workspace.path("output/2023/tables/derivation.csv"));
    let values: BTreeMap<&str, &str> =
        steps.iter().map(|step| (step["id"].as_str(), step["value"].as_str())).collect();
    let mut places = BTreeSet::new();
    for row in &printed.figures {
        assert!(places.insert(&row["place"]), "{} twice", row["place"]);
        let value = values.get(row["id"].as_str()).unwrap_or_else(|| panic!("{} dangles", row["id"]));
        let number = |text: &str| text.trim_start_matches(['-', '−']).parse::<rust_decimal::Decimal>().ok();
        assert_eq!(number(value), number(&row["text"]), "{} {}", row["place"], row["id"]);
    }
    assert!(printed.figures.len() > 900);
}

#[test]
fn a_numeral_that_no_step_says_is_found() {
    let model =
        |text: &str| serde_json::json!({"sections": [{"template": "summary", "content": {"verdict": text}}]});
    for (text, silent) in [
        ("2023年，应评指标26项，完成率64.9%。", vec!["26", "64.9"]),
        ("指标21、22越小越好，见附表3-1和附件2，按GB/T 8170—2008修约。", vec![]),
        ("2月29日前答复；2023—2025年，表1、图2，V409。", vec![]),
    ] {
        let bags = bags(&model(text));
        let found: Vec<&str> = bags.values().flat_map(BTreeMap::keys).map(String::as_str).collect();
        assert_eq!(found, silent, "{text}");
    }
}

/// What steps are called does not depend on the language of the report: in the names of steps only what people named is in Chinese.
#[test]
fn names_of_steps_are_of_no_language_but_for_what_people_named() {
    let is_han = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    for year in ["2023", "2025"] {
        let evaluation = evaluated(repository().join("input").join(year));
        let tables = duibiao::publish::tables(&evaluation).unwrap();
        let derivation = tables.iter().find(|table| table.head.name == "derivation").unwrap();
        let place = |name: &str| derivation.columns.iter().position(|column| column.name == name).unwrap();
        let (id, op) = (place("id"), place("op"));
        let mut named: BTreeSet<String> = BTreeSet::new();
        for city in &evaluation.cities {
            let plan = &city.plan;
            named.extend(plan.indicators.iter().map(|row| row.no.to_string()));
            // Entries of earlier outputs: the city and the number.
            named.extend(plan.indicators.iter().map(|row| format!("{}.{}", plan.city, row.no)));
            named.extend(plan.indicators.iter().map(|row| row.group.clone()));
            let of_rows = plan.indicators.iter().flat_map(|row| row.reporters.iter());
            let of_tasks = plan.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.responsible));
            for unit in of_rows.chain(of_tasks) {
                named.extend([unit.to_string(), plan.full_name_of(unit)]);
            }
        }
        for row in &derivation.rows {
            let (Cell::Text(id), Cell::Text(op)) = (&row[id], &row[op]) else { panic!("{row:?}") };
            assert!(!is_han(op), "{op}");
            // Files, sheets and lines are named by people as a whole.
            if ["cell", "file", "line", "finding"].contains(&op.as_str()) {
                continue;
            }
            for part in id.split(['/', '#']).filter(|part| is_han(part)) {
                let bare = part.split(['@', '.', '\'']).next().unwrap();
                let is_named = named.contains(part) || named.contains(bare);
                assert!(is_named || part.split('、').all(|one| named.contains(one)), "{part} of {id}");
            }
        }
    }
}
