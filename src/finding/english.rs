//! The wording of findings in English.

use super::lists::in_chinese::{areas_in_words, headed_in_words};
use super::lists::in_english::{evidence_missing, few, result_unclear, sides};
use super::{Language, Problem, Unclear, UnshownCharacter};
use crate::files::PassedOver;

/// What is wrong.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn message(problem: &Problem) -> String {
    match problem {
        Problem::TargetBelowBaseline { target, baseline, year } => {
            format!("target {target} is worse than the {year} value {baseline}")
        }
        Problem::ReaderFailed { how } => {
            format!("reading failed ({how}); this workbook is not used, the others are unaffected")
        }
        Problem::NotAWorkbook { reason: why } | Problem::Unreadable(why) => format!("cannot be opened as a workbook: {why}"),
        Problem::OtherDocument { document } => format!("not a workbook: {}", document.english()),
        Problem::Wrapped => "encrypted as a whole by office security software, which alone can open it; not used".to_owned(),
        Problem::Archive { kind, inside } if inside.is_empty() => {
            format!("an archive ({kind}), which is not unpacked; nothing in it was read")
        }
        Problem::Archive { kind, inside } => {
            format!("an archive ({kind}) with the workbooks {}, which were not read", few(inside))
        }
        Problem::ReducedChecks { format } => {
            format!("{format} files tell no number formats, hidden rows and columns, or merges")
        }
        Problem::OtherProgram { program } => format!("saved by {program}"),
        Problem::FormulaWithoutResult => "the cell is a formula without a stored result".to_owned(),
        Problem::Encrypted => "the workbook is encrypted; one that opens without asking may be, too: Excel encrypts protected .xls with a default password".to_owned(),
        Problem::LimitExceeded { what } => format!("a limit is exceeded ({what}); this workbook is not used"),
        Problem::DamagedCell { reason } => format!("the cell is damaged ({reason}); it is not used, the others are"),
        Problem::SheetDamaged { what } => format!("part of the sheet cannot be read: {what}"),
        Problem::ExternalValue { raw } => format!("“{raw}” is the stored result of a formula on another workbook and may be stale"),
        Problem::PictureCell => "a picture stands in the cell, not a value".to_owned(),
        Problem::NotPrintable { characters, cells } => not_printable(characters, *cells),
        Problem::LinkedWorkbook => "the workbook links to other workbooks; values may be stale".to_owned(),
        Problem::NoTable => {
            "no table found: headings should have 指标名称 and 本年实绩, or 任务 and 进展状态".to_owned()
        }
        Problem::CoverFieldMissing { fields } => format!("the cover does not state {}", fields.join(", ")),
        Problem::UnknownUnit { name, suggestion } => {
            format!("reporting unit “{name}” is not in the plan{}", suggested(suggestion.as_ref()))
        }
        Problem::UnknownRow { text, suggestion } => {
            format!(
                "“{text}” is no indicator or task of the plan; row not used{}",
                suggested(suggestion.as_ref())
            )
        }
        Problem::NotItsIndicator { units } => {
            format!("this indicator is to be reported by {units}; not used")
        }
        Problem::RepeatedRow { first } => format!("same indicator as {first}; the first row is used"),
        Problem::NotRegistered { all: None } => {
            "not in the register of receipts; the date on the cover stands in".to_owned()
        }
        Problem::NotRegistered { all: Some(count) } => {
            format!("there is no register of receipts; for {count} workbooks the dates on their covers stand in")
        }
        Problem::OtherCity { named } => {
            format!("the cover names “{named}”, not this city; workbook not used")
        }
        Problem::NumberAndNameDiffer { no, by_name } => {
            format!("number {no} and the name (which is number {by_name}) differ; neither is used")
        }
        Problem::RegisterLine { reason } => format!("the register of receipts cannot be used in full: {reason}"),
        Problem::RepeatedRowDiffers { first, there, here } => {
            format!("{first} says “{there}”, this row “{here}”; withheld until settled")
        }
        Problem::HiddenTable { sheet } => format!("the hidden sheet “{sheet}” holds a table; not read"),
        Problem::NotRead { name, why: PassedOver::Folder } => {
            format!("“{name}” is a folder; the files in it are not read")
        }
        Problem::NotRead { name, why: PassedOver::Link } => {
            format!("“{name}” is a link that leads elsewhere; not read")
        }
        Problem::NotRead { name, why: PassedOver::Special } => {
            format!("“{name}” is not a plain file; not read")
        }
        Problem::RegisteredButAbsent { name, expected: None } => {
            format!("the register has “{name}”, the folder of submissions has not")
        }
        Problem::RegisteredButAbsent { name, expected: Some(expected) } => format!(
            "the register has “{name}”, the folder of submissions has not, nor any other workbook of the unit; {expected} values expected"
        ),
        Problem::ColumnsDiffer { other, there, here } => {
            format!(
                "two columns have the same heading: “{here}” here, “{there}” in {other}; withheld until settled"
            )
        }
        Problem::OtherPeriod { named, year, is_part: false } => {
            format!("the cover names the period “{named}”, not {year}, which the round judges; workbook not used")
        }
        Problem::OtherPeriod { named, year, is_part: true } => format!(
            "the cover names the period “{named}”, a part of a year; the round judges the whole of {year}; workbook not used"
        ),
        Problem::NoSender { seems } if seems.is_empty() => {
            "no reporting unit (填报单位) found; workbook not used".to_owned()
        }
        Problem::NoSender { seems } => format!(
            "no reporting unit (填报单位) found; workbook not used. The name of the file or of a sheet, or a title, has “{seems}”, which is not taken for it"
        ),
        Problem::VersionUnclear { raw } => {
            format!("version “{raw}” is not a number; its word or the register tells its order among others")
        }
        Problem::DataYearUnclear { raw } => {
            format!("year of the data “{raw}” cannot be read or lies ahead; withheld until settled")
        }
        Problem::UnitsDiffer { taken, other, is_settled: true } => format!("read in “{taken}”, but {other}"),
        Problem::UnitsDiffer { taken, other, is_settled: false } => {
            format!("two units are named, “{taken}” and {other}; withheld until settled")
        }
        Problem::HiddenCells { what } => format!("hidden or filtered out ({what}); what stands there was not read"),
        Problem::MergedValue { area } => format!("the value is merged over several rows ({area}): which row it belongs to cannot be told"),
        Problem::StrayNumber { raw, more, areas } => {
            let count = if *more == 0 { String::new() } else { format!(" and {more} more") };
            format!("number “{raw}”{count} outside the tables ({}), not used", areas_in_words(areas))
        }
        Problem::UnknownHeading { heading, unknown, numbers } => {
            format!("heading “{heading}” is not known (“{}”); {numbers} numbers below it are not read", unknown.join("”, “"))
        }
        Problem::TakenByElimination { heading, unknown, year } => format!(
            "heading “{heading}” has parts that are not known (“{}”); no other column can be the value of {year}, and the numbers are of the plan's size: read as that",
            unknown.join("”, “")
        ),
        Problem::ResultUnclear { year, columns, why } => result_unclear(*year, columns, *why),
        Problem::CopiedColumn { heading, .. } => {
            format!("all values under “{heading}” are the plan's targets or the values of the year before")
        }
        Problem::PartOfYearValue { raw, year } => format!("“{raw}”: not a result of the whole of {year} and of the whole city; not used"),
        Problem::OtherTitle { title, year } => {
            format!("“{title}” says that the table is not about results of the whole of {year} and of the whole city; it is not used")
        }
        Problem::StateColumnUnclear { columns } => {
            format!("no column holds the state of the tasks ({}); no row is used", headed_in_words(columns))
        }
        Problem::OrderUnclear { files, expected } => format!(
            "{} of one unit have the same version, or versions that do not compare, and the register does not tell which came later; none is used, {expected} values in doubt",
            few(files)
        ),
        Problem::OrderAssumed { other, by_en, .. } => {
            format!("same version as “{other}”, or versions that do not compare; taken as the later one by {by_en}")
        }
        Problem::SendersDiffer { here, there, other } => {
            format!("the reporting unit is “{here}” here and “{other}” in {there}; workbook not used")
        }
        Problem::FileNamesAnother { named, taken } => {
            format!("the file's name has “{named}”, the cover “{taken}”; the cover counts")
        }
        Problem::NameInOtherCode { name } => {
            format!("the file's name is not in UTF-8; in GBK it is “{name}”; the file was read")
        }
        Problem::NumberAsText { raw } => format!("“{raw}” is a number stored as text; read as a number"),
        Problem::NotANumber { raw, reason } => format!("“{raw}” is not a number: {reason}"),
        Problem::Approximate { raw } => format!("“{raw}” is approximate and not used as a number"),
        Problem::ErrorCell { raw } => format!("the cell holds the error {raw}"),
        Problem::PercentFormat { raw, value } => {
            format!("cell {raw} has a percent format; read as {value} %")
        }
        Problem::ScaledFormat { raw } => format!("{raw} is stored but shown divided by its format; read as stored"),
        Problem::YearFormat { raw } => format!("the year {raw} stands in a cell with a date format; read as the year {raw}"),
        Problem::MarkAsZero { raw } => format!("“{raw}” means zero by a note on the sheet; read as 0"),
        Problem::ShownOtherwise { raw, shown } if shown.is_empty() => {
            format!("{raw} is stored but nothing is shown; not used")
        }
        Problem::ShownOtherwise { raw, shown } => {
            format!("{raw} is stored but “{shown}” is shown; not used")
        }
        Problem::StruckOut { raw } => format!("“{raw}” is struck out; not used"),
        Problem::ChangeGiven { raw, expected } => {
            format!("“{raw}” is a change in percentage points, not a level (the plan's unit: {expected}); not used")
        }
        Problem::ReadAs { raw, value, .. } => format!("“{raw}” was read as {value}, without what stands beside it"),
        Problem::NotReported { raw: None, has_row: false } => {
            "the workbook has no row for this indicator".to_owned()
        }
        Problem::NotReported { raw: None, has_row: true } => {
            "there is a row for this indicator, but no number of it was used".to_owned()
        }
        Problem::NotReported { raw: Some(raw), .. } if raw.is_empty() => "the cell is empty".to_owned(),
        Problem::NotReported { raw: Some(raw), .. } => {
            format!("“{raw}” may mean zero, none or unknown; taken as not reported")
        }
        Problem::UnitSilent { expected, too_late: false, unused } if unused.is_empty() => {
            format!("no usable workbook received; {expected} values expected")
        }
        Problem::UnitSilent { expected, too_late: false, unused } => {
            format!("{} cannot be used, and no other workbook was received; {expected} values expected", few(unused))
        }
        Problem::UnitSilent { expected, too_late: true, .. } => {
            format!("workbook received after the cut-off and not used; {expected} values expected")
        }
        Problem::Late { received, deadline } => format!("received {received}, deadline {deadline}"),
        Problem::Converted { from, to, operation } => format!("{from} converted to {to} ({operation})"),
        Problem::UnitMismatch { unit, expected } => {
            let expected =
                if expected.is_empty() { "pure number".to_owned() } else { format!("“{expected}”") };
            format!("unit “{unit}” does not convert to the plan's {expected}; not used")
        }
        Problem::ScaleSlip { value, against, factor, slip } => {
            let slip = slip.words(Language::English);
            format!("{value} differs from {against} by about {factor}: {slip} withheld until settled")
        }
        Problem::FarOff { value, against, times, slip } => {
            let times = times.replace('倍', " times").replace('约', "about ");
            let times = if times.is_empty() { "where".to_owned() } else { format!("is {times} of") };
            format!("{value} {times} {against}: {}; withheld until settled", slip.words(Language::English))
        }
        Problem::OtherYearsValue { value, year, taken, by } => {
            let by = by.replace('、', ", ");
            format!("{value} is of {year}; {by} reports {taken}, which is used, and this is not")
        }
        Problem::LargeChange { change, limit } => {
            format!("change on last year {change} exceeds {limit} % without an explanation")
        }
        Problem::EvidenceMissing { lacking } => evidence_missing(lacking),
        Problem::PresenceWithoutEvidence => "reported as present without evidence; withheld".to_owned(),
        Problem::FractionalCount { value } => format!("count {value} is not whole"),
        Problem::ShareOutOfRange { value } => format!("share {value} is outside of what a part of a whole can be"),
        Problem::EarlierYear { year } => format!("value belongs to {year}; shown as lagged"),
        Problem::TaskNotReported => "progress of the task not reported".to_owned(),
        Problem::UnknownTaskState { raw } => format!("“{raw}” is not a state of the form; in doubt"),
        Problem::PartlyReported { raw, usable: true } => {
            format!("left open (“{raw}”) while another unit reports it; that value is used")
        }
        Problem::PartlyReported { raw, usable: false } => {
            format!("left open (“{raw}”); what another unit wrote cannot be used")
        }
        Problem::Negative { value } => format!("{value}: counts and amounts are not negative"),
        Problem::PartExceedsTotal { part, total } => format!("the part {part} exceeds its total {total}"),
        Problem::SumDiffers { total, sum, explanation } => format!("the total {total} differs from the sum of its rows, {sum} {explanation}"),
        Problem::DigitsSwapped { value, past } => format!("{value} is the year before's {past} with two neighbouring digits swapped"),
        Problem::SignFlipped { value, past } => format!("{value} is the year before's {past} with the opposite sign"),
        Problem::Superseded { by } => format!("replaced by {by}; kept, not used"),
        Problem::SourcesDisagree { sides: all } => format!("units disagree: {}", sides(all)),
        Problem::SourcePreferred { unit, sides: all, reason } => {
            format!("units disagree ({}); {unit} taken by decision: {reason}", sides(all))
        }
        Problem::BaselineRestated { year, reported, planned } => {
            format!("{year} reported as {reported}, plan says {planned}; the plan's value is kept")
        }
        Problem::ProseDiffers { prose, table } => format!("prose says {prose}, the table {table}; the table decides"),
        Problem::IncrementsDiffer { parts, base, sum, target } => format!("prose adds {parts} to {base}, which gives {sum}; the table wants {target}"),
        Problem::GrowthDiffersFromLevels { rate, base, implied, target } => format!("growth of {rate} % on {base} leads to {implied}; the table wants {target}"),
        Problem::PartsDiffer { before, after, stated } => format!("numerator and share imply a denominator of {before}, then of {after}; prose adds {stated}"),
        Problem::TiersMixed { assessed, intended } => format!("prose takes the assessed tier for {assessed}, the intended one for {intended}"),
        Problem::WrittenDiffers { prose, table } => format!("the same target is written {prose} in prose, {table} in the table"),
        Problem::DenominatorDiffers { prose, table } => format!("the denominator is “{prose}” in prose, “{table}” in the table"),
        Problem::AlreadyMet { target, past, year } => format!("the value of {year}, {past}, reaches the target {target} already"),
        Problem::LeadDiffers { lead, reporters } => format!("{lead} leads the task, {reporters} reports the figure"),
        Problem::NoBaseline { what } => format!("the plan gives no base for: {what}"),
        Problem::UndefinedWord { word } => format!("“{word}” is not defined"),
        Problem::RepeatedTarget { other } => format!("the same as target {other}, judged once"),
        Problem::Undated => "no year is named; values are shown, not judged".to_owned(),
        Problem::IndexForGrowth { value, target } => format!("{value} against a growth target of {target} % looks like an index with the year before as 100"),
        Problem::NotFinal { vintage } => format!("still {vintage} in the final edition"),
        Problem::GrowthDiffers { reported, derived, row } => format!("growth reported as {reported} %, levels of {row} give {derived} %; withheld until settled"),
        Problem::AdditionsBelowNetChange { reported, net, row } => format!("additions of {reported} are less than the net rise of {row}, {net}"),
        Problem::AdditionsAboveNetChange { numbers, added, net, lost } => {
            format!("additions of {added} reported for {}, but the level changed by {net}: {lost} must have been lost", numbers.replace('、', ", "))
        }
        Problem::EqualsLimit { actual, words } => format!("{actual} equals the limit of “{words}”; 突破 is taken as more than, so not reached"),
        Problem::TaskTargetsMissed { numbers } => format!("reported as done, but {numbers} were missed"),
        Problem::TaskTargetsMet { numbers } => format!("reported as not begun, but {numbers} were reached"),
        Problem::BoundaryCase { actual, target } => {
            format!("actual {actual}, target {target}: rounded comparison would decide otherwise")
        }
    }
}

