//! What is drawn for a city, and what an evaluation must say of it. Nothing here is taken from the program: whole numbers are compared.

use super::draw::Draw;
use super::rows::{Judged, Row, TASKS, rows};

/// What a unit wrote.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Told {
    Value(i64),
    /// A value as text.
    Text(i64),
    /// In 万元 where the plan has 亿元.
    Smaller(i64),
    /// Of the year before.
    Late(i64),
    /// So much that it is in doubt.
    FarOff(i64),
    /// Two units say different things.
    Disagreed(i64, i64),
    Blank,
    Presence(bool),
}

/// A row of one city.
pub(crate) struct Answer {
    pub(crate) told: Told,
    /// The program's word for the verdict.
    pub(crate) state: &'static str,
    /// Whether the target is reached, where that can be said.
    pub(crate) met: Option<bool>,
}

/// One city.
pub(crate) struct City {
    pub(crate) answers: Vec<Answer>,
    /// States of the tasks, as units write them.
    pub(crate) tasks: Vec<&'static str>,
    pub(crate) met: usize,
    pub(crate) assessable: usize,
}

/// A city of a seed.
pub(crate) fn city(seed: u64, number: usize) -> City {
    let answers: Vec<Answer> =
        (0..).zip(rows()).map(|(at, row)| answer(&row, &mut Draw::of(seed, number, at))).collect();
    let task = |at: usize| {
        let state = Draw::of(seed, number, 1_000 + at).below(6);
        ["完成", "完成", "完成", "推进中", "推进中", "未启动"][usize::try_from(state).unwrap()]
    };
    City {
        tasks: (0..TASKS.len()).map(task).collect(),
        met: answers.iter().filter(|answer| answer.met == Some(true)).count(),
        assessable: answers.iter().filter(|answer| answer.met.is_some()).count(),
        answers,
    }
}

fn answer(row: &Row, draw: &mut Draw) -> Answer {
    let (kind, near) = (draw.below(100), near(row, draw));
    if row.judged == Judged::Presence {
        let has = kind < 85;
        return Answer {
            told: Told::Presence(has),
            state: if has { "met" } else { "missed" },
            met: Some(has),
        };
    }
    let open = |told, state| Answer { told, state, met: None };
    let told = match kind {
        0..2 => return open(Told::Blank, "not_reported"),
        2..4 => return open(Told::Late(near), "lagged"),
        4 => return open(Told::FarOff(near * 100), "in_doubt"),
        // By more than one: values that differ by rounding alone agree.
        5..9 if row.units.len() > 1 => return open(Told::Disagreed(near, near + 120), "in_doubt"),
        9..12 => Told::Text(near),
        12..20 if row.unit == "亿元" => Told::Smaller(near),
        _ => Told::Value(near),
    };
    let (state, met) = verdict(row, near);
    Answer { told, state, met: Some(met) }
}

/// A value near the target, one of ten the target itself.
fn near(row: &Row, draw: &mut Draw) -> i64 {
    let (is_target, per_mille) = (draw.below(10) == 0, 880 + draw.below(260));
    if is_target { row.target } else { (row.target * per_mille + 500) / 1_000 }
}

/// 105 % and more is exceeded, 95 % and more of what is missed is nearly; both bounds belong to it.
fn verdict(row: &Row, value: i64) -> (&'static str, bool) {
    let target = row.target;
    let (met, has, asked) = match row.judged {
        Judged::AtMost => (value <= target, target, value),
        Judged::Above => (value > target, value, target),
        _ => (value >= target, value, target),
    };
    let exceeded = match row.judged {
        Judged::Range(high) => value > high,
        _ => has * 100 >= asked * 105,
    };
    match (met, exceeded, has * 100 >= asked * 95) {
        (true, true, _) => ("exceeded", true),
        (true, false, _) => ("met", true),
        (false, _, true) => ("nearly", false),
        (false, _, false) => ("missed", false),
    }
}

/// Places by met ÷ assessable, best first: place, and whether another city has it too. Fewer than 66.7 % with a verdict: none.
pub(crate) fn ranks(cities: &[City]) -> Vec<Option<(usize, bool)>> {
    let total = rows().len();
    let is_ranked = |city: &&City| city.assessable > 0 && city.assessable * 1_000 >= total * 667;
    let place = |city: &City| {
        let against = |other: &City| (other.met * city.assessable).cmp(&(city.met * other.assessable));
        let others = || cities.iter().filter(is_ranked).map(against);
        let better = others().filter(|order| order.is_gt()).count();
        let same = others().filter(|order| order.is_eq()).count();
        is_ranked(&city).then_some((better + 1, same > 1))
    };
    cities.iter().map(place).collect()
}
