"""What rows are compared with: the catalogue, the unit's rooms, those of its devices that the file names.

Read once for a batch, and only of the unit: what another unit has looks like what nobody has.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from core.text import fold
from equipment.importing.faults import FaultKind, RefusedError
from equipment.models import Category, Equipment, EquipmentModel
from equipment.queries import rooms_of
from orgs.models import OrgUnit

CHUNK = 5000
NAMED = 6  # choices that a message lists
_BRACKETS = re.compile(r"\([^)]*\)")
KNOWN = (
    "pk", "code", "version", "status", "name", "serial", "inventory_number", "holder_name", "condition",
    "original_price", "received_on", "warranty_until", "end_of_support", "made_year", "made_in", "attributes", "note",
    "category_id", "category__code", "category__name", "model_id", "model__name", "model__brand__name",
    "room_id", "room__code", "room__name",
)  # fmt: skip

Known = dict[str, Any]
"""A device that the unit has, with the names of what it refers to."""


def word(text: str) -> str:
    """A name as it is compared: without accents, case and doubled spaces."""
    return " ".join(fold(text).split())


def spoken(text: str) -> str:
    """The name of a category as people call it: a "máy vi tính" is a "máy tính"."""
    return word(text).replace("may vi tinh", "may tinh")


def spoken_names(name: str, code: str) -> set[str]:
    """What people may call a category. What its name adds in brackets may be left out."""
    return {spoken(name), spoken(_BRACKETS.sub(" ", name)), spoken(code)}


class Catalogue:
    """Categories and models by the names that people give them."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.categories = list(
            Category.objects.filter(holds_equipment=True).select_related("parent").order_by("position")
        )
        self.by_pk = {category.pk: category for category in self.categories}
        self._categories: dict[str, list[Category]] = defaultdict(list)
        for category in self.categories:
            for name in {word(category.name), word(category.code)}:
                self._categories[name].append(category)
        self._spoken: dict[str, list[Category]] = defaultdict(list)
        for category in self.categories:
            for name in spoken_names(category.name, category.code):
                self._spoken[name].append(category)
        self._told: dict[str, str] = {}

    @cached_property
    def _models(self) -> dict[str, list[EquipmentModel]]:
        found: dict[str, list[EquipmentModel]] = defaultdict(list)
        for model in EquipmentModel.objects.select_related("brand"):
            for name in {word(model.name), word(f"{model.brand.name} {model.name}")}:
                found[name].append(model)
        return found

    def category(self, text: str) -> Category:
        """The category of that name or code. Raises RefusedError for one that is unknown or closed."""
        found = self._categories.get(word(text), [])
        if not found and len(called := self._spoken.get(spoken(text), [])) == 1:
            found = called
        live = [category for category in found if not _closed(category, self.today)]
        if live:
            return live[0]
        if found:
            raise RefusedError(
                FaultKind.CLOSED, f"Loại “{found[0].name}” đã ngừng dùng. Hãy chọn loại khác trong danh mục."
            )
        raise RefusedError(FaultKind.UNKNOWN, self._unknown_category(text))

    def _unknown_category(self, text: str) -> str:
        if text not in self._told:
            self._told[text] = (
                f"Danh mục không có loại “{text}”. {self._hint(text)}Hãy ghi đúng tên hoặc mã loại như trong tệp mẫu."
            )
        return self._told[text]

    def _hint(self, text: str) -> str:
        """The kinds of the group that is named, else the category that is nearest."""
        if kinds := self._groups.get(spoken(text)):
            more = "…" if len(kinds) > NAMED else ""
            return f"Đó là một nhóm, gồm: {'; '.join(kinds[:NAMED])}{more}. "
        near = difflib.get_close_matches(spoken(text), [*self._spoken], n=1, cutoff=0.6)
        return f"Có phải “{self._spoken[near[0]][0].name}”? " if near else ""

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for category in self.categories:
            if category.parent and not _closed(category, self.today):
                found[spoken(category.parent.name)].append(category.name)
        return found

    def model(self, text: str, *, brand: str, category: Category | None) -> EquipmentModel:
        """The model of that name, within the category where it is known. Raises RefusedError."""
        found = self._models.get(word(text), [])
        if brand:
            found = [model for model in found if word(model.brand.name) == word(brand)]
        if not found:
            named = f"{brand} {text}" if brand and word(brand) not in word(text) else text
            raise RefusedError(
                FaultKind.UNKNOWN,
                f"Danh mục không có mẫu “{named}”. Hãy để trống ô này và ghi vào tên thiết bị, hoặc ghép cột này "
                "vào “Tên thiết bị”.",
            )
        fitting = [model for model in found if category is None or model.category_id == category.pk]
        if not fitting:
            kind = category.name if category else ""
            raise RefusedError(FaultKind.CHOICE, f"Mẫu “{text}” không thuộc loại “{kind}”. Hãy sửa mẫu hoặc loại.")
        live = [model for model in fitting if not _closed(model, self.today)]
        if not live:
            raise RefusedError(FaultKind.CLOSED, f"Mẫu “{text}” đã ngừng dùng. Hãy để trống hoặc chọn mẫu khác.")
        if len({model.category_id for model in live}) > 1 or len(live) > 1:
            raise RefusedError(
                FaultKind.UNKNOWN, f"Danh mục có nhiều mẫu tên “{text}”. Hãy ghi thêm hãng và loại thiết bị."
            )
        return live[0]


def _closed(entry: Category | EquipmentModel, today: date) -> bool:
    return entry.closed_on is not None and entry.closed_on <= today


class Rooms:
    """Rooms of the unit by name and code."""

    def __init__(self, unit: OrgUnit) -> None:
        self.rooms = list(rooms_of(unit))
        self._rooms: dict[str, list[OrgUnit]] = defaultdict(list)
        for room in self.rooms:
            for name in {word(room.name), word(room.code)}:
                self._rooms[name].append(room)

    def room(self, text: str) -> OrgUnit:
        """The room of that name or code. Raises RefusedError."""
        found = self._rooms.get(word(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(room.code for room in found)
            raise RefusedError(FaultKind.UNKNOWN, f"Đơn vị có nhiều phòng, tổ tên “{text}”. Hãy ghi mã: {codes}.")
        names = "; ".join(room.name for room in self.rooms[:NAMED])
        more = "…" if len(self.rooms) > NAMED else ""
        offered = f"Hiện có: {names}{more}." if names else "Đơn vị chưa có phòng, tổ nào; hãy để trống ô này."
        raise RefusedError(FaultKind.UNKNOWN, f"Đơn vị không có phòng, tổ “{text}”. {offered}")


class Devices:
    """Those of the unit's devices whose code or serial the file names."""

    def __init__(self, unit: OrgUnit, *, codes: Iterable[str], serials: Iterable[str]) -> None:
        self.by_code: dict[str, Known] = {}
        self.by_serial: dict[str, Known] = {}
        mine = Equipment.objects.of_unit(unit).order_by()
        for chunk in _chunks(sorted(set(codes))):
            self._keep(mine.filter(code__in=chunk).values(*KNOWN))
        for chunk in _chunks(sorted(set(serials))):
            self._keep(mine.with_serials(chunk).values(*KNOWN))

    def _keep(self, rows: Iterable[Known]) -> None:
        for row in rows:
            self.by_code[row["code"].upper()] = row
            if row["serial"]:
                self.by_serial[row["serial"].upper()] = row


def _chunks(values: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), CHUNK):
        yield list(values[start : start + CHUNK])
