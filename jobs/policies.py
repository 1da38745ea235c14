"""The door to a job: its owner alone has the key."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.models import User
from jobs.models import Job, JobFile


def access_job(user: User, public_id: UUID) -> Job:
    """A job of `user`; 404 for everybody else's."""
    return get_object_or_404(Job.objects.owned_by(user), public_id=public_id)


def access_file(user: User, public_id: UUID) -> JobFile:
    """A file that is offered to `user` for saving; 404 for everybody else's and for what is the job's own business."""
    return get_object_or_404(
        JobFile.objects.owned_by(user).exclude(label="").select_related("job"), public_id=public_id
    )
