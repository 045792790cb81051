//! The method of a round: thresholds, how points are given, what is deducted. All of it is printed in the report.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

use super::fault::FileFault;
use super::sections::At;
use super::words::{word, written};
use crate::finding::Language;

/// How the points of one target follow from its verdict; 100 points are a target that is just reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scoring {
    /// 综合指数法: the completion up to a cap (100 in the monitoring of science and technology, 120 in performance reviews).
    Ratio,
    /// 比例计分法: reached is full, beyond and below move in proportion, with a limit on the bonus (武科发〔2010〕14号).
    Proportional,
    /// 功效系数法: 60 at the value that is not allowed, 100 at the target, linear in between and beyond.
    Efficacy,
    /// 定额计分法: all or nothing (鄂州市2020年).
    Fixed,
    /// 分档计分法: each whole band over or under the target adds or takes points.
    Banded,
}

/// A grade of a city (等次), from the worst to the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// 不合格.
    Poor,
    /// 合格.
    Fair,
    /// 良好.
    Good,
    /// 优秀.
    Excellent,
}

impl Grade {
    /// All grades, from the worst to the best.
    pub const ALL: [Self; 4] = [Self::Poor, Self::Fair, Self::Good, Self::Excellent];

    /// The word in the ledger.
    pub fn key(self) -> &'static str {
        match self {
            Self::Excellent => "excellent",
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
        }
    }

    /// The word in report and tables.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Poor => "不合格",
            Self::Fair => "合格",
            Self::Good => "良好",
            Self::Excellent => "优秀",
        }
    }

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::Poor => "Fail",
            Self::Fair => "Pass",
            Self::Good => "Good",
            Self::Excellent => "Excellent",
        };
        language.of(self.chinese(), english)
    }
}

impl Serialize for Scoring {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl Scoring {
    /// The words of round files.
    pub(crate) const WORDS: [(&'static str, Self); 5] = [
        ("ratio", Self::Ratio),
        ("proportional", Self::Proportional),
        ("efficacy", Self::Efficacy),
        ("fixed", Self::Fixed),
        ("banded", Self::Banded),
    ];

    /// The word of round files and of the report model.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }

    /// Its name in the report.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Ratio => "综合指数法",
            Self::Proportional => "比例计分法",
            Self::Efficacy => "功效系数法",
            Self::Fixed => "定额计分法",
            Self::Banded => "分档计分法",
        }
    }

    /// Where it comes from, as the report says it.
    pub fn source(self) -> &'static str {
        match self {
            Self::Ratio => "全国科技进步统计监测的综合指数法",
            Self::Proportional => {
                "参照《武进区科技工作考核办法》（武科发〔2010〕14号）：达到目标得满分，超过和不足按比例增减，单项加分不超过4分"
            }
            Self::Efficacy => "功效系数法（企业综合绩效评价通用方法）：满意值得100分，不允许值得60分",
            Self::Fixed => "参照鄂州市2020年科技创新考核：各项定额计分，达到得分，未达不得分",
            Self::Banded => {
                "参照企业绩效考核规则：达到目标100分，每超过或不足5%加、减5分，最高120分，最低0分"
            }
        }
    }
}

/// Parameters of the method. Percentages and points.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// From this completion on, a target that was not met counts as nearly met (基本完成).
    pub nearly: Decimal,
    /// From this completion on, a target that was met counts as exceeded (超额完成).
    pub exceeded: Decimal,
    /// Most points of one target, but for the proportional method.
    pub cap: Decimal,
    /// Cities with a lower coverage are not ranked.
    pub minimum_coverage: Decimal,
    /// Tolerance of 左右 where the plan gives none.
    pub about_tolerance: Decimal,
    /// Deviation from the target at the edge of the bars.
    pub bar_span: Decimal,
    /// Scores from which the grades 优秀, 良好 and 合格 are given.
    pub grades: [Decimal; 3],
    /// How points are given.
    pub scoring: Scoring,
    /// Most points above 100 that one target may earn, by the proportional method.
    pub bonus: Decimal,
    /// Most points above 100 that a city's score may have.
    pub bonus_total: Decimal,
    /// The value that is not allowed, in percent of the target, by the efficacy method.
    pub not_allowed: Decimal,
    /// Width of a band in percent, by the banded method.
    pub band: Decimal,
    /// Points of a band, by the banded method.
    pub band_points: Decimal,
    /// Points taken from the city's score for each unit that reported late (V403, not waived).
    pub late: Decimal,
    /// Points taken from the city's score for each piece of evidence that is missing (V408, V409, not waived).
    pub evidence: Decimal,
    /// An indicator has to speed up (须加快) when the growth that it needs is beyond the plan's by more than so many percentage points a year.
    pub pace_tolerance: Decimal,
    /// Below this completion a target is far from reached, so that leaders are asked whether to supervise it (定督办).
    pub decide_gap: Decimal,
    /// The rate, in percent, that the brief of very many cities groups them by.
    pub reference: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMethod {
    nearly: String,
    exceeded: String,
    cap: String,
    minimum_coverage: String,
    about_tolerance: String,
    bar_span: String,
    grades: [String; 3],
    scoring: Option<String>,
    bonus: Option<String>,
    bonus_total: Option<String>,
    not_allowed: Option<String>,
    band: Option<String>,
    band_points: Option<String>,
    late: Option<String>,
    evidence: Option<String>,
    pace_tolerance: Option<String>,
    decide_gap: Option<String>,
    reference: Option<String>,
}

