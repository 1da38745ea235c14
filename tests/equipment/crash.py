"""The process that is killed in the crash test: `python -m tests.equipment.crash`, one JSON command a line."""

import contextlib
import json
import os
import sys
import time
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the setup
from django.db import connection, connections  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from time_machine import travel  # noqa: E402

from accounts.models import User  # noqa: E402
from core import events  # noqa: E402
from core.models import Event  # noqa: E402
from deadlines.models import Obligation  # noqa: E402
from equipment.models import Equipment, Intake, LedgerEntry  # noqa: E402
from tests.equipment.support import ready  # noqa: E402
from tests.world import make_world  # noqa: E402


def prepare(count: int, size: int) -> list[str]:
    """The tables, the small country, and `count` drafts of `size` devices each."""
    call_command("migrate", verbosity=0)
    world = make_world()
    Client(SERVER_NAME="localhost").get("/dang-nhap/")  # what a web server has read before it forks
    serials = [[f"S{n}-{i}" for i in range(size)] for n in range(count)]
    return [ready(world, world.nghiepvu_badinh, row).number for row in serials]


def confirm(number: str) -> int:
    """Press the button in a process of its own, as a web server would; gives its pid at once."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="nghiepvu.badinh"))
    version = Intake.objects.get(number=number).version
    connections.close_all()
    if pid := os.fork():
        return pid
    try:
        status = client.post(f"/tiep-nhan/{number}/tiep-nhan/", {"version": version}).status_code
        os._exit(0 if status == 302 else 1)
    except BaseException:  # noqa: BLE001 - the database was killed: this process ends either way
        os._exit(2)


def wait(pid: int) -> int:
    """How the process ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def look() -> dict[str, list[Any]]:
    """What stands in the database of each intake, once the killed one's session has ended there."""
    with contextlib.suppress(Exception):
        connections.close_all()
    alone = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(alone)
            if cursor.fetchone() == (0,):
                break
            time.sleep(0.05)
    found = {}
    for made in Intake.objects.annotate(devices=Count("equipment")).order_by("pk"):
        devices = Equipment.objects.filter(intake=made)
        found[made.number] = [
            made.state,
            made.devices,
            Equipment.history.filter(intake_id=made.pk).count(),
            LedgerEntry.objects.filter(equipment__in=devices).count(),
            LedgerEntry.objects.filter(dossier=made.number).count(),
            Event.objects.filter(kind="intake.confirmed", subject_id=made.pk).count(),
            Intake.history.filter(id=made.pk, state="confirmed").count(),
            Obligation.objects.about(made).get().state,
        ]
    return found


def sweep() -> int:
    """What beat does every minute, a minute later; gives how many confirmations are undelivered after it."""
    with travel(timezone.now() + timedelta(minutes=1)):
        events.deliver_pending()
    return Event.objects.filter(delivered_at=None).count()


def codes() -> list[str]:
    """Codes of all devices."""
    return list(Equipment.objects.order_by("code").values_list("code", flat=True))


COMMANDS = {"prepare": prepare, "confirm": confirm, "wait": wait, "look": look, "sweep": sweep, "codes": codes}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(COMMANDS[name](*arguments)) + "\n")
        sys.stdout.flush()
