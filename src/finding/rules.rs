//! The rules that findings tell the breaches of: how grave, over what they are run, and what holds where they are kept.

use super::Severity;
use super::Severity::{Error, Note, Warning};

/// Makes the enum of populations with their words.
macro_rules! populations {
    ($($(#[$meaning:meta])* $name:ident = $key:literal, $chinese:literal, $grain:ident;)*) => {
        /// What a rule is run over; each thing in it is one instance of the rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Population { $( $(#[$meaning])* $name, )* }

        impl Population {
            /// The word in files: `value`.
            pub fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }

            /// The word for people.
            pub fn chinese(self) -> &'static str {
                match self { $( Self::$name => $chinese, )* }
            }

            /// How a finding tells which of them it is about.
            pub(super) fn grain(self) -> Grain {
                match self { $( Self::$name => Grain::$grain, )* }
            }
        }
    };
}

/// How a finding tells which instance it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// By its file: several findings with one code on it are one instance.
    File,
    /// By its sheet.
    Sheet,
    /// By its cell, or that of its cause where this has the same code.
    Cell,
    /// Each finding is an instance of its own.
    Each,
}

populations! {
    /// Rows of the plan's table.
    PlanRow = "plan_row", "方案附表的行", Each;
    /// Targets in the plan's prose.
    PlanTarget = "plan_target", "方案正文的目标", Each;
    /// Rows and targets that prose repeats.
    PlanRepeat = "plan_repeat", "方案正文复述的目标", Each;
    /// Plans as a whole.
    Plan = "plan", "方案", File;
    /// Indicators with a target in the year.
    Indicator = "indicator", "本年有目标的指标", Each;
    /// Targets of the year.
    Target = "target", "本年目标", Each;
    /// Units that are to report.
    Unit = "unit", "应报单位", Each;
    /// Answers of units to indicators that several of them report.
    Answer = "answer", "多家填报的指标中各单位的填报", Each;
    /// Answers of units to tasks.
    TaskAnswer = "task_answer", "各单位对任务的填报", Each;
    /// Tasks.
    Task = "task", "重点任务", Each;
    /// Files in the folders of submissions.
    File = "file", "收到的文件", File;
    /// Entries of the folders of submissions and of evidence, folders and links among them.
    Entry = "entry", "报送和佐证文件夹中的条目", Each;
    /// Registers of receipts.
    Register = "register", "收件登记簿", File;
    /// Registers of issued forms.
    ChainedRegister = "chained_register", "只添行的登记簿", File;
    /// Workbooks that are held against the register of issued forms.
    ReturnedForm = "returned_form", "与下发登记核对的工作簿", File;
    /// Queries to units, and their answers.
    Query = "query", "查询和答复", Each;
    /// Workbooks that the register names.
    Registered = "registered", "收件登记的工作簿", Each;
    /// Units that sent several workbooks.
    RepeatSender = "repeat_sender", "报送多份工作簿的单位", Each;
    /// Their workbooks.
    RepeatWorkbook = "repeat_workbook", "同一单位多份报送的工作簿", Each;
    /// Workbooks whose tables are read.
    Workbook = "workbook", "读取的工作簿", File;
    /// Their sheets.
    AnySheet = "any_sheet", "工作表（含隐藏的）", Sheet;
    /// Their visible sheets.
    Sheet = "sheet", "可见的工作表", Sheet;
    /// Cells of visible sheets that hold something.
    Cell = "cell", "可见的非空单元格", Cell;
    /// Tables.
    Table = "table", "读到的表", Cell;
    /// Tables of indicators.
    IndicatorTable = "indicator_table", "指标表", Cell;
    /// Tables of tasks.
    TaskTable = "task_table", "任务表", Cell;
    /// Columns with a heading.
    Heading = "heading", "有表头的栏", Cell;
    /// Rows of tables that may be those of the plan.
    Row = "row", "表中的行", Each;
    /// Rows that are matched with an indicator or task of the plan.
    Item = "item", "与方案对上的行", Each;
    /// Cells of values, of the year and of the year before.
    ValueCell = "value_cell", "取数的单元格", Cell;
    /// Cells of values of the year.
    ResultCell = "result_cell", "本年实绩的单元格", Cell;
    /// Numbers that were read from columns of results.
    Reported = "reported", "实绩栏填报的数", Each;
    /// Rows that are parts (其中) of another one.
    Part = "part", "其中项", Each;
    /// Rows that are totals (合计).
    Total = "total", "合计行", Each;
    /// Numbers of the year that a rule is about.
    Value = "value", "本年数值", Each;
    /// Values, and tasks that are done.
    Evidenced = "evidenced", "本年数值和已完成的任务", Each;
    /// Values of the year before that a rule is about.
    PastValue = "past_value", "上年数值", Each;
    /// Lists of what was published.
    Published = "published", "上年发布数", Each;
    /// Cities.
    City = "city", "列入本轮的各地", File;
}

