//! The sheet 查询单: its cells, what may be entered, and the hints that tell a clerk what is still to be done.

use super::QueryItem;
use super::layout::{height, height_of, lines};
use super::texts::{BASE_PROPERTY, EMPTY, FEET, FEET_ALONE, HOW, HOW_ALONE, ILLUSTRATIVE, SHEET, shown};
use crate::collect::answer_words::{
    ANSWER_HEAD, BY_LABEL, CHOICES, EVIDENCE_HEAD, ITEM_HEAD, NEW_VALUE_HEAD, NUMBER_LABEL, NUMBER_PROPERTY,
    OTHER_LABEL, PROBLEM_HEAD, REASON_HEAD,
};
use crate::finding::QueryClass;
use crate::forms::period_words;
use crate::ident::{CellRef, UnitName};
use crate::plan::{Plan, QueryNumber, Round};
use crate::workbook::patch::{
    Highlight, NewAllowed, NewCell, NewContent, NewRow, NewRule, NewSheet, NewStyle, StyleAlign, StyleFont,
};
use crate::workbook::{Area, Content};

/// What a query workbook is about, beside its questions.
pub(super) struct SheetHead<'a> {
    pub(super) plan: &'a Plan,
    pub(super) round: &'a Round,
    pub(super) unit: &'a UnitName,
    pub(super) number: &'a QueryNumber,
    /// The workbook that is asked about, in words, and its digest.
    pub(super) base: String,
    pub(super) sm3: &'a str,
    /// Whether the sheet goes alone.
    pub(super) is_alone: bool,
}

const HEADS: [&str; 11] = [
    ITEM_HEAD,
    "位置",
    "指标或任务",
    "原填",
    PROBLEM_HEAD,
    "请这样办",
    ANSWER_HEAD,
    "现填",
    REASON_HEAD,
    EVIDENCE_HEAD,
    "填写提示",
];
/// Widths of the columns, in digits.
const WIDTHS: [u32; 11] = [5, 11, 21, 10, 32, 27, 11, 10, 25, 13, 15];
const PLACE: u32 = 1;
const ANSWER: u32 = 6;
const NOW: u32 = 7;
const REASON: u32 = 8;
const EVIDENCE: u32 = 9;
const HINT: u32 = 10;
const LAST: u32 = 10;
/// Most characters of a reason.
const LONGEST: u32 = 500;

const YELLOW: u32 = 0x00FF_F9DB;
const BLUE: u32 = 0x00D9_E2EC;
const GREY: u32 = 0x00F2_F2F2;
const RED: u32 = 0x00FF_C7CE;
const AMBER: u32 = 0x00FF_EB9C;
const DARK_RED: u32 = 0x009C_0006;

/// The looks of grave marks and of the others.
pub(super) const LOOKS: [Highlight; 2] = [
    Highlight { fill: RED, colour: Some(DARK_RED), bold: true },
    Highlight { fill: AMBER, colour: None, bold: false },
];

const FONT: StyleFont = StyleFont { name: "宋体", size: 10, bold: false, underlined: false, colour: None };
const PLAIN: NewStyle = NewStyle {
    font: FONT,
    fill: None,
    boxed: false,
    align: StyleAlign::Left,
    wraps: true,
    unlocked: false,
    typed: false,
};
const TITLE: NewStyle = NewStyle {
    font: StyleFont { name: "黑体", size: 16, bold: true, ..FONT },
    align: StyleAlign::Middle,
    wraps: false,
    ..PLAIN
};
const BOLD: NewStyle = NewStyle { font: StyleFont { bold: true, ..FONT }, ..PLAIN };
const SMALL: NewStyle = NewStyle { font: StyleFont { size: 9, colour: Some(0x0059_5959), ..FONT }, ..PLAIN };
const HEAD: NewStyle = NewStyle { fill: Some(BLUE), boxed: true, align: StyleAlign::Middle, ..BOLD };
const CELL: NewStyle = NewStyle { boxed: true, ..PLAIN };
const MIDDLE: NewStyle = NewStyle { align: StyleAlign::Middle, ..CELL };
const LINK: NewStyle =
    NewStyle { font: StyleFont { underlined: true, colour: Some(0x0005_63C1), ..FONT }, ..CELL };
