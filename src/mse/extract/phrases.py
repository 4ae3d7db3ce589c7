"""The phrase around one number that says what it measures, before any topic is added.

Works on words (spans of the segmenter), so that `共` is cut off in `共培训` and left alone in `共同富裕`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from mse.extract.frames import Frame
from mse.extract.nesting import starting_in
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
_TAIL_STRIP = regex.compile(rf"(?:{alternation(_WORDS['tail_strip']['words'])}|[\s，,、：:]+)+$")
_RELATIVE = _WORDS["relative_end"]["after_verb"]
_VERB = alternation(_VERBS)
_VERB_BEFORE = regex.compile(
    rf"(?P<verb>(?:{alternation(_WORDS['verb_prefix']['relative'])}{_VERB}(?={alternation(_RELATIVE)})"
    rf"|{alternation(_WORDS['verb_prefix']['words'])}*{alternation(w for w in _VERBS if len(w) > 1)}?"
    rf"(?:(?P<sends>{alternation(_WORDS['sends']['words'])})|{_VERB}))"
    rf"(?:{alternation(_CUES['joint']['and'])}{_VERB})?)"
    rf"(?:{alternation([*_WORDS['verb']['endings'], *_RELATIVE])})?"
    rf"(?:{alternation(_WORDS['region']['words'])}{alternation(_RELATIVE)}?)?\s*$"
)
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
_STAGE = regex.compile(alternation(_WORDS["stage_inside"]["words"]))
_RECEIVER = regex.compile(
    rf"\s*{alternation(_CUES['grant']['opener'])}(?P<who>[^，。；\d]{{2,30}}?)"
    rf"{alternation(_CUES['joint']['each'])}?{alternation(_CUES['grant']['words'])}\s*$"
)
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
_COMPARED = regex.compile(
    rf"(?:{alternation(_CUES['comparison']['words'])})?{alternation(_WORDS['compared']['words'])}{alternation(_RELATIVE)}?"
)
_TELLING = regex.compile(alternation(_WORDS["telling"]["words"]))
_POINTS_BACK = regex.compile(rf"{alternation([*_WORDS['remainder']['words'], *_WORDS['pointer']['words']])}\s*$")
_AMONG_INSIDE = regex.compile(rf"{alternation(_CUES['among']['words'])}(?=\p{{Han}}{{4}})")
_AMONG_FRONT = regex.compile(alternation(_CUES["among"]["words"]))
_AMONG = regex.compile(rf"{alternation(_CUES['among']['words'])}(?:$|{alternation(_CUES['among']['then'])})")
_QUOTED = regex.compile("|".join(rf"{a}[^{a}{b}]*+{b}" for a, b in load("clauses")["titles"]))
_REMARK_END = regex.compile(r"[（(][^（）()]{7,}[）)]$")
_AREAS = regex.compile(rf"(?:\p{{Han}}{{0,6}}?)?{alternation(_WORDS['areas']['words'])}(?=\p{{Han}})")
_SUCH_AS = regex.compile(alternation(_WORDS["such_as"]["words"]))
_ITEM_MARK = regex.compile(load("clauses")["item_mark"])
_OWNED = alternation(_WORDS["done_before"]["not_before"])
_DONE_BEFORE = regex.compile(rf"{alternation(_WORDS['done_before']['words'])}(?!{_OWNED})(?=[^，。；]{{2}})")
_EXTENT = regex.compile(
    rf"\s*{alternation(w for w in _CUES['reach_behind']['words'] if w.endswith(_CUES['joint']['of']))}"
)
_LONGEST = 26
_LONGEST_NAME = 40  # with a name in quotes, which is not cut
_LONGEST_ACT = 32  # with the verb that opens it
_SHORTEST = 6
_NAMED = 4  # code points that name a thing without what is said of it
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
        start = _areas_end(text, start, end, words) or start
    start = skip_front(text, start, end, words)
    start = _behind_preposition(text, start, end, words)
    start = _behind_subject(text, start, end, words)
    acts = leading_verb(text, (start, end), words) is not None
    if end - start > (_LONGEST_ACT if acts else _LONGEST):
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


def _before_among(text: str, start: int, end: int, words: Words) -> int:
    """`303个重点项目中在建项目`: the count is of what stands before 中."""
    hit = _AMONG_INSIDE.search(text, start + 2, end)
    return hit.start() if hit and _behind_among(text, start, end, words) > start else end


def _areas_end(text: str, start: int, end: int, words: Words) -> int | None:
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
        if _SHORTEST <= end - cut <= _LONGEST and not any(a < cut < b for a, b in quoted):
            return cut
    cut = next((a for a, _ in inside if end - a <= _LONGEST), end - _LONGEST)
    name = next((a for a, b in quoted if a < cut < b), cut)
    return name if end - name <= _LONGEST_NAME else cut


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
    if dated := _DATED.search(text, start + 2, end):
        end = dated.start()
    if frame.mention.role == "context" and following is not None:
        end = next((date.start for date in starting_in(frame.passage.dates, start + 2, end)), end)
    hit = _TAIL_STRIP.search(text, max(start, end - _LONGEST), end)
    lead_start, lead_end = frame.lead
    verb = _VERB_BEFORE.search(text, max(lead_start, lead_end - 16), lead_end)
    if hit and hit.start() - start >= 2 and (verb or text[start : hit.start()] not in _VERBS):
        end = hit.start()  # `39项细化任务` keeps its noun
    if duty := _DUTY_BEHIND.search(text, start + 2, end):
        end = duty.start()
    if idle := _IDLE.search(text, start + _NAMED, end) or _SITUATION.search(text, start + 2, end):
        start, end = trim(text, start, idle.start())
    if end - start > _LONGEST:
        end = start + _LONGEST
    if frame.mention.role == "target" and (stage := _STAGE.search(text, start + 2, end)):
        start, end = trim(text, start, stage.start())  # `6个示范村已完成规划编制` restates how many there are to be
    if gives_examples(text, frame):
        opening = (skip_front(text, lead_start, lead_end, words), lead_end)
        return leading_verb(text, opening, words), trim(text, start, end)
    if following is not None:
        end = _before_among(text, start, end, words)
    piece = trim(text, *verb.span("verb")) if verb else None
    if verb and verb["sends"] and (purpose := _PURPOSE.search(text, start + 2, end)) and words.is_edge(purpose.start()):
        end = purpose.start()
    elif following is not None and (areas := _areas_end(text, start, end, words)):
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
