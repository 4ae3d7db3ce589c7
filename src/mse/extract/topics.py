"""What a sentence is about, for numbers whose own words say too little: the thing named before them.

Looked for in this order: the quantity before the bracket, a quantity before it in the sentence, the clause before it,
the last quantity of the same unit in the passage, the task's own target in this unit.
"""

from __future__ import annotations

import regex

from mse.extract.clauses import list_number_end
from mse.extract.counted import names_a_total
from mse.extract.frames import Frame
from mse.extract.phrases import STRIP, Phrase, skip_front, trim
from mse.grammar import alternation, load
from mse.segmentation import Piece, Words

_WORDS = load("metrics")
_LIGHT_FRONT = regex.compile(rf"(?:{alternation(_WORDS['light_verb']['words'])})+")
_LIGHT_END = regex.compile(rf"(?:{alternation(_WORDS['light_verb']['words'])})+$")
_STATE = regex.compile(alternation(_WORDS["state"]["words"]))
_STAGE = regex.compile(alternation(_WORDS["stage_inside"]["words"]))
_HEADING = regex.compile(alternation(_WORDS["heading"]["words"]))
_LIGHT_NOUNS = frozenset(_WORDS["light_noun"]["words"])
_HEAD_MARK = regex.compile(load("clauses")["head_mark"])
_AMONG = load("cues")["among"]
_NUMERALS = load("numerals")
_ACT = 2  # code points that name an act
_DIGIT = "".join([*_NUMERALS["digits"]["chars"], *_NUMERALS["scales"]["small"]])
_TOTAL = regex.compile(
    rf"[\d{_DIGIT}](?P<counted>\p{{Han}}{{3,20}}?){alternation(_AMONG['words'])}{alternation(_AMONG['then'])}"
)
_CLAUSE_MARK = regex.compile(load("clauses")["clause_end"])
_VERBS = frozenset(_WORDS["verb"]["words"])
_PERCENT = frozenset(load("cues")["units"]["percent"])
_MEASURES = frozenset([*load("cues")["units"]["attribute"], *load("cues")["units"]["money"], *_PERCENT])
_LONGEST_TOPIC = 22
_SIGHT = 240  # code points before a clause within which its topic is named
_SIGHT_BACK = 400  # the same for what a count points back to
_FURTHEST = 60  # numbers looked back over in a sentence


