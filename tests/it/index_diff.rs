//! How the index of a city came to change between two outputs: parts that add up, links that are indices which can be run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use duibiao::ledger::Exact;
use serde_json::Value;

use crate::indexed_round::indexed;
use crate::workspace::{Workspace, copy_tree};

const INDEX: &str = "input/2023/index.toml";

/// Publishes what there is as `name`, its inputs beside it.
fn kept(workspace: &Workspace, name: &str) {
    let done = workspace.duibiao_untypeset(&["run", "input/2023"]);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
    copy_tree(&workspace.path("output/2023"), &workspace.path(name), false);
    copy_tree(&workspace.path("input"), &workspace.path(&format!("in-{name}")), false);
}

fn said(workspace: &Workspace, more: &[&str]) -> String {
    let asked = [&["diff", "a", "b", "--input", "in-a", "--input", "in-b"][..], more].concat();
    let output = workspace.duibiao(&asked);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn index(workspace: &Workspace) -> Value {
    serde_json::from_str::<Value>(&said(workspace, &["--format", "json"])).unwrap()["index"].clone()
}

fn exact(value: &Value) -> Exact {
    Exact::parse(value.as_str().unwrap_or_else(|| panic!("{value}"))).unwrap()
}

/// The index of each city as an output has it.
fn scores(workspace: &Workspace, name: &str) -> BTreeMap<String, Exact> {
    let steps = crate::workspace::csv_rows(&workspace.path(&format!("{name}/tables/derivation.csv")));
    let own =
        steps.iter().filter_map(|step| Some((step["id"].strip_suffix("/#index.score")?, &step["value"])));
    own.map(|(city, value)| (city.to_owned(), Exact::parse(value).unwrap())).collect()
}

/// The links of each city; they lead from the index of the one output to that of the other, to the last digit of the fraction.
fn links(workspace: &Workspace, found: &Value) -> BTreeMap<String, Vec<Value>> {
    let (was, is) = (scores(workspace, "a"), scores(workspace, "b"));
    let mut all = BTreeMap::new();
    for split in found["cities"].as_array().unwrap() {
        let city = split["city"].as_str().unwrap();
        assert_eq!((exact(&split["before"]), exact(&split["after"])), (was[city].clone(), is[city].clone()));
        assert_eq!(split["broken"], false);
        let mut at = was[city].clone();
        for link in split["links"].as_array().unwrap() {
            assert_eq!(exact(&link["before"]), at, "{link}");
            at = at.plus(&exact(&link["part"]));
            assert_eq!(exact(&link["after"]), at, "{link}");
            let (low, part, high) = (exact(&link["low"]), exact(&link["part"]), exact(&link["high"]));
            assert!(low <= part && part <= high, "{link}");
        }
        assert_eq!(at, is[city]);
        all.insert(city.to_owned(), split["links"].as_array().unwrap().clone());
    }
    all
}

fn causes(links: &[Value]) -> Vec<&str> {
    links.iter().map(|link| link["cause"].as_str().unwrap()).collect()
}

fn edit(workspace: &Workspace, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(workspace.path(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    workspace.write(path, text.replace(from, to));
}

/// Eight cities with an index that has nothing to be examined.
fn plain() -> Workspace {
    let workspace = indexed();
    let text = fs::read_to_string(workspace.path(INDEX)).unwrap();
    workspace.write(INDEX, text.split("[robustness]").next().unwrap());
    workspace
}

#[test]
fn two_generated_rounds_with_other_cities_weights_methods_and_indicators_add_up_and_each_link_can_be_run() {
    let workspace = Workspace::new();
    crate::cities::generated(&workspace.path("input"), 6, 7);
    let text = include_str!("../cities/index.toml");
    let (head, _) = text.split_once("[[peers]]").unwrap();
    let before = head.replace("group_median", "median");
    workspace.write(INDEX, &before);
    kept(&workspace, "a");
    // Methods and indicators of what comes, weights of what was: it has an entry of its own weight for each.
    let method = before.replace("normalisation = \"minmax\"", "normalisation = \"zscore\"");
    let method = method.replace("[[indicator]]\nid = \"energy\"\ndimension = \"results\"\n", "");
    workspace.write(INDEX, &method);
    kept(&workspace, "half");
    fs::remove_dir_all(workspace.path("input")).unwrap();
    crate::cities::generated(&workspace.path("input"), 7, 8);
    workspace.write(INDEX, method.replace("weight = \"15\"", "weight = \"55\""));
    kept(&workspace, "b");
    let found = index(&workspace);
    let half = scores(&workspace, "half");
    let all = links(&workspace, &found);
    assert_eq!(all.len(), 6);
    for (city, links) in all {
        assert_eq!(causes(&links), ["method", "weights", "peers", "actuals"], "{city}");
        assert_eq!(exact(&links[0]["after"]), half[&city], "{city}");
    }
    assert_eq!((&found["targets"], &found["not_split"]), (&Value::from("0"), &Value::Null));
}

#[test]
fn weights_alone_values_of_one_city_alone_and_targets_alone_are_told_apart() {
    let workspace = plain();
    kept(&workspace, "a");
    edit(&workspace, INDEX, "id = \"input\"\nweight = \"2\"", "id = \"input\"\nweight = \"5\"");
    kept(&workspace, "b");
    let weights = links(&workspace, &index(&workspace));
    assert!(weights.values().all(|links| links.is_empty() || causes(links) == ["weights"]));
    assert!(weights.values().filter(|links| !links.is_empty()).count() > 4);
    // Only the best of an indicator does better: its own score is the greatest as before, and others have less.
    edit(&workspace, INDEX, "id = \"input\"\nweight = \"5\"", "id = \"input\"\nweight = \"2\"");
    workspace.submit("a", "a市", "1|研发强度|%|5.1\n2|企业数|家|210\n3|单位能耗|吨标准煤/万元|0.41");
    fs::remove_dir_all(workspace.path("b")).unwrap();
    fs::remove_dir_all(workspace.path("in-b")).unwrap();
    kept(&workspace, "b");
    let one = links(&workspace, &index(&workspace));
    assert_eq!(one["a"].len(), 0);
    for (city, links) in one.iter().filter(|(city, _)| *city != "a") {
        assert!(links.is_empty() || causes(links) == ["peers"], "{city}");
    }
    let fallen = |links: &&Vec<Value>| links.iter().any(|link| exact(&link["part"]) < Exact::zero());
    assert!(one.values().filter(fallen).count() > 4);
}

#[test]
fn what_only_concerns_targets_changes_an_index_by_exactly_nothing_and_it_is_said() {
    let workspace = plain();
    kept(&workspace, "a");
    edit(&workspace, "input/2023/b/plan.toml", "value = \"3.0\"", "value = \"2.9\"");
    edit(&workspace, "input/2023/b/plan.toml", "quote = \"3.0\"", "quote = \"2.9\"");
    edit(&workspace, "input/sources/plan.txt", "3.0", "3.0 2.9");
    kept(&workspace, "b");
    let found = index(&workspace);
    assert!(links(&workspace, &found).values().all(Vec::is_empty));
    assert_eq!(found["targets"], "0");
    let text = said(&workspace, &[]);
    assert!(text.contains("目标不进综合指数，目标的变动对它的影响恰为零"), "{text}");
    let text = said(&workspace, &["--lang", "en"]);
    assert!(text.contains("targets do not enter the index"), "{text}");
}

#[test]
fn between_fixed_goalposts_what_others_do_is_no_part_of_a_change_and_an_index_of_one_side_is_not_split() {
    let workspace = plain();
    let text = fs::read_to_string(workspace.path(INDEX)).unwrap();
    let fixed = text
        .replace("\"minmax\"", "\"goalposts\"")
        .replace("imputation = \"median\"", "imputation = \"none\"");
    let posts = [("rd", "0", "6"), ("firms", "50", "300"), ("energy", "0.3", "0.9")];
    let fixed = posts.iter().fold(fixed, |text, (id, low, high)| {
        text.replace(
            &format!("id = \"{id}\"\n"),
            &format!("id = \"{id}\"\nlow = \"{low}\"\nhigh = \"{high}\"\n"),
        )
    });
    workspace.write(INDEX, fixed);
    kept(&workspace, "a");
    workspace.submit("a", "a市", "1|研发强度|%|5.1\n2|企业数|家|220\n3|单位能耗|吨标准煤/万元|0.40");
    kept(&workspace, "b");
    let found = links(&workspace, &index(&workspace));
    let changed: BTreeSet<&String> =
        found.iter().filter(|(_, links)| !links.is_empty()).map(|(city, _)| city).collect();
    assert_eq!(changed, BTreeSet::from([&"a".to_owned()]));
    assert_eq!(causes(&found["a"]), ["actuals"]);
    fs::remove_file(workspace.path(INDEX)).unwrap();
    fs::remove_dir_all(workspace.path("b")).unwrap();
    fs::remove_dir_all(workspace.path("in-b")).unwrap();
    kept(&workspace, "b");
    let found = index(&workspace);
    assert_eq!(
        (&found["not_split"], &found["cities"]),
        (&Value::from("only_before"), &serde_json::json!([]))
    );
    assert!(said(&workspace, &[]).contains("创新综合指数只有改前有，不作分解"));
}
