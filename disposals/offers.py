"""What this app adds to the pages of devices."""

from django.urls import reverse

from accounts.models import User
from disposals.queries import disposals_of, losses_of
from disposals.rules.flow import CONCERNED, DISPOSABLE, DISPOSAL_TONES, LOSS_TONES, DisposalState, Happening, LossState
from dossiers.policies import records
from equipment.extensions import DossierRow
from equipment.models import Equipment
from equipment.models.reservation import open_dossier
from ui.actions import Action
from ui.lists import BulkAction


def _step(user: User, device: Equipment, statuses: frozenset[str], label: str, url: str, icon: str) -> Action | None:
    if not records(user, device) or device.status not in statuses or open_dossier(device):
        return None
    return Action(label, f"{url}?thiet-bi={device.code}", icon=icon, method="get")


def dispose(user: User, device: Equipment) -> Action | None:
    """Begin its disposal."""
    return _step(user, device, DISPOSABLE, "Thanh lý", reverse("disposals:create"), "recycle")


def report_lost(user: User, device: Equipment) -> Action | None:
    """Say that it is gone."""
    url = reverse("losses:create_lost")
    return _step(user, device, CONCERNED[Happening.LOST], "Báo mất", url, "alert-triangle")


def report_found(user: User, device: Equipment) -> Action | None:
    """Say that it is there again."""
    return _step(user, device, CONCERNED[Happening.FOUND], "Tìm thấy", reverse("losses:create_found"), "zoom-check")


def dispose_many(user: User) -> BulkAction | None:
    """Begin the disposal of the ticked rows."""
    if not user.scope.write_units:
        return None
    return BulkAction("Thanh lý", reverse("disposals:create"), icon="recycle")


def dossiers_of(user: User, device: Equipment) -> list[DossierRow]:
    """The disposals and loss reports in which the device is or was, as far as the account sees them."""
    disposals = [
        DossierRow(
            kind=f"Hồ sơ {one.get_act_display().lower()}",
            number=one.number,
            url=reverse("disposals:detail", args=[one.number]),
            state=one.get_state_display(),
            tone=DISPOSAL_TONES[DisposalState(one.state)],  # type: ignore[arg-type]  # tones of the kit
            day=one.closed_on or one.decision_date or one.minutes_date,
        )
        for one in disposals_of(user, device)
    ]
    losses = [
        DossierRow(
            kind=one.get_kind_display(),
            number=one.number,
            url=reverse("losses:detail", args=[one.number]),
            state=one.get_state_display(),
            tone=LOSS_TONES[LossState(one.state)],  # type: ignore[arg-type]  # tones of the kit
            day=one.happened_on,
        )
        for one in losses_of(user, device)
    ]
    return [*disposals, *losses]
