"""Transfers of devices between two units (art. 9), and their lines."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField, MoneyField
from core.walls import EVERYTHING, Wall
from equipment.models import Category, Equipment, EquipmentModel
from equipment.rules.lifecycle import Condition
from orgs.models import OrgUnit
from transfers.querysets import LineQuerySet, TransferQuerySet
from transfers.rules import Licences, Outcome, Result, State


class Transfer(models.Model):
    """The dossier belongs to the sender (`unit`); from the decision on the receiver (`partner`) reads it too."""

    number = models.CharField("số hồ sơ", max_length=40, unique=True)
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="bên giao"
    )
    receiver = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="bên nhận"
    )
    partner = models.ForeignKey(
        OrgUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="đơn vị cùng xem",
    )
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.DRAFT)
    reason = CleanTextField("lý do điều chuyển", blank=True, max_length=1000)
    place = CleanCharField("địa điểm bàn giao", max_length=200, blank=True)
    licences = models.CharField("phần mềm cài riêng trên máy", max_length=10, choices=Licences, default=Licences.GO)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    decision_date = models.DateField("ngày quyết định", null=True, blank=True)
    decision_signer = CleanCharField("người ký quyết định", max_length=100, blank=True)
    decision_issuer = CleanCharField("cơ quan ban hành", max_length=200, blank=True)
    handed_over_on = models.DateField("ngày bàn giao", null=True, blank=True)
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    giver_name = CleanCharField("đại diện bên giao", max_length=100, blank=True)
    giver_title = CleanCharField("chức vụ bên giao", max_length=100, blank=True)
    receiver_name = CleanCharField("đại diện bên nhận", max_length=100, blank=True)
    receiver_title = CleanCharField("chức vụ bên nhận", max_length=100, blank=True)
    sender_late_reason = CleanTextField("lý do bên giao cập nhật muộn", blank=True, max_length=500)
    receiver_late_reason = CleanTextField("lý do bên nhận cập nhật muộn", blank=True, max_length=500)
    refusal_reason = CleanTextField("lý do không nhận", blank=True, max_length=500)
    cancel_reason = CleanTextField("lý do hủy", blank=True, max_length=500)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    decided_at = models.DateTimeField("ghi quyết định lúc", null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi giao"
    )
    handed_at = models.DateTimeField("ghi giao lúc", null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi nhận"
    )
    received_at = models.DateTimeField("ghi nhận lúc", null=True, blank=True)
    # Names one filled form, so that a second press of the button finds the draft that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = TransferQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(partner="partner")

    class Meta:
        verbose_name = "hồ sơ điều chuyển"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "state", "-id"], name="transfer_of_unit"),
            models.Index(fields=["partner", "state", "-id"], name="transfer_of_partner"),
            models.Index(fields=["state", "-id"], name="transfer_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="transfer_state_known"),
            models.CheckConstraint(condition=models.Q(licences__in=Licences.values), name="transfer_licences_known"),
            models.CheckConstraint(condition=~models.Q(unit=models.F("receiver")), name="transfer_between_two"),
            models.CheckConstraint(
                condition=models.Q(partner=None) | models.Q(partner=models.F("receiver")),
                name="transfer_shared_with_the_receiver",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DRAFT, State.CANCELLED])
                | models.Q(partner__isnull=False, decision_date__isnull=False),
                name="transfer_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DRAFT, State.CANCELLED, State.DECIDED])
                | models.Q(handed_over_on__isnull=False, handed_at__isnull=False),
                name="transfer_handed_over_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TransferLine(models.Model):
    """One device, as the receiver may read it: the device itself isn't seen there before it has been received."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="bên giao")
    partner = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bên nhận"
    )
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="+", verbose_name="thiết bị")
    # Software that goes along with its computer: it shares the fate of that line.
    along = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="companions", verbose_name="đi cùng máy"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.CharField("mã thiết bị", max_length=40)
    name = CleanCharField("tên thiết bị", max_length=200)
    serial = CleanCharField("số máy (serial)", max_length=100, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="loại thiết bị")
    model = models.ForeignKey(
        EquipmentModel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mẫu"
    )
    made_year = models.PositiveSmallIntegerField("năm sản xuất", null=True, blank=True)
    made_in = CleanCharField("nước sản xuất", max_length=60, blank=True)
    attributes = CleanJSONField("thuộc tính", default=dict, blank=True)
    condition = models.CharField("tình trạng", max_length=10, choices=Condition, default=Condition.GOOD)
    original_price = MoneyField("nguyên giá", default=0)
    # As of the hand-over; None for what is only followed, not worn in the books.
    accumulated = MoneyField("hao mòn lũy kế", null=True, blank=True)
    residual = MoneyField("giá trị còn lại", null=True, blank=True)
    licences = models.CharField("phần mềm", max_length=10, choices=Licences, default=Licences.GO)
    data_wiped_on = models.DateField("ngày xóa dữ liệu", null=True, blank=True)
    data_wiped_by = CleanCharField("người xóa dữ liệu", max_length=100, blank=True)
    data_wipe_method = CleanCharField("cách xóa dữ liệu", max_length=200, blank=True)
    result = models.CharField("kết quả nhận", max_length=10, choices=Result, default=Result.PENDING)
    difference = CleanTextField("nội dung chênh lệch", blank=True, max_length=500)
    outcome = models.CharField("xử lý chênh lệch", max_length=10, choices=Outcome, blank=True)
    settled_on = models.DateField("ngày xử lý", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LineQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(partner="partner", may=EVERYTHING)  # a line of a draft can be taken out again; its history stays

    class Meta:
        verbose_name = "thiết bị điều chuyển"
        ordering = ["position", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["transfer", "equipment"], name="transferline_once"),
            models.CheckConstraint(condition=models.Q(condition__in=Condition.values), name="transferline_condition"),
            models.CheckConstraint(condition=models.Q(licences__in=Licences.values), name="transferline_licences"),
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="transferline_result"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="transferline_outcome"),
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(result__in=["refused", "missing"], settled_on__isnull=False),
                name="transferline_settled_difference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"

    @property
    def data_wiped(self) -> bool:
        """Whether it is stated that, when, by whom and how its data were wiped."""
        return bool(self.data_wiped_on and self.data_wiped_by and self.data_wipe_method)
