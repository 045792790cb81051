//! Leaves: what came from outside, named so that the same thing has the same name in every output.

use rust_decimal::Decimal;

use super::{Exact, Ledger, Operation, StepId, StepValue, Traced};
use crate::collect::{CellForm, Submission};
use crate::finding::{Finding, Object, Place, Withheld};
use crate::ident::{CityId, IndicatorNo};
use crate::plan::{
    Amendment, BaseYear, Direction, Indicator, InterimTarget, OutputEntry, PUBLISHED, PastValue, Plan,
    Published, Quota, Round, Target, Tier,
};
use crate::quantity::Conversion;

/// What an indicator of a city is called: `xiangtan/22`.
pub fn of_indicator(city: &CityId, no: &IndicatorNo) -> StepId {
    StepId::new(format!("{city}/{no}"))
}

/// What a target is called: `xiangtan/22`, of a second tier `xiangtan/22@intended`.
pub fn of_target(city: &CityId, no: &IndicatorNo, tier: Tier) -> StepId {
    if tier.is_judged_first() {
        of_indicator(city, no)
    } else {
        StepId::new(format!("{city}/{no}@{}", tier.key()))
    }
}

/// What an entry of `round.toml` or `waivers.toml` is called, by the list that it stands in and its place there, from one; an answer that was
/// accepted by its query: `2023/xiangtan/queries.csv#湘潭市-2023-annual-市科技局-1.2`.
pub fn decision_in(round: &Round, list: &str, place: usize) -> StepId {
    let (file, _) = round.whereabouts(list, place);
    let accepted = round.waiver(place).filter(|_| list == "waiver");
    StepId::new(match accepted.and_then(|one| one.answer.as_ref()) {
        Some(answer) => format!("{file}#{}.{}", answer.said.query, answer.said.item),
        None => format!("{file}#{list}.{place}"),
    })
}

/// What a line of an earlier output is called.
fn output_entry(city: &CityId, one: &OutputEntry) -> StepId {
    StepId::new(format!("{}#{city}.{}", one.file, one.no))
}

/// What an amendment of a target is called.
pub fn amendment_of(round: &Round, plan: &Plan, (no, year): (&IndicatorNo, i32), one: &Amendment) -> StepId {
    let file = round.path(&format!("{}/plan.toml", plan.city));
    StepId::new(format!("{file}#{no}.{year}.amendment.{}", one.on))
}

/// What the number of an amended target is called that is not the one that is judged.
pub fn in_force_of(city: &CityId, no: &IndicatorNo, target: &Target) -> StepId {
    let tier = if target.tier.is_judged_first() { String::new() } else { format!("@{}", target.tier.key()) };
    of_indicator(city, no).of(format!("{}/target.in_force{tier}", target.year))
}

impl Ledger {
    /// A workbook by its path below the round's folder, with its SHA-256.
    pub fn file(&mut self, submission: &Submission) -> Traced {
        let received = submission.received.map(|time| time.format("%Y-%m-%dT%H:%M").to_string());
        let version = submission.version.text();
        let operation = Operation::File { version, received, registered: submission.registered };
        let digest = StepValue::Text(submission.digests.sha256.clone());
        self.leaf(StepId::new(&submission.file), operation, digest)
    }

    /// A cell of a workbook with its text.
    pub fn cell(&mut self, at: &Place, text: &str, stored: Option<CellForm>) -> Traced {
        let id = StepId::new(at.to_string());
        if let Some(known) = self.told(&id) {
            return known;
        }
        let value = StepValue::Text(text.to_owned());
        match self.told(&StepId::new(&at.file)) {
            Some(file) => self.leaf_of(id, Operation::Cell { stored }, &file, value),
            None => self.leaf(id, Operation::Cell { stored }, value),
        }
    }

    /// A parameter of the round's method.
    pub fn parameter(&mut self, round: &Round, name: &str, value: Decimal) -> Traced {
        let file = round.path("round.toml");
        let id = StepId::new(format!("{file}#method.{name}"));
        let key = name.split('.').next().unwrap_or(name);
        let line = round.line_of(&format!("method.{key}"));
        self.leaf(id, Operation::Parameter { file, line }, StepValue::Number(Exact::from(value)))
    }

    /// A parameter of the round's pace.
    pub fn pace_parameter(&mut self, round: &Round, name: &str, value: Decimal) -> Traced {
        let file = round.path("round.toml");
        let id = StepId::new(format!("{file}#pace.{name}"));
        let key = name.split('.').next().unwrap_or(name);
        let line = round.line_of(&format!("pace.{key}"));
        self.leaf(id, Operation::Parameter { file, line }, StepValue::Number(Exact::from(value)))
    }

