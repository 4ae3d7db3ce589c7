"""What a number is: promised, reached, a share done, a change, a former level, or context.

Reads frames, the passage's role and cue words with their scope; sets `role`, `confidence` and `cues["role"]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import regex

from mse.extract.frames import Frame
from mse.extract.moods import mood
from mse.extract.outlook import Outlook
from mse.extract.passages import Passages
from mse.extract.restated import restated_targets
from mse.extract.shares import by_arithmetic, shares_of_promises
from mse.extract.verdict import Verdict
from mse.grammar import alternation, load
from mse.model import Role

_CUES = load("cues")


def _any(name: str) -> str:
    return alternation(_CUES[name]["words"])


_JOINTS = " " + "".join(_CUES["units"]["joints"])
_OF_SOMETHING = regex.compile(_CUES["units"]["of_something"])
_PERCENT = frozenset(_CUES["units"]["percent"])
_POINTS = frozenset(_CUES["units"]["points"])
_ATTRIBUTE = frozenset(_CUES["units"]["attribute"])
_HOLDING = frozenset(_CUES["units"]["holding"])
_DURATION = frozenset(_CUES["units"]["duration"])
_MONEY = frozenset(_CUES["units"]["money"])
_MONEY_PREFIX = tuple(_CUES["units"]["money"])
_SHARES = _PERCENT | _POINTS | frozenset(_CUES["units"]["multiple"])

_COUNTING = frozenset(_CUES["restated_target"]["counting"])
_RATING = frozenset(_CUES["units"]["rating"])
_JOINT = _CUES["joint"]
_OF, _TO_LEVEL, _EACH = _JOINT["of"], alternation(_JOINT["to"]), alternation(_JOINT["each"])
_TIE = rf"\s*+(?:{_any('tie')}|\s)*+"
_BREAKDOWN = regex.compile(rf"\s*{_any('breakdown')}")
_RESTATED = regex.compile(rf"{_any('restated_target')}(?:\s*[（(：:])?{_TIE}$")
_TARGET_VALUE = regex.compile(rf"{_any('target_value')}{_TIE}$")
_COUNTED = regex.compile(rf"(?:{_any('restated_target')}|{_any('counted_total')})(?:\s*[（(：:])?{_TIE}$")
_SHARE_BEHIND = regex.compile(rf"(?:{_any('threshold')})?\s*[）)]?\s*{_OF}{_TIE}[\d.]+\s*[%％‰]")
_PLAN_SHARE = regex.compile(
    rf"{_any('share_verb')}[^，。；、]{{0,12}}?(?!{_CUES['plan_share']['not_at']}){_any('plan_share')}"
    rf"[^，。；、\d]{{0,6}}[\d.]*[^，。；、\d]{{0,8}}?(?:{_OF})?{_TIE}$"
)
_OF_IT = regex.compile(rf"\s*[）)]?\s*{_OF}{_TIE}$")
_COMPLETION = regex.compile(rf"{_any('completion')}[^，。；、{_OF}{_JOINT['reached']}\d]{{0,8}}{_TIE}$")
_COMPLETED_BEHIND = regex.compile(rf"\s*{_any('completed_behind')}")
_CHANGE = regex.compile(rf"(?P<cue>{_any('change')})(?:{alternation(_JOINT['rate'])}|{_EACH})*{_TIE}$")
_GAIN = regex.compile(rf"(?P<cue>{_any('gain')}){_TIE}$")
_APART = regex.compile(
    rf"(?<!{_CUES['apart_from']['not_after']})(?P<cue>{_any('apart_from')})[^，。；、\d{_OF}]{{0,10}}{_any('restated_target')}$"
)
_SHORT_BY = regex.compile(rf"{_any('short_by')}{_TIE}$")
_SHORT_OF = regex.compile(
    rf"{_any('short_of')}[^，。；、\d]{{0,10}}{_any('restated_target')}[^，。；]{{0,16}}?(?P<cue>{_any('short_by')}){_TIE}$"
)
_LEVEL = regex.compile(rf"{_any('move')}{_TO_LEVEL}{_TIE}$")
_EXCESS = regex.compile(rf"(?P<cue>{_any('excess')})[^，。；、\d{_OF}]{{0,10}}$")
_BEYOND = regex.compile(rf"(?P<cue>{_any('excess')})(?:{_any('completion')})?(?:{_any('restated_target')})?{_TIE}$")
_COMPARISON = regex.compile(
    rf"(?<![{_CUES['comparison']['not_after']}])(?P<cue>{_any('comparison')})(?![{_CUES['comparison']['not_before']}])"
)
_DIFFERENCE = regex.compile(rf"(?P<cue>{_any('difference')}){_TIE}$")
_GROWTH_METRIC = regex.compile(rf"(?P<cue>{_any('growth_metric')}){_EACH}?{_TIE}$")
_FROM = regex.compile(rf"(?P<cue>{_any('from')})[^，。；]{{0,30}}$")
_TO = regex.compile(_any("to"))
_MOVE_BEHIND = regex.compile(rf"[^，。；]{{0,40}}?(?:{_any('move')}){_TO_LEVEL}")
_STATED = regex.compile(_any("stated"))
_EXISTING = regex.compile(_any("existing"))
_PLANNED_SCALE = regex.compile(_any("planned_scale"))
_SCALE = regex.compile(rf"(?P<cue>{_any('scale')}){_TIE}$")
_WHOLE = regex.compile(alternation(w for w in _CUES["scale"]["words"] if w in _CUES["counted_total"]["words"]))
_REPORTED = frozenset(_CUES["scale"]["reported"])
_REACHED = tuple(_CUES["scale"]["reached"])
_CONDITION = regex.compile(rf"(?P<cue>{_any('condition_before')})\s*$")
_INVENTORY = regex.compile(rf"(?P<cue>{_any('inventory')})[^，。；\d]{{0,12}}$")
_TOLD = frozenset(_CUES["inventory"]["reported"])
_NOT_YET = regex.compile(rf"\s*{_any('not_yet')}")
_RECKONED = regex.compile(rf"\s*{_any('reckoned')}")
_GRANT = regex.compile(rf"^{alternation(_CUES['grant']['opener'])}.*(?P<cue>{_any('grant')}){_TIE}$")
_LASTING = regex.compile(rf"{_any('lasting')}{_TIE}$")
_SOFT_VERB = regex.compile(_any("soft_verb"))
_UNDER_WAY = regex.compile(rf"{alternation(_CUES['soft_verb']['under_way'])}$")
_MADE_OF = regex.compile(_any("made_of"))
_STANDARD_BEHIND = regex.compile(rf"\s*{_OF}{_any('standard_behind')}")
_LIMIT = regex.compile(rf"{_any('limit_target')}\s*$")
_CAPACITY = regex.compile(rf"(?P<cue>{_any('capacity')})(?:{_any('tie')})*+$")
_REACH_BEHIND = regex.compile(_any("reach_behind"))
_PERIOD_BEHIND = regex.compile(_any("period_behind"))
_CONTAINER = regex.compile(_any("container"))
_ACTUAL_BEHIND = regex.compile(rf"\s*{_any('actual_behind')}")
_DIVISION = regex.compile(rf"(?<![{_CUES['division']['not_after']}])(?P<cue>{_any('division')})$")
_COMPLETED_BEFORE = regex.compile(rf"{_any('status')}$")
_STATUS = regex.compile(_any("status"))
_COMPLETED_LIST = regex.compile(_any("completion"))
_BARE_SHARE = regex.compile(rf"{_any('bare_share')}{_TIE}$")
_DIGIT = regex.compile(r"\d")
_DUTY = regex.compile(rf"{_any('duty')}")
_RATIO = regex.compile(rf"(?P<cue>{_any('ratio_metric')}){_TIE}$")
_TELLING = 3  # last characters that tell one ratio from another
_MOVED = regex.compile(rf"(?P<cue>{_any('moved')})(?:{alternation(_CUES['done_particle']['words'])})?{_TIE}$")
_FORMER_SAID = regex.compile(rf"{_any('former_said')}[^，。；\d]{{0,4}}$")
_AMONG = regex.compile(rf"[^，。；\d]{{1,16}}?{_any('among')}(?:$|{alternation(_CUES['among']['then'])})")
_SO_FAR = regex.compile(rf"[^，。；\d]{{2,16}}?{alternation(_CUES['among']['so_far'])}[^，。；\d]{{0,6}}$")
_GENERIC_TOTAL = regex.compile(rf"{_any('generic_total')}{_OF}?{_TIE}$")
_DIVISIONS = regex.compile(rf"\p{{Han}}{{0,4}}{alternation(load('metrics')['area']['suffixes'])}")
_SERVED = regex.compile(rf"{_any('served')}(?:{_any('subject_lead')})*\s*$")
_AREA_LEAD = rf"\p{{Han}}{{2,8}}{alternation(_CUES['subject_lead']['areas'])}"
_SUBJECT_LEAD = regex.compile(rf"[\s，,：:]*(?:{_any('subject_lead')}|{_AREA_LEAD})*[\s，,]*$")
_LONGEST_SUBJECT = 24  # code points of areas and adverbs before a count that opens the subject
_NOTHING: frozenset[str] = frozenset()
_NEAR = 32  # code points before a number within which a word that stands right before it begins
_SIGHT = 240  # code points within which a cue is looked for


def assign_roles(passages: Passages, frames: list[list[Frame]]) -> None:
    """Set the role of every quantity; `frames` holds one list for each passage."""
    planning = is_plan(passages)
    ratio_targets = _ratio_targets(passages.text, frames)
    levels: set[int] = set()  # where a percentage stands that is a level of a promised ratio
    for passage_frames in frames:
        outlook = Outlook(passages.text, passage_frames[0].passage) if passage_frames else None
        for frame in passage_frames:
            frame.ahead = outlook is not None and outlook.ahead(frame.mention.start)
            own = _own(passages.text, frame)
            level = _is_ratio_of(own, ratio_targets.get(id(frame.passage.task), _NOTHING))
            if level and frame.mention.unit in _PERCENT and _RATIO.search(own):
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
            promised = frame.passage.role == "task" and frame.mention.unit in _PERCENT
            if promised and (hit := _RATIO.search(_own(text, frame))):
                found.setdefault(id(frame.passage.task), set()).add(_ratio_name(_own(text, frame), hit))
    return found


def _ratio_name(own: str, hit: regex.Match[str]) -> str:
    return own[max(0, hit.end("cue") - _TELLING) : hit.end("cue")]


def _is_ratio_of(own: str, promised: Set[str]) -> bool:
    """Whether a percentage can be a level of a promised ratio: it names that ratio, or none at all."""
    if not promised:
        return False
    hit = _RATIO.search(own)
    return hit is None or _ratio_name(own, hit) in promised


def _own(text: str, frame: Frame) -> str:
    """The text before the number within its item."""
    return text[max(frame.raw_lead[0], frame.mention.start - _SIGHT) : frame.mention.start]


def _tail(text: str, frame: Frame) -> str:
    """The text behind the number within its item."""
    return text[frame.tail[0] : min(frame.tail[1], frame.tail[0] + _SIGHT)]


def _verdict(text: str, frame: Frame, own: str, planning: bool, ratio_task: bool) -> Verdict:
    cell = frame.passage.role
    if cell == "text" and frame.passage.in_table_report:
        return Verdict("context", "preamble", 0.8)
    promised = cell in ("task", "plan")
    before = text[max(frame.clause.start, frame.mention.start - _SIGHT) : frame.mention.start]
    behind = text[frame.mention.end : min(frame.clause.end, frame.mention.end + _SIGHT)]
    if cue := _condition(text, frame, own):
        frame.condition = True
        return Verdict("context", cue, 0.9)
    if cue := _former_level(before, behind):
        return Verdict("baseline", cue, 0.95)
    if hit := _FORMER_SAID.search(before[-_NEAR:]):
        return Verdict("baseline", hit.group(), 0.85)
    if _SHARE_BEHIND.match(behind) and (hit := _COUNTED.search(before)):
        return Verdict("target", hit.group(), 0.95)
    if verdict := _from_host(text, frame, own):
        return verdict
    if frame.mention.unit in _SHARES:
        return _of_share(text, frame, own, promised, ratio_task)
    return _of_amount(text, frame, own, before, behind, promised, planning)


def _condition(text: str, frame: Frame, own: str) -> str:
    """The limit word where the number is a condition on the noun behind it (`60岁以上老人`), else empty."""
    unit, tail = frame.mention.unit, _tail(text, frame)
    if unit in _DURATION and (hit := _PERIOD_BEHIND.match(tail)):
        return hit.group()
    if frame.threshold and unit in _ATTRIBUTE | _MONEY and _relative(tail, frame):
        return frame.threshold
    if not frame.noun_behind:
        return ""
    if unit in _ATTRIBUTE and (hit := _CAPACITY.search(own) or _REACH_BEHIND.match(tail)):
        return hit.group()
    if unit in _RATING:
        return unit
    limit = _CONDITION.search(own)
    cue = frame.threshold or (limit.group("cue") if limit else "")
    if unit in _HOLDING and not _CONTAINER.search(tail[:10]):
        return ""
    if unit in _PERCENT and (frame.threshold or not limit):
        return ""
    return cue if unit in _ATTRIBUTE | _MONEY | _HOLDING | _PERCENT else ""


def _relative(tail: str, frame: Frame) -> bool:
    """Whether what stands behind the number only tells of what kind those counted next are: `3个月以上未完工的7个`."""
    return frame.next_in_clause is not None and 1 < len(tail) <= _NEAR and tail.endswith(_OF)


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
    if (host.unit in _SHARES) != (frame.mention.unit in _SHARES):
        return None
    if _RESTATED.search(own) or (host.role == "context" and host.unit != frame.mention.unit):
        return None
    if host.unit == frame.mention.unit or _BREAKDOWN.match(text, frame.clause.start):
        return Verdict(host.role, host.cues.get("role", ""), 0.85)
    return None


def _of_share(text: str, frame: Frame, own: str, promised: bool, ratio_task: bool) -> Verdict:
    near = own[-_NEAR:]
    before = frame.previous.mention if frame.same_clause and frame.previous else None
    beside = before is not None and (before.unit == frame.mention.unit or before.unit in _POINTS)
    if before and beside and not own.strip(_JOINTS) and before.role not in ("context", ""):
        role: Role = before.role if before.role != "baseline" else ("target" if promised else "actual")
        return Verdict(role, before.cues.get("role", ""), 0.9)
    level = _LEVEL.search(near)
    hit = (None if level else _CHANGE.search(near)) or _EXCESS.search(own) or _GROWTH_METRIC.search(near)
    if hit is None and not level and _COMPARISON.search(own):
        hit = _DIFFERENCE.search(near)
    if promised and not (_STATED.search(own) and (_COMPLETION.search(own) or _PLAN_SHARE.search(own))):
        return Verdict("target", hit.group("cue") if hit else "cell", 0.92)
    current, cue = mood(text, frame)
    if frame.mention.unit in _POINTS:
        planned = current == "future" and _CHANGE.search(near) and not _COMPARISON.search(own)
        return Verdict("target", cue, 0.8) if planned else Verdict("change", own[-4:], 0.95)
    if (set_as := _STANDARD_BEHIND.match(text, frame.tail[0], frame.tail[1])) and not _COMPLETION.search(own):
        return Verdict("target", set_as.group(), 0.85)
    if set_as := _TARGET_VALUE.search(near):
        return Verdict("target", set_as.group(), 0.85)
    if hit and _COMPARISON.search(own) and not (current == "future" and _follows_target(frame)):
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
    if (share := _COMPLETION.search(own)) and not ratio_task:
        return Verdict("rate", share.group(), 0.88)
    if _shared_completion(text, frame, own) and not ratio_task:
        return Verdict("rate", "list", 0.8)
    return Verdict("actual", cue or "cell", 0.8)


def _counted_wholes(text: str, frames: list[list[Frame]]) -> Iterator[tuple[Frame, Verdict]]:
    """The size of a task's undertaking (`总投资3亿元`), where progress tells a share of just that (`占总投资的40%`)."""
    counted: dict[int, set[str]] = {}
    for passage_frames in frames:
        for frame in passage_frames:
            if frame.passage.role == "progress" and frame.mention.role == "rate":
                words = (hit.group() for hit in _WHOLE.finditer(_own(text, frame)))
                counted.setdefault(id(frame.passage.task), set()).update(words)
    for passage_frames in frames:
        for frame in passage_frames:
            sized = frame.passage.role == "task" and frame.mention.role == "context"
            if sized and frame.mention.cues.get("role") in counted.get(id(frame.passage.task), ()):
                yield frame, Verdict("target", frame.mention.cues["role"], 0.85)


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
    if _RATIO.search(own) and not _BARE_SHARE.search(own):
        return False
    if frame.item and _listed_under(text, frame):
        return not _COMPARISON.search(own)
    before = frame.previous
    return (
        bool(_BARE_SHARE.search(own))
        and before is not None
        and before.clause.sentence == frame.clause.sentence
        and bool(_COMPLETED_LIST.search(_own(text, before)))
    )


