//! What several workbooks, units or figures say differently of one matter.

use super::kinds::kinds;
use super::lists::{in_chinese, in_english};
use super::{Severity, Side};

kinds! {
    /// What several workbooks, units or figures say differently of one matter.
    SourceProblem {
        /// C501: a later workbook of the same unit replaces this one.
        Superseded {
            /// Version that counts, in words.
            by: String,
        } = "C501", Severity::Note, "重复报送";
            chinese: format!("本工作簿留存不用，采用同一单位的{by}");
            remedy: "无须处理";
            english: format!("replaced by {by}; kept, not used");
            remedy: "nothing to do";

        /// C502: units report different values for one indicator.
        SourcesDisagree {
            /// Units with their values.
            sides: Vec<Side>,
        } = "C502", Severity::Error, "多源不一致";
            chinese: { let all = sides; format!("各单位所报不一致：{}", in_chinese::sides(all)) };
            remedy: "各单位会商后统一口径，或由领导小组办公室决定取数单位";
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
            reported: String,
            /// Value in the plan.
            planned: String,
        } = "C504", Severity::Warning, "上年数变动";
            chinese: format!("{year}年数填{reported}，方案为{planned}，与上年比较仍用方案数");
            remedy: "说明修订依据；需改基期的提请修订方案";
            english: format!("{year} reported as {reported}, plan says {planned}; the plan's value is kept");
            remedy: "state the ground; amend the plan if the base changes";

        /// C505: the growth reported is not that of the levels reported.
        GrowthDiffers {
            /// Growth as reported, in percent.
            reported: String,
            /// Growth that the levels give, in percent.
            derived: String,
            /// Number of the row.
            row: String,
        } = "C505", Severity::Error, "增速与水平不符";
            chinese: format!("增速填{reported}%，按指标{row}两年数推算为{derived}%，核实前不下结论");
            remedy: "说明口径（现价或不变价），或改正其中之一";
            english: format!("growth reported as {reported} %, levels of {row} give {derived} %; withheld until settled");
            remedy: "state the definition (current or constant prices), or correct one of them";

        /// C506: what was added is less than what the level rose.
        AdditionsBelowNetChange {
            /// Additions as reported.
            reported: String,
            /// Net change of the level.
            net: String,
            /// Number of the row.
            row: String,
        } = "C506", Severity::Warning, "新增少于净增";
            chinese: format!("新增填{reported}，而指标{row}净增{net}，新增不应少于净增");
            remedy: "核对新增数和总数";
            english: format!("additions of {reported} are less than the net rise of {row}, {net}");
            remedy: "check additions and level";

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
        } = "C507", Severity::Warning, "新增远多于净增";
            chinese: { let together = if numbers.contains('、') { "合计" } else { "" };
                let change = match net.strip_prefix('-') {
                    Some(fall) => format!("净减{fall}"),
                    None => format!("净增{net}"),
                };
                format!("{numbers}填报的新增{together}{added}，而本指标比上年{change}：当年须减少{lost}才能相符") };
            remedy: "核对新增数和总数的口径；确有减少的，说明减少数";
            english: format!("additions of {added} reported for {}, but the level changed by {net}: {lost} must have been lost", numbers.replace('、', ", "));
            remedy: "check the definitions of additions and level; state what was lost";

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
        } = "C508", Severity::Warning, "数据年份不一";
            chinese: format!("本单位填{year}年数{value}，{by}已报{taken}年数，采用{taken}年数，本值未采用");
            remedy: "补报当年数，或在数据年份栏写明年份";
            english: { let by = by.replace('、', ", ");
                format!("{value} is of {year}; {by} reports {taken}, which is used, and this is not") };
            remedy: "report the year's value, or state the year of the data";
    }
}
