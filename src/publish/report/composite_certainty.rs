//! 附件9: what was varied, and what came of it.

use serde::Serialize;

use super::composite_view::CompositeView;
use super::composite_words::{aggregation, factor, normalisation};
use super::numbers::{Annex, Key, Numbers};
use super::table::Table;
use crate::composite::robust::{Alike, Certainty};
use crate::finding::Language;
use crate::ledger::{Exact, Traced};
use crate::plan::Robustness;
use crate::rounding::plain;

const ANNEX: Annex = Annex::INDEX;

/// So many neighbours are listed.
const SWAPS: usize = 20;

/// The examinations of an index.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CertaintyTables {
    text: String,
    shares: Table<FactorRow>,
    left_out: Table<LeftOutRow>,
    without: Table<LeftOutRow>,
    swaps: Table<SwapRow>,
    correlated: Table<CorrelatedRow>,
    alpha: Table<AlphaRow>,
}

#[derive(Debug, Clone, Serialize)]
struct FactorRow {
    name: String,
    first: String,
    total: String,
}

#[derive(Debug, Clone, Serialize)]
struct LeftOutRow {
    name: String,
    kind: &'static str,
    mean: String,
    greatest: String,
}

#[derive(Debug, Clone, Serialize)]
struct SwapRow {
    ahead: String,
    behind: String,
    part: String,
    weight: String,
    then: String,
}

