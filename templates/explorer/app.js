// ---- 页 -----------------------------------------------------------------------------------------------------
const dateWords = (iso) => { const [y, m, d] = iso.split("-"); return `${y}年${Number(m)}月${Number(d)}日`; };
const cityLink = (slug) => h("a", { class: "link", href: to("c", slug) }, CITIES.has(slug) ? CITIES.get(slug).name : slug);
const unitLinks = (slug, names) => names.split("、").filter(Boolean).map((name, i) => [i ? "、" : "", CITIES.has(slug) && CITIES.get(slug).units.includes(name) ? h("a", { class: "link", href: to("u", slug, name) }, name) : name]);
const isFull = INDEX.disclosure === "full", isRanked = INDEX.cities.length > 1;
const legend = (states) => h("p", { class: "legend" }, states.map(stateWord));
const VERDICTS = ["exceeded", "met", "nearly", "missed", "on_schedule", "behind", "lagged", "in_doubt", "not_reported", "not_assessable"];
const baseOf = (row) => `${row.city}/${row.no}${["intended", "stretch"].includes(row.tier) ? `@${row.tier}` : ""}`;
const stepOfTarget = (row) => `${row.city}/${row.no}/${row.year}/target${["intended", "stretch"].includes(row.tier) ? `@${row.tier}` : ""}`;

/** 以后年度的目标注明年份 */
const later = (row) => (Number(row.year) === INDEX.year ? "" : h("span", { class: "u" }, `${row.year}年`));

