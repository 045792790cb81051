//! Cities by domain of the index: their own score, the mean of their peers, what they are strong and weak in.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::brief::axis::Tick;
use super::super::composite_traits::{CityTraits, traits};
use super::super::composite_view::{CompositeView, number};
use super::super::context::FEW;
use super::super::drawing::Position;
use super::super::say::say;
use super::composite_plot::RoundScale;
use crate::composite::{DimensionScore, IndexedCity};

/// Of many cities so many from the first and so many up to the last.
const ENDS: usize = 3;

/// The small multiples.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DomainProfiles {
    pub(super) title: String,
    ticks: Vec<Tick>,
    profiles: Vec<DomainProfile>,
    note: String,
    alt: String,
}

/// A city.
#[derive(Debug, Clone, Serialize)]
struct DomainProfile {
    name: String,
    /// Place, score and peer group.
    words: String,
    rows: Vec<ProfileRow>,
    strengths: String,
    weaknesses: String,
}

/// A domain of it.
#[derive(Debug, Clone, Serialize)]
struct ProfileRow {
    name: String,
    score: String,
    peers: String,
    at: Option<Position>,
    peers_at: Option<Position>,
}

/// The cities that are shown one by one: all of a few, else the first and the last.
fn shown<'a>(view: &CompositeView<'a>) -> Vec<&'a IndexedCity> {
    let all: Vec<&IndexedCity> = view.placed().collect();
    if all.len() <= FEW {
        return all;
    }
    let last = all.len().saturating_sub(ENDS);
    all.into_iter().enumerate().filter(|(at, _)| *at < ENDS || *at >= last).map(|(_, city)| city).collect()
}

/// The multiples with the title that they have; `elsewhere` is where all other cities stand. Nothing without scores.
pub(super) fn profiles(
    view: &CompositeView<'_>,
    title: impl FnOnce(bool) -> String,
    elsewhere: &str,
) -> Option<DomainProfiles> {
    let cities = shown(view);
    let domains = view.domains();
    let scores = |city: &IndexedCity| -> Vec<Decimal> {
        let own = domains.iter().filter_map(|(at, _)| city.dimensions.get(*at));
        own.flat_map(|one| [number(one.score.as_ref()), number(one.of_peers.as_ref())]).flatten().collect()
    };
    let all: Vec<Decimal> = cities.iter().flat_map(|city| scores(city)).collect();
    let scale = RoundScale::over(&all, 5)?;
    let is_cut = view.placed().count() > cities.len();
    let profiles: Vec<DomainProfile> = cities.iter().map(|city| profile(view, city, &scale)).collect();
    let language = view.context.language;
    let told: Vec<String> = profiles.iter().map(|one| told(view, one)).collect();
    let told = language.clauses(&told);
    let alt =
        say!(language, "分领域得分和同类平均：{told}。", "Scores by domain and means of peers: {told}.");
    Some(DomainProfiles {
        title: title(is_cut),
        ticks: scale.ticks(),
        note: note(view, is_cut, elsewhere),
        profiles,
        alt,
    })
}

fn profile(view: &CompositeView<'_>, city: &IndexedCity, scale: &RoundScale) -> DomainProfile {
    let row = |(at, one)| {
        let DimensionScore { score, of_peers, .. } = city.dimensions.get(at)?;
        Some(ProfileRow {
            name: view.dimension(one).to_owned(),
            score: view.score(score.as_ref()),
            peers: view.score(of_peers.as_ref()),
            at: number(score.as_ref()).map(|score| scale.position(score)),
            peers_at: number(of_peers.as_ref()).map(|score| scale.position(score)),
        })
    };
    let language = view.context.language;
    let CityTraits { strengths, weaknesses } = traits(view, city);
    let (place, score) = (view.place(city), view.score(city.index.as_ref()));
    let group = view.spec().group_of(&city.city).filter(|_| !view.groups().is_empty());
    let group = group.map_or_else(String::new, |group| {
        let name = view.group_name(group);
        say!(language, "，{name}", ", {name}")
    });
    let none = language.of("无", "none");
    let or_none = |words: String| if words.is_empty() { none.to_owned() } else { words };
    let (strengths, weaknesses) = (or_none(strengths), or_none(weaknesses));
    DomainProfile {
        name: view.city(&city.city),
        words: say!(language, "第{place}位，{score}分{group}", "place {place}, {score} points{group}"),
        rows: view.domains().into_iter().filter_map(row).collect(),
        strengths: say!(language, "强项：{strengths}", "Strong: {strengths}"),
        weaknesses: say!(language, "弱项：{weaknesses}", "Weak: {weaknesses}"),
    }
}

/// A city in words.
fn told(view: &CompositeView<'_>, one: &DomainProfile) -> String {
    let language = view.context.language;
    let rows =
        one.rows.iter().filter(|row| row.at.is_some()).map(|ProfileRow { name, score, peers, .. }| {
            say!(language, "{name}{score}，同类{peers}", "{name} {score}, peers {peers}")
        });
    let (name, rows) = (&one.name, language.list(&rows.collect::<Vec<_>>()));
    say!(language, "{name}：{rows}", "{name}: {rows}")
}

fn note(view: &CompositeView<'_>, is_cut: bool, elsewhere: &str) -> String {
    let language = view.context.language;
    let short = view.context.terms.places.short;
    let places = view.context.terms.places.plural();
    let peers = match view.groups().is_empty() {
        true => say!(language, "全部有位次的{short}", "all {places} with a place"),
        false => say!(language, "同类{short}", "the peer group"),
    };
    let single = view.context.terms.places.single();
    let dots = say!(
        language,
        "实点为本{short}得分，空心为{peers}的平均（含本{short}）。强项、弱项为位次在前、后四分之一的指标，至多三项，先按位次再按权重，插补的不算。",
        "Full dot: score of the {single}; hollow: mean of {peers}, itself included. Strong and weak: indicators whose place is in the first and the last quarter, three at most, by place, then by weight; imputed values do not count."
    );
    let rest = match is_cut {
        true => say!(language, "其余各{short}见{elsewhere}。", "All others: {elsewhere}."),
        false => String::new(),
    };
    super::super::say::sentences(language, &[&dots, &rest])
}
