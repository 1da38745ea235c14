"""What was liquidated or destroyed (art. 10): by category, unit, way and reason; value, and what it brought back."""

from collections.abc import Iterable
from typing import Any

from disposals.rules.flow import DisposalState, Method, Reason
from equipment.rules.lifecycle import EntryKind
from reports.building import Figures, Level, figure
from reports.definition import Asked, Report, Sheet, register
from reports.forms.works import DisposalsForm
from reports.queries.works import Work, disposed
from reports.sets.basis import scope_of
from reports.sets.repairs import GROUP
from reports.sets.works import Grouping, Works, listed, sheet_of_works

LAW = "Điều 10 Quy định ban hành kèm theo Quyết định 375/QĐ-BHXH"
WITHOUT = "Không có hồ sơ trên hệ thống"
GROUPINGS = {
    "way": Grouping(
        "Hình thức",
        lambda facts: facts["way"],
        lambda key: str(Method(key).label) if key else WITHOUT,
        lambda key: {"method": key},
    ),
    "reason": Grouping(
        "Lý do",
        lambda facts: facts["reason"],
        lambda key: str(Reason(key).label) if key else WITHOUT,
        lambda key: {"reason": key},
    ),
}


def _disposals(asked: Asked) -> Sheet:
    units, _ = scope_of(asked)
    found = disposed(asked.user, units, asked.parameters["first"], asked.parameters["last"])

    level = asked.parameters["level"]
    told = level not in {Level.CATEGORY, Level.BOTH}  # a dossier may be of several categories

    def lead(narrowed: Any, _figures: Figures) -> dict[str, str]:
        links = {}
        if told:
            links = {"dossiers": listed("disposals:list", narrowed, asked, "closed", state=DisposalState.CLOSED.value)}
        if level not in GROUPINGS:
            entries = listed("reports:entries", narrowed, asked, "on", kind=EntryKind.DISPOSAL.value)
            links |= {"devices": entries, "value": entries}
        return links

    columns = [
        *([figure("dossiers", "Số hồ sơ", 1)] if told else []),
        figure("devices", "Số thiết bị", 2),
        figure("value", "Nguyên giá", 3, kind="money"),
        figure("residual", "Giá trị còn lại", 4, kind="money"),
        figure("proceeds", "Giá trị thu hồi", 5, kind="money"),
    ]
    whole = {"dossiers": len({one.facts["disposal"] for one in found} - {None})}
    note = (
        "Đếm theo sổ biến động như báo cáo Tăng, giảm, cả thiết bị giảm theo quyết định không có hồ sơ trên hệ thống. "
        "Giá trị còn lại, giá trị thu hồi lấy theo hồ sơ; không có hồ sơ, hoặc thiết bị chỉ theo dõi, thì không có."
    )
    works = Works(columns, lead, GROUPINGS, note=note, whole=whole)
    return sheet_of_works(asked, DISPOSALS, works, _with_dossiers(found, level) if told else found)


def _with_dossiers(found: Iterable[Work], level: str) -> list[Work]:
    """A dossier counts once on each line that it is in: with the first of its devices there."""
    seen: set[tuple[Any, ...]] = set()
    counted = []
    for one in found:
        key = (one.facts["disposal"], one.facts[level] if level in GROUPINGS else "")
        first = one.facts["disposal"] is not None and key not in seen
        counted.append(Work(one.unit, one.category, one.facts, {**one.figures, "dossiers": int(first)}))
        seen.add(key)
    return counted


DISPOSALS = register(
    Report(
        "thanh-ly",
        "Thanh lý, hủy thiết bị",
        "Số hồ sơ, số thiết bị, nguyên giá, giá trị thu hồi theo loại, đơn vị, hình thức, lý do.",
        DisposalsForm,
        _disposals,
        group=GROUP,
        legal_basis=LAW,
    )
)
