"""Doors of support: the asker's side, the handler's side, and who speaks for the whole sector."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from core.scope import ScopedQuerySet
from dossiers.policies import Check, door, seen
from orgs.models import OrgUnit
from orgs.queries import it_center
from orgs.rules import Grant, UnitKind
from support.models import CannedAnswer, HelpArticle, SupportFile, SupportRequest
from support.rules import State, is_late, may_reopen


def answers(user: User) -> bool:
    """Whether `user` answers others: its grant reaches those below, and neither districts nor units of the
    headquarters have anybody below them; IT Center has everybody.
    """
    alone = user.unit.kind in {UnitKind.DISTRICT, UnitKind.HQ_UNIT} and not user.unit.nationwide
    return user.scope.may(Grant.ANSWER_SUPPORT) and not alone


def handles(user: User, request: Any) -> bool:
    """Whether `user` answers this request for its handling unit."""
    return request.partner_id == user.scope.home and answers(user)


def asks(user: User, request: Any) -> bool:
    """Whether `user` belongs to the unit that asks: colleagues stand in for each other."""
    return request.unit_id == user.scope.home


def speaks_for_all(user: User) -> bool:
    """Whether `user` may make answers public: the grant on the whole sector, which IT Center alone has (art. 14.1)."""
    return any(len(path) == OrgUnit.steplen for path in user.scope.grants.get(Grant.ANSWER_SUPPORT, ()))


def may_escalate(user: User, request: Any, now: datetime) -> bool:
    """The handler, for a reason of its own; the asker, when the time for the answer is over."""
    if request.state not in {State.OPEN, State.WAITING} or request.escalated_at is not None:
        return False
    late = is_late(state=request.state, by=request.answer_by, now=now)
    if not (handles(user, request) or (asks(user, request) and late)):
        return False
    center = it_center()
    return center is not None and center.pk not in {request.partner_id, request.unit_id}


def _handling_in(*states: State) -> Check:
    return lambda user, request: handles(user, request) and request.state in states


def _asking_in(*states: State) -> Check:
    return lambda user, request: asks(user, request) and request.state in states


def _reopens(user: User, request: Any) -> bool:
    settled = may_reopen(settled_at=request.settled_at, now=timezone.now(), days=settings.SUPPORT_REOPEN_DAYS)
    return asks(user, request) and settled


def _closes(user: User, request: Any) -> bool:
    """The asker at any time; the handler once it has answered, or when the asker doesn't come back."""
    if asks(user, request) and request.state != State.CLOSED:
        return True
    return handles(user, request) and request.state in {State.WAITING, State.ANSWERED}


_UNTIL_CLOSED = (State.OPEN, State.WAITING, State.ANSWERED)
SUPPORT_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "answer": _handling_in(*_UNTIL_CLOSED),
    "ask_back": _handling_in(*_UNTIL_CLOSED),
    # Where both sides are one unit nothing is internal.
    "note": lambda user, request: handles(user, request) and request.unit_id != request.partner_id,
    "prioritise": _handling_in(*_UNTIL_CLOSED),
    "reply": _asking_in(State.OPEN, State.WAITING),
    "reopen": _reopens,
    "escalate": lambda user, request: may_escalate(user, request, timezone.now()),
    "close": _closes,
}


def request_rows() -> ScopedQuerySet:
    """Requests with what their pages read."""
    return SupportRequest.objects.select_related("unit", "partner", "asked_by")


def access_request(user: User, number: str, action: str) -> SupportRequest:
    """A request: 404 for what the account doesn't see, 403 for what it may not do (now)."""
    found: SupportRequest = door(request_rows(), user, SUPPORT_CHECKS, action, number=number)
    return found


def may(user: User, request: SupportRequest) -> set[str]:
    """What the account may do with the request now."""
    return {action for action, check in SUPPORT_CHECKS.items() if check(user, request)}


def access_file(user: User, public_id: UUID) -> SupportFile:
    """A file whose message the account reads: 404 for all others."""
    rows: QuerySet[SupportFile] = SupportFile.objects.visible_to(user)
    return get_object_or_404(rows, public_id=public_id)


def require_answering(user: User) -> None:
    """403 for whoever answers for no unit."""
    if not answers(user):
        raise PermissionDenied


def require_speaking(user: User) -> None:
    """403 for whoever may not make answers public."""
    if not speaks_for_all(user):
        raise PermissionDenied


def canned_of(user: User) -> QuerySet[CannedAnswer]:
    """The ready answers of the account's own unit."""
    rows: QuerySet[CannedAnswer] = CannedAnswer.objects.visible_to(user).filter(unit=user.scope.home)
    return rows


def access_canned(user: User, public_id: UUID) -> CannedAnswer:
    """A ready answer of one's own unit: 404 for others', 403 for who doesn't answer there."""
    found = get_object_or_404(canned_of(user), public_id=public_id)
    require_answering(user)
    return found


def access_article(user: User, pk: int) -> HelpArticle:
    """A public answer; what is withdrawn is there for those who may publish it again."""
    article = get_object_or_404(HelpArticle, pk=pk)
    if not article.published and not speaks_for_all(user):
        raise Http404
    return article
