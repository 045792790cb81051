//! Everything that came from outside, altered once: what says something else then begins to do so at a leaf, and so every figure names what it rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use duibiao::publish::{Cell, Table, tables};
use serde_json::Value;

use crate::own_reports::evaluated;
use crate::workspace::{Workspace, copy_tree, repository};
use crate::writers::{packed, unpacked};

/// What comes from outside.
const LEAVES: [&str; 9] =
    ["file", "cell", "line", "curated", "parameter", "decision", "finding", "absent", "constant"];
/// What of a leaf makes no difference to a figure.
const BESIDE_THE_VALUE: [&str; 6] = ["line", "by", "on", "until", "reason", "basis"];

/// A step of a ledger.
#[derive(Debug, Clone)]
struct Line {
    op: String,
    value: String,
    unit: String,
    args: Vec<[String; 2]>,
    params: Value,
}

impl Line {
    fn is_leaf(&self) -> bool {
        LEAVES.contains(&self.op.as_str())
    }

    /// What is compared.
    fn says(&self) -> (&str, &str, &str, &[[String; 2]], String) {
        let mut params = self.params.clone();
        if let (true, Some(own)) = (self.is_leaf(), params.as_object_mut()) {
            own.retain(|key, _| !BESIDE_THE_VALUE.contains(&key.as_str()));
        }
        (&self.op, &self.value, &self.unit, &self.args, params.to_string())
    }
}

/// A ledger with what is printed of it. What is the same for all cities stands in it once.
struct Ledgered {
    lines: BTreeMap<String, Line>,
    printed: BTreeSet<String>,
}

impl Ledgered {
    fn of(round: &Path) -> Self {
        let tables = tables(&evaluated(round.to_owned())).unwrap();
        let derivation = rows(&tables, "derivation");
        let mut lines = BTreeMap::new();
        for row in derivation {
            let line = Line {
                op: row["op"].clone(),
                value: row["value"].clone(),
                unit: row["unit"].clone(),
                args: serde_json::from_str(&row["args"]).unwrap(),
                params: serde_json::from_str(&row["params"]).unwrap_or(Value::Null),
            };
            lines.insert(row["id"].clone(), line);
        }
        let printed = rows(&tables, "figures").into_iter().map(|row| row["id"].clone()).collect();
        Self { lines, printed }
    }
}

/// The steps of two ledgers that rest on some of these in either, as `replay` and `diff` look for origins: of a figure that only one of them prints the
/// other may say why, such as by the finding that withheld its verdict.
fn resting(ledgers: [&Ledgered; 2], on: BTreeSet<String>) -> BTreeSet<String> {
    let mut uses: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    for (id, line) in ledgers.into_iter().flat_map(|ledger| &ledger.lines) {
        line.args.iter().for_each(|[_, arg]| uses.entry(arg).or_default().push(id));
    }
    let mut open: Vec<String> = on.iter().cloned().collect();
    let mut found = on;
    while let Some(one) = open.pop() {
        for user in uses.get(&one).into_iter().flatten() {
            if found.insert((*user).clone()) {
                open.push((*user).clone());
            }
        }
    }
    found
}

fn rows(tables: &[Table], name: &str) -> Vec<BTreeMap<&'static str, String>> {
    let table = tables.iter().find(|table| table.head.name == name).unwrap();
    let text = |cell: &Cell| match cell {
        Cell::Null => String::new(),
        Cell::Text(text) | Cell::Decimal(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Bool(truth) => truth.to_string(),
    };
    let heads: Vec<&'static str> = table.columns.iter().map(|column| column.name).collect();
    table.rows.iter().map(|row| heads.iter().copied().zip(row.iter().map(text)).collect()).collect()
}

