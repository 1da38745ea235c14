"""Taking one change to many devices back, whole, as long as nobody has changed any of them since.

Nothing is kept for it: the history knows what was written at one moment by one person, and what stood there before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from equipment.actions.bulk import CHUNK, Step, write_many
from equipment.models import Equipment
from equipment.rules.bulk import MARK, whole_reason
from equipment.rules.device import ENDED

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LATEST = 2**52  # far beyond the years that a datetime knows: what is larger names nothing
A_MOMENT = timedelta(minutes=10)
FIELDS = ("room", "condition", "note")


def stamp_of(when: datetime) -> int:
    """The moment of an act as its address has it."""
    return (when - EPOCH) // MICROSECOND


@dataclass(frozen=True)
class Act:
    """What one person wrote at one moment."""

    stamp: int
    when: datetime
    reason: str
    count: int
    rows: QuerySet[Any]  # of the history


def act_of(stamp: int, by: User) -> Act | None:
    """The act of `by` at that moment, on devices for which `by` still records."""
    if stamp > LATEST:
        return None
    when = EPOCH + stamp * MICROSECOND
    rows = Equipment.history.filter(
        history_date=when,
        history_user=by,
        history_type="~",
        history_change_reason__startswith=MARK,
        unit__in=by.scope.write_units,
    ).order_by("id")
    first = rows.first()
    return Act(stamp, when, first.history_change_reason.removeprefix(MARK), rows.count(), rows) if first else None


def just_done(pks: Sequence[int], reason: str, *, by: User) -> int | None:
    """The stamp of what `by` did to some of these devices a moment ago for that reason."""
    since = timezone.now() - A_MOMENT
    mine = Equipment.history.filter(id__in=pks, history_user=by, history_change_reason=whole_reason(reason))
    row = mine.filter(history_date__gt=since).order_by("-history_id").first()
    return stamp_of(row.history_date) if row else None


def before(rows: Sequence[Any]) -> dict[int, Any]:
    """What stood in the devices before these rows of the history, by device."""
    wanted = {row.id: row.version - 1 for row in rows}
    known = Equipment.history.filter(id__in=list(wanted), version__in=set(wanted.values()))
    return {row.id: row for row in known if row.version == wanted[row.id]}


@transaction.atomic
def undo(act: Act, *, by: User, step: Step = lambda *_: None) -> tuple[datetime, int]:
    """Put back what stood there before; when, and how many devices.

    Raises DomainError, with nothing written, when one of them has been changed since or can't be changed any more.
    """
    written = list(act.rows.values_list("id", "version", "unit_id"))
    locked: dict[int, tuple[int, str, bool]] = {}
    for at in range(0, len(written), CHUNK):
        piece = [pk for pk, *_ in written[at : at + CHUNK]]
        mine = Equipment.objects.writable_by(by).filter(pk__in=piece).annotate(known=Exists(_former("id")))
        rows = mine.order_by("pk").select_for_update(of=("self",))
        locked |= {pk: found for pk, *found in rows.values_list("pk", "version", "status", "known")}  # type: ignore[misc]  # three of them
    changed = sum(
        pk not in locked or locked[pk][0] != version or locked[pk][1] in ENDED or not locked[pk][2]
        for pk, version, _ in written
    )
    if changed:
        raise DomainError(
            f"{changed} thiết bị đã được sửa tiếp sau lần này, nên không hoàn tác cả loạt được. "
            "Chưa có gì thay đổi; hãy sửa từng thiết bị, hoặc chọn lại các thiết bị cần sửa.",
            code="changed_since",
        )
    values = {name: Subquery(_former(f"{name}_id" if name == "room" else name)) for name in FIELDS}
    reason = whole_reason(f"hoàn tác – {act.reason}")
    when = write_many([(pk, unit) for pk, _, unit in written], values, reason=reason, by=by, step=step)
    return when, len(written)


def _former(column: str) -> QuerySet[Any]:
    """`column` as it stood before a device's present version."""
    return Equipment.history.filter(id=OuterRef("pk"), version=OuterRef("version") - 1).values(column)[:1]
