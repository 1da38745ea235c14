"""The working calendar and the calendar of one's own deadlines, and what somebody sees of them."""

from collections.abc import Callable
from datetime import date
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page

from deadlines.actions import feed
from deadlines.actions.calendar import change_calendar
from deadlines.queries import known_in_advance
from deadlines.queries.changes import plan_of
from deadlines.rules import due_date
from deadlines.rules.overrides import Wanted
from tests.world import World

OFFICER, LOOKUP, PEER, ADMIN = "nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang", "admin1"
LEND = "nghiepvu_hoankiem"
YEAR, MINE = "/quan-tri/lich/", "/han-xu-ly/lich-cua-toi/"
WRITTEN = date(2027, 2, 3)


def furnish_calendar(world: World) -> dict[str, str]:
    """The calendar as it is delivered, a day that IT Center wrote into it, and somebody's address."""
    call_command("load_calendar", stdout=StringIO())
    wanted = Wanted(WRITTEN, WRITTEN, working=False, reason="Nghỉ Tết Đinh Mùi sớm một ngày", source="Công văn thử")
    change_calendar(wanted, seen=plan_of(wanted, by=world.admin1).fingerprint, by=world.admin1)
    feed.issue(by=world.nghiepvu_hoankiem)
    return {}


def next_working_day() -> str:
    today = timezone.localdate()
    return f"{due_date(today, 1, known_in_advance(today.year + 1)):%d/%m/%Y}"


def fill(label: str, value: str | Callable[[], str]) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_label(label).first.fill(value() if callable(value) else value)


def press(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def wait(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.wait_for()


TYPED = (fill("Lý do", "Nghỉ hoán đổi với thứ Bảy"), fill("Văn bản, nguồn", "CV 12/VPCP-KGVX"), press("Xem trước"))
PAGES = (
    ("calendar", OFFICER, f"{YEAR}?nam=2026"),
    ("calendar-expected", ADMIN, f"{YEAR}?nam=2028"),
    ("calendar-day", ADMIN, f"{YEAR}{WRITTEN}/"),
    ("calendar-day-read", PEER, f"{YEAR}2026-01-02/", (), 200, True),
    ("calendar-log", OFFICER, f"{YEAR}nhat-ky/"),
    ("calendar-add", ADMIN, f"{YEAR}them/"),
    ("calendar-add-wrong", ADMIN, f"{YEAR}them/", (press("Xem trước"), wait(".error-summary"))),
    ("calendar-look", ADMIN, f"{YEAR}them/", (fill("Từ ngày", next_working_day), *TYPED, wait("#moves"))),
    ("calendar-look-none", ADMIN, f"{YEAR}them/", (fill("Từ ngày", "07/03/2025"), *TYPED, wait("#days")), 200, True),
    ("calendar-edit", ADMIN, f"{YEAR}{WRITTEN}/sua/", (), 200, True),
    ("calendar-take-back", ADMIN, f"{YEAR}{WRITTEN}/go/"),
    ("feed-none", OFFICER, MINE),
    ("feed-lookup", LOOKUP, MINE, (), 200, True),
    ("feed-given", LEND, MINE),
    ("feed-issue", LEND, f"{MINE}dia-chi-moi/", (), 200, True),
    ("feed-revoke", LEND, f"{MINE}thu-hoi/", (), 200, True),
    ("feed-shown", PEER, MINE, (press("Tạo địa chỉ lịch"), wait("#feed-address"))),
)
NO_PAGE = {"calendar:feed"}  # a file
