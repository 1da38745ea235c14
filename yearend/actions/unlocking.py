"""Opening closed books again (art. 12, 13.8): a unit asks with its minutes, a level-1 admin decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import documents, events
from core.errors import DomainError
from core.history import require_version
from core.models import DocumentKind
from core.scope import elevated
from core.transitions import lock, save_with_reason, transition
from dossiers.actions import require_papers, take_number
from dossiers.submissions import first_press
from equipment.actions.periods import hold_books
from equipment.models import PeriodLock
from signing.actions.papers import withdraw as withdraw_paper
from signing.queries.papers import paper_of
from ui.formats import vndatetime
from yearend.actions.editions import outdate_above
from yearend.actions.receiving import recall
from yearend.models import AnnualReport, UnlockRequest
from yearend.rules import FLOW, State, UnlockState
from yearend.rules.unlocks import UNLOCK_FLOW

PREFIX = "MK"
REASON_KEPT = 100  # characters that a row of history has room for; the request keeps the whole


@transaction.atomic
def ask(
    report: AnnualReport, *, reason: str, file: UploadedFile, by: User, submission: UUID | None = None
) -> UnlockRequest:
    """Ask that the closed books of the report's year be opened, with the explanation minutes (PDF).

    The same filled form again gives the request that it made. Raises DomainError when the books aren't closed, when a
    request waits already (whose), when a later year has to be opened first, or for a file that is no such PDF.
    """
    key, made = first_press(UnlockRequest, unit=report.unit, prefix=PREFIX, submission=submission, by=by)
    if made is not None:
        return made
    report = lock(report)
    if report.state == State.DRAFT:
        message = f"Số liệu năm {report.year} của {report.unit.name} đang mở, không cần đề nghị mở khóa."
        raise DomainError(message, code="open")
    if told := waiting_told(report):
        raise DomainError(told, code="waiting")
    require_no_later(report)
    request = UnlockRequest(
        number=take_number(report.unit, PREFIX),
        report=report,
        unit=report.unit,
        reason=reason,
        asked_by=by,
        submission=key,
    )
    save_with_reason(request, by=by, reason="Gửi đề nghị mở khóa")
    documents.attach(request, unit=request.unit, kind=DocumentKind.EXPLANATION, file=file, by=by)
    _told("asked", request, by=by, detail=reason)
    return request


def waiting_told(report: AnnualReport) -> str:
    """Whose request waits for its answer, and what may be done with it; empty where none does."""
    waiting = report.unlocks.filter(state=UnlockState.ASKED).select_related("asked_by").first()
    if waiting is None:
        return ""
    return (
        f"{waiting.asked_by} đã gửi đề nghị {waiting.number} lúc {vndatetime(waiting.created_at)}, đang chờ quản "
        "trị cấp 1 quyết định. Cần bổ sung thì thêm tài liệu vào đề nghị đó, hoặc rút rồi lập lại."
    )


@transaction.atomic
def withdraw(request: UnlockRequest, *, by: User, version: int) -> UnlockRequest:
    """The unit doesn't ask any more. Raises StaleError, DomainError once it is decided (by whom, when)."""
    lock(request.report)
    request = _waiting(request, version)
    done = transition(
        request, UnlockState.WITHDRAWN, flow=UNLOCK_FLOW, by=by, reason="Rút đề nghị", event="unlock.withdrawn"
    )
    _on_report("withdrawn", done, by=by, detail=done.reason)
    return done


@transaction.atomic
def grant(
    request: UnlockRequest, *, answer: str, by: User, version: int, file: UploadedFile | None = None
) -> UnlockRequest:
    """Open the books. The caller came through the door of level-1 admins.

    The closing stays on record, marked by whom, when and why it was opened; the edition stays as a version; what waits
    to be signed or is signed is withdrawn; reports above that took the figures in are marked as outdated. What the unit
    sent in time stays in time. Raises StaleError, DomainError when it is decided already, without the minutes, or
    while a later year of the unit is closed.
    """
    with _decision(request, version) as asked:
        if problems := require_papers(asked):
            raise problems[0]
        report = AnnualReport.objects.select_related("unit").get(pk=asked.report_id)
        hold_books([report.unit], alone=True)
        require_no_later(report)
        _open(report, asked, by=by)
        if (paper := paper_of(report)) is not None:
            withdraw_paper(paper, by=by, reason=f"Mở khóa số liệu theo đề nghị {asked.number}")
        transition(
            report,
            State.DRAFT,
            flow=FLOW,
            by=by,
            reason=f"Mở khóa theo {asked.number}: {asked.reason}"[:REASON_KEPT],
            event="annual.unlocked",
            sent_at=None,
            accepted_at=None,
            return_reason="",
            outdated_at=None,
            outdated_why="",
        )
        recall(report, by=by, reason=f"Thu hồi: mở khóa số liệu theo đề nghị {asked.number}")
        why = f"{report.unit.name} được mở khóa số liệu năm {report.year} ({asked.number}): {asked.reason}"
        outdate_above(report, why=why[:500])
        return _decided(asked, UnlockState.GRANTED, answer=answer, by=by, file=file)


