//! What the first sheet of the results workbook says.

use super::values::illustrative_label;
use crate::evaluation::Evaluation;
use crate::publish::results::About;

/// What the first sheet of the results workbook says.
pub(in crate::publish) fn about(evaluation: &Evaluation) -> About {
    described(
        evaluation,
        "供阅读和打印；全部栏目、填报值、核对结果、被替代的值和溯源见tables文件夹".to_owned(),
    )
}

/// The same for the results workbook of one city, which `own` holds.
pub(in crate::publish) fn about_city(own: &Evaluation) -> About {
    let name = own.cities.first().map_or("", |city| city.plan.name.as_str());
    described(own, format!("只含{name}的各行"))
}

fn described(evaluation: &Evaluation, what: String) -> About {
    let round = &evaluation.round;
    let lines = [
        ("评估年度", format!("{}年", round.year())),
        ("版别", round.edition.chinese().to_owned()),
        ("编制单位", round.issuer.clone()),
        ("报告日期", round.report_date.to_string()),
        ("说明", format!("{what}。蓝色带下划线的字可以点开")),
    ];
    let mark = illustrative_label(evaluation).map(|label| label.to_owned());
    let warned = mark.clone().map(|label| ("注意", label));
    let lines = warned.into_iter().chain(lines).map(|(label, value)| (label.to_owned(), value));
    About { title: round.title.concat(), lines: lines.collect(), mark, date: round.report_date }
}
