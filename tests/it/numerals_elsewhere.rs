//! Numerals of rounds of many cities, where sentences count and name the first: the counts answer too.

use std::collections::BTreeSet;

use crate::sampled;
use crate::workspace::csv_rows;

#[test]
fn what_is_counted_over_many_cities_has_its_row_and_its_step() {
    // In turn: five of one kind and four of the other.
    let many = sampled::round_of(9);
    sampled::publish(&many);
    let figures = csv_rows(&many.path("output/2023/tables/figures.csv"));
    let steps = csv_rows(&many.path("output/2023/tables/derivation.csv"));
    let known: BTreeSet<(&str, &str)> =
        steps.iter().map(|step| (step["id"].as_str(), step["value"].as_str())).collect();
    for name in [
        "cities",
        "total",
        "assessable",
        "met",
        "soft.assessable",
        "moved.all",
        "moved.better",
        "moved.worse",
    ] {
        let id = format!("round/#{name}");
        let row = figures.iter().find(|row| row["id"] == id && row["place"].starts_with("主报告/比较/"));
        let row = row.unwrap_or_else(|| panic!("{id} has no row"));
        assert!(known.contains(&(id.as_str(), row["text"].as_str())), "{id} {}", row["text"]);
    }
    let cities = figures.iter().find(|row| row["id"] == "round/#cities").unwrap();
    assert_eq!(cities["text"], "9");
}
