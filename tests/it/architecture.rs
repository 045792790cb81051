//! The shape of the code: one direction, confined dependencies, files of a readable length.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::workspace::repository;

/// Modules from the bottom to the top. A module may use those before it and none behind it.
const LAYERS: [&str; 46] = [
    "characters",
    "shown",
    "wrapped",
    "table_text",
    "error",
    "ident",
    "indexed",
    "decimal",
    "rounding",
    "growth",
    "period",
    "digest",
    "progress",
    "children",
    "files",
    "inputs",
    "quantity",
    "workbook",
    "finding",
    "plan",
    "draft",
    "collect",
    "review",
    "ledger",
    "reconcile",
    "assess",
    "compare",
    "composite",
    "mixture",
    "words",
    "evaluation",
    "advise",
    "publish",
    "explain",
    "archive",
    "replay",
    "next_round",
    "forms",
    "query",
    "status",
    "entries",
    "looks",
    "arrivals",
    "run",
    "diff",
    "cli",
];

/// Crates that only the files named may mention.
const CONFINED: [(&str, &[&str]); 12] = [
    ("calamine::", &[]),
    ("cfb::", &[]),
    ("quick_xml::", &["workbook/package.rs", "workbook/patch/outline.rs"]),
    ("zip::", &["archive/zipped.rs", "publish/docx.rs", "workbook/package.rs", "workbook/patch/archive.rs"]),
    ("polars::", &["publish/table.rs"]),
    ("rust_xlsxwriter::", &["forms/book.rs", "publish/results.rs", "status/book.rs"]),
    ("clap::", &["cli/args.rs", "cli/query_args.rs", "cli/reading_args.rs", "cli/help.rs"]),
    ("indicatif::", &["cli/progress.rs"]),
    ("console::", &["cli/screen.rs"]),
    ("Command::new", &["children.rs", "publish/typst.rs", "replay/again.rs", "workbook/worker.rs"]),
    ("ferrous_opencc::", &["collect/text.rs"]),
    ("libm::", &["composite/robust/aggregate.rs", "composite/robust/normalise.rs"]),
];

/// Files in which binary floating point may appear: reading cells, likeness of names,
/// positions for drawing, cells of the workbooks that we write, and a folder: what is drawn at random of an index, with the way into it.
const FLOATS: [&str; 11] = [
    "collect/text.rs",
    "composite/certainty.rs",
    "composite/robust/",
    "ledger/best_case.rs",
    "ledger/exact.rs",
    "ledger/principal.rs",
    "workbook/stored.rs",
    "forms/book.rs",
    "publish/results.rs",
    "status/book.rs",
    "publish/report/drawing.rs",
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

/// Files whose types are about to change their names, or to go: the parts of the report, and the tables.
const NAMED_ANEW: [&str; 6] = [
    "publish/model/",
    "publish/report/",
    "publish/table.rs",
    "publish/tables.rs",
    "publish/schema.rs",
    "publish/lineage.rs",
];

#[test]
fn no_two_types_have_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, code) in sources() {
        if NAMED_ANEW.iter().any(|file| path.starts_with(file)) {
            continue;
        }
        // A macro gives its type a name where it is used.
        for line in code.lines().filter(|line| !line.contains('$')) {
            // Types that belong to an implementation are indented.
            let is_alias = line.starts_with("type ") || line.starts_with("pub");
            let mut words =
                line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            let mut word = words.next();
            while word.is_some_and(|word| ["pub", "super", "crate", "in", "self"].contains(&word)) {
                word = words.next();
            }
            let is_type =
                matches!(word, Some("struct" | "enum" | "trait")) || (word == Some("type") && is_alias);
            if let Some(name) = words.next().filter(|_| is_type) {
                places.entry(name.to_owned()).or_default().push(path.clone());
            }
        }
    }
    assert!(places.len() > 200, "types are not found: {}", places.len());
    places.retain(|_, files| files.len() > 1);
    assert_eq!(places, BTreeMap::new(), "names that explain themselves belong to one type");
}

#[test]
fn heavy_dependencies_stay_in_their_files() {
    for (path, code) in sources() {
        for (name, allowed) in CONFINED {
            assert!(!code.contains(name) || allowed.contains(&path.as_str()), "{path} mentions {name}");
        }
    }
}

