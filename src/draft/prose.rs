//! Targets stated in prose, clause by clause.

use std::ops::Range;

use super::clauses::{clauses, masked, pieces, sentences};
use super::kinds::{self, Around};
use super::lexicon::{BARE_VERBS, LEADS, PAST};
use super::names::{Known, key, likeness};
use super::numbers::{Amount, Numeral, is_scale, numerals};
use super::passage::{NUMERALS, Passage, beginning, ending, holds};
use super::values::{self, Worded};
use super::{DraftRow, DraftTarget, OpenFields, OpenReason};
use crate::plan::Direction;

/// What is known before a passage is read.
pub(super) struct ProseSetting<'a> {
    /// The catalogue's names.
    pub(super) known: &'a Known<'a>,
    /// The rows of the table.
    pub(super) rows: &'a [DraftRow],
    /// The first year that the plan sets targets for.
    pub(super) first_year: Option<i32>,
    /// The year that holds where none is named.
    pub(super) usual_year: Option<i32>,
}

/// A line to be read.
pub(super) struct ProseLine<'a> {
    pub(super) number: usize,
    pub(super) text: &'a Passage,
    /// Where what is read of it ends.
    pub(super) end: usize,
    pub(super) task: Option<&'a str>,
}

/// What holds on to the end of a sentence.
#[derive(Default)]
struct Sentence {
    hopes: bool,
    is_yearly: bool,
    subject: String,
    scope: Option<String>,
    adds: bool,
    /// The first target of a clause that sets several numbers to several names.
    respectively: Option<DraftTarget>,
}

/// A piece of a clause with what holds for it.
struct ClausePiece<'a> {
    text: &'a str,
    at: Range<usize>,
    /// The quote: the piece without a number of the list before it.
    quote: String,
    year: Option<i32>,
    names_year: bool,
    hopes: bool,
    says_hope: bool,
    is_yearly: bool,
    says_yearly: bool,
    line: usize,
}

