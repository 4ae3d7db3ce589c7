// The page itself: one report with its facts, or the index; the address after # says which.

const app = document.getElementById("app");
let current = null; // the report that is shown, with what can be done on it
const narrow = window.matchMedia("(max-width: 60rem)");

function topLine(title, parts, extra) {
  const switcher = worded(
    make("button", { type: "button", class: "language", on: { click: switchLanguage } }, word("language")), "title", "switch_language"
  );
  const back = setup.home || (index.reports.length > 1 && extra !== null ? "#" : null);
  return make(
    "header",
    { class: "top" },
    make(
      "div",
      { class: "line" },
      make("h1", { id: "top" }, title),
      back && extra ? make("a", { class: "back", href: back }, word("reports")) : null,
      switcher
    ),
    parts.length ? make("p", { class: "about" }, ...parts) : null,
    extra || null
  );
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  translate(document);
}

function reportPage(number) {
  const report = read(`report-${number}`);
  const facts = prepared(report);
  const page = { number, report, facts, chosen: null, panel: "facts" };
  wanted = { ...EVERYTHING };

  const text = worded(make("main", { class: "pane text", id: "text", tabindex: "0" }), "aria-label", "report");
  const inner = make("div", { class: "paper" }, ...reportText(report));
  text.append(legend(report, text), inner);

  const cards = make("ol", { class: "facts" });
  const list = lazyList(cards);
  const count = make("p", { class: "quiet", role: "status" });
  const filters = filterBar(report, facts, () => refresh());
  const panels = {
    facts: make("section", { id: "facts" }, filters.box, count, cards, list.end),
    charts: make("section", { id: "charts", class: "charts" }),
    findings: make("section", { id: "findings" }, findingList(report, page)),
  };
  panels.charts.append(...figures(report.charts));
  const side = worded(make("div", { class: "pane side", tabindex: "0", role: "region" }, ...Object.values(panels)), "aria-label", "facts");
  const tabs = ["report", "facts", "charts", "findings"].map((name) => {
    const size = { facts: facts.length, findings: report.findings.length }[name];
    return make(
      "button",
      { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": name === "report" ? "text" : name, on: { click: () => page.open(name) } },
      word(name), size === undefined ? null : make("span", { class: "size" }, ` ${size}`)
    );
  });
  const tabList = worded(make("div", { class: "tabs", role: "tablist" }, ...tabs), "aria-label", "parts");

  let shown = [];
  function refresh() {
    shown = ordered(facts);
    list.show(shown, (fact) => factCard(fact, page));
    count.replaceChildren(
      facts.length ? (shown.length ? word("shown", { shown: shown.length, all: facts.length }) : word("no_match")) : word("no_facts")
    );
    if (page.chosen !== null) markChosen();
  }

  function markChosen() {
    for (const old of app.querySelectorAll(".on")) old.classList.remove("on");
    for (const old of cards.querySelectorAll(".fact.chosen")) {
      old.classList.remove("chosen");
      old.querySelector(".open").setAttribute("aria-expanded", "false");
      old.querySelector(".details").hidden = true;
    }
    const fact = facts[page.chosen];
    for (const [start] of fact.page.at) markAt(start)?.classList.add("on");
    const card = cards.querySelector(`[data-fact="${page.chosen}"]`);
    if (!card) return null;
    card.classList.add("chosen");
    card.querySelector(".open").setAttribute("aria-expanded", "true");
    const details = card.querySelector(".details");
    details.replaceChildren(...factDetails(fact, report, page));
    details.hidden = false;
    return card;
  }

  const markNumbers = new Map(report.marks.map((mark, i) => [mark.s, i]));
  const markAt = (start) => text.querySelector(`[data-mark="${markNumbers.get(start)}"]`);

  function goTo(element) {
    if (!element) return;
    element.closest(".folded")?.unfold();
    element.scrollIntoView({ block: "center" });
    // What lies off screen is only drawn when it comes near, which may move the place once.
    requestAnimationFrame(() => element.scrollIntoView({ block: "center" }));
  }

  page.open = (name) => {
    if (name !== "report") page.panel = name;
    app.dataset.front = name === "report" ? "report" : "side";
    for (const [key, panel] of Object.entries(panels)) panel.classList.toggle("away", key !== page.panel);
    for (const tab of tabs) {
      const chosen = tab.id === `tab-${narrow.matches && app.dataset.front === "report" ? "report" : page.panel}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
  };

  /** Choose a fact; `toText` goes to its evidence, `toCard` to its card. */
  page.select = (position, { toText = false, toCard = false } = {}) => {
    page.chosen = position;
    if (toCard) {
      if (!shown.some((fact) => fact.position === position)) filters.clear();
      list.through(shown.findIndex((fact) => fact.position === position));
      page.open("facts");
    }
    const card = markChosen();
    if (toCard && card) {
      goTo(card);
      card.querySelector(".open").focus({ preventScroll: true });
    }
    if (toText && !narrow.matches) page.toEvidence(facts[position], false);
    window.history.replaceState(null, "", `#r${number}f${position}`);
  };

  page.toEvidence = (fact, focus = true) => {
    const first = fact.page.at[0];
    if (!first) return;
    if (focus) page.open(narrow.matches ? "report" : page.panel);
    const mark = markAt(first[0]);
    goTo(mark);
    if (focus && mark) rove(mark);
  };

  page.toFinding = (number, start) => {
    for (const old of app.querySelectorAll(".on")) old.classList.remove("on");
    if (narrow.matches) page.open("report");
    const marks = report.marks.map((mark, i) => [mark, i]).filter(([mark]) => (mark.g || []).includes(number));
    for (const [, i] of marks) text.querySelector(`[data-mark="${i}"]`)?.classList.add("on");
    const here = marks.find(([mark]) => mark.s <= start && start < mark.e) || marks[0];
    if (here) goTo(text.querySelector(`[data-mark="${here[1]}"]`));
  };

  // Marks in the text: one of them is reached by Tab, the arrow keys go on from there, Enter opens its fact.
  let roving = text.querySelector(".mark[role=button]");
  if (roving) roving.tabIndex = 0;
  function rove(mark, focus = true) {
    if (!mark || mark.getAttribute("role") !== "button") return;
    if (roving) roving.tabIndex = -1;
    roving = mark;
    mark.tabIndex = 0;
    if (focus) mark.focus({ preventScroll: true });
  }
  function openMark(element) {
    const mark = report.marks[Number(element.dataset.mark)];
    rove(element, false);
    if (mark.f) {
      const next = mark.f.indexOf(page.chosen) + 1;
      page.select(mark.f[next % mark.f.length], { toCard: true });
    } else if (mark.g) {
      page.open("findings");
      goTo(panels.findings.querySelector(`[data-finding="${mark.g[0]}"]`));
    }
  }
  const tip = noteFor(text, () => report);
  text.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark[role=button]");
    if (!mark) return;
    tip.hide();
    openMark(mark);
  });
  text.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    if (event.key === "Enter" || event.key === " ") openMark(mark);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const all = [...text.querySelectorAll(".mark[role=button]")];
      const next = all[all.indexOf(mark) + (event.key === "ArrowRight" ? 1 : -1)];
      if (next) {
        goTo(next);
        rove(next);
      }
    } else return;
    event.preventDefault();
  });
  tabList.addEventListener("keydown", (event) => {
    const visible = tabs.filter((tab) => tab.offsetParent);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = visible[(visible.indexOf(event.target) + step + visible.length) % visible.length];
    next.click();
    next.focus();
  });
  cards.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.classList.contains("open")) return;
    const here = shown.findIndex((fact) => fact.position === Number(event.target.closest(".fact").dataset.fact));
    list.through(here + step);
    const next = cards.querySelector(`[data-fact="${shown[here + step]?.position}"] .open`);
    if (next) {
      next.focus();
      event.preventDefault();
    }
  });

  const status = statusBar(report.about, (chosen) => {
    page.open("facts");
    filters.set("status", chosen);
  });
  document.title = report.about.title.replace(/\s+/g, " ") || report.about.doc;
  app.className = "one";
  app.replaceChildren(
    make("a", { class: "skip", href: "#facts", on: { click: (event) => { event.preventDefault(); page.open("facts"); side.focus(); } } }, word("skip")),
    topLine(titleOf(report.about), facets(report.about), status || make("span")),
    tabList, text, side, tip.note
  );
  page.search = filters.search;
  page.drawAll = () => {
    list.all();
    for (const cell of text.querySelectorAll(".folded")) cell.unfold();
  };
  page.reopen = () => page.open(narrow.matches && app.dataset.front === "report" ? "report" : page.panel);
  refresh();
  page.open("facts");
  if (narrow.matches) page.open("report");
  return page;
}

