//! What an output says it was made from against what the bag holds, and the inputs laid out as they were.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};

use crate::archive::{
    BagContents, BagFault, Misfit, OutputRecord, PROGRAM, RecordedFile, is_made_again, sha256, stored,
};
use crate::error::RunError;
use crate::files;

/// The programs that a bag is run with.
pub(super) struct ProgramParts {
    pub(super) program: PathBuf,
    pub(super) typst: PathBuf,
    pub(super) fonts: PathBuf,
    /// Nothing for those that are in the program.
    pub(super) templates: Option<PathBuf>,
    /// What is not there, if anything.
    pub(super) missing: Option<String>,
    /// Those that are not the ones of the archived run.
    misfits: Vec<Misfit>,
}

impl ProgramParts {
    /// The programs of a folder, or those of the bag, each held against its digest.
    pub(super) fn of(
        bag: &Path,
        folder: Option<&Path>,
        contents: &BagContents,
        record: &OutputRecord,
    ) -> Result<Self, RunError> {
        let within = bag.join("data/program");
        let folder = std::path::absolute(folder.unwrap_or(&within));
        let folder = folder.map_err(|source| RunError::reading(&within, source))?;
        let at = |name: &str| folder.join(name);
        let wanted = [at("duibiao"), at("typst"), at("fonts"), at("templates")];
        let mut missing = None;
        for path in &wanted {
            if missing.is_none() && !files::is_there(path)? {
                missing = Some(path.display().to_string());
            }
        }
        let mut misfits = Vec::new();
        let own = program_digest(contents)?;
        let own = own.map(|digest| (at("duibiao"), digest));
        let named = |folder: &'static str| {
            move |file: &RecordedFile| (Path::new(folder).join(&file.path), file.digests.sha256.clone())
        };
        let tools = record.tools.iter().map(|file| (PathBuf::from("typst"), file.digests.sha256.clone()));
        let fonts = record.fonts.iter().map(named("fonts"));
        let all = tools.chain(fonts).chain(record.templates.iter().map(named("templates")));
        let all = own.into_iter().chain(all.map(|(path, digest)| (folder.join(path), digest)));
        for (path, was) in all.filter(|_| missing.is_none()) {
            let told = path.strip_prefix(bag).map_or_else(
                |_| path.strip_prefix(&folder).map(|below| format!("data/program/{}", below.display())),
                |below| Ok(below.display().to_string()),
            );
            let told = told.unwrap_or_else(|_| path.display().to_string());
            if !files::is_there(&path)? {
                misfits.push(Misfit::new(BagFault::Missing, &told, &was, ""));
                continue;
            }
            let is = sha256(&path)?;
            if is != was {
                misfits.push(Misfit::new(BagFault::Changed, &told, &was, &is));
            }
        }
        let [program, typst, fonts, templates] = wanted;
        Ok(Self { program, typst, fonts, templates: Some(templates), missing, misfits })
    }

    /// Takes another program, with the templates that are in it.
    pub(super) fn replace(&mut self, program: &Path) {
        let own = self.program.display().to_string();
        let templates = self.templates.take().map(|path| path.display().to_string());
        self.program = program.to_owned();
        if self.missing == Some(own) || self.missing.is_some() && self.missing == templates {
            self.missing = None;
        }
    }

    /// Those that are not the ones of the archived run.
    pub(super) fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }
}

/// The SHA-256 of the program, as `bag-info.txt` has it.
fn program_digest(contents: &BagContents) -> Result<Option<String>, RunError> {
    let Some(info) = contents.held.get("bag-info.txt") else { return Ok(None) };
    let text = String::from_utf8_lossy(&files::read(&info.at)?).into_owned();
    Ok(text.lines().find_map(|line| line.strip_prefix(PROGRAM)?.strip_prefix(": ").map(str::to_owned)))
}

