"""Counting how all units stand against their norms. The caller is outside any scope, or elevated."""

from django.db import transaction
from django.utils import timezone

from equipment.models import NormStanding
from equipment.queries.norms import Book
from equipment.queries.standings import lines
from orgs.models import OrgUnit


@transaction.atomic
def count_all() -> int:
    """Count every agency anew; returns how many there are. A unit that is no more keeps no figures."""
    today = timezone.localdate()
    units = list(OrgUnit.objects.agencies().in_force(today))
    rows, book = [], Book.of(today)
    for unit in units:
        standings = [line.standing for line in lines(unit, today, book)]
        rows.append(
            NormStanding(
                unit=unit,
                counted_on=today,
                excess=sum(one.excess for one in standings),
                shortage=sum(one.shortage for one in standings),
            )
        )
    NormStanding.objects.exclude(unit__in=units).delete()
    NormStanding.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["counted_on", "excess", "shortage"],
    )
    return len(rows)
