//! A bag as one zip file, for machines without tar: nothing compressed, names in UTF-8 and said to be (bit 11), the order and the time of the tar.
//! No promise is made of its bytes.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::bag::below;
use super::tar::is_program;
use crate::error::RunError;
use crate::files;

/// From this length on a file has its length in 64 bits, in bytes.
const LARGE: usize = u32::MAX as usize;

/// Writes the files of a bag, below a folder of the name given.
///
/// # Errors
/// Fails when there is a file of that name, or when it cannot be written.
pub(super) fn write(bag: &Path, name: &str, date: NaiveDate, to: &Path) -> Result<(), RunError> {
    let file = File::create_new(to).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => RunError::Existing(to.to_owned()),
        _ => RunError::writing(to, source),
    })?;
    let failed = |source: zip::result::ZipError| RunError::writing(to, source.into());
    let mut zip = ZipWriter::new(BufWriter::new(file));
    for found in below(bag)? {
        let bytes = files::read(&found.at)?;
        let mode = if is_program(&found.path) { 0o755 } else { 0o644 };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(time(date))
            .large_file(bytes.len() >= LARGE)
            .unix_permissions(mode);
        zip.start_file(format!("{name}/{}", found.path), options).map_err(failed)?;
        zip.write_all(&bytes).map_err(|source| RunError::writing(to, source))?;
    }
    let file = zip.finish().map_err(failed)?;
    let file = file.into_inner().map_err(|error| RunError::writing(to, error.into_error()))?;
    file.sync_all().map_err(|source| RunError::writing(to, source))
}

/// The begin of a day; that of 1980, with which the time of zip begins, for what it cannot say.
fn time(date: NaiveDate) -> DateTime {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(date.year()).unwrap_or_default();
    DateTime::from_date_and_time(year, part(date.month()), part(date.day()), 0, 0, 0).unwrap_or_default()
}
