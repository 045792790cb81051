#!/usr/bin/env python3
"""Does the ledger of an output again. Written from docs/ alone; see README.md.

usage: check.py OUTPUT [--inputs INPUT] [--alter]      exit 0: all agrees, 1: something does not, 2: unreadable
"""
import argparse, csv, hashlib, json, re, sys, tomllib, zipfile
from collections import Counter, defaultdict
from fractions import Fraction as F
from pathlib import Path
from xml.etree import ElementTree

ASSESSABLE = {"exceeded", "met", "nearly", "missed", "on_schedule", "behind"}
PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
LEAVES = {"file": "", "cell": "file", "line": "", "curated": "", "parameter": "", "decision": "", "finding": "", "absent": "", "constant": ""}
LEAF_PARAMS = {"file": "version received", "cell": "stored", "line": "file line", "curated": "file line", "parameter": "file line",
               "decision": "file line kind what", "finding": "", "absent": "what", "constant": ""}


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
        self.args, self.users = [], []

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
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NUMERALS = dict(zip("零〇一二三四五六七八九", "00123456789"))


def unit_scale(unit):
    k = 1
    while unit[:1] in SCALES and len(unit) > 1:
        k, unit = k * SCALES[unit[0]], unit[1:]
    return k, unit


def factor(s, unit_from, unit_to):
    """up ÷ down, held against the two units where they differ by a scale alone."""
    k, (a, x), (b, y) = s.num("up") / s.num("down"), unit_scale(unit_from), unit_scale(unit_to)
    ask(x != y or k == F(a, b), f"{unit_from} to {unit_to} is {show(F(a, b))}")
    if x != y:
        stated(s, "factor between units")
    return k


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
    year, nature = s.get("year") or "", s.get("nature") or ""
    # A year after the round's is no year of a value; a finding withholds it then.
    ask(not re.fullmatch(r"\d{4}", year) or int(year) == s.params["year"] or int(year) > s.params["year"], f"the year is {year}")
    ask(nature not in ("实际", "预计", "快报", "最终", "已公布") or nature == s.params["vintage"], f"the kind of value is {nature}")
    if not nature and s.params["vintage"] != "实际" or year and not re.fullmatch(r"\d{4}", year):
        stated(s, "year or vintage")
    return s.need("cell")


def parse_number(s):
    text = s.need("text")
    if "as_number" not in s.params:
        ask(number(text) is not None, f"{text!r} is no plain decimal")
        return number(text)
    if number(text) is not None and abs(number(text)) < F(1, 10**28) and s.params["as_number"] == "0":
        return F(0)                                                              # less than any digit that is kept
    told, core = str(s.params["as_number"]), lambda t: re.sub(r"[^0-9]", "", t).strip("0")
    plain = "".join(str(int(c)) if c.isdecimal() else NUMERALS.get(c, c) for c in re.sub(r"[\s,，十百千]", "", text))
    if "全覆盖" in text and told == "100" or text.strip() in MARKS and told == "0":      # submissions.md, against operations.md
        stated(s, "as_number of a text without digits")
        return number(told)
    fifteen = f"{float(text):.15g}" if number(text) is not None else ""        # stored numbers: fifteen digits
    ask(core(told) in {core(g) for g in re.findall(r"[0-9.．]+", plain)} | {core(fifteen)}, f"the digits of {told} are not those of {text!r}")
    stated(s, "as_number, but for its digits")
    return number(told)


def parse_word(s):
    text, told = s.need("text").strip(), s.params.get("as_word", s.need("text"))
    ask(WORDS.get(text, told) == told, f"{text!r} is {WORDS.get(text)}")
    if text not in WORDS:
        stated(s, "a word of no list")
    return told


def parse_nothing(s):
    text = str(s.get("text") if s.get("text") is not None else "").strip()
    if text.lower() not in MARKS:
        stated(s, "a number that counts for nothing" if number(text) is not None else "words or a unit that count for nothing")


