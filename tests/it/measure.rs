//! What a draft has of the plan that a person made of it, field by field: right, wrong and marked, wrong and not marked.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

/// The fields of a draft against those of the finished plan.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// As in the plan.
    pub(crate) right: usize,
    /// Wrong or left out, and said to be open: by `confirm`, or in the list of what no rule took.
    pub(crate) marked: Vec<String>,
    /// Wrong or left out, and nobody is told.
    pub(crate) unmarked: Vec<String>,
}

/// Fields that say nothing of what is judged, or that a person words.
const EDITORIAL: [&str; 15] = [
    "confirm",
    "en",
    "short",
    "note",
    "measure",
    "dimension",
    "lead_line",
    "scope",
    "status",
    "city",
    "source",
    "value",
    "target",
    "quota",
    "interim",
];

/// Compares a draft with the finished plan.
pub(crate) fn compared(drafted: &str, finished: &str) -> Measured {
    let mut measure = Measure { listed: listed(drafted), found: Measured::default(), of: String::new() };
    let (drafted, finished) = (table(drafted), table(finished));
    let head = |plan: &Table| plan.get("plan").and_then(Value::as_table).cloned().unwrap_or_default();
    measure.entry("plan", Some(&head(&drafted)), &head(&finished), &[]);
    measure.sections(&drafted, &finished, "deadline", |one| text(one, "period"));
    measure.sections(&drafted, &finished, "group", |one| bare(&text(one, "name")));
    measure.sections(&drafted, &finished, "task_group", |one| text(one, "no"));
    measure.sections(&drafted, &finished, "task", |one| text(one, "line"));
    measure.rows(&drafted, &finished);
    measure.prose(&drafted, &finished);
    measure.found
}

/// Lines of the finished plan that are not in the draft, for each row of its table, or each target where it has no table. Deleting
/// `confirm` writes nothing.
pub(crate) fn by_hand(drafted: &str, finished: &str) -> f64 {
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    for line in drafted.lines() {
        let written = match line.split_once(", confirm = [") {
            Some((head, _)) => format!("{head} }},"),
            None => line.to_owned(),
        };
        *own.entry(written).or_default() += 1;
    }
    let written = finished.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let by_hand = written.filter(|line| match own.get_mut(*line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    let by_hand = by_hand.count();
    let finished = table(finished);
    let rows = entries(&finished, "indicator").len();
    let of = if rows == 0 { entries(&finished, "target").len() } else { rows };
    f64::from(u32::try_from(by_hand).unwrap()) / f64::from(u32::try_from(of).unwrap())
}

fn table(text: &str) -> Table {
    text.parse().unwrap()
}

pub(crate) fn entries<'a>(plan: &'a Table, key: &str) -> Vec<&'a Table> {
    plan.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).collect()
}

