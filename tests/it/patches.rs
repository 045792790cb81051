//! Workbooks that are given back with marks: every cell stays what it was, every part that is not named here is copied byte for byte, and what is
//! opened again is read as before.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::Command;

use duibiao::ident::CellRef;
use duibiao::workbook::patch::{
    CellMark, Highlight, NewAllowed, NewCell, NewContent, NewRow, NewRule, NewSheet, NewStyle, PatchOrder,
    PatchRefusal, PatchedBook, StyleAlign, StyleFont, new_book, patch,
};
use duibiao::workbook::{Area, Book, Content, Limits, Pool};
use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    DataValidation, DocProperties, Format, Note, Sparkline, Table, Workbook,
};

use crate::fixtures::first_file;
use crate::tools::is_at_hand;
use crate::workspace::{PROGRAM, Workspace, repository, tree};
use crate::writers::{edited, packed, unpacked};

const TAG: &str = "对标查询";
const LOOKS: [Highlight; 2] = [
    Highlight { fill: 0x00FF_C7CE, colour: Some(0x009C_0006), bold: true },
    Highlight { fill: 0x00FF_EB9C, colour: None, bold: false },
];

fn new_sheet() -> NewSheet {
    let font = StyleFont { name: "宋体", size: 10, bold: false, underlined: false, colour: None };
    let style = NewStyle {
        font,
        fill: Some(0x00FF_F9DB),
        boxed: true,
        align: StyleAlign::Left,
        wraps: true,
        unlocked: true,
        typed: false,
    };
    let other = NewStyle { font: StyleFont { bold: true, ..font }, fill: None, typed: true, ..style };
    let at = |row, column| CellRef::new(row, column);
    let area = |first, last| Area { first, last };
    let holds = [
        NewContent::Text("一<二>&\"三\"\n_x0041_".to_owned()),
        NewContent::Number("1.5".to_owned()),
        NewContent::Nothing,
        NewContent::Formula(
            "IF(B1=1.5,\"是\",\"否\")".to_owned(),
            Box::new(NewContent::Text("是".to_owned())),
        ),
    ];
    let cells = (0..).zip(holds).map(|(column, holds)| NewCell {
        column,
        style: if column == 1 { other } else { style },
        holds,
    });
    NewSheet {
        name: "查询单".to_owned(),
        rows: vec![NewRow { height: 40, cells: cells.collect() }, NewRow::default()],
        widths: vec![20, 8, 8, 8],
        merges: vec![area(at(1, 0), at(1, 3))],
        frozen: 1,
        begin: at(1, 0),
        rules: vec![
            NewRule {
                area: area(at(0, 2), at(0, 2)),
                allowed: NewAllowed::Words(vec!["更正".to_owned(), "确认".to_owned()]),
                refusal: ("答复".to_owned(), "请选".to_owned()),
                prompt: ("答复".to_owned(), "一\n二".to_owned()),
            },
            NewRule {
                area: area(at(1, 0), at(1, 3)),
                allowed: NewAllowed::Length(500),
                refusal: ("过长".to_owned(), "500字以内".to_owned()),
                prompt: (String::new(), String::new()),
            },
        ],
        links: vec![(at(0, 0), "'查询单'!B1".to_owned(), "B1".to_owned())],
        highlights: vec![(area(at(0, 3), at(0, 3)), "D1<>\"否\"".to_owned(), LOOKS[1])],
        footer: "&L甲&&乙&R第&P页".to_owned(),
    }
}

pub(crate) fn patched(bytes: &[u8], marks: &[CellMark]) -> Result<PatchedBook, PatchRefusal> {
    let sheet = new_sheet();
    let properties = [("对标查询单".to_owned(), "湘潭市-2023-annual-市科技局-1".to_owned())];
    let order = PatchOrder { marks, tag: TAG, looks: LOOKS, sheet: &sheet, properties: &properties };
    patch(bytes, &order, &Limits::default())
}

fn read(bytes: &[u8]) -> Book {
    let pool = Pool::new(Path::new(PROGRAM), Limits::default());
    pool.read(Some(bytes)).unwrap().unwrap()
}

