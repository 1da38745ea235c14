"""Requests to open closed books, as the kit of dossiers knows them."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from core.models import DocumentKind
from core.scope import ScopedQuerySet
from dossiers.kinds import DossierKind
from dossiers.policies import Check, door, recording_in, records, seen
from orgs.rules import Grant
from ui.links import Link
from yearend.models import UnlockRequest
from yearend.rules import UnlockState

UNLOCKS = Link("Đề nghị mở khóa", "/bao-cao-nam/mo-khoa/")


def decides(user: User, request: Any) -> bool:
    """Level-1 admins of the IT Center open books, of whatever unit (art. 5.1, 12)."""
    return user.scope.may(Grant.UNLOCK_BOOKS, request.unit.path)


# A second press finds the step done and is told so by the action, not refused as a stranger.
UNLOCK_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "withdraw": records,
    "decide": decides,
    "attach": recording_in(UnlockState.ASKED),
    "detach": recording_in(UnlockState.ASKED),
}


def unlock_rows() -> ScopedQuerySet:
    """Requests with what their pages read."""
    return UnlockRequest.objects.select_related("unit", "report__unit", "asked_by", "decided_by").defer("report__draft")


def access_unlock(user: User, number: str, action: str = "view") -> UnlockRequest:
    """A request: 404 for who doesn't see its unit, 403 for who may not do it."""
    found: UnlockRequest = door(unlock_rows(), user, UNLOCK_CHECKS, action, number=number)
    return found


def _wanted(request: UnlockRequest) -> Mapping[str, bool]:
    """The explanation minutes (art. 12): nothing is asked without them."""
    return {DocumentKind.EXPLANATION: True} if request.state == UnlockState.ASKED else {}


UNLOCK = DossierKind(
    model=UnlockRequest,
    label="đề nghị mở khóa số liệu",
    namespace="yearend:unlocks",
    event="unlock",
    pages=UNLOCKS,
    rows=unlock_rows,
    checks=UNLOCK_CHECKS,
    attachable=(DocumentKind.EXPLANATION, DocumentKind.OTHER),
    wanted=_wanted,
)