/// What to do about it.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of finding")]
pub(super) fn remedy(problem: &Problem) -> String {
    match problem {
        Problem::TargetBelowBaseline { .. } => "meeting it is no progress; propose an amendment",
        Problem::ReaderFailed { .. } | Problem::NotAWorkbook { .. } => {
            "open it in Excel or WPS, save as .xlsx without a password, send again"
        }
        Problem::Unreadable { .. } => "let it be read, let nobody work on it, run again",
        Problem::OtherDocument { document } => document.remedy_english(),
        Problem::Wrapped => "have the unit decrypt it with that software and send it again; saving it anew does not help",
        Problem::Archive { .. } => "unpack it and put its workbooks into the folder submissions",
        Problem::ReducedChecks { .. } => "save as .xlsx next time",
        Problem::OtherProgram { .. } | Problem::Superseded { .. } => "nothing to do",
        Problem::FormulaWithoutResult => "open and save once in Excel or WPS, or enter the value",
        Problem::Encrypted => "remove password and protection, save as .xlsx, send again",
        Problem::LimitExceeded { .. } => "delete surplus rows, columns, formats and pictures and save as .xlsx; limits can be widened under [limits] in round.toml",
        Problem::DamagedCell { .. } => "enter the value anew",
        Problem::SheetDamaged { .. } => "open it in Excel or WPS, save as .xlsx, compare the figures, send again",
        Problem::ExternalValue { .. } => "check it and enter the value itself",
        Problem::PictureCell => "enter the value; list the picture as evidence",
        Problem::NotPrintable { .. } => {
            "type plain words or punctuation instead; for a rare character install a font that has it"
        }
        Problem::LinkedWorkbook => "check the linked values; enter values themselves next time",
        Problem::NoTable => "use the form and keep its heading row",
        Problem::CoverFieldMissing { .. } => "fill it in on the cover",
        Problem::UnknownUnit { .. } => "use the plan's name, or add an alias to the plan",
        Problem::UnknownRow { .. } => "use the plan's number and name",
        Problem::NotItsIndicator { .. } => "delete the row, or let the right unit report it",
        Problem::RepeatedRow { .. } | Problem::RepeatedRowDiffers { .. } => "keep one row per indicator",
        Problem::NotRegistered { .. } => "add it to received.csv",
        Problem::OtherCity { .. } => "check which city's folder it belongs to",
        Problem::NumberAndNameDiffer { .. } => "check number and name, send again",
        Problem::RegisterLine { .. } => "mend the line in received.csv",
        Problem::HiddenTable { .. } => "show the sheet if it is meant, else delete it",
        Problem::NotRead { .. } => "put workbooks directly into the folder submissions",
        Problem::RegisteredButAbsent { .. } => "find the file, or mend the register",
        Problem::ColumnsDiffer { .. } => "keep one column for the value of the year",
        Problem::OtherPeriod { .. } => "send the workbook of this year, or mend the cover",
        Problem::NoSender { .. } => "state the reporting unit on a cover that is not hidden",
        Problem::VersionUnclear { .. } => "number versions 1, 2, 3",
        Problem::DataYearUnclear { .. } => "write the year with four digits",
        Problem::UnitsDiffer { .. } => "state the unit in one place only",
        Problem::HiddenCells { .. } => "show it if it is meant to be sent, else delete it",
        Problem::MergedValue { .. } => "unmerge the cells and enter one value a row",
        Problem::StrayNumber { .. } => "delete it, or put it under a heading",
        Problem::UnknownHeading { .. } => "use the words of docs/submissions.md for what is to be read, delete the rest",
        Problem::TakenByElimination { year, .. } => return format!("check it; head the column “{year}年实绩”"),
        Problem::ResultUnclear { why: Unclear::Exchanged, .. } => {
            "give each indicator a row of its own (Paste Special, Transpose)"
        }
        Problem::ResultUnclear { why: Unclear::Hidden, .. } => "show the column, or delete it and head the other one",
        Problem::ResultUnclear { year, .. } => {
            return format!("head the column of results “{year}年实绩”, and say of the others what they hold");
        }
        Problem::CopiedColumn { .. } => "check whether these are results; if so, have it confirmed (waiver)",
        Problem::PartOfYearValue { .. } => "report the result of the whole year and city; if it is one, mend or remove the text quoted",
        Problem::OtherTitle { year, .. } => return format!("check the title; head the column “{year}年实绩”"),
        Problem::StateColumnUnclear { .. } => "head the column of states “进展状态”",
        Problem::OrderUnclear { .. } => "ask which one holds and remove the other, or number the versions, or add the receipts to received.csv",
        Problem::OrderAssumed { .. } => "check which one holds; number the versions, or add the receipts to received.csv",
        Problem::SendersDiffer { .. } => "find out who sent it, and name one unit only",
        Problem::FileNamesAnother { .. } => "check that the file is in the right place and made from the right form",
        Problem::NameInOtherCode { .. } => "nothing to do; the file can be renamed in UTF-8",
        Problem::NumberAsText { .. } => "format the cell as a number and type it again",
        Problem::NotANumber { reason, .. } if reason.starts_with("应填") => {
            "enter 有 or 无, words into the remarks"
        }
        Problem::ShownOtherwise { .. } => "use general format and enter the number; clear the cell if there is none",
        Problem::StruckOut { .. } => "undo the strike-through, or clear the cell",
        Problem::ChangeGiven { .. } => "enter the level, the change into the remarks",
        Problem::ReadAs { .. } => "check the reading; enter nothing but the number",
        Problem::NotANumber { .. } | Problem::Approximate { .. } => {
            "enter the exact number, words into the remarks"
        }
        Problem::ErrorCell { .. } => "mend the formula, or enter the value",
        Problem::PercentFormat { .. } => "enter percentages in general format",
        Problem::ScaledFormat { .. } => "check the value taken; use general format next time",
        Problem::YearFormat { .. } => "use general format",
        Problem::MarkAsZero { .. } => "enter 0 for zero",
        Problem::NotReported { .. } => "report it, or say in the remarks why there is none",
        Problem::UnitSilent { .. } => "remind the unit",
        Problem::Late { .. } => "report in time",
        Problem::Converted { .. } => "check the result; use the plan's unit next time",
        Problem::UnitMismatch { .. } => "report in the plan's unit",
        Problem::ScaleSlip { .. } => "check the unit and send again, or confirm in writing",
        Problem::FarOff { .. } => {
            "check and send again; a value that is right is confirmed in writing and entered in waivers.toml"
        }
        Problem::LargeChange { .. } => "explain, with evidence",
        Problem::EvidenceMissing { .. } | Problem::PresenceWithoutEvidence => {
            "list the document with title and number"
        }
        Problem::FractionalCount { .. } | Problem::ShareOutOfRange { .. } | Problem::Negative { .. } => {
            "check and send again"
        }
        Problem::EarlierYear { .. } => "report again when the year's value is published",
        Problem::TaskNotReported => "report the task",
        Problem::UnknownTaskState { .. } => "choose one of 完成, 推进中, 未启动",
        Problem::PartlyReported { .. } => "report it, or state which unit does",
        Problem::PartExceedsTotal { .. } => "check the total, the part and their units",
        Problem::SumDiffers { .. } => "check the total and its rows",
        Problem::DigitsSwapped { .. } => "check for a typing error",
        Problem::SignFlipped { .. } => "check the sign",
        Problem::SourcesDisagree { .. } => "settle it between the units, or record a decision in round.toml",
        Problem::SourcePreferred { .. } => "nothing to do; the decision is printed",
        Problem::BaselineRestated { .. } => "state the ground; amend the plan if the base changes",
        Problem::ProseDiffers { .. } => "ask the issuing body which of them holds",
        Problem::IncrementsDiffer { .. } => "ask what the additions cover, or amend the target",
        Problem::GrowthDiffersFromLevels { .. } => "ask whether growth or level holds",
        Problem::PartsDiffer { .. } => "compare the definitions of numerator, denominator and share",
        Problem::TiersMixed { .. } => "say which tier when quoting the prose",
        Problem::WrittenDiffers { .. } => "nothing to do; units and digits of the table are used",
        Problem::DenominatorDiffers { .. } => "ask for the definition of the denominator",
        Problem::AlreadyMet { .. } => "propose a higher target",
        Problem::LeadDiffers { .. } => "settle who reports and who answers",
        Problem::NoBaseline { .. } => "add the base, or declare one in round.toml",
        Problem::UndefinedWord { .. } => "declare a meaning in round.toml, or ask for one",
        Problem::RepeatedTarget { .. } => "nothing to do",
        Problem::Undated => "ask for a year",
        Problem::IndexForGrowth { .. } => "report the growth rate in percent, or confirm in writing",
        Problem::NotFinal { .. } => "report the final figure, or say when it comes",
        Problem::GrowthDiffers { .. } => "state the definition (current or constant prices), or correct one of them",
        Problem::AdditionsBelowNetChange { .. } => "check additions and level",
        Problem::AdditionsAboveNetChange { .. } => "check the definitions of additions and level; state what was lost",
        Problem::EqualsLimit { .. } => "nothing to do; noted in the report",
        Problem::TaskTargetsMissed { .. } | Problem::TaskTargetsMet { .. } => "check the progress of the task, or give reasons",
        Problem::OtherYearsValue { .. } => "report the year's value, or state the year of the data",
        Problem::BoundaryCase { .. } => "nothing to do; noted in the report",
    }
    .to_owned()
}

fn suggested(suggestion: Option<&String>) -> String {
    suggestion.map_or_else(String::new, |name| format!("; did you mean “{name}”?"))
}

fn not_printable(characters: &[UnshownCharacter], cells: usize) -> String {
    let list: Vec<String> =
        characters.iter().map(|one| format!("{} ({})", one.points, one.clue.english())).collect();
    let list = list.join(", ");
    if cells == 0 {
        format!("the name of the file has characters that cannot be printed: {list}; the report shows 〓")
    } else {
        format!(
            "{cells} cells have characters that cannot be printed, such as {list}; the report shows 〓 (nothing for control characters), the tables keep them"
        )
    }
}
