"""Pieces of a record page. Each is made of data and writes itself from a template: `{{ block }}`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from django.db.models import QuerySet
from django.template.loader import render_to_string

from core.changes import Change
from ui.links import Empty
from ui.tables import BodyRow, Column, Table

Tone = Literal["ok", "warn", "bad", "info", "muted"]


class Block:
    """Writes itself with `template`; the template knows it as `block`."""

    template: ClassVar[str]

    def __str__(self) -> str:
        return render_to_string(self.template, {"block": self})

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Fact:
    """A label and what it says; `value` may be a SafeString or a block, `url` makes it a link.

    With `copy` the head of a record has a button beside it that puts the value on the clipboard.
    """

    label: str
    value: object
    url: str = ""
    kind: Literal["text", "code", "num"] = "text"
    copy: bool = False


@dataclass(frozen=True)
class FactList(Block):
    """Facts under an optional heading."""

    facts: Sequence[Fact]
    title: str = ""
    wide: bool = False

    template: ClassVar[str] = "ui/facts.html"


@dataclass(frozen=True)
class Status(Block):
    """A dot and a word."""

    label: str
    tone: Tone = "muted"

    template: ClassVar[str] = "ui/status.html"


@dataclass(frozen=True)
class Clock(Block):
    """How a deadline stands, in words ("còn 2 ngày làm việc"); `tone`: "", soon, late, done."""

    text: str
    tone: Literal["", "soon", "late", "done"] = ""

    template: ClassVar[str] = "ui/clock.html"


@dataclass(frozen=True)
class Entry:
    """One thing that happened, with what it changed."""

    when: datetime
    who: str
    title: str
    text: str = ""
    changes: Sequence[Change] = ()
    tone: Literal["", "ok", "warn", "bad"] = ""


@dataclass(frozen=True)
class Timeline(Block):
    """What happened, newest first as given."""

    entries: Sequence[Entry]
    empty: str = "Chưa có sự kiện nào."

    template: ClassVar[str] = "ui/timeline.html"


@dataclass(frozen=True)
class Document:
    """A file, or a kind of file that is wanted: `required` and without `url` it shows as missing."""

    label: str
    url: str = ""
    name: str = ""
    size: int | None = None
    uploaded: datetime | None = None
    who: str = ""
    required: bool = False
    remove_url: str = ""

    @property
    def state(self) -> str:
        """is-done, is-missing or is-optional."""
        if self.url:
            return "is-done"
        return "is-missing" if self.required else "is-optional"


@dataclass(frozen=True)
class DocumentList(Block):
    """The checklist of a record's documents."""

    documents: Sequence[Document]
    empty: str = "Chưa có tài liệu nào."

    template: ClassVar[str] = "ui/documents.html"


@dataclass(frozen=True)
class Step:
    """A state of a dossier: done (when, by whom), now, ahead, or stopped (cancelled, refused)."""

    label: str
    state: Literal["done", "now", "ahead", "stopped"] = "ahead"
    when: date | None = None
    who: str = ""


@dataclass(frozen=True)
class Stepper(Block):
    """The states of a dossier in their order."""

    steps: Sequence[Step]

    template: ClassVar[str] = "ui/stepper.html"


@dataclass(frozen=True)
class Section(Block):
    """Anything an app writes itself: its template and context."""

    name: str
    context: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return render_to_string(self.name, dict(self.context))


@dataclass(frozen=True)
class Rows(Block):
    """A declared table within a page: no search, no paging, at most `limit` rows, and says when it cuts."""

    table: type[Table]
    columns: Sequence[Column]
    rows: Sequence[BodyRow]
    limit: int
    cut: bool
    empty: Empty

    template: ClassVar[str] = "ui/rows.html"

    @classmethod
    def of(cls, table: type[Table], queryset: QuerySet, *, limit: int = 200, empty: Empty | None = None) -> "Rows":
        """One query over `queryset` in the table's default order."""
        columns = table.pick(None)
        found = list(queryset.order_by(*table.ordering("")).values(*table.paths(columns))[: limit + 1])
        rows = table.body(found[:limit], columns)
        return cls(table, columns, rows, limit, len(found) > limit, empty or Empty())


@dataclass(frozen=True)
class Stack(Block):
    """Blocks one under the other."""

    blocks: Iterable[object]

    template: ClassVar[str] = "ui/stack.html"
