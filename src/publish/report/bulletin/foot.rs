//! The lower half of the page: who has reported, what is asked for, the units, the rule at the foot.

use super::{LightUnit, MOST_NAMED, Page, ReportLine};
use crate::assess::{DueFrom, PaceAssessment, PaceLight, PaceState, UnitRole, UnitSummary};
use crate::ident::UnitName;
use crate::ledger::StepId;
use crate::plan::{PaceBasis, PaceMethod};
use crate::publish::report::marks::numeral;
use crate::publish::report::phrases::month_day;
use crate::rounding::plain;

impl Page<'_> {
    pub(super) fn report(&self) -> Vec<ReportLine> {
        let units: Vec<&UnitSummary> = self.city.units.iter().collect();
        let count = |name: &str, of: &dyn Fn(&UnitSummary) -> bool| {
            let some: Vec<&&UnitSummary> = units.iter().filter(|unit| of(unit)).collect();
            let members = some
                .iter()
                .map(|unit| StepId::new(format!("{}/workbook/{}", self.city.plan.city, unit.unit)));
            let id = format!("{}/#units.{name}", self.city.plan.city);
            let names: Vec<&str> = some.iter().map(|unit| self.short(&unit.unit)).collect();
            (self.context.book.count(&id, members, &[], some.len()), names.join("、"), some.len())
        };
        let line = |label, (number, names, count): (String, String, usize), names_all: bool| {
            let named = if names_all && count > 0 { format!("：{names}") } else { String::new() };
            ReportLine { label, words: format!("{number}个{named}") }
        };
        let came = |unit: &UnitSummary| self.has_come(&unit.unit);
        let mut lines = vec![
            line("应报单位", count("asked", &|_| true), false),
            line("按时报送", count("on_time", &|unit| came(unit) && unit.on_time == Some(true)), false),
            line("逾期报送", count("late", &|unit| came(unit) && unit.on_time == Some(false)), true),
        ];
        let undated = count("undated", &|unit| came(unit) && unit.on_time.is_none());
        if undated.2 > 0 {
            lines.push(line("时间不详", undated, true));
        }
        lines.push(line("未报或未采用", count("missing", &|unit| !came(unit)), true));
        lines.extend(self.decisions());
        lines
    }

    /// What people decided, which is told wherever figures rest on it.
    fn decisions(&self) -> Option<ReportLine> {
        let round = &self.context.evaluation.round;
        let all = [
            ("取数决定", round.preferences.len()),
            ("豁免", round.waivers.len()),
            ("序时决定", round.pacing.rows.len()),
        ];
        let told: Vec<String> = all
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(what, count)| format!("{what}{count}项"))
            .collect();
        (!told.is_empty()).then(|| ReportLine { label: "人工决定", words: told.join("、") })
    }

    fn has_come(&self, unit: &UnitName) -> bool {
        self.city.collected.submissions.iter().any(|one| one.is_used_of(unit))
    }

    pub(super) fn requests(&self) -> Vec<String> {
        let round = &self.context.evaluation.round;
        let has = |lights: &[PaceLight]| self.all().any(|one| lights.contains(&one.state.light()));
        let mut all = Vec::new();
        if has(&[PaceLight::Yellow, PaceLight::Red]) {
            all.push(format!(
                "亮黄灯、红灯的指标，由牵头单位于{}前书面说明原因和赶超措施。",
                month_day(round.measures_by)
            ));
        }
        let is_open = |state| matches!(state, PaceState::NotReported | PaceState::InDoubt);
        if self.all().any(|one| is_open(one.state))
            || self.city.units.iter().any(|unit| !self.has_come(&unit.unit))
        {
            all.push(format!("未报、待核实的，于{}前补报、答复。", month_day(round.answer_by)));
        }
        if has(&[PaceLight::Hollow]) {
            all.push("略慢的指标请加强调度。".to_owned());
        }
        all.push("本通报只反映本期进度，年度结果以年终评估为准。".to_owned());
        (1..).zip(all).map(|(number, words)| format!("{number}．{words}")).collect()
    }

    pub(super) fn units(&self) -> Vec<LightUnit> {
        use PaceState::{
            Behind, FarBehind, InDoubt, Lagged, NotDue, NotReported, OnPace, Reached, SlightlyBehind,
        };
        let city = &self.city.plan.city;
        let mut found: Vec<([std::cmp::Reverse<usize>; 2], LightUnit)> = Vec::new();
        for unit in &self.city.units {
            let own: Vec<(&PaceAssessment, StepId)> = self
                .steps()
                .filter(|(one, _)| self.indicator(one).is_some_and(|row| row.reporters.contains(&unit.unit)))
                .collect();
            if own.is_empty() {
                continue;
            }
            let count = |name: &str, states: &[PaceState]| {
                let number = own.iter().filter(|(one, _)| states.contains(&one.state)).count();
                let keys: Vec<&str> = states.iter().map(|state| state.key()).collect();
                let members = own.iter().map(|(_, id)| id.clone());
                let id = format!("{city}/unit/{}/#pace.{name}", unit.unit);
                let told = self.context.book.count(&id, members, &keys, number);
                (number, if number == 0 { String::new() } else { told })
            };
            let ((red, red_words), (yellow, yellow_words)) =
                (count("far_behind", &[FarBehind]), count("behind", &[Behind]));
            let (_, green) = count("green", &[Reached, OnPace, SlightlyBehind]);
            let (_, dark) = count("dark", &[NotDue, NotReported, InDoubt, Lagged]);
            let row = LightUnit {
                unit: self.short(&unit.unit).to_owned(),
                green,
                yellow: yellow_words,
                red: red_words,
                dark,
                sent: self.sent(unit),
            };
            found.push(([red, yellow].map(std::cmp::Reverse), row));
        }
        found.sort_by_key(|(order, _)| *order);
        found.into_iter().map(|(_, row)| row).collect()
    }

    fn sent(&self, unit: &UnitSummary) -> String {
        let deadline = self.context.evaluation.round.deadline;
        let days = unit.received.map(|at| at.date().signed_duration_since(deadline).num_days());
        match (self.has_come(&unit.unit), unit.on_time, days) {
            (false, ..) if unit.role(UnitRole::Data).is_empty() && unit.role(UnitRole::Lead).is_empty() => {
                "本期不报".to_owned()
            }
            (false, ..) => "未报".to_owned(),
            (true, Some(true), _) => "按时".to_owned(),
            (true, Some(false), Some(days)) => format!("逾期{days}天"),
            (true, ..) => "时间不详".to_owned(),
        }
    }

    /// The rule at the foot: what was due and how a shortfall is counted, with the rows of which something else holds.
    pub(super) fn rule(&self) -> String {
        let round = &self.context.evaluation.round;
        let (pacing, reach) = (&round.pacing, round.period.reach());
        let parameter = |name: &str, value: rust_decimal::Decimal| {
            let id = StepId::new(format!("{}#pace.{name}", round.path("round.toml")));
            numeral(&id, plain(value))
        };
        let share = parameter(&format!("share.{}", reach.key()), pacing.share(reach));
        let (slow, far) = (parameter("slow", pacing.slow), parameter("far", pacing.far));
        let by = |method: PaceMethod, from: DueFrom| {
            let of = self.all().filter(|one| one.method == method && one.due_from == Some(from));
            of.map(|one| one.no.to_string()).collect::<Vec<_>>()
        };
        let named = |rows: Vec<String>, words: &str| match rows.len() {
            0 => String::new(),
            count if count > MOST_NAMED => format!("（其中{count}项{words}）"),
            _ => format!("（{}{words}）", rows.join("、")),
        };
        let last_year = |method| named(by(method, DueFrom::YearBefore), "按上年同期占全年的比重");
        let interim: Vec<String> = self
            .all()
            .filter(|one| one.due_from == Some(DueFrom::Interim))
            .map(|one| one.no.to_string())
            .collect();
        let decided: Vec<String> = self
            .all()
            .filter(|one| round.pacing.of(&one.city, &one.no).is_some())
            .map(|one| one.no.to_string())
            .collect();
        let interim =
            if interim.is_empty() { String::new() } else { named(interim, "按方案的年内目标") };
        let decided =
            if decided.is_empty() { String::new() } else { named(decided, "按本轮次的决定") };
        let part = reach.chinese();
        let shortfall = match pacing.basis {
            PaceBasis::Due => "差距＝（应达－实际）÷应达，时点数除以应增的数",
            PaceBasis::Target => "差距＝（应达－实际）÷年度目标，时点数除以全年应增的数",
        };
        format!(
            "序时进度：累计数{part}应达年度目标的{share}%{}；时点数由上年数向目标值应走{share}%{}；按个数计的应达数舍去小数；比率直接与年度目标比{interim}{decided}。{shortfall}。差距不到{slow}%为绿灯，{slow}%—{far}%为黄灯，{far}%以上为红灯。",
            last_year(PaceMethod::Sum),
            last_year(PaceMethod::Path),
        )
    }
}
