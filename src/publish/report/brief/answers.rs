//! Page one: the questions down, the cities across; of more than two cities one in each row.

use serde::Serialize;

use super::super::beside::beside;
use super::super::context::Context;
use super::super::indicators::{base_years, fell};
use super::super::numerals::numeral;
use super::super::rate::rate;
use super::super::section::Draft;
use super::super::since;
use super::super::soft::{say_fell, say_met};
use super::super::totals::{Totals, keys_of, state_of};
use super::super::values::{by_seriousness, rate_words};
use super::super::verdict::Counts;
use super::super::withheld;
use super::answer::{Answer, Part, base_word, plain};
use super::lines::{Lines, lines};
use super::many::{Many, many};
use super::moves::{Scale, moves, moves_words};
use super::pace;
use super::shared::{gap_with_numbers, in_print, second_tier};
use super::standing::{self, Ranges};
use crate::assess::{Assessment, Pace, State};
use crate::evaluation::CityEvaluation;
use crate::ledger::StepId;
use crate::plan::Indicator;
use crate::rounding::fixed;

/// More cities than this have a row each.
const ACROSS: usize = 2;
/// Targets of a single city that were not reached, so many are named.
const MOST_MISSED: usize = 12;

/// Page one.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Answers {
    /// Names of the cities at the head of their columns; empty where each has a row.
    names: Vec<String>,
    questions: Vec<QuestionRow>,
    lines: Option<Lines>,
    many: Option<Many>,
    ranges: Option<Ranges>,
    /// What the marks mean that occur; empty where none are printed.
    key: Vec<KeyMark>,
    sentence: String,
    missed: Option<MissedTargets>,
}

/// The targets of a single city that were not reached.
#[derive(Debug, Clone, Serialize)]
struct MissedTargets {
    title: String,
    items: Vec<String>,
}

/// A mark of the legend.
#[derive(Debug, Clone, Serialize)]
struct KeyMark {
    state: State,
    words: String,
}

