"""The reports on repairs, transfers, disposals and terms: each number leads to exactly its rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deadlines.rules import Kind
from deadlines.rules.standings import Stand
from disposals.actions.common import depart
from equipment.actions import life
from equipment.rules.lifecycle import EntryKind, Status
from repairs.models import RepairLine
from tests.deadlines.owing import owe
from tests.disposals import support as disposals
from tests.equipment.support import vn
from tests.repairs import support as repairs
from tests.reports.test_sets import links_of, listed, page, text_of
from tests.transfers import support as transfers

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
LEVELS = {
    "chi-phi-sua-chua": ("category", "unit", "both", "kind", "place", "month"),
    "dieu-chuyen": ("unit", "category", "both"),
    "thanh-ly": ("category", "unit", "both", "way", "reason"),
    "han-xu-ly": ("unit", "kind"),
}


def gone_without_dossier(devices, by):
    """By a decision that was entered without a dossier, as books that are taken over have it."""
    waiting = life.step(
        life.lock_devices(device.pk for device in devices),
        to=Status.PENDING_DISPOSAL,
        by=by,
        reason="Quyết định thanh lý",
        event="equipment.test",
    )
    depart(
        waiting,
        to=Status.DISPOSED,
        event="equipment.disposed",
        kind=EntryKind.DISPOSAL,
        on=timezone.localdate(),
        dossier="QĐ 321/QĐ-BHXH",
        by=by,
        reason="Thanh lý theo Quyết định số 321/QĐ-BHXH",
    )


@pytest.fixture
def works(world):
    """Of everything something in Ba Đình, and something beside it in Hoàn Kiếm."""
    by, beside = world.nghiepvu_badinh, world.nghiepvu_hoankiem
    devices = disposals.in_books(world, by, 9, unit_price=20_000_000)
    repairs.done(devices[:2], by, "repaired", "repaired")
    repairs.done(devices[2:3], by, "repaired", sent_to="in_house", supplier="", kind="maintenance")
    repairs.done(disposals.in_books(world, beside, 1, prefix="HK"), beside, "repaired")
    disposals.closed(devices[3:5], by, reason="beyond_repair")
    disposals.closed(devices[5:6], by, method="dismantle")
    gone_without_dossier(devices[8:9], by)
    gone_without_dossier(disposals.in_books(world, beside, 2, prefix="HKB", unit_price=7_000_000), beside)
    transfers.receive(world, transfers.handed_over(world, devices[6:7], by="nghiepvu_badinh", to="01.002"),
                      by="nghiepvu_hoankiem")  # fmt: skip
    transfers.handed_over(world, devices[7:8], by="nghiepvu_badinh", to="01.002")
    owe(world.units["01.001"], Stand.IN_TIME, many=3)
    owe(world.units["01.001"], Stand.LATE, kind=Kind.DISPOSAL_DOSSIER)
    owe(world.units["01.002"], Stand.OVERDUE, many=2)
    owe(world.units["01"], Stand.WAIVED)
    return world


def asked(level: str, ago: int = 0) -> dict[str, str]:
    day = timezone.localdate() - timedelta(days=ago)
    return {"level": level, "first": vn(day - timedelta(days=300)), "last": vn(day)}


@pytest.mark.parametrize("who", ["tracuu_hanoi", "tracuu_badinh", "ttcntt"])
@pytest.mark.parametrize("key", LEVELS)
def test_each_number_leads_to_exactly_that_many_rows(works, client_of, who, key):
    client, walked = client_of(works.users[who]), set()
    for level in LEVELS[key]:
        for below in "10":
            shown = page(client, key, below=below, **asked(level))
            assert shown.status_code == 200
            for url, text in links_of(shown):
                number = text.replace(".", "").replace(",", "")
                if "," not in text and int(number) < 1000 and (url, text) not in walked:
                    assert listed(client, url)[0] == int(number), (level, below, url, text)
                    walked.add((url, text))
    assert len(walked) > 3


def figures(client, key: str, level: str, **more: str) -> dict[str, tuple[str, ...]]:
    """The cells of each line by the line's name."""
    sheet = page(client, key, **asked(level), **more).context["page"].tables[0]
    found = {}
    for row in sheet.rows:
        cells = [cell.text for cell in row.cells]
        found[cells[1]] = tuple(cells[2:])
    return found


