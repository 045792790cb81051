//! Whether the bytes of a PDF are all there. A file cut off by a full disk or a killed program looks like one at the
//! beginning; only its end tells.

/// Where the pointer to the cross-reference table must stand, counted from the end.
const TAIL: usize = 2048;

/// Checks that a PDF begins as one, ends as one, and that its end points to a cross-reference table or stream.
///
/// # Errors
/// Fails with what is missing, in Chinese words.
pub(super) fn whole(bytes: &[u8]) -> Result<(), String> {
    if bytes.is_empty() {
        return Err("文件是空的".to_owned());
    }
    if !bytes.starts_with(b"%PDF-") {
        return Err("文件不是PDF".to_owned());
    }
    let trimmed = bytes.trim_ascii_end();
    let cut = || format!("文件不完整，只有{}字节", bytes.len());
    let before = trimmed.strip_suffix(b"%%EOF").ok_or_else(cut)?;
    let tail = before.get(before.len().saturating_sub(TAIL)..).unwrap_or(before);
    let at = last(tail, b"startxref").ok_or_else(cut)?;
    let digits = tail.get(at + b"startxref".len()..).unwrap_or_default().trim_ascii();
    let offset: usize =
        std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok()).ok_or_else(cut)?;
    let target = before.get(offset..).filter(|rest| !rest.is_empty()).ok_or_else(cut)?;
    if target.starts_with(b"xref") || is_stream(target) { Ok(()) } else { Err(cut()) }
}

/// Whether an object of the type `/XRef` begins here: `12 0 obj << … /Type /XRef …`.
fn is_stream(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(TAIL)).unwrap_or(bytes);
    let words: Vec<&[u8]> =
        head.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).take(3).collect();
    let numbered = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_object = matches!(words.as_slice(), [number, generation, object]
        if numbered(number) && numbered(generation) && object.starts_with(b"obj"));
    is_object && last(head, b"/XRef").is_some()
}

/// The last place at which a word stands.
fn last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pdf(reference: &str) -> Vec<u8> {
        let body = "%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n";
        format!("{body}{reference}startxref\n{}\n%%EOF", body.len()).into_bytes()
    }

    #[test]
    fn a_whole_pdf_ends_with_a_pointer_to_its_table() {
        let table = pdf("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\n");
        let stream = pdf("2 0 obj\n<</Type/XRef/Size 2/Length 0>>\nstream\n\nendstream\nendobj\n");
        assert_eq!(whole(&table), Ok(()));
        assert_eq!(whole(&stream), Ok(()));
        for bytes in [&table, &stream] {
            for length in 0..bytes.len() {
                assert!(whole(&bytes[..length]).is_err(), "cut at {length} of {}", bytes.len());
            }
        }
    }

    #[test]
    fn what_is_no_pdf_is_told() {
        assert_eq!(whole(b"").unwrap_err(), "文件是空的");
        assert_eq!(whole(b"hello\n").unwrap_err(), "文件不是PDF");
        assert!(whole(b"%PDF-1.7\nstartxref\n99999\n%%EOF").is_err());
        assert!(whole(b"%PDF-1.7\nstartxref\n3\n%%EOF").is_err());
        assert!(whole(b"%PDF-1.7\n%%EOF").is_err());
    }
}
