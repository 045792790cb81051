//! `plan draft` against the three plans that were made by hand: the counts may rise, not fall.

use std::collections::{BTreeMap, BTreeSet};

use duibiao::draft::{Draft, DraftTarget, draft};
use duibiao::inputs::Inputs;
use duibiao::plan::Catalogue;
use toml::{Table, Value};

use crate::measure::{by_hand, compared};
use crate::workspace::{Workspace, copy_tree, repository};

/// Source and plan made by hand.
const PLANS: [(&str, &str); 3] = [
    ("sources/xiangtan-2023-plan.txt", "2023/xiangtan/plan.toml"),
    ("sources/hengyang-2025-plan.txt", "2025/hengyang/plan.toml"),
    ("sources/qianjiang-2023-2025-plan.txt", "2023/qianjiang/plan.toml"),
];

/// How many of each kind of field are right at least.
const LEAST: [(&str, usize); 16] = [
    ("row", 47),
    ("row name", 46),
    ("printed number", 162),
    ("row unit", 47),
    ("catalogue id", 44),
    ("data units", 46),
    ("task number", 70),
    ("lead", 70),
    ("responsible", 70),
    ("task title", 61),
    ("task text", 70),
    ("prose target", 120),
    ("kind", 118),
    ("all that decides", 113),
    ("prose name", 96),
    ("prose quote", 105),
];

fn drafted(source: &str) -> Draft {
    draft_of(&std::fs::read_to_string(repository().join("input").join(source)).unwrap())
}

fn draft_of(text: &str) -> Draft {
    let catalogue = Catalogue::load(&Inputs::default(), &repository().join("input/catalogue.toml")).unwrap();
    draft(text, &catalogue)
}

/// Right, wrong and marked, wrong and not marked, of each kind of field.
#[derive(Debug, Default)]
struct Counts {
    of: BTreeMap<&'static str, [usize; 3]>,
    /// What is wrong and not marked.
    unmarked: Vec<String>,
}

impl Counts {
    fn add(&mut self, what: &'static str, is_right: bool, is_marked: bool, told: &str) {
        let place = if is_right { 0 } else { 1 + usize::from(!is_marked) };
        self.of.entry(what).or_default()[place] += 1;
        if place == 2 {
            self.unmarked.push(format!("{what} {told}"));
        }
    }