const LABEL: NewStyle = NewStyle { fill: Some(GREY), ..CELL };
const NOW_STYLE: NewStyle = NewStyle { fill: Some(GREY), ..MIDDLE };
const INPUT: NewStyle = NewStyle { fill: Some(YELLOW), unlocked: true, ..CELL };
const PICK: NewStyle =
    NewStyle { font: StyleFont { bold: true, ..FONT }, align: StyleAlign::Middle, ..INPUT };
const TYPED: NewStyle = NewStyle { typed: true, ..INPUT };
const HINT_STYLE: NewStyle =
    NewStyle { font: StyleFont { size: 9, colour: Some(0x0059_5959), ..FONT }, ..CELL };

/// The sheet, and the properties that go with it.
pub(super) fn sheet(head: &SheetHead<'_>, questions: &[QueryItem]) -> (NewSheet, Vec<(String, String)>) {
    let mut made = SheetRows::default();
    made.above(head, questions.len());
    let heads = (0..).zip(HEADS).map(|(column, text)| {
        let text = if column == NOW && head.is_alone { NEW_VALUE_HEAD } else { text };
        cell(column, HEAD, NewContent::Text(text.to_owned()))
    });
    made.rows.push(NewRow { height: height_of(1), cells: heads.collect() });
    let first = made.next();
    questions.iter().for_each(|question| made.question(question, head.is_alone));
    let last = made.next().saturating_sub(1);
    let other = made.below(first, last, head.is_alone);
    let area = |column: u32, from: u32, to: u32| Area {
        first: CellRef::new(from, column),
        last: CellRef::new(to, column),
    };
    let pick = NewRule {
        area: area(ANSWER, first, last),
        allowed: NewAllowed::Words(CHOICES.map(str::to_owned).to_vec()),
        refusal: ("答复".to_owned(), "请从下拉中选：更正、确认无误、无法提供".to_owned()),
        prompt: (
            "答复".to_owned(),
            "更正：已改好\n确认无误：原数不改，写理由和依据\n无法提供：写原因".to_owned(),
        ),
    };
    let short = |area: Area| NewRule {
        area,
        allowed: NewAllowed::Length(LONGEST),
        refusal: ("过长".to_owned(), format!("请写在{LONGEST}字以内")),
        prompt: (String::new(), String::new()),
    };
    let rules = vec![pick, short(area(REASON, first, last)), short(area(2, other, other))];
    let hint = CellRef::new(first, HINT);
    let sheet = NewSheet {
        name: SHEET.to_owned(),
        rows: made.rows,
        widths: WIDTHS.to_vec(),
        merges: made.merges,
        frozen: first,
        begin: CellRef::new(first, ANSWER),
        rules,
        links: made.links,
        highlights: vec![(area(HINT, first, last), format!("{hint}<>\"{DONE}\""), LOOKS[1])],
        footer: format!("&L查询单 {}&R第&P页 共&N页", head.number.to_string().replace('&', "&&")),
    };
    let properties =
        [(NUMBER_PROPERTY, head.number.to_string()), (BASE_PROPERTY, format!("sm3:{}", head.sm3))];
    (sheet, properties.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// What the hint of a question says that is answered.
const DONE: &str = "√";

/// The rows of a sheet in the making.
#[derive(Default)]
struct SheetRows {
    rows: Vec<NewRow>,
    merges: Vec<Area>,
    links: Vec<(CellRef, String, String)>,
}

impl SheetRows {
    /// The next row, from zero.
    fn next(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    fn merge(&mut self, from: u32, to: u32) {
        let row = self.next();
        self.merges.push(Area { first: CellRef::new(row, from), last: CellRef::new(row, to) });
    }

    /// A line over all columns.
    fn line(&mut self, style: NewStyle, text: String, height: u32) {
        self.merge(0, LAST);
        self.rows.push(NewRow { height, cells: vec![cell(0, style, NewContent::Text(text))] });
    }

    fn wrapped(&mut self, style: NewStyle, text: String) {
        let count = lines(&text, WIDTHS.iter().sum());
        self.line(style, text, height_of(count));
    }

    fn above(&mut self, head: &SheetHead<'_>, count: usize) {
        let SheetHead { plan, round, unit, number, base, is_alone, .. } = head;
        if round.illustrative {
            self.line(BOLD, ILLUSTRATIVE.to_owned(), height_of(1));
        }
        self.line(TITLE, "数 据 查 询 单".to_owned(), 32);
        let period = period_words(round.period);
        self.wrapped(SMALL, format!("{NUMBER_LABEL}{number}　　报告期：{period}　　依据：{base}"));
        self.line(PLAIN, format!("致：{unit}"), height_of(1));
        let (due, office) = (round.answer_by.format("%Y年%-m月%-d日"), &plan.office);
        let what = if *is_alone { "答复后发回" } else { "答复，将本工作簿原样发回" };
        self.wrapped(
            PLAIN,
            format!("贵单位所报数据经审核，有下列{count}处请核实。请在{due}前（含当日）{what}{office}。"),
        );
        self.wrapped(PLAIN, if *is_alone { HOW_ALONE } else { HOW }.to_owned());
    }

    fn question(&mut self, question: &QueryItem, is_alone: bool) {
        let row = self.next();
        let at = |column: u32| CellRef::new(row, column);
        let place = match &question.cell {
            Some((sheet, cell)) => format!("{sheet}!{cell}"),
            None => question.place.clone(),
        };
        let linked = question.cell.as_ref().filter(|_| !is_alone);
        if let Some((sheet, cell)) = linked {
            let quoted = sheet.replace('\'', "''");
            self.links.push((at(PLACE), format!("'{quoted}'!{cell}"), place.clone()));
        }
        let look = match question.class {
            QueryClass::MustAnswer => NewStyle { fill: Some(RED), ..HEAD },
            QueryClass::PleaseExplain | QueryClass::NotAsked => NewStyle { fill: Some(AMBER), ..HEAD },
        };
        let was = match &question.cell {
            Some(_) => shown(question.was.as_ref()),
            None => NewContent::Text(NO_CELL.to_owned()),
        };
        let problem = format!("{}【{}】", question.problem, question.code);
        let text = |text: &str| NewContent::Text(text.to_owned());
        let (now, now_style) = match linked {
            Some((sheet, cell)) => (current(sheet, *cell, &was), NOW_STYLE),
            None if is_alone => (NewContent::Nothing, INPUT),
            None => (text(NO_CELL), NOW_STYLE),
        };
        let is_compared = linked.is_some() && is_plain(question.was.as_ref());
        let cells = vec![
            cell(0, look, NewContent::Number(question.item.to_string())),
            cell(PLACE, if linked.is_some() { LINK } else { CELL }, text(&place)),
            cell(2, CELL, text(&question.about)),
            cell(3, MIDDLE, was),
            cell(4, CELL, text(&problem)),
            cell(5, CELL, text(&question.remedy)),
            cell(ANSWER, PICK, NewContent::Nothing),
            cell(NOW, now_style, now),
            cell(REASON, INPUT, NewContent::Nothing),
            cell(EVIDENCE, INPUT, NewContent::Nothing),
            cell(HINT, HINT_STYLE, hint(row, is_compared, is_alone)),
        ];
        let row = NewRow { height: 0, cells };
        self.rows.push(NewRow { height: height(&row, &WIDTHS), ..row });
    }

    /// What stands below the questions; gives the row for other changes.
    fn below(&mut self, first: u32, last: u32, is_alone: bool) -> u32 {
        let other = self.next();
        let text = |text: &str| NewContent::Text(text.to_owned());
        self.merge(0, 1);
        self.merge(2, EVIDENCE);
        let mut cells = vec![cell(0, LABEL, text(OTHER_LABEL)), cell(1, LABEL, NewContent::Nothing)];
        cells.extend((2..=EVIDENCE).map(|column| cell(column, INPUT, NewContent::Nothing)));
        cells.push(cell(HINT, HINT_STYLE, text("没有则不填")));
        self.rows.push(NewRow { height: height_of(2), cells });
        self.merge(0, 1);
        self.merge(5, ANSWER);
        self.merge(REASON, EVIDENCE);
        let (from, to) = (CellRef::new(first, HINT), CellRef::new(last, HINT));
        let left = last.saturating_add(1).saturating_sub(first);
        let open = NewContent::Formula(
            format!("\"还有\"&COUNTIF({from}:{to},\"<>{DONE}\")&\"处未答好\""),
            Box::new(NewContent::Text(format!("还有{left}处未答好"))),
        );
        self.rows.push(NewRow {
            height: height_of(2),
            cells: vec![
                cell(0, LABEL, text(BY_LABEL)),
                cell(1, LABEL, NewContent::Nothing),
                cell(2, INPUT, NewContent::Nothing),
                cell(3, LABEL, text("审核人")),
                cell(4, INPUT, NewContent::Nothing),
                cell(5, LABEL, text("答复日期（如2024-02-02）")),
                cell(ANSWER, LABEL, NewContent::Nothing),
                cell(NOW, TYPED, NewContent::Nothing),
                cell(REASON, HINT_STYLE, open),
                cell(EVIDENCE, HINT_STYLE, NewContent::Nothing),
                cell(HINT, HINT_STYLE, NewContent::Nothing),
            ],
        });
        let feet = if is_alone { FEET_ALONE } else { FEET };
        feet.into_iter().for_each(|foot| self.wrapped(SMALL, foot.to_owned()));
        other
    }
}

/// What stands where no cell is meant.
const NO_CELL: &str = "—";

fn cell(column: u32, style: NewStyle, holds: NewContent) -> NewCell {
    NewCell { column, style, holds }
}

/// What a cell of the workbook holds now.
fn current(sheet: &str, at: CellRef, was: &NewContent) -> NewContent {
    let place = format!("'{}'!${}${}", sheet.replace('\'', "''"), at.letters(), u64::from(at.row) + 1);
    let formula = format!("IFERROR(IF(LEN({place})=0,\"{EMPTY}\",{place}),\"（错误值）\")");
    NewContent::Formula(formula, Box::new(was.clone()))
}

/// Whether a formula sees of a cell what was read of it: only of plain numbers and texts, and of empty cells.
fn is_plain(was: Option<&Content>) -> bool {
    matches!(was, None | Some(Content::Number(_) | Content::Text(_)))
}

/// What a clerk is to do next. What was asked and what stands there now are compared where a formula can tell.
fn hint(row: u32, is_compared: bool, is_alone: bool) -> NewContent {
    let at = |column: u32| CellRef::new(row, column).to_string();
    let (was, answer, now, reason, evidence) = (at(3), at(ANSWER), at(NOW), at(REASON), at(EVIDENCE));
    let [corrected, confirmed, _] = CHOICES;
    let rest = format!(
        "IF(AND({answer}<>\"{corrected}\",LEN(TRIM({reason}))=0),\"请写明理由\",IF(AND({answer}=\"{confirmed}\",LEN(TRIM({evidence}))=0),\"请注明依据的材料\",\"{DONE}\"))"
    );
    let checked = if is_alone {
        format!("IF(AND({answer}=\"{corrected}\",LEN(TRIM({now}))=0),\"请填更正值\",{rest})")
    } else if is_compared {
        let same = format!("AND(EXACT({was},{now}),ISNUMBER({was})=ISNUMBER({now}))");
        format!(
            "IF(AND({answer}=\"{corrected}\",{same}),\"选了更正，但原格未改\",IF(AND({answer}<>\"{corrected}\",NOT({same})),\"原格已改，答复请选“{corrected}”\",{rest}))"
        )
    } else {
        rest
    };
    let waiting = "待答复";
    NewContent::Formula(
        format!("IF(LEN({answer})=0,\"{waiting}\",{checked})"),
        Box::new(NewContent::Text(waiting.to_owned())),
    )
}
