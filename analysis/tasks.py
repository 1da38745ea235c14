from celery import shared_task

from analysis.actions import scheduling, watching


@shared_task(ignore_result=True)
def run_schedules() -> int:
    """Every five minutes of working hours: files that are due are begun, as jobs of their owners."""
    return scheduling.run_due()


@shared_task(ignore_result=True)
def check_alerts() -> int:
    """Every five minutes of working hours: numbers whose time has come are looked at."""
    return watching.check_due()
