//! What arrives in the folders of a round: by name, length and time of change, looked at again and again. Nothing is read and nothing is written here.
//!
//! A file counts when two looks see the same and no office program holds it open: one that is written slowly is told once, whole.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::error::RunError;
use crate::files;
use crate::ident::CityId;
use crate::plan::INDEX;

/// Files of a city beside its workbooks whose change makes findings others.
const OF_CITY: [&str; 4] = ["plan.toml", "received.csv", "queries.csv", "issued.csv"];
/// The same of the round.
const OF_ROUND: [&str; 3] = ["round.toml", "waivers.toml", INDEX];
/// How names end that programs give to what they are still writing.
const UNFINISHED: [&str; 7] = [".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart"];

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArrivalKind {
    /// It was not there before.
    New,
    /// It is another one than before.
    Changed,
    /// It is there no more.
    Gone,
}

/// A file that has arrived, whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival {
    /// The file.
    pub path: PathBuf,
    /// The city in whose folder it lies; `None` for a file of the round.
    pub city: Option<CityId>,
    /// Whether it is a workbook that was sent in.
    pub is_submission: bool,
    /// What happened to it.
    pub kind: ArrivalKind,
}

/// What one look has seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArrivalsSeen {
    /// Files that are whole now, of cities in which no file that was known is being changed.
    pub arrived: Vec<Arrival>,
    /// Files that have appeared and are not whole yet: not to be read.
    pub unfinished: BTreeSet<PathBuf>,
    /// Among the submissions what programs put there for themselves: locks, and what they are still writing.
    pub passed_over: BTreeSet<PathBuf>,
}

/// What the system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileStamp {
    inode: u64,
    length: u64,
    modified: (i64, i64),
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KnownFile {
    /// As it was told; `None` for one that was not.
    told: Option<FileStamp>,
    /// As it was at the last look; `None` when it was not there.
    last: Option<FileStamp>,
}

/// The folders of a round, and what was seen there.
#[derive(Debug)]
pub struct Arrivals {
    round: PathBuf,
    cities: Vec<CityId>,
    known: BTreeMap<PathBuf, KnownFile>,
    waiting: BTreeSet<Arrival>,
}

/// A file that counts.
struct Counting {
    city: Option<CityId>,
    is_submission: bool,
    stamp: FileStamp,
    /// Whether a program holds it open.
    is_open: bool,
}

impl Arrivals {
    /// Looks for the first time: what is there is not known to be whole.
    ///
    /// # Errors
    /// Fails when a folder cannot be read.
    pub fn of(round: &Path, cities: impl IntoIterator<Item = CityId>) -> Result<Self, RunError> {
        let mut arrivals = Self {
            round: round.to_owned(),
            cities: cities.into_iter().collect(),
            known: BTreeMap::new(),
            waiting: BTreeSet::new(),
        };
        let (there, _) = arrivals.there()?;
        let known =
            there.into_iter().map(|(path, one)| (path, KnownFile { told: None, last: Some(one.stamp) }));
        arrivals.known = known.collect();
        Ok(arrivals)
    }

    /// Looks for the second time: everything that is whole has arrived, also what a program holds open.
    ///
    /// # Errors
    /// Fails like [`Arrivals::look`].
    pub fn begin(&mut self) -> Result<ArrivalsSeen, RunError> {
        self.look_at(false)
    }

    /// Looks again.
    ///
    /// # Errors
    /// Fails when a folder cannot be read; what was seen before is still known then.
    pub fn look(&mut self) -> Result<ArrivalsSeen, RunError> {
        self.look_at(true)
    }