function findingList(report, page) {
  if (!report.findings.length) return make("p", { class: "empty" }, word("no_findings"));
  return make("ol", { class: "findings" }, ...report.findings.map((_, number) => findingItem(report, number, page)));
}

function filterBar(report, facts, changed) {
  const set = (name, value) => {
    wanted[name] = value;
    if (lists[name]) lists[name].value = value;
    changed();
  };
  const counted = (pairs) => pairs.map(([value, count]) => [value, `${value} (${count})`]);
  const all = ["", [word("all")]];
  const statuses = [...STATUSES, "contradiction"].filter((status) =>
    facts.some((fact) => fact.page.status === status || (status === "contradiction" && fact.page.findings.length))
  );
  const roles = [...setup.sides, "rate"].filter((role) => facts.some((fact) => fact.roles.includes(role)));
  const made = {
    status: chooser("status", "status", [all, ...statuses.map((s) => [s, [word(statusKey(s))]])], set),
    role: chooser("role", "role", [all, ...roles.map((role) => [role, [word(role)]])], set),
    office: chooser("office_filter", "office", [all, ...counted(choices(facts, "offices"))], set),
    leader: chooser("leader_filter", "leader", [all, ...counted(choices(facts, "leading"))], set),
    order: chooser("order", "order", ["text", "low", "high", "sure"].map((o) => [o, [word(`order_${o}`)]]), set),
  };
  const lists = Object.fromEntries(Object.entries(made).map(([name, { list }]) => [name, list]));
  const search = worded(make("input", { type: "search", class: "search" }), "placeholder", "search");
  worded(search, "aria-label", "search");
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set("search", search.value), 120);
  });
  const clear = () => {
    wanted = { ...EVERYTHING };
    search.value = "";
    for (const [name, list] of Object.entries(lists)) list.value = wanted[name];
    changed();
  };
  const box = make(
    "div",
    { class: "filters", role: "search" },
    search,
    ...Object.values(made).map((choice) => choice.box),
    make("button", { type: "button", class: "clear", on: { click: clear } }, word("clear")),
    make("button", { type: "button", class: "download", on: { click: () => download(ordered(facts), report) } }, word("download"))
  );
  worded(box, "aria-label", "filter");
  return { box, search, set, clear };
}

function route() {
  const asked = /^#r(\d+)(?:f(\d+))?$/.exec(window.location.hash);
  const many = index.reports.length > 1 || !document.getElementById("report-0");
  const number = asked ? Number(asked[1]) : many ? null : 0;
  if (number === null || !document.getElementById(`report-${number}`)) {
    current = null;
    document.title = say("reports");
    app.className = "many";
    app.replaceChildren(topLine(word("reports"), [], null), indexPage());
    return;
  }
  if (!current || current.number !== number) {
    current = reportPage(number);
    window.scrollTo(0, 0);
  }
  if (asked && asked[2] && current.facts[Number(asked[2])]) {
    current.select(Number(asked[2]), { toCard: true });
    current.toEvidence(current.facts[Number(asked[2])], false);
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing && current) {
    current.open("facts");
    current.search.focus();
    event.preventDefault();
  } else if (event.key === "Escape") {
    document.getElementById("note")?.setAttribute("hidden", "");
  }
});
window.addEventListener("hashchange", route);
window.addEventListener("beforeprint", () => current?.drawAll());
narrow.addEventListener("change", () => current?.reopen());
route();
