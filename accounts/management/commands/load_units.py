from argparse import ArgumentParser, BooleanOptionalAction
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.actions import sync_all_grants
from orgs import loading
from orgs.rules import UnitKind


class Command(BaseCommand):
    """In accounts, not in orgs: when units change, what accounts may see changes with them."""

    help = "Load or update the unit tree from orgs/data; running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load, and for which day."""
        parser.add_argument("--rooms", action=BooleanOptionalAction, default=True, help="also the rooms of each agency")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            default=loading.AS_OF,
            help="the day whose list of rooms is taken (YYYY-MM-DD, default %(default)s)",
        )

    def handle(self, *, rooms: bool, as_of: date, **_: Any) -> None:
        """Load, then give the accounts the grants that follow from the new tree."""
        try:
            with transaction.atomic():
                agencies = loading.unit_rows()
                rows = [*agencies, *(loading.room_rows(agencies, as_of=as_of) if rooms else [])]
                report = loading.load(rows)
                changed = sync_all_grants()
        except loading.OrgDataError as error:
            raise CommandError(f"The unit tree was not changed:\n{error}") from error
        are_rooms = {row.code for row in rows if row.kind == UnitKind.DEPARTMENT}
        self._print("Units", report, lambda code: code not in are_rooms, len(agencies))
        self._print("Rooms", report, lambda code: code in are_rooms, len(are_rooms))
        if changed:
            self.stdout.write(f"Grants of the accounts: {changed} brought up to the tree and the rules")

    def _print(self, what: str, report: loading.Report, belongs: Callable[[str], bool], total: int) -> None:
        created, updated, moved = (sum(map(belongs, codes)) for codes in (report.created, report.updated, report.moved))
        self.stdout.write(
            f"{what}: {created} created, {updated} updated ({moved} moved), {total - created - updated} unchanged"
        )
