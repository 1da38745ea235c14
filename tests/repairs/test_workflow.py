"""Every step in every state, through the pages; each wanted paper missing."""

from functools import partial
from itertools import product

import pytest

from core.errors import DomainError, SeveralProblemsError
from core.models import Document, DocumentKind, Event
from equipment.models import Reservation
from repairs.actions import drafts, results, sending
from repairs.models import Repair
from tests import world as w
from tests.equipment.support import vn
from tests.repairs import support as s

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("8")]

STATES = {
    "draft": s.drafted,
    "sent": lambda devices, by: s.ready(devices, by, "repaired", "not_done"),
    "done": lambda devices, by: s.done(devices, by, "repaired", "not_done"),
    "cancelled": s.cancelled,
}
STEPS = {
    "send": ("gui", lambda: {"sent_on": vn(s.today())}),
    "finish": ("hoan-thanh", dict),
    "cancel": ("huy", lambda: {"reason": "Không sửa nữa"}),
    "restore": ("khoi-phuc", None),
    "edit": ("sua", lambda: {"note": "Đổi ghi chú"}),
    "results": ("ket-qua", lambda: {"late_reason": ""}),
}
LEGAL = {
    ("draft", "send"): "sent",
    ("draft", "cancel"): "cancelled",
    ("draft", "edit"): "draft",
    ("sent", "finish"): "done",
    ("sent", "cancel"): "cancelled",
    ("sent", "results"): "sent",
    ("cancelled", "restore"): "draft",
}


@pytest.mark.parametrize(("state", "step"), list(product(STATES, STEPS)))
def test_every_step_in_every_state(world, officer, person, state, step):
    devices = s.some(world, officer)
    repair = STATES[state](devices, officer)
    before, events = [d.status for d in map(s.now, devices)], Event.objects.count()
    me, (path, typed) = person(officer), STEPS[step]
    url = f"/sua-chua/{repair.number}/{path}/"
    if typed is None:
        page = me.post(url)
    else:
        opened = me.get(url)
        data = opened.form() if opened.status == 200 else {"version": repair.version}
        page = me.post(url, data | typed())
    repair.refresh_from_db()
    after = LEGAL.get((state, step))
    assert repair.state == (after or state)
    if after is None:
        # The button of taking up again has no page of its own to answer on.
        refused = {200} if step == "restore" else {403, 422}
        assert page.status in refused, page.summary
        assert repair.number in page.text
        assert [d.status for d in map(s.now, devices)] == before
        assert Event.objects.count() == events
    else:
        assert page.status == 200, page.summary
    assert Reservation.objects.count() == (2 if repair.state in {"draft", "sent"} else 0)


def test_a_second_press_is_told_who_did_it(world, officer, person):
    devices = s.some(world, officer)
    repair, me = s.drafted(devices, officer), person(officer)
    url = f"/sua-chua/{repair.number}/gui/"
    form = me.get(url).form()
    assert me.post(url, form).status == 200
    page = me.post(url, form)
    assert page.status == 422
    assert f"Hồ sơ {repair.number} đang sửa chữa rồi, do {officer}" in page.summary
    assert Event.objects.filter(kind="repair.sent").count() == 1


def test_cancelling_and_restoring_twice_is_told_kindly(world, officer, person):
    repair, me = s.drafted(s.some(world, officer), officer), person(officer)
    url = f"/sua-chua/{repair.number}/huy/"
    form = me.get(url).form() | {"reason": "Lập nhầm"}
    assert me.post(url, form).status == 200
    page = me.post(url, form)
    assert page.status == 422
    assert f"Hồ sơ {repair.number} đã hủy rồi, do {officer}" in page.summary
    again = f"/sua-chua/{repair.number}/khoi-phuc/"
    assert f"Đã khôi phục hồ sơ {repair.number}" in me.post(again).text
    page = me.post(again)
    assert page.status == 200
    assert f"Hồ sơ {repair.number} đã là bản nháp rồi, do {officer}" in page.text


@pytest.mark.parametrize("step", ["send", "finish", "cancel"])
def test_a_step_on_a_page_that_has_aged(world, officer, person, step):
    devices = s.some(world, officer)
    repair = STATES["sent" if step == "finish" else "draft"](devices, officer)
    me, (path, typed) = person(officer), STEPS[step]
    url = f"/sua-chua/{repair.number}/{path}/"
    form = me.get(url).form() | typed()
    if step == "finish":
        s.known(repair, officer, "repaired", "beyond_repair")
    else:
        devices_of = list(map(s.now, devices))
        header = {"assessment": "Đánh giá lại"}
        drafts.save_draft(repair, devices=devices_of, header=header, lines={}, by=officer, version=repair.version)
    page = me.post(url, form)
    assert page.status == 422
    assert "Hồ sơ đã thay đổi trong lúc bạn nhập" in page.summary
    if step == "finish":
        assert "kết quả" in page.summary.lower()
        assert "Không sửa được" in page.summary
    else:
        assert "Đánh giá lại" in page.summary
    assert Repair.objects.get().state == repair.state
    assert me.post(url, page.form()).status == 200