/// Marks on each sheet: its first cell, a blank one, and one far away.
fn marks(book: &Book) -> Vec<CellMark> {
    let mut marks: Vec<CellMark> = Vec::new();
    // A module of macros, which is listed as a sheet, has no cells.
    for sheet in book.sheets.iter().filter(|sheet| !sheet.name.starts_with("模块")) {
        let first = sheet.cells.keys().next().copied().unwrap_or(CellRef::new(0, 0));
        for at in BTreeSet::from([first, CellRef::new(first.row, 700), CellRef::new(5000, 3)]) {
            let (sheet, is_grave) = (sheet.name.clone(), at.row < 5000);
            let note = "湘潭市-2023-annual-市科技局-1 第1条\n单元格为空，未填报。【V401】\n→ 补填".to_owned();
            marks.push(CellMark { sheet, at, is_grave, note });
        }
    }
    marks
}

/// The data of a sheet, byte for byte.
fn data(part: &[u8]) -> &[u8] {
    let find = |what: &[u8], from: usize| {
        part[from..].windows(what.len()).position(|some| some == what).map(|at| at + from)
    };
    let name = b"sheetData";
    let Some(start) = find(name, 0) else { return b"" };
    let start = part[..start].iter().rposition(|b| *b == b'<').unwrap();
    let mut last = start;
    while let Some(at) = find(name, last + 1 + name.len()) {
        last = at;
    }
    let end = last + part[last..].iter().position(|b| *b == b'>').unwrap();
    &part[start..=end]
}

/// Children of a worksheet in the order of the schema.
const ORDER: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// Names of elements with their depths; fails where a part is no XML.
fn elements(name: &str, part: &[u8]) -> Vec<(usize, String)> {
    let text = String::from_utf8(part.to_vec()).unwrap_or_else(|_| panic!("{name} is not in UTF-8"));
    let mut reader = quick_xml::Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut found, mut depth) = (Vec::new(), 0);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(tag) => {
                found.push((depth, tag.local_name().as_ref().to_owned()));
                tag.attributes().for_each(|one| drop(one.unwrap_or_else(|error| panic!("{name}: {error}"))));
                depth += 1;
            }
            Event::Empty(tag) => {
                found.push((depth, tag.local_name().as_ref().to_owned()));
                tag.attributes().for_each(|one| drop(one.unwrap_or_else(|error| panic!("{name}: {error}"))));
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name} is not whole");
    found
}

/// A part without the attributes that a change may give another value: how many entries a list has, and which sheet is opened first.
fn without_counts(part: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(part.len());
    let mut at = 0;
    while at < part.len() {
        let rest = &part[at..];
        let named = rest[0].is_ascii_whitespace().then(|| {
            let heads = ["count=", "activeTab=", "tabSelected="];
            heads.iter().find(|head| rest[1..].starts_with(head.as_bytes())).map(|head| 1 + head.len())
        });
        let quoted = named.flatten().and_then(|begin| {
            let quote = *rest.get(begin)?;
            let end = rest[begin + 1..].iter().position(|byte| *byte == quote)?;
            Some(begin + end + 2)
        });
        if let Some(end) = quoted {
            at += end;
        } else {
            kept.push(rest[0]);
            at += 1;
        }
    }
    kept
}

/// Whether every byte of a part is still there in its order.
fn is_kept(was: &[u8], is: &[u8]) -> bool {
    let mut behind = is.iter();
    was.iter().all(|byte| behind.any(|other| other == byte))
}

/// The parts of an archive; one that cannot be unpacked as it is compressed.
fn contents(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let part = |at: usize| {
        let (mut whole, mut raw) = (Vec::new(), Vec::new());
        let is_whole = archive.by_index(at).is_ok_and(|mut part| part.read_to_end(&mut whole).is_ok());
        let mut part = archive.by_index_raw(at).unwrap();
        part.read_to_end(&mut raw).unwrap();
        (String::from_utf8_lossy(part.name_raw()).into_owned(), if is_whole { whole } else { raw })
    };
    (0..zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().len()).map(part).collect()
}

/// Whether a part is among those that a change may add to.
fn may_change(part: &str, was: &[u8]) -> bool {
    let part = part.to_lowercase().replace('\\', "/");
    let is_link = part.ends_with(".rels")
        && (part.contains("sheet") || part.contains("workbook.xml.rels") || part == "_rels/.rels");
    let begins = String::from_utf8_lossy(was.get(..1000).unwrap_or(was)).into_owned();
    let kinds =
        ["worksheet", "chartsheet", "dialogsheet", "styleSheet", "officeDocument/2006/custom-properties"];
    is_link
        || part.contains("comment")
        || part.ends_with(".vml")
        || part == "[content_types].xml"
        || part.ends_with("workbook.xml")
        || kinds.iter().any(|kind| begins.contains(kind))
}