function stack(states) {
  const counts = VERDICTS.map((state) => [state, states.filter((one) => one === state).length]).filter(([, count]) => count);
  let x = 0;
  return drawn("svg", { class: "stack", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": counts.map(([state, count]) => `${STATE[state]}${count}`).join("，") }, counts.map(([state, count]) => {
    const width = (100 * count) / states.length;
    x += width;
    return drawn("rect", { class: `fill ${state}`, x: x - width + 0.15, y: 0, width: Math.max(0.2, width - 0.3), height: 10 }, drawn("title", {}, `${STATE[state]}${count}项`));
  }));
}
function overview() {
  const places = (one) => Number((SCORES.get(one.slug) || {}).rank) || 9999;
  const rows = [...INDEX.cities].sort((a, b) => places(a) - places(b)).map((one) => {
    const { slug } = one, total = (name) => linked(totalOf(slug, name));
    return h("tr", {}, isRanked ? h("td", { class: "r no" }, total("rank")) : "", h("td", { class: "name" }, cityLink(slug)),
      h("td", { class: "r last" }, total("rate"), h("span", { class: "u" }, "%")), h("td", { class: "r", "data-l": `${TERMS.reached}/可评/应评` }, total("met"), " / ", total("assessable"), " / ", total("total")),
      h("td", { class: "r", "data-l": "覆盖率" }, total("coverage"), h("span", { class: "u" }, "%")), isRanked ? h("td", { class: "r wide" }, total("rank.best"), "—", total("rank.worst")) : "",
      h("td", { class: "r wide" }, total("score")), h("td", { class: "r", "data-l": "缺报计零" }, total("score_missing_as_zero")), h("td", { "data-l": "等次" }, total("grade")), h("td", { class: "bar-cell", width: "150" }, stack(one.targets.map(([, , state]) => state))));
  });
  const errors = FINDINGS.filter((one) => one.severity === "error" && one.outcome === "fail" && !one.cause);
  return [h("p", { class: "crumb" }, `${INDEX.edition}　${dateWords(INDEX.report_date)}　${INDEX.issuer}`), h("h1", {}, INDEX.title),
    h("p", { class: "lead" }, `${isRanked ? `${INDEX.cities.length}个${TERMS.place}` : INDEX.cities[0].name}，${TERMS.rate}`, figure(shown("round/#rate"), undefined, ""), "%，可评", figure("round/#assessable", undefined, ""), `项，${TERMS.reached}`, figure("round/#met", undefined, ""), "项。"),
    h("h2", {}, TERMS.head), h("table", { class: "flow" }, h("thead", {}, h("tr", {}, isRanked ? h("th", { class: "r" }, "位次") : "", h("th", {}, TERMS.head), h("th", { class: "r" }, TERMS.rate), h("th", { class: "r" }, `${TERMS.reached}/可评/应评`), h("th", { class: "r" }, "覆盖率"),
      isRanked ? h("th", { class: "r wide" }, "位次区间") : "", h("th", { class: "r wide" }, "得分"), h("th", { class: "r" }, "缺报计零"), h("th", {}, "等次"), h("th", { class: "bar-cell" }, "判定构成"))), h("tbody", {}, rows)),
    h("p", { class: "faint" }, "带点线的数字都能点开，看它从哪一格、哪一行来；每一步由本页另算一遍。", isRanked ? `各${TERMS.place}目标不同，位次只反映完成自己目标的程度。` : ""),
    legend(VERDICTS.filter((state) => INDEX.cities.some((one) => one.targets.some(([, , own]) => own === state)))),
    isFull ? [h("h2", {}, `待答复的错误（${errors.length}件）`), errors.slice(0, 20).map(finding), h("p", {}, h("a", { class: "link", href: to("f") }, "全部审核问题"))] : ""];
}
/** 表中标记的意思，只说出现的 */
const marks = (rows) => [rows.some((row) => row.target_worse_than_baseline === "true") ? `＊目标劣于${TERMS.base}` : "", rows.some((row) => row.boundary === "true") ? "＃临界" : ""].filter(Boolean).join("；");
function targetTable(rows, label) {
  const body = rows.map((row) => {
    const base = baseOf(row), near = row.city;
    const name = h("a", { class: "link", href: to("c", row.city, row.no) }, row.name);
    return h("tr", {}, h("td", { class: "no" }, row.no), h("td", { class: "name" }, name, row.value_unit && row.value_unit !== "有/无" ? h("span", { class: "u" }, row.value_unit) : "", row.target_worse_than_baseline === "true" ? h("span", { title: `目标劣于${TERMS.base}` }, "＊") : "", row.boundary === "true" ? h("span", { title: "临界：修约后比较，结论不同" }, "＃") : ""),
      h("td", { class: "r wide" }, row.baseline || "—"), h("td", { class: "r", "data-l": "实绩" }, figure(`${row.city}/${row.no}/fact`, row.actual || "—", near)),
      h("td", { class: "r", "data-l": "目标" }, figure(stepOfTarget(row), row.target, near), later(row)), h("td", { class: "r", "data-l": "完成率" }, row.completion ? [figure(shown(`${base}/completion`, near), undefined, near), h("span", { class: "u" }, "%")] : "—"),
      h("td", { class: "last" }, figure(`${base}/state`, stateWord(row.state), near)));
  });
  return h("table", { class: "flow" }, label ? h("caption", {}, label) : "", h("thead", {}, h("tr", {}, h("th", {}, "序号"), h("th", {}, "指标"), h("th", { class: "r wide" }, TERMS.base), h("th", { class: "r" }, "实绩"), h("th", { class: "r" }, "目标"), h("th", { class: "r" }, "完成率"), h("th", {}, "判定"))), h("tbody", {}, body));
}
function taskTable(rows) {
  return h("table", { class: "flow" }, h("thead", {}, h("tr", {}, h("th", {}, "序号"), h("th", {}, "任务"), h("th", { class: "wide" }, "牵头"), h("th", {}, "进展"))), h("tbody", {}, rows.map((row) =>
    h("tr", {}, h("td", { class: "no" }, row.task), h("td", { class: "name" }, row.title, row.progress ? h("span", { class: "faint" }, `　${row.progress}`) : ""), h("td", { class: "wide" }, unitLinks(row.city, row.lead)), h("td", { class: "last" }, figure(`${row.city}/task/${row.task}/state`, stateWord(row.state), row.city))))));
}
function city([, slug]) {
  const one = CITIES.get(slug), data = cityData(slug), basis = (SCORES.get(slug) || {}).basis;
  const cell = (name, label, tail) => h("div", {}, h("dt", {}, label), h("dd", {}, figure(shown(`${slug}/#${name}`, slug), undefined, slug), tail ? h("small", {}, tail) : ""));
  const counted = data.assessments.filter((row) => row.origin === basis), others = data.assessments.filter((row) => row.origin !== basis);
  const units = one.units.map((name) => h("li", {}, h("a", { class: "link", href: to("u", slug, name) }, name)));
  return [h("p", { class: "crumb" }, h("a", { href: "#/" }, "总览")), h("h1", {}, one.name),
    h("dl", { class: "strip" }, cell("rate", TERMS.rate, "%"), cell("met", TERMS.reached), cell("assessable", "可评"), cell("total", "应评"), cell("coverage", "覆盖率", "%"), cell("score", "得分"), cell("score_missing_as_zero", "缺报计零"), isRanked ? cell("rank", "位次") : "", cell("grade", "等次")),
    h("h2", {}, basis === "prose" ? "正文目标" : "指标"), targetTable(counted, marks(counted)), others.length ? [h("h2", {}, "正文目标"), targetTable(others, `逐项判定，不计入${TERMS.rate}和得分`)] : "",
    data.tasks.length ? [h("h2", {}, "任务"), taskTable(data.tasks)] : "", h("h2", {}, "单位"), h("ul", { class: "two" }, units), legend(VERDICTS.filter((state) => data.assessments.some((row) => row.state === state)))];
}
function target([, slug, no]) {
  const data = cityData(slug), rows = data.assessments.filter((one) => one.no === no), own = FINDINGS.filter((one) => one.city === slug && one.indicator === no);
  if (!rows.length) return [h("h1", {}, no), h("p", { class: "quiet" }, "没有这一项。")];
  const order = [...new Set(data.assessments.map((one) => one.no))], place = order.indexOf(no), step = find(`${baseOf(rows[0])}/state`, slug);
  const next = (at_, words) => (order[at_] ? h("a", { class: "link", href: to("c", slug, order[at_]) }, words(`${order[at_]} ${data.assessments.find((one) => one.no === order[at_]).name}`)) : "");
  const pair = (label, node) => h("div", {}, h("dt", {}, label), h("dd", {}, node));
  return [h("p", { class: "crumb" }, h("a", { href: "#/" }, "总览"), " › ", cityLink(slug)), h("h1", {}, `${no}　${rows[0].name}`),
    rows.map((row) => {
      const base = baseOf(row), part = (name, label, tail) => (find(`${base}/${name}`, slug) && find(`${base}/${name}`, slug).type !== "none" ? pair(label, [figure(shown(`${base}/${name}`, slug), undefined, slug), tail ? h("span", { class: "u" }, tail) : ""]) : "");
      return [h("p", { class: "verdict" }, figure(`${base}/state`, stateWord(row.state), slug), h("span", { class: "quiet" }, row.reason)),
        h("dl", { class: "pair" }, pair("实绩", [figure(`${slug}/${no}/fact`, row.actual || "—", slug), h("span", { class: "u" }, row.value_unit)]), pair({ intended: "完成值", stretch: "力争值", assessed: "考核值" }[row.tier] || "目标", [figure(stepOfTarget(row), row.target, slug), later(row)]),
          row.baseline ? pair(`${row.baseline_year}年`, row.baseline) : "", part("completion", "完成率", "%"), part("progress", "进度", "%"), part("points", "得分"), part("weight", "权重"), row.target_worse_than_baseline === "true" ? part("worse", `目标劣于${TERMS.base}`) : "", row.boundary === "true" ? part("boundary", "临界") : "")];
    }),
    own.map(finding), h("h2", {}, "这个判定怎么来的"), step ? [tally(step), way(step)] : "", h("p", { class: "crumb" }, next(place - 1, (text) => `← ${text}`), "　　", next(place + 1, (text) => `${text} →`))];
}

