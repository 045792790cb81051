//! The archive that an xlsx workbook is (ECMA-376, part 2): its parts, their relations, and their XML piece by piece.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Cursor, Read as _};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::sniff::{NoWorkbook, of_parts};
use super::{Breakage, Fault, Limit, Limits, Unreadable};
use crate::files;

/// The archive's parts by name in lower case, as Office compares them.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
}

/// A part's relation to another.
pub(super) struct Link {
    pub kind: String,
    pub target: String,
}

impl<'a> Parts<'a> {
    /// Looks through the directory before anything is unpacked.
    ///
    /// # Errors
    /// Fails when the archive is damaged, exceeds a limit, or has two parts of one name.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Fault::damaged(&error))?;
        // The library keeps the last of several.
        if let Some(name) = repeated(bytes, archive.central_directory_start(), limits.parts) {
            return Err(Fault::Unreadable(Unreadable::SameName(name)));
        }
        if archive.len() > limits.parts {
            return Err(Fault::Limit(Limit::Parts(limits.parts)));
        }
        let mut places = BTreeMap::new();
        let (mut total, mut is_encrypted) = (0_u64, false);
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(|error| Fault::damaged(&error))?;
            total = total.saturating_add(part.size());
            if total > limits.unpacked_mib << 20 {
                return Err(Fault::Limit(Limit::Unpacked(limits.unpacked_mib)));
            }
            is_encrypted |= part.encrypted();
            // Archives made in Chinese systems have names in GBK.
            let name = files::text_in_any_code(part.name_raw());
            let name = name.ok_or_else(|| Fault::broken(Breakage::Names))?;
            let name = name.replace('\\', "/").to_lowercase();
            // A folder is no part.
            if !name.ends_with('/') && places.insert(resolved("", &name), at).is_some() {
                return Err(Fault::Unreadable(Unreadable::SameName(name)));
            }
        }
        if is_encrypted {
            let is_workbook =
                ["[content_types].xml", "content.xml"].iter().any(|part| places.contains_key(*part));
            let kind = || Fault::Other(of_parts(places.keys().map(String::as_str), ""));
            return Err(if is_workbook { Fault::Encrypted } else { kind() });
        }
        Ok(Self { archive, places })
    }

    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<impl BufRead + use<'_, 'a>>>, Fault> {
        let Some(at) = self.places.get(&name.to_lowercase()).copied() else { return Ok(None) };
        let whole = self.whole(at);
        if let Some(whole) = whole {
            let Some(bytes) = whole else { return Ok(Some(Xml::Damaged)) };
            let bytes = match encoding(&bytes) {
                Some(encoding) => encoding.decode(&bytes).0.into_owned().into_bytes(),
                None => bytes,
            };
            return Ok(Some(Xml::Whole(bytes)));
        }
        let part = self.archive.by_index(at).map_err(|error| Fault::damaged(&error))?;
        let mut part = BufReader::with_capacity(1 << 16, part);
        if let Some(encoding) = part.fill_buf().ok().and_then(encoding) {
            let mut bytes = Vec::new();
            if part.read_to_end(&mut bytes).is_err() {
                return Ok(Some(Xml::Damaged));
            }
            return Ok(Some(Xml::Whole(encoding.decode(&bytes).0.into_owned().into_bytes())));
        }
        Ok(Some(Xml::Piecewise(part)))
    }

    /// A part that is not XML.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<impl BufRead + use<'_, 'a>>, Fault> {
        let Some(at) = self.places.get(&name.to_lowercase()).copied() else { return Ok(None) };
        let part = self.archive.by_index(at).map_err(|error| Fault::damaged(&error))?;
        Ok(Some(BufReader::with_capacity(1 << 16, part)))
    }

    /// A small part, without its bytes when it is damaged; `None` also when it is longer than it says, so that it must be read
    /// piece by piece.
    fn whole(&mut self, at: usize) -> Option<Option<Vec<u8>>> {
        let part = self.archive.by_index(at).ok().filter(|part| part.size() <= SMALL)?;
        let mut bytes = Vec::with_capacity(usize::try_from(part.size()).unwrap_or(0));
        if part.take(SMALL + 1).read_to_end(&mut bytes).is_err() {
            return Some(None);
        }
        (bytes.len() as u64 <= SMALL).then_some(Some(bytes))
    }

    /// Whether there is a part of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// What the archive is when it holds no workbook of its own.
    pub(super) fn kind(&mut self) -> NoWorkbook {
        let mut mimetype = String::new();
        if let Some(at) = self.places.get("mimetype")
            && let Ok(part) = self.archive.by_index(*at)
        {
            // A mimetype that cannot be read tells nothing.
            let _ = part.take(100).read_to_string(&mut mimetype);
        }
        of_parts(self.places.keys().map(String::as_str), &mimetype)
    }

    /// The part that is the workbook.
    pub(super) fn workbook(&mut self) -> Result<Option<String>, Fault> {
        let links = self.links("")?;
        let linked = links.into_values().find(|link| link.kind == "officeDocument").map(|link| link.target);
        let usual = || self.places.contains_key("xl/workbook.xml").then(|| "xl/workbook.xml".to_owned());
        Ok(linked.or_else(usual).filter(|target| target.to_lowercase().ends_with(".xml")))
    }

    /// The relations of a part, by id.
    pub(super) fn links(&mut self, of: &str) -> Result<BTreeMap<String, Link>, Fault> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let place = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        let Some(xml) = self.xml(&place)? else { return Ok(BTreeMap::new()) };
        let mut links: BTreeMap<String, Link> = BTreeMap::new();
        let mut single: BTreeMap<String, String> = BTreeMap::new();
        let mut twice = None;
        let read = xml.visit(|piece| {
            if let Piece::Start("Relationship", with) = piece {
                let kind = with.get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                let target = resolved(folder, &with.get("Target"));
                let id = with.get("Id");
                let is_other = |known: Option<&str>| known.is_some_and(|known| known != target);
                if is_other(links.get(&id).map(|known| known.target.as_str())) {
                    twice = Some(id.clone());
                }
                if SINGLE.contains(&kind.as_str()) {
                    if is_other(single.get(&kind).map(String::as_str)) {
                        twice = Some(kind.clone());
                    }
                    single.insert(kind.clone(), target.clone());
                }
                links.insert(id, Link { kind, target });
            }
            true
        });
        read.map_err(Fault::broken)?;
        twice.map_or(Ok(links), |name| Err(Fault::Unreadable(Unreadable::Ambiguous(name))))
    }
}

