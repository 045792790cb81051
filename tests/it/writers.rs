//! Sheets written as text → bytes of workbooks, with everything that spreadsheets in the wild contain and no library
//! would write: bad cells, wrong code pages, missing results.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use zip::write::SimpleFileOptions;

/// A cell: what it shows, and how it is stored.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    /// Its text or number.
    pub(crate) text: String,
    /// Attributes: `t` type, `v` stored value, `f` formula, `fmt` number format (`\\,` for a semicolon), `vm` rich value, `strike`
    /// struck out, `rich` text with parts `^raised^` and `~struck out~`.
    pub(crate) with: BTreeMap<String, String>,
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// `worksheet`, `chartsheet`, `xlMacrosheet`.
    pub(crate) kind: String,
    pub(crate) is_hidden: bool,
    /// Cells by row and column, from zero.
    pub(crate) cells: BTreeMap<(u32, u32), Cell>,
    /// Rows, from zero.
    pub(crate) hidden_rows: Vec<u32>,
    /// Columns, from zero.
    pub(crate) hidden_columns: Vec<u32>,
    /// Areas such as `A1:B2`.
    pub(crate) merges: Vec<String>,
    /// The dimension that the sheet claims.
    pub(crate) dimension: String,
    /// XML put before the rows as it is.
    pub(crate) raw: String,
    /// XML put before the data of the sheet as it is.
    pub(crate) head: String,
    /// Heights of rows, from zero.
    pub(crate) heights: BTreeMap<u32, String>,
    /// Rows of empty cells with a style.
    pub(crate) blank_rows: u32,
}

/// Letters of a column.
pub(crate) fn letters(mut column: u32) -> String {
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap()));
        if column < 26 {
            return text;
        }
        column = column / 26 - 1;
    }
}

/// Row and column of an address.
pub(crate) fn address(text: &str) -> (u32, u32) {
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = text[..digits].bytes().fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1) - 1;
    (text[digits..].parse::<u32>().unwrap() - 1, column)
}

/// A cell written as text: `12.5`, `'12` (text), `{v=0.067;fmt=0.0%}`, `{t=e;v=#SPILL!}`.
pub(crate) fn cell(text: &str) -> Option<Cell> {
    let text = text.trim_matches(' ');
    let (with, text) = match text.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((with, text)) => (with, text),
        None => ("", text),
    };
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (key.to_owned(), unescaped(value)));
    let with: BTreeMap<String, String> = with.split(';').filter_map(pair).collect();
    let text = match with.get("long").map(|long| long.parse()) {
        Some(length) => "长".repeat(length.unwrap()),
        None => unescaped(text),
    };
    (!text.is_empty() || !with.is_empty()).then_some(Cell { text, with })
}

/// `\n` and `\u{3000}`.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        whole.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        whole.push_str(rest);
    }
    whole.replace("\\n", "\n").replace("\\,", ";")
}

impl Cell {
    fn number(&self) -> Option<f64> {
        let stored = self.with.get("v").unwrap_or(&self.text);
        stored.parse().ok().filter(|_| !self.with.contains_key("t"))
    }

    fn words(&self) -> &str {
        self.text.strip_prefix('\'').unwrap_or(&self.text)
    }

