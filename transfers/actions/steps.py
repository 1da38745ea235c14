"""The sender's steps: the decision, the hand-over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import documents
from core.bulk import change
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.models import DocumentKind
from core.scope import elevated
from core.transitions import lock, transition
from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules import TERMS, Kind, due_date
from dossiers.actions import attach, require_papers
from equipment.actions import holdings
from equipment.actions.licences import free_seats
from equipment.actions.life import lock_devices, step
from equipment.actions.periods import closed_problems, hold_books
from equipment.models import Equipment, LedgerEntry
from equipment.rules.lifecycle import Status
from transfers.actions.draft import require_state
from transfers.actions.lines import arrange, keys, lines_of, refresh
from transfers.models import Transfer, TransferLine
from transfers.rules import FLOW, MOVABLE, Licences, State, check_day, check_late, check_wiped

MINUTES = ("place", "giver_name", "giver_title", "receiver_name", "receiver_title")
NOBODY: dict[str, Any] = {"room": None, "holder": None, "holder_name": ""}
"""What a device has that has left the hands of its unit's people."""


@transaction.atomic
def decide(
    transfer: Transfer,
    *,
    number: str,
    day: date,
    signer: str,
    issuer: str = "",
    file: UploadedFile | None = None,
    by: User,
    version: int,
) -> Transfer:
    """Record the decision (art. 9); from now on the receiver reads the dossier, and the sender's term runs.

    `file` is the decision's PDF, where it isn't among the papers yet. Raises StaleError, or DomainError with all that
    is missing.
    """
    transfer = lock(transfer)
    require_state(transfer, State.DRAFT)
    require_version(transfer, version)
    if file is not None:
        attach(transfer, paper=DocumentKind.DECISION, file=file, by=by)
    lines, devices = _there(transfer)
    problems = [
        *check_day(day, earliest=None, today=timezone.localdate(), field="day", what="ngày quyết định"),
        *require_papers(transfer),
        *_problems(lines, devices),
    ]
    _refuse(problems)
    refresh(lines, devices, on=None, by=by)
    done = transition(
        transfer,
        State.DECIDED,
        flow=FLOW,
        by=by,
        reason="Có quyết định điều chuyển",
        event="transfer.decided",
        partner=transfer.receiver,
        decided_at=timezone.now(),
        decision_number=number,
        decision_date=day,
        decision_signer=signer,
        decision_issuer=issuer,
    )
    _share(done, by)
    deadlines.open_obligation(
        kind=Kind.TRANSFER_OUT, subject=done, unit=done.unit, start_date=day, label=done.number, by=by
    )
    return done


def _share(transfer: Transfer, by: User) -> None:
    """The lines and the papers of the draft are read by the receiver from now on."""
    rows = TransferLine.objects.filter(transfer=transfer).scoped()
    change(rows, {"partner": transfer.partner}, by=by, reason="Có quyết định điều chuyển", when=timezone.now())
    with elevated("transfers.decide: papers are never changed, but the receiver reads them from now on"):
        for paper in documents.documents_of(transfer):
            paper.partner = transfer.partner
            paper.save(update_fields=["partner"])


@transaction.atomic
def hand_over(
    transfer: Transfer,
    *,
    on: date,
    minutes: Mapping[str, str],
    late_reason: str = "",
    by: User,
    version: int,
) -> Transfer:
    """Record that the devices have left: nobody of the unit holds them any more, the receiver's term runs.

    `minutes` are the facts of MINUTES: where, and who stood for each side.
    Raises StaleError, or DomainError with all that is missing: a paper, a wipe, a reason for being late.
    """
    transfer = lock(transfer)
    require_state(transfer, State.DECIDED)
    require_version(transfer, version)
    hold_books([transfer.unit])
    arrange(transfer, by=by)
    lines, devices = _there(transfer)
    today = timezone.localdate()
    problems = [
        *check_day(on, earliest=transfer.decision_date, today=today, field="on", what="ngày bàn giao"),
        *check_late(sender_due(transfer), today=today, reason=late_reason),
        *require_papers(transfer),
        *check_wiped(lines, day=on),
        *closed_problems([transfer.unit], on, field="on"),
        *_too_early(devices, on),
        *_problems(lines, devices),
    ]
    _refuse(problems)
    refresh(lines, devices, on=on, by=by)
    reason = f"Giao theo hồ sơ điều chuyển {transfer.number}"
    step(
        devices,
        to=Status.IN_TRANSFER,
        by=by,
        reason=reason,
        event="transfer.device_handed_over",
        payload={"dossier": transfer.number, "title": transfer.receiver.name},
        values=NOBODY,
    )
    holdings.end(devices, on=on, dossier=transfer.number, by=by)
    staying = {line.equipment_id for line in lines if line.licences == Licences.FREE}
    free_seats([device for device in devices if device.pk in staying], by=by, on=on, reason=reason)
    done = transition(
        transfer,
        State.HANDED_OVER,
        flow=FLOW,
        by=by,
        reason="Bàn giao thiết bị",
        event="transfer.handed_over",
        handed_over_on=on,
        handed_at=timezone.now(),
        handed_by=by,
        sender_late_reason=late_reason,
        **{name: minutes[name] for name in MINUTES},
    )
    deadlines.fulfil(kind=Kind.TRANSFER_OUT, subject=done, on=today, by=by, reason=late_reason)
    with elevated("transfers.hand_over: the receiver's term begins with the sender's act"):
        deadlines.open_obligation(
            kind=Kind.TRANSFER_IN, subject=done, unit=done.receiver, start_date=on, label=done.number, by=by
        )
    return done


def sender_due(transfer: Transfer) -> date:
    """Until when the hand-over has to be recorded."""
    owed = Obligation.objects.about(transfer).filter(kind=Kind.TRANSFER_OUT).first()
    return owed.due_date if owed else due_in(Kind.TRANSFER_OUT, transfer.decision_date)


def due_in(kind: Kind, start: date | None) -> date:
    """The last day of the term that began on `start` (today, where it isn't known)."""
    return due_date(start or timezone.localdate(), TERMS[kind].working_days, calendar())


def _there(transfer: Transfer) -> tuple[list[TransferLine], list[Equipment]]:
    lines = lines_of(transfer)
    return lines, lock_devices(keys(lines))


def _problems(lines: list[TransferLine], devices: list[Equipment]) -> list[DomainError]:
    if not lines:
        return [DomainError("Hồ sơ chưa có thiết bị nào. Hãy thêm ít nhất một thiết bị.", code="no_lines")]
    return [
        DomainError(f"{device.code} đang ở trạng thái “{device.get_status_display()}”, không bàn giao được.")
        for device in devices
        if device.status not in MOVABLE
    ]


def _too_early(devices: list[Equipment], on: date) -> list[DomainError]:
    """Nothing leaves the books before it came into them, or before something else in them."""
    rows = LedgerEntry.objects.filter(equipment__in=[device.pk for device in devices], effective_date__gt=on).scoped()
    last = dict(rows.order_by("effective_date").values_list("equipment__code", "effective_date"))
    return [
        DomainError(f"{code} có bút toán ngày {day:%d/%m/%Y}, sau ngày bàn giao.", field="on", code="order")
        for code, day in sorted(last.items())
    ]


def _refuse(problems: list[DomainError]) -> None:
    if problems:
        raise SeveralProblemsError(problems)
