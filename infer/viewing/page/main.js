// The page as a whole: what the address asks for, the bar at the top, printing.

const THEMES = ["auto", "light", "dark"];

function drawBar() {
  const number = state.report ? state.report.number : null;
  const tool = (label, title, action) => el("button", {type: "button", class: "tool", title, "aria-label": title, click: action}, label);
  const go = (by, label, title) => number !== null && !isAlone && el("button", {type: "button", class: "tool", title, "aria-label": title,
    disabled: !entries[number + by], click: () => beside(by)}, label);
  replace(byId("bar"),
    el("button", {type: "button", class: "skip", click: () => byId("main").focus()}, say("skip")),
    el("nav", {"aria-label": say("navigation")}, number !== null && !isAlone && el("a", {class: "tool", href: "#", title: say("all_reports"), "aria-label": say("all_reports")}, "☰", el("span", {class: "long"}, `\u00a0${say("all_reports")}`)),
      go(-1, "‹", say("key_previous_report")), go(1, "›", say("key_next_report")),
      number !== null && !isAlone && el("span", {class: "quiet"}, `${number + 1} / ${entries.length}`)),
    el("span", {class: "brand", lang: "zh-CN"}, isAlone || number === null ? "政务公开年报 · 数据与出处" : ""),
    el("div", {class: "tools"},
      el("button", {type: "button", class: "tool", lang: language === 0 ? "en" : "zh-CN", click: () => changeLanguage(1 - language)}, language === 0 ? "English" : "中文"),
      tool({auto: "◐", light: "☀", dark: "☾"}[theme()], `${say("theme")}: ${say(`theme_${theme()}`)}`, changeTheme),
      el("button", {type: "button", class: "tool", click: () => window.print()}, say("print")), tool("?", say("help"), openHelp)));
}

const theme = () => document.documentElement.dataset.theme || "auto";

function setTheme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

function changeTheme() {
  setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  kept.set("theme", theme());
  drawBar();
  byId("bar").querySelector(".tools .tool:nth-child(2)").focus();
}

function changeLanguage(next) {
  setLanguage(next);
  kept.set("language", LANGUAGES[next]);
  const scrolled = view ? [view.textBox.scrollTop, view.side.scrollTop] : null;
  draw();
  if (view && scrolled) [view.textBox.scrollTop, view.side.scrollTop] = scrolled;
  byId("bar").querySelector(".tools .tool").focus();
}

/** Draw what is being looked at. */
function draw() {
  if (state.report) drawReport(state.report);
  else showList();
  drawBar();
}

/** #report, #report/fact, or nothing: the list of reports, or the report if there is but one. */
function route() {
  const [key, item] = location.hash.slice(1).split("/").map(decoded);
  const entry = entries.find((one) => one.key === key) || (isAlone ? entries[0] : null);
  if (!entry) {
    showList();
    window.scrollTo(0, 0);
  } else {
    const report = reportAt(entry.number);
    const selected = item ? itemNamed(report, item) : null;
    showReport(entry.number);
    window.scrollTo(0, 0);
    if (selected) {
      state.tab = selected.kind === "fact" ? (state.tab === "tables" && report.facts[selected.at].inTable ? "tables" : "facts") : originOf(selected);
      showTab(state.tab);
      showOrigin(selected, WIDE.matches);
      select(selected, {from: "link"});
    } else if (item) tell(say("no_such_item"));
  }
  drawBar();
}

function decoded(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

/** On paper all parts of the report stand one after the other. */
function beforePrint() {
  if (!view) return;
  Object.keys(MAKERS).forEach(panelNamed);
  Object.values(view.panels).forEach((box) => { box.hidden = false; });
  view.printed = {filter: state.filter, query: state.query, quiet: state.quiet};
  Object.assign(state, {filter: "all", query: "", quiet: true});
  fillFacts(view.report, view.panelOf.facts);
}

function afterPrint() {
  if (!view || !view.printed) return;
  Object.assign(state, view.printed);
  view.printed = null;
  fillFacts(view.report, view.panelOf.facts);
  showTab(state.tab);
}

function start() {
  const known = LANGUAGES.indexOf(kept.get("language"));
  setLanguage(known >= 0 ? known : language);
  setTheme(THEMES.includes(kept.get("theme")) ? kept.get("theme") : "auto");
  state.singleKeys = kept.get("keys") !== "off";
  window.addEventListener("hashchange", route);
  window.addEventListener("keydown", onKey);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
  WIDE.addEventListener("change", () => { if (state.report) { if (WIDE.matches && state.tab === "text") state.tab = "facts"; draw(); } });
  route();
}

start();
