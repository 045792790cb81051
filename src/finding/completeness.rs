//! What is missing, late, or without evidence.

use chrono::{NaiveDate, NaiveDateTime};

use super::called::DOCUMENT;
use super::kinds::kinds;
use super::lists::{in_chinese, in_english};
use super::{Early, Language, Severity, UnitAnswer};

kinds! {
    /// What is missing, late, or without evidence.
    CompletenessProblem {
        /// V401: an expected value is missing.
        NotReported {
            /// Raw text of the cell; `None` when the workbook has no such row, or no column of results.
            raw: Option<String>,
            /// Whether there is such a row, and it is the column that is missing.
            has_row: bool,
            /// Why there is none, as the unit says; empty when it says nothing.
            why: String,
            /// The name of the indicator, and that of a row that is like it and is none of the plan's.
            like: Option<(String, String)>,
            /// What the unit answered when it was asked (无法提供).
            cannot: Option<Box<UnitAnswer>>,
        } = "V401", if why.is_empty() && cannot.is_none() { Severity::Error } else { Severity::Warning }, "指标未报";
            chinese: match (raw, has_row) {
                _ if let Some(answer) = cannot => {
                    format!("未填报，单位答复无法提供：{}（{}）", answer.ground(), answer.place())
                }
                (None, _) if let Some((_, row)) = like => {
                    format!("工作簿中没有本指标一行；有一行名称相近，为“{row}”，没有采用，本指标按未报处理")
                }
                _ if !why.is_empty() => format!("未填报，说明“{why}”"),
                (None, false) => "工作簿中没有本指标一行，未填报".to_owned(),
                (None, true) => "有本指标一行，但其中的数没有采用，未填报".to_owned(),
                (Some(raw), _) if raw.is_empty() => "单元格为空，未填报".to_owned(),
                (Some(raw), _) => format!("单元格为“{raw}”，未说明是零、无此项还是未报，按未报处理"),
            };
            remedy: match like {
                Some((name, row)) => format!("“{row}”如即本指标，按{DOCUMENT}改行名为“{name}”重新报送；如不是，补报本指标"),
                None if why.is_empty() && cannot.is_none() => "补报；确无数据的在说明栏写明原因".to_owned(),
                None => "有数后补报".to_owned(),
            };
            english: match (raw, has_row) {
                _ if let Some(answer) = cannot => {
                    format!("nothing reported; asked, the unit says that it cannot provide it: {} ({}, {})", answer.ground(), answer.query, answer.item)
                }
                (None, _) if let Some((_, row)) = like => {
                    format!("the workbook has no row for this indicator; the row “{row}” has a name like it and was not used")
                }
                _ if !why.is_empty() => format!("nothing reported; the unit says “{why}”"),
                (None, false) => "the workbook has no row for this indicator".to_owned(),
                (None, true) => "there is a row for this indicator, but no number of it was used".to_owned(),
                (Some(raw), _) if raw.is_empty() => "the cell is empty".to_owned(),
                (Some(raw), _) => format!("“{raw}” may mean zero, none or unknown; taken as not reported"),
            };
            remedy: match like {
                Some((name, row)) => format!("if “{row}” is this indicator, name the row “{name}” and send it again; if not, report it"),
                None => "report it, or say in the remarks why there is none".to_owned(),
            };

        /// V402: a unit sent no usable workbook.
        UnitSilent {
            /// Number of indicators and tasks expected from it.
            expected: usize,
            /// Whether one came after the cut-off.
            too_late: bool,
            /// Names of workbooks that seem to be the unit's and could not be used; other findings say why.
            unused: Vec<String>,
        } = "V402", Severity::Error, "单位未报";
            chinese: match too_late {
                false if unused.is_empty() => format!("截止时未收到可用的工作簿，应报{expected}项"),
                false => format!("收到的{}不能使用，此外未收到工作簿，应报{expected}项", in_chinese::few(unused)),
                true => format!("工作簿在数据截止日之后收到，未采用，应报{expected}项"),
            };
            remedy: "催报";
            english: match too_late {
                false if unused.is_empty() => format!("no usable workbook received; {expected} values expected"),
                false => format!("{} cannot be used, and no other workbook was received; {expected} values expected", in_english::few(unused)),
                true => format!("workbook received after the cut-off and not used; {expected} values expected"),
            };
            remedy: "remind the unit";

        /// V403: received after the deadline.
        Late {
            /// Time of receipt.
            received: NaiveDateTime,
            /// The deadline.
            deadline: NaiveDate,
        } = "V403", Severity::Warning, "逾期报送";
            chinese: format!("{}收到，报送期限为{deadline}", received.format("%Y-%m-%d %H:%M"));
            remedy: "按时报送";
            english: format!("received {}, deadline {deadline}", received.format("%Y-%m-%d %H:%M"));
            remedy: "report in time";

        /// V408: values or tasks refer to evidence that is not listed, or to none.
        EvidenceMissing {
            /// Numbers of the indicators, or labels of the tasks, each with the references that are not listed; none when it refers to
            /// no evidence at all.
            lacking: Vec<(String, Vec<String>)>,
        } = "V408", Severity::Warning, "缺佐证";
            chinese: in_chinese::evidence_missing(lacking);
            remedy: "在佐证清单中补列材料名称和文号";
            english: in_english::evidence_missing(lacking);
            remedy: "list the document with title and number";

        /// V409: a qualitative indicator is reported as present without evidence.
        PresenceWithoutEvidence = "V409", Severity::Error, "定性缺佐证";
            chinese: "填“有”，未附文件或名册，核实前不下结论";
            remedy: "在佐证清单中补列材料名称和文号";
            english: "reported as present without evidence; withheld";
            remedy: "list the document with title and number";

        /// V412: the value belongs to an earlier year.
        EarlierYear {
            /// The year of the data.
            year: i32,
        } = "V412", Severity::Note, "数据滞后";
            chinese: format!("所填为{year}年数，不是本轮评估年度的数，按数据滞后列示");
            remedy: "当年数已有的补报，尚未产生的待公布后补报，编发终版时更新";
            english: format!("value belongs to {year}; shown as lagged");
            remedy: "report the year's value now, or as soon as it is published";

        /// V413: a task was not reported.
        TaskNotReported = "V413", Severity::Warning, "任务未报";
            chinese: "任务进展未填报";
            remedy: "补报任务进展";
            english: "progress of the task not reported";
            remedy: "report the task";

        /// V414: the state of a task is not one of the words of the form.
        UnknownTaskState {
            /// Raw text.
            raw: String,
        } = "V414", Severity::Warning, "状态不明";
            chinese: format!("进展状态“{raw}”不是“完成”“推进中”“未启动”之一，按待核实列示");
            remedy: "从“完成”“推进中”“未启动”中选填";
            english: format!("“{raw}” is not a state of the form; in doubt");
            remedy: "choose one of 完成, 推进中, 未启动";

        /// V415: one of several units left an indicator open that another one reported.
        PartlyReported {
            /// Raw text of the cell.
            raw: String,
            /// Whether what the other unit reported can be used.
            usable: bool,
        } = "V415", Severity::Warning, "部分未报";
            chinese: { let here = if raw.is_empty() { "单元格为空".to_owned() } else { format!("单元格为“{raw}”") };
                let there = if *usable { "另有单位已报，采用已报数" } else { "另有单位已填，但所填不能采用" };
                format!("{here}，{there}") };
            remedy: "补报，或书面说明由哪家单位填报";
            english: match usable {
                true => format!("left open (“{raw}”) while another unit reports it; that value is used"),
                false => format!("left open (“{raw}”); what another unit wrote cannot be used"),
            };
            remedy: "report it, or state which unit does";

        /// V422: an estimate or a flash figure in the final edition.
        NotFinal {
            /// How final it is.
            vintage: Early,
        } = "V422", Severity::Warning, "非最终数";
            chinese: format!("终版仍为{}数", vintage.words(Language::Chinese));
            remedy: "改报最终数，或说明何时公布";
            english: format!("still {} in the final edition", vintage.words(Language::English));
            remedy: "report the final figure, or say when it comes";
    }
}
