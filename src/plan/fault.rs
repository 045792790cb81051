//! Every fault of a plan, a catalogue or a round: one entry each, with its words in both languages.

use chrono::NaiveDate;

use super::composite::IndexFault;
use super::void::Decided;
use crate::ident::{CityId, IndicatorId, IndicatorNo, TaskNo, UnitName};
use crate::period::Period;

/// What is wrong in a file that people write. Words of the TOML parser are worded in `wording.rs`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum FileFault {
    /// A fault that the parser of TOML tells.
    #[error("{0}")]
    Parser(String),
    /// The text is in no code that is known.
    #[error(
        "文件不是UTF-8、UTF-16或GBK文本，请另存为UTF-8 (not text in UTF-8, UTF-16 or GBK; save it as UTF-8)"
    )]
    NotText,
    /// The file is longer than any that people write, in MiB.
    #[error("文件超过{0} MiB，不是这样的文件 (longer than any such file)")]
    TooLong(u64),
    /// A text is longer than a cell of a spreadsheet holds: its key, and the most units of UTF-16.
    #[error(
        "{0} 超过{1}个字，表格的一格放不下 (longer than {1} characters, more than a cell of a spreadsheet holds)"
    )]
    LongText(String, usize),
    /// The source of a plan lies elsewhere.
    #[error("source = “{0}”应是input文件夹下的相对路径，不含“..” (must be a path below the inputs)")]
    OddSource(String),

    /// A round that is mixed of folders that lie elsewhere.
    #[error(
        "“{0}”应是input文件夹下某一轮的相对路径，如 A/2023，不含“..” (must be the path of a round below the inputs)"
    )]
    OddMixture(String),

    // What a drafted file leaves to people.
    /// A fault of `index.toml`.
    #[error(transparent)]
    Index(#[from] IndexFault),
    /// A value that is still to be filled in: its key.
    #[error("{0} 待填：填写后才能评估 (still to be filled in)")]
    Unfilled(String),
    /// An entry that is still to be confirmed.
    #[error(
        "{of} 待确认（{}）：核对后删去 confirm 这一行 (to be confirmed: check it and delete the line)",
        what.join("；")
    )]
    ToConfirm {
        /// The section.
        of: String,
        /// What is to be confirmed.
        what: Vec<String>,
    },

    // What was published of earlier years.
    /// Columns that are not there.
    #[error("缺少列：{} (columns are missing)", .0.join("、"))]
    NoColumns(Vec<&'static str>),
    /// A line that is none of a table, with the reader's words.
    #[error("这一行不是表中的一行 (no line of a table): {0}")]
    OddLine(String),
    /// A line of a register that does not follow the one before it.
    #[error(
        "登记簿从这一行起与前行不符：有行被改动、删去或插入，请恢复原文件（登记簿只由程序添行） (does not follow the line before: a line was changed, taken out or put in; restore the file, to which only this program adds)"
    )]
    BrokenChain,
    /// A line of a register that is not what was written.
    #[error(
        "这一行与它自己的摘要不符：写下后被改动，请恢复原文件（登记簿只由程序添行） (this line was changed after it was written; restore the file, to which only this program adds)"
    )]
    AlteredLine,
    /// A line of the register of queries that tells no event.
    #[error("这一行不是查询登记中的事件：{0} (no event of the register of queries)")]
    OddEvent(&'static str),
    /// No year.
    #[error("“{0}”不是年份 (not a year)")]
    NotAYear(String),
    /// A line without the number or the source of its value.
    #[error("缺少来源或指标序号：没有来源的数不能用 (number or source is missing)")]
    NoOrigin,
    /// A value that was held true and is not there.
    #[error("状态“{0}”的行应有值 (a value is missing)")]
    PublishedNothing(&'static str),
    /// A value where none was held true.
    #[error("状态“{0}”的行不应有值：未知的数不能填 (there should be no value)")]
    PublishedUnknown(&'static str),
    /// A line of another city.
    #[error("城市“{found}”不是本文件夹的“{wanted}” (another city's line)")]
    OtherCitysRow {
        /// The city of the line.
        found: CityId,
        /// The city of the folder.
        wanted: CityId,
    },
    /// A line of the year that is judged, or of a later one.
    #[error("年份{row}不早于评估年度{year} (not before the year that is judged)")]
    NotEarlier {
        /// The year of the line.
        row: i32,
        /// The year that is judged.
        year: i32,
    },
    // What is to be confirmed.
    /// A field that is not marked with one of the grades.
    #[error("confirm 中的“{0}”应写作“字段:缺”“字段:选”或“字段:承”，后面可以写原因 (should be field:grade)")]
    OddConfirm(String),
    /// What is to be confirmed in a file that is none of a draft.
    #[error(
        "还有{0}处 confirm 待确认：逐处核实后删去，之前 status 只能是 \"draft\" (still to be confirmed: only a draft)"
    )]
    Unconfirmed(usize),

    // Sections and single values.
    /// A section that must be there.
    #[error("缺少 [{0}] (the section is missing)")]
    NoSection(&'static str),
    /// A section that may be repeated is written as a single one.
    #[error("“{0}”应写作 [[{0}]] (should be an array of tables)")]
    NotAnArray(&'static str),
    /// A section that nobody asks for.
    #[error("不认识的段“{0}” (unknown section)")]
    UnknownSection(String),
    /// A date, as written.
    #[error("“{0}”不是日期，应写作 2024-01-15 (not a date)")]
    NotADate(String),
    /// A word that is none of its table.
    #[error("{what} = “{text}”应为 {} 之一 (should be one of them)", known.join(", "))]
    OtherWord {
        /// The field.
        what: String,
        /// What stands there.
        text: String,
        /// The words.
        known: Vec<String>,
    },
    /// A number that is too large or too fine.
    #[error("{what} = “{text}”超出范围：应小于10¹⁵，小数不超过{places}位 (out of range)")]
    OutOfRange {
        /// The field.
        what: String,
        /// What stands there.
        text: String,
        /// Most digits behind the point.
        places: u32,
    },
    /// No number.
    #[error("{what} = “{text}”不是数值 (not a number)")]
    NotANumber {
        /// The field.
        what: String,
        /// What stands there.
        text: String,
    },
    /// An identifier with other characters, in the words of its type.
    #[error("{0}")]
    Slug(String),

    // The limits of reading.
    /// A limit with which nothing can be read.
    #[error("{name}至少为{least}，否则读取程序不能工作 (at least {least}, or nothing can be read)")]
    LimitTooLow {
        /// The field.
        name: &'static str,
        /// The least that it can be.
        least: u64,
    },

    /// A limit beyond what any machine has.
    #[error("{name}至多为{most} (at most {most})")]
    LimitTooHigh {
        /// The field.
        name: &'static str,
        /// The most that it can be.
        most: u64,
    },

    // The catalogue.
    /// A domain that is not listed.
    #[error("{}；已列的有：{}，可在 [[dimension]] 增列 (no such dimension; one may be added)", if .0.is_empty() { "缺 dimension".to_owned() } else { format!("“{}”不是已列的 dimension", .0) }, .1.join("、"))]
    NoDimension(String, Vec<String>),
    /// A share that is said to be its own numerator.
    #[error("numerator = “{0}”是本指标自己 (the indicator itself)")]
    OwnNumerator(IndicatorId),
    /// A dimension of the catalogue that has two names.
    #[error("dimension 的 id “{0}”有两个名称 (has two names)")]
    DimensionTwice(String),
    /// An id that is used twice.
    #[error("id “{0}”重复 (used twice)")]
    IdTwice(IndicatorId),

    // Rows and tasks of a plan.
    /// A task in a group that does not exist.
    #[error("任务{no}的组“{group}”不存在 (no such group)")]
    TaskGroup {
        /// The task.
        no: TaskNo,
        /// The group.
        group: String,
    },
    /// Choices of a question that are none, or too many for a page.
    #[error("choices有{0}项，应为2至4项 (give two to four choices)")]
    OddChoices(usize),
    /// More questions than the brief asks.
    #[error("[[decision_asked]]至多{0}项 (the brief asks no more)")]
    TooManyQuestions(usize),
    /// Two tasks of one number.
    #[error("任务号“{0}”重复 (used twice)")]
    TaskTwice(TaskNo),
    /// A row in a group that does not exist.
    #[error("指标{no}的组“{group}”不存在 (no such group)")]
    RowGroup {
        /// The row.
        no: IndicatorNo,
        /// The group.
        group: String,
    },
    /// Two rows of one number or id.
    #[error("指标“{no} {id}”重复 (used twice)")]
    RowTwice {
        /// Its number.
        no: IndicatorNo,
        /// Its id.
        id: IndicatorId,
    },
    /// An id that the catalogue has not.
    #[error(
        "目录中没有“{0}”；由 plan draft 起草的目录条目在方案旁的 catalogue.draft.toml，补全后并入 catalogue.toml (not in the catalogue; drafted entries lie beside the plan)"
    )]
    NotInCatalogue(IndicatorId),
    /// A unit that does not convert to that of the catalogue.
    #[error("计量单位“{own}”与目录的“{usual}”不能换算 (units differ)")]
    UnitsDiffer {
        /// The row's.
        own: String,
        /// The catalogue's.
        usual: String,
    },
    /// A field that the kind of target does not take.
    #[error("kind = “{kind}”的目标不写 {key} (this kind takes no such field)")]
    OtherKey {
        /// The kind.
        kind: String,
        /// The field.
        key: &'static str,
    },
    /// A field that the kind of target needs.
    #[error("这类目标缺少 {0} (this kind needs it)")]
    NoKey(&'static str),
    /// No order of magnitude that is known.
    #[error("value = “{0}”应为 万亿级、千亿级、百亿级、十亿级 之一 (not an order of magnitude)")]
    NoMagnitude(String),
    /// An operator against the direction of the catalogue.
    #[error("op 与目录的 direction 相反 (the operator is against the direction)")]
    OddForCatalogue,
    /// An amendment of a target without a single number.
    #[error("这类目标没有单一数值，不能用 amendment 调整 (only targets with one number can be amended)")]
    NotAmendable,
    /// A row that is a part of itself, by way of others.
    #[error("parent = “{0}”：本行由此成为自己的其中项 (the row would be a part of itself)")]
    OwnPart(IndicatorNo),
    /// A row that is held against itself.
    #[error("against = “{0}”是本行自己 (the row itself)")]
    AgainstItself(IndicatorNo),
    /// Two quotas of an area and year.
    #[error("“{area}”{year}年的 quota 写了两次 (given twice)")]
    QuotaTwice {
        /// Whose.
        area: String,
        /// The year.
        year: i32,
    },
    /// A quota of a year without a target, of which it could be a part.
    #[error("有{0}年的 quota 而没有{0}年的目标 (no target of that year)")]
    QuotaOfNothing(i32),
    /// A period that is no part of a year, or is not cumulative.
    #[error(
        "period = “{0}”应为 2024-Q1（一季度）、2024-H1（上半年）、2024-Q3（前三季度）之一 (a part of a year from January on)"
    )]
    InterimPeriod(String),
    /// Two targets of a part of a year.
    #[error("{0} 的 interim 写了两次 (given twice)")]
    InterimTwice(Period),
    /// A part of a year that has no target itself, or whose target only repeats another.
    #[error(
        "interim 没有同年的目标，或本目标只是重复：写在被重复的一项 (no target of its year, or one that only repeats another)"
    )]
    InterimOfNothing,
    /// Other names of a unit that neither the plan nor its source names.
    #[error("方案及其原文都没有单位“{0}” (neither the plan nor its source names the unit)")]
    NoUnit(UnitName),
    /// Two values of a year.
    #[error("{0}年的 value 写了两次 (given twice)")]
    ValueTwice(i32),
    /// Two targets of a year and tier.
    #[error("{0}年的目标写了两次 (given twice)")]
    TargetTwice(i32),
    /// Tiers of a year that do not go together.
    #[error("{0}年的目标应为一个annual，或assessed和intended两档 (one annual target, or both tiers)")]
    OddTiers(i32),
    /// A tier of a target in prose that is none of `annual` and `stretch` of another.
    #[error(
        "正文目标的 tier 只能是annual，或stretch并以 same_as 指明它是哪一项的力争值 (annual, or stretch with same_as)"
    )]
    ProseTier,
    /// What is striven for is of another kind or unit than the target.
    #[error("力争值应与 same_as = “{0}”的目标同类型、同计量单位 (a stretch has kind and unit of its target)")]
    StretchOfOther(IndicatorNo),

    // The source of a plan.
    /// Lines of the source, as written.
    #[error("line = “{0}”应写作 \"34\" 或 \"29-34\"")]
    OddLines(String),
    /// Lines that the source has not.
    #[error("line = “{lines}”超出原文：原文共{count}行 (the source has {count} lines)")]
    LinesOutside {
        /// As written.
        lines: String,
        /// Lines of the source.
        count: usize,
    },
    /// A quote that does not stand there.
    #[error("原文第{lines}行没有“{quote}” (the source does not say so there)")]
    NotInSource {
        /// The lines.
        lines: String,
        /// The quote.
        quote: String,
    },
    /// What is looked for in the source stands there not at all, or more than once.
    #[error("原文中没有或不止一处“{0}”，请写 line (not in the source, or more than once: give its line)")]
    NotFoundOnce(String),
    /// A number that the quote has not.
    #[error("数值“{number}”与引文“{quote}”不符，引文中没有这个数 (the quote has another number)")]
    NotInQuote {
        /// The number.
        number: String,
        /// The quote.
        quote: String,
    },

    // Targets in prose.
    /// Two targets of one number.
    #[error("目标号“{0}”重复 (used twice)")]
    TargetNumberTwice(IndicatorNo),
    /// A task that does not exist.
    #[error("任务“{0}”不存在 (no such task)")]
    NoTask(TaskNo),
    /// A target that is said to be repeated and does not exist.
    #[error("same_as = “{0}”不存在 (no such target)")]
    NoOriginal(IndicatorNo),
    /// A row that is referred to and does not exist.
    #[error("{key} = “{no}”不是附表的序号 (no such row)")]
    NoRow {
        /// The field.
        key: &'static str,
        /// The number.
        no: String,
    },
    /// Outer bounds within the interval.
    #[error("lowest、highest 应在区间之外 (must lie outside the interval)")]
    BoundsInside,
    /// A lower bound above the higher one.
    #[error("{low} 大于 {high} (is greater)")]
    Greater {
        /// Field of the lower bound.
        low: String,
        /// Field of the higher one.
        high: String,
    },
    /// An operator, or an order of magnitude, against the direction of the target.
    #[error(
        "op 与 direction 相反；千亿级一类也只用于越大越好的指标，位次（rank）只用于 direction 为 rank 的 (the operator is against the direction, as is an order of magnitude where less is better, or a place where more is)"
    )]
    OddOperator,
    /// A tolerance of a target that has none, or out of range.
    #[error(
        "tolerance 只用于“~”，写作 \"5\"（百分数，0—100）、\"0.5个百分点\"或\"2个\" (only for ~: percent, percentage points or whole units)"
    )]
    OddTolerance,
    /// Every year, and no year named.
    #[error("recurring 与 undated 不能并用 (every year, or no year named)")]
    RecurringUndated,
    /// A growth or coverage that is not in percent.
    #[error("单位应为% (the unit should be %)")]
    NotInPercent,
    /// An order of magnitude in something else than money.
    #[error("单位应能换算为亿元 (the unit should convert to 亿元)")]
    NotInMoney,
    /// A number that must be positive, by its field.
    #[error("{0} 应为正数 (must be positive)")]
    NotPositive(&'static str),
    /// A base year that is not before the year of the target.
    #[error("base_year 应早于目标年份 (must be before the year of the target)")]
    LateBaseYear,
    /// A qualitative target with another word.
    #[error("value 应为“有” (should be 有)")]
    NotPresence,
    /// A milestone without its text.
    #[error("缺少 value (is missing)")]
    NoValue,

    // The round and its method.
    /// No period that is known.
    #[error("period = “{written}”应写作 {right} (not a period)")]
    NotAPeriod {
        /// What stands there.
        written: String,
        /// The whole year.
        right: Period,
    },
    /// The year and the period are of two years.
    #[error("year = {year} 与 period = “{period}”不是同一年 (not the same year)")]
    OtherYear {
        /// The year.
        year: i32,
        /// The period.
        period: Period,
    },
    /// Words of a pace in a round of a whole year.
    #[error("全年的轮次不用 [pace] 和 [[pace_of]] (a round of a whole year takes no pace)")]
    PaceOfAYear,
    /// A row of which nothing is said.
    #[error("[[pace_of]] 应写 method 或 share (should have method or share)")]
    EmptyPace,
    /// A pace that makes no sense.
    #[error(
        "应有0≤slow≤far≤1000，share在0—100之间且Q1≤H1≤Q3 (should be 0 ≤ slow ≤ far ≤ 1000, shares between 0 and 100 and rising)"
    )]
    OddPace,
    /// A row whose pace is given twice.
    #[error("[[pace_of]] {0} {1}写了两次 (given twice)")]
    PaceTwice(CityId, IndicatorNo),
    /// A round of a part of a year with more than one city.
    #[error(
        "period = “{0}”：年内的轮次目前一次通报一个地方，cities 只写一个 (a round of a part of a year takes one city so far)"
    )]
    ManyOfAPart(Period),
    /// No cities.
    #[error("cities 为空 (no cities)")]
    NoCities,
    /// A city that is listed twice.
    #[error("cities 有重复 (a city stands twice)")]
    CityTwice,
    /// No title.
    #[error("title 为空 (no title)")]
    NoTitle,
    /// A unit of measure with two English names.
    #[error("计量单位“{0}”有两条 (this unit of measure stands twice)")]
    UnitOfMeasureTwice(String),
    /// An English name without any letter.
    #[error("en 为空；没有英文名称的不写此键 (is empty: leave it out where there is no English name)")]
    EmptyEnglish,
    /// Languages without the one that everything is made in.
    #[error("languages 应以 \"zh\" 开头 (must begin with \"zh\")")]
    NoChinese,
    /// A language that is listed twice.
    #[error("languages 有重复 (a language stands twice)")]
    LanguageTwice,
    /// A day that no workbook can print, by its field.
    #[error("{0} 应在1900—9999年之间 (must lie between the years 1900 and 9999)")]
    OddDay(&'static str),
    /// Two dates in the wrong order, by their fields.
    #[error("{earlier} 晚于 {later} (is later)")]
    Later {
        /// What should be earlier.
        earlier: &'static str,
        /// What should be later.
        later: &'static str,
    },
    /// Limits of 接近 and 超额 on the wrong sides of 100.
    #[error("nearly 不得高于100，exceeded 不得低于100 (nearly at most 100, exceeded at least)")]
    OddLimits,
    /// A parameter out of range.
    #[error("各参数应在0—1000之间 (parameters are percentages or points, 0 to 1000)")]
    OddParameter,
    /// A cap below 100.
    #[error("cap 不得低于100 (must not be below 100)")]
    LowCap,
    /// A coverage above 100.
    #[error("minimum_coverage 不得高于100 (must not be above 100)")]
    HighCoverage,
    /// Grades that do not fall.
    #[error("grades 应由高到低 (must fall)")]
    GradesRise,
    /// A span that is not positive.
    #[error("bar_span 应为正数 (must be positive)")]
    NoSpan,
    /// A band below 1.
    #[error("band 应不小于1 (must be at least 1)")]
    SmallBand,
    /// A value that is not allowed of 100 or more.
    #[error("not_allowed 应低于100 (must be below 100)")]
    HighNotAllowed,

    // Earlier outputs, and who signs.
    /// What is no fingerprint, by its field.
    #[error("{what} = “{text}”不是数字指纹，应为封面上的64位十六进制数字 (not a fingerprint of figures)")]
    NotAFingerprint {
        /// The field.
        what: &'static str,
        /// What stands there.
        text: String,
    },
    /// No output where one is said to be.
    #[error("“{0}”不是本程序的输出，没有可读的{1} (no output of this program, or a part of it is missing)")]
    NoOutput(String, &'static str),
    /// An output with other figures than it is said to have.
    #[error(
        "“{output}”的数字指纹是{is}，与所写的{said}不同：不是那一份输出，或已被改动 (has other figures than it is said to have)"
    )]
    OtherFigures {
        /// The output.
        output: String,
        /// What its tables give.
        is: String,
        /// What is written.
        said: String,
    },
    /// A table of an output that is not the one that its manifest lists.
    #[error(
        "“{output}”的{table}与其manifest.json所记的摘要值不符，已被改动 (not the table that the manifest lists)"
    )]
    AlteredTable {
        /// The output.
        output: String,
        /// The table.
        table: &'static str,
    },
    /// A table of an output that cannot be read, with the reader's words.
    #[error("“{output}”的{table}不能读取 (cannot be read): {words}")]
    OddTable {
        /// The output.
        output: String,
        /// The table.
        table: &'static str,
        /// Why.
        words: String,
    },
    /// An output of a later year than the one that is judged.
    #[error(
        "“{output}”是{found}年度的输出，晚于评估年度{year} (of a later year than the one that is judged)"
    )]
    LaterOutput {
        /// The output.
        output: String,
        /// Its year.
        found: i32,
        /// The year that is judged.
        year: i32,
    },
    /// An entry without a name, by its field.
    #[error("{0} 为空 (is empty)")]
    Empty(&'static str),
    /// Two entries of one role for the same figures.
    #[error("同一份数字的“{0}”写了两次 (given twice for the same figures)")]
    SignedTwice(&'static str),
    /// One person who drafted and reviewed.
    #[error("编制和复核都是“{0}”：复核应由另一人进行 (drafted and reviewed by the same person)")]
    SamePerson(String),
    /// What was issued before it was reviewed.
    #[error("签发日期{issued}早于复核日期{reviewed} (issued before it was reviewed)")]
    IssuedEarly {
        /// When it was issued.
        issued: NaiveDate,
        /// When it was reviewed.
        reviewed: NaiveDate,
    },

    // Decisions of people.
    /// A weight out of range.
    #[error("weight 应在0—1000之间 (must be 0 to 1000)")]
    OddWeight,
    /// A limit on a grade that concerns nothing.
    #[error(
        "veto 应写明 city、indicator 或 nature，后两项只写一项 (needs a city, an indicator or a nature; not both of the last)"
    )]
    EmptyVeto,
    /// A decision that names nothing, or has no effect.
    #[error("{section}：{why}")]
    Decision {
        /// The section: `[[weight]]`.
        section: &'static str,
        /// Why.
        why: Decided,
    },
    /// A waiver that names nothing.
    #[error("  第{at}个[[waiver]] (number {at})：{why}")]
    Waiver {
        /// Which one, from one.
        at: usize,
        /// Why.
        why: Decided,
    },
}

/// Faults as a run tells them, each with its line in front, in the order of lines.
pub(super) fn told(mut faults: Vec<(usize, FileFault)>) -> Vec<String> {
    faults.sort_by_cached_key(|(line, fault)| (*line, fault.to_string()));
    faults.dedup();
    faults.iter().map(|(line, fault)| format!("  第{line}行 (line {line}): {fault}")).collect()
}
