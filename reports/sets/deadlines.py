"""How units keep their terms (thi đua): by unit and by kind, of what was due between two days.

A superior ranks those right below it; whoever sees one unit alone sees no rank, and nobody ranks one's own unit.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from deadlines.policies import own_units
from deadlines.queries.boards import Place
from deadlines.rules import Kind
from deadlines.rules.standings import COUNTED, Stand, Standing, percent, ranks
from orgs.models import OrgUnit
from reports.building import figure
from reports.definition import Asked, Col, Line, Part, Report, Sheet, Value, register
from reports.forms.works import TermsForm
from reports.queries.works import standings
from reports.sets.basis import scope_of, subtitle_of_period
from reports.sets.repairs import GROUP
from ui.formats import vndate

LAW = "Điều 14 Quy định ban hành kèm theo Quyết định 375/QĐ-BHXH"
NOTE = (
    "Tỷ lệ đúng hạn = đúng hạn / (đúng hạn + trễ hạn + quá hạn), làm tròn xuống; việc được miễn và việc còn hạn không "
    "tính. Tính tại thời điểm lập báo cáo."
)
STANDS = (Stand.IN_TIME, Stand.LATE, Stand.OVERDUE, Stand.RUNNING, Stand.WAIVED)


def _terms(asked: Asked) -> Sheet:
    units, whose = scope_of(asked)
    first, last = asked.parameters["first"], asked.parameters["last"]
    found = standings(asked.user, units, first, last, timezone.localdate())
    by_unit = asked.parameters["level"] == "unit"
    lines = _by_unit(asked, units, found) if by_unit else _by_kind(asked, found)
    ranked = by_unit and any("rank" in line.values for line in lines)
    columns = [
        Col("tt", "STT", mark="A", width=5),
        Col("name", "Đơn vị" if by_unit else "Việc phải làm", mark="B", width=28),
        figure("total", "Số việc đến hạn", 1),
        *(figure(stand.value, stand.label, 2 + at) for at, stand in enumerate(STANDS)),
        figure("rate", "Tỷ lệ đúng hạn (%)", 7, kind="percent"),
        *([Col("rank", "Hạng", kind="number", mark="8", width=6)] if ranked else []),
    ]
    total = _line("", "Tổng cộng", sum(found.values(), Standing()), _whole(asked), asked, level=0, strong=True)
    part = Part("", columns, lines, note=NOTE, sum=total)
    return Sheet(TERMS.title, subtitle_of_period(asked, whose), [part], unit=asked.unit, legal_basis=LAW)


def _whole(asked: Asked) -> dict[str, str]:
    return {"unit" if asked.below else "own": asked.unit.code}


def _by_unit(asked: Asked, units: Sequence[OrgUnit], found: Mapping[tuple[int, str], Standing]) -> list[Line]:
    """The unit alone, then each right below it with everything under that one."""
    of_unit: dict[int, Standing] = {}
    for (unit, _), standing in found.items():
        of_unit[unit] = of_unit.get(unit, Standing()) + standing
    here = units[0]
    lines = [_line("1", here.name, of_unit.get(here.pk, Standing()), {"own": here.code}, asked)]
    children = [Place(u.pk, u.code, u.name, u.depth, u.path) for u in units if _right_below(here, u, units)]
    below = {
        child.pk: sum((of_unit.get(u.pk, Standing()) for u in units if u.path.startswith(child.path)), Standing())
        for child in children
    }
    places = ranks({pk: one.rate for pk, one in below.items() if pk not in own_units(asked.user)})
    for number, child in enumerate(children, start=2):
        more = {"rank": places.get(child.pk)}
        lines.append(_line(str(number), child.name, below[child.pk], {"unit": child.code}, asked, more=more))
    return lines


def _right_below(here: OrgUnit, unit: OrgUnit, units: Sequence[OrgUnit]) -> bool:
    """Whether no other of the units lies between."""
    if unit.pk == here.pk:
        return False
    return not any(other.pk not in {here.pk, unit.pk} and unit.path.startswith(other.path) for other in units)


def _by_kind(asked: Asked, found: Mapping[tuple[int, str], Standing]) -> list[Line]:
    of_kind: dict[str, Standing] = {}
    for (_, kind), standing in found.items():
        of_kind[kind] = of_kind.get(kind, Standing()) + standing
    return [
        _line(str(number), str(Kind(kind).label), of_kind[kind], {**_whole(asked), "kind": kind}, asked)
        for number, kind in enumerate(sorted(of_kind, key=list(Kind).index), start=1)  # type: ignore[arg-type]  # values of kinds
    ]


def _line(
    number: str,
    name: str,
    standing: Standing,
    narrowed: Mapping[str, str],
    asked: Asked,
    *,
    level: int = 1,
    strong: bool = False,
    more: Mapping[str, Value] | None = None,
) -> Line:
    values: dict[str, Value] = {"tt": number, "name": name, "total": standing.total, **(more or {})}
    values |= {stand.value: standing.of(stand) for stand in STANDS}
    values["rate"] = float(percent(standing.rate)) if standing.rate is not None else None
    links = {stand.value: _list(asked, narrowed, state=stand.value) for stand in STANDS}
    links |= {"total": _list(asked, narrowed), "rate": _list(asked, narrowed, state=[s.value for s in COUNTED])}
    return Line(
        values, level=level, strong=strong, links={name: url for name, url in links.items() if values.get(name)}
    )


def _list(asked: Asked, narrowed: Mapping[str, Any], **more: Any) -> str:
    days = {"due_tu": vndate(asked.parameters["first"]), "due_den": vndate(asked.parameters["last"])}
    return f"{reverse('deadlines:list')}?{urlencode({**days, **narrowed, **more}, doseq=True)}"


TERMS = register(
    Report(
        "han-xu-ly",
        "Thực hiện thời hạn của các đơn vị",
        "Việc đến hạn trong kỳ: đúng hạn, trễ, quá hạn, tỷ lệ đúng hạn theo đơn vị và loại việc.",
        TermsForm,
        _terms,
        group=GROUP,
        legal_basis=LAW,
        landscape=False,
    )
)
