"""A new request: whom it goes to, by when it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError
from core.scope import elevated
from core.transitions import save_with_reason
from deadlines.queries import calendar
from dossiers.actions import take_number
from dossiers.submissions import first_press
from orgs.models import OrgUnit
from orgs.queries import it_center, superiors
from support.actions import duty
from support.actions.attachments import Attachment, checked, keep
from support.models import SupportMessage, SupportRequest
from support.rules import PREFIX, MessageKind, answer_by

AN_HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Context:
    """Where it was asked: a path of this site, the title of its page, and the browser."""

    page: str = ""
    page_title: str = ""
    browser: str = ""


def handler_of(unit: OrgUnit) -> OrgUnit:
    """Who answers `unit` (art. 13.4): a district its superior, others IT Center, which also answers itself.

    Raises DomainError where the tree has no such unit.
    """
    handler = superiors().get(unit.pk) or it_center()
    if handler is None:
        message = "Chưa có đơn vị nào được giao trả lời yêu cầu hỗ trợ. Hãy báo quản trị hệ thống."
        raise DomainError(message, code="no_handler")
    return handler


@transaction.atomic
def ask(
    *,
    topic: str,
    subject: str,
    text: str,
    by: User,
    files: Sequence[File] = (),
    context: Context | None = None,
    submission: UUID | None = None,
) -> SupportRequest:
    """Send a request of the unit of `by`; the 48 hours of its handler begin.

    The same `submission` again gives the request that it made already. Raises DomainError for files that aren't kept,
    and for more requests within an hour than one account may send.
    """
    with elevated("support.ask: every account asks; its number and the handler's term are beyond its own reach"):
        key, made = first_press(SupportRequest, unit=by.unit, prefix=PREFIX, submission=submission, by=by)
        if made is not None:
            return made
        attached = checked(files)
        number, handler = take_number(by.unit, PREFIX), handler_of(by.unit)
        _require_patience(by)
        where = context or Context()
        request = SupportRequest(
            number=number,
            unit=by.unit,
            partner=handler,
            first_handler=handler,
            asked_by=by,
            topic=topic,
            subject=subject,
            page=where.page,
            page_title=where.page_title[:200],
            browser=where.browser[:300],
            app_version=settings.VERSION,
            answer_by=answer_by(timezone.localtime(), calendar()),
            submission=key,
        )
        save_with_reason(request, by=by, reason="Gửi yêu cầu")
        message = say(request, MessageKind.QUESTION, text, by=by, files=attached)
        duty.begin(message, handler=request.partner, until=request.answer_by, by=by)
        events.record("support.asked", request, unit=request.unit, partner=request.partner, by=by)
    return request


def _require_patience(by: User) -> None:
    """Raises DomainError when the account has sent as many requests within an hour as it may.

    Called with the counter of the unit's numbers held, so that two at once count each other.
    """
    since = timezone.now() - AN_HOUR
    sent = SupportRequest.objects.filter(asked_by=by, created_at__gt=since).order_by("-created_at")
    limit = settings.SUPPORT_REQUESTS_PER_HOUR
    times = list(sent.values_list("created_at", flat=True)[:limit])
    if len(times) < limit:
        return
    free = timezone.localtime(times[-1] + AN_HOUR + A_MINUTE)
    message = (
        f"Tài khoản của bạn đã gửi {limit} yêu cầu trong một giờ qua, là mức nhiều nhất. Hãy gửi tiếp từ "
        f"{free:%H:%M}, hoặc bổ sung vào một yêu cầu đã gửi."
    )
    raise DomainError(message, code="too_often")


def say(
    request: SupportRequest, kind: MessageKind, text: str, *, by: User, files: Sequence[Attachment] = ()
) -> SupportMessage:
    """Add a message of the unit of `by`; the other side reads it, unless it is an internal note."""
    other: Any = request.partner if by.unit_id == request.unit_id else request.unit
    partner = None if kind == MessageKind.NOTE else other
    message = SupportMessage.objects.create(
        request=request, unit=by.unit, partner=partner, kind=kind, text=text, written_by=by
    )
    keep(message, files)
    return message
