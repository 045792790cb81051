//! What the steps of an index are called: `i.rd.score` of `xiangtan/#index.i.rd.score` is 指标“rd”标准化得分.

use crate::finding::Language;

/// The last parts of names, in words. What stands behind a dot, a year or a count, is told behind them.
const PARTS: [(&str, &str, &str); 45] = [
    ("score", "得分", "score"),
    ("rank", "位次", "place"),
    ("class", "档次", "class"),
    ("spread", "得分的变异系数", "coefficient of variation of scores"),
    ("slope", "增长对起点的斜率", "slope of growth on the first level"),
    ("level", "得分的对数", "logarithm of the score"),
    ("in_class", "抽取在各档的份额", "share of draws in class"),
    ("coverage", "数据覆盖率", "coverage of data"),
    ("covered", "覆盖率是否足够", "whether it is covered"),
    ("present", "有数的个数", "number of values"),
    ("compared", "比较的城市数", "cities compared"),
    ("domains", "领域数", "dimensions"),
    ("indicators", "指标数", "indicators"),
    ("used", "是否采用", "whether it is used"),
    ("within", "在全部中的权重", "weight within all"),
    ("weight", "权重", "weight"),
    ("weights", "各地权重", "weights of each city"),
    ("share", "所占份额", "share"),
    ("principal", "主成分权重", "weights out of principal components"),
    ("per", "与分母之比", "value over its denominator"),
    ("value", "换算后的值", "converted value"),
    ("log", "对数", "logarithm"),
    ("drawn", "收缩后的值", "value drawn in"),
    ("growth", "对称增长率", "symmetric growth"),
    ("chain", "定基指数", "index over years"),
    ("mean", "平均", "mean"),
    ("least", "最小值", "least value"),
    ("greatest", "最大值", "greatest value"),
    ("deviation", "标准差", "standard deviation"),
    ("skewness", "偏度", "skewness"),
    ("kurtosis", "超额峰度", "excess kurtosis"),
    ("extreme", "有没有极端值", "whether it has extremes"),
    ("bound", "极端值的界限", "bound of extremes"),
    ("stands_in", "插补值", "value that stands in"),
    ("order", "排序", "order"),
    ("places", "位次", "places"),
    ("draws", "抽取的位次", "places over draws"),
    ("low", "下限", "lower goalpost"),
    ("high", "上限", "upper goalpost"),
    ("reference", "参照值", "reference"),
    ("swap", "换位所需的权重", "what swaps neighbours"),
    ("variance", "方差份额", "share of variance"),
    ("without", "去掉后的移动", "shift without a part"),
    ("r", "相关系数", "correlation"),
    ("alpha", "内部一致性（α）", "consistency (alpha)"),
];

/// The words of a name behind `#index.`.
pub(super) fn label(name: &str, language: Language) -> String {
    let say = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    // By other weights: `set.1.d.input.score`.
    if let Some((number, rest)) = name.strip_prefix("set.").and_then(|rest| rest.split_once('.')) {
        let own = label(rest, language);
        return say(&format!("按第{number}组权重，{own}"), &format!("by weights {number}, {own}"));
    }
    // By the weights that put it best: `best.d.input.share`.
    if let Some(rest) = name.strip_prefix("best.") {
        let own = label(rest, language);
        return say(&format!("按最有利的权重，{own}"), &format!("by the weights that put it best, {own}"));
    }
    // Of another year, by what all years have: `year.2021.score`.
    if let Some((year, rest)) = name.strip_prefix("year.").and_then(|rest| rest.split_once('.')) {
        let own = label(rest, language);
        return say(&format!("{year}年，{own}"), &format!("{year}, {own}"));
    }
    if let Some(words) = certainty(name, language) {
        return words;
    }
    let (kind, rest) =
        name.split_once('.').filter(|(kind, _)| ["i", "d"].contains(kind)).unwrap_or(("", name));
    // Identifiers may have dots, too: the part is the last that is known.
    let mut found = rest.match_indices('.').map(|(at, _)| at).filter_map(|at| {
        let (id, part) = (rest.get(..at)?, rest.get(at.saturating_add(1)..)?);
        known(part).map(|(chinese, english, more)| (id, chinese, english, more))
    });
    let of_part = found.next_back().filter(|_| !kind.is_empty());
    match (kind, of_part) {
        ("i", Some((id, _, _, more))) if rest == format!("{id}.score{more}") => {
            say(&format!("指标“{id}”标准化得分"), &format!("normalised score of indicator “{id}”"))
        }
        ("i", Some((id, chinese, english, more))) => {
            say(&format!("指标“{id}”{chinese}{more}"), &format!("{english}{more} of indicator “{id}”"))
        }
        (_, Some((id, chinese, english, more))) => {
            say(&format!("领域“{id}”{chinese}{more}"), &format!("{english}{more} of dimension “{id}”"))
        }
        (_, None) => match known(name) {
            Some((chinese, english, more)) => {
                say(&format!("综合指数{chinese}{more}"), &format!("index: {english}{more}"))
            }
            None => say(&format!("综合指数 {name}"), &format!("index: {name}")),
        },
    }
}