/// What is wrong between two ledgers: steps of both that begin to differ and are no leaf, and printed figures that say something else and rest on no leaf that
/// does.
fn without_origin(was: &Ledgered, is: &Ledgered) -> Vec<String> {
    let ids: BTreeSet<&String> = was.lines.keys().chain(is.lines.keys()).collect();
    let says = |ledger: &Ledgered, id: &str| -> Option<String> {
        ledger.lines.get(id).map(|line| format!("{:?}", line.says()))
    };
    let differ: BTreeSet<&String> = ids.into_iter().filter(|id| says(was, id) != says(is, id)).collect();
    let both = |id: &str| [was.lines.get(id), is.lines.get(id)].into_iter().flatten().collect::<Vec<_>>();
    let begins =
        |id: &str| !both(id).iter().any(|line| line.args.iter().any(|[_, arg]| differ.contains(arg)));
    let mut wrong = Vec::new();
    for id in &differ {
        let lines = both(id);
        // What stands in one of them only is asked for there only.
        if lines.len() == 2 && !lines[0].is_leaf() && begins(id) {
            wrong.push(format!(
                "{id} begins to differ and is no leaf: {:?} → {:?}",
                lines[0].says(),
                lines[1].says()
            ));
        }
    }
    let leaves: BTreeSet<String> = differ
        .iter()
        .filter(|id| both(id).iter().all(|line| line.is_leaf()))
        .map(|id| (*id).clone())
        .collect();
    let resting = resting([was, is], leaves);
    for id in was.printed.union(&is.printed) {
        let value = |ledger: &Ledgered| ledger.lines.get(id).map(|line| line.value.clone());
        if value(was) != value(is) && !resting.contains(id) {
            wrong.push(format!("{id} rests on nothing that differs: {:?} → {:?}", value(was), value(is)));
        }
    }
    wrong
}

/// Another number with as many digits.
fn other_number(text: &str) -> Option<String> {
    let bare = text.trim_start_matches('-');
    let is_number = !bare.is_empty()
        && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
        && bare.matches('.').count() <= 1
        && bare.starts_with(|c: char| c.is_ascii_digit());
    let places = bare.split_once('.').map_or(0, |(_, behind)| behind.len());
    let step = rust_decimal::Decimal::new(if places == 0 { 1 } else { 3 }, u32::try_from(places).unwrap());
    let number = is_number.then(|| text.parse::<rust_decimal::Decimal>().ok())??;
    Some((number + step).to_string())
}

/// Puts another text into a cell of a workbook; false where that cannot be done to it.
fn alter_cell(inputs: &Path, leaf: &str, value: &str, is_number: bool) -> bool {
    let (book, cell) = leaf.rsplit_once("]!").unwrap();
    let (file, sheet) = book.rsplit_once('[').unwrap();
    let path = inputs.join("2023").join(file);
    if !file.ends_with(".xlsx") || !path.is_file() {
        return false;
    }
    let mut parts = unpacked(&std::fs::read(&path).unwrap());
    let text = |parts: &[(String, Vec<u8>)], name: &str| {
        let part = parts.iter().find(|(own, _)| own == name);
        part.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).unwrap_or_default()
    };
    let within = |tag: &str, key: &str| -> String {
        let behind = tag.split(&format!(" {key}=\"")).nth(1).unwrap_or_default();
        behind.split('"').next().unwrap_or_default().to_owned()
    };
    let listing = text(&parts, "xl/workbook.xml");
    let mut tags = listing.split("<sheet ").skip(1).map(|tag| format!(" {}", tag.split('>').next().unwrap()));
    let Some(tag) = tags.find(|tag| within(tag, "name") == sheet) else { return false };
    let relations = text(&parts, "xl/_rels/workbook.xml.rels");
    let mut links = relations.split("<Relationship ").skip(1).map(|tag| format!(" {tag}"));
    let link = links.find(|link| within(link, "Id") == within(&tag, "r:id")).unwrap();
    let part = format!("xl/{}", within(&link, "Target").trim_start_matches("/xl/"));
    let mut xml = text(&parts, &part);
    let Some(start) = xml.find(&format!("<c r=\"{cell}\"")) else { return false };
    let open = start + xml[start..].find('>').unwrap() + 1;
    let end = match xml[..open].ends_with("/>") {
        true => open,
        false => open + xml[open..].find("</c>").unwrap() + "</c>".len(),
    };
    let style = within(&xml[start..open], "s");
    let style = if style.is_empty() { String::new() } else { format!(" s=\"{style}\"") };
    let other = match value {
        "有" => "无".to_owned(),
        "无" => "有".to_owned(),
        "完成" | "已完成" => "推进中".to_owned(),
        "推进中" | "进行中" | "未启动" => "已完成".to_owned(),
        _ => other_number(value).unwrap_or_else(|| format!("{value}改")),
    };
    let made = match is_number && other_number(value).is_some() {
        true => format!("<c r=\"{cell}\"{style}><v>{other}</v></c>"),
        false => {
            let other = other.replace('&', "&amp;").replace('<', "&lt;");
            format!("<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t>{other}</t></is></c>")
        }
    };
    xml.replace_range(start..end, &made);
    parts.iter_mut().find(|(own, _)| *own == part).unwrap().1 = xml.into_bytes();
    std::fs::write(path, packed(&parts)).unwrap();
    true
}