impl Population {
    /// Whether all its rules are run over the same things, which are counted once for all of them.
    pub(super) fn is_shared(self) -> bool {
        use Population as P;
        matches!(
            self,
            P::File
                | P::RepeatSender
                | P::RepeatWorkbook
                | P::Workbook
                | P::AnySheet
                | P::Sheet
                | P::Cell
                | P::Table
                | P::IndicatorTable
                | P::TaskTable
                | P::Heading
                | P::Row
                | P::Item
                | P::ValueCell
                | P::ResultCell
                | P::Reported
        )
    }
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Code of its findings.
    pub code: &'static str,
    /// The gravest that its findings can be.
    pub severity: Severity,
    /// What it is run over.
    pub over: Population,
    /// What is true where it is kept, as an expression of VTL, where it can be written so.
    pub expression: Option<&'static str>,
}

/// The rule of a code; `None` when there is none.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// What is said in words only.
const fn said(code: &'static str, severity: Severity, over: Population) -> Rule {
    Rule { code, severity, over, expression: None }
}

/// What can be written as an expression.
const fn vtl(code: &'static str, severity: Severity, over: Population, expression: &'static str) -> Rule {
    Rule { code, severity, over, expression: Some(expression) }
}

use Population as P;

/// All rules, in the order of the stages. The names in the expressions are explained in `docs/validation.md`.
pub const RULES: &[Rule] = &[
    vtl(
        "P101",
        Note,
        P::Indicator,
        "if direction = \"lower\" then target <= previous else target >= previous",
    ),
    vtl("P102", Warning, P::PlanRepeat, "prose in table_targets"),
    vtl("P103", Warning, P::PlanRow, "abs(base + added - target) <= tolerance"),
    vtl("P104", Warning, P::PlanTarget, "round((target / base - 1) * 100, places) = growth"),
    vtl("P105", Warning, P::PlanRow, "abs(denominator_before + added - denominator_after) <= tolerance"),
    said("P106", Warning, P::Plan),
    vtl("P107", Note, P::PlanRepeat, "prose_text = table_text"),
    vtl("P108", Note, P::PlanRepeat, "prose_denominator = table_denominator"),
    vtl("P109", Note, P::PlanRow, "if direction = \"lower\" then previous > target else previous < target"),
    said("P110", Note, P::PlanRow),
    vtl("P111", Note, P::PlanRow, "not isnull(base)"),
    said("P112", Note, P::PlanTarget),
    said("P113", Note, P::PlanRepeat),
    vtl("P114", Note, P::PlanTarget, "not isnull(target_year)"),
    vtl("P115", Warning, P::PlanRow, "sum(quotas) = target"),
    said("P116", Note, P::PlanRow),
    said("P117", Note, P::Plan),
    said("R101", Error, P::File),
    said("R102", Error, P::File),
    said("R104", Note, P::File),
    said("R105", Error, P::ValueCell),
    said("R106", Error, P::File),
    said("R107", Error, P::File),
    said("R108", Error, P::Cell),
    said("R109", Error, P::Sheet),
    said("R110", Warning, P::ResultCell),
    said("R111", Error, P::Cell),
    said("R112", Note, P::Workbook),
    said("R113", Note, P::File),
    said("R116", Error, P::File),
    said("R117", Error, P::File),
    said("R118", Error, P::Entry),
    said("R119", Error, P::File),
    said("L201", Error, P::Workbook),
    said("L202", Warning, P::File),
    said("L203", Error, P::File),
    said("L204", Warning, P::Row),
    said("L205", Warning, P::Item),
    said("L206", Warning, P::Item),
    said("L207", Warning, P::File),
    vtl("L208", Error, P::File, "city = round_city"),
    said("L209", Error, P::Row),
    said("L210", Warning, P::Register),
    said("L211", Error, P::Item),
    said("L212", Note, P::AnySheet),
    said("L213", Warning, P::Entry),
    said("L214", Error, P::Registered),
    said("L215", Error, P::ResultCell),
    vtl("L216", Error, P::File, "period = round_period"),
    vtl("L217", Error, P::File, "not isnull(sender)"),
    said("L218", Warning, P::File),
    said("L219", Error, P::ResultCell),
    said("L220", Error, P::ResultCell),
    said("L221", Warning, P::Sheet),
    said("L222", Error, P::ResultCell),
    said("L223", Note, P::Sheet),
    said("L224", Warning, P::Heading),
    said("L225", Warning, P::Heading),
    said("L226", Error, P::IndicatorTable),
    said("L227", Error, P::IndicatorTable),
    said("L228", Warning, P::Item),
    said("L229", Error, P::Table),
    said("L230", Error, P::RepeatSender),
    said("L231", Warning, P::RepeatWorkbook),
    said("L232", Error, P::File),
    said("L233", Warning, P::File),
    said("L234", Note, P::File),
    said("L236", Error, P::TaskTable),
    said("L237", Note, P::Sheet),
    said("L238", Error, P::Sheet),
    said("L239", Error, P::IndicatorTable),
    said("L240", Warning, P::Item),
    said("T701", Note, P::ReturnedForm),
    said("T702", Warning, P::ReturnedForm),
    said("T703", Warning, P::ReturnedForm),
    said("T704", Warning, P::ReturnedForm),
    said("T705", Warning, P::ReturnedForm),
    said("T706", Note, P::ReturnedForm),
    said("T707", Note, P::ReturnedForm),
    said("T708", Error, P::ReturnedForm),
    said("T710", Note, P::ReturnedForm),
    said("N301", Warning, P::ValueCell),
    said("N302", Error, P::ValueCell),
    said("N303", Error, P::ValueCell),
    said("N304", Error, P::ValueCell),
    said("N305", Warning, P::ValueCell),
    said("N306", Warning, P::ValueCell),
    said("N307", Warning, P::ResultCell),
    said("N308", Warning, P::ValueCell),
    said("N309", Error, P::ValueCell),
    said("N310", Error, P::ValueCell),
    said("N311", Error, P::Reported),
    said("N312", Warning, P::ValueCell),
    said("N313", Warning, P::ValueCell),
    vtl("V401", Error, P::Indicator, "not isnull(value)"),
    vtl("V402", Error, P::Unit, "workbooks > 0"),
    vtl("V403", Warning, P::File, "received <= deadline"),
    vtl("V404", Warning, P::Reported, "unit = plan_unit"),
    said("V405", Error, P::Reported),
    said("V406", Error, P::Value),
    vtl("V407", Warning, P::Value, "abs(value / previous - 1) * 100 <= limit or note <> \"\""),
    said("V408", Warning, P::Evidenced),
    said("V409", Error, P::Value),
    vtl("V410", Warning, P::Value, "mod(value, 1) = 0"),
    vtl("V411", Error, P::Value, "between(value, least, most)"),
    vtl("V412", Note, P::Value, "year = round_year"),
    vtl("V413", Warning, P::TaskAnswer, "state <> \"\""),
    vtl("V414", Warning, P::TaskAnswer, "state in {\"完成\", \"推进中\", \"未启动\"}"),
    vtl("V415", Warning, P::Answer, "not isnull(value)"),
    vtl("V416", Error, P::Value, "value >= 0"),
    vtl("V417", Warning, P::Part, "part <= whole"),
    vtl("V418", Warning, P::Total, "total = sum(items)"),
    said("V419", Warning, P::Value),
    vtl("V420", Warning, P::Value, "value <> - previous or value = 0"),
    vtl("V421", Error, P::Value, "not (between(value, 80, 200) and target < 50)"),
    vtl("V422", Warning, P::Value, "vintage not_in {\"预计\", \"快报\"}"),
    vtl("V423", Error, P::Value, "value >= earlier"),
    said("V424", Error, P::Value),
    said("C501", Note, P::RepeatWorkbook),
    said("C502", Error, P::Indicator),
    said("C503", Note, P::Indicator),
    vtl("C504", Warning, P::PastValue, "reported_previous = previous"),
    vtl("C505", Error, P::Indicator, "round(growth_of_levels, places) = value"),
    vtl("C506", Warning, P::Indicator, "value >= level - base"),
    vtl("C507", Warning, P::Indicator, "added - (level - base) <= base * 0.1"),
    said("C508", Warning, P::Value),
    vtl("C509", Note, P::Published, "not isnull(published)"),
    vtl("C510", Note, P::Published, "published = previous"),
    said("C511", Note, P::Published),
    vtl("C512", Error, P::Indicator, "part <= whole"),
    vtl("C513", Warning, P::Indicator, "sum(parts) <= whole"),
    said("S601", Note, P::Target),
    said("S602", Note, P::Target),
    said("S603", Warning, P::Task),
    said("S604", Warning, P::Task),
    said("S605", Warning, P::City),
    said("Q801", Warning, P::Query),
    said("Q802", Error, P::Query),
    said("Q803", Warning, P::Query),
    said("Q804", Warning, P::Query),
    said("Q805", Warning, P::Query),
    said("Q806", Warning, P::Query),
    said("Q807", Warning, P::Query),
    said("Q808", Error, P::ChainedRegister),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::problem::severities;

    #[test]
    fn a_rule_is_as_grave_as_the_gravest_of_its_findings() {
        for (code, said) in severities() {
            let gravest = [Error, Warning, Note].into_iter().find(|one| said.contains(&format!("{one:?}")));
            assert_eq!(rule(code).map(|rule| rule.severity), gravest, "{code}");
        }
    }
}
