from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from equipment.actions import tally


class Command(BaseCommand):
    """Triggers keep the tally; this is for after they were off, and to be sure."""

    help = "Count all devices anew for the figures, or only compare what is counted with the devices."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail where tally and devices differ")

    def handle(self, *, check: bool, **_: Any) -> None:
        """Compare or count; both leave every figure exact."""
        if not check:
            self.stdout.write(f"{tally.rebuild()} lines")
            return
        if found := tally.faults():
            shown = "\n".join(" ".join(map(str, fault)) for fault in found[:20])
            raise CommandError(f"{len(found)} sums differ (key, tally, count, tally's value, devices' value):\n{shown}")
        self.stdout.write("The tally equals the devices.")
