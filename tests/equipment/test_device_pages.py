"""One device at the screen: its tabs, its edit, and the search that goes straight to it."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from equipment.actions import equipment
from equipment.models import Equipment, EquipmentModel
from equipment.rules.lifecycle import Status
from equipment.rules.warranty import warranty
from tests import world as w
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db
LIST = "/thiet-bi/"


@pytest.fixture
def stock(world):
    """Three devices of Ba Đình, the first of them in use, and one of Hoàn Kiếm."""
    made = taken_in(world, world.nghiepvu_badinh, ["ABC-100", "ABC-200", "XYZ-300"], handover_date=date(2026, 11, 18))
    values = {"holder_name": "Nguyễn Đình Đức", "room": world.units["01.001.T1"], "condition": "poor"}
    equipment.describe(w.devices(made)[0], values=values, reason="Thử", by=world.nghiepvu_badinh, version=1)
    taken_in(world, world.nghiepvu_hoankiem, ["HK-1"])
    return made


def codes(page):
    return sorted(cell for row in page.rows for cell in row if re.fullmatch(r"\d\d[.\d\w]*-\d{6}", cell))


def test_the_tabs_of_a_device(stock, world, person):
    one = person(world.tracuu_hanoi)
    (device, *_) = w.devices(stock)
    url = f"{LIST}{device.code}/"
    page = one.get(url)
    for words in (
        device.code,
        "ABC-100",
        "14.500.000 đ",
        "Nguyễn Đình Đức",
        "Tổ Thu",
        "18/11/2026",
        "i5-10400",
        stock.number,
    ):
        assert words in page.main, words
    assert "Sửa thông tin" not in page.main, "a superior looks and doesn't touch"
    timeline = one.get(f"{url}?tab=dien-bien").main
    assert "Ghi vào sổ thiết bị" in timeline
    assert "Nguyễn Đình Đức" in timeline
    ledger = one.get(f"{url}?tab=but-toan").main
    assert "Tiếp nhận" in ledger
    assert stock.number in ledger
    assert "bien-ban.pdf" in one.get(f"{url}?tab=tai-lieu").main
    assert one.get(f"{url}?tab=khong-co").status == 200
    assert one.get(f"/q/{device.code}/").main == page.main, "what the label's code opens"


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (None, ("Chưa ghi thời hạn", "muted")),
        (date(2026, 11, 19), ("Hết từ 19/11/2026", "muted")),
        (date(2026, 11, 20), ("Hết hạn hôm nay", "warn")),
        (date(2027, 1, 19), ("Còn 60 ngày, đến 19/01/2027", "warn")),
        (date(2027, 1, 20), ("Còn đến 20/01/2027", "ok")),
    ],
)
def test_the_head_says_how_the_warranty_stands(until, said):
    assert warranty(until, date(2026, 11, 20)) == said


def test_editing_a_device_keeps_before_and_after(stock, world, person):
    (device, *_) = w.devices(stock)
    one = person(world.nghiepvu_badinh)
    url = f"{LIST}{device.code}/sua/"
    typed = {
        "serial": "ABC-101",
        "holder_name": "Lê Văn Mới",
        "room": "",
        "attr_MAC": "001A2B3C4D5E",
        "warranty_until": "31/12/2030",
        "reason": "Nhập sai số máy",
    }
    page = one.fill(url, **typed)
    assert page.status == 200
    device.refresh_from_db()
    assert (device.serial, device.room, device.attributes["MAC"]) == ("ABC-101", None, "00:1A:2B:3C:4D:5E")
    assert device.attributes["RAM"] == "8 GB"
    assert device.warranty_until == date(2030, 12, 31)
    assert device.original_price == 14_500_000
    timeline = one.get(f"{LIST}{device.code}/?tab=dien-bien").main
    for words in ("ABC-100", "ABC-101", "Nhập sai số máy", "Tổ Thu"):
        assert words in timeline, words
    again = one.get(url).form()
    assert again["attr_MAC"] == "00:1A:2B:3C:4D:5E"
    assert again["warranty_until"] == "31/12/2030"


def test_a_serial_of_another_device_of_the_unit_is_refused_with_its_code(stock, world, person):
    one, two, _ = w.devices(stock)
    page = person(world.nghiepvu_badinh).fill(f"{LIST}{two.code}/sua/", serial="abc-100", reason="x")
    assert page.status == 422
    assert one.code in page.errors("serial")
    page = person(world.nghiepvu_badinh).fill(f"{LIST}{two.code}/sua/", serial="HK-1", reason="x")
    assert page.status == 200, "another unit's serial is nothing to tell here"


def test_a_device_whose_life_has_ended_is_not_edited(stock, world, person):
    (device, *_) = w.devices(stock)
    Equipment.objects.filter(pk=device.pk).update(status=Status.DISPOSED)
    assert person(world.nghiepvu_badinh).get(f"{LIST}{device.code}/sua/").status == 403
    assert "Sửa thông tin" not in person(world.nghiepvu_badinh).get(f"{LIST}{device.code}/").main


def test_global_search_goes_straight_to_what_is_named_exactly(stock, world, person):
    one = person(world.nghiepvu_badinh)
    (device, *_) = w.devices(stock)
    assert one.client.get("/tim-kiem/", {"q": f" {device.code} "}).url == f"{LIST}{device.code}/"
    assert one.client.get("/tim-kiem/", {"q": stock.number.lower()}).url == f"/tiep-nhan/{stock.number}/"
    assert codes(one.get("/tim-kiem/?q=abc")) == ["01.001-000001", "01.001-000002"]
    theirs = Equipment.objects.get(serial="HK-1")
    assert codes(one.get(f"/tim-kiem/?q={theirs.code}")) == []
    assert codes(one.get("/tim-kiem/?q=HK")) == []


def test_a_closed_model_stays_on_its_devices_and_is_offered_to_no_other(stock, world, person):
    other = EquipmentModel.objects.create(
        brand=world.model.brand, category=world.desktop, name="Cũ", closed_on="2020-01-01"
    )
    EquipmentModel.objects.filter(pk=world.model.pk).update(closed_on="2020-01-01")
    (device, *_) = w.devices(stock)
    one = person(world.nghiepvu_badinh)
    form = one.get(f"{LIST}{device.code}/sua/")
    offered = [o.get("value") for o in form.tree.xpath('//select[@name="model"]/option')]
    assert str(world.model.pk) in offered
    assert str(other.pk) not in offered
    assert one.fill(f"{LIST}{device.code}/sua/", note="x", reason="x").status == 200
    new = one.get("/tiep-nhan/moi/")
    assert not new.tree.xpath(f'//select[@name="lines-0-model"]/option[@value="{world.model.pk}"]')


def test_a_device_stays_in_its_room_though_the_room_was_dissolved(world, person):
    technician = person(world.nghiepvu_badinh)
    (device,) = w.devices(taken_in(world, world.nghiepvu_badinh, ["A1"]))
    room = world.units["01.001.T1"]
    url = f"/thiet-bi/{device.code}/sua/"
    technician.fill(url, room=room.code, reason="Giao")
    room.valid_to = timezone.localdate() - timedelta(days=1)
    room.save()
    assert technician.fill(url, note="Ghi chú", reason="Ghi").status == 200
    device.refresh_from_db()
    assert (device.room, device.note) == (room, "Ghi chú")
