//! The texts that cells of an xls workbook share (MS-XLS, 2.4.265), and texts whose parts look different.

use super::runs::{Runs, Script};
use super::{Fault, Limit, Limits, Look};

/// What a font does to text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Font {
    pub is_struck: bool,
    pub stands: Script,
}

/// A text and what was left out of it.
pub(super) type Rich = (String, Option<Box<Look>>);

/// The place of a font in the list of them by its number: there is no number 4.
pub(super) fn place(number: u16) -> Option<usize> {
    usize::from(number).checked_sub(usize::from(number > 4))
}

/// The look of a font by its number.
pub(super) fn font(fonts: &[Font], number: u16) -> Font {
    place(number).and_then(|place| fonts.get(place)).copied().unwrap_or_default()
}

/// The texts in order. `chunks` are the table and its continuations; what is missing at the end is told by the cells that refer to it.
///
/// # Errors
/// Fails when they are more or longer than the limits.
pub(super) fn texts(chunks: &[&[u8]], fonts: &[Font], limits: &Limits) -> Result<Vec<Rich>, Fault> {
    let mut bytes = Bytes { chunks, chunk: 0, at: 8 };
    let (mut found, mut total) = (Vec::new(), 0_usize);
    while let Some(text) = next(&mut bytes, fonts) {
        total = total.saturating_add(text.0.len());
        found.push(text);
        if found.len() > limits.texts || total > limits.texts_mib << 20 {
            return Err(Fault::Limit(Limit::Texts { count: limits.texts, mib: limits.texts_mib }));
        }
    }
    Ok(found)
}

/// A text of its own, behind its length in two bytes.
pub(super) fn single(chunks: &[&[u8]]) -> Option<String> {
    let mut bytes = Bytes { chunks, chunk: 0, at: 0 };
    let length = usize::from(bytes.u16()?);
    let is_wide = bytes.u8()? & 1 != 0;
    Some(String::from_utf16_lossy(&bytes.text(length, is_wide)?))
}

/// Reads a text; `None` is the end.
fn next(bytes: &mut Bytes<'_>, fonts: &[Font]) -> Option<Rich> {
    let length = usize::from(bytes.u16()?);
    let flags = bytes.u8()?;
    let runs = if flags & 8 != 0 { bytes.u16()? } else { 0 };
    let extra = if flags & 4 != 0 { bytes.u32()? } else { 0 };
    let units = bytes.text(length, flags & 1 != 0)?;
    let mut starts = Vec::new();
    for _ in 0..runs {
        starts.push((usize::from(bytes.u16()?), font(fonts, bytes.u16()?)));
    }
    bytes.skip(usize::try_from(extra).ok()?)?;
    Some(styled(&units, &starts))
}

/// A text whose parts look as the fonts say that begin at places in it.
pub(super) fn styled(units: &[u16], starts: &[(usize, Font)]) -> Rich {
    if starts.iter().all(|(_, font)| *font == Font::default()) {
        return (String::from_utf16_lossy(units), None);
    }
    let mut text = Runs::default();
    let mut from = 0;
    let mut look = Font::default();
    for (start, font) in starts.iter().copied().chain([(units.len(), Font::default())]) {
        text.look(look.is_struck, look.stands);
        text.push(&String::from_utf16_lossy(units.get(from..start).unwrap_or_default()));
        (from, look) = (start, font);
    }
    text.finish()
}

/// Bytes of a record that goes on in others.
struct Bytes<'a> {
    chunks: &'a [&'a [u8]],
    chunk: usize,
    at: usize,
}

impl Bytes<'_> {
    fn u8(&mut self) -> Option<u8> {
        loop {
            let chunk = self.chunks.get(self.chunk)?;
            if let Some(byte) = chunk.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            (self.chunk, self.at) = (self.chunk + 1, 0);
        }
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.u8()?, self.u8()?, self.u8()?, self.u8()?]))
    }

    /// Characters; where they go on in another record, that one says anew how wide they are.
    fn text(&mut self, length: usize, mut is_wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while units.len() < length {
            if self.chunks.get(self.chunk)?.len() <= self.at {
                (self.chunk, self.at) = (self.chunk + 1, 0);
                is_wide = self.u8()? & 1 != 0;
            }
            units.push(if is_wide { self.u16()? } else { u16::from(self.u8()?) });
        }
        Some(units)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let left = self.chunks.get(self.chunk)?.len().saturating_sub(self.at);
            if count <= left {
                self.at += count;
                return Some(());
            }
            count -= left;
            (self.chunk, self.at) = (self.chunk + 1, 0);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(texts: &[(&str, &[(u16, u16)])]) -> Vec<u8> {
        let mut bytes = vec![0; 8];
        for (text, runs) in texts {
            let units: Vec<u16> = text.encode_utf16().collect();
            bytes.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
            bytes.push(if runs.is_empty() { 1 } else { 9 });
            if !runs.is_empty() {
                bytes.extend(u16::try_from(runs.len()).unwrap().to_le_bytes());
            }
            bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
            bytes.extend(runs.iter().flat_map(|(at, font)| [at.to_le_bytes(), font.to_le_bytes()]).flatten());
        }
        bytes
    }

    #[test]
    fn parts_above_the_line_and_struck_out_are_found() {
        let raised = Font { stands: Script::Raised, is_struck: false };
        let struck = Font { stands: Script::Line, is_struck: true };
        let fonts = [Font::default(), raised, Font::default(), Font::default(), struck];
        let bytes =
            table(&[("指标", &[]), ("8611", &[(3, 1)]), ("3537", &[(0, 5), (2, 0)]), ("平", &[(0, 2)])]);
        let read = |chunks: &[&[u8]]| texts(chunks, &fonts, &Limits::default()).unwrap();
        let found = read(&[&bytes]);
        let plain: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(plain, ["指标", "861¹", "37", "平"]);
        assert_eq!(found[2].1.as_ref().unwrap().struck, "35");
        for cut in 0..bytes.len() {
            assert!(read(&[&bytes[..cut]]).len() < 4);
        }
        assert!(texts(&[&bytes], &fonts, &Limits { texts: 3, ..Limits::default() }).is_err());
        // The characters of the second text go on in another record.
        let cut = 8 + 3 + 4 + 5 + 4;
        let rest = [&[1][..], &bytes[cut..]].concat();
        assert_eq!(read(&[&bytes[..cut], &rest]), found);
        assert_eq!(single(&[&[3, 0, 0, b'a', b'b'], &[0, b'c']]).as_deref(), Some("abc"));
    }
}
