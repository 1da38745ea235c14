"""Doors of disposals, of loss reports, and of the table of procedures."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.scope import ScopedQuerySet
from disposals.models import Disposal, DisposalLine, LossReport, ProcedureRule
from disposals.rules.flow import DisposalState as D
from disposals.rules.flow import LossState as L
from dossiers.policies import Check, recording_in, seen
from equipment.policies import may_keep_catalogue


def _restorable(user: User, disposal: Disposal) -> bool:
    """What the council has met on isn't taken up again: its minutes are used up."""
    return recording_in(D.CANCELLED, D.DRAFT)(user, disposal) and disposal.submitted_on is None


# A second press finds the step done and is told so by the action, not refused as a stranger: so a step is open in the
# state that it leads to, too. Pages offer it only where it leads somewhere.
DISPOSAL_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "edit": recording_in(D.DRAFT),
    "detach": recording_in(D.DRAFT),
    "line": recording_in(D.DRAFT, D.SUBMITTED, D.DECIDED),
    "submit": recording_in(D.DRAFT, D.SUBMITTED),
    "decide": recording_in(D.SUBMITTED, D.DECIDED),
    "close": recording_in(D.DECIDED, D.CLOSED),
    "cancel": recording_in(D.DRAFT, D.SUBMITTED, D.DECIDED, D.CANCELLED),
    "restore": _restorable,
    "attach": recording_in(D.DRAFT, D.SUBMITTED, D.DECIDED, D.CLOSED),
    "issue": recording_in(D.SUBMITTED, D.DECIDED, D.CLOSED),
}

LOSS_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "edit": recording_in(L.DRAFT),
    "detach": recording_in(L.DRAFT),
    "confirm": recording_in(L.DRAFT, L.CONFIRMED),
    "cancel": recording_in(L.DRAFT, L.CANCELLED),
    "restore": recording_in(L.CANCELLED, L.DRAFT),
    "attach": recording_in(L.DRAFT, L.CONFIRMED),
}


def disposal_rows() -> ScopedQuerySet:
    """Disposals with what their pages read."""
    return Disposal.objects.select_related("unit", "created_by")


def loss_rows() -> ScopedQuerySet:
    """Loss reports with what their pages read."""
    return LossReport.objects.select_related("unit", "created_by")


def access_line(disposal: Disposal, code: str) -> DisposalLine:
    """One device of a dossier that came through its door; 404 for a device of another one."""
    line: DisposalLine = get_object_or_404(disposal.lines.select_related("equipment", "category"), code=code)
    return line.copy(line.equipment)


def access_rule(user: User, pk: int, action: str) -> ProcedureRule:
    """A row of the table of procedures, which everybody reads and IT Center keeps (art. 14.3)."""
    rule = get_object_or_404(ProcedureRule, pk=pk)
    if action != "view" and not may_keep_catalogue(user):
        raise PermissionDenied
    return rule
