//! `plan draft` against the three plans that were made by hand: the counts may rise, not fall.

use std::collections::{BTreeMap, BTreeSet};

use duibiao::draft::{Draft, DraftTarget, OpenFields, draft};
use duibiao::inputs::Inputs;
use duibiao::plan::Catalogue;
use toml::{Table, Value};

use crate::workspace::repository;

/// Name, source, plan made by hand.
const PLANS: [(&str, &str, &str); 3] = [
    ("xiangtan", "sources/xiangtan-2023-plan.txt", "2023/xiangtan/plan.toml"),
    ("hengyang", "sources/hengyang-2025-plan.txt", "2025/hengyang/plan.toml"),
    ("qianjiang", "sources/qianjiang-2023-2025-plan.txt", "2023/qianjiang/plan.toml"),
];

fn drafted(source: &str) -> Draft {
    let input = repository().join("input");
    let catalogue = Catalogue::load(&Inputs::default(), &input.join("catalogue.toml")).unwrap();
    draft(&std::fs::read_to_string(input.join(source)).unwrap(), &catalogue)
}

/// Right, wrong and marked, wrong and not marked, of each kind of field.
#[derive(Debug, Default)]
struct Counts(BTreeMap<&'static str, [usize; 3]>);

impl Counts {
    fn add(&mut self, what: &'static str, is_right: bool, is_marked: bool, told: &str) {
        let counts = self.0.entry(what).or_default();
        let place = if is_right { 0 } else { 1 + usize::from(!is_marked) };
        counts[place] += 1;
        if place == 2 {
            println!("  wrong and unmarked: {what} {told}");
        } else if place == 1 {
            println!("  wrong, marked: {what} {told}");
        }
    }

    fn right(&self, what: &str) -> usize {
        self.0.get(what).map_or(0, |counts| counts[0])
    }
}

/// Names without what does not tell them apart.
fn bare(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        c => c,
    };
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(plain)
        .filter(|c| !"()<>〈〉“”\"'《》‘’".contains(*c));
    let kept: String = kept.flat_map(char::to_lowercase).collect();
    for end in ["总数", "数量", "总量", "数"] {
        if let Some(head) = kept.strip_suffix(end) {
            return head.to_owned();
        }
    }
    kept
}

fn near(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<BTreeSet<_>>();
    let (a, b) = (pairs(&one), pairs(&other));
    one.contains(&other)
        || other.contains(&one)
        || a.intersection(&b).count() * 2 * 10 >= (a.len() + b.len()) * 6
}

fn text<'a>(entry: &'a Table, key: &str) -> &'a str {
    entry.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list(entry: &Table, key: &str) -> Vec<String> {
    let list = entry.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(bare).collect()
}

fn entries<'a>(plan: &'a Table, key: &str) -> Vec<&'a Table> {
    plan.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).collect()
}

fn year(entry: &Table) -> i32 {
    i32::try_from(entry["year"].as_integer().unwrap()).unwrap()
}

fn rows(draft: &Draft, plan: &Table, counts: &mut Counts) {
    for row in entries(plan, "indicator") {
        let no = text(row, "no");
        let Some(found) = draft.rows.iter().find(|found| found.no == no) else {
            counts.add("row", false, false, no);
            continue;
        };
        counts.add("row", true, false, no);
        let open = &found.open;
        let told = |own: &str, right: &str| format!("{no} {own} ≠ {right}");
        counts.add(
            "row name",
            bare(&found.name) == bare(text(row, "name")),
            open.has("name"),
            &told(&found.name, text(row, "name")),
        );
        let unit = found.unit.clone().unwrap_or_default();
        counts.add("row unit", unit == text(row, "unit"), open.has("unit"), &told(&unit, text(row, "unit")));
        counts.add(
            "row group",
            bare(&found.group) == bare(text(row, "group")),
            open.has("group"),
            &told(&found.group, text(row, "group")),
        );
        let units: Vec<String> = found.units.iter().map(|unit| bare(unit)).collect();
        counts.add(
            "data units",
            units == list(row, "data_units"),
            open.has("data_units"),
            &told(&units.join(" "), &list(row, "data_units").join(" ")),
        );
        let id = found.id.clone().unwrap_or_default();
        counts.add("catalogue id", id == text(row, "id"), open.has("id"), &told(&id, text(row, "id")));
        counts.add(
            "row lines",
            format!("{}-{}", found.lines.0, found.lines.1) == text(row, "line"),
            false,
            &told(&format!("{:?}", found.lines), text(row, "line")),
        );
        for (key, numbers) in [("value", &found.values), ("target", &found.targets)] {
            for entry in entries(row, key) {
                let is_same = numbers.iter().any(|one| {
                    one.year == year(entry)
                        && one.value.as_deref() == Some(text(entry, "value"))
                        && one.line.to_string() == text(entry, "line")
                        && (key == "value" || one.tier == Some(text(entry, "tier")))
                });
                counts.add("printed number", is_same, open.has("target"), &format!("{no} {entry:?}"));
            }
        }
        assert_eq!(found.targets.len(), entries(row, "target").len(), "{no}: a target that the plan has not");
    }
}

