"""What people are told, many and none, and how they want their mail."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from notices import actions
from notices.models import Notice
from notices.rules import Message, Tone, Topic
from tests.world import World

OFFICER, SUPERIOR, PEER = "nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang"


def messages() -> list[Message]:
    """One of each urgency and topic, from the newest to what was read."""
    today = timezone.localdate()
    return [
        Message(
            key="1",
            topic=Topic.WATCH,
            title="Tuần này: 12 thiết bị sắp hết bảo hành, 3 bản quyền sắp hết hạn",
            text="Xem danh sách để kịp gia hạn hoặc yêu cầu bảo hành trước khi hết thời hạn.",
            address="/thiet-bi/",
        ),
        Message(
            key="2",
            topic=Topic.URGING,
            tone=Tone.WARNING,
            title="BHXH thành phố Hà Nội đôn đốc: 2 việc quá hạn",
            text="Đề nghị đơn vị hoàn thành hồ sơ tiếp nhận trước thứ Sáu và phản hồi lý do chậm.",
            law="QĐ 375/QĐ-BHXH, Điều 13, khoản 4",
            address="/tiep-nhan/",
        ),
        Message(
            key="3",
            topic=Topic.DEADLINE,
            tone=Tone.WARNING,
            title="Hết hạn ngày mai: tiếp nhận hồ sơ TN-01.001-2026-000004",
            text="Hãy tải biên bản bàn giao lên và xác nhận tiếp nhận; nếu không kịp, hãy ghi lý do chậm vào hồ sơ.",
            law="QĐ 375/QĐ-BHXH, Điều 7, khoản 2",
            due=today + timedelta(days=1),
            address="/tiep-nhan/",
        ),
        Message(
            key="4",
            topic=Topic.DEADLINE,
            tone=Tone.DANGER,
            title="Quá hạn 1 ngày làm việc: ghi kết quả sửa chữa SC-01.001-2026-000003",
            text="Hãy ghi kết quả và ngày nhận lại thiết bị. Quá 3 ngày làm việc, hệ thống báo cấp trên.",
            law="QĐ 375/QĐ-BHXH, Điều 8, khoản 3",
            due=today - timedelta(days=1),
            address="/sua-chua/",
        ),
    ]


def furnish_notices(world: World) -> dict[str, str]:
    """Four unread notices and one that was read."""
    told = messages()
    read = Message(key="0", topic=Topic.SUPPORT, title="Yêu cầu HT-000001 đã được trả lời", text="…", address="/")
    actions.tell([(world.nghiepvu_badinh, message) for message in (read, *reversed(told))])
    actions.mark_read(Notice.objects.filter(key="0"))
    world.tracuu_hanoi.email = "tra.cuu@hanoi.example.vn"
    world.tracuu_hanoi.save()
    return {}


def open_filters(page: Page) -> None:
    page.locator("summary", has_text="Bộ lọc").click()


def choose_rows(page: Page) -> None:
    for box in page.locator("[data-bulk-row]").all()[:2]:
        box.check()


Step = Callable[[Page], object]
LIST = "/thong-bao/"
# Name, who looks, address; then steps, where there are any.
PAGES: tuple[tuple[str, str, str] | tuple[str, str, str, tuple[Step, ...]], ...] = (
    ("notices", OFFICER, LIST),
    ("notices-chosen", OFFICER, LIST, (choose_rows,)),
    ("notices-filters", OFFICER, f"{LIST}?state=chua-doc", (open_filters,)),
    ("notices-empty", PEER, LIST),
    ("notices-none", OFFICER, f"{LIST}?q=khong-co"),
    ("notice-options", OFFICER, f"{LIST}tuy-chon/"),
    ("notice-options-address", SUPERIOR, f"{LIST}tuy-chon/"),
)
NO_PAGE = {"notices:count", "notices:open", "notices:read", "notices:unread", "notices:read_all"}