// ---- 审核 ---------------------------------------------------------------------------------------------------
const placeWords = (one) => (one.cell ? `${fileName(one.file)}［${one.sheet}］${one.cell}` : one.sheet ? `${fileName(one.file)}［${one.sheet}］` : fileName(one.file));
const nameOf = (slug, no) => { const row = CITIES.has(slug) && CITIES.get(slug).targets.find(([own]) => own === no); return row ? row[1] : ""; };
function finding(one) {
  const cell = one.cell && isAtHand(one.city) ? find(`${one.file}[${one.sheet}]!${one.cell}`, one.city) : null, name = nameOf(one.city, one.indicator);
  return h("div", { class: "finding" }, h("p", { class: `sev ${one.severity}` }, SEVERITY[one.severity], h("span", { class: "faint" }, ` ${one.code}`)), h("div", {}, h("p", {}, one.message, "。", one.waived ? h("span", { class: "faint" }, `${one.outcome === "explained" ? "已说明" : "已豁免"}：${one.waived}`) : ""), h("p", { class: "quiet" }, one.remedy, one.remedy ? "。" : ""),
    h("p", { class: "faint" }, one.city ? [cityLink(one.city), "　"] : "", unitLinks(one.city, one.unit), one.indicator ? ["　", name ? h("a", { class: "link", href: to("c", one.city, one.indicator) }, `${one.indicator} ${name}`) : one.indicator] : "", one.file ? ["　", cell ? h("a", { class: "n", href: whyHref(cell) }, placeWords(one)) : placeWords(one)] : "")));
}
/** 给一个单位的查询文字 */
function letter(slug, unit, list) {
  const open = list.filter((one) => one.outcome === "fail" && one.severity !== "note" && !one.cause), name = CITIES.get(slug).name;
  if (!open.length) return "";
  const files = new Set(cityData(slug).submissions.filter((one) => one.unit === unit).map((one) => one.file));
  const where = (one) => {
    const places = [placeWords(one), ...one.related.split("；").filter(Boolean).map(cellWords)], raw = [one.file, ...one.related.split("；").map((text) => text.split("[")[0])];
    return places[Math.max(0, raw.findIndex((file) => files.has(file)))] || "";
  };
  const about = (one) => (one.indicator ? `，${nameOf(slug, one.indicator) ? `指标${one.indicator}“${nameOf(slug, one.indicator)}”` : one.indicator}` : "");
  return [`${name.endsWith("市") && unit.startsWith("市") ? name + unit.slice(1) : name + unit}：`, `　　你单位报送的${INDEX.year}年数据经审核，下列${open.length}处请核实，于${dateWords(INDEX.answer_by)}前答复或重报。`,
    ...open.map((one, i) => `　　${i + 1}．${where(one)}${about(one)}：${one.message}。${one.remedy}。（${one.code}）`), `　　${INDEX.issuer}`, `　　${dateWords(INDEX.report_date)}`].map(visible).join("\n");
}
async function copy(text, area) {
  try { await navigator.clipboard.writeText(text); } catch (error) { area.select(); document.execCommand("copy"); }
  say("已复制");
}
function say(text) {
  at("said").textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { at("said").textContent = ""; }, 2600);
}
function letterBox(slug, unit, list) {
  const text = letter(slug, unit, list);
  if (!text) return h("p", { class: "quiet" }, "没有要这个单位答复的问题。");
  const area = h("textarea", { class: "letter", readonly: true, rows: Math.min(22, text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 56), 1)), "aria-label": "查询文字" });
  area.value = text;
  return [area, h("p", {}, h("button", { class: "more", type: "button", onclick: () => copy(text, area) }, "复制查询文字"))];
}
function findings() {
  if (!isFull) return [h("h1", {}, "审核"), h("p", { class: "quiet" }, "公开版不含核实清单。")];
  const asked = query(), pick = Object.fromEntries(["city", "unit", "severity"].map((key) => [key, asked.get(key) || ""]));
  const list = FINDINGS.filter((one) => (!pick.city || one.city === pick.city) && (!pick.unit || one.unit.split("、").includes(pick.unit)) && (!pick.severity || one.severity === pick.severity));
  const go = (key, value) => { const next = { ...pick, [key]: value, ...(key === "city" ? { unit: "" } : {}) }; location.hash = `#/f?${new URLSearchParams(Object.entries(next).filter(([, one]) => one))}`; };
  const select = (key, label, options) => h("label", {}, `${label} `, h("select", { onchange: (event) => go(key, decodeURIComponent(event.target.value)) }, h("option", { value: "" }, "全部"), options.map(([value, text]) => h("option", { value: encodeURIComponent(value), selected: pick[key] === value }, text))));
  const units = [...new Set(FINDINGS.filter((one) => !pick.city || one.city === pick.city).flatMap((one) => one.unit.split("、")).filter(Boolean))];
  return [h("h1", {}, "审核"), h("div", { class: "filters" }, select("city", TERMS.head, INDEX.cities.map((one) => [one.slug, one.name])), select("unit", "单位", units.map((one) => [one, one])), select("severity", "程度", Object.entries(SEVERITY)), h("span", { class: "faint" }, `${list.length}件`)),
    pick.city && pick.unit ? [h("h2", {}, "查询文字"), letterBox(pick.city, pick.unit, list)] : h("p", { class: "faint" }, `选定${TERMS.head}和单位，就有给这个单位的查询文字。`), list.slice(0, 300).map(finding), list.length > 300 ? h("p", { class: "faint" }, `另有${list.length - 300}件，请缩小范围。`) : ""];
}
function unit([, slug, name]) {
  const data = cityData(slug), list = FINDINGS.filter((one) => one.city === slug && one.unit.split("、").includes(name)), roles = data.units.filter((one) => one.unit === name);
  const seen = data.ledger.steps.filter((one) => one.op === "read" && one.params.by === name).map((one) => one.id.split("/")[1]);
  const cell = (row, label, total, text) => h("td", { class: "r", "data-l": label }, figure(`${slug}/unit/${name}/${row.role_key}/#${total}`, text || "—", slug));
  const mine = data.assessments.filter((one) => seen.includes(one.no)), tasks = data.tasks.filter((one) => one.lead.split("、").includes(name)), books = data.submissions.filter((one) => one.unit === name);
  return [h("p", { class: "crumb" }, h("a", { href: "#/" }, "总览"), " › ", cityLink(slug)), h("h1", {}, name),
    books.length ? books.map((one) => h("p", { class: "quiet" }, figure(one.file, fileName(one.file), slug), `　第${one.version}版${one.received ? `　${one.received.replace("T", " ")}收到` : ""}${one.on_time === "false" ? "，逾期" : ""}${one.superseded === "true" ? "，已被替代" : ""}`)) : h("p", { class: "quiet" }, "没有收到工作簿。"),
    roles.length ? h("table", { class: "flow" }, h("thead", {}, h("tr", {}, ["角色", "应报", "已报", "可评", TERMS.reached, "任务", "完成的任务"].map((label, i) => h("th", { class: i ? "r" : null }, label)))), h("tbody", {}, roles.map((row) => h("tr", {}, h("td", { class: "name" }, row.role), cell(row, "应报", "expected", row.expected), cell(row, "已报", "reported", row.reported), cell(row, "可评", "assessable", row.assessable), cell(row, TERMS.reached, "met", row.met), cell(row, "任务", "tasks", row.tasks), cell(row, "完成的任务", "tasks_done", row.tasks_done))))) : "",
    isFull ? [h("h2", {}, "查询文字"), letterBox(slug, name, list)] : "", mine.length ? [h("h2", {}, "报送的指标"), targetTable(mine, "")] : "", tasks.length ? [h("h2", {}, "牵头的任务"), taskTable(tasks)] : "", isFull ? [h("h2", {}, "审核"), list.length ? list.map(finding) : h("p", { class: "quiet" }, "没有问题。")] : ""];
}
function listed([kind]) {
  const tasksOf = (one) => cityData(one.slug).tasks;
  const parts = kind === "t" ? INDEX.cities.map((one) => [h("h2", {}, one.name), tasksOf(one).length ? taskTable(tasksOf(one)) : h("p", { class: "quiet" }, `${TERMS.document}没有任务。`)])
    : INDEX.cities.map((one) => [h("h2", {}, one.name), h("ul", { class: "two" }, one.units.map((name) => h("li", {}, h("a", { class: "link", href: to("u", one.slug, name) }, name))))]);
  return [h("h1", {}, kind === "t" ? "任务" : "单位"), parts];
}
function inputs() {
  const row = ([role, path, sha256_]) => h("tr", {}, h("td", {}, role), h("td", { class: "name" }, figure(path.slice(path.indexOf("/") + 1), path, slugOf(path.slice(path.indexOf("/") + 1)))), h("td", { class: "mono wide" }, sha256_));
  return [h("h1", {}, "输入文件"), h("p", { class: "quiet" }, `${INDEX.inputs.length}个文件。输入指纹 `, h("span", { class: "mono" }, INDEX.fingerprint)), h("table", { class: "flow" }, h("thead", {}, h("tr", {}, h("th", {}, "类别"), h("th", {}, "文件"), h("th", { class: "wide" }, "SHA-256"))), h("tbody", {}, INDEX.inputs.map(row)))];
}

