//! Every kind of finding: stable code, severity and what it carries. Codes are never reused.

use super::{Headed, Side, Slip, Unclear, UnshownCharacter};
use crate::files::{Document, PassedOver};
use crate::ident::CellRef;

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
    /// P102: a target in prose repeats a row of the table with another value.
    ProseDiffers {
        /// Value in prose, in the unit of the table.
        prose: String,
        /// Values of the table.
        table: String,
    },
    /// P103: what the prose adds does not lead from the base to the target of the table.
    IncrementsDiffer {
        /// What the prose adds, as a sum.
        parts: String,
        /// Level of the base year.
        base: String,
        /// Base and additions together.
        sum: String,
        /// Target of the table.
        target: String,
    },
    /// P104: the growth in prose does not lead from the base to the target of the table.
    GrowthDiffersFromLevels {
        /// Growth in prose, in percent.
        rate: String,
        /// Level of the base year.
        base: String,
        /// Level that the growth leads to.
        implied: String,
        /// Target of the table.
        target: String,
    },
    /// P105: a share, its numerator and its denominator contradict each other.
    PartsDiffer {
        /// Denominator that the base year implies.
        before: String,
        /// Denominator that the targets imply.
        after: String,
        /// What the prose adds to it.
        stated: String,
    },
    /// P106: the prose repeats now one tier, now the other.
    TiersMixed {
        /// Rows for which the prose repeats 考核值.
        assessed: String,
        /// Rows for which it repeats 完成值.
        intended: String,
    },
    /// P107: prose and table write the same target with other units or digits.
    WrittenDiffers {
        /// As written in prose.
        prose: String,
        /// As written in the table.
        table: String,
    },
    /// P108: prose and table name other denominators.
    DenominatorDiffers {
        /// Denominator in prose.
        prose: String,
        /// Denominator in the table.
        table: String,
    },
    /// P109: a target was reached in the base year already.
    AlreadyMet {
        /// Target as written.
        target: String,
        /// Value of the base year as written.
        past: String,
        /// The base year.
        year: i32,
    },
    /// P110: another unit leads the task than reports the figure.
    LeadDiffers {
        /// Units that lead the task.
        lead: String,
        /// Units that report the row.
        reporters: String,
    },
    /// P111: the plan gives no base.
    NoBaseline {
        /// What the base is missing for, in Chinese words.
        what: String,
    },
    /// P112: a word has no defined meaning.
    UndefinedWord {
        /// The word.
        word: String,
    },
    /// P113: the same target stands twice.
    RepeatedTarget {
        /// Number of the other target.
        other: String,
    },
    /// P114: no year is named by which the target is to be reached.
    Undated,
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
    /// R102: another document than a workbook.
    OtherDocument {
        /// What it is.
        document: Document,
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
    /// R116: security software of the sender's office has encrypted the file as a whole.
    Wrapped,
    /// R117: an archive, which is not unpacked.
    Archive {
        /// `ZIP`, `RAR`, `7z`.
        kind: String,
        /// Names of the workbooks in it, as far as they can be told.
        inside: Vec<String>,
    },
    /// R118: the file is there and cannot be read: closed to this user, gone or changed meanwhile, no plain file. The system's reason.
    Unreadable(String),
    /// R113: characters that no font shows; the report has 〓 in their place.
    NotPrintable {
        /// The first of them.
        characters: Vec<UnshownCharacter>,
        /// Number of cells; none when they stand in the name of the file.
        cells: usize,
    },
    /// L201: no sheet holds a table of indicators or tasks.
    NoTable,
    /// L202: the cover lacks fields.
    CoverFieldMissing {
        /// Names of the fields.
        fields: Vec<String>,
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
    NotRegistered {
        /// How many workbooks are concerned when there is no register at all.
        all: Option<usize>,
    },
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
        /// How many values are missing when the unit that the name tells has sent nothing else.
        expected: Option<usize>,
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
        /// Whether it is the right year, but only a part of it.
        is_part: bool,
    },
    /// L217: the cover does not tell who sent the workbook.
    NoSender {
        /// The unit that the names of file and sheets suggest; empty when they suggest none.
        seems: String,
    },
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
        /// Whether the plan's own values tell which one is meant.
        is_settled: bool,
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
        /// All their cells, as areas from corner to corner.
        areas: Vec<(CellRef, CellRef)>,
    },
    /// L224: a heading over a column that holds something is not known.
    UnknownHeading {
        /// What stands over the column.
        heading: String,
        /// The parts that are not known.
        unknown: Vec<String>,
        /// How many numbers stand below it.
        numbers: usize,
    },
    /// L225: the column of the result has a part in its heading that is not known; no other one can be it.
    TakenByElimination {
        /// What stands over the column.
        heading: String,
        /// The parts that are not known.
        unknown: Vec<String>,
        /// The year that is judged.
        year: i32,
    },
    /// L226: no column is certain to be the result of the year.
    ResultUnclear {
        /// The year that is judged.
        year: i32,
        /// The columns that come into question; none when there is none.
        columns: Vec<Headed>,
        /// Why it is not certain.
        why: Unclear,
    },
    /// L227: all values of the year are the plan's targets, or those of the year before.
    CopiedColumn {
        /// What stands over the column.
        heading: String,
        /// What they are, in Chinese words.
        of: String,
        /// Whether the heading says beyond doubt that they are results.
        is_certain: bool,
    },
    /// L228: a value of a part of the year stands where one of the year is asked.
    PartOfYearValue {
        /// Text of the cell.
        raw: String,
        /// The year that is judged.
        year: i32,
    },
    /// L229: the title above the table names another period, and no heading names the year.
    OtherTitle {
        /// The title.
        title: String,
        /// The year that is judged.
        year: i32,
    },
    /// L236: no column is certain to hold the states of tasks.
    StateColumnUnclear {
        /// The columns that come into question; none when there is none.
        columns: Vec<Headed>,
    },
    /// L230: nothing tells which of several workbooks of a unit is the latest; none is used.
    OrderUnclear {
        /// Names of the files.
        files: Vec<String>,
        /// How many values the unit is to report.
        expected: usize,
    },
    /// L231: which of two workbooks is the later was taken from something weaker than version and register.
    OrderAssumed {
        /// Name of the other file.
        other: String,
        /// What decided, in Chinese words.
        by: &'static str,
        /// What decided, in English words.
        by_en: &'static str,
    },
    /// L232: two places of a workbook name different reporting units.
    SendersDiffer {
        /// What stands here.
        here: String,
        /// The other place.
        there: String,
        /// What stands there.
        other: String,
    },
    /// L233: the name of the file names another unit than its cover.
    FileNamesAnother {
        /// The unit of the file's name.
        named: String,
        /// The unit of the cover, which counts.
        taken: String,
    },
    /// L234: the name of the file is not in UTF-8.
    NameInOtherCode {
        /// The name as it reads in GBK.
        name: String,
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
    /// N309: a number is stored and something else, or nothing, is seen.
    ShownOtherwise {
        /// The stored number.
        raw: String,
        /// What is seen; empty when nothing is.
        shown: String,
    },
    /// N310: the cell is struck out.
    StruckOut {
        /// Raw text.
        raw: String,
    },
    /// N311: a change in percentage points stands where a level is asked for.
    ChangeGiven {
        /// The value with its unit.
        raw: String,
        /// Unit of the plan.
        expected: String,
    },
    /// N312: a number was read without what stands beside it.
    ReadAs {
        /// Raw text.
        raw: String,
        /// What was read.
        value: String,
        /// What was left aside, in Chinese words.
        what: String,
    },
    /// V401: an expected value is missing.
    NotReported {
        /// Raw text of the cell; `None` when the workbook has no such row, or no column of results.
        raw: Option<String>,
        /// Whether there is such a row, and it is the column that is missing.
        has_row: bool,
    },
    /// V402: a unit sent no usable workbook.
    UnitSilent {
        /// Number of indicators and tasks expected from it.
        expected: usize,
        /// Whether one came after the cut-off.
        too_late: bool,
        /// Names of workbooks that seem to be the unit's and could not be used; other findings say why.
        unused: Vec<String>,
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
        /// The slip that explains it.
        slip: Slip,
    },
    /// V407: the change on the year before exceeds the indicator's limit.
    LargeChange {
        /// The change in percent with its sign.
        change: String,
        /// The limit in percent.
        limit: String,
    },
    /// V408: values or tasks refer to evidence that is not listed, or to none.
    EvidenceMissing {
        /// Numbers of the indicators, or labels of the tasks, each with the references that are not listed; none when it refers to
        /// no evidence at all.
        lacking: Vec<(String, Vec<String>)>,
    },
    /// V409: a qualitative indicator is reported as present without evidence.
    PresenceWithoutEvidence,
    /// V410: a count has a fraction.
    FractionalCount {
        /// The value.
        value: String,
    },
    /// V411: a share lies outside of what a part of a whole can be.
    ShareOutOfRange {
        /// The value with its unit.
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
        /// Whether what the other unit reported can be used.
        usable: bool,
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
    /// V421: an index number (上年 = 100) stands where a growth rate should.
    IndexForGrowth {
        /// The value.
        value: String,
        /// The target in percent.
        target: String,
    },
    /// V422: an estimate or a flash figure in the final edition.
    NotFinal {
        /// 数据性质 as written.
        vintage: String,
    },
    /// V424: the value is ten times or more above or below what it is compared with.
    FarOff {
        /// Value with unit.
        value: String,
        /// What it was compared with, in words.
        against: String,
        /// How many times, in words.
        times: String,
        /// The slip that would explain it.
        slip: Slip,
    },
    /// C501: a later workbook of the same unit replaces this one.
    Superseded {
        /// Version that counts, in words.
        by: String,
    },
    /// C502: units report different values for one indicator.
    SourcesDisagree {
        /// Units with their values.
        sides: Vec<Side>,
    },
    /// C503: of different values one was taken by a recorded decision.
    SourcePreferred {
        /// Unit whose value was taken.
        unit: String,
        /// Units with their values.
        sides: Vec<Side>,
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
    /// C505: the growth reported is not that of the levels reported.
    GrowthDiffers {
        /// Growth as reported, in percent.
        reported: String,
        /// Growth that the levels give, in percent.
        derived: String,
        /// Number of the row.
        row: String,
    },
    /// C506: what was added is less than what the level rose.
    AdditionsBelowNetChange {
        /// Additions as reported.
        reported: String,
        /// Net change of the level.
        net: String,
        /// Number of the row.
        row: String,
    },
    /// C507: what was added is so much more than the level rose that much must have been lost.
    AdditionsAboveNetChange {
        /// Numbers of the targets whose additions belong to the row.
        numbers: String,
        /// Their additions together.
        added: String,
        /// Net change of the level.
        net: String,
        /// What must have been lost.
        lost: String,
    },
    /// C508: a unit reports a value of another year than the one that counts.
    OtherYearsValue {
        /// The value with its unit.
        value: String,
        /// Its year.
        year: i32,
        /// The year of the value that counts.
        taken: i32,
        /// The units whose value counts.
        by: String,
    },
    /// S601: full-value and rounded comparison decide differently.
    BoundaryCase {
        /// Actual value.
        actual: String,
        /// Target as written.
        target: String,
    },
    /// S602: the value equals a limit of 突破; taken as not reached.
    EqualsLimit {
        /// Actual value.
        actual: String,
        /// The words of the plan.
        words: String,
    },
    /// S604: a task is reported as not begun, but targets in it were reached.
    TaskTargetsMet {
        /// Their numbers.
        numbers: String,
    },
    /// S603: a task is reported as done, but targets in it were missed.
    TaskTargetsMissed {
        /// Numbers of the targets that were missed.
        numbers: String,
    },
}
