//! Next year's round from this year's: its parameters with what is still to be filled in, its plans as they were issued or as drafts, and
//! what was published, as the values of the year before. Nothing is decided here: what people decided for a year stays with that year.

mod earlier;
mod index_file;
mod left;
mod plan_file;
mod round_file;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{NextRoundRefusal, RunError};
use crate::files::{self, Staging};
use crate::ident::{CityId, IndicatorNo};
use crate::inputs::Inputs;
use crate::period::{Period, Reach};
use crate::plan::{self, INDEX, PUBLISHED, Plan, Previous, PublishedRow, Round};
use earlier::EarlierOutput;

/// What is to be made.
#[derive(Debug, Clone)]
pub struct Order {
    /// The folder of this year's round.
    pub from: PathBuf,
    /// The folder of next year's, which must not be there.
    pub to: PathBuf,
    /// The new period as it was written; `None` for the year after.
    pub period: Option<String>,
    /// The output that was published of this year's round.
    pub published: Option<PathBuf>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextRound {
    /// Its period.
    pub period: Period,
    /// What is as it was, or follows from what was published.
    pub carried: Vec<Carried>,
    /// Files in which something is still to be filled in or confirmed.
    pub to_fill: Vec<ToFill>,
    /// What stays with this year's round.
    pub left: Vec<Left>,
}

/// What next year's round takes over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// Method, limits of reading, title, issuer: keys and sections of `round.toml` as they were.
    Parameters(Vec<String>),
    /// Cities.
    Cities(usize),
    /// Weights.
    Weights(usize),
    /// Outputs that were published before, the one of this year's round last: their folders from the new round's.
    Previous(Vec<String>),
    /// How the composite index is made, byte for byte: keys whose numbers people chose for a year, with their lines, to be looked at.
    Index(Vec<(usize, String)>),
    /// Base years, to be confirmed.
    BaseYears(usize),
    /// A plan that holds the new year, byte for byte.
    Plan(CityId),
    /// Units, groups and rows of a plan that does not: a draft.
    Draft {
        /// The city.
        city: CityId,
        /// Rows of its table.
        rows: usize,
    },
    /// What was published of a city.
    Published {
        /// The city.
        city: CityId,
        /// Values.
        known: usize,
        /// Indicators of which nothing was held true.
        unknown: usize,
        /// Lines about years before that one.
        earlier: usize,
    },
}

/// What is open in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToFill {
    /// Its path below the new round's folder.
    pub file: String,
    /// Keys with their lines.
    pub places: Vec<(usize, String)>,
}

/// What stays with this year's round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Decisions of that year: a section of `round.toml` or `waivers.toml`, and how many.
    Decided(&'static str, usize),
    /// That plans not in force may be judged.
    DraftsAllowed,
    /// A weight or base year for what has no such target in the new year.
    NoTarget(&'static str, Option<CityId>, IndicatorNo),
    /// A file of the old folder.
    File(String),
    /// A folder of the old folder, and how many files are in it.
    Folder(String, usize),
    /// A link.
    Link(String),
    /// What was published, since no output was named, or the output is not about the city.
    Published(CityId),
}

/// A plan of the old round and what becomes of it.
struct Successor<'a> {
    plan: &'a Plan,
    /// Whether it sets targets for the new year, so that it is the plan of that year as it stands.
    is_kept: bool,
}

