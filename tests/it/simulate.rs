//! Simulated departments: workbooks as people lay them out, drawn from a plan and a seed, with a known truth. Every value
//! is read right, or withheld with a finding that names where; a wrong one, or one that is lost in silence, is a failure.
//!
//! `make simulate` draws more than 20,000; `make test` a fixed share. A failure is reduced: each choice that is not needed for it is
//! put back to the plainest one, and what is left is printed with the sheet.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use duibiao::rounding::round_to;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use crate::workspace::{COVER, Workspace};

/// What somebody who looks into a failure asks for: `DUIBIAO_KEEP` a folder for the last inputs, `DUIBIAO_COUNTS` counts by
/// choice and by finding, `DUIBIAO_CODE` the first workbook with an error of that code.
#[expect(clippy::disallowed_methods, reason = "for looking into failures by hand; no result depends on it")]
pub(crate) fn asked(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}

/// Cities of a round that is drawn at once; each sends one workbook.
const CITIES: usize = 50;

/// A source of numbers that depends on nothing but its seed (splitmix64).
#[derive(Clone)]
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What a department chooses, each choice by name with the number of its options; option 0 is the plainest.
const CHOICES: [(&str, usize); 27] = [
    ("title", 5),
    ("sender", 3),
    ("unit_line", 3),
    ("left", 3),
    ("class", 3),
    ("number", 4),
    ("unit", 5),
    ("name_words", 8),
    ("result_words", 14),
    ("rows_of_headings", 4),
    ("merges", 2),
    ("target", 5),
    ("previous", 4),
    ("noise", 12),
    ("noise_more", 12),
    ("parts_of_the_year", 4),
    ("areas", 3),
    ("text_numbers", 4),
    ("blank_rows", 3),
    ("groups", 2),
    ("footer", 5),
    ("example", 3),
    ("numbering", 2),
    ("tables", 3),
    ("unknown_words", 3),
    ("formats", 4),
    ("decoy", 4),
];

pub(crate) type Choices = BTreeMap<&'static str, usize>;

/// What a run draws.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// All headings are of listed words.
    Known,
    /// A third of the headings has a word that is in no list.
    Third,
    /// Besides, a column of other numbers of the same size has such a heading too.
    Decoys,
}

pub(crate) fn choices(draw: &mut Draw, words: Words) -> Choices {
    let mut all: Choices = CHOICES.iter().map(|(name, options)| (*name, draw.below(*options))).collect();
    if words != Words::Decoys {
        all.insert("decoy", 0);
    }
    if words == Words::Known {
        all.insert("unknown_words", 0);
    } else if all["unknown_words"] == 0 {
        all.insert("unknown_words", 1);
    }
    all
}

/// An indicator of the simulated plan.
pub(crate) struct Indicator {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    pub(crate) target: Decimal,
    pub(crate) past: Decimal,
    pub(crate) places: u32,
}

const NAMES: [(&str, &str, i64, i64, u32); 24] = [
    ("全社会研发经费占比", "%", 25, 45, 2),
    ("高新技术企业数", "家", 300, 900, 0),
    ("技术合同成交额", "亿元", 40, 400, 2),
    ("规模以上工业增加值", "亿元", 200, 2000, 1),
    ("万人发明专利拥有量", "件", 6, 40, 2),
    ("新增科技型中小企业", "家", 80, 600, 0),
    ("省级以上创新平台", "个", 20, 120, 0),
    ("财政科技支出", "万元", 20000, 90000, 0),
    ("高新区营业总收入", "亿元", 900, 2500, 1),
    ("沙化土地治理面积", "万亩", 20, 90, 2),
    ("森林蓄积量", "万立方米", 700, 3000, 1),
    ("单位GDP能耗", "吨标准煤/万元", 1, 9, 4),
    ("全社会用电量", "亿千瓦时", 60, 300, 2),
    ("研发人员全时当量", "人年", 3000, 12000, 0),
    ("城镇化率", "%", 55, 80, 1),
    ("粮食产量", "万吨", 80, 300, 1),
    ("人均可支配收入", "元", 30000, 60000, 0),
    ("孵化器在孵企业", "家", 100, 700, 0),
    ("实际利用外资", "万美元", 3000, 40000, 0),
    ("数字经济核心产业占比", "%", 5, 14, 2),
    ("普通高校毕业生留存", "万人", 1, 9, 2),
    ("公路通车里程", "公里", 3000, 9000, 1),
    ("每千人口医师数", "人", 2, 6, 2),
    ("新登记市场主体", "万户", 2, 9, 2),
];

fn decimal(draw: &mut Draw, low: i64, high: i64, places: u32) -> Decimal {
    let scale = 10_i64.pow(places);
    let span = usize::try_from((high - low) * scale).unwrap();
    Decimal::new(low * scale + i64::try_from(draw.below(span)).unwrap(), places)
}

fn indicators(draw: &mut Draw) -> Vec<Indicator> {
    let mut list: Vec<usize> = (0..NAMES.len()).collect();
    for at in (1..list.len()).rev() {
        list.swap(at, draw.below(at + 1));
    }
    let count = 5 + draw.below(8);
    (1..)
        .zip(list.into_iter().take(count))
        .map(|(number, at)| {
            let (name, unit, low, high, places) = NAMES[at];
            let target = decimal(draw, low, high, places);
            let past = round_to(target * Decimal::new(93, 2), places);
            // Plans number with gaps, so that a running number differs.
            let no = if draw.below(4) == 0 { format!("特{number}") } else { format!("{}", number * 2 - 1) };
            Indicator { no, name: name.to_owned(), unit, target, past, places }
        })
        .collect()
}

