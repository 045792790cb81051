//! A round that is mixed of two others: a folder whose `round.toml` holds nothing but `[mixture]`. It says from which of the two each thing is
//! taken that a score depends on, so that a link of a chain of substitutions can be run, archived and replayed like any round.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Component, Path};

use serde::Deserialize;

use super::fault::FileFault;
use super::sections::Sections;
use super::wording;
use super::words::word;
use crate::error::RunError;
use crate::ident::CityId;
use crate::inputs::Inputs;

/// What a score depends on, in the order in which it is substituted: rules before data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkCause {
    /// 程序.
    Program,
    /// 目录: the catalogue.
    Catalogue,
    /// 方法和参数: scoring and its parameters; the edition.
    Method,
    /// 权重.
    Weights,
    /// 目标: the plan with its bases, and what was published of earlier years; rows and cities that one side does not have come with it.
    Targets,
    /// 人工决定和豁免.
    Decisions,
    /// 可评范围: what was reported of the rows that only one side could judge.
    Coverage,
    /// 实绩: what was reported of all other rows and tasks, when, and by whom.
    Actuals,
}

impl LinkCause {
    /// All, in their order.
    pub const ALL: [Self; 8] = [
        Self::Program,
        Self::Catalogue,
        Self::Method,
        Self::Weights,
        Self::Targets,
        Self::Decisions,
        Self::Coverage,
        Self::Actuals,
    ];
    /// Those that one program can mix.
    pub const MIXED: [Self; 7] = [
        Self::Catalogue,
        Self::Method,
        Self::Weights,
        Self::Targets,
        Self::Decisions,
        Self::Coverage,
        Self::Actuals,
    ];

    /// Its word in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Catalogue => "catalogue",
            Self::Method => "method",
            Self::Weights => "weights",
            Self::Targets => "targets",
            Self::Decisions => "decisions",
            Self::Coverage => "coverage",
            Self::Actuals => "actuals",
        }
    }
}

/// A round that is mixed of two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MixedRound {
    /// The round folder of what was before, below the input root: `A/2023`.
    pub before: String,
    /// The same of what came after.
    pub after: String,
    /// The cities that were evaluated before.
    pub before_cities: Vec<CityId>,
    /// The cities that were evaluated after.
    pub after_cities: Vec<CityId>,
    /// What is taken from after; the rest is from before.
    pub taken: BTreeSet<LinkCause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMixture {
    before: String,
    after: String,
    before_cities: Vec<CityId>,
    after_cities: Vec<CityId>,
    taken: Vec<String>,
}

/// The section that makes a round a mixed one.
const SECTION: &str = "mixture";

impl MixedRound {
    /// Reads `round.toml` of a folder; nothing where it is that of a plain round.
    ///
    /// # Errors
    /// Fails when the file cannot be read, or with the list of its faults.
    pub fn load(inputs: &Inputs, folder: &Path) -> Result<Option<Self>, RunError> {
        let path = folder.join("round.toml");
        let text = wording::read(inputs, &path)?;
        if !text.lines().any(|line| line.trim_start().starts_with("[mixture]")) {
            return Ok(None);
        }
        let mut sections = Sections::parse(&text);
        let raw = sections.single::<RawMixture>(SECTION);
        let mut taken = BTreeSet::new();
        if let Some(raw) = &raw {
            let words = LinkCause::MIXED.map(|cause| (cause.key(), cause));
            for text in &raw.entry.taken {
                match word("taken", text, &words) {
                    Ok(cause) => drop(taken.insert(cause)),
                    Err(fault) => sections.fault(raw.line, fault),
                }
            }
            for folder in [&raw.entry.before, &raw.entry.after] {
                if !is_below(folder) {
                    sections.fault(raw.line, FileFault::OddMixture(folder.clone()));
                }
            }
        }
        let faults = sections.finish();
        let (Some(raw), true) = (raw, faults.is_empty()) else {
            return Err(RunError::Faults { path, faults });
        };
        let RawMixture { before, after, before_cities, after_cities, .. } = raw.entry;
        Ok(Some(Self { before, after, before_cities, after_cities, taken }))
    }

    /// The file that says it.
    pub fn text(&self) -> String {
        let list =
            |words: Vec<&str>| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let cities = |all: &[CityId]| list(all.iter().map(CityId::as_str).collect());
        let mut text = String::from("[mixture]\n");
        let fields = [
            ("before", format!("\"{}\"", self.before)),
            ("after", format!("\"{}\"", self.after)),
            ("before_cities", format!("[{}]", cities(&self.before_cities))),
            ("after_cities", format!("[{}]", cities(&self.after_cities))),
            ("taken", format!("[{}]", list(self.taken.iter().map(|cause| cause.key()).collect()))),
        ];
        for (name, value) in fields {
            // A String takes all that is written to it.
            let _ = writeln!(text, "{name} = {value}");
        }
        text
    }
}

/// Whether a path stays below where it begins, and names a folder with one above it.
fn is_below(path: &str) -> bool {
    let parts: Vec<Component<'_>> = Path::new(path).components().collect();
    parts.len() > 1 && parts.iter().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<MixedRound>, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("round.toml"), text).unwrap();
        MixedRound::load(&Inputs::default(), folder.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_written_is_read_again_and_a_plain_round_is_none() {
        let cities = ["jia", "yi"].map(|slug| CityId::parse(slug).unwrap());
        let mixed = MixedRound {
            before: "A/2023".to_owned(),
            after: "B/2025".to_owned(),
            before_cities: cities.to_vec(),
            after_cities: cities[..1].to_vec(),
            taken: [LinkCause::Catalogue, LinkCause::Targets].into(),
        };
        assert_eq!(read(&mixed.text()), Ok(Some(mixed)));
        assert_eq!(read("[round]\nyear = 2023\n"), Ok(None));
    }

    #[test]
    fn no_folder_leads_out_of_the_inputs_and_no_word_is_passed_over() {
        let text = |before: &str, taken: &str| {
            format!(
                "[mixture]\nbefore = \"{before}\"\nafter = \"B/2\"\nbefore_cities = []\nafter_cities = []\ntaken = [{taken}]\n"
            )
        };
        assert!(read(&text("A/1", "\"targets\"")).is_ok());
        for wrong in [
            text("../1", ""),
            text("/1/2", ""),
            text("A", ""),
            text("A/1", "\"program\""),
            text("A/1", "\"x\""),
        ] {
            assert!(read(&wrong).is_err(), "{wrong}");
        }
        assert!(read("[mixture]\nbefore = \"A/1\"\n[round]\n").is_err());
    }
}
