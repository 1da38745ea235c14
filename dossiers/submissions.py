"""A form that is sent twice makes one dossier."""

from typing import TypeVar
from uuid import UUID, uuid5

from django.db import models
from django.utils import timezone

from accounts.models import User
from core import counters
from orgs.models import OrgUnit

D = TypeVar("D", bound=models.Model)


def first_press(
    model: type[D], *, unit: OrgUnit, prefix: str, submission: UUID | None, by: User
) -> tuple[UUID | None, D | None]:
    """The key to keep with the dossier that is made now, and the dossier that the same filled form made already.

    The key is of this person and unit: the form sent again for another unit makes another dossier. A second press waits
    here, at the counter of the dossiers' numbers, for the commit of the first one.
    """
    if submission is None:
        return None, None
    key = uuid5(submission, f"{by.pk} {unit.pk}")
    counters.take(unit, f"{prefix}-{timezone.localdate().year}", count=0)
    return key, model._default_manager.of_unit(unit).filter(submission=key).first()  # type: ignore[attr-defined]  # of a unit
