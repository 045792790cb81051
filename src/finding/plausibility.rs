//! What a value cannot or can hardly be.

use rust_decimal::Decimal;

use super::called::DOCUMENT;
use super::kinds::kinds;
use super::lists::in_chinese;
use super::{Amount, Language, Magnitude, Severity, Slip, Standard, SumSlip, Times, compared};
use crate::period::Period;
use crate::rounding::plain;

kinds! {
    /// What a value cannot or can hardly be.
    PlausibilityProblem {
        /// V404: reported in another unit and converted.
        Converted {
            /// Value as reported with its unit.
            from: Amount,
            /// Value in the plan's unit.
            to: Amount,
            /// The operation.
            operation: String,
        } = "V404", Severity::Warning, "单位换算";
            chinese: format!("填报{from}，换算为{to}（{operation}）");
            remedy: format!("核对换算结果；下次按{DOCUMENT}的计量单位填报");
            english: format!("{from} converted to {to} ({operation})");
            remedy: "check the result; use the plan's unit next time";

        /// V405: the unit does not fit that of the plan.
        UnitMismatch {
            /// Unit as reported.
            unit: String,
            /// Unit of the plan.
            expected: String,
        } = "V405", Severity::Error, "单位不符";
            chinese: format!("计量单位填“{unit}”，{DOCUMENT}为{}，不能换算，本值未采用", in_chinese::quoted(expected));
            remedy: format!("按{DOCUMENT}的计量单位重报");
            english: { let expected =
                if expected.is_empty() { "pure number".to_owned() } else { format!("“{expected}”") };
            format!("unit “{unit}” does not convert to the plan's {expected}; not used") };
            remedy: "report in the plan's unit";

        /// V406: the value is about a thousand, ten thousand or a hundred million times too large or small.
        ScaleSlip {
            /// Value with unit.
            value: Amount,
            /// What it was compared with.
            against: Standard,
            /// The number of that.
            number: Amount,
            /// The factor.
            factor: Magnitude,
            /// The slip that explains it.
            slip: Slip,
        } = "V406", Severity::Error, "量级异常";
            chinese: { let (against, factor) = (against.words(number, Language::Chinese), factor.words(Language::Chinese));
                format!("填报{value}，与{against}相差约{factor}，{}，核实前不下结论", slip.words(Language::Chinese)) };
            remedy: "核对计量单位后重报，或书面确认";
            english: { let (against, factor) = (against.words(number, Language::English), factor.words(Language::English));
                format!("{value} differs from {against} by about {factor}: {}; withheld until settled", slip.words(Language::English)) };
            remedy: "check the unit and send again, or confirm in writing";

        /// V407: the change on the year before exceeds the indicator's limit.
        LargeChange {
            /// The change in percent.
            change: Decimal,
            /// The limit in percent.
            limit: Decimal,
        } = "V407", Severity::Warning, "同比异常";
            chinese: format!("比上年{}，超过本指标限度{}%，未见说明", compared::change(*change, Language::Chinese), plain(*limit));
            remedy: "说明变动原因并附佐证";
            english: format!("a change {} on last year exceeds {} % without an explanation", compared::change(*change, Language::English), plain(*limit));
            remedy: "explain, with evidence";

        /// V410: a count has a fraction.
        FractionalCount {
            /// The value.
            value: Decimal,
        } = "V410", Severity::Warning, "个数非整数";
            chinese: format!("计数指标填{}，不是整数", plain(*value));
            remedy: "核对后重报";
            english: format!("count {} is not whole", plain(*value));
            remedy: "check and send again";

        /// V411: a share lies outside of what a part of a whole can be.
        ShareOutOfRange {
            /// The value with its unit.
            value: Amount,
        } = "V411", Severity::Error, "比重越界";
            chinese: format!("比重填{value}，不在0—{}之间", if value.unit.ends_with('‰') { "1000" } else { "100" });
            remedy: "核对后重报";
            english: format!("share {value} is outside of what a part of a whole can be");
            remedy: "check and send again";

        /// V416: a count or an amount is negative.
        Negative {
            /// The value with its unit.
            value: Amount,
        } = "V416", Severity::Error, "不应为负";
            chinese: format!("填报{value}，数量和金额不应为负");
            remedy: "核对后重报";
            english: format!("{value}: counts and amounts are not negative");
            remedy: "check and send again";

        /// V417: a part (其中) exceeds its total.
        PartExceedsTotal {
            /// Name of the part, and its value.
            part: (String, Amount),
            /// Name of the total, and its value.
            total: (String, Amount),
        } = "V417", Severity::Warning, "其中大于总数";
            chinese: format!("其中项“{}”{}大于总数“{}”{}", part.0, part.1, total.0, total.1);
            remedy: "核对总数、其中项及其计量单位";
            english: format!("the part “{}”, {}, exceeds its total “{}”, {}", part.0, part.1, total.0, total.1);
            remedy: "check the total, the part and their units";

        /// V418: a total differs from the sum of its rows.
        SumDiffers {
            /// The total as written.
            total: Amount,
            /// The sum of the rows.
            sum: Amount,
            /// What would explain it.
            slip: Option<SumSlip>,
        } = "V418", Severity::Warning, "合计不符";
            chinese: format!("合计{total}与各行之和{sum}不一致{}", slip.map_or("", |slip| slip.words(Language::Chinese)));
            remedy: "核对合计和各行";
            english: format!("the total {total} differs from the sum of its rows, {sum}{}", slip.map_or("", |slip| slip.words(Language::English)));
            remedy: "check the total and its rows";

        /// V419: the digits are those of the year before, two neighbours swapped.
        DigitsSwapped {
            /// The value.
            value: Decimal,
            /// The value of the year before.
            past: Decimal,
        } = "V419", Severity::Warning, "疑似录错";
            chinese: format!("{}与上年{}只差相邻两位对调", plain(*value), plain(*past));
            remedy: "核对是否录错";
            english: format!("{} is the year before's {} with two neighbouring digits swapped", plain(*value), plain(*past));
            remedy: "check for a typing error";

        /// V420: the value is the opposite of the year before.
        SignFlipped {
            /// The value.
            value: Decimal,
            /// The value of the year before.
            past: Decimal,
        } = "V420", Severity::Warning, "正负号可疑";
            chinese: format!("{}与上年{}绝对值相同、符号相反", plain(*value), plain(*past));
            remedy: "核对正负号";
            english: format!("{} is the year before's {} with the opposite sign", plain(*value), plain(*past));
            remedy: "check the sign";

        /// V421: an index number (上年 = 100) stands where a growth rate should.
        IndexForGrowth {
            /// The value.
            value: Decimal,
            /// The target in percent.
            target: Decimal,
        } = "V421", Severity::Error, "指数当增速";
            chinese: format!("增速填{}，目标为{}%，疑为以上年为100的指数，核实前不下结论", plain(*value), plain(*target));
            remedy: "改填增长率（%），或书面确认";
            english: format!("{} against a growth target of {} % looks like an index with the year before as 100", plain(*value), plain(*target));
            remedy: "report the growth rate in percent, or confirm in writing";

        /// V423: what has come together since January is less than an earlier round of the year has published.
        Fallen {
            /// The value with its unit.
            value: Amount,
            /// That of the earlier round.
            before: Amount,
            /// What that round was of.
            period: Period,
        } = "V423", Severity::Error, "累计数回落";
            chinese: format!("填报{value}，低于{}（{}）已通报的{before}，累计数不会减少，核实前不下结论", period.chinese(), period.months());
            remedy: "核对是否填了单季数或口径有变；前期数有误的，书面说明并确认";
            english: format!("{value} is less than the {before} of {}: what comes together from January on does not fall; withheld until settled", period.english());
            remedy: "check for a single quarter or another definition; where the earlier value was wrong, confirm in writing";

        /// V424: the value is ten times or more above or below what it is compared with.
        FarOff {
            /// Value with unit.
            value: Amount,
            /// What it was compared with.
            against: Standard,
            /// The number of that.
            number: Amount,
            /// How many times that it is; none where there is no ratio.
            times: Option<Times>,
            /// The slip that would explain it.
            slip: Slip,
        } = "V424", Severity::Error, "相差悬殊";
            chinese: { let against = against.words(number, Language::Chinese);
                let times = match times { None => format!("而{against}"), Some(times) => format!("为{against}的{}", times.words(Language::Chinese)) };
                format!("填报{value}，{times}，{}，核实前不下结论", slip.words(Language::Chinese)) };
            remedy: "核对后重报；属实的书面确认，由评估单位登记豁免";
            english: { let against = against.words(number, Language::English);
                let times = times.map_or_else(|| "stands against".to_owned(), |times| format!("is {}", times.words(Language::English)));
                format!("{value} {times} {against}: {}; withheld until settled", slip.words(Language::English)) };
            remedy: "check and send again; a value that is right is confirmed in writing and entered as a waiver";
    }
}
