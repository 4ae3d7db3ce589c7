// Charts, findings, the line of totals, the index of many reports, and the note beside a mark.

const STATUSES = ["behind", "on track", "ahead", "done", "unknown"];

function findingBody(finding) {
  return make(
    "div",
    { class: `finding-body v-${finding.severity}` },
    make("p", {}, word(finding.severity, {}, { class: `chip s-${finding.severity}` }), " ", both({ zh: finding.zh, en: finding.en })),
    make("p", { class: "arithmetic" }, finding.a)
  );
}

function findingItem(report, number, page) {
  const finding = report.findings[number];
  return make(
    "li",
    { class: "finding", "data-finding": number },
    finding.task ? make("p", { class: "label" }, word("task"), ` ${finding.task}`) : null,
    findingBody(finding),
    make(
      "p",
      { class: "actions" },
      ...finding.e.map(([start, end]) =>
        make(
          "button",
          { type: "button", on: { click: () => page.toFinding(number, start) } },
          make("bdi", {}, report.text.slice(start, end).replace(/\s+/g, " "))
        )
      ),
      make("span", { class: "quiet" }, word("confidence"), ` ${finding.c}`)
    )
  );
}

/** The tasks by status as one bar, each part a button that filters the facts. */
function statusBar(about, chosen) {
  const there = STATUSES.filter((status) => about.statuses[status]);
  if (!there.length) return null;
  const parts = there.map((status) => {
    const count = about.statuses[status];
    const inner = [word(statusKey(status)), ` ${count}`];
    const attributes = { class: `part s-${statusKey(status)}`, style: `flex-grow:${count}` };
    return chosen
      ? make("button", { ...attributes, type: "button", on: { click: () => chosen(status) } }, ...inner)
      : make("span", attributes, ...inner);
  });
  return worded(make("div", { class: "statuses", role: "group" }, ...parts), "aria-label", "schedule");
}

function facets(about) {
  const period = about.period && about.period.some(Boolean) ? about.period.filter(Boolean).join(" \u2013 ") : "";
  return [
    make("bdi", {}, about.doc),
    about.place ? make("bdi", {}, about.place) : null,
    period ? make("span", {}, word("period"), ` ${period}`) : about.year ? make("span", {}, word("year"), ` ${about.year}`) : null,
    about.number ? make("bdi", {}, about.number) : null,
    about.issued ? make("span", {}, word("issued"), ` ${about.issued}`) : null,
    about.tasks ? null : word("prose"),
  ].filter(Boolean);
}

const titleOf = (about) => about.title.replace(/\s+/g, " ").trim() || word("untitled");

/** The table of many reports: each row leads to one of them. */
function indexPage() {
  const body = make("tbody");
  const list = lazyList(body, 200);
  const rows = index.reports.map((about, number) => ({ about, number }));
  const names = ["title", "place", "period", "tasks", "facts", "behind", "findings"];
  const draw = ({ about, number }) =>
    make(
      "tr",
      {},
      make("td", {}, make("a", { href: about.href || `#r${number}` }, titleOf(about)), make("bdi", { class: "quiet doc" }, about.doc)),
      make("td", {}, make("bdi", {}, about.place)),
      make("td", { class: "when" }, about.period && about.period.some(Boolean) ? about.period.filter(Boolean).join(" \u2013 ") : about.year),
      ...[about.tasks, about.facts, about.statuses.behind || 0, about.findings].map((count) =>
        make("td", { class: "count" }, String(count))
      )
    );
  const search = worded(make("input", { type: "search" }), "placeholder", "search_reports");
  worded(search, "aria-label", "search_reports");
  const count = make("p", { class: "quiet", role: "status" });
  const show = () => {
    const terms = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = rows.filter(({ about }) => {
      const text = [about.doc, about.title, about.place, about.year, about.number].join("\n").toLowerCase();
      return terms.every((term) => text.includes(term));
    });
    list.show(fitting, draw);
    count.replaceChildren(word("shown", { shown: fitting.length, all: rows.length }));
  };
  search.addEventListener("input", show);
  show();
  const heads = names.map((name) => make("th", { scope: "col" }, word(name)));
  return make(
    "main",
    { class: "index", id: "main", tabindex: "-1" },
    make("div", { class: "filters" }, search, count),
    make("div", { class: "wide", tabindex: "0", role: "region", "aria-labelledby": "top" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body)),
    list.end,
    make("div", { class: "charts" }, ...figures(index.charts))
  );
}

/** A note beside the mark that is pointed at: what it is, its value, and why. */
function noteFor(pane, reportNow) {
  const note = make("div", { class: "note", id: "note", role: "tooltip", hidden: true });
  const hide = () => {
    note.hidden = true;
    for (const old of pane.querySelectorAll("[aria-describedby]")) old.removeAttribute("aria-describedby");
  };
  const show = (element) => {
    const report = reportNow();
    const mark = report.marks[Number(element.dataset.mark)];
    const facts = (mark.f || []).map((position) => report.facts[position]);
    const when = mark.p ? periodText({ start: mark.p[0], end: mark.p[1] }) : null;
    note.replaceChildren(
      make(
        "p",
        { class: "head" },
        mark.k === "plain" ? word("finding") : word(mark.k, {}, { class: `key k-${mark.k}` }),
        mark.m ? make("bdi", {}, mark.m.replaceAll("|", " ")) : null
      ),
      ...[mark.v ? make("p", {}, word("value"), ` ${mark.v}`) : "", when ? make("p", {}, when) : ""].filter(Boolean),
      ...facts.slice(0, 2).filter((fact) => fact.explanation).map((fact) => make("p", { class: "why" }, fact.explanation)),
      ...(mark.g || []).map((number) => findingBody(report.findings[number]))
    );
    note.hidden = false;
    element.setAttribute("aria-describedby", "note");
    const [at, own] = [element.getBoundingClientRect(), note.getBoundingClientRect()];
    const below = at.bottom + 6 + own.height < window.innerHeight;
    note.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - own.width - 8))}px`;
    note.style.top = `${Math.max(8, below ? at.bottom + 6 : at.top - own.height - 6)}px`;
  };
  const over = (event) => {
    const mark = event.target.closest(".mark");
    if (mark) show(mark);
    else hide();
  };
  pane.addEventListener("mouseover", over);
  pane.addEventListener("focusin", over);
  pane.addEventListener("mouseleave", hide);
  pane.addEventListener("focusout", hide);
  // Moving to a mark by keyboard scrolls it into view; its note goes along instead of away.
  const moved = () => {
    const held = pane.querySelector(".mark:focus[aria-describedby]");
    if (held) show(held);
    else hide();
  };
  pane.addEventListener("scroll", moved, { passive: true });
  return { note, hide };
}
