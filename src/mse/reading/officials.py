"""Offices and people in the cells of a table: split lists, join names that are broken over lines."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from mse.grammar import alternation, load
from mse.ner.cells import office_before, person_in
from mse.ner.names import is_surname
from mse.reading.clean import squeeze, unmarked
from mse.reading.columns import OFFICIAL_ROLES, is_none

_DATA = load("officials")
_COLUMNS = load("columns")
_ENDINGS = tuple(_DATA["office_endings"]["words"])
_FALSE_ENDINGS = tuple(_DATA["false_endings"]["words"])
_DOING = tuple(_DATA["doing"]["words"])
_OPENINGS = tuple(_DATA["office_openings"]["words"])
_BRANCH = regex.compile(rf"\p{{Han}}{{1,4}}{alternation(_DATA['branches']['words'])}")
_FIELD = regex.compile(alternation(_DATA["fields_of_work"]["words"]))
_TAIL = regex.compile(_DATA["list_tail"]["pattern"])
_SEPARATORS = frozenset(_DATA["separators"]["marks"])
_OPEN, _CLOSE = frozenset(_DATA["brackets"]["open"]), frozenset(_DATA["brackets"]["close"])
_LIST_NUMBER = regex.compile(_DATA["list_number"]["pattern"])
_LAST_BRACKET = regex.compile(r"[（(][^（()）]*[)）]$")
_REMARK = regex.compile(r"[（(][^（()）]*[)）]")
_CONTACT = regex.compile(r"[:：]?[\s\d+\-—]{7,}")
_SENTENCE = regex.compile(f"[{_COLUMNS['sentence']['marks'].replace('；', '')}]")

_LABELS = {
    word: entry["role"] for entry in _COLUMNS["column"] if entry["role"] in OFFICIAL_ROLES for word in entry["words"]
}
_LABEL = regex.compile(rf"(?P<label>{alternation(_LABELS)}){_DATA['label']['pattern']}")
# A label of something else ends a value: 配合单位：市财政局；完成时限：12月底.
_OTHER_LABEL = regex.compile(rf"[；;。，,\s]\p{{Han}}{{2,8}}{_DATA['label']['pattern']}")
_LABEL_IN_TEXT = regex.compile(
    rf"[（(]\s*{_LABEL.pattern}[^（()）]{{0,300}}(?:[（(][^（()）]{{0,60}}[)）][^（()）]{{0,300}}){{0,9}}[)）]"
)


_SPACED_NAME = regex.compile(r"\p{Han}[ \u3000]+\p{Han}")
_SPACED_NAMES = regex.compile(rf"(?:{_SPACED_NAME.pattern}){{2,6}}")
_EVERY = regex.compile(_DATA["every"]["pattern"])
_LONGEST_POSTS = 40
_LONGEST_OF_DOING = 5


@dataclass(slots=True)
class Officials:
    """Who answers for a task, each list in the order of the text and without repeats.

    `offices` are responsible offices of which none is said to lead.
    """

    leaders: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)

    def add(self, role: str, names: list[str]) -> None:
        kept = self.of(role)
        kept[:] = dict.fromkeys([*kept, *names])

    def of(self, role: str) -> list[str]:
        match role:
            case "leader":
                return self.leaders
            case "lead":
                return self.lead
            case "office":
                return self.offices
            case "person":
                return self.persons
            case _:
                return self.supporting

    def resolved(self) -> tuple[list[str], list[str]]:
        """Leading and supporting offices: a responsible office leads unless another is named as leading."""
        if not self.lead:
            return list(self.offices), list(self.supporting)
        leading = set(self.lead)
        rest = [name for name in self.offices if name not in leading]
        return list(self.lead), list(dict.fromkeys([*rest, *self.supporting]))


def labelled(text: str) -> list[tuple[str, str]]:
    """Role and value of each label where a text consists of labels: `责任单位：市科技局 责任人：王某`."""
    text = text.strip()
    if not _LABEL.match(text):
        return []
    hits = list(_LABEL.finditer(text))
    if len(text) > 40 + 60 * len(hits):
        return []
    stops = [hit.start() for hit in hits[1:]] + [len(text)]
    found = []
    for hit, stop in zip(hits, stops, strict=True):
        other = _OTHER_LABEL.search(text, hit.end(), stop)
        found.append((_LABELS[hit["label"]], text[hit.end() : other.start() if other else stop]))
    return found


def labels_in_text(text: str) -> list[tuple[str, str]]:
    """Role and value of each label that stands in brackets in a task's text: `（牵头单位：市民政局）`."""
    found = []
    for hit in _LABEL_IN_TEXT.finditer(text):
        found += labelled(hit.group()[1:-1])
    return found


