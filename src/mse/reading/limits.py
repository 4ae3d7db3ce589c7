"""How much of a document is read at most; a document beyond a limit is refused with an error that names the limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Sizes are in bytes, `seconds` is for a conversion by another program.

    `unpacked` holds for all that one archive or office document unpacks to, `ratio` for how much it may grow by that.
    `cells` and `columns` count cells that hold something; `depth` is how far archives may lie in archives.
    """

    file: int = 64 * 1024 * 1024
    unpacked: int = 512 * 1024 * 1024
    ratio: int = 200
    members: int = 10_000
    depth: int = 3
    pages: int = 3_000
    cells: int = 300_000
    columns: int = 500
    seconds: int = 120

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not isinstance(value, int) or value < 0:
                raise ValueError(f"the limit {each.name} must be a whole number that is not negative, not {value!r}")

    @classmethod
    def parse(cls, settings: Iterable[str]) -> Limits:
        """The limits with some of them set, each as `name=value`. Raises ValueError for what is no such setting."""
        names = [each.name for each in fields(cls)]
        values: dict[str, int] = {}
        for setting in settings:
            name, _, value = setting.partition("=")
            if name not in names or not (value.isascii() and value.isdecimal() and len(value) < 19):
                raise ValueError(f"{setting!r} is no limit; write NAME=NUMBER with one of {', '.join(names)}")
            values[name] = int(value)
        return cls(**values)
