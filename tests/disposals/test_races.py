"""Everything twice at once: real threads on real connections."""

import uuid

import pytest
from django.utils import timezone

from core.errors import DomainError, StaleError
from core.models import Event
from disposals.actions import draft, losses, steps
from disposals.models import Disposal, LossReport
from disposals.rules.flow import Happening
from equipment.models import LedgerEntry, Reservation
from tests.core.threads import at_once, failures
from tests.disposals import support as s
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def land():
    return make_world()


STEPS = {
    "submit": ("draft", lambda d, by: steps.submit(d, by=by), "disposal.submitted"),
    "decide": (
        "submitted",
        lambda d, by: steps.decide(d, number="1", day=timezone.localdate(), signer="A", by=by),
        "disposal.decided",
    ),
    "close": ("decided", lambda d, by: steps.close(d, values=s.ending(), by=by), "disposal.closed"),
    "cancel": ("draft", lambda d, by: draft.cancel(d, reason="x", by=by), "disposal.cancelled"),
    "restore": ("cancelled", lambda d, by: draft.restore(d, by=by), "disposal.restored"),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_twice_at_once_happens_once(land, name):
    state, act, event = STEPS[name]
    by = land.nghiepvu_badinh
    made = s.STATES[state](s.in_books(land, by, 3), by)
    given = at_once(lambda: act(s.fresh(made), by), lambda: act(s.fresh(made), by))
    assert [type(one) for one in failures(given)] == [DomainError]
    assert Event.objects.filter(kind=event).count() == 1
    assert LedgerEntry.objects.filter(kind="disposal").count() == (3 if name == "close" else 0)
    assert s.fresh(made).version == made.version + 1


@pytest.mark.parametrize("name", ["confirm", "cancel"])
def test_a_report_twice_at_once_is_booked_once(land, name):
    by = land.nghiepvu_badinh
    made = s.report(s.in_books(land, by, 2), by)
    acts = {"confirm": lambda: losses.confirm(s.fresh(made), by=by)}
    acts["cancel"] = lambda: losses.cancel(s.fresh(made), reason="x", by=by)
    given = at_once(acts[name], acts[name])
    assert [type(one) for one in failures(given)] == [DomainError]
    assert LedgerEntry.objects.filter(kind="lost").count() == (2 if name == "confirm" else 0)


def test_two_dossiers_want_one_device_at_once(land):
    by = land.nghiepvu_badinh
    first, second = s.in_books(land, by, 2)
    for _ in range(5):
        given = at_once(
            lambda: s.drafted([first, second], by, papers=False), lambda: s.report([second, first], by, papers=False)
        )
        assert [isinstance(one, DomainError) for one in failures(given)] == [True]
        assert Reservation.objects.values("number").distinct().count() == 1
        for one in Disposal.objects.filter(state="draft"):
            draft.cancel(one, reason="x", by=by)
        for one in LossReport.objects.filter(state="draft"):
            losses.cancel(one, reason="x", by=by)


def test_the_same_form_twice_at_once_makes_one_draft(land):
    by, form = land.nghiepvu_badinh, uuid.uuid4()
    devices = s.in_books(land, by, 2)

    def press():
        return draft.start_draft(
            devices=devices, act="liquidation", reason="other", values=s.values(), by=by, submission=form
        )

    def report():
        return losses.start_draft(
            kind=Happening.LOST, devices=devices, values=s.told(Happening.LOST), by=by, submission=form
        )

    given = at_once(press, press)
    assert failures(given) == []
    assert given[0].pk == given[1].pk
    draft.cancel(given[0], reason="x", by=by)
    given = at_once(report, report)
    assert failures(given) == []
    assert given[0].pk == given[1].pk


def test_closing_while_it_is_cancelled(land):
    by = land.nghiepvu_badinh
    made = s.decided(s.in_books(land, by, 2), by)
    given = at_once(
        lambda: steps.close(s.fresh(made), values=s.ending(), by=by),
        lambda: draft.cancel(s.fresh(made), reason="x", by=by),
    )
    assert len(failures(given)) == 1
    state = s.fresh(made).state
    booked = LedgerEntry.objects.filter(kind="disposal").count()
    assert (state, booked) in {("closed", 2), ("cancelled", 0)}
    assert {line.equipment.status for line in made.lines.select_related("equipment")} == {
        "disposed" if state == "closed" else "in_stock"
    }


def test_a_line_and_a_step_at_once(land):
    by = land.nghiepvu_badinh
    made = s.drafted(s.in_books(land, by), by)
    line = made.lines.get()
    given = at_once(
        lambda: steps.submit(s.fresh(made), by=by, version=made.version),
        lambda: draft.describe_line(line, values={"reason": "other"}, by=by, version=made.version),
    )
    assert [type(one) for one in failures(given)] == [StaleError]
