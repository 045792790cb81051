//! The shape of the code: one direction, confined dependencies, files of a readable length.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::workspace::repository;

/// Modules from the bottom to the top. A module may use those before it and none behind it.
const LAYERS: [&str; 26] = [
    "characters",
    "shown",
    "error",
    "ident",
    "decimal",
    "rounding",
    "growth",
    "digest",
    "progress",
    "children",
    "files",
    "inputs",
    "quantity",
    "finding",
    "workbook",
    "plan",
    "collect",
    "review",
    "reconcile",
    "assess",
    "compare",
    "words",
    "evaluation",
    "publish",
    "run",
    "cli",
];

/// Crates that only the files named may mention.
const CONFINED: [(&str, &[&str]); 10] = [
    ("calamine::", &["workbook/reader.rs", "workbook/stored.rs"]),
    ("quick_xml::", &["workbook/package.rs"]),
    ("zip::", &["workbook/package.rs"]),
    ("cfb::", &["workbook/biff.rs"]),
    ("polars::", &["publish/table.rs"]),
    ("rust_xlsxwriter::", &["publish/results.rs"]),
    ("clap::", &["cli/args.rs", "cli/mod.rs"]),
    ("indicatif::", &["cli/progress.rs"]),
    ("Command::new", &["children.rs", "publish/typst.rs", "workbook/worker.rs"]),
    ("ferrous_opencc::", &["collect/text.rs"]),
];

/// Files in which binary floating point may appear: reading cells, likeness of names,
/// positions for drawing, cells of the results workbook.
const FLOATS: [&str; 8] = [
    "collect/text.rs",
    "workbook/stored.rs",
    "publish/results.rs",
    "publish/model/mod.rs",
    "publish/model/chapter.rs",
    "publish/model/compare.rs",
    "publish/report/mod.rs",
    "publish/report/front.rs",
];

/// Source files with their path below `src/` and their text without tests and comments.
fn sources() -> Vec<(String, String)> {
    let root = repository().join("src");
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
                let lines: Vec<&str> =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                found.push((path.strip_prefix(&root).unwrap().display().to_string(), lines.join("\n")));
            }
        }
    }
    found.sort();
    found
}

fn module(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

#[test]
fn no_module_uses_one_above_it() {
    let mut wrong = Vec::new();
    for (path, code) in sources().iter().filter(|(path, _)| path != "lib.rs" && path != "main.rs") {
        let own = LAYERS.iter().position(|layer| *layer == module(path));
        let own = own.unwrap_or_else(|| panic!("{path}: add its module to LAYERS"));
        for part in code.split("crate::").skip(1) {
            let used: String = part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            assert!(!used.is_empty(), "{path}: write one `use crate::module` per line, without braces");
            match LAYERS.iter().position(|layer| *layer == used) {
                Some(layer) if layer <= own => {}
                _ => wrong.push(format!("{path} uses crate::{used}")),
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The files that a file uses, by the paths in its code; `mod.rs` holds the nouns that all files of a folder share and is left out.
fn uses(path: &str, code: &str, files: &BTreeSet<String>) -> BTreeSet<String> {
    let own: Vec<&str> = path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect();
    let file_of = |parts: &[&str]| {
        let known = (1..=parts.len()).rev().map(|length| parts[..length].join("/"));
        known.map(|name| format!("{name}.rs")).find(|name| files.contains(name))
    };
    let mut found = BTreeSet::new();
    let starts = ["crate::", "super::"].into_iter().flat_map(|start| code.match_indices(start));
    for (at, _) in starts.filter(|(at, _)| !code[..*at].ends_with("::")) {
        let whole: String =
            code[at..].chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect();
        let (base, rest) = match whole.strip_prefix("crate::") {
            Some(rest) => (Vec::new(), rest.to_owned()),
            None => {
                let up = whole.matches("super::").count();
                (own[..own.len().saturating_sub(up)].to_vec(), whole.replace("super::", ""))
            }
        };
        let behind = &code[at + whole.len()..];
        let items: Vec<String> = match behind.strip_prefix('{').and_then(|list| list.split_once('}')) {
            Some((list, _)) => list.split(',').map(|item| format!("{rest}{}", item.trim())).collect(),
            None => vec![rest],
        };
        for item in items {
            let parts: Vec<&str> =
                base.iter().copied().chain(item.split("::").filter(|part| !part.is_empty())).collect();
            found.extend(file_of(&parts).filter(|name| name != path));
        }
    }
    found
}

#[test]
fn no_files_use_each_other_in_circles() {
    let sources = sources();
    let files: BTreeSet<String> = sources.iter().map(|(path, _)| path.clone()).collect();
    let mut open: BTreeMap<String, BTreeSet<String>> = sources
        .iter()
        .filter(|(path, _)| !["lib.rs", "main.rs"].contains(&path.as_str()))
        .map(|(path, code)| (path.clone(), uses(path, code, &files)))
        .collect();
    assert!(open["collect/layout.rs"].contains("collect/table.rs"), "paths are not found");
    // What uses nothing that is left is in no circle, nor is what nothing uses.
    loop {
        let free: Vec<String> = open
            .iter()
            .filter(|(path, used)| {
                let is_used = || open.values().any(|others| others.contains(*path));
                used.iter().all(|one| !open.contains_key(one)) || !is_used()
            })
            .map(|(path, _)| path.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|path| drop(open.remove(path)));
    }
    assert_eq!(open.keys().collect::<Vec<_>>(), Vec::<&String>::new(), "these use each other: {open:#?}");
}

#[test]
fn heavy_dependencies_stay_in_their_files() {
    for (path, code) in sources() {
        for (name, allowed) in CONFINED {
            assert!(!code.contains(name) || allowed.contains(&path.as_str()), "{path} mentions {name}");
        }
    }
}

#[test]
fn files_of_a_round_are_read_through_one_door() {
    let stages = ["plan/", "collect/", "review/", "reconcile/", "assess/", "compare/", "words/", "workbook/"];
    let doors = ["fs::", "File::", "files::read", "files::open", "files::head", "OpenOptions"];
    // To tell a hidden workbook from what programs leave behind, its first bytes are looked at before it is read.
    let allowed = [("collect/folder.rs", "files::head")];
    for (path, code) in
        sources().iter().filter(|(path, _)| stages.iter().any(|stage| path.starts_with(stage)))
    {
        for door in doors.iter().filter(|door| !allowed.contains(&(path.as_str(), door))) {
            let words = code
                .match_indices(door)
                .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric()));
            assert_eq!(words.count(), 0, "{path} uses {door}: files of a round are read by inputs.rs");
        }
    }
}

#[test]
fn binary_floating_point_stays_out_of_figures() {
    for (path, code) in sources() {
        let mentions =
            code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "f64" || word == "f32");
        assert!(!mentions || FLOATS.contains(&path.as_str()), "{path} mentions f64");
    }
}

#[test]
fn files_stay_readable() {
    for (path, code) in sources() {
        let lines = code.lines().count();
        assert!(lines <= 420, "{path} has {lines} lines of code");
    }
}

#[test]
fn templates_compute_nothing() {
    let root = repository().join("templates");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for word in ["calc.round", ".sorted(", ".sum(", "decimal("] {
                let code = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .any(|line| line.contains(word));
                assert!(!code || word == ".sum(", "{} uses {word}", path.display());
            }
        }
    }
}

#[test]
fn every_test_file_is_part_of_the_binary() {
    let folder = repository().join("tests/it");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let module = name.trim_end_matches(".rs").to_owned();
        assert!(module == "main" || main.contains(&format!("mod {module};")), "{name} is forgotten");
    }
}
