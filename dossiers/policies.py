"""Doors: the only way in which a view gets an object.

404 for what the account doesn't see, 403 for what it may not do.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.scope import ScopedQuerySet

Check = Callable[[User, Any], bool]


def seen(_user: User, _obj: Any) -> bool:
    """Whoever sees it may look at it."""
    return True


def records(user: User, obj: Any) -> bool:
    """Whether `user` records for the unit whose row this is (art. 6: nobody else writes there)."""
    return obj.unit_id in user.scope.write_units


def recording_in(*states: str) -> Check:
    """For who records, while the dossier is in one of these states."""
    return lambda user, dossier: records(user, dossier) and dossier.state in states


def door(rows: ScopedQuerySet, user: User, checks: Mapping[str, Check], action: str, **key: Any) -> Any:
    """The object with that key among `rows`: 404 unless `user` sees it, 403 unless its check lets `action` through."""
    obj = get_object_or_404(rows.visible_to(user), **key)
    if not checks[action](user, obj):
        if records(user, obj):  # then it isn't the account's fault: the page was opened when the step was still to do
            state = obj.get_state_display() if hasattr(obj, "state") else obj.get_status_display()
            message = f"“{obj}” đang ở trạng thái “{state}” hoặc do người khác làm tiếp."
            raise PermissionDenied(f"{message} Hãy mở lại trang đó để xem việc nào làm được.")
        raise PermissionDenied
    return obj


def require_recording(user: User) -> None:
    """403 for whoever records for no unit."""
    if not user.scope.write_units:
        raise PermissionDenied
