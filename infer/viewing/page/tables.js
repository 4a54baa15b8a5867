// The official tables, drawn in the form's own layout from what was read of their cells.

function tablesPanel(report) {
  const panel = {node: el("div", {class: "panel"}), cells: new Map()};
  if (!report.tables.length) panel.node.append(el("p", {class: "nothing"}, say(report.entry.form === "narrative" ? "no_form" : "no_tables")));
  report.tables.forEach((table) => panel.node.append(drawTable(report, table, panel)));
  if (report.loose.length) panel.node.append(looseCells(report, panel));
  if (report.tables.length) panel.node.append(cellLegend());
  const first = panel.node.querySelector(".cell");
  if (first) first.tabIndex = 0;
  panel.node.addEventListener("keydown", (event) => cellKey(event, panel));
  return panel;
}

function drawTable(report, table, panel) {
  const layout = table.layout;
  const width = Math.max(1, ...table.lines.map((line) => line.cells.length), ...layout.lines.map((line) => unpack("layoutLine", line).heads.length));
  const body = el("tbody", {});
  table.lines.forEach((shown) => body.append(drawLine(report, layout, shown, width, panel)));
  const caption = pick(layout.caption);
  return el("div", {class: "form", role: "region", tabindex: "0", "aria-label": caption},
    el("table", {class: `form-table ${layout.id}`}, el("caption", {}, caption), el("thead", {}, drawHeads(layout, table)), body));
}

function drawHeads(layout, table) {
  const rows = layout.heads.map((row) => row.map((list) => unpack("head", list)));
  const columns = layout.spread ? table.columns.map((words) => ({words, columns: 1, rows: 1})) : [];
  return rows.map((row, i) => el("tr", {}, (i === 0 ? [...row, ...columns] : row).map((head) =>
    el("th", {scope: head.columns > 1 ? "colgroup" : "col", colspan: head.columns > 1 && head.columns, rowspan: head.rows > 1 && head.rows}, pick(head.words)))));
}

function drawLine(report, layout, shown, width, panel) {
  const line = unpack("layoutLine", layout.lines[shown.line]);
  const label = pick(line.words);
  const unit = layout.spread ? [el("td", {class: "unit"}, line.unit ? named("units", line.unit) : "—")] : [];
  if (line.heads.length) {
    const heads = line.heads.map((pair) => el("th", {scope: "col"}, pick(pair)));
    return el("tr", {class: "heads"}, el("th", {scope: "col"}, label), heads, rest(width - heads.length));
  }
  if (!shown.cells.length) {
    return el("tr", {class: `block level-${line.level}`}, el("th", {colspan: width + 1 + unit.length, scope: "rowgroup"}, label));
  }
  const cells = shown.cells.map((numbers) => drawCell(report, numbers, label, panel));
  const head = label ? [el("th", {scope: "row", class: `level-${line.level}`}, label)] : [];
  return el("tr", {}, head, unit, cells, rest(width - cells.length));
}

const rest = (count) => (count > 0 ? [el("td", {class: "rest", colspan: count})] : []);

/** All that is stated for one cell, `|` between readings that differ. */
function drawCell(report, numbers, label, panel) {
  const facts = numbers.map((at) => report.facts[at]);
  const stated = facts.filter((fact) => fact.stated);
  const shown = stated.length ? stated : facts.slice(0, 1);
  if (!shown.length) return el("td", {class: "unread"}, el("span", {class: "unseen"}, say("cell_unread")));
  return el("td", {}, shown.map((fact) => {
    const button = cellButton(fact, facts.length > shown.length);
    facts.filter((one) => one === fact || !one.stated).forEach((one) => panel.cells.set(one.at, button));
    panel.cells.set(fact.at, button);
    return button;
  }));
}

function cellButton(fact, hasReadings) {
  const signs = flags(fact).map((flag) => flag[0]).join("");
  const classes = ["cell", fact.state, ...classesOf(fact), hasReadings && "has-readings", isSelected("fact", fact.at) && "chosen"];
  const name = [wholeLabel(fact), valueLabel(fact), ...flags(fact).map((flag) => flag[1])].join(", ");
  return el("button", {type: "button", class: classes.filter(Boolean).join(" "), tabindex: "-1", "data-fact": fact.at, "aria-label": name,
    title: name, click: () => select({kind: "fact", at: fact.at}, {from: "tables"})},
  el("span", {class: "figure"}, cellLabel(fact)), signs && el("span", {class: "signs"}, signs));
}

/** Figures of tables that are in none of the official ones. */
function looseCells(report, panel) {
  const facts = report.loose.map((at) => report.facts[at]);
  return el("section", {class: "loose"}, el("h3", {}, say("loose")), el("ul", {}, facts.map((fact) => {
    const button = cellButton(fact, false);
    panel.cells.set(fact.at, button);
    return el("li", {}, quoted(wholeLabel(fact), "bdi", {lang: null}), " ", button);
  })));
}

function cellLegend() {
  const example = (kind, figure, signs, name) =>
    el("li", {}, el("span", {class: `cell sample ${kind}`}, el("span", {class: "figure"}, figure), signs && el("span", {class: "signs"}, signs)), ` ${name}`);
  return el("section", {class: "legend"}, el("h3", {}, say("legend")), el("ul", {},
    example("value", "12", "", say("cell_value")), example("zero", "0", "", say("cell_zero")),
    example("blank", "␣", "", say("cell_blank")), example("dash", "—", "", say("cell_dash")),
    example("slash", "/", "", say("cell_slash")), example("not_applicable", named("states", "not_applicable"), "", say("cell_not_applicable")),
    example("unreadable amb", named("states", "unreadable"), "▨", say("cell_unreadable")),
    example("value amb", "12", "?", say("cell_ambiguous")), example("value low", "12", "↓", say("cell_low")),
    example("value bad", "12", "✗", say("cell_failed")),
    el("li", {}, el("span", {class: "cell sample unread"}), ` ${say("cell_unread")}`)));
}

/** The arrows go to the nearest cell in their direction, Enter to the words of a cell. */
function cellKey(event, panel) {
  const cell = event.target.closest(".cell");
  if (!cell) return;
  if (event.key === "Enter") {
    event.preventDefault();
    select({kind: "fact", at: Number(cell.dataset.fact)}, {from: "tables", focus: true});
    return;
  }
  const direction = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]}[event.key];
  const cells = [...panel.node.querySelectorAll("button.cell")];
  const goal = direction && nearest(cell, cells, direction);
  if (!goal) return;
  event.preventDefault();
  makeStop(cells, goal);
  goal.focus();
  select({kind: "fact", at: Number(goal.dataset.fact)}, {from: "tables", keepsTab: true});
}

function nearest(from, cells, [dx, dy]) {
  const middle = (node) => { const box = node.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  cells.forEach((cell) => {
    const [cx, cy] = middle(cell);
    const ahead = (cx - x) * dx + (cy - y) * dy;
    const aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    const distance = ahead + aside * 4;
    if (cell !== from && ahead > 2 && distance < least) [best, least] = [cell, distance];
  });
  return best;
}