    fn look_at(&mut self, has_locks: bool) -> Result<ArrivalsSeen, RunError> {
        let (there, passed_over) = self.there()?;
        let mut look = ArrivalsSeen { passed_over, ..ArrivalsSeen::default() };
        // Cities in which a file that was told is being changed: what is read there now is neither the old nor the new.
        let mut busy: BTreeSet<Option<CityId>> = BTreeSet::new();
        let gone: Vec<PathBuf> =
            self.known.keys().filter(|path| !there.contains_key(*path)).cloned().collect();
        for path in gone {
            let Some(known) = self.known.get_mut(&path) else { continue };
            let was_gone = known.last.take().is_none();
            if known.told.is_none() || was_gone {
                let is_told = known.told.is_some();
                self.known.remove(&path);
                if is_told {
                    let (city, is_submission) = self.owner(&path);
                    self.waiting.insert(Arrival { path, city, is_submission, kind: ArrivalKind::Gone });
                }
            } else {
                // Programs save by putting a new file in the place of the old one.
                busy.insert(self.owner(&path).0);
            }
        }
        for (path, Counting { city, is_submission, stamp, is_open }) in there {
            let known = self.known.entry(path.clone()).or_insert(KnownFile { told: None, last: None });
            let is_settled = known.last == Some(stamp) && !(is_open && has_locks);
            known.last = Some(stamp);
            if known.told == Some(stamp) {
                continue;
            }
            if is_settled {
                let kind = if known.told.is_none() { ArrivalKind::New } else { ArrivalKind::Changed };
                known.told = Some(stamp);
                self.waiting.insert(Arrival { path, city, is_submission, kind });
            } else if known.told.is_none() {
                look.unfinished.insert(path);
            } else {
                busy.insert(city);
            }
        }
        let is_free = |one: &Arrival| !busy.contains(&None) && !busy.contains(&one.city);
        (look.arrived, self.waiting) = {
            let (free, waiting): (Vec<_>, Vec<_>) =
                std::mem::take(&mut self.waiting).into_iter().partition(is_free);
            (free, waiting.into_iter().collect())
        };
        Ok(look)
    }

    /// Takes arrivals back that could not be read: they are told again at the next look.
    pub fn again(&mut self, arrived: impl IntoIterator<Item = Arrival>) {
        self.waiting.extend(arrived);
    }

    /// Whose a file is, and whether it is a workbook that was sent in.
    fn owner(&self, path: &Path) -> (Option<CityId>, bool) {
        let city = self.cities.iter().find(|city| path.starts_with(self.round.join(city.as_str())));
        let is_submission =
            city.is_some_and(|city| path.starts_with(self.round.join(city.as_str()).join("submissions")));
        (city.cloned(), is_submission)
    }

    /// The files that count, and those among the submissions that do not.
    fn there(&self) -> Result<(BTreeMap<PathBuf, Counting>, BTreeSet<PathBuf>), RunError> {
        let mut found: BTreeMap<PathBuf, Counting> = BTreeMap::new();
        let mut passed_over = BTreeSet::new();
        let own = OF_ROUND.map(|name| (self.round.join(name), None));
        let of_cities = self.cities.iter().flat_map(|city| {
            OF_CITY.map(|name| (self.round.join(city.as_str()).join(name), Some(city.clone())))
        });
        for (path, city) in own.into_iter().chain(of_cities) {
            if let Some(stamp) = stamp(&path)? {
                found.insert(path, Counting { city, is_submission: false, stamp, is_open: false });
            }
        }
        for city in &self.cities {
            let all = files::list(&self.round.join(city.as_str()).join("submissions"))?;
            let names: BTreeSet<String> = all.iter().map(|path| files::plain_name(path)).collect();
            for path in all {
                let name = files::plain_name(&path);
                let locks = [format!("~${name}"), format!(".~lock.{name}#")];
                let is_open = locks.iter().any(|lock| names.contains(lock));
                if is_passed_over(&path, &name) {
                    passed_over.insert(path);
                } else if let Some(stamp) = stamp(&path)? {
                    let city = Some(city.clone());
                    found.insert(path, Counting { city, is_submission: true, stamp, is_open });
                }
            }
        }
        Ok((found, passed_over))
    }
}

/// Whether a name is that of a lock, of what a program is still writing, or of what systems put into folders.
fn is_passed_over(path: &Path, name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with(['.', '~'])
        || files::is_of_programs(path)
        || UNFINISHED.iter().any(|ending| lower.ends_with(ending))
}