/// A question with its answers, one for each city.
#[derive(Debug, Clone, Serialize)]
struct QuestionRow {
    question: String,
    cells: Vec<Answer>,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Answers> {
    let context = draft.context;
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    let withheld = withheld::ranking_words(context);
    if cities.is_empty() {
        return Some(Answers {
            names: Vec::new(),
            questions: Vec::new(),
            lines: None,
            many: None,
            ranges: None,
            key: Vec::new(),
            sentence: withheld,
            missed: None,
        });
    }
    let (across, are_many) = (cities.len() <= ACROSS, cities.len() > standing::NAMED);
    let sentence = match cities.as_slice() {
        [only] => alone(context, only),
        _ => standing::sentence(context),
    };
    Some(Answers {
        names: if across { cities.iter().map(|city| city.plan.name.clone()).collect() } else { Vec::new() },
        questions: if across { questions(context, &cities) } else { Vec::new() },
        lines: (!across && !are_many).then(|| lines(context, &cities)),
        many: are_many.then(|| many(context)),
        ranges: if across { standing::ranges(context) } else { None },
        key: key(context, &cities, across),
        sentence,
        missed: match cities.as_slice() {
            [only] => missed(context, only),
            _ => None,
        },
    })
}

/// The targets that were not reached, those furthest from it first; `None` where there are none.
fn missed(context: &Context<'_>, city: &CityEvaluation) -> Option<MissedTargets> {
    let mut found: Vec<(&Assessment, &Indicator)> = context.counted(city);
    found.retain(|(one, _)| one.state.met() == Some(false));
    found.sort_by_key(|(one, _)| one.completion);
    let all = found.len();
    let number = Totals::of_city(&context.book, city).say("unmet", all);
    found.truncate(MOST_MISSED);
    let title = match all > found.len() {
        true => format!("没有到的目标（{number}项，列前{}项，其余见主报告）", found.len()),
        false => format!("没有到的目标（{number}项）"),
    };
    let told = found.iter().map(|(one, row)| gap_with_numbers(context, city, one, row));
    (all > 0).then(|| MissedTargets { title, items: told.collect() })
}

/// What is said of a single city, which is compared with none.
fn alone(context: &Context<'_>, city: &CityEvaluation) -> String {
    format!("{}{}", super::super::soft::without_soft(context, [city]), beside(context, false))
}

fn questions(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<QuestionRow> {
    let reached = context.terms.reached;
    let base = base_word(context, cities);
    let row = |question: String, of: &dyn Fn(&CityEvaluation) -> Answer| QuestionRow {
        question,
        cells: cities.iter().map(|city| of(city)).collect(),
    };
    let scale = Scale::of(cities.iter().map(|city| moves(context, city)));
    // Beside another city there is no room: the main report tells it.
    let since = context.is_alone() && cities.iter().any(|city| since::since(context, city).is_some());
    let since = since.then(|| row("与上一轮评估比".to_owned(), &|city| since_words(context, city)));
    let mut questions = vec![
        row(format!("{reached}了几项"), &|city| counted(context, city)),
        row(format!("除去不如{base}的"), &|city| without_soft(context, city)),
        row(format!("比{base}好还是差"), &|city| moves_words(context, city, &scale)),
        row("到末年来得及吗".to_owned(), &|city| pace_words(context, city)),
        row("还有几项判不了".to_owned(), &|city| open(context, city)),
        row("等次".to_owned(), &|city| grade(context, city)),
    ];
    // Behind what became better or worse.
    if let Some(since) = since {
        questions.insert(3, since);
    }
    questions
}

/// What became of the targets since the last earlier report: what is news first.
fn since_words(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let Some(since) = since::since(context, city) else { return plain("没有上一轮的评估结果。") };
    let told = since.transitions.iter().map(|one| format!("{}{}项", one.words, one.number));
    let told: Vec<String> = told.collect();
    plain(format!("{}；本轮{}。两年目标不同，完成率不能相减。", since.before, told.join("，")))
}

fn counted(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let whose = Totals::of_city(&context.book, city);
    let score = &city.score;
    let reached = context.terms.reached;
    let states = by_seriousness(context.counted(city).iter().map(|(one, _)| one.state).collect());
    let told = State::ALL.iter().filter(|state| score.count(**state) > 0);
    let alt = told.map(|state| {
        format!("{}{}", state.chinese(), whose.say(&format!("state.{}", state.key()), score.count(*state)))
    });
    let alt = format!("{}：{}", city.plan.short, alt.collect::<Vec<_>>().join("、"));
    let total = whose.say("total", score.total);
    if score.assessable == 0 {
        return Answer {
            states,
            alt,
            ..plain(format!("应评{total}项，都还判不了，不计算{}", context.terms.rate))
        };
    }
    let able = whose.say("assessable", score.assessable);
    let share = format!("{}{}%", context.terms.rate, rate(context, city));
    let unmet = score.assessable.saturating_sub(score.met);
    let unmet = if unmet > 0 { format!("，未到{}项", whose.say("unmet", unmet)) } else { String::new() };
    let words = match score.open() {
        0 => format!("项{reached}{unmet}，应评{total}项都可评，{share}"),
        _ => format!("项{reached}{unmet}，可评{able}项，应评{total}项，{share}"),
    };
    Answer { lead: whose.say("met", score.met), words, states, alt, ..Answer::default() }
}

fn without_soft(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let rows = context.counted(city);
    let bases = base_years(context, city);
    let base = bases.short();
    let of = bases.words();
    if !rows.iter().any(|(one, _)| one.baseline.is_some() && one.apart.is_none()) {
        let document = &city.plan.called.document;
        return match bases.is_empty() {
            true => plain(format!("{document}未列{base}数，不能分出哪些目标不如{base}。")),
            false => plain(format!("没有可与{of}对照的目标。")),
        };
    }
    let soft: Vec<&(&Assessment, &Indicator)> =
        rows.iter().filter(|(one, _)| one.target_is_worse && one.state.is_assessable()).collect();
    if soft.is_empty() {
        let whole = rows.len();
        let compared = rows.iter().filter(|(one, _)| one.apart.is_none()).map(|(one, _)| state_of(one));
        let number = rows.iter().filter(|(one, _)| one.apart.is_none()).count();
        if number == whole {
            return plain(format!("没有不如{of}的目标。"));
        }
        let id = format!("{}/#compared", city.plan.city);
        let number = context.book.count(&id, compared, &[], number);
        return plain(format!("可与{base}比较的{number}项目标中，没有不如{of}的；其余不作比较。"));
    }
    let slug = city.plan.city.as_str();
    let states = || soft.iter().map(|(one, _)| state_of(one));
    let judged = keys_of(State::is_assessable);
    let number = context.book.count(&format!("{slug}/#soft.assessable"), states(), &judged, soft.len());
    let met = soft.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
    let (part, whole) = (city.score.firm.part, city.score.firm.whole);
    let whose = Totals::of_city(&context.book, city);
    let reached = context.terms.reached;
    let met_words = match met == soft.len() {
        true => format!("均{reached}"),
        false => format!("{reached}{}项", say_met(context, slug, worse(&rows), met)),
    };
    let other = format!("另{number}项目标不如{of}，{met_words}");
    if whole == 0 {
        return plain(format!("没有其余可评的目标；{other}"));
    }
    let (part, whole) = (whose.say("firm.met", part), whose.say("firm.assessable", whole));
    let rate = whose.say("rate_without_soft.shown", rate_words(city.score.firm));
    Answer { lead: part, ..plain(format!("项{reached}，{whole}项中（{rate}%）；{other}")) }
}

/// The targets on the worse side of their base.
fn worse<'a>(rows: &'a [(&'a Assessment, &'a Indicator)]) -> impl Iterator<Item = &'a Assessment> {
    rows.iter().map(|(one, _)| *one).filter(|one| one.target_is_worse)
}

