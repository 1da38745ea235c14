"""Rows made of rows within the database say what the row-by-row ways would have said."""

import pytest
from django.db.models import Value
from django.utils import timezone

from core import events
from core.bulk import assign, insert_from, record_history
from core.models import Event
from equipment.models import Equipment, LedgerEntry
from tests.world import confirmed

UNLIKE = {"history_id", "history_date", "history_change_reason"}


@pytest.fixture
def rows(world):
    confirmed(world, world.nghiepvu_badinh, ["B1", "B2", "B3"])
    return Equipment.objects.filter(serial__startswith="B")


@pytest.mark.parametrize(("created", "kind"), [(True, "+"), (False, "~")])
def test_history_is_what_the_library_writes(world, rows, created, kind):
    by, now = world.nghiepvu_badinh, timezone.now()
    assert record_history(rows, created=created, by=by, reason="Thử", when=now) == 3
    for item in rows:
        ours, library = item.history.order_by("-history_id")[:2]
        for field in Equipment.history.model._meta.concrete_fields:
            if field.name not in UNLIKE | {"history_type"}:
                assert getattr(ours, field.attname) == getattr(library, field.attname), field.name
        assert (ours.history_type, ours.history_change_reason, ours.history_date) == (kind, "Thử", now)


def test_events_of_many_rows_are_those_of_each(world, rows):
    by = world.nghiepvu_badinh
    events.record_rows("test.nobody", rows, unit=by.unit, by=by, payload={"dossier": "Số 1"})
    found = Event.objects.filter(kind="test.nobody").order_by("pk")
    assert [event.subject for event in found] == list(rows.order_by("pk"))
    assert {(e.unit, e.actor, e.payload["dossier"], e.attempts) for e in found} == {(by.unit, by, "Số 1", 0)}
    assert all(event.delivered_at for event in found)


def test_a_kind_that_somebody_handles_is_not_written_past_them(world, rows):
    by = world.nghiepvu_badinh
    with pytest.raises(ValueError, match=r"equipment\.described has a handler"):
        events.record_rows("equipment.described", rows, unit=by.unit, by=by, payload={})


def test_the_checks_of_the_database_hold(world, rows):
    with pytest.raises(Exception, match="ledger_kind_known"):
        insert_from(
            LedgerEntry,
            rows,
            {
                "equipment": "pk", "unit": "unit_id", "category": "category_id", "kind": Value("gift"),
                "effective_date": "received_on", "quantity": Value(1), "value": "original_price", "dossier": Value("x"),
                "recorded_at": Value(timezone.now()),
            },
        )  # fmt: skip


def test_each_row_gets_its_own_value_and_its_history(world, rows):
    by, now = world.nghiepvu_badinh, timezone.now()
    first, second, third = rows.order_by("pk")
    assert assign(Equipment, "holder_name", {first.pk: "An", third.pk: "Bình"}, by=by, reason="Thử", when=now) == 2
    assert list(rows.order_by("pk").values_list("holder_name", flat=True)) == ["An", second.holder_name, "Bình"]
    told = [(item.history.first().holder_name, item.history.first().history_change_reason) for item in (first, third)]
    assert told == [("An", "Thử"), ("Bình", "Thử")]
    assert second.history.first().history_change_reason != "Thử"


def test_what_no_person_did_is_recorded_so(world, rows):
    assign(Equipment, "holder_name", {rows[0].pk: "An"}, by=None, reason="Thử", when=timezone.now())
    assert rows[0].history.first().history_user is None
