"""Devices, the books about them, and serials that clash across units."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Concat
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField, MoneyField
from core.scope import ScopedQuerySet
from core.walls import APPEND_ONLY, Wall
from equipment.models.catalogue import Category, EquipmentModel
from equipment.models.imports import ImportBatch
from equipment.models.intake import Intake
from equipment.querysets import EquipmentQuerySet
from equipment.rules.lifecycle import Condition, EntryKind, Status
from orgs.models import OrgUnit
from personnel.models import Employee


class Fold(models.Func):
    """Lower case without accents, in the database (`core.text.fold` does the same in Python)."""

    function = "qltb_fold"
    output_field = models.TextField()


class Equipment(models.Model):
    """One tracked item, hardware or software, on the books of one agency."""

    code = models.CharField("mã thiết bị", max_length=40, unique=True)
    # Their indexes begin longer ones below.
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="equipment", db_index=False, verbose_name="đơn vị"
    )
    room = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng, tổ"
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="loại thiết bị"
    )
    model = models.ForeignKey(
        EquipmentModel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mẫu"
    )
    name = CleanCharField("tên thiết bị", max_length=200)
    serial = CleanCharField("số máy (serial)", max_length=100, blank=True)
    inventory_number = CleanCharField("số thẻ tài sản", max_length=60, blank=True)
    # Who holds it by a hand-over; a partial index below: most devices are with nobody in particular.
    holder = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="equipment",
        db_index=False,
        verbose_name="người giữ",
    )
    holder_name = CleanCharField("người sử dụng", max_length=100, blank=True)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.IN_STOCK, editable=False)
    condition = models.CharField("tình trạng", max_length=10, choices=Condition, default=Condition.GOOD)
    original_price = MoneyField("nguyên giá", default=0, editable=False)
    received_on = models.DateField("ngày tiếp nhận", editable=False)
    warranty_until = models.DateField("bảo hành đến", null=True, blank=True)
    end_of_support = models.DateField("nhà sản xuất hết hỗ trợ", null=True, blank=True)
    made_year = models.PositiveSmallIntegerField("năm sản xuất", null=True, blank=True)
    made_in = CleanCharField("nước sản xuất", max_length=60, blank=True)
    attributes = CleanJSONField("thuộc tính", default=dict, blank=True)
    note = CleanTextField("ghi chú", blank=True, max_length=2000)
    intake = models.ForeignKey(
        Intake, on_delete=models.PROTECT, null=True, related_name="equipment", verbose_name="hồ sơ tiếp nhận"
    )
    # A partial index below: most devices come by intakes.
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="equipment",
        db_index=False,
        verbose_name="đợt nhập",
    )
    search_text = models.GeneratedField(
        expression=Fold(
            Concat(
                models.F("code"),
                models.Value(" "),
                models.F("serial"),
                models.Value(" "),
                models.F("name"),
                models.Value(" "),
                models.F("holder_name"),
                models.Value(" "),
                models.F("inventory_number"),
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EquipmentQuerySet.as_manager()
    history = HistoricalRecords(
        # Who held it when is told by the holdings.
        excluded_fields=["search_text", "holder"],
        no_db_index=["code", "room", "category", "model", "intake", "batch"],
    )
    wall = Wall()

    class Meta:
        verbose_name = "thiết bị"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "-id"], name="equipment_by_unit"),
            models.Index(fields=["unit", "category", "status"], name="equipment_by_unit_category"),
            models.Index(fields=["category", "status", "-id"], name="equipment_by_category"),
            models.Index(fields=["status", "-id"], name="equipment_by_status"),
            # Lists sort by these; the key makes the order total, so that deep pages need no sorting.
            models.Index(fields=["name", "id"], name="equipment_by_name"),
            models.Index(fields=["received_on", "id"], name="equipment_by_day"),
            # What ends soon, the country's and one unit's alike: days within some weeks are few among all.
            models.Index(
                fields=["warranty_until", "unit", "status"],
                condition=models.Q(warranty_until__isnull=False),
                name="equipment_by_warranty",
            ),
            models.Index(
                fields=["end_of_support", "unit", "status"],
                condition=models.Q(end_of_support__isnull=False),
                name="equipment_by_support",
            ),
            models.Index(models.functions.Upper("serial"), name="equipment_by_serial"),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="equipment_by_batch"),
            models.Index(fields=["holder"], condition=models.Q(holder__isnull=False), name="equipment_by_holder"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="equipment_status_known"),
            models.CheckConstraint(
                condition=models.Q(condition__in=Condition.values), name="equipment_condition_known"
            ),
            models.CheckConstraint(condition=models.Q(original_price__gte=0), name="equipment_price_not_negative"),
            # The same serial twice in one unit is a mistake; elsewhere it is for IT Center to look into.
            models.UniqueConstraint(
                models.F("unit"),
                models.functions.Upper("serial"),
                condition=~models.Q(serial=""),
                name="equipment_serial_once_in_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"


class LedgerEntry(models.Model):
    """A line of the books: what changed a unit's holdings and when. Never changed, never deleted (trigger)."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="ledger", verbose_name="thiết bị")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="loại thiết bị")
    kind = models.CharField("loại bút toán", max_length=20, choices=EntryKind)
    effective_date = models.DateField("ngày hiệu lực")
    quantity = models.SmallIntegerField("số lượng (+/−)")
    value = MoneyField("giá trị (+/−)")
    dossier = models.CharField("hồ sơ", max_length=40)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=APPEND_ONLY)

    class Meta:
        verbose_name = "bút toán biến động"
        ordering = ["effective_date", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["unit", "effective_date"], name="ledger_unit_date")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EntryKind.values), name="ledger_kind_known"),
            models.CheckConstraint(condition=models.Q(quantity__range=(-1, 1)), name="ledger_quantity_one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity:+d}"


class SerialClash(models.Model):
    """The same serial in two units, for IT Center only: the row belongs to the root of the tree."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    serial = CleanCharField("số máy (serial)", max_length=100)
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="+", verbose_name="thiết bị mới")
    other = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="+", verbose_name="thiết bị đã có")
    created_at = models.DateTimeField("phát hiện lúc", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=())

    class Meta:
        verbose_name = "số máy trùng giữa các đơn vị"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["equipment", "other"], name="serialclash_once")]

    def __str__(self) -> str:
        return self.serial
