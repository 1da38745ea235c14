"""One change to many devices: all or nothing, each with its row of history and its event."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Length
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from accounts.models import User
from core import events
from core.bulk import change
from core.errors import DomainError
from equipment.models import Equipment
from equipment.rules.bulk import APPEND, KEEP, MOST, NO_ROOM, REPLACE, Wanted, whole_reason
from equipment.rules.device import ENDED, MAX_NOTE
from orgs.models import OrgUnit
from orgs.rules import UnitKind

CHUNK = 2000
CHANGES, SAME, GONE, FULL = "changes", "same", "gone", "full"
EVENT = "equipment.updated"

Step = Callable[[int, int], None]


class ChangedMeanwhileError(DomainError):
    """The devices are others, or not as they were, when the person agreed."""

    def __init__(self) -> None:
        super().__init__(
            "Có thiết bị vừa được người khác sửa, hoặc danh sách đã thay đổi, nên chưa ghi gì. "
            "Hãy xem lại rồi xác nhận lần nữa.",
            code="changed_meanwhile",
        )


@dataclass(frozen=True)
class Frozen:
    """The devices that were chosen: those for which the person records, and how many others there are."""

    pks: Sequence[int]
    fingerprint: str
    others: int
    rows: QuerySet[Equipment]


@dataclass(frozen=True)
class Plan:
    """What a change would do."""

    counts: Mapping[str, int]
    changing: QuerySet[Equipment]


def freeze(rows: QuerySet[Equipment], *, count: int, by: User) -> Frozen:
    """What was chosen, as it is now. `rows` are visible to `by`; raises DomainError when there are too many."""
    mine = rows.filter(unit__in=by.scope.write_units).order_by("pk")
    versions = list(mine.values_list("pk", "version")[: MOST + 1])
    if len(versions) > MOST:
        raise DomainError(f"Một lần sửa nhiều nhất {MOST:,} thiết bị. Hãy lọc hẹp hơn.".replace(",", "."), code="many")
    return Frozen([pk for pk, _ in versions], fingerprint(versions), count - len(versions), mine)


def fingerprint(versions: Iterable[tuple[int, int]]) -> str:
    """Names the devices and what they were like: another one, or another version of one, gives another name."""
    digest = hashlib.sha256()
    for pk, version in versions:
        digest.update(b"%d:%d " % (pk, version))
    return digest.hexdigest()


def the_unit(frozen: Frozen) -> OrgUnit | None:
    """The one unit whose devices they are; None where there are several."""
    units = frozen.rows.exclude(status__in=ENDED).order_by().values_list("unit", flat=True).distinct()
    found = list(OrgUnit.objects.filter(pk__in=list(units[:2])))
    return found[0] if len(found) == 1 else None


def plan(frozen: Frozen, wanted: Wanted) -> Plan:
    """How many devices the change reaches, and which stay as they are and why."""
    judged = frozen.rows.annotate(outcome=_outcome(wanted, _room(wanted)))
    counts = judged.order_by().values_list("outcome").annotate(n=Count("pk")).values_list("outcome", "n")
    return Plan(Counter(dict(counts)), judged.filter(outcome=CHANGES))


@transaction.atomic
def change_many(
    pks: Sequence[int], *, seen: str, wanted: Wanted, reason: str, by: User, step: Step = lambda *_: None
) -> tuple[datetime, int]:
    """Write what is wanted into the devices that `pks` name in ascending order; when it was done, and to how many.

    `seen` is the fingerprint to which the person agreed. Raises ChangedMeanwhileError, with nothing written, when the
    devices are no longer those, DomainError for a room of another unit or when there is nothing to change.
    """
    room = _room(wanted)
    chosen = _lock(pks, seen=seen, outcome=_outcome(wanted, room), by=by)
    if not chosen:
        raise DomainError("Không có thiết bị nào cần sửa.", code="nothing")
    if room:
        _require_own(room, {unit for _, unit in chosen})
    return write_many(chosen, _values(wanted, room), reason=whole_reason(reason), by=by, step=step), len(chosen)


def write_many(
    chosen: Sequence[tuple[int, int]], values: dict[str, Any], *, reason: str, by: User, step: Step
) -> datetime:
    """Write `values` into locked devices (key, unit), with history and events; gives the moment that names the act."""
    now = timezone.now()
    units = OrgUnit.objects.in_bulk({unit for _, unit in chosen})
    done = 0
    for piece in _pieces(chosen):
        rows = Equipment.objects.writable_by(by).filter(pk__in=[pk for pk, _ in piece])
        if change(rows, values, by=by, reason=reason, when=now) != len(piece):
            raise ChangedMeanwhileError
        by_unit = defaultdict(list)
        for pk, unit in piece:
            by_unit[unit].append(Equipment(pk=pk))
        for unit, subjects in by_unit.items():
            events.record_many(EVENT, subjects, unit=units[unit], by=by, payloads=[{"reason": reason}] * len(subjects))
        done += len(piece)
        step(done, len(chosen))
    return now


def _lock(pks: Sequence[int], *, seen: str, outcome: Case, by: User) -> list[tuple[int, int]]:
    """Lock the devices in ascending order; (key, unit) of those that the change reaches."""
    versions: list[tuple[int, int]] = []
    reached: list[tuple[int, int]] = []
    for piece in _pieces(pks):
        mine = Equipment.objects.writable_by(by).filter(pk__in=piece).annotate(outcome=outcome).order_by("pk")
        for pk, version, unit, what in mine.select_for_update(of=("self",)).values_list(
            "pk", "version", "unit", "outcome"
        ):
            versions.append((pk, version))
            if what == CHANGES:
                reached.append((pk, unit))
    if fingerprint(versions) != seen:
        raise ChangedMeanwhileError
    return reached


def _pieces(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[at : at + CHUNK] for at in range(0, len(items), CHUNK))


def _room(wanted: Wanted) -> OrgUnit | None:
    """The room that is wanted. Whether it is the devices' own is for the form and the action to say."""
    if wanted.room in {KEEP, NO_ROOM}:
        return None
    room = OrgUnit.objects.filter(code=wanted.room, kind=UnitKind.DEPARTMENT).first()
    if room is None:
        raise DomainError("Không còn phòng, tổ này. Hãy chọn phòng, tổ khác.", field="room", code="gone")
    return room


