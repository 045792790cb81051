//! 除去不如上年的: what is reached without targets that lie on the worse side of their base.

use super::super::base_years::base_years;
use super::super::context::Context;
use super::super::indicators::fell;
use super::super::numerals::numeral;
use super::super::say::{plural, say};
use super::super::soft::{say_fell, say_judged, say_met};
use super::super::totals::{Totals, state_of};
use super::super::values::rate_words;
use super::answer::{Answer, plain};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::ledger::StepId;
use crate::plan::Indicator;

#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn without_soft(context: &Context<'_>, city: &CityEvaluation) -> Answer {
    let rows = context.counted(city);
    let bases = base_years(context, city);
    let language = context.language;
    let (base, of) = (bases.short_in(language), bases.words_in(language));
    if !rows.iter().any(|(one, _)| one.baseline.is_some() && one.apart.is_none()) {
        let document = context.document(&city.plan);
        return plain(match bases.is_empty() {
            true => say!(
                language,
                "{document}未列{base}数，不能分出哪些目标不如{base}。",
                "The {document} gives no values for {base}, so weaker targets cannot be told."
            ),
            false => say!(language, "没有可与{of}对照的目标。", "No target can be compared with {of}."),
        });
    }
    let soft: Vec<&(&Assessment, &Indicator)> =
        rows.iter().filter(|(one, _)| one.target_is_worse && one.state.is_assessable()).collect();
    if soft.is_empty() {
        let whole = rows.len();
        let compared = rows.iter().filter(|(one, _)| one.apart.is_none()).map(|(one, _)| state_of(one));
        let number = rows.iter().filter(|(one, _)| one.apart.is_none()).count();
        if number == whole {
            return plain(say!(language, "没有不如{of}的目标。", "No target is weaker than {of}."));
        }
        let id = format!("{}/#compared", city.plan.city);
        let number = context.book.count(&id, compared, &[], number);
        return plain(say!(
            language,
            "可与{base}比较的{number}项目标中，没有不如{of}的；其余目标不作这种比较。",
            "Of {number} targets comparable with {base} none is weaker than {of}; the others are not compared."
        ));
    }
    let slug = city.plan.city.as_str();
    let number = say_judged(context, slug, [city], soft.len());
    let met = soft.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
    let (part, whole) = (city.score.firm.part, city.score.firm.whole);
    let whose = Totals::of_city(&context.book, city);
    let reached = context.terms.reached;
    let met_words = match met == soft.len() {
        true => say!(language, "均{reached}", "all {reached}"),
        false => {
            let met = say_met(context, slug, worse(&rows), met);
            say!(language, "{reached}{met}项", "{met} {reached}")
        }
    };
    let were = plural(soft.len(), "judged target is", "judged targets are");
    let other = say!(
        language,
        "另{number}项可评目标不如{of}，{met_words}",
        "{number} other {were} weaker than {of}, {met_words}"
    );
    if whole == 0 {
        return plain(say!(
            language,
            "没有其余可评的目标；{other}",
            "No other target can be judged; {other}"
        ));
    }
    let (part, whole) = (whose.say("firm.met", part), whose.say("firm.assessable", whole));
    let rate = whose.say("rate_without_soft.shown", rate_words(city.score.firm));
    let words = say!(
        language,
        "项{reached}，{whole}项中（{rate}%）；{other}",
        " of {whole} {reached} ({rate}%); {other}"
    );
    Answer { lead: part, ..plain(words) }
}

/// The targets on the worse side of their base.
fn worse<'a>(rows: &'a [(&'a Assessment, &'a Indicator)]) -> impl Iterator<Item = &'a Assessment> {
    rows.iter().map(|(one, _)| *one).filter(|one| one.target_is_worse)
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
