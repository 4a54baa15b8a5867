// The keyboard, beside what lists and tables do with their arrows.

const isTyping = (node) => node.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");

/** Single letters can be switched off for those who speak to their computer. */
function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (event.key === "Escape") return escape(event);
  if (isTyping(event.target) || !state.singleKeys) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

const KEYS = {
  "/": () => { if (state.report && state.tab !== "facts") changeTab("facts"); byId("search").focus(); byId("search").select(); },
  "?": () => openHelp(),
  j: () => (state.report ? step(1) : stepList(1)),
  k: () => (state.report ? step(-1) : stepList(-1)),
  "]": () => beside(1),
  "[": () => beside(-1),
  i: () => { if (!isAlone) location.hash = "#"; },
};

function stepList(by) {
  const lines = [...document.querySelectorAll(".report-line")];
  const goal = lines[lines.indexOf(document.activeElement) + by] || (by > 0 ? lines[0] : null);
  if (goal) goal.focus();
}

/** Back, one step at a time: out of a field, from the text to the data, from a selection, from a report. */
function escape(event) {
  if (isTyping(event.target)) {
    if (event.target.value && event.target.type === "search") { event.target.value = ""; event.target.dispatchEvent(new Event("input")); }
    else event.target.blur();
  } else if (view && state.selected && view.textBox.contains(document.activeElement)) {
    if (state.tab === "text") changeTab(view.back || originOf(state.selected));
    else showOrigin(state.selected, true);
    refresh({scroll: false});
    focusOrigin(state.selected);
  } else if (view && state.selected) deselect();
  else return;
  event.preventDefault();
}

function beside(by) {
  if (!state.report || isAlone) return;
  const goal = entries[state.report.number + by];
  if (goal) location.hash = hashOf(goal.key, "");
}

function openHelp() {
  const rows = [["j ↓", "key_next"], ["k ↑", "key_previous"], ["Enter", "key_enter"], ["Esc", "key_escape"], ["← → ↑ ↓", "key_arrows"],
    ["/", "key_search"], ["[ ]", "key_beside"], ["i", "key_list"], ["?", "key_help"]];
  const single = el("input", {type: "checkbox", change: (event) => { state.singleKeys = event.target.checked; kept.set("keys", event.target.checked ? "on" : "off"); }});
  single.checked = state.singleKeys;
  const dialog = byId("help");
  dialog.setAttribute("aria-labelledby", "help-title");
  replace(dialog, el("h2", {id: "help-title"}, say("help")),
    el("table", {class: "keys"}, el("tbody", {}, rows.map(([key, name]) => el("tr", {}, el("th", {scope: "row"}, el("kbd", {}, key)), el("td", {}, say(name)))))),
    el("label", {class: "check"}, single, ` ${say("single_keys")}`),
    el("h3", {}, say("marks_in_text")), textLegend(),
    el("button", {type: "button", class: "tool", click: () => dialog.close()}, say("close")));
  dialog.showModal();
}

function textLegend() {
  const item = (kind, sample, name) => el("li", {}, el("span", {class: `mark ${kind}`}, sample), ` ${name}`);
  return el("ul", {class: "text-legend"},
    item("fact inside", "12件", say("mark_inside")), item("fact outside", "3个", say("mark_outside")),
    item("fact inside low", "5次", say("flag_low")), item("fact inside bad ends-bad", "8件", say("flag_failed")),
    item("fact inside amb", "770", say("flag_ambiguous")), item("reading", "2名", say("mark_reading")),
    item("of-meta", "2023年", say("mark_meta")), item("fact inside blank", "", say("blank_cell")),
    item("fact inside on", "12件", say("mark_on")), item("fact inside right-side", "12件", say("mark_right")));
}
