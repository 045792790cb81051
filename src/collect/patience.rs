//! How long the workbooks of a city may take. Most need a second; one that does not end within a first try waits until all others are
//! read, and of those of one unit few may then take all the time there is: no unit makes a country wait.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::error::RunError;
use crate::ident::UnitName;

/// Time for the first try of a workbook, in seconds.
pub(super) const FIRST_TRY: u64 = 10;
/// First tries of one unit that may run out of time; then its others wait without one.
const MOST_SLOW: usize = 6;
/// Workbooks of one unit that may take the whole time and not end; then its others are not read.
pub(super) const MOST_HUNG: usize = 2;

/// How a workbook is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Within the time of a first try.
    First,
    /// Within the whole time.
    Whole,
    /// Not at all, after a first try of so many seconds, or none.
    PutOff(u64),
}

/// What became of it.
pub(super) enum Outcome<T> {
    Read(T),
    OutOfTime(T),
}

/// Reads the workbook of a file.
type ReadWorkbook<'r, T> = dyn Fn(&Path, Attempt) -> Result<Outcome<T>, RunError> + Sync + 'r;

/// A workbook that waits until the others are read: its unit by the name of the file, and the seconds of its first try.
struct Waiting {
    unit: Option<UnitName>,
    seconds: u64,
}

/// Reads files with all threads, in whatever order, and returns them in theirs; `read_one` hears of each. Where the whole time is no longer than a first try
/// there is no second one.
///
/// # Errors
/// Fails when a file cannot be read by any fault but its own.
pub(super) fn read_all<T: Send>(
    paths: &[PathBuf],
    is_first_whole: bool,
    unit_of: &(dyn Fn(&Path) -> Option<UnitName> + Sync),
    read: &ReadWorkbook<'_, T>,
    read_one: &(dyn Fn() + Sync),
) -> Result<Vec<T>, RunError> {
    let slow: Mutex<BTreeMap<Option<UnitName>, usize>> = Mutex::default();
    let first = |path: &PathBuf| {
        let unit = unit_of(path);
        let count = |more: usize| {
            let mut slow = slow.lock().unwrap_or_else(PoisonError::into_inner);
            let count = slow.entry(unit.clone()).or_default();
            *count += more;
            *count
        };
        if count(0) >= MOST_SLOW {
            return Ok(Err(Waiting { unit, seconds: 0 }));
        }
        match read(path, Attempt::First)? {
            Outcome::OutOfTime(_) if !is_first_whole => {
                count(1);
                Ok(Err(Waiting { unit, seconds: FIRST_TRY }))
            }
            Outcome::OutOfTime(one) => {
                count(1);
                read_one();
                Ok(Ok(one))
            }
            Outcome::Read(one) => {
                read_one();
                Ok(Ok(one))
            }
        }
    };
    // One at a time: of neighbours that take long each has a thread of its own where there is one.
    let tried: Vec<Result<T, Waiting>> =
        paths.par_iter().with_max_len(1).map(first).collect::<Result<_, RunError>>()?;
    let mut found: BTreeMap<usize, T> = BTreeMap::new();
    let mut waiting: BTreeMap<Option<UnitName>, Vec<(usize, &Path, u64)>> = BTreeMap::new();
    for (at, (path, one)) in paths.iter().zip(tried).enumerate() {
        match one {
            Ok(one) => _ = found.insert(at, one),
            Err(Waiting { unit, seconds }) => waiting.entry(unit).or_default().push((at, path, seconds)),
        }
    }
    let waiting: Vec<Vec<(usize, &Path, u64)>> = waiting.into_values().collect();
    let again = waiting.par_iter().with_max_len(1).map(|files| {
        let found = again(files, read)?;
        found.iter().for_each(|_| read_one());
        Ok(found)
    });
    found.extend(again.collect::<Result<Vec<_>, RunError>>()?.into_iter().flatten());
    Ok(found.into_values().collect())
}

