//! Page one: the questions down, the cities across; of more than two cities one in each row.

use serde::Serialize;

use super::super::bases::{held_to_the_end, say_of_later_years};
use super::super::beside::beside;
use super::super::context::Context;
use super::super::rate::rate;
use super::super::say::{say, sentences};
use super::super::section::Draft;
use super::super::short::Short;
use super::super::since;
use super::super::totals::Totals;
use super::super::values::by_seriousness;
use super::super::verdict::Counts;
use super::super::ways::count_ways;
use super::super::withheld;
use super::answer::{Answer, Part, base_word, plain};
use super::axis::{self, Ranges};
use super::lines::{Lines, lines};
use super::many::{Many, many};
use super::moves::{MoveMark, Scale, move_key, moves, moves_words};
use super::pace;
use super::shared::{gap_with_numbers, in_print, second_tier};
use super::soft_answer::without_soft;
use super::standing;
use crate::assess::{Assessment, Pace, State};
use crate::evaluation::CityEvaluation;
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
    /// What the parts of its bars mean; empty where none are drawn.
    key: Vec<MoveMark>,
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
        names: match across {
            true => cities.iter().map(|city| context.whole_name(&city.plan).to_owned()).collect(),
            false => Vec::new(),
        },
        questions: if across { questions(context, &cities) } else { Vec::new() },
        lines: (!across && !are_many).then(|| lines(context, &cities)),
        many: are_many.then(|| many(context)),
        ranges: if across { axis::ranges(context) } else { None },
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
    let (language, shown, volume) = (context.language, found.len(), context.volume_of_lists());
    let head = Short::of(&city.score).head(language);
    let title = match all > shown {
        true => say!(
            language,
            "{head}（{number}项，列前{shown}项，其余见{volume}）",
            "{head} ({number}; the first {shown}, the rest in {volume})"
        ),
        false => say!(language, "{head}（{number}项）", "{head} ({number})"),
    };
    let told = found.iter().map(|(one, row)| gap_with_numbers(context, city, one, row));
    (all > 0).then(|| MissedTargets { title, items: told.collect() })
}

/// What is said of a single city, which is compared with none.
fn alone(context: &Context<'_>, city: &CityEvaluation) -> String {
    let soft = super::super::soft::without_soft(context, [city]);
    sentences(context.language, &[&soft, &beside(context, false)])
}

