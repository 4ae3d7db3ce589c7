"""The phrase around one number that says what it measures, before any topic is added.

Works on words (spans of the segmenter), so that `共` is cut off in `共培训` and left alone in `共同富裕`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from mse.extract.frames import Frame
from mse.grammar import alternation, load
from mse.segmentation import Piece, Words

_WORDS = load("metrics")
_CUES = load("cues")

STRIP = frozenset(_WORDS["region"]["words"]) | frozenset(_WORDS["adverb"]["words"])
_VERBS = frozenset(_WORDS["verb"]["words"])
_TOLD = _VERBS | STRIP
_PREPOSITIONS = frozenset(_WORDS["preposition"]["words"])
_HEAD_STRIP = regex.compile(
    rf"(?:{alternation([*_WORDS['region']['words'], *_WORDS['plan']['opens']])}|[\s，,、：:]+)+"
)
_SUMS_UP = regex.compile(rf"{_WORDS['together']['word']}(?![{_WORDS['together']['keeps']}])(?=.)")
_RELATIVE = _WORDS["relative_end"]["after_verb"]
_ORGANIZATION = regex.compile(rf"\p{{Han}}{{0,16}}?{alternation(_WORDS['organization']['suffixes'])}")
_ACTING = regex.compile(rf"{alternation(_WORDS['organization']['acting'])}$")
_OF_THE_WHOLE = regex.compile(alternation(_WORDS["organization"]["whole"]))
_DONE_TO = frozenset(_WORDS["organization"]["done_to"])
_NEW_CLAUSE = regex.compile(rf"{_WORDS['new_clause']['mark']}\s*(?={alternation(_WORDS['new_clause']['words'])})")
_GROWING = frozenset(_CUES["growth_metric"]["words"])
_YEAR = alternation(_CUES["joint"]["year"])
_CHANGE_TAIL = regex.compile(
    rf"(?P<compare>(?<![{_CUES['comparison']['not_after']}])(?:{alternation(_CUES['comparison']['words'])})"
    rf"(?![{_CUES['comparison']['not_before']}])(?:\d{{4}}{_YEAR})?[^，。；\d]{{0,12}}?)?(?P<change>"
    rf"{alternation(w for w in [*_CUES['change']['words'], *_CUES['difference']['words']] if w not in _GROWING)})$"
)
_AGAINST_TAIL = regex.compile(rf"{alternation(_CUES['against']['words'])}[^，。；\d]{{1,14}}$")
_SHARE_TAIL = regex.compile(
    rf"(?:{alternation(_CUES['share_verb']['words'])})[^，。；、]{{0,12}}?{alternation(_CUES['plan_share']['words'])}.*$"
)
_BARE_WORDS = regex.compile(r"[^（(\d]+")
_PLAN = regex.compile(
    rf"{alternation(_WORDS['plan']['verbs'])}?(?P<plan>{alternation(_WORDS['plan']['periods'])}?"
    rf"{alternation(_CUES['restated_target']['words'])}){alternation(_WORDS['plan']['ties'])}?\s*"
)
_SHARE_FRONT = regex.compile(alternation(_CUES["share_verb"]["words"]))
_BOUND_INSIDE = regex.compile(alternation(_WORDS["bound_inside"]["words"]))
_RELATIVE_END = regex.compile(rf"{alternation(_WORDS['relative_end']['words'])}\s*$")
_RATES = [word for word in _CUES["completion"]["words"] if word.endswith(tuple(_WORDS["rate_end"]["words"]))]
_DONE_TAIL = regex.compile(
    rf"(?:(?P<rate>{alternation(_RATES)})|{alternation(_CUES['completion']['words'])})[^，。；\d]{{0,6}}$"
)
_MOVE_INSIDE = regex.compile(
    rf"{alternation(_CUES['move']['words'])}{alternation(_CUES['joint']['to'])}(?=[^，。；\d]{{2,6}}$)"
)
_PREDICATE_BEHIND = regex.compile(
    rf"{alternation(_WORDS['happened']['words'])}[^，。；：、（）\d]{{1,12}}(?=[，。；（\s]|$)"
)
_RECEIVER = regex.compile(
    rf"\s*{alternation(_CUES['grant']['opener'])}(?P<who>[^，。；\d]{{2,30}}?)"
    rf"{alternation(_CUES['joint']['each'])}?{alternation(_CUES['grant']['words'])}\s*$"
)
_COMPARED = regex.compile(
    rf"(?:{alternation(_CUES['comparison']['words'])})?{alternation(_WORDS['compared']['words'])}{alternation(_RELATIVE)}?"
)
_AMONG_INSIDE = regex.compile(rf"{alternation(_CUES['among']['words'])}(?=\p{{Han}}{{4}})")
_QUOTED = regex.compile("|".join(rf"{a}[^{a}{b}]*+{b}" for a, b in load("clauses")["titles"]))
_REMARK_END = regex.compile(r"[（(][^（）()]{7,}[）)]$")
_AREAS = regex.compile(rf"(?:\p{{Han}}{{0,6}}?)?{alternation(_WORDS['areas']['words'])}(?=\p{{Han}})")
_ITEM_MARK = regex.compile(load("clauses")["item_mark"])
_OWNED: str = _WORDS["done_before"]["not_before"]
_DONE_BEFORE = regex.compile(rf"{alternation(_WORDS['done_before']['words'])}(?!{_OWNED})(?=[^，。；]{{2}})")
LONGEST = 26
_LONGEST_NAME = 40  # with a name in quotes, which is not cut
_LONGEST_ACT = 32  # with the verb that opens it
_SHORTEST = 6
_ACTED = 4  # code points of what an office did
_SIGHT = 120  # code points within which a share says of what it is


@dataclass(slots=True)
class Phrase:
    """Verbatim pieces in the order they are read, the head last.

    `scope` are places, `verb` the piece that opens the phrase, `change` a growth phrase behind it, `base` what later
    items of the list share, `predicate` what happened to the thing (`已全额下拨`), `topic` pieces of earlier ones.
    """

    pieces: list[Piece] = field(default_factory=list)
    scope: list[Piece] = field(default_factory=list)
    verb: Piece | None = None
    change: Piece | None = None
    base: Piece | None = None
    predicate: Piece | None = None
    topic: list[Piece] = field(default_factory=list)


def trim(text: str, start: int, end: int) -> Piece:
    """The stretch without surrounding blanks and marks; a quotation or bracket inside it keeps both of its marks."""
    while start < end and (text[start].isspace() or text[start] in _EDGE_MARKS):
        closer = _CLOSER_OF.get(text[start])
        if closer is not None and text.find(closer, start, end) >= 0:
            break
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE_MARKS):
        opener = _OPENER_OF.get(text[end - 1])
        if opener is not None and text.find(opener, start, end) >= 0:
            break
        end -= 1
    return start, end


_CLOSER_OF = dict([*load("clauses")["brackets"], *load("clauses")["titles"]])
_OPENER_OF = {closer: opener for opener, closer in _CLOSER_OF.items()}
_EDGE_MARKS = frozenset(_WORDS["edge"]["marks"])


def noun_before(text: str, frame: Frame, words: Words) -> Piece:
    """The phrase before the number, without region, date, adverbs, and the manner before the verb.

    A condition before it belongs to it: `主营业务收入超10亿元企业` has a number of its own.
    """
    start, end = frame.lead
    condition = frame
    while condition.same_clause and condition.previous is not None and condition.previous.condition:
        condition = condition.previous
        start = condition.raw_lead[0]
    if (hit := _DONE_BEFORE.search(text, start, end)) and (end - hit.end() > 2 or text[hit.end() : end] in _VERBS):
        start = hit.end()  # `完成投资` stays whole: two characters are no name of a thing
    for a, b in frame.times:
        if start <= a < end and (not text[start:a].strip() or _only_strip(text, start, a, words)):
            start = b
    if hit := _BOUND_INSIDE.search(text, (start if condition is frame else frame.raw_lead[0]) + 4, end):
        end = hit.start()
    for hit in _NEW_CLAUSE.finditer(text, start, end):
        if words.is_edge(hit.end()):
            start = hit.end()
    if remark := _REMARK_END.search(text, start + 2, end):
        end = remark.start()
    start, end = trim(text, start, end)
    start = _behind_among(text, start, end, words)
    if frame.same_clause:
        start = areas_end(text, start, end, words) or start
    start = skip_front(text, start, end, words)
    start = _behind_preposition(text, start, end, words)
    start = _behind_subject(text, start, end, words)
    acts = leading_verb(text, (start, end), words) is not None
    if end - start > (_LONGEST_ACT if acts else LONGEST):
        start = _shorten(text, start, end, words)
    if _COMPARED.fullmatch(text, start, end):
        start = end
    return trim(text, start, end)


def _behind_among(text: str, start: int, end: int, words: Words) -> int:
    """`已开工的项目中竣工项目`: what is counted stands behind the things it is of."""
    for hit in _AMONG_INSIDE.finditer(text, start + 2, end):
        if words.is_edge(hit.start()) and words.is_edge(hit.end()):
            before, behind = words.within(start, hit.start()), words.within(hit.end(), end)
            if not any(text[slice(*word)] in _VERBS for word in (before[-1], behind[-1])):
                start = hit.end()
    return start


def before_among(text: str, start: int, end: int, words: Words) -> int:
    """`303个重点项目中在建项目`: the count is of what stands before 中."""
    hit = _AMONG_INSIDE.search(text, start + 2, end)
    return hit.start() if hit and _behind_among(text, start, end, words) > start else end


def areas_end(text: str, start: int, end: int, words: Words) -> int | None:
    """Where counted areas end that open a stretch and are told of: `省份|已开工扶贫项目`, not `乡镇文化站`."""
    areas = _AREAS.match(text, start, end)
    behind = next(words.each_within(areas.end(), end), None) if areas and words.is_edge(areas.end()) else None
    told = areas is not None and behind is not None and text[slice(*behind)] in _TOLD
    return areas.end() if told and areas else None


def _only_strip(text: str, start: int, end: int, words: Words) -> bool:
    return skip_front(text, start, end, words) >= end


def skip_front(text: str, start: int, end: int, words: Words) -> int:
    """Past region words, adverbs and marks at the front; whole words only."""
    hit = _HEAD_STRIP.match(text, start, end)
    if hit:
        start = hit.end()
    for a, b in words.each_within(start, end):
        if a != start:
            continue
        word = text[a:b]
        if word in _CLOSER_OF and text.find(_CLOSER_OF[word], b, end) >= 0:
            break
        if word in STRIP or not word.strip() or word in _EDGE_MARKS:
            start = b
        else:
            break
    hit = _HEAD_STRIP.match(text, start, end)
    start = hit.end() if hit else start
    hit = _SUMS_UP.match(text, start, end)
    return hit.end() if hit else start


def _behind_preposition(text: str, start: int, end: int, words: Words) -> int:
    """`通过直购电降低用电成本`: from the verb behind the manner on; unchanged without one."""
    inside = words.within(start, end)
    for i, (a, b) in enumerate(inside):
        if text[a:b] in _PREPOSITIONS:
            for c, d in inside[i + 2 :]:
                if text[c:d] in _VERBS and d < end:
                    return c
    return start


def _behind_subject(text: str, start: int, end: int, words: Words) -> int:
    """`市水务局开展执法巡查`: without the office that acts, where a verb follows it."""
    hit = _ORGANIZATION.match(text, start, end)
    if hit is None or hit.end() >= end:
        return start
    rest = skip_front(text, hit.end(), end, words)
    first = words.within(rest, end)
    if not first or end - rest < _ACTED:
        return start
    verb = text[first[0][0] : first[0][1]]
    office = _ACTING.search(text, hit.start(), hit.end()) is not None
    whole = _OF_THE_WHOLE.search(text, hit.end(), rest) or _OF_THE_WHOLE.match(text, rest, end)
    acts = verb in _VERBS and (office or verb not in _DONE_TO)
    return rest if acts or (office and whole) else start


def _shorten(text: str, start: int, end: int, words: Words) -> int:
    """The first verb, or else item of a list, that leaves a phrase of fair length; else the words that fit."""
    inside = words.within(start, end)
    quoted = [hit.span() for hit in _QUOTED.finditer(text, start, end)]
    verbs = (a for a, b in inside if text[a:b] in _VERBS)
    items = (hit.end() for hit in _ITEM_MARK.finditer(text, start, end) if words.is_edge(hit.end()))
    for cut in (*verbs, *items):
        if _SHORTEST <= end - cut <= LONGEST and not any(a < cut < b for a, b in quoted):
            return cut
    cut = next((a for a, _ in inside if end - a <= LONGEST), end - LONGEST)
    name = next((a for a, b in quoted if a < cut < b), cut)
    return name if end - name <= _LONGEST_NAME else cut


def leading_verb(text: str, piece: Piece, words: Words) -> Piece | None:
    """The verb that opens a phrase, with a second one where they stand together (`新建、改扩建`)."""
    inside = words.within(*piece)
    if len(inside) < 2 or text[inside[0][0] : inside[0][1]] not in _VERBS:
        return None
    return inside[0]


def split_change(text: str, piece: Piece) -> tuple[Piece, Piece | None]:
    """A phrase that ends in a growth word, cut into what grows and how (`固定资产投资`, `同比增长`)."""
    return _cut_at(text, piece, _CHANGE_TAIL)


def split_difference(text: str, piece: Piece) -> tuple[Piece, Piece | None]:
    """As `split_change`, and a phrase that ends in what it is compared with (`增速`, `高于全省平均水平`)."""
    rest, change = split_change(text, piece)
    return (rest, change) if change is not None else _cut_at(text, piece, _AGAINST_TAIL)


def _cut_at(text: str, piece: Piece, tail: regex.Pattern[str]) -> tuple[Piece, Piece | None]:
    hit = tail.search(text, *piece)
    if hit is None:
        return piece, None
    return trim(text, piece[0], hit.start()), trim(text, hit.start(), piece[1])


def split_share(text: str, frame: Frame, piece: Piece) -> tuple[Piece, Piece | None]:
    """A phrase and what it is a share of: `新增投产项目完成年目标任务的` is `新增投产项目` and `完成年目标任务`."""
    hit = _SHARE_TAIL.search(text, _near(min(piece[0], frame.raw_lead[0]), frame), frame.mention.start)
    if hit is not None:
        bare = _BARE_WORDS.match(text, hit.start(), max(hit.start(), piece[1]))
        share = trim(text, *bare.span()) if bare else (piece[1], piece[1])
        return trim(text, piece[0], max(piece[0], hit.start())), share if share[0] < share[1] else None
    hit = _DONE_TAIL.search(text, *piece)
    if hit is None or hit.start() <= piece[0]:
        return piece, None
    rate = trim(text, *hit.span("rate")) if hit["rate"] else None
    return trim(text, piece[0], hit.start()), rate


def _near(start: int, frame: Frame) -> int:
    return max(start, frame.mention.start - _SIGHT)


def restated(text: str, frame: Frame, piece: Piece) -> Piece:
    """A restated target without the verb of the share that is counted against it: `占总投资` is `总投资`.

    A bare plan keeps its own noun, though that also ties it to the number: `完成年度目标` is `年度目标`.
    """
    if plan := _PLAN.fullmatch(text, piece[0], frame.mention.start):
        return plan.span("plan")
    hit = _SHARE_FRONT.match(text, *piece)
    return trim(text, hit.end(), piece[1]) if hit and hit.end() < piece[1] else piece


def is_plan(metric: str) -> bool:
    """Whether a metric ends with a plan's own name (`新增就业|年度目标`) instead of saying more of the thing."""
    return _PLAN.fullmatch(metric, metric.rfind("|") + 1) is not None


