from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from personnel.actions import feed
from personnel.rules import RunState


class Command(BaseCommand):
    """Pull the HR feed now."""

    help = "Pull the HR feed (HR_FEED_URL or HR_FEED_FOLDER) and bring the people up to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="even if the source says that nothing has changed")

    def handle(self, *, again: bool, **_: Any) -> None:
        """Print the counts of the run; fail when it failed."""
        if not feed.configured():
            raise CommandError("Neither HR_FEED_URL nor HR_FEED_FOLDER is set.")
        try:
            run = feed.pull(again=again)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        if run is None:
            raise CommandError("Another run is going on.")
        if run.state == RunState.FAILED:
            raise CommandError(run.problem)
        self.stdout.write(
            f"{run.state}: {run.total} records, {run.created} new, {run.changed} changed, {run.faulty} faulty"
        )
        for fault in run.faults.all():
            self.stdout.write(f"  {fault.line} {fault.code}: {fault.message}")
