"""Tables as declarations: which columns there are, how each is written, sorted and exported.

Rows are dictionaries from `.values(...)`: no model instance is made and nothing is fetched per row.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar, Literal

from django.db.models import Choices
from django.utils.safestring import SafeString, mark_safe

from ui.cells import NUMERIC_KINDS, Row, cell_writer, plain_text

Kind = Literal["text", "code", "date", "datetime", "money", "number", "choice", "status", "bool", "deadline"]
Ordering = tuple[str, ...]

KIND_CLASSES = {
    "money": "num",
    "number": "num",
    "code": "code",
    "date": "nowrap",
    "datetime": "nowrap",
    "status": "nowrap",
    "deadline": "nowrap",
}


@dataclass(frozen=True)
class Column:
    """One column.

    `key`: ORM path of the value (default: `name`; empty: the column has no value of its own).
    `choices`: a `TextChoices` or a mapping, for the kinds choice and status; `tones`: value → tone of the dot
    (ok, warn, bad, info, muted).
    `sort`: ORM path or paths to order by (a leading "-" turns one round); None: not sortable.
    `shown`: whether it shows until the person chooses columns. `export`: whether files have it.
    `link`, `render`: from the row's dictionary to a URL inside the application, or to the cell's text
    (escaped unless it is a SafeString). `also`: ORM paths that these two read.
    `export_value`: from the row to the value in files, where it isn't the value of `key`.
    `total`: the sum over all that is filtered stands under the column (kinds money and number).
    """

    name: str
    label: str
    _: KW_ONLY
    key: str | None = None
    kind: Kind = "text"
    choices: type[Choices] | Mapping[Any, str] | None = None
    tones: Mapping[Any, str] | None = None
    sort: str | tuple[str, ...] | None = None
    shown: bool = True
    export: bool = True
    link: Callable[[Row], str] | None = None
    render: Callable[[Row], str] | None = None
    also: tuple[str, ...] = ()
    export_value: Callable[[Row], Any] | None = None
    total: bool = False

    @property
    def path(self) -> str:
        """ORM path of the value, or the empty string."""
        return self.name if self.key is None else self.key

    @property
    def paths(self) -> tuple[str, ...]:
        """Every ORM path the column reads."""
        return (self.path, *self.also) if self.path else self.also

    @property
    def sort_paths(self) -> tuple[str, ...]:
        """What `sort=` orders by, ascending."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort or ()

    @property
    def numeric(self) -> bool:
        """Whether the column stands to the right, in figures of one width."""
        return self.kind in NUMERIC_KINDS

    @cached_property
    def labels(self) -> Mapping[Any, str]:
        """Value → what the screen says."""
        if self.choices is None:
            return {}
        return self.choices if isinstance(self.choices, Mapping) else dict(self.choices.choices)


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row ready for the page: `cells` is the escaped HTML of all its cells."""

    id: str
    title: str
    cells: SafeString


class Table:
    """Base of every table: subclasses declare, nothing is instantiated.

    `order`: the ordering until a header is pressed. `card_title`: the column that names a row, which heads
    its card on a phone (default: the first). `row_id`: ORM path of the public name of a row that bulk
    actions send; never the running key where peers must not count rows.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ()
    caption: ClassVar[str] = ""
    card_title: ClassVar[str] = ""
    row_id: ClassVar[str] = "pk"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        names = [column.name for column in cls.columns]
        if len(set(names)) != len(names):
            raise TypeError(f"{cls.__name__}: two columns have one name")
        if cls.card_title and cls.card_title not in names:
            raise TypeError(f"{cls.__name__}: card_title names no column")

    @classmethod
    def key(cls) -> str:
        """Names the table in the session."""
        return f"{cls.__module__}.{cls.__qualname__}"

    @classmethod
    def title_column(cls) -> Column:
        """The column that names a row."""
        return next((c for c in cls.columns if c.name == cls.card_title), cls.columns[0])

    @classmethod
    def pick(cls, names: Iterable[str] | None) -> tuple[Column, ...]:
        """The named columns in the order of the names; unknown names are passed over, none means default."""
        known = {column.name: column for column in cls.columns}
        wanted = tuple(known[name] for name in dict.fromkeys(names or ()) if name in known)
        return wanted or tuple(column for column in cls.columns if column.shown)

    @classmethod
    def paths(cls, columns: Sequence[Column]) -> list[str]:
        """What `.values()` must fetch to write `columns`."""
        own = [path for column in columns for path in column.paths]
        return list(dict.fromkeys(("pk", cls.row_id, *cls.title_column().paths, *own)))

    @classmethod
    def ordering(cls, sort: str) -> Ordering:
        """The total ordering for `sort` ("code", "-code"); the default one when no such column sorts."""
        column = next((c for c in cls.columns if c.name == sort.removeprefix("-") and c.sort), None)
        if column is None:
            return total(cls.order)
        paths = column.sort_paths
        return total(tuple(map(_turned, paths)) if sort.startswith("-") else paths)

    @classmethod
    def prepare(cls, rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> None:
        """Put into the rows what `columns` show and no path of theirs holds, counted for all of them at once.

        Called for the rows of a page and for each chunk of a file; by itself it does nothing.
        """

    @classmethod
    def prepared(
        cls, rows: Iterable[dict[str, Any]], columns: Sequence[Column], *, size: int
    ) -> Iterator[dict[str, Any]]:
        """The rows one by one, prepared `size` at a time."""
        left = iter(rows)
        while chunk := list(islice(left, size)):
            cls.prepare(chunk, columns)
            yield from chunk

    @classmethod
    def body(cls, rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> list[BodyRow]:
        """The rows ready for the page."""
        cls.prepare(rows, columns)
        title = cls.title_column()
        writers = [(*_cell_tags(column, heads=column is title), cell_writer(column)) for column in columns]
        return [
            BodyRow(
                id=str(row[cls.row_id]),
                title=plain_text(title, row.get(title.path)),
                # Every writer escapes what it is given; the tags are ours.
                cells=mark_safe("".join(f"{start}{write(row)}{end}" for start, end, write in writers)),  # noqa: S308
            )
            for row in rows
        ]


def total(order: Sequence[str]) -> Ordering:
    """`order` made total by the primary key, so that no row is met twice or never while paging.

    The key runs in the direction of the last path, so that an index on (path, id) serves both directions.
    """
    if any(isinstance(path, str) and path.lstrip("-") in {"pk", "id"} for path in order):
        return tuple(order)
    backwards = bool(order) and order[-1].startswith("-")
    return (*order, "-pk" if backwards else "pk")


def _turned(path: str) -> str:
    return path[1:] if path.startswith("-") else f"-{path}"


def _cell_tags(column: Column, *, heads: bool) -> tuple[str, str]:
    """Opening and closing tag; `data-label` is the column's name on a phone's card."""
    label = html.escape(column.label)
    names = " ".join(filter(None, ("main" if heads else "", KIND_CLASSES.get(column.kind, ""))))
    attributes = f' class="{names}" data-label="{label}"' if names else f' data-label="{label}"'
    return (f'<th scope="row"{attributes}>', "</th>") if heads else (f"<td{attributes}>", "</td>")
