//! How text from outside is shown: nothing in it can act on a terminal, forge a line or a column, or look like another name.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use crate::characters::is_invisible;

/// Writes control characters, marks that reorder text, and those that show nothing between others as codes; keeps everything else, breaks of lines and tabs as well.
pub fn printable(text: &str) -> String {
    coded(text, |c| deceives(c) && !matches!(c, '\n' | '\t'))
}

/// The same for text that is JSON, in which the codes stand for the characters. All of them lie in the basic plane.
pub fn json(text: &str) -> String {
    if !text.contains(|c| deceives(c) && !matches!(c, '\n' | '\t')) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if deceives(c) && !matches!(c, '\n' | '\t') {
            shown.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A value as JSON in one line.
pub fn printable_json(value: &serde_json::Value) -> String {
    json(&value.to_string())
}

/// A value as the JSON of an output.
///
/// # Errors
/// Fails when the value cannot be serialised, which would be a fault of the program.
pub fn json_file(value: &impl serde::Serialize) -> Result<Vec<u8>, serde_json::Error> {
    Ok(json(&serde_json::to_string_pretty(value)?).into_bytes())
}

/// Text as one line: what would end it is written as a code too.
pub fn line(text: &str) -> String {
    coded(text, deceives)
}

/// Text as one column of a line, where two blanks part columns: of blanks that follow each other only the first is kept.
pub fn column(text: &str) -> String {
    let mut before = false;
    coded(text, |c| {
        let follows = std::mem::replace(&mut before, c.is_whitespace()) && c.is_whitespace();
        follows || deceives(c)
    })
}

/// Text that may be of any length, cut where it gets too long to be read in a message.
pub fn brief(text: &str) -> String {
    const MOST: usize = 200;
    let mut rest = text.chars();
    let kept: String = rest.by_ref().take(MOST).collect();
    if rest.next().is_some() { format!("{kept}…") } else { kept }
}

/// A path as one column of a line.
pub fn path(path: &Path) -> String {
    column(&bytes(path.as_os_str().as_encoded_bytes()))
}

/// The name of a path's last part as it is shown: characters that could deceive a reader, bytes that are no text, marks that show
/// nothing, what only looks like another character, and backslashes that would begin a code are written as codes, so that two names never
/// look the same.
pub fn name(path: &Path) -> String {
    let Some(name) = path.file_name() else { return String::new() };
    // The marks by which a decomposed name differs from the composed one that looks the same.
    let is_alike = |c: char| {
        canonical_combining_class(c) != 0 || ('\u{1160}'..='\u{11ff}').contains(&c) || !c.nfc().eq([c])
    };
    let is_coded = |c: char| deceives(c) || is_invisible(c) || is_alike(c);
    shown_bytes(name.as_encoded_bytes(), |text| {
        let mut rest = text;
        coded(text, |c| {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            is_coded(c) || (c == '\\' && begins_code(rest))
        })
    })
}

/// The name of a path's last part without what acts on a terminal: for comparing it with what people write.
pub fn plain_name(path: &Path) -> String {
    let plain = |name: &str| coded(name, |c| reorders(c) && !matches!(c, '\n' | '\t'));
    path.file_name().map(|name| plain(&bytes(name.as_encoded_bytes()))).unwrap_or_default()
}

/// Whether a backslash before this would begin the code of a character or of a byte.
fn begins_code(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('A'..='F').contains(&c);
    text.starts_with("u{")
        || text
            .strip_prefix('x')
            .and_then(|text| text.get(..2))
            .is_some_and(|code| code.chars().all(is_digit))
}

/// Text, with codes for bytes that are none.
fn bytes(bytes: &[u8]) -> String {
    shown_bytes(bytes, str::to_owned)
}

fn shown_bytes(bytes: &[u8], mut shows: impl FnMut(&str) -> String) -> String {
    let mut shown = String::new();
    for chunk in bytes.utf8_chunks() {
        shown.push_str(&shows(chunk.valid()));
        shown.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    shown
}

fn coded(text: &str, mut is_coded: impl FnMut(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_coded(c) {
            shown.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether a character can act, forge a line, turn text round, or is not seen between others. No output holds one as it is; the page of
/// figures has the same list in `templates/explorer/way.js`.
pub fn deceives(c: char) -> bool {
    reorders(c) || shows_nothing(c)
}

/// Whether a text surely holds neither a character that [`deceives`] nor a backslash, by its bytes alone: most texts do not, and tables hold millions.
/// Of a text with other marks it says nothing.
pub fn is_plain(text: &str) -> bool {
    // The first bytes of what deceives begin other characters too.
    text.bytes().all(|byte| !matches!(byte, ..0x20 | b'\\' | 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xef))
}

/// Whether a character takes no room between others, so that a text looks like another one. Selectors and the like change the one before.
fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}')
}

fn reorders(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_with_a_character_that_deceives_is_plain() {
        let all = ('\0'..=char::MAX).filter(|c| deceives(*c)).chain(['\\']);
        let plain: Vec<char> = all.filter(|c| is_plain(&format!("a{c}市"))).collect();
        assert_eq!(plain, Vec::<char>::new());
        assert!(is_plain("市科技局 62.5%"));
    }

    #[test]
    fn characters_that_deceive_are_shown_as_codes() {
        assert_eq!(printable("a\u{202e}b\u{1b}\n"), "a\\u{202e}b\\u{1b}\n");
        assert_eq!(column("62\u{200b}、6\u{ad}2☑\u{fe0f}"), "62\\u{200b}、6\\u{ad}2☑\u{fe0f}");
        let value = serde_json::json!({ "a": "x\u{202e}\u{85}\n" });
        let shown = printable_json(&value);
        assert!(shown.is_ascii(), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    /// The page of figures has a list of its own, as ranges of four digits.
    #[test]
    fn the_page_of_figures_shows_the_same_characters_as_codes() {
        let script = include_str!("../templates/explorer/way.js");
        let list = script.split_once("text.replace(/[").unwrap().1.split_once("]/g").unwrap().0;
        let code = |at: usize| u32::from_str_radix(list.get(at + 2..at + 6).unwrap(), 16).unwrap();
        let mut codes = std::collections::BTreeSet::new();
        let mut at = 0;
        while at < list.len() {
            let is_range = list.get(at + 6..at + 7) == Some("-");
            codes.extend(code(at)..=code(if is_range { at + 7 } else { at }));
            at += if is_range { 13 } else { 6 };
        }
        let own: std::collections::BTreeSet<u32> =
            ('\0'..=char::MAX).filter(|c| deceives(*c)).map(u32::from).collect();
        assert_eq!(codes, own);
    }

    #[test]
    fn no_text_forges_a_line_or_a_column() {
        assert_eq!(line("a\nb\r\tc\u{2028}d"), "a\\u{a}b\\u{d}\\u{9}c\\u{2028}d");
        assert_eq!(column("甲.xlsx  错误 R101"), "甲.xlsx \\u{20}错误 R101");
        assert_eq!(column("a\u{3000}\u{a0} b c"), "a\u{3000}\\u{a0}\\u{20}b c");
    }

    #[test]
    fn names_that_look_alike_are_told_apart() {
        for (one, other, shown) in [
            ("caf\u{e9}.xlsx", "cafe\u{301}.xlsx", "cafe\\u{301}.xlsx"),
            ("局.xlsx", "局\u{200b}.xlsx", "局\\u{200b}.xlsx"),
            ("局.xlsx", "局\u{ad}.xlsx", "局\\u{ad}.xlsx"),
            ("\u{ac00}.xlsx", "\u{1100}\u{1161}.xlsx", "\u{1100}\\u{1161}.xlsx"),
            ("\u{6717}.xlsx", "\u{f929}.xlsx", "\\u{f929}.xlsx"),
            ("a.xlsx", "a\n.xlsx", "a\\u{a}.xlsx"),
        ] {
            assert_eq!(name(Path::new(one)), one);
            assert_eq!(name(Path::new(other)), shown);
        }
        assert_eq!(
            name(Path::new("局\\u{202e}\\xBF\\u\\xyz")),
            "局\\u{5c}u{202e}\\u{5c}xBF\\u\\xyz",
            "no name looks like a code"
        );
        assert_eq!(plain_name(Path::new("cafe\u{301}.xlsx")), "cafe\u{301}.xlsx");
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_as_codes() {
        use std::os::unix::ffi::OsStrExt as _;
        let gbk = Path::new(std::ffi::OsStr::from_bytes(b"\xbf\xc6.xlsx"));
        assert_eq!(name(gbk), "\\xBF\\xC6.xlsx");
        assert_eq!(path(Path::new("/a\n/b")), "/a\\u{a}/b");
    }
}