/// Holds the parts that were sent against those of the patched workbook: what may change has all that it had, and the rest is the same.
fn hold_parts(name: &str, old: &[(String, Vec<u8>)], new: &[(String, Vec<u8>)]) {
    for ((part, was), (_, is)) in old.iter().zip(new) {
        if was == is {
            continue;
        }
        assert!(may_change(part, was), "{name}: {part} is changed");
        let (was_bare, is_bare) = (without_counts(was), without_counts(is));
        assert!(is_kept(&was_bare, &is_bare), "{name}: something of {part} is gone");
        if part.to_lowercase().contains("sheet")
            && part.to_lowercase().ends_with(".xml")
            && !String::from_utf8_lossy(was).contains("styleSheet")
        {
            assert_eq!(data(was), data(is), "{name}: the data of {part} are changed");
            // A sheet without a mark is no longer selected, and nothing else.
            let is_marked = String::from_utf8_lossy(is).contains("N(&quot;对标查询&quot;)=0");
            assert!(is_marked || was_bare == is_bare, "{name}: {part} is changed");
        }
    }
}

/// Holds a patched workbook against the one that was sent.
pub(crate) fn hold(name: &str, before: &[u8], after: &PatchedBook, marks: &[CellMark], book: &Book) {
    let (old, new) = (contents(before), contents(&after.bytes));
    let names = |parts: &[(String, Vec<u8>)]| parts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&new)[..old.len()], names(&old)[..], "{name}: the parts are in another order");
    hold_parts(name, &old, &new);
    let changed = new.iter().filter(|(part, is)| !old.iter().any(|(own, was)| own == part && was == is));
    let mut found = BTreeMap::new();
    for (part, is) in changed {
        // Shapes of notes need not be XML, and then stay what they are but for ours.
        let was = old.iter().find(|(own, _)| own == part).map(|(_, was)| was);
        let is_odd = |was: &Vec<u8>| catch_unwind(|| elements(part, was)).is_err();
        if part.ends_with(".vml") && was.is_some_and(is_odd) {
            continue;
        }
        let elements = elements(&format!("{name}: {part}"), is);
        if part.contains("worksheets/") && part.ends_with(".xml") {
            let places = elements.iter().filter(|(depth, _)| *depth == 1);
            let places: Vec<usize> =
                places.filter_map(|(_, one)| ORDER.iter().position(|own| own == one)).collect();
            assert!(places.is_sorted(), "{name}: {part} is not in the order of the schema: {elements:?}");
        }
        found.insert(part.clone(), is.clone());
    }
    let again = read(&after.bytes);
    let (last, others) = again.sheets.split_last().unwrap();
    assert_eq!(others, &book.sheets[..], "{name} is read otherwise");
    assert_eq!(last.name, after.sheet);
    assert_eq!(last.cell(0, 1).unwrap().content, Content::Number("1.5".to_owned()), "{name}");
    assert_eq!(last.text(0, 0), "一<二>&\"三\"\n_x0041_", "{name}");
    assert_eq!(again.marks.properties["对标查询单"], "湘潭市-2023-annual-市科技局-1");
    // Each cell is marked once, and has a note unless it had one.
    let text: String = found.values().map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let own: usize =
        new.iter().map(|(_, is)| String::from_utf8_lossy(is).matches("对标查询：").count()).sum();
    assert_eq!(own, marks.len() - after.without_note.len(), "{name}: notes");
    let cells: usize = text
        .split("sqref=\"")
        .skip(1)
        .filter(|part| part.split("</").next().unwrap().contains("N(&quot;对标查询&quot;)=0"))
        .map(|part| part.split('"').next().unwrap().split(' ').count())
        .sum();
    assert_eq!(cells, marks.len(), "{name}: marks");
}

