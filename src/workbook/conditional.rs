//! Conditional formats: what they make people see of a cell in place of what it stores.
//!
//! A rule counts here when it could hide a value, strike it out or show it as another one. Comparisons with constants are decided, of
//! the cell itself or of another one of the sheet; of what is not decided it is said that what is seen may be something else.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

use super::address::address;
use super::cells;
use super::colour::{Backdrop, Colour, PlainLook};
use super::comparison::Comparison;
use super::display::Display;
use super::format::NumberFormat;
use super::patch::{MARK_TAG, mark_formula};
use super::{Area, Content, Fault, Limit, Look, WireCell, WireSheet};
use crate::ident::CellRef;

/// Most cells that the rules of a sheet are held against, each counted for every rule that could change what is seen of it.
const MOST_HELD: usize = 2_000_000;
/// Most cells that are looked through for those in areas of rules; what an area itself costs is counted as some of them.
const MOST_LOOKED_THROUGH: usize = 100_000_000;
const COST_OF_AREA: usize = 20;

/// What a rule changes, as far as it decides what is seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct SeenChange {
    /// How numbers and texts are shown.
    pub format: Option<NumberFormat>,
    /// Whether they are struck out.
    pub is_struck: Option<bool>,
    /// The colour of text.
    pub colour: Option<Colour>,
    /// What lies behind it.
    pub ground: Option<Backdrop>,
    /// Whether a bar or sign stands in its place.
    pub hides: bool,
    /// Whether it has a format that is not read.
    pub is_obscure: bool,
}

impl SeenChange {
    /// Whether it could change what is seen at all.
    fn matters(&self) -> bool {
        *self != Self::default()
    }
}

/// A rule of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct FormatRule {
    /// The cells that it is for.
    pub areas: Vec<Area>,
    /// Its place among the rules: the least counts first.
    pub priority: i64,
    /// Whether no further rule counts where it holds.
    pub stops: bool,
    /// When it holds.
    pub test: Test,
    /// What it changes.
    pub change: SeenChange,
}

/// A constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Constant {
    Number(Decimal),
    Text(String),
}

/// A cell that a formula names: for another cell than the first of its areas it is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NamedCell {
    pub at: CellRef,
    pub is_fixed_row: bool,
    pub is_fixed_column: bool,
}

/// When a rule holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Test {
    /// Always, or never.
    Known(bool),
    /// Always: it is a query's mark, which says that a value is asked about. Whatever it looks like, it does not make seen what was not.
    Mark,
    /// When a cell, the own one or another, compares so with a constant.
    Compared(Option<NamedCell>, Comparison, Constant),
    /// When it lies between two constants, or does not.
    Between(Decimal, Decimal, bool),
    /// When its text contains another one, or does not; begins or ends with it.
    Text(TextTest, String),
    /// That is not decided.
    #[default]
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextTest {
    Contains,
    Lacks,
    Begins,
    Ends,
}

impl Constant {
    /// A formula that is a number or a text in quotes.
    pub(super) fn of(formula: &str) -> Option<Self> {
        let formula = formula.trim().trim_start_matches('=').trim();
        if let Some(text) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return (!text.replace("\"\"", "").contains('"')).then(|| Self::Text(text.replace("\"\"", "\"")));
        }
        number(formula).map(Self::Number)
    }
}

