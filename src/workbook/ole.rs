//! OLE files (MS-CFB) → the streams of their root. Workbooks may have other workbooks embedded, whose streams bear the same
//! names: only the root's own count.

use std::collections::{BTreeMap, BTreeSet};

use super::{Breakage, Fault, Limit, Limits};

/// Sector numbers from here on stand for something else than sectors.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
/// Length of an entry of the directory.
const ENTRY: usize = 128;
/// Streams that are shorter lie in the small sectors.
const SMALL_STREAM: u64 = 4096;
const SMALL_SECTOR: usize = 64;

/// An OLE file.
pub(super) struct Ole<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector that follows each one.
    next: Vec<u32>,
    /// The small sectors, and the one that follows each of them.
    small: Vec<u8>,
    next_small: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    kind: u8,
    before: u32,
    after: u32,
    child: u32,
    start: u32,
    length: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

impl<'a> Ole<'a> {
    /// Reads the tables of sectors and the directory.
    ///
    /// # Errors
    /// Fails where they are damaged, so that no stream can be found.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let broken = || Fault::broken(Breakage::Incomplete);
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(broken()),
        };
        let head = |at| u32_at(bytes, at).ok_or_else(broken);
        let (directory, first_small, more) = (head(48)?, head(60)?, head(68)?);
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            small: Vec::new(),
            next_small: Vec::new(),
            entries: Vec::new(),
        };
        file.next = file.tables(more).ok_or_else(broken)?;
        let entries = file.chain(directory, u64::MAX);
        file.entries = entries.chunks_exact(ENTRY).map(entry).collect();
        let root = file.entries.first().ok_or_else(broken)?;
        if file.entries.len() > limits.parts {
            return Err(Fault::Limit(Limit::Parts(limits.parts)));
        }
        let (start, length) = (root.start, root.length);
        file.next_small = numbers(&file.chain(first_small, u64::MAX)).collect();
        file.small = file.chain(start, length);
        Ok(file)
    }

    /// The table of sectors, whose own sectors are listed in the head of the file and in further ones from `more` on.
    fn tables(&self, mut more: u32) -> Option<Vec<u32>> {
        let mut places: Vec<u32> = numbers(self.bytes.get(76..512)?).collect();
        let mut seen = BTreeSet::new();
        while more < NO_SECTOR && seen.insert(more) {
            let Some(sector) = self.sector(more) else { break };
            places.extend(numbers(sector));
            more = places.pop()?;
        }
        let places = places.into_iter().filter(|place| *place < NO_SECTOR);
        Some(places.map_while(|place| self.sector(place)).flat_map(numbers).collect())
    }

    /// A sector, or what there is of the last one.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain of sectors, as far as it leads.
    fn chain(&self, start: u32, length: u64) -> Vec<u8> {
        let mut found = Vec::new();
        let mut number = start;
        // A chain that leads back into itself is longer than the file.
        while number < NO_SECTOR && (found.len() as u64) < length && found.len() <= self.bytes.len() {
            let Some(sector) = self.sector(number) else { break };
            found.extend(sector);
            number = next(&self.next, number);
        }
        found.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        found
    }

    fn small_chain(&self, start: u32, length: u64) -> Vec<u8> {
        let mut found = Vec::new();
        let mut number = start;
        while number < NO_SECTOR && (found.len() as u64) < length {
            let at = usize::try_from(number).ok().and_then(|number| number.checked_mul(SMALL_SECTOR));
            let sector = at.and_then(|at| self.small.get(at..at.checked_add(SMALL_SECTOR)?));
            let Some(sector) = sector else { break };
            found.extend(sector);
            number = next(&self.next_small, number);
        }
        found.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        found
    }

    /// The entries that lie in the root, by their names in lower case.
    fn root(&self) -> BTreeMap<String, &Entry> {
        self.in_root().into_iter().map(|entry| (entry.name.to_lowercase(), entry)).collect()
    }

    /// A name that two entries of the root have.
    pub(super) fn repeated(&self) -> Option<String> {
        let mut names = BTreeSet::new();
        let mut all = self.in_root().into_iter().map(|entry| entry.name.to_lowercase());
        all.find(|name| !names.insert(name.clone()))
    }

    fn in_root(&self) -> Vec<&Entry> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<u32> = self.entries.first().map(|root| root.child).into_iter().collect();
        while let Some(number) = open.pop() {
            let entry = usize::try_from(number).ok().and_then(|number| self.entries.get(number));
            let Some(entry) = entry.filter(|_| seen.insert(number)) else { continue };
            open.extend([entry.before, entry.after]);
            found.push(entry);
        }
        found
    }

    /// Whether the root, or with `anywhere` any folder, holds something of a name.
    pub(super) fn has(&self, name: &str, anywhere: bool) -> bool {
        let name = name.to_lowercase();
        match anywhere {
            true => self.entries.iter().any(|entry| entry.name.to_lowercase() == name),
            false => self.root().contains_key(&name),
        }
    }

    /// A stream of the root. Where the directory is damaged so that it is not found there, the only one of its name.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        const STREAM: u8 = 2;
        let lower = name.to_lowercase();
        let root = self.root();
        let entry = root.get(&lower).copied().or_else(|| {
            let mut all = self.entries.iter().filter(|entry| entry.name.to_lowercase() == lower);
            all.next().filter(|_| all.next().is_none() && root.is_empty())
        });
        let entry = entry.filter(|entry| entry.kind == STREAM)?;
        Some(if entry.length < SMALL_STREAM {
            self.small_chain(entry.start, entry.length)
        } else {
            self.chain(entry.start, entry.length)
        })
    }
}

