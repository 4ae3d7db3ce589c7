"""Say in a sentence or two of Chinese why a fact is as it is: which words decided role, metric, date and pairing."""

from __future__ import annotations

from mse.extract.passages import Passage
from mse.grammar import load
from mse.model import Completion, Measure, Mention, plain

_DATA = load("explain")
_SENTENCE: dict[str, str] = _DATA["sentence"]
_WHY: dict[str, str] = _DATA["why"]


def explain(
    text: str,
    cells: list[Passage],
    lead: Mention,
    target: Mention | None,
    rate: Mention | None,
    implied: Measure | None,
    share: Completion,
) -> str:
    """The explanation of a fact whose main number is `lead` and which is counted against `target`, as far as known."""
    first = [_role(lead), _metric(text, lead, cells), _date(lead, cells)]
    second: list[str] = []
    if target is not None and target is not lead:
        why = _DATA["pairing"].get(lead.cues.get("pairing", "words"), _DATA["pairing"]["words"])
        second.append(_SENTENCE["pair"].format(target=target.text, why=why))
    elif lead.role == "target":
        second.append(_SENTENCE["alone_target"])
    elif implied is None and lead.role == "actual":
        second.append(_SENTENCE["alone_actual"])
    if implied is not None and rate is not None:
        second.append(_SENTENCE["implied"].format(stated=rate.text))
    elif rate is not None and target is not None and share.computed is not None:
        verdict = _DATA["verdict"][{True: "yes", False: "no", None: "unknown"}[share.consistent]]
        computed = f"{plain(share.computed)}%"
        second.append(
            _SENTENCE["pair_rate"].format(
                stated=rate.text, actual=lead.text, target=target.text, computed=computed, verdict=verdict
            )
        )
    return "".join("；".join(part) + "。" for part in (first, second) if part)


def _role(mention: Mention) -> str:
    cue = mention.cues.get("role", "cell")
    if "/" in cue and any(c.isdigit() for c in cue):
        why = _WHY["arithmetic"]
    else:
        why = _WHY[cue] if cue in _WHY and cue != "cue" else _WHY["cue"].format(cue=cue)
    return _SENTENCE["role"].format(text=mention.text, why=why, role=_DATA["role"].get(mention.role, ""))


def _metric(text: str, mention: Mention, cells: list[Passage]) -> str:
    if not mention.metric_spans:
        return _SENTENCE["metric"].format(metric=mention.metric)
    home = next((p for p in cells if p.start <= mention.start < p.end), None)
    between = text[min(a for a, _ in mention.metric_spans) : mention.start]
    far = home is None or any(mark in between for mark in _MARKS)
    return _SENTENCE["metric_topic" if far else "metric"].format(metric=mention.metric)


def _date(mention: Mention, cells: list[Passage]) -> str:
    end = mention.period.end if mention.period is not None else None
    home = next((p for p in cells if p.start <= mention.start < p.end), None)
    said = home.dates_ending(end) if home is not None and end is not None else []
    if said:
        nearest = min(said, key=lambda d: (abs(d.start - mention.start), d.start))
        return _SENTENCE["date_said"].format(date=nearest.text)
    default = "promised" if mention.role == "target" else "reached"
    return _SENTENCE["date_default"].format(default=_DATA["default"][default])


_MARKS = tuple(load("cues")["units"]["sentence_marks"])
