"""Read-only questions: repairs with their sums, what upkeep is due, what a device has cost."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from equipment.models import Category, Equipment, LedgerEntry
from equipment.querysets import EquipmentQuerySet
from repairs.models import Repair, RepairLine
from repairs.querysets import RepairLineQuerySet, RepairQuerySet
from repairs.rules.flow import REPAIRABLE, months_after, months_before

_MONEY = DecimalField(max_digits=18, decimal_places=0)


def repairs_for_list(user: User) -> RepairQuerySet:
    """Repairs with how many devices they have and what they cost."""
    lines = RepairLine.objects.visible_to(user).filter(repair=OuterRef("pk")).order_by().values("repair")
    return Repair.objects.visible_to(user).annotate(
        devices=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
        cost=Coalesce(Subquery(lines.annotate(c=Sum("cost")).values("c")), 0, output_field=_MONEY),
    )


def costs(user: User) -> RepairLineQuerySet:
    """Every device's finished repairs, with their costs."""
    return RepairLine.objects.visible_to(user).finished()


def with_category(lines: RepairLineQuerySet) -> RepairLineQuerySet:
    """Each with the category that its unit's books say: the device itself may be elsewhere by now."""
    entries = LedgerEntry.objects.filter(equipment=OuterRef("equipment"), unit=OuterRef("unit")).scoped().order_by("pk")
    return lines.annotate(category=Subquery(entries.values("category")[:1]))


def cost_of(user: User, device: Equipment) -> dict[str, Any]:
    """How often the device was repaired and what it cost, as far as the account sees it."""
    lines = costs(user).filter(equipment=device)
    found = lines.aggregate(times=Count("pk"), cost=Sum("cost"))
    return {"times": found["times"], "cost": found["cost"] or Decimal(0)}


def intervals() -> dict[int, int]:
    """Months between two upkeeps, by category; only those that have any."""
    rows = Category.objects.exclude(maintenance_months=None).order_by()
    return {pk: months for pk, months in rows.values_list("pk", "maintenance_months") if months}


def upkeep(user: User) -> EquipmentQuerySet:
    """Devices that are kept up at intervals and may be sent now, with the day of their last upkeep."""
    done = RepairLine.objects.visible_to(user).filter(equipment=OuterRef("pk"), upkept_on__isnull=False)
    last = done.order_by().values("equipment").annotate(day=Max("upkept_on")).values("day")
    rows = Equipment.objects.visible_to(user).filter(status__in=REPAIRABLE, category__in=list(intervals()))
    return rows.annotate(last_upkeep=Subquery(last))


Starts = list[tuple[list[int], date]]
"""Categories with the same interval, and the latest start from which an upkeep is due on a day."""


def due_since(rows: QuerySet, since: Starts, user: User) -> QuerySet:
    """Those of `rows` whose upkeep is due: so many months after the last one, or after receipt.

    By category the first day that is recent enough is known beforehand, so that no row is reckoned with.
    """
    wanted = Q(pk__in=[])
    for categories, start in since:
        recent = RepairLine.objects.visible_to(user).filter(upkept_on__gt=start).values("equipment")
        wanted |= Q(category__in=categories, received_on__lte=start) & ~Q(pk__in=recent)
    return rows.filter(wanted)


def starts(day: date) -> Starts:
    """What must have been before for an upkeep to be due on `day`. One query."""
    by_months: dict[int, list[int]] = {}
    for category, months in intervals().items():
        by_months.setdefault(months, []).append(category)
    return [(categories, _latest_start(day, months)) for months, categories in by_months.items()]


def _latest_start(day: date, months: int) -> date:
    """The latest day from which so many months have gone by on `day`; the ends of months count as one."""
    start = months_before(day, months)
    while months_after(later := date.fromordinal(start.toordinal() + 1), months) <= day:
        start = later
    return start
