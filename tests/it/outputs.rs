//! What documents say of the outputs, against the outputs of rounds that are run for it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use duibiao::digest::Digests;
use serde_json::Value;

use crate::own_reports;
use crate::workspace::{PROGRAM, Row, Workspace, copy_tree, csv_rows, flowing_text, repository};

/// A round that was published: what documents speak of.
struct Published {
    name: String,
    manifest: Value,
    /// Those that are attached to the reports of cities.
    own_manifests: Vec<Value>,
    validation: Value,
    tables: BTreeMap<String, Vec<Row>>,
    /// The text of the technical volume without blanks.
    text: String,
    /// That of the own reports, by city.
    own_texts: BTreeMap<String, String>,
    /// SM3 of the input files by path.
    inputs: BTreeMap<String, String>,
}

/// Both samples, and five cities with evidence, replaced workbooks and whole reports.
static ROUNDS: LazyLock<Vec<Published>> = LazyLock::new(|| {
    let sample = |year: &str| {
        let workspace = Workspace::new();
        copy_tree(&repository().join("input"), &workspace.path("input"), false);
        let output = workspace.duibiao(&["run", &format!("input/{year}"), "--output", "output/2023"]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{year}");
        published(year, &workspace)
    };
    vec![sample("2023"), sample("2025"), published("five cities", &own_reports::round())]
});

fn published(name: &str, workspace: &Workspace) -> Published {
    let output = workspace.path("output/2023");
    let json = |path: &Path| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
    let files = |folder: &str| {
        let entries = std::fs::read_dir(output.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    let stem = |path: &Path| path.file_stem().unwrap().display().to_string();
    let tables = files("tables").into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "csv"));
    let own_manifest = |pdf: &Path| {
        let into = workspace.path(&format!("attached/{}", stem(pdf)));
        std::fs::create_dir_all(&into).unwrap();
        let status = Command::new("pdfdetach").arg("-saveall").arg("-o").arg(&into).arg(pdf).status();
        assert!(status.unwrap().success(), "pdfdetach failed on {}", pdf.display());
        json(&into.join("manifest.json"))
    };
    let manifest = json(&output.join("manifest.json"));
    let sm3 = |input: &Value| {
        let path = input["path"].as_str().unwrap().to_owned();
        let bytes = std::fs::read(workspace.path("input").join(&path)).unwrap();
        (path, Digests::of(&bytes).sm3)
    };
    Published {
        name: name.to_owned(),
        own_manifests: files("cities").iter().map(|pdf| own_manifest(pdf)).collect(),
        validation: json(&output.join("validation-report.json")),
        tables: tables.map(|path| (stem(&path), csv_rows(&path))).collect(),
        text: flowing_text(&[output.join("technical.pdf")]),
        own_texts: files("cities").into_iter().map(|pdf| (stem(&pdf), flowing_text(&[pdf]))).collect(),
        inputs: manifest["inputs"].as_array().unwrap().iter().map(sm3).collect(),
        manifest,
    }
}

fn document(name: &str) -> String {
    std::fs::read_to_string(repository().join(name)).unwrap()
}

/// A document with single blanks between words, whatever its lines.
fn flowing(name: &str) -> String {
    document(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The section below a heading of a document.
fn section(text: &str, heading: &str) -> String {
    let mut parts = text.split("\n## ");
    parts.find(|part| part.starts_with(heading)).unwrap_or_else(|| panic!("no section {heading}")).to_owned()
}

/// What stands between backticks in a text.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The first columns of the tables of a section, one name each, with the text of the second.
fn listed(section: &str) -> Vec<(String, String)> {
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.flat_map(|line| {
        let mut cells = line.trim_matches('|').split(" | ").map(str::trim);
        let names = quoted(cells.next().unwrap());
        let said = cells.next().unwrap_or_default().to_owned();
        names.into_iter().map(move |name| (name, said.clone())).collect::<Vec<_>>()
    })
    .collect()
}

/// The fields of a document of JSON with the kinds of their values: `inputs[].role`; keys that are codes are `CODE`.
fn fields(value: &Value, path: &str, found: &mut BTreeMap<String, BTreeSet<bool>>) {
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                let key = if duibiao::finding::codes().contains(&key.as_str()) { "CODE" } else { key };
                let own = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                fields(inner, &own, found);
            }
        }
        // A pair or a text is a value itself.
        Value::Array(items) => match items.iter().find(|item| item.is_object()) {
            Some(_) => items.iter().for_each(|item| fields(item, &format!("{path}[]"), found)),
            None => drop(found.entry(format!("{path}[]")).or_default().insert(false)),
        },
        simple => drop(found.entry(path.to_owned()).or_default().insert(simple.is_null())),
    }
}