    fn right(&self, what: &str) -> usize {
        self.of.get(what).map_or(0, |counts| counts[0])
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

/// Both plans number their targets for themselves: the numbers of the draft with those of the plan.
fn numbers(draft: &Draft, plan: &Table) -> BTreeMap<String, String> {
    let mut used = BTreeSet::new();
    let mut numbers = BTreeMap::new();
    for target in entries(plan, "target") {
        if let Some(found) = counterpart(draft, target, &used) {
            used.insert(found.id.clone());
            numbers.insert(found.id.clone(), text(target, "id").to_owned());
        }
    }
    numbers
}

/// What of a target decides: the count, the field that is to be marked, whether it is right, and what is wrong.
fn deciding(
    found: &DraftTarget,
    target: &Table,
    numbers: &BTreeMap<String, String>,
) -> Vec<(&'static str, &'static str, bool, String)> {
    let kind = text(target, "kind");
    let mut seen = vec![("kind", "kind", found.kind == kind, format!("{} ≠ {kind}", found.kind))];
    if !text(target, "op").is_empty() && found.kind != "milestone" {
        let op = text(target, "op");
        seen.push(("op", "op", found.op == Some(op), format!("{:?} ≠ {op}", found.op)));
    }
    if !matches!(kind, "milestone" | "relative") {
        let unit = found.unit.clone().unwrap_or_default();
        let is_right = unit == text(target, "unit") || found.kind == "milestone";
        seen.push(("unit", "unit", is_right, format!("{unit} ≠ {}", text(target, "unit"))));
    }
    let strength = target.get("strength").and_then(Value::as_str).unwrap_or("expected");
    let flag = |key: &str| target.get(key).and_then(Value::as_bool).unwrap_or(false);
    let same = found.same_as.clone().unwrap_or_default();
    let same = numbers.get(&same).cloned().unwrap_or(same);
    let direction = if found.is_lower && found.kind != "rank" { "lower" } else { "" };
    let lower = Some(text(target, "direction")).filter(|text| *text == "lower").unwrap_or_default();
    let task = found.task.as_deref().unwrap_or_default();
    seen.extend([
        ("year", "year", found.year == Some(year(target)), format!("{:?}", found.year)),
        ("strength", "strength", found.strength == strength, format!("{} ≠ {strength}", found.strength)),
        ("recurring", "recurring", found.recurring == flag("recurring"), String::new()),
        ("undated", "undated", found.undated == flag("undated"), String::new()),
        ("task of", "task", task == text(target, "task"), String::new()),
        (
            "same_as",
            "same_as",
            same == text(target, "same_as"),
            format!("{same} ≠ {}", text(target, "same_as")),
        ),
        ("direction", "direction", direction == lower, format!("{direction} ≠ {lower}")),
    ]);
    seen
}

fn prose(draft: &Draft, plan: &Table, counts: &mut Counts) {
    let numbers = numbers(draft, plan);
    let mut used = BTreeSet::new();
    for target in entries(plan, "target") {
        let id = text(target, "id");
        let Some(found) = counterpart(draft, target, &used) else {
            counts.add("prose target", false, false, &format!("{id} {}", text(target, "quote")));
            continue;
        };
        used.insert(found.id.clone());
        counts.add("prose target", true, false, "");
        let seen = deciding(found, target, &numbers);
        for (what, field, is_right, told) in &seen {
            counts.add(what, *is_right, found.open.has(field), &format!("{id} {told} {}", found.quote));
        }
        let marked = seen.iter().all(|(_, field, is_right, _)| *is_right || found.open.has(field));
        counts.add("all that decides", seen.iter().all(|(_, _, is_right, _)| *is_right), marked, id);
        // Names and quotes are shortened by hand.
        counts.add("prose name", bare(&found.name) == bare(text(target, "name")), true, "");
        counts.add("prose quote", bare(&found.quote) == bare(text(target, "quote")), true, "");
    }
    for extra in draft.targets.iter().filter(|one| !used.contains(&one.id)) {
        counts.add("not extra", false, extra.open.has("kind"), &extra.quote);
    }
}

#[test]
fn the_counts_against_the_plans_made_by_hand_do_not_fall() {
    let mut all = Counts::default();
    let mut heads = Vec::new();
    for (source, plan) in PLANS {
        let draft = drafted(source);
        let plan: Table =
            std::fs::read_to_string(repository().join("input").join(plan)).unwrap().parse().unwrap();
        rows(&draft, &plan, &mut all);
        tasks(&draft, &plan, &mut all);
        prose(&draft, &plan, &mut all);
        heads.push((draft.head.document_no, draft.head.years, draft.deadlines.len(), draft.left.len()));
    }
    for (what, least) in LEAST {
        assert!(all.right(what) >= least, "{what}: {} of {least}: {:?}", all.right(what), all.of);
    }
    assert_eq!(all.unmarked, Vec::<String>::new(), "wrong and unmarked");
    let number = Some("潜政发〔2023〕12号".to_owned());
    assert_eq!(
        heads,
        [(None, vec![2023], 2, 6), (None, vec![2025], 0, 1), (number, vec![2023, 2024, 2025], 0, 8)]
    );
}

/// The six plans of `tests/plans/`: folder, year and slug, and how many fields of its draft are right at least.
const SIX: [(&str, i32, &str, usize); 6] = [
    ("five-years", 2023, "guojia", 327),
    ("province-science", 2025, "dongjiang", 396),
    ("city-year", 2023, "yunze", 467),
    ("county-quotas", 2023, "qingxi", 428),
    ("quarters", 2024, "linjiang", 304),
    ("no-table", 2023, "xianyang", 86),
];
/// Lines that a person writes for each row, at most.
const MOST_BY_HAND: f64 = 5.0;

#[test]
#[expect(clippy::print_stdout, reason = "the shares are read with --nocapture")]
fn of_six_plans_nothing_is_wrong_and_unmarked_and_little_is_written_by_hand() {
    let of = |folder: &str, name: &str| {
        std::fs::read_to_string(repository().join("tests/plans").join(folder).join(name)).unwrap()
    };
    for (folder, year, slug, least) in SIX {
        let workspace = Workspace::new();
        let source = format!("input/sources/{folder}.txt");
        let catalogue = std::fs::read(repository().join("input/catalogue.toml")).unwrap();
        workspace.write("input/catalogue.toml", catalogue);
        workspace.write(&source, of(folder, "source.txt"));
        let plan = format!("input/{year}/{slug}/plan.toml");
        std::fs::create_dir_all(workspace.path(&plan).parent().unwrap()).unwrap();
        let output = workspace.duibiao(&["plan", "draft", &source, "--to", &plan]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let drafted = std::fs::read_to_string(workspace.path(&plan)).unwrap();
        let (found, lines) =
            (compared(&drafted, &of(folder, "plan.toml")), by_hand(&drafted, &of(folder, "plan.toml")));
        let all = found.right + found.marked.len() + found.unmarked.len();
        println!(
            "{folder}: of {all} fields {} right, {} marked, {} wrong and unmarked; {lines:.2} lines by hand a row",
            found.right,
            found.marked.len(),
            found.unmarked.len()
        );
        assert_eq!(found.unmarked, Vec::<String>::new(), "{folder}");
        assert!(found.right >= least, "{folder}: {} of {least} right: {:#?}", found.right, found.marked);
        assert!(lines < MOST_BY_HAND, "{folder}: {lines}");
        assert_eq!(of(folder, "draft.toml"), drafted, "{folder}: draft.toml is not what is drafted");
    }
}

#[test]
fn a_number_that_is_put_into_a_document_is_a_target_or_is_listed() {
    for (source, _) in PLANS {
        let text = std::fs::read_to_string(repository().join("input").join(source)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for at in (0..lines.len()).step_by(23) {
            let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            changed[at].push_str("，另有7713个试点。");
            let draft = draft_of(&changed.join("\n"));
            let is_target = draft.targets.iter().any(|target| target.value.as_deref() == Some("7713"));
            let is_value = draft.rows.iter().any(|row| row.name.contains("7713"));
            let is_listed = draft.left.iter().any(|left| left.line == at + 1 && left.text.contains("7713"));
            assert!(is_target || is_value || is_listed, "{source} line {}: {}", at + 1, changed[at]);
        }
    }
}

/// The annex of 湘潭 as rows of cells: the heading, then number, name with unit, who reports, two values, the target.
fn annex() -> Vec<Vec<String>> {
    let plan = std::fs::read_to_string(repository().join("input/2023/xiangtan/plan.toml")).unwrap();
    let plan: Table = plan.parse().unwrap();
    let heading = ["一级指标", "序号", "二级指标", "数据采集单位", "2021年", "2022年", "2023年目标值/预估值"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    let mut group = "";
    for row in entries(&plan, "indicator") {
        let unit = Some(text(row, "unit")).filter(|unit| !unit.is_empty() && *unit != "有/无");
        let name =
            unit.map_or(text(row, "name").to_owned(), |unit| format!("{}（{unit}）", text(row, "name")));
        let units =
            row["data_units"].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>();
        let units = if units.is_empty() { "-".to_owned() } else { units.join("、") };
        let shown = if text(row, "group") == group { "" } else { text(row, "group") };
        group = text(row, "group");
        let numbers = entries(row, "value").into_iter().chain(entries(row, "target"));
        let numbers = numbers.map(|number| text(number, "value").to_owned());
        rows.push(
            [shown.to_owned(), text(row, "no").to_owned(), name, units].into_iter().chain(numbers).collect(),
        );
    }
    rows
}

/// The rows of a drafted plan without their places in the source.
fn rows_of(workspace: &Workspace, plan: &str) -> Vec<String> {
    let plan: Table = std::fs::read_to_string(workspace.path(plan)).unwrap().parse().unwrap();
    let told = |row: &&Table| {
        let numbers = |key| {
            entries(row, key).iter().map(|one| (year(one), text(one, "value").to_owned())).collect::<Vec<_>>()
        };
        let fields = ["no", "id", "name", "unit", "group"].map(|key| bare(text(row, key)));
        format!("{fields:?} {:?} {:?} {:?}", list(row, "data_units"), numbers("value"), numbers("target"))
    };
    entries(&plan, "indicator").iter().map(told).collect()
}

fn docx(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| {
        format!(
            "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>",
            text.replace('&', "&amp;").replace('<', "&lt;")
        )
    };
    let row = |row: &Vec<String>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    let table: String = rows.iter().map(row).collect();
    let body = format!("<w:p><w:r><w:t>2023年主要指标</w:t></w:r></w:p><w:tbl>{table}</w:tbl>");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(
        &mut archive,
        format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>").as_bytes(),
    )
    .unwrap();
    archive.finish().unwrap().into_inner()
}

fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "2023年主要指标").unwrap();
    for (at, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            sheet.write_string(u32::try_from(at + 1).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_annex_gives_the_same_rows_from_text_a_document_and_a_workbook() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let annex = annex();
    workspace.write("annex.docx", docx(&annex));
    workspace.write("annex.xlsx", xlsx(&annex));
    let sources = ["input/sources/xiangtan-2023-plan.txt", "annex.docx", "annex.xlsx"];
    let mut found = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let plan = format!("input/3001/xiangtan{at}/plan.toml");
        let output = workspace.duibiao(&["plan", "draft", source, "--to", &plan]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        found.push(rows_of(&workspace, &plan));
    }
    assert_eq!(found[0].len(), 26);
    assert_eq!(found[1], found[0]);
    assert_eq!(found[2], found[0]);
    // The text of the document is written, so that lines and quotes hold.
    let text = std::fs::read_to_string(workspace.path("input/sources/xiangtan1-2023.txt")).unwrap();
    assert!(text.contains("| 1 | 全社会R&D经费支出占GDP比重（%） |"), "{text}");
}

#[test]
fn nothing_is_replaced_by_a_draft() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let source = "input/sources/hengyang-2025-plan.txt";
    let output = workspace.duibiao(&["plan", "draft", source, "--to", "input/2025/hengyang/plan.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("已经存在"));
}

#[test]
fn a_round_takes_no_plan_with_fields_to_be_confirmed_and_only_a_draft_may_have_any() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let place = "input/2025/hengyang/plan.toml";
    let plan = std::fs::read_to_string(workspace.path(place)).unwrap();
    let marked = plan.replacen(
        "strength = \"aspired\"",
        "strength = \"aspired\"\nconfirm = [\"strength:承 承上文\"]",
        1,
    );
    assert_ne!(marked, plan);
    let told = |arguments: &[&str]| {
        let output = workspace.duibiao(arguments);
        let words = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(words).unwrap())
    };
    workspace.write(place, &marked);
    let (status, words) = told(&["plan", "check", place]);
    assert_eq!(status, Some(2), "{words}");
    assert!(words.contains("待确认 承") && words.contains("只能是 \"draft\""), "{words}");
    workspace.write(place, marked.replacen("status = \"in_force\"", "status = \"draft\"", 1));
    let (status, words) = told(&["plan", "check", place]);
    assert_eq!(status, Some(0), "{words}");
    assert!(words.contains("待确认1处：缺0，选0，承1"), "{words}");
    // Not even a round that takes drafts.
    let round = std::fs::read_to_string(workspace.path("input/2025/round.toml")).unwrap();
    workspace.write("input/2025/round.toml", round.replacen("[round]", "[round]\nallow_drafts = true", 1));
    let (status, words) = told(&["check", "input/2025"]);
    assert_eq!(status, Some(2), "{words}");
    assert!(words.contains("还有1处待确认"), "{words}");
    workspace.write(
        place,
        plan.replacen("strength = \"aspired\"", "confirm = [\"strength\"]\nstrength = \"aspired\"", 1),
    );
    let (status, words) = told(&["plan", "check", place]);
    assert_eq!(status, Some(2), "{words}");
    assert!(words.contains("应写作“字段:缺”"), "{words}");
}

const COMPOSED: &str = "示例市2025年科技工作要点（示例，虚构）
一、工作目标
力争高新技术企业突破120家，新增孵化器2家左右。建成平台3个，城乡收入比缩小到1.9。
二、保障措施
共有5个部门参加。
";

#[test]
fn what_is_left_is_told_with_the_clause_above_the_fields_and_the_missing_first() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.write("a.txt", COMPOSED);
    let output = workspace.duibiao(&["plan", "draft", "a.txt", "--to", "input/3001/shili/plan.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let plan = std::fs::read_to_string(workspace.path("input/3001/shili/plan.toml")).unwrap();
    assert!(plan.contains("# 第5行  共有5个部门参加"), "{plan}");
    let output = workspace.duibiao(&["plan", "draft", "--left", "input/3001/shili/plan.toml"]);
    let words = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    assert!(words.lines().all(|line| wide(line) <= 80), "{words}");
    let entry = words.split("\n\n").find(|entry| entry.starts_with("target P4")).unwrap();
    let lines: Vec<&str> = entry.lines().map(str::trim).collect();
    assert!(lines[1].starts_with("原文第3行：建成平台3个，城乡收入比缩小到1.9。"), "{entry}");
    assert!(lines[2].starts_with("direction = lower；"), "{entry}");
    let open = lines.iter().find(|line| line.starts_with(['缺', '选', '承'])).unwrap();
    assert!(open.starts_with("缺 unit（计量单位）  没有读到计量单位 → 补写"), "{entry}");
    let first = words.lines().next().unwrap();
    assert!(first.starts_with("plan shili-2025"), "{first}");
    assert!(words.contains("原文第5行  共有5个部门参加") && words.contains("不是的删去该行"), "{words}");
}

#[test]
fn a_row_needs_neither_lines_nor_quotes_nor_a_tier_where_its_source_holds_it_once() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
        .write("input/sources/a.txt", "附件1\n| 1 | 高新技术企业数（家） | 776 | 830 |\n新增孵化器2家。\n");
    let plan = "[plan]\nid = \"a\"\ncity = \"shili\"\nname = \"示例市\"\nshort = \"示例\"\nlevel = \"city\"\ntitle = \"示例\"\nscope = \"示例\"\n\
        status = \"in_force\"\nyears = [2023]\noffice = \"办公室\"\nsource = \"sources/a.txt\"\n\
        [[group]]\nname = \"主体\"\n[[indicator]]\nno = \"1\"\nid = \"hnte\"\nname = \"高新技术企业数\"\nunit = \"家\"\ngroup = \"主体\"\n\
        target = [{ year = 2023, value = \"830\" }]\n\
        [[target]]\nid = \"P1\"\nname = \"新增孵化器\"\nyear = 2023\nkind = \"increment\"\nvalue = \"2\"\nunit = \"家\"\nquote = \"新增孵化器2家\"\n";
    workspace.write("input/3001/shili/plan.toml", plan);
    let output = workspace.duibiao(&["plan", "show", "input/3001/shili/plan.toml"]);
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8(words).unwrap();
    assert_eq!(output.status.code(), Some(0), "{words}");
    assert!(words.contains("高新技术企业数（家）  办公室  第2行") && words.contains("第3行"), "{words}");
    workspace.write("input/3001/shili/plan.toml", plan.replace("\"830\"", "\"831\""));
    let output = workspace.duibiao(&["plan", "show", "input/3001/shili/plan.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("原文中没有或不止一处“高新技术企业数”"));
}
