"""The process that is killed in the sweep's crash test: `python -m tests.deadlines.crash`, one JSON command a line."""

import contextlib
import json
import os
import sys
import time
from collections import Counter
from datetime import datetime

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 - after the setup
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from time_machine import travel  # noqa: E402

from deadlines.management.commands import load_calendar  # noqa: E402
from deadlines.models import CalendarDay, Obligation, Reminder  # noqa: E402
from deadlines.rules import Kind  # noqa: E402
from deadlines.tasks import sweep_deadlines  # noqa: E402
from notices.models import Notice  # noqa: E402
from orgs.models import OrgUnit  # noqa: E402
from tests.deadlines.support import HANDED_OVER, ON_DAY, at  # noqa: E402
from tests.world import make_world  # noqa: E402


def prepare(many: dict[str, int]) -> None:
    """The tables, the small country, and by unit so many intakes handed over just before Tết of 2026."""
    call_command("migrate", verbosity=0)
    world = make_world()
    CalendarDay.objects.bulk_create(CalendarDay(**row) for row in load_calendar.rows())
    subject = ContentType.objects.get_for_model(OrgUnit)
    with travel(at(HANDED_OVER, 10)):
        Obligation.objects.bulk_create(
            Obligation(
                kind=Kind.INTAKE,
                unit=world.units[code],
                subject_type=subject,
                subject_id=number * 1000 + n,
                subject_label=f"TN-{code}-2026-{n}",
                start_date=HANDED_OVER,
                working_days=3,
                due_date=ON_DAY,
            )
            for number, (code, count) in enumerate(many.items())
            for n in range(count)
        )


def sweep(moment: str) -> int:
    """What a worker does when the scheduler asks it at that moment, in a process of its own; gives its pid at once."""
    connections.close_all()
    if pid := os.fork():
        return pid
    try:
        with travel(datetime.fromisoformat(moment)):
            sweep_deadlines()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the database was killed: this process ends either way
        os._exit(2)


def wait(pid: int) -> int:
    """How the process ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def look() -> list[dict[str, int]]:
    """How many steps stand there by day, how many notices by day and account, once the killed one's session is gone."""
    with contextlib.suppress(Exception):
        connections.close_all()
    alone = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(alone)
            if cursor.fetchone() == (0,):
                break
            time.sleep(0.05)
    steps = Counter(f"{day} {step}" for day, step in Reminder.objects.values_list("day", "step"))
    notices = Notice.objects.values_list("created_at__date", "owner__username")
    return [steps, Counter(f"{day} {name}" for day, name in notices)]


COMMANDS = {"prepare": prepare, "sweep": sweep, "wait": wait, "look": look}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(COMMANDS[name](*arguments)) + "\n")
        sys.stdout.flush()
