"""The rules: everything that lexicons and the way names are built decide without a trained model."""

from __future__ import annotations

import regex

from mse.grammar import load
from mse.ner import offices, places
from mse.ner.borders import own_start
from mse.ner.people import People
from mse.ner.spans import Found, without_overlaps
from mse.ner.titles import Title, titles

_POSTS = load("posts")
_OFFICES = load("offices")
_LEVEL_CHARS = frozenset(_OFFICES["levels"]["chars"])
_LEVEL_WORDS = tuple(word for word in _OFFICES["levels"]["own_name"])
_FIRM = regex.compile(_POSTS["firm"]["pattern"])
_GENERIC_LEVEL = tuple(load("divisions")["generic_levels"]["words"])


class Scan:
    """One text under the rules; `found` grows in the order of certainty."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Found] = []

    def run(self) -> list[Found]:
        """All that the rules find, without overlaps, in the order of the text."""
        text = self.text
        posts = titles(text)
        known = places.known(text)
        organizations = self._organizations(known, posts)
        posts = _without_taken(posts, organizations)
        posts, organizations = self._attach_organs(posts, organizations, known)
        spans = [Found(p.start, p.end, "POST", firm=_FIRM.match(text, p.start, p.end) is not None) for p in posts]
        own = self._places_before_titles(posts, spans, known)
        firm = {end for _, end in offices.leveled(text)}
        spans += [Found(a, b, "ORG", firm=b in firm) for a, b in organizations]
        taken = {i for s in spans for i in range(s.start, s.end)}
        for start, end in known:
            stop = end
            while stop > start and stop - 1 in taken:
                stop -= 1
            if stop - start >= 2 and start not in taken:
                own.append((start, stop))
        spans += [Found(a, b, "PLACE") for a, b in own]
        spans = without_overlaps(spans)
        floors, ends = _floors(text, spans)
        spans += [Found(a, b, "PLACE") for a, b in places.named(text, floors, ends)]
        spans = without_overlaps(spans)
        return without_overlaps([*People(text, spans).find(), *spans])

    def _organizations(self, known: list[tuple[int, int]], posts: list[Title]) -> list[tuple[int, int]]:
        """Offices, whose names may begin with places; the places inside them are gone afterwards."""
        text = self.text
        place_at = {i: (a, b) for a, b in known for i in range(a, b)}
        ends_at = {b: a for a, b in known}
        title_at = {i: t for t in posts for i in range(t.start, t.end)}
        found: list[tuple[int, int]] = [
            span for span in offices.known(text) if not _organ_alone(title_at.get(span[0]), span)
        ]

        def chain(start: int) -> int:
            while start in ends_at:
                start = ends_at[start]
            if text.endswith(_LEVEL_WORDS, 0, start):
                start -= next(len(word) for word in _LEVEL_WORDS if text.endswith(word, 0, start))
            return start

        for start, end in offices.leveled(text):
            if _claimed(title_at.get(start) or title_at.get(end - 1), end):
                continue
            begin = start
            if start in place_at and place_at[start][1] <= end and place_at[start][0] < start:
                begin = place_at[start][0]
            elif start not in ends_at and text[start] in _LEVEL_CHARS and not text.startswith(_LEVEL_WORDS, start):
                own = own_start(text, start, 0, 2, 4)
                if own >= 0 and not text[own : start + 1].endswith(_GENERIC_LEVEL):
                    begin = own
            found.append((chain(begin), end))
        for start, end in known:
            office = offices.after_place(text, end)
            if office > end and not _claimed(title_at.get(end) or title_at.get(end - 1), office):
                found.append((chain(start), office))
        floors, _ = _floors(text, [Found(t.start, t.end, "POST") for t in posts])
        for start, end in offices.named(text, floors):
            if not _organ_alone(title_at.get(start), (start, end)):
                found.append((start, end))
        found.sort(key=lambda span: (span[0], -span[1]))
        kept: list[tuple[int, int]] = []
        for span in found:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _attach_organs(
        self, posts: list[Title], organizations: list[tuple[int, int]], known: list[tuple[int, int]]
    ) -> tuple[list[Title], list[tuple[int, int]]]:
        """An organ inside a title belongs to the office or the place right before it: 市人民医院|急诊科主任."""
        by_end = {end: start for start, end in known} | {end: start for start, end in organizations}
        for post in posts:
            if post.head > 0 and post.start in by_end:
                start = by_end[post.start]
                organizations = [span for span in organizations if span[1] != post.start]
                organizations.append((start, post.head))
                post.start, post.head = post.head, -1
        return posts, sorted(organizations)

    def _places_before_titles(
        self, posts: list[Title], spans: list[Found], known: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Places of any name right before a title that begins with a level: 云山|县委书记, 金利镇|党委书记."""
        text, own = self.text, []
        known_end = {b for _, b in known}
        covered = {i for a, b in known for i in range(a, b)}
        for span, post in zip(spans, posts, strict=True):
            if text[post.start] not in _LEVEL_CHARS and post.level < 0:
                continue
            if post.start in known_end or post.start in covered:
                start = next((a for a, b in known if a < post.start <= b), post.start)
            else:
                start = own_start(text, post.start, 0, 2, 4)
                if start >= 0 and text[start : post.start + 1].endswith(_GENERIC_LEVEL):
                    start = -1
            if start < 0 or start >= post.start:
                continue
            stop = post.start
            if post.level > post.start:
                stop = span.start = post.start = post.level
            own.append((start, stop))
        return own


def _organ_alone(title: Title | None, span: tuple[int, int]) -> bool:
    """Whether an office is the organ inside a title and nothing stands before it: 外交部发言人."""
    return title is not None and (title.start, title.head) == span


def _claimed(title: Title | None, end: int) -> bool:
    """Whether what ends at `end` is no office but the opening of a title: 市委 in 市委书记."""
    return title is not None and title.level < end < title.end and end != title.head


def _without_taken(posts: list[Title], organizations: list[tuple[int, int]]) -> list[Title]:
    """Titles without what offices claimed: 市公安局|党委书记, and none that lies inside an office."""
    by_place = {i: span for span in organizations for i in range(*span)}
    kept = []
    for post in posts:
        office = by_place.get(post.start)
        if office is not None:
            if office[1] in (post.level, post.head):
                post.start = office[1]
            elif office[1] >= post.end or office[1] > post.start:
                continue
        kept.append(post)
    return kept


def _floors(text: str, spans: list[Found]) -> tuple[list[int], set[int]]:
    """For each place in the text how far back a name may reach, and where places end."""
    floors = [0] * (len(text) + 1)
    ends = {s.end: s for s in spans}
    last = 0
    for index in range(len(text) + 1):
        if index in ends:
            last = index
        floors[index] = last
    return floors, {s.end for s in spans if s.label == "PLACE"}


def find(text: str) -> list[Found]:
    """What the rules find in a text, in its order and without overlaps."""
    return Scan(text).run() if text else []
