//! Random plans, catalogues and rounds as the text of their files, drawn from a seed: every kind of target, with the relations,
//! numbers and units that people write and those that nobody would.
//!
//! A new kind of target is one more entry in [`KINDS`]; rows and prose draw from the same list.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::Case;
use crate::simulate::Draw;

/// The year that all rounds judge.
pub(super) const YEAR: i32 = 2023;
/// The day of the report; amendments lie on both sides of it.
const REPORT: &str = "2024-01-31";

/// Units that report, by the names of the plan.
const UNITS: [&str; 8] = [
    "统计局",
    "市科技局",
    "市财政局",
    "市工信局",
    "市教育局",
    "市生态环境局",
    "高新区管委会",
    "市发展和改革委员会",
];

/// What is measured: a name, and units that convert into each other or at least are written for the same.
const QUANTITIES: [(&str, &[&str]); 30] = [
    ("研发经费投入占比", &["%", "‰"]),
    ("高新技术企业数", &["家", "户", "个"]),
    ("技术合同成交额", &["亿元", "万元", "元", "百万元"]),
    ("工业增加值", &["亿元", "万元", "万亿元"]),
    ("工业增加值增速", &["%"]),
    ("万人发明专利拥有量", &["件", "件/万人"]),
    ("研发人员全时当量", &["人年"]),
    ("科研人员数", &["人", "万人", "名"]),
    ("创新平台数", &["个", "家"]),
    ("财政科技支出", &["万元", "亿元"]),
    ("单位GDP能耗", &["吨标准煤/万元"]),
    ("单位GDP能耗降低率", &["%"]),
    ("用电量", &["亿千瓦时", "万千瓦时", "千瓦时"]),
    ("森林面积", &["万亩", "亩", "公顷", "万公顷"]),
    ("蓄水量", &["亿立方米", "万立方米"]),
    ("实际利用外资", &["万美元", "亿美元"]),
    ("进出口总额", &["亿元", "亿美元"]),
    ("城镇化率", &["%"]),
    ("人均可支配收入", &["元", "万元"]),
    ("营商环境排名", &["位", "名"]),
    ("创新政策", &["有/无"]),
    ("示范区批复", &["有/无"]),
    ("综合指数", &["", "分", "点"]),
    ("死亡率", &["1/10万", "‱"]),
    ("算力规模", &["EFLOPS", "P"]),
    ("数据存储量", &["PB", "TB"]),
    ("平均气温", &["℃"]),
    ("研发投入强度差", &["百分点", "个百分点"]),
    ("标准制定", &["项", "项次", "个（项）"]),
    ("净流入人口", &["人", "万人"]),
];

/// Words before a name, so that names resemble each other.
const BEFORE: [&str; 9] = ["", "", "全市", "规模以上", "高新区", "新增", "县域", "民营", "其中："];

/// Numbers that plans should not have and files may.
const EXTREMES: [&str; 16] = [
    "0",
    "0.0",
    "-0",
    "-3.8",
    "0.0000000001",
    "999999999999999",
    "999999999999999.9999999999",
    "-999999999999999.9999999999",
    "100",
    "100.00",
    "1",
    "99.95",
    "33.3333333333",
    "0.5",
    "1000000000000",
    "-100",
];

/// Kinds of targets: the word of the file, and what writes the fields of one.
const KINDS: [(&str, Writer); 15] = [
    ("level", level),
    ("growth", growth),
    ("average_growth", average_growth),
    ("increment", increment),
    ("range", range),
    ("interval", interval),
    ("rank", rank),
    ("rank_change", rank_change),
    ("relative", relative),
    ("qualitative", qualitative),
    ("milestone", milestone),
    ("magnitude", magnitude),
    ("coverage", coverage),
    ("multiple", multiple),
    ("undefined", undefined),
];

type Writer = fn(&mut Drawing<'_>);

/// A target that is being written.
struct Drawing<'a> {
    draw: &'a mut Draw,
    /// Whether numbers may be odd.
    odd: bool,
    /// The fields of the file.
    fields: String,
    /// The words of the plan that say so.
    quote: String,
    unit: String,
    direction: &'static str,
    /// A value near which reports are drawn.
    near: Decimal,
    /// Numbers of rows that it may refer to.
    rows: &'a [String],
    /// Whether it stands in a row, which refers to no other but in `against`.
    is_row: bool,
}

/// Something of a plan that is reported.
#[derive(Debug, Clone)]
pub(super) struct Reported {
    pub(super) no: String,
    /// Of the catalogue; empty for targets in the text.
    id: String,
    pub(super) name: String,
    /// As the plan counts it.
    pub(super) unit: &'static str,
    pub(super) reporters: Vec<&'static str>,
    /// A value near its target.
    pub(super) near: Decimal,
    pub(super) kind: &'static str,
    /// Whether the year that is judged has a target.
    pub(super) is_of_year: bool,
    /// Whether the plan names the base year or the row that it needs.
    is_complete: bool,
}

impl Reported {
    pub(super) fn is_presence(&self) -> bool {
        self.unit == "有/无" || matches!(self.kind, "qualitative" | "milestone")
    }
}