/// Changes a file as text; false where it stays as it was.
fn alter_text(path: &Path, edit: impl Fn(&str) -> String) -> bool {
    let text = std::fs::read_to_string(path).unwrap();
    let other = edit(&text);
    std::fs::write(path, &other).unwrap();
    text != other
}

/// A number in words, where it stands by itself.
fn replaced(text: &str, number: &str, other: &str) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(number) {
        let (before, behind) = (&rest[..at], &rest[at + number.len()..]);
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let is_apart = !before.ends_with(is_digit) && !behind.starts_with(is_digit);
        made.push_str(before);
        made.push_str(if is_apart { other } else { number });
        rest = behind;
    }
    made + rest
}

/// Changes the number of a target, with the words of the plan that say it and the line of the source on which they stand.
fn alter_target(inputs: &Path, leaf: &str, line: usize, value: &str) -> bool {
    let Some(other) = other_number(value) else { return false };
    let file = inputs.join(leaf.split('#').next().unwrap());
    let text = std::fs::read_to_string(&file).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let source =
        lines.iter().find_map(|line| line.strip_prefix("source = \"")).unwrap().trim_end_matches('"');
    let source = inputs.join(source);
    let mut words: Vec<String> =
        std::fs::read_to_string(&source).unwrap().lines().map(str::to_owned).collect();
    let own = (line..lines.len()).take_while(|at| !lines[*at].starts_with("[["));
    let own: Vec<usize> = own.collect();
    let (bare, other_bare) = (value.trim_start_matches('-'), other.trim_start_matches('-').to_owned());
    let mut is_done = false;
    for at in own {
        if lines[at] == format!("value = \"{value}\"") {
            lines[at] = format!("value = \"{other}\"");
            is_done = true;
        } else if lines[at].starts_with("quote = ") {
            lines[at] = replaced(&lines[at], bare, &other_bare);
        } else if let Some(named) = lines[at].strip_prefix("line = \"") {
            for part in named.trim_end_matches('"').split(',') {
                let (first, last) = part.trim().split_once('-').unwrap_or((part.trim(), part.trim()));
                for at in first.parse::<usize>().unwrap()..=last.parse::<usize>().unwrap() {
                    words[at - 1] = replaced(&words[at - 1], bare, &other_bare);
                }
            }
        }
    }
    std::fs::write(file, lines.join("\n")).unwrap();
    std::fs::write(source, words.join("\n")).unwrap();
    is_done
}