/// Kinds of parts of which a workbook has one.
const SINGLE: [&str; 3] = ["officeDocument", "sharedStrings", "styles"];

/// The first name that the directory of an archive lists a second time, byte by byte; folders may be listed often. A directory that
/// cannot be followed says nothing: the library refuses it.
fn repeated(bytes: &[u8], start: u64, most: usize) -> Option<String> {
    const HEAD: usize = 46;
    let mut rest = bytes.get(usize::try_from(start).ok()?..)?;
    let mut names: BTreeSet<&[u8]> = BTreeSet::new();
    while let Some(head) = rest.get(..HEAD).filter(|head| head.starts_with(b"PK\x01\x02"))
        && names.len() <= most
    {
        let length = |at: usize| {
            head.get(at..at + 2)
                .map_or(0, |two| two.iter().rev().fold(0, |sum, byte| sum * 256 + usize::from(*byte)))
        };
        let name = rest.get(HEAD..HEAD + length(28))?;
        if !name.ends_with(b"/") && !names.insert(name) {
            return Some(files::text_in_any_code(name).unwrap_or_default());
        }
        rest = rest.get(HEAD + length(28) + length(30) + length(32)..)?;
    }
    None
}

/// The encoding in which XML is written, by its first bytes or its own word; `None` for UTF-8.
pub(super) fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let found = match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        [b'<', b'?', ..] => {
            let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
            let head = head.split(|byte| *byte == b'>').next().unwrap_or_default();
            let head = String::from_utf8_lossy(head);
            let (_, named) = head.split_once("encoding")?;
            let named = named.trim_start().strip_prefix('=')?.trim_start();
            let name = named.get(1..)?.split(['"', '\'']).next()?;
            // What says that it is UTF-16 and is read as letters is not.
            Encoding::for_label(name.as_bytes()).filter(|found| found.is_ascii_compatible())?
        }
        _ => return None,
    };
    (found != UTF_8).then_some(found)
}