fn number(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

impl Test {
    /// `cellIs` with one or two formulas.
    pub(super) fn cell_is(operator: &str, formulas: &[String]) -> Self {
        let constant = |at: usize| formulas.get(at).and_then(|formula| Constant::of(formula));
        match (operator, constant(0), constant(1)) {
            ("between" | "notBetween", Some(Constant::Number(one)), Some(Constant::Number(other))) => {
                Self::Between(one.min(other), one.max(other), operator == "between")
            }
            (operator, Some(constant), _) => Comparison::of(operator)
                .map_or(Self::Unknown, |comparison| Self::Compared(None, comparison, constant)),
            _ => Self::Unknown,
        }
    }

    /// A formula: `TRUE`, or a cell beside a constant, as in `$E5=0` and `E5<>""`.
    pub(super) fn formula(formula: &str) -> Self {
        let formula = formula.trim().trim_start_matches('=').trim();
        if formula == mark_formula(MARK_TAG) {
            return Self::Mark;
        }
        if let Some(known) = match formula.to_ascii_uppercase().as_str() {
            "TRUE" | "TRUE()" => Some(true),
            "FALSE" | "FALSE()" => Some(false),
            other => number(other).map(|number| !number.is_zero()),
        } {
            return Self::Known(known);
        }
        let Some(at) = formula.find(['<', '>', '=']) else { return Self::Unknown };
        let (cell, rest) = formula.split_at(at);
        let length = rest.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(rest.len());
        let (sign, constant) = rest.split_at(length);
        match (NamedCell::of(cell.trim()), Comparison::of(sign), Constant::of(constant)) {
            (Some(cell), Some(comparison), Some(constant)) => {
                Self::Compared(Some(cell), comparison, constant)
            }
            _ => Self::Unknown,
        }
    }

    /// Whether it holds for a cell; `None` when that is not decided.
    fn holds(&self, own: &Content, other: impl FnOnce(NamedCell) -> Option<Option<Content>>) -> Option<bool> {
        match self {
            Self::Known(known) => Some(*known),
            Self::Mark => Some(true),
            Self::Compared(named, comparison, constant) => {
                let there;
                let content = match named {
                    None => Some(own),
                    Some(named) => {
                        there = other(*named)?;
                        there.as_ref()
                    }
                };
                compared(content, constant).map(|order| comparison.holds(order))
            }
            Self::Between(least, most, is_within) => {
                let (low, high) = (Constant::Number(*least), Constant::Number(*most));
                let within = compared(Some(own), &low)?.is_ge() && compared(Some(own), &high)?.is_le();
                Some(within == *is_within)
            }
            Self::Text(test, text) => {
                let (Content::Text(own) | Content::Number(own)) = own else { return None };
                let (own, text) = (own.to_lowercase(), text.to_lowercase());
                // What wildcards stand for is not decided.
                if text.is_empty() || text.contains(['*', '?', '~']) {
                    return None;
                }
                Some(match test {
                    TextTest::Contains => own.contains(&text),
                    TextTest::Lacks => !own.contains(&text),
                    TextTest::Begins => own.starts_with(&text),
                    TextTest::Ends => own.ends_with(&text),
                })
            }
            Self::Unknown => None,
        }
    }
}

/// The order of a cell and a constant, as spreadsheets have it: numbers before texts; a cell without content is zero, and an empty text.
fn compared(content: Option<&Content>, constant: &Constant) -> Option<std::cmp::Ordering> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (content, constant) {
        (None, Constant::Number(other)) => Some(Decimal::ZERO.cmp(other)),
        (None, Constant::Text(other)) => Some(if other.is_empty() { Equal } else { Less }),
        (Some(Content::Number(text)), Constant::Number(other)) => Some(number(text)?.cmp(other)),
        (Some(Content::Number(_)), Constant::Text(_)) => Some(Less),
        (Some(Content::Text(_)), Constant::Number(_)) => Some(Greater),
        (Some(Content::Text(text)), Constant::Text(other)) => {
            Some(text.to_lowercase().cmp(&other.to_lowercase()))
        }
        _ => None,
    }
}

impl NamedCell {
    /// `E5`, `$E5`, `$E$5`.
    fn of(text: &str) -> Option<Self> {
        let is_fixed_column = text.starts_with('$');
        let is_fixed_row = text.get(1..)?.contains('$');
        Some(Self { at: address(text)?, is_fixed_row, is_fixed_column })
    }