/// Reads the files of a unit that wait, as long as they end.
fn again<T: Send>(
    files: &[(usize, &Path, u64)],
    read: &ReadWorkbook<'_, T>,
) -> Result<Vec<(usize, T)>, RunError> {
    let (mut found, mut hung, mut rest) = (Vec::new(), 0, files);
    let mut take = |one: Outcome<T>, at: usize| match one {
        Outcome::Read(one) => {
            found.push((at, one));
            0
        }
        Outcome::OutOfTime(one) => {
            found.push((at, one));
            1
        }
    };
    while hung < MOST_HUNG && !rest.is_empty() {
        let (now, later) = rest.split_at(rest.len().min(MOST_HUNG - hung));
        let whole = now.par_iter().with_max_len(1);
        let whole = whole.map(|(at, path, _)| Ok((*at, read(path, Attempt::Whole)?)));
        for (at, one) in whole.collect::<Result<Vec<_>, RunError>>()? {
            hung += take(one, at);
        }
        rest = later;
    }
    for (at, path, seconds) in rest {
        take(read(path, Attempt::PutOff(*seconds))?, *at);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of files: those called 慢 need the whole time, those called 挂 never end. The name begins with the unit.
    fn read(names: &[&str]) -> Vec<String> {
        let paths: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
        let unit = |path: &Path| path.to_str()?.split_once('局').map(|(unit, _)| UnitName::from(unit));
        let read = |path: &Path, attempt: Attempt| {
            let name = path.display().to_string();
            let ends = match attempt {
                Attempt::First => !name.contains(['慢', '挂']),
                Attempt::Whole => !name.contains('挂'),
                Attempt::PutOff(_) => true,
            };
            let said = format!("{name} {attempt:?}");
            Ok(if ends { Outcome::Read(said) } else { Outcome::OutOfTime(said) })
        };
        let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        threads.install(|| read_all(&paths, false, &unit, &read, &|| {}).unwrap())
    }

    #[test]
    fn few_workbooks_of_a_unit_take_the_whole_time_and_no_other_unit_waits_for_it() {
        for (names, expected) in [
            (&["甲局1", "乙局2"][..], &["甲局1 First", "乙局2 First"][..]),
            (&["甲局慢1", "甲局慢2", "甲局慢3"], &["甲局慢1 Whole", "甲局慢2 Whole", "甲局慢3 Whole"]),
            (
                &["挂1", "挂2", "挂3", "慢4", "5", "甲局慢"],
                &["挂1 Whole", "挂2 Whole", "挂3 PutOff(10)", "慢4 PutOff(10)", "5 First", "甲局慢 Whole"],
            ),
            (
                &["慢1", "挂2", "慢3", "挂4", "慢5"],
                &["慢1 Whole", "挂2 Whole", "慢3 Whole", "挂4 Whole", "慢5 PutOff(10)"],
            ),
        ] {
            assert_eq!(read(names), expected, "{names:?}");
        }
        let many: Vec<String> = (0..20).map(|at| format!("挂{at:02}")).collect();
        let mut names: Vec<&str> = many.iter().map(String::as_str).collect();
        names.push("甲局");
        let found = read(&names);
        assert_eq!(found.last().unwrap(), "甲局 First");
        let count = |what: &str| found.iter().filter(|one| one.ends_with(what)).count();
        assert_eq!((count("Whole"), count("PutOff(10)"), count("PutOff(0)")), (2, 4, 14));
    }

    #[test]
    fn neighbours_are_read_at_the_same_time() {
        let paths: Vec<PathBuf> = (0..40).map(|at| PathBuf::from(at.to_string())).collect();
        let (two, met) = (std::sync::Barrier::new(2), std::sync::atomic::AtomicUsize::new(0));
        let read = |path: &Path, _: Attempt| {
            // The first two wait for each other.
            if matches!(path.to_str(), Some("0" | "1")) {
                two.wait();
                met.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
            Ok(Outcome::Read(()))
        };
        let threads = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        threads.install(|| read_all(&paths, false, &|_| None, &read, &|| {})).unwrap();
        assert_eq!(met.into_inner(), 2);
    }
}
