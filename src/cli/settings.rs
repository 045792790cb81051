//! Arguments and environment → settings. Nothing below reads either.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;

use super::args::{
    AnswerBy, AnswerChoice, ArchiveArgs, CheckArgs, DiffArgs, FormsArgs, MachineArgs, NewRoundArgs,
    OneQueryArgs, PublishingArgs, QueryAnswerArgs, QueryDecideArgs, QueryIssueArgs, QueryReceiveArgs,
    ReadingArgs, ReplayArgs, StatusArgs,
};
use super::clock::today;
use super::named_cities;
use crate::archive::{ArchiveOrder, Programs};
use crate::diff::{ComparisonOutput, DiffOrder};
use crate::digest::sha256_of_stream;
use crate::error::{CacheFault, FontFault, QueryRefusal, RunError};
use crate::files;
use crate::finding::Language;
use crate::forms::FormsOrder;
use crate::next_round::Order;
use crate::plan::{QueryEventKind, QueryKey, QueryNumber};
use crate::publish::{Cache, Publication, Typst};
use crate::query::{AnswerSource, QueriesOrder, QueryEntry, ReceiveOrder};
use crate::replay::ReplayOrder;
use crate::run::Settings;

/// Time for asking the typesetting program.
const ASKING_LIMIT: Duration = Duration::from_secs(60);

/// Time for setting a comparison.
const SETTING_LIMIT: Duration = Duration::from_secs(300);

/// More threads than this are of no use; each may have a reading process of its own.
const MOST_THREADS: usize = 64;

/// Variables of the environment by which libraries would start threads without number or without stacks.
pub(super) const UNWANTED: [&str; 4] =
    ["RAYON_NUM_THREADS", "RAYON_RS_NUM_CPUS", "POLARS_MAX_THREADS", "RUST_MIN_STACK"];

/// Settings for a round's folder.
pub(super) fn round(round: &Path, asked: &ReadingArgs) -> Result<Settings, RunError> {
    let round = named(round);
    let parameters = round.join("round.toml");
    match files::look(&parameters) {
        Ok(Some(_)) => {}
        Ok(None) => return Err(RunError::NoRound(round)),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(RunError::NoRound(round));
        }
        Err(source) => return Err(RunError::reading(parameters, source)),
    }
    let program = match &asked.machine.reader {
        Some(reader) => std::path::absolute(reader).map_err(|source| RunError::reading("duibiao", source))?,
        None => own_program()?,
    };
    let (read_seconds, cities) = (asked.machine.read_limit, named_cities::slugs(&round, &asked.cities)?);
    let jobs = threads(asked.machine.jobs);
    Ok(Settings { round, workbook: None, cities, jobs, program, read_seconds })
}

/// Settings for reading a round, and the order for its forms.
pub(super) fn forms(asked: &FormsArgs) -> Result<(Settings, FormsOrder), RunError> {
    let reading = ReadingArgs { cities: asked.cities.clone(), machine: MachineArgs::default() };
    let settings = round(&asked.round, &reading)?;
    let on = asked.on.map_or_else(today, Ok)?;
    let (by, units, output) = (asked.by.clone(), asked.units.clone(), asked.output.clone());
    beside_the_round(output.as_deref(), &settings)?;
    let order = FormsOrder { round: settings.round.clone(), by, on, units, output };
    Ok((settings, order))
}

/// Settings for reading a round, and the order for its queries.
pub(super) fn queries(asked: &QueryIssueArgs) -> Result<(Settings, QueriesOrder), RunError> {
    let settings = round(&asked.round, &asked.reading)?;
    let on = asked.on.map_or_else(today, Ok)?;
    let (by, units, is_dry) = (asked.by.clone(), asked.units.clone(), asked.dry_run);
    let order = QueriesOrder { round: settings.round.clone(), by, on, units, is_dry };
    Ok((settings, order))
}

