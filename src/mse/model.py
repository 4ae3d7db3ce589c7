"""What comes out: mentions, tasks, facts and the report they belong to.

All offsets are code points into the document's text, end exclusive. Values are exact decimals and are written as plain
decimal strings; days are ISO dates, both ends of a period inclusive. Nothing here knows how any of it is found.
The extraction stages build these models with `trusted` and so pay no validation per mention.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, SerializerFunctionWrapHandler, model_serializer

Role = Literal["target", "actual", "rate", "change", "baseline", "context", ""]
CellRole = Literal["task", "progress", "plan", "problems"]
Op = Literal["=", ">=", ">", "<=", "<", "~"]
SpanRef = tuple[int, int]
_set = object.__setattr__


def plain(value: Decimal) -> str:
    """The decimal without exponent and without trailing zeros of a fraction: `1.50E+3` is `1500`."""
    if not value.is_finite():
        return str(value)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


Exact = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
Day = Annotated[dt.date, PlainSerializer(dt.date.isoformat, return_type=str)]
Span = Annotated[SpanRef, PlainSerializer(list, return_type=list)]


class Model(BaseModel):
    """Common settings of all results."""

    model_config = ConfigDict(extra="forbid")

    _blank: ClassVar[dict[str, Any]] = {}
    _factories: ClassVar[tuple[tuple[str, Callable[[], Any]], ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        fields = cls.model_fields.items()
        cls._blank = {name: None if field.is_required() else field.default for name, field in fields}
        cls._factories = tuple((name, cast("Any", f.default_factory)) for name, f in fields if f.default_factory)

    @classmethod
    def trusted(cls, **values: Any) -> Self:
        """A result of values known to be right: as `model_construct` gives, in a quarter of its time."""
        self = cls.__new__(cls)
        content = cls._blank.copy()
        content.update(values)
        for name, make in cls._factories:
            if name not in values:
                content[name] = make()
        _set(self, "__dict__", content)
        _set(self, "__pydantic_fields_set__", set(values))
        _set(self, "__pydantic_extra__", None)
        _set(self, "__pydantic_private__", None)
        return self


class Period(Model):
    """Days from `start` to `end`, both inclusive; an open side is None. A deadline has only `end`."""

    start: Day | None = None
    end: Day | None = None


class Mention(Model):
    """One quantity or one date in the text, with what the stages found out about it.

    A quantity has `op`, `unit` and either `value` or `low` and `high`; a date has only its `period`.
    `links` name the `[start, end]` of other mentions of the document: `target` and, for a rate, `actual`.
    `source` says who found it (`rule` or `model`); `cues` are the words that decided, by what they decided.
    """

    doc: str = ""
    type: Literal["quantity", "date"] = "quantity"
    start: int
    end: int
    text: str
    op: Op = "="
    value: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    unit: str = ""
    role: Role = ""
    metric: str = ""
    metric_spans: list[Span] = Field(default_factory=list)
    scope: str = ""
    period: Period | None = None
    links: dict[str, list[Span]] = Field(default_factory=dict)
    task: str = ""
    cell: str = ""
    confidence: float = 1.0
    source: Literal["rule", "model"] = "rule"
    cues: dict[str, str] = Field(default_factory=dict)

    @model_serializer(mode="wrap")
    def _only_what_applies(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        if self.type == "date":
            unused = {"op", "value", "low", "high", "unit", "role", "metric", "metric_spans", "scope", "links"}
        else:
            unused = {"low", "high"} if self.low is None else {"value"}
        return {k: v for k, v in data.items() if k not in unused}

    @property
    def span(self) -> SpanRef:
        return (self.start, self.end)


class Cell(Model):
    """One cell of a task: its role, its place in the text, and the column header above it.

    `unit` is the unit that its header or its row gives a bare number in it. `sheet`, `table`, `row`, `column` and
    `page` tell where the cell stood in a document that is no plain text, counted from 1; what does not apply is left
    out.
    """

    role: CellRole
    start: int
    end: int
    header: str = ""
    unit: str = ""
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None

    @model_serializer(mode="wrap")
    def _only_what_applies(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        return {k: v for k, v in data.items() if not (v is None or (k == "unit" and not v))}


class Task(Model):
    """One record of a report. `text` is the task cell made readable; `start` and `end` are where it stands."""

    doc: str = ""
    number: str = ""
    category: str = ""
    text: str = ""
    start: int
    end: int
    leaders: list[str] = Field(default_factory=list)
    lead_organizations: list[str] = Field(default_factory=list)
    persons: list[str] = Field(default_factory=list)
    supporting_organizations: list[str] = Field(default_factory=list)
    cells: list[Cell] = Field(default_factory=list)


class Metadata(Model):
    """What the report says of itself. `period` is the reporting period, `issued` the day it was issued."""

    title: str = ""
    place: str = ""
    year: int | None = None
    period: Period | None = None
    document_number: str = ""
    issued: Day | None = None


class Report(Model):
    """A document that was read: its text, what it says of itself, and its tasks in the order of the text.

    `regions` are stretches of the text that hold no statements (headers, numbers, officials, offices, categories).
    A document without tables has no tasks and is treated as prose.
    """

    doc: str
    path: str = ""
    text: str = Field(repr=False)
    metadata: Metadata = Field(default_factory=Metadata)
    tasks: list[Task] = Field(default_factory=list)
    regions: list[Span] = Field(default_factory=list, repr=False)


class Measure(Model):
    """One side of a fact: a value with its evidence."""

    op: Op = "="
    value: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    unit: str = ""
    period: Period | None = None
    text: str = ""
    start: int | None = None
    end: int | None = None
    implied: bool = False

    @model_serializer(mode="wrap")
    def _only_what_applies(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        unused = {"low", "high"} if self.low is None else {"value"}
        if not self.implied:
            unused.add("implied")
        return {k: v for k, v in data.items() if k not in unused}


class Completion(Model):
    """How much is done, in percent: as the report states it, as it follows from the values, and whether they agree."""

    stated: Exact | None = None
    computed: Exact | None = None
    consistent: bool | None = None


class TaskRef(Model):
    """The task a fact belongs to."""

    number: str = ""
    category: str = ""
    text: str = ""


class Fact(Model):
    """One metric of one task: what was promised, what was reached, in which unit, for when, and who answers for it."""

    doc: str = ""
    task: TaskRef = Field(default_factory=TaskRef)
    metric: str = ""
    scope: str = ""
    unit: str = ""
    target: Measure | None = None
    actual: Measure | None = None
    baseline: Measure | None = None
    change: Measure | None = None
    completion: Completion = Field(default_factory=Completion)
    date: Day | None = None
    leaders: list[str] = Field(default_factory=list)
    lead_organizations: list[str] = Field(default_factory=list)
    persons: list[str] = Field(default_factory=list)
    supporting_organizations: list[str] = Field(default_factory=list)
    confidence: float = 1.0
    source: Literal["rule", "model"] = "rule"
    explanation: str = ""

    def explain(self) -> str:
        """One or two Chinese sentences: which words decided role, metric, date and pairing."""
        return self.explanation


class Entity(Model):
    """A person, post, organization or place named in a text. `source` says whether a rule or the model found it."""

    start: int
    end: int
    text: str
    label: Literal["PERSON", "POST", "ORG", "PLACE"]
    source: Literal["rule", "model"] = "rule"


class Official(Model):
    """Who holds a public post or is named as responsible; `start` and `end` are where the name first stands.

    `name` is written without inner space. `posts` are in the order of the text; `organization` is the first one tied
    to a post, else empty. `spans` are the evidence: every place of the name, of its posts and of its organization.
    """

    name: str
    posts: list[str] = Field(default_factory=list)
    organization: str = ""
    start: int
    end: int
    spans: list[Span] = Field(default_factory=list)
