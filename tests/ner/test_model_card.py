"""The model card says of the shipped model what its own record says."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from mse.ner.model import shipped

CARD = files("mse") / "models" / "zh_officials" / "README.md"


def test_the_scores_of_the_card_are_those_of_the_model():
    table = CARD.read_text(encoding="utf-8").split("<!-- scores -->")[1].split("<!-- /scores -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    scores = shipped().meta["scores"]
    assert {row[0] for row in rows} == set(scores)
    for label, *numbers, gold in rows:
        named = scores[label]
        assert [f"{named[name]:.3f}" for name in ("precision", "recall", "f1")] == numbers
        assert named["gold"] == int(gold)


def test_every_source_of_the_model_is_named_with_its_licence():
    card = CARD.read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in card
    assert shipped().meta["license"] in card
    assert "UNER_Chinese-GSDSIMP" in card


def test_the_documentation_shows_the_same_card():
    page = Path(__file__).parents[2] / "docs" / "model-card.md"
    assert page.read_text(encoding="utf-8") == CARD.read_text(encoding="utf-8")
