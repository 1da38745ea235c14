"""States of a yearly report and of a request to open closed books (art. 13.8)."""

from django.db import models

from core.workflow import Workflow


class State(models.TextChoices):
    """How far a unit's yearly report has come."""

    DRAFT = "draft", "Đang lập"
    LOCKED = "locked", "Đã khóa số liệu"
    ISSUED = "issued", "Chờ ký số"
    SIGNED = "signed", "Đã ký số"
    SENT = "sent", "Đã gửi"
    RETURNED = "returned", "Bị trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"


TONES = {
    State.DRAFT: "warn",
    State.LOCKED: "info",
    State.ISSUED: "info",
    State.SIGNED: "info",
    State.SENT: "info",
    State.RETURNED: "bad",
    State.ACCEPTED: "ok",
}

# Back to LOCKED: what was printed or signed is set aside, figures are consolidated or printed anew.
# Back to DRAFT: the books were opened again.
FLOW = Workflow(
    State,
    {
        State.DRAFT: frozenset({State.LOCKED}),
        State.LOCKED: frozenset({State.ISSUED, State.DRAFT}),
        State.ISSUED: frozenset({State.SIGNED, State.LOCKED, State.DRAFT}),
        State.SIGNED: frozenset({State.SENT, State.LOCKED, State.DRAFT}),
        State.SENT: frozenset({State.ACCEPTED, State.RETURNED, State.DRAFT}),
        State.RETURNED: frozenset({State.LOCKED, State.SENT, State.DRAFT}),
        State.ACCEPTED: frozenset({State.DRAFT}),
    },
)


class UnlockState(models.TextChoices):
    ASKED = "asked", "Chờ quyết định"
    GRANTED = "granted", "Đã mở khóa"
    REFUSED = "refused", "Không đồng ý"
    WITHDRAWN = "withdrawn", "Đã rút"
