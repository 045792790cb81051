//! Code pages of old workbooks → text.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16LE, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

use crate::files;

/// The encoding of a code page (MS-XLS, 2.4.52, and its Macintosh numbers); `None` for those that nobody uses any more.
fn encoding(page: u16) -> Option<&'static Encoding> {
    Some(match page {
        874 => WINDOWS_874,
        932 | 10001 => SHIFT_JIS,
        936 | 10008 => GBK,
        949 | 10003 => EUC_KR,
        950 | 951 | 10002 => BIG5,
        866 => IBM866,
        1200 => UTF_16LE,
        1250 | 10029 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 | 32769 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 | 32768 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        54936 => GB18030,
        65001 => UTF_8,
        _ => return None,
    })
}

/// Text in a code page. Where none is named, or one that is not known, what the bytes look like decides.
pub(super) fn text(bytes: &[u8], page: Option<u16>) -> String {
    if bytes.is_ascii() {
        return bytes.iter().copied().map(char::from).collect();
    }
    match page.and_then(encoding) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => files::text_in_any_code(bytes).unwrap_or_else(|| WINDOWS_1252.decode(bytes).0.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_code_page_that_the_workbook_names() {
        for (bytes, page, expected) in [
            (&b"\xD6\xD0\xCE\xC4"[..], Some(936), "中文"),
            (b"\xD6\xD0\xCE\xC4", None, "中文"),
            (b"\xD6\xD0\xCE\xC4", Some(3), "中文"),
            (b"caf\x8E", Some(10000), "café"),
            (b"caf\x8E", Some(32768), "café"),
            (b"caf\xE9", Some(32769), "café"),
            (b"caf\xE9", Some(1252), "café"),
            (b"abc", Some(437), "abc"),
            (b"", None, ""),
        ] {
            assert_eq!(text(bytes, page), expected, "{page:?}");
        }
    }
}
