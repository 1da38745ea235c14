"""Writes on obligations. Each runs in the caller's transaction, so what is owed and why can't part.

Closing an obligation makes no event of its own: the step of the dossier that did it has one.
"""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from core.bulk import assign
from core.database import hold
from core.transitions import save_with_reason
from deadlines.actions.moved import tell_of_moves
from deadlines.actions.outdated import forget
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.queries.redating import moves
from deadlines.rules import FLOW, TERMS, Kind, State, WorkingCalendar, due_date, state_of
from orgs.models import OrgUnit

LOCK = 375_0007  # of PostgreSQL's advisory locks: shared by who computes due days, held alone by who redates all


@transaction.atomic
def open_obligation(
    *,
    kind: Kind,
    subject: models.Model,
    unit: OrgUnit,
    start_date: date,
    label: str,
    by: Any,
    working_days: int | None = None,
) -> Obligation:
    """What `unit` owes on `subject` since `start_date`; by default within the term that the law sets for `kind`.

    Called again it follows the corrected facts: another date or label is stored, and one that was fulfilled is
    judged anew against its new due day. Nothing is written when nothing changed. The caller holds the subject's row.
    """
    term = TERMS[kind]
    hold(LOCK, shared=True)
    obligation = Obligation.objects.about(subject).select_for_update(of=("self",)).filter(kind=kind).first()
    before = _facts(obligation)
    obligation = obligation or Obligation(kind=kind, subject=subject)
    obligation.unit = unit
    obligation.subject_label = label
    obligation.start_date = start_date
    obligation.working_days = term.working_days if working_days is None else working_days
    obligation.legal_basis = term.legal_basis
    _date(obligation, calendar())
    if _facts(obligation) != before:
        save_with_reason(obligation, by=by, reason=f"Tính hạn từ ngày {start_date:%d/%m/%Y}")
        if before and before["due_date"] != obligation.due_date:
            forget(obligation)
    return obligation


@transaction.atomic
def fulfil(*, kind: Kind, subject: models.Model, on: date, by: Any, reason: str = "") -> Obligation:
    """It was done `on` that day: in time, or late (`reason` then says why).

    What a superior has waived stays waived: it counts neither way. Raises DomainError if it was done on another day or
    the dossier itself had waived it, Obligation.DoesNotExist if nothing was owed.
    """
    obligation = _locked(kind, subject)
    if obligation.waived_by_id:
        return obligation
    state = state_of(due=obligation.due_date, fulfilled_on=on)
    if (obligation.state, obligation.fulfilled_on) == (state, on):
        return obligation
    return _set(obligation, state, by=by, reason=reason, fulfilled_on=on)


@transaction.atomic
def waive(*, kind: Kind, subject: models.Model, reason: str, by: Any) -> Obligation:
    """It needn't be done any more, and why (a draft was cancelled, for one). Raises as `fulfil` does."""
    obligation = _locked(kind, subject)
    return obligation if obligation.waived_by_id else _set(obligation, State.WAIVED, by=by, reason=reason)


@transaction.atomic
def reopen(*, kind: Kind, subject: models.Model, by: Any) -> Obligation:
    """What was waived has to be done after all, by the same day as before. Raises as `fulfil` does.

    Not what a superior has waived: the superior alone asks for it again (`oversight.ask_again`).
    """
    obligation = _locked(kind, subject)
    return obligation if obligation.waived_by_id else _set(obligation, State.OPEN, by=by, reason="")


@transaction.atomic
def redate_open(*, reason: str, by: Any, under: WorkingCalendar | None = None) -> int:
    """When the calendar changes: due days of what is open, computed anew (`under` another calendar than the one that
    stands, where it is given), and those told whose work it is. Returns how many moved.

    Runs over every unit, so the caller is outside any scope (a command) or elevated.
    """
    hold_calendar()
    moving = moves(Obligation.objects.open(), under or calendar(), lock=True)
    if not moving:
        return 0
    days = {move.pk: move.after for move in moving}
    moved = assign(Obligation, "due_date", days, by=by, reason=reason, when=timezone.now())
    tell_of_moves(moving, reason=reason)
    return moved


def hold_calendar() -> None:
    """Wait until nobody computes a due day, and let nobody begin before this transaction ends.

    Else what is opened at this moment by the calendar of before would be overlooked.
    """
    hold(LOCK)


def _locked(kind: Kind, subject: models.Model) -> Obligation:
    return Obligation.objects.about(subject).select_for_update(of=("self",)).get(kind=kind)


def _date(obligation: Obligation, by_calendar: WorkingCalendar) -> None:
    obligation.due_date = due_date(obligation.start_date, obligation.working_days, by_calendar)
    obligation.state = state_of(
        due=obligation.due_date,
        fulfilled_on=obligation.fulfilled_on,
        waived=obligation.state == State.WAIVED,
    )


def _set(obligation: Obligation, state: State, *, by: Any, reason: str, fulfilled_on: date | None = None) -> Obligation:
    FLOW.check(obligation.state, state)
    obligation.state, obligation.fulfilled_on, obligation.reason = state, fulfilled_on, reason
    save_with_reason(obligation, by=by, reason=reason or state.label)
    if state != State.OPEN:
        forget(obligation)
    return obligation


def _facts(obligation: Obligation | None) -> dict[str, Any] | None:
    """What a repeated call may change."""
    names = ("unit_id", "subject_label", "start_date", "working_days", "due_date", "state", "legal_basis")
    return {name: getattr(obligation, name) for name in names} if obligation else None
