"""Dossiers in every state for the units that the demonstration shows, made by the real steps."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.demo import BA_DINH, DA_NANG, HANOI, HOAN_KIEM
from accounts.models import User
from accounts.rules import Kind
from deadlines.queries import calendar
from disposals.actions import draft as disposing
from disposals.actions import losses
from disposals.actions import steps as disposal_steps
from disposals.models import Disposal
from disposals.rules.flow import Act, Happening, Method, Reason
from dossiers import actions as papers
from dossiers.kinds import kind_of
from equipment import demo
from equipment.models import Equipment
from equipment.rules.lifecycle import Condition, Status
from repairs.actions import drafts as repairing
from repairs.actions import results as repair_results
from repairs.actions.sending import send
from repairs.models import Repair
from repairs.rules.flow import Place, RepairKind, Result
from transfers.actions import draft as transferring
from transfers.actions import receipt
from transfers.actions import steps as transfer_steps
from transfers.models import Transfer
from transfers.rules import Arrival, Licences
from transfers.rules import Result as Received

SCAN = Path(demo.__file__).with_name("minutes.pdf")
COUNCIL = [
    {"name": "Phạm Thu Hằng", "title": "Phó Giám đốc", "body": "Lãnh đạo đơn vị", "head": True},
    {"name": "Đỗ Văn Quang", "title": "Kế toán trưởng", "body": "Bộ phận kế toán", "head": False},
    {"name": "Lý Minh Châu", "title": "Chuyên viên", "body": "Bộ phận công nghệ thông tin", "head": False},
]
WORKSHOP = "Trung tâm bảo hành Sao Mai"


class Cast:
    """The people who record, and devices that nobody has taken yet."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self.by = {
            code: User.objects.select_related("unit").get(unit__code=code, kind=Kind.BUSINESS, is_active=True)
            for code in (BA_DINH, HOAN_KIEM, HANOI, DA_NANG)
        }
        today = timezone.localdate()
        known = calendar()
        self.days: list[date] = []  # working days, the latest first
        day = today
        while len(self.days) < 30:  # noqa: PLR2004 - six weeks
            if known.is_working(day):
                self.days.append(day)
            day -= timedelta(days=1)

    def devices(self, unit: str, count: int, **wanted: Any) -> list[Equipment]:
        """Some devices of a unit that are in use."""
        rows = Equipment.objects.filter(unit__code=unit, status=Status.IN_USE, category__software=False, **wanted)
        found = list(rows.exclude(pk__in=self.taken).select_related("unit", "category").order_by("received_on", "pk"))
        chosen = found[:count]
        self.taken |= {device.pk for device in chosen}
        return chosen


def make_dossiers() -> int:
    """Repairs, transfers, disposals and a loss, from drafts to what has ended; how many."""
    cast = Cast()
    made = [*_repairs(cast), *_transfers(cast), *_disposals(cast), _loss(cast)]
    return len(made)


def _scan_all(dossier: Any, by: User) -> None:
    """Attach what the dossier's checklist names."""
    there = papers.kinds_of(dossier)
    for paper, required in kind_of(dossier).wanted(dossier).items():
        if required and paper not in there:
            file = SimpleUploadedFile(f"{paper}.pdf", SCAN.read_bytes(), content_type="application/pdf")
            papers.attach(dossier, paper=paper, file=file, by=by)


def _repairs(cast: Cast) -> list[Repair]:
    by, days = cast.by[BA_DINH], cast.days
    made = []
    for fault, opened, count in (
        ("Không lên nguồn", 1, 2),
        ("Màn hình sọc, chập chờn", 12, 1),
        ("Ổ cứng báo lỗi, máy chậm", 20, 2),
    ):
        header = {
            "kind": RepairKind.REPAIR,
            "opened_on": days[opened],
            "assessment": f"{fault}. Đã kiểm tra nguồn và cáp, cần gửi sửa chữa.",
            "sent_to": Place.SUPPLIER,
            "supplier": WORKSHOP,
            "expected_on": days[max(opened - 9, 0)],
        }
        repair = repairing.open_draft(cast.devices(BA_DINH, count), header=header, fault=fault, by=by)
        made.append(repair)
        if opened == 1:
            continue
        _scan_all(repair, by)
        repair = send(repair, sent_on=days[opened - 1], by=by, version=repair.version)
        if opened > 12:  # noqa: PLR2004 - the oldest one has come back
            _bring_back(repair, days[opened - 10], by)
    return made


def _bring_back(repair: Repair, on: date, by: User) -> None:
    lines = repair_results.lines_of(repair)
    told: tuple[dict[str, Any], ...] = (
        {"result": Result.REPAIRED, "work_done": "Thay ổ cứng 500 GB", "cost": 1_450_000},
        {"result": Result.BEYOND_REPAIR, "result_note": "Cháy bo mạch chính, không còn linh kiện thay"},
    )
    results = {line.pk: one for line, one in zip(lines, told, strict=False)}  # a small demonstration has but one
    header = {"returned_on": on, "cost_reason": "Hỏng do điện, ngoài phạm vi bảo hành", "late_reason": "Chờ linh kiện"}
    repair = repair_results.record_results(repair, header=header, results=results, by=by, version=repair.version)
    _scan_all(repair, by)
    repair_results.finish(repair, by=by, version=repair.version)