    /// An entry of `round.toml` by the list that it stands in and its place there, from one: what it says, and what of it operations look at.
    pub fn decision(
        &mut self,
        round: &Round,
        list: &str,
        place: usize,
        what: &str,
        says: StepValue,
    ) -> Traced {
        let file = round.path("round.toml");
        let line = round.line_of(&format!("{list}.{place}"));
        let id = decision_in(round, list, place);
        let (kind, what, warrant) = (list.to_owned(), what.to_owned(), round.warrant(list, place));
        self.leaf(id, Operation::Decision { file, line, kind, what, warrant }, says)
    }

    /// An amendment of a target: its number as it is written.
    pub fn amendment(
        &mut self,
        (round, plan): (&Round, &Plan),
        (no, year): (&IndicatorNo, i32),
        one: &Amendment,
    ) -> Traced {
        let operation = Operation::Decision {
            file: round.path(&format!("{}/plan.toml", plan.city)),
            line: Some(one.entry_line),
            kind: "amendment".to_owned(),
            what: format!("{no} {year}"),
            warrant: one.warrant(),
        };
        let id = amendment_of(round, plan, (no, year), one);
        self.leaf(id, operation, StepValue::Text(one.value.text.clone()))
    }

    /// A waiver by its place, from one: the code of what it accepts, and of whom and what.
    pub fn waiver(&mut self, round: &Round, place: usize) -> Traced {
        let waiver = round.waiver(place);
        let code = waiver.map_or("", |one| &one.code);
        let unit = waiver.and_then(|one| one.unit.as_ref()).map(ToString::to_string);
        let object = waiver.and_then(|one| one.object.as_ref()).map(ToString::to_string);
        let parts = [unit, object].into_iter().flatten().filter(|part| !part.is_empty());
        let what = parts.collect::<Vec<_>>().join(" ");
        let (file, line) = round.whereabouts("waiver", place);
        let (kind, warrant) = ("waiver".to_owned(), round.warrant("waiver", place));
        let operation = Operation::Decision { file, line, kind, what, warrant };
        self.leaf(decision_in(round, "waiver", place), operation, StepValue::Text(code.to_owned()))
    }

    /// The base year that the round declares for a target whose plan leaves it out.
    pub fn base_year(&mut self, round: &Round, city: &CityId, target: &IndicatorNo) -> Option<Traced> {
        let is_it = |(_, one): &(usize, &BaseYear)| one.city == *city && one.target == *target;
        let (place, one) = (1..).zip(&round.base_years).find(is_it)?;
        let year = StepValue::Number(Exact::whole(i64::from(one.year)));
        Some(self.decision(round, "base_year", place, target.as_str(), year))
    }

    /// What stands on a line of the plan's source.
    pub fn quote(&mut self, plan: &Plan, line: &str, quote: &str) -> Traced {
        let id = StepId::new(format!("{}#L{line}:{quote}", plan.source));
        let operation = Operation::Line { file: plan.source.clone(), line: line.to_owned() };
        self.leaf(id, operation, StepValue::Text(quote.to_owned()))
    }

    /// A field of the plan file, by the entry that it belongs to.
    pub fn of_plan(
        &mut self,
        (round, plan): (&Round, &Plan),
        field: &str,
        line: Option<usize>,
        value: StepValue,
    ) -> Traced {
        let file = round.path(&format!("{}/plan.toml", plan.city));
        let id = StepId::new(format!("{file}#{field}"));
        self.leaf(id, Operation::Curated { file, line }, value)
    }

    /// A number of a target as its entry has it, which stands in the quote of the source.
    pub fn target(
        &mut self,
        of: (&Round, &Plan),
        (row, target): (&Indicator, &Target),
        part: &str,
        text: &str,
    ) -> Traced {
        let tier = target.tier.key();
        let field = format!("{}.{}.{tier}.{part}", row.no, target.year);
        let entry = self.of_plan(of, &field, target.entry_line, StepValue::Text(text.to_owned()));
        // The outermost values that still earn anything are no words of the plan.
        let is_quoted = !matches!(part, "lowest" | "highest");
        let quote = is_quoted.then(|| self.quote(of.1, &target.line, &target.quote));
        let name = if part == "value" { "target".to_owned() } else { format!("target.{part}") };
        let name = if target.tier.is_judged_first() { name } else { format!("{name}@{tier}") };
        let id = of_indicator(&of.1.city, &row.no).of(format!("{}/{name}", target.year));
        let mut args = vec![("entry", &entry)];
        args.extend(quote.as_ref().map(|quote| ("quote", quote)));
        self.does(id, Operation::PlanTarget, &args, row.unit.text())
    }

