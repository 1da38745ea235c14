"""What apps above this one add to the pages of people. They register from their AppConfig.ready."""

from collections.abc import Callable
from typing import Any

from personnel.models import Employee
from ui.actions import Action
from ui.links import Link
from ui.records import Tab

TabOffer = Callable[[Any, Employee], Tab | None]
StepOffer = Callable[[Any, Employee], Action | Link | None]

_tabs: list[TabOffer] = []
_steps: list[StepOffer] = []


def tell_tabs(offer: TabOffer) -> None:
    """Have the page of a person (asked by the request) show a further tab, or None."""
    _tabs.append(offer)


def offer_step(offer: StepOffer) -> None:
    """Have the page of a person offer a further step to the account, or None."""
    _steps.append(offer)


def tabs_for(request: Any, employee: Employee) -> list[Tab]:
    """The further tabs of a person's page."""
    return [tab for offer in _tabs if (tab := offer(request, employee))]


def steps_for(user: Any, employee: Employee) -> list[Action | Link]:
    """The further steps of a person's page."""
    return [step for offer in _steps if (step := offer(user, employee))]