/// A part by its first word: `chain.2023` is 定基指数, with ` 2023` behind.
fn known(part: &str) -> Option<(&'static str, &'static str, String)> {
    let (first, more) = part.split_once('.').unwrap_or((part, ""));
    let more = if more.is_empty() { String::new() } else { format!(" {more}") };
    PARTS.iter().find(|(own, ..)| *own == first).map(|(_, chinese, english)| (*chinese, *english, more))
}

/// What is told of draws by words of its own.
fn certainty(name: &str, language: Language) -> Option<String> {
    let (chinese, english) = match name {
        "places.5" => ("位次区间，较好一端（5%）", "range of places, the better end (5 %)"),
        "places.50" => ("位次中位数", "median place"),
        "places.95" => ("位次区间，较差一端（95%）", "range of places, the worse end (95 %)"),
        "places.own" => ("位次与公布的相同的抽取", "draws with the place that is published"),
        "class.draws" => ("抽取的档次", "classes over draws"),
        "class.own" => ("档次与公布的相同的抽取", "draws with the class that is published"),
        "class.counted" => ("有档次的抽取", "draws that have classes"),
        "without.moves" => ("去掉后其余各地的移动", "moves of the others without it"),
        "without.shift" => ("去掉后其余各地平均移动", "mean move of the others without it"),
        "without.greatest" => ("去掉后其余各地最多移动", "greatest move of the others without it"),
        "draws.failed" => ("不成的抽取", "draws that failed"),
        "draws.counted" => ("计入的抽取", "draws that count"),
        "draws.shift" => ("位次平均移动", "mean shift of places"),
        _ => return None,
    };
    Some(match language {
        Language::Chinese => format!("综合指数{chinese}"),
        Language::English => format!("index: {english}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_steps_of_an_index_are_words_in_both_languages() {
        for (name, chinese, english) in [
            ("score", "综合指数得分", "index: score"),
            ("rank", "综合指数位次", "index: place"),
            ("i.rd.score", "指标“rd”标准化得分", "normalised score of indicator “rd”"),
            ("i.rd.least", "指标“rd”最小值", "least value of indicator “rd”"),
            ("i.rd.growth.2023", "指标“rd”对称增长率 2023", "symmetric growth 2023 of indicator “rd”"),
            ("d.input.score", "领域“input”得分", "score of dimension “input”"),
            ("d.input.mean.1", "领域“input”平均 1", "mean 1 of dimension “input”"),
            ("chain.2023", "综合指数定基指数 2023", "index: index over years 2023"),
            (
                "places.95",
                "综合指数位次区间，较差一端（95%）",
                "index: range of places, the worse end (95 %)",
            ),
            (
                "set.1.d.input.score",
                "按第1组权重，领域“input”得分",
                "by weights 1, score of dimension “input”",
            ),
            (
                "best.d.input.share",
                "按最有利的权重，领域“input”所占份额",
                "by the weights that put it best, share of dimension “input”",
            ),
            ("year.2021.score", "2021年，综合指数得分", "2021, index: score"),
            ("unheard", "综合指数 unheard", "index: unheard"),
        ] {
            assert_eq!(label(name, Language::Chinese), chinese);
            assert_eq!(label(name, Language::English), english);
        }
    }
}
