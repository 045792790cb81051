//! What was altered of a form that comes back is held against the very file that was issued: each alteration has its code once, and no value is another one
//! where the form can be read.

use serde_json::Value;

use crate::forms::FormBook;
use crate::workspace::Workspace;

const FORM: &str = "input/2023/jia/issued/统计局_2023年报.xlsx";
/// The title of the first piece of evidence.
const EVIDENCE: &str = "B4";
const SENT: &str = "input/2023/jia/submissions/统计局.xlsx";

fn issue(workspace: &Workspace) {
    let order = ["forms", "input/2023", "--by", "张三", "--on", "2023-12-01", "--quiet"];
    let output = workspace.duibiao(&order);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A round whose one unit has its form.
fn issued() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    issue(&workspace);
    workspace.write("input/2023/jia/received.csv", "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n");
    workspace
}

/// The form, filled in so that every target is met.
fn filled(workspace: &Workspace) -> FormBook {
    let mut book = FormBook::open(&workspace.path(FORM));
    for (cell, value) in [("G6", "3.1"), ("G7", "120"), ("G8", "0.49"), ("E7", "100"), ("E8", "0.5")] {
        book.fill("指标", cell, value);
    }
    book.fill_text("指标", "G9", "有");
    book.fill_text("佐证", EVIDENCE, "统计表");
    (6..10).for_each(|row| book.fill_text("指标", &format!("J{row}"), "Z1"));
    book
}

fn checked(workspace: &Workspace, book: &FormBook) -> Vec<Value> {
    book.save(&workspace.path(SENT));
    let output = workspace.duibiao(&["check", "input/2023", "--format", "json", "--quiet", "--verbose"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line.get("code").is_some()).collect()
}

/// Codes with the numbers of what they are about, in order; of what people see, or of all.
fn codes(findings: &[Value], all: bool) -> Vec<String> {
    let told = findings.iter().filter(|one| all || one["cause"].is_null());
    let mut codes: Vec<String> = told
        .map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["indicator"].as_str().unwrap()))
        .collect();
    codes.sort();
    codes
}

/// What is told with a form that was altered and not without: `+` more, `-` less.
fn change(before: &[String], after: &[String]) -> Vec<String> {
    let mut rest = before.to_vec();
    let mut change = Vec::new();
    for one in after {
        match rest.iter().position(|known| known == one) {
            Some(at) => drop(rest.remove(at)),
            None => change.push(format!("+{one}")),
        }
    }
    change.extend(rest.into_iter().map(|one| format!("-{one}")));
    change
}

/// Takes a row out of a sheet.
fn take_out(book: &mut FormBook, sheet: &str, row: u32) -> String {
    let text = book.sheet(sheet);
    let start = text.find(&format!("<row r=\"{row}\"")).unwrap();
    let end = start + text[start..].find("</row>").unwrap() + "</row>".len();
    let taken = text[start..end].to_owned();
    text.replace_range(start..end, "");
    taken
}

/// Puts two neighbouring rows in the place of one another.
fn swap(book: &mut FormBook, sheet: &str, row: u32) {
    let (first, second) = (take_out(book, sheet, row), take_out(book, sheet, row + 1));
    let moved = |text: &str, from: u32, to: u32| {
        let mut text = text.replace(&format!("<row r=\"{from}\""), &format!("<row r=\"{to}\""));
        for column in 'A'..='L' {
            text = text.replace(&format!("r=\"{column}{from}\""), &format!("r=\"{column}{to}\""));
        }
        text
    };
    let both = moved(&second, row + 1, row) + &moved(&first, row, row + 1);
    let text = book.sheet(sheet);
    let before = text.find(&format!("<row r=\"{}\"", row + 2)).unwrap();
    text.insert_str(before, &both);
}

