"""Measure how often each way of finding something is right, and write grammar/confidence.toml.

usage: calibrate.py GOLD_MENTIONS_DIR SEEDS_DIR [--check]

The annotated sentences of `tests/extract` are learned from as well, without those kept as a check there. With --check
nothing is written: each report and each fifth of the sentences is left out in turn, its facts get the confidence that
the rest teaches, and the table shows, by confidence, how many of them are right; below it stands how often of a right
and a wrong fact the right one has the higher confidence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from mse.extract import confidence
from mse.extract.facts import build_facts
from mse.model import Fact, Mention
from mse.pipeline import Analysis, analyse
from mse.reading import read

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path.append(str(TESTS / "support"))

import prose  # noqa: E402

# The file, and which items of it are for learning: the odd ones, the even ones, or all.
SENTENCES = (("prose", (0, 1)), ("prose_fresh", (0, 1)), ("prose_fresh2", (0,)))
FOLDS = 5
PRIOR, PRIOR_WEIGHT = 0.9, 3
RIDGE = 15.0
TARGET_FILE = Path(__file__).resolve().parent.parent / "src" / "mse" / "grammar" / "confidence.toml"
Seen = tuple[str, str, bool]  # part, class, right


class Gold:
    """The annotations of one report, and whether a result agrees with them."""

    def __init__(self, path: Path, seeds: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        self.range, self.period, self.year = data["range"], data["period"], data["year"]
        self.quantities = {(m["start"], m["end"]): m for m in data["mentions"] if m["type"] == "Q"}
        self.by_id = {m["id"]: m for m in self.quantities.values()}
        (file,) = seeds.glob(f"{data['doc']}*")
        self.analysis: Analysis = analyse(read(file))

    def of(self, mention: Mention) -> dict[str, Any] | None:
        return self.quantities.get(mention.span)

    def metric_right(self, mention: Mention) -> bool:
        gold = self.of(mention)
        return gold is not None and alike(mention.metric, gold["metric"]) >= 0.6

    def date_right(self, mention: Mention) -> bool:
        gold = self.of(mention)
        if gold is None:
            return False
        reached = gold["role"] in ("actual", "rate", "change")
        want = last_day(gold["date"] or (self.period if reached else self.year))
        end = mention.period.end if mention.period else None
        return want is None or (end is not None and end.isoformat() == want)

    def root(self, span: tuple[int, int] | None) -> tuple[int, int] | None:
        """The span of the target that the one at `span` restates, or itself."""
        while span in self.quantities:
            ref = self.quantities[span]["ref"] or ""
            if not ref.startswith("=") or ref[1:] not in self.by_id:
                break
            gold = self.by_id[ref[1:]]
            span = (gold["start"], gold["end"])
        return span

    def target_of(self, mention: Mention) -> tuple[int, int] | None:
        gold = self.of(mention)
        named = re.findall(r"t?(\d+)", (gold or {}).get("ref") or "")
        found = [self.by_id[i] for i in named if i in self.by_id and self.by_id[i]["role"] == "target"]
        return self.root((found[0]["start"], found[0]["end"])) if found else None


class Sentence(Gold):
    """One annotated item of `tests/extract`, read as a report of its own."""

    def __init__(self, item: dict[str, Any]) -> None:
        report, starts = prose.report_of(item)
        self.range, self.period, self.year = [0, len(report.text)], None, None
        self.quantities, self.by_id = {}, {}
        for q in item["quantities"]:
            start, end = prose._span(q, starts)
            links = q.get("links", {})
            restates = q["role"] == "target" and "target" in links
            ref = f"={links['target'][1:]}" if restates else ",".join(f"{k[0]}{v[1:]}" for k, v in links.items())
            gold = {**q, "id": q["id"][1:], "start": start, "end": end, "date": q.get("end", ""), "ref": ref}
            self.quantities[start, end] = self.by_id[gold["id"]] = gold
        self.analysis = analyse(report)


def sentences() -> list[Sentence]:
    return [
        Sentence(item)
        for name, halves in SENTENCES
        for item in prose.load(TESTS / "extract" / f"{name}.jsonl")
        if int(item["id"]) % 2 in halves
    ]


def alike(a: str, b: str) -> float:
    a, b = (re.sub(r"[\s|、，,。（）()“”\"]", "", s or "") for s in (a, b))
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if a and b else 0.0


def last_day(text: str | None) -> str | None:
    if not text:
        return None
    import calendar

    text = text.split("/")[-1]
    parts = [int(p) for p in text.split("-")] if text else []
    if not parts:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}"


def seen_in(gold: Gold) -> Iterator[Seen]:
    """Every class of every quantity inside the annotated range, with whether it was right."""
    text = gold.analysis.report.text
    for frames in gold.analysis.frames:
        for frame in frames:
            mention = frame.mention
            if not gold.range[0] <= mention.start < gold.range[1]:
                continue
            known = gold.of(mention)
            names = confidence.classes(text, frame)
            yield "role", names["role"], known is not None and known["role"] == mention.role
            if mention.role in ("target", "actual", "rate", "change"):
                yield "metric", names["metric"], gold.metric_right(mention)
            yield "date", names["date"], gold.date_right(mention)
    for fact, lead, target in facts_of(gold):
        yield "pair", confidence.pair_class(lead, target), pair_right(gold, fact, lead)


def facts_of(gold: Gold) -> Iterator[tuple[Fact, Mention, Mention | None]]:
    """The facts inside the annotated range with the mentions of their main number and their target."""
    by_span = {m.span: m for m in gold.analysis.mentions if m.type == "quantity"}
    for fact in build_facts(gold.analysis.passages):
        sides = [s for s in (fact.actual, fact.target, fact.change) if s is not None and not s.implied]
        spans = [(s.start, s.end) for s in sides if s.start is not None and s.end is not None]
        if not spans or not gold.range[0] <= spans[0][0] < gold.range[1]:
            continue
        target = fact.target if fact.target is not None and not fact.target.implied else None
        of_target = by_span.get((target.start or 0, target.end or 0)) if target else None
        yield fact, by_span[spans[0]], of_target


def pair_right(gold: Gold, fact: Fact, lead: Mention) -> bool:
    if lead.role not in ("actual", "change"):
        return True
    target = fact.target if fact.target is not None and not fact.target.implied else None
    found = gold.root((target.start, target.end)) if target and target.start is not None and target.end else None
    return found == gold.target_of(lead)


def fact_right(gold: Gold, fact: Fact, lead: Mention) -> bool:
    """Whether a reader would sign it: role, value, unit, metric and date of its numbers, and the pairing."""
    for side, role in ((fact.target, "target"), (fact.actual, "actual"), (fact.baseline, "baseline")):
        if side is None or side.implied or side.start is None or side.end is None:
            continue
        known = gold.quantities.get((side.start, side.end))
        if known is None or known["role"] != role or side.unit != known["unit"]:
            return False
        if side.value is not None and ".." not in known["value"]:
            want = Decimal(known["value"])
            if abs(side.value - want) > abs(want) * Decimal("0.0005"):
                return False
    known = gold.of(lead)
    return (
        known is not None
        and known["role"] == lead.role
        and gold.metric_right(lead)
        and gold.date_right(lead)
        and pair_right(gold, fact, lead)
    )


def tables(seen: Iterable[Seen]) -> dict[str, dict[str, float]]:
    """Smoothed shares of right results by part and class; `other` is the share of the whole part."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for part, name, right in seen:
        for key in ((part, name), (part, "other")):
            counts[key][0] += right
            counts[key][1] += 1
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (part, name), (right, total) in sorted(counts.items()):
        found[part][name] = round((right + PRIOR * PRIOR_WEIGHT) / (total + PRIOR_WEIGHT), 3)
    return found


