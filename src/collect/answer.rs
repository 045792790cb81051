//! The sheets of queries (查询单) in a workbook that comes back: they hold what was asked, and nothing that is reported. They tell that the workbook
//! answers a query, and to which workbook.

use std::collections::BTreeMap;

use super::AnswerTo;
use super::answer_sheet;
use super::answer_words::{NUMBER_LABEL as LABEL, NUMBER_PROPERTY};
use crate::plan::{QueryEvent, QueryNumber, QueryRegister};
use crate::workbook::{Book, Refusal, Sheet};

/// The query workbooks that were issued, by their numbers.
#[derive(Debug, Default)]
pub(super) struct QuerySheets {
    issued: BTreeMap<String, AnswerTo>,
}

impl QuerySheets {
    pub(super) fn of(register: &QueryRegister) -> Self {
        let questions = register.events().iter().filter(|event| event.kind.is_question());
        let issued = questions.map(|event| {
            let answer = AnswerTo {
                number: event.key.number.clone(),
                base: event.sm3.clone(),
                report: report(register, event).file.clone(),
                sheet: None,
            };
            (event.key.number.to_string(), answer)
        });
        Self { issued: issued.collect() }
    }

    /// A workbook as it was read, without its sheets of queries; and the last query that it answers. A sheet that carries another number than one that
    /// was given out is a sheet as any other.
    pub(super) fn taken_out(&self, book: Result<Book, Refusal>) -> (Result<Book, Refusal>, Option<AnswerTo>) {
        let mut book = match book {
            Ok(book) if !self.issued.is_empty() => book,
            other => return (other, None),
        };
        let all = std::mem::take(&mut book.sheets).into_iter();
        let (own, rest): (Vec<Sheet>, Vec<Sheet>) = all.partition(|sheet| self.of_sheet(sheet).is_some());
        book.sheets = rest;
        let answers = own.iter().filter_map(|sheet| self.of_sheet(sheet));
        let last = answers.max_by_key(|answer| answer.number.place);
        let read = |answer: &AnswerTo| AnswerTo {
            sheet: answer_sheet::read(&own, &answer.number),
            ..answer.clone()
        };
        (Ok(book), last.map(read))
    }

    /// The query workbook that a workbook was made from and whose sheet it does not carry any more.
    pub(super) fn lost(&self, book: &Book) -> Option<QueryNumber> {
        let number = book.marks.properties.get(NUMBER_PROPERTY)?;
        self.issued.get(number.trim()).map(|answer| answer.number.clone())
    }

    /// The query workbook whose number a sheet carries.
    fn of_sheet(&self, sheet: &Sheet) -> Option<&AnswerTo> {
        let texts = sheet.cells.values().filter_map(|cell| cell.label());
        let mut behind =
            texts.filter_map(|text| text.split_once(LABEL)).map(|(_, behind)| behind.trim_start());
        behind.find_map(|text| {
            // 1 is no beginning of 10.
            let fits = |number: &String| {
                let rest = text.strip_prefix(number.as_str());
                rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            self.issued.iter().find(|(number, _)| fits(number)).map(|(_, answer)| answer)
        })
    }
}

/// The question about the workbook that was the report itself: a question may be about an answer to an earlier one.
fn report<'a>(register: &'a QueryRegister, question: &'a QueryEvent) -> &'a QueryEvent {
    let mut question = question;
    // As many steps as there are events lead back to the first.
    for _ in register.events() {
        let answered =
            register.events().iter().find(|event| event.kind.is_answer() && event.sm3 == question.sm3);
        let asked = answered.and_then(|answer| {
            let is_asked = |event: &&QueryEvent| event.kind.is_question() && event.key == answer.key;
            register.events().iter().find(is_asked)
        });
        match asked.filter(|asked| asked.sm3 != question.sm3) {
            Some(asked) => question = asked,
            None => break,
        }
    }
    question
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::CellRef;
    use crate::workbook::{Cell, Content};

    #[test]
    fn only_sheets_with_a_number_that_was_given_out_are_taken_out() {
        let number = "甲市-2023-annual-统计局-1";
        let answer = AnswerTo {
            number: crate::plan::QueryNumber::parse(number).unwrap(),
            base: String::new(),
            report: String::new(),
            sheet: None,
        };
        let sheets = QuerySheets { issued: [(number.to_owned(), answer)].into() };
        let left = |text: &str| {
            let cells = [(CellRef::new(2, 0), Cell::new(Content::Text(text.to_owned())))].into();
            let book = Book { sheets: vec![Sheet { cells, ..Sheet::default() }], ..Book::default() };
            let (book, answer) = sheets.taken_out(Ok(book));
            let left = book.unwrap().sheets.len();
            assert_eq!(answer.is_some(), left == 0);
            left
        };
        for (text, count) in [
            ("查询单编号：甲市-2023-annual-统计局-1　　报告期：2023年度", 0),
            ("查询单编号： 甲市-2023-annual-统计局-1", 0),
            ("查询单编号：甲市-2023-annual-统计局-10", 1),
            ("查询单编号：甲市-2023-annual-统计局-2", 1),
            ("甲市-2023-annual-统计局-1", 1),
        ] {
            assert_eq!(left(text), count, "{text}");
        }
    }
}
