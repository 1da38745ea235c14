from celery import shared_task

from notices import actions


@shared_task(ignore_result=True)
def gather_mails() -> int:
    """Every minute: notices whose time has come, one mail a person."""
    return actions.gather()


@shared_task(ignore_result=True)
def send_mails() -> int:
    """Every minute: the mails that wait."""
    return actions.send()


@shared_task(ignore_result=True)
def remove_old_notices() -> int:
    """Every day: old mails, and notices that were read long ago."""
    return actions.remove_old()
