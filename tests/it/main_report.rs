//! 主报告: as many pages as its readers have time for, in type that they can read, whatever the round.

use std::path::Path;

use crate::brief::{Drawn, PLAIN, publish_only, sizes, text, unwanted};
use crate::workspace::{Workspace, copy_tree, pages, repository};

/// At most so many pages, cover and 封二 among them, no type below nine points, and no words that are not for leaders.
fn is_fit(report: &Path, most: usize, what: &str) {
    let count = pages(report).len();
    assert!((4..=most).contains(&count), "{what}: {count} pages, {most} at the most");
    let smallest = sizes(report).into_iter().min();
    assert!(smallest >= Some(9), "{what}: type of {smallest:?} points");
    assert_eq!(unwanted(&text(report)), Vec::<String>::new(), "{what}");
}

fn report(workspace: &Workspace, round: &str) -> std::path::PathBuf {
    publish_only(workspace, round, "main");
    workspace.path("out/report.pdf")
}

#[test]
fn the_main_report_of_the_sample_rounds_gives_each_city_two_pages_and_says_what_its_figures_say() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    for (round, cities, in_english, sentences) in [
        (
            "input/2023",
            ["湘潭市", "潜江市"],
            ["Xiangtan", "Qianjiang"],
            &[
                "现有数据分不出先后：已评项中，潜江15项完成10项（66.7%），湘潭22项完成14项（63.6%）",
                "与上年比，21项可比：15项变好，1项持平，5项变差（国省级科技成果奖、高新产业增加值占比、高企占规上企业比重、高企主营收入占比、科技支出占财政支出）",
                "44→37",
                "对照末年目标：已到2项，照计划可到10项，须加快6项，缺数3项；须加快最多的是光电子信息产业产值：年均须增33.5%，方案为29.1%",
                "少7个（62／69）",
                "工作任务31项：完成14项、推进中15项、未启动2项。",
            ][..],
        ),
        (
            "input/2025",
            ["潜江市", "衡阳市"],
            ["Qianjiang", "Hengyang"],
            &[
                "按考核值完成15项，按要求更高的完成值完成7项",
                "来路和去路：各年目标与实绩（2023—2025年）",
                "两轮之间：2023年和2025年的判定",
                "由未到变为到3科普经费筹集额、万人发明专利拥有量、龙虾品牌价值",
                "由到变为判不了1新注册企业数",
                "两轮都有的目标21项，两轮都到的9项不列；各对当年目标，基本完成算未到。2023年可评15项完成10项（66.7%），2025年可评17项完成15项（88.2%）；两年目标不同，完成率不能直接相减。",
            ],
        ),
    ] {
        let report = report(&workspace, round);
        is_fit(&report, 12, round);
        let text = text(&report);
        for sentence in sentences {
            assert!(text.contains(sentence), "{round}: {sentence}\n{text}");
        }
        // Each city begins on a page of its own and has one more; what is open follows.
        let all = pages(&report);
        let begins =
            |heading: &str| all.iter().skip(2).position(|page| page.contains(&format!("、{heading}\n")));
        let [one, other] = cities.map(|city| begins(city).unwrap());
        let after = begins("还判不了的、欠在谁那里").unwrap();
        assert_eq!([other.abs_diff(one), after.abs_diff(one.max(other))], [2, 2], "{round}");
        let english = pages(&workspace.path("out/report-en.pdf"));
        let begins = |name: &str| {
            let is_it = |line: &str| {
                line.trim_start().get(1..).is_some_and(|rest| rest.starts_with(&format!(". {name}")))
            };
            english.iter().skip(2).position(|page| page.lines().any(is_it)).unwrap()
        };
        let [one, other] = in_english.map(begins);
        let after = begins("What cannot be judged yet");
        assert_eq!([other.abs_diff(one), after.abs_diff(one.max(other))], [2, 2], "{round} in English");
    }
}

