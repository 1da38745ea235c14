"""The books: all of an intake or nothing, append-only, and always equal to what is there."""

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Counter, Event
from deadlines.models import Obligation
from equipment.actions import confirm, intake
from equipment.models import Equipment, Intake, IntakeLine, LedgerEntry
from tests import world as w
from tests.equipment.support import paper, ready, taken_in

pytestmark = pytest.mark.django_db

# Every table that confirming writes, and the write after which the database fails.
STEPS = [
    ("core_counter", "UPDATE OR INSERT"),
    ("equipment_equipment", "INSERT"),
    ("equipment_historicalequipment", "INSERT"),
    ("equipment_ledgerentry", "INSERT"),
    ("equipment_intake", "UPDATE"),
    ("equipment_historicalintake", "INSERT"),
    ("core_event", "INSERT"),
    ("deadlines_obligation", "UPDATE"),
    ("deadlines_historicalobligation", "INSERT"),
]
DRAFT_STEPS = [
    ("core_counter", "UPDATE OR INSERT"),
    ("equipment_intake", "INSERT"),
    ("equipment_historicalintake", "INSERT"),
    ("equipment_intakeline", "INSERT"),
    ("equipment_historicalintakeline", "INSERT"),
    ("deadlines_obligation", "INSERT"),
    ("deadlines_historicalobligation", "INSERT"),
    ("core_event", "INSERT"),
]


def fail_after(table, write):
    """From now on the database fails once a statement has written to `table`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION test_fail() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'test failure'; END $$"
        )
        cursor.execute(
            f'CREATE TRIGGER test_fail AFTER {write} ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION test_fail()'
        )


def everything():
    """All rows that an intake touches."""
    models = (
        Counter, Event, Obligation, Obligation.history.model, Equipment, Equipment.history.model, LedgerEntry, Intake,
        Intake.history.model, IntakeLine, IntakeLine.history.model,
    )  # fmt: skip
    return {model: sorted(map(repr, model.objects.values())) for model in models}


@pytest.mark.parametrize(("table", "write"), STEPS)
def test_a_confirmation_that_fails_at_any_step_leaves_nothing(world, table, write):
    taken_in(world, world.nghiepvu_badinh, ["OLD1"])
    made = ready(world, world.nghiepvu_badinh, ["A1", "A2", "A3"])
    before = everything()
    fail_after(table, write)
    # No transaction of the test's own around it: were it not one by itself, the next question would fail.
    with pytest.raises(DatabaseError, match="test failure"):
        confirm.confirm(made, by=world.nghiepvu_badinh)
    assert everything() == before


@pytest.mark.parametrize(("table", "write"), DRAFT_STEPS)
def test_a_draft_that_fails_at_any_step_leaves_nothing(world, table, write):
    before = everything()
    fail_after(table, write)
    rows = w.lines(world, ["A1"])
    with pytest.raises(DatabaseError, match="test failure"):
        intake.start_draft(unit=world.units["01.001"], header=w.header(), lines=rows, by=world.nghiepvu_badinh)
    assert everything() == before


TALLY = {"equipment_tally"}  # triggers write it, in the very statements of the steps


def test_the_steps_are_all_tables_that_confirming_writes(world):
    """Were a table forgotten above, this says which."""
    made = ready(world, world.nghiepvu_badinh, ["A1", "A2"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL stats_fetch_consistency = 'none'")
        written = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        cursor.execute(written)
        before = dict(cursor.fetchall())
        confirm.confirm(made, by=world.nghiepvu_badinh)
        cursor.execute(written)
        changed = {name for name, count in cursor.fetchall() if count != before.get(name, 0)}
    assert changed == {table for table, _ in STEPS} | TALLY


def test_a_failed_page_of_confirmation_says_so_and_leaves_nothing(world, client_of):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    client = client_of(world.nghiepvu_badinh)
    client.raise_request_exception = False
    fail_after("equipment_ledgerentry", "INSERT")
    response = client.post(f"/tiep-nhan/{made.number}/tiep-nhan/", {"version": made.version})
    assert response.status_code == 500
    assert "không lưu dở dang" in response.content.decode()
    assert not Equipment.objects.exists()
    assert Intake.objects.get().state == "draft"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE equipment_ledgerentry SET value = 0",
        "UPDATE equipment_ledgerentry SET effective_date = '2000-01-01'",
        "DELETE FROM equipment_ledgerentry",
    ],
)
def test_the_ledger_can_only_grow_even_for_the_owner_of_the_tables(world, sql):
    taken_in(world, world.nghiepvu_badinh, ["A1"])
    before = list(LedgerEntry.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(LedgerEntry.objects.values()) == before
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.get().delete()
    entry = LedgerEntry.objects.get()
    entry.value = 1
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()


def test_history_rows_can_be_neither_changed_nor_deleted_by_the_application(world):
    from core.scope import entered  # noqa: PLC0415 - only here

    taken_in(world, world.nghiepvu_badinh, ["A1"])
    for sql in ("UPDATE equipment_historicalequipment SET name = ''", "DELETE FROM equipment_historicalequipment"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            entered(world.nghiepvu_badinh.scope),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


INTAKES = st.lists(
    st.tuples(
        st.sampled_from(["nghiepvu_badinh", "nghiepvu_hoankiem", "nghiepvu_danang"]),
        st.lists(
            st.tuples(st.booleans(), st.integers(1, 4), st.integers(0, 10**13 - 1)), min_size=1, max_size=3
        ),  # hardware?, quantity, unit price
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
@given(INTAKES)
def test_the_sums_of_the_books_are_the_devices(world, intakes):
    expected: dict = {}
    with transaction.atomic():
        for number, (name, lines) in enumerate(intakes):
            by = getattr(world, name)
            rows = [
                intake.LineData(
                    category=world.desktop if hardware else world.office,
                    quantity=quantity,
                    unit_price=price,
                    items=[{"serial": f"{number}-{place}-{n}"} for n in range(quantity)] if hardware else [],
                )
                for place, (hardware, quantity, price) in enumerate(lines)
            ]
            made = intake.start_draft(unit=by.unit, header=w.header(), lines=rows, by=by)
            paper(made, by)
            confirm.confirm(made, by=by)
            for row in rows:
                count, value = expected.get((by.unit_id, row.category.pk), (0, 0))
                expected[by.unit_id, row.category.pk] = (count + row.quantity, value + row.quantity * row.unit_price)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT unit_id, category_id, sum(quantity), sum(value) FROM equipment_ledgerentry GROUP BY 1, 2"
            )
            assert {(unit, category): tuple(rest) for unit, category, *rest in cursor.fetchall()} == expected
            cursor.execute(
                "SELECT unit_id, category_id, count(*), sum(original_price) FROM equipment_equipment GROUP BY 1, 2"
            )
            assert {(unit, category): tuple(rest) for unit, category, *rest in cursor.fetchall()} == expected
        for unit in {unit for unit, _ in expected}:
            codes = Equipment.objects.filter(unit=unit).order_by("code").values_list("code", flat=True)
            assert [int(code.rpartition("-")[2]) for code in codes] == list(range(1, len(codes) + 1))
        assert Equipment.history.count() == LedgerEntry.objects.count() == Equipment.objects.count()
        transaction.set_rollback(True)
