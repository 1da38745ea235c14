"""What a unit does with its report before and after its books are closed: counting, describing, consolidating anew."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import events
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason, transition
from reports.definition import Step, unheard
from reports.queries.annual import lines_by_unit
from reports.rules.annual import AnnualLine, as_json
from yearend.actions.editions import freeze
from yearend.models import AnnualReport
from yearend.rules import FLOW, State


def put_figures(report: AnnualReport, lines: Mapping[str, AnnualLine]) -> None:
    """The figures counted last. They aren't what the unit says: neither history nor version tells of them."""
    report.draft, report.drafted_at = {"own": as_json(lines)}, timezone.now()
    report.save_without_historical_record(update_fields=["draft", "drafted_at"])  # type: ignore[attr-defined]  # tracked


@transaction.atomic
def recount(report: AnnualReport, *, by: Any, step: Step = unheard) -> AnnualReport:
    """Count the draft's figures anew from the books. Raises DomainError once the books are closed."""
    report = lock(report)
    _require_draft(report, "tính lại")
    lines = lines_by_unit([report.unit], report.year, step=step).get(report.unit_id, {})
    put_figures(report, lines)
    events.record("annual.recounted", report, unit=report.unit, by=by)
    return report


@transaction.atomic
def describe(
    report: AnnualReport, *, notes: Mapping[str, str], assessment: str, proposal: str, by: Any, version: int
) -> AnnualReport:
    """What the unit says beside its figures. Raises StaleError, and DomainError once the books are closed."""
    report = lock(report)
    require_version(report, version)
    _require_draft(report, "sửa ghi chú, đánh giá")
    report.notes, report.assessment, report.proposal = dict(notes), assessment, proposal
    report.version += 1
    fields = ["notes", "assessment", "proposal", "version"]
    save_with_reason(report, by=by, reason="Cập nhật ghi chú, đánh giá", fields=fields)
    return report


@transaction.atomic
def consolidate(report: AnnualReport, *, reason: str, by: Any, version: int) -> AnnualReport:
    """A new edition with what the subordinates' figures are now: the unit's books stay closed.

    What was returned is locked again. Raises StaleError, and DomainError in other states: what was printed or signed is
    set aside first, what was sent is returned first.
    """
    report = lock(report)
    require_version(report, version)
    if report.state not in {State.LOCKED, State.RETURNED}:
        raise DomainError(
            f"Báo cáo đang ở trạng thái “{report.get_state_display()}” nên chưa tổng hợp lại được. Bản chờ ký hoặc "
            "đã ký thì hủy bản in trước; bản đã gửi thì đề nghị cấp trên trả lại.",
            code="workflow",
        )
    edition = freeze(report, by=by, reason=reason)
    if report.state == State.RETURNED:
        report = transition(
            report, State.LOCKED, flow=FLOW, by=by, reason="Tổng hợp lại sau khi bị trả lại", event="annual.relocked"
        )
    events.record("annual.consolidated", report, unit=report.unit, by=by, detail=f"lần {edition.edition}: {reason}")
    report.refresh_from_db()
    return report


def _require_draft(report: AnnualReport, what: str) -> None:
    if report.state != State.DRAFT:
        raise DomainError(
            f"Số liệu của báo cáo {report.number} đã khóa nên không {what} được nữa. "
            "Muốn sửa, hãy lập đề nghị mở khóa.",
            code="locked",
        )
