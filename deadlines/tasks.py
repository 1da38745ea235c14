from celery import shared_task
from django.db import InterfaceError, OperationalError

from deadlines.actions.sweep import sweep

AWAY = (OperationalError, InterfaceError)


@shared_task(ignore_result=True, autoretry_for=AWAY, max_retries=3, retry_backoff=30, retry_backoff_max=300)
def sweep_deadlines() -> int:
    """In the morning and every half hour of the day: whoever has to is reminded of what is due.

    Delivered twice, or begun again after its worker died, it does nothing twice. A database that is away is asked
    again. Returns how many steps were given.
    """
    return sweep().reminders