    /// The number of a target as it is in force: as it was issued, or by its last amendment, which is then called `id`.
    pub fn in_force(
        &mut self,
        of: (&Round, &Plan),
        (row, target): (&Indicator, &Target),
        text: &str,
        id: StepId,
    ) -> Traced {
        let Some(amendment) = target.amendment() else {
            return self.target(of, (row, target), "value", text);
        };
        let issued = target.as_issued().number().map_or_else(String::new, |issued| issued.text.clone());
        let issued = self.target(of, (row, target), "value", &issued);
        let entry = self.amendment(of, (&row.no, target.year), amendment);
        self.does(id, Operation::Amend, &[("issued", &issued), ("amendment", &entry)], row.unit.text())
    }

    /// What somebody has to contribute to a row, as its entry has it.
    pub fn quota(&mut self, of: (&Round, &Plan), row: &Indicator, quota: &Quota) -> Traced {
        let field = format!("{}.{}.quota.{}", row.no, quota.year, quota.area);
        let entry = self.of_plan(of, &field, None, StepValue::Text(quota.value.text.clone()));
        let quote = self.quote(of.1, &quota.line, &quota.value.text);
        let id = of_indicator(&of.1.city, &row.no).of(format!("{}/quota.{}", quota.year, quota.area));
        self.does(id, Operation::PlanTarget, &[("entry", &entry), ("quote", &quote)], row.unit.text())
    }

    /// A target of a part of the year, as its entry has it.
    pub fn interim(&mut self, of: (&Round, &Plan), row: &Indicator, one: &InterimTarget) -> Traced {
        let field = format!("{}.{}", row.no, one.period);
        let entry = self.of_plan(of, &field, None, StepValue::Text(one.value.text.clone()));
        let quote = self.quote(of.1, &one.line, &one.quote);
        let id = of_indicator(&of.1.city, &row.no).of(format!("{}/target", one.period));
        self.does(id, Operation::PlanTarget, &[("entry", &entry), ("quote", &quote)], row.unit.text())
    }

    /// A value that the plan prints for an earlier year.
    pub fn printed(&mut self, of: (&Round, &Plan), row: &Indicator, past: &PastValue) -> Traced {
        let entry =
            self.of_plan(of, &format!("{}.{}", row.no, past.year), None, StepValue::Text(past.text.clone()));
        let quote = self.quote(of.1, &past.line, &past.text);
        let id = of_indicator(&of.1.city, &row.no).of(format!("{}/printed", past.year));
        let operation = Operation::PlanValue { year: past.year };
        self.does(id, operation, &[("entry", &entry), ("quote", &quote)], row.unit.text())
    }

    /// A value that was published for an earlier year.
    pub fn published(&mut self, (round, plan): (&Round, &Plan), row: &Indicator, one: &Published) -> Traced {
        let (file, id) = match &one.output {
            Some(output) => (output.file.clone(), output_entry(&plan.city, output)),
            None => {
                let file = round.path(&format!("{}/{PUBLISHED}", plan.city));
                let id = StepId::new(format!("{file}#{}.{}", row.no, one.year));
                (file, id)
            }
        };
        // What was not held true has no value.
        let written = one.value.as_ref().map_or("", |_| one.written.as_str());
        let operation = Operation::Curated { file, line: Some(one.line) };
        let entry = self.leaf(id, operation, StepValue::Text(written.to_owned()));
        let id = of_indicator(&plan.city, &row.no).of(format!("{}/published", one.year));
        self.converted(id, (one.year, &entry), one.conversion.as_ref(), row)
    }

    /// A value that an earlier output of the list of the round published.
    pub fn published_in(&mut self, city: &CityId, row: &Indicator, year: i32, one: &OutputEntry) -> Traced {
        let entry = output_entry(city, one);
        let operation = Operation::Curated { file: one.file.clone(), line: Some(one.line) };
        let entry = self.leaf(entry, operation, StepValue::Text(one.written.clone()));
        let id = of_indicator(city, &row.no).of(format!("{year}/published.{}", one.place));
        self.converted(id, (year, &entry), one.conversion.as_ref(), row)
    }

    /// The verdict that an earlier output of the list of the round has of a target.
    pub fn earlier_verdict(
        &mut self,
        file: &str,
        line: usize,
        of: (&CityId, &IndicatorNo),
        state: &str,
    ) -> Traced {
        let id = StepId::new(format!("{file}#{}.{}", of.0, of.1));
        let operation = Operation::Curated { file: file.to_owned(), line: Some(line) };
        self.leaf(id, operation, StepValue::Text(state.to_owned()))
    }

