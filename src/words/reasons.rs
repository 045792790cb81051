//! Why a value was taken, why there is none, why a target has no verdict.

use rust_decimal::Decimal;

use crate::assess::{Due, LevelChange, Reason, RowReason};
use crate::finding::{Language, PastOrigin, PlanNames, Problem, SourceProblem};
use crate::plan::Change;
use crate::reconcile::{Basis, Derivation, Doubt};
use crate::rounding::{completion, plain};

/// Why a value was taken, or why there is none.
pub fn basis(basis: &Basis) -> String {
    match basis {
        Basis::Single => "单一来源".to_owned(),
        Basis::Same { units } => format!("{units}家单位一致"),
        Basis::SameWhenRounded { units, taken } => {
            format!("{units}家单位修约后一致，采用位数多的{taken}")
        }
        Basis::Decided { unit } => format!("按决定采用{unit}"),
        Basis::Disagree { sides } => {
            Problem::from(SourceProblem::SourcesDisagree { sides: sides.clone() }).message(Language::Chinese)
        }
        Basis::Derived(one) => format!("未报，由{}推算", derivation(one)),
        Basis::NoRow => "没有填报".to_owned(),
        Basis::Blank => "单元格为空".to_owned(),
        Basis::Marks(marks) => {
            let marks: String = marks.iter().map(|mark| format!("“{mark}”")).collect();
            format!("填{marks}，含义不明")
        }
        Basis::Unusable => "所填不是可用的数值".to_owned(),
    }
}

/// The arithmetic of a derived growth.
pub fn derivation(one: &Derivation) -> String {
    let Derivation { row, actual, base, base_year, origin, years } = one;
    let (actual, mut base) = (plain(*actual), plain(*base));
    if *origin == PastOrigin::Published {
        base.push_str(&format!("[{base_year}年发布]"));
    }
    format!("指标{row}：{}", growth(&actual, &base, *years))
}

/// The arithmetic of a growth per year.
fn growth(actual: &str, base: &str, years: u32) -> String {
    match years {
        1 => format!("（{actual}÷{base}－1）×100"),
        years => format!("（{actual}÷{base}）开{years}次方，减1，×100"),
    }
}

/// The arithmetic of the change of a level.
pub fn change(one: &LevelChange) -> String {
    let (actual, base) = (plain(one.actual), plain(one.base.value));
    match one.kind {
        Change::Growth => growth(&actual, &base, 1),
        Change::AverageGrowth => growth(&actual, &base, one.years),
        Change::Increment => format!("{actual}－{base}"),
        Change::Places => format!("{base}－{actual}"),
        Change::Multiple => format!("{actual}÷{base}"),
    }
}

/// The arithmetic of what is due by now of a later year's target.
pub fn due(due: &Due, year: i32) -> String {
    let (base, target) = (plain(due.from.value), plain(due.target));
    let (from, until) = (due.from.year, due.until);
    format!("{base}＋（{target}－{base}）×（{year}－{from}）÷（{until}－{from}）")
}

/// What puts a value in doubt; `document` is what its plan is called: 方案.
pub fn doubt(doubt: &Doubt, document: &str) -> String {
    let plan = PlanNames { document: document.to_owned(), ..PlanNames::default() };
    let message = doubt.problem.message_of(Language::Chinese, &plan);
    doubt.unit.as_ref().map_or(message.clone(), |unit| format!("{unit}：{message}"))
}

/// Why a target has no verdict; `document` is what its plan is called: 方案.
pub fn no_verdict(reason: &Reason, document: &str) -> String {
    match reason {
        Reason::InDoubt(one) => doubt(one, document),
        Reason::NoValue(one) => basis(one),
        Reason::Lagged { year, shown } => format!("{year}年数未报，暂列{shown}年数"),
        Reason::Undefined(words) => format!("{document}没有界定“{words}”"),
        Reason::Undated { magnitude: None } => format!("{document}未写完成年限"),
        Reason::Undated { magnitude: Some((words, share)) } => {
            let share = completion(*share, *share >= Decimal::ONE_HUNDRED);
            format!("{document}未写完成年限；为{words}下限的{share}%")
        }
        Reason::NoBase { year } => format!("没有{year}年的数，变化不能核算"),
        Reason::NoChange { year } => format!("{year}年的数不为正，增长率和倍数没有意义"),
        Reason::LaterYear(year) => format!("为{year}年目标，未到期，这类目标不算序时进度"),
        Reason::NoBeginning { year } => {
            format!("为{year}年目标，{document}未列基期数，序时进度不能核算")
        }
        Reason::NoBaseYear => format!("{document}未写基年，本轮评估也未确定，年均增速不能核算"),
        Reason::NoConversion(words) => format!("“{words}”与计量单位不能换算"),
        Reason::OtherKind => "实绩与目标的类型不同".to_owned(),
        Reason::NotDue(due) => format!("{due}到期，尚未到期，也未达到"),
        Reason::NoBenchmark(words) => format!("本轮评估未给出对照值“{words}”，不能比较"),
        Reason::Row(no, RowReason::NoTarget) => format!("对照的指标{no}本年度没有目标"),
        Reason::Row(no, RowReason::InDoubt) => format!("对照的指标{no}待核实"),
        Reason::Row(no, RowReason::NotReported) => format!("对照的指标{no}未报"),
        Reason::Row(no, RowReason::Lagged(year)) => format!("对照的指标{no}暂列{year}年数"),
        Reason::Row(no, RowReason::OtherUnit) => format!("与对照的指标{no}单位不同"),
    }
}
