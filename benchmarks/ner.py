#!/usr/bin/env python3
"""Measure names, titles, offices and places, and who holds what: on the hand-written items and on a corpus.

usage: ner.py [ITEMS] [--corpus FILE.iob2] [--errors] [--no-model]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

import mse  # noqa: E402
from marked import read_items  # noqa: E402
from mse.ner.evaluation import Scores, errors, score  # noqa: E402
from mse.ner.formats import read_examples  # noqa: E402
from mse.ner.recognize import entities, officials  # noqa: E402


def f1(counts: Counter[str]) -> float:
    return 2 * counts["right"] / max(1, 2 * counts["right"] + counts["wrong"] + counts["missed"])


def compare(counts: Counter[str], wanted: set[object], found: set[object]) -> None:
    counts["right"] += len(wanted & found)
    counts["wrong"] += len(found - wanted)
    counts["missed"] += len(wanted - found)


def show(title: str, scores: Scores) -> None:
    print(title)
    for label, values in scores.as_dict().items():
        print(f"  {label:7}", "  ".join(f"{name} {value}" for name, value in values.items()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("items", nargs="?", type=Path, default=ROOT / "tests" / "ner" / "prose.txt")
    options.add_argument("--corpus", type=Path)
    options.add_argument("--errors", action="store_true")
    options.add_argument("--no-model", action="store_true")
    chosen = options.parse_args()
    model = not chosen.no_model
    items = read_items(chosen.items)
    names, posts, links, whole = Counter(), Counter(), Counter(), Counter()
    gold, found = [], []
    for item in items:
        got = officials(item.text, model)
        gold.append(item.spans)
        found.append([(e.start, e.end, e.label) for e in entities(item.text, model)])
        have = {(o.name, tuple(o.posts), o.organization) for o in got}
        want = set(item.officials)
        compare(names, {n for n, _, _ in want}, {n for n, _, _ in have})
        compare(posts, {(n, p) for n, ps, _ in want for p in ps}, {(n, p) for n, ps, _ in have for p in ps})
        compare(links, {(n, o) for n, _, o in want if o}, {(n, o) for n, _, o in have if o})
        compare(whole, want, have)
        if chosen.errors and (set(gold[-1]) != set(found[-1]) or want != have):
            print(item.text)
            for line in errors(item.text, gold[-1], found[-1]):
                print("   ", line)
            for each in sorted(want - have):
                print("    missed", each)
            for each in sorted(have - want):
                print("    wrong ", each)
    show(f"{len(items)} items: entities", score(gold, found))
    for title, counts in (("names", names), ("name and post", posts), ("name and office", links), ("all of it", whole)):
        print(f"  officials, {title}: F1 {f1(counts):.4f} of {counts['right'] + counts['missed']}")
    if chosen.corpus:
        examples = read_examples(chosen.corpus)
        started = time.perf_counter()
        found = [[(e.start, e.end, e.label) for e in mse.entities(x.text) if e.label != "POST"] for x in examples]
        seconds = time.perf_counter() - started
        show(f"{chosen.corpus.name}", score([x.spans for x in examples], found))
        print(f"  {sum(len(x.text) for x in examples) / seconds:.0f} characters a second, sentence by sentence")


if __name__ == "__main__":
    main()
