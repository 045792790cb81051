//! Every kind of finding, by what it is about. The letter of the code names the stage: `P` plan, `R` reading, `L` layout, `T` forms,
//! `N` normalising, `V` review, `C` reconciliation, `S` assessment, `Q` registers. Codes are never reused.

use super::completeness::CompletenessProblem;
use super::forms::FormProblem;
use super::numbers::NumberProblem;
use super::plan::PlanProblem;
use super::plausibility::PlausibilityProblem;
use super::queries::QueryProblem;
use super::reading::ReadingProblem;
use super::returns::ReturnProblem;
use super::sources::SourceProblem;
use super::tables::TableProblem;
use super::verdicts::VerdictProblem;
use super::{Language, PlanNames, Severity};

/// Makes the enum of what findings are about, which asks the tables of kinds.
macro_rules! problems {
    ($($(#[$about:meta])* $matter:ident: $of:ident),* $(,)?) => {
        /// What was noticed.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Problem { $( $(#[$about])* $matter($of), )* }

        impl Problem {
            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$matter(problem) => problem.code(), )* }
            }

            /// What happens to the number.
            pub fn severity(&self) -> Severity {
                match self { $( Self::$matter(problem) => problem.severity(), )* }
            }

            /// Short name of the rule that was broken, in Chinese.
            pub fn rule(&self) -> &'static str {
                match self { $( Self::$matter(problem) => problem.rule(), )* }
            }

            /// What is wrong, the value quoted, in the words of a plan.
            pub fn message_of(&self, language: Language, plan: &PlanNames) -> String {
                plan.put_into(&match self { $( Self::$matter(problem) => problem.message(language), )* })
            }

            /// What to do about it, in the words of a plan.
            pub fn remedy_of(&self, language: Language, plan: &PlanNames) -> String {
                plan.put_into(&match self { $( Self::$matter(problem) => problem.remedy(language), )* })
            }

            /// What is wrong, the value quoted, whatever the plan calls itself.
            pub fn message(&self, language: Language) -> String {
                self.message_of(language, &PlanNames::default())
            }
        }

        $(
            impl From<$of> for Problem {
                fn from(problem: $of) -> Self {
                    Self::$matter(problem)
                }
            }
        )*

        /// Codes with their severities as the entries say them.
        #[cfg(test)]
        pub(super) fn severities() -> Vec<(&'static str, &'static str)> {
            [$( $of::SEVERITIES, )*].concat()
        }

        /// All codes, in the order of the stages.
        pub fn codes() -> Vec<&'static str> {
            let mut codes = [$( $of::CODES, )*].concat();
            codes.sort_by_key(|code| (code.get(..1).and_then(|stage| STAGES.find(stage)), *code));
            codes.dedup();
            codes
        }
    };
}

/// The letters of the stages, in their order.
const STAGES: &str = "PRLTNVCSQ";

