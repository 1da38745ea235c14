"""A form that is sent twice makes one dossier."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import models
from django.utils import timezone

from accounts.models import User
from core import counters
from core.errors import DomainError
from orgs.models import OrgUnit

D = TypeVar("D", bound=models.Model)


def _key(submission: UUID, *, by: User, unit: int) -> UUID:
    """Names one filled form of one person for one unit: sent again for another unit it makes another dossier."""
    return uuid5(submission, f"{by.pk} {unit}")


def first_press(
    model: type[D], *, unit: OrgUnit, prefix: str, submission: UUID | None, by: User
) -> tuple[UUID | None, D | None]:
    """The key to keep with the dossier that is made now, and the dossier that the same filled form made already.

    A second press waits here, at the counter of the dossiers' numbers, for the commit of the first one.
    """
    if submission is None:
        return None, None
    key = _key(submission, by=by, unit=unit.pk)
    counters.take(unit, f"{prefix}-{timezone.localdate().year}", count=0)
    return key, model._default_manager.of_unit(unit).filter(submission=key).first()  # type: ignore[attr-defined]  # of a unit


def refuse_sent_again(made: Any, *, otherwise: bool = False) -> None:
    """A form that comes a second time with other content is saved only while nobody else went on with its draft.

    `otherwise`: it asks for what that draft can't become. Raises DomainError.
    """
    if otherwise or made.state != "draft" or made.version != 1:
        message = f"Lần nhập này đã được lưu thành hồ sơ {made.number} và hồ sơ đó đã có thay đổi khác."
        raise DomainError(f"{message} Hãy mở hồ sơ {made.number} để sửa tiếp.", code="sent_again")


def made_from(model: type[models.Model], *, data: Mapping[str, Any] | None, by: User) -> str:
    """The number of the dossier that the form sent as `data` has made already, or the empty string.

    A form sent again finds its devices in that dossier: they are no fault of it.
    """
    try:
        submission = UUID(data["submission"]) if data else None
    except (KeyError, ValueError):
        return ""
    if submission is None:
        return ""
    keys = [_key(submission, by=by, unit=unit) for unit in by.scope.write_units]
    rows = model._default_manager.writable_by(by).filter(submission__in=keys)  # type: ignore[attr-defined]  # of a unit
    return rows.values_list("number", flat=True).first() or ""
