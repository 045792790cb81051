//! The bureau's form as a workbook: cover, indicators, tasks, evidence.

use std::path::Path;

use duibiao::period::Period;
use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

#[derive(Clone)]
pub(crate) struct Form {
    pub(crate) city: String,
    pub(crate) unit: String,
    pub(crate) period: Period,
    /// Year and month.
    pub(crate) reported_in: (i32, u32),
    pub(crate) version: u32,
    pub(crate) filled_on: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) tasks: Vec<TaskLine>,
    pub(crate) evidence: Vec<[String; 2]>,
}

#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) previous: String,
    pub(crate) raw: String,
    pub(crate) text: bool,
    pub(crate) vintage: String,
    pub(crate) data_year: i32,
    pub(crate) evidence: String,
    pub(crate) note: String,
}

#[derive(Clone)]
pub(crate) struct TaskLine {
    pub(crate) no: String,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) progress: String,
    pub(crate) evidence: String,
}

const MARK: &str = "示例数据（虚构）";

impl Form {
    /// Multiplies all numbers, for a first version that differs from the second.
    pub(crate) fn shift(&mut self, factor: Decimal) {
        for line in self.lines.iter_mut().filter(|line| !line.text) {
            if let Ok(value) = line.raw.parse::<Decimal>() {
                line.raw = duibiao::rounding::fixed(value * factor, value.scale());
            }
        }
    }

    pub(crate) fn write(&self, path: &Path) {
        let mut book = Workbook::new();
        let (year, month) = self.reported_in;
        let (year, month) = (u16::try_from(year).unwrap(), u8::try_from(month).unwrap());
        let day = ExcelDateTime::from_ymd(year, month, 8).unwrap();
        book.set_properties(&DocProperties::new().set_creation_datetime(&day).set_comment(MARK));
        self.cover(book.add_worksheet());
        if !self.lines.is_empty() {
            self.indicators(book.add_worksheet());
        }
        if !self.tasks.is_empty() {
            self.task_sheet(book.add_worksheet());
        }
        self.evidence_sheet(book.add_worksheet());
        book.save(path).unwrap();
    }

    fn cover(&self, sheet: &mut Worksheet) {
        sheet.set_name("封面").unwrap();
        sheet.set_column_width(0, 16).unwrap().set_column_width(1, 44).unwrap();
        sheet.write_with_format(0, 0, MARK, &title()).unwrap();
        let period = self.period.chinese();
        sheet.write_with_format(1, 0, format!("{period}创新型城市建设情况报表"), &title()).unwrap();
        let version = self.version.to_string();
        let rows = [
            ("城市", self.city.as_str()),
            ("填报单位", &self.unit),
            ("报告期", &period),
            ("填报人", "示例填报人"),
            ("审核人", "示例审核人"),
            ("填报日期", &self.filled_on),
            ("版本", &version),
        ];
        for (row, (label, value)) in (3..).zip(rows) {
            sheet.write_with_format(row, 0, label, &boxed()).unwrap();
            sheet.write_with_format(row, 1, value, &boxed()).unwrap();
        }
    }

    fn indicators(&self, sheet: &mut Worksheet) {
        sheet.set_name("指标").unwrap();
        for (column, width) in (0..).zip([8, 52, 14, 14, 14, 10, 10, 10, 44]) {
            sheet.set_column_width(column, width).unwrap();
        }
        let is_annual = self.period.is_annual();
        let what = if is_annual { "完成" } else { "进展" };
        sheet.write_with_format(0, 0, format!("表1　指标{what}情况　{MARK}"), &title()).unwrap();
        sheet.write(1, 0, format!("填报单位：{}", self.unit)).unwrap();
        let last = match is_annual {
            true => format!("{}年实绩", self.period.year() - 1),
            false => "上年同期".to_owned(),
        };
        let this = self.period.heading();
        let heads =
            ["序号", "指标名称", "计量单位", &last, &this, "数据性质", "数据年份", "佐证编号", "说明"];
        for (column, head) in (0..).zip(heads) {
            sheet.write_with_format(3, column, head, &bold()).unwrap();
        }
        for (row, line) in (4..).zip(&self.lines) {
            sheet.write_with_format(row, 0, &line.no, &boxed()).unwrap();
            sheet.write_with_format(row, 1, &line.name, &boxed()).unwrap();
            sheet.write_with_format(row, 2, &line.unit, &boxed()).unwrap();
            value(sheet, row, 3, &line.previous, line.text);
            value(sheet, row, 4, &line.raw, line.text);
            sheet.write_with_format(row, 5, &line.vintage, &boxed()).unwrap();
            sheet.write_with_format(row, 6, line.data_year, &boxed()).unwrap();
            sheet.write_with_format(row, 7, &line.evidence, &boxed()).unwrap();
            sheet.write_with_format(row, 8, &line.note, &boxed()).unwrap();
        }
        let foot = 5 + u32::try_from(self.lines.len()).unwrap();
        sheet.write(foot, 0, "注：计量单位以方案为准；未报的请在说明栏写明原因。").unwrap();
    }

    fn task_sheet(&self, sheet: &mut Worksheet) {
        sheet.set_name("任务").unwrap();
        for (column, width) in (0..).zip([10, 60, 12, 40, 12]) {
            sheet.set_column_width(column, width).unwrap();
        }
        sheet.write_with_format(0, 0, format!("表2　任务进展情况　{MARK}"), &title()).unwrap();
        for (column, head) in (0..).zip(["任务编号", "任务", "进展状态", "进展情况", "佐证编号"])
        {
            sheet.write_with_format(2, column, head, &bold()).unwrap();
        }
        for (row, task) in (3..).zip(&self.tasks) {
            let cells = [&task.no, &task.title, &task.state, &task.progress, &task.evidence];
            for (column, cell) in (0..).zip(cells) {
                sheet.write_with_format(row, column, cell, &boxed()).unwrap();
            }
        }
    }

    fn evidence_sheet(&self, sheet: &mut Worksheet) {
        sheet.set_name("佐证").unwrap();
        sheet.set_column_width(1, 44).unwrap().set_column_width(2, 30).unwrap();
        sheet.write_with_format(0, 0, format!("表3　佐证材料清单　{MARK}"), &title()).unwrap();
        for (column, head) in (0..).zip(["佐证编号", "材料名称", "文号或文件名", "日期"]) {
            sheet.write_with_format(2, column, head, &bold()).unwrap();
        }
        for (row, [no, name]) in (3..).zip(&self.evidence) {
            let file = format!("示例佐证-{no}.pdf（虚构）");
            let cells = [no, name, &file, &self.filled_on];
            for (column, cell) in (0..).zip(cells) {
                sheet.write_with_format(row, column, cell, &boxed()).unwrap();
            }
        }
    }
}

fn value(sheet: &mut Worksheet, row: u32, column: u16, text: &str, as_text: bool) {
    match text.parse::<f64>() {
        Ok(number) if !as_text => sheet.write_with_format(row, column, number, &boxed()).unwrap(),
        _ => sheet.write_with_format(row, column, text, &boxed()).unwrap(),
    };
}

fn title() -> Format {
    Format::new().set_bold()
}

fn boxed() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_text_wrap()
}

fn bold() -> Format {
    boxed().set_bold().set_align(FormatAlign::Center)
}