/// Holds the fields that files have against those that a section documents: "only in" must be missing in some, "or null" be null in some.
fn hold_fields(heading: &str, files: &[&Value]) {
    let documented: BTreeMap<String, String> =
        listed(&section(&document("docs/outputs.md"), heading)).into_iter().collect();
    let each: Vec<BTreeMap<String, BTreeSet<bool>>> = files
        .iter()
        .map(|file| {
            let mut found = BTreeMap::new();
            fields(file, "", &mut found);
            found
        })
        .collect();
    // No round here has answers to queries: `settled.rs` has some.
    let elsewhere = documented.keys().filter(|name| *name == "counts.CODE.explained");
    let occurring: BTreeSet<&String> = each.iter().flat_map(BTreeMap::keys).chain(elsewhere).collect();
    assert_eq!(documented.keys().collect::<BTreeSet<_>>(), occurring, "{heading}");
    for (name, said) in &documented {
        let lists_nothing = |file: &&Value| {
            name.split_once("[]")
                .is_some_and(|(list, _)| file[list].as_array().is_some_and(|items| items.is_empty()))
        };
        let without =
            files.iter().zip(&each).filter(|(file, own)| !own.contains_key(name) && !lists_nothing(file));
        assert_eq!(said.starts_with("only in"), without.count() > 0, "{heading} {name}: {said}");
        let is_null = each.iter().filter_map(|own| own.get(name)).any(|kinds| kinds.contains(&true));
        assert_eq!(said.ends_with("or null"), is_null, "{heading} {name}: {said}");
    }
}

#[test]
fn every_field_of_the_manifest_is_documented_and_every_documented_one_occurs() {
    let all = ROUNDS.iter().flat_map(|round| std::iter::once(&round.manifest).chain(&round.own_manifests));
    hold_fields("`manifest.json`", &all.collect::<Vec<_>>());
}

#[test]
fn every_field_of_the_validation_report_is_documented_and_every_documented_one_occurs() {
    let all = ROUNDS.iter().map(|round| &round.validation);
    hold_fields("`validation-report.json`", &all.collect::<Vec<_>>());
}

#[test]
fn roles_of_inputs_and_parameters_are_those_that_the_document_lists() {
    let text = section(&document("docs/outputs.md"), "`manifest.json`");
    let paragraph = |start: &str| {
        let found = text.split("\n\n").find(|part| part.starts_with(start)).unwrap().to_owned();
        quoted(&found).into_iter().collect::<BTreeSet<_>>()
    };
    let texts = |of: &dyn Fn(&Value) -> String, list: &str| -> BTreeSet<String> {
        let lists = ROUNDS.iter().map(|round| round.manifest[list].as_array().unwrap());
        lists.flatten().map(of).collect()
    };
    let role = |input: &Value| input["role"].as_str().unwrap().to_owned();
    // No round here has values that were published, forms that were issued or queries, and nobody signed: `next_rounds.rs`, `forms.rs`, `asking.rs`
    // and `ledgers.rs` have such.
    let elsewhere = BTreeSet::from(["上年", "签审", "下发", "查询"].map(str::to_owned));
    assert_eq!(paragraph("Roles of inputs:"), &texts(&role, "inputs") | &elsewhere);
    // `grades` stands for three.
    let name = |pair: &Value| pair[0].as_str().unwrap().to_owned();
    let no_parameters = ["[method]", "grades", "round.toml"].map(str::to_owned);
    let said = &paragraph("Parameters:") - &BTreeSet::from(no_parameters);
    assert_eq!(said, texts(&name, "parameters"));
}

