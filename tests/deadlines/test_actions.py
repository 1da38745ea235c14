from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.rules import Kind as AccountKind
from core.errors import DomainError
from core.scope import UnscopedQueryError, entered
from deadlines.actions import fulfil, open_obligation, redate_open, reopen, waive
from deadlines.models import CalendarDay, Obligation
from deadlines.rules import Kind, State

pytestmark = pytest.mark.django_db
FRIDAY = date(2024, 6, 7)
DUE = date(2024, 6, 12)


@pytest.fixture
def by(account):
    return account("01.001")


@pytest.fixture
def intake(dossier):
    return dossier()


def owed(intake, by, **changes):
    facts = {"unit": intake.unit, "start_date": FRIDAY, "label": "TN-2024-0001"} | changes
    return open_obligation(kind=Kind.INTAKE, subject=intake, by=by, **facts)


@pytest.mark.dieu("7.1")
def test_an_intake_is_owed_within_three_working_days(intake, by):
    obligation = owed(intake, by)
    obligation.refresh_from_db()
    assert (obligation.due_date, obligation.state) == (DUE, State.OPEN)
    assert obligation.subject == intake
    assert str(obligation) == "Cập nhật thiết bị tiếp nhận TN-2024-0001"
    assert "Điều 7" in obligation.legal_basis
    assert obligation.history.get().history_user == by


def test_opening_it_again_writes_nothing_new(intake, by):
    assert owed(intake, by) == owed(intake, by)
    assert Obligation.objects.get().history.count() == 1


def test_opening_it_again_follows_a_corrected_date(intake, by):
    owed(intake, by)
    assert owed(intake, by, start_date=date(2024, 6, 10)).due_date == date(2024, 6, 13)
    obligation = Obligation.objects.get()
    assert obligation.history.count() == 2
    assert obligation.history.first().history_change_reason == "Tính hạn từ ngày 10/06/2024"


def test_another_term_can_be_set(intake, by):
    assert owed(intake, by, working_days=10).due_date == date(2024, 6, 21)


@pytest.mark.parametrize(
    ("on", "state"), [(FRIDAY, State.FULFILLED), (DUE, State.FULFILLED), (date(2024, 6, 13), State.FULFILLED_LATE)]
)
def test_fulfilling_is_in_time_until_the_due_day_ends(intake, by, on, state):
    owed(intake, by)
    fulfil(kind=Kind.INTAKE, subject=intake, on=on, by=by, reason="Chờ hóa đơn")
    obligation = Obligation.objects.get()
    assert (obligation.state, obligation.fulfilled_on, obligation.reason) == (state, on, "Chờ hóa đơn")
    assert obligation.history.first().history_user == by


def test_fulfilling_twice_is_one_fact(intake, by):
    owed(intake, by)
    for _ in range(2):
        fulfil(kind=Kind.INTAKE, subject=intake, on=FRIDAY, by=by)
    assert Obligation.objects.get().history.count() == 2
    with pytest.raises(DomainError):
        fulfil(kind=Kind.INTAKE, subject=intake, on=DUE, by=by)


def test_a_fulfilled_one_is_judged_anew_when_its_date_is_corrected(intake, by):
    owed(intake, by)
    fulfil(kind=Kind.INTAKE, subject=intake, on=DUE, by=by)
    assert owed(intake, by, start_date=date(2024, 6, 3)).state == State.FULFILLED_LATE
    assert owed(intake, by).state == State.FULFILLED


def test_waiving_says_why_and_ends_it(intake, by):
    owed(intake, by)
    waive(kind=Kind.INTAKE, subject=intake, reason="Hồ sơ đã hủy", by=by)
    obligation = Obligation.objects.get()
    assert (obligation.state, obligation.reason) == (State.WAIVED, "Hồ sơ đã hủy")
    with pytest.raises(DomainError):
        fulfil(kind=Kind.INTAKE, subject=intake, on=FRIDAY, by=by)
    assert owed(intake, by, start_date=date(2024, 6, 3)).state == State.WAIVED


