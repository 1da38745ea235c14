"""A worker killed in the middle of a change to many devices: nothing of it stays, and started again it is whole."""

from datetime import date

import pytest
from django.utils import timezone

from core.bulk import record_history
from core.models import Event
from equipment.actions import bulk
from equipment.models import Equipment
from equipment.rules.bulk import KIND, Wanted
from jobs import actions, running
from jobs.models import Job
from jobs.rules import State
from tests import world as w
from tests.jobs.workers import wait

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20_000


@pytest.fixture
def world():
    return w.make_world()


@pytest.fixture
def devices(world):
    """More than one piece of work."""
    unit = world.units["01.001"]
    Equipment.objects.bulk_create(
        Equipment(
            code=f"01.001-{n:06d}",
            unit=unit,
            category=world.desktop,
            name="Máy vi tính",
            serial=f"SN{n}",
            received_on=date(2026, 1, 5),
        )
        for n in range(1, MANY + 1)
    )
    rows = Equipment.objects.of_unit(unit)
    record_history(rows, created=True, by=world.nghiepvu_badinh, reason="Thử", when=timezone.now())
    return list(rows.order_by("pk").values_list("pk", "version"))


def test_killed_in_the_middle_and_started_again(world, worker, devices):
    by = world.nghiepvu_badinh
    first = worker()
    job = actions.start(
        kind=KIND,
        title="Sửa hàng loạt",
        by=by,
        params={
            "pks": [pk for pk, _ in devices],
            "seen": bulk.fingerprint(devices),
            "wanted": Wanted(room="01.001.T1", condition="fair").as_params(),
            "reason": "Kiểm kê",
        },
    )
    wait(lambda: running.standing_of(job).phase == "Ghi từng thiết bị")
    first.kill()
    assert not Equipment.objects.filter(condition="fair").exists()
    worker()
    wait(lambda: actions.resume() == 1)  # once PostgreSQL has noticed that the session is gone
    wait(lambda: Job.objects.get(pk=job.pk).state == State.DONE)
    job.refresh_from_db()
    assert (job.attempts, job.message) == (2, "Đã sửa 20.000 thiết bị.")
    assert Equipment.objects.filter(condition="fair", room__code="01.001.T1", version=2).count() == MANY
    assert Equipment.history.count() == 2 * MANY
    assert Event.objects.filter(kind="equipment.updated", delivered_at__isnull=False).count() == MANY
