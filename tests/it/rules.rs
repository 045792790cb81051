//! Rules with their outcomes: how often each was run, passed, failed, and could not be decided.

use std::collections::BTreeMap;
use std::ops::AddAssign as _;

use duibiao::evaluation::Evaluation;
use duibiao::finding::{Outcomes, codes, failures};
use duibiao::run::{Settings, evaluate};

use crate::workspace::{PROGRAM, repository};

fn sample(year: &str) -> Evaluation {
    let settings = Settings {
        round: repository().join("input").join(year),
        workbook: None,
        cities: Vec::new(),
        jobs: 2,
        program: PROGRAM.into(),
        read_seconds: None,
    };
    evaluate(&settings, &duibiao::inputs::Inputs::default(), &duibiao::progress::Silent).unwrap()
}

/// The outcomes of all rules over all cities, each of which adds up by itself.
fn outcomes(evaluation: &Evaluation) -> BTreeMap<&'static str, Outcomes> {
    let failed = failures(&evaluation.findings);
    let mut all: BTreeMap<&str, Outcomes> = BTreeMap::new();
    for city in &evaluation.cities {
        let own = failed.get(&city.plan.city).map_or(&[][..], Vec::as_slice);
        for (rule, found) in city.runs.outcomes(own) {
            assert!(found.adds_up(), "{} of {}: {found:?}", rule.code, city.plan.city);
            all.entry(rule.code).or_default().add_assign(found);
        }
    }
    all
}

#[test]
fn what_a_rule_passes_fails_and_leaves_open_is_what_it_was_run_on() {
    for year in ["2023", "2025"] {
        let evaluation = sample(year);
        let outcomes = outcomes(&evaluation);
        for code in ["L208", "L226", "N302", "V401", "V406", "C502", "S601"] {
            assert!(outcomes[code].pass() > 0, "{code} {:?}", outcomes[code]);
        }
        for finding in &evaluation.findings {
            let code = finding.problem.code();
            assert!(outcomes[code].fail > 0, "{code}");
        }
    }
}

#[test]
fn every_code_is_a_rule() {
    let rules: Vec<&str> = duibiao::finding::RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(rules, codes());
}

#[test]
fn the_page_of_outcomes_lists_every_rule() {
    let page = std::fs::read_to_string(repository().join("docs/validation.md")).unwrap();
    for rule in duibiao::finding::RULES {
        let (key, words) = (rule.over.key(), rule.over.chinese());
        let expression = rule.expression.map_or_else(|| "—".to_owned(), |text| format!("`{text}`"));
        let row = format!("| {} | `{key}` {words} | {} | {expression} |\n", rule.code, rule.severity.key());
        assert!(page.contains(&row), "{row}");
    }
}
