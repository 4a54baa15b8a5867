// One report: its text on one side, what was read from it on the other; one of them at a time where it is narrow.

let view = null; // what is drawn of the report: its panes and panels

function showReport(number) {
  const report = reportAt(number);
  if (!state.report || state.report.number !== number) {
    state.selected = null;
    state.query = "";
    state.filter = "all";
  }
  const isShown = view && state.report === report;
  state.report = report;
  if (!isShown) drawReport(report);
}

function drawReport(report) {
  if (state.tab === "text" && WIDE.matches) state.tab = "facts";
  view = {report, text: textPane(report), panels: {}, panelOf: {}};
  view.textBox = el("section", {class: "pane text-pane", "aria-label": say("tab_text"), id: "pane-text"}, el("h2", {class: "unseen"}, say("tab_text")), view.text.node);
  view.tabs = el("div", {class: "tabs", role: "tablist", "aria-label": say("parts_of_report")});
  view.side = el("section", {class: "pane side-pane", "aria-label": say("data")}, el("h2", {class: "unseen"}, say("data")));
  view.card = el("section", {class: "card", "aria-label": say("selected"), hidden: true});
  replace(byId("main"), heading(report), view.tabs, el("div", {class: "panes"}, view.textBox, view.side), view.card);
  drawTabs(report);
  showTab(state.tab);
  refresh({scroll: true});
  document.title = shared.title || report.entry.title;
}

function heading(report) {
  const entry = report.entry;
  const about = [entry.issuer, entry.year, named("forms", entry.form), entry.published && say("published_on", entry.published)].filter(Boolean);
  return el("header", {class: "report-head"},
    el("h1", {}, quoted(entry.title)),
    el("p", {class: "about-report"}, about.map((one, i) => [i ? " · " : "", quoted(String(one), "bdi", {lang: null})])),
    entry.kind && el("p", {class: "banner"}, el("span", {"aria-hidden": "true"}, "! "), named("kinds", entry.kind)),
    el("p", {class: "counts"}, say("counted", entry.facts), entry.failed
      ? [" · ", el("button", {type: "button", class: "link bad", click: () => changeTab("checks")}, `✗ ${say("failed_count", entry.failed)}`)]
      : ` · ✓ ${say("none_failed")}`, entry.low ? ` · ↓ ${say("low_count", entry.low)}` : ""));
}

function drawTabs(report) {
  const label = {text: say("tab_text"), facts: say("tab_facts"), tables: say("tab_tables"), summary: say("tab_summary"),
    checks: report.entry.failed ? say("tab_checks_failed", report.entry.failed) : say("tab_checks")};
  replace(view.tabs, ...TABS.map((name) => el("button", {type: "button", role: "tab", id: `tab-${name}`, class: `tab of-${name}`,
    "aria-controls": name === "text" ? "pane-text" : `panel-${name}`, "aria-selected": "false", tabindex: "-1",
    click: () => changeTab(name), keydown: tabKey}, label[name])));
}

function tabKey(event) {
  const shown = TABS.filter((name) => name !== "text" || !WIDE.matches);
  const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  if (!step) return;
  event.preventDefault();
  const next = shown[(shown.indexOf(state.tab) + step + shown.length) % shown.length];
  changeTab(next);
  byId(`tab-${next}`).focus();
}

function changeTab(name) {
  state.tab = name;
  showTab(name);
  refresh({scroll: true});
}

/** Panels are drawn when they are first looked at. */
function showTab(name) {
  document.body.dataset.tab = name;
  TABS.forEach((one) => {
    const tab = byId(`tab-${one}`);
    tab.setAttribute("aria-selected", String(one === name));
    tab.tabIndex = one === name ? 0 : -1;
  });
  if (name !== "text") panelNamed(name);
  Object.entries(view.panels).forEach(([one, box]) => { box.hidden = one !== name; });
}

const MAKERS = {facts: (report) => factsPanel(report, redrawFacts), tables: tablesPanel, checks: checksPanel, summary: summaryPanel};

/** All four stand in their boxes from the beginning, so that every tab has something to control. */
function panelNamed(name) {
  Object.keys(MAKERS).forEach((one) => {
    if (view.panels[one]) return;
    view.panels[one] = el("div", {id: `panel-${one}`, role: "tabpanel", "aria-labelledby": `tab-${one}`, hidden: true});
    view.side.append(view.panels[one]);
  });
  if (!view.panelOf[name]) {
    view.panelOf[name] = MAKERS[name](view.report);
    view.panels[name].append(view.panelOf[name].node);
  }
  return view.panelOf[name];
}

function redrawFacts() {
  fillFacts(view.report, view.panelOf.facts);
  refresh({scroll: false});
}

/** What a person has chosen. `from` is where, which stays as it is; `focus` moves the keyboard to the other side. */
function select(selected, {from, focus = false, keepsTab = false} = {}) {
  state.selected = selected;
  history.replaceState(null, "", hashOf(view.report.entry.key, itemName(view.report, selected)));
  const hasWords = placesOf(view.report, selected).length > 0;
  if (from === "text") showOrigin(selected, focus);
  else if (!WIDE.matches && hasWords && !keepsTab) { view.back = state.tab === "text" ? view.back : state.tab; state.tab = "text"; showTab("text"); }
  const node = refresh({scroll: from !== "text"});
  if (focus && from !== "text" && node) node.focus({preventScroll: true});
  if (focus && from === "text") focusOrigin(selected);
}

