"""Pages of what is sent; who looks after the way; identifiers one by one and as a list."""

import pytest
from django.urls import reverse

from dispatch import actions
from dispatch.actions.identifiers import name_agency
from dispatch.models import AgencyIdentifier
from dispatch.queries.sendings import failed_for
from dispatch.rules import State
from tests.dispatch.support import sent

pytestmark = pytest.mark.django_db


def text(client, address, status=200, **data):
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode().split("<main")[-1]


def test_both_sides_see_it_and_its_package(world, client_of):
    row = sent(world)
    for who in ("nghiepvu_hanoi", "ttcntt", "admin1"):
        browser = client_of(world.users[who])
        assert row.number in text(browser, "/gui-nhan/")
        assert "Đã đến" in text(browser, f"/gui-nhan/{row.number}/")
        file = browser.get(f"/gui-nhan/{row.number}/goi/")
        assert b"".join(file.streaming_content) == bytes(row.package.content)
        assert file["Content-Disposition"].endswith(f'{row.number}.edxml"')
    for address in ("", "goi/", "gui-lai/"):
        stranger = client_of(world.nghiepvu_danang).get(f"/gui-nhan/{row.number}/{address}")
        assert stranger.status_code == 404


def test_the_list_parts_what_went_from_what_came(world, client_of):
    out, came = sent(world), sent(world, sender="01.001", receiver="01", by=world.nghiepvu_badinh)
    browser = client_of(world.nghiepvu_hanoi)
    went = text(browser, "/gui-nhan/?huong=di")
    assert out.number in went
    assert came.number not in went
    assert came.number in text(browser, "/gui-nhan/?huong=den")


def test_a_failed_one_is_counted_and_sent_again(world, client_of, out_folder):
    out_folder.rmdir()
    row = sent(world)
    row.give_up_at = row.created_at
    row.save()
    actions.deliver(row.pk)
    browser = client_of(world.nghiepvu_hanoi)
    page = text(browser, f"/gui-nhan/{row.number}/?tab=goi")
    assert "Không gửi được" in page
    assert "Gửi lại" in page
    assert str(out_folder) not in page  # where it leads is for who looks after it
    assert str(out_folder) in text(client_of(world.admin1), f"/gui-nhan/{row.number}/?tab=goi")
    assert list(failed_for(world.nghiepvu_hanoi)) == [row]
    assert not failed_for(world.nghiepvu_danang).exists()
    text(browser, f"/gui-nhan/{row.number}/gui-lai/", 302, yes="1")
    row.refresh_from_db()
    assert row.state == State.QUEUED
    text(client_of(world.tracuu_hanoi), f"/gui-nhan/{row.number}/gui-lai/", 403)


def test_who_looks_after_the_way(world, client_of, out_folder):
    out_folder.rmdir()
    row = sent(world)
    actions.deliver(row.pk)
    browser = client_of(world.admin1)
    page = text(browser, reverse("dispatch:health"))
    for words in ("Thư mục trao đổi", str(out_folder), row.number, "Có gói đang thử lại"):
        assert words in page
    answer = browser.post(reverse("dispatch:check"), follow=True).content.decode()
    assert "Không thấy thư mục trao đổi" in answer
    out_folder.mkdir()
    assert "Kết nối tốt" in browser.post(reverse("dispatch:check"), follow=True).content.decode()
    for who in ("nghiepvu_hanoi", "admin2_hanoi", "ttcntt"):
        assert client_of(world.users[who]).get(reverse("dispatch:health")).status_code == 403


def test_a_way_that_doesnt_exist_is_told_and_never_an_error(world, client_of, settings):
    settings.DISPATCH_ADAPTER = "fax"
    browser = client_of(world.admin1)
    assert "Khai báo sai" in text(browser, reverse("dispatch:health"))
    assert "Chưa kết nối được" in browser.post(reverse("dispatch:check"), follow=True).content.decode()


def test_an_identifier_is_entered_changed_and_taken_away(world, client_of):
    browser, address = client_of(world.admin1), "/gui-nhan/ma-dinh-danh/01/"
    assert "Khi chưa nhập, gói ghi mã 01" in text(browser, address)
    data = {"organ_id": "000.00.01.A02", "in_charge": "", "source": "Công văn 12", "version": 0}
    text(browser, address, 302, **data)
    assert AgencyIdentifier.objects.get().organ_id == "000.00.01.A02"
    assert "000.00.01.A02" in text(browser, "/gui-nhan/ma-dinh-danh/")
    assert "đang là của BHXH thành phố Hà Nội" in text(browser, "/gui-nhan/ma-dinh-danh/48/", 422, **data)
    assert "Mã định danh gồm" in text(browser, "/gui-nhan/ma-dinh-danh/48/", 422, **{**data, "organ_id": "a b"})
    assert "đã thay đổi trong lúc bạn nhập" in text(browser, address, 422, **{**data, "version": 7, "organ_id": "X1"})
    text(browser, address, 302, **{**data, "version": 1, "organ_id": ""})
    assert not AgencyIdentifier.objects.exists()
    assert list(AgencyIdentifier.history.values_list("history_type", flat=True)) == ["-", "+"]


def test_a_list_of_identifiers_is_all_or_nothing(world, client_of):
    name_agency(world.units["48"], organ_id="D1", in_charge="", source="", by=world.admin1, version=0)
    browser, address = client_of(world.admin1), "/gui-nhan/ma-dinh-danh/nhap/"
    bad = "01;000.01\n\n77;A1\n01.001\tD1\n48;x y"
    page = text(browser, address, 422, text=bad, source="Công văn 12")
    for words in ("Dòng 3: không có đơn vị", "Dòng 4: Mã D1 đang là của", "Dòng 5: Mã định danh gồm"):
        assert words in page
    assert AgencyIdentifier.objects.count() == 1
    good = "01; 000.01 ; BHXH Việt Nam\n01.001\t000.01.1\n48;D1"
    assert "2 mã định danh" in browser.post(address, {"text": good, "source": "CV 12"}, follow=True).content.decode()
    found = AgencyIdentifier.objects.values_list("unit__code", "organ_id", "in_charge")
    assert set(found) == {("01", "000.01", "BHXH Việt Nam"), ("01.001", "000.01.1", ""), ("48", "D1", "")}


def test_pages_cost_the_same_however_many_rows(world, client_of, django_assert_max_num_queries):
    """Two of them are the savepoint of the test's own transaction."""
    for _ in range(3):
        sent(world)
    browser = client_of(world.ttcntt)
    browser.get("/gui-nhan/")
    with django_assert_max_num_queries(14):
        browser.get("/gui-nhan/")
    number = sent(world).number
    browser.get(f"/gui-nhan/{number}/")
    with django_assert_max_num_queries(14):
        browser.get(f"/gui-nhan/{number}/")
