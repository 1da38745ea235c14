"""After the lock nothing changes the year: form, import, bulk, commands, raw SQL as the application's role (art. 13.8).

Each attack is followed by counting the year anew: the figures are those that were frozen.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError, ProgrammingError
from django.utils import timezone

from core.scope import entered
from equipment.actions import bulk, equipment
from equipment.models import Equipment, LedgerEntry
from equipment.rules.bulk import Wanted
from tests.depreciation.support import both
from tests.equipment.support import ready, taken_in
from tests.yearend.closing import bought, closed, figures
from tests.yearend.support import in_year, last_year

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dieu("13.8")]
LAST = f"{last_year()}-12-31"
BEFORE = f"{last_year()}-06-30"


@pytest.fixture
def shut(world):
    """Two devices on closed books, one on open ones of another unit; and what the year says."""
    both(world.desktop, life=5, percent=20)
    mine = bought(world, world.nghiepvu_badinh, ["A1", "A2"], on=in_year(3, 10))
    other = bought(world, world.nghiepvu_hoankiem, ["B1"], on=in_year(3, 10))
    written_then()
    unit = world.units["01.001"]
    report = closed(unit, world.nghiepvu_badinh)
    world.__dict__.update(mine=mine, other=other, shut=unit, frozen=report.edition.figures["own"])
    return world


def written_then() -> None:
    """What is in the history was written in that year, too: else it would be read as told later."""
    Equipment.history.update(history_date=timezone.now().replace(year=last_year(), month=4, day=1))


def unchanged(world) -> None:
    assert figures(world.shut)[world.shut.pk] == world.frozen


def as_application(user) -> Iterator[None]:
    """The scope of a person, as a request has it."""
    return entered(user.scope)


RAW = {
    "an entry of that year": """INSERT INTO equipment_ledgerentry (equipment_id, unit_id, category_id, kind,
        effective_date, quantity, value, dossier, recorded_at)
        SELECT id, unit_id, category_id, 'value_change', %(last)s, 0, 5000000, 'X', now()
        FROM equipment_equipment WHERE id = %(device)s""",
    "an entry of another unit for a device of ours": """INSERT INTO equipment_ledgerentry (equipment_id, unit_id,
        category_id, kind, effective_date, quantity, value, dossier, recorded_at)
        SELECT id, %(elsewhere)s, category_id, 'value_change', %(before)s, 0, 5000000, 'X', now()
        FROM equipment_equipment WHERE id = %(device)s""",
    "changing entries": "UPDATE equipment_ledgerentry SET value = 1 WHERE unit_id = %(unit)s",
    "deleting entries": "DELETE FROM equipment_ledgerentry WHERE unit_id = %(unit)s",
    "emptying the ledger": "TRUNCATE equipment_ledgerentry CASCADE",
    "a backdated row of history": """INSERT INTO equipment_historicalequipment
        SELECT (jsonb_populate_record(h, jsonb_build_object('history_id', nextval(pg_get_serial_sequence(
        'equipment_historicalequipment', 'history_id')), 'history_date', %(before)s, 'condition', 'poor'))).*
        FROM equipment_historicalequipment h WHERE h.id = %(device)s LIMIT 1""",
    "a backdated row of history under another unit": """INSERT INTO equipment_historicalequipment
        SELECT (jsonb_populate_record(h, jsonb_build_object('history_id', nextval(pg_get_serial_sequence(
        'equipment_historicalequipment', 'history_id')), 'history_date', %(before)s, 'condition', 'poor',
        'unit_id', %(elsewhere)s::bigint))).* FROM equipment_historicalequipment h WHERE h.id = %(device)s LIMIT 1""",
    "a row of history slipped in before the others": """INSERT INTO equipment_historicalequipment
        SELECT (jsonb_populate_record(h, jsonb_build_object('history_id', -7, 'condition', 'poor'))).*
        FROM equipment_historicalequipment h WHERE h.id = %(device)s LIMIT 1""",
    "changing history": "UPDATE equipment_historicalequipment SET condition = 'poor' WHERE id = %(device)s",
    "deleting history": "DELETE FROM equipment_historicalequipment WHERE id = %(device)s",
    "a device changed without history": "UPDATE equipment_equipment SET condition = 'poor' WHERE id = %(device)s",
    "a device moved without history": "UPDATE equipment_equipment SET unit_id = %(elsewhere)s WHERE id = %(device)s",
    "the day of receipt": "UPDATE equipment_equipment SET received_on = '2001-01-01' WHERE id = %(device)s",
    "deleting a device": "DELETE FROM equipment_equipment WHERE id = %(device)s",
    "opening the lock": "UPDATE equipment_periodlock SET unlocked_at = now(), unlocked_by_id = locked_by_id",
    "moving the lock": "UPDATE equipment_periodlock SET closed_until = '2001-12-31', year = 2001",
    "deleting the lock": "DELETE FROM equipment_periodlock",
    "changing an edition": "UPDATE yearend_annualedition SET figures = '{}'",
    "deleting editions": "DELETE FROM yearend_annualedition",
    "a stretch of use in that year": """INSERT INTO equipment_holding (equipment_id, unit_id, holder_name, since,
        given_by, ended_by) VALUES (%(device)s, %(unit)s, 'Ai đó', %(before)s, 'X', '')""",
    "a rate of wear": "UPDATE equipment_depreciationrate SET life_years = 1, rate = 100",
    "a circular's days": "UPDATE equipment_depreciationregime SET valid_from = '2001-01-01' WHERE valid_to IS NOT NULL",
    "years of use of a category": """INSERT INTO equipment_historicalcategory
        SELECT (jsonb_populate_record(h, jsonb_build_object('history_id', nextval(pg_get_serial_sequence(
        'equipment_historicalcategory', 'history_id')), 'history_date', %(before)s, 'life_years', 1))).*
        FROM (SELECT * FROM equipment_historicalcategory UNION ALL SELECT (jsonb_populate_record(
        NULL::equipment_historicalcategory, to_jsonb(c) || jsonb_build_object('history_type', '~'))).*
        FROM equipment_category c) h WHERE h.id = (SELECT category_id FROM equipment_equipment WHERE id = %(device)s)
        LIMIT 1""",
    "the code of a category": "UPDATE equipment_category SET code = 'KHAC' WHERE code = 'MAY_TINH_BAN'",
    "triggers of the ledger": "ALTER TABLE equipment_ledgerentry DISABLE TRIGGER ALL",
    "dropping a trigger": "DROP TRIGGER ledger_within_open_books ON equipment_ledgerentry",
    "replacing the function": """CREATE OR REPLACE FUNCTION public.qltb_refuse_closed(units bigint[], days date[])
        RETURNS void LANGUAGE sql AS ''""",
    "the role of replication": "SET session_replication_role = 'replica'",
    "no policies": "ALTER TABLE equipment_periodlock DISABLE ROW LEVEL SECURITY",
}


def attack(world, sql: str) -> str:
    """What became of it: the database's refusal, or how many rows it reached."""
    values = {
        "device": world.mine[0].pk,
        "unit": world.shut.pk,
        "elsewhere": world.units["01.002"].pk,
        "last": LAST,
        "before": BEFORE,
    }
    every = ",".join(str(unit.pk) for unit in world.units.values())
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE qltb_app")
            cursor.execute("SELECT set_config('qltb.read', 'all', true), set_config('qltb.write', %s, true)", [every])
            cursor.execute(sql, values)
            return f"{cursor.rowcount} rows"
    except (IntegrityError, InternalError, ProgrammingError) as error:
        return type(error).__name__


