//! `explorer.html`: one page that shows every figure with its way, and does every step again by itself (`docs/explorer.md`).
//!
//! The program puts the tables and the ledger into the page as data; what is shown and recomputed is the page's own
//! (`templates/explorer/`), which shares no code with the program.

mod composite;
mod data;
mod withheld;

use rayon::prelude::*;

use super::TEMPLATES;
use super::table::Table;
use super::tables;
use crate::digest::integrity;
use crate::error::RunError;
use crate::evaluation::Evaluation;
use crate::finding::Withheld;
use crate::ledger::Ledger;
use crate::shown;
use data::{IndexBlock, Pages};

/// Name of the page among the outputs.
pub(super) const NAME: &str = "explorer.html";

/// Where its templates lie among all.
pub(super) const TEMPLATE_FOLDER: &str = "explorer/";

/// The parts of its script, in their order.
const SCRIPTS: [&str; 6] = ["operations.js", "ledger.js", "original.js", "way.js", "composite.js", "app.js"];

/// How much of the inputs the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// Everything that the ledger and the findings name.
    Full,
    /// No cells of sheets, no findings, and no number of a unit that is not printed: for those who may not see what single units wrote.
    Public,
}

/// Makes the page. `typst` and `fingerprint` are what its foot prints.
///
/// # Errors
/// Fails when the template names what is not there, which would be a fault of the program.
pub(super) fn page(
    evaluation: &Evaluation,
    (all, report): (&[Table], &Ledger),
    disclosure: Disclosure,
    fingerprint: &str,
) -> Result<Vec<u8>, RunError> {
    let script = SCRIPTS.iter().map(|name| template(name)).collect::<Result<Vec<_>, _>>()?.concat();
    let style = template("app.css")?;
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        integrity(script.as_bytes()),
        integrity(style.as_bytes())
    );
    // A public page is published, and of a withheld chapter nothing is.
    let is_cut = disclosure == Disclosure::Public
        && evaluation.cities.iter().any(|city| city.score.withholds(Withheld::Chapter));
    let published = is_cut.then(|| evaluation.published());
    let own_tables = published.as_ref().map(tables::without_ledgers);
    let evaluation = published.as_ref().unwrap_or(evaluation);
    // Which steps are printed, the documents tell: also of a page that has less of the tables.
    let figures = all.iter().find(|table| table.head.name == "figures");
    let pages = Pages::new(evaluation, (own_tables.as_deref().unwrap_or(all), figures, report), disclosure);
    let data = blocks(evaluation, &pages, fingerprint)?;
    let parts =
        [("policy", policy.as_str()), ("style", style), ("script", script.as_str()), ("data", data.as_str())];
    filled(template("app.html")?, &parts).map(String::into_bytes)
}

fn template(name: &str) -> Result<&'static str, RunError> {
    let file = TEMPLATES.get_file(format!("{TEMPLATE_FOLDER}{name}"));
    file.and_then(|file| file.contents_utf8()).ok_or_else(|| RunError::output(NAME, name))
}

/// The data of the page: an index, and one block for each city, which the page reads when it is looked at.
fn blocks(evaluation: &Evaluation, pages: &Pages<'_>, fingerprint: &str) -> Result<String, RunError> {
    let index = block("index", &IndexBlock::new(pages, fingerprint))?;
    let cities = evaluation.cities.par_iter().enumerate();
    let cities = cities.map(|(at, city)| block(&format!("city-{at}"), &pages.city(city)));
    let cities = cities.collect::<Result<Vec<String>, RunError>>()?;
    Ok(std::iter::once(index).chain(cities).collect())
}

/// A block of data. `<` is escaped, so that no text of it ends the block or begins a comment, and so is what turns text round.
fn block(id: &str, value: &impl serde::Serialize) -> Result<String, RunError> {
    let json = serde_json::to_string(value).map_err(|error| RunError::output(NAME, error))?;
    let json = shown::json(&json).replace('<', "\\u003c");
    Ok(format!("<script type=\"application/json\" id=\"{id}\">{json}</script>\n"))
}

/// Fills a template in one pass: what is filled in is never looked through for places to fill.
fn filled(template: &str, parts: &[(&str, &str)]) -> Result<String, RunError> {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once("{{") {
        let (name, after) = behind.split_once("}}").ok_or_else(|| RunError::output(NAME, "{{"))?;
        let part = parts.iter().find(|(own, _)| *own == name).ok_or_else(|| RunError::output(NAME, name))?;
        text.push_str(before);
        text.push_str(part.1);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_no_place_to_fill() {
        let parts = [("data", "a {{script}} b"), ("script", "SCRIPT")];
        assert_eq!(filled("<{{data}}|{{script}}>", &parts).unwrap(), "<a {{script}} b|SCRIPT>");
        assert!(filled("{{other}}", &parts).is_err());
        assert!(filled("{{data", &parts).is_err());
    }

    #[test]
    fn no_text_of_the_data_ends_its_block() {
        let text = block("one", &["</script><!--<script>"]).unwrap();
        assert_eq!(text.matches('<').count(), 2, "{text}");
        let json = text.split_once('>').unwrap().1.strip_suffix("</script>\n").unwrap();
        assert_eq!(serde_json::from_str::<[String; 1]>(json).unwrap(), ["</script><!--<script>"]);
    }

    #[test]
    fn nothing_in_script_or_style_ends_them() {
        for name in SCRIPTS.into_iter().chain(["app.css"]) {
            assert!(!template(name).unwrap().contains("</"), "{name}");
        }
    }
}
