//! The brief as a document that an office can edit: the same words in the styles of official documents (GB/T 9704), without its drawings,
//! whose numbers stand in the words beside them.
//!
//! The parts of the file are few and always the same, its times are the round's, so its bytes repeat (Office Open XML, ECMA-376).

use std::io::{Cursor, Write as _};

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::RunError;
use crate::shown::deceives;

/// The file.
pub(super) const NAME: &str = "brief.docx";

/// A style of paragraphs: its name, face, size in half points, line in twentieths of a point, and what else it has.
struct WordStyle {
    id: &'static str,
    name: &'static str,
    face: &'static str,
    size: u32,
    line: u32,
    more: &'static str,
}

const CENTRED: &str = r#"<w:jc w:val="center"/>"#;
const INDENTED: &str = r#"<w:ind w:firstLineChars="200"/>"#;

const STYLES: [WordStyle; 8] = [
    WordStyle {
        id: "masthead",
        name: "公文版头",
        face: "方正小标宋简体",
        size: 56,
        line: 800,
        more: CENTRED,
    },
    WordStyle {
        id: "title", name: "公文标题", face: "方正小标宋简体", size: 44, line: 640, more: CENTRED
    },
    WordStyle {
        id: "body", name: "公文正文", face: "仿宋_GB2312", size: 32, line: 560, more: INDENTED
    },
    WordStyle {
        id: "first",
        name: "公文一级",
        face: "黑体",
        size: 32,
        line: 560,
        more: r#"<w:ind w:firstLineChars="200"/><w:outlineLvl w:val="0"/>"#,
    },
    WordStyle {
        id: "second",
        name: "公文二级",
        face: "楷体_GB2312",
        size: 32,
        line: 560,
        more: r#"<w:ind w:firstLineChars="200"/><w:outlineLvl w:val="1"/>"#,
    },
    WordStyle { id: "head", name: "公文表头", face: "黑体", size: 21, line: 300, more: "" },
    WordStyle { id: "cell", name: "公文表", face: "宋体", size: 21, line: 300, more: "" },
    WordStyle { id: "note", name: "公文注", face: "宋体", size: 18, line: 260, more: "" },
];

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
const OF_DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
/// A4 with the margins of official documents, in twentieths of a point.
const PAGE: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>"#;
/// Width between the margins.
const WIDTH: usize = 8844;

/// Makes the document of a brief's model.
///
/// # Errors
/// Fails when it cannot be packed, which would be a fault of the program.
pub(super) fn document(model: &Value) -> Result<Vec<u8>, RunError> {
    let mut body = Body::default();
    for section in model["sections"].as_array().into_iter().flatten() {
        body.section(section["template"].as_str().unwrap_or_default(), &section["content"]);
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {WORD}><w:body>{}{PAGE}</w:body></w:document>",
        body.xml
    );
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", properties(&model["properties"])),
        ("word/_rels/document.xml.rels", OF_DOCUMENT.to_owned()),
        ("word/document.xml", document),
        ("word/styles.xml", styles()),
    ];
    packed(&parts).map_err(|error| RunError::output(NAME, error))
}

fn packed(parts: &[(&str, String)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn properties(of: &Value) -> String {
    let date = &of["date"];
    let part = |key: &str| date[key].as_u64().unwrap_or(1);
    let time = format!("{:04}-{:02}-{:02}T00:00:00Z", part("year"), part("month"), part("day"));
    let said = |key: &str| escaped(of[key].as_str().unwrap_or_default());
    let label = said("illustrative_label");
    let stamp = |name: &str| format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{time}</dcterms:{name}>");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}{}</dc:title><dc:creator>{}</dc:creator><dc:description>{label}</dc:description>{}{}</cp:coreProperties>",
        said("title"),
        said("subtitle"),
        said("issuer"),
        stamp("created"),
        stamp("modified"),
    )
}

fn styles() -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles {WORD}><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    );
    for WordStyle { id, name, face, size, line, more } in STYLES {
        // A heading stays with what it heads.
        let keep = if more.contains("outlineLvl") { "<w:keepNext/>" } else { "" };
        xml.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:pPr>{keep}<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"exact\"/>{more}</w:pPr><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{face}\"/><w:sz w:val=\"{size}\"/></w:rPr></w:style>"
        ));
    }
    xml.push_str("</w:styles>");
    xml
}