def pick_version(s):
    c, n = s.steps("candidate"), s.params.get("chosen")
    if n is None:
        return None
    ask(1 <= n <= len(c), "no candidate at that place")
    version = [tuple(map(int, re.findall(r"\d+", f.params.get("version", "")))) for f in c]
    received = [(f.params.get("registered", False), f.params.get("received", "")) for f in c]
    ties = [i for i, v in enumerate(version) if v == max(version)]
    if len(c) > 1 and (not all(version) or len(ties) > 1 and not all(received[i][1] for i in ties)):
        stated(s, "which of several is the latest")
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


def pick_finest(s):
    v = side(s).value
    for x in s.all("side"):
        ask(x == v or places_of(x) < places_of(v) and F(digits(v, places_of(x))) == x, f"{show(x)} is not {show(v)} with fewer digits")
    return v


def pick_preferred(s):
    by = {r.params.get("by") for r in back(side(s), "read")}
    ask(by == {s.need("decision")}, f"that side is of {by}")
    return side(s).value


def pick_sole(s):
    ask(len(s.all("side")) == 1, f"{len(s.all('side'))} sides have a value")
    return s.need("side")


op("read", "cell number name unit nature year evidence note heading workbook", "year vintage by", read)
op("parse.number", "text", "as_number", parse_number)
op("parse.word", "text", "as_word", parse_word)
op("parse.nothing", "text", "", parse_nothing)
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


def growth_mean(s):
    n, g, one = int(s.num("years")), growth(s), 10**40
    if n == 1 or g is None:
        return g
    q, lo, hi = 1 + g / 100, 0, one * (int(g / 100) + 3)
    while hi - lo > 1:                            # the n-th root by halving, to forty digits
        mid = (lo + hi) // 2
        lo, hi = (mid, hi) if F(mid, one) ** n <= q else (lo, mid)
    return F(digits(F(lo * 100, one) - 100, 20))


def of_plan(s):
    """The number of the entry; it stands in the words quoted, else its unit or numerals are other ones there."""
    entry, quote = s.get("entry"), s.get("quote")
    if number(entry) is not None and quote and number(entry) not in map(F, re.findall(r"\d+(?:\.\d+)?", quote)):
        stated(s, "the quote says the number in other words")
    return number(entry)


for name, roles, params in (("plan.target", "entry quote", ""), ("plan.value", "entry quote", "year"),
                            ("published.value", "entry quote", "year"), ("benchmark", "entry", "name")):
    op(name, roles, params, of_plan if name.startswith("plan") else of_entry)
op("plan.magnitude", "entry", "least up down", magnitude)
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


CAUSES = {c: w for w, cs in {"in_doubt": "doubt conflict reference_doubt", "not_reported": "missing", "lagged": "lagged reference_lagged",
                             "not_assessable": "plan_open reference_open base_open not_due"}.items() for c in cs.split()}


def without_verdict(s):
    cause = s.params.get("cause")
    ask(cause in CAUSES, f"unknown cause {cause}")
    ask(cause != "doubt" or s.all("finding"), "no finding")
    ask(cause not in ("conflict", "missing") or s.steps("fact") and s.get("fact") is None, "the fact has a value, or there is none")
    if cause not in ("doubt", "conflict", "missing"):
        stated(s, f"cause {cause}")
    return CAUSES[cause]


op("reach", "actual target slack direction", "operator", lambda s: stands(s, s.need("actual"), s.need("target")))
op("reach.range", "actual low high direction", "",
   lambda s: s.need("actual") <= s.need("high") if less_is_better(s) else s.need("actual") >= s.need("low"))
op("reach.interval", "actual low high", "", lambda s: inside(s, s.need("actual")))
op("reach.all", "actual target slack direction", "operator",
   lambda s: bool(s.all("target")) and all(stands(s, s.need("actual"), t, k) for k, t in enumerate(s.all("target"))))
op("reach.word", "actual", "", lambda s: s.need("actual") == "有")
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
op("open", "fact finding row", "cause", without_verdict)


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
    try:
        rests(s)
        v = OPS[s.op][2](s)
    except (Wrong, ArithmeticError, ValueError, TypeError, LookupError, AttributeError) as e:
        return f"({e})"
    return None if v == s.value and type(v) is type(s.value) else show(v)


