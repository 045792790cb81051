//! The printed figures of both sample rounds are what they were. A change that alters one of them is told under `## Numbers` of the changelog and,
//! once a version has been released, in docs/numbers.toml, and then `tests/golden/` is written anew.

use std::collections::BTreeMap;

use crate::workspace::{Workspace, copy_tree, csv_rows, repository};

#[test]
fn the_printed_figures_of_both_rounds_are_what_they_were() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    for (year, least) in [("2023", 400), ("2025", 350)] {
        let round = format!("input/{year}");
        let output = workspace.duibiao_untypeset(&["run", &round]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
        let ledger = csv_rows(&workspace.path(&format!("output/{year}/tables/derivation.csv")));
        let now: BTreeMap<&str, &str> =
            ledger.iter().map(|row| (row["id"].as_str(), row["value"].as_str())).collect();
        let kept = csv_rows(&repository().join(format!("tests/golden/figures-{year}.csv")));
        assert!(kept.len() >= least, "{} figures of {year}", kept.len());
        let differ: Vec<String> = kept
            .iter()
            .filter(|row| now.get(row["id"].as_str()) != Some(&row["value"].as_str()))
            .map(|row| format!("{}: {} → {:?}", row["id"], row["value"], now.get(row["id"].as_str())))
            .collect();
        assert!(
            differ.is_empty(),
            "{year}: figures that changed, see docs/numbers.toml\n{}",
            differ.join("\n")
        );
    }
}
