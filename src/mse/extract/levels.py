"""Runs of percentages, and the numbers before them that a run belongs to, first to first.

`肉牛出栏2.25万头，肉羊出栏4.8万头，同比增长2.73%和5.45%`: two changes after two levels, each its own.
"""

from __future__ import annotations

from mse.extract.placed import Placed, joined_as_list

_PERCENT = "%"


def runs(text: str, items: list[Placed]) -> list[list[Placed]]:
    """Items with nothing but list marks between them belong together; `items` are in the order of the text."""
    found: list[list[Placed]] = []
    for item in items:
        last = found[-1][-1] if found else None
        follows = last is not None and last.order + 1 == item.order and last.same_sentence(item)
        if last is not None and follows and joined_as_list(text, last.mention, item.mention):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def seen_from(item: Placed, actuals: list[Placed]) -> list[Placed]:
    """The actuals before an item in its sentence, without those in a bracket the item does not stand in."""
    return [
        p
        for p in actuals
        if p.order < item.order
        and p.same_sentence(item)
        and (p.clause.parent is None or p.clause.parent is item.clause.parent)
    ]


def amounts_first(seen: list[Placed], count: int) -> list[Placed]:
    """Without percentages (`恢复到上年的96%`) where amounts enough stand beside them: rates are shares of amounts."""
    amounts = [p for p in seen if p.mention.unit != _PERCENT]
    return amounts if len(amounts) >= count else seen


def levels_of_changes(text: str, placed: list[Placed]) -> dict[int, Placed]:
    """For each change, by its order, the actual that grew or fell: the one before it, or its like in a list."""
    actuals = [p for p in placed if p.role == "actual"]
    found: dict[int, Placed] = {}
    for run in runs(text, [p for p in placed if p.role == "change"]):
        seen = seen_from(run[0], actuals)
        if len(run) > 1 and len(seen) >= len(run):
            found.update(zip((change.order for change in run), seen[-len(run) :], strict=True))
            continue
        for change in run:
            level = _level_before(change, placed)
            if level is not None:
                found[change.order] = level
    return found


def _level_before(change: Placed, placed: list[Placed]) -> Placed | None:
    """Back over other changes and rates, and over shares (`占全市13.3%`) where an amount stands before them."""
    share: Placed | None = None
    for item in reversed(placed[: change.order]):
        if not item.same_sentence(change):
            break
        if item.role == "actual" and item.mention.unit == _PERCENT == change.mention.unit:
            share = share or item
        elif item.role == "actual":
            return item
        elif item.role not in ("change", "rate"):
            break
    return share
