// Elements, made one by one: words of a report only ever become text nodes.

// what is invisible or turns the writing round; zero-width joiners make emoji and stay
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;

/** An element; attributes that are functions are listeners, those that are false, null or undefined are left out. */
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

/** Words of the report; each invisible character stands in an element that shows its code and keeps its effect inside. */
function exactly(text) {
  if (!UNSEEN.test(text)) return [document.createTextNode(text)];
  const nodes = [];
  for (const piece of text.split(new RegExp(`(${UNSEEN.source})`))) {
    if (!piece) continue;
    const code = UNSEEN.test(piece) && piece.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    nodes.push(code ? el("span", {class: "unseen-character", "data-code": `U+${code}`}, piece) : document.createTextNode(piece));
  }
  return nodes;
}

/** Words of a report as a label: isolated, so that they cannot turn round what stands beside them. */
const quoted = (text, name = "bdi", attributes = {}) => el(name, {lang: "zh-CN", ...attributes}, ...exactly(text));

const byId = (id) => document.getElementById(id);
const replace = (node, ...children) => { node.replaceChildren(...children.flat().filter(Boolean)); return node; };

function reveal(node, block = "nearest") {
  if (node) node.scrollIntoView({block, inline: "nearest"});
}

/** One of many takes part in the order of Tab; the arrows go from there. */
function makeStop(nodes, node) {
  nodes.forEach((one) => { if (one.tabIndex === 0) one.tabIndex = -1; });
  if (node) node.tabIndex = 0;
}

function tell(message) {
  byId("told").textContent = message;
}
