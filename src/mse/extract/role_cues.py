"""Cue words of roles as patterns that several of them share, and the words around a number they are looked for in."""

from __future__ import annotations

import regex

from mse.extract.frames import Frame
from mse.grammar import alternation, load

CUES = load("cues")


def any_of(name: str) -> str:
    """A pattern for any word of a class of `grammar/cues.toml`."""
    return alternation(CUES[name]["words"])


JOINTS = " " + "".join(CUES["units"]["joints"])
PERCENT = frozenset(CUES["units"]["percent"])
POINTS = frozenset(CUES["units"]["points"])
HOLDING = frozenset(CUES["units"]["holding"])
DURATION = frozenset(CUES["units"]["duration"])
SHARES = PERCENT | POINTS | frozenset(CUES["units"]["multiple"])
_JOINT = CUES["joint"]
OF, TO_LEVEL, EACH = _JOINT["of"], alternation(_JOINT["to"]), alternation(_JOINT["each"])
TIE = rf"\s*+(?:{any_of('tie')}|\s)*+"
RESTATED = regex.compile(rf"{any_of('restated_target')}(?:\s*[（(：:])?{TIE}$")
COMPLETION = regex.compile(rf"{any_of('completion')}[^，。；、{OF}{_JOINT['reached']}\d]{{0,8}}{TIE}$")
CHANGE = regex.compile(
    rf"(?<![{CUES['change']['not_after']}])(?P<cue>{any_of('change')})"
    rf"(?:{alternation(_JOINT['rate'])}|{EACH})*{TIE}$"
)
LEVEL = regex.compile(rf"{any_of('move')}{TO_LEVEL}{TIE}$")
COMPARISON = regex.compile(
    rf"(?<![{CUES['comparison']['not_after']}])(?P<cue>{any_of('comparison')})(?![{CUES['comparison']['not_before']}])"
)
DIFFERENCE = regex.compile(rf"(?P<cue>{any_of('difference')}){TIE}$")
STANDARD_BEHIND = regex.compile(rf"\s*{OF}{any_of('standard_behind')}")
RATIO = regex.compile(rf"(?P<cue>{any_of('ratio_metric')}){TIE}$")
NEAR = 32  # code points before a number within which a word that stands right before it begins
SIGHT = 240  # code points within which a cue is looked for


def words_before(text: str, frame: Frame) -> str:
    """The text before the number within its item."""
    return text[max(frame.raw_lead[0], frame.mention.start - SIGHT) : frame.mention.start]


def words_behind(text: str, frame: Frame) -> str:
    """The text behind the number within its item."""
    return text[frame.tail[0] : min(frame.tail[1], frame.tail[0] + SIGHT)]


def follows_target(frame: Frame) -> bool:
    """Whether a promised number stands before this one in its sentence (`收入安排105亿元，比上年增长6.5%`)."""
    before = frame.previous
    return before is not None and before.clause.sentence == frame.clause.sentence and before.mention.role == "target"
