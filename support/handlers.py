"""What follows an event of this app: whoever has to act is told, and whoever waits for an answer."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.queries import staff
from core.events import on
from core.models import Event
from deadlines.rules import TERMS, Kind
from notices.actions import tell
from notices.rules import Message, Tone, Topic
from orgs.rules import Grant
from support.models import SupportRequest

LAW = TERMS[Kind.SUPPORT].legal_basis


@on("support.asked")
def asked(event: Event) -> None:
    request = _request(event)
    text = f"{request.unit.name} hỏi: “{request.subject}”. {_until(request)}"
    _tell(event, request, _staff(request), "Yêu cầu hỗ trợ mới", text, tone=Tone.WARNING, owed=True)


@on("support.reopened")
def reopened(event: Event) -> None:
    request = _request(event)
    text = f"{request.unit.name} hỏi tiếp về “{request.subject}”. {_until(request)}"
    _tell(event, request, _staff(request), "Hỏi tiếp", text, tone=Tone.WARNING, owed=True)


@on("support.replied")
def replied(event: Event) -> None:
    request = _request(event)
    text = f"{request.unit.name} bổ sung thông tin về “{request.subject}”. {_until(request)}"
    _tell(event, request, _staff(request), "Đã bổ sung thông tin", text, owed=True)


@on("support.escalated")
def escalated(event: Event) -> None:
    request = _request(event)
    text = f"Yêu cầu của {request.unit.name} “{request.subject}” được chuyển lên. {_until(request)}"
    _tell(event, request, _staff(request), "Yêu cầu được chuyển lên", text, tone=Tone.WARNING, owed=True)
    text = f"{request.partner.name} trả lời thay về “{request.subject}”, trước {_when(request)}."
    _tell(event, request, _asker(request), "Đã chuyển lên Trung tâm CNTT", text)


@on("support.asked_back")
def asked_back(event: Event) -> None:
    request = _request(event)
    text = f"{request.partner.name} cần biết thêm về “{request.subject}”. Hãy mở yêu cầu và bổ sung."
    _tell(event, request, _asker(request), "Cần bổ sung thông tin", text, tone=Tone.WARNING)


@on("support.answered")
def answered(event: Event) -> None:
    request = _request(event)
    text = f"{request.partner.name} đã trả lời “{request.subject}”. Nếu xong hãy đóng yêu cầu, nếu chưa hãy hỏi tiếp."
    _tell(event, request, _asker(request), "Đã có trả lời", text)


@on("support.closed")
@on("support.withdrawn")
def closed(event: Event) -> None:
    request = _request(event)
    if event.actor_id is not None and event.actor.unit_id == request.unit_id:  # type: ignore[union-attr]  # it is there
        text = f"{request.unit.name} đã đóng yêu cầu “{request.subject}”."
        _tell(event, request, _staff(request), "Đóng yêu cầu", text)
    if event.actor_id != request.asked_by_id:
        text = f"Yêu cầu “{request.subject}” đã được đóng. Nếu vẫn còn vướng mắc, hãy mở lại."
        _tell(event, request, _asker(request), "Đóng yêu cầu", text)


@on("support.passed_on")
def passed_on(event: Event) -> None:
    """To those who had it before: they needn't answer any more."""
    request = _request(event)
    people = staff([event.unit_id], Grant.ANSWER_SUPPORT).get(event.unit_id, [])
    text = f"Yêu cầu “{request.subject}” của {request.unit.name} nay do {request.partner.name} trả lời."
    _tell(event, request, people, "Đã chuyển lên Trung tâm CNTT", text)


def _request(event: Event) -> SupportRequest:
    found: SupportRequest = SupportRequest.objects.select_related("unit", "partner", "asked_by").get(
        pk=event.subject_id
    )
    return found


def _staff(request: SupportRequest) -> list[User]:
    return staff([request.partner_id], Grant.ANSWER_SUPPORT).get(request.partner_id, [])


def _asker(request: SupportRequest) -> list[User]:
    """The person who asked, as long as the account is there and still at that unit."""
    one = request.asked_by
    return [one] if one.is_active and one.unit_id == request.unit_id else []


def _when(request: SupportRequest) -> str:
    return f"{timezone.localtime(request.answer_by):%H:%M ngày %d/%m/%Y}"


def _until(request: SupportRequest) -> str:
    return f"Hãy trả lời trước {_when(request)}."


def _tell(
    event: Event,
    request: SupportRequest,
    people: Iterable[User],
    title: str,
    text: str,
    *,
    owed: bool = False,
    **more: Any,
) -> None:
    """Whoever did it isn't told of it."""
    message = Message(
        key=f"support:{event.pk}:{title}",
        topic=Topic.SUPPORT,
        title=f"{title}: {request.number}",
        text=text,
        address=reverse("support:detail", args=[request.number]),
        law=LAW,
        due=timezone.localdate(request.answer_by) if owed else None,
        **more,
    )
    tell((person, message) for person in people if person.pk != event.actor_id)
