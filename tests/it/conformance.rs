//! Worked examples with known results: rounding by GB/T 8170—2008, and a verdict for every kind of target and border.
//! The vectors are tables in `tests/conformance`.

use rust_decimal::Decimal;

use crate::workspace::{Workspace, repository};

/// The lines of a table of vectors, cell by cell.
fn vectors(name: &str) -> Vec<Vec<String>> {
    let path = repository().join("tests/conformance").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn rounding_gives_the_examples_of_the_standard() {
    for line in vectors("rounding.txt") {
        let [value, interval, expected] = [0, 1, 2].map(|at| line[at].parse::<Decimal>().unwrap());
        let found = duibiao::rounding::round_to_interval(value, interval);
        assert_eq!(found, Some(expected), "{value} to {interval}");
    }
}

#[test]
fn what_a_converter_left_behind_a_character_is_dropped_and_units_are_kept() {
    for (name, expected) in [
        ("創(chuàng)新型", "创新型"),
        ("數(shù)據(%)", "数据(%)"),
        ("高新技術(shù)企業(yè)數(shù)（家）", "高新技术企业数(家)"),
        ("R&D(km)", "r&d(km)"),
    ] {
        assert_eq!(duibiao::collect::name_key(name), expected);
    }
}

/// The parts of a round that judges one target a line: catalogue, rows and targets of the plan, declarations of the round,
/// and the rows of the workbook.
#[derive(Default)]
struct Parts {
    catalogue: String,
    rows: String,
    prose: String,
    round: String,
    values: String,
}

impl Parts {
    fn add(&mut self, at: usize, line: &[String]) {
        let [name, direction, unit, past, target, actual] = [0, 1, 2, 3, 4, 5].map(|at| line[at].as_str());
        let row = matches!(target.split(' ').next(), Some(">=" | "<=" | ">" | "<" | "有"));
        let no = if row { at.to_string() } else { format!("P{at}") };
        let common = format!("name = \"{name}\"\nunit = \"{unit}\"\n");
        if row {
            self.catalogue.push_str(&format!(
                "[[indicator]]\nid = \"i{at}\"\n{common}short = \"{name}\"\ndirection = \"{direction}\"\nmeasure = \"stock\"\ndecimals = 2\ndimension = \"input\"\n"
            ));
            self.rows.push_str(&format!(
                "[[indicator]]\nno = \"{no}\"\nid = \"i{at}\"\n{common}group = \"投入\"\ndata_units = [\"统计局\"]\nline = \"1\"\n"
            ));
            if !past.is_empty() {
                self.rows.push_str(&format!(
                    "[[indicator.value]]\nyear = 2022\nvalue = \"{past}\"\nline = \"1\"\n"
                ));
            }
            let (op, value) = target.split_once(' ').unwrap_or(("", target));
            let op = if op.is_empty() { String::new() } else { format!("op = \"{op}\"\n") };
            self.rows.push_str(&format!(
                "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\n{op}value = \"{value}\"\nline = \"1\"\nquote = \"词\"\n"
            ));
        } else {
            assert_eq!(past, "", "{name}: only rows have a year before");
            let goal = self.goal(&no, target);
            self.prose.push_str(&format!(
                "[[target]]\nid = \"{no}\"\n{common}short = \"{name}\"\nyear = 2023\n{goal}direction = \"{direction}\"\nlead = [\"统计局\"]\nline = \"1\"\nquote = \"词\"\n"
            ));
        }
        let (actual, evidence) = actual.strip_suffix('!').map_or((actual, "Z1"), |actual| (actual, ""));
        let (actual, year) = actual.split_once('@').unwrap_or((actual, ""));
        self.values.push_str(&format!("{no}|{name}|{unit}|{actual}|{evidence}|说明||{year}\n"));
    }

    /// The fields of a target in prose.
    fn goal(&mut self, no: &str, target: &str) -> String {
        let words: Vec<&str> = target.split(' ').collect();
        let range = |text: &str, low: &str, high: &str| {
            let (from, to) = text.split_once("..").unwrap();
            format!("{low} = \"{from}\"\n{high} = \"{to}\"\n")
        };
        match words.as_slice() {
            [op @ ("surpass" | "~"), value] => {
                format!("kind = \"level\"\nop = \"{op}\"\nvalue = \"{value}\"\n")
            }
            [kind @ ("growth" | "increment" | "rank" | "rank_change"), op, value] => {
                format!("kind = \"{kind}\"\nop = \"{op}\"\nvalue = \"{value}\"\n")
            }
            ["average", op, value, rest @ ..] => {
                let base = rest.get(1).map_or_else(String::new, |year| format!("base_year = {year}\n"));
                format!("kind = \"average_growth\"\nop = \"{op}\"\nvalue = \"{value}\"\n{base}")
            }
            ["range", bounds] => format!("kind = \"range\"\n{}", range(bounds, "low", "high")),
            ["interval", bounds, rest @ ..] => {
                let outer = rest.get(1).map_or_else(String::new, |outer| range(outer, "lowest", "highest"));
                format!("kind = \"interval\"\n{}{outer}", range(bounds, "low", "high"))
            }
            ["relative", op, values @ ..] => {
                for value in values {
                    let value = value.trim_end_matches(',');
                    self.round.push_str(&format!(
                        "[[benchmark]]\ncity = \"a\"\ntarget = \"{no}\"\nname = \"平均水平{value}\"\nvalue = \"{value}\"\nsource = \"公报\"\n"
                    ));
                }
                format!("kind = \"relative\"\nop = \"{op}\"\nreference = \"平均水平\"\n")
            }
            ["milestone", rest @ ..] => {
                let due = rest.first().map_or_else(String::new, |due| format!("due = {due}\n"));
                format!("kind = \"milestone\"\nvalue = \"达到\"\n{due}")
            }
            ["magnitude", value] => format!("kind = \"magnitude\"\nvalue = \"{value}\"\n"),
            ["undated", value] => format!("kind = \"magnitude\"\nvalue = \"{value}\"\nundated = true\n"),
            ["coverage", value] => format!("kind = \"coverage\"\nvalue = \"{value}\"\n"),
            other => panic!("{other:?} is no target"),
        }
    }
}

#[test]
fn every_kind_of_target_and_every_border_gets_the_verdict_of_its_vector() {
    let lines = vectors("targets.txt");
    assert!(lines.len() >= 60);
    let mut parts = Parts::default();
    for (at, line) in (1..).zip(&lines) {
        assert_eq!(line.len(), 10, "{line:?}");
        parts.add(at, line);
    }
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let sources = "词 0 2 4 10 30 -5 81.4 81.87 0.5379 1.75 2.95";
    workspace.write("input/sources/plan.txt", format!("{sources}\n"));
    let dimension = "[[dimension]]\nid = \"input\"\nname = \"创新投入\"\n";
    workspace.write("input/catalogue.toml", format!("{dimension}{}", parts.catalogue));
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let head = plan.split("[[indicator]]").next().unwrap();
    workspace.write("input/2023/a/plan.toml", format!("{head}{}{}", parts.rows, parts.prose));
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", format!("{round}{}", parts.round));
    workspace.submit("a", "甲市", &parts.values);
    workspace.run();
    let rows = workspace.table("assessments");
    let findings = workspace.table("findings");
    assert_eq!(rows.len(), lines.len());
    let mut wrong = Vec::new();
    for (at, line) in (1..).zip(&lines) {
        let row =
            rows.iter().find(|row| row["no"] == at.to_string() || row["no"] == format!("P{at}")).unwrap();
        let has =
            |code: &str| findings.iter().any(|one| one["code"] == code && one["indicator"] == row["no"]);
        let mut marks = String::new();
        for (mark, holds) in [
            ("B", row["boundary"] == "true"),
            ("E", has("S602")),
            ("W", row["target_worse_than_baseline"] == "true"),
        ] {
            marks.push_str(if holds { mark } else { "" });
        }
        assert_eq!(has("S601"), row["boundary"] == "true", "{}", line[0]);
        let found = [&row["state"], &row["completion"], &row["progress"], &marks];
        let expected = [&line[6], &line[7], &line[8], &line[9]];
        if found != expected {
            wrong.push(format!("{}: {found:?} instead of {expected:?} ({})", line[0], row["reason"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
