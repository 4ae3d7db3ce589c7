"""What the documentation takes from the code: fields, commands, lexicons, scores and notebooks, in either language.

A page holds a line `<!-- made: NAME -->` where a part is put; `expand` puts it there. The words beside the code
are in `fields.toml` and `commands.toml`; tests/docs checks that they leave nothing out.
"""

from __future__ import annotations

import datetime as dt
import enum
import html
import json
import tomllib
import types
import typing
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import regex
import typer
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
LANGUAGES = ("zh", "en")

# Pages that are measured records, written in English and shown in both languages.
SHARED = ("audit.md", "conformance.md", "conformance-dates.md", "model-card.md", "scale.md")
# Of these, the ones whose Chinese is in a file of its own, which the tests of the record need not know of.
TRANSLATED = {"audit.md": "audit.zh.md", "scale.md": "scale.zh.md"}
# And the ones that need not be there, with their titles.
OPTIONAL = {"scale.md": {"zh": "规模", "en": "Scale"}}

# Where the output of a notebook's cell is put after everything else has become HTML.
OUTPUT = '<div class="output" data-number="{}"></div>'
FINDING = regex.compile(r"\| \d{3} \|")
MARK = regex.compile(r"^<!-- made: (\w+) -->$", regex.MULTILINE)


def expand(markdown: str, language: str, uri: str = "") -> str:
    """The markdown with every made part in its place. Raises KeyError for a part that nobody makes."""
    if uri in SHARED and uri not in TRANSLATED and language == "zh":
        markdown = words("note_english", language) + "\n\n" + markdown
    return MARK.sub(lambda hit: PARTS[hit[1]](language), markdown)