/// A workbook with what departments' workbooks may hold.
fn varied() -> Vec<u8> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_custom_property("科室编号", "KJJ-07"));
    let red = Format::new().set_font_color(Color::Red).set_bold();
    let sheet = book.add_worksheet().set_name("指标").unwrap();
    // What has the colour of its paper is marked too.
    let swallowed = Format::new().set_font_color(Color::White);
    sheet.write_with_format(0, 6, 5, &swallowed).unwrap();
    for row in 1..8 {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 2, f64::from(row) * 10.5).unwrap();
    }
    sheet.write_formula(1, 3, rust_xlsxwriter::Formula::new("=C2*2").set_result("42")).unwrap();
    sheet.write_rich_string(8, 1, &[(&Format::new(), "说明"), (&red, "重要")]).unwrap();
    sheet.write_url(9, 1, "https://example.org").unwrap();
    sheet.insert_note(2, 2, &Note::new("科里备注：含园区").set_author("张三")).unwrap();
    let list = DataValidation::new().allow_list_strings(&["实际", "预计"]).unwrap();
    sheet.add_data_validation(1, 4, 6, 4, &list).unwrap();
    let bar = ConditionalFormatDataBar::new();
    sheet.add_conditional_format(1, 2, 6, 2, &bar).unwrap();
    let rule =
        ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(3)).set_format(&red);
    sheet.add_conditional_format(1, 3, 6, 3, &rule).unwrap();
    sheet.add_sparkline(1, 5, &Sparkline::new().set_range(("指标", 1, 2, 6, 2))).unwrap();
    let mut chart = Chart::new(ChartType::Line);
    chart.add_series().set_values(("指标", 1, 2, 6, 2));
    sheet.insert_chart(1, 9, &chart).unwrap();
    sheet.add_table(19, 0, 22, 1, &Table::new()).unwrap();
    sheet.insert_checkbox(8, 5, true).unwrap();
    sheet.merge_range(11, 0, 12, 3, "合并", &red).unwrap();
    sheet.protect();
    sheet.set_freeze_panes(1, 0).unwrap().set_footer("&C第&P页").autofilter(0, 0, 6, 4).unwrap();
    let list = book.add_worksheet().set_name("字典 'A' & <B>").unwrap();
    list.write(0, 0, "实际").unwrap();
    book.define_name("目标", "='指标'!$C$2").unwrap();
    book.add_worksheet().set_name("深藏").unwrap().set_hidden(true).write(0, 0, 2).unwrap();
    book.save_to_buffer().unwrap()
}

/// The same as other programs write it: with a prefix before every element, a mark at the beginning of parts, and without what may be left out.
#[expect(clippy::too_many_lines, reason = "a list of workbooks")]
fn odd() -> Vec<(String, Vec<u8>)> {
    let prefixed = |text: &str| {
        let text = text.replace(
            "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml",
            "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml",
        );
        let mut made = String::from("\u{feff}");
        let mut rest = text.as_str();
        while let Some(at) = rest.find('<') {
            made.push_str(&rest[..at]);
            let tag = &rest[at..];
            let behind = if tag.starts_with("</") { 2 } else { 1 };
            made.push_str(&tag[..behind]);
            let own = tag[behind..].starts_with(|c: char| c.is_ascii_alphabetic());
            let name = tag[behind..].split([' ', '>', '/']).next().unwrap();
            if own && !name.contains(':') {
                made.push_str("x:");
            }
            rest = &tag[behind..];
        }
        made + rest
    };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("指标").unwrap();
    sheet.write(3, 3, 779).unwrap();
    sheet.write(3, 4, "约").unwrap();
    let plain = book.save_to_buffer().unwrap();
    let with_prefix = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
        .into_iter()
        .fold(plain.clone(), |bytes, part| edited(&bytes, part, prefixed));
    let without_styles: Vec<(String, Vec<u8>)> =
        unpacked(&plain).into_iter().filter(|(name, _)| name != "xl/styles.xml").collect();
    let without_styles = edited(&packed(&without_styles), "xl/_rels/workbook.xml.rels", |text| {
        let start = text.find("<Relationship Id=\"rId3\"").unwrap();
        let end = start + text[start..].find("/>").unwrap() + 2;
        assert!(text[start..end].contains("styles"), "{text}");
        [&text[..start], &text[end..]].concat()
    });
    let without_styles = edited(&without_styles, "[Content_Types].xml", |text| {
        let start = text.find("<Override PartName=\"/xl/styles.xml\"").unwrap();
        let end = start + text[start..].find("/>").unwrap() + 2;
        [&text[..start], &text[end..]].concat()
    });
    let without_view = edited(&plain, "xl/workbook.xml", |text| {
        let (start, end) = (text.find("<bookViews>").unwrap(), text.find("</bookViews>").unwrap());
        [&text[..start], &text[end + "</bookViews>".len()..]].concat()
    });
    let empty_lists = edited(&plain, "xl/styles.xml", |text| {
        assert!(text.contains("<dxfs count=\"0\"/>"), "{text}");
        text.to_owned()
    });
    let with_module = edited(&plain, "xl/workbook.xml", |text| {
        text.replace(
            "</sheets>",
            "<sheet name=\"模块1\" sheetId=\"9\" state=\"veryHidden\" r:id=\"\"/></sheets>",
        )
    });
    let with_bare_styles = edited(&plain, "xl/styles.xml", |text| {
        let end = text.find("<styleSheet").unwrap();
        format!(
            "{}<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
            &text[..end]
        )
    });
    vec![
        ("with a module".to_owned(), with_module),
        ("with bare styles".to_owned(), with_bare_styles),
        ("with prefixes".to_owned(), with_prefix),
        ("without styles".to_owned(), without_styles),
        ("without a view".to_owned(), without_view),
        ("with empty lists".to_owned(), empty_lists),
        ("varied".to_owned(), varied()),
    ]
}

