from celery import shared_task

from core.scope import elevated
from equipment.actions import tally


@shared_task(ignore_result=True)
def fold_tally() -> int:
    """Every few minutes: what the triggers appended becomes one line for each kind of devices that are alike."""
    with elevated("fold_tally: the application may not write the tally; sums stay what they are"):
        return tally.fold()