    fn format(&self) -> Option<&String> {
        self.with.get("fmt")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A zip archive of stored files.
pub(crate) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The same archive with the XML of its parts in another encoding: `utf-16` or `gbk`; none is UTF-8.
pub(crate) fn recoded(bytes: &[u8], encoding: &str) -> Vec<u8> {
    if encoding.is_empty() {
        return bytes.to_vec();
    }
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let text = text.replace("encoding=\"UTF-8\"", &format!("encoding=\"{encoding}\""));
        let bytes = if encoding == "utf-16" {
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        } else {
            encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap().encode(&text).0.into_owned()
        };
        files.push((part.name().unwrap().to_string(), bytes));
    }
    archive(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// The parts of an archive.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = Vec::new();
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        files.push((part.name().unwrap().to_string(), bytes));
    }
    files
}

/// The archive of parts.
pub(crate) fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    archive(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// The same archive with the text of a part changed.
pub(crate) fn edited(bytes: &[u8], part: &str, edit: impl Fn(&str) -> String) -> Vec<u8> {
    let mut files = unpacked(bytes);
    let own = files.iter_mut().find(|(name, _)| name == part).unwrap();
    own.1 = edit(std::str::from_utf8(&own.1).unwrap()).into_bytes();
    packed(&files)
}

/// The same archive with one part cut in two, or left out.
pub(crate) fn spoiled(bytes: &[u8], spoil: &str, how: &str) -> Vec<u8> {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        match (name == spoil, how) {
            (false, _) => files.push((name, bytes)),
            (true, "cut") => files.push((name, bytes[..bytes.len() / 2].to_vec())),
            _ => {}
        }
    }
    archive(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// An ods workbook of texts, numbers and errors.
pub(crate) fn ods(sheets: &[Sheet]) -> Vec<u8> {
    let mut tables = String::new();
    for sheet in sheets {
        write!(tables, "<table:table table:name=\"{}\">", escaped(&sheet.name)).unwrap();
        let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
        for row in 0..=last {
            tables.push_str("<table:table-row>");
            let mut next = 0;
            for ((_, column), cell) in sheet.cells.range((row, 0)..(row + 1, 0)) {
                for blank in next..*column {
                    let (name, span) = ods_span(sheet, row, blank);
                    write!(tables, "<table:{name}{span}/>").unwrap();
                }
                let kind = match cell.number() {
                    Some(number) => format!("office:value-type=\"float\" office:value=\"{number}\""),
                    None if cell.with.contains_key("t") => {
                        "office:value-type=\"string\" calcext:value-type=\"error\"".to_owned()
                    }
                    None => "office:value-type=\"string\"".to_owned(),
                };
                let words = escaped(cell.words());
                let (name, span) = ods_span(sheet, row, *column);
                write!(tables, "<table:{name}{span} {kind}><text:p>{words}</text:p></table:{name}>").unwrap();
                next = column + 1;
            }
            tables.push_str("</table:table-row>");
        }
        tables.push_str("</table:table>");
    }
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:table=\"{names}:table:1.0\" xmlns:text=\"{names}:text:1.0\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", kind.as_bytes()), ("content.xml", content.as_bytes())])
}

