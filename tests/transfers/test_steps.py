"""What each step of a transfer does to the dossier, the devices, the books and the terms (art. 9)."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError, SeveralProblemsError, StaleError
from core.models import Document, DocumentKind, Event
from deadlines.models import Obligation
from equipment.actions import equipment as describing
from equipment.models import Equipment, EquipmentPast, Holding, LedgerEntry, Reservation
from tests.transfers import support as s
from tests.world import past
from transfers.actions import draft, receipt, steps
from transfers.models import Transfer, TransferLine
from transfers.rules import Arrival, Outcome, Result, State

pytestmark = pytest.mark.django_db


def ledger(unit):
    rows = LedgerEntry.objects.filter(unit__code=unit).order_by("id")
    return list(rows.values_list("kind", "quantity", "value", "effective_date"))


def owed(transfer):
    return dict(Obligation.objects.about(transfer).values_list("kind", "state"))


@pytest.mark.dieu("9")
def test_from_draft_to_receipt(world):
    chosen = s.stock(world, 2)
    made = s.drafted(world, chosen)
    assert made.number == f"DC-01.001-{timezone.localdate().year}-0001"
    assert (made.state, made.partner, owed(made)) == (State.DRAFT, None, {})
    assert set(Reservation.objects.values_list("number", "kind")) == {(made.number, "transfer")}
    s.paper(made, world.nghiepvu_badinh, DocumentKind.DECISION)
    made = s.decide(world, made)
    assert (made.state, made.partner.code) == (State.DECIDED, "01.002")
    assert owed(made) == {"transfer_out": "open"}
    assert set(made.lines.values_list("partner__code", flat=True)) == {"01.002"}
    assert Document.objects.get(kind="decision").partner == made.receiver
    made = s.hand_over(world, made)
    assert s.now(*chosen) == [("01.001", "in_transfer")] * 2
    assert owed(made) == {"transfer_out": "fulfilled", "transfer_in": "open"}
    assert Obligation.objects.get(kind="transfer_in").unit.code == "01.002"
    before = LedgerEntry.objects.count()
    made = s.receive(world, made)
    assert (made.state, made.received_by) == (State.RECEIVED, world.nghiepvu_hoankiem)
    assert s.now(*chosen) == [("01.002", "in_stock")] * 2
    assert owed(made) == {"transfer_out": "fulfilled", "transfer_in": "fulfilled"}
    assert LedgerEntry.objects.count() == before + 4
    price, day = chosen[0].original_price, made.handed_over_on
    assert ledger("01.001")[2:] == [("transfer_out", -1, -price, day)] * 2
    assert ledger("01.002") == [("transfer_in", 1, price, day)] * 2
    assert not Reservation.objects.exists()
    assert EquipmentPast.objects.filter(unit__code="01.002", former__code="01.001").count() == 2


def test_the_receiver_gets_nothing_of_the_senders_people_rooms_and_notes(world):
    (chosen,) = s.stock(world, 1)
    room = world.units["01.001.T1"]
    describing.describe(
        chosen,
        values={
            "holder_name": "Người giữ",
            "room": room,
            "note": "Ghi chú riêng",
            "attributes": {"IP": "10.1.1.1", "CPU": "i7"},
        },
        reason="Giao máy",
        by=world.nghiepvu_badinh,
        version=chosen.version,
    )
    made = s.handed_over(world, [chosen])
    chosen.refresh_from_db()
    assert (chosen.room, chosen.holder_name) == (None, ""), "nobody holds what has left"
    s.receive(world, made)
    chosen.refresh_from_db()
    assert (chosen.unit.code, chosen.note, chosen.intake, chosen.batch) == ("01.002", "", None, None)
    assert chosen.attributes == {"CPU": "i7"}
    told = str(EquipmentPast.objects.get().__dict__) + str(TransferLine.objects.get().__dict__)
    assert "i7" in told
    for word in ("Người giữ", "Ghi chú riêng", "10.1.1.1", room.name, "Giao máy", "TN-"):
        assert word not in told, word


def test_holdings_end_with_the_hand_over(world):
    (chosen,) = s.stock(world, 1)
    Holding.objects.create(equipment=chosen, unit=chosen.unit, since=past(5), holder_name="Người giữ", given_by="BG-1")
    made = s.handed_over(world, [chosen])
    held = Holding.objects.get()
    assert (held.until, held.ended_by) == (made.handed_over_on, made.number)


def test_a_difference_and_what_the_sender_says_of_it(world):
    chosen = s.stock(world, 3)
    made = s.handed_over(world, chosen)
    made = s.receive(
        world, made, p1=Arrival(Result.REFUSED, "Vỡ màn hình"), p2=Arrival(Result.MISSING, "Không có trong kiện")
    )
    assert made.state == State.DIFFERENCE
    assert s.now(*chosen) == [("01.001", "in_transfer")] * 2 + [("01.002", "in_stock")]
    assert owed(made)["transfer_in"] == "fulfilled"
    with pytest.raises(SeveralProblemsError, match="Biên bản xác định mất"):
        s.settle(world, made, p2=Outcome.LOST)
    made = s.settle(world, made, p1=Outcome.RETURNED)
    assert made.state == State.DIFFERENCE
    assert s.now(*chosen)[0] == ("01.001", "in_stock")
    s.paper(made, world.nghiepvu_badinh, DocumentKind.LOSS_MINUTES)
    made = s.settle(world, made, p2=Outcome.LOST)
    assert made.state == State.PARTLY_RECEIVED
    assert s.now(*chosen) == [("01.001", "in_stock"), ("01.001", "lost"), ("01.002", "in_stock")]
    assert [row[:2] for row in ledger("01.001")[3:]] == [("transfer_out", -1), ("lost", -1)]
    assert not Reservation.objects.exists()


def test_nothing_is_received(world):
    chosen = s.stock(world, 1)
    made = s.receive(world, s.handed_over(world, chosen), result=Result.REFUSED)
    assert (made.state, made.refusal_reason) == (State.DIFFERENCE, "Không đúng")
    made = s.settle(world, made)
    assert made.state == State.REFUSED
    assert s.now(*chosen) == [("01.001", "in_stock")]
    assert [row[0] for row in ledger("01.001")] == ["intake"]
    assert ledger("01.002") == []


def test_what_was_missing_may_still_arrive(world):
    chosen = s.stock(world, 2)
    made = s.receive(world, s.handed_over(world, chosen), p1=Arrival(Result.MISSING, "Chưa tới"))
    with pytest.raises(SeveralProblemsError, match="Chưa chọn thiết bị nào"):
        s.receive(world, made, result=Result.MISSING)
    made = s.receive(world, made)
    assert made.state == State.RECEIVED
    assert s.now(*chosen) == [("01.002", "in_stock")] * 2


@pytest.mark.parametrize("far", ["draft", "decided"])
def test_cancelling_before_the_hand_over(world, far):
    chosen = s.stock(world, 1)
    made = s.drafted(world, chosen) if far == "draft" else s.decided(world, chosen)
    made = draft.cancel(made, reason="Thu hồi quyết định", by=world.nghiepvu_badinh)
    assert (made.state, made.cancel_reason) == (State.CANCELLED, "Thu hồi quyết định")
    assert not Reservation.objects.exists()
    assert owed(made) == ({} if far == "draft" else {"transfer_out": "waived"})
    if far == "decided":
        with pytest.raises(DomainError, match="lập hồ sơ mới"):
            draft.restore(made, by=world.nghiepvu_badinh)
        return
    made = draft.restore(made, by=world.nghiepvu_badinh)
    assert (made.state, Reservation.objects.count()) == (State.DRAFT, 1)
    other = draft.cancel(made, reason="Nhầm", by=world.nghiepvu_badinh)
    s.drafted(world, chosen)
    with pytest.raises(DomainError, match="đang ở hồ sơ"):
        draft.restore(other, by=world.nghiepvu_badinh)


def test_a_draft_changes_its_devices(world):
    chosen = s.stock(world, 3)
    made = s.drafted(world, chosen[:2])
    header = {"receiver": world.units["48"], "reason": "Khác", "place": "Kho", "licences": "free"}
    made = draft.save_draft(made, header=header, devices=chosen[1:], by=world.nghiepvu_badinh, version=made.version)
    assert [line.code for line in made.lines.all()] == [device.code for device in chosen[1:]]
    assert set(Reservation.objects.values_list("equipment", flat=True)) == {device.pk for device in chosen[1:]}
    assert (made.receiver.code, set(made.lines.values_list("licences", flat=True))) == ("48", {"free"})
    assert TransferLine.history.filter(history_type="-").count() == 1
    with pytest.raises(StaleError):
        draft.save_draft(made, header=header, devices=chosen, by=world.nghiepvu_badinh, version=1)


@pytest.mark.parametrize("to", ["01.001", "01.002.T1"])
def test_who_can_not_receive(world, to):
    with pytest.raises(DomainError, match="Bên nhận"):
        s.drafted(world, s.stock(world, 1), to=to)


def test_a_closed_unit_receives_nothing(world):
    unit = world.units["01.002"]
    unit.valid_to = past(1)
    unit.save()
    with pytest.raises(DomainError, match="đang hoạt động"):
        s.drafted(world, s.stock(world, 1))


def test_papers_that_are_required(world):
    chosen = s.stock(world, 1)
    made = s.drafted(world, chosen)
    with pytest.raises(SeveralProblemsError, match="Quyết định \\(PDF\\)"):
        s.decide(world, made)
    world.desktop.stores_data = True
    world.desktop.save()
    s.paper(made, world.nghiepvu_badinh, DocumentKind.DECISION)
    made = s.decide(world, made)
    with pytest.raises(SeveralProblemsError) as refusal:
        s.hand_over(world, made)
    assert "Biên bản xóa dữ liệu (PDF)" in refusal.value.message
    assert f"Chưa ghi việc xóa dữ liệu của {chosen[0].code}" in refusal.value.message
    s.paper(made, world.nghiepvu_badinh, DocumentKind.DATA_WIPE)
    (line,) = made.lines.all()
    facts = {"wiped": {line.pk: True}, "licences": {}, "by": world.nghiepvu_badinh}
    with pytest.raises(DomainError, match="đủ ngày, người và cách"):
        draft.prepare(made, **facts, on=past(0), person="", method="", version=made.version)
    made = draft.prepare(made, **facts, on=past(0), person="Lê Kỹ Thuật", method="Ghi đè", version=made.version)
    assert s.hand_over(world, made).state == State.HANDED_OVER


def test_a_difference_is_explained_or_has_minutes(world):
    chosen = s.stock(world, 1)
    made = s.handed_over(world, chosen)
    with pytest.raises(SeveralProblemsError, match="ghi rõ chênh lệch"):
        s.receive(world, made, p1=Arrival(Result.MISSING))
    s.paper(made, world.nghiepvu_hoankiem, DocumentKind.DIFFERENCE)
    assert s.receive(world, made, p1=Arrival(Result.MISSING)).state == State.DIFFERENCE


def test_days_in_their_order(world):
    chosen = s.stock(world, 1)
    made = s.drafted(world, chosen)
    s.paper(made, world.nghiepvu_badinh, DocumentKind.DECISION)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(SeveralProblemsError, match="tương lai"):
        s.decide(world, made, day=tomorrow)
    made = s.decide(world, made, day=past(1))
    for day in (tomorrow, past(2)):
        with pytest.raises(SeveralProblemsError, match="ngày bàn giao"):
            s.hand_over(world, made, on=day)


def test_nothing_leaves_before_it_came(world):
    """Or a unit would have had fewer than none in between."""
    chosen = s.stock(world, 1)
    made = s.decided(world, chosen, day=past(40))
    with pytest.raises(SeveralProblemsError, match=f"{chosen[0].code} có bút toán ngày"):
        s.hand_over(world, made, on=past(31), late_reason="Muộn")


def test_late_on_both_sides(world):
    chosen = s.stock(world, 1)
    made = s.decided(world, chosen, day=past(20))
    with pytest.raises(SeveralProblemsError, match="quá hạn"):
        s.hand_over(world, made, on=past(15))
    made = s.hand_over(world, made, on=past(15), late_reason="Chờ xe")
    assert owed(made)["transfer_out"] == "fulfilled_late"
    with pytest.raises(SeveralProblemsError, match="quá hạn"):
        s.receive(world, made)
    made.refresh_from_db()
    arrivals = {chosen[0].code: Arrival(Result.RECEIVED)}
    facts = {"on": past(14), "receiver_name": "A", "receiver_title": "", "late_reason": "Mất mạng"}
    made = receipt.receive(made, arrivals=arrivals, **facts, by=world.nghiepvu_hoankiem, version=made.version)
    assert (made.sender_late_reason, made.receiver_late_reason) == ("Chờ xe", "Mất mạng")
    assert owed(made)["transfer_in"] == "fulfilled_late"
    assert {row[3] for row in ledger("01.002")} == {past(15)}, "effective on the hand-over, whenever recorded"


def test_a_serial_that_the_receiver_has_already(world):
    chosen = s.stock(world, 2)
    (own,) = s.stock(world, 1, by="nghiepvu_hoankiem", prefix="sn")
    made = s.handed_over(world, chosen)
    with pytest.raises(SeveralProblemsError) as refusal:
        s.receive(world, made)
    assert own.code in refusal.value.message
    assert chosen[0].code not in refusal.value.message
    assert s.now(*chosen) == [("01.001", "in_transfer")] * 2, "nothing half done"
    made = s.receive(world, made, p1=Arrival(Result.REFUSED, "Trùng số máy"))
    assert s.now(*chosen) == [("01.001", "in_transfer"), ("01.002", "in_stock")]


def test_a_device_comes_back(world):
    """There and back again: each unit's record is its own, and the past comes along."""
    (chosen,) = s.stock(world, 1)
    s.received(world, [chosen])
    chosen.refresh_from_db()
    made = s.handed_over(world, [chosen], by="nghiepvu_hoankiem", to="01.001")
    s.receive(world, made, by="nghiepvu_badinh")
    assert s.now(chosen) == [("01.001", "in_stock")]
    assert [row[:2] for row in ledger("01.001")] == [("intake", 1), ("transfer_out", -1), ("transfer_in", 1)]
    assert [row[:2] for row in ledger("01.002")] == [("transfer_in", 1), ("transfer_out", -1)]
    assert EquipmentPast.objects.count() == 2
    total = sum(LedgerEntry.objects.filter(kind__startswith="transfer").values_list("quantity", flat=True))
    assert total == 0, "transfers out = transfers in"


def test_one_form_makes_one_draft(world):
    chosen, key = s.stock(world, 1), uuid.uuid4()
    assert s.drafted(world, chosen, submission=key) == s.drafted(world, chosen, submission=key)
    assert Transfer.objects.count() == 1
    assert Event.objects.filter(kind="transfer.drafted").count() == 1


def test_the_sender_records_for_the_receiver_never(world):
    made = s.handed_over(world, s.stock(world, 1))
    for by in ("nghiepvu_badinh", "nghiepvu_hanoi", "nghiepvu_danang", "tracuu_hanoi", "admin1"):
        with pytest.raises(DomainError, match="bên nhận"):
            s.receive(world, made, by=by)
    assert steps.sender_due(made)
    assert Equipment.objects.get().status == "in_transfer"
