// ---- 元素。文字只作文字，从不作标记 ---------------------------------------------------------------------------
const at = (id) => document.getElementById(id);
/** 能起作用、换行、改变方向或看不见的字符，显示为代码，与程序的其他输出相同 */
const visible = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (one) => `\\u{${one.codePointAt(0).toString(16)}}`);
const DRAWN = at("marks").namespaceURI;
function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : visible(String(value)));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") node.append(typeof child === "string" ? visible(child) : child);
  }
  return node;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const drawn = (tag, attributes, ...children) => fill(document.createElementNS(DRAWN, tag), attributes, children);

// ---- 用语：数据没有语言，字在这里加 ---------------------------------------------------------------------------
const STATE = { exceeded: "超额完成", met: "完成", nearly: "基本完成", missed: "未完成", on_schedule: "达到序时", behind: "慢于序时", lagged: "数据滞后", in_doubt: "待核实",
  not_reported: "未报", not_assessable: "不可评", ongoing: "推进中", not_started: "未启动" };
const GRADE = { excellent: "优秀", good: "良好", fair: "合格", poor: "不合格" };
const DIRECTION = { higher: "越大越好", lower: "越小越好", interval: "区间", rank: "名次，越小越好", none: "有或无" };
const SEVERITY = { error: "错误", warning: "警告", note: "提示" };
const OPERATION = { cell: "单元格", line: `${TERMS.document}原文`, curated: "录入", file: "工作簿", parameter: "参数", decision: "人工决定", constant: "常数", finding: "审核", absent: "没有",
  read: "读取", "parse.number": "读数", "parse.word": "读字", "parse.nothing": "没有数", scale: "换算", "pick.version": "收件", "pick.sole": "取数", "pick.agreed": "取数", "pick.finest": "取数",
  "pick.preferred": "取数", "none.conflict": "取数", "none.missing": "取数", "data.year": "数据年份", "plan.target": "目标", "plan.value": `${TERMS.document}所列`, "published.value": "已发布", "plan.magnitude": "目标", amend: "调整", benchmark: "对照数",
  slack: "允许偏差", growth: "增长", "growth.mean": "年均增长", net: "增量", multiple: "倍数", due: "序时应达", reach: "比较", "reach.range": "比较", "reach.interval": "比较", "reach.all": "比较", "reach.word": "比较", any: "其一",
  boundary: "临界", "boundary.interval": "临界", worse: `与${TERMS.base}比`, beyond: "比率以外", progress: "进度", classify: "判定", "classify.range": "判定", "classify.kept": "判定", "classify.schedule": "判定", "classify.pace": "序时进度", "pace.share": "序时比例", "pace.due": "序时应达", "pace.shortfall": "差距", open: "判定",
  count: "计数", pair: "两轮判定", sum: "相加", difference: "相减", share: "比率", "mean.weighted": "加权平均", deductions: "扣分", deduct: "得分", grade: "等次", "grade.limited": "等次", covers: "覆盖", order: "排序", rank: "位次", round: "修约",
  "round.guarded": "修约", "task.state": "进展" };
const named = (op) => OPERATION[op] || (op.startsWith("completion.") ? "完成率" : op.startsWith("points.") ? "计分" : op);
const FIGURE = { state: "判定", completion: "完成率", progress: "进度", points: "得分", fact: "实绩", target: "目标", met: "是否达到", weight: "权重", slack: "允许偏差", worse: `与${TERMS.base}比`, boundary: "临界", change: "变化", due: "序时应达", printed: `${TERMS.document}所列`, published: "已发布",
  before: "本次填报", restated: "与所用数之差", became: "两轮判定", affects: "影响的数字", findings: "所指的问题", otherwise: "另有不同的判定" };