fn plan(slug: &str, name: &str, indicators: &[Indicator]) -> (String, String, String) {
    let mut catalogue = "[[dimension]]\nid = \"input\"\nname = \"创新投入\"\n".to_owned();
    let mut plan = format!(
        "[plan]\nid = \"{slug}-2023\"\ncity = \"{slug}\"\nname = \"{name}\"\nshort = \"{name}\"\nlevel = \"city\"\ntitle = \"{name}方案\"\nscope = \"指标\"\nstatus = \"in_force\"\nyears = [2023]\nbaseline_year = 2022\noffice = \"办公室\"\nsource = \"sources/plan.txt\"\n[[group]]\nname = \"投入\"\nline = \"1\"\n"
    );
    let mut source = String::new();
    for (at, one) in (1..).zip(indicators) {
        let line = at * 3 - 2;
        write!(source, "{}\n{}\n{}\n", one.name, one.target, one.past).unwrap();
        let measure = if one.unit == "%" { "ratio" } else { "stock" };
        write!(catalogue, "[[indicator]]\nid = \"i{at}\"\nname = \"{0}\"\nshort = \"{0}\"\nunit = \"{1}\"\ndirection = \"higher\"\nmeasure = \"{measure}\"\ndecimals = {2}\ndimension = \"input\"\n", one.name, one.unit, one.places).unwrap();
        write!(plan, "[[indicator]]\nno = \"{0}\"\nid = \"i{at}\"\nname = \"{1}\"\nunit = \"{2}\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"{line}\"\n[[indicator.value]]\nyear = 2022\nvalue = \"{3}\"\nline = \"{5}\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"{4}\"\nline = \"{6}\"\nquote = \"{4}\"\n", one.no, one.name, one.unit, one.past, one.target, line + 2, line + 1).unwrap();
    }
    (catalogue, plan, source)
}

/// What a cell of a simulated sheet holds.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Text(String),
    Number(Decimal),
    /// A number with a format.
    Shown(Decimal, &'static str),
}

/// A sheet that is being laid out.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) cells: BTreeMap<(u32, u16), Cell>,
    pub(crate) merges: Vec<(u32, u16, u32, u16)>,
}

impl Page {
    fn text(&mut self, row: u32, column: u16, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.cells.insert((row, column), Cell::Text(text));
        }
    }

    fn number(&mut self, row: u32, column: u16, value: Decimal) {
        self.cells.insert((row, column), Cell::Number(value));
    }
}

/// What a column of a simulated table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    No,
    Class,
    Name,
    Unit,
    Previous,
    Target,
    Result,
    Part(usize),
    Elsewhere(usize),
    Noise(usize),
    Decoy(usize),
    Note,
}

/// Words that are in no lexicon.
const STRANGE: [&str; 16] = [
    "落地", "战果", "摸排", "兑现", "沉淀", "成色", "到位", "盘子", "亮灯", "销号", "晾晒", "滚动", "承压",
    "起势", "提质", "攒劲",
];

/// Noise columns: headings, and whether numbers stand below.
const NOISE: [(&str, bool); 11] = [
    ("比上年增长（%）", true),
    ("完成率", true),
    ("权重", true),
    ("得分", true),
    ("全省排名", true),
    ("占全省比重", true),
    ("与目标差距", true),
    ("基期值", true),
    ("责任单位", false),
    ("指标解释", false),
    ("联系电话", true),
];

/// A value that must be read: where it stands and what it is in the plan's unit.
#[derive(Debug)]
pub(crate) struct Truth {
    no: String,
    cell: String,
    sheet: String,
    value: Option<Decimal>,
}

pub(crate) struct Simulated {
    pub(crate) pages: Vec<Page>,
    truth: Vec<Truth>,
}

fn address(row: u32, column: u16) -> String {
    format!("{}{}", crate::writers::letters(u32::from(column)), row + 1)
}

/// A heading of the result: period × role, or with a word that nobody listed.
fn result_heading(choices: &Choices, draw: &mut Draw) -> (String, String) {
    let (period, kind) = [
        ("2023年", "实绩"),
        ("2023年度", "完成情况"),
        ("", "实际完成值"),
        ("本年", "实绩"),
        ("2023年1—12月", "累计完成"),
        ("截至2023年底", "完成数"),
        ("二〇二三年", "实际"),
        ("", "完成情况"),
        ("2023年", "统计值"),
        ("全年", "实际完成"),
        ("2023年", ""),
        ("2023年12月末", "累计"),
        ("当年", "完成额"),
        ("2023年全年", "实现值"),
    ][choices["result_words"]];
    strange(period, kind, choices, draw)
}

/// A third of the headings has a word that nobody listed, where the choice is for such words.
fn strange(period: &str, kind: &str, choices: &Choices, draw: &mut Draw) -> (String, String) {
    let word = *draw.of(&STRANGE);
    let (form, third) = (draw.below(4), draw.below(3));
    if choices["unknown_words"] == 0 || third != 0 {
        return (period.to_owned(), kind.to_owned());
    }
    match form {
        0 => (String::new(), word.to_owned()),
        1 => (period.to_owned(), format!("{word}{kind}")),
        2 => (period.to_owned(), format!("{kind}（{word}）")),
        _ => (period.to_owned(), word.to_owned()),
    }
}

