//! What is wrong with a workbook as it was sent: who sent it, when, for which period, in which order.

use super::called::DOCUMENT;
use super::kinds::kinds;
use super::lists::{in_chinese, in_english};
use super::{Ground, Lacking, Language, RegisterFault, Severity};
use crate::files::PassedOver;
use crate::period::Period;

kinds! {
    /// What is wrong with a workbook as it was sent: who sent it, when, for which period, in which order.
    ReturnProblem {
        /// L202: the cover lacks fields.
        CoverFieldMissing {
            /// The fields.
            fields: Vec<Lacking>,
        } = "L202", Severity::Warning, "封面缺项";
            chinese: format!("封面没有写明{}", Lacking::all(fields, Language::Chinese));
            remedy: "在封面补填";
            english: format!("the cover does not state {}", Lacking::all(fields, Language::English));
            remedy: "fill it in on the cover";

        /// L203: the unit on the cover is not in the plan.
        UnknownUnit {
            /// Name as written.
            name: String,
            /// The nearest known name.
            suggestion: Option<String>,
        } = "L203", Severity::Error, "单位不明";
            chinese: format!("填报单位“{name}”不在{DOCUMENT}中{}", in_chinese::suggested(suggestion.as_ref()));
            remedy: format!("按{DOCUMENT}中的名称填写，或在{DOCUMENT}中登记别名");
            english: format!("reporting unit “{name}” is not in the plan{}", in_english::suggested(suggestion.as_ref()));
            remedy: "use the plan's name, or add an alias to the plan";

        /// L207: the register of receipts has no entry for the workbook.
        NotRegistered {
            /// How many workbooks are concerned when there is no register at all.
            all: Option<usize>,
        } = "L207", Severity::Warning, "无收件登记";
            chinese: match all {
                None => "收件登记中没有本工作簿，收到时间按封面日期".to_owned(),
                Some(count) => format!("没有收件登记received.csv，{count}个工作簿的收到时间均按封面日期"),
            };
            remedy: "在收件登记received.csv中补记";
            english: match all {
                None => "not in the register of receipts; the date on the cover stands in".to_owned(),
                Some(count) => format!("there is no register of receipts; for {count} workbooks the dates on their covers stand in"),
            };
            remedy: "add it to received.csv";

        /// L208: the cover names another city.
        OtherCity {
            /// City on the cover.
            named: String,
        } = "L208", Severity::Error, "城市不符";
            chinese: format!("封面城市为“{named}”，与所在文件夹不符，本工作簿未采用");
            remedy: "核对工作簿应放入哪个城市的文件夹";
            english: format!("the cover names “{named}”, not this city; workbook not used");
            remedy: "check which city's folder it belongs to";

        /// L210: the register of receipts has a line that cannot be used.
        RegisterLine {
            /// What is wrong with it.
            reason: RegisterFault,
        } = "L210", Severity::Warning, "登记行有误";
            chinese: format!("收件登记不能全部使用：{}", reason.words(Language::Chinese));
            remedy: "改正received.csv中的该行";
            english: format!("the register of receipts cannot be used in full: {}", reason.words(Language::English));
            remedy: "mend the line in received.csv";

        /// L213: a folder, a link or a pipe among the submissions or the evidence was not read.
        NotRead {
            /// Its name.
            name: String,
            /// What it is.
            why: PassedOver,
        } = "L213", Severity::Warning, "未读取";
            chinese: match why {
                PassedOver::Folder => format!("“{name}”是文件夹，其中的文件未读取"),
                PassedOver::Link => format!("“{name}”是指向别处的链接，未读取"),
                PassedOver::Special => format!("“{name}”不是普通文件，未读取"),
            };
            remedy: "把文件直接放入submissions或evidence文件夹";
            english: match why {
                PassedOver::Folder => format!("“{name}” is a folder; the files in it are not read"),
                PassedOver::Link => format!("“{name}” is a link that leads elsewhere; not read"),
                PassedOver::Special => format!("“{name}” is not a plain file; not read"),
            };
            remedy: "put files directly into the folder submissions or evidence";

        /// L214: the register has a workbook that is not among the submissions.
        RegisteredButAbsent {
            /// Its name.
            name: String,
            /// How many values are missing when the unit that the name tells has sent nothing else.
            expected: Option<usize>,
        } = "L214", Severity::Error, "登记无文件";
            chinese: match expected {
                None => format!("收件登记有“{name}”，报送文件夹中没有"),
                Some(expected) => format!("收件登记有“{name}”，报送文件夹中没有，该单位也没有其他工作簿，应报{expected}项按未报列示"),
            };
            remedy: "找回文件，或改正登记";
            english: match expected {
                None => format!("the register has “{name}”, the folder of submissions has not"),
                Some(expected) => format!(
                        "the register has “{name}”, the folder of submissions has not, nor any other workbook of the unit; {expected} values expected"
                    ),
            };
            remedy: "find the file, or mend the register";

        /// L216: the cover names another year, or a part of the year.
        OtherPeriod {
            /// Period on the cover.
            named: String,
            /// What is judged.
            asked: Period,
            /// Whether it is the right year, but only a part of it.
            is_part: bool,
        } = "L216", Severity::Error, "报告期不符";
            chinese: match (asked.is_annual(), is_part) {
                (true, false) => format!("封面报告期为“{named}”，不是本轮评估的{}年，本工作簿未采用", asked.year()),
                (true, true) => format!("封面报告期为“{named}”，只是一年中的一段，本轮评估{}年全年，本工作簿未采用", asked.year()),
                (false, _) => format!("封面报告期为“{named}”，本期是{}（{}），本工作簿未采用", asked.chinese(), asked.months()),
            };
            remedy: match asked.is_annual() {
                true => "报送本年度的工作簿，或改正封面".to_owned(),
                false => format!("报送本期的工作簿，或把封面报告期改为“{}”", asked.chinese()),
            };
            english: match (asked.is_annual(), is_part) {
                (true, false) => format!("the cover names the period “{named}”, not {}, which the round judges; workbook not used", asked.year()),
                (true, true) => format!(
                        "the cover names the period “{named}”, a part of a year; the round judges the whole of {}; workbook not used", asked.year()
                    ),
                (false, _) => format!("the cover names the period “{named}”; the round is of {}; workbook not used", asked.english()),
            };
            remedy: match asked.is_annual() {
                true => "send the workbook of this year, or mend the cover",
                false => "send the workbook of this period, or mend the cover",
            };

        /// L217: the cover does not tell who sent the workbook.
        NoSender {
            /// The unit that the names of file and sheets suggest; empty when they suggest none.
            seems: String,
        } = "L217", Severity::Error, "填报单位不明";
            chinese: if seems.is_empty() { "没有找到填报单位，不知由谁报送，本工作簿未采用".to_owned() } else { format!(
                        "没有找到填报单位，本工作簿未采用；文件、工作表的名称或标题中有“{seems}”，仅供核对，未据以认定"
                    ) };
        remedy: "在封面写明填报单位，封面工作表不要隐藏";
            english: if seems.is_empty() { "no reporting unit (填报单位) found; workbook not used".to_owned() } else { format!(
                        "no reporting unit (填报单位) found; workbook not used. The name of the file or of a sheet, or a title, has “{seems}”, which is not taken for it"
                    ) };
        remedy: "state the reporting unit on a cover that is not hidden";

    /// L218: the version on the cover is not a number.
    VersionUnclear {
        /// Text of the cell.
        raw: String,
    } = "L218", Severity::Warning, "版本不明";
        chinese: format!("版本“{raw}”不是编号，与其他版本的先后按词义（修订、定稿后于第1版）或收件登记确定");
        remedy: "版本填1、2、3";
        english: format!("version “{raw}” is not a number; its word or the register tells its order among others");
        remedy: "number versions 1, 2, 3";

    /// L230: nothing tells which of several workbooks of a unit is the latest; none is used.
    OrderUnclear {
        /// Names of the files.
        files: Vec<String>,
        /// How many values the unit is to report.
        expected: usize,
    } = "L230", Severity::Error, "先后不明";
        chinese: format!(
                        "同一单位报送的{}版本相同或无法比较，收件登记也不能区分先后，均未采用，应报{expected}项待核实",
                        in_chinese::few(files)
                    );
        remedy: "问清以哪一份为准，移走另一份，或在版本栏编号、在received.csv补记收到时间";
        english: format!(
                        "{} of one unit have the same version, or versions that do not compare, and the register does not tell which came later; none is used, {expected} values in doubt",
                        in_english::few(files)
                    );
        remedy: "ask which one holds and remove the other, or number the versions, or add the receipts to received.csv";

    /// L231: which of two workbooks is the later was taken from something weaker than version and register.
    OrderAssumed {
        /// Name of the other file.
        other: String,
        /// What decided.
        by: Ground,
    } = "L231", Severity::Warning, "先后推定";
        chinese: format!("与“{other}”版本相同或无法比较，按{}以本工作簿为后报的一份", by.words(Language::Chinese));
        remedy: "核对以哪一份为准；在版本栏编号，或在received.csv补记收到时间";
        english: format!("same version as “{other}”, or versions that do not compare; taken as the later one by {}", by.words(Language::English));
        remedy: "check which one holds; number the versions, or add the receipts to received.csv";

    /// L232: two places of a workbook name different reporting units.
    SendersDiffer {
        /// What stands here.
        here: String,
        /// The other place.
        there: String,
        /// What stands there.
        other: String,
    } = "L232", Severity::Error, "填报单位不一";
        chinese: format!("此处填报单位为“{here}”，{there}为“{other}”，不能确定由谁报送，本工作簿未采用");
        remedy: "核实填报单位，全册只写一家";
        english: format!("the reporting unit is “{here}” here and “{other}” in {there}; workbook not used");
        remedy: "find out who sent it, and name one unit only";

    /// L233: the name of the file names another unit than its cover.
    FileNamesAnother {
        /// The unit of the file's name.
        named: String,
        /// The unit of the cover, which counts.
        taken: String,
    } = "L233", Severity::Warning, "文件名不符";
        chinese: format!("文件名中是“{named}”，封面填报单位为“{taken}”，按封面");
        remedy: "核对是否放错或误用了他单位的工作簿";
        english: format!("the file's name has “{named}”, the cover “{taken}”; the cover counts");
        remedy: "check that the file is in the right place and made from the right form";

    /// L234: the name of the file is not in UTF-8.
    NameInOtherCode {
        /// The name as it reads in GBK.
        name: String,
    } = "L234", Severity::Note, "文件名编码";
        chinese: format!("文件名不是UTF-8编码，按GBK为“{name}”，已照常读取");
        remedy: "无须处理；可把文件名改为UTF-8编码";
        english: format!("the file's name is not in UTF-8; in GBK it is “{name}”; the file was read");
        remedy: "nothing to do; the file can be renamed in UTF-8";

    /// T701: the workbook was not made from the form that was issued to the unit.
    NoIssuedForm {
        /// The number that it carries and that was not given out.
        number: Option<String>,
    } = "T701", Severity::Note, "非下发模板";
        chinese: match number {
            None => "工作簿上没有下发的模板编号，不是下发的报表，照常读取".to_owned(),
            Some(number) => format!("模板编号“{number}”不在本期下发登记中，不是下发的报表，照常读取"),
        };
        remedy: "请填报单位使用下发的报表";
        english: match number {
            None => "the workbook carries no number of a form that was issued; it is read as usual".to_owned(),
            Some(number) => format!("the number “{number}” is not in the register of issued forms of this period; the workbook is read as usual"),
        };
        remedy: "ask the unit to use the form that was issued";

    /// T702: the workbook was made from an older edition of the form.
    OldForm {
        /// The edition it was made from.
        edition: u32,
        /// The last one that was issued to the unit.
        last: u32,
        /// Numbers of the rows that differ between the two; `None` where one of the files is not at hand.
        rows: Option<Vec<String>>,
    } = "T702", Severity::Warning, "旧版模板";
        chinese: {
            let differ = match rows {
                None => String::new(),
                Some(rows) if rows.is_empty() => "；两版各行相同".to_owned(),
                Some(rows) => format!("；两版不同的行：{}", rows.join("、")),
            };
            format!("用的是第{edition}版报表，已下发第{last}版{differ}；数值照常采用")
        };
        remedy: "核对两版的差别；有指标或口径变动的，请填报单位改用新版重报";
        english: {
            let differ = match rows {
                None => String::new(),
                Some(rows) if rows.is_empty() => ", with the same rows".to_owned(),
                Some(rows) => format!(", which differs in the rows {}", rows.join(", ")),
            };
            format!("made from edition {edition} of the form, while edition {last} was issued{differ}; its values are used")
        };
        remedy: "compare the two editions; where rows or definitions differ, ask for the new one";

    /// T708: the workbook was made from the form of another unit.
    FormOfAnother {
        /// The unit to which the form was issued.
        form: String,
        /// The unit on the cover.
        cover: String,
    } = "T708", Severity::Error, "模板单位不符";
        chinese: format!("用的是“{form}”的报表，封面填报单位为“{cover}”，本工作簿未采用");
        remedy: "核实由谁报送，用下发给本单位的报表重报";
        english: format!("made from the form that was issued to “{form}”, while the cover names “{cover}”; workbook not used");
        remedy: "find out who sent it, and ask for the form that was issued to that unit";

    /// Q808: a register to which only this program adds lines is not what it wrote.
    RegisterBroken {
        /// Which one.
        which: BrokenRegister,
        /// The first line that does not fit, and why, in both languages.
        fault: String,
    } = "Q808", Severity::Error, "登记链断裂";
        chinese: {
            let (name, what) = which.chinese();
            format!("{name}登记{}，{what}", told_fault(fault, Language::Chinese))
        };
        remedy: format!("从备份恢复{}；登记簿只由程序添行", which.file());
        english: {
            let (name, what) = which.english();
            format!("the register of {name}: {}; {what}", told_fault(fault, Language::English))
        };
        remedy: format!("restore {} from a backup; only this program adds to it", which.file());
}
}

