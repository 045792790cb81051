#!/usr/bin/env python3
"""Does the ledger of an output again. Written from docs/ alone; see README.md.

usage: check.py OUTPUT [--inputs INPUT] [--alter]      exit 0: all agrees, 1: something does not, 2: unreadable
"""
import argparse, bisect, csv, datetime, decimal, hashlib, json, math, re, sys, tomllib, unicodedata, zipfile
from collections import Counter, defaultdict
from fractions import Fraction as F
from pathlib import Path
from xml.etree import ElementTree

ASSESSABLE = {"exceeded", "met", "nearly", "missed", "on_schedule", "behind"}
REACHED = {"exceeded", "met", "on_schedule"}
OPEN = {"lagged", "in_doubt", "not_reported", "not_assessable"}
PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
LEAVES = {"file": "", "cell": "file", "line": "", "curated": "", "parameter": "", "decision": "", "finding": "", "absent": "", "constant": ""}
LEAF_PARAMS = {"file": "version received registered", "cell": "stored", "line": "file line", "curated": "file line", "parameter": "file line",
               "decision": "file line kind what by on until reason basis", "finding": "", "absent": "what", "constant": ""}


class Wrong(Exception):
    """The step cannot be right, whatever its value: an argument lacks, or what its operation asks for does not hold."""


def plain(cell):
    """The text of a cell of a CSV table: without the apostrophe before what a spreadsheet would run, characters for codes (docs/tables.md)."""
    start = re.sub(r"^['\s]+", "", cell)
    if cell[:1] == "'" and start[:1] in tuple("=+-@＝＋－＠") and len(start) > 1 and not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", start, re.ASCII):
        cell = cell[1:]
    return re.sub(r"\\u\{([0-9a-f]{1,6})\}", lambda m: chr(int(m[1], 16)), cell)


def rows_of(path):
    """The rows of a CSV table, cells as they were."""
    with open(path, encoding="utf-8-sig", newline="") as f:
        return [{k: plain(v) for k, v in row.items()} for row in csv.DictReader(f)]


def number(text):
    return F(text) if text is not None and PLAIN.fullmatch(text) else None


def show(v):
    if isinstance(v, bool):
        return str(v).lower()
    if isinstance(v, tuple):
        return f"(no value of its type: {v[1]})"
    if not isinstance(v, F):
        return "(nothing)" if v is None else v
    d, places = v.denominator, 0
    while d % 10 == 0 or d % 5 == 0 or d % 2 == 0:
        d, places = (d // 10 if d % 10 == 0 else d // 5 if d % 5 == 0 else d // 2), places + 1
    return digits(v, places) if d == 1 else f"{v.numerator}/{v.denominator}"


def digits(x, places):
    """x with so many digits behind the point, to the nearest, ties to the even digit."""
    n = round(x * 10**places)
    s = str(abs(n)).rjust(places + 1, "0")
    return "-" * (n < 0) + (s[:-places] + "." + s[-places:] if places else s)


def guarded(x, limits, places):
    while places < 28 and any(x < w <= F(digits(x, places)) for w in limits):
        places += 1
    return digits(x, places)


def step_value(kind, text):
    if kind == "none":
        return None if text == "" else ("bad", text)
    if kind == "truth":
        return {"true": True, "false": False}.get(text, ("bad", text))
    if kind in ("word", "text"):
        return text
    m = re.fullmatch(r"(-?\d+)(?:\.(\d+)|/(\d+))?", text, re.ASCII) if kind == "number" else None
    if not m or m[3] and (F(m[0]).denominator != int(m[3]) or int(m[3]) == 1):
        return ("bad", text)                      # not a decimal, nor a fraction in lowest terms
    return F(m[0])


class Step:
    def __init__(self, at, row):
        self.at, self.city, self.id, self.op, self.kind, self.unit = at, row["city"], row["id"], row["op"], row["type"], row["unit"]
        self.value = step_value(self.kind, row["value"])
        self.refs = json.loads(row["args"] or "[]")
        self.params = json.loads(row["params"] or "{}")
        self.args, self.users, self.asks, self.ledger = [], [], [], None

    # --- what operations ask for
    def all(self, role):
        return [s.value for r, s in self.args if r == role and s.value is not None]

    def get(self, role):
        return next(iter(self.all(role)), None)

    def need(self, role):
        v = self.get(role)
        if v is None:
            raise Wrong(f"no {role} with a value")
        return v

    def steps(self, role):
        return [s for r, s in self.args if r == role]

    def num(self, param):
        if param not in self.params:
            raise Wrong(f"no parameter {param}")
        return F(str(self.params[param]))


def back(step, op):
    """All steps of an operation that a step rests on."""
    seen, todo, found = set(), [step], []
    while todo:
        s = todo.pop()
        if id(s) not in seen:
            seen.add(id(s))
            found += [s] if s.op == op else []
            todo += [a for _, a in s.args]
    return found


OPS, STATED = {}, Counter()


def op(name, roles, params, f):
    OPS[name] = (set(roles.split()), set(params.split()), f)


def ask(holds, otherwise):
    if not holds:
        raise Wrong(otherwise)


def stated(s, what):
    STATED[f"{s.op}: {what}"] += 1


# --- from cells to values
MARKS = set("- -- — —— – … ... / \\ ~ × x # 无 暂无 缺 未报 未统计 无数据 na n/a null".split()) | {""}
WORDS = {w: k for k, ws in {"done": "完成 已完成", "ongoing": "推进中 正在推进 进行中 持续推进", "not_started": "未启动 未开展",
                            "有": "有 是 √ 已出台 具备 已具备", "无": "无 否 × 没有 未出台 不具备"}.items() for w in ws.split()}
NUMERALS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9)))
TENS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NOTE_MARKS = re.compile("[⁰¹²³⁴-⁹①-⑳㉑-㉟㊱-㊿❶-❿➀-➓⓫-⓴]")


def numeral(text):
    """一百二十 and 一二〇, else nothing."""
    if not text or not all(c in NUMERALS or c in TENS for c in text):
        return None
    if not any(c in TENS for c in text):
        return F("".join(str(NUMERALS[c]) for c in text)) if len(text) > 1 else F(NUMERALS[text])
    whole = part = digit = 0
    for c in text:
        if c in NUMERALS:
            digit = NUMERALS[c]
        elif TENS[c] < 10**4:
            part, digit = part + (digit or (0 if part else 1)) * TENS[c], 0
        else:
            whole, part, digit = (whole + ((part + digit) or 1)) * TENS[c], 0, 0
    return F(whole + part + digit)


# --- units: docs/units.md
def words(kind, text):
    """`词 词=大小 …`: words of one kind with their sizes, one where none is given."""
    return {w: (kind, F(size or "1")) for item in text.split() for w, _, size in [item.partition(":")]}


UNITS = {
    **words("money", "元 圆 人民币 角:1/10"), **words("share", "%:1000 百分比:1000 百分之:1000 百分率:1000 ‰:100 千分比:100 千分之:100 ‱:10 万分比:10 万分之:10 十万分之:1 1/10万:1 /10万:1 1/十万:1"),
    **words("change", "百分点:10 个百分点:10 千分点:1 个千分点:1"), **words("length", "毫米:1 厘米:10 米:1000 公里:1000000 千米:1000000 km:1000000 海里:1852000"),
    **words("area", "平方米 m2 平方厘米:1/10000 公亩:100 亩:2000/3 公顷:10000 平方公里:1000000 平方千米:1000000 km2:1000000"),
    **words("volume", "毫升 立方厘米 升:1000 立方分米:1000 立方米:1000000 方:1000000 m3:1000000 立方公里:1000000000000000"),
    **words("mass", "微克 毫克:1000 克:1000000 斤:500000000 千克:1000000000 公斤:1000000000 kg:1000000000 担:50000000000 吨:1000000000000 t:1000000000000"),
    **words("energy", "焦 焦耳 千焦:1000 兆焦:1000000 吉焦:1000000000 太焦:1000000000000 瓦时:3600 千瓦时:3600000 千瓦小时:3600000 度:3600000 kwh:3600000 "
                      "兆瓦时:3600000000 吉瓦时:3600000000000 太瓦时:3600000000000000"),
    **words("power", "瓦 千瓦:1000 kw:1000 兆瓦:1000000 mw:1000000 吉瓦:1000000000 gw:1000000000 太瓦:1000000000000"),
    **words("clock", "秒 分钟:60 小时:3600 学时:3600 天:86400 日:86400"), **words("calendar", "月 个月 年:12 岁:12 周岁:12"),
    **{w: (w, F(1)) for w in "人年 人月 人天 人时 吨公里 人公里 车公里 标准箱 亩次 分贝 字节 kb mb gb tb pb eb mbps gbps 级 千伏 蒸吨 伏安 美元 欧元 港元 日元 英镑".split()},
    **words("degree", "℃ 摄氏度"), **words("score", "分"), **words("presence", "有/无 是/否 有无"), **words("pure", "倍 指数 比值 无量纲 无单位"), "": ("pure", F(1)),
    **words("count", "个 家 项 件 名 人 户 所 支 座 台 套 次 种 位 处 条 篇 类 人次 团队 企业 场 批 册 辆 艘 宗 张 床 床位 间 栋 幢 只 头 匹 羽 尾 株 棵 根 片 块 份 本 部 首 幅 枚 架 列 班 例 起 门 届 期 箱 "
                     "双 对 口 眼 组 队 岗 岗位 端口 笔 单 剂 款 票"),
}
BELOW = words("count", "人口 常住人口 户籍人口 城镇人口 农村人口 从业人员 职工 劳动力 居民 农户 家庭 学生 老人 老年人 儿童 婴儿 活产 就业人员")
UNSCALED = {"share", "change", "pure", "presence", "score", "degree", "calendar"}


def unit_part(text, below=False):
    known = {**UNITS, **BELOW} if below else UNITS
    if text in known:
        return known[text]
    k, rest = 1, re.sub(r"^10*(?=\D)", "", text) if below else text
    k = int(text[:len(text) - len(rest)] or 1)
    while rest[:1] in TENS and rest not in known:
        k, rest = k * TENS[rest[0]], rest[1:]
    if rest in ("标准煤", "吨标准煤", "吨标煤"):
        return "coal", F(k * 10**12)
    kind, size = known.get(rest, (text, F(1))) if rest else ("count", F(1))
    return (kind, size * k) if kind not in UNSCALED or k == 1 else (text, F(1))


def unit(text):
    """What a unit measures, and its size."""
    text = unicodedata.normalize("NFKC", text).strip().lower()
    text = text[1:-1] if re.fullmatch(r"\([^()]*\)", text) else text
    two = re.fullmatch(r"([^()]+)\(([^()]+)\)", text)
    if two and text not in UNITS:                                              # 个（家） is one of both, 吨（标准煤） both in one
        return unit(two[1]) if unit(two[1]) == unit(two[2]) else unit(two[1] + two[2])
    if text in UNITS or not re.search("[/每]", text):
        return unit_part(text)
    over, *under = [p for p in re.split("[/每·]", text)]
    (kind, size), below = unit_part(over), [unit_part(p, True) for p in under]
    for _, each in below:
        size /= each
    return (kind, *sorted(k for k, _ in below)), size


def factor(s, unit_from, unit_to):
    """up ÷ down, held against the two units."""
    k, (a, x), (b, y) = s.num("up") / s.num("down"), unit(unit_from), unit(unit_to)
    ask(a == b, f"{unit_from} and {unit_to} are of two kinds")
    ask(k == x / y, f"{unit_from} to {unit_to} is {show(x / y)}")
    return k


def noticed(s, *codes):
    """A finding with one of the codes (their beginnings) has to stand at the cell that the step rests on."""
    s.asks.append(([c.id for c in source_of(s)] or [s.id], codes))


def source_of(s):
    """The cell whose text a step reads."""
    step = s
    while step and step.op != "read":
        step = next((a for r, a in step.args if r in ("text", "x")), None)
    return step.steps("cell") if step else []


def read(s):
    """The cells that say why stand in its row, its workbook is the one that counts, and of the unit."""
    place = re.compile(r"(.*)\[(.*)\]!([A-Z]+)(\d+)'*")
    own = place.fullmatch(s.steps("cell")[0].id)
    for role in ("number", "name"):
        for c in s.steps(role):
            m = place.fullmatch(c.id)
            ask((m[1], m[2], m[4]) == (own[1], own[2], own[4]), f"{c.id} stands in another row")
    for w in s.steps("workbook"):
        ask(w.id.endswith(f"/workbook/{s.params['by']}"), f"{w.id} is of another unit")
        ask([w.value] == [f.value for f in s.steps("cell")[0].steps("file")], "the cell is of another workbook")
    return s.need("cell")


THIS_YEAR = re.compile("全年|年末|年底|12月|十二月|本年|当年|本年度|今年|年度")


