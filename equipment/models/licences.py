"""Software: what its licence allows, and on which computers it runs."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import ScopedQuerySet
from core.walls import Wall
from equipment.models.equipment import Equipment
from equipment.rules.licences import Origin
from orgs.models import OrgUnit


class SoftwareLicence(models.Model):
    """What the unit knows of a software item beyond the common fields: seats, term, and the columns of form BC01."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    software = models.OneToOneField(
        Equipment, on_delete=models.PROTECT, related_name="licence", verbose_name="phần mềm"
    )
    seats = models.PositiveIntegerField(
        "số máy được cài", null=True, blank=True, default=1, help_text="Để trống nếu không giới hạn."
    )
    starts_on = models.DateField("bắt đầu sử dụng", null=True, blank=True)
    expires_on = models.DateField("hết hạn bản quyền", null=True, blank=True, db_index=True)
    software_code = CleanCharField("mã phần mềm", max_length=60, blank=True)
    original_version = CleanCharField("phiên bản gốc", max_length=60, blank=True)
    current_version = CleanCharField("phiên bản đang dùng", max_length=60, blank=True)
    origin = models.CharField("nguồn gốc", max_length=10, choices=Origin, blank=True)
    terms = CleanCharField("bản quyền", max_length=200, blank=True)
    platform = CleanCharField("ngôn ngữ, CSDL", max_length=200, blank=True)
    deployed_at = CleanCharField("bộ phận, đơn vị được triển khai", max_length=200, blank=True)
    stability = CleanCharField("độ ổn định, khả năng đáp ứng", max_length=200, blank=True)
    friendliness = CleanCharField("tính thân thiện", max_length=200, blank=True)
    note = CleanTextField("ghi chú", blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "bản quyền phần mềm"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin__in=["", *Origin.values]), name="softwarelicence_origin_known"
            ),
            models.CheckConstraint(
                condition=models.Q(seats=None) | models.Q(seats__gte=1), name="softwarelicence_seats_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(expires_on=None)
                | models.Q(expires_on__gte=models.F("starts_on")),
                name="softwarelicence_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.software)


class Installation(models.Model):
    """Software on a computer of the same unit. Rows stay when the software is removed: they tell what ran where."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    licence = models.ForeignKey(
        SoftwareLicence, on_delete=models.PROTECT, related_name="installations", verbose_name="phần mềm"
    )
    computer = models.ForeignKey(
        Equipment, on_delete=models.PROTECT, related_name="installations", verbose_name="máy cài đặt"
    )
    # As they were then: either may have gone to another unit since, which alone sees it now.
    computer_code = models.CharField("mã máy", max_length=40)
    computer_name = CleanCharField("tên máy", max_length=200)
    software_code = models.CharField("mã phần mềm", max_length=40)
    software_name = CleanCharField("tên phần mềm", max_length=200)
    installed_on = models.DateField("cài ngày")
    removed_on = models.DateField("gỡ ngày", null=True, blank=True)
    over_use = models.BooleanField("vượt số bản quyền", default=False)
    reason = CleanCharField("lý do vượt", max_length=200, blank=True)
    removal_reason = CleanCharField("lý do gỡ", max_length=200, blank=True)
    installed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người cài"
    )
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người gỡ"
    )

    objects = ScopedQuerySet.as_manager()
    wall = Wall()

    class Meta:
        verbose_name = "cài đặt phần mềm"
        ordering = ["-installed_on", "-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "computer"],
                condition=models.Q(removed_on__isnull=True),
                name="installation_once_on_a_computer",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_on=None) | models.Q(removed_on__gte=models.F("installed_on")),
                name="installation_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(over_use=False) | ~models.Q(reason=""), name="installation_over_use_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence} trên {self.computer}"
