"""Pieces of the page of a request. People of a unit whose data the reader doesn't see go by the name of their unit."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import Event
from deadlines.queries import calendar
from deadlines.rules import clock_text
from dossiers.blocks import newest_first
from dossiers.titles import silent, title_of
from support.followups import steps_for
from support.models import SupportMessage, SupportRequest
from support.policies import speaks_for_all
from support.queries import conversation
from support.rules import MessageKind, State
from ui.actions import Action
from ui.blocks import Clock, Entry, Fact, FactList, Section, Step, Stepper, Timeline
from ui.formats import local, vndatetime
from ui.links import Link

_TONES = {
    MessageKind.ANSWER: "answer",
    MessageKind.ASK_BACK: "answer",
    MessageKind.NOTE: "note",
    MessageKind.ESCALATION: "step",
    MessageKind.CLOSING: "step",
}


def named(user: User, account: User | None, unit: Any) -> str:
    """Who wrote it, as far as this reader may know."""
    if account is None:
        return "Hệ thống"
    return f"{account} – {unit.name}" if user.scope.reads(unit.path) else str(unit.name)


def talk(user: User, request: SupportRequest) -> Section:
    """The conversation, the oldest message first."""
    messages = [_shown(user, message) for message in conversation(user, request)]
    return Section("support/conversation.html", {"messages": messages})


def _shown(user: User, message: SupportMessage) -> dict[str, Any]:
    return {
        "message": message,
        "who": named(user, message.written_by, message.unit),
        "tone": _TONES.get(MessageKind(message.kind), "question"),
        "files": [(file, reverse("support:file", args=[file.public_id])) for file in message.files.all()],
    }


def stepper(request: SupportRequest) -> Stepper:
    """Sent, answered, closed; and where it stands between."""
    sent = Step("Gửi yêu cầu", "done", when=local(request.created_at).date())
    settled = local(request.settled_at).date() if request.settled_at else None
    if request.state == State.CLOSED:
        answered = [Step("Trả lời", "done", when=_day(request.first_answered_at))] if request.first_answered_at else []
        return Stepper([sent, *answered, Step("Đã đóng", "done" if answered else "stopped", when=settled)])
    if request.state == State.ANSWERED:
        return Stepper([sent, Step("Trả lời", "done", when=settled), Step("Đóng yêu cầu", "now")])
    now = "Bổ sung thông tin" if request.state == State.WAITING else "Trả lời"
    between = [Step("Trả lời")] if request.state == State.WAITING else []
    return Stepper([sent, Step(now, "now"), *between, Step("Đóng yêu cầu")])


def _day(moment: datetime | None) -> Any:
    return local(moment).date() if moment else None


def clock(request: SupportRequest, now: datetime) -> list[Clock]:
    """How the 48 hours stand while an answer is waited for, and how they ended."""
    if request.state == State.OPEN:
        by = local(request.answer_by)
        until = f"trước {by:%H:%M ngày %d/%m/%Y}"
        if by < now:
            return [Clock(f"Quá hạn trả lời ({until})", "late")]
        return [Clock(f"Trả lời {until}: {clock_text(by.date(), timezone.localdate(now), calendar())}", "soon")]
    if request.state == State.WAITING:
        return [Clock("Thời hạn 48 giờ tạm dừng đến khi đơn vị hỏi bổ sung thông tin")]
    if request.first_answered_at is not None:
        said = "trong 48 giờ" if request.first_in_time else "trễ hạn 48 giờ"
        tone: Any = "done" if request.first_in_time else "late"
        return [Clock(f"Trả lời lần đầu {vndatetime(request.first_answered_at)}, {said}", tone)]
    return []


def details(request: SupportRequest) -> FactList:
    """What was asked from where."""
    page = Fact("Trang", request.page_title or request.page, url=request.page) if request.page else Fact("Trang", "—")
    return FactList(
        [
            Fact("Chủ đề", request.get_topic_display()),
            Fact("Mức ưu tiên", request.get_priority_display()),
            page,
            Fact("Phiên bản phần mềm", request.app_version),
            Fact("Trình duyệt", request.browser or "—"),
            Fact("Gửi lúc", vndatetime(request.created_at)),
            Fact("Chuyển lên Trung tâm CNTT", vndatetime(request.escalated_at) if request.escalated_at else "—"),
        ]
    )


def happenings(user: User, request: SupportRequest) -> Timeline:
    """The steps of the request, as far as the account sees them."""
    rows = (
        Event.objects.visible_to(user)
        .filter(subject_type=ContentType.objects.get_for_model(request), subject_id=request.pk)
        .exclude(kind__in=silent())
        .select_related("actor__unit")
    )
    return newest_first([_entry(user, event) for event in rows])


def _entry(user: User, event: Event) -> Entry:
    title = title_of(event.kind)
    who = named(user, event.actor, event.actor.unit if event.actor else None)
    text = str(event.payload.get("detail", ""))
    return Entry(when=event.created_at, who=who, title=title.text, text=text, tone=title.tone)


_STEPS = {
    # action: (label, icon, the states in which it is the thing to do next)
    "answer": ("Trả lời", "send", {State.OPEN}),
    "reply": ("Bổ sung thông tin", "message", {State.WAITING}),
    "close": ("Đóng yêu cầu", "check", {State.ANSWERED}),
    "reopen": ("Hỏi tiếp", "arrow-back-up", set()),
    "ask_back": ("Hỏi lại", "help-circle", set()),
    "escalate": ("Chuyển lên Trung tâm CNTT", "arrow-right", set()),
    "note": ("Ghi chú nội bộ", "lock", set()),
    "prioritise": ("Mức ưu tiên", "flag", set()),
}


def steps(user: User, request: SupportRequest, may: Collection[str]) -> list[Action | Link]:
    """What may be done now, the next step first."""
    mine = request.unit_id == user.scope.home and request.partner_id != user.scope.home
    shown = sorted((a for a in _STEPS if a in may), key=lambda action: request.state not in _STEPS[action][2])
    found: list[Action | Link] = []
    for action in shown:
        label, icon, now = _STEPS[action]
        if action == "close" and mine and request.first_answered_at is None:
            label, icon = "Rút yêu cầu", "ban"
        if action == "answer" and request.state == State.ANSWERED:
            label = "Trả lời thêm"
        url = reverse(f"support:{action}", args=[request.number])
        late = action == "escalate" and mine  # the asker may only when nobody has answered in time
        wanted = late or (request.state in now and (action != "close" or mine))
        style: Any = "primary" if wanted else "secondary"
        found.append(Action(label, url, icon=icon, method="get", style=style))
    found += steps_for(user, request)
    if speaks_for_all(user) and request.first_answered_at is not None:
        found.append(Link("Đưa vào trợ giúp", f"{reverse('help:create')}?tu={request.number}", icon="world"))
    return found


def reopen_days() -> int:
    """For how many days what was settled may be taken up again."""
    days: int = settings.SUPPORT_REOPEN_DAYS
    return days
