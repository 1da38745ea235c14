"""Every list page: search, filters as chips, columns, order, pages, exports, bulk actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

from core.http import Request
from ui import cells, columns, exports
from ui.actions import Action
from ui.choices import know_chosen
from ui.filters import chips, parameters
from ui.links import NOT_YOURS, Empty, Link, querystring
from ui.listing import FilterSetClass, KnownCount, Listing, Page, Search, Selection, selected
from ui.saved_views import PARAMETER, Shelf, State, asked_query
from ui.tables import Column, Table

__all__ = ["NOT_YOURS", "BulkAction", "Empty", "Link", "Selection", "render_list", "selected", "wants_fragment"]

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
    count: KnownCount | None = None,
    search_label: str = "Tìm trong danh sách",
    create: Link | None = None,
    actions: Sequence[BulkAction | Action | Link] = (),
    empty: Empty | None = None,
    subtitle: str = "",
    breadcrumb: Sequence[Link] = (),
    home: str = "",
    template: str = "ui/list.html",
    extra_context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """The page of a list, or a file of all it filters (`?export=csv|xlsx`).

    `queryset` must already be what this person may see. Four queries whatever the rows: saved views, count, keys, rows.
    `noun` names the rows in counts ("1.234 thiết bị"). `search(queryset, text)` narrows by the search box; without it
    there is no box. `count(filters)` may know how many rows of `queryset` these let through. `empty` says what to do
    first; NOT_YOURS that there is nothing to do here.
    `home` is the list's own address, where it is shown at another one too: its saved views lead there.
    """
    listing = Listing(
        request, request.GET, queryset=queryset, table=table, filterset=filterset, search=search, count=count
    )
    if not listing.problems and (file := _export(request, listing, export_name, noun)):
        return file
    shelf = Shelf(request, home or request.path)
    fragment = wants_fragment(request, RESULTS)
    if shelf.default and not request.GET and not fragment and shelf.path == request.path:
        return redirect(shelf.default.address)
    moved = bool(request.GET.keys() & {columns.UP, columns.DOWN})
    shown = _columns(request, table, shelf)
    _keep_asking(request, shelf)
    if listing.filters:
        know_chosen(listing.filters.form)
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
        "without_search": querystring(request, {"q": None}, drop=("page",)),
        "filters": listing.filters.form if listing.filters else None,
        "problems": listing.problems,
        "chips": on,
        "narrowed": bool(on or listing.text),
        "count": listing.count,
        "caption": table.caption or title,
        "headers": _headers(request, listing, shown),
        "rows": table.body(listing.rows(page, shown), shown),
        "totals": _totals(listing, shown),
        "page": page,
        "pager": _pager(request, page),
        "sort": listing.sort,
        "choices": columns.offered(table, shown),
        "choosing": moved,
        "reset_columns": querystring(request, {"cols": ""}, drop=("page",)),
        "kept": _kept(request),
        "exports": {kind: querystring(request, {"export": kind}, drop=("page",)) for kind in ("csv", "xlsx")},
        "shown_exports": {
            kind: querystring(request, {"export": kind, "cols": ",".join(c.name for c in shown)}, drop=("page",))
            for kind in ("csv", "xlsx")
        },
        "filter_query": querystring(request, {}, drop=("page", "export")),
        "views": shelf.menu(_state(listing, shelf.path, shown)) if request.user.is_authenticated else None,
        "view_parameter": shelf.parameter,
        "whole": shelf.whole if shelf.path == request.path else request.path,
        "list_path": request.path,
        "empty": empty or Empty(f"Chưa có {noun} nào"),
        **(extra_context or {}),
    }
    failed = 400 if listing.problems and not fragment else 200
    response = render(request, "ui/list_results.html" if fragment else template, context, status=failed)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    if fragment:
        response["HX-Push-Url"] = request.path + querystring(request, {}).rstrip("?")
    return response


def _export(request: Request, listing: Listing, name: str, noun: str) -> HttpResponseBase | None:
    """The file that is asked for; of a list too long to wait for, the page that offers to write it as a job."""
    if (kind := request.GET.get("export", "")) not in exports.KINDS:
        return None
    export = exports.Export(kind, name, getattr(request, "export_sink", None))
    if export.sink is None and listing.count > settings.EXPORT_ROWS:
        return import_string(settings.LONG_EXPORT)(request, export, count=listing.count, noun=noun)
    chosen = exports.exportable(listing.table, columns.asked(request.GET))
    return exports.export_list(export, queryset=listing.ordered, table=listing.table, columns=chosen)


def _columns(request: Request, table: type[Table], shelf: Shelf) -> tuple[Column, ...]:
    """As asked now, else as last chosen by this person, else as the view or the table has them."""
    view = shelf.active
    if view is None:
        return columns.chosen(request, table, key=table.key())
    return columns.chosen(request, table, key=str(view.public_id), usual=view.columns)


def _keep_asking(request: Request, shelf: Shelf) -> None:
    """From here on the query is what the page's links go on asking: the view, but no choice of columns any more."""
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name not in columns.CONTROLS and name != PARAMETER:
            query.setlist(name, values)
    if shelf.parameter:
        query[PARAMETER] = shelf.parameter
    request.GET = query  # type: ignore[assignment]  # as mutable as the links need it


def _state(listing: Listing, path: str, shown: Sequence[Column]) -> State:
    """What a view of the list as it is now keeps."""
    names = parameters(listing.filters.form) if listing.filters else []
    query = asked_query(listing.data, ["q", *names] if listing.text else names)
    sort = f"sort={listing.sort}" if listing.sort else ""
    return State(path, "&".join(filter(None, (query, sort))), tuple(column.name for column in shown))


def _headers(request: Request, listing: Listing, shown: Sequence[Column]) -> list[Header]:
    heads = []
    for column in shown:
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
        url = querystring(request, {"sort": turned}, drop=("page",))
        heads.append(Header(column.label, column.numeric, url, now))
    return heads


def _totals(listing: Listing, shown: Sequence[Column]) -> list[str]:
    """A cell of the foot for each column; nothing when no shown column is summed."""
    if not any(column.total for column in shown) or not listing.count:
        return []
    return [cells.plain_text(c, listing.sums[c.name]) if c.total else "" for c in shown]


def _pager(request: Request, page: Page) -> dict[str, Any]:
    def url(number: int) -> str:
        return querystring(request, {"page": str(number) if number > 1 else None})

    return {
        "previous": url(page.number - 1) if page.number > 1 else "",
        "next": url(page.number + 1) if page.number < page.pages else "",
        "numbers": [(number, url(number), number == page.number) for number in page.around()],
    }


def _kept(request: Request) -> list[tuple[str, str]]:
    """The query as hidden fields of the form that chooses columns."""
    return [(k, v) for k, values in request.GET.lists() for v in values if v and k not in {"page", "export"}]
