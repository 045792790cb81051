//! A generated round with an index, from its workbooks to its pages.

use std::collections::BTreeMap;
use std::fs;

use crate::explained::checked;
use crate::workspace::{Workspace, tree};

const CITIES: usize = 12;
const SEED: u64 = 7;

/// A round of generated cities, which `index.toml` is put into.
fn round(index: Option<&str>) -> Workspace {
    let workspace = Workspace::new();
    crate::cities::generated(&workspace.path("input"), CITIES, SEED);
    if let Some(index) = index {
        fs::write(workspace.path("input/2023/index.toml"), index).unwrap();
    }
    workspace
}

const INDEX: &str = include_str!("../cities/index.toml");

#[test]
fn an_independent_program_does_an_index_again_and_notices_every_alteration() {
    let workspace = round(Some(INDEX));
    workspace.run();
    checked(&workspace.path("output/2023"), &workspace.path("input"), &["--alter"]);
    let scores = workspace.table("index_scores");
    let index = || scores.iter().filter(|row| row["level"] == "index");
    assert_eq!(index().count(), CITIES);
    // Of the seed: what stands in is marked, and so is what was drawn in.
    assert!(scores.iter().any(|row| row["imputed"] == "true" && !row["absent"].is_empty()));
    assert!(scores.iter().all(|row| (row["imputed"] == "true") <= (row["level"] == "indicator")));
    let draws = workspace.table("index_draws");
    assert_eq!(draws.len(), 400);
    // Of other normalisations scores are on another scale than the limits of the classes.
    assert!(draws.iter().all(|draw| draw["classes"].is_empty() == (draw["normalisation"] != "minmax")));
    let steps = workspace.table("derivation");
    let classed =
        steps.iter().filter(|step| step["op"] == "draws.class" && step["id"].ends_with("/#index.class.own"));
    assert_eq!(classed.count(), index().filter(|row| !row["rank"].is_empty()).count());
    let placed = index().filter(|row| !row["rank"].is_empty()).count();
    for draw in draws.iter().filter(|draw| draw["failed"] == "false") {
        let mut ranks: Vec<usize> = draw["ranks"].split(' ').map(|rank| rank.parse().unwrap()).collect();
        assert_eq!(ranks.len(), placed);
        ranks.sort_unstable();
        assert_eq!(ranks[0], 1);
    }
}