    /// The cell that it is for one, where it is written for another.
    fn seen_from(self, here: CellRef, origin: CellRef) -> Option<CellRef> {
        let shifted = |at: u32, here: u32, origin: u32, is_fixed: bool| {
            if is_fixed { Some(at) } else { (at + here).checked_sub(origin) }
        };
        Some(CellRef::new(
            shifted(self.at.row, here.row, origin.row, self.is_fixed_row)?,
            shifted(self.at.column, here.column, origin.column, self.is_fixed_column)?,
        ))
    }
}

/// What the rules say of a cell so far.
#[derive(Default)]
struct SaidOfCell {
    change: SeenChange,
    is_stopped: bool,
    is_unsettled: bool,
}

/// Holds the rules of a sheet against its cells and notes what is seen of them. `bare` tells what a cell looks like without rules, by its
/// place in the list of cells.
///
/// # Errors
/// Fails when the rules are for more cells than the limit.
pub(super) fn apply<'s>(
    sheet: &mut WireSheet,
    mut rules: Vec<FormatRule>,
    bare: impl Fn(usize) -> PlainLook<'s>,
    is_1904: bool,
) -> Result<(), Fault> {
    if !rules.iter().any(|rule| rule.change.matters()) {
        return Ok(());
    }
    rules.sort_by_key(|rule| rule.priority);
    let mut order: Vec<(CellRef, usize)> =
        sheet.cells.iter().enumerate().map(|(at, cell)| (CellRef::new(cell.0, cell.1), at)).collect();
    order.sort();
    let mut said: BTreeMap<usize, SaidOfCell> = BTreeMap::new();
    let (mut held, mut looked_through) = (0_usize, 0_usize);
    for rule in rules.iter().filter(|rule| rule.change.matters() || rule.stops) {
        let origin = rule.areas.first().map_or(CellRef::new(0, 0), |area| area.first);
        for area in &rule.areas {
            looked_through += COST_OF_AREA;
            for (here, at) in in_rows(&order, area) {
                let is_inside = area.holds(here.row, here.column);
                looked_through += 1;
                held += usize::from(is_inside);
                if held > MOST_HELD || looked_through > MOST_LOOKED_THROUGH {
                    return Err(Fault::Limit(Limit::Rules { sheet: sheet.name.clone(), most: MOST_HELD }));
                }
                if !is_inside {
                    continue;
                }
                let Some(cell) = sheet.cells.get(at) else { continue };
                let other = |named: NamedCell| {
                    let there = named.seen_from(here, origin)?;
                    Some(
                        at_place(&order, there).and_then(|at| sheet.cells.get(at)).map(|cell| cell.2.clone()),
                    )
                };
                said.entry(at).or_default().hear(
                    rule,
                    rule.test.holds(&cell.2, other),
                    cell,
                    &bare(at),
                    is_1904,
                );
            }
        }
    }
    for (at, said) in said {
        if let Some(cell) = sheet.cells.get_mut(at) {
            said.show(cell, &bare(at), is_1904);
        }
    }
    Ok(())
}

/// The cells in the rows of an area, with their places in the list.
fn in_rows<'o>(
    order: &'o [(CellRef, usize)],
    area: &Area,
) -> impl Iterator<Item = (CellRef, usize)> + use<'o> {
    let last = area.last.row;
    let from = order.partition_point(|(at, _)| *at < CellRef::new(area.first.row, 0));
    let rest = order.get(from..).unwrap_or_default().iter().copied();
    rest.take_while(move |(at, _)| at.row <= last)
}

fn at_place(order: &[(CellRef, usize)], at: CellRef) -> Option<usize> {
    let place = order.partition_point(|(one, _)| *one < at);
    order.get(place).filter(|(one, _)| *one == at).map(|(_, place)| *place)
}

