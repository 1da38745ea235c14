from celery import Task, shared_task
from django.db import InterfaceError, OperationalError

from deadlines.actions.sweep import sweep
from deadlines.actions.watches import tell_weekly

AWAY = (OperationalError, InterfaceError)


@shared_task(bind=True, ignore_result=True, autoretry_for=AWAY, max_retries=3, retry_backoff=30, retry_backoff_max=300)
def sweep_deadlines(self: Task) -> int:
    """In the morning and every half hour of the day: whoever has to is reminded of what is due.

    Delivered twice, or begun again after its worker died, it does nothing twice. A database that is away is asked
    again; so is one in which a sweep is at work, for it may be that of a worker that died. Returns how many steps
    were given.
    """
    swept = sweep()
    if swept.busy:
        raise self.retry(countdown=60)
    return swept.reminders


@shared_task(ignore_result=True, autoretry_for=AWAY, max_retries=3, retry_backoff=30, retry_backoff_max=300)
def tell_of_watches() -> int:
    """Every hour of the day: the first time in a week tells of what ends soon, all others find that it was told."""
    return tell_weekly()
