"""What was sent and received, in each state; the inbox of a superior; what the check of a signed report shows."""

from typing import Any

from django.test import override_settings
from django.utils import timezone

from dispatch import actions
from dispatch.actions.identifiers import name_agency
from dispatch.rules import State
from tests.dispatch.support import sent as letter
from tests.world import World
from tests.yearend import signed as s

OFFICER, SUPERIOR, ADMIN, PEER = "nghiepvu_badinh", "nghiepvu_hanoi", "admin1", "nghiepvu_danang"
NO_PAGE = {"dispatch:news", "dispatch:check", "dispatch:retry_all", "dispatch:package", "yearend:inbox_accept"}
"""Messages of another system, steps, a file for saving; the last is opened by ticking rows of the inbox."""


def furnish_dispatches(world: World) -> dict[str, str]:
    """A report that waits, one that was returned, one that is signed; letters in each state."""
    waits = s.sent(world, "01.001", world.nghiepvu_badinh)
    ready = s.signed(world, "01.002", world.nghiepvu_hoankiem, document_number="7/BC-BHXH")
    returned = letter(world, sender="01.001", receiver="01", by=world.nghiepvu_badinh)
    actions.answer(
        returned, state=State.RETURNED, reason="Phụ lục II thiếu số liệu của tổ Thu.", by=world.nghiepvu_hanoi
    )
    with override_settings(DISPATCH_ADAPTER="folder", DISPATCH_FOLDER="/khong-co-thu-muc"):
        trying = letter(world, sender="01.001", receiver="01", by=world.nghiepvu_badinh)
        actions.deliver(trying.pk)
        failed = letter(world, sender="01.001", receiver="01", by=world.nghiepvu_badinh)
        failed.give_up_at = timezone.now()
        failed.save()
        actions.deliver(failed.pk)
    unit = world.units["01"]
    name_agency(unit, organ_id="000.00.01.A02", in_charge="", source="Công văn 12", by=world.admin1, version=0)
    came = letter(world)
    return {
        "annual_waits": waits.number,
        "annual_ready": ready.number,
        "sending_returned": returned.number,
        "sending_trying": trying.number,
        "sending_failed": failed.number,
        "sending_came": came.number,
    }


def _press(name: str) -> Any:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def _wrong(page: Any) -> None:
    page.locator(".error-summary").first.wait_for()


def _tick(page: Any) -> None:
    page.locator("main tbody input[type=checkbox]").first.check()


def _result(page: Any) -> None:
    page.get_by_role("heading", name="Tiếp nhận báo cáo").wait_for()


PAGES = (
    ("dispatches", OFFICER, "/gui-nhan/"),
    ("dispatches-out", SUPERIOR, "/gui-nhan/?huong=den&state=returned"),
    ("dispatches-empty", PEER, "/gui-nhan/", (), 200, True),
    ("dispatch-came", SUPERIOR, "/gui-nhan/{sending_came}/"),
    ("dispatch-returned", OFFICER, "/gui-nhan/{sending_returned}/"),
    ("dispatch-trying", OFFICER, "/gui-nhan/{sending_trying}/"),
    ("dispatch-failed", OFFICER, "/gui-nhan/{sending_failed}/?tab=goi"),
    ("dispatch-retry", OFFICER, "/gui-nhan/{sending_failed}/gui-lai/", (), 200, True),
    ("dispatch-health", ADMIN, "/gui-nhan/ket-noi/"),
    ("identifiers", ADMIN, "/gui-nhan/ma-dinh-danh/"),
    ("identifier", ADMIN, "/gui-nhan/ma-dinh-danh/01/"),
    ("identifier-list", ADMIN, "/gui-nhan/ma-dinh-danh/nhap/", (_press("Nhập"), _wrong)),
    ("inbox", SUPERIOR, "/bao-cao-nam/hop-thu/"),
    ("inbox-chosen", SUPERIOR, "/bao-cao-nam/hop-thu/?state=sent", (_tick, _press("Tiếp nhận"), _result)),
    ("inbox-none", PEER, "/bao-cao-nam/hop-thu/", (), 200, True),
    ("annual-send", "nghiepvu_hoankiem", "/bao-cao-nam/{annual_ready}/gui/"),
    ("annual-accept", SUPERIOR, "/bao-cao-nam/{annual_waits}/tiep-nhan/"),
    ("annual-return", SUPERIOR, "/bao-cao-nam/{annual_waits}/tra-lai/", (_press("Trả lại"), _wrong)),
    ("annual-file", SUPERIOR, "/bao-cao-nam/{annual_waits}/doi-chieu/"),
    ("annual-sendings", OFFICER, "/bao-cao-nam/{annual_waits}/?tab=gui-nhan"),
)
"""Every page of the app: name, who, address, what is done there, the status, and whether it is drawn like another."""
