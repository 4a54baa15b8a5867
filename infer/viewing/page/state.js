// What is being looked at. Whatever changes it calls `show`, which draws what has to be drawn again.

const WIDE = matchMedia("(min-width: 62rem)");
const TABS = ["text", "facts", "tables", "checks", "summary"];

const state = {
  report: null, // the report, or null for the list of reports
  tab: "facts", // what stands beside the text, or alone where there is no room for both
  selected: null, // {kind: "fact" | "check" | "meta" | "warning", at}
  order: "subject", filter: "all", quiet: true, query: "",
  list: {query: "", year: "", form: "", failed: false, low: false, order: "given"},
  singleKeys: true,
};

/** The settings that outlive the page, where the browser lets a file keep any. */
const kept = {
  get(key) { try { return localStorage.getItem(`gongkai.view.${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`gongkai.view.${key}`, value); } catch { /* a file may have no storage */ } },
};

const hashOf = (key, item) => `#${encodeURIComponent(key)}${item ? `/${encodeURIComponent(item)}` : ""}`;

function itemName(report, selected) {
  if (!selected) return "";
  return selected.kind === "fact" ? report.facts[selected.at].id
    : selected.kind === "meta" ? `meta.${report.meta[selected.at].field}` : `${selected.kind}.${selected.at + 1}`;
}

function itemNamed(report, name) {
  if (report.byId.has(name)) return {kind: "fact", at: report.byId.get(name).at};
  const [kind, rest] = [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];
  const lists = {check: report.checks, warning: report.warnings};
  const at = kind === "meta" ? report.meta.findIndex((one) => one.field === rest)
    : Object.prototype.hasOwnProperty.call(lists, kind) && lists[kind][Number(rest) - 1] ? Number(rest) - 1 : -1;
  return at >= 0 ? {kind, at} : null;
}

const isSelected = (kind, at) => Boolean(state.selected) && state.selected.kind === kind && state.selected.at === at;
