"""Statistics of support: from a number to the list behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import Request
from support.queries import FirstAnswer, Line, statistics
from support.views.pages import LIST
from ui.links import NOT_YOURS


@dataclass(frozen=True)
class Shown:
    """A line with the lists behind its numbers."""

    line: Line
    all: str
    in_time: str
    late: str


@require_safe
def support_statistics(request: Request) -> HttpResponse:
    """Of what units below have asked; a unit never sees how it stands among others."""
    found = statistics(request.user, timezone.now())
    parts = [
        ("Theo chủ đề", "Chủ đề", _shown(found.topics, lambda key: {"topic": key})),
        (
            "Theo đơn vị trả lời lần đầu",
            "Đơn vị trả lời lần đầu",
            _shown(found.handlers, lambda key: {"first_handler": key}),
        ),
        ("Theo tháng", "Tháng", _shown(found.months, _month)),
    ]
    context = {
        "title": "Thống kê hỗ trợ",
        "breadcrumb": [LIST],
        "whole": _shown([found.whole], lambda _: {})[0],
        "parts": parts,
        "empty": NOT_YOURS,
    }
    return render(request, "support/statistics.html", context)


def _shown(lines: Sequence[Line], narrow: Callable[..., dict[str, str]]) -> list[Shown]:
    return [
        Shown(
            line,
            _list(**narrow(line.key)),
            _list(**narrow(line.key), first=FirstAnswer.IN_TIME),
            _list(**narrow(line.key), first=FirstAnswer.LATE),
        )
        for line in lines
    ]


def _list(**query: str) -> str:
    return f"{reverse('support:list')}?{urlencode({'who': 'duoi', **query})}"


def _month(first: date) -> dict[str, str]:
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return {"created_tu": f"{first:%d/%m/%Y}", "created_den": f"{last:%d/%m/%Y}"}