/// The workbooks of the samples and of the fixtures that are of the format, and some that are made here.
fn workbooks() -> Vec<(String, Vec<u8>)> {
    let mut found = odd();
    for round in ["input/2023", "input/2025"] {
        let files = tree(&repository().join(round));
        found.extend(files.into_iter().filter(|(name, _)| name.ends_with(".xlsx")));
    }
    for (name, text) in tree(&repository().join("tests/fixtures")) {
        let bytes = first_file(&String::from_utf8(text).unwrap());
        found.push((name, bytes));
    }
    found
}

#[test]
fn a_patched_workbook_is_what_it_was_but_for_marks_notes_and_a_sheet() {
    let pool = Pool::new(Path::new(PROGRAM), Limits::default());
    let (mut done, mut refused) = (0, BTreeMap::new());
    for (name, bytes) in workbooks() {
        let Ok(book) = pool.read(Some(&bytes)).unwrap() else { continue };
        let marks = marks(&book);
        match patched(&bytes, &marks) {
            Ok(made) => {
                hold(&name, &bytes, &made, &marks, &book);
                assert_eq!(patched(&bytes, &marks).unwrap(), made, "{name}: other bytes");
                done += 1;
            }
            Err(PatchRefusal::OtherFormat) if book.format != "xlsx" => {}
            Err(why) => drop(refused.insert(name, why)),
        }
    }
    assert!(done > 120, "only {done} workbooks were patched: {refused:?}");
    // Those of the fixtures that no spreadsheet writes.
    let expected: BTreeMap<String, PatchRefusal> =
        NOT_PATCHED.map(|(name, why)| (name.to_owned(), why)).into();
    assert_eq!(refused, expected);
}

/// Fixtures whose workbooks are not patched, and why: parts in another code, two sheets of one name, styles that are broken or not there.
const NOT_PATCHED: [(&str, PatchRefusal); 6] = [
    ("136-parts-in-utf-16.txt", PatchRefusal::OtherCode),
    ("137-parts-in-gbk.txt", PatchRefusal::OtherCode),
    ("143-numbers-beside-tables.txt", PatchRefusal::NoSheet),
    ("149-numbers-behind-labels.txt", PatchRefusal::NoSheet),
    ("142-styles-that-are-damaged.txt", PatchRefusal::Damaged),
    ("146-styles-that-are-not-there.txt", PatchRefusal::Damaged),
];

#[test]
fn a_second_query_takes_the_marks_of_the_first_away_and_nothing_else() {
    for (name, bytes) in odd() {
        let book = read(&bytes);
        let first = marks(&book);
        let once = patched(&bytes, &first).unwrap();
        let second: Vec<CellMark> = first.iter().filter(|mark| mark.at.row < 5000).cloned().collect();
        let twice = patched(&once.bytes, &second).unwrap();
        assert_eq!((once.sheet.as_str(), twice.sheet.as_str()), ("查询单", "查询单2"));
        let again = read(&twice.bytes);
        assert_eq!(again.sheets[..book.sheets.len()], book.sheets[..], "{name}");
        assert_eq!(again.sheets.len(), book.sheets.len() + 2);
        // The marks of the first are gone.
        let text: String = unpacked(&twice.bytes)
            .iter()
            .map(|(_, part)| String::from_utf8_lossy(part).into_owned())
            .collect();
        assert_eq!(text.matches("对标查询：").count(), second.len() - twice.without_note.len(), "{name}");
        assert!(!text.contains("D5001"), "{name}");
        assert_eq!(text.matches("<x:Row>5000</x:Row>").count(), 0, "{name}");
        assert_eq!(text.matches("科里备注").count(), usize::from(name == "varied"), "{name}");
        assert_eq!(text.matches("tabSelected").count(), 1, "{name}");
    }
}

