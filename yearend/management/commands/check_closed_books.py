from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yearend.queries.checking import closed_years, faults_of


class Command(BaseCommand):
    """Whether closed years still say what was frozen."""

    help = "Count closed years anew and compare with their frozen figures; check the digests of editions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year; by default every closed one."""
        parser.add_argument("--year", type=int)

    def handle(self, *, year: int | None = None, **_: Any) -> None:
        """Print what differs by unit and fail; else say that nothing does."""
        years = [year] if year else closed_years()
        found = [fault for one in years for fault in faults_of(one)]
        for fault in found:
            self.stdout.write(f"{fault.unit}, {fault.year}, edition {fault.edition}: {fault.text}")
        if found:
            raise CommandError(f"{len(found)} differences between closed books and their frozen figures.")
        self.stdout.write(f"{len(years)} closed years say what was frozen.")
