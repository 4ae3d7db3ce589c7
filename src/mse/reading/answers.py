"""Offices that a bracket in a task's text names by what they do: `（市教育局牵头，市财政局、各镇街配合）`."""

from __future__ import annotations

import regex

from mse.grammar import load
from mse.reading.officials import looks_like_office, offices_of

_DATA = load("officials")
_BRACKET = regex.compile(
    r"[（(](?P<said>[^（()）\n]{2,150}(?:[（(][^（()）\n]{0,40}[)）][^（()）\n]{0,150}){0,4})[)）]"
)
_ROLES = [(role, regex.compile(rf"(?:{_DATA['answer'][role]})$")) for role in ("lead", "supporting", "office")]
_OPENER = regex.compile(_DATA["answer"]["opener"])
_CLAUSE = regex.compile(r"[^，,；;。]+")


def answers_in_text(text: str) -> list[tuple[str, list[str]]]:
    """Role and names of the offices in each bracket that holds nothing but offices and what they do."""
    if "（" not in text and "(" not in text:
        return []
    return [answer for hit in _BRACKET.finditer(text) for answer in _answers(hit["said"])]


def _answers(said: str) -> list[tuple[str, list[str]]]:
    """What one bracket says; nothing where any part of it is no office. Names without a role wait for the next one."""
    found: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for clause in _CLAUSE.finditer(said):
        words = clause.group().strip()
        role, verb = next(((role, hit) for role, pattern in _ROLES if (hit := pattern.search(words))), ("", None))
        opener = _OPENER.match(words)
        offices = offices_of(words[opener.end() if opener else 0 : verb.start() if verb else len(words)])
        if not all(map(looks_like_office, offices)) or not (offices or waiting):
            return []
        waiting += offices
        if verb:
            found.append((role, waiting))
            waiting = []
    return [] if waiting else found
