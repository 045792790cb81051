//! Documents against code.

use duibiao::publish::{Kind, tables};
use duibiao::run::{Settings, evaluate};

use crate::workspace::{PROGRAM, repository};

fn evaluation() -> duibiao::evaluation::Evaluation {
    let settings = Settings {
        round: repository().join("input/2023"),
        workbook: None,
        cities: Vec::new(),
        jobs: 2,
        program: PROGRAM.into(),
        read_seconds: None,
    };
    evaluate(&settings, &duibiao::inputs::Inputs::default(), &duibiao::progress::Silent).unwrap()
}

#[test]
fn the_tables_are_documented_column_by_column() {
    let text = std::fs::read_to_string(repository().join("docs/tables.md")).unwrap();
    for table in tables(&evaluation()) {
        let head = format!("## `{}`", table.name);
        let section =
            text.split(&head).nth(1).unwrap_or_else(|| panic!("docs/tables.md has no section {head}"));
        let section = section.split("\n## ").next().unwrap();
        let documented: Vec<(String, String)> = section
            .lines()
            .filter_map(|line| {
                let mut cells = line.split('|').map(str::trim).skip(1);
                let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?.to_owned();
                Some((name, cells.next()?.to_owned()))
            })
            .collect();
        let kind = |kind: Kind| match kind {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Decimal => "decimal",
            Kind::Bool => "bool",
        };
        let real: Vec<(String, String)> =
            table.columns.iter().map(|(name, of)| ((*name).to_owned(), kind(*of).to_owned())).collect();
        assert_eq!(documented, real, "table {}", table.name);
    }
}

#[test]
fn every_finding_code_is_documented() {
    let text = std::fs::read_to_string(repository().join("docs/submissions.md")).unwrap();
    let code = std::fs::read_to_string(repository().join("src/finding/code.rs")).unwrap();
    let codes: Vec<&str> = code.split("=> \"").skip(1).filter_map(|part| part.split('"').next()).collect();
    assert_eq!(codes, duibiao::finding::CODES);
    for code in codes {
        assert!(text.contains(code), "docs/submissions.md does not mention {code}");
    }
}

#[test]
fn order_of_cities_does_not_change_what_is_found() {
    let evaluation = evaluation();
    let mut findings = evaluation.findings.clone();
    findings.reverse();
    assert_eq!(duibiao::finding::in_order(findings), evaluation.findings);
}