def read_cell(text: str, roles: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Names in an official cell by role; labels inside the cell go before the role of the column."""
    if is_none(text):
        return []
    if labels := labelled(text):
        return [(role, names(value, role)) for role, value in labels]
    people = [role for role in roles if role in ("person", "leader")]
    offices = [role for role in roles if role not in ("person", "leader")]
    if people and offices:
        found_offices, found_people = offices_and_persons(text)
        return [(offices[0], found_offices), (people[0], found_people)]
    return [(role, names(text, role)) for role in roles[:1]]


def names(text: str, role: str) -> list[str]:
    if role not in ("person", "leader"):
        return offices_of(text)
    # Spaced names whose line breaks were lost: 张 伟李 娜.
    return persons(_SPACED_NAME.sub(r"\g<0>、", text) if _SPACED_NAMES.fullmatch(text.strip()) else text)


def offices_of(text: str) -> list[str]:
    """The offices in a cell, complete names without inner space."""
    return _finish(_joined(_pieces(text)))


def persons(text: str) -> list[str]:
    """The people in a cell, without inner space, titles and telephone numbers; posts where nobody is named."""
    found: list[str] = []
    posts: list[str] = []
    for piece, joint in _pieces(text, spaced=True):
        plain = _plain(piece)
        name = person_in(plain)
        if found and joint != "mark" and len(plain) <= 2 and is_surname(found[-1]):
            found[-1] += plain
        elif name == "":
            posts.append(plain)
        else:
            found.append(name or _in_bracket(piece) or plain)
    return [name for name in dict.fromkeys(found or posts) if not is_none(name)]


def offices_and_persons(text: str) -> tuple[list[str], list[str]]:
    """The offices and the people of a cell that holds both: 市民政局|伍泽国, 市民政局局长伍泽国, 市民政局（伍泽国）."""
    offices: list[tuple[str, str]] = []
    people: list[str] = []
    posts: list[str] = []
    pieces = _pieces(text, spaced=True)
    for index, (piece, joint) in enumerate(pieces):
        plain = _plain(piece)
        if offices and not people and not _complete(offices[-1][0]) and joint == "line":
            offices.append((piece, joint))
        elif _looks_like_person(piece):
            following = pieces[index + 1 : index + 2]
            if not offices and any(not _looks_like_person(each) and not _is_post(each) for each, _ in following):
                # A short beginning of an office whose ending stands in the next line: 区城管|执法局.
                offices.append((piece, joint))
                continue
            people.append(person_in(plain) or plain)
            office = office_before(plain)
            if _complete(office):
                offices.append((office, "mark"))
        elif name := _in_bracket(piece):
            offices.append((plain, joint))
            people.append(name)
        elif _is_post(piece):
            posts.append(plain)
        else:
            offices.append((piece, joint))
    return _finish(_joined(offices)), list(dict.fromkeys(people or posts))


def looks_like_office(text: str) -> bool:
    """Whether a short text reads like the name of an office."""
    text = squeeze(text)
    if len(text) > _LONGEST_OF_DOING and text.startswith(_DOING):
        return False
    return 2 <= len(text) <= 40 and _complete(text)


def looks_like_person(text: str) -> bool:
    """Whether a short text reads like a person's name."""
    return _looks_like_person(squeeze(text))


def is_post(text: str) -> bool:
    """Whether a short text names posts and nobody who holds them: 县委常委、副县长."""
    pieces = _pieces(text, spaced=True) if len(text) <= _LONGEST_POSTS else []
    return bool(pieces) and all(_is_post(piece) for piece, _ in pieces)


def _looks_like_person(piece: str) -> bool:
    plain = _plain(piece)
    name = person_in(plain)
    # 市发展改革局局长王强 opens like an office and still names a person; 市北 does not.
    return bool(name) and not _complete(plain) and (name != plain or not plain.startswith(_OPENINGS[:8]))


def _is_post(piece: str) -> bool:
    """Whether a piece names a post and nobody who holds it: 市委常委, 分管副市长."""
    return person_in(_plain(piece)) == ""


def _complete(name: str) -> bool:
    """Whether an office's name ends where such names end."""
    name = _LAST_BRACKET.sub("", squeeze(name)) or name
    name = _TAIL.sub("", name) or name
    return name.endswith(_ENDINGS) and not name.endswith(_FALSE_ENDINGS)


def _pieces(text: str, spaced: bool = False) -> list[tuple[str, str]]:
    """Pieces of a cell with what stands before each: `mark`, `line` or `space`.

    With `spaced` a blank between single characters belongs to a name that is spaced out.
    """
    pieces: list[tuple[str, str]] = []
    depth = 0
    current: list[str] = []
    joint = "mark"

    def close(following: str) -> None:
        nonlocal joint
        piece = "".join(current).strip()
        current.clear()
        if piece:
            pieces.extend(_at_blanks(piece, joint, spaced))
            joint = following
        elif following == "mark" or joint == "mark":
            joint = "mark"

    plain = unmarked(text)
    whole = {index for hit in _EVERY.finditer(plain) for index in range(*hit.span())}
    for index, char in enumerate(plain):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        if char in "\r\n" and depth == 0:
            close("line")
        elif char in _SEPARATORS and depth == 0 and index not in whole:
            close("mark")
        else:
            current.append(char)
    close("mark")
    return _without_numbers(pieces)


def _at_blanks(piece: str, joint: str, spaced: bool) -> list[tuple[str, str]]:
    words = piece.split()
    if spaced and len(words) > 1 and any(len(word) == 1 for word in words):
        if len(words) == 4 and all(len(word) == 1 for word in words):
            words = [words[0] + words[1], words[2] + words[3]]
        elif len(words) <= 3 and sum(map(len, words)) <= 4:
            words = ["".join(words)]
    return [(word, joint if index == 0 else "space") for index, word in enumerate(words)]


def _without_numbers(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] = []
    for piece, joint in pieces:
        number = _LIST_NUMBER.match(piece)
        plain = squeeze(piece[number.end() :] if number else piece)
        if _SENTENCE.search(plain):
            break
        if kept and not number and joint != "mark" and _REMARK.fullmatch(plain):
            # A bracket in a line of its own belongs to what it stands below.
            kept[-1] = (kept[-1][0] + plain, kept[-1][1])
        elif plain and not is_none(plain) and not _CONTACT.fullmatch(plain):
            kept.append((plain, "mark" if number else joint))
    return kept


def _joined(pieces: list[tuple[str, str]]) -> list[str]:
    """Join pieces of one name: an incomplete one goes on in the next line, a bare branch belongs to the one above."""
    joined: list[str] = []
    for piece, joint in pieces:
        goes_on = bool(joined) and joint != "mark" and not piece.startswith(_OPENINGS) and not _complete(joined[-1])
        if joined and (goes_on or (joint != "mark" and _is_branch_of(piece, joined[-1]))):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _is_branch_of(piece: str, office: str) -> bool:
    return (
        _BRANCH.fullmatch(piece) is not None
        and not _FIELD.search(piece)
        and office.startswith(_OPENINGS)
        and _FIELD.search(office) is not None
        and not _BRANCH.search(office)
    )


def _finish(found: list[str]) -> list[str]:
    finished = [_TAIL.sub("", name) or name for name in found]
    return [name for name in dict.fromkeys(finished) if not is_none(name)]


def _plain(piece: str) -> str:
    """The piece without telephone numbers and the bracket behind it."""
    plain = _CONTACT.sub("", squeeze(piece))
    return _LAST_BRACKET.sub("", plain) or plain


def _in_bracket(piece: str) -> str | None:
    """The person in the bracket behind an office: 市政府办公室（王强）."""
    bracket = _LAST_BRACKET.search(squeeze(piece))
    return person_in(bracket.group()[1:-1]) if bracket and _complete(piece) else None
