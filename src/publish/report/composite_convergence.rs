//! Whether the cities of an index drew nearer over its years, in a sentence.

use super::composite_view::{CompositeView, PLACES};
use super::say::say;
use crate::composite::{Convergence, NoConvergence};
use crate::ledger::{Exact, Traced};

/// Nothing without an index over years.
pub(super) fn sentence(view: &CompositeView<'_>) -> String {
    match &view.index.convergence {
        None => String::new(),
        Some(Err(why)) => why_not(view, *why),
        Some(Ok(found)) => told(view, found),
    }
}

fn why_not(view: &CompositeView<'_>, why: NoConvergence) -> String {
    let language = view.context.language;
    let (short, places) = (view.context.terms.places.short, view.context.terms.places.plural());
    let (chinese, english) = match why {
        NoConvergence::NotFixed => (
            format!("得分以当年各{short}的极值、平均等为尺，各年的得分不能相比"),
            "scores are held against extremes and means of their own year, and those of several years cannot be compared",
        ),
        NoConvergence::Years => ("年份不足三年".to_owned(), "there are fewer than three years"),
        NoConvergence::Cities => {
            ("各年都有数的不足五个".to_owned(), "fewer than five have values of all years")
        }
        NoConvergence::NotPositive => ("有得分不为正".to_owned(), "a score is not positive"),
    };
    say!(
        language,
        "各{short}差距是否缩小不作判断：{chinese}。",
        "Whether {places} draw nearer is not said: {english}."
    )
}

/// Whether each is less, or each more, than the one before.
fn goes(spread: &[&Exact], less: bool) -> bool {
    spread.iter().zip(spread.iter().skip(1)).all(|(one, next)| if less { next < one } else { next > one })
}

fn told(view: &CompositeView<'_>, found: &Convergence) -> String {
    let language = view.context.language;
    let (Some((first, was)), Some((last, is))) = (found.spread.first(), found.spread.last()) else {
        return String::new();
    };
    let (Some(before), Some(after)) = (was.number(), is.number()) else { return String::new() };
    let all: Vec<&Exact> = found.spread.iter().filter_map(|(_, told)| told.number()).collect();
    let (chinese, english) = match after.cmp(before) {
        std::cmp::Ordering::Less if goes(&all, true) => ("差距逐年缩小", "they drew nearer year by year"),
        std::cmp::Ordering::Less => ("差距缩小，但不是逐年", "they drew nearer, though not in every year"),
        std::cmp::Ordering::Greater if goes(&all, false) => ("差距逐年扩大", "they drew apart year by year"),
        std::cmp::Ordering::Greater => ("差距扩大，但不是逐年", "they drew apart, though not in every year"),
        std::cmp::Ordering::Equal => ("差距不变", "they are as far apart as before"),
    };
    let count = view.count("convergence.compared", &found.first);
    let (noun, places) = (view.context.terms.places.noun, view.context.terms.places.plural());
    let (was, is) = (view.rounded(was, PLACES), view.rounded(is, PLACES));
    let growth = growth(view, found.slope.as_ref());
    say!(
        language,
        "各年都有数的{count}个{noun}，得分的变异系数由{first}年的{was}%变为{last}年的{is}%，{chinese}；{growth}。",
        "Of the {count} {places} with values of all years the coefficient of variation of scores went from {was}% in {first} to {is}% in {last}: {english}; {growth}."
    )
}

/// What the slope says, in words alone: of a few cities its size says little.
fn growth(view: &CompositeView<'_>, slope: Option<&Traced>) -> &'static str {
    let language = view.context.language;
    match slope.and_then(Traced::number) {
        Some(slope) if slope.is_zero() => {
            language.of("起点高低与增长快慢无关", "growth does not go with where they began")
        }
        Some(slope) if slope.is_positive() => {
            language.of("总的看，起点高的增长较快", "on the whole those that began higher grew faster")
        }
        Some(_) => language.of("总的看，起点低的增长较快", "on the whole those that began lower grew faster"),
        None => language.of("起点都相同", "all began alike"),
    }
}
