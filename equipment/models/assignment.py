"""Who holds which device and since when, and the dossiers by which devices changed hands (art. 7)."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import ScopedQuerySet
from core.walls import APPEND_ONLY, Wall
from equipment.models.equipment import Equipment
from equipment.rules.assignment import AssignmentKind, RecoveryReason
from equipment.rules.lifecycle import Condition, Status
from orgs.models import OrgUnit
from personnel.models import Employee


class Holding(models.Model):
    """One stretch of a device's time with a person, in a room, or both. The open one is where it is now."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="holdings", verbose_name="thiết bị")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cán bộ"
    )
    room = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng, tổ"
    )
    # As it was then: who has moved to another unit is seen by that unit.
    holder_name = CleanCharField("người sử dụng", max_length=100, blank=True)
    since = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)
    given_by = models.CharField("hồ sơ bàn giao", max_length=40)
    ended_by = models.CharField("hồ sơ kết thúc", max_length=40, blank=True)

    objects = ScopedQuerySet.as_manager()
    wall = Wall()

    class Meta:
        verbose_name = "lần giữ thiết bị"
        ordering = ["-since", "-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["unit", "since"], name="holding_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["equipment"], condition=models.Q(until__isnull=True), name="holding_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name="holding_interval"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment_id}: {self.holder_name}"


class Assignment(models.Model):
    """A hand-over to a person or a room, or a return to the store. It is written when it has happened."""

    number = models.CharField("số hồ sơ", max_length=40, unique=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=20, choices=AssignmentKind)
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )
    room = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng, tổ"
    )
    # As they were on that day, for the printed form.
    person_name = CleanCharField("người nhận, người trả", max_length=100, blank=True)
    person_title = CleanCharField("chức danh", max_length=200, blank=True)
    room_name = CleanCharField("nơi đặt", max_length=200, blank=True)
    keeper_name = CleanCharField("đại diện đơn vị", max_length=100, blank=True)
    on = models.DateField("ngày bàn giao")
    note = CleanTextField("ghi chú", blank=True, max_length=1000)
    above_norm = models.BooleanField("vượt định mức", default=False)
    norm_reason = CleanTextField("lý do vượt định mức", blank=True, max_length=500)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    # Names one filled form: a second press of its button finds the dossier that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "hồ sơ bàn giao sử dụng"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["unit", "-id"], name="assignment_by_unit")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=AssignmentKind.values), name="assignment_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind="return") | models.Q(employee__isnull=False) | models.Q(room__isnull=False),
                name="assignment_has_receiver",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AssignmentLine(models.Model):
    """A device of a hand-over or return, and where it was before."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="lines", verbose_name="hồ sơ bàn giao"
    )
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    equipment = models.ForeignKey(
        Equipment, on_delete=models.PROTECT, related_name="assignment_lines", verbose_name="thiết bị"
    )
    # As it was then: a device that has gone to another unit is seen by that unit, its hand-overs stay with this one.
    code = models.CharField("mã thiết bị", max_length=40)
    name = CleanCharField("tên thiết bị", max_length=200)
    serial = CleanCharField("số máy (serial)", max_length=100, blank=True)
    category_name = CleanCharField("loại thiết bị", max_length=150)
    former_name = CleanCharField("người giữ trước", max_length=100, blank=True)
    former_room = CleanCharField("nơi đặt trước", max_length=200, blank=True)
    former_status = models.CharField("trạng thái trước", max_length=20, choices=Status)
    condition = models.CharField("tình trạng khi giao", max_length=10, choices=Condition)
    finding = CleanTextField("so với định mức", blank=True, max_length=500)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=APPEND_ONLY)

    class Meta:
        verbose_name = "thiết bị bàn giao"
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["assignment", "equipment"], name="assignmentline_once"),
            models.CheckConstraint(
                condition=models.Q(former_status__in=Status.values), name="assignmentline_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(condition__in=Condition.values), name="assignmentline_condition_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.equipment_id}"


class Recovery(models.Model):
    """A person has gone who holds devices of the unit: they have to be got back or passed on."""

    # By code and name, too: who works elsewhere now is seen by the unit there.
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="cán bộ")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    employee_code = models.CharField("mã cán bộ", max_length=40)
    employee_name = CleanCharField("họ và tên", max_length=100)
    reason = models.CharField("lý do", max_length=20, choices=RecoveryReason)
    opened_on = models.DateField("từ ngày")
    closed_on = models.DateField("xong ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "việc thu hồi, bàn giao lại"
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__in=RecoveryReason.values), name="recovery_reason_known"),
            models.UniqueConstraint(
                fields=["unit", "employee"], condition=models.Q(closed_on__isnull=True), name="recovery_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_name} ({self.employee_code})"
