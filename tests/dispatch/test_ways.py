"""The ways to the document system, against real servers: HTTPS and SMTP; what each refusal means."""

import re

import pytest
from django.core.checks import run_checks

from dispatch import actions
from dispatch.actions.delivering import Outcome
from dispatch.adapters import DeliveryError, adapter_of
from dispatch.adapters.base import Parcel
from dispatch.models import Dispatch
from dispatch.rules import Channel, State
from tests.dispatch.support import sent

pytestmark = pytest.mark.django_db


def delivered(world, **changes) -> Dispatch:
    row = sent(world, **changes)
    actions.deliver(row.pk)
    row.refresh_from_db()
    return row


def test_a_package_goes_over_https_with_its_key_and_token(world, web):
    row = delivered(world)
    (asked,) = web.asked
    assert row.state == State.SENT
    assert web.filed == {row.public_id.hex: bytes(row.package.content)}
    assert asked["Authorization"] == "Bearer bi-mat-gui"
    assert asked["X-Content-SHA256"] == row.sha256


def test_sent_twice_it_is_filed_once(world, web):
    row = delivered(world)
    actions.retry(row, by=world.nghiepvu_hanoi)
    assert actions.deliver(row.pk) == Outcome.SENT  # 409: it is there already
    assert (len(web.asked), len(web.filed)) == (2, 1)


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        (500, State.QUEUED, "trả lời 500"),
        (503, State.QUEUED, "trả lời 503"),
        (401, State.QUEUED, "trả lời 401"),
        (429, State.QUEUED, "trả lời 429"),
        (302, State.QUEUED, "không đi theo"),
        (308, State.QUEUED, "không đi theo"),
        (422, State.FAILED, "Gói sai định dạng"),
        (413, State.FAILED, "trả lời 413"),
    ],
)
def test_what_the_other_side_answers(world, web, status, state, words):
    web.answers = [status]
    row = delivered(world)
    assert (row.state, row.attempts) == (state, 1)
    assert words in row.problem
    assert len(web.asked) == 1  # no other address was asked


def test_an_answer_that_is_no_text(world, web):
    web.answers = [422]
    web.said = b"\xff\xfe\x00l\xf4i"
    row = delivered(world)
    assert row.state == State.FAILED
    assert "trả lời 422" in row.problem


def test_a_certificate_that_nobody_knows_is_refused(world, web, settings):
    settings.DISPATCH_CA = ""
    row = delivered(world)
    assert row.state == State.QUEUED
    assert "certificate verify failed" in row.problem
    assert web.asked == []
    with pytest.raises(DeliveryError, match="Chứng thư"):
        adapter_of(Channel.HTTP).check()


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "ftp://127.0.0.1/", "file:///tmp/x", "van-ban"])
def test_only_https(world, web, settings, address):
    settings.DISPATCH_URL = address
    assert "phải là địa chỉ https" in delivered(world).problem


def test_a_server_that_is_away(world, web):
    web.close()
    row = delivered(world)
    assert row.state == State.QUEUED
    assert "Connection refused" in row.problem
    web.close = lambda: None


def test_where_it_leads_is_shown_without_secrets(web):
    assert re.fullmatch(r"https://127\.0\.0\.1:\d+/van-ban", adapter_of(Channel.HTTP).target())
    adapter_of(Channel.HTTP).check()
    assert web.asked == []


@pytest.fixture
def smtp(settings, mailbox):
    settings.DISPATCH_ADAPTER, settings.DISPATCH_MAIL_TO = "smtp", "van-thu@bhxh.example"
    return mailbox


def test_a_package_goes_as_a_mail(world, smtp):
    row = delivered(world)
    (mail,) = smtp.taken
    assert (row.state, mail.reader) == (State.SENT, "van-thu@bhxh.example")
    assert mail.message["Message-ID"] == f"<{row.public_id.hex}@localhost>"
    (file,) = mail.message.iter_attachments()
    assert file.get_filename().startswith(row.number)
    assert file.get_payload(decode=True) == bytes(row.package.content)
    actions.retry(row, by=world.nghiepvu_hanoi)
    actions.deliver(row.pk)
    assert {mail.message["Message-ID"] for mail in smtp.taken} == {f"<{row.public_id.hex}@localhost>"}


def test_an_excerpt_never_becomes_a_header(world, smtp):
    delivered(world, subject="Báo cáo\r\nBcc: nguoi.khac@example.vn\n\nthân thư")
    (mail,) = smtp.taken
    assert mail.message["Bcc"] is None
    assert "Bcc: nguoi.khac@example.vn" in mail.subject
    assert mail.reader == "van-thu@bhxh.example"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("552 5.3.4 too large", State.FAILED),
        ("554 5.7.1 not from you", State.QUEUED),
        ("451 4.3.0 later", State.QUEUED),
    ],
)
def test_what_the_mail_server_answers(world, smtp, answer, state):
    smtp.answer_to_data = answer
    row = delivered(world)
    assert row.state == state
    assert answer[:3] in row.problem


def test_a_mailbox_that_isnt_there(world, smtp):
    smtp.refused["van-thu@bhxh.example"] = "550 5.1.1 no such mailbox"
    assert delivered(world).state == State.FAILED


def test_a_mail_server_that_is_away(world, smtp):
    smtp.stop()
    row = delivered(world)
    assert row.state == State.QUEUED
    with pytest.raises(OSError, match="refused"):
        adapter_of(Channel.SMTP).check()


def test_a_folder_that_is_checked(out_folder):
    adapter_of(Channel.FOLDER).check()
    assert list((out_folder / "out").iterdir()) == []
    (out_folder / "out").rmdir()
    out_folder.rmdir()
    with pytest.raises(DeliveryError, match="Không thấy thư mục"):
        adapter_of(Channel.FOLDER).check()


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"DISPATCH_ADAPTER": "fax"}, "dispatch.E001"),
        ({"DISPATCH_ADAPTER": "folder"}, "dispatch.E002"),
        ({"DISPATCH_ADAPTER": "http", "DISPATCH_URL": "http://a/"}, "dispatch.E003"),
        ({"DISPATCH_ADAPTER": ""}, None),
    ],
)
def test_a_way_that_isnt_configured_whole_is_told(settings, given, fault):
    for name, value in given.items():
        setattr(settings, name, value)
    found = [message.id for message in run_checks() if (message.id or "").startswith("dispatch.")]
    assert found == ([fault] if fault else [])


def test_a_link_in_the_shared_folder_leads_nowhere(out_folder, tmp_path):
    """Whoever else writes there can't make us write elsewhere, nor read for them."""
    ours = tmp_path / "ours"
    ours.write_text("của hệ thống")
    adapter = adapter_of(Channel.FOLDER)

    def parcel(name, content):
        return Parcel(name, name, f"{name}.edxml", "Báo cáo", "0" * 64, content)

    adapter.deliver(parcel("mot", b"<x/>"))
    for name in (".qltb-kiem-tra.tmp", ".hai.edxml.tmp", "hai.edxml"):
        (out_folder / "out" / name).symlink_to(ours)
    adapter.check()
    adapter.deliver(parcel("hai", b"<y/>"))
    assert (out_folder / "out" / "hai.edxml").read_bytes() == b"<y/>"
    assert ours.read_text() == "của hệ thống"
    assert sorted(path.suffix for path in (out_folder / "out").iterdir() if not path.is_symlink()) == [".edxml"] * 2
    (out_folder / "in").mkdir()
    (out_folder / "in" / "tin.xml").symlink_to(ours)
    assert list(adapter.incoming()) == []