pub(in crate::publish::report) fn pace_words(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let year = context.evaluation.round.year();
    let document = &city.plan.called.document;
    let ways = super::super::ways::ways(context, city);
    if ways.is_empty() {
        if let Some(second) = second_tier(context, city).filter(|second| second.is_last_year) {
            let whose = Totals::of_city(&context.book, city);
            let met = whose.say("met", city.score.met);
            return plain(format!(
                "{year}年为{document}末年：按考核值完成{met}项，按要求更高的完成值完成{}项。",
                second.met_words
            ));
        }
        let scheduled = Counts::of(&city.score).scheduled();
        let last = context.counted(city).iter().flat_map(|(_, row)| &row.targets).map(|one| one.year).max();
        return match last {
            Some(last) if last > year && scheduled > 0 => {
                let whose = Totals::of_city(&context.book, city);
                let [on, behind] = [State::OnSchedule, State::BehindSchedule]
                    .map(|state| whose.say(&format!("state.{}", state.key()), city.score.count(state)));
                let all = whose.say("scheduled", scheduled);
                plain(format!("{last}年目标按序时进度评的{all}项：达到{on}项，慢于{behind}项。"))
            }
            Some(last) if last > year => plain(format!("{document}{last}年的目标没有可推算的年均增速。")),
            Some(_) if city.plan.years.len() > 1 => plain(format!("{year}年为{document}末年。")),
            _ => plain(format!("{document}只定{year}年目标，没有末年目标可对照。")),
        };
    }
    let count = |name: &'static str, label: &'static str, of: &[Pace]| {
        let is_it = |pace: Pace| of.contains(&pace);
        let members = ways.iter().filter(|(.., way)| is_it(way.pace)).map(|(one, ..)| state_of(one));
        let count = crate::advise::on_the_way(&ways, is_it);
        let id = format!("{}/#way.{name}", city.plan.city);
        let number = context.book.count(&id, members, &[], count);
        Part { key: name, count, number, label }
    };
    let parts: Vec<Part> = [
        count("reached", "已到", &[Pace::ReachedIntended, Pace::ReachedAssessed]),
        count("on_track", "照计划可到", &[Pace::OnTrack]),
        count("faster", "须加快", &[Pace::Behind]),
        count("unknown", "缺数", &[Pace::NoData]),
    ]
    .into_iter()
    .filter(|part| part.count > 0)
    .collect();
    let words: Vec<String> = parts.iter().map(|part| format!("{}{}", part.label, part.number)).collect();
    let fastest = pace::hardest(context, city);
    let more = fastest.map_or_else(String::new, |(one, row, way)| {
        let short = &row.short;
        match pace::words(context, city, (one, row, &way)) {
            Some((need, planned)) => format!("须加快最多的是{short}：{need}，{document}为{planned}"),
            None => String::new(),
        }
    });
    Answer {
        alt: format!("{}：{}", city.plan.short, words.join("，")),
        words: words.join("｜"),
        parts,
        more,
        ..Answer::default()
    }
}

