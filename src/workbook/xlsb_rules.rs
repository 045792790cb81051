//! The conditional formats of an xlsb sheet.

use super::Area;
use super::colour::{Backdrop, Colour};
use super::comparison::Comparison;
use super::conditional::{FormatRule, SeenChange, Test};
use super::format::NumberFormat;
use super::formula::formula_of_tokens;
use super::xlsb_records::BinaryRecord;
use crate::ident::CellRef;

/// A rule (MS-XLSB, 2.4.14); which of them show no values is not read.
pub(super) fn rule(record: &BinaryRecord, areas: &[Area], changes: &[SeenChange]) -> Option<FormatRule> {
    let (kind, template, change, operator) =
        (record.u32(0)?, record.u32(4)?, record.u32(8)?, record.u32(16)?);
    let mut at = record.text(42)?.1;
    let mut formulas = Vec::new();
    for size in [30, 34, 38] {
        if record.u32(size).unwrap_or(0) == 0 {
            break;
        }
        let length = usize::try_from(record.u32(at)?).ok()?;
        let tokens = record.body.get(at + 4..(at + 4).checked_add(length)?)?;
        formulas.push(formula_of_tokens(tokens));
        let extra = usize::try_from(record.u32(at + 4 + length)?).ok()?;
        at = (at + 8 + length).checked_add(extra)?;
    }
    let test = match (kind, template) {
        (1, _) => Test::cell_is(Comparison::numbered(operator), &formulas),
        (2, 9 | 11) => Test::Known(false),
        (2, 10 | 12) => Test::Known(true),
        (2, _) => formulas.first().map_or(Test::Unknown, |formula| Test::formula(formula)),
        _ => Test::Unknown,
    };
    let change = usize::try_from(change).ok().and_then(|number| changes.get(number));
    Some(FormatRule {
        areas: areas.to_vec(),
        priority: i64::from(record.u32(12)?.cast_signed()),
        stops: record.u16(28)? & 2 != 0,
        test,
        change: change.cloned().unwrap_or_default(),
    })
}

/// The areas of rules (MS-XLSB, 2.4.18).
pub(super) fn areas(record: &BinaryRecord) -> Vec<Area> {
    let area = |at: usize| {
        let corner =
            |row: usize, column: usize| Some(CellRef::new(record.u32(at + row)?, record.u32(at + column)?));
        Some(Area { first: corner(0, 8)?, last: corner(4, 12)? })
    };
    let count = usize::try_from(record.u32(8).unwrap_or(0)).unwrap_or(0);
    (0..count.min(record.body.len())).map_while(|index| area(12 + index * 16)).collect()
}

/// What a rule changes (MS-XLSB, 2.4.355): a list of properties, each with its kind and length.
pub(super) fn change(record: &BinaryRecord) -> SeenChange {
    let mut change = SeenChange::default();
    let (mut pattern, mut front, mut back) = (None, None, None);
    let (mut at, mut id) = (6, None);
    for _ in 0..record.u16(4).unwrap_or(0) {
        let (Some(kind), Some(length)) = (record.u16(at), record.u16(at + 2)) else { break };
        let body = record.body.get(at + 4..at + usize::from(length).max(4)).unwrap_or_default();
        match kind {
            0 => pattern = body.first().map(|byte| u32::from(*byte)),
            1 => front = Colour::of_bytes(body),
            2 => back = Colour::of_bytes(body),
            5 => change.colour = Colour::of_bytes(body),
            29 => change.is_struck = body.first().map(|byte| *byte != 0),
            38 => {
                let units = body.get(2..).unwrap_or_default().chunks_exact(2);
                let units: Vec<u16> = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                change.format = Some(NumberFormat::of(&String::from_utf16_lossy(&units)));
            }
            41 => id = record.u16(at + 4),
            _ => {}
        }
        at += usize::from(length).max(4);
    }
    if let Some(id) = id.filter(|_| change.format.is_none()) {
        change.format = Some(NumberFormat::builtin(u32::from(id)));
    }
    // A rule fills with the second colour.
    if pattern.is_some() || back.is_some() || front.is_some() {
        change.ground = Some(Backdrop::filled(pattern.unwrap_or(1), back.or(front)));
    }
    change
}
