from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from equipment.loading import load


class Command(BaseCommand):
    """Fill the shared catalogue; what IT Center edited stays as it is."""

    help = "Add the categories, brands and models of equipment/data that the catalogue doesn't have."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--update", action="store_true", help="overwrite entries that differ from the data")

    def handle(self, *, update: bool, **_: Any) -> None:
        """Print a line of counts for each kind of entry."""
        for kind, count in vars(load(update=update)).items():
            self.stdout.write(
                f"{kind.capitalize()}: {count.created} created, {count.updated} updated, {count.kept} left as they are"
            )
