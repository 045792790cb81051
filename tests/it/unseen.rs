//! What is not seen is not read: cells that lie below others with which they are merged, texts and numbers that formats, colours and
//! conditional formats hide, strike out or show as others.

use std::collections::BTreeMap;

use crate::fixtures::{first_file, seen_of};
use crate::writers::{binary, edited, packed, unpacked};

const HEAD: &str = "sheet 指标\n| 序号 | 指标名称 | 计量单位 | 2022年实绩 | 2023年实绩 | 说明 |\n";

/// What is read of a workbook: `E3` → its value; and its findings.
fn read(format: &str, bytes: &[u8]) -> (BTreeMap<String, String>, Vec<[String; 3]>) {
    let (values, findings) = seen_of(&format!("统计局.{format}"), bytes);
    let at = |place: String| place.trim_start_matches("指标!").to_owned();
    (values.into_iter().map(|(place, value)| (at(place), value)).collect(), findings)
}

fn is_told(findings: &[[String; 3]], code: &str, at: &str) -> bool {
    findings.iter().any(|[own, place, _]| own == code && *place == format!("指标!{at}"))
}

#[test]
fn a_cell_below_another_with_which_it_is_merged_is_not_read_and_told() {
    let rows = format!(
        "{HEAD}| 1 | 研发强度 | % | 2.95 | 3.1 | |\n| 2 | 企业数 | 家 | 90 | 120 | |\n| 3 | 研发投入 | 亿元 | 48 | 52 | |\n| 4 | 创新政策 | 有/无 | | 有 | |\n"
    );
    for format in ["xlsx", "xls", "xlsb", "ods"] {
        for (merge, unread, first) in [
            ("D3:E3", &["E3"][..], "E3"),
            ("A3:F3", &["E3"], "D3"),
            ("D3:E4", &["E3", "E4"], "E3"),
            ("A1:F5", &["E2", "E3", "E4"], "A2"),
            ("A1:B2", &["E2", "E3", "E4"], "A2"),
        ] {
            let bytes = first_file(&format!("file 统计局.{format}\n{rows}merge {merge}\n"));
            let (values, findings) = read(format, &bytes);
            for cell in ["E2", "E3", "E4"] {
                let is_read = values.get(cell).is_some_and(|value| value != "none");
                assert_eq!(
                    is_read,
                    !unread.contains(&cell),
                    "{format} {merge} {cell}: {values:?} {findings:?}"
                );
            }
            assert!(is_told(&findings, "L221", first), "{format} {merge}: {findings:?}");
        }
        // A word is no more read than a number.
        let bytes = first_file(&format!("file 统计局.{format}\n{rows}merge D5:E5\n"));
        let (_, findings) = read(format, &bytes);
        assert!(
            is_told(&findings, "L221", "E5") && is_told(&findings, "V401", "E5"),
            "{format}: {findings:?}"
        );
        // A value over two columns of which the other is blank, and headings over several, are as before.
        let bytes = first_file(&format!("file 统计局.{format}\n{rows}merge E3:F3\nmerge A1:A1\n"));
        let (values, findings) = read(format, &bytes);
        assert_eq!(values.get("E3").map(String::as_str), Some("120"), "{format}");
        assert!(!findings.iter().any(|[code, ..]| code == "L221"), "{format}: {findings:?}");
    }
}

#[test]
fn a_text_is_read_as_its_format_shows_it_or_not_at_all() {
    for format in ["xlsx", "xls", "xlsb"] {
        let rows = format!(
            "file 统计局.{format}\n{HEAD}| 2 | 企业数 | 家 | 90 | {{v=120;fmt=@\"0\"}}'120 | |\n| 3 | 研发投入 | 亿元 | 48 | {{fmt=@\"万元\"}}'520000 | |\n| 5 | 技术合同成交额 | 万元 | 4800 | {{fmt=\\,\\,\\,}}'5300 | |\n| 6 | 廣州专利数 | 件 | 180 | {{fmt=@\"0\"}}'210 | |\n| 7 | 增加值增速 | % | 6.5 | {{fmt=0\\,-0\\,0\\,@}}'6.2 | |\n"
        );
        let (values, findings) = read(format, &first_file(&rows));
        for (cell, code) in [("E4", "N309"), ("E5", "N309")] {
            assert!(is_told(&findings, code, cell), "{format} {cell}: {values:?} {findings:?}");
        }
        assert_eq!(values.get("E3").map(String::as_str), Some("52"), "{format}: {values:?} {findings:?}");
        assert_eq!(values.get("E6").map(String::as_str), Some("6.2"), "{format}: {values:?} {findings:?}");
        assert!(!is_told(&findings, "N309", "E6"), "{format}");
    }
}

