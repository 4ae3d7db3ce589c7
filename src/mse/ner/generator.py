"""Sentences of the language of offices, made from frames, lexicons and chance, to train on."""

from __future__ import annotations

import random

import regex

from mse.grammar import load
from mse.ner.formats import Example
from mse.ner.gazetteer import divisions, short_form

_SLOT = regex.compile(r"\{(\w+)\}")


class Generator:
    """Makes examples; the same seed makes the same ones."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self.frames, self.names, fields = load("frames"), load("surnames"), load("offices")["fields"]["words"]
        self.fields = fields
        self.divisions = list(divisions())
        self.surnames = [char for char in self.names["single"]["chars"] if not char.isspace()]
        self.given = [char for char in self.names["given"]["chars"] if not char.isspace()]
        self.foreign = [char for char in self.names["foreign"]["chars"] if not char.isspace()]

    def example(self) -> Example:
        """One sentence with its labels."""
        text, spans, last = "", [], 0
        frame = self.random.choice(self.frames["prose"]["words"])
        for slot in _SLOT.finditer(frame):
            text += frame[last : slot.start()]
            last = slot.end()
            label, words = self._fill(slot[1])
            spans.append((len(text), len(text) + len(words), label))
            text += words
        return Example(text + frame[last:], spans, source="generated")

    def _fill(self, slot: str) -> tuple[str, str]:
        match slot:
            case "person":
                return "PERSON", self.person()
            case "foreign":
                return "PERSON", self.foreigner()
            case "post":
                return "POST", self.random.choice(self.frames["posts"]["words"])
            case "head":
                return "POST", self.random.choice(self.frames["posts"]["heads"])
            case "office":
                return "ORG", self.office()
            case _:
                return "PLACE", self.place()

    def person(self) -> str:
        """A Chinese name: common surnames more often, compound and withheld ones now and then."""
        chance = self.random.random()
        if chance < 0.08:
            withheld: str = self.random.choice(self.names["withheld"]["words"][:2])
            return f"{self.random.choice(self.surnames[:100])}{withheld}"
        if chance < 0.12:
            return self.foreigner()
        if chance < 0.16:
            surname: str = self.random.choice(self.names["double"]["words"])
        else:
            surname = self.surnames[min(int(self.random.expovariate(1 / 60)), len(self.surnames) - 1)]
        return surname + "".join(self.random.choice(self.given) for _ in range(self.random.choice((1, 2, 2))))

    def foreigner(self) -> str:
        """A foreign or minority name of one or two parts."""
        parts = self.random.choice((1, 2, 2))
        dot: str = self.names["dot"]["marks"][0]
        return dot.join(
            "".join(self.random.choice(self.foreign) for _ in range(self.random.choice((2, 3, 3, 4))))
            for _ in range(parts)
        )

    def place(self) -> str:
        """A division of China, in full or short."""
        division = self.random.choice(self.divisions)
        return (self.random.random() < 0.3 and short_form(division)) or division

    def office(self) -> str:
        """An office, a school, a hospital or a company."""
        data = self.frames["offices"]
        pattern: str = self.random.choice(data["patterns"])
        division = self.random.choice(self.divisions)
        return pattern.format(
            level=self.random.choice(data["levels"]),
            field=self.random.choice(self.fields),
            division=division,
            short=short_form(division) or division,
            ordinal=self.random.choice(data["ordinals"]),
            company=self.random.choice(data["companies"]),
        )


def generate(count: int, seed: int = 0) -> list[Example]:
    """`count` sentences with PERSON, POST, ORG and PLACE."""
    generator = Generator(seed)
    return [generator.example() for _ in range(count)]