/// A city with its plan.
#[derive(Debug, Clone)]
pub(super) struct City {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) plan: String,
    pub(super) source: String,
    pub(super) reported: Vec<Reported>,
    /// Numbers and titles of the tasks with the units that report them.
    pub(super) tasks: Vec<(String, String, Vec<&'static str>)>,
}

/// Text as TOML has it.
fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text that is written line by line, so that a quote has a line.
#[derive(Default)]
struct Source(Vec<String>);

impl Source {
    /// Adds a line; gives its number.
    fn line(&mut self, text: &str) -> usize {
        self.0.push(text.to_owned());
        self.0.len()
    }
}

impl Drawing<'_> {
    fn field(&mut self, key: &str, value: &str) {
        writeln!(self.fields, "{key} = {}", text(value)).unwrap();
    }

    /// A number as a plan writes it.
    fn number(&mut self) -> String {
        if self.odd && self.draw.below(4) == 0 {
            return (*self.draw.of(&EXTREMES)).to_owned();
        }
        let places = self.draw.below(3);
        let whole = [9, 99, 999, 20_000][self.draw.below(4)];
        let whole = 1 + self.draw.below(whole);
        let digits = self.draw.below(10_usize.pow(u32::try_from(places).unwrap()));
        if places == 0 { whole.to_string() } else { format!("{whole}.{digits:0places$}") }
    }

    /// Two numbers, the lower one first.
    fn pair(&mut self) -> (String, String) {
        let (one, other) = (self.number(), self.number());
        if value(&one) <= value(&other) { (one, other) } else { (other, one) }
    }

    /// An operator that goes with the direction, or none where the usual one is meant.
    fn operator(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let word = (!words.is_empty() && self.draw.below(3) > 0).then(|| *self.draw.of(words))?;
        self.field("op", word);
        Some(word)
    }

    fn usual_operators(&self) -> &'static [&'static str] {
        match self.direction {
            "lower" | "rank" => &["<=", "<", "~", "="],
            _ => &[">=", ">", "surpass", "~", "="],
        }
    }

    /// A single number with its operator and its words.
    fn one(&mut self, operators: &[&'static str]) -> Option<&'static str> {
        let operator = self.operator(operators);
        let number = self.number();
        self.field("value", &number);
        self.near = value(&number);
        let plain = self.draw.below(3) > 0 || number.starts_with('-') || self.unit.contains('1');
        self.quote = if plain { number } else { format!("达到{number}{}以上", self.unit) };
        operator
    }

    fn tolerance(&mut self, operator: Option<&str>) {
        if operator == Some("~") && self.draw.below(2) == 0 {
            let unit = self.unit.clone();
            let amount = format!("{}{unit}", self.draw.of(&["1", "2", "20"]));
            let is_plain = unit.is_empty() || unit.contains(|c: char| c.is_ascii_digit() || c == '.');
            let percent = *self.draw.of(&["0", "0.5", "10%", "99.99"]);
            let is_amount = !is_plain && unit != "%" && self.draw.below(3) == 0;
            self.field("tolerance", if is_amount { &amount } else { percent });
        }
    }

    fn row(&mut self, key: &str) -> bool {
        if self.is_row && key != "against" {
            return false;
        }
        let of = (!self.rows.is_empty() && self.draw.below(3) > 0).then(|| self.draw.of(self.rows).clone());
        if let Some(of) = &of {
            self.field(key, of);
        }
        of.is_some()
    }
}

fn value(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn level(target: &mut Drawing<'_>) {
    let operator = target.one(target.usual_operators());
    target.tolerance(operator);
}

fn growth(target: &mut Drawing<'_>) {
    let operator = target.one(target.usual_operators());
    target.tolerance(operator);
    target.row("of");
}

fn average_growth(target: &mut Drawing<'_>) {
    target.one(target.usual_operators());
    if target.draw.below(2) == 0 {
        let year = *target.draw.of(&[2015, 2020, 2021]);
        writeln!(target.fields, "base_year = {year}").unwrap();
    }
    target.row("of");
}

fn increment(target: &mut Drawing<'_>) {
    let operator = target.one(target.usual_operators());
    target.tolerance(operator);
    if target.draw.below(2) == 0 {
        let base = target.number();
        target.field("base", &base);
    }
    target.row("of");
    if target.draw.below(3) == 0 {
        target.row("denominator_of");
    }
}

fn range(target: &mut Drawing<'_>) {
    let (low, high) = target.pair();
    target.field("low", &low);
    target.field("high", &high);
    target.near = value(&low);
    target.quote = format!("{low}—{high}");
}

fn interval(target: &mut Drawing<'_>) {
    range(target);
    if target.draw.below(2) == 0 {
        let fields = target.fields.clone();
        let bound = |key: &str| {
            let line = fields.lines().find_map(|line| line.strip_prefix(key)).unwrap();
            value(line.trim_matches('"'))
        };
        let (low, high) = (bound("low = "), bound("high = "));
        let off = Decimal::from([0, 1, 50][target.draw.below(3)]);
        let least = low.checked_sub(off).filter(|least| least.abs() < limit()).unwrap_or(low);
        let most = high.checked_add(off).filter(|most| most.abs() < limit()).unwrap_or(high);
        target.field("lowest", &least.to_string());
        target.field("highest", &most.to_string());
    }
}

fn limit() -> Decimal {
    Decimal::from(1_000_000_000_000_000_i64)
}

fn rank(target: &mut Drawing<'_>) {
    target.one(target.usual_operators());
}

fn rank_change(target: &mut Drawing<'_>) {
    let operator = *target.draw.of(&[">=", ">", "surpass"]);
    target.field("op", operator);
    target.one(&[]);
}

fn relative(target: &mut Drawing<'_>) {
    let operator = *target.draw.of(&[">=", ">", "surpass", "<=", "<"]);
    target.field("op", operator);
    target.field("reference", "全国平均水平");
    target.quote = "高于全国平均水平".to_owned();
    target.near = Decimal::from(10);
    target.row("against");
}

fn qualitative(target: &mut Drawing<'_>) {
    target.field("value", "有");
    target.quote = "有".to_owned();
}

fn milestone(target: &mut Drawing<'_>) {
    target.field("value", "建成投用");
    target.quote = "建成投用".to_owned();
    if target.draw.below(2) == 0 {
        let due = *target.draw.of(&["2022-12-31", "2023-12-31", "2024-01-01", "2030-06-30"]);
        writeln!(target.fields, "due = {due}").unwrap();
    }
}

fn magnitude(target: &mut Drawing<'_>) {
    let words = *target.draw.of(&["万亿级", "千亿级", "百亿级", "十亿级"]);
    target.field("value", words);
    target.quote = format!("打造{words}产业");
    target.near = Decimal::from(1000);
}

fn coverage(target: &mut Drawing<'_>) {
    if target.draw.below(2) == 0 {
        let operator = *target.draw.of(&[">=", ">"]);
        target.field("op", operator);
    }
    target.field("value", "100");
    target.quote = "全覆盖".to_owned();
    target.near = Decimal::from(100);
}

fn multiple(target: &mut Drawing<'_>) {
    target.operator(target.usual_operators());
    let times = *target.draw.of(&["2", "1", "1.5", "0.5", "10", "0.0000000001", "999999999999999"]);
    target.field("value", times);
    target.quote = times.to_owned();
    target.near = Decimal::from(100);
    if target.draw.below(2) == 0 {
        let year = *target.draw.of(&[2015, 2020, 2021]);
        writeln!(target.fields, "base_year = {year}").unwrap();
    }
}

fn undefined(target: &mut Drawing<'_>) {
    let words = *target.draw.of(&["显著提升", "位居前列", "进一步扩大"]);
    target.field("undefined", words);
    target.quote = words.to_owned();
}

/// What is drawn of a city before its plan is written.
struct Outline {
    rows: usize,
    prose: usize,
    tasks: usize,
}

/// The catalogue that all cities share: text, and of each entry id, name, units and direction.
pub(super) struct Catalogue {
    pub(super) text: String,
    pub(super) entries: Vec<Entry>,
}

pub(super) struct Entry {
    pub(super) id: String,
    is_growth: bool,
    name: String,
    units: &'static [&'static str],
    unit: &'static str,
    pub(super) direction: &'static str,
}

pub(super) fn catalogue(case: &Case) -> Catalogue {
    let mut draw = case.draw("catalogue", 0);
    let mut text_of_file = String::new();
    for (id, name) in [("input", "创新投入"), ("output", "创新产出")] {
        writeln!(text_of_file, "[[dimension]]\nid = \"{id}\"\nname = \"{name}\"").unwrap();
    }
    let (mut entries, mut seen): (Vec<Entry>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    let wanted = 3 + draw.below(14);
    while entries.len() < wanted {
        let (noun, units) = *draw.of(&QUANTITIES);
        let name = format!("{}{noun}", draw.of(&BEFORE));
        if !seen.insert(name.clone()) {
            continue;
        }
        let unit = *draw.of(units);
        let direction = match () {
            () if unit == "有/无" => "none",
            () if noun.contains("排名") => "rank",
            () if noun.contains("能耗") && !noun.contains("降低") || noun == "死亡率" => "lower",
            () => *draw.of(&["higher", "higher", "higher", "lower", "interval", "none"]),
        };
        let measure = match () {
            () if unit == "有/无" => "boolean",
            () if direction == "rank" => "rank",
            () if noun.contains("增速") => "growth",
            () => *draw.of(&["stock", "flow", "ratio", "intensity", "growth"]),
        };
        let id = format!("i{}", entries.len() + 1);
        let short: String = name.chars().take(9).collect();
        write!(
            text_of_file,
            "[[indicator]]\nid = \"{id}\"\nname = {}\nshort = {}\nunit = {}\ndirection = \"{direction}\"\nmeasure = \"{measure}\"\ndecimals = {}\ndimension = \"{}\"\n",
            text(&name), text(&short), text(unit), draw.below(5), draw.of(&["input", "output"]),
        )
        .unwrap();
        if draw.below(3) == 0 {
            writeln!(text_of_file, "yoy_limit = \"{}\"", draw.of(&["0", "30", "1000"])).unwrap();
        }
        if draw.below(4) == 0 && !entries.is_empty() {
            writeln!(text_of_file, "numerator = \"i{}\"", 1 + draw.below(entries.len())).unwrap();
        }
        if draw.below(4) == 0 {
            writeln!(text_of_file, "aliases = [{}]", text(&format!("{name}情况"))).unwrap();
        }
        let is_growth = measure == "growth" || noun.ends_with("增速") || noun.ends_with("率");
        entries.push(Entry { id, is_growth, name, units, unit, direction });
    }
    Catalogue { text: text_of_file, entries }
}

/// The plan of a city.
pub(super) fn city(case: &Case, at: usize, catalogue: &Catalogue) -> City {
    let mut draw = case.draw("outline", at);
    let outline = Outline {
        rows: if case.has("rows") { draw.below(catalogue.entries.len() + 1) } else { 0 },
        prose: if case.has("prose") { draw.below(12) } else { 0 },
        tasks: if case.has("tasks") { draw.below(5) } else { 0 },
    };
    let slug = ["jia", "yi", "bing", "ding"][at].to_owned();
    let name = ["甲市", "乙州市", "丙县", "丁阳市"][at].to_owned();
    let short: String = name.chars().take(1).collect();
    let mut source = Source::default();
    source.line(&format!("{name}创新方案"));
    let years = *draw.of(&["[2023]", "[2023, 2024, 2025]", "[2021, 2022, 2023]"]);
    let mut plan = format!(
        "[plan]\nid = \"{slug}-2023\"\ncity = \"{slug}\"\nname = \"{name}\"\nshort = \"{short}\"\nlevel = \"{}\"\ntitle = \"{name}创新方案\"\nscope = \"若干项\"\nstatus = \"in_force\"\nyears = {years}\noffice = \"领导小组办公室\"\nsource = \"sources/{slug}.txt\"\nrow_units = \"{}\"\n",
        draw.of(&["city", "county"]),
        draw.of(&["data", "responsible"]),
    );
    if draw.below(2) == 0 {
        writeln!(plan, "baseline_year = {}", draw.of(&[2022, 2022, 2020])).unwrap();
    }
    plan.push_str(&deadlines_and_names(&mut draw, &mut source));
    let mut reported = Vec::new();
    plan.push_str(&rows(case, at, (outline.rows, catalogue), &mut source, &mut reported));
    let (text, tasks) = tasks(case, at, outline.tasks, &mut source);
    plan.push_str(&text);
    plan.push_str(&prose(case, at, outline.prose, &tasks, &mut source, &mut reported));
    let source = source.0.join("\n") + "\n";
    City { slug, name, plan, source, reported, tasks }
}

fn deadlines_and_names(draw: &mut Draw, source: &mut Source) -> String {
    let mut plan = String::new();
    if draw.below(2) == 0 {
        let line = source.line("2024年1月10日前报送");
        write!(plan, "[[deadline]]\nperiod = \"2023-annual\"\ndue = 2024-01-10\nline = \"{line}\"\nquote = \"2024年1月10日前\"\n").unwrap();
    }
    if draw.below(2) == 0 {
        source.line("附表中的数由市工信局汇总");
        write!(plan, "[[unit]]\nname = \"市工信局\"\n[[unit.alias]]\nname = \"市经信委\"\nuntil = 2019-12-31\n[[unit.alias]]\nname = \"市工业和信息化局\"\nfrom = 2019-01-01\n").unwrap();
    }
    plan
}

/// One to three units, each once.
fn units(draw: &mut Draw) -> Vec<&'static str> {
    let count = [1, 1, 1, 2, 3][draw.below(5)];
    let mut found = Vec::new();
    for _ in 0..count {
        let unit = *draw.of(&UNITS);
        if !found.contains(&unit) {
            found.push(unit);
        }
    }
    found
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| text(name)).collect::<Vec<_>>().join(", ")
}

