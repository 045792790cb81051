//! Findings for people who act on them: under the unit, the code or the city that they belong to, in the columns of the terminal.

use std::collections::BTreeMap;

use serde_json::json;

use super::args::{By, CheckArgs, Format};
use super::render::{Printer, by_cause, name_of};
use super::screen::{Ink, Screen};
use crate::evaluation::Evaluation;
use crate::finding::{Finding, Language, Severity, pages};
use crate::shown::column;
use crate::wrapped::wrapped;

/// Where the lines of a finding begin, and those that go on.
const HEAD: [&str; 2] = ["  ", "    "];
const BODY: [&str; 2] = ["    ", "    "];
const REMEDY: [&str; 2] = ["    → ", "      "];

/// Findings under one heading, in their order.
struct Group<'a> {
    heading: String,
    findings: Vec<&'a Finding>,
}

impl Printer {
    /// Findings as they were asked for.
    pub(super) fn arranged(&self, evaluation: &Evaluation, asked: &CheckArgs, screen: &Screen) {
        let by = asked.by.unwrap_or(if screen.is_terminal { By::Unit } else { By::Line });
        if asked.statistics {
            self.statistics(evaluation);
        } else if self.format == Format::Json || by == By::Line {
            self.findings(evaluation);
        } else {
            self.grouped(evaluation, &evaluation.told().collect::<Vec<_>>(), by, screen);
        }
    }

