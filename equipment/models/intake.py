"""The dossier of one hand-over: documents plus the items received (art. 7)."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField, MoneyField
from core.walls import EVERYTHING, Wall
from equipment.models.catalogue import Category, EquipmentModel
from equipment.querysets import IntakeLineQuerySet, IntakeQuerySet
from equipment.rules.lifecycle import FundSource, IntakeState
from orgs.models import OrgUnit


class Intake(models.Model):
    number = models.CharField("số hồ sơ", max_length=40, unique=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="intakes", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=20, choices=IntakeState, default=IntakeState.DRAFT)
    handover_date = models.DateField("ngày ký biên bản bàn giao", null=True, blank=True)
    minutes_number = CleanCharField("số biên bản", max_length=60, blank=True)
    place = CleanCharField("địa điểm giao nhận", max_length=200, blank=True)
    supplier = CleanCharField("bên giao (nhà cung cấp)", max_length=200, blank=True)
    giver_name = CleanCharField("đại diện bên giao", max_length=100, blank=True)
    giver_title = CleanCharField("chức vụ bên giao", max_length=100, blank=True)
    receiver_name = CleanCharField("đại diện bên nhận", max_length=100, blank=True)
    receiver_title = CleanCharField("chức vụ bên nhận", max_length=100, blank=True)
    contract_number = CleanCharField("số hợp đồng", max_length=60, blank=True)
    contract_date = models.DateField("ngày hợp đồng", null=True, blank=True)
    decision = CleanCharField(
        "quyết định giao nhận", max_length=200, blank=True, help_text="Số, ngày, cơ quan ban hành; nếu có."
    )
    fund_source = models.CharField("nguồn kinh phí", max_length=20, choices=FundSource, blank=True)
    note = CleanTextField("ghi chú", blank=True, max_length=2000)
    late_reason = CleanTextField("lý do cập nhật muộn", blank=True, max_length=500)
    cancel_reason = CleanTextField("lý do hủy", blank=True, max_length=500)
    late = models.BooleanField("tiếp nhận muộn", default=False)
    confirmed_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người tiếp nhận"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    # Names one filled form, so that a second press of the button finds the draft that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = IntakeQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "hồ sơ tiếp nhận"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "state", "-id"], name="intake_unit_state"),
            models.Index(fields=["state", "-id"], name="intake_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=IntakeState.values), name="intake_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=IntakeState.CONFIRMED)
                | models.Q(handover_date__isnull=False, confirmed_at__isnull=False),
                name="intake_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class IntakeLine(models.Model):
    """So many devices of one model at one price; confirming the intake makes one device of each of them."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="lines")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField(default=0)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="loại thiết bị")
    model = models.ForeignKey(
        EquipmentModel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mẫu"
    )
    name = CleanCharField("tên thiết bị", max_length=200, blank=True)
    quantity = models.PositiveIntegerField("số lượng", default=1)
    unit_price = MoneyField("đơn giá", null=True, blank=True)
    warranty_months = models.PositiveSmallIntegerField("bảo hành (tháng)", null=True, blank=True)
    made_year = models.PositiveSmallIntegerField("năm sản xuất", null=True, blank=True)
    made_in = CleanCharField("nước sản xuất", max_length=60, blank=True)
    attributes = CleanJSONField("thuộc tính", default=dict, blank=True)
    items = CleanJSONField("số máy từng thiết bị", default=list, blank=True)

    objects = IntakeLineQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(may=EVERYTHING)  # a line of a draft can be taken out again; its history stays

    class Meta:
        verbose_name = "dòng hồ sơ tiếp nhận"
        ordering = ["position", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}"
