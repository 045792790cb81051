//! The styles of an ods workbook, as far as they decide what is seen of a cell, and its conditional formats (OpenDocument 1.3, part 3,
//! 16.3 and 20.248; the extension that LibreOffice writes beside it).

use std::collections::BTreeMap;

use super::address::address;
use super::colour::{Backdrop, Colour, PlainLook};
use super::comparison::Comparison;
use super::conditional::{Constant, FormatRule, SeenChange, Test, TextTest};
use super::package::Attributes;
use super::{Area, WireCell};
use crate::ident::CellRef;

/// How far styles build on one another.
const MOST_PARENTS: usize = 20;

/// Styles by their names; cells know them by number, of which zero is that of no style.
#[derive(Default)]
pub(super) struct OdsStyles {
    numbers: BTreeMap<String, usize>,
    styles: Vec<OdsStyle>,
    /// The one that is being read.
    current: usize,
}

#[derive(Default)]
struct OdsStyle {
    parent: usize,
    is_struck: Option<bool>,
    colour: Option<Option<Colour>>,
    ground: Option<Backdrop>,
    /// Whether it has a format for numbers.
    has_format: bool,
    /// Conditions, and the styles that count where they hold.
    maps: Vec<(String, usize)>,
}

impl OdsStyles {
    /// The number of a style, which may still be to come.
    pub(super) fn of(&mut self, name: &str) -> usize {
        if self.styles.is_empty() {
            self.styles.push(OdsStyle::default());
        }
        if name.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.numbers.insert(name.to_owned(), self.styles.len());
        self.styles.push(OdsStyle::default());
        self.styles.len() - 1
    }

    pub(super) fn begin(&mut self, with: &Attributes<'_>) {
        self.current = self.of(&with.get("name"));
        let parent = self.of(&with.get("parent-style-name"));
        let has_format = !with.get("data-style-name").is_empty();
        if let Some(style) = self.styles.get_mut(self.current) {
            *style = OdsStyle { parent, has_format, ..OdsStyle::default() };
        }
    }

    fn own(&mut self) -> Option<&mut OdsStyle> {
        self.styles.get_mut(self.current).filter(|_| self.current > 0)
    }

    pub(super) fn text(&mut self, with: &Attributes<'_>) {
        let (line, kind) = (with.get("text-line-through-style"), with.get("text-line-through-type"));
        let colour = with.get("color");
        let Some(style) = self.own() else { return };
        if !line.is_empty() || !kind.is_empty() {
            style.is_struck = Some([&line, &kind].into_iter().any(|word| !word.is_empty() && word != "none"));
        }
        if !colour.is_empty() {
            style.colour = Some(Colour::hexadecimal(&colour));
        }
        if with.is_true("use-window-font-color") {
            style.colour = Some(None);
        }
    }

    pub(super) fn cell(&mut self, with: &Attributes<'_>) {
        let ground = with.get("background-color");
        let Some(style) = self.own() else { return };
        if !ground.is_empty() {
            style.ground = Some(Colour::hexadecimal(&ground).map_or_else(Backdrop::default, Backdrop::Plain));
        }
    }

    pub(super) fn map(&mut self, with: &Attributes<'_>) {
        let to = self.of(&with.get("apply-style-name"));
        let condition = with.get("condition");
        if let Some(style) = self.own() {
            style.maps.push((condition, to));
        }
    }

    /// A style and those that it builds on.
    fn chain(&self, number: usize) -> impl Iterator<Item = &OdsStyle> {
        let next = |style: &&OdsStyle| self.styles.get(style.parent).filter(|_| style.parent > 0);
        std::iter::successors(self.styles.get(number).filter(|_| number > 0), next).take(MOST_PARENTS)
    }

    pub(super) fn is_struck(&self, number: usize) -> bool {
        self.chain(number).find_map(|style| style.is_struck).unwrap_or(false)
    }

    /// Whether text has the colour of what lies behind it.
    pub(super) fn swallows(&self, number: usize) -> bool {
        let bare = self.bare(number);
        bare.ground.swallows(bare.colour)
    }

    /// What cells of a style look like to which no rule applies.
    pub(super) fn bare(&self, number: usize) -> PlainLook<'_> {
        PlainLook {
            is_struck: self.is_struck(number),
            colour: self.chain(number).find_map(|style| style.colour.as_ref()).and_then(Option::as_ref),
            ground: self.chain(number).find_map(|style| style.ground.clone()).unwrap_or_default(),
        }
    }

    /// What a style changes that counts under a condition. Its format is not read.
    fn change(&self, number: usize) -> SeenChange {
        SeenChange {
            is_struck: self.chain(number).find_map(|style| style.is_struck),
            colour: self.chain(number).find_map(|style| style.colour.clone()).flatten(),
            ground: self.chain(number).find_map(|style| style.ground.clone()),
            is_obscure: self.chain(number).any(|style| style.has_format),
            ..SeenChange::default()
        }
    }
}

/// Conditional formats by the number of their sheet.
#[derive(Default)]
pub(super) struct OdsRules {
    areas: Vec<Area>,
    rules: Vec<(usize, OdsRule)>,
}

struct OdsRule {
    areas: Vec<Area>,
    condition: String,
    style: String,
    hides: bool,
}

