// ---- 数据：索引一段，每个城市一段，用到时才读 ------------------------------------------------------------------
const readBlock = (id) => JSON.parse(document.getElementById(id).textContent);
const INDEX = readBlock("index");
/** 各地方、方案和所计之数在本轮的叫法 */
const TERMS = INDEX.terms;
const CITIES = new Map(INDEX.cities.map((one, at) => [one.slug, { ...one, at }]));
const records = (table) => table.rows.map((row) => Object.fromEntries(table.columns.map((name, at) => [name, row[at]])));
const SCORES = new Map(records(INDEX.scores).map((one) => [one.city, one]));
const FINDINGS = records(INDEX.findings);
const INPUTS = new Map(INDEX.inputs.map(([role, path, sha256]) => [path, { role, path, sha256 }]));
/** 文件：台账中写到轮次文件夹以下，登记中写到输入文件夹以下 */
const inputOf = (file) => INPUTS.get(`${INDEX.year}/${file}`) || INPUTS.get(file) || [...INPUTS.values()].find((one) => one.path.slice(one.path.indexOf("/") + 1) === file);

// ---- 台账 ----
class Step {
  constructor(name, [operation, text, type, unit, args, params], ledger, block) {
    // 本城市的步骤不重写城市；相同的参数只写一次
    Object.assign(this, { id: name.startsWith("/") ? ledger.slug + name : name, text, unit, ledger, op: INDEX.operations[operation], type: INDEX.kinds[type], params: params ? block.params[params - 1] : {}, args });
    try { this.value = OPERATIONS.value(text, this.type); } catch (error) { this.value = text; }
  }
  /** 来源：[角色, 步骤]；没有找到的步骤为null */
  get sources() {
    if (!this.found) {
      this.found = [];
      for (let at = 0; at < this.args.length; at += 2) {
        const name = this.args[at + 1];
        this.found.push([INDEX.roles[this.args[at]], typeof name === "number" ? this.ledger.steps[name] : find(name, this.ledger.slug)]);
      }
    }
    return this.found;
  }
  from(role) { return this.sources.filter(([own]) => own === role).map(([, step]) => step); }
  one(role) { return this.from(role)[0] || null; }
  has(role) { return this.sources.some(([own]) => own === role); }
  get isLeaf() { return OPERATIONS.isLeaf(this.op); }
  /** 再算一遍：一致true，不一致false，不算的null */
  get again() {
    if (this.checked === undefined) {
      const missing = this.sources.some(([, step]) => !step);
      this.checked = missing ? false : OPERATIONS.again(this, this.sources.map(([role, step]) => [role, step.value]));
    }
    return this.checked;
  }
}
/** 步骤名与上一个相同的开头不重写 */
function stepsOf(lines, own, block) {
  let name = "";
  return lines.map(([kept, rest, ...one]) => { name = name.slice(0, kept) + rest; return new Step(name, one, own, block); });
}
function ledger(slug, block) {
  const own = { slug, steps: [] };
  own.steps = stepsOf(block.steps, own, block);
  for (const at of block.printed) own.steps[at].isNumeral = true;
  own.byId = new Map(own.steps.map((one) => [one.id, one]));
  return own;
}
const ROUND = ledger("", INDEX);
/** 总览所列的合计在索引中另有一份，不必为它们读各个城市 */
const TOTALS = new Map(stepsOf(INDEX.cities.flatMap((one) => one.totals), ROUND, INDEX).map((step) => [step.id, step]));
function totalOf(slug, name) {
  const id = `${slug}/#${name}`;
  return [TOTALS, ROUND.byId].flatMap((place) => [place.get(`${id}.shown`), place.get(id)]).find(Boolean) || null;
}
/** 城市多时，没有打开的城市不为链接去读，也不全部重算 */
const FEW = 6;
const isAtHand = (slug) => loaded.has(slug) || INDEX.cities.length <= FEW;
const loaded = new Map();
/** 一个城市：台账和各表 */
function cityData(slug) {
  if (!loaded.has(slug)) {
    const block = readBlock(`city-${CITIES.get(slug).at}`);
    const data = { ledger: ledger(slug, block) };
    for (const [name, table] of Object.entries(block.tables)) data[name] = records(table);
    loaded.set(slug, data);
  }
  return loaded.get(slug);
}
const slugOf = (id) => { const head = id.slice(0, Math.max(0, id.indexOf("/"))); return CITIES.has(head) ? head : ""; };
/** 一个名字的步骤：先看本市台账，再看各市之间的，再看它所在城市的 */
function find(id, near) {
  const places = [near, slugOf(id)].filter((slug) => slug && CITIES.has(slug)).map((slug) => cityData(slug).ledger);
  for (const place of [places[0] || ROUND, ROUND, ...places]) if (place.byId.has(id)) return place.byId.get(id);
  return null;
}
function upstream(step) {
  const seen = new Set(), wait = [step];
  while (wait.length) {
    const one = wait.pop();
    if (!one || seen.has(one)) continue;
    seen.add(one);
    for (const [, from] of one.sources) wait.push(from);
  }
  return [...seen];
}
/** 刊出的：各卷的数字，还有判定和等次；与explain所计的相同 */
const isWord = (step) => step.id.endsWith("/state") || step.id.endsWith("/#grade");
/** 由它影响到的刊出的数字、判定和等次 */
function downstream(step) {
  const own = step.ledger.slug ? [step.ledger, ROUND] : [ROUND, ...INDEX.cities.map((one) => cityData(one.slug).ledger)];
  const uses = new Map();
  for (const place of own) for (const one of place.steps) for (const [, from] of one.sources) {
    if (!uses.has(from)) uses.set(from, []);
    uses.get(from).push(one);
  }
  // 同一格在一份台账中可能写了两遍
  const seen = new Set(), wait = own.flatMap((place) => place.steps).filter((one) => one.id === step.id), named = new Map();
  while (wait.length) for (const next of uses.get(wait.pop()) || []) if (!seen.has(next)) { seen.add(next); wait.push(next); }
  for (const one of own.flatMap((place) => place.steps)) if (seen.has(one) && (one.isNumeral || isWord(one)) && !named.has(one.id)) named.set(one.id, one);
  return [...named.values()];
}
/** 各步重算的结果 */
function tallyOf(steps) {
  const sum = { good: 0, bad: [], leaves: 0, withheld: 0 };
  for (const step of steps) {
    if (step.isLeaf) sum.leaves += 1;
    else if (step.again === true) sum.good += 1;
    else if (step.again === false) sum.bad.push(step);
    else sum.withheld += 1;
  }
  return sum;
}
/** 全页各步 */
const everyStep = () => [...INDEX.cities.flatMap((one) => cityData(one.slug).ledger.steps), ...ROUND.steps];

// ---- 单元格 ----
/** `湘潭.xlsx[指标]!E7`：文件、工作表、列（从0）、行 */
function placeOf(id) {
  const found = /^(.*?)\[(.*)\]!([A-Z]+)(\d+)$/.exec(id);
  if (!found) return null;
  const [, file, sheet, letters, row] = found;
  const column = [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;
  return { file, sheet, column, row: Number(row), address: letters + row };
}
function lettersOf(column) {
  let text = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  return text;
}
/** 台账提到的各格，按工作表 */
function sheetsOf(own) {
  if (!own.sheets) {
    own.sheets = new Map();
    for (const step of own.steps.filter((one) => one.op === "cell")) {
      const place = placeOf(step.id);
      if (!place) continue;
      const key = `${place.file}[${place.sheet}]`;
      if (!own.sheets.has(key)) own.sheets.set(key, []);
      own.sheets.get(key).push({ ...place, step });
    }
  }
  return own.sheets;
}