    /// A published value in the unit of its row.
    fn converted(
        &mut self,
        id: StepId,
        (year, entry): (i32, &Traced),
        conversion: Option<&Conversion>,
        row: &Indicator,
    ) -> Traced {
        let operation = Operation::PublishedValue { year };
        match conversion {
            None => self.does(id, operation, &[("entry", entry)], row.unit.text()),
            Some(conversion) => {
                let issued = StepId::new(format!("{id}.issued"));
                let issued = self.does(issued, operation, &[("entry", entry)], &conversion.from);
                self.does(id, Operation::scale(conversion), &[("x", &issued)], row.unit.text())
            }
        }
    }

    /// The year that is judged.
    pub fn year(&mut self, round: &Round) -> Traced {
        let file = round.path("round.toml");
        let id = StepId::new(format!("{file}#round.year"));
        let operation = Operation::Curated { file, line: None };
        self.leaf(id, operation, StepValue::Number(Exact::whole(i64::from(round.year()))))
    }

    /// The last day on which a workbook is in time.
    pub fn deadline(&mut self, round: &Round) -> Traced {
        let file = round.path("round.toml");
        let id = StepId::new(format!("{file}#round.deadline"));
        let operation = Operation::Curated { file, line: round.line_of("round.deadline") };
        self.leaf(id, operation, StepValue::Text(round.deadline.to_string()))
    }

    /// What was looked for and is not there, by the name that it would have.
    pub fn absent(&mut self, name: &str, what: &str) -> Traced {
        let id = StepId::new(format!("absent/{name}"));
        self.leaf(id, Operation::Absent { what: what.to_owned() }, StepValue::Nothing)
    }

    /// Which way is better for an indicator: of a row the catalogue says so, of a target in prose the plan file.
    pub fn direction(&mut self, of: (&Round, &Plan), row: &Indicator) -> Traced {
        let value = direction(row.direction);
        match &row.id {
            Some(id) => {
                let file = "catalogue.toml".to_owned();
                let id = StepId::new(format!("{file}#{id}.direction"));
                self.leaf(id, Operation::Curated { file, line: None }, value)
            }
            None => self.of_plan(of, &format!("{}.direction", row.no), None, value),
        }
    }

    /// A finding, by its code and place.
    pub fn finding(&mut self, finding: &crate::finding::Cause) -> Traced {
        let id = StepId::new(format!("finding/{}/{}", finding.code, finding.at));
        self.leaf(id, Operation::Finding, StepValue::Text(finding.code.to_owned()))
    }

    /// The same of what is said of a row or a task and stands in no cell: of these there are several in one file.
    pub fn finding_of_row(&mut self, finding: &crate::finding::Cause, no: &str) -> Traced {
        let id = StepId::new(format!("finding/{}/{}#{no}", finding.code, finding.at));
        self.leaf(id, Operation::Finding, StepValue::Text(finding.code.to_owned()))
    }

    /// A finding as it is told: what stands in no cell by its row or task.
    pub fn finding_told(&mut self, finding: &Finding) -> Traced {
        let cause = finding.as_cause();
        match &finding.subject.object {
            Object::Indicator(no) if finding.at.cell.is_none() => self.finding_of_row(&cause, no.as_str()),
            Object::Task(no) if finding.at.cell.is_none() => self.finding_of_row(&cause, no.as_str()),
            _ => self.finding(&cause),
        }
    }

    /// What the round says is withheld while matters are open, key by key as `[gate]` names them.
    pub fn gate(&mut self, round: &Round) -> Vec<Traced> {
        let file = round.path("round.toml");
        let entry = |(key, what): (&str, Option<Withheld>)| {
            let field = format!("gate.{key}");
            let line = round.line_of(&field)?;
            let operation = Operation::Curated { file: file.clone(), line: Some(line) };
            let word = what.map_or("nothing", Withheld::key);
            Some(self.leaf(
                StepId::new(format!("{file}#{field}")),
                operation,
                StepValue::Text(word.to_owned()),
            ))
        };
        round.withholding.all().into_iter().filter_map(entry).collect()
    }

    /// A number that is the same for all.
    pub fn constant(&mut self, number: i64) -> Traced {
        self.leaf(
            StepId::new(format!("constant/{number}")),
            Operation::Constant,
            StepValue::Number(Exact::whole(number)),
        )
    }
}

/// The word of a direction.
pub fn direction(direction: Direction) -> StepValue {
    StepValue::word(match direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        Direction::Interval => "interval",
        Direction::Rank => "rank",
        Direction::None => "none",
    })
}
