"""Blocks of the pages of repairs, made of what the database says."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from dossiers.blocks import timeline
from equipment.models import Equipment
from repairs.models import Repair, RepairLine
from repairs.queries import cost_of
from repairs.rules.checks import covered, paid_though_covered
from repairs.rules.flow import RESULT_TONES, Place, RepairState, Result
from repairs.rules.parts import format_parts
from repairs.tables import DeviceRepairTable
from ui.blocks import Clock, Fact, FactList, Rows, Section, Stack, Step, Stepper, Timeline
from ui.formats import local, money, vndate
from ui.links import Empty

_STEPS = (
    (RepairState.DRAFT, "Lập hồ sơ"),
    (RepairState.SENT, "Gửi sửa chữa"),
    (RepairState.DONE, "Hoàn thành"),
)
STEP_REASONS = frozenset({"Gửi sửa chữa", "Hoàn thành sửa chữa", "Khôi phục hồ sơ"})


def stepper(repair: Repair) -> Stepper:
    """Draft → sent → done, with who and when, or where it stopped."""
    rows = repair.history.select_related("history_user").order_by("history_id")
    first: dict[str, Any] = {}
    for row in rows:
        if row.state == RepairState.DRAFT:  # a dossier that was taken up again starts anew
            first = {RepairState.DRAFT: first.get(RepairState.DRAFT, row)}
        first.setdefault(row.state, row)
    steps = []
    for state, label in _STEPS:
        row = first.get(state)
        if row is not None:
            steps.append(Step(label, "done", when=local(row.history_date).date(), who=str(row.history_user or "")))
        elif repair.state == RepairState.CANCELLED:
            break
        else:
            steps.append(Step(label, "now" if not any(step.state == "now" for step in steps) else "ahead"))
    if repair.state == RepairState.CANCELLED:
        row = first[RepairState.CANCELLED]
        who = str(row.history_user or "")
        steps.append(Step("Đã hủy", "stopped", when=local(row.history_date).date(), who=who))
    return Stepper(steps)


def clock(repair: Repair, today: date) -> Clock | None:
    """How the day stands on which the devices should be back."""
    if repair.expected_on is None or repair.state not in {RepairState.SENT, RepairState.DONE}:
        return None
    due = f"hẹn {vndate(repair.expected_on)}"
    if repair.state == RepairState.DONE:
        late = repair.returned_on is not None and repair.returned_on > repair.expected_on
        returned = vndate(repair.returned_on)
        return Clock(f"Nhận lại ngày {returned} ({due})", "late" if late else "done")
    left = (repair.expected_on - today).days
    if left < 0:
        return Clock(f"Nhận lại thiết bị: quá hẹn {-left} ngày ({due})", "late")
    return Clock(f"Nhận lại thiết bị: {f'còn {left} ngày' if left else 'hôm nay'} ({due})", "soon")


def details(repair: Repair) -> Stack:
    """The head of a dossier."""
    facts = [
        Fact("Loại việc", repair.get_kind_display()),
        Fact("Ngày đánh giá", vndate(repair.opened_on)),
        Fact("Nơi thực hiện", repair.get_sent_to_display()),
        Fact("Nhà cung cấp, nơi sửa chữa", repair.supplier or "—"),
        Fact("Người liên hệ, điện thoại", repair.supplier_contact or "—"),
        Fact("Ngày gửi", vndate(repair.sent_on) or "—"),
        Fact("Ngày hẹn trả", vndate(repair.expected_on) or "—"),
        Fact("Ngày nghiệm thu, nhận lại", vndate(repair.returned_on) or "—"),
        Fact("Người lập", str(repair.created_by or "—")),
    ]
    texts = {
        "Kết quả đánh giá tình trạng": repair.assessment,
        "Lý do trả tiền khi còn bảo hành": repair.cost_reason,
        "Lý do trả chậm": repair.late_reason,
        "Lý do hủy": repair.cancel_reason,
        "Ghi chú": repair.note,
    }
    told = [Fact(label, text) for label, text in texts.items() if text]
    return Stack([FactList(facts), *([FactList(told, wide=True)] if told else [])])


def place(repair: Repair) -> str:
    """Where the devices are, in a few words."""
    return repair.supplier if repair.sent_to == Place.SUPPLIER and repair.supplier else repair.get_sent_to_display()


def total(lines: Sequence[RepairLine]) -> Decimal:
    """What the dossier costs, as far as it is known."""
    return sum((line.cost or Decimal(0) for line in lines), Decimal(0))


def devices(user: User, repair: Repair, lines: Sequence[RepairLine]) -> Section:
    """Every device, what is wrong with it and how it came out. One that went to another unit has no link."""
    own = Equipment.objects.visible_to(user).filter(pk__in=[line.equipment_id for line in lines])
    seen = set(own.values_list("pk", flat=True))
    day = repair.sent_on or timezone.localdate()
    rows = [
        {
            "line": line,
            "linked": line.equipment_id in seen,
            "covered": covered(line, day),
            "tone": RESULT_TONES[Result(line.result)] if line.result else "muted",
            "parts": format_parts(line.parts),
        }
        for line in lines
    ]
    paid, estimates = total(lines), sum((line.estimate or Decimal(0) for line in lines), Decimal(0))
    return Section("repairs/lines.html", {"rows": rows, "cost": paid, "estimate": estimates, "sent": repair.sent_on})


def warranty_notice(repair: Repair, lines: Sequence[RepairLine]) -> list[Section]:
    """Money is spent on what the warranty covers: why?"""
    paid = paid_though_covered(repair, lines, timezone.localdate())
    return [Section("repairs/warranty.html", {"lines": paid, "reason": repair.cost_reason})] if paid else []


def missing(title: str, problems: Sequence[DomainError]) -> list[Section]:
    """What stands against the next step."""
    return [Section("repairs/missing.html", {"title": title, "problems": problems})] if problems else []


def repair_timeline(user: User, repair: Repair) -> Timeline:
    """What happened to a dossier."""
    return timeline(user, repair, steps=STEP_REASONS)


def device_repairs(user: User, device: Equipment) -> Stack:
    """What a device's repairs cost together, and all of them."""
    sums = cost_of(user, device)
    facts = [
        Fact("Tổng chi phí", money(sums["cost"]), kind="num"),
        Fact("Số lần đã hoàn thành", str(sums["times"]), kind="num"),
    ]
    lines = RepairLine.objects.visible_to(user).filter(equipment=device)
    empty = Empty("Thiết bị chưa sửa chữa lần nào", "Khi cần, bấm “Sửa chữa” ở đầu trang.", icon="tool")
    return Stack([FactList(facts), Rows.of(DeviceRepairTable, lines, empty=empty)])
