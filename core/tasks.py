from celery import shared_task

from core import documents, events


@shared_task(ignore_result=True)
def deliver_event(pk: int) -> None:
    """Deliver one event right after its commit."""
    events.deliver(pk)


@shared_task(ignore_result=True)
def deliver_pending_events() -> int:
    """Every minute: whatever a crash, a dead broker or a failed handler left behind."""
    return events.deliver_pending()


@shared_task(ignore_result=True)
def remove_orphaned_files() -> int:
    """Every day: files that a crash between writing and committing left without a row."""
    return documents.remove_orphans()
