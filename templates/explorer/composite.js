// ---- 综合指数：位次，和改变领域权重的试算 ---------------------------------------------------------------------
const COMPOSITE = INDEX.composite;
/** 试算的合成方法：得分和权重合成一个数；算不出的null */
const TRIALS = {
  arithmetic: (parts, sum) => parts.reduce((total, [score, weight]) => total + score * weight, 0) / sum,
  geometric: (parts, sum) => (parts.every(([score]) => score > 0) ? Math.exp(parts.reduce((total, [score, weight]) => total + weight * Math.log(score), 0) / sum) : null),
  harmonic: (parts, sum) => (parts.every(([score]) => score > 0) ? sum / parts.reduce((total, [score, weight]) => total + weight / score, 0) : null),
};
/** 一个城市按这些权重的指数：没有得分的领域不算，其余按比例放大 */
function trialOf(scores, weights) {
  const parts = scores.map((score, i) => [score, weights[i]]).filter(([score, weight]) => score !== null && weight > 0);
  const sum = parts.reduce((total, [, weight]) => total + weight, 0);
  return sum > 0 ? TRIALS[COMPOSITE.aggregation](parts, sum) : null;
}
/** 名次：得分高的在前；差不到十亿分之一的并列；算不出的没有 */
const trialPlaces = (values) => values.map((own) => (own === null ? null : 1 + values.filter((one) => one !== null && one > own + 1e-9).length));
/** 各市之间的步骤都在索引中，不必为它们读各个城市 */
const ofRound = (id) => ROUND.byId.get(`${id}.shown`) || ROUND.byId.get(id) || null;
/** 发布的数照台账修约后的写法；台账没有的，照数据修约 */
function published(id, text) {
  const step = ofRound(id);
  return linked(step, step ? undefined : text);
}
const rounded = (text) => (text === null ? "—" : Number(text).toFixed(1));

