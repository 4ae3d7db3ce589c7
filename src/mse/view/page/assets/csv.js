// The facts as a spreadsheet, the same as the command line writes it.

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\p{Nd}[\p{Nd},]*(?:\.\p{Nd}+)?[%\u2030\uff05]?$/u;

/** A spreadsheet would run a text that begins like a formula; an apostrophe keeps it a text. */
const harmless = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

function csvValue(fact, report, path) {
  if (path === "doc") return report.about.doc;
  const names = path.split(".");
  let value = names[0] === "task" ? fact.ref : names[0] in fact.people ? fact.people : fact;
  if (names[0] === "task") names.shift();
  for (const name of names) value = value === null || value === undefined ? null : value[name];
  return value;
}

function csvCell(kind, value) {
  if (value === null || value === undefined || (Array.isArray(value) && !value.length)) return "";
  if (Array.isArray(value)) return harmless(value.join(setup.list_mark));
  return kind === "text" ? harmless(value) : String(value);
}

const csvRow = (cells) => cells.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(",");

function csvText(facts, report) {
  const head = csvRow(setup.columns.map(([path]) => path));
  const rows = facts.map((fact) => csvRow(setup.columns.map(([path, kind]) => csvCell(kind, csvValue(fact, report, path)))));
  return `\ufeff${[head, ...rows].join("\r\n")}\r\n`;
}

function download(facts, report) {
  const url = URL.createObjectURL(new Blob([csvText(facts, report)], { type: "text/csv;charset=utf-8" }));
  const name = report.about.doc.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}_-]+/gu, "_").slice(0, 80) || "report";
  const link = make("a", { href: url, download: `${name}-facts.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
