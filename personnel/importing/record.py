"""One record of a feed or of a file as values of an Employee, or all that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.models import User
from core.text import clean_text, fold
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from personnel.models import Title
from personnel.rules import EmployeeState

MAX_TEXT = 100
MAX_CODE = 20
CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,19}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_STATES = {
    **{state.value: state for state in EmployeeState},
    **{fold(state.label): state for state in EmployeeState},
    "dang cong tac": EmployeeState.WORKING,
    "chuyen": EmployeeState.MOVED,
    "nghi viec": EmployeeState.LEFT,
}
TEXTS = ("code", "unit", "full_name", "room", "title", "email", "state", "since", "account")


class RecordError(Exception):
    """What keeps a record from going in, in one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))


@dataclass(frozen=True)
class Person:
    """A record that can go in. `values` has the fields of Employee that the record tells of, and no others."""

    code: str
    unit: OrgUnit
    values: Mapping[str, Any]


@dataclass
class Known:
    """What records name: units, their rooms, posts and accounts. Four queries, whatever the number of records."""

    units: dict[str, OrgUnit] = field(default_factory=dict)
    rooms: dict[str, dict[str, OrgUnit]] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    accounts: dict[str, User] = field(default_factory=dict)

    @classmethod
    def read(cls, *, below: OrgUnit | None = None) -> "Known":
        """Everything, or only what belongs to one unit."""
        known = cls()
        units = OrgUnit.objects.in_force(timezone.localdate())
        if below is not None:
            units = units.filter(pk=below.pk) | OrgUnit.objects.departments_of(below).in_force(timezone.localdate())
        for unit in units:
            if unit.is_agency:
                known.units[unit.code.upper()] = unit
            elif unit.kind == UnitKind.DEPARTMENT:
                rooms = known.rooms.setdefault(unit.path[: -OrgUnit.steplen], {})
                rooms[unit.code.upper()] = rooms[fold(unit.name)] = unit
        for title in Title.objects.all():
            known.titles[title.code.upper()] = known.titles[fold(title.name)] = title
        accounts = User.objects.filter(is_active=True)
        known.accounts = {u.username.lower(): u for u in (accounts.filter(unit=below) if below else accounts)}
        return known


def read_record(raw: Mapping[str, Any], known: Known, *, unit: OrgUnit | None = None) -> Person:
    """The person that `raw` tells of. `unit` is whose list it is; else the record names its unit.

    A field that the record doesn't have is left as it stands; one that is there and empty empties it.
    Raises RecordError.
    """
    faults: list[str] = []
    texts = _texts(raw, faults)
    code = texts.get("code", "").upper()
    if not code or not CODE.fullmatch(code):
        faults.append(
            f"Mã cán bộ “{code}” không hợp lệ: chỉ gồm chữ không dấu, số, dấu chấm và gạch, tối đa {MAX_CODE} ký tự."
            if code
            else "Thiếu mã cán bộ."
        )
    home = unit or known.units.get(texts.get("unit", "").upper())
    if home is None:
        named = texts.get("unit", "")
        faults.append(f"Không có đơn vị mã “{named}” đang hoạt động." if named else "Thiếu mã đơn vị.")
    values: dict[str, Any] = {}
    if name := texts.get("full_name", ""):
        values["full_name"] = name
    else:
        faults.append("Thiếu họ và tên.")
    values |= _described(texts, raw, faults)
    if home is not None:
        values |= _looked_up(texts, known, home, faults)
    if faults or home is None:
        raise RecordError(faults)
    return Person(code, home, values)


def _texts(raw: Mapping[str, Any], faults: list[str]) -> dict[str, str]:
    texts = {}
    for name in TEXTS:
        value = raw.get(name)
        if name not in raw or isinstance(value, date):
            continue
        if value is not None and not isinstance(value, str | int):
            faults.append(f"Trường {name} không phải là chữ.")
            continue
        try:
            texts[name] = clean_text(str("" if value is None else value))
        except ValidationError as fault:
            faults.append(f"Trường {name}: {' '.join(fault.messages)}")
            continue
        if len(texts[name]) > MAX_TEXT:
            faults.append(f"Trường {name} dài quá {MAX_TEXT} ký tự.")
    return texts


def _described(texts: Mapping[str, str], raw: Mapping[str, Any], faults: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "email" in texts:
        values["email"] = texts["email"]
        if texts["email"]:
            try:
                validate_email(texts["email"])
            except ValidationError:
                faults.append(f"Thư điện tử “{texts['email']}” không đúng dạng.")
    if texts.get("state"):
        if state := _STATES.get(fold(texts["state"])):
            values["state"] = state.value
        else:
            faults.append(f"Trạng thái “{texts['state']}” không có trong danh sách.")
    if raw.get("since"):
        if day := _day(raw["since"]):
            values["state_since"] = day
        else:
            faults.append(f"Ngày “{raw['since']}” không đúng dạng ngày/tháng/năm.")
    return values


def _looked_up(texts: Mapping[str, str], known: Known, home: OrgUnit, faults: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    choices: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("room", "Phòng, tổ “{}” không thuộc đơn vị.", known.rooms.get(home.path, {})),
        ("title", "Không có chức danh “{}” trong danh mục.", known.titles),
    )
    for name, message, listed in choices:
        if name not in texts:
            continue
        text = texts[name]
        values[name] = (listed.get(text.upper()) or listed.get(fold(text))) if text else None
        if text and values[name] is None:
            faults.append(message.format(text))
    if "account" in texts:
        account = known.accounts.get(texts["account"].lower())
        if texts["account"] and (account is None or account.unit_id != home.pk):
            faults.append(f"Đơn vị không có tài khoản “{texts['account']}”.")
        values["account"] = account
    return values


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        if match := _DAY.fullmatch(text):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