fn open(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let whose = Totals::of_city(&context.book, city);
    let count = city.score.open();
    if count == 0 {
        return plain("全部可评。");
    }
    let parts = Counts::of(&city.score).told(whose).open_parts();
    Answer { lead: whose.say("open", count), ..plain(format!("项：{}", parts.join("、"))) }
}

fn grade(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let score = &city.score;
    let whose = Totals::of_city(&context.book, city);
    let Some(grade) = score.grade else { return plain("没有可评的目标，不定等次。") };
    let points = score.score_missing_as_zero.map_or_else(|| "—".to_owned(), |points| fixed(points, 1));
    let points = whose.say("score_missing_as_zero.shown", points);
    let words = match score.open() {
        0 => format!("：{points}分"),
        open => {
            let judged = score.score.map_or_else(|| "—".to_owned(), |points| fixed(points, 1));
            let (open, judged) = (whose.say("open", open), whose.say("score.shown", judged));
            format!("：{points}分，判不了的{open}项按零分计；只算已评项为{judged}分")
        }
    };
    let limit = score
        .limits
        .first()
        .map_or_else(String::new, |limit| format!("；按决定不高于{}", limit.grade.chinese()));
    Answer { lead: grade.chinese().to_owned(), ..plain(format!("{words}{limit}")) }
}

fn key(context: &Context<'_>, cities: &[&CityEvaluation], across: bool) -> Vec<KeyMark> {
    if !across {
        return Vec::new();
    }
    let limit = context.limit("nearly", context.evaluation.round.method.nearly);
    let occurs = |state: &State| cities.iter().any(|city| city.score.count(*state) > 0);
    let word = |state: State| {
        let more = if state == State::Nearly { format!("（{limit}%以上）") } else { String::new() };
        KeyMark { state, words: format!("{}{more}", state.chinese()) }
    };
    State::ALL.into_iter().filter(occurs).map(word).collect()
}

/// How many of the targets on the worse side of their base have a value that fell.
pub(super) fn fallen_words(context: &Context<'_>, city: &CityEvaluation) -> (usize, String) {
    let rows = context.counted(city);
    let fallen: Vec<&Assessment> =
        rows.iter().filter(|(one, row)| one.target_is_worse && fell(one, row)).map(|(one, _)| *one).collect();
    let count = fallen.len();
    (count, say_fell(context, city.plan.city.as_str(), fallen.into_iter(), count))
}

/// How many targets lie on the worse side of their base.
pub(super) fn soft_words(city: &CityEvaluation, number: usize) -> String {
    numeral(&StepId::new(format!("{}/#soft.assessable", city.plan.city)), number)
}
