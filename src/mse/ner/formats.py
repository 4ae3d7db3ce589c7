"""Annotated texts in the formats people annotate in: IOB2 columns, doccano JSONL, Label Studio JSON, spaCy DocBin.

Every reader gives examples and names file and line where something cannot be used. Labels of other schemes are mapped
(PER, LOC) or refused; for quantity roles any set of labels can be asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from mse.errors import AnnotationError
from mse.ner.spans import LABELS

ALIASES = {"PER": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "TITLE": "POST", "ORGANIZATION": "ORG", "LOCATION": "PLACE"}
ENDINGS = (".iob2", ".iob", ".jsonl", ".json", ".spacy")
Labelled = tuple[int, int, str]


@dataclass(slots=True)
class Example:
    """A text with labelled stretches, in its order and without overlaps; `words` where the corpus gives them."""

    text: str
    spans: list[Labelled]
    words: list[tuple[int, int]] | None = None
    source: str = field(default="", compare=False)


def read_examples(path: Path, labels: Sequence[str] | None = LABELS) -> list[Example]:
    """All examples of a file; its ending says the format (.iob2, .jsonl, .json, .spacy). None takes labels as they are.

    Raises AnnotationError, which names the file and the line, for whatever cannot be used.
    """
    readers: dict[str, Callable[[Path], Iterable[tuple[int, Example]]]] = {
        ".iob2": _iob2,
        ".iob": _iob2,
        ".jsonl": _jsonl,
        ".json": _label_studio,
        ".spacy": _doc_bin,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise AnnotationError(f"{path}: unknown format, expected one of {', '.join(readers)}")
    try:
        examples = [_checked(path, line, example, labels) for line, example in reader(path)]
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path}: cannot be read ({error})") from error
    if not examples:
        raise AnnotationError(f"{path}: holds no examples")
    return examples


def write_examples(path: Path, examples: Iterable[Example]) -> None:
    """Write examples; the ending says the format (.jsonl, .json, .spacy). Raises AnnotationError for another one."""
    match path.suffix.lower():
        case ".jsonl":
            lines = (
                json.dumps({"text": e.text, "label": [list(span) for span in e.spans]}, ensure_ascii=False)
                for e in examples
            )
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        case ".json":
            tasks = [_to_label_studio(example) for example in examples]
            path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        case ".spacy":
            _to_doc_bin(examples).to_disk(path)
        case _:
            raise AnnotationError(f"{path}: unknown format, expected .jsonl (doccano), .json (Label Studio) or .spacy")


def _checked(path: Path, line: int, example: Example, labels: Sequence[str] | None) -> Example:
    where = f"{path}:{line}"
    example.source = where
    if not example.text:
        raise AnnotationError(f"{where}: the text is empty")
    spans = []
    for start, end, label in example.spans:
        name = label if labels is None or label in labels else ALIASES.get(label, label)
        if labels is not None and name not in labels:
            raise AnnotationError(f"{where}: unknown label {label!r}, expected one of {', '.join(labels)}")
        if not 0 <= start < end <= len(example.text):
            raise AnnotationError(f"{where}: [{start}, {end}] lies outside the text of {len(example.text)} characters")
        spans.append((start, end, name))
    spans.sort()
    for (_, before, _), (start, end, label) in pairwise(spans):
        if start < before:
            raise AnnotationError(f"{where}: {label} [{start}, {end}] overlaps the span before it")
    example.spans = spans
    return example


def _iob2(path: Path) -> Iterator[tuple[int, Example]]:
    """Columns number, word, tag; sentences are divided by blank lines, comments begin with #."""
    rows: list[tuple[str, str]] = []
    first = 1
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate([*lines, "\n"], 1):
            line = line.rstrip("\r\n")
            if not line:
                if rows:
                    yield first, _from_rows(rows)
                rows, first = [], number + 1
            elif not line.startswith("#"):
                columns = line.split("\t")
                if len(columns) < 3 or not columns[1]:
                    raise AnnotationError(f"{path}:{number}: expected number, word and tag divided by tabs")
                tag = columns[2]
                if tag != "O" and tag[:2] not in ("B-", "I-"):
                    raise AnnotationError(f"{path}:{number}: unknown tag {tag!r}, expected O, B-… or I-…")
                rows.append((columns[1], tag))


