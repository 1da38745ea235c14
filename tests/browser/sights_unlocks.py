"""The review before the lock, the lock, requests to open closed books in each state, two editions compared."""

from typing import Any

from core.documents import documents_of
from tests.equipment.support import ready
from tests.world import World
from tests.yearend.closing import asked, bought, closed, opened, report_of
from tests.yearend.support import in_year
from yearend.actions import unlocking

CUSTODIAN, ADMIN, CENTER, PEER = "vanphong", "admin1", "ttcntt", "nghiepvu_danang"


def furnish_unlocks(world: World) -> dict[str, str]:
    """Văn phòng looks at its review; the books of the Vụ in its custody were opened once and wait to be again."""
    by, unit = world.vanphong, world.units["00.PC"]
    bought(world, by, ["VU1"], unit=unit)
    refused = asked(closed(unit, by), by)
    unlocking.refuse(refused, answer="Chưa nêu rõ thiết bị nào ghi sai.", by=world.admin1, version=refused.version)
    granted = opened(report_of(unit), by, world.admin1)
    bought(world, by, ["VU2"], unit=unit, on=in_year(12, 30))
    waiting = asked(closed(unit, by), by, "Ghi nhầm ngày nhận của hai máy tính")
    ready(world, by, ["VP1"], handover_date=in_year(12, 20))
    bought(world, by, ["VP2"])
    return {
        "annual_review": report_of(world.units["00.VP"]).number,
        "annual_again": report_of(unit).number,
        "unlock_waiting": waiting.number,
        "unlock_granted": granted.number,
        "unlock_refused": refused.number,
        "unlock_file": str(documents_of(waiting)[0].public_id),
    }


def _press(name: str) -> Any:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def _wrong(page: Any) -> None:
    page.locator(".error-summary").first.wait_for()


PAGES = (
    ("annual-review", CUSTODIAN, "/bao-cao-nam/{annual_review}/ra-soat/"),
    ("annual-lock", CUSTODIAN, "/bao-cao-nam/{annual_review}/khoa/", (_press("Khóa số liệu"), _wrong)),
    ("annual-compare", CUSTODIAN, "/bao-cao-nam/{annual_again}/so-sanh/"),
    ("annual-closings", CUSTODIAN, "/bao-cao-nam/{annual_again}/?tab=khoa-mo"),
    ("unlock-ask-first", "nghiepvu_hanoi", "/bao-cao-nam/{annual_superior}/mo-khoa/", (_press("Gửi đề nghị"), _wrong)),
    # One waits already: back to the report, which says so.
    ("unlock-ask", CUSTODIAN, "/bao-cao-nam/{annual_again}/mo-khoa/"),
    ("unlocks", ADMIN, "/bao-cao-nam/mo-khoa/"),
    ("unlocks-empty", PEER, "/bao-cao-nam/mo-khoa/", (), 200, True),
    ("unlock-waiting", CUSTODIAN, "/bao-cao-nam/mo-khoa/{unlock_waiting}/"),
    ("unlock-decide", ADMIN, "/bao-cao-nam/mo-khoa/{unlock_waiting}/quyet-dinh/", (_press("Ghi quyết định"), _wrong)),
    ("unlock-granted", CENTER, "/bao-cao-nam/mo-khoa/{unlock_granted}/?tab=dien-bien"),
    ("unlock-refused", CUSTODIAN, "/bao-cao-nam/mo-khoa/{unlock_refused}/"),
    ("unlock-attach", CUSTODIAN, "/bao-cao-nam/mo-khoa/{unlock_waiting}/tai-lieu/", (), 200, True),
    ("unlock-detach", CUSTODIAN, "/bao-cao-nam/mo-khoa/{unlock_waiting}/tai-lieu/{unlock_file}/go/", (), 200, True),
    ("unlock-withdraw", CUSTODIAN, "/bao-cao-nam/mo-khoa/{unlock_waiting}/rut/", (), 200, True),
)
"""Every page of the app: name, who, address, what is done there, the status, and whether it is drawn like another."""
