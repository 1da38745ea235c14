from typing import Any

from django.core.management.base import BaseCommand, CommandError

from equipment.norm_loading import load_norms


class Command(BaseCommand):
    """Fill the norms; what IT Center has is left alone."""

    help = "Add the norms of equipment/data that aren't there. Run load_titles and load_catalogue before."

    def handle(self, **_: Any) -> None:
        """Print how many sets were added."""
        try:
            added = load_norms()
        except KeyError as missing:
            raise CommandError(f"{missing} is missing: run load_titles and load_catalogue first.") from missing
        self.stdout.write(f"Norm sets: {added} created")