/// The targets of a line.
pub(super) fn targets(line: &ProseLine, setting: &ProseSetting) -> Vec<DraftTarget> {
    let text = masked(line.text.plain.get(..line.end).unwrap_or_default());
    let mut found = Vec::new();
    let mut year = setting.usual_year;
    for sentence in sentences(&text) {
        let mut held = Sentence::default();
        for clause in clauses(&text, sentence.clone()) {
            let clause = without_mark(&text, clause);
            let words = text.get(clause.clone()).unwrap_or_default();
            let own = own_year(words);
            if let Some(named) = own {
                year = Some(named);
            }
            let says_hope = hopes(words.rsplit_once(':').map_or(words, |(_, behind)| behind));
            held.hopes |= says_hope || hopes(words);
            let says_yearly = words.contains("每年");
            held.is_yearly |= says_yearly;
            if tells_of_the_past(words, year, setting.first_year) {
                continue;
            }
            held.adds = false;
            held.respectively = None;
            for at in pieces(&text, clause) {
                let words = text.get(at.clone()).unwrap_or_default();
                let piece = ClausePiece {
                    text: words,
                    quote: line.text.quote(at.clone()),
                    at,
                    year,
                    names_year: own.is_some(),
                    hopes: held.hopes,
                    says_hope,
                    is_yearly: held.is_yearly,
                    says_yearly,
                    line: line.number,
                };
                let own = read(&piece, line, setting, &mut held);
                found.extend(own);
            }
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

/// The year for which a clause sets targets: the last that is named as none of a base.
fn own_year(words: &str) -> Option<i32> {
    let named =
        years(words).into_iter().filter(|(at, _)| !is_base(words, at)).map(|(_, year)| year).next_back();
    named.or_else(|| period_end(words))
}

fn years(words: &str) -> Vec<(Range<usize>, i32)> {
    let year = |one: Numeral| if let Numeral::Year(at, year) = one { Some((at, year)) } else { None };
    numerals(words).into_iter().filter_map(year).collect()
}

/// Periods by their names, with their last years.
const PERIODS: [(&str, i32); 5] =
    [("“十三五”", 2020), ("“十四五”", 2025), ("十四五末", 2025), ("“十五五”", 2030), ("“十二五”", 2015)];

fn period_end(words: &str) -> Option<i32> {
    PERIODS.iter().find(|(name, _)| words.contains(name)).map(|(_, year)| *year)
}

/// Whether a year is one that others are compared with: 比2020年, 2020年的5%.
fn is_base(words: &str, at: &Range<usize>) -> bool {
    let head = words.get(..at.start).unwrap_or_default();
    let tail = words.get(at.end..).unwrap_or_default();
    // 占比2025年达到 says nothing of a base.
    let is_compared = ending(head, &["比", "较", "与", "由", "从", "自", "相比于", "对比"]).is_some()
        && ending(head, &["占比", "之比", "同比"]).is_none();
    let is_named =
        beginning(tail, &["相比", "基础上", "为基", "水平上", "的基础", "以来", "不变价"]).is_some();
    is_compared || is_named
}

fn tells_of_the_past(words: &str, own: Option<i32>, first: Option<i32>) -> bool {
    let is_before = own.zip(first).is_some_and(|(own, first)| own < first);
    let is_document =
        words.contains("三年行动") && words.contains('《') || words.contains('〔') && words.contains("号");
    is_before || is_document || holds(words, PAST) || words.contains("发布时间")
}

fn read(
    piece: &ClausePiece,
    line: &ProseLine,
    setting: &ProseSetting,
    held: &mut Sentence,
) -> Vec<DraftTarget> {
    let worded = values::worded(piece.text);
    if !worded.is_empty() {
        return worded.into_iter().map(|one| of_words(piece, one, setting, held)).collect();
    }
    let quantities: Vec<Amount> = numerals(piece.text).into_iter().filter_map(as_quantity).collect();
    let taken: Vec<&Amount> =
        quantities.iter().filter(|one| is_target(piece.text, one, quantities.len())).collect();
    if taken.is_empty() {
        if piece.text.chars().count() > 3 && quantities.is_empty() {
            piece.text.clone_into(&mut held.subject);
        }
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut begin = 0;
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
fn of_several(target: &mut DraftTarget, respectively: bool, is_bare: bool, held: &mut Sentence) {
    if let Some(first) = held.respectively.as_ref().filter(|_| is_bare) {
        (target.kind, target.op, target.is_lower) = (first.kind, first.op, first.is_lower);
        target.name.clone_from(&first.name);
        for field in ["name", "kind", "op"] {
            target.open.chosen(field, OpenReason::Respectively);
        }
    } else if respectively {
        target.open.chosen("name", OpenReason::Respectively);
        held.respectively = Some(target.clone());
    }
}

fn as_quantity(one: Numeral) -> Option<Amount> {
    if let Numeral::Amount(quantity) = one { Some(quantity) } else { None }
}

/// Words before a number without unit that make it a target: 缩小到1.73.
fn is_target(text: &str, quantity: &Amount, of: usize) -> bool {
    let behind = text.get(quantity.at.end..).unwrap_or_default();
    let head = text.get(..quantity.at.start).unwrap_or_default();
    // 由5%提高到10%, 产值超10亿元的企业: no value that is to be reached.
    let is_from =
        ending(head, &["由", "从", "年的", "约"]).is_some() && ending(head, &["由", "从"]).is_some();
    let describes = behind.starts_with('的') || (of > 1 && behind.starts_with("的"));
    if is_from || describes {
        return false;
    }
    if !quantity.unit.is_empty() {
        return true;
    }
    quantity.before.is_some() && behind.is_empty()
}

fn of_quantity(
    piece: &ClausePiece,
    quantity: &Amount,
    begin: usize,
    (line, setting): (&ProseLine, &ProseSetting),
    held: &mut Sentence,
) -> DraftTarget {
    let mut open = OpenFields::default();
    let before = piece.text.get(begin..quantity.at.start).unwrap_or_default();
    let after = piece.text.get(quantity.at.end..).unwrap_or_default();
    let name = name(before, after, quantity, &mut open);
    let printed = |text: &str| printed(line.text, piece, text);
    let mut name = printed(&name).unwrap_or(name);
    let base_year =
        years(before).into_iter().filter(|(at, _)| is_base(before, at)).map(|(_, year)| year).next_back();
    let around = Around { name: &name, before, is_yearly: piece.is_yearly, adds: held.adds, base_year };
    let kind = kinds::kind(quantity, &around, &mut open);
    held.adds |= kind == "increment";
    with_subject(&mut name, held, &mut open);
    match kind {
        "growth" | "average_growth" => name = with_growth(name, quantity),
        "rank" => name = of_rank(&name),
        "rank_change" => name = format!("{name}提升位次"),
        _ => {}
    }
    let id = setting.known.find(&name);
    let direction = id.and_then(|id| setting.known.direction(id));
    let (op, is_lower) = kinds::operator(quantity, kind, &name, direction, &mut open);
    let mut target = start(piece, kind, name, op);
    target.base_year = base_year.filter(|_| matches!(kind, "growth" | "average_growth"));
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
    scope(&target.name, id.is_some(), held, &mut open);
    target.open.0.extend(open.0);
    repeats(&mut target, id, setting);
    target
}

/// The name as printed, where it stands in the piece as it is.
fn printed(line: &Passage, piece: &ClausePiece, name: &str) -> Option<String> {
    let at = piece.at.start + piece.text.find(name).filter(|_| !name.is_empty())?;
    Some(line.quote(at..at + name.len()))
}

/// What is measured: the words before the number, or those behind it where before it a verb stands alone.
fn name(before: &str, after: &str, quantity: &Amount, open: &mut OpenFields) -> String {
    let before = before.rsplit_once(':').map_or(before, |(_, behind)| behind);
    let head = without_leads(before, LEADS);
    let head = head.trim_end_matches('前').trim_start_matches(['的', '、', '和', '及', '(']);
    let end = ending(
        head,
        &["要", "将", "应", "须", "力争", "确保", "分别", "力争分别", "要分别", "都", "约", "继续"],
    );
    let head = head.get(..head.len() - end.map_or(0, str::len)).unwrap_or(head);
    if head.ends_with('的') || head.ends_with("在") {
        open.chosen("name", OpenReason::WhichKind);
    }
    let bare = BARE_VERBS.iter().copied().filter(|verb| head.ends_with(verb)).max_by_key(|verb| verb.len());
    let rest = head.len() - bare.map_or(0, str::len);
    let behind = after.trim_start_matches(['的', '、']).trim_end_matches([')', '、']);
    // 分别超过90家和870家: what stands behind is another number.
    let is_name = behind.chars().count() >= 2 && !behind.starts_with(['和', '与', '及']);
    if head.get(..rest).unwrap_or_default().chars().count() < 2 && is_name {
        if quantity.behind.is_none() && head.is_empty() {
            open.chosen("name", OpenReason::BehindNumber);
        }
        return format!("{head}{behind}");
    }
    head.to_owned()
}

/// Without the words and years with which a clause begins.
fn without_leads<'a>(text: &'a str, leads: &[&str]) -> &'a str {
    let mut rest = text;
    loop {
        let before = rest;
        rest = rest.trim_start_matches([',', '、', '—']);
        if let Some(lead) =
            beginning(rest, leads).filter(|lead| !(*lead == "全市" && rest.starts_with("全市场")))
        {
            rest = rest.get(lead.len()..).unwrap_or_default();
        }
        // 一是, 二是.
        let listed = rest.trim_start_matches(|c: char| NUMERALS.contains(c));
        if let Some(behind) = listed.strip_prefix('是').filter(|_| listed.len() < rest.len()) {
            rest = behind;
        }
        let dated = rest.strip_prefix('到').or_else(|| rest.strip_prefix('至')).unwrap_or(rest);
        if let Some(Numeral::Year(at, _)) =
            numerals(dated).into_iter().next().filter(|one| one.at().start == 0)
        {
            rest = dated.get(at.end..).unwrap_or_default();
        }
        if let Some((period, _)) = PERIODS.iter().find(|(period, _)| dated.starts_with(period)) {
            rest = dated.get(period.len()..).unwrap_or_default();
        }
        if rest == before {
            return rest;
        }
    }
}

/// Growth belongs to the name: 研发经费投入增长, not 研发经费投入.
fn with_growth(name: String, quantity: &Amount) -> String {
    match quantity.before {
        Some((word, _))
            if ending(&name, &["增长", "增速", "增幅", "增长率", "涨幅", "降幅", "率", word]).is_none() =>
        {
            format!("{name}{word}")
        }
        _ => name,
    }
}

/// 湘潭高新区力争保持全国 is 湘潭高新区全国排名.
fn of_rank(name: &str) -> String {
    let verbs = ["力争", "保持", "位居", "位列", "进入", "居", "第", "前"];
    let bare = verbs.iter().fold(name.to_owned(), |name, verb| name.replace(verb, ""));
    if holds(&bare, &["排名", "位次", "名次"]) { bare } else { format!("{bare}排名") }
}

/// Shortest name that can stand by itself, in characters.
const SHORTEST: usize = 4;

/// A name that says too little by itself takes the subject of the clause before.
fn with_subject(name: &mut String, held: &mut Sentence, open: &mut OpenFields) {
    let is_short = name.chars().count() < SHORTEST;
    let leans = beginning(name, &["占", "年均", "其占", "其中"]).is_some() || *name == "新增";
    if is_short || leans {
        let subject = held.subject.clone();
        if subject.is_empty() && !is_short {
            open.chosen("name", OpenReason::Subject(String::new()));
        } else {
            open.carried("name", OpenReason::Subject(subject.chars().take(20).collect()));
        }
        if name.is_empty() && subject.is_empty() {
            open.missing("name", OpenReason::NotSaid);
        }
        // 新增50家,努力新增100家: the subject has the word already.
        *name = if subject.starts_with(name.as_str()) { subject } else { format!("{subject}{name}") };
    }
    if !is_short && !leans {
        let end = ending(name, &["每年新增", "新增", "每年", "达到", "达"]).map_or(0, str::len);
        held.subject = name.get(..name.len() - end).unwrap_or_default().to_owned();
    }
}

/// Words of a place or of a part, whose figures may hold for the clauses behind it.
const SCOPES: &[&str] = &[
    "园区",
    "高新区",
    "经开区",
    "谷",
    "新区",
    "基地",
    "县",
    "区内",
    "高校",
    "规上",
    "企业研发人员",
    "乡村",
    "农村",
];

/// A first clause that names a place or a part may stand over those behind it.
fn scope(name: &str, is_known: bool, held: &mut Sentence, open: &mut OpenFields) {
    match &held.scope {
        Some(scope) if !is_known && !open.has("name") && !name.contains(scope.as_str()) => {
            open.carried("name", OpenReason::Scope(scope.clone()));
        }
        Some(_) => {}
        None => held.scope = SCOPES.iter().find(|word| name.contains(**word)).map(|_| name.to_owned()),
    }
}

/// A target of a piece, with what the sentence carries on.
fn start(piece: &ClausePiece, kind: &'static str, name: String, op: Option<&'static str>) -> DraftTarget {
    let mut open = OpenFields::default();
    match piece.year {
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
fn of_words(piece: &ClausePiece, worded: Worded, setting: &ProseSetting, held: &mut Sentence) -> DraftTarget {
    let name = without_leads(&worded.name, LEADS).to_owned();
    let mut target = start(piece, worded.kind, name, worded.op);
    target.value = worded.value;
    target.bounds = None;
    target.reference = worded.reference;
    target.undefined = worded.undefined;
    target.unit = worded.unit;
    target.recurring = piece.is_yearly && worded.kind == "level";
    if !target.recurring {
        target.open.0.retain(|one| one.field != "recurring");
    }
    for (field, reason) in worded.open {
        target.open.chosen(field, reason);
    }
    if worded.needs_year && !piece.names_year && !piece.is_yearly {
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
    }
    target
}

/// Least likeness of a name with that of a row that is told, in percent.
const LIKE_ROW: usize = 60;

/// A level with the name of a row repeats it. A name that is only like one is no repetition: that is told.
fn repeats(target: &mut DraftTarget, id: Option<&str>, setting: &ProseSetting) {
    let name = key(&target.name);
    let same = |row: &&DraftRow| key(&row.name) == name || (id.is_some() && row.id.as_deref() == id);
    if target.kind != "level" {
        return;
    }
    let Some(row) = setting.rows.iter().find(same) else {
        let like = setting.rows.iter().filter(|row| likeness(&key(&row.name), &name) >= LIKE_ROW);
        if let Some(row) = like.max_by_key(|row| likeness(&key(&row.name), &name)) {
            target.open.missing("same_as", OpenReason::LikeRow(row.no.clone()));
        }
        return;
    };
    target.same_as = Some(row.no.clone());
    target.open.chosen("same_as", OpenReason::SameAs(row.no.clone()));
    let says = |number: &super::DraftNumber| Some(number.year) == target.year && number.value == target.value;
    if !row.targets.iter().any(says) && row.unit == target.unit {
        target.open.chosen("value", OpenReason::OtherThanRow(row.no.clone()));
    }
}

/// Targets of the general part that a task states again, and the other way round: the one of a task is kept.
pub(super) fn repeats_among(targets: &mut [DraftTarget]) {
    let same = |one: &DraftTarget, other: &DraftTarget| {
        key(&one.name) == key(&other.name)
            && (one.kind, one.year, &one.value, &one.unit)
                == (other.kind, other.year, &other.value, &other.unit)
            && one.value.is_some()
            && one.line != other.line
    };
    let all: Vec<DraftTarget> = targets.to_vec();
    for (at, target) in targets.iter_mut().enumerate() {
        if target.same_as.is_some() {
            continue;
        }
        let original = all.iter().enumerate().find(|(other, one)| {
            let keeps = (one.task.is_some(), all.len() - other) > (target.task.is_some(), all.len() - at);
            *other != at && one.same_as.is_none() && same(one, target) && keeps
        });
        if let Some((_, original)) = original {
            target.same_as = Some(original.id.clone());
            target.open.chosen("same_as", OpenReason::SameAs(original.id.clone()));
        }
    }
}
