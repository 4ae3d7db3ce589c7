"""What the model sees of every character: its neighbours, its word, known words over it, and what the rules say.

All templates are computed for a whole text at once; a feature is a number, and equal numbers are the same feature.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from mse.grammar import load
from mse.ner.lexicon import LONGEST, Codes, Lexicon, Numbers, codes_of, mix, substrings
from mse.ner.spans import LABELS, Found

MARGIN = 3
# A word's class is its kind plus this much for each step of how common it is.
BUCKET = 40
# Classes of words that tell most about names: persons, foreign persons, places, organizations and other names.
NAME_CLASSES = (1, 2, 3, 4, 5)


@cache
def _flags() -> npt.NDArray[np.uint8]:
    """For each character what it can be in a name, as bits."""
    names, offices, divisions = load("surnames"), load("offices"), load("divisions")
    sets = (
        names["single"]["chars"],
        names["given"]["chars"],
        names["foreign"]["chars"],
        offices["stops"]["chars"],
        "".join(word[-1] for word in offices["endings"]["words"] + offices["named"]["words"]),
        "".join(word[-1] for word in divisions["endings"]["division"] + divisions["endings"]["words"]),
    )
    table = np.zeros(0x10000, dtype=np.uint8)
    for bit, characters in enumerate(sets):
        for char in set(characters) - set(" \n"):
            table[ord(char)] |= 1 << bit
    return table


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """For each character its kind: other, digit, Latin letter, dot of foreign names, Han, mark."""
    table = np.zeros(0x10000, dtype=np.uint8)
    table[0x4E00:0xA000] = 4
    table[0x3400:0x4DC0] = 4
    for start, end, kind in ((0x30, 0x3A, 1), (0xFF10, 0xFF1A, 1), (0x41, 0x5B, 2), (0x61, 0x7B, 2), (0xC0, 0x250, 2)):
        table[start:end] = kind
    table[0x3000:0x3040] = 5
    table[0xFF01:0xFF10] = 5
    for char in load("surnames")["dot"]["marks"]:
        table[ord(char)] = 3
    return table


def features(
    sentences: Sequence[str],
    words: Sequence[Sequence[tuple[int, int]]],
    rules: Sequence[Sequence[Found]],
    lexicon: Lexicon,
) -> Numbers:
    """Feature numbers `[characters, templates]` of sentences one after the other.

    `words` are the spans of each sentence's words, `rules` what the rules found in it.
    """
    gap = "\0" * MARGIN
    text = gap + gap.join(sentences) + gap
    codes = codes_of(text)
    keep = np.zeros(len(codes), dtype=bool)
    word_of = np.zeros(len(codes), dtype=np.int64)
    starts, lengths = [0, 0], [1, 1]
    rule = np.zeros(len(codes), dtype=np.int64)
    offset = MARGIN
    for sentence, spans, found in zip(sentences, words, rules, strict=True):
        keep[offset : offset + len(sentence)] = True
        for start, end in spans:
            word_of[offset + start : offset + end] = len(starts)
            starts.append(offset + start)
            lengths.append(end - start)
        starts += [0, 0]
        lengths += [1, 1]
        for each in found:
            code = 1 + 3 * LABELS.index(each.label)
            rule[offset + each.start : offset + each.end] = code + 1
            rule[offset + each.start] = code
            if each.end - each.start > 1:
                rule[offset + each.end - 1] = code + 2
        offset += len(sentence) + MARGIN
    columns = [
        *_of_characters(codes),
        *_of_odds(codes, lexicon),
        *_of_words(codes, word_of, np.asarray(starts), np.asarray(lengths), lexicon),
        *_of_rules(rule),
    ]
    places = np.flatnonzero(keep)
    return np.stack([mix(index, column[places]) for index, column in enumerate(columns)], axis=1)


def _at(values: Codes, shift: int) -> Codes:
    """The values `shift` places further on, zero beyond the end."""
    moved = np.zeros_like(values)
    if shift > 0:
        moved[:-shift] = values[shift:]
    elif shift < 0:
        moved[-shift:] = values[:shift]
    else:
        moved[:] = values
    return moved


def _of_characters(codes: Codes) -> list[Numbers]:
    c = {shift: _at(codes, shift) for shift in range(-3, 4)}
    clipped = np.minimum(codes, 0xFFFF)
    kinds = _kinds()[clipped].astype(np.int64)
    flags = _flags()[clipped].astype(np.int64)
    k = {shift: _at(kinds, shift) for shift in range(-2, 3)}
    f = {shift: _at(flags, shift) for shift in range(-2, 3)}
    person = {shift: values & 7 for shift, values in f.items()}
    return [
        *(mix(c[shift]) for shift in range(-3, 4)),
        *(mix(c[shift], c[shift + 1]) for shift in range(-2, 2)),
        mix(c[-1], c[1]),
        *(mix(c[shift], c[shift + 1], c[shift + 2]) for shift in range(-2, 1)),
        mix(c[-1], c[0], c[1], c[2]),
        mix(c[-2], c[-1], c[0], c[1]),
        mix(k[-2], k[-1], k[0], k[1], k[2]),
        mix(f[0]),
        mix(f[-1], f[0]),
        mix(f[0], f[1]),
        mix(f[-1], f[0], f[1]),
        mix(person[-1], person[0], person[1], person[2]),
        mix(person[-2], person[-1], person[0], person[1]),
    ]


def _of_odds(codes: Codes, lexicon: Lexicon) -> list[Numbers]:
    """How much more often a character stands in names of each kind than anywhere, in steps."""
    odds = lexicon.odds[np.minimum(codes, 0xFFFF)].astype(np.int64)
    surname, middle, last, foreign, place, place_end = odds.T
    return [
        mix(surname, middle, last),
        mix(surname, _at(middle, 1), _at(last, 2)),
        mix(_at(surname, -1), middle, _at(last, 1)),
        mix(_at(surname, -2), _at(middle, -1), last),
        mix(surname, _at(last, 1)),
        mix(_at(surname, -1), last),
        mix(_at(foreign, -1), foreign, _at(foreign, 1)),
        mix(foreign, _at(foreign, 1), _at(foreign, 2)),
        mix(_at(foreign, -2), _at(foreign, -1), foreign),
        mix(_at(foreign, -2), _at(foreign, -1), foreign, _at(foreign, 1), _at(foreign, 2)),
        mix(place, _at(place_end, 1)),
        mix(_at(place, -1), place_end),
        mix(_at(place, -1), place, _at(place_end, 1)),
        mix(foreign, surname, place),
    ]


def _of_words(codes: Codes, word_of: Codes, starts: Codes, lengths: Codes, lexicon: Lexicon) -> list[Numbers]:
    numbers = substrings(codes)
    clipped = np.minimum(lengths, LONGEST)
    whole = np.zeros(len(starts), dtype=np.uint64)
    for length in range(1, LONGEST + 1):
        members = clipped == length
        whole[members] = numbers[length][starts[members]]
    classes = lexicon.look_up(whole).astype(np.int64)
    common = np.where(classes == 0, 9, classes // BUCKET)
    classes = np.where(classes == 0, 100 + clipped, classes % BUCKET)
    outside = starts == 0
    classes[outside] = 200
    whole[outside] = 0
    first, last = codes[starts], codes[np.minimum(starts + lengths - 1, len(codes) - 1)]
    place = np.arange(len(codes)) - starts[word_of]
    here = np.where(lengths[word_of] == 1, 3, np.where(place == 0, 0, np.where(place == lengths[word_of] - 1, 2, 1)))
    at = {shift: np.clip(word_of + shift, 0, len(starts) - 1) for shift in range(-2, 3)}
    t = {shift: classes[index] for shift, index in at.items()}
    w = {shift: whole[index] for shift, index in at.items()}
    columns = [
        mix(here, w[0]),
        mix(here, t[0]),
        mix(here, t[0], common[at[0]]),
        mix(here, common[at[-1]], common[at[0]], common[at[1]]),
        mix(here, lengths[at[0]], t[0], common[at[0]]),
        mix(here, t[-1], t[0]),
        mix(here, t[0], t[1]),
        mix(here, t[-1], t[0], t[1]),
        mix(here, w[-1]),
        mix(here, w[1]),
        mix(here, last[at[0]]),
        mix(here, t[0], first[at[0]]),
        mix(here, w[-1], t[0]),
        mix(here, t[0], w[1]),
        mix(here, last[at[-1]], t[0]),
        mix(here, t[0], first[at[1]]),
        mix(here, t[-2], t[-1], t[0]),
        mix(here, t[0], t[1], t[2]),
    ]
    return [*columns, *_of_lexicon(codes, numbers, lexicon)]


def _of_lexicon(codes: Codes, numbers: list[Numbers], lexicon: Lexicon) -> list[Numbers]:
    """Known words over each character, longest first, whatever the segmentation says."""
    count = len(codes)
    person, foreign, place, body, word = (np.zeros(count, dtype=np.int64) for _ in range(5))
    for length in range(2, LONGEST):
        classes = lexicon.look_up(numbers[length])
        known = classes > 0
        classes = classes % BUCKET
        for layer, wanted in ((person, (1,)), (foreign, (2,)), (place, (3,)), (body, (4, 5)), (word, None)):
            starts = np.flatnonzero(known if wanted is None else np.isin(classes, wanted))
            starts = starts[starts + length <= count]
            for offset in range(length):
                layer[starts + offset] = 3 * min(length, 5) + (0 if offset == 0 else 2 if offset == length - 1 else 1)
    flags = _flags()[np.minimum(codes, 0xFFFF)].astype(np.int64)
    columns = [mix(layer) for layer in (person, foreign, place, body, word)]
    for layer in (person, foreign, place, body, word):
        columns.append(mix(_at(layer, -1), layer, _at(layer, 1)))
    return [
        *columns,
        mix(person, foreign, place, body),
        mix(place, person, foreign),
        mix(place, codes),
        mix(person, flags & 7),
        mix(word, place, person),
    ]


def _of_rules(rule: Codes) -> list[Numbers]:
    return [mix(rule), mix(_at(rule, -1), rule), mix(rule, _at(rule, 1))]
