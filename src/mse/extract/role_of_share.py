"""What a percentage is: a share done, a change, a promised level or a level reached."""

from __future__ import annotations

import regex

from mse.extract.frames import Frame
from mse.extract.moods import mood
from mse.extract.role_cues import (
    CHANGE,
    COMPARISON,
    COMPLETION,
    CUES,
    DIFFERENCE,
    EACH,
    JOINTS,
    LEVEL,
    NEAR,
    OF,
    POINTS,
    RATIO,
    SIGHT,
    STANDARD_BEHIND,
    TIE,
    any_of,
    follows_target,
    words_before,
)
from mse.extract.verdict import Verdict
from mse.model import Role

_TARGET_VALUE = regex.compile(rf"{any_of('target_value')}{TIE}$")
_PLAN_SHARE = regex.compile(
    rf"{any_of('share_verb')}[^，。；、]{{0,12}}?(?!{CUES['plan_share']['not_at']}){any_of('plan_share')}"
    rf"[^，。；、\d]{{0,6}}[\d.]*[^，。；、\d]{{0,8}}?(?:{OF})?{TIE}$"
)
_OF_IT = regex.compile(rf"\s*[）)]?\s*{OF}{TIE}$")
_COMPLETED_BEHIND = regex.compile(rf"\s*{any_of('completed_behind')}")
_EXCESS = regex.compile(rf"(?P<cue>{any_of('excess')})[^，。；、\d{OF}]{{0,10}}$")
_GROWTH_METRIC = regex.compile(rf"(?P<cue>{any_of('growth_metric')}){EACH}?{TIE}$")
_STATED = regex.compile(any_of("stated"))
_STATUS = regex.compile(any_of("status"))
_COMPLETED_LIST = regex.compile(any_of("completion"))
_BARE_SHARE = regex.compile(rf"{any_of('bare_share')}{TIE}$")
_GENERIC_TOTAL = regex.compile(rf"{any_of('generic_total')}{OF}?{TIE}$")


def of_share(text: str, frame: Frame, own: str, promised: bool, ratio_task: bool) -> Verdict:
    """The role of a percentage, a number of points or a multiple.

    `own` is the text before it in its item; `promised` tells that its cell holds tasks or plans, `ratio_task` that its
    task promises the ratio it names.
    """
    near = own[-NEAR:]
    before = frame.previous.mention if frame.same_clause and frame.previous else None
    beside = before is not None and (before.unit == frame.mention.unit or before.unit in POINTS)
    if before and beside and not own.strip(JOINTS) and before.role not in ("context", ""):
        role: Role = before.role if before.role != "baseline" else ("target" if promised else "actual")
        return Verdict(role, before.cues.get("role", ""), 0.9)
    level = LEVEL.search(near)
    hit = (None if level else CHANGE.search(near)) or _EXCESS.search(own) or _GROWTH_METRIC.search(near)
    if hit is None and not level and COMPARISON.search(own):
        hit = DIFFERENCE.search(near)
    if promised and not (_STATED.search(own) and (COMPLETION.search(own) or _PLAN_SHARE.search(own))):
        return Verdict("target", hit.group("cue") if hit else "cell", 0.92)
    current, cue = mood(text, frame)
    if frame.mention.unit in POINTS:
        planned = current == "future" and CHANGE.search(near) and not COMPARISON.search(own)
        return Verdict("target", cue, 0.8) if planned else Verdict("change", own[-4:], 0.95)
    if (set_as := STANDARD_BEHIND.match(text, frame.tail[0], frame.tail[1])) and not COMPLETION.search(own):
        return Verdict("target", set_as.group(), 0.85)
    if set_as := _TARGET_VALUE.search(near):
        return Verdict("target", set_as.group(), 0.85)
    if hit and COMPARISON.search(own) and not (current == "future" and follows_target(frame)):
        return Verdict("change", hit.group("cue"), 0.95)
    if hit:
        return Verdict("target", cue, 0.8) if current == "future" else Verdict("change", hit.group("cue"), 0.92)
    share = _PLAN_SHARE.search(own)
    if share and not (_GENERIC_TOTAL.search(own) and not _of_work(text, frame, own)):
        return Verdict("rate", share.group()[-8:], 0.93)
    if before and before.role == "target" and _OF_IT.match(own):
        return Verdict("rate", before.text, 0.93)
    if current == "future":
        return Verdict("target", cue, 0.85)
    if _COMPLETED_BEHIND.match(text, frame.mention.end, frame.clause.end):
        return Verdict("rate", "behind", 0.8)
    if (share := COMPLETION.search(own)) and not ratio_task:
        return Verdict("rate", share.group(), 0.88)
    if _shared_completion(text, frame, own) and not ratio_task:
        return Verdict("rate", "list", 0.8)
    return Verdict("actual", cue or "cell", 0.8)


def _of_work(text: str, frame: Frame, own: str) -> bool:
    """Whether a share of a total is of something done, and not merely what the total is made of."""
    before = frame.previous
    while before is not None and before.mention.role not in ("actual", "target"):
        before = before.previous
    if before is None or before.clause.sentence != frame.clause.sentence:
        return True
    if _STATUS.search(own) or _STATUS.search(text, before.raw_lead[0], before.tail[1]):
        return True
    return mood(text, before)[0] == "done"


def _shared_completion(text: str, frame: Frame, own: str) -> bool:
    """A percentage in a list that the verb before its first item governs (`已完成幕墙40%、水电安装65%`)."""
    if RATIO.search(own) and not _BARE_SHARE.search(own):
        return False
    if frame.item and _listed_under(text, frame):
        return not COMPARISON.search(own)
    before = frame.previous
    return (
        bool(_BARE_SHARE.search(own))
        and before is not None
        and before.clause.sentence == frame.clause.sentence
        and bool(_COMPLETED_LIST.search(words_before(text, before)))
    )


def _listed_under(text: str, frame: Frame) -> bool:
    start = max(frame.clause.start, frame.raw_lead[0] - SIGHT)
    return _COMPLETED_LIST.search(text, start, frame.raw_lead[0]) is not None
