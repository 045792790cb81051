//! Where a numeral of the report stands, in words: `摘要/结论`, `湘潭表3/22/完成率`.

use serde_json::{Map, Value};

/// Sections by their templates.
const SECTIONS: [(&str, &str); 35] = [
    ("bulletin", "一页"),
    ("brief_head", "参阅/版头"),
    ("brief_answers", "参阅/第1页"),
    ("brief_asked", "参阅/请定"),
    ("brief_contradictions", "参阅/报完成"),
    ("brief_owed", "参阅/欠数"),
    ("main_guide", "怎样读"),
    ("main_comparison", "比较"),
    ("main_shared", "分领域"),
    ("main_composite", "综合指数"),
    ("main_rows", "全部目标"),
    ("main_course", "来路和去路"),
    ("main_open", "判不了"),
    ("main_definitions", "算法"),
    ("main_hardships", "各市难处"),
    ("main_index", "索引"),
    ("main_ranges", "可能范围"),
    ("signoff", "签审"),
    ("cover", "封面"),
    ("volume_head", "卷首"),
    ("guide", "标志"),
    ("withheld", "暂不刊出"),
    ("index", "附件1、2"),
    ("quotas", "分解"),
    ("tasks", "附件3"),
    ("units", "附件4"),
    ("findings", "附件5"),
    ("decisions", "附件5/人工决定"),
    ("restatements", "附件5/上年数修订"),
    ("remarks", "附件6"),
    ("inputs", "附件7"),
    ("method", "附件8/规则"),
    ("scoring", "附件8"),
    ("derived", "附件8/合计"),
    ("composite", "附件9"),
];

/// Sections of a city's chapter.
const OF_CITY: [&str; 2] = ["main_rows", "main_course"];

/// Keys that only hold others, and say nothing of the place.
const SILENT: [&str; 11] =
    ["rows", "table", "content", "map", "marks", "groups", "cells", "kinds", "items", "cities", "rules"];

/// Columns and texts.
const KEYS: [(&str, &str); 153] = [
    ("able", "可评"),
    ("action", "建议"),
    ("actions", "请办"),
    ("actual", "实绩"),
    ("actual_change", "实绩变化"),
    ("alpha", "一致性"),
    ("alt", "替代文字"),
    ("answers", "答"),
    ("apart", "不排位次"),
    ("assessed", "考核值"),
    ("at_place", "居此位"),
    ("audit", "可靠性"),
    ("base", "上年"),
    ("basis_text", "依据"),
    ("behind", "慢于序时"),
    ("best", "最好"),
    ("better_words", "变好"),
    ("blank", "空白"),
    ("boundary_text", "边界项"),
    ("bullets", "图"),
    ("cells_text", "单元格"),
    ("certainty", "稳健性"),
    ("chain", "定基指数"),
    ("change", "变化"),
    ("choices", "选项"),
    ("classes", "档次"),
    ("completion", "完成率"),
    ("convergence", "差距变化"),
    ("correlated", "相关"),
    ("count", "数"),
    ("counting_text", "计数"),
    ("counts", "计数"),
    ("coverage", "覆盖率"),
    ("dark", "无灯"),
    ("data", "数据采集"),
    ("decision", "决定"),
    ("declines", "变差"),
    ("difference", "差"),
    ("domains", "领域"),
    ("drawing", "图"),
    ("due", "本期应达"),
    ("duties", "谁须做什么"),
    ("effect", "影响"),
    ("errors", "错误"),
    ("expected", "应报"),
    ("facts", "合计"),
    ("first", "一阶"),
    ("formula", "算式"),
    ("formula_words", "算式"),
    ("gap", "差距"),
    ("grades", "等次"),
    ("greatest", "最多移动"),
    ("green", "绿"),
    ("grounds", "判定所据"),
    ("groups_text", "类别"),
    ("heading", "标题"),
    ("headline", "标题句"),
    ("high", "最大"),
    ("imputed", "插补"),
    ("indicators", "指标"),
    ("intended", "完成值"),
    ("interval", "位次区间"),
    ("judging_text", "判定"),
    ("kept", "居本档"),
    ("key", "要目"),
    ("lagged", "数据滞后"),
    ("last_text", "排名与修约"),
    ("late", "逾期"),
    ("lead", "牵头正文目标"),
    ("left_out", "去掉"),
    ("limits", "界限"),
    ("lines", "各行"),
    ("low", "最小"),
    ("marks_text", "标志"),
    ("mean", "平均移动"),
    ("meaning", "含义"),
    ("means", "含义"),
    ("met", "完成"),
    ("missed", "未完成"),
    ("missing", "未报"),
    ("more", "补充"),
    ("moves", "升降"),
    ("nearly", "基本完成"),
    ("need", "还须年均"),
    ("next", "下年目标"),
    ("note", "注"),
    ("notes", "提示"),
    ("number", "数值"),
    ("on_schedule", "达到序时"),
    ("on_time", "按时"),
    ("open", "暂不能判定"),
    ("panels", "格"),
    ("parts", "分项"),
    ("paths", "来路和去路"),
    ("peers", "同类平均"),
    ("place", "位次"),
    ("planned", "方案"),
    ("plot", "位次图"),
    ("points", "得分"),
    ("profiles", "分领域得分"),
    ("published", "已发布"),
    ("queries", "待答复"),
    ("question", "问"),
    ("questions", "问"),
    ("r", "相关系数"),
    ("ranges", "可能范围"),
    ("rank", "名次"),
    ("rank_range", "名次区间"),
    ("rate", "完成率"),
    ("red", "红"),
    ("report", "报送"),
    ("reported", "本次填报"),
    ("rest", "其余"),
    ("results", "得分和位次"),
    ("rule", "规则"),
    ("score", "得分"),
    ("score_text", "得分"),
    ("score_zero", "缺报计零"),
    ("sentence", "句"),
    ("shared", "责任任务"),
    ("shares", "影响"),
    ("shortfall", "差距"),
    ("slow", "需加快"),
    ("stand_ins", "插补和处理"),
    ("states", "判定"),
    ("steps", "做法"),
    ("strengths", "强项"),
    ("strip", "要览"),
    ("swaps", "换位"),
    ("taken", "采用情况"),
    ("target", "目标"),
    ("tasks", "任务"),
    ("text", "正文"),
    ("then", "改为"),
    ("title", "题"),
    ("told", "实际和应达"),
    ("total", "应评"),
    ("traits", "强项和弱项"),
    ("treated", "极端值处理"),
    ("unit", "分母"),
    ("units", "分单位"),
    ("value", "数值"),
    ("verdict", "结论"),
    ("warnings", "警告"),
    ("weaknesses", "弱项"),
    ("weight", "权重"),
    ("weights", "权重"),
    ("without", "去掉一地"),
    ("words", "文字"),
    ("workbooks", "工作簿"),
    ("worse_words", "变差"),
    ("worst", "离目标最远"),
    ("yellow", "黄"),
];

