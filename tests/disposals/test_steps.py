"""Each step of a disposal: what it asks for, what it writes, and that none is taken out of turn (art. 10)."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import DomainError, SeveralProblemsError, StaleError
from core.models import Document, DocumentKind, Event
from deadlines.models import Obligation
from deadlines.rules import Kind
from deadlines.rules import State as Owed
from disposals.actions import draft, steps
from disposals.models import Disposal, DisposalLine
from disposals.rules.flow import DISPOSAL_FLOW, DisposalState
from equipment.actions import licences, life
from equipment.models import Equipment, Installation, LedgerEntry, Reservation
from equipment.queries.depreciation import figures_of
from equipment.rules.lifecycle import LIFECYCLE, Status
from tests import world as w
from tests.disposals import support as s

ACTS = {
    "submit": (lambda d, by: steps.submit(d, by=by), "submitted"),
    "decide": (lambda d, by: steps.decide(d, number="1/QĐ", day=timezone.localdate(), signer="A", by=by), "decided"),
    "close": (lambda d, by: steps.close(d, values=s.ending(), by=by), "closed"),
    "cancel": (lambda d, by: draft.cancel(d, reason="Thôi", by=by), "cancelled"),
    "restore": (lambda d, by: draft.restore(d, by=by), "draft"),
}
ALLOWED = {
    ("draft", "submit"),
    ("submitted", "decide"),
    ("decided", "close"),
    ("draft", "cancel"),
    ("submitted", "cancel"),
    ("decided", "cancel"),
    ("cancelled", "restore"),
}


def owed(disposal, kind):
    return Obligation.objects.about(disposal).filter(kind=kind).first()


def snapshot():
    """What a refused step must leave alone."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Disposal, DisposalLine, Equipment, LedgerEntry, Reservation, Obligation, Event)
    ]


@pytest.mark.dieu("10")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", s.STATES)
def test_every_step_from_every_state(world, state, act):
    by = world.nghiepvu_badinh
    made = s.STATES[state](s.in_books(world, by, 2), by)
    do, leads_to = ACTS[act]
    if (state, act) in ALLOWED:
        assert do(made, by).state == leads_to
        return
    before = snapshot()
    with pytest.raises(DomainError) as refusal, transaction.atomic():
        do(made, by)
    assert refusal.value.code == "workflow"
    assert snapshot() == before


def test_the_workflow_is_this_one():
    assert {(str(a), str(b)) for a in DisposalState for b in DisposalState if DISPOSAL_FLOW.allows(a, b)} == {
        ("draft", "submitted"),
        ("draft", "cancelled"),
        ("submitted", "decided"),
        ("submitted", "cancelled"),
        ("decided", "closed"),
        ("decided", "cancelled"),
        ("cancelled", "draft"),
    }


