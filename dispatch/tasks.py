from celery import shared_task
from django.conf import settings

from dispatch import actions
from dispatch.rules import Channel


@shared_task(ignore_result=True)
def deliver_one(pk: int) -> None:
    """Right after the step that sends."""
    actions.deliver(pk)


@shared_task(ignore_result=True)
def deliver_waiting() -> int:
    """Every minute: what a failure, a crash or an absent broker left."""
    return actions.deliver_waiting()


@shared_task(ignore_result=True)
def poll_folder() -> int:
    """Every minute: what the document system tells, where a folder is the way."""
    return actions.poll_folder() if settings.DISPATCH_ADAPTER == Channel.FOLDER else 0