def fitted(rows: list[tuple[list[float], bool]]) -> list[float]:
    """Weights of a logistic regression from log odds to right or wrong, towards 0 and equal shares, none negative."""
    x = np.array([[1.0, *map(confidence.log_odds, shares)] for shares, _ in rows])
    y = np.array([float(right) for _, right in rows])
    prior = np.array([0.0] + [1 / (x.shape[1] - 1)] * (x.shape[1] - 1))
    w = prior.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - RIDGE * (w - prior)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        w = w + np.linalg.solve(hessian, gradient)
        w[1:] = np.maximum(w[1:], 0)  # a part that is more often right never makes the whole less sure
    return [round(float(v), 3) for v in w]


def learn(golds: list[Gold]) -> None:
    """Set the tables and the weights of the confidence module from annotated reports."""
    confidence._KNOWN = tables(s for g in golds for s in seen_in(g))
    rows: list[tuple[list[float], bool]] = []
    for gold in golds:
        for frames in gold.analysis.frames:
            for frame in frames:
                mention = frame.mention
                known = gold.of(mention)
                if known is None or mention.role not in ("target", "actual", "rate", "change"):
                    continue
                names = confidence.classes(gold.analysis.report.text, frame)
                right = known["role"] == mention.role and gold.metric_right(mention) and gold.date_right(mention)
                rows.append(([confidence.reliability(part, names[part]) for part in confidence.PARTS], right))
    confidence._WEIGHTS["mention"] = fitted(rows)
    rows = []
    for gold in golds:
        confidence.assign_confidence(gold.analysis.passages, gold.analysis.frames)
        by_span = {m.span: m for m in gold.analysis.mentions if m.type == "quantity"}
        for fact, lead, target in facts_of(gold):
            sides = [
                s for s in (fact.target, fact.actual, fact.baseline, fact.change) if s is not None and not s.implied
            ]
            least = min(by_span[(s.start or 0, s.end or 0)].confidence for s in sides)
            pair = confidence.reliability("pair", confidence.pair_class(lead, target))
            rows.append(([least, pair], fact_right(gold, fact, lead)))
    confidence._WEIGHTS["fact"] = fitted(rows)


