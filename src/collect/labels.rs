//! Labels of covers in the cells of a sheet, each with the value that belongs to it: behind a colon in the same cell, in the
//! next cell to the right, or below a row of labels. A cell may hold several labels.

use std::rc::Rc;

use super::memo::Memo;
use super::period::period;
use super::sender::unstamped;
use super::text::{clean, name_key};
use crate::ident::CellRef;
use crate::workbook::{Cell, Content, Display, Sheet};

/// A field of a cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name, whatever the label said.
    pub(super) name: &'static str,
    /// What stands there; empty when nothing does, or only an instruction.
    pub(super) value: String,
    /// Where.
    pub(super) at: CellRef,
}

/// Labels of covers, each with the name it goes by here; those without one only end the value before them.
const LABELS: [(&str, &str); 96] = [
    ("报告年份", "报告期"),
    ("统计时间", "报告期"),
    ("统计年度", "报告期"),
    ("统计期间", "报告期"),
    ("统计期", "报告期"),
    ("所属期", "报告期"),
    ("数据所属期", "报告期"),
    ("所属期间", "报告期"),
    ("所属时期", "报告期"),
    ("所属年度", "报告期"),
    ("考核年度", "报告期"),
    ("监测年度", "报告期"),
    ("评价年度", "报告期"),
    ("数据时间", "报告期"),
    ("数据期间", "报告期"),
    ("数据截止日期", "报告期"),
    ("数据截止时间", "报告期"),
    ("填报期", "报告期"),
    ("填报期别", "报告期"),
    ("报送期", "报告期"),
    ("年份", PERIOD_IF_ONE),
    ("期别", PERIOD_IF_ONE),
    ("所在地区", "城市"),
    ("地区", "城市"),
    ("所在市", "城市"),
    ("行政区划", "城市"),
    ("所属地区", "城市"),
    ("填报单位全称", "填报单位"),
    ("单位全称", "填报单位"),
    ("填报科室", ""),
    ("单位", SENDER_IF_KNOWN),
    ("部门", SENDER_IF_KNOWN),
    ("城市", "城市"),
    ("所属城市", "城市"),
    ("城市名称", "城市"),
    ("所在城市", "城市"),
    ("市(州)", "城市"),
    ("市州", "城市"),
    ("填报单位", "填报单位"),
    ("填报单位名称", "填报单位"),
    ("报送单位", "填报单位"),
    ("报送单位名称", "填报单位"),
    ("填表单位", "填报单位"),
    ("填表单位名称", "填报单位"),
    ("上报单位", "填报单位"),
    ("报告单位", "填报单位"),
    ("填报部门", "填报单位"),
    ("报送部门", "填报单位"),
    ("填表部门", "填报单位"),
    ("填报机构", "填报单位"),
    ("单位名称", "填报单位"),
    ("部门名称", "填报单位"),
    ("报告期", "报告期"),
    ("报告期别", "报告期"),
    ("报告年度", "报告期"),
    ("报告时期", "报告期"),
    ("报告期间", "报告期"),
    ("报告时间", "报告期"),
    ("报表年度", "报告期"),
    ("报表期别", "报告期"),
    ("填报年度", "报告期"),
    ("填报期间", "报告期"),
    ("数据年度", "报告期"),
    ("评估年度", "报告期"),
    ("年度", PERIOD_IF_ONE),
    ("填报人", "填报人"),
    ("填报人员", "填报人"),
    ("填表人", "填报人"),
    ("制表人", "填报人"),
    ("经办人", "填报人"),
    ("审核人", "审核人"),
    ("审核人员", "审核人"),
    ("审核", "审核人"),
    ("负责人", "审核人"),
    ("单位负责人", "审核人"),
    ("部门负责人", "审核人"),
    ("分管负责人", "审核人"),
    ("主要负责人", "审核人"),
    ("分管领导", "审核人"),
    ("填报日期", "填报日期"),
    ("填报时间", "填报日期"),
    ("填表日期", "填报日期"),
    ("填表时间", "填报日期"),
    ("报送日期", "填报日期"),
    ("报送时间", "填报日期"),
    ("报出日期", "填报日期"),
    ("日期", "填报日期"),
    ("版本", "版本"),
    ("版本号", "版本"),
    ("版次", "版本"),
    ("报送次数", "版本"),
    ("说明", ""),
    ("备注", ""),
    ("联系人", ""),
    ("联系电话", ""),
    ("电话", ""),
];