impl RawMethod {
    /// The one of a round that states none.
    pub(super) fn usual() -> At<Self> {
        let text = str::to_owned;
        let entry = Self {
            nearly: text("95"),
            exceeded: text("105"),
            cap: text("100"),
            minimum_coverage: text("66.7"),
            about_tolerance: text("5"),
            bar_span: text("15"),
            grades: ["90", "80", "60"].map(str::to_owned),
            scoring: None,
            bonus: None,
            bonus_total: None,
            not_allowed: None,
            band: None,
            band_points: None,
            late: None,
            evidence: None,
            pace_tolerance: None,
            decide_gap: None,
            reference: None,
        };
        At { line: 1, entry }
    }
}

impl Method {
    pub(super) fn from_raw(raw: &RawMethod) -> Result<Self, Vec<FileFault>> {
        let mut faults = Vec::new();
        let scoring = word("scoring", raw.scoring.as_deref().unwrap_or("ratio"), &Scoring::WORDS);
        let scoring = scoring.map_err(|fault| faults.push(fault)).unwrap_or(Scoring::Ratio);
        let mut number = |what: &str, text: &str| match written(what, text) {
            Ok(written) => written.value,
            Err(fault) => {
                faults.push(fault);
                Decimal::ZERO
            }
        };
        let [excellent, good, fair] = &raw.grades;
        let grades = [excellent, good, fair].map(|grade| number("grades", grade));
        let mut optional =
            |what: &str, text: &Option<String>, usual: &str| number(what, text.as_deref().unwrap_or(usual));
        let bonus = optional("bonus", &raw.bonus, "4");
        let bonus_total = optional("bonus_total", &raw.bonus_total, "20");
        let not_allowed = optional("not_allowed", &raw.not_allowed, "60");
        let (band, band_points) =
            (optional("band", &raw.band, "5"), optional("band_points", &raw.band_points, "5"));
        let (late, evidence) = (optional("late", &raw.late, "0"), optional("evidence", &raw.evidence, "0"));
        let pace_tolerance = optional("pace_tolerance", &raw.pace_tolerance, "0.5");
        let decide_gap = optional("decide_gap", &raw.decide_gap, "90");
        let reference = optional("reference", &raw.reference, "80");
        let method = Self {
            nearly: number("nearly", &raw.nearly),
            exceeded: number("exceeded", &raw.exceeded),
            cap: number("cap", &raw.cap),
            minimum_coverage: number("minimum_coverage", &raw.minimum_coverage),
            about_tolerance: number("about_tolerance", &raw.about_tolerance),
            bar_span: number("bar_span", &raw.bar_span),
            grades,
            scoring,
            bonus,
            bonus_total,
            not_allowed,
            band,
            band_points,
            late,
            evidence,
            pace_tolerance,
            decide_gap,
            reference,
        };
        if faults.is_empty() {
            faults = method.faults();
        }
        if faults.is_empty() { Ok(method) } else { Err(faults) }
    }

    /// What makes no sense although every part is a number.
    fn faults(&self) -> Vec<FileFault> {
        let hundred = Decimal::ONE_HUNDRED;
        let all = [
            self.nearly,
            self.exceeded,
            self.cap,
            self.minimum_coverage,
            self.about_tolerance,
            self.bar_span,
            self.bonus,
            self.bonus_total,
            self.not_allowed,
            self.band,
            self.band_points,
            self.late,
            self.evidence,
            self.pace_tolerance,
            self.decide_gap,
            self.reference,
        ];
        let sane = |value: &Decimal| (Decimal::ZERO..=Decimal::ONE_THOUSAND).contains(value);
        let rules = [
            (self.nearly > hundred || self.exceeded < hundred, FileFault::OddLimits),
            (!all.iter().chain(&self.grades).all(sane), FileFault::OddParameter),
            (self.cap < hundred, FileFault::LowCap),
            (self.minimum_coverage > hundred, FileFault::HighCoverage),
            (!self.grades.is_sorted_by(|better, worse| better > worse), FileFault::GradesRise),
            (self.bar_span <= Decimal::ZERO, FileFault::NoSpan),
            (self.band < Decimal::ONE, FileFault::SmallBand),
            (self.not_allowed >= hundred, FileFault::HighNotAllowed),
        ];
        rules.into_iter().filter(|(broken, _)| *broken).map(|(_, fault)| fault).collect()
    }
}
