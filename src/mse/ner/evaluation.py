"""Precision, recall and F1 by label, with the errors in their context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int, str]


@dataclass(slots=True)
class Score:
    """Counts of one label and what follows from them; all three are 0 where nothing was found or wanted."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(slots=True)
class Scores:
    """One score for each label, in the order of their first appearance."""

    by_label: dict[str, Score] = field(default_factory=dict)

    @property
    def total(self) -> Score:
        parts = self.by_label.values()
        return Score(sum(p.right for p in parts), sum(p.wrong for p in parts), sum(p.missed for p in parts))

    def as_dict(self) -> dict[str, dict[str, float]]:
        """Precision, recall, F1 and number wanted, by label and as `all`."""
        return {
            label: {
                "precision": round(s.precision, 4),
                "recall": round(s.recall, 4),
                "f1": round(s.f1, 4),
                "gold": s.right + s.missed,
            }
            for label, s in [*sorted(self.by_label.items()), ("all", self.total)]
        }


def score(gold: Iterable[Sequence[Span]], found: Iterable[Sequence[Span]]) -> Scores:
    """Strict scores: a span counts where start, end and label agree."""
    scores = Scores()
    for wanted, got in zip(gold, found, strict=True):
        for spans, attribute in (
            (set(wanted) & set(got), "right"),
            (set(got) - set(wanted), "wrong"),
            (set(wanted) - set(got), "missed"),
        ):
            for _, _, label in sorted(spans):
                part = scores.by_label.setdefault(label, Score())
                setattr(part, attribute, getattr(part, attribute) + 1)
    return scores


def errors(text: str, gold: Sequence[Span], found: Sequence[Span], around: int = 12) -> Iterator[str]:
    """One line for each span that is wrong (+) or missed (-), in its context."""
    wrong = [(span, "+") for span in set(found) - set(gold)] + [(span, "-") for span in set(gold) - set(found)]
    for (start, end, label), sign in sorted(wrong):
        before, after = text[max(0, start - around) : start], text[end : end + around]
        yield f"{sign} {label:6} {before}[{text[start:end]}]{after}".replace("\n", " ")
