"""A role with the words that decided it."""

from __future__ import annotations

from dataclasses import dataclass

from mse.model import Role


@dataclass(slots=True)
class Verdict:
    """A role, the cue that decided it, and how sure the rule is (0 to 1)."""

    role: Role
    cue: str
    confidence: float
