"""The one way in which a dossier or a device changes its state."""

from typing import Any, TypeVar

from django.db import models, transaction

from core import events
from core.workflow import Workflow

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def transition(
    obj: M, to: str, *, flow: Workflow, by: Any, reason: str, event: str, field: str = "state", **changes: Any
) -> M:
    """Lock, check, save, record. `changes` are further fields that the step fills in.

    The object's `unit` and `version` are part of the contract. Raises DomainError when the workflow refuses,
    with nothing written.
    """
    locked = lock(obj)
    old = getattr(locked, field)
    flow.check(old, to)
    for name, value in {**changes, field: to, "version": locked.version + 1}.items():  # type: ignore[attr-defined]  # every dossier has it
        setattr(locked, name, value)
    save_with_reason(locked, by=by, reason=reason, fields=[*changes, field, "version"])
    unit, partner = locked.unit, getattr(locked, "partner", None)  # type: ignore[attr-defined]  # every dossier has it
    events.record(event, locked, unit=unit, partner=partner, by=by, old=old, new=to, reason=reason)
    return locked


def lock(obj: M) -> M:
    """The row of `obj` as it is now, locked until the transaction ends. The caller got `obj` through a door."""
    return type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)


def save_with_reason(obj: models.Model, *, by: Any, reason: str, fields: list[str] | None = None) -> None:
    """Save, and let the history row carry who did it and why."""
    vars(obj).update(_history_user=by, _change_reason=reason)
    obj.save(update_fields=fields)
