//! The list of sheets of a workbook: what there is, and one more at its end, which is opened first.

use super::PatchRefusal;
use super::archive::{Patched, RELATIONS};
use super::outline::{Edits, escaped};
use super::styles::MAIN;

const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// What the namespaces of the strict form of the standard begin with.
const STRICT: &str = "http://purl.oclc.org/ooxml/";
/// Most characters that the name of a sheet may have.
const LONGEST: usize = 31;

/// A sheet that is listed.
pub(super) struct ListedSheet {
    pub(super) name: String,
    /// Its part; `None` of a module of macros, which older programs list as a sheet.
    pub(super) part: Option<String>,
}

/// The sheets of a workbook, in order.
///
/// # Errors
/// Fails when the workbook is of the strict form or damaged.
pub(super) fn sheets(of: &mut Patched<'_>) -> Result<Vec<ListedSheet>, PatchRefusal> {
    let book = of.book.clone();
    let (_, outline) = of.outline(&book, "")?.ok_or(PatchRefusal::Damaged)?;
    let root = outline.root().ok_or(PatchRefusal::Damaged)?;
    if root.attributes.iter().any(|one| one.value.starts_with(STRICT)) {
        return Err(PatchRefusal::Strict);
    }
    if !root.attributes.iter().any(|one| one.value == MAIN) {
        return Err(PatchRefusal::OtherFormat);
    }
    let links = of.links(&book)?;
    let list = outline.child("sheets").ok_or(PatchRefusal::Damaged)?;
    let mut found = Vec::new();
    for sheet in outline.children(list).filter(|one| one.name == "sheet") {
        let id = sheet.value("id");
        let link = links.iter().find(|link| link.id == id);
        if link.is_none() && !id.is_empty() {
            return Err(PatchRefusal::Damaged);
        }
        let part = link.map(|link| link.target.clone());
        found.push(ListedSheet { name: sheet.value("name").to_owned(), part });
    }
    Ok(found)
}

/// Adds a sheet with its XML, under its name or that name with a number, and gives the name and the part.
///
/// # Errors
/// Fails when the workbook is damaged.
pub(super) fn add(
    to: &mut Patched<'_>,
    name: &str,
    known: &[ListedSheet],
) -> Result<(String, String), PatchRefusal> {
    let book = to.book.clone();
    let folder = book.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let part = to.free(&format!("{folder}worksheets/sheet"), ".xml");
    // The part takes its place before another one can.
    to.put(&part, Vec::new());
    let id = to.relate(&book, "worksheet", &part)?;
    to.typed(&part, SHEET_TYPE)?;
    let name = free_name(name, known);
    let (bytes, outline) = to.outline(&book, "")?.ok_or(PatchRefusal::Damaged)?;
    let root = outline.root().ok_or(PatchRefusal::Damaged)?;
    let list = outline.child("sheets").ok_or(PatchRefusal::Damaged)?;
    let ids = outline.children(list).filter_map(|one| one.value("sheetId").parse::<u32>().ok());
    let number = ids.max().unwrap_or(0).checked_add(1).ok_or(PatchRefusal::Damaged)?;
    let p = &outline.prefix;
    let link = match root.prefix_of(RELATIONS) {
        Some(r) => format!("{r}id=\"{id}\""),
        None => format!("xmlns:r=\"{RELATIONS}\" r:id=\"{id}\""),
    };
    let mut edits = Edits::default();
    let listed = format!("<{p}sheet name=\"{}\" sheetId=\"{number}\" {link}/>", escaped(&name));
    edits.append(list, &bytes, &listed);
    let place = known.len().to_string();
    let view = outline.named("workbookView").find(|one| one.depth == 2);
    match (view, outline.child("bookViews")) {
        (Some(view), _) => edits.set(view, &bytes, "activeTab", &place),
        (None, Some(views)) => {
            edits.append(views, &bytes, &format!("<{p}workbookView activeTab=\"{place}\"/>"));
        }
        (None, None) => edits.insert(
            list.open.start,
            format!("<{p}bookViews><{p}workbookView activeTab=\"{place}\"/></{p}bookViews>"),
        ),
    }
    to.edit(&book, &bytes, edits)?;
    Ok((name, part))
}

/// A name that no sheet has, whatever the case of its letters.
fn free_name(name: &str, known: &[ListedSheet]) -> String {
    let is_free = |name: &String| !known.iter().any(|one| one.name.to_lowercase() == name.to_lowercase());
    let numbered = (2_usize..).map(|number| {
        let behind = number.to_string();
        let before: String = name.chars().take(LONGEST.saturating_sub(behind.len())).collect();
        before + &behind
    });
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_of_the_same_name_stays_and_the_new_one_has_a_number() {
        let known = |names: &[&str]| -> Vec<ListedSheet> {
            names.iter().map(|name| ListedSheet { name: (*name).to_owned(), part: None }).collect()
        };
        for (names, expected) in
            [(&["指标"][..], "A单"), (&["指标", "a单"][..], "A单2"), (&["A单2", "A单"][..], "A单3")]
        {
            assert_eq!(free_name("A单", &known(names)), expected);
        }
        let long = "长".repeat(LONGEST);
        assert_eq!(free_name(&long, &known(&[&long])), format!("{}2", "长".repeat(LONGEST - 1)));
    }
}
