from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from equipment.demo.load import AlreadyLoadedError, RefusedError, load

SEED = 375


class Command(BaseCommand):
    """Fill an empty database with data to look at; never one that somebody works with."""

    help = "Load believable demonstration data over the whole tree. Needs DEMO and a database without data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--devices", type=int, required=True, help="how many devices to make")
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same data")
        parser.add_argument("--today", type=date.fromisoformat, help="the last day of the data, by default today")

    def handle(self, *, devices: int, seed: int, today: date | None = None, **_: Any) -> None:
        """Load it and print what was made and how fast."""
        if devices < 1:
            raise CommandError("--devices is at least 1.")
        try:
            with transaction.atomic():
                made = load(devices=devices, seed=seed, today=today or timezone.localdate(), say=self.stdout.write)
                if today is None:  # their steps are taken today
                    dossiers = sum(import_string(part)() for part in settings.DEMO_PARTS)
                    self.stdout.write(f"{dossiers} further dossiers in various states")
        except AlreadyLoadedError as done:
            self.stdout.write(str(done))
            return
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{made.devices} devices, {made.intakes} intakes, {made.entries} ledger entries,"
            f" {made.history} history rows of devices, {made.documents} documents, {made.clashes} clashes of serials"
        )
        self.stdout.write(f"{made.seconds:.1f} s, {made.rate:,.0f} devices/s")
