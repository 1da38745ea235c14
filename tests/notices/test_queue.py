"""What may go wrong on the way: no server, one that refuses, one that hangs, a sender that is killed, two senders."""

import logging
import os
import random
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from notices import actions
from notices.models import Mail, Notice
from notices.rules import PAUSES, pause, refused_for_good
from qltb.services import REPOSITORY
from tests import world as w
from tests.core.threads import at_once, failures
from tests.notices.mailbox import HERE
from tests.notices.support import at, deliver, mailed, tell

READERS = ("nghiepvu_badinh", "nghiepvu_hoankiem", "nghiepvu_danang")


def told(world, moment=None):
    """Three people who are told something at 7:00."""
    with time_machine.travel(moment or at(7), tick=False):
        for name in READERS:
            tell(mailed(world.users[name]))


def readers(mailbox):
    return sorted(mail.reader for mail in mailbox.taken)


@pytest.mark.django_db
def test_a_dead_server_loses_nothing_and_is_asked_once_a_minute(world, mailbox):
    told(world)
    mailbox.stop()
    assert deliver(at(7, 10)) == 0
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 0, 1], "the first failure ends the run"
    for minute in range(11, 30):
        assert deliver(at(7, minute)) == 0
    assert Mail.objects.count() == 3
    assert all("refused" in problem for problem in Mail.objects.values_list("problem", flat=True))
    mailbox.start()
    for minute in range(30, 60):
        deliver(at(7, minute))
    assert len(readers(mailbox)) == len(set(readers(mailbox))) == 3
    assert mailbox.connections <= 3
    assert not Mail.objects.filter(sent_at=None).exists()
    assert set(Mail.objects.values_list("problem", flat=True)) == {""}


@pytest.mark.django_db
def test_pauses_grow_until_the_mail_is_given_up(world, mailbox, caplog):
    with time_machine.travel(at(7), tick=False):
        tell(mailed(world.nghiepvu_badinh))
    mailbox.stop()
    moment, pauses = at(7, 10), []
    while not (mail := Mail.objects.first()) or not mail.given_up_at:
        deliver(moment)
        mail = Mail.objects.get()
        pauses.append(mail.next_try_at - moment)
        moment = mail.next_try_at
    minutes = [each.total_seconds() / 60 for each in pauses]
    assert minutes[: len(PAUSES)] == list(PAUSES)
    assert set(minutes[len(PAUSES) :]) == {PAUSES[-1]}
    assert timedelta(days=5) <= mail.given_up_at - at(7, 10) < timedelta(days=5, hours=1)
    lines = [record for record in caplog.records if record.name == "qltb.mail"]
    assert [line.levelname for line in lines] == ["WARNING"] * (len(lines) - 1) + ["ERROR"]
    assert lines[-1].getMessage() == "mail given up"
    assert "example.vn" not in str([vars(line) for line in lines]), "the log names a person"
    mailbox.start()
    assert deliver(moment) == 0
    assert Notice.objects.get().read_at is None, "it is still told on the page"


@pytest.mark.django_db
def test_a_server_that_says_nothing_holds_nobody(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server((HERE, 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = *silent.getsockname(), 1
        told(world)
        start = time.perf_counter()
        assert deliver(at(7, 10)) == 0
        assert time.perf_counter() - start < 3
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 0, 1]


@pytest.mark.django_db
def test_a_server_that_hangs_up_gets_the_rest_the_next_minute(world, mailbox):
    told(world)
    mailbox.hangs_up_after = 2
    assert deliver(at(7, 10)) == 1, "of the second nobody knows whether it arrived"
    mailbox.hangs_up_after = 0
    assert deliver(at(7, 11)) == 2
    ids = [mail.message["Message-ID"] for mail in mailbox.taken]
    assert len(ids) == 4
    assert set(ids) == set(Mail.objects.values_list("message_id", flat=True)), "the same mail twice, not two mails"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "given_up"),
    [
        ("550 5.1.1 No such user", True),
        ("552 5.2.2 Mailbox full", True),
        ("450 4.2.0 Try again later", False),
        ("550 5.7.1 Relaying denied", False),
    ],
)
def test_an_address_that_is_refused_stops_nobody_else(world, mailbox, answer, given_up):
    told(world)
    mailbox.refused["nghiepvu.badinh@example.vn"] = answer
    assert deliver(at(7, 10)) == 2
    assert mailbox.connections == 1
    refused = Mail.objects.get(sent_at=None)
    assert (refused.given_up_at is not None) == given_up
    assert answer.split()[-1] in refused.problem
    mailbox.refused.clear()
    assert deliver(at(7, 30)) == (0 if given_up else 1)


