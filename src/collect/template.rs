//! Which of the forms that were issued a workbook was made from: by the number that the file carries as a property, or by the one that is printed
//! on it. What the number says is never taken for a value.

use super::{FormOrigin, NumberFound};
use crate::plan::{IssuedForms, IssuedRow};
use crate::workbook::Book;

/// The property that holds the number.
const PROPERTY: &str = "对标模板";
/// What stands before it where it is printed.
const LABEL: &str = "模板编号";

/// The form of a period that a workbook was made from, with how it was told; `None` when it carries no number that was given out.
pub(super) fn recognised<'a>(
    book: &Book,
    issued: &'a IssuedForms,
    period: &str,
) -> Option<(&'a IssuedRow, FormOrigin)> {
    let known = |fits: &dyn Fn(&str) -> bool| {
        issued.rows.iter().rev().find(|row| row.period == period && fits(&row.template))
    };
    let found = |row: &'a IssuedRow, by: NumberFound| {
        (row, FormOrigin { number: row.template.clone(), edition: row.edition, by })
    };
    if let Some(number) = number_of(book)
        && let Some(row) = known(&|one| one == number)
    {
        return Some(found(row, NumberFound::Property));
    }
    let texts = printed(book);
    let row = known(&|one| texts.iter().any(|text| text.contains(one)))?;
    Some(found(row, NumberFound::Print))
}

/// The number that the file carries as a property.
pub(super) fn number_of(book: &Book) -> Option<&str> {
    book.marks.properties.get(PROPERTY).map(|number| number.trim()).filter(|number| !number.is_empty())
}

/// Texts that name a number: footers, in which `&&` is written for `&`, and cells of visible sheets.
fn printed(book: &Book) -> Vec<String> {
    let footers = book.marks.footers.iter().map(|footer| footer.replace("&&", "&"));
    let visible = book.sheets.iter().filter(|sheet| sheet.visible);
    let cells = visible.flat_map(|sheet| sheet.cells.values()).filter_map(|cell| cell.label());
    footers.chain(cells.map(str::to_owned)).filter(|text| text.contains(LABEL)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::CellRef;
    use crate::workbook::{Cell, Content, Sheet};

    fn row(template: &str, edition: u32, period: &str) -> IssuedRow {
        IssuedRow {
            on: chrono::NaiveDate::from_ymd_opt(2023, 12, 1).unwrap(),
            unit: "市科技局".to_owned(),
            period: period.to_owned(),
            edition,
            template: template.to_owned(),
            file: "市科技局_2023年报.xlsx".to_owned(),
            sm3: String::new(),
            plan_sm3: String::new(),
            by: "甲".to_owned(),
        }
    }

    #[test]
    fn a_form_is_known_by_its_property_else_by_what_is_printed_on_it() {
        let rows = vec![
            row("a-2022-annual-甲&乙-1-00000000", 1, "2022-annual"),
            row("a-2023-annual-甲&乙-1-11111111", 1, "2023-annual"),
            row("a-2023-annual-甲&乙-2-22222222", 2, "2023-annual"),
        ];
        let issued = IssuedForms { rows };
        let told = |property: &str, footer: &str, cell: &str, visible: bool| {
            let mut book = Book::default();
            if !property.is_empty() {
                book.marks.properties.insert(PROPERTY.to_owned(), property.to_owned());
            }
            book.marks.footers.push(footer.to_owned());
            let cell = Cell::new(Content::Text(cell.to_owned()));
            let cells = [(CellRef::new(28, 0), cell)].into();
            book.sheets.push(Sheet { visible, cells, ..Sheet::default() });
            recognised(&book, &issued, "2023-annual").map(|(_, form)| (form.edition, form.by))
        };
        let (first, second) = ("a-2023-annual-甲&乙-1-11111111", "a-2023-annual-甲&乙-2-22222222");
        let foot = format!("&L&8模板编号 {}&R&8指标　第&P页", second.replace('&', "&&"));
        let cell = format!("模板编号　{second}");
        assert_eq!(told(first, &foot, &cell, true), Some((1, NumberFound::Property)));
        assert_eq!(told("", &foot, "", true), Some((2, NumberFound::Print)));
        assert_eq!(told("x", "", &cell, true), Some((2, NumberFound::Print)));
        assert_eq!(told("", "", &cell, false), None);
        assert_eq!(told("", second, second, true), None, "a number without its label is any text");
        assert_eq!(told("a-2022-annual-甲&乙-1-00000000", "", "", true), None, "of another period");
    }
}
