//! A round with an index: what people see of it.

use serde_json::{Value, json};

use crate::explorer::browsed;
use crate::workspace::{Workspace, csv_rows};

/// Domains, weights, peers, another set of weights and draws.
const INDEX: &str = r#"
[index]
name = "创新综合指数"
name_en = "Composite index of innovation"
normalisation = "minmax"
weights = "given"
aggregation = ["arithmetic", "arithmetic"]
imputation = "median"

[screening]
city_coverage = "60"
indicator_coverage = "50"

[[dimension]]
id = "input"
weight = "2"
[[dimension]]
id = "output"
name = "创新产出"
en = "Outputs"
weight = "1"

[[indicator]]
id = "rd"
dimension = "input"
weight = "2"
[[indicator]]
id = "firms"
dimension = "input"
weight = "1"
[[indicator]]
id = "energy"
dimension = "output"

[[peers]]
name = "东部"
en = "East"
cities = ["a", "b", "c", "d"]
[[peers]]
name = "西部"
en = "West"
cities = ["e", "f", "g", "h"]

[[weights]]
name = "产出为重"
values = { input = "1", output = "3" }

[best_case]
least = "10"

[robustness]
draws = 60
seed = 7
weight_spread = "40"
normalisations = ["zscore"]
"#;

/// Eight cities, one of which has no value of an indicator, and one of which has too few.
pub(crate) fn indexed() -> Workspace {
    let cities = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|slug| (slug, format!("{slug}市")));
    let cities: Vec<(&str, &str)> = cities.iter().map(|(slug, name)| (*slug, name.as_str())).collect();
    let workspace = Workspace::with_cities(&cities);
    workspace.write("input/2023/index.toml", INDEX);
    let values = [
        ("a", "4.1", "210", "0.41"),
        ("b", "3.6", "176", "0.52"),
        ("c", "3.3", "160", "0.44"),
        ("d", "3.2", "152", "0.61"),
        ("e", "2.9", "130", ""),
        ("f", "2.4", "98", "0.58"),
        ("g", "2.1", "80", "0.71"),
        ("h", "2.6", "", ""),
    ];
    for (slug, rd, firms, energy) in values {
        let name = format!("{slug}市");
        let rows = [("1|研发强度|%|", rd), ("2|企业数|家|", firms), ("3|单位能耗|吨标准煤/万元|", energy)];
        let rows: Vec<String> = rows
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(head, value)| format!("{head}{value}"))
            .collect();
        workspace.submit(slug, &name, &rows.join("\n"));
    }
    workspace
}

/// The block of the index of a page.
fn block(page: &str) -> Value {
    let (_, behind) = page.split_once("id=\"index\">").unwrap();
    let (json, _) = behind.split_once("</script>").unwrap();
    serde_json::from_str::<Value>(json).unwrap()["composite"].clone()
}

#[test]
fn the_page_has_every_city_of_the_index_and_a_public_page_has_the_same() {
    let workspace = indexed();
    let page = || std::fs::read_to_string(workspace.path("output/2023/explorer.html")).unwrap();
    workspace.duibiao_untypeset(&["run", "input/2023"]);
    let full = block(&page());
    assert_eq!(full["aggregation"], "arithmetic");
    let cities = full["cities"].as_array().unwrap();
    assert_eq!(cities.len(), 8);
    assert_eq!(
        (&cities[0]["rank"], &cities[7]["rank"], &cities[7]["slug"]),
        (&json!(1), &json!(null), &json!("h"))
    );
    assert!(cities.iter().any(|city| city["imputed"] == 1), "a value stands in for that of e");
    workspace.duibiao_untypeset(&["run", "input/2023", "--explorer", "public"]);
    assert_eq!(block(&page()), full);
}

#[test]
fn a_round_without_an_index_has_nothing_of_one() {
    let workspace = indexed();
    std::fs::remove_file(workspace.path("input/2023/index.toml")).unwrap();
    workspace.duibiao_untypeset(&["run", "input/2023"]);
    let page = std::fs::read_to_string(workspace.path("output/2023/explorer.html")).unwrap();
    assert_eq!(block(&page), Value::Null);
    let figures = csv_rows(&workspace.path("output/2023/tables/figures.csv"));
    assert!(figures.iter().all(|row| !row["place"].contains("综合指数")));
}

