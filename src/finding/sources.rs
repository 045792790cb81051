//! What several workbooks, units or figures say differently of one matter.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::called::DOCUMENT;
use super::compared::valued;
use super::kinds::kinds;
use super::lists::{in_chinese, in_english};
use super::receipts::later;
use super::told::listed;
use super::{Language, PastOrigin, PublishedStatus, Severity, Side, WorkbookVersion};
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

        /// C504: the value of the year before differs from the plan's, or from the one that was published.
        BaselineRestated {
            /// The year.
            year: i32,
            /// Value as reported now.
            reported: Decimal,
            /// Value that is kept, as written.
            kept: String,
            /// Where that stands.
            origin: PastOrigin,
        } = "C504", Severity::Warning, "上年数变动";
            chinese: match origin {
                PastOrigin::Plan => format!("{year}年数填{}，{DOCUMENT}为{kept}，与上年比较仍用{DOCUMENT}数", plain(*reported)),
                PastOrigin::Published => format!("{year}年数填{}，当年发布{kept}，与上年比较仍用发布数", plain(*reported)),
            };
            remedy: match origin {
                PastOrigin::Plan => format!("说明修订依据；需改基期的提请修订{DOCUMENT}"),
                PastOrigin::Published => "说明修订依据；发布数有误的，由统计局更正".to_owned(),
            };
            english: match origin {
                PastOrigin::Plan => format!("{year} reported as {}, plan says {kept}; the plan's value is kept", plain(*reported)),
                PastOrigin::Published => format!("{year} reported as {}, {kept} was published, which is kept", plain(*reported)),
            };
            remedy: match origin {
                PastOrigin::Plan => "state the ground; amend the plan if the base changes",
                PastOrigin::Published => "state the ground; what was published wrongly is corrected by the bureau",
            };

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
            remedy: "说明口径（有价格的，说明是现价还是不变价），或改正其中之一";
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

        /// C509: nothing was held true of the year before, so that it is unknown.
        PastUnknown {
            /// The year.
            year: i32,
            /// What was published of it.
            status: PublishedStatus,
            /// Numbers of the indicators.
            numbers: Vec<IndicatorNo>,
        } = "C509", Severity::Note, "上年数未知";
            chinese: format!("序号{}的{year}年数当年未能核定（{}），{DOCUMENT}也未列，不与上年比较，也不据以推算", listed(numbers, Language::Chinese), status.words(Language::Chinese));
            remedy: "上年数后来核定的，由统计局补入published.csv，写明来源";
            english: format!("the {year} values of {} were not held true ({}), and the plan prints none: nothing is compared with them or derived from them", listed(numbers, Language::English), status.words(Language::English));
            remedy: "when they are settled, the bureau enters them in published.csv with their source";

        /// C510: another value was published than the plan prints.
        PublishedDiffers {
            /// The year.
            year: i32,
            /// Value as published, with its unit.
            published: String,
            /// Value in the plan, as written.
            planned: String,
        } = "C510", Severity::Note, "发布数与方案不同";
            chinese: format!("{year}年数{DOCUMENT}为{planned}，当年发布{published}，与上年比较用{DOCUMENT}数");
            remedy: "无须处理；两数都印出";
            english: format!("the plan says {planned} for {year}, {published} was published; the plan's value is the base");
            remedy: "nothing to do; both are printed";

        /// C512: a part is more than its whole.
        PartAboveWhole {
            /// The part, in the unit of the whole.
            part: Decimal,
            /// The row that it is a part of.
            row: IndicatorNo,
            /// The value of that row.
            whole: Decimal,
        } = "C512", Severity::Error, "其中大于总数";
            chinese: format!("本指标是指标{row}的其中数，填报{}，大于指标{row}填报的{}", plain(*part), plain(*whole));
            remedy: "核对两项的口径和计量单位，更正有误的一项";
            english: format!("{} is a part of indicator {row}, which is only {}", plain(*part), plain(*whole));
            remedy: "check definitions and units of both; correct the wrong one";

        /// C513: parts together are more than their whole.
        PartsAboveWhole {
            /// Numbers of the parts.
            numbers: Vec<IndicatorNo>,
            /// The parts together, in the unit of the whole.
            together: Decimal,
            /// The whole.
            whole: Decimal,
        } = "C513", Severity::Warning, "其中合计大于总数";
            chinese: format!(
                "{}是本指标的其中数，合计{}，大于本指标的{}",
                listed(numbers, Language::Chinese), plain(*together), plain(*whole)
            );
            remedy: "各其中项有交叉的，请说明；没有交叉的，更正有误的一项";
            english: format!(
                "{} are parts of this one: together {}, more than {}",
                listed(numbers, Language::English), plain(*together), plain(*whole)
            );
            remedy: "say so where the parts overlap; else correct the wrong one";

        /// C511: what was published is of no row of this plan.
        PublishedUnplaced {
            /// Numbers in the plan of that time.
            numbers: Vec<IndicatorNo>,
        } = "C511", Severity::Note, "发布数未用";
            chinese: format!("published.csv中序号{}在本{DOCUMENT}没有同一指标，或单位不能换算，未用", listed(numbers, Language::Chinese));
            remedy: "指标未变的，核对目录编号、名称和单位";
            english: format!("{} of published.csv are in no row of this plan, or in a unit that does not convert: not used", listed(numbers, Language::English));
            remedy: "where the indicator is the same, check its id, name and unit";
    }
}
