//! 数是怎样算出来的: what the words of the report mean, with the limits of this round.

use serde::Serialize;

use super::super::base_years::base_years;
use super::super::context::Context;
use super::super::occurring::{Occurring, SPOKEN_OF, spoken_of};
use super::super::say::say;
use super::super::scoring;
use super::super::section::Draft;
use super::departments::{due, kinds_of_duties, whose};
use super::{Chapters, counted_in};
use crate::advise::moved;
use crate::assess::{Assessment, State};
use crate::characters::capitalised;
use crate::plan::{Goal, Origin};

/// 数是怎样算出来的.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Definitions {
    section: String,
    heading: String,
    items: Vec<Definition>,
}

/// A word with what it means.
#[derive(Debug, Clone, Serialize)]
struct Definition {
    term: String,
    meaning: String,
}

fn item(term: &str, meaning: String) -> Definition {
    Definition { term: term.to_owned(), meaning }
}

pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<Definitions> {
    let context = draft.context;
    let (language, round, terms) = (context.language, &context.evaluation.round, &context.terms);
    let [excellent, good, fair] = context.grades();
    let (annex, number) = (scoring::ANNEX, scoring::ANNEX.0);
    let (reached, document) = (terms.reached, &terms.document);
    let minimum = context.limit("minimum_coverage", round.method.minimum_coverage);
    let tolerance = context.limit("pace_tolerance", round.method.pace_tolerance);
    let mut items = always(context);
    if context.cities().iter().any(|city| !super::super::ways::ways(context, city).is_empty()) {
        items.push(item(
            language.of("须加快", "Must speed up"),
            say!(
                language,
                "到末年目标还需的年均增速，比{document}自己的年均增速高出{tolerance}个百分点以上。",
                "the growth per year still needed to the target of the final year is more than {tolerance} percentage points above that of the {document}."
            ),
        ));
    }
    items.extend(of_kinds(context));
    if !context.is_alone() {
        items.push(item(
            language.of("谁做得更好", "Which did better"),
            say!(
                language,
                "一方判不了的都不{reached}、另一方判不了的都{reached}，前者仍高，才说分得出先后；可评不到应评{minimum}%的不比。",
                "one is said to be ahead only if it stays so when none of its open targets and all of the other’s are {reached}; where less than {minimum}% of the targets can be judged nothing is compared."
            ),
        ));
    }
    let kinds = kinds_of_duties(context);
    let (due, whose) = (due(context, &kinds), whose(context, &kinds));
    items.extend([
        item(
            language.of("得分、等次", "Score, grade"),
            say!(
                language,
                "各项得分的平均，判不了的按零分计；{excellent}分以上优秀，{good}分以上良好，{fair}分以上合格。算法见技术卷{annex}。",
                "the mean of the scores of all targets, open ones as zero; Excellent from {excellent}, Good from {good}, Pass from {fair}. The method is in annex {number} of the technical volume."
            ),
        ),
        item(
            language.of("单位和期限", "Departments and dates"),
            say!(
                language,
                "{whose}{due}。",
                "{whose}{due}."
            ),
        ),
    ]);
    let heading = chapters.next(language.of("数是怎样算出来的", "How the figures are worked out"));
    Some(Definitions { section: heading.clone(), heading, items })
}

/// What only some targets have: a tolerance, and quotas of areas.
fn of_kinds(context: &Context<'_>) -> Vec<Definition> {
    let (language, volume) = (context.language, context.volume_of_rows());
    let mut items = Vec::new();
    let counted = || context.cities().iter().flat_map(|city| context.counted(city));
    let is_beside = |one: &Assessment| matches!(one.target.goal, Goal::Relative(..));
    if counted().any(|(one, _)| one.target.goal.is_about() && !is_beside(one)) {
        items.push(item(
            language.of("左右", "About"),
            say!(
                language,
                "比所写的数差，但差在允许范围之内的，也为完成；各项允许多少，见{volume}。",
                "met also when short of the number stated by no more than the tolerance; the tolerance of each is in {volume}."
            ),
        ));
    }
    if counted().any(|(one, _)| one.target.goal.is_about() && is_beside(one)) {
        items.push(item(
            language.of("基本同步", "Roughly in step"),
            say!(
                language,
                "不如对照的数，但差在允许范围之内的，也为完成；允许多少，见{volume}。",
                "met also when short of what it is compared with by no more than the tolerance, which is in {volume}."
            ),
        ));
    }
    if let Some(city) =
        context.cities().iter().find(|city| city.plan.indicators.iter().any(|row| !row.quotas.is_empty()))
    {
        let areas = &city.plan.called.areas;
        items.push(item(
            language.of("分解数", "Quotas"),
            say!(
                language,
                "分解到各{areas}的数只列示、核对合计，不逐一判定，见{volume}。",
                "of areas are listed and added up, not judged one by one; see {volume}."
            ),
        ));
    }
    items
}

