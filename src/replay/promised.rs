//! What the releases of the program told of figures that they make otherwise (`docs/numbers.toml`), against what does come out otherwise.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::divergence::{Divergence, OriginKind};

/// The list that every release keeps up.
const LIST: &str = include_str!("../../docs/numbers.toml");

/// A change of figures that a release told of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Promise {
    /// Its number: `N001`.
    pub id: String,
    /// The first version that computes so.
    pub version: String,
    /// Operations that give another value on the same arguments.
    pub operations: Vec<String>,
    /// What differs, as it is printed.
    pub what: String,
    /// Why.
    pub why: String,
}

#[derive(Deserialize)]
struct Promises {
    number: Vec<Promise>,
}

/// Figures that come out otherwise, by what was told of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promised {
    /// How many printed figures differ.
    pub changed: usize,
    /// What explains some of them, and how many.
    pub told: Vec<(Promise, usize)>,
    /// Names of those that nothing explains.
    pub untold: Vec<String>,
}

/// Holds what differs from a bag of a version against what was told since.
pub(super) fn told(divergence: &Divergence, since: &str) -> Promised {
    let all = toml::from_str::<Promises>(LIST).map(|list| list.number).unwrap_or_default();
    against(&all, divergence, since, env!("CARGO_PKG_VERSION"))
}

fn against(all: &[Promise], divergence: &Divergence, since: &str, now: &str) -> Promised {
    let is_since = |one: &&Promise| {
        let version = numbers(&one.version);
        version > numbers(since) && version <= numbers(now)
    };
    let promises: Vec<&Promise> = all.iter().filter(is_since).collect();
    // A figure is explained when every origin that reaches it is.
    let mut figures: BTreeMap<&str, Option<&Promise>> = BTreeMap::new();
    for origin in &divergence.origins {
        let promise = promises
            .iter()
            .copied()
            .find(|one| origin.kind == OriginKind::Step && one.operations.contains(&origin.operation));
        for figure in &origin.reaches {
            let known = figures.entry(&figure.label).or_insert(promise);
            *known = known.and(promise);
        }
    }
    let mut counts: BTreeMap<&str, (&Promise, usize)> = BTreeMap::new();
    for promise in figures.values().flatten() {
        let (_, count) = counts.entry(&promise.id).or_insert((promise, 0));
        *count = count.saturating_add(1);
    }
    let untold = figures.iter().filter(|(_, promise)| promise.is_none());
    Promised {
        changed: figures.len(),
        told: counts.into_values().map(|(promise, count)| (promise.clone(), count)).collect(),
        untold: untold.map(|(label, _)| (*label).to_owned()).collect(),
    }
}

/// The numbers of a version, in their order.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::divergence::{Difference, OriginStep};
    use super::*;

    fn difference(label: &str) -> Difference {
        Difference { label: label.to_owned(), was: Some("1".to_owned()), is: Some("2".to_owned()) }
    }

    fn origin(kind: OriginKind, operation: &str, reaches: &[&str]) -> OriginStep {
        let reaches = reaches.iter().map(|label| difference(label)).collect();
        OriginStep {
            kind,
            operation: operation.to_owned(),
            own: difference(operation),
            cells: Vec::new(),
            reaches,
        }
    }

    fn promise(id: &str, version: &str, operation: &str) -> Promise {
        let [id, version, what, why] = [id, version, "按个数计的下限", "…"].map(str::to_owned);
        Promise { id, version, operations: vec![operation.to_owned()], what, why }
    }

    #[test]
    fn the_list_can_be_read_and_every_number_is_taken_once() {
        let list: Promises = toml::from_str(LIST).unwrap();
        let ids: std::collections::BTreeSet<&String> = list.number.iter().map(|one| &one.id).collect();
        assert_eq!(ids.len(), list.number.len());
    }

    #[test]
    fn a_figure_is_told_when_every_origin_that_reaches_it_is_of_an_operation_that_was_told_since() {
        let promises = [
            promise("N007", "0.2.0", "slack"),
            promise("N008", "0.4.0", "grade"),
            promise("N001", "0.1.0", "rank"),
        ];
        let divergence = Divergence {
            printed: 6,
            origins: vec![
                origin(OriginKind::Step, "slack", &["湘潭 8 判定", "湘潭 完成率"]),
                origin(OriginKind::Step, "grade", &["湘潭 等次"]),
                origin(OriginKind::Step, "rank", &["湘潭 位次"]),
                origin(OriginKind::Cell, "cell", &["湘潭 完成率", "潜江 31 判定"]),
            ],
        };
        let said = against(&promises, &divergence, "0.1.0", "0.3.0");
        assert_eq!((said.changed, said.told.len(), said.told[0].1), (5, 1, 1));
        assert_eq!(said.told[0].0.id, "N007");
        assert_eq!(said.untold, ["湘潭 位次", "湘潭 完成率", "湘潭 等次", "潜江 31 判定"]);
        assert_eq!(against(&promises, &divergence, "0.1.0", "0.4.0").untold.len(), 3);
    }
}
