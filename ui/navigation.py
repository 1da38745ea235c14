"""The left navigation: declared once, shown to each account as far as it may go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

Allowed = Callable[[Any], bool]


def everybody(user: Any) -> bool:  # noqa: ARG001 - one signature for all rules
    """Any account that has logged in."""
    return True


@dataclass(frozen=True)
class NavItem:
    """One entry. `allowed` and `badge` get the user; a badge counts what waits for that person.

    `prefix` is the path under which the entry counts as current (default: its own path).
    """

    label: str
    url_name: str
    icon: str
    allowed: Allowed = everybody
    badge: Callable[[Any], int] | None = None
    prefix: str = ""


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


def shown(user: Any, path: str) -> list[ShownSection]:
    """The navigation of `user` at `path`: only what may be opened, the nearest entry marked."""
    if not user.is_authenticated:
        return []
    allowed = [(s.label, [i for i in s.items if i.allowed(user)]) for s in declared()]
    urls = {item: reverse(item.url_name) for _, items in allowed for item in items}
    at = {item: item.prefix or url for item, url in urls.items()}
    here = [i for i in urls if path == urls[i] or (at[i] != "/" and path.startswith(at[i]))]
    current = max(here, key=lambda item: len(at[item]), default=None)
    return [
        ShownSection(
            label,
            [
                ShownItem(
                    item.label,
                    urls[item],
                    item.icon,
                    item.badge(user) if item.badge else 0,
                    item is current,
                )
                for item in items
            ],
        )
        for label, items in allowed
        if items
    ]
