//! The report model against its documentation, and the numbers of its tables against what refers to them.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::periods::half;
use crate::workspace::{PROGRAM, Workspace, repository};

/// A program that hands over a PDF of nothing and keeps what it was to set.
const TYPESETTER: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo 'typst 0.15.1 (copy)'; exit 0; fi
before=
for argument in "$@"; do
  if [ "$before" = --root ]; then root=$argument; fi
  before=$argument
done
cp "$root/data/report.json" "$(mktemp KEPT/XXXXXXXX)"
printf '%%PDF-1.7\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%%%EOF' > "$before"
"#;

/// The models of a round's documents, that of the round first.
fn models(round: &Path, arguments: &[&str]) -> Vec<Value> {
    let mut models = kept(round, arguments);
    models.sort_by_key(|model| model["kind"] != "round");
    assert!(models.len() >= 2 && models[0]["kind"] == "round", "{}", models.len());
    models
}

/// The models that a round was set from.
fn kept(round: &Path, arguments: &[&str]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    std::fs::create_dir(&kept).unwrap();
    let program = folder.path().join("typst");
    std::fs::write(&program, TYPESETTER.replace("KEPT", kept.to_str().unwrap())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(PROGRAM);
    command.arg("run").arg(round).args(arguments).arg("-q").arg("-o").arg(folder.path().join("output"));
    let output = command.arg("--typst").arg(&program).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let texts = std::fs::read_dir(&kept).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let models = texts.map(|text| serde_json::from_slice::<Value>(&text).unwrap());
    // The question for the characters that no font shows is a list.
    models.filter(Value::is_object).collect()
}

/// Rounds that have all there can be between them: plans with and without tables, few and many cities, weights and limits.
fn all_models() -> &'static [Vec<Value>] {
    static MODELS: OnceLock<Vec<Vec<Value>>> = OnceLock::new();
    MODELS.get_or_init(build_all)
}

fn build_all() -> Vec<Vec<Value>> {
    let sample = |year: &str| repository().join("input").join(year);
    let many: Vec<(String, String)> =
        (0..22).map(|at| (format!("city-{at:02}"), format!("甲{at}市"))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(slug, name)| (slug.as_str(), name.as_str())).collect();
    let workspace = Workspace::with_cities(&many);
    workspace.submit("city-00", "甲0市", "1|研发强度|%|2.97\n2|企业数|家|104\n4|创新政策|有/无|有");
    let decided = decided();
    let withheld = withheld();
    let few = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|slug| (slug, format!("{slug}市")));
    let few: Vec<(&str, &str)> = few.iter().map(|(slug, name)| (*slug, name.as_str())).collect();
    let few = Workspace::with_cities(&few);
    few.submit("a", "a市", "1|研发强度|%|2.97\n2|企业数|家|104");
    let indexed = crate::indexed_round::indexed();
    let index = indexed.path("input/2023/index.toml");
    let class = "[[class]]\nname = \"领先\"\nfrom = \"60\"\n[robustness]";
    let classed = std::fs::read_to_string(&index).unwrap().replace("[robustness]", class);
    std::fs::write(&index, classed).unwrap();
    let rounds = [
        (sample("2023"), &[][..]),
        (sample("2025"), &[]),
        (sample("2025"), &["--city", "hengyang"]),
        (workspace.path("input/2023"), &[]),
        (decided.path("input/2023"), &[]),
        (withheld.path("input/2023"), &[]),
        (few.path("input/2023"), &[]),
        (indexed.path("input/2023"), &[]),
    ];
    let of_years = rounds.into_iter().map(|(round, arguments)| models(&round, arguments));
    // A part of a year has one document; units may say more than a row has room for.
    let part = half(
        "2023年上半年",
        &format!(
            "序号|指标名称|计量单位|1—6月累计|说明|佐证编号\n2|企业数|家|20|{}|Z1",
            "上半年受认定批次调整影响".repeat(8)
        ),
    );
    of_years.chain([part.path("input/2023")].map(|round| kept(&round, &[]))).collect()
}

