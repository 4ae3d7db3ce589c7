"""What a format reader is given: the bytes of one file, what to call it, and how much may be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from mse.errors import DamagedError, EncryptedError, LimitError, ReadError, UnsafeError, UnsupportedError
from mse.reading.limits import Limits

_HINT_DAMAGED = "open it in the program it comes from and save it anew, or fetch it again"


@dataclass(slots=True)
class Source:
    """One file in memory; `path` is its name in messages."""

    path: str
    data: bytes = field(repr=False)
    limits: Limits

    def damaged(self, reason: str, place: str = "") -> ReadError:
        """The error for a file that is cut off or breaks the rules of its format."""
        return DamagedError(self.path, reason, _HINT_DAMAGED, place)

    def encrypted(self) -> ReadError:
        """The error for a file that wants a password."""
        return EncryptedError(self.path, "is encrypted", "open it with its password and save it without one")

    def beyond(self, reason: str, limit: str, place: str = "") -> ReadError:
        """The error for a file that goes beyond the limit of that name."""
        return LimitError(self.path, reason, f"split it or raise the limit {limit}", place)

    def unsafe(self, reason: str, place: str = "") -> ReadError:
        """The error for a file that reaches for what is not its own."""
        return UnsafeError(self.path, reason, "it is not read; ask where it comes from", place)

    def unsupported(self, reason: str, hint: str) -> ReadError:
        """The error for a format that is not read."""
        return UnsupportedError(self.path, reason, hint)