def years_in(text):
    """The years that a text names: 2022, 2022年, 22年, 202206, 二〇二二年, a date."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[〇零一二三四五六七八九]{4}(?=年)", lambda m: "".join(str(NUMERALS[c]) for c in m[0]), text)
    found = re.findall(r"(?<!\d)((?:19|20)\d\d)(?=\D|$|(?:0[1-9]|1[0-2])(?!\d))", text) or ["20" + y for y in re.findall(r"(?<!\d)(\d\d)(?=年)", text)]
    return {int(y) for y in found}


def parse_number(s):
    """The number that a text says: the parts that stand beside it are its unit, note marks or brackets."""
    text = s.need("text")
    if "as_number" not in s.params:
        ask(number(text) is not None, f"{text!r} is no plain decimal")
        return number(text)
    told = F(str(s.params["as_number"]))
    stored = next((c.params.get("stored") for c in source_of(s)), None)
    if stored == "number":
        x = stored_number(text)
        ask(told in (x, x * 100), f"{text} is {show(x)}")
        if told != x:                                                            # a percent format
            ask(s.unit in ("%", "％"), "a percentage counts in %")
            noticed(s, "N305")
        return told
    for value, how in said_in(text, s.unit):
        if value == told:
            if how:
                noticed(s, how)
            return told
    raise Wrong(f"{text!r} is {[show(v) for v, _ in said_in(text, s.unit)]}")


def stored_number(text):
    """Fifteen digits count, and of these none behind the 28th behind the point; rounded once."""
    x = F(decimal.Decimal(text))
    before = len(str(int(abs(x)))) if abs(x) >= 1 else 0
    while x and abs(x) * 10 < F(10) ** before:
        before -= 1
    return F(digits(x, min(15 - before, 28)))


def said_in(text, own_unit):
    """What a typed text can say as a number in its unit, each with the finding that has to stand at it."""
    bare = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", NOTE_MARKS.sub("", text))).strip()
    bare = re.sub("^[〔【\\[〖](.*?)[〕】\\]〗]", r"\1", bare).replace("−", "-")
    found = [(F(0), "N308")] if bare.lower() in MARKS or not bare else []
    if "覆盖" in bare and not re.search(r"\d", bare.replace("100", "")):
        found.append((F(100), "N312"))
    if re.fullmatch("第?[^0-9]*", bare) and numeral(bare.removeprefix("第").rstrip("位名次")) is not None:
        found.append((numeral(bare.removeprefix("第").rstrip("位名次")), "N3"))
    m = re.match("[零〇一二两三四五六七八九十百千万亿]+", bare)
    if m and numeral(m[0]) is not None and tail_of(bare[m.end():], own_unit):
        found.append((numeral(m[0]), "N301"))
    m = re.match(r"(?P<before>[^\d(+-]*)(?P<n>\([\d,. ]+\)|[+-]? ?\d[\d, ]*(?:\.\d+)?)(?P<behind>.*)", bare)
    if m and (tail_of(m["behind"], own_unit) or re.fullmatch(":1(\\.0*)?", m["behind"])) and (not m["before"] or m["before"] in ("第", "百分之", "千分之", "万分之")
                                                 or unit(m["before"].strip())[0] in ("美元", "欧元", "港元", "日元", "英镑")):
        digits_only = re.sub("[, ()+]", "", m["n"])
        found.append((F(digits_only) * (-1 if m["n"].startswith("(") else 1), None if number(text) is not None else "N"))
    return found


def tail_of(text, own_unit):
    """What may stand behind a number: nothing, its unit or the scale of it, a mark of how final it is."""
    text, own = text.strip().strip("()").strip().lower(), unicodedata.normalize("NFKC", own_unit).lower()
    return text in ("", own, "p", "e", "r", "f", "*", "名次", "位次", "位", "名") or own.startswith(text) or unit(text) == unit(own_unit)


def parse_word(s):
    text, told = s.need("text").strip(), s.params.get("as_word", s.need("text"))
    known = WORDS.get(unicodedata.normalize("NFKC", text))
    if known is None and told in ("有", "无"):
        known = ticked(text)
    elif known is None and told == "unknown":
        known = "unknown"                                 # other words say nothing that is known (submissions.md)
    ask(known == told, f"{text!r} is {known}")
    return told


def ticked(text):
    """☑有, √有 ×无, ■有 □无, 有√ 无□: the word that is ticked; truth values."""
    text = re.sub(r"[\s,;、/()\[\]（）\ufe0e\ufe0f]", "", text)
    if text.lower() in ("true", "false"):
        return "有" if text.lower() == "true" else "无"
    tick, other = "[☑√✓✔✅■●◉🗹▣◼]", "[☒×✗✘✕xX❌🗷□☐○◯▢◻]"
    if not re.search(tick, text):
        tick = "[☒×✗✘✕xX❌🗷]"
    if re.fullmatch("[☑√✓✔✅]", text) or text in ("已有", "已制定"):
        return "有"
    if text in ("尚无", "未制定", "✗"):
        return "无"
    pattern = f"{tick}([有是无否])" if not re.match("[有是无否]", text) else f"([有是无否]){tick}"
    found = {"有" if w in "有是" else "无" for w in re.findall(pattern, text)}
    return found.pop() if len(found) == 1 else None


def parse_nothing(s):
    """A blank or a mark says nothing; of all else a finding says why it does not count. A number counts for nothing in a unit that does not convert."""
    value = s.get("text")
    if isinstance(value, F):
        source = s.steps("text")[0]
        (a, x), (b, y) = unit(source.unit), unit(s.unit)
        result = value * x / y
        off = result.denominator
        for p in (2, 5):
            while off % p == 0:
                off //= p
        ask(a != b or off != 1 or abs(result) >= 10**15 or places_of(result) > 28 or "/" in show(result), f"{source.unit} converts to {s.unit}")
        return None
    text = str(value if value is not None else "").strip()
    if unicodedata.normalize("NFKC", text).lower() not in MARKS:
        noticed(s, "N", "R", "L", "V405")


def pick_version(s):
    c, n = s.steps("candidate"), s.params.get("chosen")
    if n is None:
        return None
    ask(1 <= n <= len(c), "no candidate at that place")
    parts = [re.fullmatch(r"[Vv第]?(\d+(?:\.\d+)*)版?", f.params.get("version", "")) for f in c]
    version = [tuple(map(int, m[1].split("."))) if m else () for m in parts]
    received = [(f.params.get("registered", False), f.params.get("received", "")) for f in c]
    ties = [i for i, v in enumerate(version) if v == max(version)]
    if len(c) > 1 and (not all(version) or len(ties) > 1 and not all(received[i][1] for i in ties)):
        s.asks.append(([f.id for f in c], ("L231", "L230", "C501")))      # versions in words: a finding says which counts
    else:
        ask(n - 1 in ties and received[n - 1] == max(received[i] for i in ties), "another one is of a higher version or later")
    return c[n - 1].value


def one_value(s, least=1):
    ask(len(s.all("side")) >= least and len(set(s.all("side"))) == 1, "the sides differ, or none has a value")
    return s.need("side")


def side(s):
    sides, n = s.steps("side"), s.params.get("side", 0)
    ask(1 <= n <= len(sides) and sides[n - 1].value is not None, "no side with a value at that place")
    return sides[n - 1]


def places_of(x):
    return len(show(x).partition(".")[2])


def last_digit(step):
    """Of the number as it stands in its cell, in the unit of the step."""
    factor = F(1)
    while step.op == "scale":
        factor, step = factor * step.num("up") / step.num("down"), step.steps("x")[0]
    ask(step.op == "parse.number", f"{step.id} is no number that was read")
    text, places = step.get("text"), places_of(step.value)
    written = [m for m in re.findall(r"\d+(?:\.\d+)?", text, re.ASCII) if F(m) == abs(step.value)]
    places = max([places, *(len(m.partition(".")[2]) for m in written)])
    return F(1, 10**places) * (factor if step.value else 1)


def pick_finest(s):
    chosen, sides = side(s), [x for x in s.steps("side") if x.value is not None]
    least = [x for x in sides if last_digit(x) == min(map(last_digit, sides))]
    ask(least[0] is chosen, f"{least[0].id} has the finer digits")
    for x in sides:                                                          # a tie may have been rounded either way
        last = last_digit(x)
        ask(x.value == chosen.value or abs(x.value) >= 10 * last and abs(x.value - chosen.value) * 2 <= last,
            f"{show(x.value)} is not {show(chosen.value)} with fewer digits")
    return chosen.value


def pick_preferred(s):
    by = {r.params.get("by") for r in back(side(s), "read")}
    ask(by == {s.need("decision")}, f"that side is of {by}")
    return side(s).value


def pick_sole(s):
    ask(len(s.all("side")) == 1, f"{len(s.all('side'))} sides have a value")
    return s.need("side")


def data_year(s):
    """The year of what is read for the value."""
    told = s.num("year")
    years, todo = set(), s.steps("of")
    while todo:
        step = todo.pop()
        years |= {step.params["year"]} if step.op == "read" else set()
        todo += [a for role, a in step.args if role in ("side", "text", "x")]
    ask(years == {told}, f"it is read for {years}")
    return told


op("read", "cell number name unit nature year evidence note heading workbook", "year by", read)
op("data.year", "of", "year", data_year)
op("parse.number", "text unit heading", "as_number", parse_number)
op("parse.word", "text", "as_word", parse_word)
op("parse.nothing", "text unit heading", "", parse_nothing)
op("scale", "x", "up down from", lambda s: s.need("x") * factor(s, s.params.get("from", ""), s.unit))
op("pick.version", "candidate passed_over", "chosen", pick_version)
op("pick.sole", "side", "", pick_sole)
op("pick.agreed", "side", "", one_value)
op("pick.finest", "side", "side", pick_finest)
op("pick.preferred", "side decision", "side", pick_preferred)
op("none.conflict", "side", "", lambda s: ask(len(set(s.all("side"))) > 1, "the sides do not differ"))
op("none.missing", "side looked_in", "", lambda s: ask(not s.all("side"), "a side has a value"))


# --- targets and bases
def of_entry(s, role="entry"):
    v = s.get(role)
    return v if v is None or isinstance(v, F) else number(v)


def magnitude(s):
    words = [e.value for e in s.steps("entry") if e.value] or [e.value for e in back(s, "curated")]
    least = [n for w, n in (("万亿级", 10000), ("千亿级", 1000), ("百亿级", 100), ("十亿级", 10)) if w in words]
    ask(least == [s.num("least")], f"{words} is {least}")
    return least[0] * factor(s, "亿元", s.unit)


def slack(s):
    t = s.need("tolerance") if s.params.get("absolute") else abs(s.need("target")) * s.need("tolerance") / 100
    return max(t, F(1)) if s.params.get("counted") and not s.params.get("absolute") else t


def growth(s):
    a, b = s.get("actual"), s.get("base")
    return (a - b) * 100 / b if None not in (a, b) and b > 0 and a >= 0 else None


def root(n, degree):
    """The whole root of a whole number, cut."""
    guess = 1 << -(-n.bit_length() // degree)                                  # from above the root down
    while n:
        nearer = ((degree - 1) * guess + n // guess ** (degree - 1)) // degree
        if nearer >= guess:
            return guess
        guess = nearer
    return 0


def growth_mean(s):
    """To twenty digits behind the point, the nearest, of two that are as near the even one."""
    n, a, b = int(s.num("years")), s.get("actual"), s.get("base")
    if n == 1 or None in (a, b) or b <= 0 or a < 0 or not 1 <= n <= 9999:
        return growth(s) if n == 1 else None
    unit_of_factor = 10**22                                                    # a hundredth of the last digit: g = (factor − 1) × 100
    power = a / b * unit_of_factor**n
    low = root(int(power), n)
    half = F(2 * low + 1, 2) ** n
    factor = low + (power > half or power == half and low % 2)
    return F(factor - unit_of_factor, 10**20)


def said_in_quote(quote, row_unit):
    """The numbers that words of a plan name, in the unit of the row, and whether there are any that can be nothing else."""
    text, found, certain = unicodedata.normalize("NFKC", quote), set(), False
    own = unit(row_unit)
    if "全覆盖" in text or "全部覆盖" in text:
        found.add(F(100))
    for times in re.findall("翻([一二两三四五]?)番", text):
        k = 2 ** int(NUMERALS.get(times, 1))
        found |= {F(k), F(k * 100), F((k - 1) * 100)}
    text = re.sub("翻[一二两三四五]?番", "|", text)
    for m in re.finditer(r"(?P<sign>(?<![\d%])-)?(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)|[零〇一二两三四五六七八九十百千万亿]+", text):
        n = F(m["n"].replace(",", "")) * (-1 if m["sign"] else 1) if m["n"] else numeral(m[0])
        behind, before = text[m.end():], text[:m.start()]
        if n is None or m["n"] and (re.match("年(?!均)|G|[A-Za-z]{2}", behind) or re.search("[A-Za-z]$", before)):
            continue
        found.add(n)
        certain |= bool(m["n"]) or bool(re.search("[十百千]", m[0])) and not re.match("分|姓|强", behind)
        for length in range(1, 13):                                            # 21亿元 of a row in 万元
            if len(behind) >= length and unit(behind[:length])[0] == own[0]:
                found.add(n * unit(behind[:length])[1] / own[1])
        k, rest = 1, behind
        while rest[:1] in TENS:                                                # 1.2万 of what the row counts
            k, rest = k * TENS[rest[0]], rest[1:]
            found |= {n * k, n * k / (own[1] if own[0] == "count" else 1)}
    for down, up in re.findall(r"(\d+|[一二三四五六七八九十]+)分之(\d+|[一二三四五六七八九十]+)", text):
        part = [F(x) if x.isdecimal() else numeral(x) for x in (up, down)]
        found |= {part[0] * 100 / part[1], *(F(digits(part[0] * 100 / part[1], k)) for k in range(4))}
    if re.search("[降减负缩]", text):
        found |= {-n for n in found}
    return found, certain


def of_plan(s):
    """The number of the entry, which stands in the words that are quoted; words without a number contradict none (plan-format.md)."""
    entry, quote = number(s.get("entry")), s.get("quote")
    if entry is not None and quote:
        said, certain = said_in_quote(quote, s.unit)
        ask(entry in said or not certain, f"{quote!r} says {sorted(map(show, said))}")
    return entry


for name, roles, params in (("plan.target", "entry quote", ""), ("plan.value", "entry quote", "year"),
                            ("published.value", "entry quote", "year"), ("benchmark", "entry", "name")):
    op(name, roles, params, of_plan if name.startswith("plan") else of_entry)
op("plan.magnitude", "entry quote", "least up down", magnitude)
op("amend", "issued amendment", "", lambda s: of_entry(s, "amendment"))
op("slack", "target tolerance", "counted absolute", slack)
op("growth", "actual base", "", growth)
op("growth.mean", "actual base", "years", growth_mean)
op("net", "actual base", "", lambda s: s.need("actual") - s.need("base"))
op("multiple", "actual base", "", lambda s: s.need("actual") / s.need("base") if (s.get("base") or 0) > 0 else None)
op("due", "target base", "gone all", lambda s: s.need("base") + (s.need("target") - s.need("base")) * s.num("gone") / s.num("all"))


# --- verdicts
def less_is_better(s):
    return s.get("direction") in ("lower", "rank")


def stands(s, actual, target, k=0):
    slack = dict(enumerate(s.all("slack"))).get(k, 0)
    known = {"at_least": actual >= target, "more_than": actual > target, "surpass": actual > target, "at_most": actual <= target,
             "less_than": actual < target, "equal": actual == target,
             "about": actual <= target + slack if less_is_better(s) else actual >= target - slack}
    ask(s.params.get("operator") in known, "the operator is unknown")
    return known[s.params["operator"]]


def inside(s, actual):
    return s.need("low") <= actual <= s.need("high")


def rounded(s):
    return F(digits(s.need("actual"), int(s.num("places"))))


def worse(s):
    t, b = s.need("target"), s.need("base")
    return t < b if s.get("direction") == "higher" else t > b if less_is_better(s) else False


def ratio(over, under):
    c = over * 100 / under if None not in (over, under) and over > 0 and under > 0 else None
    return c if c is not None and c < 10**15 else None


def completion_index(s):
    a, t, d = s.need("actual") + 100, s.need("target") + 100, s.get("direction")
    return ratio(a, t) if d == "higher" else ratio(t, a) if d == "lower" else None


def completion_interval(s):
    a, low, high, lowest, highest = s.need("actual"), s.need("low"), s.need("high"), s.get("lowest"), s.get("highest")
    if low <= a <= high:
        return F(100)
    if None in (lowest, highest):
        return None
    margin = max(low - lowest, highest - high)
    return None if margin == 0 else max(F(0), 100 - max(low - a, a - high) * 100 / margin)


def hardest(s):
    c = [a.value for a in s.steps("completion")]
    return min(c) if c and None not in c else None


def beyond(s):
    a, t, d = s.need("actual"), s.need("target"), s.get("direction")
    if s.get("completion") is not None or t <= 0 or d not in ("higher", "lower"):
        return None
    return "better" if (a > t if d == "higher" else a < t) else "worse"


def progress(s):
    a, t, b, d = s.get("actual"), s.get("target"), s.get("base"), s.get("direction")
    ahead = None not in (a, t, b) and (t > b if d == "higher" else t < b if d == "lower" else False)
    return (a - b) * 100 / (t - b) if ahead else None


def reaches(s, limit):
    c = s.get("completion")
    return c is not None and c >= s.need(limit)


def classify(s, exceeded=lambda s: reaches(s, "exceeded") or s.get("beyond") == "better"):
    if s.need("met"):
        return "exceeded" if exceeded(s) else "met"
    return "nearly" if reaches(s, "nearly") else "missed"


def completion_kept(s):
    """A ceiling is kept or not: a hundred at most."""
    if s.get("completion") is not None:
        return min(s.get("completion"), F(100))
    return F(100) if s.need("met") and s.get("beyond") == "better" else None


NO_WAY = {"growth", "range", "interval", "rank", "rank_change", "relative", "magnitude", "milestone", "qualitative", "level", "increment", "multiple"}
WORK = re.compile("新增|新建|改建|扩建|改造|新开工|新认定|^(培育|建设|建成|开工|竣工|整治|修复|治理|实施)")


def is_before(s, one, other):
    return None not in (s.get(one), s.get(other)) and s.get(one) < s.get(other)


def lacks(s, *roles):
    """All that was looked for is named, and none of it has a value."""
    return all(s.steps(r) for r in roles) and not any(s.all(r) for r in roles)


def later_year(s):
    kind = s.get("kind")
    ask(kind != "level" or WORK.search(s.get("name") or ""), "a level has a way between")
    ask(kind not in ("increment", "multiple") or s.steps("cumulative") or s.steps("counted_from"), f"{kind} has a way between")
    return is_before(s, "year", "target_year") and kind in NO_WAY and s.get("at_the_end") is False


CAUSES = {
    "doubt": lambda s: s.all("finding"),
    "conflict": lambda s: [f.op for f in s.steps("fact")] == ["none.conflict"],
    "missing": lambda s: s.steps("fact") and s.get("fact") is None,
    "lagged": lambda s: is_before(s, "fact_year", "year"),
    "undefined": lambda s: s.get("undefined"),
    "undated": lambda s: s.get("undated") == "true",
    "no_base_year": lambda s: lacks(s, "counted_from"),
    "no_base": lambda s: lacks(s, "base"),
    "no_change": lambda s: lacks(s, "change"),
    "later_year": later_year,
    "no_beginning": lambda s: is_before(s, "year", "target_year") and lacks(s, "base") and not is_before(s, "counted_from", "year"),
    "not_due": lambda s: s.need("due") > f"{s.need('year')}-12-31" and s.get("fact") != "有",
    "not_in_period": lambda s: s.need("why") in ("year_end", "later_day", "later_year", "no_rule"),
    "no_benchmark": lambda s: lacks(s, "benchmark"),
    "no_conversion": lambda s: unit(s.need("unit"))[0] != "money" and s.get("magnitude"),
    "other_kind": lambda s: (s.need("kind") in ("qualitative", "milestone")) == isinstance(s.need("fact"), F),
    "row_not_asked": lambda s: lacks(s, "row"),
    "row_doubt": lambda s: s.all("row_finding") or [f.op for f in s.steps("row")] == ["none.conflict"],
    "row_missing": lambda s: s.steps("row") and not isinstance(s.get("row"), F),
    "row_lagged": lambda s: is_before(s, "row_year", "year"),
    "row_unit": lambda s: unit(s.need("row_unit"))[0] != unit(s.need("unit"))[0] or isinstance(s.get("row"), F),
}
STATE_OF = {"doubt": "in_doubt", "conflict": "in_doubt", "row_doubt": "in_doubt", "missing": "not_reported", "lagged": "lagged", "row_lagged": "lagged",
            "not_in_period": "not_due"}


def without_verdict(s):
    cause = s.params.get("cause")
    ask(cause in CAUSES, f"unknown cause {cause}")
    ask(CAUSES[cause](s), f"what it rests on does not bear out {cause}")
    of = {f"{s.city}/{x}/fact" for x in s.all("against")}
    ask(all(r.id in of or r.op == "absent" for r in s.steps("row")), "another row than the one it is held against")
    ask(all([f.id for f in y.steps("of")] == [x.id for x in s.steps(r)] for r, y_role in (("fact", "fact_year"), ("row", "row_year"))
            for y in s.steps(y_role)), "the year of another value")
    return STATE_OF.get(cause, "not_assessable")


op("reach", "actual target slack direction", "operator", lambda s: stands(s, s.need("actual"), s.need("target")))
op("reach.range", "actual low high direction", "",
   lambda s: s.need("actual") <= s.need("high") if less_is_better(s) else s.need("actual") >= s.need("low"))
op("reach.interval", "actual low high", "", lambda s: inside(s, s.need("actual")))
op("reach.all", "actual target slack direction quote", "operator",
   lambda s: bool(s.all("target")) and all(stands(s, s.need("actual"), t, k) for k, t in enumerate(s.all("target"))))
op("reach.word", "actual quote", "", lambda s: s.need("actual") == "有")
op("any", "*", "", lambda s: any(a.value is True for _, a in s.args))
op("boundary", "actual target slack direction", "operator places",
   lambda s: stands(s, rounded(s), s.need("target")) != stands(s, s.need("actual"), s.need("target")))
op("boundary.interval", "actual low high", "places", lambda s: inside(s, rounded(s)) != inside(s, s.need("actual")))
op("worse", "target base direction", "", worse)
op("completion.higher", "actual target", "", lambda s: ratio(s.get("actual"), s.get("target")))
op("completion.lower", "actual target", "", lambda s: ratio(s.get("target"), s.get("actual")))
op("completion.index", "actual target direction", "", completion_index)
op("completion.hit", "met", "", lambda s: F(100) if s.get("met") else None)
op("completion.interval", "actual low high lowest highest", "", completion_interval)
op("completion.hardest", "completion", "", hardest)
op("beyond", "actual target completion direction", "", beyond)
op("progress", "actual target base direction", "", progress)
op("classify", "met completion beyond nearly exceeded", "", classify)
op("classify.range", "met completion beyond nearly exceeded actual low high direction", "", lambda s: classify(
   s, lambda s: s.need("actual") < s.need("low") if less_is_better(s) else s.need("actual") > s.need("high")))
op("completion.kept", "completion met beyond", "", completion_kept)
op("classify.kept", "met completion beyond nearly exceeded", "", lambda s: classify(s, lambda s: False))
op("classify.schedule", "met", "", lambda s: "on_schedule" if s.need("met") else "behind")


def pace_share(s):
    way = s.need("whole") - s.need("base")
    return min(max((s.need("part") - s.need("base")) * 100 / way, F(0)), F(100)) if way else None


def pace_due(s):
    way = (s.need("target") - s.need("base")) * s.need("share") / 100
    return s.need("base") + (int(way) if s.params.get("counted") else way)


def pace_shortfall(s):
    actual, due = s.need("actual"), s.need("due")
    if not (actual > due if less_is_better(s) else actual < due):
        return F(0)
    way = abs(s.need("whole") - s.need("base"))
    return abs(due - actual) * 100 / way if way else F(100)


def classify_pace(s):
    short = s.get("shortfall")
    if s.get("met") is True:
        return "reached"
    if short is None:
        return "far_behind"
    return "on_pace" if short == 0 else "slightly_behind" if short < s.need("slow") else "behind" if short <= s.need("far") else "far_behind"


op("pace.share", "part whole base", "", pace_share)
op("pace.due", "target base share", "counted", pace_due)
op("pace.shortfall", "actual due base whole direction", "", pace_shortfall)
op("classify.pace", "met shortfall slow far", "", classify_pace)
op("open", "why fact target quote finding fact_year year undefined undated counted_from base change target_year at_the_end kind name cumulative due benchmark unit "
   "magnitude against row row_finding row_year row_unit", "cause", without_verdict)


# --- points, counts, places
def points(direct, better):
    """Points by the completion, `direct`; without one by `better` where that is so, else 100 or 0."""
    def f(s):
        c, met, far = s.get("completion"), s.need("met"), s.get("beyond")
        if c is None and met and far == "worse":
            c = F(0)
        return direct(s, c) if c is not None else better(s) if met and far == "better" else F(100 if met else 0)
    return f


def within(low, x, high):
    return max(F(low), min(x, high))


def proportional(s, c):
    return within(100, c, 100 + s.need("bonus")) if s.need("met") else min(c, F(100))


def efficacy(s, c):
    lower, n = s.get("direction") == "lower", s.need("not_allowed")
    if lower and c == 0:
        return F(0)
    return within(0, ((200 - 10000 / c if lower and c else c) - n) * 40 / (100 - n) + 60, s.need("cap"))


def efficacy_better(s):
    n, cap = s.need("not_allowed"), s.need("cap")
    return within(0, (200 - n) * 40 / (100 - n) + 60, cap) if s.get("direction") == "lower" else cap


def banded(s, c):
    return within(0, 100 + int((c - 100) / s.need("band")) * s.need("band_points"), s.need("cap"))


def count(s):
    """Without `of` all members, also those that have no value."""
    members = [a.value for a in s.steps("member")]
    return F(len(members) if "of" not in s.params else sum(show(v) in s.params["of"] for v in members))


def in_turn(s, *roles):
    ask([r for r, _ in s.args] == list(roles) * (len(s.args) // len(roles)), f"not {' and '.join(roles)} in turn")
    return list(zip(*[iter(a.value for _, a in s.args)] * len(roles)))


def mean_weighted(s):
    pairs = in_turn(s, "points", "weight")
    whole = sum(w for _, w in pairs)
    return sum((p if isinstance(p, F) else F(0)) * w for p, w in pairs) / whole if whole else None


def deduct(s):
    mean = s.get("mean")
    return None if mean is None else max(F(0), min(mean, 100 + s.need("bonus_total")) - s.need("taken"))


GRADES = ["excellent", "good", "fair", "poor"]


def grade(s):
    return None if s.get("score") is None else next((g for g, w in zip(GRADES, s.all("from")) if s.need("score") >= w), "poor")


def covers(s):
    share, limit = s.get("share"), s.need("limit")
    return share is not None and share > 0 and (F(digits(share, places_of(limit))) if limit.denominator > 1 else share) >= limit


def rank(s):
    own, me = s.need("own"), s.get("self")
    return F(1 + sum(F(x) > own for x in (s.get("among") or "").split()) - (me is not None and me > own))


def task_state(s):
    p = s.get("progress")
    ask(p in (None, "done", "unknown", "ongoing", "not_started"), f"unknown progress {p}")
    return "in_doubt" if s.all("finding") else "not_reported" if p is None else {"done": "met", "unknown": "in_doubt"}.get(p, p)


def rounding(s):
    return None if s.get("x") is None else guarded(s.need("x"), s.all("limit"), int(s.num("places")))


POINTS = "met completion beyond "
op("points.ratio", POINTS + "cap", "", points(lambda s, c: min(c, s.need("cap")), lambda s: s.need("cap")))
op("points.proportional", POINTS + "bonus", "", points(proportional, lambda s: 100 + s.need("bonus")))
op("points.efficacy", POINTS + "cap not_allowed direction", "", points(efficacy, efficacy_better))
op("points.fixed", "met", "", lambda s: F(100 if s.need("met") else 0))
op("points.banded", POINTS + "cap band band_points", "",
   points(banded, lambda s: s.need("cap") if s.need("band_points") > 0 else F(100)))
op("count", "member", "of", count)
op("pair", "before now", "", lambda s: "%s>%s" % (s.need("before"), s.need("now")))
op("sum", "x", "", lambda s: sum(s.all("x"), F(0)))
op("difference", "whole part", "", lambda s: s.need("whole") - s.need("part"))
op("share", "part whole", "", lambda s: s.need("part") * 100 / s.need("whole") if s.need("whole") else None)
op("mean.weighted", "points weight", "", mean_weighted)
op("deductions", "count each", "", lambda s: sum((n * e for n, e in in_turn(s, "count", "each")), F(0)))
op("deduct", "mean taken bonus_total", "", deduct)
op("grade", "score from", "", grade)
op("grade.limited", "grade limit", "", lambda s: max(s.all("grade") + s.all("limit"), key=GRADES.index, default=None))
op("covers", "share limit", "", covers)
op("order", "x", "", lambda s: " ".join(map(show, sorted(s.all("x"), reverse=True))))
op("rank", "own among self", "", rank)
op("round", "x", "places", rounding)
op("round.guarded", "x limit", "places", rounding)
op("task.state", "progress finding", "", task_state)


# --- the composite index
def nearest20(x):
    """Rounded once to twenty digits behind the point, of two that are as near the even one."""
    return F(round(x * 10**20), 10**20)


def root20(x):
    """The square root, likewise: exact in whole numbers."""
    low = root(int(x * 10**40), 2)
    half = F(2 * low + 1, 2) ** 2
    return F(low + (x * 10**40 > half or x * 10**40 == half and low % 2), 10**20)


PRECISE = decimal.Context(prec=80, rounding=decimal.ROUND_HALF_EVEN)


def precise(x):
    return PRECISE.divide(decimal.Decimal(x.numerator), decimal.Decimal(x.denominator))


def ln(x):
    return F(PRECISE.ln(precise(x)))


def flag(s, param):
    v = s.params.get(param, False)
    ask(isinstance(v, bool), f"{param} is neither true nor false")
    return v


def moment(x, k):
    mean = sum(x, F(0)) / len(x)
    return sum(((v - mean) ** k for v in x), F(0)) / len(x)


def next_value(s):
    known = sorted(set(s.all("x")), reverse=flag(s, "greatest"))
    return known[1] if len(known) > 1 else None


def median(s):
    x = sorted(s.all("x"))
    return (x[(len(x) - 1) // 2] + x[len(x) // 2]) / 2 if x else None


def deviation(s):
    x = s.all("x")
    n = len(x) - flag(s, "sample")
    return root20(moment(x, 2) * len(x) / n) if n > 0 else None


def skewness(s):
    x, n = s.all("x"), F(len(s.all("x")))
    if n <= 2 or moment(x, 2) == 0:
        return None
    m2, m3 = moment(x, 2), moment(x, 3)
    return root20(m3**2 * n * (n - 1) / (m2**3 * (n - 2) ** 2)) * (-1 if m3 < 0 else 1)


def kurtosis(s):
    x, n = s.all("x"), F(len(s.all("x")))
    if n <= 3 or moment(x, 2) == 0:
        return None
    return ((n + 1) * (moment(x, 4) / moment(x, 2) ** 2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def is_extreme(s):
    skew, kurt, a, b = map(s.get, ("skewness", "kurtosis", "limit.skewness", "limit.kurtosis"))
    return None not in (skew, kurt, a, b) and abs(skew) >= a and kurt >= b


def normalise(s):
    method, higher, x, floor = s.params.get("method"), flag(s, "higher"), s.get("x"), s.get("floor")
    ask(method in NORMALISE, f"unknown method {method}")
    roles, f, floored = NORMALISE[method]
    ask(all(s.steps(r) for r in roles), f"{method} asks for {roles}")
    given = [s.get(r) for r in roles]
    if x is None or None in given:
        return None
    v = f(x, higher, floor or F(0), *given)
    return v if v is None or floor is None or not floored else max(v, floor)


def along(x, higher, low, high):
    return None if high == low else (x - low) / (high - low) if higher else (high - x) / (high - low)


def over(a, b):
    return a * 100 / b if b > 0 else None


def toward(x, higher, start, target):
    return over(x - start, target - start) if higher else over(start - x, start - target)


def min_max(x, higher, floor, low, high, cut=lambda s: s):
    s = along(x, higher, low, high)
    return None if s is None else floor + (100 - floor) * cut(s)


def standard(x, higher, _, mean, dev):
    return nearest20(100 + (10 if higher else -10) * (x - mean) / dev) if dev else None


def above_below(x, higher, _, mean):
    far = (x > mean * F(6, 5)) - (x < mean * F(4, 5))
    return F(far if higher else -far) if mean > 0 else None


def borda(x, higher, _, among):
    return F(sum(F(v) < x if higher else F(v) > x for v in among.split()))


def percentile(x, higher, _, among):
    n = len(among.split())
    return borda(x, higher, _, among) * 100 / (n - 1) if n > 1 else None


NORMALISE = {
    **{m: (("low", "high"), min_max, False) for m in ("minmax", "goalposts_uncapped")},
    "goalposts": (("low", "high"), lambda *a: min_max(*a, cut=lambda s: min(max(s, F(0)), F(1))), False),
    "efficacy": (("low", "high"), lambda x, higher, _, low, high: None if high == low else 60 + 40 * along(x, higher, low, high), True),
    **{m: (("mean", "deviation"), standard, True) for m in ("zscore", "zscore_population")},
    **{f"distance_to_{m}": (("reference",), lambda x, higher, _, r: over(x, r) if higher else over(r, x), True) for m in ("best", "worst", "mean", "reference")},
    "distance_to_target_uncapped": (("from", "target"), lambda x, higher, _, a, b: toward(x, higher, a, b), True),
    "distance_to_target": (("from", "target"), lambda x, higher, _, a, b: None if toward(x, higher, a, b) is None else min(toward(x, higher, a, b), F(100)), True),
    "above_below_mean": (("mean",), above_below, True),
    "borda": (("among",), borda, True),
    "rank": (("among",), lambda *a: 1 + borda(*a), True),
    "percentile": (("among",), percentile, True),
}


def geometric(x, w):
    if min(x) <= 0:
        return None
    if len(set(x)) == 1:                                     # the mean is the number itself, exactly
        return nearest20(x[0])
    return nearest20(F(PRECISE.exp(precise(sum(b * ln(a) for a, b in zip(x, w)) / sum(w)))))


def mazziotta(sign):
    def f(x, _):
        m = sum(x) / len(x)
        return nearest20(m + sign * moment(x, 2) / m) if m > 0 else None
    return f


STATISTICS = {"least", "greatest", "next", "mean", "median", "deviation", "order"}
AGGREGATE = {"arithmetic": lambda x, w: sum(a * b for a, b in zip(x, w)) / sum(w), "geometric": geometric,
             "harmonic": lambda x, w: nearest20(sum(w) / sum(b / a for a, b in zip(x, w))) if min(x) > 0 else None,
             "mazziotta_pareto": mazziotta(-1), "mazziotta_pareto_plus": mazziotta(1)}


def aggregate(s):
    method, pairs = s.params.get("method"), in_turn(s, "x", "weight")
    ask(method in AGGREGATE, f"unknown method {method}")
    pairs = [(x, w) for x, w in pairs if None not in (x, w)]
    return AGGREGATE[method](*zip(*pairs)) if pairs else None


def copeland(s):
    weight, own, other = ([a.value for a in s.steps(r)] for r in ("weight", "own", "other"))
    n = len(weight)
    ask(n and len(own) == n and len(other) % n == 0, "not as many scores as weights")
    if not any(x is not None for x in own):
        return None
    result = 0
    for k in range(0, len(other), n):
        parts = [(w, a, b) for w, a, b in zip(weight, own, other[k:k + n]) if None not in (w, a, b)]
        more, less = sum(w for w, a, b in parts if a > b), sum(w for w, a, b in parts if a < b)
        result += (more > less) - (more < less)
    return F(result)


def places(s):
    least_first = sorted(s.all("x"))
    return " ".join(str(1 + len(least_first) - bisect.bisect_right(least_first, x)) for x in s.all("x"))


def index_class(s):
    score, n = s.get("score"), 1
    for limit in s.all("from"):
        if score is None or score >= limit:
            break
        n += 1
    return None if score is None else F(n)


def growth_symmetric(s):
    a, b = s.get("now"), s.get("before")
    return None if None in (a, b) or a + b == 0 else (200 if flag(s, "higher") else -200) * (a - b) / (a + b)


def growth_slope(s):
    pairs = [(x, y - x) for x, y in in_turn(s, "x", "y") if None not in (x, y)]
    if not pairs:
        return None
    a, b = (sum(c, F(0)) / len(pairs) for c in zip(*pairs))
    below = sum(((x - a) ** 2 for x, _ in pairs), F(0))
    return nearest20(sum(((x - a) * (y - b) for x, y in pairs), F(0)) / below) if below else None


def weight_within(s):
    ask(s.steps("own") and s.steps("own")[0] in s.steps("among"), "it does not stand among its siblings")
    return s.need("own") * s.need("whole") / sum(s.all("among"))


def eigen(matrix):
    """Eigenvalues of a symmetric matrix with their vectors: the greatest number beside the diagonal is turned away until none is left."""
    n, a = len(matrix), [list(row) for row in matrix]
    v = [[float(i == j) for j in range(n)] for i in range(n)]
    for _ in range(100 * n * n):
        off, p, q = max(((abs(a[i][j]), i, j) for i in range(n) for j in range(i)), default=(0, 0, 0))
        if off < 1e-15:
            break
        angle = math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2
        c, s = math.cos(angle), math.sin(angle)
        for rows in (a, v):
            for row in rows:
                row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
        a[p], a[q] = [c * x - s * y for x, y in zip(a[p], a[q])], [s * x + c * y for x, y in zip(a[p], a[q])]
    return [(a[k][k], [v[i][k] for i in range(n)]) for k in range(n)]


def principal(rows, n):
    """Weights out of principal components, in floating point; nothing where there are none."""
    if len(rows) <= max(n, 2) or any(min(x) == max(x) for x in zip(*rows)):
        return None
    columns = list(zip(*rows))
    found = eigen([[1.0 if a is b else correlation(list(zip(a, b))) for b in columns] for a in columns])
    first = max(found)[1]
    if any(x < -1e-9 for x in first) and any(x > 1e-9 for x in first):
        return None
    kept = [(k, v) for k, v in found if k >= 1 - 1e-9]
    return [math.fsum(k * v[i] ** 2 for k, v in kept) / math.fsum(k for k, _ in kept) for i in range(n)]


def weights_principal(s):
    n, x = int(s.num("parts")), [a.value for a in s.steps("x")]
    ask(n > 0 and len(x) % n == 0, "not as many scores as parts")
    rows = [[float(v) for v in x[k:k + n]] for k in range(0, len(x), n) if None not in x[k:k + n]]
    return stated_near(s.value, principal(rows, n), 9)


def stated_near(told, again, places):
    """Numbers with blanks between that were computed in floating point: as they were told, if they are near; a unit of the last digit is near."""
    if again is None:
        return None
    given = (told if isinstance(told, str) else "").split()
    is_near = len(given) == len(again) and all(re.fullmatch(rf"\d+\.\d{{{places}}}", a) and abs(float(a) - b) <= 1.5 * 10.0**-places for a, b in zip(given, again))
    return told if is_near else " ".join(f"{b:.{places}f}" for b in again)


def best_case(rows, k, bounds):
    """The greatest sum of a city's own scores by weights under which no city has more than 100, in floating point (simplex, the steepest column first); None where it has no end."""
    own, n = rows[k], len(rows[k])
    table = [list(r) + [100.0] for r in rows]
    for i in range(n) if bounds else ():
        least, most = bounds
        table.append([own[j] * ((i == j) - most) for j in range(n)] + [0.0])
        table.append([own[j] * (least - (i == j)) for j in range(n)] + [0.0])
    aim = [-v for v in own] + [0.0]
    free, basic = list(range(n)), list(range(n, n + len(table)))
    for turn in range(5000):
        columns = [j for j in range(n) if aim[j] < -1e-9]
        if not columns:
            return aim[n]
        j = min(columns, key=lambda j: aim[j]) if turn < 200 else min(columns, key=lambda j: free[j])
        above = [(table[i][n] / table[i][j], basic[i], i) for i in range(len(table)) if table[i][j] > 1e-9]
        if not above:
            return None
        i = min(above)[2]
        pivot = table[i][j]
        row = [v / pivot for v in table[i]]
        row[j] = 1 / pivot
        for m, other in enumerate([*table, aim]):
            if m == i:
                continue
            times = other[j]
            other[j] = 0.0
            for c in range(n + 1):
                other[c] -= times * row[c]
        table[i], (free[j], basic[i]) = row, (basic[i], free[j])
    return None


