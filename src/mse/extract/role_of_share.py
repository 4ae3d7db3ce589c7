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
    PERCENT,
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
from mse.grammar import alternation, load
from mse.model import Role

_TARGET_VALUE = regex.compile(rf"{any_of('target_value')}{TIE}$")
_PLAN_SHARE = regex.compile(
    rf"{any_of('share_verb')}[^，。；、]{{0,12}}?(?!{CUES['plan_share']['not_at']}){any_of('plan_share')}"
    rf"[^，。；、\d]{{0,6}}[\d.]*[^，。；、\d]{{0,8}}?(?:{OF})?{TIE}$"
)
_OF_IT = regex.compile(rf"\s*[）)]?\s*(?:{any_of('plan_share')})?{OF}{TIE}$")
_RANKED = regex.compile(
    rf"{alternation(CUES['work_done']['rates'])}[^，。；\d]{{0,12}}{alternation(CUES['target_value']['copulas'])}"
    rf"[^，。；、\d]{{1,8}}$"
)
_DONE_COUNT = regex.compile(rf"{alternation(CUES['forecast_behind']['already'])}{any_of('status')}")
_DONE_OF = regex.compile(rf"{alternation(CUES['work_done']['of_it'])}[^，。；、\d]{{1,12}}{OF}{TIE}$")
_PLACE = regex.compile(
    rf"\s*\p{{Han}}{{1,12}}{alternation(load('metrics')['area']['suffixes'])}"
    rf"(?:{any_of('tie')}|{alternation(CUES['work_done']['particles'])}|\s)*+"
)
_BESIDE = 16  # code points around a count that tell how far the things counted have come
_LAGGING = regex.compile(any_of("lagging"))
_WORKED = regex.compile(rf"{any_of('work_done')}(?:{alternation(CUES['work_done']['particles'])}|\s)*$")
_COMPLETED_BEHIND = regex.compile(rf"\s*{any_of('completed_behind')}")
_EXCESS = regex.compile(rf"(?P<cue>{any_of('excess')})[^，。；、\d{OF}]{{0,10}}$")
_GROWTH_METRIC = regex.compile(
    rf"(?<!{CUES['growth_metric']['not_after']})(?P<cue>{any_of('growth_metric')}){EACH}?{TIE}$"
)
_STATED = regex.compile(any_of("stated"))
_STATUS = regex.compile(any_of("status"))
_COMPLETED_LIST = regex.compile(any_of("completion"))
_BARE_SHARE = regex.compile(rf"{any_of('bare_share')}{TIE}$")
_UNDER_WAY = regex.compile(rf"{alternation(CUES['work_done']['under_way'])}$")
_WORK_TOLD = frozenset([*CUES["forecast_behind"]["already"], *CUES["work_done"]["of_it"]])
_GENERIC_TOTAL = regex.compile(rf"{any_of('generic_total')}{OF}?(?:{any_of('ratio_metric')})?{TIE}$")


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
    done_share = COMPLETION.search(own) is not None and RATIO.search(own) is None
    if (set_as := STANDARD_BEHIND.match(text, frame.tail[0], frame.tail[1])) and not done_share:
        return Verdict("target", set_as.group(), 0.85)
    if set_as := _TARGET_VALUE.search(near):
        return Verdict("target", set_as.group(), 0.85)
    if hit and COMPARISON.search(own) and not (current == "future" and follows_target(frame)):
        return Verdict("change", hit.group("cue"), 0.95)
    if hit:
        return Verdict("target", cue, 0.8) if current == "future" else Verdict("change", hit.group("cue"), 0.92)
    share = _PLAN_SHARE.search(own)
    if share and _of_the_late(text, frame):
        return Verdict("actual", "lagging", 0.75)
    if share and not (_GENERIC_TOTAL.search(own) and not _of_work(text, frame, own)):
        return Verdict("rate", share.group()[-8:], 0.93)
    if before and before.role == "target" and _OF_IT.match(own):
        return Verdict("rate", before.text, 0.93)
    if current == "future":
        return Verdict("target", cue, 0.85)
    if _COMPLETED_BEHIND.match(text, frame.mention.end, frame.clause.end):
        return Verdict("rate", "behind", 0.8)
    if (share := COMPLETION.search(own) or _WORKED.search(near) or _DONE_OF.search(near)) and not ratio_task:
        return Verdict("rate", share.group(), 0.88)
    told = text[max(frame.passage.start, frame.raw_lead[0] - NEAR) : frame.mention.start]
    if (_bracketed_share(text, frame) or _RANKED.search(told)) and not ratio_task:
        return Verdict("rate", "bracket", 0.8)
    if (_shared_completion(text, frame, own) or _next_place(frame, own)) and not ratio_task:
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
    return mood(text, before)[1] in _WORK_TOLD


def _of_the_late(text: str, frame: Frame) -> bool:
    """Whether the count just before is of what is late or not begun: `滞后的有12个，占总任务的8%`."""
    before = frame.previous
    if before is None or before.clause.sentence != frame.clause.sentence or before.mention.unit in PERCENT:
        return False
    near = max(before.raw_lead[0], before.mention.start - _BESIDE), min(before.tail[1], before.tail[0] + _BESIDE)
    return _LAGGING.search(text, *near) is not None


def _bracketed_share(text: str, frame: Frame) -> bool:
    """A percentage alone in brackets behind a count of what was done (`已完成48条（95%）`) or work under way."""
    parent = frame.clause.parent
    if parent is None or text[frame.clause.start : frame.clause.end].strip() != frame.mention.text:
        return False
    before = text[max(parent.start, frame.clause.start - NEAR) : frame.clause.start].rstrip("（( ")
    if _UNDER_WAY.search(before):
        return True
    host = frame.host
    if host is None or host.mention.role != "actual" or host.mention.unit in PERCENT:
        return False
    return mood(text, host)[0] == "done" or _STATUS.search(text, *host.raw_lead) is not None


def _next_place(frame: Frame, own: str) -> bool:
    """Whether nothing but a place parts the percentage from a share done: `西北地区已收超过八成，东北地区超过六成`."""
    before = frame.previous
    return (
        before is not None
        and before.clause.sentence == frame.clause.sentence
        and before.mention.role == "rate"
        and before.mention.unit in PERCENT
        and _PLACE.fullmatch(own) is not None
    )


def _shared_completion(text: str, frame: Frame, own: str) -> bool:
    """A percentage in a list that the verb before its first item governs (`已完成幕墙40%、水电安装65%`)."""
    if (RATIO.search(own) and not _BARE_SHARE.search(own)) or _of_the_late(text, frame):
        return False
    if frame.item and _listed_under(text, frame):
        return not COMPARISON.search(own)
    before = frame.previous
    return (
        bool(_BARE_SHARE.search(own))
        and before is not None
        and before.clause.sentence == frame.clause.sentence
        and bool(_COMPLETED_LIST.search(words_before(text, before)) or _DONE_COUNT.search(words_before(text, before)))
    )


def _listed_under(text: str, frame: Frame) -> bool:
    start = max(frame.clause.start, frame.raw_lead[0] - SIGHT)
    return _COMPLETED_LIST.search(text, start, frame.raw_lead[0]) is not None
