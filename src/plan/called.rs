//! What a plan calls itself and its parts, for readers who know it by its own words: as its file says, else as its title and its
//! text have it.

use super::raw::Head;
use super::{Indicator, Origin, Plan};
use crate::finding::PlanNames;

/// Words of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// What kind of document it is: 方案, 规划, 计划.
    pub document: String,
    /// The programme that it belongs to: 创新型城市; `None` when its title names none.
    pub theme: Option<String>,
    /// Its tasks: 工作要点, 重点任务.
    pub tasks: String,
    /// Its table of indicators: 附表, or 指标表 in its text.
    pub table: String,
    /// What the table calls the units beside its rows: 数据采集单位, 责任单位.
    pub row_units: String,
    /// What the text calls the units that lead its tasks and answer for its targets: 牵头单位.
    pub leads: String,
    /// What it calls together those that its rows are broken down to: 县区.
    pub areas: String,
    /// Its office in short: 办公室 for one that is called so, else by its name.
    pub office: String,
    /// Whether it provides for its targets to be amended.
    pub is_amendable: bool,
}

/// Kinds of documents that titles name; the last one that a title names counts.
const DOCUMENTS: [&str; 14] = [
    "方案",
    "规划",
    "计划",
    "纲要",
    "要点",
    "意见",
    "办法",
    "措施",
    "报告",
    "清单",
    "任务书",
    "责任书",
    "安排",
    "分解表",
];
/// What a document is called whose title names no kind.
const DOCUMENT: &str = "方案";
/// What tasks are called in plans; the first one that the text uses counts.
const TASKS: [&str; 5] = ["工作要点", "重点任务", "主要任务", "工作任务", "重点工作"];
/// What tasks are called where the text uses none of these.
const TASK: &str = "任务";
/// Words of texts whose tables stand behind them.
const BEHIND: [&str; 2] = ["附表", "附件"];
/// A table behind the text, and one within it.
const TABLES: [&str; 2] = ["附表", "指标表"];
/// What tables call the units that only report; the first one that the text uses counts.
const REPORTERS: [&str; 11] = [
    "数据采集单位",
    "数据采集部门",
    "数据来源单位",
    "数据来源",
    "数据提供单位",
    "数据报送单位",
    "数据单位",
    "数据部门",
    "填报单位",
    "报送单位",
    "统计单位",
];
/// What tables call the units that answer for a row; the one nearest above the first row counts.
const ANSWERING: [&str; 10] = [
    "责任单位",
    "责任部门",
    "牵头单位",
    "牵头部门",
    "主管单位",
    "主管部门",
    "负责单位",
    "负责部门",
    "落实单位",
    "实施单位",
];
/// Words of texts, and what they call the units that lead; the first one that the text uses counts.
const LEADS: [(&str, &str); 6] = [
    ("牵头部门", "牵头部门"),
    ("牵头", "牵头单位"),
    ("责任部门", "责任部门"),
    ("责任单位", "责任单位"),
    ("主管部门", "主管部门"),
    ("负责单位", "负责单位"),
];
/// So many lines above the first row hold the heads of its table at most.
const HEAD_LINES: usize = 3;
/// What the units that lead are called where the text uses none of these.
const LEAD: &str = "牵头单位";
/// What texts call the areas that rows are broken down to, longer words first; the first one that the text uses counts, if all areas end like one.
const AREAS: [&str; 10] = [
    "县（市、区）",
    "县（市）区",
    "县(市、区)",
    "县(市)区",
    "县市区",
    "市县区",
    "市州",
    "县区",
    "区县",
    "市县",
];
/// What ends the names of such areas.
const AREA_ENDS: [char; 5] = ['县', '区', '市', '旗', '州'];
/// What areas are called that the text has no word for, and what they are called that are no areas alone.
const AREA: [&str; 2] = ["县（市、区）", "地区或单位"];
/// Parks, towns and the like, by the end of their names.
const KINDS_OF_AREAS: [&str; 6] = ["园区", "开发区", "街道", "乡镇", "镇", "乡"];
/// What ends the name of an office.
const OFFICE: &str = "办公室";
/// What tables hold.
const INDICATORS: &str = "指标";
/// What programmes make of a place: 创新型城市.
const OF_A_KIND: char = '型';
/// Places that programmes name, longer names first.
const PLACES: [&str; 10] =
    ["城市群", "城市", "县（市、区）", "县（市）", "县市", "县", "省份", "省", "园区", "社会"];
