// Opens a page in a headless Chromium as its readers do, without a network, and says what was seen as JSON.
// usage: node browse.js CHROMIUM PAGE.html ORDERS.json
// Orders: { axe, originals: [paths], pictures: folder, routes: [hashes], trial: hash, typed } – all may be left out.
// Speaks with the browser over two pipes (its DevTools protocol); needs nothing but node.
"use strict";
const fs = require("fs"), os = require("os"), path = require("path");
const { spawn } = require("child_process");
const [chromium, page_, orders_] = process.argv.slice(2);
const page = path.resolve(page_);
/** Nothing that is done here takes so long, in milliseconds: a browser that does not answer is given up. */
const LIMIT = 300000;
const orders = JSON.parse(fs.readFileSync(orders_, "utf8"));
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "browse-"));
const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run", "--hide-scrollbars"];
const browser = spawn(chromium, [...quiet, `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const seen = { requests: [], messages: [], dialogs: 0, sideways: [], violations: [] };

// ---- the browser ----
let session, number = 0, rest = "";
const answers = new Map(), waiting = [];
browser.stdio[4].setEncoding("utf8").on("data", (text) => {
  const parts = (rest + text).split("\0");
  rest = parts.pop();
  for (const part of parts) hear(JSON.parse(part));
});
function hear(told) {
  if (told.id) {
    const { resolve, reject } = answers.get(told.id);
    answers.delete(told.id);
    if (told.error) reject(new Error(told.error.message)); else resolve(told.result);
    return;
  }
  const { method, params } = told;
  if (method === "Network.requestWillBeSent" && !/^(file|data|about|blob):/.test(params.request.url)) seen.requests.push(params.request.url);
  if (method === "Runtime.consoleAPICalled") seen.messages.push(params.args.map((one) => one.value).join(" "));
  if (method === "Log.entryAdded") seen.messages.push(params.entry.text);
  if (method === "Runtime.exceptionThrown") seen.messages.push(params.exceptionDetails.exception?.description || params.exceptionDetails.text);
  if (method === "Page.javascriptDialogOpening") { seen.dialogs += 1; send("Page.handleJavaScriptDialog", { accept: false }); }
  for (const one of waiting.splice(0)) if (one.method === method) one.resolve(params); else waiting.push(one);
}
function send(method, params = {}) {
  number += 1;
  browser.stdio[3].write(`${JSON.stringify({ id: number, method, params, sessionId: session })}\0`);
  return new Promise((resolve, reject) => answers.set(number, { resolve, reject }));
}
const event = (method) => new Promise((resolve) => waiting.push({ method, resolve }));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function ask(expression) {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
  return result.value;
}
const settled = () => ask("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))");
async function go(hash) { await ask(`location.hash = ${JSON.stringify(hash)}`); await settled(); }
async function load(hash = "") {
  await send("Page.navigate", { url: "about:blank" });
  const done = event("Page.loadEventFired");
  await send("Page.navigate", { url: `file://${page}${hash}` });
  await done;
  await ask("new Promise((done) => { const look = () => (document.querySelector('main h1') ? requestAnimationFrame(() => done()) : setTimeout(look, 1)); look(); })");
}
const KEYS = { Enter: [13, "\r"], Tab: [9], Escape: [27], ArrowDown: [40], ArrowUp: [38] };
async function press(key) {
  const [code, text] = KEYS[key] || [key.charCodeAt(0), key];
  await send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", key, code: key, windowsVirtualKeyCode: code, text });
  await send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode: code });
  await settled();
}
const type = async (text) => { await send("Input.insertText", { text }); await settled(); };
const size = (width, height) => send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
async function picture(name, whole) {
  if (!orders.pictures) return;
  const { data } = await send("Page.captureScreenshot", { captureBeyondViewport: whole });
  fs.writeFileSync(path.join(orders.pictures, `${name}.png`), data, "base64");
}
async function print(name) {
  if (!orders.pictures) return;
  const { data } = await send("Page.printToPDF", { paperWidth: 8.27, paperHeight: 11.69 });
  fs.writeFileSync(path.join(orders.pictures, `${name}.pdf`), data, "base64");
}

