"""A real worker, killed in the middle: after the restart the job is done, once."""

import pytest

from equipment.models import Brand
from jobs import actions, running
from jobs.models import Job
from jobs.rules import State
from tests.jobs.workers import wait

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("whom", ["worker", "child"])
def test_killed_in_the_middle_and_started_again(start, worker, whom):
    first = worker()
    job = start(count=20, pause=0.1)
    wait(lambda: running.standing_of(job).done >= 5)
    assert not Brand.objects.filter(name__startswith="Hãng").exists()  # nothing half-done is to be seen
    if whom == "worker":
        first.kill()
        worker()
        wait(lambda: actions.resume() == 1)  # once PostgreSQL has noticed that the session is gone
    else:
        first.kill_child()  # the message of the dead goes back into the queue by itself
    wait(lambda: Job.objects.get(pk=job.pk).state == State.DONE)
    job.refresh_from_db()
    assert (job.attempts, job.message, job.files.count()) == (2, "Đã ghi 20 hãng.", 1)
    assert Brand.objects.filter(name__startswith="Hãng").count() == 20
