"""Transfers as people of both sides see and make them."""

import io

import pypdf
import pytest
from django.utils import timezone

from core.models import DocumentKind, Event
from equipment.actions import equipment as describing
from equipment.models import Equipment
from tests.equipment.papers import downloaded
from tests.equipment.support import vn
from tests.transfers import support as s
from tests.world import past, pdf_file
from transfers.actions import draft
from transfers.models import Transfer
from transfers.rules import Arrival, Outcome, Result, State

pytestmark = pytest.mark.django_db
MARKERS = ("Người giữ riêng", "Ghi chú riêng", "Tổ Thu", "bien-ban.pdf", "TN-01.001", "Công ty TNHH Thiết bị Sao Mai")
"""What the sender's people, rooms, notes and papers leave on a device."""


def marked(world, many=1):
    """Devices of the sender with everything that must stay behind."""
    chosen = s.stock(world, many)
    for device in chosen:
        describing.describe(
            device,
            values={
                "holder_name": MARKERS[0],
                "note": MARKERS[1],
                "room": world.units["01.001.T1"],
                "condition": "fair",
            },
            reason=f"Giao cho {MARKERS[0]}",
            by=world.nghiepvu_badinh,
            version=device.version,
        )
        device.refresh_from_db()
    return chosen


@pytest.mark.dieu("9")
def test_the_whole_way_on_the_screen(world, person):
    (chosen,) = marked(world)
    sender, receiver = person(world.nghiepvu_badinh), person(world.nghiepvu_hoankiem)
    (step,) = [link for link in sender.get(f"/thiet-bi/{chosen.code}/").links if "dieu-chuyen/moi" in link]
    form = sender.get(step)
    assert form.form()["devices"] == chosen.code
    page = sender.post(form.url, form.form() | {"receiver": "01.002", "reason": "Thừa so với định mức"})
    number = Transfer.objects.get().number
    url = f"/dieu-chuyen/{number}/"
    assert (page.status, page.url) == (200, url)
    assert receiver.get(url).status == 404, "a draft is nobody else's"
    page = sender.fill(
        f"{url}quyet-dinh/", number="12/QĐ-BHXH", day=vn(timezone.localdate()), signer="Ông Ký", file=pdf_file("qd.pdf")
    )
    assert page.status == 200, page.summary
    assert "Bàn giao" in " ".join(page.buttons())
    seen = receiver.get(url)
    assert seen.status == 200
    assert "qd.pdf" in seen.text
    assert downloaded(receiver, seen.link("qd.pdf")).startswith(b"%PDF")
    assert receiver.get("/").tree.xpath('//nav//a[contains(@href,"dieu-chuyen")]//*[contains(@class,"badge")]') == []
    page = sender.fill(f"{url}ban-giao/", giver_name="Trần Giao", receiver_name="Lê Nhận", place="Trụ sở")
    assert page.status == 200, page.summary
    badge = receiver.get("/").tree.xpath('//a[contains(@href,"dieu-chuyen")]//*[contains(@class,"badge")]/text()')
    assert [text.strip() for text in badge] == ["1"], "what waits for me"
    assert receiver.get(f"/thiet-bi/{chosen.code}/").status == 404
    form = receiver.get(receiver.get(url).link("Kiểm nhận"))
    assert form.form()["receiver_name"] == "Lê Nhận"
    page = receiver.post(form.url, form.form())
    assert page.status == 422
    assert "result_1" in page.summary or page.errors("result_1")
    page = receiver.post(form.url, form.form() | {"result_1": "received"})
    assert page.status == 200, page.summary
    assert "đã vào sổ của đơn vị" in page.text
    assert receiver.get(f"/thiet-bi/{chosen.code}/").status == 200
    assert sender.get(f"/thiet-bi/{chosen.code}/").status == 404
    assert sender.get(f"{url}?tab=thiet-bi").link(chosen.code) == f"{url}thiet-bi/{chosen.code}/"


