//! Targets stated in prose, clause by clause.

use std::ops::Range;

use super::clauses::{clauses, masked, pieces, sentences};
use super::kinds::{self, Around};
use super::lexicon::{LEADS, NumberTail, WordSense};
use super::names::key;
use super::naming::{SHORTEST, name, of_rank, printed, scope, with_growth, with_subject, without_leads};
use super::numbers::{MeasuredNumber, Numeral, is_scale, numerals};
use super::passage::{ending, holds};
use super::reading::{ClausePiece, LastTarget, ProseLine, ProseSetting, SentenceState};
use super::repeats::repeats;
use super::rows::names_row;
use super::values::{self, Worded};
use super::years::{
    behind_part_of_year, is_base, is_part_of_year, own_year, period_end, speaks_of_years, tells_of_the_past,
    years,
};
use super::{DraftTarget, OpenFields, OpenReason};
use crate::plan::Direction;

/// The targets of a line.
pub(super) fn targets(line: &ProseLine, setting: &ProseSetting) -> Vec<DraftTarget> {
    let text = masked(line.text.plain.get(..line.end).unwrap_or_default());
    let mut found = Vec::new();
    let mut year = setting.usual_year;
    for sentence in sentences(&text) {
        let mut held = SentenceState::default();
        for clause in clauses(&text, sentence.clone()) {
            let clause = without_mark(&text, clause);
            let words = text.get(clause.clone()).unwrap_or_default();
            // 其中2024年100家、2025年200家: each piece has its year, and the sentence goes on with its own.
            let (before, mut names_year) = (year, false);
            if let Some(named) = own_year(words) {
                year = Some(named);
                held.names_year = true;
            }
            let hoped = held.hopes;
            held.hopes |= hopes(words.rsplit_once(':').map_or(words, |(_, behind)| behind)) || hopes(words);
            let says_yearly = words.contains("每年");
            held.is_yearly |= says_yearly;
            if tells_of_the_past(words, year, setting.first_year) {
                continue;
            }
            held.adds = false;
            held.respectively = None;
            let last = std::mem::replace(&mut year, before);
            for at in pieces(&text, clause.clone()) {
                let words = text.get(at.clone()).unwrap_or_default();
                let own = own_year(words);
                (year, names_year) = (own.or(year), names_year || own.is_some());
                // 增长8%、力争10%: the first is expected.
                let says_hope = hopes(text.get(clause.start..at.end).unwrap_or_default());
                let piece = ClausePiece {
                    text: words,
                    quote: line.text.quote(at.clone()),
                    at,
                    year,
                    names_year,
                    is_year_of_plan: setting.usual_year.is_some()
                        && setting.usual_year == setting.first_year
                        && year == setting.usual_year
                        && !speaks_of_years(words),
                    hopes: hoped || says_hope,
                    says_hope,
                    is_yearly: held.is_yearly,
                    says_yearly,
                    line: line.number,
                };
                let own = read(&piece, line, setting, &mut held);
                found.extend(own);
            }
            year = if words.starts_with("其中") { before } else { last };
        }
    }
    for target in &mut found {
        target.task = line.task.map(str::to_owned);
    }
    found
}

/// Whether a clause hopes: 力争 anywhere, 争取 and 努力 where they begin it.
fn hopes(words: &str) -> bool {
    let begun = without_leads(words, &["到", "全市", "全省"]);
    words.contains("力争") || words.contains("力求") || begun.starts_with("争取") || words.contains("努力")
}

