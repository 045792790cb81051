//! 附件8: the totals, with their arithmetic.

use serde::Serialize;

use super::context::Context;
use super::numbers::Key;
use super::numerals::numerals_each;
use super::section::Draft;
use super::table::Table;
use super::terms::Terms;
use super::units::say_units_of;
use super::values::rate_words;
use super::verdict::{Counts, basis_words};
use super::{index, scoring, units};
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::ledger::StepId;
use crate::rounding::{fixed, plain};

/// The table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Derived {
    /// The heading of the annex, in a city's own report: there the rules do not stand before it.
    heading: Option<String>,
    table: Table<DerivedRow>,
}

/// A computed figure.
#[derive(Debug, Clone, Serialize)]
struct DerivedRow {
    id: String,
    figure: &'static str,
    value: String,
    formula: String,
    basis: String,
    rule_before: bool,
}

/// A computed figure: what it is, its value, how it is computed, and from what.
type Figure = (&'static str, Printed, String, String, String);

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Derived> {
    let mut rows = Vec::new();
    for (at, city) in draft.shown_cities() {
        let own = of_city(draft, at, city);
        rows.extend(numbered(draft, (&city.plan.short, city.plan.city.as_str()), own));
    }
    // The sums over one unit are its own figures.
    if let Some(context) = draft.round().filter(|context| !context.is_alone()) {
        rows.extend(numbered(draft, ("合计", "round"), of_round(context)));
    }
    let key = Key::in_annex(scoring::ANNEX, "derived");
    let table =
        Table::new("合计数的算法和依据").whole_in("所附lineage.csv").empty("没有计算数字。").rows(rows);
    let heading = draft.own_city().map(|_| scoring::ANNEX.heading("合计数的算法和依据"));
    Some(Derived { heading, table: table.numbered(&mut draft.numbers, key) })
}

fn numbered(draft: &mut Draft<'_>, (whose, slug): (&str, &str), figures: Vec<Figure>) -> Vec<DerivedRow> {
    for (at, (_, totals, ..)) in figures.iter().enumerate() {
        for step in steps(slug, totals.0) {
            draft.annex_rows.add(step, &format!("{whose}-D{}", at + 1));
        }
    }
    let row = |(at, (figure, totals, value, formula, basis)): (usize, Figure)| DerivedRow {
        id: format!("{whose}-D{}", at + 1),
        figure,
        value: numerals_each(&value, &steps(slug, totals.0)),
        formula: numerals_each(&formula, &steps(slug, totals.1)),
        basis,
        rule_before: at == 0,
    };
    figures.into_iter().enumerate().map(row).collect()
}

/// The totals that a figure's value prints, and those that its formula does, one after the other.
type Printed = (&'static [&'static str], &'static [&'static str]);

const TOTAL: Printed = (&["total"], &[]);
const ABLE: Printed = (&["assessable"], &["total", "open"]);
const ABLE_OF_ALL: Printed = (&["assessable"], &[]);
const MET: Printed = (&["met"], &[]);
const RATE: Printed = (&["rate.shown"], &["met", "assessable", HUNDRED]);
const WITHOUT_SOFT: Printed = (&["rate_without_soft.shown"], &["firm.met", "firm.assessable", HUNDRED]);
const COVERAGE: Printed = (&["coverage.shown"], &["assessable", "total", HUNDRED]);
const RANK: Printed = (&["rank"], &[]);
const SCORE: Printed = (&["score.shown"], &["assessable"]);
const WITH_OPEN: Printed = (&["score_missing_as_zero.shown"], &["open", "total"]);
const ON_TIME: Printed = (&["units.on_time", "units.all"], &[]);
/// A number that is the same for all.
const HUNDRED: &str = "constant/100";

/// The steps of some totals of a city or of the round.
fn steps(slug: &str, totals: &[&str]) -> Vec<StepId> {
    let id = |name: &&str| match *name {
        HUNDRED => StepId::new(HUNDRED),
        name => StepId::new(format!("{slug}/#{name}")),
    };
    totals.iter().map(id).collect()
}

fn of_round(context: &Context<'_>) -> Vec<Figure> {
    let sum = |of: fn(&CityEvaluation) -> usize| context.cities().iter().map(of).sum::<usize>();
    let total = sum(|city| city.score.total);
    let able = sum(|city| city.score.assessable);
    let met = sum(|city| city.score.met);
    let rate = rate_words(Fraction { part: met, whole: able });
    let coverage = rate_words(Fraction { part: able, whole: total });
    let (each, reached) = (format!("各{}", context.terms.places.noun), context.terms.reached);
    let mut figures = vec![
        ("应评", TOTAL, format!("{total}项"), format!("{each}应评之和")),
        ("可评", ABLE_OF_ALL, format!("{able}项"), format!("{each}可评之和")),
        (reached, MET, format!("{met}项"), format!("{each}{reached}之和")),
        (context.terms.rate, RATE, format!("{rate}%"), format!("{reached}{met}÷可评{able}×100")),
    ];
    let firm = Fraction { part: sum(|city| city.score.firm.part), whole: sum(|city| city.score.firm.whole) };
    figures.extend(without_soft(&context.terms, sum(|city| city.score.soft), firm));
    figures.push(("覆盖率", COVERAGE, format!("{coverage}%"), format!("可评{able}÷应评{total}×100")));
    let basis = format!("{each}同名数字");
    let told = figures.into_iter();
    told.map(|(figure, totals, value, formula)| (figure, totals, value, formula, basis.clone())).collect()
}