fn tasks(draft: &Draft, plan: &Table, counts: &mut Counts) {
    for task in entries(plan, "task") {
        let Some(found) = draft.tasks.iter().find(|found| found.line.to_string() == text(task, "line"))
        else {
            counts.add("task", false, false, text(task, "no"));
            continue;
        };
        counts.add("task", true, false, "");
        let open = &found.open;
        let told = |own: &str, right: &str| format!("{} {own} ≠ {right}", text(task, "no"));
        counts.add(
            "task number",
            found.no == text(task, "no"),
            open.has("no"),
            &told(&found.no, text(task, "no")),
        );
        counts.add(
            "task title",
            bare(&found.title) == bare(text(task, "title")),
            open.has("title"),
            &told(&found.title, text(task, "title")),
        );
        counts.add(
            "task text",
            bare(&found.text) == bare(text(task, "text")),
            open.has("text"),
            &told(&found.text, text(task, "text")),
        );
        for (field, names) in [("lead", &found.lead), ("responsible", &found.responsible)] {
            let names: Vec<String> = names.iter().map(|name| bare(name)).collect();
            counts.add(
                field,
                names == list(task, field),
                open.has(field),
                &told(&names.join(" "), &list(task, field).join(" ")),
            );
        }
    }
}

/// The drafted target that is the one of the plan: on its line, with its number, and with a name or quote like it.
fn counterpart<'a>(draft: &'a Draft, target: &Table, used: &BTreeSet<String>) -> Option<&'a DraftTarget> {
    let kind = text(target, "kind");
    let value =
        ["value", "low", "reference"].iter().map(|key| text(target, key)).find(|text| !text.is_empty());
    let says = |one: &&DraftTarget| {
        let own = one
            .value
            .as_deref()
            .or(one.bounds.as_ref().map(|(low, _)| low.as_str()))
            .or(one.reference.as_deref());
        own == value
            || (one.kind == kind && matches!(kind, "milestone" | "relative"))
            || one.kind == "milestone"
    };
    let like =
        |one: &&DraftTarget| near(&one.name, text(target, "name")) || near(&one.quote, text(target, "quote"));
    let here = draft
        .targets
        .iter()
        .filter(|one| one.line.to_string() == text(target, "line") && !used.contains(&one.id));
    here.filter(says).filter(like).max_by_key(|one| {
        let quote = bare(&one.quote) == bare(text(target, "quote"));
        (bare(&one.name) == bare(text(target, "name")), near(&one.name, text(target, "name")), quote)
    })
}

