"""The dossier that ends the life of devices (art. 10): liquidation or destruction, one line a device."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField, MoneyField
from core.scope import ScopedQuerySet
from core.walls import EVERYTHING, Wall
from disposals.models.snapshot import DeviceSnapshot
from disposals.querysets import DisposalQuerySet
from disposals.rules.flow import METHODS, Act, DisposalState, Method, Reason
from equipment.models import Equipment, EquipmentModel
from equipment.rules.lifecycle import Condition, Status
from orgs.models import OrgUnit

_METHOD_FITS = models.Q()
for _act, _methods in METHODS.items():
    _METHOD_FITS |= models.Q(act=_act, method__in=_methods)


class Disposal(models.Model):
    number = models.CharField("số hồ sơ", max_length=40, unique=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    act = models.CharField("việc", max_length=20, choices=Act)
    method = models.CharField("hình thức", max_length=20, choices=Method)
    state = models.CharField("trạng thái", max_length=20, choices=DisposalState, default=DisposalState.DRAFT)
    council = CleanJSONField("hội đồng", default=list, blank=True)
    minutes_number = CleanCharField("số biên bản hội đồng", max_length=60, blank=True)
    minutes_date = models.DateField("ngày họp hội đồng", null=True, blank=True)
    conclusion = CleanTextField("kết luận của hội đồng", blank=True, max_length=2000)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    decision_date = models.DateField("ngày quyết định", null=True, blank=True)
    decision_signer = CleanCharField("người ký quyết định", max_length=200, blank=True)
    costs = MoneyField("chi phí", default=0)
    proceeds = MoneyField("giá trị thu hồi", default=0)
    closed_on = models.DateField("ngày thực hiện xong", null=True, blank=True)
    note = CleanTextField("ghi chú", blank=True, max_length=2000)
    late_reason = CleanTextField("lý do lập hồ sơ muộn", blank=True, max_length=500)
    close_late_reason = CleanTextField("lý do kết thúc muộn", blank=True, max_length=500)
    cancel_reason = CleanTextField("lý do hủy", blank=True, max_length=500)
    submitted_on = models.DateField("ngày trình", null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    # Names one filled form, so that a second press of the button finds the draft that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = DisposalQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "hồ sơ thanh lý, hủy"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "state", "-id"], name="disposal_unit_state"),
            models.Index(fields=["state", "-id"], name="disposal_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=DisposalState.values), name="disposal_state_known"),
            models.CheckConstraint(condition=_METHOD_FITS, name="disposal_method_fits_act"),
            models.CheckConstraint(
                condition=models.Q(state__in=[DisposalState.DRAFT, DisposalState.CANCELLED])
                | (models.Q(minutes_date__isnull=False, submitted_on__isnull=False) & ~models.Q(minutes_number="")),
                name="disposal_submitted_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[DisposalState.DECIDED, DisposalState.CLOSED])
                | (models.Q(decision_date__gte=models.F("minutes_date")) & ~models.Q(decision_number="")),
                name="disposal_decided_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DisposalState.CLOSED)
                | models.Q(closed_on__gte=models.F("decision_date"), closed_on__isnull=False),
                name="disposal_closed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(costs__gte=0, proceeds__gte=0), name="disposal_money_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DisposalLine(DeviceSnapshot):
    """One device of the dossier, with its figures as they were shown when the step was taken."""

    copied = (*DeviceSnapshot.copied, "model_id", "inventory_number", "made_in", "made_year", "received_on")

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="lines", verbose_name="hồ sơ")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    equipment = models.ForeignKey(
        Equipment, on_delete=models.PROTECT, related_name="disposal_lines", verbose_name="thiết bị"
    )
    model = models.ForeignKey(
        EquipmentModel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mẫu"
    )
    inventory_number = CleanCharField("số thẻ tài sản", max_length=60, blank=True)
    made_in = CleanCharField("nước sản xuất", max_length=60, blank=True)
    made_year = models.PositiveSmallIntegerField("năm sản xuất", null=True, blank=True)
    received_on = models.DateField("ngày tiếp nhận", editable=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    # What the device goes back to when the dossier is cancelled after the council has met.
    former_status = models.CharField("trạng thái trước", max_length=20, choices=Status, blank=True, editable=False)
    original_value = MoneyField("nguyên giá", default=0)
    accumulated = MoneyField("hao mòn lũy kế", null=True, blank=True)
    residual = MoneyField("giá trị còn lại", null=True, blank=True)
    condition = models.CharField("tình trạng", max_length=10, choices=Condition)
    reason = models.CharField("lý do", max_length=20, choices=Reason)
    method = models.CharField("hình thức", max_length=20, choices=Method, blank=True)
    proceeds = MoneyField("giá trị thu hồi", default=0)
    wiped_on = models.DateField("ngày xóa dữ liệu", null=True, blank=True)
    wiped_by = CleanCharField("người xóa dữ liệu", max_length=100, blank=True)
    wipe_method = CleanCharField("cách xóa dữ liệu", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(may=EVERYTHING)  # a line of a draft can be taken out again; its history stays

    class Meta:
        verbose_name = "thiết bị thanh lý, hủy"
        ordering = ["position", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["disposal", "equipment"], name="disposalline_once"),
            models.CheckConstraint(
                condition=models.Q(condition__in=Condition.values), name="disposalline_condition_known"
            ),
            models.CheckConstraint(condition=models.Q(reason__in=Reason.values), name="disposalline_reason_known"),
            models.CheckConstraint(
                condition=models.Q(method__in=["", *Method.values]), name="disposalline_method_known"
            ),
            models.CheckConstraint(
                condition=models.Q(former_status__in=["", *Status.values]), name="disposalline_status_known"
            ),
            models.CheckConstraint(condition=models.Q(proceeds__gte=0), name="disposalline_proceeds_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"
