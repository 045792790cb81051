//! Days by which something is to be sent, and whose they are.

use super::clauses::sentences;
use super::head::days;
use super::passage::holds;
use super::sections::SourceText;
use super::{DraftDeadline, OpenFields, OpenReason};

/// Words of the periods that are reported on.
const PERIODS: [(&str, &str); 6] = [
    ("半年度", "half"),
    ("上半年", "half"),
    ("半年", "half"),
    ("年度", "annual"),
    ("全年", "annual"),
    ("年终", "annual"),
];

/// Days by which something is to be sent: 于2023年7月15日、2024年1月15日前分别将半年度、年度总结…报.
pub(super) fn deadlines(document: &SourceText) -> Vec<DraftDeadline> {
    let mut found = Vec::new();
    for number in 1..=document.length() {
        let Some(passage) = document.passage(number) else { continue };
        for sentence in sentences(&passage.plain) {
            let text = passage.plain.get(sentence.clone()).unwrap_or_default();
            let days = days(text);
            let Some((last, _)) = days.last() else { continue };
            let behind = text.get(*last..).unwrap_or_default();
            if !behind.starts_with('前') || !holds(behind, &["报", "送"]) {
                continue;
            }
            let mut periods: Vec<(usize, &str)> = Vec::new();
            for (word, key) in PERIODS {
                for (at, _) in behind.match_indices(word) {
                    if !periods.iter().any(|(known, _)| known.abs_diff(at) < word.len()) {
                        periods.push((at, key));
                    }
                }
            }
            periods.sort_unstable();
            let counts_agree = periods.len() == days.len();
            for ((end, due), (_, period)) in days.iter().zip(&periods) {
                let mut open = OpenFields::default();
                if !counts_agree {
                    open.chosen("period", OpenReason::Respectively);
                }
                let whose = whose(text.get(..*last).unwrap_or_default());
                if let Some(whose) = &whose {
                    open.chosen("due", OpenReason::DeadlineOf(whose.clone()));
                }
                let year = if due.1 <= 6 && *period == "annual" { due.0 - 1 } else { due.0 };
                let start = text.get(..*end).and_then(|head| head.rfind(&due.0.to_string())).unwrap_or(0);
                let quote = passage.quote(sentence.start + start..sentence.start + end);
                found.push(DraftDeadline {
                    period: format!("{year}-{period}"),
                    due: *due,
                    who: whose.unwrap_or_default(),
                    line: number,
                    quote,
                    open,
                });
            }
        }
    }
    found
}

/// Words for all that report.
const REPORTING: [&str; 8] = ["单位", "部门", "成员", "各地各", "专班", "责任", "牵头", "科室"];
/// Longest words for those whose deadline it is, in characters.
const LONGEST: usize = 12;

/// Of whom a clause up to a day speaks, where that is not all that report: 各县区 in 各县区于2023年12月25日; a unit by its name.
fn whose(text: &str) -> Option<String> {
    let head =
        text.rsplit([',', ';', ':']).find(|part| part.contains('各') || part.contains('于')).unwrap_or(text);
    let end = head.find(['于', '在', '应', '须', '要']).or_else(|| head.find(|c: char| c.is_ascii_digit()));
    let subject = head.get(..end.unwrap_or(head.len())).unwrap_or_default();
    let subject = subject.get(subject.rfind('各').unwrap_or(0)..).unwrap_or_default();
    let subject = subject
        .trim_start_matches(|c: char| c == '请' || c == '由' || "一二三四五六七八九十、()".contains(c));
    let names_some = subject.starts_with('各') || super::units::is_body(subject);
    let is_short = (2..=LONGEST).contains(&subject.chars().count());
    (names_some && is_short && !holds(head, &REPORTING)).then(|| subject.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_days_with_their_periods() {
        let document =
            SourceText::of("于2023年7月15日、2024年1月15日前分别将半年度、年度工作总结报领导小组办公室。");
        let found = deadlines(&document);
        let read: Vec<(&str, (i32, u32, u32))> =
            found.iter().map(|one| (one.period.as_str(), one.due)).collect();
        assert_eq!(read, [("2023-half", (2023, 7, 15)), ("2023-annual", (2024, 1, 15))]);
        assert_eq!(found[1].quote, "2024年1月15日");
    }

    #[test]
    fn a_deadline_of_some_only_is_marked() {
        for (text, expected) in [
            ("各县区于2023年12月25日前报送全年完成情况。", true),
            ("各县(市、区)请于2023年12月25日前将全年完成情况报市政府办公室。", true),
            ("市农业农村局于2023年12月25日前报送全年总结。", true),
            ("各责任单位于2023年12月25日前报送全年完成情况。", false),
            ("各县区、各部门于2023年12月25日前报送全年完成情况。", false),
            ("于2023年12月25日前将年度工作总结报领导小组办公室。", false),
            (
                "各牵头单位和责任单位要统筹安排好工作,于2023年12月25日前将年度工作总结报领导小组办公室。",
                false,
            ),
        ] {
            let found = deadlines(&SourceText::of(text));
            assert_eq!(found.iter().map(|one| one.open.has("due")).collect::<Vec<_>>(), [expected], "{text}");
            assert!(found.iter().all(|one| one.who.is_empty() != expected), "{text}");
        }
    }
}
