"""Where each quantity of a task stands: clause, sentence, bracket, list, and the words around it.

Pairing and rates look at quantities through this view, so that they need not know how clauses are cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from mse.extract.neighbourhood import neighbourhoods
from mse.extract.nesting import NestedClause
from mse.extract.passages import Passage, Passages
from mse.extract.similarity import says
from mse.grammar import alternation, load
from mse.model import Mention

_PART = regex.compile(alternation(load("pairing")["part"]["words"]))
_LIST_MARK = regex.compile(rf"\s*(?:{load('clauses')['list_mark']})\s*")
_ENOUGH = 2.0  # telling characters that name a thing


@dataclass(slots=True, eq=False)
class Placed:
    """A quantity with its place.

    `before` and `after` are the words around it up to the quantities beside it in the clause; `context` is as much of
    them as names the thing; `lead` is the sentence since the number before and `head` the sentence
    up to its first number. `cell` counts the passages of the unit, `order` its quantities; `sentence` counts within the
    passage. `host` is the number before the bracket it stands in; `part` says that it breaks down a number before it.
    """

    mention: Mention
    role: str
    cell_role: str
    cell: int
    sentence: int
    clause: NestedClause
    order: int
    before: str
    after: str
    context: str
    lead: str
    head: str
    host: Placed | None = None
    part: bool = False

    @property
    def words(self) -> str:
        """The metric and what stands before the number: where cue words are looked for."""
        return f"{self.mention.metric}|{self.before}"

    @property
    def subordinate(self) -> bool:
        """Whether it is a part of another number: broken down from it, or of its kind and in its bracket."""
        return self.part or (self.host is not None and self.host.mention.unit == self.mention.unit)

    def same_sentence(self, other: Placed) -> bool:
        """Whether both stand in one sentence of one cell."""
        return self.cell == other.cell and self.sentence == other.sentence


Neighbourhood = tuple[list[Passage], list[Placed]]


def placed_neighbourhoods(passages: Passages) -> list[Neighbourhood]:
    """The passages whose numbers may answer each other, with their quantities in place; reads the roles."""
    return [(cells, place(passages.text, cells)) for cells in neighbourhoods(passages)]


def place(text: str, passages: list[Passage]) -> list[Placed]:
    """The quantities of the passages in the order of the text, each with its place."""
    found: list[Placed] = []
    for cell, passage in enumerate(passages):
        quantities = passage.quantities
        if quantities:
            _place_passage(text, passage, cell, quantities, found)
    return found


def _place_passage(text: str, passage: Passage, cell: int, quantities: list[Mention], found: list[Placed]) -> None:
    first = len(found)
    sentence_start: dict[int, int] = {}
    around: dict[int, tuple[NestedClause, int, int]] = {}
    for clause in passage.nested_clauses(text):
        end = clause.start
        sentence_start.setdefault(clause.sentence, clause.start)
        for i, quantity in enumerate(clause.quantities):
            following = clause.quantities[i + 1].start if i + 1 < len(clause.quantities) else clause.end
            stop = min([following, *(a for a, _ in clause.holes if a >= quantity.end)])
            around[id(quantity)] = (clause, _behind_holes(clause, end, quantity.start), max(stop, quantity.end))
            end = quantity.end
    heads: dict[int, str] = {}
    breaking: tuple[int, NestedClause | None] | None = None
    for quantity in quantities:
        stray = (NestedClause(quantity.start, quantity.end, -1), quantity.start, quantity.end)
        clause, start, stop = around.get(id(quantity), stray)
        before, after = text[start : quantity.start], text[quantity.end : stop]
        last = found[-1].mention.end if len(found) > first else passage.start
        level = (clause.sentence, clause.parent)
        if _PART.search(before):
            breaking = level
        elif breaking != level:
            breaking = None
        head = heads.setdefault(
            clause.sentence, text[sentence_start.get(clause.sentence, quantity.start) : quantity.start]
        )
        host = None
        if clause.parent is not None:
            outer = [p for p in found[first:] if p.clause is clause.parent and p.mention.end <= clause.start]
            host = outer[-1] if outer else None
        found.append(
            Placed(
                mention=quantity,
                role=quantity.role,
                cell_role=passage.role,
                cell=cell,
                sentence=clause.sentence,
                clause=clause,
                order=len(found),
                before=before,
                after=after,
                context=_context(before, after, not_first=start > clause.start),
                lead=text[max(sentence_start.get(clause.sentence, start), min(last, start)) : quantity.start],
                head=head,
                host=host,
                part=breaking is not None,
            )
        )


def _behind_holes(clause: NestedClause, start: int, end: int) -> int:
    """Where the words before a number begin: brackets with numbers of their own are not among them."""
    return max([start, *(b for _, b in clause.holes if start <= b <= end)])


def _context(before: str, after: str, not_first: bool) -> str:
    """The words before the number, or those behind it where the ones before say too little.

    Between two numbers, what stands before the list mark belongs to the first (`7家敬老院、7家示范点`).
    """
    marks = list(_LIST_MARK.finditer(before)) if not_first else []
    own = before[marks[-1].end() :] if marks else before
    if says(own) >= _ENOUGH:
        return own
    mark = _LIST_MARK.search(after)
    return f"{own}|{after[: mark.start()] if mark else after}"


def joined_as_list(text: str, first: Mention, second: Mention) -> bool:
    """Whether nothing but a list mark stands between two numbers."""
    hit = _LIST_MARK.match(text, first.end, second.start)
    return hit is not None and hit.end() == second.start