/// For which years the targets are set that are counted.
fn years_of_targets(context: &Context<'_>) -> &'static str {
    let year = context.evaluation.round.year();
    let (mut now, mut later) = (false, false);
    for (one, _) in context.cities().iter().flat_map(|city| context.counted(city)) {
        let is_now = one.target.year <= year || one.target.recurring;
        now |= is_now;
        later |= !is_now;
    }
    let language = context.language;
    match (now, later) {
        (true, true) => language.of("本年度或以后年度", "this year or a later one"),
        (false, true) => language.of("以后年度", "later years"),
        (_, false) => language.of("本年度", "this year"),
    }
}

/// What is said in every report.
#[expect(clippy::too_many_lines, reason = "a list of definitions, each in two languages")]
fn always(context: &Context<'_>) -> Vec<Definition> {
    let (language, terms) = (context.language, &context.terms);
    let (rate, reached, document) = (terms.rate, terms.reached, &terms.document);
    let found = counted_in(context);
    let (verdicts, held) = (verdicts_of_completion(context, &found), found.held.defined(language));
    let said = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    let table = &terms.table;
    let prose = context.cities().iter().any(|city| city.score.basis == Origin::Prose);
    let years = years_of_targets(context);
    let counted = match (table.is_empty(), prose) {
        (true, _) => say!(
            language,
            "{document}正文为{years}定了目标的各项为应评",
            "the targets that the text of the {document} sets for {years}"
        ),
        (false, false) => say!(
            language,
            "{document}{table}为{years}定了目标的各项为应评",
            "the targets set for {years} in the table of the {document}"
        ),
        (false, true) => say!(
            language,
            "{document}{table}为{years}定了目标的各项为应评，没有{table}的为正文目标",
            "the targets set for {years} in the table of the {document}, or in the text where there is no table"
        ),
    };
    let has_open = context.cities().iter().any(|city| city.score.open() > 0);
    let has_base = context.cities().iter().any(|city| !base_years(context, city).is_empty());
    // A range is drawn where units are compared.
    let has_ranges = has_open && !context.is_alone();
    let left_out = match (has_open, has_ranges) {
        (true, false) => language.of("判不了的不算进去。", " Open targets are left out."),
        (true, true) => language.of(
            "判不了的不算进去，算进去会怎样，用“可能的范围”说。",
            " Open targets are left out; what they could change is told by the possible range.",
        ),
        (false, _) => "",
    };
    // Where units are compared, one line of the comparison leaves out weaker targets, whether there are any or not.
    let has_soft = found.has_soft || (has_base && !context.is_alone());
    let base = match (found.bases.has_before, found.bases.has_other) {
        (true, true) => language.of("上年或基期", "last year or the base year"),
        (false, true) => language.of("基期", "the base year"),
        (_, false) => language.of("上年", "last year"),
    };
    // What does not occur is not defined.
    let items = [
        Some(item(
            language.of("应评、可评", "To be judged, judged"),
            say!(
                language,
                "{counted}；其中有数、可判定的为可评。",
                "to be judged are {counted}; judged are those that have figures and allow a verdict."
            ),
        )),
        Some(item(
            &language.of(rate.to_owned(), capitalised(rate)),
            say!(
                language,
                "{reached}的项数除以可评的项数。{left_out}",
                "the number {reached} divided by the number judged.{left_out}"
            ),
        )),
        Some(item(
            language.of("可能的范围", "Possible range"),
            say!(
                language,
                "判不了的项全不{reached}到全{reached}，除以应评项数。它是上下界，不是误差。",
                "from none to all of the open targets {reached}, divided by all targets to be judged. It is a bound, not a margin of error."
            ),
        )).filter(|_| has_ranges),
        Some(item(
            language.of("完成程度", "Completion"),
            say!(
                language,
                "实绩与{held}之比，越低越好的倒过来。{verdicts}",
                "the value divided by {held}, turned where lower is better.{verdicts}"
            ),
        )),
        Some(item(
            language.of("比较", "Comparison"),
            said(
                "按修约前的数比较，印出的数按GB/T 8170修约一次；所以印出的两个数相减，不一定等于印出的差。",
                "figures are compared before rounding, and printed figures are rounded once (GB/T 8170); so two printed figures need not differ by the printed difference.",
            ),
        )),
        Some(item(
            &say!(language, "目标不如{base}", "Target weaker than {base}"),
            say!(
                language,
                "目标比{document}列的{base}数还差；到了这样的目标不等于进步，所以另算一次。",
                "the target is worse than the value of {base} in the {document}. To meet it is no progress, so the share is worked out once more without it."
            ),
        )).filter(|_| has_soft),
        Some(item(
            &say!(language, "与{base}比", "Against {base}"),
            compared(context),
        )).filter(|_| has_base),
    ];
    items.into_iter().flatten().collect()
}

/// What is held against the value of the base, and what of what occurs is not.
fn compared(context: &Context<'_>) -> String {
    let language = context.language;
    let counted = || context.cities().iter().flat_map(|city| context.counted(city));
    let has_work = counted().any(|(_, row)| row.is_work_of_a_year());
    let changed = |word: &&str| {
        counted().any(|(one, row)| {
            let is_left_out = moved(one, row).is_none();
            one.change.as_ref().is_some_and(|change| is_left_out && spoken_of(change.kind) == *word)
        })
    };
    let changes = SPOKEN_OF.into_iter().filter(changed).collect::<Vec<_>>().join("、");
    let mut parts = vec![
        language
            .of(
                "同一指标、同一口径、方向确定、有判定的才比",
                "only the same indicator by the same definition, with a better side and a verdict, is compared",
            )
            .to_owned(),
    ];
    if has_work {
        parts.push(
            language
                .of(
                    "新增、新建一类当年的工作量不比",
                    "work done within a year, such as new buildings, is not",
                )
                .to_owned(),
        );
    }
    if !changes.is_empty() {
        parts.push(say!(
            language,
            "报送的是实绩本身而目标说的是{changes}的不比",
            "a level whose target speaks of its change is not"
        ));
    }
    language.of(format!("{}。", parts.join("；")), format!("{}.", parts.join("; ")))
}

/// From which completion on a target is 超额完成 and 基本完成: of those that occur, and of what the comparison of units counts.
fn verdicts_of_completion(context: &Context<'_>, found: &Occurring) -> String {
    let (language, method) = (context.language, &context.evaluation.round.method);
    let exceeded = found.has(State::Exceeded).then(|| {
        let exceeded = context.limit("exceeded", method.exceeded);
        say!(language, "{exceeded}%以上为超额完成", "from {exceeded}% on a target is exceeded")
    });
    let nearly = (found.has(State::Nearly) || !context.is_alone()).then(|| {
        let nearly = context.limit("nearly", method.nearly);
        say!(
            language,
            "没有到目标而在{nearly}%以上的为基本完成",
            "one that is missed with {nearly}% or more is nearly met"
        )
    });
    // Of these no ratio says that they are exceeded.
    let apart =
        found.has(State::Exceeded).then(|| match (found.limits.has_bounds, found.limits.has_any_ceiling()) {
            (true, true) => language.of(
                "列有上下限的，高于上限为超额完成；控制在某数以内的，不计超额完成",
                "with bounds, what lies above the upper one is exceeded; a limit is kept, never exceeded",
            ),
            (true, false) => language.of(
                "列有上下限的，高于上限为超额完成",
                "with bounds, what lies above the upper one is exceeded",
            ),
            (false, true) => language.of("控制在某数以内的，不计超额完成", "a limit is kept, never exceeded"),
            (false, false) => "",
        });
    let apart = apart.filter(|words| !words.is_empty()).map(str::to_owned);
    let has_verdicts = exceeded.is_some() || nearly.is_some();
    let later = (has_verdicts && found.has_schedules()).then(|| {
        language
            .of(
                "以后年度的目标只判达到序时或慢于序时",
                "targets for later years are only said to be on schedule or behind",
            )
            .to_owned()
    });
    let parts: Vec<String> = exceeded.into_iter().chain(apart).chain(nearly).chain(later).collect();
    match parts.is_empty() {
        true => String::new(),
        false => {
            language.of(format!("{}。", parts.join("；")), format!(" {}.", capitalised(&parts.join("; "))))
        }
    }
}