class Ledger:
    def __init__(self, path):
        self.steps = [Step(i, row) for i, row in enumerate(rows_of(path))]
        self.by_name = defaultdict(list)
        for s in self.steps:
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

    def beyond(self):
        """What the ledger does and the documentation does not say; told, and no failure by itself."""
        for s in self.steps:
            roles, params = (set(LEAVES[s.op].split()), set(LEAF_PARAMS[s.op].split())) if s.op in LEAVES else OPS.get(s.op, ({"*"}, set()))[:2]
            for r in {r for r, _ in s.refs} - roles - set(RESTS_ON) if "*" not in roles else ():
                self.notes[f"{s.op} has an argument “{r}”, which is not documented"].append(s)
            for p in set(s.params) - params:
                self.notes[f"{s.op} has a parameter “{p}”, which is not documented"].append(s)
            if s.op == "plan.target" and s.value is None:
                self.notes["plan.target gives nothing: the entry is no number"].append(s)
            if s.op == "plan.magnitude" and s.get("entry") is None:
                self.notes["plan.magnitude rests on an entry without a value; its word was taken from the step behind"].append(s)
            if s.op == "count" and "of" not in s.params and any(a.value is None for a in s.steps("member")):
                self.notes["count counts members that have no value"].append(s)
            if s.op == "file" and "received" not in s.params:
                self.notes["file without “received”"].append(s)
            if s.op == "finding" and " " not in s.id:
                self.notes["finding whose name is not `finding/CODE place`"].append(s)
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
OPERATORS = {"≥": ["at_least"], ">": ["more_than", "surpass"], "≤": ["at_most"], "<": ["less_than"], "≈": ["about"], "=": ["equal"]}


class Published:
    """Entries of the published tables, each a function of steps: check() tells what should stand there."""

    def __init__(self, ledger, folder):
        self.ledger, self.folder, self.entries, self.of, self.faults = ledger, folder, [], defaultdict(list), []
        self.used = set()
        self.tables = {t: self.read(t) for t in ("facts", "assessments", "scores", "units", "tasks", "findings", "observations")}
        for part in (self.facts, self.assessments, self.scores, self.units, self.tasks, self.findings, self.counted, self.unpublished):
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
                want = [(k, f"{t}/{k}") for k in ("met", "completion", "beyond") if own(k) and own(k).value is not None]
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
            self.must("round/#order.rate of", [a.id for _, a in order.args], [f"{r['city']}/#rate" for r in self.tables["scores"] if r["rank"]])
        for s in [s for s in self.ledger.steps if s.id.startswith("round/#") and s.op == "sum"]:
            self.must(s.id + " of", [a.id for _, a in s.args], [f"{c}/#{s.id[7:]}" for c in cities])

    def members(self, city, basis, own):
        """What is counted is what the tables list."""
        ids = lambda s, role: [a.id for a in s.steps(role)] if s else None
        mine = {t: r for t, r in self.rows.items() if r["city"] == city and "@" not in t and r["origin"] == basis}
        total = [f"{t}/state" for t in mine]
        firm = [f"{t}/state" for t, r in mine.items() if r["target_worse_than_baseline"] != "true"]
        for k in ("total", "assessable", "met", "firm.met", "firm.assessable", *(f"state.{x}" for x in ASSESSABLE | set(CAUSES.values()))):
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
        places = defaultdict(str)
        for r in self.tables["findings"]:
            places[r["code"]] += f"{r['file']}[{r['sheet']}]!{r['cell']}；{r['file']}；{r['related']}；"
        for s in self.ledger.steps:
            m = re.fullmatch(r"finding/(\w+)[ /](.*?)'*", s.id) if s.op == "finding" else None
            if s.op == "finding":
                self.must(s.id, bool(m) and s.value == m[1] and m[2] in places[m[1]], True)

    def counted(self):
        """Counts count the states that their names say."""
        for s in [s for s in self.ledger.steps if s.op == "count"]:
            k, of = s.id.rpartition("#")[2], s.params.get("of")
            want = {"assessable": ASSESSABLE, "firm.assessable": ASSESSABLE, "soft": {"true"}, "tasks_done": {"met"}}.get(k)
            if k in ("met", "firm.met", "soft.met"):
                want = {"exceeded", "met"} | ({"on_schedule"} & set(of or ()))
                if "on_schedule" in (of or ()):
                    self.ledger.notes["count of what is met counts on_schedule, which is “never 完成” (plan-format.md)"].append(s)
            of_report = {"short": {"missed", "nearly"}, "unmet": {"missed", "nearly", "behind"}, "annual.met": {"exceeded", "met"}}
            want = of_report.get(k, want)
            want = {k[6:]} if k.startswith(("state.", "tasks.")) else want
            self.must(f"{s.id} counts", set(of) if of is not None else None, want)

    def unpublished(self):
        """Steps of figures that ought to stand in a table and do not."""
        for s in self.ledger.steps:
            figure = re.fullmatch(r"[^/#]+/(task/)?[^/#]+/(fact|state|met|points)", s.id) or "/unit/" in s.id and s.value != 0
            if figure and s.id not in self.used and s.op not in LEAVES:
                self.faults.append((s.id, "no row", show(s.value)))