/// What is said of the fingerprint, in the document and in the report; the test does it.
const FINGERPRINT: &str = "the SM3 of one text, the SM3 digests of all inputs (64 lower-case hexadecimal digits each) in order with nothing between";
const FINGERPRINT_IN_CHINESE: &str = "“输入指纹”由全部输入的SM3摘要值（小写十六进制文字）依次连接再取SM3";

#[test]
fn the_fingerprint_is_taken_of_what_the_documents_say() {
    assert!(flowing("docs/outputs.md").contains(FINGERPRINT));
    for round in ROUNDS.iter() {
        let digests = round.manifest["inputs"].as_array().unwrap().iter().map(|input| {
            let (path, sm3) = (input["path"].as_str().unwrap(), input["sm3"].as_str().unwrap());
            assert_eq!(round.inputs[path], sm3, "{}: {path}", round.name);
            assert!(sm3.len() == 64 && sm3.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')));
            sm3
        });
        let joined: String = digests.collect();
        let fingerprint = Digests::of(joined.as_bytes()).sm3;
        assert_eq!(round.manifest["fingerprint"], fingerprint.as_str(), "{}", round.name);
        assert!(round.text.contains(&fingerprint), "{}: {}", round.name, round.text);
        assert!(round.text.contains(FINGERPRINT_IN_CHINESE), "{}", round.name);
        for own in &round.own_manifests {
            let texts = |list: &str, field: &str| -> Vec<String> {
                let all = own[list].as_array().unwrap().iter();
                all.map(|one| one[field].as_str().unwrap().to_owned()).collect()
            };
            // Its own inputs, and the files attached beside it: what other cities report is in neither.
            assert_ne!(own["inputs"], round.manifest["inputs"]);
            let inputs = Digests::of(texts("inputs", "sm3").concat().as_bytes()).sm3;
            let lines = texts("outputs", "path").into_iter().zip(texts("outputs", "sha256"));
            let lines: String = lines.map(|(path, sha256)| format!("{path}\0{sha256}\n")).collect();
            assert!(lines.starts_with("results.xlsx\0") && lines.contains("\nlineage.csv\0"), "{lines}");
            let figures = Digests::of(lines.as_bytes()).sm3;
            assert_eq!(
                (&own["fingerprint"], &own["figures"]),
                (&inputs.clone().into(), &figures.clone().into())
            );
            let printed = &round.own_texts[own["city"].as_str().unwrap()];
            assert!(printed.contains(&format!("本册输入指纹（SM3）{inputs}")), "{}: {printed}", round.name);
            assert!(printed.contains(&format!("本册数字指纹（SM3）{figures}")), "{}: {printed}", round.name);
        }
    }
}

/// What is said of the fingerprint of the figures; the test does it.
const FIGURES: &str = "the SM3 of one text in which every table `tables/*.csv` but `signoff` has a line, in the order of their paths: path, NUL, SHA-256 (64 lower-case hexadecimal digits), line feed";

#[test]
fn the_paper_carries_the_digest_of_its_own_figures() {
    assert!(flowing("docs/outputs.md").contains(FIGURES));
    for round in ROUNDS.iter() {
        let outputs = round.manifest["outputs"].as_array().unwrap().iter();
        let tables = outputs.map(|one| (one["path"].as_str().unwrap(), one["sha256"].as_str().unwrap()));
        let mut tables: Vec<(&str, &str)> =
            tables.filter(|(path, _)| path.starts_with("tables/") && path.ends_with(".csv")).collect();
        assert!(tables.iter().any(|(path, _)| *path == "tables/signoff.csv"));
        tables.retain(|(path, _)| *path != "tables/signoff.csv");
        tables.sort_unstable();
        assert!(tables.len() > 10 && tables.iter().any(|(path, _)| *path == "tables/derivation.csv"));
        let text: String = tables.iter().map(|(path, sha256)| format!("{path}\0{sha256}\n")).collect();
        let figures = Digests::of(text.as_bytes()).sm3;
        assert_eq!(round.manifest["figures"], figures.as_str(), "{}", round.name);
        assert!(round.text.contains(&figures), "{}: {}", round.name, round.text);
    }
}

#[test]
fn a_doubt_of_a_fact_is_empty_where_the_document_says_so() {
    let facts = section(&document("docs/tables.md"), "`facts`");
    let said = listed(&facts).into_iter().find(|(name, _)| name == "doubt").unwrap();
    let line = facts.lines().find(|line| line.starts_with("| `doubt`")).unwrap();
    assert!(line.contains("empty when there is none, also of a `conflicting` fact"), "{said:?}");
    let all: Vec<&Row> = ROUNDS.iter().flat_map(|round| &round.tables["facts"]).collect();
    let conflicting: Vec<&&Row> = all.iter().filter(|row| row["status"] == "conflicting").collect();
    assert!(!conflicting.is_empty());
    assert!(conflicting.iter().all(|row| row["doubt"].is_empty() && !row["reason"].is_empty()));
    // "The error that withholds the value from judgement": the targets of such a value have no verdict.
    let mut doubted = 0;
    for round in ROUNDS.iter() {
        for fact in round.tables["facts"].iter().filter(|row| !row["doubt"].is_empty()) {
            let own = round.tables["assessments"].iter();
            let own = own.filter(|row| row["city"] == fact["city"] && row["no"] == fact["no"]);
            for row in own {
                assert_eq!((row["met"].as_str(), row["state"].as_str()), ("", "in_doubt"), "{fact:?}");
                doubted += 1;
            }
        }
    }
    assert!(doubted > 2, "{doubted}");
}

/// A figure with the city's slug and the numbers of indicators and tasks replaced by what they are.
fn kind_of_figure(figure: &str) -> String {
    let mut parts: Vec<&str> = figure.split('/').collect();
    if parts[0] != "round" {
        parts[0] = "city";
        if parts[1].starts_with("task-") {
            parts[1] = "task-no";
        } else if parts[1].contains(|c: char| c.is_ascii_digit()) {
            parts[1] = "no";
        }
    }
    parts.join("/")
}

#[test]
fn every_kind_of_figure_and_of_step_in_the_lineage_is_documented_and_every_documented_one_occurs() {
    let text = section(&document("docs/tables.md"), "`lineage`");
    let (_, behind) = text.split_once("Figures:").unwrap();
    let (figures, operations) = behind.split_once("Operations:").unwrap();
    let names = |text: &str| listed(text).into_iter().map(|(name, _)| name).collect::<BTreeSet<_>>();
    let steps = || ROUNDS.iter().flat_map(|round| &round.tables["lineage"]);
    let occurring: BTreeSet<String> = steps().map(|step| kind_of_figure(&step["figure"])).collect();
    assert_eq!(names(figures), occurring);
    // Counts and sums say what is counted behind the word.
    let documented = names(operations);
    let kind = |operation: &str| {
        let known = documented.iter().filter(|one| operation.starts_with(one.as_str()));
        known.max_by_key(|one| one.len()).cloned().unwrap_or_else(|| format!("undocumented: {operation}"))
    };
    let occurring: BTreeSet<String> = steps().map(|step| kind(&step["operation"])).collect();
    // Those that no round here has, each with the test whose round has it.
    let elsewhere =
        ["推算 derive", "对照 compare with", "调整 amend", "引用 recall", "更正 correct"].map(str::to_owned);
    assert_eq!(documented, &occurring | &BTreeSet::from(elsewhere));
}

/// Columns with a closed list of words.
const WORDS_OF_COLUMNS: [(&str, &str); 15] = [
    ("submissions", "format"),
    ("observations", "vintage"),
    ("facts", "status"),
    ("facts", "word"),
    ("assessments", "tier"),
    ("assessments", "origin"),
    ("assessments", "operator"),
    ("assessments", "state"),
    ("tasks", "status"),
    ("tasks", "state"),
    ("scores", "basis"),
    ("units", "role_key"),
    ("findings", "severity"),
    ("findings", "outcome"),
    ("submissions", "used"),
];

#[test]
fn the_words_that_occur_in_columns_of_the_tables_are_documented() {
    let text = document("docs/tables.md");
    for (table, column) in WORDS_OF_COLUMNS {
        let section = section(&text, &format!("`{table}`"));
        let line = section.lines().find(|line| line.starts_with(&format!("| `{column}` |"))).unwrap();
        let documented: BTreeSet<&str> =
            line.split(|c: char| c.is_whitespace() || "`,;:|()".contains(c)).collect();
        for row in ROUNDS.iter().flat_map(|round| &round.tables[table]) {
            let word = row[column].as_str();
            let is_truth = line.contains("| bool |") && matches!(word, "true" | "false");
            assert!(word.is_empty() || is_truth || documented.contains(word), "{table}.{column}: {word}");
        }
    }
    let kinds = document("docs/plan-format.md");
    for row in ROUNDS.iter().flat_map(|round| &round.tables["assessments"]) {
        assert!(kinds.contains(&format!("`{}`", row["kind"])), "{}", row["kind"]);
    }
}

/// The lines of the program's output that a document shows below commands, in the order of the document.
fn shown(document: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let blocks = document.split("```console\n").skip(1).filter_map(|part| part.split("```").next());
    let mut found: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for line in blocks.flat_map(str::lines) {
        if let Some(command) = line.strip_prefix("$ ") {
            let command = command.split(" # ").next().unwrap_or_default();
            found.push((command.split_whitespace().map(str::to_owned).collect(), Vec::new()));
        } else if let Some((_, lines)) = found.last_mut().filter(|_| line != "…") {
            lines.push(line.to_owned());
        }
    }
    found
}

/// Runs what ends only when it is told to, as soon as it has said something. Not by an interrupt, which a shell lets what runs in the background ignore.
fn until_interrupted(workspace: &Workspace, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(workspace.path("")).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    output.read_line(&mut text).unwrap();
    assert!(!text.is_empty(), "{arguments:?} says nothing");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    output.read_to_string(&mut text).unwrap();
    Output { status: child.wait().unwrap(), stdout: text.into_bytes(), stderr: Vec::new() }
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let mut lines = 0;
    for (command, expected) in shown(&document("README.md")) {
        if command[0] != "duibiao" {
            continue;
        }
        let arguments: Vec<&str> = command[1..].iter().map(String::as_str).collect();
        let output = match arguments[0] {
            "watch" => until_interrupted(&workspace, &arguments),
            _ => workspace.duibiao(&arguments),
        };
        assert!(matches!(output.status.code(), Some(0 | 1)), "{command:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        let mut printed = text.lines();
        for line in expected {
            assert!(
                printed.any(|one| one == line),
                "{command:?} does not print, in this place: {line}\n{text}"
            );
            lines += 1;
        }
    }
    assert!(lines > 8, "{lines}");
}

/// Counts in words, as documents write them.
const NUMERALS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// What is counted in the documents that [`COUNTED`] names.
const NOUNS: [&str; 40] = [
    "annexes",
    "attachments",
    "cells",
    "chapters",
    "choices",
    "cities",
    "codes",
    "columns",
    "commands",
    "departments",
    "documents",
    "domains",
    "files",
    "findings",
    "fixtures",
    "formats",
    "grades",
    "indicators",
    "keys",
    "kinds",
    "laws",
    "layers",
    "methods",
    "modules",
    "mutants",
    "pages",
    "plans",
    "roles",
    "rounds",
    "rows",
    "rules",
    "sheets",
    "stages",
    "states",
    "tables",
    "targets",
    "tests",
    "things",
    "units",
    "workbooks",
];

/// Documents whose every count is held by [`counts`] and [`bounds`].
const COUNTED: [&str; 6] = [
    "README.md",
    "input/README.md",
    "docs/architecture.md",
    "docs/outputs.md",
    "docs/robustness.md",
    "docs/tables.md",
];

/// The number of a text such as `(2_100, 1)` behind a word in the repository's files.
fn number_behind(file: &str, word: &str) -> usize {
    let text = document(file);
    let (_, behind) = text.split_once(word).unwrap_or_else(|| panic!("{file} has no {word}"));
    let digits: String = behind.chars().take_while(|c| c.is_ascii_digit() || *c == '_').collect();
    digits.replace('_', "").parse().unwrap()
}

/// The rows of a table in a section of a document.
fn rows_of(name: &str, heading: &str) -> usize {
    section(&document(name), heading).lines().filter(|line| line.starts_with("| ")).count() - 1
}

/// The workbooks that calls of the simulation draw.
fn simulated(calls: &[&str]) -> usize {
    let books = number_behind("tests/it/simulate.rs", "const CITIES: usize = ");
    calls.iter().map(|call| number_behind("tests/it/simulate.rs", call)).sum::<usize>() * books
}

/// The workbooks in packages of public registries.
fn public_workbooks() -> usize {
    let list = document("tests/corpus/packages.txt");
    let packages = list.lines().filter(|line| !line.starts_with('#'));
    packages.map(|line| line.split_whitespace().last().unwrap().parse::<usize>().unwrap()).sum()
}

/// Every count that the documents state: the sentence with `{}` in the place of the number, and the number. Not counts of the program are
/// the samples in code, bounds such as `15 digits`, and what was measured once.
fn counts() -> Vec<(&'static str, &'static str, usize)> {
    let files = |ext: &str| {
        let all =
            ["2023/xiangtan", "2023/qianjiang", "2025/qianjiang", "2025/hengyang"].iter().flat_map(|city| {
                std::fs::read_dir(repository().join("input").join(city).join("submissions")).unwrap()
            });
        all.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|own| own == ext)).count()
    };
    let rounds = std::fs::read_dir(repository().join("input")).unwrap();
    let rounds = rounds.filter(|entry| entry.as_ref().unwrap().path().join("round.toml").exists()).count();
    let of_units = |code: &str| {
        let finding = ROUNDS[0].tables["findings"].iter().find(|row| row["code"] == code).unwrap();
        finding["unit"].split('、').count()
    };
    let worse = ROUNDS[0].tables["assessments"].iter();
    let worse = worse.filter(|row| row["city"] == "xiangtan" && row["target_worse_than_baseline"] == "true");
    let commands = section(&document("README.md"), "Two commands").matches("\n$ make ").count();
    vec![
        ("README.md", "## {} commands", commands),
        (
            "README.md",
            "({} are built in",
            number_behind("src/plan/method.rs", "WORDS: [(&'static str, Self); "),
        ),
        ("input/README.md", "are {} rounds", rounds),
        ("input/README.md", "the {} workbooks that LibreOffice saves again", files("xls") + files("ods") + 1),
        ("input/README.md", "({} `.xls`", files("xls")),
        ("input/README.md", "{} `.ods`", files("ods")),
        ("input/README.md", "| C502 | error | {} departments disagree", of_units("C502")),
        ("input/README.md", "| C503 | note | {} departments disagree", of_units("C503")),
        ("input/README.md", "itself sets {} targets worse", worse.count()),
        ("docs/architecture.md", "## The {} laws", rows_of("docs/architecture.md", "The ten laws")),
        ("docs/robustness.md", "{} things hold the reading", rows_of("docs/robustness.md", "Reading")),
        ("docs/robustness.md", "{} with `make test`, 22,000", simulated(&["run(1, ", "run(2, ", "run(3, "])),
        (
            "docs/robustness.md",
            "{} with `make simulate`",
            simulated(&["run(100_001, ", "run(300_003, ", "run(200_002, "]),
        ),
        ("docs/robustness.md", "{} public workbooks", public_workbooks()),
        ("CHANGELOG.md", "{} public workbooks", public_workbooks()),
        ("docs/robustness.md", "at least {} workbooks", number_behind("tests/it/corpus.rs", "files >= ")),
        (
            "docs/robustness.md",
            "{} with `make test`, 105,000",
            number_behind("tests/it/mutants.rs", "let (told, most) = survive("),
        ),
        (
            "docs/robustness.md",
            "{} with `make mutants`",
            number_behind(
                "tests/it/mutants.rs",
                "fn a_hundred_thousand_mutants_end_as_findings() {\n    let (told, most) = survive(",
            ),
        ),
        (
            "docs/plan-format.md",
            "the {} domains",
            document("input/catalogue.toml").matches("[[dimension]]").count(),
        ),
    ]
}

