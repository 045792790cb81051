//! A file of the folder of submissions → a workbook, held until it is known whether it counts.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::AnswerTo;
use super::Submission;
use super::answer::QuerySheets;
use super::folder;
use super::version::Version;
use crate::digest::Digests;
use crate::error::RunError;
use crate::files;
use crate::finding::Place;
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::workbook::{Book, Pool, Refusal};

/// A workbook as it came in.
pub(super) struct Incoming {
    pub(super) submission: Submission,
    /// The name of the file as it stands, and as it reads in other codes.
    pub(super) names: Vec<String>,
    pub(super) book: Result<Book, Refusal>,
    /// The query whose sheet it carries; the sheet is taken out.
    pub(super) answers: Option<AnswerTo>,
}

impl Incoming {
    /// Reads a file of the folder, of which no more than `longest` bytes are taken; `read` makes a workbook of them.
    ///
    /// # Errors
    /// Fails when the system cannot read the file.
    pub(super) fn read(
        inputs: &Inputs,
        path: &Path,
        city: &CityId,
        longest: u64,
        queries: &QuerySheets,
        read: impl FnOnce(Option<&[u8]>) -> Result<Result<Book, Refusal>, RunError>,
    ) -> Result<Self, RunError> {
        let names = folder::names(path);
        let name = files::name(path);
        let file = format!("{city}/submissions/{name}");
        // Whatever is wrong with one file is its own: the others are read.
        let bytes = match inputs.read_up_to(path, longest) {
            // One that is longer than any has no digests; that it is too long is told.
            Ok(None) => match inputs.digests(path) {
                Ok(digests) => Ok((None, digests)),
                Err(error) => error.of_the_file().map(|_| Ok((None, Digests::unknown()))).ok_or(error)?,
            },
            Ok(bytes) => Ok((bytes, inputs.digests(path)?)),
            Err(error) => Err(error.of_the_file().ok_or(error)?),
        };
        let (read, digests) = match bytes {
            Ok((bytes, digests)) => (read(bytes.as_deref())?, digests),
            Err(why) => (Err(Refusal::Unread(why)), Digests::unknown()),
        };
        let (book, answers) = queries.taken_out(read);
        let lost_query = book.as_ref().ok().filter(|_| answers.is_none()).and_then(|book| queries.lost(book));
        let submission = Submission {
            city: city.clone(),
            unit_at: Place::file(&file),
            version_at: Place::file(&file),
            file,
            digests,
            unit: None,
            seems: None,
            period: String::new(),
            version: Version::Unstated,
            received: None,
            registered: false,
            on_time: None,
            superseded: false,
            undecided: false,
            after_cut_off: false,
            readable: false,
            illustrative: false,
            format: String::new(),
            filled_by: String::new(),
            checked_by: String::new(),
            filled_on: String::new(),
            form: None,
            answers: None,
            lost_query,
        };
        Ok(Self { submission, names, book, answers })
    }
}

/// Cells of a city's workbooks that are held until it is known which workbooks count; what is beyond is read again then.
const MOST_HELD: usize = 2_000_000;

/// A workbook that belongs to the round, until its tables are read.
pub(super) enum Held {
    /// As it was read.
    Whole(Book),
    /// To be read again: with the others it would need too much memory.
    Again,
}

impl Held {
    /// A workbook, held whole unless the cells of those held already leave no room for it.
    pub(super) fn new(book: Book, cells_held: &AtomicUsize) -> Self {
        let cells: usize = book.sheets.iter().map(|sheet| sheet.cells.len()).sum();
        let before = cells_held.fetch_add(cells, Ordering::Relaxed);
        if before == 0 || before.saturating_add(cells) <= MOST_HELD {
            return Self::Whole(book);
        }
        cells_held.fetch_sub(cells, Ordering::Relaxed);
        Self::Again
    }

    /// The workbook, or why it could not be read once more.
    ///
    /// # Errors
    /// Fails when the system cannot read the file, or when it has changed.
    pub(super) fn whole(
        self,
        inputs: &Inputs,
        path: &Path,
        pool: &Pool,
        queries: &QuerySheets,
    ) -> Result<Result<Book, Refusal>, RunError> {
        match self {
            Self::Whole(book) => Ok(Ok(book)),
            Self::Again => {
                let read = pool.read(inputs.read_up_to(path, pool.longest())?.as_deref())?;
                Ok(queries.taken_out(read).0)
            }
        }
    }
}
