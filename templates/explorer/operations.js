"use strict";
// 运算：按 docs/operations.md 另行写成，与程序没有共用的代码。数都是整数之比，位数不限。
// Operations, written from docs/operations.md alone and sharing nothing with the program. Numbers are fractions of whole numbers of any size.
//
// 值：数 {n, d}，是非 true/false，词和文字为字符串，没有值 null，不在本页 undefined。
const OPERATIONS = (() => {
  // ---- 分数 ----
  const gcd = (a, b) => {
    while (b) [a, b] = [b, a % b];
    return a < 0n ? -a : a;
  };
  const fraction = (n, d) => {
    if (d < 0n) [n, d] = [-n, -d];
    const shared = gcd(n, d) || 1n;
    return { n: n / shared, d: d / shared };
  };
  const whole = (n) => ({ n: BigInt(n), d: 1n });
  const [ZERO, ONE, HUNDRED] = [0, 1, 100].map(whole);
  function parse(text) {
    const found = /^(-?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(String(text));
    if (!found) return null;
    const [, sign, before, behind = "", below] = found;
    const n = BigInt(before + behind) * (sign ? -1n : 1n);
    const d = below === undefined ? 10n ** BigInt(behind.length) : BigInt(below);
    return d === 0n ? null : fraction(n, d);
  }
  const isNumber = (x) => x !== null && typeof x === "object";
  const add = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
  const sub = (a, b) => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
  const mul = (a, b) => fraction(a.n * b.n, a.d * b.d);
  const div = (a, b) => (b.n === 0n ? null : fraction(a.n * b.d, a.d * b.n));
  const cmp = (a, b) => {
    const off = a.n * b.d - b.n * a.d;
    return off > 0n ? 1 : off < 0n ? -1 : 0;
  };
  const least = (a, b) => (cmp(a, b) <= 0 ? a : b);
  const most = (a, b) => (cmp(a, b) >= 0 ? a : b);
  const within = (x, low, high) => most(low, least(x, high));
  const size = (x) => (x.n < 0n ? { n: -x.n, d: x.d } : x);
  const power = (x, times) => fraction(x.n ** BigInt(times), x.d ** BigInt(times));
  const percent = (part, all) => div(mul(part, HUNDRED), all);
  /** 修约：四舍六入五成双，一次。places 可以是负数。 */
  function round(x, places) {
    const unit = 10n ** BigInt(Math.abs(places));
    const [n, d] = places < 0 ? [size(x).n, x.d * unit] : [size(x).n * unit, x.d];
    let count = n / d;
    const twice = (n % d) * 2n;
    if (twice > d || (twice === d && count % 2n === 1n)) count += 1n;
    if (x.n < 0n) count = -count;
    return places < 0 ? fraction(count * unit, 1n) : fraction(count, unit);
  }
  function fixed(x, places) {
    const rounded = round(x, places);
    const digits = ((size(rounded).n * 10n ** BigInt(places)) / rounded.d).toString().padStart(places + 1, "0");
    const sign = rounded.n < 0n ? "-" : "";
    return places ? `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}` : sign + digits;
  }
  /** 小数点后有几位；除不尽的没有。 */
  function places(x) {
    let rest = x.d, twos = 0, fives = 0;
    while (rest % 2n === 0n) { rest /= 2n; twos += 1; }
    while (rest % 5n === 0n) { rest /= 5n; fives += 1; }
    return rest === 1n ? Math.max(twos, fives) : null;
  }
  const written = (x) => (places(x) === null ? `${x.n}/${x.d}` : fixed(x, places(x)));

  // ---- 一步的来源 ----
  /** 按角色取值。没有值的来源如同不在。 */
  function takes(pairs) {
    const all = (role) => pairs.filter(([own, value]) => own === role && value !== null).map(([, value]) => value);
    const numbers = (role) => all(role).filter(isNumber);
    return {
      pairs, all, numbers,
      one: (role) => { const found = all(role); return found.length ? found[0] : null; },
      number: (role) => { const found = numbers(role); return found.length ? found[0] : null; },
      word: (role) => { const found = all(role); return typeof found[0] === "string" ? found[0] : null; },
      raw: (role) => pairs.filter(([own]) => own === role).map(([, value]) => value),
    };
  }
  class Disagrees extends Error {}
  const demand = (holds) => { if (!holds) throw new Disagrees(); };
  /** 每个来源都有数才算 */
  const having = (i, roles, then) => {
    const found = roles.map((role) => i.number(role));
    return found.includes(null) ? null : then(...found);
  };
  const lessIsBetter = (i) => ["lower", "rank"].includes(i.word("direction"));
  const better = (i, actual, than) => (lessIsBetter(i) ? cmp(actual, than) < 0 : cmp(actual, than) > 0);
  const ceiling = whole(10n ** 15n);
  const sensible = (x) => (x !== null && cmp(x, ceiling) < 0 ? x : null);
  const positive = (...all) => all.every((x) => x.n > 0n);

  function holds(operator, actual, target, slack, less) {
    const side = cmp(actual, target);
    switch (operator) {
      case "at_least": return side >= 0;
      case "more_than": case "surpass": return side > 0;
      case "at_most": return side <= 0;
      case "less_than": return side < 0;
      case "equal": return side === 0;
      case "about": return less ? cmp(actual, add(target, slack)) <= 0 : cmp(actual, sub(target, slack)) >= 0;
      default: throw new Disagrees();
    }
  }
  const reach = (i, operator, actual) =>
    having(i, ["target"], (target) => holds(operator, actual, target, i.number("slack") || ZERO, lessIsBetter(i)));
  const inside = (i, actual) => cmp(i.number("low"), actual) <= 0 && cmp(actual, i.number("high")) <= 0;
  const bounds = (i) => having(i, ["low", "high"], (low, high) => (lessIsBetter(i) ? [high, low] : [low, high]));
  const ratio = (actual, target) => (positive(actual, target) ? sensible(percent(actual, target)) : null);
  const atLeast = (i, limit) => {
    const [own, other] = [i.number("completion"), i.number(limit)];
    return own !== null && other !== null && cmp(own, other) >= 0;
  };
  const short = (i) => (atLeast(i, "nearly") ? "nearly" : "missed");

  // ---- 计分 ----
  /** 没有完成率的：达到而在各种比率之外较差的，按0算。 */
  const counted = (i) => i.number("completion") || (i.one("met") === true && i.word("beyond") === "worse" ? ZERO : null);
  const beyondAll = (i) => i.one("met") === true && i.word("beyond") === "better";
  const allOrNothing = (i) => (i.one("met") === true ? HUNDRED : ZERO);
  function efficacy(i) {
    const [cap, floor] = [i.number("cap"), i.number("not_allowed")];
    const score = (level) => {
      const way = div(mul(sub(level, floor), whole(40)), sub(HUNDRED, floor));
      return way === null ? null : within(add(way, whole(60)), ZERO, cap);
    };
    const lower = i.word("direction") === "lower", own = counted(i);
    if (own !== null) {
      if (!lower) return score(own);
      return own.n === 0n ? ZERO : score(sub(whole(200), div(whole(10000), own)));
    }
    if (beyondAll(i)) return lower ? least(score(whole(200)), cap) : cap;
    return allOrNothing(i);
  }
  function banded(i) {
    const [cap, band, each] = ["cap", "band", "band_points"].map(i.number), own = counted(i);
    if (own === null) return beyondAll(i) && each.n > 0n ? cap : allOrNothing(i);
    const bands = div(sub(own, HUNDRED), band);
    return bands === null ? null : within(add(HUNDRED, mul(whole(bands.n / bands.d), each)), ZERO, cap);
  }
  function proportional(i) {
    const top = add(HUNDRED, i.number("bonus")), own = counted(i);
    if (own === null) return beyondAll(i) ? top : allOrNothing(i);
    return i.one("met") === true ? within(own, HUNDRED, top) : least(own, HUNDRED);
  }

  // ---- 合计 ----
  /** 依次成对：前一个角色的值，跟着后一个角色的值。 */
  function inTurn(i, first, second) {
    const pairs = [];
    let held = null;
    for (const [role, value] of i.pairs) {
      if (role === first) held = isNumber(value) ? value : ZERO;
      if (role === second) pairs.push([held || ZERO, isNumber(value) ? value : ZERO]);
    }
    return pairs;
  }
  function meanWeighted(i) {
    let [top, weights] = [ZERO, ZERO];
    for (const [points, weight] of inTurn(i, "points", "weight")) {
      top = add(top, mul(points, weight));
      weights = add(weights, weight);
    }
    return div(top, weights);
  }
  const GRADES = ["excellent", "good", "fair", "poor"];
  function grade(i) {
    const score = i.number("score");
    if (score === null) return null;
    const at = i.numbers("from").findIndex((limit) => cmp(score, limit) >= 0);
    return GRADES[at < 0 ? 3 : at];
  }
  function gradeLimited(i) {
    const at = [...i.all("grade"), ...i.all("limit")].map((one) => GRADES.indexOf(one));
    return at.length ? GRADES[Math.max(...at)] : null;
  }
  function rank(i) {
    const own = i.number("own"), among = i.word("among");
    if (own === null || among === null) return null;
    const above = among.split(" ").map(parse).filter((one) => one !== null && cmp(one, own) > 0).length;
    const self = i.number("self");
    return whole(1 + above - (self !== null && cmp(self, own) > 0 ? 1 : 0));
  }
  function guarded(i, least_) {
    const x = i.number("x");
    if (x === null) return null;
    const reads = (digits) => i.numbers("limit").some((limit) => cmp(x, limit) < 0 && cmp(round(x, digits), limit) >= 0);
    let digits = least_;
    while (digits < 28 && reads(digits)) digits += 1;
    return fixed(x, digits);
  }

  // ---- 从单元格到数 ----
  function parseNumber(i, p) {
    const text = i.word("text");
    if (p.as_number === undefined) return parse(text);
    const plain = (one) => one.normalize("NFKC").replace(/\D/g, "");
    const digits = plain(p.as_number).replace(/^0+|0+$/g, "");
    // 只有文字（全覆盖）的，照所述。
    if (plain(text)) demand(plain(text).includes(digits));
    return parse(p.as_number);
  }
  const versionParts = (text) => (/^\d+(\.\d+)*$/.test(text) ? text.split(".").map(BigInt) : null);
  function laterVersion(a, b) {
    const [one, other] = [versionParts(a), versionParts(b)];
    if (!one || !other) return 0;
    for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
      const [x, y] = [one[at] || 0n, other[at] || 0n];
      if (x !== y) return x > y ? 1 : -1;
    }
    return 0;
  }
  function pickVersion(i, p, from) {
    if (p.chosen === undefined || p.chosen === null) return null;
    const books = from("candidate").map((step) => (step ? step.params : {})), own = books[p.chosen - 1] || {};
    for (const other of books) {
      const order = laterVersion(other.version || "", own.version || "");
      demand(order < 0 || (order === 0 && (other.received || "") <= (own.received || "")) || other === own);
    }
    return nth(i, "candidate", p.chosen);
  }
  const nth = (i, role, at) => { const found = i.raw(role)[at - 1]; return found === undefined ? null : found; };
  function pickFinest(i, p) {
    const own = nth(i, "side", p.side);
    demand(isNumber(own));
    i.raw("side").forEach((other, at) => {
      if (at === p.side - 1 || other === null) return;
      let agrees = false;
      for (let digits = -12; digits < (places(own) || 0); digits += 1) agrees = agrees || cmp(round(own, digits), other) === 0;
      demand(agrees);
    });
    return own;
  }
  function pickPreferred(i, p, from) {
    let step = from("side")[p.side - 1];
    while (step && step.op !== "read") step = step.from(["text", "x"].find((role) => step.has(role)) || "")[0];
    const decision = from("decision")[0];
    if (step && decision) demand(decision.params.what.includes(step.params.by));
    return nth(i, "side", p.side);
  }
  const sides = (i) => i.all("side");
  const key = (x) => (isNumber(x) ? written(x) : String(x));
  const MAGNITUDES = [["万亿级", 10000], ["千亿级", 1000], ["百亿级", 100], ["十亿级", 10]];
  function magnitude(i, p) {
    const words = `${i.word("entry") || ""} ${i.word("quote") || ""}`;
    const named = MAGNITUDES.find(([word]) => words.includes(word));
    if (named) demand(cmp(parse(p.least), whole(named[1])) === 0);
    return div(mul(parse(p.least), parse(p.up)), parse(p.down));
  }
  const entry = (i) => parse(i.word("entry"));
  const growth = (i) =>
    having(i, ["actual", "base"], (actual, base) => (base.n > 0n && actual.n >= 0n ? percent(sub(actual, base), base) : null));
  /** 没有结论的原因，各要有什么样的来源才成立。 */
  const has = (i, role) => i.all(role).length > 0;
  const before = (i, one, other) => having(i, [one, other], (a, b) => cmp(a, b) < 0) === true;
  const BEARS_OUT = {
    doubt: (i) => has(i, "finding"),
    conflict: (i) => !has(i, "fact"),
    missing: (i) => !has(i, "fact"),
    lagged: (i) => before(i, "fact_year", "year"),
    undefined: (i) => has(i, "undefined"),
    undated: (i) => i.word("undated") === "true",
    no_base_year: (i) => !has(i, "counted_from"),
    no_base: (i) => !has(i, "base"),
    no_change: (i) => !has(i, "change"),
    later_year: (i) => before(i, "year", "target_year") && i.one("at_the_end") !== true && has(i, "kind"),
    no_beginning: (i) => before(i, "year", "target_year") && !has(i, "base") && !before(i, "counted_from", "year"),
    not_due: (i) => having(i, ["year"], (year) => i.word("due") > `${written(year)}-12-31`) === true && i.word("fact") !== "有",
    not_in_period: (i) => i.word("why") !== null,
    no_benchmark: (i) => !has(i, "benchmark"),
    no_conversion: (i) => has(i, "unit") && has(i, "magnitude"),
    other_kind: (i) => has(i, "fact") && ["qualitative", "milestone"].includes(i.word("kind")) === isNumber(i.one("fact")),
    row_not_asked: (i) => !has(i, "row"),
    row_doubt: (i) => has(i, "row_finding") || !has(i, "row"),
    row_missing: (i) => i.number("row") === null,
    row_lagged: (i) => before(i, "row_year", "year"),
    row_unit: (i) => has(i, "unit") && has(i, "row_unit") && i.word("unit") !== i.word("row_unit"),
  };
  const STATE_OF_CAUSE = { doubt: "in_doubt", conflict: "in_doubt", row_doubt: "in_doubt", missing: "not_reported", lagged: "lagged", row_lagged: "lagged", not_in_period: "not_due" };
  function open(i, p) {
    demand(Object.hasOwn(BEARS_OUT, p.cause) && BEARS_OUT[p.cause](i));
    return STATE_OF_CAUSE[p.cause] || "not_assessable";
  }
  const TASK = { done: "met", ongoing: "ongoing", not_started: "not_started", unknown: "in_doubt" };

  const MEANING = {
    read: (i) => i.word("cell") || "",
    "parse.number": parseNumber,
    "parse.word": (i, p) => (p.as_word === undefined ? i.word("text") : p.as_word),
    "parse.nothing": () => null,
    scale: (i, p) => having(i, ["x"], (x) => div(mul(x, parse(p.up)), parse(p.down))),
    "pick.version": pickVersion,
    "pick.sole": (i) => { const all = sides(i); demand(all.length === 1); return all[0]; },
    "pick.agreed": (i) => { const all = sides(i); demand(all.length && new Set(all.map(key)).size === 1); return all[0]; },
    "pick.finest": pickFinest,
    "pick.preferred": pickPreferred,
    "none.conflict": (i) => { demand(new Set(sides(i).map(key)).size > 1); return null; },
    "none.missing": (i) => { demand(sides(i).length === 0); return null; },
    "data.year": (i, p) => whole(p.year),
    "plan.target": entry,
    "plan.value": entry,
    "published.value": entry,
    "plan.magnitude": magnitude,
    amend: (i) => i.number("amendment") || parse(i.word("amendment")),
    benchmark: entry,
    slack: (i, p) => having(i, ["tolerance"], (tolerance) => {
      if (p.absolute) return tolerance;
      return having(i, ["target"], (target) => {
        const share = div(mul(size(target), tolerance), HUNDRED);
        return p.counted ? most(share, ONE) : share;
      });
    }),
    growth,
    net: (i) => having(i, ["actual", "base"], sub),
    multiple: (i) => having(i, ["actual", "base"], (actual, base) => (base.n > 0n ? div(actual, base) : null)),
    due: (i, p) => having(i, ["target", "base"], (target, base) => add(base, div(mul(sub(target, base), whole(p.gone)), whole(p.all)))),
    reach: (i, p) => having(i, ["actual"], (actual) => reach(i, p.operator, actual)) === true,
    "reach.range": (i) => {
      const [actual, both] = [i.number("actual"), bounds(i)];
      return actual !== null && both !== null && (cmp(actual, both[0]) === 0 || better(i, actual, both[0]));
    },
    "reach.interval": (i) => having(i, ["actual", "low", "high"], (actual) => inside(i, actual)) === true,
    "reach.all": (i, p) => {
      const [actual, targets, slacks] = [i.number("actual"), i.numbers("target"), i.numbers("slack")];
      const each = (target, at) => holds(p.operator, actual, target, slacks[at] || ZERO, lessIsBetter(i));
      return actual !== null && targets.length > 0 && targets.every(each);
    },
    "reach.word": (i) => i.word("actual") === "有",
    any: (i) => i.pairs.some(([, value]) => value === true),
    boundary: (i, p) => having(i, ["actual", "target"], (actual) => reach(i, p.operator, actual) !== reach(i, p.operator, round(actual, p.places))) === true,
    "boundary.interval": (i, p) => having(i, ["actual", "low", "high"], (actual) => inside(i, actual) !== inside(i, round(actual, p.places))) === true,
    worse: (i) => having(i, ["target", "base"], (target, base) => {
      const way = i.word("direction"), side = cmp(target, base);
      return way === "higher" ? side < 0 : way === "lower" || way === "rank" ? side > 0 : false;
    }) === true,
    "completion.higher": (i) => having(i, ["actual", "target"], (actual, target) => ratio(actual, target)),
    "completion.lower": (i) => having(i, ["actual", "target"], (actual, target) => ratio(target, actual)),
    "completion.index": (i) => having(i, ["actual", "target"], (actual, target) => {
      const [own, goal] = [add(HUNDRED, actual), add(HUNDRED, target)];
      return { higher: ratio(own, goal), lower: ratio(goal, own) }[i.word("direction")] || null;
    }),
    "completion.hit": (i) => (i.one("met") === true ? HUNDRED : null),
    "completion.interval": (i) => having(i, ["actual", "low", "high"], (actual, low, high) => {
      if (inside(i, actual)) return HUNDRED;
      return having(i, ["lowest", "highest"], (lowest, highest) => {
        const off = most(sub(low, actual), sub(actual, high)), margin = most(sub(low, lowest), sub(highest, high));
        const lost = percent(off, margin);
        return lost === null ? null : most(ZERO, sub(HUNDRED, lost));
      });
    }),
    "completion.hardest": (i) => {
      const all = i.raw("completion");
      return all.length && all.every(isNumber) ? all.reduce(least) : null;
    },
    "completion.kept": (i) => {
      const own = i.number("completion");
      return own !== null ? least(own, HUNDRED) : beyondAll(i) ? HUNDRED : null;
    },
    beyond: (i) => having(i, ["actual", "target"], (actual, target) => {
      const has = target.n > 0n && ["higher", "lower"].includes(i.word("direction")) && i.one("completion") === null;
      return has ? (better(i, actual, target) ? "better" : "worse") : null;
    }),
    progress: (i) => having(i, ["actual", "target", "base"], (actual, target, base) => {
      const side = cmp(target, base), way = i.word("direction");
      return (way === "higher" && side > 0) || (way === "lower" && side < 0) ? percent(sub(actual, base), sub(target, base)) : null;
    }),
    classify: (i) => (i.one("met") !== true ? short(i) : atLeast(i, "exceeded") || i.word("beyond") === "better" ? "exceeded" : "met"),
    "classify.range": (i) => {
      if (i.one("met") !== true) return short(i);
      const [actual, both] = [i.number("actual"), bounds(i)];
      return actual !== null && both !== null && better(i, actual, both[1]) ? "exceeded" : "met";
    },
    "classify.kept": (i) => (i.one("met") === true ? "met" : short(i)),
    "classify.schedule": (i) => (i.one("met") === true ? "on_schedule" : "behind"),
    "pace.share": (i) => having(i, ["part", "whole", "base"], (part, all, base) => {
      const share = percent(sub(part, base), sub(all, base));
      return share === null ? null : within(share, ZERO, HUNDRED);
    }),
    "pace.due": (i, p) => having(i, ["target", "base", "share"], (target, base, share) => {
      const way = div(mul(sub(target, base), share), HUNDRED);
      return add(base, p.counted ? whole(way.n / way.d) : way);
    }),
    "pace.shortfall": (i) => having(i, ["actual", "due", "base", "whole"], (actual, due, base, all) => {
      const side = cmp(actual, due);
      if (!(lessIsBetter(i) ? side > 0 : side < 0)) return ZERO;
      const short = percent(size(sub(due, actual)), size(sub(all, base)));
      return short === null ? HUNDRED : short;
    }),
    "classify.pace": (i) => {
      const short = i.number("shortfall");
      if (i.one("met") === true) return "reached";
      if (short === null) return "far_behind";
      if (short.n === 0n) return "on_pace";
      if (cmp(short, i.number("slow") || ZERO) < 0) return "slightly_behind";
      return cmp(short, i.number("far") || ZERO) <= 0 ? "behind" : "far_behind";
    },
    open,
    "points.ratio": (i) => {
      const [own, cap] = [counted(i), i.number("cap")];
      return own !== null ? least(own, cap) : beyondAll(i) ? cap : allOrNothing(i);
    },
    "points.proportional": proportional,
    "points.efficacy": efficacy,
    "points.fixed": allOrNothing,
    "points.banded": banded,
    count: (i, p) => whole(i.raw("member").filter((one) => !p.of || !p.of.length || (one !== null && p.of.includes(key(one)))).length),
    pair: (i) => `${i.word("before")}>${i.word("now")}`,
    sum: (i) => i.numbers("x").reduce(add, ZERO),
    difference: (i) => having(i, ["whole", "part"], sub),
    share: (i) => having(i, ["part", "whole"], percent),
    "mean.weighted": meanWeighted,
    deductions: (i) => inTurn(i, "count", "each").reduce((sum, [count, each]) => add(sum, mul(count, each)), ZERO),
    deduct: (i) => having(i, ["mean", "taken", "bonus_total"], (mean, taken, bonus) => most(ZERO, sub(least(mean, add(HUNDRED, bonus)), taken))),
    grade,
    "grade.limited": gradeLimited,
    covers: (i) => having(i, ["share", "limit"], (share, limit) => {
      const digits = places(limit) || 0;
      return cmp(share, limit) >= 0 || (digits > 0 && cmp(round(share, digits), limit) >= 0);
    }) === true,
    order: (i) => i.numbers("x").sort((a, b) => cmp(b, a)).map(written).join(" "),
    rank,
    round: (i, p) => having(i, ["x"], (x) => fixed(x, p.places)),
    "round.guarded": (i, p) => guarded(i, p.places),
    "task.state": (i) => (i.all("finding").length ? "in_doubt" : TASK[i.word("progress")] || "not_reported"),
  };
  /** 根没有尽头：代回去看，差不过10⁻²⁰。 */
  function meanGrowth(i, p, stated) {
    if (p.years === 1) return same(growth(i), stated);
    const [actual, base] = [i.number("actual"), i.number("base")];
    if (actual === null || base === null || base.n <= 0n || actual.n < 0n || !isNumber(stated)) return stated === null;
    const tiny = fraction(1n, 10n ** 20n);
    const level = (g) => { const factor = add(ONE, div(g, HUNDRED)); return factor.n < 0n ? ZERO : mul(power(factor, p.years), base); };
    return cmp(level(sub(stated, tiny)), actual) <= 0 && cmp(actual, level(add(stated, tiny))) <= 0;
  }

  const LEAVES = new Set(["file", "cell", "line", "curated", "parameter", "decision", "finding", "absent", "constant"]);
  const same = (a, b) => (isNumber(a) && isNumber(b) ? cmp(a, b) === 0 : a === b);
  /** 表中写的值。type为withheld的不在本页。 */
  function value(text, type) {
    switch (type) {
      case "number": { const number = parse(text); if (number === null) throw new Disagrees(); return number; }
      case "truth": return text === "true" ? true : text === "false" ? false : text;
      case "none": return null;
      case "withheld": return undefined;
      default: return text;
    }
  }
  /**
   * 再算一步。step：{op, params, value, from(role) 这个角色的各步, has(role)}；pairs：[角色, 值]。
   * 一致true，不一致false；来自外部的、来源不在本页的null。
   */
  function again(step, pairs) {
    if (LEAVES.has(step.op)) return null;
    try {
      if (step.value === undefined || pairs.some(([role, one]) => one === undefined && role !== "finding" && role !== "row_finding")) return null;
      const known = pairs.map(([role, one]) => [role, one === undefined ? "withheld" : one]), i = takes(known);
      if (step.op === "growth.mean") return meanGrowth(i, step.params, step.value);
      const meaning = MEANING[step.op];
      return Boolean(meaning) && same(meaning(i, step.params, (role) => step.from(role)), step.value);
    } catch (error) {
      return false;
    }
  }
  return { again, value, parse, fixed, round, written, sub, cmp, isNumber, isLeaf: (op) => LEAVES.has(op) };
})();
