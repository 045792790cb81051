//! The binary records of which the parts of an xlsb workbook consist (MS-XLSB, 2.1.4).

use std::io::Read;

use super::package::{Parts, is_sound};
use super::{Breakage, Fault};

/// Longest record that is read, in bytes: a text fills two for each of its characters.
const LONGEST: usize = 1 << 20;

/// A record: its number and its content.
#[derive(Default)]
pub(super) struct BinaryRecord {
    pub(super) kind: u32,
    pub(super) body: Vec<u8>,
}

impl BinaryRecord {
    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        self.body.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        self.body.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// Characters behind their number, and where they end. No text has a number of its own.
    pub(super) fn units(&self, at: usize) -> Option<(Vec<u16>, usize)> {
        let length = match self.u32(at)? {
            u32::MAX => 0,
            length => usize::try_from(length).ok()?.checked_mul(2)?,
        };
        let end = at.checked_add(4)?.checked_add(length)?;
        let bytes = self.body.get(at + 4..end)?;
        Some((bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(), end))
    }

    pub(super) fn text(&self, at: usize) -> Option<(String, usize)> {
        self.units(at).map(|(units, end)| (String::from_utf16_lossy(&units), end))
    }
}

/// Shows every record of a part to `see`; says what ended it before its end. A part that is not there has no records.
pub(super) fn each(
    parts: &mut Parts<'_>,
    name: &str,
    see: &mut dyn FnMut(&BinaryRecord) -> Result<(), Fault>,
) -> Result<Option<Breakage>, Fault> {
    let Some(mut part) = parts.bytes(name)? else { return Ok(None) };
    let mut record = BinaryRecord::default();
    let end = loop {
        match next(&mut part, &mut record) {
            Ok(true) => see(&record)?,
            Ok(false) => break None,
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                break Some(Breakage::Incomplete);
            }
            Err(error) => break Some(Breakage::Told(error.to_string())),
        }
    };
    Ok(if is_sound(&mut part) { end } else { Some(Breakage::Checksum) })
}

/// The same for a part whose damage what uses it tells, but for a wrong checksum: then nothing of the part is sure.
pub(super) fn each_sure(
    parts: &mut Parts<'_>,
    name: &str,
    see: &mut dyn FnMut(&BinaryRecord) -> Result<(), Fault>,
) -> Result<(), Fault> {
    match each(parts, name, see)? {
        Some(Breakage::Checksum) => Err(Fault::broken(Breakage::Checksum)),
        _ => Ok(()),
    }
}

/// Reads the next record; `false` at the end.
fn next(source: &mut impl Read, record: &mut BinaryRecord) -> std::io::Result<bool> {
    let mut first = [0];
    if source.read(&mut first)? == 0 {
        return Ok(false);
    }
    record.kind = u32::from(first[0] & 0x7F);
    if first[0] & 0x80 != 0 {
        record.kind |= u32::from(byte(source)? & 0x7F) << 7;
    }
    let mut length = 0_usize;
    for place in 0..4 {
        let part = byte(source)?;
        length |= usize::from(part & 0x7F) << (7 * place);
        if part & 0x80 == 0 {
            break;
        }
    }
    record.body.clear();
    let kept = length.min(LONGEST);
    let mut source = source.take(length as u64);
    let read = source.by_ref().take(kept as u64).read_to_end(&mut record.body)?;
    let passed = std::io::copy(&mut source, &mut std::io::sink())?;
    if read as u64 + passed < length as u64 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(true)
}

fn byte(source: &mut impl Read) -> std::io::Result<u8> {
    let mut one = [0];
    source.read_exact(&mut one)?;
    Ok(one[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_whole_or_not_at_all() {
        let mut record = BinaryRecord::default();
        let bytes = [0x9C, 0x01, 3, 1, 2, 3, 7, 0];
        let mut source = &bytes[..];
        assert!(next(&mut source, &mut record).unwrap());
        assert_eq!((record.kind, &record.body[..]), (156, &[1, 2, 3][..]));
        assert!(next(&mut source, &mut record).unwrap());
        assert_eq!((record.kind, record.body.len()), (7, 0));
        assert!(!next(&mut source, &mut record).unwrap());
        for cut in [1, 2, 4, 5] {
            assert!(next(&mut &bytes[..cut], &mut record).is_err(), "{cut}");
        }
    }

    #[test]
    fn texts_have_their_number_of_characters_in_front() {
        let record = BinaryRecord { kind: 6, body: vec![2, 0, 0, 0, 0x2D, 0x4E, 0x87, 0x65] };
        assert_eq!(record.text(0), Some(("中文".to_owned(), 8)));
        let nothing = BinaryRecord { kind: 6, body: vec![0xFF; 4] };
        assert_eq!(nothing.text(0), Some((String::new(), 4)));
        let short = BinaryRecord { kind: 6, body: vec![3, 0, 0, 0, 0x2D, 0x4E] };
        assert_eq!(short.text(0), None);
    }
}
