"""The dossier of a repair, warranty claim, maintenance or upgrade (art. 8), and its devices."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField, MoneyField
from core.walls import EVERYTHING, Wall
from equipment.models import Equipment
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from repairs.querysets import RepairLineQuerySet, RepairQuerySet
from repairs.rules.flow import Place, RepairKind, RepairState, Result


class Repair(models.Model):
    number = models.CharField("số hồ sơ", max_length=40, unique=True)
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="repairs", db_index=False, verbose_name="đơn vị"
    )
    kind = models.CharField("loại việc", max_length=20, choices=RepairKind)
    state = models.CharField("trạng thái", max_length=20, choices=RepairState, default=RepairState.DRAFT)
    opened_on = models.DateField("ngày đánh giá")
    assessment = CleanTextField("kết quả đánh giá tình trạng", blank=True, max_length=2000)
    sent_to = models.CharField("nơi thực hiện", max_length=20, choices=Place, default=Place.IN_HOUSE)
    supplier = CleanCharField("nhà cung cấp, nơi sửa chữa", max_length=200, blank=True)
    supplier_contact = CleanCharField("người liên hệ, điện thoại", max_length=200, blank=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    expected_on = models.DateField("ngày hẹn trả", null=True, blank=True)
    returned_on = models.DateField("ngày nghiệm thu, nhận lại", null=True, blank=True)
    cost_reason = CleanTextField("lý do trả tiền khi còn bảo hành", blank=True, max_length=500)
    late_reason = CleanTextField("lý do trả chậm", blank=True, max_length=500)
    cancel_reason = CleanTextField("lý do hủy", blank=True, max_length=500)
    note = CleanTextField("ghi chú", blank=True, max_length=2000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    # Names one filled form, so that a second press of the button finds the dossier that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = RepairQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "hồ sơ sửa chữa"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "state", "-id"], name="repair_unit_state"),
            models.Index(fields=["state", "-id"], name="repair_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RepairState.values), name="repair_state_known"),
            models.CheckConstraint(condition=models.Q(kind__in=RepairKind.values), name="repair_kind_known"),
            models.CheckConstraint(condition=models.Q(sent_to__in=Place.values), name="repair_place_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=[RepairState.SENT, RepairState.DONE]) | models.Q(sent_on__isnull=False),
                name="repair_sent_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RepairState.DONE) | models.Q(returned_on__gte=models.F("sent_on")),
                name="repair_done_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RepairLine(models.Model):
    """One device of the dossier. What it is called is kept here too: the device may belong to another unit later."""

    repair = models.ForeignKey(Repair, on_delete=models.PROTECT, related_name="lines", verbose_name="hồ sơ")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    equipment = models.ForeignKey(
        Equipment, on_delete=models.PROTECT, related_name="repair_lines", verbose_name="thiết bị"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.CharField("mã thiết bị", max_length=40)
    name = CleanCharField("tên thiết bị", max_length=200)
    serial = CleanCharField("số máy (serial)", max_length=100, blank=True)
    warranty_until = models.DateField("bảo hành đến", null=True, blank=True)
    fault = CleanTextField("hiện tượng hỏng, việc cần làm", blank=True, max_length=1000)
    former_status = models.CharField("trạng thái trước khi gửi", max_length=20, choices=Status, blank=True)
    estimate = MoneyField("giá dự toán", null=True, blank=True)
    work_done = CleanTextField("việc đã làm", blank=True, max_length=1000)
    parts = CleanJSONField("linh kiện", default=list, blank=True)
    cost = MoneyField("chi phí thực tế", null=True, blank=True)
    result = models.CharField("kết quả", max_length=20, choices=Result, blank=True)
    new_serial = CleanCharField("số máy mới", max_length=100, blank=True)
    new_warranty_until = models.DateField("bảo hành mới đến", null=True, blank=True)
    new_price = MoneyField("nguyên giá sau nâng cấp", null=True, blank=True)
    new_attributes = CleanJSONField("thuộc tính sau nâng cấp", default=dict, blank=True)
    result_note = CleanTextField("ghi chú kết quả", blank=True, max_length=500)
    # The day on which upkeep of the device was accepted: what the next one is reckoned from.
    upkept_on = models.DateField("ngày bảo trì", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = RepairLineQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(may=EVERYTHING)  # a device of a draft can be taken out again; its history stays

    class Meta:
        verbose_name = "thiết bị của hồ sơ sửa chữa"
        ordering = ["position", "id"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["equipment", "upkept_on"],
                condition=models.Q(upkept_on__isnull=False),
                name="repairline_upkept",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["repair", "equipment"], name="repairline_once"),
            models.CheckConstraint(condition=models.Q(result__in=["", *Result.values]), name="repairline_result_known"),
            models.CheckConstraint(
                condition=models.Q(former_status__in=["", *Status.values]), name="repairline_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"