fn prose(draft: &Draft, plan: &Table, counts: &mut Counts) {
    // Both plans number their targets for themselves.
    let mut used = BTreeSet::new();
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    for target in entries(plan, "target") {
        if let Some(found) = counterpart(draft, target, &used) {
            used.insert(found.id.clone());
            numbers.insert(found.id.clone(), text(target, "id").to_owned());
        }
    }
    let mut used = BTreeSet::new();
    for target in entries(plan, "target") {
        let id = text(target, "id");
        let Some(found) = counterpart(draft, target, &used) else {
            counts.add("prose target", false, false, &format!("{id} {}", text(target, "quote")));
            continue;
        };
        used.insert(found.id.clone());
        counts.add("prose target", true, false, "");
        let open: &OpenFields = &found.open;
        let mut all_right = true;
        let mut all_marked = true;
        let mut see = |what: &'static str, field: &str, is_right: bool, told: String| {
            all_right &= is_right;
            all_marked &= is_right || open.has(field);
            counts.add(what, is_right, open.has(field), &format!("{id} {told} {}", found.quote));
        };
        let kind = text(target, "kind");
        see("kind", "kind", found.kind == kind, format!("{} ≠ {kind}", found.kind));
        if !text(target, "op").is_empty() && found.kind != "milestone" {
            see(
                "op",
                "op",
                found.op == Some(text(target, "op")),
                format!("{:?} ≠ {}", found.op, text(target, "op")),
            );
        }
        if !matches!(kind, "milestone" | "relative") {
            let unit = found.unit.clone().unwrap_or_default();
            see(
                "unit",
                "unit",
                unit == text(target, "unit") || found.kind == "milestone",
                format!("{unit} ≠ {}", text(target, "unit")),
            );
        }
        see("year", "year", found.year == Some(year(target)), format!("{:?} ≠ {}", found.year, year(target)));
        let strength = target.get("strength").and_then(Value::as_str).unwrap_or("expected");
        see("strength", "strength", found.strength == strength, format!("{} ≠ {strength}", found.strength));
        let flag = |key: &str| target.get(key).and_then(Value::as_bool).unwrap_or(false);
        see("recurring", "recurring", found.recurring == flag("recurring"), String::new());
        see("undated", "undated", found.undated == flag("undated"), String::new());
        see(
            "task of",
            "task",
            found.task.as_deref().unwrap_or_default() == text(target, "task"),
            String::new(),
        );
        let same = found.same_as.clone().unwrap_or_default();
        let same = numbers.get(&same).cloned().unwrap_or(same);
        see(
            "same_as",
            "same_as",
            same == text(target, "same_as"),
            format!("{same} ≠ {}", text(target, "same_as")),
        );
        let direction = if found.is_lower && found.kind != "rank" { "lower" } else { "" };
        let right = Some(text(target, "direction")).filter(|text| *text == "lower").unwrap_or_default();
        see("direction", "direction", direction == right, format!("{direction} ≠ {right}"));
        counts.add("all that decides", all_right, all_marked, id);
        counts.add(
            "prose name",
            bare(&found.name) == bare(text(target, "name")),
            true,
            &format!("{} ≠ {}", found.name, text(target, "name")),
        );
        counts.add("prose quote", bare(&found.quote) == bare(text(target, "quote")), true, "");
    }
    for extra in draft.targets.iter().filter(|one| !used.contains(&one.id)) {
        println!(
            "  drafted, not in the plan: {} {} {:?} {}",
            extra.line, extra.kind, extra.value, extra.quote
        );
        counts.add("not extra", false, extra.open.has("kind"), &extra.quote);
    }
}

#[test]
fn the_counts_against_the_plans_made_by_hand_do_not_fall() {
    let mut all = Counts::default();
    for (name, source, plan) in PLANS {
        println!("== {name}");
        let draft = drafted(source);
        let plan: Table =
            std::fs::read_to_string(repository().join("input").join(plan)).unwrap().parse().unwrap();
        rows(&draft, &plan, &mut all);
        tasks(&draft, &plan, &mut all);
        prose(&draft, &plan, &mut all);
        let head = &draft.head;
        println!(
            "  {:?} {:?} {:?} {:?} {:?} {:?}",
            head.title, head.document_no, head.name, head.office, head.years, head.baseline_year
        );
        println!("  deadlines {:?}", draft.deadlines.iter().map(|one| &one.period).collect::<Vec<_>>());
        println!(
            "  left {}: {:?}",
            draft.left.len(),
            draft.left.iter().map(|one| format!("{} {}", one.line, one.text)).collect::<Vec<_>>()
        );
    }
    for (what, [right, marked, unmarked]) in &all.0 {
        println!("{what:<20} {right} right, {marked} marked, {unmarked} wrong and unmarked");
    }
    for (what, least) in [
        ("row", 47),
        ("printed number", 162),
        ("row unit", 47),
        ("catalogue id", 44),
        ("data units", 46),
        ("task number", 70),
        ("lead", 69),
        ("responsible", 70),
        ("task title", 61),
        ("prose target", 120),
        ("all that decides", 113),
        ("prose name", 75),
    ] {
        assert!(all.right(what) >= least, "{what}: {} of {least}", all.right(what));
    }
    let unmarked: Vec<_> = all.0.iter().filter(|(_, counts)| counts[2] > 0).collect();
    assert!(unmarked.is_empty(), "wrong and unmarked: {unmarked:?}");
}