def test_what_repairs_have_cost(works, client_of):
    client = client_of(works.tracuu_hanoi)
    for line, cost in zip(RepairLine.objects.order_by("pk"), (1_000_000, 250_000, 0, 40_000), strict=True):
        line.cost = cost
        line.save()
    shown = "1.290.000"
    for level in LEVELS["chi-phi-sua-chua"]:
        assert figures(client, "chi-phi-sua-chua", level)["Tổng cộng"][-3:-1] == ("4", shown)
    by_place = figures(client, "chi-phi-sua-chua", "place")
    assert {name: cells[0] for name, cells in by_place.items()} == {
        "Công ty TNHH Tin học Phương Nam": "3", "Tại đơn vị": "1", "Tổng cộng": "4",
    }  # fmt: skip
    assert figures(client, "chi-phi-sua-chua", "kind")["Bảo trì"][0] == "1"


def test_a_repaired_device_that_has_gone_still_counts(works, client_of):
    """Its unit sees the device no more, but what it paid it paid."""
    by = works.nghiepvu_badinh
    device = RepairLine.objects.filter(unit__code="01.001", repair__kind="maintenance").get().equipment
    transfers.receive(works, transfers.handed_over(works, [device], by="nghiepvu_badinh", to="01.002"),
                      by="nghiepvu_hoankiem")  # fmt: skip
    client = client_of(by)
    by_category = figures(client, "chi-phi-sua-chua", "category")
    assert by_category["Tổng cộng"][1] == by_category["Máy vi tính để bàn"][1] == "3"
    shown = page(client, "chi-phi-sua-chua", **asked("category"))
    for url, text in links_of(shown):
        if int(text.replace(".", "")) < 1000:
            assert listed(client, url)[0] == int(text)


def test_disposals_by_way_and_reason(works, client_of):
    client = client_of(works.tracuu_badinh)
    assert {name: cells[:2] for name, cells in figures(client, "thanh-ly", "way").items()} == {
        "Bán": ("1", "2"), "Phá dỡ, hủy bỏ, bán vật tư thu hồi": ("1", "1"),
        "Không có hồ sơ trên hệ thống": ("-", "1"), "Tổng cộng": ("2", "4"),
    }  # fmt: skip
    assert figures(client, "thanh-ly", "unit")["Tổng cộng"][:3] == ("2", "4", "80.000.000")


@pytest.mark.parametrize("who", ["tracuu_hanoi", "tracuu_badinh", "ttcntt"])
def test_disposals_are_as_many_as_the_books_lost(works, client_of, who):
    """Those without a dossier too: the report on increase and decrease has the same figures."""
    client = client_of(works.users[who])
    books = page(client, "tang-giam", **asked("category")).context["page"].sheet.parts[0].sum.values
    for level in LEVELS["thanh-ly"]:
        here = page(client, "thanh-ly", **asked(level)).context["page"].sheet.parts[0].sum.values
        for mine, one in (("devices", "quantity"), ("value", "value")):
            assert here[mine] == books[f"liquidated_{one}"] + books[f"destroyed_{one}"] > 0


def test_transfers_are_counted_on_both_sides(works, client_of):
    lines = figures(client_of(works.tracuu_hanoi), "dieu-chuyen", "unit")
    assert lines["BHXH quận Ba Đình"][:4] == ("2", "1", "20.000.000", "1")
    assert lines["BHXH quận Hoàn Kiếm"][4:] == ("1", "1", "20.000.000")


def test_superiors_rank_those_below_and_units_see_no_rank(works, client_of):
    above = figures(client_of(works.tracuu_hanoi), "han-xu-ly", "unit")
    assert above["BHXH quận Ba Đình"][:2] == ("4", "3")
    assert above["BHXH quận Ba Đình"][-2:] == ("75,0%", "1")
    assert above["BHXH quận Hoàn Kiếm"][-1] == "2"
    assert above["BHXH thành phố Hà Nội"][-1] in {"", "—"}
    own = page(client_of(works.tracuu_badinh), "han-xu-ly", **asked("unit"))
    assert "Hạng" not in text_of(own).split("</nav>")[-1]
    assert "Hoàn Kiếm" not in text_of(own)


def test_peers_are_never_counted(works, client_of):
    client = client_of(works.nghiepvu_danang)
    for key, levels in LEVELS.items():
        for level in levels:
            shown = text_of(page(client, key, **asked(level)))
            assert "Phương Nam" not in shown
            assert not [text for _, text in links_of(page(client, key, **asked(level))) if text.strip("0,")]
