//! Numerals of the report, each with the step of the ledger that it prints.
//!
//! A sentence is built of words and numerals, and a numeral names its step: [`numeral`] puts both between marks into the text, so that a
//! sentence is still built by `format!`. When a document is complete its marks are taken out again ([`taken_out`]): the texts are what
//! the templates print, and what stood between marks are the rows of `tables/figures`. A numeral counts there only if the ledger has that
//! step and the step says that number; so no text from outside can pass for one, and none can be printed that the ledger does not hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};

use super::annex_rows::{AnnexRows, is_annex};
use super::marks::{MARKS, OR};
pub(super) use super::marks::{numeral, numerals_each, numerals_in};
use super::places::{self, Heads};
use super::withheld_steps::WithheldSteps;
use crate::assess::Assessment;
use crate::evaluation::Evaluation;
use crate::finding::Place;
use crate::ident::{CityId, IndicatorNo};
use crate::ledger::{self, CHOSEN_BY, Exact, Ledger, Operation, StepId, StepValue, Traced};
use crate::plan::{Indicator, Plan, Quota, Target};

/// A numeral as it stands in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::publish) struct PrintedNumeral {
    /// Where: section or table, row, column.
    pub(in crate::publish) place: String,
    /// The step.
    pub(in crate::publish) id: StepId,
    /// The numeral.
    pub(in crate::publish) text: String,
}

/// What the number of a target is called.
pub(super) fn target_id(city: &CityId, no: &IndicatorNo, target: &Target) -> StepId {
    let tier = if target.tier.is_judged_first() { String::new() } else { format!("@{}", target.tier.key()) };
    ledger::of_indicator(city, no).of(format!("{}/target{tier}", target.year))
}

/// The ledgers of a round, with the steps that only its report asks for: counts of what it lists, differences that it prints.
#[derive(Clone)]
pub(in crate::publish) struct Book<'a> {
    pub(super) evaluation: &'a Evaluation,
    /// That of the round.
    pub(super) ledger: &'a Ledger,
    cities: Arc<BTreeMap<&'a str, &'a Ledger>>,
    /// That of the round's first city, in a book of one city too: so all books find the same where several cities have a leaf.
    first: Option<&'a Ledger>,
    withheld: Arc<WithheldSteps>,
    own: Arc<Mutex<Ledger>>,
}

impl<'a> Book<'a> {
    pub(super) fn new(evaluation: &'a Evaluation) -> Self {
        let cities = evaluation.cities.iter().map(|city| (city.plan.city.as_str(), city.ledger.as_ref()));
        let cities = Arc::new(cities.collect());
        let first = evaluation.cities.first().map(|city| city.ledger.as_ref());
        let withheld = Arc::new(WithheldSteps::new(evaluation));
        Self { evaluation, ledger: &evaluation.ledger, cities, first, withheld, own: Arc::default() }
    }

    /// That of one city alone, whose steps are among those of the round.
    pub(super) fn alone(evaluation: &'a Evaluation, round: &Book<'a>) -> Self {
        let (withheld, own) = (Arc::clone(&round.withheld), Arc::clone(&round.own));
        Self { ledger: round.ledger, first: round.first, withheld, own, ..Self::new(evaluation) }
    }

