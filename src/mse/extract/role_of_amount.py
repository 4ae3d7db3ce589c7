"""What an amount is: promised, reached, a difference, or mere context."""

from __future__ import annotations

import regex

from mse.extract.frames import Frame
from mse.extract.moods import NOT_A_CUE, blank, mood
from mse.extract.role_cues import (
    CHANGE,
    COMPARISON,
    COMPLETION,
    CUES,
    DIFFERENCE,
    DURATION,
    HOLDING,
    JOINTS,
    LEVEL,
    NEAR,
    OF,
    RESTATED,
    SHARES,
    SIGHT,
    STANDARD_BEHIND,
    TIE,
    any_of,
    follows_target,
    words_behind,
)
from mse.extract.verdict import FORECAST, PART, Verdict
from mse.grammar import alternation, load

_OF_SOMETHING = regex.compile(CUES["units"]["of_something"])
_MONEY_PREFIX = tuple(CUES["units"]["money"])
_COUNTING = frozenset(CUES["restated_target"]["counting"])
_GAIN = regex.compile(rf"(?P<cue>{any_of('gain')}){TIE}$")
_APART = regex.compile(
    rf"(?<!{CUES['apart_from']['not_after']})(?P<cue>{any_of('apart_from')})[^，。；、\d{OF}]{{0,10}}{any_of('restated_target')}$"
)
_SHORT_BY = regex.compile(rf"{any_of('short_by')}{TIE}$")
_SHORT_OF = regex.compile(
    rf"{any_of('short_of')}[^，。；、\d]{{0,10}}{any_of('restated_target')}[^，。；]{{0,16}}?(?P<cue>{any_of('short_by')}){TIE}$"
)
_BEYOND = regex.compile(
    rf"(?P<cue>{any_of('excess')})(?:{any_of('completion')})?(?:{any_of('restated_target')})?{TIE}$"
)
# How many are so far, and not how far: 达到或超过序时进度37件.
_AT_PACE = regex.compile(rf"{alternation(CUES['excess']['reached'])}{any_of('excess')}[^，。；\d]{{0,6}}$")
_EXISTING = regex.compile(any_of("existing"))
_INTENDED_SCALE = regex.compile(alternation(CUES["planned_scale"]["intended"]))
_PLANNED_SCALE = regex.compile(any_of("planned_scale"))
_SCALE = regex.compile(rf"(?P<cue>{any_of('scale')}){TIE}$")
_REPORTED = frozenset(CUES["scale"]["reported"])
_REACHED = tuple(CUES["scale"]["reached"])
_INVENTORY = regex.compile(rf"(?P<cue>{any_of('inventory')})[^，。；\d]{{0,12}}$")
_STOCKS = frozenset(CUES["inventory"]["words"])
_TOLD = frozenset(CUES["inventory"]["reported"])
_NOT_YET = regex.compile(rf"\s*{any_of('not_yet')}")
_RECKONED = regex.compile(rf"\s*{any_of('reckoned')}")
_AGAINST_PLAN = regex.compile(rf"{any_of('share_verb')}[^，。；、\d]{{0,12}}{any_of('restated_target')}")
_GRANT = regex.compile(rf"^{alternation(CUES['grant']['opener'])}.*(?P<cue>{any_of('grant')}){TIE}$")
_LASTING = regex.compile(rf"{any_of('lasting')}{TIE}$")
_SOFT_VERB = regex.compile(any_of("soft_verb"))
_COMES_ABOUT = regex.compile(rf"{OF}[^，。；\d]{{0,4}}{alternation(CUES['soft_verb']['comes_about'])}$")
_UNDER_WAY = regex.compile(rf"{alternation(CUES['soft_verb']['under_way'])}$")
_MADE_OF = regex.compile(any_of("made_of"))
_LIMIT = regex.compile(rf"{any_of('limit_target')}\s*$")
_ACTUAL_BEHIND = regex.compile(rf"\s*{any_of('actual_behind')}")
_DIVISION = regex.compile(rf"(?<![{CUES['division']['not_after']}])(?P<cue>{any_of('division')})$")
_COMPLETED_BEHIND = regex.compile(rf"\s*{any_of('completed_behind')}")
_COMPLETED_BEFORE = regex.compile(rf"{any_of('status')}$")
_DUTY = regex.compile(rf"{any_of('duty')}")
_NAMED_PLAN = regex.compile(rf"{alternation(CUES['target_value']['copulas'])}\s*$")
_BREAKDOWN = regex.compile(rf"\s*{any_of('breakdown')}")
_BREAKDOWN_HEAD = regex.compile(rf"{any_of('breakdown')}\s*[：:，,]\s*$")
_SHORT = 8  # code points
_PLAN_NAMED = frozenset(CUES["future_not"]["planned"])
_WORK_DONE = regex.compile(rf"\s*{alternation(CUES['work_done']['of_it'])}")
_TASK_DONE = regex.compile(
    rf"{alternation(CUES['work_done']['of_it'])}[^，。；、\d{CUES['work_done']['no_year']}]{{2,12}}"
    rf"{alternation(CUES['duty']['words'])}$"
)
_OF_SHARE = regex.compile(rf"\s*[）)]?\s*{OF}?[^，。；]{{0,6}}?[\d.]+\s*[%％]")
_REST = regex.compile(rf"{any_of('rest')}$")
_SIZED = regex.compile(rf"(?<!{alternation(CUES['sized']['not_after'])})(?P<cue>{any_of('sized')}){TIE}$")
_THING_BEHIND = regex.compile(rf"\s*(?:{any_of('threshold')})?{OF}[^，。；]{{2,}}")
_DONE_BEHIND = regex.compile(
    rf"[^，。；\d]{{0,6}}[\s，,（(：:]*{any_of('done_behind')}(?:{any_of('status')}){{1,3}}(?:{any_of('tie')}|\s)*$"
)
_NAMED_DUTY = regex.compile(rf"{alternation(CUES['duty']['bare'])}(?:{any_of('tie')}|\s)*$")
_DUTY_MET = regex.compile(alternation(CUES["duty"]["met_by"]))
_STILL_TO_COME = regex.compile(rf"[^，。；\d]{{0,16}}?{any_of('forecast_behind')}[^，。；]{{0,24}}?{any_of('status')}")
_ALREADY = regex.compile(alternation(CUES["forecast_behind"]["already"]))
_AFTER_COMPLETION = frozenset(CUES["after_completion"]["words"])
_CAME_ABOUT = regex.compile(alternation(CUES["after_completion"]["told"]))
_MOVED = regex.compile(rf"(?P<cue>{any_of('moved')})(?:{alternation(CUES['done_particle']['words'])})?{TIE}$")
_AMONG = regex.compile(rf"[^，。；\d]{{1,16}}?{any_of('among')}(?:$|{alternation(CUES['among']['then'])})")
_SO_FAR = regex.compile(rf"[^，。；\d]{{2,16}}?{alternation(CUES['among']['so_far'])}[^，。；\d]{{0,6}}$")
_DIVISIONS = regex.compile(rf"\p{{Han}}{{0,4}}{alternation(load('metrics')['area']['suffixes'])}")
_SERVED = regex.compile(rf"{any_of('served')}(?:{any_of('subject_lead')})*\s*$")
_AREA_LEAD = rf"\p{{Han}}{{2,8}}{alternation(CUES['subject_lead']['areas'])}"
_SUBJECT_LEAD = regex.compile(rf"[\s，,：:]*(?:{any_of('subject_lead')}|{_AREA_LEAD})*[\s，,]*$")
_LONGEST_SUBJECT = 24  # code points of areas and adverbs before a count that opens the subject


