"""Large reports are made by a worker, for whoever asked and for nobody else."""

import uuid

import pytest
from django.urls import reverse

from jobs.models import Job
from jobs.running import run
from reports.actions.making import SHEET
from tests.disposals import support as disposals

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]


@pytest.fixture
def large(world, settings):
    """Three devices are many here."""
    settings.REPORT_DEVICES = 2
    disposals.in_books(world, world.nghiepvu_badinh, 3, unit_price=20_000_000)
    return world


def ask(client, key="tang-giam", **asked):
    return client.post(reverse("reports:start", args=[key]), {"unit": "01.001", "level": "both", **asked})


def test_a_large_report_is_offered_as_a_job_made_and_shown(large, client_of):
    client = client_of(large.tracuu_badinh)
    offered = client.get(reverse("reports:report", args=["tang-giam"])).content.decode()
    assert "Lập báo cáo" in offered
    assert "report-table" not in offered
    submission = str(uuid.uuid4())
    started = ask(client, submission=submission)
    assert ask(client, submission=submission).url == started.url  # a second press
    job = Job.objects.get(kind=SHEET)
    assert run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "Đã lập báo cáo, 3 dòng.")
    shown = client.get(job.result["url"])
    assert shown.status_code == 200
    assert "Máy vi tính để bàn" in shown.content.decode()
    kept = list(job.files.exclude(label=""))
    assert [file.name.rpartition(".")[2] for file in kept] == ["xlsx", "pdf"]
    for file in kept:
        handed = client.get(reverse("jobs:file", args=[file.public_id]))
        assert b"".join(handed.streaming_content)[:2] in {b"PK", b"%P"}


def test_nobody_else_sees_what_was_made(large, client_of):
    ask(client_of(large.tracuu_badinh))
    job = Job.objects.get(kind=SHEET)
    run(job.pk)
    for other in (large.nghiepvu_badinh, large.tracuu_hanoi, large.ttcntt, large.nghiepvu_danang):
        assert client_of(other).get(reverse("reports:result", args=[job.public_id])).status_code == 404


def test_a_report_that_was_not_made_yet_says_so(large, client_of):
    client = client_of(large.tracuu_badinh)
    ask(client)
    job = Job.objects.get(kind=SHEET)
    assert client.get(reverse("reports:result", args=[job.public_id])).status_code == 410


def test_what_the_owner_sees_no_more_is_not_made(large, client_of):
    """The unit was in sight when the report was asked for; the worker looks again."""
    ask(client_of(large.tracuu_hanoi))
    job = Job.objects.get(kind=SHEET)
    job.params = {**job.params, "asked": {**job.params["asked"], "unit": ["48"]}}
    job.save()
    run(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "không còn xem được" in job.message
    assert not job.files.exists()


def test_no_other_job_opens_as_a_report(large, client_of):
    client = client_of(large.tracuu_badinh)
    ask(client)
    Job.objects.filter(kind=SHEET).update(kind="export")
    job = Job.objects.get()
    assert client.get(reverse("reports:result", args=[job.public_id])).status_code == 404


def test_norms_of_many_units_are_a_job_too(world, client_of, settings):
    """They cost by the unit: the other reports stay on the page."""
    client = client_of(world.tracuu_hanoi)
    for most, offered in ((2, True), (3, False)):
        settings.REPORT_UNITS = most
        for key, large in (("tang-giam", offered), ("dinh-muc", offered), ("tang-giam-tai-san", False)):
            shown = client.get(reverse("reports:report", args=[key]))
            assert ("Lập báo cáo</button>" in shown.content.decode()) == large
