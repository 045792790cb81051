//! Plans on the terminal: remarks of `plan check`, the whole of `plan show`.

use std::collections::BTreeSet;

use serde_json::json;

use super::args::Format;
use super::render::{Printer, columns};
use crate::finding::{Language, Severity};
use crate::plan::{Indicator, InterimTarget, Origin, Plan, PlanStatus, Quota, Quote, Remark, Target, Tier};
use crate::words::{self, PlaceWords, goal_words};

impl Printer {
    /// Remarks with both places quoted, then how many there are.
    pub(super) fn remarks(&self, plan: &Plan, remarks: &[Remark]) {
        for remark in remarks {
            match self.format {
                Format::Text => self.remark(plan, remark),
                Format::Json => self.json(&self.remark_as_json(plan, remark)),
            }
        }
        if self.format == Format::Json {
            return;
        }
        let table = plan.indicators.iter().filter(|one| one.origin == Origin::Table).count();
        let prose = plan.indicators.len() - table;
        let (tasks, repeats) = (plan.tasks.len(), plan.repeats.len());
        let notes = remarks.iter().filter(|remark| remark.problem.severity() == Severity::Note).count();
        let contradictions = remarks.len() - notes;
        self.line(&match self.language {
            Language::Chinese => format!(
                "《{}》文件无误：{}{table}，正文目标{prose}，与{}重复{repeats}，任务{tasks}；{}核对：矛盾{contradictions}，提示{notes}",
                plan.title,
                words::table_rows(&plan.called),
                plan.called.table,
                plan.called.document
            ),
            Language::English => format!(
                "{}: no faults in the file; {table} table rows, {prose} targets in prose, {repeats} repeats, {tasks} tasks; {contradictions} contradictions, {notes} notes",
                plan.id
            ),
        });
    }

    fn remark(&self, plan: &Plan, remark: &Remark) {
        let severity = match self.language {
            Language::Chinese => remark.problem.severity().chinese(),
            Language::English => remark.problem.severity().key(),
        };
        let names = plan.names();
        let message = remark.problem.message_of(self.language, &names);
        let remedy = remark.problem.remedy_of(self.language, &names);
        let subject =
            [words::remark_numbers(remark).as_str(), words::remark_name(remark, &plan.called)].join(" ");
        let kind = format!("{severity} {}", remark.problem.code());
        self.line(&columns(&[&kind, subject.trim(), &message]));
        for quote in std::iter::once(&remark.here).chain(&remark.there) {
            self.line(&format!(
                "    {}“{}”",
                self.line_words(&words::quote_lines(quote)),
                words::quote_words(quote)
            ));
        }
        self.line(&format!("  → {remedy}"));
    }

    fn line_words(&self, line: &str) -> String {
        match self.language {
            Language::Chinese => format!("第{line}行"),
            Language::English => format!("line {line} "),
        }
    }

    fn remark_as_json(&self, plan: &Plan, remark: &Remark) -> serde_json::Value {
        let quote =
            |quote: &Quote| json!({ "line": words::quote_lines(quote), "text": words::quote_words(quote) });
        json!({
            "plan": plan.id,
            "code": remark.problem.code(),
            "severity": remark.problem.severity().key(),
            "indicator": words::remark_numbers(remark),
            "name": words::remark_name(remark, &plan.called),
            "message": remark.problem.message_of(self.language, &plan.names()),
            "remedy": remark.problem.remedy_of(self.language, &plan.names()),
            "here": quote(&remark.here),
            "there": remark.there.as_ref().map(quote),
        })
    }

    /// The whole plan: head, table, targets in prose, tasks.
    pub(super) fn show(&self, plan: &Plan) {
        if self.format == Format::Json {
            plan.indicators.iter().for_each(|one| self.json(&shown_as_json(plan, one)));
            return;
        }
        self.head(plan);
        for group in &plan.groups {
            self.line("");
            self.line(group);
            for row in plan.indicators.iter().filter(|one| one.origin == Origin::Table && one.group == *group)
            {
                self.row(plan, row);
            }
        }
        let mut prose = plan.indicators.iter().filter(|one| one.origin == Origin::Prose).peekable();
        if prose.peek().is_some() {
            self.line("");
            self.line(self.say("正文目标", "Targets in prose"));
            prose.for_each(|one| self.row(plan, one));
        }
        if !plan.repeats.is_empty() {
            self.line("");
            self.line(self.say("正文中与上列重复的目标", "Repeated in prose"));
            for repeat in &plan.repeats {
                let goal = goal_words(&repeat.target.goal, &repeat.unit);
                let line = self.line_words(&repeat.target.line);
                self.line(&format!("  {} = {}  {}  {goal}  {line}", repeat.no, repeat.of, repeat.name));
            }
        }
        self.tasks(plan);
    }

