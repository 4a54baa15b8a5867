// The numbers of a report as a list that can be ordered, filtered and searched.

const FILTERS = {
  all: (fact) => fact.stated || fact.open,
  failed: (fact) => fact.stated && fails(fact),
  low: (fact) => fact.stated ? fact.low : fact.open,
  ambiguous: (fact) => fact.ambiguous || fact.state === "unreadable",
  outside: (fact) => fact.stated && fact.indicator === null,
  readings: (fact) => !fact.stated,
};
const ORDERS = {
  subject: (a, b) => a.at - b.at,
  text: (a, b) => a.start - b.start || a.end - b.end || a.at - b.at,
  unsure: (a, b) => (a.indicator === null) - (b.indicator === null) || a.confidence - b.confidence || a.at - b.at,
};

/** A cell of a form that says 0 or nothing, beyond doubt. */
const isQuiet = (fact) => fact.form && (!isNumber(fact) || fact.state === "zero") && flags(fact).length === 0;

const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

function isFound(report, fact, query) {
  const context = fact.context ? report.text.slice(...fact.context) : words(report, fact);
  const said = [wholeLabel(fact), fact.indicator || "", fact.shown, fact.shown.replace(/,/g, ""), fact.id, context];
  return said.some((one) => folded(one).includes(query));
}

/** The facts that the list shows now. */
function listed(report) {
  const query = folded(state.query);
  const hidesQuiet = state.quiet && state.filter === "all" && !query;
  return report.facts.filter((fact) => FILTERS[state.filter](fact) && !(hidesQuiet && isQuiet(fact))
    && (!query || isFound(report, fact, query))).sort(ORDERS[state.order]);
}

function factsPanel(report, redraw) {
  const list = el("div", {class: "facts", role: "listbox", "aria-label": say("tab_facts")});
  const count = el("span", {class: "count", role: "status"});
  const panel = {node: el("div", {class: "panel"}, factControls(report, redraw), count, list), rows: new Map(), list, count};
  fillFacts(report, panel);
  list.addEventListener("keydown", (event) => rowKey(event, panel));
  return panel;
}

function fillFacts(report, panel) {
  const facts = listed(report);
  panel.rows = new Map(facts.map((fact) => [fact.at, factRow(report, fact)]));
  panel.order = facts;
  replace(panel.list, ...grouped(facts, panel.rows));
  const hidden = state.quiet && state.filter === "all" && !state.query ? report.facts.filter((fact) => fact.stated && isQuiet(fact)).length : 0;
  panel.count.textContent = say("facts_shown", facts.length) + (hidden ? say("quiet_hidden", hidden) : "");
  const chosen = state.selected && state.selected.kind === "fact" ? panel.rows.get(state.selected.at) : null;
  const stop = chosen || (facts.length ? panel.rows.get(facts[0].at) : null);
  if (stop) stop.tabIndex = 0;
  else panel.list.append(el("p", {class: "nothing", role: "option", "aria-disabled": "true"}, say("nothing_found")));
}

/** By subject under headings; in another order one after the other. */
function grouped(facts, rows) {
  if (state.order !== "subject") return facts.map((fact) => rows.get(fact.at));
  const groups = new Map();
  facts.forEach((fact) => push(groups, fact.stated ? groupOf(fact) : "open", fact));
  const last = groups.get("open");
  if (last && groups.delete("open")) groups.set("open", last);
  return [...groups].map(([name, members]) => {
    const title = name === "open" ? say("group_not_taken") : named("groups", name);
    const still = members.every((fact) => fact.inTable && !flags(fact).length);
    return el("div", {class: still ? "group still" : "group", role: "group", "aria-label": title},
      el("div", {class: "group-title", "aria-hidden": "true"}, title), members.map((fact) => rows.get(fact.at)));
  });
}

const groupOf = (fact) => (fact.indicator !== null && Object.prototype.hasOwnProperty.call(shared.groups, fact.indicator)
  ? shared.groups[fact.indicator] : "其他数字");