/// What the system says of a file; `None` when it is not there, or no plain file.
fn stamp(path: &Path) -> Result<Option<FileStamp>, RunError> {
    let found = match files::look(path) {
        Ok(found) => found,
        // It has just been taken away, or is behind a link that leads nowhere.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(source) => return Err(RunError::reading(path, source)),
    };
    let stamp = |file: std::fs::Metadata| FileStamp {
        inode: file.ino(),
        length: file.len(),
        modified: (file.mtime(), file.mtime_nsec()),
    };
    Ok(found.filter(std::fs::Metadata::is_file).map(stamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place(tempfile::TempDir);

    impl Place {
        fn new() -> Self {
            let place = Self(tempfile::tempdir().unwrap());
            std::fs::create_dir_all(place.0.path().join("jia/submissions")).unwrap();
            place
        }

        fn write(&self, name: &str, bytes: &[u8]) {
            std::fs::write(self.0.path().join(name), bytes).unwrap();
        }

        fn arrivals(&self) -> Arrivals {
            let mut arrivals = Arrivals::of(self.0.path(), [CityId::parse("jia").unwrap()]).unwrap();
            arrivals.begin().unwrap();
            arrivals
        }
    }

    /// What a look tells: names of files with what happened, then those that are not whole.
    fn told(look: &ArrivalsSeen) -> Vec<String> {
        let arrived = look.arrived.iter().map(|one| format!("{:?} {}", one.kind, files::name(&one.path)));
        arrived.chain(look.unfinished.iter().map(|path| format!("… {}", files::name(path)))).collect()
    }

    #[test]
    fn a_file_is_told_once_when_two_looks_see_the_same() {
        let place = Place::new();
        place.write("jia/submissions/old.xlsx", b"old");
        let mut arrivals = place.arrivals();
        let file = "jia/submissions/new.xlsx";
        for (bytes, expected) in [
            (None, vec![]),
            (Some(&b"a"[..]), vec!["… new.xlsx"]),
            (Some(b"ab"), vec!["… new.xlsx"]),
            (Some(b"abc"), vec!["… new.xlsx"]),
            (None, vec!["New new.xlsx"]),
            (None, vec![]),
            // Changed: in between nothing of the city is told.
            (Some(b"abcd"), vec![]),
            (None, vec!["Changed new.xlsx"]),
        ] {
            if let Some(bytes) = bytes {
                place.write(file, bytes);
            }
            assert_eq!(told(&arrivals.look().unwrap()), expected, "{bytes:?}");
        }
        std::fs::remove_file(place.0.path().join(file)).unwrap();
        assert_eq!(told(&arrivals.look().unwrap()), [""; 0]);
        assert_eq!(told(&arrivals.look().unwrap()), ["Gone new.xlsx"]);
    }

    #[test]
    fn what_programs_hold_open_or_still_write_is_passed_over() {
        let place = Place::new();
        let mut arrivals = place.arrivals();
        for name in ["~$b.xlsx", ".b.xlsx.Xy12", "b.xlsx.part", "Thumbs.db", "b.xlsx.TMP"] {
            place.write(&format!("jia/submissions/{name}"), b"x");
        }
        place.write("jia/submissions/a.xlsx", b"x");
        place.write("jia/submissions/.~lock.a.xlsx#", b"x");
        for _ in 0..3 {
            assert_eq!(told(&arrivals.look().unwrap()), ["… a.xlsx"]);
        }
        std::fs::remove_file(place.0.path().join("jia/submissions/.~lock.a.xlsx#")).unwrap();
        assert_eq!(told(&arrivals.look().unwrap()), ["New a.xlsx"]);
    }

    #[test]
    fn a_city_waits_while_a_file_that_was_read_is_being_changed() {
        let place = Place::new();
        place.write("jia/submissions/a.xlsx", b"a");
        let mut arrivals = place.arrivals();
        place.write("jia/submissions/b.xlsx", b"b");
        arrivals.look().unwrap();
        place.write("jia/submissions/a.xlsx", b"aa");
        assert_eq!(told(&arrivals.look().unwrap()), [""; 0], "b is whole, and a is not");
        assert_eq!(told(&arrivals.look().unwrap()), ["Changed a.xlsx", "New b.xlsx"]);
        assert_eq!(arrivals.look().unwrap(), ArrivalsSeen::default());
    }

    #[test]
    fn at_the_beginning_what_is_whole_has_arrived_and_what_is_being_written_has_not() {
        let place = Place::new();
        for name in ["a.xlsx", "b.xlsx", "~$b.xlsx", "c.xlsx"] {
            place.write(&format!("jia/submissions/{name}"), b"x");
        }
        let mut arrivals = Arrivals::of(place.0.path(), [CityId::parse("jia").unwrap()]).unwrap();
        place.write("jia/submissions/c.xlsx", b"xx");
        assert_eq!(told(&arrivals.begin().unwrap()), ["New a.xlsx", "New b.xlsx", "… c.xlsx"]);
        assert_eq!(told(&arrivals.look().unwrap()), ["New c.xlsx"]);
    }

    #[test]
    fn what_could_not_be_read_is_told_again() {
        let place = Place::new();
        let mut arrivals = place.arrivals();
        place.write("waivers.toml", b"#");
        assert_eq!(told(&arrivals.look().unwrap()), ["… waivers.toml"]);
        let look = arrivals.look().unwrap();
        assert_eq!(
            (told(&look), look.arrived[0].is_submission),
            (vec!["New waivers.toml".to_owned()], false)
        );
        arrivals.again(look.arrived);
        assert_eq!(told(&arrivals.look().unwrap()), ["New waivers.toml"]);
    }
}
