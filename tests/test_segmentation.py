"""Words: cut where they are asked for, the same as when the whole text is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mse.segmentation import Words, by_jieba, word_spans

TEXT = "完成投资3.7亿元，同比增长7.4%；\n新增就业（含创业）1200人 PM2.5浓度下降。"


def test_words_are_the_same_as_of_the_whole_text():
    assert list(Words(TEXT)) == word_spans(TEXT)


@given(st.text("完成投资3.7亿元，同比 增长；\nA-b（）%", max_size=40), st.data())
def test_what_is_asked_first_changes_nothing(text, data):
    whole = word_spans(text)
    edges = {edge for span in whole for edge in span} | {0, len(text)}
    words = Words(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    inside = [(max(a, start), min(b, end)) for a, b in whole if max(a, start) < min(b, end)]
    assert words.within(start, end) == inside
    assert [o for o in range(len(text) + 1) if words.is_edge(o)] == sorted(edges)
    assert list(words) == whole


def test_whole_spans_stay_whole_and_cut_the_text():
    words = Words(TEXT, [(4, 9)])
    assert (4, 9) in list(words)
    assert words.within(5, 7) == [(5, 7)]
    assert not words.is_edge(6)
    assert words.is_edge(9)


def test_nothing_is_cut_before_it_is_asked_for():
    asked: list[str] = []

    def cut(text: str) -> list[str]:
        asked.append(text)
        return list(by_jieba(text))

    words = Words("完成投资，新增就业，改造道路", cut=cut)
    assert words.within(5, 9)
    assert asked == ["新增就业"]


def test_a_cutter_that_looks_across_punctuation_gets_all_between_whole_spans():
    asked: list[str] = []

    def cut(text: str) -> list[str]:
        asked.append(text)
        return list(text)

    words = Words("甲，乙3人丙，丁", [(3, 5)], cut, across=True)
    assert words.within(0, 8)[3] == (3, 5)
    assert asked == ["甲，乙", "丙，丁"]


def test_tokens_of_another_pipeline_are_all_there_is():
    words = Words("a b", [(0, 1), (2, 3)], cut=None)
    assert list(words) == [(0, 1), (1, 2), (2, 3)]