/// The index with more of its methods: denominators, logarithms where drawing in is not enough, each city by its best weights.
fn more() -> String {
    let edits = [
        (
            "skewness = \"2\"\nkurtosis = \"3.5\"\nmost = 3",
            "skewness = \"0\"\nkurtosis = \"0\"\nmost = 1\nfallback = \"log\"",
        ),
        ("id = \"patents\"\n", "id = \"patents\"\nper = \"talents\"\n"),
        ("[[peers]]", "[best_case]\nleast = \"5\"\nmost = \"60\"\n\n[[peers]]"),
    ];
    edits.into_iter().fold(INDEX.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn denominators_logarithms_of_extremes_and_best_weights_are_done_again_too() {
    let workspace = round(Some(&more()));
    workspace.run();
    checked(&workspace.path("output/2023"), &workspace.path("input"), &["--alter"]);
    let steps = workspace.table("derivation");
    let of = |op: &str| steps.iter().filter(|row| row["op"] == op).collect::<Vec<_>>();
    assert!(!of("quotient").is_empty() && !of("log.shifted").is_empty());
    let shares = of("share.weighted");
    assert!(!shares.is_empty() && shares.len().is_multiple_of(4));
    for share in shares {
        let share = duibiao::ledger::Exact::parse(&share["value"]).unwrap().double().unwrap();
        assert!((4.999..=60.001).contains(&share), "{share}");
    }
    // The index itself is what it is without best weights.
    let without = round(Some(&more().replacen("[best_case]\nleast = \"5\"\nmost = \"60\"\n", "", 1)));
    without.run();
    assert_eq!(workspace.table("index_scores"), without.table("index_scores"));
}

/// All of it in one domain, weighed by principal components.
const PRINCIPAL: &str = "[index]\nname = \"综合指数\"\nnormalisation = \"minmax\"\nweights = \"principal\"\naggregation = [\"arithmetic\"]\nimputation = \"median\"\n[screening]\ncity_coverage = \"60\"\n[[dimension]]\nid = \"input\"\n[[indicator]]\nid = \"rd\"\ndimension = \"input\"\n[[indicator]]\nid = \"firms\"\ndimension = \"input\"\n[[indicator]]\nid = \"energy\"\ndimension = \"input\"\n";

#[test]
fn weights_out_of_principal_components_are_done_again_and_refused_where_they_do_not_come_out() {
    let workspace = crate::indexed_round::indexed();
    workspace.write("input/2023/index.toml", PRINCIPAL);
    workspace.run();
    checked(&workspace.path("output/2023"), &workspace.path("input"), &["--alter"]);
    let steps = workspace.table("derivation");
    let weights = steps.iter().filter(|row| row["op"] == "weight.at").map(|row| row["value"].clone());
    let weights: Vec<String> = weights.collect();
    assert!(weights.len() == 3 && weights[0] != weights[2], "{weights:?}");
    // Who uses more energy has less of all else.
    let odd = PRINCIPAL.replace("id = \"energy\"\n", "id = \"energy\"\ndirection = \"higher\"\n");
    workspace.write("input/2023/index.toml", odd);
    let before = tree(&workspace.path("output/2023"));
    let done = workspace.duibiao(&["run", "input/2023"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{told}");
    let words =
        "第4行 (line 4): weights = \"principal\"：“input”之下的主成分权重算不出，“energy”与其余部分负相关";
    assert!(told.contains(words), "{told}");
    assert!(tree(&workspace.path("output/2023")) == before);
}

#[test]
fn an_index_alters_nothing_of_what_is_published_without_it() {
    let (with, without) = (round(Some(INDEX)), round(None));
    with.run();
    without.run();
    let tables = |workspace: &Workspace| -> BTreeMap<String, Vec<u8>> {
        let all = tree(&workspace.path("output/2023/tables")).into_iter();
        all.filter(|(name, _)| name.ends_with(".csv")).collect()
    };
    let (with, without) = (tables(&with), tables(&without));
    // Steps and printed numerals are more; and the page of an index has its own.
    let may_differ = ["derivation.csv", "figures.csv", "lineage.csv"];
    for (name, bytes) in &without {
        assert!(may_differ.contains(&name.as_str()) || with[name] == *bytes, "{name}");
    }
    let more: Vec<&String> = with.keys().filter(|name| !without.contains_key(*name)).collect();
    assert_eq!(more, ["index_draws.csv", "index_scores.csv", "index_without.csv"]);
}

#[test]
fn an_index_has_the_same_bytes_for_any_number_of_threads() {
    let workspace = round(Some(INDEX));
    let of = |jobs: &str| {
        let output = format!("out-{jobs}");
        let done = workspace.duibiao(&["run", "input/2023", "--jobs", jobs, "--output", &output]);
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
        tree(&workspace.path(&output).join("tables"))
    };
    let one = of("1");
    for jobs in ["2", "8"] {
        assert!(one == of(jobs), "{jobs} threads");
    }
}

#[test]
fn some_of_the_cities_have_no_index_and_shares_that_are_merged_have_that_of_all() {
    let workspace = round(Some(INDEX));
    let made = |arguments: &[&str]| {
        let done = workspace.duibiao(arguments);
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
    };
    made(&["run", "input/2023", "--city", "c0001", "--city", "c0002", "--city", "c0003", "--output", "some"]);
    assert!(!tree(&workspace.path("some/tables")).keys().any(|name| name.starts_with("index_")));
    made(&["run", "input/2023", "--part", "1/2", "--to", "one"]);
    made(&["run", "input/2023", "--part", "2/2", "--to", "other"]);
    made(&["merge", "input/2023", "one", "other", "--output", "merged"]);
    made(&["run", "input/2023", "--output", "whole"]);
    let tables = |output: &str| tree(&workspace.path(output).join("tables"));
    assert!(tables("whole").contains_key("index_scores.csv"));
    assert!(tables("merged") == tables("whole"));
}

#[test]
fn a_city_with_too_few_values_stands_in_brackets_and_moves_no_other() {
    let limit = INDEX.replace("city_coverage = \"66.7\"", "city_coverage = \"100\"");
    let limit = limit.replace("imputation = \"group_median\"", "imputation = \"none\"");
    let workspace = round(Some(&limit));
    workspace.run();
    let scores = workspace.table("index_scores");
    let (placed, in_brackets): (Vec<_>, Vec<_>) = scores
        .iter()
        .filter(|row| row["level"] == "index")
        .partition(|row| row["coverage"].starts_with("100."));
    assert!(!placed.is_empty() && !in_brackets.is_empty());
    assert!(placed.iter().all(|row| !row["rank"].is_empty()));
    assert!(in_brackets.iter().all(|row| row["rank"].is_empty()));
    // Those in brackets stand behind the others.
    let order: Vec<bool> =
        scores.iter().filter(|row| row["level"] == "index").map(|row| row["rank"].is_empty()).collect();
    assert!(order.is_sorted());
    checked(&workspace.path("output/2023"), &workspace.path("input"), &[]);
}