@pytest.mark.dieu("10")
def test_a_whole_disposal(world):
    by = world.nghiepvu_badinh
    stock, used = s.in_books(world, by, 2)
    (used,) = s.use([used], by)
    made = s.drafted([stock, used], by)
    assert made.number == f"TL-01.001-{timezone.localdate().year}-0001"
    assert {r.number for r in Reservation.objects.all()} == {made.number}
    assert [s.fresh(d).status for d in (stock, used)] == ["in_stock", "in_use"]

    made = steps.submit(made, by=by, version=made.version)
    assert [s.fresh(d).status for d in (stock, used)] == ["pending_disposal"] * 2
    assert list(made.lines.values_list("former_status", flat=True)) == ["in_stock", "in_use"]
    term = owed(made, Kind.DISPOSAL_DOSSIER)
    assert (term.state, term.start_date, term.working_days) == (Owed.FULFILLED, made.minutes_date, 1)
    assert owed(made, Kind.DISPOSAL_CLOSE) is None

    s.paper(made, DocumentKind.DECISION, by)
    made = steps.decide(
        made, number="12/QĐ-BHXH", day=timezone.localdate(), signer="Giám đốc", by=by, version=made.version
    )
    term = owed(made, Kind.DISPOSAL_CLOSE)
    assert (term.state, term.start_date, term.working_days) == (Owed.OPEN, made.decision_date, 3)

    shown = figures_of([s.fresh(stock), s.fresh(used)], on=timezone.localdate())
    made = steps.close(made, values=s.ending(), by=by, version=made.version)
    assert (made.state, owed(made, Kind.DISPOSAL_CLOSE).state) == ("closed", Owed.FULFILLED)
    for device in (s.fresh(stock), s.fresh(used)):
        assert (device.status, device.holder_name) == ("disposed", "")
        entry = device.ledger.get(kind="disposal")
        assert (entry.quantity, entry.value, entry.effective_date) == (-1, -device.original_price, made.closed_on)
        assert (entry.dossier, entry.recorded_by) == (made.number, by)
        assert sum(e.quantity for e in device.ledger.all()) == 0
        assert sum(e.value for e in device.ledger.all()) == 0
        assert [h.status for h in device.history.order_by("-history_id")[:2]] == ["disposed", "pending_disposal"]
        kinds = Event.objects.filter(subject_id=device.pk, payload__dossier=made.number).order_by("id")
        assert list(kinds.values_list("kind", flat=True)) == [
            "equipment.disposal_drafted",
            "equipment.disposal_submitted",
            "equipment.disposal_decided",
            "equipment.disposed",
        ]
        line = made.lines.get(equipment=device)
        figures = shown[device.pk]
        assert (line.original_value, line.accumulated, line.residual) == (
            figures.original,
            figures.accumulated,
            figures.residual,
        )
    assert not Reservation.objects.exists()
    assert [h.state for h in made.history.order_by("history_id")][-3:] == ["submitted", "decided", "closed"]


def test_destruction_has_numbers_and_ways_of_its_own(world):
    by = world.nghiepvu_badinh
    made = s.closed(s.in_books(world, by), by, act="destruction", method="smash")
    assert made.number.startswith("TH-01.001-")
    with pytest.raises(DomainError) as refusal:
        s.drafted(s.in_books(world, by, prefix="X"), by, act="destruction", method="sale")
    assert refusal.value.field == "method"


@pytest.mark.dieu("10")
@pytest.mark.parametrize(
    ("kind", "state", "act"),
    [
        (DocumentKind.COUNCIL_MINUTES, "draft", "submit"),
        (DocumentKind.PROPOSAL, "draft", "submit"),
        (DocumentKind.EXPERT_OPINION, "draft", "submit"),
        (DocumentKind.DECISION, "submitted", "decide"),
        (DocumentKind.DATA_WIPE, "decided", "close"),
    ],
)
def test_a_missing_paper_is_named_and_nothing_is_written(world, kind, state, act):
    by = world.nghiepvu_badinh
    world.desktop.stores_data = True
    world.desktop.save()
    made = s.STATES[state](s.in_books(world, by), by)
    made.lines.update(wiped_on=timezone.localdate(), wiped_by="A", wipe_method="B")
    Document.objects.filter(kind=kind).delete()
    before = snapshot()
    with pytest.raises(DomainError, match=kind.label), transaction.atomic():
        ACTS[act][0](made, by)
    assert snapshot() == before


def test_no_opinion_is_needed_once_the_life_has_ended(world):
    by = world.nghiepvu_badinh
    world.desktop.life_years = 5
    world.desktop.save()
    devices = s.in_books(world, by, days=365 * 6 + 5)
    made = s.drafted(devices, by)
    Document.objects.filter(kind=DocumentKind.EXPERT_OPINION).delete()
    assert steps.submit(made, by=by).state == "submitted"


def test_no_wiping_is_asked_where_nothing_is_stored(world):
    by = world.nghiepvu_badinh
    made = s.decided(s.in_books(world, by), by)
    Document.objects.filter(kind=DocumentKind.DATA_WIPE).delete()
    assert steps.close(made, values=s.ending(), by=by).state == "closed"


