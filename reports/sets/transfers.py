"""What units gave to each other (art. 9), by the day of the hand-over: the dossiers, and what the books say of them."""

from typing import Any

from reports.building import Figures, Level, figure
from reports.definition import Asked, Report, Sheet, register
from reports.forms.works import TransfersForm
from reports.queries.works import TAKEN, moved, transfers_of
from reports.sets.basis import scope_of
from reports.sets.repairs import GROUP
from reports.sets.works import Works, listed, sheet_of_works
from transfers.rules import State

LAW = "Điều 9 Quy định ban hành kèm theo Quyết định 375/QĐ-BHXH"
FLOWS = {"out": "moved", "in": "received"}


def _transfers(asked: Asked) -> Sheet:
    units, _ = scope_of(asked)
    first, last = asked.parameters["first"], asked.parameters["last"]
    by_unit = asked.parameters["level"] == Level.UNIT
    further = transfers_of(asked.user, units, first, last) if by_unit else {}

    def lead(narrowed: Any, _figures: Figures) -> dict[str, str]:
        links: dict[str, str] = {}
        for side, flow in FLOWS.items():
            entries = listed("reports:entries", narrowed, asked, "on", flow=flow)
            links |= {f"{side}_devices": entries, f"{side}_value": entries}
        return links | (_dossiers(narrowed, asked) if by_unit else {})

    columns = [
        *([figure("out", "Hồ sơ", 1, group="Giao cho đơn vị khác")] if by_unit else []),
        figure("out_devices", "Thiết bị", 2, group="Giao cho đơn vị khác"),
        figure("out_value", "Nguyên giá", 3, group="Giao cho đơn vị khác", kind="money"),
        *([figure("waiting", "Hồ sơ chờ nhận", 4, group="Giao cho đơn vị khác")] if by_unit else []),
        *([figure("in", "Hồ sơ", 5, group="Nhận từ đơn vị khác")] if by_unit else []),
        figure("in_devices", "Thiết bị", 6, group="Nhận từ đơn vị khác"),
        figure("in_value", "Nguyên giá", 7, group="Nhận từ đơn vị khác", kind="money"),
    ]
    note = "Thiết bị và nguyên giá lấy từ sổ: bên nhận xác nhận rồi sổ mới chuyển, với ngày hiệu lực là ngày bàn giao."
    return sheet_of_works(asked, MOVES, Works(columns, lead, {}, note=note), moved(units, first, last), further=further)


def _dossiers(narrowed: Any, asked: Asked) -> dict[str, str]:
    """The lists of dossiers: of a sender with what is below it; of a receiver alone, as that list filters."""
    links = {
        "out": listed("transfers:list", narrowed, asked, "handed_over"),
        "waiting": listed("transfers:list", narrowed, asked, "handed_over", state=State.HANDED_OVER.value),
    }
    if "own" in narrowed:
        states = [state.value for state in TAKEN]
        links["in"] = listed("transfers:list", {"receiver": narrowed["own"]}, asked, "handed_over", state=states)
    return links


MOVES = register(
    Report(
        "dieu-chuyen",
        "Điều chuyển thiết bị giữa các đơn vị",
        "Giao và nhận trong kỳ theo đơn vị, loại thiết bị: hồ sơ, số thiết bị, nguyên giá, hồ sơ chờ nhận.",
        TransfersForm,
        _transfers,
        group=GROUP,
        legal_basis=LAW,
    )
)
