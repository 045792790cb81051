//! Every numeral answers in rounds of other shapes than the samples too: of many cities, and of the six further plans. Models are looked at, not
//! pages: what is asked is whether a numeral has its row in `tables/figures` and its step.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::further_plans::rounds_of_further_plans;
use crate::numerals::{of_document, silent, without_names};
use crate::sampled;
use crate::workspace::{Row, Workspace, csv_rows};

/// Keeps the models of all documents, and hands over an empty one.
const KEEPER: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo 'typst 0.15.1 (none)'; exit 0; fi
before=
for argument in "$@"; do
  if [ "$before" = --root ] && grep -q '"kind":' "$argument/data/report.json"; then cp "$argument/data/report.json" "$(mktemp KEPT/XXXXXXXX)"; fi
  before=$argument
  out=$argument
done
printf '%%PDF-1.7\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%%%EOF' > "$out"
"#;

/// The numerals of a round that do not answer, by document.
fn silent_in(workspace: &Workspace, round: &str) -> Vec<String> {
    let kept = workspace.path("kept");
    std::fs::create_dir(&kept).unwrap();
    let program = workspace.path("keeper");
    std::fs::write(&program, KEEPER.replace("KEPT", kept.to_str().unwrap())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = workspace.duibiao(&["run", round, "--output", "out", "--quiet", "--typst", "./keeper"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let figures = csv_rows(&workspace.path("out/tables/figures.csv"));
    let tasks = csv_rows(&workspace.path("out/tables/tasks.csv"));
    let titles = tasks.iter().map(|row| row["title"].clone());
    let names: BTreeSet<String> =
        titles.filter(|title| title.contains(|c: char| c.is_ascii_digit())).collect();
    let mut found = Vec::new();
    for path in std::fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().path()) {
        let model: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        // The own reports have no rows.
        if model["kind"] == "city" {
            continue;
        }
        let own: Vec<Row> =
            figures.iter().filter(|row| of_document(&model, &row["place"])).cloned().collect();
        assert!(!own.is_empty(), "{} has no numerals", model["kind"]);
        let of_names = without_names(&model, &names);
        found.extend(silent(&of_names, &own).into_iter().map(|one| format!("{} {one}", model["kind"])));
    }
    found.sort();
    found
}

#[test]
fn every_numeral_of_a_round_of_many_cities_answers() {
    // So many in turn that several share the first place and several the last.
    let many = sampled::round_of(9);
    assert_eq!(silent_in(&many, "input/2023"), Vec::<String>::new());
}

#[test]
fn every_numeral_of_the_further_plans_answers() {
    for (name, workspace, year) in rounds_of_further_plans() {
        assert_eq!(silent_in(&workspace, &format!("input/{year}")), Vec::<String>::new(), "{name}");
    }
}
