//! What lies in the folder of a round and stays there.

use std::path::Path;

use super::{Left, below};
use crate::error::RunError;
use crate::files;
use crate::plan::{INDEX, PUBLISHED, Round};

/// Everything of the old folder that the new one has not: decisions of the year, and files.
pub(super) fn of_folder(folder: &Path, round: &Round) -> Result<Vec<Left>, RunError> {
    let decided = [
        ("[[preference]]", round.preferences.len()),
        ("[[decision]]", round.decisions.len()),
        ("[[decision_asked]]", round.asked.len()),
        ("[[veto]]", round.vetoes.len()),
        ("[[benchmark]]", round.benchmarks.len()),
        ("[[level]]", round.levels.len()),
        ("[[waiver]]", round.waivers.len()),
        ("[form]", round.form.fields().len()),
    ];
    let mut left: Vec<Left> = decided
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(section, count)| Left::Decided(section, count))
        .collect();
    if round.allow_drafts {
        left.push(Left::DraftsAllowed);
    }
    left.extend(others(folder, folder, &["round.toml", "waivers.toml", INDEX], round)?);
    for city in &round.cities {
        left.extend(others(folder, &folder.join(city.as_str()), &["plan.toml", PUBLISHED], round)?);
    }
    Ok(left)
}

/// The entries of a folder but those that are known to be carried or told of.
fn others(root: &Path, folder: &Path, known: &[&str], round: &Round) -> Result<Vec<Left>, RunError> {
    let failed = |source| RunError::reading(folder, source);
    let mut entries: Vec<std::fs::DirEntry> =
        std::fs::read_dir(folder).and_then(Iterator::collect).map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut left = Vec::new();
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        let name = entry.file_name();
        let is_city = folder == root && round.cities.iter().any(|city| name == city.as_str());
        if files::is_of_programs(&path) {
            continue;
        }
        let shown = below(root, &path);
        if kind.is_symlink() && !known.iter().any(|one| name == *one) {
            left.push(Left::Link(shown));
        } else if kind.is_dir() && !is_city {
            left.push(Left::Folder(shown, files::list(&path)?.len()));
        } else if kind.is_file() && !known.iter().any(|one| name == *one) {
            left.push(Left::File(shown));
        }
    }
    Ok(left)
}
