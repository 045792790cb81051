//! The earlier ledger in the names of the later one: its round, its year and its rows are called there as they are called here, so that a figure has one
//! name in both.

use std::collections::BTreeMap;

use super::opened::Opened;
use crate::error::RunError;
use crate::explain::PrintedFigures;
use crate::ident::{CityId, IndicatorNo};
use crate::ledger::{Ledger, StepId};
use crate::mixture::{Pairing, Which};
use crate::run::TwoRounds;

/// Behind the number of a row that the later plan does not have: it may have given the number to another.
const ONLY_BEFORE: char = '~';
/// Before the name of what was looked for.
const ABSENT: &str = "absent/";
/// Words of two kinds of targets that are judged first.
const FIRST: [&str; 2] = [".annual.", ".assessed."];

/// How the names of one ledger are told in another.
struct Renaming<'a> {
    folders: [&'a str; 2],
    shift: i32,
    pairings: BTreeMap<&'a str, &'a Pairing>,
    later: &'a Ledger,
}

/// The ledger of what was before and what was printed of it, in the names of what came after; themselves where these are the same.
///
/// # Errors
/// Fails when the output does not tell what it prints.
pub(super) fn earlier(
    before: &Opened,
    after: &Opened,
    two: &TwoRounds,
) -> Result<(Ledger, PrintedFigures), RunError> {
    let cities: Vec<&CityId> = two.common().collect();
    let pairings = cities.iter().filter_map(|city| Some((city.as_str(), two.both(city)?.pairing))).collect();
    let renaming = Renaming {
        folders: [&before.folder, &after.folder],
        shift: after.record.round.saturating_sub(before.record.round),
        pairings,
        later: &after.ledger.ledger,
    };
    let steps = before.ledger.ledger.steps().iter().cloned().map(|mut step| {
        step.id = renaming.of(&step.id);
        step.args.iter_mut().for_each(|arg| arg.id = renaming.of(&arg.id));
        step
    });
    let printed = before.ledger.printed()?.renamed(|id| renaming.of(id));
    Ok((steps.collect(), printed))
}

impl Renaming<'_> {
    fn of(&self, id: &StepId) -> StepId {
        let text = id.as_str();
        let named = self.named(text);
        let Some(named) = named.filter(|named| named != text) else { return id.clone() };
        let id = StepId::new(&named);
        if self.later.step(&id).is_some() {
            return id;
        }
        // 年度 of one year may be 考核值 of the other.
        let [one, other] = FIRST;
        let swapped = if named.contains(one) { named.replace(one, other) } else { named.replace(other, one) };
        let swapped = StepId::new(swapped);
        if self.later.step(&swapped).is_some() { swapped } else { id }
    }

    /// What was looked for and not found is called by the name that it would have.
    fn named(&self, text: &str) -> Option<String> {
        match text.strip_prefix(ABSENT) {
            Some(sought) => Some(format!("{ABSENT}{}", self.named(sought)?)),
            None => self.of_file(text).or_else(|| self.of_row(text)),
        }
    }

    /// An entry of a file of the round: `2023/xiangtan/plan.toml#22.2023.annual.value`.
    fn of_file(&self, text: &str) -> Option<String> {
        let [was, is] = self.folders;
        let below = text.strip_prefix(was)?.strip_prefix('/')?;
        let of_city = below.split_once('/').and_then(|(city, rest)| {
            let (file, field) = rest.split_once('#')?;
            let (no, rest) = self.row_of(city, field)?;
            let rest: Vec<String> = rest.split('.').map(|part| self.year(part)).collect();
            Some(format!("{city}/{file}#{no}.{}", rest.join(".")))
        });
        Some(format!("{is}/{}", of_city.unwrap_or_else(|| below.to_owned())))
    }

    /// The row that a field of a plan begins with, and what comes behind.
    fn row_of<'f>(&self, city: &str, field: &'f str) -> Option<(String, &'f str)> {
        let pairing = self.pairings.get(city)?;
        let points = field.match_indices('.').map(|(at, _)| field.split_at(at));
        // 1.1 is a longer name than 1.
        let mut found = points.filter_map(|(no, rest)| {
            let no = number(pairing, no)?;
            Some((no, rest.trim_start_matches('.')))
        });
        found.next_back()
    }

    /// A step of a row: `xiangtan/22@intended/2023/target`.
    fn of_row(&self, text: &str) -> Option<String> {
        let (city, rest) = text.split_once('/')?;
        let pairing = self.pairings.get(city)?;
        let (row, rest) = rest.split_once('/')?;
        let (no, tier) = row.split_once('@').map_or((row, None), |(no, tier)| (no, Some(tier)));
        let no = number(pairing, no)?;
        let tier = tier.map_or_else(String::new, |tier| format!("@{tier}"));
        let rest: Vec<String> = rest.split('/').map(|part| self.year(part)).collect();
        Some(format!("{city}/{no}{tier}/{}", rest.join("/")))
    }

    /// A part of a name that is a year, in the years of the later round.
    fn year(&self, part: &str) -> String {
        let is_year = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let year = part.parse::<i32>().ok().filter(|_| is_year);
        year.map_or_else(|| part.to_owned(), |year| year.saturating_add(self.shift).to_string())
    }
}

/// The number that a row has in the later plan.
fn number(pairing: &Pairing, no: &str) -> Option<String> {
    let row = pairing.row(Which::Before, &IndicatorNo::from(no))?;
    Some(row.after.as_ref().map_or_else(|| format!("{no}{ONLY_BEFORE}"), ToString::to_string))
}

/// The number of a row in the name of a step, if the later plan does not have it.
pub(super) fn only_before(row: &str) -> Option<&str> {
    row.strip_suffix(ONLY_BEFORE)
}
