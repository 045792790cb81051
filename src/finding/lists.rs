//! Parts of messages that several kinds share. Long lists are cut, with the number of what is left out.

/// In Chinese.
pub(super) mod in_chinese {
    use crate::finding::{Headed, Side, UnshownCharacter};
    use crate::ident::CellRef;

    /// Headings with their cells.
    pub(in crate::finding) fn headed_in_words(columns: &[Headed]) -> String {
        let word = |one: &Headed| match one.heading.as_str() {
            "" => format!("{}（无表头）", one.cell),
            heading => format!("“{heading}”（{}）", one.cell),
        };
        columns.iter().map(word).collect::<Vec<_>>().join("、")
    }

    /// Areas named one by one in a message.
    const MOST_AREAS: usize = 12;

    /// `B9、E9:E12`.
    pub(in crate::finding) fn areas_in_words(areas: &[(CellRef, CellRef)]) -> String {
        let word = |(first, last): &(CellRef, CellRef)| {
            if first == last { first.to_string() } else { format!("{first}:{last}") }
        };
        let named: Vec<String> = areas.iter().take(MOST_AREAS).map(word).collect();
        let more = if areas.len() > MOST_AREAS { "…" } else { "" };
        format!("{}{more}", named.join("、"))
    }

    /// What several units report.
    pub(in crate::finding) fn sides(sides: &[Side]) -> String {
        let one = |side: &Side| format!("{}{}{}", side.unit, side.value.text(), side.measure);
        sides.iter().map(one).collect::<Vec<_>>().join("，")
    }