@pytest.mark.dieu("10")
def test_data_is_wiped_before_the_end(world):
    by = world.nghiepvu_badinh
    world.desktop.stores_data = True
    world.desktop.save()
    devices = s.in_books(world, by, 2)
    made = s.decided(devices, by)
    with pytest.raises(DomainError, match=devices[0].code) as refusal:
        steps.close(made, values=s.ending(), by=by)
    assert refusal.value.field == "wiped_on"
    own = {"wiped_on": timezone.localdate() - timedelta(days=0), "wiped_by": "Phạm Văn Cường", "wipe_method": "Khử từ"}
    line = made.lines.get(equipment=devices[0])
    draft.describe_line(line, values=own, by=by, version=made.version)
    for_all = {"wiped_on": timezone.localdate(), "wiped_by": "Lê Thị Bình", "wipe_method": "Ghi đè"}
    steps.close(s.fresh(made), values=s.ending(**for_all), by=by)
    assert list(made.lines.values_list("wiped_by", flat=True)) == ["Phạm Văn Cường", "Lê Thị Bình"]
    late = {**for_all, "wiped_on": timezone.localdate() + timedelta(days=1)}
    other = s.decided(s.in_books(world, by, prefix="Y"), by)
    with pytest.raises(DomainError, match="trước khi bán"):
        steps.close(other, values=s.ending(**late), by=by)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"council": []}, "council"),
        ({"council": s.COUNCIL[:2]}, "council"),
        ({"council": [{**m, "head": False} for m in s.COUNCIL]}, "council"),
        ({"council": [{**m, "head": True} for m in s.COUNCIL]}, "council"),
        ({"council": [{**m, "title": ""} for m in s.COUNCIL]}, "council"),
        ({"council": ["ai đó"]}, "council"),
        ({"minutes_number": ""}, "minutes_number"),
        ({"minutes_date": None}, "minutes_date"),
        ({"minutes_date": w.past(500)}, "minutes_date"),
    ],
)
def test_what_the_council_must_say(world, changes, field):
    by = world.nghiepvu_badinh
    made = s.drafted(s.in_books(world, by), by, **changes)
    with pytest.raises(DomainError) as refusal:
        steps.submit(made, by=by)
    problems = getattr(refusal.value, "problems", [refusal.value])
    assert field in {problem.field for problem in problems}


def test_all_that_is_missing_is_told_at_once(world):
    by = world.nghiepvu_badinh
    made = s.drafted(s.in_books(world, by), by, papers=False, council=[], minutes_number="", minutes_date=None)
    with pytest.raises(SeveralProblemsError) as refusal:
        steps.submit(made, by=by)
    assert len(refusal.value.problems) == 6


@pytest.mark.dieu("10")
def test_late_steps_want_a_reason(world):
    by = world.nghiepvu_badinh
    made = s.drafted(s.in_books(world, by), by, minutes_date=s.working_days_ago(2))
    with pytest.raises(DomainError) as refusal:
        steps.submit(made, by=by)
    assert (refusal.value.field, refusal.value.code) == ("late_reason", "late")
    made = steps.submit(made, by=by, late_reason="Chờ chữ ký")
    term = owed(made, Kind.DISPOSAL_DOSSIER)
    assert (term.state, term.reason) == (Owed.FULFILLED_LATE, "Chờ chữ ký")

    s.paper(made, DocumentKind.DECISION, by)
    other = s.drafted(s.in_books(world, by, prefix="Y"), by, minutes_date=s.working_days_ago(9), late_reason="Chậm")
    other = steps.submit(other, by=by)
    s.paper(other, DocumentKind.DECISION, by)
    other = steps.decide(other, number="1", day=s.working_days_ago(4), signer="A", by=by)
    with pytest.raises(DomainError) as refusal:
        steps.close(other, values=s.ending(), by=by)
    assert refusal.value.field == "close_late_reason"
    other = steps.close(other, values=s.ending(close_late_reason="Chờ đấu giá"), by=by)
    assert owed(other, Kind.DISPOSAL_CLOSE).reason == "Chờ đấu giá"