/// What does not fit the lists of the bag, and what does not fit what the output says of itself: that catches lists that were made anew.
pub(super) fn with_record(
    contents: &BagContents,
    record: &OutputRecord,
    of_programs: &[Misfit],
) -> Vec<Misfit> {
    let inputs = record.numbered_inputs().filter(|(_, file)| !file.digests.is_unknown());
    let inputs = inputs.map(|(number, file)| (format!("data/input/{}", stored(&file.path, number)), file));
    let has_programs = contents.held.keys().any(|path| path.starts_with("data/program/"));
    let outputs = record.outputs.iter().filter(|file| has_programs || !is_made_again(&file.path));
    let outputs = outputs.map(|file| (format!("data/output/{}", file.path), file));
    let expected: BTreeMap<String, &RecordedFile> = inputs.chain(outputs).collect();
    let mut misfits = contents.misfits.clone();
    let renamed = contents.misfits.iter().filter(|one| one.fault == BagFault::Renamed);
    let told: BTreeSet<&str> = contents
        .misfits
        .iter()
        .map(|one| one.path.as_str())
        .chain(renamed.map(|one| one.was.as_str()))
        .collect();
    let garbled: BTreeSet<&String> = contents.garbled.values().collect();
    let mut more = Vec::new();
    for (path, file) in &expected {
        let was = &file.digests.sha256;
        let held = contents.held.get(contents.garbled.get(path).unwrap_or(path));
        match held.map(|held| &held.sha256) {
            _ if told.contains(path.as_str()) => {}
            Some(is) if is == was => {}
            Some(is) => more.push(Misfit::new(BagFault::Changed, path, was, is)),
            None => more.push(Misfit::new(BagFault::Missing, path, was, "")),
        }
    }
    let is_known = |path: &String| {
        expected.contains_key(path) || path == "data/output/manifest.json" || garbled.contains(path)
    };
    let within = |path: &String| path.starts_with("data/input/") || path.starts_with("data/output/");
    for (path, held) in contents.held.iter().filter(|(path, _)| within(path) && !is_known(path)) {
        if !told.contains(path.as_str()) {
            more.push(Misfit::new(BagFault::Added, path, "", &held.sha256));
        }
    }
    more.extend(of_programs.iter().filter(|one| !told.contains(one.path.as_str())).cloned());
    if !record.has_own_fingerprint() {
        more.push(Misfit::new(BagFault::Fingerprint, "data/output/manifest.json", &record.fingerprint, ""));
    }
    // A file that another one has replaced under a new name is one and the same.
    let added = more.iter().rev().filter(|one| one.fault == BagFault::Added);
    let added: BTreeMap<&str, &Misfit> = added.map(|one| (one.is.as_str(), one)).collect();
    for missing in more.iter().filter(|one| one.fault == BagFault::Missing) {
        misfits.push(match added.get(missing.was.as_str()) {
            Some(added) => Misfit::new(BagFault::Renamed, &missing.path, &added.path, ""),
            None => missing.clone(),
        });
    }
    let renamed: BTreeSet<String> =
        misfits.iter().filter(|one| one.fault == BagFault::Renamed).map(|one| one.was.clone()).collect();
    misfits.extend(
        more.into_iter().filter(|one| one.fault != BagFault::Missing && !renamed.contains(&one.path)),
    );
    misfits
}

/// Inputs that were known by their digests alone: number and name.
pub(super) fn garbled(contents: &BagContents, record: &OutputRecord) -> Vec<(usize, String)> {
    let inputs = record.numbered_inputs();
    let is_garbled = |number: usize, file: &RecordedFile| {
        contents.garbled.contains_key(&format!("data/input/{}", stored(&file.path, number)))
    };
    let name = |file: &RecordedFile| file.path.rsplit('/').next().unwrap_or_default().to_owned();
    inputs
        .filter(|(number, file)| is_garbled(*number, file))
        .map(|(number, file)| (number, name(file)))
        .collect()
}

/// Lays the inputs out under the names that they had. What has another name now keeps that, and what was added is there.
pub(super) fn lay_out(contents: &BagContents, record: &OutputRecord, to: &Path) -> Result<(), RunError> {
    let names: BTreeMap<String, &str> = record
        .numbered_inputs()
        .map(|(number, file)| (format!("data/input/{}", stored(&file.path, number)), file.path.as_str()))
        .collect();
    let real: BTreeMap<&str, &str> =
        contents.garbled.iter().map(|(listed, there)| (there.as_str(), listed.as_str())).collect();
    for (path, held) in contents.held.iter().filter(|(_, held)| !held.sha256.is_empty()) {
        let listed = real.get(path.as_str()).copied().unwrap_or(path);
        let Some(below) = listed.strip_prefix("data/input/") else { continue };
        let name = names.get(listed).copied().unwrap_or(below);
        let was = PathBuf::from(as_it_was(name));
        let is_below = was.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let name = if is_below { was } else { PathBuf::from(name) };
        files::write(&to.join(name), &files::read(&held.at)?)?;
    }
    Ok(())
}

