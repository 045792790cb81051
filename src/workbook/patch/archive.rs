//! The archive of a workbook whose parts are patched: what is not touched is copied as it is compressed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::PatchRefusal;
use super::outline::{Edits, Outline, escaped};
use crate::files;
use crate::workbook::package::{Parts, encoding, resolved};
use crate::workbook::{Fault, Limits};

/// What the kinds of relations of a workbook begin with.
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// What a part that is made begins with.
pub(super) const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = "[Content_Types].xml";
/// What the ids of relations begin with that are made here.
const OWN_ID: &str = "rIdDb";

/// A part's relation to another.
pub(super) struct PartLink {
    pub(super) id: String,
    /// The last step of its kind: `worksheet`, `comments`.
    pub(super) kind: String,
    pub(super) target: String,
}

/// An archive with the parts that are changed or new.
pub(super) struct Patched<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Parts by name in lower case, as Office compares them.
    places: BTreeMap<String, usize>,
    changed: BTreeMap<usize, Vec<u8>>,
    added: Vec<(String, Vec<u8>)>,
    longest: u64,
    /// The part that is the workbook.
    pub(super) book: String,
}

impl<'a> Patched<'a> {
    /// Looks through an archive.
    ///
    /// # Errors
    /// Fails with why it is not patched.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, PatchRefusal> {
        let refused = |fault| match fault {
            Fault::Encrypted => PatchRefusal::Encrypted,
            _ => PatchRefusal::Damaged,
        };
        if !bytes.starts_with(b"PK") {
            return Err(PatchRefusal::OtherFormat);
        }
        let mut parts = Parts::open(bytes, limits).map_err(refused)?;
        let book = parts.workbook().map_err(refused)?.ok_or(PatchRefusal::OtherFormat)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PatchRefusal::Damaged)?;
        let mut places = BTreeMap::new();
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(|_| PatchRefusal::Damaged)?;
            let name = files::text_in_any_code(part.name_raw()).ok_or(PatchRefusal::Damaged)?;
            places.insert(resolved("", &name).to_lowercase(), at);
        }
        if places.keys().any(|name| name.starts_with("_xmlsignatures/")) {
            return Err(PatchRefusal::Signed);
        }
        if places.keys().any(|name| name.contains("revisions/")) {
            return Err(PatchRefusal::Shared);
        }
        let (changed, added) = (BTreeMap::new(), Vec::new());
        let longest = limits.unpacked_mib << 20;
        let mut patched = Self { archive, places, changed, added, longest, book };
        if patched.bytes(TYPES)?.is_none() {
            return Err(PatchRefusal::OtherFormat);
        }
        Ok(patched)
    }

    /// The bytes of a part as they stand now; `None` when there is none.
    ///
    /// # Errors
    /// Fails when it cannot be unpacked, or is not in UTF-8.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, PatchRefusal> {
        if let Some((_, bytes)) = self.added.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)) {
            return Ok(Some(bytes.clone()));
        }
        let Some(at) = self.places.get(&name.to_lowercase()) else { return Ok(None) };
        if let Some(bytes) = self.changed.get(at) {
            return Ok(Some(bytes.clone()));
        }
        let part = self.archive.by_index(*at).map_err(|_| PatchRefusal::Damaged)?;
        let mut bytes = Vec::new();
        part.take(self.longest).read_to_end(&mut bytes).map_err(|_| PatchRefusal::Damaged)?;
        // It is longer than it says, and what is beyond is not known.
        if bytes.len() as u64 >= self.longest {
            return Err(PatchRefusal::Damaged);
        }
        if encoding(&bytes).is_some() {
            return Err(PatchRefusal::OtherCode);
        }
        Ok(Some(bytes))
    }

    /// A part with its outline; elements within those of the name `closed` are passed over.
    ///
    /// # Errors
    /// Fails as [`Self::bytes`], and when it is no XML.
    pub(super) fn outline(
        &mut self,
        name: &str,
        closed: &str,
    ) -> Result<Option<(Vec<u8>, Outline)>, PatchRefusal> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let outline = Outline::of(&bytes, closed).ok_or(PatchRefusal::Damaged)?;
        Ok(Some((bytes, outline)))
    }

    /// Puts a part in the place of the one of its name, or beside the others.
    pub(super) fn put(&mut self, name: &str, bytes: Vec<u8>) {
        if let Some(at) = self.places.get(&name.to_lowercase()) {
            self.changed.insert(*at, bytes);
        } else if let Some((_, own)) = self.added.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(name)) {
            *own = bytes;
        } else {
            self.added.push((name.to_owned(), bytes));
        }
    }

    /// Puts a part in its place with what was edited; nothing is done where nothing was.
    ///
    /// # Errors
    /// Fails when edits overlap.
    pub(super) fn edit(&mut self, name: &str, bytes: &[u8], edits: Edits) -> Result<(), PatchRefusal> {
        if !edits.is_empty() {
            self.put(name, edits.apply(bytes).ok_or(PatchRefusal::Damaged)?);
        }
        Ok(())
    }

    /// The first name that no part has, with a number between two texts.
    pub(super) fn free(&self, before: &str, behind: &str) -> String {
        let names = (1_usize..).map(|number| format!("{before}{number}{behind}"));
        let is_free = |name: &String| {
            !self.places.contains_key(&name.to_lowercase())
                && !self.added.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
        };
        // There are not as many parts as numbers.
        names.into_iter().find(is_free).unwrap_or_default()
    }

    /// Names of the parts that were there, in lower case, which a text begins and another one ends.
    pub(super) fn named(&self, before: &str, behind: &str) -> Vec<String> {
        let added = self.added.iter().map(|(name, _)| name.to_lowercase());
        let all = self.places.keys().cloned().chain(added);
        all.filter(|name| name.starts_with(before) && name.ends_with(behind)).collect()
    }

    /// The relations of a part, in the order of the file.
    ///
    /// # Errors
    /// Fails as [`Self::outline`].
    pub(super) fn links(&mut self, of: &str) -> Result<Vec<PartLink>, PatchRefusal> {
        let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let Some((_, outline)) = self.outline(&relations_of(of), "")? else { return Ok(Vec::new()) };
        let links = outline.named("Relationship").filter(|link| link.value("TargetMode") != "External");
        let link = |link: &super::outline::Element| PartLink {
            id: link.value("Id").to_owned(),
            kind: link.value("Type").rsplit('/').next().unwrap_or_default().to_owned(),
            target: resolved(&folder, link.value("Target")),
        };
        Ok(links.map(link).collect())
    }

    /// The part to which another one has a relation of a kind.
    ///
    /// # Errors
    /// Fails as [`Self::outline`].
    pub(super) fn linked(&mut self, of: &str, kind: &str) -> Result<Option<String>, PatchRefusal> {
        Ok(self.links(of)?.into_iter().find(|link| link.kind == kind).map(|link| link.target))
    }

    /// Adds a relation of a part to another one, and gives its id.
    ///
    /// # Errors
    /// Fails as [`Self::outline`].
    pub(super) fn relate(&mut self, of: &str, kind: &str, target: &str) -> Result<String, PatchRefusal> {
        let name = relations_of(of);
        if self.bytes(&name)?.is_none() {
            let empty = format!("{XML}<Relationships xmlns=\"{PACKAGE}\"></Relationships>");
            self.put(&name, empty.into_bytes());
        }
        let (bytes, outline) = self.outline(&name, "")?.ok_or(PatchRefusal::Damaged)?;
        let root = outline.root().ok_or(PatchRefusal::Damaged)?;
        let known: Vec<&str> = outline.named("Relationship").map(|link| link.value("Id")).collect();
        let ids = (1_usize..).map(|number| format!("{OWN_ID}{number}"));
        let id = ids.into_iter().find(|id| !known.contains(&id.as_str())).unwrap_or_default();
        let (prefix, target) = (&outline.prefix, escaped(target));
        let kind = format!("{RELATIONS}/{kind}");
        let mut edits = Edits::default();
        edits.append(
            root,
            &bytes,
            &format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{target}\"/>"),
        );
        self.edit(&name, &bytes, edits)?;
        Ok(id)
    }

    /// Says of what type a part is.
    ///
    /// # Errors
    /// Fails as [`Self::outline`].
    pub(super) fn typed(&mut self, part: &str, of: &str) -> Result<(), PatchRefusal> {
        let (bytes, outline) = self.outline(TYPES, "")?.ok_or(PatchRefusal::Damaged)?;
        let root = outline.root().ok_or(PatchRefusal::Damaged)?;
        let (prefix, part) = (&outline.prefix, escaped(part));
        let mut edits = Edits::default();
        edits.append(root, &bytes, &format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{of}\"/>"));
        self.edit(TYPES, &bytes, edits)
    }

    /// Says of what type parts are whose names end in a way, unless that is said.
    ///
    /// # Errors
    /// Fails as [`Self::outline`].
    pub(super) fn typed_by_ending(&mut self, ending: &str, of: &str) -> Result<(), PatchRefusal> {
        let (bytes, outline) = self.outline(TYPES, "")?.ok_or(PatchRefusal::Damaged)?;
        if outline.named("Default").any(|one| one.value("Extension").eq_ignore_ascii_case(ending)) {
            return Ok(());
        }
        let root = outline.root().ok_or(PatchRefusal::Damaged)?;
        let said = format!("<{}Default Extension=\"{ending}\" ContentType=\"{of}\"/>", outline.prefix);
        let mut edits = Edits::default();
        match outline.elements.get(1) {
            Some(first) => edits.insert(first.open.start, said),
            None => edits.append(root, &bytes, &said),
        }
        self.edit(TYPES, &bytes, edits)
    }

    /// The type of a part, as it is said.
    ///
    /// # Errors
    /// Fails as [`Self::outline`].
    pub(super) fn type_of(&mut self, part: &str) -> Result<String, PatchRefusal> {
        let Some((_, outline)) = self.outline(TYPES, "")? else { return Ok(String::new()) };
        let is_own = |name: &str| resolved("", name).eq_ignore_ascii_case(part);
        let found = outline.named("Override").find(|one| is_own(one.value("PartName")));
        Ok(found.map_or_else(String::new, |one| one.value("ContentType").to_owned()))
    }

    /// The archive with all of it. New parts carry the first day that an archive can tell.
    ///
    /// # Errors
    /// Fails when a part cannot be copied.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, PatchRefusal> {
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..self.archive.len() {
            let part = self.archive.by_index_raw(at).map_err(|_| PatchRefusal::Damaged)?;
            match self.changed.get(&at) {
                None => to.raw_copy_file(part).map_err(|_| PatchRefusal::Damaged)?,
                Some(bytes) => {
                    let name = files::text_in_any_code(part.name_raw()).ok_or(PatchRefusal::Damaged)?;
                    let options = options(part.last_modified().unwrap_or_default());
                    drop(part);
                    add(&mut to, &name, options, bytes)?;
                }
            }
        }
        for (name, bytes) in &self.added {
            add(&mut to, name, options(DateTime::default()), bytes)?;
        }
        to.finish().map(Cursor::into_inner).map_err(|_| PatchRefusal::Damaged)
    }
}

/// An archive of new parts.
///
/// # Errors
/// Fails only when the program is at fault.
pub(super) fn packed(parts: &[(&str, String)]) -> Result<Vec<u8>, PatchRefusal> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        add(&mut to, name, options(DateTime::default()), text.as_bytes())?;
    }
    to.finish().map(Cursor::into_inner).map_err(|_| PatchRefusal::Damaged)
}

fn options(on: DateTime) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(on)
}

fn add(
    to: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    options: SimpleFileOptions,
    bytes: &[u8],
) -> Result<(), PatchRefusal> {
    to.start_file(name, options).map_err(|_| PatchRefusal::Damaged)?;
    to.write_all(bytes).map_err(|_| PatchRefusal::Damaged)
}

/// The name of the part with the relations of another one.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}
