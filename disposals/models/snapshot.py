"""What a line says of its device, whoever has the device by now: a unit doesn't see what it has handed on."""

from typing import ClassVar, Self

from django.db import models

from core.fields import CleanCharField
from equipment.models import Category, Equipment


class DeviceSnapshot(models.Model):
    """The device as it was in the dossier's days: filled when the line is written, kept up until the dossier ends."""

    copied: ClassVar[tuple[str, ...]] = ("code", "name", "serial", "category_id")

    code = models.CharField("mã thiết bị", max_length=40)
    name = CleanCharField("tên thiết bị", max_length=200)
    serial = CleanCharField("số máy (serial)", max_length=100, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="loại thiết bị")

    class Meta:
        abstract = True

    def copy(self, device: Equipment) -> Self:
        """Take over what the device says now. Doesn't save."""
        for name in self.copied:
            setattr(self, name, getattr(device, name))
        return self