/// Alters what a leaf came from; false where this cannot be done to it.
fn alter(inputs: &Path, id: &str, leaf: &Line) -> bool {
    let line = leaf.params["line"].as_u64().map(|line| usize::try_from(line).unwrap());
    let round = inputs.join("2023/round.toml");
    match (leaf.op.as_str(), line) {
        ("cell", _) => alter_cell(inputs, id, &leaf.value, leaf.params["stored"] == "number"),
        ("parameter", Some(line)) => {
            let Some(other) = other_number(&leaf.value) else { return false };
            alter_text(&round, |text| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                let named = format!("\"{}\"", leaf.value);
                lines[line - 1] = lines[line - 1].replacen(&named, &format!("\"{other}\""), 1);
                lines.join("\n") + "\n"
            })
        }
        ("decision", Some(_)) => match leaf.params["kind"].as_str().unwrap() {
            "preference" => {
                alter_text(&round, |text| text.replace("unit = \"市统计局\"", "unit = \"市科技局\""))
            }
            "weight" => alter_text(&round, |text| {
                let other = other_number(&leaf.value).unwrap();
                text.replace(&format!("weight = \"{}\"", leaf.value), &format!("weight = \"{other}\""))
            }),
            "waiver" => alter_text(&inputs.join("2023/waivers.toml"), |_| String::new()),
            _ => false,
        },
        ("curated", Some(line)) if id.contains("/plan.toml#") && id.ends_with(".value") => {
            alter_target(inputs, id, line, &leaf.value)
        }
        ("curated", Some(line)) if id.contains("round.toml#gate.") => alter_text(&round, |text| {
            let mut lines: Vec<&str> = text.lines().collect();
            lines[line - 1] =
                if leaf.value == "chapter" { "error = \"place\"" } else { "error = \"chapter\"" };
            lines.join("\n") + "\n"
        }),
        ("curated", Some(_)) if id.ends_with("#round.deadline") => {
            alter_text(&round, |text| text.replace("deadline = 2024-01-15", "deadline = 2024-01-12"))
        }
        ("file", _) if leaf.params["registered"] == true => {
            let (folder, name) = id.split_once("/submissions/").unwrap();
            alter_text(&inputs.join("2023").join(folder).join("received.csv"), |text| {
                let entry = |line: &str| match line.starts_with(&format!("{name},")) {
                    true => format!("{name},2024-01-17 09:00,示例登记员"),
                    false => line.to_owned(),
                };
                text.lines().map(entry).collect::<Vec<_>>().join("\n") + "\n"
            })
        }
        _ => false,
    }
}

/// The sample round with a weight, which it does not have.
fn sample() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let weight = "\n[[weight]]\ncity = \"xiangtan\"\nindicator = \"22\"\nweight = \"2\"\n";
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(&path).unwrap() + weight;
    std::fs::write(path, text).unwrap();
    workspace
}

/// Alters one leaf of a round; nothing where that cannot be done, or where the round is then refused.
fn altered(sample: &Workspace, was: &Ledgered, id: &str) -> Option<Vec<String>> {
    let other = Workspace::new();
    copy_tree(&sample.path("input"), &other.path("input"), false);
    if !alter(&other.path("input"), id, &was.lines[id]) {
        return None;
    }
    let is = std::panic::catch_unwind(|| Ledgered::of(&other.path("input/2023"))).ok()?;
    Some(without_origin(was, &is))
}

#[test]
fn some_of_each_kind_of_origin_are_where_it_begins_that_figures_say_something_else() {
    let sample = sample();
    let was = Ledgered::of(&sample.path("input/2023"));
    let cell = |end: &str| {
        let mut all = was.lines.iter().filter(|(_, line)| line.op == "cell");
        all.find(|(id, _)| id.ends_with(end)).unwrap_or_else(|| panic!("{end}")).0.clone()
    };
    let named = |id: &str| id.to_owned();
    for id in [
        // A value, what it is of, a word, a task, and why a value is not there.
        cell("市发改委_年报.xlsx[指标]!E7"),
        cell("市科技局_年报_v2.xlsx[指标]!C21"),
        cell("市科技局_年报_v2.xlsx[指标]!E21"),
        // The row by which the growth of another one was in doubt.
        cell("市科技局_年报_v2.xlsx[指标]!A14"),
        cell("qianjiang/submissions/市科技局_年报.xlsx[任务]!C5"),
        // What a unit did not report and another one did.
        named("xiangtan/submissions/市统计局_年报.xlsx[指标]!E9"),
        named("2023/xiangtan/plan.toml#P22.2023.annual.value"),
        named("2023/xiangtan/plan.toml#22.2023.annual.value"),
        // What concerns a unit, which year a value is of, which questions are asked and in which order, and whether a decision is still needed.
        cell("qianjiang/submissions/市科技局_年报.xlsx[指标]!B11"),
        cell("qianjiang/submissions/市科技局_年报.xlsx[指标]!G6"),
        cell("xiangtan/submissions/市委组织部_年报.xlsx[任务]!C4"),
        cell("xiangtan/submissions/市委组织部_年报.xlsx[指标]!E4"),
        cell("xiangtan/submissions/市委组织部_年报.xlsx[指标]!E6"),
        cell("市科技局_年报_v2.xlsx[指标]!C11"),
        named("2023/round.toml#method.about_tolerance"),
        named("2023/round.toml#method.nearly"),
        named("2023/round.toml#weight.1"),
        named("2023/round.toml#preference.1"),
        named("2023/waivers.toml#waiver.1"),
        named("2023/round.toml#round.deadline"),
        named("xiangtan/submissions/市统计局_年报.xlsx"),
    ] {
        let wrong = altered(&sample, &was, &id);
        let wrong = wrong.unwrap_or_else(|| panic!("{id} cannot be altered"));
        assert_eq!(wrong, Vec::<String>::new(), "{id}");
    }
}