/// The values that were read, by number.
fn values(workspace: &Workspace) -> Vec<(String, String)> {
    crate::sampled::publish(workspace);
    let rows = workspace.table("facts");
    rows.iter().map(|row| (row["no"].clone(), row["value"].clone())).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of alterations")]
fn every_alteration_of_a_form_has_its_code_once_and_no_value_is_another_one() {
    type Change = fn(&mut FormBook);
    let workspace = issued();
    let untouched = checked(&workspace, &filled(&workspace));
    assert!(!untouched.iter().any(|one| one["code"].as_str().unwrap().starts_with('T')), "{untouched:#?}");
    let seen = codes(&untouched, false);
    let read = values(&workspace);
    assert_eq!(read.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["3.1", "120", "0.49", ""]);
    // What was done; what people see more or less of; a text that the first of these says; whether all values are the same.
    let cases: [(&str, &[&str], &str, bool, Change); 13] = [
        ("a row deleted", &["+T703 "], "下发的第2项整行不在", false, |book| {
            take_out(book, "指标", 7);
        }),
        (
            "a heading replaced",
            &["+T704 "],
            "表头原为“2023年实绩”，现为“数值”",
            true,
            |book| {
                book.fill_text("指标", "G4", "数值");
            },
        ),
        (
            "a heading that says nothing",
            &["+T704 "],
            "现为“甲栏”；其余表头未动，仍按原表头读取",
            true,
            |book| {
                book.fill_text("指标", "G4", "甲栏");
            },
        ),
        ("a heading blanked", &["+T704 "], "表头原为“2023年实绩”，现为空白", true, |book| {
            book.fill_text("指标", "G4", "");
        }),
        ("a heading in other known words", &[], "", true, |book| {
            book.fill_text("指标", "G4", "2023年完成值");
        }),
        ("a name altered", &["+T705 2", "+V401 2"], "可能不是同一项", false, |book| {
            book.fill_text("指标", "B7", "规上工业企业利润");
        }),
        (
            "a unit of measure altered",
            &["+T705 2", "+V405 2"],
            "“计量单位”栏原为“家”，现为“亿元”",
            false,
            |book| {
                book.fill_text("指标", "D7", "亿元");
            },
        ),
        ("a sheet removed", &["+L201 ", "+T703 "], "没有找到表格", false, |book| {
            let list = book.part("xl/workbook.xml");
            let start = list.find("<sheet name=\"指标\"").unwrap();
            let end = start + list[start..].find("/>").unwrap() + 2;
            list.replace_range(start..end, "");
        }),
        ("the year before altered", &["+C504 1"], "2.9", true, |book| book.fill("指标", "E6", "2.9")),
        ("a formula overwritten", &["+T707 "], "1个公式被覆盖", true, |book| {
            book.fill_text("指标", "L7", "√");
        }),
        ("rows sorted", &["+T706 "], "先后与下发的不同", true, |book| swap(book, "指标", 7)),
        ("a column added", &["+T706 "], "增加了1栏", true, |book| {
            let text = book.sheet("指标");
            let row = text.find("<row r=\"4\"").unwrap();
            let end = row + text[row..].find("</row>").unwrap();
            text.insert_str(end, "<c r=\"M4\" t=\"inlineStr\"><is><t>备忘</t></is></c>");
        }),
        ("without any number", &["+T710 "], "按内容认作", true, |book| {
            let template = book.part("docProps/custom.xml").clone();
            let number =
                template.split("<vt:lpwstr>").find(|part| part.starts_with("jia-2023-annual")).unwrap();
            let number = number.split('<').next().unwrap().to_owned();
            for name in ["docProps/custom.xml", "xl/sharedStrings.xml"] {
                let part = book.part(name);
                *part = part.replace(&number, "");
            }
            for sheet in book.sheets() {
                let part = book.sheet(&sheet);
                *part = part.replace(&number, "");
            }
        }),
    ];
    for (what, expected, words, is_same, alter) in cases {
        let mut book = filled(&workspace);
        alter(&mut book);
        let found = checked(&workspace, &book);
        let more: Vec<String> = change(&seen, &codes(&found, false));
        let more: Vec<&str> = more
            .iter()
            .map(String::as_str)
            .filter(|one| !one.starts_with("+L204") && !one.starts_with("-"))
            .collect();
        assert_eq!(more, expected, "{what}: {found:#?}");
        if let Some(first) = expected.first() {
            let code = first.trim_start_matches('+').split(' ').next().unwrap();
            let one = found.iter().find(|one| one["code"] == code).unwrap();
            assert!(one["message"].as_str().unwrap().contains(words), "{what}: {one}");
        }
        if is_same {
            assert_eq!(values(&workspace), read, "{what}");
        }
    }
}

#[test]
fn what_follows_from_an_alteration_is_told_with_it_and_still_withholds_what_it_withheld() {
    let workspace = issued();
    let mut book = filled(&workspace);
    // Two headings are gone: which column is which cannot be told.
    book.fill_text("指标", "G4", "甲栏");
    book.fill_text("指标", "H4", "乙栏");
    let found = checked(&workspace, &book);
    assert!(!codes(&found, false).iter().any(|one| one.starts_with("V401")), "{found:#?}");
    let folded: Vec<&Value> = found.iter().filter(|one| one["code"] == "V401").collect();
    assert_eq!(folded.len(), 4, "{found:#?}");
    assert!(folded.iter().all(|one| one["cause"].as_str().unwrap().starts_with("T704 ")), "{folded:#?}");
    // A row that is gone is not reported: with a gate its error still counts.
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text + "\n[gate]\nerror = \"place\"\n").unwrap();
    let found = checked(&workspace, &filled(&workspace));
    assert!(!found.iter().any(|one| one["code"] == "S605"), "{found:#?}");
    let mut book = filled(&workspace);
    take_out(&mut book, "指标", 7);
    let found = checked(&workspace, &book);
    let one = found.iter().find(|one| one["code"] == "S605").unwrap_or_else(|| panic!("{found:#?}"));
    assert!(one["message"].as_str().unwrap().contains("错误1项"), "{one}");
    let missing = found.iter().find(|one| one["code"] == "V401").unwrap();
    assert!(missing["cause"].as_str().unwrap().starts_with("T703 "), "{missing}");
    assert!(missing["message"].as_str().unwrap().contains("没有本指标一行"), "{missing}");
}

#[test]
fn an_older_edition_names_the_rows_that_differ() {
    let workspace = issued();
    let book = filled(&workspace);
    let path = workspace.path("input/2023/jia/plan.toml");
    let plan = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        plan.replace("value = \"100\"", "value = \"110\"").replace("quote = \"100\"", "quote = \"110\""),
    )
    .unwrap();
    let source = workspace.path("input/sources/plan.txt");
    let text = std::fs::read_to_string(&source).unwrap();
    std::fs::write(&source, text.replace("\n100\n", "\n110\n")).unwrap();
    issue(&workspace);
    let found = checked(&workspace, &book);
    let one = found.iter().find(|one| one["code"] == "T702").unwrap_or_else(|| panic!("{found:#?}"));
    assert!(one["message"].as_str().unwrap().contains("已下发第2版；两版不同的行：2；"), "{one}");
    assert_eq!(values(&workspace)[1].1, "120");
}
