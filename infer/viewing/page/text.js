// The report's text: line by line, exactly as it was read, with everything that was read from it marked.

/** What owns words of the text; the first of several owners is the one that a click opens. */
function ownersOf(report) {
  const facts = report.facts.map((fact) => ({kind: "fact", at: fact.at, start: fact.start, end: fact.end, rank: fact.stated ? 0 : 1}));
  const meta = report.meta.filter((one) => one.place).map((one) => ({kind: "meta", at: one.at, start: one.place[0], end: one.place[1], rank: 3}));
  const warnings = report.warnings.filter((one) => one.place).map((one) =>
    ({kind: "warning", at: one.at, start: one.place[0], end: one.place[1], rank: 2}));
  const checks = report.checks.filter((one) => one.status === "fail").flatMap((check) => check.places.map(([start, end]) =>
    ({kind: "check", at: check.at, start, end, rank: 2})));
  return [...facts, ...warnings, ...checks, ...meta].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Where the text must be cut: at the ends of lines, and where marked words begin and end. */
function cutsOf(text, owners) {
  const cuts = new Set([0, text.length]);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) cuts.add(at + 1);
  owners.forEach((owner) => { cuts.add(owner.start); cuts.add(owner.end); });
  return [...cuts].sort((a, b) => a - b);
}

function textPane(report) {
  const owners = ownersOf(report);
  const cuts = cutsOf(report.text, owners);
  const empty = new Map();
  owners.filter((owner) => owner.start === owner.end).forEach((owner) => push(empty, owner.start, owner));
  const headings = new Map(report.sections.map((section) => [section.start, section]));
  const pane = {deepest: 2, marks: [], node: el("div", {class: "text", lang: "zh-CN"})};
  let line = newLine(pane, headings, 0);
  let active = [];
  let next = 0;
  cuts.forEach((start, i) => {
    (empty.get(start) || []).length && line.append(mark(pane, report, start, start, empty.get(start)));
    if (i + 1 === cuts.length) return;
    const end = cuts[i + 1];
    while (next < owners.length && owners[next].start <= start) active.push(owners[next++]);
    active = active.filter((owner) => owner.end > start);
    const found = active.filter((owner) => owner.start < owner.end);
    line.append(...(found.length ? [mark(pane, report, start, end, found)] : exactly(report.text.slice(start, end))));
    if (report.text[end - 1] === "\n" && end < report.text.length) line = newLine(pane, headings, end);
  });
  pane.node.querySelectorAll(".line").forEach((one) => { if (!one.textContent.trim() && !one.querySelector(".mark")) one.classList.add("empty"); });
  if (pane.marks.length) pane.marks[0].node.tabIndex = 0;
  return pane;
}

function newLine(pane, headings, start) {
  const section = headings.get(start);
  if (section) pane.deepest = Math.min(section.level + 2, pane.deepest + 1, 6); // a heading follows one at most a level above
  const line = section
    ? el("p", {class: `line heading level-${Math.min(section.level, 3)}`, role: "heading", "aria-level": String(pane.deepest)})
    : el("p", {class: "line"});
  pane.node.append(line);
  return line;
}

function mark(pane, report, start, end, found) {
  const owners = [...found].sort((a, b) => a.rank - b.rank || (a.end - a.start) - (b.end - b.start) || a.at - b.at);
  const classes = [...new Set(owners.flatMap((owner) => markClasses(report, owner, end)))];
  const node = el("span", {class: ["mark", ...classes].join(" "), role: "button", tabindex: "-1"}, ...exactly(report.text.slice(start, end)));
  const names = owners.map((owner) => ownerLabel(report, owner));
  node.title = names.slice(0, 3).join("\n") + (names.length > 3 ? `\n+ ${names.length - 3}` : "");
  if (start === end) node.setAttribute("aria-label", `${say("blank_cell")} ${names[0]}`);
  const one = {node, start, end, owners};
  pane.marks.push(one);
  node.addEventListener("click", () => openMark(one));
  node.addEventListener("keydown", (event) => markKey(event, pane, one));
  return node;
}

function markClasses(report, owner, end) {
  if (owner.kind !== "fact") return [`of-${owner.kind}`, ...(owner.kind === "check" ? ["bad", ...(owner.end === end ? ["ends-bad"] : [])] : [])];
  const fact = report.facts[owner.at];
  if (!fact.stated) return ["reading"];
  const ends = owner.end === end && fails(fact) ? ["ends-bad"] : [];
  return ["fact", fact.indicator === null ? "outside" : "inside", ...(owner.start === owner.end ? ["blank"] : []), ...(isQuiet(fact) ? ["still"] : []), ...classesOf(fact), ...ends];
}

function ownerLabel(report, owner) {
  if (owner.kind === "fact") {
    const fact = report.facts[owner.at];
    return [`${wholeLabel(fact)}: ${valueLabel(fact)}`, ...flags(fact).map((flag) => flag[1])].join(" · ");
  }
  if (owner.kind === "meta") return named("interface", `meta_${report.meta[owner.at].field}`);
  return owner.kind === "check" ? `✗ ${pick(report.checks[owner.at].title)}` : pick(report.warnings[owner.at].words);
}

/** A click opens the first owner; clicks on words with several owners go through them in turn. */
function openMark(one, focus = false) {
  const now = one.owners.findIndex((owner) => isSelected(owner.kind, owner.at));
  const owner = one.owners[(now + 1) % one.owners.length];
  select({kind: owner.kind, at: owner.at}, {from: "text", focus});
}

function markKey(event, pane, one) {
  const at = pane.marks.indexOf(one);
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
  const goal = event.key === "Home" ? 0 : event.key === "End" ? pane.marks.length - 1 : at + (step || 0);
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openMark(one, event.key === "Enter");
  } else if (goal !== at && pane.marks[goal]) {
    event.preventDefault();
    makeStop(pane.marks.map((mark) => mark.node), pane.marks[goal].node);
    pane.marks[goal].node.focus();
  }
}

/** The marks that cover these words; of an empty place its own. */
const marksOf = (pane, start, end) => pane.marks.filter((one) =>
  (start === end ? one.start === start && one.end === start : one.start >= start && one.end <= end && one.start < one.end));

/** Highlight places, each with a class, and bring the first into view. */
function highlight(pane, places, scroll) {
  pane.node.querySelectorAll(".on, .right-side").forEach((node) => node.classList.remove("on", "right-side"));
  let first = null;
  places.forEach(({start, end, side}) => marksOf(pane, start, end).forEach((one) => {
    one.node.classList.add(side === "right" ? "right-side" : "on");
    first = first && first.start <= one.start ? first : one;
  }));
  if (!first) return null;
  makeStop(pane.marks.map((one) => one.node), first.node);
  if (scroll) reveal(first.node, "center");
  return first.node;
}

/** The words of what is selected. */
function placesOf(report, selected) {
  if (!selected) return [];
  if (selected.kind === "fact") return [report.facts[selected.at]];
  if (selected.kind === "check") return placesOfCheck(report, report.checks[selected.at]);
  const place = report[selected.kind === "meta" ? "meta" : "warnings"][selected.at].place;
  return place ? [{start: place[0], end: place[1]}] : [];
}

function placesOfCheck(report, check) {
  const side = (name) => check[name].facts.map((at) => ({start: report.facts[at].start, end: report.facts[at].end, side: name}));
  return [...side("left"), ...side("right"), ...check.places.map(([start, end]) => ({start, end}))];
}
