//! Workbooks that kill or hang their reader.

use std::collections::BTreeMap;

use crate::writers::{Cell, Sheet, Xls, archive, cell, xls, xlsx};

const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &str = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";

fn ods(content: &str) -> Vec<u8> {
    let files = [("mimetype", ODS), ("META-INF/manifest.xml", MANIFEST), ("content.xml", content)];
    archive(&files.map(|(name, text)| (name, text.as_bytes())))
}

fn corners(row: u32, column: u32) -> Vec<Sheet> {
    let one = || Cell { text: "1".to_owned(), with: BTreeMap::new() };
    vec![Sheet {
        name: "s".to_owned(),
        cells: BTreeMap::from([((0, 0), one()), ((row, column), one())]),
        ..Sheet::default()
    }]
}

/// Two cells in opposite corners: a dense range would need half a terabyte.
pub(crate) fn far_cell_xlsx() -> Vec<u8> {
    xlsx(&corners(1_048_575, 16_383), "", "")
}

/// The same in the old format.
pub(crate) fn far_cell_xls() -> Vec<u8> {
    xls(&corners(65_535, 255), &Xls::default())
}

/// A long text that a hundred thousand cells share: more than a worker may use, and the process aborts.
pub(crate) fn echo_xlsx() -> Vec<u8> {
    let mut sheet = Sheet { name: "s".to_owned(), ..Sheet::default() };
    sheet.cells.insert((1, 0), cell("{long=30000}").unwrap());
    let row: String = "<c t=\"s\"><v>0</v></c>".repeat(10_000);
    sheet.raw = (3..13).map(|row_number| format!("<row r=\"{row_number}\">{row}</row>")).collect();
    xlsx(&[sheet], "", "")
}

/// A row that claims to stand ninety million cells wide in all: unfolded, they would fill the memory.
pub(crate) fn vast_ods() -> Vec<u8> {
    let spaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    let cell = "<table:table-cell table:number-columns-repeated=\"9500\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell>";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name=\"s\"><table:table-row table:number-rows-repeated=\"10000\">{cell}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    ods(&content)
}

/// A table that ends too early: the reader waits for its end for ever.
pub(crate) fn endless_ods() -> Vec<u8> {
    let content = "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet><table:table table:name=\"s\">";
    ods(content)
}
