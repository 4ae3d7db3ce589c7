"""People's names: where one begins that is announced by what stands before it, and how far it goes."""

from __future__ import annotations

from itertools import pairwise

import regex

from mse.grammar import alternation, load

_DATA = load("surnames")
_SINGLE = frozenset(_DATA["single"]["chars"]) - {"\n"}
_COMMON = frozenset(_DATA["single"]["common"])
_DOUBLE = frozenset(_DATA["double"]["words"])
_GIVEN = frozenset(_DATA["given"]["chars"]) - {"\n", " "}
_FOREIGN = "".join(sorted(frozenset(_DATA["foreign"]["chars"]) - {"\n", " "}))
_DOT = regex.escape(_DATA["dot"]["marks"])
_SOMEBODY = _DATA["withheld"]["somebody"]
_WITHHELD = alternation(_DATA["withheld"]["words"])
_FOLLOWS = _DATA["follows"]["words"]
_FOLLOW = regex.compile(alternation([*_FOLLOWS, *_DATA["verbs"]["words"]]))
# What is done, in letters that could spell a foreign name: 列席, 宣布.
_DONE = regex.compile(alternation([word for word in [*_FOLLOWS, *_DATA["verbs"]["words"]] if len(word) > 1]))
_SWALLOWED = frozenset(word for word in _FOLLOWS if len(word) == 1)
_BEFORE = tuple(word for word in [*_FOLLOWS, *load("offices")["stops"]["words"]] if len(word) > 1)
_COMMON_CLASS = regex.escape(_DATA["single"]["common"])
JOINTS = frozenset(_DATA["and"]["joints"])
_LEVELS = frozenset(load("offices")["levels"]["chars"])
_NOT_NAMES = frozenset([*_DATA["not_names"]["words"], *load("offices")["fields"]["words"]])
_NOT_START = regex.compile(alternation(_DATA["not_names"]["openings"]))

_LETTERS = rf"[{regex.escape(_FOREIGN)}a-zA-Z.]"
_DOTTED = regex.compile(rf"{_LETTERS}{{1,8}}(?:[{_DOT}]{_LETTERS}{{1,10}}){{1,4}}")
_FOREIGN_NAME = regex.compile(rf"[{regex.escape(_FOREIGN)}]{{2,7}}")
WITHHELD_NAME = regex.compile(
    rf"(?:{alternation(_DOUBLE)}|[{regex.escape(''.join(sorted(_SINGLE)))}]|[{_COMMON_CLASS}]\p{{Han}}(?={_SOMEBODY}(?!{_SOMEBODY}))){_WITHHELD}"
    rf"(?!{alternation(_DATA['withheld']['goes_on'])})"
)
_SPACE = frozenset(" \u3000\u00a0")


def dotted(text: str, taken: set[int]) -> list[tuple[int, int]]:
    """Foreign and minority names whose parts are joined by a dot, outside what is `taken`: 买买提·吐尔逊."""
    found = []
    for hit in _DOTTED.finditer(text):
        start, end = hit.span()
        while start in taken:
            start += 1
        last = max(text.rfind(mark, start, end) for mark in _DATA["dot"]["marks"])
        follow = _FOLLOW.search(text, last + 2, end + 1)
        end = min(follow.start(), end) if follow else end
        if start < last < end - 1 and taken.isdisjoint(range(start, end)):
            found.append((start, end))
    return found


def withheld(text: str) -> list[tuple[int, int]]:
    """Names with the given name withheld: 王某, 欧阳某某."""
    return [hit.span() for hit in WITHHELD_NAME.finditer(text)]


def name_end(text: str, start: int, stops: frozenset[int] | set[int] = frozenset(), strict: bool = False) -> int:
    """Where a person's name ends that begins at `start`; -1 where none does.

    `stops` are places where something else is known to begin. `strict` asks for a clear end behind the name.
    """
    best, best_score = -1, 0.0 if not strict else 1.5
    for end, score in _readings(text, start, stops):
        if score > best_score:
            best, best_score = end, score
    return best


def name_start(text: str, end: int, floor: int) -> int:
    """Where a name begins that ends at `end`, right before a title: 王某副市长; -1 where none does."""
    for length in (3, 2, 4, 5, 6):
        start = end - length
        if start < floor or not (_is_name(text[start:end]) or _is_foreign(text[start:end])):
            continue
        if start == floor > 0 and text[start] in _SWALLOWED:
            continue
        if (
            start == floor
            or not text[start - 1].isalnum()
            or text[start - 1] in _SWALLOWED
            or _follow_ends(text, start)
        ):
            return start
    return -1