/// An xlsx workbook whose last value has a conditional format with a change, and whose style of cells that are struck out has a font.
fn with_rule(rule: &str, change: &str) -> Vec<u8> {
    let rows = format!("{HEAD}| 1 | 研发强度 | % | 2.95 | 3.1 | |\n| 2 | 企业数 | 家 | 90 | 120 | |\n");
    let bytes = first_file(&rows);
    let bytes = edited(&bytes, "xl/styles.xml", |xml| {
        xml.replace("</cellXfs>", &format!("</cellXfs><dxfs><dxf>{change}</dxf></dxfs>"))
    });
    edited(&bytes, "xl/worksheets/sheet2.xml", |xml| {
        xml.replace("</sheetData>", &format!("</sheetData>{rule}"))
    })
}

const HIDES: &str = "<numFmt numFmtId=\"170\" formatCode=\";;;\"/>";
const STRIKES: &str = "<font><strike/></font>";
const WHITE: &str = "<font><color theme=\"0\"/></font>";

fn rule(with: &str, inside: &str) -> String {
    format!(
        "<conditionalFormatting sqref=\"E2:E9\"><cfRule {with} dxfId=\"0\" priority=\"1\">{inside}</cfRule></conditionalFormatting>"
    )
}

#[test]
fn a_conditional_format_that_changes_what_is_seen_withholds_the_value() {
    let is = |operator: &str, formula: &str| {
        rule(&format!("type=\"cellIs\" operator=\"{operator}\""), &format!("<formula>{formula}</formula>"))
    };
    let formula = |formula: &str| rule("type=\"expression\"", &format!("<formula>{formula}</formula>"));
    let own = |change: &str| {
        format!(
            "<extLst><ext xmlns:x14=\"urn:x14\" xmlns:xm=\"urn:xm\"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type=\"cellIs\" priority=\"1\" operator=\"greaterThan\"><xm:f>100</xm:f><x14:dxf>{change}</x14:dxf></x14:cfRule><xm:sqref>E2:E9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
        )
    };
    let bar = "<conditionalFormatting sqref=\"E3\"><cfRule type=\"dataBar\" priority=\"1\"><dataBar showValue=\"0\"/></cfRule></conditionalFormatting>".to_owned();
    let fill = "<font><color rgb=\"FFFF0000\"/></font><fill><patternFill><bgColor rgb=\"FFFF0000\"/></patternFill></fill>";
    for (rule, change, code) in [
        (is("greaterThan", "100"), HIDES, "N309"),
        (is("equal", "120"), "<numFmt numFmtId=\"170\" formatCode=\"0&quot;0&quot;\"/>", "N309"),
        (is("between", "100</formula><formula>200"), STRIKES, "N310"),
        (is("greaterThan", "100"), WHITE, "N309"),
        (is("greaterThan", "100"), fill, "N309"),
        (formula("E2&gt;100"), STRIKES, "N310"),
        (formula("$D2=90"), STRIKES, "N310"),
        (is("greaterThan", "$D$2"), STRIKES, "N313"),
        (formula("MOD(ROW(),2)=0"), HIDES, "N313"),
        (rule("type=\"top10\" rank=\"1\"", ""), STRIKES, "N313"),
        (bar, "", "N309"),
        (own(STRIKES), "", "N310"),
        (own(HIDES), "", "N309"),
    ] {
        let (values, findings) = read("xlsx", &with_rule(&rule, change));
        assert!(is_told(&findings, code, "E3"), "{rule} {change}: {values:?} {findings:?}");
        if code != "N313" && !rule.contains("MOD") {
            assert!(!is_told(&findings, code, "E2"), "{rule} {change}: {values:?} {findings:?}");
        }
    }
}