def of_amount(text: str, frame: Frame, own: str, before: str, behind: str, promised: bool, planning: bool) -> Verdict:
    """The role of an amount.

    `own` is the text before it in its item, `before` and `behind` its clause around it. `promised` tells that its cell
    holds tasks or plans, `planning` that the whole report only plans.
    """
    near = own[-NEAR:]
    level = LEVEL.search(near)
    if not level and COMPARISON.search(own) and (hit := CHANGE.search(near) or DIFFERENCE.search(near)):
        planned = promised or (mood(text, frame)[0] == "future" and follows_target(frame))
        return Verdict("target" if planned else "change", hit.group("cue"), 0.9)
    if not promised and _SHORT_BY.search(near) and (hit := _SHORT_OF.search(before[-SIGHT:])):
        return Verdict("change", hit.group("cue"), 0.85)
    listed = frame.previous.mention if frame.same_clause and frame.previous else None
    if listed is not None and listed.role == "change" and listed.unit not in SHARES and not own.strip(JOINTS):
        return Verdict("target" if promised else "change", listed.cues.get("role", ""), 0.85)
    if listed is not None and listed.role == "context" and listed.cues.get("role") in _STOCKS and not own.strip(JOINTS):
        return Verdict("context", listed.cues["role"], 0.75)
    if (hit := _GAIN.search(near)) and not promised and mood(text, frame)[0] != "future":
        return Verdict("change", hit.group("cue"), 0.75)
    if not promised and (hit := _BEYOND.search(near)) and not _AT_PACE.search(near):
        return Verdict("change", hit.group("cue"), 0.8)
    if not promised and (hit := _APART.search(own)):
        return Verdict("change", hit.group("cue"), 0.85)
    task_done = not promised and _TASK_DONE.search(near) is not None and not _OF_SHARE.match(behind)
    if frame.mention.unit not in _COUNTING and not task_done and (hit := RESTATED.search(near)):
        if _NAMED_PLAN.search(hit.group()):
            frame.promise = hit.group()
        return Verdict("target", hit.group(), 0.88)
    tail = words_behind(text, frame)
    named = frame.noun_behind and not COMPLETION.search(own) and not _REST.search(own)
    duty = _DUTY.search(tail) if named else None
    if duty is not None and not _DUTY_MET.search(tail, 0, duty.start()):
        return Verdict("target", duty.group(), 0.8)
    if hit := _NOT_YET.match(behind):
        return Verdict("target", hit.group(), 0.8)
    if frame.mention.unit in DURATION and (hit := _LASTING.search(near)):
        return Verdict("context", hit.group(), 0.8)
    if _RECKONED.match(behind):
        return Verdict("context", "reckoned", 0.85)
    current, cue = mood(text, frame)
    if current == "future" and cue in _AFTER_COMPLETION and _CAME_ABOUT.search(behind):
        current, cue = "", ""
    if current == "future" and cue in _PLAN_NAMED and _WORK_DONE.match(own) and _shared(text, frame):
        current, cue = "", ""  # `计划投产项目17宗，完成投资16亿元，占年度计划的39%`
    if not promised and _still_to_come(frame, own, behind):
        return Verdict("target", FORECAST, 0.8)
    moved = None if promised or current == "future" else _MOVED.search(own, max(0, len(own) - NEAR))
    if moved is not None and not LEVEL.search(near) and _said_of(frame, own, moved):
        return Verdict("change", moved.group("cue"), 0.8)
    if (hit := _PLANNED_SCALE.search(own)) and _behind_actual(frame):
        return Verdict("actual", hit.group(), 0.8)
    if not promised and current != "future" and (hit := _INTENDED_SCALE.search(near)):
        return Verdict("context", hit.group(), 0.75)
    scale = _SCALE.search(own) if current != "future" and not _PLANNED_SCALE.search(own) else None
    if scale and promised and _LIMIT.search(near):
        scale = None
    if scale and not _reported(text, frame, scale):
        return Verdict("context", scale.group("cue"), 0.8)
    sized = _SIZED.search(near) if frame.mention.unit.startswith(_MONEY_PREFIX) else None
    if sized and _THING_BEHIND.match(text, frame.mention.end, frame.clause.end):
        return Verdict("context", sized.group("cue"), 0.8)
    stock = _INVENTORY.search(own) or _DIVISION.search(near)
    told = frame.passage.role == "text" and stock is not None and stock.group("cue") in _TOLD
    if stock and not told and not (promised or current == "future" or _behind_actual(frame) or _shared(text, frame)):
        return Verdict("context", stock.group("cue"), 0.75)
    if reason := _mere_subject(text, frame, own, tail, promised, current == "future"):
        return Verdict("context", reason, 0.75)
    if not promised and frame.mention.unit.startswith(_MONEY_PREFIX) and (hit := _GRANT.search(before)):
        return Verdict("target", hit.group("cue"), 0.75)
    if promised:
        if current != "future" and (hit := _EXISTING.search(own)):
            return Verdict("actual" if planning else "context", hit.group(), 0.7)
        return Verdict("target", "cell", 0.93)
    if current == "future":
        return Verdict("target", cue, 0.82)
    if not current and _part_of_plan(text, frame, own):
        return Verdict("target", PART, 0.8)
    if (frame.passage.role != "text" and (hit := _LIMIT.search(near))) or (hit := STANDARD_BEHIND.match(behind)):
        return Verdict("target", hit.group(), 0.8)
    if _partly_there(text, frame) or _done_of_it(text, frame):
        return Verdict("target", "due", 0.85)
    return Verdict("actual", cue or "cell", 0.93 if current == "done" else 0.88)


