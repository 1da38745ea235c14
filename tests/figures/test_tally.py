"""The tally equals the devices at every commit, however they are written."""

import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from core.scope import entered
from equipment.actions import tally
from equipment.models import Category, Equipment, Tally
from equipment.rules.lifecycle import Status
from equipment.tasks import fold_tally
from orgs.models import OrgUnit
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.support import taken_in
from tests.figures.stock import CATEGORIES, UNITS, ask, counted, device, furnish, kinds, stocked, tallied


def some(chance: random.Random, most: int = 4) -> list[int]:
    keys = list(Equipment.objects.values_list("pk", flat=True))
    return chance.sample(keys, min(len(keys), chance.randint(0, most)))


def insert_by_orm(rows, _):
    for kind in rows:
        device(kind).save()


def insert_in_bulk(rows, _):
    stocked(rows)


def copy_in(rows, _):
    names = "code, unit_id, category_id, name, serial, inventory_number, holder_name, status, condition, original_price"
    names += ", received_on, made_in, attributes, note, version"
    made = [device(kind) for kind in rows]
    with connection.cursor() as cursor, cursor.copy(f"COPY equipment_equipment ({names}) FROM STDIN") as copy:
        for one in made:
            counted_fields = (one.status, one.condition, one.original_price, one.received_on)
            copy.write_row(
                (one.code, one.unit_id, one.category_id, one.name, "", "", "", *counted_fields, "", "{}", "", 1)
            )


def save_again(rows, chance):
    """Every field that is counted, and one that isn't."""
    for pk, kind in zip(some(chance), rows, strict=False):
        one = Equipment.objects.get(pk=pk)
        other = device(kind)
        for name in ("unit", "category", "status", "condition", "received_on", "original_price"):
            if chance.random() < 0.5:
                setattr(one, name, getattr(other, name))
        one.note = "Đã sửa"
        one.save()


def update_raw(rows, chance):
    for kind in rows[:1]:
        ask(
            "UPDATE equipment_equipment SET status = %s, original_price = %s, received_on = %s WHERE id = ANY (%s)",
            kind["status"], kind["original_price"], kind["received_on"], some(chance),
        )  # fmt: skip


def upsert(rows, chance):
    """One statement that both inserts and updates."""
    for one in map(device, rows[:2]):
        for old in Equipment.objects.filter(pk__in=some(chance, 1)):
            one.code = old.code
        Equipment.objects.bulk_create(
            [one], update_conflicts=True, unique_fields=["code"], update_fields=["status", "original_price"]
        )


def delete_raw(_, chance):
    ask("DELETE FROM equipment_equipment WHERE id = ANY (%s)", some(chance, 2))


def delete_by_orm(_, chance):
    Equipment.objects.filter(pk__in=some(chance, 2)).delete()


def fold(_, __):
    tally.fold()


def roll_back(rows, chance):
    with transaction.atomic():
        stocked(rows)
        update_raw(rows, chance)
        tally.fold()
        transaction.set_rollback(True)


ACTS = [insert_by_orm, insert_in_bulk, copy_in, save_again, update_raw, upsert, delete_raw, delete_by_orm, fold]
steps = st.tuples(st.sampled_from([*ACTS, roll_back]), st.lists(kinds, max_size=4))


