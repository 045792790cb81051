//! 自查: formulas by which a clerk sees whether a row is ready. They help whoever fills in the form; nobody trusts them on return.

use rust_decimal::Decimal;

use super::Form;
use crate::plan::Indicator;
use crate::rounding::plain;

/// What a row says that nothing was entered in.
pub(super) const TO_DO: &str = "待填";
/// What a row says whose value is missing for a reason.
pub(super) const EXPLAINED: &str = "已说明";
/// What a row says that is ready.
pub(super) const READY: &str = "√";
/// A share below this part of the year before may have been typed as a fraction.
const MISTYPED: u32 = 20;

/// The formula of a row of the sheet (from 1): the first thing that is to be said of it.
pub(super) fn of(row: &Indicator, form: &Form<'_>, at: u32) -> String {
    let mut rules: Vec<(String, String)> = Vec::new();
    let year = form.round.year();
    if row.is_qualitative() {
        rules.push((format!("AND(G{at}<>\"有\",G{at}<>\"无\")"), "请填有或无".to_owned()));
        rules.push((format!("AND(G{at}=\"有\",J{at}=\"\")"), "缺佐证编号".to_owned()));
    } else {
        rules.push((format!("NOT(ISNUMBER(G{at}))"), "请填数字".to_owned()));
        rules.extend(of_number(row, form, at));
        rules.push((format!("AND(I{at}<>{year},K{at}=\"\")"), format!("不是{year}年数，请说明")));
        rules.push((format!("J{at}=\"\""), "缺佐证编号".to_owned()));
    }
    let ends = ")".repeat(rules.len());
    let rules: String = rules.iter().map(|(when, what)| format!("IF({when},\"{what}\",")).collect();
    format!("=IF(G{at}=\"\",IF(K{at}=\"\",\"{TO_DO}\",\"{EXPLAINED}\"),{rules}\"{READY}\"{ends})")
}

/// What a number can be told to be by itself and by the year before, as far as the plan knows that.
fn of_number(row: &Indicator, form: &Form<'_>, at: u32) -> Vec<(String, String)> {
    let mut rules = Vec::new();
    let base = form.base(row).and_then(|past| past.value);
    if let Some((least, most)) = row.bounds() {
        let (least, most) = (plain(least), plain(most));
        rules.push((format!("OR(G{at}<{least},G{at}>{most})"), format!("应在{least}—{most}")));
    }
    if row.unit.is_share() && base.is_some_and(|base| base > Decimal::ONE) {
        rules.push((format!("AND(G{at}>0,G{at}<E{at}/{MISTYPED})"), "疑把%填成小数".to_owned()));
    }
    if row.is_counted {
        rules.push((format!("OR(G{at}<0,G{at}<>INT(G{at}))"), "应为非负整数".to_owned()));
    }
    if let (Some(limit), Some(_)) = (row.yoy_limit, base.filter(|base| !base.is_zero())) {
        let limit = plain(limit);
        rules.push((
            format!("AND(ABS(G{at}-E{at})*100>ABS(E{at})*{limit},K{at}=\"\")"),
            format!("比上年增减超{limit}%，请说明"),
        ));
    }
    rules
}
