//! Documents against code.

use std::collections::BTreeSet;

use duibiao::publish::{Kind, Meaning, Table, index_tables, signoff, tables};
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

/// What `docs/tables.md` has to say of a table.
fn described(table: &Table) -> String {
    let mut text = format!("## `{}`\n\n{}\n\n", table.head.name, table.head.about);
    text.push_str("| column | type | 含义 | meaning |\n|---|---|---|---|\n");
    for Meaning { name, kind, chinese, english } in &table.columns {
        let kind = match kind {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Decimal => "decimal",
            Kind::Bool => "bool",
        };
        text.push_str(&format!("| `{name}` | {kind} | {chinese} | {english} |\n"));
    }
    text
}

#[test]
fn the_tables_are_documented_in_the_words_of_the_program() {
    let text = std::fs::read_to_string(repository().join("docs/tables.md")).unwrap();
    let evaluation = evaluation();
    let all = tables(&evaluation).unwrap().into_iter().chain([signoff(&[], "")]);
    let tables: Vec<Table> = all.chain(index_tables(&evaluation)).collect();
    let mut rest = text.as_str();
    for table in &tables {
        let expected = described(table);
        let (_, behind) = rest.split_once(&expected).unwrap_or_else(|| {
            panic!("docs/tables.md has not, in this place, what the program says:\n{expected}")
        });
        rest = behind;
    }
    assert_eq!(text.matches("\n## `").count(), tables.len());
}

#[test]
fn every_sheet_for_readers_is_documented_with_its_table() {
    let all = || tables(&evaluation()).unwrap().into_iter().chain([signoff(&[], "")]);
    let mut places: Vec<u8> = all().filter_map(|table| Some(table.head.sheet?.0)).collect();
    places.sort_unstable();
    assert_eq!(places, (1..=u8::try_from(places.len()).unwrap()).collect::<Vec<_>>());
    let outputs = std::fs::read_to_string(repository().join("docs/outputs.md")).unwrap();
    let outputs = outputs.split_whitespace().collect::<Vec<_>>().join(" ");
    for table in all() {
        let Some((_, sheet)) = table.head.sheet else { continue };
        let named = format!("{sheet} (`{}`)", table.head.name);
        assert!(outputs.contains(&named), "docs/outputs.md does not name the sheet {named}");
    }
}

#[test]
fn every_operation_of_the_ledger_is_documented_and_none_else() {
    let code = std::fs::read_to_string(repository().join("src/ledger/operation.rs")).unwrap();
    let text = std::fs::read_to_string(repository().join("docs/operations.md")).unwrap();
    let in_code: BTreeSet<&str> =
        code.split("rename = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let tables = text.split("\n| op |").skip(1).filter_map(|table| table.split("\n\n").next());
    let names =
        tables.flat_map(str::lines).skip(1).filter_map(|line| line.strip_prefix("| ")?.split('|').next());
    let in_text: BTreeSet<&str> = names.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(in_code.len() > 50);
    assert_eq!(in_code, in_text);
}

#[test]
fn every_finding_code_is_documented() {
    let text = std::fs::read_to_string(repository().join("docs/submissions.md")).unwrap();
    for code in duibiao::finding::codes() {
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

/// The templates, by path.
fn templates() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["templates", "templates/sections", "templates/lib"] {
        for entry in std::fs::read_dir(repository().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ext| ext == "typ") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 8, "{}", found.len());
    found
}

/// Where a function of typst is called in a text: what stands in the brackets.
fn calls<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let starts = text.match_indices(name).filter(|(at, _)| {
        !text[..*at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
            && text[at + name.len()..].starts_with('(')
    });
    let inside = |at: usize| {
        let rest = &text[at + name.len()..];
        let mut depth = 0;
        let end = rest.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        end.map_or(rest, |(end, _)| &rest[..end])
    };
    starts.map(|(at, _)| inside(at)).collect()
}

#[test]
fn every_table_of_the_report_has_a_row_of_headings() {
    let mut tables = 0;
    for (path, text) in templates() {
        for table in calls(&text, "table").into_iter().filter(|inside| inside.contains("columns:")) {
            tables += 1;
            assert!(table.contains("table.header("), "{path}: {}", &table[..table.len().min(80)]);
        }
    }
    assert!(tables > 5, "{tables}");
}

#[test]
fn no_invisible_character_stands_in_the_templates() {
    for (path, text) in templates() {
        for invisible in ['\u{200b}', '\u{2060}', '\u{2064}', '\u{feff}'] {
            assert!(!text.contains(invisible), "{path} {invisible:?}");
        }
        assert!(!text.contains("\\u{2060}"), "{path}");
    }
}

#[test]
fn the_page_of_a_wrong_scale_states_the_factors_that_the_program_uses() {
    let program = std::fs::read_to_string(repository().join("src/review/scale.rs")).unwrap();
    let docs = std::fs::read_to_string(repository().join("docs/findings.md")).unwrap();
    let page = docs.split("\n## ").find(|page| page.starts_with("V406 ")).unwrap();
    let mut factors = 0;
    for inside in calls(&program, "near") {
        let numbers: Vec<String> = inside
            .trim_start_matches('(')
            .split(',')
            .map(|number| number.trim().replace('_', ""))
            .filter(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
            .collect();
        let [low, high] = numbers.as_slice() else { continue };
        // Smaller factors are V424's.
        if high.len() < 4 {
            continue;
        }
        factors += 1;
        assert!(page.contains(&format!("{low}至{high}")), "{low} {high}");
    }
    assert!(factors > 2, "{factors}");
}
