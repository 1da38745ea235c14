"""Saved views of lists: what the menu of a list shows, and what is done with a view.

What is saved is what our own page wrote down and signed for this person: nobody posts an address, a query or columns of
their own making. Opened, a view is no more than an address: filters, doors and walls judge it as any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, QueryDict

from core.errors import DomainError
from core.http import Request
from core.text import fold
from ui import columns
from ui.models import QUERY_LENGTH, DefaultView, SavedView

PARAMETER = "view"
NO_VIEW = "all"  # the whole list, asked for by whom it would otherwise open with a view
VIEWS_A_LIST = 50
SALT = "ui.saved_views"


@dataclass(frozen=True)
class State:
    """A list as it is looked at now."""

    path: str
    query: str
    columns: tuple[str, ...]

    @property
    def address(self) -> str:
        """The same, without a view."""
        return f"{self.path}?{self.query}" if self.query else self.path


def sealed(state: State, user: Any) -> str:
    """`state` as a hidden field of a page of `user`."""
    return signing.dumps([state.path, state.query, state.columns], salt=f"{SALT}.{user.pk}", compress=True)


def unsealed(text: str, user: Any) -> State:
    """The state that our page wrote for `user`; DomainError for any other text."""
    try:
        path, query, names = signing.loads(text, salt=f"{SALT}.{user.pk}")
    except signing.BadSignature as error:
        raise DomainError(
            "Trang danh sách này đã cũ nên chưa lưu được. Hãy tải lại danh sách rồi lưu lại.", code="seal"
        ) from error
    return State(path, query, tuple(names))


def asked_query(data: QueryDict, names: Iterable[str]) -> str:
    """What of `data` asks something of the list: the parameters called `names`, in one order."""
    kept = QueryDict(mutable=True)
    for name in sorted(set(names)):
        if values := [value for value in dict.fromkeys(data.getlist(name)) if value]:
            kept.setlist(name, values)
    return kept.urlencode()


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    view: SavedView
    url: str
    owner: str  # of a colleague's, else empty
    default: bool


class Shelf:
    """The views that one person has for one list, and which of them is open."""

    def __init__(self, request: Request, path: str) -> None:
        self.request, self.path = request, path
        self.asked = request.GET.get(PARAMETER, "")
        self.views = list(_views_of(request.user, path)) if request.user.is_authenticated else []

    @cached_property
    def active(self) -> SavedView | None:
        """The view that the address names, if it is there for this person."""
        return next((view for view in self.views if str(view.public_id) == self.asked), None)

    @cached_property
    def default(self) -> SavedView | None:
        """What the list opens with."""
        return next((view for view in self.views if view.is_default), None)

    @property
    def parameter(self) -> str:
        """What the page's own links carry, so that they lead on within the view, or without any."""
        if self.active:
            return str(self.active.public_id)
        return NO_VIEW if self.default else ""

    @property
    def whole(self) -> str:
        """The list with nothing narrowed."""
        return f"{self.path}?{PARAMETER}={NO_VIEW}" if self.default else self.path

    def owns(self, view: SavedView | None) -> bool:
        """Whether this person may change it."""
        return view is not None and view.owner_id == self.request.user.pk

    def menu(self, state: State) -> dict[str, Any]:
        """What the template shows; `state` is what is saved when the person says so."""
        active = self.active
        changed = active is not None and (active.query, tuple(active.columns)) != (state.query, state.columns)
        entries = sorted(map(self._entry, self.views), key=lambda one: (fold(one.owner), fold(one.view.name)))
        return {
            "mine": [one for one in entries if not one.owner],
            "theirs": [one for one in entries if one.owner],
            "active": active,
            "changed": changed,
            "again": self._fresh(active) if active and changed else "",
            "own": self.owns(active),
            "default": active is not None and active == self.default,
            "whole": self.whole,
            "full": sum(self.owns(view) for view in self.views) >= VIEWS_A_LIST,
            "state": sealed(state, self.request.user),
        }

    def _entry(self, view: SavedView) -> Entry:
        own = self.owns(view)
        remembered = columns.remembered(self.request, str(view.public_id))
        url = self._fresh(view) if remembered else view.address
        return Entry(view, url, "" if own else str(view.owner), view == self.default)

    def _fresh(self, view: SavedView) -> str:
        """As it was saved, with its own columns again."""
        return f"{view.address}&cols="