def test_what_was_waived_can_be_opened_again(intake, by):
    owed(intake, by)
    waive(kind=Kind.INTAKE, subject=intake, reason="Hồ sơ đã hủy", by=by)
    reopened = reopen(kind=Kind.INTAKE, subject=intake, by=by)
    assert (reopened.state, reopened.due_date, reopened.reason) == (State.OPEN, DUE, "")
    assert [h.state for h in reopened.history.all()] == [State.OPEN, State.WAIVED, State.OPEN]
    with pytest.raises(DomainError):
        reopen(kind=Kind.INTAKE, subject=intake, by=by)


def test_nothing_owed_cannot_be_fulfilled(intake, by):
    with pytest.raises(Obligation.DoesNotExist):
        fulfil(kind=Kind.INTAKE, subject=intake, on=FRIDAY, by=by)


def test_it_lives_and_dies_with_the_callers_transaction(intake, by):
    with transaction.atomic():
        owed(intake, by)
        transaction.set_rollback(True)
    assert not Obligation.objects.exists()


def test_one_kind_is_owed_once_on_a_dossier(intake, by):
    twin = owed(intake, by)
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_lists_of_what_is_open_due_and_overdue(dossier, by):
    starts = (date(2024, 6, 3), FRIDAY, date(2024, 6, 14))
    late, soon, far = (owed(dossier(), by, start_date=start) for start in starts)
    done = dossier()
    owed(done, by)
    fulfil(kind=Kind.INTAKE, subject=done, on=DUE, by=by)
    today = date(2024, 6, 11)
    assert set(Obligation.objects.open()) == {late, soon, far}
    assert set(Obligation.objects.overdue(today)) == {late}
    assert set(Obligation.objects.due_soon(today, until=date(2024, 6, 13))) == {soon}
    assert set(Obligation.objects.overdue(late.due_date)) == set()


def test_a_change_of_the_calendar_moves_what_is_open_and_logs_it(dossier, by):
    open_one, done = dossier(), dossier()
    owed(open_one, by)
    owed(done, by)
    fulfil(kind=Kind.INTAKE, subject=done, on=DUE, by=by)
    CalendarDay.objects.create(date=date(2024, 6, 11), working=False, reason="Nghỉ đột xuất")
    assert redate_open(reason="Lịch làm việc thay đổi", by=by) == 1
    moved, kept = (Obligation.objects.about(subject).get() for subject in (open_one, done))
    assert (moved.due_date, kept.due_date) == (date(2024, 6, 13), DUE)
    assert moved.history.first().history_change_reason == "Lịch làm việc thay đổi"
    assert redate_open(reason="Lịch làm việc thay đổi", by=by) == 0


@pytest.mark.parametrize("code", ["01.001", "01"])
def test_units_see_their_own_and_their_subordinates_obligations(intake, by, account, code):
    owed(intake, by)
    reader = account(code, AccountKind.LOOKUP)
    with entered(reader.scope):
        assert Obligation.objects.visible_to(reader).count() == 1


def test_a_peer_sees_and_writes_nothing_even_past_the_first_wall(intake, by, account):
    obligation = owed(intake, by)
    peer = account("01.002")
    with entered(peer.scope):
        assert not Obligation.objects.visible_to(peer).exists()
        assert not Obligation.objects.all().scoped().exists()
        assert not Obligation.history.exists()
        with pytest.raises(UnscopedQueryError):
            Obligation.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            owed(intake, peer)
    obligation.refresh_from_db()
    assert obligation.state == State.OPEN


def test_a_superior_reads_but_cannot_close(intake, by, account):
    owed(intake, by)
    superior = account("01")
    with entered(superior.scope), pytest.raises(Obligation.DoesNotExist):
        fulfil(kind=Kind.INTAKE, subject=intake, on=FRIDAY, by=superior)
    assert Obligation.objects.get().state == State.OPEN


def test_a_clerk_does_all_of_it_behind_both_walls(intake, by):
    with entered(by.scope):
        owed(intake, by)
        fulfil(kind=Kind.INTAKE, subject=intake, on=FRIDAY, by=by)
    assert Obligation.objects.get().state == State.FULFILLED
