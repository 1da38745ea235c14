"""The one way to change a state: checked, recorded once, all or nothing."""

import itertools

import pytest
from django.db import connection

from core.errors import DomainError
from core.models import Event
from core.transitions import transition
from deadlines.rules import FLOW as DEADLINE_FLOW
from deadlines.rules import State
from equipment.models import Intake
from equipment.rules.lifecycle import INTAKE_FLOW, LIFECYCLE, IntakeState, Status
from tests import world as w
from tests.core.threads import at_once, failures

FLOWS = {"intake": INTAKE_FLOW, "obligation": DEADLINE_FLOW, "device": LIFECYCLE}
MOVES = {
    "intake": {("draft", "confirmed"), ("draft", "cancelled"), ("cancelled", "draft")},
    "obligation": {("open", "fulfilled"), ("open", "fulfilled_late"), ("open", "waived"), ("waived", "open")},
    "device": {
        ("in_stock", "in_use"), ("in_stock", "in_repair"), ("in_stock", "in_transfer"),
        ("in_stock", "pending_disposal"), ("in_stock", "lost"),
        ("in_use", "in_stock"), ("in_use", "in_repair"), ("in_use", "in_transfer"), ("in_use", "pending_disposal"),
        ("in_use", "lost"),
        ("in_repair", "in_stock"), ("in_repair", "in_use"), ("in_repair", "pending_disposal"),
        ("in_transfer", "in_stock"), ("in_transfer", "in_use"), ("in_transfer", "lost"),
        ("pending_disposal", "in_stock"), ("pending_disposal", "in_use"), ("pending_disposal", "disposed"),
        ("lost", "in_stock"),
    },
}  # fmt: skip
PAIRS = [(name, a, b) for name, flow in FLOWS.items() for a, b in itertools.product(flow.states.values, repeat=2)]


@pytest.mark.parametrize(("name", "old", "new"), PAIRS)
def test_every_pair_of_states(name, old, new):
    """Written out beside the workflow itself, so that a change of one has to be meant."""
    flow = FLOWS[name]
    if (old, new) in MOVES[name]:
        flow.check(old, new)
        return
    with pytest.raises(DomainError) as refusal:
        flow.check(old, new)
    assert flow.states(old).label in refusal.value.message
    assert flow.states(new).label in refusal.value.message


def test_final_states():
    for flow, final in ((INTAKE_FLOW, {IntakeState.CONFIRMED}), (LIFECYCLE, {Status.DISPOSED})):
        assert {state for state in flow.states if not flow.moves.get(state)} == final
    assert {state for state in State if not DEADLINE_FLOW.moves.get(state)} == {State.FULFILLED, State.FULFILLED_LATE}


def cancel(intake, by, reason="thử"):
    return transition(
        intake,
        IntakeState.CANCELLED,
        flow=INTAKE_FLOW,
        by=by,
        reason=reason,
        event="test.cancelled",
        cancel_reason=reason,
    )


@pytest.fixture
def draft(world):
    return w.draft(world, world.nghiepvu_badinh, ["SN1"])


@pytest.mark.django_db
def test_a_transition_writes_state_version_history_and_event(world, draft):
    done = cancel(draft, world.nghiepvu_badinh, "Nhầm đơn vị")
    done.refresh_from_db()
    assert (done.state, done.version, done.cancel_reason) == ("cancelled", draft.version + 1, "Nhầm đơn vị")
    row = done.history.first()
    assert (row.state, row.history_user, row.history_change_reason) == (
        "cancelled",
        world.nghiepvu_badinh,
        "Nhầm đơn vị",
    )
    event = Event.objects.get(kind="test.cancelled")
    assert (event.subject, event.unit, event.actor) == (done, done.unit, world.nghiepvu_badinh)
    assert event.payload == {"old": "draft", "new": "cancelled", "reason": "Nhầm đơn vị"}


@pytest.mark.django_db
def test_a_refused_transition_writes_nothing(world, draft):
    done = cancel(draft, world.nghiepvu_badinh)
    before = (done.history.count(), Event.objects.count())
    with pytest.raises(DomainError):
        cancel(done, world.nghiepvu_badinh)
    done.refresh_from_db()
    assert done.version == draft.version + 1
    assert (done.history.count(), Event.objects.count()) == before


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_wins_with_one_history_row_and_one_event():
    world = w.make_world()
    draft = w.draft(world, world.nghiepvu_badinh, ["SN1"])
    rows = draft.history.count()
    given = at_once(*(lambda: cancel(draft, world.nghiepvu_badinh) for _ in range(3)))
    lost = failures(given)
    assert len(lost) == 2
    assert all(isinstance(one, DomainError) and one.code == "workflow" for one in lost)
    assert draft.history.count() == rows + 1
    assert Event.objects.filter(kind="test.cancelled").count() == 1
    assert Intake.objects.get().version == draft.version + 1


@pytest.mark.django_db
def test_the_database_knows_no_other_state(draft):
    with connection.cursor() as cursor, pytest.raises(Exception, match="intake_state_known"):
        cursor.execute("UPDATE equipment_intake SET state = 'done'")
