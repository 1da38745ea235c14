"""Dimensions that several topics have: units, categories, choices, time."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Choices, F, Func, IntegerField, Value
from django.db.models.functions import TruncMonth, TruncQuarter, TruncYear

from analysis.topics.parts import UNKNOWN, Days, Dimension, Frame, Member, Within
from orgs.rules import AGENCIES, UnitKind

UNITS, KINDS, TIME, MORE = "Đơn vị", "Loại thiết bị", "Thời gian", "Đặc điểm"
NOBODY = Member(UNKNOWN, "Không rõ", (1,))
TOP, PROVINCES = 1, 2


class Lookup(Func):
    """What `found` says of a small key, inside the database: an array that it is the index of; NULL for others.

    So the rows are added up by what they are asked for, not by the key, and no table is joined for it.
    """

    template = "(%(expressions)s]"
    arg_joiner = ")["
    output_field = IntegerField()

    def __init__(self, found: Mapping[int, int | None], key: str) -> None:
        values = [found.get(at) for at in range(1, max(found, default=0) + 1)]
        array = Value(values, output_field=ArrayField(IntegerField(null=True)))
        super().__init__(Func(array, template="%(expressions)s::integer[]"), F(key))


def _at_depth(depth: int) -> Callable[[Frame], Any]:
    def by(frame: Frame) -> Any:
        return Lookup({unit.pk: frame.ancestor(unit, depth).pk for unit in frame.units.values()}, "unit")

    return by


def _place(frame: Frame, pk: Any) -> Member:
    """A unit of the level asked for, with all below it; the headquarters themselves without."""
    unit = frame.units.get(pk)
    if unit is None:
        return NOBODY
    asks = {"own": unit.code} if unit.kind == UnitKind.HQ else {"unit": Within(unit.code, unit.path)}
    label = f"{unit.name} (cơ quan)" if unit.kind == UnitKind.HQ else unit.name
    return Member(unit.code, label, (0, unit.path), asks)


def _own(frame: Frame, pk: Any) -> Member:
    unit = frame.units.get(pk)
    return Member(unit.code, unit.name, (0, unit.path), {"own": unit.code}) if unit else NOBODY


LEVELS = [kind for kind in UnitKind if kind in AGENCIES]


def _levels(frame: Frame) -> Any:
    return Lookup({unit.pk: LEVELS.index(UnitKind(unit.kind)) for unit in frame.units.values()}, "unit")


def _level(_frame: Frame, at: Any) -> Member:
    if at is None:
        return NOBODY
    kind = LEVELS[at]
    return Member(kind.value, kind.label, (0, at), {"level": kind.value})


def units() -> tuple[Dimension, ...]:
    """By level, by province or unit of the headquarters, by the very unit. The list needs unit, own and level."""
    return (
        Dimension("level", "Cấp đơn vị", UNITS, _levels, _level),
        Dimension("province", "Tỉnh, đơn vị trực thuộc", UNITS, _at_depth(PROVINCES), _place),
        Dimension("unit", "Từng đơn vị", UNITS, lambda _: "unit", _own),
    )


def _kind(depth: int) -> Callable[[Frame, Any], Member]:
    def member(frame: Frame, pk: Any) -> Member:
        kind = frame.kinds.get(pk)
        if kind is None:
            return NOBODY
        # A list asked for a category shows those below it too: of the very one only where there are none.
        asks = None if not depth and kind.pk in frame.parents else {"category": Within(kind.code, kind.line)}
        return Member(kind.code, kind.name, (0, kind.position, kind.pk), asks)

    return member


def _groups(depth: int, key: str) -> Callable[[Frame], Any]:
    def by(frame: Frame) -> Any:
        return Lookup({kind.pk: frame.group_of(kind, depth).pk for kind in frame.kinds.values()}, key)

    return by


def kinds(key: str = "category") -> tuple[Dimension, ...]:
    """Hardware or software, the groups below, the very category; `key` leads to it."""
    return (
        Dimension("branch", "Khối thiết bị", KINDS, _groups(1, key), _kind(1)),
        Dimension("group", "Nhóm thiết bị", KINDS, _groups(2, key), _kind(2)),
        Dimension("category", "Loại thiết bị", KINDS, lambda _: key, _kind(0)),
    )


def choice(
    key: str, label: str, choices: type[Choices], *, by: Any = None, asks: str | None = None, rows: bool = False
) -> Dimension:
    """A dimension of fixed values; `asks`: the list's parameter, as it is called here unless given."""
    labels = {str(value): (at, str(text)) for at, (value, text) in enumerate(choices.choices)}
    parameter = key if asks is None else asks

    def member(_frame: Frame, raw: Any) -> Member:
        if raw not in labels:
            return Member(UNKNOWN, "Không ghi", (1,))
        at, text = labels[raw]
        return Member(str(raw), text, (0, at), {parameter: str(raw)} if parameter else None)

    return Dimension(key, label, MORE, by if callable(by) else lambda _: by or key, member, rows=rows)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


TRUNCS: dict[int, Any] = {12: TruncYear, 3: TruncQuarter, 1: TruncMonth}


def period(key: str, label: str, day: str, months: int, *, asks: str, rows: bool = False) -> Dimension:
    """Years, quarters or months of a day; `asks`: the list's parameter for a range of days."""

    def member(_frame: Frame, first: Any) -> Member:
        if first is None:
            return Member(UNKNOWN, "Chưa có ngày", (1,))
        name = {12: f"{first:%Y}", 3: f"Quý {(first.month + 2) // 3}/{first:%Y}", 1: f"{first:%m/%Y}"}[months]
        code = {12: f"{first:%Y}", 3: f"{first:%Y}-Q{(first.month + 2) // 3}", 1: f"{first:%Y-%m}"}[months]
        last = _months_on(first, months) - timedelta(days=1)
        return Member(code, name, (0, first), {asks: Days(first, last)})

    return Dimension(key, label, TIME, lambda _: TRUNCS[months](day), member, rows=rows, time=True)


def periods(label: str, day: str, *, asks: str) -> tuple[Dimension, ...]:
    """The year, quarter and month of a day."""
    return (
        period("year", f"Năm {label}", day, 12, asks=asks),
        period("quarter", f"Quý {label}", day, 3, asks=asks),
        period("month", f"Tháng {label}", day, 1, asks=asks),
    )
