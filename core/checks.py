"""System checks of the database: `manage.py check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's name

from core import walls


@register(Tags.database)
def walls_stand(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Row-level security stands on every table as the models declare it.

    A warning, because `migrate` runs the checks too, and it is what builds the walls.
    """
    return [
        Warning(fault, hint="Run manage.py migrate: it builds the walls.", id="core.W001")
        for alias in databases or ()
        for fault in walls.missing(alias)
    ]