def weights_best_case(s):
    """The weights as they were told, if they keep all limits and no others do better."""
    n, x = int(s.num("parts")), [a.value for a in s.steps("x")]
    ask(n > 0 and len(x) % n == 0, "not as many scores as parts")
    if None in x or not x:
        return None
    rows = [[float(v) for v in x[k:k + n]] for k in range(0, len(x), n)]
    told = (s.value if isinstance(s.value, str) else "").split(" ")
    ask(len(told) == len(x), f"not {len(x)} weights")
    bounds = (float(s.need("least")) / 100, float(s.need("most")) / 100) if s.steps("least") else None
    scale = max(max(map(max, rows)), 1.0)
    for k, row in enumerate(rows):
        texts = told[k * n:k * n + n]
        best = best_case(rows, k, bounds) if min(map(min, rows)) >= 0 else None
        if texts == ["-"] * n:
            ask(best is None or best <= 1e-6, f"weights that give city {k + 1} {best}")
            continue
        ask(all(re.fullmatch(r"\d+\.\d{12}", t) for t in texts), f"weights of city {k + 1} have not twelve digits")
        w = [float(t) for t in texts]
        sums = [math.fsum(a * b for a, b in zip(w, r)) for r in rows]
        ask(max(sums) <= 100 + 1e-6 + scale * n * 1e-12, f"city {k + 1}: no sum above 100")
        ask(not bounds or all(bounds[0] - 1e-6 <= a * b / sums[k] <= bounds[1] + 1e-6 for a, b in zip(w, row)), f"city {k + 1}: shares within the bounds")
        ask(best is not None and abs(best - sums[k]) <= 1e-5, f"city {k + 1}: a sum of {best}")
    return s.value


