"""What follows from the rows that stand: ledger, events and history, made in the database from them."""

from core.models import Event
from deadlines.models import Obligation
from deadlines.rules import State
from equipment.demo.bulk import execute, write_history
from equipment.models import Equipment, Intake, IntakeLine
from equipment.rules.lifecycle import Condition, EntryKind, IntakeState

EVENTS = Event._meta.db_table
INTAKES, LINES, DEVICES = Intake._meta.db_table, IntakeLine._meta.db_table, Equipment._meta.db_table
OBLIGATIONS = Obligation._meta.db_table
LEDGER_COLUMNS = (
    "equipment_id, unit_id, category_id, kind, effective_date, quantity, value, dossier, recorded_at, recorded_by_id"
)


def write(intake_type: int) -> None:
    """Write it all. Intakes, lines, obligations, devices and `demo_change` are complete."""
    _ledger()
    _events(intake_type)
    _history_of_dossiers()
    _history_of_devices()


def _ledger() -> None:
    execute(
        f"INSERT INTO equipment_ledgerentry ({LEDGER_COLUMNS})"  # noqa: S608 - names and constants of ours
        f" SELECT e.id, e.unit_id, e.category_id, '{EntryKind.INTAKE}', e.received_on, 1, e.original_price,"
        f" i.number, i.confirmed_at, i.confirmed_by_id FROM {DEVICES} e JOIN {INTAKES} i ON i.id = e.intake_id"
    )
    execute(
        f"INSERT INTO equipment_ledgerentry ({LEDGER_COLUMNS})"  # noqa: S608 - names of ours
        " SELECT e.id, e.unit_id, e.category_id, c.kind, c.effective_date, -1, -e.original_price,"
        f" c.dossier, c.at, c.by_id FROM demo_change c JOIN {DEVICES} e ON e.id = c.equipment_id"
        " WHERE c.kind <> '' ORDER BY c.at, e.id"
    )


def _events(intake_type: int) -> None:
    """As the actions on an intake record them; their handlers have run."""
    columns = "kind, unit_id, subject_type_id, subject_id, actor_id, payload, created_at, delivered_at, attempts"
    execute(
        f"INSERT INTO {EVENTS} ({columns})"  # noqa: S608 - names of ours
        " SELECT 'intake.drafted', unit_id, %s, id, created_by_id, '{}',"
        f" created_at, created_at + interval '1 second', 0 FROM {INTAKES} ORDER BY id",
        [intake_type],
    )
    execute(
        f"INSERT INTO {EVENTS} ({columns})"  # noqa: S608 - names of ours
        " SELECT 'intake.confirmed', unit_id, %s, id, confirmed_by_id,"
        " jsonb_build_object('old', %s::text, 'new', state, 'reason', 'Tiếp nhận'),"
        f" confirmed_at, confirmed_at + interval '1 second', 0 FROM {INTAKES} WHERE state = %s ORDER BY id",
        [intake_type, IntakeState.DRAFT, IntakeState.CONFIRMED],
    )


def _history_of_dossiers() -> None:
    write_history(
        Intake,
        source=f"{INTAKES} r",
        kind="+",
        when="r.created_at",
        who="r.created_by_id",
        why="'Lập hồ sơ'",
        otherwise={
            "state": f"'{IntakeState.DRAFT}'",
            "confirmed_at": "NULL",
            "confirmed_by_id": "NULL",
            "late": "false",
            "version": "1",
        },
    )
    write_history(
        Intake,
        source=f"{INTAKES} r WHERE r.state = '{IntakeState.CONFIRMED}'",
        kind="~",
        when="r.confirmed_at",
        who="r.confirmed_by_id",
        why="'Tiếp nhận'",
    )
    write_history(
        IntakeLine,
        source=f"{LINES} r JOIN {INTAKES} i ON i.id = r.intake_id",
        kind="+",
        when="i.created_at",
        who="i.created_by_id",
        why="'Lập hồ sơ'",
    )
    write_history(
        Obligation,
        source=f"{OBLIGATIONS} r JOIN {INTAKES} i ON i.id = r.subject_id",
        kind="+",
        when="i.created_at",
        who="i.created_by_id",
        why="'Tính hạn từ ngày ' || to_char(r.start_date, 'DD/MM/YYYY')",
        otherwise={"state": f"'{State.OPEN}'", "fulfilled_on": "NULL", "reason": "''"},
    )
    write_history(
        Obligation,
        source=f"{OBLIGATIONS} r JOIN {INTAKES} i ON i.id = r.subject_id WHERE r.state <> '{State.OPEN}'",
        kind="~",
        when="i.confirmed_at",
        who="i.confirmed_by_id",
        why=f"CASE r.state WHEN '{State.FULFILLED}' THEN '{State.FULFILLED.label}' ELSE r.reason END",
    )


def _history_of_devices() -> None:
    write_history(
        Equipment,
        source=f"{DEVICES} r JOIN {INTAKES} i ON i.id = r.intake_id LEFT JOIN demo_change c ON c.equipment_id = r.id",
        kind="+",
        when="i.confirmed_at",
        who="i.confirmed_by_id",
        why="'Tiếp nhận theo hồ sơ ' || i.number",
        otherwise={
            "status": "COALESCE(c.status, r.status)",
            "holder_name": "COALESCE(c.holder_name, r.holder_name)",
            "room_id": "CASE WHEN c.equipment_id IS NULL THEN r.room_id ELSE c.room_id END",
            "condition": f"'{Condition.GOOD}'",
            "version": "1",
        },
    )
    write_history(
        Equipment,
        source=f"demo_change c JOIN {DEVICES} r ON r.id = c.equipment_id",
        kind="~",
        when="c.at",
        who="c.by_id",
        why="c.reason",
    )
