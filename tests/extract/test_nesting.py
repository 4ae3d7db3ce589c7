"""Clauses with brackets: which quantities stand in which."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mse.extract.mentions import recognize
from mse.extract.nesting import nested_clauses, starting_in
from mse.model import Mention


def cut(text: str) -> list[tuple[str, list[str]]]:
    """Each clause with the texts of its own quantities."""
    found = [m for m in recognize(text) if m.type == "quantity"]
    return [(text[c.start : c.end], [q.text for q in c.quantities]) for c in nested_clauses(text, 0, len(text), found)]


def test_a_bracket_with_numbers_is_a_clause_inside_another():
    text = "新建厕所26座（新建12座、改扩建14座）已开工，完成投资3亿元。"
    assert cut(text) == [
        ("新建厕所26座（新建12座、改扩建14座）已开工", ["26座"]),
        ("新建12座、改扩建14座", ["12座", "14座"]),
        ("完成投资3亿元", ["3亿元"]),
    ]


def test_a_bracket_without_numbers_is_none():
    assert cut("医院（含分院）3所") == [("医院（含分院）3所", ["3所"])]


def test_a_comma_in_a_bracket_ends_only_the_inner_clause():
    assert [clause for clause, _ in cut("公厕26座（新建12座，改建14座）")] == [
        "公厕26座（新建12座，改建14座）",
        "新建12座",
        "改建14座",
    ]


def test_brackets_in_brackets():
    text = "项目20个（市级12个（含续建3个）、县级8个）"
    assert [numbers for _, numbers in cut(text)] == [["20个"], ["12个", "8个"], ["3个"]]


def test_a_bracket_that_never_closes_holds_nothing():
    assert cut("公厕26座（新建12座") == [("公厕26座（新建12座", ["26座", "12座"])]


def test_nothing_inside_a_title_ends_a_clause():
    assert [clause for clause, _ in cut("印发《关于稳增长，促就业的通知》3份，落实资金5万元")] == [
        "印发《关于稳增长，促就业的通知》3份",
        "落实资金5万元",
    ]


def test_a_comma_in_a_number_ends_nothing():
    assert cut("完成投资1,200万元") == [("完成投资1,200万元", ["1,200万元"])]


def test_list_numbers_belong_to_no_clause():
    assert [clause for clause, _ in cut("1.新建公厕5座。下一步，一是改造公厕3座；二是扩建2座")] == [
        "新建公厕5座",
        "下一步",
        "改造公厕3座",
        "扩建2座",
    ]


def test_mentions_that_start_in_a_stretch():
    mentions = [Mention(start=n, end=n + 1, text="1") for n in (0, 4, 8)]
    assert [m.start for m in starting_in(mentions, 1, 8)] == [4]
    assert starting_in(mentions, 9, 20) == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["公厕3座", "（", "）", "，", "。", "“", "”", "投资5万元", "(", ")", "\n", "：", "1."]),
        max_size=20,
    )
)
def test_every_quantity_stands_in_exactly_one_clause(pieces):
    text = "".join(pieces)
    found = [m for m in recognize(text) if m.type == "quantity"]
    clauses = nested_clauses(text, 0, len(text), found)
    placed = [q.start for clause in clauses for q in clause.quantities]
    assert sorted(placed) == [q.start for q in found]
    assert all(clause.contains(q.start) for clause in clauses for q in clause.quantities)
