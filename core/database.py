"""What PostgreSQL says when it refuses."""

from django.db import IntegrityError


def broken_constraint(error: IntegrityError) -> str:
    """Name of the constraint that a write broke; the message holds people's data and is no place to look for it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