/// A register that is not what the program wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenRegister {
    /// That of the forms that were issued.
    Issued,
    /// That of queries.
    Queries,
}

impl BrokenRegister {
    fn file(self) -> &'static str {
        match self {
            Self::Issued => "issued.csv",
            Self::Queries => "queries.csv",
        }
    }

    /// What it holds, and what comes of its fault.
    fn chinese(self) -> (&'static str, &'static str) {
        match self {
            Self::Issued => ("下发", "各工作簿不与下发的报表核对，照常读取"),
            Self::Queries => ("查询", "各工作簿中的查询单按一般工作表读取，答复不作处理"),
        }
    }

    fn english(self) -> (&'static str, &'static str) {
        match self {
            Self::Issued => ("issued forms", "workbooks are read as usual and not held against the forms"),
            Self::Queries => ("queries", "sheets of queries are read as any other, and no answer counts"),
        }
    }
}

/// A line of a register with what is wrong, in one of the two languages in which it is told.
fn told_fault(fault: &str, language: Language) -> String {
    let (line, what) = fault.split_once(" (line ").unwrap_or((fault, ""));
    let (number, what) = what.split_once("): ").unwrap_or(("1", what));
    let (chinese, english) = what.rsplit_once(" (").unwrap_or((what, what));
    match language {
        Language::Chinese => format!("{line}：{chinese}"),
        Language::English => format!("line {number}: {}", english.trim_end_matches(')')),
    }
}
