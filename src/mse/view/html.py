"""Blocks as HTML for a notebook: no script, no style sheet, everything escaped.

Styles stand at the elements, for viewers drop style sheets of outputs they do not trust. Colours are given for text and
ground alike, so that a dark theme does not hide either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from mse.audit.finding import Severity
from mse.audit.status import Status
from mse.view.blocks import (
    Block,
    Facts,
    Heading,
    Issues,
    Legend,
    Line,
    Piece,
    Row,
    Source,
    percent,
)
from mse.view.marks import Kind
from mse.view.palette import colours
from mse.view.words import Language, say

_SEVERITIES: dict[Severity, str] = {"error": "error", "minor": "baseline", "note": "ahead"}
_COLUMNS = {"task": 8, "metric": 38, "target": 20, "actual": 17, "completion": 17}  # their widths in percent
_BAR = 90  # width of a whole bar in pixels
_HEIGHT = 26  # lines of source text before it scrolls
_CELL = "text-align:left;vertical-align:top;padding:.35em .7em;border-bottom:1px solid {line};white-space:normal"


def html(blocks: Iterable[Block], language: Language = "zh") -> str:
    """One element that shows the blocks. Formulas are not looked for in it: a `$` of a report stays one."""
    drawn: list[str] = []
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Source):
            texts.append(_source(block))
            continue
        if texts:
            drawn.append(_sources(texts, language))
            texts = []
        drawn.extend(_drawn(block, language))
    if texts:
        drawn.append(_sources(texts, language))
    style = (
        f"background:#fff;color:{_colour('ink')};border:1px solid {_colour('line')};border-radius:.5em;"
        "padding:.8em 1em;font-size:14px;line-height:1.6;max-width:70em;overflow-wrap:anywhere"
    )
    lang = "zh-CN" if language == "zh" else "en"
    return f'<div class="tex2jax_ignore mathjax_ignore" lang="{lang}" style="{style}">{"".join(drawn)}</div>'


def _drawn(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Heading():
            yield from _heading(block)
        case Legend():
            keys = (_mark(Piece(name, kind)) for kind, name in block.keys)
            yield f'<div style="margin:.3em 0;font-size:.85em">{" &nbsp;".join(keys)}</div>'
        case Facts():
            yield from _facts(block, language)
        case Issues():
            yield from _issues(block)
        case Line():
            yield _quiet(block.text) if block.quiet else f'<div style="margin:.3em 0">{_name(block.text)}</div>'


def _heading(block: Heading) -> Iterator[str]:
    yield f'<div style="font-size:1.1em;font-weight:600">{_name(block.title)}</div>'
    if block.about:
        pairs = (f"{escape(label)} <b>{_name(value)}</b>" for label, value in block.about)
        yield f'<div style="color:{_colour("quiet")};font-size:.88em">{" &nbsp; ".join(pairs)}</div>'
    if block.statuses:
        chips = (_chip(f"{name} {count}", _status(status)) for status, name, count in block.statuses)
        yield f'<div style="margin:.3em 0">{" ".join(chips)}</div>'


def _scrolling(content: str, style: str, label: str) -> str:
    """What may be larger than its place; the keyboard reaches it too."""
    return f'<div role="region" aria-label="{escape(label)}" tabindex="0" style="{style}">{content}</div>'


def _sources(texts: Sequence[str], language: Language) -> str:
    style = f"max-height:{_HEIGHT * 1.6:.0f}em;overflow:auto;margin:.4em 0"
    return _scrolling("".join(texts), style, say("evidence", language))


def _source(block: Source) -> str:
    label = f'<div style="color:{_colour("quiet")};font-size:.82em">{_name(block.label)}</div>' if block.label else ""
    text = "".join(map(_mark, block.pieces))
    body = f'<div style="white-space:pre-wrap">{text}</div>'
    edge = f"margin:.4em 0;padding-left:.7em;border-left:3px solid {_colour('line')}"
    return f'<div style="{edge}">{label}{body}{_quiet(block.more)}</div>'


def _mark(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.kind is None and not piece.found:
        return text
    style = [f"color:{_colour('ink')}", f"background:{_tint(piece.kind)}"]
    if piece.kind in ("person", "office"):
        style.append(f"border-bottom:1px {'solid' if piece.kind == 'person' else 'dashed'} {_colour(piece.kind)}")
    elif piece.kind is not None:
        style.append(f"border-bottom:2px solid {_colour(piece.kind)}")
    if piece.found:
        style.append(f"text-decoration:underline wavy {_colour('error')}")
    note = f' title="{escape(piece.note)}"' if piece.note else ""
    return f'<mark style="{";".join(style)}"{note}>{text}</mark>'


def _facts(block: Facts, language: Language) -> Iterator[str]:
    if not block.rows:
        yield _quiet(say("no_facts", language))
        return
    cell = _CELL.format(line=_colour("line"))
    heads = "".join(
        f'<th style="{cell};font-weight:600;width:{share}%">{escape(say(name, language))}</th>'
        for name, share in _COLUMNS.items()
    )
    rows = "".join(_row(row, cell, language) for row in block.rows)
    style = (
        "border-collapse:collapse;table-layout:fixed;width:100%;min-width:36em;margin:.4em 0;font-size:.93em;"
        "color:inherit;background:#fff"
    )
    table = f'<table style="{style}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    yield _scrolling(table, "overflow-x:auto", say("facts", language))
    yield _quiet(block.more)


def _row(row: Row, cell: str, language: Language) -> str:
    metric = f"<b>{_name(row.metric)}</b>" + (f" {_small(row.scope)}" if row.scope else "")
    warnings = "".join(
        f'<div style="color:{_colour("error")};font-size:.88em">⚠ {_name(text)}</div>' for text in row.warnings
    )
    actual = _amount(row.actual, "actual", row.date)
    besides = "".join(f"<div>{_small(f'{label} {text}')}</div>" for label, text in row.besides)
    cells = (_name(row.number), metric + warnings, _amount(row.target, "target", row.due), actual + besides)
    drawn = "".join(f'<td style="{cell}">{content}</td>' for content in (*cells, _completion(row, language)))
    return f'<tr style="background:#fff" title="{escape(row.why)}">{drawn}</tr>'


def _amount(text: str, kind: Kind, when: str) -> str:
    if not text:
        return ""
    return _mark(Piece(text, kind)) + (f"<div>{_small(when)}</div>" if when else "")


def _completion(row: Row, language: Language) -> str:
    if row.done is None:
        return ""
    colour = _status(row.status) if row.status != "unknown" else _colour("done" if row.done >= 100 else "accent")
    drawn = _bar(row.done, colour, 9) + f"<b>{percent(row.done)}</b>"
    if row.gone is not None:
        gone = f"{say('share_gone', language)} {percent(row.gone)}"
        drawn = _bar(row.done, colour, 9) + _bar(row.gone, _colour("unknown"), 3)
        drawn += f"<b>{percent(row.done)}</b> <div>{_small(gone)}</div>"
    return drawn


def _bar(share: Decimal, colour: str, height: int) -> str:
    width = round(_BAR * float(max(Decimal(0), min(Decimal(100), share))) / 100)
    ground = f"background:#dde4ec;width:{_BAR}px;height:{height}px;margin:2px 0"
    return f'<div style="{ground}"><div style="background:{colour};width:{width}px;height:{height}px"></div></div>'


def _issues(block: Issues) -> Iterator[str]:
    for item in block.items:
        colour = _colour(_SEVERITIES[item.severity])
        head = f"{_chip(item.label, colour)} {_small(item.task)} {_name(item.message)}"
        sums = f'<div style="color:{_colour("quiet")}"><code>{_name(item.arithmetic)}</code></div>'
        places = "".join(f'<div style="font-size:.93em">{"".join(map(_mark, p))}</div>' for p in item.places)
        edge = f"margin:.5em 0;padding-left:.7em;border-left:3px solid {colour}"
        yield f'<div style="{edge}"><div>{head}</div>{sums}{places}</div>'
    yield _quiet(block.more)


def _chip(text: str, colour: str) -> str:
    style = f"background:{colour};color:#fff;border-radius:1em;padding:.05em .6em;font-size:.8em;white-space:nowrap"
    return f'<span style="{style}">{escape(text)}</span>'


def _name(text: str) -> str:
    """Text of a document among ours: it keeps its direction of writing to itself."""
    return f"<bdi>{escape(text)}</bdi>"


def _small(text: str) -> str:
    return f'<span style="color:{_colour("quiet")};font-size:.85em">{_name(text)}</span>' if text else ""


def _quiet(text: str) -> str:
    return f'<div style="color:{_colour("quiet")};font-size:.88em">{_name(text)}</div>' if text else ""


def _colour(name: str) -> str:
    return colours()[name]


def _status(status: Status) -> str:
    return _colour(status.replace(" ", "-"))


def _tint(kind: Kind | None) -> str:
    return colours().get(f"{kind}-tint", "transparent")