def _require_own(room: OrgUnit, units: set[int]) -> None:
    """Refuse a room that isn't of the one unit to which all the devices belong."""
    found = list(OrgUnit.objects.filter(pk__in=units))
    if len(found) != 1 or not OrgUnit.objects.departments_of(found[0]).filter(pk=room.pk).exists():
        raise DomainError("Phòng, tổ này không thuộc đơn vị của các thiết bị.", field="room", code="foreign")


def _values(wanted: Wanted, room: OrgUnit | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if wanted.room != KEEP:
        values["room"] = room
    if wanted.condition != KEEP:
        values["condition"] = wanted.condition
    if wanted.note_mode == REPLACE:
        values["note"] = wanted.note
    elif wanted.note_mode == APPEND:
        below = Concat(F("note"), Value(f"\n{wanted.note}"), output_field=TextField())
        values["note"] = Case(When(note="", then=Value(wanted.note)), default=below, output_field=TextField())
    return values


def _outcome(wanted: Wanted, room: OrgUnit | None) -> Case:
    """What becomes of a device: the first that holds."""
    same = Q()
    if wanted.room != KEEP:
        same &= Q(room=room) if room else Q(room__isnull=True)
    if wanted.condition != KEEP:
        same &= Q(condition=wanted.condition)
    if wanted.note_mode == REPLACE:
        same &= Q(note=wanted.note)
    elif wanted.note_mode == APPEND:
        same &= Q(note=wanted.note) | Q(note__endswith=f"\n{wanted.note}")
    return Case(
        When(status__in=ENDED, then=Value(GONE)),
        When(same, then=Value(SAME)),
        *_too_long(wanted),
        default=Value(CHANGES),
    )


def _too_long(wanted: Wanted) -> list[When]:
    """Nothing of a note is ever cut off."""
    if wanted.note_mode != APPEND:
        return []
    most = Value(MAX_NOTE - len(wanted.note) - 1)
    return [When(GreaterThan(Length("note"), most), then=Value(FULL))]