class Topics:
    """The phrases found so far in one report, by the start of their number, and what they say about later ones."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self.phrases: dict[int, Phrase] = {}
        self._levels: dict[tuple[int, str], Phrase] = {}
        self._of_task: dict[tuple[int, str], list[Phrase]] = {}
        self._promised: dict[tuple[int, str], list[Phrase]] = {}
        self._grown: dict[int, Phrase] = {}
        self._shares: set[int] = set()

    def remember(self, frame: Frame, phrase: Phrase) -> None:
        self.phrases[frame.mention.start] = phrase
        unit = frame.mention.unit
        if phrase.pieces:
            self._of_task.setdefault((id(frame.passage.task), unit), []).append(phrase)
            if frame.passage.role == "task":
                self._promised.setdefault((id(frame.passage.task), unit), []).append(phrase)
            if frame.mention.role in ("actual", "target"):
                self._levels[id(frame.passage), unit] = phrase
            if frame.mention.role == "change" and phrase.change:
                self._grown[id(frame.passage)] = phrase
            elif frame.mention.role in ("actual", "target"):
                self._grown.pop(id(frame.passage), None)
        if unit in _PERCENT:
            self._shares.add(id(phrase))

    def beside(self, frame: Frame, phrase: Phrase) -> bool:
        """Whether a number and an earlier phrase stand side by side: both shares, or both amounts."""
        return (id(phrase) in self._shares) == (frame.mention.unit in _PERCENT)

    def of(self, frame: Frame | None) -> Phrase | None:
        return self.phrases.get(frame.mention.start) if frame is not None else None

    def topic(self, frame: Frame) -> Phrase | None:
        """The phrase that completes the words of this number, or None."""
        return (
            self.host(frame)
            or self.head(frame)
            or self.bare_clause(frame)
            or self.in_sentence(frame)
            or self.clause_before(frame)
            or self.earlier(frame)
            or self.line_head(frame)
        )

    def total(self, frame: Frame, further: bool = False) -> Phrase | None:
        """What a count that names nothing counts: `20件实事中`, else the last count in its unit in the sentence.

        `further`: it points back (`这5项`, `其余3项`), so that sentences before count too.
        """
        unit = frame.mention.unit
        if frame.clause.parent is not None or unit in _MEASURES or frame.mention.role not in ("actual", "target"):
            return None
        nearest: Phrase | None = None
        before = frame.previous
        for _ in range(_FURTHEST):
            if before is None or frame.mention.start - before.mention.end > _SIGHT_BACK:
                break
            if before.clause.sentence != frame.clause.sentence and (nearest is not None or not further):
                break
            phrase = self.of(before)
            if before.mention.unit == unit and before.clause.parent is None and phrase is not None and phrase.pieces:
                named = Phrase(phrase.topic or self.core_of(phrase), phrase.scope)
                if names_a_total(self.text, before):
                    return named
                nearest = nearest or named
            before = before.previous
        return self._total_in_a_name(frame, further) or nearest

    def among(self, frame: Frame) -> Phrase | None:
        """The thing of the total that the sentence opens with, in this unit: `279个项目中，已立项65个，在建56个`."""
        before = frame.previous
        for _ in range(_FURTHEST):
            if before is None or before.clause.sentence != frame.clause.sentence or frame.clause.parent is not None:
                break
            phrase = self.of(before)
            same = before.mention.unit == frame.mention.unit and phrase is not None and phrase.pieces
            if same and phrase is not None and names_a_total(self.text, before):
                return Phrase(phrase.topic or self.core_of(phrase), phrase.scope)
            before = before.previous
        return None

    def _total_in_a_name(self, frame: Frame, further: bool) -> Phrase | None:
        """`全年20件实事中`: a total that is part of a name, and so no quantity of its own."""
        low = max(frame.passage.start, frame.mention.start - _SIGHT_BACK)
        if not further:
            low = max(low, *(self.text.rfind(mark, low, frame.mention.start) + 1 for mark in _SENTENCE_MARKS))
        for hit in reversed(list(_TOTAL.finditer(self.text, low, frame.mention.start))):
            start, end = hit.span("counted")
            if self.text.startswith(frame.mention.unit, start) and end - start > len(frame.mention.unit) + 1:
                return Phrase([(start + len(frame.mention.unit), end)])
        return None

    def of_duty(self, frame: Frame) -> Phrase | None:
        """What a duty without a name of its own is of: `污水治理，全年任务为70个村`."""
        return self.clause_before(frame) or self.topic(frame)

    def head(self, frame: Frame) -> Phrase | None:
        """The thing that heads the sentence with a colon: `无障碍改造：入户评估1136户，完成改造782户`."""
        if frame.clause.parent is not None or frame.mention.role not in ("actual", "target"):
            return None
        low = max(frame.passage.start, frame.mention.start - _SIGHT)
        start = max(low, *(self.text.rfind(mark, low, frame.mention.start) + 1 for mark in _SENTENCE_MARKS))
        mark = _HEAD_MARK.search(self.text, start, min(frame.mention.start, start + _LONGEST_TOPIC))
        if mark is None:
            return None
        piece = self._named(list_number_end(self.text, start, mark.start()), mark.start())
        return Phrase([piece]) if piece is not None else None

    def bare_clause(self, frame: Frame) -> Phrase | None:
        """The thing of the clause right before, where nothing but a copula leads to the number: `利润扭亏，达3亿元`."""
        if frame.item or frame.mention.role != "actual" or self.text[slice(*frame.lead)].strip():
            return None
        before = frame.previous
        if (
            before is None
            or before.clause.sentence != frame.clause.sentence
            or not frame.raw_lead[1] > frame.raw_lead[0]
        ):
            return None
        gap = self.text[before.mention.end : frame.clause.start]
        if len(_CLAUSE_MARK.findall(gap)) < 2 or len(gap) > _SIGHT:
            return None
        return self.clause_before(frame)

    def host(self, frame: Frame) -> Phrase | None:
        """What stands before the bracket this number is in."""
        if frame.clause.parent is None:
            return None
        if frame.host is not None and (phrase := self.of(frame.host)) is not None and phrase.pieces:
            return phrase
        opened = max([frame.clause.parent.start, *(b for _, b in frame.clause.parent.holes if b < frame.clause.start)])
        start = skip_front(self.text, opened, frame.clause.start - 1, self.words)
        piece = self.core(trim(self.text, start, frame.clause.start - 1))
        return Phrase([piece]) if 2 <= piece[1] - piece[0] <= _LONGEST_TOPIC else None

    def outside(self, frame: Frame) -> Phrase | None:
        """The last level told before the brackets that give it for place after place: `河北（100%）、辽宁（97%）`."""
        before = frame.previous
        for _ in range(_FURTHEST):
            if before is None:
                break
            phrase = self.of(before)
            if before.clause.parent is None and phrase is not None and before.mention.role in ("actual", "target"):
                return phrase if phrase.pieces else None
            before = before.previous
        return None

    def in_sentence(self, frame: Frame) -> Phrase | None:
        """The phrase of the number before this one in its sentence that suits best; the nearest of equals.

        A rate wants what was reached, a change a level; brackets and ratios are aside from the topic.
        """
        best: tuple[int, Phrase] | None = None
        before = frame.previous
        for _ in range(_FURTHEST):
            if before is None or before.clause.sentence != frame.clause.sentence:
                break
            phrase = self.of(before)
            if phrase is not None and phrase.pieces and before.mention.role != "context":
                rank = self._rank(frame, before)
                if best is None or rank > best[0]:
                    best = rank, phrase
            before = before.previous
        return best[1] if best else None

    @staticmethod
    def _rank(frame: Frame, before: Frame) -> int:
        rank = 0
        if before.clause.parent is None or frame.clause.parent is before.clause.parent:
            rank += 4
        if frame.mention.role in ("rate", "change"):
            rank += {"actual": 2, "target": 1, "baseline": 1}.get(before.mention.role, 0)
        elif before.mention.unit not in _PERCENT or frame.mention.unit in _PERCENT:
            rank += 2
        return rank

    def clause_before(self, frame: Frame) -> Phrase | None:
        """The thing the clause before this one speaks of, where it has no number: `装修工程，累计完成至60%`."""
        far = max(frame.passage.start, frame.clause.start - _SIGHT)
        start = frame.clause.start
        for _ in range(2):
            end = start
            while end > far and (self.text[end - 1].isspace() or _CLAUSE_MARK.match(self.text, end - 1)):
                end -= 1
            start = max([far, *(h.end() for h in _CLAUSE_MARK.finditer(self.text, far, end))])
            start = max(start, *(self.text.rfind(mark, far, end) + 1 for mark in _SENTENCE_MARKS))
            piece = self._named(list_number_end(self.text, start, end), end)
            if piece is not None and not any(d.start < piece[1] and piece[0] < d.end for d in frame.passage.dates):
                return Phrase([piece])
            if start <= far or self.text[start - 1] in _SENTENCE_MARKS:
                break
        return None

    def _named(self, start: int, end: int) -> Piece | None:
        """The thing a clause names: without what opens it, up to the words that tell its state."""
        front = skip_front(self.text, start, end, self.words)
        inside = self.words.within(front, end)
        if inside and self.text[slice(*inside[-1])] in STRIP:
            return None
        if len(inside) > 2 and self.text[inside[0][0] : inside[0][1]] in _VERBS:
            front = skip_front(self.text, inside[0][1], end, self.words)
        state = _STATE.search(self.text, front + 2, end) if end - front > 2 else None
        piece = self.core(trim(self.text, front, state.start() if state else end))
        length = piece[1] - piece[0]
        name = self.text[piece[0] : piece[1]]
        if _HEADING.search(self.text, *piece) or name in _LIGHT_NOUNS or _STATE.fullmatch(name):
            return None
        if not 2 <= length <= _LONGEST_TOPIC or any(c.isdigit() for c in name):
            return None
        return piece

    def earlier(self, frame: Frame) -> Phrase | None:
        """The last number of the passage in this unit, else the only one of the task in this unit."""
        unit, task = frame.mention.unit, frame.passage.task
        if frame.mention.role == "change" and (grown := self._grown.get(id(frame.passage))) is not None:
            return grown
        level = self._level(frame)
        planned = self._promised.get((id(task), unit), []) if frame.passage.role == "plan" else []
        if len(planned) == 1:
            return planned[0]
        if level is not None or task is None or frame.passage.role == "task":
            return level
        named = self._promised.get((id(task), unit)) or self._of_task.get((id(task), unit), [])
        return named[0] if len({self._spelled(phrase) for phrase in named}) == 1 else self._same_act(frame, named)

    def _spelled(self, phrase: Phrase) -> str:
        return "|".join(self.text[a:b] for a, b in phrase.pieces)

    def _same_act(self, frame: Frame, named: list[Phrase]) -> Phrase | None:
        """Of several promises the one that names what was done: `新开工住房80套，建成60套`, then `已新开工75套`."""
        act = self.text[slice(*frame.lead)][-_ACT:].strip()
        alike = sorted((self._spelled(phrase), place) for place, phrase in enumerate(named))
        alike = [(name, place) for name, place in alike if act and act in name]
        if not alike or any(not name.startswith(alike[0][0]) for name, _ in alike):
            return None
        return named[alike[0][1]]

    def _level(self, frame: Frame) -> Phrase | None:
        """The last level of the passage in this unit; outside tasks only of the same line."""
        level = self._levels.get((id(frame.passage), frame.mention.unit))
        if level is None or not level.pieces or frame.passage.task is not None:
            return level
        return level if "\n" not in self.text[level.pieces[-1][1] : frame.mention.start] else None

    def line_head(self, frame: Frame) -> Phrase | None:
        """The first number of the line, where it opens it: `400座山塘除险。上半年已完成投资…`."""
        first, before = None, frame.previous
        for _ in range(_FURTHEST):
            if before is None or "\n" in self.text[before.mention.end : frame.mention.start]:
                break
            first, before = before, before.previous
        phrase = self.of(first)
        if first is None or phrase is None or not phrase.pieces or first.mention.role not in ("actual", "target"):
            return None
        start = self.text.rfind("\n", 0, first.mention.start) + 1
        return (
            phrase
            if not self.text[list_number_end(self.text, start, first.mention.start) : first.lead[1]].strip()
            else None
        )

    def core_of(self, phrase: Phrase) -> list[Piece]:
        """The thing itself, without the verb of its own number (`完成`, `累计`) and without what happened to it."""
        pieces = [piece for piece in phrase.pieces if piece != phrase.predicate]
        if len(pieces) > 1 and phrase.verb == pieces[0]:
            pieces = pieces[1:]
        core = [self.core(piece) for piece in pieces]
        return [piece for piece in core if piece[0] < piece[1]] or pieces

    def core(self, piece: Piece) -> Piece:
        start, end = piece
        if hit := _LIGHT_FRONT.match(self.text, start, end):
            start = hit.end()
        if (hit := _STAGE.search(self.text, start + 2, end)) and self.words.is_edge(hit.start()):
            end = hit.start()
        if hit := _LIGHT_END.search(self.text, start, end):
            end = hit.start()
        return trim(self.text, start, end)


_SENTENCE_MARKS = tuple(load("cues")["units"]["sentence_marks"])
