"""What a report says of itself in the lines around its tables: title, place, year, period, number, day of issue."""

from __future__ import annotations

import calendar
import datetime as dt

import regex

from mse.grammar import alternation, load
from mse.model import Metadata, Period
from mse.reading.clean import squeeze
from mse.reading.place import place_of

_DATA = load("metadata")
_BEFORE = regex.compile(_DATA["before_title"]["pattern"])
_PAGE_LABEL = regex.compile(
    r"[^\p{Han}\d]*(?:"
    + "|".join(r"\s?".join(word) for word in sorted(_DATA["page_label"]["words"], key=len, reverse=True))
    + r")[】\]）)]?\s*(?:[:：|｜].*)?"
)
_FURNITURE = [regex.compile(pattern) for pattern in load("webpage")["furniture"]["patterns"]]
_INTRODUCTION = regex.compile(_DATA["introduction"]["pattern"])
_MASTHEAD = regex.compile(_DATA["masthead"]["pattern"])
_TITLE_END = regex.compile(rf".*{alternation(_DATA['title_end']['words'])}(?:{_DATA['title_bracket']['pattern']})*")
_BRACKET = regex.compile(_DATA["title_bracket"]["pattern"])
_DOCUMENT_NUMBER = regex.compile(_DATA["document_number"]["pattern"])
_DAY = regex.compile(_DATA["day"]["pattern"])
_ISSUED = regex.compile(rf"{alternation(_DATA['issued']['labels'])}\s*[:：]\s*{_DATA['day']['pattern']}")
_YEAR = regex.compile(_DATA["year"]["pattern"])
_PLAN = regex.compile(_DATA["plan"]["pattern"])
_TOLD = regex.compile(_DATA["plan"]["told"])
_PERIODS = [
    (regex.compile(entry["pattern"]), entry.get("from"), entry.get("to"), entry["pattern"]) for entry in _DATA["period"]
]
_DIGITS: dict[str, int] = _DATA["digits"]["values"]
_SENTENCE = regex.compile(f"[{load('columns')['sentence']['marks']}]")

# Around a line of separated values, of Markdown or of a list.
_MARKS = '#*|,;"•·'
_OPENS = (":", "：")  # what ends so addresses somebody or opens a list
_HEAD_LINES = 60
_TITLE_LINES = 4
_BULLETIN_LINES = 8
_LONGEST_MASTHEAD = 8
_LONGEST_TITLE = 100
_SEARCHED = 200_000


def read_metadata(text: str, tables: list[tuple[int, int]]) -> Metadata:
    """Metadata from the text before the first table and after the last one; of the whole text where there is none."""
    head = text[: min((start for start, _ in tables), default=len(text))]
    tail = text[max((end for _, end in tables), default=len(text)) :]
    lines = [line.strip() for line in regex.split(r"[\r\n]+", head.lstrip("\ufeff")[:_SEARCHED])]
    lines = [plain for line in lines if (plain := line.strip(_MARKS).strip())][:_HEAD_LINES]
    lines = [part for line in lines for part in _parts(line)]
    title, after, end = _title(lines)
    if _MASTHEAD.fullmatch(squeeze(title)):
        lower, below, _ = _title(lines[end : end + _BULLETIN_LINES])
        if len(lower) > _LONGEST_MASTHEAD and _TITLE_END.fullmatch(lower):
            title, after = lower, below
    number = next((hit for line in lines if (hit := _DOCUMENT_NUMBER.fullmatch(line))), None)
    issued = _issued(lines, tail)
    opening = [said] if (said := introduction(head)) else []
    year = (
        _year([title, *after, *opening, *_before(head, opening)])
        or (int(number["year"]) if number else None)
        or (issued.year if issued else None)
    )
    return Metadata.trusted(
        title=title,
        place=place_of((title, *(line for line in lines[:3] if not _SENTENCE.search(line))), text[:_SEARCHED]),
        year=year or (_year(lines) if tables else None),
        period=_period([title, *after], year) or (_period([title, *opening], year) if opening else None),
        document_number=number["number"] if number else "",
        issued=issued,
    )


def _before(head: str, opening: list[str]) -> list[str]:
    """What stands before the sentence that opens a report in its line, where it names one year and no other."""
    line = next((line for line in head[:_SEARCHED].split("\n") if opening and opening[0] in line), "")
    before = line.partition(opening[0])[0] if line else ""
    return [before] if len({hit["year"] for hit in _YEAR.finditer(before)}) == 1 else []


def introduction(text: str) -> str:
    """The sentence that says what a report tells of (现将…情况报告如下); empty where there is none."""
    hit = _INTRODUCTION.search(text[:_SEARCHED])
    return hit.group() if hit else ""


