"""The process that is killed in the crash test: `python -m tests.disposals.crash`, one JSON command a line."""

import contextlib
import json
import os
import sys
import time
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the setup
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from core.models import Event  # noqa: E402
from deadlines.models import Obligation  # noqa: E402
from disposals.models import Disposal  # noqa: E402
from equipment.models import Equipment, LedgerEntry, Reservation  # noqa: E402
from tests.disposals import support as s  # noqa: E402
from tests.equipment.crash import wait  # noqa: E402
from tests.world import make_world  # noqa: E402


def prepare(count: int, size: int) -> list[str]:
    """The tables, the small country, and `count` decided disposals of `size` devices each."""
    call_command("migrate", verbosity=0)
    world = make_world()
    Client(SERVER_NAME="localhost").get("/dang-nhap/")  # what a web server has read before it forks
    by = world.nghiepvu_badinh
    return [s.decided(s.in_books(world, by, size, prefix=f"S{n}"), by).number for n in range(count)]


def close(number: str) -> int:
    """Press the button in a process of its own, as a web server would; gives its pid at once."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="nghiepvu.badinh"))
    data = {"version": Disposal.objects.get(number=number).version, "closed_on": f"{timezone.localdate():%d/%m/%Y}"}
    connections.close_all()
    if pid := os.fork():
        return pid
    try:
        status = client.post(f"/thanh-ly/{number}/ket-thuc/", data).status_code
        os._exit(0 if status == 302 else 1)
    except BaseException:  # noqa: BLE001 - this process ends either way
        os._exit(2)


def look() -> dict[str, list[Any]]:
    """What stands in the database of each disposal, once the killed one's session has ended there."""
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
    for made in Disposal.objects.order_by("pk"):
        keys = list(made.lines.values_list("equipment_id", flat=True))
        found[made.number] = [
            made.state,
            Equipment.objects.filter(pk__in=keys, status="disposed").count(),
            Equipment.history.filter(id__in=keys, status="disposed").count(),
            LedgerEntry.objects.filter(dossier=made.number, kind="disposal").count(),
            Reservation.objects.filter(number=made.number).count(),
            Event.objects.filter(kind="disposal.closed", subject_id=made.pk).count(),
            Event.objects.filter(kind="equipment.disposed", subject_id__in=keys).count(),
            made.lines.exclude(version=3).count(),
            Obligation.objects.about(made).get(kind="disposal_close").state,
        ]
    return found


COMMANDS = {"prepare": prepare, "close": close, "wait": wait, "look": look}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(COMMANDS[name](*arguments)) + "\n")
        sys.stdout.flush()