/// The element of a cell, and how far it is merged.
fn ods_span(sheet: &Sheet, row: u32, column: u32) -> (&'static str, String) {
    for area in &sheet.merges {
        let (first, last) = area.split_once(':').unwrap();
        let (first, last) = (address(first), address(last));
        if first == (row, column) {
            let (rows, columns) = (last.0 - first.0 + 1, last.1 - first.1 + 1);
            let span =
                format!(" table:number-rows-spanned=\"{rows}\" table:number-columns-spanned=\"{columns}\"");
            return ("table-cell", span);
        }
        if (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column) {
            return ("covered-table-cell", String::new());
        }
    }
    ("table-cell", String::new())
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Number formats of all cells, in order.
fn formats(sheets: &[Sheet]) -> Vec<String> {
    let mut formats: Vec<String> = sheets
        .iter()
        .flat_map(|sheet| sheet.cells.values())
        .filter_map(|cell| cell.format().cloned())
        .collect();
    formats.sort();
    formats.dedup();
    formats
}

/// An xlsx workbook. `workbook` holds attributes of `workbookPr`, `strings` the claims of the table of shared texts.
pub(crate) fn xlsx(sheets: &[Sheet], workbook: &str, strings: &str) -> Vec<u8> {
    let formats = formats(sheets);
    let mut styles = format!("<styleSheet xmlns=\"{MAIN}\"><numFmts>");
    for (id, format) in (164..).zip(&formats) {
        write!(styles, "<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>", escaped(format)).unwrap();
    }
    styles.push_str("</numFmts><fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId=\"0\"/>");
    for (id, _) in (164..).zip(&formats) {
        write!(styles, "<xf numFmtId=\"{id}\" applyNumberFormat=\"1\"/>").unwrap();
    }
    // The last style strikes out.
    styles.push_str("<xf numFmtId=\"0\" fontId=\"1\"/></cellXfs></styleSheet>");
    let mut texts: Vec<String> = Vec::new();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let (mut list, mut links) = (String::new(), String::new());
    for (at, sheet) in (1..).zip(sheets) {
        let name = format!("sheet{at}.xml");
        let state = if sheet.is_hidden { " state=\"hidden\"" } else { "" };
        write!(list, "<sheet name=\"{}\" sheetId=\"{at}\" r:id=\"rId{at}\"{state}/>", escaped(&sheet.name))
            .unwrap();
        let kind = if sheet.kind.is_empty() { "worksheet" } else { &sheet.kind };
        let folder = format!("{kind}s");
        write!(
            links,
            "<Relationship Id=\"rId{at}\" Type=\"{RELATIONS}/{kind}\" Target=\"{folder}/{name}\"/>"
        )
        .unwrap();
        parts.push((format!("xl/{folder}/{name}"), sheet_xml(sheet, &formats, &mut texts).into_bytes()));
    }
    write!(links, "<Relationship Id=\"rIdT\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rIdS\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>").unwrap();
    let texts: String = texts.iter().map(|text| format!("<si>{text}</si>")).collect();
    let package = "http://schemas.openxmlformats.org/package/2006";
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    let files = [
        ("[Content_Types].xml", format!("{head}<Types xmlns=\"{package}/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "{head}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{head}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><workbookPr {workbook}/><sheets>{list}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("{head}<Relationships xmlns=\"{package}/relationships\">{links}</Relationships>"),
        ),
        ("xl/styles.xml", format!("{head}{styles}")),
        ("xl/sharedStrings.xml", format!("{head}<sst xmlns=\"{MAIN}\" {strings}>{texts}</sst>")),
    ];
    let own = files.iter().map(|(name, text)| (*name, text.as_bytes()));
    let sheets = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    archive(&own.chain(sheets).collect::<Vec<_>>())
}

fn sheet_xml(sheet: &Sheet, formats: &[String], texts: &mut Vec<String>) -> String {
    let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"{MAIN}\">");
    if !sheet.dimension.is_empty() {
        write!(xml, "<dimension ref=\"{}\"/>", sheet.dimension).unwrap();
    }
    if !sheet.hidden_columns.is_empty() {
        xml.push_str("<cols>");
        for column in &sheet.hidden_columns {
            write!(xml, "<col min=\"{0}\" max=\"{0}\" width=\"9\" hidden=\"1\"/>", column + 1).unwrap();
        }
        xml.push_str("</cols>");
    }
    write!(xml, "{}<sheetData>{}", sheet.head, sheet.raw).unwrap();
    let mut rows: BTreeMap<u32, Vec<(u32, &Cell)>> = BTreeMap::new();
    for ((row, column), cell) in &sheet.cells {
        rows.entry(*row).or_default().push((*column, cell));
    }
    for (row, cells) in rows {
        let hidden = if sheet.hidden_rows.contains(&row) { " hidden=\"1\"" } else { "" };
        let height = sheet.heights.get(&row).map_or_else(String::new, |height| format!(" ht=\"{height}\""));
        write!(xml, "<row r=\"{}\"{hidden}{height}>", row + 1).unwrap();
        for (column, cell) in cells {
            let style = cell.format().and_then(|own| formats.iter().position(|one| one == own));
            let style = if cell.with.contains_key("strike") { Some(formats.len()) } else { style };
            let style = style.map_or_else(String::new, |style| format!(" s=\"{}\"", style + 1));
            write!(xml, "<c r=\"{}{}\"{style}{}</c>", letters(column), row + 1, content(cell, texts))
                .unwrap();
        }
        xml.push_str("</row>");
    }
    let last = sheet.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
    for row in last + 1..=last + sheet.blank_rows {
        write!(xml, "<row r=\"{row}\"><c r=\"A{row}\" s=\"0\"/></row>").unwrap();
    }
    xml.push_str("</sheetData>");
    if !sheet.merges.is_empty() {
        xml.push_str("<mergeCells>");
        for area in &sheet.merges {
            write!(xml, "<mergeCell ref=\"{area}\"/>").unwrap();
        }
        xml.push_str("</mergeCells>");
    }
    xml.push_str("</worksheet>");
    xml
}

/// Runs of a text with parts `^raised^`, `_lowered_` and `~struck out~`.
fn runs(text: &str) -> String {
    let mut xml = String::new();
    let mut look = "";
    for part in text.split_inclusive(['^', '~', '_']) {
        let words = part.trim_end_matches(['^', '~', '_']);
        if !words.is_empty() {
            let words = escaped(words);
            write!(xml, "<r><rPr>{look}</rPr><t xml:space=\"preserve\">{words}</t></r>").unwrap();
        }
        look = match part.chars().next_back() {
            Some('^') if look.is_empty() => "<vertAlign val=\"superscript\"/>",
            Some('_') if look.is_empty() => "<vertAlign val=\"subscript\"/>",
            Some('~') if look.is_empty() => "<strike/>",
            _ => "",
        };
    }
    xml
}

/// What follows the address and style of a cell, up to its end.
fn content(cell: &Cell, texts: &mut Vec<String>) -> String {
    let formula = cell.with.get("f").map_or_else(String::new, |f| format!("<f>{}</f>", escaped(f)));
    let kind = cell.with.get("t").map_or_else(String::new, |kind| format!(" t=\"{kind}\""));
    let kind = cell.with.get("vm").map_or(kind.clone(), |number| format!("{kind} vm=\"{number}\""));
    if let Some(rich) = cell.with.get("rich") {
        let runs = runs(rich);
        if kind.contains("inlineStr") {
            return format!("{kind}><is>{runs}</is>");
        }
        texts.push(runs);
        return format!(" t=\"s\"><v>{}</v>", texts.len() - 1);
    }
    match cell.with.get("v") {
        Some(stored) => format!("{kind}>{formula}<v>{}</v>", escaped(stored)),
        None if !formula.is_empty() && cell.text.is_empty() => format!("{kind}>{formula}"),
        None => match cell.number() {
            Some(_) => format!(">{formula}<v>{}</v>", cell.text),
            None => {
                texts.push(format!("<t xml:space=\"preserve\">{}</t>", escaped(cell.words())));
                format!(" t=\"s\"><v>{}</v>", texts.len() - 1)
            }
        },
    }
}

/// What an xls workbook is to be like.
#[derive(Debug, Clone, Default)]
pub(crate) struct Xls {
    /// Its code page record; BIFF8 text is UTF-16 whatever that says.
    pub(crate) code_page: Option<u16>,
    /// Whether each sheet claims to be full.
    pub(crate) is_wide: bool,
    /// Whether it says that it is encrypted.
    pub(crate) is_encrypted: bool,
    /// Whether it is of Excel 5 (BIFF5), with text in GBK.
    pub(crate) is_biff5: bool,
    /// Whether another workbook is embedded, whose stream stands first in the file.
    pub(crate) has_embedded: bool,
}

/// An xls workbook.
pub(crate) fn xls(sheets: &[Sheet], how: &Xls) -> Vec<u8> {
    let formats = formats(sheets);
    let mut globals = record(0x0809, &[&words(&[how.version(), 5, 0, 0, 0, 0, 0, 0])]);
    if how.is_encrypted {
        globals.extend(record(0x002F, &[&words(&[1, 1, 1]), &[7; 48]]));
    }
    if let Some(page) = how.code_page {
        globals.extend(record(0x0042, &[&words(&[page])]));
    }
    for (id, format) in (164_u16..).zip(&formats) {
        globals.extend(record(0x041E, &[&words(&[id]), &how.text(format, !how.is_biff5)]));
    }
    globals.extend(record(0x00E0, &[&words(&[0, 0]), &[0; 16]]));
    for (id, _) in (164_u16..).zip(&formats) {
        globals.extend(record(0x00E0, &[&words(&[0, id]), &[0; 16]]));
    }
    let bodies: Vec<Vec<u8>> = sheets.iter().map(|sheet| sheet_records(sheet, &formats, how)).collect();
    let bound: Vec<Vec<u8>> = sheets.iter().map(|sheet| how.text(&sheet.name, false)).collect();
    let mut offset = globals.len() + bound.iter().map(|name| 4 + 6 + name.len()).sum::<usize>() + 4;
    for ((sheet, name), body) in sheets.iter().zip(&bound).zip(&bodies) {
        let start = u32::try_from(offset).unwrap().to_le_bytes();
        globals.extend(record(0x0085, &[&start, &[u8::from(sheet.is_hidden), 0], name]));
        offset += body.len();
    }
    globals.extend(record(0x000A, &[]));
    let stream = [globals, bodies.concat()].concat();
    if how.has_embedded {
        let other = Sheet {
            name: "指标".to_owned(),
            cells: BTreeMap::from([((0, 0), cell("嵌入的工作簿").unwrap()), ((1, 1), cell("99").unwrap())]),
            ..Sheet::default()
        };
        let inner = xls(&[other], &Xls::default());
        let mut inner = cfb::CompoundFile::open(std::io::Cursor::new(inner)).unwrap();
        let mut embedded = Vec::new();
        inner.open_stream("/Workbook").unwrap().read_to_end(&mut embedded).unwrap();
        // The root's own workbook is named as Excel 5 does: what looks for `Workbook` first finds the other.
        return compound(&[("/MBD00000001/Workbook", &embedded), ("/Book", &stream)]);
    }
    compound(&[("/Workbook", &stream)])
}

impl Xls {
    fn version(&self) -> u16 {
        if self.is_biff5 { 0x0500 } else { 0x0600 }
    }

    /// Text behind its length.
    fn text(&self, text: &str, is_long: bool) -> Vec<u8> {
        if !self.is_biff5 {
            return unicode(text, is_long);
        }
        let bytes = encoding_rs::GBK.encode(text).0;
        let length = u16::try_from(bytes.len()).unwrap();
        let head = if is_long { words(&[length]) } else { vec![u8::try_from(length).unwrap()] };
        [head, bytes.into_owned()].concat()
    }
}

/// An OLE file of streams.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, std::io::Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        let folder = std::path::Path::new(name).parent().unwrap();
        file.create_storage_all(folder).unwrap();
        // Shorter streams would lie in the small sectors, which are another matter.
        let mut padded = bytes.to_vec();
        padded.resize(padded.len().max(4096), 0);
        file.create_stream(name).unwrap().write_all(&padded).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn sheet_records(sheet: &Sheet, formats: &[String], how: &Xls) -> Vec<u8> {
    let mut body = record(0x0809, &[&words(&[how.version(), 0x10, 0, 0, 0, 0, 0, 0])]);
    for column in &sheet.hidden_columns {
        let column = u16::try_from(*column).unwrap();
        body.extend(record(0x007D, &[&words(&[column, column, 2304, 0, 1, 0])]));
    }
    let last = sheet.cells.keys().fold((0, 0), |most, at| (most.0.max(at.0 + 1), most.1.max(at.1 + 1)));
    let (rows, columns) = if how.is_wide { (65_536, 256) } else { last };
    let columns = u16::try_from(columns).unwrap();
    body.extend(record(0x0200, &[&0_u32.to_le_bytes(), &rows.to_le_bytes(), &words(&[0, columns, 0])]));
    for row in &sheet.hidden_rows {
        let row = u16::try_from(*row).unwrap();
        body.extend(record(0x0208, &[&words(&[row, 0, columns, 255, 0, 0, 0x20, 15])]));
    }
    for ((row, column), cell) in &sheet.cells {
        let style = cell.format().and_then(|own| formats.iter().position(|one| one == own));
        let style = u16::try_from(style.map_or(0, |style| style + 1)).unwrap();
        let head = words(&[u16::try_from(*row).unwrap(), u16::try_from(*column).unwrap(), style]);
        body.extend(match cell.number() {
            Some(number) => record(0x0203, &[&head, &number.to_le_bytes()]),
            None if cell.with.get("t").is_some_and(|kind| kind == "e") => {
                record(0x0205, &[&head, &[0x17, 1]])
            }
            None => record(0x0204, &[&head, &how.text(cell.words(), true)]),
        });
    }
    let areas: Vec<[u16; 4]> = sheet
        .merges
        .iter()
        .map(|area| {
            let (first, last) = area.split_once(':').unwrap();
            let (first, last) = (address(first), address(last));
            [first.0, last.0, first.1, last.1].map(|number| u16::try_from(number).unwrap())
        })
        .collect();
    if !areas.is_empty() {
        body.extend(record(
            0x00E5,
            &[&words(&[u16::try_from(areas.len()).unwrap()]), &words(&areas.concat())],
        ));
    }
    body.extend(record(0x000A, &[]));
    body
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [words(&[kind, u16::try_from(body.len()).unwrap()]), body].concat()
}

/// Text in UTF-16 behind its length and the flag of wide characters.
fn unicode(text: &str, is_long: bool) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u16::try_from(units.len()).unwrap();
    let head = if is_long { words(&[length]) } else { vec![u8::try_from(length).unwrap()] };
    [head, vec![1], words(&units)].concat()
}

