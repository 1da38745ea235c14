"""The pages of hand-overs as people use them."""

import pytest
from django.urls import reverse

from core.models import Document
from equipment.models import Assignment, Equipment, Holding
from tests.assignment.support import fresh, give_back, hand_over
from tests.equipment.pages import Person
from tests.printing.read import texts
from tests.transfers.support import received
from tests.world import pdf_file


@pytest.fixture
def clerk(office, client_of):
    return Person(client_of(office.by))


def device_page(office, at=0):
    return f"/thiet-bi/{office.stock[at].code}/"


@pytest.mark.dieu("7.2")
def test_from_the_page_of_a_device_to_a_person_and_back(office, clerk):
    url = f"/ban-giao/moi/?thiet-bi={office.stock[0].code}"
    assert url in clerk.get(device_page(office)).links
    form = clerk.get(url).form()
    assert form["devices"] == office.stock[0].code
    done = clerk.post("/ban-giao/moi/", form | {"employee": "HR1"})
    assert "Đã bàn giao" in done.text
    dossier = Assignment.objects.get()
    assert dossier.number in done.main
    here = clerk.get(device_page(office))
    assert "Nguyễn Văn An" in here.main
    assert dossier.number in clerk.get(device_page(office) + "?tab=nguoi-giu").main
    assert "Bàn giao sử dụng" in clerk.get(device_page(office) + "?tab=ho-so").main
    back = clerk.get(here.link("Thu hồi về kho")).form()
    assert "Đã thu hồi" in clerk.post("/ban-giao/tra/", back).text
    assert Equipment.objects.get(pk=office.stock[0].pk).status == "in_stock"


def test_many_from_the_list(office, clerk):
    codes = [device.code for device in office.stock]
    page = clerk.post("/ban-giao/moi/", {"id": codes})
    assert sorted(page.form()["devices"].split("\n")) == sorted(codes)
    clerk.post("/ban-giao/moi/", page.form() | {"room": "01.001.T1"})
    assert Holding.objects.filter(room=office.room, until=None).count() == 4


def test_the_same_form_sent_twice_makes_one_dossier(office, clerk):
    form = clerk.get(f"/ban-giao/moi/?thiet-bi={office.stock[0].code}").form() | {"employee": "HR1"}
    first = clerk.post("/ban-giao/moi/", form)
    again = clerk.post("/ban-giao/moi/", form)
    assert Assignment.objects.count() == 1
    assert first.status == 200
    assert again.status in {200, 422}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"employee": "", "room": ""}, "employee"),
        ({"employee": "HR9"}, "employee"),
        ({"employee": "HR3"}, "employee"),
        ({"employee": "HR1", "room": "01.002.T1"}, "room"),
        ({"employee": "HR1", "devices": "KHONG-CO"}, "devices"),
        ({"employee": "HR1", "devices": ""}, "devices"),
        ({"employee": "HR1", "on": "31/12/2999"}, "on"),
        ({"employee": "HR1", "on": "x"}, "on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(office, clerk, typed, field):
    page = clerk.fill(f"/ban-giao/moi/?thiet-bi={office.stock[0].code}", **typed)
    assert (page.status, bool(page.errors(field))) == (422, True), page.text
    assert not Assignment.objects.exists()


def test_a_device_of_another_unit_is_unknown(office, clerk):
    page = clerk.fill("/ban-giao/moi/", devices=office.foreign_device.code, employee="HR1")
    assert "Không có thiết bị" in page.errors("devices")


def test_the_form_is_printed_and_frozen_and_its_scan_kept(office, clerk):
    dossier = hand_over(office, *office.stock[:2], to=office.an, keeper_name="Đỗ Thị Kho", note="Kèm túi đựng")
    page = clerk.get(f"/ban-giao/{dossier.number}/")
    assert "Phát hành Biên bản bàn giao sử dụng" in page.buttons()
    clerk.post(reverse("assignments:issue", args=[dossier.number, "form_use"]))
    form = Document.objects.get(kind="form_use")
    text = " ".join(texts(b"".join(clerk.client.get(f"/tep/{form.public_id}/").streaming_content)))
    for told in (dossier.number, "Nguyễn Văn An", "Đỗ Thị Kho", "Kèm túi đựng", *(d.code for d in office.stock[:2])):
        assert told in text
    clerk.post(reverse("assignments:issue", args=[dossier.number, "form_use"]))
    assert Document.objects.filter(kind="form_use").count() == 1
    attach = reverse("assignments:attach", args=[dossier.number])
    assert "Đã tải lên" in clerk.post(attach, {"kind": "signed_form", "file": pdf_file()}).text


def test_a_dossier_keeps_the_devices_that_have_moved_on(office, clerk):
    gone, here = office.stock[:2]
    dossier = hand_over(office, gone, here, to=office.an)
    url = f"/ban-giao/{dossier.number}/"
    received(office.world, [fresh(gone)[0]])
    page = clerk.get(url)
    for device in (gone, here):
        assert device.code in page.main
        assert device.serial in page.main
    assert [f"/thiet-bi/{device.code}/" in page.links for device in (gone, here)] == [False, True]
    assert clerk.get(page.link("Thu hồi các thiết bị này")).form()["devices"] == here.code
    clerk.post(reverse("assignments:issue", args=[dossier.number, "form_use"]))
    form = Document.objects.get(kind="form_use")
    text = " ".join(texts(b"".join(clerk.client.get(f"/tep/{form.public_id}/").streaming_content)))
    for told in (gone.code, here.code, "2 thiết bị"):
        assert told in text
    give_back(office, here)
    assert "Thu hồi các thiết bị này" not in clerk.get(url).main


def test_what_i_hold(office, client_of):
    me = Person(client_of(office.world.tracuu_badinh))
    assert "nhờ người giữ tài khoản nghiệp vụ" in me.get("/ban-giao/cua-toi/").main
    assert "“Sửa thông tin”" in Person(client_of(office.by)).get("/ban-giao/cua-toi/").main
    office.an.account = office.world.tracuu_badinh
    office.an.save()
    hand_over(office, office.stock[0], to=office.an)
    hand_over(office, office.stock[1], to=office.binh)
    page = me.get("/ban-giao/cua-toi/")
    assert office.stock[0].code in page.main
    assert office.stock[1].code not in page.main


def test_a_person_s_page_lists_the_devices(office, clerk):
    hand_over(office, office.stock[0], to=office.an)
    page = clerk.get("/can-bo/HR1/")
    assert office.stock[0].code in page.main
    assert clerk.get(page.link("Thu hồi thiết bị")).form()["devices"] == office.stock[0].code
    assert clerk.get(page.link("Bàn giao thiết bị")).form()["employee"] == "HR1"


def test_whoever_only_looks_can_not_hand_over(office, client_of):
    me = Person(client_of(office.world.tracuu_badinh))
    assert me.get("/ban-giao/moi/").status == 403
    assert "Bàn giao" not in me.get(device_page(office)).links


def test_a_held_device_changes_its_holder_by_a_hand_over_only(office, clerk):
    hand_over(office, office.stock[0], to=office.an)
    page = clerk.fill(f"/thiet-bi/{office.stock[0].code}/sua/", holder_name="Người khác", reason="Sửa")
    assert (page.status, "bàn giao" in page.errors("holder_name")) == (422, True)
    page = clerk.fill(f"/thiet-bi/{office.stock[0].code}/sua/", note="Ở quầy 3", reason="Ghi chú")
    assert page.status == 200