impl OdsRules {
    pub(super) fn start(&mut self, name: &str, with: &Attributes<'_>, sheet: usize) {
        if name == "conditional-format" {
            self.areas = areas(&with.get("target-range-address"));
            return;
        }
        let hides = matches!(with.get("show-value").as_str(), "false" | "0");
        if name == "condition" || hides {
            let (condition, style) = (with.get("value"), with.get("apply-style-name"));
            let condition = if hides { "=TRUE".to_owned() } else { condition };
            self.rules.push((sheet, OdsRule { areas: self.areas.clone(), condition, style, hides }));
        }
    }

    /// The rules of a sheet: its own, and those of the styles of its cells.
    pub(super) fn of(
        &self,
        sheet: usize,
        styles: &OdsStyles,
        cells: &[WireCell],
        worn: &[usize],
    ) -> Vec<FormatRule> {
        let mut rules = Vec::new();
        let mut add = |areas: Vec<Area>, test: Test, change: SeenChange| {
            let priority = i64::try_from(rules.len()).unwrap_or(i64::MAX);
            rules.push(FormatRule { areas, priority, stops: true, test, change });
        };
        for (_, rule) in self.rules.iter().filter(|(of, _)| *of == sheet) {
            let number = styles.numbers.get(&rule.style).copied().unwrap_or(0);
            let change = SeenChange { hides: rule.hides, ..styles.change(number) };
            let test = if rule.hides { Test::Known(true) } else { test(&rule.condition) };
            add(rule.areas.clone(), test, change);
        }
        let mut wearers: BTreeMap<usize, Vec<Area>> = BTreeMap::new();
        for (cell, style) in cells.iter().zip(worn) {
            if styles.styles.get(*style).is_some_and(|style| !style.maps.is_empty()) {
                let at = CellRef::new(cell.0, cell.1);
                wearers.entry(*style).or_default().push(Area { first: at, last: at });
            }
        }
        for (style, areas) in wearers {
            for (condition, to) in styles.styles.get(style).map(|style| &style.maps).into_iter().flatten() {
                add(areas.clone(), test(condition), styles.change(*to));
            }
        }
        rules
    }
}

/// `甲.E5:甲.E30 甲.G5`: the sheet is the one in which it stands.
fn areas(text: &str) -> Vec<Area> {
    let place = |text: &str| address(text.rsplit('.').next().unwrap_or(text));
    let area = |text: &str| {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Some(Area { first: place(first)?, last: place(last)? })
    };
    text.split_ascii_whitespace().filter_map(area).collect()
}

/// `=0`, `<5`, `between(1,5)`, `cell-content()=0`, `is-true-formula(…)`, `formula-is(…)`.
fn test(condition: &str) -> Test {
    let text = condition.trim();
    let text = text.strip_prefix("cell-content()").unwrap_or(text).trim();
    let inside = |name: &str| text.strip_prefix(name)?.trim().strip_prefix('(')?.strip_suffix(')');
    let within = ["between", "cell-content-is-between"].iter().find_map(|name| inside(name));
    let without = ["not-between", "cell-content-is-not-between"].iter().find_map(|name| inside(name));
    if let Some((list, operator)) =
        within.map(|list| (list, "between")).or(without.map(|list| (list, "notBetween")))
    {
        let formulas: Vec<String> = list.split(',').map(str::to_owned).collect();
        return if formulas.len() == 2 { Test::cell_is(operator, &formulas) } else { Test::Unknown };
    }
    for (name, kind) in [
        ("contains-text", TextTest::Contains),
        ("not-contains-text", TextTest::Lacks),
        ("begins-with", TextTest::Begins),
        ("ends-with", TextTest::Ends),
    ] {
        if let Some(Constant::Text(text)) = inside(name).and_then(Constant::of) {
            return Test::Text(kind, text);
        }
    }
    let length = text.find(|c| !matches!(c, '<' | '>' | '=' | '!')).unwrap_or(text.len());
    let (sign, constant) = text.split_at(length);
    match (Comparison::of(sign), Constant::of(constant)) {
        (Some(comparison), Some(constant)) => Test::Compared(None, comparison, constant),
        _ => Test::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::conditional::Constant::Number;

    #[test]
    fn conditions_of_both_kinds_are_read() {
        let zero = || Test::Compared(None, Comparison::Equal, Number(0.into()));
        for (condition, expected) in [
            ("=0", zero()),
            ("cell-content()=0", zero()),
            ("!=0", Test::Compared(None, Comparison::Other, Number(0.into()))),
            ("between(1,5)", Test::Between(1.into(), 5.into(), true)),
            ("cell-content-is-not-between(1,5)", Test::Between(1.into(), 5.into(), false)),
            ("contains-text(\"甲\")", Test::Text(TextTest::Contains, "甲".to_owned())),
            ("=[.A1]", Test::Unknown),
            ("formula-is(A1=0)", Test::Unknown),
            ("is-true-formula([.A1]=0)", Test::Unknown),
            ("unique", Test::Unknown),
        ] {
            assert_eq!(test(condition), expected, "{condition}");
        }
        let found: Vec<String> = areas("甲.E5:甲.E30 $甲.$G$5")
            .iter()
            .map(|area| format!("{}:{}", area.first, area.last))
            .collect();
        assert_eq!(found, ["E5:E30", "G5:G5"]);
    }
}