/// Labels by their parts: a word for what is done and one for who, when or what; all of one kind go by one name. 制定机关 and
/// 批准机关 of printed forms are none: they name who made the form.
const BY_PARTS: [(&[&str], &[&str], &str); 6] = [
    (
        &["填报", "报送", "上报", "填表", "填写", "填制", "呈报", "编报", "报告", "报表报送"],
        &["单位", "部门", "机构", "机关", "主体", "责任单位", "责任部门", "责任主体", "牵头单位", "主体单位"],
        "填报单位",
    ),
    (&["填报", "填表", "制表", "经办", "报送", "上报", "填写", "编报"], &["人", "人员", "者"], "填报人"),
    (&["审核", "复核", "审签", "审定", "审批", "核准"], &["人", "人员", "领导", "者"], "审核人"),
    (&["填报", "填表", "报送", "上报", "报出", "填写", "制表"], &["日期", "时间"], "填报日期"),
    (
        &["报告", "报表", "统计", "数据", "考核", "监测", "评价", "评估", "所属"],
        &["期", "期别", "年度", "年份", "期间", "时期", "周期", "区间"],
        "报告期",
    ),
    (&["所在", "所属", "填报", "报送", "上报"], &["城市", "地区", "市州", "设区市", "地市"], "城市"),
];

/// What may follow a label by parts, and what may stand before it.
const TAILS: [&str; 11] =
    ["名称", "全称", "简称", "盖章", "公章", "签章", "加盖公章", "盖公章", "印章", "签字", "签名"];
const HEADS: [&str; 4] = ["数据", "资料", "本表", "报表"];

/// Last characters of all labels, simplified or not: a text that ends otherwise is none.
const LAST: &str =
    "份间期区划称室位门市州构度员人核导本号次明注话别限体关者章字名單間區劃稱門構員導號話別體關";

/// 单位 may also head a column or name a unit of measure: it is the sender only where the value is a unit of the plan.
const SENDER_IF_KNOWN: &str = "单位";

/// 年份 may also head a column: it is the period only where one stands there.
const PERIOD_IF_ONE: &str = "年份";

/// Labels of the sender have one of these characters, all but those that name a unit and nothing else.
pub(super) const LETTERS_OF_SENDERS: [char; 4] = ['填', '送', '报', '報'];

/// Every label has one of these characters, simplified or not.
pub(super) const LETTERS: [char; 29] = [
    '城', '填', '报', '報', '单', '單', '位', '制', '製', '审', '審', '负', '負', '日', '版', '说', '說',
    '表', '期', '州', '部', '度', '人', '联', '电', '地', '年', '数', '统',
];

/// Headings of tables: in a row with one of them a label without a colon heads a column.
const HEADINGS: [&str; 12] = [
    "序号",
    "编号",
    "指标",
    "指标名称",
    "二级指标",
    "计量单位",
    "任务",
    "任务名称",
    "工作要点",
    "重点任务",
    "材料名称",
    "佐证编号",
];

/// Words of instructions and samples: what holds one of them was not filled in.
const INSTRUCTIONS: [&str; 22] = [
    "请填",
    "请选",
    "请在",
    "请按",
    "请写",
    "请注明",
    "填写",
    "必填",
    "选填",
    "全称",
    "规范简称",
    "下拉",
    "例如",
    "例:",
    "如:",
    "样例",
    "格式为",
    "××",
    "xx",
    "某某",
    "某市",
    "某局",
];

/// The longest text without a colon that can be a label.
const LONGEST_LABEL: usize = 24;

/// How many characters before a colon are looked at for a label.
const FURTHEST_LABEL: usize = 100;

