"""People of the units (art. 7, 13.2), and the runs of the feed that tells of them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Concat
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import ScopedQuerySet
from core.walls import NoWall, Wall
from orgs.models import OrgUnit
from personnel.querysets import EmployeeQuerySet
from personnel.rules import EmployeeState, RunState, Source


class Title(models.Model):
    """A post, as the norms and the feed name it."""

    code = models.CharField("mã chức danh", max_length=20, unique=True)
    name = CleanCharField("chức danh", max_length=200)
    position = models.PositiveIntegerField("thứ tự", default=0)
    source = CleanTextField("nguồn", blank=True)

    history = HistoricalRecords()
    wall = NoWall("catalogue shared by the whole sector (art. 14.3)", may=("INSERT", "UPDATE"))

    class Meta:
        verbose_name = "chức danh"
        ordering = ["position", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """A person of an agency. The feed of the HR system keeps whom it knows; others are brought in by their unit."""

    # The HR system's. Who comes by file or by hand has the unit's code in front, so that units can't clash.
    code = models.CharField("mã cán bộ", max_length=40, unique=True)
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="employees", db_index=False, verbose_name="đơn vị"
    )
    room = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng, tổ"
    )
    full_name = CleanCharField("họ và tên", max_length=100)
    title = models.ForeignKey(
        Title, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chức danh"
    )
    email = models.EmailField("thư điện tử", blank=True)
    state = models.CharField("trạng thái", max_length=20, choices=EmployeeState, default=EmployeeState.WORKING)
    state_since = models.DateField("từ ngày", null=True, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employee",
        verbose_name="tài khoản",
    )
    source = models.CharField("nguồn dữ liệu", max_length=10, choices=Source, default=Source.HAND)
    search_text = models.GeneratedField(
        expression=models.Func(
            Concat(
                models.F("code"),
                models.Value(" "),
                models.F("full_name"),
                models.Value(" "),
                models.F("email"),
                output_field=models.TextField(),
            ),
            function="qltb_fold",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EmployeeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text"])
    wall = Wall()

    class Meta:
        verbose_name = "cán bộ"
        ordering = ["full_name", "id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "full_name", "id"], name="employee_by_unit"),
            models.Index(fields=["full_name", "id"], name="employee_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=EmployeeState.values), name="employee_state_known"),
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="employee_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code})"


class FeedRun(models.Model):
    """One pull of the HR feed, for IT Center: the row belongs to the root of the tree."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    moment = models.DateTimeField("lúc", auto_now_add=True)
    source = CleanCharField("nguồn", max_length=500)
    etag = models.CharField("dấu phiên bản", max_length=200, blank=True)
    modified = models.CharField("ngày sửa của nguồn", max_length=100, blank=True)
    state = models.CharField("kết quả", max_length=20, choices=RunState)
    complete = models.BooleanField("danh sách đầy đủ", default=False)
    total = models.PositiveIntegerField("số bản ghi", default=0)
    created = models.PositiveIntegerField("thêm mới", default=0)
    changed = models.PositiveIntegerField("thay đổi", default=0)
    unchanged = models.PositiveIntegerField("giữ nguyên", default=0)
    faulty = models.PositiveIntegerField("bản ghi lỗi", default=0)
    problem = CleanTextField("vướng mắc", blank=True, max_length=1000)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=())

    class Meta:
        verbose_name = "lần đồng bộ cán bộ"
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RunState.values), name="feedrun_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.moment:%d/%m/%Y %H:%M}"


class FeedFault(models.Model):
    """A record of a run that could not go in, and why."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(FeedRun, on_delete=models.PROTECT, related_name="faults", verbose_name="lần đồng bộ")
    line = models.PositiveIntegerField("dòng")
    code = CleanCharField("mã cán bộ", max_length=60, blank=True)
    message = CleanTextField("lỗi", max_length=1000)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=())

    class Meta:
        verbose_name = "bản ghi lỗi"
        ordering = ["line", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"
