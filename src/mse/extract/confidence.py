"""How sure a result is: the measured reliability of the ways in which its role, metric, date and pair were found.

Each mention is put into one class for each of these; `grammar/confidence.toml` holds how often a class was right on
annotated reports, smoothed, and how much each part weighs; `benchmarks/calibrate.py` writes it. The log odds of the
parts are added up with their weights, so that of results at 0.9 about nine in ten are right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from mse.extract.frames import Frame
from mse.extract.nesting import starting_in
from mse.extract.passages import Passages
from mse.grammar import load
from mse.model import Mention

_DATA = load("confidence")
PARTS = ("role", "metric", "date")
_KNOWN: dict[str, dict[str, float]] = {part: dict(_DATA[part]) for part in (*PARTS, "pair")}
_WEIGHTS: dict[str, list[float]] = {level: list(_DATA["weights"][level]) for level in ("mention", "fact")}
_REASONS = frozenset(load("explain")["why"])
_MARKS = tuple(load("cues")["units"]["sentence_marks"])
_SIZES = (("scant", 2), ("short", 4), ("fair", 15), ("full", 20))  # names of lengths of a metric, with the longest


def assign_confidence(passages: Passages, frames: Iterable[list[Frame]]) -> None:
    """Set `confidence` on every quantity; reads all other stages. Dates keep theirs."""
    for passage_frames in frames:
        for frame in passage_frames:
            mention = frame.mention
            found = classes(passages.text, frame)
            mention.confidence = weigh("mention", [reliability(part, found[part]) for part in PARTS])


def of_fact(mentions: Iterable[Mention], lead: Mention, target: Mention | None) -> float:
    """The confidence of a fact: of its least sure number, for mistakes of a sentence come together, and of its pair."""
    least = min(mention.confidence for mention in mentions)
    return weigh("fact", [least, reliability("pair", pair_class(lead, target))])


def weigh(level: str, shares: list[float]) -> float:
    """The probability that the weighted log odds of the parts add up to; the first weight stands alone."""
    alone, *weights = _WEIGHTS[level]
    odds = alone + sum(weight * log_odds(share) for weight, share in zip(weights, shares, strict=True))
    return round(1 / (1 + math.exp(-odds)), 3)


def log_odds(share: float) -> float:
    """The logarithm of the odds, with shares of 0 and 1 kept finite."""
    share = min(max(share, 0.005), 0.995)
    return math.log(share / (1 - share))


def reliability(part: str, name: str) -> float:
    """How often results of this class were right; the part's `other` where the class was never seen."""
    known = _KNOWN[part]
    return known.get(name, known["other"])


def classes(text: str, frame: Frame) -> dict[str, str]:
    """The classes of one quantity by part: `role`, `metric` and `date`."""
    mention = frame.mention
    cell = frame.passage.role
    return {"role": f"{_role(mention)} in {cell}", "metric": _metric(text, frame), "date": f"{_date(frame)} in {cell}"}


def pair_class(lead: Mention, target: Mention | None) -> str:
    """The class of a fact's pairing: why it was made, or which side is alone."""
    if target is not None and target is not lead:
        return lead.cues.get("pairing", lead.role)
    return f"{lead.role} alone"


def _role(mention: Mention) -> str:
    cue = mention.cues.get("role", "")
    reason = "arithmetic" if "/" in cue else cue if cue in _REASONS else "cue"
    return f"{mention.role} {reason}"


def _metric(text: str, frame: Frame) -> str:
    mention = frame.mention
    if not mention.metric_spans:
        return "none"
    if frame.clause.parent is not None:
        return "bracket"
    start = min(a for a, _ in mention.metric_spans)
    place = "own" if start >= frame.clause.start else "topic"
    if any(mark in text[start : mention.start] for mark in _MARKS):
        place = "far"
    length = len(mention.metric)
    size = next((name for name, most in _SIZES if length <= most), "long")
    return f"{'behind' if frame.noun_behind else place} {size}"


def _date(frame: Frame) -> str:
    mention = frame.mention
    end = mention.period.end if mention.period is not None else None
    said = frame.passage.dates_ending(end) if end is not None else []
    if not said:
        return "default"
    near = starting_in(said, frame.clause.start, frame.clause.end)
    return "said in clause" if any(frame.clause.contains(d.start) for d in near) else "said before"
