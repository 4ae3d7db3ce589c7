"""Characters a second of mse beside recognizers-text-suite and jionlp, over the seeds, in one process on one core.

usage: python benchmarks/recognize.py [--rounds N] [--json]

Needs the packages of benchmarks/requirements.txt. All tools are given the same lines of text, in turns, round after
round; the clock is the processor time of this process. What mse remembers of texts it has seen is forgotten between
rounds. recognizers-text-suite runs its recognizers of numbers, percentages, currencies, dimensions and dates, jionlp
those of money and time. Facts are those of the whole reports; reading a report is part of them. With the model, names
are looked for where the report says who answers; the last row finds all names of the reports beside the facts.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import logging
import statistics
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import mse

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))
DAY = datetime(2020, 5, 18)
AIMS = {
    "mse.recognize": (("recognizers-text-suite", 100), ("jionlp", 5)),
    "facts without the model": (("recognizers-text-suite", 40),),
    "facts with the model": (("recognizers-text-suite", 15),),
}

Run = Callable[[str], object]


def recognizers() -> Run:
    """The five recognizers of recognizers-text-suite."""
    warnings.filterwarnings("ignore")  # its patterns make Python warn at every import
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    plain = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)

    def run(line: str) -> None:
        for recognize in plain:
            recognize(line, Culture.Chinese)
        recognize_datetime(line, Culture.Chinese, reference=DAY)

    return run


def jionlp() -> Run:
    """Money and time of jionlp; it logs what it cannot parse, which is switched off."""
    import jionlp as jio

    logging.disable(logging.CRITICAL)

    def run(line: str) -> None:
        jio.ner.extract_money(line, with_parsing=True)
        jio.ner.extract_time(line, time_base=DAY.timestamp())

    return run


def remembered() -> list[Any]:
    """The caches in which the package remembers texts; lexicons and patterns stay, as in any process that runs on."""
    return [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, functools._lru_cache_wrapper)
        and getattr(thing, "__module__", "").startswith("mse.")
        and thing.cache_parameters()["maxsize"] is not None
    ]


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(rounds: int) -> dict[str, float]:
    """The middle of the rounds, in characters a second, for each tool."""
    texts = [mse.read(path).text for path in SEEDS]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    characters = sum(map(len, lines))
    theirs = {"recognizers-text-suite": recognizers(), "jionlp": jionlp()}
    works: dict[str, Callable[[], object]] = {
        "mse.recognize": lambda: [mse.recognize(line, date=DAY.date()) for line in lines],
        **{name: functools.partial(lambda run: [run(line) for line in lines], run) for name, run in theirs.items()},
        "facts without the model": lambda: [mse.extract(mse.read(path), model=False) for path in SEEDS],
        "facts with the model": lambda: [mse.extract(mse.read(path)) for path in SEEDS],
        "facts and every name": lambda: [
            (mse.extract(report), mse.entities(report.text)) for report in map(mse.read, SEEDS)
        ],
    }
    for run in (*theirs.values(), lambda line: (mse.recognize(line), mse.extract_text(line), mse.entities(line))):
        run(
            "截至2020年4月30日，副市长李某到市民政局调研，完成投资3.5亿元，同比增长7%。"
        )  # loads and compiles everything
    caches = remembered()
    gc.collect()
    gc.freeze()  # no tool pays for the dictionaries of another each time garbage is collected
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            for cache in caches:
                cache.cache_clear()
            taken[name].append(seconds(work))
    return {name: characters / statistics.median(values) for name, values in taken.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    given = arguments.parse_args()
    speed = measure(given.rounds)
    if given.json:
        print(json.dumps(speed))
        return
    print("| | characters a second | times recognizers-text-suite | times jionlp | aim |")
    print("| --- | --- | --- | --- | --- |")
    for name, value in speed.items():
        ratios = [f"{value / speed[other]:.1f}" for other in ("recognizers-text-suite", "jionlp")]
        aims = ", ".join(f"{least} times {other}" for other, least in AIMS.get(name, ()))
        print(f"| {name} | {value:,.0f} | {' | '.join(ratios)} | {aims} |")


if __name__ == "__main__":
    main()
