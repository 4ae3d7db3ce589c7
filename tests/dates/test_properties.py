"""Any text at all: no exception, spans in order and inside the text, the same result again."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse import dates
from mse.dates.grammar import DATA, SHIFTS

SOURCE = resources.files("mse.grammar").joinpath("calendar.toml").read_text(encoding="utf-8")
HANZI = sorted({character for character in SOURCE if "\u4e00" <= character <= "\u9fff"})
WORDS = sorted({word for name in DATA["words"] for word in dates.words(name)} | {w for s in SHIFTS.values() for w in s})
MARKS = [*"〇○“”《》（）〔〕-—～/.、，。 \n\t0123456789０９", "12", "2020", "98"]
UNITS = [*"年月日号季旬周天初底末前后起至到从一二两三十百半", "季度", "个月", "半年", "学年", "年代", "以来"]
calendar_text = st.lists(st.sampled_from([*MARKS, *UNITS, *WORDS]) | st.sampled_from(HANZI), max_size=25).map("".join)
days = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9999, 12, 31))


@settings(max_examples=500, deadline=None)
@given(st.one_of(calendar_text, st.text(max_size=80)), st.one_of(st.none(), days))
def test_any_text_gives_ordered_spans_that_show_their_text(text, day):
    found = dates.recognize(text, day)
    position = 0
    for expression, period in found:
        assert position <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        position = expression.end
        if period is not None and period.start and period.end and expression.last is None:
            assert period.start <= period.end
    assert found == dates.recognize(text, day)


def test_a_long_mix_of_what_dates_are_made_of_never_raises():
    chosen = random.Random(20200518)
    pieces = [*MARKS, *UNITS, *UNITS, *UNITS, *WORDS]
    for reference in (None, dt.date(1, 1, 1), dt.date(2020, 6, 30), dt.date(9999, 12, 31)):
        text = "".join(chosen.choice(pieces) for _ in range(40_000))
        found = dates.recognize(text, reference)
        assert len(found) > 1_000
        assert all(text[e.start : e.end] == e.text for e, _ in found)


@settings(max_examples=200, deadline=None)
@given(days.filter(lambda d: 1700 <= d.year <= 2140))
def test_a_day_reads_back_in_every_spelling(day):
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    tens = ["", "十", "二十", "三十"]
    hanzi = lambda n: (tens[n // 10] + str(n % 10).translate(digits) * (n % 10 > 0)) if n else ""  # noqa: E731
    plain = f"{day.year}年{day.month}月{day.day}日"
    spellings = [
        plain,
        plain.translate(wide),
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
    ]
    if day.year < 2000 or day.year // 100 == 20:
        spellings.append(f"{str(day.year).translate(digits)}年{hanzi(day.month)}月{hanzi(day.day)}日")
    for text in spellings:
        [(expression, period)] = dates.recognize(f"于{text}召开")
        assert (expression.text, period.start, period.end) == (text, day, day)


@settings(max_examples=100, deadline=None)
@given(st.integers(1990, 2040), st.integers(1, 12), st.integers(1, 12))
def test_a_range_of_months_spans_them(year, first, last):
    low, high = sorted((first, last))
    text = f"{year}年{low}-{high}月" if low < high else f"{year}年{low}月"
    [(_, period)] = dates.recognize(text)
    assert (period.start.year, period.start.month, period.start.day) == (year, low, 1)
    assert (period.end.year, period.end.month) == (year, high)
    assert (period.end + dt.timedelta(days=1)).day == 1


HOSTILE = [
    "1",
    "〇",
    "一",
    "年",
    "月",
    "《",
    "（〔“",
    "1-",
    "1、",
    "一、",
    "每月",
    "2020至",
    "2020年 ",
    "关于2020年",
    "前",
    "1 至 ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_text_is_read_to_its_end(piece):
    """A pattern that tries again from every character would not come back from this."""
    text = piece * 20_000
    found = dates.find(text + "。\n2019年3月4日")
    assert found[-1].text == "2019年3月4日"
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