/// Levels elsewhere stand beside the values, and one of a city goes before one of all; without any it is said.
#[test]
fn levels_elsewhere_stand_beside_the_values_of_cities_with_their_sources() {
    let level = |area: &str, city: &str, year: i32, value: &str, source: &str| {
        format!(
            "[[level]]\nindicator = \"rd\"\narea = \"{area}\"\ncity = \"{city}\"\nyear = {year}\nvalue = \"{value}\"\nsource = \"{source}\"\n"
        )
    };
    let several = [
        level("nation", "", 2023, "2.65", "全国公报"),
        level("province", "", 2022, "2.5", "甲省公报"),
        level("province", "b", 2023, "1.94", "乙省公报。"),
    ];
    for (cities, more, expected) in [
        (
            &[("a", "甲市"), ("b", "乙市")][..],
            several.concat(),
            &[
                "分领域、共同指标和对标",
                "指标（单位）城市本年实绩全省全国研发强度（%）甲市3.12.5（2022年）2.65研发强度（%）乙市3.11.942.65",
                "只列水平，不作判定。对标值来源：全国公报；甲省公报；乙省公报。",
            ][..],
        ),
        (&[("a", "甲市"), ("b", "乙市")], String::new(), &["本轮没有声明对标值，所以不作水平比较。"]),
        (&[("a", "甲市")], several[0].clone(), &["一、对标", "研发强度（%）甲市3.12.65"]),
    ] {
        let workspace = Workspace::with_cities(cities);
        for (slug, name) in cities {
            workspace.submit(slug, name, crate::workspace::GOOD);
        }
        let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
        workspace.write("input/2023/round.toml", format!("{round}{more}"));
        let report = report(&workspace, "input/2023");
        let text = text(&report);
        for sentence in expected {
            assert!(text.contains(sentence), "{sentence}\n{text}");
        }
        let figures = std::fs::read_to_string(workspace.path("out/tables/figures.csv")).unwrap();
        assert_eq!(figures.contains("2023/round.toml#level.1,2.65"), !more.is_empty(), "{figures}");
    }
}

#[test]
fn the_main_report_of_any_round_keeps_to_its_pages() {
    for (what, drawn, most) in [
        ("one city", Drawn { cities: 1, ..PLAIN }, 7),
        ("three cities", Drawn { cities: 3, ..PLAIN }, 13),
        ("six cities", Drawn { cities: 6, ..PLAIN }, 19),
        ("seven cities", Drawn { cities: 7, ..PLAIN }, 10),
        ("thirty cities", Drawn { cities: 30, ..PLAIN }, 12),
        ("five indicators without a base", Drawn { indicators: 5, has_base: false, ..PLAIN }, 11),
        ("sixty indicators", Drawn { indicators: 60, ..PLAIN }, 14),
        ("nothing reported", Drawn { is_reported: false, ..PLAIN }, 11),
        ("long names", Drawn { indicators: 30, are_names_long: true, ..PLAIN }, 13),
    ] {
        let workspace = drawn.workspace();
        is_fit(&report(&workspace, "input/2023"), most, what);
    }
}

/// The rows of many cities stand in their own reports, and in no other volume.
#[test]
fn of_many_cities_what_is_left_out_is_told_where_it_stands() {
    let workspace = Drawn { cities: 30, ..PLAIN }.workspace();
    let main = text(&report(&workspace, "input/2023"));
    for words in ["逐项见各城市分册。", "逐条见各城市分册。"] {
        assert!(main.contains(words), "{words}\n{main}");
    }
    // Without targets of later years nothing is behind schedule.
    assert!(main.contains("未到＝未完成、基本完成。"), "{main}");
    for words in ["逐项见技术卷", "逐条见技术卷", "慢于序时"] {
        assert!(!main.contains(words), "{words}\n{main}");
    }
    let workspace = Drawn { cities: 60, ..PLAIN }.workspace();
    publish_only(&workspace, "input/2023", "brief");
    let brief = text(&workspace.path("out/brief.pdf"));
    assert!(!brief.contains("见主报告"), "{brief}");
    assert!(brief.contains("其余见各城市分册"), "{brief}");
}

#[test]
#[ignore = "rounds of very many cities: minutes"]
fn the_main_report_of_hundreds_of_cities_keeps_to_its_pages() {
    for (cities, most) in [(100, 12), (346, 20)] {
        let drawn = Drawn { cities, indicators: 20, ..PLAIN };
        is_fit(&report(&drawn.workspace(), "input/2023"), most, &format!("{cities} cities"));
    }
}
