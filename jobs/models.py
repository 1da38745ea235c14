"""Long work that goes on when the page is closed: what was asked, how it stands, what it gave."""

import secrets
import uuid
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models

from core.fields import CleanCharField, CleanJSONField, CleanTextField
from core.scope import OwnedQuerySet
from core.walls import Own
from jobs.rules import ACTIVE, State


class Job(models.Model):
    """One piece of work, done by a worker within its owner's scope. Nobody but the owner sees it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=60)
    title = CleanCharField("việc", max_length=200)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.QUEUED)
    params = CleanJSONField(default=dict, blank=True)
    result = CleanJSONField(default=dict, blank=True)
    message = CleanTextField("kết quả", blank=True)
    # The same form sent twice is one job.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    cancel_requested = models.BooleanField("đã yêu cầu hủy", default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    queued_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    finished_at = models.DateTimeField("kết thúc lúc", null=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own()

    class Meta:
        verbose_name = "công việc"
        default_permissions = ()
        indexes = [
            models.Index(fields=["owner", "-id"], name="job_by_owner"),
            models.Index(fields=["id"], condition=models.Q(state__in=sorted(ACTIVE)), name="job_active"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=State.values), name="job_state_known")]

    def __str__(self) -> str:
        return self.title

    @property
    def active(self) -> bool:
        """Whether a worker still has to do with it."""
        return self.state in ACTIVE


def job_storage() -> FileSystemStorage:
    """Outside the web root, beside the documents; `jobs:file` alone reads it."""
    return FileSystemStorage(location=settings.DOCUMENTS_ROOT / "jobs", base_url=None, file_permissions_mode=0o600)


def random_name(_file: "JobFile", _filename: str) -> str:
    """A name that tells nothing and can't be guessed."""
    name = secrets.token_hex(20)
    return str(PurePath(name[:2], name))


class JobFile(models.Model):
    """What a job was given or gave. It goes when the job goes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("mục đích", max_length=20)
    label = CleanCharField("nội dung", max_length=200, blank=True)
    name = CleanCharField("tên tệp", max_length=200)
    file = models.FileField("tệp", storage=job_storage, upload_to=random_name, max_length=100)
    size = models.PositiveBigIntegerField("dung lượng (byte)")
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own(may=("INSERT", "DELETE"))

    class Meta:
        verbose_name = "tệp của công việc"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
