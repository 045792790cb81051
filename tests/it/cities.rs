//! Generated rounds: what the program says of every target and every city is what the generator says must be said.

#[path = "../cities/answers.rs"]
mod answers;
#[path = "../cities/books.rs"]
mod books;
#[path = "../cities/draw.rs"]
mod draw;
#[path = "../cities/rows.rs"]
mod rows;
#[path = "../cities/written.rs"]
mod written;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::workspace::{Row, Workspace, csv_rows, tree};

/// Makes a generated round.
pub(crate) fn generated(to: &std::path::Path, count: usize, seed: u64) {
    written::round(to, count, seed);
}

const CITIES: usize = 6;

/// Of this seed every kind of answer comes in six cities.
const SEED: u64 = 8;

#[test]
fn every_verdict_and_every_count_of_a_generated_round_is_the_one_that_was_drawn() {
    let workspace = Workspace::new();
    written::round(&workspace.path("input"), CITIES, SEED);
    workspace.run();
    let answers = csv_rows(&workspace.path("input/answers.csv"));
    let assessments = workspace.table("assessments");
    assert_eq!(answers.len(), CITIES * rows::rows().len());
    assert_eq!(assessments.len(), answers.len());
    for (answer, found) in answers.iter().zip(&assessments) {
        for column in ["city", "no", "indicator", "state", "met"] {
            assert_eq!(found[column], answer[column], "{column}: {answer:?}\n{found:?}");
        }
        assert_eq!(value(found), answer["value"].parse().ok(), "{answer:?}\n{found:?}");
    }
    let states: BTreeSet<&str> = answers.iter().map(|answer| answer["state"].as_str()).collect();
    let all = ["exceeded", "in_doubt", "lagged", "met", "missed", "nearly", "not_reported"];
    assert_eq!(states.into_iter().collect::<Vec<_>>(), all, "another seed: not everything was drawn");
    let counts = csv_rows(&workspace.path("input/answers-cities.csv"));
    let (scores, tasks) = (workspace.table("scores"), workspace.table("tasks"));
    assert_eq!(scores.len(), CITIES);
    for (answer, found) in counts.iter().zip(&scores) {
        for column in ["city", "met", "assessable", "total", "rank", "tied"] {
            assert_eq!(found[column], answer[column], "{column}: {answer:?}\n{found:?}");
        }
        let done = tasks.iter().filter(|task| task["city"] == answer["city"] && task["state"] == "met");
        assert_eq!(done.count().to_string(), answer["tasks_done"], "{answer:?}");
    }
}

/// The number that is printed of a target; words have none.
fn value(found: &Row) -> Option<Decimal> {
    found["actual_value"].parse().ok()
}

#[test]
fn a_generated_round_is_the_same_again_and_its_cities_are_those_of_a_larger_one() {
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str, count: usize, seed: u64| {
        written::round(&folder.path().join(name), count, seed);
        tree(&folder.path().join(name))
    };
    let (one, again, other, larger) =
        (made("one", 2, 1), made("again", 2, 1), made("other", 2, 2), made("larger", 5, 1));
    assert!(one == again);
    assert!(one["answers.csv"] != other["answers.csv"]);
    let of_cities = |name: &&String| name.starts_with("2023/c");
    assert_eq!(one.keys().filter(of_cities).count(), 2 * 14);
    for name in one.keys().filter(of_cities) {
        assert!(one[name] == larger[name], "{name}");
    }
}

#[test]
fn no_two_generated_cities_have_one_name() {
    let names: BTreeSet<String> = (0..draw::MOST).map(draw::short_name).collect();
    assert_eq!(names.len(), draw::MOST);
    assert!(names.iter().all(|name| name.chars().count() == 3));
}