def exact(text, v, least=0):
    """Whether a decimal is a value: exactly, or where it never ends rounded, to twelve digits or more."""
    if v is None or text == "":
        return v is None and text == ""
    if not isinstance(v, F) or number(text) is None or len(text.partition(".")[2]) < least:
        return False
    return F(text) == v or "/" in show(v) and len(text.partition(".")[2]) >= 12 and digits(v, len(text.partition(".")[2])) == text


# --- 2. the inputs
DEFAULTS = {"bonus": 4, "bonus_total": 20, "not_allowed": 60, "band": 5, "band_points": 5, "late": 0, "evidence": 0, "pace_tolerance": F("0.5"), "decide_gap": 90, "reference": 80}
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "p": "http://schemas.openxmlformats.org/package/2006/relationships"}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def on_disk(path):
    """A path as the system has it: names of files are written with codes for characters and bytes that deceive (docs/outputs.md)."""
    code = lambda m: chr(int(m[1], 16)).encode() if m[1] else bytes([int(m[2], 16)])
    coded = re.compile(rb"\\u\{([0-9a-f]{1,6})\}|\\x([0-9A-F]{2})")
    return coded.sub(code, path.encode()).decode("utf-8", "surrogateescape")


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
            for c in xml(target[1:] if target[0] == "/" else "xl/" + target).iterfind(".//m:c", NS):
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
        return book


