"""What shows itself in a notebook and in a terminal: complete, cut where long, and escaped whatever a report holds."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from IPython.core.interactiveshell import InteractiveShell

import mse
from mse.model import Completion, Fact, Measure, TaskRef
from mse.view import Sight, completion_by_office, completion_by_task, notebook, show, to_html, to_text
from mse.view.palette import colours
from mse.view.words import LANGUAGES, words
from reports import HOSTILE, empty, hostile, large, long_cell, small
from samples import FACT, RANGE_FACT

ALLOWED = frozenset(("div", "span", "b", "bdi", "mark", "code", "table", "thead", "tbody", "tr", "th", "td"))


class Reading(HTMLParser):
    """The elements of a display with their attributes, its text, and whether every element is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.marks: list[tuple[str, str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)
        if self._open and self._open[-1] == "mark":
            attributes = self.elements[-1][1]
            self.marks.append((data, attributes["style"], attributes.get("title", "")))

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def rows(self) -> int:
        return sum(tag == "tr" for tag, _ in self.elements) - 1


def harmless(html: str) -> Reading:
    """Nothing but our own elements, no script, nothing loaded."""
    reading = Reading(html)
    for tag, attributes in reading.elements:
        assert tag in ALLOWED
        assert set(attributes) <= {"style", "title", "class", "lang", "role", "aria-label", "tabindex"}
        assert "url(" not in (attributes.get("style") or "")
        assert "expression" not in (attributes.get("style") or "")
    return reading


@pytest.fixture(scope="module")
def sight() -> Sight:
    return Sight.of(small())


def fact(number: int) -> Fact:
    return FACT.model_copy(update={"metric": f"指标{number}", "completion": Completion(computed=Decimal(number % 140))})


def test_a_report_shows_its_text_by_role_and_its_facts(sight):
    reading = harmless(to_html(sight.report))
    assert sight.report.metadata.title in reading.text
    marked = {text: (style, note) for text, style, note in reading.marks}
    for text, kind in (("600个", "target"), ("150个", "actual")):
        style, note = marked[text]
        assert colours()[kind] in style
        assert note == "" or sight.facts[0].metric in note
    assert "25%" in reading.text
    assert reading.rows == len(sight.facts)


def test_the_tooltip_of_a_number_explains_its_fact(sight):
    notes = [note for text, _, note in Reading(to_html(sight)).marks if text == "150个" and note]
    assert sight.facts[0].explanation in notes[0]
    assert "实际" in notes[0]
    rows = [a["title"] for tag, a in Reading(to_html(list(sight.facts))).elements if tag == "tr" and "title" in a]
    assert rows == [f.explanation for f in sight.facts]


def test_the_bar_is_as_long_as_the_completion():
    def widths(percent: int) -> list[str]:
        shown = to_html([FACT.model_copy(update={"completion": Completion(computed=Decimal(percent))})])
        return [a["style"] for _, a in Reading(shown).elements if "height:9px" in (a.get("style") or "")]

    assert "width:90px" in widths(50)[0]
    assert "width:45px" in widths(50)[1]
    assert "width:90px" in widths(250)[1]
    assert "width:0px" in widths(-3)[1]
    assert "250%" in to_html([FACT.model_copy(update={"completion": Completion(computed=Decimal(250))})])


def test_a_task_with_its_report_shows_cells_officials_and_its_own_facts(sight):
    task = sight.report.tasks[1]
    reading = harmless(to_html(task, sight))
    for word in ("工作任务", "进展情况", "市住建局", "李一平", "已建成停车场12个"):
        assert word in reading.text
    assert "学位" not in reading.text
    alone = harmless(to_html(task))
    assert "已建成停车场12个" not in alone.text
    assert {"20个", "3亿元"} <= {text for text, _, _ in alone.marks}
    with pytest.raises(ValueError, match="none of the report"):
        to_html(task, small(doc="b.txt"))


def test_a_fact_with_its_report_shows_where_it_is_written(sight):
    first = sight.facts[0]
    reading = harmless(to_html(first, sight.report))
    assert first.explanation in reading.text
    assert "新增公办学位150个" in reading.text
    assert "新增公办学位150个" not in harmless(to_html(first)).text


def test_a_contradiction_is_marked_and_told():
    report = small()
    text = report.text.replace("新增公办学位150个", "新增公办学位150个，完成率45%")
    sight = Sight.of(mse.reading.read_text(text, "a.txt"))
    assert sight.findings
    reading = harmless(to_html(sight))
    assert any("wavy" in style for text, style, _ in reading.marks if text == "45%")
    assert sight.findings[0].message in reading.text
    assert sight.findings[0].arithmetic in reading.text
    listed = harmless(to_html(list(sight.facts)))
    assert "文中写 45% 与数值不符：计算 25%" in listed.text
    shown = harmless(to_html(sight.findings, sight))
    assert "完成率45%" in shown.text
    assert sight.findings[0].message_en in to_html(sight.findings[0], language="en")


def test_ten_thousand_facts_are_cut_and_the_rest_is_counted():
    facts = [fact(number) for number in range(10_000)]
    shown = to_html(facts)
    assert harmless(shown).rows == 10
    assert "另有 9,990 条" in shown
    assert len(shown) < 20_000
    assert "另有 9,990 条" in to_text(facts)
    assert "指标9</" in shown
    assert "指标10" not in shown
    assert Reading(to_html(facts, limit=300)).rows == 300
    assert "9,700 more" in to_html(facts, limit=300, language="en")
    assert "另有" not in to_html(facts[:10])


def test_a_large_report_says_what_is_left_out():
    sight = Sight.of(large(200))
    shown = harmless(to_html(sight, limit=3)).text
    assert "另有 197 项任务" in shown
    assert f"另有 {len(sight.facts) - 3} 条" in shown
    with pytest.raises(ValueError, match="limit"):
        to_html(sight, limit=-1)


def test_no_facts_are_said_to_be_none():
    assert "没有找到事实" in harmless(to_html(empty())).text
    assert "请各单位派员参加" in to_text(empty())
    assert "没有找到事实" in to_text([])
    assert "No facts were found" in to_text([], language="en")


def test_a_very_long_cell_is_cut_and_its_end_is_counted():
    report = long_cell(100_000)
    shown = to_html(report)
    assert len(shown) < 20_000
    cell = next(cell for cell in report.tasks[0].cells if cell.role == "progress")
    assert f"另有 {cell.end - cell.start - 600:,} 字" in shown
    assert len(to_text(report)) < 10_000
    assert len(to_html(report.tasks[0], report)) < 20_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_markup_is_shown_as_text(language):
    sight = Sight.of(hostile())
    things = [(sight, None), (list(sight.facts), None), (list(sight.facts), sight), (sight.findings, sight)]
    things += [(task, None) for task in sight.report.tasks] + [(task, sight) for task in sight.report.tasks]
    things += [(one, given) for one in sight.facts for given in (None, sight)]
    for thing, given in things:
        shown = to_html(thing, given, language=language)
        reading = harmless(shown)
        assert "<script" not in shown
        assert "<img" not in shown
        if thing is not sight.findings:
            assert HOSTILE[:30] in reading.text
    printed = to_text(sight, language=language)
    assert "\u202e" not in printed
    assert "\u2028" not in printed


def test_the_language_of_all_words_can_be_chosen(sight):
    zh, en = (to_html(sight, language=language) for language in LANGUAGES)
    assert {"目标", "实际", "完成", "指标"} <= set(Reading(zh).texts)
    assert {"target", "actual", "Done", "Metric"} <= set(Reading(en).texts)
    assert "指标" not in Reading(en).texts
    assert all(entry["zh"] and entry["en"] for entry in words().values())


def test_numbers_beyond_reading_do_not_break_the_table():
    huge = Measure(value=Decimal("9" * 60), unit="元")
    odd = Fact(
        metric="m" * 5000,
        task=TaskRef(number="n" * 5000),
        actual=huge,
        target=huge,
        completion=Completion(computed=Decimal("1e40"), stated=Decimal("0.001"), consistent=False),
        date=dt.date(2021, 4, 30),
    )
    shown = harmless(to_html([odd, RANGE_FACT]))
    assert len(shown.text) < 1500
    assert "40至50台" in shown.text
    assert "反推" in shown.text
    assert to_text([odd, RANGE_FACT])


def test_what_is_nothing_to_show_is_an_error():
    for thing in (3, "text", [1, 2], [FACT, "x"], {"a": FACT}):
        with pytest.raises(TypeError, match="nothing to show"):
            show(thing)


def test_without_a_notebook_it_prints(sight, capsys):
    show(sight.report)
    printed = capsys.readouterr().out
    for word in (sight.report.metadata.title, "600个", "150个", "25%"):
        assert word in printed
    assert "<" not in printed
    show(completion_by_task(sight))
    assert "to_svg" in capsys.readouterr().out
    show(None)
    assert "没有可画的数据" in capsys.readouterr().out


@pytest.fixture
def shell(monkeypatch):
    shell = InteractiveShell()
    notebook.load_ipython_extension(shell)
    yield shell
    InteractiveShell.clear_instance()


def formatted(shell: InteractiveShell, thing: object) -> dict[str, str]:
    data, _ = shell.display_formatter.format(thing)
    return data


def test_after_loading_things_show_themselves(shell, sight):
    for thing in (sight.report, sight.report.tasks[0], sight.facts[0], list(sight.facts)):
        data = formatted(shell, thing)
        assert data["text/html"] == to_html(thing)
        assert data["text/plain"] == to_text(thing)


def test_other_lists_are_left_alone(shell, sight):
    plain = InteractiveShell()
    for other in ([1, 2], [], ["a", sight.facts[0]], [[sight.facts[0]]], {"a": 1}):
        data = formatted(shell, other)
        assert "text/html" not in data
        assert data["text/plain"] == formatted(plain, other)["text/plain"]

    class Own(list):
        def _repr_html_(self) -> str:
            return "own"

    assert formatted(shell, Own())["text/html"] == "own"
    assert formatted(shell, Own([sight.facts[0]]))["text/html"] != "own"


def test_unloading_brings_back_what_was(shell, sight):
    plain = InteractiveShell()
    notebook.load_ipython_extension(shell)  # twice is once
    notebook.unload_ipython_extension(shell)
    for thing in ([1, 2], list(sight.facts)[:1], sight.facts[0]):
        assert formatted(shell, thing) == formatted(plain, thing)


def test_a_kernel_displays_html_and_a_picture_of_a_chart(monkeypatch, sight):
    displayed = []
    monkeypatch.setattr(notebook, "_display", lambda: lambda data, **given: displayed.append((data, given)))
    show(sight.report, language="en")
    show(completion_by_office(sight))
    (page, _), (picture, given) = displayed
    assert page["text/html"] == to_html(sight, language="en")
    assert page["text/plain"] == to_text(sight, language="en")
    if "image/png" in picture:
        assert picture["image/png"].startswith(b"\x89PNG")
        assert 300 < given["metadata"]["image/png"]["width"] < 1200
    else:
        assert picture["image/svg+xml"].startswith("<svg")


def test_writing_as_text_displays_nothing_by_itself(monkeypatch, sight):
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    monkeypatch.setattr("rich.jupyter.display", lambda *_: pytest.fail("rich displayed it"))
    assert "600个" in to_text(sight)


def test_without_chinese_fonts_a_chart_is_shown_as_svg(monkeypatch, sight):
    monkeypatch.setattr("mse.view.picture.has_chinese", lambda: False)
    displayed = []
    monkeypatch.setattr(notebook, "_display", lambda: lambda data, **given: displayed.append(data))
    show(completion_by_office(sight))
    assert displayed[0]["image/svg+xml"].startswith("<svg")


def test_showing_loads_no_ipython():
    code = (
        "import sys, mse; from mse.view import show, to_html; f = mse.extract_text('新增学位600个。'); show(f);"
        "to_html(f); print(sorted({'IPython', 'altair', 'pandas', 'ipykernel'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.splitlines()[-1] == "[]"


def test_an_implied_target_is_shown_by_its_value():
    facts = mse.extract_text("全市累计完成投资11.05亿元，占全年计划的65%。", date="2025-06-30")
    (fact,) = (fact for fact in facts if fact.target is not None)
    assert fact.target.implied
    assert "17亿元" in to_text(fact)
    assert "65%元" not in to_text(fact)
