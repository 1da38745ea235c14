"""What is done with jobs: start, cancel, take up again, clear away."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import User
from core.errors import DomainError
from core.scope import elevated
from jobs.models import Job, JobFile, job_storage
from jobs.rules import ACTIVE, MAX_ACTIVE, State
from jobs.running import LOCKS, lock_key

logger = logging.getLogger("qltb.jobs")
LOST_AFTER = timedelta(minutes=5)  # a message that was not taken up by then may be gone


@transaction.atomic
def start(
    *, kind: str, title: str, by: User, params: Mapping[str, Any] | None = None, submission: UUID | None = None
) -> Job:
    """A job of `by`, queued when the transaction commits. The same `submission` again gives the same job.

    Raises DomainError when too many of this account's jobs are waiting or running.
    """
    key = uuid5(submission, f"{by.pk} {kind}") if submission else None
    mine = Job.objects.owned_by(by)
    if key is not None and (made := mine.filter(submission=key).first()):
        return made
    if mine.filter(state__in=ACTIVE).count() >= MAX_ACTIVE:
        raise DomainError(
            f"Bạn đang có {MAX_ACTIVE} việc chưa xong. Hãy đợi một việc xong, hoặc hủy bớt, rồi làm lại.", code="busy"
        )
    made = Job(kind=kind, title=title[:200], unit=by.unit, owner=by, params=dict(params or {}), submission=key)
    made.queued_at = timezone.now()
    made.save(force_insert=True)
    transaction.on_commit(partial(enqueue, made.pk), robust=True)
    return made


def enqueue(pk: int) -> None:
    """Hand the job to a worker; with the broker away the sweep does it later."""
    try:
        current_app.send_task("jobs.tasks.run_job", [pk])  # by its name: tasks import this module
    except OperationalError:
        logger.warning("broker away, job left to the sweep", extra={"job": pk})


@transaction.atomic
def cancel(job: Job) -> Job:
    """Ask to stop. One that waits ends at once, one that runs at its next step; what it wrote is taken back."""
    if not job.active:
        raise DomainError(f"Việc này đã kết thúc ({job.get_state_display().lower()}), không hủy được nữa.", code="over")
    job.cancel_requested = True
    job.save(update_fields=["cancel_requested"])
    transaction.on_commit(partial(enqueue, job.pk), robust=True)
    return job


def resume() -> int:
    """Queue what nobody is at: jobs whose worker died, and jobs whose message got lost. Returns how many."""
    now = timezone.now()
    with elevated("jobs.resume: the sweep looks for jobs of anybody that nobody is doing"):
        busy = _locked()
        found = []
        for job in Job.objects.filter(state__in=ACTIVE).order_by("pk"):
            lost = job.queued_at is None or job.queued_at < now - LOST_AFTER
            if lock_key(job.pk) not in busy and (job.state == State.RUNNING or lost):
                job.queued_at = now
                job.save(update_fields=["queued_at"])
                found.append(job.pk)
    for pk in found:
        enqueue(pk)
    return len(found)


def _locked() -> set[int]:
    """The jobs that some worker is at: looked up, not tried, or the look would keep a worker away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCKS],
        )
        return {key for (key,) in cursor.fetchall()}


def remove_expired() -> int:
    """Delete jobs that ended JOB_DAYS ago, with their files. Returns how many."""
    before = timezone.now() - timedelta(days=settings.JOB_DAYS)
    with elevated("jobs.remove_expired: what was kept for a while goes, whosever it was"):
        old = Job.objects.filter(finished_at__lt=before)
        names = list(JobFile.objects.filter(job__in=old).values_list("file", flat=True))
        count = len(old)
        old.delete()
    for name in names:
        job_storage().delete(name)
    return count