#[test]
fn a_conditional_format_that_changes_nothing_of_that_says_nothing() {
    let is = |operator: &str, formula: &str| {
        rule(&format!("type=\"cellIs\" operator=\"{operator}\""), &format!("<formula>{formula}</formula>"))
    };
    let red = "<font><b/><color rgb=\"FFFF0000\"/></font><fill><patternFill><bgColor rgb=\"FFFFC7CE\"/></patternFill></fill><border><left><color rgb=\"FFFFFFFF\"/></left></border>";
    for (rule, change) in [
        (is("lessThan", "$D$2"), red),
        (is("greaterThan", "1000"), HIDES),
        (is("greaterThan", "100"), "<numFmt numFmtId=\"2\" formatCode=\"0.00\"/>"),
        (rule("type=\"containsBlanks\"", "<formula>LEN(TRIM(E2))=0</formula>"), HIDES),
        (rule("type=\"colorScale\"", ""), ""),
        (rule("type=\"duplicateValues\"", ""), red),
        (rule("type=\"containsText\" text=\"无\"", ""), STRIKES),
    ] {
        let (values, findings) = read("xlsx", &with_rule(&rule, change));
        let codes: Vec<&String> = findings.iter().map(|[code, ..]| code).collect();
        assert!(!codes.iter().any(|code| code.starts_with("N3")), "{rule} {change}: {findings:?}");
        assert_eq!(values.get("E3").map(String::as_str), Some("120"), "{rule} {change}");
    }
}

#[test]
fn a_rule_stops_those_behind_it() {
    let rules = format!(
        "{}{}",
        rule("type=\"cellIs\" operator=\"greaterThan\" stopIfTrue=\"1\"", "<formula>100</formula>")
            .replace("dxfId=\"0\" priority=\"1\"", "priority=\"1\""),
        rule("type=\"cellIs\" operator=\"greaterThan\"", "<formula>3</formula>")
            .replace("priority=\"1\"", "priority=\"2\"")
    );
    let (_, findings) = read("xlsx", &with_rule(&rules, HIDES));
    assert!(is_told(&findings, "N309", "E2") && !is_told(&findings, "N309", "E3"), "{findings:?}");
}

#[test]
fn white_on_white_is_not_read() {
    let rows = format!(
        "{HEAD}| 1 | 研发强度 | % | 2.95 | {{strike=1}}3.1 | |\n| 2 | 企业数 | 家 | 90 | {{strike=1}}'120 | |\n| 3 | 研发投入 | 亿元 | 48 | 52 | |\n"
    );
    for colour in ["<color rgb=\"FFFFFFFF\"/>", "<color theme=\"0\"/>", "<color indexed=\"9\"/>"] {
        let bytes = edited(&first_file(&rows), "xl/styles.xml", |xml| xml.replace("<strike/>", colour));
        let (values, findings) = read("xlsx", &bytes);
        assert!(
            is_told(&findings, "N309", "E2") && is_told(&findings, "N309", "E3"),
            "{colour}: {findings:?}"
        );
        assert_eq!(values.get("E4").map(String::as_str), Some("52"));
        // On a dark ground it is seen.
        let dark = "<fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF1F4E79\"/></patternFill></fill></fills><cellXfs>";
        let bytes = edited(&bytes, "xl/styles.xml", |xml| {
            xml.replace("<cellXfs>", dark).replace("fontId=\"1\"", "fontId=\"1\" fillId=\"1\"")
        });
        let (_, findings) = read("xlsx", &bytes);
        assert!(!is_told(&findings, "N309", "E2"), "{colour}: {findings:?}");
    }
}

#[test]
fn conditional_formats_of_xlsb_are_read() {
    let rows = format!(
        "file 统计局.xlsb\n{HEAD}| 1 | 研发强度 | % | 2.95 | 3.1 | |\n| 2 | 企业数 | 家 | 90 | 120 | |\n"
    );
    let words = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    // A rule: cells greater than 100 (a token for a number in two bytes), or a formula that is not decided.
    let rule = |kind: u32, tokens: &[u8]| {
        let mut body = words(&[kind, kind - 1, 0, 1, 5, 0, 0]);
        body.extend([0, 0]);
        body.extend(words(&[
            u32::try_from(tokens.len()).unwrap() + 8,
            0,
            0,
            u32::MAX,
            u32::try_from(tokens.len()).unwrap(),
        ]));
        body.extend(tokens);
        body.extend(words(&[0]));
        let areas = words(&[1, 0, 1, 1, 8, 4, 4]);
        [binary(461, &[&areas]), binary(463, &[&body]), binary(464, &[]), binary(462, &[])].concat()
    };
    let code: Vec<u8> = ";;;".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let strikes = binary(507, &[&[0, 0, 0, 0, 1, 0], &[29, 0, 5, 0, 1]]);
    let hides = binary(507, &[&[0, 0, 0, 0, 1, 0], &[38, 0, 12, 0, 3, 0], &code]);
    let white = binary(507, &[&[0, 0, 0, 0, 1, 0], &[5, 0, 12, 0], &[5, 0xFF, 0, 0, 255, 255, 255, 255]]);
    for (rule, change, code) in [
        (rule(1, &[0x1E, 100, 0]), &strikes, "N310"),
        (rule(1, &[0x1E, 100, 0]), &hides, "N309"),
        (rule(1, &[0x1E, 100, 0]), &white, "N309"),
        (rule(2, &[0x1D, 1]), &strikes, "N310"),
        (rule(2, &[0x44, 0, 0, 0, 0]), &strikes, "N313"),
    ] {
        let mut files = unpacked(&first_file(&rows));
        for (name, bytes) in &mut files {
            match name.as_str() {
                "xl/styles.bin" => bytes.extend(change),
                "xl/worksheets/sheet2.bin" => {
                    let end = binary(130, &[]);
                    bytes.truncate(bytes.len() - end.len());
                    bytes.extend([rule.as_slice(), &end].concat());
                }
                _ => {}
            }
        }
        let (values, findings) = read("xlsb", &packed(&files));
        assert!(is_told(&findings, code, "E3"), "{code}: {values:?} {findings:?}");
    }
}

