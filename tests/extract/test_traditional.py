"""Reports in traditional characters: read as simplified, given back as written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import mse
from analysed import quantities
from mse.grammar import load
from mse.grammar.script import read_as_simplified, simplified
from mse.reading.columns import header_roles, is_none, is_total

PAIRS = load("traditional")["characters"]["pairs"].split()


def test_every_pair_is_two_characters_and_no_character_stands_for_two():
    assert len(PAIRS) > 900
    assert all(len(pair) == 2 for pair in PAIRS)
    assert len({pair[0] for pair in PAIRS}) == len(PAIRS)
    assert not {pair[0] for pair in PAIRS} & {pair[1] for pair in PAIRS}


def test_the_examples_are_read_as_they_say():
    for table in ("characters", "telling"):
        written, read = load("traditional")[table]["example"]
        assert read_as_simplified(written) == read


@given(st.text(alphabet=st.sampled_from("個萬工作任務完成3\n，") | st.characters()))
def test_length_stays_and_simplified_text_passes_as_it_is(text):
    folded = simplified(text)
    assert len(folded) == len(text)
    assert simplified(folded) is folded


def test_headers_of_columns():
    assert header_roles("工作任務") == ("task",)
    assert header_roles("進展情況") == ("progress",)
    assert header_roles("責任單位") == ("office",)
    assert header_roles("牽頭單位") == ("lead",)
    assert header_roles("責任領導") == ("leader",)
    assert header_roles("存在問題") == ("problems",)
    assert header_roles("完成時限") == ("plan",)
    assert is_total("合計")
    assert is_none("無")


def test_facts_are_those_of_the_simplified_text_and_the_evidence_is_as_written():
    task, progress = "新增就業2000人，種植樹木5.2萬畝。", "新增就業679人，完成全年任務的33.95%；種植樹木2.3萬畝。"
    found = quantities(task=task, progress=progress)
    plain = quantities(task=simplified(task), progress=simplified(progress))
    assert [(m.text, m.metric) for m in found] == [
        ("2000人", "新增就業"),
        ("5.2萬畝", "種植樹木"),
        ("679人", "新增就業"),
        ("33.95%", "新增就業|完成全年任務"),
        ("2.3萬畝", "種植樹木"),
    ]
    told = [[(m.span, m.value, m.unit, m.role, m.period, m.links) for m in each] for each in (found, plain)]
    assert told[0] == told[1]


def test_scope_is_as_written():
    found = quantities("新建公廁20座，其中廣寧縣18座、鼎湖區2座。")
    assert [(m.scope, m.metric) for m in found] == [("", "新建公廁"), ("廣寧縣", "新建公廁"), ("鼎湖區", "新建公廁")]


def test_mentions_of_free_text():
    found = mse.recognize("今年以來處理30噸，年底前建成兩間", date="2020-05-01")
    assert [(m.text, m.unit) for m in found] == [("今年以來", ""), ("30噸", "吨"), ("年底前", ""), ("兩間", "间")]
