"""The process that is killed in the crash test: `python -m tests.transfers.crash`, one JSON command a line."""

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

from accounts.models import User  # noqa: E402
from deadlines.models import Obligation  # noqa: E402
from equipment.models import Equipment, EquipmentPast, LedgerEntry, Reservation  # noqa: E402
from tests.transfers import support  # noqa: E402
from tests.world import make_world  # noqa: E402
from transfers.models import Transfer, TransferLine  # noqa: E402


def prepare(count: int, size: int) -> list[str]:
    """The tables, the small country, and `count` transfers of `size` devices each that wait to be received."""
    call_command("migrate", verbosity=0)
    world = make_world()
    Client(SERVER_NAME="localhost").get("/dang-nhap/")  # what a web server has read before it forks
    return [support.handed_over(world, support.stock(world, size, prefix=f"S{n}")).number for n in range(count)]


def receive(number: str) -> int:
    """Press the button in a process of its own, as a web server would; gives its pid at once."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="nghiepvu.hoankiem"))
    made = Transfer.objects.get(number=number)
    form = {"version": made.version, "on": f"{made.handed_over_on:%d/%m/%Y}", "receiver_name": "Lê Nhận"}
    form |= {f"result_{line.position}": "received" for line in made.lines.all()}
    connections.close_all()
    if pid := os.fork():
        return pid
    try:
        status = client.post(f"/dieu-chuyen/{number}/nhan/", form).status_code
        os._exit(0 if status == 302 else 1)
    except BaseException:  # noqa: BLE001 - the database was killed: this process ends either way
        os._exit(2)


def wait(pid: int) -> int:
    """How the process ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def look() -> dict[str, list[Any]]:
    """What stands in the database of each transfer, once the killed one's session has ended there."""
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
    for made in Transfer.objects.order_by("pk"):
        devices = Equipment.objects.filter(pk__in=made.lines.values("equipment"))
        entries = LedgerEntry.objects.filter(dossier=made.number)
        found[made.number] = [
            made.state,
            devices.filter(unit=made.receiver, status="in_stock").count(),
            entries.filter(kind="transfer_out", unit=made.unit).count(),
            entries.filter(kind="transfer_in", unit=made.receiver).count(),
            EquipmentPast.objects.filter(dossier=made.number).count(),
            TransferLine.objects.filter(transfer=made, result="received").count(),
            Reservation.objects.filter(number=made.number).count(),
            Obligation.objects.about(made).get(kind="transfer_in").state,
        ]
    return found


COMMANDS = {"prepare": prepare, "receive": receive, "wait": wait, "look": look}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(COMMANDS[name](*arguments)) + "\n")
        sys.stdout.flush()
