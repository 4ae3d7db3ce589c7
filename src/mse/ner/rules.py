"""The rules: everything that lexicons and the way names are built decide without a trained model."""

from __future__ import annotations

import regex

from mse.grammar import alternation, load
from mse.ner import names, offices, places
from mse.ner.borders import own_start
from mse.ner.spans import Found, without_overlaps
from mse.ner.titles import Title, titles

_POSTS = load("posts")
_OFFICES = load("offices")
_SURNAMES = load("surnames")
_LEVEL_CHARS = frozenset(_OFFICES["levels"]["chars"])
_LEVEL_WORDS = tuple(word for word in _OFFICES["levels"]["own_name"])
_BETWEEN = regex.compile(_SURNAMES["tie"]["pattern"])
_AND = regex.compile(_SURNAMES["and"]["pattern"])
_RESPONSIBLE = regex.compile(alternation(_SURNAMES["responsible"]["words"]) + _SURNAMES["tie"]["pattern"])
_ACT = regex.compile(
    alternation([word for kind in ("appoint", "remove") for word in _POSTS["acts"][kind]]) + r"[:：]?\s*"
)
_TAKES = regex.compile(_SURNAMES["takes"]["pattern"].replace("{takes}", alternation(_POSTS["acts"]["takes"])))
_FIRM = regex.compile(_POSTS["firm"]["pattern"])
_BRACKET = regex.compile(_SURNAMES["before_bracket"]["pattern"] + "$")
_NAME_LINE = regex.compile(r"(?m)^[ \u3000\t]*(?P<name>\p{Han}[ \u3000]{0,3}\p{Han}{1,3})[ \u3000\t\r]*$")
_LINE_ABOVE = regex.compile(r"(?s).*?(?P<gap>\s*\n\s*)\Z")
_BECOME = frozenset(_POSTS["acts"]["become"])
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
        people = self._persons(spans)
        return without_overlaps([*people, *spans])

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

    def _persons(self, spans: list[Found]) -> list[Found]:
        text = self.text
        starts = {s.start for s in spans if s.label != "PLACE" or s.end - s.start > 2}
        # A short name of a place may be a person's where a person is announced: 主席安宁.
        starts |= {hit.start() for hit in _RESPONSIBLE.finditer(text)}
        taken = {i for s in spans if s.label != "PLACE" or s.end - s.start > 2 for i in range(s.start, s.end)}
        people: list[tuple[int, int]] = [*names.dotted(text, taken), *names.withheld(text)]
        seen = {i for a, b in people for i in range(a, b)}

        def is_free(start: int, end: int) -> bool:
            return not any(i in seen or i in taken for i in range(start, end))

        def add(start: int, strict: bool = False) -> int:
            if start in seen:
                return next((b for a, b in people if a == start), -1)
            if start >= len(text) or start in taken:
                return -1
            if text[start] in names.JOINTS and start - 1 in taken:
                return -1
            end = names.name_end(text, start, starts, strict)
            if end > 0 and not any(i in taken or i in seen for i in range(start, end)):
                people.append((start, end))
                seen.update(range(start, end))
                return end
            return -1

        def listed(end: int) -> None:
            while end > 0 and (joint := _AND.match(text, end)):
                end = add(joint.end(), strict=True)

        for span in spans:
            if span.label == "POST":
                tie = _BETWEEN.match(text, span.end)
                if tie:
                    listed(add(tie.end()))
                floor = max((s.end for s in spans if s.end <= span.start), default=0)
                stop = span.start
                if bracket := _BRACKET.search(text, max(floor, stop - 10), stop):
                    stop = bracket.start()
                if floor < stop and stop - 1 not in seen:
                    start = names.name_start(text, stop, floor)
                    if start < 0 and stop == span.start and names.surname_only(text, stop, floor):
                        start = stop - 1
                    if start >= 0 and is_free(start, stop):
                        people.append((start, stop))
                        seen.update(range(start, stop))
        responsible: set[int] = set()
        in_office = {s.end - 1 for s in spans if s.label in ("ORG", "POST")}
        for pattern in (_RESPONSIBLE, _ACT):
            for hit in pattern.finditer(text):
                if pattern is _RESPONSIBLE:
                    responsible.add(hit.end())
                listed(add(hit.end(), strict=pattern is _ACT))
        for hit in _TAKES.finditer(text):
            # 张立新任市长: the first character of the act may be the last one of the name.
            for end in (hit.start() + 1, hit.start()):
                if end > hit.start() and text[end : hit.end()] not in _BECOME:
                    continue
                start = names.name_start(text, end, max(0, end - 6))
                if start >= 0 and end - start > 2 - (end == hit.start()) and is_free(start, end):
                    people.append((start, end))
                    seen.update(range(start, end))
                    break
        for _, end in list(people):
            listed(end)
        for hit in _NAME_LINE.finditer(text):
            # A name alone in its line below an office or another name, as in the cells of a table.
            above = _LINE_ABOVE.match(text[max(0, hit.start() - 40) : hit.start()])
            if above and any(i in seen or i in in_office for i in (hit.start() - len(above.group("gap")) - 1,)):
                end = names.name_end(text, hit.start("name"), starts, strict=True)
                if end == hit.end("name") and is_free(hit.start("name"), end):
                    people.append((hit.start("name"), end))
                    seen.update(range(hit.start("name"), end))
        answers = {start for start, _ in names.withheld(text)} | responsible
        return [Found(a, b, "PERSON", firm=a in answers) for a, b in sorted(set(people))]


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