@pytest.mark.parametrize(("number", "days", "field"), [("", 0, "number"), ("1", -1, "day"), ("1", 1, "day")])
def test_the_decision_has_a_number_and_a_day_that_fits(world, number, days, field):
    by = world.nghiepvu_badinh
    made = s.submitted(s.in_books(world, by), by)
    with pytest.raises(DomainError) as refusal:
        steps.decide(made, number=number, day=timezone.localdate() + timedelta(days=days), signer="A", by=by)
    assert refusal.value.field == field


def test_the_end_comes_after_the_decision_and_not_tomorrow(world):
    by = world.nghiepvu_badinh
    made = s.decided(s.in_books(world, by), by)
    for days in (-1, 1):
        with pytest.raises(DomainError) as refusal:
            steps.close(made, values=s.ending(closed_on=timezone.localdate() + timedelta(days=days)), by=by)
        assert refusal.value.field == "closed_on"


def test_proceeds_agree_with_those_of_the_devices(world):
    by = world.nghiepvu_badinh
    made = s.decided(s.in_books(world, by, 2), by)
    line = made.lines.first()
    draft.describe_line(line, values={"proceeds": 700_000}, by=by, version=made.version)
    with pytest.raises(DomainError, match=r"700\.000 đ"):
        steps.close(s.fresh(made), values=s.ending(), by=by)
    assert steps.close(s.fresh(made), values=s.ending(proceeds=Decimal(700_000)), by=by).state == "closed"
    alone = s.closed(s.in_books(world, by, prefix="Y"), by)
    assert alone.lines.get().proceeds == 1_200_000


def test_a_second_press_is_told_who_did_it(world):
    by = world.nghiepvu_badinh
    made = s.closed(s.in_books(world, by), by)
    with pytest.raises(DomainError, match=f"kết thúc bởi {by.full_name} lúc"):
        steps.close(made, values=s.ending(), by=by)


@pytest.mark.parametrize(("state", "act"), [("draft", "submit"), ("submitted", "decide"), ("decided", "close")])
def test_a_stale_page_changes_nothing(world, state, act):
    by = world.nghiepvu_badinh
    made = s.STATES[state](s.in_books(world, by), by)
    line = made.lines.get()
    draft.describe_line(line, values={"reason": "other"}, by=by, version=made.version)
    before = snapshot()
    late = {
        "submit": lambda: steps.submit(made, by=by, version=made.version),
        "decide": lambda: steps.decide(
            made, number="1", day=timezone.localdate(), signer="A", by=by, version=made.version
        ),
        "close": lambda: steps.close(made, values=s.ending(), by=by, version=made.version),
    }
    with pytest.raises(StaleError), transaction.atomic():
        late[act]()
    with pytest.raises(StaleError), transaction.atomic():
        draft.cancel(made, reason="x", by=by, version=made.version)
    assert snapshot() == before


def test_cancelling_gives_the_devices_back_as_they_were(world):
    by = world.nghiepvu_badinh
    stock, used, waiting = s.in_books(world, by, 3)
    (used,) = s.use([used], by)
    life.step([waiting], to=Status.PENDING_DISPOSAL, by=by, reason="Hỏng", event="equipment.test")
    for state in (s.submitted, s.decided):
        made = state([stock, used, waiting], by)
        made = draft.cancel(made, reason="Không được duyệt", by=by)
        assert [s.fresh(d).status for d in (stock, used, waiting)] == ["in_stock", "in_use", "pending_disposal"]
        assert s.fresh(used).holder_name == "Nguyễn Văn Dùng"
        assert made.cancel_reason == "Không được duyệt"
        assert not Reservation.objects.exists()
        assert not Obligation.objects.about(made).filter(state=Owed.OPEN).exists()
    assert not LedgerEntry.objects.filter(kind="disposal").exists()


