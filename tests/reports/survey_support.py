"""A small unit with a survey of each form."""

from datetime import date

from django.utils import timezone

from accounts.models import User
from equipment.models import Category, Equipment, LedgerEntry, PeriodLock
from orgs.models import OrgUnit
from reports.actions import surveys as actions
from reports.models import Survey
from reports.rules.surveys import Form, Item, SoftwareRow
from tests.world import World


def server_room(world: World, unit: OrgUnit, *, by: User) -> list[Equipment]:
    """Two air conditioners, one of them poor, and a server, on the books for two years."""
    group = Category.objects.get_or_create(code="HA_TANG_PMC", defaults={"name": "Hạ tầng", "holds_equipment": False})[
        0
    ]
    cold = Category.objects.get_or_create(code="PMC_DIEU_HOA", defaults={"name": "Điều hòa", "parent": group})[0]
    server = Category.objects.get_or_create(code="MAY_CHU", defaults={"name": "Máy chủ"})[0]
    kinds = [(cold, "good"), (cold, "poor"), (server, "good")]
    day = date(timezone.localdate().year - 2, 3, 1)
    return [
        device(unit, category, day, condition=condition, number=n, by=by)
        for n, (category, condition) in enumerate(kinds)
    ]


def device(
    unit: OrgUnit, category: Category, day: date, *, condition: str = "good", number: int, by: User, **more: object
) -> Equipment:
    """One item on the books, as an old list would have brought it."""
    values = {"name": f"{category.name} {number}", "original_price": 20_000_000, **more}
    values |= {"code": f"{unit.code}-{category.code}-{number}", "condition": condition}
    item = Equipment.objects.create(unit=unit, category=category, received_on=day, **values)
    LedgerEntry.objects.create(
        equipment=item, unit=unit, category=category, kind="intake", effective_date=day, quantity=1,
        value=item.original_price, dossier="NT-CU", recorded_by=by,
    )  # fmt: skip
    return item


def opened(
    world: World,
    form: Form,
    *,
    unit: str = "01.001",
    by: str = "nghiepvu_badinh",
    year: int = 2025,
    copied: bool = False,
) -> Survey:
    """A survey, as a press of “Kê khai” makes it."""
    return actions.open_survey(unit=world.units[unit], year=year, form=form, by=world.users[by], copied=copied)


def saved_network(survey: Survey, items: list[Item], *, by: User, finish: bool = False, proposal: str = "") -> Survey:
    """What the form of BC02 would save."""
    return actions.save_network(survey, items=items, proposal=proposal, finish=finish, version=survey.version, by=by)


def saved_software(
    survey: Survey, rows: list[SoftwareRow], *, by: User, finish: bool = False, none: bool = False, proposal: str = ""
) -> Survey:
    """What the form of BC01 would save."""
    return actions.save_software(
        survey, rows=rows, none=none, proposal=proposal, finish=finish, version=survey.version, by=by
    )


def close(unit: OrgUnit, year: int, *, by: User) -> PeriodLock:
    """The unit's books up to the end of that year."""
    return PeriodLock.objects.create(unit=unit, year=year, closed_until=date(year, 12, 31), locked_by=by)
