"""How a job is done: once, whole or not at all, whatever is killed meanwhile.

The work of a job is one transaction that also marks it done. A worker that dies leaves nothing behind; its database
session goes with it, and with that the lock which told that somebody was at it: the sweep then starts the job again.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from redis.exceptions import RedisError

from core.errors import DomainError
from core.scope import elevated, entered
from jobs import files
from jobs.models import Job, JobFile
from jobs.rules import ACTIVE, FLOW, MAX_ATTEMPTS, Standing, State

logger = logging.getLogger("qltb.jobs")
LOCKS = 0x514A  # the family of advisory locks that jobs take
SECONDS_BETWEEN = 0.4  # two looks at whether to stop, two reports of how far it is
STANDING_SECONDS = 3600


class CancelledError(Exception):
    """The owner doesn't want the job any more."""


class OvertakenError(Exception):
    """Another worker has come first, between taking the job up and starting on it."""


@dataclass(frozen=True)
class Outcome:
    """What a job gave: a sentence for its owner, a link on, figures for the page.

    `failed`: the job didn't reach its end, but what it wrote about that stays.
    """

    message: str
    url: str = ""
    link: str = "Mở kết quả"
    data: Mapping[str, Any] = field(default_factory=dict)
    failed: bool = False


class Progress:
    """What a runner reports to and keeps its results with."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._next = 0.0
        self._phase = ""

    def step(self, done: int, total: int = 0, phase: str = "") -> None:
        """So many of `total` are done. Cheap: call it as often as you like.

        Raises CancelledError when the owner has asked to stop; let it pass, the transaction takes everything back.
        """
        now = time.monotonic()
        if now < self._next and phase == self._phase:
            return
        self._next, self._phase = now + SECONDS_BETWEEN, phase
        publish(self.job, Standing(done, total, phase))
        if Job.objects.owned_by(self.job.owner).filter(pk=self.job.pk, cancel_requested=True).exists():
            raise CancelledError

    def keep(self, *, name: str, content: IO[bytes], purpose: str = "result", label: str = "") -> JobFile:
        """Keep a file for the owner."""
        return files.keep(self.job, name=name, content=content, purpose=purpose, label=label)


Runner = Callable[[Job, Progress], Outcome]
_runners: dict[str, Runner] = {}


def runner(kind: str) -> Callable[[Runner], Runner]:
    """Register what does jobs of `kind`. It runs within the owner's scope, behind both walls, in one transaction."""

    def register(function: Runner) -> Runner:
        _runners[kind] = function
        return function

    return register


def publish(job: Job, standing: Standing) -> None:
    """Tell pages how far the job is. Nothing depends on it, so a cache that is away is no reason to stop."""
    try:
        cache.set(_key(job), (standing.done, standing.total, standing.phase), STANDING_SECONDS)
    except RedisError:
        logger.warning("progress not published", extra={"job": job.pk})


def standing_of(job: Job) -> Standing:
    """How far the job said that it was."""
    try:
        return Standing(*(cache.get(_key(job)) or ()))
    except RedisError:
        return Standing()


def _key(job: Job) -> str:
    return f"job:{job.public_id}"


def run(pk: int) -> bool:
    """Do the job if it still has to be done and nobody is at it. True if this call brought it to an end."""
    job = _take_up(pk)
    if job is None:
        return False
    try:
        with entered(job.owner.scope):
            if not _lock(pk) or not Job.objects.owned_by(job.owner).filter(pk=pk, state=State.RUNNING).exists():
                raise OvertakenError
            progress = Progress(job)
            progress.step(0, phase="Bắt đầu")
            outcome = _runners[job.kind](job, progress)
            _finish(job, State.FAILED if outcome.failed else State.DONE, outcome)
    except OvertakenError:
        _give_back(pk)
        return False
    except CancelledError:
        _end(pk, State.CANCELLED, "Đã hủy theo yêu cầu; không có gì được ghi.")
    except DomainError as refusal:
        _end(pk, State.FAILED, refusal.message)
    except (OperationalError, InterfaceError):
        # The database went away or refused for the moment: the sweep starts the job again.
        logger.warning("job interrupted", extra={"job": pk}, exc_info=True)
        return False
    except Exception:
        logger.exception("job failed", extra={"job": pk, "kind": job.kind})
        _end(
            pk,
            State.FAILED,
            f"Việc này dừng vì lỗi của hệ thống, không có gì được ghi. Hãy báo Trung tâm CNTT, nêu mã {job.public_id}.",
        )
    return True


def _lock(pk: int) -> bool:
    """Whether nobody else is at the job. The lock ends with the transaction, or with the session of a dead worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, lock_key(pk)])
        return bool(cursor.fetchone()[0])


def lock_key(pk: int) -> int:
    """The job's number among the locks of jobs."""
    return pk % 2**31


def _take_up(pk: int) -> Job | None:
    """The job, marked as running; None when somebody is at it, or when it ends here without having been done."""
    with elevated("jobs.run: a worker takes a job up before it has its owner's scope"):
        if not _lock(pk):
            return None
        rows = Job.objects.select_related("owner__unit", "unit").select_for_update(of=("self",))
        job = rows.filter(pk=pk, state__in=ACTIVE).first()  # one that gives its attempt back holds no lock of ours
        if job is None:
            return None
        if job.cancel_requested:
            _finish(job, State.CANCELLED, Outcome("Đã hủy theo yêu cầu; không có gì được ghi."))
        elif not job.owner.is_active or job.owner.unit_id != job.unit_id:
            message = "Tài khoản yêu cầu việc này đã khóa hoặc đã chuyển đơn vị; không có gì được ghi."
            _finish(job, State.FAILED, Outcome(message))
        elif job.attempts >= MAX_ATTEMPTS:
            message = f"Việc này bị gián đoạn {MAX_ATTEMPTS} lần nên đã dừng, không có gì được ghi."
            _finish(job, State.FAILED, Outcome(f"{message} Hãy báo Trung tâm CNTT, nêu mã {job.public_id}."))
        else:
            job.state, job.attempts, job.started_at = State.RUNNING, job.attempts + 1, timezone.now()
            job.save(update_fields=["state", "attempts", "started_at"])
            return job
        return None


def _give_back(pk: int) -> None:
    """An attempt that never began doesn't count."""
    with elevated("jobs.run: a worker that came second takes back its mark"):
        job = Job.objects.select_for_update().get(pk=pk)
        job.attempts -= 1
        job.save(update_fields=["attempts"])


def _end(pk: int, state: State, message: str) -> None:
    with elevated("jobs.run: a job that failed is marked after its owner's transaction is gone"):
        job = Job.objects.select_for_update().get(pk=pk)
        if job.state in ACTIVE:
            _finish(job, state, Outcome(message))


def _finish(job: Job, state: State, outcome: Outcome) -> None:
    FLOW.check(job.state, state)
    job.state, job.message, job.finished_at = state, outcome.message, timezone.now()
    job.result = {"url": outcome.url, "link": outcome.link, **outcome.data}
    job.save(update_fields=["state", "message", "finished_at", "result"])
