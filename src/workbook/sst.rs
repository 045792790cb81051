//! The texts that cells of an xls workbook share (MS-XLS, 2.4.265): those whose parts look different. The others are
//! calamine's work.

use std::collections::BTreeMap;

use super::Look;
use super::runs::{Runs, Script};

/// What a font does to text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Font {
    pub is_struck: bool,
    pub stands: Script,
}

/// A text and what was left out of it.
pub(super) type Rich = (String, Option<Box<Look>>);

/// The texts by their place that have parts above or below the line or struck out. `chunks` are the table and its continuations.
pub(super) fn rich(chunks: &[&[u8]], fonts: &[Font]) -> BTreeMap<usize, Rich> {
    let mut found = BTreeMap::new();
    if fonts.iter().all(|font| *font == Font::default()) {
        return found;
    }
    let mut bytes = Bytes { chunks, chunk: 0, at: 8 };
    let mut place = 0;
    while let Some(text) = next(&mut bytes, fonts) {
        found.extend(text.map(|text| (place, text)));
        place += 1;
    }
    found
}

/// Reads a text; the outer `None` is the end, the inner one a text without anything special.
fn next(bytes: &mut Bytes<'_>, fonts: &[Font]) -> Option<Option<Rich>> {
    let length = usize::from(bytes.u16()?);
    let flags = bytes.u8()?;
    let runs = if flags & 8 != 0 { bytes.u16()? } else { 0 };
    let extra = if flags & 4 != 0 { bytes.u32()? } else { 0 };
    let units = bytes.text(length, flags & 1 != 0)?;
    let mut starts = Vec::new();
    for _ in 0..runs {
        starts.push((usize::from(bytes.u16()?), usize::from(bytes.u16()?)));
    }
    bytes.skip(usize::try_from(extra).ok()?)?;
    let font = |number: usize| {
        // There is no font number 4.
        let place = number.checked_sub(usize::from(number > 4));
        place.and_then(|place| fonts.get(place)).copied().unwrap_or_default()
    };
    if starts.iter().all(|(_, number)| font(*number) == Font::default()) {
        return Some(None);
    }
    let mut text = Runs::default();
    let mut from = 0;
    let mut look = Font::default();
    for (start, number) in starts.into_iter().chain([(units.len(), 0)]) {
        text.look(look.is_struck, look.stands);
        text.push(&String::from_utf16_lossy(units.get(from..start).unwrap_or_default()));
        (from, look) = (start, font(number));
    }
    Some(Some(text.finish()))
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
        let found = rich(&[&bytes], &fonts);
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(found[&1].0, "861¹");
        assert_eq!((found[&2].0.as_str(), found[&2].1.as_ref().unwrap().struck.as_str()), ("37", "35"));
        for cut in 0..bytes.len() {
            rich(&[&bytes[..cut]], &fonts);
        }
        // The characters of the second text go on in another record.
        let cut = 8 + 3 + 4 + 5 + 4;
        let rest = [&[1][..], &bytes[cut..]].concat();
        assert_eq!(rich(&[&bytes[..cut], &rest], &fonts), found);
    }
}
