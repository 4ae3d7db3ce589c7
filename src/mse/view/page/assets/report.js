// The report as a reader knows it: its text and tasks from top to bottom, with what was found marked in it.

const LONG = 3000; // characters of a cell above which it is folded at first

/** Puts the text between two offsets into an element, marks as spans; blank lines are left out. */
function fillText(parent, report, start, end) {
  const plain = (from, to) => report.text.slice(from, to).replace(/[ \t\u3000]*\n\s*/g, "\n");
  let [low, high] = [0, report.marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (report.marks[middle].e <= start) low = middle + 1;
    else high = middle;
  }
  let at = start;
  const put = (text) => {
    const shown = at === start ? text.replace(/^\s+/, "") : text;
    if (shown) parent.append(shown);
  };
  for (let number = low; number < report.marks.length && report.marks[number].s < end; number++) {
    const mark = report.marks[number];
    if (mark.s < at) continue;
    put(plain(at, mark.s));
    parent.append(markOf(mark, number, plain(mark.s, Math.min(mark.e, end))));
    at = Math.min(mark.e, end);
  }
  put(plain(at, end).replace(/\s+$/, ""));
}

function markOf(mark, number, text) {
  const leads = mark.f || mark.g;
  return make(
    "span",
    {
      class: `mark k-${mark.k}${mark.g ? " found" : ""}`,
      "data-mark": number,
      role: leads ? "button" : null,
      tabindex: leads ? "-1" : null,
    },
    text
  );
}

function officials(people, attributes = {}) {
  const parts = ["leaders", "lead_organizations", "persons", "supporting_organizations"]
    .filter((name) => people[name])
    .map((name) =>
      make("span", { class: `who who-${name}` }, word(name, {}, { class: "label" }), " ", make("bdi", {}, people[name].join(" · ")))
    );
  return parts.length ? make("p", { class: "officials", ...attributes }, ...parts) : null;
}

function cellOf(report, [role, header, start, end]) {
  const body = make("div", { class: "body" });
  fillText(body, report, start, end);
  const cell = make(
    "div",
    { class: `cell cell-${role}` },
    make("p", { class: "label" }, header.replace(/\s+/g, " ").trim() || word(`cell_${role}`)),
    body
  );
  if (end - start > LONG) fold(cell, body);
  return cell;
}

function fold(cell, body) {
  const button = make("button", { class: "fold", type: "button", "aria-expanded": "false" }, word("expand"));
  cell.classList.add("folded");
  cell.unfold = (open = true) => {
    cell.classList.toggle("folded", !open);
    button.setAttribute("aria-expanded", String(open));
    button.replaceChildren(word(open ? "collapse" : "expand"));
  };
  button.addEventListener("click", () => cell.unfold(cell.classList.contains("folded")));
  body.after(button);
}

function taskOf(report, number) {
  const task = report.tasks[number];
  const status = task.s === "unknown" ? null : worded(statusChip(task.s), "title", "schedule");
  return make(
    "article",
    { class: "task", "data-task": number },
    make(
      "div",
      { class: "head" },
      make("span", { class: "number" }, task.n || word("no_number")),
      status,
      task.a && task.s !== "unknown" ? make("span", { class: "arithmetic" }, task.a) : null
    ),
    officials(report.people[task.o] || {}),
    make("div", { class: "cells" }, ...task.cells.map((cell) => cellOf(report, cell)))
  );
}

function reportText(report) {
  return report.blocks.map((block) => {
    if (block[0] === "task") return taskOf(report, block[1]);
    if (block[0] === "category") return make("h3", { class: "category" }, block[1].replace(/\s+/g, " "));
    const part = make("div", { class: "prose" });
    fillText(part, report, block[1], block[2]);
    return part;
  });
}

/** Buttons that show and hide the marks of one kind. */
function legend(report, pane) {
  const there = new Set(report.marks.map((mark) => mark.k));
  const buttons = setup.kinds
    .filter((kind) => there.has(kind))
    .map((kind) => {
      const button = make("button", { type: "button", class: `key k-${kind}`, "aria-pressed": "true" }, word(kind));
      button.addEventListener("click", () => {
        const hidden = pane.classList.toggle(`hide-${kind}`);
        button.setAttribute("aria-pressed", String(!hidden));
      });
      return button;
    });
  return worded(make("div", { class: "legend", role: "group" }, ...buttons), "aria-label", "highlights");
}
