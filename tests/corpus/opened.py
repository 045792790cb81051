"""Whether openpyxl opens workbooks that were patched as it opened them before, and sees the same in them.

usage: opened.py BEFORE AFTER

For each workbook of the folder BEFORE a line of JSON: its name, whether it was opened, and what is otherwise in the one of that name in AFTER: null when
nothing is. Seen are, in each sheet, the cells with their values, formulas, number formats, fonts and fills, and what is merged.
"""

import json
import pathlib
import signal
import sys
import warnings

import openpyxl

PATIENCE = 60


def expired(*_):
    raise TimeoutError(f"not opened in {PATIENCE} s")


def seen(path):
    """Sheet by sheet what a workbook holds, in the order of its sheets."""
    signal.alarm(PATIENCE)
    try:
        book = openpyxl.load_workbook(path)
        sheets = []
        for sheet in book.worksheets:
            cells = {}
            for place, cell in sorted(sheet._cells.items()):
                value = getattr(cell, "value", None)
                value = getattr(value, "text", getattr(value, "__dict__", value))
                look = (cell.number_format, cell.font.name, cell.font.sz, cell.font.b, cell.fill.fill_type, str(cell.fill.fgColor.rgb))
                cells[str(place)] = (str(value), look)
            sheets.append((sheet.title, cells, sorted(str(one) for one in sheet.merged_cells.ranges)))
        return sheets
    finally:
        signal.alarm(0)


def difference(before, path):
    """What is otherwise in a workbook than it was before; a sheet more at its end is no difference."""
    try:
        after = seen(path)
    except Exception as error:
        return f"not opened: {type(error).__name__}: {error}"
    if len(after) != len(before) + 1:
        return f"{len(before)} sheets, then {len(after)}"
    for (title, cells, merged), (new_title, new_cells, new_merged) in zip(before, after):
        if (title, merged) != (new_title, new_merged):
            return f"{title}: {merged}, then {new_title}: {new_merged}"
        for place in cells.keys() | new_cells.keys():
            if cells.get(place) != new_cells.get(place):
                return f"{title} {place}: {cells.get(place)}, then {new_cells.get(place)}"
    return None


def main(before, after):
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, expired)
    for path in sorted(pathlib.Path(before).iterdir()):
        told = {"name": path.name, "opened": True, "difference": None}
        try:
            was = seen(path)
        except Exception as error:
            told |= {"opened": False, "difference": f"{type(error).__name__}: {error}"}
        else:
            told["difference"] = difference(was, pathlib.Path(after) / path.name)
        print(json.dumps(told, ensure_ascii=True), flush=True)


main(*sys.argv[1:])
