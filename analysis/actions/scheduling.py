"""Schedules: set, change, run by the clock or at once."""

from datetime import datetime
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from analysis.actions.resting import RESTING, by_itself, check_room, coming, gone, stop
from analysis.models import Analysis, Schedule, ScheduleRun
from analysis.producing import obstacle
from core.errors import DomainError
from core.scope import elevated, entered
from jobs import actions as jobs
from jobs.models import Job

JOB = "analysis.schedule"


@transaction.atomic
def schedule(*, name: str, every: str, file_kind: str, by: User, source: Analysis | tuple[str, str]) -> Schedule:
    """Send it to `by` from the next moment on. `source`: an own analysis, or a set report with its parameters.

    The same once more (a second press) is the one that is there.
    """
    wanted: dict[str, Any] = (
        {"analysis": source} if isinstance(source, Analysis) else dict(zip(("report", "query"), source, strict=True))
    )
    mine = Schedule.objects.owned_by(by)
    if twin := mine.filter(name=name, every=every, file_kind=file_kind, **wanted).first():
        return twin
    check_room(mine.count())
    made = Schedule(owner=by, unit_id=by.unit_id, name=name, every=every, file_kind=file_kind, **wanted)
    made.next_at = coming(every, timezone.now())
    made.save()
    return made


@transaction.atomic
def change(row: Schedule, *, name: str, every: str, file_kind: str) -> Schedule:
    """From now on so; one that rests goes on resting."""
    if row.next_at is not None and every != row.every:
        row.next_at = coming(every, timezone.now())
    row.name, row.every, row.file_kind = name, every, file_kind
    row.save()
    return row


@transaction.atomic
def run_now(row: Schedule, *, by: User) -> Job:
    """Make the file once more, besides what the clock does. Twice within a minute is once."""
    now = timezone.now().replace(second=0, microsecond=0)
    if why := obstacle(row, by):
        raise DomainError(why, code="obstacle")
    return _begin(row, now, by_hand=True)


@transaction.atomic
def delete(row: Schedule) -> str:
    """Take it away with the record of its runs; files that were made stay with their jobs. Returns its name."""
    row.delete()
    return row.name


def run_due(now: datetime | None = None) -> int:
    """Begin what is due, each schedule in a transaction of its own: one moment is begun once, whatever is killed.

    Moments that nobody was there for are made up by one run. One that fails is logged and left to its next moment.
    Returns how many were begun or stopped.
    """
    moment, done = now or timezone.now(), 0
    busy: list[int] = []
    while True:
        with elevated("analysis.schedules: files are made for whoever asked for them, each within its owner's scope"):
            due = Schedule.objects.filter(next_at__lte=moment).exclude(pk__in=busy).order_by("next_at", "pk")
            row = (
                due.select_for_update(skip_locked=True, of=("self",)).select_related("owner__unit", "analysis").first()
            )
            if row is None:
                return done
            with by_itself(row, moment):
                if _run(row, moment):
                    done += 1
                else:
                    busy.append(row.pk)


def _run(row: Schedule, now: datetime) -> bool:
    """Begin or stop it; False where its owner has too many jobs at the moment: it is tried again later."""
    why = gone(row)
    if not why:
        with entered(row.owner.scope):
            why = obstacle(row, row.owner)
    if why:
        stop(row, why=why, what="Lịch gửi", address=reverse("analysis:schedule", args=[row.public_id]))
        return True
    try:
        _begin(row, row.next_at or now, by_hand=False)
    except DomainError:
        return False
    row.next_at = coming(row.every, now)
    row.save(update_fields=RESTING)
    return True


def _begin(row: Schedule, slot: datetime, *, by_hand: bool) -> Job:
    job = jobs.start(
        kind=JOB,
        title=f"Lập tệp theo lịch: {row.name}",
        by=row.owner,
        params={"schedule": str(row.public_id), "slot": slot.isoformat()},
        submission=uuid5(row.public_id, slot.isoformat()),
    )
    ScheduleRun.objects.scoped().get_or_create(  # of a schedule that came through its door
        schedule=row, slot=slot, defaults={"owner": row.owner, "unit_id": row.unit_id, "by_hand": by_hand, "job": job}
    )
    return job