const TOTAL = { total: "应评", assessable: "可评", met: TERMS.reached, open: "暂不能判定", soft: `目标劣于${TERMS.base}`, rate: TERMS.rate, rate_without_soft: `不计目标劣于${TERMS.base}的${TERMS.rate}`, coverage: "覆盖率", score: "得分", mean: "平均得分",
  score_missing_as_zero: "缺报计零得分", grade: "等次", "grade.by_score": "按得分的等次", mean_missing_as_zero: "缺报计零的平均得分", "met.best": `暂不能判定的都${TERMS.reached}时的${TERMS.reached}`, "rate.best": `最高${TERMS.rate}`, "rate.worst": `最低${TERMS.rate}`, "firm.met": `${TERMS.reached}（不计目标劣于${TERMS.base}的）`, "firm.assessable": `可评（不计目标劣于${TERMS.base}的）`,
  "order.rate": `各${TERMS.place}${TERMS.rate}的次序`, "order.best": `各${TERMS.place}最高${TERMS.rate}的次序`, "order.worst": `各${TERMS.place}最低${TERMS.rate}的次序`, rank: "位次", "rank.best": "最好位次", "rank.worst": "最差位次", placed: "是否排位", deducted: "扣分", expected: "应报", reported: "已报", tasks: "任务", tasks_done: "完成的任务",
  decisions: "人工决定", "decisions.affecting": "影响数字的人工决定", "decisions.deciding": "改变判定的人工决定", "decisions.expired": "已过期的豁免" };
const PARAMETER = { nearly: "基本完成线", exceeded: "超额完成线", cap: "最高分", bonus: "加分上限", bonus_total: "总加分上限", minimum_coverage: "最低覆盖率", about_tolerance: "“左右”允许偏差", "grades.1": "优秀线", "grades.2": "良好线", "grades.3": "合格线", late: "逾期扣分", evidence: "缺佐证扣分" };
const DECISION = { preference: "取数单位", waiver: "豁免", veto: "等次限制", base_year: "基年", benchmark: "对照值", weight: "权重", amendment: "目标调整", decision_asked: "请定事项" };
const SIGN = { at_least: "≥", more_than: "＞", surpass: "＞", at_most: "≤", less_than: "＜", equal: "＝", about: "左右" };
const CAUSE = { doubt: "有未解决的问题，核实前不下结论", conflict: "各单位不一致，没有取数决定", missing: "没有可用的数值", lagged: "数据早于评估年度", undefined: `${TERMS.document}没有说定`, undated: `${TERMS.document}没有写明年份`,
  no_base_year: "没有写明基年", no_base: "基年的数不知道", no_change: "基年的数不能作基数", later_year: "以后年度的目标，其间没有应达进度", no_beginning: "以后年度的目标，没有起点", no_benchmark: "没有对照值", no_conversion: "计量单位不能换算",
  other_kind: "报的不是所要的", row_not_asked: "所比的当年没有目标", row_doubt: "所比的待核实", row_missing: "所比的没有数", row_lagged: "所比的是以前的数", row_unit: "所比的计量单位不能换算", not_due: "未到期", not_in_period: "本期不评" };

