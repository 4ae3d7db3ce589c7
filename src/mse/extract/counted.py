"""A count with its noun behind it: where the noun ends, the verb before the number, and what a bare count tells.

`选派36名农技员深入田间` counts 农技员; `4件达到进度` names nothing and tells of things counted before.
"""

from __future__ import annotations

import regex

from mse.extract.frames import Frame
from mse.extract.nesting import starting_in
from mse.extract.phrases import LONGEST, STRIP, areas_end, before_among, leading_verb, skip_front, trim
from mse.grammar import alternation, load
from mse.segmentation import Piece, Words

_WORDS = load("metrics")
_CUES = load("cues")

_VERBS = frozenset(_WORDS["verb"]["words"])
_DONE_TO = frozenset(_WORDS["organization"]["done_to"])
_RELATIVE = _WORDS["relative_end"]["after_verb"]
_ITEM_MARK = regex.compile(load("clauses")["item_mark"])
_TAIL_STRIP = regex.compile(rf"(?:{alternation(_WORDS['tail_strip']['words'])}|[\s，,、：:]+)+$")
_VERB = alternation(_VERBS)
_VERB_BEFORE = regex.compile(
    rf"(?P<verb>(?:{alternation(_WORDS['verb_prefix']['relative'])}{_VERB}(?={alternation(_RELATIVE)})"
    rf"|{alternation(_WORDS['verb_prefix']['words'])}*{alternation(w for w in _VERBS if len(w) > 1)}?"
    rf"(?:(?P<sends>{alternation(_WORDS['sends']['words'])})|{_VERB}))"
    rf"(?:{alternation(_CUES['joint']['and'])}{_VERB})?)"
    rf"(?:{alternation([*_WORDS['verb']['endings'], *_RELATIVE])})?"
    rf"(?:{alternation(_WORDS['region']['words'])}{alternation(_RELATIVE)}?)?\s*$"
)
_STAGE = regex.compile(alternation(_WORDS["stage_inside"]["words"]))
_PURPOSE = regex.compile(alternation(_WORDS["sends"]["purpose"]))
_DUTY_BEHIND = regex.compile(rf"{alternation(_RELATIVE)}{alternation(_WORDS['tail_strip']['wanted'])}")
_DID_IN_ALL = regex.compile(rf"{alternation(_WORDS['sums_up']['words'])}(?={_VERB})")
_DATED = regex.compile(rf"[（(][^（）()]*\d[^（）()]*[）)]?(?:$|(?={alternation(_WORDS['telling']['words'])}))")
_IDLE = regex.compile(
    rf"(?:{alternation(_WORDS['idle']['front'])}?{alternation(_WORDS['idle']['manner'])}{alternation(_WORDS['idle']['doing'])}"
    rf"|{alternation(_WORDS['idle']['subject'])}?{alternation(_WORDS['idle']['going'])}{alternation(_WORDS['idle']['well'])})$"
)
_SITUATION = regex.compile(
    rf"{alternation(_WORDS['idle']['subject'])}?{alternation(_WORDS['idle']['going'])}{alternation(_WORDS['idle']['situation'])}$"
)
_TELLING = regex.compile(alternation(_WORDS["telling"]["words"]))
_POINTS_BACK = regex.compile(rf"{alternation([*_WORDS['remainder']['words'], *_WORDS['pointer']['words']])}\s*$")
_AMONG_FRONT = regex.compile(alternation(_CUES["among"]["words"]))
_AMONG = regex.compile(rf"{alternation(_CUES['among']['words'])}(?:$|{alternation(_CUES['among']['then'])})")
_SUCH_AS = regex.compile(alternation(_WORDS["such_as"]["words"]))
_EXTENT = regex.compile(
    rf"\s*{alternation(w for w in _CUES['reach_behind']['words'] if w.endswith(_CUES['joint']['of']))}"
)
_NAMED = 4  # code points that name a thing without what is said of it