def _transfers(cast: Cast) -> list[Transfer]:
    """To Hoàn Kiếm: a draft, a decided one, one that waits for its receipt, one that has arrived."""
    made = []
    for steps, reason in enumerate(
        ("Thừa so với định mức", "Bổ sung cho bộ phận một cửa", "Thay máy hỏng", "Sắp xếp lại")
    ):
        by = cast.by[BA_DINH if steps % 2 == 0 else HANOI]
        unit = by.unit
        receiver = cast.by[HOAN_KIEM].unit
        header = {"receiver": receiver, "reason": reason, "place": receiver.name, "licences": Licences.GO}
        transfer = transferring.start_draft(header=header, devices=cast.devices(unit.code, 2), by=by)
        made.append(transfer)
        for step in (_decide, _hand_over, _receive)[:steps]:
            transfer = step(transfer, cast)
    return made


def _decide(transfer: Transfer, cast: Cast) -> Transfer:
    by = cast.by[transfer.unit.code]
    _scan_all(transfer, by)
    return transfer_steps.decide(
        transfer,
        number=f"{100 + transfer.pk}/QĐ-BHXH",
        day=cast.days[2],
        signer="Trần Quốc Thái",
        issuer="BHXH thành phố Hà Nội",
        by=by,
        version=transfer.version,
    )


def _hand_over(transfer: Transfer, cast: Cast) -> Transfer:
    by = cast.by[transfer.unit.code]
    lines = {line.pk: line.category.stores_data for line in transfer.lines.select_related("category")}
    transfer = transferring.prepare(
        transfer,
        wiped=lines,
        licences={},
        on=cast.days[1],
        person="Lý Minh Châu",
        method="Ghi đè toàn bộ ổ đĩa",
        by=by,
        version=transfer.version,
    )
    _scan_all(transfer, by)
    minutes = {
        "place": transfer.receiver.name,
        "giver_name": "Đỗ Văn Quang",
        "giver_title": "Chuyên viên",
        "receiver_name": "Vũ Thị Lan",
        "receiver_title": "Chuyên viên",
    }
    return transfer_steps.hand_over(transfer, on=cast.days[1], minutes=minutes, by=by, version=transfer.version)


def _receive(transfer: Transfer, cast: Cast) -> Transfer:
    return receipt.receive(
        transfer,
        arrivals={line.code: Arrival(Received.RECEIVED) for line in transfer.lines.all()},
        on=cast.days[0],
        receiver_name="Vũ Thị Lan",
        receiver_title="Chuyên viên",
        by=cast.by[HOAN_KIEM],
        version=transfer.version,
    )


def _disposals(cast: Cast) -> list[Disposal]:
    """Of old devices: a draft, one that waits for the decision, one that has ended."""
    made = []
    for steps, unit in enumerate((DA_NANG, BA_DINH, HANOI)):
        by = cast.by[unit]
        values = {
            "method": Method.SALE,
            "council": COUNCIL,
            "minutes_number": "07/BB-HĐTL",
            "minutes_date": cast.days[0],
            "conclusion": "Thiết bị hết thời gian sử dụng, hiệu quả thấp; đề nghị thanh lý.",
        }
        devices = _oldest(cast, unit)
        disposal = disposing.start_draft(
            devices=devices, act=Act.LIQUIDATION, reason=Reason.END_OF_LIFE, values=values, by=by
        )
        made.append(disposal)
        if steps > 0:
            _scan_all(disposal, by)
            disposal = disposal_steps.submit(disposal, by=by, version=disposal.version)
        if steps > 1:
            _scan_all(disposal, by)
            disposal = disposal_steps.decide(
                disposal, number="215/QĐ-BHXH", day=cast.days[0], signer="Trần Quốc Thái", by=by
            )
            _scan_all(disposal, by)
            disposal_steps.close(disposal, values=_ending(cast.days[0]), by=by)
    return made


def _oldest(cast: Cast, unit: str) -> Sequence[Equipment]:
    return cast.devices(unit, 3, condition=Condition.POOR) or cast.devices(unit, 3)


def _ending(on: date) -> dict[str, Any]:
    return {
        "closed_on": on,
        "costs": 300_000,
        "proceeds": 1_200_000,
        "close_late_reason": "",
        "wiped_on": on,
        "wiped_by": "Lý Minh Châu",
        "wipe_method": "Tháo và phá hủy ổ đĩa",
    }


def _loss(cast: Cast) -> Any:
    by = cast.by[HANOI]
    values = {
        "happened_on": cast.days[3],
        "minutes_number": "02/BB-KK",
        "circumstances": "Không tìm thấy khi kiểm tra kho; đã rà lại các phòng.",
        "responsible": "Tổ kho",
    }
    return losses.start_draft(kind=Happening.LOST, devices=cast.devices(HANOI, 1), values=values, by=by)