function composite() {
  if (!COMPOSITE) return [h("h1", {}, "综合指数"), h("p", { class: "quiet" }, "本轮没有综合指数。")];
  const placed = COMPOSITE.cities.filter((one) => one.rank !== null), apart = COMPOSITE.cities.filter((one) => one.rank === null);
  const isOffered = Object.hasOwn(TRIALS, COMPOSITE.aggregation) && COMPOSITE.domains.length > 1, hasDraws = placed.some((one) => one.interval);
  const own = COMPOSITE.domains.map((one) => Number(one.weight)), trial = { weights: [...own] };
  const scores = placed.map((one) => one.scores.map((score) => (score === null ? null : Number(score))));
  const cells = placed.map(() => ({ score: h("td", { class: "r trial", "data-l": "试算得分" }), place: h("td", { class: "r trial", "data-l": "试算位次" }), change: h("td", { class: "r trial", "data-l": "变化" }) }));
  const marks = (one) => [one.imputed ? h("span", { title: `${one.imputed}个值为插补` }, "※") : "", one.treated ? h("span", { title: `${one.treated}个值作过极端值处理` }, "▽") : ""];
  const rows = placed.map((one, at_) => h("tr", {}, h("td", { class: "r no" }, published(`${one.slug}/#index.rank`, String(one.rank))), h("td", { class: "name" }, cityLink(one.slug), marks(one)),
    h("td", { class: "r last" }, published(`${one.slug}/#index.score`, rounded(one.index))), hasDraws ? h("td", { class: "r", "data-l": "位次区间" }, one.interval ? one.interval.join("—") : "—") : "",
    one.scores.map((score, i) => h("td", { class: "r wide" }, published(`${one.slug}/#index.d.${COMPOSITE.domains[i].id}.score`, rounded(score)))), isOffered ? [cells[at_].score, cells[at_].place, cells[at_].change] : ""));
  const head = ["位次", TERMS.head, "得分", ...(hasDraws ? ["位次区间"] : [])].map((label, i) => h("th", { scope: "col", class: i === 1 ? null : "r" }, label));
  const table = h("table", { class: "flow" }, h("thead", {}, h("tr", {}, head, COMPOSITE.domains.map((one) => h("th", { scope: "col", class: "r wide" }, one.name)), isOffered ? ["试算得分", "试算位次", "变化"].map((label) => h("th", { scope: "col", class: "r trial" }, label)) : "")), h("tbody", {}, rows));
  return [h("p", { class: "crumb" }, h("a", { href: "#/" }, "总览")), h("h1", {}, COMPOSITE.name),
    h("p", { class: "lead" }, `综合指数比各${TERMS.place}的水平；${TERMS.rate}说各${TERMS.place}完成自己目标的程度。两者各自计算，不相加、不折算。`),
    isOffered ? trialBox(trial, own, () => filled(trial.weights, own, scores, placed, cells)) : h("p", { class: "quiet" }, COMPOSITE.domains.length > 1 ? "领域得分合成指数所用的方法不能只由领域得分重算，本页不作权重试算。" : "只有一个领域，本页不作权重试算。"),
    h("h2", {}, "位次"), table,
    apart.length ? h("p", { class: "faint" }, "有数的指标不够或有未了结的事项，不排位次：", apart.map((one, i) => [i ? "、" : "", "（", cityLink(one.slug), `）${one.index === null ? "" : `${rounded(one.index)}分，`}有数${rounded(one.coverage)}%`])) : "",
    h("p", { class: "faint" }, "位次按未修约的得分排。", hasDraws ? "位次区间为改变做法的抽样中从第百分之五到第百分之九十五的位次。" : "", COMPOSITE.cities.some((one) => one.imputed) ? "※有指标值为插补。" : "", COMPOSITE.cities.some((one) => one.treated) ? "▽有指标值作过极端值处理。" : "")];
}
/** 各领域权重的输入，和复原 */
function trialBox(trial, own, changed) {
  const told = h("p", { class: "faint", role: "status" }), shares = own.map(() => h("span", { class: "u" }));
  const show = () => {
    const sum = trial.weights.reduce((total, one) => total + one, 0);
    shares.forEach((share, i) => { share.textContent = sum > 0 ? `折合${((100 * trial.weights[i]) / sum).toFixed(1)}%` : "—"; });
    told.textContent = changed();
  };
  const boxes = COMPOSITE.domains.map((one, i) => {
    const box = h("input", { type: "number", min: "0", step: "1", id: `weight-${i}`, inputmode: "decimal", value: own[i].toFixed(1), oninput: () => { const value = Number(box.value); trial.weights[i] = Number.isFinite(value) && value > 0 ? value : 0; show(); } });
    return box;
  });
  const reset = () => { trial.weights.splice(0, own.length, ...own); boxes.forEach((box, i) => { box.value = own[i].toFixed(1); }); show(); };
  show();
  return h("section", { class: "what-if", "aria-labelledby": "what-if" }, h("h2", { id: "what-if" }, "改变权重试算"), h("p", { class: "mark-trial" }, "试算，不是发布数字 (what-if, not published)"),
    h("p", { class: "quiet" }, "改各领域的权重，按比例折合，领域得分不变；只在本页计算，不保存，不送出。"),
    h("div", { class: "weights" }, COMPOSITE.domains.map((one, i) => h("div", {}, h("label", { for: `weight-${i}` }, one.name), boxes[i], shares[i]))), h("p", {}, h("button", { class: "more", type: "button", onclick: reset }, "恢复发布的权重")), told);
}
/** 填入试算的得分、位次和变化；返回一句话 */
function filled(weights, own, scores, placed, cells) {
  const values = scores.map((one) => trialOf(one, weights)), places = trialPlaces(values);
  const isOwn = weights.every((one, i) => one === own[i]);
  let moved = 0;
  cells.forEach((cell, at_) => {
    // 用发布的权重，就是发布的位次
    const before = placed[at_].rank, now = isOwn ? before : places[at_], by = now === null ? null : before - now;
    if (by) moved += 1;
    const step = isOwn ? ofRound(`${placed[at_].slug}/#index.score`) : null;
    cell.score.textContent = step ? wordsOf(step) : values[at_] === null ? "—" : values[at_].toFixed(1);
    cell.place.textContent = now === null ? "—" : String(now);
    cell.change.textContent = by === null ? "—" : by > 0 ? `升${by}` : by < 0 ? `降${-by}` : "不变";
  });
  if (weights.every((one) => one === 0)) return "权重都为零，算不出。";
  return isOwn ? "现在是发布的权重。" : `试算：${moved}个${TERMS.place}的位次与发布的不同。`;
}
