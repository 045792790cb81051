//! Custom properties of a workbook: each takes the place of the one of its name.

use super::PatchRefusal;
use super::archive::{Patched, XML};
use super::outline::{Edits, escaped};

const SPACE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties";
const VALUES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
const KIND: &str = "custom-properties";
/// What tells custom properties from others.
const SET: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
/// The first number that a property may have.
const FIRST: u32 = 2;

/// Gives a workbook properties.
///
/// # Errors
/// Fails when the part with properties is damaged.
pub(super) fn put(to: &mut Patched<'_>, properties: &[(String, String)]) -> Result<(), PatchRefusal> {
    if properties.is_empty() {
        return Ok(());
    }
    let part = match to.linked("", KIND)? {
        Some(part) => part,
        None => {
            let part = "docProps/custom.xml".to_owned();
            if to.bytes(&part)?.is_some() {
                return Err(PatchRefusal::Damaged);
            }
            let empty = format!("{XML}<Properties xmlns=\"{SPACE}\" xmlns:vt=\"{VALUES}\"></Properties>");
            to.put(&part, empty.into_bytes());
            to.relate("", KIND, &part)?;
            to.typed(&part, TYPE)?;
            part
        }
    };
    let (bytes, outline) = to.outline(&part, "")?.ok_or(PatchRefusal::Damaged)?;
    let root = outline.root().ok_or(PatchRefusal::Damaged)?;
    let p = &outline.prefix;
    let mut edits = Edits::default();
    let known = || outline.named("property").filter(|one| one.depth == 1);
    for old in known().filter(|one| properties.iter().any(|(name, _)| one.value("name") == name)) {
        edits.replace(old.whole(), "");
    }
    let numbers = known().filter_map(|one| one.value("pid").parse::<u32>().ok());
    let next = numbers.max().map_or(FIRST, |last| last.saturating_add(1).max(FIRST));
    let made = (next..).zip(properties).map(|(number, (name, value))| {
        let (name, value) = (escaped(name), escaped(value));
        format!(
            "<{p}property fmtid=\"{SET}\" pid=\"{number}\" name=\"{name}\"><vt:lpwstr xmlns:vt=\"{VALUES}\">{value}</vt:lpwstr></{p}property>"
        )
    });
    let made: String = made.collect();
    edits.append(root, &bytes, &made);
    to.edit(&part, &bytes, edits)
}
