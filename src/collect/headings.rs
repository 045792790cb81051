//! Words of headings → what a column holds.

use super::text::{name_key, year_at_start};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// 序号.
    No,
    /// 指标名称, or the name of a task or document.
    Name,
    /// 计量单位.
    Unit,
    /// The year before.
    Previous,
    /// The year that is judged.
    Actual,
    /// The year that is judged, as expected before it is over.
    Estimate,
    /// 数据性质.
    Vintage,
    /// 数据年份.
    DataYear,
    /// 佐证编号.
    Evidence,
    /// A mark behind the value: `r` revised, `p` preliminary, `e` estimated. Such a column has no heading.
    Flag,
    /// 说明.
    Note,
    /// 进展状态.
    State,
    /// 进展情况.
    Progress,
    /// 文号或文件名.
    Document,
    /// Date of a document.
    Date,
    /// Known and not read: targets, growth, other years, classes, responsible units.
    Ignored,
}

impl Role {
    /// The word for people.
    pub(super) fn chinese(self) -> &'static str {
        match self {
            Self::No => "序号",
            Self::Name => "名称",
            Self::Unit => "计量单位",
            Self::Previous => "上年实绩",
            Self::Actual => "本年实绩",
            Self::Estimate => "本年预计",
            Self::Vintage => "数据性质",
            Self::DataYear => "数据年份",
            Self::Evidence => "佐证",
            Self::Flag => "标记",
            Self::Note => "说明",
            Self::State => "进展状态",
            Self::Progress => "进展情况",
            Self::Document => "文号或文件名",
            Self::Date => "日期",
            Self::Ignored => "不读取",
        }
    }
}

/// What one heading says, alone or above or below others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Role(Role),
    Year(i32),
    Kind(Kind),
    YearAndKind(i32, Kind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Actual,
    Estimate,
    /// Targets, growth and the like.
    Other,
}

/// What a column holds by its headings from top to bottom; `None` when they are not known.
pub(super) fn role_of(levels: &[String], year: i32) -> Option<Role> {
    let known: Vec<Words> = levels.iter().filter_map(|level| words(&name_key(level), year)).collect();
    let role = known.iter().rev().find_map(|words| match words {
        Words::Role(role) => Some(*role),
        _ => None,
    });
    let of = known.iter().rev().find_map(|words| match words {
        Words::Year(year) | Words::YearAndKind(year, _) => Some(*year),
        _ => None,
    });
    let kind = known.iter().rev().find_map(|words| match words {
        Words::Kind(kind) | Words::YearAndKind(_, kind) => Some(*kind),
        _ => None,
    });
    role.or(match (of, kind) {
        (None, None) => None,
        (_, Some(Kind::Other)) => Some(Role::Ignored),
        (Some(of), None | Some(Kind::Actual)) if of == year - 1 => Some(Role::Previous),
        (Some(of), _) if of != year => Some(Role::Ignored),
        (_, Some(Kind::Estimate)) => Some(Role::Estimate),
        (_, None | Some(Kind::Actual)) => Some(Role::Actual),
    })
}

/// Whether a text can stand in a second row of headings.
pub(super) fn is_heading(text: &str, year: i32) -> bool {
    words(&name_key(text), year).is_some()
}

fn words(key: &str, year: i32) -> Option<Words> {
    if let Some(role) = fixed(key) {
        return Some(Words::Role(role));
    }
    // 实绩(2023年) says the same as 2023年实绩.
    let turned = key.strip_suffix(')').and_then(|inner| inner.split_once('('));
    let turned = turned.filter(|(_, inside)| year_at_start(inside).is_some_and(|(_, rest)| rest.is_empty()));
    let key = turned.map_or_else(|| key.to_owned(), |(before, inside)| format!("{inside}{before}"));
    let relative =
        [("本年度", 0), ("本年", 0), ("当年", 0), ("本期", 0), ("上年度", 1), ("上年同期", 1), ("上年", 1)];
    let named =
        relative.iter().find_map(|(word, back)| Some((year - back, key.strip_prefix(word)?.to_owned())));
    let dated = || year_at_start(&key).map(|(year, rest)| (year, rest.to_owned()));
    match named.or_else(dated) {
        Some((of, rest)) if rest.is_empty() => Some(Words::Year(of)),
        Some((of, rest)) => Some(Words::YearAndKind(of, kind(&rest, true)?)),
        None => Some(Words::Kind(kind(&key, false)?)),
    }
}

