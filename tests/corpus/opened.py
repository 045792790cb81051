"""Whether openpyxl opens workbooks that were patched as it opened them before, and sees the same in them.

usage: opened.py BEFORE AFTER

For each workbook of the folder BEFORE a line of JSON: its name, whether it was opened, and what is otherwise in the one of that name in AFTER: null when
nothing is. Seen are, in each sheet, the cells with their values, formulas and styles, and what is merged.
"""

import contextlib
import json
import pathlib
import signal
import sys
import warnings

import openpyxl

PATIENCE = 60


def expired(*_):
    raise TimeoutError(f"not opened in {PATIENCE} s")


def seen(path, patience):
    """Sheet by sheet what a workbook holds, in the order of its sheets."""
    signal.alarm(patience)
    try:
        book = openpyxl.load_workbook(path)
        sheets = []
        for sheet in book.worksheets:
            cells = {}
            for place, cell in sorted(sheet._cells.items()):
                value = getattr(cell, "value", None)
                value = getattr(value, "text", getattr(value, "__dict__", value))
                # Styles are told by their places in lists, which only grow; borders of merged cells are put behind the others when a workbook is opened.
                style = list(getattr(cell, "_style", None) or ())
                # A note on an empty cell makes a cell of it.
                if value is not None or any(style):
                    cells[place] = (str(value), style[:2] + style[3:])
            sheets.append((sheet.title, cells, sorted(str(one) for one in sheet.merged_cells.ranges)))
        return sheets
    finally:
        signal.alarm(0)


def difference(before, path):
    """What is otherwise in a workbook than it was before; a sheet more at its end is no difference."""
    try:
        after = seen(path, 3 * PATIENCE)
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


def told(path, after):
    """What is told of a workbook."""
    found = {"name": path.name, "opened": True, "difference": None}
    try:
        was = seen(path, PATIENCE)
    except Exception as error:
        return found | {"opened": False, "difference": f"{type(error).__name__}: {error}"}
    return found | {"difference": difference(was, pathlib.Path(after) / path.name)}


def main(before, after):
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, expired)
    for path in sorted(pathlib.Path(before).iterdir()):
        # What the library prints is no line of ours.
        with contextlib.redirect_stdout(sys.stderr):
            found = told(path, after)
        print(json.dumps(found, ensure_ascii=True), flush=True)


main(*sys.argv[1:])
