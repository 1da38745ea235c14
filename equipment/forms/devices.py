"""Which devices a dossier is about: typed, pasted, scanned, or brought along from the page or the list of devices."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from core.text import clean_text
from equipment.models import Equipment, Reservation
from equipment.rules.lifecycle import Status
from equipment.rules.numbers import typed_code

MOST = 500
SHOWN = 10
_BETWEEN = re.compile(r"[\n\r\t,;]+")


class DevicesField(forms.CharField):
    """A line for each device, its code or its serial; cleans to the devices in the order of their codes.

    They are devices of one unit for which `by` records, in one of the `allowed` states, and in no open dossier but
    `number`. Every fault is named, with what stands in its line.
    """

    widget = forms.Textarea

    def __init__(self, *, by: User, allowed: Collection[Status], number: str = "", **kwargs: Any) -> None:
        self.by, self.allowed, self.number = by, frozenset(allowed), number
        attrs = {"rows": 4, "autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        defaults: dict[str, Any] = {
            "label": "Thiết bị",
            "widget": forms.Textarea(attrs=attrs),
            "help_text": "Mỗi dòng một mã thiết bị hoặc số máy; quét mã QR trên nhãn cũng được. "
            "Nhiều thiết bị thì đánh dấu ở danh sách Thiết bị rồi chọn việc cần làm.",
            "error_messages": {"required": "Hãy nhập ít nhất một mã thiết bị."},
        }
        super().__init__(**(defaults | kwargs))

    def clean(self, value: Any) -> list[Equipment]:
        text = super().clean(value)
        words = list(dict.fromkeys(filter(None, (clean_text(part) for part in _BETWEEN.split(text)))))
        if not words:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(words) > MOST:
            raise ValidationError(f"Một hồ sơ nhận nhiều nhất {MOST} thiết bị, ở đây có {len(words)}.")
        found, faults = self._find(words)
        found.sort(key=lambda device: device.code)
        faults += self._unfit(found)
        if not faults and len({device.unit_id for device in found}) > 1:
            faults.append("Các thiết bị thuộc nhiều đơn vị; mỗi hồ sơ chỉ ghi cho một đơn vị.")
        if faults:
            more = [f"… và {len(faults) - SHOWN} dòng nữa."] if len(faults) > SHOWN else []
            raise ValidationError([*faults[:SHOWN], *more])
        return found

    def _find(self, words: Sequence[str]) -> tuple[list[Equipment], list[str]]:
        mine = Equipment.objects.writable_by(self.by).select_related("unit", "category")
        codes = {typed_code(word.rsplit("/q/", 1)[-1].strip("/")): word for word in words}
        found = {device.pk: device for device in mine.filter(code__in=list(codes))}
        left = set(words) - {codes[device.code] for device in found.values()}
        by_serial: dict[str, list[Equipment]] = {}
        if left:
            for device in mine.with_serials(list(left)):
                by_serial.setdefault(device.serial.upper(), []).append(device)
        faults = []
        for word in words:
            same = by_serial.get(word.upper(), [])
            if word in left and len(same) == 1:
                found[same[0].pk] = same[0]
            elif word in left and same:
                codes_of = ", ".join(device.code for device in same)
                faults.append(f"“{word}” là số máy của {len(same)} thiết bị ({codes_of}). Hãy nhập mã thiết bị.")
            elif word in left:
                faults.append(f"Không có thiết bị “{word}” trong đơn vị.")
        return list(found.values()), faults

    def _unfit(self, devices: Sequence[Equipment]) -> list[str]:
        taken = dict(
            Reservation.objects.writable_by(self.by)
            .filter(equipment__in=[device.pk for device in devices])
            .exclude(number=self.number)
            .values_list("equipment_id", "number")
        )
        faults = []
        for device in devices:
            if device.pk in taken:
                faults.append(f"{device.code} đang ở hồ sơ {taken[device.pk]}.")
            elif device.status not in self.allowed:
                faults.append(f"{device.code} đang ở trạng thái “{device.get_status_display()}”.")
        return faults


def codes_of(devices: Sequence[Equipment]) -> str:
    """The devices as the field shows them."""
    return "\n".join(device.code for device in devices)
