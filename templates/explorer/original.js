// ---- 核对原件：在本页算摘要、读那一格；文件不离开这台机器 -------------------------------------------------------
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
}
const utf8 = (bytes) => new TextDecoder().decode(bytes);
/** 压缩包的目录：名字 → {method, size, at} */
function zipParts(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 22 || view.getUint32(0, true) !== 0x04034b50) throw new Error("not a zip");
  let end = bytes.length - 22;
  while (end > 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  const parts = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left; left -= 1) {
    const length = view.getUint16(at + 28, true);
    const name = utf8(bytes.subarray(at + 46, at + 46 + length));
    const from = view.getUint32(at + 42, true);
    const start = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true);
    parts.set(name, { method: view.getUint16(at + 10, true), packed: bytes.subarray(start, start + view.getUint32(at + 20, true)) });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}
async function unpacked({ method, packed }) {
  if (method === 0) return utf8(packed);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}
const tagged = (root, tag) => [...root.getElementsByTagNameNS("*", tag)];
const texts = (root) => tagged(root, "t").filter((one) => one.parentNode.localName !== "rPh").map((one) => one.textContent).join("");
/** xlsx 中一格的内容 */
async function readCell(bytes, sheet, address) {
  const parts = zipParts(bytes);
  const xml = async (name) => new DOMParser().parseFromString(await unpacked(parts.get(name)), "application/xml");
  const wanted = tagged(await xml("xl/workbook.xml"), "sheet").find((one) => one.getAttribute("name") === sheet);
  const link = [...wanted.attributes].find((one) => one.localName === "id" && one.prefix).value;
  const relation = tagged(await xml("xl/_rels/workbook.xml.rels"), "Relationship").find((one) => one.getAttribute("Id") === link);
  const path = relation.getAttribute("Target").replace(/^\/?(xl\/)?/, "xl/");
  const cell = tagged(await xml(path), "c").find((one) => one.getAttribute("r") === address);
  if (!cell) return "";
  const value = tagged(cell, "v")[0];
  if (cell.getAttribute("t") === "s") return texts(tagged(await xml("xl/sharedStrings.xml"), "si")[Number(value.textContent)]);
  return value ? value.textContent : texts(cell);
}
const isSameText = (one, other) => one.trim() === other.trim() || (one.trim() !== "" && other.trim() !== "" && Number(one) === Number(other));
/** 一个文件是不是当时读取的，那一格是不是还那样 */
async function compared(file, input, place, stated) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!globalThis.crypto || !crypto.subtle) return { good: false, words: "这个浏览器在本地文件中不能计算SHA-256，请用 duibiao explain --file 核对。" };
  const digest = await sha256(bytes), good = digest === input.sha256;
  let cell = "";
  if (place) {
    let text;
    try { text = await readCell(bytes, place.sheet, place.address); } catch (error) { text = undefined; }
    if (text === undefined) cell = "这种格式本页不读单元格。";
    else cell = `${place.address}为${text === "" ? "空白" : `“${text}”`}，${isSameText(text, stated) ? "与记录一致" : `与记录“${stated}”不同`}。`;
  }
  const words = good ? `${file.name}：就是当时读取的文件，SHA-256一致。` : `${file.name}：不是当时读取的文件，其SHA-256为${digest.slice(0, 16)}…，应为${input.sha256.slice(0, 16)}…。`;
  return { good, words: words + cell };
}
