"""Writes the workbooks that tests/it/corpus.rs describes, by other programs than ours.

usage: write.py DESCRIPTION.json FOLDER

For each book of the description: FOLDER/<name>.openpyxl.xlsx and FOLDER/<name>.xlsxwriter.xlsx. LibreOffice makes its
own .xls, .ods and .xlsx of them afterwards.
"""

import datetime
import json
import sys

import openpyxl
import xlsxwriter

FORMATS = {"p": "0.0%", "d": "yyyy-mm-dd"}


def value(cell):
    """What a cell holds, in Python's types."""
    kind, text = cell["k"], cell["v"]
    if kind in ("n", "p"):
        return float(text) if "." in text or "e" in text else int(text)
    if kind == "d":
        return datetime.datetime.strptime(text, "%Y-%m-%d")
    if kind == "b":
        return text == "TRUE"
    return text


def with_openpyxl(book, path):
    """Writes a book with openpyxl."""
    target = openpyxl.Workbook()
    target.remove(target.active)
    for sheet in book["sheets"]:
        page = target.create_sheet(sheet["name"])
        for cell in sheet["cells"]:
            at = page.cell(row=cell["row"] + 1, column=cell["column"] + 1)
            at.value = value(cell)
            if cell["k"] == "s":
                at.data_type = "s"
            if cell["k"] in FORMATS:
                at.number_format = FORMATS[cell["k"]]
        for area in sheet["merges"]:
            page.merge_cells(area)
    target.save(path)


def with_xlsxwriter(book, path):
    """Writes a book with xlsxwriter."""
    target = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_numbers": False})
    formats = {kind: target.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    for sheet in book["sheets"]:
        page = target.add_worksheet(sheet["name"])
        for area in sheet["merges"]:
            page.merge_range(area, "")
        for cell in sheet["cells"]:
            row, column, kind = cell["row"], cell["column"], cell["k"]
            if kind == "s":
                page.write_string(row, column, cell["v"])
            elif kind == "b":
                page.write_boolean(row, column, value(cell))
            elif kind == "d":
                page.write_datetime(row, column, value(cell), formats["d"])
            else:
                page.write_number(row, column, value(cell), formats.get(kind))
    target.close()


def main():
    """Writes every book of the description."""
    with open(sys.argv[1], encoding="utf-8") as file:
        books = json.load(file)
    for book in books:
        with_openpyxl(book, f"{sys.argv[2]}/{book['name']}.openpyxl.xlsx")
        with_xlsxwriter(book, f"{sys.argv[2]}/{book['name']}.xlsxwriter.xlsx")


main()
