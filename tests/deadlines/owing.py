"""Obligations in bulk: so many of a unit that stand so, due on a day."""

from datetime import timedelta
from itertools import count

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from deadlines.models import Obligation
from deadlines.rules import Kind, State
from deadlines.rules.standings import Stand
from orgs.models import OrgUnit

_subjects = count(1)


def today():
    return timezone.localdate()


def owe(unit, stand=Stand.OVERDUE, *, many=1, due=None, kind=Kind.INTAKE, label=""):
    """They stand so today; by default due five days ago, or in five days while they run."""
    due = due or today() + timedelta(days=5 if stand == Stand.RUNNING else -5)
    state = State.OPEN if stand in {Stand.RUNNING, Stand.OVERDUE} else State(stand)
    fulfilled = {Stand.IN_TIME: due, Stand.LATE: due + timedelta(days=2)}.get(stand)
    subject_type = ContentType.objects.get_for_model(OrgUnit)
    rows = []
    for _ in range(many):
        subject = next(_subjects)
        rows.append(
            Obligation(
                kind=kind,
                unit=unit,
                subject_type=subject_type,
                subject_id=subject,
                subject_label=label or f"{unit.code}-{subject:06}",
                start_date=due - timedelta(days=3),
                working_days=3,
                due_date=due,
                state=state,
                fulfilled_on=fulfilled,
                legal_basis="Điều 7",
            )
        )
    return Obligation.objects.bulk_create(rows)
