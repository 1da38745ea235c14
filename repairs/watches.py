"""What is watched of repairs and of upkeep."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from deadlines.watches import Part, Watch, offer, seen
from equipment.models import Equipment, Tally
from repairs.models import Repair, RepairLine
from repairs.queries import Starts, starts
from repairs.rules.flow import REPAIRABLE


def long_open(today: date, user: Any) -> list[Part]:
    """Repairs that are open for too long."""
    return [Part(seen(Repair.objects.long_open(today, days=settings.WATCH_REPAIR_DAYS), user), "opened_on")]


def due_upkeep(day: date, user: Any) -> list[Part]:
    """How many devices want upkeep on `day`."""
    return upkeep_parts(starts(day), user)


def upkeep_parts(since: Starts, user: Any) -> list[Part]:
    """How many devices `repairs.queries.due_since` finds, without counting them one by one.

    The tally knows those received in whole years before, an index by day those of the year in which the upkeep
    counts from; less those that were kept up since.
    """
    parts, before = [], Q(pk__in=[])
    for categories, start in since:
        year = start.replace(month=1, day=1)
        devices = seen(Equipment.objects.filter(category__in=categories, status__in=REPAIRABLE), user)
        lines = seen(RepairLine.objects.filter(equipment=OuterRef("pk"), upkept_on__gt=start), user)
        if user is None:  # as each unit sees it: of itself and of those below
            lines = lines.filter(unit__path__startswith=OuterRef("unit__path"))
        before |= Q(category__in=categories, received_on__lt=year)
        parts += [
            Part(devices.filter(received_on__range=(year, start))),
            Part(devices.filter(Exists(lines), received_on__lte=start), sign=-1),
        ]
    whole_years = seen(Tally.objects.filter(before, status__in=REPAIRABLE), user)
    return [Part(whole_years, total="quantity"), *parts]


def register() -> None:
    """Called once, when the apps are ready."""
    offer(
        Watch(
            key="upkeep",
            label="Thiết bị đến kỳ bảo trì",
            advice="Lập hồ sơ bảo trì.",
            address="/sua-chua/den-ky/?sort=received_on",
            parts=due_upkeep,
            law="Điều 8",
        )
    )
    offer(
        Watch(
            key="repair",
            label=f"Hồ sơ sửa chữa mở quá {settings.WATCH_REPAIR_DAYS} ngày",
            advice="Nhận lại thiết bị và hoàn thành hồ sơ, hoặc hủy hồ sơ.",
            address="/sua-chua/?overdue=long&sort=opened_on",
            parts=long_open,
            law="Điều 8",
            ends=False,
        )
    )