    /// Some of many names in quotation marks, with their number.
    pub(in crate::finding) fn few(names: &[String]) -> String {
        const MOST: usize = 5;
        let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("“{name}”")).collect();
        let more = if names.len() > MOST { format!("等{}个", names.len()) } else { String::new() };
        format!("{}{more}", shown.join("、"))
    }

    /// What lacks evidence: items that refer to none, and references that are not listed.
    pub(in crate::finding) fn evidence_missing(lacking: &[(String, Vec<String>)]) -> String {
        const MOST: usize = 40;
        let (bare, wrong): (Vec<_>, Vec<_>) =
            lacking.iter().partition(|(_, references)| references.is_empty());
        let list = |items: Vec<String>| {
            let more = if items.len() > MOST { format!("等{}项", items.len()) } else { String::new() };
            format!("{}{more}", items.into_iter().take(MOST).collect::<Vec<_>>().join("、"))
        };
        if let [(_, references)] = lacking {
            return match references.is_empty() {
                true => "未列佐证材料".to_owned(),
                false => format!("佐证材料{}不在佐证清单中", few(references)),
            };
        }
        let bare = list(bare.into_iter().map(|(item, _)| item.clone()).collect());
        let named = |(item, references): &(String, Vec<String>)| {
            format!("{item}（{}）", references.iter().take(5).cloned().collect::<Vec<_>>().join("、"))
        };
        let wrong = list(wrong.into_iter().map(named).collect());
        let parts = [
            (!bare.is_empty()).then(|| format!("未列佐证材料的有{bare}")),
            (!wrong.is_empty()).then(|| format!("所列佐证材料不在佐证清单中的有{wrong}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("；")
    }

    /// `，其中“落地”` where only a part of a heading is not known.
    pub(in crate::finding) fn parts_in_words(heading: &str, unknown: &[String]) -> String {
        match unknown {
            [] => String::new(),
            [one] if one == heading => String::new(),
            several => format!("中的“{}”", several.join("”“")),
        }
    }

    /// A unit in quotation marks; a pure number has none.
    pub(in crate::finding) fn quoted(unit: &str) -> String {
        if unit.is_empty() { "无单位的比值".to_owned() } else { format!("“{unit}”") }
    }

    /// The nearest known name.
    pub(in crate::finding) fn suggested(suggestion: Option<&String>) -> String {
        suggestion.map_or_else(String::new, |name| format!("，是否为“{name}”"))
    }

    /// Characters that no font shows.
    pub(in crate::finding) fn not_printable(characters: &[UnshownCharacter], cells: usize) -> String {
        let list: Vec<String> =
            characters.iter().map(|one| format!("{}（{}）", one.points, one.clue.chinese())).collect();
        let list = list.join("、");
        if cells == 0 {
            format!("文件名中有印不出的字{list}，报告中以〓代替")
        } else {
            format!("{cells}个单元格中有印不出的字，如{list}；报告中以〓代替（控制符略去），数据表保留原字")
        }
    }
}

/// In English.
pub(super) mod in_english {
    pub(in crate::finding) use super::in_chinese::{areas_in_words, headed_in_words, sides};

    use crate::finding::{Headed, Unclear, UnshownCharacter};
    use crate::period::Period;

    /// Why no column is certain to be the result of a year.
    pub(in crate::finding) fn result_unclear(asked: Period, columns: &[Headed], why: Unclear) -> String {
        let (named, year) = (headed_in_words(columns), asked.english());
        let reason = match (why, columns) {
            (Unclear::Exchanged, _) => {
                "rows and columns are exchanged: the indicators head columns".to_owned()
            }
            (Unclear::Hidden, _) => format!("the column of the value of {year} is hidden ({named})"),
            (Unclear::Headings, []) => format!("no column holds the value of {year}"),
            (Unclear::Headings, _) => {
                format!("which column holds the value of {year} cannot be told ({named})")
            }
        };
        format!("{reason}; no row is used")
    }

    /// Some of many names in quotation marks, with their number.
    pub(in crate::finding) fn few(names: &[String]) -> String {
        const MOST: usize = 5;
        let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("“{name}”")).collect();
        let more =
            if names.len() > MOST { format!(" and {} more", names.len() - MOST) } else { String::new() };
        format!("{}{more}", shown.join(", "))
    }

    /// What lacks evidence: items that refer to none, and references that are not listed.
    pub(in crate::finding) fn evidence_missing(lacking: &[(String, Vec<String>)]) -> String {
        const MOST: usize = 40;
        if let [(_, references)] = lacking {
            return match references.is_empty() {
                true => "no evidence given".to_owned(),
                false => format!("evidence {} is not listed", few(references)),
            };
        }
        let (bare, wrong): (Vec<_>, Vec<_>) =
            lacking.iter().partition(|(_, references)| references.is_empty());
        let list = |items: Vec<String>| {
            let more =
                if items.len() > MOST { format!(" and {} more", items.len() - MOST) } else { String::new() };
            format!("{}{more}", items.into_iter().take(MOST).collect::<Vec<_>>().join(", "))
        };
        let bare = list(bare.into_iter().map(|(item, _)| item.clone()).collect());
        let named = |(item, references): &(String, Vec<String>)| {
            format!("{item} ({})", references.iter().take(5).cloned().collect::<Vec<_>>().join(", "))
        };
        let wrong = list(wrong.into_iter().map(named).collect());
        let parts = [
            (!bare.is_empty()).then(|| format!("no evidence given for {bare}")),
            (!wrong.is_empty()).then(|| format!("evidence not listed for {wrong}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// The nearest known name.
    pub(in crate::finding) fn suggested(suggestion: Option<&String>) -> String {
        suggestion.map_or_else(String::new, |name| format!("; did you mean “{name}”?"))
    }

    /// Characters that no font shows.
    pub(in crate::finding) fn not_printable(characters: &[UnshownCharacter], cells: usize) -> String {
        let list: Vec<String> =
            characters.iter().map(|one| format!("{} ({})", one.points, one.clue.english())).collect();
        let list = list.join(", ");
        if cells == 0 {
            format!("the name of the file has characters that cannot be printed: {list}; the report shows 〓")
        } else {
            format!(
                "{cells} cells have characters that cannot be printed, such as {list}; the report shows 〓 (nothing for control characters), the tables keep them"
            )
        }
    }
}