/// The fields of a sheet in the order of its cells, of those labels that have one of some letters. `is_unit` tells whether a text names a unit: only then is the cell below
/// a lone label its value.
pub(super) fn fields(sheet: &Sheet, letters: &[char], is_unit: &dyn Fn(&str) -> bool) -> Vec<Field> {
    let mut found = Vec::new();
    // Whether the row of the last label heads a table: a row may hold thousands of labels.
    let mut heads: Option<(u32, bool)> = None;
    let mut cells = sheet.cells.iter();
    while let Some((here, cell)) = cells.next() {
        let Some(parts) = cell.label().and_then(labelled) else { continue };
        // Few texts are labels: only of those it matters which ones are asked for.
        if !cell.label().is_some_and(|text| text.contains(letters)) {
            continue;
        }
        let last = parts.len().saturating_sub(1);
        for (at, part) in parts.iter().enumerate() {
            if part.name.is_empty() {
                continue;
            }
            let keep = |field: Field| match field.name {
                SENDER_IF_KNOWN => is_unit(&field.value).then_some(Field { name: "填报单位", ..field }),
                PERIOD_IF_ONE => period(&field.value).map(|_| Field { name: "报告期", ..field }),
                _ => Some(field),
            };
            let inline = Field { name: part.name, value: said(part.name, &part.value), at: *here };
            if at < last || !unstamped(&part.value).is_empty() {
                found.extend(keep(inline));
                continue;
            }
            let is_heading = !part.has_colon && {
                let known = heads.filter(|(row, _)| *row == here.row);
                let (_, is_heading) = known.unwrap_or_else(|| (here.row, is_heading_row(sheet, here.row)));
                heads = Some((here.row, is_heading));
                is_heading
            };
            if !is_heading {
                found.extend(keep(beside(sheet, *here, part.name, cells.clone(), is_unit)));
            }
        }
    }
    found
}

/// The labels of a text with one of the [`LETTERS`], if there are any.
fn labelled(raw: &str) -> Option<Rc<[LabelPart]>> {
    thread_local!(static LABELLED: Memo<Option<Rc<[LabelPart]>>> = const { Memo::new() });
    LABELLED.with(|known| {
        known.of(raw, || {
            // A quick look first: most cells of most sheets are none.
            let may_be =
                (raw.len() <= 4 * LONGEST_LABEL || raw.contains([':', '：'])) && raw.contains(LETTERS);
            let parts = may_be.then(|| parts(&clean(raw)))?;
            (!parts.is_empty()).then(|| parts.into())
        })
    })
}

/// What a value says: nothing when it is an instruction, and without seals.
fn said(name: &str, value: &str) -> String {
    let value = unstamped(value);
    let lower = value.to_lowercase();
    if name != "版本" && INSTRUCTIONS.iter().any(|word| lower.contains(word)) {
        return String::new();
    }
    if matches!(lower.as_str(), "-" | "--" | "—" | "/" | "无" | "年 月 日" | "年月日") {
        return String::new();
    }
    value
}

/// The value of a label that stands alone: in the next filled cell to the right, else below.
fn beside<'a>(
    sheet: &Sheet,
    here: CellRef,
    name: &'static str,
    following: impl Iterator<Item = (&'a CellRef, &'a Cell)>,
    is_unit: &dyn Fn(&str) -> bool,
) -> Field {
    let row = following.take_while(|(at, _)| at.row == here.row);
    let next = row.map(|(at, cell)| (*at, written(cell))).find(|(_, text)| !unstamped(text).is_empty());
    let empty =
        Field { name, value: String::new(), at: CellRef::new(here.row, here.column.saturating_add(1)) };
    match next {
        Some((at, text)) if !is_label(&text) => Field { name, value: said(name, &text), at },
        // 单位 above a unit is a heading, not a label.
        _ if name == SENDER_IF_KNOWN => empty,
        _ => {
            let area = sheet.merges.get(&here);
            let under =
                CellRef::new(area.map_or(here.row, |area| area.last.row).saturating_add(1), here.column);
            let value = |at: CellRef| sheet.cells.get(&at).map(written).filter(|text| !is_label(text));
            // Several values below a label are a list, such as one of persons.
            let is_list = value(CellRef::new(under.row.saturating_add(1), under.column)).is_some();
            let Some(text) = value(under).filter(|_| !is_list) else { return empty };
            // Below a row of labels there is a row of values; below a lone label there may be anything.
            let row = sheet.within((here.row, here.row.saturating_add(1)));
            let labels = row.filter(|(_, cell)| cell.label().is_some_and(is_label));
            let among_labels = labels.take(2).count() > 1;
            if is_unit(&text) || (among_labels && name != "填报单位" && text.chars().count() <= LONGEST_LABEL)
            {
                return Field { name, value: said(name, &text), at: under };
            }
            empty
        }
    }
}

