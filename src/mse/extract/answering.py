"""Who answers for what a paragraph reports: people and offices that prose names as leading, responsible or helping.

Tables have columns for them; this is for what stands outside, and for tasks whose columns name nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from mse.extract.clauses import sentences
from mse.grammar import alternation, load
from mse.model import Task

if TYPE_CHECKING:
    from mse.ner.model import NameModel
    from mse.ner.spans import Found

_DATA = load("answering")
_CUES = {
    place: {word: entry["role"] for entry in _DATA["cue"] if entry["place"] == place for word in entry["words"]}
    for place in ("before", "after")
}
_JOINTS = _DATA["joints"]
_BEHIND = regex.compile(rf"(?:{_JOINTS['before']})(?P<cue>{alternation(_CUES['before'])})")
_AHEAD = regex.compile(rf"(?P<cue>{alternation(_CUES['after'])})(?:{_JOINTS['after']})$")
_ANY = regex.compile(alternation([*_CUES["before"], *_CUES["after"]]))
_LIST = regex.compile(_JOINTS["list"])
_LEADS = regex.compile(f"(?:{_DATA['leaders']['pattern']})$")
_REACH = 16  # code points before a list within which its cue begins


@dataclass(slots=True)
class Answering:
    """The names, each list in the order of the text and without repeats; `source` says who found them."""

    leaders: list[str] = field(default_factory=list)
    lead_organizations: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    supporting_organizations: list[str] = field(default_factory=list)
    source: str = "rule"

    @classmethod
    def of_task(cls, task: Task) -> Answering:
        """What the columns of a task say."""
        return cls(task.leaders, task.lead_organizations, task.persons, task.supporting_organizations)

    def __bool__(self) -> bool:
        return bool(self.leaders or self.lead_organizations or self.persons or self.supporting_organizations)


def answering(text: str, start: int, end: int, model: NameModel | bool = True) -> Answering:
    """Who answers by the words of `text[start:end]`; names are only looked for where a cue word stands.

    `model` is a trained one, True for the one shipped, or False for rules alone.
    """
    found = Answering()
    if _ANY.search(text, start, end) is None:
        return found
    for first, last in sentences(text, start, end):
        if _ANY.search(text, first, last):
            _read(found, text[first:last], model)
    return found


def _read(found: Answering, sentence: str, model: NameModel | bool) -> None:
    from mse.ner.recognize import spans

    for group in _groups(sentence, spans(sentence, model)):
        role = _role(sentence, group)
        if role:
            _add(found, sentence, group, role)


def _groups(text: str, names: list[Found]) -> list[list[Found]]:
    """Names with nothing but list marks between them."""
    groups: list[list[Found]] = []
    for name in names:
        if groups and _LIST.fullmatch(text, groups[-1][-1].end, name.start):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _role(text: str, group: list[Found]) -> str:
    """What the words around a list make of it; a label before it decides, else the verb behind it."""
    first = group[0].start
    if label := _AHEAD.search(text, max(0, first - _REACH), first):
        return str(_CUES["after"][label["cue"]])
    if verb := _BEHIND.match(text, group[-1].end):
        return str(_CUES["before"][verb["cue"]])
    return ""


def _add(found: Answering, text: str, group: list[Found], role: str) -> None:
    post = ""
    for index, name in enumerate(group):
        said = "".join(text[name.start : name.end].split())
        if name.label == "POST":
            post = said
            continue
        if name.label == "PERSON":
            behind = group[index + 1] if index + 1 < len(group) else None
            if behind is not None and behind.label == "POST" and behind.start == name.end:
                post = text[behind.start : behind.end]
            leads = role == "leader" or (role != "person" and _LEADS.search(post) is not None)
            kept = found.leaders if leads else found.persons
        elif name.label == "ORG" and not _belongs_to_post(group, index):
            kept = found.supporting_organizations if role == "supporting" else found.lead_organizations
        else:
            continue
        if said not in kept:
            kept.append(said)
            if name.source == "model":
                found.source = "model"


def _belongs_to_post(group: list[Found], index: int) -> bool:
    """Whether the office only says of which office somebody is the head: 市教育局局长张某."""
    following = group[index + 1] if index + 1 < len(group) else None
    return following is not None and following.label == "POST" and following.start == group[index].end