    /// What a city is called for short.
    fn short_name(&self, slug: &str) -> Option<&'a str> {
        let mut cities = self.evaluation.cities.iter();
        cities.find(|city| city.plan.city.as_str() == slug).map(|city| city.plan.short.as_str())
    }

    /// The same without steps that only a report asks for.
    pub(super) fn apart(&self) -> Self {
        Self { own: Arc::default(), ..self.clone() }
    }

    /// What a step gave.
    pub(super) fn told(&self, id: &StepId) -> Option<Traced> {
        self.in_stages(id).or_else(|| self.with_own(|own| own.told(id)))
    }

    /// What a step of the stages gave.
    fn in_stages(&self, id: &StepId) -> Option<Traced> {
        // `xiangtan/22/met`, `2023/xiangtan/plan.toml#22.name`
        let city = id.as_str().split('/').take(2).find_map(|slug| self.cities.get(slug));
        // What is the same for all stands in every ledger.
        let ledgers = city.copied().into_iter().chain([self.ledger]).chain(self.first);
        ledgers.into_iter().find_map(|ledger| ledger.told(id))
    }

    pub(super) fn with_own<T>(&self, of: impl FnOnce(&mut Ledger) -> T) -> T {
        of(&mut self.own.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A numeral that an operation gives on steps that are there. `text` is what is printed, which is no numeral of the ledger unless
    /// the operation says so.
    pub(super) fn does(
        &self,
        id: &str,
        operation: Operation,
        args: &[(&'static str, StepId)],
        text: impl Display,
    ) -> String {
        let step = self.step(&StepId::new(id), operation, args);
        step.map_or_else(|| text.to_string(), |id| numeral(&id, &text))
    }

    /// An operation on steps that are there; `None` where one of them gave nothing to go on with.
    pub(super) fn step(
        &self,
        id: &StepId,
        operation: Operation,
        args: &[(&'static str, StepId)],
    ) -> Option<StepId> {
        let args: Option<Vec<(&'static str, Traced)>> =
            args.iter().map(|(role, id)| Some((*role, self.told(id)?))).collect();
        let mut args = args?;
        if self.in_stages(id).is_some() {
            return Some(id.clone());
        }
        let by = self.withheld.of(id, |slug| self.cities.contains_key(slug));
        args.extend(by.filter_map(|id| Some((CHOSEN_BY, self.ledger.told(id)?))));
        let unit = if operation == Operation::Share { "%" } else { "" };
        Some(self.with_own(|own| own.does(id.clone(), operation, &args, unit)).id)
    }

    /// What a step was done on in one role.
    pub(super) fn args(&self, id: &StepId, role: &'static str) -> Vec<(&'static str, StepId)> {
        let city = id.as_str().split_once('/').and_then(|(slug, _)| self.cities.get(slug));
        let of = |ledger: &Ledger| -> Option<Vec<(&'static str, StepId)>> {
            let args = ledger.step(id)?.args.iter().filter(|arg| arg.role == role);
            Some(args.map(|arg| (role, arg.id.clone())).collect())
        };
        city.and_then(|ledger| of(ledger)).or_else(|| self.with_own(|own| of(own))).unwrap_or_default()
    }

    /// The cities of the round.
    pub(super) fn slugs(&self) -> impl Iterator<Item = &'a str> {
        self.evaluation.cities.iter().map(|city| city.plan.city.as_str())
    }

    /// A text that prints how far one value is from another: the steps of the difference, exact and with four digits. `asked` is the verdict by which it is
    /// asked for.
    pub(super) fn difference(
        &self,
        id: &StepId,
        [actual, base]: [&StepId; 2],
        by: impl IntoIterator<Item = StepId>,
    ) -> Vec<StepId> {
        let mut args = vec![("actual", actual.clone()), ("base", base.clone())];
        args.extend(by.into_iter().map(|by| (CHOSEN_BY, by)));
        let Some(exact) = self.step(id, Operation::Net, &args) else { return Vec::new() };
        let rounded = self.step(&exact.shown(), Operation::Round { places: 4 }, &[("x", exact.clone())]);
        [Some(exact), rounded].into_iter().flatten().collect()
    }

    /// A change against a base in words, whose numeral is a difference or a growth with some digits.
    pub(super) fn change(
        &self,
        words: &str,
        id: &StepId,
        [actual, base]: [&StepId; 2],
        operation: Operation,
    ) -> String {
        self.change_told(words, id, [actual, base], operation, None)
    }

    /// The same of one that is told because of another step.
    pub(super) fn change_told(
        &self,
        words: &str,
        id: &StepId,
        [actual, base]: [&StepId; 2],
        operation: Operation,
        by: impl IntoIterator<Item = StepId>,
    ) -> String {
        let mut args = vec![("actual", actual.clone()), ("base", base.clone())];
        args.extend(by.into_iter().map(|by| (CHOSEN_BY, by)));
        let digits = words.split_once('.').map_or("", |(_, behind)| behind);
        let digits = digits.chars().take_while(char::is_ascii_digit).count();
        let places = u32::try_from(digits).unwrap_or_default();
        let Some(exact) = self.step(id, operation, &args) else { return words.to_owned() };
        let shown = self.step(&exact.shown(), Operation::Round { places }, &[("x", exact)]);
        shown.map_or_else(|| words.to_owned(), |shown| numerals_in(words, &[shown]))
    }

    /// The step of whether a value has become worse than its base, or better; `None` where none of the bases that it may have is a step.
    pub(super) fn moved(
        &self,
        (plan, row): (&Plan, &Indicator),
        one: &Assessment,
        bases: &[StepId],
        is_worse: bool,
    ) -> Option<StepId> {
        let base = bases.iter().find(|id| self.told(id).is_some())?.clone();
        let actual = ledger::of_indicator(&one.city, &one.no).of("fact");
        let direction = self.direction(plan, row);
        let (what, than) = if is_worse { (actual, base) } else { (base, actual) };
        let args = [("target", what), ("base", than), ("direction", direction)];
        let name = if is_worse { "fell" } else { "rose" };
        let id = ledger::of_target(&one.city, &one.no, one.target.tier).of(name);
        self.step(&id, Operation::Worse, &args)
    }

    /// Which way is better for a row.
    fn direction(&self, plan: &Plan, row: &Indicator) -> StepId {
        let mut apart = Ledger::default();
        let told = apart.direction((&self.evaluation.round, plan), row);
        match self.in_stages(&told.id) {
            Some(known) => known.id,
            None => self.with_own(|own| own.direction((&self.evaluation.round, plan), row)).id,
        }
    }

    /// How many steps there are, or how many of them have one of these values.
    pub(super) fn count(
        &self,
        id: &str,
        members: impl IntoIterator<Item = StepId>,
        of: &[&str],
        number: impl Display,
    ) -> String {
        let members: Vec<(&'static str, StepId)> = members.into_iter().map(|id| ("member", id)).collect();
        let of = of.iter().map(|word| (*word).to_owned()).collect();
        self.does(id, Operation::Count { of }, &members, number)
    }

    /// The same of members that other steps chose; those of them that are there are named.
    pub(super) fn count_chosen(
        &self,
        id: &str,
        members: impl IntoIterator<Item = StepId>,
        by: impl IntoIterator<Item = StepId>,
        of: &[&str],
        number: impl Display,
    ) -> String {
        let mut args: Vec<(&'static str, StepId)> = members.into_iter().map(|id| ("member", id)).collect();
        let mut named = BTreeSet::new();
        let by = by.into_iter().filter(|id| self.told(id).is_some() && named.insert(id.clone()));
        args.extend(by.map(|id| (CHOSEN_BY, id)));
        let of = of.iter().map(|word| (*word).to_owned()).collect();
        self.does(id, Operation::Count { of }, &args, number)
    }

    /// What a plan calls a row, such as one of another year.
    pub(super) fn name(&self, plan: &Plan, row: &Indicator) -> StepId {
        let round = &self.evaluation.round;
        let field = format!("{}.name", row.no);
        let id = StepId::new(format!("{}#{field}", round.path(&format!("{}/plan.toml", plan.city))));
        let name = StepValue::Text(row.name.clone());
        match self.in_stages(&id) {
            Some(known) => known.id,
            None => self.with_own(|own| own.of_plan((round, plan), &field, None, name)).id,
        }
    }

    /// A cell: as a stage read it, else as it is asked for here, of its workbook.
    fn cell(&self, at: &Place, text: &str) -> StepId {
        let id = StepId::new(at.to_string());
        if let Some(known) = self.in_stages(&id) {
            return known.id;
        }
        let file = self.in_stages(&StepId::new(&at.file));
        self.with_own(|own| match file.filter(|_| own.told(&id).is_none()) {
            Some(file) => {
                let value = StepValue::Text(text.to_owned());
                own.leaf_of(id, Operation::Cell { stored: None }, &file, value)
            }
            None => own.cell(at, text, None),
        })
        .id
    }

    /// How many cells these are.
    pub(super) fn count_cells<'c>(
        &self,
        id: &str,
        cells: impl IntoIterator<Item = &'c (Place, String)>,
        number: usize,
    ) -> String {
        let members: Vec<StepId> = cells.into_iter().map(|(at, text)| self.cell(at, text)).collect();
        self.count(id, members, &[], number)
    }

    /// The step of a target that no stage has asked for, such as one of a later year.
    pub(super) fn target(&self, plan: &Plan, row: &Indicator, target: &Target) -> Option<StepId> {
        let text = &target.goal.number()?.text;
        let of = (&self.evaluation.round, plan);
        let is_judged = row.targets_of(of.0.year()).contains(&target);
        let amended = if is_judged {
            ledger::of_target(&plan.city, &row.no, target.tier).of("target.in_force")
        } else {
            ledger::in_force_of(&plan.city, &row.no, target)
        };
        let id = match target.amendment() {
            Some(_) => amended.clone(),
            None => target_id(&plan.city, &row.no, target),
        };
        let known = self.in_stages(&id).map(|told| told.id);
        known.or_else(|| Some(self.with_own(|own| own.in_force(of, (row, target), text, amended)).id))
    }

    /// The step of what somebody has to contribute to a row.
    pub(super) fn quota(&self, plan: &Plan, row: &Indicator, quota: &Quota) -> StepId {
        self.with_own(|own| own.quota((&self.evaluation.round, plan), row, quota)).id
    }

    /// A number as it is printed with so many digits.
    pub(super) fn rounded(&self, of: &StepId, places: u32, text: impl Display) -> String {
        self.does(of.shown().as_str(), Operation::Round { places }, &[("x", of.clone())], text)
    }

    /// Whether a step says the number of a text: by its digits or by its value, the sign aside, which sentences put into words.
    fn says(&self, id: &StepId, text: &str) -> bool {
        let Some(told) = self.told(id) else { return false };
        let bare = text.trim_start_matches(['-', '−']);
        match &told.value {
            StepValue::Number(number) => Exact::parse(bare).is_some_and(|said| said == number.size()),
            StepValue::Text(said) => {
                let said = said.trim_start_matches('-');
                said == bare || Exact::parse(said).is_some_and(|said| Exact::parse(bare) == Some(said))
            }
            StepValue::Truth(_) | StepValue::Word(_) | StepValue::Nothing => false,
        }
    }
}

/// Takes the marks out of the sections of a document: its texts are without them then, and objects that have numerals have a key `refs` with the
/// row of the annexes to which the first numeral of a text leads, by the key of the text (`docs/report-model.md`).
///
/// `rows` are those that the document prints; `volume` is what their places begin with.
pub(super) fn taken_out(
    sections: &mut [Value],
    (book, rows): (&Book<'_>, AnnexRows),
    volume: &str,
) -> Vec<PrintedNumeral> {
    let mut taken = Taken {
        book,
        rows,
        volume,
        in_annex: false,
        heads: Heads::default(),
        found: Vec::new(),
        places: BTreeMap::new(),
    };
    let mut city = String::new();
    for section in sections {
        taken.in_annex = is_annex(section);
        let place = places::of_section(section, &mut city, |slug| book.short_name(slug));
        if let Some(content) = section.get_mut("content") {
            taken.value(content, &place);
        }
    }
    taken.found
}

/// Numerals that were taken out so far.
struct Taken<'a, 'b> {
    book: &'a Book<'b>,
    rows: AnnexRows,
    volume: &'b str,
    /// Whether it is in an annex whose rows lead back.
    in_annex: bool,
    /// Heads of columns of the section and its part.
    heads: Heads,
    found: Vec<PrintedNumeral>,
    /// How many numerals there are at a place.
    places: BTreeMap<String, usize>,
}

impl Taken<'_, '_> {
    /// `place` is where the value stands.
    fn value(&mut self, value: &mut Value, place: &str) {
        match value {
            Value::Object(object) => self.object(object, place),
            Value::Array(items) => {
                for (item, number) in items.iter_mut().zip(1..) {
                    let place = places::of_item(item, place, number);
                    self.value(item, &place);
                }
            }
            Value::String(text) => {
                self.text(text, place);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn object(&mut self, object: &mut Map<String, Value>, place: &str) {
        let place = places::of_table(object).unwrap_or_else(|| place.to_owned());
        let around = self.heads.with(object).map(|own| std::mem::replace(&mut self.heads, own));
        let mut refs = Map::new();
        for (key, value) in object.iter_mut() {
            let place = places::of_key(key, &place, &self.heads);
            let links = match value {
                Value::String(text) => self.text(text, &place).map(Value::from),
                Value::Array(items) if items.iter().all(Value::is_string) => self.list(items, &place),
                other => {
                    self.value(other, &place);
                    None
                }
            };
            refs.extend(links.map(|links| (key.clone(), links)));
        }
        // The numerals of these annexes are what others lead to.
        if !refs.is_empty() && !self.in_annex {
            object.insert("refs".to_owned(), refs.into());
        }
        if let Some(around) = around {
            self.heads = around;
        }
    }

    /// What each text of a list leads to; nothing where none leads anywhere.
    fn list(&mut self, items: &mut [Value], place: &str) -> Option<Value> {
        let mut links = Vec::new();
        for item in items {
            let Value::String(text) = item else { continue };
            links.push(Value::from(self.text(text, place)));
        }
        links.iter().any(|link| !link.is_null()).then_some(links.into())
    }

    /// Takes the marks out of a text; the answer is what its first numeral leads to.
    fn text(&mut self, text: &mut String, place: &str) -> Option<String> {
        let [open, middle, close] = MARKS;
        if !text.contains(open) {
            return None;
        }
        let mut link = None;
        let mut plain = String::new();
        let mut rest = text.as_str();
        while let Some((before, behind)) = rest.split_once(open) {
            plain.push_str(before);
            let inside = behind.split_once(close).and_then(|(inside, after)| {
                let (ids, printed) = inside.split_once(middle)?;
                Some((ids, printed, after))
            });
            let Some((ids, printed, after)) = inside else {
                // No mark of ours: it stands in a text from outside.
                plain.push(open);
                rest = behind;
                continue;
            };
            // Behind a name that ends like a number (人均GDP, c0001) one does not see where the number begins.
            let is_digit = |c: char| c.is_ascii_digit();
            if printed.starts_with(is_digit) && plain.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                plain.push(' ');
            }
            plain.push_str(printed);
            rest = after;
            let says = |id: &StepId| self.book.says(id, printed);
            if let Some(id) = ids.split(OR).map(StepId::new).find(says) {
                link = link.or_else(|| self.rows.of(&id).cloned());
                let place = self.numbered(place);
                self.found.push(PrintedNumeral { place, id, text: printed.to_owned() });
            }
        }
        plain.push_str(rest);
        *text = plain;
        link
    }

    /// A place for one more numeral: of several at one place all but the first have their number.
    fn numbered(&mut self, place: &str) -> String {
        let count = self.places.entry(place.to_owned()).or_default();
        *count += 1;
        let volume = self.volume;
        if *count == 1 { format!("{volume}{place}") } else { format!("{volume}{place}/{count}") }
    }
}
