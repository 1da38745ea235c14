"""An intake from the first draft to the books, and its term of three working days (art. 7)."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from core.errors import DomainError, SeveralProblemsError
from core.models import Event
from deadlines.models import Obligation
from equipment.actions import confirm, intake
from equipment.models import Equipment, Intake, LedgerEntry
from tests import world as w
from tests.equipment.support import paper, ready, taken_in

pytestmark = pytest.mark.django_db
FRIDAY_BEFORE_TET = date(2026, 2, 13)
DUE_AFTER_TET = date(2026, 2, 25)


def save(made, **changes):
    """Save the draft again with other values in its head."""
    made.refresh_from_db()
    head = {name: getattr(made, name) for name in intake.HEADER} | changes
    lines = [
        intake.LineData(
            pk=line.pk,
            **{name: getattr(line, name) for name in ("category", "model", "quantity", "unit_price", "items")},
        )
        for line in made.lines.all()
    ]
    return intake.save_draft(made, header=head, lines=lines, by=made.created_by, version=made.version)


def owed(made):
    return Obligation.objects.about(made).get()


# --- the draft and its term -----------------------------------------------------------------------------------------


def test_a_draft_is_saved_however_little_is_known(world):
    made = intake.start_draft(unit=world.units["01.001"], header={}, lines=[], by=world.nghiepvu_badinh)
    assert (made.state, made.number) == ("draft", f"TN-01.001-{made.created_at.year}-0001")
    assert not Obligation.objects.about(made).exists(), "without a date there is no term yet"
    assert Event.objects.get().kind == "intake.drafted"


@pytest.mark.dieu("7.1")
def test_the_term_opens_moves_falls_away_and_comes_back_with_the_date(world):
    made = intake.start_draft(unit=world.units["01.001"], header={}, lines=[], by=world.nghiepvu_badinh)
    made = save(made, handover_date=FRIDAY_BEFORE_TET)
    assert (owed(made).state, owed(made).due_date) == ("open", DUE_AFTER_TET)
    made = save(made, handover_date=date(2026, 2, 12))
    assert (owed(made).state, owed(made).due_date) == ("open", date(2026, 2, 24))
    made = save(made, handover_date=None)
    assert owed(made).state == "waived"
    made = save(made, supplier="Ai đó")
    assert owed(made).state == "waived"
    made = save(made, handover_date=date(2026, 11, 16))
    assert (owed(made).state, owed(made).due_date) == ("open", date(2026, 11, 19))
    states = list(owed(made).history.order_by("history_id").values_list("state", "due_date"))
    assert [state for state, _ in states][:3] == ["open", "open", "waived"]
    assert states[-1] == ("open", date(2026, 11, 19))


@pytest.mark.dieu("7.1")
def test_cancelling_waives_and_restoring_reopens(world):
    made = ready(world, world.nghiepvu_badinh, ["SN1"])
    made = intake.cancel(made, reason="Nhập nhầm", by=world.nghiepvu_badinh)
    assert (made.state, made.cancel_reason, owed(made).state) == ("cancelled", "Nhập nhầm", "waived")
    assert "Nhập nhầm" in owed(made).reason
    made = intake.restore(made, by=world.nghiepvu_badinh)
    assert (made.state, made.cancel_reason, owed(made).state) == ("draft", "", "open")
    assert confirm.confirm(made, by=world.nghiepvu_badinh).state == "confirmed"


def test_a_draft_without_a_date_can_be_cancelled_and_restored(world):
    made = intake.start_draft(unit=world.units["01.001"], header={}, lines=[], by=world.nghiepvu_badinh)
    made = save(save(made, handover_date=date(2026, 11, 16)), handover_date=None)
    made = intake.cancel(made, reason="Thôi", by=world.nghiepvu_badinh)
    made = intake.restore(made, by=world.nghiepvu_badinh)
    assert owed(made).state == "waived"


def test_a_confirmed_intake_is_neither_cancelled_nor_edited_as_a_draft(world):
    made = taken_in(world, world.nghiepvu_badinh, ["SN1"])
    with pytest.raises(DomainError, match="Đã tiếp nhận"):
        intake.cancel(made, reason="Muốn hủy", by=world.nghiepvu_badinh)
    with pytest.raises(DomainError, match="không sửa như bản nháp"):
        save(made, supplier="Khác")
    assert Equipment.objects.count() == 1


# --- in time and late -----------------------------------------------------------------------------------------------


@pytest.mark.dieu("7.1")
@pytest.mark.parametrize("day", [date(2026, 2, 13), date(2026, 2, 18), DUE_AFTER_TET])
def test_within_three_working_days_tet_not_counted(world, day):
    with time_machine.travel(f"{day}T10:00:00+07:00"):
        made = taken_in(world, world.nghiepvu_badinh, ["SN1"], handover_date=FRIDAY_BEFORE_TET, contract_date=None)
    assert not made.late
    assert (owed(made).state, owed(made).fulfilled_on) == ("fulfilled", day)


@pytest.mark.dieu("7.1")
def test_until_midnight_of_vietnam(world):
    """24:00 in Hà Nội is 17:00 UTC: the day is counted where people work."""
    made = ready(world, world.nghiepvu_badinh, ["SN1"], handover_date=FRIDAY_BEFORE_TET, contract_date=None)
    with time_machine.travel(f"{DUE_AFTER_TET}T17:00:30+00:00"), pytest.raises(SeveralProblemsError):
        confirm.confirm(made, by=world.nghiepvu_badinh)
    with time_machine.travel(f"{DUE_AFTER_TET}T16:59:30+00:00"):
        assert not confirm.confirm(made, by=world.nghiepvu_badinh).late


@pytest.mark.dieu("7.1", "13.1")
def test_late_needs_a_reason_and_is_marked(world):
    made = ready(world, world.nghiepvu_badinh, ["SN1"], handover_date=FRIDAY_BEFORE_TET, contract_date=None)
    with time_machine.travel("2026-02-26T00:00:30+07:00"):
        with pytest.raises(SeveralProblemsError) as refusal:
            confirm.confirm(made, by=world.nghiepvu_badinh)
        assert [p.field for p in refusal.value.problems] == ["late_reason"]
        assert "25/02/2026" in refusal.value.message
        assert not Equipment.objects.exists()
        made = save(made, late_reason="Kho bị ngập")
        made = confirm.confirm(made, by=world.nghiepvu_badinh)
    assert made.late
    assert (owed(made).state, owed(made).reason) == ("fulfilled_late", "Kho bị ngập")


# --- confirming -----------------------------------------------------------------------------------------------------


@pytest.mark.dieu("7.1")
def test_confirming_makes_devices_codes_history_ledger_event_and_fulfilment(world):
    by = world.nghiepvu_badinh
    lines = [
        *w.lines(world, ["A1", "A2"], items=[
            {"serial": "A1", "MAC": "00:1A:2B:3C:4D:5E", "inventory_number": "TS-1"}, {"serial": "A2"}]),
        intake.LineData(category=world.office, quantity=3, unit_price=2_000_000, name="Bộ văn phòng",
                        attributes={"so_ban_quyen": "3", "han_BQ": "2027-01-31"}),
    ]  # fmt: skip
    with time_machine.travel("2026-11-18T09:30:00+07:00"):
        made = intake.start_draft(unit=by.unit, header=w.header(handover_date=date(2026, 11, 16)), lines=lines, by=by)
        paper(made, by)
        made = confirm.confirm(made, by=by, version=made.version)
    devices = w.devices(made)
    assert [d.code for d in devices] == [f"01.001-{n:06d}" for n in range(1, 6)]
    first, second, software = devices[:3]
    assert (first.serial, first.inventory_number, first.name) == ("A1", "TS-1", "Máy vi tính để bàn Dell OptiPlex 3070")
    assert first.attributes == {"CPU": "i5-10400", "RAM": "8 GB", "MAC": "00:1A:2B:3C:4D:5E"}
    assert second.attributes == {"CPU": "i5-10400", "RAM": "8 GB"}
    assert (first.received_on, first.warranty_until) == (date(2026, 11, 16), date(2029, 11, 16))
    assert (software.name, software.serial, software.original_price) == ("Bộ văn phòng", "", 2_000_000)
    assert {d.status for d in devices} == {"in_stock"}
    assert {d.unit for d in devices} == {by.unit}
    rows = Equipment.history.filter(id__in=[d.pk for d in devices])
    assert rows.count() == 5
    assert {(r.history_type, r.history_user, r.history_change_reason) for r in rows} == {
        ("+", by, f"Tiếp nhận theo hồ sơ {made.number}")
    }
    ledger = LedgerEntry.objects.order_by("equipment__code")
    assert [(e.equipment, e.kind, e.quantity, e.value, e.dossier, e.effective_date, e.recorded_by) for e in ledger] == [
        (d, "intake", 1, d.original_price, made.number, date(2026, 11, 16), by) for d in devices
    ]
    event = Event.objects.get(kind="intake.confirmed")
    assert (event.subject, event.unit, event.actor) == (made, by.unit, by)
    assert (made.state, made.confirmed_by, made.history.first().history_change_reason) == ("confirmed", by, "Tiếp nhận")
    assert owed(made).state == "fulfilled"


def test_codes_go_on_where_they_stopped(world):
    taken_in(world, world.nghiepvu_badinh, ["A1", "A2"])
    taken_in(world, world.nghiepvu_hoankiem, ["B1"])
    made = taken_in(world, world.nghiepvu_badinh, ["A3"])
    assert [d.code for d in w.devices(made)] == ["01.001-000003"]
    assert made.number.endswith("-0002")


def test_a_second_confirmation_is_told_who_did_it(world):
    made = taken_in(world, world.nghiepvu_badinh, ["A1"])
    with pytest.raises(DomainError, match=str(world.nghiepvu_badinh)):
        confirm.confirm(made, by=world.nghiepvu_badinh)
    assert Equipment.objects.count() == 1


@pytest.mark.dieu("13.7")
def test_the_office_records_for_a_unit_in_its_custody(world):
    made = taken_in(world, world.vanphong, ["PC1"], unit=world.units["00.PC"])
    assert [d.code for d in w.devices(made)] == ["00.PC-000001"]
    assert w.devices(made)[0].unit == world.units["00.PC"]


def test_the_same_form_sent_twice_makes_one_draft_and_uses_one_number(world):
    by, key = world.vanphong, uuid4()

    def send(unit="00.VP", supplier="Công ty A"):
        head = w.header(supplier=supplier)
        return intake.start_draft(
            unit=world.units[unit], header=head, lines=w.lines(world, ["S1"]), by=by, submission=key
        )

    first = send()
    again = send()
    assert (again.pk, again.version) == (first.pk, 1)
    assert first.history.count() == 1, "nothing new was typed"
    changed = send(supplier="Công ty B")
    assert (changed.pk, changed.version, changed.supplier) == (first.pk, 2, "Công ty B")
    assert changed.lines.count() == 1
    with pytest.raises(DomainError, match=first.number):
        send(supplier="Công ty C")
    other = send(unit="00.PC")
    assert other.pk != first.pk, "sent for another unit it is another dossier"
    following = intake.start_draft(unit=world.units["00.VP"], header={}, lines=[], by=by, submission=uuid4())
    assert following.number.endswith("-0002"), "no number is lost"
    assert Intake.objects.count() == 3


# --- after confirming -----------------------------------------------------------------------------------------------


def test_a_correction_keeps_what_stood_there_and_leaves_the_books_alone(world):
    made = taken_in(world, world.nghiepvu_badinh, ["A1"])
    before = list(LedgerEntry.objects.values())
    made = intake.correct(
        made,
        values={"supplier": "Công ty Sao Mai", "handover_date": date(2020, 1, 1)},
        reason="Gõ nhầm",
        by=world.nghiepvu_badinh,
        version=made.version,
    )
    assert made.supplier == "Công ty Sao Mai"
    assert made.handover_date != date(2020, 1, 1), "what is in the books isn't corrected here"
    row = made.history.first()
    assert (row.history_change_reason, row.prev_record.supplier) == ("Gõ nhầm", "Công ty TNHH Thiết bị Sao Mai")
    assert list(LedgerEntry.objects.values()) == before


def test_only_a_confirmed_intake_is_corrected(world):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    with pytest.raises(DomainError, match="đã tiếp nhận"):
        intake.correct(made, values={}, reason="x", by=world.nghiepvu_badinh, version=made.version)