/// The same of the limits on the reading of workbooks.
fn bounds() -> Vec<(&'static str, &'static str, usize)> {
    let limits = duibiao::workbook::Limits::default();
    let mib = |bound: u64| usize::try_from(bound).unwrap();
    vec![
        ("docs/robustness.md", "two workers of {} MiB", mib(limits.memory_mib)),
        ("docs/submissions.md", "a worker process of {} MiB", mib(limits.memory_mib)),
        ("docs/submissions.md", "within {} seconds", mib(limits.seconds)),
        ("docs/submissions.md", "Files up to {} MiB", mib(limits.file_mib)),
        ("docs/submissions.md", "unpack to {} MiB", mib(limits.unpacked_mib)),
        ("docs/submissions.md", "hold {} million cells", limits.cells / 1_000_000),
        ("docs/round-format.md", "| `file_mib` | {} |", mib(limits.file_mib)),
        ("docs/round-format.md", "| `seconds` | {} |", mib(limits.seconds)),
        ("docs/round-format.md", "| `memory_mib` | {} |", mib(limits.memory_mib)),
        ("docs/round-format.md", "| `answer_mib` | {} |", mib(limits.answer_mib)),
        ("docs/round-format.md", "| `parts` | {} |", limits.parts),
        ("docs/round-format.md", "| `unpacked_mib` | {} |", mib(limits.unpacked_mib)),
        ("docs/round-format.md", "| `texts`, `texts_mib` | {}, 256 |", limits.texts),
        ("docs/round-format.md", "{} | texts that cells share", limits.texts_mib),
        ("docs/round-format.md", "| `cells_visited` | {} |", limits.cells_visited),
        ("docs/round-format.md", "| `cells` | {} |", limits.cells),
        ("docs/round-format.md", "| `merges` | {} |", limits.merges),
    ]
}

