"""Regimes and devices as the tests of wear need them."""

from datetime import date
from decimal import Decimal

from equipment.models import Category, DepreciationRate, DepreciationRegime, Equipment, LedgerEntry
from orgs.models import OrgUnit


def regime(code="TT23-2023", first=date(2015, 1, 1), last=date(2025, 12, 31), **more) -> DepreciationRegime:
    return DepreciationRegime.objects.create(
        code=code, valid_from=first, valid_to=last, source=f"Thông tư {code}", **more
    )


def rate(of: DepreciationRegime, category: Category, life=5, percent=20, **more) -> DepreciationRate:
    return DepreciationRate.objects.create(
        regime=of,
        category=category,
        life_years=life,
        rate=percent and Decimal(str(percent)),
        source="Phụ lục",
        **more,
    )


def both(category: Category, life=5, percent=20) -> list[DepreciationRate]:
    """The regime until 2025 and the one since, alike."""
    old, new = regime(), regime("TT141-2025", date(2026, 1, 1), None, restates=True)
    return [rate(old, category, life, percent), rate(new, category, life, percent)]


def entry(device: Equipment, kind: str, on: date, value: int, quantity=0, unit: OrgUnit | None = None) -> LedgerEntry:
    """A line of the books by itself."""
    return LedgerEntry.objects.create(
        equipment=device, unit=unit or device.unit, category=device.category, kind=kind, effective_date=on,
        quantity=quantity, value=value, dossier="THU-1",
    )  # fmt: skip
