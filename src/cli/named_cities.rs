//! Cities as people name them: by the folder, or by the name or the short name of the plan.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use strsim::levenshtein;

use crate::error::RunError;
use crate::files;

/// One character of so many may be another where a name may be meant, and one in any case.
const SLIP: usize = 4;
/// A file of a plan is not longer, in bytes.
const LONGEST: u64 = 16 << 20;

/// A plan, of which only the names are read.
#[derive(Deserialize)]
struct NamedPlan {
    plan: TypedNames,
}

#[derive(Default, Deserialize)]
struct TypedNames {
    #[serde(default)]
    name: String,
    #[serde(default)]
    short: String,
}

/// The folders of the cities that are meant. Names are left as they are where the round has no plan to ask, as a mixture of two archives has none.
///
/// # Errors
/// Fails when no city of the round is called so; the message names those that are called nearly so, else all.
pub(super) fn slugs(round: &Path, asked: &[String]) -> Result<Vec<String>, RunError> {
    if asked.iter().all(|name| is_city(round, name)) {
        return Ok(asked.to_vec());
    }
    let known = cities(round)?;
    if known.is_empty() {
        return Ok(asked.to_vec());
    }
    let slug = |name: &String| match known.iter().find(|(slug, names)| is_called(slug, names, name)) {
        Some((slug, _)) => Ok(slug.clone()),
        None => Err(RunError::NoSuchCity { city: name.clone(), known: suggested(name, &known) }),
    };
    asked.iter().map(slug).collect()
}

/// The round and the city that a folder belongs to, if it is a city's.
///
/// # Errors
/// Fails when it cannot be looked at.
pub(super) fn of_folder(folder: &Path) -> Result<Option<(PathBuf, String)>, RunError> {
    let whole = std::fs::canonicalize(folder).map_err(|source| RunError::reading(folder, source))?;
    let (Some(above), Some(slug)) = (whole.parent(), whole.file_name()) else { return Ok(None) };
    if !files::is_there(&folder.join("plan.toml"))? || files::is_there(&folder.join("round.toml"))? {
        return Ok(None);
    }
    // The round is called as it was typed, where that says what is above its city.
    let typed =
        folder.parent().filter(|typed| !typed.as_os_str().is_empty() && folder.file_name() == Some(slug));
    for round in typed.into_iter().chain([above]) {
        if files::is_there(&round.join("round.toml"))? {
            return Ok(Some((round.to_owned(), slug.to_string_lossy().into_owned())));
        }
    }
    Ok(None)
}

fn is_city(round: &Path, name: &str) -> bool {
    files::is_there(&round.join(name).join("plan.toml")).unwrap_or_default()
}

fn is_called(slug: &str, names: &TypedNames, asked: &str) -> bool {
    let asked = asked.trim();
    asked == slug || (!asked.is_empty() && (asked == names.name || asked == names.short))
}

/// The cities of a round by their folders, with the names in their plans; a plan that cannot be read has none.
fn cities(round: &Path) -> Result<Vec<(String, TypedNames)>, RunError> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(round).map_err(|source| RunError::reading(round, source))?;
    for entry in entries {
        let entry = entry.map_err(|source| RunError::reading(round, source))?;
        let slug = entry.file_name().to_string_lossy().into_owned();
        if is_city(round, &slug) {
            let bytes = files::read_up_to(&entry.path().join("plan.toml"), LONGEST).unwrap_or_default();
            let plan: Option<NamedPlan> =
                std::str::from_utf8(&bytes).ok().and_then(|text| toml::from_str(text).ok());
            found.push((slug, plan.map(|plan| plan.plan).unwrap_or_default()));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

/// The cities that are called nearly so, else all.
fn suggested(asked: &str, known: &[(String, TypedNames)]) -> Vec<String> {
    let is_alike = |(slug, names): &&(String, TypedNames)| {
        let most = (asked.chars().count() / SLIP).max(1);
        [slug, &names.name, &names.short]
            .into_iter()
            .any(|name| !name.is_empty() && levenshtein(name, asked) <= most)
    };
    let told = |(slug, names): &(String, TypedNames)| match names.name.as_str() {
        "" => slug.clone(),
        name => format!("{slug}（{name}）"),
    };
    let alike: Vec<String> = known.iter().filter(is_alike).map(told).collect();
    if alike.is_empty() { known.iter().map(told).collect() } else { alike }
}
