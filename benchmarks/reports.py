"""Set reports of a province and of the country, as of a past 31 December: `python -m benchmarks.reports`.

Works in this process on the folder's database; no web server is needed. The floor is the sum of the books alone, by
unit and category, in one statement of a bare connection.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks import site
from qltb.services import ensure

T = TypeVar("T")
FLOOR = """SELECT l.unit_id, l.category_id, l.kind, sum(l.quantity), sum(l.value) FROM equipment_ledgerentry l
JOIN orgs_orgunit u ON u.id = l.unit_id WHERE u.path LIKE %s AND l.effective_date <= %s GROUP BY 1, 2, 3"""
SAMPLE = 20


def main() -> None:
    """Print the table of figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--devices", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="data folder; what stands there is used again")
    options = parser.parse_args()
    folder = (options.folder or site.REPOSITORY / "var" / f"benchmark-{options.devices}").resolve()
    site.build(folder, options.devices)
    os.environ.update(ensure(folder))
    os.environ.update(site.settle(folder))
    import django  # noqa: PLC0415 - only now is it known on which database

    django.setup()
    measure(folder, date.today().year - 1)  # noqa: DTZ011 - a year


def measure(folder: Path, year: int) -> None:
    """A province, its paper, one agency after the other, the country."""
    from accounts.models import User  # noqa: PLC0415 - Django is ready only now
    from equipment.rules.figures import last_day  # noqa: PLC0415 - the same
    from orgs.models import OrgUnit  # noqa: PLC0415 - the same
    from reports.definition import Asked, report_of  # noqa: PLC0415 - the same
    from reports.printing.sheets import sheet_pdf  # noqa: PLC0415 - the same
    from reports.queries.annual import lines_by_unit  # noqa: PLC0415 - the same
    from reports.queries.held import held_on  # noqa: PLC0415 - the same
    from reports.rules.annual import added, total  # noqa: PLC0415 - the same

    root, province = OrgUnit.objects.get(depth=1), OrgUnit.objects.get(code="01")
    everybody = list(OrgUnit.objects.agencies())
    below = [unit for unit in everybody if unit.path.startswith(province.path)]
    by, last = User.objects.get(username="ttcntt"), last_day(year)
    with site.owner(folder) as database:
        for name, top, units in (("province", province, below), ("country", root, everybody)):
            sums = partial(database.execute, FLOOR, (f"{top.path}%", last))
            floor = _timed(f"{name}: the books alone, by hand", sums).fetchall()
            lines = _timed(f"{name}: yearly report, {len(units)} units", partial(lines_by_unit, units, year))
            whole = total(added(lines.values()).values())
            site.say(f"    {whole.closing_quantity} devices, faults {whole.faults()}, {len(floor)} sums by hand")
            _timed(f"{name}: what was held that day", partial(held_on, units, last))
    report = report_of("tang-giam")
    assert report is not None  # noqa: S101 - registered when the app is ready
    given = {"first": date(year, 1, 1), "last": last, "level": "category"}
    asked = Asked(by, province, below=True, parameters=given)
    sheet = _timed("province: the sheet", partial(report.build, asked))
    _timed("province: its PDF", partial(sheet_pdf, sheet, by=by))
    some = everybody[:: max(1, len(everybody) // SAMPLE)]
    began = time.perf_counter()
    for unit in some:
        lines_by_unit([unit], year)
    site.say(f"{'one agency, mean':<52}{(time.perf_counter() - began) / len(some):>8.2f} s")


def _timed(name: str, act: Callable[[], T]) -> T:
    """Once to warm up, then once measured: the longest of these takes minutes of the processors otherwise."""
    act()
    began = time.perf_counter()
    found = act()
    site.say(f"{name:<52}{time.perf_counter() - began:>8.2f} s")
    return found


if __name__ == "__main__":
    main()
