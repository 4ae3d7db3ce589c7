"""The segmenter's settings: jieba by default, a model of pkuseg from a folder."""

from __future__ import annotations

import pytest
import spacy

import mse.pipeline.segmenter  # noqa: F401
from mse.errors import ModelError

TOKENIZER = {"@tokenizers": "mse.Segmenter.v1"}


def blank(**settings: str) -> spacy.language.Language:
    return spacy.blank("zh", config={"nlp": {"tokenizer": {**TOKENIZER, **settings}}})


def test_quantities_and_dates_stay_whole():
    assert [t.text for t in blank()("截至4月30日完成投资3.7亿元")] == ["截至4月30日", "完成", "投资", "3.7亿元"]


def test_a_folder_without_a_model_is_named(tmp_path):
    pytest.importorskip("spacy_pkuseg")
    with pytest.raises(ModelError, match=str(tmp_path)):
        blank(pkuseg=str(tmp_path))


def test_a_model_of_pkuseg_cuts(tmp_path):
    pkuseg = pytest.importorskip("spacy_pkuseg")
    file = tmp_path / "train.txt"
    file.write_text("完成 投资 目标\n全市 新增 就业\n完成 就业 目标\n" * 40, encoding="utf-8")
    pkuseg.train(str(file), str(file), str(tmp_path / "model"), train_iter=3)
    doc = blank(pkuseg=str(tmp_path / "model"))("完成投资3.7亿元")
    assert "".join(t.text for t in doc) == "完成投资3.7亿元"
    assert doc[-1].text == "3.7亿元"


def test_spans_found_before_the_names_stay_where_they_are():
    nlp = blank()
    for name in ("mse_dates", "mse_quantities", "mse_entities"):
        nlp.add_pipe(name)
    doc = nlp("副市长李某某到市民政局调研，今年完成投资3.7亿元。")
    assert {"副市长", "李某某", "市民政局", "今年", "3.7亿元"} <= {token.text for token in doc}
    assert "".join(token.text_with_ws for token in doc) == doc.text
    assert [span.text for span in doc.spans["mse_dates"]] == ["今年"]
    assert [span.text for span in doc.spans["mse_quantities"]] == ["3.7亿元"]
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("副市长", "POST"),
        ("李某某", "PERSON"),
        ("市民政局", "ORG"),
    ]
