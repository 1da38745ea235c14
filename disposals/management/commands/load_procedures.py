from typing import Any

from django.core.management.base import BaseCommand

from disposals.loading import load_procedures


class Command(BaseCommand):
    """Fill the table of procedures; what IT Center edited stays as it is."""

    help = "Add the rules of disposals/data that the table of procedures doesn't have."

    def handle(self, **_: Any) -> None:
        """Print how many were added."""
        self.stdout.write(f"Procedures: {load_procedures()} created")
