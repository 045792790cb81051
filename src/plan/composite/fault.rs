//! Every fault of `index.toml` beside those of any file.

use crate::ident::{CityId, IndicatorId};

/// What is wrong in `index.toml`, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum IndexFault {
    /// An indicator that the catalogue does not have.
    #[error("指标“{0}”不在指标目录catalogue.toml中 (not in the catalogue)")]
    NotInCatalogue(IndicatorId),
    /// An indicator twice.
    #[error("指标“{0}”重复列入 (listed twice)")]
    IndicatorTwice(IndicatorId),
    /// A domain that is not listed before.
    #[error("“{0}”不在前面的[[dimension]]中，已列：{list} (no [[dimension]] before it)", list = .1.join("、"))]
    NoDimension(String, Vec<String>),
    /// A domain twice.
    #[error("领域“{0}”重复 (the dimension is listed twice)")]
    DimensionTwice(String),
    /// A domain has both indicators and domains below it.
    #[error(
        "领域“{0}”之下既有指标又有领域：指标请另设领域 (has both indicators and dimensions below it: give the indicators a dimension of their own)"
    )]
    Mixed(String),
    /// Nothing below a domain.
    #[error("领域“{0}”之下没有指标 (has no indicator)")]
    Empty(String),
    /// Branches of different depth.
    #[error("领域“{0}”的下级深浅不一：各分支的层数应相同 (its branches have different depths)")]
    Uneven(String),
    /// No indicators at all.
    #[error("至少要有两个[[indicator]] (two indicators at least)")]
    TooFew,
    /// An indicator of which neither more nor less is better.
    #[error(
        "指标“{0}”在目录中没有优劣方向，请写 direction = \"higher\" 或 \"lower\" (the catalogue gives it no direction; write one)"
    )]
    NoDirection(IndicatorId),
    /// An indicator that is no plain number.
    #[error("指标“{0}”是名次或有无，不能进入综合指数 (a rank or a word cannot enter the index)")]
    NoQuantity(IndicatorId),
    /// A weight that is not positive.
    #[error("{0} 的权重应大于0 (weights are to be above 0)")]
    Weight(String),
    /// Goalposts that are missing.
    #[error("指标“{id}”缺 {fields}：标准化方法 {method} 需要 (the method asks for them)")]
    NoGoalpost {
        /// Which.
        id: IndicatorId,
        /// The fields.
        fields: &'static str,
        /// The word of the method.
        method: &'static str,
    },
    /// Goalposts the wrong way round.
    #[error("指标“{0}”的 low 应小于 high (low is to be less than high)")]
    Goalposts(IndicatorId),
    /// A reference that nothing can be divided by.
    #[error("指标“{0}”的 reference 应大于0 (the reference is to be above 0)")]
    Reference(IndicatorId),
    /// A number outside what it may be.
    #[error("{field} = {text} 应在{least}至{most}之间 (is to be between {least} and {most})")]
    OutOf {
        /// The field.
        field: &'static str,
        /// What is written.
        text: String,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A city that the round does not have.
    #[error("城市“{0}”不在本轮名单中 (not a city of the round)")]
    NoCity(CityId),
    /// A city in two groups.
    #[error("城市“{0}”在两组中 (is in two groups)")]
    CityTwice(CityId),
    /// A name that no dimension or indicator has.
    #[error("“{0}”既不是领域也不是指标 (neither a dimension nor an indicator)")]
    NoPart(String),
    /// Experts who are missing, or who gave nothing to some.
    #[error(
        "weights = \"budget\" 需要[[expert]]，每人给每个领域、指标打分；缺：{0} (each expert gives points to every one)"
    )]
    NoPoints(String),
    /// Logarithms of extreme values with a method that holds values against numbers of their own scale.
    #[error(
        "treatment.fallback = \"log\" 不能与标准化方法 {0} 同用：它把值与事先规定的数、与零或平均值相比 (not with this normalisation, which holds values against numbers of their own scale)"
    )]
    NoFallback(&'static str),
    /// An indicator over itself.
    #[error("指标“{0}”的 per 是它自己 (it is divided by itself)")]
    PerItself(IndicatorId),
    /// Shares that no weights have, or no domains to weigh.
    #[error(
        "[best_case] 需要指数之下至少两个领域，现有{0}个，且每个领域都取 least 时不超过100、都取 most 时不少于100 (two domains at least, of which all can have shares from least to most that sum to 100)"
    )]
    BestShares(usize),
    /// Weights that do not come out of the scores.
    #[error("weights = \"principal\"：“{of}”之下的主成分权重算不出，{why}；请改用 given、equal 或 budget")]
    NoPrincipal {
        /// The domain, or the index itself.
        of: String,
        /// Why.
        why: NoPrincipal,
    },
    /// Scores that may be nothing where positive ones are asked for.
    #[error(
        "{aggregation} 要求得分为正：标准化方法 {normalisation} 会给出0或负数，请写 floor (下限，如 \"1\") (asks for positive scores; the normalisation gives 0 or less: write a floor)"
    )]
    NotPositive {
        /// The word of the aggregation.
        aggregation: &'static str,
        /// The word of the normalisation.
        normalisation: &'static str,
    },
    /// Scores that no floor holds where positive ones are asked for.
    #[error(
        "{0} 要求得分为正：goalposts_uncapped 对 low 以外的值给出0或负数，floor 也保证不了，请改用 goalposts (asks for positive scores; beyond the goalposts not even a floor holds: write goalposts)"
    )]
    NoFloor(&'static str),
    /// A method that stands only at the top.
    #[error("copeland 只能用于最上一层 (only at the top)")]
    CopelandBelow,
    /// More aggregations than levels.
    #[error("aggregation 写了{0}层，指数只有{1}层 (more aggregations than levels)")]
    TooManyLevels(usize, usize),
    /// Classes that do not fall.
    #[error("[[class]] 应从高到低，from 依次减小 (classes are to fall)")]
    Classes,
    /// Imputation by groups without groups.
    #[error("imputation = \"{0}\" 需要每个城市都在[[peers]]中 (asks for peer groups with every city)")]
    NoPeers(&'static str),
    /// A year that is no year before the round's.
    #[error("base_year = {0} 应早于本年度 (is to be before the year of the round)")]
    BaseYear(i32),
    /// A logarithm together with goalposts that have none.
    #[error("指标“{0}”取对数时 low、high、reference 应大于0 (with log they are to be above 0)")]
    NoLog(IndicatorId),
    /// A part-year round.
    #[error("本轮不是全年，不算综合指数 (no index of a part of a year)")]
    NotAnnual,
}

/// Why scores give no weights out of their principal components.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NoPrincipal {
    /// There are no more cities than parts.
    #[error(
        "各部分得分齐全的城市只有{cities}个，应多于部分数{parts}（至少3个） (no principal components: only {cities} cities have all {parts} scores, more than {parts}, and 3, are needed)"
    )]
    TooFew {
        /// Cities with all scores.
        cities: usize,
        /// Parts.
        parts: usize,
    },
    /// A part in which all cities are alike.
    #[error("“{0}”各城市得分都相同 (all cities have the same score in it)")]
    Alike(String),
    /// A part that goes against the others.
    #[error(
        "“{0}”与其余部分负相关（在第一主成分上载荷符号相反） (it goes against the others: its loading on the first component has the other sign)"
    )]
    AtOdds(String),
}
