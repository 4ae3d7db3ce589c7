"""What can go wrong, as typed errors that name the file and the place."""

from __future__ import annotations


class MseError(Exception):
    """Base of every error this package raises on purpose."""


class ReadError(MseError):
    """A document that could not be read.

    `path` is the file as the caller named it, `place` where in it (a sheet, a page, a member), `reason` says what is
    wrong and `hint` what to do about it.
    """

    def __init__(self, path: str, reason: str, hint: str = "", place: str = "") -> None:
        self.path, self.reason, self.hint, self.place = path, reason, hint, place
        super().__init__(path, reason, hint, place)

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        return f"{self.path}: {self.reason}{where}" + (f"; {self.hint}" if self.hint else "")


class LimitError(ReadError):
    """A document that is larger, wider or deeper than the limits allow."""


class EncryptedError(ReadError):
    """A document that opens only with a password."""


class DamagedError(ReadError):
    """A document that is cut off or does not follow its own format."""


class UnsupportedError(ReadError):
    """A document of a kind that cannot be read, or not on this machine."""


class UnsafeError(ReadError):
    """A document that tries to do harm: it names files outside, or defines entities."""


class GrammarError(MseError):
    """A lexicon file that does not follow its format; the message names file and entry."""


class MissingExtraError(MseError):
    """A part of the package that needs an optional dependency; the message names the extra that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(what, extra)

    def __str__(self) -> str:
        return f"{self.what} needs an optional part of mse; install it with: pip install 'mse[{self.extra}]'"


class ModelError(MseError):
    """A trained model that is missing, cannot be read, or was made for another version; it names the folder."""


class AnnotationError(MseError):
    """Annotations that cannot be used; the message names file and line."""