def _from_rows(rows: list[tuple[str, str]]) -> Example:
    words: list[tuple[int, int]] = []
    spans: list[Labelled] = []
    position, inside = 0, False
    for word, tag in rows:
        end = position + len(word)
        words.append((position, end))
        if tag == "O":
            inside = False
        elif tag.startswith("I-") and inside and spans[-1][2] == tag[2:]:
            spans[-1] = (spans[-1][0], end, tag[2:])
        else:
            spans.append((position, end, tag[2:]))
            inside = True
        position = end
    return Example("".join(word for word, _ in rows), spans, words)


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except json.JSONDecodeError as error:
                    raise AnnotationError(f"{path}:{number}: no JSON ({error})") from error


def _jsonl(path: Path) -> Iterator[tuple[int, Example]]:
    """doccano: one object a line with `text` and `label` (or `labels`), a list of [start, end, label]."""
    for number, record in _records(path):
        spans = record.get("label", record.get("labels")) if isinstance(record, dict) else None
        if not isinstance(record, dict) or not isinstance(record.get("text"), str) or not isinstance(spans, list):
            raise AnnotationError(f'{path}:{number}: expected {{"text": …, "label": [[start, end, label], …]}}')
        yield number, Example(record["text"], [_span(path, number, span) for span in spans])


def _span(path: Path, number: int, value: Any) -> Labelled:
    match value:
        case [int(start), int(end), str(label)]:
            return start, end, label
        case _:
            raise AnnotationError(f"{path}:{number}: {value!r} is no [start, end, label]")


def _label_studio(path: Path) -> Iterator[tuple[int, Example]]:
    """Label Studio's JSON export: tasks with `data.text` and results of type `labels`."""
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise AnnotationError(f"{path}:{error.lineno}: no JSON ({error.msg})") from error
    if not isinstance(tasks, list):
        raise AnnotationError(f"{path}:1: expected a list of tasks, as Label Studio exports them")
    for number, task in enumerate(tasks, 1):
        try:
            text = task["data"]["text"]
            done = [a for a in task.get("annotations", []) if not a.get("was_cancelled")]
            results = done[-1]["result"] if done else []
            values = [result["value"] for result in results if result.get("type", "labels") == "labels"]
            spans = [(value["start"], value["end"], value["labels"][0]) for value in values]
            example = Example(text, [_span(path, number, list(span)) for span in spans])
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise AnnotationError(f"{path}:{number}: task {number} has no text or a result without labels") from error
        if not isinstance(text, str):
            raise AnnotationError(f"{path}:{number}: the text of task {number} is no string")
        yield number, example


def _to_label_studio(example: Example) -> dict[str, Any]:
    results = [
        {
            "id": f"{start}-{end}",
            "type": "labels",
            "from_name": "label",
            "to_name": "text",
            "value": {"start": start, "end": end, "text": example.text[start:end], "labels": [label]},
        }
        for start, end, label in example.spans
    ]
    return {"data": {"text": example.text}, "annotations": [{"result": results}]}


def _doc_bin(path: Path) -> Iterator[tuple[int, Example]]:
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab))
    except OSError:
        raise
    except Exception as error:  # whatever unpacking of foreign bytes may raise
        raise AnnotationError(f"{path}: no DocBin of spaCy ({type(error).__name__})") from error
    for number, doc in enumerate(docs, 1):
        spans = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        yield number, Example(doc.text, spans, [(t.idx, t.idx + len(t)) for t in doc if not t.is_space])


def _to_doc_bin(examples: Iterable[Example]) -> Any:
    import spacy
    from spacy.tokens import Doc, DocBin, Span

    vocab = spacy.blank("zh").vocab
    store = DocBin()
    for example in examples:
        # Characters as tokens, so that every stretch falls on token borders whatever it is.
        doc = Doc(vocab, words=list(example.text), spaces=[False] * len(example.text))
        doc.ents = tuple(Span(doc, start, end, label=label) for start, end, label in example.spans)
        store.add(doc)
    return store
