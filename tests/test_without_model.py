"""Everything but the model's own names works where the package has no model."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from mse.cli import app
from mse.errors import MseError
from mse.ner import model as models

REPORT = "青石县2020年上半年工作情况\n由副县长李某牵头，市民政局负责，截至6月底，完成投资3.5亿元。\n"


@pytest.fixture
def lost(monkeypatch, tmp_path) -> Path:
    """A report, and a package that holds no model."""
    monkeypatch.setattr(models, "_SHIPPED", "not_there")
    models.shipped.cache_clear()
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    yield file
    models.shipped.cache_clear()


def test_the_missing_model_is_named(lost):
    with pytest.raises(MseError, match="not_there"):
        models.shipped()


@pytest.mark.parametrize(
    "arguments", [["extract"], ["summary"], ["audit"], ["view", "-o", "page.html"]], ids=lambda given: given[0]
)
def test_commands_do_without_it(lost, arguments, monkeypatch):
    monkeypatch.chdir(lost.parent)
    command, *rest = arguments
    run = CliRunner().invoke(app, [command, str(lost), *rest, "--no-model"])
    assert run.exit_code == 0, run.output


def test_a_command_that_needs_it_says_so(lost, monkeypatch):
    monkeypatch.chdir(lost.parent)
    run = CliRunner().invoke(app, ["extract", str(lost)])
    assert run.exit_code != 0
    assert "not_there" in run.stderr