@pytest.mark.dieu("14.6")
@pytest.mark.django_db
@given(story=st.lists(steps, min_size=1, max_size=8), seed=st.integers(0, 1000))
@settings(max_examples=60)
def test_the_tally_equals_the_devices_however_they_are_written(story, seed):
    chance = random.Random(seed)
    with transaction.atomic():
        furnish(w.make_world())
        for act, rows in story:
            act(rows, chance)
            assert tallied() == counted(), act.__name__
            assert tally.faults() == []
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestTheLines:
    def test_what_changes_nothing_that_is_counted_leaves_no_line(self, world):
        furnish(world)
        stocked([{**dict.fromkeys(("unit",), "01"), **PLAIN}])
        before = Tally.objects.count()
        one = Equipment.objects.get()
        one.note = "Ghi chú"
        one.save()
        ask("UPDATE equipment_equipment SET received_on = '2021-12-31'")  # the same year
        assert Tally.objects.count() == before == 1

    def test_folding_leaves_one_line_of_each_kind_and_none_of_nothing(self, world):
        furnish(world)
        for _ in range(3):
            stocked([{"unit": "01", **PLAIN}])
        gone = stocked([{"unit": "48", **PLAIN}])
        ask("DELETE FROM equipment_equipment WHERE id = %s", gone[0].pk)
        assert Tally.objects.count() == 5
        tally.fold()
        assert list(Tally.objects.values_list("unit__code", "quantity", "value")) == [("01", 3, 30)]
        assert tally.fold() == 0

    def test_the_task_folds_from_where_it_runs(self, world):
        """A worker's connection has the application's role, which may not write the tally."""
        furnish(world)
        for _ in range(2):
            stocked([{"unit": "01", **PLAIN}])
        with entered(world.nghiepvu_danang.scope):
            assert fold_tally() == 1
        assert Tally.objects.get().quantity == 2

    def test_truncating_empties_it(self, world):
        furnish(world)
        stocked([{"unit": "01", **PLAIN}])
        ask("SET CONSTRAINTS ALL IMMEDIATE")
        ask("TRUNCATE equipment_equipment CASCADE")
        assert not Tally.objects.exists()

    def test_an_intake_is_counted_with_its_value(self, world):
        taken_in(world, world.nghiepvu_badinh, ["A1", "A2"])
        assert tallied() == counted()
        (sums,) = tallied().values()
        assert sums == (2, 29_000_000)


PLAIN = {
    "category": "MAY_CHU",
    "status": "in_use",
    "condition": "good",
    "received_on": "2021-03-01",
    "original_price": 10,
}


@pytest.mark.django_db
class TestTheCommand:
    def run(self, *args):
        said = StringIO()
        call_command("rebuild_tally", *args, stdout=said)
        return said.getvalue()

    def test_it_finds_and_mends_what_was_written_past_the_triggers(self, world):
        furnish(world)
        stocked([{"unit": unit, **PLAIN} for unit in ("01", "01", "48")])
        assert "equals" in self.run("--check")
        Tally.objects.filter(unit__code="01").update(quantity=7)
        with pytest.raises(CommandError, match=r"1 sums differ(?s:.*) 7 2 20 20"):
            self.run("--check")
        Tally.objects.all().delete()
        assert len(tally.faults()) == 2
        assert self.run() == "2 lines\n"
        assert tallied() == counted()
        assert "equals" in self.run("--check")


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_folds_at_once():
    """Nobody waits for another, nothing is lost and nothing is counted twice."""
    world = w.make_world()
    furnish(world)
    first = stocked([{"unit": code, **PLAIN} for code in UNITS for _ in range(3)])
    categories = {code: Category.objects.get(code=code).pk for code in CATEGORIES}
    units = {code: OrgUnit.objects.get(code=code).pk for code in UNITS}

    def write(number: int):
        chance = random.Random(number)

        def act():
            mine = [one.pk for one in first[number::4]]
            for turn in range(15):
                with transaction.atomic():
                    Equipment.objects.bulk_create(
                        Equipment(
                            code=f"R-{number}-{turn}-{n}",
                            name="Máy",
                            unit_id=units[chance.choice(UNITS)],
                            category_id=categories[chance.choice(CATEGORIES)],
                            status=chance.choice(Status.values),
                            received_on="2020-05-05",
                            original_price=turn,
                        )
                        for n in range(3)
                    )
                    Equipment.objects.filter(pk__in=mine).update(status=chance.choice(Status.values))
                    if turn % 5 == 4:
                        transaction.set_rollback(True)
                # Every statement between two commits sees them equal.
                assert tally.faults() == []

        return act

    def fold_often():
        for _ in range(30):
            tally.fold()
            assert tally.faults() == []

    given_back = at_once(*(write(number) for number in range(3)), fold_often, fold_often)
    assert failures(given_back) == []
    assert tallied() == counted()
    assert Equipment.objects.count() == len(first) + 3 * 12 * 3
    tally.fold()
    assert Tally.objects.count() == len(tallied())
