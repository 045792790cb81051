//! The table of what people decided.

use crate::evaluation::{Alternative, DecidedOn, DecidedState, Evaluation, HumanDecision, VerdictOn};
use crate::finding::Side;
use crate::plan::Grade;
use crate::publish::table::{Cell, Column, Head, Table, integer, text, truth};
use crate::rounding::plain;

const HEAD: Head = Head {
    name: "decisions",
    sheet: Some((8, "人工决定")),
    about: "One row per decision of people: entries of `round.toml` and `waivers.toml`, and amendments in force of the targets that are judged.",
};

const COLUMNS: &[Column<HumanDecision>] = &[
    text(
        "kind",
        "种类",
        "`preference`, `waiver`, `veto`, `base_year`, `benchmark`, `weight`, `amendment`, `decision_asked`, or `other` for a `[[decision]]`",
        |one| one.kind.key().into(),
    ),
    text("city", "城市", "slug; empty for one that holds for all", |one| {
        one.city.as_ref().map(|city| city.as_str()).into()
    }),
    text(
        "object",
        "对象",
        "number of the indicator; of a waiver the code of its findings with the unit and what they are about; `binding` or `anticipatory`; of other decisions what they concern; empty for the city as a whole",
        object,
    ),
    text("matter", "事项", "kind of matter; of `other` only", |one| match &one.on_what {
        DecidedOn::Matter { matter, .. } => matter.as_str().into(),
        _ => Cell::Null,
    }),
    text(
        "before",
        "决定前",
        "how it stood: the values of the units, the target or weight before, the severity of the findings, the grade without the limit",
        |one| standing(&one.before),
    ),
    text(
        "after",
        "决定后",
        "how it stands: the value that counts, the target or weight in force, `waived`, the best grade that is given, the words of another decision, the kind of a question with its words; of what has expired as before",
        |one| standing(&one.after),
    ),
    text("by", "决定人", "who decided, or answers for it; empty where that is not told", |one| {
        one.warrant.by.as_str().into()
    }),
    text("on", "决定日期", "when; empty where that is not told", |one| {
        one.warrant.on.map(|day| day.to_string()).into()
    }),
    text("until", "有效期至", "last day of a waiver", |one| {
        one.warrant.until.map(|day| day.to_string()).into()
    }),
    truth(
        "in_force",
        "有效",
        "holds on the day of the report: a waiver whose last day is over does not",
        |one| one.is_in_force.into(),
    ),
    text("reason", "理由", "why; empty where that is not told", |one| one.warrant.reason.as_str().into()),
    text("basis", "依据", "the document that it rests on; empty where none is named", |one| {
        one.warrant.basis.as_str().into()
    }),
    text("file", "文件", "the file that it stands in, below the input root", |one| {
        one.file.as_str().into()
    }),
    integer("line", "行", "its line there", |one| one.line.into()),
    integer(
        "affects",
        "影响的数字",
        "printed figures that rest on it in `derivation`; empty for `decision_asked` and `other`, which have no effect on figures",
        |one| one.affects.into(),
    ),
    text(
        "verdict",
        "判定",
        "of a decision about one indicator or task the `state` of that (of limits and weights of one city its `grade`); else the verdicts that would be others without it, as `xiangtan/22 met`, joined with ；",
        |one| verdicts(one, |verdict| verdict.is.in_tables()),
    ),
    text(
        "verdict_without",
        "若无此项的判定",
        "the same without it, by judging the city once more without the entry",
        |one| verdicts(one, |verdict| verdict.would_be.in_tables()),
    ),
];

fn object(one: &HumanDecision) -> Cell {
    match &one.on_what {
        DecidedOn::Indicator(no) => no.as_str().into(),
        DecidedOn::Nature(nature) => nature.key().into(),
        DecidedOn::City => Cell::Null,
        DecidedOn::Findings { code, unit, object } => {
            let unit = unit.as_ref().map(ToString::to_string);
            let object = object.as_ref().map(ToString::to_string);
            [Some(code.clone()), unit, object].into_iter().flatten().collect::<Vec<_>>().join(" ").into()
        }
        DecidedOn::Matter { object, .. } => object.as_str().into(),
    }
}

fn standing(one: &DecidedState) -> Cell {
    match one {
        DecidedState::Nothing => Cell::Null,
        DecidedState::Written(words) => words.as_str().into(),
        DecidedState::Named(name, value) => format!("{name} {}", plain(*value)).into(),
        DecidedState::Sides(sides) => sides.iter().map(side).collect::<Vec<_>>().join("；").into(),
        DecidedState::Findings(_, severity) => severity.key().into(),
        DecidedState::Asked(kind, question) if question.is_empty() => kind.key().into(),
        DecidedState::Asked(kind, question) => format!("{} {question}", kind.key()).into(),
        DecidedState::Waived => "waived".into(),
        DecidedState::Grade(grade) => grade.map(Grade::chinese).into(),
    }
}

fn side(side: &Side) -> String {
    format!("{} {}{}", side.unit, side.value.text(), side.measure)
}

fn verdicts(one: &HumanDecision, of: fn(&Alternative) -> &'static str) -> Cell {
    match (one.on_verdict(), one.without.as_slice()) {
        (Some(_), [only]) => of(only).into(),
        (_, several) => several.iter().map(|one| named(one, of)).collect::<Vec<_>>().join("；").into(),
    }
}

/// `xiangtan/22 met`: what a verdict is on, and a word of it.
pub(super) fn named(one: &Alternative, of: impl Fn(&Alternative) -> &'static str) -> String {
    match &one.on {
        VerdictOn::Target(no) => format!("{}/{no} {}", one.city, of(one)),
        VerdictOn::Task(no) => format!("{}/task-{no} {}", one.city, of(one)),
        VerdictOn::City => format!("{}/grade {}", one.city, of(one)),
    }
}

/// `湘潭/22 完成`: the same for who reads it, by the name of the city.
pub(in crate::publish) fn named_by(
    one: &Alternative,
    city: &str,
    of: impl Fn(&Alternative) -> &'static str,
) -> String {
    match &one.on {
        VerdictOn::Target(no) => format!("{city}/{no} {}", of(one)),
        VerdictOn::Task(no) => format!("{city}/任务{no} {}", of(one)),
        VerdictOn::City => format!("{city}/等次 {}", of(one)),
    }
}

pub(in crate::publish) fn table(evaluation: &Evaluation) -> Table {
    Table::of(HEAD, COLUMNS, &evaluation.decisions)
}
