//! What several workbooks, units or figures say differently of one matter.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::compared::valued;
use super::kinds::kinds;
use super::lists::{in_chinese, in_english};
use super::receipts::later;
use super::told::listed;
use super::{Language, Severity, Side, WorkbookVersion};
use crate::ident::{IndicatorNo, UnitName};
use crate::quantity::Value;
use crate::rounding::{fixed, plain};

kinds! {
    /// What several workbooks, units or figures say differently of one matter.
    SourceProblem {
        /// C501: a later workbook of the same unit replaces this one.
        Superseded {
            /// Version that counts.
            edition: WorkbookVersion,
            /// When it was received, where that is known.
            received: Option<NaiveDateTime>,
        } = "C501", Severity::Note, "重复报送";
            chinese: format!("本工作簿留存不用，采用同一单位的{}", later(edition, received.as_ref(), Language::Chinese));
            remedy: "无须处理";
            english: format!("replaced by {} of the same unit; kept, not used", later(edition, received.as_ref(), Language::English));
            remedy: "nothing to do";

        /// C502: units report different values for one indicator.
        SourcesDisagree {
            /// Units with their values.
            sides: Vec<Side>,
        } = "C502", Severity::Error, "多源不一致";
            chinese: { let all = sides; format!("各单位所报不一致：{}", in_chinese::sides(all)) };
            remedy: "各单位会商后统一口径，或由汇总单位决定取数单位";
            english: { let all = sides; format!("units disagree: {}", in_english::sides(all)) };
            remedy: "settle it between the units, or record a decision in round.toml";

        /// C503: of different values one was taken by a recorded decision.
        SourcePreferred {
            /// Unit whose value was taken.
            unit: String,
            /// Units with their values.
            sides: Vec<Side>,
            /// Reason of the decision.
            reason: String,
        } = "C503", Severity::Note, "按决定取数";
            chinese: { let all = sides; format!("各单位所报不一致（{}），按决定采用{unit}：{reason}", in_chinese::sides(all)) };
            remedy: "无须处理；决定印入报告";
            english: { let all = sides; format!("units disagree ({}); {unit} taken by decision: {reason}", in_english::sides(all)) };
            remedy: "nothing to do; the decision is printed";

        /// C504: the value of the year before differs from the plan's.
        BaselineRestated {
            /// The year.
            year: i32,
            /// Value as reported now.
            reported: Decimal,
            /// Value in the plan, as written.
            planned: String,
        } = "C504", Severity::Warning, "上年数变动";
            chinese: format!("{year}年数填{}，方案为{planned}，与上年比较仍用方案数", plain(*reported));
            remedy: "说明修订依据；需改基期的提请修订方案";
            english: format!("{year} reported as {}, plan says {planned}; the plan's value is kept", plain(*reported));
            remedy: "state the ground; amend the plan if the base changes";

        /// C505: the growth reported is not that of the levels reported.
        GrowthDiffers {
            /// Growth as reported, in percent.
            reported: Decimal,
            /// Growth that the levels give, in percent.
            derived: Decimal,
            /// Number of the row.
            row: IndicatorNo,
        } = "C505", Severity::Error, "增速与水平不符";
            chinese: format!("增速填{}%，按指标{row}两年数推算为{}%，核实前不下结论", plain(*reported), fixed(*derived, reported.scale().max(1)));
            remedy: "说明口径（现价或不变价），或改正其中之一";
            english: format!("growth reported as {} %, levels of {row} give {} %; withheld until settled", plain(*reported), fixed(*derived, reported.scale().max(1)));
            remedy: "state the definition (current or constant prices), or correct one of them";

        /// C506: what was added is less than what the level rose.
        AdditionsBelowNetChange {
            /// Additions as reported.
            reported: Decimal,
            /// Net change of the level.
            net: Decimal,
            /// Number of the row.
            row: IndicatorNo,
        } = "C506", Severity::Warning, "新增少于净增";
            chinese: format!("新增填{}，而指标{row}净增{}，新增不应少于净增", plain(*reported), plain(*net));
            remedy: "核对新增数和总数";
            english: format!("additions of {} are less than the net rise of {row}, {}", plain(*reported), plain(*net));
            remedy: "check additions and level";

        /// C507: what was added is so much more than the level rose that much must have been lost.
        AdditionsAboveNetChange {
            /// Numbers of the targets whose additions belong to the row.
            numbers: Vec<IndicatorNo>,
            /// Their additions together.
            added: Decimal,
            /// Net change of the level.
            net: Decimal,
            /// What must have been lost.
            lost: Decimal,
        } = "C507", Severity::Warning, "新增远多于净增";
            chinese: { let together = if numbers.len() > 1 { "合计" } else { "" };
                let way = if net.is_sign_negative() { "净减" } else { "净增" };
                format!(
                    "{}填报的新增{together}{}，而本指标比上年{way}{}：当年须减少{}才能相符",
                    listed(numbers, Language::Chinese), plain(*added), plain(net.abs()), plain(*lost)
                ) };
            remedy: "核对新增数和总数的口径；确有减少的，说明减少数";
            english: format!(
                "additions of {} reported for {}, but the level changed by {}: {} must have been lost",
                plain(*added), listed(numbers, Language::English), plain(*net), plain(*lost)
            );
            remedy: "check the definitions of additions and level; state what was lost";

        /// C508: a unit reports a value of another year than the one that counts.
        OtherYearsValue {
            /// The value.
            value: Option<Value>,
            /// The unit of measure; empty for 有/无.
            measure: String,
            /// Its year.
            year: i32,
            /// The year of the value that counts.
            taken: i32,
            /// The units whose value counts.
            by: Vec<UnitName>,
        } = "C508", Severity::Warning, "数据年份不一";
            chinese: { let (value, by) = (valued(*value, measure), listed(by, Language::Chinese));
                format!("本单位填{year}年数{value}，{by}已报{taken}年数，采用{taken}年数，本值未采用") };
            remedy: "补报当年数，或在数据年份栏写明年份";
            english: { let (value, by) = (valued(*value, measure), listed(by, Language::English));
                format!("{value} is of {year}; {by} reports {taken}, which is used, and this is not") };
            remedy: "report the year's value, or state the year of the data";
    }
}
