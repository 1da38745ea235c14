"""What is asked of a list: search, filters, order, page. Knows no template."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet, Sum
from django.http import QueryDict

from core.errors import DomainError
from core.http import Request
from core.text import clean_text
from ui.tables import Column, Ordering, Table

PAGE_ROWS = 50
SEARCH_CHARACTERS = 200
SELECTED_ROWS = 5000

Search = Callable[[QuerySet, str], QuerySet]
FilterSetClass = type[django_filters.FilterSet]
KnownCount = Callable[[django_filters.FilterSet], int | None]
"""Knows how many rows a filter set lets through without counting them; None where it doesn't."""


class Listing:
    """One person's question to a list. What isn't understood filters everything away and says so."""

    def __init__(
        self,
        request: Request,
        data: QueryDict,
        *,
        queryset: QuerySet,
        table: type[Table],
        filterset: FilterSetClass | None = None,
        search: Search | None = None,
        count: KnownCount | None = None,
    ) -> None:
        self.base, self.table, self.data = queryset, table, data
        self.known_count = count
        self.filters = filterset(data, queryset=queryset, request=request) if filterset else None
        self.problems: list[str] = []
        self.text = self._clean_search(data.get("q", "")) if search else ""
        self.queryset = self._narrow(search)

    def _clean_search(self, text: str) -> str:
        try:
            text = clean_text(text)
        except ValidationError as refusal:
            self.problems += refusal.messages
            return ""
        if len(text) > SEARCH_CHARACTERS:
            self.problems.append(f"Nội dung tìm dài quá {SEARCH_CHARACTERS} ký tự. Hãy rút ngắn lại.")
        return text

    def _narrow(self, search: Search | None) -> QuerySet:
        filters = self.filters
        if filters and not filters.form.is_valid():
            for name, errors in filters.form.errors.items():
                field = filters.form.fields.get(name)
                label = str(field.label or name) if field else name
                self.problems += [f"{label}: {error}" for error in errors]
        if self.problems:
            return self.base.none()
        queryset = filters.qs if filters else self.base
        return search(queryset, self.text) if search and self.text else queryset

    @cached_property
    def sort(self) -> str:
        """The pressed header ("code", "-code"), or the empty string."""
        sort = self.data.get("sort", "")
        known = {column.name for column in self.table.columns if column.sort}
        return sort if sort.removeprefix("-") in known else ""

    @cached_property
    def ordering(self) -> Ordering:
        """Total, so that pages neither repeat nor skip a row."""
        return self.table.ordering(self.sort)

    @property
    def ordered(self) -> QuerySet:
        """All that is filtered, in the order of the screen: what exports hold."""
        return self.queryset.order_by(*self.ordering)

    @cached_property
    def sums(self) -> dict[str, Any]:
        """The exact count (under "") and the totals that columns ask for (by their name), in one query."""
        totals = {column.name: column.path for column in self.table.columns if column.total}
        bare = self.queryset.order_by()
        if not totals:
            known = self._known()
            return {"": bare.count() if known is None else known}
        sums = {f"total_{name}": Sum(path) for name, path in totals.items()}
        found = bare.aggregate(rows=Count("pk"), **sums)
        return {"": found["rows"]} | {name: found[f"total_{name}"] for name in totals}

    def _known(self) -> int | None:
        if self.known_count is None or self.filters is None or self.text or self.problems:
            return None
        return self.known_count(self.filters)

    @property
    def count(self) -> int:
        """How many rows are filtered, exactly."""
        return self.sums[""]

    def page(self) -> "Page":
        """The asked page; anything that is no number is the first, anything beyond the end is the last."""
        try:
            number = int(self.data.get("page", "1"))
        except ValueError:
            number = 1
        pages = max(1, -(-self.count // PAGE_ROWS))
        return Page(number=min(max(number, 1), pages), pages=pages, count=self.count)

    def rows(self, page: "Page", columns: Sequence[Column]) -> list[dict[str, Any]]:
        """The rows of a page in two queries: first the keys by the index alone, then the rows by key.

        Behind the middle the keys are sought from the end, so that the last page costs what the first does.
        """
        start, size = page.offset, min(PAGE_ROWS, page.count - page.offset)
        if size <= 0:
            return []
        keys = self.ordered.values_list("pk", flat=True)
        if start > page.count // 2:
            start = page.count - start - size
            found = list(keys.reverse()[start : start + size])[::-1]
        else:
            found = list(keys[start : start + size])
        wide = self.base.filter(pk__in=found).order_by().values(*self.table.paths(columns))
        by_key = {row["pk"]: row for row in wide}
        return [by_key[key] for key in found if key in by_key]


@dataclass(frozen=True)
class Page:
    """Where one is in a list."""

    number: int
    pages: int
    count: int

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * PAGE_ROWS

    @property
    def first(self) -> int:
        """Place of the first row, from 1."""
        return self.offset + 1 if self.count else 0

    @property
    def last(self) -> int:
        """Place of the last row."""
        return min(self.offset + PAGE_ROWS, self.count)

    def around(self) -> Iterator[int]:
        """Page numbers worth offering, 0 where some are left out."""
        near = {1, self.pages, *range(self.number - 2, self.number + 3)}
        before = 0
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if number > before + 1:
                yield 0
            yield number
            before = number


@dataclass(frozen=True)
class Selection:
    """The rows of a bulk action. `expected` is the count that the person saw when pressing "all"."""

    queryset: QuerySet
    count: int
    expected: int

    @property
    def changed(self) -> bool:
        """Whether the list has grown or shrunk since the person looked: ask again before acting."""
        return self.count != self.expected


def selected(
    request: Request,
    *,
    queryset: QuerySet,
    table: type[Table],
    filterset: FilterSetClass | None = None,
    search: Search | None = None,
) -> Selection:
    """What a bulk action is about: the ticked rows, or everything that the list's filter lets through.

    `queryset` must be scoped as the list's is: ids of rows outside it are passed over in silence.
    Raises DomainError when nothing is selected or the filter isn't understood.
    """
    data = request.POST if request.method == "POST" else request.GET
    if data.get("all") == "1":
        listing = Listing(
            request,
            QueryDict(data.get("filter", "").removeprefix("?")),
            queryset=queryset,
            table=table,
            filterset=filterset,
            search=search,
        )
        if listing.problems:
            raise DomainError(" ".join(listing.problems), code="filter")
        rows, count = listing.ordered, listing.count
        asked = data.get("expected", "")
        expected = int(asked) if re.fullmatch("[0-9]{1,9}", asked) else count
    else:
        ids = list(dict.fromkeys(value for value in data.getlist("id") if value and "\x00" not in value))
        if len(ids) > SELECTED_ROWS:
            raise DomainError(f"Chỉ chọn được tối đa {SELECTED_ROWS} dòng một lần.", code="too_many")
        try:
            rows = queryset.filter(**{f"{table.row_id}__in": ids}).order_by(*table.ordering(""))
        except (ValueError, ValidationError):  # the latter of what is no UUID
            rows = queryset.none()
        count = rows.count()
        expected = len(ids)
    if not count:
        raise DomainError("Chưa chọn dòng nào.", code="nothing_selected")
    return Selection(rows, count, expected)