function factRow(report, fact) {
  const dimensions = dimensionsLabel(fact);
  const chosen = isSelected("fact", fact.at);
  return el("div", {class: ["row", ...classesOf(fact), fact.inTable && "in-table", chosen && "chosen"].filter(Boolean).join(" "), role: "option", tabindex: "-1",
    "aria-selected": String(chosen), "data-fact": fact.at, click: () => select({kind: "fact", at: fact.at}, {from: "facts"})},
  el("span", {class: "name"}, quoted(factLabel(fact), "bdi", fact.indicator === null ? {} : {lang: null}),
    dimensions && el("span", {class: "dimensions"}, quoted(dimensions, "bdi", {lang: null}))),
  el("span", {class: "value"}, quoted(valueLabel(fact), "bdi", {lang: null})),
  el("span", {class: "snippet", lang: "zh-CN"}, snippet(report, fact)),
  el("span", {class: "about"}, badges(fact), el("span", {class: "method"}, named("methods", fact.method)),
    fact.page !== null && el("span", {}, say("page", fact.page)), meter(fact), el("span", {class: "id"}, fact.id)));
}

/** The words among those of their clause, cut so that they are in sight. */
function snippet(report, fact) {
  const [start, end] = !fact.form && fact.context ? fact.context : [fact.start, fact.end];
  const before = report.text.slice(Math.max(start, fact.start - 16), fact.start);
  const after = report.text.slice(fact.end, Math.min(end, fact.end + 40));
  const said = words(report, fact);
  if (fact.form && said.replace(/\s/g, "") === fact.shown.replace(/,/g, "")) return null;
  return [el("bdi", {}, fact.start - 16 > start ? "…" : "", ...exactly(before), said ? el("b", {}, ...exactly(said)) : "",
    ...exactly(after), end > fact.end + 40 ? "…" : "")];
}

function factControls(report, redraw) {
  const counts = Object.fromEntries(Object.entries(FILTERS).map(([name, keeps]) => [name, report.facts.filter(keeps).length]));
  const chips = Object.keys(FILTERS).filter((name) => name === "all" || counts[name]).map((name) => {
    const input = el("input", {type: "radio", name: "filter", value: name, change: () => { state.filter = name; redraw(); }});
    input.checked = state.filter === name;
    return el("label", {class: "chip"}, input, el("span", {}, say(`filter_${name}`), name === "all" ? "" : ` ${counts[name]}`));
  });
  const order = el("select", {"aria-label": say("order"), change: (event) => { state.order = event.target.value; redraw(); }},
    Object.keys(ORDERS).map((name) => el("option", {value: name}, say(`order_${name}`))));
  order.value = state.order;
  const search = el("input", {type: "search", id: "search", placeholder: say("search_facts"), "aria-label": say("search_facts"),
    input: (event) => { state.query = event.target.value; redraw(); }});
  search.value = state.query;
  const quiet = el("input", {type: "checkbox", change: (event) => { state.quiet = event.target.checked; redraw(); }});
  quiet.checked = state.quiet;
  return el("div", {class: "controls"},
    el("div", {class: "line-of-controls"}, search, order),
    el("fieldset", {class: "chips"}, el("legend", {class: "unseen"}, say("filter")), chips),
    el("label", {class: "check"}, quiet, ` ${say("hide_quiet")}`));
}

function rowKey(event, panel) {
  const at = panel.order.findIndex((fact) => panel.rows.get(fact.at) === document.activeElement);
  const goals = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: panel.order.length - 1};
  if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    select({kind: "fact", at: panel.order[at].at}, {from: "facts", focus: true});
  } else if (event.key === " " && at >= 0) {
    event.preventDefault();
    select({kind: "fact", at: panel.order[at].at}, {from: "facts"});
  } else if (event.key in goals && panel.order[goals[event.key]]) {
    event.preventDefault();
    const row = panel.rows.get(panel.order[goals[event.key]].at);
    makeStop([...panel.rows.values()], row);
    row.focus();
    select({kind: "fact", at: panel.order[goals[event.key]].at}, {from: "facts", keepsTab: true});
  }
}