#[test]
fn conditional_formats_of_ods_are_read() {
    let rows = format!(
        "file 统计局.ods\n{HEAD}| 1 | 研发强度 | % | 2.95 | 3.1 | |\n| 2 | 企业数 | 家 | 90 | 120 | |\n"
    );
    let styles = |inside: &str, map: &str| {
        format!(
            "<office:automatic-styles><style:style style:name=\"out\" {inside}</style:style><style:style style:name=\"ce1\">{map}</style:style></office:automatic-styles><office:body>"
        )
    };
    let strikes = "><style:text-properties style:text-line-through-style=\"solid\"/>";
    let white = "><style:text-properties fo:color=\"#ffffff\"/>";
    let formats = "style:data-style-name=\"N1\">";
    let condition = |value: &str| {
        format!(
            "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address=\"指标.E2:指标.E9\"><calcext:condition calcext:apply-style-name=\"out\" calcext:value=\"{value}\"/></calcext:conditional-format></calcext:conditional-formats></table:table>"
        )
    };
    let map = "<style:map style:condition=\"cell-content()&gt;100\" style:apply-style-name=\"out\"/>";
    for (inside, map, condition, code) in [
        (strikes, "", condition("&gt;100"), Some("N310")),
        (white, "", condition("between(100,200)"), Some("N309")),
        (formats, "", condition("&gt;100"), Some("N313")),
        (strikes, "", condition("formula-is(D2=1)"), Some("N313")),
        (strikes, "", condition("&gt;1000"), None),
        (strikes, map, "</table:table>".to_owned(), Some("N310")),
    ] {
        let bytes = edited(&first_file(&rows), "content.xml", |xml| {
            let xml = xml.replace("<office:body>", &styles(inside, map));
            let at = xml.rfind("</table:table>").unwrap();
            let xml = format!("{}{condition}{}", &xml[..at], &xml[at + "</table:table>".len()..]);
            let value = "office:value=\"120\"";
            if map.is_empty() {
                xml
            } else {
                xml.replace(value, &format!("table:style-name=\"ce1\" {value}"))
            }
        });
        let (values, findings) = read("ods", &bytes);
        match code {
            Some(code) => {
                assert!(is_told(&findings, code, "E3"), "{code} {condition}: {values:?} {findings:?}")
            }
            None => assert!(!findings.iter().any(|[code, ..]| code.starts_with("N3")), "{findings:?}"),
        }
    }
}

#[test]
fn what_is_seen_of_ods_is_held_against_what_is_stored() {
    let rows = format!(
        "file 统计局.ods\n{HEAD}| 1 | 研发强度 | % | 2.95 | 3.1 | |\n| 2 | 企业数 | 家 | 90 | 120 | |\n"
    );
    for (to, code) in [
        ("office:value-type=\"string\" office:string-value=\"120\"><text:p>1200</text:p>", Some("N309")),
        ("office:value-type=\"string\" office:string-value=\"120\"><text:p/>", Some("N309")),
        ("office:value-type=\"percentage\" office:value=\"1.2\"><text:p>120%</text:p>", None),
        ("office:value-type=\"percentage\" office:value=\"1.2\"><text:p>99%</text:p>", Some("N309")),
    ] {
        let from = "office:value-type=\"float\" office:value=\"120\"><text:p>120</text:p>";
        let (values, findings) =
            read("ods", &edited(&first_file(&rows), "content.xml", |xml| xml.replace(from, to)));
        assert_eq!(is_told(&findings, "N309", "E3"), code.is_some(), "{to}: {values:?} {findings:?}");
    }
}
