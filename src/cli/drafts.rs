//! `plan draft`: documents → a draft beside its source; `--left`: what is open in one, with the words of the source.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::Format;
use super::render::Printer;
use super::settings;
use crate::draft::{Draft, SourceBound, draft as drafted, text_of_book, within_bounds};
use crate::error::RunError;
use crate::files;
use crate::finding::{Language, death, limit};
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::plan::{Catalogue, OpenGrade, Unsettled, unsettled};
use crate::shown;
use crate::words::{DraftPlace, catalogue_file, plan_file};
use crate::workbook::{Fault, Limits, Pool, Refusal};

/// Drafts the plan that documents state, and writes it, its source text where the source is no text, and the entries that the catalogue
/// lacks. Nothing that is there is replaced.
pub(super) fn draft(
    sources: &[PathBuf],
    to: &Path,
    input: Option<&Path>,
    printer: &Printer,
) -> Result<(), RunError> {
    let input = settings::input_of(to, input);
    let inputs = Inputs::default();
    let catalogue = Catalogue::load(&inputs, &input.join("catalogue.toml"))?;
    let beside = to.with_file_name("catalogue.draft.toml");
    for path in [to, &beside] {
        if files::is_there(path)? {
            return Err(RunError::Existing(path.to_owned()));
        }
    }
    let text = text_of_all(&inputs, sources)?;
    let draft = drafted(&text, &catalogue);
    let city = to
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .filter(|name| CityId::parse(name).is_ok());
    let id = id(city.unwrap_or("plan"), &draft);
    let (source, copy) = source_of(sources, &input, &id)?;
    if let Some(copy) = &copy {
        if files::is_there(copy)? && files::read_text(copy)? != text {
            return Err(RunError::Existing(copy.clone()));
        }
        files::write(copy, text.as_bytes())?;
    }
    let dimensions = catalogue.dimensions.iter().map(|one| (one.id.clone(), one.name.clone())).collect();
    let place = DraftPlace { id, city: city.map(str::to_owned), source, dimensions };
    let lacking = catalogue_file(&draft, &place);
    if let Some(entries) = &lacking {
        files::write(&beside, entries.as_bytes())?;
    }
    files::write(to, plan_file(&draft, &place).as_bytes())?;
    let written = WrittenFiles {
        to,
        source: copy.as_deref(),
        catalogue: lacking.as_ref().map(|text| (beside.as_path(), text.matches("[[indicator]]").count())),
    };
    printer.drafted(&draft, &written, &unsettled(&Inputs::default(), to)?);
    Ok(())
}

/// What was written where.
struct WrittenFiles<'a> {
    to: &'a Path,
    source: Option<&'a Path>,
    /// The file of entries that the catalogue lacks, and how many they are.
    catalogue: Option<(&'a Path, usize)>,
}

/// hengyang-2025, qianjiang-2023-2025.
fn id(city: &str, draft: &Draft) -> String {
    let years = &draft.head.years;
    match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if first != last => format!("{city}-{first}-{last}"),
        (Some(year), _) => format!("{city}-{year}"),
        _ => city.to_owned(),
    }
}

/// The path of the source text below the inputs, and where it is to be written: one text that lies there already is taken as it is.
fn source_of(sources: &[PathBuf], input: &Path, id: &str) -> Result<(String, Option<PathBuf>), RunError> {
    let canonical =
        |path: &Path| std::fs::canonicalize(path).map_err(|source| RunError::reading(path, source));
    if let [only] = sources
        && is_text(only)
        && let Ok(below) = canonical(only)?.strip_prefix(canonical(input)?)
    {
        return Ok((below.display().to_string(), None));
    }
    let named = format!("sources/{id}.txt");
    let copy = input.join(&named);
    Ok((named, Some(copy)))
}

fn is_text(path: &Path) -> bool {
    path.extension().is_none_or(|kind| {
        !["docx", "xlsx", "xls", "xlsm", "xlsb", "ods", "et"]
            .iter()
            .any(|known| kind.eq_ignore_ascii_case(known))
    })
}

/// The text of all documents, one after the other.
fn text_of_all(inputs: &Inputs, sources: &[PathBuf]) -> Result<String, RunError> {
    let mut all = String::new();
    for (at, path) in sources.iter().enumerate() {
        if at > 0 {
            all.push('\n');
        }
        all.push_str(&text_of(inputs, path)?);
        within_bounds(&all).map_err(|bound| RunError::Source { path: path.clone(), why: exceeded(bound) })?;
    }
    Ok(all)
}

/// The text of a document.
fn text_of(inputs: &Inputs, path: &Path) -> Result<String, RunError> {
    if is_text(path) {
        return inputs.text(path)?.ok_or_else(|| RunError::NoDocument(path.to_owned()));
    }
    let program = settings::own_program()?;
    let pool = Pool::new(&program, Limits::default());
    let bytes = inputs.read_up_to(path, pool.longest())?;
    if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("docx")) {
        let text = pool.document(bytes.as_deref())?.map_err(|refusal| refused(path, &refusal))?;
        return text.ok_or_else(|| RunError::NoDocument(path.to_owned()));
    }
    let book = pool.read(bytes.as_deref())?.map_err(|refusal| refused(path, &refusal))?;
    Ok(text_of_book(&book))
}