impl SaidOfCell {
    /// Takes in what a rule says of a cell: of several that hold the first counts, in each regard.
    fn hear(
        &mut self,
        rule: &FormatRule,
        holds: Option<bool>,
        cell: &WireCell,
        bare: &PlainLook<'_>,
        is_1904: bool,
    ) {
        if self.is_stopped || holds == Some(false) {
            return;
        }
        let change = &rule.change;
        if rule.test == Test::Mark && bare.ground.swallows(bare.colour) {
            self.is_stopped = rule.stops;
            return;
        }
        if holds.is_none() {
            self.is_unsettled |= change.is_seen(cell, bare, is_1904);
            return;
        }
        let own = &mut self.change;
        own.format = own.format.take().or_else(|| change.format.clone());
        own.is_struck = own.is_struck.or(change.is_struck);
        own.colour = own.colour.take().or_else(|| change.colour.clone());
        own.ground = own.ground.take().or_else(|| change.ground.clone());
        own.hides |= change.hides;
        self.is_unsettled |= change.is_obscure;
        self.is_stopped = rule.stops;
    }

    /// Notes at a cell what is seen of it.
    fn show(self, cell: &mut WireCell, bare: &PlainLook<'_>, is_1904: bool) {
        if self.change.is_seen(cell, bare, is_1904) {
            self.change.show(cell, bare, is_1904);
        }
        if self.is_unsettled && matches!(cell.2, Content::Number(_) | Content::Text(_)) {
            cell.5.get_or_insert_default().is_unsettled = true;
        }
    }
}

impl SeenChange {
    /// Whether it changes what is seen of a cell.
    fn is_seen(&self, cell: &WireCell, bare: &PlainLook<'_>, is_1904: bool) -> bool {
        let strikes = self.is_struck.is_some_and(|struck| struck != bare.is_struck);
        let is_swallowed = |colour, ground: &Backdrop| ground.swallows(colour);
        let before = is_swallowed(bare.colour, &bare.ground);
        strikes
            || self.hides
            || self.is_obscure
            || self.swallows(bare) != before
            || self.formats(cell, is_1904).is_some()
    }

    fn swallows(&self, bare: &PlainLook<'_>) -> bool {
        let ground = self.ground.as_ref().unwrap_or(&bare.ground);
        ground.swallows(self.colour.as_ref().or(bare.colour))
    }

    /// What is seen of a cell under its format, where that is something else than before.
    fn formats(&self, cell: &WireCell, is_1904: bool) -> Option<(Content, Display, Option<String>)> {
        let format = self.format.as_ref()?;
        let WireCell(_, _, content, display, _, look) = cell;
        let shown = |look: Option<Box<Look>>| look.and_then(|look| look.shown);
        let (new, how, seen) = match content {
            Content::Number(text) => {
                let (new, how, look) = cells::number(text.clone(), Some(format), is_1904);
                (new, how, shown(look))
            }
            Content::Text(text) => (content.clone(), *display, format.show_text(text)),
            _ => return None,
        };
        // How many decimals are seen is no matter.
        let plain = |how: Display| if matches!(how, Display::Fixed(_)) { Display::Plain } else { how };
        let is_same = new == *content && plain(how) == plain(*display) && seen == shown(look.clone());
        (!is_same).then_some((new, how, seen))
    }

