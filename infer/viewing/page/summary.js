// The report's identity, what a reader should know, and how it was read.

function summaryPanel(report) {
  return {node: el("div", {class: "panel"},
    warningList(report),
    el("section", {}, el("h3", {}, say("identity")), el("dl", {class: "identity"}, report.meta.map((one) =>
      el("div", {}, el("dt", {}, named("interface", `meta_${one.field}`)), el("dd", {}, metaValue(one)))))),
    el("section", {}, el("h3", {}, say("how_read")), el("dl", {class: "identity"}, howRead(report).map(([name, value]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value))))),
    outline(report))};
}

function metaValue(one) {
  const value = quoted(pick(one.value), "bdi", {lang: one.field === "form" ? null : "zh-CN"});
  if (!one.place) return [value, one.field === "form" ? "" : el("span", {class: "quiet"}, ` ${say("inferred")}`)];
  return el("button", {type: "button", class: "link", "data-meta": one.field, click: () => select({kind: "meta", at: one.at}, {from: "summary"})}, value);
}

function warningList(report) {
  if (!report.warnings.length) return null;
  return el("section", {class: "warnings"}, el("h3", {}, say("warnings")), el("ul", {}, report.warnings.map((one) =>
    el("li", {}, el("span", {"aria-hidden": "true"}, "! "), one.place
      ? el("button", {type: "button", class: "link", click: () => select({kind: "warning", at: one.at}, {from: "summary"})}, pick(one.words))
      : pick(one.words)))));
}

function howRead(report) {
  const stated = report.facts.filter((fact) => fact.stated);
  const methods = new Map();
  stated.forEach((fact) => methods.set(fact.method, (methods.get(fact.method) || 0) + 1));
  const file = [report.name, report.media, report.encoding, report.pages && say("pages", report.pages)].filter(Boolean).join(" · ");
  return [
    [say("numbers"), [...methods].map(([method, count]) => `${named("methods", method)} ${count}`).join(language === 0 ? "，" : ", ")],
    [say("not_sure"), String(stated.filter((fact) => fact.low).length)],
    [say("file"), quoted(file)],
    ["SHA-256", el("code", {}, report.sha256)],
    [say("made_by"), el("code", {}, report.producer)],
  ];
}

/** The headings of the text, to go to. */
function outline(report) {
  if (!report.sections.length) return null;
  return el("section", {}, el("h3", {}, say("sections")), el("ul", {class: "outline"}, report.sections.map((section) =>
    el("li", {class: `level-${Math.min(section.level, 3)}`},
      el("button", {type: "button", class: "link", click: () => goTo(section.start)}, quoted(section.words))))));
}
