import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import create_account
from accounts.models import User
from accounts.rules import Kind
from orgs.models import OrgUnit

PASSWORD_VARIABLE = "QLTB_ADMIN_PASSWORD"  # noqa: S105 - the name of it


class Command(BaseCommand):
    """The first account of a new system; all others are issued by it."""

    help = f"Create a level-1 admin. The password is asked for, or taken from {PASSWORD_VARIABLE}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True)
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--unit", default="00.CNTT", help="code of the unit, by default the IT Center")
        parser.add_argument("--email", default="")

    def handle(self, *, username: str, full_name: str, unit: str, email: str, **_: Any) -> None:
        """Create the account, or say all that stands against it."""
        home = OrgUnit.objects.filter(code=unit).first()
        if home is None:
            raise CommandError(f"There is no unit {unit}. Load the units first: manage.py load_units")
        password = os.environ.get(PASSWORD_VARIABLE) or _asked()
        try:
            validate_password(password, User(username=username, full_name=full_name, email=email))
            create_account(
                username=username,
                full_name=full_name,
                unit=home,
                kind=Kind.LEVEL1_ADMIN,
                password=password,
                email=email,
            )
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(f"Created {username}, level-1 admin at {home.name} ({home.code}).")


def _asked() -> str:
    password = getpass("Password: ")
    if getpass("Password again: ") != password:
        raise CommandError("The two passwords differ.")
    return password
