"""The catalogue that all units share and IT Center keeps (art. 3, 14.3)."""

from datetime import date
from typing import Self

from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField
from core.walls import NoWall
from equipment.rules.attributes import Attribute, attributes_of

COMPUTERS = "MAY_TINH"
"""The group of computers in the catalogue of equipment (QĐ 375/QĐ-BHXH, art. 3)."""
SHARED = NoWall("catalogue shared by the whole sector (art. 14.3)", may=("INSERT", "UPDATE"))


class CatalogueQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """Entries that may be chosen on `day`: not closed before it."""
        return self.filter(models.Q(closed_on=None) | models.Q(closed_on__gt=day))


class Category(models.Model):
    """A kind of equipment. Only leaves (`holds_equipment`) are chosen for a device."""

    code = models.CharField("mã loại", max_length=20, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="nhóm"
    )
    name = CleanCharField("tên loại", max_length=150)
    measure = CleanCharField("đơn vị tính", max_length=30, blank=True)
    software = models.BooleanField("là phần mềm", default=False)
    holds_equipment = models.BooleanField("được ghi thiết bị", default=True)
    serial_required = models.BooleanField("bắt buộc số máy (serial)", default=True)
    life_years = models.PositiveSmallIntegerField("số năm sử dụng", null=True, blank=True)
    stores_data = models.BooleanField("lưu dữ liệu, phải xóa trước khi chuyển đi", default=False)
    maintenance_months = models.PositiveSmallIntegerField("bảo trì định kỳ (tháng)", null=True, blank=True)
    attribute_keys = CleanJSONField("thuộc tính riêng", default=list, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)
    closed_on = models.DateField("ngừng dùng từ", null=True, blank=True)
    source = CleanTextField("nguồn", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CatalogueQuerySet.as_manager()
    history = HistoricalRecords()
    wall = SHARED

    class Meta:
        verbose_name = "loại thiết bị"
        ordering = ["position", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def attributes(self) -> list[Attribute]:
        """What a device of this category records beyond the common fields."""
        return attributes_of(self.attribute_keys)

    @property
    def is_computer(self) -> bool:
        """Whether it is the group of computers or below it. Asks for each group above that isn't joined."""
        at: Category | None = self
        while at is not None and at.code != COMPUTERS:
            at = at.parent
        return at is not None


class Brand(models.Model):
    name = CleanCharField("tên hãng", max_length=100, unique=True)
    country = CleanCharField("nước", max_length=60, blank=True)
    closed_on = models.DateField("ngừng dùng từ", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CatalogueQuerySet.as_manager()
    history = HistoricalRecords()
    wall = SHARED

    class Meta:
        verbose_name = "hãng sản xuất"
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class EquipmentModel(models.Model):
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="models", verbose_name="hãng sản xuất")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="models", verbose_name="loại thiết bị"
    )
    name = CleanCharField("tên mẫu", max_length=150)
    typical_price = models.DecimalField("giá tham khảo", max_digits=18, decimal_places=0, null=True, blank=True)
    end_of_support = models.DateField("nhà sản xuất hết hỗ trợ", null=True, blank=True)
    closed_on = models.DateField("ngừng dùng từ", null=True, blank=True)
    source = CleanTextField("nguồn", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CatalogueQuerySet.as_manager()
    history = HistoricalRecords()
    wall = SHARED

    class Meta:
        verbose_name = "mẫu thiết bị"
        ordering = ["brand__name", "name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["brand", "category", "name"], name="equipmentmodel_once")]

    def __str__(self) -> str:
        return f"{self.brand} {self.name}"