/// Ways to write a number: in words, in digits, with commas.
fn written(number: usize) -> Vec<String> {
    let digits = number.to_string();
    let thousands = || {
        let (head, tail) = digits.split_at(digits.len() - 3);
        format!("{head},{tail}")
    };
    let mut ways: Vec<String> = NUMERALS.get(number).map(|word| (*word).to_owned()).into_iter().collect();
    ways.extend((digits.len() > 3).then(thousands));
    ways.push(digits.clone());
    ways
}

#[test]
fn documents_state_no_count_that_is_not_held() {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for (name, sentence, number) in counts().into_iter().chain(bounds()) {
        let text = texts.entry(name).or_insert_with(|| flowing(name));
        let lower = text.to_lowercase();
        let ways = written(number).into_iter().map(|way| sentence.replace("{}", &way).to_lowercase());
        let found = ways.clone().find(|way| lower.contains(way));
        let found =
            found.unwrap_or_else(|| panic!("{name} does not say any of {:?}", ways.collect::<Vec<_>>()));
        // A number that is held is taken out; what is left must state nothing more.
        *text = lower.replacen(&found, &sentence.replace("{}", "…").to_lowercase(), 1);
    }
    for name in COUNTED {
        let text = texts.remove(name).unwrap_or_else(|| flowing(name)).to_lowercase();
        let text: Vec<&str> = text.split("```").step_by(2).collect();
        let words: Vec<&str> = text.iter().flat_map(|part| part.split_whitespace()).collect();
        for pair in words.windows(3) {
            let is_number = |word: &str| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                let digits = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == ',');
                let is_year = word.len() == 4 && word.starts_with("20");
                (digits && !is_year) || NUMERALS[2..].contains(&word)
            };
            let noun = |word: &str| NOUNS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
            let ends = pair[0].ends_with(['.', ',', ';', ':', ')']);
            let stated = !ends && is_number(pair[0]) && (noun(pair[1]) || noun(pair[2]));
            assert!(
                !stated || NO_COUNTS.contains(&pair.join(" ").as_str()),
                "{name} states a count: {}",
                pair.join(" ")
            );
        }
    }
}

/// What reads like a count and is none.
const NO_COUNTS: [&str; 1] = ["two files use"];