fn columns(choices: &Choices) -> Vec<Of> {
    let mut columns = Vec::new();
    match choices["class"] {
        1 => columns.extend([Of::Class]),
        2 => {}
        _ => {}
    }
    if choices["number"] != 3 {
        columns.push(Of::No);
    }
    if choices["class"] == 2 {
        columns.push(Of::Class);
    }
    columns.push(Of::Name);
    if choices["unit"] == 0 || choices["unit"] == 3 {
        columns.push(Of::Unit);
    }
    if choices["target"] == 1 || choices["target"] == 4 {
        columns.push(Of::Target);
    }
    if choices["previous"] == 0 || choices["previous"] == 2 {
        columns.push(Of::Previous);
    }
    for at in 0..choices["parts_of_the_year"] {
        columns.push(Of::Part(at));
    }
    if choices["noise"] < NOISE.len() {
        columns.push(Of::Noise(choices["noise"]));
    }
    if choices["decoy"] > 0 {
        columns.push(Of::Decoy(choices["decoy"]));
    }
    columns.push(Of::Result);
    for at in 0..choices["areas"] {
        columns.push(Of::Elsewhere(at));
    }
    if choices["target"] > 1 && choices["target"] < 4 {
        columns.push(Of::Target);
    }
    if choices["previous"] == 1 {
        columns.push(Of::Previous);
    }
    if choices["noise_more"] < NOISE.len() && choices["noise_more"] != choices["noise"] {
        columns.push(Of::Noise(choices["noise_more"]));
    }
    columns.push(Of::Note);
    columns
}

/// Headings of a column: the upper one, which others may share, and the lower one.
fn headings(of: Of, choices: &Choices, draw: &mut Draw) -> (String, String) {
    let plain = |words: &[&str], draw: &mut Draw| {
        let word = *draw.of(words);
        strange("", word, choices, draw)
    };
    match of {
        Of::No => plain(&["序号", "编号", "指标序号"], draw),
        Of::Class => plain(&["一级指标", "类别", "指标类型"], draw),
        Of::Name => {
            let words =
                ["指标名称", "指标", "二级指标", "主要指标", "考核指标", "监测指标", "项目", "评价指标"];
            plain(&[words[choices["name_words"]]], draw)
        }
        Of::Unit => plain(&["计量单位", "单位"], draw),
        Of::Previous => {
            let (period, kind) =
                *draw.of(&[("2022年", "实绩"), ("上年", "实际"), ("上年", "同期"), ("2022年", "")]);
            strange(period, kind, choices, draw)
        }
        Of::Target => {
            let (period, kind) = *draw.of(&[
                ("2023年", "目标值"),
                ("", "考核值"),
                ("2023年", "计划"),
                ("", "年度目标"),
                ("", "目标任务数"),
                ("2023年", "规划目标"),
            ]);
            strange(period, kind, choices, draw)
        }
        Of::Result => result_heading(choices, draw),
        Of::Part(at) => {
            let part = [["一季度", "上半年", "前三季度"], ["1—3月", "1—6月", "1—9月"]][draw.below(2)][at];
            ("2023年".to_owned(), part.to_owned())
        }
        Of::Elsewhere(at) => ("2023年".to_owned(), ["市辖区", "全省"][at].to_owned()),
        Of::Noise(at) => plain(&[NOISE[at].0], draw),
        Of::Decoy(form) => {
            let word = *draw.of(&STRANGE);
            match form {
                1 => ("2023年".to_owned(), format!("{word}实绩")),
                2 => ("2023年".to_owned(), format!("{word}完成")),
                _ => (String::new(), word.to_owned()),
            }
        }
        Of::Note => plain(&["备注"], draw),
    }
}

/// A unit in which a department may report instead of the plan's, and by what its numbers are then larger.
fn other_unit(unit: &str) -> Option<(&'static str, Decimal)> {
    Some(match unit {
        "亿元" => ("万元", Decimal::from(10_000)),
        "万元" => ("元", Decimal::from(10_000)),
        "万吨" => ("吨", Decimal::from(10_000)),
        "万立方米" => ("亿立方米", Decimal::new(1, 4)),
        "亿千瓦时" => ("万千瓦时", Decimal::from(10_000)),
        "万人" => ("人", Decimal::from(10_000)),
        "%" => ("‰", Decimal::from(10)),
        _ => return None,
    })
}

pub(crate) fn simulate(indicators: &[Indicator], choices: &Choices, seed: u64) -> Simulated {
    let mut draw = Draw(seed);
    let mut simulated = Simulated { pages: Vec::new(), truth: Vec::new() };
    let mut page = Page { name: "表一".to_owned(), ..Page::default() };
    let sender = COVER;
    let mut row = 0;
    if choices["sender"] == 0 {
        let mut cover = Page { name: "封面".to_owned(), ..Page::default() };
        for (at, (label, value)) in (0..).zip(sender) {
            cover.text(at, 0, label);
            cover.text(at, 1, value);
        }
        simulated.pages.push(cover);
    } else {
        let first = if choices["sender"] == 1 { 0 } else { 200 };
        for (at, (label, value)) in (first..).zip(sender) {
            page.text(at, 0, format!("{label}：{value}"));
        }
        if choices["sender"] == 1 {
            row = 8;
        }
    }
    let halves: Vec<&[Indicator]> = match choices["tables"] {
        0 => vec![indicators],
        _ => {
            let (one, other) = indicators.split_at(indicators.len() / 2);
            vec![one, other]
        }
    };
    for (at, half) in halves.into_iter().enumerate() {
        if at > 0 && choices["tables"] == 2 {
            simulated.pages.push(std::mem::take(&mut page));
            page.name = "表二".to_owned();
            row = 0;
        }
        row = table(&mut page, row, half, choices, &mut draw, &mut simulated.truth) + 2;
    }
    simulated.pages.push(page);
    simulated
}

