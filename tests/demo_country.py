"""A new system's country for the tests of the demonstration, and what they ask the database."""

from datetime import date
from io import StringIO

from django.core.management import call_command
from django.db import connection

from equipment.demo.load import load

TODAY = date(2026, 3, 4)


def load_country():
    """Units, catalogue and calendar."""
    for command in ("load_units", "load_catalogue", "load_calendar"):
        call_command(command, stdout=StringIO())


def make(*, devices, seed=375):
    said = []
    made = load(devices=devices, seed=seed, today=TODAY, say=said.append)
    assert said
    return made


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def structure():
    """All indexes and constraints."""
    return (
        ask("SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"),
        ask(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated, condeferred"
            " FROM pg_constraint ORDER BY 1, 2"
        ),
    )


def everything():
    """What a person could tell from another load: all but passwords, random names and keys that the database gave."""
    tables = {
        "equipment_equipment": "id",
        "equipment_intake": "id",
        "equipment_intakeline": "id",
        "equipment_historicalequipment": "id, version",
        "equipment_ledgerentry": "equipment_id, quantity DESC",
        "deadlines_obligation": "subject_id",
    }
    given = {"equipment_ledgerentry", "deadlines_obligation"}  # their ids and public names come from the database
    by = "- 'created_by_id' - 'confirmed_by_id' - 'recorded_by_id' - 'history_user_id' - 'history_id'"
    more = "- 'id' - 'public_id'"
    rows = {
        table: ask(f"SELECT to_jsonb(t) {by} {more if table in given else ''} FROM {table} t ORDER BY {order}")
        for table, order in tables.items()
    }
    rows["who"] = ask(
        "SELECT i.id, u.username FROM equipment_intake i JOIN accounts_user u ON u.id = i.created_by_id ORDER BY 1"
    )
    rows["counters"] = ask("SELECT unit_id, key, value FROM core_counter ORDER BY 1, 2")
    rows["people"] = ask("SELECT username, full_name FROM accounts_user ORDER BY 1")
    return rows
