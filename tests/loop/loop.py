#!/usr/bin/env python3
"""The whole loop of a round, as an office and its departments go it (`make loop`).

Forms are issued, filled in by two programs that are not ours (openpyxl, LibreOffice), checked; queries are issued, answered in the workbooks that came
(corrected, confirmed, cannot be had), received and decided; the round is run before and after. The answers have to change the verdicts that
they should and no others, and every event has to stand in the register.

    loop.py DUIBIAO INPUT      the program, and the sample rounds, which are copied
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

OFFICE = "soffice"
ROUND = "input/2023"
BY = ["--by", "王某"]

# What units answer: city, unit, code, choice, what is put into the cell, reason, evidence, and whether LibreOffice saves the workbook.
ANSWERS = [
    ("xiangtan", "市科技局", "V401", "更正", 8, "漏填，2023年末8个联盟", "", False),
    ("xiangtan", "市科技局", "S603", "确认无误", None, "任务已按方案办结，两项目标差在年末一个月", "Z1", False),
    ("xiangtan", "市科技局", "C504", "确认无误", None, "2022年国家备案名单终审后增补3家", "Z1", False),
    ("xiangtan", "市统计局", "V401", "无法提供", None, "该项由省统计局核算，尚未反馈", "", True),
    ("xiangtan", "市工信局", "C505", "确认无误", None, "增速按可比口径，两年数口径不同", "Z1", True),
    ("qianjiang", "市税务局", "V406", "更正", 61200, "单位看错，应为万元", "", True),
]
# What the office decides on what was confirmed of errors.
DECISIONS = [("xiangtan", "市工信局", "C505", "accept", "两年数的口径已核对")]
# The verdicts that have to be others, and what they were and become.
EXPECTED = {
    ("xiangtan", "9"): ("not_reported", "met"),
    ("xiangtan", "P23"): ("in_doubt", "exceeded"),
    ("qianjiang", "9"): ("in_doubt", "met"),
}


class Loop:
    """A copy of the samples, and the program."""

    def __init__(self, program, samples):
        self.program = program
        self.home = Path(tempfile.mkdtemp(prefix="duibiao-loop-"))
        shutil.copytree(samples, self.home / "input")

    def run(self, *args, allowed=(0, 1)):
        done = subprocess.run([self.program, *args], cwd=self.home, capture_output=True, text=True)
        if done.returncode not in allowed:
            raise SystemExit(f"{' '.join(args)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def office(self, path, kind="xlsx"):
        """Opens a workbook in LibreOffice and saves it again."""
        with tempfile.TemporaryDirectory(dir=self.home) as folder:
            profile = f"-env:UserInstallation=file://{self.home}/profile"
            subprocess.run([OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", folder, str(path)], check=True, capture_output=True)
            made = next(Path(folder).iterdir())
            target = path.with_suffix(f".{kind}")
            shutil.move(made, target)
            return target

    def city(self, name):
        return self.home / ROUND / name

    def cities(self):
        return sorted(path.parent.name for path in (self.home / ROUND).glob("*/plan.toml"))

    def register(self, city):
        return list(csv.DictReader((self.city(city) / "queries.csv").read_text("utf-8-sig").splitlines()))

    def verdicts(self):
        self.run("run", ROUND, "--output", "out")
        rows = csv.DictReader((self.home / "out/tables/assessments.csv").read_text("utf-8-sig").splitlines())
        found = {(row["city"], row["no"], row["tier"]): row["state"] for row in rows}
        shutil.rmtree(self.home / "out")
        return found


def rows_of(book, sheet, behind=1):
    """The rows of a sheet behind its head; none where there is no such sheet."""
    return book[sheet].iter_rows(min_row=behind) if sheet in book.sheetnames else []


def lines(book, sheet, behind):
    """The same as values."""
    return [[cell.value for cell in row] for row in rows_of(book, sheet, behind)]


def text(value):
    return "" if value is None else str(value).strip()


def fill(form, sample):
    """Enters what a department reported into its form, by what rows are called."""
    cover = {str(row[0]).strip(): row[1] for row in lines(sample, "封面", 1) if row[0]}
    for label, cell in [("填报人", "B9"), ("审核人", "B10"), ("填报日期", "B12"), ("版本", "B13")]:
        form["封面"][cell] = cover.get(label)
    rows = {(text(row[0].value), text(row[1].value)): row[0].row for row in rows_of(form, "指标")}
    for row in lines(sample, "指标", 5):
        if row[1]:
            at = rows[(text(row[0]), text(row[1]))]
            for column, value in zip("DEGHIJK", row[2:]):
                # What a form has filled in already is left as it is.
                if text(form["指标"][f"{column}{at}"].value) != text(value):
                    form["指标"][f"{column}{at}"] = value
    tasks = {text(row[0].value): row[0].row for row in rows_of(form, "任务")}
    for row in lines(sample, "任务", 4):
        if row[0] is not None:
            for column, value in zip("EFG", row[2:]):
                form["任务"][f"{column}{tasks[text(row[0])]}"] = value
    for at, row in enumerate(lines(sample, "佐证", 4), start=4):
        for column, value in zip("ABCD", row):
            form["佐证"][f"{column}{at}"] = value


def forms_out_and_in(loop):
    """Issues forms, and lets the departments fill them in: every other one goes through LibreOffice."""
    for city in loop.cities():
        loop.run("forms", ROUND, "--city", city, "--on", "2023-12-01", *BY)
        register = loop.city(city) / "received.csv"
        text = register.read_text("utf-8-sig")
        for at, path in enumerate(sorted((loop.city(city) / "submissions").iterdir())):
            unit = path.name.split("_年报")[0]
            readable = path if path.suffix == ".xlsx" else loop.office(path)
            sample = openpyxl.load_workbook(readable, data_only=True)
            form = openpyxl.load_workbook(loop.city(city) / "issued" / f"{unit}_2023年报.xlsx")
            fill(form, sample)
            path.unlink(missing_ok=True)
            form.save(readable)
            if at % 2:
                loop.office(readable)
            text = text.replace(path.name, readable.name)
        register.write_text("\ufeff" + text, "utf-8")


def answer(loop, city, unit, answers, which):
    """A unit answers in the workbook that it was sent, and sends it back."""
    sent = next((loop.city(city) / "issued").glob(f"查询单_{unit}_*.xlsx"))
    book = openpyxl.load_workbook(sent)
    sheet = book["查询单"]
    for _, _, code, choice, value, reason, evidence, _ in answers:
        rows = [row for row in sheet.iter_rows(min_row=8) if f"【{code}】" in str(row[4].value)]
        assert len(rows) == 1, f"{unit} {code}: asked {len(rows)} times"
        row = rows[0]
        if value is not None:
            place, cell = str(row[1].value).split("!")
            book[place][cell] = value
        row[6].value, row[8].value, row[9].value = choice, reason, evidence or None
    back = loop.city(city) / "submissions" / f"{unit}_答复{which}.xlsx"
    book.save(back)
    if any(one[7] for one in answers):
        loop.office(back)
    with (loop.city(city) / "received.csv").open("a", encoding="utf-8") as register:
        register.write(f"{back.name},2024-02-01 09:00,示例登记员\n")
    number = sheet["A3"].value.split("：")[1].split("　")[0]
    return number


def main(program, samples):
    loop = Loop(Path(program).resolve(), samples)
    forms_out_and_in(loop)
    loop.run("check", ROUND)
    before = loop.verdicts()

    loop.run("query", "issue", ROUND, "--on", "2024-01-22", *BY)
    numbers = {}
    for city, unit in dict.fromkeys((one[0], one[1]) for one in ANSWERS):
        own = [one for one in ANSWERS if one[:2] == (city, unit)]
        numbers[(city, unit)] = answer(loop, city, unit, own, 1)
    told = json.loads(loop.run("query", "receive", ROUND, "--on", "2024-02-02", "--format", "json", *BY).splitlines()[0])
    assert told, "nothing was received"

    for city, unit, code, decision, reason in DECISIONS:
        number = numbers[(city, unit)]
        item = next(row["条"] for row in loop.register(city) if row["查询单"] == number and row["代码"] == code)
        loop.run("query", decision, ROUND, number, item, "--on", "2024-02-03", "--reason", reason, *BY, allowed=(0,))
    loop.run("query", "verify", ROUND, allowed=(0,))
    after = loop.verdicts()

    changed = {key: (before[key], after[key]) for key in before if before[key] != after.get(key)}
    print(f"verdicts that changed: {changed}")
    assert before.keys() == after.keys()
    assert {(city, no) for city, no, _ in changed} == set(EXPECTED), "other verdicts than the answers should change"
    for (city, no, _), (was, now) in changed.items():
        wanted_was, wanted_now = EXPECTED[(city, no)]
        assert (was, now) == (wanted_was, wanted_now), (city, no, was, now)

    for city, unit, code, choice, *_ in ANSWERS:
        events = [row["事件"] for row in loop.register(city) if row["查询单"] == numbers[(city, unit)] and row["代码"] == code]
        print(city, unit, code, "：", "、".join(events))
        assert events[0] == "发出" and any(choice[:2] in event for event in events[1:]), (unit, code, events)
    shutil.rmtree(loop.home)
    print("the loop is closed")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
