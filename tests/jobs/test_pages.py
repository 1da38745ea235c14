"""Pages of jobs: the owner's alone."""

import pytest
from django.urls import reverse

from jobs import actions, running
from jobs.models import Job, job_storage
from jobs.rules import State


@pytest.fixture
def done(start):
    job = start()
    running.run(job.pk)
    return Job.objects.get(pk=job.pk)


def detail(job):
    return reverse("jobs:detail", args=[job.public_id])


@pytest.mark.parametrize("name", ["tracuu_badinh", "nghiepvu_hoankiem", "nghiepvu_hanoi", "ttcntt", "admin1"])
def test_nobody_else_opens_a_job(world, client_of, done, name):
    client = client_of(world.users[name])
    (kept,) = done.files.all()
    assert client.get(detail(done)).status_code == 404
    assert client.post(f"{detail(done)}huy/").status_code == 404
    assert client.get(reverse("jobs:file", args=[kept.public_id])).status_code == 404
    assert client.get(reverse("jobs:list")).context["count"] == 0


def test_the_owner_finds_the_result(world, client_of, done):
    client = client_of(world.nghiepvu_badinh)
    assert client.get(reverse("jobs:list")).context["count"] == 1
    page = client.get(detail(done))
    (kept,) = done.files.all()
    address = reverse("jobs:file", args=[kept.public_id])
    assert address in page.text
    assert "every 1s" not in page.text
    file = client.get(address)
    assert b"".join(file.streaming_content) == b"ten\n" * 3
    assert file["Content-Disposition"] == 'attachment; filename="hang.csv"'
    assert file["X-Content-Type-Options"] == "nosniff"


def test_what_is_for_the_job_alone_is_not_handed_out(world, client_of, done):
    kept = done.files.get()
    kept.label = ""
    kept.save()
    assert client_of(world.nghiepvu_badinh).get(reverse("jobs:file", args=[kept.public_id])).status_code == 404


def test_a_page_asks_again_while_the_job_runs(world, client_of, start):
    job = start()
    client = client_of(world.nghiepvu_badinh)
    page = client.get(detail(job))
    assert "every 1s" in page.text
    part = {"HX-Request": "true", "HX-Target": "job-panel"}
    again = client.get(detail(job), headers=part)
    assert again.text.strip().startswith("<section")
    assert "HX-Refresh" not in again
    running.run(job.pk)
    assert client.get(detail(job), headers=part)["HX-Refresh"] == "true"


def test_cancelling_says_what_becomes_of_it(world, client_of, start):
    job = start()
    client = client_of(world.nghiepvu_badinh)
    page = client.post(f"{detail(job)}huy/", follow=True)
    assert "Đã yêu cầu hủy" in page.text
    running.run(job.pk)
    page = client.post(f"{detail(job)}huy/", follow=True)
    assert "đã kết thúc (đã hủy)" in page.text
    assert Job.objects.get(pk=job.pk).state == State.CANCELLED


def test_a_file_that_is_gone_says_so(world, client_of, done):
    kept = done.files.get()
    job_storage().delete(str(kept.file))
    page = client_of(world.nghiepvu_badinh).get(reverse("jobs:file", args=[kept.public_id]), follow=True)
    assert "hết thời gian lưu" in page.text


def test_pages_ask_few_queries(world, client_of, start, django_assert_max_num_queries):
    jobs = [start(count=1) for _ in range(4)]
    for job in jobs:
        running.run(job.pk)
    client = client_of(world.nghiepvu_badinh)
    for address in (detail(jobs[0]), reverse("jobs:list")):
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address)


def test_cancel_asks_for_post(world, client_of, start):
    assert client_of(world.nghiepvu_badinh).get(f"{detail(start())}huy/").status_code == 405
    assert actions.resume() == 0
