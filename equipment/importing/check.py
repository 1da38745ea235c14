"""What each row would do to the books, by the same rules as the forms: a new device, a change, nothing, or faults."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from core.history import written
from core.sheets import Book, Cell
from equipment.importing.cells import unguarded
from equipment.importing.changes import Planned, told, warranty_until
from equipment.importing.faults import Fault, FaultKind, RefusedError
from equipment.importing.fields import ATTRIBUTE, attribute_of
from equipment.importing.lookups import Catalogue, Devices, Known, Rooms, spoken, spoken_names, word
from equipment.importing.matching import Match
from equipment.importing.reading import RowReader, Values, attributes_in
from equipment.importing.rows import Skipped, data_rows
from equipment.models import Category
from equipment.queries.periods import closed_until
from equipment.rules.device import ENDED, default_name
from equipment.rules.imports import Existing
from equipment.rules.lifecycle import Condition, Status
from orgs.models import OrgUnit


class Checker:
    """Checks the rows of one file against the books as they are now."""

    def __init__(self, *, book: Book, match: Match, unit: OrgUnit, existing: str, today: date) -> None:
        self.book, self.match, self.unit, self.today = book, match, unit, today
        self.updating = existing == Existing.UPDATE
        self.reader = RowReader(match.columns)
        self.skipped = Skipped()
        self.catalogue, self.rooms = Catalogue(today), Rooms(unit)
        self.own_names = {word(unit.name), word(unit.code)}
        self._merged = merged_cells(book, match)
        self._attribute_keys = {key: ATTRIBUTE + key for c in self.catalogue.categories for key in c.attribute_keys}
        self.count = 0
        self._serials: dict[str, int] = {}
        self._devices_at: dict[int, int] = {}

    def plans(self) -> Iterator[tuple[Planned, Sequence[Cell]]]:
        """Every line with its plan, in the order of the file."""
        read = [(line, row, *self.reader.read(row)) for line, row in data_rows(self.book, self.match, self.skipped)]
        self.count = len(read)
        self.closed = closed_until(self.unit)
        self.devices = Devices(
            self.unit,
            codes=(values["code"].upper() for _, _, values, _ in read if "code" in values),
            serials=(values["serial"] for _, _, values, _ in read if "serial" in values),
        )
        for line, row, values, faults in read:
            plan = Planned(line, faults)
            self._plan(plan, values)
            yield plan, row

    def _plan(self, plan: Planned, values: Values) -> None:
        for index in self._merged.get(plan.line, ()):
            self._fault(
                plan, index, FaultKind.MERGED, "Ô này nằm trong vùng gộp nhiều dòng. Hãy bỏ gộp và điền đủ từng dòng."
            )
        self._of_this_unit(plan, values)
        plan.known = self._named(plan, values)
        self._once(plan, values)
        if plan.known is None:
            plan.values = self._new(plan, values)
        elif self.updating:
            plan.values = self._changed(plan, values, plan.known)

    def _fault(self, plan: Planned, where: str | int, kind: FaultKind, reason: str) -> None:
        plan.faults.append(Fault(self.reader.index(where) if isinstance(where, str) else where, kind, reason))

    def _faulty(self, plan: Planned, key: str) -> bool:
        index = self.reader.index(key)
        return index >= 0 and any(fault.column == index for fault in plan.faults)

    # Which device

    def _of_this_unit(self, plan: Planned, values: Values) -> None:
        unit = values.pop("unit", "")
        if unit and word(unit) not in self.own_names:
            reason = f"Dòng này ghi đơn vị “{unit}”; đợt nhập này của {self.unit.name}. Hãy bỏ dòng này khỏi tệp."
            self._fault(plan, "unit", FaultKind.UNIT, reason)

    def _named(self, plan: Planned, values: Values) -> Known | None:
        """The device of the unit that the row names by its code or serial; says what stands against that."""
        code, serial = values.pop("code", ""), values.get("serial", "")
        by_code = self.devices.by_code.get(code.upper()) if code else None
        by_serial = self.devices.by_serial.get(serial.upper()) if serial else None
        if code and by_code is None:
            reason = (
                f"Trong sổ của đơn vị không có mã thiết bị “{code}”. Thiết bị mới thì để trống ô này; "
                "mã cũ của đơn vị thì ghi vào cột số thẻ tài sản."
            )
            self._fault(plan, "code", FaultKind.UNKNOWN, reason)
        if by_serial is not None and (by_serial is not by_code if code else not self.updating):
            hint = "" if code else " Để cập nhật thiết bị đó, chọn cập nhật thiết bị đã có khi tải tệp."
            reason = f"Số máy “{serial}” đã có ở thiết bị {by_serial['code']} của đơn vị.{hint}"
            self._fault(plan, "serial", FaultKind.TAKEN, reason)
        if by_code is not None and not self.updating:
            reason = f"Thiết bị {by_code['code']} đã có trong sổ. Để cập nhật, chọn cập nhật khi tải tệp."
            self._fault(plan, "code", FaultKind.TAKEN, reason)
        return by_code or (by_serial if not code else None)

    def _once(self, plan: Planned, values: Values) -> None:
        """The same serial, or the same device, stands in one row only."""
        serial = values.get("serial", "").upper()
        if serial and (self.updating or not self._faulty(plan, "serial")):
            first = self._serials.setdefault(serial, plan.line)
            if first != plan.line:
                reason = f"Số máy “{values['serial']}” đã có ở dòng {first} của tệp. Hãy xóa dòng lặp hoặc sửa số máy."
                self._fault(plan, "serial", FaultKind.REPEATED, reason)
        if plan.known is not None and self.updating:
            first = self._devices_at.setdefault(plan.known["pk"], plan.line)
            if first != plan.line:
                reason = f"Thiết bị {plan.known['code']} đã có ở dòng {first} của tệp. Hãy giữ lại một dòng."
                self._fault(plan, "code", FaultKind.REPEATED, reason)

    # A new device

    def _new(self, plan: Planned, values: Values) -> Values:
        model = self._model(plan, values, category := self._category(plan, values))
        if category is None and model is not None:
            category = model.category_id and self.catalogue.by_pk.get(model.category_id)
        self._require(plan, values, category)
        received = values.get("received_on")
        if received is not None and received > self.today:
            reason = f"Ngày {received:%d/%m/%Y} ở tương lai. Chỉ nhập thiết bị đã nhận."
            self._fault(plan, "received_on", FaultKind.FUTURE, reason)
        elif received is not None and self.closed is not None and received <= self.closed:
            reason = (
                f"Ngày {received:%d/%m/%Y} thuộc số liệu đã khóa đến hết ngày {self.closed:%d/%m/%Y}. Hãy ghi ngày đơn "
                f"vị xác nhận, ghi nhận thiết bị (từ {self.closed + timedelta(days=1):%d/%m/%Y}) và ghi ngày nhận gốc "
                f"vào cột ghi chú; hoặc lập đề nghị mở khóa số liệu năm {self.closed.year} rồi nhập lại dòng này."
            )
            self._fault(plan, "received_on", FaultKind.LOCKED, reason)
        room = self._room(plan, values)
        status = values.get("status") or (Status.IN_USE if room or values.get("holder_name") else Status.IN_STOCK)
        if status not in {Status.IN_STOCK, Status.IN_USE}:
            reason = f"Thiết bị mới không nhập với trạng thái “{status.label}”. Hãy ghi Trong kho hoặc Đang sử dụng."
            self._fault(plan, "status", FaultKind.CHOICE, reason)
        attributes = attributes_in(values)
        self._own_attributes(plan, attributes, category)
        brand = values.get("brand", "")
        return {
            "category_id": category and category.pk,
            "model_id": model and model.pk,
            "name": values.get("name") or (default_name(category.name, model or brand) if category else ""),
            "room_id": room,
            "status": status,
            "condition": values.get("condition") or Condition.GOOD,
            "warranty_until": warranty_until(values, received),
            "end_of_support": values.get("end_of_support") or (model.end_of_support if model else None),
            "attributes": attributes,
            **{key: values.get(key, "") for key in ("serial", "inventory_number", "holder_name", "made_in", "note")},
            **{key: values.get(key) for key in ("original_price", "received_on", "made_year")},
        }

    def _require(self, plan: Planned, values: Values, category: Category | None) -> None:
        """What no new device lacks; a cell that couldn't be read has been told of already."""
        wanted = [
            ("category", category is not None, "Cần loại thiết bị. Hãy ghi tên hoặc mã loại trong danh mục."),
            ("original_price", "original_price" in values, "Cần nguyên giá (ghi 0 nếu không có giá)."),
            ("received_on", "received_on" in values, "Cần ngày tiếp nhận, ví dụ 25/11/2020."),
        ]
        if category is not None and category.serial_required:
            reason = f"Loại “{category.name}” cần số máy (serial). Hãy ghi số máy."
            wanted.append(("serial", "serial" in values, reason))
        for key, there, reason in wanted:
            if not there and not self._faulty(plan, key) and not (key == "category" and self._faulty(plan, "model")):
                self._fault(plan, key, FaultKind.REQUIRED, reason)

    def _category(self, plan: Planned, values: Values) -> Category | None:
        if "category" not in values:
            return None
        try:
            return self.catalogue.category(values["category"])
        except RefusedError as refused:
            self._fault(plan, "category", refused.kind, refused.reason)
            return None

    def _model(self, plan: Planned, values: Values, category: Category | None) -> Any:
        if "model" not in values:
            return None
        try:
            return self.catalogue.model(values["model"], brand=values.get("brand", ""), category=category)
        except RefusedError as refused:
            self._fault(plan, "model", refused.kind, refused.reason)
            return None

    def _room(self, plan: Planned, values: Values) -> int | None:
        if "room" not in values:
            return None
        try:
            return int(self.rooms.room(values["room"]).pk)
        except RefusedError as refused:
            self._fault(plan, "room", refused.kind, refused.reason)
            return None

    def _own_attributes(self, plan: Planned, given: Values, category: Category | None) -> None:
        """A device has the attributes of its category only."""
        if category is None:
            return
        for key in given.keys() - set(category.attribute_keys):
            label = attribute_of(ATTRIBUTE + key).label
            reason = f"Loại “{category.name}” không ghi “{label}”. Hãy xóa ô này hoặc kiểm tra lại loại."
            self._fault(plan, ATTRIBUTE + key, FaultKind.ATTRIBUTE, reason)

    # A device that is there

    def _changed(self, plan: Planned, values: Values, known: Known) -> Values:
        """What the row changes of a device: what describes it. An empty cell leaves it as it is."""
        self._unmoved(plan, values, known)
        found: Values = {}
        for key in ("name", "serial", "inventory_number", "holder_name", "made_in", "note", "made_year"):
            if key in values and values[key] not in {known[key], unguarded(str(known[key] or ""))}:
                found[key] = values[key]
        if "serial" in found and found["serial"].upper() == known["serial"].upper():
            del found["serial"]
        if "condition" in values and values["condition"] != known["condition"]:
            found["condition"] = values["condition"]
        for key, value in (
            ("warranty_until", warranty_until(values, known["received_on"])),
            ("end_of_support", values.get("end_of_support")),
        ):
            if value is not None and value != known[key]:
                found[key] = value
        self._changed_references(plan, values, known, found)
        category = self.catalogue.by_pk.get(known["category_id"])
        given = {k: v for k, v in attributes_in(values).items() if known["attributes"].get(k) != v}
        if given:
            self._own_attributes(plan, given, category)
            found["attributes"] = {**known["attributes"], **given}
        if found and known["status"] in ENDED:
            reason = f"Thiết bị đang ở trạng thái “{Status(known['status']).label}”, không sửa được. Hãy bỏ dòng này."
            self._fault(plan, "code", FaultKind.DOSSIER, reason)
        plan.changes = list(told(found, known, given))
        return {key: value for key, value in found.items() if key not in {"room_name", "model_name"}}

    def _changed_references(self, plan: Planned, values: Values, known: Known, found: Values) -> None:
        """Room and model: what they are called now changes nothing, were they closed meanwhile."""
        if "room" in values and word(values["room"]) not in {
            word(known[k] or "") for k in ("room__name", "room__code")
        }:
            room = self._room(plan, values)
            if room is not None and room != known["room_id"]:
                found["room_id"] = room
                found["room_name"] = next(r.name for r in self.rooms.rooms if r.pk == room)
        name, brand = known["model__name"] or "", known["model__brand__name"] or ""
        same_brand = "brand" not in values or word(values["brand"]) == word(brand)
        if "model" in values and not (same_brand and word(values["model"]) in {word(name), word(f"{brand} {name}")}):
            model = self._model(plan, values, self.catalogue.by_pk.get(known["category_id"]))
            if model is not None and model.pk != known["model_id"]:
                found["model_id"], found["model_name"] = model.pk, str(model)

    def _unmoved(self, plan: Planned, values: Values, known: Known) -> None:
        """What stands in the books is changed by a dossier, never by a list."""
        named = spoken_names(known["category__name"], known["category__code"])
        if "category" in values and spoken(values["category"]) not in named:
            reason = f"Trong sổ là loại “{known['category__name']}”; đổi loại bằng hồ sơ đính chính, không bằng tệp."
            self._fault(plan, "category", FaultKind.DOSSIER, reason)
        price = values.get("original_price")
        if price is not None and price != known["original_price"]:
            reason = (
                f"Trong sổ là {written(known['original_price'])} đ; đổi nguyên giá bằng hồ sơ thay đổi nguyên giá, "
                "không bằng tệp. Hãy ghi đúng số trong sổ hoặc để trống."
            )
            self._fault(plan, "original_price", FaultKind.DOSSIER, reason)
        received = values.get("received_on")
        if received is not None and received != known["received_on"]:
            reason = (
                f"Trong sổ là ngày {known['received_on']:%d/%m/%Y}; đổi ngày tiếp nhận bằng hồ sơ đính chính, "
                "không bằng tệp. Hãy ghi đúng ngày trong sổ hoặc để trống."
            )
            self._fault(plan, "received_on", FaultKind.DOSSIER, reason)
        status = values.get("status")
        if status is not None and status != known["status"]:
            reason = (
                f"Trong sổ là “{Status(known['status']).label}”; trạng thái đổi theo hồ sơ (bàn giao, sửa chữa, điều "
                "chuyển, thanh lý), không bằng tệp."
            )
            self._fault(plan, "status", FaultKind.DOSSIER, reason)


def merged_cells(book: Book, match: Match) -> dict[int, list[int]]:
    """By line of the file: the matched columns that a merged area of several lines covers, its first line aside."""
    columns = {column.index for column in match.columns if column.field}
    found: dict[int, list[int]] = {}
    for top, left, bottom, right in book.sheets[match.sheet].merged:
        covered = [index for index in range(left, right + 1) if index in columns]
        for row in range(max(top, match.header_row + 1) + 1, bottom + 1):
            if covered:
                found.setdefault(row + 1, []).extend(covered)
    return found
