"""The doors: what a person keeps is theirs; a shared analysis is opened by its unit."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from analysis.models import Alert, Analysis, Schedule


def access_analysis(user: User, public_id: UUID | str, *, own: bool = True) -> Analysis:
    """A saved analysis: one's own, locked until it is saved, or (not `own`) a colleague's shared one; else 404."""
    rows = Analysis.objects.owned_by(user).select_for_update() if own else Analysis.objects.visible_to(user)
    return _found(rows, public_id)


def access_schedule(user: User, public_id: UUID, *, lock: bool = False) -> Schedule:
    """A schedule of `user`; 404 for everybody else's."""
    rows = Schedule.objects.owned_by(user)
    return _found(rows.select_for_update() if lock else rows.select_related("analysis"), public_id)


def access_alert(user: User, public_id: UUID, *, lock: bool = False) -> Alert:
    """An alert of `user`; 404 for everybody else's."""
    rows = Alert.objects.owned_by(user)
    return _found(rows.select_for_update() if lock else rows.select_related("analysis"), public_id)


def _found(rows: QuerySet, public_id: UUID | str) -> Any:
    try:
        key = public_id if isinstance(public_id, UUID) else UUID(public_id)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(rows, public_id=key)