/// Lays out one table from a row on; returns the row behind it.
#[expect(clippy::too_many_lines, reason = "a table from its title to its footer")]
fn table(
    page: &mut Page,
    first: u32,
    indicators: &[Indicator],
    choices: &Choices,
    draw: &mut Draw,
    truth: &mut Vec<Truth>,
) -> u32 {
    let mut row = first;
    let left = u16::try_from(choices["left"]).unwrap();
    let columns = columns(choices);
    let width = u16::try_from(columns.len()).unwrap();
    match choices["title"] {
        1 => page.text(row, left, "2023年度创新指标完成情况表"),
        2 => {
            page.text(row, left, "甲市创新驱动发展主要指标");
            page.merges.push((row, left, row, left + width - 1));
        }
        3 => page.text(row, left + width / 2, "创新型城市建设统计表"),
        4 => page.text(row, left, "附件2"),
        _ => {}
    }
    if choices["title"] > 0 {
        row += 1;
    }
    match choices["unit_line"] {
        1 => page.text(row, left + width - 1, "单位：见表内"),
        2 => page.text(row, left, "填报说明：保留两位小数"),
        _ => {}
    }
    if choices["unit_line"] > 0 {
        row += 1;
    }
    // Headings.
    let heads: Vec<(String, String)> = columns.iter().map(|of| headings(*of, choices, draw)).collect();
    let rows_of_heads = match choices["rows_of_headings"] {
        0 | 3 => 1,
        more => more + 1,
    };
    let top = row;
    let bottom = row + u32::try_from(rows_of_heads).unwrap() - 1;
    let mut shared: Option<(u16, String)> = None;
    for ((column, of), (upper, lower)) in (left..).zip(&columns).zip(&heads) {
        let is_label = matches!(of, Of::No | Of::Class | Of::Name | Of::Unit | Of::Note | Of::Noise(_))
            || upper.is_empty();
        let close = |shared: &mut Option<(u16, String)>, page: &mut Page, until: u16| {
            if let Some((from, _)) = shared.take()
                && until > from
                && choices["merges"] == 1
            {
                page.merges.push((top, from, top, until));
            }
        };
        if bottom == top || is_label {
            close(&mut shared, page, column.saturating_sub(1));
            let text = format!("{upper}{lower}");
            page.text(top, column, if text.is_empty() { "2023年".to_owned() } else { text });
            if bottom > top && choices["merges"] == 1 {
                page.merges.push((top, column, bottom, column));
            }
            continue;
        }
        if shared.as_ref().is_none_or(|(_, text)| text != upper) {
            close(&mut shared, page, column.saturating_sub(1));
            page.text(top, column, upper.clone());
            shared = Some((column, upper.clone()));
        }
        if column == left + width - 1 {
            close(&mut shared, page, column);
        }
        let lower = if lower.is_empty() { "数值" } else { lower };
        let is_whole = matches!(of, Of::Result | Of::Previous | Of::Target);
        if bottom > top + 1 {
            page.text(top + 1, column, if is_whole { "全市" } else { lower });
        }
        if bottom == top + 1 || is_whole {
            page.text(bottom, column, lower);
        }
    }
    row = bottom + 1;
    if choices["numbering"] == 1 {
        let mut number = 0;
        for (column, of) in (left..).zip(&columns) {
            if matches!(of, Of::No | Of::Class | Of::Name | Of::Unit) {
                page.text(
                    row,
                    column,
                    *["甲", "乙", "丙", "丁"].get(usize::from(column - left)).unwrap_or(&"丁"),
                );
            } else {
                number += 1;
                page.number(row, column, Decimal::from(number));
            }
        }
        row += 1;
    }
    if choices["example"] > 0 {
        for (column, of) in (left..).zip(&columns) {
            match of {
                Of::No => page.text(row, column, "例"),
                Of::Name => {
                    let name = &indicators[0].name;
                    let is_marked = choices["number"] == 3 || choices["example"] == 2;
                    page.text(row, column, if is_marked { format!("示例：{name}") } else { name.clone() });
                }
                Of::Target | Of::Result | Of::Previous => page.number(row, column, Decimal::from(888)),
                _ => {}
            }
        }
        row += 1;
    }
    for (index, one) in indicators.iter().enumerate() {
        if choices["groups"] == 1 && index % 4 == 0 {
            page.text(
                row,
                left,
                ["一、创新投入", "二、创新产出", "三、创新环境", "四、其他"][(index / 4) % 4],
            );
            row += 1;
        }
        let scaled = other_unit(one.unit).filter(|_| choices["unit"] == 3 && draw.below(2) == 0);
        let value =
            round_to(one.target * Decimal::new(850 + i64::try_from(draw.below(330)).unwrap(), 3), one.places);
        let is_blank = draw.below(12) == 0;
        for (column, of) in (left..).zip(&columns) {
            let factor = scaled.map_or(Decimal::ONE, |(_, factor)| factor);
            match of {
                Of::No => match choices["number"] {
                    0 => page.text(row, column, one.no.clone()),
                    1 => page.number(row, column, Decimal::from(index + 1)),
                    _ => page.text(row, column, format!("{}", index + 1)),
                },
                Of::Class => page.text(row, column, if index % 3 == 0 { "创新能力" } else { "" }),
                Of::Name => {
                    let name = match choices["unit"] {
                        1 => format!("{}（{}）", one.name, one.unit),
                        2 => format!("{}/{}", one.name, one.unit),
                        _ => one.name.clone(),
                    };
                    let name =
                        if choices["unit"] == 2 && one.unit.contains('/') { one.name.clone() } else { name };
                    let name = match choices["name_words"] % 4 {
                        1 => format!("{}.{name}", index + 1),
                        2 => format!("  {name}"),
                        _ => name,
                    };
                    page.text(row, column, name);
                }
                Of::Unit => page.text(row, column, scaled.map_or(one.unit, |(unit, _)| unit)),
                Of::Previous => page.number(row, column, (one.past * factor).normalize()),
                Of::Target => page.number(row, column, (one.target * factor).normalize()),
                Of::Result => {
                    let cell = address(row, column);
                    truth.push(Truth {
                        no: one.no.clone(),
                        cell,
                        sheet: page.name.clone(),
                        value: (!is_blank).then_some(value),
                    });
                    let shown = (value * factor).normalize();
                    if is_blank {
                    } else if choices["text_numbers"] == 1 && draw.below(2) == 0 {
                        page.text(row, column, shown.to_string());
                    } else if choices["text_numbers"] == 2 && draw.below(3) == 0 && !one.unit.contains('/') {
                        page.text(
                            row,
                            column,
                            format!("{shown}{}", scaled.map_or(one.unit, |(unit, _)| unit)),
                        );
                    } else if choices["formats"] == 1 && one.unit == "%" && scaled.is_none() {
                        let fraction = (shown / Decimal::ONE_HUNDRED).normalize();
                        page.cells.insert((row, column), Cell::Shown(fraction, "0.00%"));
                    } else if choices["formats"] == 2 {
                        page.cells.insert((row, column), Cell::Shown(shown, "#,##0.00##"));
                    } else if choices["formats"] == 3 && one.unit == "家" {
                        page.cells.insert((row, column), Cell::Shown(shown, "0\"家\""));
                    } else {
                        page.number(row, column, shown);
                    }
                }
                Of::Part(at) => {
                    let share = Decimal::new([24, 48, 74][*at], 2);
                    page.number(row, column, round_to(value * share * factor, 3).normalize());
                }
                Of::Elsewhere(at) => {
                    let share = Decimal::new([61, 930][*at], 2);
                    page.number(row, column, round_to(value * share * factor, 3).normalize());
                }
                Of::Decoy(_) => {
                    let other = round_to(value * Decimal::new(71, 2) * factor, 3).normalize();
                    page.number(row, column, other);
                }
                Of::Noise(at) => match NOISE[*at].0 {
                    "责任单位" => page.text(row, column, "市科技局"),
                    "指标解释" => page.text(row, column, "按统计制度口径计算"),
                    "联系电话" => page.text(row, column, "0731—1234"),
                    "基期值" => page.number(row, column, round_to(one.past * Decimal::new(9, 1), 2)),
                    "全省排名" => page.number(row, column, Decimal::from(1 + draw.below(14))),
                    _ => {
                        let value = decimal(draw, 1, 120, 1);
                        page.number(row, column, value);
                    }
                },
                Of::Note => {
                    if draw.below(5) == 0 {
                        page.text(row, column, "快报数");
                    }
                }
            }
        }
        row += 1;
        if choices["blank_rows"] == 1 && index % 3 == 2 {
            row += 1;
        }
    }
    let name = columns.iter().position(|of| *of == Of::Name).unwrap();
    let name = left + u16::try_from(name).unwrap();
    match choices["footer"] {
        1 => page.text(row, left, "注：1. 本表数据为快报数。2. 企业数按年末口径。"),
        2 => page.text(row, left, "填表人：张三    审核人：李四    联系电话：0731-5588"),
        3 => {
            page.text(row, name, "合计");
            let at = columns.iter().position(|of| *of == Of::Result).unwrap();
            page.number(row, left + u16::try_from(at).unwrap(), Decimal::from(12345));
        }
        4 => page.text(row, name, "资料来源：市统计局"),
        _ => {}
    }
    row + 1
}

