"""Transfers in each of their states, and who of both sides looks at them."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from core.models import DocumentKind
from dossiers import actions as papers
from equipment.models import Category, Equipment
from tests.equipment.support import taken_in
from tests.world import World, devices, past, pdf_file
from transfers.actions import draft, receipt, steps
from transfers.actions.lines import lines_of
from transfers.models import Transfer
from transfers.rules import Arrival, Licences, Result

OFFICER, RECEIVER, SUPERIOR, PEER = "nghiepvu_badinh", "nghiepvu_hoankiem", "tracuu_hanoi", "nghiepvu_danang"
MINUTES = {
    "place": "Trụ sở BHXH quận Hoàn Kiếm",
    "giver_name": "Trần Văn Giao",
    "giver_title": "Phó Giám đốc",
    "receiver_name": "Lê Thị Nhận",
    "receiver_title": "Giám đốc",
}


def furnish_transfers(world: World) -> dict[str, str]:
    """One in each state that looks its own way."""
    Category.objects.filter(pk=world.desktop.pk).update(stores_data=True)
    names = ("draft", "decided", "handed", "differing", "received", "cancelled")
    serials = [f"DC{name.upper()}{n}" for name in names for n in range(3)]
    brought = taken_in(world, world.nghiepvu_badinh, serials, handover_date=past(60), late_reason="Chờ giấy tờ")
    stock = devices(brought)
    return {
        f"transfer_{name}": bring(world, name, stock[at * 3 : at * 3 + 3]).number for at, name in enumerate(names)
    } | {"transfer_gone": stock[12].code}


def bring(world: World, name: str, chosen: list[Equipment]) -> Transfer:
    """A transfer of three devices, as far as its name says."""
    by = world.nghiepvu_badinh
    header = {
        "receiver": world.units["01.002"],
        "reason": "Thừa so với định mức sau khi sắp xếp lại bộ phận một cửa",
        "place": "",
        "licences": Licences.GO,
    }
    made = draft.start_draft(header=header, devices=chosen, by=by)
    if name == "draft":
        return made
    papers.attach(made, paper=DocumentKind.DECISION, file=pdf_file("Quyết định 125-QĐ-BHXH.pdf"), by=by)
    if name == "cancelled":
        return draft.cancel(made, reason="Thu hồi quyết định", by=by)
    made.refresh_from_db()
    made = steps.decide(
        made, number="125/QĐ-BHXH", day=timezone.localdate() - timedelta(days=1), signer="Nguyễn Văn Ký",
        issuer="BHXH thành phố Hà Nội", by=by, version=made.version,
    )  # fmt: skip
    lines = lines_of(made)
    wiped = {line.pk: True for line in lines[: 1 if name == "decided" else None]}
    made = draft.prepare(
        made, wiped=wiped, licences={}, on=past(1), person="Phạm Thu Hằng", method="Ghi đè toàn bộ ổ cứng", by=by,
        version=made.version,
    )  # fmt: skip
    if name == "decided":
        return made
    papers.attach(made, paper=DocumentKind.DATA_WIPE, file=pdf_file("Biên bản xóa dữ liệu.pdf"), by=by)
    made = steps.hand_over(made, on=timezone.localdate(), minutes=MINUTES, by=by, version=made.version)
    if name == "handed":
        return made
    arrivals = {line.code: Arrival(Result.RECEIVED) for line in lines}
    if name == "differing":
        arrivals[lines[0].code] = Arrival(Result.REFUSED, "Màn hình vỡ góc phải, không lên nguồn")
        arrivals[lines[1].code] = Arrival(Result.MISSING, "Không có trong kiện hàng")
    return receipt.receive(
        made, arrivals=arrivals, on=timezone.localdate(), receiver_name="Lê Thị Nhận", receiver_title="Giám đốc",
        by=world.nghiepvu_hoankiem, version=made.version,
    )  # fmt: skip


def press(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def refused(page: Page) -> None:
    page.locator(".error-summary").first.wait_for()


D = "/dieu-chuyen/"
# Name, who looks, address; then steps, where there are any.
PAGES: tuple[tuple, ...] = (
    ("transfers", OFFICER, D),
    ("transfers-receiver", RECEIVER, D),
    ("transfers-empty", PEER, D),
    ("transfer-new", OFFICER, f"{D}moi/"),
    ("transfer-new-wrong", OFFICER, f"{D}moi/", (press("Lập hồ sơ"), refused)),
    ("transfer-draft", OFFICER, D + "{transfer_draft}/"),
    ("transfer-edit", OFFICER, D + "{transfer_draft}/sua/"),
    ("transfer-prepare", OFFICER, D + "{transfer_decided}/chuan-bi/"),
    ("transfer-decide", OFFICER, D + "{transfer_draft}/quyet-dinh/"),
    ("transfer-decide-wrong", OFFICER, D + "{transfer_draft}/quyet-dinh/", (press("Ghi quyết định"), refused)),
    ("transfer-decided", OFFICER, D + "{transfer_decided}/"),
    ("transfer-hand-over", OFFICER, D + "{transfer_decided}/ban-giao/"),
    ("transfer-handed", OFFICER, D + "{transfer_handed}/"),
    ("transfer-handed-receiver", RECEIVER, D + "{transfer_handed}/?tab=thiet-bi"),
    ("transfer-receive", RECEIVER, D + "{transfer_handed}/nhan/"),
    ("transfer-receive-wrong", RECEIVER, D + "{transfer_handed}/nhan/", (press("Xác nhận"), refused)),
    ("transfer-differing", OFFICER, D + "{transfer_differing}/?tab=thiet-bi"),
    ("transfer-settle", OFFICER, D + "{transfer_differing}/chenh-lech/"),
    ("transfer-received", SUPERIOR, D + "{transfer_received}/"),
    ("transfer-received-devices", OFFICER, D + "{transfer_received}/?tab=thiet-bi"),
    ("transfer-received-timeline", RECEIVER, D + "{transfer_received}/?tab=dien-bien"),
    ("transfer-line", OFFICER, D + "{transfer_received}/thiet-bi/{transfer_gone}/"),
    ("transfer-line-timeline", OFFICER, D + "{transfer_received}/thiet-bi/{transfer_gone}/?tab=dien-bien"),
    ("transfer-line-ledger", OFFICER, D + "{transfer_received}/thiet-bi/{transfer_gone}/?tab=but-toan"),
    ("transfer-device", RECEIVER, "/thiet-bi/{transfer_gone}/?tab=but-toan"),
    ("transfer-device-timeline", RECEIVER, "/thiet-bi/{transfer_gone}/?tab=dien-bien"),
    ("transfer-device-dossiers", RECEIVER, "/thiet-bi/{transfer_gone}/?tab=ho-so"),
    ("transfer-cancel", OFFICER, D + "{transfer_decided}/huy/"),
    ("transfer-cancelled", OFFICER, D + "{transfer_cancelled}/"),
    ("transfer-attach", RECEIVER, D + "{transfer_handed}/tai-lieu/"),
)
NO_PAGE = {"transfers:units", "transfers:restore", "transfers:issue", "transfers:detach"}
