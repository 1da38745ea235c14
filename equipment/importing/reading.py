"""From the cells of a row to values, column by column. Every fault of a row is found, not only the first."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from core.errors import DomainError
from core.sheets import Cell
from core.text import fold
from equipment.importing.cells import bool_of, day_of, integer_of, is_blank, money_of, text_of
from equipment.importing.faults import Fault, FaultKind, RefusedError
from equipment.importing.fields import ATTRIBUTE, attribute_of
from equipment.importing.lookups import word
from equipment.importing.matching import Column
from equipment.rules.attributes import Attribute, AttributeKind, clean_attribute
from equipment.rules.device import (
    MADE_YEARS,
    MAX_CARD,
    MAX_COUNTRY,
    MAX_HOLDER,
    MAX_NAME,
    MAX_NOTE,
    MAX_PRICE,
    MAX_SERIAL,
    MAX_WARRANTY_MONTHS,
)
from equipment.rules.lifecycle import Condition, Status

Values = dict[str, Any]
Reader = Callable[[Cell], Any]
MAX_REFERENCE = 200
MAX_QUANTITY = 1_000_000
MAX_KNOWN = 2000

_CONDITIONS = {
    **{word(label): Condition(value) for value, label in Condition.choices},
    **dict.fromkeys(("good", "con tot", "hoat dong tot", "binh thuong", "dang hoat dong tot", "moi"), Condition.GOOD),
    **dict.fromkeys(("fair", "tb", "kha"), Condition.FAIR),
    **dict.fromkeys(("poor", "xau", "yeu"), Condition.POOR),
}
_STATUSES = {
    **{word(label): Status(value) for value, label in Status.choices},
    **dict.fromkeys(("su dung", "dang dung", "dang hoat dong", "hoat dong"), Status.IN_USE),
    **dict.fromkeys(("kho", "luu kho", "chua su dung", "du phong"), Status.IN_STOCK),
}
_MONTHS = re.compile(r"(\d{1,3})\s*(?:thang|th|t)\.?", re.ASCII)
_YEARS = re.compile(r"(\d{1,2})\s*nam", re.ASCII)


def _text(limit: int, *, multiline: bool = False) -> Reader:
    return lambda cell: text_of(cell, limit=limit, multiline=multiline)


def _price(cell: Cell) -> Any:
    price = money_of(cell)
    if price is not None and price >= MAX_PRICE:
        raise RefusedError(FaultKind.MONEY, "Nguyên giá quá lớn: dưới 10.000.000.000.000 đ. Hãy kiểm tra lại số 0.")
    return price


def _quantity(cell: Cell) -> int | None:
    many = integer_of(cell, range(MAX_QUANTITY), "1")
    if many not in {None, 1}:
        raise RefusedError(
            FaultKind.QUANTITY,
            f"Số lượng là {many}. Mỗi dòng là một thiết bị: hãy tách thành {many} dòng, mỗi dòng số lượng 1."
            if many
            else "Số lượng là 0. Hãy xóa dòng này khỏi danh sách, hoặc ghi 1.",
        )
    return many


def _condition(cell: Cell) -> Condition | None:
    text = text_of(cell, limit=MAX_REFERENCE)
    if not text:
        return None
    found = _CONDITIONS.get(word(text))
    if found is None:
        raise RefusedError(FaultKind.CHOICE, f"“{text}” không phải một tình trạng. Hãy ghi Tốt, Trung bình hoặc Kém.")
    return found


def _status(cell: Cell) -> Status | None:
    if is_blank(cell):
        return None
    ticked = bool_of(cell)
    if ticked is not None:
        return Status.IN_USE if ticked else Status.IN_STOCK
    text = text_of(cell, limit=MAX_REFERENCE)
    found = _STATUSES.get(word(text))
    if found is None:
        raise RefusedError(
            FaultKind.CHOICE, f"“{text}” không phải một trạng thái. Hãy ghi Trong kho hoặc Đang sử dụng."
        )
    return found


def _warranty(cell: Cell) -> date | int | None:
    """The last day, or so many months."""
    if isinstance(cell, str):
        said = fold(cell).strip()
        if months := _MONTHS.fullmatch(said):
            return integer_of(months[1], range(MAX_WARRANTY_MONTHS + 1), "36")
        if years := _YEARS.fullmatch(said):
            return integer_of(str(int(years[1]) * 12), range(MAX_WARRANTY_MONTHS + 1), "36")
    return day_of(cell)


_READERS: dict[str, Reader] = {
    "code": _text(MAX_REFERENCE),
    "category": _text(MAX_REFERENCE),
    "model": _text(MAX_REFERENCE),
    "brand": _text(MAX_REFERENCE),
    "room": _text(MAX_REFERENCE),
    "unit": _text(MAX_REFERENCE),
    "name": _text(MAX_NAME),
    "serial": _text(MAX_SERIAL),
    "inventory_number": _text(MAX_CARD),
    "holder_name": _text(MAX_HOLDER),
    "made_in": _text(MAX_COUNTRY),
    "note": _text(MAX_NOTE, multiline=True),
    "original_price": _price,
    "received_on": day_of,
    "end_of_support": day_of,
    "warranty_until": _warranty,
    "warranty_months": lambda cell: integer_of(cell, range(MAX_WARRANTY_MONTHS + 1), "36"),
    "made_year": lambda cell: integer_of(cell, MADE_YEARS, "2020"),
    "quantity": _quantity,
    "status": _status,
    "condition": _condition,
}


def _attribute(attribute: Attribute) -> Reader:
    choices = {word(name): key for key, label in attribute.choices for name in (key, label)}

    def read(cell: Cell) -> str:
        if attribute.kind is AttributeKind.DATE:
            day = day_of(cell)
            return day.isoformat() if day else ""
        text = text_of(cell, limit=MAX_NAME)
        if choices and text and word(text) not in choices:
            offered = ", ".join(label for _, label in attribute.choices)
            raise RefusedError(FaultKind.CHOICE, f"“{text}” không có trong danh sách: {offered}.")
        try:
            return clean_attribute(attribute, choices.get(word(text), text))
        except DomainError as refusal:
            why = refusal.message.removeprefix(f"{attribute.label}: ")
            raise RefusedError(FaultKind.ATTRIBUTE, why[:1].upper() + why[1:]) from refusal

    return read


class _Cells:
    """Reads the cells of one column; what it has read before it knows: lists repeat themselves."""

    def __init__(self, column: Column, reader: Reader) -> None:
        self._column, self._reader = column, reader
        self._known: dict[str, Any] = {}

    def read(self, cell: Cell) -> Any:
        """The value. Raises RefusedError."""
        if not isinstance(cell, str):
            return self._reader(cell)
        if cell not in self._known:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[cell] = self._fresh(cell)
        found = self._known[cell]
        if isinstance(found, RefusedError):
            raise found
        return found

    def _fresh(self, cell: str) -> Any:
        try:
            return self._reader(self._column.text(cell))
        except RefusedError as refused:
            return refused.with_traceback(None)


class RowReader:
    """Reads the matched columns of every row."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = {column.field: column for column in columns if column.field}
        self._plan = [(key, column.index, _Cells(column, self._reader(key))) for key, column in self.columns.items()]

    @staticmethod
    def _reader(key: str) -> Reader:
        return _READERS.get(key) or _attribute(attribute_of(key))

    def index(self, key: str) -> int:
        """The column of a field, -1 where the list has none."""
        column = self.columns.get(key)
        return column.index if column else -1

    def read(self, row: Sequence[Cell]) -> tuple[Values, list[Fault]]:
        """What the row says, field by field, empty cells left out; and which cells say nothing that can be taken."""
        values: Values = {}
        faults: list[Fault] = []
        width = len(row)
        for key, index, cells in self._plan:
            cell = row[index] if index < width else None
            if cell is None:
                continue
            try:
                value = cells.read(cell)
            except RefusedError as refused:
                faults.append(Fault(index, refused.kind, refused.reason))
                continue
            if value is not None and value != "":
                values[key] = value
        return values, faults


def attributes_in(values: Values) -> dict[str, str]:
    """The attributes among the values, by their own keys."""
    return {key.removeprefix(ATTRIBUTE): value for key, value in values.items() if key.startswith(ATTRIBUTE)}
