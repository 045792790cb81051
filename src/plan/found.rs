//! Lines and quotes that a plan file leaves out are found in its source, where they stand once.

use std::collections::BTreeMap;

use super::fault::FileFault;
use super::load::Loader;
use super::quote::stands_alone;
use super::raw::{IndicatorEntry, ProseEntry};
use super::sections::At;

/// Lines of the source over which the name of a row may be broken.
const MOST_NAME_LINES: usize = 4;
/// Lines below the name within which the values of a row stand.
const MOST_ROW_LINES: usize = 14;

impl Loader<'_> {
    /// The rows of the table.
    pub(super) fn row_entries(&mut self) -> Vec<At<IndicatorEntry>> {
        let entries = self.sections.many::<IndicatorEntry>("indicator");
        entries.into_iter().map(|at| At { line: at.line, entry: self.placed(at.line, at.entry) }).collect()
    }

    /// The targets in prose.
    pub(super) fn prose_entries(&mut self) -> Vec<At<ProseEntry>> {
        let mut entries = self.sections.many::<ProseEntry>("target");
        for At { line, entry } in &mut entries {
            entry.line = self.line_of_quote(*line, &entry.line, &entry.quote);
        }
        entries
    }

    /// A row with its lines, and those of its values and targets: where they are left out, those of the source that hold its name and
    /// all its numbers. A quote that is left out is the value.
    fn placed(&mut self, line: usize, mut row: IndicatorEntry) -> IndicatorEntry {
        if row.line.is_empty() {
            let values = row.values.iter().map(|value| value.value.clone());
            let targets =
                row.targets.iter().filter_map(|target| target.get_ref().statement().value.map(str::to_owned));
            let numbers: Vec<String> = values.chain(targets).collect();
            let found = self.source().map(|source| row_lines(source, &row.name, &numbers));
            match found {
                Some(Some((first, last))) => row.line = lines(first, last),
                // Without the source nothing else can be told of it.
                None => row.line = "1".to_owned(),
                Some(None) => self.sections.fault(line, FileFault::NotFoundOnce(row.name.clone())),
            }
        }
        for value in row.values.iter_mut().filter(|value| value.line.is_empty()) {
            value.line.clone_from(&row.line);
        }
        for target in row.targets.iter_mut().map(toml::Spanned::get_mut) {
            if target.line.is_empty() {
                target.line.clone_from(&row.line);
            }
            if target.quote.is_empty() {
                target.quote = target.statement().value.unwrap_or_default().to_owned();
            }
        }
        row
    }

    /// The line of a quote: the one that is given, else the only line of the source that holds it.
    pub(super) fn line_of_quote(&mut self, line: usize, given: &str, quote: &str) -> String {
        if !given.is_empty() {
            return given.to_owned();
        }
        let Some(source) = self.source() else { return "1".to_owned() };
        let quote_bare = folded(quote);
        let mut holding = source.iter().enumerate().filter(|(_, text)| folded(text).contains(&quote_bare));
        match (holding.next(), holding.next()) {
            (Some((at, _)), None) if !quote_bare.is_empty() => (at + 1).to_string(),
            _ => {
                self.sections.fault(line, FileFault::NotFoundOnce(quote.to_owned()));
                String::new()
            }
        }
    }
}

fn lines(first: usize, last: usize) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

/// First and last line of a row, from 1: the only place of its name below which all its numbers stand.
fn row_lines(source: &[String], name: &str, numbers: &[String]) -> Option<(usize, usize)> {
    let name = folded(name);
    let texts: Vec<String> = source.iter().map(|text| folded(text)).collect();
    let begins = |start: usize| {
        let window = |from: usize, length: usize| {
            texts.get(from..(from + length).min(texts.len())).unwrap_or_default().concat()
        };
        let length = (1..=MOST_NAME_LINES).find(|length| window(start, *length).contains(&name))?;
        // The name begins on this line.
        (!window(start + 1, length - 1).contains(&name)).then_some(length)
    };
    let found = (0..texts.len()).filter_map(|start| {
        let length = begins(start)?;
        let mut below = (start..(start + MOST_ROW_LINES).min(source.len())).filter(|at| {
            source.get(*at).is_some_and(|text| numbers.iter().any(|number| stands_alone(text, number)))
        });
        let last = below.next_back().unwrap_or(start).max(start + length - 1);
        let row = source.get(start..=last)?;
        let all = numbers.iter().all(|number| row.iter().any(|text| stands_alone(text, number)));
        all.then_some((start + 1, last + 1))
    });
    // Of places that end on the same numbers the name nearest to them is the row's.
    let by_end: BTreeMap<usize, usize> = found.map(|(first, last)| (last, first)).collect();
    let mut places = by_end.into_iter().map(|(last, first)| (first, last));
    let first = places.next().filter(|_| !name.is_empty())?;
    places.next().is_none().then_some(first)
}

/// A text without blanks and quotes, full-width signs as plain ones.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace() && !"“”".contains(*c)).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_row_is_found_where_its_name_and_all_its_numbers_stand_together() {
        let text = source(
            "高新技术企业数达830家\n1 |\n高新技术 企业数（家 ) |\n市科技局 |\n776 |\n830 |\n2 |\n其他企业数 |\n5 |",
        );
        for (name, numbers, found) in [
            ("高新技术企业数", &["776", "830"][..], Some((3, 6))),
            ("高新技术企业数", &["777"], None),
            ("其他企业数", &["5"], Some((8, 9))),
            ("没有", &[], None),
        ] {
            let numbers: Vec<String> = numbers.iter().map(|number| (*number).to_owned()).collect();
            assert_eq!(row_lines(&text, name, &numbers), found, "{name} {numbers:?}");
        }
        let grid = source("| 1 | 森林覆盖率(%) | 23.2 | 24.1 |\n| 2 | 其他 | 5 | 6 |");
        assert_eq!(row_lines(&grid, "森林覆盖率", &["24.1".to_owned()]), Some((1, 1)));
    }
}