/// How many characters stand before 型 in the name of a programme.
const KIND_LENGTH: usize = 2;
/// Words by which the remark on a plan tells that its targets may be amended.
const AMENDMENT: [&str; 2] = ["调整", "修订"];

impl Called {
    /// Whether the name of the table says that it holds indicators.
    pub fn names_indicators(&self) -> bool {
        self.table.contains(INDICATORS)
    }

    /// Whether tasks have no name of their own.
    pub fn is_task_only(&self) -> bool {
        self.tasks == TASK
    }

    /// Whether the name of tasks says that they are tasks.
    pub fn is_plain_task(&self) -> bool {
        self.tasks.ends_with(TASK)
    }

    /// The words of a plan with its source text.
    pub(super) fn of(head: &Head, source: &[String], rows: &[Indicator], names_reporters: bool) -> Self {
        let says = |word: &&&str| source.iter().any(|line| line.contains(**word));
        let tasks = TASKS.iter().find(says).unwrap_or(&TASK);
        let [behind, within] = TABLES;
        let table = if BEHIND.iter().any(|word| says(&word)) { behind } else { within };
        let given = |word: &Option<String>, found: &str| word.clone().unwrap_or_else(|| found.to_owned());
        Self {
            document: given(&head.document_kind, document(&head.title)),
            theme: head.theme.clone().or_else(|| theme(&head.title).map(str::to_owned)),
            tasks: given(&head.task_word, tasks),
            table: given(&head.table_word, table),
            row_units: given(
                &head.row_unit_word,
                if names_reporters { reporters(source) } else { answering(above(rows, source)) },
            ),
            leads: given(
                &head.lead_word,
                LEADS.iter().find(|(word, _)| says(&word)).map_or(LEAD, |(_, leads)| leads),
            ),
            areas: given(&head.area_word, areas(rows, source)),
            office: if head.office.as_str().ends_with(OFFICE) { OFFICE } else { head.office.as_str() }
                .to_owned(),
            is_amendable: head
                .amendable
                .unwrap_or_else(|| AMENDMENT.iter().any(|word| head.note.contains(word))),
        }
    }
}

impl Plan {
    /// What it calls itself and its table, for the words of findings.
    pub fn names(&self) -> PlanNames {
        PlanNames { document: self.called.document.clone(), table: self.called.table.clone() }
    }
}

/// What the table of a text calls the units that report; cells may have blanks in them.
fn reporters(source: &[String]) -> &'static str {
    let says = |word: &&&str| source.iter().any(|line| without_blanks(line).contains(**word));
    let [usual, ..] = REPORTERS;
    REPORTERS.iter().find(says).unwrap_or(&usual)
}

/// The lines of the source above the first row of the table; all of them where there is none.
fn above<'a>(rows: &[Indicator], source: &'a [String]) -> &'a [String] {
    let rows = rows.iter().filter(|row| row.origin == Origin::Table);
    let first = rows.filter_map(|row| row.line.split(['-', ',']).next()?.trim().parse::<usize>().ok()).min();
    first.and_then(|first| source.get(..first.saturating_sub(1))).unwrap_or(source)
}

/// Whether the heads of a table name units that supply figures and none that answers, from the lines above its rows: who only supplies
/// a figure is not asked why a target was missed.
pub(super) fn only_reporters(rows: &[Indicator], source: &[String]) -> bool {
    let names = |line: &str, words: &[&str]| words.iter().any(|word| line.contains(word));
    let lines = above(rows, source).iter().rev().map(|line| without_blanks(line));
    let head = lines.take(HEAD_LINES).find(|line| names(line, &REPORTERS) || names(line, &ANSWERING));
    head.is_some_and(|line| names(&line, &REPORTERS) && !names(&line, &ANSWERING))
}

/// What the heads of a table call the units that answer, from the lines above its rows.
fn answering(above: &[String]) -> &'static str {
    let found = above.iter().rev().find_map(|line| {
        let line = without_blanks(line);
        ANSWERING.into_iter().filter_map(|word| Some((line.rfind(word)?, word))).max()
    });
    let [usual, ..] = ANSWERING;
    found.map_or(usual, |(_, word)| word)
}