/// The cities that were evaluated, where they are not all of the round: then the plans of the others were not read.
pub(super) fn cities(record: &OutputRecord, round: &Path) -> Result<Vec<String>, RunError> {
    let plans =
        record.inputs.iter().filter_map(|file| file.path.strip_suffix("/plan.toml")?.rsplit('/').next());
    let read: Vec<&str> = plans.collect();
    let at = round.join("round.toml");
    if !files::is_there(&at)? {
        return Ok(Vec::new());
    }
    let text = String::from_utf8_lossy(&files::read(&at)?).into_owned();
    let all = text.parse::<toml::Table>().ok().and_then(|table| {
        let cities = table.get("round")?.get("cities")?.as_array()?.clone();
        Some(cities.iter().filter_map(|city| city.as_str().map(str::to_owned)).collect::<Vec<_>>())
    });
    let is_left_out = |city: &String| !read.contains(&city.as_str());
    let all = all.unwrap_or_default();
    let some = all.iter().any(is_left_out);
    Ok(all.into_iter().filter(|city| some && !is_left_out(city)).collect())
}

/// A path as it was before it was shown: `\u{301}` and `\xBF` stand for a character and a byte.
fn as_it_was(shown: &str) -> OsString {
    let mut bytes = Vec::new();
    let mut rest = shown;
    while let Some((before, behind)) = rest.split_once('\\') {
        bytes.extend(before.as_bytes());
        let character = behind
            .strip_prefix("u{")
            .and_then(|code| code.split_once('}'))
            .and_then(|(code, rest)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest)));
        let byte = behind
            .strip_prefix('x')
            .and_then(|code| Some((u8::from_str_radix(code.get(..2)?, 16).ok()?, code.get(2..)?)));
        rest = match (character, byte) {
            (Some((character, rest)), _) => {
                bytes.extend(character.to_string().as_bytes());
                rest
            }
            (None, Some((byte, rest))) => {
                bytes.push(byte);
                rest
            }
            (None, None) => {
                bytes.push(b'\\');
                behind
            }
        };
    }
    bytes.extend(rest.as_bytes());
    OsString::from_vec(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::HeldFile;
    use crate::digest::Digests;

    #[test]
    fn no_name_leads_out_of_the_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("held");
        files::write(&at, b"x").unwrap();
        let path = "2023/\\u{2e}\\u{2e}/\\u{2e}\\u{2e}/\\u{2e}\\u{2e}/out";
        let digests = Digests::of(b"x");
        let json = serde_json::json!({
            "version": "0.1.0", "typst": "", "round": 2023, "edition": "", "report_date": "2024-01-31", "fingerprint": "",
            "inputs": [{ "path": path, "sha256": digests.sha256, "sm3": digests.sm3 }],
            "templates": [], "fonts": [], "tools": [], "outputs": [],
        });
        let record: OutputRecord = serde_json::from_value(json).unwrap();
        let mut contents = BagContents::default();
        let held = HeldFile { at, sha256: digests.sha256 };
        contents.held.insert(format!("data/input/{}", stored(path, 1)), held);
        lay_out(&contents, &record, &folder.path().join("a/b/input")).unwrap();
        assert!(!folder.path().join("a/out").is_file() && !folder.path().join("out").is_file());
    }

    #[test]
    fn names_get_back_what_was_written_as_codes() {
        for (shown, was) in [
            ("局.xlsx", "局.xlsx".as_bytes()),
            ("a\\u{d}.xlsx", b"a\r.xlsx"),
            ("cafe\\u{301}", "cafe\u{301}".as_bytes()),
            ("\\xBF\\xC6.xlsx", b"\xbf\xc6.xlsx"),
            ("\\u{5c}u{d}\\u{5c}xBF", b"\\u{d}\\xBF"),
            ("a\\b\\u{zz}", b"a\\b\\u{zz}"),
        ] {
            assert_eq!(as_it_was(shown).as_encoded_bytes(), was, "{shown}");
        }
    }
}