fn amendments(case: &Case, draw: &mut Draw, section: &str) -> String {
    if !case.has("amendments") || draw.below(6) > 0 {
        return String::new();
    }
    let day = *draw.of(&["2023-06-30", REPORT, "2024-02-01"]);
    let value = *draw.of(&["1", "2.50", "300", "0"]);
    format!(
        "[[{section}.amendment]]\non = {day}\nvalue = \"{value}\"\nauthority = \"市政府\"\nreason = \"调整\"\n"
    )
}

/// The rows of the table.
fn rows(
    case: &Case,
    city: usize,
    (count, catalogue): (usize, &Catalogue),
    source: &mut Source,
    reported: &mut Vec<Reported>,
) -> String {
    let mut plan = String::new();
    let mut draw = case.draw("rows", city);
    let line = source.line("附表");
    write!(
        plan,
        "[[group]]\nname = \"投入\"\nline = \"{line}\"\n[[group]]\nname = \"产出\"\nline = \"{line}\"\n"
    )
    .unwrap();
    let first = draw.below(catalogue.entries.len());
    for at in 0..count {
        let mut draw = case.draw("row", city * 1000 + at);
        let entry = &catalogue.entries[(first + at) % catalogue.entries.len()];
        let no = if draw.below(5) == 0 { format!("特{}", at + 1) } else { (at + 1).to_string() };
        let converts = !matches!(
            entry.name.as_str(),
            name if ["外资", "进出口", "算力", "排名", "指数", "标准", "死亡率"].iter().any(|word| name.contains(word))
        );
        let unit = if converts && case.has("other_units") && entry.units.len() > 1 && draw.below(4) == 0 {
            let other = *draw.of(entry.units);
            // Only what converts is the same quantity.
            let one = duibiao::quantity::Unit::parse(other);
            let same = one.convert(Decimal::ONE, &duibiao::quantity::Unit::parse(entry.unit)).is_some();
            if same { other } else { entry.unit }
        } else {
            entry.unit
        };
        let reporters = if draw.below(8) == 0 { Vec::new() } else { units(&mut draw) };
        let line = source.line(&entry.name);
        write!(plan, "[[indicator]]\nno = \"{no}\"\nid = \"{}\"\nname = {}\nunit = {}\ngroup = \"{}\"\ndata_units = [{}]\nline = \"{line}\"\n", entry.id, text(&entry.name), text(unit), draw.of(&["投入", "产出"]), list(&reporters)).unwrap();
        if draw.below(6) == 0 {
            writeln!(plan, "baseline_year = {}", draw.of(&[2020, 2022])).unwrap();
        }
        // Drawn apart, so that the cases of known seeds stay what they are.
        let nature = *case.draw("nature", city * 1000 + at).of(&["", "binding", "anticipatory"]);
        if !nature.is_empty() {
            writeln!(plan, "nature = \"{nature}\"").unwrap();
        }
        plan.push_str(&past(case, &mut draw, unit, source));
        let before: Vec<String> = reported.iter().map(|row| row.no.clone()).collect();
        let (targets, near, kind, is_of_year) = row_targets(case, &mut draw, (entry, unit, &before), source);
        plan.push_str(&targets);
        let reporters = if reporters.is_empty() { vec!["领导小组办公室"] } else { reporters };
        let name = entry.name.clone();
        let id = entry.id.clone();
        reported.push(Reported { no, id, name, unit, reporters, near, kind, is_of_year, is_complete: true });
    }
    plan
}