/// What those are called together that rows are broken down to.
fn areas(rows: &[Indicator], source: &[String]) -> &'static str {
    let [usual, others] = AREA;
    let names = || rows.iter().flat_map(|row| &row.quotas).map(|quota| quota.area.as_str());
    if let Some(kind) = KINDS_OF_AREAS.into_iter().find(|kind| names().all(|name| name.ends_with(kind))) {
        return kind;
    }
    if !names().all(|name| name.ends_with(AREA_ENDS)) {
        return others;
    }
    let says = |word: &&&str| source.iter().any(|line| line.contains(**word));
    AREAS.iter().find(says).unwrap_or(&usual)
}

fn without_blanks(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The kind of document that a title names last.
fn document(title: &str) -> &'static str {
    let named = DOCUMENTS.into_iter().filter_map(|kind| Some((title.rfind(kind)?, kind)));
    named.max_by_key(|(at, _)| *at).map_or(DOCUMENT, |(_, kind)| kind)
}

/// The programme that a title names: 创新型县（市） in 潜江国家创新型县（市）建设实施方案.
fn theme(title: &str) -> Option<&str> {
    title.match_indices(OF_A_KIND).find_map(|(at, kind)| {
        let behind = title.get(at..)?.strip_prefix(kind)?;
        let place = PLACES.into_iter().find(|place| behind.starts_with(place))?;
        let (start, _) = title.get(..at)?.char_indices().rev().nth(KIND_LENGTH - 1)?;
        title.get(start..at + kind.len() + place.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_called_as_the_heads_of_the_table_call_them() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        for (text, expected) in [
            ("任务(责任单位:市科技局)\n序号 指标 牵头单位\n一、创新", "牵头单位"),
            ("序号 指标 责 任 部 门", "责任部门"),
            ("序号 指标 牵头部门 责任单位", "责任单位"),
            ("序号 指标 目标", "责任单位"),
        ] {
            assert_eq!(answering(&lines(text)), expected, "{text}");
        }
        assert_eq!(reporters(&lines("指标 | 数据采集 单位 |\n数据来源")), "数据采集单位");
        assert_eq!(reporters(&lines("指标 | 数据来源 |")), "数据来源");
        for (head, expected) in [
            ("序号\t指标\t数据单位", true),
            ("序号\t指标\t数据 采集单位", true),
            ("序号\t指标\t数据单位\t责任单位", false),
            ("序号\t指标\t牵头部门", false),
            ("序号\t指标\t目标", false),
        ] {
            assert_eq!(only_reporters(&[], &lines(head)), expected, "{head}");
        }
    }

    #[test]
    fn areas_are_called_as_the_text_calls_them() {
        let rows = |names: &[&str]| {
            let quota = |area: &&str| crate::plan::Quota {
                area: (*area).to_owned(),
                year: 2023,
                value: crate::plan::Written { text: "1".to_owned(), value: rust_decimal::Decimal::ONE },
                line: "1".to_owned(),
            };
            let mut row =
                Indicator::example("家", crate::plan::Measure::Stock, crate::plan::Direction::Higher);
            row.quotas = names.iter().map(quota).collect();
            vec![row]
        };
        for (names, text, expected) in [
            (&["甲县", "乙区"][..], "各县区于12月底前报送", "县区"),
            (&["甲县", "乙市"], "各县（市、区）人民政府", "县（市、区）"),
            (&["甲县", "乙市"], "各地", "县（市、区）"),
            (&["高新园区", "临港园区"], "各县区", "园区"),
            (&["甲县", "市水利局"], "各县区", "地区或单位"),
        ] {
            assert_eq!(areas(&rows(names), &[text.to_owned()]), expected, "{names:?} {text}");
        }
    }

    #[test]
    fn titles_name_the_kind_of_document_and_the_programme() {
        for (title, kind, programme) in [
            ("湘潭市推进国家创新型城市建设2023年工作实施方案", "方案", Some("创新型城市")),
            ("潜江国家创新型县（市）建设实施方案", "方案", Some("创新型县（市）")),
            ("衡阳市科技创新赋能攻坚实施方案（2025年）", "方案", None),
            ("国民经济和社会发展第十四个五年规划和2035年远景目标纲要", "纲要", None),
            ("甲县林业发展三年行动计划（2023—2025年）", "计划", None),
            ("关于印发《甲市工作要点》的通知", "要点", None),
            ("甲省“十四五”科技创新规划", "规划", None),
            ("大型灌区节水方案", "方案", None),
            ("政府文件", "方案", None),
        ] {
            assert_eq!((document(title), theme(title)), (kind, programme), "{title}");
        }
    }
}
