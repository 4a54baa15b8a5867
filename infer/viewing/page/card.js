// The selected fact with everything that is known of it.

function factCard(report, fact) {
  const rows = [
    [say("method"), named("methods", fact.method)],
    [say("confidence"), meter(fact)],
    [say("state"), say(`cell_${fact.state}`)],
    [say("scope"), has("scopes", fact.scope) && named("scopes", fact.scope)],
    [say("reason"), fact.reason && quoted(pick(fact.reason), "bdi", {lang: null})],
    [say("review"), fact.review !== null && quoted(fact.review)],
    [say("part_of"), fact.parent !== null && factLink(report.facts[fact.parent])],
    [say("parts"), fact.parts.length > 0 && fact.parts.slice(0, 12).map((part, i) => [i ? "、" : "", factLink(part)])],
    [say("place"), placeLabel(report, fact)],
    [say("indicator"), fact.indicator !== null && el("code", {}, fact.indicator, ...fact.by.map(([name, key]) => ` ${name}=${key}`))],
  ].filter(([, value]) => value);
  return [
    el("h2", {class: "card-title"}, quoted(wholeLabel(fact), "bdi", {lang: null})),
    el("p", {class: "card-value"}, quoted(valueLabel(fact), "bdi", {lang: null}), " ", badges(fact)),
    el("p", {class: "card-words"}, wordsOf(report, fact)),
    involved(report, fact),
    readingsOf(report, fact),
    el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
  ];
}

/** The clause with the words marked in it. */
function wordsOf(report, fact) {
  const [start, end] = fact.context || [fact.start, fact.end];
  const said = words(report, fact);
  const inside = start <= fact.start && fact.end <= end;
  const shown = (text) => exactly(text.replace(/\s+/g, " "));
  return el("q", {lang: "zh-CN"}, inside ? shown(report.text.slice(start, fact.start)) : "",
    said ? el("mark", {}, ...shown(said)) : el("mark", {class: "blank"}, say("blank_cell")), inside ? shown(report.text.slice(fact.end, end)) : "");
}

function placeLabel(report, fact) {
  const before = [...report.text.slice(0, fact.start)].length; // offsets of results count code points
  const parts = [say("characters", before, before + [...words(report, fact)].length)];
  if (fact.page !== null) parts.unshift(say("page", fact.page));
  if (fact.box) parts.push(say("box", fact.box.map((edge) => Math.round(edge)).join(", ")));
  if (fact.cell) parts.push(say("grid", ...fact.cell.map((number) => number + 1)));
  return parts.join(language === 0 ? "，" : ", ");
}

/** The other readings of the same words, each with the reason why it was or was not taken. */
function readingsOf(report, fact) {
  const others = fact.group === null ? [] : report.readings.get(fact.group).filter((one) => one !== fact);
  if (!others.length) return null;
  return el("section", {class: "readings"}, el("h3", {}, say("readings", others.length)), el("ul", {}, others.map((other) =>
    el("li", {}, factLink(other), " ", el("span", {class: "method"}, named("methods", other.method)), " ", meter(other),
      " ", el("span", {class: "quiet"}, say(other.stated ? "taken" : "not_taken"), other.reason ? [language === 0 ? "：" : ": ", quoted(pick(other.reason), "bdi", {lang: null})] : "")))));
}

function involved(report, fact) {
  if (!fact.checks.length) return null;
  const sign = {fail: "✗", unknown: "？", pass: "✓"};
  return el("section", {class: "involved"}, el("h3", {}, say("checks_of")), el("ul", {}, fact.checks.map((check) =>
    el("li", {class: check.status}, `${sign[check.status]} `, el("button", {type: "button", class: "link", click: () => select({kind: "check", at: check.at}, {from: "card"})},
      quoted(pick(check.title), "bdi", {lang: null})), " ",
    el("span", {class: "quiet"}, `${pick(check.left.value)} ${check.sign} ${pick(check.right.value)}`),
    check.fault && el("span", {class: "fault"}, ` ${named("faults", check.fault)}`)))));
}

function checkSummary(report, check) {
  return [
    el("h2", {class: "card-title"}, quoted(pick(check.title), "bdi", {lang: null})),
    el("p", {class: "card-value"}, `${pick(check.left.value)} ${check.sign} ${pick(check.right.value)} `,
      check.fault && el("span", {class: "badge bad"}, named("faults", check.fault))),
    el("p", {class: "quiet"}, say(check.left.facts.length || check.right.facts.length ? "both_sides_marked" : "places_marked")),
  ];
}

function plainCard(title, value) {
  return [el("h2", {class: "card-title"}, title), el("p", {class: "card-value"}, quoted(value, "bdi", {lang: null}))];
}

function cardOf(report, selected) {
  const at = selected.at;
  if (selected.kind === "fact") return factCard(report, report.facts[at]);
  if (selected.kind === "check") return checkSummary(report, report.checks[at]);
  if (selected.kind === "meta") return plainCard(named("interface", `meta_${report.meta[at].field}`), pick(report.meta[at].value));
  return plainCard(say("warning"), pick(report.warnings[at].words));
}