// ---- the readers ----
/** a leader types what is looked for, and opens the first figure with the keyboard alone */
async function keyboard() {
  await go("#/");
  await press("/");
  await type(orders.typed);
  const hits = await ask("[...document.querySelectorAll('#hits li')].map((one) => one.textContent)");
  await press("Enter");
  const route = await ask("decodeURIComponent(location.hash)");
  let tabs = 0;
  while (tabs < 80 && !(await ask("document.activeElement.matches('main a.n')"))) { await press("Tab"); tabs += 1; }
  const figure = await ask("document.activeElement.textContent");
  await press("Enter");
  const opened = await ask("({ hidden: document.getElementById('why').hidden, focus: document.activeElement.tagName, tally: document.querySelector('#why .tally')?.textContent })");
  await press("Escape");
  const closed = await ask("({ hidden: document.getElementById('why').hidden, focus: document.activeElement.textContent })");
  return { hits, route, figure, opened, closed };
}
/** a clerk chooses a city and a unit, and copies the words of the query */
async function clerk() {
  await go("#/f");
  const all = await ask("document.querySelectorAll('.finding').length");
  for (const at of [0, 1]) {
    await ask(`document.querySelectorAll('main select')[${at}].focus()`);
    await press("ArrowDown");
  }
  const chosen = await ask("({ hash: decodeURIComponent(location.hash), findings: document.querySelectorAll('.finding').length, letter: document.querySelector('textarea')?.value || '' })");
  const hash = chosen.hash;
  await ask("history.back()");
  await pause(60);
  return { all, ...chosen, back: (await ask("decodeURIComponent(location.hash)")) !== hash };
}
async function originals() {
  const said = [];
  for (const file of orders.originals) {
    const { root } = await send("DOM.getDocument");
    const { nodeId } = await send("DOM.querySelector", { nodeId: root.nodeId, selector: "#why .drop input" });
    await send("DOM.setFileInputFiles", { nodeId, files: [file] });
    await pause(500);
    said.push(await ask("document.querySelector('#why .drop').textContent"));
  }
  return said;
}
/** somebody tries other weights with the keyboard alone, and sets them back */
async function trial() {
  await go(orders.trial);
  const told = () => ask("({ mark: document.querySelector('.mark-trial')?.textContent, said: document.querySelector('.what-if [role=status]')?.textContent, weights: [...document.querySelectorAll('.weights input')].map((one) => one.value), published: [...document.querySelectorAll('main tbody tr')].map((one) => one.children[0].textContent), tried: [...document.querySelectorAll('main tbody tr')].map((one) => [...one.querySelectorAll('.trial')].map((cell) => cell.textContent)) })");
  const before = await told();
  await ask("document.getElementById('weight-0').focus()");
  for (let at = 0; at < (orders.ups || 60); at += 1) await press("ArrowUp");
  const after = await told();
  let tabs = 0;
  while (tabs < 40 && !(await ask("document.activeElement.matches('.what-if button')"))) { await press("Tab"); tabs += 1; }
  await press("Enter");
  return { before, after, back: await told() };
}
const nameOf = (hash) => decodeURIComponent(hash).replace(/[^\p{L}\p{N}]+/gu, "-") || "-";

async function main() {
  const { targetInfos } = await send("Target.getTargets");
  session = (await send("Target.attachToTarget", { targetId: targetInfos.find((one) => one.type === "page").targetId, flatten: true })).sessionId;
  for (const part of ["Page", "Runtime", "Network", "Log", "DOM"]) await send(`${part}.enable`);
  await send("Network.emulateNetworkConditions", { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await size(1280, 900);
  await load();
  seen.loaded = await ask("loaded.size");
  await pause(orders.wait || 300);
  seen.all = await ask("document.getElementById('all').textContent");
  seen.allIsBad = await ask("document.getElementById('all').className === 'bad'");
  seen.scripts = await ask("document.querySelectorAll('script, iframe, object, embed, img').length - document.querySelectorAll('script[type=\"application/json\"]').length");
  if (orders.typed) { seen.keyboard = await keyboard(); seen.clerk = await clerk(); }
  seen.shown = {};
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await size(width, height);
    for (const hash of orders.routes || []) {
      const begin = performance.now();
      await go(hash);
      const took = Math.round(performance.now() - begin);
      const wide = await ask("document.documentElement.scrollWidth");
      if (wide > width) seen.sideways.push(`${hash} ${width} ${wide}`);
      if (width === 1280) seen.shown[hash] = { took, text: await ask("document.getElementById('stage').innerText") };
      await picture(`${nameOf(hash)}-${width}`, !hash.includes("why="));
    }
  }
  await size(1280, 900);
  for (const hash of orders.print || []) { await go(hash); await print(nameOf(hash)); }
  if (orders.originals) { await go(orders.originalsAt); seen.originals = await originals(); }
  if (orders.trial) seen.trial = await trial();
  if (orders.axe) await accessible();
  if (orders.every) await everywhere();
}
async function accessible() {
  const axe = fs.readFileSync(orders.axe, "utf8");
  await send("Page.setBypassCSP", { enabled: true });
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await size(width, height);
    for (const hash of orders.routes) {
      await load(hash);
      await ask(axe);
      const found = await ask("axe.run().then((told) => ({ passes: told.passes.length, violations: told.violations.map((one) => `${one.id} ${one.impact} ${one.nodes.length} ${one.nodes[0].html.slice(0, 160)}`) }))");
      seen.passes = (seen.passes || 0) + found.passes;
      seen.violations.push(...found.violations.map((one) => `${hash} ${width} ${one}`));
    }
  }
  await send("Page.setBypassCSP", { enabled: false });
}
/** every page of the file, and a part of all ways */
async function everywhere() {
  await load();
  seen.every = await ask(`(async () => {
    const hashes = ["#/", "#/f", "#/n", "#/t", "#/i"];
    for (const one of INDEX.cities) { hashes.push(to("c", one.slug)); for (const [no] of one.targets) hashes.push(to("c", one.slug, no)); for (const name of one.units) hashes.push(to("u", one.slug, name)); }
    for (const hash of hashes) { location.hash = hash; await new Promise((done) => setTimeout(done, 1)); route(); }
    const steps = everyStep();
    for (let at = 0; at < steps.length; at += 7) panel(steps[at].id, []);
    return { pages: hashes.length, ways: Math.ceil(steps.length / 7) };
  })()`);
}
const late = new Promise((resolve, reject) => setTimeout(() => reject(new Error("the browser does not answer")), LIMIT).unref());
Promise.race([main(), late]).then(() => console.log(JSON.stringify(seen)), (error) => { console.error(error.stack); process.exitCode = 1; }).finally(() => {
  // Children of the browser may still write there for a moment.
  browser.on("exit", () => { try { fs.rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }); } catch { /* a temporary folder */ } });
  browser.kill("SIGKILL");
});
