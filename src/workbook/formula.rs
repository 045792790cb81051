//! What formulas look into: other workbooks, services on the net, pictures.

use std::collections::BTreeSet;

use super::stored::real;

/// Functions of Google Sheets, Excel and LibreOffice that fetch values from elsewhere: services on the net, data models,
/// other programs.
const FETCHING: [&str; 20] = [
    "IMPORTRANGE",
    "IMPORTDATA",
    "IMPORTXML",
    "IMPORTHTML",
    "IMPORTFEED",
    "GOOGLEFINANCE",
    "WEBSERVICE",
    "STOCKHISTORY",
    "RTD",
    "DDE",
    "CUBEVALUE",
    "CUBEMEMBER",
    "CUBEMEMBERPROPERTY",
    "CUBERANKEDMEMBER",
    "CUBESET",
    "CUBESETCOUNT",
    "CUBEKPIMEMBER",
    "SQL.REQUEST",
    "REGISTER.ID",
    "CALL",
];

/// A part of each of their names, for a quick look.
const PARTS: [&str; 10] =
    ["IMPORT", "GOOGLE", "SERVICE", "STOCK", "RTD", "DDE", "CUBE", "REQUEST", "REGISTER", "CALL"];

/// Whether a formula takes values from outside the workbook. `names` are the workbook's names for places outside, in small letters.
pub(super) fn looks_elsewhere(formula: &str, names: &BTreeSet<String>) -> bool {
    if formula.contains('[') && refers_to_a_book(formula) {
        return true;
    }
    if PARTS.iter().any(|part| formula.contains(part)) && FETCHING.iter().any(|name| calls(formula, name)) {
        return true;
    }
    // A place that is put together from texts: INDIRECT("[年报.xlsx]表1!A1").
    if formula.contains("INDIRECT") && calls(formula, "INDIRECT") && has_in_text(formula, '[') {
        return true;
    }
    if formula.contains('|') && talks_to_a_program(formula) {
        return true;
    }
    !names.is_empty() && {
        let words = formula.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '\\' | '?')));
        let mut words = words.filter(|word| !word.is_empty());
        words.any(|word| names.contains(&word.to_ascii_lowercase()))
    }
}

/// Whether a formula calls a function.
fn calls(formula: &str, name: &str) -> bool {
    formula.match_indices(name).any(|(at, _)| {
        let before = formula.get(..at).and_then(|text| text.chars().next_back());
        let behind = formula.get(at + name.len()..).unwrap_or_default().trim_start();
        behind.starts_with('(') && !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

/// Whether a character stands in a text of a formula.
fn has_in_text(formula: &str, wanted: char) -> bool {
    formula.split('"').skip(1).step_by(2).any(|text| text.contains(wanted))
}

/// Whether a formula asks another program (DDE): `excel|book!r1c1`. Within braces the bar parts rows of an array.
fn talks_to_a_program(formula: &str) -> bool {
    let (mut in_text, mut braces) = (false, 0_usize);
    for c in formula.chars() {
        match c {
            '"' => in_text = !in_text,
            '{' if !in_text => braces += 1,
            '}' if !in_text => braces = braces.saturating_sub(1),
            '|' if !in_text && braces == 0 => return true,
            _ => {}
        }
    }
    false
}

/// Whether a formula shows a picture that WPS keeps in the cell.
pub(super) fn shows_a_picture(formula: &str) -> bool {
    formula.contains("DISPIMG")
}

/// Whether brackets name a workbook: `[1]Sheet1!A1`, `'C:\data\[book.xlsx]Sheet 1'!A1`, `[1]!Total`. Those of a column
/// of a table, `SUM(高企[2023年])`, follow the table's name.
fn refers_to_a_book(formula: &str) -> bool {
    let mut rest = formula;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '"' => rest = behind.split_once('"').map_or("", |(_, rest)| rest),
            '\'' => {
                let (inside, after) = behind.split_once('\'').unwrap_or((behind, ""));
                let book = inside.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
                if after.starts_with('!') && book.is_some_and(|(book, _)| is_book(book)) {
                    return true;
                }
                rest = after;
            }
            '[' => {
                let follows_name = before.is_alphanumeric() || matches!(before, '_' | '.' | ']' | ')');
                if follows_name {
                    rest = behind_brackets(behind);
                } else {
                    let (inside, after) = behind.split_once(']').unwrap_or((behind, ""));
                    let sheet = after.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | ':')));
                    let bang = sheet.and_then(|at| after.get(at..)).is_some_and(|rest| rest.starts_with('!'));
                    if bang && is_book(inside) {
                        return true;
                    }
                    rest = after;
                }
                before = ']';
                continue;
            }
            _ => rest = behind,
        }
        before = c;
    }
    false
}