// ---- 路由、溯源、查找 -------------------------------------------------------------------------------------------
const PAGES = { "": overview, x: composite, f: findings, n: listed, t: listed, i: inputs };
function page(path) {
  if (["c", "u"].includes(path[0]) && CITIES.has(path[1])) return path[0] === "u" ? unit(path) : path.length > 2 ? target(path) : city(path);
  return (PAGES[path[0] || ""] || overview)(path);
}
let last = null, opener = null;
function route() {
  const path = address(), why = query().get("why"), key = location.hash.replace(/[?&]why=[^&]*/, "");
  if (key !== last) {
    const first = last === null;
    last = key;
    at("main").replaceChildren(...[page(path)].flat(Infinity).filter((one) => one !== "" && one !== null && one !== undefined));
    settle(at("main"));
    document.title = `${at("main").querySelector("h1").textContent}　${INDEX.year}`;
    for (const link of document.querySelectorAll(".bar nav a")) {
      if (link.dataset.at === (path[0] === "c" ? "" : path[0] === "u" ? "n" : path[0] || "")) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    if (!first) { scrollTo(0, 0); if (!why) at("main").focus({ preventScroll: true }); }
  }
  panel(why, path);
}
function panel(id, path) {
  const aside = at("why"), step = id ? find(id, CITIES.has(path[1]) ? path[1] : slugOf(id)) : null;
  at("stage").classList.toggle("open", Boolean(step));
  document.body.classList.toggle("why", Boolean(step));
  aside.hidden = !step;
  for (const link of document.querySelectorAll(".n")) if (step && link.dataset.why === visible(id)) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  if (!step) {
    aside.replaceChildren();
    if (opener && document.contains(opener)) opener.focus({ preventScroll: true });
    opener = null;
    return;
  }
  aside.replaceChildren(h("div", { class: "why-head" }, h("h2", { tabindex: "-1" }, title(step)), h("button", { type: "button", "aria-label": "关闭溯源", title: "关闭（Esc）", onclick: close_ }, "×")),
    h("p", { class: "why-value" }, withUnit(step)), tally(step), way(step), h("p", {}, h("button", { class: "more print", type: "button", onclick: () => print() }, "打印溯源单")), h("p", { class: "mono faint" }, step.id));
  settle(aside);
  aside.scrollTop = 0;
  aside.querySelector("h2").focus({ preventScroll: true });
}
function close_() { location.hash = to(...address()) + (address()[0] === "f" && [...query()].length > 1 ? `?${new URLSearchParams([...query()].filter(([key]) => key !== "why"))}` : ""); }
function search(text) {
  const words = text.trim().toLowerCase().split(/[\s/]+/).filter(Boolean), hits = [];
  const hit = (hay, weight, label, note, href, state) => { if (words.every((one) => hay.toLowerCase().includes(one))) hits.push({ weight, label, note, href, state }); };
  for (const one of words.length ? INDEX.cities : []) {
    const town = `${one.name} ${one.slug}`;
    hit(town, 0, one.name, TERMS.head, to("c", one.slug));
    for (const [no, name, state] of one.targets) hit(`${town} ${no} ${name}`, words.includes(no.toLowerCase()) ? 1 : 2, `${no} ${name}`, one.short, to("c", one.slug, no), state);
    for (const name of one.units) hit(`${town} ${name}`, 3, name, `${one.short} 单位`, to("u", one.slug, name));
  }
  return hits.sort((a, b) => a.weight - b.weight).slice(0, 40);
}
function searchBox() {
  const list = h("ul", { class: "hits", role: "listbox", id: "hits", "aria-label": "结果", hidden: true });
  const box = h("input", { type: "search", id: "find", role: "combobox", "aria-expanded": "false", "aria-controls": "hits", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: `查${TERMS.head}、指标、单位`, "aria-label": `查${TERMS.head}、指标、单位` });
  let hits = [], chosen = -1;
  const show = () => {
    const line = (one, i) => h("li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === chosen), onmousedown: (event) => { event.preventDefault(); go(one); } }, one.state ? mark(one.state, STATE[one.state]) : h("span", {}, "·"), one.label, h("small", {}, one.note));
    list.replaceChildren(...(hits.length ? hits.map(line) : [h("li", { class: "none", role: "option", "aria-selected": "false" }, "没有找到")]));
    list.hidden = !box.value.trim();
    box.setAttribute("aria-expanded", String(!list.hidden));
    if (chosen >= 0) { box.setAttribute("aria-activedescendant", `hit-${chosen}`); at(`hit-${chosen}`)?.scrollIntoView({ block: "nearest" }); } else box.removeAttribute("aria-activedescendant");
  };
  const go = (one) => { box.value = ""; hits = []; chosen = -1; show(); location.hash = one.href; };
  box.addEventListener("input", () => { hits = search(box.value); chosen = hits.length ? 0 : -1; show(); });
  box.addEventListener("blur", () => { list.hidden = true; box.setAttribute("aria-expanded", "false"); });
  box.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && hits.length) { event.preventDefault(); chosen = (chosen + move + hits.length) % hits.length; show(); }
    else if (event.key === "Enter" && hits[chosen]) go(hits[chosen]);
    else if (event.key === "Escape") { box.value = ""; hits = []; show(); box.blur(); event.stopPropagation(); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); } });
  return h("div", { class: "find" }, box, h("kbd", { "aria-hidden": "true" }, "/"), list);
}
function begin() {
  const pages = [["", "#/", "总览"], ["x", "#/x", "综合指数"], ["f", "#/f", "审核"], ["n", "#/n", "单位"], ["t", "#/t", "任务"], ["i", "#/i", "输入"]].filter(([key]) => (isFull || key !== "f") && (COMPOSITE || key !== "x"));
  at("top").append(h("div", { class: "bar" }, h("a", { class: "home", href: "#/" }, "溯源", h("span", {}, `　${INDEX.year}年度`)), h("nav", { "aria-label": "主要页面" }, pages.map(([key, href, label]) => h("a", { href, "data-at": key }, label))), INDEX.illustrative ? h("span", { class: "sample" }, "示例数据（虚构）") : "", searchBox()));
  const all = h("span", { id: "all" }, "");
  at("foot").append(h("div", {}, h("span", {}, "输入指纹 ", h("span", { class: "mono" }, INDEX.fingerprint)), h("span", {}, `duibiao ${INDEX.version}`), isFull ? "" : h("span", {}, "公开版：不含报表单元格和核实清单"), all));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !at("why").hidden) close_(); });
  document.addEventListener("click", (event) => { const link = event.target.closest("a.n"); if (link && !at("why").contains(link)) opener = link; });
  addEventListener("hashchange", route);
  addEventListener("resize", () => { settle(at("main")); settle(at("why")); });
  route();
  if (INDEX.cities.length > FEW) return;
  setTimeout(() => {
    const sum = tallyOf(everyStep());
    all.className = sum.bad.length ? "bad" : "";
    all.append(...(sum.bad.length ? [`本页重算${sum.good + sum.bad.length}步，${sum.bad.length}步不一致：`, ...sum.bad.slice(0, 5).map((one) => h("a", { class: "n", href: whyHref(one) }, title(one)))] : [`本页重算${sum.good}步，全部一致`]));
  }, 50);
}
begin();
