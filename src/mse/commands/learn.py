"""`mse train`, `mse evaluate` and `mse convert`: the recognizer, its scores, and annotation formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mse.commands.ending import USAGE, explained, stop
from mse.errors import AnnotationError

if TYPE_CHECKING:
    from mse.ner.formats import Example

TRAIN_EPILOG = """
[bold]Examples[/bold]

[cyan]mse train --config training/config.cfg -o model[/cyan]             as the shipped model was made
[cyan]mse train --train mine.jsonl --dev held_out.jsonl -o model[/cyan]  on your own annotations

Files: .iob2 columns, .jsonl of doccano, .json of Label Studio, .spacy DocBin.
Labels: PERSON, POST, ORG, PLACE (PER and LOC are understood). POST is left to rules.
"""

EVALUATE_EPILOG = """
[bold]Examples[/bold]

[cyan]mse evaluate held_out.jsonl[/cyan]                 the shipped model with the rules
[cyan]mse evaluate held_out.jsonl --model model[/cyan]   a model of your own
[cyan]mse evaluate held_out.jsonl --no-model[/cyan]      rules alone
"""

Files = Annotated[list[Path] | None, typer.Option("--train", help="Annotated texts to train on; repeatable.")]
DevFiles = Annotated[list[Path] | None, typer.Option("--dev", help="Annotated texts to weigh and score on.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands into the app."""
    app.command(epilog=TRAIN_EPILOG)(train)
    app.command(epilog=EVALUATE_EPILOG)(evaluate)
    app.command()(convert)


def train(
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", file_okay=False, help="Where to put it.")],
    train_files: Files = None,
    dev_files: DevFiles = None,
    config: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Data and settings; options go before it.")
    ] = None,
    generate: Annotated[int | None, typer.Option(min=0, help="Sentences to make from frames besides.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same weights.")] = None,
) -> None:
    """Train the recognizer of names, offices and places."""
    from mse.ner import project
    from mse.pipeline.entities import save_pipeline

    with explained(out):
        plan = project.read_plan(config) if config else project.Plan()
        plan.train = list(train_files or plan.train)
        plan.dev = list(dev_files or plan.dev)
        plan.generated = plan.generated if generate is None else generate
        plan.settings.seed = plan.settings.seed if seed is None else seed
        if not plan.train or not plan.dev:
            stop("name data to train on and to score on: --train FILE --dev FILE, or --config FILE", USAGE)
        scores = project.run(plan, out, report=lambda line: typer.echo(line, err=True))
        save_pipeline(out, {"name": out.name, "performance": scores})
        _table(scores)
        typer.echo(f"written to {out}", err=True)


def evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Annotated texts.", show_default=False)],
    model: Annotated[Path | None, typer.Option(file_okay=False, help="A model; by default the one shipped.")] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Rules alone.")] = False,
    shown: Annotated[int, typer.Option("--errors", min=0, help="How many errors to show in their context.")] = 20,
) -> None:
    """Precision, recall and F1 by label, and the errors in their context."""
    from mse.ner import project
    from mse.ner.formats import read_examples

    with explained(files[0]):
        examples = [example for file in files for example in read_examples(file)]
        scores, lines = project.evaluate(examples, model, with_model=not no_model)
        _table(scores)
        for line in lines[:shown]:
            typer.echo(line)
        if len(lines) > shown:
            typer.echo(f"{len(lines) - shown} more errors; --errors {len(lines)} shows all", err=True)


def convert(
    source: Annotated[Path, typer.Argument(metavar="FILE", help=".iob2, .jsonl, .json or .spacy")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help=".jsonl, .json or .spacy; or .jsonl of a report")],
) -> None:
    """Turn annotations from one format into another, or a report into annotations to correct.

    A report (any other file that mse reads) becomes one example a paragraph, with what mse finds in it already
    labelled: entities, or with a TARGET like roles.jsonl quantities by their role.
    """
    from mse.ner import formats

    with explained(target):
        if source.suffix.lower() in formats.ENDINGS:
            examples = formats.read_examples(source, labels=None)
        else:
            examples = _annotated(source, roles=target.stem.endswith("roles"))
        formats.write_examples(target, examples)
        typer.echo(f"{len(examples)} examples written to {target}", err=True)


def _annotated(report: Path, roles: bool) -> list[Example]:
    """The paragraphs of a report as examples, labelled by mse itself: the start of an annotation, not its end."""
    from mse import pipeline, reading
    from mse.ner.formats import Example
    from mse.ner.recognize import entities

    read = reading.read(report)
    found: list[tuple[int, int, str]]
    if roles:
        found = [(m.start, m.end, m.role) for m in pipeline.analyse(read).mentions if m.type == "quantity" and m.role]
    else:
        found = [(e.start, e.end, e.label) for e in entities(read.text)]
    examples, start = [], 0
    for line in read.text.splitlines(keepends=True):
        end = start + len(line)
        inside = [
            (a - start, b - start, label) for a, b, label in found if start <= a and b <= start + len(line.rstrip())
        ]
        if line.strip():
            examples.append(Example(line.rstrip(), inside))
        start = end
    if not examples:
        raise AnnotationError(f"{report}: holds no text")
    return examples


def _table(scores: dict[str, dict[str, float]]) -> None:
    typer.echo(f"{'label':8} {'precision':>9} {'recall':>9} {'F1':>9} {'gold':>6}")
    for label, s in scores.items():
        typer.echo(f"{label:8} {s['precision']:9.4f} {s['recall']:9.4f} {s['f1']:9.4f} {int(s['gold']):6}")