/// Settings for reading a round, and the order to receive answers.
pub(super) fn receipts(asked: &QueryReceiveArgs) -> Result<(Settings, ReceiveOrder), RunError> {
    let settings = round(&asked.round, &asked.reading)?;
    let on = asked.on.map_or_else(today, Ok)?;
    let order = ReceiveOrder { round: settings.round.clone(), by: asked.by.clone(), on };
    Ok((settings, order))
}

/// Settings for reading a round, and an answer that came otherwise than in the workbook.
pub(super) fn told_answer(asked: &QueryAnswerArgs) -> Result<(Settings, QueryEntry, AnswerSource), RunError> {
    let settings = round(&asked.query.round, &asked.reading)?;
    let on = asked.on.map_or_else(today, Ok)?;
    let kind = match asked.choice {
        AnswerChoice::Confirm => QueryEventKind::Confirmed,
        AnswerChoice::CannotProvide => QueryEventKind::CannotProvide,
    };
    let source = match asked.source {
        AnswerBy::Telephone => AnswerSource::Telephone,
        AnswerBy::Letter => AnswerSource::Letter,
    };
    let key = query_key(&settings, &asked.query)?;
    let (by, reason) = (asked.by.clone(), asked.reason.clone());
    let order = QueryEntry { round: settings.round.clone(), key, kind, by, reason, on };
    Ok((settings, order, source))
}

/// A query by the number of its workbook and its place on it.
fn query_key(settings: &Settings, asked: &OneQueryArgs) -> Result<QueryKey, RunError> {
    let (number, item) = (asked.number.as_str(), asked.item);
    let unknown = || RunError::Queries {
        path: settings.round.clone(),
        why: QueryRefusal::NoSuchQuery { number: number.to_owned(), item },
    };
    Ok(QueryKey { number: QueryNumber::parse(number).ok_or_else(unknown)?, item })
}

/// Settings for reading a round, and a decision on a query.
pub(super) fn decision(
    asked: &QueryDecideArgs,
    kind: QueryEventKind,
) -> Result<(Settings, QueryEntry), RunError> {
    let settings = registers(&asked.query.round, &[])?;
    let on = asked.on.map_or_else(today, Ok)?;
    let key = query_key(&settings, &asked.query)?;
    let (by, reason) = (asked.by.clone(), asked.reason.clone());
    let order = QueryEntry { round: settings.round.clone(), key, kind, by, reason, on };
    Ok((settings, order))
}