def _still_to_come(frame: Frame, own: str, behind: str) -> bool:
    """Whether the words behind a count expect what has not come yet: `其余4个项目预计10月底前完工`."""
    if frame.next_in_clause is not None or _ALREADY.search(own):
        return False
    return _STILL_TO_COME.match(behind) is not None and _STILL_TO_COME.match(NOT_A_CUE.sub(blank, behind)) is not None


def _reported(text: str, frame: Frame, scale: regex.Match[str]) -> bool:
    """Whether a scale is what the sentence reports: inhabitants in free prose, or a level that was reached."""
    if scale.group("cue") in _REPORTED and (frame.passage.role == "text" or _asked_for(frame, scale.group("cue"))):
        return True
    if _COMPLETED_BEFORE.search(scale.string, 0, scale.start()):
        return True
    if frame.passage.role == "text" and _grown(text, frame):
        return True
    return not frame.noun_behind and scale.group().endswith(_REACHED) and not scale.group("cue").endswith(_REACHED)


def _shared(text: str, frame: Frame) -> bool:
    """Whether a share of a plan is told of the amount next: `涉及居民636万户，占年度任务的90.1%`."""
    after = frame.following
    if after is None or after.clause.sentence != frame.clause.sentence or after.mention.unit not in SHARES:
        return False
    return _AGAINST_PLAN.search(text, frame.tail[0], after.mention.start) is not None