/// The text of a cell; a date that is shown as a year or a month is that.
fn written(cell: &Cell) -> String {
    match (&cell.content, cell.display) {
        (Content::Date(date), Display::Year) => date.chars().take(4).chain(['年']).collect(),
        _ => clean(cell.raw()),
    }
}

/// A label in a cell.
#[derive(Debug, PartialEq, Eq)]
struct LabelPart {
    name: &'static str,
    value: String,
    has_colon: bool,
}

/// The labels of a cell with what stands behind each: `填报单位:市科技局    报告期:2023年度`.
fn parts(text: &str) -> Vec<LabelPart> {
    let chars: Vec<char> = text.chars().collect();
    let mut marks: Vec<(usize, usize, &'static str)> = Vec::new();
    for (colon, _) in chars.iter().enumerate().filter(|(_, c)| **c == ':') {
        let from = marks.last().map_or(0, |(_, end, _)| *end);
        if let Some((start, name)) = label_before(&chars, from, colon, !marks.is_empty()) {
            marks.push((start, colon + 1, name));
        }
    }
    if marks.is_empty() {
        let is_short = chars.len() <= LONGEST_LABEL;
        let name = is_short.then(|| label_of(text)).flatten();
        return name
            .into_iter()
            .map(|name| LabelPart { name, value: String::new(), has_colon: false })
            .collect();
    }
    let ends = marks.iter().skip(1).map(|(start, ..)| *start).chain([chars.len()]);
    let value = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let part = |((_, end, name), next): (&(usize, usize, &'static str), usize)| LabelPart {
        name,
        value: closed(&value(*end, next)),
        has_colon: true,
    };
    marks.iter().zip(ends).map(part).collect()
}

/// A value without the bracket that closes what was opened before the label: `报表(填报单位:市科技局)`.
fn closed(value: &str) -> String {
    let value = value.trim();
    let unmatched = value.matches(')').count() > value.matches('(').count();
    if unmatched { value.trim_end_matches(')').trim().to_owned() } else { value.to_owned() }
}

/// The label before a colon: where it begins and its name, empty when it is none of those of a cover.
fn label_before(chars: &[char], from: usize, colon: usize, is_later: bool) -> Option<(usize, &'static str)> {
    let before = chars.iter().copied().enumerate().take(colon).skip(from).rev();
    let mut solid: Vec<(usize, char)> =
        before.filter(|(_, c)| !c.is_whitespace()).take(FURTHEST_LABEL).collect();
    solid.reverse();
    // 填报单位(公章): the bracket says what is to be put there; 市(州): it belongs to the label.
    let open = solid.iter().rposition(|(_, c)| *c == '(').filter(|open| *open > 0);
    let open = open.filter(|_| solid.last().is_some_and(|(_, c)| *c == ')'));
    let before_bracket = open.and_then(|open| solid.get(..open));
    let begins = |at: usize| {
        let before = at.checked_sub(1).filter(|before| *before >= from).and_then(|at| chars.get(at));
        before.is_none_or(|c| !c.is_alphabetic())
    };
    for solid in [Some(solid.as_slice()), before_bracket].into_iter().flatten() {
        if !solid.last().is_some_and(|(_, c)| LAST.contains(*c) || *c == ')') {
            continue;
        }
        let key = name_key(&solid.iter().map(|(_, c)| *c).collect::<String>());
        let fits = LABELS.iter().filter(|(label, _)| key.ends_with(label));
        let listed = fits.map(|(label, name)| (label.chars().count(), *name));
        let Some((length, name)) = listed.chain(by_parts(&key)).max_by_key(|(length, _)| *length) else {
            continue;
        };
        let start = solid.len().checked_sub(length).and_then(|at| solid.get(at)).map(|(at, _)| *at)?;
        if begins(start) || (is_later && length >= 3) {
            return Some((start, name));
        }
    }
    // A word before a colon that is no label of a cover ends the value before it.
    let mut start = colon;
    while start > from && chars.get(start - 1).is_some_and(|c| c.is_alphabetic()) {
        start -= 1;
    }
    (is_later && start > from && (2..=8).contains(&(colon - start))).then_some((start, ""))
}

fn label_of(text: &str) -> Option<&'static str> {
    let ends = |text: &str| text.trim_end().chars().next_back().is_some_and(|c| LAST.contains(c));
    let named = |text: &str| {
        let bare = unstamped(text);
        // A quick look first: most texts are none.
        if !ends(&bare) && !bare.ends_with([')', '）']) {
            return None;
        }
        let key = name_key(&bare);
        let listed = LABELS.iter().find(|(label, _)| *label == key).map(|(_, field)| *field);
        listed.or_else(|| {
            by_parts(&key).filter(|(length, _)| *length == key.chars().count()).map(|(_, name)| name)
        })
    };
    let before_bracket = || text.strip_suffix(')')?.rsplit_once('(').map(|(label, _)| label);
    named(text).or_else(|| named(before_bracket()?))
}

/// The label by parts that a key ends with: its length in characters and its name.
fn by_parts(key: &str) -> Option<(usize, &'static str)> {
    let tail = TAILS.iter().filter_map(|tail| key.strip_suffix(tail)).min_by_key(|rest| rest.len());
    let split = |key: &str| {
        let (rest, name) = BY_PARTS.iter().find_map(|(firsts, lasts, name)| {
            let behind = lasts.iter().filter_map(|last| key.strip_suffix(last));
            let rest =
                behind.flat_map(|rest| firsts.iter().filter_map(move |first| rest.strip_suffix(first)));
            Some((rest.min_by_key(|rest| rest.len())?, *name))
        })?;
        let rest = HEADS.iter().find_map(|head| rest.strip_suffix(head)).unwrap_or(rest);
        Some((rest.chars().count(), name))
    };
    let (before, name) = split(key).or_else(|| tail.and_then(split))?;
    Some((key.chars().count().checked_sub(before)?, name))
}

fn is_label(text: &str) -> bool {
    let text = clean(text);
    !parts(&text).is_empty()
}

/// Whether a row heads a table.
fn is_heading_row(sheet: &Sheet, row: u32) -> bool {
    let cells = sheet.within((row, row.saturating_add(1)));
    cells.filter_map(|(_, cell)| cell.label()).any(|text| HEADINGS.contains(&name_key(text).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet_of(rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet { visible: true, ..Sheet::default() };
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                sheet.cells.insert(CellRef::new(row, column), Cell::new(Content::Text((*text).into())));
            }
        }
        sheet
    }

    fn found(rows: &[&[&str]]) -> Vec<(String, String, String)> {
        let is_unit = |text: &str| text.contains("局");
        let all = fields(&sheet_of(rows), &LETTERS, &is_unit);
        all.into_iter().map(|field| (field.name.to_owned(), field.value, field.at.to_string())).collect()
    }

    #[test]
    fn values_stand_behind_beside_or_below_their_labels() {
        for (rows, expected) in [
            (&[&["填 报 单 位：", "市科技局"][..]][..], &[("填报单位", "市科技局", "B1")][..]),
            (&[&["填报单位：市科技局"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["填报单位（公章）：", "市科技局"]], &[("填报单位", "市科技局", "B1")]),
            (&[&["填报单位（公章）：市科技局（盖章）"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["填报单位盖章：", "市科技局"]], &[("填报单位", "市科技局", "B1")]),
            (&[&["填报责任单位", "市科技局"]], &[("填报单位", "市科技局", "B1")]),
            (&[&["数据填报单位", "市科技局"]], &[("填报单位", "市科技局", "B1")]),
            (&[&["上报部门：市科技局"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["填报机关", "市科技局"]], &[("填报单位", "市科技局", "B1")]),
            (&[&["填报主体名称", "市科技局"]], &[("填报单位", "市科技局", "B1")]),
            (&[&["数据报送部门（盖章）：市科技局"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["填報單位：市科技局"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["复核人", "张三"]], &[("审核人", "张三", "B1")]),
            (&[&["考核期：2023年"]], &[("报告期", "2023年", "A1")]),
            (&[&["填报城市", "甲市"]], &[("城市", "甲市", "B1")]),
            (&[&["制定机关：国家统计局"]], &[]),
            (&[&["责任单位", "市科技局"]], &[]),
            (&[&["牵头单位：市科技局"]], &[]),
            (&[&["填报单位(签章)", "", "市科技局"]], &[("填报单位", "市科技局", "C1")]),
            (&[&["填报单位", "：", "市科技局"]], &[("填报单位", "市科技局", "C1")]),
            (&[&["填报单位 ： 市科技局"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["1. 填报单位：请填写单位全称"]], &[("填报单位", "", "A1")]),
            (&[&["填报单位：××局"]], &[("填报单位", "", "A1")]),
            (&[&["填报单位"], &["市科技局"]], &[("填报单位", "市科技局", "A2")]),
            (
                &[&["填报单位", "填报人"], &["市科技局", "张三"]],
                &[("填报单位", "市科技局", "A2"), ("填报人", "张三", "B2")],
            ),
            (&[&["填报单位"], &["联系电话"]], &[("填报单位", "", "B1")]),
            (&[&["填报单位", "填报人"]], &[("填报单位", "", "B1"), ("填报人", "", "C1")]),
            (
                &[&["填报单位：市科技局    报告期：2023年度  填报人：张三"]],
                &[("填报单位", "市科技局", "A1"), ("报告期", "2023年度", "A1"), ("填报人", "张三", "A1")],
            ),
            (
                &[&["填报单位：市科技局 联系电话：0731-58570000 审核人：", "李四"]],
                &[("填报单位", "市科技局", "A1"), ("审核人", "李四", "B1")],
            ),
            (&[&["填报人：张三 手机：13900000000"]], &[("填报人", "张三", "A1")]),
            (
                &[&["填报日期：2024-01-10 16:05 版本：2"]],
                &[("填报日期", "2024-01-10 16:05", "A1"), ("版本", "2", "A1")],
            ),
            (&[&["创新指标年报（填报单位：市科技局）"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["创新指标年报 填报单位：市科技局"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["序号", "指标名称", "填报单位"], &["1", "研发", "市科技局"]], &[]),
            (&[&["上级填报单位：市科技局"]], &[]),
            (&[&["联系电话", "1"]], &[]),
            (&[&["单位：市科技局"]], &[("填报单位", "市科技局", "A1")]),
            (&[&["单位：万元"]], &[]),
            (&[&["项目", "单位"], &["评审", "市科技局"]], &[]),
            (&[&["年份", "2022"]], &[("报告期", "2022", "B1")]),
            (&[&["数据截止日期：2023年9月30日"]], &[("报告期", "2023年9月30日", "A1")]),
            (&[&["项目", "年份", "金额"]], &[]),
        ] {
            let expected: Vec<(String, String, String)> =
                expected.iter().map(|(a, b, c)| ((*a).into(), (*b).into(), (*c).into())).collect();
            assert_eq!(found(rows), expected, "{rows:?}");
        }
    }
}