/// Text of an xlsb behind its length.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [u32::try_from(units.len()).unwrap().to_le_bytes().to_vec(), words(&units)].concat()
}

/// A text of an xlsb with parts `^raised^` and `~struck out~`: it, and where which font begins.
fn runs_of_fonts(text: &str) -> Vec<u8> {
    let (mut plain, mut starts, mut font) = (String::new(), Vec::new(), 0_u16);
    for part in text.split_inclusive(['^', '~']) {
        let words = part.trim_end_matches(['^', '~']);
        if !words.is_empty() {
            starts.push([u16::try_from(plain.encode_utf16().count()).unwrap(), font]);
            plain.push_str(words);
        }
        font = match part.chars().next_back() {
            Some('^') if font == 0 => 2,
            Some('~') if font == 0 => 1,
            _ => 0,
        };
    }
    let count = u32::try_from(starts.len()).unwrap().to_le_bytes().to_vec();
    [vec![1], wide(&plain), count, words(&starts.concat())].concat()
}

/// Fonts and formats of an xlsb: its third font stands above the line, its second one is struck out.
fn binary_styles(formats: &[String]) -> Vec<u8> {
    let font = |flags: u16, stands: u16| binary(43, &[&words(&[220, flags, 400, stands]), &[0; 12]]);
    let mut styles = [binary(278, &[]), font(0, 0), font(8, 0), font(0, 1)].concat();
    for (id, format) in (164_u16..).zip(formats) {
        styles.extend(binary(44, &[&words(&[id]), &wide(format)]));
    }
    styles.extend(binary(617, &[&u32::try_from(formats.len() + 2).unwrap().to_le_bytes()]));
    let style = |id: u16, font: u16| binary(47, &[&words(&[0, id, font, 0, 0, 0, 0, 0])]);
    styles.extend(style(0, 0));
    styles.extend((164_u16..).zip(formats).flat_map(|(id, _)| style(id, 0)));
    styles.extend([style(0, 1), binary(618, &[])].concat());
    styles
}

