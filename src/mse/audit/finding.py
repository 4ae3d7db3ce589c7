"""What the audit gives: a finding is two numbers of a report that cannot both be right, with the arithmetic between."""

from __future__ import annotations

from typing import Literal

from mse.model import Exact, Model

Kind = Literal[
    "rate",
    "sum",
    "part",
    "growth",
    "difference",
    "restated",
    "twice",
    "misprint",
    "broken_date",
    "period",
    "future",
    "deadline",
    "standing",
    "proportion",
    "equation",
]
Severity = Literal["error", "minor", "note"]


class Amount(Model):
    """A number with its unit, or a day where `value` is None; `text` is how it is shown."""

    value: Exact | None = None
    unit: str = ""
    text: str = ""


class Evidence(Model):
    """One place a finding rests on: `text` stands at code points `start` to `end` of the document."""

    start: int
    end: int
    text: str
    value: Exact | None = None
    unit: str = ""


class Finding(Model):
    """One contradiction. `stated` is what the report says, `computed` what follows from its other numbers.

    `computed` is exact where it ends, else rounded two places beyond what is printed. `severity`: `error` for figures
    that cannot both hold, `minor` for a difference in the last printed digit (cut off instead of rounded), `note` for
    what is worth a look and may have a good reason. `confidence` (0 to 1) is how sure the audit is of its reading.
    """

    doc: str = ""
    kind: Kind
    severity: Severity = "error"
    confidence: float = 1.0
    task: str = ""
    metric: str = ""
    message: str
    message_en: str
    stated: Amount
    computed: Amount
    arithmetic: str
    evidence: list[Evidence]
