//! What a draft leaves to be confirmed: `confirm = ["value:缺", "kind:选 新增还是累计"]` beside any entry.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::FileFault;

/// How far a field of a draft is unsettled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenGrade {
    /// 缺: the document does not say it, or no rule could read it; the field is left out.
    Missing,
    /// 选: a rule chose among several readings.
    Chosen,
    /// 承: carried on from an earlier clause.
    Carried,
}

impl OpenGrade {
    /// All grades, the most urgent first, with the words of plan files.
    pub const WORDS: [(&str, Self); 3] = [("缺", Self::Missing), ("选", Self::Chosen), ("承", Self::Carried)];

    /// The word of plan files.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, grade)| *grade == self).map_or("", |(word, _)| word)
    }
}

/// A field that is to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsettled {
    /// Line of the plan file on which its entry begins.
    pub line: usize,
    /// The section: `plan`, `indicator`, `target`.
    pub section: String,
    /// Number or id of the entry; of a row's target that of the row and the year. Empty when it has none.
    pub entry: String,
    /// The key.
    pub field: String,
    /// How far it is unsettled.
    pub grade: OpenGrade,
    /// Why, in the words of the file.
    pub reason: String,
}

/// Fields that tell entries apart.
const NAMES: [&str; 5] = ["no", "id", "period", "year", "name"];
/// The key of what is to be confirmed.
const KEY: &str = "confirm";

/// What is to be confirmed, with the places of the entries, and what is wrong with it.
pub(super) type TakenConfirm = (Vec<(std::ops::Range<usize>, Unsettled)>, Vec<(usize, FileFault)>);

/// Takes all `confirm` out of a file; returns them with the places where their entries begin, and what is wrong with them.
pub(super) fn taken(table: &mut DeTable<'_>, line_of: &dyn Fn(usize) -> usize) -> TakenConfirm {
    let mut reader = ConfirmReader { line_of, found: Vec::new(), faults: Vec::new() };
    for (key, value) in table.iter_mut() {
        let section = key.get_ref().to_string();
        reader.value(value, &section, "");
    }
    (reader.found, reader.faults)
}

struct ConfirmReader<'a> {
    line_of: &'a dyn Fn(usize) -> usize,
    found: Vec<(std::ops::Range<usize>, Unsettled)>,
    faults: Vec<(usize, FileFault)>,
}

impl ConfirmReader<'_> {
    fn value(&mut self, value: &mut Spanned<DeValue<'_>>, section: &str, outer: &str) {
        let span = value.span();
        match value.get_mut() {
            DeValue::Array(entries) => entries.iter_mut().for_each(|entry| self.value(entry, section, outer)),
            DeValue::Table(table) => self.table(table, span, section, outer),
            _ => {}
        }
    }

    fn table(&mut self, table: &mut DeTable<'_>, span: std::ops::Range<usize>, section: &str, outer: &str) {
        let named = NAMES.iter().find_map(|key| table.get(*key));
        let own = named.map(|value| shown(value.get_ref())).unwrap_or_default();
        let entry = [outer, &own].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        if let Some(confirm) = table.remove(KEY) {
            let line = (self.line_of)(span.start);
            match confirm.get_ref() {
                DeValue::Array(texts) => {
                    for text in texts {
                        self.field(text.get_ref(), &span, line, (section, &entry));
                    }
                }
                other => self.faults.push((line, FileFault::OddConfirm(shown(other)))),
            }
        }
        for (_, value) in table.iter_mut() {
            self.value(value, section, &entry);
        }
    }

    fn field(&mut self, text: &DeValue<'_>, span: &std::ops::Range<usize>, line: usize, of: (&str, &str)) {
        let text = shown(text);
        let parts = text.split_once(':').or_else(|| text.split_once('：'));
        let graded = parts.and_then(|(field, rest)| {
            let (word, grade) =
                OpenGrade::WORDS.iter().find(|(word, _)| rest.trim_start().starts_with(word))?;
            Some((field.trim(), *grade, rest.trim_start().get(word.len()..).unwrap_or_default().trim()))
        });
        let Some((field, grade, reason)) = graded.filter(|(field, ..)| !field.is_empty()) else {
            self.faults.push((line, FileFault::OddConfirm(text)));
            return;
        };
        let (section, entry) = (of.0.to_owned(), of.1.to_owned());
        let (field, reason) = (field.to_owned(), reason.to_owned());
        self.found.push((span.clone(), Unsettled { line, section, entry, field, grade, reason }));
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}
