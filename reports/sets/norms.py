"""Excess and shortage against the norms, unit by unit and device by device."""

from collections.abc import Iterator

from django import forms
from django.db import models

from equipment.queries.norms import Book
from equipment.queries.standings import Line as Stand
from equipment.queries.standings import lines as standings
from equipment.rules.norms import Scope
from orgs.models import OrgUnit
from reports import links
from reports.building import Place, added, figure
from reports.definition import Asked, Col, Line, Part, Report, Sheet, register
from reports.forms.parameters import DayForm
from reports.sets.basis import NORMS, scope_of, subtitle_of_day

NOTE = (
    "“Được dùng tiếp”: vượt định mức nhưng đã trang bị trước ngày văn bản có hiệu lực, dùng đến khi thanh lý. Thừa và "
    "thiếu tính theo từng người, phòng, đơn vị rồi mới cộng."
)
WHOSE = {Scope.PERSON: "Cán bộ", Scope.ROOM: "Phòng, tổ", Scope.UNIT: "Đơn vị", Scope.STAFF: "Đơn vị"}


class NormLevel(models.TextChoices):
    UNIT = "unit", "Từng đơn vị, theo loại định mức"
    WHOSE = "whose", "Từng cán bộ, phòng, đơn vị"


class NormForm(DayForm):
    """As of which day, in how much detail."""

    level = forms.ChoiceField(label="Mức chi tiết", choices=NormLevel.choices, initial=NormLevel.UNIT)


def _norms(asked: Asked) -> Sheet:
    units, whose = scope_of(asked)
    day, level = asked.parameters["day"], asked.parameters["level"]
    book, found, whole = Book.of(day), [], []
    for number, unit in enumerate(units, start=1):
        asked.step(number - 1, len(units), "Đang đối chiếu định mức")
        stands = [stand for stand in standings(unit, day, book) if stand.standing.allowed or stand.standing.has]
        if not stands:
            continue
        figures = added(map(_figures, stands))
        whole.append(figures)
        address = links.norms(Place(unit.code, below=False), day)
        found.append(_line(str(number), unit.name, "", figures, address, level=0))
        found += _of_unit(unit, stands, str(number), address, each=level == NormLevel.WHOSE)
    total = _line("", "Tổng cộng", "", added(whole), "", level=0)
    columns = [
        Col("tt", "STT", mark="A", width=6),
        Col("name", "Đơn vị, định mức", mark="B", width=26),
        Col("rule", "Văn bản", mark="C", width=16),
        figure("allowed", "Tiêu chuẩn", 1),
        figure("has", "Thực có", 2),
        figure("excess", "Thừa", 3),
        figure("kept", "Được dùng tiếp", 4),
        figure("shortage", "Thiếu", 5),
    ]
    part = Part("", columns, found, note=NOTE, sum=total)
    return Sheet(EXCESS.title, subtitle_of_day(asked, whose), [part], unit=asked.unit, legal_basis=NORMS)


def _of_unit(unit: OrgUnit, stands: list[Stand], before: str, address: str, *, each: bool) -> Iterator[Line]:
    """The lines below a unit: one for each norm, or for everybody that a norm is about."""
    several: dict[tuple[str, str], list[Stand]] = {}
    for stand in stands:
        whose = stand.whose if stand.scope != Scope.UNIT else unit.name
        name = f"{whose}: {stand.items}" if each else f"{stand.items} ({WHOSE[stand.scope].lower()})"
        several.setdefault((name, stand.rule), []).append(stand)
    for number, ((name, rule), some) in enumerate(several.items(), start=1):
        yield _line(f"{before}.{number}", name, rule, added(map(_figures, some)), address, level=1)


def _figures(stand: Stand) -> dict[str, int]:
    now = stand.standing
    return {"allowed": now.allowed, "has": now.has, "excess": now.excess, "kept": now.kept, "shortage": now.shortage}


def _line(number: str, name: str, rule: str, figures: dict[str, int], address: str, *, level: int) -> Line:
    leads = {column: address for column, many in figures.items() if many and address}
    return Line({"tt": number, "name": name, "rule": rule, **figures}, level=level, strong=level == 0, links=leads)


EXCESS = register(
    Report(
        "dinh-muc",
        "Thừa, thiếu so với định mức",
        "Tiêu chuẩn, thực có, thừa, thiếu theo đơn vị, phòng, cán bộ tại một ngày.",
        NormForm,
        _norms,
        legal_basis=NORMS,
        by_unit=True,
    )
)