/// A text in XML. What XML has no place for is left out; nobody sees it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            // As on the pages: what shows nothing, or turns the text about, is left out.
            c if deceives(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The text of a key.
fn said(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().to_owned()
}

fn all<'v>(of: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    of[key].as_array().into_iter().flatten()
}

fn texts(of: &Value, key: &str) -> Vec<String> {
    all(of, key).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The body in the making.
#[derive(Default)]
struct Body {
    xml: String,
}

impl Body {
    fn section(&mut self, template: &str, content: &Value) {
        match template {
            "brief_head" => self.head(content),
            "brief_answers" => self.answers(content),
            "brief_asked" => self.asked(content),
            "brief_contradictions" => {
                self.listed(content, &[("city", 2), ("task", 6), ("lead", 3), ("text", 9)]);
            }
            "brief_owed" => {
                let columns = [("city", 2), ("who", 6), ("what", 5), ("action", 6), ("until", 3)];
                self.listed(&with_reasons(content), &columns);
            }
            _ => {}
        }
    }

    /// A paragraph; none where there is nothing to say.
    fn paragraph(&mut self, style: &str, text: &str) {
        if !text.is_empty() {
            self.xml.push_str(&paragraph(style, text));
        }
    }

    /// A table whose first row is its head, and whose first column heads the rows if that is said. Columns have these shares of the width,
    /// those that are not named the share of one.
    fn table(&mut self, rows: &[Vec<String>], has_side: bool, shares: &[usize]) {
        let columns = rows.first().map_or(1, Vec::len).max(1);
        let share = |column: usize| shares.get(column).copied().unwrap_or(1);
        let all: usize = (0..columns).map(share).sum::<usize>().max(1);
        let width = |column: usize| WIDTH * share(column) / all;
        let border =
            |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
        let grid: String = (0..columns).map(|at| format!("<w:gridCol w:w=\"{}\"/>", width(at))).collect();
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        ));
        for (at, row) in rows.iter().enumerate() {
            let head = if at == 0 { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
            self.xml.push_str(&format!("<w:tr>{head}"));
            for (column, text) in row.iter().enumerate() {
                let style = if at == 0 || (has_side && column == 0) { "head" } else { "cell" };
                let paragraphs: String = text.split('\n').map(|line| paragraph(style, line)).collect();
                self.xml.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{paragraphs}</w:tc>",
                    width(column)
                ));
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
    }

    fn head(&mut self, of: &Value) {
        self.paragraph("masthead", &said(of, "masthead"));
        let line = ["issuer", "illustrative_label", "date_words"].map(|key| said(of, key));
        for part in line {
            self.paragraph("note", &part);
        }
        self.paragraph("title", &said(of, "headline"));
    }

    fn answers(&mut self, of: &Value) {
        let names = texts(of, "names");
        if !names.is_empty() {
            let mut rows = vec![std::iter::once(String::new()).chain(names).collect::<Vec<_>>()];
            for question in all(of, "questions") {
                let cells = all(question, "cells").map(|cell| {
                    let more = Some(said(cell, "more")).filter(|more| !more.is_empty());
                    let more = more.map_or_else(String::new, |more| format!("\n{more}"));
                    format!("{}{}{more}", said(cell, "lead"), said(cell, "words"))
                });
                rows.push(std::iter::once(said(question, "question")).chain(cells).collect());
            }
            self.table(&rows, true, &[]);
        }
        if of["lines"].is_object() {
            let lines = &of["lines"];
            let mut rows = vec![texts(lines, "heads")];
            for line in all(lines, "rows") {
                rows.push(std::iter::once(said(line, "city")).chain(texts(line, "cells")).collect());
            }
            self.table(&rows, true, &[]);
            self.paragraph("note", &said(lines, "note"));
        }
        if of["many"].is_object() {
            self.many(&of["many"]);
        }
        self.paragraph("body", &said(of, "sentence"));
        if of["missed"].is_object() {
            self.paragraph("second", &said(&of["missed"], "title"));
            texts(&of["missed"], "items").iter().for_each(|item| self.paragraph("cell", item));
        }
    }

    fn many(&mut self, of: &Value) {
        for group in all(of, "groups") {
            self.paragraph("body", &format!("{}{}", said(group, "count"), said(group, "words")));
        }
        self.paragraph("second", &said(of, "shared_title"));
        let mut rows = vec![texts(of, "shared_heads")];
        // The last column is drawn.
        rows.iter_mut().for_each(|heads| heads.truncate(4));
        let keys = ["name", "total", "missed", "open"];
        rows.extend(all(of, "shared").map(|row| keys.map(|key| said(row, key)).to_vec()));
        self.table(&rows, false, &[3]);
        self.paragraph("second", &said(of, "lowest_title"));
        let mut rows = vec![texts(of, "lowest_heads")];
        rows.extend(all(of, "lowest").map(|row| ["city", "met", "rate"].map(|key| said(row, key)).to_vec()));
        self.table(&rows, false, &[2]);
    }

    fn asked(&mut self, of: &Value) {
        self.paragraph("first", &said(of, "title"));
        for (number, one) in (1..).zip(all(of, "questions")) {
            self.paragraph("second", &format!("{number} {}", said(one, "question")));
            self.paragraph("body", &said(one, "facts"));
            let (owner, until, choices) = (said(one, "owner"), said(one, "until"), said(one, "choices"));
            let who = match said(one, "decider") {
                decider if decider.is_empty() => format!("谁定、谁办 {owner}"),
                decider => format!("谁定 {decider}　谁办 {owner}"),
            };
            self.paragraph("body", &format!("{who}　何时 {until}前　可选 {choices}"));
        }
        self.paragraph("body", &said(of, "none"));
    }

    /// A table of page two with its heading, and its first column only where there are several cities.
    fn listed(&mut self, of: &Value, columns: &[(&str, usize)]) {
        self.paragraph("first", &said(of, "title"));
        let from = usize::from(of["has_cities"] != true);
        let mut rows: Vec<Vec<String>> = vec![texts(of, "heads").into_iter().skip(from).collect()];
        rows.extend(
            all(of, "rows")
                .map(|row| columns.iter().skip(from).map(|(key, _)| said(row, key)).collect::<Vec<_>>()),
        );
        let shares: Vec<usize> = columns.iter().skip(from).map(|(_, share)| *share).collect();
        if rows.len() > 1 {
            self.table(&rows, false, &shares);
        } else {
            self.paragraph("body", &said(of, "empty"));
        }
        self.paragraph("note", &said(of, "note"));
    }
}

/// A list whose rows say behind what is to be done why it is not done yet.
fn with_reasons(of: &Value) -> Value {
    let mut told = of.clone();
    for row in told["rows"].as_array_mut().into_iter().flatten() {
        let action = format!("{}{}", said(row, "action"), said(row, "reason"));
        row["action"] = Value::from(action);
    }
    told
}

fn paragraph(style: &str, text: &str) -> String {
    let text = escaped(text);
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_from_outside_stay_texts() {
        let xml = paragraph("cell", "<w:b/>&\u{1b}\u{202e}甲\u{ffff}\"乙\n丙");
        assert!(xml.contains(">&lt;w:b/&gt;&amp;甲&quot;乙 丙</w:t>"), "{xml}");
    }

    #[test]
    fn the_same_model_gives_the_same_bytes() {
        let model = serde_json::json!({
            "properties": {"title": "甲", "date": {"year": 2024, "month": 1, "day": 31}},
            "sections": [{"template": "brief_head", "content": {"masthead": "领导参阅", "headline": "乙"}}],
        });
        assert_eq!(document(&model).unwrap(), document(&model).unwrap());
    }
}
