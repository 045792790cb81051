//! What was altered of a form that came back, held against the very file that was issued.

use super::kinds::kinds;
use super::{Language, Severity};

kinds! {
    /// What was altered of a form (模板) that came back.
    FormProblem {
        /// T703: rows of the form are not there any more.
        RowsGone {
            /// The sheet on which they stood.
            sheet: String,
            /// Whether the whole sheet is gone.
            is_sheet: bool,
            /// Their numbers.
            numbers: Vec<String>,
        } = "T703", Severity::Warning, "模板行缺失";
            chinese: match is_sheet {
                true => format!("下发的“{sheet}”表整张不在，其中{}项按未报处理：第{}项", numbers.len(), some(numbers)),
                false => format!("下发的第{}项整行不在，{}项按未报处理", some(numbers), numbers.len()),
            };
            remedy: "请填报单位补回该行重新报送；确无数据的在该行说明栏写明原因，不要删行";
            english: match is_sheet {
                true => format!("the sheet “{sheet}” of the form is gone; its {} rows count as not reported: {}", numbers.len(), some(numbers)),
                false => format!("{} rows of the form are gone and count as not reported: {}", numbers.len(), some(numbers)),
            };
            remedy: "the unit puts the rows back and sends it again; where there is no value the remark of the row says why";

        /// T704: a heading of the form was replaced.
        HeadingChanged {
            /// The heading as it was issued.
            was: String,
            /// What stands there now; `None` where it is not known where it stood.
            now: Option<String>,
            /// Whether the column is read as it was issued.
            is_read: bool,
            /// How many rows the table has.
            rows: usize,
        } = "T704", Severity::Warning, "表头被改";
            chinese: {
                let now = now.as_ref().map_or_else(|| "已不在原处".to_owned(), |now| format!("现为{}", quoted(now, Language::Chinese)));
                match is_read {
                    true => format!("表头原为“{was}”，{now}；其余表头未动，仍按原表头读取"),
                    false => format!("表头原为“{was}”，{now}；不能确定是哪一栏，只按现有的表头读取，涉及{rows}行"),
                }
            };
            remedy: "请填报单位用下发的表头重新报送";
            english: {
                let now = now.as_ref().map_or_else(|| "is not there any more".to_owned(), |now| format!("is now {}", quoted(now, Language::English)));
                match is_read {
                    true => format!("the heading “{was}” {now}; the others stand as they were issued, and the column is read as it was"),
                    false => format!("the heading “{was}” {now}; which column it is cannot be told, and the table is read by the headings that it has; {rows} rows are concerned"),
                }
            };
            remedy: "the unit sends it again under the headings of the form";

        /// T705: what the form says of a row was altered.
        GivenChanged {
            /// The heading that it stands under.
            what: String,
            /// The text as it was issued.
            was: String,
            /// What stands there now.
            now: String,
            /// Whether it is the name of the row, which is then not used.
            is_name: bool,
        } = "T705", Severity::Warning, "锁定内容被改";
            chinese: {
                let (was, now) = (quoted(was, Language::Chinese), quoted(now, Language::Chinese));
                let then = if *is_name { "；名称不同，可能不是同一项，该行未采用" } else { "" };
                format!("“{what}”栏原为{was}，现为{now}{then}")
            };
            remedy: "请填报单位恢复下发的内容重新报送；确应更改的，由评估单位修改方案后下发新版";
            english: {
                let (was, now) = (quoted(was, Language::English), quoted(now, Language::English));
                let then = if *is_name { "; another name may mean another thing, and the row is not used" } else { "" };
                format!("under “{what}” the form says {was}, and now {now} stands there{then}")
            };
            remedy: "the unit restores what was issued and sends it again";

        /// T706: rows or columns were moved or added.
        Moved {
            /// Whether those of the form stand in another order.
            is_moved: bool,
            /// Rows that the form does not have.
            rows: usize,
            /// Columns that it does not have.
            columns: usize,
        } = "T706", Severity::Note, "增加或移动的行列";
            chinese: {
                let moved = is_moved.then(|| "行列的先后与下发的不同".to_owned());
                let rows = (*rows > 0).then(|| format!("增加了{rows}行"));
                let columns = (*columns > 0).then(|| format!("增加了{columns}栏"));
                let parts: Vec<String> = [moved, rows, columns].into_iter().flatten().collect();
                format!("{}；按名称和表头读取，不受影响", parts.join("，"))
            };
            remedy: "无须处理";
            english: {
                let moved = is_moved.then(|| "rows or columns stand in another order".to_owned());
                let rows = (*rows > 0).then(|| format!("{rows} rows were added"));
                let columns = (*columns > 0).then(|| format!("{columns} columns were added"));
                let parts: Vec<String> = [moved, rows, columns].into_iter().flatten().collect();
                format!("{}; read by names and headings all the same", parts.join(", "))
            };
            remedy: "nothing to do";

        /// T707: formulas that check rows were overwritten.
        ChecksOverwritten {
            /// How many.
            count: usize,
        } = "T707", Severity::Note, "自查公式被覆盖";
            chinese: format!("“自查”栏有{count}个公式被覆盖；自查只供填报单位使用，不影响读取");
            remedy: "无须处理";
            english: format!("{count} formulas of the column 自查 were overwritten; they serve the clerk, and nothing is read of them");
            remedy: "nothing to do";

        /// T710: a workbook without a number was known to be a form by what stands in it.
        KnownByContent {
            /// The number of the form.
            number: String,
        } = "T710", Severity::Note, "按内容认作下发模板";
            chinese: format!("没有模板编号，按内容认作下发的报表{number}");
            remedy: "无须处理";
            english: format!("there is no number of a form; by its rows it was taken for the form {number}");
            remedy: "nothing to do";
    }
}

/// Numbers, the first of very many.
fn some(numbers: &[String]) -> String {
    const MOST: usize = 30;
    let more = if numbers.len() > MOST { "…" } else { "" };
    format!("{}{more}", numbers.iter().take(MOST).cloned().collect::<Vec<_>>().join("、"))
}

/// A text in quotes, of a long one the beginning; a blank is named.
fn quoted(text: &str, language: Language) -> String {
    const LONGEST: usize = 40;
    if text.is_empty() {
        return match language {
            Language::Chinese => "空白".to_owned(),
            Language::English => "a blank".to_owned(),
        };
    }
    let begin: String = text.chars().take(LONGEST).collect();
    let more = if begin.len() < text.len() { "…" } else { "" };
    format!("“{begin}{more}”")
}
