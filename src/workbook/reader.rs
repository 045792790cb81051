//! Bytes → cells: what a file is, told by its content, and the reader for it.

use super::bounds::bounded;
use super::ole::Ole;
use super::package::Parts;
use super::sniff::{Container, NoWorkbook, of_streams, sniff};
use super::{Breakage, Fault, Limits, Unreadable, WireBook, ods, xls, xlsb, xlsx};
use crate::files::Document;

/// Reads a workbook of any format, told by its content.
///
/// # Errors
/// Fails with the reason that goes into the finding.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<WireBook, Fault> {
    bounded(match sniff(bytes).map_err(Fault::Other) {
        Ok(Container::Zip) => read_zip(bytes, limits),
        Ok(Container::Ole) => read_ole(bytes, limits),
        Err(other) => Err(other),
    })
}

fn read_zip(bytes: &[u8], limits: &Limits) -> Result<WireBook, Fault> {
    let mut parts = Parts::open(bytes, limits)?;
    if let Some(book) = xlsx::read(&mut parts, limits)? {
        return Ok(book);
    }
    if let Some(book) = xlsb::read(&mut parts, limits)? {
        return Ok(book);
    }
    let kind = parts.kind();
    if let NoWorkbook::Document(_) = kind {
        return Err(Fault::Other(kind));
    }
    ods::read(&mut parts, limits)?.ok_or(Fault::Other(kind))
}

fn read_ole(bytes: &[u8], limits: &Limits) -> Result<WireBook, Fault> {
    let ole = Ole::open(bytes, limits)?;
    if let Some(name) = ole.repeated() {
        return Err(Fault::Unreadable(Unreadable::SameName(name)));
    }
    if ole.has("EncryptedPackage", false) {
        return Err(Fault::Encrypted);
    }
    if let Some(book) = xls::read(&ole, limits)? {
        return Ok(book);
    }
    // A damaged file may have lost its directory: only what is certainly something else is told as such.
    Err(match of_streams(|name| ole.has(name, true)) {
        NoWorkbook::Document(Document::Unknown) => Fault::broken(Breakage::Incomplete),
        kind => Fault::Other(kind),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_workbooks_are_told_from_other_files() {
        for bytes in [&b"PK\x03\x04broken"[..], b"\xD0\xCF\x11\xE0broken"] {
            let Err(Fault::Unreadable(reason)) = read(bytes, &Limits::default()) else { panic!("{bytes:?}") };
            assert!(matches!(reason, Unreadable::Broken(_)), "{reason:?}");
        }
    }
}
