"""Closed books refuse what comes with an earlier date: asked for before writing, so that people are told what to do.

The database refuses by itself (migrations 0014 and 0015); whoever gets past this module gets no further. What each kind
of change does to a closed year, and why, stands in docs/adr/0017-closed-books.md.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from core.database import hold
from core.errors import DomainError
from equipment.queries.periods import closed_days, closed_until, newest_closed
from orgs.models import OrgUnit
from ui.formats import vndate

LOCKS = 375_0014
"""The class of advisory locks by unit: shared by whoever writes into its books, held alone by who closes them."""
RULES = 0
"""Within LOCKS: shared by whoever closes any books, held alone by whoever changes rules that all books go by."""
DAY = timedelta(days=1)


def hold_books(units: Iterable[OrgUnit], *, alone: bool = False) -> None:
    """Keep the books of `units` from being closed (`alone`: from being written) until the transaction ends."""
    for pk in sorted({unit.pk for unit in units}):
        hold(LOCKS, pk, shared=not alone)


def hold_rules(*, alone: bool = False) -> None:
    """Keep the rules that all books go by from being changed (`alone`: any books from being closed)."""
    hold(LOCKS, RULES, shared=not alone)


def require_open(unit: OrgUnit, on: date, *, field: str = "") -> None:
    """Refuse an act effective `on` a day for which the unit's books are closed (art. 13.8); raises DomainError.

    Until the transaction ends nobody closes them.
    """
    hold_books([unit])
    for problem in closed_problems([unit], on, field=field):
        raise problem


def closed_problems(units: Iterable[OrgUnit], on: date | None, *, field: str = "") -> list[DomainError]:
    """What closed books of `units` say against an act effective `on` that day: for lists of all that is missing.

    Only reads; whoever then writes holds the books before (`hold_books`).
    """
    asked = {unit.pk: unit for unit in units}
    if on is None or not asked:
        return []
    closed = closed_days(asked)
    return [
        DomainError(refusal(asked[pk], on, until), field=field, code="locked")
        for pk, until in sorted(closed.items())
        if on <= until
    ]


def first_open_day(units: Iterable[OrgUnit], on: date) -> date:
    """`on`, or the first day after it for which the books of all `units` are open. They are held until the end."""
    units = list(units)
    hold_books(units)
    return max([on, *(until + DAY for until in closed_days([unit.pk for unit in units]).values())])


def refusal(unit: OrgUnit, on: date, until: date) -> str:
    """What people are told: what is closed, and the two ways on."""
    return (
        f"Số liệu của {unit.name} đã khóa đến hết ngày {vndate(until)} nên không ghi biến động có hiệu lực ngày "
        f"{vndate(on)}. Hãy ghi với ngày hiệu lực từ {vndate(until + DAY)}, hoặc lập đề nghị mở khóa số "
        f"liệu năm {until.year} (nêu lý do, kèm biên bản giải trình) gửi quản trị cấp 1."
    )


def closed_late_paper(unit: OrgUnit, on: date | None, *, field: str) -> list[DomainError]:
    """As `closed_problems`, for minutes that were signed within closed books and turn up afterwards."""
    until = closed_until(unit) if on is not None else None
    if on is None or until is None or on > until:
        return []
    message = (
        f"Biên bản ký ngày {vndate(on)}, nhưng số liệu của {unit.name} đã khóa đến hết ngày {vndate(until)}. Có hai "
        f"cách: (1) ghi sổ năm nay: sửa hồ sơ, nhập vào ô “Ngày ký biên bản” ngày đơn vị xác nhận thiết bị (từ "
        f"{vndate(until + DAY)}) và ghi ngày ký gốc vào ô “Ghi chú”; (2) ghi đúng ngày ký: lập đề nghị mở khóa số liệu "
        f"năm {until.year} (nêu lý do, kèm biên bản giải trình) gửi quản trị cấp 1, được mở khóa rồi mới tiếp nhận."
    )
    return [DomainError(message, field=field, code="locked")]


def first_moved(before: date | None, after: date | None) -> date | None:
    """The first day that a last day of validity, moved from `before` to `after` (None: open), lets in or leaves out."""
    return None if before == after else min(before or date.max, after or date.max) + DAY


def require_rules_open(first: date | None, *, what: str, field: str = "") -> None:
    """Refuse a change of rules that held from `first` on while somewhere books of such a day are closed.

    Every unit's figures of that year go by them. Raises DomainError that says what to do instead; None: no such day.
    """
    if first is None:
        return
    hold_rules(alone=True)
    until = newest_closed()
    if until is not None and first <= until:
        message = (
            f"{what} đã được dùng cho số liệu đã khóa đến hết ngày {vndate(until)} nên không sửa được. Hãy lập "
            f"văn bản (chế độ, bộ định mức) mới có hiệu lực từ {vndate(until + DAY)} trở đi."
        )
        raise DomainError(message, field=field, code="locked")