def only_plans(title: str) -> bool:
    """Whether a title or heading names a plan (任务分解表) and nothing that was done (任务完成情况)."""
    return _PLAN.search(title) is not None and _TOLD.search(title) is None


def complete_metadata(metadata: Metadata, title: str, issued: dt.date | None, created: dt.date | None) -> None:
    """Fill what the text does not say with what the document's properties say.

    Their title counts where it is Chinese, and for place, year and period too; the day of creation only for the year.
    """
    if any("\u4e00" <= char <= "\u9fff" for char in title[:_LONGEST_TITLE]):
        named = read_metadata(title[:_LONGEST_TITLE], [])
        for name in ("title", "place", "year", "period"):
            if not getattr(metadata, name):
                setattr(metadata, name, getattr(named, name))
    metadata.issued = metadata.issued or issued
    dated = issued or created
    metadata.year = metadata.year or (dated.year if dated else None)


def _title(lines: list[str]) -> tuple[str, list[str], int]:
    """The title, joined over the lines it takes, the bracket lines right below it, and the line after it."""
    for index, line in enumerate(lines):
        if _is_furniture(line) or _DOCUMENT_NUMBER.fullmatch(line) or _DAY.fullmatch(line):
            continue
        title = ""
        for last in range(index, min(index + _TITLE_LINES, len(lines))):
            part = lines[last]
            if _SENTENCE.search(part) or part.endswith(_OPENS) or len(title) + len(part) > _LONGEST_TITLE:
                break
            title += part
            if _TITLE_END.fullmatch(title) or _MASTHEAD.fullmatch(squeeze(title)):
                below = []
                for each in lines[last + 1 :]:
                    if not _BRACKET.fullmatch(each):
                        break
                    below.append(each)
                return title, below, last + 1
        if not _SENTENCE.search(line) and not line.endswith(_OPENS) and len(line) <= _LONGEST_TITLE:
            return line, [], index + 1
        break
    return "", [], 0


def _parts(line: str) -> list[str]:
    """A line, or the number of the document and the title that stands behind it in the same line."""
    hit = _DOCUMENT_NUMBER.match(line)
    rest = line[hit.end() :].strip() if hit else ""
    return [hit.group(), rest] if hit and len(rest) > _LONGEST_MASTHEAD and not _SENTENCE.search(rest) else [line]


def _is_furniture(line: str) -> bool:
    """Whether a line belongs to the head of the page or the bulletin above the title."""
    patterns = (_BEFORE, _PAGE_LABEL, *_FURNITURE)
    return any(pattern.fullmatch(line) for pattern in patterns)


def _year(lines: list[str]) -> int | None:
    hit = next((hit for line in lines if (hit := _YEAR.search(line))), None)
    return int(hit["year"]) if hit else None


def _issued(lines: list[str], tail: str) -> dt.date | None:
    below = [line.strip() for line in regex.split(r"[\r\n]+", tail[:_SEARCHED]) if line.strip()][:_HEAD_LINES]
    around = lines + below
    for line in around:
        if hit := _ISSUED.search(line):
            return _day(hit)
    hits = [hit for line in around if (hit := _DAY.fullmatch(line.strip("（）()")))]
    return _day(hits[-1]) if hits else None


def _day(hit: regex.Match[str]) -> dt.date | None:
    try:
        return dt.date(_number(hit["year"]), _number(hit["month"]), _number(hit["day"]))
    except ValueError:
        return None


def _number(text: str) -> int:
    """A written year, month or day: 2020, 12, 二〇二〇, 十二, 二十一."""
    if text.isdecimal():
        return int(text)
    values = [_DIGITS[char] if char in _DIGITS else int(char) for char in text]
    if 10 not in values:
        return int("".join(map(str, values)))
    at = values.index(10)
    return (values[at - 1] if at else 1) * 10 + (values[at + 1] if at + 1 < len(values) else 0)


def _period(lines: list[str], year: int | None) -> Period | None:
    """The reporting period a title states; none for a mere plan or where nothing is said."""
    if not lines or only_plans(lines[0]):
        return None
    for pattern, first, last, _ in _PERIODS:
        for line in lines:
            hit = pattern.search(line)
            if hit is None:
                continue
            groups = hit.groupdict()
            in_year = int(groups["year"]) if groups.get("year") else year
            start = first if first is not None else int(groups["from"])
            end = last if last is not None else _number(groups.get("to") or str(start))
            if in_year is None or not 1 <= start <= end <= 12:
                continue
            length = calendar.monthrange(in_year, end)[1]
            day = min(int(groups["day"]), length) if groups.get("day") else length
            if day:
                return Period.trusted(start=dt.date(in_year, start, 1), end=dt.date(in_year, end, day))
    return None
