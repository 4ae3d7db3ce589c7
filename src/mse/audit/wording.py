"""How findings read: messages in Chinese and English from `grammar/audit.toml`, numbers as the report prints them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from mse.audit.finding import Amount, Evidence, Finding, Kind, Severity
from mse.audit.record import Where
from mse.audit.rounding import EXACT, scale_of
from mse.grammar import load
from mse.model import Mention, plain

_DATA = load("audit")
_LONGEST = 40


def name(key: str, language: str = "zh") -> str:
    """A word of the report about findings, in `zh` or `en`."""
    return str(_DATA["names"][key][language])


def shown(mention: Mention) -> str:
    """A number as the report prints it, on one line."""
    return "".join(mention.text.split())


def evidence(mention: Mention) -> Evidence:
    """The place of a mention."""
    return Evidence.model_construct(
        start=mention.start, end=mention.end, text=mention.text, value=mention.value, unit=mention.unit
    )


def words(start: int, end: int, text: str) -> Evidence:
    """A place that holds words and no number."""
    return Evidence.model_construct(start=start, end=end, text=text)


def amount_of(mention: Mention) -> Amount:
    """The number of a mention."""
    return Amount.model_construct(value=mention.value, unit=mention.unit, text=shown(mention))


def amount(value: Decimal, unit: str) -> Amount:
    """A number that was computed."""
    return Amount.model_construct(value=value, unit=unit, text=f"{plain(value)}{unit}")


def amount_like(value: Decimal, other: Mention) -> Amount:
    """A number that was computed, shown as the mention shows its own: 83.4亿元 beside 92.4亿元."""
    found = scale_of(other)
    if found is None:
        return amount(value, other.unit)
    number, scale = found
    with localcontext(EXACT):
        text = shown(other).replace(number, plain(value / scale), 1)
    return Amount.model_construct(value=value, unit=other.unit, text=text)


def day(text: str) -> Amount:
    """A date, or other words that stand where a number does elsewhere."""
    return Amount.model_construct(value=None, unit="", text=text)


def against(arithmetic: str, stated: str) -> str:
    """The arithmetic, and what the report says instead."""
    return f"{arithmetic}{name('comma')}{name('stated')} {stated}"


def finding(
    where: Where,
    kind: Kind,
    *,
    metric: str,
    stated: Amount,
    computed: Amount,
    arithmetic: str,
    places: Sequence[Mention | Evidence],
    severity: Severity = "error",
    confidence: float = 0.9,
) -> Finding:
    """A finding with its messages; `places` are what it rests on, in any order."""
    spots: dict[tuple[int, int], Evidence] = {}
    for spot in places:
        item = spot if isinstance(spot, Evidence) else evidence(spot)
        spots.setdefault((item.start, item.end), item)
    words = {"metric": named(metric), "stated": stated.text, "computed": computed.text}
    return Finding.model_construct(
        doc=where.doc,
        kind=kind,
        severity=severity,
        confidence=confidence,
        task=where.task,
        metric=metric,
        message=_DATA["message"][kind]["zh"].format(**words),
        message_en=_DATA["message"][kind]["en"].format(**words),
        stated=stated,
        computed=computed,
        arithmetic=arithmetic,
        evidence=[spots[key] for key in sorted(spots)],
    )


def named(metric: str) -> str:
    """A metric to be read: its pieces without the bars, cut where it is long."""
    text = " ".join(metric.replace("|", " ").split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
