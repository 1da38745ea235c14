"""The morning sweep over a country that owes a lot: `python -m qltb.throwaway .venv/bin/python -m benchmarks.sweeps`.

Works on an empty database, as the one that `qltb.throwaway` makes, and leaves its rows there.
"""

import argparse
import os
import resource
import time
from datetime import date, timedelta

os.environ |= {"DATABASE_ROLE": "", "LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "qltb.settings"}

import django

django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import sync_all_grants
from accounts.models import User
from accounts.rules import Kind as AccountKind
from benchmarks.site import say
from deadlines.actions.sweep import sweep
from deadlines.models import CalendarDay, Obligation, Reminder
from deadlines.queries import calendar
from deadlines.rules import TERMS, Kind, WorkingCalendar, due_date
from notices.models import Notice
from orgs.models import OrgUnit
from orgs.rules import UnitKind

DUE_DAYS = 120
BATCH = 5000
KINDS = [kind for kind in Kind if kind != Kind.SUPPORT]


def people() -> int:
    """Two who record and one who looks in every agency, an admin in each province, four admins in the IT Center."""
    made = []
    for unit in OrgUnit.objects.agencies():
        kinds = [AccountKind.BUSINESS, AccountKind.BUSINESS, AccountKind.LOOKUP]
        kinds += [AccountKind.LEVEL2_ADMIN] if unit.kind == UnitKind.PROVINCE else []
        kinds += [AccountKind.LEVEL1_ADMIN] * 4 if unit.nationwide else []
        for number, kind in enumerate(kinds):
            name = f"{kind}.{unit.code}.{number}"
            made.append(User(username=name, full_name=name, unit=unit, kind=kind, email=f"{name}@bhxh.example"))
    User.objects.bulk_create(made, batch_size=BATCH)
    sync_all_grants()
    return len(made)


def obligations(many: int, by: WorkingCalendar, today: date) -> None:
    """So many open ones over all agencies, due from a hundred working days ago to soon."""
    units = list(OrgUnit.objects.agencies().values_list("pk", flat=True))
    dues = [due_date(today - timedelta(days=n - 5), 0, by) for n in range(DUE_DAYS)]
    subject = ContentType.objects.get_for_model(OrgUnit)
    Obligation.objects.bulk_create(
        (
            Obligation(
                kind=KINDS[n % len(KINDS)],
                unit_id=units[n % len(units)],
                subject_type=subject,
                subject_id=n,
                subject_label=f"TN-{n}",
                start_date=dues[n % DUE_DAYS],
                working_days=0,
                due_date=dues[n % DUE_DAYS],
                legal_basis=TERMS[KINDS[n % len(KINDS)]].legal_basis,
            )
            for n in range(many)
        ),
        batch_size=BATCH,
    )
    Obligation.objects.update(created_at=timezone.now() - timedelta(days=200))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def megabytes() -> int:
    """The most that this process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(what: str) -> None:
    """One sweep: its time, memory and questions."""
    before, began = megabytes(), time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        swept = sweep()
    seconds = time.perf_counter() - began
    say(
        f"{what:<44}{seconds:>7.2f} s   reach 60 s   {len(asked)} queries, memory {before} to {megabytes()} MB,"
        f" {swept.reminders:,} reminders, {swept.notices:,} notices"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweeps", description=__doc__)
    parser.add_argument("--obligations", type=int, default=100_000)
    many = parser.parse_args().obligations
    for command in ("migrate", "load_units", "load_calendar"):
        call_command(command, verbosity=0)
    today = timezone.localdate()
    CalendarDay.objects.update_or_create(date=today, defaults={"working": True, "reason": "Measured today"})
    say(f"{people():,} accounts, {OrgUnit.objects.agencies().count()} agencies")
    obligations(many, calendar(), today)
    say(f"{many:,} open obligations, before and after their due day")
    measure("first sweep, every step missed")
    measure("next sweep, nothing to do")
    # What a usual morning finds: some hundreds of steps.
    Reminder.objects.filter(obligation__due_date__gte=today - timedelta(days=1)).delete()
    measure("a morning's steps")
    say(f"{Reminder.objects.count():,} reminders, {Notice.objects.count():,} notices")


if __name__ == "__main__":
    main()
