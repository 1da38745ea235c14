"""What follows from facts about obligations: those whose work it is are told, and those who asked."""

from django.urls import reverse

from accounts.queries import recorders, staff
from core.events import on
from core.models import Event
from deadlines.models import Obligation, Urging, UrgingReply
from notices.actions import tell
from notices.rules import Message, Tone, Topic
from orgs.rules import Grant

SAID = 300  # characters of a note that a notice repeats


@on("obligation.waived")
def _tell_of_waiver(event: Event) -> None:
    owed = _owed(event)
    _tell_recorders(
        owed.unit_id,
        Message(
            key=f"waived:{event.pk}",
            topic=Topic.DEADLINE,
            title=f"Được miễn: {_what(owed)}",
            text=f"{owed.unit} không còn phải làm “{_what(owed)}”. Lý do: {_short(event.payload['reason'])}",
            law=owed.legal_basis,
            address=_page(owed),
        ),
    )


@on("obligation.asked_again")
def _tell_of_asking(event: Event) -> None:
    owed = _owed(event)
    _tell_recorders(
        owed.unit_id,
        Message(
            key=f"asked-again:{event.pk}",
            topic=Topic.DEADLINE,
            tone=Tone.WARNING,
            title=f"Phải thực hiện lại: {_what(owed)}",
            text=f"{owed.unit} lại phải làm “{_what(owed)}”, hạn như cũ {owed.due_date:%d/%m/%Y}. "
            f"Lý do: {_short(event.payload['reason'])}",
            law=owed.legal_basis,
            due=owed.due_date,
            address=_page(owed),
        ),
    )


@on("urging.sent")
def _tell_of_urging(event: Event) -> None:
    urging = Urging.objects.select_related("unit", "target").get(pk=event.subject_id)
    _tell_recorders(
        urging.target_id,
        Message(
            key=f"urging:{urging.pk}",
            topic=Topic.URGING,
            tone=Tone.DANGER,
            title=f"{urging.unit} đôn đốc {len(urging.items)} việc quá hạn của {urging.target}",
            text=f"{_sentence(_short(urging.text))} Mở đôn đốc để xem từng việc và phản hồi.",
            law="Điều 14 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH",
            address=reverse("deadlines:urging", args=[urging.public_id]),
        ),
    )


@on("urging.answered")
def _tell_of_answer(event: Event) -> None:
    reply = UrgingReply.objects.select_related("unit", "urging").get(pk=event.subject_id)
    message = Message(
        key=f"urging-reply:{reply.pk}",
        topic=Topic.URGING,
        title=f"{reply.unit} phản hồi đôn đốc ngày {reply.urging.created_at.astimezone():%d/%m/%Y}",
        text=_short(reply.text),
        address=reverse("deadlines:urging", args=[reply.urging.public_id]),
    )
    askers = staff([reply.partner_id], Grant.SUPERVISE).get(reply.partner_id, [])
    tell((user, message) for user in askers)


def _owed(event: Event) -> Obligation:
    return Obligation.objects.select_related("unit").get(pk=event.subject_id)


def _what(owed: Obligation) -> str:
    return f"{owed.get_kind_display()} {owed.subject_label}"


def _page(owed: Obligation) -> str:
    return reverse("deadlines:detail", args=[owed.public_id])


def _short(text: str) -> str:
    return text if len(text) <= SAID else f"{text[: SAID - 1].rstrip()}…"


def _sentence(text: str) -> str:
    """With a full stop, where the writer left it out: ours goes on after it."""
    return text if text.endswith((".", "!", "?", "…", ";", ":")) else f"{text}."


def _tell_recorders(unit: int, message: Message) -> None:
    tell((user, message) for user in recorders([unit]).get(unit, []))
