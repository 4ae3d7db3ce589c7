"""The calendar lexicon: every rule, list and bound does what its example shows."""

from __future__ import annotations

import pytest

from mse import dates
from mse.dates.find import OPENING
from mse.dates.grammar import DATA, SHIFTS, compiled, expand
from mse.errors import GrammarError

WORD_LISTS = [(name, entry) for name, entry in DATA["words"].items()]
BOUNDS = [(name, entry) for name, entry in DATA["bound"].items()]


@pytest.mark.parametrize("rule", DATA["rule"], ids=lambda rule: rule["name"])
def test_a_rule_matches_its_example(rule):
    assert compiled(rule["pattern"]).search(rule["example"])
    assert dates.find(rule["example"])


@pytest.mark.parametrize(("name", "entry"), WORD_LISTS, ids=[name for name, _ in WORD_LISTS])
def test_a_word_of_each_list_is_in_a_date_of_its_example(name, entry):
    found = " ".join(e.text for e in dates.find(entry["example"]))
    assert any(word in found for word in dates.words(name)), found


@pytest.mark.parametrize(("name", "entry"), BOUNDS, ids=[name for name, _ in BOUNDS])
def test_a_bound_belongs_to_the_date_of_its_example(name, entry):
    found = dates.find(entry["example"])
    assert found
    if name == "within":
        assert not found[0].bound
    else:
        assert any(word in found[0].text for word in entry["words"])


@pytest.mark.parametrize("unit", sorted(SHIFTS))
def test_the_words_that_count_from_today_are_found(unit):
    suffix = {"week": "周"}.get(unit, "")
    for word in SHIFTS[unit]:
        found = dates.find(f"，{word}{suffix}，")
        assert [e.text for e in found] == [word + suffix], word


@pytest.mark.parametrize("rule", DATA["rule"], ids=lambda rule: rule["name"])
def test_every_rule_begins_where_a_point_may_begin(rule):
    start = compiled(rule["pattern"]).search(rule["example"]).start()
    assert OPENING.match(rule["example"], start)


def test_every_word_that_counts_begins_a_point():
    behind = {"week": "周", "back": "三年", "ahead": "三年", "third": "旬"}
    lists = {name: dates.words(name) for name in DATA["words"]} | {name: list(words) for name, words in SHIFTS.items()}
    for name in ("edge", "weekday", "ago", "later", "span_unit", "term"):
        del lists[name]
    missed = [word for name, words in lists.items() for word in words if not OPENING.match(word + behind.get(name, ""))]
    assert missed == []


def test_an_unknown_name_is_an_error_of_the_grammar():
    with pytest.raises(GrammarError, match="nowhere"):
        expand("{nowhere}")
