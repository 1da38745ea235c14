"""Lists of devices that units bring in as files: each file is one batch, gone through step by step."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import ScopedQuerySet
from core.walls import EVERYTHING, Wall
from equipment.rules.imports import Existing, ImportState
from orgs.models import OrgUnit


class ImportBatch(models.Model):
    """One file on its way into the books. The file itself is kept by the jobs that work on it, for some days only."""

    number = models.CharField("số đợt nhập", max_length=40, unique=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=20, choices=ImportState, default=ImportState.UPLOADED)
    file_name = CleanCharField("tên tệp", max_length=200)
    existing = models.CharField("thiết bị đã có", max_length=10, choices=Existing, default=Existing.REFUSE)
    sheet = models.PositiveSmallIntegerField("trang tính", default=0)
    header_row = models.PositiveSmallIntegerField("dòng tiêu đề", default=0)
    # Texts of the file as they are shown, whatever font they were typed in: nothing searches or prints them.
    columns = models.JSONField("cột của tệp", default=list)
    report = models.JSONField("kết quả kiểm tra", default=dict)
    problem = CleanTextField("vướng mắc", blank=True, max_length=500)
    total = models.PositiveIntegerField("số dòng", default=0)
    fresh = models.PositiveIntegerField("thiết bị mới", default=0)
    changed = models.PositiveIntegerField("thiết bị có thay đổi", default=0)
    unchanged = models.PositiveIntegerField("không thay đổi", default=0)
    faulty = models.PositiveIntegerField("dòng lỗi", default=0)
    # Jobs go away after some days and only their owner sees them: they are named, not bound.
    reading = models.UUIDField("việc đọc tệp", null=True, editable=False)
    job = models.UUIDField("việc gần nhất", null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người nhập"
    )
    created_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    # Names one filled form: a second press of its button finds the batch that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["columns", "report"])
    wall = Wall()

    class Meta:
        verbose_name = "đợt nhập thiết bị"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["unit", "-id"], name="importbatch_by_unit")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="importbatch_state_known")
        ]

    def __str__(self) -> str:
        return self.number


class ColumnMatch(models.Model):
    """What a heading meant the last time that the unit brought in a list."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    header = models.CharField("tiêu đề cột", max_length=200)  # folded: lower case without accents
    field = models.CharField("ý nghĩa", max_length=60, blank=True)  # empty: not brought in
    encoding = models.CharField("bảng mã", max_length=12, blank=True)
    capitals = models.BooleanField("phông chữ hoa", default=False)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=EVERYTHING)

    class Meta:
        verbose_name = "cách ghép cột đã nhớ"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["unit", "header"], name="columnmatch_once")]

    def __str__(self) -> str:
        return f"{self.header} → {self.field}"