fn kind(key: &str, dated: bool) -> Option<Kind> {
    let other = [
        "目标",
        "计划",
        "考核",
        "增速",
        "增长",
        "同比",
        "增幅",
        "比上年",
        "增减",
        "完成率",
        "进度",
        "累计增",
    ];
    Some(match key {
        "实绩" | "实际" | "实际值" | "实绩值" | "实际数" | "完成值" | "完成数" | "实际完成"
        | "实际完成值" | "实际完成数" | "年度实绩" | "本年完成" | "指标值" => {
            Kind::Actual
        }
        "完成" | "完成情况" | "数" | "值" | "数值" | "数据" | "末" | "底" | "年末" | "年底" | "末数"
        | "全年"
            if dated =>
        {
            Kind::Actual
        }
        "预计" | "预计数" | "预计值" | "预计完成" | "预计完成值" | "预计实绩" | "快报数" | "初步数"
        | "(预计)" | "实绩(预计)" => Kind::Estimate,
        key if other.iter().any(|word| key.contains(word)) => Kind::Other,
        _ => return None,
    })
}

/// Whether a text may head the column of names: a quick look before a thorough one.
pub(super) fn may_name(text: &str) -> bool {
    text.contains(['指', '任', '工', '材', '佐'])
}

fn fixed(key: &str) -> Option<Role> {
    Some(match key {
        "序号" | "编号" | "指标序号" | "任务编号" | "任务序号" | "材料编号" | "指标编号" => {
            Role::No
        }
        "指标名称" | "指标" | "二级指标" | "任务" | "工作要点" | "主要任务" | "重点任务" | "任务内容"
        | "任务名称" | "材料名称" | "佐证材料名称" => Role::Name,
        "计量单位" => Role::Unit,
        "数据性质" => Role::Vintage,
        "数据年份" | "数据所属年份" => Role::DataYear,
        "佐证" | "佐证编号" | "佐证材料编号" | "佐证序号" | "对应佐证编号" | "佐证材料" => {
            Role::Evidence
        }
        "说明" | "备注" | "变动说明" | "情况说明" => Role::Note,
        "进展状态" | "完成状态" => Role::State,
        "进展情况" | "工作进展" | "完成情况说明" => Role::Progress,
        "文号或文件名" | "文号" | "文件名" => Role::Document,
        "日期" | "材料日期" | "成文日期" => Role::Date,
        "一级指标" | "指标类别" | "类别" | "责任单位" | "牵头单位" | "数据采集单位" | "填报单位" => {
            Role::Ignored
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_a_column_holds() {
        for (levels, expected) in [
            (&["2023年实绩"][..], Some(Role::Actual)),
            (&["二〇二三年"], Some(Role::Actual)),
            (&["实绩（2023年）"], Some(Role::Actual)),
            (&["实际完成值"], Some(Role::Actual)),
            (&["2023年", "实绩"], Some(Role::Actual)),
            (&["2023年", "目标值"], Some(Role::Ignored)),
            (&["实绩", "2022年"], Some(Role::Previous)),
            (&["实绩", "上年"], Some(Role::Previous)),
            (&["2021年"], Some(Role::Ignored)),
            (&["2023年目标"], Some(Role::Ignored)),
            (&["比上年增长"], Some(Role::Ignored)),
            (&["2023年预计"], Some(Role::Estimate)),
            (&["2023年", "备注"], Some(Role::Note)),
            (&["完成情况"], None),
            (&["其他"], None),
        ] {
            let levels: Vec<String> = levels.iter().map(|level| (*level).to_owned()).collect();
            assert_eq!(role_of(&levels, 2023), expected, "{levels:?}");
        }
    }
}
