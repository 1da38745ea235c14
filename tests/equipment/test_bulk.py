"""One change to many devices: what is asked, what is shown, what is written, and what is refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event
from equipment.actions import bulk, equipment
from equipment.models import Equipment
from equipment.rules.bulk import APPEND, NO_ROOM, REPLACE, Wanted
from jobs.models import Job
from tests import world as w
from tests.equipment.bulk_pages import ROOM, URL, chosen, fields, look, make_stock, now, text, told, tree, write
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(world):
    return make_stock(world)


def test_everything_is_told_before_anything_is_written(client_of, world, stock):
    client = client_of(world.nghiepvu_badinh)
    before = told(now(stock))
    page = look(client, chosen(stock), room=ROOM, condition="poor")
    assert "Sửa 3 thiết bị?" in text(page)
    assert "1 thiết bị đã có giá trị này" in text(page)
    assert "2 thiết bị đã thanh lý hoặc đang điều chuyển" in text(page)
    rows = tree(page).xpath("//tbody/tr")
    assert len(rows) == 3
    assert "Tổ Thu" in rows[0].text_content()
    assert told(now(stock)) == before
    assert Job.objects.count() == 0


@pytest.mark.dieu("13.1")
def test_every_row_gets_its_history_and_its_event(client_of, world, stock):
    client = client_of(world.nghiepvu_badinh)
    answer = write(client, look(client, chosen(stock), room=ROOM, condition="poor", note="mới", note_mode=APPEND))
    page = client.get(answer.headers["Location"])
    assert "Đã sửa 4 thiết bị" in page.content.decode()
    room = world.units[ROOM]
    items = now(stock)
    assert told(items)[:4] == [
        (room.pk, "poor", "cũ\nmới", 3),
        (room.pk, "poor", "mới", 3),
        (room.pk, "poor", "mới", 2),
        (room.pk, "poor", "mới", 2),
    ]
    assert [item.version for item in items[4:]] == [1, 1]
    for item in items[:4]:
        row = item.history.first()
        assert (row.history_type, row.history_user, row.history_change_reason) == (
            "~",
            world.nghiepvu_badinh,
            "Sửa hàng loạt: Kiểm kê",
        )
        assert (row.room_id, row.condition, row.note, row.version) == (
            item.room_id,
            item.condition,
            item.note,
            item.version,
        )
        event = Event.objects.filter(subject_id=item.pk, kind="equipment.updated").get()
        assert (event.unit_id, event.actor, event.payload) == (
            item.unit_id,
            world.nghiepvu_badinh,
            {"reason": "Sửa hàng loạt: Kiểm kê"},
        )
    seen = client.get(f"/thiet-bi/{items[0].code}/?tab=dien-bien").content.decode()
    assert "Sửa hàng loạt: Kiểm kê" in seen


@pytest.mark.parametrize(
    ("typed", "before", "after"),
    [
        ({"note_mode": REPLACE, "note": ""}, "cũ", ""),
        ({"note_mode": REPLACE, "note": "khác"}, "cũ", "khác"),
        ({"note_mode": APPEND, "note": "dòng hai\ndòng ba"}, "cũ", "cũ\ndòng hai\ndòng ba"),
        ({"note_mode": APPEND, "note": "một"}, "", "một"),
    ],
)
def test_notes_are_replaced_or_added_to(client_of, world, stock, typed, before, after):
    item = stock[0]
    Equipment.objects.filter(pk=item.pk).update(note=before)
    client = client_of(world.nghiepvu_badinh)
    write(client, look(client, chosen([item]), **typed))
    assert now([item])[0].note.replace("\r", "") == after


def test_nothing_of_a_note_is_cut_off(client_of, world, stock):
    Equipment.objects.filter(pk=stock[0].pk).update(note="a" * 1990)
    client = client_of(world.nghiepvu_badinh)
    page = look(client, chosen(stock[:3]), note_mode=APPEND, note="mười một chữ")
    assert "1 thiết bị có ghi chú sẽ dài quá 2.000 ký tự" in text(page)
    write(client, page)
    assert [item.version for item in now(stock[:3])] == [2, 3, 2]


def test_a_room_is_taken_away(client_of, world, stock):
    client = client_of(world.nghiepvu_badinh)
    page = look(client, chosen(stock[:3]), room=NO_ROOM)
    assert "2 thiết bị đã có giá trị này" in text(page)
    write(client, page)
    assert [item.room_id for item in now(stock[:3])] == [None] * 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Hãy chọn ít nhất một thay đổi"),
        ({"condition": "poor", "reason": ""}, "Hãy nhập lý do sửa"),
        ({"condition": "gone"}, "Hãy chọn một lựa chọn hợp lệ"),
        ({"note": "x"}, "Hãy chọn ghi thêm hay thay ghi chú cũ"),
        ({"note_mode": APPEND}, "Hãy nhập nội dung ghi thêm"),
        ({"condition": "poor", "reason": "a" * 86}, "85"),
        ({"room": "48.P1"}, "Hãy chọn một lựa chọn hợp lệ"),
        ({"room": "01.002"}, "Hãy chọn một lựa chọn hợp lệ"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client_of, world, stock, typed, said):
    page = look(client_of(world.nghiepvu_badinh), chosen(stock), **typed)
    assert page.status_code == 422
    assert tree(page).xpath("//*[contains(@class, 'error-summary')]")
    assert said in text(page)


def test_going_back_keeps_what_was_typed(client_of, world, stock):
    client = client_of(world.nghiepvu_badinh)
    page = look(client, chosen(stock), room=ROOM, note_mode=APPEND, note="Dòng một\nDòng hai")
    again = client.post(URL, {**fields(page), "step": "sua"})
    data = fields(again)
    assert (data["room"], data["note_mode"], data["reason"]) == ([ROOM], [APPEND], ["Kiểm kê"])
    assert data["note"][0].split() == ["Dòng", "một", "Dòng", "hai"]
    assert data["id"] == [item.code for item in reversed(stock)]


@pytest.mark.dieu("6")
class TestWhoseDevices:
    def test_foreign_codes_are_passed_over(self, client_of, world, stock):
        theirs = w.devices(taken_in(world, world.nghiepvu_danang, ["DN1"]))
        client = client_of(world.nghiepvu_badinh)
        page = look(client, chosen([stock[2], *theirs]), condition="poor")
        assert "Sửa 1 thiết bị?" in text(page)
        assert theirs[0].code not in page.content.decode()
        write(client, page, id=[stock[2].code, theirs[0].code])
        assert now(theirs)[0].condition == "good"
        assert client.post(URL, chosen(theirs)).headers["Location"] == "/thiet-bi/"

    def test_seen_but_not_recorded_for_is_refused_with_the_count(self, client_of, world, stock):
        """A province sees its districts' devices and records for its own only (art. 6)."""
        own = w.devices(taken_in(world, world.nghiepvu_hanoi, ["HN1"]))
        client = client_of(world.nghiepvu_hanoi)
        page = client.post(URL, chosen([*stock, *own]))
        assert "6 thiết bị thuộc đơn vị mà bạn không cập nhật dữ liệu" in text(page)
        page = look(client, chosen([*stock, *own]), condition="poor", room="01.P1")
        assert "Sửa 1 thiết bị?" in text(page)
        assert "6 thiết bị thuộc đơn vị mà bạn không cập nhật" in text(page)
        write(client, page)
        assert [item.condition for item in now(own)] == ["poor"]
        assert {item.version for item in now(stock)} == {1, 2}
        page = client.post(URL, chosen(stock))
        assert not tree(page).xpath("//main//form")

    @pytest.mark.parametrize("who", ["tracuu_badinh", "admin2_hanoi", "admin1", "ttcntt"])
    def test_who_records_for_nobody_is_refused(self, client_of, world, stock, who):
        client = client_of(getattr(world, who))
        assert client.post(URL, chosen(stock)).status_code == 403
        assert "Sửa hàng loạt" not in client.get("/thiet-bi/").content.decode()

    @pytest.mark.dieu("13.7")
    def test_rooms_only_where_all_are_of_one_unit(self, client_of, world):
        """Văn phòng records for the Vụ in its custody too (art. 13.7)."""
        by = world.vanphong
        own = w.devices(taken_in(world, by, ["VP1"]))
        kept = w.devices(taken_in(world, by, ["PC1"], unit=world.units["00.PC"]))
        client = client_of(by)
        page = client.post(URL, chosen([*own, *kept]))
        assert "thuộc nhiều đơn vị nên không đổi phòng, tổ" in text(page)
        assert "room" not in fields(page)
        page = look(client, chosen([*own, *kept]), room=ROOM, condition="fair")
        write(client, page, room=ROOM)
        assert [(i.room_id, i.condition) for i in now([*own, *kept])] == [(None, "fair")] * 2
        units = Event.objects.filter(kind="equipment.updated").values_list("unit__code", flat=True)
        assert sorted(units) == ["00.PC", "00.VP"]

    @pytest.mark.parametrize("room", ["48.P1", "01.001", "01.002", "khong-co"])
    def test_a_foreign_room_gets_past_no_action(self, world, stock, room):
        """Whatever a form lets through."""
        by = world.nghiepvu_badinh
        frozen = bulk.freeze(Equipment.objects.visible_to(by), count=6, by=by)
        with pytest.raises(bulk.DomainError, match="hòng, tổ này"):
            bulk.change_many(frozen.pks, seen=frozen.fingerprint, wanted=Wanted(room=room), reason="x", by=by)
        assert {item.room_id for item in now(stock)} == {None, world.units[ROOM].pk}


