//! Long tables: columns with types and meanings, rows of cells; written as CSV and as Parquet. The only file that names polars.
//!
//! Everything that is said of a column stands in one entry: from the list of a table's entries follow its cells, its files, its sheet and
//! what `docs/tables.md` says.

use std::borrow::{Borrow, Cow};

use polars::prelude::{
    DataFrame, IntoColumn as _, IntoSeries as _, NamedFrom as _, NewChunkedArray as _, ParquetCompression,
    ParquetWriter, Series,
};
use rust_decimal::Decimal;

use crate::error::RunError;
use crate::table_text::{self, MARK};

/// Digits behind the point of decimal columns in Parquet; CSV keeps them as written.
const SCALE: u32 = 12;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// True, false or nothing.
    Bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// Text; an empty text is nothing.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal with its digits as written.
    Decimal(String),
    /// A truth value.
    Bool(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text) }
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        i64::try_from(count).map_or(Self::Null, Self::Integer)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Null, Into::into)
    }
}

impl From<Decimal> for Cell {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value.to_string())
    }
}

/// What is said of a table as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Name, also of its files.
    pub name: &'static str,
    /// The place of its sheet among those of `results.xlsx`, from 1, and the sheet's name; `None` for one that is no sheet.
    pub sheet: Option<(u8, &'static str)>,
    /// What a row is.
    pub about: &'static str,
}

/// What is said of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Name.
    pub name: &'static str,
    /// Type of its cells.
    pub kind: Kind,
    /// What it is, in a few words of Chinese.
    pub chinese: &'static str,
    /// What it holds, with the unit, and when it is empty; in Markdown.
    pub english: &'static str,
}

/// A column of a table whose rows are made from `R`.
pub(super) struct Column<R> {
    meaning: Meaning,
    cell: fn(&R) -> Cell,
}

type Words = &'static str;

/// A column of text.
pub(super) const fn text<R>(name: Words, chinese: Words, english: Words, cell: fn(&R) -> Cell) -> Column<R> {
    Column { meaning: Meaning { name, kind: Kind::Text, chinese, english }, cell }
}

/// A column of whole numbers.
pub(super) const fn integer<R>(
    name: Words,
    chinese: Words,
    english: Words,
    cell: fn(&R) -> Cell,
) -> Column<R> {
    Column { meaning: Meaning { name, kind: Kind::Integer, chinese, english }, cell }
}

/// A column of exact decimals.
pub(super) const fn decimal<R>(
    name: Words,
    chinese: Words,
    english: Words,
    cell: fn(&R) -> Cell,
) -> Column<R> {
    Column { meaning: Meaning { name, kind: Kind::Decimal, chinese, english }, cell }
}

/// A column of truth values.
pub(super) const fn truth<R>(name: Words, chinese: Words, english: Words, cell: fn(&R) -> Cell) -> Column<R> {
    Column { meaning: Meaning { name, kind: Kind::Bool, chinese, english }, cell }
}

/// A table of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What is said of it.
    pub head: Head,
    /// What is said of its columns.
    pub columns: Vec<Meaning>,
    /// Rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Makes the cells of rows.
    pub(super) fn of<R, B: Borrow<R>>(
        head: Head,
        columns: &[Column<R>],
        rows: impl IntoIterator<Item = B>,
    ) -> Self {
        let cells = |row: B| columns.iter().map(|column| (column.cell)(row.borrow())).collect();
        Self {
            head,
            columns: columns.iter().map(|column| column.meaning).collect(),
            rows: rows.into_iter().map(cells).collect(),
        }
    }

    /// Writes it as CSV in UTF-8 with a heading line, behind the mark by which Excel knows UTF-8. Texts are coded so that nothing in them acts (`table_text.rs`), and every row is one line.
    ///
    /// # Errors
    /// Fails when a row has another number of cells than the heading.
    pub fn csv(&self) -> Result<Vec<u8>, RunError> {
        let failed = |error: csv::Error| RunError::output(format!("{}.csv", self.head.name), error);
        let mut writer = csv::Writer::from_writer(MARK.as_bytes().to_vec());
        writer.write_record(self.columns.iter().map(|column| column.name)).map_err(failed)?;
        for row in &self.rows {
            for cell in row {
                writer.write_field(cell.csv().as_bytes()).map_err(failed)?;
            }
            writer.write_record(None::<&[u8]>).map_err(failed)?;
        }
        writer.into_inner().map_err(|error| RunError::output(format!("{}.csv", self.head.name), error))
    }

    /// Writes it as Parquet with typed columns.
    ///
    /// # Errors
    /// Fails when a cell does not have the type of its column or a decimal has too many digits.
    pub fn parquet(&self) -> Result<Vec<u8>, RunError> {
        let failed = |reason: String| RunError::output(format!("{}.parquet", self.head.name), reason);
        let mut columns = Vec::new();
        for (index, Meaning { name, kind, .. }) in self.columns.iter().enumerate() {
            let cells: Vec<&Cell> = self.rows.iter().filter_map(|row| row.get(index)).collect();
            columns.push(series(name, *kind, &cells).map_err(failed)?);
        }
        let mut frame =
            DataFrame::new(self.rows.len(), columns).map_err(|error| failed(error.to_string()))?;
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .with_compression(ParquetCompression::Zstd(None))
            .finish(&mut frame)
            .map_err(|error| failed(error.to_string()))?;
        Ok(bytes)
    }
}

