"""Software of every unit of the country, with the marker in every text; the circulars on wear, which belong to all."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from equipment.actions import licences
from equipment.models import DepreciationRate, DepreciationRegime, Equipment, LedgerEntry
from tests.world import World

TEXTS = (
    *("software_code", "original_version", "current_version", "terms", "platform", "deployed_at", "stability"),
    *("friendliness", "note"),
)


def furnish(country: Any) -> None:
    """In each unit a licence of one seat, on one device and, beyond it, on another from which it was removed."""
    country.shared |= make_shared(country.world)
    for code, holding in country.holdings.items():
        by = User.objects.select_related("unit").get(pk=_clerk(country.world, code))
        item = software(country.world, holding, by=by)
        values = {"seats": 1, "starts_on": date(2024, 1, 1), "expires_on": date(2025, 1, 1), "origin": "bought"}
        values |= {name: f"{name} {holding.marker}"[:60] for name in TEXTS}
        licence = licences.state(item, values=values, version=0, by=by)
        today, other = timezone.localdate(), devices_of(holding)
        licences.install(item, [holding.device], on=today, by=by)
        licences.install(item, [other], on=today, reason=f"Vượt vì {holding.marker}", by=by)
        gone = licence.installations.get(computer=other)
        licences.uninstall(item, [gone.pk], on=today, reason=f"Gỡ vì {holding.marker}", by=by)
        holding.more |= {"software": item, "licence": licence, "without": other}
        holding.told.append(item.code)


def _clerk(world: World, code: str) -> int:
    accounts = {"01": "nghiepvu_hanoi", "48": "nghiepvu_danang", "01.001": "nghiepvu_badinh",
                "01.002": "nghiepvu_hoankiem", "00.PC": "vanphong"}  # fmt: skip
    return world.users[accounts[code]].pk


def devices_of(holding: Any) -> Equipment:
    """Another device of the intake that the unit has confirmed."""
    return Equipment.objects.filter(intake=holding.confirmed).exclude(pk=holding.device.pk).get()


def software(world: World, holding: Any, *, by: User) -> Equipment:
    """One item on the books, as an old list would have brought it."""
    day = date(2024, 1, 1)
    item = Equipment.objects.create(
        code=f"{holding.unit.code}-900001", unit=holding.unit, category=world.office, received_on=day,
        name=f"Phần mềm {holding.marker}", original_price=20_000_000,
    )  # fmt: skip
    LedgerEntry.objects.create(
        equipment=item, unit=item.unit, category=item.category, kind="intake", effective_date=day, quantity=1,
        value=item.original_price, dossier="NT-CU", recorded_by=by,
    )  # fmt: skip
    return item


def make_shared(world: World) -> dict[str, Any]:
    regime = DepreciationRegime.objects.create(code="TT-THU", valid_from=date(2015, 1, 1), source="Thông tư thử")
    rate = DepreciationRate.objects.create(
        regime=regime, category=world.desktop, life_years=5, rate=Decimal(20), source="Phụ lục", confidence="Thử"
    )
    return {"regime": regime, "rate": rate}
