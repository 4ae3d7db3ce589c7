"""What the notebooks keep: every cell was run in order, nothing failed, and nothing tells of the machine it ran on.

`make test-notebooks` runs them; `make notebooks` keeps what comes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
import regex

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MACHINE = regex.compile(
    r"(?<![\w.])/(?:work|tmp|var|home|root|usr|opt|private|Users)/|[A-Z]:\\\\|site-packages|ipykernel_\d|0x[0-9a-f]{8}"
)
TIMING = regex.compile(r"Wall time|CPU times|\b\d+(?:\.\d+)? ?(?:ms|µs|seconds)\b")
LARGEST = 300_000  # bytes
HAN = regex.compile(r"\p{Han}")


def book(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def texts(output: Any) -> Iterator[str]:
    """What a reader sees of an output, pictures aside."""
    if output.output_type == "stream":
        yield output.text
    for kind, content in output.get("data", {}).items():
        if not kind.startswith("image/png"):
            yield content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def complaints(notebook: Any) -> list[str]:
    """Whatever should not be kept."""
    found = []
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if [cell.execution_count for cell in cells] != list(range(1, len(cells) + 1)):
        found.append("cells were not run from first to last")
    for cell in cells:
        if cell.metadata:
            found.append(f"metadata: {sorted(cell.metadata)}")
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"error: {output.ename}")
            if output.get("name") == "stderr":
                found.append(f"stderr: {output.text[:80]}")
            shown = [text for text in texts(output) if text.strip()]
            pictures = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
            if output.output_type != "error" and not shown and not pictures:
                found.append("an empty output")
            for text in shown:
                hits = (MACHINE.search(text), TIMING.search(text))
                found += [f"{hit.group()} in {text[:80]!r}" for hit in hits if hit]
    if not any(cell.outputs for cell in cells):
        found.append("nothing is shown")
    return found


def test_there_are_six_notebooks():
    assert [path.name[:3] for path in NOTEBOOKS] == ["01_", "02_", "03_", "04_", "05_", "06_"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_kept_reads_well(path):
    notebook = book(path)
    nbformat.validate(notebook)
    assert complaints(notebook) == []
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_heading_is_chinese_with_a_line_of_english(path):
    headings = [
        cell.source for cell in book(path).cells if cell.cell_type == "markdown" and cell.source.startswith("#")
    ]
    assert len(headings) > 3
    for source in headings:
        title, english, *_ = source.splitlines()
        assert HAN.search(title)
        assert regex.fullmatch(r"\*[\x20-\x7e]+\*", english), english


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_links_lead_somewhere(path):
    for cell in book(path).cells:
        if cell.cell_type == "markdown":
            for target in regex.findall(r"\]\(([^)#:]+)\)", cell.source):
                assert (path.parent / target).exists(), target


def test_charts_are_kept_as_pictures():
    pictures = [
        kind
        for path in NOTEBOOKS
        for cell in book(path).cells
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
        if kind.startswith("image/")
    ]
    assert len(pictures) >= 4
    assert not [
        kind for path in NOTEBOOKS for kind in ("vega", "application/javascript") if kind in path.read_text("utf-8")
    ]


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ({"output_type": "error", "ename": "ValueError", "evalue": "", "traceback": []}, "error: ValueError"),
        ({"output_type": "stream", "name": "stderr", "text": "careful"}, "stderr"),
        ({"output_type": "stream", "name": "stdout", "text": "in /tmp/tmpabc/out"}, "/tmp/"),
        ({"output_type": "stream", "name": "stdout", "text": "took 12 ms"}, "12 ms"),
        ({"output_type": "display_data", "data": {"text/html": ""}, "metadata": {}}, "an empty output"),
    ],
)
def test_the_check_is_able_to_fail(output, says):
    cell = nbformat.v4.new_code_cell("x", execution_count=1, outputs=[nbformat.from_dict(output)])
    found = complaints(nbformat.v4.new_notebook(cells=[cell]))
    assert len(found) == 1
    assert says in found[0]
    assert complaints(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x")])) == [
        "cells were not run from first to last",
        "nothing is shown",
    ]
