import logging

from celery import shared_task

from core.scope import elevated
from equipment.actions import norm_standings, tally
from equipment.queries import books

logger = logging.getLogger("qltb.books")


@shared_task(ignore_result=True)
def fold_tally() -> int:
    """Every few minutes: what the triggers appended becomes one line for each kind of devices that are alike."""
    with elevated("fold_tally: the application may not write the tally; sums stay what they are"):
        return tally.fold()


@shared_task(ignore_result=True)
def check_books() -> int:
    """Every night: how many faults there are in the books; what they are stands in the log."""
    with elevated("check_books: reads the books of every unit"):
        found = books.faults()
    for fault in found:
        logger.error("fault in the books", extra=vars(fault))
    logger.info("books checked", extra={"faults": len(found)})
    return len(found)


@shared_task(ignore_result=True)
def count_norms() -> int:
    """Every night: what each unit has beyond its norms and lacks, for the dashboard. Returns how many units."""
    with elevated("count_norms: counts every unit's norms; the application may not write them"):
        return norm_standings.count_all()