    fn show(&self, cell: &mut WireCell, bare: &PlainLook<'_>, is_1904: bool) {
        if let Some((content, display, shown)) = self.formats(cell, is_1904) {
            (cell.2, cell.3) = (content, display);
            if shown.is_some() || cell.5.is_some() {
                cell.5.get_or_insert_default().shown = shown;
            }
        }
        if let Some(is_struck) = self.is_struck {
            cell.5.get_or_insert_default().is_struck = is_struck;
        }
        if self.hides && matches!(cell.2, Content::Number(_)) {
            cell.5.get_or_insert_default().shown = Some(String::new());
        }
        let is_swallowed = self.swallows(bare);
        if is_swallowed || cell.5.is_some() {
            cell.5.get_or_insert_default().is_swallowed = is_swallowed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::colour::{BLACK, WHITE};

    #[test]
    fn simple_formulas_are_decided_and_others_are_not() {
        let here = CellRef::new(8, 4);
        for (formula, own, expected) in [
            ("TRUE", "5", Some(true)),
            ("0", "5", Some(false)),
            ("E9=0", "0", Some(true)),
            ("=$E9=0", "5", Some(false)),
            ("E9<=5", "5", Some(true)),
            ("E9<>\"\"", "5", Some(true)),
            ("$D$1=\"\"", "5", Some(true)),
            ("D9>0", "5", Some(false)),
            ("E9=D9", "5", None),
            ("ISBLANK(E9)", "5", None),
            ("AND(E9=0,TRUE)", "5", None),
            ("N(\"对标查询\")=0", "5", Some(true)),
            ("N(\"别的\")=0", "5", None),
            ("甲!E9=0", "5", None),
        ] {
            let own = Content::Number(own.to_owned());
            let other = |named: NamedCell| {
                let there = named.seen_from(here, here)?;
                Some((there == here).then(|| own.clone()))
            };
            assert_eq!(Test::formula(formula).holds(&own, other), expected, "{formula}");
        }
    }

    #[test]
    fn a_querys_mark_neither_shows_what_was_hidden_nor_may_anything_be_hidden_under_its_name() {
        let yellow = Backdrop::Plain(Colour::Rgb([0xFF, 0xE6, 0x99]));
        let filled = |ground: Backdrop| SeenChange { ground: Some(ground), ..SeenChange::default() };
        let white_text = SeenChange { colour: Some(WHITE), ..SeenChange::default() };
        let struck = SeenChange { is_struck: Some(true), ..SeenChange::default() };
        for (what, text, change, is_hidden, is_struck) in [
            ("our mark", BLACK, filled(yellow.clone()), false, false),
            ("our mark on white text", WHITE, filled(yellow), true, false),
            ("white text", BLACK, white_text, true, false),
            ("black ground", BLACK, filled(Backdrop::Plain(BLACK)), true, false),
            ("struck out", BLACK, struck, false, true),
        ] {
            let test = Test::formula("N(\"对标查询\")=0");
            let rule = FormatRule { test, change, ..FormatRule::default() };
            let mut cell = WireCell(0, 0, Content::Number("5".to_owned()), Display::default(), false, None);
            let bare = PlainLook { is_struck: false, colour: Some(&text), ground: Backdrop::default() };
            let mut said = SaidOfCell::default();
            said.hear(&rule, rule.test.holds(&cell.2, |_| None), &cell, &bare, false);
            assert_eq!(said.change.swallows(&bare), is_hidden, "{what}");
            said.show(&mut cell, &bare, false);
            assert_eq!(cell.5.is_some_and(|look| look.is_struck), is_struck, "{what}");
        }
    }

    #[test]
    fn comparisons_with_constants_are_decided() {
        let text = |text: &str| Content::Text(text.to_owned());
        let number = |text: &str| Content::Number(text.to_owned());
        for (operator, formulas, content, expected) in [
            ("equal", vec!["0"], number("0"), Some(true)),
            ("equal", vec!["0"], number("0.5"), Some(false)),
            ("notEqual", vec!["0"], number("0.5"), Some(true)),
            ("greaterThan", vec!["100"], text("甲"), Some(true)),
            ("equal", vec!["\"无\""], text("无"), Some(true)),
            ("equal", vec!["$A$1"], number("0"), None),
            ("between", vec!["5", "1"], number("3"), Some(true)),
            ("notBetween", vec!["1", "5"], number("3"), Some(false)),
            ("between", vec!["1", "A1"], number("3"), None),
            ("lessThan", vec!["1E-3"], number("0"), Some(true)),
            ("containsText", vec!["1"], number("0"), None),
        ] {
            let formulas: Vec<String> = formulas.into_iter().map(str::to_owned).collect();
            let test = Test::cell_is(operator, &formulas);
            assert_eq!(test.holds(&content, |_| None), expected, "{operator} {formulas:?} {content:?}");
        }
    }
}
