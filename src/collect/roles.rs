//! What columns hold.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
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
    /// Date of a document or deadline.
    Date,
    /// 目标. This and the roles below are known and not read.
    Target,
    /// Growth or another change.
    Growth,
    /// 完成率.
    Rate,
    /// 比重 of the value in something.
    Share,
    /// 位次.
    Rank,
    /// 权重.
    Weight,
    /// 得分.
    Score,
    /// 差距.
    Gap,
    /// 基期.
    Base,
    /// A part of the year: quarters, months.
    PartOfYear,
    /// Another year, or several years.
    OtherYear,
    /// Another area, or a part of this one.
    OtherArea,
    /// 一级指标, 属性.
    Class,
    /// 责任单位, people.
    Office,
    /// 口径.
    Definition,
    /// 自查: what a formula of a form says of its row.
    Check,
    /// 地区 of a row.
    Area,
    /// It could be the result by its heading, but another column says so better.
    Unused,
}

impl Role {
    /// The word for people.
    pub fn chinese(self) -> &'static str {
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
            Self::Target => "目标（不读取）",
            Self::Growth => "增长（不读取）",
            Self::Rate => "完成率（不读取）",
            Self::Share => "占比（不读取）",
            Self::Rank => "位次（不读取）",
            Self::Weight => "权重（不读取）",
            Self::Score => "得分（不读取）",
            Self::Gap => "差距（不读取）",
            Self::Base => "基期（不读取）",
            Self::PartOfYear => "年内部分时段（不读取）",
            Self::OtherYear => "其他年份（不读取）",
            Self::OtherArea => "其他范围（不读取）",
            Self::Class => "分类（不读取）",
            Self::Office => "单位和人员（不读取）",
            Self::Definition => "口径（不读取）",
            Self::Check => "自查（不读取）",
            Self::Area => "地区（不读取）",
            Self::Unused => "另有更明确的一栏（不读取）",
        }
    }

    /// Whether a column of this role is read.
    pub(super) fn is_read(self) -> bool {
        self <= Self::Date
    }

    /// Whether numbers in its cells, if there are any, are none of an indicator.
    pub(super) fn is_text(self) -> bool {
        matches!(
            self,
            Self::No | Self::Name | Self::Unit | Self::Evidence | Self::Vintage | Self::Document | Self::Date
        )
    }

    /// Whether cells under it are numbers as a rule, so that numbers in it say nothing against it.
    pub(super) fn is_measure(self) -> bool {
        matches!(
            self,
            Self::Growth | Self::Rate | Self::Share | Self::Rank | Self::Weight | Self::Score | Self::Gap
        )
    }
}
