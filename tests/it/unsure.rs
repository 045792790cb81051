//! What is not sure is not used: parts that are there twice, parts that have changed since they were written, elements that no cell can
//! have, texts that nobody writes so long.

use std::time::{Duration, Instant};

use crate::fixtures::{first_file, seen_of};
use crate::writers::{edited, packed, unpacked};

const ROWS: &str = "sheet 指标\n| 序号 | 指标名称 | 计量单位 | 2022年实绩 | 2023年实绩 |\n| 1 | 研发强度 | % | 2.95 | 3.1 |\n| 2 | 企业数 | 家 | 90 | 120 |\n| 3 | 研发投入 | 亿元 | 48 | 52 |\n";

fn sound(format: &str) -> Vec<u8> {
    first_file(&format!("file 统计局.{format}\n{ROWS}"))
}

/// The values and the codes of findings.
fn found(format: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let (values, findings) = seen_of(&format!("统计局.{format}"), bytes);
    let values = values.into_iter().filter(|(_, value)| value != "none");
    let codes = findings.into_iter().map(|[code, at, _]| format!("{code} {at}"));
    (values.map(|(at, value)| format!("{at} {value}")).collect(), codes.collect())
}

fn has(codes: &[String], wanted: &str) -> bool {
    codes.iter().any(|code| code.starts_with(wanted))
}

/// An archive in which a name, written as another one of the same length, stands for a further part.
fn renamed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
        at += 1;
    }
    bytes
}

#[test]
fn of_two_parts_of_one_name_none_is_used() {
    for (format, part) in [
        ("xlsx", "xl/worksheets/sheet2.xml"),
        ("xlsx", "xl/workbook.xml"),
        ("xlsx", "xl/sharedStrings.xml"),
        ("xlsb", "xl/worksheets/sheet2.bin"),
        ("ods", "content.xml"),
    ] {
        let bytes = sound(format);
        assert_eq!(found(format, &bytes).0.len(), 3, "{format}");
        let mut files = unpacked(&bytes);
        let own = files.iter().find(|(name, _)| name == part).unwrap().1.clone();
        let stand_in = "?".repeat(part.len());
        files.push((stand_in.clone(), own));
        for second in [part.to_owned(), part.to_uppercase()] {
            let (values, codes) = found(format, &renamed(&packed(&files), &stand_in, &second));
            assert!(values.is_empty() && has(&codes, "R102"), "{format} {second}: {values:?} {codes:?}");
        }
        files.last_mut().unwrap().0 = format!("./{part}");
        let (values, codes) = found(format, &packed(&files));
        assert!(values.is_empty() && has(&codes, "R102"), "{format} ./{part}: {values:?} {codes:?}");
    }
    // Two relations of one number, and two lists of texts.
    let links = "xl/_rels/workbook.xml.rels";
    for (from, to) in [
        ("Id=\"rIdT\"", "Id=\"rId2\""),
        (
            "</Relationships>",
            "<Relationship Id=\"x\" Type=\"t/sharedStrings\" Target=\"other.xml\"/></Relationships>",
        ),
    ] {
        let (values, codes) = found("xlsx", &edited(&sound("xlsx"), links, |xml| xml.replace(from, to)));
        assert!(values.is_empty() && has(&codes, "R102"), "{to}: {values:?} {codes:?}");
    }
}

/// The archive with the checksum of a part changed in its directory.
fn changed(bytes: &[u8], part: &str) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = (0..bytes.len() - 46)
        .find(|at| bytes[*at..].starts_with(b"PK\x01\x02") && bytes[at + 46..].starts_with(part.as_bytes()))
        .unwrap();
    bytes[at + 16] ^= 1;
    bytes
}

