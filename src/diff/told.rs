//! The words of a comparison, in Chinese or in English: lines for a terminal.

use super::causes::{ChangedFigure, FigureCause};
use super::scores::{ScoreKind, ScoreRow};
use super::split::{LinkPart, RANGE_PLACES, RowPart, ScoreSplit};
use super::{CityDiff, Diff, VerdictChange};
use crate::assess::State;
use crate::finding::Language;
use crate::ledger::Exact;
use crate::plan::LinkCause;
use crate::words::{link_name, state_mark};

/// Digits behind the point of scores and their parts.
const PLACES: u32 = 4;
/// Digits behind the point of the points of a row.
const POINTS: u32 = 2;
/// Rows of a link that are told one by one.
const MOST_ROWS: usize = 6;
/// Figures of a cause that are told one by one.
const MOST_FIGURES: usize = 8;
/// Inputs that are told one by one.
const MOST_INPUTS: usize = 8;

/// Words in one of the languages.
pub(super) struct Teller {
    pub(super) language: Language,
}

impl Teller {
    pub(super) fn say(&self, chinese: impl Into<String>, english: impl Into<String>) -> String {
        match self.language {
            Language::Chinese => chinese.into(),
            Language::English => english.into(),
        }
    }

    /// What a score is called.
    pub(super) fn measure(&self, measure: ScoreKind) -> String {
        match measure {
            ScoreKind::MissingAsZero => self.say("缺报计零得分", "score, missing as zero"),
            ScoreKind::Assessable => self.say("得分（按可评项）", "score of what can be judged"),
        }
    }

    /// What a cause is called.
    pub(super) fn cause(&self, cause: Option<FigureCause>) -> String {
        match cause {
            Some(FigureCause::Returned) => self.say("新报送", "new return"),
            Some(FigureCause::Restated) => self.say("上年数修订", "value of an earlier year"),
            Some(FigureCause::Target) => self.say("目标调整", "target"),
            Some(FigureCause::Weight) => self.say("权重", "weight"),
            Some(FigureCause::Parameter) => self.say("评分方法或参数", "method or parameters"),
            Some(FigureCause::Decided) => self.say("人工决定和豁免", "decisions and waivers"),
            Some(FigureCause::Catalogue) => self.say("目录", "catalogue"),
            Some(FigureCause::Program) => self.say("程序版本", "program version"),
            None => self.say("没有来处", "no origin"),
        }
    }

    /// A verdict with its mark; a dash where there is none.
    pub(super) fn state(&self, state: Option<State>) -> String {
        match state {
            None => "—".to_owned(),
            Some(state) => {
                let words = self.say(state.chinese(), state.key().replace('_', " "));
                format!("{} {words}", state_mark(state))
            }
        }
    }

    /// What people call a figure; of the second of two targets they know the word.
    pub(super) fn title(&self, title: &str) -> String {
        let title = title.replace("@intended", &self.say("（完成值）", " (intended)"));
        title.replace("@stretch", &self.say("（力争值）", " (stretch)"))
    }

    pub(super) fn or_dash(text: Option<&String>) -> String {
        text.cloned().unwrap_or_else(|| "—".to_owned())
    }

    /// Of which years, or that both are of one.
    pub(super) fn years(&self, diff: &Diff) -> String {
        let (was, is) = (diff.before.year, diff.after.year);
        if was == is {
            self.say(format!("{is}年　改前 → 改后"), format!("{is}  before → after"))
        } else {
            self.say(format!("{was}年 → {is}年"), format!("{was} → {is}"))
        }
    }

    /// The range over orders behind a part.
    pub(super) fn range(&self, link: &LinkPart) -> String {
        let Some((low, high)) = &link.range else {
            return self.say("只有一种次序", "one order only");
        };
        let (low, high) = (low.fixed(RANGE_PLACES), high.fixed(RANGE_PLACES));
        if low == high {
            return self.say("换序不变", "the same in any order");
        }
        self.say(format!("换序在{low}至{high}之间"), format!("{low} to {high} by order"))
    }

    /// What became of a row in a link.
    pub(super) fn row(&self, cause: LinkCause, row: &RowPart) -> String {
        let of = |part: fn(&ScoreRow) -> String| {
            let text = |row: &Option<ScoreRow>| row.as_ref().map_or_else(|| "—".to_owned(), part);
            (text(&row.was), text(&row.is))
        };
        let actual = |row: &ScoreRow| row.actual.clone().unwrap_or_else(|| "—".to_owned());
        let state = |row: &Option<ScoreRow>| self.state(row.as_ref().and_then(|row| row.state));
        let (name, (was, is)) = match cause {
            LinkCause::Coverage => return format!("{} → {}", state(&row.was), state(&row.is)),
            LinkCause::Targets => (self.say("目标", "target"), of(|row| row.target.clone())),
            LinkCause::Weights => (self.say("权重", "weight"), of(|row| row.weight.to_string())),
            _ => (self.say("实绩", "actual"), of(actual)),
        };
        if was == is {
            format!("{} → {}", state(&row.was), state(&row.is))
        } else {
            format!("{name} {was} → {is}")
        }
    }

