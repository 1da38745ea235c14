"""Books with something in every column of last year, and their closing by the product's own steps."""

from datetime import date
from typing import Any

from accounts.models import User
from equipment.models import Equipment
from orgs.models import OrgUnit
from reports.queries.annual import lines_by_unit
from reports.rules.annual import as_json
from tests import world as w
from tests.equipment.support import taken_in
from tests.yearend.support import drafted, in_year, last_year
from yearend.actions import locking, unlocking
from yearend.models import AnnualReport, UnlockRequest

WHY = "Kiểm tra xong, còn hồ sơ chờ đối chiếu"


def bought(world: w.World, by: User, serials: list[str], *, on: date | None = None, **more: Any) -> list[Equipment]:
    """Devices that came into the books on a day of last year; the intake was recorded late."""
    day = on or in_year(6, 15)
    made = taken_in(world, by, serials, handover_date=day, contract_date=day, late_reason="Nhận hồ sơ muộn", **more)
    return w.devices(made)


def report_of(unit: OrgUnit, year: int | None = None) -> AnnualReport:
    """The unit's report as it is now."""
    if not AnnualReport.objects.filter(unit=unit, year=year or last_year()).exists():
        drafted()
    return AnnualReport.objects.select_related("unit", "edition").get(unit=unit, year=year or last_year())


def closed(unit: OrgUnit, by: User, *, reason: str = WHY) -> AnnualReport:
    """The unit's report of last year with its books closed."""
    report = report_of(unit)
    return locking.lock(report, by=by, version=report.version, reason=reason)


def asked(report: AnnualReport, by: User, reason: str = "Sót một hồ sơ mua sắm") -> UnlockRequest:
    """A request with its minutes."""
    return unlocking.ask(report, reason=reason, file=w.pdf_file("biên bản giải trình.pdf"), by=by)


def opened(report: AnnualReport, by: User, admin: User, reason: str = "Sót một hồ sơ mua sắm") -> UnlockRequest:
    """A request that was granted."""
    request = asked(report, by, reason)
    return unlocking.grant(request, answer="Đồng ý, khóa lại trước ngày 20", by=admin, version=request.version)


def figures(*units: OrgUnit) -> dict[int, Any]:
    """What the books say of last year when they are counted anew."""
    return {unit: as_json(lines) for unit, lines in lines_by_unit(list(units), last_year()).items()}
