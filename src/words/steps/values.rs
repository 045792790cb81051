//! Values, from cells and lines to what is held against targets, in words.

use super::WayTeller;
use crate::collect::CellForm;
use crate::ledger::{Operation, Step};
use crate::plan::Warrant;
use crate::words::kind_of_decision;

impl WayTeller<'_> {
    pub(super) fn of_leaves(&self, step: &Step) -> String {
        let value = self.value(step);
        let line = |line: &Option<usize>| {
            line.map_or_else(String::new, |line| self.say(format!("第{line}行"), format!(" line {line}")))
        };
        match &step.operation {
            Operation::Cell { .. } => format!("{}“{value}”", step.id),
            Operation::File { version, received, .. } => {
                let received = received.as_deref().map(|time| time.replace('T', " "));
                let received = received.map_or_else(String::new, |time| {
                    self.say(format!("，{time}收到"), format!(", received {time}"))
                });
                let digest = value.get(..32).unwrap_or(&value).to_owned();
                self.say(
                    format!("{}　第{version}版{received}　SHA-256 {digest}…", step.id),
                    format!("{}  version {version}{received}  SHA-256 {digest}…", step.id),
                )
            }
            Operation::Line { file, line } => self.say(
                format!("方案第{line}行“{value}”　{file}"),
                format!("plan line {line} “{value}”  {file}"),
            ),
            Operation::Curated { file, line: at } => {
                let field = step.id.as_str().split_once('#').map_or("", |(_, field)| field);
                format!("{file}{}　{field} = “{value}”", line(at))
            }
            Operation::Parameter { file, line: at } => {
                let name = step.id.as_str().split_once('#').map_or(step.id.as_str(), |(_, key)| key);
                let name = name.strip_prefix("method.").unwrap_or(name);
                let usual = if at.is_none() {
                    self.say("（未写明，用默认值）", " (not stated, by default)")
                } else {
                    String::new()
                };
                format!("{file}{} {name} = {value}{usual}", line(at))
            }
            Operation::Decision { file, line: at, kind, what, warrant } => {
                let is_told = what.is_empty() || *what == value;
                let what = if is_told { String::new() } else { format!(" {what}") };
                let (chinese, english) = kind_of_decision(kind);
                let entry = self.say(
                    format!("决定　{chinese}{what}：{value}"),
                    format!("decision  {english}{what}: {value}"),
                );
                let gap = self.say("　", "  ");
                [vec![entry], self.warrant(kind, warrant), vec![format!("{file}{}", line(at))]]
                    .concat()
                    .join(&gap)
            }
            Operation::Finding => self.say(
                format!("审核 {}", step.id.as_str().trim_start_matches("finding/")),
                format!("finding {}", step.id.as_str().trim_start_matches("finding/")),
            ),
            Operation::Absent { .. } => {
                let name = step.id.as_str().trim_start_matches("absent/").trim_end_matches('\'');
                self.say(format!("没有 {name}"), format!("not there: {name}"))
            }
            _ => value,
        }
    }

    /// Who decided, when and why; what is not told is said to be so.
    fn warrant(&self, kind: &str, of: &Warrant) -> Vec<String> {
        let told = |words: &str, chinese: &str, english: &str| match words {
            "" => self.say(chinese, english),
            words => words.to_owned(),
        };
        let day = of.on.map(|day| match kind {
            "amendment" => self.say(format!("{day}起"), format!("from {day} on")),
            _ => day.to_string(),
        });
        let basis = Some(&of.basis).filter(|basis| !basis.is_empty());
        let parts = [
            Some(told(&day.unwrap_or_default(), "日期未写明", "day not stated")),
            Some(told(&of.by, "决定人未写明", "not stated who decided")),
            of.until.map(|day| self.say(format!("有效期至{day}"), format!("valid until {day}"))),
            Some(match of.reason.as_str() {
                "" => self.say("理由未写明", "no reason stated"),
                reason => self.say(format!("理由：{reason}"), format!("reason: {reason}")),
            }),
            basis.map(|basis| self.say(format!("依据：{basis}"), format!("basis: {basis}"))),
        ];
        parts.into_iter().flatten().collect()
    }

    /// Who reports the side of a place, from one.
    fn reporter(&self, step: &Step, side: usize) -> String {
        let mut found = side.checked_sub(1).and_then(|at| self.of(step, "side").into_iter().nth(at));
        while let Some(step) = found {
            if let Operation::Read { by, .. } = &step.operation {
                return by.clone();
            }
            found = self.one(step, "text").or_else(|| self.one(step, "x"));
        }
        side.to_string()
    }

    /// What a text was read as; states of tasks in the words of the reader.
    fn read_as(&self, step: &Step, value: String) -> String {
        let value = match step.operation {
            Operation::ParseWord { .. } => self.word(&value),
            _ => value,
        };
        match step.value.is_something() {
            true => self.say(format!("读作 {value}"), format!("read as {value}")),
            false => self.say("不是数", "no number"),
        }
    }

    pub(super) fn of_values(&self, step: &Step) -> Option<String> {
        let value = self.value(step);
        Some(match &step.operation {
            Operation::Read { .. } => self.read(step, ""),
            Operation::ParseNumber { .. } | Operation::ParseWord { .. } | Operation::ParseNothing => {
                let as_value = self.read_as(step, value);
                let text = self.one(step, "text")?;
                match text.operation {
                    Operation::Read { .. } => self.read(text, &as_value),
                    _ => as_value,
                }
            }
            Operation::Scale { up, down, .. } => {
                let x = self.value_of(step, "x");
                let times = if up == "1" { String::new() } else { format!("×{up}") };
                let over = if down == "1" { String::new() } else { format!("÷{down}") };
                self.say(
                    format!("{value} ＝ {x}{times}{over}（单位换算，精确）"),
                    format!("{value} = {x}{times}{over} (unit, exact)"),
                )
            }
            Operation::PickVersion { chosen: None } => self.say("没有可用的报表", "no workbook that counts"),
            Operation::PickVersion { .. } => self.say("采用的报表", "the workbook that counts"),
            Operation::PickSole => self.say(format!("{value}　单一来源"), format!("{value}  one source")),
            Operation::PickAgreed => {
                self.say(format!("{value}　各单位一致"), format!("{value}  all sources agree"))
            }
            Operation::PickFinest { .. } => self.say(
                format!("{value}　各单位修约后一致，取位数多的"),
                format!("{value}  equal when rounded, the one with most digits"),
            ),
            Operation::PickPreferred { side } => {
                let by = self.reporter(step, *side);
                self.say(
                    format!("{value}　各单位不一致，按决定采用{by}所报"),
                    format!("{value}  sources differ, by decision that of {by} counts"),
                )
            }
            Operation::NoneConflict => self
                .say("各单位不一致，没有决定采用哪一个", "sources differ, and no decision says which counts"),
            Operation::NoneMissing => self.say("没有单位报数", "nobody reports a value"),
            Operation::DataYear { year } => self.say(format!("{year}年的数"), format!("a value of {year}")),
            Operation::PlanTarget | Operation::PlanMagnitude { .. } | Operation::Benchmark { .. } => value,
            Operation::PlanValue { year } => self.say(
                format!("{value}（方案所列{year}年数）"),
                format!("{value} ({year}, as the plan prints it)"),
            ),
            Operation::PublishedValue { year } => self.say(
                format!("{value}（已发布的{year}年数）"),
                format!("{value} ({year}, as it was published)"),
            ),
            Operation::Amend => self.say(
                format!("{value}（原为{}）", self.value_of(step, "issued")),
                format!("{value} (was {})", self.value_of(step, "issued")),
            ),
            _ => return None,
        })
    }

    pub(super) fn of_changes(&self, step: &Step) -> Option<String> {
        let value = self.value(step);
        Some(match &step.operation {
            Operation::Growth | Operation::GrowthMean { years: 1 } => {
                let (actual, base) = (self.value_of(step, "actual"), self.value_of(step, "base"));
                format!("{value} ＝ （{actual}－{base}）÷{base}×100")
            }
            Operation::GrowthMean { years } => {
                let (actual, base) = (self.value_of(step, "actual"), self.value_of(step, "base"));
                self.say(
                    format!("{value}，由{base}到{actual}，{years}年平均"),
                    format!("{value} a year over {years} years, from {base} to {actual}"),
                )
            }
            Operation::Net => {
                format!("{value} ＝ {}－{}", self.value_of(step, "actual"), self.value_of(step, "base"))
            }
            Operation::Multiple => {
                format!("{value} ＝ {}÷{}", self.value_of(step, "actual"), self.value_of(step, "base"))
            }
            Operation::Due { gone, all } => {
                let (target, base) = (self.value_of(step, "target"), self.value_of(step, "base"));
                format!("{value} ＝ {base}＋（{target}－{base}）×{gone}÷{all}")
            }
            Operation::Slack { absolute: true, .. } => value,
            Operation::Slack { .. } => {
                let (target, tolerance) = (self.value_of(step, "target"), self.value_of(step, "tolerance"));
                format!("{value}　{target}×{tolerance}%")
            }
            _ => return None,
        })
    }

    /// Who reports what, and in which cell.
    pub(super) fn read(&self, step: &Step, as_value: &str) -> String {
        let Operation::Read { by, .. } = &step.operation else { return String::new() };
        let Some(cell) = self.one(step, "cell") else { return by.clone() };
        let form = match cell.operation {
            Operation::Cell { stored: Some(CellForm::Number) } => self.say("，数值单元格", ", a number"),
            Operation::Cell { stored: Some(CellForm::Text) } => self.say("，文本单元格", ", text"),
            _ => String::new(),
        };
        let from = if as_value.is_empty() { String::new() } else { format!("{as_value} ← ") };
        let name = cell.id.as_str().rsplit('/').next().unwrap_or_default();
        let text = self.value(cell);
        self.say(format!("{by}　{from}{name}　“{text}”{form}"), format!("{by}  {from}{name}  “{text}”{form}"))
    }
}
