"""The night of 1 January: a report for every agency, then frozen from below upwards: `python -m benchmarks.drafts`.

Works in this process on the folder's database and takes everything back at the end; no web server is needed.
"""

import argparse
import os
import time
from datetime import date
from pathlib import Path

from benchmarks import site
from qltb.services import ensure


def main() -> None:
    """Print the table of figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafts", description=__doc__)
    parser.add_argument("--devices", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="data folder; what stands there is used again")
    options = parser.parse_args()
    folder = (options.folder or site.REPOSITORY / "var" / f"benchmark-{options.devices}").resolve()
    site.build(folder, options.devices)
    os.environ.update(ensure(folder))
    os.environ.update(site.settle(folder))
    import django  # noqa: PLC0415 - only now is it known on which database

    django.setup()
    measure(date.today().year - 1)  # noqa: DTZ011 - a year


def measure(year: int) -> None:
    """Drafts of all agencies, then one province from its districts up, then the country as far as it is frozen."""
    from django.db import transaction  # noqa: PLC0415 - Django is ready only now

    from core.scope import elevated  # noqa: PLC0415 - the same
    from yearend.actions.drafting import draft_year  # noqa: PLC0415 - the same
    from yearend.actions.editions import freeze  # noqa: PLC0415 - the same
    from yearend.models import AnnualReport  # noqa: PLC0415 - the same
    from yearend.rules import State  # noqa: PLC0415 - the same

    with transaction.atomic():
        with elevated("benchmark: a year that nobody has reported"):
            while AnnualReport.objects.filter(year=year).exists():
                year -= 1
        began = time.perf_counter()
        drafted = draft_year(year)
        took = time.perf_counter() - began
        site.say(f"{'drafts of all agencies, with their terms':<52}{took:>8.1f} s  {drafted.made} reports")
        with elevated("benchmark: freezes as the units would"):
            reports = AnnualReport.objects.filter(year=year).select_related("unit")
            province = reports.filter(unit__path__startswith=reports.get(unit__code="01").unit.path)
            for name, rows in (
                ("a province and its districts", province),
                ("the country", reports.filter(unit__nationwide=True)),
            ):
                began = time.perf_counter()
                for report in rows.order_by("-unit__depth"):
                    freeze(report, by=None)
                    AnnualReport.objects.filter(pk=report.pk).update(state=State.LOCKED)
                took = time.perf_counter() - began
                site.say(f"{'frozen: ' + name:<52}{took:>8.1f} s  {len(rows)} reports")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
