"""A list too long to wait for is written by a job: the same file, behind the same walls."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from time_machine import travel

from accounts.actions import sync_grants
from jobs import exports, running
from jobs.models import Job
from jobs.rules import State
from tests.world import confirmed

LIST = reverse("equipment:list")


@pytest.fixture(autouse=True)
def _short(settings):
    settings.EXPORT_ROWS = 5


@pytest.fixture
def stocked(world):
    confirmed(world, world.nghiepvu_badinh, [f"BD-{n}" for n in range(12)])
    confirmed(world, world.nghiepvu_hoankiem, [f"HK-{n}" for n in range(7)])
    return world


def ask(client, query):
    page = client.get(LIST + query)
    assert page.status_code == 200
    return page, re.search(r'name="token" value="([^"]+)"', page.text)[1]


def write(client, token):
    answer = client.post(reverse("jobs:export"), {"token": token})
    job = Job.objects.get()
    assert answer.url == reverse("jobs:detail", args=[job.public_id])
    assert running.run(job.pk)
    job.refresh_from_db()
    return job


def content(client, job):
    answer = client.get(reverse("jobs:file", args=[job.files.get().public_id]))
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("who", ["nghiepvu_badinh", "tracuu_badinh", "tracuu_hanoi"])
def test_a_long_list_is_the_same_file(stocked, client_of, settings, who):
    client = client_of(stocked.users[who])
    page, token = ask(client, "?export=csv&q=BD&sort=code")
    assert "Xuất 12 thiết bị (CSV)" in page.text
    job = write(client, token)
    assert (job.state, job.message) == (State.DONE, "Đã xuất 12 dòng.")
    settings.EXPORT_ROWS = 100
    direct = client.get(f"{LIST}?export=csv&q=BD&sort=code")
    assert content(client, job) == b"".join(direct.streaming_content)


def test_a_workbook_holds_the_shown_columns(stocked, client_of):
    client = client_of(stocked.tracuu_hanoi)
    _, token = ask(client, "?export=xlsx&cols=code,serial")
    job = write(client, token)
    assert job.files.get().name.endswith(".xlsx")
    rows = list(load_workbook(io.BytesIO(content(client, job))).active.values)
    assert rows[0] == ("Mã thiết bị", "Số máy")
    assert len(rows) == 20


def test_a_short_list_needs_no_job(stocked, client_of):
    answer = client_of(stocked.nghiepvu_badinh).get(f"{LIST}?export=csv&q=BD-11")
    assert len(list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))) == 2


def test_pressed_twice_it_is_one_job(stocked, client_of):
    client = client_of(stocked.nghiepvu_badinh)
    _, token = ask(client, "?export=csv")
    for _ in range(2):
        client.post(reverse("jobs:export"), {"token": token})
    assert Job.objects.count() == 1


def test_only_what_was_looked_at_is_written(stocked, client_of):
    """The seal is ours and of one account: no address, no list of another's can be put into it."""
    _, token = ask(client_of(stocked.tracuu_hanoi), "?export=csv")
    mine = client_of(stocked.nghiepvu_danang)
    forged = signing.dumps({"path": "/quan-tri/don-vi/", "account": stocked.nghiepvu_danang.pk}, salt="other")
    for given in (token, forged, token[:-2], "", "x"):
        page = mine.post(reverse("jobs:export"), {"token": given}, follow=True)
        assert "quá hạn" in page.text
    assert not Job.objects.exists()


def test_the_seal_holds_for_an_hour(stocked, client_of):
    client = client_of(stocked.nghiepvu_badinh)
    with travel(timezone.now() - timedelta(seconds=exports.SEAL_SECONDS + 5), tick=True):
        _, token = ask(client_of(stocked.nghiepvu_badinh), "?export=csv")
    assert "quá hạn" in client.post(reverse("jobs:export"), {"token": token}, follow=True).text


def test_a_job_whose_list_is_gone_says_so(stocked, client_of):
    client = client_of(stocked.nghiepvu_badinh)
    _, token = ask(client, "?export=csv")
    client.post(reverse("jobs:export"), {"token": token})
    job = Job.objects.get()
    job.params["path"] = reverse("overview")
    job.save()
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.files.count()) == (State.FAILED, 0)
    assert "không còn xuất được" in job.message


def test_whoever_moves_to_another_unit_leaves_it_behind(stocked, client_of):
    client = client_of(stocked.tracuu_hanoi)
    _, token = ask(client, "?export=csv")
    job = write(client, token)
    kept = reverse("jobs:file", args=[job.files.get().public_id])
    _, token = ask(client, "?export=csv")
    client.post(reverse("jobs:export"), {"token": token})
    stocked.tracuu_hanoi.unit = stocked.units["48"]
    stocked.tracuu_hanoi.save()
    sync_grants(stocked.tracuu_hanoi)
    waiting = Job.objects.exclude(pk=job.pk).get()
    assert not running.run(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.files.count()) == (State.FAILED, 0)
    client = client_of(stocked.tracuu_hanoi)
    assert client.get(kept).status_code == 404
    assert client.get(reverse("jobs:list")).context["count"] == 0