class TestMeanwhile:
    def test_a_device_that_was_edited_asks_again(self, client_of, world, stock):
        client = client_of(world.nghiepvu_badinh)
        page = look(client, chosen(stock[:3]), condition="poor")
        item = stock[2]
        equipment.describe(item, values={"note": "khác"}, reason="Sửa", by=world.nghiepvu_badinh, version=item.version)
        again = write(client, page)
        assert again.status_code == 422
        assert "chưa ghi gì" in text(again)
        assert now([item])[0].condition == "good"
        done = write(client, again)
        assert done.status_code == 302
        assert now([item])[0].condition == "poor"

    def test_a_list_that_grew_asks_again(self, client_of, world, stock):
        client = client_of(world.nghiepvu_badinh)
        page = look(client, {"all": "1", "filter": "?q=sn&view=all", "expected": "6"}, condition="poor")
        taken_in(world, world.nghiepvu_badinh, ["SN77"])
        again = write(client, page)
        assert again.status_code == 422
        assert "Đã chọn 7 thiết bị" in text(again)
        assert "Sửa 4 thiết bị?" in text(again)
        assert Equipment.objects.filter(condition="poor").count() == 1

    def test_the_frozen_count_is_told_when_it_differs(self, client_of, world, stock):
        client = client_of(world.nghiepvu_badinh)
        page = client.post(URL, {"all": "1", "filter": "", "expected": "9"})
        assert "lúc bạn chọn có 9 thiết bị, nay có 6" in text(page)

    @pytest.mark.parametrize("typed", [{"condition": "fair"}, {"note_mode": APPEND, "note": "thêm"}])
    def test_a_second_press_does_nothing_twice(self, client_of, world, stock, typed):
        client = client_of(world.nghiepvu_badinh)
        page = look(client, chosen(stock[:3]), **typed)
        first, second = write(client, page), write(client, page)
        assert first.headers["Location"] == second.headers["Location"]
        assert [item.version for item in now(stock[:3])] == [3, 3, 2]
        assert Event.objects.filter(kind="equipment.updated").count() == 3

    @pytest.mark.parametrize("seen", ["", "0" * 64, "x"])
    def test_a_forged_fingerprint_writes_nothing(self, client_of, world, stock, seen):
        client = client_of(world.nghiepvu_badinh)
        page = look(client, chosen(stock), condition="fair")
        assert write(client, page, seen=seen).status_code == 422
        assert not Equipment.objects.filter(condition="fair").exists()

    def test_nothing_to_change_offers_no_button(self, client_of, world, stock):
        page = look(client_of(world.nghiepvu_badinh), chosen(stock[4:]), condition="poor")
        assert "Không có thiết bị nào cần sửa" in text(page)
        assert not tree(page).xpath("//button[@value='ghi']")


def test_queries_do_not_grow_with_the_rows(client_of, world):
    devices = w.devices(taken_in(world, world.nghiepvu_badinh, [f"SN{n}" for n in range(60)]))
    client = client_of(world.nghiepvu_badinh)

    def cost(items, condition):
        with CaptureQueriesContext(connection) as seen:
            page = look(client, chosen(items), condition=condition)
            done = write(client, page)
            assert client.get(done.headers["Location"]).status_code == 200
        return len(seen)

    cost(devices[:2], "poor")  # what is remembered from one request to the next
    few = cost(devices[:2], "fair")
    assert cost(devices, "poor") == few


def test_more_than_the_most_is_refused(client_of, world, stock, monkeypatch):
    monkeypatch.setattr("equipment.actions.bulk.MOST", 5)
    client = client_of(world.nghiepvu_badinh)
    assert client.post(URL, chosen(stock)).status_code == 302
    assert re.search(r"nhiều nhất 5 thiết bị", client.get("/thiet-bi/").content.decode())
