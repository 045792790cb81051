//! Who would be in another class: over the draws, and by other weights.

use serde::Serialize;

use super::composite_view::{CompositeView, PLACES};
use super::say::say;
use super::table::Table;
use crate::composite::IndexedCity;
use crate::ledger::Exact;

/// A class that is kept in so many percent of the draws is certain.
const CERTAIN: i64 = 95;
/// So many are named.
const MOST_NAMED: usize = 8;

/// A city with its class.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ClassRow {
    name: String,
    class: String,
    /// Percent of the draws that leave it its class; empty without draws.
    kept: String,
    /// By class, below all of them last; empty without draws.
    shares: Vec<String>,
    /// Its classes by other sets of weights.
    by_sets: Vec<String>,
}

/// What is below the last class.
fn no_class(view: &CompositeView<'_>) -> &'static str {
    view.context.language.of("不入档", "no class")
}

/// What a class is called; of none what is below the last.
pub(super) fn name_of<'a>(view: &CompositeView<'a>, class: Option<usize>) -> &'a str {
    let one = class.and_then(|at| view.spec().classes.get(at));
    one.map_or(no_class(view), |one| {
        view.context.language.of(&one.name, one.en.as_ref().unwrap_or(&one.name))
    })
}

/// The heads of the shares of classes.
pub(super) fn heads(view: &CompositeView<'_>) -> Vec<String> {
    let classes = view.spec().classes.iter().map(|one| one.name.clone());
    classes.chain([no_class(view).to_owned()]).collect()
}

/// All cities with a place; nothing without classes, and where neither draws nor other weights tell of others.
pub(super) fn table(view: &CompositeView<'_>) -> Table<ClassRow> {
    let row = |city: &IndexedCity| {
        let drawn = view.index.classes_of(&city.city);
        ClassRow {
            name: view.city(&city.city),
            class: name_of(view, city.class).to_owned(),
            kept: drawn
                .and_then(|one| one.kept.as_ref())
                .map_or_else(String::new, |told| view.rounded(told, PLACES)),
            shares: drawn.map_or_else(Vec::new, |one| {
                one.shares.iter().map(|told| view.rounded(told, PLACES)).collect()
            }),
            by_sets: city.classes_by_sets.iter().map(|class| name_of(view, *class).to_owned()).collect(),
        }
    };
    let is_told = is_told(view);
    let rows = if is_told { view.placed().map(row).collect() } else { Vec::new() };
    Table::new("档次的把握")
        .note("注：居本档、各档为抽取中的百分比，只计标准化方法同本指数、得分可以与分档的界限相比的抽取；按其他各套权重的为档次。")
        .empty("")
        .whole_in("tables/index_draws")
        .rows(rows)
}

/// Whether anything tells of other classes.
fn is_told(view: &CompositeView<'_>) -> bool {
    let has_draws = view.index.certainty.as_ref().is_some_and(|found| !found.classes.is_empty());
    !view.spec().classes.is_empty() && (has_draws || !view.spec().weight_sets.is_empty())
}

/// A city whose class is not certain.
struct Doubtful<'a> {
    city: &'a IndexedCity,
    /// Percent of the draws that keep it; a hundred without draws.
    kept: Exact,
}

/// Those that keep their class in less than 95 % of the draws, or have another one by other weights: those that keep it least first, then by place.
fn doubtful<'a>(view: &CompositeView<'a>) -> Vec<Doubtful<'a>> {
    let certain = Exact::whole(CERTAIN);
    let of = |city: &'a IndexedCity| {
        let kept = view.index.classes_of(&city.city).and_then(|one| one.kept.as_ref()?.number().cloned());
        let kept = kept.unwrap_or_else(Exact::hundred);
        let is_another = city.classes_by_sets.iter().any(|class| *class != city.class);
        (kept < certain || is_another).then_some(Doubtful { city, kept })
    };
    let mut found: Vec<Doubtful<'_>> = view.placed().filter_map(of).collect();
    found.sort_by(|one, other| one.kept.cmp(&other.kept));
    found
}

/// Which classes are not certain; nothing without classes.
pub(super) fn sentence(view: &CompositeView<'_>) -> String {
    let language = view.context.language;
    if !is_told(view) {
        return String::new();
    }
    let (noun, places) = (view.context.terms.places.noun, view.context.terms.places.plural());
    let drawn = view.index.certainty.as_ref().and_then(|found| found.classed.as_ref());
    let by = drawn.map_or_else(String::new, |drawn| {
        let counted = view.whole(drawn);
        say!(
            language,
            "得分与分档界限可比的抽样有{counted}次，",
            "{counted} draws have scores that can be held against the limits of the classes. "
        )
    });
    let found = doubtful(view);
    let rule = match (drawn.is_some(), view.spec().weight_sets.is_empty()) {
        (true, true) => language.of(
            "档次有把握是指居本档的在百分之九十五以上",
            "A class is certain that is kept in ninety-five per cent of them or more",
        ),
        (true, false) => language.of(
            "档次有把握是指居本档的在百分之九十五以上，按其他各套权重也不换档",
            "A class is certain that is kept in ninety-five per cent of them or more and by all other sets of weights",
        ),
        (false, _) => language
            .of("档次有把握是指按其他各套权重也不换档", "A class is certain that is kept by all other sets of weights"),
    };
    if found.is_empty() {
        let all = view.count_cities("classes.certain", view.placed());
        return say!(
            language,
            "{by}{rule}：{all}个{noun}的档次都有把握。",
            "{by}{rule}: those of all {all} {places} are."
        );
    }
    let count = view.count_cities("classes.doubtful", found.iter().map(|one| one.city));
    let named: Vec<String> = found.iter().take(MOST_NAMED).map(|one| named(view, one)).collect();
    let (named, some) = (language.clauses(&named), found.len() > MOST_NAMED);
    let (more, others) = if some { ("等", ", and others") } else { ("", "") };
    say!(
        language,
        "{by}{rule}；没有把握的{count}个{noun}，从把握最小的起：{named}{more}。",
        "{by}{rule}. Those of {count} {places} are not, the least certain first: {named}{others}."
    )
}

/// `岳阳（领先，63.0%；按“等权”居中等）`.
fn named(view: &CompositeView<'_>, one: &Doubtful<'_>) -> String {
    let language = view.context.language;
    let city = one.city;
    let (name, class) = (view.city(&city.city), name_of(view, city.class).to_owned());
    let kept = view.index.classes_of(&city.city).and_then(|one| one.kept.as_ref());
    let kept = kept.map_or_else(String::new, |told| {
        let kept = view.rounded(told, PLACES);
        say!(language, "{kept}%的次数居此档", "kept in {kept}%")
    });
    let sets = view.spec().weight_sets.iter().zip(&city.classes_by_sets);
    let others = sets.filter(|(_, class)| **class != city.class).map(|(set, class)| {
        let (set, class) = (&set.name, name_of(view, *class));
        say!(language, "按“{set}”为{class}", "{class} by “{set}”")
    });
    let told: Vec<String> = [class, kept].into_iter().filter(|one| !one.is_empty()).chain(others).collect();
    let told = language.parts(&told);
    say!(language, "{name}（{told}）", "{name} ({told})")
}
