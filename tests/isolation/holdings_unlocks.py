"""Closed books and requests to open them, of every unit of the country, with the unit's marker in every text.

The books are those of a year long ago: what the rows of the matrix write stays possible.
"""

from datetime import date
from typing import Any

from accounts.models import User
from core.documents import documents_of
from equipment.models import PeriodLock
from tests.isolation.holdings_yearend import CLERKS
from tests.world import pdf_file
from yearend.actions import unlocking

CLOSED = 2010


def furnish(country: Any) -> None:
    """`unlock` waits for its decision; `unlock_paper` is its minutes. In the middle `unlock_refused` was refused."""
    admin = country.world.admin1
    for code, name in CLERKS.items():
        holding = country.holdings[code]
        by = User.objects.select_related("unit").get(pk=country.world.users[name].pk)
        PeriodLock.objects.create(
            unit=holding.unit,
            year=CLOSED,
            closed_until=date(CLOSED, 12, 31),
            locked_by=by,
            reason=f"Kho {holding.marker}",
        )
        PeriodLock.objects.create(
            unit=holding.unit,
            year=CLOSED - 1,
            closed_until=date(CLOSED - 1, 12, 31),
            locked_by=by,
            reason=f"Kho {holding.marker}",
            unlocked_at=holding.more["annual"].created_at,
            unlocked_by=by,
            unlock_reason=f"Sai {holding.marker}",
        )
        refused = _asked(holding, by)
        refused = unlocking.refuse(refused, answer=f"Chưa đủ {holding.marker}", by=admin, version=refused.version)
        made = _asked(holding, by)
        holding.more |= {"unlock": made, "unlock_refused": refused, "unlock_paper": documents_of(made)[0]}
        holding.told += [made.number, refused.number, str(documents_of(made)[0].public_id)]


def _asked(holding: Any, by: User) -> Any:
    file = pdf_file(f"Giải trình {holding.marker}.pdf")
    return unlocking.ask(holding.more["annual"], reason=f"Sót {holding.marker}", file=file, by=by)
