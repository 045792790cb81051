//! What changed between two outputs: every figure with its leaf, every score's change as parts that add up, every link a round that can be run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Output;
use std::sync::LazyLock;

use duibiao::diff::{DiffOrder, diff};
use duibiao::finding::Language;
use duibiao::ledger::Exact;
use duibiao::progress::Silent;
use serde_json::Value;

use crate::replay::Archive;
use crate::sampled;
use crate::workspace::{GOOD, PROGRAM, Row, copy_tree, csv_rows, repository};

/// The causes that one program can mix, in their order.
const CAUSES: [&str; 7] = ["catalogue", "method", "weights", "targets", "decisions", "coverage", "actuals"];

/// Two outputs of a round, with the inputs of each: `a` and `in-a` before, `b` and `in-b` after.
struct Two(Archive);

impl Two {
    /// Publishes a round, changes it, and publishes it again.
    fn published(before: impl FnOnce(&Archive), change: impl FnOnce(&Archive)) -> Self {
        let archive = Archive::published(|_| ());
        before(&archive);
        archive.run();
        let keep = |name: &str| {
            copy_tree(&archive.workspace.path("output/2023"), &archive.workspace.path(name), false);
            copy_tree(
                &archive.workspace.path("input"),
                &archive.workspace.path(&format!("in-{name}")),
                false,
            );
        };
        keep("a");
        change(&archive);
        archive.run();
        keep("b");
        Self(archive)
    }

    fn asked(&self, arguments: &[&str]) -> Output {
        self.0.workspace.duibiao(&[&["diff"], arguments].concat())
    }

