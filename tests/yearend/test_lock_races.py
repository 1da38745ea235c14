"""Somebody writes into the books at the moment at which they are closed: it is in the frozen figures, or refused."""

import threading

import pytest
from django.db import connection, transaction

from core.errors import DomainError
from equipment.actions import confirm
from equipment.models import LedgerEntry
from tests.core.threads import at_once, failures
from tests.equipment.support import ready
from tests.yearend.closing import figures, report_of
from tests.yearend.support import in_year
from yearend.actions import locking

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dieu("13.8")]
SOON = 20


def waiting(world, serial: str):
    """An intake of last year that lacks nothing."""
    day = in_year(12, 20)
    return ready(
        world, world.nghiepvu_badinh, [serial], handover_date=day, contract_date=day, late_reason="Nhận hồ sơ muộn"
    )


def closing(world):
    """Press the button of the lock, with a reason for the draft that waits."""
    report = report_of(world.units["01.001"])
    return lambda: locking.lock(report, by=world.nghiepvu_badinh, version=report.version, reason="Chốt số liệu")


def in_thread(act, results: list) -> threading.Thread:
    def run() -> None:
        try:
            results.append(act())
        except DomainError as refused:
            results.append(refused)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def holders(granted: bool) -> int:  # noqa: FBT001 - as the catalogue has it
    """How many hold, or wait for, a lock of the books."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 3750014 AND objid > 0 "
            "AND granted = %s AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [granted],
        )
        return int(cursor.fetchone()[0])


def until(what, thread: threading.Thread) -> None:
    """Wait for it as long as the thread works on it."""
    for _ in range(SOON * 50):
        if what() or not thread.is_alive():
            return
        threading.Event().wait(0.02)
    pytest.fail("nobody waits for the books")


def test_the_lock_waits_for_what_is_being_written_and_takes_it_in(world):
    unit, results = world.units["01.001"], []
    made, lock = waiting(world, "A1"), closing(world)
    with transaction.atomic():
        confirm.confirm(made, by=world.nghiepvu_badinh)
        thread = in_thread(lock, results)
        until(lambda: holders(granted=False), thread)
        assert not results, "it waits"
    thread.join(SOON)
    (report,) = results
    assert report.edition.figures["own"]["MAY_TINH_BAN"]["closing_quantity"] == 1
    assert figures(unit)[unit.pk] == report.edition.figures["own"]


def test_what_comes_while_the_books_are_being_closed_waits_and_is_refused(world):
    unit, results = world.units["01.001"], []
    made, lock = waiting(world, "A1"), closing(world)
    with transaction.atomic():
        report = lock()
        thread = in_thread(lambda: confirm.confirm(made, by=world.nghiepvu_badinh), results)
        until(lambda: holders(granted=False), thread)
        assert not results, "it waits"
    thread.join(SOON)
    (refused,) = results
    assert isinstance(refused, DomainError)
    assert "Có hai cách" in str(refused.problems[0])
    assert not LedgerEntry.objects.exists()
    assert figures(unit)[unit.pk] == report.edition.figures["own"] == {}


def test_both_at_the_same_moment(world):
    unit = world.units["01.001"]
    made, lock = waiting(world, "A1"), closing(world)
    given = at_once(lock, lambda: confirm.confirm(made, by=world.nghiepvu_badinh))
    assert all(isinstance(one, DomainError) for one in failures(given)), given
    report = report_of(unit)
    assert figures(unit)[unit.pk] == report.edition.figures["own"]
    assert LedgerEntry.objects.count() == sum(
        line["closing_quantity"] for line in report.edition.figures["own"].values()
    )