#[test]
fn every_place_and_score_of_the_section_and_of_the_annex_is_a_figure() {
    let workspace = indexed();
    workspace.duibiao_untypeset(&["run", "input/2023"]);
    let figures = csv_rows(&workspace.path("output/2023/tables/figures.csv"));
    let says = |id: &str, volume: &str| {
        figures.iter().any(|row| row["id"] == id && row["place"].starts_with(volume))
    };
    for city in ["a", "b", "c", "d", "e", "f", "g"] {
        for volume in ["主报告/综合指数", "附表9-"] {
            assert!(says(&format!("{city}/#index.rank"), volume), "place of {city} in {volume}");
            assert!(says(&format!("{city}/#index.score.shown"), volume), "score of {city} in {volume}");
        }
    }
}

#[test]
fn other_weights_are_tried_with_the_keyboard_alone_and_set_back() {
    let workspace = indexed();
    workspace.duibiao_untypeset(&["run", "input/2023"]);
    let orders = json!({ "routes": ["#/x"], "trial": "#/x", "ups": 80 });
    let Some(seen) = browsed(&workspace.path("output/2023/explorer.html"), &orders) else { return };
    let (before, after, back) = (&seen["trial"]["before"], &seen["trial"]["after"], &seen["trial"]["back"]);
    assert_eq!(before["mark"], "试算，不是发布数字 (what-if, not published)");
    assert_eq!(before["said"], "现在是发布的权重。");
    assert_ne!(after["tried"], before["tried"]);
    assert_eq!(after["published"], before["published"]);
    assert_eq!((&back["tried"], &back["weights"]), (&before["tried"], &before["weights"]));
}

/// The sentences on how certain the order is, in Chinese and in English.
fn audited(workspace: &Workspace) -> [String; 2] {
    crate::english::ask_for_english(workspace);
    let all = crate::english::models(workspace, "input/2023");
    ["zh", "en"].map(|language| {
        let (_, model) = all.iter().find(|((kind, own), _)| kind == "main" && own == language).unwrap();
        let mut found = Vec::new();
        sentences(model, &mut found);
        found.concat().replace(['\u{2063}', '\u{2064}'], "")
    })
}

fn sentences(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Array(all)) = fields.get("audit") {
                found.extend(all.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            fields.values().for_each(|value| sentences(value, found));
        }
        Value::Array(all) => all.iter().for_each(|value| sentences(value, found)),
        _ => {}
    }
}

#[test]
fn cities_whose_class_is_not_certain_are_named_the_least_certain_first_and_who_moves_the_others_most() {
    let workspace = indexed();
    // The limit lies at the score of the city in the middle.
    workspace.duibiao_untypeset(&["run", "input/2023"]);
    let scores = workspace.table("index_scores");
    let middle = scores.iter().find(|row| row["level"] == "index" && row["rank"] == "4").unwrap();
    let limit = middle["score"].split('.').next().unwrap();
    let classes = format!("[[class]]\nname = \"领先\"\nen = \"Leading\"\nfrom = \"{limit}\"\n[robustness]");
    workspace.write("input/2023/index.toml", INDEX.replace("[robustness]", &classes));
    workspace.duibiao_untypeset(&["run", "input/2023"]);
    let steps = workspace.table("derivation");
    let kept: Vec<(String, f64)> = steps
        .iter()
        .filter_map(|step| {
            let city = step["id"].strip_suffix("/#index.class.own.shown")?;
            Some((city.to_owned(), step["value"].parse().unwrap()))
        })
        .collect();
    assert_eq!(kept.len(), 7);
    let (least, share) = kept.iter().min_by(|one, other| one.1.total_cmp(&other.1)).unwrap();
    assert!(*share < 95.0, "{kept:?}");
    let [chinese, english] = audited(&workspace);
    let (class, word) = {
        let rank = |slug: &str| -> usize {
            let row = scores.iter().find(|row| row["level"] == "index" && row["city"] == slug).unwrap();
            row["rank"].parse().unwrap()
        };
        if rank(least) <= 4 { ("领先", "Leading") } else { ("不入档", "no class") }
    };
    let first = format!("从把握最小的起：{least}市（{class}，{share:.1}%的次数居此档");
    assert!(chinese.contains(&first), "{first}: {chinese}");
    assert!(
        english.contains(&format!("the least certain first: {least}市 ({word}, kept in {share:.1}%")),
        "{english}"
    );
    let without = workspace.table("index_without");
    assert_eq!(without.len(), 7);
    assert!(chinese.contains("去掉一个"), "{chinese}");
    assert!(english.contains("left out one at a time") || english.contains("whichever"), "{english}");
}
