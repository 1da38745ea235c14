"""A worker killed in the middle of an import: after the restart every row is in the books, once."""

import pytest

from equipment.models import Equipment, ImportBatch, LedgerEntry
from jobs import actions, running
from jobs.models import Job
from jobs.rules import State
from tests.imports import support as s
from tests.jobs.workers import wait

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 4000


def test_killed_in_the_middle_and_started_again(world, worker):
    by = world.nghiepvu_badinh
    batch = s.checked(by, s.xlsx([s.HEAD, *(s.row() for _ in range(MANY))]))
    first = worker()
    s.imports.apply(batch, mode="all", by=by, version=batch.version)
    batch.refresh_from_db()
    job = Job.objects.get(public_id=batch.job)
    wait(lambda: running.standing_of(job).phase == "Ghi thiết bị mới")
    first.kill()
    assert not Equipment.objects.exists()
    worker()
    wait(lambda: actions.resume() == 1)  # once PostgreSQL has noticed that the session is gone
    wait(lambda: Job.objects.get(pk=job.pk).state == State.DONE)
    job.refresh_from_db()
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert (job.attempts, batch.state, batch.fresh) == (2, "done", MANY)
    assert Equipment.objects.filter(batch=batch).count() == Equipment.history.count() == MANY
    assert LedgerEntry.objects.filter(dossier=batch.number).count() == MANY
    assert set(Equipment.objects.values_list("code", flat=True)) == {f"01.001-{n:06d}" for n in range(1, MANY + 1)}
