"""Which numbers may answer each other at all: those of one task, or of one paragraph of prose."""

from __future__ import annotations

from dataclasses import replace

from mse.extract.passages import Passage, Passages

# Every pair of a neighbourhood is looked at, so overlong ones are cut: the work must not grow with the text's square.
_MOST_IN_TASK = 400
_MOST_IN_PROSE = 100


def neighbourhoods(passages: Passages) -> list[list[Passage]]:
    """The passages of each task together, and each paragraph of prose alone, in the order of the text."""
    of_task: dict[int, list[Passage]] = {}
    found: list[list[Passage]] = []
    for passage in passages.items:
        if passage.task is None:
            found.extend([paragraph] for paragraph in _paragraphs(passages.text, passage))
        elif id(passage.task) in of_task:
            of_task[id(passage.task)].append(passage)
        else:
            of_task[id(passage.task)] = [passage]
            found.append(of_task[id(passage.task)])
    return [part for cells in found for part in _parts(cells)]


def _paragraphs(text: str, passage: Passage) -> list[Passage]:
    found: list[Passage] = []
    start, at = passage.start, 0
    for line in text[passage.start : passage.end].split("\n"):
        end, first = start + len(line), at
        while at < len(passage.mentions) and passage.mentions[at].start <= end:
            at += 1
        if at > first:
            inside = passage.mentions[first:at]
            found.append(replace(passage, start=start, end=max(end, inside[-1].end), mentions=inside))
        start = end + 1
    return found


def _parts(cells: list[Passage]) -> list[list[Passage]]:
    """Pieces of no more than so many mentions, cut right behind a mention."""
    most = _MOST_IN_PROSE if cells[0].task is None else _MOST_IN_TASK
    if sum(len(cell.mentions) for cell in cells) <= most:
        return [cells]
    parts: list[list[Passage]] = [[]]
    room = most
    for cell in cells:
        start, at = cell.start, 0
        while at < len(cell.mentions):
            if not room:
                parts.append([])
                room = most
            piece = cell.mentions[at : at + room]
            at += len(piece)
            room -= len(piece)
            end = cell.end if at == len(cell.mentions) else piece[-1].end
            parts[-1].append(replace(cell, start=start, end=end, mentions=piece))
            start = end
    return parts