    /// The points of a row before and after a link.
    pub(super) fn points(&self, row: &RowPart) -> String {
        let of = |row: &Option<ScoreRow>| match row.as_ref() {
            None => "—".to_owned(),
            Some(row) => {
                row.points.as_ref().map_or_else(|| self.say("无判定", "open"), |points| points.fixed(POINTS))
            }
        };
        format!("{} → {}", of(&row.was), of(&row.is))
    }

    /// A verdict that is another one.
    pub(super) fn verdict(&self, one: &VerdictChange) -> String {
        let tier = match one.tier {
            None => String::new(),
            Some("intended") => self.say("（完成值）", " (intended)"),
            Some(_) => self.say("（力争值）", " (stretch)"),
        };
        format!("{}{tier} {}→{}", one.no, self.state(one.was), self.state(one.is))
    }

    /// The place of a city before any link and after each that moves it: `3 →（目标）5 →（实绩）2`.
    pub(super) fn ranks(&self, city: &CityDiff) -> String {
        let place = |rank: Option<usize>| {
            rank.map_or_else(|| self.say("不列位次", "unplaced"), |rank| rank.to_string())
        };
        let mut words = String::new();
        let mut known = None;
        for (cause, rank) in &city.ranks {
            match (cause, known) {
                (None, _) => words.push_str(&place(*rank)),
                (Some(_), Some(before)) if before == *rank => {}
                (Some(cause), _) => {
                    let name = link_name(*cause, self.language);
                    words.push_str(&self.say(
                        format!(" →（{name}）{}", place(*rank)),
                        format!(" → ({name}) {}", place(*rank)),
                    ));
                }
            }
            known = Some(*rank);
        }
        let moved = words.contains('→');
        if moved {
            return words;
        }
        format!("{words} → {words}")
    }

    fn split(&self, split: &ScoreSplit) -> Vec<String> {
        let score = |score: &Option<Exact>| {
            score.as_ref().map_or_else(|| self.say("没有得分", "none"), |score| score.fixed(PLACES))
        };
        let (name, was, is) = (self.measure(split.measure), score(&split.before), score(&split.after));
        let change = split.change().map_or_else(String::new, |change| {
            let change = change.fixed(PLACES);
            self.say(format!("　变动{change}"), format!("  change {change}"))
        });
        let gap = self.say("　", "  ");
        let mut lines = vec![format!("{name}{gap}{was} → {is}{change}")];
        if split.is_broken() {
            let words = self.say(
                "　　其中一环没有可评的指标，不能分解",
                "    nothing can be judged in one of the links: not split",
            );
            lines.push(words);
        }
        let links: Vec<&LinkPart> = split.links.iter().filter(|link| !link.is_nothing()).collect();
        for link in &links {
            lines.extend(self.link(link));
        }
        if let Some(change) = split.change().filter(|_| !links.is_empty()) {
            let change = change.fixed(PLACES);
            lines.push(self.say(
                format!("　　合计　{change}（各部分以分数精确相加）"),
                format!("    total  {change} (parts add up exactly, as fractions)"),
            ));
        }
        lines
    }

    fn link(&self, link: &LinkPart) -> Vec<String> {
        let (name, part) = (link_name(link.cause, self.language), link.part.fixed(PLACES));
        let range = self.range(link);
        let mark = if link.turns() { self.say("＃", " #") } else { String::new() };
        let mut lines = vec![self.say(
            format!("　　{name}　{part}{mark}（{range}）"),
            format!("    {name}  {part}{mark} ({range})"),
        )];
        for row in link.rows.iter().take(MOST_ROWS) {
            let Some(named) = row.is.as_ref().or(row.was.as_ref()) else { continue };
            let (no, name, part) = (&named.no, &named.name, row.part.fixed(PLACES));
            let (what, points) = (self.row(link.cause, row), self.points(row));
            lines.push(self.say(
                format!("　　　　{no} {name}　{what}　得分 {points}　{part}"),
                format!("        {no} {name}  {what}  points {points}  {part}"),
            ));
        }
        let rest: Vec<&RowPart> = link.rows.iter().skip(MOST_ROWS).collect();
        if !rest.is_empty() {
            let count = rest.len();
            let sum = rest.iter().fold(Exact::zero(), |sum, row| sum.plus(&row.part)).fixed(PLACES);
            lines.push(
                self.say(format!("　　　　其余{count}项　{sum}"), format!("        {count} others  {sum}")),
            );
        }
        if !link.taken_off.is_zero() {
            let part = link.taken_off.fixed(PLACES);
            lines.push(self.say(
                format!("　　　　扣分和总分上限　{part}"),
                format!("        points taken off, and their limit  {part}"),
            ));
        }
        lines
    }

