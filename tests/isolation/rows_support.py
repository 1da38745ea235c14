"""Rows of the access matrix: support.

The unit in the middle has asked IT Center (`support_done`, `support_open`), and answers the district below it
(`support_in`).
"""

from collections.abc import Callable
from typing import Any

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Expected, Row, everyone, keeps_catalogue, see


def _number(name: str) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.more[name].number]


def _article(country: Country) -> list[Any]:
    return [country.shared["article"].pk]


def _canned(country: Country) -> list[Any]:
    return [country.middle.more["canned"].public_id]


def _typed(name: str, **typed: Any) -> Callable[[Country], dict[str, Any]]:
    return lambda country: {"version": country.middle.more[name].version, **typed}


def _handler(status: int) -> Expected:
    """On the request of the district: those of the unit in the middle who answer; the district asks, others look on."""
    return {**see(403), "below": 403, **dict.fromkeys(("business", "admin2"), status)}


def _asker(status: int) -> Expected:
    """On a request of the unit in the middle: every account of it; those above it look on."""
    return {**see(403), **dict.fromkeys(("business", "admin2", "lookup"), status)}


def _answering(status: int) -> Expected:
    """Whoever answers other units: of provinces and IT Center, not with look-up accounts, not in districts."""
    return {**everyone(403), **dict.fromkeys(("peer", "business", "admin2", "other_admin2", "admin1"), status)}


def _own_answers(status: int) -> Expected:
    """A ready answer is for its unit, not even for those above; its look-up accounts don't answer."""
    return {"anonymous": "login", "lookup": 403, **dict.fromkeys(("business", "admin2"), status)}


def _step(name: str, who: Callable[[int], Expected], **typed: Any) -> Row:
    return Row(args=_number(name), get=who(200), post=who(302), data=_typed(name, **typed))


ARTICLE = {"version": 1, "topic": "usage", "question": "In tem khổ nhỏ?", "answer": "Chọn cuộn 35 × 22."}
ROWS: dict[str, Row] = {
    "support:list": Row(get=LOGGED_IN),
    "support:create": Row(
        get=LOGGED_IN,
        post=everyone(302),
        data=lambda _: {"topic": "usage", "subject": "Hỏi cách in", "text": "In thế nào?", "page": "/thiet-bi/"},
    ),
    "support:statistics": Row(get=LOGGED_IN),
    "support:file": Row(args=lambda country: [country.middle.more["support_file"].public_id], get=see()),
    "support:detail": Row(args=_number("support_done"), get=see()),
    "support:answer": _step("support_in", _handler, text="Làm như sau"),
    "support:ask_back": _step("support_in", _handler, text="Máy nào?"),
    "support:note": _step("support_in", _handler, text="Gọi lại"),
    "support:prioritise": _step("support_in", _handler, priority="1_high"),
    "support:escalate": _step("support_in", _handler, reason="Cần sửa phần mềm"),
    "support:reply": _step("support_open", _asker, text="Máy bàn"),
    "support:reopen": _step("support_done", _asker, text="Vẫn lỗi"),
    # It was asked back: who answers there may close it too.
    "support:close": _step("support_open", lambda status: {**_asker(status), "admin1": status}, text=""),
    "canned:list": Row(get=_answering(200)),
    "canned:create": Row(
        get=_answering(200),
        post=_answering(302),
        data=lambda _: {"version": 0, "title": "Câu mẫu mới", "text": "Nội dung"},
    ),
    "canned:edit": Row(
        args=_canned,
        get=_own_answers(200),
        post=_own_answers(302),
        data=lambda _: {"version": 1, "title": "Câu mẫu sửa", "text": "Nội dung"},
    ),
    "canned:remove": Row(args=_canned, get=_own_answers(200), post=_own_answers(302)),
    "help:list": Row(get=LOGGED_IN),
    "help:suggest": Row(get=LOGGED_IN),
    "help:article": Row(args=_article, get=LOGGED_IN),
    "help:create": Row(get=keeps_catalogue(200), post=keeps_catalogue(302), data=lambda _: {**ARTICLE, "version": 0}),
    "help:edit": Row(args=_article, get=keeps_catalogue(200), post=keeps_catalogue(302), data=lambda _: ARTICLE),
    "help:show": Row(args=_article, post=keeps_catalogue(302)),
}