/// A round with weights, limits on the grade, a declared base year and a row that is broken down, with a target of the half year.
fn decided() -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let add = |path: &str, more: &str| {
        let text = std::fs::read_to_string(workspace.path(path)).unwrap();
        workspace.write(path, format!("{text}{more}"));
    };
    add(
        "input/2023/round.toml",
        "\n[[weight]]\nindicator = \"2\"\nweight = \"3\"\n[[veto]]\nindicator = \"1\"\ngrade = \"合格\"\nreason = \"未达\"\nby = \"办公室\"\non = 2024-01-20\n[[base_year]]\ncity = \"a\"\ntarget = \"P1\"\nyear = 2020\nreason = \"规划起点\"\nby = \"办公室\"\non = 2024-01-10\n[[level]]\nindicator = \"rd\"\narea = \"nation\"\nyear = 2022\nvalue = \"2.54\"\nsource = \"公报\"\n",
    );
    add("input/2023/a/plan.toml", AVERAGE_GROWTH);
    // A row that is broken down to one county.
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let row = "quote = \"100\"\n";
    let interim = "[[indicator.interim]]\nperiod = \"2023-H1\"\nvalue = \"100\"\n";
    let quota = "[[indicator.quota]]\narea = \"甲县\"\nyear = 2023\nvalue = \"100\"\nline = \"5\"\n";
    assert!(plan.contains(row));
    workspace.write("input/2023/a/plan.toml", plan.replace(row, &format!("{row}{interim}{quota}")));
    workspace.submit("a", "甲市", "1|研发强度|%|2.97\n2|企业数|家|104");
    workspace
}

/// A round that withholds the chapters of cities with errors.
fn withheld() -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", format!("{round}\n[gate]\nerror = \"chapter\"\n"));
    workspace.submit(
        "a",
        "甲市",
        "1|研发强度|%|2.97\n2|企业数|家|104\n3|单位能耗|吨标准煤/万元|0.45\n4|创新政策|有/无|有",
    );
    workspace
}

const AVERAGE_GROWTH: &str = "[[target]]\nid = \"P1\"\nname = \"目标P1\"\nshort = \"目标P1\"\nyear = 2023\nlead = [\"统计局\"]\nline = \"1\"\nquote = \"研发强度\"\nkind = \"average_growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"\n";

/// What the page says of a type: its keys with their types.
type Types = BTreeMap<String, BTreeMap<String, String>>;

/// The page: types of objects, types of sections by template, and lists of keys.
struct Page {
    types: Types,
    sections: BTreeMap<String, String>,
    keys: BTreeMap<String, BTreeSet<String>>,
}

impl Page {
    fn read() -> Self {
        let text = std::fs::read_to_string(repository().join("docs/report-model.md")).unwrap();
        let (mut types, mut sections, mut keys) = (Types::new(), BTreeMap::new(), BTreeMap::new());
        let mut head: Vec<String> = Vec::new();
        for line in text.lines() {
            let Some(row) = line.strip_prefix("| ") else {
                if !line.starts_with('|') {
                    head.clear();
                }
                continue;
            };
            let cells: Vec<String> =
                row.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
            match head.first().map(String::as_str) {
                None => head = cells,
                Some("template") => drop(sections.insert(cells[0].clone(), cells[1].clone())),
                Some("keys") => {
                    let known = row.split('`').skip(1).step_by(2).map(str::to_owned).collect();
                    keys.insert(cells[0].clone(), known);
                }
                Some(_) if head[1] == "type" => {
                    let own: &mut BTreeMap<_, _> = types.entry(head[0].clone()).or_default();
                    let twice = own.insert(cells[0].clone(), cells[1].clone());
                    assert_eq!(twice, None, "{} {} stands there twice", head[0], cells[0]);
                }
                Some(_) => {}
            }
        }
        Self { types, sections, keys }
    }
}

