"""Comparison words around a number: 不低于3亿元, 80%以上, 近200家.

The words are data in `grammar/comparisons.toml`; here is only where they may stand.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from mse.grammar import alternation, load

_DATA = load("comparisons")
_BEFORE_OPS: dict[str, str] = {w: op for op, words in _DATA["before"]["words"].items() for w in words}
_AFTER_OPS: dict[str, str] = {w: op for op, words in _DATA["after"]["words"].items() for w in words}
_MEASURED: dict[str, str] = _DATA["after"]["measured"]
_ROUND = frozenset(_DATA["before"]["round_only"])
_SCALED = frozenset(_DATA["before"]["scaled"])
_NOT_AFTER: dict[str, str] = _DATA["before"]["not_after"]
_NOT_BEFORE: dict[str, str] = _DATA["after"]["not_before"]
# 约320多家: the number itself says more than 约.
_ABOUT = "~"
_BLANK = r"[ \u00a0\u3000]{0,2}"
_BEFORE = regex.compile(
    rf"(?<op>{alternation(_BEFORE_OPS)}){_BLANK}(?:{alternation(_DATA['before']['fillers'])}{_BLANK})?$"
    rf"|(?<op>{alternation(_DATA['before']['loose'])})(?!{_DATA['before']['of_mark']})\p{{Han}}{{1,6}}$"
)
_BEFORE_OF = regex.compile(
    rf"(?<op>{alternation(_DATA['before']['of'])})[^，。；、,;\s\d（）]{{2,30}}{_DATA['before']['of_mark']}$"
)
_AFTER = regex.compile(rf"{_BLANK}(?<op>{alternation([*_AFTER_OPS, *_MEASURED])})")
# How far before the number a word may begin, and how far when what it compares with stands between.
_NEAR, _FAR = 12, 40


@dataclass(slots=True)
class Comparison:
    """An operator (`=` where nothing compares) and the span from the first to the last word that says it."""

    op: str
    start: int
    end: int


def comparison(
    text: str,
    start: int,
    end: int,
    *,
    own: str = "=",
    share: bool = False,
    measure: bool = False,
    round_number: bool = False,
    scaled: bool = False,
) -> Comparison:
    """How `text[start:end]`, a number with its unit, is compared by the words beside it.

    `own` is what the number says itself (200多 is `>`); `share` and `measure` say whether its unit is a share of
    something and whether it measures at all; `round_number` is a bare Chinese scale (百, 万), `scaled` has one at all.
    """
    found = Comparison(own, start, end)
    left = max(0, start - _NEAR)
    window = text[left:start]
    hit = _BEFORE.search(window)
    if hit is not None and not _stands(hit["op"], window[: hit.start()], round_number, scaled or share):
        hit = None
    if hit is None and share:
        left = max(0, start - _FAR)
        hit = _BEFORE_OF.search(text[left:start])
    if hit is not None and not (own != "=" and _BEFORE_OPS[hit["op"]] == _ABOUT):
        found = Comparison(_BEFORE_OPS[hit["op"]], left + hit.start(), end)
    behind = _AFTER.match(text, end)
    if behind is not None:
        word = behind["op"]
        follower = text[behind.end() : behind.end() + 1]
        if not (follower and follower in _NOT_BEFORE.get(word, "")):
            op = _AFTER_OPS.get(word) or (_MEASURED[word] if measure else None)
            if op is not None:
                found.op, found.end = op, behind.end()
    return found


def _stands(word: str, left: str, round_number: bool, scaled: bool) -> bool:
    """Whether the word is itself here and not the end of another one."""
    if left and left[-1] in _NOT_AFTER.get(word, ""):
        return False
    if word in _ROUND:
        return round_number
    return word not in _SCALED or scaled or round_number
