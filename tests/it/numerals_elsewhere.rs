//! Numerals of rounds of many cities, where sentences name three and count the rest: the count answers too.

use std::collections::BTreeSet;

use crate::sampled;
use crate::workspace::csv_rows;

#[test]
fn how_many_cities_share_a_place_or_may_move_has_its_row_and_its_step() {
    // In turn: five of one kind and four of the other, so that several share the first place and several the last.
    let many = sampled::round_of(9);
    sampled::publish(&many);
    let figures = csv_rows(&many.path("output/2023/tables/figures.csv"));
    let steps = csv_rows(&many.path("output/2023/tables/derivation.csv"));
    let known: BTreeSet<(&str, &str)> =
        steps.iter().map(|step| (step["id"].as_str(), step["value"].as_str())).collect();
    let mut shared = BTreeSet::new();
    for name in ["first", "last", "moving"] {
        let id = format!("round/#cities.{name}");
        let row = figures.iter().find(|row| row["id"] == id && row["place"].starts_with("排名/"));
        let row = row.unwrap_or_else(|| panic!("{id} has no row"));
        assert!(known.contains(&(id.as_str(), row["text"].as_str())), "{id} {}", row["text"]);
        shared.insert(row["text"].clone());
    }
    assert_eq!(shared, ["4", "5", "9"].map(str::to_owned).into(), "four and five of nine");
}
