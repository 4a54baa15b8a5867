// What a fact is called, in words.

function factLabel(fact) {
  if (fact.indicator !== null) return named("indicators", fact.indicator);
  return fact.counted === null ? say("unnamed") : fact.counted;
}

/** Scope and dimensions, `·` between them; empty for a whole of the report's own year. */
function dimensionsLabel(fact) {
  const scope = has("scopes", fact.scope) ? [named("scopes", fact.scope)] : [];
  const keys = fact.by.map(([dimension, key]) => (has("keys", `${dimension}.${key}`) ? named("keys", `${dimension}.${key}`) : key));
  return [...new Set([...scope, ...keys])].join(language === 0 ? "·" : " · ");
}

const unitLabel = (fact) => (fact.unit === "1" ? "" : named("units", fact.unit));
const isNumber = (fact) => fact.state === "value" || fact.state === "zero";

function valueLabel(fact) {
  if (!isNumber(fact)) return named("states", fact.state);
  const number = `${fact.shown} ${unitLabel(fact)}`.trimEnd();
  return fact.qualifier ? named("qualifiers", fact.qualifier).replace("{}", () => number) : number;
}

/** As the cell of a form has it: no unit, but for money. */
function cellLabel(fact) {
  if (fact.state === "blank") return "␣";
  if (!isNumber(fact)) return named("states", fact.state);
  return fact.unit === "元" ? `${fact.shown} ${unitLabel(fact)}` : fact.shown;
}

function wholeLabel(fact) {
  const dimensions = dimensionsLabel(fact);
  if (!dimensions) return factLabel(fact);
  return language === 0 ? `${factLabel(fact)}（${dimensions}）` : `${factLabel(fact)} (${dimensions})`;
}

const sure = (fact) => fact.confidence.toFixed(2);

/** What is the matter with a fact: a sign, its name, and the class it is drawn with. */
function flags(fact) {
  return [
    fails(fact) && ["✗", say("flag_failed"), "bad"],
    fact.state === "unreadable" && ["▨", say("flag_unreadable"), "amb"],
    fact.ambiguous && fact.state !== "unreadable" && ["?", say("flag_ambiguous"), "amb"],
    fact.low && fact.state !== "unreadable" && ["↓", say("flag_low"), "low"],
    !fact.stated && ["○", say(fact.open ? "flag_open" : "flag_alternative"), "alt"],
  ].filter(Boolean);
}

const classesOf = (fact) => [...new Set(flags(fact).map((flag) => flag[2]))];

/** The flags as small marked words. */
const badges = (fact) => flags(fact).map(([sign, name, kind]) =>
  el("span", {class: `badge ${kind}`}, el("span", {"aria-hidden": "true"}, sign), ` ${name}`));

/** How sure a reading is, as a number and a bar. */
function meter(fact) {
  const bar = el("span", {class: "meter", "aria-hidden": "true"}, el("span", {}));
  bar.firstChild.style.width = `${Math.round(fact.confidence * 100)}%`;
  return el("span", {class: "sure"}, bar, el("span", {class: "unseen"}, `${say("confidence")} `), sure(fact));
}
