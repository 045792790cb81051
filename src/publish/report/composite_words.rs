//! Words for the methods and causes of an index.

use crate::composite::NoValue;
use crate::finding::Language;
use crate::plan::{Aggregation, Factor, Imputation, Normalisation, Weighting};

/// Why a city has no value of an indicator of its own.
pub(super) fn absence(cause: NoValue) -> &'static str {
    match cause {
        NoValue::NoRow => "方案未列",
        NoValue::NotReported => "未报",
        NoValue::Lagged => "数据滞后",
        NoValue::InDoubt => "待核实",
        NoValue::NoNumber => "不是可换算的数",
        NoValue::NoLogarithm => "没有对数",
        NoValue::NoDenominator => "分母缺数",
        NoValue::OddDenominator => "分母不大于零",
    }
}

pub(super) fn factor(language: Language, factor: Factor) -> &'static str {
    match factor {
        Factor::Weights => language.of("权重", "the weights"),
        Factor::Normalisation => language.of("标准化方法", "the method of normalisation"),
        Factor::Aggregation => language.of("合成方法", "the method of aggregation"),
        Factor::Treatment => language.of("极端值处理", "the treatment of extreme values"),
        Factor::Inclusion => language.of("取舍指标", "which indicator is left out"),
    }
}

/// A method of normalisation: its name, what it does, and what it is from.
pub(super) fn normalisation(method: Normalisation) -> [&'static str; 3] {
    match method {
        Normalisation::MinMax => {
            ["极差法", "以各地最小值、最大值为两端", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::Goalposts { capped: true } => {
            ["定标极差法", "两端事先规定，超出两端的按两端计", "联合国开发计划署人类发展指数技术说明"]
        }
        Normalisation::Goalposts { capped: false } => {
            ["定标极差法", "两端事先规定，超出两端的照算", "联合国开发计划署人类发展指数技术说明"]
        }
        Normalisation::ZScore { sample: true } => {
            ["标准分法", "用样本标准差", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::ZScore { sample: false } => {
            ["标准分法", "用总体标准差", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::DistanceToBest => {
            ["与最优值之比", "以各地中最好的为一百", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::DistanceToWorst => {
            ["与最差值之比", "以各地中最差的为一百", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::DistanceToMean => {
            ["与平均值之比", "以各地平均为一百", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::AboveBelowMean => [
            "高于、低于平均",
            "比平均值高出两成以上得一分，低于两成以上扣一分，其余为零",
            "OECD、JRC《综合指标编制手册》（2008年）",
        ],
        Normalisation::DistanceToReference => {
            ["与参照值之比", "以规定的参照值为一百", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::DistanceToTarget { capped: true } => {
            ["距目标的程度", "到了目标为一百，超过的按一百计", "JRC的COINr软件（n_dist2targ）"]
        }
        Normalisation::DistanceToTarget { capped: false } => {
            ["距目标的程度", "到了目标为一百，超过的照算", "JRC的COINr软件（n_dist2targ）"]
        }
        Normalisation::Rank => ["位次法", "值较差的个数加一", "OECD、JRC《综合指标编制手册》（2008年）"],
        Normalisation::Percentile => {
            ["百分位法", "其他各地中值较差的所占的百分比", "OECD、JRC《综合指标编制手册》（2008年）"]
        }
        Normalisation::Borda => ["博尔达计分", "值较差的个数", "OECD、JRC《综合指标编制手册》（2008年）"],
        Normalisation::Efficacy => [
            "功效系数法",
            "不允许值为六十，满意值为一百",
            "国家统计局综合评价方法和财政部企业绩效评价的功效系数法",
        ],
    }
}

pub(super) fn weighting(method: Weighting) -> [&'static str; 2] {
    match method {
        Weighting::Equal => ["等权", "同一领域各指标、同一层各领域权重相同"],
        Weighting::Given => ["给定权重", "权重由index.toml给定，在同一层内按比例折合"],
        Weighting::Budget => ["专家打分", "取各专家所给分数的平均，在同一层内按比例折合"],
        Weighting::Principal => [
            "主成分赋权",
            "同一层内各部分得分的相关矩阵，取特征值不小于一的主成分，权重与部分在这些主成分上载荷的平方和成正比（主成分旋转与否不影响）",
        ],
    }
}

/// A method of aggregation: its name, what it does, and what it is from.
pub(super) fn aggregation(method: Aggregation) -> [&'static str; 3] {
    let handbook = "OECD、JRC《综合指标编制手册》（2008年）";
    match method {
        Aggregation::Arithmetic => ["加权算术平均", "高低可以完全相抵", handbook],
        Aggregation::Geometric => ["加权几何平均", "高低只能部分相抵，得分都须为正", handbook],
        Aggregation::Harmonic => ["加权调和平均", "低分影响更大，得分都须为正", handbook],
        Aggregation::MazziottaPareto { penalised: true } => [
            "马佐塔—帕累托指数",
            "各部分不均衡的扣分，不用权重",
            "Mazziotta、Pareto（2016年），Social Indicators Research",
        ],
        Aggregation::MazziottaPareto { penalised: false } => [
            "马佐塔—帕累托指数",
            "各部分不均衡的加分，不用权重",
            "Mazziotta、Pareto（2016年），Social Indicators Research",
        ],
        Aggregation::Copeland => ["科普兰法", "两两相比，按权重胜出的次数减去落败的次数", handbook],
    }
}

pub(super) fn imputation(method: Imputation) -> &'static str {
    use crate::plan::Averaging::{Mean, Median};
    match method {
        Imputation::Off => "不插补：缺的不算，领域内其余指标的权重按比例放大",
        Imputation::All(Mean) => "以有数的各地的平均数插补",
        Imputation::All(Median) => "以有数的各地的中位数插补",
        Imputation::Group(Mean) => "以同类地区的平均数插补",
        Imputation::Group(Median) => "以同类地区的中位数插补",
        Imputation::Last => "以当地最近一年的数插补",
    }
}