fn questions(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<QuestionRow> {
    let (language, reached) = (context.language, context.terms.reached);
    let base = base_word(context, cities);
    let row = |question: String, of: &dyn Fn(&CityEvaluation) -> Answer| QuestionRow {
        question,
        key: Vec::new(),
        cells: cities.iter().map(|city| of(city)).collect(),
    };
    let scale = Scale::of(cities.iter().map(|city| moves(context, city)));
    // Beside another city there is no room: the main report tells it.
    let since = context.is_alone() && cities.iter().any(|city| since::since(context, city).is_some());
    let since = since.then(|| {
        let question = language.of("与上一轮评估比", "Since the last report").to_owned();
        row(question, &|city| since_words(context, city))
    });
    let mut questions = vec![
        row(say!(language, "{reached}了几项", "How many were {reached}?"), &|city| counted(context, city)),
        row(say!(language, "除去目标不如{base}的", "Without targets weaker than {base}"), &|city| {
            without_soft(context, city)
        }),
        QuestionRow {
            key: move_key(language, cities.iter().map(|city| moves(context, city))),
            ..row(say!(language, "比{base}好还是差", "Better or worse than {base}?"), &|city| {
                moves_words(context, city, &scale, false)
            })
        },
        row(language.of("到末年来得及吗", "On track for the final year?").to_owned(), &|city| {
            let pace = pace_words(context, city);
            // Beside another city there is no room: the main report lists them.
            let others = if context.is_alone() { pace::others(context, city) } else { String::new() };
            Answer { more: format!("{}{others}", pace.more), ..pace }
        }),
        row(language.of("还有几项判不了", "How many cannot be judged yet?").to_owned(), &|city| {
            open(context, city)
        }),
        row(language.of("等次", "Grade").to_owned(), &|city| grade(context, city)),
    ];
    // Behind what became better or worse.
    if let Some(since) = since {
        questions.insert(3, since);
    }
    questions
}

/// What became of the targets since the last earlier report: what is news first.
fn since_words(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let language = context.language;
    let Some(since) = since::since(context, city) else {
        return plain(language.of("没有上一轮的评估结果。", "There is no earlier report."));
    };
    let told = since.transitions.iter().map(|one| {
        let (words, number) = (&one.words, &one.number);
        say!(language, "{words}{number}项", "{number} {words}")
    });
    let (before, told) = (since.before, language.parts(&told.collect::<Vec<_>>()));
    plain(say!(
        language,
        "{before}；本轮{told}。两年目标不同，完成率不能相减。",
        "{before}; since then {told}. The targets of the two years differ, so the shares cannot be subtracted."
    ))
}

fn counted(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let whose = Totals::of_city(&context.book, city);
    let score = &city.score;
    let (language, reached, rate_word) = (context.language, context.terms.reached, context.terms.rate);
    let states = by_seriousness(context.counted(city).iter().map(|(one, _)| one.state).collect());
    let told = State::ALL.iter().filter(|state| score.count(**state) > 0);
    let alt = told.map(|state| {
        let count = whose.say(&format!("state.{}", state.key()), score.count(*state));
        let word = state.words(language);
        say!(language, "{word}{count}", "{word} {count}")
    });
    let alt = language.list(&alt.collect::<Vec<_>>());
    let alt = named(context, city, &alt);
    let total = whose.say("total", score.total);
    if score.assessable == 0 {
        return Answer {
            states,
            alt,
            ..plain(say!(
                language,
                "应评{total}项，都还判不了，不计算{rate_word}",
                "{total} to be judged, none of which can be yet; no {rate_word} is given"
            ))
        };
    }
    let able = whose.say("assessable", score.assessable);
    let share = rate(context, city);
    let unmet = match score.assessable.saturating_sub(score.met) {
        0 => String::new(),
        unmet => {
            let unmet = whose.say("unmet", unmet);
            let word = Short::of(score).word(language);
            say!(language, "，{word}{unmet}项", ", {unmet} {word}")
        }
    };
    let words = match score.open() {
        0 => say!(
            language,
            "项{reached}{unmet}，应评{total}项都可评，{rate_word}{share}%",
            " {reached}{unmet}; all {total} can be judged; {rate_word} {share}%"
        ),
        _ => say!(
            language,
            "项{reached}{unmet}，可评{able}项，应评{total}项，{rate_word}{share}%",
            " {reached}{unmet}; {able} of {total} can be judged; {rate_word} {share}%"
        ),
    };
    Answer { lead: whose.say("met", score.met), words, states, alt, ..Answer::default() }
}

/// What is said of a city behind its name.
fn named(context: &Context<'_>, city: &CityEvaluation, words: &str) -> String {
    let name = context.short(&city.plan);
    say!(context.language, "{name}：{words}", "{name}: {words}")
}

#[expect(clippy::too_many_lines, reason = "a sentence for each kind of plan, each in two languages")]
pub(in crate::publish::report) fn pace_words(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let (language, year) = (context.language, context.evaluation.round.year());
    let document = context.document(&city.plan);
    let ways = super::super::ways::ways(context, city);
    if ways.is_empty() {
        if let Some(second) = second_tier(context, city).filter(|second| second.is_last_year) {
            let whose = Totals::of_city(&context.book, city);
            let met = whose.say("met", city.score.met);
            let second = second.met_words;
            return plain(say!(
                language,
                "{year}年为{document}末年：按考核值完成{met}项，按要求更高的完成值完成{second}项。",
                "{year} is the final year of the {document}: {met} met by assessment value, {second} by the intended value, which asks for more."
            ));
        }
        let scheduled = Counts::of(&city.score).scheduled();
        let counted = context.counted(city);
        let last = counted.iter().flat_map(|(_, row)| &row.targets).map(|one| one.year).max();
        return match last {
            Some(last) if last > year && scheduled > 0 => {
                let whose = Totals::of_city(&context.book, city);
                let [on, behind] = [State::OnSchedule, State::BehindSchedule]
                    .map(|state| whose.say(&format!("state.{}", state.key()), city.score.count(state)));
                let of_last = |(one, _): &(&Assessment, &Indicator)| {
                    !one.state.is_of_schedule() || one.target.year == last
                };
                let whole = match counted.iter().all(of_last) {
                    true => say!(language, "{last}年目标", "Of the targets for {last},"),
                    false => language.of("以后年度的目标", "Of the targets for later years,").to_owned(),
                };
                let direct = held_to_the_end(context, city);
                let judged = match (direct, scheduled.saturating_sub(direct)) {
                    (0, _) => {
                        let all = whose.say("scheduled", scheduled);
                        say!(language, "按序时进度评的{all}项", "{all} are judged by what is due by now")
                    }
                    (_, 0) => {
                        let all = whose.say("scheduled", scheduled);
                        say!(language, "直接比较的{all}项", "{all} are held against the target itself")
                    }
                    (direct, due) => {
                        let [due, direct] = [(false, due), (true, direct)]
                            .map(|(is_direct, number)| say_of_later_years(context, city, is_direct, number));
                        say!(
                            language,
                            "按序时进度评{due}项、直接比较{direct}项",
                            "{due} are judged by what is due by now, {direct} by the target itself"
                        )
                    }
                };
                plain(say!(
                    language,
                    "{whole}{judged}：达到{on}项，慢于{behind}项。",
                    "{whole} {judged}: {on} on schedule, {behind} behind."
                ))
            }
            Some(last) if last > year => plain(say!(
                language,
                "{document}{last}年的目标没有可推算的年均增速。",
                "From the {last} targets of the {document} no growth per year can be worked out."
            )),
            Some(_) if city.plan.years.len() > 1 => plain(say!(
                language,
                "{year}年为{document}末年。",
                "{year} is the final year of the {document}."
            )),
            _ => plain(say!(
                language,
                "{document}只定{year}年目标，没有末年目标可对照。",
                "The {document} sets targets for {year} only; there is no final year to compare with."
            )),
        };
    }
    let count = |name: &'static str, label: &'static str, of: &[Pace]| {
        let is_it = |pace: Pace| of.contains(&pace);
        let count = crate::advise::on_the_way(ways, is_it);
        let number = count_ways(context, city, ways, (name, &is_it));
        Part { key: name, count, number, label }
    };
    let parts: Vec<Part> = [
        count("reached", language.of("已到", "reached"), &[Pace::ReachedIntended, Pace::ReachedAssessed]),
        count("on_track", language.of("照计划可到", "on track"), &[Pace::OnTrack]),
        count("faster", language.of("须加快", "must speed up"), &[Pace::Behind]),
        count("unknown", language.of("缺数", "no data"), &[Pace::NoData]),
    ]
    .into_iter()
    .filter(|part| part.count > 0)
    .collect();
    let word = |Part { label, number, .. }: &Part| say!(language, "{label}{number}", "{label} {number}");
    let words: Vec<String> = parts.iter().map(word).collect();
    let fastest = pace::hardest(context, city);
    let more = fastest.map_or_else(String::new, |fastest| {
        let short = context.row(&city.plan, fastest.1);
        match pace::words(context, city, fastest) {
            Some((need, planned)) => say!(
                language,
                "须加快最多的是{short}：{need}，{document}为{planned}",
                "Furthest behind: {short} {need}, against {planned} in the {document}"
            ),
            None => String::new(),
        }
    });
    Answer {
        alt: named(context, city, &language.parts(&words)),
        words: words.join(language.of("｜", " | ")),
        parts,
        more,
        ..Answer::default()
    }
}

fn open(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let language = context.language;
    let whose = Totals::of_city(&context.book, city);
    let count = city.score.open();
    if count == 0 {
        return plain(language.of("全部可评。", "All can be judged."));
    }
    let parts = language.list(&Counts::of(&city.score).told(whose).open_parts(language));
    Answer { lead: whose.say("open", count), ..plain(say!(language, "项：{parts}", ": {parts}")) }
}

fn grade(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let score = &city.score;
    let whose = Totals::of_city(&context.book, city);
    let language = context.language;
    let Some(grade) = score.grade else {
        return plain(
            language.of("没有可评的目标，不定等次。", "No target can be judged; no grade is given."),
        );
    };
    let points = score.score_missing_as_zero.map_or_else(|| "—".to_owned(), |points| fixed(points, 1));
    let points = whose.say("score_missing_as_zero.shown", points);
    let words = match score.open() {
        0 => say!(language, "：{points}分", ": {points} points"),
        open => {
            let judged = score.score.map_or_else(|| "—".to_owned(), |points| fixed(points, 1));
            let (open, judged) = (whose.say("open", open), whose.say("score.shown", judged));
            say!(
                language,
                "：{points}分，判不了的{open}项按零分计；只算已评项为{judged}分",
                ": {points} points with the {open} open as zero; {judged} on judged targets only"
            )
        }
    };
    let limit = score.limits.first().map_or_else(String::new, |limit| {
        let limit = limit.grade.words(language);
        say!(language, "；按决定不高于{limit}", "; by decision no higher than {limit}")
    });
    Answer { lead: grade.words(language).to_owned(), ..plain(format!("{words}{limit}")) }
}

fn key(context: &Context<'_>, cities: &[&CityEvaluation], across: bool) -> Vec<KeyMark> {
    if !across {
        return Vec::new();
    }
    let (language, limit) =
        (context.language, context.limit("nearly", context.evaluation.round.method.nearly));
    let occurs = |state: &State| cities.iter().any(|city| city.score.count(*state) > 0);
    let word = |state: State| {
        let more = match state {
            State::Nearly => say!(language, "（{limit}%以上）", " ({limit}% or more)"),
            _ => String::new(),
        };
        KeyMark { state, words: format!("{}{more}", state.words(language)) }
    };
    State::ALL.into_iter().filter(occurs).map(word).collect()
}