    /// The verdicts that changed, of what counts for the score one by one.
    fn verdicts(&self, city: &CityDiff) -> String {
        let (counted, others): (Vec<&VerdictChange>, Vec<&VerdictChange>) =
            city.verdicts.iter().partition(|one| one.is_counted);
        let words: Vec<String> = counted.iter().map(|one| self.verdict(one)).collect();
        let (count, more) = (counted.len(), others.len());
        let told = match count {
            0 => self.say("判定没有改变", "no verdict changed"),
            _ => self.say(
                format!("判定改变{count}项：{}", words.join("；")),
                format!("{count} verdicts changed: {}", words.join("; ")),
            ),
        };
        if more == 0 {
            return told;
        }
        told + &self.say(
            format!("；不计分的目标另有{more}项"),
            format!("; and {more} of targets that do not count for the score"),
        )
    }

    pub(super) fn city(&self, diff: &Diff, city: &CityDiff) -> Vec<String> {
        let years = self.years(diff);
        if city.is_unchanged() {
            let words =
                self.say("得分、判定、完成率和名次没有变动", "scores, verdicts, rate and place are the same");
            return vec![format!("{}　{years}　{words}", city.name)];
        }
        let mut lines = vec![format!("{}　{years}", city.name)];
        lines.extend(city.scores.iter().flat_map(|split| self.split(split)));
        lines.push(self.verdicts(city));
        let pair = |[was, is]: &[Option<String>; 2]| {
            format!("{} → {}", Self::or_dash(was.as_ref()), Self::or_dash(is.as_ref()))
        };
        let (rate, grade, ranks) = (pair(&city.rate), pair(&city.grade), self.ranks(city));
        let (was, is) = (diff.before.cities, diff.after.cities);
        lines.push(self.say(
            format!("完成率　{rate}；等次　{grade}；名次　{ranks}（共{was}、{is}个）"),
            format!("rate  {rate}; grade  {grade}; place  {ranks} (of {was}, {is})"),
        ));
        lines
    }

    /// Where a figure begins to differ: the first leaf, of a workbook its cell.
    pub(super) fn origin(&self, one: &ChangedFigure) -> String {
        let Some(first) = one.origins.first() else { return String::new() };
        let short = |text: Option<&String>| -> String { Self::or_dash(text).chars().take(40).collect() };
        let what = match (first.cells.first(), &first.was, &first.is) {
            (Some(cell), ..) => {
                format!("{} {} → {}", cell.label, short(cell.was.as_ref()), short(cell.is.as_ref()))
            }
            (None, Some(_), Some(_)) if one.cause == Some(FigureCause::Returned) => {
                self.say(format!("{} 内容不同", first.id), format!("{} has other contents", first.id))
            }
            (None, None, _) if one.cause == Some(FigureCause::Returned) => {
                self.say(format!("{} 改前没有", first.id), format!("{} was not there", first.id))
            }
            (None, _, None) if one.cause == Some(FigureCause::Returned) => {
                self.say(format!("{} 改后没有", first.id), format!("{} is not there", first.id))
            }
            (None, was, is) => format!("{} {} → {}", first.id, short(was.as_ref()), short(is.as_ref())),
        };
        let more = match one.origins.len().saturating_sub(1) {
            0 => String::new(),
            more => self.say(format!("，另有{more}处"), format!(", and {more} more")),
        };
        self.say(format!("　← {what}{more}"), format!("  ← {what}{more}"))
    }

    pub(super) fn figures(&self, diff: &Diff) -> Vec<String> {
        let (count, words) = diff.counted();
        let mut lines = vec![self.say(
            format!("刊出的数字变了{count}个，判定和等次变了{words}处"),
            format!("{count} printed figures changed, and {words} verdicts and grades"),
        )];
        let causes = FigureCause::ALL.into_iter().map(Some).chain([None]);
        for cause in causes {
            let own: Vec<&ChangedFigure> = diff.changes.iter().filter(|one| one.cause == cause).collect();
            if own.is_empty() {
                continue;
            }
            let (name, count) = (self.cause(cause), own.len());
            lines.push(self.say(format!("　　{name}　{count}个"), format!("    {name}  {count}")));
            for one in own.iter().take(MOST_FIGURES) {
                let (was, is) = (Self::or_dash(one.was.as_ref()), Self::or_dash(one.is.as_ref()));
                let origin = self.origin(one);
                lines.push(self.say(
                    format!("　　　　{}　{was} → {is}{origin}", self.title(&one.title)),
                    format!("        {}  {was} → {is}{origin}", self.title(&one.title)),
                ));
            }
            let more = count.saturating_sub(MOST_FIGURES);
            if more > 0 {
                lines.push(self.say(format!("　　　　另有{more}个"), format!("        {more} more")));
            }
        }
        lines
    }

    /// The inputs that are not the same although nothing that is printed is another.
    pub(super) fn inputs(&self, diff: &Diff) -> Vec<String> {
        let count = diff.inputs.len();
        if count == 0 {
            return Vec::new();
        }
        let names: Vec<&str> = diff.inputs.iter().take(MOST_INPUTS).map(String::as_str).collect();
        let more = count.saturating_sub(names.len());
        let more = if more > 0 {
            self.say(format!("等{count}个"), format!(" and {more} more"))
        } else {
            String::new()
        };
        let names = names.join(&self.say("、", ", "));
        vec![self.say(format!("输入不同：{names}{more}"), format!("inputs that differ: {names}{more}"))]
    }
}
