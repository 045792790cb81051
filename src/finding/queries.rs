//! What is wrong with answers to queries, and with the register of queries.

use chrono::NaiveDate;

use super::kinds::kinds;
use super::{Language, Severity, UnitAnswer};

kinds! {
    /// What is wrong with answers to queries (查询).
    QueryProblem {
        /// Q801: queries to a unit are not answered, and the day is over.
        Overdue {
            /// The number of the query workbook.
            query: String,
            /// The queries on it that are not answered.
            items: Vec<u32>,
            /// The day by which they were to be answered.
            answer_by: NaiveDate,
        } = "Q801", Severity::Warning, "查询逾期未答";
            chinese: format!("查询单{query}第{}条应在{answer_by}前答复，逾期未答", listed(items));
            remedy: "催请答复；所查的数在答复前照旧处理";
            english: format!("queries {} of {query} were to be answered by {answer_by} and are not", listed(items));
            remedy: "urge the unit; what was asked about stays as it is told";

        /// Q802: what a unit chose as its answer contradicts the cell that was asked about.
        AnswerContradicts {
            /// The number of the query workbook.
            query: String,
            /// The query on it.
            item: u32,
            /// Whether the cell was changed, and not told as corrected; else it was told as corrected, and not changed.
            is_changed: bool,
        } = "Q802", Severity::Error, "答复与原格不符";
            chinese: match is_changed {
                true => format!("查询单{query}第{item}条：原格已改，而未选“更正”，以哪个数为准不明，答复未采用"),
                false => format!("查询单{query}第{item}条：选了“更正”，而原格未改，答复未采用"),
            };
            remedy: "请填报单位改正答复或原格，重新发回";
            english: match is_changed {
                true => format!("query {item} of {query}: the cell was changed and not told as corrected, so it is not known which number holds; the answer is not taken"),
                false => format!("query {item} of {query}: told as corrected, and the cell is what it was; the answer is not taken"),
            };
            remedy: "the unit mends the answer or the cell and sends it again";

        /// Q803: an answer lacks its reason, or the evidence of a confirmation.
        NoReason {
            /// The number of the query workbook.
            query: String,
            /// The query on it.
            item: u32,
        } = "Q803", Severity::Warning, "答复缺理由";
            chinese: format!("查询单{query}第{item}条的答复没有写明理由，或者确认而没有注明佐证材料，未采用");
            remedy: "请填报单位补写，重新发回";
            english: format!("the answer to query {item} of {query} lacks its reason, or a confirmation its evidence; it is not taken");
            remedy: "the unit adds it and sends the workbook again";

        /// Q804: an answer changed a cell that nobody asked about.
        ChangedElsewhere {
            /// The number of the query workbook.
            query: String,
            /// The text before.
            was: String,
            /// The text now.
            now: String,
            /// What the unit says of other changes (其他改动); empty for nothing.
            said: String,
        } = "Q804", Severity::Warning, "未查询处改动";
            chinese: {
                let said = if said.is_empty() { "单位未作说明".to_owned() } else { format!("单位所写其他改动：{said}") };
                let (was, now) = (quoted(was, Language::Chinese), quoted(now, Language::Chinese));
                format!("答复查询单{query}时改动了没有查询的格，原为{was}，现为{now}，按现数采用；{said}")
            };
            remedy: "核对改动是否有据";
            english: {
                let said = if said.is_empty() { "the unit does not say why".to_owned() } else { format!("the unit says of other changes: {said}") };
                let (was, now) = (quoted(was, Language::English), quoted(now, Language::English));
                format!("with the answer to {query} a cell was changed that nobody asked about, from {was} to {now}, which is used; {said}")
            };
            remedy: "check that there is a reason for it";

        /// Q805: the sheet of a query is not what was sent.
        SheetAltered {
            /// The number of the query workbook.
            query: String,
            /// The query on it; `None` for the whole sheet.
            item: Option<u32>,
            /// How.
            how: AlteredSheet,
        } = "Q805", Severity::Warning, "查询单被改动";
            chinese: how.chinese(query, *item);
            remedy: "以登记的查询为准；请填报单位用下发的查询单答复，重新发回";
            english: how.english(query, *item);
            remedy: "the register holds; the unit answers on the sheet that was sent, and sends it again";

        /// Q806: the cell holds another text than the one that its unit confirmed.
        ConfirmationLapsed {
            /// What was confirmed.
            answer: Box<UnitAnswer>,
            /// The text that was confirmed.
            was: String,
        } = "Q806", Severity::Warning, "确认已失效";
            chinese: format!("{}确认的是{}，现在填的是另一个数，确认已失效", answer.place(), quoted(was, Language::Chinese));
            remedy: "对现在的数重新查询";
            english: format!("query {} of {} was answered for {}; another text stands there now, and the answer has lapsed", answer.item, answer.query, quoted(was, Language::English));
            remedy: "ask about what stands there now";

        /// Q807: answers that hold have not been received.
        NotReceived {
            /// The number of the query workbook.
            query: String,
            /// The queries on it that are answered.
            items: Vec<u32>,
        } = "Q807", Severity::Warning, "答复未登记";
            chinese: format!("查询单{query}第{}条已答复，尚未登记：答复不起作用，未查询处有无改动也未核对", listed(items));
            remedy: "运行duibiao query receive登记答复，再重新运行";
            english: format!("queries {} of {query} are answered and not received: the answers have no effect, and whether other cells were changed is not known", listed(items));
            remedy: "run duibiao query receive, then run again";
    }
}

/// How the sheet of a query differs from what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlteredSheet {
    /// It was taken out, or its headings are gone.
    Gone,
    /// It has a question that was not asked.
    StrangeItem,
    /// A question is not there any more.
    RowGone,
    /// The words of a question are others.
    OtherQuestion,
    /// Something was chosen that is not among the choices.
    UnknownChoice(String),
}

impl AlteredSheet {
    fn chinese(&self, query: &str, item: Option<u32>) -> String {
        let item = item.unwrap_or_default();
        match self {
            Self::Gone => format!("查询单{query}已被删除，按重报处理"),
            Self::StrangeItem => format!("查询单{query}中第{item}条没有问过，不作处理"),
            Self::RowGone => format!("查询单{query}第{item}条不在表中，没有答复"),
            Self::OtherQuestion => format!("查询单{query}第{item}条的问题被改动，答复未采用"),
            Self::UnknownChoice(choice) => {
                format!("查询单{query}第{item}条的答复“{choice}”不在可选之列，未采用")
            }
        }
    }

    fn english(&self, query: &str, item: Option<u32>) -> String {
        let item = item.unwrap_or_default();
        match self {
            Self::Gone => format!("the sheet of {query} was taken out; the workbook counts as sent anew"),
            Self::StrangeItem => format!("query {item} on {query} was never asked; nothing is done about it"),
            Self::RowGone => {
                format!("query {item} of {query} is not on the sheet any more, and not answered")
            }
            Self::OtherQuestion => {
                format!("the question of query {item} of {query} was altered; the answer is not taken")
            }
            Self::UnknownChoice(choice) => format!(
                "the answer “{choice}” to query {item} of {query} is not among the choices; it is not taken"
            ),
        }
    }
}

/// `1、3`.
fn listed(items: &[u32]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

/// A text as it is quoted; a blank one is named.
fn quoted(text: &str, language: Language) -> String {
    match (text.is_empty(), language) {
        (false, _) => format!("“{text}”"),
        (true, Language::Chinese) => "空白".to_owned(),
        (true, Language::English) => "a blank".to_owned(),
    }
}
