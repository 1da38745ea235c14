"""What the superior does with a report that was sent to it: takes it in, or returns it (art. 13.8, 14.6).

The rows are the subordinate's, so every step is elevated after its door and judges again under the lock.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.scope import elevated
from core.transitions import lock, transition
from dispatch import edxml
from dispatch.actions import answer
from dispatch.models import Dispatch, DispatchEvent
from dispatch.rules import SETTLED, Kind
from dispatch.rules import State as Sending
from ui.formats import vndatetime
from yearend.actions.duties import fulfilled
from yearend.models import AnnualReport
from yearend.queries.verification import verify
from yearend.rules import FLOW, State

REASON_KEPT = 100  # characters that a row of history has room for; the report keeps the whole
PDF = "application/pdf"


@transaction.atomic
def accept(report: AnnualReport, *, by: User, version: int | None = None) -> AnnualReport:
    """Take the report in. The caller got it through the receiver's door.

    Raises StaleError, DomainError when it doesn't wait any more (who did what, when), SeveralProblemsError with what
    the check of signatures, file and figures found.
    """
    with elevated("yearend.accept: the superior takes a subordinate's report in"):
        row = _waiting(report, version)
        problems = [DomainError(text, code="verification") for text in verify(row).problems]
        if row.outdated_at is not None:
            why = f"Số liệu cấp dưới của đơn vị đã thay đổi sau khi gửi: {row.outdated_why} "
            problems.append(DomainError(why + "Hãy trả lại để đơn vị tổng hợp lại.", code="outdated"))
        if problems:
            raise SeveralProblemsError(problems)
        done = transition(
            row,
            State.ACCEPTED,
            flow=FLOW,
            by=by,
            reason="Tiếp nhận báo cáo",
            event="annual.accepted",
            accepted_at=timezone.now(),
        )
        _answer(done, Sending.RECEIVED, by=by)
        return done


@transaction.atomic
def send_back(report: AnnualReport, *, by: User, reason: str, version: int | None = None) -> AnnualReport:
    """Return the report; the unit's recorders are told why. Raises as `accept` does, without checking the file."""
    with elevated("yearend.send_back: the superior returns a subordinate's report"):
        row = _waiting(report, version)
        done = _returned(row, by=by, reason=reason)
        _answer(done, Sending.RETURNED, by=by, reason=reason)
        return done


def _returned(row: AnnualReport, *, by: Any, reason: str) -> AnnualReport:
    return transition(
        row,
        State.RETURNED,
        flow=FLOW,
        by=by,
        reason=f"Trả lại: {reason}"[:REASON_KEPT],
        event="annual.returned",
        return_reason=reason[:1000],
    )


def _waiting(report: AnnualReport, version: int | None) -> AnnualReport:
    """The locked row, if it still waits for its receiver."""
    row = lock(report)
    if row.state != State.SENT:
        last = row.history.select_related("history_user").latest("history_id")
        state = State(row.state).label
        message = f"Báo cáo {row.number} đang ở trạng thái “{state}”, không còn chờ tiếp nhận. "
        who = last.history_user or "Hệ thống"
        raise DomainError(f"{message}{who} ghi lúc {vndatetime(last.history_date)}.", code="done")
    if version is not None:
        require_version(row, version)
    return row


def _answer(report: AnnualReport, state: Sending, *, by: Any, reason: str = "") -> None:
    """The sending that brought it is settled, and the document system is told."""
    kind = ContentType.objects.get_for_model(AnnualReport)
    rows = Dispatch.objects.filter(subject_type=kind, subject_id=report.pk, kind=Kind.LETTER)
    if sent := rows.order_by("-pk").first():
        answer(sent, state=state, by=by, reason=reason)


def recall(report: AnnualReport, *, by: Any, reason: str) -> None:
    """What was sent and not yet answered doesn't stand any more: a package that waits isn't delivered, none is sent
    again."""
    kind = ContentType.objects.get_for_model(AnnualReport)
    rows = Dispatch.objects.filter(subject_type=kind, subject_id=report.pk, kind=Kind.LETTER)
    sent = rows.order_by("-pk").first()
    if sent is not None and sent.state not in SETTLED:
        answer(sent, state=Sending.RETURNED, by=by, reason=reason)


def on_receipt(sent: Dispatch, event: DispatchEvent) -> None:
    """The document system told something of a sending: a return there is a return here.

    That it was received there means that it was registered: whether the report is taken in is for its receiver to say,
    who checks it here. Runs elevated, holding the report's row.
    """
    report = AnnualReport.objects.select_related("unit").get(pk=sent.subject_id)
    latest = Dispatch.objects.filter(
        subject_type=sent.subject_type_id, subject_id=sent.subject_id, kind=Kind.LETTER, pk__gt=sent.pk
    )
    if event.state == Sending.RETURNED and report.state == State.SENT and not latest.exists():
        _returned(report, by=None, reason=event.text)


@transaction.atomic
def take_in(report: AnnualReport, *, content: bytes, by: User) -> AnnualReport:
    """Compare a file that came on another way (on a stick, by mail, as a package) with what was issued here.

    A report that its unit has signed but couldn't send counts as sent with that. Raises SeveralProblemsError, each with
    the reason for which the file isn't taken.
    """
    pdf = _pdf_in(content)
    with elevated("yearend.take_in: the superior records a report that came on another way"):
        row = lock(report)
        found = verify(row, pdf)
        if not found.good:
            raise SeveralProblemsError([DomainError(text, field="file") for text in found.problems])
        events.record("annual.compared", row, unit=row.unit, by=by, detail="Tệp khớp từng byte với bản đã ký")
        if row.state != State.SIGNED:
            return row
        now: datetime = timezone.now()
        done = transition(row, State.SENT, flow=FLOW, by=by, reason="Nhận trực tiếp", event="annual.sent", sent_at=now)
        fulfilled(done, by, "Cấp trên nhận trực tiếp tệp đã ký")
        return done


def _pdf_in(content: bytes) -> bytes:
    """The PDF itself, or the one within an edXML package."""
    if content.lstrip()[:1] != b"<":
        return content
    try:
        package = edxml.package_of(content, max_bytes=settings.DISPATCH_MAX_MB * 1024 * 1024)
    except edxml.RefusedError as refusal:
        raise DomainError(str(refusal), field="file") from refusal
    found = [one.content for one in package.attachments if one.content_type == PDF]
    if len(found) != 1:
        raise DomainError("Gói phải có đúng một tệp PDF đính kèm.", field="file")
    return found[0]