def everything(one, url):
    """All tabs of a record, and its paper."""
    page = one.get(url)
    tabs = [a.get("href") for a in page.tree.xpath('//a[contains(@href,"tab=")]')]
    told = [page.main, *(one.get(url + tab.partition("/")[2] if tab.startswith("?") else tab).main for tab in tabs)]
    assert len(told) > 3
    paper = one.client.get(url, {"in": "pdf"})
    pdf = b"".join(paper.streaming_content) if paper.streaming else paper.content
    told.append(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    return " ".join(" ".join(told).split())


def tabs_of(one, url, *names):
    return " ".join(one.get(f"{url}?tab={name}").main for name in names)


DEVICE_TABS = ("chi-tiet", "ho-so", "tai-lieu", "dien-bien", "but-toan")


def test_what_the_receiver_sees_of_the_device(world, person):
    (chosen,) = marked(world)
    made = s.received(world, [chosen])
    receiver = person(world.nghiepvu_hoankiem)
    told = tabs_of(receiver, f"/thiet-bi/{chosen.code}/", *DEVICE_TABS)
    told += tabs_of(receiver, f"/dieu-chuyen/{made.number}/", "ho-so", "thiet-bi", "dien-bien")
    told += everything(receiver, f"/thiet-bi/{chosen.code}/")
    for word in (*MARKERS, "Người dùng nghiepvu.badinh – "):
        assert word not in told, word
    assert "BHXH quận Ba Đình" in told
    assert "Ghi vào sổ thiết bị" in told, "its beginning belongs to it"
    assert "Trung bình" in told, "and its condition then"
    assert "Bút toán tại đơn vị trước" in told


def test_repairs_belong_to_the_device(world, person):
    (chosen,) = marked(world)
    told = {"reason": "Sửa vì Người giữ riêng", "dossier": "SC-01.001-2026-0009", "detail": "Thay nguồn"}
    Event.objects.create(kind="equipment.repaired", subject=chosen, unit=chosen.unit, payload=told)
    s.received(world, [chosen])
    text = person(world.nghiepvu_hoankiem).get(f"/thiet-bi/{chosen.code}/?tab=dien-bien").main
    assert "Sửa chữa, bảo trì xong" in text
    assert not [word for word in ("Người giữ riêng", "SC-01.001", "Thay nguồn") if word in text]


def test_who_sees_both_units_reads_nothing_twice(world, person):
    (chosen,) = marked(world)
    s.received(world, [chosen])
    url = f"/thiet-bi/{chosen.code}/"
    for who in ("nghiepvu_hanoi", "ttcntt", "admin1"):
        page = person(getattr(world, who)).get(f"{url}?tab=but-toan")
        assert "Bút toán tại đơn vị trước" not in page.text
        assert len(page.rows) == 3
    page = person(world.nghiepvu_hoankiem).get(f"{url}?tab=but-toan")
    assert len(page.rows) == 3, "its own line, and two from before"
    entries = person(world.nghiepvu_hanoi).get(f"{url}?tab=dien-bien").main
    assert entries.count("Ghi vào sổ thiết bị") == 1


def test_the_sender_keeps_the_record_up_to_the_hand_over(world, person):
    (chosen,) = marked(world)
    made = s.received(world, [chosen])
    url = f"/dieu-chuyen/{made.number}/thiet-bi/{chosen.code}/"
    chosen.refresh_from_db()
    describing.describe(
        chosen,
        values={"holder_name": "Người bên nhận", "note": "Chuyện về sau", "name": "Tên mới"},
        reason="Việc về sau",
        by=world.nghiepvu_hoankiem,
        version=chosen.version,
    )
    for who in ("nghiepvu_badinh", "tracuu_badinh"):
        one = person(getattr(world, who))
        told = tabs_of(one, url, "chi-tiet", "dien-bien", "but-toan")
        assert MARKERS[0] in told
        assert "Điều chuyển đi" in told
        for later in ("Người bên nhận", "Chuyện về sau", "Tên mới", "Việc về sau", "Điều chuyển đến"):
            assert later not in told, later
        assert one.get(f"/thiet-bi/{chosen.code}/").status == 404
        assert chosen.code not in one.get("/thiet-bi/").text
    assert person(world.nghiepvu_hanoi).get(url).status == 200, "its superior"
    for who in ("nghiepvu_hoankiem", "nghiepvu_danang"):
        assert person(getattr(world, who)).get(url).status == 404


ROLES = ("nghiepvu_badinh", "tracuu_badinh", "nghiepvu_hoankiem", "nghiepvu_hanoi", "tracuu_hanoi", "admin2_hanoi",
         "ttcntt", "admin1", "nghiepvu_danang", "vanphong")  # fmt: skip
SIDES = {"sender": "nghiepvu_badinh", "receiver": "nghiepvu_hoankiem"}
STEPS = {
    "edit": ("sua", "draft", "sender"),
    "prepare": ("chuan-bi", "draft", "sender"),
    "decide": ("quyet-dinh", "draft", "sender"),
    "hand_over": ("ban-giao", "decided", "sender"),
    "receive": ("nhan", "handed_over", "receiver"),
    "settle": ("chenh-lech", "difference", "sender"),
    "cancel": ("huy", "decided", "sender"),
}


def in_state(world, state, many=2):
    chosen = s.stock(world, many)
    if state == "cancelled":
        return draft.cancel(s.drafted(world, chosen), reason="Nhầm", by=world.nghiepvu_badinh)
    if state in {"partly_received", "refused"}:
        made = s.handed_over(world, chosen)
        other = {"p2": Arrival(Result.RECEIVED)} if state == "partly_received" else {}
        return s.settle(world, s.receive(world, made, result=Result.REFUSED, **other))
    return {
        "draft": s.drafted,
        "decided": s.decided,
        "handed_over": s.handed_over,
        "difference": s.difference,
        "received": s.received,
    }[state](world, chosen)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_as_every_role(world, person, step):
    path, state, side = STEPS[step]
    made = in_state(world, state)
    shared = state != "draft"
    for who in ROLES:
        one, url = person(getattr(world, who)), f"/dieu-chuyen/{made.number}/{path}/"
        sees = who not in {"nghiepvu_danang", "vanphong"} and (shared or who != "nghiepvu_hoankiem")
        expected = 200 if who == SIDES[side] else (403 if sees else 404)
        assert one.get(url).status == expected, who
        if expected != 200:
            assert one.post(url, {"version": made.version}).status == expected, who
    made.refresh_from_db()
    assert made.state == state


STATES = [state.value for state in State]
REACHED = {
    ("draft", "decide"), ("decided", "hand_over"), ("handed_over", "receive"), ("difference", "receive"),
    ("difference", "settle"), ("draft", "cancel"), ("decided", "cancel"), ("cancelled", "restore"),
}  # fmt: skip
ACTS = ("decide", "hand_over", "receive", "settle", "cancel", "restore")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_every_pair_of_states(world, person, state, act):
    """Each step from each state: where the workflow has none it is refused, and nothing changes."""
    made = in_state(world, state)
    sender, receiver = person(world.nghiepvu_badinh), person(world.nghiepvu_hoankiem)
    url, day = f"/dieu-chuyen/{made.number}/", vn(timezone.localdate())
    s.paper(made, world.nghiepvu_badinh, DocumentKind.LOSS_MINUTES)
    each = {f"result_{n}": "received" for n in (1, 2)} | {f"outcome_{n}": "returned" for n in (1, 2)}
    typed = {"version": made.version, "on": day, "reason": "Vì thế", "number": "1", "day": day, "signer": "A",
             "giver_name": "A", "receiver_name": "B", "file": pdf_file(), **each}  # fmt: skip
    one = receiver if act == "receive" else sender
    paths = {"restore": "khoi-phuc", **{name: path for name, (path, *_) in STEPS.items()}}
    page = one.post(f"{url}{paths[act]}/", typed)
    made.refresh_from_db()
    if (state, act) in REACHED:
        assert (page.status, made.state != state) == (200, True), page.summary
    else:
        # The button of taking up again has no page of its own to answer on.
        assert page.status in ({200} if act == "restore" else {403, 404, 422})
        assert made.state == state
        assert page.status == 404 or made.number in page.text
        assert page.status != 422 or "Hồ sơ" in page.summary


def test_a_stale_form_is_told_what_changed(world, person):
    made = in_state(world, "draft")
    one, url = person(world.nghiepvu_badinh), f"/dieu-chuyen/{made.number}/quyet-dinh/"
    form = one.get(url).form()
    one.fill(f"/dieu-chuyen/{made.number}/sua/", reason="Lý do đã sửa")
    page = one.post(url, form | {"number": "1", "day": vn(past(0)), "signer": "A", "file": pdf_file()})
    assert page.status == 422
    assert "Lý do đã sửa" in page.summary
    page = one.post(url, page.form() | {"file": pdf_file()})
    assert page.status == 200, page.summary


def test_the_second_press_is_told_who_did_it(world, person):
    made = in_state(world, "handed_over")
    one, url = person(world.nghiepvu_hoankiem), f"/dieu-chuyen/{made.number}/nhan/"
    form = one.get(url).form() | {"result_1": "received", "result_2": "received"}
    assert one.post(url, form).status == 200
    page = one.post(url, form)
    assert page.status == 422
    assert "nghiepvu.hoankiem cập nhật lúc" in page.summary


@pytest.mark.parametrize("act", ["cancel", "restore"])
def test_cancelling_and_restoring_twice_is_told_kindly(world, person, act):
    made = in_state(world, "draft" if act == "cancel" else "cancelled")
    one = person(world.nghiepvu_badinh)
    url = f"/dieu-chuyen/{made.number}/{'huy' if act == 'cancel' else 'khoi-phuc'}/"
    assert one.post(url, {"reason": "Lập nhầm"}).status == 200
    page = one.post(url, {"reason": "Lập nhầm"})
    assert page.status in {200, 422}
    assert "nghiepvu.badinh cập nhật lúc" in page.text


def test_the_receiver_of_a_cancelled_transfer_is_told_so(world, person):
    made = in_state(world, "decided")
    one, url = person(world.nghiepvu_hoankiem), f"/dieu-chuyen/{made.number}/nhan/"
    form = one.get(url).form()
    draft.cancel(made, reason="Hủy quyết định", by=world.nghiepvu_badinh)
    page = one.post(url, form | {"receiver_name": "Lê Thị Nhận"})
    assert page.status == 422
    assert "đang ở trạng thái “Đã hủy”" in page.summary
    assert "Hãy chọn" not in page.text


def test_a_late_arrival_that_ends_the_dossier_is_not_told_as_all(world, person):
    made = s.handed_over(world, s.stock(world, 3))
    refused = Arrival(Result.REFUSED, "Vỡ")
    s.receive(world, made, p1=refused, p2=Arrival(Result.MISSING, "Không có"))
    s.settle(world, made, p1=Outcome.RETURNED, p2=Outcome.OPEN)
    page = person(world.nghiepvu_hoankiem).fill(f"/dieu-chuyen/{made.number}/nhan/", result_2="received")
    made.refresh_from_db()
    assert (page.status, made.state) == (200, "partly_received"), page.summary
    assert "Đã nhận đủ thiết bị của" not in page.text
    assert "đơn vị nhận một phần thiết bị" in page.text


def test_attributes_are_shown_with_their_labels(world, person):
    made = in_state(world, "decided")
    page = person(world.nghiepvu_hoankiem).get(f"/dieu-chuyen/{made.number}/?tab=thiet-bi")
    assert "Bộ nhớ (RAM): 8 GB" in page.main


def test_papers_of_both_sides(world, person):
    made = in_state(world, "handed_over")
    sender, receiver = person(world.nghiepvu_badinh), person(world.nghiepvu_hoankiem)
    url = f"/dieu-chuyen/{made.number}/"
    page = receiver.post(f"{url}tai-lieu/", {"kind": "difference", "file": pdf_file("chenh-lech.pdf")})
    assert page.status == 200, page.summary
    assert "chenh-lech.pdf" in sender.get(url).text
    remove = [link for link in receiver.get(url).links if link.endswith("/go/")]
    assert len(remove) == 1, "one takes away one's own only"
    assert sender.get(remove[0]).status == 403
    assert receiver.post(remove[0]).status == 200
    assert "chenh-lech.pdf" not in sender.get(url).text


def test_the_list_by_direction_and_for_each_side(world, person):
    chosen = s.stock(world, 2)
    out = s.decided(world, chosen[:1])
    hidden = s.drafted(world, chosen[1:])
    back = s.handed_over(
        world, s.stock(world, 1, by="nghiepvu_hoankiem", prefix="HK"), by="nghiepvu_hoankiem", to="01.001"
    )
    mine, theirs = person(world.nghiepvu_badinh), person(world.nghiepvu_hoankiem)

    def numbers(one, query=""):
        return {row[0] for row in one.get(f"/dieu-chuyen/{query}").rows}

    assert numbers(mine) == {out.number, hidden.number, back.number}
    assert numbers(theirs) == {out.number, back.number}
    assert numbers(mine, "?direction=di") == {out.number, hidden.number}
    assert numbers(mine, "?direction=den") == {back.number}
    assert numbers(theirs, "?direction=di") == {back.number}
    assert numbers(mine, "?receiver=01.001") == {back.number}
    assert numbers(mine, "?q=hoan kiem 12/qd") == {out.number, back.number}
    assert numbers(person(world.nghiepvu_danang)) == set()


def test_many_devices_from_the_list(world, person):
    chosen = s.stock(world, 3)
    one = person(world.nghiepvu_badinh)
    page = one.post("/dieu-chuyen/moi/", {"id": [device.code for device in chosen[:2]]})
    assert page.status == 200
    assert sorted(page.form()["devices"].split()) == [device.code for device in chosen[:2]]


def test_any_agency_may_be_found_as_receiver(world, person):
    one = person(world.nghiepvu_badinh)
    found = one.client.get("/dieu-chuyen/don-vi/", {"q": "da nang"}).json()
    assert [unit["id"] for unit in found["results"]] == ["48"]
    assert person(world.tracuu_badinh).get("/dieu-chuyen/don-vi/").status == 403
    page = one.fill("/dieu-chuyen/moi/", receiver="01.002.T1", reason="x", devices=s.stock(world, 1)[0].code)
    assert (page.status, bool(page.errors("receiver"))) == (422, True)


def test_wiping_and_licences_page(world, person):
    world.desktop.stores_data = True
    world.desktop.save()
    made = in_state(world, "decided")
    one, url = person(world.nghiepvu_badinh), f"/dieu-chuyen/{made.number}/"
    assert "Biên bản xóa dữ liệu" in one.get(url).text
    page = one.fill(
        f"{url}chuan-bi/", wiped_1="on", wiped_on="01/01/1900", wiped_by="Lê Kỹ Thuật", wipe_method="Ghi đè"
    )
    assert f"01.001-000001 vào sổ của đơn vị ngày {vn(past(30))}" in page.errors("wiped_on")
    page = one.fill(f"{url}chuan-bi/", wiped_1="on")
    assert (page.status, bool(page.errors("wiped_on"))) == (422, True)
    page = one.fill(
        f"{url}chuan-bi/",
        wiped_1="on",
        wiped_2="on",
        wiped_on=vn(past(0)),
        wiped_by="Lê Kỹ Thuật",
        wipe_method="Ghi đè",
    )
    assert page.status == 200, page.summary
    assert made.lines.filter(data_wiped_by="Lê Kỹ Thuật").count() == 2
    form = one.get(f"{url}chuan-bi/").form()
    del form["wiped_2"]
    assert one.post(f"{url}chuan-bi/", form).status == 200
    assert made.lines.filter(data_wiped_by="Lê Kỹ Thuật").count() == 1


def test_clocks_of_both_sides_on_both_pages(world, person):
    made = s.handed_over(world, s.stock(world, 1), on=past(0))
    for who in ("nghiepvu_badinh", "nghiepvu_hoankiem", "ttcntt"):
        text = person(getattr(world, who)).get(f"/dieu-chuyen/{made.number}/").text
        assert "Cập nhật điều chuyển đi: đúng hạn" in text
        assert "Cập nhật điều chuyển đến: còn 3 ngày làm việc" in text


def test_settling_on_the_screen(world, person):
    made = in_state(world, "difference", many=3)
    one, url = person(world.nghiepvu_badinh), f"/dieu-chuyen/{made.number}/"
    page = one.get(f"{url}chenh-lech/")
    assert "Màn hình vỡ" in page.text
    page = one.post(page.url, page.form())
    assert page.status == 422
    page = one.fill(f"{url}chenh-lech/", outcome_1=Outcome.RETURNED.value)
    assert page.status == 200, page.summary
    assert "Đã nhận một phần" in page.text
    assert Equipment.objects.filter(unit__code="01.001", status="in_stock").count() == 1
