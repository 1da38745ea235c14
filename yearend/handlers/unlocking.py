"""Who is told of requests to open closed books, and of what became of them."""

from collections.abc import Iterable

from accounts.models import User
from accounts.queries import recorders, staff
from core.events import on
from core.models import Event
from notices.actions import tell
from notices.rules import Message, Tone, Topic
from orgs.queries import it_center, superiors
from orgs.rules import Grant
from yearend.kinds import REPORT
from yearend.models import UnlockRequest
from yearend.unlocks.kind import UNLOCK

LAW = "Điều 12, Điều 13.8 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH"


@on("unlock.asked")
def asked(event: Event) -> None:
    """Those who decide."""
    request, center = _request(event), it_center()
    people = staff([center.pk], Grant.UNLOCK_BOOKS).get(center.pk, []) if center else []
    text = f"{request.unit.name} đề nghị mở khóa số liệu năm {request.report.year}. Lý do: {request.reason}"
    _tell(event, request, people, "Đề nghị mở khóa số liệu", text, tone=Tone.WARNING)


@on("unlock.granted")
def granted(event: Event) -> None:
    """The unit, and everybody above who has to know that its figures aren't final any more."""
    request = _request(event)
    what = f"số liệu năm {request.report.year}"
    text = f"{request.decided_by} đã mở khóa {what}. Ghi bổ sung, điều chỉnh xong thì khóa lại và gửi báo cáo. "
    _tell(event, request, _of_unit(request), "Đã mở khóa số liệu", text + request.answer, tone=Tone.WARNING)
    above = superiors()
    unit = above.get(request.unit_id)
    while unit is not None:
        text = f"{request.unit.name} được mở khóa {what}, sẽ khóa và gửi lại. Lý do: {request.reason}"
        message = Message(
            key=f"unlock:{event.pk}:{unit.pk}",
            topic=Topic.REPORT,
            title=f"Cấp dưới được mở khóa số liệu: {request.unit.name}",
            text=text,
            address=REPORT.url("detail", request.report),
            tone=Tone.WARNING,
            law=LAW,
        )
        tell((user, message) for user in recorders([unit.pk]).get(unit.pk, []))
        unit = above.get(unit.pk)


@on("unlock.refused")
def refused(event: Event) -> None:
    """The unit."""
    request = _request(event)
    text = f"{request.decided_by} không đồng ý mở khóa số liệu năm {request.report.year}: {request.answer}"
    _tell(event, request, _of_unit(request), "Không đồng ý mở khóa", text, tone=Tone.WARNING)


def _request(event: Event) -> UnlockRequest:
    rows = UnlockRequest.objects.select_related("unit", "report__unit", "decided_by")
    found: UnlockRequest = rows.get(pk=event.subject_id)
    return found


def _of_unit(request: UnlockRequest) -> list[User]:
    return recorders([request.unit_id]).get(request.unit_id, [])


def _tell(event: Event, request: UnlockRequest, people: Iterable[User], title: str, text: str, *, tone: Tone) -> None:
    message = Message(
        key=f"unlock:{event.pk}",
        topic=Topic.REPORT,
        title=f"{title}: {request.number}",
        text=text,
        address=UNLOCK.url("detail", request),
        tone=tone,
        law=LAW,
    )
    tell((user, message) for user in people if user.pk != event.actor_id)
