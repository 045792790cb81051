//! 数是怎样算出来的: what the words of the report mean, with the limits of this round.

use serde::Serialize;

use super::super::context::Context;
use super::super::indicators::base_years;
use super::super::phrases::month_day;
use super::super::scoring;
use super::super::section::Draft;
use super::Chapters;
use crate::plan::Origin;

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
    let (round, terms) = (&context.evaluation.round, &context.terms);
    let [excellent, good, fair] = context.grades();
    let annex = scoring::ANNEX;
    let (reached, document) = (terms.reached, &terms.document);
    let minimum = context.limit("minimum_coverage", round.method.minimum_coverage);
    let tolerance = context.limit("pace_tolerance", round.method.pace_tolerance);
    let mut items = always(context);
    if context.cities().iter().any(|city| !super::super::ways::ways(context, city).is_empty()) {
        items.push(item(
            "须加快",
            format!("到末年目标还需的年均增速，比{document}自己的年均增速高出{tolerance}个百分点以上。"),
        ));
    }
    if !context.is_alone() {
        items.push(item(
            "谁做得更好",
            format!("一方判不了的都不{reached}、另一方判不了的都{reached}，前者仍高，才说分得出先后；可评不到应评{minimum}%的不比。"),
        ));
    }
    items.extend([
        item("得分、等次", format!("各项得分的平均，判不了的按零分计；{excellent}分以上优秀，{good}分以上良好，{fair}分以上合格。算法见技术卷{annex}。")),
        item("单位和期限", format!("“由谁”取{document}写明的牵头或责任单位；没有写明的由办公室明确。未到的目标{}前报措施，数据滞后的公布后补报，其余{}前答复。", month_day(round.measures_by), month_day(round.answer_by))),
    ]);
    let heading = chapters.next("数是怎样算出来的");
    Some(Definitions { section: heading.clone(), heading, items })
}

/// What is said in every report.
fn always(context: &Context<'_>) -> Vec<Definition> {
    let (method, terms) = (&context.evaluation.round.method, &context.terms);
    let (rate, reached, document) = (terms.rate, terms.reached, &terms.document);
    let nearly = context.limit("nearly", method.nearly);
    let exceeded = context.limit("exceeded", method.exceeded);
    let table = &terms.table;
    let prose = context.cities().iter().any(|city| city.score.basis == Origin::Prose);
    let counted = match (table.is_empty(), prose) {
        (true, _) => format!("{document}正文为本年度定了目标的各项为应评"),
        (false, false) => format!("{document}{table}为本年度定了目标的各项为应评"),
        (false, true) => format!("{document}{table}为本年度定了目标的各项为应评，没有{table}的为正文目标"),
    };
    let has_open = context.cities().iter().any(|city| city.score.open() > 0);
    let has_base = context.cities().iter().any(|city| !base_years(context, city).is_empty());
    let left_out = match has_open {
        true => "判不了的不算进去，算进去会怎样，用“可能的范围”说。",
        false => "",
    };
    let possible = item(
        "可能的范围",
        format!("判不了的项全不{reached}到全{reached}，除以应评项数。它是上下界，不是误差。"),
    );
    let worse = item(
        "目标不如上年或基期",
        format!("目标比{document}列的上年或基期数还差；到了这样的目标不等于进步，所以另算一次。"),
    );
    let moved = item(
        "与上年或基期比",
        "同一指标、同一口径、方向确定的才比；新增、新建一类当年的工作量不比。".to_owned(),
    );
    // What does not occur is not defined.
    let items = [
        Some(item("应评、可评", format!("{counted}；其中有数、可判定的为可评。"))),
        Some(item(rate, format!("{reached}的项数除以可评的项数。{left_out}"))),
        Some(possible).filter(|_| has_open || !context.is_alone()),
        Some(item(
            "完成程度",
            format!(
                "实绩与目标之比，越低越好的倒过来。{exceeded}%以上为超额完成；没有到目标而在{nearly}%以上的为基本完成。"
            ),
        )),
        Some(item(
            "比较",
            "按修约前的数比较，印出的数按GB/T 8170修约一次；所以印出的两个数相减，不一定等于印出的差。"
                .to_owned(),
        )),
        Some(worse).filter(|_| has_base),
        Some(moved).filter(|_| has_base),
    ];
    items.into_iter().flatten().collect()
}
