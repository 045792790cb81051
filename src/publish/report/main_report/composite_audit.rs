//! How certain the order of the index is, in sentences.

use super::super::composite_classes;
use super::super::composite_view::CompositeView;
use super::super::composite_words::factor;
use super::super::say::say;
use crate::composite::IndexedCity;
use crate::composite::robust::{Certainty, LeftOut, PlaceInterval, Swap};
use crate::ledger::Traced;

/// Neighbours that are told apart are named when they are no more than this.
const MOST_NAMED: usize = 4;

/// One after the other; one sentence where no draws were asked for.
pub(super) fn audit(view: &CompositeView<'_>) -> Vec<String> {
    let language = view.context.language;
    let Some(certainty) = &view.index.certainty else {
        let words = language.of(
            "本轮没有做稳健性检验，不知道换一种做法次序会不会变；相差不大的不宜分先后。",
            "Robustness was not examined in this round: whether the order holds with other choices is not known, and small differences should not be read as an order.",
        );
        let all = [words.to_owned(), composite_classes::sentence(view), stand_ins(view)];
        return all.into_iter().filter(|one| !one.is_empty()).collect();
    };
    let all = [
        first(view, certainty),
        overtaken(view, certainty),
        neighbours(view),
        composite_classes::sentence(view),
        swap(view, certainty),
        choices(view, certainty),
        without(view),
        failed(view, certainty),
        stand_ins(view),
    ];
    all.into_iter().filter(|one| !one.is_empty()).collect()
}

/// How often the first is first, and how far places move.
fn first(view: &CompositeView<'_>, certainty: &Certainty) -> String {
    let language = view.context.language;
    let first = view.placed().find_map(|city| Some((city, view.index.interval_of(&city.city)?)));
    let Some((city, interval)) = first else { return String::new() };
    let (name, place) = (view.city(&city.city), view.place(city));
    let share = view.rounded(&interval.at_place, 1);
    let (drawn, shift) = (view.whole(&certainty.counted), view.rounded(&certainty.mean_shift, 1));
    let short = view.context.terms.places.short;
    say!(
        language,
        "在{drawn}次改变做法的抽样中，第{place}位的{name}有{share}%的次数仍居第{place}位；各{short}位次平均移动{shift}位。",
        "In {drawn} draws that vary how the index is made, {name}, place {place}, keeps place {place} in {share}%; places move by {shift} on average."
    )
}

/// What would cost the first its place: the least change of a single weight.
fn overtaken(view: &CompositeView<'_>, certainty: &Certainty) -> String {
    let language = view.context.language;
    let mut placed = view.placed();
    let (Some(first), Some(second)) = (placed.next(), placed.next()) else { return String::new() };
    if first.tied {
        return String::new();
    }
    let (name, place) = (view.city(&first.city), view.place(first));
    let is_of_first =
        |one: &&Swap<Traced>| view.index.cities.get(one.ahead).is_some_and(|city| city.city == first.city);
    let Some(least) = certainty.swaps.iter().find(is_of_first) else {
        // Of methods without weights nobody swaps by them.
        if certainty.swaps.is_empty() {
            return String::new();
        }
        let second = view.city(&second.city);
        return say!(
            language,
            "只改一项权重，{second}都赶不上第{place}位的{name}。",
            "No change of a single weight brings {second} level with {name}, place {place}."
        );
    };
    let (behind, part) = (view.city_at(least.behind), view.part(least.moved));
    let [now, then] = view.told_apart(&least.weight, &least.at);
    say!(
        language,
        "要使{behind}赶上第{place}位的{name}，只改一项权重的，最少须把“{part}”的权重（在并列各项中所占）由{now}%改为{then}%。",
        "For {behind} to draw level with {name}, place {place}, by a single weight, that of {part} (among its siblings) must be {then}% instead of {now}% at the least."
    )
}

