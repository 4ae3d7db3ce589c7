"""What a number is: promised, reached, a share done, a change, a former level, or context.

Reads frames, the passage's role and cue words with their scope; sets `role`, `confidence` and `cues["role"]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import regex

from mse.extract.announced import announced_targets
from mse.extract.frames import Frame
from mse.extract.outlook import Outlook
from mse.extract.passages import Passages
from mse.extract.restated import restated_targets
from mse.extract.role_cues import (
    CUES,
    DURATION,
    HOLDING,
    NEAR,
    OF,
    PERCENT,
    RATIO,
    RESTATED,
    SHARES,
    SIGHT,
    TIE,
    TO_LEVEL,
    any_of,
    words_before,
    words_behind,
)
from mse.extract.role_of_amount import of_amount
from mse.extract.role_of_share import of_share
from mse.extract.shares import by_arithmetic, shares_of_promises
from mse.extract.verdict import Verdict
from mse.grammar import alternation, load
from mse.model import Mention

_ATTRIBUTE = frozenset(CUES["units"]["attribute"])
_MONEY = frozenset(CUES["units"]["money"])
_RATING = frozenset(CUES["units"]["rating"])
_BREAKDOWN = regex.compile(rf"\s*{any_of('breakdown')}")
_COUNTED = regex.compile(rf"(?:{any_of('restated_target')}|{any_of('counted_total')})(?:\s*[（(：:])?{TIE}$")
_PLAN_BEHIND = regex.compile(rf"\s*(?P<cue>{any_of('plan_share')}){OF}{TIE}[\d.]+\s*[%％‰]")
_SHARE_VERB = regex.compile(rf"{any_of('share_verb')}[^，。；、\d]{{0,12}}$")
_SHARE_BEHIND = regex.compile(rf"(?:{any_of('threshold')})?\s*(?:[）)]\s*{OF}?|{OF}){TIE}[\d.]+\s*[%％‰]")
_FROM = regex.compile(rf"(?P<cue>{any_of('from')})[^，。；]{{0,30}}$")
_TO = regex.compile(any_of("to"))
_MOVE_BEHIND = regex.compile(rf"[^，。；]{{0,40}}?(?:{any_of('move')}){TO_LEVEL}")
_WHOLE = regex.compile(alternation(w for w in CUES["scale"]["words"] if w in CUES["counted_total"]["words"]))
_IN_ALL = regex.compile(rf"\s*{alternation(CUES['counted_total']['in_all'])}\s*$")
_CONDITION = regex.compile(rf"(?P<cue>{any_of('condition_before')})\s*$")
_DOING = regex.compile(
    rf"{alternation(load('metrics')['verb']['words'])}(?:{alternation(CUES['done_particle']['words'])})?"
    rf"{alternation(CUES['condition_before']['at_least'])}\s*$"
)
_OR = regex.compile(rf"\s*{alternation(CUES['condition_before']['joints'])}")
_CAPACITY = regex.compile(rf"(?P<cue>{any_of('capacity')})(?:{any_of('tie')})*+$")
_REACH_BEHIND = regex.compile(any_of("reach_behind"))
_PERIOD_BEHIND = regex.compile(any_of("period_behind"))
_CONTAINER = regex.compile(any_of("container"))
_DIGIT = regex.compile(r"\d")
_TELLING = 3  # last characters that tell one ratio from another
_FORMER_SAID = regex.compile(rf"{any_of('former_said')}[^，。；\d]{{0,4}}$")
_NOTHING: frozenset[str] = frozenset()


def assign_roles(passages: Passages, frames: list[list[Frame]]) -> None:
    """Set the role of every quantity; `frames` holds one list for each passage."""
    planning = is_plan(passages)
    ratio_targets = _ratio_targets(passages.text, frames)
    levels: set[int] = set()  # where a percentage stands that is a level of a promised ratio
    for passage_frames in frames:
        outlook = (
            Outlook(passages.text, passage_frames[0].passage, passages.report.metadata.title)
            if passage_frames
            else None
        )
        for frame in passage_frames:
            frame.ahead = outlook is not None and outlook.ahead(frame.mention.start)
            own = words_before(passages.text, frame)
            level = _is_ratio_of(own, ratio_targets.get(id(frame.passage.task), _NOTHING))
            if level and frame.mention.unit in PERCENT and RATIO.search(own):
                levels.add(frame.mention.start)
            _set(frame, _verdict(passages.text, frame, own, planning, level))
        for frame, verdict in by_arithmetic(passages.text, passage_frames, levels):
            _set(frame, verdict)
    for frame, verdict in _counted_wholes(passages.text, frames):
        _set(frame, verdict)
    for frame, verdict in shares_of_promises(passages.text, frames, levels):
        _set(frame, verdict)
    for frame, verdict in restated_targets(passages.text, frames):
        _set(frame, verdict)
    for frame, verdict in announced_targets(passages, frames):
        _set(frame, verdict)


def _set(frame: Frame, verdict: Verdict) -> None:
    frame.mention.role = verdict.role
    frame.mention.confidence = verdict.confidence
    frame.mention.cues["role"] = verdict.cue.strip()


def is_plan(passages: Passages) -> bool:
    """Whether the report only plans: it has tasks, and none of them tells of progress."""
    tasks = passages.report.tasks
    return bool(tasks) and not any(cell.role == "progress" for task in tasks for cell in task.cells)


def _ratio_targets(text: str, frames: list[list[Frame]]) -> dict[int, set[str]]:
    """For each task, by identity, the ratios it promises (`占比达到50%`), each by the last characters of its name."""
    found: dict[int, set[str]] = {}
    for passage_frames in frames:
        for frame in passage_frames:
            promised = frame.passage.role == "task" and frame.mention.unit in PERCENT
            if promised and (hit := RATIO.search(words_before(text, frame))):
                found.setdefault(id(frame.passage.task), set()).add(_ratio_name(words_before(text, frame), hit))
    return found


def _ratio_name(own: str, hit: regex.Match[str]) -> str:
    return own[max(0, hit.end("cue") - _TELLING) : hit.end("cue")]


def _is_ratio_of(own: str, promised: Set[str]) -> bool:
    """Whether a percentage can be a level of a promised ratio: it names that ratio, or none at all."""
    if not promised:
        return False
    hit = RATIO.search(own)
    return hit is None or _ratio_name(own, hit) in promised


def _verdict(text: str, frame: Frame, own: str, planning: bool, ratio_task: bool) -> Verdict:
    cell = frame.passage.role
    if cell == "text" and frame.passage.in_table_report:
        return Verdict("context", "preamble", 0.8)
    promised = cell in ("task", "plan")
    before = text[max(frame.clause.start, frame.mention.start - SIGHT) : frame.mention.start]
    behind = text[frame.mention.end : min(frame.clause.end, frame.mention.end + SIGHT)]
    if cue := _condition(text, frame, own):
        frame.condition = True
        return Verdict("context", cue, 0.9)
    if cue := _former_level(before, behind):
        return Verdict("baseline", cue, 0.95)
    if hit := _FORMER_SAID.search(before[-NEAR:]):
        return Verdict("baseline", hit.group(), 0.85)
    if _SHARE_BEHIND.match(behind) and (hit := _COUNTED.search(before)):
        return Verdict("target", hit.group(), 0.95)
    if frame.clause.parent is not None and (hit := _bracketed_total(text, frame)):
        return Verdict("target", hit.group(), 0.95)
    if (hit := _PLAN_BEHIND.match(behind)) and _SHARE_VERB.search(before[-NEAR:]):
        return Verdict("target", hit.group("cue"), 0.9)
    if verdict := _from_host(text, frame, own):
        return verdict
    if frame.mention.unit in SHARES:
        return of_share(text, frame, own, promised, ratio_task)
    return of_amount(text, frame, own, before, behind, promised, planning)


def _bracketed_total(text: str, frame: Frame) -> regex.Match[str] | None:
    """The word for a total before a bracket that holds it and nothing else: `占总量（4743根）86%`."""
    parent = frame.clause.parent
    if parent is None or text[frame.clause.start : frame.clause.end].strip() != frame.mention.text:
        return None
    if not _SHARE_BEHIND.match(text, frame.mention.end, parent.end):
        return None
    return _COUNTED.search(text[max(parent.start, frame.clause.start - NEAR) : frame.clause.start])


def _condition(text: str, frame: Frame, own: str) -> str:
    """The limit word where the number is a condition on the noun behind it (`60岁以上老人`), else empty."""
    unit, tail = frame.mention.unit, words_behind(text, frame)
    if unit in DURATION and (hit := _PERIOD_BEHIND.match(tail)):
        return hit.group()
    if frame.threshold and unit in _ATTRIBUTE | _MONEY and (_relative(tail, frame) or _either(tail, frame)):
        return frame.threshold
    if not frame.noun_behind:
        return ""
    if unit in _ATTRIBUTE and (hit := _CAPACITY.search(own) or _REACH_BEHIND.match(tail)):
        return hit.group()
    if unit in _RATING:
        return unit
    limit = None if _done_so_much(text, frame, own) else _CONDITION.search(own)
    cue = frame.threshold or (limit.group("cue") if limit else "")
    if unit in HOLDING and not _CONTAINER.search(tail[:10]):
        return ""
    if unit in PERCENT and (frame.threshold or not limit):
        return ""
    return cue if unit in _ATTRIBUTE | _MONEY | HOLDING | PERCENT else ""


def _relative(tail: str, frame: Frame) -> bool:
    """Whether what stands behind the number only tells of what kind those counted next are: `3个月以上未完工的7个`."""
    return frame.next_in_clause is not None and 1 < len(tail) <= NEAR and tail.endswith(OF)


def _either(tail: str, frame: Frame) -> bool:
    """Whether another condition on the same noun comes next: `面积5万平方米以上或造价1亿元以上的工地`."""
    following = frame.next_in_clause
    return following is not None and bool(following.threshold) and following.noun_behind and _OR.match(tail) is not None


def _done_so_much(text: str, frame: Frame, own: str) -> bool:
    """Whether a limit stands between what is done and how much of it: `整治不少于2万立方米存量垃圾`."""
    if frame.threshold or frame.next_in_clause is not None or text.startswith(OF, frame.tail[0]):
        return False
    return _DOING.search(own) is not None


def _former_level(before: str, behind: str) -> str:
    """`由…提高到` where the number stands between the two, else empty."""
    opened = None
    for hit in _FROM.finditer(before):
        opened = hit
    if opened is None or (_TO.search(before, opened.end("cue")) and _DIGIT.search(before, opened.end("cue"))):
        return ""
    move = _MOVE_BEHIND.match(behind)
    return f"{opened.group('cue')}…{move.group()[-3:]}" if move else ""


def _from_host(text: str, frame: Frame, own: str) -> Verdict | None:
    """A part in brackets (`（其中房屋82%）`) plays the role of the total before the bracket."""
    if frame.host is None or not frame.host.mention.role:
        return None
    host = frame.host.mention
    if (host.unit in SHARES) != (frame.mention.unit in SHARES):
        return None
    if RESTATED.search(own) or (host.role == "context" and host.unit != frame.mention.unit):
        return None
    if host.role == "actual" and _IN_ALL.match(own) and _is_more(frame.mention, host):
        return Verdict("target", own.strip(), 0.8)
    if host.unit == frame.mention.unit or _BREAKDOWN.match(text, frame.clause.start):
        return Verdict(host.role, host.cues.get("role", ""), 0.85)
    return None


def _is_more(whole: Mention, part: Mention) -> bool:
    if whole.value is None or part.value is None or whole.unit != part.unit:
        return False
    return whole.value > part.value


def _counted_wholes(text: str, frames: list[list[Frame]]) -> Iterator[tuple[Frame, Verdict]]:
    """The size of a task's undertaking (`总投资3亿元`), where progress tells a share of just that (`占总投资的40%`)."""
    counted: dict[int, set[str]] = {}
    for passage_frames in frames:
        for frame in passage_frames:
            if frame.passage.role == "progress" and frame.mention.role == "rate":
                words = (hit.group() for hit in _WHOLE.finditer(words_before(text, frame)))
                counted.setdefault(id(frame.passage.task), set()).update(words)
    for passage_frames in frames:
        for frame in passage_frames:
            sized = frame.passage.role == "task" and frame.mention.role == "context"
            if sized and frame.mention.cues.get("role") in counted.get(id(frame.passage.task), ()):
                yield frame, Verdict("target", frame.mention.cues["role"], 0.85)
