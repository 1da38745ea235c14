"""Devices that are lost and found again: out of the books, and back into them at the same value."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import DomainError, StaleError
from core.models import Document, DocumentKind, Event
from disposals.actions import losses
from disposals.models import LossReport
from disposals.rules.flow import LOSS_FLOW, Happening, LossState
from equipment.models import Equipment, LedgerEntry, Reservation
from equipment.rules.lifecycle import Status
from tests import world as w
from tests.disposals import support as s

KINDS = list(Happening)
STATES = ("draft", "confirmed", "cancelled")
ALLOWED = {("draft", "confirm"), ("draft", "cancel"), ("cancelled", "restore")}
ACTS = {
    "confirm": lambda made, by: losses.confirm(made, by=by),
    "cancel": lambda made, by: losses.cancel(made, reason="Thôi", by=by),
    "restore": lambda made, by: losses.restore(made, by=by),
    "edit": lambda made, by: losses.save_draft(
        made, devices=[n.equipment for n in made.lines.all()], values=s.told(made.kind), by=by, version=made.version
    ),
}


def concerned(world, kind, *, prefix="M", count=1):
    """Devices of which it can be said."""
    devices = s.in_books(world, world.nghiepvu_badinh, count, prefix=prefix)
    if kind == Happening.FOUND:
        s.lost(devices, world.nghiepvu_badinh, happened_on=w.past(5))
    return [s.fresh(device) for device in devices]


def in_state(world, kind, state):
    by = world.nghiepvu_badinh
    made = s.report(concerned(world, kind), by, kind)
    if state == "confirmed":
        return losses.confirm(made, by=by)
    return losses.cancel(made, reason="Nhầm", by=by) if state == "cancelled" else made


def snapshot():
    return [
        list(model.objects.order_by("pk").values())
        for model in (LossReport, Equipment, LedgerEntry, Reservation, Event)
    ]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_step_from_every_state(world, kind, state, act):
    by = world.nghiepvu_badinh
    made = in_state(world, kind, state)
    if (state, act) in ALLOWED | {("draft", "edit")}:
        ACTS[act](made, by)
        return
    before = snapshot()
    with pytest.raises(DomainError) as refusal, transaction.atomic():
        ACTS[act](made, by)
    assert refusal.value.code == "workflow"
    assert snapshot() == before


def test_the_workflow_is_this_one():
    assert {(str(a), str(b)) for a in LossState for b in LossState if LOSS_FLOW.allows(a, b)} == {
        ("draft", "confirmed"),
        ("draft", "cancelled"),
        ("cancelled", "draft"),
    }


@pytest.mark.dieu("10")
def test_lost_and_found_again(world):
    by = world.nghiepvu_badinh
    (device,) = s.use(s.in_books(world, by), by)
    made = s.lost([device], by, happened_on=w.past(3))
    device = s.fresh(device)
    assert made.number == f"MAT-01.001-{timezone.localdate().year}-0001"
    assert (device.status, device.holder_name) == ("lost", "")
    entry = device.ledger.get(kind="lost")
    assert (entry.quantity, entry.value, entry.effective_date) == (-1, -device.original_price, w.past(3))
    assert sum(e.quantity for e in device.ledger.all()) == 0

    again = s.found([device], by, condition="poor")
    device = s.fresh(device)
    assert again.number == f"TT-01.001-{timezone.localdate().year}-0001"
    assert (device.status, device.condition) == ("in_stock", "poor")
    entry = device.ledger.get(kind="found")
    assert (entry.quantity, entry.value, entry.dossier) == (1, device.original_price, again.number)
    assert sum(e.value for e in device.ledger.all()) == device.original_price
    assert not Reservation.objects.exists()
    kinds = Event.objects.filter(subject_id=device.pk, kind__in=["equipment.lost", "equipment.found"]).order_by("id")
    assert [(e.kind, e.payload["dossier"]) for e in kinds] == [
        ("equipment.lost", made.number),
        ("equipment.found", again.number),
    ]
    assert [h.status for h in device.history.order_by("-history_id")[:2]] == ["in_stock", "lost"]
    s.lost([device], by)  # and it may be lost again
    assert s.fresh(device).status == "lost"


@pytest.mark.parametrize(
    ("kind", "paper"),
    [(Happening.LOST, DocumentKind.LOSS_MINUTES), (Happening.FOUND, DocumentKind.FOUND_MINUTES)],
)
def test_the_minutes_are_required(world, kind, paper):
    by = world.nghiepvu_badinh
    made = s.report(concerned(world, kind), by, kind)
    Document.objects.filter(kind=paper).delete()
    before = snapshot()
    with pytest.raises(DomainError, match=paper.label), transaction.atomic():
        losses.confirm(made, by=by)
    assert snapshot() == before


def test_days_fit_the_books(world):
    by = world.nghiepvu_badinh
    device = concerned(world, Happening.FOUND)[0]
    for day in (w.past(9), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(DomainError) as refusal, transaction.atomic():
            losses.confirm(s.report([device], by, Happening.FOUND, happened_on=day), by=by)
        assert refusal.value.field == "happened_on"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", Status)
def test_of_which_devices_it_can_be_said(world, kind, status):
    by = world.nghiepvu_badinh
    (device,) = s.in_books(world, by)
    Equipment.objects.filter(pk=device.pk).update(status=status)
    fits = status in ({"in_stock", "in_use"} if kind == Happening.LOST else {"lost"})
    if fits:
        assert s.report([device], by, kind).lines.count() == 1
        return
    with pytest.raises(DomainError, match=device.code):
        s.report([device], by, kind)


def test_a_device_in_another_dossier_is_not_reported(world):
    by = world.nghiepvu_badinh
    (device,) = s.in_books(world, by)
    other = s.drafted([device], by)
    with pytest.raises(DomainError, match=other.number):
        s.report([device], by)


def test_a_draft_changes_and_the_same_form_makes_one(world):
    by, form = world.nghiepvu_badinh, uuid.uuid4()
    first, second = s.in_books(world, by, 2)
    given = {"kind": Happening.LOST, "by": by, "submission": form}
    made = losses.start_draft(devices=[first], values=s.told(Happening.LOST), **given)
    assert losses.start_draft(devices=[first], values=s.told(Happening.LOST), **given) == made
    made = losses.save_draft(s.fresh(made), devices=[second], values=s.told(Happening.LOST), by=by, version=1)
    assert [line.equipment for line in made.lines.all()] == [second]
    assert list(Reservation.objects.values_list("equipment", flat=True)) == [second.pk]
    with pytest.raises(StaleError):
        losses.save_draft(made, devices=[first], values=s.told(Happening.LOST), by=by, version=1)
    with pytest.raises(StaleError):
        losses.confirm(made, by=by, version=1)
    with pytest.raises(StaleError):
        losses.cancel(made, reason="x", by=by, version=1)
    with pytest.raises(DomainError, match="thay đổi khác"):
        losses.start_draft(devices=[first], values=s.told(Happening.LOST), **given)


def test_a_second_press_is_told_who_did_it(world):
    by = world.nghiepvu_badinh
    made = s.lost(s.in_books(world, by), by)
    with pytest.raises(DomainError, match=f"ghi sổ bởi {by.full_name} lúc"):
        losses.confirm(made, by=by)
