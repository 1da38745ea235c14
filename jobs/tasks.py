from celery import shared_task

from jobs import actions, files, running


@shared_task(ignore_result=True)
def run_job(pk: int) -> bool:
    """Do one job."""
    return running.run(pk)


@shared_task(ignore_result=True)
def resume_jobs() -> int:
    """Every half minute: jobs whose worker died start again."""
    return actions.resume()


@shared_task(ignore_result=True)
def remove_expired_jobs() -> int:
    """Every day: old jobs and their files, and files that a crash left without a row."""
    return actions.remove_expired() + files.remove_orphans()