def _is_foreign(name: str) -> bool:
    return len(name) > 2 and _FOREIGN_NAME.fullmatch(name) is not None


def surname_only(text: str, end: int, floor: int) -> bool:
    """Whether a surname stands alone before a title: 张市长."""
    if end - 1 < floor or text[end - 1] not in _COMMON:
        return False
    return end - 1 == floor or not text[end - 2].isalnum() or text[end - 2] in _SWALLOWED or _follow_ends(text, end - 1)


def is_surname(text: str) -> bool:
    """Whether the text is a surname and nothing else."""
    return text in _SINGLE or text in _DOUBLE


def could_be_name(text: str) -> bool:
    """Whether a text of the length of a name begins with a surname and is no word that is known for none."""
    if text in _NOT_NAMES or _NOT_START.match(text):
        return False
    return text[:2] in _DOUBLE if len(text) == 4 else len(text) in (2, 3) and text[0] in _SINGLE


def _follow_ends(text: str, position: int) -> bool:
    return text.endswith(_BEFORE, 0, position)


def _is_name(name: str) -> bool:
    if name in _NOT_NAMES or name[-1] in _LEVELS or _NOT_START.match(name):
        return False
    if name[:2] in _DOUBLE:
        return 3 <= len(name) <= 4
    return name[0] in _SINGLE and 2 <= len(name) <= 3 and all(char in _GIVEN for char in name[1:])


def _readings(text: str, start: int, stops: frozenset[int] | set[int]) -> list[tuple[int, float]]:
    """Ends of the names that may begin here, each with how well it reads."""
    found: list[tuple[int, float]] = []
    # Only a few characters count; inner blanks belong to a name that is spaced out.
    characters: list[tuple[int, str]] = []
    position = start
    while position < len(text) and len(characters) < 8:
        char = text[position]
        if char in _SPACE:
            if not characters or position - characters[-1][0] > 6:
                break
        elif not "\u4e00" <= char <= "\u9fff" or (position > start and position in stops):
            break
        else:
            characters.append((position, char))
        position += 1
    if not characters:
        return found
    letters = "".join(char for _, char in characters)
    double = letters[:2] in _DOUBLE
    foreign = None if _DONE.match(letters) else _FOREIGN_NAME.match(letters)
    for length in range(2, foreign.end() + 1 if foreign else 0):
        end = characters[length - 1][0] + 1
        if end - start == length:
            found.append((end, 0.15 * length + _after(text, end, stops)))
    if not double and letters[0] not in _SINGLE:
        return found
    for length in (2, 3, 4):
        if length > len(letters) or (double and length == 2):
            continue
        name, end = letters[:length], characters[length - 1][0] + 1
        spaced = end - start > length
        given = name[2:] if double else name[1:]
        score = 1.0 + (0.5 if length == 3 else 0.0) - (1.5 if length == 4 and not double else 0.0)
        score += sum(0.5 if char in _GIVEN else -1.2 for char in given) / len(given)
        if length == 4 and not double and letters[1] not in _SINGLE:
            continue
        if name in _NOT_NAMES or _NOT_START.match(name):
            score -= 4.0
        if len(given) > 1 and not spaced and _FOLLOW.match(text, end - 1):
            score -= 1.6
        score += _after(text, end, stops)
        if spaced:
            # 李  奔: the blanks lie inside; a blank between two full names lies outside.
            gaps = [b - a > 1 for (a, _), (b, _) in pairwise(characters[:length])]
            if length == 2 or all(gaps):
                score += 1.0
            else:
                score -= 3.0
        found.append((end, score))
    return found


def _after(text: str, end: int, stops: frozenset[int] | set[int]) -> float:
    """How clearly a name has ended at `end`."""
    rest = text[end : end + 1]
    if not rest or end in stops:
        return 2.0
    if rest in _SPACE:
        return 1.0
    if not "\u4e00" <= rest <= "\u9fff":
        return 2.0 if not rest.isalnum() else 0.5
    return 1.8 if _FOLLOW.match(text, end) else 0.0
