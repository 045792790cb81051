//! `waive`, `prefer`, `decide`: what is written, and what is otherwise by it.

use serde_json::json;

use super::args::{DecideArgs, EntryArgs, Format, PreferArgs, WaiveArgs};
use super::progress::Bar;
use super::render::Printer;
use super::{named_cities, settings};
use crate::assess::Assessment;
use crate::entries::{self, DecisionEntry, EntryAdded, EntryStanding};
use crate::error::{EntryRefusal, RunError};
use crate::evaluation::Evaluation;
use crate::finding::{Language, Object};
use crate::forms::hold;
use crate::ident::{CityId, UnitName};
use crate::inputs::Inputs;
use crate::looks::{Changes, SeenFinding, compared};
use crate::plan::{Decision, Plan, Preference, Waiver};
use crate::run::{self, Settings};
use crate::shown;

/// The word by which decisions name all cities.
const ALL_CITIES: &str = "各市";

/// Accepts an exception.
pub(super) fn waive(asked: &WaiveArgs, quiet: bool, printer: &Printer) -> Result<(), RunError> {
    let order = EntryOrder::of(&asked.round, &asked.entry)?;
    let (plan, city) = order.city("waivers.toml", &asked.city)?;
    let year = order.year;
    let unit =
        asked.unit.as_ref().map(|name| plan.unit_named(name, year).unwrap_or_else(|| name.as_str().into()));
    let object = asked.indicator.as_deref().map(|text| Object::parse(text.trim()));
    let entry = DecisionEntry::Waiver(Waiver {
        code: asked.code.trim().to_uppercase(),
        city,
        unit,
        object: object.filter(|object| *object != Object::Whole),
        reason: asked.entry.reason.trim().to_owned(),
        owner: asked.entry.by.trim().to_owned(),
        until: asked.until,
        on: Some(order.on),
        basis: asked.entry.basis.trim().to_owned(),
        answer: None,
    });
    order.made(&entry, quiet, printer)
}

/// Chooses whose value counts.
pub(super) fn prefer(asked: &PreferArgs, quiet: bool, printer: &Printer) -> Result<(), RunError> {
    let order = EntryOrder::of(&asked.round, &asked.entry)?;
    let (plan, city) = order.city("round.toml", &asked.city)?;
    let unit: UnitName =
        plan.unit_named(&asked.unit, order.year).unwrap_or_else(|| asked.unit.as_str().into());
    let entry = DecisionEntry::Preference(Preference {
        city,
        indicator: asked.indicator.trim().into(),
        unit,
        reason: asked.entry.reason.trim().to_owned(),
        by: asked.entry.by.trim().to_owned(),
        on: order.on,
        basis: asked.entry.basis.trim().to_owned(),
    });
    order.made(&entry, quiet, printer)
}

/// Records any other decision.
pub(super) fn decide(asked: &DecideArgs, quiet: bool, printer: &Printer) -> Result<(), RunError> {
    let order = EntryOrder::of(&asked.round, &asked.entry)?;
    let city = match asked.city.as_deref().map(str::trim).filter(|city| *city != ALL_CITIES) {
        Some(name) => order.city("round.toml", name)?.1.to_string(),
        None => ALL_CITIES.to_owned(),
    };
    let [object, matter, decision] =
        [&asked.object, &asked.matter, &asked.decision].map(|text| text.trim().to_owned());
    let entry = DecisionEntry::Decision(Decision {
        city,
        object,
        matter,
        decision,
        reason: asked.entry.reason.trim().to_owned(),
        by: asked.entry.by.trim().to_owned(),
        on: order.on,
        basis: asked.entry.basis.trim().to_owned(),
    });
    order.made(&entry, quiet, printer)
}

/// A round that an entry is to be added to.
struct EntryOrder {
    settings: Settings,
    plans: Vec<Plan>,
    year: i32,
    on: chrono::NaiveDate,
    is_dry: bool,
}

impl EntryOrder {
    fn of(round: &std::path::Path, asked: &EntryArgs) -> Result<Self, RunError> {
        let settings = settings::registers(round, &[])?;
        let on = asked.on.map_or_else(super::clock::today, Ok)?;
        let loaded = run::load_year(&settings, &Inputs::default(), "登记人工决定 waive, prefer, decide")?;
        let (plans, year) = (loaded.plans, loaded.round.year());
        Ok(Self { settings, plans, year, on, is_dry: asked.dry_run })
    }

    /// A city of the round by any of its names.
    fn city(&self, file: &str, name: &str) -> Result<(&Plan, CityId), RunError> {
        let slugs = named_cities::slugs(&self.settings.round, &[name.to_owned()])?;
        let found = self.plans.iter().find(|plan| slugs.iter().any(|slug| plan.city.as_str() == slug));
        let unknown = || RunError::Entry {
            path: self.settings.round.join(file),
            why: EntryRefusal::Void(format!("本轮没有城市“{name}” (no such city in the round)")),
        };
        found.map(|plan| (plan, plan.city.clone())).ok_or_else(unknown)
    }