/// What a text has more of than any plan.
fn exceeded(bound: SourceBound) -> String {
    match bound {
        SourceBound::TooLong(kib) => {
            format!("文字超过{kib} KiB，方案没有这样长 (more than {kib} KiB of text: no plan is so long)")
        }
        SourceBound::TooManyLines(most) => {
            format!("超过{most}行，方案没有这样长 (more than {most} lines: no plan is so long)")
        }
        SourceBound::LongLine { line, most } => format!(
            "第{line}行超过{most}个字，请先分段 (line {line} has more than {most} characters: break it into paragraphs)"
        ),
    }
}

/// Why a document was not read.
fn refused(path: &Path, refusal: &Refusal) -> RunError {
    let words = |language: Language| match refusal {
        Refusal::Told(Fault::Limit(bound)) => Some(limit(bound, language)),
        Refusal::Died(how) => Some(death(how, language)),
        _ => None,
    };
    match (words(Language::Chinese), words(Language::English)) {
        (Some(chinese), Some(english)) => {
            let why = format!("{chinese}，没有采用 ({english}; it is not used)");
            RunError::Source { path: path.to_owned(), why }
        }
        _ => RunError::NoDocument(path.to_owned()),
    }
}

impl Printer {
    fn drafted(&self, draft: &Draft, written: &WrittenFiles, open: &[Unsettled]) {
        let [missing, chosen, carried] = by_grade(open);
        let counts = [draft.rows.len(), draft.targets.len(), draft.tasks.len(), draft.deadlines.len()];
        let [rows, targets, tasks, deadlines] = counts;
        let left = draft.left.len();
        if self.format == Format::Json {
            self.json(&json!({
                "plan": written.to.display().to_string(),
                "source": written.source.map(|path| path.display().to_string()),
                "catalogue": written.catalogue.map(|(path, _)| path.display().to_string()),
                "rows": rows, "targets": targets, "tasks": tasks, "deadlines": deadlines,
                "missing": missing, "chosen": chosen, "carried": carried, "unclassified": left,
            }));
            return;
        }
        let plan = shown::path(written.to);
        match self.language {
            Language::Chinese => {
                self.line(&format!(
                    "已起草 {plan}：附表指标{rows}，正文目标{targets}，任务{tasks}，报送期限{deadlines}"
                ));
                if let Some(source) = written.source {
                    self.line(&format!("原文 {}", shown::path(source)));
                }
                if let Some((catalogue, entries)) = written.catalogue {
                    let path = shown::path(catalogue);
                    self.line(&format!(
                        "目录中没有的指标 {path}：{entries}条，逐条补全dimension等后并入catalogue.toml"
                    ));
                }
                self.line(&format!(
                    "待确认：缺{missing}，选{chosen}，承{carried}；未归类的数字和没有数的提法{left}处（列在文件末尾）"
                ));
                self.line(&format!("逐处核实：duibiao plan draft --left {plan}"));
            }
            Language::English => {
                self.line(&format!(
                    "{plan}: {rows} rows, {targets} targets in prose, {tasks} tasks, {deadlines} deadlines"
                ));
                let catalogue = written.catalogue.map(|(path, _)| path);
                for path in written.source.iter().chain(&catalogue) {
                    self.line(&format!("also written: {}", shown::path(path)));
                }
                self.line(&format!("to confirm: {missing} missing, {chosen} chosen, {carried} carried on; {left} numbers that no rule took (at the end of the file)"));
                self.line(&format!("one by one: duibiao plan draft --left {plan}"));
            }
        }
    }

    /// Counts of what is open, for `plan check`; nothing when nothing is.
    pub(super) fn unsettled(&self, open: &[Unsettled]) {
        for one in open {
            let entry = [one.section.as_str(), &one.entry].join(" ");
            match self.format {
                Format::Json => self.json(&json!({
                    "confirm": one.field, "grade": one.grade.word(), "section": one.section,
                    "entry": one.entry, "line": one.line, "reason": one.reason,
                })),
                Format::Text => {
                    let words = self.language == Language::Chinese;
                    let at = if words { format!("第{}行", one.line) } else { format!("line {}", one.line) };
                    self.line(&format!(
                        "待确认 {}  {at}  {}  {}  {}",
                        one.grade.word(),
                        entry.trim(),
                        one.field,
                        one.reason
                    ));
                }
            }
        }
        if !open.is_empty() && self.format == Format::Text {
            self.open_counts(open);
        }
    }

    /// A draft with missing fields is not held against itself.
    pub(super) fn not_checked(&self) {
        if self.format == Format::Text {
            self.line(match self.language {
                Language::Chinese => "缺项补齐后再核对方案",
                Language::English => "not checked against itself until the missing fields are there",
            });
        }
    }

    /// How much is open.
    pub(super) fn open_counts(&self, open: &[Unsettled]) {
        let [missing, chosen, carried] = by_grade(open);
        if self.format == Format::Json {
            return;
        }
        self.line(&match self.language {
            Language::Chinese if open.is_empty() => "没有待确认的字段".to_owned(),
            Language::Chinese => format!("待确认{}处：缺{missing}，选{chosen}，承{carried}", open.len()),
            Language::English => format!(
                "to confirm: {} ({missing} missing, {chosen} chosen, {carried} carried on)",
                open.len()
            ),
        });
    }
}

/// How many fields are open: 缺, 选, 承.
fn by_grade(open: &[Unsettled]) -> [usize; 3] {
    let count = |grade: OpenGrade| open.iter().filter(|one| one.grade == grade).count();
    [OpenGrade::Missing, OpenGrade::Chosen, OpenGrade::Carried].map(count)
}
