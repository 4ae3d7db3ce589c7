// The facts on the right: filters above, one card a fact.

/** A measure as the report writes it, or its value where it is written nowhere. */
function measureText(measure, unit) {
  if (measure.shown) return measure.shown;
  if (measure.text) return measure.text.replace(/\s+/g, " ");
  const value = measure.low === undefined ? measure.value : `${measure.low}\u2013${measure.high}`;
  return value === null || value === undefined ? "" : `${value}${measure.unit || unit || ""}`;
}

function periodText(period) {
  if (!period || (!period.start && !period.end)) return null;
  if (!period.start) return word("until", { day: period.end });
  return period.start === period.end ? period.start : `${period.start} \u2013 ${period.end || ""}`;
}

/** How much is done as a bar to 100 percent, with a tick where the time has got to. */
function bar(done, gone, status) {
  const width = Math.max(0, Math.min(100, done));
  return make(
    "span",
    { class: `bar s-${statusKey(status || "unknown")}`, "aria-hidden": "true" },
    make("span", { class: "done", style: `width:${width}%` }),
    gone === null ? null : make("span", { class: "gone", style: `left:${Math.max(0, Math.min(100, gone))}%` })
  );
}

const shortPercent = (text) => `${Number(text).toLocaleString("en", { maximumFractionDigits: 2 })}%`;

function completionLine(fact) {
  if (fact.done === null) return null;
  const gone = fact.page.gone === undefined || fact.page.gone === null ? null : Number(fact.page.gone);
  return make(
    "span",
    { class: "completion" },
    bar(fact.done, gone, fact.page.status),
    make("b", {}, shortPercent(fact.page.done)),
    gone === null ? null : make("span", { class: "quiet" }, word("share_gone"), " ", shortPercent(fact.page.gone))
  );
}

function contradiction(fact) {
  const completion = fact.completion || {};
  if (completion.consistent !== false) return null;
  const [stated, computed] = [completion.stated, completion.computed].map((n) => (n === null ? "" : shortPercent(n)));
  return make(
    "p", { class: "warning" }, word("stated"), ` ${stated} `, word("inconsistent"), say("colon"), word("computed"), ` ${computed}`
  );
}

function sidesOf(fact) {
  const sides = ["target", "actual", "change", "baseline"].filter((side) => fact[side]);
  return make(
    "dl",
    { class: "sides" },
    ...sides.map((side) => {
      const when = periodText(fact[side].period);
      return make(
        "div",
        {},
        make("dt", {}, word(side, {}, { class: `key k-${side}` })),
        make(
          "dd",
          {},
          make("bdi", { class: "amount" }, measureText(fact[side], fact.unit)),
          fact[side].implied ? make("span", { class: "quiet" }, " ", word("implied")) : null,
          when ? make("span", { class: "quiet when" }, when) : null
        )
      );
    })
  );
}

function factCard(fact, page) {
  const open = make(
    "button",
    { type: "button", class: "open", "aria-expanded": "false" },
    fact.ref.number ? make("span", { class: "number" }, fact.ref.number) : null,
    make("bdi", { class: "metric" }, fact.metric.replaceAll("|", " ").trim() || word("no_metric")),
    fact.scope ? make("bdi", { class: "scope" }, fact.scope) : null
  );
  const card = make(
    "li",
    { class: "fact", "data-fact": fact.position },
    make(
      "div",
      { class: "head" },
      open,
      fact.page.findings.length ? word("contradiction", {}, { class: "chip s-error" }) : null,
      fact.page.status && fact.page.status !== "unknown" ? statusChip(fact.page.status) : null
    ),
    completionLine(fact),
    sidesOf(fact),
    contradiction(fact),
    make("div", { class: "details", hidden: true })
  );
  card.addEventListener("click", (event) => {
    if (event.target.closest("a, .details button")) return;
    if (String(window.getSelection()) && !event.target.closest("button")) return;
    page.select(fact.position, { toText: true });
  });
  return card;
}

/** What a card tells when it is chosen: why, who, and where it is written. */
function factDetails(fact, report, page) {
  const { findings, at } = fact.page;
  return [
    fact.explanation
      ? make("p", { class: "why" }, word("explanation", {}, { class: "label" }), " ", fact.explanation)
      : null,
    officials(fact.people),
    ...findings.map((number) => findingBody(report.findings[number])),
    make(
      "p",
      { class: "actions" },
      at.length
        ? make("button", { type: "button", on: { click: () => page.toEvidence(fact) } }, word("to_evidence"))
        : null,
      make("span", { class: "quiet" }, word("confidence"), ` ${fact.confidence}`)
    ),
  ].filter(Boolean);
}

function chooser(key, name, options, changed) {
  const list = make(
    "select",
    { on: { change: (event) => changed(name, event.target.value) } },
    ...options.map(([value, label]) => {
      const option = make("option", { value }, typeof label === "string" ? label : "");
      if (typeof label !== "string") option.append(...label);
      return option;
    })
  );
  // An option holds text alone: the language of words in it is switched through the option itself.
  for (const option of list.options) {
    const inner = option.querySelector("[data-word]");
    if (inner) {
      option.dataset.word = inner.dataset.word;
      option.textContent = inner.textContent;
    }
  }
  return { box: make("label", { class: "choice" }, word(key), list), list };
}
