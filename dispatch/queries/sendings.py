"""What was sent, and what became of it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from accounts.models import User
from dispatch.models import Dispatch, DispatchEvent
from dispatch.rules import Direction, Kind, State


def of_subject(user: User, subject: Model) -> QuerySet[Dispatch]:
    """The sendings of a thing, as far as the account sees them; the latest first."""
    kind = ContentType.objects.get_for_model(subject)
    rows: QuerySet[Dispatch] = Dispatch.objects.visible_to(user).filter(
        subject_type=kind, subject_id=subject.pk, kind=Kind.LETTER
    )
    return rows.select_related("unit", "partner").order_by("-pk")


def trail_of(user: User, dispatch: Dispatch) -> QuerySet[DispatchEvent]:
    """What became known of a sending; the latest first."""
    rows: QuerySet[DispatchEvent] = DispatchEvent.objects.visible_to(user).filter(dispatch=dispatch)
    return rows.select_related("actor__unit").order_by("-pk")


def towards(rows: Any, user: User, direction: str) -> Any:
    """Those that the account's own units have sent, or that were sent to them."""
    own = user.scope.write_units | {user.scope.home}
    return rows.filter(Q(unit__in=own) if direction == Direction.OUT else Q(partner__in=own))


def failed_for(user: User) -> QuerySet[Dispatch]:
    """What the account's own units couldn't send: it waits for them."""
    rows: QuerySet[Dispatch] = Dispatch.objects.visible_to(user).filter(
        state=State.FAILED, unit__in=user.scope.write_units
    )
    return rows