/// A target of a relation as a path in the archive.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// What comes out of the parser, by local name.
pub(super) enum Piece<'a> {
    Start(&'a str, &'a Attributes<'a>),
    End(&'a str),
    Text(Cow<'a, str>),
    /// A reference that stands for nothing known.
    Unknown(String),
}

pub(super) struct Attributes<'a>(BytesStart<'a>);

impl Attributes<'_> {
    /// Shows every attribute, by local name.
    pub(super) fn each(&self, mut see: impl FnMut(&str, &str)) {
        let mut all = self.0.attributes();
        for one in all.with_checks(false).flatten() {
            if let Ok(value) = one.normalized_value(XmlVersion::Implicit1_0) {
                see(one.key.local_name().as_ref(), &value);
            }
        }
    }

    /// An attribute's value by local name, empty when there is none.
    pub(super) fn get(&self, name: &str) -> String {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name);
        found
            .and_then(|one| one.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned))
            .unwrap_or_default()
    }

    /// Whether the element has no prefix and names no namespace, as nearly all of them.
    pub(super) fn is_plain(&self) -> bool {
        let attributes = self.0.attributes_raw();
        let may_name_one = attributes.bytes().any(|byte| byte == b'x') && attributes.contains("xmlns");
        !may_name_one && self.prefix().is_empty()
    }

    /// The prefix of the element's name, empty when it has none.
    pub(super) fn prefix(&self) -> &str {
        let name = self.0.name().into_inner();
        name.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// The namespace that it gives to names without a prefix.
    pub(super) fn default_space(&self) -> Option<String> {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten().find(|one| one.key.into_inner() == "xmlns");
        found.and_then(|one| one.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned))
    }

    /// The namespace of a document's first element, and the prefixes that stand for it.
    pub(super) fn own_space(&self) -> (String, Vec<String>) {
        let mut declared: Vec<(String, String)> = Vec::new();
        for one in self.0.attributes().with_checks(false).flatten() {
            let name = one.key.into_inner();
            let prefix = if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
            if let (Some(prefix), Ok(space)) = (prefix, one.normalized_value(XmlVersion::Implicit1_0)) {
                declared.push((prefix.to_owned(), space.into_owned()));
            }
        }
        let own = self.prefix().to_owned();
        let space = declared.iter().find(|(prefix, _)| *prefix == own).map(|(_, space)| space.clone());
        let same =
            declared.into_iter().filter(|(prefix, other)| *prefix != own && Some(other) == space.as_ref());
        let prefixes = same.map(|(prefix, _)| prefix).chain([own.clone()]).collect();
        (space.unwrap_or_default(), prefixes)
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name).as_str(), "1" | "true")
    }
}

/// Longest part that is unpacked whole before it is parsed, in bytes: nothing need be copied out of it.
const SMALL: u64 = 1 << 20;

/// The XML of a part.
pub(super) enum Xml<R> {
    /// Unpacked whole.
    Whole(Vec<u8>),
    /// Unpacked while it is parsed.
    Piecewise(R),
    /// Its checksum is wrong, or it cannot be unpacked: nothing of it is shown.
    Damaged,
}