fn series(name: &str, kind: Kind, cells: &[&Cell]) -> Result<polars::prelude::Column, String> {
    let wrong = |cell: &Cell| format!("{name}: {cell:?} is not {kind:?}");
    let series = match kind {
        Kind::Text => {
            let values = cells.iter().map(|cell| match cell {
                Cell::Null => Ok(None),
                Cell::Text(text) => Ok(Some(text.as_str())),
                other => Err(wrong(other)),
            });
            Series::new(name.into(), values.collect::<Result<Vec<_>, _>>()?)
        }
        Kind::Integer => {
            let values = cells.iter().map(|cell| match cell {
                Cell::Null => Ok(None),
                Cell::Integer(number) => Ok(Some(*number)),
                other => Err(wrong(other)),
            });
            Series::new(name.into(), values.collect::<Result<Vec<_>, _>>()?)
        }
        Kind::Bool => {
            let values = cells.iter().map(|cell| match cell {
                Cell::Null => Ok(None),
                Cell::Bool(value) => Ok(Some(*value)),
                other => Err(wrong(other)),
            });
            Series::new(name.into(), values.collect::<Result<Vec<_>, _>>()?)
        }
        Kind::Decimal => {
            let values = cells.iter().map(|cell| match cell {
                Cell::Null => Ok(None),
                Cell::Decimal(text) => mantissa(text).map(Some).ok_or_else(|| wrong(cell)),
                other => Err(wrong(other)),
            });
            let values = values.collect::<Result<Vec<_>, _>>()?;
            polars::prelude::Int128Chunked::from_iter_options(name.into(), values.into_iter())
                .into_decimal(38, SCALE as usize)
                .map_err(|error| error.to_string())?
                .into_series()
        }
    };
    Ok(series.into_column())
}

/// The digits of a decimal at the scale of the column.
fn mantissa(text: &str) -> Option<i128> {
    let value: Decimal = text.parse().ok()?;
    let value = crate::rounding::round_to(value, SCALE);
    let up = 10_i128.checked_pow(SCALE.checked_sub(value.scale())?)?;
    value.mantissa().checked_mul(up)
}

impl Cell {
    fn csv(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Text(text) => table_text::cell(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Decimal(text) => Cow::Borrowed(text),
            Self::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A decimal and a truth value, if there are.
    type Pair = Option<(&'static str, bool)>;

    fn table(columns: &[Column<Pair>]) -> Table {
        let head = Head { name: "t", sheet: Some((1, "表")), about: "One row." };
        Table::of(head, columns, [Some(("3.0", true)), None])
    }

    #[test]
    fn decimals_keep_their_digits_in_csv_and_their_value_in_parquet() {
        let table = table(&[
            decimal("value", "数值", "a value", |pair| {
                pair.map(|(text, _)| Cell::Decimal(text.to_owned())).into()
            }),
            truth("met", "完成", "reached", |pair| pair.map(|(_, met)| met).into()),
        ]);
        let csv = String::from_utf8(table.csv().unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}value,met\n3.0,true\n,\n", "Excel tells UTF-8 by the mark in front");
        assert_eq!(mantissa("3.0"), Some(3_000_000_000_000));
        let bytes = table.parquet().unwrap();
        assert_eq!(bytes, table.parquet().unwrap(), "bytes repeat");
        assert!(bytes.starts_with(b"PAR1"));
    }

    #[test]
    fn a_cell_of_the_wrong_type_is_refused() {
        let table = table(&[integer("n", "数", "a count", |pair| pair.map(|(_, met)| met).into())]);
        assert!(table.parquet().is_err());
    }
}
