//! Every kind of finding: stable code, severity and what it carries. Codes are never reused.

use super::Severity;
use crate::files::PassedOver;

/// What was noticed. The letter of the code names the stage: `P` plan, `R` reading, `L` layout,
/// `N` normalising, `V` review, `C` reconciliation, `S` assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// P101: a target lies on the worse side of the year before.
    TargetBelowBaseline {
        /// Target as written.
        target: String,
        /// Value of the base year as written.
        baseline: String,
        /// The base year.
        year: i32,
    },
    /// R101: the reader crashed, hung or exceeded its limits.
    ReaderFailed {
        /// What happened, in Chinese words.
        how: String,
    },
    /// R102: not a workbook, or damaged beyond opening.
    NotAWorkbook {
        /// The reader's reason.
        reason: String,
    },
    /// R103: the format tells no number formats, hidden rows and columns, or merges.
    ReducedChecks {
        /// Extension: `xls`, `ods`, `xlsb`, `et`.
        format: String,
    },
    /// R104: the workbook was saved by an unusual program.
    OtherProgram {
        /// The program as it names itself.
        program: String,
    },
    /// R105: a formula has no stored result.
    FormulaWithoutResult,
    /// R106: the workbook is encrypted, if only with the password that Excel itself sets.
    Encrypted,
    /// R107: a limit on size is exceeded.
    LimitExceeded {
        /// Which, in Chinese words.
        what: String,
    },
    /// R108: a cell is damaged; the others count.
    DamagedCell {
        /// What is wrong with it.
        reason: String,
    },
    /// R109: part of a sheet could not be read.
    SheetDamaged {
        /// What could not be read.
        what: String,
    },
    /// R110: a value comes from another workbook.
    ExternalValue {
        /// Raw text.
        raw: String,
    },
    /// R111: a picture stands where a value should.
    PictureCell,
    /// R112: formulas look into other workbooks; which cells do is not known.
    LinkedWorkbook,
    /// L201: no sheet holds a table of indicators or tasks.
    NoTable,
    /// L202: the cover lacks a field.
    CoverFieldMissing {
        /// Name of the field.
        field: String,
    },
    /// L203: the unit on the cover is not in the plan.
    UnknownUnit {
        /// Name as written.
        name: String,
        /// The nearest known name.
        suggestion: Option<String>,
    },
    /// L204: a row names no indicator of the plan.
    UnknownRow {
        /// Text of the row.
        text: String,
        /// The nearest known name.
        suggestion: Option<String>,
    },
    /// L205: the unit reports an indicator that is not its own.
    NotItsIndicator {
        /// Units that should report it.
        units: String,
    },
    /// L206: the same indicator stands twice in one workbook.
    RepeatedRow {
        /// Address of the first row.
        first: String,
    },
    /// L207: the register of receipts has no entry for the workbook.
    NotRegistered,
    /// L208: the cover names another city.
    OtherCity {
        /// City on the cover.
        named: String,
    },
    /// L209: number and name of a row belong to different indicators.
    NumberAndNameDiffer {
        /// Number as written.
        no: String,
        /// The number that the name has in the plan.
        by_name: String,
    },
    /// L210: the register of receipts has a line that cannot be used.
    RegisterLine {
        /// What is wrong with it.
        reason: String,
    },
    /// L211: the same indicator stands twice in one workbook, with different values.
    RepeatedRowDiffers {
        /// Address of the first row.
        first: String,
        /// Its text.
        there: String,
        /// Text of this row.
        here: String,
    },
    /// L212: a hidden sheet holds a table; it was not read.
    HiddenTable {
        /// Name of the sheet.
        sheet: String,
    },
    /// L213: a folder, a link or a pipe among the submissions was not read.
    NotRead {
        /// Its name.
        name: String,
        /// What it is.
        why: PassedOver,
    },
    /// L214: the register has a workbook that is not among the submissions.
    RegisteredButAbsent {
        /// Its name.
        name: String,
    },
    /// L215: two columns say that they hold the value of the year, and differ in this row.
    ColumnsDiffer {
        /// Address of the rival cell.
        other: String,
        /// Its text.
        there: String,
        /// Text of this cell.
        here: String,
    },
    /// L216: the cover names another year, or a part of the year.
    OtherPeriod {
        /// Period on the cover.
        named: String,
        /// The year that is judged.
        year: i32,
    },
    /// L217: the cover does not tell who sent the workbook.
    NoSender,
    /// L218: the version on the cover is not a number.
    VersionUnclear {
        /// Text of the cell.
        raw: String,
    },
    /// L219: the year of a value cannot be told, or lies in the future.
    DataYearUnclear {
        /// Text of the cell.
        raw: String,
    },
    /// L220: places name different units for a value.
    UnitsDiffer {
        /// The unit that was taken.
        taken: String,
        /// Another unit, with the place it stands in, in words.
        other: String,
    },
    /// L221: a hidden row or column holds values; they were not read.
    HiddenCells {
        /// Which row or column, in Chinese words.
        what: String,
    },
    /// L222: a value is merged over several rows of the table.
    MergedValue {
        /// The merged area.
        area: String,
    },
    /// L223: a number stands beside or below the table, under no heading.
    StrayNumber {
        /// Raw text.
        raw: String,
        /// How many more there are.
        more: usize,
    },
    /// N301: a number was stored as text.
    NumberAsText {
        /// Raw text.
        raw: String,
    },
    /// N302: the cell holds no number.
    NotANumber {
        /// Raw text.
        raw: String,
        /// What disturbs.
        reason: String,
    },
    /// N303: an approximate value.
    Approximate {
        /// Raw text.
        raw: String,
    },
    /// N304: the cell holds an error of the spreadsheet.
    ErrorCell {
        /// `#REF!` and the like.
        raw: String,
    },
    /// N305: a percent format of the number was taken into account.
    PercentFormat {
        /// Raw text.
        raw: String,
        /// The value in percent.
        value: String,
    },
    /// N306: a number is shown divided, by its format; the stored one was taken.
    ScaledFormat {
        /// Raw text.
        raw: String,
    },
    /// N307: a year was typed into a cell with a date format.
    YearFormat {
        /// Raw text.
        raw: String,
    },
    /// N308: a mark that a note on the sheet explains as zero.
    MarkAsZero {
        /// Raw text.
        raw: String,
    },
    /// V401: an expected value is missing.
    NotReported {
        /// Raw text of the cell; `None` when the workbook has no such row.
        raw: Option<String>,
    },
    /// V402: a unit sent no usable workbook.
    UnitSilent {
        /// Number of indicators and tasks expected from it.
        expected: usize,
        /// Whether one came after the cut-off.
        too_late: bool,
    },
    /// V403: received after the deadline.
    Late {
        /// Time of receipt.
        received: String,
        /// The deadline.
        deadline: String,
    },
    /// V404: reported in another unit and converted.
    Converted {
        /// Value as reported with its unit.
        from: String,
        /// Value in the plan's unit.
        to: String,
        /// The operation.
        operation: String,
    },
    /// V405: the unit does not fit that of the plan.
    UnitMismatch {
        /// Unit as reported.
        unit: String,
        /// Unit of the plan.
        expected: String,
    },
    /// V406: the value is about a thousand, ten thousand or a hundred million times too large or small.
    ScaleSlip {
        /// Value with unit.
        value: String,
        /// What it was compared with, in words.
        against: String,
        /// The factor, in words.
        factor: String,
    },
    /// V407: the change on the year before exceeds the indicator's limit.
    LargeChange {
        /// The change in percent with its sign.
        change: String,
        /// The limit in percent.
        limit: String,
    },
    /// V408: a piece of evidence is referred to but not listed, or none is given.
    EvidenceMissing {
        /// Its number, or empty.
        reference: String,
    },
    /// V409: a qualitative indicator is reported as present without evidence.
    PresenceWithoutEvidence,
    /// V410: a count has a fraction.
    FractionalCount {
        /// The value.
        value: String,
    },
    /// V411: a share lies outside 0–100.
    ShareOutOfRange {
        /// The value.
        value: String,
    },
    /// V412: the value belongs to an earlier year.
    EarlierYear {
        /// The year of the data.
        year: i32,
    },
    /// V413: a task was not reported.
    TaskNotReported,
    /// V414: the state of a task is not one of the words of the form.
    UnknownTaskState {
        /// Raw text.
        raw: String,
    },
    /// V415: one of several units left an indicator open that another one reported.
    PartlyReported {
        /// Raw text of the cell.
        raw: String,
    },
    /// V416: a count or an amount is negative.
    Negative {
        /// The value with its unit.
        value: String,
    },
    /// V417: a part (其中) exceeds its total.
    PartExceedsTotal {
        /// The part with its value.
        part: String,
        /// The total with its value.
        total: String,
    },
    /// V418: a total differs from the sum of its rows.
    SumDiffers {
        /// The total as written.
        total: String,
        /// The sum of the rows.
        sum: String,
        /// What would explain it, or empty.
        explanation: String,
    },
    /// V419: the digits are those of the year before, two neighbours swapped.
    DigitsSwapped {
        /// The value.
        value: String,
        /// The value of the year before.
        past: String,
    },
    /// V420: the value is the opposite of the year before.
    SignFlipped {
        /// The value.
        value: String,
        /// The value of the year before.
        past: String,
    },
    /// C501: a later workbook of the same unit replaces this one.
    Superseded {
        /// Version that counts, in words.
        by: String,
    },
    /// C502: units report different values for one indicator.
    SourcesDisagree {
        /// Units with their values.
        sides: String,
    },
    /// C503: of different values one was taken by a recorded decision.
    SourcePreferred {
        /// Unit whose value was taken.
        unit: String,
        /// Units with their values.
        sides: String,
        /// Reason of the decision.
        reason: String,
    },
    /// C504: the value of the year before differs from the plan's.
    BaselineRestated {
        /// The year.
        year: i32,
        /// Value as reported now.
        reported: String,
        /// Value in the plan.
        planned: String,
    },
    /// S601: full-value and rounded comparison decide differently.
    BoundaryCase {
        /// Actual value.
        actual: String,
        /// Target as written.
        target: String,
    },
}

