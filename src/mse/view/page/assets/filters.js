// Which facts are shown, and in which order.

const EVERYTHING = { search: "", status: "", role: "", office: "", leader: "", order: "text" };
let wanted = { ...EVERYTHING };

/** The facts of a report, each with its task, its officials and the text it is searched by. */
function prepared(report) {
  return report.facts.map((fact, position) => {
    const task = fact.t === undefined || fact.t === null ? null : report.tasks[fact.t];
    const people = report.people[fact.o] || {};
    const ref = fact.ref || { number: task.n, category: task.c, text: task.x };
    const sides = setup.sides.filter((side) => fact[side]);
    const roles = fact.completion && fact.completion.stated !== null ? [...sides, "rate"] : sides;
    const names = Object.values(people).flat();
    const searched = [
      ref.number, ref.category, ref.text, fact.metric, fact.scope, ...names, ...sides.map((side) => fact[side].text),
    ];
    return {
      ...fact,
      position,
      ref,
      people,
      roles,
      offices: [...(people.lead_organizations || []), ...(people.supporting_organizations || [])],
      leading: [...(people.leaders || []), ...(people.persons || [])],
      searched: searched.join("\n").toLowerCase(),
      done: fact.page.done === undefined || fact.page.done === null ? null : Number(fact.page.done),
    };
  });
}

function isWanted(fact) {
  const terms = wanted.search.toLowerCase().split(/\s+/).filter(Boolean);
  const status = wanted.status === "contradiction" ? fact.page.findings.length > 0 : fact.page.status === wanted.status;
  return (
    (!wanted.status || status) &&
    (!wanted.role || fact.roles.includes(wanted.role)) &&
    (!wanted.office || fact.offices.includes(wanted.office)) &&
    (!wanted.leader || fact.leading.includes(wanted.leader)) &&
    terms.every((term) => fact.searched.includes(term))
  );
}

function ordered(facts) {
  const unknownLast = (fact, sign) => (fact.done === null ? Infinity : sign * fact.done);
  const by = {
    text: () => 0,
    low: (a, b) => unknownLast(a, 1) - unknownLast(b, 1) || 0,
    high: (a, b) => unknownLast(a, -1) - unknownLast(b, -1) || 0,
    sure: (a, b) => Number(a.confidence) - Number(b.confidence),
  }[wanted.order];
  return facts.filter(isWanted).sort((a, b) => by(a, b) || a.position - b.position);
}

/** What can be chosen: each value with how many facts have it, the most frequent first. */
function choices(facts, name) {
  const counts = new Map();
  for (const fact of facts) for (const value of new Set(fact[name])) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