/// `exists` tells a closed door from an empty place by nothing: `files::look` does.
#[test]
fn what_cannot_be_looked_at_is_never_taken_for_what_is_not_there() {
    let wrong =
        sources().into_iter().filter(|(_, code)| code.contains(".exists()") || code.contains("::exists"));
    assert_eq!(wrong.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<String>::new());
}

/// Modules that read files through `files`, each with what they read; all others are given bytes. What is evaluated is read by `inputs` alone.
const AT_FILES: [(&str, &str); 13] = [
    ("archive", "bags, and what goes into them"),
    ("cli", "drafts that are taken up"),
    ("collect", "the first bytes of what may be a workbook"),
    ("diff", "two outputs"),
    ("explain", "an output, and its workbooks held against what was read"),
    ("files", "the way to the system"),
    ("forms", "forms that were issued"),
    ("inputs", "the one door of a round"),
    ("looks", "an output that is looked at again"),
    ("next_round", "the round before"),
    ("publish", "outputs, fonts, templates"),
    ("query", "workbooks that are given back"),
    ("replay", "bags, and what comes out of them"),
];

/// Files that go to the system themselves, beside those of `files`, each with what for.
const AT_THE_SYSTEM: [(&str, &str); 18] = [
    ("archive/bag.rs", "lists of folders"),
    ("archive/mod.rs", "lists of folders, permissions"),
    ("archive/programs.rs", "lists of folders"),
    ("archive/tar.rs", "a file that is written as it grows"),
    ("archive/zipped.rs", "a file that is written as it grows"),
    ("arrivals.rs", "sizes and times of workbooks as they arrive, a register"),
    ("children.rs", "what the system tells of processes"),
    ("cli/drafts.rs", "paths without links"),
    ("cli/interrupt.rs", "what the system tells of this process"),
    ("cli/named_cities.rs", "lists of folders"),
    ("cli/settings.rs", "lists of folders, permissions"),
    ("entries/put.rs", "files that people keep, with one entry more"),
    ("inputs.rs", "the one door of a round"),
    ("publish/cache.rs", "documents that no output has any more"),
    ("next_round/left.rs", "lists of folders"),
    ("next_round/mod.rs", "paths without links"),
    ("publish/mod.rs", "what lies in the folder of outputs"),
    ("replay/mod.rs", "paths without links"),
];

/// Whether a code has a word that begins where no other goes on.
fn has_word(code: &str, word: &str) -> bool {
    let apart = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(at, _)| apart(at))
}

