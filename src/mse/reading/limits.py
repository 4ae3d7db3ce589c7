"""How much of a document is read at most; a document beyond a limit is refused with an error that names the limit."""

from __future__ import annotations

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
    cells: int = 1_000_000
    columns: int = 500
    seconds: int = 120

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not isinstance(value, int) or value < 0:
                raise ValueError(f"the limit {each.name} must be a whole number that is not negative, not {value!r}")
