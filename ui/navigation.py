"""The left navigation: declared once, shown to each account as far as it may go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.conf import settings
from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.module_loading import import_string

Allowed = Callable[[Any], bool]
Waiting = Callable[[Any], QuerySet]
"""The rows that wait for a person."""


def everybody(user: Any) -> bool:  # noqa: ARG001 - one signature for all rules
    """Any account that has logged in."""
    return True


@dataclass(frozen=True)
class NavItem:
    """One entry. `allowed` and `badge` get the user; a badge counts what waits for that person.

    `prefix` is the path under which the entry counts as current (default: its own path). What has its `place` on top
    stands in the bar above the page; `live` then names an address that answers with its badge alone, which the page
    asks for again and again (partials/badge.html).
    """

    label: str
    url_name: str
    icon: str
    allowed: Allowed = everybody
    badge: Waiting | None = None
    prefix: str = ""
    place: Literal["side", "top"] = "side"
    live: str = ""


@dataclass(frozen=True)
class NavSection:
    """Entries under a common heading (empty: none)."""

    label: str
    items: Sequence[NavItem] = field(default=())


@dataclass(frozen=True)
class ShownItem:
    """An entry as one account sees it on one page."""

    label: str
    url: str
    icon: str
    badge: int
    active: bool
    live: str = ""


@dataclass(frozen=True)
class ShownSection:
    """A heading with at least one entry under it."""

    label: str
    items: Sequence[ShownItem]


def declared() -> Sequence[NavSection]:
    """What `settings.NAVIGATION` names; entries that stand alone get a section without heading."""
    sections: list[NavSection] = []
    for part in import_string(settings.NAVIGATION):
        if isinstance(part, NavSection):
            sections.append(part)
        elif sections and not sections[-1].label:
            sections[-1] = NavSection("", (*sections[-1].items, part))
        else:
            sections.append(NavSection("", (part,)))
    return sections


@dataclass(frozen=True)
class Frame:
    """What stands around a page."""

    sections: Sequence[ShownSection] = ()
    top: Sequence[ShownItem] = ()


def frame(user: Any, path: str) -> Frame:
    """What `user` sees at `path`: only what may be opened, the nearest entry marked. One query for all counts."""
    if not user.is_authenticated:
        return Frame()
    allowed = [(s.label, [i for i in s.items if i.allowed(user)]) for s in declared()]
    urls = {item: reverse(item.url_name) for _, items in allowed for item in items}
    counts = counted({item.url_name: item.badge(user) for item in urls if item.badge})
    at = {item: item.prefix or url for item, url in urls.items()}
    here = [i for i in urls if path == urls[i] or (at[i] != "/" and path.startswith(at[i]))]
    current = max(here, key=lambda item: len(at[item]), default=None)

    def show(items: Sequence[NavItem], place: str) -> list[ShownItem]:
        return [
            ShownItem(
                item.label,
                urls[item],
                item.icon,
                counts.get(item.url_name, 0),
                item is current,
                reverse(item.live) if item.live else "",
            )
            for item in items
            if item.place == place
        ]

    sections = [ShownSection(label, show(items, "side")) for label, items in allowed]
    top = [item for _, items in allowed for item in show(items, "top")]
    return Frame([section for section in sections if section.items], top)


def counted(waiting: Mapping[str, QuerySet]) -> dict[str, int]:
    """How many rows each query finds, all in one query; by their names, those with none left out."""
    counts = [
        rows.order_by()
        .annotate(waits=Value(name))
        .values("waits")
        .annotate(many=Count("pk"))
        .values_list("waits", "many")
        for name, rows in waiting.items()
        if not rows.query.is_empty()
    ]
    return dict(counts[0].union(*counts[1:], all=True)) if counts else {}