/// Walks models beside the page.
struct Walk<'a> {
    page: &'a Page,
    /// Types and keys that were seen; keys with more than `null`.
    seen: BTreeSet<(String, String)>,
    faults: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    fn new(page: &'a Page) -> Self {
        Self { page, seen: BTreeSet::new(), faults: BTreeSet::new() }
    }

    /// Holds a value against a type; `row` is what `R` stands for.
    fn value(&mut self, value: &Value, of: &str, row: &str, path: &str) {
        if let Some(of) = of.strip_suffix('?') {
            if !value.is_null() {
                self.value(value, of, row, path);
            }
            return;
        }
        if let Some(of) = of.strip_prefix('[').and_then(|of| of.strip_suffix(']')) {
            match value.as_array() {
                Some(items) => items.iter().for_each(|item| self.value(item, of, row, path)),
                None => self.fault(path, of, value),
            }
            return;
        }
        if let Some(row) = of.strip_prefix("Table<").and_then(|of| of.strip_suffix('>')) {
            return self.object(value, "Table", row, path);
        }
        let fits = match of {
            "str" => value.is_string(),
            "int" => value.is_u64(),
            "bool" => value.is_boolean(),
            "pos" => value.as_f64().is_some_and(|at| (0.0..=1.0).contains(&at)),
            "R" => return self.object(value, row, "", path),
            _ => match self.page.keys.get(of) {
                Some(keys) => value.as_str().is_some_and(|key| keys.contains(key)),
                None => return self.object(value, of, "", path),
            },
        };
        if !fits {
            self.fault(path, of, value);
        }
    }

    fn object(&mut self, value: &Value, of: &str, row: &str, path: &str) {
        let Some(keys) = self.page.types.get(of) else {
            self.faults.insert(format!("{path}: there is no type {of}"));
            return;
        };
        let Some(fields) = value.as_object() else { return self.fault(path, of, value) };
        // What leads to annex 3 may stand in any object.
        let documented = |key: &String| keys.contains_key(key) || key == "refs";
        for key in fields.keys().filter(|key| !documented(key)) {
            self.faults.insert(format!("{of}.{key} is not documented"));
        }
        for (key, kind) in keys {
            let Some(value) = fields.get(key) else {
                self.faults.insert(format!("{of}.{key} is documented and not in the model"));
                continue;
            };
            if !value.is_null() {
                self.seen.insert((of.to_owned(), key.clone()));
            }
            let template = fields.get("template").and_then(Value::as_str);
            let kind = match (kind.as_str(), template) {
                ("Content", Some(template)) => {
                    self.page.sections.get(template).map_or("Content", String::as_str)
                }
                (kind, _) => kind,
            };
            self.value(value, kind, row, &format!("{path}.{key}"));
        }
    }

    fn fault(&mut self, path: &str, of: &str, value: &Value) {
        self.faults.insert(format!("{path} should be {of}: {value:.60}"));
    }

    /// What the page has and no model had.
    fn unseen(&self) -> Vec<String> {
        let all = self.page.types.iter().flat_map(|(of, keys)| keys.iter().map(move |key| (of, key)));
        let unseen = all.filter(|(of, (key, kind))| {
            let is_seen = self.seen.contains(&((*of).clone(), (*key).clone()));
            let is_reached = self.seen.iter().any(|(seen, _)| seen == *of);
            !(is_seen || is_reached && kind.ends_with('?'))
        });
        unseen.map(|(of, (key, _))| format!("{of}.{key}")).collect()
    }
}

#[test]
fn the_page_of_the_model_has_every_key_with_its_type_and_no_other() {
    let models = all_models();
    let page = Page::read();
    assert!(page.types.len() > 50 && page.sections.len() > 20 && page.keys.len() > 4);
    let mut walk = Walk::new(&page);
    for model in models.iter().flatten() {
        walk.value(model, "Report", "", "report");
    }
    assert_eq!(walk.faults, BTreeSet::new());
    assert_eq!(walk.unseen(), Vec::<String>::new(), "documented, but in no model");
    // It sees what the page lacks, what the models lack, and what has another type.
    let changed = |change: &dyn Fn(&mut Page)| {
        let mut page = Page::read();
        change(&mut page);
        let mut walk = Walk::new(&page);
        models.iter().flatten().for_each(|model| walk.value(model, "Report", "", "report"));
        walk.faults.into_iter().next().unwrap_or_default()
    };
    let keys = |page: &mut Page, of: &str| page.types.get_mut(of).unwrap().clone();
    let set = |page: &mut Page, of: &str, keys| drop(page.types.insert(of.to_owned(), keys));
    let lacking = changed(&|page| {
        let mut own = keys(page, "UnitRow");
        own.remove("late");
        set(page, "UnitRow", own);
    });
    assert_eq!(lacking, "UnitRow.late is not documented");
    let invented = changed(&|page| {
        let mut own = keys(page, "UnitRow");
        own.insert("early".to_owned(), "bool".to_owned());
        set(page, "UnitRow", own);
    });
    assert_eq!(invented, "UnitRow.early is documented and not in the model");
    let other = changed(&|page| {
        let mut own = keys(page, "UnitRow");
        own.insert("late".to_owned(), "str".to_owned());
        set(page, "UnitRow", own);
    });
    assert!(other.contains("late should be str"), "{other}");
}