def split_move(text: str, piece: Piece) -> tuple[Piece, Piece] | None:
    """`补差水平提高到城镇` as `城镇` and `补差水平`: a short name between the move and its level."""
    hit = _MOVE_INSIDE.search(text, *piece)
    if hit is None:
        return None
    base, part = trim(text, piece[0], hit.start()), trim(text, hit.end(), piece[1])
    return (part, base) if base[1] - base[0] >= 2 and part[1] - part[0] >= 2 else None


def predicate_behind(text: str, frame: Frame) -> Piece | None:
    """What happened to the thing, right behind its number in the same item: `资金2048万元已全额下拨到各县`."""
    following = frame.next_in_clause
    if frame.noun_behind or (following is not None and frame.tail[1] >= following.mention.start):
        return None
    hit = _PREDICATE_BEHIND.match(text, *frame.tail)
    return trim(text, *hit.span()) if hit else None


def receiver(text: str, frame: Frame) -> Piece | None:
    """`对认定的产品给予1万元的奖补`: who gets it, where the lead is a grant."""
    hit = _RECEIVER.match(text, *frame.raw_lead)
    return trim(text, *hit.span("who")) if hit else None


def is_relative(text: str, frame: Frame) -> bool:
    """`已完成整治的共4693个自然村`: the words before the number are a relative clause that says what is counted."""
    return _RELATIVE_END.search(text, *frame.raw_lead) is not None