def sum_weighted(s):
    pairs = in_turn(s, "x", "weight")
    return None if not pairs or any(None in p for p in pairs) else F(digits(sum(a * b for a, b in pairs), 6))


def weight_at(s):
    ask(s.num("position") > 0, "positions are counted from one")
    found = s.need("weights").split()[int(s.num("position")) - 1]
    return None if found == "-" else F(found)


def placed_cities(ledger):
    return [r["city"] for r in ledger.table("index_scores") if r["level"] == "index" and r["rank"]]


def draws(s):
    table, of = s.params.get("table", ""), s.params.get("of", "")
    ask(re.fullmatch(r"(tables/)?index_draws(\.csv)?", table), f"unknown table {table}")
    return s.ledger.drawn(of)


def draws_classes(s):
    table, of = s.params.get("table", ""), s.params.get("of", "")
    ask(re.fullmatch(r"(tables/)?index_draws(\.csv)?", table), f"unknown table {table}")
    ask(of in placed_cities(s.ledger), f"{of} has no place")
    at = placed_cities(s.ledger).index(of)
    found = Counter(int(r["classes"].split()[at]) for r in s.ledger.table("index_draws") if r["classes"])
    return " ".join(f"{c}:{n}" for c, n in sorted(found.items()))


def draws_class(s):
    found = times(s.need("draws"))
    return F(sum(n for c, n in found if c == s.need("class")) * 100, sum(n for _, n in found)) if found else None


def moves(s):
    """How far the other cities with a place move among themselves without one: their places in the table against those by the index."""
    table, of, cities = s.params.get("table", ""), s.params.get("of", ""), placed_cities(s.ledger)
    ask(re.fullmatch(r"(tables/)?index_without(\.csv)?", table), f"unknown table {table}")
    found = [r for r in s.ledger.table("index_without") if r["without"] == of]
    ask(of in cities and len(found) == 1, f"{of} has {len(found)} rows in {table}")
    ranks = {r["city"]: int(r["rank"]) for r in s.ledger.table("index_scores") if r["level"] == "index" and r["rank"]}
    others = [ranks[c] for c in cities if c != of]
    then = list(map(int, found[0]["ranks"].split()))
    ask(len(then) == len(others), f"{of}: {len(then)} places of {len(others)} others")
    in_order = sorted(then)
    ask(all(p == 1 + bisect.bisect_left(in_order, p) for p in then), f"{of}: no places")
    now = sorted(others)
    return " ".join(f"{d}:{n}" for d, n in sorted(Counter(abs(1 + bisect.bisect_left(now, a) - b) for a, b in zip(others, then)).items()))


def mean_move(s):
    found = times(s.need("moves"))
    return F(sum(d * n for d, n in found), sum(n for _, n in found)) if found else None


def times(text):
    """`1:5310 2:4690`, as pairs of numbers."""
    return [tuple(map(int, x.split(":"))) for x in text.split()]


def quantile(s):
    found, so_far = sorted(times(s.get("draws") or "")), 0
    for place, n in found:
        so_far += n
        if so_far * 100 >= s.num("percent") * sum(k for _, k in found):
            return F(place)


def draws_share(s):
    found = times(s.need("draws"))
    return F(sum(n for p, n in found if p == s.need("place")) * 100, sum(n for _, n in found)) if found else None


def shift(s):
    pairs = [(times(d), p) for d, p in in_turn(s, "draws", "place") if None not in (d, p)]
    whole = sum(n for d, _ in pairs for _, n in d)
    return sum((abs(q - p) * n for d, p in pairs for q, n in d), F(0)) / whole if whole else None


op("quotient", "x per", "", lambda s: s.get("x") / s.get("per") if s.get("x") is not None and (s.get("per") or 0) > 0 else None)
op("log", "x", "", lambda s: nearest20(ln(s.get("x"))) if (s.get("x") or 0) > 0 else None)
op("log.shifted", "x least greatest", "", lambda s: None if None in (s.get("x"), s.get("least"), s.get("greatest")) or (v := s.get("x") - s.get("least") + (s.get("greatest") - s.get("least")) / 100) <= 0 else nearest20(ln(v)))
op("least", "x", "", lambda s: min(s.all("x"), default=None))
op("greatest", "x", "", lambda s: max(s.all("x"), default=None))
op("next", "x", "greatest", next_value)
op("mean", "x", "", lambda s: sum(s.all("x"), F(0)) / len(s.all("x")) if s.all("x") else None)
op("median", "x", "", median)
op("deviation", "x", "sample", deviation)
op("skewness", "x", "", skewness)
op("kurtosis", "x", "", kurtosis)
op("is_extreme", "skewness kurtosis limit.skewness limit.kurtosis", "", is_extreme)
op("bounded", "x bound", "most", lambda s: s.get("x") if None in (s.get("x"), s.get("bound")) else (min if flag(s, "most") else max)(s.get("x"), s.get("bound")))
op("normalise", "x floor low high mean deviation reference from target among", "higher method", normalise)
op("weights.principal", "x", "parts", weights_principal)
op("weights.best_case", "x least most", "parts", weights_best_case)
op("sum.weighted", "x weight", "", sum_weighted)
op("share.weighted", "x weight whole", "", lambda s: None if None in (s.get("x"), s.get("weight")) else s.get("x") * s.get("weight") * 100 / s.need("whole"))
op("weight.at", "weights", "position", weight_at)
op("weight.within", "own among whole", "", weight_within)
op("aggregate", "x weight", "method", aggregate)
op("copeland", "weight own other", "", copeland)
op("places", "x", "", places)
op("place.at", "places", "position", lambda s: F(s.need("places").split()[int(s.num("position")) - 1 if s.num("position") > 0 else 10**9]))
op("class", "score from", "", index_class)
op("growth.symmetric", "now before", "higher", growth_symmetric)
op("chained", "before growth", "", lambda s: None if None in (s.get("before"), s.get("growth")) else s.get("before") * (200 + s.get("growth")) / (200 - s.get("growth")))
op("growth.slope", "x y", "", growth_slope)
op("draws", "", "table of", draws)
op("draws.classes", "", "table of", draws_classes)
op("draws.class", "draws class", "", draws_class)
op("moves", "", "table of", moves)
op("moves.mean", "moves", "", mean_move)
op("moves.greatest", "moves", "", lambda s: max((F(d) for d, _ in times(s.need("moves"))), default=None))
op("draws.count", "draws", "", lambda s: F(sum(n for _, n in times(s.need("draws")))))
op("draws.quantile", "draws", "percent", quantile)
op("draws.share", "draws place", "", draws_share)
op("draws.shift", "draws place", "", shift)
op("estimate", "", "what", lambda s: estimate(s))


# --- figures in binary floating point: again from other steps where these give them, else taken as they were estimated
def estimate(s):
    ask(isinstance(s.value, F) and s.value == F(digits(s.value, 6)) or s.value is None, "no number of six digits behind the point")
    again = estimated_again(s)
    if again is UNKNOWN:
        ESTIMATED[s.id] = s
        return s.value
    close = again is not None and s.value is not None and abs(again - float(s.value)) <= 2e-6
    return s.value if close or again is None and s.value is None else None if again is None else F(str(round(again, 9)))


UNKNOWN, ESTIMATED = object(), {}


def correlation(pairs):
    """Pearson's; nothing where one of the two does not vary."""
    n = len(pairs)
    if not n:
        return None
    a, b = (math.fsum(x) / n for x in zip(*pairs))
    cov, va, vb = math.fsum((x - a) * (y - b) for x, y in pairs), math.fsum((x - a) ** 2 for x, _ in pairs), math.fsum((y - b) ** 2 for _, y in pairs)
    return cov / math.sqrt(va * vb) if va > 0 and vb > 0 else None


FLOATING = {"arithmetic": lambda x, w: math.fsum(a * b for a, b in zip(x, w)) / math.fsum(w),
            "geometric": lambda x, w: math.exp(math.fsum(b * math.log(a) for a, b in zip(x, w)) / math.fsum(w)) if min(x) > 0 else None,
            "harmonic": lambda x, w: math.fsum(w) / math.fsum(b / a for a, b in zip(x, w)) if min(x) > 0 else None,
            "mazziotta_pareto": lambda x, w: floating_mazziotta(x, -1), "mazziotta_pareto_plus": lambda x, w: floating_mazziotta(x, 1)}


def floating_mazziotta(x, sign):
    m = math.fsum(x) / len(x)
    return m + sign * math.fsum((v - m) ** 2 for v in x) / len(x) / m if m > 0 else None


def without(s, part):
    """The score of a step without a part, in floating point; nothing left gives nothing."""
    if s.op != "aggregate":
        return None if s.value is None else float(s.value)
    pairs = [(without(x, part), float(w.value)) for x, w in zip(s.steps("x"), s.steps("weight")) if not x.id.endswith(f"/#index.{part}.score")]
    pairs = [(x, w) for x, w in pairs if x is not None]
    return FLOATING[s.params["method"]](*zip(*pairs)) if pairs else None


def moved(L, cities, part):
    """How far each place moves without a part, if all means are known here."""
    tops = [L.find(c, f"{c}/#index.score") for c in cities]
    if any(a.op != "aggregate" or a.params.get("method") not in FLOATING for t in tops for a in [t, *(x for x in t.steps("x") if x.op != "normalise")]):
        return None
    now = [without(t, part) for t in tops]
    if None in now:
        return None
    places = [1 + sum(y > x + 1e-12 * abs(x) for y in now) for x in now]
    return [abs(p - L.find(c, f"{c}/#index.rank").value) for p, c in zip(places, cities)]


