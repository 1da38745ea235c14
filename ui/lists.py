"""Every list page: search, filters as chips, columns, order, pages, exports, bulk actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from core.http import Request
from ui import cells, exports
from ui.actions import Action
from ui.filters import chips
from ui.links import NOT_YOURS, Empty, Link, querystring
from ui.listing import FilterSetClass, Listing, Page, Search, Selection, selected
from ui.tables import Column, Table

__all__ = ["NOT_YOURS", "BulkAction", "Empty", "Link", "Selection", "render_list", "selected", "wants_fragment"]

SESSION_KEY = "columns"
RESULTS = "list-results"


@dataclass(frozen=True)
class BulkAction:
    """Something done to many rows at once.

    Gets `id` (many), or `all=1` with `filter` (the list's query) and `expected` (the count shown);
    the view at `url` reads them with `selected`. The bulk actions of one list share one method: the token
    against forged requests stands in the form when it posts, and must not end in an address.
    """

    label: str
    url: str
    icon: str = ""
    method: Literal["get", "post"] = "post"
    new_tab: bool = False  # the answer is a paper to print: the list and what is chosen in it stay


@dataclass(frozen=True)
class Header:
    """The head of a column; `url` sorts by it, `direction` tells how it is sorted now."""

    label: str
    numeric: bool
    url: str = ""
    direction: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Choice:
    """A column in the chooser."""

    name: str
    label: str
    checked: bool


def wants_fragment(request: Request, target: str) -> bool:
    """Whether htmx asks for the part with the id `target` only, not for a page."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request and htmx.target in {None, target}


def render_list(  # noqa: PLR0913 - one argument for each thing the page shows
    request: Request,
    *,
    queryset: QuerySet,
    table: type[Table],
    filterset: FilterSetClass | None = None,
    title: str,
    noun: str,
    export_name: str,
    search: Search | None = None,
    search_label: str = "Tìm trong danh sách",
    create: Link | None = None,
    actions: Sequence[BulkAction | Action | Link] = (),
    empty: Empty | None = None,
    subtitle: str = "",
    breadcrumb: Sequence[Link] = (),
    template: str = "ui/list.html",
    extra_context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """The page of a list, or a file of all it filters (`?export=csv|xlsx`).

    `queryset` must already be what this person may see. Three queries whatever the rows: count, keys, rows.
    `noun` names the rows in counts ("1.234 thiết bị"). `search(queryset, text)` narrows by the search box;
    without it there is no box. `empty` says what to do first; NOT_YOURS that there is nothing to do here.
    """
    listing = Listing(request, request.GET, queryset=queryset, table=table, filterset=filterset, search=search)
    if not listing.problems and (file := _export(request, listing, export_name)):
        return file
    columns = _columns(request, table)
    page = listing.page()
    bulk = [action for action in actions if isinstance(action, BulkAction)]
    on = list(chips(request, listing.filters.form)) if listing.filters else []
    context = {
        "title": title,
        "subtitle": subtitle,
        "noun": noun,
        "create": create,
        "links": [action for action in actions if isinstance(action, Link)],
        "actions": [action for action in actions if isinstance(action, Action)],
        "bulk": bulk,
        "breadcrumb": breadcrumb,
        "searchable": search is not None,
        "search_label": search_label,
        "search_text": listing.text,
        "without_search": querystring(request, {"q": None}, drop=("page", "cols")),
        "filters": listing.filters.form if listing.filters else None,
        "problems": listing.problems,
        "chips": on,
        "narrowed": bool(on or listing.text),
        "count": listing.count,
        "caption": table.caption or title,
        "headers": _headers(request, listing, columns),
        "rows": table.body(listing.rows(page, columns), columns),
        "totals": _totals(listing, columns),
        "page": page,
        "pager": _pager(request, page),
        "sort": listing.sort,
        "choices": [Choice(c.name, c.label, c in columns) for c in table.columns],
        "reset_columns": querystring(request, {"cols": ""}, drop=("page",)),
        "kept": _kept(request, drop={"cols", "page"}),
        "exports": {kind: querystring(request, {"export": kind}, drop=("page", "cols")) for kind in ("csv", "xlsx")},
        "shown_exports": {
            kind: querystring(request, {"export": kind, "cols": ",".join(c.name for c in columns)}, drop=("page",))
            for kind in ("csv", "xlsx")
        },
        "filter_query": querystring(request, {}, drop=("page", "cols", "export")),
        "list_path": request.path,
        "empty": empty or Empty(f"Chưa có {noun} nào"),
        **(extra_context or {}),
    }
    fragment = wants_fragment(request, RESULTS)
    failed = 400 if listing.problems and not fragment else 200
    response = render(request, "ui/list_results.html" if fragment else template, context, status=failed)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    if fragment:
        response["HX-Push-Url"] = request.path + querystring(request, {}, drop=("cols",)).rstrip("?")
    return response


def _export(request: Request, listing: Listing, name: str) -> HttpResponseBase | None:
    makers = {"csv": exports.export_csv, "xlsx": exports.export_xlsx}
    if not (make := makers.get(request.GET.get("export", ""))):
        return None
    columns = exports.exportable(listing.table, _asked_columns(request))
    return make(queryset=listing.ordered, table=listing.table, columns=columns, name=name)


def _asked_columns(request: Request) -> list[str]:
    """`cols=a,b` from a link or `cols=a&cols=b` from the chooser."""
    return [name for value in request.GET.getlist("cols") for name in value.split(",") if name]


def _columns(request: Request, table: type[Table]) -> tuple[Column, ...]:
    """The columns to show: as asked now, else as last chosen by this person, else the table's own."""
    remembered = request.session.get(SESSION_KEY, {})
    if "cols" not in request.GET:
        return table.pick(remembered.get(table.key()))
    known = {column.name for column in table.columns}
    names = [name for name in _asked_columns(request) if name in known]
    if names != remembered.get(table.key(), []):
        rest = {key: value for key, value in remembered.items() if key != table.key()}
        request.session[SESSION_KEY] = rest | ({table.key(): names} if names else {})
    return table.pick(names)


def _headers(request: Request, listing: Listing, columns: Sequence[Column]) -> list[Header]:
    heads = []
    for column in columns:
        if not column.sort:
            heads.append(Header(column.label, column.numeric))
            continue
        up, down = listing.table.ordering(column.name), listing.table.ordering(f"-{column.name}")
        now: Literal["", "ascending", "descending"] = ""
        if listing.ordering == up:
            now = "ascending"
        elif listing.ordering == down:
            now = "descending"
        turned = f"-{column.name}" if now == "ascending" else column.name
        url = querystring(request, {"sort": turned}, drop=("page", "cols"))
        heads.append(Header(column.label, column.numeric, url, now))
    return heads


def _totals(listing: Listing, columns: Sequence[Column]) -> list[str]:
    """A cell of the foot for each column; nothing when no shown column is summed."""
    if not any(column.total for column in columns) or not listing.count:
        return []
    return [cells.plain_text(c, listing.sums[c.name]) if c.total else "" for c in columns]


def _pager(request: Request, page: Page) -> dict[str, Any]:
    def url(number: int) -> str:
        return querystring(request, {"page": str(number) if number > 1 else None}, drop=("cols",))

    return {
        "previous": url(page.number - 1) if page.number > 1 else "",
        "next": url(page.number + 1) if page.number < page.pages else "",
        "numbers": [(number, url(number), number == page.number) for number in page.around()],
    }


def _kept(request: Request, *, drop: set[str]) -> list[tuple[str, str]]:
    """The query as hidden fields of a form that changes one thing of it."""
    return [(k, v) for k, values in request.GET.lists() for v in values if v and k not in drop | {"export"}]
