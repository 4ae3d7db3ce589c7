"""What the READMEs show is true: the commands are the same in both, the fact is found, and the examples run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import regex

import mse

ROOT = Path(__file__).resolve().parent.parent
READMES = ["README.md", "README.zh.md"]


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return regex.findall(rf"^```{language}\n(.*?)^```$", text, regex.DOTALL | regex.MULTILINE)


def commands(name: str) -> list[str]:
    """The shell lines of a README without their comments and without the address to clone from."""
    found = [line.partition("#")[0].strip() for block in blocks(name, "sh") for line in block.splitlines()]
    return [regex.sub("<.*?>", "<>", line) for line in found if line]


def test_both_readmes_give_the_same_commands():
    assert commands(READMES[0]) == commands(READMES[1])
    assert {"make facts", "make test"} <= set(commands(READMES[0]))


@pytest.mark.parametrize("name", READMES)
def test_the_fact_shown_is_one_of_those_found(name):
    (block,) = blocks(name, "json")
    shown = json.loads(block)
    text = mse.read(ROOT / "seeds" / shown["doc"]).text
    for side in (shown["target"], shown["actual"]):
        assert text[side["start"] : side["end"]] == side["text"]
    found = json.loads(json.dumps([fact.model_dump() for fact in mse.extract(ROOT / "seeds" / shown["doc"])]))
    (alike,) = [f for f in found if f["target"] == shown["target"] and f["actual"] == shown["actual"]]
    # How sure the rules are, and how they say why, may be tuned without anybody rewriting the documentation.
    tuned = {key: shown[key] for key in ("confidence", "explanation")}
    assert {**alike, **tuned} == shown
    assert list(alike) == list(shown)


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_runs(name, tmp_path, monkeypatch):
    (block,) = blocks(name, "python")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    for document in ("a.txt", "b.txt"):
        (tmp_path / document).write_text("新建停车位350个。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(block, name, "exec"), names)
    assert names["report"].tasks


def test_the_documents_end_where_their_sections_do():
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        for mark in ("scores", "fact"):
            assert text.count(f"<!-- {mark} -->") == text.count(f"<!-- /{mark} -->") == 1
