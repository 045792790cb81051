//! `plan draft --left`: what is open in a draft, entry by entry, with the words of the source, and what no rule took.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::args::Format;
use super::render::Printer;
use super::settings;
use crate::error::RunError;
use crate::finding::Language;
use crate::inputs::Inputs;
use crate::plan::{OpenGrade, Unsettled, unsettled};
use crate::words::{LEFT, field_words, open_advice};

/// Characters of a line on the terminal, in columns: a Chinese one takes two.
const WIDTH: usize = 78;

/// Lists what is open in a draft, entry by entry in the order of the file: the words of the source, the fields, and what is open, the
/// missing first.
pub(super) fn left(plan: &Path, input: Option<&Path>, printer: &Printer) -> Result<(), RunError> {
    let inputs = Inputs::default();
    let open = unsettled(&inputs, plan)?;
    let text = inputs.text(plan)?.unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let source = table
        .get("plan")
        .and_then(|head| head.get("source"))
        .and_then(toml::Value::as_str)
        .unwrap_or_default();
    let source = settings::input_of(plan, input).join(source);
    let source = if source.is_file() { inputs.text(&source)?.unwrap_or_default() } else { String::new() };
    let lines: Vec<&str> = source.lines().collect();
    // Targets of a row are told with the row.
    let mut entries: BTreeMap<usize, Vec<&Unsettled>> = BTreeMap::new();
    let starts = starts(&text);
    for one in &open {
        let start = starts.range(..=one.line).next_back().map_or(one.line, |(line, _)| *line);
        entries.entry(start).or_default().push(one);
    }
    // Entries in which something is missing come first.
    let is_missing = |open: &[&Unsettled]| open.iter().any(|one| one.grade == OpenGrade::Missing);
    let mut entries: Vec<(usize, Vec<&Unsettled>)> = entries.into_iter().collect();
    entries.sort_by_key(|(start, open)| (!is_missing(open), *start));
    for (start, mut open) in entries {
        open.sort_by_key(|one| one.grade);
        let entry = starts.get(&start).and_then(|(section, at)| entry(&table, section, *at));
        printer.open_entry(start, entry.as_ref(), &open, &lines);
    }
    let listed = listed(&text);
    printer.listed(&listed);
    printer.open_counts(&open);
    Ok(())
}

/// The list at the end of a draft of what no rule took: the line of the file, and the words.
fn listed(text: &str) -> Vec<(usize, &str)> {
    let begin = format!("# {LEFT}");
    let lines = text.lines().enumerate().skip_while(|(_, line)| !line.starts_with(&begin)).skip(1);
    lines.filter_map(|(at, line)| Some((at + 1, line.strip_prefix("# ")?))).collect()
}

/// The lines on which entries begin, with their sections and their places among those of the section.
fn starts(text: &str) -> BTreeMap<usize, (String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let Some(name) = line.trim().strip_prefix('[') else { continue };
        let name = name.trim_start_matches('[').split(']').next().unwrap_or_default().trim();
        if name.is_empty() || name.contains('.') || name.contains(['{', '"', '=']) {
            continue;
        }
        let count = counts.entry(name.to_owned()).or_default();
        found.insert(at + 1, (name.to_owned(), *count));
        *count += 1;
    }
    found
}

fn entry(table: &toml::Table, section: &str, at: usize) -> Option<toml::Table> {
    match table.get(section)? {
        toml::Value::Array(entries) => entries.get(at)?.as_table().cloned(),
        toml::Value::Table(entry) => Some(entry.clone()),
        _ => None,
    }
}

impl Printer {
    /// An entry with the words of the source above its fields, and what is open below them.
    fn open_entry(&self, start: usize, entry: Option<&toml::Table>, open: &[&Unsettled], source: &[&str]) {
        if self.format == Format::Json {
            open.iter().for_each(|one| self.unsettled(std::slice::from_ref(*one)));
            return;
        }
        let Some(first) = open.first() else { return };
        let named =
            open.iter().map(|one| one.entry.as_str()).min_by_key(|name| name.len()).unwrap_or_default();
        let at = match self.language {
            Language::Chinese => format!("文件第{start}行"),
            Language::English => format!("line {start} of the file"),
        };
        self.line(&format!("{} {named}  {at}", first.section));
        if let Some(entry) = entry {
            self.quoted_source(entry, source);
            self.fields(entry);
        }
        for one in open {
            let of = one.entry.strip_prefix(named).unwrap_or_default().trim();
            let of = if of.is_empty() { String::new() } else { format!("{of} ") };
            let (chinese, english) = open_advice(&one.section, &one.field, one.grade);
            let told = match self.language {
                Language::Chinese => format!(
                    "{} {of}{}（{}）  {} → {chinese}",
                    one.grade.word(),
                    one.field,
                    field_words(&one.field),
                    one.reason
                ),
                Language::English => {
                    format!("{} {of}{}  {} → {english}", one.grade.word(), one.field, one.reason)
                }
            };
            self.wrapped(&told, "  ", "       ");
        }
        self.line("");
    }

