"""Small declarations that several screens share, and querystrings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

LOCAL = ("/", "?", "#")


@dataclass(frozen=True)
class Link:
    """Somewhere to go; `icon` is a name of the icon sheet."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Empty:
    """What a list says when there is nothing yet: a sentence, a hint, and the first thing to do."""

    title: str = "Chưa có dữ liệu"
    text: str = ""
    action: Link | None = None
    icon: str = "inbox"


NOT_YOURS = Empty(
    "Tài khoản của bạn chưa được xem dữ liệu này",
    "Nếu công việc cần đến, hãy đề nghị quản trị viên của đơn vị cấp quyền.",
    icon="lock",
)


def is_local(url: str) -> bool:
    """Whether `url` stays in this application: no other host, no `javascript:`."""
    return url.startswith(LOCAL) and not url.startswith(("//", "/\\"))


def querystring(
    request: HttpRequest, changes: Mapping[str, str | Sequence[str] | None], *, drop: Sequence[str] = ()
) -> str:
    """The request's query with `changes` applied (None removes), always led by `?`."""
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name not in drop and name not in changes:
            query.setlist(name, [value for value in values if value])
    for name, value in changes.items():
        if value is None:
            continue
        query.setlist(name, [value] if isinstance(value, str) else list(value))
    return f"?{query.urlencode(safe=',')}"
