// Elements, words in two languages, and lists that draw themselves as they are scrolled.
// Text of documents only ever becomes text nodes and attribute values, never markup.

const read = (id) => {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
};
const setup = read("setup");
const index = read("index");
let language = setup.language;

function say(key, filled = {}) {
  const word = setup.words[key][language];
  return word.replace(/\{(\w+)\}/g, (whole, name) => (name in filled ? String(filled[name]) : whole));
}

/** An element; `attributes` may hold `class`, `on` (listeners) and `data-*`; children are nodes, strings or nothing. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A span whose text is a word and follows the language. */
function word(key, filled = {}, attributes = {}) {
  const element = make("span", attributes, say(key, filled));
  element.dataset.word = key;
  if (Object.keys(filled).length) element.dataset.filled = JSON.stringify(filled);
  return element;
}

/** Give an element an attribute whose value is a word: `aria-label`, `placeholder` or `title`. */
function worded(element, attribute, key, filled = {}) {
  element.setAttribute(attribute, say(key, filled));
  const all = JSON.parse(element.dataset.worded || "{}");
  all[attribute] = [key, filled];
  element.dataset.worded = JSON.stringify(all);
  return element;
}

/** Text that is there in both languages, such as the message of a finding. */
function both(texts, attributes = {}) {
  const element = make("span", attributes, texts[language]);
  element.dataset.both = JSON.stringify(texts);
  return element;
}

function translate(root) {
  for (const element of root.querySelectorAll("[data-word]")) {
    element.textContent = say(element.dataset.word, JSON.parse(element.dataset.filled || "{}"));
  }
  for (const element of root.querySelectorAll("[data-worded]")) {
    for (const [attribute, [key, filled]] of Object.entries(JSON.parse(element.dataset.worded))) {
      element.setAttribute(attribute, say(key, filled));
    }
  }
  for (const element of root.querySelectorAll("[data-both]")) {
    element.textContent = JSON.parse(element.dataset.both)[language];
  }
  for (const element of root.querySelectorAll("[data-language]")) {
    element.hidden = element.dataset.language !== language;
  }
}

const statusKey = (status) => status.replace(" ", "_");
const statusChip = (status) => word(statusKey(status), {}, { class: `chip s-${statusKey(status)}` });


/** A list of any length: `chunk` items are drawn at first, more when its end comes into view. */
function lazyList(container, chunk = 80) {
  const end = make("p", { class: "more" });
  let items = [];
  let draw = null;
  let drawn = 0;
  const upTo = (count) => {
    const until = Math.min(count, items.length);
    if (drawn < until) container.append(...items.slice(drawn, until).map((item, i) => draw(item, drawn + i)));
    drawn = Math.max(drawn, until);
    const left = items.length - drawn;
    end.hidden = left === 0;
    end.replaceChildren(left ? word("more", { count: left }) : "");
  };
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) upTo(drawn + chunk);
  }, { rootMargin: "400px" }).observe(end);
  return {
    end,
    show(list, how) {
      [items, draw, drawn] = [list, how, 0];
      container.replaceChildren();
      upTo(chunk);
    },
    through: (position) => upTo(position + 1),
    all: () => upTo(items.length),
  };
}

/** Charts come as SVG text made when the page was written; they are parsed as XML, in which no script runs. */
function drawing(svg, label) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const node = document.importNode(parsed, true);
  for (const inner of node.querySelectorAll("[role], [aria-label], [aria-roledescription]")) {
    for (const name of ["role", "aria-label", "aria-roledescription"]) inner.removeAttribute(name);
  }
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", label);
  return node;
}

function figures(charts) {
  if (charts === null) return [make("p", { class: "empty" }, word("charts_missing"))];
  const names = Object.keys(charts);
  if (!names.length) return [make("p", { class: "empty" }, word("no_charts"))];
  return names.map((name) => {
    const key = `chart_${name}`;
    return make(
      "figure",
      {},
      ...Object.entries(charts[name]).map(([tongue, svg]) => {
        const part = make("div", { "data-language": tongue }, drawing(svg, setup.words[key][tongue]));
        part.hidden = tongue !== language;
        return part;
      })
    );
  });
}
