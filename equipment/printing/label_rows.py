"""From devices to what their labels say."""

from collections.abc import Collection, Iterator
from typing import Any

from equipment.printing.labels import Label

# What may stand under the code, in this order: key, words on the form, path of the value, words before it on the label.
_PARTS = (
    ("name", "Tên thiết bị", "name", ""),
    ("serial", "Số máy", "serial", "SN: "),
    ("inventory", "Số thẻ tài sản", "inventory_number", "Số thẻ: "),
    ("unit", "Đơn vị", "unit__name", ""),
    ("room", "Phòng, tổ", "room__name", ""),
    ("holder", "Người sử dụng", "holder_name", ""),
)
PARTS = {key: words for key, words, _, _ in _PARTS}


def labels_of(devices: Any, parts: Collection[str]) -> Iterator[Label]:
    """The labels of `devices` (a queryset that the caller narrowed) in the order of their codes, as they are read."""
    shown = [(path, before) for key, _, path, before in _PARTS if key in parts]
    rows = devices.order_by("code").values_list("code", *(path for path, _ in shown))
    for code, *values in rows.iterator(chunk_size=1000):
        yield Label(
            code, [f"{before}{value}" if value else "" for (_, before), value in zip(shown, values, strict=True)]
        )


def first_of(devices: Any, count: int) -> list[tuple[str, str]]:
    """Code and name of the first devices: by these a person sees that the right ones were chosen."""
    return list(devices.order_by("code").values_list("code", "name")[:count])
