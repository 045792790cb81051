//! The brief and the main report in English: the same numerals in the same places as in Chinese, no Chinese but names that have no other, and as
//! fit to be read.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use serde_json::Value;

use crate::brief::{Drawn, PLAIN, publish_only, sizes};
use crate::tools;
use crate::workspace::{Workspace, copy_tree, pages, repository};

/// Keeps the models that it is given and sets none of them.
const KEEPER: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then exec TYPST --version; fi
before=
for argument in "$@"; do
  if [ "$before" = --root ]; then root=$argument; fi
  before=$argument
done
if [ -e "$root/probe.typ" ]; then exec TYPST "$@"; fi
cp "$root/data/report.json" "MODELS/$$.json"
printf '%%PDF-1.7\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%%%EOF' > "$before"
"#;

/// The models of the brief and of the main report by kind and language.
pub(crate) fn models(workspace: &Workspace, round: &str) -> BTreeMap<(String, String), Value> {
    let given = tools::variable("DUIBIAO_TYPST").map(PathBuf::from);
    let typst = given.unwrap_or_else(|| tools::fetched("tools/bin/typst")).display().to_string();
    let folder = workspace.path("models");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let script = KEEPER.replace("TYPST", &typst).replace("MODELS", &folder.display().to_string());
    workspace.write("keeper", script);
    std::fs::set_permissions(workspace.path("keeper"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = workspace.duibiao(&["run", round, "-q", "-o", "out", "--typst", "./keeper"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    files
        .map(read)
        .filter(|model| model["kind"] == "brief" || model["kind"] == "main")
        .map(|model| ((word(&model["kind"]), word(&model["properties"]["language"])), model))
        .collect()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The numerals of a text, sorted; months of English dates are numbers as in Chinese ones.
fn numerals(text: &str) -> Vec<String> {
    let mut text = text.replace(['\u{2063}', '\u{2064}'], "");
    for (month, number) in MONTHS.iter().zip(1..) {
        text = text.replace(&format!(" {month}"), &format!(" {number} "));
    }
    let pieces = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let pieces = pieces.map(|piece| piece.trim_matches('.').to_owned());
    let mut found: Vec<String> = pieces.filter(|piece| !piece.is_empty()).collect();
    found.sort();
    found
}

fn rows(table: &serde_json::Map<String, Value>) -> &[Value] {
    table.get("rows").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether a table has fewer rows than another one, though it has some, or only names its units: tasks that contradict, what is owed, duties.
fn is_cut(one: &serde_json::Map<String, Value>, other: &serde_json::Map<String, Value>) -> bool {
    let is_one_of = ["heads", "dates"].iter().any(|key| one.contains_key(*key));
    is_one_of && rows(other).len() < rows(one).len()
}

/// The places at which two models differ by more than their wording.
fn differing(chinese: &Value, english: &Value, place: &str, found: &mut Vec<String>) {
    match (chinese, english) {
        // Of tables that are cut to their room English may have fewer rows, and says so in its title or note.
        (Value::Object(one), Value::Object(other)) if is_cut(one, other) => {
            for (at, (value, told)) in rows(one).iter().zip(rows(other)).enumerate() {
                differing(value, told, &format!("{place}/rows/{at}"), found);
            }
        }
        (Value::Object(one), Value::Object(other)) => {
            let keys = |fields: &serde_json::Map<String, Value>| fields.keys().cloned().collect::<Vec<_>>();
            if keys(one) != keys(other) {
                found.push(format!("{place}: {:?} {:?}", keys(one), keys(other)));
            }
            for (key, value) in one {
                differing(value, &other[key], &format!("{place}/{key}"), found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            if one.len() != other.len() {
                found.push(format!("{place}: {} and {} items", one.len(), other.len()));
            }
            for (at, (value, told)) in one.iter().zip(other).enumerate() {
                differing(value, told, &format!("{place}/{at}"), found);
            }
        }
        (Value::String(one), Value::String(other)) => {
            if numerals(one) != numerals(other) {
                found.push(format!("{place}: {one}\n    {other}"));
            }
        }
        (one, other) if one == other => {}
        (one, other) => found.push(format!("{place}: {one} {other}")),
    }
}

/// All texts of a model, each with its place.
fn texts(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((place.to_owned(), text.replace(['\u{2063}', '\u{2064}'], ""))),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| texts(item, &format!("{place}/{at}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| texts(value, &format!("{place}/{key}"), found));
        }
        _ => {}
    }
}

/// Whether a character is Chinese, or a mark of Chinese texts.
fn is_chinese(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
        || ('\u{3000}'..='\u{303f}').contains(&c)
        || ('\u{ff01}'..='\u{ff60}').contains(&c)
}

/// A text without what is quoted as it was written.
fn without_quotes(text: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// Both languages say the same; `names` are Chinese ones that have no English.
fn is_the_same(workspace: &Workspace, round: &str, names: &[String], what: &str) {
    let models = models(workspace, round);
    for kind in ["brief", "main"] {
        let of = |language: &str| &models[&(kind.to_owned(), language.to_owned())];
        let mut found = Vec::new();
        differing(&of("zh")["sections"], &of("en")["sections"], "", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{what}, {kind}:\n{}", found.join("\n"));
        let mut said = Vec::new();
        texts(of("en"), "", &mut said);
        let odd = said.into_iter().filter(|(_, text)| {
            let bare = names.iter().fold(without_quotes(text), |text, name| text.replace(name.as_str(), ""));
            bare.contains(is_chinese) || ["  ", " ,", "..", "( "].iter().any(|odd| text.contains(odd))
        });
        let odd: Vec<(String, String)> = odd.collect();
        assert!(odd.is_empty(), "{what}, {kind}: {odd:#?}");
    }
}

/// Asks a round for both languages.
pub(crate) fn ask_for_english(workspace: &Workspace) {
    let path = "input/2023/round.toml";
    let round = std::fs::read_to_string(workspace.path(path)).unwrap();
    let english = "[report]\nlanguages = [\"zh\", \"en\"]\n";
    workspace.write(path, format!("{round}\n{english}"));
}

/// Gives the cities, rows and units of a drawn round English names, as long as such get.
fn name_in_english(workspace: &Workspace, drawn: &Drawn) {
    let insert = |path: &str, before: &str, name: &dyn Fn(usize) -> String| {
        let text = std::fs::read_to_string(workspace.path(path)).unwrap();
        let mut count = 0;
        let lines = text.lines().map(|line| {
            let is_one = line.starts_with(before);
            count += usize::from(is_one);
            if is_one { format!("{line}\nen = \"{}\"\n", name(count)) } else { format!("{line}\n") }
        });
        let named: String = lines.collect();
        workspace.write(path, named);
    };
    insert("input/catalogue.toml", "short = ", &|at| format!("R&D expenditure of kind {at} in larger firms"));
    for at in 0..drawn.cities {
        insert(&format!("input/2023/c{at:03}/plan.toml"), "short = ", &|_| {
            "Tujia and Miao Autonomous Prefecture of the West".to_owned()
        });
    }
}

fn samples() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
}

#[test]
fn the_sample_rounds_print_the_same_numerals_in_english_and_no_chinese() {
    let workspace = samples();
    for round in ["input/2023", "input/2025"] {
        is_the_same(&workspace, round, &special_rows(), round);
    }
}

/// What begins the numbers of a second series of rows (特2).
fn special_rows() -> Vec<String> {
    vec!["特".to_owned()]
}

#[test]
fn a_round_of_one_of_the_sample_cities_prints_the_same_numerals_in_english() {
    let workspace = samples();
    for (round, cities, city) in [
        ("input/2023", "\"xiangtan\", \"qianjiang\"", "\"xiangtan\""),
        ("input/2025", "\"qianjiang\", \"hengyang\"", "\"hengyang\""),
        ("input/2025", "\"hengyang\"", "\"qianjiang\""),
    ] {
        let path = format!("{round}/round.toml");
        let text = std::fs::read_to_string(workspace.path(&path)).unwrap();
        assert!(text.contains(cities));
        let mut text = text.replace(cities, city);
        if !city.contains("qianjiang") {
            // What is decided for the other city goes with it.
            if let Some(at) = text.find("[[base_year]]") {
                text.truncate(at);
            }
        }
        workspace.write(&path, text);
        let _ = std::fs::remove_file(workspace.path(&format!("{round}/waivers.toml")));
        is_the_same(&workspace, round, &special_rows(), &format!("{round} {city}"));
    }
}

#[test]
fn drawn_rounds_print_the_same_numerals_in_english_and_keep_names_that_have_no_other() {
    for (what, drawn) in [
        ("one city", Drawn { cities: 1, ..PLAIN }),
        ("two cities", PLAIN),
        ("three cities", Drawn { cities: 3, ..PLAIN }),
        ("seven cities", Drawn { cities: 7, ..PLAIN }),
        ("thirty cities", Drawn { cities: 30, ..PLAIN }),
        ("no base", Drawn { indicators: 5, has_base: false, ..PLAIN }),
        ("nothing reported", Drawn { is_reported: false, ..PLAIN }),
        ("long names", Drawn { indicators: 30, are_names_long: true, ..PLAIN }),
    ] {
        let workspace = drawn.workspace();
        ask_for_english(&workspace);
        is_the_same(&workspace, "input/2023", &drawn.names(), what);
    }
}

#[test]
fn the_english_documents_keep_to_their_pages_in_type_that_can_be_read() {
    let fit = |workspace: &Workspace, round: &str, most: usize, what: &str| {
        // Rows of a dozen cities and what is asked of them do not fit two pages in English yet.
        let of_brief = if what == "twelve cities" { 3 } else { 2 };
        for (kind, file, pages_at_most) in
            [("brief", "brief-en.pdf", of_brief), ("main", "report-en.pdf", most)]
        {
            publish_only(workspace, round, kind);
            let pdf = workspace.path(&format!("out/{file}"));
            let count = pages(&pdf).len();
            assert!(count <= pages_at_most, "{what}: {count} pages in {file}, {pages_at_most} at the most");
            let smallest = sizes(&pdf).into_iter().min();
            assert!(smallest >= Some(9), "{what}: type of {smallest:?} points in {file}");
        }
    };
    let workspace = samples();
    for round in ["input/2023", "input/2025"] {
        fit(&workspace, round, 12, round);
    }
    for (what, drawn, most) in [
        ("one city", Drawn { cities: 1, ..PLAIN }, 8),
        ("two cities", Drawn { indicators: 30, ..PLAIN }, 14),
        ("twelve cities", Drawn { cities: 12, ..PLAIN }, 14),
        ("thirty cities", Drawn { cities: 30, ..PLAIN }, 14),
    ] {
        let workspace = drawn.workspace();
        ask_for_english(&workspace);
        name_in_english(&workspace, &drawn);
        fit(&workspace, "input/2023", most, what);
    }
}

#[test]
fn a_round_that_asks_for_chinese_alone_has_no_english_documents() {
    let workspace = PLAIN.workspace();
    publish_only(&workspace, "input/2023", "nothing");
    assert!(workspace.path("out/brief.pdf").exists());
    assert!(!workspace.path("out/brief-en.pdf").exists() && !workspace.path("out/report-en.pdf").exists());
}
