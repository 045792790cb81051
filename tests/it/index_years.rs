//! Whether the cities of an index drew nearer over its years: in words, with steps that can be done again.

use std::fs;

use serde_json::Value;

use crate::english::{ask_for_english, models};
use crate::explained::checked;
use crate::indexed_round::indexed;
use crate::workspace::Workspace;

const INDEX: &str = "input/2023/index.toml";
const HEAD: &str = "城市,指标,目录编号,指标名称,年份,值,单位,状态,说明,来源\n";

/// Goalposts, three years, and what seven cities had in the two years before: the share of what they have now that is given for each.
fn over_years(shares: &[[&str; 2]; 7]) -> Workspace {
    let workspace = indexed();
    let text = fs::read_to_string(workspace.path(INDEX)).unwrap();
    let (text, _) = text.split_once("[robustness]").unwrap();
    let text = text
        .replace("\"minmax\"", "\"goalposts\"")
        .replace("imputation = \"median\"", "imputation = \"none\"");
    let posts = [("rd", "0", "6"), ("firms", "0", "300"), ("energy", "0.3", "0.9")];
    let text = posts.iter().fold(text, |text, (id, low, high)| {
        text.replace(
            &format!("id = \"{id}\"\n"),
            &format!("id = \"{id}\"\nlow = \"{low}\"\nhigh = \"{high}\"\n"),
        )
    });
    ask_for_english(&workspace);
    workspace.write(INDEX, format!("{text}[chain]\nbase_year = 2021\n"));
    for (slug, [first, second]) in ["a", "b", "c", "d", "e", "f", "g"].iter().zip(shares) {
        // 2022 of row 1 is printed by the plan.
        let rows =
            [("1", "rd", "研发强度", "%", first, "2.9"), ("2", "firms", "企业数", "家", second, "100")];
        let lines: Vec<String> = rows
            .iter()
            .flat_map(|(no, id, name, unit, value, between)| {
                [("2021", *value), ("2022", between)].map(|(year, value)| {
                    format!("{slug},{no},{id},{name},{year},{value},{unit},核定,,年报\n")
                })
            })
            .collect();
        workspace.write(&format!("input/2023/{slug}/published.csv"), format!("{HEAD}{}", lines.concat()));
    }
    workspace
}

/// What the main report says, in Chinese and in English.
fn said(workspace: &Workspace) -> [String; 2] {
    fn find(value: &Value) -> Option<String> {
        match value {
            Value::Object(fields) => match fields.get("convergence").and_then(Value::as_str) {
                Some(words) => Some(words.replace(['\u{2063}', '\u{2064}'], "")),
                None => fields.values().find_map(find),
            },
            Value::Array(all) => all.iter().find_map(find),
            _ => None,
        }
    }
    let all = models(workspace, "input/2023");
    ["zh", "en"].map(|language| {
        let (_, model) = all.iter().find(|((kind, own), _)| kind == "main" && own == language).unwrap();
        find(model).unwrap()
    })
}

/// Those that have little now had far less.
const LOW_GREW: [[&str; 2]; 7] = [
    ["4.0", "205"],
    ["3.4", "165"],
    ["3.0", "140"],
    ["2.8", "130"],
    ["2.2", "90"],
    ["1.4", "50"],
    ["1.0", "30"],
];

#[test]
fn cities_that_draw_nearer_are_said_to_in_both_languages_and_an_independent_program_does_it_again() {
    let workspace = over_years(&LOW_GREW);
    let [chinese, english] = said(&workspace);
    assert!(chinese.starts_with("各年都有数的7个"), "{chinese}");
    assert!(chinese.contains("差距缩小") || chinese.contains("差距逐年缩小"), "{chinese}");
    assert!(chinese.ends_with("总的看，起点低的增长较快。"), "{chinese}");
    assert!(
        english.contains("they drew nearer") && english.contains("those that began lower grew faster"),
        "{english}"
    );
    workspace.duibiao_untypeset(&["run", "input/2023"]);
    checked(&workspace.path("output/2023"), &workspace.path("input"), &["--alter"]);
    let figures = workspace.table("figures");
    assert!(figures.iter().any(|row| row["id"] == "round/#index.year.2021.spread.shown"));
}

#[test]
fn where_nothing_can_be_said_of_convergence_the_reason_is() {
    let workspace = over_years(&LOW_GREW);
    let edit = |from: &str, to: &str| {
        let text = fs::read_to_string(workspace.path(INDEX)).unwrap();
        assert!(text.contains(from));
        workspace.write(INDEX, text.replace(from, to));
    };
    edit("base_year = 2021", "base_year = 2022");
    assert!(said(&workspace)[0].ends_with("不作判断：年份不足三年。"));
    edit("base_year = 2022", "base_year = 2020");
    assert!(said(&workspace)[0].ends_with("不作判断：各年都有数的不足五个。"));
    edit("\"goalposts\"", "\"minmax\"");
    assert!(said(&workspace)[1].contains("extremes and means of their own year"));
    let text = fs::read_to_string(workspace.path(INDEX)).unwrap();
    workspace.write(INDEX, text.split("[chain]").next().unwrap());
    assert_eq!(said(&workspace), ["", ""]);
}
