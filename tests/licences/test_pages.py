"""Pages of software: list, record, forms, and what a computer's page says of it."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from equipment.actions import licences
from equipment.models import Category, Equipment, Installation, SoftwareLicence
from tests.equipment.support import vn
from tests.licences.support import computers, software
from tests.transfers.support import received
from tests.world import past

pytestmark = pytest.mark.django_db
LIST, INSTALL = "/phan-mem/", "/phan-mem/cai-dat/"


@pytest.fixture
def stock(world):
    """At Ba Đình: one with two seats and three installations, one expired, one nobody stated; one at Hoàn Kiếm."""
    by = world.nghiepvu_badinh
    today = timezone.localdate()
    over, expired, plain = (software(world, by, name=name)[0] for name in ("Văn phòng", "Diệt vi-rút", "Kế toán"))
    devices = computers(world, by, 3)
    licences.install(over, devices, on=today, reason="Chờ mua thêm", by=by)
    values = {
        "seats": 9,
        "starts_on": None,
        "expires_on": date(2026, 1, 31),
        "current_version": "12.1",
        "origin": "bought",
    }
    licences.state(expired, values=values, version=0, by=by)
    software(world, world.nghiepvu_hoankiem, name="Của Hoàn Kiếm")
    return over, expired, plain, devices


@pytest.mark.dieu("3")
def test_the_list_tells_seats_use_and_term(stock, world, person):
    page = person(world.tracuu_badinh).get(LIST)
    rows = {row[0]: row for row in page.rows}
    assert set(rows) == {"Văn phòng", "Diệt vi-rút", "Kế toán"}
    assert rows["Văn phòng"][3:6] == ["2", "3", "vượt 1"]
    assert rows["Diệt vi-rút"][3:7] == ["9", "0", "—", "31/01/2026"]
    assert rows["Kế toán"][3:5] == ["Chưa khai báo", "0"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("state=over", {"Văn phòng"}), ("state=expired", {"Diệt vi-rút"}), ("state=unstated", {"Kế toán"}),
     ("state=free", {"Diệt vi-rút"}), ("state=soon", set()), ("origin=bought", {"Diệt vi-rút"}),
     ("category=UD_VAN_PHONG", {"Văn phòng", "Diệt vi-rút", "Kế toán"}), ("q=ke toan", {"Kế toán"})],
)  # fmt: skip
def test_filters(stock, world, person, query, expected):
    assert {row[0] for row in person(world.nghiepvu_badinh).get(f"{LIST}?{query}").rows} == expected


def test_what_ends_soon(stock, world, person):
    licence = SoftwareLicence.objects.get(software=stock[1])
    licence.expires_on = timezone.localdate() + timedelta(days=60)
    licence.save()
    assert [row[0] for row in person(world.nghiepvu_badinh).get(f"{LIST}?state=soon").rows] == ["Diệt vi-rút"]


def test_the_file_has_every_column_of_the_form(stock, world, client_of):
    text = b"".join(client_of(world.nghiepvu_badinh).get(f"{LIST}?export=csv")).decode("utf-8-sig")
    rows = {row["Tên phần mềm"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Văn phòng"]["Vượt"] == "1"
    assert rows["Diệt vi-rút"]["Phiên bản đang dùng"] == "12.1"
    assert rows["Diệt vi-rút"]["Nguồn gốc"] == "Mua ngoài"
    assert {"Độ ổn định", "Tính thân thiện", "Ngôn ngữ, CSDL", "Bộ phận triển khai", "Phiên bản gốc"} <= set(
        rows["Kế toán"]
    )


def test_the_queries_of_the_list_do_not_grow(stock, world, client_of):
    client, counts = client_of(world.nghiepvu_badinh), []
    for more in (0, 10):
        if more:
            software(world, world.nghiepvu_badinh, name="Thêm", many=more)
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_record(stock, world, person):
    over, _, plain, devices = stock
    page = person(world.nghiepvu_badinh).get(f"{LIST}{over.code}/")
    assert "3, vượt 1" in page.main
    assert {row[0] for row in page.rows} == {device.code for device in devices}
    assert {"Ghi cài đặt", "Ghi gỡ bỏ", "Sửa bản quyền"} <= set(page.buttons())
    assert "Ghi gỡ bỏ" not in person(world.nghiepvu_badinh).get(f"{LIST}{plain.code}/").buttons()
    reader = person(world.tracuu_badinh).get(f"{LIST}{over.code}/?tab=dien-bien")
    assert "Cài đặt phần mềm" in reader.main
    assert "Sửa bản quyền" not in reader.buttons()
    assert person(world.nghiepvu_hoankiem).get(f"{LIST}{over.code}/").status == 404
    assert person(world.nghiepvu_badinh).get(f"{LIST}{devices[0].code}/").status == 404


def test_the_columns_of_bc01_are_written_and_shown(stock, world, person):
    _, _, plain, _ = stock
    clerk = person(world.nghiepvu_badinh)
    typed = {
        "seats": "", "software_code": "KT-01", "original_version": "1.0", "current_version": "3.2", "origin": "issued",
        "terms": "Dùng chung toàn ngành", "platform": "Java, Oracle", "deployed_at": "Tổ Thu", "stability": "Ổn định",
        "friendliness": "Dễ dùng", "starts_on": "01/02/2020", "expires_on": "", "note": "Theo công văn 1331",
    }  # fmt: skip
    assert clerk.fill(f"{LIST}{plain.code}/ban-quyen/", **typed).status == 200
    licence = SoftwareLicence.objects.get(software=plain)
    assert (licence.seats, licence.starts_on, licence.version) == (None, date(2020, 2, 1), 1)
    page = clerk.get(f"{LIST}{plain.code}/?tab=ban-quyen")
    for text in ("KT-01", "3.2", "BHXH Việt Nam ban hành", "Java, Oracle", "Dễ dùng", "Tổ Thu", "Không giới hạn"):
        assert text in page.main


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"seats": "0"}, "seats"),
        ({"seats": "hai"}, "seats"),
        ({"starts_on": "02/02/2026", "expires_on": "01/02/2026"}, "expires_on"),
    ],
)
def test_a_licence_that_cannot_be_is_refused(stock, world, person, typed, field):
    page = person(world.nghiepvu_badinh).fill(f"{LIST}{stock[2].code}/ban-quyen/", **typed)
    assert page.status == 422
    assert page.errors(field)


def test_a_stale_licence_is_told(stock, world, person):
    clerk, url = person(world.nghiepvu_badinh), f"{LIST}{stock[1].code}/ban-quyen/"
    old = clerk.get(url).form()
    clerk.fill(url, seats="10")
    page = clerk.post(url, old | {"seats": "11"})
    assert page.status == 422
    assert "Nội dung bạn nhập vẫn còn nguyên" in page.main
    assert SoftwareLicence.objects.get(software=stock[1]).seats == 10


def test_installing_from_the_computer_and_from_the_software(stock, world, person):
    _, expired, plain, (one, two, _) = stock
    clerk = person(world.nghiepvu_badinh)
    link = clerk.get(f"/thiet-bi/{one.code}/").link("Ghi cài phần mềm")
    assert clerk.get(link).form()["devices"] == one.code
    assert clerk.fill(link, software=plain.code).status == 200
    assert "Kế toán" in clerk.get(f"/thiet-bi/{one.code}/?tab=phan-mem").main
    page = clerk.fill(f"{INSTALL}?phan-mem={expired.code}", devices=f"{one.code}\n{two.serial}")
    assert "bản quyền đã hết hạn" in page.text
    assert Installation.objects.filter(licence__software=expired, removed_on=None).count() == 2


def test_installing_on_ticked_rows_of_the_list(stock, world, person):
    clerk = person(world.nghiepvu_badinh)
    codes = [device.code for device in stock[3][:2]]
    page = clerk.post(INSTALL, {"id": codes})
    assert sorted(page.form()["devices"].split()) == codes


def test_over_use_asks_for_its_reason_at_the_field(stock, world, person):
    _, _, plain, devices = stock
    clerk = person(world.nghiepvu_badinh)
    typed = {"software": plain.code, "devices": "\n".join(device.code for device in devices)}
    page = clerk.fill(INSTALL, **typed)
    assert page.status == 422
    assert "còn 2 máy, bạn đang cài cho 3 máy" in page.errors("reason")
    done = clerk.fill(INSTALL, **typed, reason="Chờ mua thêm")
    assert "Có 1 máy vượt số bản quyền" in done.text


@pytest.mark.parametrize("foreign", ["software", "devices"])
def test_nothing_of_another_unit_may_be_named(stock, world, person, foreign):
    theirs = (
        Equipment.objects.get(name="Của Hoàn Kiếm")
        if foreign == "software"
        else computers(world, world.nghiepvu_hoankiem, 1, prefix="HK")[0]
    )
    typed = {"software": stock[2].code, "devices": stock[3][0].code} | {foreign: theirs.code}
    page = person(world.nghiepvu_badinh).fill(INSTALL, **typed)
    assert page.status == 422
    assert page.errors(foreign)
    assert Installation.objects.count() == 3


def test_removing(stock, world, person):
    over, _, _, (one, two, three) = stock
    clerk, today = person(world.nghiepvu_badinh), timezone.localdate()
    url = f"{LIST}{over.code}/go/"
    page = clerk.fill(f"{url}?thiet-bi={one.code}", reason="Đổi phần mềm", on=vn(today))
    assert "Đã ghi gỡ Văn phòng khỏi 1 máy" in page.text
    again = clerk.fill(url, devices=f"{one.code}\n{two.code}", reason="Thử")
    assert again.status == 422
    assert one.code in again.errors("devices")
    assert two.code not in again.errors("devices")
    assert clerk.fill(url, devices=three.code, reason="x", on=vn(today + timedelta(days=1))).errors("on")
    assert [row[0] for row in clerk.get(f"{LIST}{over.code}/?tab=da-go").rows] == [one.code]


def test_the_search_of_the_form_offers_the_units_own(stock, world, client_of):
    found = client_of(world.nghiepvu_badinh).get("/phan-mem/tim/", {"q": "van phong"}).json()
    assert [(row["id"], row["note"]) for row in found["results"]] == [(stock[0].code, "đã cài 3")]
    assert client_of(world.tracuu_badinh).get("/phan-mem/tim/").json()["results"] == []


def test_who_only_reads_cannot_write(stock, world, client_of):
    over = stock[0]
    for who in (world.tracuu_badinh, world.nghiepvu_hanoi, world.admin1):
        client = client_of(who)
        for url in (f"{LIST}{over.code}/ban-quyen/", f"{LIST}{over.code}/go/"):
            assert client.get(url).status_code == 403
            assert client.post(url).status_code == 403
    assert client_of(world.tracuu_badinh).get(INSTALL).status_code == 403


def test_what_has_moved_on_stays_in_the_lists(world, person):
    """The computer of one installation, the software of the other, went to another unit."""
    by = world.nghiepvu_badinh
    early = {"handover_date": past(30), "late_reason": "Chờ giấy tờ"}
    gone, here = computers(world, by, 2, **early)
    stays, leaves = (software(world, by, name=name, **early)[0] for name in ("Văn phòng", "Kế toán"))
    licences.install(stays, [gone], on=past(20), by=by)
    licences.install(leaves, [here], on=past(20), by=by)
    Equipment.objects.filter(pk=here.pk).update(name="Máy ở lại")
    received(world, [gone, leaves])
    clerk = person(by)
    page = clerk.get(f"{LIST}{stays.code}/?tab=da-go")
    assert [row[:2] for row in page.rows] == [[gone.code, gone.name]]
    assert f"/thiet-bi/{gone.code}/" not in page.links
    page = clerk.get(f"/thiet-bi/{here.code}/?tab=phan-mem")
    assert "Kế toán" in page.main
    assert f"{LIST}{leaves.code}/" not in page.links


def test_installing_is_offered_on_computers_only(world, person):
    (device,) = computers(world, world.nghiepvu_badinh, 1)
    clerk, url = person(world.nghiepvu_badinh), f"/thiet-bi/{device.code}/"
    assert "Ghi cài phần mềm" in clerk.get(url).main
    Equipment.objects.filter(pk=device.pk).update(category=Category.objects.create(code="MAY_IN", name="Máy in"))
    assert "Ghi cài phần mềm" not in clerk.get(url).main