/// What rows are called by, in the order in which it is looked for.
const NAMES: [&str; 8] = ["no", "id", "city", "name", "code", "label", "words", "heading"];

fn word<'a>(list: &[(&'a str, &'a str)], key: &'a str) -> &'a str {
    list.iter().find(|(own, _)| *own == key).map_or(key, |(_, word)| word)
}

/// A section; `city` is the one whose chapter it stands in, by its short name.
pub(super) fn of_section<'n>(
    section: &Value,
    city: &mut String,
    short: impl Fn(&str) -> Option<&'n str>,
) -> String {
    let template = section["template"].as_str().unwrap_or_default();
    if let Some(name) = section["content"]["slug"].as_str().and_then(short) {
        *city = name.to_owned();
    }
    if let Some(place) =
        section["content"]["place"].as_str().filter(|_| template == super::unit_page::TEMPLATE)
    {
        return format!("专页/{place}");
    }
    let name = word(&SECTIONS, template);
    if OF_CITY.contains(&template) { format!("{city}{name}") } else { name.to_owned() }
}

/// A table by its number, if that is one.
pub(super) fn of_table(object: &Map<String, Value>) -> Option<String> {
    let number = object.get("number")?.as_str()?;
    (object.contains_key("rows") && !number.is_empty()).then(|| number.to_owned())
}

/// Columns whose heads differ by plan, with the keys of the heads.
const HEADS: [(&str, &str); 5] = [
    ("base", "base_word"),
    ("data", "rows_head"),
    ("lead", "prose_head"),
    ("met", "met_head"),
    ("rate", "rate_head"),
];

/// Heads of columns that a section, or a part of one, has of its own, by key.
#[derive(Debug, Clone, Default)]
pub(super) struct Heads(Vec<(&'static str, String)>);

impl Heads {
    /// Those of an object that has any; of those that it does not have, the ones around it hold.
    pub(super) fn with(&self, object: &Map<String, Value>) -> Option<Self> {
        let own = |(key, head): (&'static str, &str)| Some((key, object.get(head)?.as_str()?.to_owned()));
        let own: Vec<_> = HEADS.into_iter().filter_map(own).collect();
        (!own.is_empty()).then(|| Self(own.into_iter().chain(self.0.iter().cloned()).collect()))
    }

    fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.iter().find(|(own, _)| *own == key).map_or_else(|| word(&KEYS, key), |(_, head)| head)
    }
}

/// What stands by a key.
pub(super) fn of_key(key: &str, place: &str, heads: &Heads) -> String {
    if SILENT.contains(&key) { place.to_owned() } else { format!("{place}/{}", heads.word(key)) }
}

/// One of several, by its name or its number in the list.
pub(super) fn of_item(item: &Value, place: &str, number: usize) -> String {
    let name = NAMES.iter().find_map(|key| item.get(key)?.as_str().filter(|name| is_name(name)));
    match name {
        Some(name) => format!("{place}/{name}"),
        None => format!("{place}/{number}"),
    }
}

/// Whether a text is a name, and no numeral with its step.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains('\u{FDD0}')
}