fn written(simulated: &Simulated) -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    for page in &simulated.pages {
        let sheet = book.add_worksheet().set_name(&page.name).unwrap();
        for (r1, c1, r2, c2) in &page.merges {
            if (r1, c1) != (r2, c2) {
                sheet.merge_range(*r1, *c1, *r2, *c2, "", &plain).unwrap();
            }
        }
        for ((row, column), cell) in &page.cells {
            match cell {
                Cell::Text(text) => sheet.write_string(*row, *column, text).unwrap(),
                Cell::Number(value) => {
                    sheet.write_number(*row, *column, value.to_string().parse::<f64>().unwrap()).unwrap()
                }
                Cell::Shown(value, format) => {
                    let format = Format::new().set_num_format(*format);
                    let number = value.to_string().parse::<f64>().unwrap();
                    sheet.write_number_with_format(*row, *column, number, &format).unwrap()
                }
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// A sheet as text, for the report of a failure.
fn drawn(simulated: &Simulated) -> String {
    let mut text = String::new();
    for page in &simulated.pages {
        writeln!(text, "sheet {}  merges {:?}", page.name, page.merges).unwrap();
        let mut row = None;
        for ((at, column), cell) in &page.cells {
            if row != Some(*at) {
                row = Some(*at);
                write!(text, "\n  {:>3}", at + 1).unwrap();
            }
            let shown = match cell {
                Cell::Text(text) => format!("'{text}"),
                Cell::Number(value) => value.to_string(),
                Cell::Shown(value, format) => format!("{value} as {format}"),
            };
            write!(text, " | {}:{shown}", crate::writers::letters(u32::from(*column))).unwrap();
        }
        text.push('\n');
    }
    text
}

#[derive(Debug, Default, Clone)]
struct Tally {
    right: usize,
    withheld: usize,
    blank: usize,
    wrong: Vec<String>,
    /// Codes of the errors, with what one of them says.
    errors: BTreeMap<String, String>,
    /// Numbers that are neither used nor told nor in a known place.
    unaccounted: Vec<String>,
}

/// Runs `check` on a round of simulated workbooks and compares every value with the truth, city by city.
fn judged(indicators: &[Indicator], books: &[Simulated]) -> Vec<Tally> {
    let files: Vec<(&str, Vec<u8>)> = books.iter().map(|book| ("xlsx", written(book))).collect();
    judged_as(indicators, books, &files)
}

/// The same for workbooks that were written in some format: its extension and bytes.
fn judged_as(indicators: &[Indicator], books: &[Simulated], files: &[(&str, Vec<u8>)]) -> Vec<Tally> {
    let slugs: Vec<String> = (0..books.len()).map(|at| format!("c{at}")).collect();
    let cities: Vec<(&str, &str)> = slugs.iter().map(|slug| (slug.as_str(), "甲市")).collect();
    let workspace = Workspace::with_cities(&cities);
    for (slug, (extension, bytes)) in slugs.iter().zip(files) {
        let (catalogue, plan, source) = plan(slug, "甲市", indicators);
        workspace.write("input/catalogue.toml", catalogue);
        workspace.write("input/sources/plan.txt", source);
        // No two cities of a round have one short name.
        let plan = plan.replacen("short = \"甲市\"", &format!("short = \"{slug}\""), 1);
        workspace.write(&format!("input/2023/{slug}/plan.toml"), plan);
        workspace.write(&format!("input/2023/{slug}/submissions/统计局.{extension}"), bytes);
    }
    // To look into a failure by hand.
    if let Some(folder) = asked("DUIBIAO_KEEP").filter(|_| books.len() == 1) {
        crate::workspace::copy_tree(&workspace.path("input"), std::path::Path::new(&folder), false);
    }
    let output = workspace.duibiao(&["check", "input/2023", "-v", "--format", "json"]);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{:?} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let mut lines: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let inner =
            ["value", "table", "task"].iter().find_map(|key| value.get(key).filter(|one| one.is_object()));
        let file = inner.unwrap_or(&value)["file"].as_str().unwrap_or_default();
        let slug = file.split('/').next().unwrap_or_default().to_owned();
        lines.entry(slug).or_default().push(value);
    }
    let none = Vec::new();
    slugs.iter().zip(books).map(|(slug, book)| compare(book, lines.get(slug).unwrap_or(&none))).collect()
}

fn compare(book: &Simulated, lines: &[Value]) -> Tally {
    let mut tally = Tally::default();
    let values: Vec<&Value> =
        lines.iter().filter_map(|line| line.get("value").filter(|one| one.is_object())).collect();
    let findings: Vec<&Value> = lines.iter().filter(|line| line.get("code").is_some()).collect();
    for truth in &book.truth {
        let seen: Vec<&&Value> = values
            .iter()
            .filter(|value| value["indicator"] == truth.no.as_str() && value["year"].as_i64() == Some(2023))
            .collect();
        let value = seen.iter().find_map(|value| value["value"].as_str());
        let value = value.map(|value| value.parse::<Decimal>().unwrap());
        let is_error = |finding: &&&Value| finding["severity"] == "error";
        let own = findings.iter().filter(is_error).any(|finding| finding["indicator"] == truth.no.as_str());
        let of_all = findings
            .iter()
            .filter(is_error)
            .any(|finding| finding["indicator"] == "" && finding["code"] != "V401");
        match (value, truth.value) {
            (Some(value), Some(expected)) if value == expected => {
                if own {
                    tally.withheld += 1
                } else {
                    tally.right += 1
                }
            }
            (None, None) => tally.blank += 1,
            (None, Some(_)) if own || of_all => tally.withheld += 1,
            (Some(_), _) if own => tally.withheld += 1,
            (value, expected) => {
                tally.wrong.push(format!(
                    "{}!{} {}: read {value:?}, true {expected:?}",
                    truth.sheet, truth.cell, truth.no
                ));
            }
        }
    }
    for finding in
        findings.iter().filter(|finding| finding["severity"] == "error" && finding["code"] != "V401")
    {
        let text = |key: &str| finding[key].as_str().unwrap_or_default();
        let what: String = text("message").chars().filter(|c| !c.is_ascii_alphanumeric()).take(40).collect();
        let what = if asked("DUIBIAO_COUNTS").is_some() { what } else { String::new() };
        tally
            .errors
            .insert(format!("{} {what}", text("code")), format!("{} {}", text("cell"), text("message")));
    }
    tally.unaccounted = unaccounted(book, lines);
    tally
}

/// Numbers of the sheets that are neither read, nor named in a finding, nor in a known column and a known row.
fn unaccounted(book: &Simulated, lines: &[Value]) -> Vec<String> {
    let lines: Vec<&Value> = lines.iter().collect();
    let mut open = Vec::new();
    for page in &book.pages {
        for ((row, column), cell) in &page.cells {
            let is_number = !matches!(cell, Cell::Text(_));
            if is_number && !is_accounted(&lines, &page.name, *row, u32::from(*column)) {
                open.push(format!("{}!{}", page.name, address(*row, *column)));
            }
        }
    }
    open
}

/// Whether the number at a cell is read, or named in a finding, or stands in a column and a row that are known, by what
/// `check -v` says of its workbook.
pub(crate) fn is_accounted(lines: &[&Value], sheet: &str, row: u32, column: u32) -> bool {
    let letters = crate::writers::letters(column);
    let at = format!("{letters}{}", row + 1);
    let of_sheet = |value: &Value| value["sheet"] == sheet;
    let is_read =
        |line: &Value| line.get("value").is_some_and(|value| of_sheet(value) && value["cell"] == at.as_str());
    let is_known = |line: &Value| {
        line.get("table").is_some_and(|table| of_sheet(table) && is_in_known(table, row, &letters))
    };
    // A finding about a heading names what stands below it.
    let is_below_told = |line: &Value| {
        let heads = std::iter::once(&line["cell"]).chain(line["cells"].as_array().into_iter().flatten());
        let mut columns =
            heads.filter_map(Value::as_str).map(|head| head.trim_end_matches(|c: char| c.is_ascii_digit()));
        matches!(line["code"].as_str(), Some("L224" | "L226"))
            && of_sheet(line)
            && columns.any(|one| one == letters)
    };
    lines.iter().any(|line| {
        is_told(line, sheet, row, column) || is_read(line) || is_known(line) || is_below_told(line)
    })
}

/// Whether a line of `check` is a finding that names a cell.
pub(crate) fn is_told(line: &Value, sheet: &str, row: u32, column: u32) -> bool {
    let at = format!("{}{}", crate::writers::letters(column), row + 1);
    line.get("code").is_some()
        && line["sheet"] == sheet
        && (line["cell"] == at.as_str() || is_named(line, row, column))
}

fn is_named(finding: &Value, row: u32, column: u32) -> bool {
    let within = |area: &str| {
        let (first, last) = area.split_once(':').unwrap_or((area, area));
        let (first, last) = (crate::writers::address(first), crate::writers::address(last));
        (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column)
    };
    finding["cells"].as_array().is_some_and(|cells| cells.iter().filter_map(Value::as_str).any(within))
}

fn is_in_known(table: &Value, row: u32, letters: &str) -> bool {
    let is_column = table["columns"]
        .as_array()
        .is_some_and(|columns| columns.iter().any(|one| one["column"] == letters && one["role"] != ""));
    let heads =
        table["heads"].as_array().map(|heads| (heads[0].as_u64().unwrap(), heads[1].as_u64().unwrap()));
    let number = u64::from(row + 1);
    let rows = || table["rows"].as_array().into_iter().flatten().filter(|one| one["row"] == number);
    let is_row = rows().next().is_some();
    // Rows that are something else as a whole, or told as a whole.
    const KINDS: [&str; 7] = ["合计", "其中", "示例", "栏次", "其他时期或口径", "其他地区", "不认识"];
    let left = table["columns"].as_array().and_then(|columns| columns.first()).is_some();
    let is_other = left && rows().any(|one| one["is"].as_str().is_some_and(|is| KINDS.contains(&is)));
    is_other || is_column && (is_row || heads.is_some_and(|(first, last)| (first..=last).contains(&number)))
}

/// Puts back to the plainest option every choice that a failure does not need.
fn reduced(
    indicators: &[Indicator],
    choices: &Choices,
    seed: u64,
    fails: &dyn Fn(&Tally) -> bool,
) -> Choices {
    let mut least = choices.clone();
    for (name, _) in CHOICES {
        if least[name] == 0 {
            continue;
        }
        let mut simpler = least.clone();
        simpler.insert(name, 0);
        let book = simulate(indicators, &simpler, seed);
        if judged(indicators, &[book]).first().is_some_and(fails) {
            least = simpler;
        }
    }
    least
}

/// Draws workbooks; fails with the first wrong value, reduced.
#[expect(clippy::too_many_lines, clippy::print_stdout, reason = "draws, and counts what is found")]
fn run(first: u64, rounds: usize, words: Words) -> (usize, usize, usize) {
    let (mut right, mut withheld, mut blank) = (0, 0, 0);
    let mut errors: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut by_choice: BTreeMap<(&str, usize), (usize, usize)> = BTreeMap::new();
    for round in 0..rounds {
        let seed = first + u64::try_from(round).unwrap() * 1000;
        let mut draw = Draw(seed);
        let indicators = indicators(&mut draw);
        let drawn_choices: Vec<(Choices, u64)> =
            (0..CITIES).map(|_| (choices(&mut draw, words), draw.next())).collect();
        let books: Vec<Simulated> =
            drawn_choices.iter().map(|(choices, seed)| simulate(&indicators, choices, *seed)).collect();
        for (tally, (choices, seed)) in judged(&indicators, &books).iter().zip(&drawn_choices) {
            let fails = |tally: &Tally| !tally.wrong.is_empty() || !tally.unaccounted.is_empty();
            if fails(tally) {
                let least = reduced(&indicators, choices, *seed, &fails);
                let book = simulate(&indicators, &least, *seed);
                let tally = judged(&indicators, std::slice::from_ref(&book)).remove(0);
                let needed: Choices = least.into_iter().filter(|(_, option)| *option != 0).collect();
                panic!(
                    "wrong {:?}\nunaccounted {:?}\nchoices {needed:?}\n{}",
                    tally.wrong,
                    tally.unaccounted,
                    drawn(&book)
                );
            }
            if let Some(code) = asked("DUIBIAO_CODE")
                .and_then(|code| code.into_string().ok())
                .filter(|code| tally.errors.keys().any(|key| key.starts_with(code.as_str())))
            {
                let fails = |tally: &Tally| tally.errors.keys().any(|key| key.starts_with(code.as_str()));
                let least = reduced(&indicators, choices, *seed, &fails);
                let book = simulate(&indicators, &least, *seed);
                let tally = judged(&indicators, std::slice::from_ref(&book)).remove(0);
                panic!(
                    "{:?}\n{:?}\n{}",
                    tally.errors,
                    least.into_iter().filter(|(_, option)| *option != 0).collect::<Choices>(),
                    drawn(&book)
                );
            }
            for (code, message) in &tally.errors {
                let known = errors.entry(code.clone()).or_insert((0, message.clone()));
                known.0 += 1;
            }
            right += tally.right;
            withheld += tally.withheld;
            blank += tally.blank;
            for (name, option) in choices {
                let counts = by_choice.entry((name, *option)).or_default();
                counts.0 += tally.right;
                counts.1 += tally.right + tally.withheld;
            }
        }
    }
    if asked("DUIBIAO_COUNTS").is_some() {
        for ((name, option), (right, all)) in by_choice {
            println!("{name:18} {option:2}  {right:6} of {all:6}  {:3} %", right * 100 / all.max(1));
        }
    }
    println!("errors {errors:#?}");
    println!("right {right}, withheld {withheld}, blank {blank}");
    (right, withheld, blank)
}

fn share(right: usize, withheld: usize) -> usize {
    right * 100 / (right + withheld).max(1)
}

#[test]
fn simulated_departments_are_read_right_or_told_why_not() {
    let (right, withheld, _) = run(1, 5, Words::Known);
    assert!(share(right, withheld) >= 90, "{right} right, {withheld} withheld");
    // A small share scatters; twenty thousand are held to 70 %.
    let (right, withheld, _) = run(2, 5, Words::Third);
    run(3, 2, Words::Decoys);
    assert!(share(right, withheld) >= 65, "{right} right, {withheld} withheld");
}

#[test]
#[ignore = "long: make simulate"]
fn twenty_thousand_simulated_departments() {
    let (right, withheld, _) = run(100_001, 200, Words::Known);
    assert!(share(right, withheld) >= 90, "{right} right, {withheld} withheld");
    run(300_003, 40, Words::Decoys);
    let (right, withheld, _) = run(200_002, 200, Words::Third);
    assert!(share(right, withheld) >= 70, "{right} right, {withheld} withheld");
}

/// A workbook as `tests/corpus/write.py` takes it.
fn described(book: &Simulated, name: &str) -> Value {
    let sheets: Vec<Value> = book
        .pages
        .iter()
        .map(|page| {
            let cells: Vec<Value> = page
                .cells
                .iter()
                .map(|((row, column), cell)| {
                    let (kind, text) = match cell {
                        Cell::Text(text) => ("s", text.clone()),
                        Cell::Number(value) => ("n", value.to_string()),
                        Cell::Shown(value, "0.00%") => ("p", value.to_string()),
                        Cell::Shown(value, _) => ("n", value.to_string()),
                    };
                    json!({ "row": row, "column": column, "k": kind, "v": text })
                })
                .collect();
            let merges: Vec<String> = page
                .merges
                .iter()
                .filter(|(top, left, bottom, right)| (top, left) != (bottom, right))
                .map(|(top, left, bottom, right)| {
                    format!("{}:{}", address(*top, *left), address(*bottom, *right))
                })
                .collect();
            json!({ "name": page.name, "cells": cells, "merges": merges })
        })
        .collect();
    json!({ "name": name, "sheets": sheets })
}

#[test]
#[expect(clippy::print_stdout, clippy::too_many_lines, reason = "what was compared, by all programs")]
#[ignore = "needs LibreOffice and Python: make corpus"]
fn corpus_of_simulated_departments_by_other_programs() {
    const BOOKS: usize = 48;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: String| folder.path().join(name);
    let (mut right, mut withheld) = (0, 0);
    for unknown in [false, true] {
        let mut draw = Draw(if unknown { 77 } else { 55 });
        let indicators = indicators(&mut draw);
        let books: Vec<Simulated> = (0..BOOKS)
            .map(|_| {
                let choices = choices(&mut draw, if unknown { Words::Third } else { Words::Known });
                simulate(&indicators, &choices, draw.next())
            })
            .collect();
        let list: Vec<Value> = books
            .iter()
            .enumerate()
            .map(|(number, book)| described(book, &format!("b{number:03}")))
            .collect();
        std::fs::write(at("books.json".into()), serde_json::to_vec(&list).unwrap()).unwrap();
        let script = crate::workspace::repository().join("tests/corpus/write.py");
        let python = std::process::Command::new("python3")
            .arg(script)
            .arg(at("books.json".into()))
            .arg(folder.path())
            .status();
        assert!(python.unwrap().success(), "write.py failed");
        let name = |number: usize| at(format!("b{number:03}.openpyxl.xlsx"));
        for format in ["xls", "ods", "xlsx"] {
            let mut office = std::process::Command::new("soffice");
            office
                .args(["--headless", "--convert-to", format, "--outdir"])
                .arg(at(format!("office-{format}")));
            office.args((0..BOOKS).map(name)).stdout(std::process::Stdio::null());
            assert!(office.status().unwrap().success(), "soffice failed");
        }
        for (program, extension) in [
            ("openpyxl", "xlsx"),
            ("xlsxwriter", "xlsx"),
            ("office-xls", "xls"),
            ("office-ods", "ods"),
            ("office-xlsx", "xlsx"),
        ] {
            let path = |number: usize| match program.split_once('-') {
                Some((_, format)) => at(format!("{program}/b{number:03}.openpyxl.{format}")),
                None => at(format!("b{number:03}.{program}.xlsx")),
            };
            let files: Vec<(&str, Vec<u8>)> =
                (0..BOOKS).map(|number| (extension, std::fs::read(path(number)).unwrap())).collect();
            for (tally, book) in judged_as(&indicators, &books, &files).iter().zip(&books) {
                assert!(
                    tally.wrong.is_empty() && tally.unaccounted.is_empty(),
                    "{program}: {:?} {:?}\n{}",
                    tally.wrong,
                    tally.unaccounted,
                    drawn(book)
                );
                right += tally.right;
                withheld += tally.withheld;
            }
        }
    }
    println!("{} workbooks: {right} values right, {withheld} withheld", 2 * 5 * BOOKS);
    assert!(share(right, withheld) >= 80, "{right} right, {withheld} withheld");
}
