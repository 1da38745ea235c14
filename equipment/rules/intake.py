"""What an intake must hold before it is confirmed (art. 7). Pure: facts in, refusals out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import DomainError
from core.text import clean_text
from equipment.rules.attributes import Attribute, clean_attribute
from equipment.rules.device import MAX_CARD, MAX_PRICE, MAX_SERIAL

MAX_DEVICES = 5000
REQUIRED_DOCUMENTS = ("minutes",)  # without the signed minutes nothing was handed over
SHOWN_FAULTS = 5
_CELLS = re.compile(r"\t|;")

Item = dict[str, str]


@dataclass(frozen=True)
class LineFacts:
    """One line as the rules see it. `position` counts from 1, as on the screen."""

    position: int
    category_name: str
    category_open: bool
    serial_required: bool
    quantity: int
    unit_price: Decimal | None
    items: Sequence[Item] = ()
    key: str = ""  # prefix of the line's form fields


@dataclass(frozen=True)
class IntakeFacts:
    """The dossier as the rules see it."""

    handover_date: date | None
    supplier: str
    fund_source: str
    lines: Sequence[LineFacts]
    documents: frozenset[str]
    due_date: date | None = None
    late_reason: str = ""
    contract_date: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)  # kind of document → its name


def item_columns(attributes: Iterable[Attribute]) -> list[Attribute]:
    """The columns of a pasted line after the serial: what each device has of its own."""
    return [a for a in attributes if a.each]


def parse_items(text: str, attributes: Sequence[Attribute]) -> tuple[list[Item], list[str]]:
    """Pasted or scanned lines → one item each, and the faults by line.

    A line is `serial`, then (after tab or semicolon) each own attribute, then the card number. Lines that are
    empty at the end are nothing; an empty line in between is a device without serial.
    """
    columns = item_columns(attributes)
    items: list[Item] = []
    faults: list[str] = []
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, start=1):
        cells = [clean_text(cell) for cell in _CELLS.split(line)]
        serial, rest = cells[0], cells[1:]
        item: Item = {"serial": serial}
        if len(serial) > MAX_SERIAL:
            faults.append(f"dòng {number}: số máy dài quá {MAX_SERIAL} ký tự")
        if len(rest) > len(columns) + 1:
            faults.append(f"dòng {number}: thừa cột, nhiều nhất {len(columns) + 2} cột")
        for attribute, raw in zip(columns, rest, strict=False):
            try:
                if value := clean_attribute(attribute, raw):
                    item[attribute.key] = value
            except DomainError as fault:
                faults.append(f"dòng {number}: {fault.message}")
        if card := "".join(rest[len(columns) : len(columns) + 1]):
            item["inventory_number"] = card
            if len(card) > MAX_CARD:
                faults.append(f"dòng {number}: số thẻ tài sản dài quá {MAX_CARD} ký tự")
        items.append(item)
    return items, faults


def format_items(items: Sequence[Item], attributes: Sequence[Attribute]) -> str:
    """Items back to lines, as `parse_items` reads them."""
    keys = ["serial", *(a.key for a in item_columns(attributes)), "inventory_number"]
    return "\n".join("\t".join(item.get(key, "") for key in keys).rstrip("\t") for item in items)


def repeated(serials: Iterable[str]) -> list[str]:
    """Serials that stand more than once, whatever their case; each once, in order."""
    seen: set[str] = set()
    twice: dict[str, str] = {}
    for serial in filter(None, serials):
        key = serial.upper()
        if key in seen:
            twice.setdefault(key, serial)
        seen.add(key)
    return list(twice.values())


def check_intake(facts: IntakeFacts, *, today: date) -> list[DomainError]:
    """Everything that stands against confirming, so that it can be mended in one go; empty when nothing does."""
    refusals = [*_check_head(facts, today), *_check_documents(facts)]
    for line in facts.lines:
        refusals += _check_line(line)
    total = sum(line.quantity for line in facts.lines)
    if total > MAX_DEVICES:
        refusals.append(
            DomainError(
                f"Một hồ sơ nhận nhiều nhất {_number(MAX_DEVICES)} thiết bị, hồ sơ này có {_number(total)}. "
                "Hãy tách thành nhiều hồ sơ.",
                code="too_many",
            )
        )
    for serial in repeated(item.get("serial", "") for line in facts.lines for item in line.items)[:SHOWN_FAULTS]:
        refusals.append(DomainError(f"Số máy “{serial}” được nhập hai lần trong hồ sơ này.", code="repeated_serial"))
    return refusals


def _check_head(facts: IntakeFacts, today: date) -> Iterable[DomainError]:
    if facts.handover_date is None:
        yield DomainError("Cần ngày ký biên bản bàn giao.", field="handover_date", code="required")
    elif facts.handover_date > today:
        yield DomainError(
            f"Ngày bàn giao {facts.handover_date:%d/%m/%Y} ở tương lai. Chỉ tiếp nhận sau khi đã ký biên bản.",
            field="handover_date",
            code="future",
        )
    if not facts.supplier:
        yield DomainError("Cần tên bên giao (nhà cung cấp).", field="supplier", code="required")
    if not facts.fund_source:
        yield DomainError("Cần chọn nguồn kinh phí.", field="fund_source", code="required")
    if not facts.lines:
        yield DomainError("Hồ sơ chưa có thiết bị nào. Hãy thêm ít nhất một dòng.", code="no_lines")
    if facts.contract_date and facts.contract_date > today:
        yield DomainError("Ngày hợp đồng ở tương lai. Hãy kiểm tra lại.", field="contract_date", code="future")
    if is_late(facts.due_date, today) and not facts.late_reason:
        yield DomainError(
            f"Đã quá hạn cập nhật ({facts.due_date:%d/%m/%Y}, Điều 7). Hãy ghi lý do cập nhật muộn.",
            field="late_reason",
            code="late",
        )


def _check_documents(facts: IntakeFacts) -> Iterable[DomainError]:
    for kind in REQUIRED_DOCUMENTS:
        if kind not in facts.documents:
            name = facts.names.get(kind, kind)
            yield DomainError(f"Còn thiếu tài liệu bắt buộc: {name} (PDF). Hãy tải lên rồi tiếp nhận.", code="document")


def _check_line(line: LineFacts) -> Iterable[DomainError]:
    where = f"Dòng {line.position} ({line.category_name})"

    def at(name: str) -> str:
        return f"{line.key}-{name}" if line.key else name

    if not line.category_open:
        yield DomainError(f"{where}: loại thiết bị này đã ngừng dùng. Hãy chọn loại khác.", field=at("category"))
    if line.quantity < 1:
        yield DomainError(f"{where}: số lượng phải từ 1 trở lên.", field=at("quantity"), code="quantity")
    if line.unit_price is None:
        yield DomainError(f"{where}: cần đơn giá (nhập 0 nếu không có giá).", field=at("unit_price"), code="required")
    elif not 0 <= line.unit_price < MAX_PRICE:
        yield DomainError(f"{where}: đơn giá không hợp lệ.", field=at("unit_price"), code="price")
    serials = [item.get("serial", "") for item in line.items]
    given = sum(1 for serial in serials if serial)
    if len(serials) > line.quantity:
        yield DomainError(
            f"{where}: số lượng là {line.quantity} nhưng có {len(serials)} dòng số máy.",
            field=at("items"),
            code="serial_count",
        )
    elif line.serial_required and given < line.quantity:
        missing = [str(n) for n, serial in enumerate(serials, start=1) if not serial][:SHOWN_FAULTS]
        hint = f" Dòng để trống: {', '.join(missing)}." if missing else ""
        yield DomainError(
            f"{where}: cần {line.quantity} số máy, mới có {given}.{hint}", field=at("items"), code="serial_count"
        )


def total_value(lines: Iterable[Any]) -> Decimal:
    """What the lines cost together, in đồng; a line without a price yet counts nothing."""
    return sum(((line.unit_price or Decimal(0)) * line.quantity for line in lines), Decimal(0))


def is_late(due_date: date | None, today: date) -> bool:
    """Whether an intake confirmed today is past its term (art. 7: 3 working days)."""
    return due_date is not None and today > due_date


def expected_documents(*, software: bool) -> tuple[str, ...]:
    """Kinds of paper that art. 7 names; the licence comes with software."""
    return ("minutes", "contract", "licence") if software else ("minutes", "contract")


def missing_documents(kinds: Iterable[str], *, software: bool) -> list[str]:
    """Kinds that art. 7 names and the dossier hasn't."""
    there = set(kinds)
    return [kind for kind in expected_documents(software=software) if kind not in there]


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
