//! Sheets written as text → bytes of workbooks, with everything that spreadsheets in the wild contain and no library
//! would write: bad cells, wrong code pages, missing results.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

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
}

/// An xls workbook (BIFF8).
pub(crate) fn xls(sheets: &[Sheet], how: &Xls) -> Vec<u8> {
    let formats = formats(sheets);
    let mut globals = record(0x0809, &[&words(&[0x0600, 5, 0, 0, 0, 0, 0, 0])]);
    if how.is_encrypted {
        globals.extend(record(0x002F, &[&words(&[1, 1, 1]), &[7; 48]]));
    }
    if let Some(page) = how.code_page {
        globals.extend(record(0x0042, &[&words(&[page])]));
    }
    for (id, format) in (164_u16..).zip(&formats) {
        globals.extend(record(0x041E, &[&words(&[id]), &unicode(format, true)]));
    }
    globals.extend(record(0x00E0, &[&words(&[0, 0]), &[0; 16]]));
    for (id, _) in (164_u16..).zip(&formats) {
        globals.extend(record(0x00E0, &[&words(&[0, id]), &[0; 16]]));
    }
    let bodies: Vec<Vec<u8>> = sheets.iter().map(|sheet| sheet_records(sheet, &formats, how)).collect();
    let bound: Vec<Vec<u8>> = sheets.iter().map(|sheet| unicode(&sheet.name, false)).collect();
    let mut offset = globals.len() + bound.iter().map(|name| 4 + 6 + name.len()).sum::<usize>() + 4;
    for ((sheet, name), body) in sheets.iter().zip(&bound).zip(&bodies) {
        let start = u32::try_from(offset).unwrap().to_le_bytes();
        globals.extend(record(0x0085, &[&start, &[u8::from(sheet.is_hidden), 0], name]));
        offset += body.len();
    }
    globals.extend(record(0x000A, &[]));
    let stream = [globals, bodies.concat()].concat();
    compound(&[("/Workbook", &stream)])
}

/// An OLE file of streams.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, std::io::Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        // Shorter streams would lie in the small sectors, which are another matter.
        let mut padded = bytes.to_vec();
        padded.resize(padded.len().max(4096), 0);
        file.create_stream(name).unwrap().write_all(&padded).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn sheet_records(sheet: &Sheet, formats: &[String], how: &Xls) -> Vec<u8> {
    let mut body = record(0x0809, &[&words(&[0x0600, 0x10, 0, 0, 0, 0, 0, 0])]);
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
            None => record(0x0204, &[&head, &unicode(cell.words(), true)]),
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

/// An xlsb workbook (BIFF12) of texts, numbers and formulas whose result is an error.
pub(crate) fn xlsb(sheets: &[Sheet]) -> Vec<u8> {
    let wide = |text: &str| {
        let units: Vec<u16> = text.encode_utf16().collect();
        [u32::try_from(units.len()).unwrap().to_le_bytes().to_vec(), words(&units)].concat()
    };
    let mut book = [binary(131, &[]), binary(143, &[])].concat();
    let mut links = String::new();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for (at, sheet) in (1_u32..).zip(sheets) {
        let id = format!("rId{at}");
        book.extend(binary(156, &[&0_u32.to_le_bytes(), &at.to_le_bytes(), &wide(&id), &wide(&sheet.name)]));
        write!(
            links,
            "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{at}.bin\"/>"
        )
        .unwrap();
        let last = sheet.cells.keys().fold((0, 0), |most, at| (most.0.max(at.0), most.1.max(at.1)));
        let dimension: Vec<u8> = [0, last.0, 0, last.1].iter().flat_map(|n: &u32| n.to_le_bytes()).collect();
        let mut body = [binary(129, &[]), binary(148, &[&dimension]), binary(145, &[])].concat();
        let mut current = None;
        for ((row, column), cell) in &sheet.cells {
            if current != Some(*row) {
                body.extend(binary(0, &[&row.to_le_bytes(), &[0; 13]]));
                current = Some(*row);
            }
            let head = [column.to_le_bytes(), 0_u32.to_le_bytes()].concat();
            body.extend(match (cell.number(), cell.with.get("t")) {
                (_, Some(_)) => binary(11, &[&head, &[0x07], &[0; 10]]),
                (Some(number), None) => binary(5, &[&head, &number.to_le_bytes()]),
                (None, None) => binary(6, &[&head, &wide(cell.words())]),
            });
        }
        body.extend([binary(146, &[]), binary(130, &[])].concat());
        parts.push((format!("xl/worksheets/sheet{at}.bin"), body));
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
    files.extend(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    archive(&files)
}

/// A record of BIFF12: its number and length seven bits at a time.
fn binary(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
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