#[test]
fn only_modules_whose_matter_are_files_read_any() {
    let doors = ["files::read", "files::open", "files::head", "files::take_up_to", "files::text_of"];
    let system = ["fs::", "std::fs", "File::", "OpenOptions"];
    for (code, door) in [
        ("let text = std::fs::read(path)?;", true),
        ("use std::fs as disk;", true),
        ("use std::fs::File;", true),
        ("let bytes = files::read(&path)?;", false),
        ("let tfs::x = profile::open();", false),
    ] {
        assert_eq!(system.iter().any(|word| has_word(code, word)), door, "{code}");
    }
    let (mut at_files, mut at_system) = (BTreeSet::new(), BTreeSet::new());
    for (path, code) in sources().iter().filter(|(path, _)| path != "main.rs" && path != "lib.rs") {
        if doors.iter().any(|word| has_word(code, word)) {
            at_files.insert(module(path).to_owned());
        }
        if system.iter().any(|word| has_word(code, word)) && module(path) != "files" {
            at_system.insert(path.clone());
        }
    }
    at_files.insert("files".to_owned());
    let named =
        |list: &[(&str, &str)]| list.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(
        at_files,
        named(&AT_FILES),
        "modules that read files: hand them bytes, or say why in AT_FILES"
    );
    assert_eq!(at_system, named(&AT_THE_SYSTEM), "files that ask the system: use files.rs, or say why");
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

/// Files of the vocabulary and the stages in which a Chinese text may become a `String`, each with the reason.
const WORDED: [(&str, &str); 21] = [
    ("ident.rs", "what is wrong with an identifier, told by the fault of its file"),
    ("quantity/value.rs", "有 and 无: the values themselves, as plans and workbooks write them"),
    ("plan/fault.rs", "the table of faults of files, one entry each"),
    ("plan/composite/fault.rs", "the faults of index.toml, one entry each"),
    ("plan/void.rs", "the table of what makes decisions void, one entry each"),
    ("plan/wording.rs", "the words of the TOML parser, made readable"),
    ("plan/addition.rs", "the notation of targets, as plans write them"),
    ("plan/goal.rs", "the notation of targets, as plans write them"),
    ("draft/head.rs", "a number of a document, as documents write it"),
    ("draft/naming.rs", "names of places in an order, as plans write them"),
    ("draft/prose.rs", "names of gains in places, as plans write them"),
    ("draft/rows.rs", "the unit of 有 and 无, as plans write it"),
    ("draft/values.rs", "names and units of magnitudes and ranks, as plans write them"),
    ("plan/operator.rs", "the notation of limits, as plans write them"),
    ("workbook/mod.rs", "dates as their format shows them"),
    ("collect/cover.rs", "a year as covers write it, read again as a period"),
    ("collect/pieces.rs", "the end of a year as headings write it, read again"),
    ("collect/places.rs", "names of cities as people write them, compared with"),
    ("collect/remarks.rs", "a note as sheets write it, read again"),
    ("collect/row_units.rs", "a unit with its currency, read again"),
    ("collect/sender.rs", "names of units as people write them, compared with"),
];

/// The texts of a code, each with the code before it and behind it.
fn texts(code: &str) -> Vec<(&str, &str, &str)> {
    let (mut found, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(c) = code[at..].chars().next() {
        let rest = &code[at + c.len_utf8()..];
        let begin = at + c.len_utf8();
        at = begin;
        match c {
            '/' if rest.starts_with('/') => at += rest.find('\n').unwrap_or(rest.len()),
            // A character, or a lifetime.
            '\'' if rest.starts_with('\\') => at += 2 + rest[2..].find('\'').unwrap() + 1,
            '\'' => {
                let held = rest.chars().next().map_or(0, char::len_utf8);
                at += if rest[held..].starts_with('\'') { held + 1 } else { 0 };
            }
            '"' => {
                let end = if code[..begin].ends_with("r#\"") {
                    rest.find("\"#").unwrap()
                } else {
                    let mut escaped = false;
                    let is_end = |c: char| {
                        let is_end = c == '"' && !escaped;
                        escaped = c == '\\' && !escaped;
                        is_end
                    };
                    rest.find(is_end).unwrap()
                };
                found.push((&code[from..begin - 1], &rest[..end], &rest[end + 1..]));
                at = begin + end + 1;
                from = at;
            }
            _ => {}
        }
    }
    found
}

/// The Chinese texts of a code that become a `String`: within a macro or call that makes one, or before one.
fn wordings(code: &str) -> Vec<&str> {
    const BEFORE: [&str; 8] =
        ["format!(", "write!(f,", "writeln!(f,", "push_str(", "String::from(", "join(", "concat!(", "error("];
    const BEHIND: [&str; 5] = [".to_owned()", ".to_string()", ".into()", ".replace(", ".repeat("];
    let is_chinese =
        |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || "（），。：；、“”＞＜—「」".contains(c);
    let becomes_one = |(before, text, behind): &(&str, &str, &str)| {
        let is_within = BEFORE.iter().any(|call| before.trim_end().ends_with(call));
        text.contains(is_chinese)
            && (is_within || BEHIND.iter().any(|call| behind.trim_start().starts_with(call)))
    };
    texts(code).into_iter().filter(becomes_one).map(|(_, text, _)| text).collect()
}

#[test]
fn stages_word_nothing() {
    for (code, expected) in [
        (r#"let what = format!("第{row}行");"#, 1),
        (r#"let what = "不认识".to_owned();"#, 1),
        ("text.push_str(\n    \"不认识\",\n);", 1),
        (r#"names.join("、")"#, 1),
        (r#"match c { '"' => 1, _ => 2 }; let what = "不认识".to_owned();"#, 1),
        (r#"const WORDS: [&str; 2] = ["上年", "去年"]; format!("{a}{b}")"#, 0),
        (r#"if text.contains("上年") { format!("a \" b") } // "上年".to_owned()"#, 0),
    ] {
        assert_eq!(wordings(code).len(), expected, "{code}: {:?}", wordings(code));
    }
    let below = [
        "files",
        "inputs",
        "ident",
        "quantity",
        "workbook",
        "plan",
        "draft",
        "collect",
        "review",
        "ledger",
        "reconcile",
        "assess",
        "compare",
        "composite",
    ];
    let sources = sources();
    let worded: BTreeMap<&str, Vec<&str>> = sources
        .iter()
        .filter(|(path, _)| below.contains(&module(path)))
        .map(|(path, code)| (path.as_str(), wordings(code)))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    let allowed = |path: &&str| WORDED.iter().any(|(allowed, _)| allowed == path);
    let wrong: Vec<_> = worded.iter().filter(|(path, _)| !allowed(path)).collect();
    assert!(wrong.is_empty(), "stages hand on data; finding/ and words/ word it: {wrong:#?}");
    for (path, reason) in WORDED {
        assert!(worded.contains_key(path), "{path} words nothing any more ({reason}): take it from the list");
    }
}

#[test]
fn binary_floating_point_stays_out_of_figures() {
    for (path, code) in sources() {
        let mentions =
            code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "f64" || word == "f32");
        let is_allowed = FLOATS.iter().any(|allowed| path.starts_with(allowed));
        assert!(!mentions || is_allowed, "{path} mentions f64");
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

/// `docs/promises.md` names a test for every line; what it names is there, and what it says to be asked for by name is not run otherwise.
#[test]
fn every_promise_is_held_by_tests_that_are_there() {
    let mut tests: BTreeMap<String, bool> = BTreeMap::new();
    let mut folders = vec![repository().join("tests/it"), repository().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for part in text.split("#[test]\n").skip(1) {
                let (before, name) = part.split_once("fn ").unwrap_or_default();
                let name = name.split('(').next().unwrap_or_default();
                tests.insert(name.to_owned(), before.contains("#[ignore"));
            }
        }
    }
    let page = std::fs::read_to_string(repository().join("docs/promises.md")).unwrap();
    let mut lines: BTreeMap<char, Vec<u32>> = BTreeMap::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| ")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let Some(number) = cells[0].get(1..).and_then(|number| number.parse().ok()) else { continue };
        lines.entry(cells[0].chars().next().unwrap()).or_default().push(number);
        let held = cells[2];
        let mut named = 0;
        for (at, name) in held.split('`').enumerate().filter(|(at, _)| at % 2 == 1) {
            // Ways to ask for it stand there as well.
            if name.contains(' ') {
                continue;
            }
            let is_ignored = tests.get(name).unwrap_or_else(|| panic!("{}: {name} is no test", cells[0]));
            let behind = held.split('`').nth(at + 1).unwrap_or_default();
            assert_eq!(behind.starts_with(" (ignored"), *is_ignored, "{}: {name}", cells[0]);
            named += 1;
        }
        let is_by_hand = ["by hand", "by eye"].iter().any(|words| held.starts_with(words));
        assert!(named > 0 || is_by_hand, "{} is held by nothing", cells[0]);
    }
    let whole = |(letter, numbers): (&char, &Vec<u32>)| {
        let count = u32::try_from(numbers.len()).unwrap();
        assert_eq!(*numbers, (1..=count).collect::<Vec<_>>(), "lines of {letter}");
    };
    assert_eq!(lines.keys().collect::<String>(), "abcdefgh");
    lines.iter().for_each(whole);
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

/// A literal in code: where it begins, where it ends, and what stands in it.
fn literals(code: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = code[rest..].find(['"', '\'']).map(|at| at + rest) {
        let inside = &code[at + 1..];
        let is_text = code[at..].starts_with('"');
        let end = if is_text {
            let mut is_escaped = false;
            inside.char_indices().find(|(_, c)| {
                let ends = *c == '"' && !is_escaped;
                is_escaped = *c == '\\' && !is_escaped;
                ends
            })
        } else {
            // A lifetime has no second mark right behind its first letter.
            inside.char_indices().nth(1).filter(|(_, c)| *c == '\'')
        };
        rest = match end {
            Some((length, _)) => {
                found.push((at, at + length + 2, &inside[..length]));
                at + length + 2
            }
            None => at + 1,
        };
    }
    found
}

/// The function in whose brackets a place stands as the first argument; brackets of lists are passed over.
fn first_argument_of(code: &str, at: usize) -> &str {
    let before = code[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '[' || c == '&');
    let Some(head) = before.strip_suffix('(') else { return "" };
    let head = head.trim_end_matches('!');
    let start = head.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |start| start + 1);
    &head[start..]
}

/// Where code compares, matches, splits, strips or searches text with words as they are printed.
fn reads_back<'a>(code: &'a str, named: &[&str]) -> Vec<&'a str> {
    let readers = ["starts_with", "ends_with", "contains", "find", "replace", "matches", "eq"];
    let starts = ["split", "rsplit", "strip_", "trim_", "rfind", "match_indices", "rmatch"];
    let is_reader =
        |name: &str| readers.contains(&name) || starts.iter().any(|start| name.starts_with(start));
    let is_read = |at: usize, end: usize| {
        let (before, behind) = (code[..at].trim_end(), code[end..].trim_start());
        let compared = ["==", "!="].iter().any(|sign| before.ends_with(sign) || behind.starts_with(sign));
        // Beside another literal a bar stands in a pattern.
        let is_pattern = behind.starts_with("=>")
            || (behind.starts_with('|') && behind[1..].trim_start().starts_with(['"', '\'']))
            || (before.ends_with('|') && before[..before.len() - 1].trim_end().ends_with(['"', '\'']));
        compared || is_pattern || is_reader(first_argument_of(code, at))
    };
    let mut found = Vec::new();
    for (at, end, text) in literals(code) {
        if !text.is_ascii() && is_read(at, end) {
            found.push(text);
        }
    }
    for name in named {
        let whole = |at: usize| {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            !code[..at].ends_with(is_word) && !code[at + name.len()..].starts_with(is_word)
        };
        found.extend(
            code.match_indices(name)
                .filter(|(at, _)| whole(*at) && is_read(*at, at + name.len()))
                .map(|(_, name)| name),
        );
    }
    found
}

/// The constants that are texts as they are printed.
fn printed_constants(code: &str) -> Vec<&str> {
    let constants = code.split("const ").skip(1).filter_map(|part| part.split_once(": &str = \""));
    let printed = constants.filter(|(_, text)| text.split('"').next().is_some_and(|text| !text.is_ascii()));
    printed.map(|(name, _)| name).collect()
}

#[test]
fn no_printed_string_is_read_back() {
    for code in [
        "if label == \"说明\" {",
        "text.trim_end_matches(|c: char| c == '项')",
        "match text { \"县\" => 1, _ => 2 }",
        "matches!(word, \"甲\" | \"乙\")",
        "if said.starts_with(\"来源\") {",
        "text.split(['、', '，'])",
        "rows.iter().any(|row| row.value != \"—\")",
        "text.contains(&['／'][..])",
        "sources.sort_by_key(|source| source.operation == PASSED_OVER);",
    ] {
        assert!(!reads_back(code, &["PASSED_OVER"]).is_empty(), "not seen: {code}");
    }
    for code in [
        "format!(\"注：{text}\")",
        "line.replace('-', \"—\")",
        "if gap == zero { \"持平\" } else { \"增\" }",
        "matches!(state, State::Met).then_some(\"完成\")",
        "fn name<'a>(text: &'a str) -> &'a str { text }",
    ] {
        assert_eq!(reads_back(code, &["PASSED_OVER"]), Vec::<&str>::new(), "{code}");
    }
    let allowed = [
        ("publish/printed.rs", "where lines may be broken is told by the characters of any text"),
        ("publish/report/phrases.rs", "texts of plans and remarks in workbooks, before they are printed"),
    ];
    let mut seen = BTreeSet::new();
    let sources = sources();
    let edge: Vec<_> = sources
        .iter()
        .filter(|(path, _)| path.starts_with("publish/") || path.starts_with("words/"))
        .collect();
    let named: Vec<&str> = edge.iter().flat_map(|(_, code)| printed_constants(code)).collect();
    for (path, code) in edge {
        let read = reads_back(code, &named);
        if allowed.iter().any(|(file, _)| file == path) {
            seen.extend((!read.is_empty()).then_some(path));
        } else {
            assert_eq!(
                read,
                Vec::<&str>::new(),
                "{path} reads back what is printed: hand on the data instead"
            );
        }
    }
    assert_eq!(seen.len(), allowed.len(), "an exception is no longer needed");
}
