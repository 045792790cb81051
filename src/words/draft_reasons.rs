//! Why a field of a draft is open, what the field is called, and what a person does about it.

use crate::draft::OpenReason;
use crate::plan::OpenGrade;

/// Why a field is unsettled.
pub fn open_words(reason: &OpenReason) -> String {
    match reason {
        OpenReason::NotSaid => "原文没有写明".to_owned(),
        OpenReason::Carried => "承上文".to_owned(),
        OpenReason::Columns(read, expected) => format!("读到{read}个数，表头有{expected}栏"),
        OpenReason::CatalogueUnit => "表中未写，暂用目录的单位".to_owned(),
        OpenReason::NotInCatalogue => "指标目录中没有这个名称".to_owned(),
        OpenReason::NumberedAgain => "编号重新开始，前面加组名首字".to_owned(),
        OpenReason::Counted => "按顺序数得".to_owned(),
        OpenReason::UnitName => "单位名称待核".to_owned(),
        OpenReason::LikeUnit(other) => format!("与“{other}”可能是同一单位"),
        OpenReason::NoLead => "没有牵头单位".to_owned(),
        OpenReason::FirstSentence => "取首句".to_owned(),
        OpenReason::NoFullStop => "题目与正文之间可能缺句号".to_owned(),
        OpenReason::NewOrAll => "新增数还是总数".to_owned(),
        OpenReason::About => "“左右”的幅度未写".to_owned(),
        OpenReason::NoUnit => "没有读到计量单位".to_owned(),
        OpenReason::WhichUnit => "计量单位待核".to_owned(),
        OpenReason::SameAs(no) if no.is_empty() => "另有同名目标".to_owned(),
        OpenReason::SameAs(no) => format!("与{no}同名，按重复处理"),
        OpenReason::Stretch(no) => format!("作为{no}的力争值，不单独判定"),
        OpenReason::LikeRow(no) => format!("与附表{no}名称相近，可能是重复"),
        OpenReason::OtherThanRow(no) => format!("与附表{no}的目标值不同"),
        OpenReason::Subject(subject) if subject.is_empty() => "主语省略".to_owned(),
        OpenReason::Subject(subject) => format!("主语省略，可能承“{subject}”"),
        OpenReason::BehindNumber => "取数后的文字".to_owned(),
        OpenReason::IsTarget => "是否作为目标".to_owned(),
        OpenReason::Reference => "对照值待定".to_owned(),
        OpenReason::RankOf => "名次的范围和主语待核".to_owned(),
        OpenReason::RoundNumber => "是否实指".to_owned(),
        OpenReason::NoYear => "未写年限".to_owned(),
        OpenReason::PeriodEnd => "写的是时期，取末年".to_owned(),
        OpenReason::WhichWay => "越高越好还是越低越好，原文没有写明".to_owned(),
        OpenReason::Opposite => "文字与方向不一致".to_owned(),
        OpenReason::NoteOf => "表注提到这一行，是否口径待核".to_owned(),
        OpenReason::LessIsBetter => "按名称判断越低越好".to_owned(),
        OpenReason::GrowthOn => "与哪一年相比".to_owned(),
        OpenReason::WhichKind => "目标种类可有两解".to_owned(),
        OpenReason::Respectively => "几个名称与几个数的对应待核".to_owned(),
        OpenReason::DeadlineOf(whose) => format!("写的是{whose}的期限，是否为各填报单位的"),
        OpenReason::Scope(scope) => format!("口径可能限于“{scope}”"),
        OpenReason::Words => "文字代替了数值".to_owned(),
        OpenReason::WhichColumn => "本栏是目标还是实绩，表头没有写明".to_owned(),
        OpenReason::FromPlace => "由标题、正文或文件位置推得".to_owned(),
        OpenReason::Noted => "数后有注记，见表注".to_owned(),
        OpenReason::Cumulative => "是否为几年合计".to_owned(),
        OpenReason::EveryYear => "列在年均栏，按每年都适用处理".to_owned(),
        OpenReason::IsDone => "文字说的是做成与否，按有/无处理".to_owned(),
        OpenReason::PartOf => "是否为上一行的其中项".to_owned(),
        OpenReason::YearOf(columns, year) => format!("“{}”栏未写年份，取{year}年", columns.join("、")),
        OpenReason::IsTask => "是否作为任务".to_owned(),
    }
}

/// What the keys of plan files are called.
const FIELDS: [(&str, &str); 45] = [
    ("against", "对照的行"),
    ("base_year", "基期年份"),
    ("baseline_year", "基期年份"),
    ("city", "地区代码"),
    ("cumulative", "是否累计"),
    ("data_units", "数据单位"),
    ("definition", "口径"),
    ("dimension", "领域"),
    ("direction", "方向"),
    ("document_no", "文号"),
    ("due", "期限"),
    ("group", "所属的组"),
    ("id", "标识"),
    ("issued_on", "发文日期"),
    ("issuer", "发文单位"),
    ("kind", "目标种类"),
    ("lead", "牵头单位"),
    ("level", "层级"),
    ("measure", "计量类型"),
    ("name", "名称"),
    ("no", "编号"),
    ("office", "汇总单位"),
    ("op", "比较方式"),
    ("parent", "所属的行"),
    ("period", "报告期"),
    ("quota", "分解指标"),
    ("recurring", "是否每年适用"),
    ("reference", "对照值"),
    ("responsible", "责任单位"),
    ("row_units", "表中单位是填报还是责任单位"),
    ("same_as", "重复的条目"),
    ("scope", "内容概述"),
    ("short", "简称"),
    ("strength", "力度"),
    ("target", "目标"),
    ("text", "任务原文"),
    ("tier", "档次"),
    ("title", "题目"),
    ("tolerance", "允许幅度"),
    ("unit", "计量单位"),
    ("value", "数值"),
    ("undated", "是否未写年限"),
    ("undefined", "没有界定的说法"),
    ("year", "年份"),
    ("years", "方案年份"),
];

/// What a key of a plan file is called; the key itself where nothing else is.
pub fn field_words(field: &str) -> &str {
    FIELDS.iter().find(|(key, _)| *key == field).map_or(field, |(_, words)| *words)
}

/// What a person does about an open field, in Chinese and in English.
pub fn open_advice(section: &str, field: &str, grade: OpenGrade) -> (&'static str, &'static str) {
    match (field, grade) {
        ("same_as", OpenGrade::Missing) => ("是重复的补写，不是的不写", "write it if it is a repetition"),
        ("tolerance", _) => ("要定幅度的补写，不写按轮次的幅度", "write it, or the round's holds"),
        ("kind" | "text", OpenGrade::Chosen) => {
            ("不对就改，不是目标或任务的删去整条", "correct it, or delete the entry if it is no target")
        }
        ("lead" | "responsible" | "document_no" | "issuer" | "issued_on", OpenGrade::Missing) => {
            ("有的补写，原文没有的不写", "write it where the document has it")
        }
        ("id", OpenGrade::Chosen) if section != "plan" => {
            ("目录里已有的改用目录的，没有的留用", "use the catalogue's if it has it")
        }
        (_, OpenGrade::Missing) => ("补写", "write it"),
        (_, OpenGrade::Chosen) => ("核对，不对就改", "check it"),
        (_, OpenGrade::Carried) => ("对照上文核对", "check it against what stands before"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_called_by_words_and_say_what_to_do() {
        assert_eq!((field_words("unit"), field_words("new_key")), ("计量单位", "new_key"));
        assert_eq!(open_advice("target", "unit", OpenGrade::Missing).0, "补写");
    }
}