/// The rate without the targets on the worse side of their base, where there are any.
fn without_soft(
    terms: &Terms,
    soft: usize,
    firm: Fraction,
) -> Option<(&'static str, Printed, String, String)> {
    let Fraction { part, whole } = firm;
    (soft > 0 && whole > 0).then(|| {
        let formula = format!("{}{part}÷可评{whole}×100，不计标＊的", terms.reached);
        let figure = if terms.has_schedules { "不计＊达标率" } else { "不计＊完成率" };
        (figure, WITHOUT_SOFT, percent_words(firm), formula)
    })
}

/// The table with the verdicts that the account of the city at a place among all counts.
fn judged_in(at: usize, city: &CityEvaluation) -> Key {
    index::key(city.score.basis, at)
}

/// Where the figures that are counted stand: a table by its number; one without rows is not printed and has none.
fn place(number: String, sheet: &str) -> String {
    if number.is_empty() { format!("“{sheet}”表") } else { number }
}

fn of_city(draft: &mut Draft<'_>, at: usize, city: &CityEvaluation) -> Vec<Figure> {
    let score = &city.score;
    let judged = place(draft.numbers.of(&judged_in(at, city)), "指标");
    let units = place(draft.numbers.of(&units::key(at)), "单位");
    let verdicts = format!("{judged}判定栏");
    let scoring = draft.context.evaluation.round.method.scoring.chinese();
    let Terms { rate, reached, .. } = draft.context.terms;
    let (total, able, met, open) = (score.total, score.assessable, score.met, score.open());
    let met_words = match Counts::of(score).scheduled() {
        0 => "判定为超额完成和完成的项数",
        all if all == score.assessable => "判定为达到序时的项数",
        _ => "判定为超额完成、完成和达到序时的项数",
    };
    let mut figures = vec![
        ("应评", TOTAL, format!("{total}项"), format!("{}全部计入", basis_words(city)), verdicts.clone()),
        ("可评", ABLE, format!("{able}项"), format!("应评{total}减暂不能判定{open}"), verdicts.clone()),
        (reached, MET, format!("{met}项"), met_words.to_owned(), verdicts.clone()),
        (rate, RATE, percent_words(score.rate()), format!("{reached}{met}÷可评{able}×100"), verdicts.clone()),
    ];
    let firm = without_soft(&draft.context.terms, score.soft, score.firm);
    figures.extend(
        firm.map(|(figure, totals, value, formula)| (figure, totals, value, formula, verdicts.clone())),
    );
    figures.push((
        "覆盖率",
        COVERAGE,
        percent_words(score.coverage()),
        format!("可评{able}÷应评{total}×100"),
        verdicts,
    ));
    if let Some(rank) = score.rank.filter(|_| !draft.context.is_alone()) {
        let ranking = place(String::new(), "得分和名次");
        figures.push(("名次", RANK, rank.to_string(), format!("按未修约的{rate}从高到低"), ranking));
    }
    if let Some(points) = score.score {
        let taken: String = score
            .deductions
            .iter()
            .map(|one| format!("，{}{}件扣{}分", one.what, one.count, plain(one.points)))
            .collect();
        let formula = format!("可评{able}项单项得分（{scoring}）的加权平均{taken}");
        figures.push(("得分", SCORE, fixed(points, 1), formula, judged.clone()));
    }
    if let Some(points) = score.score_missing_as_zero {
        let formula = format!("同上，暂不能判定的{open}项计零，按应评{total}项平均");
        figures.push(("缺报计零", WITH_OPEN, fixed(points, 1), formula, judged));
    }
    let on_time = city.units.iter().filter(|unit| unit.on_time == Some(true)).count();
    // Saying them writes their steps down, which the row's numerals name as those of the rows above do.
    say_units_of(draft.context, city, "on_time", |unit| unit.on_time == Some(true), on_time);
    say_units_of(draft.context, city, "all", |_| true, city.units.len());
    let reported = format!("{on_time}/{}", city.units.len());
    figures.push(("按时报送", ON_TIME, reported, "报送期限内收到的单位数和应报单位数".to_owned(), units));
    figures
}

fn percent_words(fraction: Fraction) -> String {
    if fraction.whole == 0 { "—".to_owned() } else { format!("{}%", rate_words(fraction)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_from_a_table_that_is_not_printed_names_the_workbook() {
        assert_eq!(place("甲表1".to_owned(), "指标"), "甲表1");
        assert_eq!(place(String::new(), "指标"), "“指标”表");
    }
}
