"""What apps above this one add to the pages of devices. They register from their AppConfig.ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from equipment.models import Equipment
from ui.actions import Action
from ui.blocks import Tone
from ui.links import Link
from ui.lists import BulkAction
from ui.records import Tab


@dataclass(frozen=True)
class DossierRow:
    """One dossier in which a device is or was."""

    kind: str
    number: str
    url: str
    state: str
    tone: Tone
    day: date | None
    note: str = ""


StepOffer = Callable[[User, Equipment], Action | Link | None]
DossierTeller = Callable[[User, Equipment], Sequence[DossierRow]]
TabOffer = Callable[[Any, Equipment], Tab | None]
BulkOffer = Callable[[User], BulkAction | None]

_steps: list[tuple[int, StepOffer]] = []
_dossiers: list[DossierTeller] = []
_tabs: list[tuple[int, TabOffer]] = []
_bulk: list[tuple[int, BulkOffer]] = []


def offer_step(offer: StepOffer, *, position: int) -> None:
    """Have the page of a device offer a step: legal now and allowed to the account, or None."""
    _steps.append((position, offer))


def tell_dossiers(tell: DossierTeller) -> None:
    """Have the tab "Hồ sơ" of a device list these dossiers; they are visible to the account."""
    _dossiers.append(tell)


def offer_tab(offer: TabOffer, *, position: int) -> None:
    """Have the page of a device (asked by the request) show a further tab, or None."""
    _tabs.append((position, offer))


def offer_bulk(offer: BulkOffer, *, position: int) -> None:
    """Have the list of devices offer a step for the rows that are ticked, or None."""
    _bulk.append((position, offer))


def steps_for(user: User, device: Equipment) -> list[Action | Link]:
    """The next legal steps of a device for this account."""
    return [step for _, offer in sorted(_steps, key=_position) if (step := offer(user, device))]


def dossiers_of(user: User, device: Equipment) -> list[DossierRow]:
    """The dossiers of a device that the account sees, the latest first."""
    rows = [row for tell in _dossiers for row in tell(user, device)]
    return sorted(rows, key=lambda row: (row.day or date.min, row.number), reverse=True)


def tabs_for(request: Any, device: Equipment) -> list[Tab]:
    """The further tabs of a device's page."""
    return [tab for _, offer in sorted(_tabs, key=_position) if (tab := offer(request, device))]


def bulk_for(user: User) -> list[BulkAction]:
    """The further steps for many devices."""
    return [action for _, offer in sorted(_bulk, key=_position) if (action := offer(user))]


def _position(entry: tuple[int, Any]) -> int:
    return entry[0]
