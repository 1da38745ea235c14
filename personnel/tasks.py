from celery import shared_task

from core.scope import elevated
from personnel.actions import feed


@shared_task(ignore_result=True)
def pull_people() -> str:
    """Every HR_FEED_MINUTES: what the HR system tells of people (art. 13.2)."""
    if not feed.configured():
        return ""
    with elevated("pull_people: the HR feed tells of people of every unit"):
        run = feed.pull()
    return run.state if run else ""