/** Which panel shows what is selected; where it is wide, it comes up beside the text. */
function showOrigin(selected, goes) {
  const name = originOf(selected);
  if (WIDE.matches || goes) {
    state.tab = name;
    showTab(name);
  }
  view.back = name;
  if (selected.kind !== "fact") return;
  const panel = panelNamed("facts");
  if (panel.order.every((fact) => fact.at !== selected.at)) {
    const fact = view.report.facts[selected.at];
    state.filter = FILTERS.all(fact) ? "all" : "readings";
    state.query = "";
    if (isQuiet(fact)) state.quiet = false;
    replace(view.panels.facts);
    view.panelOf.facts = null;
    panelNamed("facts");
  }
}

function originOf(selected) {
  if (selected.kind === "check") return "checks";
  if (selected.kind !== "fact") return "summary";
  return state.tab === "tables" && view.report.facts[selected.at].inTable ? "tables" : "facts";
}

function originNode(selected) {
  const panels = view.panelOf;
  if (!selected) return null;
  if (selected.kind === "check") return panels.checks ? panels.checks.cards.get(selected.at) : null;
  if (selected.kind !== "fact") return null;
  return (state.tab === "tables" ? panels.tables && panels.tables.cells.get(selected.at) : null)
    || (panels.facts && panels.facts.rows.get(selected.at)) || null;
}

function focusOrigin(selected) {
  const node = originNode(selected);
  const target = node && (node.matches("[tabindex], button") ? node : node.querySelector("button"));
  if (target) { makeStop([...view.side.querySelectorAll(target.matches(".cell") ? ".cell" : ".row")], target); target.focus(); }
}

/** Mark what is selected on both sides and show its card. */
function refresh({scroll}) {
  const {report} = view;
  const {selected} = state;
  view.side.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
  view.side.querySelectorAll('[aria-selected="true"][role="option"]').forEach((node) => node.setAttribute("aria-selected", "false"));
  const origin = originNode(selected);
  if (origin) {
    origin.classList.add("chosen");
    if (origin.getAttribute("role") === "option") origin.setAttribute("aria-selected", "true");
  }
  const node = highlight(view.text, placesOf(report, selected), scroll);
  view.card.hidden = !selected;
  document.body.classList.toggle("has-card", Boolean(selected));
  if (selected) replace(view.card, cardTools(selected, node), el("div", {class: "card-body", tabindex: "0", role: "group", "aria-label": say("selected")}, cardOf(report, selected)));
  if (origin) reveal(origin); // the card has just taken some of its room
  return node;
}

function cardTools(selected, node) {
  const back = view.back || originOf(selected);
  const there = state.tab === "text"
    ? el("button", {type: "button", class: "tool narrow-only", click: () => { changeTab(back); focusOrigin(selected); }}, say("back_to_data"))
    : node && el("button", {type: "button", class: "tool narrow-only", click: () => { view.back = state.tab; changeTab("text"); }}, say("to_text"));
  return el("div", {class: "card-tools"}, there,
    el("button", {type: "button", class: "tool close", "aria-label": say("close"), title: say("close"), click: deselect}, "×"));
}

function deselect() {
  const origin = originNode(state.selected);
  state.selected = null;
  history.replaceState(null, "", hashOf(view.report.entry.key, ""));
  refresh({scroll: false});
  if (origin && origin.matches("[tabindex]")) origin.focus({preventScroll: true});
}

/** Bring a place of the text into view. */
function goTo(start) {
  if (!WIDE.matches) changeTab("text");
  const line = [...view.text.node.children].reduce((found, node) => {
    if (found.at <= start) { found.node = node; found.at += node.textContent.length; }
    return found;
  }, {at: 0, node: null}).node;
  reveal(line, "start");
}

/** The fact before or behind in the order of what is being looked at. */
function step(by) {
  const inText = view.textBox.contains(document.activeElement) || state.tab === "text";
  const order = inText ? [...view.report.facts].filter((fact) => fact.stated).sort(ORDERS.text)
    : state.tab === "tables" ? [...panelNamed("tables").node.querySelectorAll("button.cell")].map((cell) => view.report.facts[Number(cell.dataset.fact)])
      : panelNamed("facts").order;
  const at = state.selected && state.selected.kind === "fact" ? order.findIndex((fact) => fact.at === state.selected.at) : -1;
  const goal = order[at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by];
  if (!goal) return;
  if (state.tab === "checks" || state.tab === "summary") changeTab("facts");
  select({kind: "fact", at: goal.at}, {from: inText ? "words" : "step", keepsTab: true});
  const node = inText ? view.text.node.querySelector(".on") : originNode(state.selected);
  if (node && node.tabIndex > -2) { makeStop(inText ? view.text.marks.map((one) => one.node) : [...view.side.querySelectorAll(".row, .cell")], node); node.focus(); }
}