def _listed_under(text: str, frame: Frame) -> bool:
    start = max(frame.clause.start, frame.raw_lead[0] - _SIGHT)
    return _COMPLETED_LIST.search(text, start, frame.raw_lead[0]) is not None


def _of_amount(text: str, frame: Frame, own: str, before: str, behind: str, promised: bool, planning: bool) -> Verdict:
    near = own[-_NEAR:]
    level = _LEVEL.search(near)
    if not level and _COMPARISON.search(own) and (hit := _CHANGE.search(near) or _DIFFERENCE.search(near)):
        planned = promised or (mood(text, frame)[0] == "future" and _follows_target(frame))
        return Verdict("target" if planned else "change", hit.group("cue"), 0.9)
    if not promised and _SHORT_BY.search(near) and (hit := _SHORT_OF.search(before[-_SIGHT:])):
        return Verdict("change", hit.group("cue"), 0.85)
    listed = frame.previous.mention if frame.same_clause and frame.previous else None
    if listed is not None and listed.role == "change" and listed.unit not in _SHARES and not own.strip(_JOINTS):
        return Verdict("target" if promised else "change", listed.cues.get("role", ""), 0.85)
    if (hit := _GAIN.search(near)) and not promised and mood(text, frame)[0] != "future":
        return Verdict("change", hit.group("cue"), 0.75)
    if not promised and (hit := _BEYOND.search(near)):
        return Verdict("change", hit.group("cue"), 0.8)
    if not promised and (hit := _APART.search(own)):
        return Verdict("change", hit.group("cue"), 0.85)
    if frame.mention.unit not in _COUNTING and (hit := _RESTATED.search(near)):
        return Verdict("target", hit.group(), 0.88)
    tail = _tail(text, frame)
    if frame.noun_behind and (hit := _DUTY.search(tail)) and not _COMPLETION.search(own):
        return Verdict("target", hit.group(), 0.8)
    if hit := _NOT_YET.match(behind):
        return Verdict("target", hit.group(), 0.8)
    if frame.mention.unit in _DURATION and (hit := _LASTING.search(near)):
        return Verdict("context", hit.group(), 0.8)
    if _RECKONED.match(behind):
        return Verdict("context", "reckoned", 0.85)
    current, cue = mood(text, frame)
    moved = None if promised or current == "future" else _MOVED.search(own, max(0, len(own) - _NEAR))
    if moved is not None and not _LEVEL.search(near) and _said_of(frame, own, moved):
        return Verdict("change", moved.group("cue"), 0.8)
    if (hit := _PLANNED_SCALE.search(own)) and _behind_actual(frame):
        return Verdict("actual", hit.group(), 0.8)
    scale = _SCALE.search(own) if current != "future" and not _PLANNED_SCALE.search(own) else None
    if scale and not _reported(frame, scale):
        return Verdict("context", scale.group("cue"), 0.8)
    stock = _INVENTORY.search(own) or _DIVISION.search(near)
    told = frame.passage.role == "text" and stock is not None and stock.group("cue") in _TOLD
    if stock and not told and not promised and not _behind_actual(frame):
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
    if (frame.passage.role != "text" and (hit := _LIMIT.search(near))) or (hit := _STANDARD_BEHIND.match(behind)):
        return Verdict("target", hit.group(), 0.8)
    if _partly_there(text, frame):
        return Verdict("target", "due", 0.85)
    return Verdict("actual", cue or "cell", 0.93 if current == "done" else 0.88)


