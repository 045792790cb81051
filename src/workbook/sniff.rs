//! What a file is, told by its content and never by its name.

use serde::{Deserialize, Serialize};

use crate::files::Document;

/// A file that is no workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoWorkbook {
    /// Encrypted as a whole by security software of the sender's office.
    Wrapped,
    /// An archive; `inside` names the workbooks that it holds, as far as that can be told.
    Archive {
        /// `ZIP`, `RAR`, `7z`.
        kind: String,
        /// Names of the workbooks in it.
        inside: Vec<String>,
    },
    /// Another document.
    Document(Document),
}

/// What holds a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// An archive, as `.xlsx`, `.xlsb` and `.ods` are.
    Zip,
    /// An OLE file, as `.xls` and `.et` are.
    Ole,
}

/// Marks in the first bytes of files that security software has encrypted, in lower case. The software of one office opens
/// them, and nothing else does.
const WRAPPERS: [&str; 14] = [
    "tsd-header",
    "e-safenet",
    "esafenet",
    "safenet",
    "ipguard",
    "ip-guard",
    "ldsec",
    "nasca drm",
    "fasoo",
    "drmone",
    "scdsa00",
    ".pfile",
    "vormetric",
    "encryptedfile",
];

/// How much of a file is looked at.
const HEAD: usize = 1024;

/// Tells what a file is.
///
/// # Errors
/// Fails with what the file is when it is no container of a workbook.
pub(super) fn sniff(bytes: &[u8]) -> Result<Container, NoWorkbook> {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let document = match head {
        [b'P', b'K', 3, 4, ..] => return Ok(Container::Zip),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Ok(Container::Ole),
        [] => Document::Empty,
        [b'P', b'K', 5, 6, ..] => return Err(archive("ZIP")),
        [b'R', b'a', b'r', b'!', ..] => return Err(archive("RAR")),
        [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => return Err(archive("7z")),
        [0x1F, 0x8B, ..] => return Err(archive("GZ")),
        [b'M', b'S', b'C', b'F', ..] => return Err(archive("CAB")),
        [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..] => Document::Excel4,
        [b'%', b'P', b'D', b'F', ..] => Document::Pdf,
        [b'{', b'\\', b'r', b't', b'f', ..] => Document::Words,
        [0x89, b'P', b'N', b'G', ..]
        | [0xFF, 0xD8, 0xFF, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'I', b'I', b'*', 0, ..]
        | [b'M', b'M', 0, b'*', ..]
        | [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i', ..] => Document::Picture,
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Document::Picture,
        [b'M', b'Z', ..] if head.contains(&0) => Document::Program,
        _ => return Err(text_or_unknown(head)),
    };
    Err(NoWorkbook::Document(document))
}

fn archive(kind: &str) -> NoWorkbook {
    NoWorkbook::Archive { kind: kind.to_owned(), inside: Vec::new() }
}

fn text_or_unknown(head: &[u8]) -> NoWorkbook {
    if head.iter().all(|byte| *byte == 0) {
        return NoWorkbook::Document(Document::Zeros);
    }
    // UTF-16 becomes legible without its zeros.
    let letters: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&letters).to_lowercase();
    let begin: String = text.chars().take(256).collect();
    if WRAPPERS.iter().any(|mark| begin.contains(mark)) {
        return NoWorkbook::Wrapped;
    }
    let has = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let is_text = !letters.iter().any(|byte| *byte < 9 || (14..27).contains(byte));
    let separators = letters.iter().filter(|byte| matches!(**byte, b',' | b'\t' | b';')).count();
    NoWorkbook::Document(if text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Document::XmlTable
    } else if text.contains("mime-version:") {
        let is_page = has(&["multipart/related", "text/html"]) && !has(&["received:", "from:"]);
        if is_page { Document::Mhtml } else { Document::Mail }
    } else if has(&["<html", "<table", "<!doctype html"]) {
        Document::Html
    } else if is_text && separators > 0 {
        Document::Csv
    } else if is_text {
        Document::Text
    } else {
        Document::Unknown
    })
}

