"""What runs by the clock at the year end."""

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from yearend.actions.drafting import draft_year, follow_calendar
from yearend.rules.terms import last_year

AWAY = (OperationalError, InterfaceError)


@shared_task(bind=True, ignore_result=True, autoretry_for=AWAY, max_retries=5, retry_backoff=60, retry_backoff_max=600)
def draft_reports(self: Task) -> int:
    """Every night of the first quarter, the one of 1 January first of all: reports of the year that ended.

    What is there already is left alone, so a night that was missed or cut short is made up for by the next. Returns
    how many reports were made.
    """
    del self
    year = last_year(timezone.localdate())
    drafted = draft_year(year)
    follow_calendar(year)
    return drafted.made
