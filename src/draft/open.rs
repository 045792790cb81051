//! What a draft leaves open: the field, how far it is unsettled, and why.

use crate::plan::OpenGrade;

/// Why a field is unsettled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenReason {
    /// The document does not say it.
    NotSaid,
    /// Carried from an earlier clause of the document.
    Carried,
    /// The table has another number of columns than the row has values: read, expected.
    Columns(usize, usize),
    /// The table names no unit; that of the catalogue is taken.
    CatalogueUnit,
    /// The catalogue has no such name.
    NotInCatalogue,
    /// The numbering begins again; the group's first character stands before the number.
    NumberedAgain,
    /// The rows are not numbered; they are counted.
    Counted,
    /// The name of a unit does not look like one, or two run together.
    UnitName,
    /// Another unit of the document has almost the same name.
    LikeUnit(String),
    /// No lead unit is named.
    NoLead,
    /// The title is the first sentence.
    FirstSentence,
    /// The title ends without a full stop.
    NoFullStop,
    /// 培育10家: whether new ones or all are counted.
    NewOrAll,
    /// 左右 has no width.
    About,
    /// No unit stands behind the number.
    NoUnit,
    /// The unit is one of several that it could be.
    WhichUnit,
    /// The same name as a row: taken as its repetition.
    SameAs(String),
    /// What is striven for beyond the target before it.
    Stretch(String),
    /// A row has a name that is like it; whether it is repeated is left open.
    LikeRow(String),
    /// It stands in what is taken for a repetition, with another value or unit.
    OtherThanRow(String),
    /// The subject is left out or shortened; this clause stood before.
    Subject(String),
    /// The name is what stands behind the number.
    BehindNumber,
    /// Whether it is a target at all.
    IsTarget,
    /// What it is held against is open.
    Reference,
    /// The range of the rank and its subject.
    RankOf,
    /// 百项, 十大: whether the number is meant.
    RoundNumber,
    /// No year is named.
    NoYear,
    /// A period is named, not a year.
    PeriodEnd,
    /// Neither words nor catalogue say which way is better.
    WhichWay,
    /// Words and catalogue say different things of which way is better.
    Opposite,
    /// By words of the name less is better.
    LessIsBetter,
    /// Growth on which year.
    GrowthOn,
    /// What kind of target it is could be read in two ways.
    WhichKind,
    /// Several names, several numbers.
    Respectively,
    /// The clause is about these, not about all units that report.
    DeadlineOf(String),
    /// A group of clauses stands under another subject, whose scope may hold here.
    Scope(String),
    /// Words in place of a number.
    Words,
    /// Columns without a word of what they are.
    WhichColumn,
    /// Taken from the heading or the file's place.
    FromPlace,
    /// A note below the table names the row.
    NoteOf,
    /// The number bears the mark of a note.
    Noted,
    /// A sum over years, by its brackets or 累计.
    Cumulative,
    /// It stands in a column of 年均 and is no growth: taken to hold in every year.
    EveryYear,
    /// Words of something that is done or not, in the place of a number.
    IsDone,
    /// Taken as a part of the row above, which the row itself does not say, or which counts in another unit.
    PartOf,
    /// Columns without a year are taken for this one: their headings.
    YearOf(Vec<String>, i32),
    /// The section is none of tasks; whether it is one is left open.
    IsTask,
}

/// A field that is to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenField {
    /// How far it is unsettled.
    pub grade: OpenGrade,
    /// The key in the plan file.
    pub field: &'static str,
    /// Why.
    pub reason: OpenReason,
}

/// The unsettled fields of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenFields(pub Vec<OpenField>);

impl OpenFields {
    pub(super) fn missing(&mut self, field: &'static str, reason: OpenReason) {
        self.add(OpenGrade::Missing, field, reason);
    }

    pub(super) fn chosen(&mut self, field: &'static str, reason: OpenReason) {
        self.add(OpenGrade::Chosen, field, reason);
    }

    pub(super) fn carried(&mut self, field: &'static str, reason: OpenReason) {
        self.add(OpenGrade::Carried, field, reason);
    }

    fn add(&mut self, grade: OpenGrade, field: &'static str, reason: OpenReason) {
        let one = OpenField { grade, field, reason };
        if !self.0.contains(&one) {
            self.0.push(one);
        }
    }

    /// Whether a field is among them.
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|open| open.field == field)
    }
}