/// What an archive without a workbook of its own is, by the names of its parts, which are in lower case.
pub(super) fn of_parts<'a>(parts: impl Iterator<Item = &'a str>, mimetype: &str) -> NoWorkbook {
    let parts: Vec<&str> = parts.collect();
    let has = |name: &str| parts.contains(&name);
    if has("word/document.xml") || mimetype.contains("opendocument.text") {
        return NoWorkbook::Document(Document::Words);
    }
    if has("ppt/presentation.xml") || mimetype.contains("opendocument.presentation") {
        return NoWorkbook::Document(Document::Slides);
    }
    if has("ofd.xml") {
        return NoWorkbook::Document(Document::Ofd);
    }
    let is_workbook = |name: &&&str| {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        matches!(extension, "xlsx" | "xls" | "xlsm" | "xlsb" | "et" | "ods")
    };
    let inside = parts.iter().filter(is_workbook).take(20).map(|name| (*name).to_owned()).collect();
    NoWorkbook::Archive { kind: "ZIP".to_owned(), inside }
}

/// What an OLE file without a workbook is, by the names of its streams as they stand in its bytes.
pub(super) fn of_streams(has: impl Fn(&str) -> bool) -> NoWorkbook {
    NoWorkbook::Document(if has("WordDocument") || has("WpsDocument") {
        Document::Words
    } else if has("PowerPoint Document") {
        Document::Slides
    } else if has("__nameid_version1.0") || has("__properties_version1.0") {
        Document::Mail
    } else {
        Document::Unknown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_workbooks_are_told_by_their_content() {
        let document = |document| Err(NoWorkbook::Document(document));
        for (bytes, expected) in [
            (&b"PK\x03\x04"[..], Ok(Container::Zip)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Ok(Container::Ole)),
            (b"", document(Document::Empty)),
            (b"%TSD-Header-###%\x00\x01\x02", Err(NoWorkbook::Wrapped)),
            (b"b\x14#e\x80\x01\x00E-SafeNet\x00\x00\x00LOCK", Err(NoWorkbook::Wrapped)),
            (b"Rar!\x1A\x07\x00", Err(archive("RAR"))),
            (b"7z\xBC\xAF\x27\x1C", Err(archive("7z"))),
            (b"%PDF-1.7", document(Document::Pdf)),
            (b"\x89PNG\r\n\x1A\n", document(Document::Picture)),
            (b"\xFF\xD8\xFF\xE0", document(Document::Picture)),
            (b"<html><table>", document(Document::Html)),
            (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", document(Document::Mhtml)),
            (b"From: a@b\nMIME-Version: 1.0\n", document(Document::Mail)),
            (b"\xFF\xFE<\0t\0a\0b\0l\0e\0>\0", document(Document::Html)),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                document(Document::XmlTable),
            ),
            (b"a,b\n1,2", document(Document::Csv)),
            (b"\xD0\xF2\xBA\xC5\t\xD6\xB5\n", document(Document::Csv)),
            (b"hello", document(Document::Text)),
            (b"{\\rtf1", document(Document::Words)),
            (b"\x09\x04\x06\x00\x00\x04\x10\x00", document(Document::Excel4)),
            (b"\x00\x01\x02", document(Document::Unknown)),
            (b"\x00\x00\x00\x00", document(Document::Zeros)),
        ] {
            assert_eq!(sniff(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn archives_and_ole_files_are_told_by_their_parts() {
        let parts = |names: &'static [&'static str]| of_parts(names.iter().copied(), "");
        assert_eq!(parts(&["word/document.xml"]), NoWorkbook::Document(Document::Words));
        assert_eq!(parts(&["ofd.xml", "doc_0/document.xml"]), NoWorkbook::Document(Document::Ofd));
        let inside = vec!["报送/市科技局.xlsx".to_owned()];
        assert_eq!(
            parts(&["说明.txt", "报送/市科技局.xlsx"]),
            NoWorkbook::Archive { kind: "ZIP".into(), inside }
        );
        assert_eq!(of_streams(|name| name == "WordDocument"), NoWorkbook::Document(Document::Words));
    }
}
