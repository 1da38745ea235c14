"""Writes on the circulars of wear. What they say changes every figure of the years in which they hold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from accounts.models import User
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason
from equipment.actions.periods import first_moved, require_rules_open
from equipment.models import DepreciationRate, DepreciationRegime

COUNTED = ("regime", "category", "life_years", "rate", "threshold")
"""What a line says that figures are counted by; its source and the trust in it are words."""


@transaction.atomic
def add_regime(*, values: Mapping[str, Any], by: User) -> DepreciationRegime:
    """A new circular, with the lines of the one before it: most stay, the others are then changed.

    Raises DomainError when its days run into those of another one.
    """
    regime = DepreciationRegime(**values)
    require_rules_open(regime.valid_from, what="Khoảng thời gian này", field="valid_from")
    _check_days(regime)
    _save(regime, by=by, reason="Thêm mới", taken="Chế độ này đã có.")
    before = DepreciationRegime.objects.filter(valid_from__lt=regime.valid_from).order_by("-valid_from").first()
    for rate in before.rates.all() if before else []:
        source = f"{regime.source}; chép từ {before}, cần đối chiếu"
        rate.pk, rate.id, rate.regime, rate.source, rate.version = None, None, regime, source, 1
        rate._state.adding = True
        save_with_reason(rate, by=by, reason=f"Chép từ {before}")
    return regime


@transaction.atomic
def edit_regime(regime: DepreciationRegime, *, values: Mapping[str, Any], version: int, by: User) -> DepreciationRegime:
    """Change a circular. Raises StaleError if somebody changed it meanwhile, DomainError as `add_regime` does."""
    regime = lock(regime)
    require_version(regime, version)
    _require_open(regime, values)
    for name, value in values.items():
        setattr(regime, name, value)
    _check_days(regime)
    regime.version += 1
    save_with_reason(regime, by=by, reason="Sửa chế độ hao mòn")
    return regime


@transaction.atomic
def add_rate(*, values: Mapping[str, Any], by: User) -> DepreciationRate:
    """A line of a circular. Raises DomainError when the category has one in it already."""
    rate = DepreciationRate(**values)
    require_rules_open(rate.regime.valid_from, what=f"Chế độ {rate.regime}", field="regime")
    _save(rate, by=by, reason="Thêm mới", taken="Loại này đã có dòng trong chế độ đã chọn.", field="category")
    return rate


@transaction.atomic
def edit_rate(rate: DepreciationRate, *, values: Mapping[str, Any], version: int, by: User) -> DepreciationRate:
    """Change a line. Raises StaleError if somebody changed it meanwhile."""
    rate = lock(rate)
    require_version(rate, version)
    if any(getattr(rate, name) != values[name] for name in COUNTED if name in values):
        regimes = {rate.regime, values.get("regime", rate.regime)}
        first = min(regime.valid_from for regime in regimes)
        require_rules_open(first, what=f"Tỷ lệ theo {rate.regime}", field="rate")
    for name, value in values.items():
        setattr(rate, name, value)
    rate.version += 1
    save_with_reason(rate, by=by, reason="Sửa tỷ lệ hao mòn")
    return rate


def _require_open(regime: DepreciationRegime, values: Mapping[str, Any]) -> None:
    """Days of closed books keep the circular that they went by."""
    after = {name: values.get(name, getattr(regime, name)) for name in ("valid_from", "valid_to", "restates")}
    if (after["valid_from"], after["restates"]) != (regime.valid_from, regime.restates):
        first = min(regime.valid_from, after["valid_from"])
        require_rules_open(first, what=f"Chế độ {regime}", field="valid_from")
    require_rules_open(first_moved(regime.valid_to, after["valid_to"]), what=f"Chế độ {regime}", field="valid_to")


def _check_days(regime: DepreciationRegime) -> None:
    last = regime.valid_to or date.max
    if last < regime.valid_from:
        raise DomainError("Ngày cuối phải sau ngày áp dụng.", field="valid_to", code="order")
    # Two that are written at once would both look and find nothing: the others wait.
    for other in DepreciationRegime.objects.select_for_update().order_by("pk"):
        if other.pk != regime.pk and other.valid_from <= last and regime.valid_from <= (other.valid_to or date.max):
            raise DomainError(
                f"Chồng ngày với chế độ {other}. Hãy sửa ngày kết thúc của chế độ đó trước.",
                field="valid_from",
                code="overlap",
            )


def _save(
    entry: DepreciationRate | DepreciationRegime, *, by: User, reason: str, taken: str, field: str = "code"
) -> None:
    try:
        with transaction.atomic():
            save_with_reason(entry, by=by, reason=reason)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise DomainError(taken, field=field, code="duplicate") from error
