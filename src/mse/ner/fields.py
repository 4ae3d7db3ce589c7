"""The pattern of a name put together from fields of work, apart from the offices so that titles load without them."""

from __future__ import annotations

from mse.grammar import alternation, load

_FIELDS = load("offices")["fields"]


def work(endings: list[str]) -> str:
    """The pattern of a name put together from fields of work: 城市管理和综合执法 with one of the `endings`."""
    field, joint = alternation(_FIELDS["words"]), alternation(_FIELDS["joints"])
    return rf"(?:{field}{joint}?){{1,9}}(?<!{joint}){alternation(endings)}"
