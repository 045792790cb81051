//! The words of a sheet 查询单 by which it is known again and read.

/// What stands before the number on the sheet.
pub const NUMBER_LABEL: &str = "查询单编号：";
/// The property that holds the number of the query workbook.
pub const NUMBER_PROPERTY: &str = "对标查询单";
/// Headings of the sheet that are read again.
pub const ITEM_HEAD: &str = "序";
/// What is wrong.
pub const PROBLEM_HEAD: &str = "问题";
/// What the unit chooses.
pub const ANSWER_HEAD: &str = "答复";
/// Why.
pub const REASON_HEAD: &str = "理由和依据";
/// By which evidence.
pub const EVIDENCE_HEAD: &str = "佐证材料";
/// What stands over the column of new values where the sheet goes alone.
pub const NEW_VALUE_HEAD: &str = "更正值";
/// The label of other changes, below the questions.
pub const OTHER_LABEL: &str = "其他改动";
/// The label of who answers.
pub const BY_LABEL: &str = "答复人";
/// What a unit may answer.
pub const CHOICES: [&str; 3] = ["更正", "确认无误", "无法提供"];
