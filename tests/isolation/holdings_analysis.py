"""What one account of each unit of the country keeps of analyses, with the marker in every text."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from analysis.actions import resting, scheduling, watching
from analysis.models import Analysis, ScheduleRun
from analysis.rules.alerts import Compare
from analysis.rules.schedules import Every, FileKind

QUERY = "topic=devices&rows=unit&cols=condition&measure=n&books=on"


def furnish(holding: Any, *, by: User) -> None:
    """An analysis with a schedule that was run and an alert that was read; others that the system has stopped."""
    marker = holding.marker
    kept = Analysis.objects.create(
        owner=by, unit=by.unit, name=f"Phân tích {marker}", description=f"Để {marker}", topic="devices", query=QUERY
    )
    given = {"every": Every.MONTH, "file_kind": FileKind.XLSX, "by": by, "source": kept}
    schedule = scheduling.schedule(name=f"Lịch {marker}", **given)
    ScheduleRun.objects.create(schedule=schedule, owner=by, unit=by.unit, slot=timezone.now(), job=holding.job)
    watched = {"measure": "n", "compare": Compare.AT_LEAST, "threshold": Decimal(1000), "every": Every.DAY}
    alert = watching.watch(kept, by=by, name=f"Cảnh báo {marker}", **watched)
    stopped = [
        scheduling.schedule(name=f"Lịch cũ {marker}", **given),
        watching.watch(kept, by=by, name=f"Cảnh báo cũ {marker}", **watched),
    ]
    for row in stopped:
        row.next_at, row.stopped_at, row.stopped_why = None, timezone.now(), f"Dừng vì {marker}"
        row.save(update_fields=resting.RESTING)
    holding.more |= {"analysis": kept, "schedule": schedule, "alert": alert}
    holding.told += [str(row.public_id) for row in (kept, schedule, alert, *stopped)]