#[test]
fn nothing_of_a_part_whose_checksum_is_wrong_is_used() {
    let long = first_file(&format!("{ROWS}blank rows 60000\n"));
    let utf16 = first_file(&format!("how encoding=utf-16\n{ROWS}"));
    let cases = [
        ("xlsx", sound("xlsx")),
        ("xlsb", sound("xlsb")),
        ("ods", sound("ods")),
        ("xlsx", long),
        ("xlsx", utf16),
    ];
    for (format, bytes) in cases {
        let before = found(format, &bytes).0;
        assert_eq!(before.len(), 3, "{format}");
        for (part, _) in unpacked(&bytes) {
            let (values, codes) = found(format, &changed(&bytes, &part));
            let is_read = !matches!(part.as_str(), "[Content_Types].xml" | "mimetype");
            let is_told = has(&codes, "R102") || (part.contains("sheet") && has(&codes, "R109"));
            assert!(
                if is_read { values.is_empty() && is_told } else { values == before },
                "{format} {part}: {values:?} {codes:?}"
            );
        }
        if format != "ods" {
            // What a sheet held that has changed is not taken for something that was not reported.
            let part = if format == "xlsb" { "xl/worksheets/sheet2.bin" } else { "xl/worksheets/sheet2.xml" };
            let codes = found(format, &changed(&bytes, part)).1;
            assert!(has(&codes, "R109 指标!A1") && !has(&codes, "L201"), "{codes:?}");
        }
    }
}

#[test]
fn elements_that_no_cell_can_have_damage_it() {
    let value = "<v>120</v>";
    for to in [
        "<v>12</v><v>0</v>",
        "<v><b>1</b>20</v>",
        "<v>120<b/></v>",
        "<x:v xmlns:x=\"urn:x\">120</x:v>",
        "<v xmlns=\"urn:x\">120</v>",
    ] {
        let bytes = edited(&sound("xlsx"), "xl/worksheets/sheet2.xml", |xml| xml.replace(value, to));
        let (values, codes) = found("xlsx", &bytes);
        assert!(values.len() == 2 && has(&codes, "R108 指标!E3"), "{to}: {values:?} {codes:?}");
    }
    let cell = |xml: &str| {
        let at = xml.find("<c r=\"E3\"").unwrap();
        let end = at + xml[at..].find("</c>").unwrap() + 4;
        (at, end)
    };
    for wrap in [
        |cell: &str| cell.replace("<c ", "<x:c xmlns:x=\"urn:x\" ").replace("</c>", "</x:c>"),
        |cell: &str| cell.replace("<c ", "<c xmlns=\"urn:x\" "),
        |cell: &str| cell.replace("r=\"E3\"", "r=\"E4\" r=\"E3\""),
        |cell: &str| format!("{cell}<x:c xmlns:x=\"urn:x\" r=\"E3\"><v>77</v></x:c>"),
    ] {
        let bytes = edited(&sound("xlsx"), "xl/worksheets/sheet2.xml", |xml| {
            let (at, end) = cell(xml);
            format!("{}{}{}", &xml[..at], wrap(&xml[at..end]), &xml[end..])
        });
        let (values, codes) = found("xlsx", &bytes);
        assert!(values.len() == 2 && has(&codes, "R108"), "{values:?} {codes:?}");
    }
    // A prefix for the sheet's own namespace is as good as none.
    let bytes = edited(&sound("xlsx"), "xl/worksheets/sheet2.xml", |xml| {
        xml.replace(
            "<worksheet xmlns=",
            "<worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns=",
        )
        .replace(value, "<x:v>120</x:v>")
    });
    assert_eq!(found("xlsx", &bytes).0.len(), 3);
    let ods = "office:value=\"120\"";
    for to in ["office:value=\"120\" x:value=\"77\"", "x:value=\"77\" office:value=\"120\""] {
        let bytes = edited(&sound("ods"), "content.xml", |xml| xml.replace(ods, to));
        let (values, codes) = found("ods", &bytes);
        assert!(values.len() == 2 && has(&codes, "R108 指标!E3"), "{to}: {values:?} {codes:?}");
    }
}