/// All codes, in the order of the stages.
pub const CODES: [&str; 69] = [
    "P101", "R101", "R102", "R103", "R104", "R105", "R106", "R107", "R108", "R109", "R110", "R111", "R112",
    "L201", "L202", "L203", "L204", "L205", "L206", "L207", "L208", "L209", "L210", "L211", "L212", "L213",
    "L214", "L215", "L216", "L217", "L218", "L219", "L220", "L221", "L222", "L223", "N301", "N302", "N303",
    "N304", "N305", "N306", "N307", "N308", "V401", "V402", "V403", "V404", "V405", "V406", "V407", "V408",
    "V409", "V410", "V411", "V412", "V413", "V414", "V415", "V416", "V417", "V418", "V419", "V420", "C501",
    "C502", "C503", "C504", "S601",
];

impl Problem {
    /// The stable code.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TargetBelowBaseline { .. } => "P101",
            Self::ReaderFailed { .. } => "R101",
            Self::NotAWorkbook { .. } => "R102",
            Self::ReducedChecks { .. } => "R103",
            Self::OtherProgram { .. } => "R104",
            Self::FormulaWithoutResult => "R105",
            Self::Encrypted => "R106",
            Self::LimitExceeded { .. } => "R107",
            Self::DamagedCell { .. } => "R108",
            Self::SheetDamaged { .. } => "R109",
            Self::ExternalValue { .. } => "R110",
            Self::PictureCell => "R111",
            Self::LinkedWorkbook => "R112",
            Self::NoTable => "L201",
            Self::CoverFieldMissing { .. } => "L202",
            Self::UnknownUnit { .. } => "L203",
            Self::UnknownRow { .. } => "L204",
            Self::NotItsIndicator { .. } => "L205",
            Self::RepeatedRow { .. } => "L206",
            Self::NotRegistered => "L207",
            Self::OtherCity { .. } => "L208",
            Self::NumberAndNameDiffer { .. } => "L209",
            Self::RegisterLine { .. } => "L210",
            Self::RepeatedRowDiffers { .. } => "L211",
            Self::HiddenTable { .. } => "L212",
            Self::NotRead { .. } => "L213",
            Self::RegisteredButAbsent { .. } => "L214",
            Self::ColumnsDiffer { .. } => "L215",
            Self::OtherPeriod { .. } => "L216",
            Self::NoSender => "L217",
            Self::VersionUnclear { .. } => "L218",
            Self::DataYearUnclear { .. } => "L219",
            Self::UnitsDiffer { .. } => "L220",
            Self::HiddenCells { .. } => "L221",
            Self::MergedValue { .. } => "L222",
            Self::StrayNumber { .. } => "L223",
            Self::NumberAsText { .. } => "N301",
            Self::NotANumber { .. } => "N302",
            Self::Approximate { .. } => "N303",
            Self::ErrorCell { .. } => "N304",
            Self::PercentFormat { .. } => "N305",
            Self::ScaledFormat { .. } => "N306",
            Self::YearFormat { .. } => "N307",
            Self::MarkAsZero { .. } => "N308",
            Self::NotReported { .. } => "V401",
            Self::UnitSilent { .. } => "V402",
            Self::Late { .. } => "V403",
            Self::Converted { .. } => "V404",
            Self::UnitMismatch { .. } => "V405",
            Self::ScaleSlip { .. } => "V406",
            Self::LargeChange { .. } => "V407",
            Self::EvidenceMissing { .. } => "V408",
            Self::PresenceWithoutEvidence => "V409",
            Self::FractionalCount { .. } => "V410",
            Self::ShareOutOfRange { .. } => "V411",
            Self::EarlierYear { .. } => "V412",
            Self::TaskNotReported => "V413",
            Self::UnknownTaskState { .. } => "V414",
            Self::PartlyReported { .. } => "V415",
            Self::Negative { .. } => "V416",
            Self::PartExceedsTotal { .. } => "V417",
            Self::SumDiffers { .. } => "V418",
            Self::DigitsSwapped { .. } => "V419",
            Self::SignFlipped { .. } => "V420",
            Self::Superseded { .. } => "C501",
            Self::SourcesDisagree { .. } => "C502",
            Self::SourcePreferred { .. } => "C503",
            Self::BaselineRestated { .. } => "C504",
            Self::BoundaryCase { .. } => "S601",
        }
    }

    /// What happens to the number.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
    pub fn severity(&self) -> Severity {
        match self {
            Self::ReaderFailed { .. }
            | Self::NotAWorkbook { .. }
            | Self::FormulaWithoutResult
            | Self::NoTable
            | Self::UnknownUnit { .. }
            | Self::OtherCity { .. }
            | Self::NotANumber { .. }
            | Self::Approximate { .. }
            | Self::ErrorCell { .. }
            | Self::NotReported { .. }
            | Self::UnitSilent { .. }
            | Self::UnitMismatch { .. }
            | Self::ScaleSlip { .. }
            | Self::PresenceWithoutEvidence
            | Self::ShareOutOfRange { .. }
            | Self::NumberAndNameDiffer { .. }
            | Self::RepeatedRowDiffers { .. }
            | Self::RegisteredButAbsent { .. }
            | Self::ColumnsDiffer { .. }
            | Self::OtherPeriod { .. }
            | Self::NoSender
            | Self::DataYearUnclear { .. }
            | Self::Negative { .. }
            | Self::Encrypted
            | Self::LimitExceeded { .. }
            | Self::DamagedCell { .. }
            | Self::SheetDamaged { .. }
            | Self::PictureCell
            | Self::MergedValue { .. }
            | Self::SourcesDisagree { .. } => Severity::Error,
            Self::CoverFieldMissing { .. }
            | Self::UnknownRow { .. }
            | Self::NotItsIndicator { .. }
            | Self::RepeatedRow { .. }
            | Self::NotRegistered
            | Self::VersionUnclear { .. }
            | Self::UnitsDiffer { .. }
            | Self::RegisterLine { .. }
            | Self::NotRead { .. }
            | Self::NumberAsText { .. }
            | Self::PercentFormat { .. }
            | Self::Late { .. }
            | Self::Converted { .. }
            | Self::LargeChange { .. }
            | Self::EvidenceMissing { .. }
            | Self::FractionalCount { .. }
            | Self::TaskNotReported
            | Self::UnknownTaskState { .. }
            | Self::PartlyReported { .. }
            | Self::ExternalValue { .. }
            | Self::HiddenCells { .. }
            | Self::ScaledFormat { .. }
            | Self::YearFormat { .. }
            | Self::MarkAsZero { .. }
            | Self::PartExceedsTotal { .. }
            | Self::SumDiffers { .. }
            | Self::DigitsSwapped { .. }
            | Self::SignFlipped { .. }
            | Self::BaselineRestated { .. } => Severity::Warning,
            Self::TargetBelowBaseline { .. }
            | Self::ReducedChecks { .. }
            | Self::OtherProgram { .. }
            | Self::EarlierYear { .. }
            | Self::HiddenTable { .. }
            | Self::Superseded { .. }
            | Self::SourcePreferred { .. }
            | Self::LinkedWorkbook
            | Self::StrayNumber { .. }
            | Self::BoundaryCase { .. } => Severity::Note,
        }
    }
}