def noun_behind(text: str, frame: Frame, words: Words) -> tuple[Piece | None, Piece]:
    """For a count with its noun behind it: the verb right before the number, and the phrase behind it."""
    start, end = frame.tail
    following = frame.next_in_clause
    if following is not None and following.condition:
        # `15家销售额超1000万元的企业`: the condition belongs to the thing counted.
        if not frame.noun_behind or not _ITEM_MARK.search(text, start, following.mention.start):
            end = following.tail[1]
    else:
        # `一家占地600平方米、建筑面积约1800平方米的卫生院`: scales stand between the number and its noun.
        scale = following
        while scale is not None and scale.mention.role == "context" and not scale.noun_behind:
            scale = scale.next_in_clause
        if scale is not None and scale.mention.role == "context":
            start, end = scale.tail
        elif following is not None and following.noun_behind and start >= following.mention.start:
            start, end = following.tail
    if hit := _EXTENT.match(text, start, end):
        start = hit.end()  # `六层高的学生宿舍`
    hole = next((a for a, _ in frame.clause.holes if start + 2 <= a < end), end)
    start, end = trim(text, start, hole)
    if among := _AMONG.search(text, start + 2, end):
        end = among.start()  # `20项实事中不设目标的`
    if dated := _DATED.search(text, start + 2, end):
        end = dated.start()
    if frame.mention.role == "context" and following is not None:
        end = next((date.start for date in starting_in(frame.passage.dates, start + 2, end)), end)
    hit = _TAIL_STRIP.search(text, max(start, end - LONGEST), end)
    lead_start, lead_end = frame.lead
    verb = _VERB_BEFORE.search(text, max(lead_start, lead_end - 16), lead_end)
    if hit and hit.start() - start >= 2 and (verb or text[start : hit.start()] not in _VERBS):
        end = hit.start()  # `39项细化任务` keeps its noun
    if duty := _DUTY_BEHIND.search(text, start + 2, end):
        end = duty.start()
    if idle := _IDLE.search(text, start + _NAMED, end) or _SITUATION.search(text, start + 2, end):
        start, end = trim(text, start, idle.start())
    if end - start > LONGEST:
        end = start + LONGEST
    if frame.mention.role == "target" and (stage := _STAGE.search(text, start + 2, end)):
        start, end = trim(text, start, stage.start())  # `6个示范村已完成规划编制` restates how many there are to be
    if gives_examples(text, frame):
        opening = (skip_front(text, lead_start, lead_end, words), lead_end)
        return leading_verb(text, opening, words), trim(text, start, end)
    if following is not None:
        end = before_among(text, start, end, words)
    piece = trim(text, *verb.span("verb")) if verb else None
    if verb and verb["sends"] and (purpose := _PURPOSE.search(text, start + 2, end)) and words.is_edge(purpose.start()):
        end = purpose.start()
    elif following is not None and (areas := areas_end(text, start, end, words)):
        end = areas
    elif following is not None and (whole := _DID_IN_ALL.search(text, start + 2, end)) and words.is_edge(whole.start()):
        end = whole.start()
    elif frame.mention.role == "context" and following is not None:
        end = _subject_end(text, start, end, words)
    return piece, trim(text, start, end)


def _subject_end(text: str, start: int, end: int, words: Words) -> int:
    """The end of the thing counted, where what it did is measured next: `78个陶瓷生产企业完成投资8亿元`."""
    found, acted, named = end, True, False
    for a, b in words.within(start, end):
        acts = (text[a:b] in _VERBS and text[a:b] not in _DONE_TO) or text[a:b] in STRIP
        if acts and not acted and named:
            found = a
        acted, named = acts, named or not acts
    return found


def tells_of(text: str, frame: Frame, words: Words) -> bool:
    """Whether what stands behind a bare number tells of it and names nothing: `3件达到进度`."""
    start = max([frame.lead[0], *(b for _, b in frame.clause.holes if b <= frame.lead[1])])
    among = _AMONG_FRONT.match(text, start, frame.lead[1])
    named = skip_front(text, among.end() if among else start, frame.lead[1], words) < frame.lead[1]
    if named and not gives_examples(text, frame):
        return False
    predicate = among or _TELLING.match(text, *frame.tail)
    if predicate is not None:
        return words.is_edge(predicate.end())
    return points_back(text, frame) and skip_front(text, *frame.tail, words) > frame.tail[0]


def gives_examples(text: str, frame: Frame) -> bool:
    """Whether what stands before a number is a list of examples: `殡葬服务、扬尘治理等3项`."""
    return _SUCH_AS.search(text, frame.lead[1], frame.mention.start) is not None


def points_back(text: str, frame: Frame) -> bool:
    """Whether the words right before a number point at what was counted before: `这19座`, `其余3项`."""
    return _POINTS_BACK.search(text, *frame.raw_lead) is not None


def names_a_total(text: str, frame: Frame) -> bool:
    """Whether a count only says what the counts behind it are of: `20件实事中，…`."""
    return frame.noun_behind and _AMONG.search(text, *frame.tail) is not None