def _follows_target(frame: Frame) -> bool:
    """Whether a promised number stands before this one in its sentence (`收入安排105亿元，比上年增长6.5%`)."""
    before = frame.previous
    return before is not None and before.clause.sentence == frame.clause.sentence and before.mention.role == "target"


def _reported(frame: Frame, scale: regex.Match[str]) -> bool:
    """Whether a scale is what the sentence reports: inhabitants in free prose, or a level that was reached."""
    if frame.passage.role == "text" and scale.group("cue") in _REPORTED:
        return True
    if _COMPLETED_BEFORE.search(scale.string, 0, scale.start()):
        return True
    return not frame.noun_behind and scale.group().endswith(_REACHED) and not scale.group("cue").endswith(_REACHED)


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


def _said_of(frame: Frame, own: str, moved: regex.Match[str]) -> bool:
    """Whether a growth word stands behind what grew: in its own item, or as a level of the same unit before it."""
    if len(own[: moved.start()].strip(_JOINTS)) > 1:
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
        if counted and frame.following.mention.unit in (frame.mention.unit, *_SHARES):
            return "among"
    following = frame.next_in_clause
    if (
        following is not None
        and following.mention.unit != frame.mention.unit
        and (following.noun_behind or following.mention.unit not in _DURATION)
        and len(own) <= _LONGEST_SUBJECT
        and _SUBJECT_LEAD.fullmatch(own)
        and not _SERVED.search(own)
        and text[frame.tail[1] - 1 : frame.tail[1]] not in _JOINTS
    ):
        return "subject"
    if (
        following is not None
        and frame.tail[1] == following.mention.start
        and following.mention.unit in _HOLDING
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
        if cared_for is not None and cared_for.search(tail):
            return "care"
    return ""
