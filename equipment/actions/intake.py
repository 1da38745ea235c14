"""Writes on intakes: draft, cancel, correct. Confirming has its own module; papers are the kit's (dossiers.actions)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import counters, documents, events
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason, transition
from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from dossiers.submissions import first_press, refuse_sent_again
from equipment.actions.lines import LineData, content, write_lines
from equipment.models import Intake
from equipment.rules.intake import missing_documents
from equipment.rules.lifecycle import INTAKE_FLOW, IntakeState
from equipment.rules.numbers import COUNTER, intake_key, intake_number
from orgs.models import OrgUnit

HEADER = (
    "handover_date",
    "minutes_number",
    "place",
    "supplier",
    "giver_name",
    "giver_title",
    "receiver_name",
    "receiver_title",
    "contract_number",
    "contract_date",
    "decision",
    "fund_source",
    "note",
    "late_reason",
)
# After confirming, these are typing mistakes; dates, prices and quantities are in the books.
CORRECTABLE = tuple(name for name in HEADER if name not in {"handover_date", "late_reason"})


@transaction.atomic
def start_draft(
    *, unit: OrgUnit, header: Mapping[str, Any], lines: Sequence[LineData], by: User, submission: UUID | None = None
) -> Intake:
    """A new draft of `unit`, for which `by` records. Nothing but well-formed values is asked of a draft.

    The same `submission` (one filled form) again gives the draft that it made already; what was typed differently
    the second time (the browser went back) is saved into it. Raises DomainError when that draft went on meanwhile.
    """
    key, made = first_press(Intake, unit=unit, prefix=COUNTER, submission=submission, by=by)
    if made is not None:
        return _sent_again(made, header=header, lines=lines, by=by)
    year = timezone.localdate().year
    (number,) = counters.take(unit, intake_key(year))
    intake = Intake(unit=unit, number=intake_number(unit.code, year, number), created_by=by, submission=key)
    _fill(intake, header, HEADER)
    save_with_reason(intake, by=by, reason="Lập hồ sơ")
    write_lines(intake, lines, by=by)
    _owe(intake, by=by)
    events.record("intake.drafted", intake, unit=unit, by=by)
    return intake


def _sent_again(made: Intake, *, header: Mapping[str, Any], lines: Sequence[LineData], by: User) -> Intake:
    stored = list(made.lines.for_form())
    blank = Intake()
    same_head = all(getattr(made, name) == (header[name] or getattr(blank, name)) for name in HEADER if name in header)
    if same_head and [content(line) for line in stored] == [content(line) for line in lines]:
        return made
    refuse_sent_again(made)
    return save_draft(made, header=header, lines=lines, by=by, version=made.version)


@transaction.atomic
def save_draft(
    intake: Intake, *, header: Mapping[str, Any], lines: Sequence[LineData], by: User, version: int
) -> Intake:
    """Replace a draft's content. Raises StaleError if somebody saved meanwhile, DomainError if it is no draft."""
    intake = _locked_draft(intake)
    require_version(intake, version)
    _fill(intake, header, HEADER)
    intake.version += 1
    save_with_reason(intake, by=by, reason="Lưu nháp")
    write_lines(intake, lines, by=by)
    _owe(intake, by=by)
    return intake


@transaction.atomic
def cancel(intake: Intake, *, reason: str, by: User) -> Intake:
    """Give a draft up; it stays on record and can be restored. The obligation falls away with it."""
    intake = transition(
        intake,
        IntakeState.CANCELLED,
        flow=INTAKE_FLOW,
        by=by,
        reason=reason,
        event="intake.cancelled",
        cancel_reason=reason,
    )
    if _owed(intake):
        deadlines.waive(kind=Kind.INTAKE, subject=intake, reason=f"Hủy hồ sơ: {reason}", by=by)
    return intake


@transaction.atomic
def restore(intake: Intake, *, by: User) -> Intake:
    """Take a cancelled draft up again, with its obligation."""
    intake = transition(
        intake,
        IntakeState.DRAFT,
        flow=INTAKE_FLOW,
        by=by,
        reason="Khôi phục hồ sơ",
        event="intake.restored",
        cancel_reason="",
    )
    if intake.handover_date:
        deadlines.reopen(kind=Kind.INTAKE, subject=intake, by=by)
    return intake


@transaction.atomic
def correct(intake: Intake, *, values: Mapping[str, Any], reason: str, by: User, version: int) -> Intake:
    """Mend a typing mistake in a confirmed intake; the history keeps what stood there before."""
    intake = lock(intake)
    if intake.state != IntakeState.CONFIRMED:
        raise DomainError("Chỉ đính chính hồ sơ đã tiếp nhận; hồ sơ nháp thì sửa trực tiếp.", code="workflow")
    require_version(intake, version)
    _fill(intake, values, CORRECTABLE)
    intake.version += 1
    save_with_reason(intake, by=by, reason=reason)
    events.record("intake.corrected", intake, unit=intake.unit, by=by, reason=reason)
    return intake


def missing(intake: Intake, *, kinds: Iterable[str] | None = None) -> list[str]:
    """Kinds of paper that art. 7 names and the intake hasn't; `kinds` are those it has, where they are known."""
    software = intake.lines.filter(category__software=True).exists()
    if kinds is None:
        kinds = documents.documents_of(intake).values_list("kind", flat=True)
    return missing_documents(kinds, software=software)


def _locked_draft(intake: Intake) -> Intake:
    intake = lock(intake)
    if intake.state != IntakeState.DRAFT:
        raise DomainError(
            f"Hồ sơ {intake.number} đang ở trạng thái “{intake.get_state_display()}”, không sửa như bản nháp được.",
            code="workflow",
        )
    return intake


def _fill(intake: Intake, values: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name in values:
            setattr(intake, name, values[name])


def _owed(intake: Intake) -> bool:
    return Obligation.objects.about(intake).filter(kind=Kind.INTAKE).exclude(state=State.WAIVED).exists()


def _owe(intake: Intake, *, by: User) -> None:
    """Art. 7: within 3 working days of the signed minutes. No date, no term yet."""
    if intake.handover_date is None:
        if _owed(intake):
            deadlines.waive(kind=Kind.INTAKE, subject=intake, reason="Bỏ ngày ký biên bản", by=by)
        return
    if Obligation.objects.about(intake).filter(kind=Kind.INTAKE, state=State.WAIVED).exists():
        deadlines.reopen(kind=Kind.INTAKE, subject=intake, by=by)
    deadlines.open_obligation(
        kind=Kind.INTAKE,
        subject=intake,
        unit=intake.unit,
        start_date=intake.handover_date,
        label=intake.number,
        by=by,
    )