@pytest.mark.parametrize(
    ("kind", "end", "paper"),
    [
        ("repair", None, DocumentKind.ASSESSMENT),
        ("repair", "repaired", DocumentKind.ASSESSMENT),
        ("repair", "repaired", DocumentKind.REPAIR_MINUTES),
        ("maintenance", "repaired", DocumentKind.REPAIR_MINUTES),
        ("upgrade", "upgraded", DocumentKind.REPAIR_MINUTES),
        ("upgrade", "upgraded", DocumentKind.VALUE_MINUTES),
    ],
)
def test_a_missing_paper_stops_the_step_and_is_named(world, officer, person, kind, end, paper):
    devices = s.some(world, officer, ["S1"])
    repair = s.drafted(devices, officer, kind=kind) if end is None else s.ready(devices, officer, end, kind=kind)
    Document.objects.filter(kind=paper).delete()
    given = {"by": officer, "version": repair.version}
    act = partial(sending.send, repair, sent_on=s.today()) if end is None else partial(results.finish, repair)
    with pytest.raises(DomainError) as refusal:
        act(**given)
    assert f"Còn thiếu tài liệu bắt buộc: {paper.label}" in refusal.value.message
    repair.refresh_from_db()
    assert repair.state == ("draft" if end is None else "sent")
    page = person(officer).get(f"/sua-chua/{repair.number}/")
    assert paper.label in page.main
    assert not any(label in {"Gửi sửa chữa", "Hoàn thành"} for label in page.buttons())


def test_value_minutes_are_wanted_of_upgrades_alone(world, officer):
    repair = s.ready(s.some(world, officer, ["S1"]), officer, "repaired")
    Document.objects.filter(kind=DocumentKind.VALUE_MINUTES).delete()
    assert results.finish(repair, by=officer, version=repair.version).state == "done"


def test_sending_says_all_that_is_missing_at_once(world, officer):
    devices = s.some(world, officer)
    bare = {"kind": "repair", "opened_on": s.today(), "sent_to": "supplier", "assessment": ""}
    repair = drafts.open_draft(devices, header=bare, by=officer)
    with pytest.raises(SeveralProblemsError) as refusal:
        sending.send(repair, sent_on=s.today(), by=officer, version=repair.version)
    said = [problem.message for problem in refusal.value.problems]
    assert len(said) == 5
    for words in ("kết quả đánh giá", "tên nhà cung cấp", "01.001-000001: chưa ghi hiện tượng", "Còn thiếu tài liệu"):
        assert any(words in one for one in said), words


def test_finishing_says_all_that_is_missing_at_once(world, officer):
    repair = s.sent(s.some(world, officer), officer)
    with pytest.raises(SeveralProblemsError) as refusal:
        results.finish(repair, by=officer, version=repair.version)
    said = " ".join(problem.message for problem in refusal.value.problems)
    for words in ("ngày nghiệm thu", "000001: chưa ghi kết quả", "000002: chưa ghi kết quả", "nghiệm thu sửa chữa"):
        assert words in said


@pytest.mark.parametrize(
    ("changes", "sent_on", "said"),
    [
        ({}, -1, "Ngày gửi ở tương lai"),
        ({}, 11, "trước ngày đánh giá"),
        ({"expected_on": 4}, 2, "Ngày hẹn trả"),
    ],
)
def test_days_that_cannot_be(world, officer, changes, sent_on, said):
    days = {name: w.past(ago) for name, ago in changes.items()}
    repair = s.drafted(s.some(world, officer), officer, **days)
    with pytest.raises(DomainError) as refusal:
        sending.send(repair, sent_on=w.past(sent_on), by=officer, version=repair.version)
    assert said in refusal.value.message


def test_cancelling_what_was_sent_gives_the_devices_back(world, officer):
    first, second = s.some(world, officer)
    type(first).objects.filter(pk=second.pk).update(status="in_use")
    repair = s.sent([first, second], officer)
    assert [s.now(d).status for d in (first, second)] == ["in_repair"] * 2
    repair = drafts.cancel(repair, reason="Nhà cung cấp từ chối", by=officer, version=repair.version)
    assert [s.now(d).status for d in (first, second)] == ["in_stock", "in_use"]
    assert not Reservation.objects.exists()
    again = drafts.restore(repair, by=officer)
    assert (again.state, again.sent_on, again.cancel_reason) == ("draft", None, "")
    assert Reservation.objects.count() == 2
    again = sending.send(again, sent_on=s.today(), by=officer, version=again.version)
    assert again.state == "sent"


def test_restoring_blanks_the_results(world, officer):
    devices = s.some(world, officer)
    repair = s.ready(devices, officer, "repaired", "beyond_repair")
    repair = drafts.cancel(repair, reason="Ghi nhầm", by=officer, version=repair.version)
    assert {line.result for line in repair.lines.all()} == {"repaired", "beyond_repair"}, "the record stays as it was"
    repair = drafts.restore(repair, by=officer)
    assert {(line.result, line.cost, line.former_status) for line in repair.lines.all()} == {("", None, "")}


def test_restoring_needs_the_devices(world, officer, person):
    first, second = s.some(world, officer)
    repair = s.cancelled([first, second], officer)
    other = s.drafted([second], officer)
    page = person(officer).post(f"/sua-chua/{repair.number}/khoi-phuc/")
    assert f"{second.code} đang ở hồ sơ {other.number}" in page.text
    assert Repair.objects.get(pk=repair.pk).state == "cancelled"
    type(first).objects.filter(pk=first.pk).update(status="lost")
    with pytest.raises(DomainError, match=rf"{first.code} đang ở trạng thái “Mất”"):
        drafts.restore(repair, by=officer)


def test_restoring_what_has_gone_to_another_unit(world, officer):
    first, second = s.some(world, officer)
    repair = s.cancelled([first, second], officer)
    type(first).objects.filter(pk=first.pk).update(unit=world.units["01.002"])
    with pytest.raises(DomainError, match=f"{first.code} không còn ở đơn vị"):
        drafts.restore(repair, by=officer)
