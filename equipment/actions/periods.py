"""Closed books refuse what comes with an earlier date: asked for before writing, so that people are told what to do.

The database refuses by itself (migration 0014); whoever gets past this module gets no further.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from core.database import hold
from core.errors import DomainError
from equipment.queries.periods import closed_days
from orgs.models import OrgUnit
from ui.formats import vndate

LOCKS = 375_0014
"""The class of advisory locks by unit: shared by whoever writes into its books, held alone by who closes them."""


def hold_books(units: Iterable[OrgUnit], *, alone: bool = False) -> None:
    """Keep the books of `units` from being closed (`alone`: from being written) until the transaction ends."""
    for pk in sorted({unit.pk for unit in units}):
        hold(LOCKS, pk, shared=not alone)


def require_open(unit: OrgUnit, on: date, *, field: str = "") -> None:
    """Refuse an act effective `on` a day for which the unit's books are closed (art. 13.8); raises DomainError.

    Until the transaction ends nobody closes them.
    """
    hold_books([unit])
    until = closed_days([unit.pk]).get(unit.pk)
    if until is not None and on <= until:
        raise DomainError(refusal(unit, on, until), field=field, code="locked")


def refusal(unit: OrgUnit, on: date, until: date) -> str:
    """What people are told: what is closed, and the two ways on."""
    return (
        f"Số liệu của {unit.name} đã khóa đến hết ngày {vndate(until)} nên không ghi biến động có hiệu lực ngày "
        f"{vndate(on)}. Hãy ghi với ngày hiệu lực từ {vndate(until + timedelta(days=1))}, hoặc lập đề nghị mở khóa số "
        f"liệu năm {until.year} (nêu lý do, kèm biên bản giải trình) gửi quản trị cấp 1."
    )
