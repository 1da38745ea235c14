"""Build a large database, start the servers, measure: `python -m benchmarks`."""

import argparse
import os
from pathlib import Path

from benchmarks import pages, site


def main() -> None:
    """Print the table of figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--devices", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=30, help="warm requests of each page")
    parser.add_argument("--folder", type=Path, help="data folder; what stands there is used again")
    parser.add_argument("--pages-only", action="store_true", help="write nothing into the database")
    options = parser.parse_args()
    folder = (options.folder or site.REPOSITORY / "var" / f"benchmark-{options.devices}").resolve()
    site.build(folder, options.devices)
    with site.running(folder) as address:
        os.environ.update(site.settle(folder))
        import django  # noqa: PLC0415 - only now is it known on which database

        django.setup()
        from benchmarks import works  # noqa: PLC0415 - needs Django
        from qltb import celery  # noqa: F401, PLC0415 - jobs are sent to its broker

        with site.owner(folder) as database:
            database.execute("VACUUM (ANALYZE) equipment_equipment")
            pages.measure(address, database, options.times, works.count_queries)
        if not options.pages_only:
            works.intake_of(100, 5)
            works.import_of(10_000, folder)
            for kind in ("csv", "xlsx"):
                works.export_of(100_000, kind, folder)
        site.say(f"memory of the largest process: {site.memory(folder)}")


if __name__ == "__main__":
    main()