#[test]
fn every_section_is_a_file_with_a_template_of_its_name() {
    let names = |folder: &str, extension: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(repository().join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter_map(|name| Some(name.strip_suffix(extension)?.to_owned())).collect()
    };
    let templates = names("templates/sections", ".typ");
    let mut files = names("src/publish/report", ".rs");
    files.insert("unit_page".to_owned()); // in a folder of its own
    files.extend(names("src/publish/report/brief", ".rs").iter().map(|name| format!("brief_{name}")));
    files.extend(names("src/publish/report/main_report", ".rs").iter().map(|name| format!("main_{name}")));
    assert_eq!(templates.difference(&files).collect::<Vec<_>>(), Vec::<&String>::new());
    let page: BTreeSet<String> = Page::read().sections.into_keys().collect();
    assert_eq!(page, templates, "docs/report-model.md lists the sections");
}

/// The numbers of tables and figures that a text names: 表3, 湘潭表3, 附表3-1, 图2.
fn named(text: &str, numbers: &BTreeSet<String>) -> Vec<String> {
    let marks: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for (at, (from, mark)) in marks.iter().enumerate().filter(|(_, (_, mark))| matches!(mark, '表' | '图'))
    {
        let rest = &text[from + mark.len_utf8()..];
        let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
        if !digits.is_empty() {
            // The longest that is a number of the document, else without what stands before.
            let starts = (0..=at.min(6)).rev().map(|back| marks[at - back].0);
            let whole = starts
                .map(|start| format!("{}{mark}{digits}", &text[start..*from]))
                .find(|whole| numbers.contains(whole));
            found.push(whole.unwrap_or_else(|| format!("{mark}{digits}")));
        }
    }
    found
}

/// Texts and the numbers of what is printed, with the key that they stand under.
fn texts<'a>(value: &'a Value, key: &'a str, found: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => found.push((key, text)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, key, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| texts(value, key, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The numbers of the tables and figures that a document prints, in their order.
fn printed(model: &Value) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Value::Object(fields) => {
                let has_rows =
                    fields.get("rows").and_then(Value::as_array).is_none_or(|rows| !rows.is_empty());
                let title = fields.get("title").and_then(Value::as_str);
                if let Some((number, _)) =
                    title.filter(|_| has_rows).and_then(|title| title.split_once('\u{3000}'))
                {
                    found.push(number.to_owned());
                }
                fields.values().for_each(|value| collect(value, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    model["sections"].as_array().unwrap().iter().for_each(|section| collect(&section["content"], &mut found));
    found
}

#[test]
fn what_refers_to_a_table_or_figure_refers_to_one_that_is_printed() {
    let mut references = 0;
    for documents in all_models() {
        let whole: BTreeSet<String> = printed(&documents[0]).into_iter().collect();
        for model in documents {
            let own = printed(model);
            let numbers: BTreeSet<String> = own.iter().cloned().collect();
            assert_eq!(numbers.len(), own.len(), "a number is taken twice: {own:?}");
            for number in numbers.iter().filter(|number| !number.ends_with(|c: char| !c.is_ascii_digit())) {
                let start = number.trim_end_matches(|c: char| c.is_ascii_digit());
                let last: usize = number[start.len()..].parse().unwrap();
                let is_next = last == 1 || numbers.contains(&format!("{start}{}", last - 1));
                assert!(is_next || ["附表"].contains(&start), "{number} has none before it: {own:?}");
            }
            let mut all = Vec::new();
            texts(&model["sections"], "", &mut all);
            let built = ["text", "note", "basis", "basis_text", "key", "source"];
            for (key, text) in all.into_iter().filter(|(key, _)| built.contains(key)) {
                for number in named(text, &numbers) {
                    references += 1;
                    // The rank of a city is computed in the report of the round, also for the city's own.
                    let is_printed = numbers.contains(&number) || (key == "basis" && whole.contains(&number));
                    assert!(is_printed, "{number} is not printed: {key}: {text}");
                }
            }
        }
    }
    assert!(references > 100, "{references}");
}