def alpha(rows):
    """Cronbach's, of cities with all scores; nothing where their sums do not vary."""
    variance = lambda x: math.fsum((v - math.fsum(x) / len(x)) ** 2 for v in x)
    k = len(rows[0]) if rows else 0
    if k < 2 or len(rows) < 2 or variance([math.fsum(r) for r in rows]) <= 0:
        return None
    return k / (k - 1) * (1 - math.fsum(map(variance, zip(*rows))) / variance([math.fsum(r) for r in rows]))


def estimated_again(s):
    L, name = s.ledger, s.id.removeprefix("round/#index.").rstrip("'")
    ask(s.params.get("what") == name, f"what {name}")
    cities = placed_cities(L)
    score = lambda city, part: (x := L.find(city, f"{city}/#index.{part}.score")) and x.value
    if m := re.fullmatch(r"r\.(i\..+)\.(i\..+)", name):
        pairs = [[score(c, part) for part in m.groups()] for c in cities]
        return correlation([[float(x) for x in p] for p in pairs if None not in p])
    if m := re.fullmatch(r"alpha\.(d\..+)", name):
        of = [L.find(c, f"{c}/#index.{m[1]}.score") for c in cities]
        members = max(([x.id.split("/", 1)[1] for x in d.steps("x")] for d in of if d), key=len, default=[])
        rows = [[x and x.value for x in (L.find(c, f"{c}/{k}") for k in members)] for c in cities]
        return alpha([[float(x) for x in r] for r in rows if None not in r])
    if m := re.fullmatch(r"without\.([di]\..+)\.(shift|greatest)", name):
        far = moved(L, cities, m[1])
        return UNKNOWN if not far else float(max(far)) if m[2] == "greatest" else float(sum(far) / len(far))
    return UNKNOWN


# --- decisions that any step may rest on
RESTS_ON = {"waived": "waiver", "base_year": "base_year"}


def rests(s):
    for role, kind in RESTS_ON.items():
        for d in s.steps(role):
            ask((d.op, d.params.get("kind")) == ("decision", kind), f"{d.id} is no {kind}")
    for d in s.steps("base_year") if s.op == "growth.mean" else ():
        years = {r.params["year"] for a in s.steps("actual") for r in back(a, "read")}
        ask(years and max(years) - d.value == s.num("years"), f"not the years since {show(d.value)}")


# --- 1. the ledger
def wrong(s):
    """What a step should be, if it is something else."""
    if s.op in LEAVES:
        return "a value as its type says" if isinstance(s.value, tuple) else None
    if s.op not in OPS:
        return "an operation that is documented"
    s.asks.clear()
    try:
        rests(s)
        v = OPS[s.op][2](s)
    except (Wrong, ArithmeticError, ValueError, TypeError, LookupError, AttributeError) as e:
        return f"({e})"
    return None if v == s.value and type(v) is type(s.value) else show(v)


class Ledger:
    def __init__(self, path):
        self.steps, self.folder, self.tables = [Step(i, row) for i, row in enumerate(rows_of(path))], path.parent, {}
        self.by_name = defaultdict(list)
        for s in self.steps:
            s.ledger = self
            self.by_name[s.id].append(s)
        self.dangling, self.forward, self.notes = [], [], defaultdict(list)
        for s in self.steps:
            for role, name in s.refs:
                a = self.find(s.city, name)
                if a is None:
                    self.dangling.append((s, name))
                    continue
                if a.city == s.city and a.at >= s.at:
                    self.forward.append((s, name))
                s.args.append((role, a))
                a.users.append(s)
        self.beyond()

    def find(self, city, name):
        """A step by its name: of the city itself, else of another one."""
        return min(self.by_name.get(name, ()), key=lambda s: (s.city != city, s.at), default=None)

    def table(self, name):
        if name not in self.tables:
            path = self.folder / f"{name}.csv"
            self.tables[name] = rows_of(path) if path.exists() else []
        return self.tables[name]

    def drawn(self, of):
        """How often a city has which place in the draws that did not fail; without a city how many failed."""
        if "drawn" not in self.tables:
            cities, found = placed_cities(self), defaultdict(Counter)
            for r in self.table("index_draws"):
                ranks = r["ranks"].split()
                ask(r["failed"] in ("true", "false") and len(ranks) == (len(cities) if r["failed"] == "false" else 0), f"draw {r['draw']} has {len(ranks)} places")
                for c, n in zip(cities, ranks):
                    found[c][int(n)] += 1
            self.tables["drawn"] = found
        if not of:
            return F(sum(r["failed"] == "true" for r in self.table("index_draws")))
        ask(of in placed_cities(self), f"{of} has no place")
        return " ".join(f"{p}:{n}" for p, n in sorted(self.tables["drawn"][of].items()))

    def beyond(self):
        """What the ledger does and the documentation does not say; told, and no failure by itself."""
        for s in self.steps:
            roles, params = (set(LEAVES[s.op].split()), set(LEAF_PARAMS[s.op].split())) if s.op in LEAVES else OPS.get(s.op, ({"*"}, set()))[:2]
            for r in {r for r, _ in s.refs} - roles - set(RESTS_ON) - ({"by"} if s.op not in LEAVES else set()) if "*" not in roles else ():
                self.notes[f"{s.op} has an argument “{r}”, which is not documented"].append(s)
            for p in set(s.params) - params:
                self.notes[f"{s.op} has a parameter “{p}”, which is not documented"].append(s)
            if s.op == "plan.target" and s.value is None:
                self.notes["plan.target gives nothing: the entry is no number"].append(s)
            if s.op == "plan.magnitude" and s.get("entry") is None:
                self.notes["plan.magnitude rests on an entry without a value; its word was taken from the step behind"].append(s)
            if s.op == "count" and "of" not in s.params and any(a.value is None for a in s.steps("member")):
                self.notes["count counts members that have no value"].append(s)
            if s.op == "share" and s.value is not None and s.unit != "%":
                self.notes["share without the unit %"].append(s)
        for name, same in self.by_name.items():
            if len(same) > 1:
                self.notes["one name for steps of several cities"].append(same[1])
            if len({s.city for s in same}) < len(same) or len({show(s.value) for s in same}) > 1:
                self.dangling.append((same[1], f"{name} (the name is not the only one)"))
            for s in same:
                if s.city == "" and re.match(r"[^/#]+/#", name) and not name.startswith("round/"):
                    self.notes["step that is named after a city, without a city"].append(s)


# --- 3. the published tables
PRINTED = ("total assessable met open rate rate_without_soft coverage score score_missing_as_zero grade rank deducted rank.best rank.worst "
           "expected reported tasks tasks_done").split()
OPERATORS = {"≥": ["at_least"], ">": ["more_than", "surpass"], "≤": ["at_most"], "<": ["less_than"], "≈": ["about"], "=": ["equal"]}


