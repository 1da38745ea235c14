from itertools import groupby
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from equipment.queries import books


class Command(BaseCommand):
    """Whether every unit's books balance and every device is what its entries say."""

    help = "Replay the ledger: opening + increases - decreases = closing, transfers out = in, devices = entries."

    def handle(self, **_: Any) -> None:
        """Print what is wrong by unit and fail; else say that nothing is."""
        start = monotonic()
        found = []
        for check in books.CHECKS:
            found += books.faults_of(check)
            self.stderr.write(f"{check}: {monotonic() - start:.1f} s")
        found.sort(key=lambda fault: (fault.unit, fault.check, fault.subject))
        for unit, faults in groupby(found, key=lambda fault: fault.unit):
            self.stdout.write(unit)
            for fault in faults:
                self.stdout.write(f"  {fault.check}: {fault.subject}: {fault.text}")
        if found:
            raise CommandError(f"{len(found)} faults in the books.")
        self.stdout.write("The books balance.")
