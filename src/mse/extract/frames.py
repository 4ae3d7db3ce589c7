"""The place of each quantity in its sentence: what stands before it, what stands behind it, which list it belongs to.

Chinese puts the noun before the number (`新增床位200张`) or behind it (`新增5家孵化器`), and lists share what they have
in common. A frame records that, and nothing of what the number means; roles and metrics are read off it.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from mse.extract.nesting import NestedClause, starting_in
from mse.extract.passages import Passage
from mse.grammar import alternation, load
from mse.model import Mention
from mse.segmentation import Piece, Words

_CUES = load("cues")
_WORDS = load("metrics")
_LIST_MARK = load("clauses")["list_mark"]

_JOINT = regex.compile(f"(?:{_LIST_MARK})")
_OPENS_LIST = regex.compile(rf"\s*(?:{_LIST_MARK})\s*")
_MOVES = [word for word in _CUES["to"]["words"] if len(word) > 1 and word not in _WORDS["sure_copula"]["words"]]
_THRESHOLD = regex.compile(rf"\s*(?:(?<limit>{alternation(_CUES['threshold']['words'])})|\$)?\s*")
_OWNED: str = _WORDS["done_before"]["not_before"]  # 共有产权 tells no total
_PREDICATE = regex.compile(rf"{alternation(_WORDS['predicate']['words'])}(?!{_OWNED})")
_SURE_PREDICATE = regex.compile(rf"{alternation([*_WORDS['sure_predicate']['words'], *_MOVES])}(?!{_OWNED})")
_COPULA = regex.compile(rf"(?:{alternation([*_WORDS['copula']['words'], *_MOVES])}|\s|\$)$")
_COPULA_ENDS = frozenset(["$", *(word[-1] for word in [*_WORDS["copula"]["words"], *_MOVES])])
_AIMS = frozenset(_WORDS["copula"]["aims"])
_NO_AIM_BEHIND = frozenset(_WORDS["copula"]["not_behind"])
_OF = _CUES["joint"]["of"]
_OPENS_TIME = regex.compile(rf"(?:{alternation([*_CUES['from']['words'], *_MOVES])})\s*$")
_INSIDE_TIME = regex.compile(rf"{alternation(_WORDS['inside_time']['words'])}$")
_MEASURES = frozenset([*_CUES["units"]["attribute"], *_CUES["units"]["money"]])
_SPENT = regex.compile(
    rf"{alternation(_WORDS['spends']['words'])}(?:[^，。；\d]{{0,8}}?(?P<sum>{alternation(_WORDS['spends']['sums'])}))?$"
)
_SPENT_MARKS = frozenset(_WORDS["spends"]["marks"])
_SPENT_KINDS = frozenset(_WORDS["spends"]["kinds"])
_VERBS = frozenset(_WORDS["verb"]["words"])
_LEVELS = load("clauses")["levels"]
_BRACKETS = load("clauses")["brackets"]
_BRIEF_VERBS = frozenset(_WORDS["brief_verb"]["words"])
_REMAINDER = regex.compile(rf"\s*{alternation(_WORDS['remainder']['words'])}\s*")
_LONGEST_FORMULA = 90
_LONG_TAIL = 6  # characters behind a number that say more than a noun does
_SURE_COPULA = frozenset(_WORDS["sure_copula"]["words"])
_FIGURE_ENDS = frozenset(_WORDS["sure_copula"]["figure"])
_NOT_SURE_AFTER: dict[str, str] = _WORDS["sure_copula"]["not_after"]
_MONEY_TAIL = regex.compile(rf"\s*(?:{alternation(_WORDS['money_tail']['words'])}|{_WORDS['money_tail']['more']})")
# A number here is part of a name, for it is no quantity: 5G基站, 11人制足球场.
_NOUN_START = regex.compile(r"[0-9０-９]{0,4}+[\p{Han}A-Za-z“\"《+\-]")
_REMARK = regex.compile(r"\s*[（(][^（()）\d]{0,40}[)）]")
_FORMULA = regex.compile(r"\$[^，。；$\p{Han}]{0,80}$")
_STANDARD_BEHIND = regex.compile(rf"\s*{_CUES['joint']['of']}{alternation(_CUES['standard_behind']['words'])}")
_VERB_END = regex.compile(alternation(_WORDS["verb"]["words"]) + "(?:" + "|".join(_WORDS["verb"]["endings"]) + ")?$")
_POINTER = regex.compile(rf"{alternation(_WORDS['pointer']['words'])}\s*$")


@dataclass(slots=True)
class Frame:
    """One quantity in its clause; spans are code-point offsets.

    `raw_lead` is the text before it within its item, `lead` the same without what ties it to the number (`达到`, `约`);
    `tail` is the text behind it up to the next item. `noun_behind` tells that the thing counted stands behind the
    number, `threshold` that a limit word (`以上`) follows. `item` counts the quantities of the clause, `times` are the
    dates before the number within its item. `host` is the number before the bracket this one stands in.
    Set with the roles: `condition`, that the number is a condition on the noun behind it (`60岁以上老人`), `ahead`,
    that headings say it is planned, and `promise`, the word before it that promises it.
    """

    mention: Mention
    clause: NestedClause
    passage: Passage
    item: int
    raw_lead: tuple[int, int]
    lead: tuple[int, int]
    tail: tuple[int, int]
    noun_behind: bool
    threshold: str
    times: list[Piece]
    condition: bool = False
    ahead: bool = False
    promise: str = ""
    previous: Frame | None = None
    following: Frame | None = None
    host: Frame | None = None

    @property
    def same_clause(self) -> bool:
        """Whether the quantity before it stands in the same clause."""
        return self.previous is not None and self.previous.clause is self.clause

    @property
    def next_in_clause(self) -> Frame | None:
        """The next quantity, where it stands in the same clause."""
        return self.following if self.following is not None and self.following.clause is self.clause else None


def frames_of(text: str, passage: Passage, words: Words) -> list[Frame]:
    """A frame for every quantity of the passage, in the order of the text."""
    if not any(mention.type == "quantity" for mention in passage.mentions):
        return []
    found: dict[int, Frame] = {}
    dates = passage.dates
    for clause in passage.nested_clauses(text):
        frames = _frames_of_clause(text, passage, clause, words, dates)
        for frame in frames:
            found[frame.mention.start] = frame
    ordered = [found[start] for start in sorted(found)]
    for before, frame in zip([None, *ordered], ordered, strict=False):
        frame.previous = before
        if before is not None:
            before.following = frame
        if frame.clause.parent is not None:
            # The last quantity before the bracket in the clause around it.
            before_bracket = starting_in(frame.clause.parent.quantities, 0, frame.clause.start)
            frame.host = found[before_bracket[-1].start] if before_bracket else None
    return ordered


def _frames_of_clause(
    text: str, passage: Passage, clause: NestedClause, words: Words, dates: list[Mention]
) -> list[Frame]:
    frames: list[Frame] = []
    quantities = clause.quantities
    holes = dict(clause.holes)
    position = clause.start
    for item, mention in enumerate(quantities):
        stop = quantities[item + 1].start if item + 1 < len(quantities) else clause.end
        measured = mention.unit in _MEASURES
        behind, threshold = _behind(text, holes, mention.end, stop)
        raw_lead = (_skip_joint(text, position, mention.start) if item else position, mention.start)
        times = [date.span for date in starting_in(dates, *raw_lead)]
        lead = _without_tie(text, *raw_lead, words, times)
        dated = bool(starting_in(dates, behind, behind + 1)) and lead[0] < lead[1]
        noun_behind = not dated and _has_noun_behind(text, lead, behind, stop, words, measured)
        tail_end = stop if item + 1 == len(quantities) else _item_end(text, behind, stop)
        tail = (behind, tail_end)
        if noun_behind and tail_end == stop < clause.end:
            tail = _without_copula(text, behind, tail_end, words)  # `3个村约1.7万亩`: 约 belongs to the next number
        frames.append(Frame(mention, clause, passage, item, raw_lead, lead, tail, noun_behind, threshold, times))
        position = _next_start(text, behind, tail_end, stop, noun_behind)
    return frames


def _behind(text: str, holes: dict[int, int], position: int, stop: int) -> tuple[int, str]:
    """Where the text behind the number begins, past limit words and brackets; and the limit word."""
    if hit := _MONEY_TAIL.match(text, position, stop):
        position = hit.end()
    hit = _THRESHOLD.match(text, position, stop)
    threshold = ""
    if hit:
        threshold = hit.group("limit") or ""
        position = hit.end()
    if hit := _REMARK.match(text, position, stop):
        position = hit.end()
    return min(holes.get(position, position), stop), threshold


def _skip_joint(text: str, start: int, end: int) -> int:
    hit = _OPENS_LIST.match(text, start, end)
    return hit.end() if hit else start


def _without_tie(text: str, start: int, end: int, words: Words, times: list[Piece]) -> tuple[int, int]:
    """The lead without the words that tie it to the number, and without a time between (`由上年的`, `提升到今年的`)."""
    start, end = _without_copula(text, start, end, words)
    if (pointer := _POINTER.search(text, start, end)) and words.is_edge(pointer.start()):
        return end, end
    before = text[start:end].rstrip(_OF + " ")
    before = _INSIDE_TIME.sub("", before)
    dated = next((a for a, b in reversed(times) if b == start + len(before)), start)
    if start < dated and _OPENS_TIME.search(text, start, dated):
        return _without_copula(text, start, dated, words)
    return start, end


def _without_copula(text: str, start: int, end: int, words: Words) -> tuple[int, int]:
    """The lead without the words that tie it to the number; whole words only, so that 设计 keeps its end."""
    while end > start:
        if hit := _FORMULA.search(text, max(start, end - _LONGEST_FORMULA), end):
            end = hit.start()
        if end == start or not (text[end - 1] in _COPULA_ENDS or text[end - 1].isspace()):
            break
        hits = [
            h
            for h in _COPULA.finditer(text, max(start, end - 8), end, overlapped=True)
            if (
                words.is_edge(h.start())
                or len(h.group()) > 2
                or h.group().strip() in _SURE_COPULA
                or text[h.start() - 1 : h.start()] in _FIGURE_ENDS
            )
            and text[h.start() - 1 : h.start()] not in tuple(_NOT_SURE_AFTER.get(h.group(), ""))
            and not (h.group() in _AIMS and text[h.start() - 1 : h.start()] in _NO_AIM_BEHIND)
        ]
        if not hits or hits[0].start() == hits[0].end():
            break
        end = hits[0].start()
    return start, end


def _has_noun_behind(text: str, lead: tuple[int, int], behind: int, stop: int, words: Words, measured: bool) -> bool:
    if behind >= stop or not _NOUN_START.match(text, behind, stop) or _JOINT.match(text, behind, stop):
        return False
    if _STANDARD_BEHIND.match(text, behind, stop) or (text[behind:stop] in _BRIEF_VERBS and lead[0] < lead[1]):
        return False
    if _SURE_PREDICATE.match(text, behind, stop):
        return False
    if measured and (spent := _SPENT.search(text, *lead)) and _spent_on(text, behind, stop, words, spent["sum"]):
        return False
    if measured and stop - behind > _LONG_TAIL and _REMAINDER.fullmatch(text, *lead):
        return False
    predicate = _PREDICATE.match(text, behind, stop)
    if not predicate or not words.is_edge(predicate.end()):
        return True
    # `已完成80条改造` against `设备80台已到位`: with nothing but a verb before it, the noun must come behind.
    before = text[lead[0] : lead[1]]
    return (
        False if before.strip() and not _VERB_END.search(before) else not before.strip() and stop - behind > _LONG_TAIL
    )


def _spent_on(text: str, behind: int, stop: int, words: Words, named: str | None) -> bool:
    """Whether it is said what for an amount was spent: `投入280万元对水库进行加固`, `投入资金280万元引进设备`."""
    word = next((text[a:b] for a, b in words.each_within(behind, stop)), "")
    return word in _SPENT_MARKS or (named is not None and word in _VERBS and word not in _SPENT_KINDS)


def _item_end(text: str, behind: int, stop: int) -> int:
    """The end of the item in a list whose next item has a number too: the last joint before that number."""
    joints = [h for h in _JOINT.finditer(text, behind, stop) if not _in_one_item(text, behind, h.start(), h.end())]
    return joints[-1].start() if joints else stop


def _in_one_item(text: str, behind: int, start: int, end: int) -> bool:
    """Whether a mark stands inside an item: `2021—2025年`, `省、市重点项目`, `街道（镇、园区）`."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before.isdigit() and after.isdigit()) or (before and after and before in _LEVELS and after in _LEVELS):
        return True
    return any(text.count(a, behind, start) > text.count(b, behind, start) for a, b in _BRACKETS)


def _next_start(text: str, behind: int, tail_end: int, stop: int, noun_behind: bool) -> int:
    """Where the lead of the next quantity begins: behind the joint, or at once where there is none."""
    return tail_end if noun_behind and tail_end < stop else behind