/// Of one city the errors are accepted, so that only the other one is withheld; and a round that withholds nothing yet.
#[test]
fn what_is_withheld_begins_at_the_gate_or_at_what_is_open() {
    let sample = sample();
    let round = sample.path("input/2023/round.toml");
    let toml = std::fs::read_to_string(&round).unwrap();
    let waivers = sample.path("input/2023/waivers.toml");
    let accepted = std::fs::read_to_string(&waivers).unwrap();
    let waiver = |(code, unit): (&str, &str)| {
        format!(
            "\n[[waiver]]\ncode = \"{code}\"\ncity = \"qianjiang\"\nunit = \"{unit}\"\nreason = \"已核\"\nowner = \"办公室\"\nuntil = 2030-01-01\n"
        )
    };
    let more = [("C502", "市发改委"), ("V406", "市税务局"), ("V401", "市经信局")].map(waiver);
    std::fs::write(&waivers, accepted + &more.concat()).unwrap();
    for word in ["chapter", "place", "ranking", "nothing"] {
        std::fs::write(&round, format!("{toml}\n[gate]\nerror = \"{word}\"\n")).unwrap();
        let was = Ledgered::of(&sample.path("input/2023"));
        let gate = "2023/round.toml#gate.error";
        let wrong = altered(&sample, &was, gate).unwrap_or_else(|| panic!("{word} cannot be altered"));
        assert_eq!(wrong, Vec::<String>::new(), "{word}");
        // A value in doubt that nothing is published for.
        let cell = was
            .lines
            .keys()
            .find(|id| id.ends_with("市税务局_年报.xlsx[指标]!E5") && id.starts_with("qianjiang"));
        let wrong = altered(&sample, &was, cell.unwrap()).unwrap();
        assert_eq!(wrong, Vec::<String>::new(), "{word}, a cell");
    }
}

/// Every origin of the sample round; `DUIBIAO_ORIGINS=cell:0:10` takes every tenth of a kind.
#[test]
#[ignore = "takes some minutes where the crate is optimised, an hour where it is not"]
#[expect(clippy::print_stdout, reason = "what was altered")]
fn every_origin_is_where_it_begins_that_figures_say_something_else() {
    let asked = crate::tools::variable("DUIBIAO_ORIGINS").unwrap_or_default();
    let asked = asked.to_string_lossy().into_owned();
    let asked: Vec<&str> = asked.split(':').filter(|part| !part.is_empty()).collect();
    let number = |at: usize, otherwise: usize| asked.get(at).map_or(otherwise, |text| text.parse().unwrap());
    let sample = sample();
    let was = Ledgered::of(&sample.path("input/2023"));
    let is_asked =
        |line: &&(&String, &Line)| line.1.is_leaf() && asked.first().is_none_or(|kind| line.1.op == *kind);
    let all: Vec<(&String, &Line)> = was.lines.iter().collect();
    let (mut tried, mut wrong) = (0, BTreeMap::new());
    for (id, _) in all.iter().filter(is_asked).skip(number(1, 0)).step_by(number(2, 1)) {
        if let Some(found) = altered(&sample, &was, id) {
            tried += 1;
            if !found.is_empty() {
                println!("{id}: {found:#?}");
                wrong.insert((*id).clone(), found);
            }
        }
    }
    println!("{tried} altered, {} not traced", wrong.len());
    assert!(wrong.is_empty() && tried > 0, "{wrong:#?}");
}