class Inputs:
    def __init__(self, ledger, root):
        self.ledger, self.root, self.faults, self.counts = ledger, root, [], Counter()
        self.cache = {}
        rounds = {s.id.split("/round.toml#")[0] for s in ledger.steps if "/round.toml#" in s.id}
        if len(rounds) != 1:
            raise ValueError(f"rounds {rounds}")
        self.round = rounds.pop()
        for s in ledger.steps:
            look = getattr(self, s.op, None) if s.op in ("file", "cell", "line", "curated", "parameter", "decision", "constant") else None
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
        if got != s.value:
            self.bad(s, show(got))

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
        if s.params.get("stored", kind) != kind:
            self.bad(s, f"stored as {kind}")
        self.hold(s, "texts of cells", text)

    def lines(self, path):
        return self.load(path, lambda p: p.read_text("utf-8-sig").replace("\r\n", "\n").split("\n"))

    def line(self, s):
        a, _, b = str(s.params["line"]).partition("-")
        bare = lambda t: re.sub(r"\s", "", t)
        self.counts["quotes on lines"] += 1
        if bare(s.value) not in bare("".join(self.lines(self.root / s.params["file"])[int(a) - 1:int(b or a)])):
            self.bad(s, "words that stand on that line")

    def toml(self, path):
        return self.load((path, "toml"), lambda p: tomllib.loads(p[0].read_text("utf-8-sig")))

    def begins(self, s, single=False, text=None):
        """The text of an entry stands between the line where it begins and the next one."""
        lines, first = self.lines(self.root / s.params["file"]), s.params["line"] - 1
        end = next((i for i in range(first + 1, len(lines)) if lines[i].lstrip().startswith("[")), len(lines))
        part, text = "\n".join(lines[first:first + 1 if single else end]), text or show(s.value)
        self.counts["entries by their line"] += 1
        if f'"{text}"' not in part and not re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.])", part):
            self.bad(s, f"an entry at line {first + 1}")

    def curated(self, s):
        if "line" in s.params:
            self.begins(s)
        if s.params["file"].endswith(".csv"):        # published.csv: the value stands in its line
            line = self.lines(self.root / s.params["file"])[s.params["line"] - 1]
            return self.hold(s, "entries of published values", s.value if show(s.value) in line else line)
        data, name = self.toml(self.root / s.params["file"]), s.id.split("#", 1)[1].rstrip("'")
        entry = lambda of, field, key: next((x for x in data.get(of, ()) if x.get(field) == key), None)
        key, _, field = name.rpartition(".")
        no, *rest = name.split(".")
        if s.params["file"] == "catalogue.toml":
            row, rest = entry("indicator", "id", key), [field]
        elif no in ("plan", "task"):
            row, rest = data["plan"] if key == "plan" else entry("task", "no", key[5:]), [field]
        else:
            row = entry("indicator", "no", no) or entry("target", "id", no)
        if row is None:
            raise KeyError(name)
        if rest == ["direction"] and "direction" not in row:
            self.ledger.notes["curated direction that the plan does not give: the default"].append(s)
            return self.hold(s, "entries by their name", "rank" if row.get("kind") == "rank" else "higher")
        if len(rest) == 1 and rest[0].isdecimal():
            row, rest = next(v for v in row["value"] if v["year"] == int(rest[0])), ["value"]
        elif len(rest) == 3 and rest[1] == "amendment":
            targets = row["target"] if "target" in row else [row]
            all_of = [a for t in targets for a in t.get("amendment", ()) if str(a["on"]) == rest[2]]
            row, rest = next(a for a in all_of if str(a["value"]) == show(s.value)), ["value"]
        elif len(rest) == 3 and rest[0].isdecimal():
            targets = row["target"] if "target" in row else [row]
            row = next((x for x in targets if x.get("year") == int(rest[0]) and x.get("tier", "annual") == rest[1]), None) or \
                next(x for x in targets if x.get("recurring"))
            rest = rest[2:]
        elif len(rest) != 1:
            return self.ledger.notes["curated entry whose name is not documented: not looked up by name"].append(s)
        elif rest != ["direction"]:
            self.ledger.notes["curated entry of a name that is not documented (FIELD of an entry)"].append(s)
        self.hold(s, "entries by their name", row[rest[0]])

    def parameter(self, s):
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
        self.begins(s, text=text)
        kind, _, n = s.id.split("#", 1)[1].rstrip("'").partition(".")
        entry = self.toml(self.root / s.params["file"])[kind][int(n) - 1]
        self.counts["decisions"] += 1
        values = [show(F(v)) if number(v) is not None else v for v in map(str, entry.values())]
        if text not in values:
            self.bad(s, f"one of {entry}")

    def constant(self, s):
        name = s.id.removeprefix("constant/").rstrip("'")
        if number(name) is not None:
            self.hold(s, "constants by their name", number(name))


# --- 4. alterations
def altered(v):
    if v is None:
        return F(1)
    if isinstance(v, bool):
        return not v
    if isinstance(v, F):
        return v + F(1, 10**6)
    return v + "·"


def alter(ledger, published, words):
    missed, derived = [], [s for s in ledger.steps if s.op not in LEAVES and not isinstance(s.value, tuple)]
    for s in derived:
        kept, s.value = s.value, altered(s.value)
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
    print(f"steps: {len(ledger.steps)}\ndone again: {len(ledger.steps) - leaves.total() - len(unknown)}\nleaves: {leaves.total()}"
          f" ({', '.join(f'{k} {n}' for k, n in sorted(leaves.items()))})")
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
    fail = unknown or ledger.dangling or ledger.forward or differ or faults or (inputs and inputs.faults) or missed
    return 1 if fail else 0


if __name__ == "__main__":
    sys.exit(main())