/// A clause without the number or the sign of a list before it: 1. 2019年… is no 1.2019.
fn without_mark(text: &str, clause: Range<usize>) -> Range<usize> {
    let words = text.get(clause.clone()).unwrap_or_default();
    let marked = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - marked.len();
    let behind = marked.strip_prefix(['.', '、', ')', '．']);
    if let Some(behind) = behind.filter(|_| (1..=2).contains(&digits)) {
        // 3.5% is a number, 3.2019年 is not.
        let is_year = matches!(numerals(behind).first(), Some(Numeral::Year(at, _)) if at.start == 0);
        if is_year || !behind.starts_with(|c: char| c.is_ascii_digit()) {
            return clause.end - behind.len()..clause.end;
        }
    }
    let bare =
        words.trim_start_matches(['—', '-', '●', '·', '•', '◆', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨']);
    clause.end - bare.len()..clause.end
}

fn read(
    piece: &ClausePiece,
    line: &ProseLine,
    setting: &ProseSetting,
    held: &mut SentenceState,
) -> Vec<DraftTarget> {
    let worded = values::worded(piece.text);
    if !worded.is_empty() {
        return worded.into_iter().map(|one| of_words(piece, one, setting, held)).collect();
    }
    let quantities: Vec<MeasuredNumber> = numerals(piece.text).into_iter().filter_map(as_quantity).collect();
    let taken: Vec<&MeasuredNumber> =
        quantities.iter().filter(|one| is_target(piece.text, one, quantities.len())).collect();
    if taken.is_empty() {
        if piece.text.chars().count() > 3 && quantities.is_empty() {
            piece.text.clone_into(&mut held.subject);
        }
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut begin = 0;
    // 上半年1200亩,全年2500亩: the first is listed, and the second speaks of the same.
    let head = taken.first().and_then(|first| piece.text.get(..first.at.start)).unwrap_or_default();
    if is_part_of_year(head) {
        let subject = behind_part_of_year(head).trim_start_matches("完成");
        if subject.chars().count() >= SHORTEST {
            subject.clone_into(&mut held.subject);
        }
        return Vec::new();
    }
    let respectively = holds(piece.text, &["分别", "依次"]);
    for quantity in taken {
        let mut target = of_quantity(piece, quantity, begin, (line, setting), held);
        of_several(&mut target, respectively, quantity.at.start == 0, held);
        begin = quantity.at.end;
        found.push(target);
    }
    found
}

/// 总量分别下降8%、8%、10%: those behind the first say what the first says.
fn of_several(target: &mut DraftTarget, respectively: bool, is_bare: bool, held: &mut SentenceState) {
    if let Some(first) = held.respectively.as_ref().filter(|_| is_bare) {
        (target.kind, target.op, target.is_lower) = (first.kind, first.op, first.is_lower);
        target.name.clone_from(&first.name);
        for field in ["name", "kind", "op"] {
            target.open.chosen(field, OpenReason::Respectively);
        }
    } else if respectively {
        // 分别增长7%、8%左右: 左右 may hold for both.
        for field in ["name", "op"] {
            target.open.chosen(field, OpenReason::Respectively);
        }
        held.respectively = Some(target.clone());
    }
}

fn as_quantity(one: Numeral) -> Option<MeasuredNumber> {
    if let Numeral::MeasuredNumber(quantity) = one { Some(quantity) } else { None }
}

/// Words before a number without unit that make it a target: 缩小到1.73.
fn is_target(text: &str, quantity: &MeasuredNumber, of: usize) -> bool {
    let behind = text.get(quantity.at.end..).unwrap_or_default();
    let head = text.get(..quantity.at.start).unwrap_or_default();
    // 由5%提高到10%, 产值超10亿元的企业: no value that is to be reached.
    let is_from = ending(head, &["由", "从"]).is_some();
    if is_from || behind.starts_with('的') || (of > 1 && describes(quantity, behind)) {
        return false;
    }
    if !quantity.unit.is_empty() {
        return true;
    }
    quantity.before.is_some() && behind.is_empty()
}

/// 超10亿元企业2家, 500万元以上项目30个: the first says what is counted.
fn describes(quantity: &MeasuredNumber, behind: &str) -> bool {
    let limits =
        matches!(quantity.before, Some((_, WordSense::More | WordSense::Surpass | WordSense::Least)))
            || quantity.behind == Some(NumberTail::Least);
    let next = numerals(behind).into_iter().find_map(as_quantity);
    let counts = next.filter(|next| next.before.is_none() && !next.unit.is_empty() && next.unit != "%");
    limits
        && counts.is_some_and(|next| {
            (2..=10).contains(&behind.get(..next.at.start).unwrap_or_default().chars().count())
        })
}

fn of_quantity(
    piece: &ClausePiece,
    quantity: &MeasuredNumber,
    begin: usize,
    (line, setting): (&ProseLine, &ProseSetting),
    held: &mut SentenceState,
) -> DraftTarget {
    let mut open = OpenFields::default();
    let before = piece.text.get(begin..quantity.at.start).unwrap_or_default();
    let after = piece.text.get(quantity.at.end..).unwrap_or_default();
    let name = name(before, after, quantity, &mut open);
    let name = printed(line.text, piece, &name).unwrap_or(name);
    let base_year =
        years(before).into_iter().filter(|(at, _)| is_base(before, at)).map(|(_, year)| year).next_back();
    let around = Around { name: &name, before, is_yearly: piece.is_yearly, adds: held.adds, base_year };
    let kind = kinds::kind(quantity, &around, &mut open);
    let (kind, name) = subject(kind, name, quantity, held, &mut open);
    let id = setting.known.find(&name);
    let direction = id.and_then(|id| setting.known.direction(id));
    let (op, is_lower) = kinds::operator(quantity, kind, &name, direction, &mut open);
    let mut target = start(piece, kind, name, op);
    target.base_year = base_year.filter(|_| matches!(kind, "growth" | "average_growth"));
    if kind == "average_growth" && base_year.is_none() {
        target.base_year = setting.baseline;
        match setting.baseline {
            Some(_) => open.chosen("base_year", OpenReason::GrowthOn),
            None => open.missing("base_year", OpenReason::GrowthOn),
        }
    }
    target.is_lower = is_lower;
    target.unit = Some(quantity.unit.clone()).filter(|unit| !unit.is_empty());
    match target.unit.as_deref() {
        None => open.missing("unit", OpenReason::NoUnit),
        Some(unit) if is_scale(unit) => open.chosen("unit", OpenReason::WhichUnit),
        Some(_) => {}
    }
    match &quantity.high {
        Some(high) => target.bounds = Some((quantity.low.clone(), high.clone())),
        None => target.value = Some(quantity.low.clone()),
    }
    target.recurring = piece.is_yearly && !matches!(quantity.unit.as_str(), "%" | "百分点");
    if !target.recurring {
        target.open.0.retain(|one| one.field != "recurring");
    }
    // In a plan of one year a sum is that of the year.
    let has_years = target.year.zip(setting.first_year).is_some_and(|(year, first)| first < year);
    target.cumulative = has_years
        && matches!(kind, "level" | "increment")
        && !piece.is_yearly
        && piece.text.get(..quantity.at.start).is_some_and(|before| before.contains("累计"));
    if target.cumulative {
        open.chosen("cumulative", OpenReason::Cumulative);
    }
    scope(&target.name, id.is_some(), held, &mut open);
    target.open.0.extend(open.0);
    repeats(&mut target, id, setting);
    target
}

/// Kind and name of a quantity with what the sentence said before it. 新增80家,力争100家: what has no name of its own is what the one before
/// is.
fn subject(
    own: &'static str,
    mut name: String,
    quantity: &MeasuredNumber,
    held: &mut SentenceState,
    open: &mut OpenFields,
) -> (&'static str, String) {
    let grows = |kind: &str| matches!(kind, "growth" | "average_growth");
    let reaches = matches!(quantity.before, Some((_, WordSense::Reach | WordSense::FallTo)));
    let last = held.last.take().filter(|last| name.is_empty() && last.unit == quantity.unit);
    let mut kind = own;
    if let Some(last) = last.as_ref().filter(|last| own == "level" && !(reaches && last.kind == "increment"))
    {
        kind = last.kind;
        open.carried("kind", OpenReason::Carried);
    }
    held.adds |= kind == "increment";
    with_subject(&mut name, held, open);
    let says_growth = matches!(quantity.before, Some((_, WordSense::Grow)));
    name = match kind {
        // 增长6.5%,力争7%: the growth of the same.
        _ if grows(kind) && last.as_ref().is_some_and(|last| grows(last.kind)) => {
            last.map(|last| last.name).unwrap_or(name)
        }
        "growth" | "average_growth" => with_growth(name, quantity),
        "range" if says_growth => with_growth(name, quantity),
        "rank" => of_rank(&name),
        "rank_change" => format!("{}提升位次", name.replace("力争", "").trim_end_matches("进位")),
        _ => name,
    };
    held.last = Some(LastTarget { kind, unit: quantity.unit.clone(), name: name.clone() });
    (kind, name)
}

/// A target of a piece, with what the sentence carries on.
fn start(piece: &ClausePiece, kind: &'static str, name: String, op: Option<&'static str>) -> DraftTarget {
    let mut open = OpenFields::default();
    // 2024年、2025年各完成10个 sets more than one.
    if piece.text.contains('各') && years(piece.text).len() > 1 {
        open.chosen("year", OpenReason::Respectively);
    }
    match piece.year {
        Some(_) if piece.is_year_of_plan => {}
        Some(_) if !piece.names_year => open.carried("year", OpenReason::Carried),
        Some(_) if years(piece.text).is_empty() && period_end(piece.text).is_some() => {
            open.chosen("year", OpenReason::PeriodEnd);
        }
        Some(_) => {}
        None => open.missing("year", OpenReason::NoYear),
    }
    let strength = if holds(piece.text, &["确保", "必须", "不得"]) {
        "binding"
    } else if piece.hopes {
        "aspired"
    } else {
        "expected"
    };
    if strength == "aspired" && !piece.says_hope {
        open.carried("strength", OpenReason::Carried);
    }
    if piece.is_yearly && !piece.says_yearly {
        open.carried("recurring", OpenReason::Carried);
    }
    DraftTarget {
        name,
        year: piece.year,
        kind,
        op,
        strength,
        line: piece.line,
        quote: piece.quote.trim_matches(['、', '(', ')']).to_owned(),
        open,
        ..DraftTarget::default()
    }
}

/// A target without digits: 百亿级, 全覆盖, 高于全市平均水平, 验收通过.
fn of_words(
    piece: &ClausePiece,
    worded: Worded,
    setting: &ProseSetting,
    held: &mut SentenceState,
) -> DraftTarget {
    let name = without_leads(&worded.name, LEADS).to_owned();
    let mut target = start(piece, worded.kind, name, worded.op);
    target.value = worded.value;
    target.bounds = None;
    target.reference = worded.reference;
    target.base_year = worded.base_year;
    target.undefined = worded.undefined;
    target.unit = worded.unit;
    target.recurring = piece.is_yearly && worded.kind == "level";
    if !target.recurring {
        target.open.0.retain(|one| one.field != "recurring");
    }
    for (field, reason) in worded.open {
        target.open.chosen(field, reason);
    }
    if worded.needs_year && !held.names_year && !piece.is_yearly {
        target.undated = true;
        target.open.chosen("undated", OpenReason::NoYear);
    }
    if target.name.chars().count() < SHORTEST && !held.subject.is_empty() {
        target.open.carried("name", OpenReason::Subject(held.subject.chars().take(20).collect()));
        target.name = format!("{}{}", held.subject, target.name);
    }
    if worded.kind == "relative" {
        let id = setting.known.find(&target.name);
        target.is_lower = id.and_then(|id| setting.known.direction(id)) == Some(Direction::Lower)
            || matches!(target.op, Some("<" | "<="));
        scope(&target.name, id.is_some(), held, &mut target.open);
        let reference = target.reference.clone().unwrap_or_default();
        let other = setting.rows.iter().find(|row| names_row(&reference, &row.name));
        if let Some(row) = other.filter(|row| key(&row.name) != key(&target.name)) {
            target.against = Some(row.no.clone());
            target.open.chosen("against", OpenReason::Reference);
        }
    }
    let id = setting.known.find(&target.name).map(str::to_owned);
    if !matches!(target.kind, "milestone" | "magnitude") {
        repeats(&mut target, id.as_deref(), setting);
    }
    target
}