    /// What no rule took, with what to do about it.
    fn listed(&self, listed: &[(usize, &str)]) {
        if self.format == Format::Json {
            for (line, words) in listed {
                self.json(&json!({ "unclassified": words, "line": line }));
            }
            return;
        }
        let Some((first, _)) = listed.first() else { return };
        self.line(&match self.language {
            Language::Chinese => {
                format!("{LEFT}  文件第{first}行起 → 是目标的在文件里补写 [[target]]，不是的删去该行")
            }
            Language::English => {
                format!("numbers that no rule took, from line {first} of the file → write the targets among them, delete the rest")
            }
        });
        for (_, words) in listed {
            self.wrapped(&format!("原文{words}"), "  ", "    ");
        }
        self.line("");
    }

    /// The whole sentence that a quote stands in, with its line; where there is no quote, the lines.
    fn quoted_source(&self, entry: &toml::Table, source: &[&str]) {
        let text = |key: &str| entry.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        let (first, last) = text("line").split_once('-').unwrap_or((text("line"), text("line")));
        let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else { return };
        let lines = source.get(first.saturating_sub(1)..last.min(source.len())).unwrap_or_default();
        let all: String = lines
            .iter()
            .map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '|'))
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let words = sentence_with(&all, text("quote"));
        let at = match self.language {
            Language::Chinese => format!("原文第{}行", text("line")),
            Language::English => format!("source, line {}", text("line")),
        };
        self.wrapped(&format!("{at}：{words}"), "  ", "    ");
    }

    fn fields(&self, entry: &toml::Table) {
        let told: Vec<String> = entry
            .iter()
            .filter(|(key, _)| {
                !["confirm", "line", "lead_line", "quote", "text", "id"].contains(&key.as_str())
            })
            .filter_map(|(key, value)| match value {
                toml::Value::String(text) if !text.is_empty() => Some(format!("{key} = {text}")),
                toml::Value::Integer(_) | toml::Value::Boolean(_) => Some(format!("{key} = {value}")),
                toml::Value::Array(values) => list_words(key, values),
                _ => None,
            })
            .collect();
        self.wrapped(&told.join("；"), "  ", "    ");
    }

    /// A text over as many lines of the terminal as it needs.
    fn wrapped(&self, text: &str, first: &str, others: &str) {
        let mut line = first.to_owned();
        let mut width = columns_of(first);
        for c in text.chars() {
            let wide = columns_of(c.encode_utf8(&mut [0; 4]));
            if width + wide > WIDTH {
                self.line(&line);
                others.clone_into(&mut line);
                width = columns_of(others);
            }
            line.push(c);
            width += wide;
        }
        self.line(&line);
    }
}

fn list_words(key: &str, values: &[toml::Value]) -> Option<String> {
    let words: Vec<String> = values
        .iter()
        .filter_map(|value| match value {
            toml::Value::String(text) => Some(text.clone()),
            toml::Value::Integer(number) => Some(number.to_string()),
            toml::Value::Table(number) => {
                let text = |key: &str| number.get(key).and_then(toml::Value::as_str);
                let year = number.get("year").and_then(toml::Value::as_integer)?;
                let bounds = text("low").zip(text("high")).map(|(low, high)| format!("{low}—{high}"));
                let value = text("value")
                    .map(str::to_owned)
                    .or(bounds)
                    .or_else(|| text("undefined").map(str::to_owned));
                let tier = text("tier").or_else(|| text("kind")).unwrap_or_default();
                Some(format!("{year} {tier} {}", value.unwrap_or_default()).replace("  ", " "))
            }
            _ => None,
        })
        .collect();
    (!words.is_empty()).then(|| format!("{key} = {}", words.join("、")))
}

/// The sentence of a text that holds a quote; the text itself when none does.
fn sentence_with<'a>(text: &'a str, quote: &str) -> &'a str {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let quote = bare(quote);
    if quote.is_empty() {
        return text;
    }
    text.split_inclusive(['。', '；', ';'])
        .find(|sentence| bare(sentence).contains(&quote))
        .unwrap_or(text)
        .trim()
}

/// How many columns of a terminal a text takes.
fn columns_of(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_of_a_quote_is_found_over_blanks() {
        let text = "建设平台。到2025年，企业达 300 家以上；产值达5亿元。";
        assert_eq!(sentence_with(text, "企业达300家以上"), "到2025年，企业达 300 家以上；");
        assert_eq!(sentence_with(text, "没有"), text);
    }

    #[test]
    fn entries_are_found_by_the_lines_on_which_they_begin() {
        let starts = starts("[plan]\nid = \"a\"\n[[target]]\n[[target]]\nx = [\n  { a = 1 },\n]\n");
        let found: Vec<(usize, &str, usize)> =
            starts.iter().map(|(line, (section, at))| (*line, section.as_str(), *at)).collect();
        assert_eq!(found, [(1, "plan", 0), (3, "target", 0), (4, "target", 1)]);
    }
}
