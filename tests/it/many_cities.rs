//! Thirty cities at once: each city's pages hold its own figures and nobody else's.

use crate::workspace::{Workspace, pages};

const CITIES: usize = 30;

fn name(at: usize) -> String {
    let family: Vec<char> = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏".chars().collect();
    format!("{}州市", family[at])
}

/// A figure that no other city has, with six digits.
fn figure(at: usize) -> usize {
    100_003 + at * 7919
}

#[test]
fn thirty_cities_in_parallel_keep_their_figures_apart() {
    let slugs: Vec<String> = (0..CITIES).map(|at| format!("city-{at:02}")).collect();
    let names: Vec<String> = (0..CITIES).map(name).collect();
    let cities: Vec<(&str, &str)> =
        slugs.iter().zip(&names).map(|(slug, name)| (slug.as_str(), name.as_str())).collect();
    let workspace = Workspace::with_cities(&cities);
    for (at, (slug, name)) in cities.iter().enumerate() {
        let rows = format!(
            "1|研发强度|%|2.{at:02}\n2|企业数|家|{}\n3|单位能耗|吨标准煤/万元|0.4{at:02}\n4|创新政策|有/无|有",
            figure(at)
        );
        workspace.submit(slug, name, &rows);
    }
    workspace.typeset();
    // The volume of the round has the rows of none.
    let volume = pages(&workspace.path("output/2023/technical.pdf")).concat();
    for at in 0..CITIES {
        assert!(!volume.contains(&figure(at).to_string()), "{}", names[at]);
        let own = pages(&workspace.path(&format!("output/2023/cities/{}.pdf", slugs[at]))).concat();
        apart(&names, at, &own, "own report");
    }
}

/// The text holds the city's name and figure and no other city's.
fn apart(names: &[String], at: usize, text: &str, what: &str) {
    for (other, name) in names.iter().enumerate() {
        let own = other == at;
        assert_eq!(text.contains(name.as_str()), own, "{what} of {}: name {name}", names[at]);
        assert_eq!(
            text.contains(&figure(other).to_string()),
            own,
            "{what} of {}: figure of {name}",
            names[at]
        );
    }
}