/// Two indicators whose scores say much the same, or speak against each other.
#[derive(Debug, Clone, Serialize)]
struct CorrelatedRow {
    one: String,
    other: String,
    r: String,
    words: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct AlphaRow {
    name: String,
    alpha: String,
}

/// Nothing where no draws were asked for.
pub(super) fn certainty(view: &CompositeView<'_>, numbers: &mut Numbers) -> Option<CertaintyTables> {
    let found = view.index.certainty.as_ref()?;
    let asked = view.spec().robustness.as_ref()?;
    Some(CertaintyTables {
        text: text(view, found, asked),
        shares: shares(view, found).numbered(numbers, Key::in_annex(ANNEX, "shares")),
        left_out: left_out(view, found).numbered(numbers, Key::in_annex(ANNEX, "left_out")),
        without: without(view).numbered(numbers, Key::in_annex(ANNEX, "without")),
        swaps: swaps(view, found).numbered(numbers, Key::in_annex(ANNEX, "swaps")),
        correlated: correlated(view, found).numbered(numbers, Key::in_annex(ANNEX, "correlated")),
        alpha: alpha(view, found).numbered(numbers, Key::in_annex(ANNEX, "alpha")),
    })
}

fn text(view: &CompositeView<'_>, found: &Certainty, asked: &Robustness) -> String {
    let draws = view.parameter("robustness.draws", asked.draws);
    let seed = view.parameter("robustness.seed", asked.seed);
    let spread = view.parameter("robustness.weight_spread", plain(asked.weight_spread));
    let factors: Vec<&str> = asked.factors.iter().map(|one| factor(Language::Chinese, *one)).collect();
    let factors = factors.join("、");
    let ways: Vec<&str> = asked.normalisations.iter().map(|one| normalisation(*one)[0]).collect();
    let sums: Vec<&str> = asked.aggregations.iter().map(|one| aggregation(*one)[0]).collect();
    let among = |words: &str, all: &[&str]| match all.is_empty() {
        true => String::new(),
        false => format!("{words}在{}中抽取；", all.join("、")),
    };
    let (ways, sums) = (among("标准化", &ways), among("合成", &sums));
    let (counted, failed) = (view.whole(&found.counted), view.whole(&found.failed));
    let shift = view.rounded(&found.mean_shift, 1);
    format!(
        "稳健性检验：抽{draws}次（随机数种子{seed}），每次同时改变{factors}；权重各自上下变动至多{spread}%再折合；{ways}{sums}得出位次的{counted}次，得不出的{failed}次；位次平均移动{shift}位。位次区间取抽样位次从好到差的第百分之五和第百分之九十五；每次抽样列在tables/index_draws。方法见Saisana、Saltelli、Tarantola（2005年），Journal of the Royal Statistical Society A。"
    )
}

fn shares(view: &CompositeView<'_>, found: &Certainty) -> Table<FactorRow> {
    let row = |one: &crate::composite::robust::FactorShare<Traced>| FactorRow {
        name: factor(Language::Chinese, one.factor).to_owned(),
        first: view.rounded(&one.first, 2),
        total: view.rounded(&one.total, 2),
    };
    Table::new("各种做法对位次移动的影响")
        .note("注：一阶为单独的影响，总效应含与其他做法的交互，总效应为一即全部方差；按Saltelli等的估计式由抽样估计，可略小于零。")
        .empty("没有改变两种以上的做法，不分解影响。")
        .rows(found.shares.iter().map(row).collect())
}

fn left_out(view: &CompositeView<'_>, found: &Certainty) -> Table<LeftOutRow> {
    let row = |one: &crate::composite::robust::LeftOut<Traced, Traced>| LeftOutRow {
        name: view.part((one.is_dimension, one.place)),
        kind: if one.is_dimension { "领域" } else { "指标" },
        mean: view.rounded(&one.mean_shift, 2),
        greatest: view.whole(&one.greatest_shift),
    };
    Table::new("去掉一个领域或指标时位次的移动")
        .empty("没有可以去掉的领域或指标。")
        .rows(found.left_out.iter().map(row).collect())
}

fn without(view: &CompositeView<'_>) -> Table<LeftOutRow> {
    let row = |one: &crate::composite::CityLeftOut| LeftOutRow {
        name: view.city(&one.city),
        kind: view.context.terms.places.head,
        mean: view.rounded(&one.mean_shift, 2),
        greatest: view.whole(&one.greatest_shift),
    };
    let short = view.context.terms.places.short;
    Table::new(&format!("去掉一个{short}时其余各{short}位次的移动"))
        .note("注：比较的范围、所用的指标不变，极值、平均、标准差、极端值处理和插补都按其余的重新算；移动为其余各地彼此之间位次的移动。")
        .empty("少于三个排位次的，或者去掉后得不出位次。")
        .whole_in("tables/index_without")
        .rows(view.index.without.iter().map(row).collect())
}

fn swaps(view: &CompositeView<'_>, found: &Certainty) -> Table<SwapRow> {
    let row = |one: &crate::composite::robust::Swap<Traced>| {
        let [weight, then] = view.told_apart(&one.weight, &one.at);
        SwapRow {
            ahead: view.city_at(one.ahead),
            behind: view.city_at(one.behind),
            part: view.part(one.moved),
            weight,
            then,
        }
    };
    Table::new("使相邻两者得分相同的最小权重改动")
        .note("注：权重为在同一层中的百分比，其余各项保持彼此的比例；从改动最小的起，至多列二十对。")
        .empty("在权重的范围内没有相邻的会换位。")
        .rows(found.swaps.iter().take(SWAPS).map(row).collect())
}

fn correlated(view: &CompositeView<'_>, found: &Certainty) -> Table<CorrelatedRow> {
    let row = |(one, other, r): &Alike<Traced>| {
        let is_alike = r.number().is_some_and(Exact::is_positive);
        CorrelatedRow {
            one: view.part((false, *one)),
            other: view.part((false, *other)),
            r: view.rounded(r, 2),
            words: if is_alike { "近乎重复" } else { "方向相反" },
        }
    };
    Table::new("相关过高或相反的指标")
        .note("注：r为得分的皮尔逊相关系数，大于十分之九的近乎重复，小于负十分之四的方向相反。")
        .empty("没有相关系数大于十分之九或小于负十分之四的指标。")
        .rows(found.correlated.iter().map(row).collect())
}

fn alpha(view: &CompositeView<'_>, found: &Certainty) -> Table<AlphaRow> {
    let rows = view.spec().dimensions.iter().zip(&found.alpha).filter_map(|(one, alpha)| {
        let alpha = alpha.as_ref().map(|alpha| view.rounded(alpha, 2))?;
        Some(AlphaRow { name: view.dimension(one).to_owned(), alpha })
    });
    Table::new("领域内的一致性（克朗巴赫α）")
        .note("注：α越近一，领域内各项指标的高低越一致；不到十分之七的，各项指标说的不是一件事，宜逐项看，不宜只看领域得分（OECD、JRC手册）。")
        .empty("没有两项以上指标的领域，不算一致性。")
        .rows(rows.collect())
}
