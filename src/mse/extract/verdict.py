"""A role with the words that decided it."""

from __future__ import annotations

from dataclasses import dataclass

from mse.model import Role

ANNOUNCED = "announced"  # the cue of a target that a paragraph says first and answers next
PART = "part"  # the cue of a target that is a part of the target before it
FORECAST = "forecast"  # the cue of a target that words behind the number still expect


@dataclass(slots=True)
class Verdict:
    """A role, the cue that decided it, and how sure the rule is (0 to 1)."""

    role: Role
    cue: str
    confidence: float
