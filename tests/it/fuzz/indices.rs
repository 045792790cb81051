//! A random `index.toml` over what a random catalogue has: methods, weights, treatment, imputation, classes, a few draws. What is drawn has no fault; that weights
//! do not come out of the scores only the values tell.

use std::fmt::Write as _;

use super::Case;
use super::plans::{Catalogue, City, Entry};
use crate::simulate::Draw;

/// Normalisations whose scores of values on any scale are something.
const ANY_SCALE: [&str; 6] = ["minmax", "zscore", "zscore_population", "rank", "percentile", "borda"];
const OTHERS: [&str; 9] = [
    "goalposts",
    "distance_to_best",
    "distance_to_worst",
    "distance_to_mean",
    "distance_to_reference",
    "distance_to_target",
    "distance_to_target_uncapped",
    "above_below_mean",
    "efficacy",
];
/// Means of any scores, and those of positive ones.
const MEANS: [&str; 3] = ["arithmetic", "mazziotta_pareto", "mazziotta_pareto_plus"];
const POSITIVE: [&str; 2] = ["geometric", "harmonic"];

/// The text of the file; none in some cases, and where the catalogue has less than two indicators that can enter.
pub(super) fn index(case: &Case, catalogue: &Catalogue, cities: &[City]) -> Option<String> {
    if !case.has("index") {
        return None;
    }
    let mut draw = case.draw("index", 0);
    let entries: Vec<&Entry> = catalogue.entries.iter().filter(|one| one.direction != "rank").collect();
    if entries.len() < 2 {
        return None;
    }
    let domains = 1 + draw.below(entries.len().min(3));
    let is_nested = draw.below(3) == 0;
    let mut file = head(&mut draw, is_nested);
    if is_nested {
        file.push_str("[[dimension]]\nid = \"whole\"\nname = \"总领域\"\n");
    }
    for at in 0..domains {
        let id = domain(at);
        writeln!(file, "[[dimension]]\nid = \"{id}\"\nweight = \"{}\"", draw.of(&["1", "3", "0.5"])).unwrap();
        if is_nested {
            file.push_str("parent = \"whole\"\n");
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        indicator(&mut draw, (entry, domain(at % domains)), &entries, &mut file);
    }
    let mut all: Vec<String> = entries.iter().map(|one| one.id.clone()).collect();
    all.extend((0..domains).map(domain));
    all.extend(is_nested.then(|| "whole".to_owned()));
    around(&mut draw, cities, (&all, if is_nested { 1 } else { domains }), &mut file);
    Some(file)
}

/// Domains of the catalogue, and one of the index's own.
fn domain(at: usize) -> String {
    ["input", "output", "own"][at].to_owned()
}

/// Methods, and what has to go with them.
fn head(draw: &mut Draw, is_nested: bool) -> String {
    let needs_positive = draw.below(2) == 0;
    let any = |draw: &mut Draw| match draw.below(3) {
        0 => *draw.of(&OTHERS),
        _ => *draw.of(&ANY_SCALE),
    };
    let own = if !needs_positive && draw.below(9) == 0 { "goalposts_uncapped" } else { any(draw) };
    let drawn: Vec<&str> = (0..draw.below(3)).map(|_| any(draw)).collect();
    let mean = |draw: &mut Draw| match needs_positive && draw.below(2) == 0 {
        true => *draw.of(&POSITIVE),
        false => *draw.of(&MEANS),
    };
    let top = if draw.below(5) == 0 { "copeland" } else { mean(draw) };
    let mut means: Vec<&str> = (0..if is_nested { 2 } else { 1 }).map(|_| mean(draw)).collect();
    means.push(top);
    let imputation = *draw.of(&["none", "none", "mean", "median", "group_mean", "group_median", "last"]);
    let weights = match draw.below(12) {
        0 => "principal",
        at => ["equal", "given", "budget"][at % 3],
    };
    let mut file = format!(
        "[index]\nname = \"综合指数\"\nnormalisation = \"{own}\"\nweights = \"{weights}\"\naggregation = {means:?}\nimputation = \"{imputation}\"\n"
    );
    if needs_positive || draw.below(4) == 0 {
        writeln!(file, "floor = \"{}\"", draw.of(&["1", "0.5", "60"])).unwrap();
    }
    writeln!(
        file,
        "[screening]\ncity_coverage = \"{}\"\nindicator_coverage = \"{}\"",
        draw.of(&["0", "0", "20", "66.7"]),
        draw.of(&["0", "0", "30", "50"]),
    )
    .unwrap();
    if draw.below(2) == 0 {
        let skewness = draw.of(&["0", "1", "2"]);
        writeln!(file, "[treatment]\nskewness = \"{skewness}\"\nkurtosis = \"0\"\nmost = {}", draw.below(3))
            .unwrap();
        if std::iter::once(&own).chain(&drawn).all(|one| ANY_SCALE.contains(one)) {
            file.push_str("fallback = \"log\"\n");
        }
    }
    if draw.below(2) == 0 {
        let others: Vec<&str> = (0..draw.below(3)).map(|_| mean(draw)).collect();
        writeln!(
            file,
            "[robustness]\ndraws = {}\nseed = {}\nnormalisations = {drawn:?}\naggregations = {others:?}",
            1 + draw.below(30),
            draw.below(1000),
        )
        .unwrap();
    }
    file
}

/// Goalposts and references that every method can take, of positive numbers so that logarithms can be taken.
fn indicator(draw: &mut Draw, (entry, domain): (&Entry, String), all: &[&Entry], file: &mut String) {
    writeln!(file, "[[indicator]]\nid = \"{}\"\ndimension = \"{domain}\"", entry.id).unwrap();
    let (low, high) = *draw.of(&[("1", "100"), ("0.5", "2"), ("10", "100000")]);
    writeln!(file, "low = \"{low}\"\nhigh = \"{high}\"\nreference = \"{high}\"").unwrap();
    if ["interval", "none"].contains(&entry.direction) || draw.below(6) == 0 {
        writeln!(file, "direction = \"{}\"", draw.of(&["higher", "lower"])).unwrap();
    }
    if draw.below(3) == 0 {
        writeln!(file, "weight = \"{}\"", draw.of(&["2", "0.1", "33.3"])).unwrap();
    }
    if draw.below(6) == 0 {
        file.push_str("log = true\n");
    }
    let other = draw.of(all);
    if draw.below(5) == 0 && other.id != entry.id {
        writeln!(file, "per = \"{}\"", other.id).unwrap();
    }
}

/// Peers of all cities, experts who gave points to all, other weights, classes, best cases, an index over years.
fn around(draw: &mut Draw, cities: &[City], (ids, tops): (&[String], usize), file: &mut String) {
    let points = |draw: &mut Draw| {
        let of = |id: &String| format!("{id} = \"{}\"", draw.of(&["1", "2.5", "40"]));
        ids.iter().map(of).collect::<Vec<_>>().join(", ")
    };
    for name in ["甲", "乙"] {
        writeln!(file, "[[expert]]\nname = \"专家{name}\"\nvalues = {{ {} }}", points(draw)).unwrap();
    }
    for number in 0..draw.below(3) {
        let (id, weight) = (draw.of(ids).clone(), draw.of(&["2", "0.01", "100"]));
        writeln!(file, "[[weights]]\nname = \"另一套{number}\"\nvalues = {{ {id} = \"{weight}\" }}").unwrap();
    }
    let groups = 1 + draw.below(2);
    for group in 0..groups {
        let own = cities.iter().enumerate().filter(|(at, _)| at % groups == group);
        let own: Vec<&str> = own.map(|(_, city)| city.slug.as_str()).collect();
        writeln!(file, "[[peers]]\nname = \"第{group}组\"\ncities = {own:?}").unwrap();
    }
    if draw.below(2) == 0 {
        file.push_str("[[class]]\nname = \"上\"\nfrom = \"60\"\n[[class]]\nname = \"下\"\nfrom = \"0\"\n");
    }
    if tops > 1 && draw.below(2) == 0 {
        let (least, most) = *draw.of(&[("0", "100"), ("20", "70"), ("10", "100")]);
        writeln!(file, "[best_case]\nleast = \"{least}\"\nmost = \"{most}\"").unwrap();
    }
    if draw.below(3) == 0 {
        writeln!(file, "[chain]\nbase_year = {}", 2020 + draw.below(3)).unwrap();
    }
}