impl<R: BufRead> Xml<R> {
    /// Shows every piece until the end, or until `see` has seen enough and says `false`.
    ///
    /// # Errors
    /// Fails where the document stops being XML; and with [`Breakage::Checksum`] when the part is damaged, which may be known only at
    /// its end: then nothing that was shown is sure.
    pub(super) fn visit(self, mut see: impl FnMut(Piece<'_>) -> bool) -> Result<(), Breakage> {
        let mut depth = 0_usize;
        match self {
            Self::Whole(bytes) => {
                let mut reader = Reader::from_reader(bytes.as_slice());
                reader.config_mut().expand_empty_elements = true;
                while show(reader.read_event(), &mut depth, &mut see)? {}
            }
            Self::Piecewise(source) => {
                let mut reader = Reader::from_reader(source);
                reader.config_mut().expand_empty_elements = true;
                let mut buffer = Vec::new();
                let read = loop {
                    match show(reader.read_event_into(&mut buffer), &mut depth, &mut see) {
                        Ok(true) => buffer.clear(),
                        Ok(false) => break Ok(()),
                        Err(breakage) => break Err(breakage),
                    }
                };
                return if is_sound(&mut reader.into_inner()) { read } else { Err(Breakage::Checksum) };
            }
            Self::Damaged => return Err(Breakage::Checksum),
        }
        Ok(())
    }
}

/// Whether the rest of a part can be unpacked and its checksum is right.
pub(super) fn is_sound(part: &mut impl BufRead) -> bool {
    std::io::copy(part, &mut std::io::sink()).is_ok()
}

/// Shows one piece; says whether there may be more.
fn show(
    event: Result<Event<'_>, quick_xml::Error>,
    depth: &mut usize,
    see: &mut impl FnMut(Piece<'_>) -> bool,
) -> Result<bool, Breakage> {
    Ok(match event.map_err(|error| Breakage::Told(error.to_string()))? {
        Event::Start(start) => {
            *depth += 1;
            let start = Attributes(start);
            see(Piece::Start(local(start.0.name().into_inner()), &start))
        }
        Event::End(end) => {
            *depth = depth.saturating_sub(1);
            see(Piece::End(local(end.name().into_inner())))
        }
        Event::Text(text) => see(Piece::Text(text.xml10_content())),
        Event::CData(text) => see(Piece::Text(text.xml10_content())),
        Event::GeneralRef(name) => see(entity(&name)),
        Event::Eof if *depth > 0 => return Err(Breakage::Incomplete),
        Event::Eof => false,
        _ => true,
    })
}

/// A name without its prefix. Most names have one or two letters.
fn local(name: &str) -> &str {
    if name.len() == 1 {
        return name;
    }
    match name.bytes().rposition(|b| b == b':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}

/// The character that a reference stands for; a document's own entities are not followed.
fn entity(reference: &BytesRef<'_>) -> Piece<'static> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Piece::Text(Cow::Owned(c.to_string()));
    }
    Piece::Text(Cow::Borrowed(match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        other => return Piece::Unknown(format!("&{other};")),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_of_xml_is_told_by_its_first_bytes_or_its_own_word() {
        let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        for (bytes, expected) in [
            (b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>".to_vec(), None),
            (b"<?xml version=\"1.0\"?><a encoding=\"gbk\"/>".to_vec(), None),
            (b"<a/>".to_vec(), None),
            (b"<?xml version='1.0' encoding = 'GB2312'?>".to_vec(), Some(encoding_rs::GBK)),
            (b"<?xml version=\"1.0\" encoding=\"UTF-16\"?>".to_vec(), None),
            (utf16("\u{feff}<a/>"), Some(UTF_16LE)),
            (utf16("<a/>"), Some(UTF_16LE)),
            (b"\xFE\xFF\0<".to_vec(), Some(UTF_16BE)),
            (Vec::new(), None),
        ] {
            assert_eq!(encoding(&bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn targets_of_relations_are_paths_in_the_archive() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "..\\..\\..\\x.xml", "x.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(resolved(folder, target), expected);
        }
    }
}