def write() -> None:
    found = {"weights": confidence._WEIGHTS, **confidence._KNOWN}
    lines = [
        "# How often each way of finding something was right on annotated reports; written by benchmarks/calibrate.py."
    ]
    for part, values in found.items():
        lines += ["", f"[{part}]", *(f"{json.dumps(name)} = {value}" for name, value in values.items())]
    TARGET_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def folds_of(golds: list[Gold]) -> list[list[Gold]]:
    """Each report alone, and the sentences in fifths."""
    of_sentences = [g for g in golds if isinstance(g, Sentence)]
    reports = [[g] for g in golds if not isinstance(g, Sentence)]
    return [*reports, *(list(of_sentences[i::FOLDS]) for i in range(FOLDS))]


def ranked(rows: list[tuple[float, bool]]) -> float:
    """How often, of a right and a wrong fact, the right one has the higher confidence; equal ones count half."""
    right, wrong = [c for c, ok in rows if ok], [c for c, ok in rows if not ok]
    return sum((a > b) + (a == b) / 2 for a in right for b in wrong) / max(1, len(right) * len(wrong))


def check(golds: list[Gold]) -> None:
    rows: list[tuple[float, bool]] = []
    for fold in folds_of(golds):
        learn([g for g in golds if not any(g is out for out in fold)])
        for left_out in fold:
            confidence.assign_confidence(left_out.analysis.passages, left_out.analysis.frames)
            rows += [(fact.confidence, fact_right(left_out, fact, lead)) for fact, lead, _ in facts_of(left_out)]
    print("| confidence | facts | mean confidence | right |\n| --- | --- | --- | --- |")
    edges = [0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01]
    for low, high in pairwise(edges):
        inside = [(c, ok) for c, ok in rows if low <= c < high]
        if inside:
            mean, right = (sum(x) / len(inside) for x in zip(*inside, strict=True))
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {right:.3f} |")
    print(
        f"all: {len(rows)} facts, mean confidence {sum(c for c, _ in rows) / len(rows):.3f}, "
        f"right {sum(ok for _, ok in rows) / len(rows):.3f}, ranked {ranked(rows):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    golds = [*(Gold(path, arguments.seeds) for path in sorted(arguments.gold.glob("*.json"))), *sentences()]
    if arguments.check:
        check(golds)
    else:
        learn(golds)
        write()


if __name__ == "__main__":
    main()
