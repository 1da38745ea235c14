"""What is due, boards of a unit's districts, waivers and notes, full and empty."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page

from deadlines.actions import oversight
from deadlines.actions.urging import answer, urge
from deadlines.models import Obligation
from deadlines.rules import Kind
from deadlines.rules.standings import Stand
from tests.deadlines.owing import owe
from tests.world import World

OFFICER, SUPERIOR, LOOKUP, CENTER, PEER = (
    "nghiepvu_badinh",
    "nghiepvu_hanoi",
    "tracuu_hanoi",
    "ttcntt",
    "nghiepvu_danang",
)
WORDS = (
    "Đề nghị đơn vị hoàn thành các hồ sơ tiếp nhận đã quá hạn trước ngày thứ Sáu, ghi rõ lý do chậm vào từng hồ sơ và "
    "phản hồi ngày dự kiến hoàn thành."
)


def furnish_boards(world: World) -> dict[str, str]:
    """Something that stands in each way, over some months; two notes, one of them answered."""
    today = timezone.localdate()
    for at, code in enumerate(("01", "01.001", "01.002", "48")):
        unit = world.units[code]
        for back in range(10):
            due = today - timedelta(days=30 * back + 9)
            owe(unit, Stand.IN_TIME, many=6 + (back * 3 + at * 5) % 7, due=due, label=f"TN-{code}-2026-{back:06}")
            owe(unit, Stand.LATE, many=(back + at) % 4, due=due, kind=Kind.TRANSFER_IN)
        owe(unit, Stand.WAIVED, many=at, kind=Kind.RECOVERY)
        owe(unit, Stand.OVERDUE, many=1 + 2 * at, kind=Kind.DISPOSAL_CLOSE)
        owe(unit, Stand.RUNNING, many=2, due=today, kind=Kind.TRANSFER_OUT)
        owe(unit, Stand.RUNNING, many=3, due=today + timedelta(days=2), kind=Kind.DISPOSAL_DOSSIER)
    by = world.nghiepvu_hanoi
    late = Obligation.objects.filter(unit=world.units["01.001"]).overdue(today).order_by("pk")
    (note,) = urge(late, text=WORDS, by=by)
    answer(
        note, text="Đang chờ bản gốc biên bản của nhà cung cấp; dự kiến xong ngày thứ Năm.", by=world.nghiepvu_badinh
    )
    (open_note,) = urge(Obligation.objects.filter(unit=world.units["01.002"]), text=WORDS, by=by)
    first, *rest = late
    waived = oversight.excuse(first, reason="Thiết bị đã trả lại nhà cung cấp theo công văn 215/BHXH-CNTT", by=by)
    return {
        "urging": str(note.public_id),
        "urging_open": str(open_note.public_id),
        "owed": str(rest[0].public_id),
        "waived": str(waived.public_id),
    }


def press(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def wait(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.wait_for()


def tick(page: Page) -> None:
    for box in page.locator("td.check input").all()[:2]:
        box.check()


def open_table(page: Page) -> None:
    page.locator(".figure-table summary").first.click()


YEAR = date.today().year  # noqa: DTZ011 - a year that is shown, whichever
PAGES: tuple[tuple, ...] = (
    ("due-today", OFFICER, "/han-xu-ly/"),
    ("due-today-superior", LOOKUP, "/han-xu-ly/", (), 200, True),
    ("due-today-empty", "vanphong", "/han-xu-ly/"),
    ("due-list", SUPERIOR, "/han-xu-ly/danh-sach/?state=overdue&sort=due_date", (tick,)),
    ("due-list-none", OFFICER, "/han-xu-ly/danh-sach/?q=khong-co", (), 200, True),
    (
        "due-list-filters",
        LOOKUP,
        "/han-xu-ly/danh-sach/",
        (lambda page: page.locator("summary", has_text="Bộ lọc").click(),),
    ),
    ("due-one", SUPERIOR, "/han-xu-ly/viec/{owed}/"),
    ("due-one-urged", OFFICER, "/han-xu-ly/viec/{owed}/?tab=don-doc", (), 200, True),
    ("due-waived", SUPERIOR, "/han-xu-ly/viec/{waived}/"),
    ("due-waive", SUPERIOR, "/han-xu-ly/viec/{owed}/mien/"),
    (
        "due-waive-wrong",
        SUPERIOR,
        "/han-xu-ly/viec/{owed}/mien/",
        (press("Miễn thực hiện"), wait(".error-summary")),
        200,
        True,
    ),
    ("due-ask-again", SUPERIOR, "/han-xu-ly/viec/{waived}/yeu-cau-lai/", (), 200, True),
    ("due-below", SUPERIOR, "/han-xu-ly/cap-duoi/", (tick,)),
    ("due-below-table", LOOKUP, "/han-xu-ly/cap-duoi/", (open_table,)),
    ("due-below-center", CENTER, f"/han-xu-ly/cap-duoi/?ky={YEAR}"),
    ("urge", SUPERIOR, "/han-xu-ly/don-doc/moi/?unit=01.001&unit=01.002"),
    ("urge-wrong", SUPERIOR, "/han-xu-ly/don-doc/moi/", (press("Gửi đôn đốc"), wait(".error-summary"))),
    ("urgings", SUPERIOR, "/han-xu-ly/don-doc/?side=gui"),
    ("urgings-empty", PEER, "/han-xu-ly/don-doc/", (), 200, True),
    ("urging", OFFICER, "/han-xu-ly/don-doc/{urging}/"),
    ("urging-replies", SUPERIOR, "/han-xu-ly/don-doc/{urging}/?tab=phan-hoi", (), 200, True),
    ("urging-answer", "nghiepvu_hoankiem", "/han-xu-ly/don-doc/{urging_open}/phan-hoi/"),
)
