//! 附件9: the steps of an index in their order, in words made from its specification, with the formulas of the methods in use.

use serde::Serialize;

use super::composite_view::CompositeView;
use super::composite_words::{aggregation, imputation, normalisation, weighting};
use crate::plan::{IndexSpec, Normalisation, ScoreClass, Treatment, Weighting};
use crate::rounding::plain;

/// A step.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MethodStep {
    term: String,
    meaning: String,
    /// What its methods are from; may be empty.
    source: String,
    /// Keys of the formulas that the template has, each with its words.
    formulas: Vec<MethodFormula>,
}

/// A formula by its key.
#[derive(Debug, Clone, Serialize)]
struct MethodFormula {
    key: &'static str,
    words: String,
}

fn step(term: &str, meaning: String) -> MethodStep {
    MethodStep { term: term.to_owned(), meaning, source: String::new(), formulas: Vec::new() }
}

/// In the order in which they are done.
pub(super) fn steps(view: &CompositeView<'_>) -> Vec<MethodStep> {
    let spec = view.spec();
    let mut all = vec![
        step(
            "一、取数",
            "取本轮各地所用的实绩，换成指标目录的计量单位；滞后、待核实、未报的不作当年数。".to_owned(),
        ),
        step("二、筛选", screening(view)),
        step("三、插补", format!("{}。插补的值标※，逐个列在本附件。", imputation(spec.imputation))),
        treated(view, spec.treatment.as_ref()),
        normalising(view),
        MethodStep {
            source: match spec.weighting {
                Weighting::Principal => "OECD、JRC《综合指标编制手册》（2008年）".to_owned(),
                Weighting::Equal | Weighting::Given | Weighting::Budget => String::new(),
            },
            ..step("六、赋权", weighing(spec))
        },
        putting_together(spec),
        step(
            "八、排位",
            format!(
                "按未修约的得分从高到低排，得分相同的并列；不够数的列在括号里，不排位次，也不参加标准化所用的统计。{}",
                classing(view)
            ),
        ),
    ];
    if let Some(chain) = spec.chain {
        let year = chain.base_year;
        let told = step(
            "九、定基指数",
            format!(
                "以{year}年为一百：指标逐年的增速以两年平均数为分母，加权得领域增速，逐年连乘，再按领域权重合成。"
            ),
        );
        all.push(MethodStep {
            source: "国家统计局中国创新指数的编制方法".to_owned(), ..told
        });
    }
    all
}

/// From which scores on each class is; nothing where there are none.
fn classing(view: &CompositeView<'_>) -> String {
    let of = |(place, class): (usize, &ScoreClass)| {
        let from = view.parameter(&format!("class.{place}.from"), plain(class.from));
        format!("{}{from}及以上", class.name)
    };
    let told: Vec<String> = (1..).zip(&view.spec().classes).map(of).collect();
    match told.is_empty() {
        true => String::new(),
        false => format!("分档按未修约的得分：{}，其下不入档。", told.join("，")),
    }
}

fn screening(view: &CompositeView<'_>) -> String {
    let screening = &view.spec().screening;
    let indicator = view.parameter("screening.indicator_coverage", plain(screening.indicator_coverage));
    let city = view.parameter("screening.city_coverage", plain(screening.city_coverage));
    format!("有数的不到{indicator}%的指标全部不用；本身有数的指标不到{city}%的不排位次。")
}

fn treated(view: &CompositeView<'_>, asked: Option<&Treatment>) -> MethodStep {
    let source = if asked.is_some() {
        "JRC的COINr软件；OECD、JRC《综合指标编制手册》（2008年）"
    } else {
        ""
    };
    MethodStep { source: source.to_owned(), ..step("四、极端值处理", treatment(view, asked)) }
}

fn treatment(view: &CompositeView<'_>, treatment: Option<&Treatment>) -> String {
    let Some(Treatment { skewness, kurtosis, most, falls_back }) = treatment else {
        return "不处理。".to_owned();
    };
    let skewness = view.parameter("treatment.skewness", plain(*skewness));
    let kurtosis = view.parameter("treatment.kurtosis", plain(*kurtosis));
    let most = view.parameter("treatment.most", most);
    let logs = if *falls_back {
        "收到这个数仍达到的，不收，改取对数ln（x－最小值＋极差的百分之一）；本身取对数的除外。"
    } else {
        ""
    };
    format!(
        "指标的偏度绝对值达到{skewness}、超额峰度也达到{kurtosis}时，把最外面的值收到相邻的值，每项指标至多{most}个，到不再达到为止；收过的标▽。{logs}"
    )
}

fn normalising(view: &CompositeView<'_>) -> MethodStep {
    let spec = view.spec();
    let [name, what, source] = normalisation(spec.normalisation);
    let floor = spec.floor.map_or_else(String::new, |floor| {
        let floor = view.parameter("index.floor", plain(floor));
        match spec.normalisation {
            Normalisation::MinMax | Normalisation::Goalposts { .. } => {
                format!("再按比例放到{floor}至一百之间，最低{floor}，最高一百。")
            }
            _ => format!("得分不低于{floor}。"),
        }
    });
    let logs = if spec.indicators.iter().any(|one| one.log) {
        "注明取对数的先取自然对数。"
    } else {
        ""
    };
    let words = format!("{name}：{what}");
    let turned = match spec.normalisation {
        Normalisation::DistanceToBest
        | Normalisation::DistanceToWorst
        | Normalisation::DistanceToMean
        | Normalisation::DistanceToReference => "越小越好的指标上下倒置",
        _ => "越小越好的指标反向",
    };
    MethodStep {
        source: source.to_owned(),
        formulas: vec![MethodFormula { key: spec.normalisation.key(), words: words.clone() }],
        ..step("五、标准化", format!("{words}；{turned}。{logs}{floor}"))
    }
}

fn weighing(spec: &IndexSpec) -> String {
    let [name, what] = weighting(spec.weighting);
    let experts: Vec<&str> = spec.experts.iter().map(|one| one.name.as_str()).collect();
    let experts = match (spec.weighting, experts.is_empty()) {
        (Weighting::Budget, false) => format!("打分的：{}。", experts.join("、")),
        _ => String::new(),
    };
    format!("{name}：{what}。{experts}")
}

fn putting_together(spec: &IndexSpec) -> MethodStep {
    let mut formulas: Vec<MethodFormula> = Vec::new();
    let mut told = Vec::new();
    let mut sources: Vec<&str> = Vec::new();
    for level in 1..=spec.levels() {
        let method = spec.aggregation_of(level);
        let [name, what, source] = aggregation(method);
        let from = match level {
            1 => "指标合成领域",
            level if level == spec.levels() => "领域合成指数",
            _ => "领域合成上一层领域",
        };
        told.push(format!("{from}用{name}（{what}）"));
        if !sources.contains(&source) {
            sources.push(source);
        }
        if !formulas.iter().any(|one| one.key == method.key()) {
            formulas.push(MethodFormula { key: method.key(), words: format!("{name}：{what}") });
        }
    }
    MethodStep {
        formulas, source: sources.join("；"), ..step("七、合成", format!("{}。", told.join("；")))
    }
}