/// A sheet of an xlsb.
fn binary_sheet(sheet: &Sheet, formats: &[String]) -> Vec<u8> {
    let last = sheet.cells.keys().fold((0, 0), |most, at| (most.0.max(at.0), most.1.max(at.1)));
    let dimension: Vec<u8> = [0, last.0, 0, last.1].iter().flat_map(|n: &u32| n.to_le_bytes()).collect();
    let mut body = [binary(129, &[]), binary(148, &[&dimension])].concat();
    for column in &sheet.hidden_columns {
        let columns = [*column, *column, 2304, 0].map(u32::to_le_bytes).concat();
        body.extend(binary(60, &[&columns, &words(&[1])]));
    }
    body.extend(binary(145, &[]));
    let mut current = None;
    for ((row, column), cell) in &sheet.cells {
        if current != Some(*row) {
            let hidden = u8::from(sheet.hidden_rows.contains(row)) << 4;
            body.extend(binary(0, &[&row.to_le_bytes(), &[0, 0, 0, 0, 44, 1, 0, hidden], &[0; 5]]));
            current = Some(*row);
        }
        let style = cell.format().and_then(|own| formats.iter().position(|one| one == own)).map(|at| at + 1);
        let style = if cell.with.contains_key("strike") { Some(formats.len() + 1) } else { style };
        let style = u32::try_from(style.unwrap_or(0)).unwrap();
        let head = [column.to_le_bytes(), style.to_le_bytes()].concat();
        if let Some(rich) = cell.with.get("rich") {
            body.extend(binary(62, &[&head, &runs_of_fonts(rich)]));
            continue;
        }
        body.extend(match (cell.number(), cell.with.get("t")) {
            (_, Some(_)) => binary(11, &[&head, &[0x17], &[0; 10]]),
            (Some(number), None) => binary(5, &[&head, &number.to_le_bytes()]),
            (None, None) => binary(6, &[&head, &wide(cell.words())]),
        });
    }
    body.extend(binary(146, &[]));
    for area in &sheet.merges {
        let (first, last) = area.split_once(':').unwrap();
        let (first, last) = (address(first), address(last));
        let corners = [first.0, last.0, first.1, last.1].map(u32::to_le_bytes).concat();
        body.extend(binary(176, &[&corners]));
    }
    body.extend(binary(130, &[]));
    body
}

