//! What a cell holds in the place of a plain number.

use rust_decimal::Decimal;

use super::called::DOCUMENT;
use super::kinds::kinds;
use super::{Aside, Language, NumberFault, Severity};
use crate::rounding::plain;

kinds! {
    /// What a cell holds in the place of a plain number.
    NumberProblem {
        /// N301: a number was stored as text.
        NumberAsText {
            /// Raw text.
            raw: String,
        } = "N301", Severity::Warning, "文本型数字";
            chinese: format!("“{raw}”是文本型数字，已按数值读取");
            remedy: "把单元格格式改为数值后重新输入";
            english: format!("“{raw}” is a number stored as text; read as a number");
            remedy: "format the cell as a number and type it again";

        /// N302: the cell holds no number.
        NotANumber {
            /// Raw text.
            raw: String,
            /// What disturbs.
            reason: NumberFault,
        } = "N302", Severity::Error, "不是数值";
            chinese: format!("“{raw}”不是可识别的数值：{}", reason.words(Language::Chinese));
            remedy: if *reason == NumberFault::NotPresence { "只填“有”或“无”，文字放入说明栏" } else { "填写准确数值，文字放入说明栏" };
            english: format!("“{raw}” is not a number: {}", reason.words(Language::English));
            remedy: if *reason == NumberFault::NotPresence { "enter 有 or 无, words into the remarks" } else { "enter the exact number, words into the remarks" };

        /// N303: an approximate value.
        Approximate {
            /// Raw text.
            raw: String,
        } = "N303", Severity::Error, "约数";
            chinese: format!("“{raw}”是约数，不能作为数值");
            remedy: "填写准确数值，文字放入说明栏";
            english: format!("“{raw}” is approximate and not used as a number");
            remedy: "enter the exact number, words into the remarks";

        /// N304: the cell holds an error of the spreadsheet.
        ErrorCell {
            /// `#REF!` and the like.
            raw: String,
        } = "N304", Severity::Error, "错误值";
            chinese: format!("单元格为错误值{raw}");
            remedy: "改正公式，或改填数值";
            english: format!("the cell holds the error {raw}");
            remedy: "mend the formula, or enter the value";

        /// N305: a percent format of the number was taken into account.
        PercentFormat {
            /// Raw text.
            raw: String,
            /// The value in percent.
            value: Decimal,
        } = "N305", Severity::Warning, "百分比格式";
            chinese: format!("单元格{raw}为百分比格式，按{}%读取", plain(*value));
            remedy: "单位为%的指标请用常规格式填百分数";
            english: format!("cell {raw} has a percent format; read as {} %", plain(*value));
            remedy: "enter percentages in general format";

        /// N306: a number is shown divided, by its format; the stored one was taken.
        ScaledFormat {
            /// Raw text.
            raw: String,
        } = "N306", Severity::Warning, "缩放格式";
            chinese: format!("单元格存储的是{raw}，其格式把它显示为千、万等的倍数；按存储的数读取");
            remedy: "核对采用的数；下次用常规格式";
            english: format!("{raw} is stored but shown divided by its format; read as stored");
            remedy: "check the value taken; use general format next time";

        /// N307: a year was typed into a cell with a date format.
        YearFormat {
            /// Raw text.
            raw: String,
        } = "N307", Severity::Warning, "年份格式";
            chinese: format!("年份{raw}填在日期格式的单元格中，按{raw}年读取");
            remedy: "把单元格格式改为常规";
            english: format!("the year {raw} stands in a cell with a date format; read as the year {raw}");
            remedy: "use general format";

        /// N308: a mark that a note on the sheet explains as zero.
        MarkAsZero {
            /// Raw text.
            raw: String,
        } = "N308", Severity::Warning, "符号表示零";
            chinese: format!("按表中说明，“{raw}”表示零，按0读取");
            remedy: "数值为零的直接填0";
            english: format!("“{raw}” means zero by a note on the sheet; read as 0");
            remedy: "enter 0 for zero";

        /// N309: a number is stored and something else, or nothing, is seen.
        ShownOtherwise {
            /// The stored number.
            raw: String,
            /// What is seen; empty when nothing is.
            shown: String,
        } = "N309", Severity::Error, "显示与存储不同";
            chinese: if shown.is_empty() { format!("单元格存储的是{raw}，但显示为空白，不能确定要填的是哪一个，未采用") } else { format!("单元格存储的是{raw}，但显示为“{shown}”，不能确定要填的是哪一个，未采用") };
            remedy: "把单元格格式改为常规后填写数值；没有数据的清空单元格";
            english: if shown.is_empty() { format!("{raw} is stored but nothing is shown; not used") } else { format!("{raw} is stored but “{shown}” is shown; not used") };
            remedy: "use general format and enter the number; clear the cell if there is none";

        /// N310: the cell is struck out.
        StruckOut {
            /// Raw text.
            raw: String,
        } = "N310", Severity::Error, "已划去";
            chinese: format!("“{raw}”整格加了删除线，不能确定是否作废，未采用");
            remedy: "数值有效的取消删除线，作废的清空单元格";
            english: format!("“{raw}” is struck out; not used");
            remedy: "undo the strike-through, or clear the cell";

        /// N311: a change in percentage points stands where a level is asked for.
        ChangeGiven {
            /// The value with its unit.
            raw: String,
            /// Unit of the plan.
            expected: String,
        } = "N311", Severity::Error, "填了增减";
            chinese: { let expected = if expected.is_empty() { "无量纲" } else { expected };
                format!("“{raw}”是增减的百分点，不是指标本身的数（{DOCUMENT}单位为{expected}），未采用") };
            remedy: "填写指标本身的数，增减放入说明栏";
            english: format!("“{raw}” is a change in percentage points, not a level (the plan's unit: {expected}); not used");
            remedy: "enter the level, the change into the remarks";

        /// N312: a number was read without what stands beside it.
        ReadAs {
            /// Raw text.
            raw: String,
            /// What was read, as written.
            value: String,
            /// What was left aside.
            what: Aside,
        } = "N312", Severity::Warning, "数旁文字未计";
            chinese: format!("“{raw}”按{value}读取，未计{}", what.words(Language::Chinese));
            remedy: "核对读取结果；单元格内只填数值";
            english: format!("“{raw}” was read as {value}, without {}", what.words(Language::English));
            remedy: "check the reading; enter nothing but the number";

        /// N313: a conditional format that cannot be decided may show something else.
        MayBeShownOtherwise {
            /// Raw text.
            raw: String,
        } = "N313", Severity::Warning, "显示可能不同";
            chinese: format!("单元格存储的是“{raw}”，条件格式可能使它隐去、划去或显示为别的数，其条件不能判定；按存储的读取");
            remedy: "打开工作簿核对所见是否为该数；报送时清除条件格式";
            english: format!("“{raw}” is stored; a conditional format whose condition cannot be decided may hide it, strike it out or show another number; read as stored");
            remedy: "open the workbook and compare what is seen; clear conditional formats before sending";
    }
}
