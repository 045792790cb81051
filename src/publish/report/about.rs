//! What the first sheet of the results workbook says.

use super::values::{ILLUSTRATIVE, is_illustrative};
use crate::evaluation::Evaluation;
use crate::publish::results::About;

/// What the first sheet of the results workbook says.
pub(in crate::publish) fn about(evaluation: &Evaluation) -> About {
    let round = &evaluation.round;
    let mut lines = vec![
        ("评估年度".to_owned(), format!("{}年", round.year)),
        ("版别".to_owned(), round.edition.chinese().to_owned()),
        ("编制单位".to_owned(), round.issuer.clone()),
        ("报告日期".to_owned(), round.report_date.to_string()),
        (
            "说明".to_owned(),
            "各表与tables文件夹中的CSV、Parquet相同；列名的含义见docs/tables.md。".to_owned(),
        ),
    ];
    if is_illustrative(evaluation) {
        lines.insert(0, ("注意".to_owned(), ILLUSTRATIVE.to_owned()));
    }
    About { title: round.title.concat(), lines, date: round.report_date }
}

/// The same for the results workbook of one city.
pub(in crate::publish) fn about_city(evaluation: &Evaluation, own: &Evaluation) -> About {
    let mut about = about(evaluation);
    let name = own.cities.first().map_or("", |city| city.plan.name.as_str());
    for (_, words) in about.lines.iter_mut().filter(|(label, _)| label == "说明") {
        *words = format!("只含{name}的各行；列名的含义见docs/tables.md。");
    }
    about
}
