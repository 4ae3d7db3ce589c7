"""Who holds what post where: names, titles and offices of one paragraph are tied to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from mse.grammar import alternation, load
from mse.model import Official
from mse.ner.offices import is_private
from mse.ner.spans import Found

_POSTS = load("posts")
_NAMES = load("surnames")
_ACTS, _TIES = _POSTS["acts"], _POSTS["ties"]
_WORDS = {
    "{status}": alternation([word for words in _POSTS["status"].values() if isinstance(words, list) for word in words]),
    "{become}": alternation(_ACTS["become"]),
    "{resign}": alternation(_ACTS["resign"]),
    "{remove}": alternation(_ACTS["remove"]),
    "{held}": alternation(_POSTS["held"]["words"]),
}


def _tie(name: str) -> regex.Pattern[str]:
    pattern = _TIES[name]
    for key, words in _WORDS.items():
        pattern = pattern.replace(key, words)
    return regex.compile(pattern)


_RIGHT, _JOINT, _BRACKET, _COMMA, _ACT, _LIFE, _OF, _INSIDE = map(
    _tie, ("right", "joint", "bracket", "comma", "act", "life", "of", "inside")
)
_OPENED = regex.compile(rf"{_TIES['inside']}$")
_REMOVED = regex.compile(rf"{_WORDS['{remove}']}[:：]?\s*$")
_REPLACED = regex.compile(rf"{alternation(_POSTS['replacing']['words'])}\s*$")
_HELD = regex.compile(rf"(?:{_WORDS['{status}']})*")
_DEALT = regex.compile(alternation(_POSTS["dealt"]["words"]))
_ANCHORED = regex.compile(_POSTS["anchored"]["pattern"])
_ANSWERS = regex.compile(_POSTS["answers"]["pattern"])
_AND = regex.compile(_NAMES["and"]["pattern"])
_RESPONSIBLE = regex.compile(alternation(_NAMES["responsible"]["words"]) + _NAMES["tie"]["pattern"])
_PRIVATE_HEADS = tuple(_POSTS["private"]["words"])
_AND_COMMA = regex.compile(rf"{_NAMES['and']['pattern']}|{_POSTS['ties_end']['list']}")


@dataclass(slots=True)
class _Post:
    """A title with the places and the office right before it; `start` is where those begin."""

    span: Found
    start: int
    organization: Found | None = None


@dataclass(slots=True)
class _Person:
    """One name at one place, with what is tied to it."""

    span: Found
    posts: list[_Post] = field(default_factory=list)
    responsible: bool = False
    organization: Found | None = None


@dataclass(slots=True)
class _Block:
    """Titles in a row, or names in a row."""

    posts: list[_Post] = field(default_factory=list)
    people: list[_Person] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.posts[0].start if self.posts else self.people[0].span.start

    @property
    def end(self) -> int:
        return self.posts[-1].span.end if self.posts else self.people[-1].span.end


def officials(text: str, entities: Sequence[Found]) -> list[Official]:
    """The holders of public posts and the people named as responsible, in the order of the text.

    `entities` are the names, titles, offices and places of the text, in its order and without overlaps.
    """
    people: list[_Person] = []
    for paragraph in _paragraphs(text, entities):
        people += _tied(text, paragraph)
    return _merged(text, people)


def _paragraphs(text: str, entities: Sequence[Found]) -> Iterator[list[Found]]:
    current: list[Found] = []
    for entity in entities:
        if current and "\n" in text[current[-1].end : entity.start]:
            yield current
            current = []
        current.append(entity)
    if current:
        yield current


def _tied(text: str, entities: list[Found]) -> list[_Person]:
    blocks = _blocks(text, entities)
    left: _Block | None = None
    for index, block in enumerate(blocks):
        if block.posts:
            _assign(text, block, left, blocks[index + 1] if index + 1 < len(blocks) else None)
        elif left is None or not _REPLACED.search(text, max(0, block.start - 4), block.start):
            # 张某接替李某任局长: the one who replaces takes the post.
            left = block
    _carry(text, blocks)
    people = [person for block in blocks for person in block.people]
    _responsible(text, blocks, entities)
    return people


def _blocks(text: str, entities: list[Found]) -> list[_Block]:
    blocks: list[_Block] = []
    organization: Found | None = None
    chain = -1
    last: Found | None = None
    for entity in entities:
        adjacent = last is not None and last.end == entity.start
        if entity.label in ("ORG", "PLACE"):
            chain = (
                chain
                if adjacent and chain >= 0 and last is not None and last.label in ("ORG", "PLACE")
                else entity.start
            )
            organization = entity if entity.label == "ORG" else organization if adjacent else None
        elif entity.label == "POST":
            in_front = (
                last is not None and last.label in ("ORG", "PLACE") and _HELD.fullmatch(text, last.end, entity.start)
            )
            headed = last is not None and last.label == "ORG" and _INSIDE.fullmatch(text, last.end, entity.start)
            post = _Post(entity, chain if in_front else entity.start, organization if in_front or headed else None)
            if blocks and blocks[-1].posts and _JOINT.fullmatch(text, blocks[-1].end, post.start):
                blocks[-1].posts.append(post)
            else:
                blocks.append(_Block(posts=[post]))
            organization, chain = None, -1
        else:
            person = _Person(entity)
            if blocks and blocks[-1].people and _AND.fullmatch(text, blocks[-1].end, entity.start):
                blocks[-1].people.append(person)
            else:
                blocks.append(_Block(people=[person]))
            organization, chain = None, -1
        last = entity
    return blocks


def _assign(text: str, block: _Block, left: _Block | None, right: _Block | None) -> None:
    """Give the titles of a block to the names behind it, or to those before it."""
    posts = list(block.posts)
    to_right = right is not None and bool(right.people) and _RIGHT.fullmatch(text, block.end, right.start) is not None
    owners, firm = _owners(text, block, left)
    if to_right and right is not None:
        if firm and owners and len(posts) > 1:
            _give(owners, posts[:1])
            posts = posts[1:]
        elif firm and owners:
            _give(owners, posts)
            return
        _give(right.people, posts)
    elif owners:
        if left is not None and len(owners) == len(posts) > 1 and _DEALT.search(text, left.end, block.start):
            for owner, post in zip(owners, posts, strict=True):
                owner.posts.append(post)
        else:
            _give(owners, posts)


def _owners(text: str, block: _Block, left: _Block | None) -> tuple[list[_Person], bool]:
    """The names before the titles that they belong to, and whether a verb or a bracket says so."""
    if left is None:
        return [], False
    start, end = left.end, block.start
    last = left.people[-1]
    if start == end:
        return ([last] if last.posts else left.people), False
    if _BRACKET.fullmatch(text, start, end):
        return [last], True
    if _OF.fullmatch(text, start, end):
        removed = _REMOVED.search(text, max(0, left.start - 8), left.start)
        return (left.people, True) if removed else ([], False)
    if _ACT.fullmatch(text, start, end):
        return left.people, True
    if _COMMA.fullmatch(text, start, end):
        return [last], False
    if _LIFE.fullmatch(text, start, end):
        return [last], False
    return [], False


def _give(owners: list[_Person], posts: list[_Post]) -> None:
    for owner in owners:
        owner.posts.extend(posts)


def _carry(text: str, blocks: list[_Block]) -> None:
    """Carry an office along a list: 市教育局局长张某、副局长李某."""
    office: Found | None = None
    end = -1
    for block in blocks:
        if block.people:
            end = block.end if office else -1
            continue
        if end >= 0 and not _AND_COMMA.fullmatch(text, end, block.start):
            office = None
        for post in block.posts:
            if post.organization is not None:
                office = post.organization
            elif _ANCHORED.match(text[post.span.start : post.span.end]):
                office = None
            elif office is not None:
                post.organization = office


def _responsible(text: str, blocks: list[_Block], entities: list[Found]) -> None:
    offices = {entity.end: entity for entity in entities if entity.label == "ORG"}
    named = [block for block in blocks if block.people]
    if not named:
        return
    first, last = named[0].start, named[-1].end
    ends = {hit.end(): hit.start() for hit in _RESPONSIBLE.finditer(text, max(0, first - 40), last)}
    for block in named:
        if block.start in ends:
            for person in block.people:
                person.responsible = True
                person.organization = offices.get(_before_bracket(text, ends[block.start]))
        elif _ANSWERS.match(text, block.end):
            for person in block.people:
                person.responsible = True


def _before_bracket(text: str, position: int) -> int:
    """Where what stands before the bracket ends that opens right before the position; else the position."""
    opened = _OPENED.search(text, max(0, position - 6), position)
    return opened.start() if opened else position


def _is_private(text: str, post: _Post) -> bool:
    title = text[post.span.start : post.span.end]
    if post.organization is not None:
        return is_private(text[post.organization.start : post.organization.end])
    return title.endswith(_PRIVATE_HEADS) or is_private(title)


def _merged(text: str, people: list[_Person]) -> list[Official]:
    """One official for each name, with the posts from everywhere in the text."""
    by_name: dict[str, list[_Person]] = {}
    for person in people:
        by_name.setdefault("".join(text[person.span.start : person.span.end].split()), []).append(person)
    found = []
    for name, places in by_name.items():
        posts = [post for place in places for post in place.posts]
        posts.sort(key=lambda post: post.span.start)
        responsible = any(place.responsible for place in places)
        if not responsible and all(_is_private(text, post) for post in posts):
            continue
        titles = list(dict.fromkeys(text[p.span.start : p.span.end] for p in posts))
        offices = [p.organization for p in posts if p.organization] or [
            p.organization for p in places if p.organization
        ]
        spans = [place.span for place in places] + [post.span for post in posts] + offices[:1]
        found.append(
            Official.model_construct(
                name=name,
                posts=titles,
                organization=text[offices[0].start : offices[0].end] if offices else "",
                start=places[0].span.start,
                end=places[0].span.end,
                spans=sorted({(span.start, span.end) for span in spans}),
            )
        )
    return found
