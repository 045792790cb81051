//! The conditional formats of an xlsx sheet (ECMA-376, 18.3.1.18), and those of its extension, whose rules have their own formats.

use super::address::areas;
use super::conditional::{FormatRule, SeenChange, Test, TextTest};
use super::package::Attributes;
use super::styles::Paint;

/// Longest formula that is looked at, in bytes; others are not decided.
const LONGEST_FORMULA: usize = 10_000;
/// Longest list of areas that is read, in bytes.
const LONGEST_AREAS: usize = 1 << 20;

/// Reads rules piece by piece.
#[derive(Default)]
pub(super) struct RuleReader {
    /// The rules that were read.
    rules: Vec<FormatRule>,
    /// Whether a block of rules is being read: its areas, and its rules.
    block: Option<Block>,
}

#[derive(Default)]
struct Block {
    areas: String,
    rules: Vec<XlsxRule>,
    inside: InsideRule,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum InsideRule {
    #[default]
    Nothing,
    Formula,
    Areas,
    SeenChange,
}

#[derive(Default)]
struct XlsxRule {
    kind: String,
    operator: String,
    text: String,
    formulas: Vec<String>,
    /// The number of its change, and its own change.
    shared: Option<usize>,
    paint: Paint,
    has_paint: bool,
    priority: i64,
    stops: bool,
    hides: bool,
}

impl RuleReader {
    /// Whether what is read belongs to rules.
    pub(super) fn is_reading(&self) -> bool {
        self.block.is_some()
    }

    pub(super) fn begin(&mut self, with: &Attributes<'_>) {
        self.block = Some(Block { areas: with.get("sqref"), ..Block::default() });
    }

    pub(super) fn start(&mut self, name: &str, with: &Attributes<'_>) {
        let Some(block) = &mut self.block else { return };
        if let (InsideRule::SeenChange, Some(rule)) = (block.inside, block.rules.last_mut()) {
            rule.paint.start(name, with);
            return;
        }
        match (name, block.rules.last_mut()) {
            ("cfRule", _) => block.rules.push(XlsxRule {
                kind: with.get("type"),
                operator: with.get("operator"),
                text: with.get("text"),
                shared: with.get("dxfId").parse().ok(),
                priority: with.get("priority").parse().unwrap_or(i64::MAX),
                stops: with.is_true("stopIfTrue"),
                ..XlsxRule::default()
            }),
            ("sqref", _) => block.inside = InsideRule::Areas,
            ("formula" | "f", Some(rule)) => {
                rule.formulas.push(String::new());
                block.inside = InsideRule::Formula;
            }
            ("dataBar" | "iconSet", Some(rule)) => {
                rule.hides |= matches!(with.get("showValue").as_str(), "0" | "false");
            }
            ("dxf", Some(rule)) => {
                rule.has_paint = true;
                block.inside = InsideRule::SeenChange;
            }
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let Some(block) = &mut self.block else { return };
        let formula = block.rules.last_mut().and_then(|rule| rule.formulas.last_mut());
        match (block.inside, formula) {
            (InsideRule::Areas, _) if block.areas.len() <= LONGEST_AREAS => block.areas.push_str(text),
            (InsideRule::Formula, Some(formula)) if formula.len() <= LONGEST_FORMULA => {
                formula.push_str(text)
            }
            _ => {}
        }
    }

    /// Ends an element; `changes` are those of the workbook.
    pub(super) fn end(&mut self, name: &str, changes: &[SeenChange]) {
        let Some(block) = &mut self.block else { return };
        match (name, block.inside) {
            ("conditionalFormatting", _) => {
                let Block { areas: text, rules, inside: _ } = std::mem::take(block);
                self.block = None;
                let areas: Vec<_> = areas(&text).collect();
                let rules = rules.into_iter().map(|rule| rule.finish(changes));
                self.rules.extend(rules.map(|rule| FormatRule { areas: areas.clone(), ..rule }));
            }
            ("dxf", InsideRule::SeenChange) => block.inside = InsideRule::Nothing,
            (name, InsideRule::SeenChange) => {
                if let Some(rule) = block.rules.last_mut() {
                    rule.paint.end(name);
                }
            }
            ("formula" | "f" | "sqref", _) => block.inside = InsideRule::Nothing,
            _ => {}
        }
    }

    /// All rules of the sheet.
    pub(super) fn finish(&mut self) -> Vec<FormatRule> {
        std::mem::take(&mut self.rules)
    }
}

impl XlsxRule {
    fn finish(mut self, changes: &[SeenChange]) -> FormatRule {
        let shared = || self.shared.and_then(|number| changes.get(number)).cloned();
        let mut change = if self.has_paint { self.paint.finish(true) } else { shared().unwrap_or_default() };
        change.hides |= self.hides;
        FormatRule {
            areas: Vec::new(),
            priority: self.priority,
            stops: self.stops,
            test: self.test(),
            change,
        }
    }

    fn test(&self) -> Test {
        let text = |test| Test::Text(test, self.text.clone());
        match self.kind.as_str() {
            "cellIs" => Test::cell_is(&self.operator, &self.formulas),
            "expression" => self.formulas.first().map_or(Test::Unknown, |formula| Test::formula(formula)),
            // What is held against rules is neither blank nor an error.
            "containsBlanks" | "containsErrors" | "colorScale" => Test::Known(false),
            "notContainsBlanks" | "notContainsErrors" | "dataBar" | "iconSet" => Test::Known(true),
            "containsText" => text(TextTest::Contains),
            "notContainsText" => text(TextTest::Lacks),
            "beginsWith" => text(TextTest::Begins),
            "endsWith" => text(TextTest::Ends),
            _ => Test::Unknown,
        }
    }
}
