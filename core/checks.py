"""System checks of the database: `manage.py check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from core import walls


@register(Tags.database)
def walls_stand(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Row-level security stands in every database as the models declare it."""
    return [
        Error(fault, hint="Run manage.py migrate: it builds the walls.", id="core.E001")
        for alias in databases or ()
        for fault in walls.missing(alias)
    ]