def _grown(text: str, frame: Frame) -> bool:
    """Whether it is told next how far the level has grown: `务工规模3200万人，同比增加160万人`."""
    after = frame.following
    if after is None or after.clause.sentence != frame.clause.sentence:
        return False
    return COMPARISON.search(text, frame.tail[0], after.mention.start) is not None


def _asked_for(frame: Frame, metric: str) -> bool:
    """Whether the task of the passage speaks of the metric itself."""
    return frame.passage.role == "progress" and frame.passage.task is not None and metric in frame.passage.task.text


def _behind_actual(frame: Frame) -> bool:
    """Whether something reached stands before the number in its sentence (`新签约项目18个，计划总投资84.8亿元`)."""
    before = frame.previous
    if before is None or before.clause.sentence != frame.clause.sentence:
        return False
    return before.mention.role in ("actual", "change")


def _partly_there(text: str, frame: Frame) -> bool:
    """`省级资金1510万元已下拨1474万元`: an amount that is due, and right behind it how much of it is there."""
    following = frame.next_in_clause
    return (
        following is not None
        and following.mention.unit == frame.mention.unit
        and bool(_ACTUAL_BEHIND.match(text, frame.tail[0], following.mention.start))
        and following.mention.start - frame.tail[0] <= 12
    )


def _part_of_plan(text: str, frame: Frame, own: str) -> bool:
    """`共需开工35万套，其中廉租房22万套，公租房13万套`: parts of what is to be done, and nothing told of them yet."""
    before = frame.previous
    if before is None or before.clause.sentence != frame.clause.sentence:
        return False
    if _DUTY_MET.search(own) or _COMPLETED_BEFORE.search(own):
        return False
    if before.mention.role != "target" or before.mention.unit != frame.mention.unit or _bigger(frame, before):
        return False
    if before.mention.cues.get("role") == PART or _BREAKDOWN.match(text, frame.clause.start):
        return True
    return _BREAKDOWN_HEAD.search(text, max(0, frame.clause.start - _SHORT), frame.clause.start) is not None


