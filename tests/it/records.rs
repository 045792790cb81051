//! What the tables record: cells quoted as they are, one meaning for a name, points that lead to the score, who sent what.

use calamine::{Data, Reader as _, open_workbook_auto};
use rust_decimal::Decimal;

use crate::workspace::{GOOD, Row, Workspace, copy_tree, repository};

fn sample() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.run();
    workspace
}

#[test]
fn steps_of_tasks_quote_the_cell_that_they_name() {
    let workspace = sample();
    let lineage = workspace.table("lineage");
    let read = lineage
        .iter()
        .filter(|step| step["figure"].contains("/task-") && step["operation"].starts_with("读取"));
    let mut checked = 0;
    for step in read {
        let (file, rest) = step["from"].split_once('[').unwrap();
        let (sheet, cell) = rest.split_once("]!").unwrap();
        let mut book = open_workbook_auto(workspace.path("input/2023").join(file)).unwrap();
        let range = book.worksheet_range(sheet).unwrap();
        let column = u32::from(cell.as_bytes()[0] - b'A');
        let row: u32 = cell[1..].parse().unwrap();
        let there = match range.get_value((row - 1, column)) {
            None | Some(Data::Empty) => String::new(),
            Some(value) => value.to_string(),
        };
        assert_eq!(step["to"], format!("“{}”", there.trim()), "{} {}", step["figure"], step["from"]);
        checked += 1;
    }
    assert!(checked > 100, "{checked} steps");
}

#[test]
fn met_means_reached_for_a_city_as_for_the_round() {
    let workspace = sample();
    let lineage = workspace.table("lineage");
    let figure = |name: &str| -> usize {
        let step =
            lineage.iter().find(|step| step["figure"] == name).unwrap_or_else(|| panic!("{name} is missing"));
        step["to"].parse().unwrap()
    };
    let mut sums = (0, 0, 0);
    for row in workspace.table("scores") {
        let city = &row["city"];
        for name in ["met", "assessable", "total"] {
            assert_eq!(figure(&format!("{city}/{name}")).to_string(), row[name], "{city} {name}");
        }
        let states = ["exceeded", "met"].map(|state| figure(&format!("{city}/state/{state}")));
        assert_eq!(states[0] + states[1], figure(&format!("{city}/met")));
        sums.0 += figure(&format!("{city}/met"));
        sums.1 += figure(&format!("{city}/assessable"));
        sums.2 += figure(&format!("{city}/total"));
    }
    assert_eq!(sums, (figure("round/met"), figure("round/assessable"), figure("round/total")));
}

#[test]
fn scores_can_be_computed_again_from_the_points_of_the_tables() {
    let workspace = sample();
    let rows = workspace.table("assessments");
    let number = |row: &Row, column: &str| row[column].parse::<Decimal>().unwrap();
    for score in workspace.table("scores") {
        let counted: Vec<&Row> = rows
            .iter()
            .filter(|row| row["city"] == score["city"] && row["origin"] == score["basis"])
            .filter(|row| row["tier"] != "intended" && !row["points"].is_empty())
            .collect();
        let weights: Decimal = counted.iter().map(|row| number(row, "weight")).sum();
        let points: Decimal = counted.iter().map(|row| number(row, "weight") * number(row, "points")).sum();
        let again = points / weights - number(&score, "deducted");
        assert_eq!(duibiao::rounding::fixed(again, 4), score["score"], "{}", score["city"]);
    }
    assert!(rows.iter().any(|row| row["points"].len() > 20), "no points with many digits");
}

#[test]
fn who_filled_in_and_checked_a_workbook_its_evidence_and_what_it_replaces_are_recorded() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    let newer = "input/2023/jia/submissions/统计局-更正.xlsx";
    workspace.submit_as(newer, "甲市", "统计局", &GOOD.replace("120", "130"));
    workspace.write(
        "input/2023/jia/received.csv",
        "文件,收到时间\n统计局.xlsx,2024-01-09 09:00\n统计局-更正.xlsx,2024-01-10 09:00\n",
    );
    workspace.run();
    let submissions = workspace.table("submissions");
    assert_eq!(submissions.len(), 2);
    for row in &submissions {
        let found = ["filled_by", "checked_by", "filled_on", "registered"].map(|column| row[column].as_str());
        assert_eq!(found, ["甲", "乙", "2024-01-10", "true"], "{}", row["file"]);
    }
    let evidence = workspace.table("evidence");
    assert_eq!(evidence.len(), 1);
    let found = ["city", "unit", "no", "title", "document"].map(|column| evidence[0][column].as_str());
    assert_eq!(found, ["jia", "统计局", "Z1", "统计表", "甲〔2024〕1号"]);
    let replaced = workspace.table("replaced");
    let firms = replaced.iter().find(|row| row["no"] == "2" && row["year"] == "2023").unwrap();
    let found = ["raw", "value", "file", "cell", "replaced_by"].map(|column| firms[column].as_str());
    let (old, new) = ("jia/submissions/统计局.xlsx", "jia/submissions/统计局-更正.xlsx");
    assert_eq!(found, ["120", "120", old, "D5", new]);
    let seen = workspace.table("observations");
    assert!(seen.iter().all(|row| row["file"] == new), "what is replaced counts for nothing");
    assert_eq!(workspace.table("facts").iter().find(|row| row["no"] == "2").unwrap()["value"], "130");
}
