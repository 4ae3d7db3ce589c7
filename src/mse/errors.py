"""What can go wrong, as typed errors that name the file and the place."""

from __future__ import annotations


class MseError(Exception):
    """Base of every error this package raises on purpose."""


class ReadError(MseError):
    """A document that could not be read.

    `path` is the file as the caller named it, `reason` says what is wrong and `hint` what to do about it.
    """

    def __init__(self, path: str, reason: str, hint: str = "") -> None:
        self.path, self.reason, self.hint = path, reason, hint
        super().__init__(f"{path}: {reason}" + (f"; {hint}" if hint else ""))


class GrammarError(MseError):
    """A lexicon file that does not follow its format; the message names file and entry."""


class MissingExtraError(MseError):
    """A part of the package that needs an optional dependency; the message names the extra that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(f"{what} needs an optional part of mse; install it with: pip install 'mse[{extra}]'")
