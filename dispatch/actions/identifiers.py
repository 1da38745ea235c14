"""Which identifier an agency has in the exchange of documents: entered by IT Center, one by one or as a list."""

from typing import Any

from django.db import transaction

from core.database import hold
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.text import clean_text
from core.transitions import save_with_reason
from dispatch.models import AgencyIdentifier
from dispatch.rules import organ_id_fault
from orgs.models import OrgUnit

LOCK = 375_0020  # of PostgreSQL's advisory locks: one change of the identifiers at a time
MOST_LINES = 2000


@transaction.atomic
def name_agency(unit: OrgUnit, *, organ_id: str, in_charge: str, source: str, by: Any, version: int) -> None:
    """Enter or change what `unit` is called; an empty `organ_id` takes it away.

    Raises DomainError, or StaleError when somebody else has changed it meanwhile.
    """
    hold(LOCK)
    known = AgencyIdentifier.objects.select_for_update().filter(unit=unit).first()
    if known is not None:
        require_version(known, version)
    elif version:
        message = "Người khác vừa xóa mã định danh của đơn vị này. Hãy mở lại trang rồi nhập."
        raise DomainError(message, code="gone")
    if not organ_id:
        if known is not None:
            vars(known).update(_history_user=by, _change_reason="Xóa mã định danh")
            known.delete()
        return
    _write(known or AgencyIdentifier(unit=unit, version=0), organ_id, in_charge, source, by=by)


def _write(one: AgencyIdentifier, organ_id: str, in_charge: str, source: str, *, by: Any) -> None:
    if fault := organ_id_fault(organ_id):
        raise DomainError(fault, field="organ_id")
    taken = AgencyIdentifier.objects.filter(organ_id=organ_id).exclude(pk=one.pk).select_related("unit").first()
    if taken:
        message = f"Mã {organ_id} đang là của {taken.unit.name}. Mỗi mã chỉ của một đơn vị."
        raise DomainError(message, field="organ_id")
    one.organ_id, one.in_charge, one.source, one.version = organ_id, in_charge, source, one.version + 1
    save_with_reason(one, by=by, reason="Nhập mã định danh")


@transaction.atomic
def take_list(text: str, *, source: str, by: Any) -> int:
    """Lines "mã đơn vị; mã định danh; cơ quan chủ quản": all of them, or none. Returns how many changed.

    Raises SeveralProblemsError that names each faulty line.
    """
    hold(LOCK)
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise DomainError(f"Nhiều nhất {MOST_LINES} dòng mỗi lần.", field="text")
    units = {unit.code: unit for unit in OrgUnit.objects.agencies()}
    known = {one.unit_id: one for one in AgencyIdentifier.objects.select_for_update()}
    problems: list[DomainError] = []
    changed = 0
    for number, line in lines:
        try:
            changed += _take_line(line, units, known, source=source, by=by)
        except DomainError as problem:
            problems.append(DomainError(f"Dòng {number}: {problem.message}", field="text"))
    if problems:
        raise SeveralProblemsError(problems)
    return changed


def _take_line(
    line: str, units: dict[str, OrgUnit], known: dict[int, AgencyIdentifier], *, source: str, by: Any
) -> bool:
    """Whether the line changed anything."""
    parts = [clean_text(part) for part in line.replace("\t", ";").split(";", 2)]
    code, organ_id, in_charge = (*parts, "", "")[:3]
    unit = units.get(code)
    if unit is None:
        raise DomainError(f"không có đơn vị giữ sổ nào mang mã “{code[:30]}”.")
    one = known.get(unit.pk) or AgencyIdentifier(unit=unit, version=0)
    in_charge = in_charge or one.in_charge
    if (one.organ_id, one.in_charge) == (organ_id, in_charge):
        return False
    _write(one, organ_id, in_charge, source, by=by)
    known[unit.pk] = one
    return True
