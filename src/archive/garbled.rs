//! Names of files that a tool wrote in a code that they were not in, with marks for what it could not read: known again by what is left of their bytes.

use std::path::Path;

use encoding_rs::{BIG5, Encoding, GB18030, IBM866, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// Codes that tools take names for.
const CODES: [&Encoding; 6] = [UTF_8, GB18030, WINDOWS_1252, IBM866, SHIFT_JIS, BIG5];
/// The upper half of the code of the first PCs, which archives of old tools are read in.
const OF_PCS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// What tools write for what they cannot read. A `_` may also be one.
const MARKS: [char; 3] = ['?', '\u{FFFD}', '_'];
/// A mark stands for so many bytes at the most: those of a character.
const MOST_BYTES: usize = 4;

/// A part of a name as it was written back into bytes.
enum NamePart {
    Byte(u8),
    /// A mark, and whether it may also be the character itself.
    Mark(char),
}

/// Whether a name is another one that a tool wrote in a code that it was not in: the bytes that are left fit, and each mark stands for bytes that are no
/// ASCII. A new name that somebody gave fits in no code.
pub(super) fn is_garbled(name: &str, there: &Path) -> bool {
    let Some(there) = there.file_name() else { return false };
    let own = [name.as_bytes().to_vec(), GB18030.encode(name).0.into_owned()];
    let fits = |parts: &[NamePart]| own.iter().any(|bytes| is_left_of(parts, bytes));
    let Some(text) = there.to_str() else {
        let byte = |byte: &u8| if *byte == b'?' { NamePart::Mark('?') } else { NamePart::Byte(*byte) };
        return fits(&there.as_encoded_bytes().iter().map(byte).collect::<Vec<_>>());
    };
    let in_code = |code: &'static Encoding| {
        move |c: char| {
            let mut room = [0; 4];
            let (bytes, _, is_replaced) = code.encode(c.encode_utf8(&mut room));
            match is_replaced {
                false => Some(bytes.into_owned()),
                true => (code == BIG5).then(|| of_hong_kong(c)).flatten(),
            }
        }
    };
    // A byte is the character of its number in Latin-1.
    let in_latin = |c: char| u8::try_from(u32::from(c)).ok().map(|byte| vec![byte]);
    let in_pcs = |c: char| {
        let upper = OF_PCS.chars().position(|one| one == c).and_then(|at| u8::try_from(at).ok());
        let upper = upper.and_then(|at| at.checked_add(128));
        upper.or_else(|| u8::try_from(c).ok().filter(u8::is_ascii)).map(|byte| vec![byte])
    };
    text != name
        && (CODES.iter().any(|code| parts(text, in_code(code)).is_some_and(|parts| fits(&parts)))
            || parts(text, in_latin).is_some_and(|parts| fits(&parts))
            || parts(text, in_pcs).is_some_and(|parts| fits(&parts)))
}

/// The bytes of a character of Big5 as Hong Kong extended it: these are read and never written.
fn of_hong_kong(c: char) -> Option<Vec<u8>> {
    let mut pairs = (0x87..=0xFE_u8).flat_map(|lead| (0x40..=0xFE_u8).map(move |trail| [lead, trail]));
    let mut room = [0; 4];
    let text: &str = c.encode_utf8(&mut room);
    let is_it = |pair: &[u8; 2]| BIG5.decode_without_bom_handling(pair).0 == text;
    pairs.find(is_it).map(|pair| pair.to_vec())
}

/// A name as bytes of a code; nothing where a character is none of it.
fn parts(text: &str, bytes: impl Fn(char) -> Option<Vec<u8>>) -> Option<Vec<NamePart>> {
    let mut parts = Vec::new();
    for c in text.chars() {
        if MARKS.contains(&c) {
            parts.push(NamePart::Mark(c));
        } else {
            parts.extend(bytes(c)?.into_iter().map(NamePart::Byte));
        }
    }
    Some(parts)
}

