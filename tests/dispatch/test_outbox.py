"""The outbox: written with the step, delivered at least once under one name, tried again, given up, told of."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from time_machine import travel

from core.errors import DomainError
from core.scope import entered
from dispatch import actions
from dispatch.actions.delivering import Outcome
from dispatch.edxml import package_of
from dispatch.models import AgencyIdentifier, Dispatch, DispatchEvent, Package
from dispatch.rules import State
from dispatch.rules.states import PAUSES
from notices.models import Notice
from tests.dispatch.support import JSON, PDF, sent

pytestmark = pytest.mark.django_db


def trail(row):
    return [event.state for event in row.trail.order_by("pk")]


def files(folder):
    return sorted(path.name for path in (folder / "out").iterdir())


def test_without_an_adapter_the_receiver_has_it_at_once(world):
    with entered(world.nghiepvu_hanoi.scope):
        row = sent(world)
    row.refresh_from_db()
    assert (row.state, row.channel, trail(row)) == (State.ARRIVED, "app", ["queued", "arrived"])
    assert row.next_try_at is None
    assert actions.deliver() == Outcome.NOTHING
    with entered(world.ttcntt.scope):
        assert Dispatch.objects.visible_to(world.ttcntt).get() == row
    with entered(world.nghiepvu_danang.scope):
        assert not Dispatch.objects.visible_to(world.nghiepvu_danang).exists()
        assert not Package.objects.visible_to(world.nghiepvu_danang).exists()


def test_a_package_is_kept_with_its_hash_and_goes_out_as_it_is(world, out_folder):
    row = sent(world)
    assert row.state == State.QUEUED
    assert actions.deliver_waiting() == 1
    row.refresh_from_db()
    assert (row.state, trail(row), row.attempts) == (State.SENT, ["queued", "sent"], 1)
    (name,) = files(out_folder)
    assert name.startswith(row.number)
    content = (out_folder / "out" / name).read_bytes()
    assert content == bytes(row.package.content)
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert package_of(content, max_bytes=1 << 20).attachments == (PDF, JSON)
    assert not list((out_folder / "out").glob(".*"))


def test_who_is_written_to_by_which_code(world, out_folder):
    AgencyIdentifier.objects.create(unit=world.units["01"], organ_id="000.00.01.A02", in_charge="BHXH VN")
    found = package_of(bytes(sent(world).package.content), max_bytes=1 << 20)
    assert (found.sender.organ_id, found.sender.in_charge) == ("000.00.01.A02", "BHXH VN")
    assert found.receivers == ("00.CNTT",)  # none is entered: its code


def test_a_step_that_is_rolled_back_sends_nothing(world, out_folder):
    with transaction.atomic():
        sent(world)
        transaction.set_rollback(True)
    assert not Dispatch.objects.exists()
    assert actions.deliver_waiting() == 0


def test_a_package_over_the_limit_is_refused(world, settings):
    settings.DISPATCH_MAX_MB = 0
    with pytest.raises(DomainError, match="0 MB"):
        sent(world)
    assert not Dispatch.objects.exists()


def test_pauses_grow_until_it_is_given_up_and_the_sender_is_told(world, out_folder, settings):
    out_folder.rmdir()
    row = sent(world)
    begun, minutes = timezone.now(), []
    for _ in PAUSES:
        row.refresh_from_db()
        with travel(row.next_try_at, tick=False):
            assert actions.deliver() == Outcome.CUT_OFF
        before = row.next_try_at
        row.refresh_from_db()
        minutes.append((row.next_try_at - before) / timedelta(minutes=1))
    assert tuple(minutes) == PAUSES
    assert "Hãy kiểm tra ổ mạng" in row.problem
    assert not Notice.objects.exists()
    with travel(begun + timedelta(days=settings.DISPATCH_GIVE_UP_DAYS, minutes=1), tick=False):
        actions.deliver()
        row.refresh_from_db()
        assert (row.state, row.next_try_at) == (State.FAILED, None)
        assert actions.deliver() == Outcome.NOTHING
    told = {notice.owner.username: notice.title for notice in Notice.objects.select_related("owner")}
    assert told == dict.fromkeys(("nghiepvu.hanoi", "admin1"), f"Không gửi được: {row.title}")
    assert str(out_folder) not in Notice.objects.first().text  # where it leads is for who looks after it


def test_a_failed_package_is_sent_again_as_it_was(world, out_folder):
    out_folder.rmdir()
    row = sent(world)
    with travel(row.give_up_at, tick=False):
        actions.deliver()
    out_folder.mkdir()
    before = (row.document_id, row.sha256)
    with entered(world.nghiepvu_hanoi.scope):
        actions.retry(row, by=world.nghiepvu_hanoi)
    assert actions.deliver_waiting() == 1
    row.refresh_from_db()
    assert (row.document_id, row.sha256, row.state) == (*before, State.SENT)
    assert trail(row) == ["queued", "failed", "queued", "sent"]
    actions.retry(row, by=world.nghiepvu_hanoi)  # the document system says it has got nothing
    actions.deliver_waiting()
    assert len(files(out_folder)) == 1
    actions.answer(row, state=State.RECEIVED, by=world.admin1)
    with pytest.raises(DomainError, match="không cần gửi lại"):
        actions.retry(row, by=world.nghiepvu_hanoi)


def test_all_that_failed_is_sent_again(world, out_folder):
    rows = [sent(world), sent(world, sender="01.001", receiver="01", by=world.nghiepvu_badinh)]
    out_folder.rmdir()
    for row in rows:
        with travel(row.give_up_at, tick=False):
            actions.deliver(row.pk)
    out_folder.mkdir()
    with entered(world.admin1.scope):
        assert actions.retry_failed(by=world.admin1) == 2
    assert actions.deliver_waiting() == 2
    assert len(files(out_folder)) == 2


def test_another_way_chosen_while_it_waits(world, out_folder, settings):
    row = sent(world)
    settings.DISPATCH_ADAPTER = ""
    actions.deliver_waiting()
    row.refresh_from_db()
    assert (row.state, row.channel) == (State.ARRIVED, "app")


def test_an_answer_goes_back_through_the_document_system(world, out_folder):
    row = sent(world)
    actions.deliver_waiting()
    for _ in range(2):  # said twice it is once
        actions.answer(row, state=State.RETURNED, reason="Thiếu con dấu", by=world.admin1)
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.RETURNED, "Thiếu con dấu")
    back = Dispatch.objects.get(kind="status")
    assert (back.unit, back.partner, back.answers) == (world.units["00.CNTT"], world.units["01"], row)
    actions.deliver_waiting()
    text = (out_folder / "out" / next(n for n in files(out_folder) if n.startswith(back.number))).read_text()
    assert f"<edXML:DocumentId>{row.document_id}</edXML:DocumentId>" in text
    assert "<edXML:StatusCode>02</edXML:StatusCode>" in text
    assert "Thiếu con dấu" in text


def test_what_was_sent_and_its_trail_refuse_changes(world):
    row = sent(world)
    for model in (DispatchEvent, Package):
        table = model._meta.db_table
        for sql in (f"UPDATE {table} SET unit_id = unit_id", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError, match="can't be changed"), transaction.atomic():
                connection.cursor().execute(sql)
    with entered(world.nghiepvu_hanoi.scope), pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_nobody_sends_for_another_unit(world):
    with entered(world.nghiepvu_danang.scope), pytest.raises(DatabaseError), transaction.atomic():
        sent(world, by=world.nghiepvu_danang)