def test_raw_sql_of_the_applications_role_changes_nothing(shut):
    """With whatever scope it gives itself: it writes for every unit."""
    passed = {}
    for name, sql in RAW.items():
        told = attack(shut, sql)
        if told.endswith("rows") or figures(shut.shut)[shut.shut.pk] != shut.frozen:
            passed[name] = told
    assert passed == {}
    unchanged(shut)


def test_the_attacks_would_change_an_open_year(world):
    """Where nothing is closed several of them do: they are no empty threats."""
    both(world.desktop, life=5, percent=20)
    mine = bought(world, world.nghiepvu_badinh, ["A1", "A2"], on=in_year(3, 10))
    written_then()
    unit = world.units["01.001"]
    world.__dict__.update(mine=mine, shut=unit, frozen=figures(unit)[unit.pk])
    for name in ("an entry of that year", "a device changed without history", "the day of receipt", "a rate of wear"):
        before = figures(unit)[unit.pk]
        assert attack(world, RAW[name]).endswith("rows"), name
        assert figures(unit)[unit.pk] != before, name


def test_the_owner_of_the_tables_is_refused_too(shut):
    """A management command runs as the owner: entries, history and devices are refused there likewise."""
    device = shut.mine[0]
    for act in (
        lambda: LedgerEntry.objects.create(
            equipment=device, unit=device.unit, category=device.category, kind="lost", effective_date=in_year(12, 31),
            quantity=-1, value=-1, dossier="X",
        ),
        lambda: Equipment.objects.filter(pk=device.pk).update(condition="poor"),
        lambda: Equipment.history.filter(id=device.pk).first().__class__(
            **{**Equipment.history.filter(id=device.pk).values().first(), "history_id": None,
               "history_date": timezone.now() - timedelta(days=900)}
        ).save(),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    unchanged(shut)


def test_todays_acts_leave_the_closed_year_alone(shut):
    """What is done now is of now: condition, room, note, one by one and many at once."""
    by, (one, two) = shut.nghiepvu_badinh, shut.mine
    with as_application(by):
        device = Equipment.objects.visible_to(by).get(pk=one.pk)
        equipment.describe(device, values={"condition": "poor"}, reason="Kiểm tra", by=by, version=device.version)
        frozen = bulk.freeze(Equipment.objects.visible_to(by).filter(pk__in=[one.pk, two.pk]), count=2, by=by)
        bulk.change_many(frozen.pks, seen=frozen.fingerprint, wanted=Wanted(condition="fair"), reason="Kiểm kê", by=by)
    taken_in(shut, by, ["A9"])
    assert set(Equipment.objects.filter(unit=shut.shut).values_list("condition", flat=True)) == {"fair", "good"}
    unchanged(shut)


def test_commands_leave_it_alone(shut):
    for command in (["load_catalogue"], ["load_norms"], ["check_books"], ["rebuild_tally"]):
        try:
            call_command(*command)
        except IntegrityError as refused:  # what would change rules of closed years is refused as a whole
            assert "closed books" in str(refused)  # noqa: PT017 - either way is right, a change isn't
        unchanged(shut)


def test_drafts_may_say_anything_but_come_in_nowhere(shut, client_of):
    by = shut.nghiepvu_badinh
    made = ready(shut, by, ["N1"], handover_date=in_year(12, 20), contract_date=in_year(12, 1), late_reason="Muộn")
    client, page = client_of(by), f"/tiep-nhan/{made.number}/tiep-nhan/"
    text = client.post(page, {"version": made.version}).content.decode()
    assert "Có hai cách" in text
    assert "ô “Ngày ký biên bản”" in text, "the field is named"
    assert "đề nghị mở khóa số liệu năm" in text
    unchanged(shut)
