"""Training end to end on generated sentences, what is stored, and what a model of another version says."""

from __future__ import annotations

import json

import numpy as np
import pytest
import spacy
from typer.testing import CliRunner

from mse.cli import app
from mse.errors import AnnotationError, ModelError
from mse.ner import project
from mse.ner.crf import Crf, train
from mse.ner.evaluation import errors, score
from mse.ner.formats import write_examples
from mse.ner.generator import generate
from mse.ner.model import NameModel, shipped
from mse.ner.spans import LABELS, Found
from mse.ner.tags import decode, encode
from mse.ner.training import Settings

QUICK = Settings(epochs=2, runs=1, least=1)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    made = generate(150, seed=3)
    write_examples(folder / "train.jsonl", made[:120])
    write_examples(folder / "dev.jsonl", made[120:])
    return folder


@pytest.fixture(scope="module")
def trained(data):
    plan = project.Plan([data / "train.jsonl"], [data / "dev.jsonl"], 50, QUICK)
    scores = project.run(plan, data / "model", report=lambda _: None)
    return data / "model", scores


def test_the_generator_labels_what_it_writes_and_repeats_itself():
    made = generate(200, seed=1)
    assert made == generate(200, seed=1)
    assert made != generate(200, seed=2)
    assert {label for e in made for _, _, label in e.spans} == set(LABELS)
    for example in made:
        assert all(0 <= a < b <= len(example.text) for a, b, _ in example.spans)


def test_training_learns_and_repeats_itself(data, trained):
    folder, scores = trained
    assert scores["all"]["f1"] > 0.8
    again = project.run(
        project.Plan([data / "train.jsonl"], [data / "dev.jsonl"], 50, QUICK), data / "again", lambda _: None
    )
    assert again == scores
    first, second = NameModel.load(folder), NameModel.load(data / "again")
    assert np.array_equal(first.crf.weights, second.crf.weights)


def test_a_model_is_told_from_one_of_another_version(trained, tmp_path):
    folder, _ = trained
    model = NameModel.load(folder)
    model.save(tmp_path / "old")
    meta = json.loads((tmp_path / "old" / "meta.json").read_text())
    (tmp_path / "old" / "meta.json").write_text(json.dumps({**meta, "format": 0}))
    with pytest.raises(ModelError, match="mse train"):
        NameModel.load(tmp_path / "old")
    with pytest.raises(ModelError, match="no model"):
        NameModel.load(tmp_path / "nowhere")


def test_the_shipped_model_says_what_it_is_made_of():
    meta = shipped().meta
    assert meta["license"] == "CC BY-SA 4.0"
    assert meta["scores"]["all"]["f1"] >= 0.7


def test_the_command_trains_evaluates_and_spacy_loads_it(data, tmp_path):
    out = tmp_path / "model"
    config = tmp_path / "config.cfg"
    config.write_text('[data]\ntrain = ["x"]\ndev = ["y"]\n\n[training]\nepochs = 1\nruns = 1\n', encoding="utf-8")
    files = ["--train", str(data / "train.jsonl"), "--dev", str(data / "dev.jsonl")]
    run = CliRunner().invoke(app, ["train", "--config", str(config), *files, "-o", str(out)])
    assert run.exit_code == 0, run.output
    assert "PERSON" in run.stdout
    measured = CliRunner().invoke(app, ["evaluate", str(data / "dev.jsonl"), "--model", str(out)])
    assert measured.exit_code == 0, measured.output
    nlp = spacy.load(out)
    first = nlp("副市长李某某到市民政局调研").ents[0]
    assert (first.text, first.label_) == ("副市长", "POST")


@pytest.mark.parametrize("arguments", [["train", "-o", "x"], ["evaluate"]])
def test_missing_data_is_wrong_usage(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_bad_data_is_one_line_with_the_file(tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": 1}\n')
    run = CliRunner().invoke(app, ["evaluate", str(bad)])
    assert run.exit_code == 1
    assert f"{bad}:1:" in run.stderr


def test_a_config_with_an_unknown_setting_is_refused(tmp_path):
    config = tmp_path / "config.cfg"
    config.write_text('[data]\ntrain = ["x"]\ndev = ["y"]\n\n[training]\nspeed = 1\n', encoding="utf-8")
    with pytest.raises(AnnotationError, match="speed"):
        project.read_plan(config)
    config.write_text("no config", encoding="utf-8")
    with pytest.raises(AnnotationError, match=str(config)):
        project.read_plan(config)


def test_convert_between_formats_and_from_a_report(data, tmp_path, seeds):
    for target in ("a.json", "a.spacy"):
        run = CliRunner().invoke(app, ["convert", str(data / "dev.jsonl"), str(tmp_path / target)])
        assert run.exit_code == 0, run.output
    for target in ("entities.jsonl", "roles.jsonl"):
        run = CliRunner().invoke(app, ["convert", str(seeds[4]), str(tmp_path / target)])
        assert run.exit_code == 0, run.output
    labels = {label for line in (tmp_path / "roles.jsonl").open() for _, _, label in json.loads(line)["label"]}
    assert "target" in labels


def test_tags_there_and_back():
    found = [Found(0, 1, "PERSON", "model"), Found(2, 5, "ORG", "model"), Found(5, 7, "PLACE", "model")]
    labels = ("PERSON", "ORG", "PLACE")
    assert decode(encode(8, found, labels).tolist(), labels) == found
    assert decode([2, 3, 1, 0, 1, 7], labels) == []


def test_the_crf_learns_a_pattern_and_decodes_sentences_of_any_length():
    rows = [np.array([[1], [2], [1]], dtype=np.int32), np.array([[2], [2]], dtype=np.int32)] * 20
    gold = [np.array([1, 0, 1], dtype=np.int32), np.array([0, 0], dtype=np.int32)] * 20
    model = train(list(zip(rows, gold, strict=True)), 3, 2, epochs=10, dropout=0.0, decay=0.0)
    features = np.array([[1], [2], [2], [1]], dtype=np.int32)
    assert model.decode(model.emissions(features), [1, 3]).tolist() == [1, 0, 0, 1]
    assert Crf(model.weights, model.transitions).decode(np.zeros((0, 2), np.float32), []).tolist() == []


def test_scores_and_errors_in_context():
    scores = score([[(0, 2, "PERSON")], [(0, 3, "ORG")]], [[(0, 2, "PERSON"), (3, 4, "PLACE")], []])
    assert (scores.total.right, scores.total.wrong, scores.total.missed) == (1, 1, 1)
    assert scores.as_dict()["PERSON"]["f1"] == 1.0
    assert list(errors("李某在场", [(0, 2, "PERSON")], [(0, 3, "PERSON")])) == [
        "- PERSON [李某]在场",
        "+ PERSON [李某在]场",
    ]