@transaction.atomic
def refuse(
    request: UnlockRequest, *, answer: str, by: User, version: int, file: UploadedFile | None = None
) -> UnlockRequest:
    """The books stay closed, and why. Raises as `grant` does, and DomainError without an answer."""
    if not answer:
        raise DomainError("Hãy ghi lý do không đồng ý để đơn vị biết phải làm gì.", field="answer", code="required")
    with _decision(request, version) as asked:
        done = _decided(asked, UnlockState.REFUSED, answer=answer, by=by, file=file)
        _on_report("refused", done, by=by, detail=answer)
        return done


def require_no_later(report: AnnualReport) -> None:
    """Later years stand on this one: they are opened first. Raises DomainError."""
    later = PeriodLock.objects.of_unit(report.unit).filter(year__gt=report.year, unlocked_at=None)
    years = sorted(later.values_list("year", flat=True), reverse=True)
    if years:
        listed = ", ".join(map(str, years))
        message = (
            f"Số liệu năm {listed} của {report.unit.name} cũng đã khóa và nối tiếp năm {report.year}. "
            f"Hãy mở khóa năm {listed} trước, từ năm sau về năm trước."
        )
        raise DomainError(message, code="later")


@contextmanager
def _decision(request: UnlockRequest, version: int) -> Iterator[UnlockRequest]:
    with transaction.atomic(), elevated("yearend.unlock: a level-1 admin decides on the closed books of any unit"):
        lock(request.report)
        yield _waiting(request, version)


def _waiting(request: UnlockRequest, version: int) -> UnlockRequest:
    """The request as it is now, locked, as long as nobody has decided on it."""
    request = lock(request)
    if request.state != UnlockState.ASKED:
        last = request.history.select_related("history_user").latest("history_id")
        message = (
            f"Đề nghị {request.number} đã ở trạng thái “{request.get_state_display()}”: {last.history_user} cập nhật "
            f"lúc {vndatetime(last.history_date)}. Không cần làm lại."
        )
        raise DomainError(message, code="workflow")
    require_version(request, version)
    return request


def _open(report: AnnualReport, asked: UnlockRequest, *, by: User) -> None:
    closing = PeriodLock.objects.select_for_update().get(unit=report.unit, year=report.year, unlocked_at=None)
    closing.unlocked_at, closing.unlocked_by = timezone.now(), by
    closing.unlock_reason = f"{asked.number}: {asked.reason}"[:2000]
    closing.save(update_fields=["unlocked_at", "unlocked_by", "unlock_reason"])


def _decided(
    asked: UnlockRequest, state: UnlockState, *, answer: str, by: User, file: UploadedFile | None
) -> UnlockRequest:
    if file is not None:
        documents.attach(asked, unit=asked.unit, kind=DocumentKind.OTHER, file=file, by=by)
    return transition(
        asked,
        state,
        flow=UNLOCK_FLOW,
        by=by,
        reason=answer[:REASON_KEPT] or state.label,
        event=f"unlock.{state}",
        answer=answer,
        decided_by=by,
        decided_at=timezone.now(),
    )


def _told(what: str, request: UnlockRequest, *, by: User, detail: str) -> None:
    events.record(f"unlock.{what}", request, unit=request.unit, by=by, detail=detail)
    _on_report(what, request, by=by, detail=detail)


def _on_report(what: str, request: UnlockRequest, *, by: User, detail: str) -> None:
    """The report's own timeline tells of it too: who, why, under which number."""
    facts = {"dossier": request.number, "detail": detail}
    events.record(f"annual.unlock_{what}", request.report, unit=request.unit, by=by, **facts)
