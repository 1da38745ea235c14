"""Requests without middleware, and a table over a model that every project has."""

from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from ui.filters import KitFilterSet
from ui.lists import render_list
from ui.tables import Column, Table

PREFIX = "kit_"


class App(TextChoices):
    """Two of the values of the column, one of them hostile."""

    ONE = "kit_one", "Ứng dụng một"
    TWO = "kit_two", "<b>Hai</b>"


class TypeTable(Table):
    """Content types as a list."""

    caption = "Các loại"
    card_title = "model"
    order = ("model",)
    columns = (
        Column("model", "Mã loại", kind="code", sort="model", link=lambda row: f"/loai/{row['model']}/"),
        Column(
            "app", "Ứng dụng", key="app_label", kind="status", choices=App, tones={"kit_one": "ok"}, sort="app_label"
        ),
        Column("number", "Số", key="id", kind="number", total=True),
        Column(
            "label",
            "Nhãn",
            key="",
            render=lambda row: f"{row['app_label']}.{row['model']}",
            also=("app_label", "model"),
        ),
        Column("hidden", "Ẩn", key="app_label", shown=False),
        Column("screen", "Chỉ trên màn hình", key="model", export=False),
    )


class TypeFilter(KitFilterSet):
    """By application."""

    app = django_filters.MultipleChoiceFilter(field_name="app_label", choices=App, label="Ứng dụng")
    number = django_filters.NumberFilter(field_name="id", label="Số")

    class Meta:
        model = ContentType
        fields = ["app", "number"]


def types() -> QuerySet[ContentType]:
    """Only what a test made."""
    return ContentType.objects.filter(app_label__startswith=PREFIX)


def make_types(count: int, app: str = App.ONE) -> None:
    """Rows named kit0001, kit0002, …"""
    ContentType.objects.bulk_create(ContentType(app_label=app, model=f"kit{n:04}") for n in range(1, count + 1))


def search(queryset: QuerySet, text: str) -> QuerySet:
    """By a fragment of the name."""
    return queryset.filter(model__contains=text)


def make_request(
    path: str = "/loai/", data: Any = None, *, method: str = "get", htmx: str = "", session: SessionStore | None = None
) -> Any:
    """A request as it comes out of the middleware; `htmx` is the id of the part that is asked for."""
    headers = {"HX-Request": "true", "HX-Target": htmx} if htmx else {}
    request: HttpRequest = getattr(RequestFactory(), method)(path, data or {}, headers=headers)
    request.session = SessionStore() if session is None else session
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)
    request._messages = FallbackStorage(request)
    return request


def listing(data: Any = None, *, htmx: str = "", session: SessionStore | None = None, **changes: Any) -> Any:
    """The list page of content types."""
    arguments: dict[str, Any] = {
        "queryset": types(),
        "table": TypeTable,
        "filterset": TypeFilter,
        "title": "Loại",
        "noun": "loại",
        "export_name": "loai",
        "search": search,
    }
    return render_list(make_request(data=data, htmx=htmx, session=session), **(arguments | changes))