#[test]
fn a_cell_keeps_its_own_note() {
    let bytes = varied();
    let mark =
        CellMark {
            sheet: "指标".to_owned(), at: CellRef::new(2, 2), is_grave: true, note: "甲".to_owned()
        };
    let made = patched(&bytes, &[mark]).unwrap();
    assert_eq!(made.without_note, [("指标".to_owned(), CellRef::new(2, 2))]);
    let (old, new) = (unpacked(&bytes), unpacked(&made.bytes));
    for part in ["xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"] {
        let of = |parts: &[(String, Vec<u8>)]| parts.iter().find(|(name, _)| name == part).unwrap().1.clone();
        assert_eq!(of(&old), of(&new), "{part}");
    }
}

#[test]
fn what_a_change_would_break_is_not_patched() {
    let plain = varied();
    let with = |part: &str| {
        let mut parts = unpacked(&plain);
        parts.push((part.to_owned(), b"<a/>".to_vec()));
        packed(&parts)
    };
    let strict = edited(&plain, "xl/workbook.xml", |text| {
        text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    });
    let in_gbk =
        edited(&plain, "xl/styles.xml", |text| text.replace("encoding=\"UTF-8\"", "encoding=\"GBK\""));
    let other_mark =
        CellMark { sheet: "没有".to_owned(), at: CellRef::new(0, 0), is_grave: true, note: String::new() };
    for (bytes, marks, why) in [
        (with("_xmlsignatures/sig1.xml"), vec![], PatchRefusal::Signed),
        (with("xl/revisions/revisionHeaders.xml"), vec![], PatchRefusal::Shared),
        (strict, vec![], PatchRefusal::Strict),
        (in_gbk, vec![], PatchRefusal::OtherCode),
        (plain.clone(), vec![other_mark], PatchRefusal::NoSheet),
        (b"\xD0\xCF\x11\xE0".to_vec(), vec![], PatchRefusal::OtherFormat),
        (plain[..plain.len() / 2].to_vec(), vec![], PatchRefusal::Damaged),
        (edited(&plain, "xl/styles.xml", |text| text.replace("</fonts>", "")), vec![], PatchRefusal::Damaged),
    ] {
        assert_eq!(patched(&bytes, &marks).map(|_| ()), Err(why));
    }
}

#[test]
fn a_sheet_can_be_sent_alone() {
    let sheet = new_sheet();
    let order = PatchOrder { marks: &[], tag: TAG, looks: LOOKS, sheet: &sheet, properties: &[] };
    let made = new_book(&order, &Limits::default()).unwrap();
    let book = read(&made.bytes);
    assert_eq!(book.sheets.len(), 1);
    assert_eq!((made.sheet.as_str(), book.sheets[0].name.as_str()), ("查询单", "查询单"));
    for (name, part) in unpacked(&made.bytes) {
        elements(&name, &part);
    }
}

#[test]
fn libreoffice_opens_what_was_patched_and_keeps_marks_notes_and_the_sheet() {
    if !is_at_hand("soffice") {
        return;
    }
    let workspace = Workspace::new();
    let mut files: Vec<PathBuf> = Vec::new();
    let sample = repository().join("input/2023/xiangtan/submissions/市科技局_年报_v2.xlsx");
    let all = odd().into_iter().chain([("sample".to_owned(), std::fs::read(sample).unwrap())]);
    for (place, (_, bytes)) in (1..).zip(all) {
        let made = patched(&bytes, &marks(&read(&bytes))).unwrap();
        let file = format!("{place}.xlsx");
        workspace.write(&file, &made.bytes);
        files.push(workspace.path(&file));
    }
    let told = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", workspace.path("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(workspace.path("saved"))
        .args(&files)
        .output()
        .unwrap();
    for file in &files {
        let saved = workspace.path("saved").join(file.file_name().unwrap());
        let bytes =
            std::fs::read(&saved).unwrap_or_else(|error| panic!("{}: {error}: {told:?}", saved.display()));
        let (before, after) = (read(&std::fs::read(file).unwrap()), read(&bytes));
        let names = |book: &Book| book.sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&before), names(&after));
        let count = |bytes: &[u8], what: &str| -> usize {
            unpacked(bytes).iter().map(|(_, part)| String::from_utf8_lossy(part).matches(what).count()).sum()
        };
        let old = std::fs::read(file).unwrap();
        for what in ["对标查询：", "N(&quot;对标查询&quot;)=0"] {
            assert!(count(&bytes, what) >= count(&old, what), "{}: {what}", file.display());
        }
        assert_eq!(after.marks.properties["对标查询单"], "湘潭市-2023-annual-市科技局-1");
    }
}