def test_a_cancelled_draft_is_taken_up_again_with_its_term(world):
    by = world.nghiepvu_badinh
    device = s.in_books(world, by)[0]
    made = s.cancelled([device], by)
    assert owed(made, Kind.DISPOSAL_DOSSIER).state == Owed.WAIVED
    other = s.drafted([device], by, minutes_date=None)
    with pytest.raises(DomainError, match=other.number):
        draft.restore(made, by=by)
    draft.cancel(other, reason="x", by=by)
    assert draft.restore(made, by=by).state == "draft"
    assert owed(made, Kind.DISPOSAL_DOSSIER).state == Owed.OPEN


def test_a_draft_changes_its_devices(world):
    by = world.nghiepvu_badinh
    first, second, third = s.in_books(world, by, 3)
    made = s.drafted([first, second], by)
    made.lines.filter(equipment=second).update(proceeds=5)
    made = draft.save_draft(
        made, devices=[second, third], reason="other", values=s.values(), by=by, version=made.version
    )
    assert [(n.equipment, n.reason, n.proceeds) for n in made.lines.all()] == [
        (second, "other", 5),
        (third, "other", 0),
    ]
    assert set(Reservation.objects.values_list("equipment", flat=True)) == {second.pk, third.pk}
    with pytest.raises(DomainError, match="ít nhất một"):
        draft.save_draft(made, devices=[], reason="other", values=s.values(), by=by, version=made.version)


def test_the_same_form_twice_makes_one_draft(world):
    by, form = world.nghiepvu_badinh, uuid.uuid4()
    first, second = s.in_books(world, by, 2)
    given = {"act": "liquidation", "reason": "other", "by": by, "submission": form}
    made = draft.start_draft(devices=[first], values=s.values(), **given)
    assert draft.start_draft(devices=[first], values=s.values(), **given) == made
    assert Disposal.objects.get().version == 1
    again = draft.start_draft(devices=[first, second], values=s.values(), **given)
    assert (again.pk, again.lines.count(), again.version) == (made.pk, 2, 2)
    with pytest.raises(DomainError, match=made.number):
        draft.start_draft(devices=[second], values=s.values(), **given)


@pytest.mark.parametrize("status", [s for s in Status if s not in {"in_stock", "in_use", "pending_disposal"}])
def test_devices_in_other_states_are_not_taken(world, status):
    by = world.nghiepvu_badinh
    device = s.in_books(world, by)[0]
    Equipment.objects.filter(pk=device.pk).update(status=status)
    with pytest.raises(DomainError, match=device.code):
        s.drafted([device], by)


def test_the_end_of_life_is_final(world):
    by = world.nghiepvu_badinh
    device = s.in_books(world, by)[0]
    s.closed([device], by)
    device = s.fresh(device)
    assert not any(LIFECYCLE.allows(Status.DISPOSED, to) for to in Status)
    for to in Status:
        with pytest.raises(DomainError):
            life.step([device], to=to, by=by, reason="x", event="equipment.test")
    with pytest.raises(DomainError):
        s.drafted([device], by)
    with pytest.raises(DomainError):
        s.report([device], by)


def test_devices_of_two_units_never_share_a_dossier(world):
    mine = s.in_books(world, world.nghiepvu_badinh)
    theirs = s.in_books(world, world.nghiepvu_hoankiem)
    with pytest.raises(DomainError, match=theirs[0].code):
        s.drafted([*mine, *theirs], world.nghiepvu_badinh)
    assert not Reservation.objects.exists()


def test_the_softwares_seats_are_freed(world):
    by = world.nghiepvu_badinh
    (computer,) = s.in_books(world, by)
    (office,) = s.in_books(world, by, prefix="PM", category=world.office, model=None, attributes={})
    licences.install(office, [computer], on=w.past(100), by=by)
    s.closed([computer], by)
    assert Installation.objects.get().removed_on == timezone.localdate()