/// Whether what stands in brackets before a sheet is another workbook; `[0]` is this one, `@` and `#` belong to tables.
fn is_book(inside: &str) -> bool {
    !inside.is_empty() && inside != "0" && !inside.starts_with(['@', '#', '['])
}

/// What follows the bracket that closes one that is open.
fn behind_brackets(text: &str) -> &str {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

/// The formula that tokens of xls and xlsb stand for, where it is a constant number or truth value; else one that is not decided.
pub(super) fn formula_of_tokens(tokens: &[u8]) -> String {
    let constant = || match tokens {
        [0x1E, low, high] => Some(u16::from_le_bytes([*low, *high]).to_string()),
        [0x1F, rest @ ..] if rest.len() == 8 => real(rest.try_into().ok()?),
        [0x1D, value] => Some(if *value == 0 { "FALSE" } else { "TRUE" }.to_owned()),
        // A sign before the number stands behind it.
        [0x1E, low, high, 0x13] => Some(format!("-{}", u16::from_le_bytes([*low, *high]))),
        [0x1F, rest @ .., 0x13] => real(rest.try_into().ok()?).map(|number| format!("-{number}")),
        _ => None,
    };
    constant().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_outside_is_elsewhere() {
        let names = BTreeSet::from(["外部合计".to_owned()]);
        for (formula, expected) in [
            ("[1]表1!A1", true),
            ("SUM(A1,[12]Sheet1!$A$1:$B$2)", true),
            ("'[book.xlsx]S'!A1", true),
            ("'C:\\data\\[年报 2023.xlsx]Sheet 1'!A1+1", true),
            ("[1]!合计", true),
            ("VLOOKUP(A1,'[2]上年'!A:B,2,0)", true),
            ("IFERROR(__xludf.DUMMYFUNCTION(\"IMPORTRANGE(\"\"https://docs\"\",\"\"A1\"\")\"),3.1)", true),
            ("外部合计*2", true),
            ("SUM(外部合计,1)", true),
            ("SUM(高企[2023年])", false),
            ("SUM(高企[[#This Row],[2023年]])+Sheet2!A1", false),
            ("[@单价]*Sheet2!A1", false),
            ("高企[2023年]*Sheet2!A1", false),
            ("INDIRECT(\"[1]表1!A1\")", true),
            ("INDIRECT(\"[年报.xlsx]\"&B1&\"!A1\")", true),
            ("INDIRECT(\"表1!A\"&B1)", false),
            ("RTD(\"tools.quotes\",,\"GDP\")", true),
            ("MYRTD(1)", false),
            ("_xlfn.STOCKHISTORY(\"000001\",A1)", true),
            ("_xlfn.WEBSERVICE(A1)", true),
            ("CUBEVALUE(\"模型\",A1)", true),
            ("IF(A1>0,CUBESETCOUNT(B1),0)", true),
            ("excel|'C:\\年报.xlsx'!r1c1", true),
            ("DDE(\"soffice\",\"a.ods\",\"A1\")", true),
            ("SUM({1;2|3;4})", false),
            ("A1&\"|\"&B1", false),
            ("RECALL(1)+\"CALL\"", false),
            ("CALL(\"x.dll\",\"f\",\"J\")", true),
            ("[0]!合计", false),
            ("外部合计数", false),
            ("Sheet1!A1", false),
            ("IFERROR(__xludf.DUMMYFUNCTION(\"UNIQUE(A1:A9)\"),3.1)", false),
        ] {
            assert_eq!(looks_elsewhere(formula, &names), expected, "{formula}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_formula_is_read(formula in "[\\[\\]'\"!@#A-Z甲(),. ]{0,40}") {
            _ = looks_elsewhere(&formula, &BTreeSet::from(["a".to_owned()]));
        }
    }
}