/// Makes next year's round. `round` and `plans` are this year's.
///
/// # Errors
/// Fails when the new folder is there, when the period is none, when the output is not that of this round as it was published, or when
/// a file cannot be read or written. Nothing is made then.
pub fn make(order: &Order, inputs: &Inputs, round: &Round, plans: &[Plan]) -> Result<NextRound, RunError> {
    let period = period(order, round)?;
    check_place(order)?;
    let published = order.published.as_deref();
    let output = published.map(|folder| EarlierOutput::read(folder, round)).transpose()?;
    let successors: Vec<Successor<'_>> =
        plans.iter().map(|plan| Successor { plan, is_kept: plan.years.contains(&period.year()) }).collect();
    let text = inputs.text(&order.from.join("round.toml"))?.unwrap_or_default();
    let named = output.as_ref().zip(published).and_then(|(output, folder)| {
        Some(Previous { output: from_folder(&order.to, folder)?, figures: output.figures.clone() })
    });
    let mut made = round_file::made(&text, round, &successors, period);
    made.outputs(round, named);
    let mut written = BTreeMap::from([("round.toml".to_owned(), made.text.into_bytes())]);
    let index = order.from.join(INDEX);
    if inputs.is_there(&index)? {
        let bytes = own_bytes(inputs, &[&index])?;
        made.carried.push(Carried::Index(index_file::to_look_at(&bytes)));
        written.insert(INDEX.to_owned(), bytes);
    }
    for successor in &successors {
        let Successor { plan, is_kept } = successor;
        let city = &plan.city;
        let name = format!("{city}/plan.toml");
        let bytes = if *is_kept {
            made.carried.push(Carried::Plan(city.clone()));
            let folder = order.from.join(city.as_str());
            own_bytes(inputs, &[&folder, &folder.join("plan.toml")])?
        } else {
            made.carried.push(Carried::Draft { city: city.clone(), rows: plan_file::rows(plan).count() });
            plan_file::draft(plan, period.year()).into_bytes()
        };
        written.insert(name, bytes);
        let earlier = plan::read_published(inputs, &order.from.join(city.as_str()).join(PUBLISHED))?;
        let earlier: Vec<PublishedRow> = earlier.into_iter().map(|(_, row)| row).collect();
        let own = output.as_ref().map(|output| output.rows(city)).unwrap_or_default();
        if own.is_empty() {
            made.left.push(Left::Published(city.clone()));
        }
        if own.is_empty() && earlier.is_empty() {
            continue;
        }
        let known = own.iter().filter(|row| row.status.is_known()).count();
        made.carried.push(Carried::Published {
            city: city.clone(),
            known,
            unknown: own.len() - known,
            earlier: earlier.len(),
        });
        written.insert(format!("{city}/{PUBLISHED}"), written::published(&[own, earlier].concat())?);
    }
    made.left.extend(left::of_folder(&order.from, round)?);
    let to_fill = written.iter().filter_map(|(name, bytes)| written::to_fill(name, bytes)).collect();
    inputs.unchanged()?;
    let staging = Staging::beside(&order.to, |folder| files::look(folder).map(|found| found.is_none()))?;
    written.iter().try_for_each(|(name, bytes)| staging.write(name, bytes))?;
    staging.publish()?;
    Ok(NextRound { period, carried: made.carried, to_fill, left: made.left })
}

/// The way from a folder, which need not be there yet, to another one; `None` where there is none in UTF-8.
fn from_folder(from: &Path, to: &Path) -> Option<String> {
    let from = std::fs::canonicalize(std::path::absolute(from).ok()?.parent()?).ok()?.join(from.file_name()?);
    let to = std::fs::canonicalize(to).ok()?;
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(shared).map(|_| "..");
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_str());
    let parts: Vec<&str> = up.map(Some).chain(down).collect::<Option<_>>()?;
    Some(parts.join("/"))
}

/// The new period: a whole year behind that of the round.
fn period(order: &Order, round: &Round) -> Result<Period, RunError> {
    let refused = |why| RunError::NextRound { path: order.to.clone(), why };
    let Some(text) = &order.period else { return Ok(Period::annual(round.year().saturating_add(1))) };
    let period = Period::parse(text).ok_or_else(|| refused(NextRoundRefusal::NotAPeriod(text.clone())))?;
    if period.reach() != Reach::Year {
        return Err(refused(NextRoundRefusal::PartOfAYear(text.clone())));
    }
    if period.year() <= round.year() {
        return Err(refused(NextRoundRefusal::NotLater { period: text.clone(), year: round.year() }));
    }
    Ok(period)
}

/// The new folder must not be there, not even as a link that leads nowhere, and must lie beside the old one.
fn check_place(order: &Order) -> Result<(), RunError> {
    let refused = |why| Err(RunError::NextRound { path: order.to.clone(), why });
    if std::fs::symlink_metadata(&order.to).is_ok() {
        return refused(NextRoundRefusal::Exists);
    }
    let above = |folder: &Path| {
        let folder = std::path::absolute(folder).ok()?;
        std::fs::canonicalize(folder.parent()?).ok()
    };
    match (above(&order.from), above(&order.to)) {
        (Some(one), Some(other)) if one == other => Ok(()),
        _ => refused(NextRoundRefusal::Elsewhere { from: order.from.clone() }),
    }
}

/// A file as it stands, the last of a way to it; a link on the way is not copied.
fn own_bytes(inputs: &Inputs, way: &[&Path]) -> Result<Vec<u8>, RunError> {
    match (way.iter().find(|path| path.is_symlink()), way.last()) {
        (None, Some(path)) => inputs.read(path),
        (link, _) => {
            let path = link.map(|link| link.to_path_buf()).unwrap_or_default();
            Err(RunError::NextRound { path, why: NextRoundRefusal::Link })
        }
    }
}

/// The path of a file below a folder, with `/`.
fn below(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    path.iter().map(|part| files::name(Path::new(part))).collect::<Vec<_>>().join("/")
}
