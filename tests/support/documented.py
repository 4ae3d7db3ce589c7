"""The code blocks of the documentation, and how each kind of block is run.

A block is run by what it is: `python` blocks of a page in their order and in one namespace, a `text` block behind one
being what it prints; `sh` and `console` lines that begin with `mse` as commands, in a `console` block with what they
print; blocks of data by what reads them. A block with a `title` is a file of that name for the blocks behind it, or,
where the title is a lexicon's, an entry of that lexicon. A line `<!-- not run: REASON -->` right before a block says
why it cannot be run. In what is shown `...` stands for anything.

`python tests/support/documented.py PAGE.json` runs the blocks of one page in the folder it is called in.
"""

from __future__ import annotations

import doctest
import io
import json
import os
import shlex
import subprocess
import sys
import tomllib
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import regex

ROOT = Path(__file__).resolve().parents[2]
FENCE = regex.compile(
    r"(?:^<!-- not run: (?P<reason>[^\n]+?) -->\n\n?)?"
    r"^(?P<indent> *)```(?P<kind>[\w+-]*)(?:[ ]+(?P<info>[^\n`]*))?\n(?P<text>.*?)^(?P=indent)```[ ]*$",
    regex.DOTALL | regex.MULTILINE,
)
TITLE = regex.compile(r'title="([^"]+)"')
SETTING = regex.compile(r"[A-Z_]+=\S*")
GRAMMAR = "src/mse/grammar/"


@dataclass(slots=True)
class Block:
    """One fenced block: where it begins, its kind, its title, its text, and why it cannot be run."""

    line: int
    kind: str
    title: str
    text: str
    reason: str


class WrongError(Exception):
    """A block that does not do what the page says."""


def blocks_of(markdown: str) -> list[Block]:
    """The fenced blocks of a page in their order."""
    found = []
    for hit in FENCE.finditer(markdown):
        width = len(hit["indent"])
        text = "".join(line[width:] if line.strip() else line for line in hit["text"].splitlines(keepends=True))
        title = TITLE.search(hit["info"] or "")
        line = markdown.count("\n", 0, hit.start("kind")) + 1
        found.append(Block(line, hit["kind"], title[1] if title else "", text, hit["reason"] or ""))
    return found


def run(blocks: list[Block]) -> None:
    """Run the blocks of one page in the current folder. Raises WrongError at the first that is not as it says."""
    names: dict[str, Any] = {"__name__": "__main__"}
    printed: str | None = None
    for block in blocks:
        before, printed = printed, None
        if block.reason:
            continue
        try:
            if block.kind == "text":
                _shown(block.text, before)
            elif block.kind == "python":
                printed = _python(block, names)
            elif block.kind in ("sh", "console"):
                _commands(block)
            elif block.title.startswith(GRAMMAR):
                _entry(block)
            else:
                _data(block)
        except WrongError as error:
            raise WrongError(f"line {block.line}: {error}") from None
        except Exception:
            raise WrongError(f"line {block.line}:\n{traceback.format_exc()}") from None
    # Reports are read last, with the words that the page has added by then.
    for block in blocks:
        if block.kind == "csv" and not block.reason:
            _report(block)


def _shown(shown: str, printed: str | None) -> None:
    if printed is None:
        raise WrongError("a text block shows what the python block right before it prints, and there is none")
    _compare(shown, printed)


def _compare(shown: str, printed: str) -> None:
    wanted, got = _lines(shown), _lines(printed)
    if not doctest.OutputChecker().check_output(wanted, got, doctest.ELLIPSIS):
        raise WrongError(f"the page shows\n{wanted}\nand it prints\n{got}")


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n"


def _python(block: Block, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(block.text, f"line {block.line}", "exec"), names)
    return out.getvalue()


