"""Data put into an HTML page so that nothing in it can be taken for markup or script."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import Any

import regex

_DANGEROUS = regex.compile("[<>&\u2028\u2029\ud800-\udfff]")


def as_json(data: Any) -> str:
    """JSON that can stand inside a script element of any page: no `<`, `>`, `&`, line separators or surrogates."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _DANGEROUS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def data_element(name: str, data: Any) -> str:
    """A script element that holds data and runs nothing; `name` is its id."""
    return f'<script type="application/json" id="{name}">{as_json(data)}</script>\n'


class Units:
    """Code-point offsets as the UTF-16 code units a browser counts in."""

    def __init__(self, text: str) -> None:
        self._beyond = [index for index, char in enumerate(text) if char > "\uffff"]

    def at(self, offset: int) -> int:
        """The position in code units of a position in code points."""
        return offset + bisect_left(self._beyond, offset)
