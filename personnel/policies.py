"""Doors of the pages of people."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from dossiers.policies import Check, door, records, require_recording, seen
from personnel.models import Employee, FeedRun

EMPLOYEE_CHECKS: Mapping[str, Check] = {"view": seen, "edit": records}

__all__ = ["EMPLOYEE_CHECKS", "access_employee", "access_run", "may_watch_feed", "require_feed", "require_recording"]


def access_employee(user: User, code: str, action: str) -> Employee:
    """A person by the code: 404 for one of a unit that `user` doesn't see."""
    rows = Employee.objects.select_related("unit", "room", "title", "account")
    employee: Employee = door(rows, user, EMPLOYEE_CHECKS, action, code=code)
    return employee


def may_watch_feed(user: User) -> bool:
    """Whether `user` looks after the feed: who watches the whole sector (art. 14.6)."""
    return user.scope.nationwide


def require_feed(user: User) -> None:
    """403 for whoever doesn't look after the feed."""
    if not may_watch_feed(user):
        raise PermissionDenied


def access_run(user: User, pk: int) -> FeedRun:
    """A run of the feed."""
    require_feed(user)
    return get_object_or_404(FeedRun.objects.visible_to(user), pk=pk)
