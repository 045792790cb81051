//! The conditional formats of an xls sheet (MS-XLS, 2.4.56 and 2.4.42, and those of later programs, 2.4.57 and 2.4.43).

use super::Area;
use super::biff::{BiffRecord, Globals};
use super::colour::Backdrop;
use super::comparison::Comparison;
use super::conditional::{FormatRule, SeenChange, Test};
use super::format::NumberFormat;
use super::formula::formula_of_tokens;
use crate::ident::CellRef;

/// Reads rules record by record.
#[derive(Default)]
pub(super) struct BiffRules {
    areas: Vec<Area>,
    rules: Vec<FormatRule>,
}

/// Where the content of later records begins.
const LATER: usize = 12;

impl BiffRules {
    pub(super) fn see(&mut self, record: &BiffRecord<'_>, globals: &Globals) {
        match record.kind {
            0x01B0 => self.areas = areas(record, 0),
            0x0879 => self.areas = areas(record, LATER),
            0x01B1 => self.rules.extend(self.rule(record, globals)),
            _ => self.rules.extend(self.later_rule(record, globals)),
        }
    }

    /// All rules of the sheet.
    pub(super) fn finish(&mut self) -> Vec<FormatRule> {
        std::mem::take(&mut self.rules)
    }

    fn rule(&self, record: &BiffRecord<'_>, globals: &Globals) -> Option<FormatRule> {
        let (change, _) = change(record, 6, globals)?;
        let sizes = (usize::from(record.u16(2)?), usize::from(record.u16(4)?));
        // The formulas stand at the end.
        let at = record.body.len().checked_sub(sizes.0 + sizes.1)?;
        self.with(record, 0, at, sizes, change)
    }

    fn later_rule(&self, record: &BiffRecord<'_>, globals: &Globals) -> Option<FormatRule> {
        let sizes = (usize::from(record.u16(LATER + 2)?), usize::from(record.u16(LATER + 4)?));
        let length = usize::try_from(record.u32(LATER + 6)?).ok()?;
        let begin = LATER + 10;
        let (change, _) =
            if length == 0 { (SeenChange::default(), 0) } else { change(record, begin, globals)? };
        // Without a change two bytes stand in its place.
        let at = begin.checked_add(length.max(2))?;
        self.with(record, LATER, at, sizes, change)
    }

    fn with(
        &self,
        record: &BiffRecord<'_>,
        head: usize,
        at: usize,
        sizes: (usize, usize),
        change: SeenChange,
    ) -> Option<FormatRule> {
        let (kind, operator) = (*record.body.get(head)?, *record.body.get(head + 1)?);
        let one = record.body.get(at..at.checked_add(sizes.0)?)?;
        let other = record.body.get(at + sizes.0..(at + sizes.0).checked_add(sizes.1)?)?;
        let formulas = [one, other].map(formula_of_tokens);
        let test = match kind {
            1 => Test::cell_is(Comparison::numbered(u32::from(operator)), &formulas),
            2 => Test::formula(&formulas[0]),
            _ => Test::Unknown,
        };
        let priority = i64::try_from(self.rules.len()).unwrap_or(i64::MAX);
        Some(FormatRule { areas: self.areas.clone(), priority, stops: false, test, change })
    }
}

/// The areas of rules, behind the one that holds them all.
fn areas(record: &BiffRecord<'_>, head: usize) -> Vec<Area> {
    let at = head + 12;
    let area = |index: usize| {
        let at = at + 2 + index * 8;
        let number = |at: usize| record.u16(at).map(u32::from);
        let first = CellRef::new(number(at)?, number(at + 4)?);
        Some(Area { first, last: CellRef::new(number(at + 2)?, number(at + 6)?) })
    };
    (0..usize::from(record.u16(at).unwrap_or(0))).map_while(area).collect()
}

/// What a rule changes (MS-XLS, 2.5.91), and where that ends: blocks that are there when a flag says so.
fn change(record: &BiffRecord<'_>, begin: usize, globals: &Globals) -> Option<(SeenChange, usize)> {
    const FORMAT: u32 = 1 << 25;
    const FONT: u32 = 1 << 26;
    const ALIGNMENT: u32 = 1 << 27;
    const BORDER: u32 = 1 << 28;
    const FILL: u32 = 1 << 29;
    const STRUCK: u32 = 0x80;
    let (flags, more) = (record.u32(begin)?, record.u16(begin + 4)?);
    let mut change = SeenChange::default();
    let mut at = begin + 6;
    if flags & FORMAT != 0 {
        if more & 1 != 0 {
            let length = usize::from(record.u16(at)?).max(2);
            let code = globals.text(record.body.get(at + 2..at.checked_add(length)?)?)?;
            change.format = Some(NumberFormat::of(&code));
            at += length;
        } else {
            let id = record.u16(at)? >> 8;
            let own = globals.formats.get(&id).cloned();
            change.format = Some(own.unwrap_or_else(|| NumberFormat::builtin(u32::from(id))));
            at += 2;
        }
    }
    if flags & FONT != 0 {
        let (style, colour, same) = (record.u32(at + 68)?, record.u32(at + 80)?, record.u32(at + 88)?);
        if same & STRUCK == 0 {
            change.is_struck = Some(style & STRUCK != 0);
        }
        change.colour = globals.colour(colour).filter(|_| colour < 0x7FFF);
        at += 118;
    }
    at += if flags & ALIGNMENT != 0 { 8 } else { 0 };
    at += if flags & BORDER != 0 { 8 } else { 0 };
    if flags & FILL != 0 {
        let (pattern, colours) = (record.u16(at)? >> 10, record.u16(at + 2)?);
        // A rule fills with the second colour.
        let colour = globals.colour(u32::from(colours >> 7 & 0x7F));
        change.ground = Some(Backdrop::filled(u32::from(pattern), colour));
        at += 4;
    }
    Some((change, at))
}