def _views_of(user: Any, path: str) -> Any:
    default = DefaultView.objects.owned_by(user).filter(path=path, view=OuterRef("pk"))
    views = SavedView.objects.visible_to(user).filter(path=path).annotate(is_default=Exists(default))
    return views.select_related("owner").only(
        "public_id", "name", "path", "query", "columns", "shared", "owner__full_name", "owner__username"
    )


def access_view(user: Any, public_id: UUID, *, own: bool = True) -> SavedView:
    """The door to a view: one's own, locked until it is saved, or a colleague's shared one; 404 for the others."""
    rows = SavedView.objects.owned_by(user).select_for_update() if own else SavedView.objects.visible_to(user)
    view = rows.filter(public_id=public_id).first()
    if view is None:
        raise Http404
    return view


def save_new(state: State, *, name: str, shared: bool, default: bool, by: Any) -> SavedView:
    """Keep `state` under a name. The same once more (a second press) is the view that is there already."""
    _check_query(state)
    mine = SavedView.objects.owned_by(by).filter(path=state.path)
    if twin := mine.filter(name__iexact=name).first():
        if (twin.name, twin.query, tuple(twin.columns), twin.shared) != (name, state.query, state.columns, shared):
            raise _taken(name)
    elif mine.count() >= VIEWS_A_LIST:
        raise DomainError(
            f"Mỗi danh sách lưu được nhiều nhất {VIEWS_A_LIST} chế độ xem. Hãy xóa bớt chế độ xem không dùng nữa.",
            code="too_many",
        )
    view = twin or SavedView(owner=by, unit_id=by.unit_id, path=state.path, name=name, shared=shared)
    view.query, view.columns = state.query, list(state.columns)
    try:
        _store(view)
    except DomainError:  # another window was quicker: what it saved may be the very same
        if twin is None:
            return save_new(state, name=name, shared=shared, default=default, by=by)
        raise
    if default:
        make_default(view, by=by)
    return view


def save_again(view: SavedView, state: State) -> SavedView:
    """Keep `state` in place of what the view held."""
    _check_query(state)
    if state.path != view.path:
        raise DomainError("Chế độ xem này thuộc một danh sách khác. Hãy mở lại danh sách của nó.", code="path")
    view.query, view.columns = state.query, list(state.columns)
    _store(view)
    return view


def rename(view: SavedView, *, name: str, shared: bool, by: Any) -> SavedView:
    """Another name, or shared with the unit from now on, or no longer."""
    others = SavedView.objects.owned_by(by).filter(path=view.path, name__iexact=name).exclude(pk=view.pk)
    if others.exists():
        raise _taken(name)
    view.name, view.shared = name, shared
    _store(view)
    return view


def delete(view: SavedView, *, by: Any) -> State:
    """Take it away; what it asked is told, so that the person keeps looking at the same rows."""
    DefaultView.objects.owned_by(by).filter(view=view).delete()
    state = State(view.path, view.query, tuple(view.columns))
    view.delete()
    return state


def make_default(view: SavedView, *, by: Any) -> None:
    """The list opens with `view` for this person from now on."""
    DefaultView.objects.owned_by(by).update_or_create(
        owner=by, unit_id=by.unit_id, path=view.path, defaults={"view": view}
    )


def drop_default(path: str, *, by: Any) -> None:
    """The list opens whole again."""
    DefaultView.objects.owned_by(by).filter(path=path).delete()


def _check_query(state: State) -> None:
    if len(state.query) > QUERY_LENGTH:
        raise DomainError("Bộ lọc đang chọn quá dài nên chưa lưu được. Hãy bỏ bớt giá trị lọc.", code="too_long")


def _store(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:  # another window was quicker
        raise _taken(view.name) from error


def _taken(name: str) -> DomainError:
    return DomainError(
        f"Bạn đã có chế độ xem tên “{name}” ở danh sách này. Hãy đặt tên khác.", field="name", code="taken"
    )