/// Values of earlier years.
fn past(case: &Case, draw: &mut Draw, unit: &str, source: &mut Source) -> String {
    let mut plan = String::new();
    for year in [2020, 2022] {
        if draw.below(3) == 0 {
            continue;
        }
        let value = if unit == "有/无" {
            (*draw.of(&["有", "无"])).to_owned()
        } else {
            let mut target = drawing(case, draw, unit, "higher", (&[], true));
            target.number()
        };
        let line = source.line(&value);
        writeln!(plan, "[[indicator.value]]\nyear = {year}\nvalue = \"{value}\"\nline = \"{line}\"").unwrap();
    }
    plan
}

fn drawing<'a>(
    case: &Case,
    draw: &'a mut Draw,
    unit: &str,
    direction: &'static str,
    (rows, is_row): (&'a [String], bool),
) -> Drawing<'a> {
    Drawing {
        draw,
        odd: case.has("odd_numbers"),
        fields: String::new(),
        quote: String::new(),
        unit: unit.to_owned(),
        direction,
        near: Decimal::ONE,
        rows,
        is_row,
    }
}

/// Targets of a row: text, a value near the one of the year, the kind, and whether the year has one.
fn row_targets(
    case: &Case,
    draw: &mut Draw,
    (entry, unit, before): (&Entry, &str, &[String]),
    source: &mut Source,
) -> (String, Decimal, &'static str, bool) {
    let mut plan = String::new();
    let (mut near, mut found_kind, mut is_of_year) = (Decimal::ONE, "level", false);
    for (year, left_out) in [(2022, 3), (2023, 1), (2025, 1)] {
        if draw.below(4) < left_out && (year != YEAR || draw.below(2) == 0) {
            continue;
        }
        let tiers: &[&str] = match draw.below(5) {
            0 if case.has("tiers") => &["assessed", "intended"],
            1 if case.has("tiers") => &["assessed"],
            2 if case.has("tiers") => &["annual", "stretch"],
            _ => &["annual"],
        };
        for tier in tiers {
            let mut target = drawing(case, draw, unit, entry.direction, (before, true));
            let usual = match () {
                () if unit == "有/无" => "qualitative",
                () if entry.direction == "interval" => "interval",
                () => "level",
            };
            let named = case.has("row_kinds") && target.draw.below(2) == 0;
            let kind = if named { row_kind(target.draw, entry, unit, usual) } else { usual };
            write_kind(kind, &mut target);
            if named {
                target.field("kind", kind);
            }
            if year > YEAR && kind == "level" && target.draw.below(4) == 0 {
                target.fields.push_str("cumulative = true\n");
            }
            let (fields, quote) = (target.fields, target.quote);
            if year == YEAR {
                (near, found_kind, is_of_year) = (target.near, kind, true);
            }
            let line = source.line(&quote);
            write!(plan, "[[indicator.target]]\nyear = {year}\ntier = \"{tier}\"\n{fields}line = \"{line}\"\nquote = {}\n", text(&quote)).unwrap();
            if HAVE_A_NUMBER.contains(&kind) {
                plan.push_str(&amendments(case, draw, "indicator.target"));
            }
        }
    }
    (plan, near, found_kind, is_of_year)
}

