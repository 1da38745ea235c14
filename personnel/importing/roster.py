"""A file with the people of one unit: what it would change, and what is wrong with its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from core.encodings import convert, detect
from core.errors import DomainError
from core.sheets import Cell, CellError, SheetError, read
from core.text import fold
from orgs.models import OrgUnit
from personnel.importing.record import Known, Person, RecordError, read_record
from personnel.models import Employee

KINDS = (".xlsx", ".xls", ".ods", ".csv")
MOST_BYTES = 5 << 20
MOST_ROWS = 2000
LABELS = {field.name: str(field.verbose_name).capitalize() for field in Employee._meta.concrete_fields}
LOOKED_AT = 20  # a heading stands within the first lines
HEADINGS = {
    "code": ("ma can bo", "ma nhan vien", "ma cb", "ma nv", "ma", "code"),
    "full_name": ("ho va ten", "ho ten", "ten", "full_name"),
    "title": ("chuc danh", "chuc vu", "title"),
    "room": ("phong", "phong to", "phong, to", "phong (to)", "to", "bo phan", "room"),
    "email": ("thu dien tu", "email", "e-mail"),
    "state": ("trang thai", "tinh trang", "state"),
    "since": ("tu ngay", "since"),
}


@dataclass(frozen=True)
class Line:
    """A line of the file and what it would do: add a person, or change somebody's values."""

    number: int
    code: str
    name: str
    changes: Sequence[tuple[str, str, str]] = ()
    fresh: bool = False
    fault: str = ""


@dataclass
class Roster:
    """What the whole file would do."""

    lines: list[Line] = field(default_factory=list)
    people: list[tuple[Employee | None, Person]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.fault]

    @property
    def changing(self) -> list[Line]:
        return [line for line in self.lines if line.fresh or line.changes]


def read_rows(file: BinaryIO, name: str) -> list[tuple[int, dict[str, Any]]]:
    """The lines under the headings of the first sheet that has them, as texts and days by field.

    Raises DomainError at the field `file`.
    """
    try:
        book = read(file, name)
    except SheetError as refusal:
        raise DomainError(str(refusal), field="file", code="sheet") from refusal
    for sheet in range(len(book.sheets)):
        columns: dict[int, str] = {}
        rows: list[tuple[int, dict[str, Any]]] = []
        for number, cells in enumerate(book.rows(sheet), start=1):
            if columns:
                row = {columns[at]: _plain(cell) for at, cell in enumerate(cells) if at in columns}
                if row.get("code") or row.get("full_name"):
                    rows.append((number, row))
            elif number > LOOKED_AT:
                break
            else:
                columns = _headings(cells)
            if len(rows) > MOST_ROWS:
                raise DomainError(f"Tệp có hơn {MOST_ROWS} người. Hãy tách tệp.", field="file", code="too_many")
        if rows:
            return rows
    raise DomainError(
        "Không thấy dòng tiêu đề có cột “Mã cán bộ” và “Họ và tên”, hoặc dưới đó không có ai.",
        field="file",
        code="head",
    )


def _headings(cells: Sequence[Cell]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for at, cell in enumerate(cells):
        text = " ".join(fold(cell).replace("*", "").split()) if isinstance(cell, str) else ""
        for name, words in HEADINGS.items():
            if text in words and name not in columns.values():
                columns[at] = name
    return columns if {"code", "full_name"} <= set(columns.values()) else {}


def _plain(cell: Cell) -> str | date:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, CellError):
        return cell.code
    text = "" if cell is None else str(cell)
    return convert(text, detect([text]).encoding) if not text.isascii() else text


def plan(rows: Sequence[tuple[int, Mapping[str, Any]]], unit: OrgUnit, standing: Mapping[str, Employee]) -> Roster:
    """What `rows` would do to the people of `unit`; `standing` are they, by their code there.

    A title or room that isn't known is the line's fault; the other lines go in.
    """
    known, roster = Known.read(below=unit), Roster()
    seen: dict[str, int] = {}
    prefix = f"{unit.code.upper()}-"
    for number, row in rows:
        typed = str(row.get("code", "")).strip().upper().removeprefix(prefix)
        name = str(row.get("full_name", ""))
        try:
            if typed in seen:
                raise RecordError([f"Mã cán bộ {typed} đã có ở dòng {seen[typed]}."])
            person = read_record({**row, "code": typed}, known, unit=unit)
        except RecordError as fault:
            roster.lines.append(Line(number, typed, name, fault=str(fault)))
        else:
            _place(roster, number, person, standing.get(person.code))
        seen.setdefault(typed, number)
    return roster


def _place(roster: Roster, number: int, person: Person, employee: Employee | None) -> None:
    name = str(person.values["full_name"])
    if employee is None:
        roster.lines.append(Line(number, person.code, name, fresh=True))
        roster.people.append((None, person))
        return
    changes = [
        (LABELS[key], _shown(getattr(employee, key)), _shown(value))
        for key, value in person.values.items()
        if getattr(employee, key) != value
    ]
    if changes:
        roster.lines.append(Line(number, person.code, name, changes))
        roster.people.append((employee, person))
    else:
        roster.unchanged += 1


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if value else "—"
