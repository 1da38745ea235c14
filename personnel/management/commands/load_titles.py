from typing import Any

from django.core.management.base import BaseCommand

from personnel.loading import load_titles


class Command(BaseCommand):
    """Fill the catalogue of posts."""

    help = "Add the posts of personnel/data that the catalogue doesn't have."

    def handle(self, **_: Any) -> None:
        """Print how many were added."""
        self.stdout.write(f"Titles: {load_titles()} created")
