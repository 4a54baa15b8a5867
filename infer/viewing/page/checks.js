// The checks of a report: failed ones first, each with both sides, the formula and the likely fault.

function checksPanel(report) {
  const of = (status) => report.checks.filter((check) => check.status === status);
  const [failed, unknown, passed] = [of("fail"), of("unknown"), of("pass")];
  const panel = {node: el("div", {class: "panel"}), cards: new Map()};
  panel.node.append(el("p", {class: "count"}, say("checks_counted", passed.length, failed.length, unknown.length)));
  if (!failed.length) panel.node.append(el("p", {class: "nothing"}, say("no_failed")));
  failed.forEach((check) => panel.node.append(checkCard(report, check, panel)));
  if (unknown.length) panel.node.append(el("h3", {}, say("checks_unknown")), ...unknown.map((check) => checkCard(report, check, panel)));
  if (passed.length) {
    panel.node.append(el("details", {}, el("summary", {}, say("checks_passed", passed.length)),
      ...passed.map((check) => checkCard(report, check, panel))));
  }
  return panel;
}

function checkCard(report, check, panel) {
  const sign = {fail: "✗", unknown: "？", pass: "✓"}[check.status];
  const card = el("article", {class: `check-card ${check.status}${isSelected("check", check.at) ? " chosen" : ""}`},
    el("h3", {}, el("button", {type: "button", class: "check-title", click: () => select({kind: "check", at: check.at}, {from: "checks"})},
      el("span", {class: "sign", "aria-hidden": "true"}, sign), " ", quoted(pick(check.title), "bdi", {lang: null}))),
    el("div", {class: "sides"}, sideOf(report, check.left, "left"), el("span", {class: "against"}, check.sign), sideOf(report, check.right, "right")),
    check.fault && el("p", {class: "fault"}, named("faults", check.fault)),
    check.repair && repairOf(report, check.repair),
    check.note && el("p", {class: "note"}, quoted(pick(check.note), "bdi", {lang: null})),
    el("p", {class: "formula"}, `${say("formula")} `, quoted(named("formulas", check.formula), "bdi", {lang: null})));
  panel.cards.set(check.at, card);
  return card;
}

/** A side's value, and the figures behind it; those that are 0 or blank are only counted. */
function sideOf(report, side, name) {
  const facts = side.facts.map((at) => report.facts[at]);
  const counted = facts.filter((fact) => fact.state === "value");
  const quiet = facts.length - counted.length;
  return el("div", {class: `side ${name}`},
    el("span", {class: "total"}, quoted(pick(side.value), "bdi", {lang: null})),
    pick(side.words) && el("span", {class: "words"}, quoted(pick(side.words), "bdi", {lang: null})),
    facts.length ? el("ul", {class: "addends"}, counted.map((fact) => el("li", {}, factLink(fact))),
      quiet ? el("li", {class: "quiet"}, say(counted.length ? "and_zeros" : "all_zeros", quiet)) : "") : "");
}

const factLink = (fact) => el("button", {type: "button", class: "link", click: () => select({kind: "fact", at: fact.at}, {from: "checks"})},
  quoted(wholeLabel(fact), "bdi", {lang: null}), " ", el("b", {}, quoted(valueLabel(fact), "bdi", {lang: null})));

function repairOf(report, [at, value]) {
  const fact = report.facts[at];
  return el("p", {class: "repair"}, `${say("repair")} `, factLink(fact), ` → ${value} ${unitLabel(fact)}`.trimEnd(), el("span", {class: "quiet"}, ` ${say("repair_note")}`));
}
