// The reports: each is parsed when it is first looked at, and the last few are kept.

const KEPT = 4;
const shared = JSON.parse(document.getElementById("shared").textContent);
const loaded = new Map();

/** A list of the page's data as an object with the names of its fields. */
function unpack(kind, list) {
  const found = {};
  shared.fields[kind].forEach((field, i) => { found[field] = list[i]; });
  return found;
}

const entries = shared.entries.map((list) => unpack("entry", list));
const isAlone = entries.length === 1;

function rawReport(number) {
  return JSON.parse(document.getElementById(`report-${number}`).textContent);
}

function reportAt(number) {
  let report = loaded.get(number);
  if (report) loaded.delete(number);
  else report = readReport(number);
  loaded.set(number, report);
  if (loaded.size > KEPT) loaded.delete(loaded.keys().next().value);
  return report;
}

function readReport(number) {
  const report = rawReport(number);
  report.number = number;
  report.entry = entries[number];
  report.facts = report.facts.map((list, at) => ({...unpack("fact", list), at}));
  report.meta = report.meta.map((list, at) => ({...unpack("meta", list), at}));
  report.sections = report.sections.map((list) => unpack("section", list));
  report.warnings = report.warnings.map((list, at) => ({...unpack("warning", list), at}));
  report.checks = report.checks.map((list, at) => readCheck(list, at));
  report.tables = report.tables.map((list) => readTable(list));
  return linked(report);
}

function readCheck(list, at) {
  const check = {...unpack("check", list), at};
  check.left = unpack("side", check.left);
  check.right = unpack("side", check.right);
  return check;
}

function readTable(list) {
  const table = unpack("table", list);
  table.layout = shared.layouts[table.layout];
  table.lines = table.lines.map((line) => unpack("line", line));
  return table;
}

/** What belongs together: a fact's checks, its other readings, its parts; every fact by its id. */
function linked(report) {
  report.byId = new Map();
  report.readings = new Map();
  report.facts.forEach((fact) => {
    fact.checks = [];
    fact.parts = [];
    fact.inTable = false;
    if (!report.byId.has(fact.id)) report.byId.set(fact.id, fact);
    if (fact.group !== null) push(report.readings, fact.group, fact);
  });
  report.facts.forEach((fact) => { if (fact.parent !== null) report.facts[fact.parent].parts.push(fact); });
  report.checks.forEach((check) => {
    new Set([...check.left.facts, ...check.right.facts]).forEach((at) => report.facts[at].checks.push(check));
  });
  report.tables.forEach((table) => table.lines.forEach((line) => line.cells.forEach((cell) => {
    cell.forEach((at) => { report.facts[at].inTable = true; });
  })));
  return report;
}

function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

const fails = (fact) => fact.checks.some((check) => check.status === "fail");
const words = (report, item) => report.text.slice(item.start, item.end);
