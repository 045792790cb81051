//! What a plan says against itself, and what it leaves open.

use rust_decimal::Decimal;

use super::called::{DOCUMENT, TABLE};
use super::kinds::kinds;
use super::told::{listed, runs};
use super::{Amount, Baseless, Language, Severity};
use crate::characters::within_quotes;
use crate::ident::{IndicatorNo, UnitName};
use crate::period::Reach;
use crate::rounding::{fixed, plain};

kinds! {
    /// What a plan says against itself, and what it leaves open.
    PlanProblem {
        /// P101: a target lies on the worse side of the year before.
        TargetBelowBaseline {
            /// Target as written.
            target: String,
            /// Value of the base year as written.
            baseline: String,
            /// The base year.
            year: i32,
        } = "P101", Severity::Note, "目标偏低";
            chinese: format!("目标{target}劣于{year}年实绩{baseline}");
            remedy: "完成这类目标不代表比上年进步，建议提请调整";
            english: format!("target {target} is worse than the {year} value {baseline}");
            remedy: "meeting it is no progress; propose an amendment";

        /// P102: a target in prose repeats a row of the table with another value.
        ProseDiffers {
            /// Value in prose, in the unit of the table.
            prose: String,
            /// Values of the table.
            table: Vec<String>,
        } = "P102", Severity::Warning, "正文与表内目标不符";
            chinese: format!("正文为{prose}，{TABLE}为{}，按{TABLE}判定", listed(table, Language::Chinese));
            remedy: "提请印发机关明确以何者为准";
            english: format!("prose says {prose}, the table {}; the table decides", listed(table, Language::English));
            remedy: "ask the issuing body which of them holds";

        /// P103: what the prose adds does not lead from the base to the target of the table.
        IncrementsDiffer {
            /// What the prose adds: each number as written, and whether it is about so much (左右).
            parts: Vec<(String, bool)>,
            /// Level of the base year.
            base: String,
            /// Base and additions together.
            sum: Amount,
            /// Target of the table.
            target: String,
        } = "P103", Severity::Warning, "新增与目标不符";
            chinese: { let parts: Vec<String> = parts.iter()
                    .map(|(text, is_about)| if *is_about { format!("{text}左右") } else { text.clone() }).collect();
                format!("正文新增{}，基期{base}，合计{sum}，{TABLE}目标{target}", parts.join("＋")) };
            remedy: "提请明确新增数的范围，或调整目标";
            english: { let parts: Vec<String> = parts.iter()
                    .map(|(text, is_about)| if *is_about { format!("about {text}") } else { text.clone() }).collect();
                format!("prose adds {} to {base}, which gives {sum}; the table wants {target}", parts.join(" + ")) };
            remedy: "ask what the additions cover, or amend the target";

        /// P104: the growth in prose does not lead from the base to the target of the table.
        GrowthDiffersFromLevels {
            /// Growth in prose, in percent.
            rate: String,
            /// Level of the base year.
            base: String,
            /// Level that the growth leads to.
            implied: Amount,
            /// Target of the table.
            target: String,
        } = "P104", Severity::Warning, "增速与目标不符";
            chinese: format!("正文增长{rate}%，由基期{base}推算为{implied}，{TABLE}目标{target}");
            remedy: "提请明确以增速还是总量为准";
            english: format!("growth of {rate} % on {base} leads to {implied}; the table wants {target}");
            remedy: "ask whether growth or level holds";

        /// P105: a share, its numerator and its denominator contradict each other.
        PartsDiffer {
            /// Denominator that the base year implies.
            before: Decimal,
            /// Denominator that the targets imply.
            after: Decimal,
            /// What the prose adds to it.
            stated: String,
        } = "P105", Severity::Warning, "比重与分子分母不符";
            chinese: format!("由分子和比重倒推，分母由{}增至{}，正文新增{stated}", fixed(*before, 0), fixed(*after, 0));
            remedy: "核对分子、分母和比重的口径";
            english: format!("numerator and share imply a denominator of {}, then of {}; prose adds {stated}", fixed(*before, 0), fixed(*after, 0));
            remedy: "compare the definitions of numerator, denominator and share";

        /// P106: the prose repeats now one tier, now the other.
        TiersMixed {
            /// Rows for which the prose repeats 考核值.
            assessed: Vec<IndicatorNo>,
            /// Rows for which it repeats 完成值.
            intended: Vec<IndicatorNo>,
        } = "P106", Severity::Warning, "两档混用";
            chinese: format!("正文对指标{}取考核值，对指标{}取完成值", listed(assessed, Language::Chinese), listed(intended, Language::Chinese));
            remedy: "引用正文时注明取自考核值还是完成值";
            english: format!("prose takes the assessed tier for {}, the intended one for {}", listed(assessed, Language::English), listed(intended, Language::English));
            remedy: "say which tier when quoting the prose";

        /// P107: prose and table write the same target with other units or digits.
        WrittenDiffers {
            /// As written in prose.
            prose: String,
            /// As written in the table.
            table: String,
        } = "P107", Severity::Note, "写法不同";
            chinese: format!("同一目标正文写作{prose}，{TABLE}写作{table}");
            remedy: format!("无须处理；按{TABLE}的单位和位数判定");
            english: format!("the same target is written {prose} in prose, {table} in the table");
            remedy: "nothing to do; units and digits of the table are used";

        /// P108: prose and table name other denominators.
        DenominatorDiffers {
            /// Denominator in prose.
            prose: String,
            /// Denominator in the table.
            table: String,
        } = "P108", Severity::Note, "分母名称不同";
            chinese: format!("分母正文称“{prose}”，{TABLE}称“{table}”");
            remedy: "提请明确分母口径";
            english: format!("the denominator is “{prose}” in prose, “{table}” in the table");
            remedy: "ask for the definition of the denominator";

        /// P109: a target was reached in the base year already.
        AlreadyMet {
            /// Target as written.
            target: String,
            /// Value of the base year as written.
            past: String,
            /// The base year.
            year: i32,
        } = "P109", Severity::Note, "目标已经达到";
            chinese: format!("{year}年实绩{past}已达到目标{target}");
            remedy: "建议提高目标";
            english: format!("the value of {year}, {past}, reaches the target {target} already");
            remedy: "propose a higher target";

        /// P110: another unit leads the task than reports the figure.
        LeadDiffers {
            /// Units that lead the task.
            lead: Vec<UnitName>,
            /// Units that report the row.
            reporters: Vec<UnitName>,
        } = "P110", Severity::Note, "牵头与数据单位不同";
            chinese: format!("任务由{}牵头，数据由{}采集", listed(lead, Language::Chinese), listed(reporters, Language::Chinese));
            remedy: "明确由谁报数、由谁负责";
            english: format!("{} leads the task, {} reports the figure", listed(lead, Language::English), listed(reporters, Language::English));
            remedy: "settle who reports and who answers";

        /// P111: the plan gives no base.
        NoBaseline {
            /// What the base is missing for.
            what: Baseless,
        } = "P111", Severity::Note, "缺基期";
            chinese: format!("{}未列基期数", what.words(Language::Chinese));
            remedy: "补充基期数，或在round.toml中声明";
            english: format!("the plan gives no base for {}", what.words(Language::English));
            remedy: "add the base, or declare one in round.toml";

        /// P112: a word has no defined meaning.
        UndefinedWord {
            /// The word.
            word: String,
        } = "P112", Severity::Note, "用语未界定";
            chinese: format!("“{word}”没有界定");
            remedy: "在round.toml中声明口径，或提请明确";
            english: format!("“{word}” is not defined");
            remedy: "declare a meaning in round.toml, or ask for one";

        /// P113: the same target stands twice.
        RepeatedTarget {
            /// Number of the other target.
            other: String,
        } = "P113", Severity::Note, "目标重复";
            chinese: format!("与目标{other}相同，只评一次");
            remedy: "无须处理";
            english: format!("the same as target {other}, judged once");
            remedy: "nothing to do";

        /// P115: what others have to contribute does not add up to the row.
        QuotasDiffer {
            /// How many contribute.
            count: usize,
            /// What they are called together.
            areas: String,
            /// Their quotas together, in the unit of the row.
            together: Decimal,
            /// The target of the row, as printed.
            target: String,
        } = "P115", Severity::Warning, "分解数与总数不符";
            chinese: format!("分解到{count}个{areas}的数合计{}，{TABLE}目标{target}", plain(*together));
            remedy: "提请明确以分解数还是总数为准";
            english: format!("the quotas of {count} add up to {}, the target is {target}", plain(*together));
            remedy: "ask which one counts";

        /// P116: words behind a target in its cell that no target was read from.
        PartNotJudged {
            /// The words, each once.
            words: Vec<String>,
        } = "P116", Severity::Note, "目标部分未评";
            chinese: format!("同一格还写有“{}”，{DOCUMENT}没有可以对照的数，不判定", within_quotes(&words.join("；")));
            remedy: "提请明确数值或口径，另列一项目标";
            english: format!("the same cell also says “{}”, which is not judged", words.join("; "));
            remedy: "ask for a number or a definition, and add it as a target of its own";

        /// P117: targets of parts of a year, which an annual round does not judge.
        InterimTargets {
            /// The rows and targets that have them, by number, those that follow each other as a run.
            numbers: Vec<Vec<IndicatorNo>>,
            /// The parts of the year.
            parts: Vec<Reach>,
            /// Whether not each of them has all of these parts.
            differ: bool,
        } = "P117", Severity::Note, "年内目标不判";
            chinese: {
                let parts: Vec<&str> = parts.iter().map(|part| part.chinese()).collect();
                let differ = if *differ { "（各项所列不尽相同）" } else { "" };
                format!("{}另列{}的目标{differ}，年度评估只按全年目标判定", runs(numbers, Language::Chinese), parts.join("、"))
            };
            remedy: "无须处理；年内目标供调度使用";
            english: {
                let parts: Vec<&str> = parts.iter().map(|part| part.english()).collect();
                let differ = if *differ { " (not each of all)" } else { "" };
                format!("{} also have targets of {}{differ}; an annual round judges those of the year and no others", runs(numbers, Language::English), parts.join(", "))
            };
            remedy: "nothing to do; they serve to follow the year";

        /// P114: no year is named by which the target is to be reached.
        Undated = "P114", Severity::Note, "未写年限";
            chinese: format!("{DOCUMENT}未写完成年限，只列实绩，不判是否完成");
            remedy: "提请明确年限";
            english: "no year is named; values are shown, not judged";
            remedy: "ask for a year";
    }
}