class Published:
    """Entries of the published tables, each a function of steps: check() tells what should stand there."""

    def __init__(self, ledger, folder):
        self.ledger, self.folder, self.entries, self.of, self.faults = ledger, folder, [], defaultdict(list), []
        self.used = set()
        self.tables = {t: self.read(t) for t in ("facts", "assessments", "scores", "units", "tasks", "findings", "observations", "decisions", "restatements")}
        for part in (self.facts, self.assessments, self.scores, self.units, self.tasks, self.findings, self.reads, self.counted, self.decisions,
                     self.restatements, self.index, self.unpublished):
            part()

    def read(self, table):
        return rows_of(self.folder / f"{table}.csv")

    def step(self, name, city):
        s = self.ledger.find(city, name)
        self.used.add(name)
        return s

    def entry(self, place, text, steps, expected):
        """`steps` give what stands there by `expected`, a function of their values to a text, or to whether `text` is right."""
        if None in steps:
            self.faults.append((place, text, "a step in the ledger"))
            return
        e = (place, text, steps, expected)
        self.entries.append(e)
        for s in steps:
            self.of[id(s)].append(e)

    def must(self, place, got, want):
        if got != want:
            self.faults.append((place, str(got), str(want)))

    @staticmethod
    def check(e):
        place, text, steps, expected = e
        try:
            v = expected(*[s.value for s in steps])
        except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
            v = f"({error})"
        return None if v is True or v == text else "something else" if v is False else str(v)

    def facts(self):
        ops = {"agreed": {"pick.sole", "pick.agreed", "pick.finest"}, "preferred": {"pick.preferred"}, "conflicting": {"none.conflict"},
               "missing": {"none.missing"}}
        self.years = {}
        for r in self.tables["facts"]:
            at = f"facts {r['city']}/{r['no']}"
            s = self.step(f"{r['city']}/{r['no']}/fact", r["city"])
            self.years[r["city"], r["no"]] = r["year"]
            self.entry(at + " value", r["value"], [s], lambda v, t=r["value"]: exact(t, v if isinstance(v, F) else None))
            self.entry(at + " word", r["word"], [s], lambda v: v if isinstance(v, str) else "")
            if s is None:
                continue
            if isinstance(s.value, F):
                self.must(at + " value_unit", r["value_unit"], s.unit)
            self.must(at + " status", r["status"] == "derived" or s.op in ops.get(r["status"], ()), True)
            if r["source"]:
                self.must(at + " source", r["source"] in {c.id for c in back(s, "cell")}, True)
            years = {str(x.params.get("year")) for x in back(s, "read")}
            if years and r["year"] and r["status"] not in ("derived", "missing"):
                self.must(at + " year", r["year"] in years, True)

    def assessments(self):
        L = self.ledger
        limits = [next((s for s in L.steps if s.id.endswith(f"/round.toml#method.{k}")), None) for k in ("nearly", "exceeded")]
        self.rows = {}
        for r in self.tables["assessments"]:
            city, no, state = r["city"], r["no"], r["state"]
            tier = "@" + r["tier"] if r["tier"] in ("intended", "stretch") else ""
            t, at = f"{city}/{no}{tier}", f"assessments {city}/{no}{tier}"
            own = lambda k: self.step(f"{t}/{k}", city)
            self.rows[t] = r
            judged = state in ASSESSABLE
            self.entry(at + " state", state, [own("state")], lambda v: v)
            for column, k in (("met", "met"), ("completion", "completion"), ("points", "points")):
                s = own("completion.kept") or own(k) if k == "completion" else own(k)
                # An average growth of a later year is as it is to be every year.
                s = s or own("at_the_end/completion") if k == "completion" and r["kind"] == "average_growth" else s
                if not judged:
                    self.must(f"{at} {column}", r[column], "")
                elif column == "met":
                    self.entry(at + " met", r["met"], [s], show)
                elif column == "points":
                    self.entry(at + " points", r["points"], [s], lambda v, x=r["points"]: exact(x, v, 2))
                elif s is None:
                    self.must(at + " completion", r["completion"], "")
                else:
                    self.entry(at + " completion", r["completion"], [s, *limits],
                               lambda v, n, x: "" if v is None else guarded(v, [n, F(100), x], 2))
            s = own("progress")
            if s is None:
                self.must(at + " progress", r["progress"], "")
            else:
                self.entry(at + " progress", r["progress"], [s], lambda v: "" if v is None else guarded(v, [F(100)], 2))
            for column, k in (("boundary", "boundary"), ("target_worse_than_baseline", "worse")):
                s = own(k)
                self.must(f"{at} {column}", r[column], "false") if s is None else self.entry(f"{at} {column}", r[column], [s], show)
            self.entry(at + " weight", r["weight"], [own("weight")], lambda v, x=r["weight"]: exact(x, v))
            fact = self.step(f"{city}/{no}/fact", city)
            self.entry(at + " actual_value", r["actual_value"], [fact],
                       lambda v, x=r["actual_value"]: exact(x, v if isinstance(v, F) else None))
            met, worse = own("met"), own("worse")
            self.wiring(t, at, r, own)
            arg = lambda s, role: next((a for q, a in s.args if q == role), None) if s else None
            target = own("target.in_force") or L.find(city, f"{city}/{no}/{r['year']}/target{tier}")
            for column, s in (("target_value", target), ("baseline", arg(worse, "base") or L.find(city, f"{city}/{no}/{r.get('baseline_year')}/printed")
                                                      or L.find(city, f"{city}/{no}/{r.get('baseline_year')}/published")),
                              ("change", own("change")), ("due", own("due"))):
                if r[column]:
                    self.entry(f"{at} {column}", r[column], [s], lambda v, x=r[column]: exact(x, v))
            if state == "lagged" and own("state") and own("state").params.get("cause") == "lagged":
                self.must(at + " lagged", int(self.years.get((city, no)) or r["year"]) < int(r["year"]), True)

    def wiring(self, t, at, r, own):
        """The steps of a target are done on each other, and on what the plan says of it."""
        args = lambda s, *roles: [(q, a.id) for q, a in s.args if q in roles]
        for s in filter(None, (own("state"), own("points"))):
            if s.op != "open":
                on_the_way = "at_the_end/" if r["kind"] == "average_growth" and not own("completion") else ""
                names = {"met": "met", "completion": on_the_way + "completion", "beyond": on_the_way + "beyond"}
                want = [(k, f"{t}/{name}") for k, name in names.items() if own(name) and own(name).value is not None]
                if s.op == "classify.schedule":
                    want = [("met", f"{t}/met")]
                elif own("completion.kept") and own("completion.kept").value is not None:       # of a ceiling
                    want = [("met", f"{t}/met"), ("completion", f"{t}/completion.kept")]
                self.must(f"{s.id} is of", args(s, "met", "completion", "beyond"), want)
        met, boundary = own("met"), own("boundary")
        if met and boundary and (met.op, boundary.op) == ("reach", "boundary"):
            self.must(f"{boundary.id} is of", (args(boundary, "actual", "target", "slack", "direction"), boundary.params.get("operator")),
                      (args(met, "actual", "target", "slack", "direction"), met.params.get("operator")))
        if met and "operator" in met.params:
            known = ["at_least"] if r["kind"] == "magnitude" else OPERATORS.get(r["operator"], ())
            self.must(at + " operator", met.params["operator"] in known, True)
        for s in [a for x in (met, own("worse")) if x for q, a in x.args if q in ("target", "low", "high") and a.op == "plan.target"]:
            for e in back(s, "curated"):
                self.must(f"{e.id} is of", e.id.split("#")[1].split(".")[1:3], [r["year"], r["tier"]])

    def scores(self):
        words = dict(zip(GRADES, ("优秀", "良好", "合格", "不合格")))
        cities = [r["city"] for r in self.tables["scores"]]
        for r in self.tables["scores"]:
            city = r["city"]
            own = lambda k: self.step(f"{city}/#{k}", city)
            at = f"scores {city} "
            for k in ("met", "assessable", "total", "soft"):
                self.entry(at + k, r[k], [own(k)], show)
            for k in ("rate", "coverage", "score", "score_missing_as_zero", "rate_without_soft"):
                s = own(k)
                self.must(at + k, r[k], "") if s is None else self.entry(at + k, r[k], [s], lambda v: "" if v is None else digits(v, 4))
            self.entry(at + "deducted", r["deducted"], [own("deducted")], lambda v, x=r["deducted"]: exact(x, v))
            self.entry(at + "grade", r["grade"], [own("grade")], lambda v: words.get(v, ""))
            placed = own("placed")
            if placed is None and (w := self.withheld(city)) and w.value:                 # a place that is withheld
                self.must(at + "rank", r["rank"], "")
            else:
                self.entry(at + "rank", r["rank"], [placed] + [own("rank")] * bool(r["rank"] or own("rank")),
                           lambda p, v=None: "" if not p else "a rank" if v is None else show(v))
            for k, column in (("rank.best", "rank_low"), ("rank.worst", "rank_high")):
                if r[column] or own(k):
                    self.entry(at + column, r[column], [own(k)], lambda v: "" if v is None else show(v))
            if r["rank"]:
                tied = sum(x["rank"] == r["rank"] for x in self.tables["scores"]) > 1
                self.must(at + "tied", r["tied"], show(tied))
            self.members(city, r["basis"], own)
        order = self.ledger.find("", "round/#order.rate")
        if order:
            self.must("round/#order.rate of", [a.id for role, a in order.args if role == "x"], [f"{r['city']}/#rate" for r in self.tables["scores"] if r["rank"]])
        for s in [s for s in self.ledger.steps if s.id.startswith("round/#") and s.op == "sum"]:
            self.must(s.id + " of", [a.id for role, a in s.args if role == "x"], [f"{c}/#{s.id[7:]}" for c in cities])

    def members(self, city, basis, own):
        """What is counted is what the tables list."""
        ids = lambda s, role: [a.id for a in s.steps(role)] if s else None
        mine = {t: r for t, r in self.rows.items() if r["city"] == city and "@" not in t and r["origin"] == basis}
        total = [f"{t}/state" for t in mine]
        firm = [f"{t}/state" for t, r in mine.items() if r["target_worse_than_baseline"] != "true"]
        for k in ("total", "assessable", "met", "firm.met", "firm.assessable", *(f"state.{x}" for x in ASSESSABLE | {"in_doubt", "not_reported", "lagged", "not_assessable"})):
            self.must(f"{city}/#{k} of", ids(own(k), "member"), firm if k.startswith("firm") else total)
        self.must(f"{city}/#soft of", ids(own("soft"), "member"), [f"{t}/worse" for t in mine if self.ledger.find(city, f"{t}/worse")])
        judged = [t for t, r in mine.items() if r["state"] in ASSESSABLE]
        for k, rows in (("mean", judged), ("mean_missing_as_zero", list(mine))):
            if own(k):
                self.must(f"{city}/#{k} of", [a.id for _, a in own(k).args],
                          [x for t in rows for x in (f"{t}/points" if t in judged else f"{t}/state", f"{t}/weight")] if judged else [])

    def units(self):
        is_answer = lambda o: o["value_unit"] == "有/无" and o["raw"].strip() == "无"      # 无 is an answer to 有/无
        wrote = {(o["city"], o["unit"], f"{o['city']}/{o['no']}/fact") for o in self.tables["observations"]
                 if o["current"] == "true" and (o["raw"].strip().lower() not in MARKS or is_answer(o))}   # a mark is “not reported” (submissions.md)
        for r in self.tables["units"]:
            w = self.step(f"{r['city']}/workbook/{r['unit']}", r["city"])
            file = next((f for f in w.steps("candidate") if f.value == w.value), None) if w else None
            self.must(f"units {r['city']}/{r['unit']} received", r["received"], file.params.get("received", "") if file else "")
            u = f"{r['city']}/unit/{r['unit']}/{r['role_key']}"
            found = {}
            for k in ("expected", "reported", "met", "assessable", "tasks", "tasks_done"):
                if k == "reported" and r["role_key"] == "shared":
                    self.must(f"units {u} reported", r[k], "")
                    continue
                found[k] = self.step(f"{u}/#{k}", r["city"])
                self.entry(f"units {u} {k}", r[k], [found[k]], show)
            if all(found.values()):
                ids = {k: [a.id for a in s.steps("member")] for k, s in found.items()}
                self.must(f"units {u} of", (ids["assessable"], ids["met"], ids["tasks_done"]), (ids["expected"], ids["expected"], ids["tasks"]))
                if "reported" in ids:
                    facts = [re.sub(r"(@\w+)?/state$", "/fact", i) for i in ids["expected"]]
                    self.must(f"units {u} reported of", ids["reported"], [i for i in facts if (r["city"], r["unit"], i) in wrote])

    def tasks(self):
        words = {"met": "完成", "ongoing": "推进中", "not_started": "未启动", "in_doubt": "待核实", "not_reported": "未报"}
        for r in self.tables["tasks"]:
            t, at = f"{r['city']}/task/{r['task']}", f"tasks {r['city']}/{r['task']} "
            s = self.step(t + "/state", r["city"])
            self.entry(at + "state", r["state"], [s], lambda v: v)
            self.entry(at + "status", r["status"], [s], lambda v: words.get(v))
            if s and r["cell"]:
                self.must(at + "cell", f"{r['file']}[{r['sheet']}]!{r['cell']}" in {c.id for c in back(s, "cell")}, True)
            for no in filter(None, r["missed"].split("、")):
                self.entry(at + "missed " + no, no, [self.step(f"{r['city']}/{no}/met", r["city"])], lambda v: v is False)

    def findings(self):
        """A step of a finding stands in the table, at its place; without a cell of the row or task that it names."""
        at = defaultdict(set)
        for r in self.tables["findings"]:
            own = f"{r['file']}[{r['sheet']}]!{r['cell']}" if r["cell"] else f"{r['file']}[{r['sheet']}]" if r["sheet"] else r["file"]
            for place in (own, *r["related"].split("；")):
                at[r["code"], place].add(r["indicator"])
        for s in [s for s in self.ledger.steps if s.op == "finding"]:
            _, code, place = s.id.rstrip("'").split("/", 2)
            file, _, row = place.rpartition("#")
            held = (code, place) in at or bool({row, f"任务{row}", f"任务 {row}"} & at.get((code, file), set()))
            self.must(s.id, held and s.value == code, True)

    def reads(self):
        """What is read otherwise than it stands there, or not at all, has its finding; years are those that the cells name."""
        at = defaultdict(set)
        for r in self.tables["findings"]:
            for place in (f"{r['file']}[{r['sheet']}]!{r['cell']}", r["file"], *re.split("[；;、 ]", r["related"])):
                at[place].add(r["code"])
        now = json.loads((self.folder.parent / "manifest.json").read_text("utf-8"))["round"]
        for s in self.ledger.steps:
            wrong(s)
            for places, codes in s.asks:
                found = set().union(*(at[p.rstrip("'")] for p in places))
                self.must(f"{s.id} has a finding {codes}", any(c.startswith(codes) for c in found), True)
            if s.op == "absent" and (m := re.fullmatch(r"absent/(.*)/([^/]*)/reported\.(\d+)'*", s.id)):
                told = {r["value"] for r in self.tables["observations"] if (r["city"], r["no"], r["year"], r["current"]) == (m[1], m[2], m[3], "false") and r["value"]}
                self.must(f"{s.id} is told", len(told) == 1, False)
            if s.op == "read":
                year = s.get("year") or ""
                named = years_in(year)
                own = s.params["year"]
                if before := re.search(r"(?:/(\d{4}))?/before[^/]*$", s.id):
                    self.must(f"{s.id} year", own, int(before[1] or now - 1))
                elif len(named) == 1 and max(named) <= now:
                    self.must(f"{s.id} year", own, max(named))
                else:
                    self.must(f"{s.id} year", own, now)
                    if year.strip() and not THIS_YEAR.search(unicodedata.normalize("NFKC", year)):
                        found = at[s.steps("year")[0].id.rstrip("'")]
                        self.must(f"{s.id} has a finding that the year is unclear", "L219" in found, True)

    def counted(self):
        """Counts count the states that their names say."""
        for s in [s for s in self.ledger.steps if s.op == "count"]:
            k, of = s.id.rpartition("#")[2].rstrip("'"), s.params.get("of")
            want = {"assessable": ASSESSABLE, "firm.assessable": ASSESSABLE, "soft.assessable": ASSESSABLE, "intended.assessable": ASSESSABLE,
                    "soft": {"true"}, "moved.better": {"true"}, "moved.worse": {"true"}, "tasks_done": {"met"}}.get(k)
            if k in ("met", "firm.met", "soft.met", "intended.met"):
                want = {"exceeded", "met"} | ({"on_schedule"} & set(of or ()))
                if "on_schedule" in (of or ()):
                    self.ledger.notes["count of what is met counts on_schedule, which is “never 完成” (plan-format.md)"].append(s)
            of_report = {"short": {"missed", "nearly"}, "unmet": {"missed", "nearly", "behind"}, "annual.met": {"exceeded", "met"},
                         "annual.assessable": ASSESSABLE - {"on_schedule", "behind"}, "scheduled": {"on_schedule", "behind"}}
            want = of_report.get(k, want)
            sides = {"reached": REACHED, "missed": ASSESSABLE - REACHED, "open": OPEN}
            if k.startswith("earlier."):
                want = {"assessable": ASSESSABLE, "met": REACHED}[k[8:]]
            if k.startswith("since.") and k != "since.all":
                before, now = k.split(".")[1:]
                want = {f"{a}>{b}" for a in sides[before] for b in sides[now]}
            want = {k[6:]} if k.startswith(("state.", "tasks.")) else want
            self.must(f"{s.id} counts", set(of) if of is not None else None, want)

    def decisions(self):
        """What is counted of decisions is what their table lists, and what rests on them in the ledger."""
        entries = {(s.params.get("file"), str(s.params.get("line", ""))): s for s in reversed(self.ledger.steps) if s.op == "decision"}
        all_of = defaultdict(list)
        for r in self.tables["decisions"]:
            leaf = entries.get((r["file"], r["line"]))
            at = f"decisions {r['file']}:{r['line']}"
            if leaf is None:
                self.faults.append((at, r["kind"], "a step in the ledger"))
                continue
            own = lambda k: self.step(f"{leaf.id}/{k}", leaf.city)
            members = lambda k: {a.id for a in own(k).steps("member")} if own(k) else set()
            differ = len(self.otherwise(r))
            all_of[""].append(leaf.id)
            if r["affects"]:
                self.entry(at + " affects", r["affects"], [own("affects")], show)
                self.must(f"{leaf.id}/affects of", members("affects"), self.resting(leaf, members("affects")))
            if r["before"] in ("error", "warning", "note") and r["kind"] == "waiver":
                told = {s.id for s in own("findings").steps("member")} if own("findings") else {"(no step)"}
                self.must(f"{leaf.id}/findings of", {x.split("/")[1].split(" ")[0] for x in told}, {show(leaf.value)})
                self.must(f"{leaf.id}/findings.told of", members("findings.told") <= told, True)
            self.entry(at + " otherwise", str(differ), [own("otherwise")], show)
            for k, holds in ((".affecting", r["affects"] not in ("", "0")), (".deciding", differ > 0), (".expired", r["until"] != "" and r["in_force"] == "false")):
                all_of[k] += [leaf.id] * holds
        for k in ("", ".affecting", ".deciding", ".expired") if self.tables["decisions"] else ():
            s = self.step(f"round/#decisions{k}", "")
            self.must(f"round/#decisions{k} of", sorted(a.id for a in s.steps("member")) if s else None, sorted(all_of[k]))

    @staticmethod
    def otherwise(r):
        """The verdicts that would be others without a decision."""
        one, other = r["verdict"].split("；"), r["verdict_without"].split("；")
        return [x for x, y in zip(one, other) if x != y] + one[len(other):] + other[len(one):]

    def resting(self, leaf, told):
        """The printed figures that rest on a decision: all of a city's, and of what is told those of several cities that do."""
        seen, todo = set(), [s for s in self.ledger.steps if s.id == leaf.id]
        while todo:
            s = todo.pop()
            for user in s.users:
                if id(user) not in seen:
                    seen.add(id(user))
                    todo.append(user)
        printed = lambda s: re.search(r"\.shown$|/state$", s.id) or re.search(r"/#(\w+(\.best|\.worst)?)$", s.id)
        reached = [s for s in self.ledger.steps if id(s) in seen and printed(s)]
        total = re.compile("/#(" + "|".join(map(re.escape, PRINTED)) + r")(\.shown)?$")
        is_own = lambda s: s.city and "/at_the_end/" not in s.id and (total.search(s.id) or "/#" not in s.id)
        is_shown = lambda s: s.id + ".shown" in self.ledger.by_name
        return {s.id for s in reached if s.id in told or is_own(s) and not is_shown(s)}

    def restatements(self):
        """Both values of an earlier year, and how far they are apart."""
        said, seen = lambda x: lambda v: exact(x, v), Counter()
        for r in self.tables["restatements"]:
            city, no, year = r["city"], r["indicator"], r["ref_year"]
            of, at = f"{city}/{no}/{year}", f"restatements {city}/{no}/{year}"
            own = lambda k: self.step(f"{of}/{k}", city)
            seen[of] += 1
            dash = "'" * (seen[of] - 1)
            if number(r["plan_value"]) is not None:
                self.entry(at + " plan_value", r["plan_value"], [own("printed")], said(r["plan_value"]))
            if number(r["published_value"]) is not None:
                found = [s for s in self.ledger.steps if s.city == city and re.fullmatch(re.escape(of) + r"/published(\.\d+)?", s.id)]
                if r["published_figures"]:
                    found = [s for s in found if re.search(r"\.\d+$", s.id)]
                found = [s for s in found if exact(r["published_value"], s.value)] or found
                self.entry(at + " published_value", r["published_value"], found[:1] or [None], said(r["published_value"]))
            if r["reported_value"]:
                found = [s for s in self.ledger.steps if s.city == city and (s.id.startswith(f"{of}/before") or s.id == f"{city}/{no}/fact" and not r["unit"])
                         and isinstance(s.value, F) and (not r["cell"] or r["cell"] in {c.id for c in back(s, "cell")})]
                self.entry(at + " reported_value", r["reported_value"], found[-1:] or [None], said(r["reported_value"]))
            if r["difference"]:
                step = self.step(f"{of}/restated{dash}", city) or own("restated")
                self.entry(at + " difference", r["difference"], [step], said(r["difference"]))
            others = len([x for x in r["others_if_restated"].split("；") if x])
            self.entry(at + " others", str(others), [self.step(f"{of}/restated/otherwise{dash}", city) or own("restated/otherwise")], show)

    def index(self):
        """Scores and places of the composite index: decimals of twelve digits behind the point; each of its own steps."""
        rounded = lambda x: lambda v: v is None if x == "" else isinstance(v, F) and number(x) == F(digits(v, 12))
        parts, placed = set(), placed_cities(self.ledger)
        reported = lambda s: s.id.endswith("/fact") or s.op in ("bounded", "log", "log.shifted", "scale", "quotient") and any(map(reported, s.steps("x")))
        for r in self.ledger.table("index_scores"):
            part = {"index": "", "dimension": f"d.{r['id']}.", "indicator": f"i.{r['id']}."}.get(r["level"])
            at, of = f"index_scores {r['city']} {r['level']} {r['id']} ", f"{r['city']}/#index."
            self.must(at + "level", part is not None and (of, part) not in parts, True)
            parts.add((of, part))
            own = {k: self.step(f"{of}{part}{k}", "") for k in ("score", "rank", *["coverage"] * (part == ""))}
            score = own["score"]
            if r["level"] == "indicator":
                own["value"] = next((a for role, a in score.args if role == "x"), None) if score and score.op == "normalise" else score or self.not_used(r)
            for column in ("value", "score", "rank", "coverage"):
                s = own.get(column)
                self.must(at + column, r[column], "") if s is None else self.entry(at + column, r[column], [s], rounded(r[column]))
            if r["level"] == "indicator":
                rests = back(own["value"], "bounded") if own["value"] else []
                self.must(at + "treated", r["treated"], show(bool(rests)))
                stands_in = own["value"] is not None and own["value"].value is not None and not reported(own["value"])
                self.must(at + "imputed", r["imputed"], show(stands_in))
                self.must(at + "absent", r["absent"] != "", r["imputed"] == "true" or r["value"] == "")
            if r["level"] == "index" and r["rank"]:
                self.entry(at + "covered", r["rank"], [self.step(f"{of}covered", "")], lambda v: v is True)
        for s in self.ledger.steps:
            m = re.fullmatch(r"([^/#]+/#index\.)((?:[di]\..+\.)?)(score|rank)", s.id)
            if m and s.value is not None and m.groups()[:2] not in parts:
                self.faults.append((s.id, "no row", show(s.value)))
        self.index_wiring(placed)
        self.drawn_places(placed)

    def withheld(self, city):
        return self.ledger.find(city, f"{city}/#withheld")

    def not_used(self, r):
        """The value of an indicator that too few cities have stands there without a score."""
        present, own = self.step(f"round/#index.i.{r['id']}.present", ""), self.step(f"{r['city']}/#index.i.{r['id']}.log", "")
        mine = lambda a: a.city == r["city"] or a.id.startswith(f"{r['city']}/#index.i.{r['id']}.")
        return own or next((a for a in present.steps("member") if mine(a)), None) if present else None

    def index_wiring(self, placed):
        """Steps of the index are done on those of the same city and the same part, statistics on those of all cities with a place."""
        compared = {s.id.split("/")[0] for s in self.ledger.steps if s.id.endswith("/#index.covered") and s.value is True}
        for c in sorted(compared - set(placed)):                     # its place is withheld, or it has no score
            score = self.ledger.find("", f"{c}/#index.score")
            if score and score.value is not None:
                self.must(f"{c}/#index.rank is withheld", bool((w := self.withheld(c)) and w.value), True)
                compared.remove(c)
        ids = lambda s, *roles: [a.id for role, a in s.args if role in roles]
        name = re.compile(r"([^/#]+)/#index\.((?:(?:set|year)\.\d+\.)?(?:[di]\..+?\.)?)([^.]+(?:\.[^.]+)?)'*")
        values, known, done = defaultdict(set), {}, set()
        for s in self.ledger.steps:
            m = name.fullmatch(s.id)
            if s.op == "normalise" and m and m[1] in compared and m[3] == "score":
                values[m[2]] |= {a.id for a in s.steps("x") if a.value is not None}
        for s in self.ledger.steps:
            m = name.fullmatch(s.id) if s.city == "" else None
            if not m:
                continue
            city, part, what = m.groups()
            own = f"{city}/#index.{part}"
            if what == "rank" and s.op == "place.at":
                table = s.steps("places")[0]
                among = known.setdefault(table.id, [a.id for a in table.steps("x") if a.value is not None])
                self.must(f"{s.id} is of", among[int(s.num("position")) - 1:][:1], [own + "score"])
                if (table.id, part) not in done:
                    done.add((table.id, part))
                    scored = {c for c in compared if (y := self.ledger.find("", f"{c}/#index.{part}score")) and y.value is not None}
                    self.must(f"{table.id} is of", {i.split("/")[0] for i in among}, scored)
            if s.op in ("aggregate", "copeland") and (m := re.match(r"set\.(\d+)\.", part)):
                self.must(f"{s.id} set", {i.split("#weights.")[1].split(".")[0] for i in ids(s, "weight") if "#weights." in i} <= {m[1]}, True)
            if what == "rank" and s.op == "rank":
                self.must(f"{s.id} is of", ids(s, "own"), [own + "score"])
            if what == "score" and s.op == "normalise":
                for a in [a for role, a in s.args if role in ("low", "high", "mean", "deviation", "reference", "among") and a.op in STATISTICS]:
                    if city in compared and (a.id, part) not in done:
                        done.add((a.id, part))
                        self.must(f"{a.id} is of", {x.id for x in a.steps("x") if x.value is not None}, values[part])
            if what == "score" and s.op in ("aggregate", "copeland"):
                self.weighed(s, city, part)
            if s.op == "weights.best_case":
                self.of_best(s, compared)
            if s.op == "weights.principal":
                self.of_components(s, compared)
            if what == "class":
                self.must(f"{s.id} is of", ids(s, "score"), [own + "score"])
                self.must(f"{s.id} is of", [i.split("#")[-1] for i in ids(s, "from")], [f"class.{n}.from" for n, _ in enumerate(s.steps("from"), 1)])
            if s.op.startswith("moves."):
                self.must(f"{s.id} is of", ids(s, "moves"), [own + "without.moves"])
            if s.op in ("draws", "draws.classes", "moves"):
                self.must(f"{s.id} is of", s.params.get("of"), "" if city == "round" else city)
            if s.op == "draws.class":
                self.must(f"{s.id} is of", ids(s, "draws"), [own + "class.draws"])
                own_class = ids(s, "class") == [own + "class"]
                self.must(f"{s.id} class", show(s.steps("class")[0].value) if what != "class.own" else own_class, what.rpartition(".")[2] if what != "class.own" else True)
            if s.op in ("draws.quantile", "draws.share") and city != "round":
                self.must(f"{s.id} is of", ids(s, "draws", "place"), [own + "draws"] + [own + "rank"] * (s.op == "draws.share"))
            if s.op == "growth.slope":
                first, last = (f"year.{end(int(i.split('.')[-2]) for i in self.by_year(compared))}.score" for end in (min, max))
                x, y = (s.steps(role) for role in ("x", "y"))
                self.must(f"{s.id} x", [a.steps("x")[0].id for a in x], [f"{a.id.split('/')[0]}/#index.{first}" for a in x])
                self.must(f"{s.id} y", [a.steps("x")[0].id for a in y], [f"{a.id.split('/')[0]}/#index.{last}" for a in x])
            if city == "round" and what in ("mean", "deviation") and part.startswith("year."):
                self.must(f"{s.id} is of", sorted(ids(s, "x")), sorted(i for i in self.by_year(compared) if f".{part}" in i))
            if s.op == "draws.quantile":
                self.must(f"{s.id} percent", what, f"places.{s.params.get('percent')}")
            if s.op == "draws.shift":
                self.must(f"{s.id} is of", ids(s, "draws", "place"), [f"{c}/#index.{k}" for c in placed for k in ("draws", "rank")])
            if s.op == "draws.count":
                self.must(f"{s.id} is of", ids(s, "draws")[0].split("/#")[1:], ["index.class.draws" if what == "class.counted" else "index.draws"])

    def by_year(self, compared):
        """The scores of all years, by what all years have."""
        return [f"{s.id}" for s in self.ledger.steps if re.fullmatch(r"[^/#]+/#index\.year\.\d+\.score", s.id) and s.id.split("/")[0] in compared and s.value is not None]

    def weighed(self, s, city, part):
        """Each score of a part of the same city stands before its own weight."""
        parts = lambda role: [(re.search(r"[#.](?:([di])|dimension|indicator)\.(?P<of>.+)\.(score|weight|within)|#weights\.\d+\.(?P<in_set>.+)", a.id), a.id) for a in s.steps(role)]
        scores, weights = parts("x") or parts("own"), parts("weight")
        there = [i for _, i in scores if not i.startswith("absent/")]              # copeland alone has what is not there in its row
        self.must(f"{s.id} is of", {i.split("/")[0] for i in there} <= {city}, True)
        if all(m for m, _ in scores + weights):
            self.must(f"{s.id} weights", [m["of"] or m["in_set"] for m, _ in weights], [m["of"] for m, _ in scores])
        level = "i" if "d." in part else "d"
        if any(m and m[1] == level for m, _ in scores):
            self.must(f"{s.id} parts", {m and m[1] for m, i in scores if i in there}, {level})

    def of_best(self, s, compared):
        """Best weights are of the scores of the same domains of cities with a place; each city has its own, and its sum and shares are of these."""
        n, of = int(s.num("parts")), [re.fullmatch(r"(.+)/#index\.(d\..+)\.score", a.id) for a in s.steps("x")]
        if not all(of):
            return self.must(f"{s.id} is of", "other steps", "scores of domains")
        self.must(f"{s.id} is of", {m[1] for m in of} <= compared and [m[2] for m in of] == [m[2] for m in of[:n]] * (len(of) // n), True)
        self.must(f"{s.id} is by city", [m[1] for m in of] == [m[1] for m in of[::n] for _ in range(n)], True)
        for w in s.users:
            m = of[int(w.num("position")) - 1]
            self.must(f"{w.id} is of", w.id, f"{m[1]}/#index.best.{m[2]}.weight")
            for u in w.users:
                x = [a.id for a in u.steps("x")]
                self.must(f"{u.id} is of", m[0] in x and [a.id.replace("best.", "") for a in u.steps("weight")] == [i.removesuffix("score") + "weight" for i in x], True)

    def of_components(self, s, compared):
        """Weights out of components are of the scores of the same parts of each city with a place; each part has the number at its own position."""
        of, n = [a.id.split("/#index.") if "/#index." in a.id else None for a in s.steps("x")], int(s.num("parts"))
        rows = [of[k:k + n] for k in range(0, len(of), n)]
        parts = [next((r[k][1] for r in rows if r[k]), None) for k in range(n)]
        self.must(f"{s.id} is of", {x[0] for x in of if x} <= compared and all(len({x[0] for x in r if x}) <= 1 for r in rows), True)
        self.must(f"{s.id} parts", [x for r in rows for x, own in zip(r, parts) if x and x[1] != own], [])
        for w in s.users:
            if w.op == "weight.at":
                own = parts[int(w.num("position")) - 1]
                self.must(f"{w.id} is of", w.id, f"round/#index.{(own or '').removesuffix('score')}weight")

    def drawn_places(self, placed):
        """Draws are counted from one on; their places are places: one more than how many are before them."""
        for n, r in enumerate(self.ledger.table("index_draws"), 1):
            self.must(f"index_draws {n} draw", r["draw"], str(n))
            found = sorted(map(int, r["ranks"].split()))
            self.must(f"index_draws {n} ranks", [p for k, p in enumerate(found) if p != 1 + bisect.bisect_left(found, p)], [])
            classes = list(map(int, r["classes"].split()))
            limits = sorted({s.id for s in self.ledger.steps if re.search(r"index\.toml#class\.\d+\.from$", s.id)})
            self.must(f"index_draws {n} classes", len(classes), len(placed) if classes else 0)
            in_order = sorted(zip(map(int, r["ranks"].split()), classes))
            self.must(f"index_draws {n} classes follow places", [c for _, c in in_order], sorted(classes))
            same = {p: {c for q, c in in_order if q == p} for p, _ in in_order}
            self.must(f"index_draws {n} classes of ties", [p for p, found in same.items() if len(found) != 1], [])
            self.must(f"index_draws {n} classes are", [c for c in classes if not 1 <= c <= len(limits) + 1], [])

    def unpublished(self):
        """Steps of figures that ought to stand in a table and do not."""
        for s in self.ledger.steps:
            figure = re.fullmatch(r"[^/#]+/(task/)?[^/#]+/(fact|state|met|points)", s.id) or "/unit/" in s.id and s.value != 0
            if figure and s.id not in self.used and s.op not in LEAVES:
                self.faults.append((s.id, "no row", show(s.value)))


def nearest(v):
    """The decimal next to a fraction, of as many digits behind the point as there is room for; docs/tables.md."""
    return next((d for places in range(28, -1, -1) if abs(d := F(digits(v, places))) * 10**places < 2**96), None)


def exact(text, v, least=0):
    """Whether a decimal is a value, or where that has more digits than there is room for the next one to it."""
    if v is None or text == "":
        return v is None and text == ""
    return isinstance(v, F) and number(text) is not None and len(text.partition(".")[2]) >= least and F(text) == nearest(v)


# --- 2. the inputs
def as_number(v):
    return v if isinstance(v, F) else F(v) if isinstance(v, int) and not isinstance(v, bool) else number(v) if isinstance(v, str) else None


DEFAULTS = {"bonus": 4, "bonus_total": 20, "not_allowed": 60, "band": 5, "band_points": 5, "late": 0, "evidence": 0, "pace_tolerance": F("0.5"), "decide_gap": 90, "reference": 80}
INDEX_DEFAULTS = {"best_case.least": 0, "best_case.most": 100, "weight": 1, "city_coverage": F("66.7"), "indicator_coverage": 50, "skewness": 2, "kurtosis": F("3.5"), "most": 5, "draws": 10000, "seed": 1, "weight_spread": 25}
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "p": "http://schemas.openxmlformats.org/package/2006/relationships"}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def on_disk(path):
    """A path as the system has it: names of files are written with codes for characters and bytes that deceive (docs/outputs.md)."""
    code = lambda m: chr(int(m[1], 16)).encode() if m[1] else bytes([int(m[2], 16)])
    coded = re.compile(rb"\\u\{([0-9a-f]{1,6})\}|\\x([0-9A-F]{2})")
    return coded.sub(code, path.encode()).decode("utf-8", "surrogateescape")


def reference(ref):
    """Column and row of an address, as numbers."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", ref.replace("$", "")).groups()
    column = 0
    for c in letters:
        column = column * 26 + ord(c) - 64
    return column, int(row)


def xlsx(path):
    """{sheet: {address: text}} of a workbook."""
    with zipfile.ZipFile(path) as z:
        xml = lambda name: ElementTree.fromstring(z.read(name))
        escapes = lambda t: re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), t or "")
        text = lambda e: "".join(escapes(t.text) for r in [e, *e.findall("m:r", NS)] for t in r.findall("m:t", NS))
        shared = [text(e) for e in xml("xl/sharedStrings.xml").findall("m:si", NS)] if "xl/sharedStrings.xml" in z.namelist() else []
        to = {r.get("Id"): r.get("Target") for r in xml("xl/_rels/workbook.xml.rels").findall("p:Relationship", NS)}
        book = {}
        for sheet in xml("xl/workbook.xml").find("m:sheets", NS):
            target = to[sheet.get(REL)]
            cells = book[sheet.get("name")] = {}
            root = xml(target[1:] if target[0] == "/" else "xl/" + target)
            for c in root.iterfind(".//m:c", NS):
                v, kind = c.findtext("m:v", "", NS), c.get("t", "n")
                if kind == "s":
                    v = shared[int(v)]
                elif kind == "inlineStr":
                    v = text(c.find("m:is", NS))
                elif kind == "n" and v:
                    try:
                        v = show(F(repr(float(v))))        # the shortest decimal of what spreadsheets store
                    except ValueError:        # a broken cell: its text as it stands
                        pass
                stored = {"s": "text", "inlineStr": "text", "str": "text", "n": "number"}.get(kind, "other")
                cells[c.get("r")] = (stored if v else "blank", v)
            for area in root.iterfind(".//m:mergeCell", NS):                 # what lies below merged cells is not there
                first, _, last = area.get("ref").partition(":")
                (a, x), (b, y) = map(reference, (first, last or first))
                for ref in [r for r in cells if r != first and a <= reference(r)[0] <= b and x <= reference(r)[1] <= y]:
                    del cells[ref]
        return book


def day_of(text, told):
    """A number as the day that the ledger tells, where it is that day."""
    if not 0 <= float(text) < 2958466:                                          # the years of spreadsheets end with 9999
        return None
    millis = int(float(text) * 86400000.0 + 0.5)
    days, minutes = millis // 86400000, millis % 86400000 // 60000
    clock = f" {minutes // 60:02}:{minutes % 60:02}" if minutes else ""
    for begin in (datetime.date(1899, 12, 30 if days > 60 else 31), datetime.date(1904, 1, 1)):
        try:
            day = "1900-02-29" if begin.year == 1899 and days == 60 else (begin + datetime.timedelta(days)).isoformat()
        except OverflowError:
            continue
        if told == day + clock:
            return told
    return None


def entry(data, of, field, key):
    return next((x for x in data.get(of, ()) if x.get(field) == key), None)


def row_of(data, no):
    return entry(data, "indicator", "no", no) or entry(data, "target", "id", no)


def target_of(targets, year, tier, *otherwise):
    found = [x for x in targets if x.get("year") == year and x.get("tier", "annual") == tier] or [x for x in targets if x.get("recurring")]
    return next(iter(found), *otherwise) if otherwise else found[0]


class Inputs:
    def __init__(self, ledger, root):
        self.ledger, self.root, self.faults, self.counts = ledger, root, [], Counter()
        self.cache = {}
        rounds = {s.id.split("/round.toml#")[0].removeprefix("absent/") for s in ledger.steps if "/round.toml#" in s.id}
        if len(rounds) != 1:
            raise ValueError(f"rounds {rounds}")
        self.round = rounds.pop()
        for s in ledger.steps:
            look = getattr(self, s.op, None) if s.op in ("file", "cell", "line", "curated", "parameter", "decision", "constant", "absent") else None
            if look:
                try:
                    look(s)
                except (KeyError, IndexError, FileNotFoundError, StopIteration) as e:
                    self.bad(s, f"(not found: {e!r})")

    def bad(self, s, expected):
        self.faults.append((s, expected))

    def load(self, path, how):
        if path not in self.cache:
            self.cache[path] = how(path)
        return self.cache[path]

    def hold(self, s, what, got):
        self.counts[what] += 1
        same = got == s.value or None not in (as_number(got), as_number(s.value)) and as_number(got) == as_number(s.value)
        if not same:
            self.bad(s, show(got) if not isinstance(got, (int, datetime.date)) else str(got))

    def file(self, s):
        self.hold(s, "digests of files", hashlib.sha256((self.root / self.round / on_disk(s.id)).read_bytes()).hexdigest())

    def cell(self, s):
        path, sheet, ref = re.fullmatch(r"(.*)\[(.*)\]!(\w+)'*", s.id).groups()
        if [a.id for a in s.steps("file")] != [path]:
            self.bad(s, f"the argument {path}")
        book = self.root / self.round / on_disk(path)
        if not zipfile.is_zipfile(book) or not path.endswith(".xlsx"):
            self.counts["cells of other formats, not read"] += 1
            return
        kind, text = self.load(book, xlsx)[sheet].get(ref, ("blank", ""))
        if kind == "number" and number(text) is None:                  # a broken cell
            kind = "other"
        if kind == "number" and (day := day_of(text, s.value)):         # a number that is shown as a day
            kind, text = "other", day
        if not text.strip():
            kind, text = "blank", text if s.value.strip() == "" else ""
        if s.params.get("stored", kind) != kind:
            self.bad(s, f"stored as {kind}")
        self.hold(s, "texts of cells", s.value if not text.strip() and not s.value.strip() else text)

    def lines(self, path):
        return self.load(path, lambda p: p.read_text("utf-8-sig").replace("\r\n", "\n").split("\n"))

    def line(self, s):
        a, _, b = str(s.params["line"]).partition("-")
        bare = lambda t: re.sub(r"\s", "", t)
        self.counts["quotes on lines"] += 1
        lines = self.lines(self.root / s.params["file"])
        if bare(s.value) not in bare("".join(lines[int(a) - 1:int(b or a)] if a else lines)):
            self.bad(s, "words that stand on that line")

    def toml(self, path):
        return self.load((path, "toml"), lambda p: tomllib.loads(p[0].read_text("utf-8-sig")))

    def begins(self, s, single=False, text=None, section=None):
        """The text of an entry stands between the line where it begins and the next one; tables below it (`[expert.values]`) are of it."""
        lines, first = self.lines(self.root / s.params["file"]), s.params["line"] - 1
        end = next((i for i in range(first + 1, len(lines)) if re.match(rf"\s*\[(?!{section}\.)" if section else r"\s*\[", lines[i])), len(lines))
        part, text = "\n".join(lines[first:first + 1 if single else end]), text or show(s.value)
        self.counts["entries by their line"] += 1
        text = re.escape(text)
        if not re.search(rf'"{text}(\.0*)?"|(?<![\w.]){text}(?![\w.])|"-?{text}[^\d."]+"', part):
            self.bad(s, f"an entry at line {first + 1}")

    def earlier(self, file):
        """A file below the input root; of an earlier output where round.toml says that it lies, unless it is there."""
        path, m = self.root / file, re.fullmatch(re.escape(self.round) + r"/previous-(\d+)/(.*)", file)
        if m and not path.exists():
            entry = self.toml(self.root / self.round / "round.toml")["previous"][int(m[1]) - 1]
            path = self.root / self.round / entry["output"] / m[2]
        return path

    def curated(self, s):
        if s.params["file"].endswith("/index.toml"):
            return self.of_index(s)
        if "line" in s.params and not s.params["file"].endswith(".csv"):
            self.begins(s)
        if s.params["file"].endswith(".csv"):        # published.csv: the value stands in its line
            line = self.lines(self.earlier(s.params["file"]))[s.params["line"] - 1]
            return self.hold(s, "entries of published values", s.value if show(s.value) in line else line)
        data, name = self.toml(self.root / s.params["file"]), s.id.split("#", 1)[1].rstrip("'")
        key, _, field = name.rpartition(".")
        if s.params["file"].endswith("round.toml"):
            found = data[key][field]
            return self.hold(s, "entries by their name", found.isoformat() if isinstance(found, datetime.date) else found)
        if s.params["file"] == "catalogue.toml":
            return self.hold(s, "entries by their name", self.of_row(s, entry(data, "indicator", "id", key), field))
        if key == "plan" or key.startswith("task."):
            return self.hold(s, "entries by their name", (data["plan"] if key == "plan" else entry(data, "task", "no", key[5:]))[field])
        no, *rest = name.split(".")
        row = row_of(data, no)
        if row is None:
            raise KeyError(name)
        if len(rest) == 1 and not rest[0].isdecimal():
            return self.hold(s, "entries by their name", self.of_row(s, row, rest[0]))
        if len(rest) == 1:
            return self.hold(s, "entries by their name", next(v for v in row["value"] if v["year"] == int(rest[0]))["value"])
        targets = row["target"] if "target" in row else [row]
        if rest[1] == "quota":
            return self.hold(s, "entries by their name", next(q for q in row["quota"] if q["area"] == ".".join(rest[2:]) and q["year"] == int(rest[0]))["value"])
        target = target_of(targets, int(rest[0]), rest[1])
        self.hold(s, "entries by their name", self.of_target(s, row, target, rest[2]))

    def of_row(self, s, row, field):
        """A field of a row, or what holds where the file leaves it out (plan-format.md)."""
        if field == "direction" and field not in row:
            self.ledger.notes["curated direction that the plan does not give: the default"].append(s)
            return "rank" if row.get("kind") == "rank" else "higher"
        if field == "unit":
            return s.value if unit(row.get("unit", "")) == unit(s.value) else row.get("unit", "")
        return row[field]

    def of_target(self, s, row, target, field):
        if field == "year":
            return target.get("year", int(s.id.split("#", 1)[1].split(".")[1]))
        if field == "undated":
            return str(target.get(field, False)).lower()
        if field == "due":
            return str(target[field])
        if field == "tolerance":
            return re.match(r"-?[\d.]+", str(target[field]))[0]
        if field == "value" and "value" not in target and "kind" in target:
            return target["reference"]
        if field == "kind" and field not in target:
            return self.usual_kind(row, target)
        return target[field]

    def usual_kind(self, row, target):
        """What a kind that is left out is (plan-format.md); unit and direction may stand in the catalogue."""
        listed = entry(self.toml(self.root / "catalogue.toml"), "indicator", "id", row.get("id")) or {}
        own = lambda field: row.get(field, listed.get(field, ""))
        if "undefined" in target and "value" not in target:
            return "undefined"
        return "qualitative" if unit(own("unit"))[0] == "presence" else "interval" if own("direction") == "interval" else "level"

    def absent(self, s):
        """What was looked for is not there."""
        self.counts["looked for and not there"] += 1
        name = s.id.removeprefix("absent/").rstrip("'")
        file, _, key = name.partition("#")
        path = self.root / file
        if not key or not path.exists():
            return
        if file.endswith(".csv"):
            no, _, year = key.rpartition(".")
            lines = csv.DictReader(self.lines(path))
            found = any(r.get("no") == no and r.get("year") == year for r in lines)
        elif file.endswith("round.toml"):
            kind, city, no = key.split(".", 2)
            found = any(e.get("city") == city and (e.get("target") or e.get("indicator")) == no for e in self.toml(path).get(kind, ()))
        else:
            found = self.in_plan(self.toml(path), key)
        if found:
            self.bad(s, "an entry that is not there")

    def in_plan(self, data, key):
        no, *rest = key.split(".")
        if no == "plan":
            return rest[0] in data["plan"]
        row = row_of(data, no) or {}
        targets = row["target"] if "target" in row else [row]
        if rest == ["earlier"]:
            now = int(self.round.rpartition("/")[2]) if self.round.rpartition("/")[2].isdecimal() else 0
            levels = (None, "level", "coverage")
            return any(t.get("year", 9999) < now and t.get("tier", "annual") in ("annual", "assessed") and t.get("kind") in levels and t is not row for t in targets)
        if len(rest) == 1 and rest[0].isdecimal():
            return any(v["year"] == int(rest[0]) for v in row.get("value", ()) if isinstance(v, dict)) if isinstance(row.get("value"), list) else False
        if len(rest) == 1:
            return rest[0] in row
        if rest[1:] == ["target"]:
            return any(t.get("year") == int(rest[0]) or t.get("recurring") for t in targets)
        return bool(target_of(targets, int(rest[0]), rest[1], {}).get(rest[2]))

    def of_index(self, s):
        """An entry of index.toml by its key: of a list by its id or its place; what the file does not write has its default."""
        section, _, key = s.id.split("#", 1)[1].rstrip("'").partition(".")
        found, of = self.toml(self.root / s.params["file"]).get(section, {}), ""
        if isinstance(found, list):
            of, _, key = key.partition(".") if section in ("class", "expert", "weights") else key.rpartition(".")
            found = next((e for n, e in enumerate(found, 1) if (str(n) if section in ("class", "expert", "weights") else e.get("id")) == of), None)
        if found is None:
            return self.bad(s, f"an entry {section} {of}")
        v = found.get(key, next((e[key] for e in found.values() if isinstance(e, dict) and key in e), None))
        if ("line" in s.params) != (v is not None):
            self.bad(s, "a line if and only if the file gives the parameter")
        if v is None:
            v = INDEX_DEFAULTS.get(f"{section}.{key}", INDEX_DEFAULTS.get(key))
            self.counts["parameters of the index that the file leaves out"] += 1
        elif "line" in s.params:
            self.begins(s, text=str(v), section=section)
        self.hold(s, "parameters of the index", v if v is None or isinstance(v, str) else F(str(v)))

    def parameter(self, s):
        if s.params["file"].endswith("/index.toml"):
            return self.of_index(s)
        if "line" in s.params:
            self.begins(s, single=True)
        key = s.id.split("#", 1)[1].rstrip("'").split(".")
        method = self.toml(self.root / s.params["file"])["method"]
        v = method[key[1]][int(key[2]) - 1] if len(key) == 3 else method.get(key[1], DEFAULTS.get(key[1]))
        if ("line" in s.params) != (key[1] in method):
            self.bad(s, "a line if and only if the file gives the parameter")
        self.hold(s, "parameters", F(str(v)))

    def decision(self, s):
        grades = {"excellent": "优秀", "good": "良好", "fair": "合格", "poor": "不合格"}
        text = show(s.value)
        text = grades.get(text, text)
        if s.params["file"].endswith("/queries.csv"):
            return self.accepted(s, text)
        if s.params["kind"] == "decision":                           # words of people, which may be written in several ways
            if "[[decision]]" not in self.lines(self.root / s.params["file"])[s.params["line"] - 1]:
                self.bad(s, "an entry at that line")
        else:
            self.begins(s, text=text)
        data, name = self.toml(self.root / s.params["file"]), s.id.split("#", 1)[1].rstrip("'")
        entry = self.amendment(s, data, name) if s.params["kind"] == "amendment" else data[name.partition(".")[0]][int(name.partition(".")[2]) - 1]
        self.counts["decisions"] += 1
        if not any(v == text or number(text) is not None and number(v) == number(text) for v in map(str, entry.values())):
            self.bad(s, f"one of {entry}")
        # Who decided, when and why: as the entry has it, which has other names for it in some lists (round-format.md, plan-format.md).
        named = {"by": {"waiver": "owner", "amendment": "authority"}, "basis": {"benchmark": "source"}}
        for k in ("by", "on", "until", "reason", "basis"):
            own = str(entry.get(named.get(k, {}).get(s.params["kind"], k), ""))
            if s.params.get(k, "") != own:
                self.bad(s, f"{k} {own}")

    def accepted(self, s, code):
        """An answer to a query that was accepted: the line of its acceptance in the register, one event a line (docs/queries.md)."""
        rows = list(csv.reader((self.root / s.params["file"]).read_text("utf-8-sig").splitlines()))
        plain = lambda t: t[1:] if t.startswith("'") else t
        row = dict(zip(rows[0], map(plain, rows[s.params["line"] - 1])))
        self.counts["decisions"] += 1
        number, item = s.id.split("#", 1)[1].rstrip("'").rpartition(".")[::2]
        told = {"kind": "waiver", "by": row["经办人"], "on": row["时间"], "until": "", "reason": row["理由"], "basis": f"查询单{number}第{item}条"}
        if (row["事件"], row["查询单"], row["条"], row["代码"]) != ("采纳", number, item, code):
            self.bad(s, f"an acceptance of {number} {item} {code}")
        for k, own in told.items():
            if s.params.get(k, "") != own:
                self.bad(s, f"{k} {own}")

    def amendment(self, s, data, name):
        """The amendment of a target: of those of its row and day the one with that value."""
        of, _, day = name.partition(".amendment.")
        row = row_of(data, of.rpartition(".")[0])
        targets = row["target"] if "target" in row else [row]
        return next(a for t in targets for a in t.get("amendment", ()) if str(a["on"]) == day and str(a["value"]) == show(s.value))

    def constant(self, s):
        name = s.id.removeprefix("constant/").rstrip("'")
        if number(name) is not None:
            self.hold(s, "constants by their name", number(name))


# --- 4. alterations
def altered(v, estimated=False):
    if v is None:
        return F(1)
    if estimated:
        return v + F(1, 10**3)
    if isinstance(v, bool):
        return not v
    if isinstance(v, F):
        return v + F(1, 10**6)
    return v + "·"


def alter(ledger, published, words):
    missed, derived = [], [s for s in ledger.steps if s.op not in LEAVES and not isinstance(s.value, tuple) and s.id not in ESTIMATED]
    for s in derived:
        kept, s.value = s.value, altered(s.value, s.op == "estimate")
        if s.kind == "word":                                 # another word of its operation
            s.value = next(w for w in sorted(words[s.op]) + ["other"] if w != kept)
        noticed = any(wrong(u) is not None for u in [s, *s.users]) or any(published.check(e) is not None for e in published.of[id(s)])
        s.value = kept
        missed += [] if noticed else [s]
    return len(derived), missed


def tell(title, items, show_item, most=40):
    print(f"{title}: {len(items)}")
    for x in items[:most]:
        print("   ", show_item(x))
    if len(items) > most:
        print(f"    … and {len(items) - most} more")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("output", type=Path)
    ap.add_argument("--inputs", type=Path)
    ap.add_argument("--alter", action="store_true")
    o = ap.parse_args()
    try:
        ledger = Ledger(o.output / "tables" / "derivation.csv")
        published = Published(ledger, o.output / "tables")
        differ = [(s, w) for s in ledger.steps if (w := wrong(s)) is not None]
        as_stated = dict(STATED)
        if o.inputs and not o.inputs.is_dir():
            raise FileNotFoundError(o.inputs)
        inputs = Inputs(ledger, o.inputs) if o.inputs else None
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, ElementTree.ParseError) as e:
        print(f"cannot read: {e!r}", file=sys.stderr)
        return 2
    leaves = Counter(s.op for s in ledger.steps if s.op in LEAVES)
    unknown = [s for s in ledger.steps if s.op not in LEAVES and s.op not in OPS]
    print(f"steps: {len(ledger.steps)}\ndone again: {len(ledger.steps) - leaves.total() - len(unknown) - len(ESTIMATED)}\nleaves: {leaves.total()}"
          f" ({', '.join(f'{k} {n}' for k, n in sorted(leaves.items()))})")
    estimates = [s for s in ledger.steps if s.op == "estimate"]
    if estimates:
        print(f"estimated: {len(estimates)}, of these done again in floating point {len(estimates) - len(ESTIMATED)}, only that it is a number {len(ESTIMATED)}")
    print(f"done again with something taken as stated: {sum(as_stated.values())}")
    for k, n in sorted(as_stated.items()):
        print(f"    {k}: {n}")
    tell("unknown operations", unknown, lambda s: f"{s.id}  {s.op}")
    tell("dangling arguments and names", ledger.dangling, lambda x: f"{x[0].id}  {x[0].op}  {x[1]}")
    tell("forward references", ledger.forward, lambda x: f"{x[0].id}  {x[0].op}  {x[1]}")
    tell("differing", differ, lambda x: f"{x[0].id}  {x[0].op}  recorded {show(x[0].value)}  expected {x[1]}")
    bad = [(e, w) for e in published.entries if (w := published.check(e)) is not None]
    faults = published.faults + [(e[0], e[1], w) for e, w in bad]
    print(f"entries of published tables held against steps: {len(published.entries)}")
    tell("published differing", faults, lambda x: f"{x[0]}  stands {x[1][:200]!r}  expected {x[2][:200]}")
    if inputs:
        print("looked up in the inputs: " + ", ".join(f"{k} {n}" for k, n in sorted(inputs.counts.items())))
        tell("inputs differing", inputs.faults, lambda x: f"{x[0].id}  {x[0].op}  recorded {show(x[0].value)}  expected {x[1]}")
    print("beyond the documentation (told, no failure):")
    for k, ss in sorted(ledger.notes.items()):
        print(f"    {k}: {len(ss)}, as {ss[0].id}")
    missed = []
    if o.alter:
        words = defaultdict(set)
        for s in ledger.steps:
            words[s.op] |= {s.value} if s.kind == "word" else set()
        n, missed = alter(ledger, published, words)
        print(f"alterations: {n}, noticed {n - len(missed)}")
        for k, c in sorted(Counter(s.op for s in missed).items()):
            print(f"    not noticed: {k} {c}, as {next(s.id for s in missed if s.op == k)}")
    fail = as_stated or unknown or ledger.dangling or ledger.forward or differ or faults or (inputs and inputs.faults) or missed
    return 1 if fail else 0


if __name__ == "__main__":
    sys.exit(main())