/// Whether parts are what is left of bytes.
fn is_left_of(parts: &[NamePart], bytes: &[u8]) -> bool {
    // How much may have been gone through.
    let mut at = std::collections::BTreeSet::from([0_usize]);
    for part in parts {
        let mut next = std::collections::BTreeSet::new();
        for begin in at {
            let rest = bytes.get(begin..).unwrap_or_default();
            let first = rest.first().copied();
            let length = match part {
                NamePart::Byte(byte) if first == Some(*byte) => 1..=1,
                NamePart::Mark('_') if first == Some(b'_') => 1..=1,
                NamePart::Mark(_) if first.is_some_and(|byte| !byte.is_ascii()) => 1..=MOST_BYTES,
                _ => continue,
            };
            next.extend(
                length.filter(|length| *length <= rest.len()).filter_map(|length| begin.checked_add(length)),
            );
        }
        at = next;
    }
    at.contains(&bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "市发改委_年报.xlsx";

    /// What a tool makes of bytes that reads them one by one and writes a mark for those that it does not know.
    fn read_as(code: &'static Encoding, bytes: &[u8], mark: &str) -> String {
        let mut text = String::new();
        let mut rest = bytes;
        while let Some((first, behind)) = rest.split_first() {
            let length = (1..=rest.len().min(4)).find(|length| {
                !code.decode_without_bom_handling(&rest[..*length]).1
                    && code.decode_without_bom_handling(&rest[..*length]).0.chars().count() == 1
            });
            match length {
                Some(length) if first.is_ascii() || code != UTF_8 => {
                    text.push_str(&code.decode_without_bom_handling(&rest[..length]).0);
                    rest = &rest[length..];
                }
                _ => {
                    text.push_str(mark);
                    rest = behind;
                }
            }
        }
        text
    }

    #[test]
    fn a_name_in_another_code_is_known_with_whatever_mark_stands_for_what_is_lost() {
        let gbk = GB18030.encode(NAME).0.into_owned();
        let each = |mark: &str| -> String {
            NAME.chars().map(|c| if c.is_ascii() { c.to_string() } else { mark.to_owned() }).collect()
        };
        let latin: String = NAME.bytes().map(char::from).collect();
        let of_pcs = |bytes: &[u8]| -> String {
            let upper = |byte: u8| OF_PCS.chars().nth(usize::from(byte) - 128).unwrap();
            bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { upper(*byte) }).collect()
        };
        let mut garbled = vec![each("?"), each("???"), each("_"), each("\u{FFFD}"), latin];
        garbled.extend([of_pcs(NAME.as_bytes()), of_pcs(&gbk)]);
        for code in CODES.into_iter().filter(|code| *code != UTF_8) {
            for mark in ["?", "_", "\u{FFFD}"] {
                garbled.push(read_as(code, NAME.as_bytes(), mark));
            }
        }
        garbled.push(read_as(WINDOWS_1252, &gbk, "?"));
        // As a program wrote it that takes one byte for what it does not know.
        garbled.push("甯傚彂鏀瑰?擾骞存姤.xlsx".to_owned());
        for there in garbled {
            assert!(is_garbled(NAME, Path::new(&there)), "{there}");
        }
        use std::os::unix::ffi::OsStrExt as _;
        assert!(is_garbled(NAME, Path::new(std::ffi::OsStr::from_bytes(&gbk))));
    }

    #[test]
    fn a_name_that_somebody_gave_is_none_that_was_garbled() {
        for there in [
            NAME,
            "市发改委_年报（新）.xlsx",
            "市发改委年报.xlsx",
            "市科技局_年报.xlsx",
            "1.xlsx",
            "?.txt",
            "a_b.xlsx",
            "市发改委_年报.xls",
        ] {
            assert!(!is_garbled(NAME, Path::new(there)), "{there}");
        }
        assert!(!is_garbled("年报_v1.xlsx", Path::new("年报_1.xlsx")));
        assert!(!is_garbled("a.xlsx", Path::new("_.xlsx")));
    }
}