    fn say<'a>(&self, chinese: &'a str, english: &'a str) -> &'a str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    fn head(&self, plan: &Plan) {
        let place = PlaceWords::of_level(plan.level).short;
        let theme = plan.called.theme.as_deref().unwrap_or(place);
        let level = self.say(theme, plan.level.key());
        let status = match plan.status {
            PlanStatus::Draft => self.say("征求意见稿", "draft"),
            PlanStatus::InForce => self.say("有效", "in force"),
            PlanStatus::Superseded => self.say("已被取代", "superseded"),
            PlanStatus::Repealed => self.say("废止", "repealed"),
        };
        let years = plan.years.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        self.line(&format!("《{}》{}", plan.title, plan.document_no));
        self.line(&format!("{}  {level}  {status}  {years}  {}", plan.name, plan.issued_note));
        for deadline in &plan.deadlines {
            let due = self.say("报送期限", "due");
            let line = self.line_words(&deadline.line);
            self.line(&format!("  {due} {}  {}  {line}", deadline.period, deadline.due));
        }
        if !plan.note.is_empty() {
            self.line(&format!("  {}", plan.note));
        }
    }

    fn row(&self, plan: &Plan, row: &Indicator) {
        let unit =
            if row.unit.text().is_empty() { String::new() } else { format!("（{}）", row.unit.text()) };
        let line = self.line_words(&row.line);
        self.line(&format!("  {}  {}{unit}  {}  {line}", row.no, row.name, row.reporters.join("、")));
        let of_task = row.task.as_ref().and_then(|no| plan.task(no)).map(|task| &task.responsible);
        let (leads, shares) = (self.say("牵头", "lead"), self.say("责任", "responsible"));
        let beside = [
            (leads, Some(&row.leads)),
            (shares, Some(&row.responsible).filter(|units| Some(*units) != of_task)),
        ];
        for (word, units) in beside.into_iter().filter_map(|(word, units)| Some((word, units?))) {
            if !units.is_empty() {
                self.line(&format!("      {word} {}", units.join("、")));
            }
        }
        let past = row.past.iter().map(|past| format!("{}年 {}", past.year, past.text));
        let targets = row.targets.iter().map(|target| self.target(row, target));
        self.line(&format!("      {}", past.chain(targets).collect::<Vec<_>>().join("  ")));
        let years: BTreeSet<i32> = row.quotas.iter().map(|quota| quota.year).collect();
        for year in years {
            let own = row.quotas.iter().filter(|quota| quota.year == year);
            let own: Vec<String> = own.map(|quota| format!("{} {}", quota.area, quota.value.text)).collect();
            self.line(&format!("      {year}年{}  {}", self.say("分解", " quotas"), own.join("  ")));
        }
        self.interims(row);
    }

    fn interims(&self, row: &Indicator) {
        if row.interims.is_empty() {
            return;
        }
        let one = |one: &InterimTarget| {
            let reach = one.period.reach();
            let part = self.say(reach.chinese(), reach.english());
            format!("{}年{part} {}", one.period.year(), one.value.text)
        };
        let own: Vec<String> = row.interims.iter().map(one).collect();
        self.line(&format!("      {}  {}", self.say("年内目标", "targets within the year"), own.join("  ")));
    }

    fn target(&self, row: &Indicator, target: &Target) -> String {
        let tier = match target.tier {
            Tier::Annual => self.say("目标", "target"),
            Tier::Assessed => self.say("考核值", "assessed"),
            Tier::Intended => self.say("完成值", "intended"),
            Tier::Stretch => self.say("力争值", "striven for"),
        };
        let unit = if row.origin == Origin::Prose { row.unit.text() } else { "" };
        let mut words = format!("{}年{tier} {}", target.year, goal_words(&target.goal, unit));
        for amendment in &target.amendments {
            words.push_str(&format!(
                "（{}{}：{}，{}）",
                amendment.on,
                self.say("调整为", " amended to "),
                amendment.value.text,
                amendment.authority
            ));
        }
        words
    }

    fn tasks(&self, plan: &Plan) {
        let mut group = "";
        for task in &plan.tasks {
            if task.group != group {
                group = &task.group;
                self.line("");
                self.line(group);
            }
            let line = self.line_words(&task.line);
            self.line(&format!("  {}  {}  {line}", task.no, task.title));
            let lead =
                if task.lead.is_empty() { self.say("无", "none").to_owned() } else { task.lead.join("、") };
            let (leads, shares) = (self.say("牵头", "lead"), self.say("责任", "responsible"));
            self.line(&format!("      {leads} {lead}  {shares} {}", task.responsible.join("、")));
        }
    }
}

fn shown_as_json(plan: &Plan, one: &Indicator) -> serde_json::Value {
    let targets: Vec<_> = one
        .targets
        .iter()
        .map(|target| {
            json!({
                "year": target.year,
                "goal": goal_words(&target.goal, one.unit.text()),
                "line": target.line,
                "quote": target.quote,
            })
        })
        .collect();
    let quota = |quota: &Quota| json!({ "area": quota.area, "year": quota.year, "value": quota.value.text, "line": quota.line });
    let quotas: Vec<_> = one.quotas.iter().map(quota).collect();
    let interim = |one: &InterimTarget| json!({ "period": one.period.to_string(), "value": one.value.text, "line": one.line, "quote": one.quote });
    let interims: Vec<_> = one.interims.iter().map(interim).collect();
    json!({
        "plan": plan.id,
        "no": one.no,
        "name": one.name,
        "unit": one.unit.text(),
        "reporters": one.reporters,
        "leads": one.leads,
        "responsible": one.responsible,
        "targets": targets,
        "quotas": quotas,
        "interims": interims,
        "line": one.line,
    })
}