@cache
def texts(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def words(key: str, language: str) -> str:
    text: str = texts("words")[key][language]
    return text


# ---- the data model


def models() -> dict[str, type[BaseModel]]:
    """The result models in the order in which the page tells of them."""
    from mse import audit, model

    homes = (model, audit)
    return {name: next(getattr(home, name) for home in homes if hasattr(home, name)) for name in texts("fields")}


def fields(language: str) -> str:
    """Each model with its fields: name, type and default from the code, meaning from `fields.toml`."""
    parts = []
    for name, model in models().items():
        told = texts("fields")[name]
        head = f"| {words('field', language)} | {words('type', language)} | {words('meaning', language)} |"
        rows = [head, "| --- | --- | --- |"]
        for field, info in model.model_fields.items():
            shape = shape_of(info.rebuild_annotation(), language) + _default(info, language)
            rows.append(f"| {_code(field)} | {shape} | {told['fields'][field][language]} |")
        parts.append(f"## {name} {{ #{name.lower()} }}\n\n{told[language]}\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def shape_of(annotation: Any, language: str) -> str:
    """A type as a reader sees it: what the JSON holds."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return shape_of(arguments[0], language)
    if origin in (typing.Union, types.UnionType):
        shown = [shape_of(each, language) for each in arguments if each is not type(None)]
        return " / ".join(shown) + (f" / {words('null', language)}" if type(None) in arguments else "")
    if origin is typing.Literal:
        return " ".join(f"`{json.dumps(each)}`" for each in arguments)
    if origin is list:
        return words("list", language).format(shape_of(arguments[0], language))
    if origin is dict:
        return words("map", language).format(shape_of(arguments[1], language))
    if origin is tuple:
        return words("span", language)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    kinds = {str: "text", int: "whole", float: "number", bool: "truth", Decimal: "decimal", dt.date: "day"}
    return words(kinds[annotation], language)


def _default(info: Any, language: str) -> str:
    if info.is_required():
        return f"<br>{words('always', language)}"
    if info.default is PydanticUndefined or info.default in (None, "", []):
        return ""
    return f"<br>{words('else', language)} `{json.dumps(info.default)}`"


def _code(name: str) -> str:
    """A name that may be broken behind its underscores, and nowhere else, where a screen is narrow."""
    return f"<code>{name.replace('_', '_<wbr>')}</code>"


# ---- the command line


def command_line() -> dict[str, Any]:
    """The commands of `mse` in the order of `mse --help`."""
    from mse.cli import app

    found: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return found


def commands(language: str) -> str:
    """Each command with its arguments, options and examples; in Chinese from `commands.toml`."""
    return "\n\n".join(_command(name, command, language) for name, command in command_line().items())


def _command(name: str, command: Any, language: str) -> str:
    told = texts("commands").get(name, {})
    about = command.help if language == "en" else told.get("about", command.help)
    rows = [f"| {words('option', language)} | {words('meaning', language)} |", "| --- | --- |"]
    for param in command.params:
        key = param_key(param)
        text = (param.help or "") if language == "en" else told.get("options", {}).get(key, param.help)
        form = " ".join(f"`{part}`" for part in [", ".join(option_names(param)), value_of(command, param)] if part)
        rows.append(f"| {form} | {text}{_option_default(param, language)} |")
    lines = [f"## mse {name} {{ #{name} }}", about, "\n".join(rows)]
    reasons = told.get("not_run", {})
    run: list[str] = []
    for line in examples_of(command, comments=language == "en"):
        reason = next((why for start, why in reasons.items() if line.startswith(start)), "")
        if reason:
            lines.append(f"<!-- not run: {reason} -->\n```sh\n{line}\n```")
        else:
            run.append(line)
    if run:
        lines.append("```sh\n" + "\n".join(run) + "\n```")
    return "\n\n".join(lines)


def option_names(param: Any) -> list[str]:
    return [name for name in param.opts if name.startswith("-")]


def param_key(param: Any) -> str:
    """How a parameter is called in `commands.toml`: its long option, or what it stands for."""
    return max(option_names(param), key=len, default=param.metavar)


def value_of(command: Any, param: Any) -> str:
    """What stands behind an option, or for an argument."""
    if param.metavar:
        return str(param.metavar) + ("..." if param.nargs == -1 else "")
    hint = typing.get_type_hints(command.callback)[param.name]
    kinds = [kind for kind in (*typing.get_args(hint), hint) if isinstance(kind, type) and kind is not type(None)]
    kind = kinds[0] if kinds else str
    if kind is bool:
        return ""
    if issubclass(kind, enum.Enum):
        return "|".join(member.value for member in kind)
    return {int: "N", float: "N", Path: "PATH"}.get(kind, "TEXT")


def _option_default(param: Any, language: str) -> str:
    default = getattr(param.default, "value", param.default)
    if param.required or default in (None, False, "", []):
        return ""
    return f" {words('by_default', language)} `{default}`"


def examples_of(command: Any, *, comments: bool) -> list[str]:
    """The example lines below a command's help."""
    found = regex.findall(r"\[cyan\](.*?)\[/cyan\]\s*(.*)", command.epilog or "")
    wide = max((len(line) for line, _ in found), default=0)
    return [f"{line:{wide}}   # {said}" if comments and said else line for line, said in found]


# ---- lexicons


def lexicons() -> dict[str, str]:
    """Every lexicon with its purpose: the comment that opens its file."""
    found = {}
    for path in sorted((ROOT / "src/mse/grammar").glob("*.toml")):
        comment = regex.match(r"(?:#[^\n]*\n)+", path.read_text(encoding="utf-8"))
        assert comment is not None
        lines = [line.lstrip("# ").strip() for line in comment[0].splitlines()]
        found[path.stem] = " ".join(lines[: lines.index("")] if "" in lines else lines)
    return found


def lexicon_table(language: str) -> str:
    """Which file holds what, and how many entries with an example and how many corpus lines stand behind it."""
    told = texts("lexicons")
    rows = [
        f"| {words('file', language)} | {words('holds', language)} | {words('examples', language)} |",
        "| --- | --- | ---: |",
    ]
    for name in lexicons():
        rows.append(f"| {_code(name + '.toml')} | {told[name][language]} | {examples_in(name)} |")
    return "\n".join(rows)


def examples_in(name: str) -> int:
    """How many examples stand in a lexicon and in the corpus beside it."""

    def count(node: Any) -> int:
        if isinstance(node, list):
            return sum(map(count, node))
        if not isinstance(node, dict):
            return 0
        here = sum(
            1 if isinstance(node[key], str) else len(node[key]) for key in ("example", "examples") if key in node
        )
        return here + sum(count(value) for key, value in node.items() if key not in ("example", "examples"))

    folder = ROOT / "src/mse/grammar"
    corpus = folder / f"{name}.corpus.jsonl"
    lines = corpus.read_text(encoding="utf-8").splitlines() if corpus.is_file() else []
    return count(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))) + sum(map(bool, lines))


