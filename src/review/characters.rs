//! Can every character be printed?

use std::collections::{BTreeMap, BTreeSet};

use crate::characters::{clue, code_points};
use crate::collect::{Collected, RareText};
use crate::finding::{Finding, ReadingProblem, UnshownCharacter};
use crate::ident::CityId;

/// Cells that a finding names.
const NAMED: usize = 3;

/// R113: characters that cannot be shown, one finding a workbook.
pub fn unshown(city: &CityId, collected: &Collected, is_missing: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut files: BTreeMap<&str, Vec<(&RareText, Vec<&str>)>> = BTreeMap::new();
    for text in &collected.rare {
        let missing: Vec<&str> =
            text.clusters.iter().map(String::as_str).filter(|one| is_missing(one)).collect();
        if !missing.is_empty() {
            files.entry(text.at.file.as_str()).or_default().push((text, missing));
        }
    }
    files.values().filter_map(|places| finding(city, places)).collect()
}

fn finding(city: &CityId, places: &[(&RareText, Vec<&str>)]) -> Option<Finding> {
    let mut told = BTreeSet::new();
    let clusters = places.iter().flat_map(|(_, missing)| missing).filter(|one| told.insert(**one));
    let characters: Vec<UnshownCharacter> = clusters
        .take(NAMED)
        .map(|one| UnshownCharacter { points: code_points(one), clue: clue(one) })
        .collect();
    let (first, _) = places.first()?;
    let cells = places.iter().filter(|(text, _)| text.at.cell.is_some()).count();
    let problem = ReadingProblem::NotPrintable { characters, cells }.into();
    let mut finding = Finding::new(city, first.at.clone(), problem).of_unit(&first.unit);
    finding.related = places.iter().skip(1).take(NAMED - 1).map(|(text, _)| text.at.clone()).collect();
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Language, Place};
    use crate::ident::CellRef;

    #[test]
    fn a_workbook_has_one_finding_with_three_cells() {
        let text = |row: u32, cluster: &str| RareText {
            at: Place::cell("jia/submissions/a.xlsx", "任务", CellRef::new(row, 3)),
            unit: Some("统计局".into()),
            clusters: BTreeSet::from([cluster.to_owned()]),
        };
        let rare = vec![text(3, "\u{f0b7}"), text(4, "1️⃣"), text(5, "é"), text(6, "\u{f0b7}"), text(7, "👍")];
        let collected = Collected { rare, ..Collected::default() };
        let found = unshown(&CityId::parse("jia").unwrap(), &collected, &|one| one != "é");
        assert_eq!(found.len(), 1);
        let finding = &found[0];
        assert_eq!((finding.at.address().as_str(), finding.related.len()), ("D4", 2));
        let message = finding.message(Language::Chinese);
        for words in ["U+F0B7（Word项目符号", "U+0031 U+FE0F U+20E3（表情符号）", "U+1F44D", "4个单元格"]
        {
            assert!(message.contains(words), "{message}");
        }
        assert!(unshown(&CityId::parse("jia").unwrap(), &collected, &|_| false).is_empty());
    }
}
