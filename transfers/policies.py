"""Doors of transfers: what each side may do, and when."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404

from accounts.models import User
from core.scope import ScopedQuerySet
from dossiers.policies import Check, recording_in, records, seen
from equipment.models import Equipment
from equipment.models.reservation import open_dossier
from transfers.models import Transfer, TransferLine
from transfers.rules import MOVABLE, Result, State


def receives(user: User, transfer: Any) -> bool:
    """Whether `user` records for the unit on the other side, once the dossier is shared with it."""
    return transfer.partner_id is not None and transfer.partner_id in user.scope.write_units


def either(*checks: Check) -> Check:
    """Where one of them lets through."""
    return lambda user, transfer: any(check(user, transfer) for check in checks)


def receiving_in(*states: State) -> Check:
    """For who records for the receiver, while the dossier is in one of these states."""
    return lambda user, transfer: receives(user, transfer) and transfer.state in states


_AFTER = (State.HANDED_OVER, State.DIFFERENCE, State.RECEIVED, State.PARTLY_RECEIVED, State.REFUSED)
TRANSFER_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "edit": recording_in(State.DRAFT),
    "prepare": recording_in(State.DRAFT, State.DECIDED),
    # A second press finds the step done and is told so by the action, not refused as a stranger.
    "decide": records,
    "hand_over": records,
    "receive": receives,
    "settle": records,
    "cancel": records,
    "restore": records,
    "attach": either(
        recording_in(State.DRAFT, State.DECIDED, *_AFTER),
        receiving_in(State.DECIDED, *_AFTER),
    ),
    "detach": either(recording_in(State.DRAFT, State.DECIDED), receiving_in(State.DECIDED, State.HANDED_OVER)),
    "issue": recording_in(*_AFTER),
}


def transfer_rows() -> ScopedQuerySet:
    """Transfers with what their pages read."""
    sides = ("unit", "receiver", "partner")
    return Transfer.objects.select_related(*sides, "created_by", "handed_by", "received_by").with_totals()


def access_line(user: User, number: str, code: str) -> TransferLine:
    """A device that has gone, for the sender and those above it: 404 for the receiver, who has the device itself."""
    rows = TransferLine.objects.filter(user.scope.readable("unit"), result=Result.RECEIVED).visible_to(user)
    rows = rows.select_related("transfer__unit", "transfer__receiver", "category", "model__brand")
    return get_object_or_404(rows, transfer__number=number, code=code)


def may_transfer(user: User, device: Equipment) -> bool:
    """Whether a transfer of the device may begin: it stays at its unit, and is in no other dossier."""
    return records(user, device) and device.status in MOVABLE and not open_dossier(device)
