"""Issuing a yearly report for signing, taking the print back, and what a complete signature means (art. 13.8)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import documents
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.models import DocumentKind
from core.transitions import lock, transition
from reports.printing.letterhead import sign_of
from signing.actions import papers
from signing.queries.papers import paper_of
from yearend.models import AnnualEdition, AnnualReport
from yearend.printing.paper import annual_pdf
from yearend.queries.prints import print_title
from yearend.rules import FLOW, State
from yearend.rules.issuing import date_problems, written_number
from yearend.rules.terms import closing_day

REASON_KEPT = 100  # characters that a row of history has room for


@dataclass(frozen=True)
class Letter:
    """What is printed above and below the report. `competence`: KT. GIÁM ĐỐC and the like, empty for the head."""

    document_number: str
    document_date: date | None
    place: str
    preparer: str
    position: str
    signatory: str
    competence: str = ""
    recipients: str = ""


_NEEDED = {
    "document_number": "số, ký hiệu văn bản",
    "document_date": "ngày văn bản",
    "place": "địa danh",
    "preparer": "người lập",
    "position": "chức vụ người ký",
    "signatory": "họ tên người ký",
}


@transaction.atomic
def issue(report: AnnualReport, *, letter: Letter, by: User, version: int, reason: str = "") -> AnnualReport:
    """Print the frozen figures as a document and put it out for signing: LOCKED → ISSUED.

    The print is kept as it is; where signing adds to it the kept bytes come first. `reason` says why subordinates are
    missing. A print whose signing still stands is set aside. Raises StaleError; DomainError in other states, when a
    subordinate's figures have changed since, or for what the letter lacks.
    """
    report = lock(report)
    require_version(report, version)
    edition = _require_current(report)
    letter = _checked(report, edition, letter, reason)
    for name, value in asdict(letter).items():
        setattr(report, name, value)
    archived = annual_pdf(report, edition)
    if (former := paper_of(report)) is not None:
        papers.withdraw(former, by=by, reason=f"Thay bằng bản in mới, số {letter.document_number}")
    documents.issue(
        report,
        unit=report.unit,
        kind=DocumentKind.ANNUAL_REPORT,
        title=print_title(edition),
        content=archived.pdf,
        by=by,
        reissue=True,
    )
    told = f"Số {letter.document_number}{': ' + reason if reason else ''}"
    report = transition(
        report, State.ISSUED, flow=FLOW, by=by, reason=told[:REASON_KEPT], event="annual.issued", **asdict(letter)
    )
    papers.open_paper(
        subject=report,
        unit=report.unit,
        title=f"Báo cáo năm {report.year} của {report.unit.name}, số {letter.document_number}",
        pdf=archived.pdf,
        boxes=archived.boxes,
        by=by,
    )
    return report


@transaction.atomic
def withdraw_issue(report: AnnualReport, *, by: User, version: int, reason: str) -> AnnualReport:
    """Set the print aside, with its signatures: ISSUED, SIGNED or RETURNED → LOCKED. Nothing is deleted.

    Raises StaleError, and DomainError in other states.
    """
    report = lock(report)
    require_version(report, version)
    if report.state not in {State.ISSUED, State.SIGNED, State.RETURNED}:
        state = report.get_state_display()
        message = f"Báo cáo {report.number} đang ở trạng thái “{state}” nên không có bản in nào để hủy."
        raise DomainError(message, code="workflow")
    if (paper := paper_of(report)) is not None:
        papers.withdraw(paper, by=by, reason=reason)
    return transition(
        report, State.LOCKED, flow=FLOW, by=by, reason=reason[:REASON_KEPT], event="annual.issue_withdrawn"
    )


def signed(report: AnnualReport, by: Any) -> None:
    """The last signature is in: ISSUED → SIGNED. Called in its transaction, with the report's row held."""
    transition(report, State.SIGNED, flow=FLOW, by=by, reason="Đã ký đủ chữ ký số", event="annual.signed")


def _require_current(report: AnnualReport) -> AnnualEdition:
    """The edition that stands, if it may be issued now."""
    if report.state != State.LOCKED or report.edition is None:
        state = report.get_state_display()
        told = (
            "Hãy khóa số liệu trước." if report.state == State.DRAFT else "Muốn in lại, hãy hủy bản in hiện có trước."
        )
        message = f"Báo cáo {report.number} đang ở trạng thái “{state}” nên không ban hành được. {told}"
        raise DomainError(message, code="workflow")
    if report.outdated_at:
        message = f"Số liệu cấp dưới đã thay đổi: {report.outdated_why} Hãy tổng hợp lại rồi ban hành."
        raise DomainError(message, code="outdated")
    return report.edition


def _checked(report: AnnualReport, edition: AnnualEdition, letter: Letter, reason: str) -> Letter:
    """The letter as it is printed. Raises SeveralProblemsError with everything that is wrong with it."""
    problems = _lacks(letter)
    number = letter.document_number
    if number:
        try:
            number = written_number(number, sign_of(report.unit))
        except DomainError as refused:
            problems.append(refused)
    if letter.document_date:
        problems += date_problems(
            letter.document_date,
            closed=closing_day(report.year),
            frozen=timezone.localdate(edition.created_at),
            today=timezone.localdate(),
        )
    if edition.missing and not reason:
        many = len(edition.missing)
        message = f"Còn {many} đơn vị cấp dưới chưa khóa số liệu. Hãy ghi lý do ban hành khi chưa đủ đơn vị."
        problems.append(DomainError(message, field="reason", code="missing"))
    if problems:
        raise SeveralProblemsError(problems)
    return Letter(**{**asdict(letter), "document_number": number})


def _lacks(letter: Letter) -> list[DomainError]:
    values: dict[str, Any] = asdict(letter)
    missing: Sequence[str] = [name for name in _NEEDED if not values[name]]
    return [DomainError(f"Hãy nhập {_NEEDED[name]}.", field=name, code="required") for name in missing]