@pytest.mark.django_db
def test_a_mail_that_is_refused_for_what_is_in_it_is_given_up(world, mailbox):
    told(world)
    mailbox.answer_to_data = "554 5.6.0 Message refused: \N{LATIN SMALL LETTER E WITH ACUTE}"
    assert deliver(at(7, 10)) == 0
    assert Mail.objects.exclude(given_up_at=None).count() == 3


@pytest.mark.django_db
def test_nobody_writes_headers(world, mailbox):
    with time_machine.travel(at(7), tick=False):
        tell(mailed(world.nghiepvu_badinh), title="Hạn\r\nBcc: ke.gian@example.com\n\nNội dung giả")
        tell(mailed(world.nghiepvu_hoankiem))
    User.objects.filter(username="nghiepvu.hoankiem").update(email="a@example.vn\nBcc: ke.gian@example.com")
    assert deliver(at(7, 10)) == 1
    (mail,) = mailbox.taken
    assert mail.reader == "nghiepvu.badinh@example.vn"
    assert mail.message["Bcc"] is None
    assert mail.subject == "Hạn Bcc: ke.gian@example.com Nội dung giả"
    assert Mail.objects.exclude(given_up_at=None).count() == 1


@pytest.fixture
def country(transactional_db):
    """The small country, where each process and thread sees what the others commit; 24 people have a mail waiting."""
    world = w.make_world()
    for n in range(24):
        tell(mailed(w.make_user(f"nguoi.{n}", world.units["01.001"], "business")))
    Notice.objects.update(mail_at=timezone.now())
    return world


def test_two_gather_at_once(country):
    given = at_once(actions.gather, actions.gather)
    assert not failures(given)
    assert sum(given) == Mail.objects.count() == 24
    assert not Notice.objects.filter(mail=None).exists()


def test_two_send_at_once(country, mailbox):
    mailbox.slow = 0.02
    actions.gather()
    given = at_once(actions.send, actions.send)
    assert not failures(given)
    assert sum(given) == len(mailbox.taken) == len(set(readers(mailbox))) == 24
    assert min(given) > 0, "one of them did everything"


def test_senders_that_are_killed_lose_nothing(country, mailbox):
    """kill -9 of process after process: each mail arrives, those that arrive twice are one mail."""
    actions.gather()
    mailbox.slow = 0.05
    kills = 0
    while mailbox.taken == [] or (kills < 6 and Mail.objects.filter(sent_at=None).exists()):
        before = len(mailbox.taken)
        process = _sender(mailbox.port)
        while len(mailbox.taken) == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.15))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    assert kills >= 4
    end = time.monotonic() + 30
    while Mail.objects.filter(sent_at=None).exists():  # PostgreSQL lets go of a dead sender's row within moments
        actions.send()
        assert time.monotonic() < end
    ids = [mail.message["Message-ID"] for mail in mailbox.taken]
    assert set(ids) == set(Mail.objects.values_list("message_id", flat=True))
    assert len(set(ids)) == 24
    assert len(ids) - 24 <= kills
    assert set(Mail.objects.values_list("given_up_at", flat=True)) == {None}


def _sender(port):
    given = connection.get_connection_params()
    address = f"postgresql://{given['user']}@{given['host']}:{given.get('port') or 5432}/{given['dbname']}"
    env = os.environ | {
        "DATABASE_URL": address,
        "PGPASSWORD": given.get("password") or "",
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "qltb.settings_test",
    }
    return subprocess.Popen([sys.executable, "-m", "tests.notices.sender", str(port)], env=env, cwd=REPOSITORY)


@pytest.mark.parametrize(
    ("code", "answer", "for_good"),
    [
        (550, b"5.1.1 unknown", True),
        (554, b"no", True),
        (550, b"5.7.26 unauthenticated", False),
        (530, b"authenticate first", False),
        (450, b"4.2.0 busy", False),
        (421, b"closing", False),
        (0, b"", False),
    ],
)
def test_what_a_refusal_means(code, answer, for_good):
    assert refused_for_good(code, answer) is for_good


def test_a_pause_is_never_shorter_than_the_one_before():
    pauses = [pause(n) for n in range(1, 50)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert pauses[-1] == timedelta(hours=1)


@pytest.mark.django_db
def test_the_log_of_a_run_names_nobody(world, mailbox, caplog):
    caplog.set_level(logging.INFO)
    told(world)
    mailbox.refused["nghiepvu.badinh@example.vn"] = "550 5.1.1 <nghiepvu.badinh@example.vn> unknown"
    deliver(at(7, 10))
    text = str([vars(record) for record in caplog.records if record.name.startswith("qltb")])
    assert "mail given up" in text
    assert "example.vn" not in text
    assert "TN-000001" not in text