def commands_of(block: Block) -> list[tuple[str, str]]:
    """The commands of a shell block, each with what the page shows of its output."""
    if block.kind == "console":
        parts = regex.split(r"^\$ ", block.text, flags=regex.MULTILINE)
        if parts[0].strip():
            raise WrongError("a console block begins with `$ `")
        found = [part.partition("\n") for part in parts[1:]]
        return [(command, shown) for command, _, shown in found]
    joined = block.text.replace("\\\n", "")
    return [(line, "") for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _commands(block: Block) -> None:
    for command, shown in commands_of(block):
        words = shlex.split(command, comments=True)
        setting = [word for word in words if SETTING.fullmatch(word)]
        program, *arguments = words[len(setting) :]
        if program != "mse":
            raise WrongError(f"{command!r} is no command of mse; say why it is not run: <!-- not run: REASON -->")
        redirected = ">" in arguments and Path(arguments[arguments.index(">") + 1])
        if redirected:
            arguments = arguments[: arguments.index(">")]
        code, out, err = _mse_with(setting, arguments) if setting else _mse(arguments)
        if code:
            raise WrongError(f"{command!r} ends with {code}: {err.decode()}")
        if redirected:
            redirected.write_bytes(out)
        elif shown:
            _compare(shown, out.decode())


def _mse_with(setting: list[str], arguments: list[str]) -> tuple[object, bytes, bytes]:
    """A command with variables set for it alone, which needs a process of its own."""
    variables = dict(each.split("=", 1) for each in setting)
    done = subprocess.run(
        [sys.executable, "-m", "mse", *arguments], env={**os.environ, **variables}, capture_output=True
    )
    return done.returncode, done.stdout, done.stderr


def _mse(arguments: list[str]) -> tuple[object, bytes, bytes]:
    """A command of mse in this process: its exit code, standard output and standard error."""
    from mse.cli import app

    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    code: object = 0
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        try:
            app(arguments)
        except SystemExit as end:
            code = end.code
    out, err = (stream.buffer.getvalue() for stream in streams)  # type: ignore[attr-defined]
    return code, out, err


def _data(block: Block) -> None:
    """A file, or data that stands for itself: read by what reads it."""
    if block.title:
        file = Path(block.title)
        file.parent.mkdir(exist_ok=True)
        file.write_text(block.text, encoding="utf-8")
        if file.suffix == ".toml" and (ROOT / GRAMMAR / file.name).is_file():
            _fits(tomllib.loads(block.text), ROOT / GRAMMAR / file.name)
            return
    match block.kind:
        case "csv":
            pass  # read when the page is through
        case "toml":
            _units(tomllib.loads(block.text))
        case "json":
            json.loads(block.text)
        case "jsonl":
            for line in block.text.splitlines():
                json.loads(line)
        case "ini":
            from spacy import Config

            Config().from_str(f"[nlp]\n{block.text}" if block.text.startswith("[nlp.") else block.text)
        case _:
            raise WrongError(f"nothing reads a block of kind {block.kind!r}")


def _report(block: Block) -> None:
    import mse

    if not mse.read(block.title or "data.csv", data=block.text.encode()).tasks:
        raise WrongError(f"line {block.line}: mse finds no tasks in it")


def _units(data: dict[str, Any]) -> None:
    """A user's file of units: each example gives its value in one of the words of its entry."""
    from mse import recognize
    from mse.numbers.units import lexicon

    lexicon().add(data, "the page")
    entries = [entry for key in ("family", "dimension") for group in data.get(key, ()) for entry in group["units"]]
    if not entries:
        raise WrongError("it holds no units")
    for entry in entries:
        found = [(str(m.value), m.unit) for m in recognize(entry["example"])]
        if not any((entry["value"], word) in found for word in entry["words"]):
            raise WrongError(f"the example {entry['example']!r} gives {found}")


def _entry(block: Block) -> None:
    """An entry as a lexicon has it: of a table and with keys that are there, and its example shows a word of it."""
    path = ROOT / block.title
    if block.kind == "jsonl":
        if not path.is_file():
            raise WrongError(f"there is no {block.title}")
        for line in block.text.splitlines():
            _corpus_line(json.loads(line))
        return
    shown = tomllib.loads(block.text)
    for key, entry, there in _fits(shown, path):
        members = {word for other in there for word in other.get("words", ())}
        if missing := [word for word in entry["words"] if word not in members]:
            raise WrongError(f"{key} of {block.title} does not hold {missing}")


def _fits(shown: dict[str, Any], path: Path) -> list[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """The entries of `shown`, each with those of its table in the lexicon, when they have the form that these have."""
    real = tomllib.loads(path.read_text(encoding="utf-8"))
    found = []
    for key, value in shown.items():
        if key not in real:
            raise WrongError(f"{path.name} has no table {key}")
        there = [real[key]] if isinstance(value, dict) else real[key]
        for entry in [value] if isinstance(value, dict) else value:
            if strange := [name for name in entry if not any(name in other for other in there)]:
                raise WrongError(f"{key} of {path.name} has no {strange}")
            for each in entry.get("units", [entry]):
                examples = [each["example"]] if isinstance(each["example"], str) else each["example"]
                if not any(word in text for word in each["words"] for text in examples):
                    raise WrongError(f"an example of {key} shows none of its words")
            found.append((key, entry, there))
    return found


def _corpus_line(line: dict[str, Any]) -> None:
    from mse import recognize

    found = [
        {"span": [m.start, m.end], "op": m.op, "value": m.model_dump()["value"], "unit": m.unit}
        for m in recognize(line["text"])
        if m.type == "quantity"
    ]
    if found != line["quantities"]:
        raise WrongError(f"{line['text']!r} gives {found}")


def run_page(name: str, blocks: list[Block], folder: Path) -> str:
    """Run a page in a process of its own, in `folder`; what is wrong with it, or nothing."""
    task = folder / "page.json"
    task.write_text(json.dumps([asdict(block) for block in blocks]), encoding="utf-8")
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, __file__, str(task)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", "COLUMNS": "110"},
        capture_output=True,
        text=True,
    )
    return f"{name}, {done.stderr}" if done.returncode else ""


if __name__ == "__main__":
    try:
        run([Block(**block) for block in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))])
    except WrongError as error:
        sys.exit(str(error))
