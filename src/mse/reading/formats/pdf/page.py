"""What stands on a page of a PDF: characters with their boxes and straight rules, the origin at the upper left."""

from __future__ import annotations

import ctypes
import itertools
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from mse.reading.formats.source import Source

MOST_CHARS, MOST_RULES = 200_000, 20_000
_MOST_SEGMENTS = 400_000
_MOST_OBJECTS = 400_000
_DEEPEST_FORM = 8
_THIN = 3.0
_SHORTEST = 4.0
_QUARTER = math.pi / 2
# Radicals that broken character maps put in place of the characters they look like.
_RADICALS = range(0x2E80, 0x2FE0)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Char:
    """One character and its box; `top` is above `bottom`."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Rule:
    """A straight line from `low` to `high`: along x at the height `at`, or along y at the abscissa `at`."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Page:
    """One page; `drawn` tells that it holds pictures."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    drawn: bool = False


def read_page(raw: Any, page: Any, number: int, source: Source) -> Page:
    """Characters and rules of an open page. Raises LimitError where it holds more than any page people read."""
    box = (ctypes.c_float * 4)()
    left = bottom = 0.0
    width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    parts = [ctypes.c_float() for _ in box]
    if raw.FPDFPage_GetCropBox(page, *parts) or raw.FPDFPage_GetMediaBox(page, *parts):
        left, bottom = parts[0].value, parts[1].value
    turned = raw.FPDFPage_GetRotation(page) % 4
    raw_width, raw_height = (height, width) if turned % 2 else (width, height)
    found = Page(number, raw_width, raw_height)
    angle = _read_chars(raw, page, found, left, bottom + raw_height, source)
    _read_rules(raw, page, found, left, bottom + raw_height)
    for _ in range(angle):
        _turn(found)
    return found


def _read_chars(raw: Any, page: Any, found: Page, left: float, top: float, source: Source) -> int:
    """Put the characters on the page; the number of quarter turns that set most of them upright."""
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        return 0
    try:
        count = raw.FPDFText_CountChars(text_page)
        if count > MOST_CHARS:
            raise source.beyond(f"holds {count} characters on one page", "pages", f"page {found.number}")
        box = raw.FS_RECTF()
        read: list[tuple[int, Char]] = []
        for index in range(count):
            char = _character(raw.FPDFText_GetUnicode(text_page, index))
            if not char or raw.FPDFText_IsGenerated(text_page, index) == 1:
                continue
            if not raw.FPDFText_GetLooseCharBox(text_page, index, box):
                continue
            edges = (box.left - left, box.right - left, top - box.top, top - box.bottom)
            if not all(map(math.isfinite, edges)):
                continue
            turns = raw.FPDFText_GetCharAngle(text_page, index) / _QUARTER
            quarter = round(turns) % 4
            if abs(turns - round(turns)) < 0.05:
                x0, x1 = sorted(edges[:2])
                y0, y1 = sorted(edges[2:])
                read.append((quarter, Char(char, x0, x1, y0, y1)))
    finally:
        raw.FPDFText_ClosePage(text_page)
    quarters = Counter(quarter for quarter, char in read if not char.text.isspace())
    most = max(sorted(quarters), key=quarters.__getitem__, default=0)
    found.chars = [char for quarter, char in read if quarter == most]
    return (4 - most) % 4


def _character(code: int) -> str:
    if code < 0x20 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF, 0xAD, 0x200B, 0xFEFF) or code > 0x10FFFF:
        return ""
    return unicodedata.normalize("NFKC", chr(code)) if code in _RADICALS else chr(code)


def _turn(page: Page) -> None:
    """Turn a page by a quarter so that text that ran upwards runs to the right."""
    page.chars = [Char(c.text, page.height - c.bottom, page.height - c.top, c.left, c.right) for c in page.chars]
    page.horizontal, page.vertical = (
        [Rule(rule.at, page.height - rule.high, page.height - rule.low) for rule in page.vertical],
        [Rule(page.height - rule.at, rule.low, rule.high) for rule in page.horizontal],
    )
    page.width, page.height = page.height, page.width


def _read_rules(raw: Any, page: Any, found: Page, left: float, top: float) -> None:
    budget = [_MOST_OBJECTS, _MOST_SEGMENTS]
    stack = [
        (raw.FPDFPage_GetObject(page, index), _IDENTITY, 0)
        for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS))
    ]
    while stack and min(budget) > 0 and len(found.horizontal) + len(found.vertical) < MOST_RULES:
        item, outer, depth = stack.pop()
        budget[0] -= 1
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.drawn = True
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            matrix = _times(_matrix(raw, item), outer)
            count = min(max(raw.FPDFFormObj_CountObjects(item), 0), budget[0])
            stack += [(raw.FPDFFormObj_GetObject(item, index), matrix, depth + 1) for index in range(count)]
        elif kind == raw.FPDF_PAGEOBJ_PATH and _is_seen(raw, item):
            for line in _lines(raw, item, _times(_matrix(raw, item), outer), budget):
                _add(found, [(x - left, top - y) for x, y in line])


def _is_seen(raw: Any, item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(fill.value or stroke.value)


def _matrix(raw: Any, item: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _lines(raw: Any, item: Any, matrix: Matrix, budget: list[int]) -> list[list[tuple[float, float]]]:
    """The subpaths of a path as lists of points; one with a curve in it is no rule and left out."""
    a, b, c, d, e, f = matrix
    paths: list[list[tuple[float, float]]] = []
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item), max(budget[1], 0))):
        budget[1] -= 1
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if not all(map(math.isfinite, point)):
            continue
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                paths.append(points)
            points, curved = [point], False
        else:
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            points.append(point)
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
    if len(points) > 1 and not curved:
        paths.append(points)
    return paths


def _add(page: Page, points: list[tuple[float, float]]) -> None:
    """Add the rules a subpath draws: one for a thin box, else one for each of its sides that runs along an axis."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if bottom - top <= _THIN and right - left >= _SHORTEST:
        page.horizontal.append(Rule((top + bottom) / 2, left, right))
    elif right - left <= _THIN and bottom - top >= _SHORTEST:
        page.vertical.append(Rule((left + right) / 2, top, bottom))
    else:
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            if abs(y0 - y1) <= 1 and abs(x0 - x1) >= _SHORTEST:
                page.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= 1 and abs(y0 - y1) >= _SHORTEST:
                page.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