/// Which neighbours can be told apart: those whose intervals of places do not overlap.
fn neighbours(view: &CompositeView<'_>) -> String {
    let cities: Vec<(&IndexedCity, &PlaceInterval)> =
        view.placed().filter_map(|city| Some((city, view.index.interval_of(&city.city)?))).collect();
    let pairs: Vec<_> = cities.iter().zip(cities.iter().skip(1)).collect();
    if pairs.is_empty() {
        return String::new();
    }
    let apart: Vec<_> =
        pairs.iter().filter(|((_, one), (_, other))| one.high.count() < other.low.count()).collect();
    let language = view.context.language;
    let (noun, places) = (view.context.terms.places.noun, view.context.terms.places.plural());
    let named: Vec<String> = apart
        .iter()
        .take(MOST_NAMED)
        .map(|((one, _), (other, _))| {
            let (one, other) = (view.city(&one.city), view.city(&other.city));
            say!(language, "{one}先于{other}", "{one} before {other}")
        })
        .collect();
    let named = match apart.len() {
        0 => String::new(),
        count => {
            let named = language.list(&named);
            let some = count > MOST_NAMED;
            let (more, others) = if some { ("等", " and others") } else { ("", "") };
            say!(language, "（{named}{more}）", " ({named}{others})")
        }
    };
    let all = view.count("neighbours", pairs.iter().map(|((_, one), _)| &one.high));
    let told = view.count("neighbours.apart", apart.iter().map(|((_, one), _)| &one.high));
    let rest = view.count(
        "neighbours.alike",
        pairs
            .iter()
            .filter(|((_, one), (_, other))| one.high.count() >= other.low.count())
            .map(|((_, one), _)| &one.high),
    );
    match (apart.len(), pairs.len() == apart.len()) {
        (0, _) => say!(
            language,
            "相邻{noun}的位次区间都重叠，{all}对都不宜分先后。",
            "The intervals of all {all} pairs of neighbouring {places} overlap: the order within none of them is to be relied on."
        ),
        (_, true) => say!(
            language,
            "相邻{noun}的位次区间都不重叠，{all}对都分得出先后。",
            "The intervals of the {all} pairs of neighbouring {places} do not overlap: all can be told apart."
        ),
        _ => say!(
            language,
            "相邻{noun}{all}对，位次区间不重叠、分得出先后的{told}对{named}；其余{rest}对重叠，不宜分先后。",
            "Of {all} pairs of neighbouring {places}, {told} have intervals that do not overlap and can be told apart{named}; the other {rest} overlap, and their order is not to be relied on."
        ),
    }
}

/// The least change of weights that makes two neighbours alike.
fn swap(view: &CompositeView<'_>, certainty: &Certainty) -> String {
    let Some(least) = certainty.swaps.first().filter(|one| one.at.number().is_some()) else {
        return String::new();
    };
    // Of the first it is said already.
    let is_of_first = view
        .placed()
        .next()
        .is_some_and(|first| !first.tied && view.index.cities.get(least.ahead) == Some(first));
    if is_of_first {
        return String::new();
    }
    let (ahead, behind) = (view.city_at(least.ahead), view.city_at(least.behind));
    let part = view.part(least.moved);
    let [now, then] = view.told_apart(&least.weight, &least.at);
    say!(
        view.context.language,
        "最容易换位的是{ahead}和{behind}：“{part}”的权重（在并列各项中所占）由{now}%改为{then}%，两者就相同。",
        "{ahead} and {behind} swap most easily: with the weight of {part} (among its siblings) at {then}% instead of {now}% they tie."
    )
}

/// Which choice matters most, and which part.
fn choices(view: &CompositeView<'_>, certainty: &Certainty) -> String {
    let language = view.context.language;
    let known = certainty.shares.iter().filter(|one| one.total.number().is_some());
    let most = known.max_by(|one, other| one.total.number().cmp(&other.total.number()));
    let choice = most.map_or_else(String::new, |most| {
        let (name, total) = (factor(language, most.factor), view.rounded(&most.total, 2));
        say!(
            language,
            "各种做法中，{name}对位次影响最大（位次变动中与它有关的份额为{total}，全部为一）。",
            "Of all choices, places depend most on {name} (the share of their movement that has to do with it is {total}; one is all)."
        )
    });
    // Of several that change as much all are named, with the one that moves a city the furthest.
    let most = certainty.left_out.iter().map(|one| one.mean_shift.number()).max().flatten();
    let alike = || certainty.left_out.iter().filter(|one| one.mean_shift.number() == most);
    let furthest =
        alike().max_by(|one, other| one.greatest_shift.number().cmp(&other.greatest_shift.number()));
    let left = furthest.map_or_else(String::new, |left| {
        let part = |one: &LeftOut<Traced, Traced>| {
            let part = view.part((one.is_dimension, one.place));
            say!(language, "“{part}”", "{part}")
        };
        let name = language.list(&alike().map(part).collect::<Vec<_>>());
        let (mean, greatest) = (view.rounded(&left.mean_shift, 2), view.whole(&left.greatest_shift));
        let short = view.context.terms.places.short;
        say!(
            language,
            "去掉一个领域或指标时，去掉{name}影响最大：各{short}平均移动{mean}位，最多{greatest}位。",
            "Of domains and indicators left out one at a time, {name} matters most: places move by {mean} on average, by {greatest} at most."
        )
    });
    super::super::say::sentences(language, &[&choice, &left])
}