/// Refuses a folder for files that lies in that of the round.
fn beside_the_round(output: Option<&Path>, settings: &Settings) -> Result<(), RunError> {
    match output {
        Some(output) if files::place(output)?.starts_with(files::place_of(&settings.round)?) => {
            Err(RunError::OutputInRound(output.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Settings for a look at who has reported, and the day as of which.
pub(super) fn status(asked: &StatusArgs) -> Result<(Settings, NaiveDate), RunError> {
    let settings = round(&asked.round, &asked.reading)?;
    let as_of = asked.as_of.map_or_else(today, Ok)?;
    beside_the_round(asked.output.as_deref(), &settings)?;
    Ok((settings, as_of))
}

/// Settings for reading a round for its registers.
pub(super) fn registers(folder: &Path, cities: &[String]) -> Result<Settings, RunError> {
    round(folder, &ReadingArgs { cities: cities.to_vec(), machine: MachineArgs::default() })
}

/// Settings for reading this year's round, and the order for next year's.
pub(super) fn next_round(asked: &NewRoundArgs) -> Result<(Settings, Order), RunError> {
    let from = named(&asked.from);
    if !files::is_there(&from.join("round.toml"))? {
        return Err(RunError::NoRound(from));
    }
    let program = own_program()?;
    let settings = Settings {
        round: from.clone(),
        workbook: None,
        cities: Vec::new(),
        jobs: 0,
        program,
        read_seconds: None,
    };
    let (period, published) = (asked.period.clone(), asked.published.clone());
    Ok((settings, Order { from, to: asked.to.clone(), period, published }))
}

/// Settings for a round's folder or for one workbook. A workbook among a city's submissions belongs to that city and
/// round; for any other, both must be named.
pub(super) fn check(asked: &CheckArgs) -> Result<Settings, RunError> {
    if asked.path.is_dir() {
        return match named_cities::of_folder(&asked.path)? {
            Some((folder, slug)) if asked.reading.cities.is_empty() => {
                let settings = round(&folder, &asked.reading)?;
                Ok(Settings { cities: vec![slug], ..settings })
            }
            _ => round(&asked.path, &asked.reading),
        };
    }
    let path = std::fs::canonicalize(&asked.path)
        .map_err(|source| RunError::reading(asked.path.display().to_string(), source))?;
    let city = path.parent().and_then(Path::parent);
    let inside = match city.filter(|city| path.parent() == Some(&city.join("submissions"))) {
        Some(city) if files::is_there(&city.join("plan.toml"))? => Some(city),
        _ => None,
    };
    let (folder, cities) = match (&asked.round, inside) {
        (Some(round), _) => (round.clone(), asked.reading.cities.clone()),
        (None, Some(city)) => {
            let above = asked.path.parent().and_then(Path::parent).and_then(Path::parent);
            let folder = above.filter(|above| !above.as_os_str().is_empty()).or_else(|| city.parent());
            let slug = city.file_name().map(|name| name.to_string_lossy().into_owned());
            (folder.map(Path::to_owned).unwrap_or_default(), slug.into_iter().collect())
        }
        (None, None) => (PathBuf::new(), Vec::new()),
    };
    if cities.len() != 1 {
        return Err(RunError::OutsideRound(asked.path.clone()));
    }
    let settings = round(&folder, &asked.reading)?;
    let cities = named_cities::slugs(&settings.round, &cities)?;
    Ok(Settings { workbook: Some(path), cities, ..settings })
}

/// Where the output of a round is unless it is said otherwise.
pub(super) fn output_of(round: &Path) -> PathBuf {
    let round = named(round);
    PathBuf::from("output").join(round.file_name().unwrap_or(std::ffi::OsStr::new("round")))
}

/// Where to publish a round and by what means; to `output`, when it is named.
pub(super) fn publication(
    round: &Path,
    asked: &PublishingArgs,
    output: Option<&Path>,
) -> Result<Publication, RunError> {
    let output = output.map_or_else(|| output_of(round), Path::to_owned);
    let place = files::place(&output)?;
    if place.starts_with(files::place_of(round)?) {
        return Err(RunError::OutputInRound(output));
    }
    for inputs in linked_folders(round)? {
        let there = files::place_of(&inputs)?;
        if there.starts_with(&place) || place.starts_with(&there) {
            return Err(RunError::OutputIsInput { inputs, output });
        }
    }
    let fonts = fonts(&asked.fonts)?;
    let program = typst(asked.typst.as_deref())?;
    Ok(Publication {
        output,
        typst: Typst { program, fonts, limit: Duration::from_secs(asked.set_limit), launcher: launcher() },
        templates: asked.templates.clone(),
        explorer: asked.explorer.disclosure(),
        cache: asked.cache.as_deref().map(|folder| document_cache(folder, round, &place)).transpose()?,
        shares: None,
    })
}

/// The digest of this program.
pub(super) fn program_digest() -> Result<String, RunError> {
    let own = own_program()?;
    let digest = files::open(&own).and_then(sha256_of_stream);
    digest.map_err(|source| RunError::reading(&own, source))
}

/// What earlier runs left to be used again; it lies neither among the inputs nor in the output.
fn document_cache(folder: &Path, round: &Path, output: &Path) -> Result<Cache, RunError> {
    let there = files::place_of(folder)?;
    let round = files::place_of(round)?;
    if there.starts_with(&round)
        || there.starts_with(output)
        || output.starts_with(&there)
        || round.starts_with(&there)
    {
        return Err(CacheFault::Among(folder.to_owned()).into());
    }
    Cache::new(there, program_digest()?)
}

/// What to archive, with the programs that `run` would take.
pub(super) fn archive(asked: &ArchiveArgs) -> Result<ArchiveOrder, RunError> {
    let own = own_program()?;
    let programs = if asked.without_program {
        None
    } else {
        let (typst, fonts) = (typst(asked.typst.as_deref())?, fonts(&asked.fonts)?);
        Some(Programs { typst, fonts, templates: asked.templates.clone() })
    };
    Ok(ArchiveOrder {
        output: asked.output.clone(),
        input: asked.input.clone(),
        to: asked.to.clone(),
        own,
        programs,
        date: asked.date,
        tar: asked.tar.clone(),
        zip: asked.zip.clone(),
        source: asked.source.clone(),
    })
}

/// What to run again, and with which program.
pub(super) fn replay(asked: &ReplayArgs, language: Language) -> Result<ReplayOrder, RunError> {
    Ok(ReplayOrder {
        bag: asked.bag.clone(),
        program: asked.program.clone(),
        fingerprint: asked.fingerprint.clone(),
        signers: asked.signers.clone(),
        own: if asked.with_this_program { Some(own_program()?) } else { None },
        jobs: asked.jobs,
        language,
    })
}

/// What to compare.
pub(super) fn diff(asked: &DiffArgs, language: Language) -> Result<DiffOrder, RunError> {
    let program = own_program()?;
    let inputs = match asked.input.as_slice() {
        [] => [None, None],
        [both] => [Some(both.clone()), Some(both.clone())],
        [before, after, ..] => [Some(before.clone()), Some(after.clone())],
    };
    let (before, after, links) = (asked.before.clone(), asked.after.clone(), asked.links.clone());
    Ok(DiffOrder { before, after, inputs, links, language, program, jobs: threads(asked.jobs) })
}

/// Where a comparison is to be written, and by what means it is set.
pub(super) fn comparison(
    to: &Path,
    asked: &DiffArgs,
    language: Language,
) -> Result<ComparisonOutput, RunError> {
    let (program, fonts) = (typst(asked.typst.as_deref())?, fonts(&asked.fonts)?);
    let typst = Typst { program, fonts, limit: SETTING_LIMIT, launcher: launcher() };
    Ok(ComparisonOutput { to: to.to_owned(), typst, language })
}

/// The folders of a round that are links, and so may lie anywhere: those of its cities, and in them submissions, evidence and issued forms.
fn linked_folders(round: &Path) -> Result<Vec<PathBuf>, RunError> {
    if !round.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(round).map_err(|source| RunError::reading(round, source))? {
        let city = entry.map_err(|source| RunError::reading(round, source))?.path();
        let of_city = ["submissions", "evidence", "issued"].map(|name| city.join(name));
        found.extend([city].into_iter().chain(of_city).filter(|folder| folder.is_symlink()));
    }
    found.sort();
    Ok(found)
}

/// How many threads are meant: as many as there are processors where none are named, and never more than are of use.
fn threads(asked: usize) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if asked == 0 { processors().min(MOST_THREADS) } else { asked.min(MOST_THREADS) }
}

/// Whether the environment sets what libraries take their number of threads or the size of their stacks from. It would pass by
/// `--jobs`, or leave no thread able to work.
pub(super) fn has_unwanted() -> bool {
    UNWANTED.iter().any(|name| variable(name).is_some())
}

/// A round's folder with its name, which `.` does not have.
fn named(round: &Path) -> PathBuf {
    match round.file_name() {
        Some(_) => round.to_owned(),
        None => std::fs::canonicalize(round).unwrap_or_else(|_| round.to_owned()),
    }
}

/// The root of the inputs: given, or the second folder above a plan.
pub(super) fn input_of(plan: &Path, given: Option<&Path>) -> PathBuf {
    let above = || plan.parent()?.parent()?.parent().map(Path::to_owned);
    match given.map(Path::to_owned).or_else(above) {
        Some(path) if !path.as_os_str().is_empty() => path,
        _ => PathBuf::from("."),
    }
}

/// The typesetting program with its fonts where both are at hand without being named, for telling which characters can be
/// printed.
pub(super) fn typesetter() -> Option<Typst> {
    let (program, fonts) = (typst(None).ok()?, fonts(&[]).ok()?);
    Some(Typst { program, fonts, limit: ASKING_LIMIT, launcher: launcher() })
}

/// This program, through which others are started.
fn launcher() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

fn typst(asked: Option<&Path>) -> Result<PathBuf, RunError> {
    if let Some(given) = asked.map(Path::to_owned).or_else(|| variable("DUIBIAO_TYPST").map(PathBuf::from)) {
        // A bare name that is no file here means the program of that name on the PATH.
        let is_name = given.components().count() == 1 && !given.is_file();
        let found = if is_name { on_path(&given) } else { std::path::absolute(&given).ok() };
        return found.filter(|path| path.is_file()).ok_or(RunError::NoTypst(given));
    }
    let cached = cache().map(|cache| cache.join("tools/bin/typst"));
    let is_cached = match cached.as_deref().map(files::is_there).transpose() {
        Ok(found) => found.unwrap_or_default(),
        // A home that is closed to us is not ours.
        Err(error) if error.of_the_file().is_some() => false,
        Err(error) => return Err(error),
    };
    let cached = cached.filter(|_| is_cached).and_then(|file| std::path::absolute(file).ok());
    cached.or_else(|| on_path(Path::new("typst"))).ok_or_else(|| RunError::NoTypst(PathBuf::new()))
}

/// A program on the PATH. Elements that are empty or relative would mean whatever lies in the current folder: they are
/// passed over.
fn on_path(name: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt as _;
    let runs = |file: &PathBuf| {
        std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    };
    let path = variable("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(runs)
}

/// The folders of fonts, as absolute paths: given, by the environment, or where `make tools` puts them.
fn fonts(asked: &[PathBuf]) -> Result<Vec<PathBuf>, RunError> {
    let named = match variable("DUIBIAO_FONTS") {
        _ if !asked.is_empty() => asked.to_owned(),
        Some(list) => std::env::split_paths(&list).filter(|folder| !folder.as_os_str().is_empty()).collect(),
        None => Vec::new(),
    };
    if !named.is_empty() {
        return named.iter().map(|folder| font_folder(folder)).collect();
    }
    match cache().map(|cache| cache.join("fonts")).filter(|folder| folder.is_dir()) {
        Some(folder) => font_folder(&folder).map(|folder| vec![folder]),
        None => Err(RunError::NoFonts(None, FontFault::Missing)),
    }
}

/// A folder with fonts in it, as an absolute path: the typesetting program runs in another folder.
fn font_folder(folder: &Path) -> Result<PathBuf, RunError> {
    let refuse = |fault: FontFault| Err(RunError::NoFonts(Some(folder.to_owned()), fault));
    if !folder.is_dir() {
        return refuse(FontFault::Missing);
    }
    if files::fonts(folder)?.is_empty() {
        return refuse(FontFault::Empty);
    }
    std::path::absolute(folder).map_err(|source| RunError::reading(folder, source))
}

/// Where `make tools` puts typst and the fonts.
fn cache() -> Option<PathBuf> {
    let given = variable("DUIBIAO_CACHE").map(PathBuf::from);
    given.or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".cache/duibiao")))
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub(super) fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// This program.
pub(super) fn own_program() -> Result<PathBuf, RunError> {
    std::env::current_exe().map_err(|source| RunError::reading("duibiao", source))
}
