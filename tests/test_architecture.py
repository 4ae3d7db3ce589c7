"""The layers of the house, and what a mere import may cost."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
HAN = regex.compile("[\u4e00-\u9fff]")
HEAVY = ("spacy", "jieba", "pandas", "pyarrow", "duckdb", "numpy", "pint")


def lint(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    return subprocess.run([*command, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def test_imports_point_downwards():
    run = lint()
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{len(SETTINGS['contracts'])} kept, 0 broken" in run.stdout


def test_the_contract_is_able_to_break(tmp_path):
    contract = SETTINGS["contracts"][0]
    upside_down = list(reversed(contract["layers"]))
    lines = "\n".join(f"    {layer}" for layer in upside_down)
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = mse\n"
        f"[importlinter:contract:1]\nname = reversed\ntype = layers\ncontainers = mse\nlayers =\n{lines}\n"
    )
    run = lint("--config", str(tmp_path / ".importlinter"))
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 broken" in run.stdout


def test_every_module_has_its_layer():
    contract = SETTINGS["contracts"][0]
    assert contract["exhaustive"] is True
    placed = [name.strip() for layer in contract["layers"] for name in layer.split("|")]
    required = {name for name in placed if not name.startswith("(")}
    package = ROOT / "src" / "mse"
    there = {p.stem for p in package.glob("*.py")} | {p.parent.name for p in package.glob("*/__init__.py")}
    there -= {"__init__"}
    assert required <= there <= {name.strip("()") for name in placed}


@pytest.mark.parametrize("code", ["import mse", "import mse.cli", "import mse; mse.Fact, mse.read"])
def test_a_mere_import_loads_nothing_heavy(code):
    loaded = f"{code}; import sys; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    run = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == []


def test_the_function_extract_survives_the_import_of_the_stages():
    code = "import mse, mse.extract.clauses; from mse.extract.clauses import clauses; print(callable(mse.extract))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout == "True\n"


def test_code_holds_no_lists_of_chinese_words():
    """Words belong into the lexicons; the check is for collections and patterns, not for examples in docstrings."""
    found = []
    for path in sorted((ROOT / "src" / "mse").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        nodes = list(ast.walk(ast.parse(source)))
        documentation = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                # Also as it is written: the escapes that bound a range of characters are no words.
                written = ast.get_source_segment(source, node) or node.value
                if HAN.search(node.value) and HAN.search(written):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}")
    assert found == []
