"""What schedules and alerts have in common on their pages: how they stand, when next, the steps."""

from django.urls import reverse

from analysis.models import Alert, Schedule
from analysis.producing import watched_name
from analysis.rules.alerts import Compare
from ui import formats
from ui.actions import Action
from ui.blocks import Fact, Status
from ui.links import Link

Clocked = Schedule | Alert


def clock_status(row: Clocked) -> Status:
    """Whether it runs."""
    if row.stopped_at:
        return Status("Đã dừng", "bad")
    return Status("Tạm dừng", "muted") if row.paused_at else Status("Đang chạy", "ok")


def clock_facts(row: Clocked) -> list[Fact]:
    """What, how often, when next; why it has stopped."""
    facts = []
    if row.analysis:
        facts.append(
            Fact("Phân tích", row.analysis.name, url=f"{reverse('analysis:pivot')}?saved={row.analysis.public_id}")
        )
    facts.append(Fact("Định kỳ", row.get_every_display()))
    facts.append(Fact("Lần tới", formats.vndatetime(row.next_at) or formats.EMPTY))
    if isinstance(row, Schedule):
        facts.append(Fact("Dạng tệp", row.get_file_kind_display()))
    if row.stopped_at:
        facts.append(Fact("Dừng lúc", formats.vndatetime(row.stopped_at)))
        facts.append(Fact("Lý do dừng", row.stopped_why))
    return facts


def alert_facts(row: Alert) -> list[Fact]:
    """The number, the threshold, how it stands."""
    measure = watched_name(row)
    value = measure.text(row.last_value) if measure else formats.number(row.last_value)
    unit = " %" if row.compare == Compare.CHANGE else ""
    return [
        Fact("Giá trị gần nhất", f"{value} đ" if measure and measure.kind == "money" else value, kind="num"),
        Fact("Số liệu", row.get_standing_display()),
        Fact("Điều kiện", row.get_compare_display()),
        Fact("Ngưỡng", f"{formats.number(row.threshold.normalize() + 0)}{unit}", kind="num"),
        Fact("Kiểm tra lúc", formats.vndatetime(row.checked_at)),
        *clock_facts(row),
    ]


def clock_actions(row: Clocked, name: str) -> list[Action | Link]:
    """The steps that are legal now; `name` begins the names of their addresses."""

    def to(step: str) -> str:
        return reverse(f"analysis:{name}_{step}", args=[row.public_id])

    actions: list[Action | Link] = [Link("Sửa", to("edit"), icon="pencil")]
    if row.next_at:
        if name == "schedule":
            actions.append(Action("Gửi ngay", to("run"), style="primary", icon="send"))
        actions.append(Action("Tạm dừng", to("pause"), icon="clock"))
    else:
        actions.append(Action("Chạy tiếp", to("go_on"), style="primary", icon="player-play"))
    actions.append(Action("Xóa", to("delete"), style="danger", icon="trash", confirm=f"Xóa “{row.name}”"))
    return actions