    /// Adds an entry, reads the round with it, and tells what is otherwise. Where the round cannot be read with it the file is as it was.
    fn made(&self, entry: &DecisionEntry, quiet: bool, printer: &Printer) -> Result<(), RunError> {
        let Self { settings, plans, is_dry, .. } = self;
        let path = settings.round.join(entry.file());
        let cities = plans.iter().map(|plan| plan.city.clone());
        let _held = if *is_dry { None } else { Some(hold(&settings.round, cities)?) };
        let (inputs, bar) = (Inputs::default(), Bar::new(quiet, printer));
        let before = run::examine(settings, &inputs, &bar)?;
        bar.finish();
        let refused = |why| RunError::Entry { path: path.clone(), why };
        let covered = match entries::standing(entry, &before).map_err(refused)? {
            EntryStanding::There(line) => {
                printer.entry_there(&shown::path(&path), line);
                return Ok(());
            }
            EntryStanding::New(covered) => covered,
        };
        if *is_dry {
            printer.entry_shown(entry, &shown::path(&path), covered);
            return Ok(());
        }
        let added = entries::add(entry, &settings.round, &inputs)?;
        let after = match run::examine(settings, &Inputs::default(), &bar) {
            Ok(after) if entry.is_last_of(&after.round) => after,
            failed => {
                added.take_back()?;
                return Err(failed.err().unwrap_or_else(|| refused(EntryRefusal::ReadOtherwise)));
            }
        };
        bar.finish();
        printer.entry_added(entry, &added, &before, &after);
        Ok(())
    }
}

/// Targets whose verdict is another one: the city, its number, the words before and after.
fn verdicts<'a>(
    before: &'a Evaluation,
    after: &'a Evaluation,
) -> impl Iterator<Item = (&'a Plan, &'a Assessment, &'a Assessment)> {
    before.cities.iter().flat_map(|city| {
        let now = after.cities.find(&city.plan.city);
        city.assessments.iter().filter_map(move |then| {
            let is_it = |one: &&Assessment| {
                (&one.no, one.target.year, one.target.tier) == (&then.no, then.target.year, then.target.tier)
            };
            let now = now?.assessments.iter().find(is_it)?;
            (now.state != then.state).then_some((&city.plan, then, now))
        })
    })
}

impl Printer {
    fn entry_there(&self, path: &str, line: usize) {
        match self.format {
            Format::Json => self.json(&json!({ "file": path, "line": line, "is_new": false })),
            Format::Text => self.prose(&match self.language {
                Language::Chinese => format!("{path} 第{line}行已有同样的规定，未写入"),
                Language::English => format!("{path} says so already on line {line}; nothing is written"),
            }),
        }
    }

    fn entry_shown(&self, entry: &DecisionEntry, path: &str, covered: usize) {
        if self.format == Format::Json {
            self.json(&json!({ "file": path, "entry": entries::text(entry), "covers": covered, "is_written": false }));
            return;
        }
        self.prose(&match self.language {
            Language::Chinese => format!("将添写到 {path}："),
            Language::English => format!("would be added to {path}:"),
        });
        entries::text(entry).lines().for_each(|line| self.line(line));
        if matches!(entry, DecisionEntry::Waiver(_)) {
            self.prose(&match self.language {
                Language::Chinese => format!("所涉问题{covered}项。未写入。"),
                Language::English => format!("It covers {covered} findings. Nothing is written."),
            });
        }
    }

    fn entry_added(
        &self,
        entry: &DecisionEntry,
        added: &EntryAdded,
        before: &Evaluation,
        after: &Evaluation,
    ) {
        let [then, now] =
            [before, after].map(|one| one.findings.iter().map(SeenFinding::of).collect::<Vec<_>>());
        let changes = compared(&then, &now);
        let (path, line) = (shown::path(&added.path), added.line);
        if self.format == Format::Json {
            let verdicts = verdicts(before, after).map(|(plan, then, now)| {
                json!({ "city": plan.city, "indicator": now.no, "before": then.state, "after": now.state })
            });
            self.json(&json!({
                "file": path, "line": line, "is_new": true, "entry": entries::text(entry),
                "resolved": changes.resolved.len(), "waived": changes.waived.len(), "new": changes.new.len(),
                "verdicts": verdicts.collect::<Vec<_>>(),
            }));
            return;
        }
        self.prose(&match self.language {
            Language::Chinese => format!("已写入 {path} 第{line}行"),
            Language::English => format!("written to {path}, line {line}"),
        });
        self.changes(&changes, after);
        let mut is_alike = true;
        for (plan, then, now) in verdicts(before, after) {
            is_alike = false;
            let name = plan.name_of(&Object::from(&now.no)).unwrap_or_default();
            let [then, now_words] = [then.state, now.state].map(|state| state.words(self.language));
            self.prose(&format!("  {} {} {name}  {then} → {now_words}", plan.short, now.no));
        }
        if is_alike {
            self.prose(self.language.of("  各目标的结论不变", "  no verdict is another one"));
        }
        if matches!(entry, DecisionEntry::Decision(_)) {
            self.prose(
                self.language
                    .of("  印入报告，不影响数字", "  printed in the report; without effect on figures"),
            );
        }
    }

    /// What is otherwise, a line each.
    pub(super) fn changes(&self, changes: &Changes<'_>, evaluation: &Evaluation) {
        let kinds = [
            (self.language.of("已消除", "resolved"), &changes.resolved),
            (self.language.of("已豁免", "waived"), &changes.waived),
            (self.language.of("新增", "new"), &changes.new),
        ];
        for (word, list) in kinds {
            for one in list {
                self.prose(&format!("  {word}  {}", self.seen(one, evaluation)));
            }
        }
    }

    /// `V406  湘潭 市税务局 9  …`
    fn seen(&self, one: &SeenFinding, evaluation: &Evaluation) -> String {
        let city = evaluation.cities.iter().find(|city| city.plan.city.as_str() == one.city);
        let city = city.map_or(one.city.as_str(), |city| city.plan.short.as_str());
        let parts = [city, &one.unit, &one.indicator];
        let whose = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        super::render::columns(&[&one.code, &whose, one.message(self.language)])
    }
}