/// The city without which the others move the most, or that none moves them. Of several alike all are named, with the one that moves a city the furthest.
fn without(view: &CompositeView<'_>) -> String {
    let language = view.context.language;
    let short = view.context.terms.places.short;
    let (places, single) = (view.context.terms.places.plural(), view.context.terms.places.single());
    let all = &view.index.without;
    let Some(most) = all.iter().filter_map(|one| one.mean_shift.number()).max() else { return String::new() };
    if most.is_zero() {
        return say!(
            language,
            "去掉任何一个{short}，其余各{short}的次序都不变。",
            "The order of the others stays as it is whichever {single} is left out."
        );
    }
    let alike = || all.iter().filter(|one| one.mean_shift.number() == Some(most));
    let furthest =
        alike().max_by(|one, other| one.greatest_shift.number().cmp(&other.greatest_shift.number()));
    let Some(furthest) = furthest else { return String::new() };
    let count = alike().count();
    let names: Vec<String> = alike().take(MOST_NAMED).map(|one| view.city(&one.city)).collect();
    let (more, others) = if count > MOST_NAMED { ("等", " and others") } else { ("", "") };
    let names = language.list(&names);
    let (mean, greatest) = (view.rounded(&furthest.mean_shift, 2), view.whole(&furthest.greatest_shift));
    say!(
        language,
        "去掉一个{short}时，去掉{names}{more}对其余各{short}的次序影响最大：平均移动{mean}位，最多{greatest}位。",
        "Of {places} left out one at a time, {names}{others} matters most to the order of the others: they move by {mean} places on average, by {greatest} at most."
    )
}

/// Draws that gave no order.
fn failed(view: &CompositeView<'_>, certainty: &Certainty) -> String {
    if certainty.failed.count() == 0 {
        return String::new();
    }
    let failed = view.whole(&certainty.failed);
    say!(
        view.context.language,
        "另有{failed}次抽样得不出得分（如几何平均遇到不为正的数），不在其中。",
        "Another {failed} draws gave no scores (such as geometric means of numbers that are not positive) and are not among them."
    )
}

/// How many values are not as they were reported.
fn stand_ins(view: &CompositeView<'_>) -> String {
    let language = view.context.language;
    let imputed = view.values(|value| value.is_imputed);
    let treated = view.values(|value| value.is_treated);
    let steps = |all: &[(&IndexedCity, usize, &crate::composite::IndexValue)]| {
        all.iter().filter_map(|(_, _, value)| value.used.clone()).collect::<Vec<_>>()
    };
    let (stand, drawn) = (steps(&imputed), steps(&treated));
    let mut parts = Vec::new();
    if !stand.is_empty() {
        let number = view.count("imputed", &stand);
        parts.push(say!(language, "{number}个没有报来、按规则估补（※）", "{number} are imputed (※)"));
    }
    if !drawn.is_empty() {
        let number = view.count("treated", &drawn);
        parts.push(say!(
            language,
            "{number}个作过极端值处理（▽）",
            "{number} are extreme values drawn in (▽)"
        ));
    }
    let logged: Vec<String> = (view.used().iter())
        .filter(|(.., about)| about.is_logged)
        .map(|(_, one, _)| view.indicator(one))
        .collect();
    if !logged.is_empty() {
        let named = language.list(&logged);
        parts.push(say!(
            language,
            "{named}的值偏得太远，收缩后仍是，都改取对数",
            "those of {named} are too skewed even when drawn in, and their logarithms are taken"
        ));
    }
    let parts = language.parts(&parts);
    match parts.is_empty() {
        true => language
            .of(
                "所用的值都是报来的，没有插补，也没有作极端值处理。",
                "All values are as reported: none is imputed or drawn in.",
            )
            .to_owned(),
        false => {
            let leading = leading_imputed(view);
            say!(
                language,
                "所用的值中{parts}，逐个列在技术卷附件9。{leading}",
                "Of the values used {parts}; each is listed in annex 9 of the technical volume.{leading}"
            )
        }
    }
}

/// So many places from the first on are leading.
const LEADING: usize = 5;

/// Which of the leading ones rest on values that stand in for others.
fn leading_imputed(view: &CompositeView<'_>) -> String {
    let language = view.context.language;
    let used: Vec<usize> = view.used().into_iter().map(|(at, ..)| at).collect();
    let is_imputed = |city: &&IndexedCity| {
        used.iter().any(|at| city.values.get(*at).is_some_and(|value| value.is_imputed))
    };
    let leading = view.placed().filter(|city| city.rank.is_some_and(|rank| rank <= LEADING));
    let names: Vec<String> = leading.filter(is_imputed).map(|city| view.city(&city.city)).collect();
    if names.is_empty() {
        return String::new();
    }
    let names = language.list(&names);
    say!(
        language,
        "前五位中，{names}的得分用到估补的值，补报后位次可能变。",
        " Of the first five, the scores of {names} rest on imputed values: their places may change when these are reported."
    )
}