fn text(entry: &Table, key: &str) -> String {
    entry.get(key).map(shown).unwrap_or_default()
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

/// Without blanks, with plain signs.
fn bare(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(plain).collect()
}

/// The lines of the list of what no rule took, by line of the source.
fn listed(draft: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let list = draft.lines().skip_while(|line| !line.starts_with("# 未归类"));
    for line in list.filter_map(|line| line.strip_prefix("# 第")) {
        let (number, words) = line.split_once('行').unwrap();
        found.entry(number.to_owned()).or_default().push_str(words);
    }
    found
}

/// The first of the lines of an entry.
fn line_of(entry: &Table) -> String {
    text(entry, "line").split('-').next().unwrap_or_default().to_owned()
}

struct Measure {
    listed: BTreeMap<String, String>,
    found: Measured,
    /// What is compared.
    of: String,
}

impl Measure {
    fn add(&mut self, is_right: bool, is_marked: bool, told: &str) {
        let told = format!("{} {told}", self.of);
        match (is_right, is_marked) {
            (true, _) => self.found.right += 1,
            (false, true) => self.found.marked.push(told),
            (false, false) => self.found.unmarked.push(told),
        }
    }

    /// Whether a number of a line, or words of it, stand in the list.
    fn is_listed(&self, line: &str, words: &str) -> bool {
        self.listed.get(line).is_some_and(|listed| bare(listed).contains(&bare(words)))
    }

    fn sections(&mut self, drafted: &Table, finished: &Table, section: &str, key: fn(&Table) -> String) {
        let own = entries(drafted, section);
        let wanted = entries(finished, section);
        for one in &wanted {
            let found = own.iter().find(|other| key(other) == key(one)).copied();
            self.entry(section, found, one, &[]);
        }
        for one in own.iter().filter(|one| !wanted.iter().any(|other| key(other) == key(one))) {
            self.of = format!("{section} {}", key(one));
            self.add(false, one.contains_key("confirm"), "is not in the plan");
        }
    }

    /// Compares the fields of an entry; `also` is what is marked besides.
    fn entry(&mut self, section: &str, drafted: Option<&Table>, finished: &Table, also: &[String]) {
        let mut name = ["no", "id", "period", "name", "year"].iter().map(|key| text(finished, key));
        self.of = format!("{section} {}", name.find(|name| !name.is_empty()).unwrap_or_default());
        let Some(drafted) = drafted else {
            let words = text(finished, "quote");
            let is_listed = self.is_listed(&line_of(finished), words.as_str());
            self.add(false, is_listed, &format!("is missing: {words}"));
            return;
        };
        let marks = [marked(drafted), also.to_vec()].concat();
        let keys: BTreeSet<&String> = drafted.keys().chain(finished.keys()).collect();
        for key in keys.into_iter().filter(|key| !EDITORIAL.contains(&key.as_str())) {
            let (own, wanted) = (text(drafted, key), text(finished, key));
            let is_right = match (section, key.as_str()) {
                (_, "line") => line_of(drafted) == line_of(finished),
                ("target", "name") => near(&own, &wanted),
                (_, "quote") => own.is_empty() || wanted.is_empty() || within(&own, &wanted),
                (_, "reference") => within(&own, &wanted),
                (_, "op") => own == wanted || is_default_op(drafted, &own, &wanted),
                (_, "kind") => of_kind(drafted) == of_kind(finished),
                // What a deadline or a group is called.
                _ => bare(&own) == bare(&wanted),
            };
            self.add(is_right, marks.contains(key), &format!("{key}: {own:?} ≠ {wanted:?}"));
        }
    }

    fn rows(&mut self, drafted: &Table, finished: &Table) {
        let own = entries(drafted, "indicator");
        let wanted = entries(finished, "indicator");
        for row in &wanted {
            let found = own.iter().find(|one| line_of(one) == line_of(row)).copied();
            self.entry("indicator", found, row, &[]);
            let empty = Table::new();
            let found = found.unwrap_or(&empty);
            for kind in ["value", "target", "quota", "interim"] {
                self.numbers(&text(row, "no"), kind, found, row);
            }
        }
        for row in own.iter().filter(|one| !wanted.iter().any(|row| line_of(one) == line_of(row))) {
            self.of = format!("indicator {}", text(row, "no"));
            self.add(false, marked(row).contains(&"no".to_owned()), "is not in the plan");
        }
    }

    fn numbers(&mut self, no: &str, kind: &str, drafted: &Table, finished: &Table) {
        let key = |one: &Table| {
            let tier = if kind == "target" { text(one, "tier") } else { String::new() };
            (text(one, "year"), tier.replace("annual", ""), text(one, "area"), text(one, "period"))
        };
        let (own, wanted) = (entries(drafted, kind), entries(finished, kind));
        let mut marks = marked(drafted);
        // A row may be marked as a whole.
        let is_marked = marks.iter().any(|mark| mark == kind);
        for one in &wanted {
            let found = own.iter().find(|other| key(other) == key(one)).copied();
            self.of = format!("{kind} of {no} {:?}", key(one));
            if found.is_none() {
                let is_listed = self.is_listed(&line_of(finished), &text(one, "value"));
                self.add(false, is_marked || is_listed, &format!("is missing: {}", text(one, "value")));
                continue;
            }
            if is_marked {
                marks.extend(one.keys().cloned());
            }
            let mut one = (*one).clone();
            one.entry("line").or_insert_with(|| finished["line"].clone());
            self.entry(&format!("{kind} of {no}"), found, &one, &marks);
            let (value, wanted) =
                (found.map(|found| text(found, "value")).unwrap_or_default(), text(&one, "value"));
            let told = format!("value: {value:?} ≠ {wanted:?}");
            let own = found.map(marked).unwrap_or_default();
            self.add(value == wanted, is_marked || own.contains(&"value".to_owned()), &told);
        }
        for one in own.iter().filter(|one| !wanted.iter().any(|other| key(one) == key(other))) {
            self.of = format!("{kind} of {no}");
            self.add(false, is_marked || !marked(one).is_empty(), &format!("is not in the plan: {one}"));
        }
    }

    fn prose(&mut self, drafted: &Table, finished: &Table) {
        let own = entries(drafted, "target");
        let mut used: BTreeMap<usize, String> = BTreeMap::new();
        let mut pairs = Vec::new();
        for target in entries(finished, "target") {
            let number = |one: &Table| {
                ["value", "low", "reference", "undefined"]
                    .map(|key| text(one, key))
                    .into_iter()
                    .find(|text| !text.is_empty())
            };
            let here = own.iter().enumerate().filter(|(at, one)| {
                !used.contains_key(at)
                    && line_of(one) == line_of(target)
                    && (within(&text(one, "quote"), &text(target, "quote"))
                        || near(&text(one, "name"), &text(target, "name")))
            });
            let best = here.max_by_key(|(at, one)| {
                (
                    number(one) == number(target),
                    near(&text(one, "name"), &text(target, "name")),
                    usize::MAX - at,
                )
            });
            if let Some((at, _)) = best {
                used.insert(at, text(target, "id"));
            }
            pairs.push((best.map(|(at, _)| at), target));
        }
        // Both number their targets for themselves.
        let numbers: BTreeMap<String, String> =
            used.iter().map(|(at, id)| (text(own[*at], "id"), id.clone())).collect();
        for (at, target) in pairs {
            let mut found = at.map(|at| own[at].clone());
            if let Some(found) = &mut found {
                found.insert("id".to_owned(), target["id"].clone());
                if let Some(Value::String(same)) = found.get_mut("same_as") {
                    *same = numbers.get(same).unwrap_or(same).clone();
                }
            }
            self.entry("target", found.as_ref(), target, &[]);
            let empty = Table::new();
            self.numbers(&text(target, "id"), "interim", found.as_ref().unwrap_or(&empty), target);
            if let Some(found) = &found {
                let (value, wanted) = (text(found, "value"), text(target, "value"));
                let is_marked = marked(found).iter().any(|mark| mark == "value" || mark == "kind");
                self.add(value == wanted, is_marked, &format!("value: {value:?} ≠ {wanted:?}"));
            }
        }
        for (at, one) in own.iter().enumerate().filter(|(at, _)| !used.contains_key(at)) {
            self.of = format!("target {at}");
            let is_marked = marked(one).contains(&"kind".to_owned());
            self.add(false, is_marked, &format!("is not in the plan: {}", text(one, "quote")));
        }
    }
}

/// The fields that are marked as open.
fn marked(entry: &Table) -> Vec<String> {
    let marks = entry.get("confirm").and_then(Value::as_array).into_iter().flatten();
    marks.filter_map(|mark| Some(mark.as_str()?.split(':').next()?.to_owned())).collect()
}

fn of_kind(entry: &Table) -> String {
    let named = text(entry, "kind");
    let is_undefined = entry.contains_key("undefined") && !entry.contains_key("value");
    match named.as_str() {
        "" if is_undefined => "undefined".to_owned(),
        "" if text(entry, "value") == "有" => "qualitative".to_owned(),
        "" => "level".to_owned(),
        _ => named,
    }
}

/// An operator that is left out is `>=`, and `<=` where less is better.
fn is_default_op(drafted: &Table, own: &str, wanted: &str) -> bool {
    let usual =
        if text(drafted, "direction") == "lower" || text(drafted, "kind") == "rank" { "<=" } else { ">=" };
    (own.is_empty() && wanted == usual) || (wanted.is_empty() && own == usual)
}

fn within(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    !one.is_empty() && !other.is_empty() && (one.contains(&other) || other.contains(&one))
}

/// Whether two names are one, but for what a person words otherwise.
fn near(one: &str, other: &str) -> bool {
    let (a, b) = (pairs(one), pairs(other));
    within(one, other) || a.intersection(&b).count() * 2 * 10 >= (a.len() + b.len()) * 6
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let text = bare(text);
    text.chars().zip(text.chars().skip(1)).collect()
}
