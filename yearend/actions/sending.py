"""Sending a signed report to the superior (art. 13.8), through the document system where there is one."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.transitions import lock, transition
from deadlines.models import Obligation
from deadlines.rules import Kind
from deadlines.rules import State as DutyState
from dispatch.actions import send as dispatch_send
from dispatch.models import Dispatch
from dispatch.rules import Attachment, Letter
from orgs.models import OrgUnit
from reports.rules.annual import canonical
from signing.models import Paper
from signing.queries import file_of
from ui.formats import vndatetime
from yearend.actions.duties import fulfilled
from yearend.models import AnnualEdition, AnnualReport
from yearend.printing.paper import FIGURES
from yearend.queries.verification import pages_of, verify
from yearend.rules import FLOW, State
from yearend.tree import superior_of

TOP = "Báo cáo toàn ngành không gửi cấp trên: ký số xong là hoàn thành."
REASON_KEPT = 100  # characters that a row of history has room for; the obligation keeps the whole


@transaction.atomic
def send(report: AnnualReport, *, by: User, version: int, reason: str = "") -> Dispatch:
    """Send the signed file with the frozen figures to the superior; the unit's duty of the year is done with that.

    The signatures are checked again on the very bytes that go. `reason`: why it is late, if it is. Raises StaleError,
    DomainError when it was sent already (by whom, when) or the unit sends to nobody, SeveralProblemsError with what
    stands against it and what to do.
    """
    report = lock(report)
    if report.state in {State.SENT, State.ACCEPTED}:
        raise _already(report)
    _require_signed(report)
    require_version(report, version)
    receiver = superior_of(report.unit)
    if receiver is None:
        raise DomainError(TOP, code="top")
    paper = _sound_paper(report, reason)
    edition: AnnualEdition = report.edition  # type: ignore[assignment]  # every frozen report has one
    pdf = file_of(paper)
    sent = dispatch_send(
        subject=report,
        sender=report.unit,
        receiver=receiver,
        letter=letter_of(report, edition, receiver, pages=pages_of(pdf)),
        attachments=[
            Attachment(f"bao-cao-nam-{report.year}-{report.unit.code}.pdf", pdf, "application/pdf", "Báo cáo đã ký số"),
            Attachment(FIGURES, canonical(edition.figures), "application/json", "Số liệu đã khóa"),
        ],
        by=by,
    )
    transition(
        report,
        State.SENT,
        flow=FLOW,
        by=by,
        reason=f"Gửi {receiver.name}"[:REASON_KEPT],
        event="annual.sent",
        sent_at=timezone.now(),
        return_reason="",
    )
    fulfilled(report, by, reason)
    return sent


def _already(report: AnnualReport) -> DomainError:
    """Who sent it, and when: a second press, or two people at once."""
    rows = report.history.filter(state=State.SENT).select_related("history_user").order_by("history_id")
    first = rows.filter(history_date__gte=report.sent_at).first() or rows.last()
    told = f" {first.history_user or 'Hệ thống'} gửi lúc {vndatetime(first.history_date)}." if first else ""
    return DomainError(f"Báo cáo {report.number} đã gửi, không cần gửi lại.{told}", code="done")


def _require_signed(report: AnnualReport) -> None:
    if report.state in {State.SIGNED, State.RETURNED}:
        return
    todo = {
        State.DRAFT: "Hãy khóa số liệu, phát hành bản in và ký số rồi gửi.",
        State.LOCKED: "Hãy phát hành bản in và ký số rồi gửi.",
        State.ISSUED: "Hãy ký đủ các bước rồi gửi.",
    }
    state = State(report.state)
    raise DomainError(f"Báo cáo đang ở trạng thái “{state.label}”. {todo[state]}", code="workflow")


def _sound_paper(report: AnnualReport, reason: str) -> Paper:
    """The signed paper; or everything that stands against sending it, at once."""
    checked = verify(report)
    problems = [DomainError(text, code="verification") for text in checked.problems]
    if report.outdated_at is not None:
        why = f"Số liệu cấp dưới đã thay đổi sau khi tổng hợp: {report.outdated_why} "
        problems.append(DomainError(why + "Hãy tổng hợp lại, phát hành và ký lại bản in.", code="outdated"))
    if late_since(report) is not None and not reason:
        problems.append(DomainError("Đã quá hạn gửi báo cáo. Hãy ghi lý do gửi muộn.", field="reason", code="required"))
    if problems or checked.paper is None:
        raise SeveralProblemsError(problems)
    return checked.paper


def late_since(report: AnnualReport) -> date | None:
    """The day by which it should have been sent, when that is over and it wasn't."""
    today = timezone.localdate()
    owed = Obligation.objects.about(report).filter(kind=Kind.ANNUAL_REPORT, state=DutyState.OPEN, due_date__lt=today)
    found: date | None = owed.values_list("due_date", flat=True).first()
    return found


def letter_of(report: AnnualReport, edition: AnnualEdition, receiver: OrgUnit, *, pages: int) -> Letter:
    """What the document system files the report by: as it stands on the paper."""
    number, _, notation = report.document_number.partition("/")
    subject = f"Báo cáo tình hình quản lý, sử dụng thiết bị công nghệ thông tin năm {report.year}"
    return Letter(
        number=number,
        notation=notation,
        day=report.document_date or timezone.localdate(),
        place=report.place,
        subject=f"{subject} của {report.unit.name}",
        content=f"Hồ sơ {report.number}, số liệu khóa lần {edition.edition} đến hết ngày 31/12/{report.year}, "
        f"SHA-256 {edition.sha256}",
        competence=report.competence,
        position=report.position,
        signatory=report.signatory,
        places=(receiver.name, *report.recipients.splitlines()),
        staff=report.preparer,
        pages=pages,
    )