/// An xlsb workbook (BIFF12) of texts, numbers and formulas whose result is an error.
pub(crate) fn xlsb(sheets: &[Sheet]) -> Vec<u8> {
    let formats = formats(sheets);
    let mut book = [binary(131, &[]), binary(143, &[])].concat();
    let mut links = String::new();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for (at, sheet) in (1_u32..).zip(sheets) {
        let id = format!("rId{at}");
        book.extend(binary(
            156,
            &[&u32::from(sheet.is_hidden).to_le_bytes(), &at.to_le_bytes(), &wide(&id), &wide(&sheet.name)],
        ));
        write!(
            links,
            "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{at}.bin\"/>"
        )
        .unwrap();
        parts.push((format!("xl/worksheets/sheet{at}.bin"), binary_sheet(sheet, &formats)));
    }
    book.extend([binary(144, &[]), binary(132, &[])].concat());
    let package = "http://schemas.openxmlformats.org/package/2006";
    let links = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{package}/relationships\">{links}</Relationships>"
    );
    let types = format!("<?xml version=\"1.0\"?><Types xmlns=\"{package}/content-types\"/>");
    let root = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
    );
    let mut files: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", links.as_bytes()),
    ];
    let styles = binary_styles(&formats);
    files.push(("xl/styles.bin", &styles));
    files.extend(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    archive(&files)
}

/// A record of BIFF12: its number and length seven bits at a time.
pub(crate) fn binary(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut bytes = if kind < 128 {
        vec![u8::try_from(kind).unwrap()]
    } else {
        vec![u8::try_from(kind & 0x7F).unwrap() | 0x80, u8::try_from(kind >> 7).unwrap()]
    };
    let mut length = body.len();
    loop {
        let low = u8::try_from(length & 0x7F).unwrap();
        length >>= 7;
        bytes.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            break;
        }
    }
    bytes.extend(body);
    bytes
}
