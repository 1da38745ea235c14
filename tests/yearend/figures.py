"""Frozen figures made up for papers: as many categories and subordinates as asked for."""

import uuid

from django.utils import timezone

from accounts.models import User
from orgs.models import OrgUnit
from reports.rules.annual import AnnualLine, as_json, digest
from reports.rules.merging import nothing
from yearend.models import AnnualEdition, AnnualReport
from yearend.rules import State
from yearend.rules.figures import PartFigures, Words, composed

YEAR = 2025
DESKTOP, OFFICE = "MAY_TINH_BAN", "UD_VAN_PHONG"


def line(closing: int, price: int = 14_500_000) -> AnnualLine:
    """So many devices at the end: two were bought, one was liquidated; one is poor."""
    opening = closing - 1
    wear = closing * price // 5
    return AnnualLine(
        opening_quantity=opening,
        opening_value=opening * price,
        opening_residual=opening * price,
        bought_quantity=2,
        bought_value=2 * price,
        liquidated_quantity=1,
        liquidated_value=price,
        closing_quantity=closing,
        closing_value=closing * price,
        closing_wear=wear,
        closing_residual=closing * price - wear,
        good=closing - 1,
        poor=1,
        norm_allowed=closing,
        norm_actual=closing,
        past_life=1,
    )


def survey(unit: OrgUnit) -> dict:
    """A survey in which something is poor."""
    found = nothing()
    found["units"] = [{"unit": unit.code, "name": unit.name, "forms": {}}]
    found["BC01-1"] = [
        {"name": "Phần mềm thu", "code": "TST", "by_unit": [{"unit": unit.code, "current_version": "4.5"}]}
    ]
    said = [{"unit": unit.code, "poor": 1, "note": "Đã quá cũ"}]
    found["BC02"] = {"2.1": {"good": 2, "fair": 0, "poor": 1, "has": 0, "lacks": 0, "said": said}}
    found["proposals"] = [{"unit": unit.code, "form": "BC02", "text": "Trang bị máy chủ"}]
    return found


def part(unit: OrgUnit, closing: int) -> PartFigures:
    """What a subordinate brings in."""
    total = as_json({DESKTOP: line(closing)})
    terms = {"intake": {"fulfilled": 3, "fulfilled_late": 1}}
    return PartFigures(
        unit.code, unit.name, str(uuid.uuid4()), f"BCN-{unit.code}-2025-0001", digest(total), total, survey(unit), terms
    )


def edition(unit: OrgUnit, *, by: User, parts: tuple[PartFigures, ...] = (), missing: tuple[str, ...] = (), **own: int):
    """A report of the unit whose figures are frozen, without closing any books; `own` by category."""
    lines = {code: line(closing) for code, closing in (own or {DESKTOP: 10}).items()}
    figures = composed(
        year=YEAR,
        code=unit.code,
        name=unit.name,
        own=lines,
        parts=parts,
        missing=missing,
        survey=survey(unit),
        deadlines={"intake": {"fulfilled": 7, "overdue": 1}},
        words=Words({DESKTOP: "5 máy chờ giao"}, "Sử dụng đúng mục đích.\nCòn máy cũ.", "Trang bị thêm."),
    )
    report = AnnualReport.objects.create(number=f"BCN-{unit.code}-{YEAR}-0001", unit=unit, year=YEAR)
    made = AnnualEdition.objects.create(
        report=report,
        unit=unit,
        year=YEAR,
        edition=1,
        figures=figures,
        sha256=digest(figures),
        missing=list(missing),
        created_by=by,
        created_at=timezone.now(),
    )
    report.edition, report.state = made, State.LOCKED
    report.save()
    return made
