// Does the steps of a page again with the page's own operations, outside of a browser, and says what came of it as JSON.
// usage: node recompute.js explorer.html operations.js ledger.js [alter]
// With "alter" every derived step is altered once; `unseen` are those that it does not notice.
"use strict";
const fs = require("fs");
const [page, operations, ledger, alter] = process.argv.slice(2);
const blocks = new Map();
for (const [, id, json] of fs.readFileSync(page, "utf8").matchAll(/<script type="application\/json" id="([^"]+)">(.*?)<\/script>/gs)) blocks.set(id, json);
const document = { getElementById: (id) => ({ textContent: blocks.get(id) }) };
const code = [operations, ledger].map((path) => fs.readFileSync(path, "utf8")).join("\n");
const { OPERATIONS, everyStep, tallyOf, downstream, isWord } = new Function("document", `${code}; return { OPERATIONS, everyStep, tallyOf, downstream, isWord };`)(document);
const steps = everyStep(), sum = tallyOf(steps), unseen = [];
const other = (value) => (OPERATIONS.isNumber(value) ? { n: value.n + value.d, d: value.d } : typeof value === "boolean" ? !value : value === null ? "x" : `${value}1`);
for (const step of alter ? steps.filter((one) => one.again === true) : []) {
  const stated = step.value;
  step.value = other(stated);
  step.checked = undefined;
  if (step.again !== false) unseen.push(step.id);
  step.value = stated;
}
// How many printed figures some cells and workbooks reach, and how many verdicts and grades, as the page tells it.
const reach = steps.filter((one) => one.op === "cell" || one.op === "file").filter((one, at) => at % 50 === 0).map((one) => { const all = downstream(one), words = all.filter(isWord).length; return [one.id, all.length - words, words]; });
console.log(JSON.stringify({ steps: steps.length, good: sum.good, bad: sum.bad.map((one) => one.id), leaves: sum.leaves, withheld: sum.withheld, unseen, reach }));
