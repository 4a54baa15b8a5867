// The list of reports, searched and filtered; words are looked for in the texts once somebody looks for any.

const LIST_ORDERS = {
  given: (a, b) => a.number - b.number,
  year: (a, b) => (b.year || 0) - (a.year || 0) || a.number - b.number,
  issuer: (a, b) => a.issuer.localeCompare(b.issuer, "zh-CN") || (a.year || 0) - (b.year || 0),
  failed: (a, b) => b.failed - a.failed || a.number - b.number,
  low: (a, b) => b.low - a.low || a.number - b.number,
};
entries.forEach((entry, number) => { entry.number = number; });

const texts = []; // of each report its text, folded, once it is asked for

function textOf(number) {
  if (texts[number] === undefined) texts[number] = folded(rawReport(number).text);
  return texts[number];
}

const labelOf = (entry) => folded(`${entry.issuer} ${entry.title} ${entry.name} ${entry.year || ""}`);

/** Where the words stand: null where they do not, else the words around them, empty for the title itself. */
function matchOf(entry, query) {
  if (!query || labelOf(entry).includes(query)) return "";
  if (query.length < 2) return null;
  const text = textOf(entry.number);
  const at = text.indexOf(query);
  return at < 0 ? null : [text.slice(Math.max(0, at - 16), at), text.slice(at, at + query.length), text.slice(at + query.length, at + query.length + 24)];
}

function showList() {
  state.report = null;
  view = null;
  document.body.dataset.tab = "list";
  document.body.classList.remove("has-card");
  document.title = shared.title || say("list_title", entries.length);
  const found = el("ol", {class: "reports"});
  const count = el("p", {class: "count", role: "status"});
  const fill = () => fillList(found, count);
  replace(byId("main"), el("header", {class: "list-head"}, el("h1", {}, shared.title || say("list_heading")), el("p", {class: "quiet"}, say("list_about", entries.length))),
    listControls(fill), count, found, failureList());
  fill();
}

function fillList(found, count) {
  const wanted = state.list;
  const query = folded(wanted.query);
  const shown = entries.filter((entry) => (!wanted.year || String(entry.year) === wanted.year) && (!wanted.form || entry.form === wanted.form)
    && (!wanted.failed || entry.failed > 0) && (!wanted.low || entry.low > 0));
  const matches = shown.map((entry) => [entry, matchOf(entry, query)]).filter(([, match]) => match !== null);
  matches.sort((a, b) => LIST_ORDERS[wanted.order](a[0], b[0]));
  replace(found, ...matches.map(([entry, match]) => el("li", {}, listLine(entry, match))));
  count.textContent = say("reports_shown", matches.length, entries.length);
}

function listLine(entry, match) {
  const about = [entry.issuer || say("no_issuer"), entry.year || say("no_year"), named("forms", entry.form)];
  return el("a", {class: "report-line", href: hashOf(entry.key, "")},
    el("span", {class: "title"}, quoted(entry.title)),
    el("span", {class: "about-line"}, about.map((one, i) => [i ? " · " : "", quoted(String(one), "bdi", {lang: null})])),
    el("span", {class: "marks"}, el("span", {}, say("counted", entry.facts)),
      entry.failed ? el("span", {class: "badge bad"}, el("span", {"aria-hidden": "true"}, "✗ "), say("failed_count", entry.failed)) : "",
      entry.low ? el("span", {class: "badge low"}, el("span", {"aria-hidden": "true"}, "↓ "), say("low_count", entry.low)) : "",
      entry.kind ? el("span", {class: "badge amb"}, el("span", {"aria-hidden": "true"}, "! "), say("no_report")) : ""),
    match ? el("span", {class: "found", lang: "zh-CN"}, "…", ...exactly(match[0]), el("mark", {}, ...exactly(match[1])), ...exactly(match[2]), "…") : "");
}

function listControls(fill) {
  const wanted = state.list;
  const chooser = (key, label, options) => {
    const node = el("select", {change: (event) => { wanted[key] = event.target.value; fill(); }}, options.map(([value, words]) => el("option", {value}, words)));
    node.value = wanted[key];
    return el("label", {}, el("span", {class: "unseen"}, label), node);
  };
  const checker = (key, label) => {
    const node = el("input", {type: "checkbox", change: (event) => { wanted[key] = event.target.checked; fill(); }});
    node.checked = wanted[key];
    return el("label", {class: "check"}, node, ` ${label}`);
  };
  const search = el("input", {type: "search", id: "search", placeholder: say("search_reports"), "aria-label": say("search_reports"),
    input: (event) => { wanted.query = event.target.value; fill(); }});
  search.value = wanted.query;
  const years = [...new Set(entries.map((entry) => entry.year).filter(Boolean))].sort().reverse();
  const forms = [...new Set(entries.map((entry) => entry.form))].sort();
  return el("div", {class: "controls list-controls"}, search,
    chooser("year", say("year"), [["", say("all_years")], ...years.map((year) => [String(year), String(year)])]),
    chooser("form", say("form"), [["", say("all_forms")], ...forms.map((form) => [form, named("forms", form)])]),
    chooser("order", say("order"), Object.keys(LIST_ORDERS).map((name) => [name, say(`list_order_${name}`)])),
    checker("failed", say("only_failed")), checker("low", say("only_low")));
}

/** Documents that could not be read: whoever sees the list must know that it is not all. */
function failureList() {
  if (!shared.failures.length) return null;
  return el("section", {class: "warnings"}, el("h2", {}, say("not_read", shared.failures.length)), el("ul", {},
    shared.failures.map(([name, reason]) => el("li", {}, quoted(name), " — ", quoted(reason)))));
}
