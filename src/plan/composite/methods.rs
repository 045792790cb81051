//! The methods of `index.toml` by their words.

use super::Goalposts;

/// How values are made comparable (标准化). `x` is a value; statistics are over the cities that are not left out. Where less is better, what a method calls
/// best is the least, and differences turn their sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Normalisation {
    /// 极差法: 100·(x − min)/(max − min).
    MinMax,
    /// 极差法 between goalposts that are fixed in advance; beyond them 0 and 100 where it is capped.
    Goalposts {
        /// Whether it ends at 0 and 100.
        capped: bool,
    },
    /// 标准分: (x − mean)/s·10 + 100, with s over n or n − 1.
    ZScore {
        /// Whether s is that of a sample, over n − 1.
        sample: bool,
    },
    /// Of the best value: 100·x/best; where less is better 100·best/x.
    DistanceToBest,
    /// Of the worst value, likewise.
    DistanceToWorst,
    /// Of the mean, likewise.
    DistanceToMean,
    /// 1, 0 or −1 by whether a value is more than a fifth of the mean above or below it.
    AboveBelowMean,
    /// Of a reference: 100·x/reference; where less is better the other way round.
    DistanceToReference,
    /// The way to the target (COINr: `n_dist2targ`): 100·(x − min)/(target − min), no more than 100 where it is capped; where less is better 100·(max − x)/(max − target).
    DistanceToTarget {
        /// Whether it ends at 100.
        capped: bool,
    },
    /// One more than the number of cities with a worse value.
    Rank,
    /// 百分位: the share of the other cities that have a worse value: 100·(number that are worse)/(n − 1).
    Percentile,
    /// Borda: the number of cities with a worse value.
    Borda,
    /// 功效系数法: 60 + 40·(x − not allowed)/(satisfactory − not allowed).
    Efficacy,
}

impl Normalisation {
    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, Self); 16] = [
        ("minmax", Self::MinMax),
        ("goalposts", Self::Goalposts { capped: true }),
        ("goalposts_uncapped", Self::Goalposts { capped: false }),
        ("zscore", Self::ZScore { sample: true }),
        ("zscore_population", Self::ZScore { sample: false }),
        ("distance_to_best", Self::DistanceToBest),
        ("distance_to_worst", Self::DistanceToWorst),
        ("distance_to_mean", Self::DistanceToMean),
        ("above_below_mean", Self::AboveBelowMean),
        ("distance_to_reference", Self::DistanceToReference),
        ("distance_to_target", Self::DistanceToTarget { capped: true }),
        ("distance_to_target_uncapped", Self::DistanceToTarget { capped: false }),
        ("rank", Self::Rank),
        ("percentile", Self::Percentile),
        ("borda", Self::Borda),
        ("efficacy", Self::Efficacy),
    ];

    /// The word of the file, of tables and of the report model.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }

    /// The fields of an indicator's entry that it needs and that are not there.
    pub(super) fn lacks(self, posts: &Goalposts) -> Option<&'static str> {
        match self {
            Self::Goalposts { .. } | Self::Efficacy => {
                (posts.low.is_none() || posts.high.is_none()).then_some("low、high")
            }
            Self::DistanceToReference | Self::DistanceToTarget { .. } => {
                posts.reference.is_none().then_some("reference")
            }
            _ => None,
        }
    }

    /// Whether positive values can be given scores of nothing or less.
    pub(super) fn can_be_nothing(self) -> bool {
        !matches!(
            self,
            Self::Rank
                | Self::DistanceToBest
                | Self::DistanceToWorst
                | Self::DistanceToMean
                | Self::DistanceToReference
        )
    }

    /// Whether values on a scale of logarithms that begins anywhere can take the place of the values: none is held against a number of the file, or against nothing.
    pub(super) fn takes_any_scale(self) -> bool {
        matches!(self, Self::MinMax | Self::ZScore { .. } | Self::Rank | Self::Percentile | Self::Borda)
    }

    /// Whether a city's score does not depend on the others.
    pub fn is_fixed_in_advance(self) -> bool {
        matches!(self, Self::Goalposts { .. } | Self::Efficacy | Self::DistanceToReference)
    }
}

/// Where weights come from (赋权).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighting {
    /// 等权.
    Equal,
    /// As given.
    Given,
    /// 专家打分: the mean of what experts gave, each of them a hundred points in all.
    Budget,
    /// 主成分赋权: out of the principal components of the scores that are put together.
    Principal,
}

impl Weighting {
    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        ("equal", Self::Equal),
        ("given", Self::Given),
        ("budget", Self::Budget),
        ("principal", Self::Principal),
    ];

    /// The word of the file.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }
}

/// How scores are put together (合成).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aggregation {
    /// Σ w·x / Σ w.
    Arithmetic,
    /// Π x^(w/Σ w); of positive scores only.
    Geometric,
    /// Σ w / Σ (w/x); of positive scores only.
    Harmonic,
    /// Mazziotta–Pareto: mean ∓ s·s/mean over the parts, not weighted.
    MazziottaPareto {
        /// Whether imbalance takes points (−), as where more is better.
        penalised: bool,
    },
    /// Copeland: of the pairs of cities those that are won by weight less those that are lost.
    Copeland,
}

impl Aggregation {
    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, Self); 6] = [
        ("arithmetic", Self::Arithmetic),
        ("geometric", Self::Geometric),
        ("harmonic", Self::Harmonic),
        ("mazziotta_pareto", Self::MazziottaPareto { penalised: true }),
        ("mazziotta_pareto_plus", Self::MazziottaPareto { penalised: false }),
        ("copeland", Self::Copeland),
    ];

    /// The word of the file.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }

    /// Whether it is of positive scores only.
    pub fn needs_positive(self) -> bool {
        matches!(self, Self::Geometric | Self::Harmonic)
    }
}

/// What an average is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Averaging {
    /// Mean.
    Mean,
    /// Median.
    Median,
}

/// What stands in for a value that is not there (插补); every such value is marked to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imputation {
    /// Nothing: a domain is put together from the values that are there.
    Off,
    /// The average of all cities.
    All(Averaging),
    /// That of the peer group.
    Group(Averaging),
    /// The last value that is known of an earlier year.
    Last,
}

impl Imputation {
    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, Self); 6] = [
        ("none", Self::Off),
        ("mean", Self::All(Averaging::Mean)),
        ("median", Self::All(Averaging::Median)),
        ("group_mean", Self::Group(Averaging::Mean)),
        ("group_median", Self::Group(Averaging::Median)),
        ("last", Self::Last),
    ];

    /// The word of the file.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }
}

/// What a draw varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// Weights, each up or down within its spread, then renormalised.
    Weights,
    /// The method of normalisation.
    Normalisation,
    /// The method of aggregation.
    Aggregation,
    /// Whether extreme values are treated.
    Treatment,
    /// One indicator is left out, or none.
    Inclusion,
}

impl Factor {
    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, Self); 5] = [
        ("weights", Self::Weights),
        ("normalisation", Self::Normalisation),
        ("aggregation", Self::Aggregation),
        ("treatment", Self::Treatment),
        ("inclusion", Self::Inclusion),
    ];

    /// The word of the file.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }
}
