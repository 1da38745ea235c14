"""Alerts: set, change, look at the number by the clock, tell when it crosses and when it is back."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from analysis.actions.resting import RESTING, by_itself, check_room, coming, gone, stop, told
from analysis.models import Alert, AlertReading, Analysis
from analysis.producing import Watched, watched
from analysis.rules.alerts import Compare, Standing, Verdict, judge
from core.errors import DomainError
from core.scope import elevated, entered
from notices.rules import Tone
from ui import formats

KEPT = 200  # readings of one alert
NUMBERS = ["standing", "last_value", "reference", "checked_at"]


@transaction.atomic
def watch(analysis: Analysis, *, by: User, **wanted: Any) -> Alert:
    """Watch a number of `analysis` from now on. How it stands at this moment is kept, not told.

    Raises DomainError where the analysis has no such number. The same once more is the one that is there.
    """
    mine = Alert.objects.owned_by(by)
    if twin := mine.filter(analysis=analysis, **wanted).first():
        return twin
    check_room(mine.count())
    made = Alert(owner=by, unit_id=by.unit_id, analysis=analysis, **wanted)
    return _from_now_on(made)


@transaction.atomic
def change(alert: Alert, **wanted: Any) -> Alert:
    """Watch for something else from now on: `wanted` are fields of the alert, the row of a table among them."""
    for name, value in wanted.items():
        setattr(alert, name, value)
    alert.reference, alert.standing = None, Standing.CALM
    return _from_now_on(alert)


def _from_now_on(row: Alert) -> Alert:
    number = watched(row, row.owner)
    verdict = _judged(row, number)
    row.standing, row.reference, row.last_value = verdict.standing, number.value, number.value
    row.checked_at = timezone.now()
    if row.paused_at is None and row.stopped_at is None:
        row.next_at = coming(row.every, timezone.now())
    row.save()
    AlertReading.objects.create(alert=row, owner=row.owner, unit_id=row.unit_id, value=number.value)
    return row


@transaction.atomic
def delete(row: Alert) -> str:
    """Take it away with its readings; returns its name."""
    row.delete()
    return row.name


def check_due(now: datetime | None = None) -> int:
    """Look at every number whose time has come, each in a transaction of its own. Returns how many.

    One that fails is logged and left to its next moment.
    """
    moment, done = now or timezone.now(), 0
    while True:
        with elevated("analysis.alerts: numbers are watched for whoever asked, each counted within its owner's scope"):
            due = Alert.objects.filter(next_at__lte=moment).order_by("next_at", "pk")
            row = (
                due.select_for_update(skip_locked=True, of=("self",)).select_related("owner__unit", "analysis").first()
            )
            if row is None:
                return done
            with by_itself(row, moment):
                _look(row, moment)
                done += 1


def _look(row: Alert, now: datetime) -> None:
    address = reverse("analysis:alert", args=[row.public_id])
    if why := gone(row):
        stop(row, why=why, what="Cảnh báo", address=address)
        return
    try:
        with entered(row.owner.scope):
            number = watched(row, row.owner)
    except DomainError as refusal:
        stop(row, why=refusal.message, what="Cảnh báo", address=address)
        return
    verdict, before = _judged(row, number), row.last_value
    if verdict.tell:
        _tell(row, number, verdict, before, address, now)
    row.standing, row.reference, row.last_value = verdict.standing, verdict.reference, number.value
    row.checked_at, row.next_at = now, coming(row.every, now)
    row.save(update_fields=[*NUMBERS, *RESTING])
    AlertReading.objects.create(
        alert=row,
        owner=row.owner,
        unit_id=row.unit_id,
        value=number.value,
        told=verdict.standing if verdict.tell else "",
    )
    old = list(row.readings.values_list("pk", flat=True)[KEPT:])
    row.readings.filter(pk__in=old).delete()


def _judged(row: Alert, number: Watched) -> Verdict:
    return judge(
        compare=Compare(row.compare),
        threshold=row.threshold,
        value=number.value,
        standing=Standing(row.standing),
        reference=row.reference,
    )


def _tell(row: Alert, number: Watched, verdict: Verdict, before: Decimal | None, address: str, now: datetime) -> None:
    crossed = verdict.standing == Standing.CROSSED
    title = f"“{row.name}” {'đã chạm ngưỡng' if crossed else 'đã trở lại bình thường'}: {number.text}"
    was = "" if before is None else f" Lần trước là {number.measure.text(before)}."
    limit = f"{formats.number(row.threshold.normalize() + 0)}{'%' if row.compare == Compare.CHANGE else ''}"
    text = f"{number.name} hiện là {number.text}.{was} Ngưỡng bạn đặt: {row.get_compare_display().lower()}: {limit}."
    key = f"alert {row.public_id} {now:%Y%m%d%H%M%S}"
    told(row.owner, key, title, text, address, Tone.WARNING if crossed else Tone.INFO)