def _bigger(frame: Frame, than: Frame) -> bool:
    whole, part = than.mention.value, frame.mention.value
    return than.mention.cues.get("role") != PART and part is not None and whole is not None and part > whole


def _done_of_it(text: str, frame: Frame) -> bool:
    """`整改任务315项，已整改完成139项`: in the next clause it is told how much of a duty is done."""
    after = frame.following
    if (
        after is None
        or after.clause.sentence != frame.clause.sentence
        or after.clause.parent is not frame.clause.parent
    ):
        return False
    part, whole = after.mention, frame.mention
    if part.unit != whole.unit or part.value is None or whole.value is None or part.value > whole.value:
        return False
    if frame.noun_behind and after.noun_behind:
        return False  # two things: `建成5个园区，已完工2个标段`
    if not _NAMED_DUTY.search(text, *frame.lead):
        return False
    return _DONE_BEHIND.match(text[frame.mention.end : after.mention.start]) is not None


def _said_of(frame: Frame, own: str, moved: regex.Match[str]) -> bool:
    """Whether a growth word stands behind what grew: in its own item, or as a level of the same unit before it."""
    if len(own[: moved.start()].strip(JOINTS)) > 1:
        return not frame.noun_behind
    before = frame.previous
    beside = before is not None and before.clause.sentence == frame.clause.sentence
    return beside and before is not None and before.mention.unit == frame.mention.unit and not frame.noun_behind


def _mere_subject(text: str, frame: Frame, own: str, tail: str, promised: bool, planned: bool) -> str:
    """Why a count with its noun behind it only names what something else is said of; empty where it does not."""
    if not frame.noun_behind:
        return ""
    if _MADE_OF.search(tail[:12]):
        return "composition"
    if not (promised or planned) and frame.following is not None and _AMONG.match(tail):
        counted = frame.following.clause.sentence == frame.clause.sentence
        if counted and frame.following.mention.unit in (frame.mention.unit, *SHARES):
            return "among"
    following = frame.next_in_clause
    if (
        following is not None
        and following.mention.unit != frame.mention.unit
        and (following.noun_behind or following.mention.unit not in DURATION)
        and len(own) <= _LONGEST_SUBJECT
        and _SUBJECT_LEAD.fullmatch(own)
        and not _SERVED.search(own)
        and not (following.mention.unit in SHARES and _COMPLETED_BEHIND.match(text, following.mention.end))
        and text[frame.tail[1] - 1 : frame.tail[1]] not in JOINTS
    ):
        return "subject"
    if (
        following is not None
        and frame.tail[1] == following.mention.start
        and following.mention.unit in HOLDING
        and following.mention.unit != frame.mention.unit
        and _DIVISIONS.fullmatch(tail.strip())
    ):
        return "subject"
    if (
        frame.passage.role == "text"
        and following is not None
        and following.mention.unit == frame.mention.unit
        and _SO_FAR.fullmatch(tail)
    ):
        return "among"
    if frame.mention.op == "=" and _SOFT_VERB.search(own):
        cared_for = _OF_SOMETHING if promised else _UNDER_WAY if frame.passage.role == "text" else None
        if cared_for is not None and cared_for.search(tail) and not _COMES_ABOUT.search(tail):
            return "care"
    return ""