/// Kinds whose single number can be amended.
const HAVE_A_NUMBER: [&str; 6] =
    ["level", "growth", "increment", "average_growth", "rank_change", "coverage"];

/// A kind that a row with such a unit can be of.
fn row_kind(draw: &mut Draw, entry: &Entry, unit: &str, usual: &'static str) -> &'static str {
    let (kind, _) = *draw.of(&KINDS);
    let parsed = duibiao::quantity::Unit::parse(unit);
    let is_money = parsed.convert(Decimal::ONE, &duibiao::quantity::Unit::parse("亿元")).is_some();
    let fits = match kind {
        "growth" | "average_growth" => parsed.is_share() || !entry.is_growth,
        "rank" => matches!(entry.direction, "lower" | "rank"),
        "coverage" => parsed.is_share() && !matches!(entry.direction, "lower" | "rank"),
        "magnitude" => is_money && !matches!(entry.direction, "lower" | "rank"),
        "qualitative" | "milestone" => unit == "有/无" || draw.below(4) == 0,
        _ => unit != "有/无" || draw.below(4) == 0,
    };
    if fits { kind } else { usual }
}

fn write_kind(kind: &str, target: &mut Drawing<'_>) {
    let (_, writer) = KINDS.iter().find(|(word, _)| *word == kind).unwrap();
    writer(target);
}

type Tasks = Vec<(String, String, Vec<&'static str>)>;

fn tasks(case: &Case, city: usize, count: usize, source: &mut Source) -> (String, Tasks) {
    let (mut plan, mut tasks) = (String::new(), Vec::new());
    if count == 0 {
        return (plan, tasks);
    }
    let line = source.line("重点任务");
    write!(plan, "[[task_group]]\nno = \"1\"\nname = \"重点任务\"\nline = \"{line}\"\n").unwrap();
    for at in 0..count {
        let mut draw = case.draw("task", city * 1000 + at);
        let no = format!("1.{}", at + 1);
        let title = format!("推进第{}项建设", at + 1);
        let line = source.line(&title);
        let lead = if draw.below(4) == 0 { Vec::new() } else { units(&mut draw) };
        let shared = units(&mut draw);
        write!(plan, "[[task]]\nno = \"{no}\"\ngroup = \"1\"\ntitle = \"{title}\"\ntext = \"{title}。\"\nlead = [{}]\nresponsible = [{}]\nline = \"{line}\"\n", list(&lead), list(&shared)).unwrap();
        tasks.push((no, title, if lead.is_empty() { vec!["领导小组办公室"] } else { lead }));
    }
    (plan, tasks)
}

/// The targets in the text.
fn prose(
    case: &Case,
    city: usize,
    count: usize,
    tasks: &Tasks,
    source: &mut Source,
    reported: &mut Vec<Reported>,
) -> String {
    let mut plan = String::new();
    let rows: Vec<String> = match case.has("relations") {
        true => reported.iter().map(|row| row.no.clone()).collect(),
        false => Vec::new(),
    };
    let mut seen: BTreeSet<String> = reported.iter().map(|row| row.name.clone()).collect();
    for at in 0..count {
        let mut draw = case.draw("prose", city * 1000 + at);
        let (kind, _) = *draw.of(&KINDS);
        let (noun, units_of) = *draw.of(&QUANTITIES);
        let unit = match kind {
            "growth" | "average_growth" => "%",
            "coverage" => *draw.of(&["%", "‰"]),
            "magnitude" => *draw.of(&["亿元", "万元", "元", "万亿元"]),
            "rank" => "位",
            "rank_change" => *draw.of(&["位", "名"]),
            _ => *draw.of(units_of),
        };
        let kind = if unit == "有/无" && !matches!(kind, "milestone") { "qualitative" } else { kind };
        let mut name = format!("{}{noun}", draw.of(&BEFORE));
        name.push_str(match kind {
            "growth" => "增速",
            "average_growth" => "年均增速",
            "increment" => "新增数",
            _ => "",
        });
        if !seen.insert(name.clone()) {
            name = format!("{name}（第{at}项）");
        }
        let direction = match kind {
            "rank" => "rank",
            "interval" => "interval",
            "level" | "range" | "growth" | "average_growth" | "increment" | "multiple" => {
                *draw.of(&["higher", "higher", "higher", "lower", "none"])
            }
            _ => "higher",
        };
        plan.push_str(&one_of_prose(
            case,
            &mut draw,
            (kind, unit, direction),
            &Naming { at, name, rows: &rows, tasks },
            source,
            reported,
        ));
    }
    plan
}

/// How a target in the text is called, and what it may refer to.
struct Naming<'a> {
    at: usize,
    name: String,
    rows: &'a [String],
    tasks: &'a Tasks,
}

fn one_of_prose(
    case: &Case,
    draw: &mut Draw,
    (kind, unit, direction): (&'static str, &'static str, &'static str),
    naming: &Naming<'_>,
    source: &mut Source,
    reported: &mut Vec<Reported>,
) -> String {
    let Naming { at, name, rows, tasks } = naming;
    let no = format!("P{}", at + 1);
    let mut target = drawing(case, draw, unit, direction, (rows, false));
    write_kind(kind, &mut target);
    let (mut fields, quote, near) = (target.fields, target.quote, target.near);
    let is_complete =
        fields.contains("base_year = ") || fields.contains("against = ") || matches!(kind, "level");
    let task = (!tasks.is_empty() && draw.below(2) == 0).then(|| draw.of(tasks).clone());
    let lead = units(draw);
    let has_lead = draw.below(2) == 0;
    let mut reporters = match (&task, has_lead) {
        (_, true) => lead.clone(),
        (Some((_, _, lead)), false) => lead.clone(),
        (None, false) => Vec::new(),
    };
    if reporters.is_empty() {
        reporters.push("领导小组办公室");
    }
    if let Some((no, ..)) = &task {
        writeln!(fields, "task = \"{no}\"").unwrap();
    }
    if has_lead {
        writeln!(fields, "lead = [{}]", list(&lead)).unwrap();
    }
    let repeats = case.has("repeats") && draw.below(6) == 0 && !reported.is_empty();
    if repeats {
        writeln!(fields, "same_as = \"{}\"", draw.of(reported).no).unwrap();
    }
    match draw.below(8) {
        0 => fields.push_str("recurring = true\n"),
        1 => fields.push_str("undated = true\n"),
        2 if kind != "undefined" => fields.push_str("undefined = \"前列\"\n"),
        3 => fields.push_str("strength = \"binding\"\n"),
        4 => writeln!(fields, "measure = \"{}\"", draw.of(&["stock", "flow", "ratio", "growth"])).unwrap(),
        _ => {}
    }
    let year = *draw.of(&[2023, 2023, 2023, 2023, 2025]);
    let short: String = name.chars().take(9).collect();
    let line = source.line(&quote);
    let mut plan = format!(
        "[[target]]\nid = \"{no}\"\nname = {}\nshort = {}\nyear = {year}\nkind = \"{kind}\"\nunit = {}\ndirection = \"{direction}\"\ndimension = \"{}\"\n{fields}line = \"{line}\"\nquote = {}\n",
        text(name),
        text(&short),
        text(unit),
        draw.of(&["", "input", "output"]),
        text(&quote),
    );
    if HAVE_A_NUMBER.contains(&kind) {
        plan.push_str(&amendments(case, draw, "target"));
    }
    if !repeats {
        let is_of_year = year == YEAR;
        let name = name.clone();
        let id = String::new();
        reported.push(Reported { no, id, name, unit, reporters, near, kind, is_of_year, is_complete });
    }
    plan
}

/// `round.toml`, and `waivers.toml` where there are any.
pub(super) fn round(case: &Case, cities: &[City]) -> (String, String) {
    let mut draw = case.draw("round", 0);
    let slugs: Vec<String> = cities.iter().map(|city| text(&city.slug)).collect();
    let mut round = format!(
        "[round]\nyear = {YEAR}\nperiod = \"2023-annual\"\nedition = \"{}\"\ntitle = [\"年度评估报告\"]\nissuer = \"统计局\"\nreport_date = {REPORT}\ndeadline = 2024-01-15\ncut_off = 2024-01-20\nanswer_by = 2024-02-05\nmeasures_by = 2024-02-29\nillustrative = {}\ncities = [{}]\n[method]\n",
        draw.of(&["快报", "终版"]),
        draw.below(4) == 0,
        slugs.join(", "),
    );
    let parameters: [(&str, &[&str]); 6] = [
        ("nearly", &["95", "0", "100", "99.99"]),
        ("exceeded", &["105", "100", "1000", "100.01"]),
        ("cap", &["100", "120", "1000"]),
        ("minimum_coverage", &["66.7", "0", "50", "100"]),
        ("about_tolerance", &["5", "0", "100", "1000"]),
        ("bar_span", &["15", "0.01", "1000"]),
    ];
    for (key, values) in parameters {
        let value = if case.has("method") { *draw.of(values) } else { values[0] };
        writeln!(round, "{key} = \"{value}\"").unwrap();
    }
    let grades =
        *draw.of(&[r#"["90", "80", "60"]"#, r#"["1000", "0.2", "0"]"#, r#"["100", "99.999", "99"]"#]);
    writeln!(round, "grades = {grades}").unwrap();
    let optional: [(&str, &[&str]); 7] = [
        ("scoring", &["ratio", "proportional", "efficacy", "fixed", "banded"]),
        ("bonus", &["0", "4", "1000"]),
        ("bonus_total", &["0", "20", "1000"]),
        ("not_allowed", &["60", "0", "99.99"]),
        ("band", &["1", "5", "33.3"]),
        ("band_points", &["0", "5", "1000"]),
        ("late", &["0", "2", "1000"]),
    ];
    for (key, values) in optional {
        if case.has("method") && draw.below(2) == 0 {
            writeln!(round, "{key} = \"{}\"", draw.of(values)).unwrap();
        }
    }
    if case.has("decisions") {
        round.push_str(&decisions(case, cities));
    }
    (round, waivers(case, cities))
}

const DECIDED: &str = "reason = \"示例\"\nby = \"办公室\"\non = 2024-01-19\n";

/// Weights, limits on grades, base years, benchmarks and preferences, each of something that exists.
fn decisions(case: &Case, cities: &[City]) -> String {
    let mut text_of_file = String::new();
    let mut for_all: BTreeSet<&str> = BTreeSet::new();
    for (at, city) in cities.iter().enumerate() {
        let mut draw = case.draw("decisions", at);
        let slug = &city.slug;
        for one in city.reported.iter().filter(|one| one.is_of_year) {
            let no = &one.no;
            if draw.below(4) == 0 {
                let all = draw.below(4) == 0 && for_all.insert(no);
                let whose = if all { String::new() } else { format!("city = \"{slug}\"\n") };
                let weight = *draw.of(&["0", "1", "3", "0.5", "1000", "0.0000000001"]);
                write!(text_of_file, "[[weight]]\n{whose}indicator = \"{no}\"\nweight = \"{weight}\"\n")
                    .unwrap();
            }
            if draw.below(8) == 0 {
                write!(
                    text_of_file,
                    "[[veto]]\ncity = \"{slug}\"\nindicator = \"{no}\"\ngrade = \"{}\"\n{DECIDED}",
                    draw.of(&["良好", "合格", "不合格"])
                )
                .unwrap();
            }
            if one.reporters.len() > 1 && draw.below(2) == 0 {
                write!(
                    text_of_file,
                    "[[preference]]\ncity = \"{slug}\"\nindicator = \"{no}\"\nunit = \"{}\"\n{DECIDED}",
                    draw.of(&one.reporters)
                )
                .unwrap();
            }
            if one.kind == "average_growth" && !one.is_complete && draw.below(2) == 0 {
                write!(
                    text_of_file,
                    "[[base_year]]\ncity = \"{slug}\"\ntarget = \"{no}\"\nyear = {}\n{DECIDED}",
                    draw.of(&[2022, 2020, 2015])
                )
                .unwrap();
            }
            if one.kind == "relative" && !one.is_complete {
                for name in ["全国平均水平", "全省平均水平"].iter().take(draw.below(3)) {
                    write!(text_of_file, "[[benchmark]]\ncity = \"{slug}\"\ntarget = \"{no}\"\nname = \"{name}\"\nvalue = \"{}\"\nsource = \"公报\"\n", draw.of(&["10", "9.5", "0", "-3", "999999999999999"])).unwrap();
                }
            }
        }
    }
    text_of_file
}

fn waivers(case: &Case, cities: &[City]) -> String {
    let mut text_of_file = String::new();
    if !case.has("waivers") {
        return text_of_file;
    }
    let codes = duibiao::finding::codes();
    for (at, city) in cities.iter().enumerate() {
        let mut draw = case.draw("waivers", at);
        for _ in 0..draw.below(6) {
            let code = if draw.below(2) == 0 {
                *draw.of(&codes)
            } else {
                *draw.of(&["V401", "V402", "V403", "V406", "V408", "V409", "C502"])
            };
            write!(text_of_file, "[[waiver]]\ncode = \"{code}\"\ncity = \"{}\"\nreason = \"已说明\"\nowner = \"办公室\"\nuntil = {}\n", city.slug, draw.of(&["2024-12-31", REPORT, "2024-01-30"])).unwrap();
            if draw.below(2) == 0
                && let Some(one) = city.reported.iter().find(|one| one.is_of_year)
            {
                writeln!(text_of_file, "indicator = \"{}\"", one.no).unwrap();
            }
        }
    }
    text_of_file
}

/// What was published of a city's earlier years; none in some cases.
pub(super) fn published(case: &Case, at: usize, city: &City) -> Option<String> {
    if !case.has("published") {
        return None;
    }
    let mut draw = case.draw("published", at);
    let mut file = "城市,指标,目录编号,指标名称,年份,值,单位,状态,说明,来源\n".to_owned();
    for one in &city.reported {
        for year in [2020, 2021, 2022] {
            if draw.below(3) == 0 {
                continue;
            }
            let status = *draw.of(&["核定", "核定", "按决定", "推算", "待核实", "不一致", "滞后", "未报"]);
            let ratio = *draw.of(&["1", "0.9", "0.5", "10", "0", "-1"]);
            let value = match () {
                () if !["核定", "按决定", "推算"].contains(&status) => String::new(),
                () if one.is_presence() => (*draw.of(&["有", "无"])).to_owned(),
                () => {
                    let value = one.near.checked_mul(value(ratio)).unwrap_or_default();
                    let fits = value.abs() < limit() - Decimal::ONE;
                    duibiao::rounding::fixed(if fits { value } else { Decimal::ONE }, 2)
                }
            };
            let unit = if draw.below(10) == 0 { "不明单位" } else { one.unit };
            let Reported { no, id, name, .. } = one;
            writeln!(file, "{},{no},{id},{name},{year},{value},{unit},{status},,2022年度报告", city.slug)
                .unwrap();
        }
    }
    Some(file)
}