fn next(table: &[u32], number: u32) -> u32 {
    usize::try_from(number).ok().and_then(|number| table.get(number)).copied().unwrap_or(u32::MAX)
}

fn entry(bytes: &[u8]) -> Entry {
    let number = |at| u32_at(bytes, at).unwrap_or(u32::MAX);
    let length = usize::from(u16_at(bytes, 64).unwrap_or(0)).saturating_sub(2).min(62);
    let units = bytes.get(..length).unwrap_or_default().chunks_exact(2).filter_map(|two| u16_at(two, 0));
    let name = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    // The upper half is used in large files only, and old programs leave anything in it.
    let length = u64::from(number(120));
    let kind = bytes.get(66).copied().unwrap_or(0);
    Entry { name, kind, before: number(68), after: number(72), child: number(76), start: number(116), length }
}

/// The name of the program that saved the file, from the stream of its properties (MS-OLEPS).
pub(super) fn program(properties: &[u8]) -> Option<String> {
    const PROGRAM: u32 = 18;
    const CODE_PAGE: u32 = 1;
    let section = usize::try_from(u32_at(properties, 44)?).ok()?;
    let section = properties.get(section..)?;
    let place = |wanted: u32| {
        let count = u32_at(section, 4)?.min(1000);
        let at = (0..usize::try_from(count).ok()?).map(|index| 8 + index * 8);
        let mut found = at.filter(|at| u32_at(section, *at) == Some(wanted));
        found.next().and_then(|at| usize::try_from(u32_at(section, at + 4)?).ok())
    };
    let page = place(CODE_PAGE).and_then(|at| u16_at(section, at + 4));
    let at = place(PROGRAM)?;
    let length = usize::try_from(u32_at(section, at + 4)?).ok()?;
    let text = section.get(at + 8..(at + 8).checked_add(length)?)?;
    let text = super::codes::text(text, page);
    Some(text.trim_end_matches('\0').to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file() -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_storage("/A").unwrap();
        for (name, length) in [("/A/Workbook", 5000), ("/Workbook", 9000), ("/Small", 70), ("/A/Small", 3)] {
            file.create_stream(name).unwrap().write_all(&vec![length as u8; length]).unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn streams_of_the_root_are_told_from_those_of_embedded_workbooks() {
        let bytes = file();
        let ole = Ole::open(&bytes, &Limits::default()).ok().unwrap();
        for (name, length) in
            [("Workbook", Some(9000)), ("WORKBOOK", Some(9000)), ("small", Some(70)), ("A", None)]
        {
            assert_eq!(ole.stream(name).map(|bytes| bytes.len()), length, "{name}");
        }
        assert!(ole.has("small", false) && ole.has("workbook", true) && !ole.has("book", true));
        for cut in (0..bytes.len()).step_by(97) {
            if let Ok(ole) = Ole::open(&bytes[..cut], &Limits::default()) {
                _ = ole.stream("Workbook");
            }
        }
    }
}
