"""What the history tables say, as people read it: before → after, who, when, why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import singledispatch
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils import timezone

from core.changes import Change
from core.errors import StaleError
from core.scope import current
from core.walls import Wall, wall_of

NOTHING = "(trống)"
# Bookkeeping of ours, which tells a reader nothing.
SILENT = frozenset(
    {
        "id",
        "version",
        "holder",
        "partner",
        "created_by",
        "created_at",
        "decided_at",
        "confirmed_by",
        "confirmed_at",
        "handed_by",
        "handed_at",
        "received_by",
        "received_at",
        "search_text",
        "submission",
    }
)


@dataclass(frozen=True)
class Revision:
    """One row of the history: what it changed against the row before."""

    when: datetime
    who: str
    reason: str
    kind: str  # "+" created, "~" changed, "-" deleted
    changes: Sequence[Change]


def revisions(obj: models.Model) -> list[Revision]:
    """The whole history of `obj`, newest first. The caller got `obj` through a door.

    Inside a request it is as much of it as came about at units whose data the scope reads: what moved from one unit to
    another has a history at both.
    """
    rows = list(_readable(type(obj), obj.pk).select_related("history_user").order_by("history_id"))
    found = [
        Revision(
            when=row.history_date,
            who=str(row.history_user or ""),
            reason=row.history_change_reason or "",
            kind=row.history_type,
            changes=changes,
        )
        for row, changes in zip(rows, changes_of(type(obj), rows), strict=True)
    ]
    return found[::-1]


def _readable(model: type[models.Model], pk: Any) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model.history.filter(id=pk)  # type: ignore[attr-defined]  # tracked
    scope, wall = current(), wall_of(model)
    if scope is None or not isinstance(wall, Wall):
        return rows
    seen = scope.readable(wall.unit)
    return rows.filter(seen | scope.readable(wall.partner) if wall.partner else seen)


def changes_of(
    model: type[models.Model], rows: Sequence[Any], *, only: Collection[str] | None = None
) -> list[Sequence[Change]]:
    """What each row of one object's history, oldest first, changed against the row before: nothing for the first.

    With `only`, as far as those fields go.
    """
    names = _names(model, rows)
    pairs = pairwise([None, *rows])
    return [() if before is None else _changes(model, before, after, names, only) for before, after in pairs]


def require_version(obj: models.Model, version: int) -> None:
    """Refuse a form that was filled from an older version of the locked `obj`; raises StaleError with the changes."""
    current = obj.version  # type: ignore[attr-defined]  # every guarded model has it
    if version == current:
        return
    rows = list(
        type(obj)  # type: ignore[attr-defined]  # tracked
        .history.filter(id=obj.pk, version__gte=version)
        .select_related("history_user")
        .order_by("history_id")
    )
    names = _names(type(obj), rows)
    changes = [
        Change(c.label, c.before, c.after, str(after.history_user or ""), after.history_date)
        for before, after in pairwise(rows)
        for c in _changes(type(obj), before, after, names)
    ]
    raise StaleError(changes, version=current)


def _tracked(model: type[models.Model]) -> list[models.Field]:
    return [f for f in model._meta.concrete_fields if f.name not in SILENT]


def _names(model: type[models.Model], rows: Sequence[Any]) -> dict[tuple[str, Any], str]:
    """The names behind the foreign keys that changed: one query for each such field."""
    names: dict[tuple[str, Any], str] = {}
    for field in _tracked(model):
        if not isinstance(field, models.ForeignKey):
            continue
        pairs = [(getattr(a, field.attname), getattr(b, field.attname)) for a, b in pairwise(rows)]
        keys = {key for pair in pairs if pair[0] != pair[1] for key in pair} - {None}
        if keys:
            related = field.related_model._base_manager.select_related().filter(pk__in=keys)
            names |= {(field.name, other.pk): str(other) for other in related}
    return names


def _changes(
    model: type[models.Model],
    before: Any,
    after: Any,
    names: dict[tuple[str, Any], str],
    only: Collection[str] | None = None,
) -> list[Change]:
    changes = []
    for field in _tracked(model):
        attribute = field.attname
        if not hasattr(after, attribute) or (only is not None and field.name not in only):
            continue
        old, new = getattr(before, attribute), getattr(after, attribute)
        if old != new:
            label = str(field.verbose_name)
            changes.append(Change(label[:1].upper() + label[1:], _shown(field, old, names), _shown(field, new, names)))
    return changes


def _shown(field: models.Field, value: Any, names: dict[tuple[str, Any], str]) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return names.get((field.name, value), NOTHING)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return written(value)


@singledispatch
def written(value: Any) -> str:
    """A stored value as people read it."""
    return str(value)


@written.register
def _(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "Có" if value else "Không"


@written.register
def _(value: datetime) -> str:
    return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")


@written.register
def _(value: date) -> str:
    return value.strftime("%d/%m/%Y")


@written.register
def _(value: Decimal) -> str:
    return f"{value:,.0f}".replace(",", ".")


@written.register
def _(value: dict) -> str:
    return "; ".join(f"{key}: {item}" for key, item in value.items())


@written.register
def _(value: list) -> str:
    return f"{len(value)} mục"