// ---- 小件 ---------------------------------------------------------------------------------------------------
const mark = (state, label) => drawn("svg", { class: `m ${state}`, viewBox: "0 0 16 16", role: label ? "img" : null, "aria-label": label || null, "aria-hidden": label ? null : "true" }, drawn("use", { href: `#m-${state}` }));
const stateWord = (state) => h("span", { class: `state ${state}` }, mark(state), STATE[state] || state);
const fileName = (file) => file.slice(file.lastIndexOf("/") + 1);
const cellWords = (id) => { const place = placeOf(id); return place ? `${fileName(place.file)}［${place.sheet}］${place.address}` : id; };
const address = () => { const text = location.hash.replace(/^#\/?/, "").split("?")[0]; return text ? text.split("/").map(decodeURIComponent) : []; };
const query = () => new URLSearchParams(location.hash.split("?")[1] || "");
const to = (...parts) => `#/${parts.map(encodeURIComponent).join("/")}`;
const whyHref = (step) => `${to(...address())}?why=${encodeURIComponent(step.id)}`;
/** 一个可以追溯的数字；台账中没有的只是文字 */
function figure(id, text, near) {
  return linked(find(id, near), text);
}
function linked(step, text) {
  const words = text === undefined ? (step ? wordsOf(step) : "—") : text;
  return step ? h("a", { class: "n", href: whyHref(step), "data-why": step.id, title: "这个数怎么来的" }, words) : h("span", {}, words);
}
/** 刊出的样子，没有修约的照原样 */
const shown = (id, near) => (find(`${id}.shown`, near) ? `${id}.shown` : id);
function longDigits(text) {
  const number = OPERATIONS.parse(text);
  return number && text.includes("/") ? `${OPERATIONS.fixed(number, 6)}…` : text;
}
function wordsOf(step) {
  if (step.type === "none") return "—";
  if (step.type === "withheld") return "不在公开版内";
  if (step.type === "truth") return ["worse", "boundary", "boundary.interval", "covers"].includes(step.op) || step.op === "any" ? (step.value ? "是" : "否") : step.value ? "达到" : "未达";
  if (step.type === "word") return STATE[step.text] || GRADE[step.text] || DIRECTION[step.text] || { better: "较好", worse: "较差" }[step.text] || step.text;
  if (step.op === "cell" || step.op === "line") return `“${step.text}”`;
  if (step.op === "file" || step.op === "pick.version") return `${step.text.slice(0, 12)}…`;
  return step.type === "number" ? longDigits(step.text) : step.text;
}
const withUnit = (step) => [wordsOf(step), step.unit && step.type !== "none" && step.unit !== "有/无" ? h("span", { class: "u" }, step.unit) : ""];

/** 一个名字说的是什么 */
function title(step) {
  if (step.op === "cell") return `单元格　${cellWords(step.id)}`;
  if (step.op === "file") return `工作簿　${fileName(step.id)}`;
  if (step.isLeaf) return named(step.op);
  const parts = step.id.replace(/\.shown$/, "").replace(/'+$/, "").split("/"), town = CITIES.get(parts[0]);
  const whose = town ? town.short : parts[0] === "round" ? "全部" : parts[0];
  const total = (text) => { const name = text.slice(1); return TOTAL[name] || (name.startsWith("state.") ? STATE[name.slice(6)] : null) || named(step.op); };
  const last = parts[parts.length - 1];
  if (parts[1] === "unit" || parts[1] === "workbook") return `${whose}　${parts[2]}　${((CITIES.get(parts[0]) || {}).roles || {})[parts[3]] || ""}${last.startsWith("#") ? total(last) : named(step.op)}`;
  if (parts[1] === "task") return `${whose}　任务${parts[2]}　${last === "state" ? "进展" : named(step.op)}`;
  if (last.startsWith("#")) return `${whose}　${total(last)}`;
  // 某年文件中的一项决定
  if (step.id.includes("#")) return `${parts.slice(1, -1).join("/")}　${FIGURE[last.split(".")[0]] || named(step.op)}`;
  const no = (parts[1] || "").split("@")[0], row = town && cityData(parts[0]).assessments.find((one) => one.no === no);
  return `${whose}　${no}${row ? `　${row.name}` : ""}　${FIGURE[last] || FIGURE[last.split(/[.@]/)[0]] || named(step.op)}`;
}
/** 谁在哪一天决定的，为什么；没有写明的照说没有写明 */
function warrant(p) {
  const day = p.on ? (p.kind === "amendment" ? `${p.on}起` : p.on) : "日期未写明", hidden = INDEX.disclosure === "public";
  const parts = [`${DECISION[p.kind] || "其他"}${p.what ? ` ${p.what}` : ""}`, day, p.by || "决定人未写明", p.until ? `有效期至${p.until}` : "",
    p.reason ? `理由：${p.reason}` : hidden ? "理由不在公开版内" : "理由未写明", p.basis ? `依据：${p.basis}` : "", `${fileName(p.file)}${p.line ? ` 第${p.line}行` : ""}`];
  return parts.filter(Boolean).join("　");
}
/** 这一步怎么算，以所用的数写出 */
function expression(step) {
  const p = step.params, v = (role) => { const one = step.one(role); return one ? wordsOf(one) : "？"; }, all = (role) => step.from(role).filter(Boolean).map(wordsOf);
  const side = () => step.from("side").length;
  switch (step.op) {
    case "cell": case "file": return h("span", { class: "mono" }, step.op === "cell" ? cellWords(step.id) : `${fileName(step.id)}　第${p.version}版${p.received ? `　${p.received.replace("T", " ")}收到` : ""}`);
    case "line": return `${fileName(p.file)} 第${p.line}行`;
    case "curated": return `${fileName(p.file)}${p.line ? ` 第${p.line}行` : ""}　${step.id.split("#")[1] || ""}`;
    case "parameter": { const name = step.id.split("#method.")[1] || ""; return `${PARAMETER[name] || name}　${fileName(p.file)}${p.line ? ` 第${p.line}行` : " 默认值"}`; }
    case "decision": return warrant(p);
    case "absent": return step.id.replace(/^absent\//, "");
    case "finding": return step.type === "withheld" ? "" : step.id.split("/").slice(2).join("/");
    case "read": return `${p.by}　${p.year}年`;
    case "parse.number": return p.as_number === undefined ? v("text") : `“${v("text")}” → ${p.as_number}`;
    case "parse.word": return p.as_word === undefined ? v("text") : `“${v("text")}” → ${p.as_word}`;
    case "parse.nothing": return `“${v("text")}”没有可用的数`;
    case "scale": return `${v("x")}${p.from} × ${p.up} ÷ ${p.down}`;
    case "pick.version": return `${step.from("candidate").length}份中第${p.chosen || "—"}份`;
    case "pick.sole": return "一家报送";
    case "pick.agreed": return `${side()}家一致`;
    case "pick.finest": return "位数最多的；其余是它的修约";
    case "pick.preferred": return "不一致，按决定取数";
    case "none.conflict": return all("side").join(" ≠ ");
    case "none.missing": return "没有报送的数";
    case "plan.magnitude": return `至少${p.least}亿元`;
    case "slack": return p.absolute ? v("tolerance") : `${v("target")} × ${v("tolerance")}%${p.counted ? "，至少1" : ""}`;
    case "growth": return `（${v("actual")} － ${v("base")}）× 100 ÷ ${v("base")}`;
    case "growth.mean": return `${v("base")} → ${v("actual")}，${p.years}年`;
    case "net": return `${v("actual")} － ${v("base")}`;
    case "multiple": return `${v("actual")} ÷ ${v("base")}`;
    case "due": return `${v("base")} ＋（${v("target")} － ${v("base")}）× ${p.gone} ÷ ${p.all}`;
    case "reach": return `${v("actual")} ${SIGN[p.operator]} ${v("target")}${step.has("slack") ? `，允许偏差${v("slack")}` : ""}`;
    case "reach.range": case "reach.interval": case "completion.interval": return `${v("actual")}，${v("low")}—${v("high")}`;
    case "reach.all": return `${v("actual")} ${SIGN[p.operator]} ${all("target").join("、")}`;
    case "boundary": return `按${p.places}位修约后比较，结论是否不同`;
    case "worse": return `目标${v("target")}，${TERMS.base}${v("base")}，${v("direction")}`;
    case "completion.higher": return `${v("actual")} ÷ ${v("target")} × 100`;
    case "completion.lower": return `${v("target")} ÷ ${v("actual")} × 100`;
    case "completion.index": return `按100＋增速：${v("actual")}，${v("target")}`;
    case "progress": return `（${v("actual")} － ${v("base")}）÷（${v("target")} － ${v("base")}）× 100`;
    case "classify": case "classify.range": case "classify.kept": return `${v("met")}目标${step.has("completion") ? `；完成率${v("completion")}，线${v("nearly")}、${v("exceeded")}` : ""}`;
    case "open": return CAUSE[p.cause] || p.cause;
    case "count": return p.of && p.of.length ? `${step.from("member").length}项中${p.of.map((one) => STATE[one] || one).join("、")}的` : `${step.from("member").length}项`;
    case "pair": return `${v("before")} → ${v("now")}`;
    case "sum": return all("x").join(" ＋ ");
    case "difference": return `${v("whole")} － ${v("part")}`;
    case "share": return `${v("part")} ÷ ${v("whole")} × 100`;
    case "mean.weighted": return `${step.sources.length / 2}项得分按权重平均`;
    case "deduct": return `封顶100＋${v("bonus_total")}，扣${v("taken")}`;
    case "grade": return `${v("score")}；${all("from").join("、")}`;
    case "rank": return `${v("own")} 在 ${(step.one("among") || { text: "" }).text.split(" ").map(longDigits).join("、")} 中`;
    case "covers": return `${v("share")} ≥ ${v("limit")}`;
    case "round": case "round.guarded": return `${v("x")} 修约到${p.places}位${step.op === "round.guarded" ? "，不写成未达到的线" : ""}`;
    default: return step.op.startsWith("points.") ? `完成率${v("completion")}，${v("met")}` : "";
  }
}

// ---- 溯源：一列步骤 -------------------------------------------------------------------------------------------
function tally(step) {
  const sum = tallyOf(upstream(step));
  if (!sum.good && !sum.bad.length && !sum.withheld) return h("p", { class: "tally" }, "原始记录，未经计算");
  const kept = sum.withheld ? `；${sum.withheld}步的来源不在公开版内` : "";
  if (sum.bad.length) return h("p", { class: "tally bad", role: "alert" }, `本页重算${sum.good + sum.bad.length}步，${sum.bad.length}步不一致：`, sum.bad.slice(0, 5).map((one) => [" ", h("a", { class: "n", href: whyHref(one) }, title(one))]));
  return h("p", { class: "tally" }, mark("ok"), `本页已重算${sum.good}步，全部一致；出自${sum.leaves}处原始记录${kept}`);
}
const way = (step) => h("ul", { class: "way" }, item(step, { pictures: 2, steps: 60 }, new Set(), 0));
function item(step, budget, seen, depth) {
  if (!step) return h("li", {}, h("span", { class: "eq bad" }, "✗ 台账中没有这一步"));
  const says = h("span", { class: "step" }, h("span", { class: "op" }, named(step.op)), h("span", { class: "ex" }, expression(step)), outcome(step));
  const below = step.op === "cell" || step.op === "line" || step.sources.length;
  if (!below) return h("li", { class: "leaf" }, says);
  const isPicture = step.op === "read" || step.op === "cell", many = step.sources.length > 6 && !isPicture;
  const isShort = step.op === "count" || step.op === "mean.weighted";
  const opened = !seen.has(step) && depth < 9 && budget.steps > 0 && !(many && depth > (isShort ? 3 : 0)) && !(isPicture && budget.pictures < 1);
  if (isPicture && opened) budget.pictures -= 1;
  budget.steps -= 1;
  seen.add(step);
  const details = h("details", {}, h("summary", {}, says));
  let built = false;
  const build = () => { if (!built) { built = true; details.append(...[beneath(step, budget, seen, depth)].flat(Infinity).filter(Boolean)); settle(details); } };
  details.addEventListener("toggle", () => { if (details.open) build(); });
  if (opened) { build(); details.open = true; }
  return h("li", { class: step.isLeaf ? "leaf" : null }, details);
}
function outcome(step) {
  if (step.again === false) return h("span", { class: "eq bad" }, withUnit(step), "　✗ 重算不一致");
  return h("span", { class: "eq" }, withUnit(step), step.again ? mark("ok", "已重算，一致") : "");
}
function beneath(step, budget, seen, depth) {
  const children = (list) => (list.length ? h("ul", {}, list.map((one) => item(one, budget, seen, depth + 1))) : "");
  if (step.op === "count" || step.op === "order") return chips(step);
  if (step.op === "mean.weighted") return points(step);
  if (step.op === "read") return [shotOf(step), dropZone(step.one("cell")), children([...step.from("workbook")])];
  if (step.op === "cell") return [shotOf(step), dropZone(step), reaches(step), children(step.from("file"))];
  if (step.op === "line") return lineOf(step);
  if (step.op === "file") return reaches(step);
  return children(step.sources.map(([, one]) => one));
}
function chips(step) {
  const of = step.params.of;
  const members = step.op === "count" ? step.sources.filter(([role]) => role === "member") : step.sources;
  return h("div", { class: "chips" }, members.map(([, one]) => (one ? h("a", { href: whyHref(one), class: !of || !of.length || of.includes(one.text) ? null : "out", title: title(one) },
    STATE[one.text] ? mark(one.text, STATE[one.text]) : "", STATE[one.text] && one.id.endsWith("/state") ? one.id.split("/").slice(1, -1).join("/") : `${title(one)} ${wordsOf(one)}`) : "✗")));
}
function points(step) {
  const rows = [];
  for (let i = 0; i + 1 < step.sources.length; i += 2) {
    const [own, weight] = [step.sources[i][1], step.sources[i + 1][1]];
    rows.push(h("tr", {}, h("td", {}, own ? title(own) : "✗"), h("td", { class: "r" }, own ? h("a", { class: "n", href: whyHref(own) }, wordsOf(own)) : ""), h("td", { class: "r" }, weight ? wordsOf(weight) : "✗")));
  }
  return h("div", { class: "points" }, h("table", {}, h("tbody", {}, h("tr", {}, h("th", {}, "指标"), h("th", { class: "r" }, "得分或判定"), h("th", { class: "r" }, "权重")), rows)));
}
const chip = (one) => h("a", { href: whyHref(one) }, `${title(one)} ${wordsOf(one)}`);
/** 一格影响的数字 */
function reaches(step) {
  const figures = downstream(step), word = step.op === "file" ? "这个工作簿" : "这一格", words = figures.filter(isWord).length;
  return [h("p", { class: "note" }, `${word}影响${figures.length - words}个刊出的数字、${words}处判定和等次${figures.length ? "：" : ""}`), h("div", { class: "chips" }, figures.map(chip))];
}

// ---- 表样：台账提到的那一行 -------------------------------------------------------------------------------------
function shotOf(own) {
  // 一格单独看时，用读它的那一步，好知道哪几格说明了它是什么。
  const step = own.op === "read" ? own : own.ledger.steps.find((one) => one.op === "read" && one.sources.some(([, from]) => from === own)) || own;
  const cell = own.op === "cell" ? own : own.one("cell"), place = cell && placeOf(cell.id);
  if (!place || cell.type === "withheld") return h("p", { class: "note" }, "报表单元格不在公开版内。");
  const cells = sheetsOf(cell.ledger).get(`${place.file}[${place.sheet}]`) || [];
  const by = new Set(step.op === "read" ? step.sources.filter(([role]) => role !== "cell" && role !== "workbook").map(([, one]) => one) : []);
  const headings = new Set([...by].filter((one) => one && step.from("heading").includes(one)).map((one) => placeOf(one.id).row));
  const rows = new Set([place.row, ...headings, ...cells.filter((one) => Math.abs(one.row - place.row) === 1).map((one) => one.row)]);
  const picked = cells.filter((one) => rows.has(one.row)), columns = [...new Set(picked.map((one) => one.column))].sort((a, b) => a - b);
  const sorted = [...rows].sort((a, b) => a - b), body = [];
  let before = null;
  for (const row of sorted) {
    if (before !== null && row > before + 1) body.push(h("tr", {}, h("td", { class: "edge" }), h("td", { class: "cut", colspan: columns.length })));
    before = row;
    body.push(h("tr", {}, h("th", { scope: "row" }, row), columns.map((column) => {
      const own = picked.find((one) => one.row === row && one.column === column);
      if (!own) return h("td", {});
      const kind = [own.step === cell ? "it" : by.has(own.step) ? "by" : "", own.step.params.stored === "number" ? "num" : ""].join(" ").trim();
      return h("td", { class: kind || null }, own.step === cell ? h("span", {}, own.step.text || "（空白）") : h("a", { href: whyHref(own.step) }, own.step.text));
    })));
  }
  const head = h("tr", {}, h("td", { class: "edge" }), columns.map((column) => h("th", { scope: "col" }, lettersOf(column))));
  return h("div", { class: "shot", role: "group", tabindex: "0", "aria-label": `${cellWords(cell.id)}及其所在的行` }, h("table", {}, h("caption", {}, h("span", {}, `${fileName(place.file)}［${place.sheet}］`)), h("thead", {}, head), h("tbody", {}, body)));
}
/** 表样比窄屏宽：让所指的一格看得见 */
function settle(root) {
  requestAnimationFrame(() => {
    for (const shot of root.querySelectorAll(".shot")) {
      const cell = shot.querySelector(".it");
      if (cell && cell.offsetLeft + cell.offsetWidth > shot.clientWidth) shot.scrollLeft = cell.offsetLeft + cell.offsetWidth - shot.clientWidth + 24;
    }
  });
}
function lineOf(step) {
  const input = inputOf(step.params.file);
  return [h("div", { class: "lines" }, h("div", { class: "it" }, h("i", {}, step.params.line), h("span", {}, h("mark", {}, step.text)))),
    h("dl", { class: "src" }, h("dt", {}, "文件"), h("dd", {}, step.params.file), input ? [h("dt", {}, "SHA-256"), h("dd", { class: "mono" }, input.sha256)] : "")];
}
function dropZone(cell) {
  const place = cell && placeOf(cell.id), input = place && inputOf(place.file);
  if (!input || cell.type === "withheld") return "";
  const words = h("span", { role: "status" }, `核对原件：选择或拖入 ${fileName(input.path)}`);
  const verify = async (file) => {
    if (!file) return;
    const told = await compared(file, input, place, cell.text);
    zone.className = told.good ? "drop good" : "drop bad";
    words.textContent = visible(told.words);
  };
  const zone = h("label", { class: "drop" }, h("input", { type: "file", "aria-label": `核对原件 ${fileName(input.path)}`, onchange: (event) => verify(event.target.files[0]) }), words);
  for (const name of ["dragover", "dragenter"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("over"); verify(event.dataTransfer.files[0]); });
  return [h("dl", { class: "src" }, h("dt", {}, "SHA-256"), h("dd", { class: "mono" }, input.sha256)), zone];
}
