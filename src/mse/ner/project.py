"""A training project: its plan in a config file, one run from data to a stored model, and the measurement of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mse.errors import AnnotationError
from mse.ner.evaluation import errors, score
from mse.ner.formats import Example, read_examples
from mse.ner.generator import generate
from mse.ner.model import COMPONENT, NameModel
from mse.ner.recognize import spans
from mse.ner.training import LEARNT, Settings, train


@dataclass(slots=True)
class Plan:
    """What to train on: files, how many sentences to generate besides, and the settings; `notes` go to the model."""

    train: list[Path] = field(default_factory=list)
    dev: list[Path] = field(default_factory=list)
    generated: int = 0
    settings: Settings = field(default_factory=Settings)
    notes: dict[str, Any] = field(default_factory=dict)


def read_plan(path: Path) -> Plan:
    """The plan of a config file in spaCy's format; relative paths count from the file.

    `${corpora}` in a path is the folder the variable MSE_CORPORA names. Raises AnnotationError, which names the file,
    for what is no such config.
    """
    from confection import Config

    try:
        config = Config().from_disk(path, interpolate=False)
        data, training = config["data"], config.get("training", {})
        unknown = set(training) - {setting.name for setting in fields(Settings)}
        if unknown:
            raise AnnotationError(f"{path}: [training] has no setting {', '.join(sorted(unknown))}")
        return Plan(
            [_located(path, name) for name in data["train"]],
            [_located(path, name) for name in data["dev"]],
            int(data.get("generated", 0)),
            Settings(**training),
            dict(config.get("notes", {})),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AnnotationError(f"{path}: no config of a training ({error})") from error


def _located(config: Path, name: str) -> Path:
    corpora = os.environ.get("MSE_CORPORA", "")
    if "CORPORA/" in name and not corpora:
        raise AnnotationError(f"{config}: {name} needs the variable MSE_CORPORA to name the folder of the corpora")
    return config.parent / name.replace("CORPORA", corpora)


def run(plan: Plan, out: Path, report: Callable[[str], None] = print) -> dict[str, dict[str, float]]:
    """Train, store the model in `out` and give its scores on the plan's dev data, rules and model together."""
    examples = [example for file in plan.train for example in read_examples(file)]
    dev = [example for file in plan.dev for example in read_examples(file)]
    made = generate(plan.generated, plan.settings.seed)
    model, _ = train([*examples, *made], dev, plan.settings, report)
    model.meta = {
        "name": out.name,
        "lang": "zh",
        "mse": version("mse"),
        "sentences": len(examples),
        "generated": len(made),
        "settings": {setting.name: getattr(plan.settings, setting.name) for setting in fields(Settings)},
        **plan.notes,
    }
    model.save(out / COMPONENT)
    stored = NameModel.load(out)  # scored as it is stored, with the rounded weights
    scores, _ = _evaluate(dev, stored)
    model.meta["scores"] = scores
    model.save(out / COMPONENT)
    return scores


def evaluate(
    examples: Sequence[Example], folder: Path | None = None, with_model: bool = True
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Scores by label and the errors in context; by the shipped model, the one in `folder`, or the rules alone."""
    return _evaluate(examples, NameModel.load(folder) if folder else with_model)


def _evaluate(examples: Sequence[Example], model: NameModel | bool) -> tuple[dict[str, dict[str, float]], list[str]]:
    annotated = {label for example in examples for _, _, label in example.spans} or set(LEARNT)
    found = [[(f.start, f.end, f.label) for f in spans(e.text, model) if f.label in annotated] for e in examples]
    lines = [line for e, got in zip(examples, found, strict=True) for line in errors(e.text, e.spans, got)]
    return score([e.spans for e in examples], found).as_dict(), lines