problems! {
    /// What a plan says against itself, and what it leaves open.
    Plan: PlanProblem,
    /// What keeps a file, a sheet or a cell from being read.
    Reading: ReadingProblem,
    /// What is wrong with a workbook as it was sent: who sent it, when, for which period, in which order.
    Return: ReturnProblem,
    /// What is not certain in a table: its rows, columns, headings, units and years.
    Table: TableProblem,
    /// What a cell holds in the place of a plain number.
    Number: NumberProblem,
    /// What is missing, late, or without evidence.
    Completeness: CompletenessProblem,
    /// What a value cannot or can hardly be.
    Plausibility: PlausibilityProblem,
    /// What several workbooks, units or figures say differently of one matter.
    Source: SourceProblem,
    /// What should be known beside a verdict.
    Verdict: VerdictProblem,
    /// What was altered of a form that came back.
    Form: FormProblem,
    /// What is wrong with answers to queries.
    Query: QueryProblem,
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::characters::is_han;
    use crate::finding::{
        Amount, Aside, Baseless, Copied, Ground, Hidden, LineFault, Magnitude, NumberFault, RegisterFault,
        Slip, Standard, SumSlip, Times, UnitPlace, WorkbookVersion,
    };
    use crate::workbook::{Breakage, Damage, Death, Limit, Loss, Unreadable};

    fn amount(value: i64, unit: &str) -> Amount {
        Amount::new(Decimal::from(value), unit)
    }

    /// A text without what it quotes.
    fn own_words(text: &str) -> String {
        text.split('“').map(|part| part.split_once('”').map_or(part, |(_, behind)| behind)).collect()
    }

    /// Findings about workbooks, with their messages in Chinese.
    fn of_workbooks() -> Vec<(Problem, &'static str)> {
        let damaged = |reason| ReadingProblem::DamagedCell { reason }.into();
        let lines = |lines: Vec<usize>| {
            let first = Some(("甲.xlsx".into(), "昨天".into()));
            let reason = RegisterFault::Lines { fault: LineFault::UnknownTime, lines, first };
            ReturnProblem::RegisterLine { reason }.into()
        };
        vec![
            (
                damaged(Damage::NotANumber("-".into())),
                "单元格损坏：数值单元格内为“-”，该格未采用，其他单元格不受影响",
            ),
            (
                ReadingProblem::SheetDamaged { what: Loss::Rest(Breakage::Incomplete) }.into(),
                "工作表在此后损坏，其余未读取（内容不完整）",
            ),
            (
                ReadingProblem::LimitExceeded { limit: Limit::Merges { sheet: "表1".into(), most: 9 } }
                    .into(),
                "工作表“表1”的合并单元格超过9处，本工作簿未采用",
            ),
            (
                ReadingProblem::NotAWorkbook { reason: Unreadable::Broken(Breakage::Names) }.into(),
                "不能作为工作簿打开：文件损坏或不完整（压缩包内的文件名不是文字）",
            ),
            (
                ReadingProblem::ReaderFailed { how: Death::TooSlow(60) }.into(),
                "读取工作簿时超过60秒未完成，本工作簿未采用，其他工作簿不受影响",
            ),
            (
                lines(vec![3]),
                "收件登记不能全部使用：第3行“甲.xlsx，昨天”，时间不能识别，应写作2024-01-12 16:05",
            ),
            (
                lines((3..15).collect()),
                "收件登记不能全部使用：第3、4、5、6、7、8、9、10、11、12等12行如“甲.xlsx，昨天”，时间不能识别，应写作2024-01-12 16:05",
            ),
            (
                ReturnProblem::OrderAssumed { other: "甲.xlsx".into(), by: Ground::CoverDate }.into(),
                "与“甲.xlsx”版本相同或无法比较，按封面的填报日期以本工作簿为后报的一份",
            ),
            (
                SourceProblem::Superseded { edition: WorkbookVersion::Numbered("2".into()), received: None }
                    .into(),
                "本工作簿留存不用，采用同一单位的第2版",
            ),
        ]
    }

    /// Findings about tables, with their messages in Chinese.
    fn of_tables() -> Vec<(Problem, &'static str)> {
        let units = |is_settled| {
            let (taken, other) = ("万元".into(), "亿元".into());
            TableProblem::UnitsDiffer { taken, other, place: UnitPlace::Heading, is_settled }.into()
        };
        vec![
            (
                TableProblem::HiddenCells { what: Hidden::Rows((3..15).collect()) }.into(),
                "第3、4、5、6、7、8、9、10、11、12等12行被隐藏或筛选掉，其中的数据未读取",
            ),
            (units(true), "按“万元”读取，但表头为“亿元”"),
            (units(false), "计量单位两处不同：一处为“万元”，表头为“亿元”，不能确定数值，核实前不下结论"),
            (
                TableProblem::CopiedColumn {
                    heading: "完成值".into(),
                    of: Copied::LastYear,
                    is_certain: true,
                }
                .into(),
                "“完成值”一栏的数与上年的数全部相同，疑非实绩，请核对",
            ),
        ]
    }

    /// Findings about values, with their messages in Chinese.
    fn of_values() -> Vec<(Problem, &'static str)> {
        let number = |reason| NumberProblem::NotANumber { raw: "3O0".into(), reason }.into();
        let aside = |what| NumberProblem::ReadAs { raw: "861①".into(), value: "861".into(), what }.into();
        let far = |times| {
            let (value, number) = (amount(50, "亿元"), amount(5, "亿元"));
            let (against, slip) = (Standard::YearBefore, Slip::Point);
            PlausibilityProblem::FarOff { value, against, number, times, slip }.into()
        };
        let sum = |slip| {
            let (total, sum) = (amount(4, "亿元"), amount(3, "亿元"));
            PlausibilityProblem::SumDiffers { total, sum, slip }.into()
        };
        let more = |numbers: &[&str], net: i64| {
            let numbers = numbers.iter().map(|no| (*no).into()).collect();
            let (added, net, lost) = (Decimal::from(9), Decimal::from(net), Decimal::from(9 - net));
            SourceProblem::AdditionsAboveNetChange { numbers, added, net, lost }.into()
        };
        vec![
            (
                number(NumberFault::Character { at: 2, character: 'O' }),
                "“3O0”不是可识别的数值：第2个字符是“O”",
            ),
            (aside(Aside::Marks("①".into())), "“861①”按861读取，未计注号“①”"),
            (
                far(Some(Times::Above(Decimal::TEN))),
                "填报50亿元，为上年5亿元的约10倍，疑为小数点错位，核实前不下结论",
            ),
            (
                far(Some(Times::Below(Decimal::TEN))),
                "填报50亿元，为上年5亿元的约1/10，疑为小数点错位，核实前不下结论",
            ),
            (far(None), "填报50亿元，而上年5亿元，疑为小数点错位，核实前不下结论"),
            (
                PlausibilityProblem::ScaleSlip {
                    value: amount(5, "万元"),
                    against: Standard::Named("全国".into()),
                    number: amount(50_000, "万元"),
                    factor: Magnitude::TenThousand,
                    slip: Slip::Unit,
                }
                .into(),
                "填报5万元，与“全国”50000万元相差约10⁴倍，疑为计量单位用错，核实前不下结论",
            ),
            (sum(None), "合计4亿元与各行之和3亿元不一致"),
            (sum(Some(SumSlip::Units)), "合计4亿元与各行之和3亿元不一致：各行计量单位不同，不能直接相加"),
            (
                PlausibilityProblem::LargeChange { change: Decimal::from(-30), limit: Decimal::from(20) }
                    .into(),
                "比上年下降30.0%，超过本指标限度20%，未见说明",
            ),
            (more(&["P1", "P2"], -2), "P1、P2填报的新增合计9，而本指标比上年净减2：当年须减少11才能相符"),
            (more(&["P1"], 2), "P1填报的新增9，而本指标比上年净增2：当年须减少7才能相符"),
            (
                PlanProblem::NoBaseline { what: Baseless::Growth(vec![2021]) }.into(),
                "增长目标（只列2021年数）未列基期数",
            ),
        ]
    }

    #[test]
    fn reasons_are_worded_in_both_languages() {
        for (problem, chinese) in [of_workbooks(), of_tables(), of_values()].concat() {
            assert_eq!(problem.message(Language::Chinese), chinese);
            let english = problem.message(Language::English);
            // Units of amounts are quoted as they are written.
            let own = own_words(&english).replace("亿元", "").replace("万元", "");
            assert!(!own.chars().any(is_han), "{english}");
        }
    }
}