# ---- measured figures and notebooks


def scores(language: str) -> str:
    """What the README says of the accuracy: on what it was measured, and the table of benchmarks/scores.py."""
    _, _, section = _readme(language).partition(words("scores_heading", language))
    section = section.partition("\n## ")[0].strip()
    # A line break between Chinese characters would be shown as a space.
    return regex.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", section)


def beside(language: str) -> str:
    """Our F1 from the table of scores beside the best of the other tools."""
    rows = [
        f"| {words('measured', language)} | mse | {words('best_other', language)} |",
        "| --- | ---: | ---: |",
    ]
    for row in texts("words")["beside"]:
        (line,) = [line for line in scores(language).splitlines() if line.startswith(f"| {row[language]} |")]
        ours = line.split("|")[4].strip()
        rows.append(f"| {row[language]} | {ours} | {row['best']} |")
    return "\n".join(rows)


def findings(language: str) -> str:
    """The findings in the seeds, from the English record that the tests compare with what is found."""
    rows = [line for line in (ROOT / "docs/audit.md").read_text(encoding="utf-8").splitlines() if FINDING.match(line)]
    return "\n".join([words("findings_head", language), "| --- | --- | --- | --- | --- | --- |", *rows])


def _readme(language: str) -> str:
    return (ROOT / ("README.md" if language == "en" else "README.zh.md")).read_text(encoding="utf-8")


def notebooks() -> list[Path]:
    return sorted((ROOT / "notebooks").glob("*.ipynb"))


def notebook_list(language: str) -> str:
    """The notebooks by their headings, each to be read as a page and to be fetched."""
    prefix = "" if language == "zh" else "../"
    rows = []
    for number, path in enumerate(notebooks(), 1):
        fetch = f"[{words('fetch', language)}]({prefix}notebooks/{path.name})"
        rows.append(f"{number}. [{_heading(path, language)}]({prefix}notebooks/{path.stem}.md) ({fetch})")
    return "\n".join(rows)


def _heading(path: Path, language: str) -> str:
    """A notebook begins with its heading in Chinese and below it, in italics, in English."""
    first, second = [line for line in _cells(path)[0][1].splitlines() if line.strip()][:2]
    return first.lstrip("# ") if language == "zh" else second.strip("*. ")


def _cells(path: Path) -> list[tuple[str, str, list[dict[str, Any]]]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"]), cell.get("outputs", [])) for cell in cells]


def notebook_page(path: Path) -> tuple[str, list[str]]:
    """A notebook as markdown with places for its outputs, and these as HTML."""
    parts, outputs = [], []
    for kind, source, given in _cells(path):
        if kind == "markdown":
            source = _linked(source)
        parts.append(source if kind == "markdown" else f"```python\n{source}\n```")
        for output in given:
            parts.append(OUTPUT.format(len(outputs)))
            outputs.append(_output(output))
    parts.insert(1, f"[{words('fetch_notebook', 'zh')}]({path.name})")
    return "\n\n".join(parts), outputs


def _linked(source: str) -> str:
    """Links of a notebook as those of a page: to notebooks and pages of the site; what is elsewhere stays a name."""
    source = source.replace(".ipynb)", ".md)").replace("](../docs/", "](../")
    return regex.sub(
        r"\[([^\]]+)\]\(\.\./([^)]*)\)", lambda hit: hit[0] if (ROOT / "docs" / hit[2]).is_file() else hit[1], source
    )


def _output(output: dict[str, Any]) -> str:
    """The richest form of an output that a page can show."""
    data = output.get("data", {"text/plain": output.get("text", "")})
    if "text/html" in data:
        return "".join(data["text/html"])
    if "image/png" in data:
        picture = "".join(data["image/png"]).replace("\n", "")
        return f'<img alt="{html.escape("".join(data.get("text/plain", "")))}" src="data:image/png;base64,{picture}">'
    return f"<pre><code>{html.escape(''.join(data['text/plain']))}</code></pre>"


PARTS = {
    "fields": fields,
    "commands": commands,
    "lexicons": lexicon_table,
    "scores": scores,
    "beside": beside,
    "findings": findings,
    "notebooks": notebook_list,
}
