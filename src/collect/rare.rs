//! Characters of workbooks that a report may not be able to show.

use std::collections::BTreeSet;

use super::memo::Memo;
use super::{RareText, Submission};
use crate::characters::{clusters, is_invisible, is_plain, unprintable};
use crate::finding::Place;
use crate::workbook::{Book, Content};

/// Cells of a workbook that are looked at closely, and different characters of a cell; more of them say nothing new.
const MOST_CELLS: usize = 1_000;
const MOST_CHARACTERS: usize = 50;

/// Those in the name of the file.
pub(super) fn in_name(submission: &Submission) -> Option<RareText> {
    let name = submission.file.rsplit('/').next().unwrap_or_default();
    of(submission, Place::file(&submission.file), name)
}

/// Those in the cells that users see.
pub(super) fn in_cells(submission: &Submission, book: &Book) -> Vec<RareText> {
    thread_local!(static PLAIN: Memo<bool> = const { Memo::new() });
    let sheets = book.sheets.iter().filter(|sheet| sheet.visible);
    let texts = sheets.flat_map(|sheet| {
        sheet.cells.iter().filter_map(|(at, cell)| match &cell.content {
            Content::Text(text) if !PLAIN.with(|plain| plain.of(text, || is_plain(text))) => {
                of(submission, Place::cell(&submission.file, &sheet.name, *at), text)
            }
            _ => None,
        })
    });
    texts.take(MOST_CELLS).collect()
}

fn of(submission: &Submission, at: Place, text: &str) -> Option<RareText> {
    let rare = clusters(text).filter(|cluster| {
        // What shows nothing is missed by nobody, unless it turns the text around.
        !is_plain(cluster)
            && (unprintable(cluster).is_some() || !cluster.chars().all(is_invisible))
            && *cluster != "\r\n"
    });
    let clusters: BTreeSet<String> = rare.take(MOST_CHARACTERS).map(str::to_owned).collect();
    (!clusters.is_empty()).then(|| RareText { at, unit: submission.unit.clone(), clusters })
}