/// A workbook with a text of a million characters in one of its places, and the code that tells of it.
fn long_texts() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let long = "长".repeat(1_000_000);
    let sheet = "xl/worksheets/sheet2.xml";
    let of_cell = |to: &str| edited(&sound("xlsx"), sheet, |xml| xml.replace("<v>120</v>", to));
    let in_cell = |from: &str, to: &str| edited(&sound("xlsx"), sheet, |xml| xml.replace(from, to));
    let ods = |from: &str, to: &str| edited(&sound("ods"), "content.xml", |xml| xml.replace(from, to));
    let cell = "<c r=\"E3\"><v>120</v></c>";
    vec![
        (
            "xlsx",
            "R109",
            edited(&sound("xlsx"), "xl/workbook.xml", |xml| {
                xml.replace("name=\"指标\"", &format!("name=\"{long}\""))
            }),
        ),
        ("xlsx", "R108", in_cell(cell, &format!("<c r=\"E3\" t=\"e\"><v>{long}</v></c>"))),
        ("xlsx", "R108", in_cell(cell, &format!("<c r=\"E3\" t=\"d\"><v>{long}</v></c>"))),
        ("xlsx", "R108", in_cell(cell, &format!("<c r=\"E3\" t=\"str\"><v>{long}</v></c>"))),
        ("xlsx", "R108", in_cell(cell, &format!("<c r=\"E3\" t=\"s\"><v>{long}</v></c>"))),
        ("xlsx", "R108", in_cell(cell, &format!("<c r=\"E3\" t=\"{long}\"><v>1</v></c>"))),
        ("xlsx", "R108", in_cell(cell, &format!("<c r=\"E3\" t=\"inlineStr\"><is><t>{long}</t></is></c>"))),
        ("xlsx", "R108", of_cell(&format!("<v>{long}</v>"))),
        ("xlsx", "R109", in_cell(cell, &format!("<c r=\"{long}\"><v>120</v></c>"))),
        ("xlsx", "R109", in_cell("<row r=\"3\">", &format!("<row r=\"{long}\">"))),
        ("xlsx", "R109", in_cell("</sheetData>", &format!("</{long}>"))),
        ("xlsx", "R104", {
            let mut files = unpacked(&sound("xlsx"));
            files.push((
                "docProps/app.xml".into(),
                format!("<a><Application>{long}</Application></a>").into_bytes(),
            ));
            packed(&files)
        }),
        (
            "xlsx",
            "R108",
            edited(&sound("xlsx"), "xl/sharedStrings.xml", |xml| {
                xml.replace("<t xml:space=\"preserve\">亿元</t>", &format!("<t>{long}</t>"))
            }),
        ),
        ("ods", "R109", ods("table:name=\"指标\"", &format!("table:name=\"{long}\""))),
        ("ods", "R108", ods("office:value=\"120\"", &format!("office:value=\"{long}\""))),
        ("ods", "R108", ods("<text:p>亿元</text:p>", &format!("<text:p>{long}</text:p>"))),
        (
            "ods",
            "R108",
            ods(
                "office:value-type=\"float\" office:value=\"120\"",
                &format!("office:value-type=\"date\" office:date-value=\"{long}\""),
            ),
        ),
    ]
}

#[test]
fn every_text_that_a_workbook_hands_on_is_bounded_and_what_is_cut_is_told() {
    for (at, (format, code, bytes)) in long_texts().into_iter().enumerate() {
        let begin = Instant::now();
        let (values, findings) = seen_of(&format!("统计局.{format}"), &bytes);
        let longest = findings.iter().flatten().chain(values.keys()).map(|text| text.chars().count()).max();
        assert!(longest.unwrap_or(0) < 1000, "{at} {format} {code}: {longest:?}");
        assert!(findings.iter().any(|[own, ..]| own == code), "{at} {format} {code}: {:?}", findings);
        assert!(begin.elapsed() < Duration::from_secs(60), "{at} {format} {code}: {:?}", begin.elapsed());
    }
}

#[test]
fn a_long_text_that_many_cells_share_costs_no_more_than_one() {
    let long = "长".repeat(3_000_000);
    let bytes = edited(&sound("xlsx"), "xl/sharedStrings.xml", |xml| {
        xml.replace("</sst>", &format!("<si><t>{long}</t></si></sst>"))
    });
    let place = bytes_of(&bytes, "xl/sharedStrings.xml").matches("<si>").count() - 1;
    let row = format!("<c t=\"s\"><v>{place}</v></c>").repeat(1000);
    let rows: String = (100..190).map(|number| format!("<row r=\"{number}\">{row}</row>")).collect();
    let bytes = edited(&bytes, "xl/worksheets/sheet2.xml", |xml| {
        xml.replace("</sheetData>", &format!("{rows}</sheetData>"))
    });
    let (values, codes) = found("xlsx", &bytes);
    assert!(values.len() == 3 && has(&codes, "R108"), "{values:?} {:?}", codes.first());
}

fn bytes_of(bytes: &[u8], part: &str) -> String {
    let found = unpacked(bytes).into_iter().find(|(name, _)| name == part).unwrap();
    String::from_utf8(found.1).unwrap()
}