    fn said(&self, arguments: &[&str]) -> String {
        let output = self.asked(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{error}{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stdout).unwrap()
    }

    fn text(&self) -> String {
        self.said(&["a", "b", "--input", "in-a", "--input", "in-b"])
    }

    fn json(&self, ends: [&str; 2], more: &[&str]) -> Value {
        let [one, other] = ends.map(|end| format!("in-{end}"));
        let asked = [ends[0], ends[1], "--input", &one, "--input", &other, "--format", "json"];
        serde_json::from_str(&self.said(&[asked.as_slice(), more].concat())).unwrap()
    }

    /// The words of a refusal.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.asked(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }
}

fn exact(value: &Value) -> Exact {
    Exact::parse(value.as_str().unwrap_or_else(|| panic!("{value}"))).unwrap()
}

fn sum<'a>(all: impl Iterator<Item = &'a Value>) -> Exact {
    all.fold(Exact::zero(), |sum, one| sum.plus(&exact(one)))
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// The splits of scores in a comparison, each with its links adding up: over indicators, and over links.
fn whole(found: &Value) -> BTreeMap<(String, String), Value> {
    let mut splits = BTreeMap::new();
    for split in list(&found["scores"]) {
        let (city, measure) = (split["city"].as_str().unwrap(), split["measure"].as_str().unwrap());
        let change = exact(&split["after"]).minus(&exact(&split["before"]));
        assert_eq!(sum(list(&split["links"]).iter().map(|link| &link["part"])), change, "{city} {measure}");
        let mut at = exact(&split["before"]);
        for link in list(&split["links"]) {
            assert_eq!(exact(&link["before"]), at, "{link}");
            at = exact(&link["after"]);
            let rows = sum(list(&link["indicators"]).iter().map(|row| &row["part"]));
            assert_eq!(rows.plus(&exact(&link["taken_off"])), exact(&link["part"]), "{link}");
        }
        assert_eq!(exact(&split["after"]), at);
        splits.insert((city.to_owned(), measure.to_owned()), split.clone());
    }
    splits
}

/// Every figure that changed has a cause and a leaf.
fn explained(found: &Value) {
    let changes = list(&found["changes"]);
    assert!(!changes.is_empty());
    for change in changes {
        assert!(change["cause"].is_string(), "{change}");
        assert!(!list(&change["origin"]).is_empty(), "{change}");
        assert_ne!(change["before"], change["after"], "{change}");
    }
}

/// What an output says of each step, and which of them its numerals print.
struct Said {
    steps: BTreeMap<String, (String, String)>,
    leaves: BTreeSet<String>,
    printed: BTreeSet<String>,
}

impl Said {
    fn of(output: &Path) -> Self {
        const LEAVES: [&str; 9] =
            ["file", "cell", "line", "curated", "parameter", "decision", "finding", "absent", "constant"];
        let rows = csv_rows(&output.join("tables/derivation.csv"));
        let leaves = rows.iter().filter(|row| LEAVES.contains(&row["op"].as_str()));
        let leaves = leaves.map(|row| row["id"].clone()).collect();
        let says = |row: &Row| (row["id"].clone(), (row["value"].clone(), row["unit"].clone()));
        let steps = rows.iter().map(says).collect();
        let figures = csv_rows(&output.join("tables/figures.csv"));
        Self { steps, leaves, printed: figures.iter().map(|row| row["id"].clone()).collect() }
    }

    /// The same with other names of steps.
    fn named(self, name: impl Fn(&str) -> String) -> Self {
        let all = |ids: BTreeSet<String>| ids.iter().map(|id| name(id)).collect();
        let steps = self.steps.into_iter().map(|(id, says)| (name(&id), says)).collect();
        Self { steps, leaves: all(self.leaves), printed: all(self.printed) }
    }
}

/// Every numeral of the table of figures that says something else is told, no other is, and each has a leaf as its origin: a step of the ledger, or a file
/// that was read. Likewise every verdict and grade.
fn told_whole(found: &Value, was: &Said, is: &Said, cities: [&[&str]; 2], files: &Path) {
    let is_of_both = |id: &&String| {
        let head = id.split('/').next().unwrap();
        cities[0].contains(&head) == cities[1].contains(&head)
    };
    let differing = |ids: BTreeSet<String>| -> BTreeSet<String> {
        ids.into_iter().filter(|id| is_of_both(&id) && was.steps.get(id) != is.steps.get(id)).collect()
    };
    let is_word = |id: &&String| id.ends_with("/state") || id.ends_with("/#grade");
    let words = was.steps.keys().chain(is.steps.keys()).filter(is_word).cloned().collect();
    let printed = was.printed.union(&is.printed).cloned().collect();
    for (kind, expected) in [("numeral", differing(printed)), ("word", differing(words))] {
        let own = list(&found["changes"]).iter().filter(|change| change["kind"] == kind);
        let told: BTreeSet<String> = own.map(|change| change["id"].as_str().unwrap().to_owned()).collect();
        let silent: Vec<&String> = expected.difference(&told).collect();
        let loud: Vec<&String> = told.difference(&expected).collect();
        assert!(
            silent.is_empty() && loud.is_empty(),
            "{kind}: not told {silent:?}, told though the same {loud:?}"
        );
    }
    for change in list(&found["changes"]) {
        for origin in list(&change["origin"]) {
            let id = origin["id"].as_str().unwrap();
            let is_leaf = was.leaves.contains(id) || is.leaves.contains(id);
            let is_year = id.ends_with("#round.year");
            assert!(is_leaf || is_year || files.join(id).is_file(), "{id} is no leaf: {change}");
        }
    }
}

/// A round in which everything is another that a score depends on: catalogue, method, weights, targets, decisions, what can be judged, values, and the
/// points taken off for lateness.
static EVERYTHING: LazyLock<Two> = LazyLock::new(|| {
    Two::published(
        |archive| {
            let place = &archive.workspace;
            // 企业数 is missing.
            let rows = "1|研发强度|%|2.4\n3|单位能耗|吨标准煤/万元|0.56\n4|创新政策|有/无|无";
            place.submit("jia", "甲市", rows);
            let round = std::fs::read_to_string(place.path("input/2023/round.toml")).unwrap();
            place.write(
                "input/2023/round.toml",
                round.replace("cap = \"100\"", "cap = \"100\"\nlate = \"2\""),
            );
            place.write("input/2023/jia/received.csv", "文件,收到时间\n统计局.xlsx,2024-01-16 09:00\n");
        },
        |archive| {
            let place = &archive.workspace;
            let rows = "1|研发强度|%|2.9\n2|企业数|家|90\n3|单位能耗|吨标准煤/万元|0.52\n4|创新政策|有/无|有";
            place.submit("jia", "甲市", rows);
            place.write("input/2023/jia/received.csv", "文件,收到时间\n统计局.xlsx,2024-01-16 10:00\n");
            let edit = |path: &str, from: &str, to: &str| {
                let text = std::fs::read_to_string(place.path(path)).unwrap();
                assert!(text.contains(from), "{path}: {from}");
                place.write(path, text.replacen(from, to, 1));
            };
            edit("input/2023/round.toml", "late = \"2\"", "late = \"3.5\"\nscoring = \"proportional\"");
            edit(
                "input/2023/round.toml",
                "[method]",
                "[[weight]]\nindicator = \"1\"\nweight = \"3\"\n[method]",
            );
            edit(
                "input/2023/jia/plan.toml",
                "value = \"3.0\"\nline = \"2\"\nquote = \"3.0\"",
                "value = \"2.95\"\nline = \"3\"\nquote = \"2.95\"",
            );
            edit("input/catalogue.toml", "direction = \"lower\"", "direction = \"higher\"");
            place.write(
                "input/2023/waivers.toml",
                "[[waiver]]\ncode = \"V403\"\ncity = \"jia\"\nreason = \"已说明\"\nowner = \"办公室\"\nuntil = 2024-12-31\n",
            );
        },
    )
});

#[test]
fn parts_of_every_cause_add_up_and_every_changed_figure_has_a_leaf() {
    let found = EVERYTHING.json(["a", "b"], &[]);
    assert_eq!(found["schema"], "duibiao-diff/1");
    let splits = whole(&found);
    let links = list(&splits[&("jia".to_owned(), "score_missing_as_zero".to_owned())]["links"]).clone();
    let causes: Vec<&str> = links.iter().map(|link| link["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, CAUSES);
    // Each of them moves the score.
    assert!(links.iter().all(|link| !exact(&link["part"]).is_zero()), "{links:#?}");
    explained(&found);
    let causes: BTreeSet<&str> =
        list(&found["changes"]).iter().filter_map(|change| change["cause"].as_str()).collect();
    assert!(causes.contains("returned") && causes.contains("parameter"), "{causes:?}");
}

#[test]
fn swapped_every_total_has_the_other_sign_and_the_same_figures_changed() {
    let (found, back) = (EVERYTHING.json(["a", "b"], &[]), EVERYTHING.json(["b", "a"], &[]));
    let (splits, turned) = (whole(&found), whole(&back));
    assert_eq!(splits.len(), turned.len());
    for (of, split) in &splits {
        let change = |split: &Value| exact(&split["after"]).minus(&exact(&split["before"]));
        assert!(change(split).plus(&change(&turned[of])).is_zero(), "{of:?}");
    }
    let ids = |found: &Value| -> BTreeSet<String> {
        list(&found["changes"]).iter().map(|change| change["id"].to_string()).collect()
    };
    assert_eq!(ids(&found), ids(&back));
}

/// The score of 甲市 in an output, to the last digit.
fn score(place: &crate::workspace::Workspace, output: &str) -> Exact {
    let rows = csv_rows(&place.path(&format!("{output}/tables/derivation.csv")));
    let row = rows.iter().find(|row| row["id"] == "jia/#score_missing_as_zero").unwrap();
    Exact::parse(&row["value"]).unwrap()
}

#[test]
fn every_link_is_a_round_that_comes_to_its_score() {
    let two = &EVERYTHING;
    let found = two.json(["a", "b"], &["--links", "links"]);
    let splits = whole(&found);
    let split = &splits[&("jia".to_owned(), "score_missing_as_zero".to_owned())];
    assert_eq!(list(&split["links"]).len(), CAUSES.len());
    for (link, folder) in list(&split["links"]).iter().zip(list(&found["links"])) {
        let folder = folder["folder"].as_str().unwrap();
        let round = format!("links/{folder}");
        let run = two.0.with_programs(&["run", &round, "--output", "output/link", "--quiet"]);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(score(&two.0.workspace, "output/link"), exact(&link["after"]), "{folder}");
    }
}

/// A round in which method, weights, targets and values are others.
fn four() -> Two {
    let rows = |rd: &str, firms: &str, energy: &str, policy: &str| {
        format!(
            "1|研发强度|%|{rd}\n2|企业数|家|{firms}\n3|单位能耗|吨标准煤/万元|{energy}\n4|创新政策|有/无|{policy}"
        )
    };
    Two::published(
        |archive| archive.workspace.submit("jia", "甲市", &rows("2.4", "130", "0.56", "无")),
        |archive| {
            let place = &archive.workspace;
            place.submit("jia", "甲市", &rows("2.9", "90", "0.47", "有"));
            let edit = |path: &str, from: &str, to: &str| {
                let text = std::fs::read_to_string(place.path(path)).unwrap();
                assert!(text.contains(from), "{path}: {from}");
                place.write(path, text.replacen(from, to, 1));
            };
            edit("input/2023/round.toml", "cap = \"100\"", "cap = \"120\"");
            let weight = "[[weight]]\nindicator = \"1\"\nweight = \"3\"\n[method]";
            edit("input/2023/round.toml", "[method]", weight);
            let target = "value = \"100\"\nline = \"5\"\nquote = \"100\"";
            edit("input/2023/jia/plan.toml", target, "value = \"3.0\"\nline = \"2\"\nquote = \"3.0\"");
        },
    )
}

/// Every mixture is run as a round of its own, and every order of the causes is walked.
#[test]
fn ranges_are_those_of_all_orders_of_rounds_that_were_really_run() {
    const FOUR: [&str; 4] = ["method", "weights", "targets", "actuals"];
    let two = four();
    let place = &two.0.workspace;
    let found = two.json(["a", "b"], &["--links", "links"]);
    let splits = whole(&found);
    let split = &splits[&("jia".to_owned(), "score_missing_as_zero".to_owned())];
    let causes: Vec<&str> =
        list(&split["links"]).iter().map(|link| link["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, FOUR);
    let first = std::fs::read_to_string(place.path("links/1-method/round.toml")).unwrap();
    let mut scores: BTreeMap<BTreeSet<&str>, Exact> = BTreeMap::new();
    for choice in 0_u32..16 {
        let taken: BTreeSet<&str> =
            (0..).zip(FOUR).filter(|(at, _)| choice & (1 << at) != 0).map(|(_, cause)| cause).collect();
        let words: Vec<String> = taken.iter().map(|cause| format!("\"{cause}\"")).collect();
        let text = first.replace("taken = [\"method\"]", &format!("taken = [{}]", words.join(", ")));
        place.write("links/any/round.toml", text);
        let asked = ["run", "links/any", "--output", "output/any", "--quiet", "--city", "jia"];
        let run = two.0.with_programs(&asked);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
        scores.insert(taken, score(place, "output/any"));
    }
    let mut spans: BTreeMap<&str, (Exact, Exact)> = BTreeMap::new();
    for order in orders(&FOUR) {
        let mut taken = BTreeSet::new();
        for cause in order {
            let before = &scores[&taken];
            taken.insert(cause);
            let part = scores[&taken].minus(before);
            let span = spans.entry(cause).or_insert_with(|| (part.clone(), part.clone()));
            *span = (span.0.clone().min(part.clone()), span.1.clone().max(part));
        }
    }
    assert!(spans.values().any(|(low, high)| low != high), "{spans:?}");
    for link in list(&split["links"]) {
        let (low, high) = &spans[link["cause"].as_str().unwrap()];
        assert_eq!((&exact(&link["low"]), &exact(&link["high"])), (low, high), "{}", link["cause"]);
    }
}

/// All orders of some words.
fn orders(words: &[&'static str]) -> Vec<Vec<&'static str>> {
    if words.is_empty() {
        return vec![Vec::new()];
    }
    let begun = |first: &&'static str| {
        let rest: Vec<&'static str> = words.iter().copied().filter(|word| word != first).collect();
        let first = *first;
        orders(&rest).into_iter().map(move |rest| [&[first], rest.as_slice()].concat()).collect::<Vec<_>>()
    };
    words.iter().flat_map(begun).collect()
}

#[test]
fn a_link_can_be_archived_and_replayed() {
    let two = &EVERYTHING;
    two.json(["a", "b"], &["--links", "kept"]);
    let run = two.0.with_programs(&["run", "kept/4-targets", "--output", "output/kept", "--quiet"]);
    assert!(matches!(run.status.code(), Some(0 | 1)));
    let place = &two.0.workspace;
    let packed = place.duibiao(&[
        "archive",
        "output/kept",
        "--input",
        "kept",
        "--to",
        "bag-of-link",
        "--without-program",
    ]);
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let replayed = place.duibiao(&["replay", "bag-of-link", "--program", "programs"]);
    let said = String::from_utf8_lossy(&replayed.stdout).into_owned();
    assert!(replayed.status.success() && said.contains("结论：是"), "{said}");
    // Nobody takes it for the report of a round.
    let model = std::fs::read_to_string(place.path("output/kept/explorer.html")).unwrap();
    assert!(model.contains("不是正式报告"), "the title does not say that it is a mixture");
    assert!(
        two.refused(&["a", "b", "--input", "in-a", "--input", "in-b", "--links", "kept"])
            .contains("已经存在")
    );
}

#[test]
fn a_change_without_difference_says_so() {
    let two = Two::published(
        |_| (),
        |archive| {
            let path = archive.workspace.path("input/2023/round.toml");
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(path, format!("# 说明\n{text}")).unwrap();
        },
    );
    let said = two.text();
    assert!(said.contains("没有不同") && said.contains("输入不同：2023/round.toml"), "{said}");
    let same = two.said(&["a", "a", "--input", "in-a"]);
    assert!(same.ends_with("没有不同\n"), "{same}");
    assert_eq!(two.json(["a", "b"], &[])["same"], true);
}

#[test]
fn one_corrected_workbook_is_the_only_cause_of_what_changed() {
    let two = Two::published(
        |archive| archive.workspace.submit("jia", "甲市", &GOOD.replace("家|120", "家|1.2")),
        |archive| archive.workspace.submit("jia", "甲市", GOOD),
    );
    let found = two.json(["a", "b"], &[]);
    explained(&found);
    for change in list(&found["changes"]) {
        assert_eq!(change["cause"], "returned", "{change}");
        let origin = &change["origin"][0];
        let id = origin["id"].as_str().unwrap();
        // What counts findings begins at one, which names the cell.
        let is_finding = id.starts_with("finding/") && id.ends_with("/jia/submissions/统计局.xlsx[指标]!D5");
        if !is_finding {
            assert_eq!(id, "jia/submissions/统计局.xlsx", "{change}");
            assert_eq!(origin["cells"][0]["id"], "jia/submissions/统计局.xlsx[指标]!D5", "{change}");
        }
    }
    whole(&found);
    let [was, is] = ["a", "b"].map(|end| Said::of(&two.0.workspace.path(end)));
    told_whole(&found, &was, &is, [&["jia", "yi"]; 2], &two.0.workspace.path("in-b"));
    let said = two.text();
    assert!(said.contains("乙市　2023年　改前 → 改后　得分、判定、完成率和名次没有变动"), "{said}");
    let english = two.said(&["a", "b", "--input", "in-a", "--input", "in-b", "--lang", "en"]);
    let prose = english.replace("submissions/统计局.xlsx[指标]", "");
    for word in ["得分", "目标", "实绩", "新报送", "完成", "变动"] {
        assert!(!prose.contains(word), "{word}: {english}");
    }
}

#[test]
fn bags_bring_their_inputs_and_one_that_was_altered_is_refused() {
    let two = Two::published(
        |archive| archive.workspace.submit("jia", "甲市", &GOOD.replace("家|120", "家|90")),
        |archive| archive.workspace.submit("jia", "甲市", GOOD),
    );
    let place = &two.0.workspace;
    for name in ["a", "b"] {
        let (input, bag) = (format!("in-{name}"), format!("bag-{name}"));
        let asked = ["archive", name, "--input", &input, "--to", &bag, "--without-program"];
        assert!(place.duibiao(&asked).status.success());
    }
    let of_bags: Value = serde_json::from_str(&two.said(&["bag-a", "bag-b", "--format", "json"])).unwrap();
    let of_outputs = two.json(["a", "b"], &[]);
    assert_eq!(of_bags["scores"], of_outputs["scores"]);
    assert_eq!(of_bags["changes"], of_outputs["changes"]);
    place.write("bag-b/data/input/2023/jia/received.csv", "文件,收到时间\n统计局.xlsx,2024-01-11 09:00\n");
    let said = two.refused(&["bag-a", "bag-b"]);
    assert!(said.contains("包不是归档时的样子：data/input/2023/jia/received.csv"), "{said}");
}

/// Another program of the same version: it names a step that this one does not know, and has one more.
#[test]
fn steps_of_another_program_are_compared_as_they_stand_and_the_program_is_the_cause() {
    let two = Two::published(|_| (), |_| ());
    let place = &two.0.workspace;
    copy_tree(&place.path("a"), &place.path("foreign"), false);
    let mut record = std::fs::read_to_string(place.path("foreign/manifest.json")).unwrap();
    let mut alter = |name: &str, alter: &dyn Fn(&str) -> String| {
        let table = place.path(&format!("foreign/tables/{name}.csv"));
        let text = alter(&std::fs::read_to_string(&table).unwrap());
        let known = duibiao::digest::Digests::of(&std::fs::read(&table).unwrap());
        let own = duibiao::digest::Digests::of(text.as_bytes());
        std::fs::write(&table, &text).unwrap();
        record = record.replace(&known.sha256, &own.sha256).replace(&known.sm3, &own.sm3);
    };
    alter("derivation", &|text| {
        assert!(text.contains(",points.ratio,"));
        let text = text.replace(",points.ratio,", ",points.of_old,");
        text + "round,round/kind/of_old/#total,count,0,number,,[],{}\n"
    });
    // It prints that, too.
    alter("figures", &|text| text.to_owned() + "旧卷/合计,round/kind/of_old/#total,0\n");
    place.write("foreign/manifest.json", &record);
    copy_tree(&place.path("in-a"), &place.path("in-foreign"), false);
    let found = two.json(["foreign", "a"], &[]);
    let changes = list(&found["changes"]);
    assert!(changes.iter().any(|one| one["id"] == "round/kind/of_old/#total"), "{found}");
    assert!(changes.iter().all(|one| one["cause"] == "program"), "{found}");
    explained(&found);
}

/// A score that this program does not come to: what is said depends on which version the output names.
#[test]
fn another_score_than_this_program_comes_to_is_refused_with_what_to_do() {
    let two = Two::published(|_| (), |_| ());
    let place = &two.0.workspace;
    copy_tree(&place.path("a"), &place.path("foreign"), false);
    copy_tree(&place.path("in-a"), &place.path("in-foreign"), false);
    let table = place.path("foreign/tables/derivation.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    let line = text.lines().find(|line| line.contains("jia/#score_missing_as_zero,")).unwrap();
    let was = line.split(',').nth(3).unwrap();
    let text = text.replace(line, &line.replacen(&format!(",{was},"), ",12.5,", 1));
    let known = duibiao::digest::Digests::of(&std::fs::read(&table).unwrap());
    let own = duibiao::digest::Digests::of(text.as_bytes());
    std::fs::write(&table, &text).unwrap();
    let record = std::fs::read_to_string(place.path("foreign/manifest.json")).unwrap();
    let record = record.replace(&known.sha256, &own.sha256).replace(&known.sm3, &own.sm3);
    place.write("foreign/manifest.json", &record);
    let version = env!("CARGO_PKG_VERSION");
    let inputs = ["--input", "in-a", "--input", "in-a"];
    let said = || two.refused(&[["foreign", "b"].as_slice(), &inputs].concat());
    let same = said();
    assert!(same.contains("甲市的得分记录为12.5000，本程序由同样的输入算得"), "{same}");
    assert!(same.contains("不是同一版本的另一份程序写的，就是记录有改动"), "{same}");
    // As the later of the two it is refused whatever version it names.
    let record = record.replace(&format!("\"version\":\"{version}\""), "\"version\":\"0.0.1\"");
    let record = record.replace(&format!("\"version\": \"{version}\""), "\"version\": \"0.0.1\"");
    place.write("foreign/manifest.json", record);
    let later = two.refused(&[["b", "foreign"].as_slice(), &inputs].concat());
    assert!(later.contains("输出由0.0.1版写成。用那一版程序比较"), "{later}");
    // As the earlier one it is compared, and the program is the first link.
    let found = two.json(["foreign", "a"], &[]);
    assert_eq!(found["scores"][0]["links"][0]["cause"], "program", "{found}");
}

#[test]
fn what_cannot_be_compared_is_refused_in_words() {
    let two = Two::published(
        |_| (),
        |archive| archive.workspace.submit("jia", "甲市", &GOOD.replace("家|120", "家|90")),
    );
    let place = &two.0.workspace;
    let inputs = ["--input", "in-a", "--input", "in-b"];
    let with = |ends: [&str; 2]| two.refused(&[ends.as_slice(), inputs.as_slice()].concat());
    place.write("other/x.txt", "x");
    assert!(with(["other", "b"]).contains("不是本程序的输出，也不是归档包"));
    // Today's inputs are those of the later one.
    let said = two.refused(&["a", "b"]);
    assert!(said.contains("输入“2023/jia/submissions/统计局.xlsx”与运行时的不同"), "{said}");
    let said = two.refused(&["a", "b", "--input", "other"]);
    assert!(said.contains("运行时有，现在不在"), "{said}");
    copy_tree(&place.path("b"), &place.path("altered"), false);
    let table = place.path("altered/tables/derivation.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, text.replace("met", "missed")).unwrap();
    let said = with(["a", "altered"]);
    assert!(said.contains("derivation.csv") && said.contains("不是发布时的样子"), "{said}");
    // An older version wrote no ledger, and so none is listed.
    copy_tree(&place.path("b"), &place.path("older"), false);
    std::fs::remove_file(place.path("older/tables/derivation.csv")).unwrap();
    let mut record: Value =
        serde_json::from_slice(&std::fs::read(place.path("older/manifest.json")).unwrap()).unwrap();
    record["outputs"].as_array_mut().unwrap().retain(|one| one["path"] != "tables/derivation.csv");
    place.write("older/manifest.json", record.to_string());
    let said = with(["a", "older"]);
    assert!(said.contains("不是有台账的输出"), "{said}");
}

#[test]
fn cities_and_rows_that_one_side_lacks_come_with_their_plan() {
    let two = Two::published(
        |archive| archive.workspace.submit("jia", "甲市", &GOOD.replace("家|120", "家|90")),
        |archive| {
            let place = &archive.workspace;
            let text = std::fs::read_to_string(place.path("input/2023/round.toml")).unwrap();
            place.write("input/2023/round.toml", text.replace("\"jia\", \"yi\"", "\"jia\", \"bing\""));
            place.write("input/2023/bing/plan.toml", crate::workspace::plan("bing", "丙市"));
            place.submit("bing", "丙市", GOOD);
            // A row less, and the others with other numbers.
            let plan = std::fs::read_to_string(place.path("input/2023/jia/plan.toml")).unwrap();
            let (before, rest) = plan.split_once("[[indicator]]\nno = \"2\"").unwrap();
            let (_, rest) = rest.split_once("[[indicator]]\nno = \"3\"").unwrap();
            let plan = format!("{before}[[indicator]]\nno = \"2\"{rest}").replace("no = \"4\"", "no = \"3\"");
            place.write("input/2023/jia/plan.toml", plan);
            place.submit(
                "jia",
                "甲市",
                "1|研发强度|%|2.7\n2|单位能耗|吨标准煤/万元|0.49\n3|创新政策|有/无|有",
            );
        },
    );
    let found = two.json(["a", "b"], &[]);
    assert_eq!((&found["only_before"][0], &found["only_after"][0]), (&"乙市".into(), &"丙市".into()));
    whole(&found);
    explained(&found);
    let split = list(&found["scores"])[0].clone();
    let targets = list(&split["links"]).iter().find(|link| link["cause"] == "targets").unwrap();
    let rows = list(&targets["indicators"]);
    let gone = rows.iter().find(|row| row["name"] == "企业数").unwrap();
    assert!(gone["after"].is_null() && gone["before"]["points"] == "90", "{gone}");
    // 单位能耗 is one row though its number is another.
    let energy = list(&found["changes"]).iter().any(|change| change["id"] == "jia/3~/state");
    assert!(!energy, "{:#}", found["changes"]);
    let said = two.text();
    assert!(said.contains("乙市　只在改前") && said.contains("丙市　只在改后"), "{said}");
}

#[test]
fn two_years_of_a_plan_are_explained_whole() {
    let archive = Archive::published(|_| ());
    let root = repository().join("input");
    let root = root.to_str().unwrap();
    for year in ["2023", "2025"] {
        let round = format!("{root}/{year}");
        let run = archive.with_programs(&["run", &round, "--output", &format!("real/{year}"), "--quiet"]);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let two = Two(archive);
    let asked = ["real/2023", "real/2025", "--input", root];
    let found: Value =
        serde_json::from_str(&two.said(&[&asked, &["--format", "json"][..]].concat())).unwrap();
    let splits = whole(&found);
    assert!(splits.contains_key(&("qianjiang".to_owned(), "score".to_owned())));
    explained(&found);
    // In the names of the later round the year is two years on.
    let on = |id: &str| {
        let shifted = |part: &str| match part.parse::<i32>() {
            Ok(year) if part.len() == 4 => (year + 2).to_string(),
            _ => part.to_owned(),
        };
        let id = match id.strip_prefix("2023/") {
            Some(rest) => format!("2025/{rest}"),
            None => id.to_owned(),
        };
        // An entry of the plan: `2025/qianjiang/plan.toml#特3.2025.annual.value`.
        if let Some((file, field)) = id.split_once("plan.toml#") {
            return format!(
                "{file}plan.toml#{}",
                field.split('.').map(shifted).collect::<Vec<_>>().join(".")
            );
        }
        let is_of_city = id.starts_with("qianjiang/");
        let parts = id.split('/').map(|part| if is_of_city { shifted(part) } else { part.to_owned() });
        parts.collect::<Vec<_>>().join("/")
    };
    let place = |year: &str| two.0.workspace.path(&format!("real/{year}"));
    let (was, is) = (Said::of(&place("2023")).named(on), Said::of(&place("2025")));
    let cities: [&[&str]; 2] = [&["xiangtan", "qianjiang"], &["qianjiang", "hengyang"]];
    told_whole(&found, &was, &is, cities, Path::new(root));
    assert!(list(&found["changes"]).iter().any(|change| change["id"] == "qianjiang/特3/fact"));
    let said = two.said(&asked);
    for line in [
        "潜江市　2023年 → 2025年",
        "缺报计零得分　70.6891 → 80.5381　变动9.8490",
        "　　目标　-7.3064（换序在-7.31至-0.41之间）",
        "　　　　特3 光电子信息产业产值　目标 180 → 300　得分 93.58 → 56.15　-1.7825",
        "　　可评范围　9.5238（换序不变）",
        "　　实绩　7.6315（换序在0.74至7.63之间）",
        "　　合计　9.8490（各部分以分数精确相加）",
    ] {
        assert!(said.lines().any(|own| own == line), "{line}\n{said}");
    }
}

#[test]
fn another_tolerance_of_a_round_is_told_with_every_figure_that_it_changes() {
    let archive = Archive::published(|_| ());
    for end in ["a", "b"] {
        let inputs = archive.workspace.path(&format!("in-{end}"));
        copy_tree(&repository().join("input"), &inputs, false);
        let path = inputs.join("2023/round.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        let (was, is) = ("about_tolerance = \"5\"", "about_tolerance = \"6\"");
        assert!(text.contains(was));
        let text = if end == "b" { text.replace(was, is) } else { text };
        std::fs::write(path, text).unwrap();
        let run = archive.with_programs(&["run", &format!("in-{end}/2023"), "--output", end, "--quiet"]);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let two = Two(archive);
    let found = two.json(["a", "b"], &[]);
    explained(&found);
    let [was, is] = ["a", "b"].map(|end| Said::of(&two.0.workspace.path(end)));
    told_whole(&found, &was, &is, [&["xiangtan", "qianjiang"]; 2], &two.0.workspace.path("in-b"));
    for change in list(&found["changes"]) {
        assert_eq!(change["cause"], "parameter", "{change}");
        assert_eq!(change["origin"][0]["id"], "2023/round.toml#method.about_tolerance", "{change}");
    }
}

#[test]
fn the_page_and_its_json_replace_an_earlier_comparison_and_nothing_else() {
    let two = &EVERYTHING;
    let asked = [
        "a",
        "b",
        "--input",
        "in-a",
        "--input",
        "in-b",
        "--output",
        "paper",
        "--typst",
        "programs/typst",
        "--fonts",
        "programs/fonts",
    ];
    for _ in 0..2 {
        two.said(&asked);
    }
    let place = &two.0.workspace;
    let kept: Value = serde_json::from_slice(&std::fs::read(place.path("paper/diff.json")).unwrap()).unwrap();
    assert_eq!(kept, two.json(["a", "b"], &[]));
    assert!(place.path("paper/diff.pdf").is_file());
    place.write("paper/note.txt", "mine");
    assert!(two.refused(&asked).contains("note.txt"));
}

#[test]
fn the_page_can_be_had_in_english_with_the_same_numbers() {
    let place = &EVERYTHING.0.workspace;
    let page = |language: Language| {
        let order = DiffOrder {
            before: place.path("a"),
            after: place.path("b"),
            inputs: [Some(place.path("in-a")), Some(place.path("in-b"))],
            links: None,
            language,
            program: PROGRAM.into(),
            jobs: 1,
        };
        diff(&order, &Silent).unwrap().page(language)
    };
    let (chinese, english) = (page(Language::Chinese), page(Language::English));
    let text = english.to_string();
    for words in ["Compared with", "In other orders", "total", "Changed figures", "\"lang\":\"en\""] {
        assert!(text.contains(words), "{words} in {text}");
    }
    for words in ["使得分", "换序", "合计", "判定", "得分", "改前", "原因", "其余", "不变", "没有"]
    {
        assert!(!text.contains(words), "{words} in {text}");
    }
    let parts = |page: &Value| {
        let tables = list(&page["cities"]).iter().flat_map(|city| list(&city["links"]));
        let rows = tables.flat_map(|table| list(&table["rows"]).iter().chain([&table["total"]]));
        rows.map(|row| [row["score"].clone(), row["part"].clone(), row["place"].clone()]).collect::<Vec<_>>()
    };
    assert!(parts(&chinese).len() > 8);
    assert_eq!(parts(&chinese), parts(&english));
}

/// What a hundred cities take, with one workbook corrected: told, and held to what a person waits for.
#[test]
#[expect(clippy::print_stdout, reason = "the time")]
#[ignore = "takes minutes without optimisation"]
fn a_hundred_cities_are_compared_while_one_waits() {
    let workspace = sampled::round_of(100);
    sampled::publish(&workspace);
    copy_tree(&workspace.path("output/2023"), &workspace.path("before"), false);
    copy_tree(&workspace.path("input"), &workspace.path("in-before"), false);
    let register = "input/2023/xiangtan-001/received.csv";
    let text = std::fs::read_to_string(workspace.path(register)).unwrap();
    workspace.write(register, text.replace("2024-01-08 08:00", "2024-01-21 08:00"));
    sampled::publish(&workspace);
    let begin = std::time::Instant::now();
    let asked = ["diff", "before", "output/2023", "--input", "in-before", "--input", "input", "--quiet"];
    let output = workspace.duibiao(&asked);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    println!(
        "{:.1} s\n{}",
        begin.elapsed().as_secs_f64(),
        told.lines().take(12).collect::<Vec<_>>().join("\n")
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(begin.elapsed() < std::time::Duration::from_secs(300));
}