    /// Findings in groups; what follows from one is counted below it. The groups stand in the order of their first finding, so that those with the gravest
    /// come first.
    pub(super) fn grouped(&self, evaluation: &Evaluation, told: &[&Finding], by: By, screen: &Screen) {
        let following = by_cause(evaluation);
        let mut groups: Vec<Group<'_>> = Vec::new();
        for finding in told.iter().copied() {
            let heading = self.heading(evaluation, finding, by);
            match groups.iter_mut().find(|group| group.heading == heading) {
                Some(group) => group.findings.push(finding),
                None => groups.push(Group { heading, findings: vec![finding] }),
            }
        }
        if by != By::Code {
            let place = |group: &Group<'_>| {
                group.findings.first().and_then(|one| evaluation.cities.place(&one.subject.city))
            };
            groups.sort_by_key(place);
        }
        for group in &groups {
            self.inked(
                &group.heading,
                Ink::Bold,
                screen,
                &format!("{}  {}", group.heading, self.counted(&group.findings)),
            );
            for finding in &group.findings {
                self.item(evaluation, finding, by, screen);
                if let Some(following) = following.get(&finding.as_cause()) {
                    let words = self.following_words(following);
                    wrapped(&words, BODY, screen.columns).iter().for_each(|line| self.line(line));
                }
            }
            self.line("");
        }
    }

    /// What a finding stands under.
    fn heading(&self, evaluation: &Evaluation, finding: &Finding, by: By) -> String {
        let city = evaluation.cities.find(&finding.subject.city);
        let city = city.map_or(finding.subject.city.as_str(), |city| city.plan.name.as_str());
        let heading = match by {
            By::Unit => {
                let unit = finding.unit_words();
                let none = self.language.of("方案、登记和轮次文件", "plan, registers, files of the round");
                [city, if unit.is_empty() { none } else { &unit }].map(column).join("  ")
            }
            By::Code => [finding.problem.code(), pages::title(finding.problem.code())].map(column).join("  "),
            By::City | By::Line => column(city),
        };
        heading.trim().to_owned()
    }

    fn counted(&self, findings: &[&Finding]) -> String {
        let of =
            |severity: Severity| findings.iter().filter(|one| one.problem.severity() == severity).count();
        let parts =
            [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (severity, of(severity)));
        let parts = parts.into_iter().filter(|(_, count)| *count > 0);
        let words = parts.map(|(severity, count)| {
            let word = self.severity(severity);
            self.language.of(format!("{word}{count}"), format!("{word} {count}"))
        });
        words.collect::<Vec<_>>().join(self.language.of(" ", ", "))
    }

    fn severity(&self, severity: Severity) -> &'static str {
        match (self.language, severity) {
            (Language::Chinese, _) => severity.chinese(),
            (Language::English, _) => severity.key(),
        }
    }

    /// What it is and where, what is wrong, what to do.
    fn item(&self, evaluation: &Evaluation, finding: &Finding, by: By, screen: &Screen) {
        let severity = finding.problem.severity();
        let ink = match severity {
            _ if finding.waived.is_some() || finding.explained.is_some() => Ink::Dim,
            Severity::Error => Ink::Red,
            Severity::Warning => Ink::Yellow,
            Severity::Note => Ink::Dim,
        };
        let mark = self.severity(severity);
        let city = evaluation.cities.find(&finding.subject.city);
        let city = city.map_or("", |city| city.plan.short.as_str());
        let at = finding.at.to_string();
        // The folder is that of the city, which has been named.
        let place = at.split_once("submissions/").map_or(at.as_str(), |(_, name)| name);
        let (about, name, unit) =
            (finding.subject.object.to_string(), name_of(evaluation, finding), finding.unit_words());
        let parts = match by {
            By::Unit => [finding.problem.code(), "", "", &about, &name],
            By::Code => ["", city, &unit, &about, &name],
            By::City | By::Line => [finding.problem.code(), "", &unit, &about, &name],
        };
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(column).collect();
        let (head, place) = (format!("{mark} {}", parts.join("  ")), column(place));
        let whole = format!("{head}  {place}");
        // Where a line has no room for the place it has one of its own.
        let lines = match wrapped(&whole, HEAD, screen.columns) {
            one if one.len() == 1 => one,
            _ => [wrapped(&head, HEAD, screen.columns), wrapped(&place, BODY, screen.columns)].concat(),
        };
        for (at, line) in lines.iter().enumerate() {
            let ink = if at == 0 { ink } else { Ink::Plain };
            self.inked(mark, ink, screen, line);
        }
        let body = |text: &str, begin: [&str; 2]| {
            wrapped(&column(text), begin, screen.columns).iter().for_each(|line| self.line(line));
        };
        body(&finding.message(self.language), BODY);
        match finding.settled_by() {
            Some(reason) => {
                let (chinese, english) = if finding.waived.is_some() {
                    ("已豁免", "waived")
                } else {
                    ("已说明", "explained")
                };
                body(&self.language.of(format!("{chinese}：{reason}"), format!("{english}: {reason}")), BODY)
            }
            None => body(&finding.remedy(self.language), REMEDY),
        }
    }

    /// How often each code occurs, the most frequent first.
    fn statistics(&self, evaluation: &Evaluation) {
        let mut counts: BTreeMap<&str, (Severity, usize, usize)> = BTreeMap::new();
        for finding in &evaluation.findings {
            let (_, told, all) =
                counts.entry(finding.problem.code()).or_insert((finding.problem.severity(), 0, 0));
            *told += usize::from(finding.cause.is_none());
            *all += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(code, (severity, told, all))| {
            (std::cmp::Reverse((*told, *all)), *severity, *code)
        });
        for (code, (severity, told, all)) in counts {
            let title = pages::title(code);
            match self.format {
                Format::Json => self.json(&json!({ "code": code, "severity": severity.key(), "told": told, "all": all, "title": title })),
                Format::Text => {
                    let folded = all.saturating_sub(told);
                    let folded = match folded {
                        0 => String::new(),
                        _ => self.language.of(format!("（另有{folded}项随之而来）"), format!(" ({folded} more follow)")),
                    };
                    self.line(&format!("{told:>5}  {code}  {}  {title}{folded}", self.severity(severity)));
                }
            }
        }
    }

    /// What to do next about a round.
    pub(super) fn next_step(&self, evaluation: &Evaluation, round: &str, screen: &Screen) {
        if !self.tells() || !screen.is_terminal {
            return;
        }
        let open = evaluation.findings.iter().any(|finding| finding.severity() == Severity::Error);
        let next = self.language.of("下一步：", "next: ");
        let command = if open {
            format!("duibiao query issue {round} --by {}", self.language.of("<经办人>", "<name>"))
        } else {
            format!("duibiao run {round}")
        };
        self.prose(&format!("{next}{command}"));
    }
}
